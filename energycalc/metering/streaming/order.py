"""The rows of each meter against the clock: repeated stamps, order, the declared interval."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.refusals import refusal

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows with a time, meter by meter and in file order within each.

    Attributes:
        meter: number of the meter.
        end: end of the interval, seconds since 1970.
        value: reading in the unit of the column; NaN without one.
        amount: amount as read; of a register not known before the row above is.
        verdict: place of the reason in ``REASONS``, 0 where used.
        row: number of the row in the file.
    """

    meter: Integers
    end: Integers
    value: NDArray[np.float64]
    amount: NDArray[np.float64]
    verdict: NDArray[np.int8]
    row: Integers

    def __len__(self) -> int:
        return len(self.meter)

    def taken(self, chosen: NDArray[np.bool_] | Integers) -> Rows:
        """Some of the rows, by a mask or by their places."""
        return Rows(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    def after(self, other: Rows) -> Rows:
        """The rows of another set, then these, sorted by meter without disturbing the order within one."""
        both = Rows(*(np.concatenate([getattr(other, n), getattr(self, n)]) for n in self.__dataclass_fields__))
        steps = np.diff(both.meter)
        return both if not (steps < 0).any() else both.taken(np.argsort(both.meter, kind="stable"))

    def with_amount(self, amount: NDArray[np.float64]) -> Rows:
        """The same rows with other amounts."""
        return replace(self, amount=amount)


def nothing() -> Rows:
    """No rows."""
    whole, real = np.empty(0, np.int64), np.empty(0)
    return Rows(whole, whole, real, real, np.empty(0, np.int8), whole)


def same_as_above(rows: Rows) -> NDArray[np.bool_]:
    """Whether the row above is of the same meter."""
    return np.concatenate([[False], np.diff(rows.meter) == 0]) if len(rows) else np.empty(0, bool)


def repeated(rows: Rows, layout: MeterLayout) -> NDArray[np.bool_]:
    """Rows to leave out because a neighbour has the same stamp.

    Raises:
        MeterDataError: a stamp is repeated and the layout does not say which row counts, or the readings differ under
            ``drop_identical``.
    """
    again = same_as_above(rows)
    again[1:] &= np.diff(rows.end) == 0
    if not again.any():
        return again
    wrong = again.copy()
    if layout.duplicates == "drop_identical":
        wrong[1:] &= ~(rows.value[1:] == rows.value[:-1])
    if layout.duplicates in ("refuse", "drop_identical") and wrong.any():
        first = int(np.argmax(wrong))
        raise refusal(
            np.sort(np.array([rows.row[first - 1], rows.row[first]])),
            f"the stamp is repeated ({int(wrong.sum()):,} such rows so far)",
            layout,
            value=f"{clock(rows.end[first])}: {rows.value[first - 1]:g} and {rows.value[first]:g} {layout.unit}",
            limit="one row per stamp",
            next_step="Write duplicates: drop_identical, keep_first or keep_last (is it a clock change?)",
        )
    if layout.duplicates == "keep_last":
        return np.concatenate([again[1:], [False]])
    return again


def steps_of(rows: Rows, layout: MeterLayout) -> Integers:
    """Slots from the row above of the same meter to each row; 0 for the first of a meter.

    Raises:
        MeterDataError: a row lies before the one above, the stamps are off the declared interval, or a slot is missing
            although ``gaps`` is ``refuse``.
    """
    same, interval = same_as_above(rows), layout.interval_seconds
    seconds = np.where(same, np.diff(rows.end, prepend=rows.end[:1]), 0)
    for wrong, what, limit, next_step in (
        (seconds < 0, "the row lies before the row above of the same meter", "each row later than the one above",
         "Export the file in the order of time, meter by meter or time by time; rows are not sorted silently"),
        (seconds % interval != 0, "the stamp does not keep the declared interval", f"interval {layout.interval}",
         "Correct the interval or the stamps"),
        (
            (seconds > interval) & (layout.gaps == "refuse"),
            "slots are missing before this row",
            "no gap where none is declared",
            "Write gaps: report (leave them missing)",
        ),
    ):  # fmt: skip
        if wrong.any():
            rows_in_file = np.sort(rows.row[wrong])
            at = int(np.flatnonzero(rows.row == rows_in_file[0])[0])
            raise refusal(
                rows_in_file,
                what,
                layout,
                value=f"intervals that end {clock(rows.end[at - 1])} and then {clock(rows.end[at])}",
                limit=limit,
                next_step=next_step,
            )
    return seconds // interval


def clock(seconds: int) -> str:
    """Seconds since 1970 as local clock time."""
    return str(np.datetime64(int(seconds), "s"))
