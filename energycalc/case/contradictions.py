"""Statements of a case that cannot all be true; each problem names its place in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from energycalc.case.plant import Billed, Metered
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.case.case import Case
    from energycalc.case.measure import Measure

SAME = 1e-6  # relative; two readings written with the same digits


def contradictions(case: Case) -> list[str]:
    """What in the case contradicts something else in it.

    Args:
        case: the case, each part of it already valid on its own.

    Returns:
        Sentences of the form ``at <path>: <what is wrong>``; none when all is well.
    """
    return [
        *_shares(case),
        *_meters(case),
        *_hours(case),
        *_chains(case),
        *_bases(case),
        *_money(case),
        *_bills(case),
        *_verifications(case),
    ]


def _shares(case: Case) -> Iterator[str]:
    """Machines cannot have more than the whole of a meter, or of the bills of a carrier."""
    taken: dict[str, float] = defaultdict(float)
    for i, line in enumerate(case.plant.lines):
        for j, machine in enumerate(line.machines):
            for carrier, use in machine.energy.items():
                if not isinstance(use, Metered | Billed):
                    continue
                whole = f"meter {use.meter}" if isinstance(use, Metered) else f"bills of {carrier}"
                taken[whole] += 1.0 if use.share is None else float(use.share.value_in("1"))
                if taken[whole] > 1 + SAME:
                    where = f"plant.lines[{i}].machines[{j}].energy.{carrier}"
                    yield f"at {where}: {taken[whole]:.0%} of the {whole} is given to machines; shares end at 100 %"


def _meters(case: Case) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for i, meter in enumerate(case.meters):
        column = (meter.file, meter.column)
        if column in seen:
            where = f"{meter.column} of {meter.file}"
            yield f"at meters[{i}]: {where} is already meter {seen[column]}; it would count twice"
        seen[column] = meter.id


def _hours(case: Case) -> Iterator[str]:
    """No machine runs longer than the period is, whatever its technology calls its hours."""
    longest = case.period.days * 24
    most = f"more than the period has ({case.period.days} d = {longest:,} h)"
    for i, measure in enumerate(case.measures):
        apart = {p.name for p in measure.description.parameters if not p.hours_add_up}
        for place in ("before", "after", "common"):
            for name, given in getattr(measure, place).items():
                path = f"measures[{i}].{place}.{name}"
                for hours in _stated_hours(name, given, name not in apart):
                    if hours > longest * (1 + SAME):
                        yield f"at {path}: {hours:,.0f} h is {most}"


def _stated_hours(name: str, given: object, add_up: bool) -> list[float]:
    """Hours that must fit into the period: a number called so, or those of a list, together or one by one.

    Plain ``hours`` beside a metered energy are those of a measurement of its own, perhaps in another year.
    """
    if isinstance(given, Quantity):
        return [_in_hours(given)] if name.endswith("_hours") else []
    rows = (
        [row["hours"] for row in given if isinstance(row, dict) and "hours" in row] if isinstance(given, list) else []
    )
    found = [_in_hours(hours) for hours in rows if isinstance(hours, Quantity)]
    return [sum(found)] if add_up else found


def _in_hours(given: Quantity) -> float:
    return float(given.value_in("h")) if str(given.unit) in ("h", "d", "min") else 0.0


def _chains(case: Case) -> Iterator[str]:
    """The state a measure finds is the state that the one before it on the same machine has left."""
    position = {measure.id: i for i, measure in enumerate(case.measures)}
    for machine in case.plant.machines:
        left: dict[str, tuple[Any, str]] = {}
        for measure in case.measures_on(machine.id):
            i = position[measure.id]
            for place in ("before", "common"):
                for name, value in getattr(measure, place).items():
                    known = left.get(name)
                    if known is not None and not _equal(value, known[0]):
                        yield (
                            f"at measures[{i}].{place}.{name}: {_shown(value)} contradicts {_shown(known[0])}, "
                            f'which {known[1]} leaves; write "same as {known[1]}"'
                        )
            left |= _state_after(measure)


def _state_after(measure: Measure) -> dict[str, tuple[Any, str]]:
    state: dict[str, tuple[Any, str]] = {}
    for place in ("common", "before", "after"):
        for name, value in getattr(measure, place).items():
            if name != "demand":
                state[name] = (value, f"{measure.id}.{place}")
    return state


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        if a is b:
            return True
        if a.unit.dimension != b.unit.dimension:
            return False
        first, second = a.value * a.unit.factor, b.value * b.unit.factor
        return bool(abs(first - second) <= SAME * max(abs(first), abs(second)))
    return bool(type(a) is type(b) and a == b) if not isinstance(a, Quantity) and not isinstance(b, Quantity) else False


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_shown(part)}" for key, part in value.items()) + "}"
    return f"{value.value:g} {value.unit}" if isinstance(value, Quantity) else str(value)


def _bases(case: Case) -> Iterator[str]:
    gas, common = case.factors.natural_gas, case.factors.count_grid_as
    if gas is None or common is None or "natural_gas" not in case.carriers:
        return
    basis = "AR5" if gas.gwp == "TW113" else gas.gwp
    if basis != common and len(case.carriers) > 1:
        yield f"at factors.count_grid_as: {common} is not the {basis} of natural_gas; only one GWP set can be added up"


def _money(case: Case) -> Iterator[str]:
    if case.prices is None:
        for i, measure in enumerate(case.measures):
            if measure.cost is not None:
                yield f"at measures[{i}].cost: costs need prices.money_year, the year of the money"
                return


def _bills(case: Case) -> Iterator[str]:
    kinds: dict[str, str] = {}
    for i, bill in enumerate(case.bills):
        unit = str(bill.quantity.unit)
        if bill.carrier == "electricity":
            if bill.heat_value is not None:
                yield f"at bills[{i}].heat_value: an electricity bill has no heat value"
            continue
        energy = "[time]" in dict(bill.quantity.unit.dimension)
        if energy and "[LHV]" not in unit:
            yield (
                f"at bills[{i}].quantity: {_shown(bill.quantity)} is energy without its basis; write the gas in m3 "
                "(天然氣帳單的 1 度是 1 m3), or the heat as kWh[LHV]"
            )
        kind = "heat" if energy else "volume at 0 °C" if "[0C]" in unit or "Nm" in unit else "volume"
        if kinds.setdefault(bill.carrier, kind) != kind:
            yield f"at bills[{i}].quantity: {kind}, but the bills above state {kinds[bill.carrier]}; write all alike"


def _verifications(case: Case) -> Iterator[str]:
    """A verified saving belongs to its reporting period; that must be the period of the case, not a part of it."""
    for i, measure in enumerate(case.measures):
        found = measure.verified
        if found and (found.first_day, found.last_day) != (case.period.first_day, case.period.last_day):
            yield (
                f"at measures[{i}].verification: {found.file} reports on {found.first_day} to {found.last_day}, the "
                f"case on {case.period.first_day} to {case.period.last_day}; a saving is never scaled to another period"
            )
