"""The saving as part of the plant's bill and of its scope 1 and 2, and in oil equivalent by both conventions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from energycalc.case.case import Case
from energycalc.effects.derived.results import OilEquivalent, Share, Statement
from energycalc.effects.economics import money_year, oil_equivalent
from energycalc.effects.results import Effects
from energycalc.factors import FactorSet
from energycalc.quantity import Quantity, Source, about, cite, total

PART = cite("energy-balance", "part by whole")
SCOPES = cite("ghg-protocol-scopes", "scope 1 direct emissions; scope 2 purchased electricity")
OIL = cite("top-energypark-cases", "能源節約量: heat by 9,000,000 kcal per KLOE")
ALL = "all"
NO_BILL = Statement(
    "not known: the bills of this carrier state no amount, or the case states no price",
    "無法計算：此能源帳單未列金額，或案件未列單價",
)
OF_BILL = Statement(
    "saving at the case's average price, by the amount of the bills of the period",
    "以案件平均單價計算之節省費用，除以期間帳單金額",
)
OF_INVENTORY = Statement("of the plant's own inventory of {year}", "占工廠自行盤查 {year} 年之排放")
OF_USE = {
    "scope_1": Statement(
        "no inventory is stated: of the CO2e of the natural gas on meter or bill, which is only a part of scope 1",
        "未提供盤查清冊：占電表或帳單所載天然氣之排放，僅為範疇一之一部分",
    ),
    "scope_2": Statement(
        "no inventory is stated: of the CO2e of the electricity on meter or bill",
        "未提供盤查清冊：占電表或帳單所載用電之排放",
    ),
}
NO_INVENTORY = Statement(
    "not known: without an inventory no meter or bill holds all of scope 1 and 2",
    "無法計算：未提供盤查清冊，電表與帳單不含全部範疇一與範疇二",
)
NOT_KNOWN = Statement("not known: neither inventory nor meter nor bill", "無法計算：無盤查清冊、總表或帳單")
KIND: dict[str, Literal["scope_1", "scope_2"]] = {"natural_gas": "scope_1", "electricity": "scope_2"}


def shares_of(case: Case, effects: Effects) -> tuple[Share, ...]:
    """Shares of bill and scope, carrier by carrier, then of all bills and of scope 1 and 2 together.

    Args:
        case: bills, prices, and the inventory if there is one.
        effects: the full-year savings.

    Raises:
        UnitError: inventory and saving are not on one GWP basis.
    """
    found = []
    with about(case.plant.name):
        for carrier in effects.plant.carriers:
            found += [_of_bill(case, effects, carrier), _of_scope(case, effects, carrier)]
        if len(effects.plant.carriers) > 1:
            found.append(_of_all_bills(case, effects))
        found.append(_of_both_scopes(case, effects))
    return tuple(found)


def _of_bill(case: Case, effects: Effects, carrier: str) -> Share:
    saved = effects.plant.carriers[carrier].cost_saving
    amounts = [b.amount for b in case.bills if b.carrier == carrier]
    stated = [a for a in amounts if a is not None]
    if saved is None or not stated or len(stated) < len(amounts):
        return Share("bill", carrier, None, NO_BILL)
    share = (saved / _dated(case, stated)).to("%").renamed("bill_share", "x_bill", PART)
    return Share("bill", carrier, share, OF_BILL)


def _of_all_bills(case: Case, effects: Effects) -> Share:
    saved, amounts = effects.plant.cost_saving, [b.amount for b in case.bills]
    stated = [a for a in amounts if a is not None]
    billed = {b.carrier for b in case.bills}
    if saved is None or len(stated) < len(amounts) or not set(effects.plant.carriers) <= billed:
        return Share("bill", ALL, None, NO_BILL)
    share = (saved / _dated(case, stated)).to("%").renamed("bill_share", "x_bill", PART)
    return Share("bill", ALL, share, OF_BILL)


def _dated(case: Case, amounts: Sequence[Quantity]) -> Quantity:
    """Sum of bills, in money of the year of the case's prices."""
    because = Source("case file", "amounts of the bills in money of prices.money_year")
    whole = total([a.to("TWD") for a in amounts]).declared(money_year(case), because=because)
    return whole.renamed("bill_total", "B_sum", PART)


def _of_scope(case: Case, effects: Effects, carrier: str) -> Share:
    kind = KIND[carrier]
    inventory = case.derived_effects.inventory if case.derived_effects else None
    if inventory is None:
        found = next((r.saving_share for r in effects.reconciliations if r.carrier == carrier), None)
        if found is None:
            return Share(kind, carrier, None, NOT_KNOWN)
        return Share(kind, carrier, found.renamed("scope_share", "x_scope", SCOPES), OF_USE[kind])
    whole = inventory.scope_1 if kind == "scope_1" else inventory.scope_2
    words = _of_year(inventory.year)
    if not whole.value > 0:
        return Share(kind, carrier, None, words)
    saved = in_inventory_unit(case, effects.plant.carriers[carrier].emission_saving)
    share = (saved / whole).to("%").renamed("scope_share", "x_scope", SCOPES)
    return Share(kind, carrier, share, words)


def _of_both_scopes(case: Case, effects: Effects) -> Share:
    """CO2e saving of all carriers by the sum of both scopes; only an inventory knows that sum."""
    inventory = case.derived_effects.inventory if case.derived_effects else None
    if inventory is None:
        return Share("scopes", ALL, None, NO_INVENTORY)
    words = _of_year(inventory.year)
    whole = total([inventory.scope_1, inventory.scope_2])
    if not whole.value > 0:
        return Share("scopes", ALL, None, words)
    saved = total([in_inventory_unit(case, r.emission_saving) for r in effects.plant.carriers.values()])
    return Share("scopes", ALL, (saved / whole).to("%").renamed("scope_share", "x_scope12", SCOPES), words)


def _of_year(year: int) -> Statement:
    return Statement(OF_INVENTORY.en.format(year=year), OF_INVENTORY.zh.format(year=year))


def in_inventory_unit(case: Case, saved: Quantity) -> Quantity:
    """An emission of the case in the plain unit of the inventory, whose one GWP set the case file declares.

    Args:
        case: with an inventory.
        saved: CO2e.
    """
    inventory = case.derived_effects.inventory if case.derived_effects else None
    assert inventory is not None
    because = Source("case file", f"derived_effects.inventory.gwp: {inventory.gwp}")
    return saved.to(str(saved.unit).replace("kgCO2", "tCO2", 1)).declared("tCO2e", because=because)


def oil_of(case: Case, effects: Effects, factors: FactorSet) -> tuple[OilEquivalent, ...]:
    """The full-year saving in oil equivalent, by both conventions for electricity; the case's own is marked.

    Args:
        case: names its convention.
        effects: the savings.
        factors: where the conventions stand.
    """
    conventions: tuple[Literal["consumption", "primary"], ...] = ("consumption", "primary")
    found = []
    for convention in conventions:
        by_it = case.model_copy(update={"kloe": convention})
        with about(f"{case.plant.name} ({convention})"):
            parts = [oil_equivalent(by_it, c, r.saving, factors) for c, r in effects.plant.carriers.items()]
            whole = total(parts).renamed("kloe_saving_total", "OE_sum", OIL)
        found.append(OilEquivalent(convention, convention == case.kloe, whole))
    return tuple(found)
