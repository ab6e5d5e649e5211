"""Statistics of a model and of a saving against their limits, each both ways."""

import math
from dataclasses import replace

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.regression.least_squares import LinearFit, least_squares
from energycalc.mv.rules.sufficiency_model import (
    ModelChecks,
    annualised_findings,
    change_findings,
    joint_p_value,
    model_findings,
    ratio_findings,
    sample_findings,
    saving_findings,
    scatter_case,
)


def ids(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.id.removeprefix("mv.") for finding in findings]


def fitted(noise: float, n: int = 24, slope: float = 3.0, base: float = 100.0, seed: int = 2) -> LinearFit:
    rng = np.random.default_rng(seed)
    x = rng.uniform(50, 100, n)
    y = base + slope * x + noise * rng.standard_normal(n)
    return least_squares(np.column_stack([np.ones(n), x]), y, ("intercept", "production"))


CHECKS = ModelChecks(relevant=("production",), production=("production",), base_load="intercept", reporting_months=12)


def test_a_good_model_is_silent() -> None:
    checks = replace(
        CHECKS,
        durbin_watson=2.0,
        lag_1=0.1,
        variance_inflation={"production": 1.0},
        largest_cook=(0.4, "2025-03"),
        largest_influence=(0.05, "2025-03"),
        mean_bias=-0.01,
        forms_tried=5,
    )
    assert model_findings(fitted(5.0), checks, "5P") == ()


def test_a_model_that_explains_nothing_breaks_r_squared_f_and_p() -> None:
    found = ids(model_findings(fitted(40.0, slope=0.0, base=400.0), CHECKS, "model"))
    assert {"TS05_r_squared", "TS06_f_test", "TS06_p_value", "TS06_t_value"} <= set(found)


def test_a_weak_driver_beside_a_strong_one_is_told() -> None:
    rng = np.random.default_rng(3)
    x, other = rng.uniform(50, 100, 24), rng.uniform(0, 1, 24)
    fit = least_squares(
        np.column_stack([np.ones(24), x, other]),
        100 + 3 * x + rng.standard_normal(24),
        ("intercept", "production", "heating"),
    )
    checks = replace(CHECKS, relevant=("production", "heating"))
    found = model_findings(fit, checks, "model")
    p = dict(zip(fit.names, fit.p_values, strict=True))["heating"]
    assert ("TS06_p_value" in ids(found)) == (p > 0.2)
    assert all("heating" in finding.sentence for finding in found)


def test_r_squared_falls_where_energy_hardly_varies_and_is_no_pass() -> None:
    flat = fitted(3.0, slope=0.05, base=1000.0)
    checks = replace(CHECKS, relevant=(), production=(), base_load=None)
    assert flat.cv_rmse < 0.01
    assert "TS05_r_squared" in ids(model_findings(flat, CHECKS, "model"))
    mean = least_squares(np.ones((24, 1)), flat.response, ("intercept",))
    assert ids(model_findings(mean, checks, "mean")) == ["TS05_no_driver"]


@pytest.mark.parametrize(
    ("months", "case"),
    [
        (11.9, "under_12_months"),
        (12, "12_to_60_months"),
        (60, "12_to_60_months"),
        (60.1, "over_60_months"),
    ],
)
def test_the_limit_of_scatter_goes_with_the_reporting_months(months: float, case: str) -> None:
    assert scatter_case(months) == case


def test_scatter_above_its_limit() -> None:
    wide = fitted(75.0, n=200)
    assert 0.20 < wide.cv_rmse < 0.25
    assert "TS03_cv_rmse" in ids(model_findings(wide, replace(CHECKS, reporting_months=6), "model"))
    assert "TS03_cv_rmse" not in ids(model_findings(wide, replace(CHECKS, reporting_months=12), "model"))


