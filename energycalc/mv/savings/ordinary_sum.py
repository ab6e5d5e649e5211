"""The ± of a sum of predictions by ordinary least squares, in the steps in which a worksheet can follow it.

With independent residuals Var(Σŷ − Σy) = s² [m + 1ᵀX_r (XᵀX)⁻¹ X_rᵀ1]. With a constant among the columns the second
term is m²/n + zᵀ R⁻¹ z, where R are the correlations of the other columns in the baseline and z says how far the sums
of the reporting period lie from m baseline means, in lengths of the columns. Correlations stay between −1 and 1
whatever the units, so a worksheet inverts them without loss of digits, and the diagonal of the inverse is the variance
inflation.

Metered data seldom have independent residuals: this is the part of the uncertainty that anybody can check, not the
uncertainty of the saving.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError

Floats = NDArray[np.float64]
CONDITION_LIMIT = 1e6
"""Largest condition number of the correlations: half of the 16 digits of a worksheet, less two, are left."""


@dataclass(frozen=True, eq=False)
class OrdinarySum:
    """The steps from two designs to the variance of the difference of two sums.

    Attributes:
        correlation: R, of the columns but the constant; products of unit columns where there is no constant.
        inverse: R⁻¹; its diagonal are the variance inflation factors.
        centre: x̄, baseline mean of each column; 0 without a constant.
        length: √Σ(x − x̄)² of each column, or √Σx² without a constant.
        sums: sum of each column in the reporting period.
        distance: z, by column.
        constant_term: m²/n, or 0 without a constant.
        model_term: 1ᵀX_r (XᵀX)⁻¹ X_rᵀ1.
        periods: m.
        variance: s² (m + model_term).
    """

    correlation: Floats
    inverse: Floats
    centre: Floats
    length: Floats
    sums: Floats
    distance: Floats
    constant_term: float
    model_term: float
    periods: int
    variance: float

    @property
    def standard_uncertainty(self) -> float:
        """Of Σŷ − Σy, in the unit of the energies."""
        return float(np.sqrt(self.variance))

    @property
    def shares(self) -> Floats:
        """What each column adds to the model term: z times R⁻¹z, element by element."""
        return np.asarray(self.distance * (self.inverse @ self.distance))

    @property
    def variance_inflation(self) -> Floats:
        """How many times larger the variance of each coefficient is than with columns that do not hang together."""
        return np.diag(self.inverse)


def ordinary_sum(
    baseline_design: Floats, reporting_design: Floats, constant: int | None, residual_variance: float
) -> OrdinarySum:
    """The variance of the sum of predictions less the sum of new observations, for independent residuals.

    Args:
        baseline_design: X, shape (n, p), a design that was fitted without refusal.
        reporting_design: X_r, shape (m, p), the same columns in the reporting period.
        constant: which column is the constant of ones; ``None`` where there is none.
        residual_variance: s², in squared units of the energies.

    Raises:
        InputError: the columns hang together so much that their correlations cannot be inverted.

    Source:
        Textbook variance of a sum of predictions; see any account of general linear regression.
    """
    n, m = len(baseline_design), len(reporting_design)
    others = [j for j in range(baseline_design.shape[1]) if j != constant]
    x, new = baseline_design[:, others], reporting_design[:, others].sum(axis=0)
    centre = x.mean(axis=0) if constant is not None else np.zeros(len(others))
    moved = x - centre
    length = np.sqrt((moved * moved).sum(axis=0))
    unit = moved / length
    correlation = unit.T @ unit
    condition = float(np.linalg.cond(correlation)) if len(others) else 1.0
    if not condition <= CONDITION_LIMIT:
        raise InputError(
            "the columns hang together so much that their correlations cannot be inverted",
            subject="ordinary least squares of the sum",
            value=f"condition number {condition:.3g} of the correlations",
            limit=f"{CONDITION_LIMIT:.0e}",
            next_step="Leave out a column that the others explain",
        )
    inverse = np.linalg.inv(correlation) if len(others) else np.zeros((0, 0))
    distance = (new - m * centre) / length
    constant_term = m * m / n if constant is not None else 0.0
    model_term = constant_term + float(distance @ inverse @ distance)
    variance = residual_variance * (m + model_term)
    return OrdinarySum(correlation, inverse, centre, length, new, distance, constant_term, model_term, m, variance)
