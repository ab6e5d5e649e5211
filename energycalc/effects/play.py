"""In which order the machines of a case are computed, and what each measure does to each of them."""

from __future__ import annotations

import graphlib
from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.effects.interactions import Action, Step, chain, own_action
from energycalc.effects.secondary import secondary_actions
from energycalc.effects.shared_systems import shared_actions
from energycalc.equipment.description import Change
from energycalc.errors import InputError
from energycalc.quantity import Quantity, about

Starts = Mapping[str, Mapping[str, Quantity]]


@dataclass(frozen=True)
class Played:
    """What happened on one machine.

    Attributes:
        actions: of measures, in the order in which they act.
        steps: what came of them.
        fresh: energy before (none) of carriers that the machine does not use yet.
    """

    actions: tuple[Action, ...]
    steps: tuple[Step, ...]
    fresh: Mapping[str, Quantity]


def played(
    case: Case,
    starts: Starts,
    changes: Mapping[str, Change],
    marginal: Mapping[str, tuple[Quantity, Quantity | None]],
) -> dict[str, Played]:
    """Let all measures act on all machines.

    On each machine first comes what arrives from elsewhere, in the order of the measures: users of a shared system that
    need less of its service, heat that is no longer released. Then the machine's own measures act, in the order of the
    case file. A machine that cools or heats is computed after the machines whose heat it feels.

    Args:
        case: the case.
        starts: energy before by machine and carrier.
        changes: model result by measure id.
        marginal: value of the service of shared systems.

    Returns:
        By machine id, in the order of the plant.
    """
    arriving = shared_actions(case, marginal)
    secondary: dict[str, list[Action]] = {}
    done: dict[str, Played] = {}
    labels = {m.id: f"{m.id} {m.name}" for m in case.plant.machines}
    for id in _in_order(case):
        actions = actions_on(case, id, changes, [*arriving.get(id, ()), *secondary.get(id, ())])
        with about(labels[id]):
            steps, fresh = chain(id, starts[id], actions)
        for measure in case.measures_on(id) if case.interactions else ():
            for machine, action in secondary_actions(case, measure, steps):
                secondary.setdefault(machine, []).append(action)
        done[id] = Played(tuple(actions), tuple(steps), fresh)
    return {machine.id: done[machine.id] for machine in case.plant.machines}


def _in_order(case: Case) -> list[str]:
    """Machines so that each comes after those whose measures it feels; otherwise as in the plant."""
    machines = [m.id for m in case.plant.machines]
    if case.interactions is None or not case.interactions.secondary_effects:
        return machines
    stands_on = {m.id: m.machine for m in case.measures}
    graph: dict[str, set[str]] = {id: set() for id in machines}
    for effect in case.interactions.secondary_effects:
        graph[effect.machine].add(stands_on[effect.measure])
    return list(graphlib.TopologicalSorter(graph).static_order())  # the case refuses circles


def actions_on(
    case: Case,
    machine_id: str,
    changes: Mapping[str, Change],
    arriving: list[Action],
    instead: Mapping[str, Measure] | None = None,
) -> list[Action]:
    """What measures do to one machine, in the order in which they act.

    Args:
        case: the case.
        machine_id: the machine.
        changes: model result by measure id.
        arriving: what acts on it from elsewhere, and changes of its own service.
        instead: variants by the id of the measure whose place they take.

    Raises:
        InputError: take-back on a measure that moves energy to another carrier, or that saves nothing.
    """
    measures = case.measures_on(machine_id)
    if not case.interactions:
        return [own_action(measure, changes[measure.id]) for measure in measures]
    by_service = {a.measure.id for a in arriving if a.kind == "shared" and a.measure.machine == machine_id}
    taken = {entry.measure: entry.share for entry in case.interactions.take_back}
    position = {m.id: i for i, m in enumerate(case.measures)} if len(arriving) > 1 else {}
    found = sorted(arriving, key=lambda a: position.get(a.measure.id, 0))
    for action in found:
        _is_a_saving_to_take_back(case, action)
    for stated in measures:
        measure = (instead or {}).get(stated.id, stated)
        if measure.id in by_service:
            continue  # the service it saves is valued at the margin; its technology's fraction is not used
        action = own_action(measure, changes[measure.id], taken.get(measure.id))
        if action.take_back is not None:
            _may_be_taken_back(case, action)
        found.append(action)
    for action in found:
        _single_carrier_if_secondary(case, action)
    return found


def _is_a_saving_to_take_back(case: Case, action: Action) -> None:
    if action.take_back is not None and action.less is not None and not action.less.value > 0:
        raise InputError(
            "a measure that needs more of a service has nothing to be taken back there",
            subject=f"{case.file}, measure {action.measure.id}",
            value=f"{action.less.value:g} {action.less.unit} ({action.kind})",
            next_step="Leave the take-back out",
        )


def _may_be_taken_back(case: Case, action: Action) -> None:
    assert action.remaining is not None
    if action.added:
        raise InputError(
            "take-back of a measure that also changes another carrier cannot be told from one share",
            subject=f"{case.file}, measure {action.measure.id}",
            value=", ".join(action.added),
            next_step="State the energy after the measure with the higher output in the measure itself",
        )
    if action.remaining.value_in("1") >= 1:
        raise InputError(
            "a measure that saves nothing has nothing to be taken back",
            subject=f"{case.file}, measure {action.measure.id}",
            value=f"remaining fraction {action.remaining.value:g}",
            next_step="Leave the take-back out",
        )


def _single_carrier_if_secondary(case: Case, action: Action) -> None:
    assert case.interactions is not None
    stated = action.measure.id in case.interactions.secondary_by_measure
    if action.kind == "own" and action.added and stated:
        raise InputError(
            "the heat that a measure with two carriers no longer releases cannot be told from one share",
            subject=f"{case.file}, measure {action.measure.id}",
            value=", ".join((action.carrier, *action.added)),
            next_step="State the cooling or heating as a measure of its own on the machine that feels it",
        )
