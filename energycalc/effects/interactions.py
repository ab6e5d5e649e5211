"""Measures on one machine act one after the other on what is left; their percentages are never added up.

A measure that moves heat or work to another carrier (a gas furnace becomes electric) is two steps: what is left of the
one, and what is taken up of the other. What arrives from elsewhere (less of a shared service is used, less heat is to
be cooled) acts before the machine's own measures: they find what the users have left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from energycalc.case.case import Case
from energycalc.case.measure import Measure, parameters_of
from energycalc.effects.energy import ENERGY_UNIT
from energycalc.effects.results import Kind
from energycalc.equipment.description import Ceiling, Change
from energycalc.errors import EnergycalcError, OutOfRange
from energycalc.quantity import Quantity, Source, about, cite, quantity

SAVING = cite("ipmvp-core", "saving = baseline energy − reporting-period energy ± adjustments")
TAKEN_BACK = cite("interaction-rules", "take-back: a stated share of the saving is used again")
IN_TURN = cite("ipmvp-core", "interactive effects: each measure acts on what the ones before it leave")


@dataclass(frozen=True)
class Action:
    """What one measure does to the energy of one machine.

    Attributes:
        measure: the measure.
        carrier: the carrier it reduces.
        kind: ``own``, ``shared`` or ``secondary``.
        remaining: fraction of that carrier still used, for ``own``.
        added: other carriers taken up, per unit of that carrier's energy, for ``own``.
        less: energy less of that carrier, whatever is used, for the others; negative for more.
        take_back: share of the saving that is taken back; ``None`` for none.
    """

    measure: Measure
    carrier: str
    kind: Kind
    remaining: Quantity | None = None
    added: Mapping[str, Quantity] = field(default_factory=dict)
    less: Quantity | None = None
    take_back: Quantity | None = None


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
        kind: what the step is.
        machine: id of the machine whose energy this is.
        action: what made it; a measure may act on one machine in several ways.
    """

    measure: Measure
    carrier: str
    before: Quantity
    remaining: Quantity | None
    after: Quantity
    saving: Quantity
    kind: Kind = "own"
    machine: str = ""
    action: Action | None = None


def changes_of(case: Case, measures: Sequence[Measure] | None = None) -> dict[str, Change]:
    """What each measure does by its technology's model, by measure id.

    Args:
        case: the case.
        measures: those of the case when left out.
    """
    found = {}
    for measure in case.measures if measures is None else measures:
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


def own_action(measure: Measure, change: Change, take_back: Quantity | None = None) -> Action:
    """What a measure does to its own machine, by its technology's model."""
    return Action(measure, change.carrier, "own", change.remaining, change.added, None, take_back)


def chain(
    machine_id: str, starts: Mapping[str, Quantity], actions: Sequence[Action]
) -> tuple[list[Step], dict[str, Quantity]]:
    """Let what measures do on one machine act one after the other.

    Args:
        machine_id: the machine.
        starts: its energy before any measure, by carrier.
        actions: in the order in which they act.

    Returns:
        One step per measure and carrier (one more for what is taken back), and by carrier the energy before of
        carriers that the machine does not use yet (none).

    Raises:
        OutOfRange: more is saved by others than the machine has left.
    """
    steps: list[Step] = []
    left = dict(starts)
    fresh: dict[str, Quantity] = {}
    for action in actions:
        with about(f"{action.measure.id} {action.measure.name}"):
            before = left[action.carrier]
            steps.append((_own if action.less is None else _less)(action, machine_id, before))
            left[action.carrier] = steps[-1].after
            if action.take_back is not None:
                steps.append(_taken_back(action.take_back, steps[-1]))
                left[action.carrier] = steps[-1].after
            for carrier, per_unit in action.added.items():
                if carrier not in left:
                    left[carrier] = fresh[carrier] = _not_used_yet(carrier)
                own, taken = left[carrier], (before * per_unit).to(ENERGY_UNIT[carrier])
                taken = taken.renamed("energy_taken_up", "E_add", IN_TURN)
                more = (own + taken).renamed("energy_after_measure", "E_1", IN_TURN)
                steps.append(_step(action, machine_id, carrier, own, None, more))
                left[carrier] = more
    return steps, fresh


def _own(action: Action, machine: str, before: Quantity) -> Step:
    assert action.remaining is not None
    after = (before * action.remaining).renamed("energy_after_measure", "E_1", IN_TURN)
    return _step(action, machine, action.carrier, before, action.remaining, after)


def _less(action: Action, machine: str, before: Quantity) -> Step:
    """A fixed amount less; the measure's main result where it stands on this machine."""
    assert action.less is not None
    if action.less.value > before.value:
        raise OutOfRange(
            f"the measure would save more on {machine} than is left there",
            subject=f"{action.measure.id} {action.measure.name}",
            value=f"{action.less.value:,.0f} {action.less.unit} ({action.kind})",
            limit=f"{before.value:,.0f} {before.unit} left of {action.carrier} on {machine}",
            next_step="Check amount, marginal energy, shares and the energy stated for that machine",
        )
    after = (before - action.less).renamed("energy_after_measure", "E_1", IN_TURN)
    main = action.measure.machine == machine and before.value > 0
    remaining = (after / before).renamed("remaining_fraction", "r", IN_TURN) if main else None
    return _step(action, machine, action.carrier, before, remaining, after)


def _taken_back(share: Quantity, step: Step) -> Step:
    taken = (step.saving * share).to(step.saving.unit).renamed("energy_taken_back", "E_t", TAKEN_BACK)
    more = (step.after + taken).renamed("energy_after_measure", "E_1", TAKEN_BACK)
    saving = (step.after - more).renamed("saving", "ΔE", SAVING)
    return Step(step.measure, step.carrier, step.after, None, more, saving, "take_back", step.machine, step.action)


def _step(
    action: Action, machine: str, carrier: str, before: Quantity, remaining: Quantity | None, after: Quantity
) -> Step:
    saving = (before - after).renamed("saving", "ΔE", SAVING)
    return Step(action.measure, carrier, before, remaining, after, saving, action.kind, machine, action)


def _not_used_yet(carrier: str) -> Quantity:
    source = Source("case file", f"the machine states no {carrier} before the measure")
    return quantity(0, ENERGY_UNIT[carrier], name="energy_before", symbol="E_0", basis="assumed", source=source)
