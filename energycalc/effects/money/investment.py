"""A measure as an investment, and all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.effects.cash_flow import ONE_YEAR
from energycalc.effects.money.appraisal import appraisal
from energycalc.effects.money.flows import (
    ServiceYear,
    discounted_service,
    first_year,
    in_its_year,
    present_values,
    service_years,
    yearly_flows,
)
from energycalc.effects.money.results import DemandResult, Investment
from energycalc.effects.results import MeasureResult
from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, Source, about, cite, total

YEARLY = cite("money-rules", "money saved in a full year: sum of the carriers")
GROSS = cite("money-rules", "investment before subsidy: costs as stated, the grant added back where it was taken off")
OWN = cite("money-rules", "own share: investment before subsidy less the grant")
OVER_LIFE = cite("conserved-energy-cost", "yearly amount times discounted years of service")
BESIDE = cite("conserved-energy-cost", "running cost less residual value, discounted")


@dataclass(frozen=True)
class Priced:
    """A measure with the money of its saving.

    Attributes:
        main: its result for the carrier it is about.
        by_carrier: money of a full year by carrier; ``beside`` is what else it saves.
        emission_saving: of a year, all carriers on the common basis; ``None`` when there is none.
        energy_saving: kWh of the one carrier that changes; ``None`` when several do.
    """

    main: MeasureResult
    by_carrier: Mapping[str, Quantity]
    emission_saving: Quantity | None
    energy_saving: Quantity | None


def investment_of(
    case: Case,
    priced: Priced,
    unit: str,
    rate: Quantity,
    real: Quantity,
    multiplier: Quantity | None = None,
    rate_name: str = "",
) -> Investment:
    """A measure as an investment.

    Args:
        case: with ``economics``.
        priced: the measure; its costs must be known.
        unit: of money, with its year.
        rate: discount rate in the basis of the flows.
        real: the same as a real rate, for tonnes and kWh, which no inflation devalues.
        multiplier: of the investment, in a scenario.
        rate_name: name of the scenario, for the subject of its numbers.

    Raises:
        OutOfRange: the grant is more than the investment.
    """
    own, measure = case.economics, priced.main.measure
    assert own is not None and priced.main.investment is not None
    terms = own.terms_of(measure.id)
    with about(f"{measure.id} {measure.name}" + (f", {rate_name}" if rate_name else "")):
        grant = _dated(terms.grant, unit) if terms and terms.grant is not None else None
        running = _dated(terms.running_cost, unit) if terms and terms.running_cost is not None else None
        residual = _dated(terms.residual, unit) if terms and terms.residual is not None else None
        stated = priced.main.investment
        gross = stated + grant if grant is not None and own.costs_are == "after_subsidy" else stated
        if multiplier is not None:
            gross = gross * multiplier.to("1")
        gross = gross.renamed("gross_investment", "I_g", GROSS)
        if grant is not None and float(grant.value) > float(gross.value):
            raise OutOfRange(
                "the grant is more than the investment it is for",
                subject=f"measure {measure.id}" + (f", scenario {rate_name}" if rate_name else ""),
                value=f"grant {grant}, investment {gross}",
                limit="the investment before subsidy",
                next_step="Check economics.terms and costs_are",
            )
        years = service_years(case, measure)
        change = {"electricity": own.escalation.electricity, "natural_gas": own.escalation.natural_gas,
                  "running_cost": own.escalation.running_cost}  # fmt: skip
        flows = yearly_flows(years, priced.by_carrier, change, running, residual, own.flows_are)
        money = list(priced.by_carrier.values())
        yearly = total(money).renamed("money_yearly", "S_m", YEARLY)
        service = discounted_service(real, years)
        amounts = _Amounts(
            None if priced.emission_saving is None
            else (priced.emission_saving * service).renamed("discounted_tonnes", "t_d", OVER_LIFE),
            None if priced.energy_saving is None
            else (priced.energy_saving * service).renamed("discounted_energy", "E_d", OVER_LIFE),
            _beside(years, running, residual, change, rate, unit, own.flows_are),
        )  # fmt: skip
        return _seen(measure.id, measure.name, gross, grant, yearly, running, priced.by_carrier, priced.emission_saving,
                     priced.energy_saving, years, flows, rate, unit, service, amounts)  # fmt: skip


@dataclass(frozen=True)
class _Amounts:
    """Over the life, discounted: tonnes avoided, kWh saved, running cost less residual value."""

    tonnes: Quantity | None
    energy: Quantity | None
    beside: Quantity | None


def together(
    case: Case,
    parts: Sequence[Investment],
    unit: str,
    rate: Quantity,
    real: Quantity,
    demand: DemandResult | None,
    multiplier: Quantity | None = None,
    rate_name: str = "",
) -> Investment:
    """All measures as one investment.

    A lower demand charge counts in the years in which all its measures run in full, a higher one in every year of any
    of them. A contract lowered without a measure whose record lowers the maximum is no saving of the measures.

    Args:
        case: the case.
        parts: every measure.
        unit: of money, with its year.
        rate: discount rate in the basis of the flows.
        real: the same as a real rate.
        demand: charge saved.
        multiplier: of the electricity price, in a scenario; the price of demand moves with it.
        rate_name: name of the scenario.
    """
    own = case.economics
    assert own is not None
    by_year: dict[int, list[Quantity]] = defaultdict(list)
    start = first_year(case)
    for part in parts:
        for year, flow in zip(part.years, part.flows, strict=True):
            by_year[year].append(flow)
    carriers: dict[str, list[Quantity]] = defaultdict(list)
    for part in parts:
        for carrier, money in part.by_carrier.items():
            carriers[carrier].append(money)
    with about(case.plant.name + (f", {rate_name}" if rate_name else "")):
        if demand is not None and demand.measures:
            charge = _dated(demand.saved, unit)
            charge = charge if multiplier is None else charge * multiplier.to("1")
            carriers["demand"].append(charge)
            for year in _years_of_demand(case, parts, demand):
                numbered = [ServiceYear(year - start + 1, year, None)]
                only = {"electricity": charge}
                by_year[year] += yearly_flows(
                    numbered, only, {"electricity": own.escalation.electricity}, None, None, own.flows_are
                )
        years = [ServiceYear(y - start + 1, y, None) for y in range(min(by_year), max(by_year) + 1)]
        flows = [
            (
                total(by_year[y.year])
                if by_year[y.year]
                else in_its_year(parts[0].gross * 0, y.number, own.flows_are)  # no measure acts in this year
            ).renamed("year_flow", f"F_{y.year}", YEARLY)
            for y in years
        ]
        known = {c: total(money).renamed("money_yearly", f"S_{c}", YEARLY) for c, money in carriers.items()}
        yearly = total(list(known.values())).renamed("money_yearly", "S_m", YEARLY)
        gross = total([p.gross for p in parts]).renamed("gross_investment", "I_g", GROSS)
        grants = [p.grant for p in parts if p.grant is not None]
        grant = total(grants).renamed("grant", "G", OWN) if grants else None
        runnings = [p.running for p in parts if p.running is not None]
        running = total(runnings).renamed("yearly_running_cost", "C_y", YEARLY) if runnings else None
        saved = [p.emission_saving for p in parts if p.emission_saving is not None]
        avoided = total(saved).renamed("yearly_emission_saving", "ΔGHG_y", OVER_LIFE) if saved else None
        tonnes = None
        if saved:
            products = [p.emission_saving * p.service for p in parts if p.emission_saving is not None]
            tonnes = total(products).renamed("discounted_tonnes", "t_d", OVER_LIFE)
        service = discounted_service(real, years)
        return _seen("plant", case.plant.name, gross, grant, yearly, running, known, avoided, None,
                     tuple(years), tuple(flows), rate, unit, service, _Amounts(tonnes, None, None))  # fmt: skip


def _seen(
    id: str,
    label: str,
    gross: Quantity,
    grant: Quantity | None,
    yearly: Quantity,
    running: Quantity | None,
    by_carrier: Mapping[str, Quantity],
    emission_saving: Quantity | None,
    energy_saving: Quantity | None,
    years: tuple[ServiceYear, ...],
    flows: tuple[Quantity, ...],
    rate: Quantity,
    unit: str,
    service: Quantity,
    amounts: _Amounts,
) -> Investment:
    present = present_values(flows, rate, years, unit)
    net = yearly if running is None else yearly - running
    gap = years[0].number - 1
    same = (net, flows, present, gap, amounts.tonnes, amounts.energy, amounts.beside)
    before = appraisal("before_subsidy", gross, *same)
    after = None
    if grant is not None:
        after = appraisal("after_subsidy", (gross - grant).renamed("own_share", "I_own", OWN), *same)
    return Investment(
        id=id,
        label=label,
        gross=gross,
        grant=grant,
        yearly=yearly,
        running=running,
        by_carrier=by_carrier,
        emission_saving=emission_saving,
        energy_saving=energy_saving,
        years=tuple(y.year for y in years),
        flows=flows,
        present_values=present,
        service=service,
        before=before,
        after=after,
    )


def _beside(
    years: Sequence[ServiceYear],
    running: Quantity | None,
    residual: Quantity | None,
    change: Mapping[str, Quantity | None],
    rate: Quantity,
    unit: str,
    basis: str,
) -> Quantity | None:
    """Running cost less residual value over the life, discounted; ``None`` when there is neither."""
    known = running if running is not None else residual
    if known is None:
        return None
    nothing = known * 0
    flows = yearly_flows(years, {"none": nothing}, change, running, residual, basis)
    worth = total(list(present_values(flows, rate, years, unit)))
    return (-worth).renamed("total_present_value", "PV_beside", BESIDE)


def _years_of_demand(case: Case, parts: Sequence[Investment], demand: DemandResult) -> list[int]:
    """A lower charge counts in years in which all its measures run in full, a higher one where any of them runs."""
    found = []
    costs_more = float(demand.saved.value) < 0
    for measure in case.measures:
        if measure.id not in demand.measures:
            continue
        years = service_years(case, measure)
        found.append({y.year for y in years if costs_more or y.part is None or float(y.part.value) >= 1})
    kept = set.union(*found) if costs_more else set.intersection(*found)
    return sorted(kept & {year for part in parts for year in part.years})


def _dated(stated: Quantity, unit: str) -> Quantity:
    """Money per year or at once as an amount of the year the case's money is of."""
    because = Source("case file", "economics, in money of prices.money_year")
    amount = stated * ONE_YEAR if "/yr" in str(stated.unit) else stated
    return amount.to("TWD").declared(unit, because=because).renamed(stated.name, stated.symbol)
