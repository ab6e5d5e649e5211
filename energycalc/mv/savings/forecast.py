"""How far a sum of model predictions may be from what would have been: the ± of a saving, and of a saving only.

The error of Σŷ − Σy is Σ wₜeₜ over the baseline (through the coefficients, w = X(XᵀX)⁻¹h with h the sums of the design
columns) and over the metered periods (each with weight one). What is unknown is how the errors hang together in time;
the methods differ in nothing else. Which of them holds its promise is shown in ``docs/known_truth.md``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import (
    autocovariances,
    autoregressive_autocovariances,
    bandwidth,
    effective_number,
    lag_one,
    newey_west_covariance,
    positions_of,
    variance_of_sum,
)
from energycalc.mv.regression.long_run_variance import LongRunVariance, long_run_variance
from energycalc.quantity.gum import coverage_factor, effective_degrees_of_freedom

Floats = NDArray[np.float64]
Method = Literal["slow_variation", "independent", "newey_west", "first_order", "autoregressive"]
PRIMARY: Method = "slow_variation"
GREATEST_ORDER = 14
"""Autoregressions are tried up to this order: two weeks of days."""
METHODS: dict[Method, tuple[str, str]] = {
    "slow_variation": (
        "slow variations of the residuals (cosines slower than a quarter of a year), Student's t",
        "殘差的慢變動（週期長於一季之餘弦），t 分布",
    ),
    "independent": ("residuals taken as independent (ordinary least squares)", "視殘差為獨立（一般最小平方法）"),
    "newey_west": ("Newey-West covariance, bandwidth 1.3√n", "Newey-West 共變異數，帶寬 1.3√n"),
    "first_order": ("first-order autoregressive residuals", "殘差為一階自迴歸"),
    "autoregressive": ("autoregressive residuals, order by BIC", "殘差為自迴歸，階數依 BIC"),
}


@dataclass(frozen=True)
class ForecastUncertainty:
    """Standard uncertainty of a sum of predictions, less the metered sum where that is part of it.

    Attributes:
        standard_uncertainty: in the unit of the energy.
        degrees_of_freedom: of Student's t for an interval.
        method: how the residuals' connection in time was judged.
        variance_ratio: variance of long sums per period by s²; 1 for independent residuals. None where the method has
            no such number.
        from_coefficients: share of the variance that comes through the coefficients, 0 to 1 (slow_variation and
            independent only).
        slow: what the slow variations were read from (slow_variation only).
    """

    standard_uncertainty: float
    degrees_of_freedom: float
    method: Method
    variance_ratio: float | None = None
    from_coefficients: float | None = None
    slow: LongRunVariance | None = None

    def expanded(self, confidence: float) -> float:
        """Half-width of the two-sided interval at ``confidence``: t times the standard uncertainty."""
        return coverage_factor(confidence, self.degrees_of_freedom) * self.standard_uncertainty


Term = tuple[Periods, float]
"""Periods whose predictions are added up, and the factor they are taken with."""


def forecast_uncertainty(
    baseline: Baseline, terms: Sequence[Term], *, metered: bool, method: Method = PRIMARY
) -> ForecastUncertainty:
    """Uncertainty of Σ factor · (Σŷ − Σy) over the terms, or of Σ factor · Σŷ where nothing metered is in it.

    Args:
        baseline: the model that predicts.
        terms: periods and factors: ``[(reporting, 1)]`` for an avoided energy, ``[(reporting, 1), (baseline, −1)]`` for
            chaining through a year between.
        metered: whether the metered energy of these periods is subtracted; then their own errors count too.
        method: how the connection of the residuals in time is judged; the primary one unless a comparison is wanted.

    Returns:
        The uncertainty with its degrees of freedom. Change points count as coefficients: the model is taken as linear
        in them around the ones found.

    Raises:
        InputError: unknown method, or a method that this baseline is too short for.

    Limits of validity:
        The form of the model holds in both periods, the errors of both are of one kind, and the conditions predicted
        for lie within those of the baseline.

    Source:
        Exact variance of a sum of predictions: any text on linear regression; Reddy and Claridge 2000 for savings.
    """
    if method not in get_args(Method):
        raise InputError(
            "is no way to judge the uncertainty",
            subject="forecast",
            value=method,
            limit=", ".join(get_args(Method)),
            next_step="Choose one of them",
        )
    if not terms or any(periods.interval != baseline.periods.interval for periods, _ in terms):
        raise InputError(
            "the periods predicted for are not of the length that the model was fitted to",
            subject="forecast",
            value=", ".join(periods.interval for periods, _ in terms) or "no periods",
            limit=baseline.periods.interval,
            next_step="Predict for periods of the same length",
        )
    design = sensitivity_design(baseline, baseline.periods)
    totals = np.sum([factor * sensitivity_design(baseline, periods).sum(axis=0) for periods, factor in terms], axis=0)
    weights = residual_weights(design, totals)
    if method == "slow_variation":
        return _from_slow_variation(baseline, design, weights, terms, metered)
    if method == "independent":
        return _from_independent(baseline, weights, terms, metered)
    if method == "newey_west":
        return _from_newey_west(baseline, design, totals, terms, metered)
    return _from_autoregression(baseline, weights, terms, metered, method)


def combined(parts: Sequence[ForecastUncertainty], factors: Sequence[float]) -> ForecastUncertainty:
    """Uncertainty of Σ factor · part for parts that have nothing in common (Welch-Satterthwaite, JCGM 100 G.2b)."""
    terms = [
        ((factor * part.standard_uncertainty) ** 2, part.degrees_of_freedom)
        for part, factor in zip(parts, factors, strict=True)
    ]
    together = math.sqrt(math.fsum(variance for variance, _ in terms))
    return ForecastUncertainty(together, effective_degrees_of_freedom(terms), parts[0].method)


def sensitivity_design(baseline: Baseline, periods: Periods) -> Floats:
    """Design of the periods, with the slope of the prediction against each fitted change point as a further column.

    Returns:
        Shape (n, p): as many columns as the model has parameters; for change points in energy per unit of the driver.
    """
    bound = baseline.bound
    columns = bound.design(periods)
    if not bound.extra_parameters or bound.extra_parameters != len(bound.change_points):
        return columns
    further = []
    for place, point in enumerate(bound.change_points):
        step = 1e-6 * max(abs(point), 1.0)
        ends = [
            replace(bound, change_points=(*bound.change_points[:place], moved, *bound.change_points[place + 1 :]))
            for moved in (point - step, point + step)
        ]
        low, high = (end.design(periods) @ baseline.fit.coefficients for end in ends)
        further.append((high - low) / (2 * step))
    return np.column_stack([columns, *further])


def residual_weights(design: Floats, totals: Floats) -> Floats:
    """What each residual of the baseline does to a sum of predictions: X(XᵀX)⁻¹h, the shortest w with Xᵀw = h.

    Args:
        design: X, shape (n, p).
        totals: h, sums of the columns over the periods predicted for, shape (p,).
    """
    scale = np.sqrt((design * design).sum(axis=0))
    used = scale > 0
    scaled = design[:, used] / scale[used]
    return np.asarray(np.linalg.lstsq(scaled.T, totals[used] / scale[used], rcond=None)[0])


def _own(terms: Sequence[Term], metered: bool) -> float:
    """Sum of squares of the weights of the metered periods."""
    return math.fsum(factor**2 * len(periods) for periods, factor in terms) if metered else 0.0


def _from_slow_variation(
    baseline: Baseline, design: Floats, weights: Floats, terms: Sequence[Term], metered: bool
) -> ForecastUncertainty:
    midpoints, span = _clock(baseline.periods)
    slow = long_run_variance(
        design,
        baseline.fit.residuals,
        midpoints,
        span,
        reporting_span=min(float(periods.hours.sum()) / 24 for periods, _ in terms) if metered else None,
        positions=positions_of(baseline.periods),
    )
    through, own = float(weights @ weights), _own(terms, metered)
    s_squared = baseline.fit.residual_variance
    return ForecastUncertainty(
        math.sqrt(slow.variance * (through + own)),
        float(slow.degrees_of_freedom),
        "slow_variation",
        variance_ratio=slow.variance / s_squared if s_squared > 0 else None,
        from_coefficients=through / (through + own) if through + own > 0 else None,
        slow=slow,
    )


def _from_independent(baseline: Baseline, weights: Floats, terms: Sequence[Term], metered: bool) -> ForecastUncertainty:
    through, own = float(weights @ weights), _own(terms, metered)
    return ForecastUncertainty(
        math.sqrt(baseline.fit.residual_variance * (through + own)),
        float(baseline.fit.degrees_of_freedom),
        "independent",
        variance_ratio=1.0,
        from_coefficients=through / (through + own) if through + own > 0 else None,
    )


def _from_newey_west(
    baseline: Baseline, design: Floats, totals: Floats, terms: Sequence[Term], metered: bool
) -> ForecastUncertainty:
    fit = baseline.fit
    places, lags = positions_of(baseline.periods), bandwidth(fit.observations)
    covariance = newey_west_covariance(design, fit.residuals, lags, places)
    variance = float(totals @ covariance @ totals)
    if metered:
        tapered = autocovariances(fit.residuals, lags, places) * (1 - np.arange(lags + 1) / (lags + 1))
        own, where = _metered_weights(terms)
        variance += variance_of_sum(own, where, tapered * fit.observations / fit.degrees_of_freedom)
    return ForecastUncertainty(math.sqrt(variance), float(fit.degrees_of_freedom), "newey_west")


def _from_autoregression(
    baseline: Baseline, weights: Floats, terms: Sequence[Term], metered: bool, method: Method
) -> ForecastUncertainty:
    fit, places = baseline.fit, positions_of(baseline.periods)
    if metered:
        own, where = _metered_weights(terms)
        weights, everywhere = np.concatenate([weights, -own]), np.concatenate([places, where])
        order = np.argsort(everywhere, kind="stable")
        weights, everywhere = weights[order], everywhere[order]
    else:
        everywhere = places
    reach = int(everywhere[-1] - everywhere[0])
    if method == "first_order":
        correlation = lag_one(fit.residuals, places).pearson
        degrees = effective_number(fit.observations, correlation) - fit.parameters
        if degrees < 1:
            raise InputError(
                "so strongly autocorrelated residuals leave no degree of freedom",
                subject="first-order autoregressive residuals",
                value=f"n' = {degrees + fit.parameters:.1f}, {fit.parameters} parameters",
                limit="n' − p of at least 1",
                next_step="Use a longer baseline or a simpler form",
            )
        series = np.asarray(fit.residual_variance * correlation ** np.arange(reach + 1), float)
    else:
        degrees = float(fit.degrees_of_freedom)
        series, _ = autoregressive_autocovariances(
            fit.residuals,
            reach,
            greatest_order=min(GREATEST_ORDER, fit.observations // 4),
            parameters=fit.parameters,
            positions=places,
        )
    return ForecastUncertainty(math.sqrt(variance_of_sum(weights, everywhere, series)), degrees, method)


def _metered_weights(terms: Sequence[Term]) -> tuple[Floats, NDArray[np.int64]]:
    """Weight and place in time of each metered period, in the order of time."""
    weights = np.concatenate([np.full(len(periods), factor) for periods, factor in terms])
    places = np.concatenate([positions_of(periods) for periods, _ in terms])
    order = np.argsort(places, kind="stable")
    return weights[order], places[order]


def _clock(periods: Periods) -> tuple[Floats, float]:
    """Middle of each period in days from the first start, and the days from first start to last end."""
    seconds = np.timedelta64(1, "s")
    start = (periods.start - periods.start[0]) / seconds / 86_400
    end = (periods.end - periods.start[0]) / seconds / 86_400
    return np.asarray((start + end) / 2, float), float(end[-1])
