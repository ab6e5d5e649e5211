"""Powers in a list (states, units, loads): read with the error of their instrument, the same one before and after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from energycalc.equipment.description.parameters import Given, Parameter, number, word
from energycalc.equipment.description.readings import notes_on_readings
from energycalc.finding import Finding


def one_reading(old: Sequence[Given], new: Sequence[Given], key: str, name: str) -> list[Given]:
    """The entries after, where a power that has not changed is one and the same reading as before.

    Its error is then the same on both sides and drops out of what the measure leaves alone.

    Args:
        old: entries before.
        new: entries after.
        key: name of the column that names an entry.
        name: name of the column with the power.
    """
    before = {word(entry, key): entry[name] for entry in old}
    return [
        {**entry, name: before[word(entry, key)]} if _unchanged(entry, before, key, name) else entry for entry in new
    ]


def notes_on_powers(
    technology: str, columns: Sequence[Parameter], old: Sequence[Given], new: Sequence[Given], name: str
) -> list[Finding]:
    """One note of each kind on the powers without ±; those that did not change are named once.

    Args:
        technology: first part of the findings' names.
        columns: of the list.
        old: entries before.
        new: entries after, as :func:`one_reading` gives them.
        name: name of the column with the power.
    """
    known = {id(entry[name]) for entry in old}
    sides: list[tuple[Given, ...]] = [*((e,) for e in old), *(({}, e) for e in new if id(e[name]) not in known)]
    found: dict[str, Finding] = {}
    for side in sides:
        for note in notes_on_readings(technology, columns, *side):
            first = found.setdefault(note.id, note)
            found[note.id] = replace(first, evidence={**first.evidence, **note.evidence})
    return list(found.values())


def _unchanged(entry: Given, before: Given, key: str, name: str) -> bool:
    if word(entry, key) not in before:
        return False
    one, other = (float(found.value_in("kW")) for found in (number(entry, name), number(before, word(entry, key))))
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
