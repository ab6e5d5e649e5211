"""Does everything under ``interactions`` refer to something that is there, and to nothing twice?"""

from __future__ import annotations

import graphlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from energycalc.case.measure import Measure
from energycalc.case.sharing import Interactions, Variants
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.case.case import Case


def interaction_problems(case: Case) -> list[str]:
    """What the block ``interactions`` says of things that are not there, or says twice.

    Args:
        case: the case, each part of it already valid on its own.

    Returns:
        Sentences of the form ``at <path>: <what is wrong>``; none without the block.
    """
    said = case.interactions
    if said is None:
        return []
    return [
        *_systems(case, said),
        *_service_changes(case, said),
        *_secondary(case, said),
        *_take_back(case, said),
        *_persistence(case, said),
        *_variants(case, said),
    ]


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids) or "none"


def _no_measure(case: Case, where: str, id: str) -> Iterator[str]:
    if id not in {m.id for m in case.measures}:
        yield f"{where}: there is no measure {id!r}; measures: {_listed(m.id for m in case.measures)}"


def _machine_with(case: Case, where: str, id: str, carrier: str) -> Iterator[str]:
    machines = {m.id: m for m in case.plant.machines}
    if id not in machines:
        yield f"{where}: there is no machine {id!r}; machines: {_listed(machines)}"
    elif carrier not in machines[id].energy:
        yield (
            f"{where}: machine {id} states no {carrier}; what is saved or added there is part of the plant's energy, "
            "so that energy must be stated"
        )


def _systems(case: Case, said: Interactions) -> Iterator[str]:
    lines = {line.id for line in case.plant.lines}
    owner: dict[str, str] = {}
    ids = Counter(system.id for system in said.shared_systems)
    for i, system in enumerate(said.shared_systems):
        where = f"at interactions.shared_systems[{i}]"
        if ids[system.id] > 1:
            yield f"{where}.id: system id {system.id!r} is used {ids[system.id]} times"
        for machine in system.machines:
            yield from _machine_with(case, f"{where}.machines", machine, system.carrier)
            if owner.setdefault(machine, system.id) != system.id or system.machines.count(machine) > 1:
                yield f"{where}.machines: {machine} is named twice"
        named = Counter(part.line for part in system.allocation)
        for j, part in enumerate(system.allocation):
            if part.line not in lines:
                yield f"{where}.allocation[{j}].line: there is no line {part.line!r}; lines: {_listed(lines)}"
            elif named[part.line] > 1:
                yield f"{where}.allocation[{j}].line: {part.line} is named {named[part.line]} times"


def _service_changes(case: Case, said: Interactions) -> Iterator[str]:
    systems = {system.id: system for system in said.shared_systems}
    pairs = Counter((change.measure, change.system) for change in said.service_changes)
    for i, change in enumerate(said.service_changes):
        where = f"at interactions.service_changes[{i}]"
        yield from _no_measure(case, f"{where}.measure", change.measure)
        if change.system not in systems:
            yield f"{where}.system: there is no shared system {change.system!r}; systems: {_listed(systems)}"
            continue
        system = systems[change.system]
        if pairs[change.measure, change.system] > 1:
            yield f"{where}: {change.measure} and {change.system} are named twice"
        amount = change.amount if change.amount is not None else _product(change.rate, change.hours)
        worth = system.delivered if system.delivered is not None else None
        unit = str(worth.unit) if worth is not None else "m3"
        if amount is not None and not _converts(amount, unit):
            yield f"{where}: {amount.value:g} {amount.unit} is no amount of a service counted in {unit}"
        for measure in case.measures:
            if measure.id != change.measure:
                continue
            if measure.machine in system.machines and measure.machine != system.follower:
                yield (
                    f"{where}.measure: {measure.id} stands on {measure.machine}, but {system.follower} follows the "
                    f"demand; put the measure on {system.follower} or on the machine that uses the service"
                )
            if measure.machine == system.follower and measure.description.carrier != system.carrier:
                yield f"{where}.measure: {measure.id} saves {measure.description.carrier}, the system {system.carrier}"


def _product(rate: Quantity | None, hours: Quantity | None) -> Quantity | None:
    return None if rate is None or hours is None else rate * hours


def _converts(q: Quantity, unit: str) -> bool:
    try:
        q.value_in(unit)
    except EnergycalcError:
        return False
    return True


