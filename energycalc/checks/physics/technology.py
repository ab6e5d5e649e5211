"""What kind of machine a text speaks of: words of ``data/checks/technology_words.csv``."""

from __future__ import annotations

import functools
import re

from energycalc.checks.table import table


@functools.lru_cache(maxsize=4096)
def families_of(text: str) -> frozenset[str]:
    """Families whose words stand in a text; none where nothing is recognised.

    Args:
        text: technology and title, in English or Chinese; ``_`` and ``-`` count as blanks.
    """
    plain = re.sub(r"[_\-]+", " ", text.lower())
    found = {family for pattern, family in _words() if pattern.search(plain)}
    return frozenset(found - {gone for family in found for gone in _hidden().get(family, ())})


@functools.cache
def _words() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["family"]) for row in table("technology_words.csv"))


@functools.cache
def _hidden() -> dict[str, tuple[str, ...]]:
    """Families that a word takes away: a heat pump is no pump."""
    return {row["family"]: tuple(row["is_no"].split()) for row in table("technology_words.csv") if row["is_no"]}
