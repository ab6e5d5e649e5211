"""What a check of physics sees: the words of a technology, numbers by name in one stated unit, and what is claimed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from energycalc.checks.range import Range
from energycalc.checks.table import table
from energycalc.errors import InputError

State = Literal["before", "after"]
STATES: tuple[State, State] = ("before", "after")
IN_WORDS = {"before": ("before the measure", "改善前"), "after": ("after the measure", "改善後")}


@dataclass(frozen=True)
class Fact:
    """One row of ``data/checks/physics_facts.csv``.

    Attributes:
        name: of the fact; with ``_before`` or ``_after`` behind it where the two states differ.
        kind: ``figure`` (an amount), ``point`` (a temperature, a gauge pressure) or ``word``.
        unit: in which checks see it; empty for a word.
        claim_keys: keys of a claim that hold it.
        parameters: parameters of technologies that hold it.
        title_en: what it is.
        title_zh: the same in Traditional Chinese.
    """

    name: str
    kind: Literal["figure", "point", "word"]
    unit: str
    claim_keys: tuple[str, ...]
    parameters: tuple[str, ...]
    title_en: str
    title_zh: str


@functools.cache
def known_facts() -> Mapping[str, Fact]:
    """All facts by name, in the order of the file."""
    found: dict[str, Fact] = {}
    for row in table("physics_facts.csv"):
        if row["name"] in found or row["kind"] not in ("figure", "point", "word"):
            raise InputError("the row is no fact, or its name stands twice", subject=row["name"])
        found[row["name"]] = Fact(
            row["name"],
            row["kind"],  # type: ignore[arg-type]
            row["unit"],
            tuple(row["claim_keys"].split()),
            tuple(row["parameters"].split()),
            row["title_en"],
            row["title_zh"],
        )
    return MappingProxyType(found)


@dataclass(frozen=True)
class Facts:
    """What is known about one claim or measure.

    Attributes:
        subject: whom a finding names.
        families: what the technology is, as words of ``technology_words.csv``.
        values: numbers by name, in the unit of :func:`known_facts`; a name ends in ``_before`` or ``_after`` where
            the two states differ.
        words: texts by name.
        on_paper: whether it is a claim on paper, where an objection to method is a warning at most.
        unread: sentences on what was stated and could not be read.
    """

    subject: str
    families: frozenset[str]
    values: Mapping[str, Range]
    words: Mapping[str, str] = field(default_factory=dict)
    on_paper: bool = True
    unread: tuple[str, ...] = ()

    def at(self, name: str, state: State) -> Range | None:
        """A number in one state, or the one that holds in both."""
        own = self.values.get(f"{name}_{state}")
        return self.values.get(name) if own is None else own

    def word(self, name: str, state: State) -> str:
        """A text in one state, or the one that holds in both; empty where it is not stated."""
        return self.words.get(f"{name}_{state}", self.words.get(name, ""))

    def is_a(self, *families: str) -> bool:
        """Whether the technology is one of these."""
        return not self.families.isdisjoint(families)

    @property
    def counted(self) -> bool:
        """Whether it is known how many machines the figures are of: a page that prints no number may mean several."""
        return not self.on_paper or "unit_count" in self.values

    def knows(self, name: str) -> bool:
        """Whether a number or text of this name is there, in any state."""
        names = (name, f"{name}_before", f"{name}_after")
        return any(n in self.values or n in self.words for n in names)


def states_of(facts: Facts, name: str) -> Iterable[tuple[State | None, Range]]:
    """A number with its state: once where both are the same, else before and after."""
    if name in facts.values:
        yield None, facts.values[name]
    for state in STATES:
        if f"{name}_{state}" in facts.values:
            yield state, facts.values[f"{name}_{state}"]


def said(state: State | None) -> tuple[str, str]:
    """`` before the measure`` and ``改善前``; nothing for a number without a state."""
    return ("", "") if state is None else (f" {IN_WORDS[state][0]}", IN_WORDS[state][1])


def whole(share: float) -> str:
    """``95 %``."""
    return f"{100 * share:.0f} %"


def tenths(share: float) -> str:
    """``95.2 %``."""
    return f"{100 * share:.1f} %"


def per_cent(number: Range) -> str:
    """``95.2 %``."""
    return f"{100 * number.value:.3g} %" if abs(number.value) < 10 else f"{100 * number.value:,.0f} %"


def shown(number: Range, unit: str) -> str:
    """``7.1 kW``."""
    value = number.value
    return f"{value:,.0f} {unit}" if abs(value) >= 10000 else f"{value:.4g} {unit}"


def bound(law: Callable[..., float], usual: tuple[float, ...], kindest: tuple[float, ...]) -> Range:
    """A ceiling computed from printed numbers: at their values, and at the ends that are kindest to the claim.

    Args:
        law: the ceiling as a function of plain numbers.
        usual: the numbers as printed.
        kindest: the ends that give the highest ceiling.
    """
    at_value = law(*usual)
    return Range(at_value, at_value, max(at_value, at_value if usual == kindest else law(*kindest)))


def above(number: Range, ceiling: Range) -> bool:
    """Whether a number lies above a ceiling, whatever was rounded."""
    return number.low > ceiling.high
