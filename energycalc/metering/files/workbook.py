"""Sheets of an xlsx workbook: every cell by its address, with what a csv export of it would not show."""

from __future__ import annotations

import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

from energycalc.errors import EnergycalcError, MeterDataError
from energycalc.metering.files.archive_limits import refuse_cells, refuse_rows, xml_of
from energycalc.metering.files.cell_text import cell_text, whole_seconds
from energycalc.metering.files.formulas import FormulaCells, area, formula_cells, recalculates_on_load, sheet_members
from energycalc.metering.files.number_formats import format_mark
from energycalc.metering.files.opened import WHOLE_ROW, OpenedTable
from energycalc.metering.files.sheets import chosen_sheet, hidden_sheets_notice
from energycalc.metering.notices import Notice

Marks = dict[tuple[str, int], list[int]]

_NOT_A_WORKBOOK = (
    ("xl/workbook.bin", "an Excel binary workbook (xlsb)"),
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
)
_MACROS = re.compile(r"(?i)vbaProject|xl/macrosheets/|xl/dialogsheets/")
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_ROW = re.compile(rb"<(?:\w+:)?row[ />]")
_BLOCK = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*\bref=[\"']([A-Z0-9:$]+)[\"']")
_CRITERIA = ("filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter")


def kind_of_archive(archive: zipfile.ZipFile) -> str:
    """What a zip archive is: ``xlsx``, or in words what cannot be read."""
    names = set(archive.namelist())
    if any(_MACROS.search(name) for name in names):
        return "a workbook with macros (they are never run; save it as xlsx without them)"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return next((what for member, what in _NOT_A_WORKBOOK if member in names), "a zip archive")


def open_workbook(
    raw: bytes, archive: zipfile.ZipFile, name: str, sheet: str | None, asks: bool, notices: tuple[Notice, ...]
) -> OpenedTable:
    """Open one sheet; the size that the file claims for itself is not believed, every cell is read.

    Args:
        raw: the bytes of the workbook.
        archive: the same, opened within the limits.
        name: name of the file.
        sheet: name of the sheet, or ``None`` for the only one that holds anything.
        asks: whether several filled sheets are asked about.
        notices: what is already known about the file.

    Raises:
        MeterDataError: the workbook is damaged, too large or declares entities; the sheet is missing or doubtful.
    """
    try:
        members = sheet_members(archive, name)
        _refuse_sizes(archive, set(members.values()), name)
        book = _loaded(raw)
        sheets = {each.title: each for each in book.worksheets}
        filled = [title for title, each in sheets.items() if each.sheet_state == "visible" and _holds_anything(each)]
        title = chosen_sheet(tuple(sheets), filled, sheet, name, asks)
        formulas = formula_cells(xml_of(archive, members[title], name))
        stale = recalculates_on_load(archive, name)
    except EnergycalcError:
        raise
    except Exception as error:  # what a damaged workbook does to its parser is of no certain kind
        raise MeterDataError(
            f"the workbook is damaged or cut off, and is no text table ({type(error).__name__}: {str(error)[:80]})",
            subject=name,
            next_step="Copy or download it again, or export the sheet as csv",
        ) from error
    marks: Marks = {}
    _mark_hidden(sheets[title], marks)
    rows = list(_rows(sheets[title], formulas, stale, marks))
    hidden = [each for each, ws in sheets.items() if ws.sheet_state != "visible" and each != title]
    return OpenedTable(
        name,
        "xlsx",
        rows,
        sheets=tuple(sheets),
        sheet=title,
        date_system=1904 if book.epoch.year == 1904 else 1900,
        notices=(*notices, *hidden_sheets_notice(hidden)),
        marks=marks,
    )


def _refuse_sizes(archive: zipfile.ZipFile, sheets: set[str], name: str) -> None:
    """Look at every member that a parser will look into, before it does."""
    cells = 0
    for member in archive.namelist():
        if not member.endswith((".xml", ".rels")):
            continue
        text = xml_of(archive, member, name)
        if member in sheets:
            refuse_rows(len(_ROW.findall(text)), name)
            blocks = [area(reference.decode("ascii")) for reference in _BLOCK.findall(text)]
            cells += len(_CELL.findall(text))
            cells += sum((block[2] - block[0] + 1) * (block[3] - block[1] + 1) for block in blocks if block)
            refuse_cells(cells, name)


def _loaded(raw: bytes) -> Any:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions; a bad date becomes #VALUE!, refused by its cell
        return load_workbook(io.BytesIO(raw), data_only=True, keep_links=False, keep_vba=False)


def _holds_anything(sheet: Any) -> bool:
    return any(cell.value is not None for cell in sheet._cells.values())


def _rows(sheet: Any, formulas: FormulaCells, stale: bool, marks: Marks) -> Iterator[tuple[int, list[str]]]:
    """Row number and texts of every row with a text; the sparse cells are read, so a lonely far cell costs nothing."""
    anchors = _merged(sheet)
    formats: dict[int, str] = {}
    for row, cells in itertools.groupby(sorted(sheet._cells.items()), key=lambda item: item[0][0]):
        texts: list[str] = []
        for (_, column), own in cells:
            cell = own
            if (row, column) in anchors:
                cell = sheet._cells.get(anchors[row, column], own)
                if cell.value is not None:
                    marks.setdefault(("merged_cell", column - 1), []).append(row)
            value, moved = whole_seconds(cell.value)
            text = cell_text(value)
            if moved:
                marks.setdefault(("rounded_stamp", column - 1), []).append(row)
            if (row, column) in formulas.without_value or (stale and (row, column) in formulas.with_value):
                marks.setdefault(("uncached_formula", column - 1), []).append(row)
                text = text or "="  # not blank: nobody knows what it would be
            elif (row, column) in formulas.with_value:
                marks.setdefault(("formula", column - 1), []).append(row)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                number = cell._style.numFmtId
                if number not in formats:
                    formats[number] = format_mark(cell.number_format)
                if formats[number]:
                    marks.setdefault((formats[number], column - 1), []).append(row)
            if column > len(texts) + 1:
                texts.extend([""] * (column - len(texts) - 1))
            texts.append(text)
        if any(texts):
            yield row, texts


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Each covered cell to the cell that carries the value of its block."""
    anchors = {}
    for block in sheet.merged_cells.ranges:
        top = (block.min_row, block.min_col)
        for row in range(block.min_row, block.max_row + 1):
            for column in range(block.min_col, block.max_col + 1):
                if (row, column) != top:
                    anchors[row, column] = top
    return anchors


def _mark_hidden(sheet: Any, marks: Marks) -> None:
    if sheet.sheet_state != "visible":
        marks["hidden_sheet", WHOLE_ROW] = []
    rows = [row for row, size in sheet.row_dimensions.items() if size.hidden or size.height == 0]
    if rows:
        marks["hidden_row", WHOLE_ROW] = sorted(rows)
    for size in sheet.column_dimensions.values():
        if size.hidden or size.width == 0:
            for column in range(size.min, min(size.max, sheet.max_column) + 1):
                marks["hidden_column", column - 1] = []
    filters = [sheet.auto_filter, *(table.autoFilter for table in sheet.tables.values())]
    columns = [column for each in filters if each is not None for column in each.filterColumn]
    if any(getattr(column, name, None) is not None for column in columns for name in _CRITERIA):
        marks["filter", WHOLE_ROW] = []
