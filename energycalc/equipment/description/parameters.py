"""What a technology asks of its user, and the refusal of what cannot be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.quantity import Quantity, Source, current_subject

Place = Literal["before", "after", "common"]
Given = Mapping[str, object]
BOTH: tuple[Place, ...] = ("before", "after")
HOURS_OF_A_YEAR = (1, 8784)
"""Range of the hours of a period of up to one year; the longest year has 8,784."""


@dataclass(frozen=True)
class DefaultUncertainty:
    """Limits of error of a class of instruments: the larger of a share of the reading and a fixed width.

    They are taken for a *measured* reading without ± (:func:`reading`), and shown with the word *default*.

    Attributes:
        unit: in which the reading is taken; its share of a temperature is that of the °C.
        relative_half_width: of a rectangular distribution, as a fraction of the reading.
        least_half_width: the fixed width, in ``unit`` (K for a temperature).
        source: whose figure it is.
        up_to: greatest reading, in ``unit``, for which the class is defined; beyond it nothing is assumed.
    """

    unit: str
    relative_half_width: float
    least_half_width: float
    source: Source
    up_to: float = math.inf

    @property
    def unit_of_error(self) -> str:
        """Unit of the error; a difference of temperatures is in K."""
        return "K" if self.unit == "degC" else self.unit

    def holds_for(self, reading: Quantity) -> bool:
        """Whether the class is defined for this reading."""
        return float(reading.value_in(self.unit)) <= self.up_to

    def half_width(self, reading: Quantity) -> float:
        """Limit of error of a reading, in ``unit_of_error``."""
        return max(self.least_half_width, self.relative_half_width * abs(float(reading.value_in(self.unit))))


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
        hours_add_up: of a list whose rows have hours: whether they follow one another, so that together they fit into
            the period; ``False`` where they run beside one another.
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
    hours_add_up: bool = True


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
                    subject=subject_of(name),
                    limit=f"'{place}' takes {', '.join(known) or 'nothing'}",
                    next_step="Check the spelling, or move it to the right block",
                )
        for name, parameter in known.items():
            if name in given:
                check_value(parameter, given[name])
            elif not parameter.optional:
                raise InputError(
                    f"is missing under '{place}'",
                    subject=subject_of(name),
                    next_step=f'For example "{name}: {parameter.example}"',
                )


def check_value(parameter: Parameter, value: object) -> None:
    """Refuse a value that its parameter does not admit.

    Raises:
        InputError: not one of the choices, or no quantity.
        UnitError: a unit of another kind.
        OutOfRange: outside the parameter's range.
    """
    if parameter.choices:
        if str(value) not in parameter.choices:
            raise InputError(
                "is not one of the choices",
                subject=subject_of(parameter.name),
                value=repr(value),
                limit=", ".join(parameter.choices),
            )
        return
    if not parameter.unit:
        return
    if not isinstance(value, Quantity):
        raise InputError(
            "is not a quantity",
            subject=subject_of(parameter.name),
            value=plain_text(value),
            next_step=f'Write it like "{parameter.example}"',
        )
    low, high = parameter.range
    try:
        plain = value.value_in(parameter.unit)
    except UnitError as error:
        raise UnitError(
            "has no unit" if value.unit.is_dimensionless else error.message,
            subject=subject_of(parameter.name),
            value=plain_text(value),
            limit=f"a unit such as {parameter.unit}",
            next_step=f'Write it like "{parameter.example}"',
        ) from None
    if (low is not None and np.min(plain) < low) or (high is not None and np.max(plain) > high):
        bounds = " to ".join("open" if b is None else f"{b:g}" for b in parameter.range)
        raise OutOfRange(
            "lies outside its range",
            subject=subject_of(parameter.name),
            value=plain_text(value),
            limit=f"{bounds} {parameter.unit} (range of this parameter)",
            next_step=percent_forgotten(value) or f'Check number and unit; for example "{parameter.example}"',
        )


def plain_text(given: object) -> str:
    """What the user has written, as a person would write it again."""
    if isinstance(given, Mapping):
        return "{" + ", ".join(f"{key}: {plain_text(value)}" for key, value in given.items()) + "}"
    if isinstance(given, list | tuple):
        return "[" + ", ".join(plain_text(value) for value in given) + "]"
    if isinstance(given, Quantity) and np.ndim(given.value) == 0:
        return f"{given.value:,g}" if str(given.unit) == "1" else f"{given.value:,g} {given.unit}"
    return str(given)


def percent_forgotten(value: Quantity) -> str:
    """What to write where a percentage has lost its sign; empty where it has not."""
    bare = str(value.unit) == "1" and np.ndim(value.value) == 0 and 1 < value.value <= 100
    return f'Write "{value.value:g} %"' if bare else ""


def number(given: Given, name: str) -> Quantity:
    """The quantity under a key that :func:`check` has passed."""
    value = given[name]
    assert isinstance(value, Quantity)
    return value


def word(given: Given, name: str) -> str:
    """The word under a key that :func:`check` has passed."""
    return str(given[name])


def must_rise(given: Given, keys: Sequence[str], unit: str, message: str, next_step: str = "") -> None:
    """Refuse numbers that stand in the wrong order.

    Args:
        given: what the case file says.
        keys: in rising order; those not given are skipped. A key that begins with ``=`` may equal the one before it.
        unit: unit in which they are compared.
        message: what is wrong when they do not rise.
        next_step: what the reader can do.

    Raises:
        InputError: a number is not larger than the one before it.
    """
    present = [key for key in keys if key.lstrip("=") in given]
    numbers = [float(number(given, key.lstrip("=")).value_in(unit)) for key in present]
    for low, high, key in zip(numbers, numbers[1:], present[1:], strict=False):
        if not (low <= high if key.startswith("=") else low < high):
            raise InputError(
                message,
                subject=current_subject(),
                value=", ".join(f"{k.lstrip('=')} {plain_text(number(given, k.lstrip('=')))}" for k in present),
                limit="".join((" ≤ " if k.startswith("=") else " < ") + k.lstrip("=") for k in present)[3:],
                next_step=next_step,
            )


def subject_of(name: str) -> str:
    """The machine or measure at hand, and the parameter."""
    return ", ".join(part for part in (current_subject(), name) if part)
