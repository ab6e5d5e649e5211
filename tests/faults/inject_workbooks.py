"""Faults of workbooks: date systems, merged, hidden and percent cells, formulas, sizes that lie, bombs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from tests.faults.bases import Base
from tests.faults.places import iso, rows_at
from tests.faults.table import Edit, rezipped, workbook
from tests.faults.trial import Trial

ROWS = 2000
"""Workbooks hold the first rows of a base only: a whole one takes seconds to write and read."""
SHEET = "xl/worksheets/sheet1.xml"
EPOCH_1904 = dt.datetime(1904, 1, 1)


def _small(base: Base) -> Base:
    """The first days of a base, as text with the year first: the truth that a workbook is held against."""
    return iso(base.cut(ROWS))


def _header(base: Base) -> tuple[str, str]:
    return base.table.header[base.time], base.table.header[base.value]


def _declared(small: Base) -> Base:
    """The declaration of the workbook: the header is in the first row, the cells have types."""
    return small.with_table(small.table, header_row=1, encoding="utf-8")


def _book(small: Base, edit: Edit | None = None, values: Sequence[float | str] | None = None) -> bytes:
    return workbook(
        _header(small), small.clock, small.numbers if values is None else values, edit=edit,
        number_format="yyyy-mm-dd hh:mm",
    )  # fmt: skip


def clean_workbook(base: Base) -> Trial:
    """No fault: the workbook that all others are made from."""
    small = _small(base)
    return Trial("a clean workbook", _book(small), _declared(small), ".xlsx", truth=small)


def date_1904(base: Base, level: int) -> Trial | str:
    """E11: the 1904 date system with date cells, and with plain numbers for stamps."""
    if level == 2:
        return "the flag belongs to the whole workbook: date cells and plain numbers are tried"
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    small = _small(base)

    def edit(book: Any, sheet: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    if level == 0:
        return Trial("date cells", _book(small, edit), _declared(small), ".xlsx", truth=small)
    numbers = [(clock - EPOCH_1904) / dt.timedelta(days=1) for clock in small.clock]
    book = workbook(_header(small), numbers, small.numbers, edit=edit)
    return Trial("day numbers without a date format", book, _declared(small), ".xlsx", truth=small)


def merged(base: Base, level: int) -> Trial | str:
    """E29: two readings merged into one cell, several pairs, runs of five; the true readings are equal in each."""
    small = _small(base)
    n, length = len(small.clock), (2, 2, 5)[level]
    starts = [i for i in rows_at(small, min(level, 1)) if i + length < n]
    texts = small.table.column(base.value)
    equal = {i + k: texts[i] for i in starts for k in range(length)}
    truth = small.with_table(small.table.with_cells(base.value, equal))

    def edit(book: Any, sheet: Any) -> None:
        for i in starts:
            sheet.merge_cells(start_row=i + 2, end_row=i + 1 + length, start_column=2, end_column=2)

    return Trial(
        f"{len(starts)} times {length} readings merged", _book(truth, edit), _declared(truth), ".xlsx", truth=truth
    )


def formulas(base: Base, level: int) -> Trial | str:
    """E30: formulas whose results were never stored, under the most lenient declaration of empty cells."""
    small = _small(base)
    places = rows_at(small, level)
    values: list[float | str] = list(small.numbers)
    for i in places:
        values[i] = f"={small.numbers[i]}*1"
    lenient = small.with_table(small.table, empty="exclude", gaps="report", header_row=1, encoding="utf-8")
    return Trial(f"{len(places)} formulas without result", _book(small, None, values), lenient, ".xlsx", truth=small)


def hidden(base: Base, level: int) -> Trial | str:
    """E37: one hidden row, a tenth of the rows filtered away, the column of readings hidden; declared as included."""
    small = _small(base)
    places = rows_at(small, level) if level < 2 else []

    def edit(book: Any, sheet: Any) -> None:
        for i in places:
            sheet.row_dimensions[i + 2].hidden = True
        if level == 1:
            sheet.auto_filter.ref = f"A1:B{len(small.clock) + 1}"
            sheet.auto_filter.add_filter_column(1, ["1"])
        if level == 2:
            sheet.column_dimensions["B"].hidden = True

    lenient = small.with_table(small.table, header_row=1, encoding="utf-8", hidden="include")
    what = ("one hidden row", f"{len(places)} rows filtered away", "the readings' column is hidden")[level]
    return Trial(what, _book(small, edit), lenient, ".xlsx", truth=small)


def lying_dimension(base: Base, level: int) -> Trial | str:
    """E38: the sheet says that it ends after two rows, in the middle, before the last row."""
    small = _small(base)
    n = len(small.clock) + 1
    last = (3, n // 2, n - 1)[level]
    content = _book(small)

    def lie(name: str, member: bytes) -> bytes:
        if name != SHEET:
            return member
        changed, times = re.subn(rb'<dimension ref="[^"]*"', f'<dimension ref="A1:B{last}"'.encode(), member)
        assert times == 1
        return changed

    return Trial(f"dimension A1:B{last} of {n} rows", rezipped(content, lie), _declared(small), ".xlsx", truth=small)


def percent(base: Base, level: int) -> Trial | str:
    """E39: shares of 0 to 1 shown as per cent and declared as %, in some cells, in half of them, in all."""
    if base.key != "occupancy":
        return "the column is an energy or a power, not a share"
    small = _small(base)
    shares = [round(0.3 + 0.6 * (i % 17) / 17, 4) for i in range(len(small.clock))]
    n = len(shares)
    shown = set(rows_at(small, 1)) if level == 0 else set(range(0, n, 2)) if level == 1 else set(range(n))
    values = [share if i in shown else round(100 * share, 2) for i, share in enumerate(shares)]

    def edit(book: Any, sheet: Any) -> None:
        for i in shown:
            sheet.cell(i + 2, 2).number_format = "0.0%"

    driver = {"unit": "%", "quantity_kind": "interval_mean", "value_column": "pct_occupancy"}
    table = small.table.with_column(base.value, [f"{100 * share:.2f}" for share in shares])
    truth = small.with_table(table.renamed(base.value, "pct_occupancy"), **driver)
    book = _book(truth, edit, values)
    return Trial(f"{len(shown)} of {n} cells in per cent", book, _declared(truth), ".xlsx", truth=truth, driver=True)


def dangerous(base: Base, level: int) -> Trial | str:
    """E42: a bomb (300 MB of blanks), an external entity, a workbook with macros."""
    small = _small(base)
    content = _book(small)
    what = ("a bomb", "an external entity", "macros")[level]
    if level == 2:
        macros = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)}
        return Trial(what, rezipped(content, lambda name, m: m, macros), _declared(small), ".xlsm", truth=small)

    def change(name: str, member: bytes) -> bytes:
        if name != SHEET:
            return member
        head, _, tail = member.partition(b"<worksheet")
        if level == 0:
            return head + b"<worksheet" + tail.replace(b"<sheetData>", b" " * (300 * 2**20) + b"<sheetData>")
        entity = b'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        inside = re.sub(rb"(<v>)[^<]*(</v>)", rb"\1&x;\2", tail, count=1)
        return head + entity + b"<worksheet" + inside

    return Trial(what, rezipped(content, change), _declared(small), ".xlsx", truth=small)
