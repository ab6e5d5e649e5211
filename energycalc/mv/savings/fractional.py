"""Fractional savings uncertainty after ASHRAE Guideline 14, for readers who ask for it beside the interval.

It approximates Σ over the conditions by 1.26 (or a polynomial in the months reported) and autocorrelation by the lag at
one period. The known-truth study shows where that is too small; it is not the interval this program stands by.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from energycalc.errors import InputError
from energycalc.mv.regression.autocorrelation import effective_number
from energycalc.quantity.gum import coverage_factor

FractionalForm = Literal["independent", "A", "B"]
MULTIPLIER = 1.26
POLYNOMIALS: dict[str, tuple[float, float, float]] = {
    "month": (-0.00022, 0.03306, 0.94054),
    "day": (-0.00024, 0.03535, 1.00286),
}
"""Sun and Baltazar's coefficients of M², M and 1, for bills and for days."""


@dataclass(frozen=True)
class FractionalUncertainty:
    """Uncertainty of a saving as a share of the saving.

    Attributes:
        share: half-width of the interval by the saving, at ``confidence``.
        fraction: saving by adjusted baseline that it was computed for, F.
        confidence: two-sided.
        form: which equation.
        effective_observations: n', or n for independent residuals.
        multiplier: 1.26 or the polynomial's value.
        degrees_of_freedom: of Student's t.
    """

    share: float
    fraction: float
    confidence: float
    form: FractionalForm
    effective_observations: float
    multiplier: float
    degrees_of_freedom: float

    @property
    def fraction_at_half(self) -> float:
        """Saving, as a fraction of the adjusted baseline, whose uncertainty is 50 % of it (F50)."""
        return self.share * abs(self.fraction) / 0.5

    def half_width(self, adjusted_baseline: float) -> float:
        """Half-width of the saving in energy, scaled to the level of the reporting period."""
        return self.share * abs(self.fraction) * adjusted_baseline


def savings_multiplier(interval: str, reporting_months: float | None) -> float:
    """1.26, or Sun and Baltazar's a M² + b M + c in its place.

    Args:
        interval: ``month`` and ``day`` have a polynomial; ``hour`` and ``week`` have none, so 1.26 stays.
        reporting_months: months of the REPORTING period, M; None for the plain 1.26.

    Raises:
        InputError: months that are not above zero, or beyond the polynomial's highest point (73 and 75 months).

    Source:
        Sun and Baltazar 2013; M is the reporting length (nmecr PR 30 of 2026 corrects the baseline's).
    """
    if reporting_months is None or interval not in POLYNOMIALS:
        return MULTIPLIER
    a, b, c = POLYNOMIALS[interval]
    top = -b / (2 * a)
    if not 0 < reporting_months <= top:
        raise InputError(
            "is no reporting length for the polynomial",
            subject="fractional savings uncertainty",
            value=f"{reporting_months:g} months",
            limit=f"above 0 to {top:.0f} months, where the polynomial begins to fall",
            next_step="Give the months of the reporting period",
        )
    return a * reporting_months**2 + b * reporting_months + c


def fractional_uncertainty(
    *,
    fraction: float,
    observations: int,
    parameters: int,
    reporting_observations: int,
    mean_energy: float,
    residual_sum_of_squares: float,
    confidence: float,
    form: FractionalForm,
    correlation: float | None = None,
    multiplier: float = MULTIPLIER,
) -> FractionalUncertainty:
    """Fractional savings uncertainty.

    Args:
        fraction: saving by adjusted baseline, F; not zero.
        observations: n of the baseline.
        parameters: p, all fitted ones.
        reporting_observations: m.
        mean_energy: ȳ of the baseline, in the unit of the residuals.
        residual_sum_of_squares: SSE of the baseline.
        confidence: two-sided.
        form: ``independent``; ``A`` t·α·CV/F·√((n/n')(1+2/n')/m); ``B`` the same with SSE/(n'−p) in place of
            SSE/(n−p)·n/n'.
        correlation: ρ at lag one of the residuals; needed for A and B. n' is capped at n.
        multiplier: α, see :func:`savings_multiplier`.

    Returns:
        The share; t has n − p degrees of freedom for independent residuals, n' − p otherwise.

    Raises:
        InputError: no saving to compare with, no correlation where one is needed, or n' not above p by one at least.

    Source:
        ASHRAE Guideline 14-2014 annex B, second-hand; worked case of nmecr (stored expectations, commit e789ebc).
    """
    if fraction == 0 or not math.isfinite(fraction) or not mean_energy > 0:
        raise InputError(
            "has no saving or no energy to be a fraction of",
            subject="fractional savings uncertainty",
            value=f"F = {fraction:g}, mean energy {mean_energy:g}",
            limit="F other than zero, mean energy above zero",
            next_step="State the uncertainty in energy instead",
        )
    effective = float(observations)
    if form != "independent":
        if correlation is None:
            raise InputError(
                "needs the autocorrelation of the residuals",
                subject=f"fractional savings uncertainty, form {form}",
                next_step="Compute it with lag_one, or use the independent form",
            )
        effective = effective_number(observations, correlation)
    degrees = effective - parameters
    if degrees < 1:
        raise InputError(
            "so strongly autocorrelated residuals leave no degree of freedom",
            subject=f"fractional savings uncertainty, form {form}",
            value=f"n' = {effective:.1f}, p = {parameters}",
            limit="n' − p of at least 1",
            next_step="Use the interval of the saving itself",
        )
    below = degrees if form == "B" else observations - parameters
    inflation = observations / effective if form == "A" else 1.0
    cv = math.sqrt(residual_sum_of_squares / below) / mean_energy
    root = math.sqrt(inflation * (1 + 2 / effective) / reporting_observations)
    t = coverage_factor_of(confidence, degrees)
    return FractionalUncertainty(
        t * multiplier * cv / abs(fraction) * root, fraction, confidence, form, effective, multiplier, degrees
    )


def coverage_factor_of(confidence: float, degrees_of_freedom: float) -> float:
    """Student's t for a two-sided interval at real degrees of freedom (not cut down to a whole number)."""
    coverage_factor(confidence, math.inf)  # refuses what is no probability
    from scipy.special import stdtrit

    return float(stdtrit(degrees_of_freedom, (1 + confidence) / 2))
