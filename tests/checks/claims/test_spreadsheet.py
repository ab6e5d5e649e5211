"""Claims from a spreadsheet: headings in either language, units in cell or heading, and what is said of the rest."""

import csv
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import review_claim
from energycalc.checks.claims.spreadsheet import open_claim_table, read_claim_table, review_table, write_review_table
from energycalc.errors import CaseFileError, EnergycalcError, InputError
from tests.checks.claims.seeded import clean_claims

HEADINGS = [
    "案號",
    "標題",
    "年節能量 (kWh)",
    "節能率（%）",
    "energy price [TWD/kWh]",
    "年節省費用 (仟元)",
    "investment",
]
HEADINGS.append("備註")
ROW: list[Any] = ["A-1", "虛構範例", 160800, 35.7, 3.2, 515, "145 萬元", "x"]


def written(file: Path, rows: list[list[Any]]) -> Path:
    """A csv or xlsx of these rows."""
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8-sig", newline="") as text:
            csv.writer(text).writerows(rows)
        return file
    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file


def value(claim: Claim, key: str, unit: str) -> float:
    return claim.figures[key].to(unit).value


@pytest.fixture(params=["claims.xlsx", "claims.csv"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


def test_units_come_from_the_cell_or_the_heading(file: Path) -> None:
    (claim,) = read_claim_table(written(file, [HEADINGS, ROW]))
    assert claim.id == "A-1 (row 2)"
    assert claim.texts["title"] == "虛構範例"
    assert value(claim, "saving", "kWh") == 160800
    assert value(claim, "saving_rate", "%") == pytest.approx(35.7)
    assert value(claim, "price", "TWD/kWh") == pytest.approx(3.2)
    assert value(claim, "cost_saving", "TWD") == 515_000
    assert claim.figures["cost_saving"].step == 1000
    assert value(claim, "investment", "TWD") == 1_450_000
    assert claim.unread == ()


def test_a_cells_own_unit_goes_before_the_headings(file: Path) -> None:
    (claim,) = read_claim_table(written(file, [HEADINGS, [*ROW[:2], "160.8 MWh", *ROW[3:]]]))
    assert value(claim, "saving", "kWh") == pytest.approx(160800)


def test_unknown_headings_are_named(file: Path) -> None:
    table = open_claim_table(written(file, [[*HEADINGS, "savingg"], [*ROW, "1"]]))
    named = [notice.sentence for notice in table.notices if notice.kind == "unknown_heading"]
    assert len(named) == 2
    assert "備註" in named[0]
    assert "near ones: saving" in named[1]


def test_lines_above_the_headings_blank_rows_and_totals_are_passed_over(file: Path) -> None:
    rows = [["虛構範例：彙整表"], HEADINGS, ROW, [], ["A-2", *ROW[1:]], HEADINGS, ["合計", "", 321600]]
    table = open_claim_table(written(file, rows))
    assert [claim.id for claim in table.claims] == ["A-1 (row 3)", "A-2 (row 5)"]
    (passed,) = [notice for notice in table.notices if notice.kind == "passed_over"]
    assert passed.lines == (6, 7)


def test_text_in_a_number_cell_is_named_with_its_row(file: Path) -> None:
    first, second = read_claim_table(written(file, [HEADINGS, [*ROW[:2], "很多", *ROW[3:]], ROW]))
    assert [(u.key, u.text) for u in first.unread] == [("saving", "很多")]
    assert "row 2" in first.id
    assert second.unread == ()
    assert "saving" in second.figures


def test_lists_are_json_in_their_cell(file: Path) -> None:
    cell = '[{"name": "a", "saving": "60 kWh/year"}, {"name": "b", "saving": "50 kWh/year"}]'
    (claim,) = read_claim_table(written(file, [["saving", "items"], ["110 kWh/year", cell]]))
    assert [value(item, "saving", "kWh") for item in claim.items] == [60, 50]
    (claim,) = read_claim_table(written(file, [["saving", "items"], ["110 kWh/year", "a and b"]]))
    assert claim.unread[0].key == "items"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["a", "b"], ["1", "2"]], "no row of headings"),
        ([["saving", "年節能量 (kWh)"], ["1 kWh", "2"]], "two columns hold the same"),
        ([HEADINGS], "holds no claim"),
    ],
)
def test_a_table_without_claims_is_refused(file: Path, rows: list[list[Any]], words: str) -> None:
    with pytest.raises(CaseFileError, match=words) as caught:
        read_claim_table(written(file, rows))
    assert caught.value.next_step


