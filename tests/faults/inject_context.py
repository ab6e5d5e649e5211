"""Faults that one file cannot show by itself: they are held against a bill, a header, a limit or a recorded hash."""

from __future__ import annotations

import dataclasses
import datetime as dt

from tests.faults.bases import Base
from tests.faults.places import iso, text_of, with_stamps
from tests.faults.trial import Trial

ALIKE = 0.15
"""Two meters of one kind whose means differ by less are not told apart by what they read (a choice of this test)."""
NO_BILL = "no bill to hold it against (a part of a plant, or the bill itself)"
HAS_BILL = ("steel", "taiwan", "occupancy", "logger")
"""Bases whose meter counts what a bill counts; a compressor's does not, and the cocoa plant's file is the bill."""


def reversed_transformer(base: Base, level: int) -> Trial | str:
    """E18: a reversed current transformer (a third is read) for a tenth, a third, all of the time; bill known."""
    if base.key not in HAS_BILL:
        return NO_BILL
    n = len(base.clock)
    first = n - (n // 10, n // 3, n)[level]
    cells = {i: text_of(base.numbers[i] / 3) for i in range(first, n)}
    table = base.table.with_cells(base.value, cells)
    return Trial(f"{n - first} of {n} readings are a third", table.content(), base, bill=True)


def wrong_unit(base: Base, level: int) -> Trial | str:
    """E19: the header names another unit; 1000 times too much under a maximum demand; ratio forgotten, bill known."""
    numbers = base.numbers
    if level == 0:
        header = base.unit_header.format(base.smaller_unit)
        table = base.table.renamed(base.value, header)
        declared = base.with_table(table, value_column=header)
        return Trial(f"header {header}, declared {base.declared['unit']}", table.content(), declared, truth=base)
    if level == 1:
        hours = 1.0 if base.declared["quantity_kind"] == "power" else base.interval / dt.timedelta(hours=1)
        if not hours:
            return "a bill has no mean power per slot to hold against a maximum demand"
        mega = {"GWh": 1e6, "kWh": 1.0, "度": 1.0, "kW": 1.0}[str(base.declared["unit"])]
        limit = f"{1.5 * max(numbers) * mega / hours:.0f} kW"
        table = base.table.with_column(base.value, [text_of(1000 * number) for number in numbers])
        declared = base.with_table(table, maximum_demand=limit)
        return Trial(f"times 1000, maximum demand {limit}", table.content(), declared)
    table = base.table.with_column(base.value, [text_of(number / 60) for number in numbers])
    if base.key in HAS_BILL:
        return Trial("a ratio of 60 is missing, bill known", table.content(), base, bill=True)
    if base.bills:
        return NO_BILL
    return Trial("a ratio of 60 is missing, rated power known", table.content(), base, rated_kw=1.1 * max(numbers))


def swapped_meters(base: Base, level: int) -> Trial | str:
    """E44: in the last third, half, or two thirds, each of two columns holds the other meter."""
    if not base.other:
        return "the file has no second meter of the kind"
    if _alike(base):
        return f"the means of the two meters differ by less than {ALIKE:.0%}: nothing in the readings tells them apart"
    n = len(base.clock)
    day = base.clock[n * (4 - level) // 6].date()
    first = next(i for i, clock in enumerate(base.clock) if clock >= dt.datetime.combine(day, dt.time()))
    own = base.table.column(base.value)
    swapped = base.table.with_cells(base.value, {i: base.other[i] for i in range(first, n)})
    second = base.table.with_column(base.value, [*base.other[:first], *own[first:]])
    what = f"{n - first} of {n} readings are the other meter's"
    return Trial(what, swapped.content(), base, second=(base.with_table(second), str(day)))


def _alike(base: Base) -> bool:
    """Whether two meters have one level, so that neither level nor shape can tell machines of one kind apart."""
    own, other = sum(base.numbers) / len(base.numbers), sum(map(float, base.other)) / len(base.other)
    return abs(other / own - 1) < ALIKE


def changed_file(base: Base, level: int) -> Trial | str:
    """E45: one reading changed after the import, the clock set back by two hours, all readings changed by 1 %."""
    n, numbers = len(base.clock), base.numbers
    if level == 1:
        if not base.has_clock:
            return "the stamps have no time of day; nothing is written while reading, so neither disk nor kill matter"
        given = iso(base)
        back = [c - dt.timedelta(hours=2) if i >= n // 2 else c for i, c in enumerate(base.clock)]
        faulty = with_stamps(given, [clock.strftime(base.stamp_format) for clock in back])
        return Trial("the clock set back by 2 h", faulty.table.content(), faulty, truth=given)
    places = [n // 3] if level == 0 else range(n)
    cells = {i: text_of(numbers[i] * (2 if level == 0 else 1.01)) for i in places}
    table = base.table.with_cells(base.value, cells)
    faulty = dataclasses.replace(base, table=table)
    what = "one reading doubled" if level == 0 else "all readings 1 % up"
    return Trial(f"{what} after the hash was recorded", table.content(), faulty, recorded=True)
