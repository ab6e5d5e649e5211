"""Does everything in the case refer to something that is there? Each problem names its place in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from energycalc.case.application import application_problems
from energycalc.case.derived_references import derived_problems
from energycalc.case.plant import Billed, Computed, Machine, Metered
from energycalc.case.review_references import review_problems
from energycalc.case.sharing_references import interaction_problems

if TYPE_CHECKING:
    from energycalc.case.case import Case


def reference_problems(case: Case) -> list[str]:
    """What in the case points to nothing, or to two things.

    Args:
        case: the case, each part of it already valid on its own.

    Returns:
        Sentences of the form ``at <path>: <what is wrong>``; none when all is well.
    """
    return [
        *_twice(case),
        *_machines(case),
        *_measures(case),
        *_factors(case),
        *_bills(case),
        *application_problems(case),
        *derived_problems(case),
        *interaction_problems(case),
        *review_problems(case),
    ]


def _places(case: Case) -> Iterator[tuple[str, Machine]]:
    for i, line in enumerate(case.plant.lines):
        for j, machine in enumerate(line.machines):
            yield f"plant.lines[{i}].machines[{j}]", machine


def _twice(case: Case) -> Iterator[str]:
    of_kind: dict[str, list[tuple[str, str]]] = {
        "line": [(f"plant.lines[{i}]", line.id) for i, line in enumerate(case.plant.lines)],
        "machine": [(path, machine.id) for path, machine in _places(case)],
        "measure": [(f"measures[{i}]", m.id) for i, m in enumerate(case.measures)],
        "meter": [(f"meters[{i}]", m.id) for i, m in enumerate(case.meters)],
        "bill": [(f"bills[{i}]", b.id) for i, b in enumerate(case.bills)],
    }
    for kind, entries in of_kind.items():
        times = Counter(id for _, id in entries)
        for id in (id for id, n in times.items() if n > 1):
            path = [path for path, own in entries if own == id][-1]
            yield f"at {path}.id: {kind} id {id!r} is used {times[id]} times"


def _machines(case: Case) -> Iterator[str]:
    meters = {m.id: m for m in case.meters}
    for path, machine in _places(case):
        for carrier, use in machine.energy.items():
            where = f"at {path}.energy.{carrier}"
            if isinstance(use, Metered) and (use.meter not in meters or meters[use.meter].carrier != carrier):
                yield f"{where}.meter: there is no {carrier} meter {use.meter!r}; meters: {_listed(meters)}"
            if isinstance(use, Billed) and not any(b.carrier == carrier for b in case.bills):
                yield f"{where}: there is no bill for {carrier}"
            models = [m for m in case.measures_on(machine.id) if m.description.carrier == carrier]
            if isinstance(use, Computed) and not models:
                yield f"{where}: 'computed' needs a measure on {machine.id} whose model gives the energy before"


def _measures(case: Case) -> Iterator[str]:
    machines = {m.id: m for m in case.plant.machines}
    for i, measure in enumerate(case.measures):
        where, carrier = f"at measures[{i}]", measure.description.carrier
        if measure.machine not in machines:
            yield f"{where}.machine: there is no machine {measure.machine!r}; machines: {_listed(machines)}"
        elif carrier not in machines[measure.machine].energy:
            yield (
                f"{where}.technology: {measure.technology} saves {carrier}, "
                f"but machine {measure.machine} states no {carrier}"
            )


def _factors(case: Case) -> Iterator[str]:
    for carrier in case.carriers:
        if getattr(case.factors, carrier) is None:
            yield f"at factors: {carrier} is used but no factor is chosen for it"
    if len(case.carriers) > 1 and case.factors.count_grid_as is None:
        yield "at factors: count_grid_as is needed to add electricity and fuel (the grid factor states no GWP set)"
    if "natural_gas" in case.carriers and not case.gas_heat_values:
        yield "at factors.natural_gas: natural_gas needs a heat_value, on its bills or here"


def _bills(case: Case) -> Iterator[str]:
    first, last = case.period.first_day, case.period.last_day
    for i, bill in enumerate(case.bills):
        if bill.last_day < bill.first_day:
            yield f"at bills[{i}].last_day: {bill.last_day} lies before first_day {bill.first_day}"
        if bill.first_day < first or bill.last_day > last:
            yield f"at bills[{i}]: {bill.first_day} to {bill.last_day} reaches outside the period {first} to {last}"


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids) or "none"
