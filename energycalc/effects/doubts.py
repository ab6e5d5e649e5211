"""Doubts that arise while computing: model against the energy it acts on, balances, savings that are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.case.case import Case
from energycalc.case.plant import Computed
from energycalc.effects.interactions import Step
from energycalc.effects.results import Effects, Reconciliation
from energycalc.equipment.description import Ceiling, Change
from energycalc.finding import Finding
from energycalc.quantity import Quantity, Source, cite
from energycalc.quantity.uncertainty import UncertainResult

MODEL_TOLERANCE = 0.20
METER_AGAINST_BILL = 0.05
ROUNDING = 1e-9


def doubts_of(
    case: Case,
    steps: Sequence[Step],
    changes: Mapping[str, Change],
    ceilings: Mapping[str, Ceiling],
    reconciliations: Sequence[Reconciliation],
) -> list[Finding]:
    """Findings that need no uncertainty.

    Args:
        case: the case.
        steps: chain of measures.
        changes: model result by measure id.
        ceilings: physical limit of the saving by measure id.
        reconciliations: balance by carrier.
    """
    return [
        *_above_the_ceiling(steps, ceilings),
        *_model_against_energy(case, steps, changes),
        *_meter_against_bill(reconciliations),
        *([] if case.period.is_one_year else [_not_a_year(case)]),
    ]


def doubts_of_uncertainty(effects: Effects, uncertain: Mapping[Quantity, UncertainResult]) -> list[Finding]:
    """Findings that need the intervals: a saving that may be none, machines above their meter, inputs without ±.

    Args:
        effects: results of the case.
        uncertain: interval of each headline result.
    """
    return [
        *_saving_or_none(effects, uncertain),
        *_above_the_meter(effects, uncertain),
        *_without_uncertainty(uncertain),
    ]


def note(
    id: str, severity: str, subject: str, en: str, zh: str, source: Source | None = None, **evidence: str
) -> Finding:
    """One finding, its evidence by keyword."""
    return Finding(id, severity, subject, en, zh, evidence, source or cite("energycalc-rules", "rule of the project"))  # type: ignore[arg-type]


def _above_the_ceiling(steps: Sequence[Step], ceilings: Mapping[str, Ceiling]) -> list[Finding]:
    """Savings that no measure of the kind can reach."""
    found = []
    for step in steps:
        ceiling = ceilings.get(step.measure.id)
        if ceiling is None or step.remaining is None:
            continue
        claimed, most = 1 - float(step.remaining.value_in("1")), float(ceiling.saving.value_in("1"))
        if claimed > most + ROUNDING:
            found.append(note(
                "measure.above_ceiling", "error", f"{step.measure.id} {step.measure.name}",
                f"The measure claims {claimed:.2%} of the energy; physics allows at most {most:.2%}: {ceiling.because_en}",
                f"措施節能率 {claimed:.2%} 高於物理上限 {most:.2%}：{ceiling.because_zh}",
                ceiling.source, claimed=f"{claimed:.2%}", ceiling=f"{most:.2%}",
            ))  # fmt: skip
    return found


def _model_against_energy(case: Case, steps: Sequence[Step], changes: Mapping[str, Change]) -> list[Finding]:
    """Each measure's model against the energy that the measures before it have left."""
    found = []
    for step in steps:
        model = changes[step.measure.id].energy_before_model
        machine = next(m for m in case.plant.machines if m.id == step.measure.machine)
        first = case.measures_on(machine.id)[0] is step.measure
        if model is None or step.remaining is None:
            continue
        if first and isinstance(machine.energy[step.carrier], Computed):  # type: ignore[index]
            continue
        ratio = float(model.value_in(str(step.before.unit)) / step.before.value)
        if abs(ratio - 1) > MODEL_TOLERANCE:
            found.append(note(
                "energy.model_differs", "warning", f"{step.measure.id} {step.measure.name}",
                f"The measure's own model has {ratio:.0%} of the energy it acts on; the saving is taken from that energy, "
                "so the model's load or hours should be looked at.",
                f"此措施模型之耗能為其作用前用量的 {ratio:.0%}；節能量以作用前用量計算，請檢查負載與時數。",
                cite("energycalc-rules", "model within 20 % of the machine's own energy"),
                model=str(model), energy=str(step.before),
            ))  # fmt: skip
    return found


