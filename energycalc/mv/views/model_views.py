"""What a page shows of a baseline model and of a saving: plain arrays, computed here so that the pages only place them.

Each record is one figure. All energies of a record have the one unit that it names; half-widths are those of a
two-sided interval at ``confidence``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import autoregressive_autocovariances, positions_of, variance_of_sum
from energycalc.mv.savings.forecast import forecast_uncertainty, sensitivity_design
from energycalc.mv.savings.saving import Saving
from energycalc.quantity.gum import coverage_factor

Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class EnergyOverTime:
    """Metered energy and the energy the baseline model expects, period by period or as means of longer intervals.

    Attributes:
        start: start of each interval.
        end: end of each interval, not included.
        metered: metered energy of a period, mean of the periods of the interval.
        expected: energy by the baseline model at their conditions, likewise a mean.
        half_width: half-width of the interval of a new observation around ``expected``.
        reporting: whether the interval belongs to the reporting period.
        interval: ``hour``, ``day``, ``week`` or ``month``: what is joined in one point.
        own_interval: length of one period of the model, to which the energies belong.
        baseline: first and last moment of the baseline period.
        reported: first and last moment of the reporting period.
        unit: of all energies.
        confidence: of the half-widths.
    """

    start: Times
    end: Times
    metered: Floats
    expected: Floats
    half_width: Floats
    reporting: Mask
    interval: str
    own_interval: str
    baseline: tuple[np.datetime64, np.datetime64]
    reported: tuple[np.datetime64, np.datetime64]
    unit: str
    confidence: float


@dataclass(frozen=True, eq=False)
class ModelCurve:
    """The fitted model along the main driver, the other drivers at their baseline means.

    Attributes:
        label: group of periods the curve is for (a day type); empty where there is one curve.
        x: driver.
        mean: fitted energy.
        confidence_half: half-width of the interval of the model's mean.
        prediction_half: half-width of the interval of one new observation.
    """

    label: str
    x: Floats
    mean: Floats
    confidence_half: Floats
    prediction_half: Floats


@dataclass(frozen=True, eq=False)
class ModelScatter:
    """Energy against the main driver, before and after, with the fitted model.

    Attributes:
        driver: name of the driver.
        driver_unit: its unit.
        baseline_x: driver in the baseline periods.
        baseline_y: energy in them, brought to the mean of the other drivers by the model.
        reporting_x: driver in the reporting periods.
        reporting_y: energy in them, brought to the same conditions.
        curves: the model.
        driver_range: smallest and largest driver of the baseline; outside of it the model extrapolates.
        others: drivers that were brought to their baseline means.
        interval: length of a period.
        unit: of all energies.
        confidence: of the bands.
    """

    driver: str
    driver_unit: str
    baseline_x: Floats
    baseline_y: Floats
    reporting_x: Floats
    reporting_y: Floats
    curves: tuple[ModelCurve, ...]
    driver_range: tuple[float, float]
    others: tuple[str, ...]
    interval: str
    unit: str
    confidence: float


@dataclass(frozen=True, eq=False)
class CumulativeSaving:
    """Expected less metered energy, added up from the start of the reporting period, with the baseline before it.

    Attributes:
        end: end of each period.
        saving: sum of expected minus metered energy up to the end of the period; in the baseline it is added up from
            the baseline's first period, and starts again from 0 with the reporting period.
        half_width: half-width of the interval of the sum; NaN in the baseline, whose residuals the model has seen.
        reporting: whether the period belongs to the reporting period.
        changes: moments at which the mean of the residuals changes.
        unit: of the energies.
        confidence: of the half-widths.
    """

    end: Times
    saving: Floats
    half_width: Floats
    reporting: Mask
    changes: tuple[np.datetime64, ...]
    unit: str
    confidence: float


@dataclass(frozen=True)
class GroupSaving:
    """Energy of one group of reporting periods (a shift, a day type) by the baseline model and by the meter.

    Attributes:
        label: name of the group.
        periods: number of periods in it.
        expected: energy by the baseline model.
        metered: metered energy.
        saving: expected minus metered.
        half_width: half-width of the interval of the saving.
    """

    label: str
    periods: int
    expected: float
    metered: float
    saving: float
    half_width: float


@dataclass(frozen=True)
class MonthSaving:
    """The periods of a saving that start in one month.

    Attributes:
        first: first day of the month.
        periods: number of periods that start in it.
        modelled: energy by the model.
        metered: energy by the meter (or by the other model).
    """

    first: np.datetime64
    periods: int
    modelled: float
    metered: float


POINTS = 200
"""Most points of a curve over time that can be told apart; longer intervals are joined until there are no more."""
LONGER = {"hour": "day", "day": "week", "week": "month"}
GREATEST_ORDER = 14
"""Greatest order of the autoregression behind the band of joined periods: two weeks of days."""


def energy_over_time(baseline: Baseline, reporting: Periods, confidence: float) -> EnergyOverTime:
    """Metered and expected energy of baseline and reporting periods, joined to at most ``POINTS`` intervals if need be.

    The band is that of new observations: the variance of the model's mean with independent residuals, and the variance
    of the mean of the interval's own residuals as the autoregression of the baseline's residuals has it.

    Args:
        baseline: the model with its periods.
        reporting: periods after the measure.
        confidence: of the band, two-sided, above 0 and below 1.
    """
    fit = baseline.fit
    interval: str = reporting.interval
    while interval in LONGER and _joints(baseline.periods, interval) + _joints(reporting, interval) > POINTS:
        interval = LONGER[interval]
    reach = {"hour": 1, "day": 24, "week": 24 * 7, "month": 24 * 31}[interval]
    series, _ = autoregressive_autocovariances(
        fit.residuals,
        reach,
        greatest_order=min(GREATEST_ORDER, fit.observations // 4),
        parameters=fit.parameters,
        positions=positions_of(baseline.periods),
    )
    factor = coverage_factor(confidence, fit.degrees_of_freedom)
    parts = [_joined(baseline, p, interval, series, factor) for p in (baseline.periods, reporting)]
    columns = [np.concatenate(pair) for pair in zip(*parts, strict=True)]
    count = len(parts[0][0])
    return EnergyOverTime(
        start=columns[0],
        end=columns[1],
        metered=columns[2],
        expected=columns[3],
        half_width=columns[4],
        reporting=np.arange(len(columns[0])) >= count,
        interval=interval,
        own_interval=reporting.interval,
        baseline=(baseline.periods.start[0], baseline.periods.end[-1]),
        reported=(reporting.start[0], reporting.end[-1]),
        unit=reporting.unit,
        confidence=confidence,
    )


def _key(periods: Periods, interval: str) -> NDArray[np.int64]:
    """A number for each period that is the same for all periods of one longer interval."""
    start = periods.start
    if interval == "month":
        return start.astype("datetime64[M]").astype(np.int64)
    day = start.astype("datetime64[D]").astype(np.int64)
    if interval == "week":
        return (day + 3) // 7  # 1970-01-01 was a Thursday, weeks begin on Monday
    return day if interval == "day" else np.arange(len(start))


def _joints(periods: Periods, interval: str) -> int:
    return len(np.unique(_key(periods, interval)))


def _joined(
    baseline: Baseline, periods: Periods, interval: str, series: Floats, factor: float
) -> tuple[Times, Times, Floats, Floats, Floats]:
    """Start, end, mean metered and expected energy and half-width of each interval."""
    _, first, place, count = np.unique(
        _key(periods, interval), return_index=True, return_inverse=True, return_counts=True
    )
    design = baseline.bound.design(periods)
    sums = np.zeros((len(count), design.shape[1]))
    np.add.at(sums, place, design)
    model = np.einsum("ij,jk,ik->i", sums, baseline.fit.covariance, sums)
    positions = positions_of(periods)
    own = np.array(
        [
            variance_of_sum(np.ones(n), positions[begin : begin + n], series)
            for begin, n in zip(first, count, strict=True)
        ]
    )
    last = first + count - 1
    metered = np.bincount(place, weights=periods.energy) / count
    expected = np.bincount(place, weights=baseline.predict(periods)) / count
    return periods.start[first], periods.end[last], metered, expected, factor * np.sqrt(model + own) / count


def cumulative_saving(
    baseline: Baseline, reporting: Periods, half_width: float, confidence: float, changes: Sequence[np.datetime64] = ()
) -> CumulativeSaving:
    """The running sum of expected minus metered energy, its interval growing to the one of the whole sum.

    The half-width after i periods is the final one times √((i + hᵢ)/(m + hₘ)), where h is what the coefficients
    contribute to the sum of the first i predictions, in units of the residuals' variance.

    Args:
        baseline: the model with its periods.
        reporting: periods after the measure.
        half_width: half-width of the interval of the whole sum, in the unit of the energies.
        confidence: of the half-width.
        changes: moments at which the mean of the residuals changes.
    """
    before = np.cumsum(-baseline.fit.residuals)
    after = np.cumsum(baseline.predict(reporting) - reporting.energy)
    inverse = np.linalg.pinv(sensitivity_design(baseline, baseline.periods))
    sums = np.cumsum(sensitivity_design(baseline, reporting), axis=0) @ inverse
    growth = np.arange(1, len(reporting) + 1) + (sums * sums).sum(axis=1)
    return CumulativeSaving(
        end=np.concatenate([baseline.periods.end, reporting.end]),
        saving=np.concatenate([before, after]),
        half_width=np.concatenate([np.full(len(before), np.nan), half_width * np.sqrt(growth / growth[-1])]),
        reporting=np.arange(len(before) + len(after)) >= len(before),
        changes=tuple(changes),
        unit=reporting.unit,
        confidence=confidence,
    )


def saving_by_group(
    baseline: Baseline, reporting: Periods, labels: Sequence[str], confidence: float
) -> tuple[GroupSaving, ...]:
    """Expected and metered energy of each group of reporting periods, with the interval of its own saving.

    Args:
        baseline: the model.
        reporting: periods after the measure.
        labels: group of each reporting period.
        confidence: of the half-widths.

    Returns:
        One record for each group, in the order in which the groups first appear.
    """
    named, expected = np.asarray(labels), baseline.predict(reporting)
    found = []
    for label in dict.fromkeys(labels):
        mask = named == label
        part = reporting.chosen(mask)
        half = forecast_uncertainty(baseline, [(part, 1.0)], metered=True).expanded(confidence)
        model, metered = float(expected[mask].sum()), float(part.energy.sum())
        found.append(GroupSaving(label, len(part), model, metered, model - metered, half))
    return tuple(found)


def saving_by_month(saving: Saving) -> tuple[MonthSaving, ...]:
    """Model and meter by month, without adjustments; months without a period are left out."""
    month = saving.period_start.astype("datetime64[M]")
    found = []
    for first in np.unique(month):
        mask = month == first
        sums = float(saving.predicted[mask].sum()), float(saving.metered[mask].sum())
        found.append(MonthSaving(first.astype("datetime64[D]"), int(mask.sum()), *sums))
    return tuple(found)
