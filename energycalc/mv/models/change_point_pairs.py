"""Two change points at once (5P) where the sum of squares is least: the exact minimum.

Each change point lies at a measured temperature or inside a gap between two. At a measured temperature one column (the
hinge) stands for it, inside a gap two (a free line, whose crossing with the level is the change point, if it falls into
the gap). All pairs of such places are solved in closed form at once; the best valid one is the minimum.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.models.change_points import (
    Accept,
    Floats,
    Found,
    GapSums,
    best_of_gaps,
    gap_sums,
    in_driver_units,
    project,
)

LARGEST_EXACT = 800
"""Up to so many distinct temperatures all pairs are compared; beyond it the start is the best pair of 400 quantiles."""
DEPENDENT = 1e-12
"""Two places whose columns are no more apart than this (squared, of unit length) cannot be told apart."""


def two_change_points(
    temperature: Floats, response: Floats, base: Floats, minimum_points: int, positive_slopes: bool = False
) -> Found | None:
    """Find c₁ < c₂ with the least SSE of response = base · b + β₁·max(c₁ − T, 0) + β₂·max(T − c₂, 0).

    Args:
        temperature: driver T with the change points, shape (n,).
        response: energy, shape (n,).
        base: columns of the model without change points, shape (n, q).
        minimum_points: least number of points at or below c₁, from c₁ to c₂, and at or above c₂; at least 1.
        positive_slopes: whether only β₁ > 0 and β₂ > 0 are allowed.

    Returns:
        The change points, or None where no candidate has enough points and allowed slopes. Beyond 800 distinct
        temperatures the start is the best pair of 400 quantiles, improved by exact searches in turn.
    """
    centre, spread = float(temperature.mean()), float(temperature.std())
    if spread == 0:
        return None
    t = (temperature - centre) / spread
    distinct = np.unique(t)
    if len(distinct) <= LARGEST_EXACT:
        best = _best_pair(t, response, base, minimum_points, positive_slopes)
    else:
        quantiles = np.unique(np.quantile(t, np.linspace(0, 1, 400), method="nearest"))
        nearest = quantiles[np.clip(np.searchsorted(quantiles, t), 0, len(quantiles) - 1)]
        start = _best_pair(nearest, response, base, minimum_points, positive_slopes)
        best = start and _improved(start, t, response, base, minimum_points, positive_slopes)
    return best and Found(in_driver_units(best.change_points, t, temperature), best.residual_sum_of_squares)


Places = NDArray[np.intp]
Pairs = tuple[Places, Places]
"""Places of both sides: two lists of one length, or a column and a row for every one with every other."""
ROWS = 24
"""Places of one side taken at a time: tables that stay in the processor's cache are several times faster."""


@dataclass(frozen=True, eq=False)
class _Side:
    """The places that one of the change points may take, d − 1 of them.

    Attributes:
        lengths: length of the hinge; or of the indicator and of T·indicator without its part in the indicator.
        share: that part; None for a hinge.
        response: products of these unit columns with the response.
        base: products with the orthonormal base, each (d − 1, q).
        low: the change point lies above it (for a hinge: at it), in the direction in which this side is looked at.
        high: the change point lies below it (for a hinge: at it).
        enough: whether enough points lie beyond the change point.
        towards: number of points counted from the cold end up to where the piece between the change points ends here.
    """

    lengths: tuple[Floats, ...]
    share: Floats | None
    response: tuple[Floats, ...]
    base: tuple[Floats, ...]
    low: Floats
    high: Floats
    enough: NDArray[np.bool_]
    towards: NDArray[np.int64]

    def change_point_and_slope(self, unit: tuple[Floats, ...], at: Places) -> tuple[Floats, Floats]:
        """From coefficients of the unit columns at these places."""
        slope = unit[-1] / self.lengths[-1][at]
        if self.share is None:
            return self.low[at], slope
        return -(unit[0] / self.lengths[0][at] - self.share[at] * slope) / slope, slope

    def holds(self, change_point: Floats, at: Places) -> NDArray[np.bool_]:
        """Whether the change point lies in its gap."""
        if self.share is None:
            return np.ones(change_point.shape, dtype=np.bool_)
        return np.asarray((change_point > self.low[at]) & (change_point < self.high[at]))


