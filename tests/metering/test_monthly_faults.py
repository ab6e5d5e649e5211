"""Faults of tables with a row a month or a bill: cut rows, hidden rows, full-scale marks, and no false alarm."""

from pathlib import Path

import openpyxl
import pytest

from energycalc.errors import MeterDataError
from energycalc.metering import series_findings
from energycalc.metering.billing.monthly import read_monthly
from tests.metering.bill_layout import bill_layout as layout

BILLS = [(f"2024-{month:02d}-28", 1000 + 37 * month) for month in range(1, 13)]


def csv_of(folder: Path, rows: list[str]) -> Path:
    file = folder / "bills.csv"
    file.write_text("\n".join(("read_date,use,note", *rows, "")), encoding="utf-8")
    return file


def names(file: Path, **changes: object) -> list[str]:
    return [finding.id for finding in series_findings(read_monthly(layout(file, **changes), "bill_end"))]


def test_a_row_that_is_cut_is_refused_with_its_line(tmp_path: Path) -> None:
    rows = [f"{day},{use}," for day, use in BILLS]
    assert read_monthly(layout(csv_of(tmp_path, rows)), "bill_end").ledger.rows_read == 12
    rows[4] = rows[4][:6]
    with pytest.raises(MeterDataError, match="line 6 has 1 cells"):
        read_monthly(layout(csv_of(tmp_path, rows)), "bill_end")


def test_a_file_without_rows_is_no_consumption_of_zero(tmp_path: Path) -> None:
    with pytest.raises(MeterDataError, match="no data rows"):
        read_monthly(layout(csv_of(tmp_path, ["", ""])), "bill_end")


def test_a_full_scale_mark_in_a_bill_is_named_although_its_days_share_it(tmp_path: Path) -> None:
    rows = [f"{day},{use}," for day, use in BILLS]
    assert "metering.full_scale" not in names(csv_of(tmp_path, rows))
    rows[3] = rows[8] = rows[3].split(",")[0] + ",999999,"
    rows[8] = f"{BILLS[8][0]},999999,"
    found = series_findings(read_monthly(layout(csv_of(tmp_path, rows)), "bill_end"))
    (mark,) = [finding for finding in found if finding.id == "metering.full_scale"]
    assert mark.severity == "warning" and "2 rows" in mark.sentence and "line 5, 10" in mark.sentence


def test_the_equal_days_of_one_bill_are_no_flat_line(tmp_path: Path) -> None:
    assert "metering.flat_line" not in names(csv_of(tmp_path, [f"{day},{use}," for day, use in BILLS]))


def test_a_reason_that_excludes_no_row_is_not_named(tmp_path: Path) -> None:
    found = series_findings(read_monthly(layout(csv_of(tmp_path, [f"{d},{u}," for d, u in BILLS])), "bill_end"))
    (excluded,) = [finding for finding in found if finding.id == "metering.rows_excluded"]
    assert excluded.sentence.endswith("1 of 12 rows are excluded: the other end of the bill is open")


def test_hidden_rows_are_refused_or_noticed_never_passed_over(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("read_date", "use"), *BILLS):
        sheet.append(row)
    file = tmp_path / "bills.xlsx"
    book.save(file)
    assert "metering.hidden_rows" not in names(file)
    sheet.row_dimensions[5].hidden = True
    book.save(file)
    with pytest.raises(MeterDataError, match="hidden"):
        read_monthly(layout(file), "bill_end")
    assert "metering.hidden_rows" in names(file, hidden="include")
    without = read_monthly(layout(file, hidden="exclude"), "bill_end")
    assert without.ledger.rows_read == 11 and "metering.hidden_rows" in names(file, hidden="exclude")
