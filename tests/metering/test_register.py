"""Cumulative counters: differences, roll-over, resets and gaps."""

import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, series_findings, total_energy_kwh


def counter(*readings):
    return [(f"2024-03-01 00:{15 * slot:02d}", str(reading)) for slot, reading in enumerate(readings)]


def test_the_energy_is_the_difference_of_readings(write):
    series = read_meter(write(counter(100, 103, 103, 110), quantity_kind="register"))
    assert list(series.reading_kwh) == [3, 0, 7]
    assert str(series.interval_start[0]) == "2024-03-01T00:00:00"
    assert list(series.line) == [3, 4, 5]
    assert series.ledger.rows_used == series.ledger.rows_read == 4  # the first row opens the register


def test_a_fall_is_refused_unless_it_is_a_declared_roll_over(write):
    rows = counter(999_990, 999_998, 4, 9)
    with pytest.raises(MeterDataError, match="falls from line 3 to line 4"):
        read_meter(write(rows, quantity_kind="register"))
    rolled = read_meter(write(rows, quantity_kind="register", register_capacity=1_000_000))
    assert list(rolled.reading_kwh) == [8, 6, 5]


@pytest.mark.parametrize("readings", [(500_000, 500_010, 4, 9), (999_990, 999_998, 400_000, 400_009)])
def test_a_reset_or_a_new_meter_is_no_roll_over(write, readings):
    with pytest.raises(MeterDataError, match="falls"):
        read_meter(write(counter(*readings), quantity_kind="register", register_capacity=1_000_000))


def test_a_reading_at_or_above_the_capacity_is_refused(write):
    with pytest.raises(MeterDataError, match="capacity"):
        read_meter(write(counter(999, 1000), quantity_kind="register", register_capacity=1000))
    assert total_energy_kwh(read_meter(write(counter(998, 999), quantity_kind="register", register_capacity=1000))) == 1


def test_a_gap_in_a_register_loses_no_energy(write):
    rows = [*counter(100, 103), ("2024-03-01 01:00", "112"), ("2024-03-01 01:15", "113")]
    with pytest.raises(MeterDataError, match="3 slots"):
        read_meter(write(rows, quantity_kind="register"))
    spread = read_meter(write(rows, quantity_kind="register", gaps="spread"))
    assert list(spread.reading_kwh) == [3, 3, 3, 3, 1]
    assert len(spread.ledger.fills) == 3 and spread.ledger.rows_excluded == 1
    assert spread.ledger.excluded == spread.ledger.filled == 9
    reported = read_meter(write(rows, quantity_kind="register", gaps="report"))
    assert total_energy_kwh(reported) == 4 and reported.ledger.excluded == 9
    assert len(reported.ledger.missing) == 3


def test_an_empty_register_reading_is_a_gap(write):
    rows = counter(100, 103, "", 109)
    with pytest.raises(MeterDataError, match="empty"):
        read_meter(write(rows, quantity_kind="register", gaps="spread"))
    with pytest.raises(MeterDataError, match="2 slots"):
        read_meter(write(rows, quantity_kind="register", empty="exclude"))
    series = read_meter(write(rows, quantity_kind="register", empty="exclude", gaps="spread"))
    assert list(series.reading_kwh) == [3, 3, 3]


def test_one_reading_is_no_energy(write):
    with pytest.raises(MeterDataError, match="no energy"):
        read_meter(write(counter(100), quantity_kind="register"))


def test_a_roll_over_is_told_with_its_line(write):
    """Roll-overs are declared, and still listed: a new meter near the end of the old one's range looks the same."""
    times = [f"2024-03-01 0{k}:00" for k in range(4)]
    declared = {"quantity_kind": "register", "interval": "1 h", "register_capacity": 1000.0}
    rolled = read_meter(write(list(zip(times, ("970", "990", "10", "30"), strict=True)), **declared))
    (notice,) = rolled.notices
    assert notice.kind == "register_rolled_over" and notice.lines == (4,) and "990 to 10 kWh" in notice.sentence
    found = {finding.id: finding.severity for finding in series_findings(rolled)}
    assert found["metering.register_rolled_over"] == "warning"
    assert read_meter(write(list(zip(times, ("10", "20", "30", "40"), strict=True)), **declared)).notices == ()
