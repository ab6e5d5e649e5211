"""Least squares of one form for many meters at once, by stacked QR; what cannot be solved safely is told apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.portfolio.candidates import BatchForm, Floats, Mask, hinges
from energycalc.mv.regression.least_squares import CONDITION_LIMIT

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class BatchedFit:
    """Baselines of one form for many meters; days outside a meter's baseline have residuals of zero.

    Attributes:
        form: the form.
        below: change point of the heating branch, (meters,).
        above: change point of the cooling branch.
        levels: number of kinds of days, each with its level.
        coefficients: levels, then slopes, (meters, columns).
        residuals: y − ŷ, (meters, days).
        observations: n of each meter.
        parameters: levels, slopes and change points.
        residual_sum_of_squares: Σ(y − ŷ)².
        condition: condition number of the columns scaled to unit length.
        mean: mean energy of a baseline day.
    """

    form: BatchForm
    below: Floats
    above: Floats
    levels: int
    coefficients: Floats
    residuals: Floats
    observations: Integers
    parameters: Integers
    residual_sum_of_squares: Floats
    condition: Floats
    mean: Floats

    @property
    def residual_variance(self) -> Floats:
        """Sum of squares over n − p."""
        return self.residual_sum_of_squares / (self.observations - self.parameters)

    @property
    def cv_rmse(self) -> Floats:
        """√(SSE/(n − p)) over the mean baseline day."""
        return np.sqrt(self.residual_variance) / self.mean

    @property
    def sound(self) -> Mask:
        """Meters whose columns can be told apart and that have degrees of freedom."""
        return (self.condition <= CONDITION_LIMIT) & (self.observations > self.parameters)


def design(
    form: BatchForm, below: Floats, above: Floats, temperature: Floats | None, level: Integers, weekday: Integers,
    kinds: Integers,
) -> Floats:  # fmt: skip
    """Columns of a form, (meters, days, columns): a level for each kind of day (one for ``mean``), then slopes.

    Args:
        form: the form.
        below: change points of the heating branch, (meters,).
        above: change points of the cooling branch.
        temperature: (meters, days) or None.
        level: kind of each day, (days,).
        weekday: Monday 0 to Sunday 6, (days,).
        kinds: the kinds of days that get a level.
    """
    chosen = np.ones((len(level), 1)) if form.shape == "mean" else (level[:, None] == kinds).astype(np.float64)
    levels = np.broadcast_to(chosen, (len(below), *chosen.shape))
    if temperature is None or not form.change_points:
        return levels
    return np.concatenate([levels, hinges(temperature, below, above, form, weekday)], axis=-1)


def fit_batch(form: BatchForm, below: Floats, above: Floats, columns: Floats, energy: Floats, mask: Mask) -> BatchedFit:
    """Fit one form to many meters.

    Args:
        form: the form.
        below: change points of the heating branch, (meters,).
        above: change points of the cooling branch.
        columns: what ``design`` gives.
        energy: (meters, days).
        mask: days of each meter's baseline.

    Returns:
        The fits; look at ``sound`` before using one.
    """
    y = np.where(mask, energy, 0.0)
    x = np.where(mask[..., None], columns, 0.0)
    length = np.sqrt(np.einsum("mdc,mdc->mc", x, x))
    x = x / np.where(length > 0, length, 1.0)[:, None, :]
    q, r = np.linalg.qr(x)
    singular = np.linalg.svd(r, compute_uv=False)
    with np.errstate(divide="ignore"):
        condition = np.where(singular[:, -1] > 0, singular[:, 0] / singular[:, -1], np.inf)
    safe = np.isfinite(condition) & (np.abs(np.einsum("mcc->mc", r)).min(axis=1) > 0)
    r = np.where(safe[:, None, None], r, np.eye(r.shape[-1]))  # never used: such a meter is not sound
    transposed, right = q.transpose(0, 2, 1), y[..., None]
    scaled = np.linalg.solve(r, transposed @ right)
    scaled += np.linalg.solve(r, transposed @ (right - x @ scaled))
    residuals = np.where(mask, (right - x @ scaled)[..., 0], 0.0)
    n = mask.sum(axis=1)
    return BatchedFit(
        form=form,
        below=below,
        above=above,
        levels=columns.shape[-1] - _slopes(form),
        coefficients=scaled[..., 0] / np.where(length > 0, length, 1.0),
        residuals=residuals,
        observations=n,
        parameters=np.full(len(n), columns.shape[-1] + form.change_points),
        residual_sum_of_squares=np.einsum("md,md->m", residuals, residuals),
        condition=np.where(safe, condition, np.inf),
        mean=y.sum(axis=1) / np.maximum(n, 1),
    )


def predict(fit: BatchedFit, columns: Floats) -> Floats:
    """Energy that the baselines predict, (meters, days), for columns that ``design`` gives."""
    return np.einsum("mdc,mc->md", columns, fit.coefficients)


def _slopes(form: BatchForm) -> int:
    groups = {"common": 1, "weekend": 2, "saturday_sunday": 3}[form.slopes]
    return sum(form.branches) * groups
