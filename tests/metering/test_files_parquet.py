"""Parquet tables, written by pyarrow: typed columns, nulls, NaN and stamps with a zone."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.metering.table import read_cells


@pytest.fixture
def table(tmp_path, layout, clean):
    def make(times=None, values=None, name="meter.parquet", **declared):
        stamps = [dt.datetime.fromisoformat(time) for time, _ in clean] if times is None else times
        readings = [float(value) for _, value in clean] if values is None else values
        path = tmp_path / name
        pq.write_table(pa.table({"other": [1] * len(stamps), "time": stamps, "kWh": readings}), path)
        return layout(path, **declared)

    return make


def kinds(cells):
    return [notice.kind for notice in cells.notices]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_stamps_of_every_unit_are_read(table, clean, unit):
    times = pa.array([dt.datetime.fromisoformat(time) for time, _ in clean], pa.timestamp(unit))
    cells = read_cells(table(times))
    assert cells.times == [f"{time}:00" for time, _ in clean] and cells.values == [value for _, value in clean]
    assert (cells.lines[0], cells.notices) == (2, ())
    assert total_energy_kwh(read_meter(table(times))) == 9.75


def test_fractions_of_a_second_are_kept(table):
    times = pa.array([dt.datetime(2024, 3, 1, 0, 15, 0, 250_000), dt.datetime(2024, 3, 1)], pa.timestamp("us"))
    assert read_cells(table(times, [1.0, 2.0])).times == ["2024-03-01 00:15:00.25", "2024-03-01 00:00:00"]


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "+02:00"])
def test_stamps_with_a_zone_are_turned_into_the_declared_clock_with_a_notice(table, zone):
    instants = pa.array([0, 900], pa.int64()).cast(pa.timestamp("s")).cast(pa.timestamp("s", zone))
    cells = read_cells(table(instants, [1.0, 2.0]))  # Asia/Taipei is 8 h before UTC: 1970-01-01 08:00
    assert cells.times == ["1970-01-01 08:00:00", "1970-01-01 08:15:00"] and kinds(cells) == ["time_zone"]
    assert zone in cells.notices[0].sentence and "Asia/Taipei" in cells.notices[0].sentence


def test_the_hour_that_a_clock_repeats_is_not_lost(table):
    hours = [int(dt.datetime(2024, 10, 27, hour, tzinfo=dt.UTC).timestamp()) for hour in (0, 1, 2)]
    instants = pa.array(hours, pa.timestamp("s", "UTC"))
    cells = read_cells(table(instants, [1.0, 2.0, 3.0], time_zone="Europe/Berlin"))
    assert [time[11:16] for time in cells.times] == ["02:00", "02:00", "03:00"]


@pytest.mark.parametrize("nothing", [None, float("nan")])
def test_null_and_nan_are_empty_cells_never_zero(table, nothing):
    layout = table(values=[1.5, 2.0, nothing, 2.25, 3.0, 1.0])
    assert read_cells(layout).values[2] == ""
    with pytest.raises(MeterDataError, match="line 4, column kWh: the cell is empty"):
        read_meter(layout)
    declared = table(values=[1.5, 2.0, nothing, 2.25, 3.0, 1.0], empty="exclude", gaps="report")
    assert read_meter(declared).ledger.rows_excluded == 1


def test_a_missing_stamp_is_refused(table):
    with pytest.raises(MeterDataError, match="line 3"):
        read_meter(table([dt.datetime(2024, 3, 1), None], [1.0, 2.0]))


@pytest.mark.parametrize("kind", [pa.int64(), pa.uint8(), pa.decimal128(22, 3), pa.string(), pa.large_string()])
def test_numbers_of_every_exact_type_are_read(table, kind):
    values = ["1", "2", "3"] if pa.types.is_string(kind) or pa.types.is_large_string(kind) else [1, 2, 3]
    times = [dt.datetime(2024, 3, 1, hour) for hour in (1, 2, 3)]
    layout = table(times, pa.array(values).cast(kind), interval="1 h")
    assert total_energy_kwh(read_meter(layout)) == 6 and read_cells(layout).notices == ()


def test_single_precision_keeps_its_number_and_is_noticed(table, clean):
    cells = read_cells(table(values=pa.array([np.float32(0.1)] * 6, pa.float32())))
    assert kinds(cells) == ["single_precision"] and float(cells.values[0]) == float(np.float32(0.1))


def test_dates_and_categories_are_read(table):
    days = pa.array([dt.date(2024, 3, day) for day in (1, 2)])
    assert read_cells(table(days, [1.0, 2.0])).times == ["2024-03-01 00:00:00", "2024-03-02 00:00:00"]
    texts = pa.array(["2024-03-01", "2024-03-02"]).dictionary_encode()
    assert read_cells(table(texts, [1.0, 2.0])).times == ["2024-03-01", "2024-03-02"]


def test_a_column_of_lists_is_refused_and_beside_the_used_ones_it_is_not(table, layout, tmp_path):
    with pytest.raises(MeterDataError, match="no plain values"):
        read_cells(table([dt.datetime(2024, 3, 1)], [[1.0, 2.0]]))
    path = tmp_path / "beside.parquet"
    pq.write_table(pa.table({"time": ["2024-03-01"], "kWh": [1.0], "list": [[1]]}), path)
    assert read_cells(layout(path)).values == ["1"]


def test_a_missing_column_is_refused_with_the_header(table):
    with pytest.raises(MeterDataError, match="column is missing") as refused:
        read_cells(table(value_column="MWh", unit="MWh"))
    assert "other, time, kWh" in refused.value.limit


def test_a_table_named_csv_is_read_as_what_it_is(table):
    assert kinds(read_cells(table(name="meter.csv"))) == ["true_type"]


@pytest.mark.parametrize("keep", [20, 300, -4])
def test_a_cut_table_is_refused_as_damaged(table, keep):
    layout = table()
    layout.file.write_bytes(layout.file.read_bytes()[:keep])
    with pytest.raises(MeterDataError, match="damaged or cut off"):
        read_cells(layout)
