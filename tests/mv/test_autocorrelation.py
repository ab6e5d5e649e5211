"""Autocorrelation of residuals, against published definitions, statsmodels and closed forms."""

import numpy as np
import pytest
from numpy.typing import NDArray

from energycalc.errors import CalculationError, InputError
from energycalc.mv.periods import Interval, Periods
from energycalc.mv.regression.autocorrelation import (
    autocovariances,
    autoregressive_autocovariances,
    bandwidth,
    durbin_watson,
    effective_number,
    lag_one,
    ljung_box,
    newey_west_covariance,
    positions_of,
    variance_of_sum,
)
from energycalc.mv.regression.long_run_variance import long_run_variance

Floats = NDArray[np.float64]


def autoregressive(coefficient: float, n: int, seed: int) -> Floats:
    noise = np.random.default_rng(seed).standard_normal(n + 200)
    series = np.zeros(n + 200)
    for t in range(1, n + 200):
        series[t] = coefficient * series[t - 1] + noise[t]
    return series[200:]


def middles(days: int) -> Floats:
    return np.asarray(np.arange(days) + 0.5, float)


def regression(n: int = 120, seed: int = 3) -> tuple[Floats, Floats]:
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), rng.standard_normal(n).cumsum(), rng.standard_normal(n)])
    response = design @ [5.0, 1.0, -2.0] + autoregressive(0.6, n, seed + 1)
    return design, response - design @ np.linalg.lstsq(design, response, rcond=None)[0]


def test_the_two_definitions_give_the_published_numbers() -> None:
    """opendsm, tests/common/test_metrics.py: 1, 2, 3, 4, 5."""
    found = lag_one(np.arange(1.0, 6.0))
    assert found.pearson == pytest.approx(1.0, abs=1e-12)
    assert found.biased == pytest.approx(0.4, abs=1e-12)
    assert effective_number(5, found.biased) == pytest.approx(2.142857, abs=1e-6)


def test_the_effective_number_of_the_published_office() -> None:
    """nmecr, stored expectations: lag-1 0.60795 of 364 days leaves 88.7503 of them."""
    assert effective_number(364, 0.60795) == pytest.approx(88.7503, abs=1e-3)


def test_negative_correlation_never_earns_observations() -> None:
    assert effective_number(365, -0.5) == 365
    assert effective_number(365, 0.0) == 365


@pytest.mark.parametrize("correlation", [1.0, -1.0, 1.2])
def test_a_correlation_of_one_leaves_nothing_and_is_refused(correlation: float) -> None:
    with pytest.raises(InputError, match="no independent observation"):
        effective_number(100, correlation)


def test_only_neighbours_are_pairs() -> None:
    """Alternating residuals correlate by −1; across the gap they would be equal."""
    residuals = np.array([1.0, -1, 1, -1, 1, 1, -1, 1, -1, 1])
    positions = np.array([0, 1, 2, 3, 4, 9, 10, 11, 12, 13])
    found = lag_one(residuals, positions)
    assert found.pairs == 8
    assert found.pearson == pytest.approx(-1.0)
    assert lag_one(residuals).pearson > -0.95
    assert durbin_watson(residuals, positions) == pytest.approx(8 * 4 / 10)


def test_too_few_pairs_and_flat_residuals_are_refused() -> None:
    with pytest.raises(InputError, match="2 pairs"):
        lag_one(np.array([1.0, 2, 3, 1]), np.array([0, 1, 2, 9]))
    with pytest.raises(CalculationError, match="do not vary"):
        lag_one(np.ones(10))
    with pytest.raises(InputError, match="one place in time"):
        lag_one(np.arange(10.0), np.zeros(10, dtype=np.int64))


def test_autocovariance_and_tests_are_those_of_statsmodels() -> None:
    from statsmodels.stats import diagnostic
    from statsmodels.stats import stattools as tools
    from statsmodels.tsa import stattools

    _, e = regression()
    e = e - e.mean()
    assert autocovariances(e, 20) == pytest.approx(stattools.acovf(e, nlag=20, fft=False), rel=1e-10)
    assert durbin_watson(e) == pytest.approx(tools.durbin_watson(e), rel=1e-12)
    oracle = diagnostic.acorr_ljungbox(e, lags=[14])
    found = ljung_box(e, 14)
    assert found.statistic == pytest.approx(float(oracle["lb_stat"].iloc[0]), rel=1e-10)
    assert found.p_value == pytest.approx(float(oracle["lb_pvalue"].iloc[0]), rel=1e-8)


@pytest.mark.parametrize("lags", [0, 1, 7, 20])
def test_newey_west_is_that_of_statsmodels(lags: int) -> None:
    from statsmodels.regression import linear_model as regression_module

    design, e = regression()
    fitted = regression_module.OLS(e, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True, "kernel": "bartlett"}
    )
    assert newey_west_covariance(design, e, lags) == pytest.approx(fitted.cov_params(), rel=1e-9)


