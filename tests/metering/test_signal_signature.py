"""Two meters in one file: seen where the weeks fall into two kinds, silent where they do not."""

import numpy as np
import pytest

from energycalc.metering import read_meter, series_findings
from energycalc.metering.doubts.signature import signature_findings, week_marks


def feeder(low, high, shifts, weeks=12, seed=1):
    """Hourly readings of a feeder with shifts on six days (made up)."""
    rng = np.random.default_rng(seed)
    clock = np.arange(24 * 7 * weeks)
    hour, weekday = clock % 24, clock // 24 % 7
    on = (weekday < 6) & np.any([(hour >= a) & (hour < b) for a, b in shifts], axis=0)
    return np.where(on, high, low) * rng.uniform(0.9, 1.1, len(clock))


@pytest.fixture
def series(write):
    def make(readings, **declared):
        start = np.datetime64("2024-03-04T00:00", "m")  # a Monday
        clock = (start + np.arange(len(readings)) * np.timedelta64(60, "m")).astype(str)
        rows = [(stamp.replace("T", " "), f"{reading:.4f}") for stamp, reading in zip(clock, readings, strict=True)]
        return read_meter(write(rows, interval="1 h", stamp="interval_start", **declared))

    return make


DAY, NIGHT = feeder(20, 100, ((8, 17),)), feeder(20, 100, ((0, 6), (21, 24)), seed=2)
HALF, THIRD = len(DAY) // 2, len(DAY) * 2 // 3 // 168 * 168


@pytest.mark.parametrize("first", [HALF, THIRD])
@pytest.mark.parametrize("other", [NIGHT, 3 * DAY], ids=["another shift", "three times the level"])
def test_an_exchange_is_seen_with_its_week(series, first, other):
    (found,) = signature_findings(series(np.concatenate([DAY[:first], other[first:]])), "M")
    week = np.datetime64("2024-03-04") + 7 * (first // 168)
    assert found.severity == "warning" and str(week) in found.sentence and str(week) in found.sentence_zh


@pytest.mark.parametrize("season", [0.0, 0.2])
def test_one_meter_is_silent_through_the_seasons(series, season):
    waves = 1 + season * np.sin(np.arange(len(DAY)) * 2 * np.pi / (24 * 7 * 12))
    assert signature_findings(series(DAY * waves), "M") == ()


def test_a_week_off_is_no_other_meter(series):
    load = DAY.copy()
    load[168 * 5 : 168 * 6] = 5
    assert signature_findings(series(load), "M") == ()


def test_few_weeks_and_drivers_are_not_judged(series):
    both = np.concatenate([DAY[: 168 * 2], NIGHT[: 168 * 3]])
    assert signature_findings(series(both), "M") == ()
    swapped = np.concatenate([DAY[:HALF], NIGHT[HALF:]])
    driver = {"header": "output", "unit": "t", "quantity_kind": "interval_sum"}
    assert signature_findings(series(swapped, **driver), "M") == ()


def test_a_plant_of_a_whole_year_is_one_meter(steel):
    assert signature_findings(steel, "M") == ()
    weeks, marks = week_marks(steel)
    assert len(weeks) == 52 and np.isfinite(marks).all()
    # the shares of the days of a whole week have the mean 1, those of the hours too
    assert marks[:, 1:8].mean(axis=1) == pytest.approx(1, abs=1e-9)
    assert marks[:, 8:32].mean(axis=1) == pytest.approx(1, abs=1e-9)
    assert "metering.signature" not in {finding.id for finding in series_findings(steel)}
