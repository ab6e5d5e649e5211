"""From time stamps as written to local clock times, by a declared order of day, month and year."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.layout import SECONDS_PER_DAY, MeterLayout

FIRST_YEAR, LAST_YEAR = 1990, 2099
YEAR_FIRST = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y/%m/%d",
)
YEAR_LAST = tuple(
    f"{day_and_month}{separator}%Y %H:%M{seconds}"
    for separator in "/-."
    for day_and_month in (f"%d{separator}%m", f"%m{separator}%d")
    for seconds in ("", ":%S")
)
_PARTS = {
    "%Y": r"(?P<year>[0-9]{4})",
    "%m": r"(?P<month>[0-9]{1,2})",
    "%d": r"(?P<day>[0-9]{1,2})",
    "%H": r"(?P<hour>[0-9]{1,2})",
    "%M": r"(?P<minute>[0-9]{2})",
    "%S": r"(?P<second>[0-9]{2})",
}


def read_stamps(texts: list[str], lines: list[int], layout: MeterLayout) -> NDArray[np.datetime64]:
    """Local clock times of all rows, with 00:00 placed as the layout says and 24:00 at the end of its date.

    Args:
        texts: stamps as written.
        lines: line number of each stamp, for messages.
        layout: gives ``date_format`` and ``midnight``.

    Returns:
        Times in seconds (``datetime64[s]``), in file order.

    Raises:
        MeterDataError: a stamp does not fit the format or the calendar, or its order is not declared.
        InputError: the format itself cannot be read.
    """
    date_format = layout.date_format or _undeclared_format(texts, layout)
    pattern = _pattern(date_format, layout)
    matches = [pattern.fullmatch(text.strip()) for text in texts]
    if None in matches:
        row = matches.index(None)
        raise _refused(row, texts, lines, layout, f"does not fit {date_format}")
    numbers = np.array([found.groups() for found in matches if found]).astype(np.int64)
    names = list(pattern.groupindex)  # in the order of the format
    return _clock_times(dict(zip(names, numbers.T, strict=True)), texts, lines, layout)


def _clock_times(
    parts: dict[str, NDArray[np.int64]], texts: list[str], lines: list[int], layout: MeterLayout
) -> NDArray[np.datetime64]:
    year, month, day = parts["year"], parts["month"], parts["day"]
    zero = np.zeros_like(year)
    hour, minute, second = (parts.get(name, zero) for name in ("hour", "minute", "second"))

    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    dates = months.astype("datetime64[D]") + (day - 1)
    seconds = hour * 3600 + minute * 60 + second
    for wrong, why in (
        ((year < FIRST_YEAR) | (year > LAST_YEAR), f"has a year outside {FIRST_YEAR} to {LAST_YEAR}"),
        (
            (month < 1) | (month > 12) | (day < 1) | (dates.astype("datetime64[M]") != months),
            "is no date of the calendar",
        ),
        ((minute > 59) | (second > 59) | (seconds > SECONDS_PER_DAY), "is no time of the day"),
    ):
        if wrong.any():
            raise _refused(int(np.argmax(wrong)), texts, lines, layout, why)
    if layout.midnight == "ends_day":
        seconds = np.where(seconds == 0, SECONDS_PER_DAY, seconds)
    return dates.astype("datetime64[s]") + seconds.astype("timedelta64[s]")


def _pattern(date_format: str, layout: MeterLayout) -> re.Pattern[str]:
    letters = re.findall("%.", date_format)
    known = sorted(letters) == sorted(set(letters)) and {"%Y", "%m", "%d"} <= set(letters) <= set(_PARTS)
    if not known:
        raise InputError(
            "the date format cannot be read",
            subject=layout.subject,
            value=date_format,
            limit=f"each of {', '.join(_PARTS)} at most once, with year, month and day",
            next_step='Write it like "%d/%m/%Y %H:%M" or "%Y-%m-%d %H:%M"',
        )
    pattern = re.escape(date_format)
    for letter, part in _PARTS.items():
        pattern = pattern.replace(re.escape(letter), part)
    return re.compile(pattern)


def _undeclared_format(texts: list[str], layout: MeterLayout) -> str:
    """The year-first format that reads every row; anything else is shown in all its readings and refused."""
    first = texts[0].strip()
    for candidate in YEAR_FIRST:
        if _pattern(candidate, layout).fullmatch(first):
            return candidate
    readings = [candidate for candidate in YEAR_LAST if _pattern(candidate, layout).fullmatch(first)]
    shown = ""
    for text in map(str.strip, texts):
        dates = [_reading_of(text, candidate, layout) for candidate in readings]
        shown = "; ".join(f'"{c}" reads it as {d}' for c, d in zip(readings, dates, strict=True))
        if len(set(dates)) > 1:  # day and month are not the same number: the first stamp that shows the doubt
            first = text
            break
    raise MeterDataError(
        f"the order of day, month and year is not declared{': ' + shown if shown else ''}",
        subject=f"{layout.subject}, time column {layout.time_column}",
        value=first,
        limit="only stamps with the year first are read without a declaration",
        next_step='Write the order as the logger writes it, for example date_format: "%d/%m/%Y %H:%M"',
    )


def _reading_of(text: str, date_format: str, layout: MeterLayout) -> str:
    found = _pattern(date_format, layout).fullmatch(text)
    if found is None:
        return "no stamp of this form"
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    try:
        return str(np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D"))
    except ValueError:
        return "no date of the calendar"


def _refused(row: int, texts: list[str], lines: list[int], layout: MeterLayout, why: str) -> MeterDataError:
    return MeterDataError(
        f"line {lines[row]}, column {layout.time_column}: the stamp {why}",
        subject=layout.subject,
        value=repr(texts[row]),
        limit=f"date_format {layout.date_format or 'year first'}, years {FIRST_YEAR} to {LAST_YEAR}",
        next_step="Correct the row or the declared date_format",
    )
