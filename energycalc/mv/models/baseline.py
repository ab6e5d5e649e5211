"""A baseline model: a form, its change points, its coefficients, and the periods they were found from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.change_point_pairs import two_change_points
from energycalc.mv.models.change_points import Accept, Found, one_change_point
from energycalc.mv.models.columns import Column, driver_of
from energycalc.mv.models.forms import CHANGE_POINTS, LEAST_POINTS, BoundForm, Form, level_columns
from energycalc.mv.models.time_of_week import equal_count_knots, occupied_times
from energycalc.mv.periods import Periods
from energycalc.mv.regression.least_squares import LinearFit, least_squares

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Baseline:
    """A fitted model.

    Attributes:
        bound: the form with its change points.
        fit: coefficients and residuals, in the unit of the energy.
        periods: the baseline periods.
    """

    bound: BoundForm
    fit: LinearFit
    periods: Periods

    def predict(self, periods: Periods) -> Floats:
        """Energy that the model expects at the conditions of these periods, shape (n,), unit of the baseline.

        Nothing is checked about the range of the drivers here: :func:`energycalc.mv.models.coverage.extrapolation` says
        how much of it lies outside the baseline.

        Raises:
            InputError: a driver is missing, the interval is another one, or a day type is new.
        """
        return np.asarray(self.bound.design(periods) @ self.fit.coefficients)


def fit_baseline(periods: Periods, form: Form) -> Baseline:
    """Find the change points with the least sum of squares, then all coefficients by least squares.

    Args:
        periods: the baseline periods.
        form: the model.

    Returns:
        The fitted model.

    Raises:
        InputError: a driver is missing or does not vary, no change point has enough points beyond it and slopes of the
            right sign, columns hang together, or there are no more periods than parameters.
    """
    bound = bind(periods, form)
    fit = least_squares(bound.design(periods), periods.energy, bound.names, extra_parameters=bound.extra_parameters)
    return Baseline(bound, fit, periods)


def bind(periods: Periods, form: Form) -> BoundForm:
    """Find from the baseline what the form leaves open: change points, knots, levels."""
    before = form.found_before
    columns = level_columns(form, periods)
    columns += [Column(name, "driver", driver=name) for name in form.linear]
    columns += [Column(each.name, "indicator", indicator=each) for each in form.indicators]
    if form.shape == "towt":
        return BoundForm(form, periods.interval, (*columns, *_segments(periods, form)), extra_parameters=before)
    if not form.shape:
        return BoundForm(form, periods.interval, tuple(columns), extra_parameters=before)
    t = str(form.temperature)
    if form.shape == "2P":
        return BoundForm(form, periods.interval, (*columns, Column(t, "driver", driver=t)), extra_parameters=before)
    points, searched = form.change_points, before
    if not points:
        base = BoundForm(form, periods.interval, tuple(columns)).design(periods)
        points = _search(periods, form, base)
        searched = before + len(points)
    below = Column(f"{t} below {points[0]:.4g}", "below", driver=t, place=0)
    above = Column(f"{t} above {points[-1]:.4g}", "above", driver=t, place=len(points) - 1)
    hinges = {"3PC": (above,), "3PH": (below,)}.get(form.shape, (below, above))
    return BoundForm(form, periods.interval, (*columns, *hinges), points, extra_parameters=searched)


def _search(periods: Periods, form: Form, base: Floats) -> tuple[float, ...]:
    t, y = driver_of(periods, str(form.temperature)), periods.energy
    least = form.least_points or LEAST_POINTS[periods.interval]
    rising: Accept | None = (lambda _, slope: slope > 0) if form.physical_slopes else None
    found: Found | None
    if form.shape == "3PC":
        found = one_change_point(t, y, base, least, rising)
    elif form.shape == "3PH":
        mirrored = one_change_point(-t, y, base, least, rising)
        found = mirrored and Found((-mirrored.change_points[0],), mirrored.residual_sum_of_squares)
    elif form.shape == "4P":
        found = one_change_point(t, y, np.column_stack([base, t]), least) if np.ptp(t) > 0 else None
    else:
        found = two_change_points(t, y, base, least, form.physical_slopes)
    if found is None:
        signs = " and slopes of the right sign" if form.physical_slopes and form.shape != "4P" else ""
        raise InputError(
            f"there is no change point with {least} points or more in each piece{signs}",
            subject=f"form {form.title}",
            value=f"{len(t)} periods, {len(np.unique(t))} different values from {t.min():g} to {t.max():g}",
            limit=f"{least} points at or beyond a change point; {CHANGE_POINTS[form.shape]} change points",
            next_step="Use a simpler form",
        )
    return tuple(float(c) for c in found.change_points)


def _segments(periods: Periods, form: Form) -> list[Column]:
    """Piecewise-linear temperature, each for occupied and for other times."""
    name = str(form.temperature)
    knots = tuple(equal_count_knots(driver_of(periods, name)).tolist())
    slots = {int(column.label) for column in level_columns(form, periods)}
    occupied = form.occupied if form.occupied is not None else occupied_times(periods, name, form.comfort)
    others = tuple(sorted(slots - set(occupied)))
    groups = [("occupied", tuple(occupied)), ("unoccupied", others)] if occupied and others else [("", ())]
    return [
        Column(
            f"{name} segment {k + 1}{', ' if group else ''}{group}",
            "segment",
            driver=name,
            place=k,
            knots=knots,
            only=only,
        )
        for group, only in groups
        for k in range(len(knots) + 1)
    ]
