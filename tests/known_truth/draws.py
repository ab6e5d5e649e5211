"""One draw: a meter with real residuals in whole weeks, a planted saving, and what each method says of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import EnergycalcError
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import lag_one, positions_of
from energycalc.mv.savings.bootstrap import bootstrap_interval
from energycalc.mv.savings.forecast import Method
from energycalc.mv.savings.fractional import fractional_uncertainty, savings_multiplier
from energycalc.mv.savings.saving import avoided_energy
from tests.known_truth.meters import RealMeter, meters

Floats = NDArray[np.float64]
METHODS: tuple[str, ...] = (*get_args(Method), "bootstrap", "fractional_a", "fractional_b")
SAVINGS = (0.0, 0.02, 0.05, 0.10, 0.20)
MONTH = 365 / 12
CONFIDENCE = 0.90


@dataclass(eq=False)
class Cell:
    """What is counted for one meter, baseline and reporting length.

    Attributes:
        held: by method, whether the interval held the truth, one per draw.
        half_width: by method, half of the interval by the energy of the period.
        error: estimate less truth by the energy of the period, one per draw.
        proved: by planted saving, whether it was told from zero (primary method).
        null_by_interval: for no saving, whether the interval held zero (primary method).
        refused: by method, how often it refused to answer.
    """

    held: dict[str, list[bool]] = field(default_factory=lambda: {m: [] for m in METHODS})
    half_width: dict[str, list[float]] = field(default_factory=lambda: {m: [] for m in METHODS})
    error: list[float] = field(default_factory=list)
    proved: dict[float, list[bool]] = field(default_factory=lambda: {s: [] for s in SAVINGS})
    refused: dict[str, int] = field(default_factory=lambda: dict.fromkeys(METHODS, 0))

    def coverage(self, method: str) -> float:
        """Share of the draws in which the interval held the truth."""
        return float(np.mean(self.held[method])) if self.held[method] else math.nan

    def relative_width(self, method: str) -> float:
        """Mean half-width by what a normal interval with the true standard deviation would have."""
        if not self.half_width[method]:
            return math.nan
        return float(np.mean(self.half_width[method]) / (1.645 * np.std(self.error)))


def noise(meter: RealMeter, number: int, weeks: int, rng: np.random.Generator) -> Floats:
    """Residuals for ``number`` days from the first day of the file, in blocks of whole weeks that keep the weekday."""
    length = 7 * weeks
    starts = 7 * rng.integers(0, (len(meter.residuals) - length) // 7 + 1, -(-number // length))
    return np.concatenate([meter.residuals[s : s + length] for s in starts])[:number]


def run(
    meter: RealMeter,
    baseline_months: int,
    reporting_months: Sequence[int],
    weeks: int,
    draws: int,
    seed: int,
    methods: Sequence[str] = METHODS,
) -> dict[int, Cell]:
    """Draw meters with a planted saving and count.

    The saving is a share of what would have been used, so that the error of its estimate, and the interval, are the
    same whatever its size: one set of draws serves all planted savings.

    Args:
        meter: whose days and residuals.
        baseline_months: length of the baseline.
        reporting_months: lengths of the reporting period, each following the baseline.
        weeks: length of the blocks of residuals.
        draws: how many meters.
        seed: of the generator.
        methods: which to try; the first five are those of the forecast.

    Returns:
        A cell for each reporting length.
    """
    rng = np.random.default_rng([seed, weeks, baseline_months])
    before_days, after_days = round(baseline_months * MONTH), [round(m * MONTH) for m in reporting_months]
    before = meter.days(0, before_days)
    afters = [meter.days(before_days, d) for d in after_days]
    cells = {m: Cell() for m in reporting_months}
    first = before.start[0]
    for draw in range(draws):
        errors = noise(meter, before_days + max(after_days), weeks, rng)
        drawn = _noisy(before, errors, first)
        try:
            baseline = fit_baseline(drawn, meter.form)
        except EnergycalcError:
            for cell in cells.values():
                for method in methods:
                    cell.refused[method] += 1
            continue
        for months, after in zip(reporting_months, afters, strict=True):
            _count(cells[months], baseline, _noisy(after, errors, first), months, methods, seed + draw)
    return cells


def _noisy(periods: Periods, errors: Floats, first: np.datetime64) -> Periods:
    place = ((periods.start - first) / np.timedelta64(1, "D")).astype(np.int64)
    return replace(periods, energy=periods.energy + errors[place])


def _count(cell: Cell, baseline: Baseline, unsaved: Periods, months: int, methods: Sequence[str], seed: int) -> None:
    would_be = math.fsum(unsaved.energy)
    estimate = math.fsum(baseline.predict(unsaved)) - would_be  # of a saving that is zero
    cell.error.append(estimate / would_be)
    for method in methods:
        try:
            half, needed = _half_width(method, baseline, unsaved, months, seed)
        except EnergycalcError:
            cell.refused[method] += 1
            continue
        cell.held[method].append(abs(estimate) <= half)
        cell.half_width[method].append(half / would_be)
        if method == METHODS[0]:
            for planted in SAVINGS:
                cell.proved[planted].append(abs(estimate + planted * would_be) > needed)


def _half_width(method: str, baseline: Baseline, unsaved: Periods, months: int, seed: int) -> tuple[float, float]:
    """Half of the interval, and what a saving needs to be told from zero."""
    if method in get_args(Method):
        saving = avoided_energy(baseline, unsaved, confidence=CONFIDENCE, method=method)  # type: ignore[arg-type]
        return saving.half_width, saving.smallest_distinguishable
    if method == "bootstrap":
        drawn = bootstrap_interval(baseline, unsaved, confidence=CONFIDENCE, draws=300, seed=seed)
        return (drawn.interval[1] - drawn.interval[0]) / 2, math.nan
    fit = baseline.fit
    found = fractional_uncertainty(
        fraction=1.0,
        observations=fit.observations,
        parameters=fit.parameters,
        reporting_observations=len(unsaved),
        mean_energy=fit.mean_response,
        residual_sum_of_squares=fit.residual_sum_of_squares,
        confidence=CONFIDENCE,
        form="A" if method.endswith("_a") else "B",
        correlation=lag_one(fit.residuals, positions_of(baseline.periods)).pearson,
        multiplier=savings_multiplier("day", months),
    )
    return found.half_width(math.fsum(baseline.predict(unsaved))), math.nan


@dataclass(frozen=True)
class Task:
    """One meter and baseline length, for a process of its own."""

    folder: Path
    meter: str
    baseline_months: int
    reporting_months: tuple[int, ...]
    weeks: int
    draws: int
    seed: int
    methods: tuple[str, ...]


def run_task(task: Task) -> dict[int, Cell]:
    """Read the meter and run its draws."""
    meter = next(each for each in meters(task.folder) if each.name == task.meter)
    return run(meter, task.baseline_months, task.reporting_months, task.weeks, task.draws, task.seed, task.methods)
