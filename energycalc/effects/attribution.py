"""Whose saving is it? Measures on one machine, each seen first, last, in order, and averaged over all orders.

The energy that a set of measures leaves is the chain of its members. Let every measure be adopted to a part t: a step
E·r becomes E·(1 − t·(1 − r)). What the whole chain then saves is linear in each measure's own adoption, so the slope
by one measure is its saving while all others are adopted to t: alone at t = 0, last at t = 1, and its mean over t from
0 to 1 is its mean over all orders (the Shapley value, Owen's multilinear extension). The slope is a polynomial of a
degree below the number of measures, which a few Gauss-Legendre points integrate exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from energycalc.effects.energy import ENERGY_UNIT
from energycalc.effects.interaction_results import Attribution, Part
from energycalc.effects.interactions import Action, Step
from energycalc.effects.play import Played
from energycalc.effects.results import LevelResult
from energycalc.quantity import Quantity, about, cite, total
from energycalc.quantity.quantity import pure_number

FIRST = cite("interaction-rules", "saving of the measure alone on the machine")
LAST = cite("interaction-rules", "saving of the measure after all others")
MEAN = cite("owen-multilinear", "mean over all orders: integral of the slope along the diagonal")
PARTLY = cite("owen-multilinear", "chain with every measure adopted to the same part")
SUM = cite("energy-balance", "sum of the parts")
MOST = 20
"""Measures on one machine up to which the mean over all orders is computed, exactly; beyond, it is left out."""
_IN_ONE_CELL = 4

Energies = dict[str, Quantity]
Weights = dict[str, Quantity | None]


def attributions(
    machines: Sequence[LevelResult],
    by_machine: Mapping[str, Played],
    steps: Sequence[Step],
) -> tuple[Attribution, ...]:
    """The effect of the order on every machine and carrier that more than one measure changes.

    Args:
        machines: their results.
        by_machine: what measures do on each machine, in the order in which they act.
        steps: what they saved in that order.
    """
    found = []
    for machine in machines:
        own = by_machine[machine.id].actions
        for carrier in machine.carriers:
            touching = [a for a in own if a.carrier == carrier or carrier in a.added]
            if len(touching) < 2:
                continue
            involved = own if any(a.added for a in own) else touching
            with about(machine.label):
                found.append(_of_machine(machine, carrier, involved, steps))
    return tuple(found)


def _of_machine(machine: LevelResult, carrier: str, actions: Sequence[Action], steps: Sequence[Step]) -> Attribution:
    before = {c: r.energy_before for c, r in machine.carriers.items()}
    saving = machine.carriers[carrier].saving
    alone = slopes(actions, before, carrier, None)
    after_all = slopes(actions, before, carrier, pure_number(1))
    averaged = means(actions, before, carrier, alone, after_all)
    parts = []
    for action, first, last, mean in zip(actions, alone, after_all, averaged, strict=True):
        with about(f"{action.measure.id} {action.measure.name}"):
            own = [s.saving for s in steps if s.action is action and s.carrier == carrier]
            own = own or [(saving * 0).renamed("saving", "ΔE", SUM)]
            parts.append(
                Part(
                    measure=action.measure,
                    kind=action.kind,
                    in_order=own[0] if len(own) == 1 else total(own).renamed("saving", "ΔE", SUM),
                    when_first=first.renamed("saving_first", "ΔE_first", FIRST),
                    when_last=last.renamed("saving_last", "ΔE_last", LAST),
                    mean=None if mean is None else mean.renamed("saving_mean", "ΔE_mean", MEAN),
                )
            )
    firsts = total([p.when_first for p in parts]).renamed("saving_alone", "ΔE_alone", SUM)
    lasts = total([p.when_last for p in parts])
    return Attribution(
        machine=machine.id,
        label=machine.label,
        carrier=carrier,
        parts=tuple(parts),
        saving=saving,
        alone=firsts,
        overlap=(firsts - saving).renamed("overlap", "ΔE_ov", SUM),
        joint=(saving - lasts).renamed("joint_saving", "ΔE_joint", SUM),
    )


def means(
    actions: Sequence[Action], before: Energies, carrier: str, alone: Sequence[Quantity], last: Sequence[Quantity]
) -> Sequence[Quantity | None]:
    """What each measure saves on average over all orders; ``None`` for each where there are more than ``MOST``.

    Args:
        actions: what measures do on the machine, in the order in which they act.
        before: energy before by carrier.
        carrier: whose saving.
        alone: slopes with no other measure.
        last: slopes with all others.
    """
    if len(actions) == 2:  # one measure first, the other last, and the other way round
        return [(a + b) / 2 for a, b in zip(alone, last, strict=True)]
    if len(actions) > MOST:
        return [None] * len(actions)
    points, weights = np.polynomial.legendre.leggauss((len(actions) + 1) // 2)
    terms: list[list[Quantity]] = [[] for _ in actions]
    for point, weight in zip(points, weights, strict=True):
        at = slopes(actions, before, carrier, pure_number(float(point + 1) / 2), len(actions) > _IN_ONE_CELL)
        for term, slope in zip(terms, at, strict=True):
            term.append(slope * (float(weight) / 2))
    return [total(term) for term in terms]


def slopes(
    actions: Sequence[Action], before: Energies, carrier: str, adopted: Quantity | None, named: bool = False
) -> list[Quantity]:
    """What each measure saves of a carrier while all others are adopted to a part.

    Args:
        actions: what measures do on the machine, in the order in which they act.
        before: energy before by carrier.
        carrier: whose saving.
        adopted: part to which the others are adopted; ``None`` for not at all.
        named: whether the energies on the way become steps of their own, so that no cell gets too long.
    """
    found: list[Energies] = []
    left = dict(before)
    for action in actions:
        found.append(left)
        left = _adopted(action, left, adopted, named)
    weights: Weights = {carrier: pure_number(1)}
    slopes_backwards: list[Quantity] = []
    for action, energies in zip(reversed(actions), reversed(found), strict=True):
        saved = _saved(action, energies, weights)
        slope = (saved if saved is not None else before[carrier] * 0).to(ENERGY_UNIT[carrier])
        slopes_backwards.append(slope.renamed("saving_partly", "ΔE_t", PARTLY) if named else slope)
        weights = _weighed(action, weights, adopted, named)
    return slopes_backwards[::-1]


def _given_up(action: Action) -> Quantity:
    """Part of the energy found that the measure saves for good."""
    assert action.remaining is not None
    saved = 1 - action.remaining
    return saved if action.take_back is None else saved * (1 - action.take_back)


def _amount(action: Action) -> Quantity:
    assert action.less is not None
    return action.less if action.take_back is None else action.less * (1 - action.take_back)


def _adopted(action: Action, left: Energies, adopted: Quantity | None, named: bool) -> Energies:
    """Energies after a measure that is adopted to a part."""
    if adopted is None:
        return left
    own, made = left[action.carrier], dict(left)
    less = own * (adopted * _given_up(action)) if action.less is None else _amount(action) * adopted
    made[action.carrier] = own - less
    for other, per_unit in action.added.items():
        made[other] = left[other] + own * per_unit * adopted
    if named:
        for other in {action.carrier, *action.added}:
            made[other] = made[other].renamed("energy_partly", "E_t", PARTLY)
    return made


def _saved(action: Action, energies: Energies, weights: Weights) -> Quantity | None:
    """What the measure takes from the carrier in question, by way of what later measures leave of it."""
    weight, own = weights.get(action.carrier), energies[action.carrier]
    saved: Quantity | None = None
    if weight is not None:
        saved = (own * _given_up(action) if action.less is None else _amount(action)) * weight
    for other, per_unit in action.added.items():
        beyond = weights.get(other)
        if beyond is not None:
            more = own * per_unit * beyond
            saved = -more if saved is None else saved - more
    return saved


def _weighed(action: Action, weights: Weights, adopted: Quantity | None, named: bool) -> Weights:
    """How much of the carrier in question one unit of each carrier becomes from here on."""
    if adopted is None or action.less is not None:
        return weights
    own = weights.get(action.carrier)
    made = None if own is None else own * (1 - adopted * _given_up(action))
    for other, per_unit in action.added.items():
        beyond = weights.get(other)
        if beyond is not None:
            more = beyond * per_unit * adopted
            made = more if made is None else made + more
    if made is not None and named:
        made = made.renamed("left_partly", "λ_t", PARTLY)
    return {**weights, action.carrier: made}
