"""Every refusal fires on its fault and is silent on clean rows; nothing is repaired on the way."""

import gzip

import numpy as np
import pytest

from energycalc.errors import EnergycalcError, InputError, MeterDataError, UnitError
from energycalc.metering import read_meter, total_energy_kwh


def changed(rows, row, *, time=None, value=None):
    own = list(rows)
    own[row] = (time if time is not None else own[row][0], value if value is not None else own[row][1])
    return own


def test_clean_rows_are_read(write):
    series = read_meter(write())
    assert total_energy_kwh(series) == 9.75
    assert series.ledger.rows_used == 6
    assert str(series.interval_start[0]) == "2024-03-01T00:00:00"


@pytest.mark.parametrize(
    "cell", ["12 kvarh", "1,5", "1_000", "inf", "1e999", "#DIV/0!", "-", "N/A", "NA", "１２x", "−5", "0x1A"]
)
def test_a_cell_that_is_no_number_is_refused_with_its_place(write, clean, cell):
    with pytest.raises(MeterDataError) as refused:
        read_meter(write(changed(clean, 2, value=f'"{cell}"')))
    assert "line 4" in refused.value.message and "column kWh" in refused.value.message
    assert cell in str(refused.value.value) and "meter.csv" in refused.value.subject


@pytest.mark.parametrize("cell", ["3", "3.", ".5", "+3", "1e2", " 3.5 "])
def test_plain_numbers_are_read(write, clean, cell):
    assert read_meter(write(changed(clean, 2, value=cell))).reading_kwh[2] == float(cell)


@pytest.mark.parametrize("cell", ["", "NaN", " "])
def test_an_empty_cell_is_refused_unless_declared(write, clean, cell):
    rows = changed(clean, 3, value=cell)
    with pytest.raises(MeterDataError, match=r"line 5.*empty"):
        read_meter(write(rows))
    series = read_meter(write(rows, empty="exclude"))
    assert (series.ledger.rows_used, series.ledger.rows_excluded) == (5, 1)
    assert series.ledger.reasons == ("the cell is empty",)
    assert [str(start) for start in series.ledger.missing] == ["2024-03-01T00:45:00"]
    assert total_energy_kwh(series) == 7.5


def test_a_gap_is_refused_reported_or_filled_as_declared(write, clean):
    rows = [*clean[:2], *clean[4:]]
    with pytest.raises(MeterDataError, match="2 slots of 15 min are missing") as refused:
        read_meter(write(rows))
    assert "2024-03-01T00:30:00" in refused.value.value
    reported = read_meter(write(rows, gaps="report"))
    assert len(reported.ledger.missing) == 2 and len(reported.reading_kwh) == 4
    assert total_energy_kwh(reported) == 7.5  # what was read, and no more
    filled = read_meter(write(rows, gaps="interpolate"))
    assert filled.reading_kwh[2:4] == pytest.approx([2 + 1 / 3, 2 + 2 / 3])
    assert [fill.method for fill in filled.ledger.fills] == ["straight line between neighbouring slots"] * 2
    assert list(filled.line[2:4]) == [0, 0] and len(filled.ledger.missing) == 0
    assert filled.ledger.rows_used == 4  # a filled slot is no row


def test_an_empty_first_cell_is_never_extrapolated(write, clean):
    series = read_meter(write(changed(clean, 0, value=""), empty="exclude", gaps="interpolate"))
    assert len(series.ledger.fills) == 0 and len(series.ledger.missing) == 1


def test_repeated_stamps_are_refused_unless_declared(write, clean):
    rows = [*clean[:3], (clean[2][0], "5"), *clean[3:]]
    with pytest.raises(MeterDataError, match="repeated, the first on lines 4, 5"):
        read_meter(write(rows))
    first, last = (read_meter(write(rows, duplicates=policy)) for policy in ("keep_first", "keep_last"))
    assert total_energy_kwh(first) == 9.75 and total_energy_kwh(last) == 14.75
    assert first.ledger.excluded == 5 and last.ledger.excluded == 0
    assert list(first.line) == [2, 3, 4, 6, 7, 8] and list(last.line) == [2, 3, 5, 6, 7, 8]


def test_only_identical_repetitions_are_dropped_when_so_declared(write, clean):
    same = [*clean[:3], clean[2], *clean[3:]]
    assert total_energy_kwh(read_meter(write(same, duplicates="drop_identical"))) == 9.75
    with pytest.raises(MeterDataError, match="repeated"):
        read_meter(write([*clean[:3], (clean[2][0], "5"), *clean[3:]], duplicates="drop_identical"))


