"""Global warming potentials, CO2 equivalents gas by gas, and refrigerants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.errors import FactorError
from energycalc.factors.factor import Match
from energycalc.factors.selection import choose, factor_by_id, known_words, near
from energycalc.factors.store import FactorSet, published_factors
from energycalc.factors.traced import traced
from energycalc.quantity import Quantity, cite, total

EQUIVALENT = cite("moenv-ghg-guideline", "emission = activity data × emission factor × GWP, gas by gas")


@dataclass(frozen=True)
class Equivalent:
    """A CO2 equivalent and the gases it is the sum of.

    Attributes:
        total: the sum, with the GWP set in its unit.
        by_gas: gas to its share.
        matches: how each GWP was found.
    """

    total: Quantity
    by_gas: Mapping[str, Quantity]
    matches: tuple[Match, ...]


def gwp(gas: str, gwp_set: str, *, factors: FactorSet | None = None) -> tuple[Quantity, Match]:
    """Global warming potential over 100 years.

    Args:
        gas: ``CO2``, ``CH4_fossil``, ``CH4_non_fossil``, ``N2O``, ``SF6``, ``R-410A`` …; the id of a row
            is taken too, which is how one side of a conflict is chosen.
        gwp_set: ``AR4``, ``AR5``, ``AR6``, or ``TW113`` (Taiwan's announcement of 2024-02-05, on AR5).
        factors: a set of factors; the program's own when left out.

    Returns:
        The potential, e.g. in ``kgCO2e[AR5]/kgCH4``, and how it was found.

    Raises:
        FactorError: unknown, not a number (``<1``, ``not counted``), ``CH4`` without its origin, or a
            conflict.
    """
    chosen_from = factors or published_factors()
    rows = chosen_from.select("gwp", series=gwp_set)
    if not rows:
        sets = sorted({f.series for f in chosen_from.select("gwp")})
        raise FactorError("no such GWP set", value=gwp_set, limit="sets known: " + ", ".join(sets))
    if any(f.id == gas for f in chosen_from.factors):
        if not any(f.id == gas for f in rows):
            raise FactorError(
                f"the row is not one of the GWP set {gwp_set}",
                value=gas,
                next_step="Mixing GWP sets in one total is not allowed; choose a row of the same set",
            )
        return factor_by_id(gas, factors=chosen_from)
    what = f"GWP of {gas}, {gwp_set}"
    kinds = sorted({f.subject for f in chosen_from.select("gwp", gas=gas)} - {gas})
    if kinds:
        raise FactorError(
            "depends on its origin",
            subject=what,
            limit="; ".join(f.brief() for f in rows if f.gas == gas),
            next_step="Name one of " + ", ".join(kinds),
        )
    of_gas = chosen_from.select("gwp", subject=gas)
    if not of_gas:
        known = {f.subject for f in rows} | {f.id for f in rows if f.status == "conflict"}
        raise FactorError(
            "no such gas in the GWP table", subject=what, limit=known_words(known), next_step=near(gas, known)
        )
    asked = [f for f in of_gas if f.series == gwp_set]
    match = choose(asked, what, None, chosen_from, others=of_gas)
    return traced(match.factor, match.publication), match


def co2_equivalent(
    gases: Mapping[str, Quantity], gwp_set: str, *, methane: str, factors: FactorSet | None = None
) -> Equivalent:
    """The CO2 equivalent of several gases: the sum of amount times GWP, each gas a step of its own.

    Args:
        gases: ``CO2``, ``CH4``, ``N2O`` (or any gas of the GWP table) to an amount or a factor in kg or t
            of that gas, e.g. the ``gases`` of :func:`fuel_factor`.
        gwp_set: ``AR4``, ``AR5``, ``AR6`` or ``TW113``; one for all gases.
        methane: what CH4 is: ``CH4_fossil`` or ``CH4_non_fossil``, or the id of a GWP row. There is no
            default: the sets disagree on it, and in ``TW113`` the fossil value itself is in conflict (30
            in the announcement, 28 by report).
        factors: a set of factors; the program's own when left out.

    Returns:
        Total, the share of each gas, and how each GWP was found.

    Raises:
        FactorError: a GWP cannot be chosen.
        UnitError: an amount is not one of its gas.
    """
    shares: dict[str, Quantity] = {}
    matches = []
    for gas, amount in gases.items():
        if gas == "CO2_biogenic":
            raise FactorError(
                "biogenic CO2 is reported apart from the total",
                subject=gas,
                value=amount,
                limit="ISO 14064-1",
                next_step="Leave it out of the gases and show it beside the total",
            )
        potential, match = gwp(methane if gas == "CH4" else gas, gwp_set, factors=factors)
        if gas == "CH4" and match.factor.gas != "CH4":
            raise FactorError("is no GWP of methane", subject="methane", value=methane)
        in_kilograms = amount.to(str(amount.unit).replace(f"t{gas}", f"kg{gas}"))
        share = in_kilograms * potential
        key = gas.lower() if gas in ("CO2", "CH4", "N2O") else "other_gas"
        shares[gas] = share.renamed(f"co2e_of_{key}", f"CO2e_{gas}", EQUIVALENT)
        matches.append(match)
    whole = total(list(shares.values())).renamed("co2e_of_all_gases", "CO2e", EQUIVALENT)
    return Equivalent(whole, shares, tuple(matches))


def refrigerant_leakage(
    equipment: str, stage: str = "operation_form_default", *, factors: FactorSet | None = None
) -> tuple[Quantity, Match]:
    """Share of the charge that a cooling machine loses.

    Args:
        equipment: key such as ``chiller`` or ``industrial_refrigeration``.
        stage: ``operation_form_default`` (default of the inventory form, % per year, with the announced
            range as its uncertainty), ``operation`` or ``initial`` (ranges: refused, because a range is
            no number).
        factors: a set of factors; the program's own when left out.

    Raises:
        FactorError: unknown equipment, no default for it, or a range.
    """
    chosen_from = factors or published_factors()
    rows = chosen_from.select("leakage", subject=equipment)
    if not rows:
        known = {f.subject for f in chosen_from.select("leakage")}
        raise FactorError(
            "no such equipment in the leakage table",
            value=equipment,
            limit=known_words(known),
            next_step=near(equipment, known),
        )
    asked = [f for f in rows if f.series == stage]
    match = choose(asked, f"refrigerant leakage of {equipment}, {stage}", None, chosen_from, others=rows)
    return traced(match.factor, match.publication), match


def refrigerant_emission(charge: Quantity, leakage: Quantity, potential: Quantity) -> Quantity:
    """CO2 equivalent of the refrigerant lost: charge times leakage rate times GWP.

    Args:
        charge: refrigerant in the machine, a mass.
        leakage: share lost, ``%/yr`` in operation or ``%`` at filling.
        potential: GWP in kgCO2e of one set per kg.

    Returns:
        kgCO2e of that set, per year where the rate is one.

    Raises:
        UnitError: the three do not multiply to a CO2 equivalent.
    """
    gwp_set = str(potential.unit).partition("/")[0]
    per_year = "/yr" if "yr" in str(leakage.unit) else ""
    lost = charge.to("kg") * leakage * potential
    return lost.to(f"{gwp_set}{per_year}").renamed("refrigerant_emission", "CO2e_ref", EQUIVALENT)
