"""A meter against bill, contract, shifts, phases, its hash and another meter: found where it is, silent where not."""

import math

import numpy as np
import pytest

from energycalc.errors import InputError, MeterDataError
from energycalc.metering import read_meter
from energycalc.metering.doubts.clock import clock_findings, day_shape, shift_shape
from energycalc.metering.doubts.identity import refuse_if_changed, sha256_of, swapped_meters
from energycalc.metering.doubts.phase import phase_findings, triangle_findings
from energycalc.metering.doubts.scale import findings_against_bill, findings_against_contract

# ---------------------------------------------------------------- bill and contract


@pytest.mark.parametrize(
    ("ratio", "severity"), [(1.0, ""), (1.019, ""), (0.97, "warning"), (1.049, "warning"), (0.94, "error")]
)
def test_a_bill_within_two_per_cent_is_silent(write, ratio, severity):
    found = findings_against_bill(read_meter(write()), 9.75 / ratio)
    assert [each.severity for each in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("factor", "name", "declared"),
    [
        (4, "kW of 15 min", {}),
        (1 / 4, "kW of 15 min", {}),
        (1000, "kWh and Wh", {}),
        (1 / 1000, "MWh and kWh", {}),
        (60, "ct_ratio 60", {"current_transformer_ratio": "300/5"}),
        (1 / 60, "ct_ratio 60", {"current_transformer_ratio": "300/5"}),
        (1 / 100, "pt_ratio 100", {"current_transformer_ratio": 60, "voltage_transformer_ratio": "11000/110"}),
        (6000, "ct_ratio × pt_ratio 6000", {"current_transformer_ratio": 60, "voltage_transformer_ratio": "11000/110"}),
    ],
)
def test_the_missed_factor_is_named(write, factor, name, declared):
    series = read_meter(write(**declared))
    read = float(series.energy_kwh.sum())
    (found,) = findings_against_bill(series, read / factor * 1.01)
    assert found.severity == "error" and name in found.sentence and name in found.sentence_zh
    assert ("too large by" if factor > 1 else "too small by") in found.sentence
    (unnamed,) = findings_against_bill(series, read / factor * 1.1)
    assert unnamed.evidence["factor"] == "none"
    assert findings_against_bill(series, read) == ()


def test_the_highest_demand_fits_the_contract_or_names_a_factor(write):
    series = read_meter(write())  # 12 kW
    for contract in (12.0, 100.0, 8.1):
        assert findings_against_contract(series, contract) == ()
    (low,) = findings_against_contract(series, 12_500)
    assert low.severity == "warning" and "kWh and Wh" in low.sentence
    (high,) = findings_against_contract(series, 4)
    assert high.severity == "error" and "kW of 15 min" in high.sentence
    for wrong in (0.0, -1.0, math.nan):
        with pytest.raises(InputError):
            findings_against_contract(series, wrong)
        with pytest.raises(InputError):
            findings_against_bill(series, wrong)


# ---------------------------------------------------------------- clock


def shifted(write, hours, *, name="meter", low=20.0, high=100.0, shifts=((8, 12), (13, 17)), weeks=4):
    """A one-shift load whose stamps are moved by some hours (made up)."""
    start = np.datetime64("2024-03-04T00:00", "m")
    clock = start + np.arange(24 * 7 * weeks) * np.timedelta64(60, "m")
    hour, weekday = np.arange(len(clock)) % 24, (np.arange(len(clock)) // 24) % 7
    worked = (weekday < 5) & np.any([(hour >= a) & (hour < b) for a, b in shifts], axis=0)
    stamps = np.char.replace((clock + np.timedelta64(round(hours * 60), "m")).astype(str), "T", " ")
    rows = [
        (stamp, f"{high if on else low:g}.{k % 10}") for k, (stamp, on) in enumerate(zip(stamps, worked, strict=True))
    ]
    return read_meter(write(rows, interval="1 h", stamp="interval_start", meter=name))


@pytest.mark.parametrize("hours", [-8, 8, 1, -1])
def test_a_moved_clock_is_seen_against_the_shifts(write, hours):
    expected = shift_shape(((8, 12), (13, 17)), 1.0)
    assert clock_findings(shifted(write, 0), expected, "the shifts") == ()
    (found,) = clock_findings(shifted(write, hours), expected, "the shifts")
    assert found.severity == "warning" and f"moved by {-hours:+g} h" in found.sentence
    assert ("UTC" in found.sentence) == (hours == -8)


def test_a_moved_clock_is_seen_against_another_period(write):
    reference = day_shape(shifted(write, 0))
    assert clock_findings(shifted(write, 0, low=30, high=300), reference, "the year before") == ()
    assert clock_findings(shifted(write, 3), reference, "the year before")[0].evidence["shift"] == "-3 h"


def test_night_shifts_pass_midnight():
    night = shift_shape(((22, 30),), 1.0)
    assert (night[[22, 23, 0, 5]] > 0).all() and (night[[6, 12, 21]] < 0).all()


def test_a_day_without_shape_is_refused(write):
    with pytest.raises(InputError, match="every hour is alike"):
        shift_shape(((0, 24),), 1.0)
    flat = [(f"2024-03-0{4 + d} {h:02d}:00", "5") for d in range(2) for h in range(24)]
    with pytest.raises(InputError, match="every hour is alike"):
        day_shape(read_meter(write(flat, interval="1 h", stamp="interval_start")))
    days = [(f"2024-03-0{d}", f"{d}") for d in range(1, 9)]
    with pytest.raises(InputError, match="at most an hour"):
        day_shape(read_meter(write(days, interval="1 d", stamp="interval_start")))


# ---------------------------------------------------------------- phases

VOLTS, AMPERES = np.full(50, 380.0), np.linspace(20, 100, 50)


def power(factor):
    return math.sqrt(3) * 380 * AMPERES * factor / 1000


def test_the_power_triangle_holds_for_a_sound_connection():
    assert triangle_findings(power(0.85), VOLTS, AMPERES, np.full(50, 0.85), "M") == ()
    assert triangle_findings(power(0.85), VOLTS, AMPERES, np.full(50, 85.0), "M") == ()  # per cent


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (1 / 3, "one current transformer is reversed"),
        (1 / math.sqrt(3), "root of three"),
        (math.sqrt(3), "√3"),
        (2, "not of this load"),
    ],
)
def test_a_broken_triangle_names_its_cause(times, words):
    (found,) = triangle_findings(times * power(0.85), VOLTS, AMPERES, np.full(50, 0.85), "M")
    assert found.severity == "error" and words in found.sentence + found.sentence_zh


