"""The review of a claim: everything that can be checked on paper, in the order of a careful reviewer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from energycalc.checks.claims.background import Background, background
from energycalc.checks.claims.carbon import carbon
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.evidence import evidence, sequential
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.identities import rate_holds, relations_hold, totals_hold
from energycalc.checks.claims.inference import completed
from energycalc.checks.claims.ledger import Ledger, Remark
from energycalc.checks.claims.oil_and_money import oil, payback, price
from energycalc.checks.claims.parts import carriers_hold, items_hold, with_carrier_savings
from energycalc.checks.claims.physical_facts import facts_of_claim
from energycalc.checks.claims.plausible import plausible
from energycalc.checks.claims.printed import calculations_hold, editions_agree, with_item_savings
from energycalc.checks.claims.words import title
from energycalc.checks.physics.judge import physics_findings
from energycalc.errors import EnergycalcError
from energycalc.finding import Finding

Verdict = Literal["pass", "warn", "fail", "incomplete"]
JUDGED_HERE = ("TL03", "TL05")
"""Checks of load that read a page's expressions and ratings here; physics need not repeat them."""
OF_UNITS = ("kind of unit", "unit that is not listed")
"""Words of a reason that is about the unit (TU15); everything else that cannot be read is about its text (TD13)."""
OF_READING = ("TU07", "TU10", "TU15", "TD13")
"""Findings about how the claim is written; alone they mean that nothing was compared."""
ENERGIES = (
    "saving",
    "energy_before",
    "power_saving",
    "power_before",
    "oil_equivalent",
    "intensity_before",
    "current_saving",
)
ORDER = {"error": 0, "warning": 1, "note": 2}


@dataclass(frozen=True)
class ClaimReview:
    """What a review found.

    Attributes:
        claim: as read.
        verdict: ``pass``, ``warn``, ``fail`` or ``incomplete``.
        findings: the most severe first.
        held: comparisons that hold.
        missing: facts without which a check could not decide.
        inferred: figures that the page does not print, by key.
    """

    claim: Claim
    verdict: Verdict
    findings: tuple[Finding, ...]
    held: tuple[Remark, ...]
    missing: tuple[Remark, ...]
    inferred: Mapping[str, Figure]


def review_claim(claim: Claim, known: Background | None = None) -> ClaimReview:
    """Review one claim.

    Args:
        claim: as read from paper.
        known: published numbers; the program's own when left out.

    Returns:
        Verdict, findings, what was compared, what is missing and what was inferred. Nothing is raised: what cannot be
        read or judged is named, and the rest is judged.
    """
    known = known or background()
    ledger = Ledger(claim.id)
    _unread(claim, ledger)
    inferred: dict[str, Figure] = {}
    editions = [claim.in_edition(edition) for edition in claim.editions] or [claim]
    for edition in editions:
        whole = completed(with_carrier_savings(with_item_savings(edition, ledger)))
        inferred |= {key: figure for key, figure in whole.figures.items() if not figure.is_printed}
        _reviewed(whole, ledger, known)
        _needs_energy(whole, ledger)
    editions_agree(claim, ledger)
    findings = tuple(sorted(ledger.findings, key=lambda f: ORDER[f.severity]))
    return ClaimReview(
        claim,
        _verdict(ledger),
        findings,
        tuple(ledger.held),
        tuple(ledger.missing),
        MappingProxyType(inferred),
    )


def _reviewed(claim: Claim, ledger: Ledger, known: Background) -> None:
    """One edition of a claim, completed; a step that absurd figures defeat is named, and the others are taken."""
    steps: tuple[Callable[[], None], ...] = (
        lambda: plausible(claim, ledger),
        lambda: relations_hold(claim, ledger),
        lambda: rate_holds(claim, ledger),
        lambda: totals_hold(claim, ledger),
        lambda: calculations_hold(claim, ledger),
        lambda: items_hold(claim, ledger, known),
        lambda: carriers_hold(claim, ledger, known),
        lambda: carbon(claim, ledger, known),
        lambda: oil(claim, ledger, known),
        lambda: price(claim, ledger),
        lambda: payback(claim, ledger),
        lambda: evidence(claim, ledger, known),
        lambda: sequential(claim, ledger),
        lambda: _physics(claim, ledger),
    )
    for step in steps:
        try:
            step()
        except (ArithmeticError, EnergycalcError) as error:
            ledger.found(
                "TD13", f"A check could not be computed with these figures: {error}", f"部分檢核無法以所列數值計算（{error}）。",
                severity="warning",
            )  # fmt: skip


def _needs_energy(claim: Claim, ledger: Ledger) -> None:
    """A claim of a saving that tells no energy at all cannot be decided, however well its money adds up."""
    parts = [p for p in (*claim.carriers, *claim.items) if p.has_any(*ENERGIES) or p.expression]
    misread = any(unread.key in ENERGIES for unread in claim.unread)  # an objection of its own
    if not (claim.has_any(*ENERGIES, "emission_reduction") or parts or claim.calculations or misread):
        ledger.lacks("TN08", "the energy that is saved", "所節省之能源用量", decides=True)


def _physics(claim: Claim, ledger: Ledger) -> None:
    facts = facts_of_claim(claim)
    for finding in physics_findings(facts, judged_elsewhere=JUDGED_HERE):
        ledger.add(finding)
    if claim.technology and not facts.families:
        ledger.lacks("TP23", f"a technology that the checks of physics know ({claim.technology} is none)",
                     f"物理檢核所認得之技術（未認得「{claim.technology}」）")  # fmt: skip


def _unread(claim: Claim, ledger: Ledger) -> None:
    """What could not be read is an objection of its own; everything else is still judged."""
    for unread in claim.unread:
        id = "TU15" if any(words in unread.why for words in OF_UNITS) else "TD13"
        ledger.found(
            id, f"{title(unread.key, 'en')}: {unread.text!r} {unread.why.rstrip('.')}. It was left out.",
            f"{title(unread.key, 'zh')}：「{unread.text}」無法採用，已略過（{unread.why_zh or unread.why}）。", {unread.key: unread.text}, severity="warning",
        )  # fmt: skip
    for key, figure in claim.figures.items():
        if figure.unit.assumption:
            ledger.found("TU10" if "HP" in figure.unit.text else "TU07", f"{title(key, 'en')}: {figure.unit.assumption}.",
                         f"{title(key, 'zh')}：{figure.unit.text} 種類未註明，兩種皆予容許。", {key: figure.text}, severity="note")  # fmt: skip


def _verdict(ledger: Ledger) -> Verdict:
    severities = {f.severity for f in ledger.findings}
    if "error" in severities:
        return "fail"
    if ledger.undecided:
        return "incomplete"
    judged = [f for f in ledger.findings if f.id not in OF_READING]
    if all(remark.alone for remark in ledger.held) and not judged:
        ledger.lacks("TN08", "any two figures that can be held against each other", "任兩個可互相核對之數值")
        return "incomplete"
    return "warn" if "warning" in severities else "pass"
