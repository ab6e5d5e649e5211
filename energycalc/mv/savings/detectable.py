"""The smallest saving that a baseline can prove, known before the measure begins."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import lag_one, positions_of
from energycalc.mv.savings.forecast import PRIMARY, ForecastUncertainty, Method, forecast_uncertainty
from energycalc.mv.savings.fractional import (
    FractionalForm,
    FractionalUncertainty,
    coverage_factor_of,
    fractional_uncertainty,
    savings_multiplier,
)
from energycalc.quantity.gum import coverage_factor

DAYS_PER_MONTH = 30.0
"""Guideline 14 users count a month as 30 days (nmecr)."""


@dataclass(frozen=True)
class MinimumDetectable:
    """What a baseline can prove over a planned reporting period.

    Attributes:
        energy: saving whose interval just reaches zero, in ``unit``; a true saving of this size is proved every other
            time.
        energy_nearly_sure: true saving that is proved with probability ``power``.
        adjusted_baseline: energy predicted for the planned period.
        unit: unit of the energies.
        confidence: of the two-sided interval.
        power: probability meant by ``energy_nearly_sure``.
        forecast: uncertainty behind it.
        guideline: fractional savings uncertainty of Guideline 14 for the same plan; its ``fraction_at_half`` is F50.
        why_no_guideline: why there is none, where ``guideline`` is None.
    """

    energy: float
    energy_nearly_sure: float
    adjusted_baseline: float
    unit: str
    confidence: float
    power: float
    forecast: ForecastUncertainty
    guideline: FractionalUncertainty | None
    why_no_guideline: str

    @property
    def fraction(self) -> float:
        """Smallest saving that can be proved, by adjusted baseline."""
        return self.energy / self.adjusted_baseline

    @property
    def fraction_nearly_sure(self) -> float:
        """Saving that is proved with probability ``power``, by adjusted baseline."""
        return self.energy_nearly_sure / self.adjusted_baseline


def minimum_detectable(
    baseline: Baseline,
    planned: Periods,
    *,
    confidence: float = 0.90,
    power: float = 0.80,
    form: FractionalForm = "A",
    method: Method = PRIMARY,
) -> MinimumDetectable:
    """Smallest saving that can be told from zero, before there is any reporting data.

    Args:
        baseline: the model.
        planned: the conditions expected in the reporting period, period by period; their energy is not used. See
            :func:`like_the_baseline` where nothing better is known.
        confidence: of the two-sided interval that must not reach zero.
        power: probability with which the larger figure is proved.
        form: which form of the fractional savings uncertainty stands beside it.
        method: for comparisons only.

    Returns:
        t·u as energy and, by the properties, as a fraction; with the F50 of Guideline 14 beside it.

    Limits of validity:
        Reporting conditions as planned, and errors as in the baseline.
    """
    if not 0.5 <= power < 1:
        raise InputError(
            "is no probability to prove a saving with",
            subject="minimum detectable saving",
            value=f"{power:g}",
            limit="0.5 to below 1",
            next_step="Write 0.8 for 80 %",
        )
    forecast = forecast_uncertainty(baseline, [(planned, 1.0)], metered=True, method=method)
    predicted = math.fsum(baseline.predict(planned))
    if not predicted > 0:
        raise InputError(
            "is not above zero, so nothing can be saved from it",
            subject="energy predicted for the planned period",
            value=f"{predicted:g} {planned.unit}",
            limit="> 0",
            next_step="Look at the planned conditions",
        )
    u, degrees = forecast.standard_uncertainty, forecast.degrees_of_freedom
    least = coverage_factor(confidence, degrees) * u
    guideline, why = _guideline(baseline, planned, predicted, confidence, form)
    further = 0.0 if power == 0.5 else coverage_factor_of(2 * power - 1, degrees) * u
    return MinimumDetectable(
        least, least + further, predicted, planned.unit, confidence, power, forecast, guideline, why
    )


def like_the_baseline(baseline: Baseline, periods: int) -> Periods:
    """Planned periods with the conditions of the first ``periods`` of the baseline, one year or more later.

    Args:
        baseline: the model.
        periods: planned number of periods, 1 to the number of periods of the baseline.
    """
    own = baseline.periods
    if not 1 <= periods <= len(own):
        raise InputError(
            "is no number of periods that the baseline can stand for",
            subject="planned reporting period",
            value=periods,
            limit=f"1 to {len(own)}",
            next_step="Give the planned conditions period by period",
        )
    mask = np.arange(len(own)) < periods
    chosen = own.chosen(mask)
    span = own.end[-1] - own.start[0]
    weeks = np.timedelta64(7 * 86_400, "s")
    shift = (-(-span // weeks)) * weeks
    if own.interval == "month":
        months = int((own.end[-1].astype("datetime64[M]") - own.start[0].astype("datetime64[M]")).astype(int))
        years = 12 * -(-months // 12)
        start, end = ((t.astype("datetime64[M]") + years).astype("datetime64[s]") for t in (chosen.start, chosen.end))
        return replace(chosen, start=start, end=end, left_out=())
    return replace(chosen, start=chosen.start + shift, end=chosen.end + shift, left_out=())


def _guideline(
    baseline: Baseline, planned: Periods, predicted: float, confidence: float, form: FractionalForm
) -> tuple[FractionalUncertainty | None, str]:
    """Guideline 14 for the same plan; its refusal in words where it has no answer."""
    fit, places = baseline.fit, positions_of(baseline.periods)
    months = float(planned.hours.sum()) / 24 / DAYS_PER_MONTH
    try:
        found = fractional_uncertainty(
            fraction=1.0,
            observations=fit.observations,
            parameters=fit.parameters,
            reporting_observations=len(planned),
            mean_energy=fit.mean_response,
            residual_sum_of_squares=fit.residual_sum_of_squares,
            confidence=confidence,
            form=form,
            correlation=None if form == "independent" else lag_one(fit.residuals, places).pearson,
            multiplier=savings_multiplier(planned.interval, months),
        )
    except InputError as refusal:
        return None, refusal.sentence()
    return found, ""
