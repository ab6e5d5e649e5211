"""Whether a model and its saving are good enough to be stated (Guideline 14, SEP/EnPI Lite, IPMVP and our own rules).

Limits stand in ``data/mv_rules/model.csv`` and ``saving.csv``. R² is never a pass by itself: it falls where energy
hardly varies and rises where a driver swings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.regression.least_squares import LinearFit
from energycalc.mv.rules.limits import judge
from energycalc.quantity.gum import coverage_factor

CONFIDENCE_OF_G14 = 0.68
"""Confidence at which Guideline 14 limits the uncertainty of a saving."""


@dataclass(frozen=True)
class ModelChecks:
    """What besides the fit is needed to judge a model; what is None or empty is not judged.

    Attributes:
        relevant: names of the fit's columns that stand for relevant variables (not the intercept, not day types).
        variable_of: which variable a column stands for, where several do (segments of a temperature); they are tested
            together. A column that is not named stands for itself.
        production: names among them whose slope must not be negative.
        base_load: name of the column of the base load (intercept), if there is one.
        reporting_months: length of the reporting period, for the limit of CV(RMSE).
        durbin_watson: of the residuals.
        lag_1: lag-1 autocorrelation of the residuals.
        autocorrelation_allowed_for: whether the standard error of the saving allows for it.
        variance_inflation: factor by driver.
        largest_cook: (Cook's distance, which point).
        largest_influence: (relative change of the saving when one point is left out, which point).
        mean_bias: NMBE of each month or outside the sample, as a fraction.
        forms_tried: number of forms tried.
        all_forms_reported: whether all of them are reported.
    """

    relevant: tuple[str, ...] = ()
    variable_of: Mapping[str, str] = field(default_factory=dict)
    production: tuple[str, ...] = ()
    base_load: str | None = None
    reporting_months: float | None = None
    durbin_watson: float | None = None
    lag_1: float | None = None
    autocorrelation_allowed_for: bool = True
    variance_inflation: Mapping[str, float] = field(default_factory=dict)
    largest_cook: tuple[float, str] | None = None
    largest_influence: tuple[float, str] | None = None
    mean_bias: float | None = None
    forms_tried: int | None = None
    all_forms_reported: bool = True


def model_findings(fit: LinearFit, checks: ModelChecks, subject: str) -> tuple[Finding, ...]:
    """TS03 to TS10, TS12 and TS19 for one baseline model.

    Args:
        fit: the regression.
        checks: what else is known of it.
        subject: the model, e.g. ``main meter, 5P``.

    Raises:
        InputError: a name is not among the columns of the fit.
    """
    unknown = {*checks.relevant, *checks.production, *filter(None, [checks.base_load])} - set(fit.names)
    if unknown:
        raise InputError(
            "is no column of the fit",
            subject=subject,
            value=", ".join(sorted(unknown)),
            limit=", ".join(fit.names),
            next_step="Name the columns of the fit",
        )
    return (
        *judge("TS08_few_points", fit.degrees_of_freedom, subject),
        *_scatter(fit, checks, subject),
        *_explanation(fit, checks, subject),
        *_connection(checks, subject),
        *_design(fit, checks, subject),
        *_signs(fit, checks, subject),
        *_forms(checks, subject),
    )


def scatter_case(reporting_months: float) -> str:
    """Which limit of CV(RMSE) holds: under 12, 12 to 60, or over 60 months of reporting."""
    if reporting_months < 12:
        return "under_12_months"
    return "12_to_60_months" if reporting_months <= 60 else "over_60_months"


def _scatter(fit: LinearFit, checks: ModelChecks, subject: str) -> list[Finding]:
    found: list[Finding] = []
    if checks.reporting_months is not None:
        found += judge("TS03_cv_rmse", abs(fit.cv_rmse), subject, case=scatter_case(checks.reporting_months))
    if fit.has_intercept:
        bias = abs(math.fsum(fit.residuals) / math.fsum(fit.response))
        found += judge("TS04_bias", bias, subject, case="ndbe")
    if checks.mean_bias is not None:
        found += judge("TS04_bias", abs(checks.mean_bias), subject, case="nmbe")
    return found


def _explanation(fit: LinearFit, checks: ModelChecks, subject: str) -> list[Finding]:
    if not checks.relevant:
        return list(judge("TS05_no_driver", 0, subject))
    found = list(judge("TS05_r_squared", fit.r_squared, subject))
    found += judge("TS06_f_test", fit.f_p_value, subject)
    groups: dict[str, list[int]] = {}
    for k, name in enumerate(fit.names):
        if name in checks.relevant:
            groups.setdefault(checks.variable_of.get(name, name), []).append(k)
    values = {variable: joint_p_value(fit, columns) for variable, columns in groups.items()}
    for variable, p in values.items():
        found += judge("TS06_p_value", p, subject, case="each", where=variable)
    found += judge("TS06_p_value", min(values.values()), subject, case="best")
    for variable, columns in groups.items():
        if len(columns) == 1:
            found += judge("TS06_t_value", abs(float(fit.t_values[columns[0]])), subject, where=variable)
    return found


def joint_p_value(fit: LinearFit, columns: Sequence[int]) -> float:
    """Probability of an F at least as large if these coefficients were all zero; for one column that of its t.

    Args:
        fit: the regression.
        columns: places of the columns.

    Source:
        Wald's form of the F-test: bᵀ C⁻¹ b / k with k and n − p degrees of freedom.
    """
    from scipy.special import fdtrc

    at, k = list(columns), len(columns)
    if fit.residual_sum_of_squares == 0:
        return 0.0 if np.any(fit.coefficients[at]) else 1.0
    b, covariance = fit.coefficients[at], fit.covariance[np.ix_(at, at)]
    f = float(b @ np.linalg.solve(covariance, b)) / k
    return float(fdtrc(k, fit.degrees_of_freedom, f))


def _connection(checks: ModelChecks, subject: str) -> list[Finding]:
    found: list[Finding] = []
    if checks.durbin_watson is not None:
        found += judge("TS07_autocorrelation", checks.durbin_watson, subject, case="durbin_watson_low")
        found += judge("TS07_autocorrelation", checks.durbin_watson, subject, case="durbin_watson_high")
    if checks.lag_1 is not None:
        if not found:
            found += judge("TS07_autocorrelation", abs(checks.lag_1), subject, case="lag_1")
        if not checks.autocorrelation_allowed_for:
            found += judge("TS07_autocorrelation_ignored", checks.lag_1, subject)
    return found


def _design(fit: LinearFit, checks: ModelChecks, subject: str) -> list[Finding]:
    found = list(judge("TS09_collinearity", fit.condition_number, subject, case="condition"))
    for name, factor in checks.variance_inflation.items():
        found += judge("TS09_collinearity", factor, subject, case="vif", where=name)
    for given, case in ((checks.largest_cook, "cook"), (checks.largest_influence, "saving")):
        if given is not None:
            found += judge("TS10_influence", abs(given[0]), subject, case=case, where=given[1])
    return found


def _signs(fit: LinearFit, checks: ModelChecks, subject: str) -> list[Finding]:
    found: list[Finding] = []
    for name, value in zip(fit.names, fit.coefficients, strict=True):
        if name in checks.production:
            found += judge("TS12_sign", float(value), subject, case="slope", where=name)
        if name == checks.base_load:
            found += judge("TS12_sign", float(value), subject, case="base_load")
    return found


def _forms(checks: ModelChecks, subject: str) -> list[Finding]:
    if checks.forms_tried is None or checks.all_forms_reported:
        return []
    return list(judge("TS19_forms_tried", checks.forms_tried, subject))


def saving_findings(
    saving: float, standard_uncertainty: float | None, degrees_of_freedom: float, subject: str, *, fixed_k: bool = False
) -> tuple[Finding, ...]:
    """TS01, TS02, TS15 and TS16 for one saving.

    Args:
        saving: positive is less used.
        standard_uncertainty: in the same unit; None where nobody states one.
        degrees_of_freedom: of it; may be infinite.
        subject: measure or meter.
        fixed_k: whether the interval was made with k = 2 instead of Student's t.

    Limits of validity:
        TS02 is a share of the saving; a saving of zero or an increase has none and is judged by TS01 alone.
    """
    if standard_uncertainty is None:
        return judge("TS15_no_uncertainty", 1, subject, where=subject)
    u = standard_uncertainty
    evidence = {"saving": f"{saving:,.6g}", "standard uncertainty": f"{u:,.6g}"}
    ratio = abs(saving) / u if u > 0 else math.inf
    found = list(judge("TS01_not_distinguishable", ratio, subject, evidence=evidence))
    if saving > 0:
        share = coverage_factor(CONFIDENCE_OF_G14, degrees_of_freedom) * u / saving
        found += judge("TS02_fractional_uncertainty", share, subject, evidence=evidence)
    if fixed_k:
        t = f"{coverage_factor(0.95, degrees_of_freedom):.3g}"
        found += judge("TS16_fixed_coverage_factor", degrees_of_freedom, subject, where=t)
    return tuple(found)


def sample_findings(measured: int, needed: int, subject: str) -> tuple[Finding, ...]:
    """TS14: fewer items measured than the declared confidence and precision need.

    Args:
        measured: number of items measured.
        needed: ``SampleSize.with_t``, or ``attribute_sample_size``.
        subject: what was sampled.
    """
    return judge("TS14_sample_small", measured / needed, subject, where=f"{measured} / {needed}")


def change_findings(
    jumps: Sequence[tuple[str, float]],
    subject: str,
    *,
    declared: Sequence[str] = (),
    in_works: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """TS20: jumps of the residuals that no recorded event explains, and changes that fall into the works.

    Args:
        jumps: (when, size in standard deviations of the residuals).
        subject: the meter.
        declared: the same dates where an event or adjustment is recorded.
        in_works: the same dates that lie inside the time of the works.
    """
    open_jumps = [(when, size) for when, size in jumps if when not in declared and when not in in_works]
    found = [finding for when, size in open_jumps for finding in _jump(when, size, subject)]
    found += judge("TS20_change_in_works", len(in_works), subject, where=", ".join(in_works))
    return tuple(found)


def _jump(when: str, size: float, subject: str) -> tuple[Finding, ...]:
    return judge("TS20_undeclared_change", abs(size), subject, where=when)


def ratio_findings(mean_of_ratios: float, ratio_of_sums: float, subject: str) -> tuple[Finding, ...]:
    """TA07: the mean of monthly kWh per piece is not the kWh per piece of the year.

    Args:
        mean_of_ratios: mean of the periods' specific consumptions.
        ratio_of_sums: energy of all periods over output of all.
        subject: the machine.
    """
    evidence = {"mean of ratios": f"{mean_of_ratios:,.6g}", "ratio of sums": f"{ratio_of_sums:,.6g}"}
    return judge("TA07_mean_of_ratios", abs(mean_of_ratios / ratio_of_sums - 1), subject, evidence=evidence)


def annualised_findings(months: float, subject: str) -> tuple[Finding, ...]:
    """TA04: a yearly figure made from less than three months.

    Args:
        months: length of what was measured.
        subject: measure or meter.
    """
    return judge("TA04_annualised", months, subject)
