"""Constructed claims: clean ones pass; the others get the verdict that a careful reviewer decided before the run."""

import json
from pathlib import Path
from typing import Any

import pytest

from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import review_claim
from tests.checks.claims.seeded import clean_claims

CASES: dict[str, Any] = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "constructed_claims.json").read_text("utf-8"))["cases"]
}


@pytest.mark.parametrize("id", clean_claims())
def test_a_clean_claim_passes(id: str) -> None:
    review = review_claim(claim_of(clean_claims()[id]))
    assert [f.sentence for f in review.findings if f.severity != "note"] == []
    assert review.verdict == "pass"
    assert len(review.held) >= 3


@pytest.mark.parametrize("id", CASES)
def test_the_verdict_is_a_careful_reviewers(id: str) -> None:
    expected, review = CASES[id]["expected"], review_claim(claim_of(CASES[id]["claim"]))
    objections = {f.id for f in review.findings if f.severity != "note"} | {m.check for m in review.missing}
    told = [f"{f.severity} {f.id} {f.sentence}" for f in review.findings] + [m.en for m in review.missing]
    assert review.verdict == expected["verdict"], "\n".join(told)
    assert not expected["checks"] or objections & set(expected["checks"]), "\n".join(told)


def test_every_verdict_is_among_them() -> None:
    assert {case["expected"]["verdict"] for case in CASES.values()} == {"pass", "warn", "fail", "incomplete"}
    assert len(CASES) >= 30
