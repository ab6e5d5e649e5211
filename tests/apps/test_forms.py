"""The state behind the proposal form, without widgets, and the widgets without a browser."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import energycalc
from energycalc.apps.forms import state as state_module
from energycalc.apps.forms.formula_card import formula_card, operands
from energycalc.apps.forms.inputs import Input, inputs_of, rewritten, slider_of, written
from energycalc.apps.forms.result_list import carriers_of, results_of
from energycalc.apps.forms.state import ProposalState, example_cases
from energycalc.apps.forms.tables import headline, results_table
from energycalc.case.case_file import changed_text, load_case
from energycalc.case.yaml_text import plain, read_tree
from energycalc.errors import CalculationError, CaseFileError, EnergycalcError, InputError
from energycalc.factors import published_factors
from energycalc.quantity import quantity, read_number
from energycalc.quantity.distributions import rectangular
from energycalc.reports.words import LANGUAGES, words

EXAMPLE = example_cases()["steel_plant"]
HOURS = "measures[0].common.operating_hours.value"
FULL_LOAD, CUT_OUT = "measures[2].before.full_load_power.value", "measures[2].before.cut_out_power.value"


@pytest.fixture
def case_file(tmp_path: Path) -> Path:
    """The example with few draws, so that a test is quick."""
    folder = tmp_path / "plant"
    folder.mkdir()
    text = EXAMPLE.read_text(encoding="utf-8")
    assert "draws: 100000" in text
    (folder / "case.yaml").write_text(text.replace("draws: 100000", "draws: 10000"), encoding="utf-8", newline="")
    for file in EXAMPLE.parent.glob("*.gz"):
        shutil.copy(file, folder)
    return folder / "case.yaml"


@pytest.fixture
def state(case_file: Path) -> ProposalState:
    return ProposalState(case_file)


def values(state: ProposalState) -> dict[str, float]:
    return {key: float(q.value) for key, q in results_of(state.shown.effects).items()}


def expanded(state: ProposalState) -> dict[str, float]:
    """First-order U of every result, whatever is shown for it."""
    found = {key: state.uncertain(q).gum for key, q in results_of(state.shown.effects).items()}
    return {key: gum.expanded_uncertainty for key, gum in found.items() if gum is not None}


def text_of(state: ProposalState, path: str) -> str:
    return next(entry.text for entry in state.inputs() if entry.path == path)


# --- inputs


def test_every_number_of_the_case_is_an_input_once() -> None:
    case = load_case(EXAMPLE)
    paths = [entry.path for entry in inputs_of(case, EXAMPLE.read_text(encoding="utf-8"))]
    assert len(paths) == len(set(paths))
    for path in (HOURS, "bills[0].heat_value.value", "prices.electricity.value", "measures[2].common.demand[3].hours"):
        assert path in paths


def test_a_number_taken_over_from_another_measure_has_one_slider_and_may_not_contradict(state: ProposalState) -> None:
    here, there = "measures[5].before.flue_gas_oxygen_dry", "measures[4].after.flue_gas_oxygen_dry.value"
    own, shared = (next(e for e in state.inputs() if e.path == path) for path in (there, here))
    assert (shared.leaf, shared.slider, shared.text) == (None, None, "same as D1.after")
    assert own.leaf is state.case.measures[5].before["flue_gas_oxygen_dry"]
    assert not state.change(here, "4 %")
    assert 'contradicts 3.5 %, which D1.after leaves; write "same as D1.after"' in state.blockers[here]
    assert state.change(here, "3.50 %")
    assert state.case.measures[5].before["flue_gas_oxygen_dry"] is not own.leaf
    assert state.case.measures[4].after["flue_gas_oxygen_dry"].value == own.leaf.value


def test_changing_an_input_changes_that_place_and_no_other() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    before = read_tree(text, "case.yaml")
    for entry in inputs_of(load_case(EXAMPLE), text):
        places = [(entry.path, _other_text(entry))]
        if entry.uncertainty_path:
            places.append((entry.uncertainty_path, "1.25 %"))
        for path, new in places:
            after = changed_text(text, {path: new})
            assert _differences(plain(before), plain(read_tree(after, "case.yaml"))) == (
                [new] if new != entry.text else []
            ), path
            changed = [a for a, b in zip(text.splitlines(), after.splitlines(), strict=True) if a != b]
            assert len(changed) <= 1, path


def _other_text(entry: Input) -> str:
    if entry.slider is not None:
        return rewritten(entry.text, entry.slider.high)
    return entry.choices[-1] if entry.choices else "5 %"


def _differences(before: object, after: object) -> list[object]:
    if isinstance(before, dict) and isinstance(after, dict):
        assert before.keys() == after.keys()
        return [d for key in before for d in _differences(before[key], after[key])]
    if isinstance(before, list) and isinstance(after, list):
        return [d for a, b in zip(before, after, strict=True) for d in _differences(a, b)]
    return [] if before == after else [after]


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("75 kW", 75, "kW"),
        ("6,000 h", 6000, "h"),
        ("157.4 萬元", 157.4, "萬元"),
        ("１２ 萬度", 12, "萬度"),
        ("1.395", 1.395, ""),
        ("−5 °C", -5, "°C"),
    ],
)
def test_a_plain_number_is_seen_as_it_is_written(text: str, number: float, unit: str) -> None:
    found = written(text)
    assert found is not None
    assert (float(found[0]), found[1]) == (number, unit)


@pytest.mark.parametrize("text", ["1e3 kW", "about 5 kW", "", "1,00 kW", "1.2.3 kW"])
def test_what_is_no_plain_number_gets_no_slider(text: str) -> None:
    assert written(text) is None
    assert slider_of(text, quantity(1, "kW")) is None


@given(st.integers(1, 10**7), st.integers(0, 5), st.floats(0.001, 0.3))
def test_a_slider_stands_on_a_step_and_stays_above_zero(digits: int, places: int, share: float) -> None:
    text = f"{digits / 10**places:.{places}f} kW"
    number = read_number(text)[0]
    leaf = quantity(number, "kW", uncertainty=rectangular(number * share))
    slider = slider_of(text, leaf)
    assert slider is not None
    assert 0 < slider.low < slider.value == number < slider.high
    for end in (slider.low, slider.high):
        steps = (end - slider.value) / slider.step
        assert steps == pytest.approx(round(steps), abs=1e-6)
    if slider.low > 2 * slider.step:
        assert slider.high - number >= 3 * 2 * number * share / 3**0.5 * (1 - 1e-9)


@given(st.integers(-(10**6), 10**6), st.integers(0, 4))
def test_a_rewritten_text_reads_back_as_its_number(digits: int, places: int) -> None:
    value = digits / 10**places
    for text in ("75 kW", "6,000 kW"):
        new = rewritten(text, value)
        assert read_number(new) == (pytest.approx(value, rel=1e-11), "kW")


# --- changes


def test_a_change_moves_the_result_and_the_assessment_follows(state: ProposalState) -> None:
    before = values(state)
    assert state.change(HOURS, "4,000 h")
    assert not state.settled
    quick = values(state)
    assert quick["measure.A.saving"] > before["measure.A.saving"]
    assessment = state.assessment
    assert state.settled
    assert values(state) == quick
    assert assessment.uncertainty[assessment.effects.plant.emission_saving].monte_carlo is not None
    fresh = energycalc.assess(energycalc.case_from_text(state.text, folder=state.file.parent), published_factors())
    assert fresh.effects.plant.emission_saving.value == assessment.effects.plant.emission_saving.value


def test_what_cannot_be_used_is_refused_with_its_reason_and_the_last_good_case_stays(state: ProposalState) -> None:
    before, text = values(state), state.text
    assert not state.change(HOURS, "4,000 kW")
    assert "unit" in state.blockers[HOURS]
    assert "Traceback" not in state.blockers[HOURS]
    assert (values(state), state.text, state.changes) == (before, text, {})
    assert state.settle()
    assert values(state) == before
    # something else may still be changed, and the refused entry stays refused until it is corrected
    assert state.change("prices.electricity.value", "3.5 元/kWh")
    assert HOURS in state.blockers
    assert state.change(HOURS, "4,000 h")
    assert state.blockers == {}
    assert state.rejected == {}


def test_two_entries_that_only_fit_together_are_accepted_together(state: ProposalState) -> None:
    assert not state.change(FULL_LOAD, "43.5 kW")
    assert state.change(CUT_OUT, "45 kW")
    assert state.changes == {FULL_LOAD: "43.5 kW", CUT_OUT: "45 kW"}
    assert state.blockers == {}


def test_a_refusal_of_the_full_assessment_leads_back_to_the_last_good_case(
    state: ProposalState, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = values(state)

    def refuses(*_: object, **__: object) -> None:
        raise CalculationError("a draw has no finite result", subject="plant")

    monkeypatch.setattr(state_module, "assess", refuses)
    assert state.change(HOURS, "4,000 h")
    assert not state.settle()
    assert "no finite result" in state.blockers[HOURS]
    assert (values(state), state.changes, state.settled) == (before, {}, True)


def test_a_place_that_is_not_there_is_refused(state: ProposalState) -> None:
    assert not state.change("measures[0].common.no_such_key.value", "1 h")
    assert "no such place" in state.blockers["measures[0].common.no_such_key.value"]


def test_a_change_taken_back_leaves_the_text_as_it_was(state: ProposalState) -> None:
    text, old = state.text, text_of(state, HOURS)
    assert state.change(HOURS, "4,000 h")
    assert state.text != text
    assert state.change(HOURS, old)
    assert state.changes == {}
    assert state.text == text


def test_a_result_that_vanishes_is_chosen_no_longer(state: ProposalState) -> None:
    state.result = "measure.A.simple_payback"
    assert state.chosen.value > 0
    # a worse motor saves nothing, and what saves nothing never pays back
    assert state.change("measures[0].after.full_load_efficiency.value", "90 %")
    assert state.result == "plant.emission_saving"
    assert [f for f in state.assessment.findings if f.id == "measure.uses_more"] != []


# --- sliders


@pytest.mark.parametrize(
    "path",
    [
        HOURS,
        "measures[0].before.full_load_efficiency.value",
        "measures[2].common.demand[1].flow_fraction.value",
        "measures[3].after.discharge_pressure.value",
        "measures[4].after.flue_gas_oxygen_dry.value",
        "bills[0].quantity.value",
        "bills[1].heat_value.value",
        "prices.natural_gas.value",
        "measures[2].cost.hardware",
    ],
)
def test_a_preview_on_the_trace_equals_the_case_computed_anew(state: ProposalState, path: str) -> None:
    entry = next(e for e in state.inputs() if e.path == path)
    assert entry.slider is not None
    start = values(state)
    for steps in (3, -2):
        state.slide(path, entry.slider.value + steps * entry.slider.step)
        seen, half_widths = values(state), expanded(state)
        formula = formula_card(state.uncertain(state.chosen), "en", whole=False)
        assert seen != start
        assert state.settle()
        assert values(state) == pytest.approx(seen, rel=1e-12)
        assert expanded(state) == pytest.approx(half_widths, rel=1e-9)
        if path == HOURS:
            again = formula_card(state.uncertain(state.chosen), "en", whole=False)
            assert _numbers_line(again) == _numbers_line(formula)


def _numbers_line(card: str) -> str:
    return next(line for line in card.split("<div") if "Numbers put in" in line)


def test_a_typed_text_is_previewed_in_the_unit_of_its_input(state: ProposalState) -> None:
    state.rehearse("measures[0].before.input_power.value", "0.055 MW")
    seen = values(state)
    assert state.settle()
    assert values(state) == pytest.approx(seen, rel=1e-12)
    assert state.changes == {"measures[0].before.input_power.value": "0.055 MW"}
    for path, text in ((HOURS, "4,000 kW"), (HOURS, "many"), ("measures[0].before.poles", "4"), ("nowhere", "1 h")):
        with pytest.raises(EnergycalcError):
            state.rehearse(path, text)
    assert state.settled


def test_a_preview_leaves_untouched_results_as_they_are(state: ProposalState) -> None:
    before = state.shown
    state.slide(HOURS, 3600)
    for key in ("measure.B.saving", "measure.D1.emission_saving", "machine.C-01.electricity.saving"):
        old, new = results_of(before.effects)[key], results_of(state.shown.effects)[key]
        assert new is old
        assert state.shown.uncertainty[new] is before.uncertainty[old]
    assert results_of(state.shown.effects)["measure.A.saving"] is not results_of(before.effects)["measure.A.saving"]


def test_the_second_slider_starts_from_where_the_first_was_left(state: ProposalState) -> None:
    state.slide(HOURS, 4000)
    state.slide("prices.electricity.value", 3.5)
    state.settle()
    assert state.changes == {HOURS: "4,000 h", "prices.electricity.value": "3.5 元/kWh"}


def test_a_slider_at_an_impossible_place_is_refused_when_it_rests(state: ProposalState) -> None:
    before, share = values(state), "plant.lines[1].machines[0].energy.natural_gas.share.value"
    state.slide(share, 120)
    assert not state.settle()
    assert "impossible" in state.blockers[share]
    assert values(state) == before


def test_a_preview_without_an_answer_is_refused(state: ProposalState) -> None:
    before = values(state)
    with pytest.raises(CalculationError, match="no"):
        state.slide("measures[0].before.rated_power.value", 0)  # a load of x kW by 0 kW
    assert values(state) == before
    assert not state.settle()
    assert values(state) == before


# --- what is shown


def test_the_shares_of_a_tornado_make_up_the_whole(state: ProposalState) -> None:
    for result in ("plant.emission_saving", "measure.C1.saving"):
        rows = state.tornado(result)
        assert sum(row.share for row in rows) == pytest.approx(1)
        assert [abs(r.share) for r in rows] == sorted((abs(r.share) for r in rows), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_has_a_card_and_the_tables_name_every_measure(state: ProposalState, language: str) -> None:
    effects = state.shown.effects
    carriers = carriers_of(effects)
    for q in results_of(effects).values():
        card = formula_card(state.uncertain(q), language, carriers)
        assert words("forms", language)["answer"] in card
        assert "⟦" not in card
    table = results_table(state.case, state.shown, language) + headline(state.case, state.shown, language)
    for measure in effects.measures:
        assert measure.measure.name in table
    assert "nan" not in table.lower().replace("finance", "")


def test_operands_of_one_symbol_are_told_apart(state: ProposalState) -> None:
    total = state.shown.effects.plant.emission_saving
    assert len({p.symbol for p in operands(total)}) < len(operands(total))
    card = formula_card(state.uncertain(total), "zh-TW", carriers_of(state.shown.effects))
    assert "（電力）" in card
    assert "（天然氣）" in card


def test_names_are_text_and_no_markup(case_file: Path) -> None:
    text = case_file.read_text(encoding="utf-8")
    name = load_case(case_file).measures[0].name
    case_file.write_text(text.replace(name, "<script>x</script>"), encoding="utf-8")
    state = ProposalState(case_file)
    shown = results_table(state.case, state.shown, "en") + formula_card(state.uncertain(state.chosen), "en")
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_both_languages_have_the_same_words() -> None:
    chinese, english = (words("forms", language) for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert _places(chinese[key]) == _places(english[key]), key


def _places(text: str) -> set[str]:
    import string

    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


# --- keeping


@pytest.mark.parametrize("windows", [False, True])
def test_a_saved_case_differs_in_the_changed_line_only(case_file: Path, windows: bool, tmp_path: Path) -> None:
    if windows:
        lines = case_file.read_bytes().replace(b"\n", b"\r\n")
        case_file.write_bytes(b"\xef\xbb\xbf" + lines)
    before = case_file.read_bytes().splitlines(keepends=True)
    state = ProposalState(case_file)
    unchanged = state.save(tmp_path / "copy" / "case.yaml")
    assert unchanged[0].read_bytes() == case_file.read_bytes()
    assert state.change(HOURS, "4,000 h")
    target = state.save(tmp_path / "new" / "case.yaml")[0]
    after = target.read_bytes().splitlines(keepends=True)
    different = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(different) == 1
    assert b"4,000 h" in different[0][1]
    assert different[0][1].replace(b"4,000 h", text_of(ProposalState(case_file), HOURS).encode()) == different[0][0]
    # the meter file came along, so the copy runs where it stands and gives what the form shows
    saved = energycalc.assess(load_case(target), published_factors())
    assert saved.effects.plant.emission_saving.value == state.assessment.effects.plant.emission_saving.value


def test_saving_never_replaces_what_somebody_else_wrote(state: ProposalState, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("something else", encoding="utf-8")
    with pytest.raises(InputError, match="another file"):
        state.save(other)
    assert other.read_text(encoding="utf-8") == "something else"
    with pytest.raises(InputError, match=r"\.yaml"):
        state.save(tmp_path / "case.txt")
    state.save(tmp_path / "mine.yaml")
    assert state.change(HOURS, "4,000 h")
    state.save(tmp_path / "mine.yaml")
    state.save(state.file)
    assert "4,000 h" in state.file.read_text(encoding="utf-8")


def test_a_refused_entry_is_not_lost_by_saving(state: ProposalState, tmp_path: Path) -> None:
    assert not state.change(HOURS, "4,000 kW")
    with pytest.raises(InputError, match="refused at present"):
        state.save(tmp_path / "case.yaml")
    assert not (tmp_path / "case.yaml").exists()
    assert state.change(HOURS, "4,000 h")
    state.save(tmp_path / "case.yaml")


def test_an_export_holds_case_results_workbook_and_figures(state: ProposalState, tmp_path: Path) -> None:
    assert state.change(HOURS, "4,000 h")
    out = tmp_path / "out"
    files = state.export(out)
    assert all(file.stat().st_size > 0 for file in files)
    names = {file.relative_to(out).as_posix() for file in files}
    assert {"case.yaml", "results.json", "workbook.xlsx", "figures/before_after.png", "figures/tornado.png"} <= names
    sha256 = hashlib.sha256((out / "case.yaml").read_bytes()).hexdigest()
    assert sha256 in json.dumps(json.loads((out / "results.json").read_text(encoding="utf-8")))
    assert state.change(HOURS, "4,100 h")
    state.export(out)  # an earlier export is replaced
    assert "4,100 h" in (out / "case.yaml").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="folder of the case"):
        state.export(state.file.parent)


def test_a_case_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="cannot be read"):
        ProposalState(tmp_path / "nowhere" / "case.yaml")


# --- widgets, without a browser


@pytest.fixture
def form(case_file: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    from energycalc.apps.forms.views import ProposalForm

    return ProposalForm(case_file)


def test_moving_the_slider_widget_moves_text_number_and_formula(form: object) -> None:
    row, results = form.inputs.rows[HOURS], form.results  # type: ignore[attr-defined]
    results.tabs.selected_index = 2
    before = (results.headline.value, results.formula.value, row.text.value)
    row.slider.value += 5 * row.slider.step
    after = (results.headline.value, results.formula.value, row.text.value)
    assert all(a != b for a, b in zip(before, after, strict=True))
    assert form.state.changes == {HOURS: row.text.value}  # type: ignore[attr-defined]
    assert form.state.settled  # type: ignore[attr-defined]
    assert form.messages.value == ""  # type: ignore[attr-defined]


def test_a_refused_text_is_said_and_marked_and_can_be_corrected(form: object) -> None:
    row, results = form.inputs.rows[HOURS], form.results  # type: ignore[attr-defined]
    before = results.headline.value
    row.text.value = "4,000 kW"
    assert "4,000 kW" in form.messages.value  # type: ignore[attr-defined]
    assert "Traceback" not in form.messages.value  # type: ignore[attr-defined]
    assert row.text.layout.border_top is not None
    assert results.headline.value == before
    row.text.value = "4,000 h"
    assert form.messages.value == ""  # type: ignore[attr-defined]
    assert row.text.layout.border_top is None
    assert results.headline.value != before


def test_every_page_opens_and_every_tab_draws_in_both_languages(form: object) -> None:
    for language in LANGUAGES:
        form._speak({"new": language})  # type: ignore[attr-defined]
        for place in range(len(form.inputs.accordion.children)):  # type: ignore[attr-defined]
            form.inputs.accordion.selected_index = place  # type: ignore[attr-defined]
            assert form.inputs.accordion.children[place].children  # type: ignore[attr-defined]
        assert {entry.path for entry in form.state.inputs()} == form.inputs.rows.keys()  # type: ignore[attr-defined]
        for tab in range(4):
            form.results.tabs.selected_index = tab  # type: ignore[attr-defined]
        assert form.messages.value == ""  # type: ignore[attr-defined]
        assert form.results.figure.value[:4] == form.results.tornado.value[:4] == b"\x89PNG"  # type: ignore[attr-defined]


def test_a_case_that_cannot_be_opened_leaves_the_form_as_it_is(form: object) -> None:
    state = form.state  # type: ignore[attr-defined]
    form._guarded(lambda: form._reopen("no_such_case"))  # type: ignore[attr-defined]
    assert "no_such_case" in form.messages.value  # type: ignore[attr-defined]
    assert form.state is state  # type: ignore[attr-defined]