def test_a_gap_takes_its_products_out_of_newey_west() -> None:
    """Far apart, two halves of the data add up: the middle is the sum of the middles."""
    design, e = regression(60)
    n, p = design.shape
    far = np.arange(60) + np.where(np.arange(60) >= 30, 1000, 0)
    bread = np.linalg.inv(design.T @ design)

    def middle(part: slice) -> Floats:
        x = design[part]
        own = np.linalg.inv(x.T @ x)
        own_factor = len(x) / (len(x) - p)
        return np.asarray(np.linalg.inv(own) @ newey_west_covariance(x, e[part], 5) @ np.linalg.inv(own) / own_factor)

    expected = bread @ (middle(slice(0, 30)) + middle(slice(30, 60))) @ bread * n / (n - p)
    assert newey_west_covariance(design, e, 5, far) == pytest.approx(expected, rel=1e-9)


def test_ljung_box_sees_a_weekly_pattern_that_lag_one_does_not() -> None:
    rng = np.random.default_rng(1)
    weekly = np.tile([3.0, 0, 0, -3, 0, 0, 0], 40) + rng.standard_normal(280)
    assert abs(lag_one(weekly).pearson) < 0.35
    assert ljung_box(weekly, 14).p_value < 1e-6
    assert ljung_box(rng.standard_normal(280), 14).p_value > 0.01
    with pytest.raises(InputError, match="more residuals than lags"):
        ljung_box(weekly[:10], 10)


def test_an_autoregression_is_found_and_continued() -> None:
    series = autoregressive(0.7, 20_000, 5)
    found, order = autoregressive_autocovariances(series - series.mean(), 30, greatest_order=14)
    assert order == 1
    assert found[0] == pytest.approx(1 / (1 - 0.7**2), rel=0.05)
    assert found[1:11] / found[:10] == pytest.approx(np.full(10, found[1] / found[0]))
    assert found[1] / found[0] == pytest.approx(0.7, abs=0.02)


def test_independent_noise_gets_order_zero_and_the_unbiased_variance() -> None:
    e = np.random.default_rng(8).standard_normal(5000)
    found, order = autoregressive_autocovariances(e, 10, greatest_order=14, parameters=1000)
    assert order == 0
    assert found[0] == pytest.approx(float(e @ e) / 4000)
    assert np.all(found[1:] == 0)


def test_a_weekly_season_is_followed_over_its_lag() -> None:
    rng = np.random.default_rng(4)
    series = np.zeros(7000)
    for t in range(7, 7000):
        series[t] = 0.6 * series[t - 7] + rng.standard_normal()
    found, order = autoregressive_autocovariances(series, 14, greatest_order=14)
    assert order == 7
    assert found[7] / found[0] == pytest.approx(0.6, abs=0.05)
    assert found[14] / found[0] == pytest.approx(0.36, abs=0.06)
    assert abs(found[3] / found[0]) < 0.05


def test_the_variance_of_a_sum_is_the_double_sum() -> None:
    rng = np.random.default_rng(2)
    positions = np.sort(rng.choice(60, 25, replace=False))
    weights, gamma = rng.standard_normal(25), np.asarray(0.8 ** np.arange(80), float)
    lags = np.abs(positions[:, None] - positions[None, :])
    assert variance_of_sum(weights, positions, gamma) == pytest.approx(float(weights @ gamma[lags] @ weights))
    short = gamma[:5]
    cut = np.where(lags < 5, gamma[lags], 0.0)
    assert variance_of_sum(weights, positions, short) == pytest.approx(float(weights @ cut @ weights))


def test_the_bandwidth_is_the_published_rule() -> None:
    """1.3 √T, rounded up (Lazarus and others 2018)."""
    assert bandwidth(365) == 25
    assert bandwidth(12) == 5


