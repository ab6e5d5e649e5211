"""Money of a saving and oil equivalent: price × amount, investment, simple payback, KLOE."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.effects.emissions import CarrierFactor
from energycalc.errors import InputError, UnitError
from energycalc.factors import FactorSet, kloe_convention
from energycalc.quantity import Quantity, Source, cite, quantity, total

PRICE = cite("tgpf-case-layout", "節能效益 = saving × price")
PAYBACK = cite("tgpf-case-layout", "回收年限 = investment ÷ yearly benefit, before subsidy")
OIL = cite("top-energypark-cases", "能源節約量: heat by 9,000,000 kcal per KLOE")
_SHOWN = {"m3": "m³", "m3[0C]": "Nm³"}


def money_year(case: Case) -> str:
    """Unit of money of the case, with its year."""
    assert case.prices is not None
    return f"TWD[{case.prices.money_year}]"


def cost_saving(case: Case, saving: Quantity, factor: CarrierFactor) -> Quantity | None:
    """Value of a saving at the case's average price; ``None`` without a price for the carrier."""
    prices = case.prices
    price = getattr(prices, factor.carrier, None) if prices else None
    if price is None:
        return None
    money = money_year(case)
    because = Source("case file", f"prices.money_year: {case.prices.money_year if case.prices else ''}")
    amount_unit = str(price.unit).split("/", 1)[1]
    amount = (
        saving.to("kWh") if factor.heat_value is None else gas_volume(saving, factor.heat_value, _atom(amount_unit))
    )
    dated = (amount * price).to("TWD").declared(money, because=because)
    return dated.renamed("cost_saving", "C", PRICE)


def gas_volume(saving: Quantity, heat_value: Quantity, unit: str) -> Quantity:
    """Volume of gas behind a saving of heat, in the volume of its price.

    Args:
        saving: kWh[LHV].
        heat_value: of the gas, per volume.
        unit: of the volume in the price.

    Raises:
        InputError: price and heat value are for volumes at different states.
    """
    try:
        return (saving / heat_value).to(unit)
    except UnitError:
        raise InputError(
            "the price of gas and its heat value are for volumes at different states, which no number here converts",
            subject="natural_gas",
            value=f"price per {_SHOWN.get(unit, unit)}, heat value {heat_value}",
            limit="one kind of volume: m³ as billed, or Nm³",
            next_step="State price and heat value for the same kind of cubic metre",
        ) from None


def all_money(parts: Sequence[Quantity | None]) -> Quantity | None:
    """Money of all carriers that a measure changes; ``None`` when a price is missing."""
    known = [part for part in parts if part is not None]
    if len(known) != len(parts):
        return None
    return known[0] if len(known) == 1 else total(known).renamed("cost_saving_total", "C_sum", PRICE)


def in_money_of_case(case: Case, q: Quantity) -> Quantity:
    """A result beside energy; money gets the year of the case's prices, everything else stays as it is."""
    if str(q.unit) != "TWD" or case.prices is None:
        return q
    because = Source("case file", f"prices.money_year: {case.prices.money_year}")
    return q.declared(money_year(case), because=because).renamed(q.name, q.symbol)


def _atom(shown: str) -> str:
    return {own: unit for unit, own in _SHOWN.items()}.get(shown, shown)


def investment(case: Case, measure: Measure) -> Quantity | None:
    """Hardware, software and other cost of a measure; ``None`` when the case states none."""
    if measure.cost is None or case.prices is None:
        return None
    because = Source("case file", "cost in money of prices.money_year")
    parts = [
        p.to("TWD").declared(money_year(case), because=because)
        for p in (measure.cost.hardware, measure.cost.software, measure.cost.other)
        if p is not None
    ]
    return total(parts).renamed("investment", "I", PAYBACK)


def period_length(case: Case) -> Quantity | None:
    """One year when the period is exactly one; ``None`` otherwise: a saving of k months is never multiplied by 12/k."""
    if not case.period.is_one_year:
        return None
    source = Source("case file", f"period {case.period.first_day} to {case.period.last_day}")
    return quantity(1, "yr", name="period_length", symbol="T", source=source, subject=case.plant.name)


def simple_payback(invested: Quantity | None, saved: Quantity | None, length: Quantity | None) -> Quantity | None:
    """Investment by yearly benefit; ``None`` without costs, without a full year, or when no money is saved."""
    if invested is None or saved is None or length is None or not saved.value > 0:
        return None
    return (invested / (saved / length)).to("yr").renamed("simple_payback", "n", PAYBACK)


def oil_equivalent(case: Case, carrier: str, saving: Quantity, factors: FactorSet) -> Quantity:
    """A saving in kilolitres of oil equivalent, by the case's convention for electricity.

    Args:
        case: names the convention: 860 kcal/kWh (consumption) or 2,236 kcal/kWh (primary).
        carrier: of the saving.
        saving: kWh or kWh[LHV].
        factors: where the conventions stand.
    """
    per_kwh, per_litre, _, _ = kloe_convention(case.kloe, case.period.last_day.year, factors=factors)
    if carrier == "electricity":
        oil = saving * per_kwh / per_litre
    else:
        because = Source("KLOE convention", "net heat of the fuel counted as heat of oil")
        oil = saving.to("kcal[LHV]").declared("kcal", because=because) / per_litre
    return oil.to("KLOE").renamed("kloe_saving", "OE", OIL)
