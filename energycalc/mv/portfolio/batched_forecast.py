"""The ± of the avoided energy of many meters at once: the same definition as for one meter, on stacked arrays.

See :mod:`energycalc.mv.savings.forecast` and :mod:`energycalc.mv.regression.long_run_variance`: exact variance of the
sum of predictions through the coefficients (change points count as such) and the metered days' own errors, with the
residuals' slow variations read from the slowest cosines of the baseline.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.portfolio.batched_fit import BatchedFit
from energycalc.mv.portfolio.candidates import Floats, Mask, slope_groups
from energycalc.mv.regression.long_run_variance import FEWEST_COSINES, SHORTEST_PERIOD


@dataclass(frozen=True, eq=False)
class BatchedUncertainty:
    """Standard uncertainty of each meter's avoided energy, (meters,) each.

    Attributes:
        standard_uncertainty: in the unit of the energy; NaN where the slow variations cannot be read.
        degrees_of_freedom: of Student's t; 0 where they cannot be read.
        variance_ratio: variance of long sums per day by s².
    """

    standard_uncertainty: Floats
    degrees_of_freedom: NDArray[np.int64]
    variance_ratio: Floats


def sensitivities(fit: BatchedFit, columns: Floats, temperature: Floats | None, weekday: NDArray[np.int64]) -> Floats:
    """The design, and the slope of the prediction against each change point, (meters, days, parameters)."""
    if temperature is None or not fit.form.change_points:
        return columns
    groups = slope_groups(fit.form.slopes, weekday)
    heating, cooling = fit.form.branches
    slopes = fit.coefficients[:, fit.levels :]
    branch = len(groups)
    further = []
    if heating:
        beyond = _beyond(fit.below[:, None] - temperature)
        further.append(beyond * (slopes[:, :branch] @ groups))
    if cooling:
        beyond = _beyond(temperature - fit.above[:, None])
        further.append(-beyond * (slopes[:, -branch:] @ groups))
    if fit.form.shape == "4P":
        further = [further[0] + further[1]]  # one change point for both branches
    return np.concatenate([columns, np.stack(further, axis=-1)], axis=-1)


def forecast_uncertainties(
    fit: BatchedFit, baseline: Floats, reporting: Floats, mask: Mask, reporting_mask: Mask, day: Floats
) -> BatchedUncertainty:
    """Standard uncertainty of Σŷ − Σy over the reporting days of each meter.

    Args:
        fit: the baselines.
        baseline: what ``sensitivities`` gives for the baseline days, (meters, days, parameters).
        reporting: the same for the reporting days.
        mask: days in each meter's baseline.
        reporting_mask: days in each meter's reporting period.
        day: middle of each baseline day in days from any origin, (days,).
    """
    meters = len(mask)
    x = np.where(mask[..., None], baseline, 0.0)
    totals = np.where(reporting_mask[..., None], reporting, 0.0).sum(axis=1)
    through = _through(x, totals)
    own = reporting_mask.sum(axis=1).astype(float)
    first = np.where(mask, day, np.inf).min(axis=1) - 0.5
    span = np.where(mask, day, -np.inf).max(axis=1) + 0.5 - first
    period = np.minimum(SHORTEST_PERIOD, 2 * own)
    with np.errstate(divide="ignore", invalid="ignore"):
        number = np.nan_to_num(2 * span / period + 1e-9, posinf=0, neginf=0).astype(int)
    cosines = np.minimum(np.maximum(FEWEST_COSINES, number), np.maximum(mask.sum(axis=1) - 1, 1))
    variance, degrees = np.full(meters, np.nan), np.zeros(meters, np.int64)
    for count in np.unique(cosines):
        some = cosines == count
        waves = np.cos(
            np.pi * ((day[None, :] - first[some, None]) / span[some, None])[..., None] * np.arange(1, count + 1)
        ) * mask[some][..., None]  # fmt: skip
        variance[some], degrees[some] = _slow(x[some], waves, fit.residuals[some])
    s_squared = fit.residual_variance
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = variance / s_squared
    return BatchedUncertainty(np.sqrt(variance * (through + own)), degrees, ratio)


def _through(x: Floats, totals: Floats) -> Floats:
    """Sum of squares of the shortest weights w with Xᵀw = h, for each meter."""
    scale = np.sqrt(np.einsum("mdc,mdc->mc", x, x))
    safe = np.where(scale > 0, scale, 1.0)
    inverse = np.linalg.pinv((x / safe[:, None, :]).transpose(0, 2, 1), rcond=np.finfo(float).eps * x.shape[1])
    weights = np.einsum("mdc,mc->md", inverse, np.where(scale > 0, totals / safe, 0.0))
    return np.einsum("md,md->m", weights, weights)


def _slow(x: Floats, waves: Floats, residuals: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Mean square of the residuals along the slow directions that the drivers do not follow, and their number."""
    columns, _ = np.linalg.qr(x)
    slow, _ = np.linalg.qr(waves)
    left = slow - columns @ (columns.transpose(0, 2, 1) @ slow)
    left -= columns @ (columns.transpose(0, 2, 1) @ left)
    directions, lengths, _ = np.linalg.svd(left, full_matrices=False)
    kept = lengths**2 >= 0.5
    readings = np.where(kept, np.einsum("mdq,md->mq", directions, residuals), 0.0)
    count = kept.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.einsum("mq,mq->m", readings, readings) / np.where(count > 0, count, np.nan), count


def _beyond(distance: Floats) -> Floats:
    """1 beyond the change point, 0 before it, one half on it."""
    return (np.sign(distance) + 1) / 2
