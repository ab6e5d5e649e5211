"""environment.yml, pyproject.toml and requirements.txt say the same."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = YAML(typ="safe").load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PINNED = (ROOT / "requirements.txt").read_text(encoding="utf-8")

# Where conda-forge has another name for the package.
CONDA_NAMES = {"playwright-python": "playwright", "python-duckdb": "duckdb"}


def declared() -> dict[str, str]:
    """Each package that pyproject asks for, with its version limit."""
    written = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    requirements = [Requirement(text) for text in written]
    return {canonicalize_name(each.name): str(each.specifier) for each in requirements}


def in_conda() -> dict[str, str]:
    """Each package that environment.yml asks for, under its pip name, with its version limit."""
    lines = [line for line in CONDA["dependencies"] if isinstance(line, str)]
    lines += next(line["pip"] for line in CONDA["dependencies"] if isinstance(line, dict))
    pairs = [line.split(" ", 1) for line in lines if line not in ("pip", "-e .")]
    return {CONDA_NAMES.get(name, canonicalize_name(name)): limit for name, limit in pairs}


def test_conda_environment_asks_for_what_pyproject_asks_for() -> None:
    conda = in_conda()
    assert conda.pop("python") == PROJECT["requires-python"]
    assert conda == declared()


def test_conda_environment_installs_the_project_itself() -> None:
    from_pip = next(line["pip"] for line in CONDA["dependencies"] if isinstance(line, dict))
    assert "-e ." in from_pip


@pytest.mark.parametrize("name", sorted(declared()))
def test_every_declared_package_is_pinned(name: str) -> None:
    pins = re.findall(rf"^{re.escape(name)}==(\S+)", PINNED, flags=re.MULTILINE)
    limit = Requirement(f"{name}{declared()[name]}").specifier
    assert pins, f"{name} has no line in requirements.txt: compile it again (CONTRIBUTING.md)"
    assert all(pin in limit for pin in pins), f"{name} is pinned to {pins}, pyproject asks for {limit}"


def test_every_pin_has_hashes_and_no_address() -> None:
    blocks = re.split(r"\n(?=\S)", PINNED.strip())
    without_hash = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
    assert without_hash == []
    assert "://" not in PINNED
    assert not re.search(r"--(extra-)?index|--find-links|\bfile:", PINNED)
