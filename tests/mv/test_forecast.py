"""The ± of a sum of predictions, against statsmodels, double sums and closed forms."""

import math
from dataclasses import replace

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods
from energycalc.mv.regression.autocorrelation import lag_one, positions_of
from energycalc.mv.savings.forecast import (
    METHODS,
    Method,
    combined,
    forecast_uncertainty,
    residual_weights,
    sensitivity_design,
)
from tests.mv.constructed import plant

LINE = Form("linear", linear=("tonnes",))


def year(**changes: object) -> Baseline:
    return fit_baseline(plant(365, seed=1, **changes), LINE)  # type: ignore[arg-type]


def after(days: int = 365, **changes: object) -> Periods:
    return plant(days, seed=50, first="2024-01-08", **changes)  # type: ignore[arg-type]


def test_independent_residuals_give_the_textbook_variance() -> None:
    """Var(Σŷ) by statsmodels' t test of the sum of the columns; m·s² of the metered days is added to it."""
    from statsmodels.regression import linear_model

    baseline, reporting = year(), after(90)
    oracle = linear_model.OLS(baseline.periods.energy, baseline.bound.design(baseline.periods)).fit()
    totals = baseline.bound.design(reporting).sum(axis=0)
    through = float(oracle.t_test(totals).sd[0, 0])
    alone = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=False, method="independent")
    whole = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method="independent")
    assert alone.standard_uncertainty == pytest.approx(through, rel=1e-9)
    assert whole.standard_uncertainty == pytest.approx(math.hypot(through, math.sqrt(90 * oracle.mse_resid)), rel=1e-9)
    assert whole.degrees_of_freedom == oracle.df_resid
    assert whole.from_coefficients == pytest.approx(through**2 / whole.standard_uncertainty**2)


def test_newey_west_gives_the_coefficients_part_of_statsmodels() -> None:
    from statsmodels.regression import linear_model

    baseline, reporting = year(correlation=0.6), after(200)
    oracle = linear_model.OLS(baseline.periods.energy, baseline.bound.design(baseline.periods)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 25, "use_correction": True, "kernel": "bartlett"}
    )
    found = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=False, method="newey_west")
    expected = float(oracle.t_test(baseline.bound.design(reporting).sum(axis=0)).sd[0, 0])
    assert found.standard_uncertainty == pytest.approx(expected, rel=1e-8)


def test_first_order_residuals_give_the_double_sum() -> None:
    """s² ΣΣ wᵢ wⱼ ρ^|tᵢ−tⱼ| over baseline and reporting days, with the gap of a week between them."""
    baseline, reporting = year(correlation=0.6), after(60)
    rho = lag_one(baseline.fit.residuals).pearson
    design = baseline.bound.design(baseline.periods)
    totals = baseline.bound.design(reporting).sum(axis=0)
    weights = np.concatenate([design @ np.linalg.solve(design.T @ design, totals), -np.ones(60)])
    places = np.concatenate([positions_of(baseline.periods), positions_of(reporting)])
    double = weights @ (rho ** np.abs(places[:, None] - places[None, :])) @ weights
    found = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method="first_order")
    assert found.standard_uncertainty == pytest.approx(math.sqrt(baseline.fit.residual_variance * double), rel=1e-9)
    assert found.degrees_of_freedom == pytest.approx(365 * (1 - rho) / (1 + rho) - 2)


def test_slow_variation_is_the_ordinary_form_with_the_variance_of_long_sums() -> None:
    baseline, reporting = year(correlation=0.6), after(365)
    plain = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method="independent")
    found = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True)
    assert found.slow is not None and found.variance_ratio is not None
    assert found.slow.degrees_of_freedom == found.degrees_of_freedom == 7  # tonnes follow one of eight variations
    assert found.standard_uncertainty == pytest.approx(plain.standard_uncertainty * math.sqrt(found.variance_ratio))
    assert found.expanded(0.90) == pytest.approx(1.895 * found.standard_uncertainty, rel=1e-3)  # table of Student's t


def test_the_mean_of_many_years_shows_the_variance_of_long_sums() -> None:
    """ρ = 0.5: long sums have (1+ρ)/(1−ρ) = 3 times the variance."""
    ratios = [
        forecast_uncertainty(
            fit_baseline(plant(365, seed=s, correlation=0.5), LINE), [(after(365), 1.0)], metered=True
        ).variance_ratio
        for s in range(0, 120, 2)
    ]
    assert np.mean([r for r in ratios if r is not None]) == pytest.approx(3.0, rel=0.25)


