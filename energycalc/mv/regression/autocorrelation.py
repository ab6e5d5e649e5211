"""How residuals hang together in time: lag-1 correlation, effective number, tests, and covariances that allow for it.

Two periods are neighbours only if nothing lies between them: pairs across a gap do not count. Positions say where each
period stands on the grid of its interval (:func:`positions_of`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import CalculationError, InputError
from energycalc.mv.periods import Periods

Floats = NDArray[np.float64]
Positions = NDArray[np.int64]
_SECONDS = {"hour": 3600, "day": 86_400, "week": 604_800}


@dataclass(frozen=True)
class LagOne:
    """Correlation of each residual with the next one.

    Attributes:
        pearson: correlation coefficient of the pairs of neighbours, each side about its own mean; the one used.
        biased: Σ(eₜ−ē)(eₜ₊₁−ē) over the pairs, divided by Σ(eₜ−ē)² over all residuals; smaller in short series.
        pairs: number of pairs of neighbouring periods.
    """

    pearson: float
    biased: float
    pairs: int


@dataclass(frozen=True)
class LjungBox:
    """Ljung and Box's test that the first autocorrelations are all zero.

    Attributes:
        statistic: Q, to be compared with a chi-squared variable.
        lags: number of lags taken together.
        p_value: probability of a Q at least as large under no autocorrelation.
    """

    statistic: float
    lags: int
    p_value: float


def positions_of(periods: Periods) -> Positions:
    """Place of each period on the grid of its interval, as a whole number; neighbours differ by one."""
    if periods.interval == "month":
        return periods.start.astype("datetime64[M]").astype(np.int64)
    return np.asarray(
        np.round(periods.start.astype("datetime64[s]").astype(np.int64) / _SECONDS[periods.interval]), int
    )


def lag_one(residuals: Floats, positions: Positions | None = None) -> LagOne:
    """Autocorrelation at lag one.

    Args:
        residuals: y − ŷ in the order of time, shape (n,), any unit; never y itself.
        positions: place of each period, shape (n,), increasing; without it there are no gaps.

    Raises:
        InputError: fewer than three pairs of neighbours, or shapes that disagree.
        CalculationError: residuals that do not vary.

    Source:
        Pearson's form is that of nmecr and opendsm, the biased one that of R's ``acf``.
    """
    places = _places(residuals, positions)
    first = np.flatnonzero(np.diff(places) == 1)
    if len(first) < 3:
        raise InputError(
            "there are too few pairs of neighbouring periods for an autocorrelation",
            subject="residuals",
            value=f"{len(first)} pairs",
            limit="at least 3",
            next_step="Use shorter intervals or a baseline with fewer gaps",
        )
    one, next_one = residuals[first], residuals[first + 1]
    deviation = residuals - residuals.mean()
    a, b = one - one.mean(), next_one - next_one.mean()
    below = float(np.sqrt((a @ a) * (b @ b)))
    if below == 0:
        raise CalculationError("residuals that do not vary have no autocorrelation", subject="residuals")
    biased = float(deviation[first] @ deviation[first + 1]) / float(deviation @ deviation)
    return LagOne(float(np.clip(a @ b / below, -1.0, 1.0)), biased, len(first))  # rounding only: |r| ≤ 1 by Schwarz


def effective_number(observations: int, correlation: float) -> float:
    """Number of independent observations that say as much: n' = n(1−ρ)/(1+ρ), never more than n.

    Args:
        observations: n.
        correlation: ρ at lag one, above −1 and below 1; a negative one gives n, not more.

    Raises:
        InputError: ρ is not below 1 in magnitude.

    Limits of validity:
        Exact for the mean of a long first-order autoregressive series; it does not see slower or weekly patterns.
    """
    if not -1 < correlation < 1:
        raise InputError(
            "leaves no independent observation",
            subject="autocorrelation of the residuals",
            value=f"{correlation:g}",
            limit="above −1 and below 1",
            next_step="Look at the residuals over time: something slow is missing in the model",
        )
    return min(float(observations), observations * (1 - correlation) / (1 + correlation))


def autocovariances(residuals: Floats, lags: int, positions: Positions | None = None) -> Floats:
    """Autocovariances at lags 0 to ``lags``: sums over the pairs that exist, all divided by n, shape (lags + 1,).

    Divided by n, not by the number of pairs, they are a possible set of covariances (no negative variance follows).
    """
    on_grid, present = _grid(residuals, _places(residuals, positions))
    transformed = np.fft.rfft(on_grid, 2 * len(on_grid))
    found = np.fft.irfft(np.abs(transformed) ** 2, 2 * len(on_grid))[: min(lags + 1, len(on_grid))]
    return np.concatenate([found, np.zeros(lags + 1 - len(found))]) / int(present.sum())


def durbin_watson(residuals: Floats, positions: Positions | None = None) -> float:
    """Durbin and Watson's d: Σ(eₜ₊₁−eₜ)² over the pairs of neighbours, by Σeₜ²; 2 without autocorrelation."""
    places = _places(residuals, positions)
    steps = np.diff(residuals)[np.diff(places) == 1]
    squares = float(residuals @ residuals)
    if squares == 0:
        raise CalculationError("residuals of zero have no Durbin-Watson statistic", subject="residuals")
    return float(steps @ steps) / squares


