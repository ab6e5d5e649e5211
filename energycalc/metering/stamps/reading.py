"""From time stamps as written to local clock times: understood for the whole column, asked where two readings fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import SECONDS_PER_DAY, MeterLayout
from energycalc.metering.layouts.words import EXCEL_SERIALS
from energycalc.metering.notices import Notice
from energycalc.metering.numbers.wide_characters import narrowed
from energycalc.metering.stamps.declared_format import FormatPattern
from energycalc.metering.stamps.forms import ROC_OFFSET, ClockPart, DatePart, read_clock, read_date, split_stamp
from energycalc.metering.stamps.notices import stamp_notices
from energycalc.metering.stamps.offsets import to_local_clock
from energycalc.metering.stamps.questions import ask_calendar, ask_date_system, ask_day_or_month

FIRST_YEAR, LAST_YEAR = 1990, 2099
EXCEL_EPOCHS = {"excel_1900": np.datetime64("1899-12-30", "D"), "excel_1904": np.datetime64("1904-01-01", "D")}
"""Day 0 of Excel's date systems; that of 1900 is shifted by one day after February 1900, where Excel has a 29th."""
FORMS = "year first (2025-10-31, 114/10/31, 民國114年10月31日, 20251031, 1141031), then 14:15, 下午 2:15 or 14時15分"
Part = TypeVar("Part", DatePart, ClockPart)
Seconds = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Column:
    """The stamps of a column as text, taken apart; every different text is kept once.

    Attributes:
        texts: stamps as written.
        lines: line number of each.
        date: place of each row's date among the different ones.
        clock: the same for the times of day.
    """

    texts: Sequence[str]
    lines: Sequence[int]
    date: Seconds
    clock: Seconds

    def refused(self, wrong: NDArray[np.bool_], why: str, layout: MeterLayout) -> MeterDataError:
        """The error about the first wrong row, with the number of all of them."""
        row, count = int(np.argmax(wrong)), int(wrong.sum())
        more = f" ({count:,} such rows)" if count > 1 else ""
        return MeterDataError(
            f"line {self.lines[row]}, column {layout.time_column}: the stamp {why}{more}",
            subject=layout.subject,
            value=repr(self.texts[row]),
            limit=f"{layout.date_format or FORMS}; years {FIRST_YEAR} to {LAST_YEAR}",
            next_step="Correct the row or the declared date_format",
        )


def read_stamps(
    texts: Sequence[str], lines: Sequence[int], layout: MeterLayout, date_system: int | None = None
) -> tuple[NDArray[np.datetime64], tuple[Notice, ...]]:
    """Local clock times of all rows, with 00:00 placed as the layout says and 24:00 at the end of its date.

    All rows of a column must be written in one way. A date is decided for the column: the Republic's years by three
    digits or 民國, the order of day and month only where every row allows one order alone, Excel's day numbers by the
    workbook's own date system. Everything else with two readings is refused with both shown.

    Args:
        texts: stamps as written; date and time of day of two columns joined by a blank.
        lines: line number of each stamp, for messages.
        layout: gives ``date_format``, ``calendar``, ``midnight`` and the time zone.
        date_system: 1900 or 1904 for the numbers of a workbook.

    Returns:
        Times in seconds (``datetime64[s]``), in file order, and what was understood rather than plain.

    Raises:
        MeterDataError: a stamp does not fit the format or the calendar, or has two readings.
        InputError: the declared format itself cannot be read.
    """
    wide = narrowed(texts)
    stripped = [text.strip() for text in wide.texts]
    if layout.date_format is not None and layout.date_format not in EXCEL_SERIALS:
        pattern = FormatPattern(layout.date_format, layout.calendar, layout.subject)
        pairs = [pattern.split(text) for text in stripped]
        read: tuple[Callable[[str], DatePart | None], Callable[[str], ClockPart | None]] = pattern.date, pattern.clock
        why = f"does not fit {layout.date_format}"
    else:
        pairs = [split_stamp(text) for text in stripped]
        read, why = (read_date, read_clock), "is written in no form that is known"
    dates, date_index = _different([date for date, _ in pairs])
    clocks, clock_index = _different([clock for _, clock in pairs])
    column = _Column(texts, lines, date_index, clock_index)

    date_parts = _parts(dates, read[0], date_index, column, why, layout)
    in_the_date = [part.clock for part in date_parts]
    in_one = any(in_the_date)
    if in_one:  # date and time of day in one number
        if any(clocks):
            raise column.refused(clock_index >= 0, "has two times of day", layout)
        clocks, clock_index = in_the_date, date_index
        column = _Column(texts, lines, date_index, clock_index)
    clock_parts = _parts(clocks, read_clock if in_one else read[1], clock_index, column, why, layout)

    days, fraction = _days(date_parts, dates, column, layout, date_system)
    seconds = _seconds(clock_parts, column, layout)[clock_index] + fraction[date_index]
    if layout.midnight == "ends_day":
        seconds = np.where(seconds == 0, SECONDS_PER_DAY, seconds)
    written = days[date_index].astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    offsets = [part.offset for part in clock_parts]
    ends, shift = to_local_clock(written, offsets, clock_index, lines, layout)
    notices = stamp_notices(date_parts, date_index, clock_parts, clock_index, lines, layout, date_system, shift)
    return ends, (*wide.notices("stamps", lines), *notices)


