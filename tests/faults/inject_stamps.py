"""Faults of the time column: calendars, orders, clocks, day numbers, zones, repeated and missing stamps."""

from __future__ import annotations

import dataclasses
import datetime as dt

from tests.faults.bases import Base
from tests.faults.places import ROC_YEARS, iso, restamped, rows_at, with_stamps
from tests.faults.trial import Trial

NO_CLOCK = "the stamps have no time of day"
EXCEL_EPOCH = dt.datetime(1899, 12, 30)
SPRING, AUTUMN = (4, 1), (10, 1)
"""First days of a made-up summer time."""


def _clock_text(base: Base, clock: dt.datetime) -> str:
    return f" {clock:%H:%M}" if base.has_clock else ""


def roc_date(base: Base, level: int) -> Trial | str:
    """E05: 114/10/31, 114-10-31, 114.10.31."""
    sign = "/-."[level]

    def write(clock: dt.datetime) -> str:
        date = f"{clock.year - ROC_YEARS}{sign}{clock:%m}{sign}{clock:%d}"
        return date + _clock_text(base, clock)

    faulty = restamped(base, write)
    return Trial(f"stamps as {faulty.table.rows[0][base.time]}", faulty.table.content(), faulty, truth=iso(base))


def roc_words(base: Base, level: int) -> Trial | str:
    """E06: 民國114年10月31日, 1141031, 114年10月31日 with 時 and 分."""

    def write(clock: dt.datetime) -> str:
        year = clock.year - ROC_YEARS
        if level == 1:
            return f"{year}{clock:%m%d}" + (f" {clock:%H:%M}" if base.has_clock else "")
        date = f"{'民國' if level == 0 else ''}{year}年{clock.month}月{clock.day}日"
        words = f"{clock.hour}時{clock.minute:02d}分" if base.has_clock else ""
        return date + (_clock_text(base, clock) if level == 0 else words)

    faulty = restamped(base, write)
    return Trial(f"stamps as {faulty.table.rows[0][base.time]}", faulty.table.content(), faulty, truth=iso(base))


def end_of_day(base: Base, level: int) -> Trial | str:
    """E07: midnight as 24:00, as 24:00:00, as 00:00 of the day that ends (declared the other way)."""
    if not base.has_clock:
        return NO_CLOCK
    seconds = ":%S" if level == 1 else ""
    last = ("24:00", "24:00:00", "00:00")[level]

    def write(clock: dt.datetime) -> str:
        if clock.time() == dt.time(0):
            return f"{clock - dt.timedelta(days=1):%Y-%m-%d} {last}"
        return clock.strftime("%Y-%m-%d %H:%M" + seconds)

    faulty = restamped(base, write)
    return Trial(f"midnight as {last}", faulty.table.content(), faulty, truth=iso(base))


def am_pm(base: Base, level: int) -> Trial | str:
    """E08: 上午 and 下午 before the time, without a blank, AM and PM after it."""
    if not base.has_clock:
        return NO_CLOCK

    def write(clock: dt.datetime) -> str:
        half = ("上午", "下午") if level < 2 else ("AM", "PM")
        word, hour = half[clock.hour >= 12], (clock.hour - 1) % 12 + 1
        time = f"{hour}:{clock:%M}:{clock:%S}"
        date = f"{clock.year}/{clock.month}/{clock.day}"
        return (f"{date} {word} {time}", f"{date} {word}{time}", f"{date} {time} {word}")[level]

    faulty = restamped(base, write)
    return Trial(f"stamps as {faulty.table.rows[0][base.time]}", faulty.table.content(), faulty, truth=iso(base))