def _sides(s: GapSums, ordered: Floats, minimum_points: int) -> tuple[_Side, _Side]:
    """Hinges at the lower end of each gap, and free lines above each gap."""
    low, high = s.values[:-1], s.values[1:]
    at_least = len(ordered) - np.searchsorted(ordered, low, side="left")
    up_to = np.searchsorted(ordered, low, side="right")
    above = len(ordered) - up_to
    length = np.sqrt(s.tt - 2 * low * s.at + low * low * s.aa)
    hinge = _Side(
        lengths=(length,),
        share=None,
        response=((s.yt - low * s.ya) / length,),
        base=((s.qt - low[:, None] * s.qa) / length[:, None],),
        low=low,
        high=low,
        enough=at_least >= minimum_points,
        towards=up_to,
    )
    share, root = s.at / s.aa, np.sqrt(s.aa)
    length = np.sqrt(s.tt - share * s.at)
    line = _Side(
        lengths=(root, length),
        share=share,
        response=(s.ya / root, (s.yt - share * s.ya) / length),
        base=(s.qa / root[:, None], (s.qt - share[:, None] * s.qa) / length[:, None]),
        low=low,
        high=high,
        enough=above >= minimum_points,
        towards=up_to,
    )
    return hinge, line


def _best_pair(t: Floats, response: Floats, base: Floats, minimum_points: int, positive_slopes: bool) -> Found | None:
    """Solve the pairs of places; the colder change point is looked at in the mirror, where it is the warmer one.

    First both at measured temperatures. Two free lines explain at least as much as anything in and around their gaps,
    so what they explain tells which pairs can still be better.
    """
    projected = project(base, response)
    total = float(projected.rest @ projected.rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        colder = _sides(gap_sums(-t, projected, 1), np.sort(-t), minimum_points)
        warmer = _sides(gap_sums(t, projected, 1), np.sort(t), minimum_points)

        def best_of(first: int, second: int, pairs: Pairs) -> Found | None:
            one, other = colder[first], warmer[second]
            i, j = pairs
            solved = _solved(one, other, pairs)
            c1, b1 = one.change_point_and_slope(solved.first, i)
            c2, b2 = other.change_point_and_slope(solved.second, j)
            usable = (one.towards[i] + other.towards[j] - len(t) >= minimum_points) & one.enough[i] & other.enough[j]
            usable &= (-c1 < c2) & np.isfinite(solved.explained) & one.holds(c1, i) & other.holds(c2, j)
            if positive_slopes:
                usable &= (b1 > 0) & (b2 > 0)
            if not usable.any():
                return None
            k = np.unravel_index(int(np.argmax(np.where(usable, solved.explained, -np.inf))), usable.shape)
            c1, c2 = np.broadcast_to(c1, usable.shape), np.broadcast_to(c2, usable.shape)
            return Found((-float(c1[k]), float(c2[k])), max(total - float(solved.explained[k]), 0.0))

        blocks = _blocks(colder[0], warmer[1])
        best: Found | None = None
        for pairs in blocks:
            best = _best_of_two(best, best_of(0, 0, pairs))
        for pairs in blocks:
            limit = total - best.residual_sum_of_squares if best else -np.inf
            i, j = np.nonzero(~(_solved(colder[1], warmer[1], pairs).explained <= limit))
            worth = (pairs[0][i, 0], pairs[1][0, j])
            for first, second in ((1, 1), (0, 1), (1, 0)) if len(i) else ():
                best = _best_of_two(best, best_of(first, second, worth))
    return best


def _blocks(colder: _Side, warmer: _Side) -> list[Pairs]:
    """Every place of the one side with every place of the other that does not lie below it, in blocks."""
    count = len(colder.low)
    found = []
    for begin in range(0, count, ROWS):
        end = min(begin + ROWS, count)
        first = int(np.searchsorted(warmer.high, -colder.low[end - 1]))
        found.append((np.arange(begin, end)[:, None], np.arange(first, count)[None, :]))
    return found


def _best_of_two(one: Found | None, other: Found | None) -> Found | None:
    return _better(one, other) if one else other


@dataclass(frozen=True, eq=False)
class _Solved:
    """For each pair of places: what its columns explain, and the coefficients of the unit columns of both sides."""

    explained: Floats
    first: tuple[Floats, ...]
    second: tuple[Floats, ...]


def _solved(first: _Side, second: _Side, pairs: Pairs) -> _Solved:
    """Solve each pair in closed form.

    The points of the two sides differ, so their columns meet only through the base, which has been taken out.
    """
    i, j = pairs
    if i.ndim == 2:
        meet = [[-(a[i[:, 0]] @ b[j[0]].T) for b in second.base] for a in first.base]
    else:
        meet = [[-np.einsum("ij,ij->i", a[i], b[j]) for b in second.base] for a in first.base]
    y1 = [y[i] for y in first.response]
    h = [y[j] - sum(meet[m][k] * y1[m] for m in range(len(y1))) for k, y in enumerate(second.response)]
    own = [1 - sum(row[k] ** 2 for row in meet) for k in range(len(h))]
    if len(h) == 1:
        z = [h[0] / np.where(own[0] > DEPENDENT, own[0], np.nan)]
    else:
        cross = -sum(row[0] * row[1] for row in meet)
        determinant = own[0] * own[1] - cross**2
        determinant = np.where(determinant > DEPENDENT, determinant, np.nan)
        z = [(own[1] * h[0] - cross * h[1]) / determinant, (own[0] * h[1] - cross * h[0]) / determinant]
    explained = sum(y * y for y in y1) + sum(a * b for a, b in zip(h[1:], z[1:], strict=True)) + h[0] * z[0]
    w = [y - sum(meet[m][k] * z[k] for k in range(len(z))) for m, y in enumerate(y1)]
    return _Solved(np.asarray(explained), tuple(w), tuple(z))


def _better(one: Found, other: Found | None) -> Found:
    return other if other and other.residual_sum_of_squares < one.residual_sum_of_squares else one


def _improved(
    best: Found, t: Floats, response: Floats, base: Floats, minimum_points: int, positive_slopes: bool
) -> Found:
    """Move one change point after the other to its exact minimum, until nothing is gained."""
    accept: Accept | None = (lambda left, slope: (left > 0) & (slope > 0)) if positive_slopes else None

    def second(sign: float, first: float) -> Found | None:
        """The change point beyond ``first``, in the direction of the sign."""
        seen = sign * t
        projected = project(np.column_stack([base, np.maximum(first - seen, 0)]), response)
        sums = gap_sums(seen, projected, minimum_points)
        up_to = np.searchsorted(np.sort(seen), sums.values[:-1], side="right")
        allowed = (up_to - np.count_nonzero(seen < first) >= minimum_points) & (sums.values[:-1] >= first)
        found = best_of_gaps(sums, projected, accept, allowed)
        return found and Found((first, found.change_points[0]), found.residual_sum_of_squares)

    best = replace(best, residual_sum_of_squares=np.inf)
    while True:
        improved = _better(best, second(1.0, best.change_points[0]))
        mirrored = second(-1.0, -improved.change_points[1])
        if mirrored:
            c2, c1 = mirrored.change_points
            improved = _better(improved, Found((-c1, -c2), mirrored.residual_sum_of_squares))
        if not improved.residual_sum_of_squares < best.residual_sum_of_squares * (1 - 1e-12):
            return best
        best = improved
