"""The pages about money: live cells that LibreOffice recomputes, results.json, the terminal, the figures."""

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

import energycalc
from energycalc.apps.terminal import show_assessment
from energycalc.assessment import Assessment, assess
from energycalc.effects.headline import headline
from energycalc.effects.money.money_headline import money_headline, rates_of
from energycalc.errors import InputError
from energycalc.quantity.glossary import glossary
from energycalc.quantity.trace import compile_trace, leaves, steps
from energycalc.reports.figures import figures, write_figure
from energycalc.reports.money.figure_cost_curve import cost_curve_figure
from energycalc.reports.money.money_data import money_results
from energycalc.reports.money.money_figures import money_figures
from energycalc.reports.results_json import as_data
from energycalc.reports.workbook import write_workbook
from tests.money.conftest import case_of
from tests.reports.libreoffice import formulas, poisoned, recomputed, values


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    case = case_of()
    sampling = case.sampling.model_copy(update={"draws": 10_000})
    return assess(case.model_copy(update={"sampling": sampling}), energycalc.published_factors())


def test_every_headline_has_an_interval_and_a_page(assessment: Assessment) -> None:
    shown = set(money_results(assessment.money))
    for q in [*money_headline(assessment.money), *rates_of(assessment.money)]:
        assert q in assessment.uncertainty
        assert q in shown
    money = assessment.money
    assert money is not None and money.plant is not None
    found = assessment.uncertainty[money.plant.before.npv].interval
    assert found is not None
    assert found[0] < float(money.plant.before.npv.value) < found[1]


def test_every_step_has_its_words(assessment: Assessment) -> None:
    rows = glossary()
    named = {q.name for q in steps(money_results(assessment.money)) if q.name}
    assert sorted(name for name in named if name not in rows) == []


def test_the_trace_gives_the_numbers_again(assessment: Assessment) -> None:
    results = money_results(assessment.money)
    inputs = leaves(results)
    again = compile_trace(results, inputs)([float(q.value) for q in inputs])
    for q, value in zip(results, again, strict=True):
        assert float(value) == pytest.approx(float(q.value), rel=1e-12, abs=1e-12)


def test_results_json_holds_the_money_and_its_rows(assessment: Assessment) -> None:
    data = json.loads(json.dumps(as_data(assessment), allow_nan=False))
    money = data["money"]
    rows = {row["row"] for row in [*data["inputs"], *data["steps"]]}
    assert money["plant"]["before_subsidy"]["npv"]["row"] in rows
    assert {i["id"] for i in money["investments"]} == {"A", "B", "C", "D"}
    for each in money["investments"]:
        flows = sum(p["value"] for p in each["present_values"])
        assert flows - each["gross"]["value"] == pytest.approx(each["before_subsidy"]["npv"]["value"])
        assert (each["after_subsidy"] is None) == (each["grant"] is None)
    assert [s["cost"]["value"] for s in money["abatement_curve"]] == sorted(
        s["cost"]["value"] for s in money["abatement_curve"]
    )
    assert "interval_95" in money["plant"]["before_subsidy"]["internal_rate_of_return"]


def test_years_have_an_interval_and_those_of_scenarios_none(assessment: Assessment) -> None:
    """Errors add up at most straight (triangle inequality): u(NPV) <= sum of u(PV), the outlay being exact."""
    data = as_data(assessment)["money"]
    for each in [*data["investments"], data["plant"]]:
        assert each["flows"] and all("interval_95" in q for q in [*each["flows"], *each["present_values"]])
        assert "interval_95" not in each["gross"]  # no cost of the example states an uncertainty
        bound = sum(q["gum"]["u"] for q in each["present_values"])
        assert 0 < each["before_subsidy"]["npv"]["gum"]["u"] <= bound * (1 + 1e-9)
    assert any("interval_95" in month["after"] for month in data["demand"]["months"])
    for scenario in data["scenarios"]:
        assert all("interval_95" not in q for q in scenario["plant"]["flows"])
        assert "interval_95" not in scenario["plant"]["before_subsidy"]["internal_rate_of_return"]
        assert "interval_95" in scenario["plant"]["before_subsidy"]["npv"]