def test_rows_out_of_order_are_refused_not_sorted(write, clean):
    with pytest.raises(MeterDataError, match="line 5 lies before line 4"):
        read_meter(write([*clean[:2], clean[3], clean[2], *clean[4:]]))


def test_midnight_declared_the_wrong_way_is_refused_both_ways(write):
    night = ["2024-03-01 23:45", "2024-03-0{} 00:00", "2024-03-02 00:15"]
    for day, right, wrong in (("2", "starts_day", "ends_day"), ("1", "ends_day", "starts_day")):
        rows = [(text.format(day), "1") for text in night]
        series = read_meter(write(rows, midnight=right))
        assert str(series.interval_end[1]) == "2024-03-02T00:00:00"
        with pytest.raises(MeterDataError) as refused:
            read_meter(write(rows, midnight=wrong))
        assert f"midnight: {right}" in refused.value.next_step


def test_the_way_out_is_also_shown_for_stamps_of_interval_starts(write):
    rows = [("2024-03-01 23:30", "1"), ("2024-03-01 23:45", "1"), ("2024-03-01 00:00", "1")]
    with pytest.raises(MeterDataError) as refused:
        read_meter(write(rows, stamp="interval_start", midnight="starts_day"))
    assert "midnight: ends_day" in refused.value.next_step


def test_a_stamp_written_24_00_ends_its_date_under_both_declarations(write):
    rows = [("2024-02-28 23:45", "1"), ("2024-02-28 24:00", "2"), ("2024-02-29 00:15", "3")]
    for midnight in ("starts_day", "ends_day"):
        series = read_meter(write(rows, midnight=midnight))
        assert str(series.interval_end[1]) == "2024-02-29T00:00:00"


def test_stamps_of_interval_starts_are_read_as_starts(write):
    series = read_meter(write(stamp="interval_start"))
    assert str(series.interval_start[0]) == "2024-03-01T00:15:00"


@pytest.mark.parametrize("interval", ["60 min", "5 min", "30 min"])
def test_an_interval_other_than_the_declared_one_is_refused(write, interval):
    with pytest.raises(MeterDataError, match=r"declared interval.*15 min apart"):
        read_meter(write(interval=interval))


def test_a_stamp_off_the_grid_is_refused(write, clean):
    with pytest.raises(MeterDataError, match="line 5 comes 17 min after line 4"):
        read_meter(write(changed(clean, 3, time="2024-03-01 01:02")))


@pytest.mark.parametrize(
    "stamp",
    [
        "2024-02-30 00:45",
        "2024-13-01 00:45",
        "2024-03-01 24:15",
        "2024-03-01 00:60",
        "Total",
        "",
        "0113-03-01 00:45",
    ],
)
def test_a_stamp_that_does_not_exist_is_refused_with_its_place(write, clean, stamp):
    with pytest.raises(MeterDataError, match="line 4, column time: the stamp") as refused:
        read_meter(write(changed(clean, 2, time=stamp)))
    assert refused.value.value == repr(stamp)


def test_negative_energy_is_refused_unless_declared(write, clean):
    rows = changed(clean, 4, value="-3")
    with pytest.raises(MeterDataError, match=r"line 6.*negative.*reversed"):
        read_meter(write(rows))
    assert total_energy_kwh(read_meter(write(rows, negative="allow"))) == 3.75


def test_a_missing_column_is_refused_with_the_header(write):
    for column in ("time_column", "value_column"):
        with pytest.raises(MeterDataError, match="column is missing") as refused:
            read_meter(write(**{column: "Energy"}))
        assert "time, kWh" in refused.value.limit


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("time,kWh,kWh\n2024-03-01 00:15,1,2\n", "two columns"),
        ("time,kWh\n2024-03-01 00:15,1,\n", "line 2 has 3 cells"),
        ("time,kWh\n2024-03-01 00:15,1\n2024-03-01 0", "line 3 has 1 cells"),
        ("time,kWh\n", "no data rows"),
        ("", "column is missing"),
        ('time,kWh\n2024-03-01 00:15,"1\n2024-03-01 00:30,2\n', "readable as csv"),
        ("time,kWh\n2024-03-01 00:15,\n", "holds no energy"),
    ],
)
def test_broken_tables_are_refused(tmp_path, layout, text, message):
    path = tmp_path / "broken.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MeterDataError, match=message):
        read_meter(layout(path, empty="exclude"))


