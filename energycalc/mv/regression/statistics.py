"""Figures of merit, each with one definition: y metered, ŷ model, n observations, p all fitted parameters.

Sign: metered minus model, so a positive bias says that the model is too low. Those of the fit itself (R², t, F) stand
with :class:`energycalc.mv.regression.least_squares.LinearFit`, those of residuals in time in ``autocorrelation``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import CalculationError, InputError
from energycalc.mv.regression.exact_sums import two_product

Floats = NDArray[np.float64]


# --- one series ---


def mean(values: Floats) -> float:
    """Arithmetic mean, rounded once.

    Raises:
        InputError: there are no values.
    """
    return math.fsum(_some(values, 1)) / len(values)


def standard_deviation(values: Floats) -> float:
    """Sample standard deviation, √(Σ(x − x̄)²/(n − 1)), without loss for large numbers with small differences.

    Raises:
        InputError: fewer than two values.
    """
    return math.sqrt(_squares(_some(values, 2)) / (len(values) - 1))


def lag_one_autocorrelation(values: Floats) -> float:
    """Σ(xₜ − x̄)(xₜ₊₁ − x̄)/Σ(xₜ − x̄)², with one mean for both (NIST, and ``acf`` of R): the biased one.

    The one used for residuals is Pearson's, ``autocorrelation.lag_one``.

    Raises:
        InputError: fewer than two values.
        CalculationError: the values do not vary.
    """
    deviations = _deviations(_some(values, 2))
    squares = math.fsum(deviations * deviations)
    if squares == 0:
        raise CalculationError("values that do not vary have no autocorrelation", subject="autocorrelation")
    return math.fsum(deviations[:-1] * deviations[1:]) / squares


@dataclass(frozen=True)
class OneWay:
    """Analysis of variance of groups: whether their means differ by more than the scatter inside them explains.

    Attributes:
        between: sum of squares between the groups.
        within: sum of squares inside the groups.
        between_degrees: groups − 1.
        within_degrees: observations − groups.
    """

    between: float
    within: float
    between_degrees: int
    within_degrees: int

    @property
    def f_statistic(self) -> float:
        """Mean square between over mean square within; infinite where nothing scatters inside the groups."""
        if self.within == 0:
            return math.inf
        return (self.between / self.between_degrees) / (self.within / self.within_degrees)

    @property
    def p_value(self) -> float:
        """Probability of an F at least as large with equal means."""
        from scipy.special import fdtrc

        return float(fdtrc(self.between_degrees, self.within_degrees, self.f_statistic))

    @property
    def r_squared(self) -> float:
        """Share of the total sum of squares that lies between the groups."""
        return self.between / (self.between + self.within)

    @property
    def residual_standard_deviation(self) -> float:
        """Root of the mean square within."""
        return math.sqrt(self.within / self.within_degrees)


def one_way_analysis(groups: Sequence[Floats]) -> OneWay:
    """One-way analysis of variance, exact for large numbers with small differences.

    Args:
        groups: the values of each group, one unit.

    Raises:
        InputError: fewer than two groups, an empty one, or no more values than groups.
    """
    total = sum(len(group) for group in groups)
    if len(groups) < 2 or min(len(group) for group in groups) < 1 or total <= len(groups):
        raise InputError(
            "cannot be analysed",
            subject="groups",
            value=f"{len(groups)} groups with {total} values",
            limit="two or more groups, none empty, more values than groups",
            next_step="Join groups, or take more values",
        )
    # From the first value on, differences are exact or nearly so; the common part cancels in every sum of squares.
    origin = float(groups[0][0])
    moved = [np.asarray(group, float) - origin for group in groups]
    grand = math.fsum(np.concatenate(moved)) / total
    means = [math.fsum(group) / len(group) for group in moved]
    between = math.fsum(len(group) * (m - grand) ** 2 for group, m in zip(moved, means, strict=True))
    return OneWay(between, math.fsum(_squares(group) for group in moved), len(groups) - 1, total - len(groups))


# --- metered and model ---


def sum_of_squared_errors(metered: Floats, model: Floats) -> float:
    """Σ(y − ŷ)²."""
    errors = _errors(metered, model)
    return math.fsum(errors * errors)


def root_mean_square_error(metered: Floats, model: Floats, parameters: int = 0) -> float:
    """√(Σ(y − ŷ)²/(n − p)); p = 0 for a model that was not fitted to these values.

    Raises:
        InputError: n is not above p.
    """
    freedom = len(metered) - parameters
    if freedom <= 0:
        raise InputError(
            "there are no more observations than parameters",
            subject="root mean square error",
            value=f"{len(metered)} observations, {parameters} parameters",
            limit="n > p",
            next_step="Use more observations",
        )
    return math.sqrt(sum_of_squared_errors(metered, model) / freedom)


def cv_rmse(metered: Floats, model: Floats, parameters: int = 0) -> float:
    """Root mean square error with n − p over the mean of the metered values, a fraction (ASHRAE Guideline 14).

    The intercept and change points count in p; CalTRACK and nmecr leave the intercept out, opendsm's ``cvrmse`` has
    p = 0.
    """
    return root_mean_square_error(metered, model, parameters) / _nonzero_mean(metered)


def mean_absolute_error(metered: Floats, model: Floats) -> float:
    """Mean of the errors without their sign, in the unit of the energy."""
    return mean(np.abs(_errors(metered, model)))


def normalised_mean_bias_error(metered: Floats, model: Floats, parameters: int = 0) -> float:
    """Σ(y − ŷ)/((n − p)·ȳ), a fraction, metered minus model; zero for least squares with an intercept on its own data.

    Raises:
        InputError: n is not above p.
        CalculationError: the mean of the metered values is zero.
    """
    if len(metered) <= parameters:
        root_mean_square_error(metered, model, parameters)
    return math.fsum(_errors(metered, model)) / ((len(metered) - parameters) * _nonzero_mean(metered))


def net_determination_bias_error(metered: Floats, model: Floats) -> float:
    """Σ(y − ŷ)/Σy, a fraction, metered minus model: a check of the software, not of the model (ASHRAE Guideline 14)."""
    return math.fsum(_errors(metered, model)) / (_nonzero_mean(metered) * len(metered))


# --- the design ---


def variance_inflation(
    design: Floats, names: Sequence[str], only: Collection[str] | None = None
) -> Mapping[str, float]:
    """How much the variance of each coefficient grows because its column resembles the others: 1/(1 − R²ⱼ).

    R²ⱼ is that of column j regressed on all others with a constant; columns that do not vary are left out. Infinite for
    a column that is a sum of others.

    Args:
        design: shape (n, p).
        names: of the columns.
        only: names of the columns whose factor is wanted; all of them if not given.

    Returns:
        Factor by name.
    """
    varying = [j for j in range(design.shape[1]) if np.ptp(design[:, j]) > 0]
    found: dict[str, float] = {}
    for j in varying:
        if only is not None and names[j] not in only:
            continue
        others = np.column_stack([np.ones(len(design)), design[:, [k for k in varying if k != j]]])
        others = others / np.sqrt((others * others).sum(axis=0))
        column = design[:, j] - design[:, j].mean()
        left = column - others @ np.linalg.lstsq(others, column, rcond=None)[0]
        share = float(left @ left) / float(column @ column)
        found[names[j]] = 1 / share if share > 1e-14 else math.inf
    return found


def leverage(design: Floats, unscaled_covariance: Floats) -> Floats:
    """Diagonal of X(XᵀX)⁻¹Xᵀ, shape (n,), 0 to 1: how much each observation pulls its own fitted value."""
    return np.asarray(np.einsum("ij,jk,ik->i", design, unscaled_covariance, design))


def cooks_distance(design: Floats, unscaled_covariance: Floats, residuals: Floats) -> Floats:
    """Cook's distance: how far all fitted values move if an observation is left out, shape (n,).

    D = e²/(p s²)·h/(1 − h)², with p the number of columns and s² = SSE/(n − p).

    Args:
        design: shape (n, p).
        unscaled_covariance: (XᵀX)⁻¹.
        residuals: y − ŷ.

    Returns:
        The distances; infinite where an observation alone determines a coefficient (h = 1). All zero for a perfect fit.

    Source:
        R. D. Cook, Detection of influential observation in linear regression, Technometrics 19, 1977.
    """
    h = leverage(design, unscaled_covariance)
    n, p = design.shape
    variance = float(residuals @ residuals) / (n - p)
    if variance == 0:
        return np.zeros(n)
    alone = 1 - h <= 1e-10
    ratio = h / np.where(alone, 1.0, 1 - h) ** 2
    return np.where(alone, math.inf, residuals**2 / (p * variance) * ratio)


# --- parts ---


def _some(values: Floats, least: int) -> Floats:
    values = np.asarray(values, float)
    if len(values) < least or not np.all(np.isfinite(values)):
        raise InputError(
            "are too few, or not all finite",
            subject="values",
            value=f"{len(values)} values",
            limit=f"{least} or more finite numbers",
            next_step="Leave out what was not read, with its reason",
        )
    return values


def _deviations(values: Floats) -> Floats:
    """From the mean; first from the first value, which is exact for numbers that lie close together."""
    moved = values - values[0]
    return np.asarray(moved - math.fsum(moved) / len(moved))


def _squares(values: Floats) -> float:
    """Σ(x − x̄)², with the error of the mean taken out."""
    deviations = _deviations(np.asarray(values, float))
    product, lost = two_product(deviations, deviations)
    return math.fsum([*product, *lost, -(math.fsum(deviations) ** 2) / len(deviations)])


def _errors(metered: Floats, model: Floats) -> Floats:
    metered, model = _some(metered, 1), np.asarray(model, float)
    if metered.shape != model.shape:
        raise InputError(
            "metered and model have different lengths",
            subject="errors",
            value=f"{metered.shape} and {model.shape}",
            next_step="Give one model value for each metered value",
        )
    return np.asarray(metered - model)


def _nonzero_mean(metered: Floats) -> float:
    about = mean(metered)
    if about == 0:
        raise CalculationError("nothing can be related to a mean of zero", subject="metered values")
    return about
