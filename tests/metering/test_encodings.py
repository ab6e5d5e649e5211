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


def kinds(series):
    return [notice.kind for notice in series.notices]


@pytest.mark.parametrize(
    ("written_in", "notices"),
    [
        ("cp950", ["encoding"]),
        ("utf-8", []),
        ("utf-8-sig", ["byte_order_mark"]),
        ("utf-16", ["byte_order_mark", "encoding"]),
        ("utf-16-le", ["encoding"]),
        ("utf-16-be", ["encoding"]),
        ("utf-32", ["byte_order_mark", "encoding"]),
    ],
)
def test_the_codec_is_found_and_recorded(declared, written_in, notices):
    series = read_meter(declared(LOGGER, written_in, encoding="auto"))
    assert total_energy_kwh(series) == 4.75
    assert kinds(series) == notices
    assert list(series.line) == [4, 5, 6]


@pytest.mark.parametrize("mark", ["little", "big"])
def test_utf16_with_either_mark_is_read_when_declared(declared, mark):
    codec, start = {"little": ("utf-16-le", b"\xff\xfe"), "big": ("utf-16-be", b"\xfe\xff")}[mark]
    layout = declared(LOGGER, codec, encoding="utf-16")
    layout.file.write_bytes(start + LOGGER.encode(codec))
    assert total_energy_kwh(read_meter(layout)) == 4.75


@pytest.mark.parametrize("character", "碁銹恒裏墻粧嫺")
def test_each_extension_character_of_cp950_is_found_although_big5_has_none(declared, character):
    with pytest.raises(UnicodeEncodeError):
        character.encode("big5")
    series = read_meter(declared(LOGGER.replace("廠區", f"{character}廠"), "cp950", encoding="auto"))
    assert kinds(series) == ["encoding"] and "cp950" in series.notices[0].sentence


def test_the_ground_form_of_a_file_needs_no_notice(declared):
    ascii_only = "time,kWh\n2024/2/29 23:45,1.5\n2024/3/1 0:00,2\n"
    names = {"time_column": "time", "value_column": "kWh", "header_row": 1, "encoding": "auto"}
    assert kinds(read_meter(declared(ascii_only, "ascii", **names))) == []


@pytest.mark.parametrize(
    ("text", "written_in", "readings"),
    [
        ("time,temperature °C\n2024-03-01 00:15,1\n", "cp1252", ["cp950", "cp1252"]),
        ("时间,电量\n2024-03-01 00:15,1\n", "gb2312", ["cp950", "gb2312"]),
        ("時刻,気温\n2024-03-01 00:15,1\n", "shift_jis", ["gb18030", "shift_jis"]),
        ("time,énergie éé\n2024-03-01 00:15,1\n", "utf-8", ["utf-8", "cp950"]),
    ],
)
def test_a_doubtful_codec_is_asked_about_with_all_readings(declared, text, written_in, readings):
    with pytest.raises(MeterDataError, match="encoding is doubtful") as refused:
        read_meter(declared(text, written_in, encoding="auto", header_row=1))
    shown = str(refused.value.value)
    assert [codec for codec in readings if f"{codec}: " in shown] == readings
    assert "Write encoding" in refused.value.next_step


@pytest.mark.parametrize("sign", ["溫度 °C", "°C", "m³", "kW·h", "ΔT µ"])
def test_signs_of_units_in_utf8_are_no_doubt(declared, sign):
    text = f"time,kWh,{sign}\n2024-03-01 00:15,1,2\n2024-03-01 00:30,1,2\n"
    names = {"time_column": "time", "value_column": "kWh", "header_row": 1}
    assert total_energy_kwh(read_meter(declared(text, "utf-8", encoding="auto", **names))) == 2


def test_bytes_that_no_codec_reads_are_refused(declared):
    layout = declared(LOGGER, "cp950", encoding="auto")
    layout.file.write_bytes(layout.file.read_bytes() + b"2024/3/1 0:15,1,\x80\xff\x81\n")
    with pytest.raises(MeterDataError, match="encoding is doubtful"):
        read_meter(layout)


def test_a_damaged_file_with_a_mark_is_not_read_as_something_else(declared):
    layout = declared(LOGGER, "utf-8-sig", encoding="auto")
    layout.file.write_bytes(layout.file.read_bytes() + b"2024/3/1 0:15,1,\xb9\n")
    with pytest.raises(MeterDataError, match="line 7 is damaged"):
        read_meter(layout)


def test_a_declared_codec_that_the_mark_contradicts_is_refused(declared):
    for written_in, wrong in (("utf-8-sig", "latin-1"), ("utf-16", "latin-1")):
        with pytest.raises(MeterDataError, match="another encoding is declared") as refused:
            read_meter(declared(LOGGER, written_in, encoding=wrong))
        assert written_in.removesuffix("-sig") in refused.value.next_step
    with pytest.raises(MeterDataError, match="not text in the declared encoding") as refused:
        read_meter(declared(LOGGER, "utf-16", encoding="utf-8"))
    assert "utf-16" in refused.value.next_step


def test_an_old_mark_of_end_of_file_is_passed_over_and_recorded(declared):
    layout = declared(LOGGER, "cp950", encoding="cp950")
    layout.file.write_bytes(layout.file.read_bytes() + b"\x1a")
    series = read_meter(layout)
    assert total_energy_kwh(series) == 4.75 and kinds(series) == ["end_of_file_mark"]


@pytest.mark.parametrize(("byte", "what"), [(b"\x00", "NUL bytes"), (b"\x07", "control"), (b"\x1f", "control")])
@pytest.mark.parametrize("written_in", ["cp950", "utf-8", "utf-16"])
def test_nul_and_control_characters_are_listed(declared, byte, what, written_in):
    broken = LOGGER.replace("停電", f"停{byte.decode()}電")
    with pytest.raises(MeterDataError, match=f"lines 5: .*{what}") as refused:
        read_meter(declared(broken, written_in))
    assert refused.value.value == f"0x{byte[0]:02x}"


def test_lines_that_end_with_cr_only_are_read_and_recorded(declared):
    series = read_meter(declared(LOGGER.replace("\n", "\r"), "cp950"))
    assert total_energy_kwh(series) == 4.75 and kinds(series) == ["line_ends"]
    assert list(series.line) == [4, 5, 6]
