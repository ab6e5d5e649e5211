"""The state behind the review form, without widgets, and the widgets without a browser."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.apps.forms.review import ReviewForm
from energycalc.apps.forms.review_state import GROUPS, ReviewState, example_claims
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.reading import claim_of, read_claims
from energycalc.checks.claims.review import review_claim
from energycalc.errors import CaseFileError, InputError
from energycalc.reports.words import LANGUAGES, words

ROOT = Path(__file__).resolve().parents[2]
CLEAN = json.loads((ROOT / "tests/checks/claims/clean_claims.json").read_text(encoding="utf-8"))["claims"]
CONSTRUCTED = json.loads((ROOT / "tests/checks/claims/constructed_claims.json").read_text(encoding="utf-8"))["cases"]
ALL = [*CLEAN, *(case["claim"] for case in CONSTRUCTED)]


@pytest.fixture
def state() -> ReviewState:
    return ReviewState()


def text_of(state: ReviewState, key: str) -> str:
    return next(field.text for field in state.fields() if field.key == key)


def problems(state: ReviewState) -> dict[str, str]:
    return {field.key: field.problem for field in state.fields() if field.problem}


def ids(state: ReviewState) -> set[str]:
    return {finding.id for finding in state.review.findings}


def as_json(claims: Any) -> bytes:
    return json.dumps(claims, ensure_ascii=False).encode()


def same(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same, part by part."""
    kinds = ("items", "carriers", "editions")
    of_parts = (pair for kind in kinds for pair in zip(getattr(a, kind), getattr(b, kind), strict=True))
    own = [(dict(c.texts), dict(c.figures), c.calculations, c.parts, dict(c.measurement)) for c in (a, b)]
    return own[0] == own[1] and all(same(*pair) for pair in of_parts)


# --- fields


def test_the_fields_are_keys_of_a_claim_in_known_groups_with_an_example_that_can_be_read(state: ReviewState) -> None:
    state.clear()
    fields = state.fields()
    assert len({field.key for field in fields}) == len(fields)
    assert {field.group for field in fields} < set(GROUPS)
    for field in fields:
        key = field.key.partition(".")[0]
        assert key in claim_keys(), field.key
        known = claim_keys()[key]
        assert (known.kind == "block") == ("." in field.key)
        if known.kind == "figure":
            assert field.example, field.key
            assert claim_of({field.key: field.example}).unread == (), field.key
            assert field.key in claim_of({field.key: field.example}).figures
    assert {field.key for field in fields} | {key for _, key in state.addable()} >= {
        key.key for key in claim_keys().values() if key.kind in ("figure", "text")
    }


def test_the_examples_in_the_empty_fields_contradict_nothing() -> None:
    state = ReviewState("")
    for field in state.fields():
        if field.example and field.key != "heat_value":  # of a fuel, not of electricity
            state.change(field.key, field.example)
    assert [f.sentence for f in state.review.findings if f.severity == "error"] == []
    assert len(state.review.held) > 15


def test_a_figure_that_is_typed_is_judged_at_once(state: ReviewState) -> None:
    assert state.review.verdict == "fail"
    assert "TN02" in ids(state)
    state.change("saving_rate", "30.7 %")
    assert state.review.verdict == "warn"
    assert "TN02" not in ids(state)
    state.change("saving_rate", "44.2 %")
    assert "TN02" in ids(state)


def test_an_emptied_field_takes_the_figure_off_the_claim(state: ReviewState) -> None:
    state.change("saving_rate", "  ")
    assert "saving_rate" not in state.data
    assert not state.review.claim.has("saving_rate")
    assert text_of(state, "saving_rate") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_read_is_marked_and_the_rest_is_judged(language: str) -> None:
    state = ReviewState(language=language)
    state.change("hours", "6000 kW")
    assert set(problems(state)) == {"hours"}
    assert "TN02" in ids(state)
    state.change("hours", "6000 h/year")
    assert problems(state) == {}


def test_the_measurement_has_fields_of_its_own(state: ReviewState) -> None:
    state.change("measurement.before", "3 天")
    assert dict(state.review.claim.measurement) == {"before": "3 天"}
    assert "TB01" in ids(state)
    state.change("measurement.before", "")
    assert "measurement" not in state.data


