"""A small part of the study, so that a broken interval is noticed: ``python -m tests.known_truth`` is the whole."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from tests.known_truth.draws import noise, run
from tests.known_truth.meters import RealMeter, meters

DATA = Path(__file__).resolve().parents[2] / "examples" / "verification" / "data"


@pytest.fixture(scope="module")
def found() -> dict[str, RealMeter]:
    return {each.name: each for each in meters(DATA)}


def test_all_five_meters_are_there(found: dict[str, RealMeter]) -> None:
    assert set(found) == {"steel plant", "Taiwan industry", "office", "occupancy", "school"}


@pytest.mark.parametrize("name", ["steel plant", "Taiwan industry", "office"])
def test_the_primary_interval_keeps_its_promise_and_least_squares_does_not(
    found: dict[str, RealMeter], name: str
) -> None:
    """80 draws of 90 %: below 80 % would come by chance once in four hundred. Least squares holds half as often."""
    cell = run(found[name], 12, (12,), 4, 80, 7, ("slow_variation", "independent"))[12]
    assert cell.coverage("slow_variation") >= 0.80
    assert cell.coverage("independent") <= 0.65
    assert 1 - np.mean(cell.proved[0.0]) >= 0.85


def test_a_large_saving_is_proved_and_a_small_one_is_not(found: dict[str, RealMeter]) -> None:
    cell = run(found["Taiwan industry"], 12, (12,), 4, 60, 7, ("slow_variation",))[12]
    shares = [float(np.mean(cell.proved[s])) for s in (0.0, 0.02, 0.05, 0.10, 0.20)]
    assert shares[0] <= 0.15
    assert shares[-1] >= 0.95
    assert all(a <= b + 0.1 for a, b in itertools.pairwise(shares))


def test_noise_keeps_weekday_and_level(found: dict[str, RealMeter]) -> None:
    """A block begins on the weekday it replaces: every drawn residual is one of the same weekday of the file."""
    steel = found["steel plant"]
    drawn = noise(steel, 400, 2, np.random.default_rng(0))
    assert len(drawn) == 400
    for weekday in range(7):
        assert np.isin(drawn[weekday::7], steel.residuals[weekday::7]).all()


def test_days_beyond_the_file_take_the_drivers_of_the_year_before(found: dict[str, RealMeter]) -> None:
    school = found["school"]
    days = school.days(0, 728)
    assert str(days.start[-1])[:10] == "2019-12-29"
    first, second = days.drivers["outdoor"][7:350], days.drivers["outdoor"][364 + 7 : 364 + 350]
    assert np.array_equal(first, second)
