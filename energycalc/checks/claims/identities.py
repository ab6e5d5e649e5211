"""Whether the figures of a claim agree: products, sums, totals, rates (TL11, TA02, TC15, TF01, TF02, TN02, TN06)."""

from __future__ import annotations

from collections.abc import Iterator

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import RELATIONS, Relation, amount, is_of_a_measurement, sides
from energycalc.checks.claims.words import in_unit_of, shown, side_by_side, title
from energycalc.checks.range import Range, total
from energycalc.checks.slips import slip_behind

KIND_OF = {
    "saving": "energy", "energy_before": "energy", "energy_after": "energy", "power_saving": "power",
    "power_before": "power", "power_after": "power", "cost_saving": "money", "cost_before": "money",
    "cost_after": "money", "investment": "money", "emission_reduction": "emission", "emission_before": "emission",
    "emission_after": "emission", "oil_equivalent": "oil", "payback": "time", "hours": "time", "saving_rate": "share",
}  # fmt: skip
"""Kind of figure by key, for the slips that can happen to it."""


def agrees(result: Range, expected: Range) -> bool:
    """Whether a printed figure reproduces: within its last digit and the play of its inputs, or within 1 %.

    Args:
        result: the printed figure with the play of a result.
        expected: what its inputs give.
    """
    return result.meets(expected) or abs(result.value - expected.value) <= limit("TN04", "tolerance") / 100 * abs(
        expected.value
    )


def relations_hold(claim: Claim, ledger: Ledger) -> None:
    """Hold every law whose terms are known against the printed figures.

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
    """
    judged: set[frozenset[str]] = set()
    for relation in sorted(RELATIONS, key=lambda r: _inferred_terms(claim, r)):
        result = claim.figure(relation.result)
        if result is None or _goes_in_a_circle(claim, relation):
            continue
        if any(is_of_a_measurement(claim, claim.figures[k]) for k in (relation.result, *dict(relation.inputs))
               if claim.has(k) and k.startswith("energy")):  # fmt: skip
            continue
        printed_result = amount(claim, relation.result, as_result=True)
        ways = [way for way in sides(claim, relation) if printed_result and way.kind == printed_result.kind]
        if printed_result is None or not ways:
            continue
        leaves = _leaves(claim, relation)
        if leaves in judged or len(leaves) < 2:
            continue
        judged.add(leaves)
        _judge(claim, relation, result, printed_result.range, [way.range for way in ways], ledger)


def _judge(claim: Claim, relation: Relation, result: Figure, found: Range, ways: list[Range], ledger: Ledger) -> None:
    plain = ways[0]
    law_en, law_zh = relation.law("en"), relation.law("zh")
    if any(agrees(found, way) or _within_its_terms(claim, result, found, way) for way in ways):
        if not any(claim.figures[key].is_printed for key in (relation.result, *dict(relation.inputs))):
            return  # inferred figures among themselves show nothing
        ledger.compared(relation.check, f"{law_en}: {result.text}", f"{law_zh}：{result.text}")
        return
    if relation.check == "TL11" and _is_a_rating(claim, relation) and found.value < plain.value:
        ledger.compared("TL11", f"{law_en}: {result.text} is {found.value / plain.value:.0%} of the rating × hours",
                        f"{law_zh}：{result.text}，為額定 × 時數之 {found.value / plain.value:.0%}")  # fmt: skip
        return
    nearest = min(ways, key=lambda way: abs(found.value - way.value))
    expected = in_unit_of(result, nearest.value)
    ratio = found.value / nearest.value if nearest.value else float("inf")
    keys = (relation.result, *(key for key, _ in relation.inputs))
    evidence = {**side_by_side(claim, *keys), "recomputed": expected, "ratio": shown(ratio)}
    ledger.found(
        relation.check,
        f"{law_en} gives {expected}, but {_says(result, 'en')} ({_percent(ratio)}).",
        f"{law_zh} 應為 {expected}，{_says(result, 'zh')}（{_percent(ratio)}）。",
        evidence,
        severity="error",
    )
    slip(claim, title(relation.result, "en"), title(relation.result, "zh"), ratio, ledger, relation.result)


def _says(result: Figure, lang: str) -> str:
    """Where the result of a law stands: on the page, or in what other figures give."""
    if lang == "zh":
        return f"頁面印為 {result.text}" if result.is_printed else f"由其他數值得 {result.text}（{result.how_zh}）"
    return f"{result.text} is printed" if result.is_printed else f"other figures give {result.text} ({result.how_en})"