def test_one_reversed_phase_reads_a_third():
    """P1 + P2 - P3 of a balanced load is a third of the true power."""
    phases = np.repeat(power(0.85)[:, None] / 3, 3, axis=1)
    currents = np.repeat(AMPERES[:, None], 3, axis=1)
    assert phase_findings(phases, currents, "M", np.full(50, 0.85)) == ()
    phases[:, 2] *= -1
    (found,) = phase_findings(phases, currents, "M")
    assert found.severity == "error" and "L3" in found.sentence
    assert len(triangle_findings(phases.sum(axis=1), VOLTS, AMPERES, np.full(50, 0.85), "M")) == 1
    assert phase_findings(-np.abs(phases), currents, "M") == ()  # all reversed is export, not one transformer


def test_balanced_currents_without_power_are_doubted():
    currents = np.repeat(AMPERES[:, None], 3, axis=1)
    phases = np.repeat(power(0.2)[:, None] / 3, 3, axis=1)
    (found,) = phase_findings(phases, currents, "M", np.full(50, 0.2))
    assert found.id == "metering.wrong_phase" and found.severity == "warning"
    assert phase_findings(phases, currents * [1, 1.3, 1], "M", np.full(50, 0.2)) == ()


def test_phases_without_load_or_of_other_shape_are_refused():
    for wrong in (np.zeros((5, 3)), np.ones((5, 2))):
        with pytest.raises(InputError):
            phase_findings(wrong, wrong, "M")
    with pytest.raises(InputError, match="different lengths"):
        triangle_findings(np.ones(3), np.ones(2), np.ones(3), np.ones(3), "M")
    with pytest.raises(InputError, match="no row carries"):
        triangle_findings(np.ones(3), np.ones(3), np.ones(3), np.zeros(3), "M")


# ---------------------------------------------------------------- the same file, the same meter


def test_a_changed_file_is_refused(write):
    series = read_meter(write())
    path = series.layout.file
    refuse_if_changed(path, series.sha256)
    refuse_if_changed(path, sha256_of(path).upper())
    with path.open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(MeterDataError, match="has changed"):
        refuse_if_changed(path, series.sha256)
    with pytest.raises(InputError, match="no SHA-256"):
        refuse_if_changed(path, "abc")
    path.unlink()
    with pytest.raises(MeterDataError, match="cannot be opened"):
        refuse_if_changed(path, series.sha256)


def test_exchanged_meters_are_seen(write):
    """A day shift of 100 kW and a night shift of 400 kW, before and after a saving of a fifth."""
    day = [shifted(write, 0, name="A", low=20, high=high) for high in (100.0, 80.0)]
    night = [shifted(write, 0, name="B", low=40, high=high, shifts=((0, 6), (22, 24))) for high in (400.0, 320.0)]
    assert swapped_meters((day[0], day[1]), (night[0], night[1])) == ()
    (found,) = swapped_meters((day[0], night[1]), (night[0], day[1]))
    assert found.severity == "warning" and found.subject == "A / B"
    assert swapped_meters((day[0], day[1]), (day[0], day[1])) == ()  # alike meters cannot be told apart
