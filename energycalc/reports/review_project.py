"""The review of a case as lines of text and as plain data: verdict, findings by severity, what was not judged."""

from __future__ import annotations

from typing import Any

import energycalc
from energycalc.checks.catalogue import checks
from energycalc.checks.project.review import Review
from energycalc.finding import Finding
from energycalc.reports.words import words

VERSION = 1
SHOWN = ("raised as", "refused")
"""Evidence that repeats the sentence, or is for machines only."""


def review_lines(review: Review, language: str) -> list[str]:
    """The review as lines for a terminal.

    Args:
        review: of a case.
        language: ``zh-TW`` or ``en``.
    """
    text, counts = words("review_project", language), review.counts()
    lines = [f"{text['title']}{text['colon']}{review.title}"]
    lines.append(f"{text['verdict']}{text['colon']}{text['verdict_' + review.verdict]}")
    judged = {"judged": str(len(review.judged)), "not_judged": str(len(review.not_judged))}
    lines.append(text["counts"].format(**{name: str(n) for name, n in counts.items()}, **judged))
    for severity in ("error", "warning", "note"):
        found = [f for f in review.findings if f.severity == severity and f.override is None]
        if found:
            lines += ["", f"{text[severity]} ({len(found)})"]
        for finding in found:
            lines += _finding(finding, language)
    accepted = [f for f in review.findings if f.override is not None]
    if accepted:
        lines += ["", f"{text['accepted']} ({len(accepted)})"]
    for finding in accepted:
        lines += _finding(finding, language)
    if review.not_judged:
        lines += ["", f"{text['not_judged']} ({len(review.not_judged)})"]
        for fact, ids in _by_fact(review, language).items():
            lines.append(f"  {', '.join(ids)}{text['colon']}{fact}")
    return lines


def _finding(finding: Finding, language: str) -> list[str]:
    text, zh = words("review_project", language), language == "zh-TW"
    of = checks().get(finding.id)
    sentence = finding.sentence_zh if zh else finding.sentence
    lines = [f"  {finding.id}  {finding.subject}{text['colon']}{sentence}"]
    numbers = [f"{name} {value}" for name, value in finding.evidence.items() if name not in SHOWN]
    if numbers:
        lines.append(f"      {text['evidence']}{text['colon']}{text['gap'].join(numbers)}")
    if finding.source is not None:
        lines.append(f"      {text['source']}{text['colon']}{finding.source}")
    if of is not None and finding.severity != "note":
        lines.append(f"      {text['advice']}{text['colon']}{of.advice_zh if zh else of.advice_en}")
    if finding.override is not None:
        record = {"by": finding.override.by, "on": finding.override.on, "because": finding.override.because}
        lines.append(f"      {text['accepted_by'].format(**record)}")
    return lines


def _by_fact(review: Review, language: str) -> dict[str, list[str]]:
    """Checks that could not be judged, by the fact that each lacks."""
    found: dict[str, list[str]] = {}
    for missing in review.not_judged:
        found.setdefault(missing.zh if language == "zh-TW" else missing.en, []).append(missing.check)
    return found


def review_data(review: Review) -> dict[str, Any]:
    """The review as plain data for machines."""
    return {
        "energycalc_review": VERSION,
        "kind": "case",
        "engine": f"energycalc {energycalc.__version__}",
        "title": review.title,
        "verdict": review.verdict,
        "counts": review.counts(),
        "findings": [_data(f) for f in review.findings],
        "judged": list(review.judged),
        "not_judged": [{"check": m.check, "missing": m.en, "missing_zh": m.zh} for m in review.not_judged],
    }


def _data(finding: Finding) -> dict[str, Any]:
    record = finding.override
    accepted = {"by": record.by, "because": record.because, "on": record.on} if record else None
    return {**finding_data(finding), "accepted": accepted}


def finding_data(finding: Finding) -> dict[str, Any]:
    """A finding of a review with its numbers, its source and the advice of its check."""
    of = checks().get(finding.id)
    return {
        "check": finding.id,
        "severity": finding.severity,
        "subject": finding.subject,
        "sentence": finding.sentence,
        "sentence_zh": finding.sentence_zh,
        "evidence": dict(finding.evidence),
        "source": str(finding.source) if finding.source else None,
        "advice": of.advice_en if of else None,
        "advice_zh": of.advice_zh if of else None,
    }