@pytest.mark.parametrize("method", list(METHODS))
def test_units_and_noise_scale_through(method: Method) -> None:
    baseline, reporting = year(correlation=0.4), after(180)
    big = fit_baseline(replace(baseline.periods, energy=1000 * baseline.periods.energy), LINE)
    one, thousand = (forecast_uncertainty(b, [(reporting, 1.0)], metered=True, method=method) for b in (baseline, big))
    assert thousand.standard_uncertainty == pytest.approx(1000 * one.standard_uncertainty, rel=1e-6)
    half = forecast_uncertainty(baseline, [(reporting, 0.5)], metered=True, method=method)
    assert half.standard_uncertainty == pytest.approx(one.standard_uncertainty / 2, rel=1e-9)
    assert one.method == method


@pytest.mark.parametrize("method", ["slow_variation", "newey_west", "first_order", "autoregressive"])
def test_autocorrelation_makes_every_method_wider_than_least_squares(method: Method) -> None:
    baseline, reporting = year(correlation=0.8), after(365)
    plain = forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method="independent")
    assert forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method=method).standard_uncertainty > (
        1.5 * plain.standard_uncertainty
    )


def test_a_change_point_that_was_found_costs_and_a_given_one_does_not() -> None:
    rng = np.random.default_rng(5)
    days = np.arange(365)
    outdoor = 20 + 8 * np.sin(2 * np.pi * days / 365) + 2 * rng.standard_normal(365)
    energy = 500 + 12 * np.maximum(outdoor - 22, 0) + 10 * rng.standard_normal(365)
    base = replace(plant(365, seed=1), energy=energy, drivers={"outdoor": outdoor}, driver_units={"outdoor": "degC"})
    hot = replace(after(100), drivers={"outdoor": np.full(100, 30.0)}, driver_units={"outdoor": "degC"})
    searched = fit_baseline(base, Form("3PC", temperature="outdoor"))
    given = fit_baseline(base, Form("3PC", temperature="outdoor", change_points=searched.bound.change_points))
    wide, narrow = (
        forecast_uncertainty(b, [(hot, 1.0)], metered=False, method="independent").standard_uncertainty
        for b in (searched, given)
    )
    assert sensitivity_design(searched, base).shape[1] == 3 == searched.fit.parameters
    assert sensitivity_design(given, base).shape[1] == 2
    assert wide > 1.02 * narrow
    above = outdoor > searched.bound.change_points[0]
    slope = searched.fit.coefficients[-1]
    assert sensitivity_design(searched, base)[:, 2] == pytest.approx(np.where(above, -slope, 0.0), rel=1e-6)


def test_the_weights_of_the_residuals_reproduce_the_prediction() -> None:
    baseline, reporting = year(), after(30)
    design = baseline.bound.design(baseline.periods)
    weights = residual_weights(design, baseline.bound.design(reporting).sum(axis=0))
    assert weights @ baseline.periods.energy == pytest.approx(baseline.predict(reporting).sum(), rel=1e-9)


def test_parts_without_anything_in_common_add_in_squares() -> None:
    one = forecast_uncertainty(year(), [(after(90), 1.0)], metered=False)
    both = combined([one, one], (1.0, -1.0))
    assert both.standard_uncertainty == pytest.approx(math.sqrt(2) * one.standard_uncertainty)
    assert both.degrees_of_freedom == pytest.approx(2 * one.degrees_of_freedom)


def test_what_cannot_be_judged_is_refused() -> None:
    with pytest.raises(InputError, match="no way to judge"):
        forecast_uncertainty(year(), [(after(), 1.0)], metered=True, method="guess")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="length that the model was fitted to"):
        forecast_uncertainty(year(), [(after(20, interval="week"), 1.0)], metered=True)
    with pytest.raises(InputError, match="no periods"):
        forecast_uncertainty(year(), [], metered=True)
    with pytest.raises(InputError, match="one place in time"):
        forecast_uncertainty(year(), [(plant(365, seed=3), 1.0)], metered=True, method="first_order")
    short = fit_baseline(plant(12, seed=5, correlation=0.95), LINE)
    with pytest.raises(InputError, match=r"n' = "):
        forecast_uncertainty(short, [(after(30), 1.0)], metered=True, method="first_order")