def ljung_box(residuals: Floats, lags: int, positions: Positions | None = None) -> LjungBox:
    """Test of the first ``lags`` autocorrelations together, Q = n(n+2) Σ r²ₖ/(n−k).

    Args:
        residuals: shape (n,), in the order of time.
        lags: how many; with daily data at least 7, so that a weekly pattern is seen.
        positions: place of each period; without it there are no gaps.

    Raises:
        InputError: not more residuals than lags.

    Source:
        Ljung and Box 1978. With gaps n−k stays as it is, which makes Q a little small.
    """
    n = len(residuals)
    if not 1 <= lags < n:
        raise InputError(
            "needs more residuals than lags",
            subject="Ljung-Box test",
            value=f"{lags} lags, {n} residuals",
            limit="1 to n − 1 lags",
            next_step="Take fewer lags",
        )
    from scipy.special import chdtrc

    found = autocovariances(residuals - residuals.mean(), lags, positions)
    if found[0] == 0:
        raise CalculationError("residuals that do not vary have no autocorrelation", subject="residuals")
    r = found[1:] / found[0]
    statistic = n * (n + 2) * float(np.sum(r**2 / (n - np.arange(1, lags + 1))))
    return LjungBox(statistic, lags, float(chdtrc(lags, statistic)))


def bandwidth(observations: int) -> int:
    """Lags for a Newey-West covariance by the rule 1.3 √n, rounded up (Lazarus, Lewis, Stock and Watson 2018)."""
    return math.ceil(1.3 * math.sqrt(observations))


def newey_west_covariance(design: Floats, residuals: Floats, lags: int, positions: Positions | None = None) -> Floats:
    """Covariance of least-squares coefficients that allows for autocorrelated, unequal residuals, shape (p, p).

    (XᵀX)⁻¹ [Σ over |k| ≤ L of (1 − |k|/(L+1)) Σ xₜ eₜ eₜ₊ₖ xᵀₜ₊ₖ] (XᵀX)⁻¹ · n/(n−p), over pairs that exist.

    Args:
        design: X, shape (n, p).
        residuals: shape (n,).
        lags: L, see :func:`bandwidth`; 0 gives White's covariance.
        positions: place of each period; without it there are no gaps.

    Source:
        Newey and West 1987, Bartlett's weights; the factor n/(n−p) is the usual small-sample one.
    """
    n, p = design.shape
    bread = np.linalg.inv(design.T @ design)
    places = _places(residuals, positions)
    scores = np.zeros((int(places[-1]) + 1, p))
    scores[places] = design * residuals[:, None]
    middle = scores.T @ scores
    for k in range(1, min(lags, len(scores) - 1) + 1):
        product = scores[k:].T @ scores[:-k]
        middle += (1 - k / (lags + 1)) * (product + product.T)
    return np.asarray(bread @ middle @ bread * n / (n - p))


