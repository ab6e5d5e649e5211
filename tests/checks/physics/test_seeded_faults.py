"""Each check of physics fires on its seeded fault and is silent on the near miss."""

import pytest

from energycalc.checks.catalogue import check
from energycalc.checks.claims.physical_facts import facts_of_claim
from energycalc.checks.claims.reading import claim_of
from energycalc.checks.physics.judge import CHECKS, physics_findings
from energycalc.finding import Finding
from tests.checks.physics.seeded import SEEDED, Claim

SERIOUS = ("error", "warning")


def findings(claim: Claim) -> list[Finding]:
    """What the checks of physics find on a claim, all of which could be read."""
    read = claim_of(claim)
    assert read.unread == ()
    facts = facts_of_claim(read)
    assert facts.unread == ()
    return physics_findings(facts)


@pytest.mark.parametrize(("id", "severity", "both", "fault", "near"), SEEDED)
def test_the_fault_fires(id: str, severity: str, both: Claim, fault: Claim, near: Claim) -> None:
    found = [(f.id, f.severity) for f in findings(both | fault) if f.severity in SERIOUS]
    assert found == [(id, severity)]


@pytest.mark.parametrize(("id", "severity", "both", "fault", "near"), SEEDED)
def test_the_near_miss_is_silent(id: str, severity: str, both: Claim, fault: Claim, near: Claim) -> None:
    assert [(f.id, f.sentence) for f in findings(both | near) if f.severity in SERIOUS] == []


def test_every_check_has_a_fault() -> None:
    assert {c.id for c in CHECKS} == {id for id, *_ in SEEDED}
    assert {c.id for c in CHECKS} >= {f"TP{n:02}" for n in range(1, 24)}


@pytest.mark.parametrize(("id", "severity", "both", "fault", "near"), SEEDED)
def test_a_finding_shows_both_numbers_in_both_languages(
    id: str, severity: str, both: Claim, fault: Claim, near: Claim
) -> None:
    for finding in findings(both | fault):
        assert finding.evidence
        assert any(character.isdigit() for character in finding.sentence)
        assert any(character.isdigit() for character in finding.sentence_zh)
        assert any("一" <= character <= "鿿" for character in finding.sentence_zh)
        assert finding.sentence.endswith(".")
        assert finding.sentence_zh.endswith("。")
        assert finding.source == check(finding.id).source
