"""Delimited text: a cut, shifted, swallowed or half-written line is refused with its place, and clean text is not."""

import gzip

import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.metering.table import read_cells

HEADER = "time,kWh,remark"
STAMPS = [f"2024-03-01 {quarter // 4:02d}:{quarter % 4 * 15:02d}" for quarter in range(1, 25)]
ROWS = [f"{stamp},{quarter}.25,ok" for quarter, stamp in enumerate(STAMPS)]
SUM = sum(range(24)) + 24 * 0.25


@pytest.fixture
def text(tmp_path, layout):
    def make(lines, end="\n", name="meter.csv", **declared):
        path = tmp_path / name
        whole = "\n".join(lines) + end
        path.write_bytes(gzip.compress(whole.encode()) if name.endswith(".gz") else whole.encode())
        return layout(path, **declared)

    return make


def test_clean_text_is_read_plain_and_packed(text):
    for name in ("meter.csv", "meter.txt", "meter.csv.gz"):
        series = read_meter(text([HEADER, *ROWS], name=name))
        assert total_energy_kwh(series) == SUM and series.notices == ()
        assert list(series.line) == list(range(2, 26))


def test_a_delimiter_at_the_end_of_the_rows_is_refused_and_at_the_end_of_the_header_too_it_is_not(text):
    shifted = [f"{row}," for row in ROWS]
    with pytest.raises(MeterDataError, match=r"line 2 has 4 cells.*may shift the columns \(24 such rows") as refused:
        read_cells(text([HEADER, *shifted]))
    assert "end of the header too" in refused.value.next_step
    assert total_energy_kwh(read_meter(text([HEADER + ",", *shifted]))) == SUM


def test_short_and_long_rows_are_all_listed(text):
    rows = list(ROWS)
    rows[3], rows[10], rows[11] = rows[3] + ",more", STAMPS[10], "2024-03-01"
    with pytest.raises(MeterDataError, match=r"line 5 has 4 cells, the header has 3 \(3 such rows: lines 5, 12 to 13"):
        read_cells(text([HEADER, *rows]))


def test_a_last_line_cut_between_its_cells_is_told_from_a_broken_row(text):
    with pytest.raises(MeterDataError, match="file ends inside this line"):
        read_cells(text([HEADER, *ROWS[:-1], ROWS[-1][:10]], end=""))
    with pytest.raises(MeterDataError, match="line 25 has 1 cells") as refused:
        read_cells(text([HEADER, *ROWS[:-1], ROWS[-1][:10]]))
    assert "ends inside" not in refused.value.message


def test_a_last_reading_cut_inside_its_digits_is_refused(text):
    rows = [row.removesuffix(",ok") for row in ROWS]
    for cut in (1, 2, 3):
        with pytest.raises(MeterDataError, match="line 25 is cut off") as refused:
            read_cells(text(["time,kWh", *rows[:-1], rows[-1][:-cut]], end=""))
        assert refused.value.value == repr(rows[-1].split(",")[1][:-cut])
    assert total_energy_kwh(read_meter(text(["time,kWh", *rows[:-1], rows[-1][:-1]]))) == pytest.approx(SUM - 0.05)


def test_a_whole_last_line_without_line_end_is_read_with_a_notice(text):
    series = read_meter(text([HEADER, *ROWS], end=""))
    assert total_energy_kwh(series) == SUM
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("open_end", (25,))]


def test_readings_without_a_common_form_are_not_taken_for_cut_ones(text):
    rows = [f"{stamp},{reading}" for stamp, reading in zip(STAMPS, ["1.25", "2"] * 12, strict=True)]
    assert total_energy_kwh(read_meter(text(["time,kWh", *rows], end=""))) == 39


def test_a_header_of_two_equal_names_is_asked_about_and_answered(text):
    rows = [f"{stamp},1,2" for stamp in STAMPS]
    with pytest.raises(MeterDataError, match="two columns have this header: columns 2, 3") as refused:
        read_meter(text(["time,kWh,kWh", *rows]))
    assert '"kWh (column 2)"' in refused.value.next_step
    for place, total in ((2, 24), (3, 48)):
        series = read_meter(text(["time,kWh,kWh", *rows], value_column=f"kWh (column {place})"))
        assert total_energy_kwh(series) == total


@pytest.mark.parametrize("name", ["kWh (column 1)", "kWh (column 4)", "kWh (column 0)"])
def test_a_numbered_header_must_stand_where_it_is_said_to(text, name):
    with pytest.raises(MeterDataError, match="two columns have this header"):
        read_meter(text(["time,kWh,kWh", *(f"{stamp},1,2" for stamp in STAMPS)], value_column=name))


