"""Which rows a fault is put into, and how numbers and stamps are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from tests.faults.bases import Base

ROC_YEARS = 1911


def rows_at(base: Base, level: int) -> list[int]:
    """One row, every hundredth (at least three), or every tenth; the same on each run.

    The one row has a stamp of its own: a fault in a row that is left out as a repetition would do nothing.
    """
    n = len(base.clock)
    if level == 0:
        return [next(i for i in range(n // 3, n) if base.clock.count(base.clock[i]) == 1)]
    step = max(2, min(100, n // 4)) if level == 1 else max(2, min(10, n // 8))
    return list(range(step // 2, n, step))


def text_of(number: float) -> str:
    """A number as a logger writes it: no exponent, no needless digits."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return text or "0"


def declared_start(base: Base) -> Callable[[dt.datetime], dt.datetime]:
    """The date under which a stamp that is midnight belongs, when midnight ends the day."""
    return lambda clock: clock - dt.timedelta(days=1) if clock.time() == dt.time(0) else clock


def restamped(base: Base, write: Callable[[dt.datetime], str], **declared: object) -> Base:
    """The base with every stamp written in another form; the declaration of the order of day and month goes."""
    cells = [write(clock) for clock in base.clock]
    given = {"date_format": None, "midnight": "starts_day", **declared}
    return base.with_table(base.table.with_column(base.time, cells), **given)


def with_stamps(base: Base, stamps: Sequence[str]) -> Base:
    """The base with these stamps, declared as before."""
    return base.with_table(base.table.with_column(base.time, list(stamps)))


def iso(base: Base) -> Base:
    """The base with its stamps written with the year first, midnight as 00:00 of the next day."""
    return restamped(base, lambda clock: clock.strftime(base.stamp_format))


def scaled(base: Base, factor: float, unit: str) -> Base:
    """The base in another unit, written in its header and its declaration."""
    header = base.unit_header.format(unit)
    cells = [text_of(number * factor) for number in base.numbers]
    table = base.table.with_column(base.value, cells).renamed(base.value, header)
    return base.with_table(table, value_column=header, unit=unit)
