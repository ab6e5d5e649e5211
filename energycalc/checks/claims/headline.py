"""The figures a committee looks at first: as printed, as the rest of the page gives them, and how far apart they are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.background import Background, background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.expression import evaluate
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.identities import agrees, rates
from energycalc.checks.claims.inference import completed
from energycalc.checks.claims.keys import claim_keys
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.parts import with_carrier_savings
from energycalc.checks.claims.printed import in_kind_of, with_item_savings
from energycalc.checks.claims.relations import RELATIONS, amount, sides
from energycalc.checks.claims.units import Kind, PaperUnit, paper_unit
from energycalc.checks.claims.words import shown, title
from energycalc.checks.range import Range, total
from energycalc.errors import EnergycalcError

HEADLINE = (
    "hours", "energy_before", "energy_after", "saving", "saving_rate", "price", "cost_saving", "investment", "payback",
    "emission_factor", "emission_reduction", "oil_equivalent",
)  # fmt: skip
OF_A_YEAR = ("energy_before", "energy_after", "saving", "cost_saving", "emission_reduction", "oil_equivalent", "hours")
SUMMED = ("saving", "cost_saving", "emission_reduction")
ENERGY = paper_unit("kWh").kind
GRID = paper_unit("kgCO2e/kWh")


@dataclass(frozen=True)
class Line:
    """One figure of the headline.

    Attributes:
        key: which figure.
        edition: of which edition of the page; empty where all editions say the same.
        printed: as it stands on the page; ``None`` where it does not.
        recomputed: what the other figures give, in ``unit``; ``None`` where they give nothing.
        unit: of the recomputed value.
        per: ``year`` or nothing.
        difference: printed by recomputed, less one; ``None`` without both.
        agrees: whether the page may have printed the recomputed value; ``None`` where that is not judged: one of the
            two is missing, or a rating in horsepower stands for the power drawn.
        how_en: how it was recomputed.
        how_zh: the same in Traditional Chinese.
    """

    key: str
    edition: str
    printed: Figure | None
    recomputed: Range | None
    unit: PaperUnit
    per: str
    difference: float | None
    agrees: bool | None
    how_en: str
    how_zh: str

    @property
    def apart(self) -> str:
        """How far apart they are, as text: a share of the recomputed value, or how many times it; empty without both."""
        if self.difference is None:
            return ""
        ratio = 1 + self.difference
        if not 0.1 < ratio < 10:
            return f"× {shown(ratio, 3)}"
        share = f"{self.difference:+.1%}"
        return "0.0 %" if share in ("+0.0%", "-0.0%") else share.replace("-", "−").replace("%", " %")


@dataclass(frozen=True)
class _Way:
    """One way in which the rest of the page gives a figure, in coherent base units."""

    range: Range
    kind: Kind
    how_en: str
    how_zh: str
    of_a_rating: bool = False
    law: str = ""


def headline(claim: Claim, known: Background | None = None) -> tuple[Line, ...]:
    """The headline figures of a claim; those of which nothing is known are left out.

    A figure is recomputed from the others alone: it is taken off the page first.

    Args:
        claim: as printed.
        known: published heat values; the program's own when left out.
    """
    known = known or background()
    parts = with_carrier_savings(with_item_savings(claim, Ledger(claim.id)))
    editions = [(edition.id, parts.in_edition(edition)) for edition in claim.editions] or [("", parts)]
    found: list[Line] = []
    for key in HEADLINE:
        lines = [line for name, each in editions if (line := _line_or_printed(each, key, name, known)) is not None]
        same = {(line.printed.text if line.printed else "", _rounded(line.recomputed)) for line in lines}
        found += [replace(line, edition="") for line in lines[:1]] if len(same) == 1 else lines
    return tuple(found)


def implied_grid_factor(claim: Claim) -> Range | None:
    """Tonnes by electricity of a claim in kg CO2e per kWh, with the play of the printed digits.

    Args:
        claim: as printed; the first of its editions where it has several.

    Returns:
        ``None`` where the claim is not of electricity, or does not state both.
    """
    first = claim.in_edition(claim.editions[0]) if claim.editions else claim
    try:
        whole = completed(first)
        way = next(_implied_factor(whole), None)
        if way is None or way.kind != GRID.kind or whole.carrier != "electricity":
            return None
        implied = way.range / GRID.size.value
    except (ArithmeticError, EnergycalcError):
        return None
    return implied if all(map(math.isfinite, (implied.low, implied.value, implied.high))) else None


def _rounded(range: Range | None) -> str:
    return "" if range is None else f"{range.value:.9g}"


def _line_or_printed(claim: Claim, key: str, edition: str, known: Background) -> Line | None:
    """A line of the headline; only as printed where absurd figures defeat the arithmetic, which the review says."""
    try:
        return _line(claim, key, edition, known)
    except (ArithmeticError, EnergycalcError):
        printed = claim.figure(key)
        if printed is None:
            return None
        return Line(key, edition, printed, None, printed.unit, printed.per, None, None, "", "")


def _line(claim: Claim, key: str, edition: str, known: Background) -> Line | None:
    printed = claim.figure(key)
    others = MappingProxyType({name: figure for name, figure in claim.figures.items() if name != key})
    rest = completed(replace(claim, figures=others), without="" if printed is None else key)
    own = amount(claim, key, as_result=True) if printed else None
    kinds = claim_keys()[key].kinds if own is None else {own.kind}
    ways = [way for way in _ways(rest, key, known, is_printed=printed is not None) if way.kind in kinds]
    if printed is None and not ways:
        return None
    if not ways or (printed is not None and own is None):
        per = "" if printed is None else printed.per
        unit = paper_unit("1") if printed is None else printed.unit
        return Line(key, edition, printed, None, unit, per, None, None, "", "")
    if printed is None or own is None:
        inferred = rest.figures.get(key)
        unit = _unit(key, ways[0].kind) if inferred is None else inferred.unit
        per = "year" if key in OF_A_YEAR else ""
        return Line(
            key, edition, None, ways[0].range / unit.size.value, unit, per, None, None, ways[0].how_en, ways[0].how_zh
        )
    way = _telling(own.range, ways)
    same = agrees(own.range, way.range)
    beyond = own.range.value / way.range.value - 1 if way.range.value else None
    judged = None if not same and way.of_a_rating and own.range.value < way.range.value else same
    per = "year" if printed.per == "day" else printed.per
    return Line(
        key,
        edition,
        printed,
        way.range / printed.unit.size.value,
        printed.unit,
        per,
        beyond,
        judged,
        way.how_en,
        way.how_zh,
    )


def _telling(printed: Range, ways: list[_Way]) -> _Way:
    """The way to show: of the first law that none of its own ways bears out, else of the first law.

    Where a law holds, other ways than laws (sums, printed arithmetic, conventions) are not asked.
    """
    laws: dict[str, list[_Way]] = {}
    for way in ways:
        laws.setdefault(way.law, []).append(way)
    if len(laws) > 1:
        laws.pop("", None)
    held = [next((way for way in own if agrees(printed, way.range)), None) for own in laws.values()]
    contradicted = [own[0] for own, good in zip(laws.values(), held, strict=True) if good is None]
    return contradicted[0] if contradicted else next(way for way in held if way is not None)


def _ways(rest: Claim, key: str, known: Background, *, is_printed: bool) -> Iterator[_Way]:
    """Every way in which a page without the figure gives it, the plainest first."""
    for relation in RELATIONS:
        if relation.result == key:
            rating = any(rest.figures[k].unit.assumption for k in dict(relation.inputs) if rest.has(k))
            for side in sides(rest, relation):
                yield _Way(
                    side.range, side.kind, relation.right_side("en"), relation.right_side("zh"), rating, relation.name
                )
    if key in SUMMED:
        yield from _sums(rest, key)
    for calculation in rest.calculations:
        if calculation.quantity == key and calculation.result is not None:
            yield from _calculated(calculation.expression, calculation.result.unit.kind)
    if key == "saving_rate":
        for name_en, name_zh, share, _ in rates(rest):
            yield _Way(share, (), name_en, name_zh)
    elif key == "emission_factor":
        yield from _implied_factor(rest)
    elif key == "oil_equivalent" and is_printed:
        yield from _conventions(rest, known)
    inferred = rest.figure(key)
    if inferred is not None and not is_printed:
        yield _Way(
            inferred.to(inferred.unit.text) * inferred.unit.size, inferred.unit.kind, inferred.how_en, inferred.how_zh
        )


def _sums(claim: Claim, key: str) -> Iterator[_Way]:
    """Parts added up; energies of different carriers are not."""
    carriers = () if key == "saving" else claim.carriers
    for parts, en, zh in (
        (claim.items, "sum of the items", "各項目合計"),
        (carriers, "sum of the carriers", "各能源別合計"),
    ):
        amounts = [amount(part, key) for part in parts]
        kinds = {a.kind for a in amounts if a is not None}
        if parts and all(a is not None for a in amounts) and len(kinds) == 1:
            yield _Way(total(a.range for a in amounts if a is not None), kinds.pop(), en, zh)


def _calculated(expression: str, kind: Kind) -> Iterator[_Way]:
    try:
        computed = in_kind_of(kind, evaluate(expression).amount)
    except EnergycalcError:
        return  # the review says so
    if computed is not None:
        yield _Way(computed, kind, expression, expression)


def _implied_factor(claim: Claim) -> Iterator[_Way]:
    saved, tonnes = amount(claim, "saving"), amount(claim, "emission_reduction", as_result=True)
    reduction = claim.figure("emission_reduction")
    if saved is None or tonnes is None or reduction is None or not reduction.is_printed or saved.range.low <= 0:
        return
    factor = tonnes / saved
    law = {lang: f"{title('emission_reduction', lang)} ÷ {title('saving', lang)}" for lang in ("en", "zh")}
    yield _Way(factor.range, factor.kind, law["en"], law["zh"])


def _conventions(claim: Claim, known: Background) -> Iterator[_Way]:
    """The saving as oil equivalent, by each convention in use; not where the page says which one it uses."""
    saved = amount(claim, "saving")
    if saved is None or claim.has("oil_equivalent_factor") or claim.has("heat_value"):
        return
    if saved.kind == ENERGY:
        final, primary = limit("TN06", "electricity_final"), limit("TN06", "electricity_primary")
        for kcal in (final, primary):
            yield _Way(saved.range * (kcal / final), ENERGY, f"at {kcal:,.0f} kcal/kWh", f"以 {kcal:,.0f} kcal/kWh 計")
        return
    for heat in known.heat_values(claim.carrier):
        kind = dict(saved.kind)
        for base, power in heat.kind:
            kind[base] = kind.get(base, 0) + power
        if tuple(sorted((k, v) for k, v in kind.items() if v)) == ENERGY:
            yield _Way(saved.range * heat.value, ENERGY, f"at {heat.name}", f"以 {heat.name} 計")


def _unit(key: str, kind: Kind) -> PaperUnit:
    """The first sample unit of the key that is of this kind."""
    return next(unit for sample in claim_keys()[key].samples if (unit := paper_unit(sample)).kind == kind)
