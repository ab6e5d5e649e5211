"""From readings as written to numbers, by a strict grammar: what is not plainly a number is listed and refused."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError, UnitError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.layouts.words import FAHRENHEIT
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh
from energycalc.metering.numbers.decimal_marks import comma_number, grouped_number, settle_grouping
from energycalc.metering.numbers.wide_characters import narrowed
from energycalc.quantity import quantity

EMPTY = "the cell is empty"
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WITH_UNIT = re.compile(r"([+-]?[0-9][0-9.,]*)\s*([^\s0-9.,+-][^\s]{0,11})")
_EMPTY = ("", "nan")
SHOWN_TOKENS = 5
"""How many different cells a message lists."""


@dataclass(frozen=True, eq=False)
class Readings:
    """The readings of a column.

    Attributes:
        values: reading of each row in the unit of the column; NaN where the row has none.
        unread: rows without a reading, by reason.
        notices: what was understood rather than plain.
    """

    values: NDArray[np.float64]
    unread: dict[str, NDArray[np.bool_]]
    notices: tuple[Notice, ...]


def read_numbers(texts: Sequence[str], lines: Sequence[int], layout: MeterLayout) -> Readings:
    """Readings in the unit of the column, NaN where an empty cell or a declared token is excluded.

    Understood, with a notice: separators of thousands in groups of three, fullwidth digits, the unicode minus, the
    column's own unit behind a number. Refused, all of them listed: any other cell.

    Args:
        texts: readings as written.
        lines: line number of each reading, for messages.
        layout: gives the unit, the decimal mark, and what to do with empty cells, tokens and negative readings.

    Raises:
        MeterDataError: a cell is no number or infinite; it is empty or negative without permission; or a comma can be
            read in two ways.
    """
    wide = narrowed(texts)
    stripped = [text.strip() for text in wide.texts]
    plain: Callable[[str], object] = NUMBER.fullmatch if layout.decimal_mark != "comma" else _no_match
    odd = [row for row, found in enumerate(map(plain, stripped)) if found is None]
    if not odd:
        values = np.array(list(map(float, stripped)))
        unread: dict[str, NDArray[np.bool_]] = {}
        own: list[Notice] = []
    else:
        values, unread, own = _odd_cells(odd, stripped, texts, lines, layout)
    if np.isinf(values).any():
        _refuse({int(np.argmax(np.isinf(values))): "is not a number"}, texts, lines, layout)
    _refuse_negative(values, texts, lines, layout)
    return Readings(values, unread, (*wide.notices("readings", lines), *own))


def _no_match(_: str) -> None:
    return None


def _odd_cells(
    odd: list[int], cells: list[str], texts: Sequence[str], lines: Sequence[int], layout: MeterLayout
) -> tuple[NDArray[np.float64], dict[str, NDArray[np.bool_]], list[Notice]]:
    """The column when some cells are not plain numbers."""
    values = np.full(len(cells), math.nan)
    is_odd = np.zeros(len(cells), dtype=bool)
    is_odd[odd] = True
    values[~is_odd] = [float(cells[row]) for row in np.flatnonzero(~is_odd)]
    unread: dict[str, NDArray[np.bool_]] = {}
    refused: dict[int, str] = {}
    grouped: list[int] = []
    united: list[int] = []
    same_unit = _UnitOfColumn(layout)
    for row in odd:
        cell = cells[row]
        if cell in layout.not_numbers:
            _mark(unread, f"the cell says {cell!r}, declared as no number", row, len(cells))
            continue
        if cell.lower() in _EMPTY:
            if layout.empty == "refuse":
                refused[row] = "is empty"
            else:
                _mark(unread, EMPTY, row, len(cells))
            continue
        number, comma, unit, why = _odd_number(cell, layout, same_unit)
        if number is None:
            refused[row] = why
            continue
        values[row] = number
        if comma:
            grouped.append(row)
        if unit:
            united.append(row)
    if refused:
        _refuse(refused, texts, lines, layout)
    notices = settle_grouping([cells[row] for row in grouped], [lines[row] for row in grouped], cells, layout)
    if united:
        where = [lines[row] for row in united]
        notices.append(
            Notice(
                "unit_in_cell",
                f"{len(united):,} cells repeat the unit of the column, {layout.unit}: line {shown_lines(where)}",
                f"{len(united):,} 個儲存格內含欄位單位 {layout.unit}：第 {shown_lines_zh(where)} 行",
                tuple(where),
            )
        )
    return values, unread, notices


def _odd_number(cell: str, layout: MeterLayout, same_unit: _UnitOfColumn) -> tuple[float | None, bool, bool, str]:
    """A cell that is no plain number: its value or ``None``, whether it has a comma or a unit, why it is refused."""
    text, unit = cell, False
    found = _WITH_UNIT.fullmatch(cell)
    if found:
        if not same_unit(found[2]):
            return None, False, False, f"holds {found[2]!r} beside a number, and the column is in {layout.unit}"
        text, unit = found[1], True
    if layout.decimal_mark == "comma":
        number = comma_number(text)
        return number, number is not None and not text.lstrip("+-").isdigit(), unit, "is not a number"
    if NUMBER.fullmatch(text):
        return float(text), False, unit, ""
    number = grouped_number(text)
    why = "has a comma that separates no thousands" if re.fullmatch(r"[+-]?[0-9.,]+", text) else "is not a number"
    return number, number is not None, unit, why


class _UnitOfColumn:
    """Whether a word behind a number is the unit of the column; every word is looked up once."""

    def __init__(self, layout: MeterLayout) -> None:
        self._known: dict[str, bool] = {layout.unit: True}
        self._layout = layout

    def __call__(self, word: str) -> bool:
        if word not in self._known:
            self._known[word] = self._same(word)
        return self._known[word]

    def _same(self, word: str) -> bool:
        own = self._layout.unit.strip()
        if own in FAHRENHEIT:
            return word in FAHRENHEIT
        try:
            return quantity(1.0, word).unit is quantity(1.0, own).unit
        except UnitError:
            return False


def _mark(unread: dict[str, NDArray[np.bool_]], reason: str, row: int, rows: int) -> None:
    if reason not in unread:
        unread[reason] = np.zeros(rows, dtype=bool)
    unread[reason][row] = True


def _refuse(refused: dict[int, str], texts: Sequence[str], lines: Sequence[int], layout: MeterLayout) -> None:
    """Stop, with every different cell that is no number, how often it stands there, and where."""
    first = next(iter(refused))
    why, many = refused[first], len(refused)
    tokens: dict[str, list[int]] = {}
    for row in refused:
        tokens.setdefault(texts[row].strip(), []).append(lines[row])
    listed = [f"{token!r} on line {shown_lines(where)}" for token, where in list(tokens.items())[:SHOWN_TOKENS]]
    more = f" and {len(tokens) - SHOWN_TOKENS} other cells" if len(tokens) > SHOWN_TOKENS else ""
    words = [token for token in tokens if token and not re.search(r"[^\W_]*\d", token)]
    steps = []
    if any(reason == "is empty" for reason in refused.values()):
        steps.append("Write empty: exclude to leave such rows out, visibly")
    if words:
        quoted = ", ".join(f'"{word}"' for word in words[:SHOWN_TOKENS])
        steps.append(f"Write not_numbers: [{quoted}] to leave such rows out, visibly, if they mean no reading")
    if any("comma" in reason for reason in refused.values()):
        steps.append("Write decimal_mark: comma if the comma separates the decimals")
    raise MeterDataError(
        f"line {lines[first]}, column {layout.value_column}: the cell {why}"
        + (f" ({many:,} such cells)" if many > 1 else ""),
        subject=layout.subject,
        value="; ".join(listed) + more,
        limit="digits with a decimal point, thousands in groups of three, no unit but the column's own",
        next_step="; ".join(steps) or "Correct the cell",
    )


def _refuse_negative(
    values: NDArray[np.float64], texts: Sequence[str], lines: Sequence[int], layout: MeterLayout
) -> None:
    if layout.negative == "allow" or not (values < 0).any():
        return
    row, count = int(np.argmax(values < 0)), int((values < 0).sum())
    driver = layout.kind_of_amount == "driver"
    as_from = "" if driver else ", as from a reversed current transformer"
    raise MeterDataError(
        f"line {lines[row]}, column {layout.value_column}: the reading is negative{as_from} ({count} such rows)",
        subject=layout.subject,
        value=f"{texts[row].strip()} {layout.unit}",
        limit="not below 0 where nothing else is declared" if driver else "not below 0 where no export is declared",
        next_step="Write negative: allow if it can be, as a temperature below zero"
        if driver
        else "Check the direction of the transformers; write negative: allow if the site exports",
    )
