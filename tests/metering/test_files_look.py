"""A look at a file shows what a person must know to declare it, for every type alike."""

import datetime as dt
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from energycalc.errors import MeterDataError
from energycalc.metering.files import look_at

WORKBOOKS = Path(__file__).parent / "workbooks"
STAMPS = [dt.datetime(2024, 3, 1) + dt.timedelta(minutes=15 * quarter) for quarter in range(1, 97)]


def as_text(sign, codec, above=()):
    lines = [*above, f"時間{sign}電度(度)", *(f"{stamp:%Y/%m/%d %H:%M}{sign}{stamp.hour}.5" for stamp in STAMPS)]
    return ("\r\n".join(lines) + "\r\n").encode(codec)


@pytest.mark.parametrize(("sign", "codec"), [(",", "cp950"), ("\t", "utf-16"), (";", "utf-8"), ("|", "utf-8-sig")])
def test_a_text_shows_its_codec_delimiter_header_and_rows(tmp_path, sign, codec):
    path = tmp_path / "meter.csv"
    path.write_bytes(as_text(sign, codec, above=("廠區:一廠", "表號:00123")))
    look = look_at(path)
    assert (look.true_type, look.encoding, look.delimiter, look.sheets) == ("csv", codec, sign, ())
    assert (look.header_row_guess, look.header, look.rows) == (3, ("時間", "電度(度)"), 96)
    assert look.first_rows[0] == ("2024/03/01 00:15", "0.5") and len(look.first_rows) == 20
    assert look.last_rows[-1] == ("2024/03/02 00:00", "0.5") and len(look.last_rows) == 3


def test_a_workbook_shows_its_sheets_and_what_a_person_would_not_see(tmp_path):
    for path in (WORKBOOKS / "odd.xls", WORKBOOKS / "odd_calculated.xlsx"):
        look = look_at(path)
        assert (look.true_type, look.sheets, look.sheet) == (path.suffix[1:], ("meter", "secret"), "meter")
        assert look.header == ("time", "kWh", "note", "load", "doubled") and look.rows == 6 and look.date_system == 1900
        kinds = {notice.kind for notice in look.notices}
        assert {"hidden_sheets", "hidden_row", "hidden_column", "merged_cell", "percent_format"} <= kinds
        assert look_at(path, sheet="secret").header == ("x",)
    assert look_at(WORKBOOKS / "typed_1904.xls").date_system == 1904


def test_a_workbook_without_oddities_has_no_notices(tmp_path):
    book = openpyxl.Workbook()
    for row in ([None], ["factory"], ["time", "kWh"], *([stamp, 1.5] for stamp in STAMPS)):
        book.active.append(row)
    path = tmp_path / "meter.xlsx"
    book.save(path)
    look = look_at(path)
    assert (look.header_row_guess, look.rows, look.notices) == (3, 96, ())
    assert look.first_rows[0] == ("2024-03-01 00:15:00", "1.5")


def test_a_parquet_table_and_a_page_are_shown_alike(tmp_path):
    pq.write_table(pa.table({"time": STAMPS, "kWh": [1.5] * 96, "list": [[1]] * 96}), tmp_path / "meter.parquet")
    (tmp_path / "meter.xls").write_text(
        "<table><tr><td>time<td>kWh" + "".join(f"<tr><td>{stamp}<td>1.5" for stamp in STAMPS) + "</table>"
    )
    table, page = look_at(tmp_path / "meter.parquet"), look_at(tmp_path / "meter.xls")
    assert (table.true_type, table.header, table.rows) == ("parquet", ("time", "kWh", "list"), 96)
    assert (page.true_type, page.header, page.rows, page.sheets) == ("html", ("time", "kWh"), 96, ("table 1",))
    assert table.first_rows[3] == ("2024-03-01 01:00:00", "1.5", "")
    assert page.first_rows[3] == ("2024-03-01 01:00:00", "1.5")


def test_short_files_repeat_nothing(tmp_path):
    path = tmp_path / "meter.csv"
    path.write_text("time,kWh\n2024-03-01,1\n")
    look = look_at(path)
    assert look.first_rows == look.last_rows == (("2024-03-01", "1"),) and look.rows == 1


def test_broken_rows_are_shown_not_refused(tmp_path):
    path = tmp_path / "meter.csv"
    path.write_text("time,kWh\n2024-03-01,1\n2024-03-02,2,3\n合計,3\n")
    assert look_at(path).last_rows == (("2024-03-01", "1"), ("2024-03-02", "2", "3"), ("合計", "3"))


def test_a_doubt_is_asked_about_and_can_be_answered(tmp_path):
    path = tmp_path / "meter.csv"
    path.write_bytes("time,°C\n2024-03-01 00:15,1\n2024-03-01 00:30,1\n".encode("cp1252"))
    with pytest.raises(MeterDataError, match="encoding is doubtful"):
        look_at(path)
    assert look_at(path, encoding="cp1252").header == ("time", "°C")
    path.write_text("time;kWh\n2024-03-01 00:15;1,5\n2024-03-01 00:30;2,5\n")
    assert look_at(path).delimiter == ";"  # it cuts the header too, the decimal comma does not
    path.write_text("a;b,c\n1;2,3\n")
    with pytest.raises(MeterDataError, match="delimiter is doubtful"):
        look_at(path)
    assert look_at(path, delimiter=",").header == ("a;b", "c")