def _within_its_terms(claim: Claim, result: Figure, found: Range, way: Range) -> bool:
    """Whether an inferred difference is off by no more than its printed terms may be."""
    if result.is_printed:
        return False
    terms = [a.range.value for key in result.rests_on if (a := amount(claim, key)) and a.kind == result.unit.kind]
    return abs(found.value - way.value) <= limit("TN04", "tolerance") / 100 * max(terms, default=0.0)


def slip(claim: Claim, name_en: str, name_zh: str, ratio: float, ledger: Ledger, key: str = "") -> None:
    """Name the slip that would explain a ratio of printed to recomputed.

    Args:
        claim: the claim.
        name_en: of the figure.
        name_zh: of the figure.
        ratio: printed by recomputed.
        ledger: takes the finding.
        key: of the figure; a slip of heat units cannot happen to a saving rate.
    """
    words = " ".join([*(f.text for f in claim.figures.values()), *(c.expression for c in claim.calculations)])
    behind = slip_behind(ratio, words=words, figure=KIND_OF.get(key, "")) if ratio > 0 else None
    if behind is None:
        return
    of, side = behind
    way_en, way_zh = ("too large", "偏大") if side > 1 else ("too small", "偏小")
    ledger.found(
        "TU02",
        f"The printed {name_en} is {shown(ratio)} times the recomputed one: {of.en} would explain it ({way_en}).",
        f"{name_zh}印值為重算值之 {shown(ratio)} 倍：可能為{of.zh}（{way_zh}）。",
        {"ratio": shown(ratio), "slip": shown(side)},
    )


def _percent(ratio: float) -> str:
    return f"{ratio - 1:+.1%}" if 0.1 < ratio < 10 else f"× {shown(ratio)}"


def _inferred_terms(claim: Claim, relation: Relation) -> int:
    """How many terms of a law are inferred: of two laws on the same printed figures the most direct one speaks."""
    keys = (relation.result, *dict(relation.inputs))
    return sum(1 for key in keys if claim.has(key) and not claim.figures[key].is_printed)


def _goes_in_a_circle(claim: Claim, relation: Relation) -> bool:
    keys = (relation.result, *dict(relation.inputs))
    return any(relation.name in claim.figures[key].via for key in keys if claim.has(key))


def _leaves(claim: Claim, relation: Relation) -> frozenset[str]:
    found: set[str] = set()
    for key in (relation.result, *dict(relation.inputs)):
        if claim.has(key):
            found |= claim.figures[key].rests_on or {key}
    return frozenset(found)


def _is_a_rating(claim: Claim, relation: Relation) -> bool:
    """Whether the power is a rating in horsepower, which a machine need not draw."""
    return any(claim.figures[key].unit.assumption for key in dict(relation.inputs) if key.startswith("power"))


def totals_hold(claim: Claim, ledger: Ledger) -> None:
    """Hold printed parts against their printed total: investment, items, carriers (TA02).

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
    """
    if claim.parts and claim.has("investment"):
        _sum("investment", claim.figures["investment"], [p.to(p.unit.text) * p.unit.size for p in claim.parts], ledger)
    for key in ("saving", "emission_reduction", "cost_saving"):
        figure, of_items = claim.figure(key), [amount(item, key) for item in claim.items]
        if figure is None or not figure.is_printed or not claim.items:
            continue
        kinds = {a.kind for a in of_items if a is not None}
        if all(a is not None for a in of_items) and kinds == {figure.unit.kind}:
            _sum(key, figure, [a.range for a in of_items if a is not None], ledger)


def _sum(key: str, figure: Figure, parts: list[Range], ledger: Ledger) -> None:
    whole = total(parts)
    printed = figure.as_printed(figure.unit.text) * figure.unit.size
    en, zh = title(key, "en"), title(key, "zh")
    if agrees(printed, whole):
        ledger.compared(
            "TA02",
            f"{len(parts)} parts give the {en}: {figure.text}",
            f"{len(parts)} 項合計為{zh}：{figure.text}",
        )
        return
    summed = in_unit_of(figure, whole.value)
    ledger.found(
        "TA02",
        f"The {len(parts)} parts of the {en} add up to {summed}, but {figure.text} is printed.",
        f"{zh}之 {len(parts)} 項合計為 {summed}，頁面印為 {figure.text}。",
        {"sum of the parts": summed, "printed total": figure.text},
    )


