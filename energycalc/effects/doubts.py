"""Doubts that arise while computing: model against meter, machines against meter, savings that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.case.case import Case
from energycalc.case.plant import Computed
from energycalc.effects.interactions import Step
from energycalc.effects.results import LevelResult, Reconciliation
from energycalc.equipment.description import Change
from energycalc.finding import Finding
from energycalc.quantity import cite

MODEL_TOLERANCE = 0.20
REST_TOLERANCE = 0.0


def doubts_of(
    case: Case,
    machines: Sequence[LevelResult],
    steps: Sequence[Step],
    changes: Mapping[str, Change],
    reconciliations: Sequence[Reconciliation],
) -> list[Finding]:
    """Findings of the effects room.

    Args:
        case: the case.
        machines: results by machine.
        steps: chain of measures.
        changes: model result by measure id.
        reconciliations: balance by carrier.
    """
    return [
        *_model_against_stated(case, machines, changes),
        *_over_explained(reconciliations),
        *_no_saving(steps),
        *([] if case.period.is_one_year else [_not_a_year(case)]),
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
                    f"The model of measure {measure.id} gives {ratio:.0%} of the machine's {use.basis} energy; the saving is taken "
                    "from the stated energy, so the model's load or hours should be looked at.",
                    f"措施 {measure.id} 之模型耗能為設備{use.basis}值的 {ratio:.0%}；節能量以設備值計算，請檢查負載與時數。",
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