def test_a_cut_gzip_file_is_refused_and_the_whole_one_read(write, layout, tmp_path):
    packed = gzip.compress(write().file.read_bytes(), mtime=0)
    path = tmp_path / "meter.csv.gz"
    path.write_bytes(packed)
    assert total_energy_kwh(read_meter(layout(path))) == 9.75
    path.write_bytes(packed[:-12])
    with pytest.raises(MeterDataError, match="gzip"):
        read_meter(layout(path))


def test_a_missing_file_is_refused(tmp_path, layout):
    with pytest.raises(MeterDataError, match="cannot be opened"):
        read_meter(layout(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize("unit", ["kvarh", "kvar", "kVA", "kg", "tCO2", "%", "kWh[LHV]", "kcal", "USRT", "A"])
def test_a_unit_that_is_no_energy_power_or_volume_is_refused(write, unit):
    with pytest.raises(UnitError):
        write(header="reading", unit=unit)


@pytest.mark.parametrize(
    ("unit", "kind"), [("kW", "interval_energy"), ("kW", "register"), ("kWh", "power"), ("度", "power")]
)
def test_power_and_energy_are_not_confused(write, unit, kind):
    with pytest.raises(UnitError, match="cannot be in"):
        write(unit=unit, quantity_kind=kind)


@pytest.mark.parametrize(
    ("unit", "kind", "factor"),
    [
        ("kWh", "interval_energy", 1),
        ("度", "interval_energy", 1),
        ("MWh", "interval_energy", 1000),
        ("kW", "power", 0.25),
        ("W", "power", 0.00025),
    ],
)
def test_units_are_turned_into_kwh(write, unit, kind, factor):
    series = read_meter(write(header="reading", unit=unit, quantity_kind=kind))
    assert total_energy_kwh(series) == pytest.approx(9.75 * factor, rel=1e-12)
    if kind == "power" and unit == "kW":
        assert series.demand_kw == pytest.approx([1.5, 2, 0, 2.25, 3, 1])


@pytest.mark.parametrize(
    "declared",
    [
        {"quantity_kind": "energy"},
        {"stamp": "end"},
        {"midnight": ""},
        {"gaps": "zero"},
        {"gaps": "spread"},
        {"duplicates": "sum"},
        {"empty": "zero"},
        {"negative": "absolute"},
        {"interval": "7 min"},
        {"interval": "0 min"},
        {"time_zone": "Asia/Taipeh"},
        {"encoding": "big5"},
        {"delimiter": ", "},
        {"header_row": 0},
        {"register_capacity": 1e6},
        {"current_transformer_ratio": "0"},
        {"current_transformer_ratio": "300/0"},
        {"current_transformer_ratio": -60.0},
        {"voltage_transformer_ratio": "high"},
        {"quantity_kind": "register", "stamp": "interval_start"},
        {"quantity_kind": "register", "gaps": "interpolate"},
        {"quantity_kind": "register", "negative": "allow"},
        {"quantity_kind": "register", "register_capacity": 0.0},
    ],
)
def test_impossible_declarations_are_refused_before_the_file_is_opened(write, declared):
    with pytest.raises(InputError) as refused:
        write(**declared)
    assert refused.value.next_step and "meter.csv" in str(refused.value)


@pytest.mark.parametrize("date_format", ["%d/%m/%y %H:%M", "%H:%M", "%d/%m/%Y %d", "day"])
def test_a_date_format_that_names_no_whole_date_is_refused(write, date_format):
    with pytest.raises(InputError, match="date format"):
        read_meter(write(date_format=date_format))


def test_the_first_doubtful_stamp_is_shown(write):
    rows = [("01/01/2024 00:15", "1"), ("01/01/2024 00:30", "1")]
    with pytest.raises(MeterDataError, match="not declared"):
        read_meter(write(rows))
    assert str(read_meter(write(rows, date_format="%d/%m/%Y %H:%M")).interval_start[0]) == "2024-01-01T00:00:00"


def test_every_refusal_says_what_to_do(write, clean):
    faults = [
        changed(clean, 1, value="x"),
        changed(clean, 1, time="x"),
        changed(clean, 1, value="-1"),
        clean[::-1],
        clean[::2],
    ]
    for rows in faults:
        with pytest.raises(EnergycalcError) as refused:
            read_meter(write(rows))
        assert refused.value.next_step and refused.value.subject and refused.value.value


def test_days_without_times_are_read_as_days(write):
    rows = [(f"2024-02-{day}", "24") for day in (27, 28, 29)]
    series = read_meter(write(rows, interval="1 d", stamp="interval_start"))
    assert str(series.interval_end[-1]) == "2024-03-01T00:00:00"
    assert np.all(series.demand_kw == 1.0)


@pytest.mark.parametrize("interval", ["15", " 15.0 ", ""])
def test_an_interval_without_unit_is_told_to_take_one(write, interval):
    with pytest.raises(InputError, match="interval needs its unit") as refused:
        write(interval=interval)
    assert '"15 min"' in refused.value.next_step


@pytest.mark.parametrize(
    ("declared", "word"),
    [
        ({"quantity_kind": "energy"}, "kind"),
        ({"unit": "kvarh", "value_column": "reading"}, "column"),
        ({"unit": "kW", "value_column": "reading"}, "kind: power"),
        ({"current_transformer_ratio": "5/300"}, "ct_ratio"),
        ({"voltage_transformer_ratio": "0"}, "pt_ratio"),
    ],
)
def test_messages_speak_the_words_of_the_case_file(write, declared, word):
    with pytest.raises(InputError) as refused:
        write(**declared)
    assert word in str(refused.value)
    for longer in ("quantity_kind", "value_column", "transformer_ratio", "transformer_class"):
        assert longer not in str(refused.value)


def test_a_class_is_called_as_in_the_case_file(write):
    for field, word in (("accuracy_class", "accuracy_class"), ("transformer_class", "ct_class")):
        with pytest.raises(InputError, match=f"{word} is unknown"):
            read_meter(write(**{field: "9"}))


@pytest.mark.parametrize(("ratio", "right"), [("5/300", "300/5"), ("110 : 11400", "11400/110"), (0.05, "20")])
def test_a_ratio_upside_down_is_refused_with_the_right_one(write, ratio, right):
    for name in ("current_transformer_ratio", "voltage_transformer_ratio"):
        with pytest.raises(InputError, match="upside down") as refused:
            write(**{name: ratio})
        assert refused.value.next_step == f"Write {right}"
        assert write(**{name: right}).multiplier > 1
        assert write(**{name: "5/5"}).multiplier == 1


@pytest.mark.parametrize("limit", ["11.9 kW", "0.0119 MW"])
def test_a_demand_above_the_declared_maximum_is_refused(write, limit):
    with pytest.raises(MeterDataError, match=r"line 6.*above the declared maximum \(1 such") as refused:
        read_meter(write(maximum_demand=limit))  # the largest of the clean rows is 3 kWh in a quarter of an hour
    assert refused.value.value.startswith("12 kW") and limit in refused.value.limit
    assert total_energy_kwh(read_meter(write(maximum_demand="12 kW"))) == 9.75


def test_the_maximum_is_held_against_primary_power(write):
    with pytest.raises(MeterDataError, match="720 kW"):
        read_meter(write(maximum_demand="100 kW", current_transformer_ratio="300/5"))
    for wrong in ("100", "100 kWh", "0 kW", "-5 kW"):
        with pytest.raises(InputError):
            write(maximum_demand=wrong)


@pytest.mark.parametrize("start", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest", b"%PDF-1.7"])
def test_a_file_that_is_no_text_table_is_refused_by_what_it_is(tmp_path, layout, start):
    path = tmp_path / "meter.csv"
    path.write_bytes(start)
    with pytest.raises(MeterDataError, match="no text table") as refused:
        read_meter(layout(path))
    assert "rest" not in str(refused.value)


def test_of_a_foreign_file_no_more_than_a_short_header_is_shown(tmp_path, layout):
    path = tmp_path / "meter.csv"
    path.write_text("name:" + "s" * 200 + "\nsecond line\n", encoding="utf-8")
    with pytest.raises(MeterDataError, match="column is missing") as refused:
        read_meter(layout(path))
    assert "s" * 41 not in str(refused.value) and "second" not in str(refused.value)
    path.write_text("a,b\x00,c\n", encoding="utf-8")
    with pytest.raises(MeterDataError):
        read_meter(layout(path))
