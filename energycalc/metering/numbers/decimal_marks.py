"""Commas and points in a reading: separators of thousands or of decimals, never guessed where both fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]*)?")
_ONE_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]{3}")


def grouped_number(text: str) -> float | None:
    """``1,234.5`` as 1234.5; ``None`` unless every group behind a comma has three digits and the first no zero."""
    return float(text.replace(",", "")) if _GROUPED.fullmatch(text) else None


def comma_number(text: str) -> float | None:
    """``1.234,5`` as 1234.5, under a declared decimal comma; ``None`` for anything else, also for ``1.5``."""
    return float(text.replace(".", "").replace(",", ".")) if _COMMA.fullmatch(text) else None


def settle_grouping(
    grouped: Sequence[str], lines: Sequence[int], cells: Sequence[str], layout: MeterLayout
) -> list[Notice]:
    """The notice about cells with separators of thousands, or a question where the comma could be a decimal one.

    A comma separates thousands for certain when a cell has a point too or two commas, when another cell of the column
    has a decimal point or is a whole number below 1000. Otherwise ``1,234`` could be 1.234: it is taken as thousands
    only in a table whose cells are themselves separated by commas (or that is no text), and no cell of the column has
    four digits in a row.

    Args:
        grouped: cells with such a separator (or with a declared decimal comma).
        lines: their lines.
        cells: all cells of the column.
        layout: gives ``decimal_mark`` and ``delimiter``.

    Returns:
        One notice, or none.

    Raises:
        MeterDataError: both readings are possible.
    """
    if not grouped:
        return []
    shown, shown_zh, count = shown_lines(lines), shown_lines_zh(lines), f"{len(grouped):,}"
    if layout.decimal_mark == "comma":
        zh = f"{count} 個讀值以逗號為小數點（依宣告）：第 {shown_zh} 行"
        return [Notice("decimal_comma", f"{count} readings have a decimal comma, as declared: line {shown}", zh)]
    if layout.decimal_mark == "ask" and all(_ONE_COMMA.fullmatch(cell) for cell in grouped):
        _ask_if_open(grouped, lines, cells, layout)
    return [
        Notice(
            "thousands_separator",
            f"{count} readings have separators of thousands, e.g. {grouped[0]}: line {shown}",
            f"{count} 個讀值含千分位逗號，例如 {grouped[0]}：第 {shown_zh} 行",
            tuple(lines),
        )
    ]


def _ask_if_open(grouped: Sequence[str], lines: Sequence[int], cells: Sequence[str], layout: MeterLayout) -> None:
    others = [cell for cell in cells if cell[-1:].isdigit() and "," not in cell]
    if any("." in cell or len(cell.lstrip("+-")) <= 3 for cell in others):
        return
    long = [cell for cell in others if len(cell.lstrip("+-")) > 3]
    if layout.delimiter == "," and not long:
        return
    as_decimal = grouped[0].replace(",", ".")
    raise MeterDataError(
        f"line {lines[0]}, column {layout.value_column}: the comma separates thousands or decimals: "
        f"{grouped[0].replace(',', '')} or {as_decimal} {layout.unit}",
        subject=layout.subject,
        value=repr(grouped[0]) + (f" beside {long[0]!r}" if long else ""),
        limit="nothing in the column says which of the two it is",
        next_step="Write decimal_mark: point (1,234 is 1234) or decimal_mark: comma (1,234 is 1.234)",
    )
