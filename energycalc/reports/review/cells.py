"""Figures of a claim as people read them: thousands separated, units in the language of the page."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping

from energycalc.checks.claims.figures import LONG_UNITS, WORDS, Figure
from energycalc.checks.claims.headline import Line
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.words import shown

PLAIN = re.compile(r"(?<![\d.,\w])-?\d{5,}(?=[.\s]|$)")
"""A long number without separators, as claim files hold them; not a part of a word or of another number."""
FIGURE = re.compile(r"(-?\d{4,})((?:\.\d+)? \S+)")
"""A number with its unit and nothing else: here four digits are no year."""
WORDS_ZH = {"TWD": "元", "USD": "美元", "year": "年", "yr": "年", "month": "月", "day": "日"}
WORDS_EN = {"元": "TWD", "美元": "USD", "年": "year", "月": "month", "個月": "month", "日": "day", "度": "kWh"}
UNIT_WORD = re.compile(r"(?<![A-Za-z])(?:TWD|USD|year|yr|month|day)(?![A-Za-z])")
SAID_ZH = (
    (re.compile(r"([\d.]+) of (\d{4})"), r"\2 年 \1"),
    (re.compile(r" as first published"), "（首次公告值）"),
    (re.compile(r" \(inferred\)"), "（推算）"),
    (re.compile(r"(?<=\d) to (?=\d)"), " 至 "),
    (re.compile(r"(?<=\d) d$"), " 日"),
    (re.compile(r"^none$"), "無"),
)
"""Words that the evidence of a finding uses beside its numbers."""
AFTER_NUMBER = re.compile(r"[-\d.,\s]+(\D.*)")
OPERATORS = (" ÷ ", " × ", " − ", " + ")
LEAST_DIGITS = 3


def people(text: str, language: str) -> str:
    """A figure or a sentence with figures, with thousands separated and, in Chinese, the units of money and time."""
    text = printable(text)
    figure = FIGURE.fullmatch(text)
    separated = f"{int(figure[1]):,}{figure[2]}" if figure else PLAIN.sub(lambda match: f"{int(match[0]):,}", text)
    if not language.startswith("zh"):
        return separated
    return UNIT_WORD.sub(lambda match: WORDS_ZH[match[0]], separated)


def printable(text: str) -> str:
    """A text of a claim without signs that steer a terminal or turn the direction of writing."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def evidence_cell(text: str, language: str) -> str:
    """A number of the evidence, with the words beside it in the language of the page."""
    said = people(text, language)
    if language.startswith("zh"):
        for pattern, chinese in SAID_ZH:
            said = pattern.sub(chinese, said)
    return said


def printed_cell(line: Line, language: str) -> str:
    """The figure as it stands on the page; empty where it does not."""
    return people(line.printed.text, language) if line.printed else ""


def recomputed_cell(line: Line, language: str) -> str:
    """The recomputed figure with as many decimals as the printed one, and at least three digits."""
    if line.recomputed is None:
        return ""
    value, word = line.recomputed.value, _word(line.printed) if language.startswith("zh") else ""
    number = shown(value) if line.printed is None else _like(line.printed, value / WORDS.get(word, 1.0))
    name = "" if line.unit.text == "1" else line.unit.text
    if not language.startswith("zh"):
        name = "/".join(WORDS_EN.get(part, part) for part in name.split("/"))
    return people(f"{number} {word}{name}{'/' + line.per if line.per else ''}".strip(), language)


def _word(printed: Figure | None) -> str:
    """The 萬 of 48.3 萬元: the recomputed figure stands beside it in the same measure."""
    rest = AFTER_NUMBER.fullmatch(unicodedata.normalize("NFKC", printed.text)) if printed else None
    if rest is None or rest[1].startswith(LONG_UNITS):
        return ""
    return next((word for word in WORDS if rest[1].startswith(word)), "")


def _like(printed: Figure, value: float) -> str:
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    needed = LEAST_DIGITS - 1 - math.floor(math.log10(abs(value)))
    digits = re.search(r"\d\.(\d+)", printed.text)
    return f"{value:,.{max(0, needed, len(digits[1]) if digits and printed.step < 1 else 0)}f}"


def name_of(word: str, language: str, other: Mapping[str, str]) -> str:
    """The name of a number in the evidence of a finding, in the language of the page.

    Args:
        word: as the finding has it, in English.
        language: ``zh-TW`` or ``en``.
        other: words of the page for names that are no key of a claim.
    """
    word = printable(word)
    if not language.startswith("zh"):
        return word
    if any(sign in word for sign in OPERATORS):  # a law in words
        for key in sorted(claim_keys().values(), key=lambda key: -len(key.title_en)):
            word = word.replace(key.title_en, key.title_zh)
        return word
    base, mark, where = word.partition(" (")
    known = next((key.title_zh for key in claim_keys().values() if base in (key.title_en, key.key)), None)
    if known is not None:
        where = where.removesuffix(")")
        return known + (f"（{other.get(where, where)}）" if mark else "")
    return other.get(word, word)
