"""Measures on one machine act one after the other on what is left; their percentages are never added up.

A measure that moves heat or work to another carrier (a gas furnace becomes electric) is two steps: what is left of the
one, and what is taken up of the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.case.measure import Measure, parameters_of
from energycalc.effects.energy import ENERGY_UNIT
from energycalc.equipment.description import Ceiling, Change
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity, Source, about, cite, quantity

SAVING = cite("ipmvp-core", "saving = baseline energy − reporting-period energy ± adjustments")
IN_TURN = cite("ipmvp-core", "interactive effects: each measure acts on what the ones before it leave")


@dataclass(frozen=True)
class Step:
    """One measure in the chain of a machine, for one carrier.

    Attributes:
        measure: the measure.
        carrier: the carrier of this step.
        before: energy that earlier measures left.
        remaining: fraction of it still used; ``None`` where the measure takes up a carrier that it does not reduce.
        after: energy after the measure.
        saving: before less after; negative for a carrier taken up.
    """

    measure: Measure
    carrier: str
    before: Quantity
    remaining: Quantity | None
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


def ceilings_of(case: Case) -> dict[str, Ceiling]:
    """The most that physics lets a measure of its kind save, by measure id."""
    found = {}
    for measure in case.measures:
        ceiling = measure.description.ceiling
        if ceiling is None:
            continue
        with about(f"{measure.id} {measure.name}"):
            try:
                found[measure.id] = ceiling(measure.before, measure.after, measure.common)
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


def chain(
    case: Case, machine_id: str, starts: Mapping[str, Quantity], changes: Mapping[str, Change]
) -> tuple[list[Step], dict[str, Quantity]]:
    """Let the measures on one machine act in the order of the case file.

    Args:
        case: the case.
        machine_id: the machine.
        starts: its energy before any measure, by carrier.
        changes: model result by measure id.

    Returns:
        One step per measure and carrier, and by carrier the energy before of carriers that the machine does not use
        yet (none).
    """
    steps: list[Step] = []
    left = dict(starts)
    fresh: dict[str, Quantity] = {}
    for measure in case.measures_on(machine_id):
        change = changes[measure.id]
        before = left[change.carrier]
        with about(f"{measure.id} {measure.name}"):
            after = (before * change.remaining).renamed("energy_after_measure", "E_1", IN_TURN)
            steps.append(_step(measure, change.carrier, before, change.remaining, after))
            left[change.carrier] = after
            for carrier, per_unit in change.added.items():
                if carrier not in left:
                    left[carrier] = fresh[carrier] = _not_used_yet(carrier)
                own, taken = left[carrier], (before * per_unit).to(ENERGY_UNIT[carrier])
                taken = taken.renamed("energy_taken_up", "E_add", IN_TURN)
                more = (own + taken).renamed("energy_after_measure", "E_1", IN_TURN)
                steps.append(_step(measure, carrier, own, None, more))
                left[carrier] = more
    return steps, fresh


def _step(measure: Measure, carrier: str, before: Quantity, remaining: Quantity | None, after: Quantity) -> Step:
    saving = (before - after).renamed("saving", "ΔE", SAVING)
    return Step(measure, carrier, before, remaining, after, saving)


def _not_used_yet(carrier: str) -> Quantity:
    source = Source("case file", f"the machine states no {carrier} before the measure")
    return quantity(0, ENERGY_UNIT[carrier], name="energy_before", symbol="E_0", basis="assumed", source=source)