@pytest.mark.parametrize(
    ("changes", "fired"),
    [
        ({"durbin_watson": 1.4}, ["TS07_autocorrelation"]),
        ({"durbin_watson": 2.6}, ["TS07_autocorrelation"]),
        ({"durbin_watson": 1.5}, []),
        ({"durbin_watson": 2.5}, []),
        ({"lag_1": 0.31}, ["TS07_autocorrelation"]),
        ({"lag_1": -0.31}, ["TS07_autocorrelation"]),
        ({"lag_1": 0.3}, []),
        (
            {"lag_1": 0.51, "autocorrelation_allowed_for": False},
            ["TS07_autocorrelation", "TS07_autocorrelation_ignored"],
        ),
        ({"lag_1": 0.51}, ["TS07_autocorrelation"]),
        ({"lag_1": 0.5, "autocorrelation_allowed_for": False}, ["TS07_autocorrelation"]),
        ({"durbin_watson": 0.9, "lag_1": 0.6}, ["TS07_autocorrelation"]),
        ({"variance_inflation": {"heating": 10.1}}, ["TS09_collinearity"]),
        ({"variance_inflation": {"heating": 10.0}}, []),
        ({"largest_cook": (1.01, "2025-03")}, ["TS10_influence"]),
        ({"largest_cook": (1.0, "2025-03")}, []),
        ({"largest_influence": (-0.11, "2025-03")}, ["TS10_influence"]),
        ({"largest_influence": (0.10, "2025-03")}, []),
        ({"mean_bias": -0.051}, ["TS04_bias"]),
        ({"mean_bias": 0.05}, []),
        ({"forms_tried": 4, "all_forms_reported": False}, ["TS19_forms_tried"]),
        ({"forms_tried": 3, "all_forms_reported": False}, []),
        ({"forms_tried": 9}, []),
    ],
)
def test_each_further_check(changes: dict[str, object], fired: list[str]) -> None:
    assert ids(model_findings(fitted(5.0), replace(CHECKS, **changes), "model")) == fired  # type: ignore[arg-type]


def test_few_points_by_what_is_left_of_them() -> None:
    assert "TS08_few_points" not in ids(model_findings(fitted(1.0, n=7), CHECKS, "model"))
    found = model_findings(fitted(1.0, n=6), CHECKS, "model")
    assert ids(found) == ["TS08_few_points"] and found[0].severity == "warning"


def test_signs_against_physics() -> None:
    falling = fitted(5.0, slope=-3.0, base=900.0)
    assert ids(model_findings(falling, CHECKS, "model")) == ["TS12_sign"]
    assert ids(model_findings(falling, replace(CHECKS, production=()), "model")) == []  # a temperature may fall
    below = fitted(2.0, base=-60.0)
    assert ids(model_findings(below, CHECKS, "model")) == ["TS12_sign"]


def test_a_biased_fit_with_intercept_is_a_fault() -> None:
    good = fitted(5.0)
    assert "TS04_bias" not in ids(model_findings(good, CHECKS, "model"))
    moved = replace(good, residuals=good.residuals + 0.001 * good.mean_response)
    found = [f for f in model_findings(moved, CHECKS, "model") if f.id == "mv.TS04_bias"]
    assert [finding.severity for finding in found] == ["error"]


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(InputError, match="no column"):
        model_findings(fitted(5.0), replace(CHECKS, relevant=("tonnes",)), "model")


@pytest.mark.parametrize(
    ("saving", "fired"), [(1000.0, []), (-1000.0, []), (200.0, []), (199.0, ["TS01_not_distinguishable"])]
)
def test_a_saving_is_twice_its_standard_error(saving: float, fired: list[str]) -> None:
    found = [each for each in ids(saving_findings(saving, 100.0, math.inf, "M1")) if each.startswith("TS01")]
    assert found == fired


