"""The pages of a case whose measures act on each other: workbook, figure, results.json, terminal."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from energycalc.apps.terminal import show_assessment
from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.data_files import examples_folder
from energycalc.effects.persistence import yearly_saving
from energycalc.errors import InputError
from energycalc.factors import published_factors
from energycalc.reports.figure_attribution import attribution
from energycalc.reports.results_json import as_data
from energycalc.reports.workbook import SHEETS, sheets_of, write_workbook
from tests.reports.libreoffice import POISON, formulas, poisoned, recomputed, values
from tests.reports.test_workbook import close


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(load_case(examples_folder() / "shared_air"), published_factors())


@pytest.fixture(scope="module")
def plain() -> Assessment:
    return assess(load_case(examples_folder() / "machine_shop"), published_factors())


def test_the_example_uses_everything_and_adds_up(assessment: Assessment) -> None:
    effects = assessment.effects
    assert effects.interactions is not None
    assert {m.kind for m in effects.measures} == {"own", "shared", "secondary", "take_back"}
    assert effects.interactions.systems
    assert effects.interactions.variants
    (one,) = effects.interactions.attributions
    saved = effects.plant.carriers["electricity"].saving.value
    assert sum(m.saving.value for m in effects.measures) == pytest.approx(saved)
    for view in ("in_order", "mean"):
        assert sum(getattr(p, view).value for p in one.parts) == pytest.approx(one.saving.value)
    assert [f for f in assessment.findings if f.severity == "error"] == []


def test_the_years_of_the_example(assessment: Assessment) -> None:
    """The leak repair begins on 1 March 2025, lasts three years and loses 10 % a year."""
    case, effects = assessment.case, assessment.effects
    leak = [yearly_saving(case, effects, year)["LEAK", "electricity"].value for year in (2024, 2025, 2026, 2028, 2029)]
    full = next(m.saving.value for m in effects.measures if m.measure.id == "LEAK")
    parts = [0, 306 / 365, 59 / 365 + 0.9 * 306 / 365, 0.81 * 60 / 366, 0]
    assert leak == pytest.approx([full * part for part in parts])


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_sheet_is_there_where_it_is_asked_for(
    assessment: Assessment, plain: Assessment, language: str, tmp_path: Path
) -> None:
    name = {"zh-TW": "歸屬", "en": "Attribution"}[language]
    with_it, without = (write_workbook(tmp_path / f"{i}.xlsx", a, language) for i, a in enumerate((assessment, plain)))
    assert name in openpyxl.load_workbook(with_it, read_only=True).sheetnames
    assert name not in openpyxl.load_workbook(without, read_only=True).sheetnames
    assert sheets_of(plain.effects) == SHEETS
    shown = {str(c.value) for row in openpyxl.load_workbook(with_it)[name].iter_rows() for c in row if c.value}
    for measure in ("LEAK", "WASHER", "SETPOINT", "LED", "MOTOR-IE3"):
        assert any(measure in text for text in shown), measure


def test_libreoffice_recomputes_the_whole_workbook(assessment: Assessment, soffice: str, tmp_path: Path) -> None:
    book, wrong = write_workbook(tmp_path / "shared.xlsx", assessment, "en"), tmp_path / "wrong.xlsx"
    expected, written = values(book), formulas(book)
    assert poisoned(book, wrong, bare=True) == len(written)
    stored = values(wrong)
    assert {stored[cell] for cell in written} == {float(POISON)}
    got = values(recomputed(soffice, [wrong], tmp_path / "work")[0])
    assert {c: (got.get(c), expected[c]) for c in written if not close(got.get(c, "missing"), expected[c])} == {}


def test_results_json_has_the_parts_and_their_rows(assessment: Assessment, plain: Assessment) -> None:
    data = json.loads(json.dumps(as_data(assessment), allow_nan=False))
    rows = {row["row"] for row in (*data["inputs"], *data["steps"])}
    found = data["interactions"]
    assert found["systems"][0]["saving"]["row"] in rows
    (one,) = found["attributions"]
    assert [part["id"] for part in one["parts"]] == ["LEAK", "WASHER", "SETPOINT"]
    assert all(part[view]["row"] in rows for part in one["parts"] for view in ("in_order", "when_first", "mean"))
    assert [v["id"] for v in found["variants"][0]["instead"]] == ["MOTOR-IE3"]
    kinds = [(m["id"], m["kind"], m["machine"]) for m in data["measures"]]
    assert ("WASHER", "shared", "AIR") in kinds
    assert ("LED", "secondary", "AC") in kinds
    assert as_data(plain)["interactions"] is None


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_figure_and_the_terminal(assessment: Assessment, plain: Assessment, language: str) -> None:
    drawn = attribution(assessment.effects, "electricity", language, uncertainty=assessment.uncertainty)
    drawn.canvas.draw()
    labels = [t.get_text() for axes in drawn.axes for t in axes.get_yticklabels()]
    assert any("LEAK" in text for text in labels)
    with pytest.raises(InputError, match="no effect of an order to draw"):
        attribution(plain.effects, "electricity", language)
    out = io.StringIO()
    show_assessment(assessment, language, Console(file=out, width=100))
    assert "MOTOR-IE3" in out.getvalue()
    assert {"zh-TW": "共用系統", "en": "Shared systems"}[language] in out.getvalue()
