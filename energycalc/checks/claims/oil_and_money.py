"""Oil equivalent by its conventions, energy prices against their range, payback too good to be true (TN06, TU14, TF05, TF07)."""

from __future__ import annotations

import math

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.background import Background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.identities import agrees, slip
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import amount
from energycalc.checks.claims.units import joined, paper_unit
from energycalc.checks.claims.words import in_unit_of, printed, shown, side_by_side
from energycalc.checks.prices import electricity_prices
from energycalc.checks.range import Range

KLOE = paper_unit("KLOE")
PRICE = paper_unit("TWD/kWh")


def oil(claim: Claim, ledger: Ledger, known: Background) -> None:
    """Hold the oil equivalent against the saving by each convention, where the page prints neither factor nor heat value.

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
        known: published heat values.
    """
    figure, saved = claim.figure("oil_equivalent"), amount(claim, "saving")
    if figure is None or saved is None or claim.has("oil_equivalent_factor") or claim.has("heat_value"):
        return
    if not saved.range.value:
        ledger.lacks("TN06", "a saving other than zero", "不為零之節能量")
        return
    found = amount(claim, "oil_equivalent", as_result=True)
    if found is None:
        return
    if saved.kind == KLOE.kind:
        _by_convention(claim, ledger, found.range, saved.range)
        return
    heats = [p for p in known.heat_values(claim.carrier)]
    expected = [(p, saved.range * p.value) for p in heats if joined(saved.kind, p.kind, 1) == KLOE.kind]
    if not expected:
        ledger.lacks("TN06", f"a heat value of {claim.carrier}", f"{claim.carrier} 之熱值")
        return
    play = limit("TN06", "heat_value_play") / 100
    for published, heat in expected:
        if agrees(found.range, heat) or abs(found.range.value / heat.value - 1) <= play:
            ledger.compared("TN06", f"oil equivalent by {published.name}", f"公秉油當量依 {published.name}")
            return
    published, heat = min(expected, key=lambda e: abs(found.range.value / e[1].value - 1))
    again = in_unit_of(figure, heat.value)
    ledger.found(
        "TN06", f"The saving with {published.name} gives {again}, but {figure.text} is printed.",
        f"節能量依 {published.name} 應為 {again}，頁面印為 {figure.text}。",
        {**side_by_side(claim, "saving", "oil_equivalent"), "recomputed": again}, severity="error",
    )  # fmt: skip
    slip(claim, "oil equivalent", "公秉油當量", found.range.value / heat.value, ledger, "oil_equivalent")


def _by_convention(claim: Claim, ledger: Ledger, found: Range, saved: Range) -> None:
    final, primary = limit("TN06", "electricity_final"), limit("TN06", "electricity_primary")
    litre, toe = limit("TN06", "litre_of_oil"), limit("TN06", "litre_of_oil_equivalent_toe")
    figure = claim.figures["oil_equivalent"]
    text, evidence = figure.text, side_by_side(claim, "saving", "oil_equivalent")
    for kcal_en, kcal in ((f"{final:g}", final), (f"{primary:,.0f}", primary)):
        for size in (litre, toe):
            if not agrees(found, saved * (kcal / final) * (litre / size)):
                continue
            if (kcal, size) == (final, litre):
                ledger.compared(
                    "TN06",
                    f"oil equivalent {text} at {final:g} kcal/kWh",
                    f"公秉油當量 {text}：以 {final:g} kcal/kWh 計",
                )
                return
            of_toe_en = (
                f" and divides by {toe:,.0f} kcal/L (a tonne of oil equivalent) instead of {litre:,.0f}"
                if size == toe
                else ""
            )
            of_toe_zh = f"，且以 {toe:,.0f} kcal/L（公噸油當量）計，應為 {litre:,.0f}" if size == toe else ""
            ledger.found("TN06", f"The oil equivalent {text} counts electricity at {kcal_en} kcal/kWh{of_toe_en} without saying so; at {final:g} kcal/kWh and {litre:,.0f} kcal/L it is {in_unit_of(figure, saved.value)}.",
                         f"公秉油當量 {text} 以 {kcal_en} kcal/kWh 換算{of_toe_zh}而未註明；以 {final:g} kcal/kWh、{litre:,.0f} kcal/L 為 {in_unit_of(figure, saved.value)}。",
                         evidence)  # fmt: skip
            return
    again = in_unit_of(figure, saved.value)
    ledger.found("TN06", f"The saving is {again} at {final:g} kcal/kWh, but {text} is printed, which no convention gives.",
                 f"節能量以 {final:g} kcal/kWh 計為 {again}，頁面印為 {text}，與任何換算慣例不符。",
                 {**evidence, "recomputed": again}, severity="error")  # fmt: skip
    slip(claim, "oil equivalent", "公秉油當量", found.value / saved.value, ledger, "oil_equivalent")


