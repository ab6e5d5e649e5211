"""The same saving by the other usual methods, to stand beside the primary interval; none of them decides anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from energycalc.errors import EnergycalcError
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import lag_one, positions_of
from energycalc.mv.savings.bootstrap import bootstrap_interval
from energycalc.mv.savings.detectable import MinimumDetectable, minimum_detectable
from energycalc.mv.savings.forecast import METHODS, Method, forecast_uncertainty
from energycalc.mv.savings.fractional import FractionalUncertainty, fractional_uncertainty, savings_multiplier
from energycalc.mv.savings.saving import Saving
from energycalc.quantity.gum import coverage_factor

Answer = TypeVar("Answer")
BESIDE: tuple[Method, ...] = ("independent", "newey_west", "first_order", "autoregressive")


@dataclass(frozen=True)
class OtherInterval:
    """Half-width of the saving's interval by one method, at the confidence of the saving.

    Attributes:
        key: short name of the method.
        name, name_zh: for people.
        half_width: in the unit of the saving; None where the method has no answer.
        why_not: the reason then.
    """

    key: str
    name: str
    name_zh: str
    half_width: float | None
    why_not: str = ""


@dataclass(frozen=True, eq=False)
class OtherMethods:
    """What else can be said of the uncertainty.

    Attributes:
        intervals: one for each method.
        guideline: fractional savings uncertainty (form A) at 68 % confidence, the one Guideline 14 limits to 50 %; None
            where it has no answer.
        detectable: smallest saving that can be told from zero under these reporting conditions; None likewise.
    """

    intervals: tuple[OtherInterval, ...]
    guideline: FractionalUncertainty | None
    detectable: MinimumDetectable | None


def other_methods(baseline: Baseline, reporting: Periods, saving: Saving, reporting_months: float) -> OtherMethods:
    """Intervals of an avoided energy by ordinary least squares, Newey-West, autoregression, bootstrap and Guideline 14.

    Args:
        baseline: the model.
        reporting: the reporting periods.
        saving: the avoided energy.
        reporting_months: M of the polynomial of Guideline 14.
    """
    found = [_of_forecast(method, baseline, reporting, saving) for method in BESIDE]
    found.append(_answer("bootstrap", "blocks of four whole weeks (bootstrap)", "四週區塊之拔靴法",
                         lambda: _bootstrap(baseline, reporting, saving)))  # fmt: skip
    at_own = _guideline(baseline, reporting, saving, reporting_months, saving.confidence)
    found.append(_answer("guideline_14", "Guideline 14, fractional savings uncertainty", "Guideline 14 節能分率",
                         lambda: at_own().half_width(saving.adjusted_baseline)))  # fmt: skip
    guideline = _or_none(_guideline(baseline, reporting, saving, reporting_months, 0.68))
    detectable = _or_none(lambda: minimum_detectable(baseline, reporting, confidence=saving.confidence))
    return OtherMethods(tuple(found), guideline, detectable)


def _of_forecast(method: Method, baseline: Baseline, reporting: Periods, saving: Saving) -> OtherInterval:
    def half_width() -> float:
        found = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method=method)
        return coverage_factor(saving.confidence, found.degrees_of_freedom) * found.standard_uncertainty

    return _answer(method, *METHODS[method], half_width)


def _answer(key: str, name: str, name_zh: str, half_width: Callable[[], float]) -> OtherInterval:
    try:
        return OtherInterval(key, name, name_zh, half_width())
    except EnergycalcError as error:
        return OtherInterval(key, name, name_zh, None, error.sentence())


def _bootstrap(baseline: Baseline, reporting: Periods, saving: Saving) -> float:
    low, high = bootstrap_interval(baseline, reporting, confidence=saving.confidence).interval
    return (high - low) / 2


def _guideline(
    baseline: Baseline, reporting: Periods, saving: Saving, months: float, confidence: float
) -> Callable[[], FractionalUncertainty]:
    def compute() -> FractionalUncertainty:
        fit = baseline.fit
        return fractional_uncertainty(
            fraction=saving.fraction,
            observations=fit.observations,
            parameters=fit.parameters,
            reporting_observations=len(reporting),
            mean_energy=fit.mean_response,
            residual_sum_of_squares=fit.residual_sum_of_squares,
            confidence=confidence,
            form="A",
            correlation=lag_one(fit.residuals, positions_of(baseline.periods)).pearson,
            multiplier=savings_multiplier(baseline.periods.interval, months),
        )

    return compute


def _or_none(compute: Callable[[], Answer]) -> Answer | None:
    try:
        return compute()
    except EnergycalcError:
        return None
