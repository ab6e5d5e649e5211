"""Rows of totals: found by label or by sum, refused unless declared, and never seen where there are none."""

import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.metering.files.total_rows import total_rows
from energycalc.metering.table import read_cells

CLEAN_SUM = 9.75


def with_row(rows, place, time, value):
    return [*rows[:place], (time, value), *rows[place:]]


@pytest.mark.parametrize(
    "label",
    ["合計", "小計", "總計", "总计", "合 計", "3月小計", "2024/03 合計", "總和", "平均", "最大值", "累計",
     "Total", "TOTAL:", "Sub-total", "Grand Total", "Sum", "Average", "Max"],
)  # fmt: skip
def test_a_labelled_total_is_refused_unless_declared(write, clean, label):
    rows = with_row(clean, 6, label, "9.75")
    with pytest.raises(MeterDataError, match="line 8, column time: the stamp names no time but a total") as refused:
        read_meter(write(rows))
    assert "total_rows: exclude" in refused.value.next_step and refused.value.value == repr(label)
    series = read_meter(write(rows, total_rows="exclude"))
    assert total_energy_kwh(series) == CLEAN_SUM
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("total_row", (8,))]


def test_subtotals_between_the_rows_are_all_listed(write, clean):
    rows = with_row(with_row(clean, 6, "小計", "6.25"), 3, "小計", "3.5")
    with pytest.raises(MeterDataError, match=r"line 5, .*2 such rows: lines 5, 9"):
        read_meter(write(rows))
    series = read_meter(write(rows, total_rows="exclude"))
    assert total_energy_kwh(series) == CLEAN_SUM and list(series.line) == [2, 3, 4, 6, 7, 8]


@pytest.mark.parametrize("stamp", ["", "  "])
@pytest.mark.parametrize(
    ("value", "found"), [("9.75", True), ("9.8", True), ("10", True), ("9.74", False), ("12", False)]
)
def test_a_row_without_stamp_is_a_total_when_it_is_the_sum_as_written(write, clean, stamp, value, found):
    rows = with_row(clean, 6, stamp, value)
    with pytest.raises(MeterDataError, match="the sum of the 6 rows above" if found else "line 8, column time"):
        read_meter(write(rows))
    if found:
        assert total_energy_kwh(read_meter(write(rows, total_rows="exclude"))) == CLEAN_SUM


def test_a_repeated_stamp_with_the_sum_above_is_a_total_and_with_another_reading_a_repetition(write, clean):
    rows = with_row(clean, 6, clean[-1][0], "9.75")
    with pytest.raises(MeterDataError, match="the sum of the 6 rows above"):
        read_meter(write(rows, duplicates="keep_first"))
    assert total_energy_kwh(read_meter(write(rows, total_rows="exclude"))) == CLEAN_SUM
    other = with_row(clean, 6, clean[-1][0], "9.6")
    with pytest.raises(MeterDataError, match="repeated"):
        read_meter(write(other))
    assert total_energy_kwh(read_meter(write(other, duplicates="keep_first"))) == CLEAN_SUM


def test_a_subtotal_after_each_block_and_the_grand_total_are_found_by_their_sums():
    stamps = ["a", "b", "c", "", "d", "e", "f", "", ""]
    values = ["1", "2", "4", "7", "8", "16", "32", "56", "63"]
    doubled = {row: [stamps[row], values[row]] for row in (3, 7, 8)}
    assert list(total_rows(stamps, values, doubled)) == [3, 7, 8]


def test_a_label_in_another_column_counts_only_without_an_own_stamp(tmp_path, layout):
    path = tmp_path / "meter.csv"
    lines = ["time,kind,kWh", *(f"2024-03-01 00:{minute},Total,{minute}" for minute in (15, 30, 45))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert total_energy_kwh(read_meter(layout(path))) == 90  # a meter that is called Total
    path.write_text("\n".join([*lines, ",小計,91"]) + "\n", encoding="utf-8")
    with pytest.raises(MeterDataError, match="line 5 is no reading but a total or another summary \\('小計'\\)"):
        read_meter(layout(path))
    assert total_energy_kwh(read_meter(layout(path, total_rows="exclude"))) == 90


def test_hours_of_one_day_in_a_clock_column_are_no_repetitions(tmp_path, layout):
    path = tmp_path / "meter.csv"
    rows = [f"2024-03-01,{hour:02d}:00,{reading}" for hour, reading in enumerate((1, 2, 3, 6, 12, 24), 1)]
    path.write_text("day,clock,kWh\n" + "\n".join(rows) + "\n", encoding="utf-8")
    declared = layout(path, time_column="day", clock_column="clock", interval="1 h")
    assert total_energy_kwh(read_meter(declared)) == 48
    path.write_text("day,clock,kWh\n" + "\n".join([*rows, "2024-03-01,小計,48"]) + "\n", encoding="utf-8")
    with pytest.raises(MeterDataError, match="names no time but a total"):
        read_meter(declared)


def test_clean_rows_hold_no_total_under_any_policy(write, steel_layout, clean):
    for policy in ("refuse", "exclude"):
        assert read_meter(write(total_rows=policy)).notices == ()
        assert len(read_cells(steel_layout(total_rows=policy)).lines) == 35_040


@pytest.mark.parametrize(
    "stamp", ["2024-03-01 上午 12:15", "民國113年3月1日 00:15", "2024-03-01T00:15:00Z", "01-Mar-2024"]
)
def test_words_of_stamps_are_no_labels(stamp):
    assert total_rows([stamp], ["1"], {}) == {}


def test_only_totals_are_no_data(write):
    with pytest.raises(MeterDataError, match="no row is left"):
        read_meter(write([("合計", "9.75")], total_rows="exclude"))
