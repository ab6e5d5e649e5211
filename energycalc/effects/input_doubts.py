"""Doubts about what was stated: bills, prices, heat values, and factors of another year."""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.case.case import Case
from energycalc.effects.doubts import note
from energycalc.effects.emissions import CarrierFactor
from energycalc.equipment.furnaces.flue_gas import fuel_heat_value
from energycalc.factors import FactorSet, heat_content, kloe_convention
from energycalc.finding import Finding
from energycalc.quantity import cite

HEAT_VALUE_TOLERANCE = 0.05
FUEL_TOLERANCE = 0.20  # the state of the billed m3 alone may move its heat value by some 10 %
PRICE_TOLERANCE = 0.10


def input_doubts(case: Case, by_carrier: Mapping[str, CarrierFactor], factors: FactorSet) -> list[Finding]:
    """Findings about the statements of a case.

    Args:
        case: the case.
        by_carrier: emission factors chosen.
        factors: for the heat value behind a factor per unit.
    """
    return [
        *_bills_do_not_fill(case),
        *_price_differs(case),
        *_heat_value_differs(case, factors),
        *_factor_of_another_year(case),
        *_money_of_another_year(case),
        *_oil_equivalent_inferred(case, factors),
        *_fuel_differs_from_bill(case),
    ]


def _bills_do_not_fill(case: Case) -> list[Finding]:
    """Bills of a carrier that leave days of the period out, or count some twice."""
    found = []
    for carrier in case.carriers:
        bills = [b for b in case.bills if b.carrier == carrier]
        billed = sum((b.last_day - b.first_day).days + 1 for b in bills)
        distinct = len({d for b in bills for d in range(b.first_day.toordinal(), b.last_day.toordinal() + 1)})
        twice, days = billed - distinct, case.period.days
        if bills and (twice or distinct != days):
            found.append(note(
                "energy.bills_do_not_fill_period", "error" if twice else "warning", carrier,
                f"The bills cover {distinct} of the {days} days of the period"
                + (f" and count {twice} days twice" if twice else "") + "; they are summed as they are, nothing is scaled.",
                f"帳單涵蓋期間 {days} 天中的 {distinct} 天" + (f"，且重複計算 {twice} 天" if twice else "") + "；逐筆加總，不作外推。",
                cite("energycalc-rules", "bills fill the period without overlap"),
                days_billed=str(billed), days_of_the_period=str(days),
            ))  # fmt: skip
    return found


def _price_differs(case: Case) -> list[Finding]:
    """Money of a bill by its amount, against the price of the case."""
    found = []
    for bill in case.bills:
        price = getattr(case.prices, bill.carrier, None) if case.prices else None
        if bill.amount is None or price is None:
            continue
        own = bill.amount / bill.quantity
        if own.unit.dimension != price.unit.dimension:
            continue
        ratio = float(own.value_in(str(price.unit).replace("m³", "m3")) / price.value)
        if abs(ratio - 1) > PRICE_TOLERANCE:
            found.append(note(
                "money.bill_differs_from_price", "warning", f"bill {bill.id}",
                f"Amount by quantity is {ratio:.0%} of the case's price: {bill.amount} for {bill.quantity}, price {price}.",
                f"帳單金額除以用量為案件單價的 {ratio:.0%}：{bill.amount}／{bill.quantity}，單價 {price}。",
                cite("energycalc-rules", "amount ÷ quantity of a bill within 10 % of the price"),
                amount=str(bill.amount), quantity=str(bill.quantity), price=str(price),
            ))  # fmt: skip
    return found


def _heat_value_differs(case: Case, factors: FactorSet) -> list[Finding]:
    """A factor per m3 stands on the table's own heat value; a gas of another heat value emits differently per m3."""
    choice = case.factors.natural_gas
    if choice is None or choice.table != "per_unit" or "natural_gas" not in case.carriers:
        return []
    of_table, _ = heat_content("natural_gas", choice.year, older_by=choice.older_by, factors=factors)
    found = []
    for own in case.gas_heat_values:
        ratio = (own.value * own.unit.factor) / (of_table.value * of_table.unit.factor)
        if abs(ratio - 1) > HEAT_VALUE_TOLERANCE:
            found.append(note(
                "factor.heat_value_differs", "warning", own.subject or "natural_gas",
                f"The gas has {own}, the table behind the factor per m3 has {of_table}: emissions per m3 differ by about "
                f"{ratio - 1:+.0%}. Choose table: per_energy.",
                f"氣體熱值 {own}，每立方公尺係數所依熱值 {of_table}：每立方公尺排放約差 {ratio - 1:+.0%}。請改用 table: per_energy。",
                cite("moenv-ghg-guideline", "factor per unit = factor per heat × heat value"),
                own=str(own), table=str(of_table),
            ))  # fmt: skip
    return found


def _factor_of_another_year(case: Case) -> list[Finding]:
    first, last = case.period.first_day.year, case.period.last_day.year
    found = []
    for carrier in case.carriers:
        choice = getattr(case.factors, carrier)
        if choice.year is not None and not first <= choice.year <= last:
            span = str(first) if first == last else f"{first} to {last}"
            found.append(note(
                "factor.other_year", "warning", carrier,
                f"The factor is that of {choice.year}, the period is {span}.", f"係數為 {choice.year} 年，期間為 {span}。",
                cite("energycalc-rules", "factor of the year of use, or said so"),
                factor_year=str(choice.year), period=span,
            ))  # fmt: skip
    return found


def _money_of_another_year(case: Case) -> list[Finding]:
    if case.prices is None or abs(case.prices.money_year - case.period.last_day.year) <= 1:
        return []
    year, period = case.prices.money_year, case.period.last_day.year
    return [note(
        "money.other_year", "note", "prices",
        f"Money is of {year}, the period ends in {period}.", f"金額為 {year} 年幣值，期間止於 {period} 年。",
        cite("energycalc-rules", "money within a year of the period, or said so"),
        money_year=str(year), period=str(period),
    )]  # fmt: skip


def _oil_equivalent_inferred(case: Case, factors: FactorSet) -> list[Finding]:
    if case.kloe != "primary":
        return []
    _, _, match, _ = kloe_convention("primary", case.period.last_day.year, factors=factors)
    return [note(
        "kloe.inferred", "warning", "KLOE", match.sentence, match.sentence_zh,
        cite("energycalc-rules", "an estimate is said to be one"), value=f"{match.factor.value} {match.factor.unit}",
    )]  # fmt: skip


def _fuel_differs_from_bill(case: Case) -> list[Finding]:
    """The gas a furnace is modelled with, against the gas that is billed, by their net heat values."""
    found = []
    for measure in case.measures:
        if measure.technology != "furnace_flue_gas" or not case.gas_heat_values:
            continue
        modelled = fuel_heat_value(measure.common)
        billed = case.gas_heat_values[0]
        ratio = float(modelled.value * modelled.unit.factor / (billed.value * billed.unit.factor))
        if abs(ratio - 1) > FUEL_TOLERANCE:
            found.append(note(
                "furnace.fuel_differs_from_bill", "warning", f"{measure.id} {measure.name}",
                f"The fuel of the measure has {ratio:.0%} of the billed heat value ({modelled} against {billed}).",
                f"此措施燃料之熱值為帳單熱值的 {ratio:.0%}（{modelled}，{billed}）。",
                cite("energycalc-rules", "modelled and billed fuel within 20 % in net heat value"),
                modelled=str(modelled), billed=str(billed),
            ))  # fmt: skip
    return found
