"""From files of many meters to a saving with its ± for each: the order of the play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from energycalc.finding import Finding
from energycalc.mv.portfolio.batched_fit import BatchedFit, design, fit_batch, predict
from energycalc.mv.portfolio.batched_forecast import forecast_uncertainties, sensitivities
from energycalc.mv.portfolio.candidates import FORMS, BatchForm, choose, refine
from energycalc.mv.portfolio.daily import DailyTable, MeterAccount
from energycalc.mv.portfolio.doubts import doubts_of, refused_doubt
from energycalc.mv.portfolio.folder_scan import scan_files
from energycalc.mv.portfolio.parquet_scan import scan_parquet
from energycalc.mv.portfolio.plan import PortfolioPlan, weekdays
from energycalc.mv.savings.saving import DISTINCTION
from energycalc.quantity.gum import coverage_factor

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
TOGETHER = 200
"""Meters that are worked on at once: some 100 MB of columns."""
FEWEST_DAYS = 20
"""Baseline days below which no form with seven levels can be judged."""


@dataclass(frozen=True)
class MeterSaving:
    """The avoided energy of one meter over the reporting period's whole days.

    Attributes:
        form: key of the form, such as ``5P+time_of_week``.
        change_points: heating and cooling change point in the temperature's unit, or those that there are.
        baseline_days: days the form was fitted to.
        reporting_days: days that the saving is made of.
        adjusted_baseline: Σ predicted over those days.
        reporting: Σ metered over those days.
        standard_uncertainty: of the saving, from the model; the meter's own error is not in it.
        degrees_of_freedom: of Student's t.
        confidence: of ``half_width``.
        cv_rmse: √(SSE/(n − p)) over the mean baseline day.
        variance_ratio: how much larger the variance of long sums is than for independent residuals.
    """

    form: str
    change_points: tuple[float, ...]
    baseline_days: int
    reporting_days: int
    adjusted_baseline: float
    reporting: float
    standard_uncertainty: float
    degrees_of_freedom: int
    confidence: float
    cv_rmse: float
    variance_ratio: float

    @property
    def saving(self) -> float:
        """Avoided energy; positive = less used."""
        return self.adjusted_baseline - self.reporting

    @property
    def half_width(self) -> float:
        """Half of the two-sided interval at ``confidence``."""
        return coverage_factor(self.confidence, self.degrees_of_freedom) * self.standard_uncertainty

    @property
    def smallest_distinguishable(self) -> float:
        """Magnitude that a saving needs to be told from zero, as ``Saving`` of one meter has it."""
        return coverage_factor(max(self.confidence, DISTINCTION), self.degrees_of_freedom) * self.standard_uncertainty

    @property
    def fraction(self) -> float:
        """Saving by adjusted baseline."""
        return self.saving / self.adjusted_baseline


@dataclass(frozen=True)
class PortfolioRow:
    """One meter of a portfolio: a saving, or the reason why there is none.

    Attributes:
        meter: its name.
        saving: None where there is none.
        reason: why there is none; empty otherwise.
        doubts: findings about this meter.
        account: where its rows went.
    """

    meter: str
    saving: MeterSaving | None
    reason: str
    doubts: tuple[Finding, ...]
    account: MeterAccount

    @property
    def verdict(self) -> str:
        """``saving``, ``increase``, ``not_distinguishable`` or ``refused``."""
        if self.saving is None:
            return "refused"
        if abs(self.saving.saving) <= self.saving.smallest_distinguishable:
            return "not_distinguishable"
        return "saving" if self.saving.saving > 0 else "increase"


@dataclass(frozen=True)
class Portfolio:
    """All meters of a portfolio.

    Attributes:
        plan: what was declared.
        rows: one for each meter found, in the order of their names.
        unit: of the energies.
    """

    plan: PortfolioPlan
    rows: tuple[PortfolioRow, ...]
    unit: str

    def by_saving(self) -> tuple[PortfolioRow, ...]:
        """Largest saving first; meters without one at the end."""
        return tuple(sorted(self.rows, key=lambda row: (row.saving is None, -row.saving.saving if row.saving else 0.0)))

    def by_doubt(self) -> tuple[PortfolioRow, ...]:
        """Refused meters first, then those with most warnings, then those least told from zero."""

        def doubt(row: PortfolioRow) -> tuple[float, float, float]:
            weights = {"error": 100, "warning": 10, "note": 1}
            count = sum(weights[finding.severity] for finding in row.doubts)
            if row.saving is None:
                return (0.0, -count, 0.0)
            return (1.0, -count, -row.saving.half_width / max(abs(row.saving.saving), 1e-300))

        return tuple(sorted(self.rows, key=doubt))


def assess_portfolio(plan: PortfolioPlan, progress: Callable[[int, int], None] | None = None) -> Portfolio:
    """Avoided energy with its ± for every meter of a folder or of one long table.

    Args:
        plan: the declarations that all meters share.
        progress: called with the number of files read and of all.

    Returns:
        One row for each meter; a meter that fails is a row with its reason.

    Raises:
        InputError: the plan cannot be followed.
        MeterDataError: no meter can be read at all.

    Limits of validity:
        Daily energy that temperature and the kind of day explain. No production, no adjustments: a meter that needs
        them goes through its own verification. Savings of meters must not be added as if they were independent.
    """
    path = Path(plan.layout.file)
    one_table = path.is_file() and path.suffix.lower() == ".parquet" and plan.meter_column is not None
    table = scan_parquet(plan) if one_table else scan_files(plan, progress)
    return assess_table(plan, table)


def assess_table(plan: PortfolioPlan, table: DailyTable) -> Portfolio:
    """The same from daily values."""
    rows: list[PortfolioRow] = []
    for begin in range(0, len(table.meters), TOGETHER):
        rows += _rows(plan, table, np.arange(begin, min(begin + TOGETHER, len(table.meters))))
    return Portfolio(plan, tuple(rows), table.unit)


def _rows(plan: PortfolioPlan, table: DailyTable, meters: Integers) -> list[PortfolioRow]:
    _, level = plan.kinds_of_days()
    before, after = plan.inside(plan.baseline), plan.inside(plan.reporting)
    energy = table.energy[meters]
    temperature = None if table.temperature is None else table.temperature[meters]
    there = np.isfinite(energy) & (True if temperature is None else np.isfinite(temperature))
    mask, later = there & before, there & after
    found: dict[int, tuple[MeterSaving | None, str, tuple[Finding, ...]]] = {}
    for place, number in enumerate(meters):
        account = table.accounts[number]
        reason = account.reason or _too_little(mask[place], later[place])
        if reason:
            found[place] = (None, reason, (refused_doubt(table.meters[number], reason),))
    open_ = np.array([place for place in range(len(meters)) if place not in found], dtype=np.int64)
    if len(open_):
        warm = None if temperature is None else np.where(there, temperature, 0.0)
        found |= _fitted(plan, table, meters, energy, warm, mask, later, level, open_)
    return [
        PortfolioRow(table.meters[number], *found[place], table.accounts[number]) for place, number in enumerate(meters)
    ]


def _fitted(
    plan: PortfolioPlan, table: DailyTable, meters: Integers, energy: Floats, temperature: Floats | None,
    mask: NDArray[np.bool_], later: NDArray[np.bool_], level: Integers, open_: Integers,
) -> dict[int, tuple[MeterSaving | None, str, tuple[Finding, ...]]]:  # fmt: skip
    """Choose, fit and forecast, meters of one form and one set of kinds of days together."""
    begin, end = np.flatnonzero(plan.inside(plan.baseline))[[0, -1]]
    base, weekday = slice(begin, end + 1), weekdays(plan.days)
    warm = None if temperature is None else temperature[open_]
    chosen, below, above = choose(
        energy[open_][:, base],
        None if warm is None else warm[:, base],
        mask[open_][:, base],
        level[base],
        weekday[base],
    )
    kinds = [tuple(np.unique(level[mask[place]]).tolist()) for place in open_]
    found = {}
    for key in dict.fromkeys(zip(chosen.tolist(), kinds, strict=True)):
        some = np.array([k for k, own in enumerate(zip(chosen.tolist(), kinds, strict=True)) if own == key])
        group = open_[some]
        known = np.isin(level, key[1]) if FORMS[key[0]].shape != "mean" else np.ones(len(level), bool)
        batch = _Batch(
            FORMS[key[0]], np.array(key[1]), energy[group], None if warm is None else warm[some], mask[group],
            later[group] & known, later[group] & ~known, level, weekday, base, below[some], above[some],
        )  # fmt: skip
        for place, result in zip(group, _savings(plan, table, meters[group], batch), strict=True):
            found[int(place)] = result
    return found


@dataclass(frozen=True, eq=False)
class _Batch:
    """Meters of one form: everything that their fit needs."""

    form: BatchForm
    kinds: Integers
    energy: Floats
    temperature: Floats | None
    mask: NDArray[np.bool_]
    later: NDArray[np.bool_]
    unknown: NDArray[np.bool_]
    level: Integers
    weekday: Integers
    base: slice
    below: Floats
    above: Floats


def _savings(
    plan: PortfolioPlan, table: DailyTable, meters: Integers, batch: _Batch
) -> list[tuple[MeterSaving | None, str, tuple[Finding, ...]]]:
    base, form = batch.base, batch.form
    baseline_energy, mask = np.where(batch.mask, batch.energy, 0.0)[:, base], batch.mask[:, base]
    if batch.temperature is not None and form.change_points:
        below, above = refine(
            form, baseline_energy, batch.temperature[:, base], mask, batch.level[base], batch.weekday[base],
            batch.below, batch.above,
        )  # fmt: skip
        batch = replace(batch, below=below, above=above)
    columns = design(
        form, batch.below, batch.above, batch.temperature, batch.level, batch.weekday, batch.kinds
    )  # fmt: skip
    fit = fit_batch(form, batch.below, batch.above, columns[:, base], baseline_energy, mask)
    slopes = sensitivities(fit, columns, batch.temperature, batch.weekday)
    day = (plan.days[base] - plan.days[0]).astype(float) + 0.5
    uncertainty = forecast_uncertainties(fit, slopes[:, base], slopes, mask, batch.later, day)
    predicted = np.where(batch.later, predict(fit, columns), 0.0).sum(axis=1)
    metered = np.where(batch.later, batch.energy, 0.0).sum(axis=1)
    results: list[tuple[MeterSaving | None, str, tuple[Finding, ...]]] = []
    for k, number in enumerate(meters):
        name = table.meters[number]
        reason = _unsound(fit, uncertainty.degrees_of_freedom, predicted, k)
        if reason:
            results.append((None, reason, (refused_doubt(name, reason),)))
            continue
        saving = MeterSaving(
            form=form.key,
            change_points=_points(form, batch.below[k], batch.above[k]),
            baseline_days=int(mask[k].sum()),
            reporting_days=int(batch.later[k].sum()),
            adjusted_baseline=float(predicted[k]),
            reporting=float(metered[k]),
            standard_uncertainty=float(uncertainty.standard_uncertainty[k]),
            degrees_of_freedom=int(uncertainty.degrees_of_freedom[k]),
            confidence=plan.confidence,
            cv_rmse=float(fit.cv_rmse[k]),
            variance_ratio=float(uncertainty.variance_ratio[k]),
        )
        temperature = None if batch.temperature is None else batch.temperature[k]
        doubts = doubts_of(
            plan, name, saving, table.accounts[number], temperature, batch.mask[k], batch.later[k],
            batch.unknown[k], fit.coefficients[k, fit.levels :], form,
        )  # fmt: skip
        results.append((saving, "", doubts))
    return results


def _unsound(fit: BatchedFit, degrees: Integers, predicted: Floats, k: int) -> str:
    if not fit.sound[k]:
        return (
            f"the columns of {fit.form.key} cannot be told apart in {fit.observations[k]} baseline days "
            f"(condition number {fit.condition[k]:.3g})"
        )
    if degrees[k] < 1:
        return "the drivers follow every slow variation of the baseline, so the ± cannot be judged"
    if not predicted[k] > 0:
        return f"the adjusted baseline is not above zero ({predicted[k]:,.6g})"
    return ""


def _too_little(mask: NDArray[np.bool_], later: NDArray[np.bool_]) -> str:
    if int(mask.sum()) < FEWEST_DAYS:
        return f"only {int(mask.sum())} whole baseline days (at least {FEWEST_DAYS})"
    return "" if later.any() else "no whole day in the reporting period"


def _points(form: BatchForm, below: float, above: float) -> tuple[float, ...]:
    heating, cooling = form.branches
    both = (float(below),) * heating + (float(above),) * cooling
    return both[:1] if form.shape == "4P" else both
