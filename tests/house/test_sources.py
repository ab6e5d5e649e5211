"""Every number and name has an origin: citations, glossary rows, docstrings."""

import ast
import csv
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import energycalc

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "energycalc"
NOT_STATED = "not_stated"

DOCUMENT_COLUMNS = ["id", "title", "publisher", "year", "url", "licence", "checked", "note"]
GLOSSARY_COLUMNS = ["name", "symbol", "unit", "zh", "en"]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table, each as column: text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def document_tables() -> list[Path]:
    return sorted((ROOT / "data" / "documents.d").glob("*.csv"))


def glossary_tables() -> list[Path]:
    folder = PACKAGE / "quantity"
    return [*folder.glob("glossary.csv"), *sorted(folder.glob("glossary.d/*.csv"))]


def incomplete(path: Path, columns: list[str], required: list[str]) -> list[str]:
    """What is wrong with a table: another header, or a row with an empty cell."""
    table = rows(path)
    if not table or list(table[0]) != columns:
        return [f"{path.name}: the header is not {','.join(columns)}"]
    return [
        f"{path.name}, row {row[columns[0]]}: {column} is empty"
        for row in table
        for column in required
        if not row[column]
    ]


@cache
def documents() -> dict[str, dict[str, str]]:
    return {row["id"]: row for path in document_tables() for row in rows(path)}


@cache
def glossary() -> dict[str, dict[str, str]]:
    return {row["name"]: row for path in glossary_tables() for row in rows(path)}


@cache
def modules() -> list[ModuleType]:
    names = [info.name for info in pkgutil.walk_packages(energycalc.__path__, "energycalc.")]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def own_members(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public things that the module itself defines."""
    for name, member in vars(module).items():
        if not name.startswith("_") and getattr(member, "__module__", None) == module.__name__:
            yield f"{module.__name__}.{name}", member


@cache
def formulas() -> dict[str, object]:
    """Each traced formula of the package under its dotted name."""
    return {
        dotted: member.formula
        for module in modules()
        for dotted, member in own_members(module)
        if hasattr(member, "formula") and hasattr(member.formula, "parameters")
    }


def citations(source: str) -> list[str]:
    """The document ids in a module's calls of cite(...); an id that is no literal stands as its code."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and node.args):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name == "cite":
            first = node.args[0]
            found.append(str(first.value) if isinstance(first, ast.Constant) else ast.unparse(first))
    return found


# ---------------------------------------------------------------- documents


def test_a_citation_is_seen() -> None:
    assert citations('cite("gum", "5.1.2")\nquantity.cite("iso-50001", "4")\nother("x")') == [
        "gum",
        "iso-50001",
    ]


def test_every_citation_names_a_listed_document() -> None:
    unknown = {
        str(path.relative_to(ROOT)): missing
        for path in sorted(PACKAGE.rglob("*.py"))
        if (missing := [name for name in citations(path.read_text(encoding="utf-8")) if name not in documents()])
    }
    assert unknown == {}


def test_document_rows_are_complete() -> None:
    required = [column for column in DOCUMENT_COLUMNS if column != "note"]
    assert document_tables()
    faults = [fault for path in document_tables() for fault in incomplete(path, DOCUMENT_COLUMNS, required)]
    assert faults == [], f"what the source does not say is written {NOT_STATED}"


def test_a_document_has_one_row() -> None:
    names = [row["id"] for path in document_tables() for row in rows(path)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


# ---------------------------------------------------------------- glossary


def test_glossary_rows_are_complete() -> None:
    assert glossary_tables()
    required = ["name", "zh", "en"]
    assert [f for path in glossary_tables() for f in incomplete(path, GLOSSARY_COLUMNS, required)] == []


def test_a_glossary_row_has_symbol_and_unit_or_is_a_word() -> None:
    assert [name for name, row in glossary().items() if bool(row["symbol"]) != bool(row["unit"])] == []


def test_a_name_has_one_glossary_row() -> None:
    names = [row["name"] for path in glossary_tables() for row in rows(path)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_the_formulas_are_found() -> None:
    assert formulas(), "no function with @formula was found in energycalc"


def test_every_formula_and_parameter_is_in_the_glossary_with_its_unit() -> None:
    faults = []
    for dotted, formula in formulas().items():
        for name, unit in {**formula.parameters, formula.name: formula.unit}.items():
            row = glossary().get(name)
            if row is None:
                faults.append(f"{dotted}: {name} [{unit}] has no glossary row")
            elif row["unit"] != str(unit):
                faults.append(f"{dotted}: {name} is in {unit}, the glossary says {row['unit']}")
    assert faults == []


def test_every_formula_cites_a_listed_document() -> None:
    faults = [
        dotted
        for dotted, formula in formulas().items()
        if formula.source.document not in documents() or not formula.source.locator
    ]
    assert faults == []


# ---------------------------------------------------------------- docstrings


def test_every_public_function_and_class_says_what_it_is() -> None:
    silent = [
        dotted
        for module in modules()
        for dotted, member in own_members(module)
        if (inspect.isfunction(member) or inspect.isclass(member)) and not inspect.getdoc(member)
    ]
    assert silent == []


def test_every_module_says_what_it_is() -> None:
    assert [module.__name__ for module in modules() if not module.__doc__] == []
