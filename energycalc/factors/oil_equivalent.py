"""Kilolitres of oil equivalent: how much heat a kWh counts, by which convention, and what a KLOE holds."""

from __future__ import annotations

import dataclasses
from typing import Literal, get_args

from energycalc.errors import FactorError
from energycalc.factors.factor import Match
from energycalc.factors.fuels import heat_content
from energycalc.factors.selection import factor_by_id
from energycalc.factors.store import FactorSet
from energycalc.quantity import Quantity

Convention = Literal["consumption", "primary"]
INFERRED = (
    "由公開案例數字反算，單一來源",
    "inferred: computed back from published cases, single source",
)


def kloe_convention(
    convention: Convention, year: int, *, factors: FactorSet | None = None
) -> tuple[Quantity, Quantity, Match, Match]:
    """What a kWh of electricity and a kilolitre of oil equivalent count in heat.

    Args:
        convention: ``consumption`` (860 kcal/kWh, the heat of the electricity itself) or ``primary``
            (2,236 kcal/kWh, the heat burnt to generate it; an estimate, inferred from published cases).
        year: year of use.
        factors: a set of factors; the program's own when left out.

    Returns:
        Heat per kWh (kcal/kWh), heat of a KLOE (kcal/KLOE), and how each was found, in the same order. Oil
        equivalent = electricity × heat per kWh / heat of a KLOE.

    Raises:
        FactorError: another convention, or a year that the table cannot answer.
    """
    if convention not in get_args(Convention):
        raise FactorError(
            "no such convention of oil equivalent",
            subject="KLOE",
            value=convention,
            limit=", ".join(get_args(Convention)),
            next_step="Name one of them; the result differs by a factor of 2.6",
        )
    per_litre, of_oil = heat_content("oil_equivalent", year, factors=factors)
    if convention == "consumption":
        per_kwh, of_electricity = heat_content("electricity", year, "final_consumption", factors=factors)
    else:
        per_kwh, of_electricity = factor_by_id("heat-electricity-primary", year, factors=factors)
        of_electricity = dataclasses.replace(of_electricity, remarks=(*of_electricity.remarks, INFERRED))
    return per_kwh, per_litre, of_electricity, of_oil
