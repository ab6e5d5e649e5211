"""Each sufficiency rule on data that break it and on data that just do not."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.metering import MeterLayout, read_meter
from energycalc.mv.periods import Periods, periods_of
from energycalc.mv.rules.sufficiency import (
    baseline_coverage,
    bill_lengths,
    bill_reconciliation,
    calibration,
    degree_day_points,
    extreme_values,
    gaps,
    monthly_coverage,
    partial_periods,
    points_removed,
    weather,
)
from tests.steel import steel_layout

DAY = np.timedelta64(1, "D")
RNG = np.random.default_rng(6)


def ids(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.id.removeprefix("mv.") for finding in findings]


def daily(
    n: int = 365, first: str = "2025-01-01", missing: tuple[int, ...] = (), zeros: tuple[int, ...] = ()
) -> Periods:
    start = np.datetime64(first).astype("datetime64[s]") + np.arange(n) * DAY
    energy = 1000 + 50 * RNG.standard_normal(n)
    energy[list(zeros)] = 0.0
    keep = np.ones(n, dtype=bool)
    keep[list(missing)] = False
    return Periods(start, start + DAY, energy, "kWh", "day").chosen(keep)


def test_a_whole_year_is_silent() -> None:
    assert baseline_coverage(daily(), "main") == ()


def test_a_year_is_365_days() -> None:
    assert ids(baseline_coverage(daily(364), "main")) == ["CT_baseline_length"]


@pytest.mark.parametrize(
    ("lost", "fired"), [(36, []), (37, ["TS13_coverage"]), (38, ["CT_days_missing", "TS13_coverage"])]
)
def test_days_missing_over_the_year(lost: int, fired: list[str]) -> None:
    # three or fewer in each month (at most 10 % of it); the year itself allows 10 %: 36.5 days
    spread = [(date(2025, 1 + k % 12, 3 + 2 * (k // 12)) - date(2025, 1, 1)).days for k in range(lost)]
    found = [f for f in baseline_coverage(daily(missing=tuple(spread)), "main") if "month" not in f.sentence]
    assert ids(tuple(found)) == fired


@pytest.mark.parametrize(("lost", "fired"), [(2, []), (3, ["TS13_coverage"])])
def test_days_missing_in_one_month(lost: int, fired: list[str]) -> None:
    found = baseline_coverage(daily(missing=tuple(range(40, 40 + lost))), "main")  # February, 28 days
    assert ids(found) == fired
    assert all("2025-02" in finding.sentence and finding.severity == "error" for finding in found)


def test_what_is_missing_at_the_edges_shows_against_the_declared_dates() -> None:
    late = daily(355, first="2025-01-11")
    assert "TS13_coverage" not in ids(baseline_coverage(late, "main"))
    found = baseline_coverage(late, "main", first="2025-01-01", last="2025-12-31")
    assert ids(found) == ["TS13_coverage"] and "2025-01" in found[0].sentence


def test_what_lies_outside_the_declared_dates_does_not_fill_a_hole_in_them() -> None:
    year = daily(400, missing=tuple(range(40, 80)))
    found = baseline_coverage(year, "main", first="2025-01-01", last="2025-12-31")
    assert {"CT_days_missing", "TS13_coverage"} <= set(ids(found))
    shares = monthly_coverage(daily(400), np.datetime64("2025-01-11"), np.datetime64("2025-02-11"))
    assert shares == {"2025-01": 1.0, "2025-02": 1.0}


def test_a_machine_that_is_off_is_not_missing() -> None:
    weekends = tuple(k for k in range(365) if k % 7 in (3, 4))
    found = baseline_coverage(daily(zeros=weekends), "press")
    assert ids(found) == ["zero_kept"]
    assert found[0].severity == "note" and str(len(weekends)) in found[0].sentence


@pytest.mark.parametrize(("coverage", "fired"), [(0.5, []), (0.49, ["CT_day_readings"])])
def test_a_day_needs_half_of_its_readings(coverage: float, fired: list[str]) -> None:
    year = daily()
    part = np.ones(365)
    part[200] = coverage
    thin = Periods(year.start, year.end, year.energy, "kWh", "day", coverage=part)
    assert ids(baseline_coverage(thin, "main")) == fired
    assert ids(partial_periods(thin, "main")) == ["TD10_partial_period"]
    assert partial_periods(thin, "main", pro_rata_because="the logger was changed; load constant") == ()
    assert partial_periods(year, "main") == ()


def test_hours_are_counted_month_by_month() -> None:
    hours = np.datetime64("2025-01-01T00:00:00") + np.arange(24 * 365) * np.timedelta64(1, "h")
    keep = np.ones(len(hours), dtype=bool)
    whole = Periods(hours, hours + np.timedelta64(1, "h"), np.ones(len(hours)), "kWh", "hour")
    assert baseline_coverage(whole, "main") == ()
    keep[24 * 31 : 24 * 34] = False  # three days of February
    fired = ids(baseline_coverage(whole.chosen(keep), "main"))
    assert fired == ["TS13_coverage", "CT_hours_of_month"]
    shares = monthly_coverage(whole.chosen(keep), np.datetime64("2025-01-01"), np.datetime64("2026-01-01"))
    assert shares["2025-02"] == pytest.approx(25 / 28) and shares["2025-03"] == 1.0
    assert len(shares) == 12


def test_months_and_their_missing_neighbour() -> None:
    months = np.arange("2025-01", "2026-01", dtype="datetime64[M]")
    start, end = months.astype("datetime64[s]"), (months + 1).astype("datetime64[s]")
    year = Periods(start, end, np.full(12, 5e4), "kWh", "month")
    assert baseline_coverage(year, "bill") == ()
    found = baseline_coverage(year.chosen(np.arange(12) != 6), "bill")
    assert ids(found) == ["TS13_coverage"] and "2025-07" in found[0].sentence  # 31 days of 365 are below 10 %


def test_gaps_by_their_longest_run_and_their_share(tmp_path: Path) -> None:
    def meter(missing: list[int], policy: str) -> tuple[Finding, ...]:
        stamps = np.datetime64("2026-03-01T00:00") + np.arange(480) * np.timedelta64(15, "m")
        rows = [f"{str(s).replace('T', ' ')},{k % 7 + 1}" for k, s in enumerate(stamps) if k not in missing]
        file = tmp_path / f"{len(missing)}_{policy}.csv"
        file.write_text("\n".join(["time,energy", *rows]) + "\n", encoding="utf-8")
        return gaps(
            read_meter(
                MeterLayout(
                    file=file,
                    time_column="time",
                    value_column="energy",
                    unit="kWh",
                    quantity_kind="interval_energy",
                    interval="15 min",
                    stamp="interval_start",
                    midnight="starts_day",
                    time_zone="Asia/Taipei",
                    gaps=policy,  # type: ignore[arg-type]
                )
            ),
            "main",
        )

    assert meter([], "refuse") == ()
    assert ids(meter([50, 51, 100, 101], "report")) == []
    three = meter([50, 51, 52, 100], "report")
    assert ids(three) == ["TD08_gap"] and three[0].severity == "warning" and "3 readings" in three[0].sentence
    assert ids(meter([50, 51, 52], "interpolate")) == ["TD08_gap"]  # filled is not read
    singly = list(range(1, 480, 9))
    assert ids(meter(singly, "report")) == ["TD08_gap"] and len(singly) / 480 > 0.1
    assert meter(singly, "report")[0].severity == "error"


def test_bills_too_short_and_too_long() -> None:
    def lengths(*days: int, cycle: str = "monthly") -> list[str]:
        edges = np.datetime64("2025-01-01") + np.concatenate([[0], np.cumsum(days)])
        return ids(bill_lengths(edges[:-1], edges[1:], cycle, "account"))  # type: ignore[arg-type]

    assert lengths(25, 31, 35) == []
    assert lengths(24, 31) == ["CT_bill_short"]
    assert lengths(31, 36) == ["CT_bill_long"]
    assert lengths(60, 70, cycle="bimonthly") == []
    assert lengths(71, cycle="bimonthly") == ["CT_bill_long"]


@pytest.mark.parametrize(
    ("metered", "severity"), [(102.0, None), (98.0, None), (102.1, "warning"), (95.1, "warning"), (94.9, "error")]
)
def test_meter_against_bill(metered: float, severity: str | None) -> None:
    found = bill_reconciliation(metered, 100.0, "main")
    assert [f.severity for f in found] == ([severity] if severity else [])
    with pytest.raises(InputError, match="above zero"):
        bill_reconciliation(metered, 0.0, "main")


def test_weather_station_gaps_and_coverage() -> None:
    months = np.arange("2025-01", "2025-03", dtype="datetime64[M]")
    start, end = months.astype("datetime64[s]"), (months + 1).astype("datetime64[s]")
    temperature = Periods(start, end, np.ones(2), "kWh", "month", coverage=np.array([0.90, 0.95]))
    assert weather(temperature, "site", station_km=200, longest_gap_hours=6) == ()
    thin = Periods(start, end, np.ones(2), "kWh", "month", coverage=np.array([0.89, 0.95]))
    fired = ids(weather(thin, "site", station_km=201, longest_gap_hours=7))
    assert fired == ["CT_weather_station", "CT_temperature_gap", "CT_temperature_coverage"]


def test_days_beyond_a_change_point() -> None:
    temperature = np.concatenate([np.full(300, 20.0), np.full(10, 30.0)])
    assert degree_day_points(temperature, 25.0, "cooling", "5P") == ()
    assert ids(degree_day_points(temperature[:-1], 25.0, "cooling", "5P")) == ["CT_degree_day_points"]
    assert degree_day_points(temperature, 25.0, "heating", "5P") == ()
    assert ids(degree_day_points(temperature, 15.0, "heating", "5P")) == ["CT_degree_day_points"]


def test_extreme_values_are_told_and_kept() -> None:
    year = daily()
    assert extreme_values(year, "main") == ()
    energy = year.energy.copy()
    energy[100] = 5000.0
    found = extreme_values(Periods(year.start, year.end, energy, "kWh", "day"), "main")
    assert ids(found) == ["CT_extreme_values"] and "2025-04-11" in found[0].sentence
    steps = Periods(year.start[:9], year.end[:9], np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 16.1]), "kWh", "day")
    assert ids(extreme_values(steps, "main")) == ["CT_extreme_values"]  # (16.1 − 4)/(6 − 2) = 3.025
    steps = Periods(year.start[:9], year.end[:9], np.array([0.0, 1, 2, 3, 4, 5, 6, 7, 16.0]), "kWh", "day")
    assert extreme_values(steps, "main") == ()
    assert extreme_values(Periods(year.start, year.end, np.ones(365), "kWh", "day"), "main") == ()


def test_calibration_and_removed_points() -> None:
    last = date(2025, 12, 31)
    assert calibration(last, last, "main") == ()
    assert ids(calibration(last - timedelta(days=1), last, "main")) == ["TD20_calibration_expired"]
    assert points_removed(95, ["logger fault"] * 5, "model") == ()
    assert ids(points_removed(94, ["logger fault"] * 6, "model")) == ["TS11_points_removed"]
    found = points_removed(364, [""], "model")
    assert ids(found) == ["TS11_points_removed"] and found[0].severity == "error"
    assert points_removed(365, [], "model") == ()


def test_the_steel_plant_has_its_year_and_its_zero() -> None:
    meter = read_meter(steel_layout())
    assert gaps(meter, "main") == ()
    assert baseline_coverage(periods_of(meter, "day"), "main", first="2018-01-01", last="2018-12-31") == ()
    half = periods_of(meter, "day").between("2018-01-01", "2018-06-30")
    assert ids(baseline_coverage(half, "main")) == ["CT_baseline_length"]
