"""What a page shows of a meter and of residuals, computed here so that the pages only place it.

A load by day and hour, a duration curve over the share of time, residuals with their autocorrelation, histogram and
normal scores. Plain arrays with the unit beside them; nothing here enters a saving.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.metering import MeterSeries
from energycalc.metering.profile import working_days
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.columns import Shift, shift_of
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import Positions, autocovariances

Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]

POINTS = 1500
"""Points of a duration curve that are kept; more cannot be told apart on paper."""
MOST_BINS = 40
"""Most bins of a histogram of residuals; a few far ones would ask for hundreds."""
WHITE_NOISE = 0.95
"""Share of the autocorrelations of a white noise that lie within the bounds drawn."""


@dataclass(frozen=True, eq=False)
class DayByHour:
    """Mean load of each hour of each day.

    Attributes:
        days: every calendar day from the first to the last, without holes.
        load: mean load by day and hour, shape (days, 24); NaN where nothing was read.
        unit: ``kW``, or the unit of a volume per hour.
    """

    days: NDArray[np.datetime64]
    load: Floats
    unit: str


def load_unit(series: MeterSeries) -> str:
    """Unit of the load of a meter: ``kW``, or its volume per hour."""
    return "kW" if series.kind_of_amount == "energy" else f"{series.unit}/h"


def day_by_hour(series: MeterSeries) -> DayByHour:
    """Mean load by calendar day and hour of the clock; the hour of a slot is the one it starts in.

    Args:
        series: a meter with slots of an hour or less.

    Returns:
        The table; an hour whose slots were read in part is the mean of the read ones.

    Raises:
        InputError: the slots are longer than an hour, so they have no hour.
    """
    if series.layout.interval_seconds > 3600:
        raise InputError(
            "the slots are longer than an hour",
            subject=series.layout.subject,
            value=f"slots of {series.layout.interval}",
            limit="a load by hour of the day needs slots of an hour or less",
            next_step="Take the file with hourly or 15-minute slots, or leave the hours out",
        )
    start = series.interval_start.astype("datetime64[s]")
    day = start.astype("datetime64[D]")
    days = np.arange(day[0], day[-1] + 1)
    hour = (start - day).astype(np.int64) // 3600
    place = (day - day[0]).astype(np.int64) * 24 + hour
    count = np.bincount(place, minlength=len(days) * 24)
    load = series.amount / series.layout.interval_hours
    total = np.bincount(place, weights=load, minlength=len(days) * 24)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(count > 0, total / count, np.nan)
    return DayByHour(days, mean.reshape(len(days), 24), load_unit(series))


@dataclass(frozen=True, eq=False)
class DurationCurve:
    """Loads from the highest to the lowest with the share of the read time in which each is reached or exceeded.

    Attributes:
        share: share of the time, above 0 to 1, increasing.
        load: load that is reached in this share, decreasing.
        unit: ``kW``, or the unit of a volume per hour.
        hours: hours read.
        mean: mean load of these hours.
    """

    share: Floats
    load: Floats
    unit: str
    hours: float
    mean: float


def duration_curve(series: MeterSeries, points: int = POINTS) -> DurationCurve:
    """The load duration curve over the share of time, so that periods of unlike length lie on one axis.

    Args:
        series: the meter.
        points: most points kept, spread evenly over the sorted slots; the first and last are always kept.
    """
    load = np.sort(series.amount / series.layout.interval_hours)[::-1]
    share = np.arange(1, len(load) + 1, dtype=np.float64) / len(load)
    kept = np.unique(np.linspace(0, len(load) - 1, min(len(load), points)).astype(np.int64))
    hours = len(load) * series.layout.interval_hours
    return DurationCurve(share[kept], load[kept], load_unit(series), hours, float(load.mean()))


@dataclass(frozen=True, eq=False)
class ResidualView:
    """What residuals look like.

    Attributes:
        autocorrelation: correlation of the residuals with themselves 1, 2, ... periods later.
        bound: a white noise of as many values stays within ± this, each lag for itself, in 95 % of the cases.
        edges: edges of the histogram's bins, in the unit of the residuals.
        counts: residuals in each bin.
        normal_counts: how many a normal distribution of the same standard deviation would have in each bin.
        scores: normal quantiles that belong to the sorted residuals.
        ordered: the residuals from the smallest to the largest.
        standard_deviation: root mean square of the residuals (their mean is taken as 0).
    """

    autocorrelation: Floats
    bound: float
    edges: Floats
    counts: Floats
    normal_counts: Floats
    scores: Floats
    ordered: Floats
    standard_deviation: float


def residual_view(residuals: Floats, lags: int, positions: Positions | None = None) -> ResidualView:
    """Autocorrelation, histogram and normal scores of residuals.

    The autocorrelation is the one usual on a chart, r_k = Σ e_t·e_(t+k) / Σ e² with e about its own mean: the sum above
    has fewer terms than the one below, so long lags are drawn towards 0. Normal scores are those of
    ``scipy.stats.probplot`` (Filliben's medians of the order statistics).

    Args:
        residuals: metered minus fitted, in the order of time.
        lags: how many lags; fewer are given where there are fewer residuals than that.
        positions: place of each period on the grid of its interval; pairs across a gap do not count.

    Raises:
        InputError: there are fewer than three residuals, or all of them are equal.
    """
    from scipy.stats import norm, probplot

    n = len(residuals)
    centred = residuals - residuals.mean() if n else residuals
    square = float(centred @ centred)
    if n < 3 or not square > 0:
        raise InputError(
            "the residuals have no spread to look at",
            subject="residuals",
            value=f"{n} values",
            limit="three or more, not all equal",
            next_step="Look at the periods of the baseline",
        )
    reach = min(lags, n - 2)
    covariances = autocovariances(centred, reach, positions)
    wanted = len(np.histogram_bin_edges(residuals, "auto")) - 1
    counts, edges = np.histogram(residuals, bins=min(wanted, MOST_BINS))
    deviation = float(np.sqrt(np.mean(residuals**2)))
    expected = n * np.diff(norm.cdf(edges / deviation))
    scores, ordered = probplot(residuals, fit=False)
    return ResidualView(
        autocorrelation=covariances[1:] / covariances[0],
        bound=float(norm.ppf((1 + WHITE_NOISE) / 2) / np.sqrt(n)),
        edges=edges,
        counts=counts.astype(np.float64),
        normal_counts=expected,
        scores=scores,
        ordered=ordered,
        standard_deviation=deviation,
    )


def group_labels(calendar: Calendar | None, shifts: Sequence[Shift], periods: Periods) -> tuple[str, list[str]]:
    """Shift, day type or part of the week of each period, by which a saving is told apart.

    Args:
        calendar: of the plant; without one, Monday to Friday and the weekend are told apart.
        shifts: of the plant; they count for periods of an hour, with a calendar.
        periods: of an hour or a day.

    Returns:
        ``shift``, ``day_type`` or ``part_of_week``, and the label of each period.
    """
    if calendar is not None and shifts and periods.interval == "hour":
        return "shift", [name or "outside_shifts" for name in shift_of(periods, calendar, tuple(shifts)).tolist()]
    if calendar is not None:
        return "day_type", [str(name) for name in calendar.day_types(periods.start)]
    weekday = working_days(periods.start.astype("datetime64[D]"))
    return "part_of_week", ["monday_to_friday" if each else "weekend" for each in weekday]
