"""The fitted model along its main driver, and the periods brought to the same other conditions, for a chart.

Along the driver everything else is averaged: the driver of all (or of one day type's) baseline periods is set to one
value and the predictions are averaged. That holds for any form; with one driver it is the model itself.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.columns import shift_of
from energycalc.mv.periods import Periods
from energycalc.mv.views.model_views import ModelCurve, ModelScatter
from energycalc.quantity.gum import coverage_factor

Floats = NDArray[np.float64]
POINTS = 60
"""Places along the driver at which the model is computed, besides its change points."""
MOST_PERIODS = 300
"""Most baseline periods over which predictions are averaged, spread evenly."""
MOST_CURVES = 4
"""Most day types or shifts with a curve of their own; more are averaged."""


def main_driver(baseline: Baseline) -> str | None:
    """The driver a chart is drawn against: the temperature, or the linear driver with the largest t; None for none."""
    form, fit = baseline.bound.form, baseline.fit
    if form.temperature is not None:
        return form.temperature
    sizes = {name: abs(float(fit.t_values[fit.names.index(name)])) for name in form.linear}
    return max(sizes, key=lambda name: sizes[name]) if sizes else None


def model_scatter(baseline: Baseline, reporting: Periods, confidence: float) -> ModelScatter | None:
    """The model along its main driver with its bands, and all periods brought to the average of everything else.

    A period's point is its residual added to the curve at its own driver, so that the distance from the curve is the
    one the saving is made of.

    Args:
        baseline: the model with its periods.
        reporting: periods after the measure.
        confidence: of the bands, two-sided, residuals taken as independent.

    Returns:
        What the chart shows; None for a model without drivers.
    """
    driver = main_driver(baseline)
    if driver is None:
        return None
    before, after = baseline.periods.drivers[driver], reporting.drivers[driver]
    labels = _labels(baseline, baseline.periods)
    own_curves = bool(labels[0]) and len(set(labels)) <= MOST_CURVES
    if not own_curves:
        labels = np.full(len(baseline.periods), "")
    low, high = min(before.min(), after.min()), max(before.max(), after.max())
    inside = [c for c in baseline.bound.change_points if low < c < high]
    grid = np.unique(np.concatenate([np.linspace(low, high, POINTS), inside]))
    curves = [_curve(baseline, driver, grid, label, labels == label, confidence) for label in dict.fromkeys(labels)]
    new_labels = _labels(baseline, reporting) if own_curves else np.full(len(reporting), "")
    form = baseline.bound.form
    others = [name for name in form.linear if name != driver]
    others += [form.levels or "time_of_week"] if not own_curves and (form.levels or form.shape == "towt") else []
    return ModelScatter(
        driver=driver,
        driver_unit=reporting.driver_units.get(driver, ""),
        baseline_x=before,
        baseline_y=baseline.fit.residuals + _along(curves, labels, before),
        reporting_x=after,
        reporting_y=reporting.energy - baseline.predict(reporting) + _along(curves, new_labels, after),
        curves=tuple(curves),
        driver_range=(float(before.min()), float(before.max())),
        others=tuple(others),
        interval=reporting.interval,
        unit=reporting.unit,
        confidence=confidence,
    )


def _labels(baseline: Baseline, periods: Periods) -> NDArray[np.str_]:
    form = baseline.bound.form
    if form.day_types is not None and periods.interval in ("day", "hour"):
        if form.levels == "day_type":
            return np.asarray(form.day_types.day_types(periods.start), dtype=np.str_)
        if form.levels == "shift":
            named = shift_of(periods, form.day_types, form.shifts)
            return np.where(named == "", "outside_shifts", named)
    return np.full(len(periods), "")


def _curve(
    baseline: Baseline, driver: str, grid: Floats, label: str, members: NDArray[np.bool_], confidence: float
) -> ModelCurve:
    fit, chosen = baseline.fit, np.flatnonzero(members)
    if len(chosen) > MOST_PERIODS:
        chosen = chosen[np.linspace(0, len(chosen) - 1, MOST_PERIODS).astype(np.int64)]
    mask = np.zeros(len(members), dtype=np.bool_)
    mask[chosen] = True
    group = baseline.periods.chosen(mask)
    rows = []
    for value in grid:
        moved = replace(group, drivers={**group.drivers, driver: np.full(len(group), value)})
        rows.append(baseline.bound.design(moved).mean(axis=0))
    design = np.array(rows)
    variance = np.einsum("ij,jk,ik->i", design, fit.covariance, design)
    factor = coverage_factor(confidence, fit.degrees_of_freedom)
    return ModelCurve(
        label=str(label),
        x=grid,
        mean=design @ fit.coefficients,
        confidence_half=factor * np.sqrt(variance),
        prediction_half=factor * np.sqrt(variance + fit.residual_variance),
    )


def _along(curves: list[ModelCurve], labels: NDArray[np.str_], x: Floats) -> Floats:
    """Height of each period's own curve at its driver."""
    found = np.zeros(len(x))
    for curve in curves:
        mine = labels == curve.label
        found[mine] = np.interp(x[mine], curve.x, curve.mean)
    return found
