"""Roll-out: what a measure would save on sister machines, lines and sites, each with its similarity and adoption."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from energycalc.case.case import Case
from energycalc.case.derived import Target
from energycalc.effects.derived.results import TargetResult, TargetYear
from energycalc.effects.energy import ENERGY_UNIT
from energycalc.effects.results import Effects, MeasureResult
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import Quantity, about, cite, total

ROLL_OUT = cite("derived-effects-definitions", "unit saving × scale × similarity × adoption")
SCALE = cite("derived-effects-definitions", "energy of the target by the energy that the measure found")
CARRIED_OVER = ("own", "take_back")
"""What a measure does on its own machine goes over to the target; what it does to systems around it does not."""
SAME = 1e-9  # relative; rounding of floating point only


def targets_of(case: Case, effects: Effects, years: Sequence[int]) -> tuple[TargetResult, ...]:
    """Expected saving of every roll-out target, year by year.

    Args:
        case: the case.
        effects: savings of the measures, and what machines use after them.
        years: calendar years of the path.

    Raises:
        InputError: a year of the path has no adoption.
        OutOfRange: the target would save more than it uses.
    """
    asked = case.derived_effects
    if asked is None:
        return ()
    by_measure: dict[str, list[MeasureResult]] = defaultdict(list)
    for result in effects.measures:
        by_measure[result.measure.id].append(result)
    left: dict[tuple[str, str], Quantity] = {}
    found = []
    for target in asked.rollout:
        results = by_measure[target.measure]
        main = next(m for m in results if m.is_main)
        place = (target.machine or "", main.carrier)
        energy = left[place] if place in left else _energy(target, main, effects)
        made = _target(case, target, results, main, energy, years)
        _never_more_than_it_uses(case, target, made)
        if target.machine is not None:  # the next roll-out to this machine finds what this one leaves
            left[place] = (energy - made.full[main.carrier]).renamed("energy_after", "E_1", ROLL_OUT)
        found.append(made)
    return tuple(found)


def _target(
    case: Case,
    target: Target,
    results: Sequence[MeasureResult],
    main: MeasureResult,
    energy: Quantity,
    years: Sequence[int],
) -> TargetResult:
    carried: dict[str, list[Quantity]] = {}
    for m in results:
        if m is main or m.kind in CARRIED_OVER:
            carried.setdefault(m.carrier, []).append(m.saving)
    with about(f"{target.id} {target.name}"):
        scale = target.scale
        if scale is None:
            scale = _by_energy(case, target, energy, main)
        full = {
            c: (total(parts) * scale * target.similarity)
            .to(ENERGY_UNIT[c])
            .renamed("rollout_full_saving", "ΔE_full", ROLL_OUT)
            for c, parts in carried.items()
        }
        adopted = {a.year: a.share for a in target.adoption}
        missing = [str(year) for year in years if year not in adopted]
        if missing:
            raise InputError(
                "the adoption is not stated for every year of the path",
                subject=f"{case.file}, derived_effects.rollout, {target.id}",
                value=", ".join(missing),
                limit=f"{years[0]} to {years[-1]}",
                next_step="Add them under adoption; 0 % where nothing is carried over yet",
            )
        by_year = []
        for year in years:
            saving = {
                carrier: (whole * adopted[year])
                .to(ENERGY_UNIT[carrier])
                .renamed("rollout_saving", f"ΔE_{year}", ROLL_OUT)
                for carrier, whole in full.items()
            }
            by_year.append(TargetYear(year, saving))
    return TargetResult(
        id=target.id,
        name=target.name,
        reach=target.reach,
        measure=target.measure,
        carrier=main.carrier,
        energy=energy,
        scale=scale,
        similarity=target.similarity,
        full=full,
        years=tuple(by_year),
    )


def _energy(target: Target, main: MeasureResult, effects: Effects) -> Quantity:
    """What the target uses in a year; a machine of the case is left with what the project leaves it."""
    if target.energy is not None:
        return target.energy.to(ENERGY_UNIT[main.carrier])
    machine = next(m for m in effects.machines if m.id == target.machine)
    return machine.carriers[main.carrier].energy_after


def _by_energy(case: Case, target: Target, energy: Quantity, main: MeasureResult) -> Quantity:
    if not main.energy_before.value > 0:
        raise OutOfRange(
            "the measure found no energy to scale by",
            subject=f"{case.file}, derived_effects.rollout, {target.id}",
            value=f"{main.energy_before.value:g} {main.energy_before.unit}",
            next_step="State the scale",
        )
    return (energy / main.energy_before).to("1").renamed("capacity_scale", "k", SCALE)


def _never_more_than_it_uses(case: Case, target: Target, made: TargetResult) -> None:
    """A target cannot save more than it uses; of several roll-outs to one machine, more than those before leave."""
    saved = _kilowatt_hours(made.full[made.carrier], made.carrier)
    used = _kilowatt_hours(made.energy, made.carrier)
    if saved > used * (1 + SAME):
        raise OutOfRange(
            "the roll-out would save more than the target uses",
            subject=f"{case.file}, derived_effects.rollout, {target.id} {target.name}",
            value=f"{saved:,.0f} {ENERGY_UNIT[made.carrier]} a year once all of it has the measure",
            limit=f"{used:,.0f} {ENERGY_UNIT[made.carrier]}, the yearly use of the target",
            next_step="Check scale and energy: the scale is the size of the whole target by that of the machine",
        )


def _kilowatt_hours(energy: Quantity, carrier: str) -> float:
    return float(energy.value_in(ENERGY_UNIT[carrier]))