def test_a_missing_or_damaged_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="no such file"):
        read_claim_table(tmp_path / "none.xlsx")
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(EnergycalcError):
        read_claim_table(damaged)


def test_percent_cells_hidden_rows_and_formulas_of_a_workbook(tmp_path: Path) -> None:
    file = tmp_path / "claims.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["案號", "年節能量 (kWh)", "節能率", "年節省費用 (仟元)"])
    sheet.append(["A-1", 160800, 0.357, 1800000])
    sheet.append(["A-2", "=1+1", 0.357, 515])
    sheet["C2"].number_format = "0.0%"
    sheet["C3"].number_format = "0.0%"
    sheet["D2"].number_format = "#,##0,"
    sheet.row_dimensions[3].hidden = True
    book.save(file)
    table = open_claim_table(file)
    first, second = table.claims
    assert value(first, "saving_rate", "%") == pytest.approx(35.7)
    assert [u.key for u in first.unread] == ["cost_saving"]
    assert [u.key for u in second.unread] == ["saving"]
    assert "formula" in second.unread[0].why
    assert [n.lines for n in table.notices if n.kind == "hidden_rows"] == [(3,)]


def test_a_table_says_what_single_claims_say(file: Path) -> None:
    keys = ["id", "saving", "saving_rate", "price", "cost_saving", "investment", "payback", "emission_factor",
            "emission_factor_year", "emission_reduction", "title"]  # fmt: skip
    claims = [{k: c.get(k, "") for k in keys} for c in clean_claims().values()]
    seen: list[tuple[int, int]] = []
    reviews = review_table(
        written(file, [keys, *([c[k] for k in keys] for c in claims)]), lambda done, of: seen.append((done, of))
    )
    assert [r.verdict for r in reviews] == [review_claim(claim_of(c)).verdict for c in claims]
    assert seen == [(number, len(claims)) for number in range(1, len(claims) + 1)]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "plain"])
def test_no_text_of_a_claim_becomes_a_formula(tmp_path: Path, suffix: str, title: str) -> None:
    review = review_claim(claim_of({"id": title, "title": title, "saving": "1000 kWh/year"}))
    out = write_review_table([review], tmp_path / f"out{suffix}")
    if suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as text:
            cells = list(csv.reader(text))[1]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)
        assert title.strip() in cells[0]
    else:
        sheet = openpyxl.load_workbook(out).active
        assert sheet is not None
        assert sheet["A2"].data_type == "s"
        assert "<f>" not in str(sheet["A2"].value)
        assert [cell.data_type for cell in sheet[2]].count("f") == 0


def test_the_table_of_reviews_holds_both_languages(tmp_path: Path) -> None:
    claim = {**clean_claims()["fan_drive"], "payback": "28 year"}
    out = write_review_table([review_claim(claim_of(claim))], tmp_path / "out.csv")
    with out.open(encoding="utf-8-sig", newline="") as text:
        head, line = csv.reader(text)
    row = dict(zip(head, line, strict=True))
    assert row["verdict 結論"] == "fail"
    assert "TF01" in row["checks 檢核"]
    assert "payback" in row["first finding"] and "回收年限" in row["首要發現"]


def test_another_kind_of_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no kind of table"):
        write_review_table([], tmp_path / "out.pdf")
    with pytest.raises(InputError, match="cannot be written"):
        write_review_table([], tmp_path / "none" / "out.csv")
