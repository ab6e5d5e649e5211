"""Doubts that arise while computing: model against meter, machines against meter, savings that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.case.case import Case
from energycalc.case.plant import Computed
from energycalc.effects.interactions import Step
from energycalc.effects.results import LevelResult, Reconciliation
from energycalc.equipment.description import Change
from energycalc.factors import FactorSet, heat_content
from energycalc.finding import Finding
from energycalc.quantity import cite

MODEL_TOLERANCE = 0.20
REST_TOLERANCE = 0.0
HEAT_VALUE_TOLERANCE = 0.05


def doubts_of(
    case: Case,
    machines: Sequence[LevelResult],
    steps: Sequence[Step],
    changes: Mapping[str, Change],
    reconciliations: Sequence[Reconciliation],
    factors: FactorSet,
) -> list[Finding]:
    """Findings of the effects room.

    Args:
        case: the case.
        machines: results by machine.
        steps: chain of measures.
        changes: model result by measure id.
        reconciliations: balance by carrier.
        factors: for the heat value behind a factor per unit.
    """
    return [
        *_model_against_stated(case, machines, changes),
        *_over_explained(reconciliations),
        *_no_saving(steps),
        *([] if case.period.is_one_year else [_not_a_year(case)]),
        *_bills_do_not_fill(case),
        *_heat_value_differs(case, factors),
    ]


def _model_against_stated(case: Case, machines: Sequence[LevelResult], changes: Mapping[str, Change]) -> list[Finding]:
    found = []
    by_id = {m.id: m for m in machines}
    for machine in case.plant.machines:
        for measure in case.measures_on(machine.id)[:1]:
            change = changes[measure.id]
            use = machine.energy.get(change.carrier)  # type: ignore[call-overload]
            if isinstance(use, Computed) or use is None or change.energy_before_model is None:
                continue
            stated = by_id[machine.id].carriers[change.carrier].energy_before
            model = change.energy_before_model
            ratio = float(model.value / stated.value)
            if abs(ratio - 1) > MODEL_TOLERANCE:
                found.append(Finding(
                    "energy.model_differs_from_stated", "warning", f"{machine.id} {machine.name}",
                    f"The model of measure {measure.id} gives {ratio:.0%} of the machine's {use.basis} energy; the "
                    "saving is taken from the stated energy, so the model's load or hours should be looked at.",
                    f"措施 {measure.id} 之模型耗能為設備{use.basis}值的 {ratio:.0%}；"
                    "節能量以設備值計算，請檢查負載與時數。",
                    {"model": str(model), "stated": str(stated)},
                    cite("energycalc-rules", "model within 20 % of the machine's own energy"),
                ))  # fmt: skip
    return found


def _over_explained(reconciliations: Sequence[Reconciliation]) -> list[Finding]:
    return [
        Finding(
            "energy.machines_exceed_meter", "error", r.carrier,
            f"The machines use more than the meter or bill shows ({r.machine_sum} against {r.reference}).",
            f"設備耗能合計高於電表或帳單（{r.machine_sum}，{r.reference}）。",
            {"machines": str(r.machine_sum), "reference": str(r.reference)},
            cite("energy-balance", "parts cannot exceed the whole"),
        )
        for r in reconciliations
        if r.unexplained is not None and r.unexplained.value < REST_TOLERANCE
    ]  # fmt: skip


def _no_saving(steps: Sequence[Step]) -> list[Finding]:
    return [
        Finding(
            "measure.uses_more", "warning", f"{s.measure.id} {s.measure.name}",
            f"The measure does not save: {s.saving} over the period.", f"此措施未節能：期間節能量 {s.saving}。",
            {"remaining": str(s.remaining)}, cite("ipmvp-core", "saving = before − after"),
        )
        for s in steps
        if s.saving.value <= 0
    ]  # fmt: skip


def _not_a_year(case: Case) -> Finding:
    return Finding(
        "period.not_a_year", "note", case.title,
        f"The period has {case.period.days} days; nothing is scaled up to a year and no payback is given.",
        f"期間為 {case.period.days} 天；不外推為全年，亦不計算回收年限。",
        {"days": str(case.period.days)}, cite("energycalc-rules", "a part of a year is never multiplied by 12/k"),
    )  # fmt: skip


def _bills_do_not_fill(case: Case) -> list[Finding]:
    """Bills of a carrier that leave days of the period out, or count some twice."""
    found = []
    for carrier in case.carriers:
        bills = [b for b in case.bills if b.carrier == carrier]
        billed_days = sum((b.last_day - b.first_day).days + 1 for b in bills)
        distinct = {d for b in bills for d in range(b.first_day.toordinal(), b.last_day.toordinal() + 1)}
        if bills and (billed_days != len(distinct) or len(distinct) != case.period.days):
            found.append(Finding(
                "energy.bills_do_not_fill_period", "error" if billed_days != len(distinct) else "warning", carrier,
                f"The bills cover {len(distinct)} of the {case.period.days} days of the period"
                + (f" and count {billed_days - len(distinct)} days twice" if billed_days != len(distinct) else "")
                + "; they are summed as they are, nothing is scaled.",
                f"帳單涵蓋期間 {case.period.days} 天中的 {len(distinct)} 天"
                + (f"，且重複計算 {billed_days - len(distinct)} 天" if billed_days != len(distinct) else "")
                + "；逐筆加總，不作外推。",
                {"days billed": str(billed_days), "days of the period": str(case.period.days)},
                cite("energycalc-rules", "bills fill the period without overlap"),
            ))  # fmt: skip
    return found


def _heat_value_differs(case: Case, factors: FactorSet) -> list[Finding]:
    """A factor per m3 stands on the table's own heat value; a gas of another heat value emits differently per m3."""
    choice = case.factors.natural_gas
    if choice is None or choice.table != "per_unit" or "natural_gas" not in case.carriers:
        return []
    of_table, _ = heat_content("natural_gas", choice.year, older_by=choice.older_by, factors=factors)
    found = []
    for own in case.gas_heat_values:
        ratio = (own.value * own.unit.factor) / (of_table.value * of_table.unit.factor)
        if abs(ratio - 1) > HEAT_VALUE_TOLERANCE:
            found.append(Finding(
                "factor.heat_value_differs", "warning", "natural_gas",
                f"The gas has {own}, the table behind the factor per m3 has {of_table}: emissions per m3 differ by "
                f"about {ratio - 1:+.0%}. Choose table: per_energy.",
                f"氣體熱值 {own}，每立方公尺係數所依熱值 {of_table}：每立方公尺排放約差 {ratio - 1:+.0%}。"
                "請改用 table: per_energy。",
                {"own": str(own), "table": str(of_table)},
                cite("moenv-ghg-guideline", "factor per unit = factor per heat × heat value"),
            ))  # fmt: skip
    return found
