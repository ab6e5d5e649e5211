"""Sentences about a verification that several pages say alike."""

from __future__ import annotations

from energycalc.mv.verification import Verified
from energycalc.quantity.display import rounded
from energycalc.reports.words import words

DIGITS = 4
"""Significant digits of a claim that has no ±."""


def naive_sentence(verified: Verified, language: str) -> str:
    """What a plain comparison of before and after would have claimed, in one sentence.

    Args:
        verified: the result.
        language: ``zh-TW`` or ``en``.
    """
    naive, text = verified.naive, words("verification_terminal", language)
    return text["naive" if naive.equally_long else "naive_by_day"].format(
        total=rounded(naive.total_before - naive.total_after, None, DIGITS),
        share_of_totals=f"{naive.share_of_totals:.1%}",
        claimed=rounded(naive.claimed, None, DIGITS),
        unit=naive.unit,
        share=f"{naive.share:.1%}",
    )


def kind_of_number(verified: Verified) -> str:
    """``saving``, or ``difference`` where no recorded measure stands behind it; first part of the words' keys."""
    return "difference" if verified.verdict.word == "not_attributable" else "saving"
