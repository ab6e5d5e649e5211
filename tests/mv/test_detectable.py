"""The smallest saving that a baseline can prove: consistent with what is later found, and with Guideline 14."""

from dataclasses import replace

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.savings.detectable import like_the_baseline, minimum_detectable
from energycalc.mv.savings.saving import avoided_energy
from tests.mv.constructed import plant

LINE = Form("linear", linear=("tonnes",))
BASELINE = fit_baseline(plant(365, seed=1, correlation=0.4), LINE)


def test_the_interval_of_a_saving_of_this_size_just_reaches_zero() -> None:
    later = plant(180, seed=60, first="2024-01-08")
    found = minimum_detectable(BASELINE, later)
    saving = avoided_energy(BASELINE, later)
    assert found.energy == pytest.approx(saving.half_width, rel=1e-12)
    assert found.adjusted_baseline == pytest.approx(saving.adjusted_baseline)
    assert found.fraction == pytest.approx(saving.half_width / saving.adjusted_baseline)


def test_a_smaller_saving_is_missed_and_a_larger_one_is_proved_as_often_as_said() -> None:
    """At 0.8 the larger figure adds t(0.8): of 200 savings with Student's errors, four in five are proved."""
    found = minimum_detectable(BASELINE, like_the_baseline(BASELINE, 365), power=0.80)
    u, degrees = found.forecast.standard_uncertainty, found.forecast.degrees_of_freedom
    errors = u * np.random.default_rng(0).standard_t(degrees, 4000)
    assert np.mean(found.energy + errors > found.energy) == pytest.approx(0.5, abs=0.03)
    assert np.mean(found.energy_nearly_sure + errors > found.energy) == pytest.approx(0.8, abs=0.03)
    assert minimum_detectable(BASELINE, like_the_baseline(BASELINE, 365), power=0.5).energy_nearly_sure == found.energy
    assert found.fraction_nearly_sure > found.fraction


def test_half_of_it_is_the_uncertainty_of_the_guidelines_f50() -> None:
    found = minimum_detectable(BASELINE, like_the_baseline(BASELINE, 365), form="B")
    assert found.guideline is not None and found.why_no_guideline == ""
    assert found.guideline.fraction_at_half == pytest.approx(2 * found.guideline.half_width(1.0))
    assert found.guideline.multiplier == pytest.approx(-0.00024 * (365 / 30) ** 2 + 0.03535 * 365 / 30 + 1.00286)


def test_more_confidence_asks_for_more_and_a_longer_plan_for_a_smaller_share() -> None:
    year, quarter = like_the_baseline(BASELINE, 365), like_the_baseline(BASELINE, 91)
    assert minimum_detectable(BASELINE, year, confidence=0.95).energy > minimum_detectable(BASELINE, year).energy
    assert minimum_detectable(BASELINE, year).fraction < minimum_detectable(BASELINE, quarter).fraction


def test_the_plan_has_the_conditions_of_the_baseline_at_a_later_time() -> None:
    planned = like_the_baseline(BASELINE, 91)
    own = BASELINE.periods
    assert len(planned) == 91
    assert planned.start[0] >= own.end[-1]
    assert (planned.start[0] - own.start[0]) % np.timedelta64(7, "D") == np.timedelta64(0, "s")
    assert np.array_equal(planned.drivers["tonnes"], own.drivers["tonnes"][:91])
    months = fit_baseline(plant(14, seed=3, interval="month", first="2022-03-01"), LINE)
    later = like_the_baseline(months, 12)
    assert str(later.start[0])[:10] == "2024-03-01" and str(later.end[-1])[:10] == "2025-03-01"


def test_where_the_guideline_has_no_answer_it_says_so() -> None:
    own = plant(60, seed=9)
    drifting = fit_baseline(replace(own, energy=1000.0 + np.arange(60) + 0.1 * own.energy), Form("mean"))
    found = minimum_detectable(drifting, like_the_baseline(drifting, 60), form="B")
    assert found.guideline is None and "no degree of freedom" in found.why_no_guideline
    assert found.energy > 0


def test_what_is_no_plan_is_refused() -> None:
    with pytest.raises(InputError, match="number of periods"):
        like_the_baseline(BASELINE, 366)
    with pytest.raises(InputError, match="number of periods"):
        like_the_baseline(BASELINE, 0)
    with pytest.raises(InputError, match="probability"):
        minimum_detectable(BASELINE, like_the_baseline(BASELINE, 30), power=1.0)
    nothing = plant(30, seed=3, first="2024-01-08")
    nothing.drivers["tonnes"][:] = -1000.0
    with pytest.raises(InputError, match="energy predicted"):
        minimum_detectable(BASELINE, nothing)