def test_the_uncertainty_at_68_per_cent_is_below_half_of_the_saving() -> None:
    # the 68 % quantile of the normal distribution is 0.99446
    limit = 0.994458 * 100 / 0.5
    assert "TS02_fractional_uncertainty" not in ids(saving_findings(limit * 1.001, 100.0, math.inf, "M1"))
    assert "TS02_fractional_uncertainty" in ids(saving_findings(limit * 0.999, 100.0, math.inf, "M1"))
    assert "TS02_fractional_uncertainty" in ids(saving_findings(limit * 1.001, 100.0, 5, "M1"))  # t is wider
    assert "TS02_fractional_uncertainty" not in ids(saving_findings(-limit, 100.0, math.inf, "M1"))


def test_a_headline_needs_its_uncertainty_and_not_k_2_with_few_degrees() -> None:
    assert ids(saving_findings(1000.0, None, math.inf, "M1")) == ["TS15_no_uncertainty"]
    assert ids(saving_findings(1000.0, 100.0, 9, "M1", fixed_k=True)) == ["TS16_fixed_coverage_factor"]
    assert "2.26" in saving_findings(1000.0, 100.0, 9, "M1", fixed_k=True)[0].sentence  # t of 9 degrees, 95 %
    assert saving_findings(1000.0, 100.0, 10, "M1", fixed_k=True) == ()
    assert saving_findings(1000.0, 100.0, 9, "M1") == ()


def test_a_sample_smaller_than_declared() -> None:
    assert sample_findings(68, 68, "lamps") == ()
    found = sample_findings(67, 68, "lamps")
    assert ids(found) == ["TS14_sample_small"] and "67 / 68" in found[0].sentence


def test_jumps_are_told_unless_they_are_declared_or_in_the_works() -> None:
    jumps = [("2025-05-01", -4.1), ("2025-07-01", 9.0), ("2025-09-01", 3.9)]
    found = change_findings(jumps, "main", declared=["2025-07-01"])
    assert ids(found) == ["TS20_undeclared_change"] and "2025-05-01" in found[0].sentence
    found = change_findings(jumps, "main", declared=["2025-07-01"], in_works=["2025-05-01"])
    assert ids(found) == ["TS20_change_in_works"] and found[0].severity == "note"
    assert change_findings([("2025-09-01", 4.0)], "main") == ()


def test_ratios_and_yearly_figures() -> None:
    assert ratio_findings(1.01, 1.0, "press") == ()
    assert ids(ratio_findings(1.011, 1.0, "press")) == ["TA07_mean_of_ratios"]
    assert ids(ratio_findings(0.989, 1.0, "press")) == ["TA07_mean_of_ratios"]
    assert annualised_findings(3, "press") == ()
    assert ids(annualised_findings(2.9, "press")) == ["TA04_annualised"]


def test_the_columns_of_one_variable_are_tested_together() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(8)
    t = rng.uniform(5, 35, 60)
    heating, cooling = np.maximum(15 - t, 0), np.maximum(t - 20, 0)
    design = np.column_stack([np.ones(60), heating, cooling])
    y = 100 + 0.1 * heating + 4 * cooling + 6 * rng.standard_normal(60)
    fit = least_squares(design, y, ("intercept", "heating", "cooling"))
    model = sm.OLS(y, design).fit()
    assert joint_p_value(fit, [1, 2]) == pytest.approx(float(model.f_test(np.eye(3)[1:]).pvalue), rel=1e-6)
    assert joint_p_value(fit, [1]) == pytest.approx(float(fit.p_values[1]), rel=1e-9)
    apart = replace(CHECKS, relevant=("heating", "cooling"), production=())
    together = replace(apart, variable_of={"heating": "temperature", "cooling": "temperature"})
    assert fit.p_values[1] > 0.2
    assert "TS06_p_value" in ids(model_findings(fit, apart, "5P"))
    assert "TS06_p_value" not in ids(model_findings(fit, together, "5P"))
    noise = least_squares(design, 100 + 6 * rng.standard_normal(60), ("intercept", "heating", "cooling"))
    assert joint_p_value(noise, [1, 2]) > 0.2
    assert "temperature" in " ".join(f.sentence for f in model_findings(noise, together, "5P"))