def test_a_key_without_a_field_gets_one(state: ReviewState) -> None:
    added = "rated_power"
    assert added in {key for _, key in state.addable()}
    state.add(added)
    assert added not in {key for _, key in state.addable()}
    state.change(added, "75 kW")
    assert state.review.claim.has(added)
    state.load(as_json({"savings": "5 kWh/year"}), "a.json")  # a slip of the pen stays in sight
    assert (text_of(state, "savings"), set(problems(state))) == ("5 kWh/year", {"savings"})


def test_the_example_is_constructed_and_says_so() -> None:
    for name, file in example_claims().items():
        for claim in read_claims(file):
            said = claim.text("constructed") == "yes" or "虛構" in (claim.text("title") or "")
            assert said, name


# --- printed arithmetic and other keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_arithmetic_is_shown_and_read_line_by_line(language: str) -> None:
    state = ReviewState(language=language)
    before, shown = state.review.claim.calculations, state.lines
    assert shown.count("\n") == 0
    state.change_lines(shown)
    assert state.review.claim.calculations == before
    state.change_lines(f"{shown}\n138000 kWh * 3.5 TWD/kWh = 583000 TWD\n")
    assert "TN04" in ids(state)
    assert len(state.review.claim.calculations) == 2


def test_a_line_without_a_quantity_is_compared_with_no_other() -> None:
    state = ReviewState("")
    state.change_lines("2 kW * 10 h = 20 kWh\n3 kW * 10 h = 30 kWh")
    assert ids(state) == set()
    assert len(state.review.held) == 2
    state.change_lines("年節能量：2 kW * 10 h = 20 kWh\nsaving: 3 kW * 10 h = 30 kWh")
    assert ids(state) == {"TN03"}


@given(st.text(max_size=60))
def test_any_text_may_stand_in_any_field(text: str) -> None:
    state = ReviewState()
    state.change_lines(text)
    state.change_rest(text)
    for key in ("saving", "title", "year", "basis", "measurement.before"):
        state.change(key, text)
    assert state.review.verdict in ("pass", "warn", "fail", "incomplete")


def test_other_keys_are_yaml_and_a_slip_in_them_is_said(state: ReviewState) -> None:
    state.change_rest("items:\n  - {name: a, saving: 100000 kWh/year}\n  - {name: b, saving: 50000 kWh/year}\n")
    assert "TA02" in ids(state)
    state.change_rest("items: [")
    assert state.rest_problem
    assert len(state.review.claim.items) == 2
    with pytest.raises(InputError, match="cannot be read"):
        state.save("claim.yaml")
    state.change_rest("")
    assert state.rest_problem == ""
    assert "TA02" not in ids(state)


@pytest.mark.parametrize("claim", ALL, ids=[str(claim.get("id")) for claim in ALL])
def test_a_form_shows_the_whole_claim_and_changes_nothing_of_it(claim: dict[str, Any], tmp_path: Path) -> None:
    """What the widgets hold, put back into an empty form and saved, is the same claim with the same verdict."""
    state = ReviewState("")
    state.load(as_json(claim), "claim.json")
    again = ReviewState("")
    again.change_rest(state.rest)
    for field in state.fields():
        again.change(field.key, field.text)
    again.change_lines(state.lines)
    saved = read_claims(again.save(tmp_path / "claim.yaml"))[0]
    for other in (again.review.claim, saved):
        assert [c.expression for c in other.calculations] == [c.expression for c in state.review.claim.calculations]
        assert review_claim(other).verdict == state.review.verdict
    whole = read_claims(state.save(tmp_path / "whole.yaml"))[0]
    assert same(whole, claim_of(claim))


# --- files


