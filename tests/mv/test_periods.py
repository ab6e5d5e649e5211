"""Whole periods of a meter: nothing is lost between slots, periods and the list of what is left out."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import read_meter
from energycalc.mv.periods import Interval, Periods, periods_of
from tests.steel import steel_layout

STEEL = Path(__file__).resolve().parents[2] / "examples" / "steel_plant" / "steel_kr_2018_15min.csv.gz"


@pytest.mark.parametrize(("interval", "count"), [("hour", 8760), ("day", 365), ("month", 12)])
def test_a_whole_year_falls_into_whole_periods_without_a_rest(interval: Interval, count: int) -> None:
    meter = read_meter(steel_layout())
    periods = periods_of(meter, interval)
    assert len(periods) == count
    assert periods.left_out == ()
    assert periods.energy.sum() == pytest.approx(meter.total().value, rel=1e-12)


def test_what_is_no_whole_week_is_left_out_and_named_with_its_energy() -> None:
    meter = read_meter(steel_layout())
    weeks = periods_of(meter, "week")
    assert len(weeks) == 52  # 2018 begins on a Monday: 364 days and one more
    assert len(weeks.left_out) == 1
    assert weeks.energy.sum() + weeks.left_out[0].energy == pytest.approx(meter.total().value, rel=1e-12)


def test_a_missing_slot_takes_its_day_out_unless_less_coverage_is_declared(tmp_path: Path) -> None:
    lines = gzip.decompress(STEEL.read_bytes()).decode().splitlines(keepends=True)
    file = tmp_path / "gap.csv"
    file.write_text("".join([*lines[:150], *lines[151:]]), encoding="utf-8")
    meter = read_meter(steel_layout(file=file, gaps="report"))
    strict, loose = periods_of(meter, "day"), periods_of(meter, "day", minimum_coverage=0.9)
    assert len(strict) == 364 and len(strict.left_out) == 1
    assert strict.left_out[0].start == np.datetime64("2018-01-02")
    assert len(loose) == 365
    assert loose.coverage[1] == pytest.approx(95 / 96)
    assert loose.energy[1] == pytest.approx(strict.left_out[0].energy * 96 / 95)


def test_a_slot_longer_than_the_period_is_refused() -> None:
    meter = read_meter(steel_layout())
    hours = periods_of(meter, "hour")
    with pytest.raises(InputError, match="coverage"):
        periods_of(meter, "day", minimum_coverage=0.0)
    with pytest.raises(InputError, match="order of time"):
        Periods(hours.start[::-1], hours.end[::-1], hours.energy, "kWh", "hour")
    with pytest.raises(InputError, match="not a finite number"):
        Periods(hours.start, hours.end, np.full(len(hours), np.nan), "kWh", "hour")