def test_a_header_that_only_looks_like_the_declared_one_is_explained(text):
    with pytest.raises(MeterDataError, match="cannot be seen or only look alike") as refused:
        read_cells(text(["time,k\u200bWh,remark", *ROWS]))
    assert "U+200B" in refused.value.next_step
    with pytest.raises(MeterDataError, match="column is missing") as plain:
        read_cells(text(["time,MWh,remark", *ROWS]))
    assert "look alike" not in plain.value.message


def test_a_header_over_two_lines_is_written_with_a_blank(text):
    rows = [f"{stamp},1" for stamp in STAMPS]
    assert total_energy_kwh(read_meter(text(['time,"Active\nkWh"', *rows], value_column="Active kWh"))) == 24


def test_a_line_break_inside_quotes_is_read_with_a_notice_and_keeps_the_line_numbers(text):
    rows = list(ROWS)
    rows[4] = f'{STAMPS[4]},4.25,"stopped\nby hand"'
    series = read_meter(text([HEADER, *rows]))
    assert total_energy_kwh(series) == SUM
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("line_break", (6,))]
    assert list(series.line[4:7]) == [6, 8, 9]


def test_rows_swallowed_by_a_left_over_quotation_mark_are_refused(text):
    rows = list(ROWS)
    rows[4], rows[8] = f'{STAMPS[4]},4.25,"stopped', f'{STAMPS[8]},8.25,by hand"'
    with pytest.raises(MeterDataError, match="lines 6 to 10 stand in one quoted cell"):
        read_meter(text([HEADER, *rows], gaps="report"))


def test_a_quotation_that_never_ends_is_refused_where_it_begins(text):
    rows = [*ROWS[:4], f'{STAMPS[4]},4.25,"stopped', *ROWS[5:]]
    with pytest.raises(MeterDataError, match="a quotation begins in line 6"):
        read_meter(text([HEADER, *rows]))


def test_rows_of_delimiters_only_are_blank(text):
    rows = [*ROWS[:4], ",,", *ROWS[4:], ",,", ""]
    series = read_meter(text([HEADER, *rows]))
    assert total_energy_kwh(series) == SUM and series.ledger.rows_read == 24
    with pytest.raises(MeterDataError, match="line 6"):
        read_meter(text([HEADER, *ROWS[:4], ",,lost", *ROWS[4:]]))


@pytest.mark.parametrize(("content", "match"), [(b"", "is empty"), (b"\r\n \n", "no text"), (b"\x00" * 512, "no text")])
def test_a_file_without_content_is_no_zero(tmp_path, layout, content, match):
    path = tmp_path / "meter.csv"
    path.write_bytes(content)
    with pytest.raises(MeterDataError, match=match) as refused:
        read_meter(layout(path))
    assert "no consumption of zero" in refused.value.next_step


def test_a_header_alone_is_no_zero(text):
    with pytest.raises(MeterDataError, match="no data rows"):
        read_meter(text([HEADER]))


@pytest.mark.parametrize("cell", ["#DIV/0!", "-", "N/A", "<0.1", "0x1A", "1_000", "١٢"])
def test_cells_that_are_no_numbers_reach_the_reader_as_they_stand(text, cell):
    rows = [*ROWS[:3], f"{STAMPS[3]},{cell},ok", *ROWS[4:]]
    layout = text([HEADER, *rows], encoding="utf-8")
    assert read_cells(layout).values[3] == cell
    with pytest.raises(MeterDataError, match="line 5, column kWh"):
        read_meter(layout)


def test_ids_keep_their_zeros_and_na_is_a_name(text):
    lines = ["time,id", *(f"{stamp},{cell}" for stamp, cell in zip(STAMPS, ["00123", "NA", "null"] * 8, strict=True))]
    assert read_cells(text(lines, value_column="id")).values[:3] == ["00123", "NA", "null"]


def test_date_and_clock_of_two_columns_are_joined(text):
    rows = [f"{stamp.replace(' ', ',')},{quarter}" for quarter, stamp in enumerate(STAMPS)]
    cells = read_cells(text(["day,clock,kWh", *rows], time_column="day", clock_column="clock"))
    assert cells.times == STAMPS and cells.values[-1] == "23"


@pytest.mark.parametrize(
    ("sign", "name"), [("\t", "meter.tsv"), ("\t", "meter.xls"), (";", "meter.xlsx"), (",", "meter.xls")]
)
def test_the_delimiter_of_a_text_named_as_something_else_is_found(text, sign, name):
    series = read_meter(text([line.replace(",", sign) for line in (HEADER, *ROWS)], name=name))
    assert total_energy_kwh(series) == SUM
    assert [notice.kind for notice in series.notices] == ([] if name.endswith("tsv") else ["true_type"])


def test_two_delimiters_that_cut_equally_are_asked_about(text):
    lines = ["time;a,kWh;b", *(f"{stamp};1,2;3" for stamp in STAMPS)]
    with pytest.raises(MeterDataError, match="delimiter is doubtful"):
        read_cells(text(lines, name="meter.xls"))
