"""How much of the conditions to be predicted for lies outside those of the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.columns import driver_of
from energycalc.mv.periods import Periods

STANDARD_DEVIATIONS = 3.0
"""The mean of a driver may leave the baseline's range by so many standard deviations (SEP M&V Protocol)."""


@dataclass(frozen=True, eq=False)
class DriverCoverage:
    """One driver in the baseline and in the periods to be predicted.

    Attributes:
        name: of the driver.
        low, high, mean, standard_deviation: of the baseline, in the driver's unit.
        new_low, new_high, new_mean: of the periods to be predicted.
        share_of_periods: share of the periods whose driver lies outside ``low`` to ``high``, 0 to 1.
        share_of_energy: share of the predicted energy in these periods.
        mean_outside: whether the mean lies outside the range and outside the mean ± 3 standard deviations.
    """

    name: str
    low: float
    high: float
    mean: float
    standard_deviation: float
    new_low: float
    new_high: float
    new_mean: float
    share_of_periods: float
    share_of_energy: float
    mean_outside: bool


@dataclass(frozen=True, eq=False)
class Extrapolation:
    """What a prediction rests on.

    Attributes:
        drivers: each driver of the model.
        outside: periods in which at least one driver lies outside the baseline's range, shape (n,).
        share_of_periods: their share, 0 to 1.
        share_of_energy: share of the predicted energy in them.
    """

    drivers: tuple[DriverCoverage, ...]
    outside: NDArray[np.bool_]
    share_of_periods: float
    share_of_energy: float


def extrapolation(baseline: Baseline, periods: Periods) -> Extrapolation:
    """Compare the drivers of the periods with those of the baseline; nothing is cut off or refused.

    Args:
        baseline: the model.
        periods: to be predicted for.

    Returns:
        The record; shares of energy are of the predicted energy.

    Source:
        SEP M&V Protocol for Industry: mean of a variable inside the model's range or within 3 standard deviations.
    """
    predicted = baseline.predict(periods)
    outside = np.zeros(len(periods), dtype=np.bool_)
    found: list[DriverCoverage] = []
    for name in baseline.bound.form.drivers:
        old, new = driver_of(baseline.periods, name), driver_of(periods, name)
        low, high, middle, spread = float(old.min()), float(old.max()), float(old.mean()), float(old.std(ddof=1))
        beyond = (new < low) | (new > high)
        outside |= beyond
        mean = float(new.mean())
        found.append(
            DriverCoverage(
                name=name,
                low=low,
                high=high,
                mean=middle,
                standard_deviation=spread,
                new_low=float(new.min()),
                new_high=float(new.max()),
                new_mean=mean,
                share_of_periods=float(beyond.mean()),
                share_of_energy=_share(predicted, beyond),
                mean_outside=not low <= mean <= high and abs(mean - middle) > STANDARD_DEVIATIONS * spread,
            )
        )
    return Extrapolation(tuple(found), outside, float(outside.mean()), _share(predicted, outside))


def _share(energy: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    total = float(np.abs(energy).sum())
    return float(np.abs(energy[mask]).sum()) / total if total > 0 else float(mask.mean())


def range_table(baseline: Baseline) -> Sequence[tuple[str, float, float]]:
    """Name, smallest and largest value of each driver of the model in the baseline: where it may be used."""
    return [
        (name, float(column.min()), float(column.max()))
        for name in baseline.bound.form.drivers
        for column in [driver_of(baseline.periods, name)]
    ]
