"""Measures on one machine act one after the other on what is left; their percentages are never added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.case.measure import Measure, parameters_of
from energycalc.equipment.description import Change
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity, about, cite

SAVING = cite("ipmvp-core", "saving = baseline energy − reporting-period energy ± adjustments")
IN_TURN = cite("ipmvp-core", "interactive effects: each measure acts on what the ones before it leave")


@dataclass(frozen=True)
class Step:
    """One measure in the chain of a machine: energy before it, fraction remaining, energy after it, saving."""

    measure: Measure
    carrier: str
    before: Quantity
    remaining: Quantity
    after: Quantity
    saving: Quantity


def changes_of(case: Case) -> dict[str, Change]:
    """What each measure does by its technology's model, by measure id."""
    found = {}
    for measure in case.measures:
        with about(f"{measure.id} {measure.name}"):
            try:
                found[measure.id] = measure.description.change(measure.before, measure.after, measure.common)
            except EnergycalcError as error:
                raise located(error, case, measure) from None
    return found


def located(error: EnergycalcError, case: Case, measure: Measure) -> EnergycalcError:
    """The same refusal with file, line and path of the number it speaks of, as far as that can be told.

    Args:
        error: what a technology refused.
        case: for the file's name.
        measure: the measure concerned.
    """
    spoken = f"{error.subject} {error.message}".replace(" ", "_")
    numbers = parameters_of(measure)
    named = [q for _, name, q in numbers if name in spoken] or [q for _, _, q in numbers]
    origin = next((q.source.file for q in named if q.source is not None and q.source.file is not None), None)
    where = (
        f"{case.file}, measure {measure.id}" if origin is None else f"{origin.name}, line {origin.line}, {origin.path}"
    )
    subject = f"{where}: {error.subject}" if error.subject else where
    return type(error)(error.message, subject=subject, value=error.value, limit=error.limit, next_step=error.next_step)


def chain(case: Case, machine_id: str, carrier: str, start: Quantity, changes: Mapping[str, Change]) -> list[Step]:
    """Let the measures on one machine act in the order of the case file.

    Args:
        case: the case.
        machine_id: the machine.
        carrier: which carrier.
        start: its energy before any measure.
        changes: model result by measure id.

    Returns:
        One step per measure; the energy left after the last one is what the machine still uses.
    """
    steps: list[Step] = []
    left = start
    for measure in case.measures_on(machine_id):
        change = changes[measure.id]
        if change.carrier != carrier:
            continue
        with about(f"{measure.id} {measure.name}"):
            after = (left * change.remaining).renamed("energy_after_measure", "E_1", IN_TURN)
            saving = (left - after).renamed("saving", "ΔE", SAVING)
        steps.append(Step(measure, carrier, left, change.remaining, after, saving))
        left = after
    return steps
