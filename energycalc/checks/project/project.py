"""What the checks of a project look at, and the two things a check may say: a finding, or which fact is missing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from energycalc.assessment import Assessment
from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.case.review import ReviewNotes
from energycalc.case.review_facts import Printed
from energycalc.checks.catalogue import found
from energycalc.checks.range import Range
from energycalc.checks.table import table
from energycalc.effects.results import CarrierResult, LevelResult, MeasureResult
from energycalc.finding import Finding, Severity
from energycalc.metering import MeterSeries
from energycalc.mv.verification import Verified
from energycalc.quantity import Quantity

SAME = 1e-9
"""Two numbers of the same digits, whatever the computer's last bit says."""


@dataclass(frozen=True)
class Missing:
    """A check that could not be judged, and the fact it would take."""

    check: str
    en: str
    zh: str


@dataclass(frozen=True)
class Project:
    """A case, as far as it could be read and computed.

    Attributes:
        case: ``None`` where its file is refused.
        notes: facts stated for the checks.
        assessment: ``None`` where the case cannot be computed.
        meters: series of meters that could be read, by id.
        verified: verifications that the measures name, by file.
    """

    case: Case | None
    notes: ReviewNotes
    assessment: Assessment | None
    meters: Mapping[str, MeterSeries]
    verified: Mapping[str, Verified]

    def measure(self, id: str) -> Measure | None:
        """The measure of that id."""
        return next((m for m in self.case.measures if m.id == id), None) if self.case else None

    def results(self, id: str = "") -> tuple[MeasureResult, ...]:
        """Results of a measure, one a carrier; of all measures without an id."""
        found = self.assessment.effects.measures if self.assessment else ()
        return tuple(m for m in found if not id or m.measure.id == id)

    def main_result(self, id: str) -> MeasureResult | None:
        """Result of a measure for the carrier that it is about."""
        return next((m for m in self.results(id) if m.is_main), None)

    def levels(self) -> tuple[LevelResult, ...]:
        """Machines, lines, and the plant."""
        if self.assessment is None:
            return ()
        effects = self.assessment.effects
        return (*effects.machines, *effects.lines, effects.plant)

    def level(self, id: str) -> LevelResult | None:
        """Machine, line or ``plant`` of that id."""
        return next((x for x in self.levels() if x.id == id), None)

    def own(self, printed: Printed) -> Quantity | None:
        """The case's own number for a printed one; ``None`` where it has none."""
        level = self.level(printed.of)
        if level is not None:
            carrier = level.carriers.get(printed.carrier or "")
            if carrier is None and len(level.carriers) == 1 and printed.carrier is None:
                carrier = next(iter(level.carriers.values()))
            return self._of_level(printed, level, carrier)
        found = self.results(printed.of)
        if printed.carrier:
            found = tuple(m for m in found if m.carrier == printed.carrier)
        main = next((m for m in found if m.is_main), None)
        if main is None or (printed.what == "emission_saving" and not printed.carrier and len(found) > 1):
            return None
        name = {"payback": "simple_payback"}.get(printed.what, printed.what)
        number = getattr(main, name, None)
        return number if isinstance(number, Quantity) else None

    def _of_level(self, printed: Printed, level: LevelResult, carrier: CarrierResult | None) -> Quantity | None:
        name = {"payback": "simple_payback"}.get(printed.what, printed.what)
        if level.level == "plant" and self.assessment and name in ("investment", "simple_payback"):
            found = getattr(self.assessment.effects.totals, name)
        elif printed.carrier is None and hasattr(level, name):
            found = getattr(level, name)
        else:
            found = getattr(carrier, name, None)
        return found if isinstance(found, Quantity) else None


Outcome = Finding | Missing


@functools.cache
def sentences() -> Mapping[str, tuple[str, str]]:
    """Sentences of the checks of projects by key, English and Chinese; ``TU11.lacks`` names the missing fact."""
    return {row["key"]: (row["en"], row["zh"]) for row in table("project_sentences.csv")}


def say(key: str, subject: str, *, severity: str | None = None, **numbers: str | tuple[str, str]) -> Finding:
    """A finding whose sentence stands in the list of sentences.

    Args:
        key: id of the check, with a word after a point where it has several sentences.
        subject: what it is about.
        severity: where it differs from the check's own.
        numbers: the contradicting numbers as text; they fill the sentence and are its evidence. A word is a pair, English
            and Chinese.
    """
    en, zh = sentences()[key]
    pairs = {name: (text, text) if isinstance(text, str) else text for name, text in numbers.items()}
    in_en, in_zh = ({name: pair[i] for name, pair in pairs.items()} for i in (0, 1))
    said = en.format(subject=subject, **in_en), zh.format(subject=subject, **in_zh)
    return found(key.split(".")[0], subject, *said, in_en, severity=cast("Severity | None", severity))


def lacks(check: str) -> Missing:
    """That a check could not be judged, and the fact it would take."""
    return Missing(check, *sentences()[f"{check}.lacks"])


ProjectCheck = Callable[[Project], Iterator[Outcome]]


def known(*numbers: Quantity | None) -> bool:
    """Whether all of them are stated."""
    return all(number is not None for number in numbers)


def size(quantity: Quantity) -> float:
    """The number in base units, whatever basis, set or year its unit names."""
    return quantity.value * quantity.unit.factor


def kind(quantity: Quantity) -> dict[str, float]:
    """Dimension without basis, set and year."""
    return {name: power for name, power in dict(quantity.unit.dimension).items() if not name.startswith("<")}


def as_range(quantity: Quantity, step: float) -> Range:
    """A printed number in base units, within one unit of its last digit (digits may be cut)."""
    low, high = sorted(((quantity.value - step) * quantity.unit.factor, (quantity.value + step) * quantity.unit.factor))
    return Range(low, size(quantity), high)


def differs(a: float, b: float) -> float:
    """Relative difference of two numbers, by the larger."""
    largest = max(abs(a), abs(b))
    return abs(a - b) / largest if largest else 0.0
