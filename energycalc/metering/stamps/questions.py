"""Stamps with two readings: both are shown, and a person declares the one that is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.stamps.forms import ROC_OFFSET

Whole = NDArray[np.int64]


def ask_day_or_month(
    first: Whole, second: Whole, dates: Sequence[str], index: Whole, texts: Sequence[str], layout: MeterLayout
) -> tuple[Whole, Whole]:
    """Month and day of dates that are written with the year last.

    Args:
        first: first number of each different date.
        second: second number.
        dates: the different dates as written.
        index: place of each row's date among them.
        texts: stamps as written.
        layout: names file and column.

    Returns:
        Months and days, where every date allows only one order and all allow the same.

    Raises:
        MeterDataError: a date allows both orders, or some allow only one and some only the other.
    """
    day_first, month_first = (first > 12) & (second <= 12), (second > 12) & (first <= 12)
    if day_first.all():
        return second, first
    if month_first.all():
        return first, second
    separator = dates[0].lstrip("0123456789")[0]
    forms = (f"%d{separator}%m{separator}%Y", f"%m{separator}%d{separator}%Y")
    if day_first.any() and month_first.any():
        rows = [int(np.argmax(index == int(np.argmax(kind)))) for kind in (day_first, month_first)]
        raise MeterDataError(
            "the column mixes two orders of day and month: both cannot be right, and what lies between is unknown",
            subject=f"{layout.subject}, time column {layout.time_column}",
            value=" and ".join(repr(texts[row]) for row in rows),
            limit="one order for the whole column",
            next_step="Export the file again with one date format (was it opened and saved in a spreadsheet?)",
        )
    doubtful = ~(day_first | month_first)
    shown = doubtful & (first != second)
    date = int(np.argmax(shown if shown.any() else doubtful))
    row = int(np.argmax(index == date))
    clock = texts[row].strip().partition(" ")[2]
    clock_letters = "" if not clock else " %H:%M:%S" if clock.count(":") == 2 else " %H:%M"
    year = dates[date].rpartition(separator)[2]
    readings = [
        f'"{form}{clock_letters}" reads it as {_date(year, month, day)}'
        for form, month, day in (
            (forms[0], int(second[date]), int(first[date])),
            (forms[1], int(first[date]), int(second[date])),
        )
    ]
    only = [form for form, kind in zip(forms, (day_first, month_first), strict=True) if kind.any()]
    hint = f'; only "{only[0]}{clock_letters}" makes a date of every row' if only else ""
    raise MeterDataError(
        f"the order of day, month and year is not declared: {'; '.join(readings)}{hint}",
        subject=f"{layout.subject}, time column {layout.time_column}",
        value=texts[row].strip(),
        limit="day and month are told apart without a declaration only where every date of the column allows one order",
        next_step=f'Write the order as the logger writes it, for example date_format: "{forms[0]}{clock_letters}"',
    )


def ask_calendar(numbers: tuple[float, int, int], text: str, layout: MeterLayout) -> NoReturn:
    """Stop at a year of two digits: 99 is 2010 in the calendar of the Republic and 1999 in the Gregorian one.

    Raises:
        MeterDataError: always; the message shows the readings.
    """
    year, month, day = (int(number) for number in numbers)
    gregorian = (1900 if year >= 90 else 2000) + year
    readings = [
        ("calendar: roc", _date(year + ROC_OFFSET, month, day)),
        ('calendar: gregorian with date_format: "%y/%m/%d ..."', _date(gregorian, month, day)),
        ('calendar: gregorian with date_format: "%d/%m/%y ..."', _date(_whole_year(day), month, year)),
        ('calendar: gregorian with date_format: "%m/%d/%y ..."', _date(_whole_year(day), year, month)),
    ]
    shown = "; ".join(f"{how} reads it as {date}" for how, date in readings if date[0].isdigit())
    raise MeterDataError(
        f"a year of two digits does not say its calendar: {shown}",
        subject=f"{layout.subject}, time column {layout.time_column}",
        value=text.strip(),
        limit="years of four digits, or of three or with 民國 for the Republic, are read without a declaration",
        next_step="Write calendar: roc if the year is of the Republic, else calendar: gregorian with a date_format",
    )


def ask_date_system(number: float, text: str, epochs: Mapping[str, np.datetime64], layout: MeterLayout) -> NoReturn:
    """Stop at day numbers in a text file, which does not say from which day Excel counted.

    Raises:
        MeterDataError: always; the message shows both readings.
    """
    shown = "; ".join(f"date_format: {name} reads it as {epoch + int(number)}" for name, epoch in epochs.items())
    raise MeterDataError(
        f"the stamps are day numbers of a spreadsheet, and the file does not say from which day they count: {shown}",
        subject=f"{layout.subject}, time column {layout.time_column}",
        value=text.strip(),
        limit="a workbook says its date system itself; a text file does not",
        next_step="Write date_format: excel_1900 (Windows, nearly always) or excel_1904 (old Macintosh)",
    )


def _whole_year(year: int) -> int:
    return (1900 if year >= 90 else 2000) + year


def _date(year: int | str, month: int, day: int) -> str:
    try:
        return str(np.datetime64(f"{int(year):04d}-{month:02d}-{day:02d}", "D"))
    except ValueError:
        return "no date of the calendar"