def autoregressive_autocovariances(
    residuals: Floats, horizon: int, *, greatest_order: int, parameters: int = 0, positions: Positions | None = None
) -> tuple[Floats, int]:
    """Autocovariances of the autoregression that fits the residuals best, at lags 0 to ``horizon``.

    Yule-Walker by Levinson's recursion for the orders 0 to ``greatest_order``; the order has the least
    n ln(innovation variance) + order · ln n (BIC). The variance is Σe²/(n − parameters).

    Args:
        residuals: shape (n,).
        horizon: largest lag wanted; beyond the order the autoregression itself goes on.
        greatest_order: with daily data at least 7, better 14, so that a weekly pattern can be followed.
        parameters: p of the regression the residuals come from.
        positions: place of each period; without it there are no gaps.

    Returns:
        The autocovariances, shape (horizon + 1,), in units of the residuals squared, and the order chosen.
    """
    n = len(residuals)
    found = autocovariances(residuals, greatest_order, positions) * n / (n - parameters)
    weights, innovation = np.zeros(0), float(found[0])
    if innovation == 0:
        return np.zeros(horizon + 1), 0
    best, chosen = n * math.log(innovation), weights
    for order in range(1, greatest_order + 1):
        reflection = (found[order] - weights @ found[order - 1 : 0 : -1]) / innovation
        weights = np.append(weights - reflection * weights[::-1], reflection)
        innovation *= 1 - reflection**2
        if innovation <= 0:
            break
        criterion = n * math.log(innovation) + order * math.log(n)
        if criterion < best:
            best, chosen = criterion, weights
    order = len(chosen)
    series = np.zeros(horizon + 1)
    known = min(order, horizon) + 1
    series[:known] = found[:known]
    for lag in range(known, horizon + 1):
        series[lag] = chosen @ series[lag - order : lag][::-1]
    return series, order


def variance_of_sum(weights: Floats, positions: Positions, autocovariance: Floats) -> float:
    """Variance of Σ wₜ eₜ for a stationary series: Σ over lags of γ(k) times the products of weights k apart.

    Args:
        weights: shape (n,).
        positions: place of each weight on the grid, increasing.
        autocovariance: γ at lags 0, 1, …; lags beyond its end count as zero.
    """
    on_grid, _ = _grid(weights, _places(weights, positions))
    transformed = np.fft.rfft(on_grid, 2 * len(on_grid))
    products = np.fft.irfft(np.abs(transformed) ** 2, 2 * len(on_grid))[: len(on_grid)]
    lags = min(len(products), len(autocovariance))
    twice = np.full(lags, 2.0)
    twice[0] = 1.0
    return float(np.sum(twice * products[:lags] * autocovariance[:lags]))


def _grid(values: Floats, places: Positions) -> tuple[Floats, NDArray[np.bool_]]:
    """The values on the full grid, zero where there is a gap, and where there is a value."""
    on_grid, present = np.zeros(int(places[-1]) + 1), np.zeros(int(places[-1]) + 1, dtype=bool)
    on_grid[places], present[places] = values, True
    return on_grid, present


def _places(values: Floats, positions: Positions | None) -> Positions:
    """Positions counted from the first one."""
    if positions is None:
        return np.arange(len(values))
    if positions.shape != values.shape[:1] or np.any(np.diff(positions) <= 0):
        raise InputError(
            "there is not one place in time for each value, in the order of time",
            subject="residuals",
            value=f"{len(positions)} places, {len(values)} values",
            next_step="Give the places of the same periods, each once",
        )
    return positions - positions[0]
