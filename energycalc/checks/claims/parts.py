"""Items and carriers of a claim: each judged by itself, and their products against the printed totals."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from energycalc.checks.claims.background import Background
from energycalc.checks.claims.carbon import carbon
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.identities import agrees, relations_hold, slip
from energycalc.checks.claims.inference import completed
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.plausible import plausible
from energycalc.checks.claims.relations import amount
from energycalc.checks.claims.units import Kind, joined
from energycalc.checks.claims.words import in_unit_of, title
from energycalc.checks.range import Range

TOTALS = (("cost_saving", "price", "TF02"), ("emission_reduction", "emission_factor", "TC15"))


def items_hold(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Judge each item that prints figures of its own; the year of an item is the year of its activity.

    Args:
        claim: the whole.
        ledger: takes what was compared and what contradicts.
        known: published factors.
    """
    for item in claim.items:
        own = completed(_part(item, claim, of_activity=True))
        plausible(own, ledger)
        relations_hold(own, ledger)
        carbon(own, ledger, known)


def carriers_hold(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Judge each carrier, and hold the sum of their money and tonnes against the printed totals.

    Args:
        claim: the whole.
        ledger: takes what was compared and what contradicts.
        known: published factors.
    """
    parts = [completed(_part(part, claim, of_activity=False)) for part in claim.carriers]
    for part in parts:
        relations_hold(part, ledger)
        carbon(part, ledger, known)
    for key, factor, check in TOTALS:
        _total_of(claim, parts, key, factor, check, ledger)


def with_carrier_savings(claim: Claim) -> Claim:
    """The claim with the saving of each carrier that prints its use before and after; a carrier taken up saves less than nothing.

    Args:
        claim: as printed.
    """
    made = []
    for part in claim.carriers:
        saving = None if part.has("saving") else completed(_part(part, claim, of_activity=False)).figure("saving")
        made.append(part if saving is None else part.with_figures({"saving": saving}))
    return replace(claim, carriers=tuple(made))


def _part(part: Claim, whole: Claim, *, of_activity: bool) -> Claim:
    """A part as a claim of its own, with what the whole says about place and kind."""
    texts = {key: whole.texts[key] for key in ("country", "kind", "figures_are", "year") if key in whole.texts}
    marks = {"of_part": "yes"} | ({"of_activity": "yes"} if of_activity and "year" in part.texts else {})
    return replace(part, texts=MappingProxyType({**texts, **part.texts, **marks}))


def _by_quantity(part: Claim, factor: str, kind: Kind) -> Range | None:
    """Quantity × factor, by the density or heat value where the factor is per another measure than the quantity."""
    own, per = amount(part, "saving"), amount(part, factor)
    if own is None or per is None:
        return None
    ways = [(own.range * per.range, joined(own.kind, per.kind, 1))]
    for key in ("density", "heat_value"):
        bridge = amount(part, key)
        if bridge is None or bridge.range.low <= 0:
            continue
        whole, of_whole = ways[0]
        ways += [
            (whole * bridge.range, joined(of_whole, bridge.kind, 1)),
            (whole / bridge.range, joined(of_whole, bridge.kind, -1)),
        ]
    return next((range for range, of_range in ways if of_range == kind), None)


def _total_of(claim: Claim, parts: list[Claim], key: str, factor: str, check: str, ledger: Ledger) -> None:
    """Σ saving × price, or × factor, or the printed amounts of the carriers, against the total of the page."""
    total = claim.figure(key)
    if total is None or not total.is_printed or not parts:
        return
    summed = Range.exact(0.0)
    for part in parts:
        printed = amount(part, key)
        own = printed.range if printed is not None else _by_quantity(part, factor, total.unit.kind)
        if own is None:
            ledger.lacks(check, f"the {title(key, 'en')} of {part.carrier}", f"{part.carrier} 之{title(key, 'zh')}")
            return
        summed = summed + own
    found = total.as_printed(total.unit.text) * total.unit.size
    en, zh = title(key, "en"), title(key, "zh")
    if agrees(found, summed):
        ledger.compared(check, f"{en} of all carriers: {total.text}", f"各能源別合計{zh}：{total.text}")
        return
    again = in_unit_of(total, summed.value)
    ledger.found(
        check, f"The carriers together give {again}, but {total.text} is printed.",
        f"各能源別合計為 {again}，頁面印為 {total.text}。", {"sum of the carriers": again, "printed": total.text},
        severity="error",
    )  # fmt: skip
    if summed.value:
        slip(claim, en, zh, found.value / summed.value, ledger, key)
