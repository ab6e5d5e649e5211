"""What was understood rather than plain in a meter file: a record beside the numbers, never a silent step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_LINES = 5
"""How many line numbers a sentence names."""


@dataclass(frozen=True)
class Notice:
    """One thing that a reader understood rather than found plain.

    Attributes:
        kind: stable word, e.g. ``roc_date``, ``merged_cell``, ``hidden_rows``, ``true_type``, ``encoding``.
        sentence: plain English.
        sentence_zh: the same in Traditional Chinese.
        lines: lines of the file (rows of the sheet) concerned, counted from 1; empty when it is the whole file.
    """

    kind: str
    sentence: str
    sentence_zh: str
    lines: tuple[int, ...] = ()


def shown_lines(lines: Iterable[int]) -> str:
    """Line numbers for a sentence: runs are joined, and only the first few are named, as ``4 to 7, 9 and 12 more``."""
    named, rest = _named(lines, " to ")
    return named + (f" and {rest:,} more" if rest else "")


def shown_lines_zh(lines: Iterable[int]) -> str:
    """The same for a Chinese sentence: ``4 至 7, 9 等，另 12 行``."""
    named, rest = _named(lines, " 至 ")
    return named + (f" 等，另 {rest:,} 行" if rest else "")


def _named(lines: Iterable[int], until: str) -> tuple[str, int]:
    runs: list[tuple[int, int]] = []
    for number in sorted(set(lines)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    shown = [str(first) if first == last else f"{first}{until}{last}" for first, last in runs[:SHOWN_LINES]]
    return ", ".join(shown), sum(last - first + 1 for first, last in runs[SHOWN_LINES:])
