"""What the tests of cooling share: texts of a case file turned into what a technology gets."""

import re
from collections.abc import Mapping
from typing import Any

from hypothesis import settings

from energycalc.equipment.description import Ceiling, Change, TechnologyDescription
from energycalc.quantity import Quantity, read_quantity

FEW = settings(max_examples=30, deadline=None)
"""Examples of a property: enough for smooth laws, and quick."""
_NUMBER = re.compile(r"[+\-]?\s*\.?\d")


def stated(given: Any, name: str = "") -> Any:
    """Quantities for texts that begin with a number, in mappings and lists; everything else stays."""
    if isinstance(given, Mapping):
        return {key: stated(value, key) for key, value in given.items()}
    if isinstance(given, list):
        return [stated(value, name) for value in given]
    return read_quantity(given, name=name) if isinstance(given, str) and _NUMBER.match(given) else given


def run(technology: TechnologyDescription, before: Any, after: Any, common: Any) -> Change:
    """The change, from texts."""
    return technology.change(stated(before), stated(after), stated(common))


def ceiling(technology: TechnologyDescription, before: Any, after: Any, common: Any) -> Ceiling:
    """The ceiling, from texts."""
    assert technology.ceiling is not None
    return technology.ceiling(stated(before), stated(after), stated(common))


def energies(change: Change) -> tuple[float, float]:
    """Energy before and after, kWh."""
    assert change.energy_before_model is not None and change.energy_after_model is not None
    return float(change.energy_before_model.value_in("kWh")), float(change.energy_after_model.value_in("kWh"))


def saving(change: Change) -> float:
    """Share saved; the energies must say the same."""
    before, after = energies(change)
    remaining = float(change.remaining.value_in("1"))
    assert abs(remaining - after / before) < 1e-12
    return 1 - remaining


def ids(change: Change) -> set[str]:
    """Names of the findings, without the notes on uncertainty."""
    return {finding.id for finding in change.findings if not finding.id.endswith(("uncertainty_not_stated",))}


def named(quantities: tuple[Quantity, ...], name: str) -> float:
    """The number of one named result."""
    return float(next(q for q in quantities if q.name == name).value)