@pytest.mark.parametrize(
    ("interval", "starts", "expected"),
    [
        ("day", ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-05"], [0, 1, 2, 6]),
        ("month", ["2024-01-01", "2024-02-01", "2024-12-01", "2025-01-01"], [0, 1, 11, 12]),
        ("week", ["2024-01-01", "2024-01-08", "2024-01-22", "2024-01-29"], [0, 1, 3, 4]),
        ("hour", ["2024-01-01T00", "2024-01-01T01", "2024-01-02T00", "2024-01-02T01"], [0, 1, 24, 25]),
    ],
)
def test_positions_count_periods_over_gaps(interval: Interval, starts: list[str], expected: list[int]) -> None:
    start = np.array(starts, dtype="datetime64[s]")
    periods = Periods(
        start, np.asarray(start + np.timedelta64(3600, "s"), "datetime64[s]"), np.ones(4), "kWh", interval
    )
    places = positions_of(periods)
    assert list(places - places[0]) == expected


# ------------------------------------------------------------------------------------------------ long-run variance


def test_with_every_direction_used_the_long_run_variance_is_the_ordinary_one() -> None:
    """Nineteen cosines beside a constant span all of twenty observations: Σe²/(n−1) remains."""
    e = np.tile([1.0, -1.0], 10) * np.abs(np.random.default_rng(0).standard_normal(20))
    e -= e.mean()
    assert lag_one(e).pearson < -0.1  # nothing to allow for
    found = long_run_variance(np.ones((20, 1)), e, middles(20), 20.0, shortest_period=2.0)
    assert found.degrees_of_freedom == 19
    assert found.variance == pytest.approx(float(e @ e) / 19)


def test_independent_residuals_give_back_their_variance_whatever_the_drivers() -> None:
    """The mean over many draws is σ²; a driver that swings with the year costs degrees of freedom, not trueness."""
    rng = np.random.default_rng(11)
    days = middles(365)
    season = np.cos(2 * np.pi * days / 365)
    design = np.column_stack([np.ones(365), season, np.maximum(season, 0)])
    q, _ = np.linalg.qr(design)
    readings = []
    for _ in range(400):
        e = rng.standard_normal(365)
        readings.append(long_run_variance(design, e - q @ (q.T @ e), days, 365.0))
    plain = long_run_variance(np.ones((365, 1)), rng.standard_normal(365), days, 365.0)
    assert plain.degrees_of_freedom == 8
    assert readings[0].degrees_of_freedom == 6  # the columns beside the constant follow two of the eight
    assert np.mean([r.variance for r in readings]) == pytest.approx(1.0, abs=4 * np.sqrt(2 / 6 / 400))


def test_autocorrelated_residuals_give_the_variance_of_their_long_sums() -> None:
    """First order with 0.5: (1+ρ)/(1−ρ) = 3 times the variance of the residuals."""
    days = middles(1460)
    found = [
        long_run_variance(np.ones((1460, 1)), autoregressive(0.5, 1460, seed), days, 1460.0).variance
        for seed in range(20)
    ]
    assert np.mean(found) == pytest.approx(1 / (1 - 0.5) ** 2, rel=0.1)


def test_a_short_sum_takes_faster_variations_into_account() -> None:
    days, e = middles(365), np.random.default_rng(1).standard_normal(365)
    whole = long_run_variance(np.ones((365, 1)), e, days, 365.0, reporting_span=365.0)
    month = long_run_variance(np.ones((365, 1)), e, days, 365.0, reporting_span=30.0)
    assert (whole.cosines, month.cosines) == (8, 12)
    assert month.shortest_period == pytest.approx(730 / 12)


def test_drivers_that_follow_every_slow_variation_are_refused() -> None:
    days = middles(60)
    waves = np.cos(np.pi * np.outer(days / 60, np.arange(0, 6)))
    with pytest.raises(InputError, match="follow every slow variation"):
        long_run_variance(waves, np.random.default_rng(0).standard_normal(60), days, 60.0)


def test_months_that_follow_each_other_are_brought_to_zero_frequency() -> None:
    """ρ = 0.5 a month: long sums have 1/(1−ρ)² = 4; the readings alone, down to three months, stay well below."""
    months = np.asarray(30.4 * (np.arange(240) + 0.5), float)
    found = []
    for seed in range(60):
        e = autoregressive(0.5, 240, seed)
        found.append(long_run_variance(np.ones((240, 1)), e - e.mean(), months, 240 * 30.4))
    assert np.mean([f.variance for f in found]) == pytest.approx(4.0, rel=0.15)
    assert np.mean([f.correlation for f in found]) == pytest.approx(0.5, abs=0.03)
    short = [
        long_run_variance(np.ones((24, 1)), e - e.mean(), months[:24], 24 * 30.4).correlation
        for e in (autoregressive(0.5, 24, seed) for seed in range(400))
    ]
    assert np.mean(short) == pytest.approx(0.5, abs=0.06)  # the raw estimate of two years lies 0.1 too low


def test_days_of_a_year_and_negative_correlation_are_left_alone() -> None:
    e = autoregressive(0.5, 365, 1)
    assert long_run_variance(np.ones((365, 1)), e - e.mean(), middles(365), 365.0).correlation == 0
    alternating = np.tile([1.0, -1.0], 12) + np.random.default_rng(0).standard_normal(24)
    months = np.asarray(30.4 * (np.arange(24) + 0.5), float)
    found = long_run_variance(np.ones((24, 1)), alternating - alternating.mean(), months, 24 * 30.4)
    assert found.correlation == 0
