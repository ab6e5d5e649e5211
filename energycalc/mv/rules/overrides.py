"""Signed decisions to accept a finding; they stay visible wherever the finding does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from energycalc.errors import InputError
from energycalc.finding import Finding, Override


def override(findings: Sequence[Finding], overrides: Mapping[str, Override]) -> tuple[Finding, ...]:
    """Attach signed decisions to the findings they accept.

    Args:
        findings: of a verification.
        overrides: by the id of the finding, as ``mv.TS05_r_squared``; where several subjects have it, by
            ``id@subject``.

    Returns:
        All findings in their order, severity unchanged; the accepted ones carry the decision.

    Raises:
        InputError: a decision without name, reason or date, or for a finding that was not raised or not only once.
    """
    decisions: dict[int, Override] = {}
    for key, decision in overrides.items():
        _refuse_unsigned(key, decision)
        found = [k for k, f in enumerate(findings) if key in (f.id, f"{f.id}@{f.subject}")]
        if len(found) != 1:
            raised = ", ".join(sorted({f"{f.id}@{f.subject}" for f in findings})) or "none"
            raise InputError(
                "an override must name one finding that was raised",
                subject=f"override {key}",
                value=f"{len(found)} findings fit",
                limit=f"raised: {raised}",
                next_step="Write id@subject where several have the id; remove it where nothing was raised",
            )
        if found[0] in decisions:
            raise InputError(
                "a finding has two overrides",
                subject=f"override {key}",
                next_step="Keep one of them",
            )
        decisions[found[0]] = decision
    return tuple(replace(f, override=decisions[k]) if k in decisions else f for k, f in enumerate(findings))


def _refuse_unsigned(key: str, decision: Override) -> None:
    try:
        date.fromisoformat(decision.on)
        dated = True
    except ValueError:
        dated = False
    if not decision.by.strip() or not decision.because.strip() or not dated:
        raise InputError(
            "an override is signed: who, why and when",
            subject=f"override {key}",
            value=f"by {decision.by!r}, because {decision.because!r}, on {decision.on!r}",
            limit="all three; the date as 2026-03-31",
            next_step="Complete it, or leave the finding standing",
        )