def test_a_file_with_several_claims_is_shown_one_by_one(state: ReviewState) -> None:
    state.load(as_json({"claims": CLEAN}), "claims.json")
    assert len(state.names) == len(CLEAN)
    state.choose(2)
    assert text_of(state, "title") == CLEAN[2]["title"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", b"a: [1"),
        ("a.json", b"{"),
        ("a.yaml", b"\xff\xfe\x00"),
        ("a.json", b"[]"),
        ("a.json", b'{"a":1,"a":2}'),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_claim_as_it_is(state: ReviewState, name: str, content: bytes) -> None:
    before = dict(state.data)
    with pytest.raises(CaseFileError):
        state.load(content, name)
    assert (state.data, len(state.names)) == (before, 1)
    with pytest.raises(CaseFileError, match="cannot be read"):
        state.open("no_such_claim")
    assert state.data == before


def test_saving_never_replaces_what_somebody_else_wrote(state: ReviewState, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("id: mine", encoding="utf-8")
    with pytest.raises(InputError, match="another file"):
        state.save(other)
    with pytest.raises(InputError, match=r"\.yaml"):
        state.save(tmp_path / "claim.txt")
    page = tmp_path / "page.html"
    page.write_text("a page of somebody", encoding="utf-8")
    with pytest.raises(InputError, match="another file"):
        state.save_page(page)
    assert (other.read_text(encoding="utf-8"), page.read_text(encoding="utf-8")) == ("id: mine", "a page of somebody")
    mine = state.save(tmp_path / "mine.yaml")
    state.change("saving_rate", "30.7 %")
    assert "30.7 %" in state.save(mine).read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["html", "md", "xlsx", "json"])
def test_an_earlier_page_is_replaced_in_a_new_session(ending: str, tmp_path: Path) -> None:
    page = ReviewState().save_page(tmp_path / f"page.{ending}")
    before = page.read_bytes()
    later = ReviewState()
    later.change("saving_rate", "30.7 %")
    assert later.save_page(page).read_bytes() != before


# --- widgets, without a browser


@pytest.fixture
def form() -> ReviewForm:
    return ReviewForm()


def test_a_typed_figure_changes_what_is_shown(form: ReviewForm) -> None:
    before = form.result.value
    assert words("review", "zh-TW")["verdict_fail"] in before
    form.rows["saving_rate"].value = "30.7 %"
    assert form.result.value != before
    assert words("review", "zh-TW")["verdict_warn"] in form.result.value
    form.rows["hours"].value = "6000 kW"
    assert form.rows["hours"].layout.border_top is not None
    form.rows["hours"].value = "6000 h/year"
    assert form.rows["hours"].layout.border_top is None
    form.lines.value = "saving: 1 kW * 2 h = 3 kWh"
    assert "TN04" in form.result.value
    form.rest.value = "items: ["
    assert form.messages.value
    assert form.rest.layout.border_top is not None


def test_an_uploaded_file_is_shown_and_a_bad_one_is_a_sentence(form: ReviewForm) -> None:
    content = as_json({"claims": CLEAN})
    file = {"name": "claims.json", "type": "application/json", "size": len(content), "content": memoryview(content)}
    form.upload.value = ({**file, "last_modified": datetime.now(UTC)},)
    assert form.rows["title"].value == CLEAN[0]["title"]
    assert form.chosen.layout.display is None
    form.chosen.value = 3
    assert form.rows["title"].value == CLEAN[3]["title"]
    shown = form.result.value
    form._renewed(lambda: form.state.load(b"a: [", "bad.yaml"))
    assert "bad.yaml" in form.messages.value
    assert "Traceback" not in form.messages.value
    assert form.result.value == shown
    form.examples.value = "example"
    assert form.review.claim.id == "example-1"
    assert form.chosen.layout.display == "none"


def test_every_language_shows_every_constructed_claim(form: ReviewForm) -> None:
    for language in LANGUAGES:
        form._speak(language)
        for claim in ALL[::6]:
            form.state.load(as_json(claim), "a.json")
            form._renewed(lambda: None)
            assert form.messages.value == ""
            assert set(form.rows) == {field.key for field in form.state.fields()}
            assert words("review", language)[f"verdict_{form.review.verdict}"] in form.result.value


def test_static_views_and_saving_are_sentences_or_pictures(form: ReviewForm, tmp_path: Path) -> None:
    assert "claim-review" in str(form.page().data)
    assert form.factor_years().data[:4] == b"\x89PNG"
    assert "claim.yaml" in str(form.save(tmp_path / "claim.yaml").data)
    assert "page.pdf" in str(form.save_page(tmp_path / "page.pdf").data)
    form.change("emission_reduction", "")
    assert words("review", "zh-TW")["factor_nothing"] in str(form.factor_years().data)
    assert form.rows["emission_reduction"].value == ""
