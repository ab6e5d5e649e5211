"""Amounts that a rule compares to the cent: what was written, as a fraction, without the rounding of a float."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, ValidationInfo

from energycalc.case.fields import figure, text_of
from energycalc.case.yaml_text import Block, Scalar
from energycalc.quantity import Quantity

MOST_DIGITS = 15
"""Digits that every float keeps; an amount with more of them could not be told from its neighbour."""
_ROC_OFFSET = 1911
_MONTH = re.compile(r"(\d{2,4})\s*[-/.年]\s*(\d{1,2})\s*月?")


def exact_money(amount: Quantity) -> Fraction:
    """An amount of money in TWD, exactly as it was written; amounts of a case file are whole cents.

    Args:
        amount: money read by :func:`money`.
    """
    return Fraction(round(float(amount.value_in("TWD")) * 100), 100)


def exact_number(number: Quantity) -> Fraction:
    """A pure number (or years) exactly as written: 65 % is 13/20.

    Args:
        number: read by :func:`exact_figure`.
    """
    return Fraction(repr(float(number.value))) * Fraction(repr(float(number.unit.factor)))


def _few_digits(value: Any) -> Any:
    scalar = value.get("value") if isinstance(value, Block) else value
    if isinstance(scalar, Scalar) and sum(c.isdigit() for c in scalar.text) > MOST_DIGITS:
        raise ValueError(f"{scalar.text!r} has more than {MOST_DIGITS} digits and could not be compared exactly")
    return value


def _without_play(q: Quantity) -> Quantity:
    if q.uncertainty is not None:
        raise ValueError("is compared with a rule exactly; leave its uncertainty out")
    return q


def _whole_cents(q: Quantity) -> Quantity:
    value = float(q.value_in("TWD"))
    if abs(value - round(value * 100) / 100) > 4 * math.ulp(value):
        raise ValueError(f"is money to a fraction of a cent ({q.value!r} {q.unit}); write whole dollars or cents")
    return _without_play(q)


def money(name: str, *, lowest: float | None = 0.0) -> BeforeValidator:
    """What makes a field hold money in TWD, to the cent, without ±.

    Args:
        name: glossary key.
        lowest: in TWD; ``None`` where it may be negative.
    """
    return _exactly(figure(name, "TWD", lowest=lowest, highest=1e10), _whole_cents)


def exact_figure(name: str, unit: str, *, highest: float | None = None) -> BeforeValidator:
    """What makes a field hold a number from 0 up, without ±.

    Args:
        name: glossary key.
        unit: kind of unit.
        highest: largest admissible value in that unit.
    """
    return _exactly(figure(name, unit, lowest=0.0, highest=highest), _without_play)


def _exactly(read: BeforeValidator, finish: Callable[[Quantity], Quantity]) -> BeforeValidator:
    read_it = cast(Callable[[Any, ValidationInfo], Quantity], read.func)

    def check(value: Any, info: ValidationInfo) -> Quantity:
        return finish(read_it(_few_digits(value), info))

    return BeforeValidator(check)


def _month(value: Any) -> Any:
    """First day of a month written as 114/3, 2025-03 or 114年3月."""
    text = text_of(value)
    if not isinstance(text, str):
        return value
    match = _MONTH.fullmatch(text)
    if not match:
        raise ValueError(f"is not a month such as 114/3 or 2025-03: {text!r}")
    year, month = int(match[1]), int(match[2])
    year += _ROC_OFFSET if len(match[1]) < 4 else 0
    if not 1950 <= year <= 2100 or not 1 <= month <= 12:
        raise ValueError(f"is not a month of the years 1950 to 2100: {text!r}")
    return dt.date(year, month, 1)


Month = Annotated[dt.date, BeforeValidator(_month)]
