"""The scan of a long table and of a folder: each meter with all its days, or with the reason why not."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from energycalc.errors import InputError, MeterDataError
from energycalc.metering import MeterLayout, read_meter
from energycalc.mv.periods import periods_of
from energycalc.mv.portfolio import PortfolioPlan, assess_portfolio
from energycalc.mv.portfolio.folder_scan import scan_files
from energycalc.mv.portfolio.parquet_scan import scan_parquet

SLOTS = 96


def plan(file: Path, *, long: bool = True, temperature: bool = True, **changes: object) -> PortfolioPlan:
    words = {
        "file": file,
        "time_column": "time",
        "value_column": "kWh",
        "unit": "kWh",
        "quantity_kind": "interval_energy",
        "interval": "15 min",
        "stamp": "interval_start",
        "midnight": "starts_day",
        "time_zone": "Asia/Taipei",
        "gaps": "report",
    }
    return PortfolioPlan(
        layout=MeterLayout(**(words | changes)),  # type: ignore[arg-type]
        baseline=(date(2023, 1, 2), date(2023, 2, 19)),
        reporting=(date(2023, 2, 20), date(2023, 3, 5)),
        meter_column="meter" if long else None,
        temperature_column="degC" if temperature else None,
    )


def table(meters: int = 3, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    time = np.arange(np.datetime64("2023-01-02T00:00", "s"), np.datetime64("2023-03-06T00:00", "s"), 900)
    parts = [
        pd.DataFrame(
            {
                "meter": f"M{number}",
                "time": time,
                "kWh": np.round(rng.uniform(1, 9, len(time)), 3),
                "degC": np.round(rng.uniform(5, 30, len(time)), 1),
            }
        )
        for number in range(meters)
    ]
    return pd.concat(parts, ignore_index=True)


def written(rows: pd.DataFrame, folder: Path) -> Path:
    file = folder / "meters.parquet"
    rows.to_parquet(file, index=False)
    return file


def test_daily_sums_are_those_of_the_rows(tmp_path: Path) -> None:
    rows = table()
    found = scan_parquet(plan(written(rows, tmp_path)))
    expected = rows.groupby(["meter", rows["time"].dt.floor("D")]).agg(kWh=("kWh", "sum"), degC=("degC", "mean"))
    assert found.meters == ("M0", "M1", "M2")
    assert found.energy.ravel() == pytest.approx(expected["kWh"].to_numpy(), rel=1e-12)
    assert found.temperature is not None
    assert found.temperature.ravel() == pytest.approx(expected["degC"].to_numpy(), rel=1e-12)
    for account, (_, own) in zip(found.accounts, rows.groupby("meter"), strict=True):
        assert account.rows_read == len(own) and not account.reason
        assert account.energy_used + account.energy_left_out == pytest.approx(own["kWh"].sum(), rel=1e-12)


@pytest.mark.parametrize(("stamp", "midnight"), [("interval_end", "starts_day"), ("interval_end", "ends_day")])
def test_stamps_at_the_end_of_the_interval_and_24_o_clock_fall_into_their_day(
    tmp_path: Path, stamp: str, midnight: str
) -> None:
    rows = table(1)
    plain = scan_parquet(plan(written(rows, tmp_path))).energy
    moved = rows.assign(time=rows["time"] + pd.Timedelta(minutes=15))
    if midnight == "ends_day":  # 00:00 of a date means the end of that date
        at_midnight = moved["time"].dt.floor("D") == moved["time"]
        moved.loc[at_midnight, "time"] -= pd.Timedelta(days=1)
    found = scan_parquet(plan(written(moved, tmp_path), stamp=stamp, midnight=midnight)).energy
    assert found == pytest.approx(plain, rel=1e-12)


def test_a_doubled_row_beside_a_missing_one_is_found_although_the_count_is_right(tmp_path: Path) -> None:
    rows = table()
    at = int(np.flatnonzero((rows["meter"] == "M1") & (rows["time"] == "2023-01-10 08:00"))[0])
    rows.loc[at, "time"] = pd.Timestamp("2023-01-10 07:45")
    found = scan_parquet(plan(written(rows, tmp_path)))
    assert [bool(account.reason) for account in found.accounts] == [False, True, False]
    assert "2023-01-10 07:45:00 stands 2 times" in found.accounts[1].reason
    assert np.isnan(found.energy[1]).all() and np.isfinite(found.energy[[0, 2]]).all()


def test_a_stamp_off_the_interval_is_found(tmp_path: Path) -> None:
    rows = table(2)
    rows.loc[100, "time"] += pd.Timedelta(minutes=7)
    assert "off the interval" in scan_parquet(plan(written(rows, tmp_path))).accounts[0].reason


def test_a_gap_takes_its_day_out_or_refuses_the_meter(tmp_path: Path) -> None:
    rows = table(2).drop(index=[50])
    file = written(rows, tmp_path)
    loose = scan_parquet(plan(file))
    assert np.isnan(loose.energy[0, 0]) and np.isfinite(loose.energy[0, 1:]).all()
    assert loose.accounts[0].days_left_out == 1
    strict = scan_parquet(plan(file, gaps="refuse"))
    assert "slots are missing, first on 2023-01-02" in strict.accounts[0].reason and not strict.accounts[1].reason


@pytest.mark.parametrize(
    ("value", "policy", "word"),
    [(-1.0, {"negative": "allow"}, "negative"), (None, {"empty": "exclude"}, "empty"), (np.inf, {}, "not a finite")],
)
def test_faults_refuse_their_meter_unless_declared(
    tmp_path: Path, value: float | None, policy: dict[str, str], word: str
) -> None:
    rows = table(2)
    rows.loc[200, "kWh"] = value
    file = written(rows, tmp_path)
    assert word in scan_parquet(plan(file)).accounts[0].reason
    assert not scan_parquet(plan(file)).accounts[1].reason
    if policy:
        allowed = scan_parquet(plan(file, **policy))
        assert not allowed.accounts[0].reason
        assert np.isnan(allowed.energy[0]).any() == (value is None)


@pytest.mark.parametrize("column", ["meter", "time"])
def test_rows_that_belong_to_nobody_are_refused(tmp_path: Path, column: str) -> None:
    rows = table(2)
    rows.loc[[3, 4], column] = None
    with pytest.raises(MeterDataError, match="2 of .* rows"):
        scan_parquet(plan(written(rows, tmp_path)))


def test_what_the_scan_cannot_follow_is_refused_by_name(tmp_path: Path) -> None:
    file = written(table(1), tmp_path)
    with pytest.raises(InputError, match="duplicates"):
        scan_parquet(plan(file, duplicates="keep_last"))
    with pytest.raises(MeterDataError, match="missing"):
        scan_parquet(plan(file, value_column="kwh"))


def test_a_folder_gives_what_the_long_table_gives_and_a_bad_file_is_a_row(tmp_path: Path) -> None:
    rows = table()
    long = assess_portfolio(plan(written(rows, tmp_path)))
    folder = tmp_path / "meters"
    folder.mkdir()
    for name, own in rows.groupby("meter"):
        own.drop(columns="meter").to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d %H:%M")
    bad = (folder / "M1.csv").read_text(encoding="utf-8").splitlines()
    bad[7] = bad[7].replace(bad[7].split(",")[1], "n/a")
    (folder / "Mbad.csv").write_text("\n".join(bad), encoding="utf-8")
    done: list[tuple[int, int]] = []
    found = assess_portfolio(plan(folder, long=False), progress=lambda number, total: done.append((number, total)))
    assert done == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert [row.meter for row in found.rows] == ["M0", "M1", "M2", "Mbad"]
    assert found.rows[3].verdict == "refused" and "line 8" in found.rows[3].reason
    for one, two in zip(long.rows, found.rows, strict=False):
        assert one.saving is not None and two.saving is not None
        assert two.saving.saving == pytest.approx(one.saving.saving, rel=1e-9)
        assert two.saving.standard_uncertainty == pytest.approx(one.saving.standard_uncertainty, rel=1e-9)


def test_a_folder_gives_the_days_that_the_reader_of_one_meter_gives(tmp_path: Path) -> None:
    rows = table(1).drop(columns="meter").drop(index=[300, 301])
    rows.to_csv(tmp_path / "M0.csv", index=False, date_format="%Y-%m-%d %H:%M")
    the_plan = plan(tmp_path, long=False, temperature=False)
    found = scan_files(the_plan)
    single = plan(tmp_path / "M0.csv", long=False).layout
    days = periods_of(read_meter(single), "day")
    there = np.isfinite(found.energy[0])
    assert (found.days[there] == days.start.astype("datetime64[D]")).all()
    assert found.energy[0, there] == pytest.approx(days.energy, rel=1e-12)
