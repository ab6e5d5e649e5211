"""Each check of claims fires on its fault and is silent on the near miss; a slip is named by its ratio."""

import pytest

from energycalc.checks.claims.reading import claim_of
from energycalc.checks.claims.review import ClaimReview, review_claim
from tests.checks.claims.seeded import Seeded, changed, rows, slip_faults, slip_near_misses

CHECKED = (
    "TU01 TU02 TU10 TU11 TU12 TU14 TU15 TL01 TL03 TL04 TL05 TL11 TB01 TB03 TB04 TB08 TB09 TB10 TB12 TB13 TA02 TA04 "
    "TC01 TC02 TC09 TC11 TC12 TC15 TF01 TF02 TF05 TF07 TD13 TN01 TN02 TN03 TN04 TN05 TN06 TN07 TN08 TN09 TN10 TN11 TN12"
)
FAULTY, NEAR = (*rows("faults"), *slip_faults()), (*rows("near_misses"), *slip_near_misses())


def reviewed(row: Seeded) -> ClaimReview:
    return review_claim(claim_of(changed(row.base, row.change)))


def told(review: ClaimReview) -> str:
    lines = [f"{f.severity} {f.id} {f.sentence}" for f in review.findings] + [m.en for m in review.missing]
    return "\n".join((review.verdict, *lines))


@pytest.mark.parametrize("row", FAULTY, ids=[f"{row.check}-{row.id}" for row in FAULTY])
def test_a_fault_is_found(row: Seeded) -> None:
    review = reviewed(row)
    if row.severity:
        assert (row.check, row.severity) in {(f.id, f.severity) for f in review.findings}, told(review)
    else:
        assert row.check in {missing.check for missing in review.missing}, told(review)
    assert review.verdict == row.verdict, told(review)


@pytest.mark.parametrize("row", NEAR, ids=[f"{row.check}-{row.id}" for row in NEAR])
def test_a_near_miss_is_none(row: Seeded) -> None:
    review = reviewed(row)
    assert not {row.severity, "error"} & {f.severity for f in review.findings if f.id == row.check}, told(review)
    assert review.verdict == row.verdict, told(review)


def test_every_check_of_claims_has_both() -> None:
    assert set(CHECKED.split()) - {row.check for row in FAULTY} == set()
    assert set(CHECKED.split()) - {row.check for row in NEAR} == set()
