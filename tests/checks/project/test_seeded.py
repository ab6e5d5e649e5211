"""Each check of projects fires on its seeded fault and stays silent on its near miss; clean cases are left in peace."""

from pathlib import Path

import pytest

from energycalc.checks.catalogue import checks
from energycalc.checks.project.raised import as_check
from energycalc.mv.rules.limits import Rule, rules
from tests.checks.project.clean import CLEAN
from tests.checks.project.seeded import BY_RULE, CASES, of_projects, outcome


@pytest.mark.parametrize("id", CASES)
def test_a_check_fires_on_its_fault_and_not_on_its_near_miss(id: str, tmp_path: Path) -> None:
    assert outcome(id, tmp_path) == (True, False)


def test_every_check_of_projects_is_seeded() -> None:
    assert sorted({*CASES, *BY_RULE}) == sorted(of_projects())


@pytest.mark.parametrize("id", [id for id in BY_RULE if id != "TB17"])
def test_a_rule_of_verification_reaches_its_check_beyond_its_limit_only(id: str) -> None:
    of_check: list[Rule] = [rule for rule in rules() if rule.id.startswith(f"{id}_")]
    assert of_check
    for rule in of_check:
        beyond = rule.limit * (1.01 if rule.fires == "above" else 0.99) or (1.0 if rule.fires == "above" else -1.0)
        assert rule.broken_by(beyond) and not rule.broken_by(rule.limit)
        found = as_check(rule.finding(beyond, "meter", "here", {}))
        assert found.id == id and found.severity == rule.severity and found.evidence["raised as"] == f"mv.{rule.id}"


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_case_has_no_error_and_at_most_two_warnings(name: str, tmp_path: Path) -> None:
    review = CLEAN[name].review_in(tmp_path)
    counts = review.counts()
    assert counts["error"] == 0 and counts["warning"] <= 2, [
        f.sentence for f in review.findings if f.severity != "note"
    ]
    assert review.verdict in ("pass", "warn")


def test_ten_cases_are_clean() -> None:
    assert len(CLEAN) == 10
    assert len([id for id in checks() if id in {*CASES, *BY_RULE}]) >= 100
