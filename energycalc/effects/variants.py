"""Measures of which only one can be done: the others are computed at the place of the chosen one, and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from energycalc.case.case import Case
from energycalc.effects.interaction_results import Variant, VariantGroup
from energycalc.effects.interactions import Step, chain, changes_of
from energycalc.effects.play import Played, Starts, actions_on
from energycalc.effects.results import MeasureResult
from energycalc.equipment.description import Change
from energycalc.quantity import Quantity, about, cite

SAME_PLACE = cite("interaction-rules", "a variant acts at the place of the chosen measure, all others unchanged")


def variant_changes(case: Case) -> dict[str, Change]:
    """What each variant does by its technology's model, by its id."""
    groups = case.interactions.variants if case.interactions else ()
    return changes_of(case, [other for group in groups for other in group.instead])


def variant_groups(
    case: Case,
    starts: Starts,
    changes: Mapping[str, Change],
    by_machine: Mapping[str, Played],
    chosen: Sequence[MeasureResult],
    result_of: Callable[[Step, Sequence[Step]], MeasureResult],
) -> tuple[VariantGroup, ...]:
    """Every group with what each variant would save.

    Args:
        case: the case.
        starts: energy before by machine and carrier.
        changes: model result by measure id, variants included.
        by_machine: what happened on each machine with the chosen measures.
        chosen: results of the measures of the case.
        result_of: turns a step of a chain, with all steps of that chain, into a measure's result.
    """
    found = []
    for group in case.interactions.variants if case.interactions else ():
        machine = next(m.machine for m in case.measures if m.id == group.of)
        as_is = by_machine[machine]
        arriving = [a for a in as_is.actions if a.kind != "own"]
        now = _saving(starts[machine], as_is.steps, as_is.fresh)
        variants = []
        for other in group.instead:
            actions = actions_on(case, machine, changes, arriving, {group.of: other})
            with about(f"{other.id} {other.name}"):
                steps, fresh = chain(machine, starts[machine], actions)
                then = _saving(starts[machine], steps, fresh)
                difference = {c: _less(then.get(c), now.get(c)) for c in {**now, **then}}
            results = tuple(result_of(step, steps) for step in steps if step.measure is other)
            variants.append(Variant(other, results, then, difference))
        own = tuple(result for result in chosen if result.measure.id == group.of)
        found.append(VariantGroup(group, own, tuple(variants)))
    return tuple(found)


def _less(then: Quantity | None, now: Quantity | None) -> Quantity:
    """Saving with the variant less the saving as it is; a carrier that only one of them touches counts as none."""
    if then is None or now is None:
        only = then if now is None else -now
        assert only is not None
        return only.renamed("variant_difference", "ΔΔE", SAME_PLACE)
    return (then - now).renamed("variant_difference", "ΔΔE", SAME_PLACE)


def _saving(
    starts: Mapping[str, Quantity], steps: Sequence[Step], fresh: Mapping[str, Quantity]
) -> dict[str, Quantity]:
    """Saving of the whole machine by carrier."""
    found = {}
    for carrier, before in {**starts, **fresh}.items():
        own = [step.after for step in steps if step.carrier == carrier]
        after = own[-1] if own else before
        found[carrier] = (before - after).renamed("machine_saving", "ΔE_M", SAME_PLACE)
    return found
