"""Old workbooks (BIFF), saved by LibreOffice: the same rules as for the new ones."""

import io
import struct
from pathlib import Path

import pytest
import xlrd
from xlrd.compdoc import CompDoc

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.metering.table import read_cells

WORKBOOKS = Path(__file__).parent / "workbooks"
ODD = WORKBOOKS / "odd.xls"


def kinds(series):
    return [notice.kind for notice in series.notices]


@pytest.mark.parametrize("year", [1900, 1904])
def test_typed_cells_of_both_date_systems_are_read(layout, clean, year):
    path = WORKBOOKS / f"typed_{year}.xls"
    assert xlrd.open_workbook(str(path)).datemode == (1 if year == 1904 else 0)
    cells = read_cells(layout(path))
    assert cells.times == [f"{time}:00" for time, _ in clean] and cells.values == [value for _, value in clean]
    assert (cells.date_system, cells.notices, cells.lines[0]) == (year, (), 2)
    assert total_energy_kwh(read_meter(layout(path))) == 9.75


def test_hidden_rows_and_columns_are_refused_unless_declared(layout):
    with pytest.raises(MeterDataError, match="1 rows are hidden: line 5"):
        read_meter(layout(ODD))
    assert total_energy_kwh(read_meter(layout(ODD, hidden="include"))) == 9.75
    left_out = read_meter(layout(ODD, hidden="exclude", gaps="report"))
    assert list(left_out.line) == [2, 3, 4, 6, 7] and kinds(left_out) == ["hidden_sheets", "hidden_rows"]
    share = {"value_column": "load", "unit": "1", "quantity_kind": "interval_mean"}
    with pytest.raises(MeterDataError, match="the column load is hidden"):
        read_meter(layout(ODD, **share))
    series = read_meter(layout(ODD, hidden="include", **share))
    assert kinds(series) == ["hidden_sheets", "hidden_rows", "percent_format"] and set(series.reading) == {0.85}


def test_merged_cells_ids_names_and_errors_stay_what_they_are(layout):
    declared = layout(ODD, value_column="note", hidden="include", unit="kW", quantity_kind="power")
    cells = read_cells(declared)
    assert cells.values == ["shift A", "shift A", "shift A", "00123", "NA", "#DIV/0!"]
    assert [notice.lines for notice in cells.notices if notice.kind == "merged_cell"] == [(3, 4)]


def test_an_old_workbook_named_xlsx_or_csv_is_read_as_what_it_is(layout, tmp_path):
    for name in ("meter.xlsx", "meter.csv"):
        path = tmp_path / name
        path.write_bytes((WORKBOOKS / "typed_1900.xls").read_bytes())
        series = read_meter(layout(path))
        assert total_energy_kwh(series) == 9.75 and kinds(series) == ["true_type"]
        assert "old Excel workbook" in series.notices[0].sentence


@pytest.mark.parametrize("keep", [600, 3_000, 5_000])
def test_a_cut_old_workbook_is_refused_as_damaged(layout, tmp_path, keep):
    path = tmp_path / "meter.xls"
    path.write_bytes((WORKBOOKS / "typed_1900.xls").read_bytes()[:keep])
    with pytest.raises(MeterDataError, match="damaged"):
        read_meter(layout(path))


def container(*streams):
    """The start of an OLE container whose directory names these streams."""
    entries = b"".join(stream.encode("utf-16-le").ljust(128, b"\x00") for stream in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries


@pytest.mark.parametrize(
    ("streams", "what"),
    [
        (("EncryptionInfo", "EncryptedPackage"), "encrypted with a password"),
        (("Workbook", "_VBA_PROJECT_CUR"), "with macros"),
        (("WordDocument",), "a Word document"),
        (("__properties_version1.0",), "an Outlook message"),
        (("Something",), "damaged or unknown"),
    ],
)
def test_what_else_lies_in_such_a_container_is_refused_by_its_name(layout, tmp_path, streams, what):
    for name in ("meter.xls", "meter.xlsx"):
        path = tmp_path / name
        path.write_bytes(container(*streams))
        with pytest.raises(MeterDataError, match=what) as refused:
            read_meter(layout(path))
        assert refused.value.next_step


def test_a_stream_that_runs_in_a_circle_is_refused_and_not_followed(layout, tmp_path):
    raw = bytearray((WORKBOOKS / "typed_1900.xls").read_bytes())
    container = CompDoc(bytes(raw), logfile=io.StringIO())
    stream = next(each for each in container.dirlist if each.name == "Workbook")
    assert stream.tot_size < container.min_size_std_stream
    table = 512 + 512 * struct.unpack_from("<i", raw, 60)[0]  # of the sectors of short streams
    struct.pack_into("<i", raw, table + 4 * stream.first_SID, stream.first_SID)
    path = tmp_path / "meter.xls"
    path.write_bytes(raw)
    with pytest.raises(MeterDataError, match="damaged"):
        read_meter(layout(path))
