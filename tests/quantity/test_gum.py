"""First-order uncertainty against GTC, uncertainties and JCGM 100: budget, degrees of freedom, correlation."""

import math
from collections.abc import Callable
from itertools import permutations

import GTC
import pytest
import uncertainties
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import CalculationError, InputError
from energycalc.quantity import exp, log, quantity, sqrt
from energycalc.quantity.distributions import normal, rectangular
from energycalc.quantity.gum import Gum, coverage_factor, effective_degrees_of_freedom, first_order
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.trace import gradient


def leaf(value: float, u: float | None, degrees_of_freedom: float = math.inf, name: str = "x") -> Quantity:
    known = None if u is None else normal(u, degrees_of_freedom)
    return quantity(value, "1", name=name, uncertainty=known)


def gum(output: Quantity, correlations: list[tuple[Quantity, Quantity, float]] | None = None) -> Gum:
    return first_order(gradient(output), correlations or [])


NUMBERS = [(4.0, 0.3, 5), (2.5, 0.1, 9), (1.2, 0.05, 3)]
FORMULAS: dict[str, tuple[Callable[..., Quantity], Callable[..., GTC.lib.UncertainReal]]] = {
    "sum": (lambda a, b, c: a + b - c, lambda a, b, c: a + b - c),
    "quotient": (lambda a, b, c: a * b / c, lambda a, b, c: a * b / c),
    "an input used twice": (lambda a, b, c: (a - b) * c / a, lambda a, b, c: (a - b) * c / a),
    "power": (lambda a, b, c: a**b + c**2, lambda a, b, c: a**b + c**2),
    "functions": (
        lambda a, b, c: sqrt(a) * exp(-b) + log(c),
        lambda a, b, c: GTC.sqrt(a) * GTC.exp(-b) + GTC.log(c),
    ),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_u_and_degrees_of_freedom_as_gtc(name: str) -> None:
    ours, theirs = FORMULAS[name]
    result = gum(ours(*(leaf(*numbers) for numbers in NUMBERS)))
    oracle = theirs(*(GTC.ureal(*numbers) for numbers in NUMBERS))
    assert result.standard_uncertainty == pytest.approx(oracle.u, rel=1e-12)
    assert result.effective_degrees_of_freedom == pytest.approx(oracle.df, rel=1e-12)


def test_u_as_the_package_uncertainties() -> None:
    a, b, c = (uncertainties.ufloat(value, u) for value, u, _ in NUMBERS)
    oracle = (a - b) * c / a
    x, y, z = (leaf(value, u) for value, u, _ in NUMBERS)
    assert gum((x - y) * z / x).standard_uncertainty == pytest.approx(oracle.std_dev, rel=1e-12)


@pytest.mark.parametrize("r", [-1.0, -0.6, 0.0, 0.3, 1.0])
def test_declared_correlation_as_gtc(r: float) -> None:
    (va, ua, _), (vb, ub, _), (vc, uc, _) = NUMBERS
    a, b, c = leaf(va, ua), leaf(vb, ub), leaf(vc, uc)
    ga, gb, gc = (GTC.ureal(v, u, independent=False) for v, u in ((va, ua), (vb, ub), (vc, uc)))
    GTC.set_correlation(r, ga, gb)
    result = gum(a * b / c, [(b, a, r)])
    assert result.standard_uncertainty == pytest.approx((ga * gb / gc).u, rel=1e-12)
    assert math.fsum(row.share for row in result.budget) == pytest.approx(1)


def test_leaves_of_one_fit_keep_its_degrees_of_freedom() -> None:
    # GTC: intercept and slope of a line are an ensemble with common degrees of freedom; JCGM 100 H.3, nu = 9
    gtc_intercept, gtc_slope = GTC.multiple_ureal([-0.1712, 0.00218], [0.0029, 0.00067], 9)
    GTC.set_correlation(-0.93, gtc_intercept, gtc_slope)
    oracle = gtc_intercept + gtc_slope * 10
    intercept, slope = leaf(-0.1712, 0.0029, 9), leaf(0.00218, 0.00067, 9)
    result = gum(intercept + slope * 10, [(intercept, slope, -0.93)])
    assert result.standard_uncertainty == pytest.approx(oracle.u, rel=1e-12)
    assert result.effective_degrees_of_freedom == pytest.approx(oracle.df) == pytest.approx(9)


def test_correlated_leaves_of_unequal_knowledge_take_the_smaller() -> None:
    a, b = leaf(1.0, 0.1, 4), leaf(1.0, 0.1, 50)
    assert gum(a + b, [(a, b, 0.5)]).effective_degrees_of_freedom == pytest.approx(4)
    assert gum(a + b).effective_degrees_of_freedom == pytest.approx(4 / (0.25 + 0.25 * 4 / 50))


def test_budget_of_the_end_gauge() -> None:
    # JCGM 100 H.1, without the terms that are zero in first order: u = 31.7 nm, nu_eff = 16.7, U99 = 93 nm
    shares = [(25, 18), (5.8, 24), (3.9, 5), (6.7, 8), (2.887, 50), (16.599, 2)]
    leaves = [leaf(0.0, u, degrees) for u, degrees in shares]
    result = first_order(dict.fromkeys(leaves, 1.0), coverage=0.99)
    assert result.standard_uncertainty == pytest.approx(31.7, abs=0.05)
    assert result.effective_degrees_of_freedom == pytest.approx(16.7, abs=0.1)
    assert result.coverage_factor == pytest.approx(2.92, abs=0.005)
    assert result.expanded_uncertainty == pytest.approx(93, abs=1)
    assert [row.leaf for row in result.budget[:2]] == [leaves[0], leaves[5]]
    assert math.fsum(row.share for row in result.budget) == pytest.approx(1)


def test_a_correlation_can_help() -> None:
    a, b = leaf(10.0, 1.0), leaf(8.0, 1.0)
    result = gum(a - b * 0.5, [(a, b, 0.9)])
    assert result.standard_uncertainty**2 == pytest.approx(1 + 0.25 - 0.9)
    assert [row.share < 0 for row in result.budget] == [False, True]


@given(st.floats(1e-3, 1e3))
def test_u_scales_with_the_inputs_u(factor: float) -> None:
    a, b = leaf(4.0, 0.3), leaf(2.5, 0.1)
    wide_a, wide_b = leaf(4.0, 0.3 * factor), leaf(2.5, 0.1 * factor)
    assert gum(wide_a * wide_b).standard_uncertainty == pytest.approx(factor * gum(a * b).standard_uncertainty)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_a_quantity_less_itself_is_sure(value: float, u: float) -> None:
    x = leaf(value, u)
    result = gum(x - x)
    assert (result.standard_uncertainty, result.expanded_uncertainty) == (0, 0)
    assert result.effective_degrees_of_freedom == math.inf
    assert gum(leaf(value, u) - leaf(value, u)).standard_uncertainty == pytest.approx(u * math.sqrt(2))


def test_order_of_inputs_is_irrelevant() -> None:
    leaves = [leaf(*numbers) for numbers in NUMBERS]
    slopes = dict(zip(leaves, (1.5, -2.0, 0.7), strict=True))
    pairs = [(leaves[0], leaves[1], 0.4), (leaves[2], leaves[1], -0.2)]
    results = [
        first_order({x: slopes[x] for x in order}, [(b, a, r) for a, b, r in pairs][:: (-1) ** i])
        for i, order in enumerate(permutations(leaves))
    ]
    for result in results:
        assert result.standard_uncertainty == pytest.approx(results[0].standard_uncertainty, rel=1e-14)
        assert [row.leaf for row in result.budget] == [row.leaf for row in results[0].budget]


def test_leaves_without_uncertainty_stay_out_of_the_budget() -> None:
    sure, unsure = leaf(2.0, None), leaf(3.0, 0.1)
    assert [row.leaf for row in gum(sure * unsure).budget] == [unsure]
    assert gum(sure + 1.0).budget == ()


def test_degrees_of_freedom_are_cut_down_not_rounded() -> None:
    # t-table of JCGM 100 Table G.2 at 95 % and 99 %
    assert coverage_factor(0.95, 9.99) == coverage_factor(0.95, 9) == pytest.approx(2.26, abs=0.005)
    assert coverage_factor(0.99, 16.75) == pytest.approx(2.92, abs=0.005)
    assert coverage_factor(0.95, math.inf) == pytest.approx(1.960, abs=5e-4)
    equal_terms = effective_degrees_of_freedom([(0.1, 1.0)] * 4)
    assert coverage_factor(0.95, equal_terms) == pytest.approx(2.78, abs=0.005)  # 4, in spite of rounding


A, B, C = leaf(1.0, 0.1, name="a"), leaf(1.0, 0.1, name="b"), leaf(1.0, 0.1, name="c")
SURE = leaf(1.0, None, name="sure")
REFUSED = {
    "beyond one": ([(A, B, 1.2)], "-1 to 1"),
    "NaN": ([(A, B, math.nan)], "-1 to 1"),
    "with itself": ([(A, A, 0.5)], "itself"),
    "two coefficients": ([(A, B, 0.5), (B, A, 0.4)], "0.5 and 0.4"),
    "without uncertainty": ([(A, SURE, 0.5)], "sure has no stated uncertainty"),
    "impossible together": ([(A, B, 0.9), (B, C, 0.9), (A, C, -0.9)], "a, b, c"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_correlation_refused(fault: str) -> None:
    correlations, words = REFUSED[fault]
    with pytest.raises(InputError) as caught:
        gum(A + B + C + SURE, correlations)
    assert words in str(caught.value)
    assert caught.value.next_step


def test_correlations_that_can_hold_are_taken() -> None:
    same_twice = [(A, B, 0.9), (B, A, 0.9), (B, C, 0.9), (A, C, 0.9)]
    assert gum(A + B + C, same_twice).standard_uncertainty == pytest.approx(0.1 * math.sqrt(3 + 6 * 0.9))
    fully = [(A, B, 1.0), (B, C, 1.0), (A, C, 1.0)]
    assert gum(A + B + C, fully).standard_uncertainty == pytest.approx(0.3)
    elsewhere = [(leaf(1.0, 0.1), A, 0.9)]
    assert gum(A + B, elsewhere).standard_uncertainty == gum(A + B).standard_uncertainty


@pytest.mark.parametrize("coverage", [0.0, 1.0, 95, -0.5])
def test_coverage_refused(coverage: float) -> None:
    with pytest.raises(InputError, match="greater than 0, less than 1"):
        first_order({A: 1.0}, coverage=coverage)


def test_an_infinite_slope_is_refused() -> None:
    zero = quantity(0.0, "1", name="gap", uncertainty=rectangular(0.1))
    with pytest.raises(CalculationError, match="gap"):
        gum(sqrt(zero))
