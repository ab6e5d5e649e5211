"""What was looked at in a claim: findings, comparisons that hold, and what could not be judged for want of a fact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from energycalc.checks.catalogue import found
from energycalc.finding import Finding, Severity


@dataclass(frozen=True)
class Remark:
    """A comparison that holds, or one that a missing fact prevents.

    Attributes:
        check: id.
        en: what was compared, or which fact is missing.
        zh: the same in Traditional Chinese.
        alone: whether one figure was held against a published range only, not two figures of the page against each other.
    """

    check: str
    en: str
    zh: str
    alone: bool = False


@dataclass
class Ledger:
    """Collects, in the order of the checks; nothing looked at is left out.

    Attributes:
        subject: of the findings.
        findings: contradictions and objections.
        held: comparisons that hold.
        missing: facts without which a check cannot decide.
        undecided: whether a missing fact keeps the whole claim from being decided.
    """

    subject: str
    findings: list[Finding] = field(default_factory=list)
    held: list[Remark] = field(default_factory=list)
    missing: list[Remark] = field(default_factory=list)
    undecided: bool = False

    def found(
        self, id: str, en: str, zh: str, evidence: Mapping[str, str] | None = None, *, severity: Severity | None = None
    ) -> None:
        """Record a finding, once."""
        self.add(found(id, self.subject, en, zh, evidence, severity=severity))

    def add(self, finding: Finding) -> None:
        """Take a finding made elsewhere, once."""
        if not any(f.id == finding.id and f.sentence == finding.sentence for f in self.findings):
            self.findings.append(finding)

    def compared(self, check: str, en: str, zh: str, *, alone: bool = False) -> None:
        """Record a comparison that holds, once; ``alone`` where a single figure of the page was looked at."""
        remark = Remark(check, en, zh, alone)
        if remark not in self.held:
            self.held.append(remark)

    def lacks(self, check: str, en: str, zh: str, *, decides: bool = False) -> None:
        """Record a missing fact.

        Args:
            check: that cannot decide.
            en: the fact.
            zh: the same in Traditional Chinese.
            decides: whether the claim as a whole cannot be decided without it.
        """
        remark = Remark(check, en, zh)
        if remark not in self.missing:
            self.missing.append(remark)
        self.undecided = self.undecided or decides
