"""The workbook of a verification: recomputed by LibreOffice from poisoned results, and following a changed number."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest

from energycalc.errors import InputError
from energycalc.finding import Finding, Override
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.savings.saving import avoided_energy
from energycalc.mv.verification import Verified
from energycalc.reports.verification import write_verification_workbook
from energycalc.reports.verification.cells import FIRST_ROW, data_cells
from energycalc.reports.verification.workbook import SHEETS, verification_words
from energycalc.reports.words import LANGUAGES, words
from tests.reports.libreoffice import POISON, formulas, poisoned, recomputed, values
from tests.reports.verified_examples import verified

NEW_LINE = Adjustment(
    "non_routine", "second line", dt.date(2014, 5, 1), dt.date(2014, 8, 31), 12_345.6, "kWh", "sub_meter", "meter M7",
    "Lin", 876.5,
)  # fmt: skip
CASES: dict[str, tuple[Any, ...]] = {
    "one change point": ("office", "3PH"),
    "levels and a change point": ("office", "3PH+time_of_week"),
    "two change points": ("occupancy", "5P"),
    "no driver": ("office", "mean"),
    "many columns": ("office", "towt"),
    "bills, two drivers": ("cocoa", "linear"),
    "day types of another decade": ("nothing_changed", "3PC+day_type"),
}
BASELINE, REGRESSION, REPORTING = (SHEETS.index(key) + 1 for key in ("baseline", "regression", "reporting"))


def example(name: str) -> Verified:
    found = verified(*CASES[name])
    return (
        replace(found, saving=avoided_energy(found.baseline, found.reporting, (NEW_LINE,)))
        if name == "no driver"
        else found
    )


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("workbooks")
    return {
        name: write_verification_workbook(folder / f"w{i}.xlsx", example(name), "zh-TW" if i % 2 else "en")
        for i, name in enumerate(CASES)
    }


def close(got: Any, expected: Any, scale: float) -> bool:
    """Nine digits of the number, or of what it is the small difference of."""
    return isinstance(got, int | float) and abs(got - expected) <= 1e-9 * max(abs(expected), scale)


def scale_of(sheet: str, formula: str, data: set[str], energy: float) -> float:
    """Residuals and their sums, which cancel, are judged by the energies; relative differences by 1."""
    if sheet in data:
        return energy
    return 1.0 if formula.endswith(("-1", "-1)")) or formula.startswith("=MAX(MAX(") else 1e-6


# --- recomputed


def test_libreoffice_recomputes_every_cell_as_the_program(
    workbooks: dict[str, Path], soffice: str, tmp_path: Path
) -> None:
    wrong = []
    for name, path in workbooks.items():
        copy = tmp_path / path.name
        written = formulas(path)
        assert poisoned(path, copy) == len(written) > 200, name
        stored = values(copy)
        assert {stored[cell] for cell in written} == {float(POISON)}  # the poison is in, or nothing is proved
        wrong.append(copy)
    for (name, path), result in zip(workbooks.items(), recomputed(soffice, wrong, tmp_path / "work"), strict=True):
        expected, written, got = values(path), formulas(path), values(result)
        energy = float(np.mean(example(name).baseline.periods.energy))
        data = {
            text(f"sheets.{key}") for text in map(verification_words, LANGUAGES) for key in ("baseline", "reporting")
        }
        differ = {
            (sheet, cell): (got.get((sheet, cell)), expected[sheet, cell])
            for sheet, cell in written
            if not close(
                got.get((sheet, cell)),
                expected[sheet, cell],
                scale_of(sheet, written[sheet, cell], data, energy),
            )
        }
        assert not differ, name


def test_regression_and_saving_are_live_and_have_the_values_of_the_program(workbooks: dict[str, Path]) -> None:
    name = "levels and a change point"
    found, path, text = example(name), workbooks[name], verification_words("zh-TW")
    stored, written = values(path), formulas(path)
    sheet = text("sheets.regression")
    for i, coefficient in enumerate(found.baseline.fit.coefficients):
        assert stored[sheet, f"B{FIRST_ROW + i}"] == coefficient
        assert (sheet, f"B{FIRST_ROW + i}") in written
    assert any("LINEST" in formula for (at, _), formula in written.items() if at == sheet)
    labels = {v: cell[1:] for (at, cell), v in stored.items() if at == text("sheets.saving") and cell[0] == "A"}
    for key, value in (
        ("saving", found.saving.saving),
        ("u_saving", found.saving.standard_uncertainty),
        ("half_width", found.saving.half_width),
        ("low", found.saving.interval[0]),
        ("adjusted_baseline", found.saving.adjusted_baseline),
    ):
        cell = text("sheets.saving"), f"B{labels[text(f'saving.{key}')]}"
        assert stored[cell] == pytest.approx(value, rel=1e-12), key
        assert cell in written, key


@pytest.mark.parametrize("form", [("3PH", 1), ("2P", 0)])
def test_a_changed_number_moves_the_saving_as_it_moves_the_programs(
    form: tuple[str, int], soffice: str, tmp_path: Path
) -> None:
    """Another energy, another temperature and another change point, in the sheet and in the program."""
    found = verified("office", form[0])
    path = write_verification_workbook(tmp_path / "a.xlsx", found, "en")
    base, new = found.baseline.periods, found.reporting
    changes = {(BASELINE, "C20"): 31_234.5, (BASELINE, "E33"): 12.5, (REPORTING, "C50"): 22_222.0}
    points: tuple[float, ...] = ()
    if form[1]:
        points = (found.baseline.bound.change_points[0] - 3.21,)
        changes[REGRESSION, f"B{FIRST_ROW + len(found.baseline.fit.names) + 2}"] = points[0]
    poisoned(path, tmp_path / "wrong.xlsx", changes)
    got = values(recomputed(soffice, [tmp_path / "wrong.xlsx"], tmp_path / "work")[0])
    energy, temperature, metered = base.energy.copy(), base.drivers["temperature"].copy(), new.energy.copy()
    energy[20 - FIRST_ROW], temperature[33 - FIRST_ROW], metered[50 - FIRST_ROW] = 31_234.5, 12.5, 22_222.0
    moved = fit_baseline(
        replace(base, energy=energy, drivers={"temperature": temperature}),
        replace(Form(form[0], temperature="temperature"), change_points=points),
    )
    saving = avoided_energy(moved, replace(new, energy=metered))
    rows = {v: cell[1:] for (at, cell), v in got.items() if at == "Saving" and cell.startswith("A") and cell != "A1"}
    shown = got["Saving", f"B{rows['Saving']}"]
    assert shown == pytest.approx(saving.saving, rel=1e-9)
    assert shown != pytest.approx(found.saving.saving, rel=1e-3)
    for i, coefficient in enumerate(moved.fit.coefficients):
        assert got["Regression", f"B{FIRST_ROW + i}"] == pytest.approx(coefficient, rel=1e-9)
    cell = next(c for (at, c), v in got.items() if at == "Summary" and v == "Agreement of sheet and program")
    assert got["Summary", f"B{cell[1:]}"] > 1e-6  # and the summary says that the sheet has left the program's values


def test_the_ordinary_part_of_the_uncertainty_is_that_of_the_textbook(workbooks: dict[str, Path]) -> None:
    found = example("bills, two drivers")
    x, new = (found.baseline.bound.design(p) for p in (found.baseline.periods, found.reporting))
    s2 = found.baseline.fit.residual_sum_of_squares / (len(x) - x.shape[1])
    total = new.sum(axis=0)
    u = float(np.sqrt(s2 * (len(new) + total @ np.linalg.inv(x.T @ x) @ total)))
    stored = values(workbooks["bills, two drivers"])
    text = verification_words("zh-TW")
    row = next(c[1:] for (_, c), v in stored.items() if v == text("saving.u_independent"))
    assert stored[text("sheets.saving"), f"B{row}"] == pytest.approx(u, rel=1e-9)


# --- what stands in it


def test_no_cell_holds_an_error_and_no_formula_consists_of_literals(workbooks: dict[str, Path]) -> None:
    reference = re.compile(r"\$?[A-Z]{1,2}\$?\d+")
    for name, path in workbooks.items():
        assert not [v for v in values(path).values() if isinstance(v, str) and v.startswith("#")], name
        assert not [f for f in formulas(path).values() if not reference.search(re.sub(r"'[^']*'!", "", f))], name
        assert not openpyxl.load_workbook(path).defined_names


def test_special_days_beyond_their_list_are_written_and_marked(workbooks: dict[str, Path]) -> None:
    found = example("day types of another decade")
    before, after = (data_cells(found.baseline, p, "x", 1) for p in (found.baseline.periods, found.reporting))
    assert all(column.expression for column in before.model)
    assert [bool(column.expression) for column in after.model] == [False, False, False, True]
    path = workbooks["day types of another decade"]
    sheet = verification_words("en")("sheets.reporting")
    assert (sheet, "F7") not in formulas(path)
    assert values(path)[sheet, "F7"] == float(found.baseline.bound.design(found.reporting)[0, 0])


def test_everything_that_is_missing_from_the_plan_says_so(workbooks: dict[str, Path]) -> None:
    found = example("one change point")
    shown = [
        v for (at, cell), v in values(workbooks["one change point"]).items() if at == "M&V plan" and cell[0] == "C"
    ]
    assert shown.count("MISSING") == len(found.declared.plan.missing) > 0


def test_an_accepted_finding_says_who_accepted_it(tmp_path: Path) -> None:
    signed = Override("Chen, verifier", "production log seen", "2026-03-31")
    doubt = Finding("mv.x", "error", "meter M1", "an English sentence", "一句中文", {"a": "1 kWh"}, None, signed)
    found = replace(verified("cocoa", "linear"), findings=(doubt,))
    stored = values(write_verification_workbook(tmp_path / "a.xlsx", found, "zh-TW"))
    text = "Chen, verifier 於 2026-03-31 同意接受：production log seen"
    assert text in stored.values()
    assert any(str(v).endswith(text) and "一句中文" in str(v) for (at, _), v in stored.items() if at == "摘要")


def test_files_are_named_with_hash_rows_and_credit(workbooks: dict[str, Path]) -> None:
    found = example("two change points")
    text = verification_words("en")
    stored = [v for (at, _), v in values(workbooks["two change points"]).items() if at == text("sheets.ledger")]
    for series in (found.meter, *found.drivers.values()):
        assert series.sha256 in stored
        assert series.ledger.rows_read in stored


def test_an_adjustment_is_an_input_of_the_saving(workbooks: dict[str, Path]) -> None:
    path, text = workbooks["no driver"], verification_words("zh-TW")
    sheet = text("sheets.adjustments")
    stored, written = values(path), formulas(path)
    assert (stored[sheet, "E6"], stored[sheet, "F6"]) == (NEW_LINE.quantity, NEW_LINE.standard_uncertainty)
    assert any(f"'{sheet}'!$E$6:$E$6" in formula for formula in written.values())
    assert any(f"'{sheet}'!$F$6:$F$6" in formula for formula in written.values())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org"])
def test_what_people_write_stays_text(text: str, tmp_path: Path) -> None:
    found = verified("cocoa", "linear")
    found = replace(found, declared=replace(found.declared, title=text, note=text))
    path = write_verification_workbook(tmp_path / "a.xlsx", found, "en")
    cells = [c for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for c in row if c.value == text]
    assert len(cells) >= 2
    assert {c.data_type for c in cells} == {"s"}


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    found = verified("cocoa", "linear")
    first, second = (write_verification_workbook(tmp_path / name, found) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    assert openpyxl.load_workbook(first).properties.created.date() == found.declared.reporting.last + dt.timedelta(1)


def test_both_languages_have_the_same_words() -> None:
    chinese, english = (words("verification_workbook", language) for language in ("zh-TW", "en"))
    assert list(chinese) == list(english)
    gaps = re.compile(r"\{\w+\}")
    assert all(sorted(gaps.findall(chinese[k])) == sorted(gaps.findall(english[k])) for k in chinese)


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="language"):
        write_verification_workbook(tmp_path / "a.xlsx", verified("cocoa", "linear"), "fr")
