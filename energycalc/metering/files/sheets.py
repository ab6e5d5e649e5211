"""Which sheet of a workbook is meant: the declared one, or the only one that holds anything."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.errors import MeterDataError
from energycalc.metering.notices import Notice


def chosen_sheet(names: Sequence[str], filled: Sequence[str], declared: str | None, name: str, asks: bool) -> str:
    """Name of the sheet to read.

    Args:
        names: all sheets.
        filled: visible sheets with cells.
        declared: the sheet of the declaration.
        name: name of the file, for messages.
        asks: whether several filled sheets are asked about; a mere look takes the first.

    Raises:
        MeterDataError: the declared sheet is missing; none holds anything; several do and none is declared.
    """
    if declared is not None:
        if declared in names:
            return declared
        raise MeterDataError(
            "the sheet is missing",
            subject=name,
            value=declared,
            limit=f"sheets: {', '.join(names) or 'none'}",
            next_step="Write the name of the sheet exactly as it stands on its tab",
        )
    candidates = filled or names
    if not candidates:
        raise MeterDataError(
            "the file holds no table",
            subject=name,
            next_step="Export the table as csv or xlsx",
        )
    if len(candidates) > 1 and asks:
        raise MeterDataError(
            "the file has several sheets and none is declared",
            subject=name,
            value=", ".join(candidates),
            next_step="Write sheet: followed by the one that holds the readings",
        )
    return candidates[0]


def hidden_sheets_notice(hidden: Sequence[str]) -> tuple[Notice, ...]:
    """A notice that other sheets are hidden and were not read."""
    if not hidden:
        return ()
    named = ", ".join(hidden)
    return (
        Notice(
            "hidden_sheets",
            f"the workbook holds hidden sheets that were not read: {named}",
            f"活頁簿另有未讀取之隱藏工作表：{named}",
        ),
    )
