"""What became of a rule, and how exact amounts, shares and days are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from energycalc.case.days import roc_year
from energycalc.checks.programme.edition import Rule
from energycalc.finding import Finding, Severity

Status = Literal["met", "missed", "missing", "warned", "conflict", "not_applicable"]
STATUSES: tuple[Status, ...] = get_args(Status)
_SEVERITY: dict[Status, Severity] = {"missed": "error", "warned": "warning", "conflict": "warning", "missing": "note"}


@dataclass(frozen=True)
class Answer:
    """What a kind of rule says about one application.

    Attributes:
        status: ``met``; ``missed``; ``missing``, when the file does not state what the rule needs; ``warned``, where the
            rule is a principle or our reading; ``conflict``, where the document contradicts itself; ``not_applicable``.
        en: one sentence.
        zh: the same in Traditional Chinese.
        stated: the application's own number.
        limit: the rule's.
    """

    status: Status
    en: str
    zh: str
    stated: str = ""
    limit: str = ""


@dataclass(frozen=True)
class Outcome:
    """A rule and its answer."""

    rule: Rule
    answer: Answer

    @property
    def status(self) -> Status:
        """Of the answer."""
        return self.answer.status

    def finding(self) -> Finding | None:
        """The same as a doubt; ``None`` where there is none.

        Missed is an error, warned and conflict are warnings, missing is a note.
        """
        if self.status not in _SEVERITY:
            return None
        return Finding(
            f"programme.{self.rule.edition}.{self.rule.id}",
            _SEVERITY[self.status],
            self.rule.clause,
            self.answer.en,
            self.answer.zh,
            {name: text for name, text in (("stated", self.answer.stated), ("limit", self.answer.limit)) if text},
            self.rule.source,
        )


def not_stated(key: str, limit: str = "") -> Answer:
    """The file does not state what the rule needs.

    Args:
        key: where in the file it belongs.
        limit: the rule's.
    """
    return Answer("missing", f"The file does not state {key}.", f"檔案未載 {key}。", "", limit)


def not_yet(key: str) -> Answer:
    """The file has nothing on a later phase of the project.

    Args:
        key: where in the file it belongs.
    """
    return Answer(
        "not_applicable",
        f"Not judged: the file has no {key}; it belongs to a later phase.",
        f"未判定：檔案無 {key}，屬後續階段。",
    )


def compared(holds: bool, stated: str, limit: str, en: str, zh: str, otherwise: Status = "missed") -> Answer:
    """A number against a limit.

    Args:
        holds: whether the rule is met.
        stated: the application's number, as text.
        limit: the rule's, as text.
        en: what the number is.
        zh: the same in Traditional Chinese.
        otherwise: status when it is not met.
    """
    relation_en, relation_zh = ("meets", "符合") if holds else ("does not meet", "不符")
    return Answer(
        "met" if holds else otherwise,
        f"{en} {stated} {relation_en} {limit}.",
        f"{zh} {stated}，{relation_zh}（{limit}）。",
        stated,
        limit,
    )


def twd(amount: Fraction) -> str:
    """``NT$ 2,800,000``, with cents only where there are some; a fraction of a cent shows as many digits as it has."""
    cents = amount * 100
    if amount.denominator == 1:
        return f"NT$ {amount.numerator:,}"
    return f"NT$ {float(amount):,.2f}" if cents.denominator == 1 else f"NT$ {float(amount):,.4f}"


def percent(share: Fraction, against: Fraction | None = None) -> str:
    """A share in percent with as many digits as it takes to tell it from the limit it is compared with.

    Args:
        share: 13/20 is 65 %.
        against: the limit as a share.
    """
    for places in range(1, 16):
        shown = f"{float(share * 100):.{places}f}"
        if against is None or share == against or Fraction(shown) != against * 100:
            return f"{shown.rstrip('0').rstrip('.')} %" if share * 100 == Fraction(shown) else f"{shown} %"
    return f"{share.numerator}/{share.denominator}"


def plain(number: Fraction) -> str:
    """A number without needless zeros."""
    return f"{float(number):.6f}".rstrip("0").rstrip(".")


def roc(day: dt.date) -> str:
    """``114/10/31``."""
    return f"{roc_year(day.year)}/{day.month}/{day.day}"


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month some months later (or earlier); the first of the next month where there is none.

    Args:
        day: from.
        months: how many; negative goes back.
    """
    ahead = day.year * 12 + day.month - 1 + months
    try:
        return dt.date(ahead // 12, ahead % 12 + 1, day.day)
    except ValueError:
        return dt.date((ahead + 1) // 12, (ahead + 1) % 12 + 1, 1)
