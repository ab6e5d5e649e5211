"""Tonnes of a claim against published factors: the printed factor, the one behind the tonnes, tonnes per oil equivalent."""

from __future__ import annotations

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.background import Background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.fuel_factor import implied_fuel_factor, printed_fuel_factor
from energycalc.checks.claims.grid_factor import implied_grid_factor, of_a_supplier, printed_grid_factor
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import amount
from energycalc.checks.claims.units import Amount, paper_unit
from energycalc.checks.claims.words import shown, side_by_side
from energycalc.checks.range import total

TONNES_PER_KLOE = paper_unit("tCO2e/KLOE")
ENERGY = paper_unit("kWh").kind


def carbon(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Judge the emission figures of a claim and of its parts.

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
        known: published factors.
    """
    if claim.carrier == "electricity":
        if of_a_supplier(claim):
            ledger.lacks("TC11", f"the document of the factor's source ({claim.text('emission_factor_source')})",
                         f"係數來源文件（{claim.text('emission_factor_source')}）")  # fmt: skip
        elif claim.has("emission_factor"):
            printed_grid_factor(claim, ledger, known)
        else:
            implied_grid_factor(claim, ledger, known)
    elif claim.has("emission_factor"):
        printed_fuel_factor(claim, ledger, known)
    else:
        implied_fuel_factor(claim, ledger, known)
    _per_oil_equivalent(claim, ledger, known)
    _without_activity(claim, ledger)


def _per_oil_equivalent(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Tonnes per kilolitre of oil equivalent against the most that a fuel emits (TN07)."""
    oil, tonnes = amount(claim, "oil_equivalent"), amount(claim, "emission_reduction", as_result=True)
    if oil is None or tonnes is None or oil.range.low <= 0 or claim.carrier == "electricity":
        return
    per = (tonnes.range / oil.range) / TONNES_PER_KLOE.size
    carrier = claim.carrier if known.emission_factors(claim.carrier) else None
    most = known.most_per_heat(carrier)
    if most is None:
        return
    ceiling = most[0] / TONNES_PER_KLOE.size.value
    grid = known.grid(claim.country)
    if carrier is None and grid.hits:
        litres_per_kwh = limit("TN06", "electricity_final") / limit("TN06", "litre_of_oil")
        ceiling = max(ceiling, grid.highest / litres_per_kwh)
    evidence = {**side_by_side(claim, "oil_equivalent", "emission_reduction"), "tonnes per KLOE": shown(per.value),
                "most of any fuel" if carrier is None else f"most of {most[1]}": shown(ceiling)}  # fmt: skip
    if per.low > ceiling * (1 + limit("TN07", "play") / 100):
        ledger.found(
            "TN07", f"{shown(per.value)} tCO2e per KLOE is claimed; {'no fuel' if carrier is None else most[1]} emits more than {shown(ceiling)} ({most[1]}).",
            f"每公秉油當量減碳 {shown(per.value)} 公噸；{'任何燃料' if carrier is None else most[1]}最高為 {shown(ceiling)}（{most[1]}）。", evidence,
        )  # fmt: skip
    else:
        ledger.compared("TN07", f"{shown(per.value)} tCO2e per KLOE, at most {shown(ceiling)}",
                        f"每公秉油當量 {shown(per.value)} 公噸，上限 {shown(ceiling)}")  # fmt: skip


def _without_activity(claim: Claim, ledger: Ledger) -> None:
    """Tonnes that stand on no energy quantity, or on some of several (TN08)."""
    if not claim.has("emission_reduction") or claim.text("of_part"):
        return
    oil = amount(claim, "oil_equivalent")
    energies = [amount(claim, key) for key in ("saving", "energy_before", "power_saving")]
    parts = [a for part in (*claim.carriers, *claim.items) if (a := amount(part, "saving")) is not None]
    if oil is None and not parts and not any(energies):
        ledger.found("TN08", "Tonnes are printed without any energy quantity.", "有減碳量而無任何能源用量。",
                     side_by_side(claim, "emission_reduction"))  # fmt: skip
        ledger.lacks("TN08", "the energy quantities behind the tonnes", "減碳量所依據之能源用量", decides=True)
        return
    if oil is not None and claim.carriers and not claim.has("saving"):
        _listed_carriers_are_all(claim, ledger, oil)


def _listed_carriers_are_all(claim: Claim, ledger: Ledger, oil: Amount) -> None:
    """Whether the carriers listed make up the oil equivalent; what is left has carriers that are not printed."""
    energy = [a for part in claim.carriers if (a := amount(part, "saving")) is not None]
    if any(a.kind != ENERGY for a in energy) or not energy:
        return
    listed = total(a.range for a in energy)
    primary = limit("TN06", "electricity_primary") / limit("TN06", "electricity_final")
    evidence = {**side_by_side(claim, "oil_equivalent", "emission_reduction"),
                "listed carriers": f"{shown(listed.value / paper_unit('KLOE').size.value)} KLOE at 860 kcal/kWh",
                "at 2,236 kcal/kWh": f"{shown(listed.value * primary / paper_unit('KLOE').size.value)} KLOE"}  # fmt: skip
    if listed.high >= oil.range.low or oil.range.meets(listed * primary):
        return
    ledger.found(
        "TN08", "The carriers listed do not make up the oil equivalent; the others are not printed.",
        "所列能源別不足以構成公秉油當量總數，其餘能源未列出。", evidence,
    )  # fmt: skip
    ledger.found(
        "TN06", "Which convention turned electricity into oil equivalent is not printed, and the rest depends on it.",
        "未註明電力換算油當量之慣例，其餘能源用量因而無法判定。", evidence,
    )  # fmt: skip
    ledger.lacks("TN08", "the quantities of the other carriers", "其他能源別之用量", decides=True)
