"""How the findings of a claim name things and show numbers."""

from __future__ import annotations

import math

from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.units import PaperUnit

DIGITS = 4


def title(key: str, lang: str) -> str:
    """What people call a key."""
    known = claim_keys().get(key)
    if known is None:
        return key
    return known.title_zh if lang == "zh" else known.title_en


def shown(number: float, digits: int = DIGITS) -> str:
    """A computed number with the digits that mean something, thousands separated."""
    if number == 0 or not math.isfinite(number):
        return f"{number:g}"
    decimals = digits - 1 - math.floor(math.log10(abs(number)))
    rounded = round(number, decimals)
    text = f"{rounded:,.{max(0, decimals)}f}"
    return text.rstrip("0").rstrip(".") if "." in text and abs(rounded) >= 100 else text


def in_unit_of(figure: Figure, base_value: float) -> str:
    """A number in base units, shown in the unit of a figure."""
    per = f"/{figure.per}" if figure.per else ""
    if figure.per == "day":
        per = "/year"
    return f"{shown(base_value / figure.unit.size.value)} {_name(figure.unit)}{per}".strip()


def _name(unit: PaperUnit) -> str:
    return "" if unit.text == "1" else unit.text


def printed(claim: Claim, key: str) -> str:
    """A figure as the page has it, or as it was inferred."""
    figure = claim.figures[key]
    return figure.text if figure.is_printed else f"{figure.text} (inferred)"


def side_by_side(claim: Claim, *keys: str) -> dict[str, str]:
    """Figures by their name, for the evidence of a finding."""
    return {title(key, "en"): printed(claim, key) for key in keys if claim.has(key)}
