"""The order in which the effects of a case are computed."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence

from energycalc.case.case import Case
from energycalc.case.plant import Machine
from energycalc.effects.attribution import attributions
from energycalc.effects.doubts import doubts_of
from energycalc.effects.economics import (
    all_money,
    cost_saving,
    in_money_of_case,
    investment,
    oil_equivalent,
    period_length,
    simple_payback,
)
from energycalc.effects.emissions import CarrierFactor, emissions, grid, natural_gas, on_common_basis
from energycalc.effects.energy import billed_energy, energy_before, metered_energy, reconcile
from energycalc.effects.input_doubts import input_doubts
from energycalc.effects.interaction_doubts import interaction_doubts
from energycalc.effects.interaction_results import InteractionResults
from energycalc.effects.interactions import Step, ceilings_of, changes_of
from energycalc.effects.levels import RATE, carrier_result, level_result, rolled_up, saving_rate
from energycalc.effects.play import Played, Starts, played
from energycalc.effects.results import CarrierResult, Effects, Kind, LevelResult, MeasureResult, Scenario, Totals
from energycalc.effects.shared_systems import marginal_energies, system_results
from energycalc.effects.variants import variant_changes, variant_groups
from energycalc.equipment.description import Ceiling, Change
from energycalc.errors import FactorError
from energycalc.factors import FactorSet
from energycalc.quantity import Quantity, about, cite, total

AFTER_KINDS: tuple[Kind, ...] = ("own", "shared", "take_back", "secondary")
LAST = cite("ipmvp-core", "energy after the last measure")


def effects_of(case: Case, factors: FactorSet, metered: Mapping[str, Quantity]) -> Effects:
    """Energy, interactions, emissions, money and reconciliation of a case.

    Args:
        case: the case.
        factors: emission factors to choose from.
        metered: total by meter id, as energy or (gas meters) as volume.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
    """
    with without_garbage_collection():
        return _effects_of(case, factors, metered)


@contextlib.contextmanager
def without_garbage_collection() -> Iterator[None]:
    """A trace holds no cycles, and looking for some in a growing one makes large plants slower than linear."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _effects_of(case: Case, factors: FactorSet, metered: Mapping[str, Quantity]) -> Effects:
    changes = changes_of(case) | variant_changes(case)
    ceilings = ceilings_of(case)
    by_carrier = chosen_factors(case, factors, changes)
    metered = {id: metered_energy(case, id, read) for id, read in metered.items()}
    billed = {c: billed_energy(case, c) for c in by_carrier}
    length = period_length(case)

    starts = _starts(case, metered, billed, changes)
    marginal = marginal_energies(case)
    by_machine = played(case, starts, changes, marginal)
    machines = [_machine(case, m, by_carrier, factors, starts, by_machine[m.id]) for m in case.plant.machines]
    steps = [step for done in by_machine.values() for step in done.steps]
    lines = tuple(
        rolled_up(case, "line", line.id, line.name, "plant",
                  [m for m in machines if m.parent == line.id], by_carrier, factors)
        for line in case.plant.lines
    )  # fmt: skip
    plant = rolled_up(case, "plant", "plant", case.plant.name, "", lines, by_carrier, factors)
    position = {m.id: i for i, m in enumerate(case.measures)}
    ordered = sorted(steps, key=lambda s: (position[s.measure.id], AFTER_KINDS.index(s.kind)))

    by_measure: dict[str, list[Step]] = {}
    for step in ordered:
        by_measure.setdefault(step.measure.id, []).append(step)

    def result_of(step: Step, of: Sequence[Step] | None = None) -> MeasureResult:
        steps = by_measure[step.measure.id] if of is None else of
        return _measure(case, step, steps, by_carrier, factors, changes, ceilings, length)

    measures = tuple(result_of(step) for step in ordered)
    reconciliations = tuple(
        reconcile(
            case,
            c,
            [m.carriers[c].energy_before for m in machines if c in m.carriers],
            metered,
            billed[c],
            plant.carriers[c].saving,
        )
        for c in by_carrier
        if c in plant.carriers
    )
    with about(case.plant.name):
        invested = [m.investment for m in measures if m.investment is not None]
        known = len(invested) == len(case.measures)
        money = total(invested).renamed("investment_total", "I_sum", RATE) if known else None
        totals = Totals(money, simple_payback(money, plant.cost_saving, length))
    scenarios = tuple(
        _scenario(case, plant, choice.name, grid(choice.electricity, factors, case.period.last_day.year), by_carrier)
        for choice in case.factors.scenarios
    )
    found = [f for change in changes.values() for f in change.findings]
    interactions = None
    if case.interactions is not None:
        interactions = InteractionResults(
            systems=system_results(case, machines, marginal),
            attributions=attributions(machines, by_machine, steps) if case.interactions.attribution else (),
            variants=variant_groups(case, starts, changes, by_machine, measures, result_of),
        )
    return Effects(
        machines=tuple(machines),
        lines=lines,
        plant=plant,
        measures=measures,
        reconciliations=reconciliations,
        factors=tuple(f.use for f in by_carrier.values()),
        scenarios=scenarios,
        totals=totals,
        findings=(
            *found,
            *input_doubts(case, by_carrier, factors),
            *doubts_of(case, steps, changes, ceilings, reconciliations),
            *interaction_doubts(case, interactions, changes, starts),
        ),
        interactions=interactions,
    )


