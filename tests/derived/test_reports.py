"""The pages of the derived effects: results.json retraced, a live sheet, figures, terminal, two languages."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.console import Console

from energycalc.apps.terminal_derived import show_derived
from energycalc.apps.terminal_numbers import Numbers
from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.data_files import examples_folder
from energycalc.factors import published_factors
from energycalc.reports.derived_tables import derived_tables
from energycalc.reports.figure_derived import derived_figures
from energycalc.reports.figures import caption_of, write_figure
from energycalc.reports.results_json import as_data
from energycalc.reports.words import words
from energycalc.reports.workbook import write_workbook
from tests.quantity.sheet import calculate
from tests.reports.libreoffice import POISON, poisoned, recomputed

LANGUAGES = ("zh-TW", "en")


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(load_case(examples_folder() / "plantwide"), published_factors())


@pytest.fixture(scope="module")
def data(assessment: Assessment) -> dict[str, Any]:
    return as_data(assessment)


def results_in(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for item in part for found in results_in(item)]
    if not isinstance(part, dict):
        return []
    own = [part] if {"value", "unit", "row"} <= set(part) else []
    return own + [found for item in part.values() for found in results_in(item)]


def test_every_number_is_recomputed_from_its_inputs(data: dict[str, Any]) -> None:
    values = {row["row"]: row["value"] for row in data["inputs"]}
    for step in data["steps"]:
        values[step["row"]] = calculate(step["of_rows"], values)
    found = results_in(data["derived_effects"])
    assert len(found) > 100
    for result in found:
        assert values[result["row"]] == pytest.approx(result["value"], rel=1e-12, abs=1e-12)


def test_every_year_of_a_target_has_an_interval(data: dict[str, Any]) -> None:
    """Around the number; without width in years in which nothing is carried over, whose adoption is an exact zero."""
    targets = data["derived_effects"]["targets"]
    assert {t["reach"] for t in targets} == {"machine", "line", "site"}
    for target in targets:
        for year in target["years"]:
            for saving in year["saving"].values():
                low, high = saving["interval_95"]
                assert low < saving["value"] < high or low == saving["value"] == high == 0, (target["id"], year["year"])


def test_a_more_similar_target_saves_more_and_the_project_the_same(data: dict[str, Any]) -> None:
    """The formulas carry the numbers: with similarity up by a tenth, that target's roll-out rises by a tenth."""
    similarity = next(r["row"] for r in data["inputs"] if r["name"] == "similarity" and "R2" in r["subject"])
    values = {r["row"]: r["value"] * (1.1 if r["row"] == similarity else 1) for r in data["inputs"]}
    for step in data["steps"]:
        values[step["row"]] = calculate(step["of_rows"], values)
    derived = data["derived_effects"]
    rolled, own = derived["rollout_total"]["electricity"], derived["project_total"]["electricity"]
    assert values[rolled["row"]] == pytest.approx(1.1 * rolled["value"])
    assert values[own["row"]] == own["value"]


def test_the_sheet_is_live(assessment: Assessment, tmp_path: Path, soffice: str) -> None:
    """LibreOffice finds every number of the calculation again from poisoned cells."""
    workbook = write_workbook(tmp_path / "plantwide.xlsx", assessment, "en")
    title = words("workbook", "en")["sheets.derived"]
    book = openpyxl.load_workbook(workbook)
    formulas = [c.value for line in book[title].iter_rows() for c in line if str(c.value).startswith("=")]
    assert len(formulas) > 120
    stored = {c.coordinate: c.value for line in openpyxl.load_workbook(workbook, data_only=True)[title].iter_rows()
              for c in line}  # fmt: skip
    assert poisoned(workbook, tmp_path / "moved.xlsx", bare=True) > 300
    number = book.sheetnames.index(title) + 1
    exported = recomputed(soffice, [tmp_path / "moved.xlsx"], tmp_path / "lo", number)[0]
    with exported.open(encoding="utf-8", newline="") as lines:
        again = list(csv.reader(lines))
    cells = [c for line in book[title].iter_rows() for c in line if str(c.value).startswith("=")]
    for c in cells:
        shown = again[c.row - 1][c.column - 1]
        assert shown != POISON
        assert float(shown) == pytest.approx(float(stored[c.coordinate] or 0), rel=1e-9, abs=1e-12), c.coordinate


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_have_every_glyph(assessment: Assessment, language: str, tmp_path: Path) -> None:
    """Warnings are errors: a missing glyph would be one."""
    names = []
    for name, figure in derived_figures(assessment.derived, language, assessment.uncertainty,
                                        caption_of(assessment, language)):  # fmt: skip
        names += [name] if all(path.stat().st_size > 0 for path in write_figure(tmp_path / name, figure)) else []
    assert names == ["derived_path", "derived_rollout", "derived_intensity"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_terminal_says_it_in_80_columns(assessment: Assessment, language: str) -> None:
    console = Console(file=io.StringIO(), width=80)
    show_derived(assessment, Numbers(assessment.uncertainty, words("terminal", language)), language, console)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    plain = re.sub(r"\s+", "", shown)
    assert "…" not in shown
    said = {"zh-TW": ("絕不相加", "節電不會降低", "不會節省任何碳費"),
            "en": ("neveraddedup", "doesnotlower", "nofeeissaved")}[language]  # fmt: skip
    assert [part for part in said if part not in plain] == []


def test_both_languages_have_the_same_words() -> None:
    zh, en = (words("derived", language) for language in LANGUAGES)
    assert set(zh) == set(en)
    assert {k: set(re.findall(r"\{\w+\}", t)) for k, t in zh.items()} == {
        k: set(re.findall(r"\{\w+\}", t)) for k, t in en.items()
    }


def test_numbers_of_a_row_share_their_unit(assessment: Assessment) -> None:
    assert assessment.derived is not None
    for table in derived_tables(assessment.derived, "en"):
        for row in table.rows:
            assert len({str(q.unit) for q in row.numbers if q is not None}) <= 1
            assert len(row.words) <= len(table.columns) and len(row.numbers) == len(table.numbers)
