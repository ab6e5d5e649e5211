"""The review of a claim for machines; docs/claims.md says what the keys mean."""

from __future__ import annotations

import json
import math
from typing import Any

import energycalc
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.headline import Line, headline
from energycalc.checks.claims.ledger import Remark
from energycalc.checks.claims.review import ClaimReview
from energycalc.checks.range import Range
from energycalc.factors import published_factors
from energycalc.reports.review_project import finding_data

VERSION = 1


def review_data(review: ClaimReview) -> dict[str, Any]:
    """A review as plain data, in both languages, with all digits.

    Args:
        review: of a claim.
    """
    claim, findings = review.claim, review.findings
    return {
        "energycalc_review": VERSION,
        "kind": "claim",
        "engine": f"energycalc {energycalc.__version__}",
        "factors_sha256": published_factors().sha256,
        "id": claim.id,
        "title": claim.text("title") or "",
        "verdict": review.verdict,
        "counts": {s: sum(f.severity == s for f in findings) for s in ("error", "warning", "note")},
        "as_printed": _as_printed(claim),
        "figures": [_line(line) for line in headline(claim)],
        "findings": [finding_data(finding) for finding in findings],
        "held": [_remark(remark) for remark in review.held],
        "missing": [_remark(remark) for remark in review.missing],
        "inferred": [_inferred(key, figure) for key, figure in review.inferred.items()],
    }


def review_json(*reviews: ClaimReview) -> str:
    """One review as a JSON object, several as a list."""
    data = [review_data(review) for review in reviews]
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1, allow_nan=False)


def _as_printed(claim: Claim) -> dict[str, Any]:
    return {
        "figures": {key: figure.text for key, figure in claim.figures.items()},
        "texts": dict(claim.texts),
        "unread": [{"key": u.key, "text": u.text, "why": u.why} for u in claim.unread],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "key": line.key,
        "edition": line.edition,
        "printed": line.printed.text if line.printed else None,
        "printed_value": _finite(line.printed.value) if line.printed else None,
        "recomputed": _ends(line.recomputed),
        "unit": "" if line.unit.text == "1" else line.unit.text,
        "per": line.per,
        "difference": None if line.difference is None else _finite(line.difference),
        "agrees": line.agrees,
        "how": line.how_en,
        "how_zh": line.how_zh,
    }


def _ends(range: Range | None) -> dict[str, float | None] | None:
    """Value with its ends; an end that is not finite is ``null``."""
    if range is None:
        return None
    ends = {"low": range.low, "value": range.value, "high": range.high}
    return {name: _finite(number) for name, number in ends.items()}


def _finite(number: float) -> float | None:
    """JSON knows no infinity: absurd figures leave ``null`` beside their text."""
    return number if math.isfinite(number) else None


def _remark(remark: Remark) -> dict[str, str]:
    return {"check": remark.check, "what": remark.en, "what_zh": remark.zh}


def _inferred(key: str, figure: Figure) -> dict[str, Any]:
    return {
        "key": key,
        "value": _finite(figure.value),
        "unit": "" if figure.unit.text == "1" else figure.unit.text,
        "per": figure.per,
        "ends": _ends(figure.ends),
        "how": figure.how_en,
        "how_zh": figure.how_zh,
        "rests_on": sorted(figure.rests_on),
    }
