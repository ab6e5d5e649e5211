"""Amounts added up by meter and period, in the order in which they come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.streaming.order import Rows


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums by meter and period, sorted by meter and time.

    Attributes:
        meter: number of the meter.
        start: start of the period, seconds since 1970, local clock.
        amount: sum as read.
        slots: number of slots in the sum.
    """

    meter: NDArray[np.int64]
    start: NDArray[np.int64]
    amount: NDArray[np.float64]
    slots: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.meter)

    def split(self) -> tuple[Sums, Sums]:
        """All but the last period of each meter, and those last ones, to which more may come."""
        last = np.append(np.diff(self.meter) != 0, True) if len(self) else np.empty(0, bool)
        names = self.__dataclass_fields__
        return Sums(*(getattr(self, n)[~last] for n in names)), Sums(*(getattr(self, n)[last] for n in names))

    def in_order(self) -> Sums:
        """Sorted by meter and time; sums of the same period are added."""
        order = np.lexsort((self.start, self.meter))
        return _added(*(getattr(self, name)[order] for name in self.__dataclass_fields__))


def no_sums() -> Sums:
    """No periods."""
    return Sums(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64))


def sums_of(rows: Rows, interval: int, period: int) -> Sums:
    """Rows that are sorted by meter and time, added up; a slot belongs to the period in which it begins.

    Args:
        rows: used rows.
        interval: length of a slot in seconds.
        period: length of a period in seconds; equal to the interval, each slot stays by itself.
    """
    begin = rows.end - interval
    start = begin if period == interval else begin // period * period
    return _added(rows.meter, start, rows.amount, np.ones(len(rows), np.int64))


def joined(one: Sums, two: Sums) -> Sums:
    """Both together; periods that stand in both are added."""
    if not len(one) or not len(two):
        return one if len(one) else two
    return Sums(*(np.concatenate([getattr(one, n), getattr(two, n)]) for n in one.__dataclass_fields__)).in_order()


def _added(
    meter: NDArray[np.int64], start: NDArray[np.int64], amount: NDArray[np.float64], slots: NDArray[np.int64]
) -> Sums:
    if not len(meter):
        return no_sums()
    first = np.flatnonzero(np.append(True, (np.diff(meter) != 0) | (np.diff(start) != 0)))
    return Sums(meter[first], start[first], np.add.reduceat(amount, first), np.add.reduceat(slots, first))
