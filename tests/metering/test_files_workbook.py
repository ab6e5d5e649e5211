"""xlsx workbooks: typed cells, and everything that a csv export would not show. Written by openpyxl and XlsxWriter."""

import datetime as dt
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.filters import FilterColumn, Filters

from energycalc.errors import MeterDataError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.metering.table import read_cells

WORKBOOKS = Path(__file__).parent / "workbooks"


@pytest.fixture
def book(tmp_path, layout, clean):
    """A workbook of the six clean rows with typed stamps; ``change`` does something to the sheet before it is saved."""

    def make(change=None, name="meter.xlsx", epoch=None, **declared):
        workbook = openpyxl.Workbook()
        if epoch:
            workbook.epoch = epoch
        sheet = workbook.active
        sheet.title = "meter"
        sheet.append(["time", "kWh"])
        for time, value in clean:
            sheet.append([dt.datetime.fromisoformat(time), float(value)])
        if change:
            change(sheet)
        path = tmp_path / name
        workbook.save(path)
        return layout(path, **declared)

    return make


def rewritten(path, member, change):
    """The same workbook with one member of its archive changed."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[member] = change(members[member])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def kinds(series):
    return [notice.kind for notice in series.notices]


def test_typed_cells_become_canonical_text(book):
    cells = read_cells(book())
    assert cells.times[0] == "2024-03-01 00:15:00" and cells.values[:3] == ["1.5", "2", "0"]
    assert (cells.lines, cells.date_system, cells.notices) == ([2, 3, 4, 5, 6, 7], 1900, ())
    assert total_energy_kwh(read_meter(book())) == 9.75


def test_the_same_rows_give_the_same_cells_from_a_workbook_and_from_text(book, write):
    typed, text = read_meter(book()), read_meter(write())
    assert (typed.reading == text.reading).all() and (typed.interval_end == text.interval_end).all()
    assert (typed.line == text.line).all()


def test_every_digit_of_a_number_is_kept(book):
    exact = [0.1, 1 / 3, 1e-7, 123456789.123456, 1e16, 2.0]
    cells = read_cells(book(lambda sheet: [sheet.cell(row, 2, value) for row, value in enumerate(exact, 2)]))
    assert [float(cell) for cell in cells.values] == exact


def test_the_date_system_of_1904_is_honoured(book):
    layout = book(epoch=CALENDAR_MAC_1904)
    with zipfile.ZipFile(layout.file) as archive:
        assert b"45352" not in archive.read("xl/worksheets/sheet1.xml")  # the day number of 2024-03-01 from 1900
    cells = read_cells(layout)
    assert cells.times[0] == "2024-03-01 00:15:00" and cells.date_system == 1904


def test_a_file_that_claims_to_be_smaller_than_it_is_loses_no_row(book):
    layout = book()
    sheet = "xl/worksheets/sheet1.xml"
    rewritten(layout.file, sheet, lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B3"', xml))
    with zipfile.ZipFile(layout.file) as archive:
        assert b'<dimension ref="A1:B3"' in archive.read(sheet)
    assert total_energy_kwh(read_meter(layout)) == 9.75


def test_merged_stamps_take_the_content_of_their_block_with_a_notice(book):
    def days(sheet):
        for row in range(2, 8):
            sheet.cell(row, 3, dt.time(row // 4, row % 4 * 15))
        sheet["C1"], sheet["A2"] = "clock", dt.datetime(2024, 3, 1)
        sheet.merge_cells("A2:A7")

    series = read_meter(book(days, clock_column="clock"))
    assert total_energy_kwh(series) == 9.75 and str(series.interval_end[0]) == "2024-03-01T00:30:00"
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("merged_cell", (3, 4, 5, 6, 7))]


def test_a_reading_merged_over_rows_is_refused_where_it_may_be_their_sum(book):
    def merged(sheet):
        sheet.merge_cells("B3:B4")

    with pytest.raises(MeterDataError, match=r"merged over several rows \(line 4\)"):
        read_meter(book(merged))
    power = read_meter(book(merged, quantity_kind="power", unit="kW", header_unit="ignore", header_unit_because="test"))
    assert kinds(power)[0] == "merged_cell" and power.demand_kw[2] == 2
    other = read_meter(book(lambda sheet: sheet.merge_cells("D1:F9")))
    assert total_energy_kwh(other) == 9.75 and other.notices == ()


def test_a_formula_that_was_never_calculated_is_refused_by_its_cells(book):
    def formulas(sheet):
        sheet["B3"], sheet["B5"] = "=1+1", "=9/4"

    with pytest.raises(MeterDataError, match="cells B3, B5 hold formulas that were never calculated"):
        read_meter(book(formulas))
    beside = read_meter(book(lambda sheet: sheet.__setitem__("D3", "=1+1")))
    assert total_energy_kwh(beside) == 9.75 and beside.notices == ()


def test_a_last_row_of_an_uncalculated_formula_is_not_taken_for_blank(book):
    with pytest.raises(MeterDataError, match="cells B8 hold formulas"):
        read_meter(book(lambda sheet: sheet.__setitem__("B8", "=SUM(B2:B7)")))


def test_stored_values_of_a_workbook_that_wants_to_be_calculated_anew_are_no_results(tmp_path, layout, clean):
    path = tmp_path / "meter.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:  # stores 0 with every formula, and asks for a calculation
        sheet = workbook.add_worksheet("meter")
        sheet.write_row(0, 0, ["time", "kWh", "double"])
        for row, (time, value) in enumerate(clean, 1):
            sheet.write_row(row, 0, [time, float(value)])
            sheet.write_formula(row, 2, f"=B{row + 1}*2")
    with pytest.raises(MeterDataError, match="cells C2, C3, C4, C5, C6 and 1 more"):
        read_meter(layout(path, value_column="double"))
    assert total_energy_kwh(read_meter(layout(path))) == 9.75


def test_calculated_formulas_are_read_with_a_notice(layout):
    declared = layout(WORKBOOKS / "odd_calculated.xlsx", value_column="doubled", sheet="meter", hidden="include")
    series = read_meter(declared)
    assert total_energy_kwh(series) == 2 * 9.75
    assert kinds(series) == ["hidden_sheets", "hidden_rows", "formula"]


def test_an_array_formula_without_value_covers_its_whole_block(book):
    layout = book()
    rewritten(
        layout.file,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<c r="B3"([^>]*)>.*?</c>', rb'<c r="B3"><f t="array" ref="B3:B4">X</f></c>', xml),
    )
    with pytest.raises(MeterDataError, match="cells B3, B4 hold formulas"):
        read_meter(layout)


def hide_row(sheet):
    sheet.row_dimensions[4].hidden = True


def hide_column(sheet):
    sheet.column_dimensions["B"].hidden = True


def hide_sheet(sheet):
    sheet.parent.create_sheet("front")
    sheet.sheet_state = "hidden"


def filter_rows(sheet):
    sheet.auto_filter.ref = "A1:B7"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=1, filters=Filters(filter=["2"])))
    sheet.row_dimensions[4].hidden = True


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (hide_row, "1 rows are hidden: line 4"),
        (hide_column, "the column kWh is hidden"),
        (hide_sheet, "the sheet meter is hidden"),
        (filter_rows, "a filter is active; 1 rows are hidden"),
    ],
)
def test_what_is_hidden_is_refused_unless_declared(book, change, what):
    with pytest.raises(MeterDataError, match=what) as refused:
        read_meter(book(change, sheet="meter"))
    assert "hidden: include" in refused.value.next_step
    series = read_meter(book(change, sheet="meter", hidden="include"))
    assert total_energy_kwh(series) == 9.75 and "hidden_rows" in kinds(series)


def test_a_row_or_column_of_no_size_is_hidden(book):
    for wrong, right, what in (
        (b'<row r="4"', b'<row r="4" ht="0" customHeight="1"', "rows are hidden: line 4"),
        (b"<sheetData>", b'<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>', "column kWh is"),
    ):
        layout = book()
        rewritten(layout.file, "xl/worksheets/sheet1.xml", lambda xml, a=wrong, b=right: xml.replace(a, b))
        with pytest.raises(MeterDataError, match=what):
            read_meter(layout)


def test_prepared_rows_without_stamp_and_reading_are_passed_over_visibly(book):
    def prepared(sheet):
        sheet["C1"] = "cost"
        for row in (8, 9):
            sheet.cell(row, 3, 0)

    series = read_meter(book(prepared))
    assert total_energy_kwh(series) == 9.75
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("row_apart", (8, 9))]
    with pytest.raises(MeterDataError, match="line 8"):
        read_meter(book(lambda sheet: sheet.cell(8, 2, 3)))


@pytest.mark.parametrize("change", [hide_row, filter_rows])
def test_hidden_rows_are_left_out_as_declared(book, change):
    series = read_meter(book(change, hidden="exclude", gaps="report"))
    assert list(series.line) == [2, 3, 5, 6, 7]
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("hidden_rows", (4,))]


@pytest.mark.parametrize("change", [hide_column, hide_sheet])
def test_what_is_needed_cannot_be_left_out(book, change):
    with pytest.raises(MeterDataError, match="is hidden"):
        read_meter(book(change, sheet="meter", hidden="exclude"))


def test_hidden_things_elsewhere_and_filters_without_criteria_do_not_matter(book):
    def elsewhere(sheet):
        sheet.column_dimensions["D"].hidden = True
        sheet.row_dimensions[40].hidden = True
        sheet.auto_filter.ref = "A1:B7"

    assert read_meter(book(elsewhere)).notices == ()


def test_several_sheets_are_asked_about_and_empty_ones_are_not(book):
    def second(sheet):
        sheet.parent.create_sheet("other")["A1"] = "x"

    with pytest.raises(MeterDataError, match="several sheets") as refused:
        read_meter(book(second))
    assert refused.value.value == "meter, other"
    assert total_energy_kwh(read_meter(book(second, sheet="meter"))) == 9.75
    assert total_energy_kwh(read_meter(book(lambda sheet: sheet.parent.create_sheet("other")))) == 9.75
    with pytest.raises(MeterDataError, match="sheet is missing"):
        read_meter(book(second, sheet="Meter"))


def test_readings_formatted_as_percent_are_noticed_and_never_mixed(book):
    share = {"quantity_kind": "interval_mean", "header_unit": "ignore", "header_unit_because": "a share"}

    def percent(rows):
        def change(sheet):
            for row in rows:
                sheet.cell(row, 2).number_format = "0.0%"

        return change

    series = read_meter(book(percent(range(2, 8)), unit="1", **share))
    assert kinds(series) == ["percent_format"] and series.reading[0] == 1.5
    with pytest.raises(MeterDataError, match=r"2 of 6 readings are formatted as percent"):
        read_meter(book(percent([2, 3]), unit="1", **share))
    with pytest.raises(MeterDataError, match="shows 85 % holds 0.85") as refused:
        read_meter(book(percent(range(2, 8)), unit="%", **share))
    assert refused.value.next_step.startswith("Write unit: 1")
    assert kinds(read_meter(book(unit="1", **share))) == []

    def with_a_hole(sheet):
        percent(range(2, 8))(sheet)
        sheet["B4"], sheet["B5"] = None, "N/A"

    holes = book(with_a_hole, unit="1", empty="exclude", not_numbers=("N/A",), gaps="report", **share)
    assert kinds(read_meter(holes)) == ["percent_format"]


def test_readings_shown_in_thousands_are_noticed(book):
    def thousands(sheet):
        for row in range(2, 8):
            sheet.cell(row, 2).number_format = "#,##0,"

    series = read_meter(book(thousands))
    assert kinds(series) == ["scaled_format"] and total_energy_kwh(series) == 9.75


@pytest.mark.parametrize("number_format", ["#,##0", "0.00", '0.0" 100 %"', "[Red]0.0", "#,##0.00_);(#,##0.00)", "0\\%"])
def test_usual_formats_are_no_notice(book, number_format):
    def change(sheet):
        for row in range(2, 8):
            sheet.cell(row, 2).number_format = number_format

    assert read_meter(book(change)).notices == ()


@pytest.mark.parametrize("cell", ["#DIV/0!", "#N/A", "#REF!", "NA", "12 kVA"])
def test_error_cells_stay_text_and_are_refused_by_their_cell(book, cell):
    layout = book(lambda sheet: sheet.__setitem__("B4", cell))
    assert read_cells(layout).values[2] == cell
    with pytest.raises(MeterDataError, match="line 4, column kWh"):
        read_meter(layout)


def test_a_reading_that_is_formatted_as_a_date_is_no_reading(book):
    def dated(sheet):
        sheet["B4"].number_format = "yyyy-mm-dd"
        sheet["B4"] = 5.25

    with pytest.raises(MeterDataError, match="line 4, column kWh"):
        read_meter(book(dated))


def test_stamps_that_drifted_by_binary_fractions_are_taken_as_their_second(book):
    def drifted(sheet):
        for row, millisecond in ((2, 15), (3, 985)):
            sheet.cell(row, 1).value += dt.timedelta(milliseconds=millisecond - (1000 if millisecond > 500 else 0))

    series = read_meter(book(drifted))
    assert [(notice.kind, notice.lines) for notice in series.notices] == [("rounded_stamp", (2, 3))]
    assert str(series.interval_end[1]) == "2024-03-01T00:30:00"
    far = book(lambda sheet: sheet.__setitem__("A3", dt.datetime(2024, 3, 1, 0, 29, 59, 700_000)))
    assert read_cells(far).times[1] == "2024-03-01 00:29:59.700000"


def test_a_clock_cell_of_one_whole_day_is_24_00(book):
    def midnight(sheet):
        sheet["C1"] = "clock"
        for row, clock in enumerate((0.25, 0.5, 0.75, 1.0), 2):
            sheet.cell(row, 1).value, sheet.cell(row, 1).number_format = dt.datetime(2024, 2, 28), "yyyy-mm-dd"
            sheet.cell(row, 3, clock).number_format = "hh:mm"
        sheet.delete_rows(6, 2)

    series = read_meter(book(midnight, clock_column="clock", interval="6 h"))
    assert str(series.interval_end[-1]) == "2024-02-29T00:00:00"


def test_a_lonely_cell_far_away_costs_nothing(book):
    assert (
        total_energy_kwh(
            read_meter(
                book(lambda sheet: sheet.cell(1_048_576, 16_384, "x")),
            )
        )
        == 9.75
    )


def test_lines_above_the_header_and_blank_rows_are_passed_over(book):
    def lower(sheet):
        sheet.insert_rows(1, 3)
        sheet["A1"] = "factory"

    assert list(read_meter(book(lower, header_row=4)).line) == [5, 6, 7, 8, 9, 10]


def test_a_workbook_named_csv_is_read_as_what_it_is(book):
    series = read_meter(book(name="meter.csv"))
    assert total_energy_kwh(series) == 9.75 and kinds(series) == ["true_type"]


def test_ids_and_names_stay_text(layout):
    declared = layout(
        WORKBOOKS / "odd_calculated.xlsx",
        value_column="note",
        sheet="meter",
        hidden="include",
        unit="kW",
        quantity_kind="power",
    )
    assert read_cells(declared).values == ["shift A", "shift A", "shift A", "00123", "NA", "#DIV/0!"]


@pytest.mark.parametrize("cut", [200, 2_000, -30])
def test_a_cut_workbook_is_refused_as_damaged(book, cut):
    layout = book()
    layout.file.write_bytes(layout.file.read_bytes()[:cut])
    with pytest.raises(MeterDataError, match="damaged or cut off"):
        read_meter(layout)


def test_a_workbook_with_damaged_insides_is_refused_plainly(book):
    for member, change in (
        ("xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2]),
        ("xl/workbook.xml", lambda xml: b"<nothing/>"),
        ("xl/styles.xml", lambda xml: b"not xml"),
    ):
        layout = book()
        rewritten(layout.file, member, change)
        with pytest.raises(MeterDataError, match="damaged or cut off|holds no table"):
            read_meter(layout)
