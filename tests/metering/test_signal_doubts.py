"""What readings say against themselves: each finding on its fault, silence on ordinary loads."""

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import read_meter, series_findings

HOUR = {"interval": "1 h", "stamp": "interval_start"}


def rows(readings, start="2024-03-01T00:00", step=60):
    first = np.datetime64(start, "m")
    stamps = [str(first + np.timedelta64(step * k, "m")).replace("T", " ") for k in range(len(readings))]
    return [(stamp, f"{reading:.10g}") for stamp, reading in zip(stamps, readings, strict=True)]


def week(weeks=2, seed=7):
    """A two-shift load in kWh per hour: 20 at night, 80 to 120 by day (made up)."""
    rng = np.random.default_rng(seed)
    hour = np.arange(24 * 7 * weeks) % 24
    return np.where((hour >= 8) & (hour < 22), rng.uniform(80, 120, len(hour)), rng.uniform(18, 22, len(hour)))


@pytest.fixture
def found(write):
    def findings(readings, start="2024-03-01T00:00", **declared):
        series = read_meter(write(rows(readings, start), **(HOUR | declared)))
        return {finding.id.removeprefix("metering."): finding for finding in series_findings(series)}

    return findings


def test_an_ordinary_load_is_silent(found):
    assert found(week()) == {}


def test_a_spike_of_a_few_times_the_load_is_named(found):
    load = week()
    load[100] = 450  # below 20 times the 99.9th percentile, above twice the 99th and ten deviations of the load
    spike = found(load)["spike"]
    assert spike.severity == "warning" and "450" in spike.sentence and spike.evidence["lines"] == "102"
    load[100] = 190  # a busy hour
    assert "spike" not in found(load)


def test_a_machine_that_stands_most_of_the_time_has_no_spikes(found):
    load = np.where(np.arange(336) % 10 == 0, 50.0 + np.arange(336) % 3, 0.4 + 0.01 * (np.arange(336) % 5))
    assert set(found(load)) <= {"zero_readings"}


@pytest.mark.parametrize("mark", [65535, 99999, 32767, 999999, 6553.5, 4294967295])
@pytest.mark.parametrize("every", [1000, 10])
def test_full_scale_marks_are_errors_however_many(found, mark, every):
    load = week()
    load[5::every] = mark
    sentinel = found(load)["sentinel"]
    assert (sentinel.severity == "error" and f"{mark:.6g}" in sentinel.sentence) or str(mark) in sentinel.sentence
    assert {"outlier", "spike", "mixed_units"}.isdisjoint(found(load))


def test_a_full_scale_number_within_the_load_is_none(found):
    load = week() * 500 + 900
    load[5] = 32767
    assert "sentinel" not in found(load)


@pytest.mark.parametrize("where", [slice(5, None, 20), slice(0, 100), slice(1, None, 2)])
def test_readings_a_thousand_times_the_others_are_two_units(found, where):
    load = week()
    load[where] *= 1000
    mixed = found(load)["mixed_units"]
    assert mixed.severity == "warning" and "two units" in mixed.sentence and "兩種單位" in mixed.sentence_zh
    assert "outlier" not in found(load)


def test_one_reading_a_thousand_times_the_others_is_an_outlier(found):
    load = week()
    load[3] *= 1000
    assert "mixed_units" not in found(load) and found(load)["outlier"].evidence["lines"] == "5"


def test_a_wide_range_without_a_gap_is_one_unit(found):
    assert "mixed_units" not in found(np.geomspace(0.1, 5000, 336))
    assert "mixed_units" not in found(week() * np.where(np.arange(336) % 7 == 0, 10, 1))


def test_negative_readings_that_are_declared_are_noted(found):
    load = week()
    load[3] = -5
    assert "-5 kWh" in found(load, negative="allow")["negative_readings"].sentence


def test_gaps_are_judged_by_length_and_share(write):
    def severity(*dropped):
        kept = [row for k, row in enumerate(rows(week())) if k not in dropped]
        (finding,) = (
            each
            for each in series_findings(read_meter(write(kept, gaps="report", **HOUR)))
            if each.id == "metering.slots_missing"
        )
        return finding.severity, finding.evidence["longest gap"]

    assert severity(5, 6) == ("note", "2 slots")
    assert severity(5, 6, 7) == ("warning", "3 slots")
    assert severity(*range(10, 330, 8)) == ("error", "1 slots")  # 40 of 336 slots are 11.9 %
    assert severity(*range(10, 250, 8))[0] == "note"  # 30 of 336 are 8.9 %


def test_a_long_fill_is_an_error(write):
    kept = [row for k, row in enumerate(rows(week())) if not 100 <= k < 140]
    findings = {each.id: each for each in series_findings(read_meter(write(kept, gaps="interpolate", **HOUR)))}
    assert findings["metering.slots_filled"].severity == "error" and "40 slots" in findings[
        "metering.slots_filled"
    ].sentence.replace(" slots)", " slots")


def test_partial_months_are_told_of_a_long_series_only(found):
    assert "partial_month" in found(week(5), start="2024-03-05T00:00")
    assert "2024-03" in found(week(5), start="2024-03-05T00:00")["partial_month"].sentence
    assert "partial_month" not in found(week(2), start="2024-03-05T00:00")
    whole = week(6)[: 24 * 31]
    assert "partial_month" not in found(whole)


def test_an_expired_calibration_is_a_warning(found):
    assert found(week(), calibration_valid_to="2024-03-13")["calibration_expired"].severity == "warning"
    assert "calibration_expired" not in found(week(), calibration_valid_to="2024-03-14")
    with pytest.raises(InputError, match="no date"):
        found(week(), calibration_valid_to="2024-13-13")


def test_zero_degrees_are_an_ordinary_temperature(write):
    temperatures = rows(np.linspace(-3, 3, 25))
    driver = {"quantity_kind": "interval_mean", "unit": "degC", "header": "temperature", "negative": "allow"}
    kinds = {each.id for each in series_findings(read_meter(write(temperatures, **driver, **HOUR)))}
    assert kinds == {"metering.partial_day"}
