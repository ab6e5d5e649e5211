"""What must hold between the figures of a claim, each law once: to infer what is missing, to judge what is there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure
from energycalc.checks.claims.units import LOOSE, Amount, paper_unit
from energycalc.checks.claims.words import title
from energycalc.checks.range import Range, total

YEAR = paper_unit("year")
DAYS = "operating_days"
COUNTED = ("count", "count_before", "count_after")
"""Whole numbers, which are not rounded."""
OF_A_YEAR = ("energy_before", "energy_after")
"""Keys that may hold a day's or a measurement's energy, as their unit says."""


@dataclass(frozen=True)
class Relation:
    """One law: the result is a product of powers, or a sum with signs.

    Attributes:
        name: of the law.
        check: whose finding a contradiction is.
        result: key of the result.
        product: keys with their exponents; empty for a sum.
        sum: keys with their signs; empty for a product.
        maybe: keys that multiply the right side on some pages and not on others.
        less: key that is taken off a product where it is printed.
        years: power of one year in the product.
        infers: keys that may be inferred from the law where they are missing.
    """

    name: str
    check: str
    result: str
    product: tuple[tuple[str, int], ...] = ()
    sum: tuple[tuple[str, int], ...] = ()
    maybe: tuple[str, ...] = ()
    less: str = ""
    years: int = 0
    infers: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[tuple[str, int], ...]:
        """Keys on the right side with exponents or signs."""
        return self.product or self.sum

    def right_side(self, lang: str) -> str:
        """The right side in words."""
        signs = {1: " × ", -1: " ÷ "} if self.product else {1: " + ", -1: " − "}
        first, *others = self.inputs
        return title(first[0], lang) + "".join(signs[sign] + title(key, lang) for key, sign in others)

    def law(self, lang: str) -> str:
        """The whole law in words."""
        return f"{title(self.result, lang)} = {self.right_side(lang)}"


UNITS = tuple(
    Relation(f"{count}_of_units_{when}", "TL11", f"power_{when}", ((f"unit_power_{when}", 1), (count, 1)),
             infers=(f"power_{when}",))
    for when in ("before", "after") for count in (f"count_{when}", "count")
)  # fmt: skip
SPECIFIC = tuple(
    Relation(f"power_of_{size}_{when}", "TL11", f"power_{when}", ((f"intensity_{when}", 1), (size, 1)),
             infers=(f"power_{when}",))
    for when in ("before", "after") for size in (f"capacity_{when}", "capacity")
)  # fmt: skip
"""kW/RT times RT: a power only where the units make one."""
PRODUCTS = (
    *UNITS,
    *SPECIFIC,
    Relation("saving_of_power", "TL11", "saving", (("power_saving", 1), ("hours", 1)), maybe=("load_factor", "count"),
             infers=("saving", "hours")),
    Relation("energy_of_power_before", "TL11", "energy_before", (("power_before", 1), ("hours", 1)),
             maybe=("load_factor", "count"), infers=("energy_before", "hours")),
    Relation("energy_of_power_after", "TL11", "energy_after", (("power_after", 1), ("hours", 1)),
             maybe=("load_factor", "count"), infers=("energy_after",)),
    Relation("energy_of_intensity_before", "TL11", "energy_before", (("intensity_before", 1), ("output_before", 1)),
             infers=("energy_before",)),
    Relation("energy_of_intensity_after", "TL11", "energy_after", (("intensity_after", 1), ("output_after", 1)),
             infers=("energy_after",)),
    Relation("energy_of_output_before", "TL11", "energy_before", (("intensity_before", 1), ("output", 1)),
             infers=("energy_before",)),
    Relation("energy_of_output_after", "TL11", "energy_after", (("intensity_after", 1), ("output", 1)),
             infers=("energy_after",)),
    Relation("money", "TF02", "cost_saving", (("saving", 1), ("price", 1)), less="cost_added",
             infers=("cost_saving", "price", "saving")),
    Relation("cost_before", "TF02", "cost_before", (("energy_before", 1), ("price", 1))),
    Relation("cost_after", "TF02", "cost_after", (("energy_after", 1), ("price", 1))),
    Relation("payback", "TF01", "payback", (("investment", 1), ("cost_saving", -1)), years=1,
             infers=("payback", "investment", "cost_saving")),
    Relation("emission", "TC15", "emission_reduction", (("saving", 1), ("emission_factor", 1)),
             infers=("emission_reduction", "saving")),
    Relation("emission_before", "TC15", "emission_before", (("energy_before", 1), ("emission_factor", 1))),
    Relation("emission_after", "TC15", "emission_after", (("energy_after", 1), ("emission_factor", 1))),
    Relation("oil", "TN06", "oil_equivalent", (("saving", 1), ("oil_equivalent_factor", 1))),
    Relation("oil_of_heat", "TN06", "oil_equivalent", (("saving", 1), ("heat_value", 1))),
)  # fmt: skip
SUMS = (
    Relation("power_difference", "TA02", "power_saving", sum=(("power_before", 1), ("power_after", -1)),
             maybe=("count",), infers=("power_saving", "power_before", "power_after")),
    Relation("energy_difference", "TA02", "saving", sum=(("energy_before", 1), ("energy_after", -1)),
             maybe=("count",), infers=("saving", "energy_before", "energy_after")),
    Relation("cost_difference", "TA02", "cost_saving", sum=(("cost_before", 1), ("cost_after", -1)),
             infers=("cost_saving",)),
    Relation("emission_difference", "TA02", "emission_reduction", sum=(("emission_before", 1), ("emission_after", -1)),
             infers=("emission_reduction",)),
)  # fmt: skip
TURNED = ("power_difference", "energy_difference")
"""Laws whose sign turns where the figures are generation: more power is the saving."""
AT_EQUAL_OUTPUT = ("energy_difference", "cost_difference", "emission_difference")
"""Laws whose two sides a page may first bring to one output, where output moved."""
RELATIONS = (*SUMS, *PRODUCTS)


def amount(claim: Claim, key: str, *, as_result: bool = False) -> Amount | None:
    """A figure of the claim in base units, a day's energy times the operating days.

    Args:
        claim: the claim.
        key: of the figure.
        as_result: with the play of a result (one unit of the last digit) instead of that of an input.

    Returns:
        ``None`` where it is unknown, or a day's or a measurement's figure that cannot be brought to a year.
    """
    figure = claim.figure(key)
    if figure is None or (key in OF_A_YEAR and is_of_a_measurement(claim, figure)):
        return None
    own = figure.as_printed(figure.unit.text) if as_result else figure.to(figure.unit.text)
    if key in COUNTED:
        own = Range.exact(own.value)
    scaled = own * (Range.exact(figure.unit.size.value) if _cancels(claim, figure) else figure.unit.size)
    if figure.per == "day" and key != DAYS:
        days = claim.figure(DAYS)
        if days is None:
            return None
        scaled = scaled * days.to("day")
    return Amount(scaled, figure.unit.kind)


def _cancels(claim: Claim, figure: Figure) -> bool:
    """Whether a loose unit (RT, HP) stands above and below: whichever is meant, it falls out of the product."""
    if not figure.unit.assumption:
        return False
    names = [name for name in LOOSE if name in figure.unit.text.split("/")]
    texts = [f.unit.text.split("/") for f in claim.figures.values() if f.unit.assumption]
    return any(any(n == t[0] for t in texts) and any(n in t[1:] for t in texts) for n in names)


def is_of_a_measurement(claim: Claim, figure: Figure) -> bool:
    """Whether an energy stands without a year on a page that tells how long was measured."""
    return figure.per == "" and figure.is_printed and bool(claim.measurement)


def sides(claim: Claim, relation: Relation) -> Iterator[Amount]:
    """The right side of a law, once for each way a page may compute it; nothing where an input is unknown.

    Args:
        claim: the claim.
        relation: the law.
    """
    known: list[tuple[Amount, int]] = []
    for key, power in relation.inputs:
        found = amount(claim, key)
        if found is None:
            return
        known.append((found, power))
    if relation.sum:
        if len({a.kind for a, _ in known}) == 1:
            turn = -1 if claim.text("figures_are") == "generation" and relation.name in TURNED else 1
            difference = Amount(total(a.range * float(sign * turn) for a, sign in known), known[0][0].kind)
            yield difference
            for extra in (a for key in relation.maybe if (a := amount(claim, key)) is not None):
                yield Amount(difference.range * extra.range, difference.kind)
            if relation.name in AT_EQUAL_OUTPUT:
                yield from _at_equal_output(claim, known[0][0], known[1][0], float(turn))
        return
    plain = _product([*known, *([(Amount(YEAR.size, YEAR.kind), relation.years)] if relation.years else [])])
    if plain is None:
        return
    less = amount(claim, relation.less) if relation.less else None
    if less is not None and less.kind == plain.kind:
        yield Amount(plain.range - less.range, plain.kind)
    yield plain
    extras = [a for key in relation.maybe if (a := amount(claim, key)) is not None]
    for extra in extras:
        yield Amount(plain.range * extra.range, plain.kind)
    if len(extras) > 1:
        both = plain.range
        for extra in extras:
            both = both * extra.range
        yield Amount(both, plain.kind)


def _at_equal_output(claim: Claim, before: Amount, after: Amount, turn: float) -> Iterator[Amount]:
    """The difference at the output after, and at the output before."""
    made_before, made_after = amount(claim, "output_before"), amount(claim, "output_after")
    if made_before is None or made_after is None or made_before.kind != made_after.kind:
        return
    if made_before.range.low <= 0 or made_after.range.low <= 0:
        return
    grown = made_after.range / made_before.range
    yield Amount((before.range * grown - after.range) * turn, before.kind)
    yield Amount((before.range - after.range / grown) * turn, before.kind)


def _product(known: list[tuple[Amount, int]]) -> Amount | None:
    made = Amount(Range.exact(1.0), ())
    for a, power in known:
        try:
            made = made * a if power == 1 else made / a
        except ZeroDivisionError:
            return None
    return made
