"""From a file, whatever it truly is, to the declared cells with their line numbers; nothing is interpreted here."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from energycalc.errors import MeterDataError
from energycalc.metering.files.cell_doubts import judged_cells
from energycalc.metering.files.columns import DeclaredColumns, declared_columns
from energycalc.metering.files.opened import OpenedTable
from energycalc.metering.files.opening import bytes_of, open_table
from energycalc.metering.files.total_rows import total_rows
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

_MIDNIGHT = " 00:00:00"
_DAY_ONE = ("1900-01-01 00:00:00", "1904-01-02 00:00:00")
"""What a workbook's clock cell of 1 day is as a date: 24:00."""


@dataclass(frozen=True)
class Cells:
    """The declared columns of a file as text.

    Attributes:
        times: stamps as written; typed ones as ``YYYY-MM-DD HH:MM:SS``; two columns are joined by a blank.
        values: readings as written; typed ones with all digits.
        lines: line in the file (row of the sheet, record of a parquet table plus one) of each row, counted from 1.
        sha256: SHA-256 of the file as it lies on the disk (of the ``.gz``, not of its content).
        notices: what was understood about the file rather than plain.
        date_system: 1900 or 1904, from which a workbook counts its day numbers; ``None`` for other files.
    """

    times: list[str]
    values: list[str]
    lines: list[int]
    sha256: str
    notices: tuple[Notice, ...] = ()
    date_system: int | None = None


@dataclass(frozen=True, eq=False)
class DeclaredTable:
    """The declared columns of a file, opened and judged.

    Attributes:
        table: what was opened; its rows are gone through.
        columns: the columns as text, in the order asked for.
        hidden: lines that are left out because they are hidden.
        notices: what was understood rather than plain.
        sha256: of the file as it lies on the disk.
    """

    table: OpenedTable
    columns: DeclaredColumns
    hidden: set[int]
    notices: tuple[Notice, ...]
    sha256: str


def open_declared(layout: MeterLayout, names: Sequence[str]) -> DeclaredTable:
    """Open the file of a layout by what it truly is, and take the named columns from it.

    Args:
        layout: the declared form of the file.
        names: headers of the columns.

    Raises:
        MeterDataError: as :func:`read_cells`.
    """
    path = Path(layout.file)
    raw = bytes_of(path)
    table = open_table(
        raw,
        path.name,
        sheet=layout.sheet,
        encoding=layout.encoding,
        delimiter=layout.delimiter,
        time_zone=layout.time_zone,
        columns=names,
    )
    columns = declared_columns(table, layout.header_row, names)
    hidden, notices = judged_cells(table, columns, names, layout)
    return DeclaredTable(table, columns, hidden, (*table.notices, *notices), hashlib.sha256(raw).hexdigest())


def read_cells(layout: MeterLayout) -> Cells:
    """Read the declared columns as text; blank rows are passed over, every other one below the header is a row.

    Rows that are hidden in a workbook, and rows of totals, are left out only where the layout says so.

    Raises:
        MeterDataError: file missing, empty, damaged, dangerous, or of a type that cannot be read; another encoding;
            column or sheet missing or doubled; a row with more or fewer cells than the header; formulas without
            value; hidden cells or rows of totals without a declaration.
    """
    names = [each for each in (layout.time_column, layout.clock_column, layout.value_column) if each is not None]
    opened = open_declared(layout, names)
    table, columns, hidden = opened.table, opened.columns, opened.hidden
    times = columns.texts[0] if layout.clock_column is None else _joined(columns.texts[0], columns.texts[1])
    cells = Cells(
        times,
        columns.texts[-1],
        columns.lines,
        opened.sha256,
        (*opened.notices, *_open_end(table.open_end, columns.lines)),
        table.date_system,
    )
    totals = _totals(cells, columns, hidden, layout)
    return _without(cells, hidden, totals)


def _joined(dates: list[str], clocks: list[str]) -> list[str]:
    """Date and time of day of two columns; a typed date is midnight of its day, a typed clock of one day is 24:00."""
    return [
        f"{date.removesuffix(_MIDNIGHT)} {'24:00:00' if clock in _DAY_ONE else clock}".strip()
        for date, clock in zip(dates, clocks, strict=True)
    ]


def _totals(cells: Cells, columns: DeclaredColumns, hidden: set[int], layout: MeterLayout) -> dict[int, str]:
    """Lines that hold totals, to why; refused unless they are declared as left out."""
    found = total_rows(cells.times, cells.values, columns.doubled)
    totals = {cells.lines[row]: why for row, why in found.items() if cells.lines[row] not in hidden}
    if totals and layout.total_rows == "refuse":
        line, why = next(iter(totals.items()))
        row = cells.lines.index(line)
        more = f"; {len(totals):,} such rows: lines {shown_lines(totals)}" if len(totals) > 1 else ""
        raise MeterDataError(
            f"line {line}, column {layout.time_column}: the stamp names no time but a total or another summary{more}"
            if why == repr(cells.times[row].strip())
            else f"line {line} is no reading but a total or another summary ({why}){more}",
            subject=layout.subject,
            value=repr(cells.times[row]) if cells.times[row].strip() else repr(cells.values[row]),
            limit="one reading for each row; a total would count everything twice",
            next_step="Write total_rows: exclude to leave such rows out, visibly",
        )
    return totals


def _without(cells: Cells, hidden: set[int], totals: dict[int, str]) -> Cells:
    if not hidden and not totals:
        return cells
    keep = [row for row, line in enumerate(cells.lines) if line not in hidden and line not in totals]
    if not keep:
        raise MeterDataError(
            "no row is left: all are hidden or totals",
            subject="rows of the meter file",
            next_step="Check the declared columns, hidden: and total_rows:",
        )
    return Cells(
        [cells.times[row] for row in keep],
        [cells.values[row] for row in keep],
        [cells.lines[row] for row in keep],
        cells.sha256,
        (*cells.notices, *_total_notice(totals)),
        cells.date_system,
    )


def _total_notice(totals: dict[int, str]) -> tuple[Notice, ...]:
    if not totals:
        return ()
    return (
        Notice(
            "total_row",
            f"{len(totals):,} rows of totals are left out as declared: line {shown_lines(totals)}",
            f"依宣告排除合計列 {len(totals):,} 列：第 {shown_lines_zh(totals)} 行",
            tuple(totals),
        ),
    )


def _open_end(open_end: bool, lines: list[int]) -> tuple[Notice, ...]:
    if not open_end:
        return ()
    return (
        Notice(
            "open_end",
            f"the file ends without a line end, so nothing shows that line {lines[-1]} was written to its end",
            f"檔案末行無換行字元，無從確認第 {lines[-1]} 行是否完整寫入",
            (lines[-1],),
        ),
    )
