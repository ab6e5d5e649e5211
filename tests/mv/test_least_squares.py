"""Least squares against statsmodels, against exact rational arithmetic, and its refusals."""

import math
from fractions import Fraction

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.regression.least_squares import LinearFit, least_squares
from energycalc.mv.regression.orthogonal import orthonormal


def random_problem(seed: int, n: int = 60) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), draw.uniform(0, 35, n), draw.normal(1e6, 1e5, n), draw.integers(0, 2, n)])
    return design, design @ [2000.0, 31.0, 0.002, -150.0] + draw.normal(0, 40, n)


NAMES = ("intercept", "temperature", "production", "night")


@pytest.mark.parametrize("seed", range(5))
def test_as_statsmodels(seed: int) -> None:
    import statsmodels.api as sm

    design, response = random_problem(seed)
    ours, theirs = least_squares(design, response, NAMES), sm.OLS(response, design).fit()
    pairs = [
        (ours.coefficients, theirs.params),
        (ours.standard_errors, theirs.bse),
        (ours.covariance, theirs.cov_params()),
        (ours.t_values, theirs.tvalues),
        (ours.p_values, theirs.pvalues),
        (ours.residuals, theirs.resid),
        (ours.fitted, theirs.fittedvalues),
        (ours.r_squared, theirs.rsquared),
        (ours.adjusted_r_squared, theirs.rsquared_adj),
        (ours.f_statistic, theirs.fvalue),
        (ours.f_p_value, theirs.f_pvalue),
        (ours.residual_variance, theirs.mse_resid),
    ]
    for mine, other in pairs:
        np.testing.assert_allclose(mine, other, rtol=1e-7, atol=1e-7)
    # statsmodels' BIC counts the constants of the normal likelihood, which are the same for all forms.
    n = len(response)
    assert ours.bayesian_information_criterion == pytest.approx(theirs.bic - n * (1 + math.log(2 * math.pi)))


def test_without_intercept_as_statsmodels() -> None:
    import statsmodels.api as sm

    design, response = random_problem(9)
    ours, theirs = least_squares(design[:, 1:], response, NAMES[1:]), sm.OLS(response, design[:, 1:]).fit()
    assert not ours.has_intercept
    assert ours.r_squared == pytest.approx(theirs.rsquared, rel=1e-12)
    assert ours.adjusted_r_squared == pytest.approx(theirs.rsquared_adj, rel=1e-12)
    assert ours.f_statistic == pytest.approx(theirs.fvalue, rel=1e-9)


def exact(design: np.ndarray, response: np.ndarray) -> list[Fraction]:
    """Normal equations in rational numbers, by Gauss."""
    rows = [[Fraction(float(x)) for x in row] for row in design]
    y = [Fraction(float(v)) for v in response]
    p = design.shape[1]
    a = [[sum(r[i] * r[j] for r in rows) for j in range(p)] + [sum(r[i] * v for r, v in zip(rows, y, strict=True))]
         for i in range(p)]  # fmt: skip
    for i in range(p):
        a[i] = [x / a[i][i] for x in a[i]]
        for k in range(p):
            if k != i:
                a[k] = [x - a[k][i] * z for x, z in zip(a[k], a[i], strict=True)]
    return [row[-1] for row in a]


@pytest.mark.parametrize("degree", [3, 6, 8])
def test_ill_conditioned_but_sound_problems_are_right_to_the_last_digits(degree: int) -> None:
    x = np.linspace(1, 20, 24)
    design = x[:, None] ** np.arange(degree + 1)
    response = np.cos(x) * 1e5 + 3e5
    found = least_squares(design, response, [f"x^{k}" for k in range(degree + 1)], condition_limit=1e9)
    for ours, theirs in zip(found.coefficients, exact(design, response), strict=True):
        assert abs(Fraction(float(ours)) - theirs) <= abs(theirs) * Fraction(1, 10**12)


def test_a_perfect_fit_has_no_residuals() -> None:
    design, _ = random_problem(1)
    fit = least_squares(design, design @ [3.0, 2.0, 0.5, 7.0], NAMES)
    np.testing.assert_allclose(fit.coefficients, [3, 2, 0.5, 7], rtol=1e-9)  # y itself is rounded to 1e-10
    assert fit.r_squared == pytest.approx(1, abs=1e-15)
    assert fit.f_statistic > 1e20


def test_levels_without_a_constant_column_hold_the_constant() -> None:
    group = np.arange(40) % 4
    design = (group[:, None] == np.arange(4)).astype(float)
    fit = least_squares(design, group * 10.0 + np.sin(np.arange(40)), list("abcd"))
    assert fit.has_intercept
    assert fit.total_sum_of_squares == pytest.approx(np.var(fit.response) * 40)