def _secondary(case: Case, said: Interactions) -> Iterator[str]:
    measures = {m.id: m for m in case.measures}
    graph: dict[str, set[str]] = {}
    named = Counter((e.measure, e.effect, e.machine) for e in said.secondary_effects)
    for i, effect in enumerate(said.secondary_effects):
        where = f"at interactions.secondary_effects[{i}]"
        yield from _no_measure(case, f"{where}.measure", effect.measure)
        yield from _machine_with(case, f"{where}.machine", effect.machine, effect.carrier)
        if named[effect.measure, effect.effect, effect.machine] > 1:
            yield f"{where}: {effect.effect} by {effect.machine} is named twice for {effect.measure}"
        unit = {"electricity": "1", "natural_gas": "kWh/kWh[LHV]"}[effect.carrier]
        if not _converts(effect.performance, unit):
            yield f"{where}.performance: heat per energy of {effect.carrier} has the unit {unit}"
        measure = measures.get(effect.measure)
        if measure is None:
            continue
        if measure.machine == effect.machine:
            yield f"{where}.machine: {effect.machine} is the machine of {measure.id} itself; name the one that feels it"
            continue
        if effect.effect == "cooling" and str(measure.common.get("cooled_room", "")) == "yes":
            yield f"{where}: {measure.id} counts the cooling of its heat already; write cooled_room: no there"
        graph.setdefault(effect.machine, set()).add(measure.machine)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        yield f"at interactions.secondary_effects: the effects run in a circle: {' → '.join(reversed(error.args[1]))}"


def _take_back(case: Case, said: Interactions) -> Iterator[str]:
    named = Counter(entry.measure for entry in said.take_back)
    for i, entry in enumerate(said.take_back):
        where = f"at interactions.take_back[{i}].measure"
        yield from _no_measure(case, where, entry.measure)
        if named[entry.measure] > 1:
            yield f"{where}: {entry.measure} is named {named[entry.measure]} times"


def _persistence(case: Case, said: Interactions) -> Iterator[str]:
    named = Counter(id for entry in said.persistence for id in entry.measures)
    for i, entry in enumerate(said.persistence):
        where = f"at interactions.persistence[{i}].measures"
        for id in entry.measures:
            yield from _no_measure(case, where, id)
            if named[id] > 1:
                yield f"{where}: {id} is named {named[id]} times"


def _variants(case: Case, said: Interactions) -> Iterator[str]:
    measures = {m.id: m for m in case.measures}
    known = Counter([*measures, *(m.id for group in said.variants for m in group.instead)])
    chosen = Counter(group.of for group in said.variants)
    tied = {
        *(change.measure for change in said.service_changes),
        *(effect.measure for effect in said.secondary_effects),
        *(entry.measure for entry in said.take_back),
    }
    for i, group in enumerate(said.variants):
        where = f"at interactions.variants[{i}]"
        yield from _no_measure(case, f"{where}.of", group.of)
        if chosen[group.of] > 1:
            yield f"{where}.of: {group.of} is the chosen one of {chosen[group.of]} groups"
        if group.of in tied:
            yield (
                f"{where}.of: {group.of} also acts beyond its machine (service, secondary effect or take-back), which "
                "the others do not state; compare such variants as two cases"
            )
        for j, other in enumerate(group.instead):
            if known[other.id] > 1:
                yield f"{where}.instead[{j}].id: measure id {other.id!r} is used {known[other.id]} times"
            if group.of in measures:
                yield from _other(case, f"{where}.instead[{j}]", measures[group.of], other, group)


def _other(case: Case, where: str, chosen: Measure, other: Measure, group: Variants) -> Iterator[str]:
    if other.machine != chosen.machine:
        yield f"{where}.machine: {other.machine} is not {chosen.machine}, the machine of {group.of}"
    elif not any(m.id == chosen.machine and other.description.carrier in m.energy for m in case.plant.machines):
        yield f"{where}.technology: {other.technology} saves {other.description.carrier}, which {chosen.machine} lacks"
    for place in ("before", "common"):
        theirs: Mapping[str, Any] = getattr(chosen, place)
        for name, value in getattr(other, place).items():
            if other.technology == chosen.technology and name in theirs and not _alike(value, theirs[name]):
                yield f"{where}.{place}.{name}: differs from {group.of}; both begin at the same machine"


def _alike(a: Any, b: Any) -> bool:
    """Whether two entries say the same; lists and blocks are not looked into."""
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return a is b or (_converts(a, str(b.unit)) and abs(a.value_in(str(b.unit)) - b.value) <= 1e-9 * abs(b.value))
    return a == b if isinstance(a, str) and isinstance(b, str) else True