def _meter_against_bill(reconciliations: Sequence[Reconciliation]) -> list[Finding]:
    found = []
    for r in reconciliations:
        if r.meter_less_bill is None or r.billed is None:
            continue
        share = float(r.meter_less_bill.value / r.billed.value)
        if abs(share) > METER_AGAINST_BILL:
            found.append(note(
                "energy.meter_differs_from_bill", "warning", r.carrier,
                f"The main meter reads {share:+.1%} against the bills ({r.metered} and {r.billed}).",
                f"總表與帳單相差 {share:+.1%}（{r.metered}，{r.billed}）。",
                cite("energycalc-rules", "meter and bills agree within 5 %"),
                meter=str(r.metered), bills=str(r.billed),
            ))  # fmt: skip
    return found


def _saving_or_none(effects: Effects, uncertain: Mapping[Quantity, UncertainResult]) -> list[Finding]:
    found = []
    for m in effects.measures:
        subject = f"{m.measure.id} {m.measure.name}"
        if not m.is_main:
            continue
        others = [x.saving.value for x in effects.measures
                  if x.measure is m.measure and x.carrier == m.carrier and x.kind in ("shared", "secondary")]  # fmt: skip
        if m.saving.value <= 0:
            if others and m.saving.value + sum(others) > 0:
                continue  # it uses more on its own machine, and saves more than that elsewhere
            found.append(note(
                "measure.uses_more", "warning", subject,
                f"The measure does not save: {m.saving} over the period.", f"此措施未節能：期間節能量 {m.saving}。",
                cite("ipmvp-core", "saving = before − after"), remaining=str(m.remaining),
            ))  # fmt: skip
            continue
        result = uncertain.get(m.saving)
        interval = result.interval if result else None
        if interval is not None and interval[0] <= 0:
            shown = f"{interval[0]:,.0f} to {interval[1]:,.0f} {m.saving.unit}"
            found.append(note(
                "measure.not_distinguishable_from_zero", "warning", subject,
                f"The saving is not distinguishable from zero: its 95 % interval is {shown}.",
                f"節能量與零無法區別：95 % 區間為 {interval[0]:,.0f} 至 {interval[1]:,.0f} {m.saving.unit}。",
                cite("energycalc-rules", "a saving whose 95 % interval includes zero is said to be none that can be told"),
                interval=shown,
            ))  # fmt: skip
    return found


def _above_the_meter(effects: Effects, uncertain: Mapping[Quantity, UncertainResult]) -> list[Finding]:
    """Machines above their meter or bill: an error when the uncertainty does not explain it, a note when it does."""
    found = []
    for r in effects.reconciliations:
        if r.unexplained is None or r.unexplained.value >= 0:
            continue
        result = uncertain.get(r.unexplained)
        interval = result.interval if result else None
        explained = interval is not None and interval[1] >= 0
        found.append(note(
            "energy.machines_exceed_meter", "note" if explained else "error", r.carrier,
            f"The machines use more than the meter or bill shows ({r.machine_sum} against {r.reference})"
            + (", which their uncertainty explains." if explained else "."),
            f"設備耗能合計高於電表或帳單（{r.machine_sum}，{r.reference}）" + ("，尚在不確定度內。" if explained else "。"),
            cite("energy-balance", "parts cannot exceed the whole"),
            machines=str(r.machine_sum), reference=str(r.reference),
        ))  # fmt: skip
    return found


def _without_uncertainty(uncertain: Mapping[Quantity, UncertainResult]) -> list[Finding]:
    """How many inputs that a person stated carry no ±, so that nobody takes the interval for more than it is."""
    from energycalc.quantity.trace import leaves

    stated = [
        q for q in leaves(list(uncertain)) if q.basis in ("measured", "billed", "nameplate", "catalogue", "assumed")
    ]
    silent = [q for q in stated if q.uncertainty is None and q.source is not None and q.source.file is not None]
    own = [q for q in stated if q.source is not None and q.source.file is not None]
    if not silent:
        return []
    return [note(
        "uncertainty.partly_stated", "note", "±",
        f"{len(silent)} of {len(own)} inputs of the case state no uncertainty; the ± shown covers the others only.",
        f"案件輸入 {len(own)} 項中有 {len(silent)} 項未陳述不確定度；± 僅涵蓋其餘項目。",
        cite("energycalc-rules", "an input without ± counts as exact, and that is said"),
        without=str(len(silent)), inputs=str(len(own)),
    )]  # fmt: skip


def _not_a_year(case: Case) -> Finding:
    return note(
        "period.not_a_year", "note", case.title,
        f"The period has {case.period.days} days; nothing is scaled up to a year and no payback is given.",
        f"期間為 {case.period.days} 天；不外推為全年，亦不計算回收年限。",
        cite("energycalc-rules", "a part of a year is never multiplied by 12/k"),
        days=str(case.period.days),
    )  # fmt: skip
