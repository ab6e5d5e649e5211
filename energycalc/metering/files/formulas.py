"""Formulas of an xlsx sheet: which cells hold one, and which of these never got a value."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from posixpath import join, normpath
from xml.etree import ElementTree

from energycalc.metering.files.archive_limits import xml_of

_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_ON_LOAD = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)[\"']")


@dataclass(frozen=True)
class FormulaCells:
    """Addresses (row, column), both counted from 1.

    Attributes:
        with_value: formulas with the value of their last calculation.
        without_value: formulas that were never calculated, with every cell they would fill.
    """

    with_value: frozenset[tuple[int, int]]
    without_value: frozenset[tuple[int, int]]


def sheet_members(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Name of each sheet to the archive's member that holds its cells."""
    relations = {
        element.get("Id"): element.get("Target", "")
        for element in ElementTree.fromstring(xml_of(archive, "xl/_rels/workbook.xml.rels", name))
    }
    members = {}
    for element in ElementTree.fromstring(xml_of(archive, "xl/workbook.xml", name)).iter():
        if element.tag.endswith("}sheet"):
            key = next((value for attribute, value in element.items() if attribute.endswith("}id")), None)
            target = relations.get(key, "")
            members[element.get("name", "")] = normpath(join("xl", target)).lstrip("/")
    return members


def recalculates_on_load(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether the workbook asks to be calculated anew when opened: its stored values are then no results."""
    return _ON_LOAD.search(xml_of(archive, "xl/workbook.xml", name)) is not None


def formula_cells(xml: bytes) -> FormulaCells:
    """Formulas of one sheet, from the text of its XML member (already freed of entities)."""
    found: tuple[set[tuple[int, int]], set[tuple[int, int]]] = (set(), set())
    if _FORMULA.search(xml) is None:
        return FormulaCells(frozenset(), frozenset())
    row = column = 0
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif event == "end" and tag == "c":
            address = _AREA.fullmatch(element.get("r", ""))
            row, column = (int(address[2]), _column(address[1])) if address else (row, column + 1)
            _sort_in(element, row, column, found)
            element.clear()
        elif event == "end" and tag == "row":
            element.clear()
    return FormulaCells(frozenset(found[0]), frozenset(found[1]))


def area(reference: str) -> tuple[int, int, int, int] | None:
    """First row, first column, last row, last column of a reference such as ``B2:C5``; ``None`` if it is none."""
    found = _AREA.fullmatch(reference.replace("$", ""))
    if found is None:
        return None
    first_row, first_column = int(found[2]), _column(found[1])
    if found[3] is None:
        return first_row, first_column, first_row, first_column
    return first_row, first_column, int(found[4]), _column(found[3])


def _sort_in(
    cell: ElementTree.Element, row: int, column: int, found: tuple[set[tuple[int, int]], set[tuple[int, int]]]
) -> None:
    children = {child.tag.rpartition("}")[2]: child for child in cell}
    formula = children.get("f")
    if formula is None:
        return
    value = children.get("v")
    # an empty text is a result too: the cell then says that it holds a text
    calculated = value is not None and (bool(value.text) or cell.get("t") == "str")
    found[0 if calculated else 1].add((row, column))
    block = area(formula.get("ref", "")) if formula.get("t") in ("array", "dataTable") and not calculated else None
    if block:
        first_row, first_column, last_row, last_column = block
        last_row, last_column = min(last_row, first_row + 100_000), min(last_column, first_column + 100)
        found[1].update(
            (each_row, each_column)
            for each_row in range(first_row, last_row + 1)
            for each_column in range(first_column, last_column + 1)
        )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
