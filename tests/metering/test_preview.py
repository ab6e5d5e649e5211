"""The preview proposes, shows what each proposal would give, and asks what the file does not say."""

import numpy as np
import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter
from energycalc.metering.layouts.column_map import ColumnMap, layout_from_map
from energycalc.metering.preview.preview import preview


def quarters(count, start="2024-03-01T00:15", step=15):
    clock = np.datetime64(start, "m") + np.arange(count) * np.timedelta64(step, "m")
    return [str(each).replace("T", " ") for each in clock]


@pytest.fixture
def file(tmp_path):
    def make(header, rows, name="meter.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding=encoding)
        return path

    return make


def roles(shown):
    return {column.header: column.role for column in shown.columns}


def answers(shown, key):
    return [answer.written for question in shown.questions if question.key == key for answer in question.answers]


def test_the_steel_plant_is_understood_as_its_case_declares_it(steel_layout):
    """The order of day and month and the meaning of midnight are those under which every row lies in order."""
    declared = steel_layout()
    shown = preview(declared.file)
    assert roles(shown)["Usage_kWh"] == "energy" and roles(shown)["date"] == "time"
    assert roles(shown)["Lagging_Current_Reactive_Power_kVarh"] == "other" and roles(shown)["WeekStatus"] == "text"
    proposed = {**shown.proposed, **shown.declared}
    for key, value in {
        "date_format": declared.date_format, "midnight": "ends_day", "stamp": "interval_end", "interval": "15 min",
        "unit": "kWh", "kind": "interval_energy", "delimiter": ",", "header_row": 1,
    }.items():  # fmt: skip
        assert proposed[key] == value
    assert round(shown.understood.total, 1) == 959_636.7 and round(shown.understood.peak_kw, 1) == 628.7
    assert (shown.understood.rows, shown.understood.missing, shown.refused) == (35_040, 0, "")
    assert shown.understood.sha256.startswith("a059a4dd9b81")
    assert shown.rows[0].stamp == "01/01/2018 00:15" and shown.rows[0].stamp_read == "2018-01-01 00:15:00"
    assert shown.rows[-1].reading == "3.67"
    assert {"stamp", "midnight", "kind"} <= set(shown.open_keys)
    assert "stamp" not in shown.column_map.declared and shown.column_map.declared["unit"] == "kWh"


def test_both_orders_of_day_and_month_are_shown(file):
    for date, order in (("{0:02d}/02/2024", "%d/%m/%Y %H:%M"), ("02/{0:02d}/2024", "%m/%d/%Y %H:%M")):
        stamps = [f"{date.format(1 + k // 96)} {k % 96 // 4:02d}:{k % 4 * 15:02d}" for k in range(96 * 3)]
        shown = preview(file("time,kWh", [(stamp, "1.5") for stamp in stamps]))
        assert set(answers(shown, "date_format")) == {"%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"}
        # in the other order the three days are months apart
        assert shown.proposed["date_format"] == order and shown.understood.missing == 0


def test_a_year_of_two_digits_is_asked(file):
    stamps = [stamp.replace("2024", "99") for stamp in quarters(20)]
    assert "roc" in answers(
        preview(file("日期時間,用電量(kWh)", [(s.replace("-", "/"), "1.5") for s in stamps])), "date_format"
    )


def test_a_local_export_with_dates_of_the_republic_in_cp950(file):
    stamps = [stamp.replace("2024-", "113/").replace("-", "/") for stamp in quarters(30)]
    rows = [(stamp, f'"{1000 + k:,}.5"', "正常") for k, stamp in enumerate(stamps)]
    shown = preview(file("日期時間,有效電度(度),備註", rows, encoding="cp950"))
    assert shown.look.encoding == "cp950" and roles(shown) == {
        "日期時間": "time", "有效電度(度)": "register", "備註": "text",
    }  # fmt: skip
    assert {notice.kind for notice in shown.notices} >= {"roc_date", "thousands_separator"}
    assert answers(shown, "kind") == ["register", "interval_energy"]
    assert shown.understood.total == pytest.approx(29)  # a counter that rises by 1 in each of 29 steps


def test_date_and_clock_in_two_columns(file):
    rows = [(*stamp.split(" "), "00:15:00", "0", "3.5") for stamp in quarters(20)]
    shown = preview(file("Date,Time,Etime,Status,P(kW)", rows))
    assert (shown.proposed["time_column"], shown.proposed["clock_column"]) == ("Date", "Time")
    assert (shown.proposed["column"], shown.proposed["kind"]) == ("P(kW)", "power")
    assert shown.understood.total == pytest.approx(20 * 3.5 / 4)


def test_a_header_without_unit_shows_both_units(file):
    shown = preview(file("time,用電量", [(stamp, f"{1 + k % 3}") for k, stamp in enumerate(quarters(24))]))
    meaning = {a.written: a.meaning for q in shown.questions if q.key == "unit" for a in q.answers}
    assert "48 kWh in all, highest demand 12 kW" in meaning["kWh"]
    assert "12 kWh in all, highest demand 3 kW" in meaning["kW"]


def test_rows_that_a_declaration_refuses_are_asked_about(file):
    stamps = quarters(40)
    rows = [(stamp, f"{1 + k % 3}") for k, stamp in enumerate(stamps) if k != 11]
    rows[20] = (rows[20][0], "")
    rows[30] = (rows[30][0], "-4")
    rows.insert(5, rows[5])
    shown = preview(file("time,kWh", rows))
    assert {"gaps", "empty", "negative", "duplicates"} <= {question.key for question in shown.questions}
    clean = preview(file("time,kWh", [(stamp, f"{1 + k % 3}") for k, stamp in enumerate(stamps)]))
    assert not {"gaps", "empty", "negative", "duplicates"} & {question.key for question in clean.questions}


def test_what_is_declared_is_not_asked_again(file):
    path = file("time,kWh", [(stamp, f"{1 + k % 3}") for k, stamp in enumerate(quarters(24))])
    asked = preview(path)
    answered = {"stamp": "interval_end", "midnight": "starts_day", "kind": "interval_energy"}
    shown = preview(path, ColumnMap(answered))
    assert {"stamp", "midnight", "kind"} <= {question.key for question in asked.questions}
    assert not {"stamp", "midnight", "kind"} & {question.key for question in shown.questions}
    assert shown.open_keys == ()
    series = read_meter(layout_from_map(shown.column_map, path))
    assert float(series.amount.sum()) == pytest.approx(shown.understood.total)


def test_a_cell_that_is_no_number_is_told_and_not_hidden(file):
    rows = [(stamp, "N/A" if k == 12 else "2") for k, stamp in enumerate(quarters(24))]
    shown = preview(file("time,kWh", rows))
    assert shown.understood is None and "'N/A' on line 14" in shown.refused
    assert preview(shown_path := file("time,kWh", rows), ColumnMap({"not_numbers": ["N/A"]})).refused == ""
    assert shown_path.exists()


def test_a_file_without_dates_is_told(file):
    shown = preview(file("a,b", [("x", "1"), ("y", "2")]))
    assert shown.understood is None and "no column of dates" in shown.refused
    assert answers(shown, "time_column") == []


def test_drivers_are_proposed_as_means_or_sums(file):
    days = [f"2024-03-{d:02d}" for d in range(1, 25)]
    weather = preview(file("date,temperature", [(day, f"{20 + k % 5}.5") for k, day in enumerate(days)]),
                      ColumnMap({"unit": "degC"}))  # fmt: skip
    assert weather.proposed["kind"] == "interval_mean" and weather.understood.total is None
    output = preview(
        file("date,產量", [(day, f"{20 + k % 5}") for k, day in enumerate(days)]), ColumnMap({"unit": "t"})
    )
    assert output.proposed["kind"] == "interval_sum" and output.understood.unit == "t"
    assert output.proposed["interval"] == "1 d" and output.proposed["stamp"] == "interval_start"


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(MeterDataError, match="opened"):
        preview(tmp_path / "no.csv")
