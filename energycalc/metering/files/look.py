"""A look at a file before anything is declared: what it is, its sheets, its header, its first and last rows."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from energycalc.metering.files.opened import OpenedTable
from energycalc.metering.files.opening import bytes_of, open_table
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

FIRST, LAST = 20, 3
_HEADER_WITHIN = 40
"""Rows among which the header is looked for."""


@dataclass(frozen=True)
class Look:
    """What a person needs to see to declare how a file is to be read.

    Attributes:
        true_type: what the file is by its bytes: ``csv``, ``xlsx``, ``xls``, ``html`` or ``parquet``.
        encoding: text encoding found; empty for a file that is no text.
        delimiter: character between two cells; empty for a file that is no text.
        sheets: names of all sheets (tables of an html page); empty where there are none.
        sheet: the sheet looked at.
        header_row_guess: line that looks like the header, counted from 1; a person confirms it.
        header: cells of that line.
        first_rows: the first rows below it, at most 20.
        last_rows: the last rows, at most 3.
        rows: rows below the header.
        notices: what was understood rather than plain.
        date_system: 1900 or 1904 for a workbook, from which its day numbers count; ``None`` without one.
    """

    true_type: str
    encoding: str
    delimiter: str
    sheets: tuple[str, ...]
    sheet: str
    header_row_guess: int
    header: tuple[str, ...]
    first_rows: tuple[tuple[str, ...], ...]
    last_rows: tuple[tuple[str, ...], ...]
    rows: int
    notices: tuple[Notice, ...]
    date_system: int | None = None


def look_at(path: Path, sheet: str | None = None, *, encoding: str = "auto", delimiter: str = "auto") -> Look:
    """Look at a file without a declaration. Nothing is judged: broken rows, totals and hidden rows are shown.

    Args:
        path: the file.
        sheet: sheet of a workbook (table of a page); ``None`` takes the first visible one that holds anything.
        encoding: codec of a text, when ``auto`` asks for it.
        delimiter: character between two cells, when ``auto`` asks for it.

    Raises:
        MeterDataError: the file cannot be opened, is empty, damaged or of a type that cannot be read, or its codec
            or delimiter is doubtful.
    """
    table = open_table(bytes_of(path), path.name, sheet=sheet, encoding=encoding, delimiter=delimiter, asks=False)
    rows = ((line, row) for line, row in table.rows if any(row))
    start = list(islice(rows, _HEADER_WITHIN + FIRST))
    index = _header_index([row for _, row in start]) if start else 0
    tail: deque[list[str]] = deque((row for _, row in start[index + 1 :]), maxlen=LAST)
    count = max(len(start) - index - 1, 0)
    for _, row in rows:
        tail.append(row)
        count += 1
    return Look(
        table.true_type,
        table.encoding,
        table.delimiter,
        table.sheets,
        table.sheet,
        start[index][0] if start else 1,
        tuple(cell.strip() for cell in start[index][1]) if start else (),
        tuple(tuple(row) for _, row in start[index + 1 : index + 1 + FIRST]),
        tuple(map(tuple, tail)),
        count,
        (*table.notices, *_seen_marks(table)),
        table.date_system,
    )


def _header_index(rows: list[list[str]]) -> int:
    """The first row as wide as most, of names only, with a number or a stamp below it."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    usual = Counter(filled).most_common(1)[0][0]
    for index, row in enumerate(rows[:_HEADER_WITHIN]):
        names = [cell for cell in row if cell.strip()]
        below = rows[index + 1] if index + 1 < len(rows) else []
        if (
            len(names) >= min(usual, 2)
            and not any(_starts_with_digit(cell) for cell in names)
            and any(map(_starts_with_digit, below))
        ):
            return index
    return 0


def _starts_with_digit(cell: str) -> bool:
    text = cell.strip().removeprefix("民國").removeprefix("-").removeprefix(".").strip()
    return text[:1].isdecimal()


def _seen_marks(table: OpenedTable) -> list[Notice]:
    """One notice for each kind of mark, whatever the column."""
    by_kind: dict[str, list[int]] = {}
    for (kind, _), lines in table.marks.items():
        by_kind.setdefault(kind, []).extend(lines)
    words = {
        "merged_cell": ("cells are merged", "有合併儲存格"),
        "formula": (
            "cells are formulas, with the values of their last calculation",
            "有公式儲存格，數值為上次計算結果",
        ),
        "uncached_formula": ("cells are formulas that were never calculated", "有未曾計算之公式儲存格"),
        "percent_format": ("numbers are shown as percent (0.85 as 85 %)", "有以百分比格式顯示之數值(0.85 顯示為 85 %)"),
        "scaled_format": ("numbers are shown in thousands but stored whole", "有以千為單位顯示之數值，儲存值未縮小"),
        "rounded_stamp": ("stamps lie within 0.1 s of a whole second", "有時間戳記與整秒相差 0.1 秒以內"),
        "hidden_row": ("rows are hidden", "有隱藏列"),
        "hidden_column": ("columns are hidden", "有隱藏欄"),
        "hidden_sheet": ("the sheet is hidden", "工作表為隱藏"),
        "filter": ("a filter is active", "篩選啟用中"),
        "row_apart": ("rows stand apart", "有不屬資料之列"),
        "line_break": ("cells hold line breaks", "儲存格內有換行"),
    }
    notices = []
    for kind, lines in by_kind.items():
        english, chinese = words[kind]
        place = f"lines {shown_lines(lines)}: " if lines else ""
        place_zh = f"第 {shown_lines_zh(lines)} 行：" if lines else ""
        notices.append(Notice(kind, place + english, place_zh + chinese, tuple(sorted(set(lines)))))
    return notices
