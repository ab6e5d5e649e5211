"""Doubts about what measures do to each other: the order of the file, the value of a service, curve against energy."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from energycalc.case.case import Case
from energycalc.case.sharing import SharedSystem
from energycalc.effects.doubts import MODEL_TOLERANCE, note
from energycalc.effects.interaction_results import InteractionResults, SystemResult
from energycalc.effects.play import Starts
from energycalc.equipment.description import Change
from energycalc.equipment.tables import read_table
from energycalc.finding import Finding
from energycalc.quantity import cite

PLACES = {
    1: ("demand", "需求面"),
    2: ("supply", "供應面"),
    3: ("control or heat recovery", "控制或熱回收"),
}


def interaction_doubts(
    case: Case, results: InteractionResults | None, changes: Mapping[str, Change], starts: Starts
) -> list[Finding]:
    """Findings on interactions; none for a case with one measure on each machine.

    Args:
        case: the case.
        results: of the block ``interactions``; ``None`` without it.
        changes: model result by measure id.
        starts: energy before by machine and carrier.
    """
    found = [*_order(case), *_begun_in_the_baseline(case)]
    for result in results.systems if results else ():
        found += _marginal_above_average(result)
        found += _curve_against_energy(result.system, result, starts)
        found += _technology_against_margin(case, result.system, changes, starts)
    return found


def _begun_in_the_baseline(case: Case) -> list[Finding]:
    """Measures that act already while the energy "before" is counted; a verified saving has its own baseline."""
    last = case.period.last_day
    return [
        note(
            "measure.begun_in_baseline", "warning", f"{m.id} {m.name}",
            f"It acts from {m.commissioned} on, but the period whose energy counts as before ends on {last}: that energy "
            "already holds part of the saving, which is then taken off again.",
            f"措施自 {m.commissioned} 起作用，但基線期間至 {last} 止：基線用能已含部分節能，將重複扣除。",
            cite("ipmvp-core", "the baseline period lies before the measure"),
            commissioned=str(m.commissioned), period=f"{case.period.first_day} to {last}",
        )
        for m in case.measures
        if m.commissioned is not None and m.commissioned <= last and m.verified is None
    ]  # fmt: skip


def _order(case: Case) -> list[Finding]:
    """Measures on one machine whose order in the file is not that of the energy: demand, supply, control, recovery."""
    several = [m.id for m in case.plant.machines if len(case.measures_on(m.id)) > 1]
    if not several:
        return []
    table = read_table("measure_place")
    places = {row["technology"]: int(row["place"]) for row in table.rows}
    found = []
    for machine in several:
        known = [m for m in case.measures_on(machine) if m.technology in places]
        for first, second in itertools.pairwise(known):
            one, other = places[first.technology], places[second.technology]
            if one <= other:
                continue
            (one_en, one_zh), (other_en, other_zh) = PLACES[one], PLACES[other]
            found.append(note(
                "measure.order_not_physical", "warning", f"{machine}: {first.id}, {second.id}",
                f"{first.id} ({one_en}) stands before {second.id} ({other_en}) in the file. The measure nearer to the "
                "demand acts first: put it first, so that the other one acts on what it leaves. The total is the same "
                "where fractions are independent; the parts are not.",
                f"檔案中 {first.id}（{one_zh}）列於 {second.id}（{other_zh}）之前；宜先需求面、次供應面、再控制與熱回收，"
                "後者作用於前者所餘之用能。各比例互相獨立時總量不變，但各措施之節能量不同。",
                table.source(f"{first.technology} {one}, {second.technology} {other}"),
                first=f"{first.id} {first.technology}, place {one}",
                second=f"{second.id} {second.technology}, place {other}",
            ))  # fmt: skip
    return found


def _marginal_above_average(result: SystemResult) -> list[Finding]:
    value, average = float(result.marginal_energy.value), float(result.average_energy.value_in(
        str(result.marginal_energy.unit)))  # fmt: skip
    if value <= average or result.service_saved is None:
        return []
    return [note(
        "interaction.marginal_above_average", "warning", f"{result.system.id} {result.system.name}",
        f"One unit of service less is valued with {result.marginal_energy}, more than the average of "
        f"{result.average_energy}: that happens only where the last units come from a worse machine or need more "
        "pressure. Show the two loads between which it was measured.",
        f"減少一單位用量以 {result.marginal_energy} 計，高於平均 {result.average_energy}；僅於末段由較差之機組供應或需較高"
        "壓力時成立，請附兩個負載點之量測。",
        cite("interaction-rules", "marginal against average energy"),
        marginal=str(result.marginal_energy), average=str(result.average_energy),
    )]  # fmt: skip


def _curve_against_energy(system: SharedSystem, result: SystemResult, starts: Starts) -> list[Finding]:
    """The curve's own energy against the energy stated for the machine that follows the demand."""
    if system.curve is None:
        return []
    from energycalc.effects.shared_systems import energy_of_curve

    stated, model = starts[system.follower][system.carrier], energy_of_curve(system.curve)
    ratio = float(model.value_in(str(stated.unit)) / stated.value)
    if abs(ratio - 1) <= MODEL_TOLERANCE:
        return []
    return [note(
        "interaction.curve_differs", "warning", f"{system.id} {system.name}",
        f"The curve and its levels have {ratio:.0%} of the energy stated for {system.follower}; the value of the air "
        "comes from the curve, so its points, levels or hours should be looked at.",
        f"部分負載曲線與各級流量之用電為 {system.follower} 所載用能之 {ratio:.0%}；空氣之邊際價值取自該曲線，請檢查各點、流量與時數。",
        cite("energycalc-rules", "model within 20 % of the machine's own energy"),
        model=str(model), energy=str(stated),
    )]  # fmt: skip


def _technology_against_margin(
    case: Case, system: SharedSystem, changes: Mapping[str, Change], starts: Starts
) -> list[Finding]:
    """A measure on the follower itself: its technology's own valuation beside the one that is used."""
    assert case.interactions is not None
    found = []
    of_system = {change.measure for change in case.interactions.service_changes if change.system == system.id}
    for measure in case.measures_on(system.follower):
        if measure.id not in of_system:
            continue
        own = 1 - changes[measure.id].remaining
        by_technology = float(own.value_in("1")) * float(starts[system.follower][system.carrier].value)
        found.append(note(
            "interaction.valued_at_the_margin", "note", f"{measure.id} {measure.name}",
            f"What {measure.id} saves is the service it no longer needs at the marginal energy of {system.id}; its "
            f"technology alone would have said {by_technology:,.0f} kWh, which is not used.",
            f"{measure.id} 之節能量以其減少之用量乘 {system.id} 之邊際單位耗能計；若依該技術單獨計算為 {by_technology:,.0f} kWh，"
            "未採用。",
            cite("interaction-rules", "less service times marginal energy"),
            technology=f"{by_technology:,.0f} kWh",
        ))  # fmt: skip
    return found
