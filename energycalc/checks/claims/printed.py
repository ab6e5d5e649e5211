"""The page's own arithmetic, text against calculation, one figure printed twice (TN03, TN04, TN05, TN12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.claim import Calculation, Claim
from energycalc.checks.claims.expression import Expression, MixedKinds, evaluate
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.identities import agrees, slip
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import RELATIONS, YEAR, amount
from energycalc.checks.claims.units import Amount, Kind, paper_unit, without_time
from energycalc.checks.claims.words import in_unit_of, shown, title
from energycalc.checks.range import Range, total
from energycalc.errors import EnergycalcError

INPUTS = ("hours", "price", "emission_factor", "operating_days")
"""Figures of the text that an expression may repeat; a number of the same unit is compared with them."""
OF_A_WHOLE_YEAR = ("saving", "energy_before", "energy_after", "cost_saving", "emission_reduction")
DERIVED = ("emission_reduction", "cost_saving", "payback", "oil_equivalent", "saving_rate", "saving")
CONDITIONS = re.compile(
    r"\b(?:load|loads|range|end|bound|low|lower|lowest|high|higher|highest|upper|min|minimum|max|maximum|summer|winter)\b"
    r"|負載|上限|下限|夏|冬|%"
)
"""Words in the label of an edition that say that it is another condition, not the same figure again."""
OF_A_CONDITION = ("load_factor", "count", "output", "flow", "temperature_difference", "speed_before", "speed_after")
"""Figures whose difference says the same."""


def calculations_hold(claim: Claim, ledger: Ledger) -> None:
    """Recompute every printed expression, and compare its inputs with the text.

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
    """
    for calculation in claim.calculations:
        try:
            expression = evaluate(calculation.expression)
        except MixedKinds as error:
            ledger.found(
                "TN12", f"The printed expression cannot be right: {error.sentence()}",
                f"頁面算式單位不符：{calculation.expression}（{error.message}）。", {"expression": calculation.expression},
            )  # fmt: skip
            continue
        except EnergycalcError as error:
            ledger.lacks("TN04", f"an expression that can be read: {error.sentence()}",
                         f"可讀之算式（{calculation.expression}）")  # fmt: skip
            continue
        _result_holds(claim, calculation, expression, ledger)
        _same_inputs(claim, calculation, expression, ledger)
    _one_value_each(claim, ledger)


def _result_holds(claim: Claim, calculation: Calculation, expression: Expression, ledger: Ledger) -> None:
    result = calculation.result
    if result is None:
        return
    computed = in_kind_of(result.unit.kind, expression.amount)
    text = f"{calculation.expression} = {result.text}"
    if computed is None:
        ledger.found(
            "TN12",
            f"The units of the printed expression do not give the unit of its result: {text}.",
            f"算式單位與結果單位不符：{text}。",
            {"expression": calculation.expression, "result": result.text},
        )
        return
    printed = result.as_printed(result.unit.text) * result.unit.size
    if agrees(printed, computed):
        ledger.compared("TN04", text, text)
        return
    again = in_unit_of(result, computed.value)
    ledger.found(
        "TN04",
        f"The printed expression gives {again}, not {result.text}: {calculation.expression}.",
        f"算式應得 {again}，頁面印為 {result.text}：{calculation.expression}。",
        {"expression": calculation.expression, "recomputed": again, "printed": result.text},
    )
    if computed.value:
        quantity = calculation.quantity
        slip(claim, title(quantity, "en"), title(quantity, "zh"), printed.value / computed.value, ledger, quantity)


def in_kind_of(kind: Kind, computed: Amount) -> Range | None:
    """The value of an expression as the wanted kind; a rate that runs over a year is a year's amount.

    Args:
        kind: of the printed result.
        computed: value of the expression.

    Returns:
        ``None`` where the kinds differ.
    """
    if computed.kind == kind:
        return computed.range
    of_a_year = computed * Amount(YEAR.size, YEAR.kind)
    return of_a_year.range if of_a_year.kind == kind else None


def _same_inputs(claim: Claim, calculation: Calculation, expression: Expression, ledger: Ledger) -> None:
    """Numbers of an expression against the figures of the text that have the same unit."""
    if calculation.quantity not in OF_A_WHOLE_YEAR:
        return
    for key in INPUTS:
        figure = claim.figure(key)
        if figure is None or not figure.is_printed:
            continue
        same = [t for t in expression.terms if t.unit and _unit_of(t.unit) == (figure.unit.kind, figure.unit.text)]
        if not same or any(_equal(t.value, figure) for t in same):
            continue
        other = min(same, key=lambda t: abs(t.value - figure.value))
        effect = abs(other.value / figure.value - 1) if figure.value else 1.0
        result = claim.figure(calculation.quantity)
        ledger.found(
            "TN05",
            f"The text has {figure.text} for the {title(key, 'en')}, the calculation of the "
            f"{title(calculation.quantity, 'en')} has {shown(other.value)} {other.unit} ({effect:.1%} apart).",
            f"內文{title(key, 'zh')}為 {figure.text}，{title(calculation.quantity, 'zh')}之算式採 {shown(other.value)} "
            f"{other.unit}（相差 {effect:.1%}）。",
            {"text": figure.text, "calculation": f"{shown(other.value)} {other.unit}",
             "result": result.text if result else ""},
            severity="error" if effect > limit("TN05", "same") / 100 else "warning",
        )  # fmt: skip


def _unit_of(text: str) -> tuple[Kind, str] | None:
    try:
        unit = paper_unit(without_time(text)[0])
    except EnergycalcError:
        return None
    return unit.kind, unit.text


def _equal(value: float, figure: Figure) -> bool:
    own = figure.as_printed(figure.unit.text)
    return own.low <= value <= own.high


def _one_value_each(claim: Claim, ledger: Ledger) -> None:
    """The results printed for one quantity against each other and against the figure of the text."""
    places: dict[str, list[tuple[str, Figure]]] = {}
    for key in {c.quantity for c in claim.calculations}:
        figure = claim.figure(key)
        if figure is not None and figure.is_printed:
            places[key] = [("text", figure)]
    for calculation in claim.calculations:
        if calculation.result is not None:
            places.setdefault(calculation.quantity, []).append(("calculation", calculation.result))
    for key, found in places.items():
        first = found[0][1]
        if _are_parts(first, [figure for place, figure in found[1:] if place == "calculation"]):
            continue
        for place, other in found[1:]:
            same_kind = other.unit.kind == first.unit.kind and _comparable(claim, key, first, other)
            if same_kind and not _may_be_one(claim, first, other):
                _printed_twice(key, {found[0][0]: first.text, place: other.text}, first, other, ledger)


def _are_parts(whole: Figure, results: list[Figure]) -> bool:
    """Whether several results add up to the figure of the text, as terms of it do."""
    if len(results) < 2 or any(r.unit.kind != whole.unit.kind or r.per != results[0].per for r in results):
        return False
    summed = total(result.as_printed(result.unit.text) * result.unit.size for result in results)
    return agrees(whole.as_printed(whole.unit.text) * whole.unit.size, summed)


def _comparable(claim: Claim, key: str, a: Figure, b: Figure) -> bool:
    return "day" not in (a.per, b.per) or a.per == b.per or claim.has("operating_days")


def _may_be_one(claim: Claim, a: Figure, b: Figure) -> bool:
    def of_a_year(figure: Figure) -> Range:
        own = figure.as_printed(figure.unit.text) * figure.unit.size
        return own * claim.figures["operating_days"].to("day") if figure.per == "day" and a.per != b.per else own

    return agrees(of_a_year(a), of_a_year(b)) or agrees(of_a_year(b), of_a_year(a))


def _printed_twice(key: str, values: Mapping[str, str], a: Figure, b: Figure, ledger: Ledger) -> None:
    texts = " and ".join(values.values())
    ledger.found(
        "TN03",
        f"The {title(key, 'en')} is printed twice with different values: {texts}.",
        f"{title(key, 'zh')}前後不一：{'、'.join(values.values())}。",
        {f"{title(key, 'en')} ({where})": text for where, text in values.items()},
    )


def editions_agree(claim: Claim, ledger: Ledger) -> None:
    """Hold the editions of one case against each other.

    A derived figure may differ where the edition prints the factor or price that explains it; a figure that differs
    without such a reason is printed with two values.

    Args:
        claim: with its editions, not merged.
        ledger: takes the findings.
    """
    editions = claim.editions
    for number, first in enumerate(editions):
        for second in editions[number + 1 :]:
            if _other_conditions(first) or _other_conditions(second) or _differ_in_condition(claim, first, second):
                continue
            for key in first.figures.keys() & second.figures.keys():
                a, b = first.figures[key], second.figures[key]
                if key in INPUTS or a.unit.kind != b.unit.kind or _may_be_one(claim, a, b):
                    continue
                if key in DERIVED and _explained(claim, key, first, second):
                    ledger.compared(
                        "TN03", f"{title(key, 'en')} {a.text} and {b.text}: explained by the figures of each edition",
                        f"{title(key, 'zh')} {a.text} 與 {b.text}：由各版所列數值可解釋",
                    )  # fmt: skip
                    continue
                _printed_twice(key, {first.id: a.text, second.id: b.text}, a, b, ledger)


def _other_conditions(edition: Claim) -> bool:
    return CONDITIONS.search(edition.id.lower()) is not None


def _differ_in_condition(claim: Claim, first: Claim, second: Claim) -> bool:
    """Whether each edition prints its own load, count, output or flow."""
    for key in OF_A_CONDITION:
        a, b = first.figure(key), second.figure(key)
        if a is not None and b is not None and a.unit.kind == b.unit.kind and not _may_be_one(claim, a, b):
            return True
    return False


def _explained(claim: Claim, key: str, first: Claim, second: Claim) -> bool:
    """Whether an input of the figure differs between the editions, and each edition reproduces with its own."""
    for relation in RELATIONS:
        if relation.result != key:
            continue
        inputs = [name for name, _ in relation.inputs]
        differs = any(
            name in first.figures and name in second.figures
            and not _may_be_one(claim, first.figures[name], second.figures[name])
            for name in inputs
        )  # fmt: skip
        if differs and all(claim.in_edition(edition).has(*inputs) for edition in (first, second)):
            return True
    return False


def with_item_savings(claim: Claim, ledger: Ledger) -> Claim:
    """The claim with the saving of each item, where the item prints how it is computed.

    Args:
        claim: as printed.
        ledger: takes expressions that cannot be read.
    """
    made = []
    for item in claim.items:
        figure = None if item.has("saving") else _saving_of(item, claim, ledger)
        made.append(item if figure is None else item.with_figures({"saving": figure}))
    return replace(claim, items=tuple(made))


def _saving_of(item: Claim, claim: Claim, ledger: Ledger) -> Figure | None:
    whole = claim.figure("saving")
    if item.expression:
        try:
            computed = evaluate(item.expression).amount
        except EnergycalcError as error:
            id = "TN12" if isinstance(error, MixedKinds) else "TN04"
            ledger.lacks(
                id, f"an expression of {item.id} that can be read: {error.sentence()}", f"{item.id} 之算式無法讀取"
            )
            return None
        unit = paper_unit("kWh") if whole is None else whole.unit
        own = in_kind_of(unit.kind, computed)
    else:
        unit, own = paper_unit("kWh"), _of_powers(item, claim)
    if own is None:
        return None
    return Figure(
        "saving", f"{shown(own.value / unit.size.value)} {unit.text}/year", own.value / unit.size.value, 0.0, unit, "year",
        how_en="from the item's own figures", how_zh="由項目數值計算", ends=own / unit.size,
    )  # fmt: skip


def _of_powers(item: Claim, claim: Claim) -> Range | None:
    """Saving of an item from its counts and powers, and the hours of the item or of the claim."""
    hours = amount(item, "hours") or amount(claim, "hours")
    before, after = _power(item, "before"), _power(item, "after")
    if hours is None or before is None or after is None:
        return None
    return (before - after) * hours.range


def _power(item: Claim, when: str) -> Range | None:
    whole = amount(item, f"power_{when}")
    if whole is not None:
        return whole.range
    one, count = amount(item, f"unit_power_{when}"), amount(item, f"count_{when}") or amount(item, "count")
    return None if one is None or count is None else one.range * Range.exact(count.range.value)