def rate_holds(claim: Claim, ledger: Ledger) -> None:
    """Hold the printed saving rate against every base it may be a share of (TN02).

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
    """
    rate = claim.figure("saving_rate")
    if rate is None or not rate.is_printed:
        return
    printed = rate.as_printed("%") / 100
    candidates = list(rates(claim))
    if not candidates:
        return
    for name_en, name_zh, found, _ in candidates:
        if agrees(printed, found):
            ledger.compared("TN02", f"saving rate = {name_en}: {rate.text}", f"節能率 = {name_zh}：{rate.text}")
            return
    of = claim.text("saving_rate_of")
    if of is not None and of not in OWN_BASES:
        ledger.lacks("TN02", f"the base of the saving rate ({of})", f"節能率之基準（{of}）")
        return
    name_en, name_zh, nearest, _ = min(candidates, key=lambda c: abs(c[2].value - printed.value))
    over_after = next((c for c in candidates if c[3] is not None and agrees(printed, c[3])), None)
    why_en = f"; {rate.text} is the saving over the value after ({over_after[0]})" if over_after else ""
    why_zh = f"；{rate.text} 為節省量除以改善後之值（{over_after[1]}）" if over_after else ""
    evidence = {f"{c[0]}": f"{c[2].value:.2%}" for c in candidates} | {"printed": rate.text}
    ledger.found(
        "TN02",
        f"The printed saving rate is {rate.text}; {name_en} gives {nearest.value:.2%}{why_en}.",
        f"節能率印為 {rate.text}；{name_zh} 為 {nearest.value:.2%}{why_zh}。",
        evidence,
    )
    if nearest.value:
        slip(claim, "saving rate", "節能率", printed.value / nearest.value, ledger, "saving_rate")


OWN_BASES = ("measure", "loss", "cost", "plant", "emission")
"""What a rate may be a share of, where the page's own figures can tell; of anything else they need not."""
BASES = (
    ("measure", "saving", "energy_before", "energy_after"),
    ("measure", "power_saving", "power_before", "power_after"),
    ("cost", "cost_saving", "cost_before", "cost_after"),
    ("emission", "emission_reduction", "emission_before", "emission_after"),
    ("plant", "saving", "plant_energy", ""),
    ("cost", "cost_saving", "plant_bill", ""),
)


def rates(claim: Claim) -> Iterator[tuple[str, str, Range, Range | None]]:
    """Every share the printed figures give: what it is, its value, and the same over the value after."""
    of = claim.text("saving_rate_of")
    for kind, saved, base, after in BASES:
        if of in ("plant", "cost") and kind != of:
            continue
        before, difference = amount(claim, base), amount(claim, saved)
        if before is None or before.range.low <= 0 or "rate" in claim.figures[base].via:
            continue
        left = amount(claim, after) if after else None
        if left is not None and left.kind == before.kind:
            one = left.range / before.range
            share = one - 1.0 if claim.text("figures_are") == "generation" else 1.0 - one
            again = before.range / left.range - 1.0 if left.range.low > 0 else None
            yield (
                f"1 − {title(after, 'en')} ÷ {title(base, 'en')}",
                f"1 − {title(after, 'zh')} ÷ {title(base, 'zh')}",
                share,
                again,
            )
        if difference is not None and difference.kind == before.kind:
            yield (f"{title(saved, 'en')} ÷ {title(base, 'en')}", f"{title(saved, 'zh')} ÷ {title(base, 'zh')}",
                   difference.range / before.range, None)  # fmt: skip
    a, b = amount(claim, "intensity_before"), amount(claim, "intensity_after")
    if a is not None and b is not None and a.kind == b.kind and a.range.low > 0:
        yield "1 − intensity after ÷ before", "1 − 改善後 ÷ 改善前單位耗能", 1.0 - b.range / a.range, None
    yield from _rates_of_carriers(claim)


def _rates_of_carriers(claim: Claim) -> Iterator[tuple[str, str, Range, Range | None]]:
    """Shares of cost and emissions where carriers are given up and taken up."""
    for what_en, what_zh, factor in (("cost", "費用", "price"), ("emissions", "排放", "emission_factor")):
        given, taken = Range.exact(0.0), Range.exact(0.0)
        for part in claim.carriers:
            quantity, per = amount(part, "saving"), amount(part, factor)
            if quantity is None or per is None:
                break
            if quantity.range.value >= 0:
                given = given + quantity.range * per.range
            else:
                taken = taken - quantity.range * per.range
        else:
            if claim.carriers and given.low > 0 and taken.value > 0:
                yield (f"fall of {what_en} by the carriers", f"各能源別{what_zh}之降幅", 1.0 - taken / given,
                       given / taken - 1.0)  # fmt: skip
