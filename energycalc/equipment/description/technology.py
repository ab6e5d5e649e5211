"""How a technology presents itself to the case file and the forms, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

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
    """

    remaining: Quantity
    carrier: str
    energy_before_model: Quantity | None
    energy_after_model: Quantity | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class TechnologyDescription:
    """A technology as the case file and the forms see it.

    Attributes:
        key: name in the case file.
        label_zh, label_en: for people.
        carrier: the carrier it changes.
        parameters: what may and must be said.
        change: the calculation, ``change(before, after, common) -> Change``.
        limits_zh, limits_en: what it does not cover.
    """

    key: str
    label_zh: str
    label_en: str
    carrier: str
    parameters: tuple[Parameter, ...]
    change: Callable[[Given, Given, Given], Change]
    limits_zh: str = ""
    limits_en: str = ""


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
