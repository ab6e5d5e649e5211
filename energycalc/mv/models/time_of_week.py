"""Time-of-week-and-temperature model (TOWT): knots of the temperature, and the times at which a building is occupied.

Source: J. L. Mathieu, P. N. Price, S. Kiliccote, M. A. Piette, Quantifying changes in building electricity use, with
application to demand response, IEEE Transactions on Smart Grid 2, 2011; conventions as in the package nmecr.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.columns import driver_of, time_of_week
from energycalc.mv.periods import Periods
from energycalc.mv.regression.least_squares import least_squares

Floats = NDArray[np.float64]
SEGMENTS = 6
LEAST_BEYOND = 20
"""An outer knot with fewer points beyond it is left out."""
OCCUPIED_SHARE = 0.65
"""A time of the week is occupied if more than this share of its residuals is positive."""
COMFORT = {"degF": (50.0, 65.0), "degC": (10.0, 18.333333333333332)}
"""Below and above these temperatures heating and cooling are taken to start, for telling occupied times (50, 65 °F)."""


def equal_count_knots(temperature: Floats, segments: int = SEGMENTS, least_beyond: int = LEAST_BEYOND) -> Floats:
    """Measured temperatures between segments that hold equally many points: those of rank ⌊k·n/segments⌋.

    Args:
        temperature: of the baseline periods, any unit.
        segments: number of segments before outer ones are merged.
        least_beyond: outer knots with fewer points beyond them are left out.

    Returns:
        Increasing knots, at least one, at most ``segments − 1``.
    """
    rank = np.arange(1, segments) * len(temperature) // segments
    knots = np.unique(np.sort(temperature)[rank[rank > 0] - 1])
    while len(knots) > 1 and np.count_nonzero(temperature > knots[-1]) < least_beyond:
        knots = knots[:-1]
    while len(knots) > 1 and np.count_nonzero(temperature < knots[0]) < least_beyond:
        knots = knots[1:]
    return knots


def occupied_times(
    periods: Periods, temperature: str, comfort: tuple[float, float] | None = None, share: float = OCCUPIED_SHARE
) -> tuple[int, ...]:
    """Times of the week at which the energy mostly lies above what the temperature alone explains.

    A model of heating below and cooling above the comfort temperatures is fitted to all periods; a time of the week is
    occupied if more than ``share`` of its residuals is positive.

    Args:
        periods: baseline, days or hours.
        temperature: name of the driver.
        comfort: the two temperatures, in the driver's unit; 50 and 65 °F if the unit is °F or °C.
        share: 0 to 1.

    Returns:
        Numbers of the times (days Monday 0 to Sunday 6, or hours 0 to 167); may be empty or all.

    Raises:
        InputError: the driver's unit is neither °C nor °F and no comfort temperatures are given.
    """
    t, slots = driver_of(periods, temperature), time_of_week(periods)
    low, high = comfort or _comfort(periods, temperature)
    columns = {"intercept": np.ones(len(t)), "below": np.minimum(t - low, 0), "above": np.maximum(t - high, 0)}
    used = {name: column for name, column in columns.items() if name == "intercept" or column.std() > 0}
    residuals = least_squares(np.column_stack(list(used.values())), periods.energy, list(used)).residuals
    count = np.bincount(slots)
    positive = np.bincount(slots, weights=residuals > 0, minlength=len(count))
    with np.errstate(invalid="ignore"):
        return tuple(int(slot) for slot in np.flatnonzero(positive / count > share))


def _comfort(periods: Periods, temperature: str) -> tuple[float, float]:
    unit = periods.driver_units.get(temperature, "")
    kind = {"°C": "degC", "℃": "degC", "degC": "degC", "°F": "degF", "℉": "degF", "degF": "degF"}.get(unit)
    if kind is None:
        raise InputError(
            "has no unit from which the comfort temperatures could be taken",
            subject=f"driver {temperature}",
            value=unit or "no unit",
            limit="degC or degF",
            next_step="Declare its unit, the comfort temperatures, or the occupied times",
        )
    return COMFORT[kind]
