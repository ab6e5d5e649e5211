"""The methods beside the primary one: each is the published equation, computed here once more by hand."""

import numpy as np
import pytest
from scipy import stats

from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods
from energycalc.mv.savings.other_methods import OtherMethods, other_methods
from energycalc.mv.savings.saving import Saving, avoided_energy
from tests.mv.constructed import plant

Found = tuple[Baseline, Periods, Saving, OtherMethods]


@pytest.fixture(scope="module")
def found() -> Found:
    baseline = fit_baseline(plant(364, seed=1, correlation=0.4), Form("linear", linear=("tonnes",)))
    reporting = plant(182, seed=7, first="2024-01-01", correlation=0.4, saving=0.1)
    saving = avoided_energy(baseline, reporting)
    return baseline, reporting, saving, other_methods(baseline, reporting, saving, 6.0)


def half_width(found: Found, key: str) -> float:
    (each,) = [interval for interval in found[3].intervals if interval.key == key]
    assert each.half_width is not None
    return each.half_width


def test_least_squares_is_the_exact_variance_of_the_sum(found: Found) -> None:
    """Var = s²(m + 1ᵀX(XᵀX)⁻¹Xᵀ1), t with n − p."""
    baseline, reporting, saving, _ = found
    x = np.column_stack([np.ones(364), baseline.periods.drivers["tonnes"]])
    h = np.array([182.0, reporting.drivers["tonnes"].sum()])
    variance = baseline.fit.residual_variance * (182 + h @ np.linalg.inv(x.T @ x) @ h)
    t = stats.t.ppf(0.95, 362)
    assert half_width(found, "independent") == pytest.approx(t * np.sqrt(variance), rel=1e-9)
    assert saving.confidence == 0.90


def test_guideline_14_is_its_own_equation_with_the_reporting_months(found: Found) -> None:
    """Form A: t·α·CV/F·√((n/n')(1 + 2/n')/m), α of Sun and Baltazar for days at M = 6."""
    baseline, _, saving, others = found
    e = baseline.fit.residuals
    rho = np.corrcoef(e[:-1], e[1:])[0, 1]
    n = 364 * (1 - rho) / (1 + rho)
    alpha = -0.00024 * 6**2 + 0.03535 * 6 + 1.00286
    root = np.sqrt(364 / n * (1 + 2 / n) / 182)
    cv = np.sqrt(e @ e / 362) / baseline.periods.energy.mean()
    share = stats.t.ppf(0.95, n - 2) * alpha * cv * root
    assert half_width(found, "guideline_14") == pytest.approx(share * saving.adjusted_baseline, rel=1e-9)
    assert others.guideline is not None
    expected = stats.t.ppf(0.84, n - 2) * alpha * cv * root / saving.fraction
    assert others.guideline.share == pytest.approx(expected, rel=1e-9)
    assert others.guideline.confidence == 0.68


def test_methods_that_see_the_correlation_are_wider_than_the_one_that_does_not(found: Found) -> None:
    independent = half_width(found, "independent")
    for key in ("newey_west", "first_order", "autoregressive", "bootstrap"):
        assert 1.1 * independent < half_width(found, key) < 2.2 * independent  # √((1 + 0.4)/(1 − 0.4)) = 1.53


def test_a_method_without_an_answer_says_why() -> None:
    baseline = fit_baseline(plant(40, seed=1), Form("linear", linear=("tonnes",)))
    reporting = plant(40, seed=7, first="2024-01-01", saving=0.1)
    others = other_methods(baseline, reporting, avoided_energy(baseline, reporting), 1.3)
    (bootstrap,) = [each for each in others.intervals if each.key == "bootstrap"]
    assert bootstrap.half_width is None
    assert "three blocks" in bootstrap.why_not


def test_the_smallest_detectable_saving_is_the_half_width_of_the_primary_interval(found: Found) -> None:
    others, saving = found[3], found[2]
    assert others.detectable is not None
    assert others.detectable.energy == pytest.approx(saving.half_width, rel=1e-9)
