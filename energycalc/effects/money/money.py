"""The order in which the money of a case is computed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from energycalc.case.case import Case
from energycalc.case.economics import Economics, MoneyScenario
from energycalc.effects.economics import gas_volume, money_year
from energycalc.effects.effects import without_garbage_collection
from energycalc.effects.emissions import CarrierFactor, emissions, on_common_basis
from energycalc.effects.energy import mean_heat_value
from energycalc.effects.money.demand import demand_result
from energycalc.effects.money.gas import gas_price
from energycalc.effects.money.investment import Priced, investment_of, together
from energycalc.effects.money.money_doubts import money_doubts
from energycalc.effects.money.rate import rate_of_flows, real_rate_of
from energycalc.effects.money.results import CurveStep, DemandResult, Investment, Money, ScenarioResult, TierPrice
from energycalc.effects.money.tiers import tier_price
from energycalc.effects.results import Effects, MeasureResult
from energycalc.errors import InputError
from energycalc.factors.tariff import TariffPlan
from energycalc.factors.tariff_store import published_tariff
from energycalc.metering import MeterSeries
from energycalc.quantity import Quantity, Source, about, cite, total

BY_TIER = cite("money-rules", "saved kWh times the value of a saved kWh by its tiers")
GAS = cite("money-rules", "saved volume times the price weighted by months")
SCENARIO = cite("money-rules", "scenario: money times a multiplier")


def money_of(case: Case, effects: Effects, meters: Mapping[str, MeterSeries]) -> Money | None:
    """Money of a case: tiers, demand, flows, payback, present value, rate of return, cost curve, scenarios.

    Args:
        case: the case.
        effects: its energy and emissions.
        meters: series by id, over the period.

    Returns:
        ``None`` for a case without an ``economics`` block, which costs nothing.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
    """
    if case.economics is None:
        return None
    with without_garbage_collection():
        return _money_of(case, case.economics, effects, meters)


def _money_of(case: Case, own: Economics, effects: Effects, meters: Mapping[str, MeterSeries]) -> Money:
    unit = money_year(case)
    plan = None if own.tariff is None else published_tariff(own.tariff.edition, own.tariff.voltage, own.tariff.plan)
    if plan is not None:
        _same_money(case, plan)
    prices = {} if plan is None else plan.prices()
    worth = () if plan is None else tuple(tier_price(case, plan, prices, p, meters) for p in own.profiles)
    gas = gas_price(case)
    rate, real = rate_of_flows(own, own.discount_rate), real_rate_of(own, own.discount_rate)
    grouped = _grouped(effects)
    demand = None
    if own.demand is not None and plan is not None:
        saved = {id: total(mine) for id, steps in grouped.items() if (mine := _savings(steps, "electricity"))}
        demand = demand_result(case, plan, meters, saved)
    priced, left_out = _priced(case, grouped, worth, gas, plan)
    measures = tuple(investment_of(case, p, unit, rate, real) for p in priced)
    whole = not left_out and bool(measures)
    plant = together(case, measures, unit, rate, real, demand) if whole else None
    scenarios = tuple(_scenario(case, effects, s, priced, unit, (rate, real), demand if whole else None, whole)
                      for s in own.scenarios)  # fmt: skip
    curve, off_curve = cost_curve(measures)
    return Money(
        rate=rate,
        basis=own.flows_are,
        plan=plan,
        tier_prices=worth,
        average_price=case.prices.electricity if case.prices is not None else None,
        gas_price=gas,
        demand=demand,
        measures=measures,
        left_out=left_out,
        plant=plant,
        curve=curve,
        off_curve=off_curve,
        scenarios=scenarios,
        findings=money_doubts(case, plan, worth, demand, (*measures, *([plant] if plant else [])), left_out),
    )


def cost_curve(measures: Sequence[Investment]) -> tuple[tuple[CurveStep, ...], tuple[str, ...]]:
    """Measures by cost per tonne before subsidy, cheapest first, and the ids of those that avoid nothing."""
    steps = [
        CurveStep(m.id, m.label, m.emission_saving, m.before.cost_per_tonne)
        for m in measures
        if m.emission_saving is not None and m.before.cost_per_tonne is not None
    ]
    on = {step.id for step in steps}
    return tuple(sorted(steps, key=lambda s: float(s.cost.value))), tuple(m.id for m in measures if m.id not in on)


def _savings(steps: Sequence[MeasureResult], carrier: str) -> list[Quantity]:
    """What a measure saves of one carrier, on its machine and beyond it."""
    return [s.saving for s in steps if s.carrier == carrier]


def _grouped(effects: Effects) -> dict[str, list[MeasureResult]]:
    found: dict[str, list[MeasureResult]] = defaultdict(list)
    for result in effects.measures:
        found[result.measure.id].append(result)
    return found


def _same_money(case: Case, plan: TariffPlan) -> None:
    assert case.economics is not None and case.economics.tariff is not None and case.prices is not None
    if plan.money_year != case.prices.money_year and case.economics.tariff.because is None:
        raise InputError(
            "the tariff is in money of another year than the case",
            subject=f"{case.file}, economics.tariff {plan.name}",
            value=f"money of {plan.money_year}, prices.money_year {case.prices.money_year}",
            limit="money of one year",
            next_step="Set prices.money_year to the tariff's, or say under tariff.because why it may be counted so",
        )


def _priced(
    case: Case,
    grouped: Mapping[str, Sequence[MeasureResult]],
    worth: Sequence[TierPrice],
    gas: Quantity | None,
    plan: TariffPlan | None,
) -> tuple[list[Priced], tuple[tuple[str, str, str], ...]]:
    own, found, left_out = case.economics, [], []
    assert own is not None
    for id, steps in grouped.items():
        main = next((s for s in steps if s.is_main), steps[0])
        with about(f"{id} {main.measure.name}"):
            money = [(s.carrier, _money(case, s, worth, gas, plan)) for s in steps]
            missing = [carrier for carrier, value in money if value is None]
            if missing:
                left_out.append((id, f"no price of {missing[0]}", f"未填 {missing[0]} 價格"))
                continue
            if main.investment is None:
                left_out.append((id, "no costs are stated", "未填投資費用"))
                continue
            known = {
                carrier: total([value for c, value in money if c == carrier and value is not None])
                for carrier in dict.fromkeys(c for c, _ in money)
            }
            carriers = len(known)
            if own.count_beside:
                extra = [q for q in main.beside if str(q.unit) == money_year(case)]
                for n, q in enumerate(extra):
                    known[f"beside_{n + 1}"] = q
            found.append(
                Priced(
                    main,
                    known,
                    on_common_basis(case, [s.emission_saving for s in steps], "yearly_emission_saving", "ΔGHG_y"),
                    total(_savings(steps, main.carrier)) if carriers == 1 else None,
                )
            )
    return found, tuple(left_out)


def _money(
    case: Case, step: MeasureResult, worth: Sequence[TierPrice], gas: Quantity | None, plan: TariffPlan | None
) -> Quantity | None:
    """Money of one carrier of a measure: by tiers, by months, or at the average price of the case."""
    unit = money_year(case)
    if step.carrier == "electricity" and plan is not None:
        assert case.economics is not None and case.economics.tariff is not None
        own = next((w for w in worth if step.measure.id in w.profile.measures), None)
        if own is None:
            raise InputError(
                "with a tariff the money of a saved kWh depends on when it is saved, and nothing says when",
                subject=f"{case.file}, measure {step.measure.id}",
                limit="a load profile for every measure that changes electricity",
                next_step="Add it to economics.profiles: a meter, or a typical week",
            )
        reason = case.economics.tariff.because or f"tariff {plan.name}, money of {plan.money_year}"
        value = (step.saving * own.price).to("TWD").declared(unit, because=Source("case file", reason))
        return value.renamed("money_by_tier", "C_tou", BY_TIER)
    if step.carrier == "natural_gas" and gas is not None:
        heat = mean_heat_value(case)
        if heat is None:
            return None
        because = Source("case file", "economics.gas_months in money of prices.money_year")
        volume = "m3[0C]" if "[0C]" in str(gas.unit) or "Nm" in str(gas.unit) else "m3"
        value = (gas_volume(step.saving, heat, volume) * gas).to("TWD").declared(unit, because=because)
        return value.renamed("money_of_gas", "C_gas", GAS)
    return step.cost_saving


def _scenario(
    case: Case,
    effects: Effects,
    scenario: MoneyScenario,
    priced: Sequence[Priced],
    unit: str,
    rates: tuple[Quantity, Quantity],
    demand: DemandResult | None,
    whole: bool,
) -> ScenarioResult:
    """The same measures with other prices, investment, rate or grid factor."""
    own = case.economics
    assert own is not None
    rate, real = rates
    if scenario.discount_rate is not None:
        rate, real = rate_of_flows(own, scenario.discount_rate), real_rate_of(own, scenario.discount_rate)
    steps = _grouped(effects)
    changed = []
    for p in priced:
        with about(f"{p.main.measure.id}, {scenario.name}"):
            money = {carrier: _times(value, carrier, scenario) for carrier, value in p.by_carrier.items()}
            avoided = p.emission_saving
            if scenario.factors is not None:
                avoided = _avoided(case, effects, scenario.factors, steps[p.main.measure.id])
            changed.append(Priced(p.main, money, avoided, p.energy_saving))
    measures = tuple(investment_of(case, p, unit, rate, real, scenario.investment, scenario.name) for p in changed)
    plant = together(case, measures, unit, rate, real, demand, scenario.electricity, scenario.name) if whole else None
    return ScenarioResult(scenario.name, measures, plant)


def _times(money: Quantity, carrier: str, scenario: MoneyScenario) -> Quantity:
    factor = {"electricity": scenario.electricity, "natural_gas": scenario.natural_gas}.get(carrier)
    return money if factor is None else (money * factor.to("1")).renamed("money_yearly", f"S_{carrier}", SCENARIO)


def _avoided(case: Case, effects: Effects, name: str, steps: Sequence[MeasureResult]) -> Quantity:
    use = next(s for s in effects.scenarios if s.name == name).factors[0]
    factor = CarrierFactor("electricity", use.factor, None, use)
    parts = [
        emissions(s.saving, factor, "emission_saving", "ΔGHG") if s.carrier == "electricity" else s.emission_saving
        for s in steps
    ]
    return on_common_basis(case, parts, "yearly_emission_saving", "ΔGHG_y")
