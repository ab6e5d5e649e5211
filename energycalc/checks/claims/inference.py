"""What a claim does not print, where its own arithmetic gives it; each inferred figure says how."""

from __future__ import annotations

from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.relations import (
    OF_A_YEAR,
    RELATIONS,
    TURNED,
    YEAR,
    Relation,
    amount,
    is_of_a_measurement,
    sides,
)
from energycalc.checks.claims.units import Amount, Kind, paper_unit
from energycalc.checks.claims.words import shown, title
from energycalc.checks.range import Range

ROUNDS = 4
ENERGIES = ("saving", "energy_before", "energy_after")
TIMELESS = ("price", "emission_factor", "hours", "payback", "investment", "saving_rate")
SAVED = Relation("saved", "TN02", "saving", (("energy_before", 1), ("saving_rate", 1)), infers=("saving",))
RATE = Relation("rate", "TN02", "energy_before", (("saving", 1), ("saving_rate", -1)), infers=("energy_before",))


def completed(claim: Claim, *, without: str = "") -> Claim:
    """The claim with every figure that its own arithmetic gives.

    Args:
        claim: as printed.
        without: key that is not to be inferred.

    Returns:
        The same with inferred figures; nothing printed is changed, and nothing comes from outside the page.
    """
    for _ in range(ROUNDS):
        found: dict[str, Figure] = {}
        for relation in RELATIONS:
            for figure in _inferred(claim, relation):
                if figure.key not in claim.figures and figure.key not in found and figure.key != without:
                    found[figure.key] = figure
        for key, of_rate in (("energy_before", _base_of_rate(claim)), ("saving", _saving_of_rate(claim))):
            if of_rate is not None and not claim.has(key) and key not in {*found, without}:
                found[key] = of_rate
        if not found:
            break
        claim = claim.with_figures(found)
    return claim


def _inferred(claim: Claim, relation: Relation) -> list[Figure]:
    keys = [relation.result, *(key for key, _ in relation.inputs)]
    missing = [key for key in keys if not claim.has(key)]
    if len(missing) != 1 or missing[0] not in relation.infers or _rests_on_itself(claim, relation):
        return []
    if any(key in OF_A_YEAR and is_of_a_measurement(claim, claim.figures[key]) for key in keys if claim.has(key)):
        return []
    if missing[0] == "saving" and (claim.carriers or claim.items):
        return []  # the total of several energies is no single one
    if relation.product and claim.has_any(*relation.maybe):
        return []  # the page may or may not have multiplied with it: nothing to infer from
    forward = missing[0] == relation.result
    made = next(sides(claim, relation), None) if forward else _turned(claim, relation, missing[0])
    if made is None:
        return []
    figure = _figure(claim, missing[0], made, relation, [key for key in keys if key != missing[0]])
    return [] if figure is None else [figure]


def _rests_on_itself(claim: Claim, relation: Relation) -> bool:
    return any(relation.name in claim.figures[key].via for key, _ in relation.inputs if claim.has(key))


def _turned(claim: Claim, relation: Relation, missing: str) -> Amount | None:
    """The law solved for one of its inputs."""
    result = amount(claim, relation.result)
    if result is None:
        return None
    less = amount(claim, relation.less) if relation.less else None
    if less is not None:
        result = Amount(result.range + less.range, result.kind)
    wanted = dict(relation.inputs)[missing]
    others = [(amount(claim, key), power) for key, power in relation.inputs if key != missing]
    if relation.sum:
        number = result.range
        turn = -1 if claim.text("figures_are") == "generation" and relation.name in TURNED else 1
        for other, sign in others:
            if other is None or other.kind != result.kind:
                return None
            number = number - other.range * float(sign * turn)
        return Amount(number * float(wanted * turn), result.kind)
    try:
        for other, power in [*others, (Amount(YEAR.size, YEAR.kind), relation.years)]:
            if other is None:
                return None
            if power:
                result = result / other if power == 1 else result * other
        return result if wanted == 1 else Amount(Range.exact(1.0), ()) / result
    except ZeroDivisionError:
        return None


def _figure(claim: Claim, key: str, made: Amount, relation: Relation, from_keys: list[str]) -> Figure | None:
    unit_text = _unit_for(claim, key, made.kind)
    added = key == "saving" and "of_part" in claim.texts and made.range.value < 0  # a carrier taken up
    if unit_text is None or (made.range.value <= 0 and not added):
        return None
    unit = paper_unit(unit_text)
    own = made.range / unit.size
    signs = {"en": _law(relation, key, "en"), "zh": _law(relation, key, "zh")}
    per = "" if key in TIMELESS or key.startswith("power") else "year"
    text = f"{shown(own.value)} {unit_text}" + ("/year" if per else "")
    rests_on, via = _roots(claim, from_keys)
    return Figure(
        key,
        text,
        own.value,
        0.0,
        unit,
        per,
        how_en=signs["en"],
        how_zh=signs["zh"],
        ends=own,
        rests_on=rests_on,
        via=via | {relation.name},
    )


def _roots(claim: Claim, keys: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Printed keys that some figures rest on, and the laws they were inferred by."""
    roots: set[str] = set()
    via: set[str] = set()
    for key in keys:
        figure = claim.figures[key]
        roots |= figure.rests_on or {key}
        via |= figure.via
    return frozenset(roots), frozenset(via)


def roots(claim: Claim, *keys: str) -> frozenset[str]:
    """Printed keys that these figures rest on."""
    return _roots(claim, [key for key in keys if claim.has(key)])[0]


def _law(relation: Relation, key: str, lang: str) -> str:
    """How a figure follows from a law: the law itself, or solved for one of its inputs."""
    return relation.law(lang) if key == relation.result else f"{title(key, lang)}: {relation.law(lang)}"


def _unit_for(claim: Claim, key: str, kind: Kind) -> str | None:
    """A unit of that kind in which to show it: that of the page's energies, else a sample of the key."""
    for energy in ENERGIES:
        printed = claim.figure(energy)
        for likely in (printed.unit.text, f"TWD/{printed.unit.text}") if printed is not None else ():
            if paper_unit(likely).kind == kind:
                return likely
    return next((sample for sample in claim_keys()[key].samples if paper_unit(sample).kind == kind), None)


def _base_of_rate(claim: Claim) -> Figure | None:
    """Energy before, from the saving and its rate, where the page says or leaves open that it is the measure's own."""
    if claim.text("saving_rate_of") not in (None, "measure") or claim.has("power_before") or claim.carriers:
        return None
    saved, rate = amount(claim, "saving"), amount(claim, "saving_rate")
    if saved is None or rate is None or rate.range.low <= 0 or claim.figures["saving"].via:
        return None
    return _figure(claim, "energy_before", saved / rate, RATE, ["saving", "saving_rate"])


def _saving_of_rate(claim: Claim) -> Figure | None:
    """Saving, from the energy before and the printed rate of the measure."""
    if claim.text("saving_rate_of") not in (None, "measure") or claim.carriers or claim.items:
        return None
    before, rate = amount(claim, "energy_before"), amount(claim, "saving_rate")
    if before is None or rate is None or claim.figures["energy_before"].via:
        return None
    return _figure(claim, "saving", before * rate, SAVED, ["energy_before", "saving_rate"])