def test_a_mean_explains_nothing() -> None:
    fit = least_squares(np.ones((5, 1)), np.array([1.0, 2, 3, 4, 6]), ["intercept"])
    assert fit.r_squared == 0 and fit.adjusted_r_squared == 0
    assert math.isnan(fit.f_statistic) and math.isnan(fit.f_p_value)
    assert fit.residual_variance == pytest.approx(np.var([1, 2, 3, 4, 6], ddof=1))


def test_parameters_found_elsewhere_cost_degrees_of_freedom() -> None:
    design, response = random_problem(2)
    plain, more = least_squares(design, response, NAMES), least_squares(design, response, NAMES, extra_parameters=2)
    np.testing.assert_array_equal(plain.coefficients, more.coefficients)
    assert more.parameters == 6 and more.degrees_of_freedom == plain.degrees_of_freedom - 2
    assert more.residual_variance == pytest.approx(plain.residual_variance * 56 / 54)


def test_residuals_are_orthogonal_to_every_column() -> None:
    design, response = random_problem(3)
    fit = least_squares(design, response, NAMES)
    cosines = design.T @ fit.residuals / (np.linalg.norm(design, axis=0) * np.linalg.norm(fit.residuals))
    assert np.abs(cosines).max() < 1e-12


def test_large_designs_take_the_same_way() -> None:
    draw = np.random.default_rng(4)
    design = np.column_stack([np.ones(9000), draw.normal(size=(9000, 7))])
    response = design @ np.arange(8.0) + draw.normal(size=9000)
    fit = least_squares(design, response, [f"c{i}" for i in range(8)])
    np.testing.assert_allclose(fit.coefficients, np.linalg.lstsq(design, response, rcond=None)[0], rtol=1e-9)


# --- refusals, each with its clean counterpart above ---


def refusal(design: np.ndarray, response: np.ndarray, names: tuple[str, ...] = NAMES) -> str:
    with pytest.raises(InputError) as caught:
        least_squares(design, response, names)
    return str(caught.value)


def test_columns_that_hang_together_are_named() -> None:
    design, response = random_problem(5)
    design[:, 3] = 2 * design[:, 1] + 5
    message = refusal(design, response)
    assert "condition number" in message
    assert "temperature" in message and "night" in message and "production hang" not in message


def test_a_driver_that_does_not_vary_is_named() -> None:
    design, response = random_problem(6)
    design[:, 2] = 1e6
    assert refusal(design, response).startswith("production: does not vary")


def test_too_few_observations() -> None:
    design, response = random_problem(7, 4)
    assert "n > p" in refusal(design, response)
    design, response = random_problem(7, 5)
    assert isinstance(least_squares(design, response, NAMES), LinearFit)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_what_is_not_finite(bad: float) -> None:
    design, response = random_problem(8)
    response[3] = bad
    assert "not finite" in refusal(design, response)


def test_shapes_that_disagree() -> None:
    design, response = random_problem(8)
    assert "do not fit together" in refusal(design, response[:-1])
    assert "do not fit together" in refusal(design, response, NAMES[:2])


def test_many_levels_take_the_short_way_to_the_same_numbers() -> None:
    """168 hours of the week and two drivers, against numpy's least squares."""
    draw = np.random.default_rng(11)
    levels = (np.arange(1680)[:, None] % 168 == np.arange(168)).astype(float)
    design = np.column_stack([levels, draw.normal(20, 5, 1680), draw.normal(1e5, 1e3, 1680)])
    response = design @ draw.normal(10, 3, 170) + draw.normal(size=1680)
    fit = least_squares(design, response, [f"c{i}" for i in range(170)])
    np.testing.assert_allclose(fit.coefficients, np.linalg.lstsq(design, response, rcond=None)[0], rtol=1e-6)
    np.testing.assert_allclose(fit.unscaled_covariance, np.linalg.inv(design.T @ design), rtol=1e-4, atol=1e-9)
    assert fit.has_intercept
    q, r = orthonormal(design)
    np.testing.assert_allclose(q.T @ q, np.eye(170), atol=1e-13)
    np.testing.assert_allclose(q @ r, design, rtol=1e-12, atol=1e-9)
    assert not np.tril(r, -1).any()


def test_a_level_that_never_occurs_is_named() -> None:
    levels = (np.arange(60)[:, None] % 10 == np.arange(10)).astype(float)
    levels[:, 4] = 0
    assert refusal(levels, np.arange(60.0), tuple("abcdefghij")).startswith("e: does not vary")
