"""Profiles on rows small enough to be counted by hand."""

from datetime import date

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import daily_profile, load_duration, load_histogram, monthly_energy, peak, read_meter


@pytest.fixture
def days(write):
    """Thursday 29 February 2024 to Sunday 3 March 2024 in halves of a day: 1, 2, 3 ... kWh."""
    rows = [(f"2024-{m}-{d} {h}:00", str(k)) for k, (m, d, h) in enumerate(halves(), start=1)]
    return write(rows, interval="12 h", stamp="interval_start")


def halves():
    return [(m, d, h) for m, d in (("02", "29"), ("03", "01"), ("03", "02"), ("03", "03")) for h in ("00", "12")]


def test_daily_profile_by_day_type(days):
    profile = daily_profile(read_meter(days))
    assert list(profile.slot_start_h) == [0, 12]
    assert profile.working_kw == pytest.approx([(1 + 3) / 2 / 12, (2 + 4) / 2 / 12])
    assert profile.weekend_kw == pytest.approx([(5 + 7) / 2 / 12, (6 + 8) / 2 / 12])
    assert (profile.working_days, profile.weekend_days) == (2, 2)
    assert profile.other_days == "weekend"


def test_days_off_and_extra_workdays_move_the_day_type(days):
    series = read_meter(days)
    off, worked = date(2024, 3, 1), date(2024, 3, 2)
    profile = daily_profile(series, days_off=[off], extra_workdays=[worked])
    assert profile.working_kw == pytest.approx([(1 + 5) / 2 / 12, (2 + 6) / 2 / 12])
    assert profile.weekend_kw == pytest.approx([(3 + 7) / 2 / 12, (4 + 8) / 2 / 12])
    assert (profile.working_days, profile.weekend_days) == (2, 2)
    assert profile.other_days == "weekend_and_days_off"
    with pytest.raises(InputError, match="both off and worked"):
        daily_profile(series, days_off=[off], extra_workdays=[off])


def test_a_slot_without_reading_is_no_zero(days):
    profile = daily_profile(read_meter(days).between("2024-02-29", "2024-02-29 12:00"))
    assert profile.working_kw[0] == pytest.approx(1 / 12)
    assert np.isnan(profile.working_kw[1]) and np.all(np.isnan(profile.weekend_kw))


def test_months_say_whether_they_are_whole(days):
    months = monthly_energy(read_meter(days))
    assert [str(month) for month in months.month] == ["2024-02-01", "2024-03-01"]
    assert list(months.energy_kwh) == [3, 33]
    assert list(months.slots) == [2, 6] and list(months.slots_of_month) == [58, 62]
    assert not months.complete.any()


def test_a_month_without_reading_is_no_zero(write):
    rows = [
        ("2024-01-31 00:00", "1"),
        ("2024-01-31 12:00", "1"),
        ("2024-03-01 00:00", "2"),
        ("2024-03-01 12:00", "2"),
        ("2024-03-02 00:00", "2"),
    ]
    months = monthly_energy(read_meter(write(rows, interval="12 h", stamp="interval_start", gaps="report")))
    assert months.energy_kwh[0] == 2 and np.isnan(months.energy_kwh[1]) and months.energy_kwh[2] == 6


def test_peak_is_energy_by_hours(days):
    highest = peak(read_meter(days))
    assert highest.demand_kw == pytest.approx(8 / 12)
    assert (str(highest.start), highest.line) == ("2024-03-03T12:00:00", 9)


def test_load_duration_falls_and_ends_with_all_hours(days):
    curve = load_duration(read_meter(days))
    assert curve.demand_kw * 12 == pytest.approx([8, 7, 6, 5, 4, 3, 2, 1])
    assert list(curve.hours) == [12, 24, 36, 48, 60, 72, 84, 96]


def test_histogram_of_a_constant_load_is_one_bin(write):
    rows = [(f"2024-03-01 {hour:02d}:00", "5") for hour in range(6)]
    histogram = load_histogram(read_meter(write(rows, interval="1 h", stamp="interval_start")))
    assert list(histogram.demand_kw) == [5] and list(histogram.hours) == [6]
    assert histogram.largest_deviation_kw == 0


def test_a_histogram_without_bins_is_refused(days):
    with pytest.raises(InputError, match="at least one bin"):
        load_histogram(read_meter(days), bins=0)
