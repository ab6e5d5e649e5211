"""The tables and examples are found in a checkout and in a wheel, and missed with a clear message."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from energycalc.data_files import data_folder, examples_folder

ROOT = Path(__file__).resolve().parents[2]
WHERE = "from energycalc.data_files import *; print(data_folder()); print(examples_folder())"


def files_below(folder: Path) -> set[str]:
    """The files of a folder, as paths below it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def asked_in(folder: Path) -> subprocess.CompletedProcess[str]:
    """Where the package in this folder says that its data are."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", WHERE]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_checkout_reads_its_own_folders() -> None:
    assert data_folder() == ROOT / "data"
    assert examples_folder() == ROOT / "examples"


def test_a_wheel_carries_every_table_and_example(unpacked_wheel: Path) -> None:
    package = unpacked_wheel / "energycalc"
    assert files_below(package / "_data") == files_below(ROOT / "data") != set()
    assert files_below(package / "_examples") == files_below(ROOT / "examples") != set()


def test_a_wheel_reads_its_own_copies(unpacked_wheel: Path) -> None:
    package = unpacked_wheel / "energycalc"
    assert asked_in(unpacked_wheel).stdout.split() == [str(package / "_data"), str(package / "_examples")]


def test_an_installation_without_data_says_so(unpacked_wheel: Path, tmp_path: Path) -> None:
    without = shutil.ignore_patterns("_data", "_examples")
    shutil.copytree(unpacked_wheel / "energycalc", tmp_path / "energycalc", ignore=without)
    answer = asked_in(tmp_path)
    assert answer.returncode != 0
    assert "install energycalc again" in answer.stderr
