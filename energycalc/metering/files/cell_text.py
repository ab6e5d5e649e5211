"""Typed cells as text, the same for every kind of file: what a csv export with all digits would say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

NEAREST_SECOND = dt.timedelta(milliseconds=100)
"""A typed time this near to a whole second is that second: day numbers are binary fractions, added up row by row."""


def cell_text(value: object) -> str:
    """The text of one typed cell.

    Args:
        value: what a workbook or a parquet table holds.

    Returns:
        Dates and times as ``YYYY-MM-DD HH:MM:SS[.ffffff]``, clock times and durations as ``HH:MM:SS[.ffffff]`` (hours
        may exceed 23), numbers with all digits and without a needless ``.0``, nothing and NaN as an empty text.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return f"{value.isoformat()} 00:00:00"
    if isinstance(value, dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, (int, Decimal)):
        return str(value)
    raise TypeError(f"a cell of type {type(value).__name__} has no text")


def whole_seconds(value: object) -> tuple[object, bool]:
    """A typed date or time brought to the second it means.

    Args:
        value: any cell of a workbook.

    Returns:
        The value, and whether it was moved; a fraction farther than 0.1 s from a second stays as it is.
    """
    if isinstance(value, dt.timedelta):
        moved = dt.timedelta(seconds=round(value.total_seconds()))
        near = moved != value and abs(moved - value) <= NEAREST_SECOND
        return (moved, True) if near else (value, False)
    if not isinstance(value, (dt.datetime, dt.time)) or value.microsecond == 0:
        return value, False
    fraction = dt.timedelta(microseconds=value.microsecond)
    second = dt.timedelta(seconds=1)
    if fraction <= NEAREST_SECOND:
        return value.replace(microsecond=0), True
    if second - fraction > NEAREST_SECOND:
        return value, False
    if isinstance(value, dt.datetime):
        return value.replace(microsecond=0) + second, True
    clock = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second + 1)
    return clock, True


def _duration(value: dt.timedelta) -> str:
    seconds, sign = value, ""
    if value < dt.timedelta(0):
        seconds, sign = -value, "-"
    whole = seconds.days * 86_400 + seconds.seconds
    fraction = f".{seconds.microseconds:06d}" if seconds.microseconds else ""
    return f"{sign}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{fraction}"
