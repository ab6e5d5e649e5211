"""The workbook: recomputed by LibreOffice from poisoned results, every input changed in turn, nothing hidden in it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest

from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.data_files import examples_folder
from energycalc.errors import InputError
from energycalc.factors import published_factors
from energycalc.quantity import Quantity, quantity, total
from energycalc.quantity.trace import compile_trace, walk
from energycalc.reports.sheet_plan import SheetPlan, direct_inputs, kind, plan
from energycalc.reports.workbook import SHEETS, open_book, results_of, write_trace, write_workbook
from energycalc.reports.workbook_style import input_digits, result_digits
from energycalc.reports.workbook_words import workbook_words
from tests.reports.libreoffice import POISON, column, formulas, poisoned, recomputed, values
from tests.reports.traces import every_operation

CREATED = dt.datetime(2018, 12, 31)
NUMBER_OF = {key: SHEETS.index(key) + 1 for key in ("inputs", "factors", "calculation")}
NAMES = {"inputs": "Inputs", "factors": "Factors", "calculation": "Calculation"}
REFERENCE = re.compile(r"\$?[A-Z]{1,2}\$?\d+")
Named = list[tuple[str, Quantity]]


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    case = load_case(examples_folder() / "steel_plant" / "case.yaml")
    sampling = case.sampling.model_copy(update={"draws": 10_000})
    return assess(case.model_copy(update={"sampling": sampling}), published_factors())


@pytest.fixture(scope="module", params=["zh-TW", "en"])
def whole(request: pytest.FixtureRequest, assessment: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    return write_workbook(folder / f"{request.param}.xlsx", assessment, request.param)


def traced_workbook(path: Path, results: Named) -> SheetPlan:
    """The three sheets of a calculation, without the pages around them."""
    with open_book(path, results, "en", "made for a test", CREATED) as book:
        write_trace(book, [q for _, q in results])
        return book.plan


def close(sheet: float, python: float) -> bool:
    return abs(sheet - python) <= 1e-9 * max(abs(python), 1e-6)


# --- the whole workbook


def test_libreoffice_recomputes_every_cell_as_python(whole: Path, soffice: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xlsx"
    expected, written = values(whole), formulas(whole)
    assert poisoned(whole, wrong) == len(written) > 500
    stored = values(wrong)
    assert {stored[cell] for cell in written} == {float(POISON)}  # the poison is in, or nothing is proved
    got = values(recomputed(soffice, [wrong], tmp_path / "work")[0])
    differ = {
        cell: (got.get(cell), expected[cell]) for cell in written if not close(got.get(cell, "missing"), expected[cell])
    }
    assert not differ


def test_every_number_of_the_effects_is_live(assessment: Assessment, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", assessment, "en")
    found = plan(results_of(assessment.effects), NAMES)
    stored, written = values(path), formulas(path)
    for q in [q for _, q in results_of(assessment.effects)]:
        sheet, cell = found.address(q).replace("'", "").split("!")
        assert stored[sheet, cell] == pytest.approx(float(q.value), rel=1e-12)
        assert ((sheet, cell) in written) == (q.operation is not None), f"{q.describe()} is no formula"


def test_no_formula_consists_of_literals(whole: Path) -> None:
    literal = {
        cell: text for cell, text in formulas(whole).items() if not REFERENCE.search(re.sub(r"'[^']*'!", "", text))
    }
    assert not literal


def test_no_cell_holds_an_error(whole: Path) -> None:
    assert not {cell: v for cell, v in values(whole).items() if isinstance(v, str) and v.startswith("#")}


def test_every_link_leads_to_a_filled_cell(whole: Path) -> None:
    book = openpyxl.load_workbook(whole)
    links = [c.hyperlink for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert len(links) > 500
    for link in links:
        sheet, cell = link.location.rsplit("!", 1)
        assert book[sheet.strip("'")][cell].value is not None, f"{link.location} is empty"


def test_names_are_only_those_of_printing_and_filtering(whole: Path) -> None:
    book = openpyxl.load_workbook(whole)
    assert not book.defined_names
    assert {name for sheet in book for name in sheet.defined_names} <= {"_xlnm._FilterDatabase"}
    assert all(sheet.page_setup.orientation == "landscape" and sheet.print_options is not None for sheet in book)


def test_only_inputs_and_factors_may_be_changed(whole: Path) -> None:
    book = openpyxl.load_workbook(whole)
    assert all(sheet.protection.sheet and sheet.protection.password is None for sheet in book)
    free = {(s.title, c.column_letter) for s in book for row in s.iter_rows() for c in row if not c.protection.locked}
    assert len(free) == 2
    assert {letter for _, letter in free} == {"E"}


def test_values_computed_outside_are_marked_with_method_and_seed(assessment: Assessment, tmp_path: Path) -> None:
    words = workbook_words("zh-TW")
    stored = values(write_workbook(tmp_path / "a.xlsx", assessment, "zh-TW"))
    uncertainty, meters = words("sheets.uncertainty"), words("sheets.meters")
    assert "表外計算" in stored[uncertainty, "A2"]
    assert stored[uncertainty, "J5"] in (words("uncertainty.gum"), words("uncertainty.monte_carlo"))
    assert (stored[uncertainty, "K5"], stored[uncertainty, "L5"]) == (10_000, assessment.case.sampling.seed)
    series = next(iter(assessment.meters.values()))
    assert series.sha256 in {value for (sheet, _), value in stored.items() if sheet == meters}
    remark = [v for (sheet, cell), v in stored.items() if sheet == words("sheets.inputs") and cell.startswith("L")]
    assert any("表外計算" in str(text) for text in remark)  # the meter's sum is an input cell, and says so


def test_two_runs_give_the_same_bytes(assessment: Assessment, tmp_path: Path) -> None:
    first, second = (write_workbook(tmp_path / name, assessment) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    assert openpyxl.load_workbook(first).properties.created.date() == assessment.case.period.last_day


def test_a_case_without_uncertainty_and_meters_says_so(assessment: Assessment, tmp_path: Path) -> None:
    bare = dataclasses.replace(assessment, uncertainty={}, meters={}, findings=())
    words, path = workbook_words("en"), write_workbook(tmp_path / "a.xlsx", bare, "en")
    stored = values(path)
    assert stored["Uncertainty", "A5"] == words("uncertainty.none")
    assert stored["Meters", "A5"] == words("meters.none")
    assert stored["Findings", "A5"] == words("findings.none")
    assert not [text for text in formulas(path).values() if "Uncertainty" in text]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org"])
def test_what_people_write_stays_text(text: str, assessment: Assessment, tmp_path: Path) -> None:
    case = assessment.case.model_copy(update={"title": text, "note": text})
    machines = tuple(dataclasses.replace(m, label=text) for m in assessment.effects.machines)
    effects = dataclasses.replace(assessment.effects, machines=machines)
    path = write_workbook(tmp_path / "a.xlsx", dataclasses.replace(assessment, case=case, effects=effects), "en")
    cells = [c for row in openpyxl.load_workbook(path)["Summary"].iter_rows() for c in row if c.value == text]
    assert len(cells) >= 2 + len(machines)
    assert {c.data_type for c in cells} == {"s"}


def test_both_languages_have_the_same_words() -> None:
    chinese, english = workbook_words("zh-TW").table, workbook_words("en").table
    assert list(chinese) == list(english)
    gaps = re.compile(r"\{\w+\}")
    assert all(sorted(gaps.findall(chinese[k])) == sorted(gaps.findall(english[k])) for k in chinese)


def test_an_unknown_language_is_refused(assessment: Assessment, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="language"):
        write_workbook(tmp_path / "a.xlsx", assessment, "fr")


# --- every input changed in turn


def changed(value: float) -> float:
    """Another number nearby, on no special point."""
    return value * 1.0173 if value else 0.0173


def follow(results: Named, soffice: str, work: Path) -> int:
    """Change each input of a calculation in the sheet and in Python; all steps must agree. Returns how many moved."""
    path = work / "calculation.xlsx"
    found = traced_workbook(path, results)
    leaves = [*found.inputs, *found.factors]
    frozen = [q for q in found.steps if kind(q) == "outside"]
    steps = [q for q in found.steps if kind(q) != "outside"]
    evaluate = compile_trace(steps, [*leaves, *frozen])
    stated = [float(q.value) for q in (*leaves, *frozen)]
    variants: list[Path] = []
    for i, leaf in enumerate(leaves):
        cell = found.cells[id(leaf)]
        variants.append(work / f"v{i:04}.xlsx")
        poisoned(path, variants[-1], {(NUMBER_OF[cell.sheet], f"E{cell.row}"): changed(stated[i])}, bare=True)
    moved = 0
    for i, exported in enumerate(recomputed(soffice, variants, work / "lo", NUMBER_OF["calculation"])):
        numbers = [*stated]
        numbers[i] = changed(stated[i])
        shown = column(exported, 4)
        for step, value in zip(steps, evaluate(numbers), strict=True):
            sheet = float(shown[found.cells[id(step)].row])
            assert close(sheet, float(value)), f"{step.describe()} after {leaves[i].describe()}: {sheet} is not {value}"
            moved += not close(sheet, float(step.value))
    return moved


def test_every_operation_follows_each_of_its_inputs(soffice: str, tmp_path: Path) -> None:
    results = every_operation()
    used = {q.operation for q in walk([q for _, q in results])}
    assert used >= {
        "add", "subtract", "multiply", "divide", "negate", "power", "minimum", "maximum", "exp", "log", "sqrt", "sin",
        "cos", "tan", "absolute", "where", "interpolate", "sum", "convert", "declare", "same", "opaque", "number",
    }  # fmt: skip
    assert follow(results, soffice, tmp_path) > 80


def test_the_steel_plant_follows_each_of_its_inputs(assessment: Assessment, soffice: str, tmp_path: Path) -> None:
    assert follow(results_of(assessment.effects), soffice, tmp_path) > 1000


# --- the plan


def test_each_leaf_and_each_step_has_one_cell() -> None:
    results = every_operation()
    found = plan(results, NAMES)
    cells = [found.cells[id(q)] for q in (*found.inputs, *found.factors, *found.steps)]
    assert len(set(cells)) == len(cells) == len(found.cells)
    assert all(id(q) in found.cells for _, q in results)
    assert {kind(q) for q in (*found.inputs, *found.factors, *found.steps)} == {
        "input", "from_file", "factor", "live", "outside", "fixed",
    }  # fmt: skip


def test_a_formula_is_written_over_the_cells_of_its_inputs() -> None:
    power = quantity(75, "kW", name="power", symbol="P")
    hours = quantity(6000, "h", name="hours", symbol="t")
    energy = (power * hours).to("MWh").renamed("energy", "E")
    found = plan([("plant", energy), ("plant", (energy * 2).renamed("twice", "E_2"))], NAMES)
    assert [found.formula(step) for step in found.steps] == ["='Inputs'!E5*'Inputs'!E6*0.001", "=E6*2"]
    assert found.address(energy) == "'Calculation'!E6"
    assert direct_inputs(energy) == [power, hours]


def test_an_input_is_about_its_only_user() -> None:
    from energycalc.quantity import about

    alone, shared = quantity(1, "kW", name="alone"), quantity(2, "kW", name="shared")
    with about("M-01"):
        first = (alone + shared).renamed("first", "a")
    with about("M-02"):
        second = (shared * 2).renamed("second", "b")
    found = plan([("plant", first), ("plant", second)], NAMES)
    assert (found.subjects[id(alone)], found.subjects[id(shared)]) == ("M-01", "")
    assert [group.title for group in found.groups] == ["M-01", "M-02"]


def test_an_array_is_refused_and_a_number_is_not() -> None:
    import numpy as np

    with pytest.raises(InputError, match="no cell"):
        plan([("plant", quantity(np.array([1.0, 2.0]), "kW", name="load"))], NAMES)
    assert plan([("plant", quantity(1.0, "kW", name="load"))], NAMES).inputs


def test_a_formula_too_long_for_a_cell_is_refused() -> None:
    q = quantity(1.0, "1", name="x")

    def long(terms: int) -> Quantity:
        return total([q * q * q * q * q * q * q * q * q] * terms).renamed("long", "L")

    found = plan([("plant", long(50))], NAMES)
    assert len(found.formula(found.steps[0])) < 8192
    found = plan([("plant", long(99))], NAMES)
    with pytest.raises(ValueError, match="longer than a worksheet cell takes"):
        found.formula(found.steps[0])


def test_text_that_could_be_a_formula_stays_text_on_the_sheets_of_the_trace(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    traced_workbook(path, every_operation())
    book = openpyxl.load_workbook(path)
    suspicious = [
        c for s in book for row in s.iter_rows() for c in row if isinstance(c.value, str) and c.value[:1] in "=+-@"
    ]
    texts = {c.value for c in suspicious if c.data_type == "s"}
    assert texts >= {'=HYPERLINK("http://example.org","x")', "=1+1", "@SUM(1)", "+c", "-b", "=a"}
    assert {(c.parent.title, c.column_letter) for c in suspicious if c.data_type == "f"} == {("Calculation", "E")}


def test_an_input_of_a_value_computed_outside_says_that_it_will_not_follow(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    found = traced_workbook(path, every_operation())
    stored = values(path)
    remark = {leaf.name: stored.get(("Inputs", f"L{found.cells[id(leaf)].row}"), "") for leaf in found.inputs}
    assert "will not follow" in remark["cold"]
    assert "will not follow" not in remark["flow"]
    outside = next(q for q in found.steps if kind(q) == "outside")
    row = found.cells[id(outside)].row
    assert stored["Calculation", f"I{row}"].startswith("computed outside the sheet")
    assert ("Calculation", f"E{row}") not in formulas(path)


# --- digits


@pytest.mark.parametrize(
    ("value", "half_width", "shown"),
    [
        (353_128.4, 12_000.0, "#,##0"),
        (13.9123, 1.2, "#,##0.0"),
        (4.33, 0.76, "#,##0.00"),
        (0.94716, None, "#,##0.00000"),
        (2.5e-7, None, "0.0000E+00"),
        (0.0, 1.0, "General"),
        (5.0, 0.0, "General"),
    ],
)
def test_a_result_has_the_digits_its_uncertainty_allows(value: float, half_width: float | None, shown: str) -> None:
    assert result_digits(value, half_width) == shown


def test_an_input_shows_all_its_digits() -> None:
    assert input_digits(0.9245) == input_digits(6000.0) == "#,##0.0########"
    assert input_digits(2.25577e-5) == "0.00######E+00"
