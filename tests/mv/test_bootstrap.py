"""The block bootstrap of whole weeks: seeded, linear where it can be, and keeping the weekday."""

from dataclasses import replace

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.savings.bootstrap import bootstrap_interval
from energycalc.mv.savings.forecast import forecast_uncertainty
from energycalc.mv.savings.saving import avoided_energy
from tests.mv.constructed import plant

LINE = Form("linear", linear=("tonnes",))
BASELINE = fit_baseline(plant(364, seed=1), LINE)
REPORTING = plant(182, seed=60, first="2024-01-08", saving=0.1)


def test_the_same_seed_gives_the_same_interval_and_another_seed_another() -> None:
    one, again = (bootstrap_interval(BASELINE, REPORTING, draws=200, seed=3) for _ in range(2))
    other = bootstrap_interval(BASELINE, REPORTING, draws=200, seed=4)
    assert one.interval == again.interval != other.interval
    assert (one.block, one.draws, one.seed) == (28, 200, 3)


def test_for_independent_noise_it_is_the_exact_uncertainty() -> None:
    """Blocks of a week of white noise: the standard deviation of the errors is that of least squares."""
    found = bootstrap_interval(BASELINE, REPORTING, weeks=1, draws=4000)
    exact = forecast_uncertainty(BASELINE, [(REPORTING, 1.0)], metered=True, method="independent")
    assert found.standard_uncertainty == pytest.approx(exact.standard_uncertainty, rel=0.15)
    saving = avoided_energy(BASELINE, REPORTING).saving
    assert found.interval[0] < saving < found.interval[1]
    assert np.mean(found.errors) == pytest.approx(0, abs=0.15 * exact.standard_uncertainty)


def test_longer_blocks_see_more_autocorrelation() -> None:
    slow = fit_baseline(plant(728, seed=5, correlation=0.95), LINE)
    week, weeks = (bootstrap_interval(slow, REPORTING, weeks=w, draws=500).standard_uncertainty for w in (1, 8))
    assert weeks > 1.3 * week


def test_refitting_a_model_without_change_points_changes_nothing() -> None:
    as_found, again = (
        bootstrap_interval(BASELINE, REPORTING, draws=100, change_points=how) for how in ("as_found", "found_again")
    )
    assert as_found.errors == pytest.approx(again.errors, rel=1e-6)


def test_a_change_point_that_is_found_again_moves_the_errors_a_little() -> None:
    rng = np.random.default_rng(5)
    outdoor = 20 + 8 * np.sin(2 * np.pi * np.arange(364) / 365) + 2 * rng.standard_normal(364)
    energy = 500 + 12 * np.maximum(outdoor - 22, 0) + 10 * rng.standard_normal(364)
    base = replace(BASELINE.periods, energy=energy, drivers={"outdoor": outdoor}, driver_units={"outdoor": "degC"})
    later = replace(REPORTING, drivers={"outdoor": outdoor[:182]}, driver_units={"outdoor": "degC"})
    baseline = fit_baseline(base, Form("3PC", temperature="outdoor"))
    linear, refitted = (
        bootstrap_interval(baseline, later, draws=200, change_points=how) for how in ("as_found", "found_again")
    )
    assert refitted.standard_uncertainty == pytest.approx(linear.standard_uncertainty, rel=0.1)
    assert np.max(np.abs(refitted.errors - linear.errors)) > 0


def test_the_weekday_of_a_residual_is_kept() -> None:
    """Residuals that are large on Sundays only: a sum of Mondays has no error of its own."""
    periods = plant(364, seed=1)
    sunday = np.arange(364) % 7 == 6
    noisy = replace(
        periods, energy=np.where(sunday, periods.energy * np.where(np.arange(364) % 14 > 6, 1.2, 0.8), 100.0)
    )
    baseline = fit_baseline(noisy, Form("time_of_week"))
    later = plant(182, seed=2, first="2024-01-01")
    mondays = later.chosen(np.arange(182) % 7 == 0)
    found = bootstrap_interval(baseline, replace(mondays, energy=np.full(26, 100.0)), draws=100)
    assert found.standard_uncertainty == pytest.approx(0, abs=1e-6)
    assert bootstrap_interval(baseline, later.chosen(np.arange(182) % 7 == 6), draws=100).standard_uncertainty > 1


def test_a_gap_takes_a_residual_of_the_same_weekday() -> None:
    mask = np.ones(364, dtype=bool)
    mask[[40, 41, 200]] = False
    gappy = fit_baseline(BASELINE.periods.chosen(mask, "power cut"), LINE)
    exact = bootstrap_interval(BASELINE, REPORTING, draws=1000).standard_uncertainty
    assert bootstrap_interval(gappy, REPORTING, draws=1000).standard_uncertainty == pytest.approx(exact, rel=0.1)


@pytest.mark.parametrize("changes", [{"draws": 50}, {"weeks": 20}, {"weeks": 0}, {"change_points": "none"}])
def test_what_cannot_be_drawn_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError, match="cannot be bootstrapped"):
        bootstrap_interval(BASELINE, REPORTING, **changes)  # type: ignore[arg-type]


def test_a_weekday_without_any_period_is_refused() -> None:
    no_sundays = fit_baseline(BASELINE.periods.chosen(np.arange(364) % 7 != 6, "closed"), LINE)
    with pytest.raises(InputError, match="time of the week"):
        bootstrap_interval(no_sundays, REPORTING)
