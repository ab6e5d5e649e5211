"""Sheets of an old Excel workbook (BIFF, ``.xls``), and what else hides in the same container."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from energycalc.errors import EnergycalcError, MeterDataError
from energycalc.metering.files.archive_limits import refuse_cells
from energycalc.metering.files.cell_text import cell_text, whole_seconds
from energycalc.metering.files.number_formats import format_mark
from energycalc.metering.files.opened import WHOLE_ROW, OpenedTable
from energycalc.metering.files.sheets import chosen_sheet, hidden_sheets_notice
from energycalc.metering.notices import Notice

Marks = dict[tuple[str, int], list[int]]

_STREAMS = (
    ("EncryptedPackage", "a workbook encrypted with a password (open it in Excel and save it without one)"),
    ("_VBA_PROJECT_CUR", "a workbook with macros (they are never run; save it as xlsx without them)"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__properties_version1.0", "an Outlook message"),
)


def kind_of_container(raw: bytes) -> str:
    """What an OLE container is: ``xls``, or in words what cannot be read."""
    return next((what for stream, what in _STREAMS if _entry(stream) in raw), "an Office document, damaged or unknown")


def open_old_workbook(raw: bytes, name: str, sheet: str | None, asks: bool, notices: tuple[Notice, ...]) -> OpenedTable:
    """Open one sheet of an ``.xls`` workbook.

    Args:
        raw: the bytes.
        name: name of the file.
        sheet: name of the sheet, or ``None`` for the only one that holds anything.
        asks: whether several filled sheets are asked about.
        notices: what is already known about the file.

    Raises:
        MeterDataError: the workbook is damaged or encrypted; the sheet is missing or doubtful.

    Note:
        This format stores a value with every formula, so a formula that was never calculated cannot be told apart.
    """
    try:
        _refuse_endless_streams(raw)
        book = _loaded(raw)
        _refuse_sizes(book, name)
        sheets = {each.name: each for each in book.sheets()}
        filled = [title for title, each in sheets.items() if each.visibility == 0 and _holds_anything(each)]
        title = chosen_sheet(tuple(sheets), filled, sheet, name, asks)
        marks: Marks = {}
        _mark_hidden(sheets[title], marks)
        rows = list(_rows(book, sheets[title], marks))
    except EnergycalcError:
        raise
    except Exception as error:  # what a damaged workbook does to its parser is of no certain kind
        locked = "encrypted" in str(error).lower()
        what = "encrypted with a password" if locked else f"damaged or cut off ({type(error).__name__})"
        raise MeterDataError(
            f"the old Excel workbook is {what}, and is no text table",
            subject=name,
            next_step="Open it in Excel and save it without a password as xlsx"
            if locked
            else "Copy or download it again, or open it in Excel and save it as xlsx",
        ) from error
    hidden = [each for each, own in sheets.items() if own.visibility != 0 and each != title]
    return OpenedTable(
        name,
        "xls",
        rows,
        sheets=tuple(sheets),
        sheet=title,
        date_system=1904 if book.datemode == 1 else 1900,
        notices=(*notices, *hidden_sheets_notice(hidden)),
        marks=marks,
    )


def _entry(stream: str) -> bytes:
    """A stream's name as the directory of the container holds it: 64 bytes of UTF-16, filled up with NUL."""
    return stream.encode("utf-16-le").ljust(64, b"\x00")


def _refuse_endless_streams(raw: bytes) -> None:
    """Stop at a short stream whose chain of sectors runs in a circle; the library would follow it for ever."""
    from xlrd.compdoc import SIGNATURE, CompDoc

    if not raw.startswith(SIGNATURE):
        return
    container = CompDoc(raw, logfile=io.StringIO())
    for stream in container.dirlist:
        if stream.etype == 2 and stream.tot_size < container.min_size_std_stream:
            sector = stream.first_SID
            for _ in range(len(container.SSAT) + 1):
                if not 0 <= sector < len(container.SSAT):
                    break
                sector = container.SSAT[sector]
            else:
                raise ValueError("a stream of the container runs in a circle")


def _loaded(raw: bytes) -> Any:
    import xlrd

    return xlrd.open_workbook(file_contents=raw, formatting_info=True, ragged_rows=True, logfile=io.StringIO())


def _refuse_sizes(book: Any, name: str) -> None:
    cells = 0
    for sheet in book.sheets():
        cells += sum(sheet.row_len(row) for row in range(sheet.nrows))
        cells += sum((end_row - row) * (end - column) for row, end_row, column, end in sheet.merged_cells)
    refuse_cells(cells, name)


def _holds_anything(sheet: Any) -> bool:
    return any(any(cell != "" for cell in sheet.row_values(row)) for row in range(sheet.nrows))


def _rows(book: Any, sheet: Any, marks: Marks) -> Iterator[tuple[int, list[str]]]:
    anchors = {
        (row, column): (first_row, first_column)
        for first_row, end_row, first_column, end_column in sheet.merged_cells
        for row in range(first_row, end_row)
        for column in range(first_column, end_column)
        if (row, column) != (first_row, first_column)
    }
    reach: dict[int, int] = {}  # how far the merged blocks reach in each row
    for row, column in anchors:
        reach[row] = max(reach.get(row, 0), column + 1)
    for row in range(sheet.nrows):
        texts = []
        for column in range(max(sheet.row_len(row), reach.get(row, 0))):
            place = anchors.get((row, column), (row, column))
            inside = place[0] < sheet.nrows and place[1] < sheet.row_len(place[0])
            value, mark = _value(book, sheet.cell(*place)) if inside else ("", "")
            value, moved = whole_seconds(value)
            text = cell_text(value)
            if place != (row, column) and text:
                marks.setdefault(("merged_cell", column), []).append(row + 1)
            if moved:
                marks.setdefault(("rounded_stamp", column), []).append(row + 1)
            if mark:
                marks.setdefault((mark, column), []).append(row + 1)
            texts.append(text)
        if any(texts):
            yield row + 1, texts


def _value(book: Any, cell: Any) -> tuple[object, str]:
    """The typed value of a cell, and what its number format hides."""
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return "", ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, f"#ERROR {cell.value}"), ""
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value), ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value, ""
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _date(cell.value, number_format, book.datemode), ""
    return cell.value, format_mark(number_format)


def _date(serial: float, number_format: str, datemode: int) -> object:
    import xlrd

    if "[h" in number_format.lower():
        return dt.timedelta(days=serial)
    if 0 <= serial < 1:
        clock = dt.timedelta(milliseconds=round(serial * 86_400_000))
        return (dt.datetime.min + clock).time() if clock < dt.timedelta(days=1) else clock
    try:
        return xlrd.xldate.xldate_as_datetime(serial, datemode)
    except (xlrd.xldate.XLDateError, OverflowError, ValueError):
        return "#VALUE!"  # no date: refused where the cell is used


def _mark_hidden(sheet: Any, marks: Marks) -> None:
    if sheet.visibility != 0:
        marks["hidden_sheet", WHOLE_ROW] = []
    rows = [row + 1 for row, size in sheet.rowinfo_map.items() if size.hidden or size.height == 0]
    if rows:
        marks["hidden_row", WHOLE_ROW] = sorted(rows)
    for column, size in sheet.colinfo_map.items():
        if size.hidden or size.width == 0:
            marks["hidden_column", column] = []
