"""The import contracts of pyproject.toml hold, and each of them notices what it is there for."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "energycalc"
CHECK = "from importlinter.cli import lint_imports_command as check; check()"

# A line written into a room, and words of the contract that must notice it.
INTRUSIONS = [
    ("quantity/__init__.py", "import energycalc.factors", "Imports run downwards"),
    ("factors/__init__.py", "import energycalc.case", "Imports run downwards"),
    ("assessment.py", "import energycalc.reports", "Imports run downwards"),
    ("physics/__init__.py", "import energycalc.factors", "The machines"),
    ("equipment/__init__.py", "import energycalc.metering", "The machines"),
    ("metering/__init__.py", "import energycalc.physics", "The meters"),
    ("factors/__init__.py", "import energycalc.metering", "The factors"),
    ("equipment/rotation/motor.py", "import energycalc.equipment.rotation.belt_drive", "One technology"),
    ("equipment/rotation/motor.py", "import energycalc.equipment.furnaces.flue_gas", "Families of technologies"),
    ("equipment/description/levels.py", "import energycalc.equipment.shared.choices", "Families of technologies"),
    ("mv/periods.py", "import energycalc.physics", "The meters"),
    ("mv/regression/statistics.py", "import energycalc.mv.savings.saving", "The proof is built"),
    ("mv/rules/limits.py", "import energycalc.mv.verify", "The proof is built"),
    ("checks/claims/claim.py", "import energycalc.checks.project.project", "Checks"),
    ("checks/project/project.py", "import energycalc.checks.claims.claim", "Checks"),
    ("checks/physics/facts.py", "import energycalc.checks.claims.claim", "Checks"),
    ("checks/range.py", "import energycalc.checks.slips", "Checks"),
    ("metering/__init__.py", "import pint", "Only the kernel"),
]


def rooms() -> set[str]:
    """The rooms of the package: its folders of Python files and its single files."""
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    return folders | {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """Import-linter's verdict on the package in a folder."""
    command = [sys.executable, "-c", CHECK, "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def copy_of_the_package(tmp_path: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.csv", "_data", "_examples")
    shutil.copytree(PACKAGE, tmp_path / "energycalc", ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_are_kept() -> None:
    verdict = checked(ROOT)
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize(("file", "line", "contract"), INTRUSIONS)
def test_an_intrusion_is_noticed(copy_of_the_package: Path, file: str, line: str, contract: str) -> None:
    with (copy_of_the_package / "energycalc" / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    verdict = checked(copy_of_the_package)
    broken = [row for row in verdict.stdout.splitlines() if " BROKEN" in row]
    assert verdict.returncode != 0
    assert any(row.startswith(contract) for row in broken), verdict.stdout


def test_a_room_without_a_place_is_noticed(copy_of_the_package: Path) -> None:
    drawer = copy_of_the_package / "energycalc" / "util"
    drawer.mkdir()
    (drawer / "__init__.py").touch()
    verdict = checked(copy_of_the_package)
    assert verdict.returncode != 0
    assert "energycalc.util" in verdict.stdout


def test_every_room_but_the_kernel_is_kept_from_pint() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    sources = next(each["source_modules"] for each in contracts["contracts"] if "kernel" in each["name"])
    assert set(sources) == {f"energycalc.{room}" for room in rooms() - {"quantity"}}
