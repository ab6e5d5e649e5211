"""A constructed logger file, made up here: CP950, Chinese headers, lines above the header."""

import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh

HEADER = "時間,有效電度(度),備註"
ROWS = "2024/2/29 23:30,1.25,\n2024/2/29 23:45,1.5,停電\n2024/3/1 0:00,2,\n"
LOGGER = f"建構之記錄器,測試用\n廠區,不銹鋼恒裏碁\n{HEADER}\n{ROWS}"


@pytest.fixture
def declared(tmp_path, layout):
    def make(text, written_in, **changes):
        path = tmp_path / "logger.csv"
        path.write_bytes(text.encode(written_in))
        names = {"time_column": "時間", "value_column": "有效電度(度)", "unit": "度", "header_row": 3}
        return layout(path, **(names | {"encoding": written_in} | changes))

    return make


def test_cp950_with_its_extension_characters_is_read(declared):
    series = read_meter(declared(LOGGER, "cp950"))
    assert total_energy_kwh(series) == 4.75
    assert str(series.interval_end[-1]) == "2024-03-01T00:00:00"
    assert list(series.line) == [4, 5, 6]


def test_cp950_read_as_utf8_is_refused_with_what_to_write(declared):
    with pytest.raises(MeterDataError, match="not text in the declared encoding") as refused:
        read_meter(declared(LOGGER, "cp950", encoding="utf-8"))
    assert "cp950" in refused.value.next_step


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_byte_order_mark(declared, encoding):
    text = LOGGER.split("\n", 2)[2]  # the header in the first line, where the mark would stick to its name
    assert total_energy_kwh(read_meter(declared(text, encoding, encoding="utf-8", header_row=1))) == 4.75


def test_an_unknown_encoding_is_refused(declared):
    with pytest.raises(MeterDataError, match="encoding is unknown"):
        read_meter(declared(LOGGER, "utf-8", encoding="cp95o"))


def test_line_ends_and_other_delimiters_make_no_difference(declared):
    windows = LOGGER.replace("\n", "\r\n")
    assert list(read_meter(declared(windows, "cp950")).line) == [4, 5, 6]
    tabs = LOGGER.replace(",", "\t")
    assert total_energy_kwh(read_meter(declared(tabs, "utf-8", delimiter="\t"))) == 4.75
    blank = LOGGER + "\n\n"
    assert read_meter(declared(blank, "utf-8")).ledger.rows_read == 3
