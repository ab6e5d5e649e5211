"""``energycalc programme``: exit codes, both languages, JSON, page, workbook, the years after closing."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from energycalc.apps import cli
from energycalc.assessment import assess
from energycalc.case.case_file import case_from_text
from energycalc.checks.programme import Tracking, judge, tracking_table
from energycalc.checks.programme.tracking import TO_FILL
from energycalc.data_files import examples_folder
from energycalc.factors import published_factors
from energycalc.reports.programme import page, tracking_cells
from energycalc.reports.words import LANGUAGES, words
from tests.programme.filings import changed, judged

EXAMPLE = examples_folder() / "programme"
MISSED = ("own: 6 萬元", "own: 60000.01 元")


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: object
) -> tuple[int, str, str]:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("sys.argv", ["energycalc", "programme", *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    captured = capsys.readouterr()
    return int(end.value.code or 0), captured.out, captured.err


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """The example with one cent too much."""
    file = tmp_path / "case.yaml"
    file.write_text(changed("case", MISSED), "utf-8")
    return file


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["", "registration.yaml"])
def test_both_forms_in_both_languages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, name: str
) -> None:
    code, out, _ = run(capsys, monkeypatch, EXAMPLE / name, "--lang", language)
    assert code == 0
    assert words("programme", language)["constructed"][:20] in out
    for found in judged("registration" if name else "case").outcomes:
        assert found.rule.clause in out


def test_a_missed_rule_ends_with_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, case_file: Path
) -> None:
    code, out, _ = run(capsys, monkeypatch, case_file)
    assert code == 1
    assert "NT$ 4,000,000.01" in out and "每案輔導計畫總經費上限為新臺幣400萬元" in out.replace("\n", "").replace(
        " ", ""
    )


@pytest.mark.parametrize("change", [("edition: 114", "edition: 120"), ("programme: metalworking", "programme: x")])
def test_a_refusal_ends_with_2_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, change: tuple[str, str]
) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(changed("case", change), "utf-8")
    code, out, err = run(capsys, monkeypatch, file)
    assert code == 2 and out == ""
    assert "metalworking 114" in err and "Traceback" not in err


def test_another_ending_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, _, err = run(capsys, monkeypatch, EXAMPLE, "--out", tmp_path / "page.pdf")
    assert code == 2 and ".xlsx" in err and not (tmp_path / "page.pdf").exists()


def test_json_says_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, case_file: Path
) -> None:
    code, out, _ = run(capsys, monkeypatch, case_file, "--json")
    data = json.loads(out)
    assert code == 1 and data["format"] == "energycalc programme 1"
    found = judged("case", (MISSED,))
    assert {rule["id"]: rule["status"] for rule in data["rules"]} == {o.rule.id: o.status for o in found.outcomes}
    assert data["counts"] == dict(found.counts)
    assert data["tracking"]["official_form"] is False
    assert [row["year"] for row in data["tracking"]["years"]] == [2025, 2026, 2027, 2028, 2029, 2030]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_has_every_rule_as_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "folder" / "rules.xlsx"
    run(capsys, monkeypatch, EXAMPLE, "--out", file, "--lang", language)
    text = words("programme", language)
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [text["sheet_rules"], text["sheet_tracking"]]
    cells = [str(cell.value) for row in book[text["sheet_rules"]].iter_rows() for cell in row if cell.value]
    for found in judged("case").outcomes:
        assert found.rule.clause in cells
        assert (found.answer.zh if language == "zh-TW" else found.answer.en) in cells
    tracking = [str(cell.value) for row in book[text["sheet_tracking"]].iter_rows() for cell in row if cell.value]
    assert text["tracking_not_official"] in tracking
    assert [text[f"fill_{key}"] for key in TO_FILL] == [title for title in tracking if title in
                                                         {text[f"fill_{key}"] for key in TO_FILL}]  # fmt: skip


def test_the_page_is_a_table_with_a_line_for_each_rule(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "page.md"
    run(capsys, monkeypatch, EXAMPLE / "registration.yaml", "--out", file, "--lang", "en")
    lines = [line for line in file.read_text("utf-8").splitlines() if line.startswith("| ")]
    assert len(lines) == 1 + len(judged("registration").outcomes)


def test_the_gravest_stand_first() -> None:
    marks = [line.split("|")[1].strip() for line in page(judged("case", (MISSED,)), None, "en").splitlines()
             if line.startswith("| ")][1:]  # fmt: skip
    order = ["✗ missed", "≠ conflict", "! warned", "? missing", "✓ met", "– not applicable"]
    assert marks == sorted(marks, key=order.index) and marks[0] == "✗ missed"


def test_the_words_are_the_same_in_both_languages() -> None:
    assert set(words("programme", "en")) == set(words("programme", "zh-TW"))


# ---------------------------------------------------------------- the years after closing


def tracked(*changes: tuple[str, str]) -> Tracking | None:
    case = case_from_text(changed("case", *changes))
    factors = published_factors()
    return tracking_table(judge(case).edition, case, assess(case, factors), factors)


def test_five_years_after_closing_and_the_rest_of_the_closing_year() -> None:
    table = tracked()
    assert table is not None and table.refused == ""
    assert [row.year for row in table.rows] == [2025, 2026, 2027, 2028, 2029, 2030]
    assert [row.last_day is not None for row in table.rows] == [False] * 5 + [True]
    full = table.rows[1].expected
    assert set(full) == {"electricity", "natural_gas", "emission"}
    # measure A acts from 114/9/1 on: 122 of the 365 days of the closing year
    share = table.rows[0].expected["electricity"].quantity.value / full["electricity"].quantity.value
    assert share == pytest.approx(122 / 365, rel=1e-12)
    for expected in full.values():
        low, high = expected.interval or (0.0, 0.0)
        assert low < expected.quantity.value < high


def test_what_is_measured_later_is_left_empty() -> None:
    table = tracked()
    assert table is not None
    for language in LANGUAGES:
        titles, cells = tracking_cells(table, language)
        assert all(len(row) == len(titles) for row in cells)
        assert all(row[-len(TO_FILL) :] == [""] * len(TO_FILL) for row in cells)


def test_without_a_closing_day_there_is_no_table() -> None:
    assert tracked(("  end: 114/10/31                 #", "  #")) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [(("    commissioned: 114/9/1\n", ""), "commissioned"), (("last_day: 113/12/31", "last_day: 113/11/30"), "year")],
)
def test_years_that_cannot_be_expected_are_empty_and_the_reason_is_said(change: tuple[str, str], reason: str) -> None:
    short = (("113/12/31}", "113/11/30}"),) if reason == "year" else (change,)
    table = tracked(*short)
    assert table is not None and reason in table.refused
    assert len(table.rows) == 6 and all(not row.expected for row in table.rows)
