"""How large the slow variations of residuals are: what does not average out in the sum of months.

Over a quarter or a year, fast ups and downs cancel; what is left in a sum of residuals is their slow part. Its size is
read directly from the slow part of the baseline's residuals: projected on the slowest cosines of the baseline, each
cosine gives one independent reading, and their number is the degrees of freedom. No model of the autocorrelation
(first-order, weekly, …) is needed, and residuals without any give the ordinary s² back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.regression.autocorrelation import Positions, lag_one

Floats = NDArray[np.float64]
SHORTEST_PERIOD = 90.0
"""Days. Variations slower than a quarter of a year count as slow; chosen by the known-truth study."""
FEWEST_COSINES = 4
"""A short baseline is read with its four slowest cosines, whatever their period."""
SLOW_ENOUGH = 60
"""Periods. A variation of so many days is slow against what one day does to the next; one of three months is not."""
GREATEST_CORRELATION = 0.9
"""Of one period with the next, as far as it is followed; beyond it a short series cannot be told from a drift."""


@dataclass(frozen=True)
class LongRunVariance:
    """Variance per period that residuals have in long sums: Var(Σ over m periods) → m · variance.

    Attributes:
        variance: in units of the residuals squared.
        degrees_of_freedom: number of slow directions that it was read from.
        shortest_period: of those variations, in days.
        cosines: number of cosines before the drivers' share was taken out.
        correlation: of one period with the next, allowed for in the readings; 0 where they are slow enough without.
    """

    variance: float
    degrees_of_freedom: int
    shortest_period: float
    cosines: int
    correlation: float = 0.0


def long_run_variance(
    design: Floats,
    residuals: Floats,
    midpoints: Floats,
    span: float,
    *,
    reporting_span: float | None = None,
    shortest_period: float = SHORTEST_PERIOD,
    positions: Positions | None = None,
) -> LongRunVariance:
    """Read the slow variations of a regression's residuals.

    The cosines cos(π j t/T), j = 1 … q, are freed of what the columns of the design can follow; from what is left the
    estimate is Σ(projections of the residuals)² by their number, as if the cosines were further columns of the
    regression and their mean square were taken. For independent residuals of equal variance that is exactly s²χ²/ν,
    whatever the drivers. Directions of which the drivers follow more than half are left out.

    Where the fastest of them lasts fewer than sixty periods (months; some weeks of days), one period still follows the
    one before it. Each reading is then brought from its own frequency ω to zero by the spectrum of first-order
    autoregressive residuals, (1 + ρ² − 2ρ cos ω)/(1 − ρ)², with ρ freed of its bias by (1 + 3ρ)/n, from 0 to 0.9.

    Args:
        design: columns of the regression, with one for each change point (its slope), shape (n, p).
        residuals: y − ŷ, shape (n,).
        midpoints: middle of each period in days from the start of the first, shape (n,).
        span: start of the first to end of the last period, T, in days.
        reporting_span: length of the sum to be judged, in days; what is faster than twice of it averages out no more
            than half, so a short sum takes faster variations into account.
        shortest_period: in days.
        positions: place of each period on the grid of its interval; without it there are no gaps.

    Returns:
        The variance with its degrees of freedom.

    Raises:
        InputError: the drivers follow every slow variation, so nothing is left to read.

    Limits of validity:
        The residuals' slow variations in the baseline and in the reporting period are of one kind. A drift that shows
        only over years is not seen in a baseline of one year.

    Source:
        Equal-weighted cosines and t with as many degrees of freedom: Lazarus, Lewis, Stock and Watson 2018; for
        predictions of averages over a long horizon: Müller and Watson 2016. Bringing readings to zero frequency by an
        autoregression is the prewhitening of Andrews and Monahan 1992; the bias is that of Marriott and Pope 1954.
    """
    n = len(residuals)
    period = min(shortest_period, 2 * reporting_span) if reporting_span is not None else shortest_period
    cosines = max(FEWEST_COSINES, int(2 * span / period + 1e-9))
    cosines = min(cosines, n - 1)
    waves = np.cos(np.pi * np.outer(midpoints / span, np.arange(1, cosines + 1)))
    columns, _ = np.linalg.qr(design)
    slow, _ = np.linalg.qr(waves)
    left = slow - columns @ (columns.T @ slow)
    left -= columns @ (columns.T @ left)
    # Squared cosines of the angles between slow variations and what the drivers cannot follow.
    free, turned = np.linalg.eigh(left.T @ left)
    followed_less = free >= 0.5
    kept = left @ turned[:, followed_less] / np.sqrt(free[followed_less])
    if not kept.shape[1]:
        raise InputError(
            "the drivers follow every slow variation of the baseline, so its slow errors cannot be judged",
            subject="uncertainty of the baseline",
            value=f"{cosines} slow variations, {design.shape[1]} columns, {n} periods",
            limit="at least one variation that the drivers do not follow",
            next_step="Use fewer drivers or a longer baseline",
        )
    # As amplitudes of the cosines again, so that each keeps its frequency.
    readings = (turned[:, followed_less] @ (kept.T @ residuals)) ** 2
    degrees = kept.shape[1]
    places = np.arange(n) if positions is None else positions - positions[0]
    grid = int(places[-1]) + 1
    correlation = _correlation(residuals, places) if 2 * grid / cosines < SLOW_ENOUGH else 0.0
    if correlation > 0:
        frequency = np.pi * np.arange(1, cosines + 1) / grid
        readings *= (1 + correlation**2 - 2 * correlation * np.cos(frequency)) / (1 - correlation) ** 2
    return LongRunVariance(float(readings.sum()) / degrees, degrees, 2 * span / cosines, cosines, correlation)


def _correlation(residuals: Floats, places: Positions) -> float:
    """Correlation of a period with the next, without the bias of a short series; 0 where it is negative or unknown."""
    if int((np.diff(places) == 1).sum()) < 3 or not np.ptp(residuals) > 0:
        return 0.0
    found = lag_one(residuals, places).pearson
    return min(max(found + (1 + 3 * found) / len(residuals), 0.0), GREATEST_CORRELATION)