def test_a_dearer_outlay_lengthens_the_payback_of_the_whole_case_in_proportion(assessment: Assessment) -> None:
    """The scenario with an investment of 120 %: every simple payback before subsidy is 1.2 times as long."""
    money = assessment.money
    assert money is not None
    dearer = next(s for s in money.scenarios if s.name == "投資增加兩成")
    for own, other in zip(money.measures, dearer.measures, strict=True):
        assert own.before.simple_payback is not None and other.before.simple_payback is not None
        assert float(other.before.simple_payback.value) == pytest.approx(1.2 * float(own.before.simple_payback.value))


@pytest.mark.parametrize(("language", "label"), [("zh-TW", "（以平均電價計）"), ("en", "at the average price")])
def test_the_two_paybacks_are_told_apart(assessment: Assessment, language: str, label: str, tmp_path: Path) -> None:
    """The simple one of the summary says that it is at the average price; without economics there is only one."""
    known = {q: assessment.uncertainty[q] for q in headline(assessment.effects)}
    plain = replace(assessment, money=None, uncertainty=known)
    for shown, says in ((assessment, True), (plain, False)):
        console = Console(record=True, width=200, file=io.StringIO())
        show_assessment(shown, language, console)
        assert (label in console.export_text()) is says
        sheet = openpyxl.load_workbook(
            write_workbook(tmp_path / "pages.xlsx", shown, language), read_only=True
        ).worksheets[0]
        cells = [str(c.value) for line in sheet.iter_rows() for c in line if c.value is not None]
        assert sum(label in cell for cell in cells) == (2 if says else 0)


def test_libreoffice_recomputes_the_workbook(assessment: Assessment, soffice: str, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "money.xlsx", assessment, "zh-TW")
    wrong = tmp_path / "wrong.xlsx"
    expected, written = values(path), formulas(path)
    assert sum(1 for where, _ in written if where == "投資評估") > 200
    assert poisoned(path, wrong, bare=True) == len(written)
    got = values(recomputed(soffice, [wrong], tmp_path / "work")[0])
    differ = {
        cell: (got.get(cell), expected[cell])
        for cell in written
        if not isinstance(got.get(cell), int | float)
        or abs(got[cell] - expected[cell]) > 1e-9 * max(abs(expected[cell]), 1e-6)
    }
    assert not differ


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-TW", ("補助前", "補助後", "節省一度電值", "壽命內未回收", "每節省 1 kWh 成本", "1 kWh[LHV] 成本")),
        ("en", ("before subsidy", "after subsidy", "not within", "NT$ per kWh saved", "NT$ per kWh[LHV] saved")),
    ],
)
def test_the_terminal_shows_both_views(assessment: Assessment, language: str, words: tuple[str, ...]) -> None:
    console = Console(record=True, width=200, file=io.StringIO())
    show_assessment(assessment, language, console)
    text = " ".join(console.export_text().split())
    for word in words:
        assert word in text


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_the_figures_are_drawn(assessment: Assessment, tmp_path: Path, language: str) -> None:
    drawn = dict(money_figures(assessment.money, language, uncertainty=assessment.uncertainty))
    assert list(drawn) == ["cash_flow", "cost_curve"]
    for name, figure in drawn.items():
        for path in write_figure(tmp_path / name, figure):
            assert path.stat().st_size > 5000


def test_the_figures_stand_among_those_of_the_case(assessment: Assessment) -> None:
    assert {"cash_flow", "cost_curve"} <= {name for name, _ in figures(assessment, "en")}


def test_an_empty_curve_is_refused() -> None:
    with pytest.raises(InputError, match="no curve to draw"):
        cost_curve_figure([], "en")
