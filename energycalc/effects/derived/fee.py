"""Carbon fee (碳費): only a plant above the threshold pays it, so only such a plant saves any."""

from __future__ import annotations

from energycalc.case.case import Case
from energycalc.effects.derived.results import FeeResult, Statement
from energycalc.effects.derived.rules import rule
from energycalc.effects.derived.shares import in_inventory_unit
from energycalc.effects.results import Effects
from energycalc.errors import FactorError
from energycalc.quantity import Quantity, about, cite, where

FEE = cite("carbon-fee-rates", "fee = rate × (emissions of the year − threshold)")

NO_INVENTORY = Statement(
    "No inventory is stated, so nobody can say that the plant pays a carbon fee: none is counted as saved.",
    "未提供盤查清冊，無法判定是否為碳費徵收對象：不計任何碳費節省。",
)
NOT_LIABLE = Statement(
    "The plant emits {emitted} t CO2e a year (direct and electricity), below the {limit} t of the carbon fee: "
    "no fee is saved.",
    "全廠年排放 {emitted} 公噸 CO2e（直接與用電），低於碳費門檻 {limit} 公噸：不會節省任何碳費。",
)
NO_RATE = Statement(
    "The plant is above the {limit} t of the carbon fee, but the case states no rate: no fee is counted.",
    "全廠排放高於碳費門檻 {limit} 公噸，但案件未指定費率：不計碳費。",
)
LIABLE = Statement(
    "The plant pays the carbon fee; the project lowers it by rate × t CO2e, as long as the plant stays above the "
    "threshold. The coefficient for high carbon leakage is not computed.",
    "本廠為碳費徵收對象；在排放仍高於門檻時，節省碳費 = 費率 × 減碳量。未計高碳洩漏風險係數。",
)
BELOW = Statement(
    "With the project the plant falls below the threshold and pays no carbon fee any more. The coefficient for high "
    "carbon leakage is not computed.",
    "改善後全廠排放低於門檻，不再繳交碳費。未計高碳洩漏風險係數。",
)
NOT_IN_FORCE = Statement("No carbon fee was in force in {year}: none is saved.", "{year} 年尚未徵收碳費：無節省。")


def fee_of(case: Case, effects: Effects) -> FeeResult:
    """The carbon fee of a full year before and after the project.

    Args:
        case: inventory and rate.
        effects: the full-year CO2e saving.

    Raises:
        FactorError: the data hold no rate for the year that the case states.
    """
    asked = case.derived_effects
    assert asked is not None
    if asked.inventory is None:
        return _nothing(False, NO_INVENTORY)
    fee = asked.carbon_fee
    year = fee.year if fee else asked.first_year
    try:
        threshold = rule("fee_threshold", year)
    except FactorError:
        if fee is not None:
            raise
        return _nothing(False, NOT_IN_FORCE, year=str(year))
    with about(case.plant.name):
        emitted = (asked.inventory.scope_1 + asked.inventory.scope_2).to("tCO2e")
        emitted = emitted.renamed("inventory_emissions", "GHG_inv", FEE)
        limit = f"{threshold.value_in('tCO2e'):,.0f}"
        if float(emitted.value) < float(threshold.value):
            return _nothing(False, NOT_LIABLE, emitted=f"{emitted.value:,.0f}", limit=limit)
        if fee is None:
            return _nothing(True, NO_RATE, limit=limit)
        rate = rule(f"fee_rate_{fee.rate}", year)
        left = (emitted - in_inventory_unit(case, effects.plant.emission_saving)).renamed(
            "inventory_emissions_after", "GHG_inv1", FEE
        )
        before = _fee(emitted, threshold, rate, "carbon_fee_before", "F_0")
        after = _fee(left, threshold, rate, "carbon_fee_after", "F_1")
        saved = (before - after).renamed("carbon_fee_saving", "ΔF", FEE)
    return FeeResult(True, before, after, saved, LIABLE if left.value >= threshold.value else BELOW)


def _fee(emitted: Quantity, threshold: Quantity, rate: Quantity, name: str, symbol: str) -> Quantity:
    above = (emitted - threshold) * rate
    return where(emitted, ">=", threshold, above, above * 0).renamed(name, symbol, FEE)


def _nothing(liable: bool, words: Statement, **values: str) -> FeeResult:
    return FeeResult(liable, None, None, None, Statement(words.en.format(**values), words.zh.format(**values)))
