"""What holds for the tree: short files, no paths of one machine, notebooks that only tell, a change log."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "energycalc"
LONGEST_FILE = 400

NOT_OURS = {"out", "artefacts", "build", "dist", "__pycache__"}
# Folders that exist on one machine only.
MACHINE_PATH = re.compile(
    r"(?:^|[^.\w/:])/(?:work|farm|root|home|tmp|Users)/\w|\.\./shared\b|[A-Za-z]:\\Users\\", re.MULTILINE
)

# A notebook tells a story; what it calls is written, and tested, in the package.
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.comprehension)
ARITHMETIC = (ast.BinOp, ast.AugAssign)


def files_of_the_tree(folder: Path = ROOT) -> Iterator[Path]:
    """Every file that belongs to the project; caches, environments and results do not."""
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name not in (".ci", ".gitignore", ".gitattributes")
        if hidden or path.name in NOT_OURS or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from files_of_the_tree(path)
        else:
            yield path


def machine_paths(text: str) -> list[str]:
    """The paths in a text that mean something on one machine only."""
    return [match.group().strip() for match in MACHINE_PATH.finditer(text)]


def notebook_faults(source: str) -> list[str]:
    """The kinds of statement in a cell that belong into the package."""
    magic_free = re.sub(r"^\s*[%!].*$", "", source, flags=re.MULTILINE)
    statements = ast.walk(ast.parse(magic_free))
    return [type(node).__name__ for node in statements if isinstance(node, DEFINITIONS + LOOPS + ARITHMETIC)]


def test_no_file_of_the_package_is_longer_than_the_limit() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert lengths, "the package was not found"
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_path_of_one_machine_in_any_file() -> None:
    found = {}
    for path in files_of_the_tree():
        try:
            paths = machine_paths(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue  # a compressed file or a picture
        if paths:
            found[str(path.relative_to(ROOT))] = paths
    assert found == {}


@pytest.mark.parametrize("folder", ["work", "root", "home", "tmp"])
def test_a_path_of_one_machine_is_seen(folder: str) -> None:
    assert machine_paths(f"read '/{folder}/somebody/file.csv'") != []


@pytest.mark.parametrize("text", ["kWh/work unit", "docs/home/page", "https://a.example/home/x", "data/x"])
def test_other_slashes_are_no_path_of_one_machine(text: str) -> None:
    assert machine_paths(text) == []


def test_notebooks_only_tell() -> None:
    faults = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        assert code, f"{path.name} has no code cell and shows nothing"
        faults[path.name] = [fault for source in code for fault in notebook_faults(source)]
    assert faults, "no notebook was found"
    assert {name: found for name, found in faults.items() if found} == {}


CALCULATES = [
    "def f(): pass",
    "class A: pass",
    "lambda: 1",
    "for x in y: pass",
    "[x for x in y]",
    "a * b",
    "a += 1",
]
TELLS = ["from a import b\nb.show('x', lang='en')", "%matplotlib inline\nform"]


@pytest.mark.parametrize("source", CALCULATES)
def test_a_cell_that_calculates_is_seen(source: str) -> None:
    assert notebook_faults(source) != []


@pytest.mark.parametrize("source", TELLS)
def test_a_cell_that_tells_is_let_through(source: str) -> None:
    assert notebook_faults(source) == []


def test_the_change_log_names_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    change_log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert version in re.findall(r"^## \[?v?([\d.]+)", change_log, re.MULTILINE)