def price(claim: Claim, ledger: Ledger) -> None:
    """Hold the price of electricity, printed or implied, against what is ordinary (TU14).

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
    """
    figure = claim.figure("price")
    if figure is None or figure.unit.kind != PRICE.kind or claim.carrier != "electricity" or claim.country != "TW":
        return
    value = figure.to("TWD/kWh")
    range = electricity_prices(claim.year())
    low, high = range.low, range.high
    how = "printed" if figure.is_printed else "implied by saving and money"
    zh = "所列" if figure.is_printed else "由節省費用與節電量反推之"
    evidence = {**side_by_side(claim, "saving", "cost_saving"), "price": printed(claim, "price"),
                "ordinary": f"{low:g} to {high:g} TWD/kWh"}  # fmt: skip
    text = f"{shown(value.value)} TWD/kWh"
    if not range.holds(value):
        ledger.found(
            "TU14", f"The price of electricity {how}, {text}, lies outside {low:g} to {high:g} TWD/kWh.",
            f"{zh}電價 {text} 不在 {low:g} 至 {high:g} 元/kWh 範圍內。", evidence,
        )  # fmt: skip
        if 0 < value.value < math.inf:
            tens = value.value / _middle(value.value, low, high)
            way_en, way_zh = ("smaller", "小") if tens > 1 else ("larger", "大")
            times = shown(max(tens, 1 / tens))
            ledger.found("TU02", f"Money {times} times {way_en} would be an ordinary price: a slip of the decimal point, or of 元, 仟元 and 萬元.",
                         f"節省費用若{way_zh} {times} 倍，電價即屬合理：疑小數點或元、仟元、萬元誤植。", {"slip": times})  # fmt: skip
        return
    around = limit("TU14", "round_the_clock")
    if not figure.is_printed and value.surely_above(around * (1 + limit("TU14", "day_shifts") / 100)):
        ledger.found(
            "TU14", f"The money implies {text}, far more than electricity round the clock costs on the dearest plan ({around:g}): upkeep, demand or peak hours may be in it.",
            f"節省費用隱含電價 {text}，遠高於最貴時間電價方案之全日平均（{around:g}）：可能含維護費、基本電費或尖峰時段。", evidence,
            severity="warning",
        )  # fmt: skip
        return
    if not range.is_usual(value):
        ledger.found("TU14", f"The price of electricity {how}, {text}, is unusual.", f"{zh}電價 {text} 不尋常。", evidence,
                     severity="note")  # fmt: skip
        return
    ledger.compared("TU14", f"electricity price {text} ({how})", f"{zh}電價 {text}", alone=figure.is_printed)


def _middle(value: float, low: float, high: float) -> float:
    """The end of the range that the value has overshot; a slip is looked for against the power of ten inside."""
    end = high if value > high else low
    steps = math.log10(value / end)
    return value / 10 ** (math.ceil(steps) if value > high else math.floor(steps))


def payback(claim: Claim, ledger: Ledger) -> None:
    """A payback that is too good, a life shorter than it, a carbon fee that the plant does not owe (TF05, TF07).

    Args:
        claim: completed.
        ledger: takes the findings.
    """
    figure = claim.figure("payback")
    invested, saved = claim.figure("investment"), claim.figure("cost_saving")
    if figure is not None and invested is not None and saved is not None and invested.unit.kind != saved.unit.kind:
        ledger.lacks("TF01", "the rate of exchange behind the payback", "回收年限所用之匯率")
    if figure is not None:
        years = figure.to("year")
        if years.surely_below(limit("TF05", "shortest")):
            ledger.found("TF05", f"The payback of {figure.text} is too good to pass without a second look.",
                         f"回收年限 {figure.text} 過短，應再確認。", side_by_side(claim, "investment", "cost_saving", "payback"))  # fmt: skip
        life = claim.figure("measure_life")
        if life is not None and life.to("year").high < years.low:
            ledger.found("TF05", f"The measure lives {life.text}, less than its payback of {figure.text}.",
                         f"措施壽命 {life.text} 短於回收年限 {figure.text}。", side_by_side(claim, "measure_life", "payback"))  # fmt: skip
    fee = claim.figure("carbon_fee_saving")
    if fee is not None and fee.value > 0:
        plant = amount(claim, "plant_emission")
        threshold = limit("TF07", "threshold")
        if plant is None:
            ledger.found("TF07", f"A carbon fee of {fee.text} is booked as saved, but nothing shows that the plant owes one.",
                         f"列計節省碳費 {fee.text}，惟未說明該廠為收費對象。", side_by_side(claim, "carbon_fee_saving"))  # fmt: skip
        elif (plant.range / paper_unit("tCO2e").size).surely_below(threshold):
            ledger.found("TF07", f"A carbon fee of {fee.text} is booked as saved; the plant emits less than {threshold:,.0f} t and owes none.",
                         f"列計節省碳費 {fee.text}；該廠排放量低於 {threshold:,.0f} 公噸，非收費對象。",
                         side_by_side(claim, "carbon_fee_saving", "plant_emission"))  # fmt: skip
