"""Energy per piece or tonne of a machine, with the base load that no piece explains.

E_i = P_base · t_i + e · n_i        for periods i of t_i hours and n_i pieces
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import durbin_watson, lag_one, positions_of
from energycalc.mv.regression.least_squares import LinearFit, least_squares
from energycalc.mv.rules.sufficiency_model import ModelChecks, model_findings, ratio_findings
from energycalc.quantity import Quantity, Source, quantity
from energycalc.quantity.correlation import Correlation
from energycalc.quantity.distributions import normal

EXACT = 1e-9
"""A fit whose residuals are below this share of the mean has none: no meter reads so many digits."""


@dataclass(frozen=True, eq=False)
class EnergyPerPiece:
    """What a piece takes and what the machine takes without any.

    Attributes:
        fit: regression of energy on hours and pieces.
        base_power: mean power without production, kW, a leaf of the regression.
        per_piece: energy of one more piece (or tonne), kWh per unit, a leaf of the same regression.
        correlations: of the two leaves, for ``propagate``.
        ratio_of_sums: energy of all periods over output of all, kWh per unit; base load included.
        mean_of_ratios: mean of the periods' ratios, shown because it is often quoted; periods without output left out.
        base_share: share of the energy that the base load makes.
        findings: doubts of the model, and ``mv.TA07_mean_of_ratios`` where the two differ by more than 1 %.
    """

    fit: LinearFit
    base_power: Quantity
    per_piece: Quantity
    correlations: tuple[Correlation[Quantity], ...]
    ratio_of_sums: float
    mean_of_ratios: float
    base_share: float
    findings: tuple[Finding, ...]


def energy_per_piece(periods: Periods, driver: str, unit: str, *, subject: str = "") -> EnergyPerPiece:
    """Split the energy of a machine into a base load and energy per piece, by least squares.

    Args:
        periods: hours, days or shifts of one machine, kWh; with the output as a driver.
        driver: its name.
        unit: ``piece``, ``t`` or another unit of amount.
        subject: the machine.

    Raises:
        InputError: the meter is not in kWh, nothing was produced, or output and hours cannot be told apart.

    Limits of validity:
        Errors of the output are small beside its spread; otherwise the slope comes out too small and the base load too
        large. The ± of the leaves is that of independent periods; where the residuals go together it is too small,
        which ``mv.TS07_autocorrelation`` and ``mv.TS07_autocorrelation_ignored`` say.
    """
    if periods.unit != "kWh":
        raise InputError("the energy is not in kWh", subject=subject or "energy per piece", value=periods.unit)
    output = periods.drivers[driver]
    produced = output > 0
    if not produced.any() or bool((output < 0).any()):
        raise InputError(
            "the output is negative, or nothing was produced",
            subject=subject or "energy per piece",
            value=f"{float(output.sum()):g} {unit}",
            limit="output of at least 0 in each period, above 0 in some",
            next_step="Check the production record",
        )
    names = ("base_load", driver)
    fit = least_squares(np.column_stack([periods.hours, output]), periods.energy, names)
    errors = fit.standard_errors
    base = _leaf("base_power", "P_base", "kW", fit, 0, periods.source, subject)
    each = _leaf("energy_per_output", "e", f"kWh/{unit}", fit, 1, periods.source, subject)
    r = float(fit.covariance[0, 1] / (errors[0] * errors[1])) if errors.all() else 0.0
    sums = float(periods.energy.sum() / output.sum())
    ratios = float(np.mean(periods.energy[produced] / output[produced]))
    name = subject or "energy per piece"
    return EnergyPerPiece(
        fit,
        base,
        each,
        ((base, each, r),) if r else (),
        sums,
        ratios,
        float(fit.coefficients[0] * periods.hours.sum() / periods.energy.sum()),
        (*model_findings(fit, _checks(fit, periods, driver), name), *ratio_findings(ratios, sums, name)),
    )


def energy_at(found: EnergyPerPiece, hours: float, output: NDArray[np.float64] | float) -> float:
    """Energy in kWh that the machine would use in so many hours with so much output.

    Args:
        found: the split.
        hours: length of the time.
        output: amount produced in it, in the unit of the split.
    """
    base, each = found.fit.coefficients
    return float(base * hours + each * float(np.sum(output)))


def _checks(fit: LinearFit, periods: Periods, driver: str) -> ModelChecks:
    places = positions_of(periods)
    judged = fit.cv_rmse > EXACT and np.count_nonzero(np.diff(places) == 1) >= 3
    return ModelChecks(
        relevant=(driver,),
        production=(driver,),
        base_load="base_load",
        durbin_watson=durbin_watson(fit.residuals, places) if judged else None,
        lag_1=lag_one(fit.residuals, places).pearson if judged else None,
        autocorrelation_allowed_for=False,
    )


def _leaf(
    name: str, symbol: str, unit: str, fit: LinearFit, column: int, source: Source | None, subject: str
) -> Quantity:
    error = float(fit.standard_errors[column])
    return quantity(
        float(fit.coefficients[column]),
        unit,
        name=name,
        symbol=symbol,
        basis="measured",
        source=source,
        uncertainty=normal(error, fit.degrees_of_freedom) if error > 0 else None,
        subject=subject,
    )
