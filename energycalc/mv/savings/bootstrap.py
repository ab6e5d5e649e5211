"""Interval of a saving by drawing whole weeks of residuals again and again (moving-block bootstrap).

A second opinion that assumes no distribution: the baseline's residuals are cut into overlapping blocks of whole weeks
that begin on the same day of the week, drawn with replacement for the baseline and for the reporting period, and the
coefficients are found again for each draw. Dependence longer than a block is lost, so it errs to the narrow side.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import positions_of
from energycalc.mv.savings.forecast import residual_weights, sensitivity_design

Floats = NDArray[np.float64]
ChangePoints = Literal["as_found", "found_again"]
_PER_WEEK = {"hour": 168, "day": 7, "week": 1, "month": 1}
DRAWS = 2000
SEED = 20260101


@dataclass(frozen=True, eq=False)
class BootstrapInterval:
    """What the draws gave.

    Attributes:
        interval: low and high end of the saving.
        standard_uncertainty: standard deviation of the errors drawn.
        confidence: two-sided.
        errors: error of the saving in each draw, in the unit of the energy, shape (draws,).
        block: length of a block in periods.
        draws: how many.
        seed: of the generator (PCG64).
    """

    interval: tuple[float, float]
    standard_uncertainty: float
    confidence: float
    errors: Floats
    block: int
    draws: int
    seed: int


def bootstrap_interval(
    baseline: Baseline,
    reporting: Periods,
    *,
    confidence: float = 0.90,
    weeks: int = 4,
    draws: int = DRAWS,
    seed: int = SEED,
    change_points: ChangePoints = "as_found",
) -> BootstrapInterval:
    """Interval of an avoided energy from blocks of whole weeks of the baseline's residuals.

    Args:
        baseline: the model.
        reporting: periods after the measure, metered.
        confidence: of the two-sided interval.
        weeks: length of a block in weeks (for months: in months).
        draws: at least 100.
        seed: of the generator; the same seed gives the same interval.
        change_points: ``found_again`` looks for the change points in every draw (slow: draws × one fit); ``as_found``
            takes the model as linear in them, which is exact for all other coefficients.

    Returns:
        Saving less the quantiles of the error. Residuals are drawn enlarged by √(n/(n−p)).

    Raises:
        InputError: fewer than three blocks in the baseline, too few draws, or no such option.

    Source:
        Künsch 1989, moving blocks.
    """
    length = weeks * _PER_WEEK[baseline.periods.interval]
    source = _on_the_week(baseline)
    if draws < 100 or weeks < 1 or len(source) < 3 * length or change_points not in ("as_found", "found_again"):
        raise InputError(
            "cannot be bootstrapped like this",
            subject="bootstrap of the saving",
            value=f"{draws} draws, blocks of {length} of {len(source)} periods, change points {change_points}",
            limit="at least 100 draws and three blocks; as_found or found_again",
            next_step="Take shorter blocks or a longer baseline",
        )
    fit, own = baseline.fit, positions_of(baseline.periods)
    after = positions_of(reporting)
    places = np.concatenate([own, after]) - own[0]
    enlarged = source * math.sqrt(fit.observations / fit.degrees_of_freedom)
    drawn = _blocks(enlarged, places, length, _PER_WEEK[baseline.periods.interval], draws, seed)
    before_errors, after_errors = drawn[:, : len(own)], drawn[:, len(own) :].sum(axis=1)
    if change_points == "as_found":
        design = sensitivity_design(baseline, baseline.periods)
        through = before_errors @ residual_weights(design, sensitivity_design(baseline, reporting).sum(axis=0))
    else:
        predicted = math.fsum(baseline.predict(reporting))
        through = np.array([_refitted(baseline, reporting, error) - predicted for error in before_errors])
    errors = through - after_errors
    saving = math.fsum(baseline.predict(reporting)) - math.fsum(reporting.energy)
    low, high = np.quantile(errors, [(1 - confidence) / 2, (1 + confidence) / 2])
    return BootstrapInterval(
        (saving - float(high), saving - float(low)),
        float(errors.std(ddof=1)),
        confidence,
        errors,
        length,
        draws,
        seed,
    )


def _refitted(baseline: Baseline, reporting: Periods, error: Floats) -> float:
    """Sum predicted by the form fitted again to the fitted values with other residuals."""
    drawn = replace(baseline.periods, energy=baseline.fit.fitted + error)
    return math.fsum(fit_baseline(drawn, baseline.bound.form).predict(reporting))


def _on_the_week(baseline: Baseline) -> Floats:
    """Residuals on the full grid; a gap takes that of the same hour and day of the nearest week that has one."""
    places = positions_of(baseline.periods)
    places = places - places[0]
    grid = np.full(int(places[-1]) + 1, np.nan)
    grid[places] = baseline.fit.residuals
    step = _PER_WEEK[baseline.periods.interval]
    for gap in np.flatnonzero(np.isnan(grid)):
        same = np.arange(gap % step, len(grid), step)
        held = same[~np.isnan(grid[same])]
        if not len(held):
            raise InputError(
                "has no period at this time of the week, so blocks of weeks cannot be drawn",
                subject="bootstrap of the saving",
                value=f"period {int(gap)} after the first",
                limit="each time of the week at least once",
                next_step="Use longer periods",
            )
        grid[gap] = baseline.fit.residuals[np.searchsorted(places, held[np.argmin(np.abs(held - gap))])]
    return grid


def _blocks(source: Floats, places: NDArray[np.int64], length: int, step: int, draws: int, seed: int) -> Floats:
    """Residuals for the places wanted, each block taken from the same time of the week, shape (draws, places)."""
    rng = np.random.default_rng(seed)
    used, block_of = np.unique(places // length, return_inverse=True)
    starts = step * rng.integers(0, (len(source) - length) // step + 1, (draws, len(used)))
    return np.asarray(source[starts[:, block_of] + places % length])
