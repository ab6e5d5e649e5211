"""Change points of a temperature model where the sum of squares is least: the exact minimum, not one of a grid.

Between two neighbouring temperatures the same points lie beyond a change point, so the model is linear there and its
minimum is known in closed form: either inside the gap, or at one of its ends. All gaps are compared.

Convention: every piece holds at least ``minimum_points`` points at or beyond its change point.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.regression.orthogonal import orthonormal

Floats = NDArray[np.float64]
Accept = Callable[[Floats, Floats], NDArray[np.bool_]]
"""Which pairs of (coefficient of the last base column, slope beyond the change point) are allowed."""


@dataclass(frozen=True)
class Found:
    """Change points (ascending) and the sum of squared residuals there."""

    change_points: tuple[float, ...]
    residual_sum_of_squares: float


@dataclass(frozen=True, eq=False)
class Projected:
    """What remains of the response without the base columns.

    Attributes:
        q: orthonormal columns that span the base, (n, q).
        rest: the response without its part in the base, (n,).
        q_response: products of q and the response, (q,).
        last: the length of the last base column that the others do not explain.
    """

    q: Floats
    rest: Floats
    q_response: Floats
    last: float


@dataclass(frozen=True, eq=False)
class GapSums:
    """For each gap between neighbouring temperatures: products of 1 and T of the points above it, without the base."""

    values: Floats  # the distinct temperatures, ascending, (d,)
    aa: Floats  # (d − 1,), like all below: indicator · indicator
    at: Floats
    tt: Floats
    ya: Floats
    yt: Floats
    qa: Floats  # (d − 1, q)
    qt: Floats
    enough: NDArray[np.bool_]  # enough points on both sides


def one_change_point(
    temperature: Floats, response: Floats, base: Floats, minimum_points: int, accept: Accept | None = None
) -> Found | None:
    """Find c with the least SSE of response = base · b + β·max(temperature − c, 0).

    Args:
        temperature: driver with the change point, shape (n,).
        response: energy, shape (n,).
        base: columns of the model without change point (constant, drivers), shape (n, q).
        minimum_points: least number of points on either side.
        accept: which slopes are allowed; takes (coefficient of the last base column, β) of many candidates.

    Returns:
        The change point, or None where no candidate has enough points and allowed slopes.
    """
    centre, spread = float(temperature.mean()), float(temperature.std())
    if spread == 0:
        return None
    t = (temperature - centre) / spread
    projected = project(base, response)
    slopes: Accept | None = (lambda left, slope: accept(left, slope / spread)) if accept else None
    found = best_of_gaps(gap_sums(t, projected, minimum_points), projected, slopes)
    return found and Found(in_driver_units(found.change_points, t, temperature), found.residual_sum_of_squares)


def in_driver_units(change_points: tuple[float, ...], t: Floats, temperature: Floats) -> tuple[float, ...]:
    """Change points of the standardised t in the temperature's units; at a measured value it is that value."""
    centre, spread = float(temperature.mean()), float(temperature.std())
    nearest = [int(np.argmin(np.abs(t - c))) for c in change_points]
    return tuple(
        float(temperature[k]) if abs(t[k] - c) <= 1e-13 * max(1.0, abs(c)) else c * spread + centre
        for k, c in zip(nearest, change_points, strict=True)
    )


def project(base: Floats, response: Floats) -> Projected:
    """Take the base columns out of the response.

    Raises:
        InputError: the base columns hang together.
    """
    if base.shape[1] == 0:
        return Projected(base, response, np.empty(0), 1.0)
    q, r = orthonormal(base)
    own = np.abs(np.diag(r))
    if (own <= 1e-7 * np.sqrt((base * base).sum(axis=0))).any():
        raise InputError(
            "the columns beside the change point hang together, so their coefficients cannot be told apart",
            subject="change-point model",
            next_step="Leave one of the drivers or day types out",
        )
    inside = q.T @ response
    return Projected(q, response - q @ inside, inside, float(r[-1, -1]))


def gap_sums(t: Floats, projected: Projected, minimum_points: int) -> GapSums:
    """Add up what lies above each gap between neighbouring values of t; t standardised."""
    order = np.argsort(t, kind="stable")
    t, rest, q = t[order], projected.rest[order], projected.q[order]
    values, first = np.unique(t, return_index=True)
    above = first[1:]

    def beyond(column: Floats) -> Floats:
        return np.asarray(np.cumsum(column[::-1], axis=0)[::-1][above])

    qa, qt = beyond(q), beyond(q * t[:, None])
    count = (len(t) - above).astype(float)
    return GapSums(
        values=values,
        aa=count - (qa * qa).sum(axis=1),
        at=beyond(t) - (qa * qt).sum(axis=1),
        tt=beyond(t * t) - (qt * qt).sum(axis=1),
        ya=beyond(rest),
        yt=beyond(t * rest),
        qa=qa,
        qt=qt,
        enough=(count >= minimum_points) & (above >= minimum_points),
    )


def best_of_gaps(
    s: GapSums, projected: Projected, accept: Accept | None = None, enough: NDArray[np.bool_] | None = None
) -> Found | None:
    """The best candidate of all gaps: inside the gap, at its lower end, at its upper end."""
    allowed = s.enough if enough is None else s.enough & enough
    low, high = s.values[:-1], s.values[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        determinant = s.aa * s.tt - s.at**2
        inside = -(s.ya * s.tt - s.yt * s.at) / (s.yt * s.aa - s.ya * s.at)
        sound = (determinant > 1e-12 * np.abs(s.aa * s.tt)) & (inside > low) & (inside < high)
    total = float(projected.rest @ projected.rest)
    best: tuple[float, float] = (math.inf, math.nan)
    for c, usable in ((np.where(sound, inside, low), sound & allowed), (low, allowed), (high, allowed)):
        with np.errstate(divide="ignore", invalid="ignore"):
            length = s.tt - 2 * c * s.at + c * c * s.aa
            product = s.yt - c * s.ya
            slope = product / length
            rss = total - product * slope
            usable = usable & (length > 1e-10)
            if accept is not None:
                left = np.zeros_like(slope)
                if s.qa.shape[1]:
                    left = (projected.q_response[-1] - slope * (s.qt[:, -1] - c * s.qa[:, -1])) / projected.last
                usable &= accept(left, slope)
        if usable.any():
            k = int(np.argmin(np.where(usable, rss, np.inf)))
            if rss[k] < best[0]:
                best = (float(rss[k]), float(c[k]))
    return Found((best[1],), max(best[0], 0.0)) if math.isfinite(best[0]) else None
