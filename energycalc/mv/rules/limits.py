"""Limits as data: when a rule fires, how severe it is, whose limit it is, and what it says in two languages."""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.finding import Finding, Severity
from energycalc.quantity import Source

Fires = Literal["above", "below"]
Whose = Literal["published", "project"]
ROUNDING = 1e-12
"""102 to 100 is 2 % more, although the computer's quotient lies 2e-17 above it."""
_RANK: dict[Severity, int] = {"note": 0, "warning": 1, "error": 2}


@dataclass(frozen=True)
class Rule:
    """One limit.

    Attributes:
        id: name of the check, as ``TS03_cv_rmse``; the finding is ``mv.TS03_cv_rmse``.
        case: what it holds for, where a check has several limits; ``any``.
        interval: length of the periods it was written for; ``any``.
        severity: of the finding.
        fires: on which side of the limit.
        limit: the limit itself, a share where ``unit`` is ``%``.
        unit: ``%``, ``d``, ``month``, ``km``, ``h``, ``cycle`` or ``1``.
        document: id in the list of documents.
        clause: where in the document.
        publisher: of the document.
        whose: ``published`` limits are the document's, ``project`` limits are this program's own choice.
        second_hand: whether the document itself was not read.
        en: sentence with ``{value}``, ``{limit}`` and, for some, ``{where}``.
        zh: the same in Traditional Chinese.
    """

    id: str
    case: str
    interval: str
    severity: Severity
    fires: Fires
    limit: float
    unit: str
    document: str
    clause: str
    publisher: str
    whose: Whose
    second_hand: bool
    en: str
    zh: str

    @property
    def source(self) -> Source:
        """Whose rule it is; says so when it is second-hand or the project's own."""
        doubts = ["limit chosen by this project"] if self.whose == "project" else []
        doubts += ["second-hand: the document itself was not read"] if self.second_hand else []
        return Source(self.document, self.clause, publisher=self.publisher, confidence="; ".join(doubts))

    def broken_by(self, value: float) -> bool:
        """Whether a value lies on the wrong side; the limit itself, and what rounds to it, is allowed."""
        slack = ROUNDING * max(abs(self.limit), 1.0)
        return value > self.limit + slack if self.fires == "above" else value < self.limit - slack

    def finding(self, value: float, subject: str, where: str, evidence: Mapping[str, str]) -> Finding:
        """The finding with both numbers."""
        english, chinese = (
            text.format(
                value=shown(value, self.unit, lang, self.limit), limit=shown(self.limit, self.unit, lang), where=where
            )
            for text, lang in ((self.en, "en"), (self.zh, "zh"))
        )
        return Finding(f"mv.{self.id}", self.severity, subject, english, chinese, dict(evidence), self.source)


_UNIT_WORDS: dict[str, tuple[str, str]] = {
    "d": (" days", " 日"),
    "month": (" months", " 個月"),
    "km": (" km", " 公里"),
    "h": (" h", " 小時"),
    "cycle": ("", ""),
    "1": ("", ""),
}


def shown(value: float, unit: str, lang: str, beside: float | None = None) -> str:
    """A number of a rule as people read it, never rounded onto the limit it is compared with."""
    scale, word = (100.0, "%") if unit == "%" else (1.0, _UNIT_WORDS[unit][lang == "zh"])
    digits = 3
    while digits < 12:
        text = f"{value * scale:,.{digits}g}"
        if beside is None or value == beside or float(text.replace(",", "")) != beside * scale:
            break
        digits += 1
    if abs(value * scale) >= 1000 and abs(value * scale) < 1e6:
        text = f"{value * scale:,.0f}"
    return f"{text} %" if word == "%" else text + word


@functools.cache
def rules() -> tuple[Rule, ...]:
    """All rules of ``data/mv_rules/*.csv``.

    Raises:
        InputError: a row is not as :class:`Rule` says.
    """
    found = []
    for file in sorted((data_folder() / "mv_rules").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as text:
            found += [_rule(row, f"{file.name}, {row['id']}") for row in csv.DictReader(text)]
    return tuple(found)


def _rule(row: Mapping[str, str], subject: str) -> Rule:
    try:
        limit = float(row["limit"])
    except ValueError:
        limit = math.nan
    good = (
        row["severity"] in get_args(Severity)
        and row["fires"] in get_args(Fires)
        and row["whose"] in get_args(Whose)
        and row["second_hand"] in ("yes", "no")
        and (row["unit"] == "%" or row["unit"] in _UNIT_WORDS)
        and math.isfinite(limit)
        and all(row[column].strip() for column in ("id", "case", "interval", "document", "clause", "publisher"))
        and all("{value}" in row[lang] or "{limit}" in row[lang] or row["fires"] == "below" for lang in ("en", "zh"))
    )
    if not good:
        raise InputError("the row is no rule", subject=subject, value=str(dict(row)), next_step="Correct the row")
    words = {**row, "limit": limit, "second_hand": row["second_hand"] == "yes"}
    return Rule(**words)  # type: ignore[arg-type]


def limit_of(check: str, *, case: str = "any", severity: Severity | None = None) -> float:
    """The limit of a check, for pages that show it.

    Raises:
        InputError: there is not exactly one.
    """
    found = [r for r in _of(check, case) if severity is None or r.severity == severity]
    if len(found) != 1:
        raise InputError("the check has not exactly one limit", subject=check, value=f"{case}, {severity}")
    return found[0].limit


def judge(
    check: str,
    value: float,
    subject: str,
    *,
    case: str = "any",
    where: str = "",
    evidence: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Hold a value against the limits of a check; at most one finding, the most severe.

    Args:
        check: name of the check, as ``TS05_r_squared``.
        value: in the unit of the rule (a share where it is ``%``).
        subject: meter, model or measure.
        case: which limits of the check.
        where: the place that a sentence names.
        evidence: further numbers with units, as text.

    Raises:
        InputError: no such check, or the value is not a number: a statistic that could not be found is not a pass.
    """
    candidates = _of(check, case)
    if math.isnan(value):
        raise InputError(
            "the number to be judged is not known",
            subject=subject,
            value=f"mv.{check}",
            limit="a number",
            next_step="Say why it is not known; an unknown number does not pass a check",
        )
    broken = [rule for rule in candidates if rule.broken_by(value)]
    if not broken:
        return ()
    worst = max(broken, key=lambda rule: _RANK[rule.severity])
    return (worst.finding(value, subject, where, evidence or {}),)


def _of(check: str, case: str) -> list[Rule]:
    found = [rule for rule in rules() if rule.id == check and rule.case == case]
    if not found:
        cases = sorted({rule.case for rule in rules() if rule.id == check})
        raise InputError(
            "there is no such rule",
            subject=check,
            value=case,
            limit=", ".join(cases) or "no rule of this name",
            next_step="Use a check and a case of data/mv_rules",
        )
    return found
