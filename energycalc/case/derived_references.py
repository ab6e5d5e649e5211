"""Does everything under ``derived_effects`` refer to something that is there, and can it all be true at once?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from energycalc.case.derived import PLANT, DerivedEffects

if TYPE_CHECKING:
    from energycalc.case.case import Case

WHERE = "at derived_effects"
SAME = 1e-6  # relative; shares written with the same digits


def derived_problems(case: Case) -> list[str]:
    """What under ``derived_effects`` points to nothing, to two things, or contradicts itself.

    Args:
        case: the case, each part of it already valid on its own.

    Returns:
        Sentences of the form ``at <path>: <what is wrong>``; none without the block.
    """
    asked = case.derived_effects
    if asked is None:
        return []
    return [
        *_one_year(case),
        *_rollout(case, asked),
        *_intensities(case, asked),
        *_inventory(case, asked),
        *_goods(case, asked),
    ]


def _one_year(case: Case) -> Iterator[str]:
    if not case.period.is_one_year:
        first, last = case.period.first_day, case.period.last_day
        yield (
            f"{WHERE}: a path over years starts from the saving of one whole year; the period is {first} to {last}; "
            "a part of a year is never scaled to a year"
        )
    asked = case.derived_effects
    if asked is not None and asked.first_year < case.period.last_day.year:
        yield (
            f"{WHERE}.first_year: {asked.first_year} lies before {case.period.last_day.year}, the year that the path "
            "starts from"
        )


def _twice(ids: Iterable[str]) -> list[str]:
    return [id for id, times in Counter(ids).items() if times > 1]


def _rollout(case: Case, asked: DerivedEffects) -> Iterator[str]:
    measures = {m.id: m for m in case.measures}
    machines = {m.id: m for m in case.plant.machines}
    for id in _twice(t.id for t in asked.rollout):
        yield f"{WHERE}.rollout: id {id!r} is used twice"
    for name in _twice(p.name for p in asked.grid_paths):
        yield f"{WHERE}.grid_paths: name {name!r} is used twice"
    for i, target in enumerate(asked.rollout):
        where = f"{WHERE}.rollout[{i}]"
        measure = measures.get(target.measure)
        if measure is None:
            yield f"{where}.measure: there is no measure {target.measure!r}; measures: {', '.join(measures)}"
            continue
        carrier = measure.description.carrier
        if target.machine is not None:
            if target.machine not in machines:
                yield f"{where}.machine: there is no machine {target.machine!r}; machines: {', '.join(machines)}"
            elif target.machine == measure.machine:
                yield f"{where}.machine: {target.machine} is the machine of measure {measure.id} itself"
            elif carrier not in machines[target.machine].energy:
                yield f"{where}.machine: measure {measure.id} saves {carrier}, but {target.machine} states none"
        if target.energy is not None:
            fuel = "[LHV]" in str(target.energy.unit)
            if fuel != (carrier == "natural_gas"):
                kind = "kWh[LHV]" if carrier == "natural_gas" else "kWh"
                yield f"{where}.energy: measure {measure.id} saves {carrier}; state the energy in {kind}"


def _intensities(case: Case, asked: DerivedEffects) -> Iterator[str]:
    made = {p.product: p for p in case.production}
    places = {PLANT, *(line.id for line in case.plant.lines), *(m.id for m in case.plant.machines)}
    if asked.intensities:
        for name in _twice(p.product for p in case.production):
            yield f"{WHERE}.intensities: production lists {name!r} twice; give each product one line"
    taken: dict[tuple[str, str], float] = defaultdict(float)
    for i, row in enumerate(asked.intensities):
        where = f"{WHERE}.intensities[{i}]"
        if row.of not in places:
            yield f"{where}.of: there is no line or machine {row.of!r}"
            continue
        missing = [name for name in row.products if name not in made]
        if missing:
            yield f"{where}.products: production does not list {', '.join(missing)}"
            continue
        for name in _twice(row.products):
            yield f"{where}.products: {name!r} stands twice"
        kinds = {str(made[name].quantity.unit.dimension): made[name].quantity.unit for name in row.products}
        if len(kinds) > 1:
            units = " and ".join(str(unit) for unit in kinds.values())
            yield f"{where}.products: {units} cannot be added up; ask for each kind of product on its own"
        used = _carriers_at(case, row.of)
        if set(row.products) != set(made) and not used <= set(row.shares):
            yield (
                f"{where}.shares: the energy also serves other products; declare the share of these products for "
                f"{', '.join(sorted(used))}"
            )
        for carrier, share in row.shares.items():
            taken[row.of, carrier] += float(share.value_in("1"))
            if taken[row.of, carrier] > 1 + SAME:
                yield f"{where}.shares: {taken[row.of, carrier]:.0%} of the {carrier} of {row.of} is given to products"


def _carriers_at(case: Case, of: str) -> set[str]:
    """Carriers of a place before and after: those its machines use, and those that measures take up there."""
    lines = {line.id: line.machines for line in case.plant.lines}
    here = case.plant.machines if of == PLANT else lines.get(of) or [m for m in case.plant.machines if m.id == of]
    return {carrier for machine in here for carrier in machine.energy}


def _inventory(case: Case, asked: DerivedEffects) -> Iterator[str]:
    inventory, gas = asked.inventory, case.factors.natural_gas
    if inventory is None:
        if asked.carbon_fee is not None:
            yield f"{WHERE}.carbon_fee: whether a plant is liable is read from its inventory; add inventory"
        return
    basis = case.factors.count_grid_as or (("AR5" if gas.gwp == "TW113" else gas.gwp) if gas else None)
    if basis is not None and inventory.gwp != basis:
        yield f"{WHERE}.inventory.gwp: {inventory.gwp} is not the {basis} of the case; only one GWP set can be compared"


def _goods(case: Case, asked: DerivedEffects) -> Iterator[str]:
    if asked.cbam is None:
        return
    made = {p.product: p for p in case.production}
    machines = {m.id for m in case.plant.machines}
    changed = {m.machine for m in case.measures}
    taken: dict[str, float] = defaultdict(float)
    for id in _twice(g.id for g in asked.cbam.goods):
        yield f"{WHERE}.cbam.goods: id {id!r} is used twice"
    for i, good in enumerate(asked.cbam.goods):
        where = f"{WHERE}.cbam.goods[{i}]"
        if good.product not in made:
            yield f"{where}.product: production does not list {good.product!r}"
        elif "[mass]" not in dict(made[good.product].quantity.unit.dimension):
            unit = made[good.product].quantity.unit
            yield f"{where}.product: goods under CBAM are counted by mass, but production is in {unit}"
        declared = [b.machine for b in good.boundary]
        for id in sorted(set(declared) - machines):
            yield f"{where}.boundary: there is no machine {id!r}"
        for id in _twice(declared):
            yield f"{where}.boundary: {id} stands twice"
        for id in sorted(changed - set(declared)):
            yield f"{where}.boundary: say whether {id}, which a measure changes, is inside the process of the good"
        for part in good.boundary:
            if part.share is not None:
                taken[part.machine] += float(part.share.value_in("1"))
                if taken[part.machine] > 1 + SAME:
                    yield f"{where}.boundary: {taken[part.machine]:.0%} of {part.machine} is given to goods"
