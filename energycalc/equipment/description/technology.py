"""How a technology presents itself to the case file and the forms, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from energycalc.equipment.description.parameters import Given, Parameter
from energycalc.finding import Finding, Severity
from energycalc.quantity import Quantity, Source, about, current_subject

BEFORE, AFTER = "改善前 before", "改善後 after"


@dataclass(frozen=True)
class Change:
    """What a measure does to one machine's use of one carrier.

    Attributes:
        remaining: fraction of the machine's energy that is still used after the measure.
        carrier: ``electricity`` or ``natural_gas``.
        energy_before_model: kWh of the model before, to compare with the meter or to use without one; ``None`` where
            the parameters give the remaining fraction only.
        energy_after_model: kWh of the model after, or ``None``.
        findings: doubts the technology itself raises.
        added: other carriers that the machine takes up after the measure: energy per unit of this carrier's energy
            before (``kWh/kWh[LHV]`` for a gas furnace that becomes electric); negative where it saves that one too.
        beside: named results of the period that are no energy (water in m3, metal in t, money in TWD); positive is
            saved.
    """

    remaining: Quantity
    carrier: str
    energy_before_model: Quantity | None
    energy_after_model: Quantity | None
    findings: tuple[Finding, ...] = ()
    added: Mapping[str, Quantity] = field(default_factory=dict)
    beside: tuple[Quantity, ...] = ()


@dataclass(frozen=True)
class Ceiling:
    """The most that any measure of this kind can save: no claim may cross it.

    Attributes:
        saving: share of the carrier's energy before, a pure number.
        because_en, because_zh: the physics in one sentence.
        source: whose law it is.
        least_added: by carrier, the least energy of another carrier that must be taken up for it, per unit of this
            carrier's energy before.
    """

    saving: Quantity
    because_en: str
    because_zh: str
    source: Source
    least_added: Mapping[str, Quantity] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkedExample:
    """A calculation somebody else has published, to repeat and to learn from.

    Attributes:
        before, after, common: the parameters as they are written in a case file.
        of: which number the source gives: ``saving`` (kWh), ``saving_rate``, ``energy_before``, ``energy_after``, or
            the glossary name of a number on the way or beside (of the state before where both have it; ``after:`` in
            front of the name asks for that of the state after).
        given: that number as the source prints it, with its unit.
        tolerance: of the comparison, relative; from the source's rounding.
        source: the page.
        because_en, because_zh: one sentence that begins "the source gives …, because …" and explains what is left
            between the two.
    """

    before: Mapping[str, object]
    after: Mapping[str, object]
    common: Mapping[str, object]
    of: str
    given: str
    tolerance: float
    source: Source
    because_en: str
    because_zh: str


@dataclass(frozen=True)
class TechnologyDescription:
    """A technology as the case file and the forms see it.

    Attributes:
        key: name in the case file.
        label_zh, label_en: for people.
        carrier: the carrier it changes.
        parameters: what may and must be said.
        change: the calculation, ``change(before, after, common) -> Change``.
        ceiling: the physical limit of the saving, ``ceiling(before, after, common) -> Ceiling``.
        worked_example: a published calculation that the technology repeats.
        adds: other carriers that the measure may take up or save as well.
        needs: where a choice decides what else is needed: name of the choice, then by its word the parameters.
        limits_zh, limits_en: what it does not cover.
        turning_point_zh, turning_point_en: where more of the measure stops saving; empty where it never does.
    """

    key: str
    label_zh: str
    label_en: str
    carrier: str
    parameters: tuple[Parameter, ...]
    change: Callable[[Given, Given, Given], Change]
    ceiling: Callable[[Given, Given, Given], Ceiling] | None = None
    worked_example: WorkedExample | None = None
    adds: tuple[str, ...] = ()
    needs: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    limits_zh: str = ""
    limits_en: str = ""
    turning_point_zh: str = ""
    turning_point_en: str = ""


def part(name: str) -> AbstractContextManager[None]:
    """Name the part of the machine or measure that the steps inside the block are about, in both languages.

    Args:
        name: for example :data:`BEFORE`; it is put behind the subject that surrounds the block.
    """
    return about(f"{current_subject()} {name}".strip())


def doubt(
    id: str, severity: Severity, sentence: str, sentence_zh: str, source: Source | None = None, **evidence: str
) -> Finding:
    """A finding about the machine at hand.

    Args:
        id: stable dotted name.
        severity: note, warning or error.
        sentence: what is doubtful, with the numbers.
        sentence_zh: what is doubtful, with the numbers.
        source: whose rule it is.
        evidence: name to value with unit, as text.
    """
    return Finding(id, severity, current_subject(), sentence, sentence_zh, evidence, source)


def uses_more(technology: str, remaining: Quantity) -> list[Finding]:
    """A warning where a measure saves nothing but takes more.

    Args:
        technology: first part of the finding's name.
        remaining: fraction of the energy that is still used.
    """
    if remaining.value <= 1:
        return []
    more = f"{100 * (remaining.value - 1):.1f} %"
    return [
        doubt(
            f"{technology}.uses_more",
            "warning",
            f"The machine takes {more} more energy after the measure than before.",
            f"措施後用能比改善前多 {more}。",
            remaining_fraction=f"{remaining.value:.4f}",
        )
    ]
