"""Faults of the readings: cells that are no numbers, other ways of writing them, wrong sizes, registers."""

from __future__ import annotations

import dataclasses

from tests.faults.bases import Base
from tests.faults.places import iso, rows_at, scaled, text_of
from tests.faults.trial import Trial

NO_NUMBERS = ("#DIV/0!", "-", "N/A", "12 kWh", "<0.1")
STRICT = ("1_000", "inf", "١٢٣")
BILLS = "a bill states an amount, not a counter reading"


def _changed(base: Base, cells: dict[int, str], what: str, **more: object) -> Trial:
    table = base.table.with_cells(base.value, cells)
    declared = base.with_table(table, **more)
    return Trial(f"{len(cells)} readings: {what}", table.content(), declared)


def negative(base: Base, level: int) -> Trial | str:
    """E15: readings with a minus sign."""
    return _changed(base, {i: text_of(-base.numbers[i]) for i in rows_at(base, level)}, "negative")


def empty_cells(base: Base, level: int) -> Trial | str:
    """E17: empty cells, under the most lenient declaration."""
    cells = {i: ("", "NaN", "nan")[level] for i in rows_at(base, level)}
    return _changed(base, cells, ("empty", "NaN", "nan")[level], empty="exclude", gaps="report")


def outliers(base: Base, level: int) -> Trial | str:
    """E22: one reading times 1000, one in a hundred 65535, one in ten 99999; no maximum demand is declared."""
    places, numbers = rows_at(base, level), base.numbers
    largest = max(numbers)
    sentinel = {1: "65535", 2: "99999"}.get(level, "")
    if level and float(sentinel) < 3 * largest:
        sentinel = str(10 ** len(str(int(3 * largest))) - 1)
    nonzero = next(i for i in range(places[0], len(numbers)) if numbers[i] > 0)
    cells = {nonzero: text_of(numbers[nonzero] * 1000)} if level == 0 else dict.fromkeys(places, sentinel)
    return _changed(base, cells, "times 1000" if level == 0 else sentinel)


def no_numbers(base: Base, level: int) -> Trial | str:
    """E25: #DIV/0!, -, N/A, 12 kWh, <0.1 by turns, with empty cells declared as excluded."""
    cells = {i: NO_NUMBERS[turn % len(NO_NUMBERS)] for turn, i in enumerate(rows_at(base, level))}
    return _changed(base, cells, "no numbers", empty="exclude", gaps="report")


def thousands(base: Base, level: int) -> Trial | str:
    """E26: separators of thousands, in the next smaller unit so that there are thousands to separate."""
    small = scaled(base, 1000.0, base.smaller_unit)
    texts = small.table.column(base.value)
    places = range(len(texts)) if level == 2 else rows_at(base, level)
    cells = {i: f"{float(texts[i]):,.3f}".rstrip("0").rstrip(".") for i in places if float(texts[i]) >= 1000}
    table = small.table.with_cells(base.value, cells)
    return Trial(f"{len(cells)} readings like {next(iter(cells.values()))}", table.content(), small, truth=small)


def full_width(base: Base, level: int) -> Trial | str:
    """E27: full-width digits, with an ideographic space in front."""
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    texts = base.table.column(base.value)
    places = rows_at(base, level)
    return _changed(base, {i: "\u3000" + texts[i].translate(wide) for i in places}, "full-width digits")


def unicode_minus(base: Base, level: int) -> Trial | str:
    """E28: export written with a typographic minus; negative readings are declared."""
    if base.table.encoding == "cp950":
        return "U+2212 is not in CP950"
    places = rows_at(base, level)
    numbers = base.numbers
    table = base.table.with_cells(base.value, {i: "−" + text_of(numbers[i]) for i in places})
    clean = base.table.with_cells(base.value, {i: "-" + text_of(numbers[i]) for i in places})
    truth = base.with_table(clean, negative="allow")
    return Trial(f"{len(places)} readings with −", table.content(), truth, truth=truth)


def strict_grammar(base: Base, level: int) -> Trial | str:
    """E46: 1_000, inf, Arabic-Indic digits, which Python's float() takes."""
    token = STRICT[level]
    if base.table.encoding == "cp950" and not token.isascii():
        return "not in CP950"
    return _changed(base, dict.fromkeys(rows_at(base, level), token), token)


# ---------------------------------------------------------------- registers


def _register(base: Base, readings: list[float], **declared: object) -> Base:
    """The base as a counter read at the end of each interval."""
    given = iso(base)
    header = "register"
    rows = given.table.with_column(base.value, [f"{reading:.6f}" for reading in readings]).renamed(base.value, header)
    more = {"value_column": header, "quantity_kind": "register", "stamp": "interval_end", **declared}
    return given.with_table(rows, **more)


def _counted(base: Base) -> tuple[Base, list[float]]:
    """The energies as a counter that starts at 0 in thousands of a unit, and the base declared so.

    Rows that repeat a stamp are left out: one clock time has one counter reading.
    """
    seen, kept = set(), []
    for i, clock in enumerate(base.clock):
        if clock not in seen:
            seen.add(clock)
            kept.append(i)
    table = dataclasses.replace(base.table, rows=tuple(base.table.rows[i] for i in kept))
    once = dataclasses.replace(base, table=table, clock=tuple(base.clock[i] for i in kept))
    unit = {"kW": "kWh", "W": "Wh"}.get(str(base.declared["unit"]), str(base.declared["unit"]))
    readings, begun = [], 0.0
    for number in once.numbers:
        begun += number
        readings.append(begun)
    first, last = once.clock[0], once.clock[-1]
    once = dataclasses.replace(once, period=(f"{first:%Y-%m-%d %H:%M}", f"{last:%Y-%m-%d %H:%M}"))
    return once.with_table(once.table, unit=unit, gaps="spread", duplicates="refuse"), readings


def rollover(base: Base, level: int) -> Trial | str:
    """E13: the counter passes its capacity once, three times, or nine times; the capacity is declared."""
    if base.bills:
        return BILLS
    once, readings = _counted(base)
    times = (1, 3, 9)[level]
    capacity = readings[-1] / (times + 0.5)
    rolled = _register(once, [reading % capacity for reading in readings], register_capacity=capacity)
    truth = _register(once, readings)
    return Trial(f"{times} roll-overs", rolled.table.content(), rolled, truth=truth)


def reset(base: Base, level: int) -> Trial | str:
    """E14: the counter starts anew at a half or at 95 % of its declared capacity, or without one declared."""
    if base.bills:
        return BILLS
    once, readings = _counted(base)
    truth = _register(once, readings)
    at = len(readings) // 2
    anew = [r if i < at else r - readings[at] + 1 for i, r in enumerate(readings)]
    if level == 2:
        faulty = _register(once, anew)
        return Trial("starts anew, no capacity declared", faulty.table.content(), faulty, truth=truth)
    capacity = readings[at - 1] / (0.5 if level == 0 else 0.95)
    capacity = max(capacity, 1.05 * max(anew))
    if level == 1 and readings[at - 1] < 0.9 * capacity:
        at = next(i for i in range(len(readings)) if readings[i] >= 0.6 * readings[-1])
        anew = [r if i < at else r - readings[at] + 1 for i, r in enumerate(readings)]
        capacity = readings[at - 1] / 0.95
    faulty = _register(once, anew, register_capacity=capacity)
    share = readings[at - 1] / capacity
    return Trial(f"starts anew at {share:.0%} of the declared capacity", faulty.table.content(), faulty, truth=truth)