def chosen_factors(
    case: Case, factors: FactorSet, changes: Mapping[str, Change] | None = None
) -> dict[str, CarrierFactor]:
    """Emission factor of each carrier the machines use or take up, as the case asks.

    Args:
        case: the case.
        factors: where to look.
        changes: what each measure does; its carriers taken up are counted too.

    Raises:
        FactorError: a measure takes up a carrier for which the case chooses no factor.
    """
    used = set(case.carriers)
    variants = [m for group in case.interactions.variants for m in group.instead] if case.interactions else []
    for measure in (*case.measures, *variants):
        for carrier in changes[measure.id].added if changes else ():
            if getattr(case.factors, carrier) is None:
                raise FactorError(
                    f"the measure changes the use of {carrier}, but no factor is chosen for it",
                    subject=f"{case.file}, measure {measure.id}",
                    limit="every carrier used before or after needs its factor",
                    next_step=f"Choose one under factors.{carrier}",
                )
            used.add(carrier)
    found: dict[str, CarrierFactor] = {}
    if "electricity" in used and case.factors.electricity is not None:
        found["electricity"] = grid(case.factors.electricity, factors, case.period.last_day.year)
    if "natural_gas" in used and case.factors.natural_gas is not None:
        found["natural_gas"] = natural_gas(case.factors.natural_gas, case, factors)
    return found


def _starts(
    case: Case,
    metered: Mapping[str, Quantity],
    billed: Mapping[str, Quantity | None],
    changes: Mapping[str, Change],
) -> dict[str, dict[str, Quantity]]:
    """Energy before any measure, by machine and carrier."""
    found: dict[str, dict[str, Quantity]] = {}
    for machine in case.plant.machines:
        with about(f"{machine.id} {machine.name}"):
            found[machine.id] = {
                str(c): energy_before(case, machine, c, metered, billed, changes) for c in machine.energy
            }
    return found


def _machine(
    case: Case,
    machine: Machine,
    by_carrier: Mapping[str, CarrierFactor],
    factors: FactorSet,
    starts: Starts,
    done: Played,
) -> LevelResult:
    label = f"{machine.id} {machine.name}"
    carriers: dict[str, CarrierResult] = {}
    with about(label):
        for carrier, before in {**starts[machine.id], **done.fresh}.items():
            own = [step.after for step in done.steps if step.carrier == carrier]
            after = (own[-1] if own else before).renamed("energy_after", "E_1", LAST)
            carriers[carrier] = carrier_result(case, carrier, before, after, by_carrier[carrier], factors)
        line = case.plant.line_of(machine.id)
        return level_result(case, "machine", machine.id, label, line.id, carriers)


def _measure(
    case: Case,
    step: Step,
    steps: Sequence[Step],
    by_carrier: Mapping[str, CarrierFactor],
    factors: FactorSet,
    changes: Mapping[str, Change],
    ceilings: Mapping[str, Ceiling],
    length: Quantity | None,
) -> MeasureResult:
    measure, is_main = step.measure, step.remaining is not None
    with about(f"{measure.id} {measure.name}"):
        saved = cost_saving(case, step.saving, by_carrier[step.carrier])
        others = [cost_saving(case, s.saving, by_carrier[s.carrier])
                  for s in steps if s.measure is measure and s is not step]  # fmt: skip
        invested = investment(case, measure) if is_main else None
        return MeasureResult(
            measure=measure,
            carrier=step.carrier,
            is_main=is_main,
            energy_before=step.before,
            remaining=step.remaining,
            energy_after=step.after,
            saving=step.saving,
            saving_rate=saving_rate(step.saving, step.before),
            ceiling=ceilings[measure.id].saving.to("%") if is_main and measure.id in ceilings else None,
            beside=tuple(in_money_of_case(case, q) for q in changes[measure.id].beside) if is_main else (),
            emission_saving=emissions(step.saving, by_carrier[step.carrier], "emission_saving", "ΔGHG"),
            cost_saving=saved,
            kloe_saving=oil_equivalent(case, step.carrier, step.saving, factors),
            investment=invested,
            simple_payback=simple_payback(invested, all_money([saved, *others]), length),
            kind=step.kind,
            machine=step.machine,
        )


def _scenario(
    case: Case, plant: LevelResult, name: str, electricity: CarrierFactor, by_carrier: Mapping[str, CarrierFactor]
) -> Scenario:
    with about(name):
        parts = [
            emissions(
                result.saving,
                electricity if carrier == "electricity" else by_carrier[carrier],
                "emission_saving",
                "ΔGHG",
            )
            for carrier, result in plant.carriers.items()
        ]
        whole = on_common_basis(case, parts, "emission_saving_total", "ΔGHG_sum")
    return Scenario(name, whole, (electricity.use,))
