"""Every technology in the workbook: poisoned, recomputed by LibreOffice, and with every input changed at once."""

from pathlib import Path

import pytest

from energycalc.assessment import Assessment, assess
from energycalc.equipment import TECHNOLOGIES
from energycalc.factors import published_factors
from energycalc.quantity.trace import compile_trace
from energycalc.reports.sheet_plan import kind
from energycalc.reports.workbook import SHEETS, results_of, write_workbook
from tests.one_of_each import one_of_each
from tests.reports.libreoffice import POISON, column, formulas, poisoned, recomputed, values
from tests.reports.test_workbook import NUMBER_OF, close, traced_workbook


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return assess(one_of_each(), published_factors())


def test_each_technology_is_there_and_none_contradicts_physics(assessment: Assessment) -> None:
    assert {m.measure.technology for m in assessment.effects.measures} == set(TECHNOLOGIES)
    assert [f for f in assessment.findings if f.severity == "error"] == []


def test_libreoffice_recomputes_the_whole_workbook(assessment: Assessment, soffice: str, tmp_path: Path) -> None:
    book, wrong = write_workbook(tmp_path / "each.xlsx", assessment, "zh-TW"), tmp_path / "wrong.xlsx"
    expected, written = values(book), formulas(book)
    assert poisoned(book, wrong, bare=True) == len(written) > 5000
    stored = values(wrong)
    assert {stored[cell] for cell in written} == {float(POISON)}
    got = values(recomputed(soffice, [wrong], tmp_path / "work")[0])
    assert {c: (got.get(c), expected[c]) for c in written if not close(got.get(c, "missing"), expected[c])} == {}


def test_the_sheet_follows_when_every_input_is_changed(assessment: Assessment, soffice: str, tmp_path: Path) -> None:
    book = tmp_path / "calculation.xlsx"
    found = traced_workbook(book, results_of(assessment.effects))
    leaves = [*found.inputs, *found.factors]
    frozen = [q for q in found.steps if kind(q) == "outside"]
    steps = [q for q in found.steps if kind(q) != "outside"]
    moved = {id(leaf): float(leaf.value) * (1 + 1e-4 * (i % 7 - 3)) for i, leaf in enumerate(leaves)}
    cells = {
        (NUMBER_OF[found.cells[id(leaf)].sheet], f"E{found.cells[id(leaf)].row}"): moved[id(leaf)] for leaf in leaves
    }
    poisoned(book, tmp_path / "moved.xlsx", cells, bare=True)
    exported = recomputed(soffice, [tmp_path / "moved.xlsx"], tmp_path / "lo", SHEETS.index("calculation") + 1)[0]
    shown = column(exported, 4)
    numbers = [*moved.values(), *(float(q.value) for q in frozen)]
    expected = compile_trace(steps, [*leaves, *frozen])(numbers)
    wrong = {
        step.describe(): (shown[found.cells[id(step)].row], float(value))
        for step, value in zip(steps, expected, strict=True)
        if not close(float(shown[found.cells[id(step)].row]), float(value))
    }
    assert wrong == {}
