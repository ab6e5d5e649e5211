"""Distributions against scipy.stats, JCGM 101 6.4 and each other: drawn, inverted, described, refused."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from energycalc.errors import InputError
from energycalc.quantity.distributions import (
    Distribution,
    arcsine,
    curvilinear_trapezoid,
    lognormal,
    normal,
    rectangular,
    student,
    triangular,
)

SIGMA = math.sqrt(math.log1p(0.4**2))
PAIRS = {  # ours, scipy's, and the mean that ours leaves out
    "normal": (normal(2.0), stats.norm(0, 2), 0.0),
    "student": (student(2.0, 5), stats.t(5, 0, 2), 0.0),
    "rectangular": (rectangular(3.0), stats.uniform(-3, 6), 0.0),
    "triangular": (triangular(2.0), stats.triang(0.5, -2, 4), 0.0),
    "skewed": (triangular(low=1, mode=2, high=6), stats.triang(0.2, 1, 5), 3.0),
    "falling": (triangular(low=0, mode=0, high=3), stats.triang(0, 0, 3), 1.0),
    "arcsine": (arcsine(2.0), stats.arcsine(-2, 4), 0.0),
    "lognormal": (lognormal(5.0, 2.0), stats.lognorm(SIGMA, scale=5 * math.exp(-(SIGMA**2) / 2)), 5.0),
}
ALL = [ours for ours, _, _ in PAIRS.values()] + [
    curvilinear_trapezoid(3.0, 1.0),
    curvilinear_trapezoid(1.0, 0.99),
]


@pytest.mark.parametrize("name", PAIRS)
def test_quantiles_are_scipys(name: str) -> None:
    ours, theirs, mean = PAIRS[name]
    p = np.linspace(0.0005, 0.9995, 500)
    np.testing.assert_allclose(ours.quantile(p), theirs.ppf(p) - mean, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", [name for name in PAIRS if name != "student"])
def test_standard_uncertainty_is_the_standard_deviation(name: str) -> None:
    ours, theirs, _ = PAIRS[name]
    assert ours.standard_uncertainty == pytest.approx(theirs.std(), rel=1e-12)


def test_standard_uncertainty_of_a_t_input_is_its_scale() -> None:
    # convention of JCGM 100 4.2 and of the reference cases (U09); the drawn spread is wider by √(ν/(ν-2))
    assert student(2.0, 5).standard_uncertainty == 2.0
    assert np.std(student(2.0, 5).sample(np.random.default_rng(1), 400_000)) == pytest.approx(
        2 * math.sqrt(5 / 3), rel=0.02
    )


def test_standard_uncertainty_of_the_curvilinear_trapezoid() -> None:
    # JCGM 101 9.5, reference case U09: limits ±0.05 inexact by 0.025 contribute 17.2768 nm
    sensitivity = 50_000_623 * 11.5e-6
    assert sensitivity * curvilinear_trapezoid(0.05, 0.025).standard_uncertainty == pytest.approx(17.2768, abs=5e-5)


@pytest.mark.parametrize("ours", ALL, ids=lambda d: d.describe())
def test_draws_follow_the_quantiles(ours: Distribution) -> None:
    draws = ours.sample(np.random.default_rng(20260101), 50_000)
    table = ours.quantile(np.arange(1, 20_001) / 20_001)
    ranks = np.searchsorted(table, draws) / 20_001
    assert stats.kstest(ranks, "uniform").pvalue > 1e-4
    assert abs(draws.mean()) < 5 * draws.std() / math.sqrt(len(draws))


@pytest.mark.parametrize("half_width, inexactness", [(3.0, 1.0), (1.0, 1e-6), (1.0, 0.999)])
def test_curvilinear_trapezoid_quantile_inverts_its_density(half_width: float, inexactness: float) -> None:
    def density(
        x: float,
    ) -> float:  # a rectangle ±t averaged over t in half-width ± inexactness (JCGM 101 6.4.3)
        start = max(abs(x), half_width - inexactness)
        return math.log((half_width + inexactness) / start) / (4 * inexactness)

    for p in (0.501, 0.6, 0.8, 0.95, 0.999):
        x = float(curvilinear_trapezoid(half_width, inexactness).quantile(np.array(p)))
        edge = [half_width - inexactness] if 0 < half_width - inexactness < x else None
        area, _ = integrate.quad(density, 0, x, points=edge, epsabs=1e-12)
        assert area == pytest.approx(p - 0.5, abs=1e-8)


def test_curvilinear_trapezoid_quantile_reaches_its_ends() -> None:
    ends = curvilinear_trapezoid(3.0, 1.0).quantile(np.array([0.0, 1e-14, 1 - 1e-14, 1.0]))
    np.testing.assert_allclose(ends, [-4, -4, 4, 4], rtol=1e-5)
    tail = curvilinear_trapezoid(3.0, 1.0).quantile(np.logspace(-13, -5, 2000))
    assert np.all(np.diff(tail) > 0)


@given(st.floats(1e-6, 1e6), st.floats(0.01, 0.99))
def test_width_scales_everything(scale: float, p: float) -> None:
    for make in (normal, rectangular, triangular, arcsine, lambda w: curvilinear_trapezoid(w, w / 5)):
        one, many = make(1.0), make(scale)
        assert many.standard_uncertainty == pytest.approx(scale * one.standard_uncertainty)
        assert float(many.quantile(np.array(p))) == pytest.approx(
            scale * float(one.quantile(np.array(p))), abs=1e-9 * scale
        )


def test_expectation_is_named_only_where_the_parameters_fix_it() -> None:
    assert lognormal(5.0, 2.0).expectation == 5.0
    assert triangular(low=1, mode=2, high=6).expectation == pytest.approx(3.0)
    assert triangular(2.0).expectation is None
    assert rectangular(2.0).expectation is None


def test_a_t_of_infinite_degrees_is_a_normal() -> None:
    assert student(2.0, math.inf) == normal(2.0)


def test_described_in_both_languages() -> None:
    assert rectangular(1.5, 12).describe("en", "kW") == "rectangular ±1.5 kW, degrees of freedom 12"
    assert rectangular(1.5).describe("zh-TW", "kW") == "矩形分布 ±1.5 kW"
    assert triangular(2.0).describe("zh-TW") == "三角分布 ±2"
    for distribution in ALL:
        assert "{" not in distribution.describe("en", "kW") + distribution.describe("zh-TW", "kW")


REFUSED: dict[str, tuple[Callable[[], Distribution], str]] = {
    "zero width": (lambda: rectangular(0.0), "> 0"),
    "negative width": (lambda: normal(-1.0), "> 0"),
    "NaN": (lambda: arcsine(math.nan), "not finite"),
    "infinite": (lambda: triangular(math.inf), "not finite"),
    "text": (lambda: normal("1.5"), "plain number"),  # type: ignore[arg-type]
    "truth value": (lambda: normal(True), "plain number"),
    "no degrees of freedom": (lambda: student(1.0, 0), ">= 1"),
    "NaN degrees of freedom": (lambda: normal(1.0, math.nan), ">= 1"),
    "limits less exact than wide": (lambda: curvilinear_trapezoid(1.0, 1.0), "inexactness < half-width"),
    "triangle out of order": (lambda: triangular(low=1, mode=0, high=2), "low <= mode <= high"),
    "triangle without width": (lambda: triangular(low=1, mode=1, high=1), "low < high"),
    "triangle in two forms": (lambda: triangular(1.0, low=0, mode=1, high=2), "one of the two forms"),
    "triangle in no form": (lambda: triangular(), "one of the two forms"),
    "lognormal below zero": (lambda: lognormal(-1.0, 1.0), "> 0"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_refused(fault: str) -> None:
    make, words = REFUSED[fault]
    with pytest.raises(InputError) as caught:
        make()
    assert words in str(caught.value)
    assert caught.value.subject and caught.value.next_step


def test_accepted_at_the_border() -> None:
    assert student(1.0, 1).degrees_of_freedom == 1
    assert triangular(low=1, mode=1, high=2).kind == "triangular"
    assert curvilinear_trapezoid(1.0, 0.999).kind == "curvilinear_trapezoid"
