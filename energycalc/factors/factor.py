"""One published value, the publication it stands in, and the record of how it was found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from energycalc.errors import FactorError
from energycalc.quantity.source import FileOrigin

Kind = Literal["grid", "fuel_per_unit", "fuel_per_energy", "heat_content", "gwp", "leakage", "process"]
MatchKind = Literal["exact", "older_edition", "proxy"]

STATUSES: dict[str, tuple[str, str]] = {
    "final": ("確定值", "a final value"),
    "superseded": ("已被修正取代", "superseded by a later revision"),
    "target": ("目標值，不是係數", "a target, not a factor"),
    "conflict": ("來源互相矛盾", "in conflict with another source"),
    "estimate": ("推估值或推算值", "an estimate or a computed value"),
}
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
RANGE = re.compile(r"(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)")
BELOW = re.compile(r"<\d+(\.\d+)?")
NOT_A_NUMBER_WORDS = ("not counted",)


@dataclass(frozen=True)
class Publication:
    """A row of ``sources.csv``: a document, who published it, and through what it was read here."""

    id: str
    document: str
    publisher: str
    document_date: str
    url: str
    read_through: str
    licence_or_terms: str
    checked: str
    note: str


@dataclass(frozen=True)
class Factor:
    """One value as published: a row of ``data/emission_factors``; all cells are text, exactly as written.

    ``not_stated``, ``not_applicable`` and ``open`` are explicit words; no cell is empty. ``checked`` is
    the day the value was copied, not the day somebody compared it with the publisher's page.
    """

    id: str
    subject: str
    gas: str
    name_zh: str
    name_en: str
    region: str
    series: str
    edition: str
    value: str
    unit: str
    basis: str
    gwp_set: str
    uncertainty: str
    source: str
    also_in: str
    page_or_table: str
    announced: str
    valid_from: str
    valid_to: str
    status: str
    confidence: str
    licence_or_terms: str
    checked: str
    note: str
    kind: Kind
    origin: FileOrigin

    @property
    def number(self) -> float:
        """The value as a number, in ``unit``.

        Raises:
            FactorError: the publisher prints a range, a bound or a word.
        """
        if NUMBER.fullmatch(self.value):
            return float(self.value)
        advice = "State your own value with its source, or choose another row by its id"
        if RANGE.fullmatch(self.value):
            advice = "State your own value within the range, with its source, or choose the default row by its id"
        raise FactorError(
            "the publisher prints no single number",
            subject=f"factor {self.id}",
            value=f"{self.value} {self.unit}",
            next_step=advice,
        )

    @property
    def first_year(self) -> int | None:
        """First year of validity; ``None`` when it has none or the source does not state it."""
        return year_of(self.valid_from)

    @property
    def last_year(self) -> int | None:
        """Last year of validity; an open one is known only up to the day it was copied."""
        if self.valid_to == "open":
            return year_of(self.checked)
        return year_of(self.valid_to) if self.valid_to != "not_stated" else self.first_year

    def covers(self, year: int) -> bool:
        """Whether the value is valid in a year; a start not stated is no hindrance (the Match says so)."""
        if self.valid_from == "not_applicable":
            return True
        if self.last_year is None:
            return False
        return (self.first_year or 0) <= year <= self.last_year

    def brief(self) -> str:
        """One line for lists and messages: id, value, unit, status, series and validity."""
        years = self.valid_from if self.valid_from == self.valid_to else f"{self.valid_from} to {self.valid_to}"
        facts = [fact for fact in (self.status, self.series, years) if fact != "not_applicable"]
        return f"{self.id} = {self.value} {self.unit} ({', '.join(facts)})"


def year_of(date: str) -> int | None:
    """The year of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``None`` for a word such as ``not_stated``."""
    return int(date[:4]) if re.match(r"\d{4}(-|$)", date) else None


@dataclass(frozen=True)
class Match:
    """How a factor was found, to be printed beside it.

    Attributes:
        kind: ``exact`` (valid for the year asked, or none was asked), ``older_edition`` (by the caller's
            allowance or the inventory rule) or ``proxy`` (chosen for a year or region it was not published for).
        factor: the row.
        publication: the document it stands in.
        asked: what was asked, e.g. ``2026``; empty when nothing but an id was given.
        age: years between the year asked and the last year of the value; 0 when exact, negative when the
            value is newer.
        remarks: further facts the reader must see, as (zh-TW, English) pairs.
    """

    kind: MatchKind
    factor: Factor
    publication: Publication
    asked: str = ""
    age: int = 0
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def sentence(self) -> str:
        """The whole finding in English."""
        how = {
            "exact": ", valid for the year asked" if self._year_is_known else "",
            "older_edition": f", an older edition, {self.age} yr before the year asked ({self.asked})",
            "proxy": f", a stand-in: not published for what was asked ({self.asked})",
        }[self.kind]
        head = f"{self.factor.name_en}: {self.factor.value} {self.factor.unit}, {years_in_words(self.factor)[1]}{how}"
        status = STATUSES[self.factor.status][1]
        tail = "".join(f"; {english}" for _, english in self.remarks)
        return f"{head}; {status}{tail}. {self.publication.document}, {self.publication.publisher}."

    @property
    def sentence_zh(self) -> str:
        """The whole finding in Traditional Chinese."""
        how = {
            "exact": "，適用於查詢年度" if self._year_is_known else "",
            "older_edition": f"，沿用舊版，較查詢年度（{self.asked}）早 {self.age} 年",
            "proxy": f"，替代值，並非為查詢對象（{self.asked}）公布",
        }[self.kind]
        head = f"{self.factor.name_zh}：{self.factor.value} {self.factor.unit}，{years_in_words(self.factor)[0]}{how}"
        tail = "".join(f"；{chinese}" for chinese, _ in self.remarks)
        document = f"{self.publication.document}，{self.publication.publisher}"
        return f"{head}；{STATUSES[self.factor.status][0]}{tail}。{document}。"

    @property
    def _year_is_known(self) -> bool:
        """Whether a year was asked and the source states one: only then can it be said to fit."""
        return bool(self.asked) and self.factor.last_year is not None


def years_in_words(factor: Factor) -> tuple[str, str]:
    """For which years a value holds (zh-TW, English); what the source leaves unsaid is said to be so."""
    first, last = factor.valid_from, factor.valid_to
    if first == last:
        same = {
            "not_applicable": ("不分年度", "not tied to a year"),
            "not_stated": ("適用年度未載明", "years not stated"),
        }
        return same.get(first, (first, first))
    if first == "not_stated":
        return (
            ("起始年未載明，仍適用", "start not stated, still open")
            if last == "open"
            else (
                f"起始年未載明，至 {last}",
                f"start not stated, to {last}",
            )
        )
    return (f"{first} 起", f"from {first} on") if last == "open" else (f"{first} 至 {last}", f"{first} to {last}")
