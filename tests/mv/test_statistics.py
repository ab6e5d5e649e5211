"""Figures of merit against their definitions, worked numbers of others, and statsmodels."""

import math

import numpy as np
import pytest

from energycalc.errors import CalculationError, InputError
from energycalc.mv.regression import statistics as st
from energycalc.mv.regression.least_squares import least_squares

METERED, MODEL = np.array([100.0, 200, 300, 400]), np.array([110.0, 190, 310, 390])


def test_the_sign_is_metered_minus_model() -> None:
    low = METERED - 10
    assert st.normalised_mean_bias_error(METERED, low) == pytest.approx(10 / 250)
    assert st.normalised_mean_bias_error(METERED, low, 1) == pytest.approx(40 / (3 * 250))
    assert st.net_determination_bias_error(METERED, low) == pytest.approx(40 / 1000)


def test_opendsm_worked_residuals() -> None:
    """opendsm tests/common/test_metrics.py, commit 023d72c."""
    assert st.sum_of_squared_errors(METERED, MODEL) == 400
    assert st.root_mean_square_error(METERED, MODEL) == 10
    assert st.mean_absolute_error(METERED, MODEL) == 10
    assert st.cv_rmse(METERED, MODEL) == pytest.approx(0.04)


def test_bias_of_least_squares_is_zero() -> None:
    x = np.arange(20.0)
    fit = least_squares(np.column_stack([np.ones(20), x]), np.sqrt(x) * 300, ["intercept", "x"])
    assert abs(st.net_determination_bias_error(fit.response, fit.fitted)) < 1e-15


def test_large_numbers_with_small_differences() -> None:
    """A meter's register: the same spread wherever the counter stands."""
    small = np.array([0.25, 0.5, 0.75, 1.25, 4.0])
    assert st.standard_deviation(small + 2**40) == st.standard_deviation(small)
    assert st.mean(small + 2**40) == 2**40 + st.mean(small)
    assert st.lag_one_autocorrelation(small + 2**40) == pytest.approx(st.lag_one_autocorrelation(small), rel=1e-14)


def test_one_way_as_scipy() -> None:
    from scipy.stats import f_oneway

    draw = np.random.default_rng(1)
    groups = [draw.normal(k, 2, 8 + k) for k in range(4)]
    found, theirs = st.one_way_analysis(groups), f_oneway(*groups)
    assert found.f_statistic == pytest.approx(theirs.statistic, rel=1e-10)
    assert found.p_value == pytest.approx(theirs.pvalue, rel=1e-8)
    assert found.between + found.within == pytest.approx(np.var(np.concatenate(groups)) * 38)
    assert (found.between_degrees, found.within_degrees) == (3, 34)


def test_groups_of_equal_values() -> None:
    assert st.one_way_analysis([np.array([1.0, 1]), np.array([2.0, 2])]).f_statistic == math.inf


def design() -> np.ndarray:
    draw = np.random.default_rng(2)
    x = draw.normal(size=30)
    return np.column_stack([np.ones(30), x, x + draw.normal(0, 0.3, 30), draw.normal(size=30)])


NAMES = ["intercept", "a", "b", "c"]


def test_variance_inflation_as_statsmodels() -> None:
    from statsmodels.stats.outliers_influence import variance_inflation_factor

    found = st.variance_inflation(design(), NAMES)
    assert "intercept" not in found
    for j, name in enumerate(NAMES[1:], 1):
        assert found[name] == pytest.approx(variance_inflation_factor(design(), j), rel=1e-9)


def test_variance_inflation_of_some_columns_is_that_of_all() -> None:
    everything = st.variance_inflation(design(), NAMES)
    assert st.variance_inflation(design(), NAMES, ["b"]) == {"b": everything["b"]}


def test_variance_inflation_without_a_bound() -> None:
    columns = design()
    columns[:, 3] = columns[:, 1] + columns[:, 2]
    assert st.variance_inflation(columns, NAMES)["c"] == math.inf
    assert st.variance_inflation(columns[:, :2], NAMES[:2]) == {"a": pytest.approx(1)}


def test_leverage_and_cook_as_statsmodels() -> None:
    import statsmodels.api as sm

    y = design() @ [5.0, 1, 2, 3] + np.random.default_rng(3).normal(size=30)
    fit, theirs = least_squares(design(), y, NAMES), sm.OLS(y, design()).fit().get_influence()
    np.testing.assert_allclose(st.leverage(design(), fit.unscaled_covariance), theirs.hat_matrix_diag, rtol=1e-9)
    cook = st.cooks_distance(design(), fit.unscaled_covariance, fit.residuals)
    np.testing.assert_allclose(cook, theirs.cooks_distance[0], rtol=1e-8)
    assert st.leverage(design(), fit.unscaled_covariance).sum() == pytest.approx(4)


def test_a_point_that_alone_sets_its_coefficient() -> None:
    columns = np.column_stack([np.ones(6), np.arange(6) == 2]).astype(float)
    fit = least_squares(columns, np.array([1.0, 2, 9, 3, 2, 1]), ["intercept", "third"])
    cook = st.cooks_distance(columns, fit.unscaled_covariance, fit.residuals)
    assert math.isinf(cook[2]) and np.isfinite(np.delete(cook, 2)).all()
    assert not st.cooks_distance(columns, fit.unscaled_covariance, np.zeros(6)).any()


@pytest.mark.parametrize(
    "call",
    [
        lambda: st.mean(np.array([])),
        lambda: st.standard_deviation(np.array([1.0])),
        lambda: st.mean(np.array([1.0, math.nan])),
        lambda: st.root_mean_square_error(METERED, MODEL, 4),
        lambda: st.normalised_mean_bias_error(METERED, MODEL, 5),
        lambda: st.cv_rmse(METERED, MODEL[:3]),
        lambda: st.one_way_analysis([METERED]),
        lambda: st.one_way_analysis([METERED[:1], MODEL[:1]]),
    ],
)
def test_refused(call: object) -> None:
    with pytest.raises(InputError):
        call()  # type: ignore[operator]


def test_no_share_of_nothing() -> None:
    with pytest.raises(CalculationError):
        st.cv_rmse(np.array([-1.0, 1.0]), np.array([0.0, 0.0]))
    with pytest.raises(CalculationError):
        st.lag_one_autocorrelation(np.array([2.0, 2.0, 2.0]))
