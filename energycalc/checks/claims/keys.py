"""The keys of a claim: what each one holds, in which kinds of unit, and what people call it."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from energycalc.checks.claims.units import Kind, paper_unit
from energycalc.checks.table import table
from energycalc.errors import InputError

Holds = Literal["figure", "text", "list", "block"]


@dataclass(frozen=True)
class Key:
    """One row of ``data/checks/claim_keys.csv``.

    Attributes:
        key: as in a claim file.
        kind: what it holds.
        unit: sample units of the kinds it takes, joined by `` or ``; ``any``; empty for texts.
        title_en: what people call it.
        title_zh: the same in Traditional Chinese.
        help_en: how to fill it in.
        help_zh: the same in Traditional Chinese.
    """

    key: str
    kind: Holds
    unit: str
    title_en: str
    title_zh: str
    help_en: str
    help_zh: str

    @property
    def samples(self) -> tuple[str, ...]:
        """Sample units; none where any unit will do."""
        return () if self.unit in ("", "any") else tuple(self.unit.split(" or "))

    @functools.cached_property
    def kinds(self) -> frozenset[Kind]:
        """Kinds of unit it takes; none where any will do."""
        return frozenset(paper_unit(sample).kind for sample in self.samples)


@functools.cache
def claim_keys() -> Mapping[str, Key]:
    """All keys in the order of the file.

    Raises:
        InputError: a row is not as :class:`Key` says.
    """
    found: dict[str, Key] = {}
    for row in table("claim_keys.csv"):
        if row["kind"] not in get_args(Holds) or row["key"] in found:
            raise InputError("the row is no key, or stands twice", subject="claim_keys.csv", value=str(dict(row)))
        found[row["key"]] = Key(**row)  # type: ignore[arg-type]
    return MappingProxyType(found)


@functools.cache
def key_of_heading(heading: str) -> str | None:
    """The key that a column heading means: the key itself, its title in either language, or what else people write."""
    plain = heading.strip().lower().replace(" ", "_")
    for key in claim_keys().values():
        if plain in (key.key, key.title_en.lower().replace(" ", "_")) or heading.strip() == key.title_zh:
            return key.key
    return other_headings().get(heading.strip())


@functools.cache
def other_headings() -> Mapping[str, str]:
    """Further headings and their keys, as tables of energy audits, cards of published cases and lists write them.

    Raises:
        InputError: a heading stands twice, or its key is none.
    """
    found: dict[str, str] = {}
    titles = {key.title_zh for key in claim_keys().values()}
    for row in table("claim_headings.csv"):
        if row["key"] not in claim_keys() or row["heading"] in found or row["heading"] in titles:
            raise InputError("the key is unknown, or the heading stands twice", subject="claim_headings.csv",
                             value=str(dict(row)))  # fmt: skip
        found[row["heading"]] = row["key"]
    return MappingProxyType(found)


def near_keys(word: str) -> list[str]:
    """Keys that somebody may have meant."""
    return difflib.get_close_matches(word, list(claim_keys()), n=3, cutoff=0.6)
