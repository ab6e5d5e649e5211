"""From readings as written to numbers, by a strict grammar: what is not plainly a number is refused."""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layout import MeterLayout

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_EMPTY = ("", "nan")


def read_numbers(texts: list[str], lines: list[int], layout: MeterLayout) -> NDArray[np.float64]:
    """Readings in the unit of the column, NaN where an empty cell is declared as excluded.

    Args:
        texts: readings as written; blanks around them are allowed, separators of thousands are not.
        lines: line number of each reading, for messages.
        layout: gives what to do with empty cells and negative readings.

    Raises:
        MeterDataError: a cell is no number or infinite, or it is empty or negative without permission.
    """
    stripped = [text.strip() for text in texts]
    matched = list(map(_NUMBER.fullmatch, stripped))
    for row, found in enumerate(matched):
        if found is None and (stripped[row].lower() not in _EMPTY or layout.empty == "refuse"):
            raise _refused_cell(row, texts, lines, layout)
    numbers = np.array([float(text) if found else math.nan for text, found in zip(stripped, matched, strict=True)])
    if np.isinf(numbers).any():
        raise _refused_cell(int(np.argmax(np.isinf(numbers))), texts, lines, layout)
    if layout.negative == "refuse" and (numbers < 0).any():
        row = int(np.argmax(numbers < 0))
        raise MeterDataError(
            f"line {lines[row]}, column {layout.value_column}: the reading is negative, as from a reversed "
            f"current transformer ({int((numbers < 0).sum())} such rows)",
            subject=layout.subject,
            value=f"{texts[row].strip()} {layout.unit}",
            limit="not below 0 where no export is declared",
            next_step="Check the direction of the transformers; write negative: allow if the site exports",
        )
    return numbers


def _refused_cell(row: int, texts: list[str], lines: list[int], layout: MeterLayout) -> MeterDataError:
    empty = texts[row].strip().lower() in _EMPTY
    what = "is empty" if empty else "is not a number"
    return MeterDataError(
        f"line {lines[row]}, column {layout.value_column}: the cell {what}",
        subject=layout.subject,
        value=repr(texts[row]),
        limit="digits with a decimal point, no unit and no separator of thousands",
        next_step="Write empty: exclude to leave such rows out, visibly" if empty else "Correct the cell",
    )
