"""Which form each meter of many gets: change points on a grid, all meters at once, the form with the least BIC.

Every candidate has one level for each kind of day. Taking the levels' means out of all columns once (Frisch and Waugh)
leaves, for each meter, one matrix of products of the hinge columns; each candidate is a small part of it, so that the
grid costs no further pass over the days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Shape = Literal["mean", "levels", "3PC", "3PH", "4P", "5P"]
Slopes = Literal["common", "weekend", "saturday_sunday"]
GRID = 15
"""Candidate change points of each meter: equidistant quantiles of its baseline temperatures ..."""
OUTERMOST = 0.06
"""... from this share of the days to as many from the other end, so that each branch has days to be found from."""
ROUNDS = 3
"""Refinements of the grid around the best points, each 2.5 times finer."""
OFFSETS = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
BIC_EMPTY = np.inf


@dataclass(frozen=True)
class BatchForm:
    """A form that is fitted to many meters at once.

    Attributes:
        shape: ``mean`` (one level), ``levels`` (one for each kind of day: the weekdays, and what the calendar names
            beside them), or those levels with heating and cooling branches: ``3PC``, ``3PH``, ``4P`` (both from one
            change point, slopes of any sign), ``5P`` (two change points). Energy rises along the branches of 3PC, 3PH
            and 5P, as in :mod:`energycalc.mv.models.forms`.
        slopes: whether the branches have the same slopes on all days, or own ones at weekends.
    """

    shape: Shape
    slopes: Slopes = "common"

    @property
    def key(self) -> str:
        """Name in tables, such as ``5P+time_of_week``, in the words of :mod:`energycalc.mv.models.forms`."""
        if self.shape in ("mean", "levels"):
            return {"mean": "mean", "levels": "time_of_week"}[self.shape]
        own = {"common": "", "weekend": "×weekend", "saturday_sunday": "×saturday,sunday"}[self.slopes]
        return f"{self.shape}{own}+time_of_week"

    @property
    def change_points(self) -> int:
        """Number of change points."""
        return {"mean": 0, "levels": 0, "3PC": 1, "3PH": 1, "4P": 1, "5P": 2}[self.shape]

    @property
    def branches(self) -> tuple[bool, bool]:
        """Whether there is a heating and a cooling branch."""
        return self.shape in ("3PH", "4P", "5P"), self.shape in ("3PC", "4P", "5P")


FORMS = (
    BatchForm("mean"),
    BatchForm("levels"),
    *(BatchForm(shape, slopes) for slopes in get_args(Slopes) for shape in ("3PC", "3PH", "4P", "5P")),
)


def slope_groups(slopes: Slopes, weekday: NDArray[np.int64]) -> Floats:
    """Multipliers of the hinge columns: ones, and one for each group of days with its own slope, (groups, days)."""
    ones, saturday, sunday = np.ones(len(weekday)), weekday == 5, weekday == 6
    groups = {"common": [ones], "weekend": [ones, saturday | sunday], "saturday_sunday": [ones, saturday, sunday]}
    return np.array(groups[slopes], dtype=np.float64)


def hinges(temperature: Floats, below: Floats, above: Floats, form: BatchForm, weekday: NDArray[np.int64]) -> Floats:
    """Temperature columns of a form for many meters.

    Args:
        temperature: (meters, days), any unit.
        below: change point of the heating branch of each meter, (meters,).
        above: change point of the cooling branch.
        form: the form.
        weekday: Monday 0 to Sunday 6 of each day, (days,).

    Returns:
        (meters, days, columns), branch by branch, each with its groups of days.
    """
    heating, cooling = form.branches
    columns = []
    for used, column in (
        (heating, np.maximum(below[:, None] - temperature, 0)),
        (cooling, np.maximum(temperature - above[:, None], 0)),
    ):
        if used:
            columns += [column * group for group in slope_groups(form.slopes, weekday)]
    return np.stack(columns, axis=-1) if columns else np.empty((*temperature.shape, 0))


def choose(
    energy: Floats, temperature: Floats | None, mask: Mask, level: NDArray[np.int64], weekday: NDArray[np.int64],
    forms: tuple[BatchForm, ...] = FORMS,
) -> tuple[NDArray[np.int64], Floats, Floats]:  # fmt: skip
    """Find the change points of every form for every meter, and the form with the least BIC.

    Args:
        energy: (meters, days), any number where ``mask`` is false.
        temperature: (meters, days) or None.
        mask: days that are in the baseline and have data.
        level: kind of each day, 0 to levels − 1, (days,).
        weekday: Monday 0 to Sunday 6, (days,).
        forms: what may be tried; those with temperature are passed over without temperature.

    Returns:
        Place in ``forms`` of the chosen form, and its change points (heating, cooling), (meters,) each; NaN without.

    Source:
        BIC n ln(SSE/n) + p ln n with p counting levels, slopes and change points.
    """
    meters, n = len(energy), mask.sum(axis=1).astype(float)
    y = np.where(mask, energy, 0.0)
    total = _about_the_mean(y, mask)
    centred, levels = without_levels(y[..., None], mask, level)
    rest = centred[..., 0]
    within = np.einsum("md,md->m", rest, rest)
    bic = np.full((len(forms), meters), BIC_EMPTY)
    points = np.full((len(forms), meters, 2), np.nan)
    grid, products, with_y = _grid_products(temperature, rest, mask, level, weekday)
    for number, form in enumerate(forms):
        if form.shape == "mean":
            bic[number] = _bic(total, n, 1)
        elif form.shape == "levels":
            bic[number] = _bic(within, n, levels)
        elif products is not None and grid is not None and with_y is not None:
            pairs = _pairs(form)
            place = _places(form, pairs)
            explained = _explained(products, with_y, place, form)
            best = np.argmax(explained, axis=1)
            points[number] = grid[np.arange(meters)[:, None], pairs[best]]
            own = place.shape[1] + form.change_points
            bic[number] = _bic(within - explained[np.arange(meters), best], n, levels + own)
    chosen = np.argmin(bic, axis=0)
    found = points[chosen, np.arange(meters)]
    return chosen, found[:, 0], found[:, 1]


def refine(
    form: BatchForm, energy: Floats, temperature: Floats, mask: Mask, level: NDArray[np.int64],
    weekday: NDArray[np.int64], below: Floats, above: Floats,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Move the change points of one form off the grid, to where the sum of squares is less, for all its meters."""
    rest = without_levels(np.where(mask, energy, 0.0)[..., None], mask, level)[0]
    low, high = _bounds(temperature, mask)
    step = (high - low) / (GRID - 1)
    number, groups = len(OFFSETS), slope_groups(form.slopes, weekday)
    pairs = np.array([(i, j) for i in range(number) for j in range(number) if form.shape == "5P" or i == j])
    heating, cooling = form.branches
    starts = 2 * number * np.arange(len(groups))
    place = np.concatenate(
        [pairs[:, :1] + starts] * heating + [pairs[:, 1:] + number + starts] * cooling, axis=1
    )  # fmt: skip
    every = np.arange(len(energy))
    warm = np.where(mask, temperature, 0.0)[..., None]
    for _ in range(ROUNDS):
        ends = [np.clip(c[:, None] + OFFSETS * step[:, None], low[:, None], high[:, None]) for c in (below, above)]
        columns = np.concatenate(
            [np.maximum(ends[0][:, None, :] - warm, 0), np.maximum(warm - ends[1][:, None, :], 0)], axis=-1
        )  # fmt: skip
        columns = np.concatenate([columns * group[None, :, None] for group in groups], axis=-1) * mask[..., None]
        columns = without_levels(columns, mask, level)[0]
        transposed = columns.transpose(0, 2, 1)
        explained = _explained(transposed @ columns, (transposed @ rest)[..., 0], place, form)
        if form.shape == "5P":
            explained[ends[0][:, pairs[:, 0]] >= ends[1][:, pairs[:, 1]]] = -np.inf
        best = pairs[np.argmax(explained, axis=1)]
        below, above = ends[0][every, best[:, 0]], ends[1][every, best[:, 1]]
        step = step / 2.5
    return below, above


