"""How a technology presents itself to the case file and the forms, and the shape of its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

import numpy as np

from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.finding import Finding, Severity
from energycalc.quantity import Quantity, Source, about, current_subject

Place = Literal["before", "after", "common"]
Given = Mapping[str, object]


@dataclass(frozen=True)
class DefaultUncertainty:
    """Half-width to assume when the user has only the class of the instrument; shown with the tag *default*.

    Attributes:
        relative_half_width: of a rectangular distribution, as a fraction of the value.
        source: whose figure it is.
    """

    relative_half_width: float
    source: Source


@dataclass(frozen=True)
class Parameter:
    """One thing the user says about the machine.

    Attributes:
        name: key in the case file and glossary key.
        places: where it is written: ``before``, ``after`` (the measure) or ``common`` (both states).
        unit: unit in which ``range`` holds; empty for a word or a list.
        example: as a person writes it.
        how_to_measure_zh, how_to_measure_en: where the number comes from.
        optional: whether it may be left out.
        range: lowest and highest admissible value in ``unit``; ``None`` is open.
        choices: admissible words.
        default_uncertainty: what to assume when nothing is stated, where a source is at hand.
    """

    name: str
    places: tuple[Place, ...]
    unit: str
    example: str
    how_to_measure_zh: str
    how_to_measure_en: str
    optional: bool = False
    range: tuple[float | None, float | None] = (None, None)
    choices: tuple[str, ...] = ()
    default_uncertainty: DefaultUncertainty | None = None


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


def check(parameters: tuple[Parameter, ...], before: Given, after: Given, common: Given) -> None:
    """Refuse unknown, missing, misplaced and impossible entries before anything is calculated.

    Args:
        parameters: of the technology.
        before: what the case file says.
        after: what the case file says.
        common: what the case file says.

    Raises:
        InputError: a key is unknown or missing, or a word is not among the choices.
        OutOfRange: a number lies outside the parameter's range.
    """
    places: dict[Place, Given] = {"before": before, "after": after, "common": common}
    for place, given in places.items():
        known = {p.name: p for p in parameters if place in p.places}
        for name in given:
            if name not in known:
                raise InputError(
                    f"is not a parameter under '{place}'",
                    subject=_subject(name),
                    limit=f"'{place}' takes {', '.join(known) or 'nothing'}",
                    next_step="Check the spelling, or move it to the right block",
                )
        for name, parameter in known.items():
            if name in given:
                _check_value(parameter, given[name])
            elif not parameter.optional:
                raise InputError(
                    f"is missing under '{place}'",
                    subject=_subject(name),
                    next_step=f'For example "{name}: {parameter.example}"',
                )


BOTH: tuple[Place, ...] = ("before", "after")
BEFORE, AFTER = "改善前 before", "改善後 after"


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


def number(given: Given, name: str) -> Quantity:
    """The quantity under a key that :func:`check` has passed."""
    value = given[name]
    assert isinstance(value, Quantity)
    return value


def word(given: Given, name: str) -> str:
    """The word under a key that :func:`check` has passed."""
    return str(given[name])


def _subject(name: str) -> str:
    return ", ".join(part for part in (current_subject(), name) if part)


def _check_value(parameter: Parameter, value: object) -> None:
    if parameter.choices:
        if str(value) not in parameter.choices:
            raise InputError(
                "is not one of the choices",
                subject=_subject(parameter.name),
                value=repr(value),
                limit=", ".join(parameter.choices),
            )
        return
    if not parameter.unit:
        return
    if not isinstance(value, Quantity):
        raise InputError(
            "is not a quantity",
            subject=_subject(parameter.name),
            value=repr(value),
            next_step=f'Write it like "{parameter.example}"',
        )
    low, high = parameter.range
    try:
        plain = value.value_in(parameter.unit)
    except UnitError as error:
        raise UnitError(
            error.message,
            subject=_subject(parameter.name),
            value=str(value.unit),
            limit=f"a unit such as {parameter.unit}",
            next_step=f'Write it like "{parameter.example}"',
        ) from None
    if (low is not None and np.min(plain) < low) or (high is not None and np.max(plain) > high):
        bounds = " to ".join("open" if b is None else f"{b:g}" for b in parameter.range)
        raise OutOfRange(
            "lies outside its range",
            subject=_subject(parameter.name),
            value=f"{np.min(plain):g} {parameter.unit}",
            limit=f"{bounds} {parameter.unit} (range of this parameter)",
            next_step=f'Check number and unit; for example "{parameter.example}"',
        )
