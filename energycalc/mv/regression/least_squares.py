"""Ordinary least squares that is right to the last digits, or refuses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.regression.exact_sums import column_products, residual
from energycalc.mv.regression.orthogonal import orthonormal

Floats = NDArray[np.float64]
CONDITION_LIMIT = 1e7
"""Largest condition number of the centred, scaled columns: beyond it, drivers in 9 digits leave 2 in the result."""
REFINEMENTS = 2
SMALL_DESIGN = 50_000
"""Designs of up to so many cells are always refined; larger ones where the condition number is above 1000."""


@dataclass(frozen=True, eq=False)
class LinearFit:
    """Coefficients of y = X b + e by ordinary least squares, with what is needed to judge them.

    Attributes:
        names: the columns of the design.
        coefficients: b, shape (p,), in units of the response per unit of the column.
        covariance: s² (XᵀX)⁻¹, shape (p, p), for independent residuals of equal variance.
        unscaled_covariance: (XᵀX)⁻¹.
        fitted: ŷ, shape (n,).
        residuals: y − ŷ, shape (n,).
        observations: n.
        parameters: p, all fitted ones: columns, and change points or knots found from the same data.
        residual_sum_of_squares: Σ(y − ŷ)².
        condition_number: of the centred, scaled columns (2-norm).
        has_intercept: whether a constant lies in the span of the columns; then sums of squares are about the mean.
    """

    names: tuple[str, ...]
    coefficients: Floats
    covariance: Floats
    unscaled_covariance: Floats
    fitted: Floats
    residuals: Floats
    observations: int
    parameters: int
    residual_sum_of_squares: float
    condition_number: float
    has_intercept: bool

    @property
    def response(self) -> Floats:
        """Y, shape (n,)."""
        return np.asarray(self.fitted + self.residuals)

    @property
    def mean_response(self) -> float:
        """Mean of y."""
        return math.fsum(self.response) / self.observations

    @property
    def degrees_of_freedom(self) -> int:
        """Observations less all fitted parameters, n − p."""
        return self.observations - self.parameters

    @property
    def residual_variance(self) -> float:
        """Sum of squared residuals over n − p, s²."""
        return self.residual_sum_of_squares / self.degrees_of_freedom

    @property
    def residual_standard_deviation(self) -> float:
        """Root mean square error with n − p, s, in units of the response."""
        return math.sqrt(self.residual_variance)

    @property
    def total_sum_of_squares(self) -> float:
        """Σ(y − ȳ)² with an intercept in the span of the columns, otherwise Σy² (as NIST does)."""
        if self.has_intercept and len(self.names) == 1:
            return self.residual_sum_of_squares
        about = self.mean_response if self.has_intercept else 0.0
        deviations = self.response - about
        return float(deviations @ deviations)

    @property
    def r_squared(self) -> float:
        """1 − SSE/SST; NaN where y does not vary."""
        total = self.total_sum_of_squares
        return 1 - self.residual_sum_of_squares / total if total > 0 else math.nan

    @property
    def adjusted_r_squared(self) -> float:
        """1 − (1 − R²)(n − 1)/(n − p); with n in place of n − 1 where there is no intercept."""
        total = self.observations - self.has_intercept
        return 1 - (1 - self.r_squared) * total / self.degrees_of_freedom

    @property
    def cv_rmse(self) -> float:
        """√(SSE/(n − p)) over the mean of y, a fraction; p counts intercept and change points."""
        return self.residual_standard_deviation / self.mean_response

    @property
    def standard_errors(self) -> Floats:
        """Standard error of each coefficient, for independent residuals."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def t_values(self) -> Floats:
        """Coefficient over its standard error; infinite where the fit is perfect."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(self.coefficients / self.standard_errors)

    @property
    def p_values(self) -> Floats:
        """Two-sided probability of a t at least as large under a zero coefficient, Student with n − p."""
        from scipy.special import stdtr

        return np.asarray(2 * stdtr(self.degrees_of_freedom, -np.abs(self.t_values)))

    @property
    def f_statistic(self) -> float:
        """Mean square explained over mean square left; infinite for a perfect fit, NaN with an intercept only."""
        explained = self.parameters - self.has_intercept
        if explained == 0:
            return math.nan
        regression = (self.total_sum_of_squares - self.residual_sum_of_squares) / explained
        return regression / self.residual_variance if self.residual_sum_of_squares > 0 else math.inf

    @property
    def f_p_value(self) -> float:
        """Probability of an F at least as large if no column explained anything."""
        from scipy.special import fdtrc

        explained = self.parameters - self.has_intercept
        return float(fdtrc(explained, self.degrees_of_freedom, self.f_statistic)) if explained else math.nan

    @property
    def bayesian_information_criterion(self) -> float:
        """N ln(SSE/n) + p ln n, for comparing forms on the same data; minus infinity for a perfect fit."""
        n = self.observations
        if self.residual_sum_of_squares == 0:
            return -math.inf
        return n * math.log(self.residual_sum_of_squares / n) + self.parameters * math.log(n)


def least_squares(
    design: Floats,
    response: Floats,
    names: Sequence[str],
    *,
    extra_parameters: int = 0,
    condition_limit: float = CONDITION_LIMIT,
) -> LinearFit:
    """Fit y = X b by QR of the centred, scaled columns, refined with residuals of twice the digits.

    Columns are centred where one of them is constant, and scaled to unit length; the solution of the augmented system
    is then refined (Å. Björck, Iterative refinement of linear least squares solutions, BIT 1967) on the columns as
    given, so that sound problems come out to 13 digits (NIST Statistical Reference Datasets, linear regression).

    Args:
        design: the columns, shape (n, p), finite, in any units.
        response: y, shape (n,), finite.
        names: one name for each column, for messages and tables.
        extra_parameters: parameters found from the same data that are no columns (change points, knots).
        condition_limit: largest condition number accepted.

    Returns:
        The fit; ``parameters`` is the number of columns plus ``extra_parameters``.

    Raises:
        InputError: shapes disagree, a value is not finite, there are no degrees of freedom, a column holds nothing, or
            the columns hang together (the condition number and their names are given).
    """
    design, response, names = np.asarray(design, float), np.asarray(response, float), tuple(names)
    _refuse_unusable(design, response, names, extra_parameters)
    constant = next((j for j, column in enumerate(design.T) if column[0] != 0 and np.all(column == column[0])), None)
    centre = design.mean(axis=0) if constant is not None else np.zeros(design.shape[1])
    if constant is not None:
        centre[constant] = 0.0
    moved = design - centre
    scale = np.sqrt((moved * moved).sum(axis=0))
    empty = [name for name, s, c in zip(names, scale, np.abs(design).max(axis=0), strict=True) if s <= 1e-13 * c]
    if empty:
        raise InputError(
            "does not vary in the baseline, so its coefficient cannot be found",
            subject=", ".join(empty),
            value="a constant column",
            limit="a driver must vary",
            next_step="Leave the driver out, or use a baseline in which it varies",
        )
    q, r = orthonormal(moved / scale)
    _, singular, directions = np.linalg.svd(r)
    condition = float(singular[0] / singular[-1]) if singular[-1] > 0 else math.inf
    if not condition <= condition_limit:
        _refuse_hanging_together(names, directions[-1], condition, condition_limit)
    inverse = np.linalg.solve(r, np.eye(len(names)))
    # b = back · g, where g are the coefficients of the centred, scaled columns.
    back = np.diag(1 / scale)
    if constant is not None:
        back[constant] -= centre / scale / design[0, constant]
    coefficients = back @ (inverse @ (q.T @ response))
    residuals = response - design @ coefficients
    for _ in range(REFINEMENTS if design.size <= SMALL_DESIGN or condition > 1e3 else 0):
        missing = residual(response, residuals, design, coefficients)
        across = inverse.T @ (back.T @ -column_products(design, residuals))
        along = q.T @ missing
        residuals = residuals + missing + q @ (across - along)
        coefficients = coefficients + back @ (inverse @ (along - across))
        residuals = residual(response, np.zeros_like(response), design, coefficients)
    half = back @ inverse
    unscaled = half @ half.T
    squares = math.fsum(residuals * residuals)
    ones = np.ones(len(response))
    outside = ones - q @ (q.T @ ones)
    freedom = len(response) - len(names) - extra_parameters
    return LinearFit(
        names=names,
        coefficients=coefficients,
        covariance=unscaled * (squares / freedom),
        unscaled_covariance=unscaled,
        fitted=response - residuals,
        residuals=residuals,
        observations=len(response),
        parameters=len(names) + extra_parameters,
        residual_sum_of_squares=squares,
        condition_number=condition,
        has_intercept=constant is not None or float(outside @ outside) <= 1e-20 * len(response),
    )


def _refuse_unusable(design: Floats, response: Floats, names: tuple[str, ...], extra_parameters: int) -> None:
    if design.ndim != 2 or response.shape != design.shape[:1] or design.shape[1] != len(names) or not names:
        raise InputError(
            "design, response and names do not fit together",
            subject="regression",
            value=f"design {design.shape}, response {response.shape}, {len(names)} names",
            next_step="Give one row per observation and one name per column",
        )
    if not (np.all(np.isfinite(design)) and np.all(np.isfinite(response))):
        raise InputError(
            "holds a value that is not finite",
            subject="regression",
            limit="a period without data is left out before the fit",
            next_step="Leave the period out, with its reason",
        )
    parameters = len(names) + extra_parameters
    if len(response) <= parameters:
        raise InputError(
            "there are no more observations than parameters, so nothing is left to judge the fit by",
            subject="regression",
            value=f"{len(response)} observations, {parameters} parameters ({', '.join(names)}"
            + (f" and {extra_parameters} more found from the data)" if extra_parameters else ")"),
            limit="n > p",
            next_step="Use a simpler form, a longer baseline or shorter intervals",
        )


def _refuse_hanging_together(names: tuple[str, ...], direction: Floats, condition: float, limit: float) -> None:
    part = np.abs(direction)
    together = [name for name, share in zip(names, part, strict=True) if share > 0.1 * part.max()]
    raise InputError(
        f"the columns {', '.join(together)} hang together: one can be written by the others, so their coefficients "
        "cannot be told apart",
        subject="regression",
        value=f"condition number {condition:.3g}",
        limit=f"{limit:.0e} for centred, scaled columns",
        next_step=f"Leave one of {', '.join(together)} out, or use a baseline in which they move apart",
    )