def without_levels(columns: Floats, mask: Mask, level: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    """Columns (meters, days, c), zero outside the mask, less the mean of each kind of day; and kinds in use."""
    kinds = np.eye(int(level.max()) + 1)[level]  # (days, levels)
    count = mask @ kinds  # (meters, levels)
    sums = kinds.T @ columns  # (meters, levels, c)
    means = sums / np.maximum(count, 1)[..., None]
    return columns - (kinds @ means) * mask[..., None], (count > 0).sum(axis=1)


def _grid_products(
    temperature: Floats | None, rest: Floats, mask: Mask, level: NDArray[np.int64], weekday: NDArray[np.int64]
) -> tuple[Floats | None, Floats | None, Floats | None]:
    """Grid of each meter, and products of all hinge columns of the finest grouping with each other and with y."""
    if temperature is None:
        return None, None, None
    low, high = _bounds(temperature, mask)
    share = np.linspace(OUTERMOST, 1 - OUTERMOST, GRID)
    grid = _quantiles(temperature, mask, share)
    spread = np.maximum(high - low, 1e-300)
    scaled, knots = (temperature - low[:, None]) / spread[:, None], (grid - low[:, None]) / spread[:, None]
    difference = np.where(mask, scaled, 0.0)[..., None] - knots[:, None, :]
    columns = np.concatenate([np.maximum(-difference, 0), np.maximum(difference, 0)], axis=-1) * mask[..., None]
    groups = slope_groups("saturday_sunday", weekday)
    columns = np.concatenate([columns * group[None, :, None] for group in groups], axis=-1)
    columns = without_levels(columns, mask, level)[0]
    transposed = columns.transpose(0, 2, 1)
    return grid, *_with_weekend(transposed @ columns, (transposed @ rest[..., None])[..., 0])


def _pairs(form: BatchForm) -> NDArray[np.int64]:
    """Places on the grid of the heating and the cooling change point of each candidate."""
    if form.shape == "5P":
        return np.array([(a, b) for a in range(GRID) for b in range(a + 1, GRID)])
    return np.array([(a, a) for a in range(GRID)])


def _places(form: BatchForm, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Columns of each candidate among those of the grid, (candidates, columns); a weekend is Saturday plus Sunday."""
    heating, cooling = form.branches
    group = 2 * GRID
    starts = {"common": (0,), "weekend": (0, 3 * group), "saturday_sunday": (0, group, 2 * group)}[form.slopes]
    columns = [pairs[:, 0] + start for start in starts] if heating else []
    columns += [pairs[:, 1] + GRID + start for start in starts] if cooling else []
    return np.stack(columns, axis=1)


def _explained(products: Floats, with_y: Floats, place: NDArray[np.int64], form: BatchForm) -> Floats:
    """Sum of squares that each candidate explains beyond the levels, (meters, candidates); −inf where not told."""
    block = products[:, place[:, :, None], place[:, None, :]]
    right = with_y[:, place]
    size = np.sqrt(np.einsum("mcii->mci", block))
    usable = (size > 1e-9).all(axis=-1)
    size = np.where(size > 1e-9, size, 1.0)
    block = block / (size[..., :, None] * size[..., None, :])
    block = block + 1e-10 * np.eye(block.shape[-1])
    block[~usable] = np.eye(block.shape[-1])
    right = right / size
    solution = np.linalg.solve(block, right[..., None])[..., 0]
    if form.shape != "4P":
        first = slice(None, None, len(slope_groups(form.slopes, np.arange(7))))
        usable &= (solution[..., first] > 0).all(axis=-1)
    return np.where(usable, np.einsum("mci,mci->mc", solution, right), -np.inf)


def _with_weekend(products: Floats, with_y: Floats) -> tuple[Floats, Floats]:
    """The products with further columns: Saturday plus Sunday."""
    group = 2 * GRID
    both = products[:, group : 2 * group] + products[:, 2 * group : 3 * group]
    corner = both[:, :, group : 2 * group] + both[:, :, 2 * group : 3 * group]
    wide = np.concatenate([products, both.transpose(0, 2, 1)], axis=2)
    lower = np.concatenate([both, corner], axis=2)
    more = with_y[:, group : 2 * group] + with_y[:, 2 * group : 3 * group]
    return np.concatenate([wide, lower], axis=1), np.concatenate([with_y, more], axis=1)


def _bounds(temperature: Floats, mask: Mask) -> tuple[Floats, Floats]:
    low, high = _quantiles(temperature, mask, np.array([OUTERMOST, 1 - OUTERMOST])).T
    return low, high


def _quantiles(temperature: Floats, mask: Mask, share: Floats) -> Floats:
    """Quantiles of each meter's own days, linear between the ordered values, (meters, shares)."""
    ordered = np.sort(np.where(mask, temperature, np.inf), axis=1)
    place = share[None, :] * np.maximum(mask.sum(axis=1) - 1, 0)[:, None]
    lower = np.floor(place).astype(int)
    upper = np.minimum(lower + 1, np.maximum(mask.sum(axis=1) - 1, 0)[:, None])
    one, two = np.take_along_axis(ordered, lower, 1), np.take_along_axis(ordered, upper, 1)
    return one + (place - lower) * (two - one)


def _about_the_mean(y: Floats, mask: Mask) -> Floats:
    mean = y.sum(axis=1) / np.maximum(mask.sum(axis=1), 1)
    return np.einsum("md,md->m", *[np.where(mask, y - mean[:, None], 0.0)] * 2)


def _bic(squares: Floats, n: Floats, parameters: NDArray[np.int64] | int) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = n * np.log(np.maximum(squares, 1e-300) / n) + parameters * np.log(n)
    return np.where((n > parameters) & np.isfinite(squares), value, BIC_EMPTY)
