"""The real meter, against what DATA_LICENCE.md beside the file states (found there by other means)."""

import csv
import gzip
import hashlib
import io

import numpy as np
import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import (
    daily_profile,
    load_duration,
    load_histogram,
    monthly_energy,
    peak,
    read_meter,
    series_findings,
    total_energy_kwh,
    zero_readings,
)


def test_the_copy_is_the_published_file(steel_layout):
    raw = steel_layout().file.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == "a059a4dd9b81b902e273d9c6743f36b2c3879558056717f289059e28dd702b59"
    content = hashlib.sha256(gzip.decompress(raw)).hexdigest()
    assert content == "7202b058121e0e7d50b5fe3c379b636f92757b3fc143046bc59936f1d6eca8d6"


def test_total_peak_and_rows_are_as_stated(steel):
    assert steel.ledger.rows_read == steel.ledger.rows_used == 35_040
    assert steel.ledger.rows_excluded == len(steel.ledger.fills) == len(steel.ledger.missing) == 0
    assert round(total_energy_kwh(steel), 1) == 959_636.7
    assert round(peak(steel).demand_kw, 1) == 628.7
    assert len(zero_readings(steel).line) == 1


def test_the_rounded_co2_column_sums_as_stated(steel_layout):
    rows = csv.DictReader(io.StringIO(gzip.decompress(steel_layout().file.read_bytes()).decode("utf-8-sig")))
    assert round(sum(float(row["CO2(tCO2)"]) for row in rows), 1) == 403.8


def test_the_year_is_whole_and_in_order(steel):
    assert str(steel.interval_start[0]) == "2018-01-01T00:00:00"
    assert str(steel.interval_end[-1]) == "2019-01-01T00:00:00"
    assert np.all(np.diff(steel.interval_start) == np.timedelta64(15, "m"))
    assert monthly_energy(steel).complete.all()


def test_the_row_stamped_midnight_ends_its_day(steel, steel_layout):
    """Line 97 is stamped 01/01/2018 00:00 and follows 23:45 of the same date."""
    content = gzip.decompress(steel_layout().file.read_bytes()).decode("utf-8-sig").splitlines()
    assert content[96].startswith("01/01/2018 00:00,") and content[95].startswith("01/01/2018 23:45,")
    slot = int(np.flatnonzero(steel.line == 97)[0])
    assert str(steel.interval_start[slot]) == "2018-01-01T23:45:00"
    assert str(steel.interval_end[slot]) == "2018-01-02T00:00:00"
    assert steel.reading_kwh[slot] == float(content[96].split(",")[1])


def test_midnight_read_the_other_way_is_refused_with_what_to_write(steel_layout):
    with pytest.raises(MeterDataError) as refused:
        read_meter(steel_layout(midnight="starts_day"))
    assert "line 97" in str(refused.value)
    assert "midnight: ends_day" in refused.value.next_step


def test_undeclared_order_of_day_and_month_shows_both_readings(steel_layout):
    with pytest.raises(MeterDataError) as refused:
        read_meter(steel_layout(date_format=None))
    assert "2018-01-02" in refused.value.message and "2018-02-01" in refused.value.message
    assert "%d/%m/%Y" in refused.value.message and "%m/%d/%Y" in refused.value.message


def test_month_before_day_is_refused_at_the_first_impossible_date(steel_layout):
    with pytest.raises(MeterDataError, match="13/01/2018"):
        read_meter(steel_layout(date_format="%m/%d/%Y %H:%M"))


def test_gz_and_plain_file_give_the_same_series(steel, steel_layout, tmp_path):
    plain_file = tmp_path / "steel.csv"
    plain_file.write_bytes(gzip.decompress(steel_layout().file.read_bytes()))
    plain = read_meter(steel_layout(file=plain_file))
    assert np.array_equal(plain.interval_start, steel.interval_start)
    assert np.array_equal(plain.reading_kwh, steel.reading_kwh)
    assert np.array_equal(plain.line, steel.line)
    assert plain.sha256 != steel.sha256


def test_profile_weights_back_to_the_total(steel):
    profile = daily_profile(steel)
    assert (profile.working_days, profile.weekend_days) == (261, 104)  # 2018 began on a Monday
    by_days = profile.working_kw * profile.working_days + profile.weekend_kw * profile.weekend_days
    assert by_days.sum() * 0.25 == pytest.approx(total_energy_kwh(steel), rel=1e-12)


def test_day_types_agree_with_the_columns_of_the_file(steel, steel_layout):
    """The file's own WeekStatus counts 25,056 rows of weekdays (261 days of 96)."""
    rows = csv.DictReader(io.StringIO(gzip.decompress(steel_layout().file.read_bytes()).decode("utf-8-sig")))
    weekday_kwh = sum(float(row["Usage_kWh"]) for row in rows if row["WeekStatus"] == "Weekday")
    profile = daily_profile(steel)
    assert profile.working_kw.sum() * 0.25 * profile.working_days == pytest.approx(weekday_kwh, rel=1e-9)


def test_load_duration_and_histogram_keep_the_energy(steel):
    total = total_energy_kwh(steel)
    curve = load_duration(steel)
    assert np.all(np.diff(curve.demand_kw) <= 0) and curve.hours[-1] == 8760
    assert curve.demand_kw.sum() * 0.25 == pytest.approx(total, rel=1e-12)
    histogram = load_histogram(steel)
    assert histogram.hours.sum() == 8760
    assert histogram.demand_kw @ histogram.hours == pytest.approx(total, rel=1e-12)


def test_histogram_says_how_exact_it_is(steel):
    coarse, fine = load_histogram(steel, bins=5), load_histogram(steel, bins=50)
    assert fine.largest_deviation_kw <= fine.bin_width_kw < coarse.bin_width_kw
    assert abs(fine.error_of(np.square, steel)) < abs(coarse.error_of(np.square, steel)) < 0.1
    assert fine.error_of(lambda demand: 3 * demand, steel) == pytest.approx(0, abs=1e-12)
    assert f"{fine.largest_deviation_kw:.3g} kW" in fine.sentence()


def test_the_zero_reading_is_kept_and_noted(steel):
    zeros = zero_readings(steel)
    assert str(zeros.start[0])[:10] == "2018-11-07" and zeros.line[0] == 29_857
    assert [finding.id for finding in series_findings(steel)] == ["metering.zero_readings"]
