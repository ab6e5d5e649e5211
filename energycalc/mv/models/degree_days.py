"""Degree days of weeks and months from daily temperatures, with balance points given or searched.

A month's mean temperature hides its cold and warm days; degree days are added up day by day:
heating Σ max(balance − T, 0), cooling Σ max(T − balance, 0), in degrees times days.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.columns import driver_of
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods

Floats = NDArray[np.float64]
Kind = Literal["heating", "cooling", "both"]
LEAST_DAYS = 10
"""Fewest days with degree days in the baseline for a balance point that is tried (CalTRACK 2.0)."""


@dataclass(frozen=True, eq=False)
class DegreeDayModel:
    """A model of degree days with the balance points that were chosen.

    Attributes:
        baseline: the model, with the degree days as drivers.
        heating: balance point below which heating is counted, if there is one.
        cooling: balance point above which cooling is counted, if there is one.
    """

    baseline: Baseline
    heating: float | None
    cooling: float | None

    def periods(self, periods: Periods, days: Periods, temperature: str) -> Periods:
        """Other periods with the same degree days as drivers, ready for ``baseline.predict``."""
        return with_degree_days(periods, days, temperature, heating=self.heating, cooling=self.cooling)


def with_degree_days(
    periods: Periods,
    days: Periods,
    temperature: str,
    *,
    heating: float | None = None,
    cooling: float | None = None,
) -> Periods:
    """Add ``heating degree days`` and ``cooling degree days`` to the drivers of weeks or months.

    Args:
        periods: weeks, months or bills in whole days.
        days: daily periods with the temperature; every day of ``periods`` must be there.
        temperature: its name among the drivers of ``days``, a daily mean.
        heating: balance point of heating, in the temperature's unit.
        cooling: balance point of cooling.

    Returns:
        The periods with the further drivers, in degrees times days.

    Raises:
        InputError: ``days`` are no days, a day is missing, or no balance point is given.
    """
    t, first, last = _by_period(periods, days, temperature)
    if heating is None and cooling is None:
        raise InputError(
            "no balance point is given",
            subject="degree days",
            next_step="Give the balance point of heating, of cooling, or both",
        )
    drivers, units = dict(periods.drivers), dict(periods.driver_units)
    for name, balance, sign in (("heating", heating, -1.0), ("cooling", cooling, 1.0)):
        if balance is not None:
            drivers[f"{name} degree days"] = _sums(np.maximum(sign * (t - balance), 0), first, last)
            units[f"{name} degree days"] = f"{days.driver_units.get(temperature, '')} d".strip()
    return replace(periods, drivers=drivers, driver_units=units)


def fit_degree_days(
    periods: Periods,
    days: Periods,
    temperature: str,
    balance_points: Sequence[float],
    kind: Kind = "both",
    linear: tuple[str, ...] = (),
) -> DegreeDayModel:
    """Try every balance point of a list and keep those with the least sum of squares and slopes above zero.

    With one balance point it is taken as given and costs no degree of freedom; a searched one counts as a parameter.

    Args:
        periods: the baseline, weeks or months.
        days: daily periods with the temperature.
        temperature: its name.
        balance_points: to try, in the temperature's unit; CalTRACK 2.0 steps by no more than 3 °F.
        kind: degree days of heating, of cooling, or both (heating below cooling).
        linear: other drivers.

    Returns:
        The model.

    Raises:
        InputError: no balance point has ten days with degree days and a slope above zero.
    """
    t, _, _ = _by_period(periods, days, temperature)
    points = sorted({float(each) for each in balance_points})
    cold = [b for b in points if np.count_nonzero(t < b) >= LEAST_DAYS]
    warm = [b for b in points if np.count_nonzero(t > b) >= LEAST_DAYS]
    tried: list[tuple[float | None, float | None]] = [(b, None) for b in cold] if kind == "heating" else []
    tried += [(None, b) for b in warm] if kind == "cooling" else []
    tried += [(h, c) for h, c in itertools.product(cold, warm) if h <= c] if kind == "both" else []
    searched = (len(points) > 1) * (2 if kind == "both" else 1)
    best: DegreeDayModel | None = None
    for heating, cooling in tried:
        given = with_degree_days(periods, days, temperature, heating=heating, cooling=cooling)
        names = tuple(name for name in given.drivers if name.endswith("degree days") and name not in periods.drivers)
        form = Form("linear", linear=(*linear, *names), found_before=searched)
        baseline = fit_baseline(given, form)
        slopes = baseline.fit.coefficients[-len(names) :]
        rss = baseline.fit.residual_sum_of_squares
        if (slopes > 0).all() and (best is None or rss < best.baseline.fit.residual_sum_of_squares):
            best = DegreeDayModel(baseline, heating, cooling)
    if best is None:
        raise InputError(
            "no balance point has enough days and slopes above zero",
            subject=f"degree days of {kind}",
            value=f"{len(points)} balance points, temperatures from {t.min():g} to {t.max():g}",
            limit=f"{LEAST_DAYS} days with degree days; energy rises with them",
            next_step="Use a simpler form, or other balance points",
        )
    return best


def _by_period(
    periods: Periods, days: Periods, temperature: str
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Temperatures of the days, and the first day and the day after the last of each period."""
    if days.interval != "day" or periods.interval in ("hour", "day"):
        raise InputError(
            "degree days are added up from days to weeks or months",
            subject="degree days",
            value=f"from each {days.interval} to each {periods.interval}",
            next_step="For days, use 3PC, 3PH or 5P with the change points given",
        )
    t = driver_of(days, temperature)
    first = np.searchsorted(days.start, periods.start)
    last = np.searchsorted(days.start, periods.end)
    wanted = np.round(periods.hours / 24).astype(np.int64)
    short = last - first != wanted
    if short.any():
        i = int(np.argmax(short))
        raise InputError(
            "has days without a temperature",
            subject=f"{periods.interval} from {periods.start[i].astype('datetime64[D]')}",
            value=f"{last[i] - first[i]} of {wanted[i]} days",
            limit="every day: degree days of a part are not those of the whole",
            next_step="Fill the days from another station, or leave the period out with its reason",
        )
    return t, first, last


def _sums(values: Floats, first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
    total = np.append(0.0, np.cumsum(values))
    return np.asarray(total[last] - total[first])
