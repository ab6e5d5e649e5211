"""The examples say what their heads say of them, and are labelled as constructed."""

from pathlib import Path

import pytest

from energycalc.checks.claims.reading import read_claims
from energycalc.checks.claims.review import review_claim
from energycalc.checks.claims.spreadsheet import review_table

FOLDER = Path(__file__).parents[3] / "examples" / "claims"


@pytest.mark.parametrize(
    ("name", "verdict", "checks"),
    [
        ("fan_drive.yaml", "pass", set()),
        ("compressor_contradicted.yaml", "fail", {"TC15", "TU02", "TN02", "TC01"}),
        ("fuel_switch.json", "pass", set()),
    ],
)
def test_a_file_of_one_claim(name: str, verdict: str, checks: set[str]) -> None:
    (claim,) = read_claims(FOLDER / name)
    review = review_claim(claim)
    assert review.verdict == verdict
    assert {f.id for f in review.findings if f.severity != "note"} == checks
    assert "虛構" in (claim.text("title") or "")


@pytest.mark.parametrize("name", ["programme.csv", "programme.xlsx"])
def test_a_table_of_claims(name: str) -> None:
    reviews = review_table(FOLDER / name)
    assert [review.verdict for review in reviews] == ["pass", "pass", "fail", "warn", "pass"]
    assert all("虛構" in (review.claim.text("title") or "") for review in reviews)
