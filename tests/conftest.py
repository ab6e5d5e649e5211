"""Options for reference cases from outside, and what is said when a program of the system is missing."""

import os
import shutil
from pathlib import Path

import pytest

# What a test may need from the system: the names of the command, and how to get it.
PROGRAMS = {
    "LibreOffice": (["soffice", "libreoffice"], "Debian, Ubuntu: apt install libreoffice-calc"),
    "Chromium": (["chromium", "chromium-browser", "google-chrome"], "Debian: apt install chromium libatomic1"),
    "poppler": (["pdftoppm"], "Debian, Ubuntu: apt install poppler-utils"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("energycalc")
    group.addoption("--cases", metavar="PATH", help="run this file of reference cases, not the project's own")
    group.addoption("--data", metavar="DIR", help="a further folder with the data files named in the cases")


def pytest_configure(config: pytest.Config) -> None:
    for option, is_right, kind in (("cases", Path.is_file, "file"), ("data", Path.is_dir, "folder")):
        given = config.getoption(option)
        if given is None:
            continue
        path = (config.invocation_params.dir / given).resolve()
        if not is_right(path):
            raise pytest.UsageError(f"--{option} {given}: there is no such {kind}")
        setattr(config.option, option, str(path))  # text, since xdist hands it on to its workers


@pytest.fixture(scope="session")
def cases_file(pytestconfig: pytest.Config) -> Path | None:
    """The file given with --cases, or None for the project's own copies."""
    given = pytestconfig.getoption("cases")
    return Path(given) if given else None


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's command."""
    return program("LibreOffice")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's command."""
    return program("Chromium")


@pytest.fixture(scope="session")
def pdftoppm() -> str:
    """Poppler's command that turns pages into pictures."""
    return program("poppler")


def program(name: str) -> str:
    """The path of a program of the system; a test without it is skipped, or fails where it must be there."""
    commands, how_to_get = PROGRAMS[name]
    found = [path for path in map(shutil.which, commands) if path]
    if found:
        return found[0]
    reason = f"{name} is not on this machine ({how_to_get})"
    if os.environ.get("ENERGYCALC_REQUIRE_PROGRAMS"):
        pytest.fail(reason)
    pytest.skip(reason)
