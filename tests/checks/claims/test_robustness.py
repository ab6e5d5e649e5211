"""Whatever stands in a claim, a review comes of it; and what means the same gets the same verdict."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.reading import claim_of, read_claims
from energycalc.checks.claims.review import review_claim
from energycalc.checks.claims.words import title
from energycalc.errors import CaseFileError
from tests.checks.claims.seeded import clean_claims
from tests.checks.claims.test_constructed import CASES

CLEAN = clean_claims()
CLAIMS: list[dict[str, Any]] = [*CLEAN.values(), *(case["claim"] for case in CASES.values())]
KEYS = sorted(claim_keys())
UNITS = (
    "kWh", "kWh/year", "kW", "TWD/year", "%", "h/year", "t/year", "m3/year", "kgCO2e/kWh", "tCO2e/year", "KLOE", "1",
    "", "HP", "RT", "萬元", "度", "kWh/day", "foo", "K", "USD", "//",
)  # fmt: skip
NUMBERS = st.one_of(st.integers(-3, 3), st.sampled_from([0.5, 1e-9, 1e9, 1e29, 12345]))
FIGURES = st.builds("{} {}".format, NUMBERS, st.sampled_from(UNITS))
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), FIGURES)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=3)),
    max_leaves=8,
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """A claim with figures taken away, moved to other keys, of another unit or size, or replaced by anything."""
    claim = dict(draw(st.sampled_from(CLAIMS)))
    for _ in range(draw(st.integers(1, 5))):
        key, kind = draw(st.sampled_from(sorted(claim) or ["saving"])), draw(st.integers(0, 4))
        if kind == 0:
            claim.pop(key, None)
        elif kind == 1:
            claim[draw(st.sampled_from(KEYS))] = claim.get(key)
        elif kind == 2 and isinstance(claim.get(key), str):
            claim[key] = f"{claim[key].partition(' ')[0]} {draw(st.sampled_from(UNITS))}"
        elif kind == 3:
            claim[draw(st.sampled_from(KEYS))] = draw(FIGURES)
        else:
            claim[key] = draw(ANYTHING)
    return claim


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoilt())
def test_a_spoilt_claim_is_reviewed(claim: dict[str, Any]) -> None:
    review = review_claim(claim_of(claim))
    assert review.verdict in ("pass", "warn", "fail", "incomplete")
    for finding in review.findings:
        assert finding.sentence and finding.sentence_zh


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=8))
def test_anything_under_the_keys_is_reviewed(claim: dict[str, Any]) -> None:
    assert review_claim(claim_of(claim)).verdict in ("pass", "warn", "fail", "incomplete")


@pytest.mark.parametrize("claim", [None, [], "text", 3, [1, 2]])
def test_what_is_no_claim_is_named(claim: Any) -> None:
    review = review_claim(claim_of(claim))
    assert review.verdict == "incomplete"
    assert "is no claim" in review.findings[0].sentence


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        ({"saving": "很多"}, "TD13", "is no number with a unit"),
        ({"saving": ["160800 kWh", "1 kWh"]}, "TD13", "is no number with a unit"),
        ({"saving": "160800 apples"}, "TU15", "unit that is not listed"),
        ({"saving": "160800"}, "TU15", "stands without its unit"),
        ({"saving": "160800 kW/year"}, "TU15", "wrong kind of unit"),
        ({"year": "soon"}, "TD13", "is no year"),
        ({"year": "²"}, "TD13", "is no year"),
        ({"title": ["a", "b"]}, "TD13", "must be a text"),
        ({"basis": "felt"}, "TD13", "must be one of"),
        ({"items": "all"}, "TD13", "must be a list"),
        ({"savings": "1 kWh"}, "TD13", "near ones: saving"),
        ({"calculations": [{"quantity": "saving"}]}, "TD13", "needs quantity, expression and result"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_judged(change: dict[str, Any], check: str, words: str) -> None:
    review = review_claim(claim_of({**CLEAN["fan_drive"], **change}))
    sentence = next(f.sentence for f in review.findings if f.id == check)
    assert words in sentence
    key = next(iter(change))
    assert key in sentence or title(key, "en") in sentence
    assert any(remark.check == "TF01" for remark in review.held)


def test_unknown_technology_and_country_are_no_obstacle() -> None:
    review = review_claim(claim_of({**CLEAN["compressor"], "technology": "unheard_of", "country": "XX"}))
    assert review.verdict == "pass"
    assert any("XX" in missing.en for missing in review.missing)


def test_three_numbers_are_enough_for_a_verdict() -> None:
    three = {"saving": "100000 kWh/year", "cost_saving": "310000 TWD/year", "emission_reduction": "49.4 tCO2e/year"}
    assert review_claim(claim_of(three)).verdict == "pass"
    assert review_claim(claim_of({**three, "cost_saving": "31000000 TWD/year"})).verdict == "fail"
    assert review_claim(claim_of({"saving": "100000 kWh/year"})).verdict == "incomplete"


def test_deep_nesting_is_refused_with_a_sentence(tmp_path: Any) -> None:
    file = tmp_path / "deep.json"
    file.write_text('{"carriers": [' * 20000 + "]}" * 20000, encoding="utf-8")
    with pytest.raises(CaseFileError):
        read_claims(file)


REWRITTEN = {
    "saving": lambda text: f"{float(text.split()[0]) / 1000:.3f} MWh/year",
    "energy_before": lambda text: f"{float(text.split()[0]) / 1000:.3f} MWh/year",
    "cost_saving": lambda text: f"{float(text.split()[0]) / 10000:.1f} 萬元/年",
    "investment": lambda text: f"{float(text.split()[0]) / 1000:.0f} 仟元",
    "payback": lambda text: f"{float(text.split()[0]) * 12:.1f} month",
    "emission_reduction": lambda text: f"{float(text.split()[0]) * 1000:.0f} kgCO2e/year",
}


@pytest.mark.parametrize(
    ("id", "key"), [(id, key) for id in ("fan_drive", "motor", "compressor", "chiller", "heat_recovery")
                    for key in REWRITTEN if key in CLEAN[id]]
)  # fmt: skip
def test_the_same_in_another_unit_is_the_same(id: str, key: str) -> None:
    claim = {**CLEAN[id], key: REWRITTEN[key](CLEAN[id][key]), "printed": {}}
    assert review_claim(claim_of(claim)).verdict == "pass"


@given(st.sampled_from(sorted(CASES)), st.randoms())
def test_the_order_of_keys_and_an_id_do_not_matter(id: str, random: Any) -> None:
    claim = CASES[id]["claim"]
    keys = list(claim)
    random.shuffle(keys)
    again = review_claim(claim_of({key: claim[key] for key in keys} | {"id": "another"}))
    first = review_claim(claim_of(claim))
    assert again.verdict == first.verdict
    assert sorted(f.id for f in again.findings) == sorted(f.id for f in first.findings)


DERIVED = ("saving_rate", "cost_saving", "payback", "emission_reduction", "oil_equivalent")


@pytest.mark.parametrize("up", [True, False])
@pytest.mark.parametrize(
    ("id", "key"),
    [(id, key) for id in ("fan_drive", "compressor", "boiler_gas") for key in DERIVED if key in CLEAN[id]],
)
def test_a_derived_figure_ten_times_off_fails_and_the_slip_is_named(id: str, key: str, up: bool) -> None:
    number, _, unit = CLEAN[id][key].partition(" ")
    printed = {k: v for k, v in CLEAN[id]["printed"].items() if k != key}
    claim = {**CLEAN[id], key: f"{float(number) * (10 if up else 0.1):.6g} {unit}", "printed": printed}
    review = review_claim(claim_of(claim))
    assert review.verdict == "fail"
    assert "TU02" in {f.id for f in review.findings}, [f.sentence for f in review.findings]


def test_a_claim_survives_a_file(tmp_path: Any) -> None:
    file = tmp_path / "claims.json"
    file.write_text(json.dumps({"claims": list(CLEAN.values())}, ensure_ascii=False), encoding="utf-8")
    assert [review_claim(claim).verdict for claim in read_claims(file)] == ["pass"] * len(CLEAN)
