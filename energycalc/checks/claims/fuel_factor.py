"""The factor of a fuel: printed, or implied by tonnes and quantity (TC09, TC11)."""

from __future__ import annotations

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.background import Background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import amount
from energycalc.checks.claims.units import paper_unit
from energycalc.checks.claims.words import shown


def printed_fuel_factor(claim: Claim, ledger: Ledger, known: Background) -> None:
    """The printed factor of a fuel against the published ones."""
    figure = claim.figures["emission_factor"]
    published = [p for p in known.emission_factors(claim.carrier) if p.kind == figure.unit.kind]
    if not published:
        ledger.lacks("TC11", f"a published factor of {claim.carrier} per {figure.unit.text.partition('/')[2]}",
                     f"{claim.carrier} 之公告係數")  # fmt: skip
        return
    own = (figure.to(figure.unit.text) * figure.unit.size).value
    _against_fuel(ledger, claim.carrier, own, [(p.value, p.name) for p in published], figure.text, printed=True)


def implied_fuel_factor(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Tonnes by quantity against the published factors of the fuel."""
    saved, tonnes = amount(claim, "saving"), amount(claim, "emission_reduction", as_result=True)
    if saved is None or tonnes is None or not saved.range.value:
        return
    if not claim.figures["emission_reduction"].is_printed:
        return
    implied = (tonnes.range / saved.range).value
    kind = paper_unit(f"kgCO2e/{claim.figures['saving'].unit.text}").kind
    published = [p for p in known.emission_factors(claim.carrier) if p.kind == kind]
    if not published:
        ledger.lacks("TC11", f"a published factor of {claim.carrier}", f"{claim.carrier} 之公告係數")
        return
    size = paper_unit(f"kgCO2e/{claim.figures['saving'].unit.text}").size.value
    text = f"{shown(implied / size)} kgCO2e/{claim.figures['saving'].unit.text}"
    _against_fuel(ledger, claim.carrier, implied, [(p.value, p.name) for p in published], text, printed=False)


def _against_fuel(
    ledger: Ledger, carrier: str, own: float, published: list[tuple[float, str]], text: str, *, printed: bool
) -> None:
    check = "TC11"
    near = min(published, key=lambda p: abs(own / p[0] - 1))
    play = limit("TN06", "heat_value_play") / 100
    if 1 - play <= own / near[0] <= 1 + play:
        ledger.compared(
            check,
            f"factor {text} of {carrier}: near {near[1]}",
            f"{carrier} 係數 {text}：與 {near[1]} 相符",
            alone=printed,
        )
        return
    ratio = own / near[0]
    molar, within = limit("TC09", "ratio"), limit("TC09", "within")
    if abs(ratio * molar - 1) <= within or abs(ratio / molar - 1) <= within:
        ledger.found(
            "TC09", f"The factor {text} of {carrier} is {shown(ratio)} times the published {near[1]}: carbon and carbon dioxide are mixed up.",
            f"{carrier} 係數 {text} 為公告值 {near[1]} 之 {shown(ratio)} 倍：碳與二氧化碳混淆。", {"printed": text, "published": near[1]},
        )  # fmt: skip
        return
    ledger.found(
        check, f"The factor {text} of {carrier} is {shown(ratio)} times the published {near[1]}.",
        f"{carrier} 係數 {text} 為公告值 {near[1]} 之 {shown(ratio)} 倍。", {"printed": text, "published": near[1]},
        severity="warning" if limit("TC11", "fuel_low") <= ratio <= limit("TC11", "fuel_high") else "error",
    )  # fmt: skip
