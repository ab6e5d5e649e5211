"""A technology's published calculation, read as a case file would read it and done again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from energycalc.case.parameters import PLACES, read_parameters
from energycalc.case.yaml_text import Scalar, read_tree
from energycalc.equipment.description import Ceiling, Change, TechnologyDescription
from energycalc.errors import InputError
from energycalc.quantity import FileOrigin, Quantity, about, read_quantity
from energycalc.quantity.trace import steps

OF_THE_CHANGE = {"saving": "kWh", "saving_rate": "%", "energy_before": "kWh", "energy_after": "kWh"}


@dataclass(frozen=True)
class Repeated:
    """A published calculation done again.

    Attributes:
        change: what the technology makes of the published inputs.
        ceiling: the physical limit for the same inputs.
        ours: the number that the source gives, as computed here, in the source's unit.
        theirs: the same as the source prints it.
        unit: of both.
    """

    change: Change
    ceiling: Ceiling | None
    ours: float
    theirs: float
    unit: str


def repeat_worked_example(description: TechnologyDescription) -> Repeated:
    """Do the worked example of a technology again.

    Args:
        description: of the technology.

    Raises:
        InputError: the technology has no worked example, or the example asks for a number that the change does not
            hold.
        ValueError: a parameter of the example cannot be read.
    """
    example = description.worked_example
    if example is None:
        raise InputError("has no worked example", subject=description.key)
    written = {"before": example.before, "after": example.after, "common": example.common}
    name = f"worked example of {description.key}"
    tree = read_tree(json.dumps(written, ensure_ascii=False), name)

    def origin(scalar: Scalar) -> FileOrigin:
        return FileOrigin(name, path=scalar.path)

    with about(name):
        given = read_parameters("example", description.parameters, tree, origin, {})
        sides = [given.get(place, {}) for place in PLACES]
        change = description.change(*sides)
        ceiling = description.ceiling(*sides) if description.ceiling else None
        found = _number(change, example.of)
        theirs = read_quantity(example.given)
        unit = str(theirs.unit)
        return Repeated(change, ceiling, float(found.value_in(unit)), float(theirs.value), unit)


def _number(change: Change, of: str) -> Quantity:
    """The number by its name; one that both states have is that before, unless ``after:`` stands before its name."""
    before, after = change.energy_before_model, change.energy_after_model
    if of.startswith("after:"):
        before, after, of = after, before, of.removeprefix("after:")
    if of == "saving_rate":
        return 1 - change.remaining
    if before is not None and after is not None and of in OF_THE_CHANGE:
        return {"saving": before - after, "energy_before": before, "energy_after": after}[of]
    named = [*change.beside, *change.added.values()]
    known = [q for q in (before, after, change.remaining, *named) if q is not None]
    found = next((q for q in [*named, *steps(known)] if q.name == of), None)
    if found is None:
        offered = sorted({q.name for q in steps(known) if q.name})
        raise InputError("the change holds no such number", value=of, limit=", ".join(offered))
    return found