def mixed_order(base: Base, level: int) -> Trial | str:
    """E09: day/month/year declared; one row, one day in ten, or all rows are written month/day/year."""
    tail = " %H:%M" if base.has_clock else ""
    day_first, month_first = f"%d/%m/%Y{tail}", f"%m/%d/%Y{tail}"
    doubtful = [i for i, clock in enumerate(base.clock) if clock.day <= 12 and clock.day != clock.month]
    doubtful = doubtful or list(range(len(base.clock)))  # bills are read after the 12th: no doubt, but the wrong order
    rows = {doubtful[len(doubtful) // 2]} if level == 0 else set(doubtful[::10]) if level == 1 else set(doubtful)
    rows = set(range(len(base.clock))) if level == 2 else rows
    cells = [c.strftime(month_first if i in rows else day_first) for i, c in enumerate(base.clock)]
    faulty = base.with_table(base.table.with_column(base.time, cells), date_format=day_first, midnight="starts_day")
    return Trial(f"{len(rows)} rows month/day/year", faulty.table.content(), faulty, truth=iso(base))


def day_numbers(base: Base, level: int) -> Trial | str:
    """E10: 20251031 (with hour and minute behind), Excel's day number, the same cut to five decimals."""

    def write(clock: dt.datetime) -> str:
        if level == 0:
            return clock.strftime("%Y%m%d%H%M" if base.has_clock else "%Y%m%d")
        number = (clock - EXCEL_EPOCH) / dt.timedelta(days=1)
        return f"{number:.9f}" if level == 1 else f"{number:.5f}"

    if level == 2 and not base.has_clock:
        return "day numbers of whole days have no decimals"
    faulty = restamped(base, write)
    if level and not base.has_clock:
        cells = [str((clock - EXCEL_EPOCH).days) for clock in base.clock]
        faulty = restamped(base, str).with_table(base.table.with_column(base.time, cells))
    return Trial(f"stamps as {faulty.table.rows[0][base.time]}", faulty.table.content(), faulty, truth=iso(base))


def duplicates(base: Base, level: int) -> Trial | str:
    """E12: one row again, one row in a hundred again with another value, the file appended to itself."""
    rows = list(base.table.rows)
    if level == 2:
        table = dataclasses.replace(base.table, rows=(*rows, *rows))
        return Trial("all rows appended once more", table.content(), base)
    places = rows_at(base, level)
    for i in reversed(places):
        other = list(rows[i])
        if level == 1:
            other[base.value] = f"{base.numbers[i] * 3:.3f}"
        rows.insert(i + 1, tuple(other))
    table = dataclasses.replace(base.table, rows=tuple(rows))
    what = f"{len(places)} rows twice, {'the same value' if level == 0 else 'three times the value'}"
    return Trial(what, table.content(), base)


def gaps(base: Base, level: int) -> Trial | str:
    """E16: one row missing, one in a hundred, a tenth of the file in one piece; gaps are declared to be reported."""
    n = len(base.clock)
    out = set(rows_at(base, level)) if level < 2 else set(range(n // 3, n // 3 + n // 10))
    table = dataclasses.replace(base.table, rows=tuple(row for i, row in enumerate(base.table.rows) if i not in out))
    return Trial(f"{len(out)} rows missing", table.content(), base.with_table(table, gaps="report"))


def clock_of_utc(base: Base, level: int) -> Trial | str:
    """E20: stamps in UTC (-8 h) from the middle on, summer time that the clock has not, UTC in the whole file."""
    if not base.has_clock:
        return NO_CLOCK
    given = iso(base)
    hours = dt.timedelta(hours=8)
    if level == 1:
        begin, end = SPRING, AUTUMN
        inside = [begin <= (clock.month, clock.day) < end for clock in base.clock]
        if all(inside) or not any(inside):
            days = sorted({clock.date() for clock in base.clock})
            begin_day, end_day = days[len(days) // 3], days[2 * len(days) // 3]
            inside = [begin_day <= clock.date() < end_day for clock in base.clock]
        moved = [clock + dt.timedelta(hours=1) * i for clock, i in zip(base.clock, inside, strict=True)]
    else:
        first = len(base.clock) // 2 if level == 0 else 0
        moved = [clock - hours if i >= first else clock for i, clock in enumerate(base.clock)]
    faulty = with_stamps(given, [clock.strftime(base.stamp_format) for clock in moved])
    faulty = faulty.with_table(faulty.table, gaps="report")
    what = ("UTC from the middle on", "a summer time that is none", "UTC in the whole file")[level]
    return Trial(what, faulty.table.content(), faulty, truth=given.with_table(given.table, gaps="report"))


def partial_end(base: Base, level: int) -> Trial | str:
    """E21: the last slot, half a day or half a month is not in the file; the declared period is."""
    per_day = dt.timedelta(days=1) / base.interval if base.interval else 0.0
    out = (1, max(1, round(per_day / 2)), max(2, round(per_day * 15)))[level]
    if level == 1 and not base.has_clock:
        return NO_CLOCK
    out = min(out, len(base.clock) // 3)
    table = dataclasses.replace(base.table, rows=base.table.rows[:-out])
    return Trial(f"the last {out} rows are missing", table.content(), base.with_table(table, gaps="report"))