def _different(texts: list[str]) -> tuple[list[str], Seconds]:
    """The different texts in the order they come, and the place of each row's text among them."""
    place = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return list(place), np.fromiter(map(place.__getitem__, texts), np.int64, len(texts))


def _parts(
    texts: list[str],
    read: Callable[[str], Part | None],
    index: Seconds,
    column: _Column,
    why: str,
    layout: MeterLayout,
) -> list[Part]:
    """Every different text read, or refused at the first row that cannot be or is written in another way."""
    parts = [read(text) for text in texts]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        wrong = np.array([part is None for part in parts])[index]
        raise column.refused(wrong, why, layout)
    if len({part.shape for part in known}) > 1:
        shapes = [part.shape for part in known]
        first = shapes[int(index[0])]
        wrong = np.array([shape != first for shape in shapes])[index]
        raise column.refused(
            wrong, f"is written in another way than {column.texts[0]!r} of line {column.lines[0]}", layout
        )
    return known


def _days(
    parts: list[DatePart], texts: list[str], column: _Column, layout: MeterLayout, date_system: int | None
) -> tuple[NDArray[np.datetime64], Seconds]:
    """The different dates, and the seconds of the day that a day number holds beside them."""
    first = parts[0]
    if first.years == "serial":
        return _from_serials(parts, column, layout, date_system)
    if layout.date_format in EXCEL_SERIALS:
        raise column.refused(np.ones(len(column.date), dtype=bool), "is no day number", layout)
    year, month, day = np.array([part.numbers for part in parts]).astype(np.int64).T
    if first.order == "?":
        month, day = ask_day_or_month(month, day, texts, column.date, column.texts, layout)
    roc = first.years == "roc" or (first.years == "two_digit" and layout.calendar == "roc")
    if first.years == "two_digit" and (layout.calendar == "ask" or (first.order == "year?" and not roc)):
        ask_calendar(first.numbers, column.texts[0], layout)
    contradicted = {"gregorian": first.years == "roc", "roc": first.years == "gregorian", "ask": False}
    if contradicted[layout.calendar]:
        raise column.refused(
            np.ones(len(column.date), dtype=bool), f"is not of the declared calendar {layout.calendar}", layout
        )
    if roc:
        year = year + ROC_OFFSET
    elif first.years == "two_digit":
        year = np.where(year >= FIRST_YEAR % 100, 1900, 2000) + year
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    no_date = (month < 1) | (month > 12) | (day < 1) | (days.astype("datetime64[M]") != months)
    _check_years(year, column, layout)
    if no_date.any():
        raise column.refused(no_date[column.date], "is no date of the calendar", layout)
    return days, np.zeros(len(parts), dtype=np.int64)


def _from_serials(
    parts: list[DatePart], column: _Column, layout: MeterLayout, date_system: int | None
) -> tuple[NDArray[np.datetime64], Seconds]:
    numbers = np.array([part.numbers[0] for part in parts])
    system = layout.date_format or (f"excel_{date_system}" if date_system else "")
    if date_system and system != f"excel_{date_system}":
        why = f"counts from another day than the workbook, which has the date system of {date_system}"
        raise column.refused(column.date >= 0, why, layout)
    if system not in EXCEL_SERIALS:
        ask_date_system(float(numbers[0]), column.texts[0], EXCEL_EPOCHS, layout)
    seconds = np.rint(numbers * SECONDS_PER_DAY).astype(np.int64)  # Excel keeps about a microsecond
    days = EXCEL_EPOCHS[system] + (seconds // SECONDS_PER_DAY).astype("timedelta64[D]")
    _check_years(days.astype("datetime64[Y]").astype(np.int64) + 1970, column, layout)
    return days, seconds % SECONDS_PER_DAY


def _check_years(year: Seconds, column: _Column, layout: MeterLayout) -> None:
    outside = (year < FIRST_YEAR) | (year > LAST_YEAR)
    if outside.any():
        raise column.refused(outside[column.date], f"has a year outside {FIRST_YEAR} to {LAST_YEAR}", layout)


def _seconds(parts: list[ClockPart], column: _Column, layout: MeterLayout) -> Seconds:
    seconds = np.array([part.seconds for part in parts], dtype=np.int64)
    if (seconds < 0).any():
        raise column.refused((seconds < 0)[column.clock], "is no time of the day", layout)
    return seconds
