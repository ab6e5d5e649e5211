#!/usr/bin/env python3
"""Sets the project up in the folder .venv and starts it. Needs nothing but Python 3.11 or newer.

    python3 bootstrap.py run                  calculate the example plant into out/steel_plant
    python3 bootstrap.py run CASE [--out DIR] calculate a case of your own
    python3 bootstrap.py test [PYTEST ARGS]   all checks and tests
    python3 bootstrap.py notebook             open the notebooks in JupyterLab
    python3 bootstrap.py energycalc [ARGS]    any other command of energycalc

On Windows say `py bootstrap.py ...`. The first start installs the packages pinned in requirements.txt, with
uv when it is there and with pip when not (ENERGYCALC_NO_UV=1 takes pip in any case); later starts go straight
on.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if WINDOWS else "bin/python")
ENERGYCALC = ENVIRONMENT / ("Scripts/energycalc.exe" if WINDOWS else "bin/energycalc")
STAMP = ENVIRONMENT / "energycalc-installed.txt"
OLDEST_PYTHON = (3, 11)

EXAMPLE_RUN = ["run", "examples/steel_plant", "--out", "out/steel_plant"]
IMPORT_CONTRACTS = "from importlinter.cli import lint_imports_command as check; check()"
# JupyterLab asks a server of its own for news unless told not to.
QUIET_LAB = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


class SetupError(Exception):
    """What is missing on this machine, and what to do about it."""


def main(arguments: list[str]) -> int:
    """Carry out one command and return its exit code."""
    commands = {"run": run, "test": test, "notebook": notebook, "energycalc": energycalc}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        set_up()
        return commands[arguments[0]](arguments[1:])
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


# ---------------------------------------------------------------- commands


def run(arguments: list[str]) -> int:
    """Calculate the case named in the arguments, or the example plant when none is named."""
    if arguments:
        return energycalc(["run", *arguments])
    return call(ENERGYCALC, *EXAMPLE_RUN, folder=ROOT)


def energycalc(arguments: list[str]) -> int:
    """Hand the arguments on to the command line of energycalc."""
    return call(ENERGYCALC, *arguments)


def notebook(arguments: list[str]) -> int:
    """Open the notebooks in JupyterLab."""
    settings = ENVIRONMENT / "share/jupyter/lab/settings/overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(QUIET_LAB), encoding="utf-8")
    as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return call(PYTHON, "-m", "jupyterlab", *as_root, *arguments, folder=ROOT / "notebooks")


def test(arguments: list[str]) -> int:
    """Run every check in turn and stop at the first that fails; pytest comes last."""
    notebooks = sorted(str(path) for path in (ROOT / "notebooks").glob("*.ipynb"))
    steps = [
        ("style", ["-m", "ruff", "check", "."]),
        ("layout", ["-m", "ruff", "format", "--check", "."]),
        ("types", ["-m", "mypy"]),
        ("import contracts", ["-c", IMPORT_CONTRACTS]),
        ("notebooks without results", ["-m", "nbstripout", "--verify", *notebooks]),
        ("tests", ["-m", "pytest", "-q", "-n", "2", *arguments]),
    ]
    for number, (title, command) in enumerate(steps, start=1):
        say(f"[{number}/{len(steps)}] {title}")
        code = call(PYTHON, *command, folder=ROOT)
        if code:
            say(f"[{number}/{len(steps)}] {title}: FAILED (exit code {code})")
            return code
    return 0


# ---------------------------------------------------------------- set-up


def set_up() -> None:
    """Make .venv with the pinned packages and the project in it, unless that is done for these very files."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupError(
            f"Python {platform.python_version()} is too old: energycalc needs Python 3.11 or newer.\n"
            "Next step: install one (https://www.python.org/downloads) and start bootstrap.py with it."
        )
    wanted = fingerprint()
    installed = STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""
    if installed == wanted and PYTHON.exists():
        return
    uv = None if os.environ.get("ENERGYCALC_NO_UV") else shutil.which("uv")
    say(f"Setting up {ENVIRONMENT.name} with {'uv' if uv else 'pip'}: some minutes the first time.")
    made_by_another_python = installed and installed.split()[0] != wanted.split()[0]
    if made_by_another_python or not PYTHON.exists():
        make_environment(uv)
    STAMP.unlink(missing_ok=True)
    install = install_command(uv)
    pinned = str(ROOT / "requirements.txt")
    checked_call([*install, "--require-hashes", "--only-binary", ":all:", "-r", pinned])
    checked_call([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    STAMP.write_text(wanted, encoding="utf-8")


def fingerprint() -> str:
    """Return what an installed environment depends on, as text: the Python, the two lists and the place."""
    lists = b"".join((ROOT / name).read_bytes() for name in ("requirements.txt", "pyproject.toml"))
    version = ".".join(platform.python_version_tuple()[:2])
    return f"Python-{version} {hashlib.sha256(lists).hexdigest()} {ROOT}\n"


def make_environment(uv: str | None) -> None:
    """Make the folder .venv: with uv, with venv and its pip, or with venv alone when pip is elsewhere."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if uv:
        checked_call([uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)])
    elif available("venv") and available("ensurepip"):
        checked_call([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    elif available("venv") and available("pip"):
        checked_call([sys.executable, "-m", "venv", "--without-pip", str(ENVIRONMENT)])
    else:
        raise SetupError(
            f"{sys.executable} cannot make a virtual environment: its part ensurepip is not installed.\n"
            "Next step, one of these, and then the same command again:\n"
            "  Debian, Ubuntu:  sudo apt install python3-venv\n"
            "  Fedora:          sudo dnf install python3-pip\n"
            "  any machine:     install uv (https://docs.astral.sh/uv), or Python from https://www.python.org"
        )


def install_command(uv: str | None) -> list[str]:
    """Return the command that installs packages into .venv."""
    if uv:
        return [uv, "pip", "install", "--python", str(PYTHON)]
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    options = ["--disable-pip-version-check", *quiet]
    has_pip = subprocess.run([str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False)
    if has_pip.returncode == 0:
        return [str(PYTHON), "-m", "pip", "install", *options]
    return [sys.executable, "-m", "pip", "--python", str(PYTHON), "install", *options]


def available(module: str) -> bool:
    """Say whether this Python has the module."""
    return importlib.util.find_spec(module) is not None


def checked_call(command: list[str]) -> None:
    """Run one step of the set-up; its own words say what went wrong, ours say what to do."""
    if subprocess.run(command, check=False).returncode:
        raise SetupError(
            f"This step of the set-up failed, for the reason printed above:\n  {' '.join(command)}\n"
            "Next step: packages come from the Python package index, so see that this machine reaches it\n"
            f"(behind a proxy, set HTTPS_PROXY). Delete the folder {ENVIRONMENT.name} to begin afresh.\n"
            "ENERGYCALC_NO_UV=1 takes pip instead of uv."
        )


def call(program: Path, *arguments: str, folder: Path | None = None) -> int:
    """Run a program of .venv with the arguments and return its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([str(program), *arguments], cwd=folder, env=environment, check=False).returncode


def say(text: str) -> None:
    """Print at once, so that the line stands before what the next program prints."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
