"""Fuels: factors per unit (6.0.4), factors per TJ (113/2/5) with a heat value, and heat contents.

CO2, CH4 and N2O stay apart until a GWP set is chosen (:func:`energycalc.factors.warming.co2_equivalent`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.errors import FactorError, UnitError
from energycalc.factors.factor import Factor, Kind, Match
from energycalc.factors.selection import choose, known_words, near, western_year
from energycalc.factors.store import FactorSet, published_factors
from energycalc.factors.traced import traced
from energycalc.quantity import Quantity, read_quantity

GASES = ("CO2", "CO2_biogenic", "CH4", "N2O")  # in this order


@dataclass(frozen=True)
class FuelFactors:
    """The factors of one fuel, gas by gas.

    Attributes:
        fuel: key such as ``natural_gas``.
        use: ``stationary`` or ``mobile``.
        gases: ``CO2`` (``CO2_biogenic`` for wood), ``CH4``, ``N2O`` to the factor, all per the same unit
            of fuel.
        matches: how each was found.
    """

    fuel: str
    use: str
    gases: Mapping[str, Quantity]
    matches: tuple[Match, ...]


def fuel_factor(
    fuel: str,
    year: int,
    *,
    use: str = "stationary",
    heat_value: Quantity | str | None = None,
    older_by: Quantity | str | None = None,
    factors: FactorSet | None = None,
) -> FuelFactors:
    """Emission factors of a fuel burnt in Taiwan.

    Args:
        fuel: key such as ``natural_gas``, ``diesel``, ``residual_fuel_oil``, ``lpg``.
        year: year of use. Up to 2023 table 6.0.4 gives factors per unit; from 2024 on the announcement of
            2024-02-05 gives factors per TJ (LHV) and no heat values.
        use: ``stationary`` or ``mobile``.
        heat_value: net heat value of this fuel, e.g. ``"8900 kcal[LHV]/m3"`` (supplier's test, or
            :func:`heat_content`). When given, the factor per TJ is multiplied by it, traced.
        older_by: allowance for an older edition, e.g. ``"1 yr"``.
        factors: a set of factors; the program's own when left out.

    Returns:
        CO2, CH4 and N2O per unit of fuel (kg/m3, kg/L, kg/kg) and how each was found.

    Raises:
        FactorError: nothing fits, a conflict, too old, or the year needs a heat value.
        UnitError: the heat value has no LHV basis or is no heat per amount.

    Note:
        A gas volume is the one the table means; table 6.0.4 does not state the reference state of its m3.
    """
    chosen_from = factors or published_factors()
    western_year(year, f"fuel factor of {fuel}")
    kind: Kind = "fuel_per_unit" if heat_value is None else "fuel_per_energy"
    heat = read_quantity(heat_value) if isinstance(heat_value, str) else heat_value
    amount = _amount_of(heat) if heat is not None else ""
    rows = chosen_from.select(kind, subject=fuel, series=use)
    if heat is None:
        _say_when_heat_is_needed(fuel, year, use, rows, older_by, chosen_from)
    if older_by is None and not any(f.covers(year) for f in rows):
        _refuse_unknown(fuel, use, kind, year, chosen_from)
    gases: dict[str, Quantity] = {}
    matches = []
    for gas in sorted({f.gas for f in rows}, key=GASES.index):
        of_gas = [f for f in rows if f.gas == gas]
        match = choose(of_gas, f"{fuel}, {use}, {gas}", year, chosen_from, older_by=older_by)
        leaf = traced(match.factor, match.publication)
        gases[gas] = leaf if heat is None else _per_amount(leaf, heat, gas, amount)
        matches.append(match)
    return FuelFactors(fuel, use, gases, tuple(matches))


def heat_content(
    subject: str,
    year: int,
    series: str | None = None,
    *,
    older_by: Quantity | str | None = None,
    factors: FactorSet | None = None,
) -> tuple[Quantity, Match]:
    """Heat content of a fuel, or of a kWh by convention.

    Args:
        subject: a fuel key; ``electricity`` (kcal/kWh); ``oil_equivalent`` (kcal/KLOE).
        year: year of use.
        series: ``final_consumption`` or ``primary`` for electricity, to be named; none for fuels.
        older_by: allowance for an older edition, e.g. ``"2 yr"``.
        factors: a set of factors; the program's own when left out.

    Returns:
        The heat content with its basis in the unit (``kcal[LHV]/L``; ``kcal[not_stated]/L`` where the
        table is silent), and how it was found.

    Raises:
        FactorError: nothing fits, a conflict (natural gas from 2024 on), or too old.
    """
    chosen_from = factors or published_factors()
    western_year(year, f"heat content of {subject}")
    rows = chosen_from.select("heat_content", subject=subject)
    if not rows:
        _refuse_unknown(subject, "", "heat_content", year, chosen_from)
    if series is None and len({f.series for f in rows}) > 1:
        raise FactorError(
            "two conventions circulate, and the result must say which one it uses",
            subject=subject,
            limit="; ".join(f.brief() for f in rows),
            next_step="Name the series",
        )
    asked = tuple(f for f in rows if series is None or f.series == series)
    match = choose(asked, f"heat content of {subject}", year, chosen_from, older_by=older_by, others=rows)
    return traced(match.factor, match.publication), match


def _per_amount(per_energy: Quantity, heat: Quantity, gas: str, amount: str) -> Quantity:
    per_unit = (per_energy * heat).to(f"kg{gas.removesuffix('_biogenic')}/{amount}")
    return per_unit.renamed(f"fuel_emission_factor_{gas.lower()}", symbol=f"EF_{gas}")


def _amount_of(heat: Quantity) -> str:
    """The unit of fuel that a heat value is per: ``m3`` of ``kcal[LHV]/m3``."""
    above = [atom for atom, exponent in heat.unit.terms if exponent == 1]
    below = [atom for atom, exponent in heat.unit.terms if exponent == -1]
    if len(above) != 1 or len(below) != 1 or len(heat.unit.terms) != 2:
        raise UnitError(
            "a heat value is a heat per amount of fuel",
            subject="heat value",
            value=heat.unit,
            next_step='Write it like "8900 kcal[LHV]/m3"',
        )
    if not above[0].endswith("[LHV]"):
        raise UnitError(
            "the factors per TJ stand on the net heat value",
            subject="heat value",
            value=heat.unit,
            limit="LHV (announcement 113/2/5, after IPCC 2006)",
            next_step="State the net value with [LHV]; convert a gross one by the supplier's ratio",
        )
    return below[0]


def _say_when_heat_is_needed(
    fuel: str, year: int, use: str, rows: tuple[Factor, ...], older_by: object, chosen_from: FactorSet
) -> None:
    if older_by is not None or any(f.covers(year) and f.status == "final" for f in rows):
        return
    per_energy = [f for f in chosen_from.select("fuel_per_energy", subject=fuel, series=use) if f.covers(year)]
    if not per_energy:
        return
    heats = [f.brief() for f in chosen_from.select("heat_content", subject=fuel) if f.covers(year)]
    raise FactorError(
        "from this year on the factors are per TJ and need a net heat value",
        subject=f"{fuel}, {use}",
        value=year,
        limit=f"{per_energy[0].edition} ({per_energy[0].id}); heat values known: " + ("; ".join(heats) or "none"),
        next_step='Give heat_value="... kcal[LHV]/..." from the supplier, or the one of heat_content()',
    )


def _refuse_unknown(fuel: str, use: str, kind: Kind, year: int, chosen_from: FactorSet) -> None:
    """Refuse a fuel without a row for the year, and name the rows of the year that speak of it.

    A year that no row of the kind covers is left to :func:`choose`, which knows better what to say.
    """
    of_year = [f for f in chosen_from.select(kind) if f.covers(year)]
    if not of_year:
        return
    word = fuel.lower().replace("_", " ")
    hints = [
        f"{f.subject}: {f.name_zh}, {f.name_en} ({f.id})"
        for f in of_year
        if f.gas in ("CO2", "not_applicable") and word in f"{f.name_zh} {f.name_en} {f.note}".lower()
    ]
    older = [f.edition for f in chosen_from.select(kind, subject=fuel) if (f.last_year or year) < year]
    known = {f.subject for f in of_year}
    raise FactorError(
        "no such fuel in the table of this year",
        subject=", ".join(p for p in (fuel, use) if p),
        value=year,
        limit=known_words(known),
        next_step=(f"Rows that speak of it: {'; '.join(hints[:4])}" if hints else near(fuel, known))
        + (f"; an older edition ({older[0]}) needs older_by" if older else ""),
    )
