"""What the cells of the declared columns are beside their text: refused, left out as declared, or noticed."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.errors import MeterDataError
from energycalc.metering.files.columns import DeclaredColumns
from energycalc.metering.files.opened import WHOLE_ROW, OpenedTable
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

_ADDED_UP = ("interval_energy", "interval_volume", "interval_sum")
"""Kinds of readings of which a merged cell may hold the sum of its rows."""


def judged_cells(
    table: OpenedTable, columns: DeclaredColumns, names: Sequence[str], layout: MeterLayout
) -> tuple[set[int], tuple[Notice, ...]]:
    """Judge the marks of the used cells.

    Args:
        table: the table, all rows of it read.
        columns: the declared columns, the readings last.
        names: their headers.
        layout: gives ``hidden``, the kind and the unit.

    Returns:
        Lines to leave out, and what was understood.

    Raises:
        MeterDataError: a formula has no value; something used is hidden without a declaration; a merged cell may be
            a sum; percent cells are mixed with plain ones.
    """
    if not table.marks:
        return set(), ()
    lines = set(columns.lines)
    left_out, notices = _hidden(table, columns, names, lines, layout)
    used = lines - left_out
    values = len(names) - 1
    for index, (place, name) in enumerate(zip(columns.places, names, strict=True)):
        marks = {kind: sorted(used.intersection(own)) for (kind, column), own in table.marks.items() if column == place}
        found = {kind: own for kind, own in marks.items() if own}
        _refuse_uncalculated(found.get("uncached_formula", []), place, name, table.name)
        if index == values:
            _refuse_ambiguous(found, name, _numbers(columns, used), layout)
        notices += [_notice(kind, name, own) for kind, own in found.items() if kind in _WORDS]
    for kind, (english, chinese) in _ROW_WORDS.items():
        rows = sorted(set(table.marks.get((kind, WHOLE_ROW), [])) - left_out)
        if rows:
            sentence = f"{len(rows):,} rows {english}: line {shown_lines(rows)}"
            notices.append(
                Notice(kind, sentence, f"{len(rows):,} 列{chinese}：第 {shown_lines_zh(rows)} 行", tuple(rows))
            )
    return left_out, tuple(notices)


def _hidden(
    table: OpenedTable, columns: DeclaredColumns, names: Sequence[str], lines: set[int], layout: MeterLayout
) -> tuple[set[int], list[Notice]]:
    marks = table.marks
    rows = sorted(lines.intersection(marks.get(("hidden_row", WHOLE_ROW), [])))
    hidden_columns = [
        name for name, place in zip(names, columns.places, strict=True) if ("hidden_column", place) in marks
    ]
    filtered = ("filter", WHOLE_ROW) in marks
    what, chinese = [], []
    if ("hidden_sheet", WHOLE_ROW) in marks:
        what.append(f"the sheet {table.sheet} is hidden")
        chinese.append(f"工作表「{table.sheet}」為隱藏")
    if hidden_columns:
        what.append(f"the column {', '.join(hidden_columns)} is hidden")
        chinese.append(f"欄位「{'、'.join(hidden_columns)}」為隱藏")
    needed = bool(what)
    if filtered:
        what.append("a filter is active")
        chinese.append("篩選啟用中")
    if rows:
        what.append(f"{len(rows):,} rows are hidden: line {shown_lines(rows)}")
        chinese.append(f"{len(rows):,} 列為隱藏：第 {shown_lines_zh(rows)} 行")
    if not what:
        return set(), []
    if layout.hidden == "refuse" or (layout.hidden == "exclude" and needed):
        raise MeterDataError(
            f"a person would not see all of this sheet: {'; '.join(what)}",
            subject=table.name,
            value=f"hidden: {layout.hidden}",
            limit="hidden cells are used or left out only as declared",
            next_step="Write hidden: include to read them"
            + ("" if needed else ", or hidden: exclude to leave out rows"),
        )
    included = layout.hidden == "include"
    done, done_zh = ("read as declared", "依宣告讀取") if included else ("left out as declared", "依宣告排除")
    notice = Notice("hidden_rows", f"{'; '.join(what)}; {done}", f"{'；'.join(chinese)}；{done_zh}", tuple(rows))
    return (set() if included else set(rows)), [notice]


def _refuse_uncalculated(lines: list[int], place: int, name: str, file: str) -> None:
    if not lines:
        return
    cells = ", ".join(f"{_letters(place)}{line}" for line in lines[:5])
    more = f" and {len(lines) - 5:,} more" if len(lines) > 5 else ""
    raise MeterDataError(
        f"column {name}: cells {cells}{more} hold formulas that were never calculated, so they have no value",
        subject=file,
        next_step="Open the workbook in Excel or LibreOffice, save it, and read it again",
    )


def _refuse_ambiguous(found: dict[str, list[int]], name: str, rows: int, layout: MeterLayout) -> None:
    merged, percent = found.get("merged_cell", []), found.get("percent_format", [])
    if merged and layout.quantity_kind in _ADDED_UP:
        raise MeterDataError(
            f"column {name}: readings are merged over several rows (line {shown_lines(merged)}); such a cell may be "
            "the sum of its rows or the reading of each",
            subject=layout.subject,
            limit=f"kind {layout.quantity_kind}: one reading for each row",
            next_step="Export the readings row by row from the meter's own program",
        )
    if percent and (len(percent) < rows or layout.unit.strip() in ("%", "percent")):
        some = f"{len(percent):,} of {rows:,} readings are" if len(percent) < rows else "the readings are"
        raise MeterDataError(
            f"column {name}: {some} formatted as percent, so a cell that shows 85 % holds 0.85 "
            f"(line {shown_lines(percent)})",
            subject=layout.subject,
            value=f"unit {layout.unit}",
            next_step="Give all readings one format in the workbook"
            if len(percent) < rows
            else "Write unit: 1, since the cells hold fractions",
        )


def _numbers(columns: DeclaredColumns, used: set[int]) -> int:
    """How many of the used readings begin as a number does; empty cells and words have no format to speak of."""
    pairs = zip(columns.lines, columns.texts[-1], strict=True)
    return sum(1 for line, cell in pairs if line in used and cell.lstrip("+-.")[:1].isdecimal())


def _notice(kind: str, name: str, lines: list[int]) -> Notice:
    english, chinese = _WORDS[kind]
    shown, count = shown_lines(lines), f"{len(lines):,}"
    return Notice(
        kind,
        f"column {name}: {count} {english}: line {shown}",
        f"欄位 {name}：{count} 個{chinese}：第 {shown_lines_zh(lines)} 行",
        tuple(lines),
    )


def _letters(place: int) -> str:
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_ROW_WORDS = {
    "line_break": ("hold a line break inside a quoted cell", "之引號儲存格內有換行"),
    "row_apart": ("hold neither a stamp nor a reading and are passed over", "無時間戳記亦無讀值，略過不計"),
}
_WORDS = {
    "merged_cell": (
        "cells are covered by a merged one and take its content",
        "儲存格屬合併範圍，取合併儲存格之內容",
    ),
    "formula": (
        "cells are formulas, read with the values of their last calculation",
        "儲存格為公式，讀取上次計算結果",
    ),
    "percent_format": (
        "readings are formatted as percent: the cell holds 0.85 where it shows 85 %, and 0.85 is read",
        "讀值採百分比格式：顯示 85 % 者儲存值為 0.85，讀取 0.85",
    ),
    "scaled_format": (
        "readings are shown in thousands by their format and read as they are stored",
        "讀值以千為單位顯示，依儲存值讀取",
    ),
    "rounded_stamp": (
        "stamps lie within 0.1 s of a whole second and are taken as that second",
        "時間戳記與整秒相差 0.1 秒以內，取整秒",
    ),
}
