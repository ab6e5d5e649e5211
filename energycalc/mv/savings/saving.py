"""What a measure saved: avoided, normalised, backcast and chained, each with an interval that keeps its promise.

Sign: positive is less used. A saving is that of its own reporting period and is never scaled to another length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Periods
from energycalc.mv.savings.adjustments import Adjustment, adjusted_by, variances
from energycalc.mv.savings.forecast import PRIMARY, ForecastUncertainty, Method, Term, combined, forecast_uncertainty
from energycalc.quantity.gum import coverage_factor, effective_degrees_of_freedom

Floats = NDArray[np.float64]
SavingKind = Literal["avoided", "normalised", "backcast", "chained"]
DISTINCTION = 0.95
"""Confidence at which a saving is told from zero: twice the standard error, with t in place of 2 for few degrees."""


@dataclass(frozen=True, eq=False)
class Saving:
    """A saving with its uncertainty.

    Attributes:
        kind: ``avoided`` (reporting conditions), ``normalised`` (fixed conditions), ``backcast`` (baseline conditions),
            ``chained`` (through a model of a year between).
        adjusted_baseline: energy that would have been used, with adjustments, in ``unit``.
        reporting: energy used, metered or (normalised, backcast) by the model of the reporting period.
        saving: adjusted baseline less reporting.
        unit: unit of the energies: that of the meter.
        standard_uncertainty: of the saving, from the model and the adjustments; the meter's own error is not in it.
        degrees_of_freedom: effective ones.
        method: how the residuals' connection in time was judged.
        confidence: of the interval, two-sided.
        interval: low and high end of the saving.
        period_start: start of each period that the saving is made of.
        period_end: end of each, not included.
        predicted: what the baseline model says for each period, without adjustments.
        metered: what was used in each (modelled where ``kind`` is normalised).
        senpi: energy performance indicator, reporting by adjusted baseline; below 1 is better (ISO 50006, SEP).
        senpi_standard_uncertainty: its standard uncertainty.
        adjustments: records that are in the adjusted baseline.
        model: uncertainty of the model alone.
        complete: whether the periods follow each other without a gap.
    """

    kind: SavingKind
    adjusted_baseline: float
    reporting: float
    saving: float
    unit: str
    standard_uncertainty: float
    degrees_of_freedom: float
    method: Method
    confidence: float
    interval: tuple[float, float]
    period_start: NDArray[np.datetime64] = field(repr=False)
    period_end: NDArray[np.datetime64] = field(repr=False)
    predicted: Floats = field(repr=False)
    metered: Floats = field(repr=False)
    senpi: float
    senpi_standard_uncertainty: float
    adjustments: tuple[Adjustment, ...]
    model: ForecastUncertainty
    complete: bool

    @property
    def per_period(self) -> Floats:
        """Saving of each period; with the adjustments (chained: and what was saved before) it adds up to ``saving``."""
        return np.asarray(self.predicted - self.metered)

    @property
    def half_width(self) -> float:
        """Half of the interval: t times the standard uncertainty, in ``unit``."""
        return (self.interval[1] - self.interval[0]) / 2

    @property
    def fraction(self) -> float:
        """Saving by adjusted baseline, 節能率."""
        return self.saving / self.adjusted_baseline

    @property
    def senpi_interval(self) -> tuple[float, float]:
        """Interval of the energy performance indicator at ``confidence``."""
        half = coverage_factor(self.confidence, self.degrees_of_freedom) * self.senpi_standard_uncertainty
        return self.senpi - half, self.senpi + half

    @property
    def smallest_distinguishable(self) -> float:
        """Magnitude that a saving needs to be told from zero: at the stated confidence, and at 95 % at least."""
        return coverage_factor(max(self.confidence, DISTINCTION), self.degrees_of_freedom) * self.standard_uncertainty

    @property
    def distinguishable(self) -> bool:
        """Whether the saving (or an increase) can be told from zero.

        The interval excludes zero at the stated confidence, and at 95 % where less is stated: IPMVP asks for twice the
        standard error, which is 95 % with many degrees of freedom; with few, Student's t takes the place of 2.
        """
        return abs(self.saving) > self.smallest_distinguishable


def avoided_energy(
    baseline: Baseline,
    reporting: Periods,
    adjustments: Sequence[Adjustment] = (),
    confidence: float = 0.90,
    *,
    method: Method = PRIMARY,
) -> Saving:
    """Avoided energy: Σ(ŷ of the baseline model under reporting conditions) + adjustments − Σ metered.

    Args:
        baseline: model of the baseline period.
        reporting: periods after the measure with metered energy and the model's drivers.
        adjustments: records; each adds its quantity to the adjusted baseline.
        confidence: of the two-sided interval, 0 to 1.
        method: for comparisons only; see :mod:`energycalc.mv.savings.forecast`.

    Raises:
        InputError: units or lengths of periods differ, an adjustment does not belong here, or no sum is left to save
            from.

    Source:
        IPMVP, avoided energy consumption.
    """
    _one_unit(baseline.periods, reporting)
    predicted = baseline.predict(reporting)
    model = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method=method)
    before = math.fsum(predicted) + adjusted_by(adjustments, reporting.unit, reporting)
    after = math.fsum(reporting.energy)
    return _saving("avoided", before, after, reporting, predicted, reporting.energy, model, adjustments, confidence)


def normalised_saving(
    before: Baseline, after: Baseline, conditions: Periods, confidence: float = 0.90, *, method: Method = PRIMARY
) -> Saving:
    """Saving under fixed conditions: Σ(ŷ before − ŷ after), each model with its own uncertainty and no metered sum.

    Args:
        before: model of the baseline period.
        after: model of the reporting period, of any form.
        conditions: periods with the drivers of both models (typical weather, standard production); their energy is not
            used.
        confidence: of the two-sided interval.
        method: for comparisons only.

    Limits of validity:
        The conditions lie within those of both periods. The errors of the two models are taken as unrelated.
    """
    _one_unit(before.periods, after.periods)
    first, second = before.predict(conditions), after.predict(conditions)
    parts = [forecast_uncertainty(m, [(conditions, 1.0)], metered=False, method=method) for m in (before, after)]
    model = combined(parts, (1.0, -1.0))
    was, became = math.fsum(first), math.fsum(second)
    senpi = combined(parts, (became / was**2, -1 / was)).standard_uncertainty if was else math.nan
    return _saving("normalised", was, became, conditions, first, second, model, (), confidence, senpi_u=senpi)


def backcast_saving(
    after: Baseline, baseline_periods: Periods, confidence: float = 0.90, *, method: Method = PRIMARY
) -> Saving:
    """Saving under baseline conditions: Σ metered before − Σ(ŷ of the reporting model under baseline conditions).

    Args:
        after: model of the reporting period.
        baseline_periods: periods before the measure, metered, with the model's drivers.
        confidence: of the two-sided interval.
        method: for comparisons only.
    """
    _one_unit(after.periods, baseline_periods)
    predicted = after.predict(baseline_periods)
    model = forecast_uncertainty(after, [(baseline_periods, 1.0)], metered=True, method=method)
    was = math.fsum(baseline_periods.energy)
    return _saving(
        "backcast", was, math.fsum(predicted), baseline_periods, baseline_periods.energy, predicted, model, (),
        confidence, senpi_u=model.standard_uncertainty / was if was else math.nan,
    )  # fmt: skip


def chained_saving(
    between: Baseline,
    baseline_periods: Periods,
    reporting: Periods,
    confidence: float = 0.90,
    *,
    method: Method = PRIMARY,
) -> Saving:
    """Saving through a year between: what was saved until then, and what since, by one model of that year.

    (Σ metered before − Σŷ before) + (Σŷ after − Σ metered after); the indicator is the product of the two ratios,
    (after/ŷ after)·(ŷ before/before). It serves where no model of the first or last year spans both.

    Args:
        between: model of a year between baseline and reporting period.
        baseline_periods: periods before, metered.
        reporting: periods after, metered.
        confidence: of the two-sided interval.
        method: for comparisons only.

    Source:
        SEP Measurement and Verification Protocol for Industry, chaining (as the project's notes describe it).
    """
    _one_unit(between.periods, baseline_periods)
    _one_unit(between.periods, reporting)
    first, last = between.predict(baseline_periods), between.predict(reporting)
    terms: list[Term] = [(reporting, 1.0), (baseline_periods, -1.0)]
    model = forecast_uncertainty(between, terms, metered=True, method=method)
    was, first_sum, last_sum = math.fsum(baseline_periods.energy), math.fsum(first), math.fsum(last)
    after = math.fsum(reporting.energy)
    relative = forecast_uncertainty(
        between, [(reporting, 1 / last_sum), (baseline_periods, -1 / was)], metered=True, method=method
    )
    senpi = (after / last_sum) * (first_sum / was)
    return _saving(
        "chained", (was - first_sum) + last_sum, after, reporting, last, reporting.energy, model, (), confidence,
        senpi=senpi, senpi_u=abs(senpi) * relative.standard_uncertainty,
    )  # fmt: skip


def annual_saving(saving: Saving) -> float:
    """The saving of one year, where the reporting period is one whole year; otherwise a refusal in words.

    A part of a year is not multiplied to a year: the other months have another weather, load and calendar.

    Raises:
        InputError: the period is not one year from date to date, or periods of it are missing.

    Source:
        CalTRACK 4.1.2: no extrapolation by 12/k.
    """
    reason = why_not_annual(saving)
    if reason is not None:
        raise InputError(
            reason[0],
            subject="annual saving",
            value=" to ".join(str(t.astype("datetime64[D]")) for t in (saving.period_start[0], saving.period_end[-1])),
            limit="one whole year without missing periods; a part is never scaled up (CalTRACK 4.1.2)",
            next_step="State the saving with its own period, or wait until the year is full",
        )
    return saving.saving


def why_not_annual(saving: Saving) -> tuple[str, str] | None:
    """Why the saving is not that of a year, in English and Chinese; None where it is."""
    days = float((saving.period_end[-1] - saving.period_start[0]) / np.timedelta64(1, "D"))
    if not _one_year_later(saving.period_start[0], saving.period_end[-1]):
        return (
            f"the reporting period of {days:g} days is not one whole year, so there is no annual saving",
            f"報告期為 {days:g} 天，不是完整一年，因此沒有年節能量",
        )
    if not saving.complete:
        covered = float((saving.period_end - saving.period_start).sum() / np.timedelta64(1, "D"))
        return (
            f"only {covered:g} of {days:g} days of the year have data, so there is no annual saving",
            f"全年 {days:g} 天中只有 {covered:g} 天有資料，因此沒有年節能量",
        )
    return None


def conclusion(saving: Saving, language: str = "en") -> str:
    """One sentence: the saving with its ± and period, and whether it can be told from zero; ``zh-TW`` or ``en``."""
    from energycalc.quantity.display import rounded, value_and_uncertainty

    chinese = language.lower().startswith("zh")
    shown = f"{value_and_uncertainty(saving.saving, saving.half_width)} {saving.unit}"
    needed = f"{rounded(saving.smallest_distinguishable, saving.half_width)} {saving.unit}"
    first = str(saving.period_start[0].astype("datetime64[D]"))
    last = str((saving.period_end[-1] - np.timedelta64(1, "s")).astype("datetime64[D]"))
    level = f"{saving.confidence:.0%}"
    if chinese:
        start = f"{first} 至 {last} 節能量 {shown}（信賴水準 {level}）"
        if saving.distinguishable:
            return start + ("，與零可區別。" if saving.saving > 0 else "：用能增加，且與零可區別。")
        return start + f"，與零無法區別：須超過 {needed} 才能證明有節能。"
    start = f"Saving from {first} to {last}: {shown} ({level} confidence)"
    if saving.distinguishable:
        return start + ("; distinguishable from zero." if saving.saving > 0 else ": more was used, beyond doubt.")
    return start + f"; not distinguishable from zero: it takes more than {needed} to prove a saving."


def _saving(
    kind: SavingKind,
    before: float,
    after: float,
    periods: Periods,
    predicted: Floats,
    metered: Floats,
    model: ForecastUncertainty,
    adjustments: Sequence[Adjustment],
    confidence: float,
    *,
    senpi: float | None = None,
    senpi_u: float | None = None,
) -> Saving:
    terms = [(model.standard_uncertainty**2, model.degrees_of_freedom), *variances(adjustments)]
    uncertainty = math.sqrt(math.fsum(variance for variance, _ in terms))
    degrees = effective_degrees_of_freedom(terms)
    half = coverage_factor(confidence, degrees) * uncertainty
    if not before > 0:
        raise InputError(
            "is not above zero, so nothing can be saved from it",
            subject="adjusted baseline",
            value=f"{before:g} {periods.unit}",
            limit="> 0",
            next_step="Look at the conditions predicted for and at the adjustments",
        )
    return Saving(
        kind=kind,
        adjusted_baseline=before,
        reporting=after,
        saving=before - after,
        unit=periods.unit,
        standard_uncertainty=uncertainty,
        degrees_of_freedom=degrees,
        method=model.method,
        confidence=confidence,
        interval=(before - after - half, before - after + half),
        period_start=periods.start,
        period_end=periods.end,
        predicted=np.asarray(predicted),
        metered=np.asarray(metered),
        senpi=after / before if senpi is None else senpi,
        senpi_standard_uncertainty=abs(after) / before**2 * uncertainty if senpi_u is None else senpi_u,
        adjustments=tuple(adjustments),
        model=model,
        complete=bool(np.all(periods.end[:-1] == periods.start[1:])),
    )


def _one_unit(first: Periods, second: Periods) -> None:
    if first.unit != second.unit:
        raise InputError(
            "baseline and reporting period are in different units",
            subject="saving",
            value=f"{first.unit} and {second.unit}",
            limit="one unit",
            next_step="Read both meters in one unit",
        )


def _one_year_later(start: np.datetime64, end: np.datetime64) -> bool:
    month = start.astype("datetime64[M]")
    return bool((month + 12).astype("datetime64[s]") + (start - month.astype("datetime64[s]")) == end)
