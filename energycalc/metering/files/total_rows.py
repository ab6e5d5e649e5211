"""Rows of totals between or below the readings, which would count everything twice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

_CHINESE = r"[合小總总累]\s*[計计]|總\s*和|总\s*和|總\s*數|平\s*均|最[大小高低]"
_ENGLISH = r"(?:(?:sub|grand)[\s-]*)?totals?|sum|average|avg|mean|max(?:imum)?|min(?:imum)?"
_IN_STAMP = re.compile(rf"(?i){_CHINESE}|\b(?:{_ENGLISH})\b")
_IN_CELL = re.compile(rf"(?i).{{0,6}}(?:{_CHINESE}).{{0,6}}|(?:{_ENGLISH})\s*:?")
_DIGITS_AND_SIGNS = {ord(sign): None for sign in "0123456789-/:. "}
_PARTS_OF_LABELS = (*"計计和數均最", "total", "sum", "av", "mean", "max", "min")
_NUMBER = re.compile(r"[+-]?[\d,]+(?:\.(\d*))?(?:[eE][+-]?\d+)?")
_LEAST_BLOCK = {True: 2, False: 3}
"""Rows that a sum must comprise before a row is taken for it: without a stamp, and with the stamp above again."""


def total_rows(stamps: Sequence[str], values: Sequence[str], doubled: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Rows that give a total, a mean or an extreme of the rows above instead of a reading.

    Args:
        stamps: stamps as written.
        values: readings as written.
        doubled: rows without a stamp of their own (empty, or the one above again) to all their cells.

    Returns:
        Row to why: its label, where the stamp or a cell of a row without its own stamp names one; or the sum of the
        rows above (since the last such row, or all), where a row without a stamp of its own equals it.
    """
    found: dict[int, str] = {}
    if _may_hold_label(stamps):
        found.update({row: repr(stamp.strip()) for row, stamp in enumerate(stamps) if _IN_STAMP.search(stamp)})
    for row, cells in doubled.items():
        label = next((cell for cell in cells if _IN_CELL.fullmatch(cell.strip())), None)
        if row not in found and label:
            found[row] = repr(label.strip())
    suspects = doubled.keys() - found.keys()
    if suspects:
        _add_sums({row: _LEAST_BLOCK[not stamps[row].strip()] for row in suspects}, values, found)
    return dict(sorted(found.items()))


def _may_hold_label(stamps: Sequence[str]) -> bool:
    """A quick look at all stamps at once: nearly every column holds digits and separators only."""
    rest = "".join(stamps).translate(_DIGITS_AND_SIGNS).casefold()
    return any(part in rest for part in _PARTS_OF_LABELS)


def _add_sums(suspects: Mapping[int, int], values: Sequence[str], found: dict[int, str]) -> None:
    """Compare each suspect row with the sum of at least so many readings above it, in its block and in all."""
    block, whole = (0, 0.0), (0, 0.0)  # how many readings, and their sum
    for row, text in enumerate(values):
        number = _number(text)
        if row in suspects and number:
            for count, total in (block, whole):
                if count >= suspects[row] and abs(number - total) <= _rounding(text, total):
                    found[row] = f"the sum of the {count:,} rows above"
                    break
        if row in found:
            block = (0, 0.0)
        elif number is not None:
            block, whole = (block[0] + 1, block[1] + number), (whole[0] + 1, whole[1] + number)


def _number(text: str) -> float | None:
    found = _NUMBER.fullmatch(text.strip())
    return float(found[0].replace(",", "")) if found and found[0].strip(",") else None


def _rounding(text: str, total: float) -> float:
    """How far a written total may lie from the sum: half its last digit, and the rounding of the arithmetic."""
    found = _NUMBER.fullmatch(text.strip())
    decimals = len(found[1] or "") if found else 0
    return 0.5 * 10.0**-decimals * 1.001 + 1e-9 * abs(total)
