"""What money is computed from: tariff, load profiles, gas price by month, grants, rates, lives and price scenarios."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from energycalc.case.fields import Identifier, Noun, Text, YesNo, figure, text_of
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.case.case import Case

Basis = Annotated[Literal["real", "nominal"], BeforeValidator(text_of)]
_SAME_MONTHS = 12


class TariffChoice(Noun):
    """A published tariff; ``because`` says why its money counts as money of the case's year."""

    edition: Text
    voltage: Annotated[Literal["low", "high", "extra_high"], BeforeValidator(text_of)]
    plan: Annotated[Literal["two_tier", "three_tier_fixed", "three_tier_mobile", "batch"], BeforeValidator(text_of)]
    because: Text | None = None


class WorkedHours(Noun):
    """When the saved load runs on one kind of day: hours such as ``08:00-12:00,13:00-17:00``, and how high it is."""

    days: Annotated[Literal["weekday", "saturday", "sunday", "off_peak_day"], BeforeValidator(text_of)]
    hours: Text
    load: Annotated[Quantity, figure("profile_load", "1", highest=1.0)] | None = None


class LoadProfile(Noun):
    """When the energy that some measures save would have been used: from a meter, or a stated typical week.

    Attributes:
        id: short name.
        measures: ids of the measures whose saved electricity has this profile.
        meter: electricity meter whose record gives the profile.
        less: meter that is subtracted slot by slot, when the difference of two records is the profile.
        week: hours by kind of day; a kind that is left out has no saving.
        because: who says so.
    """

    id: Identifier
    measures: tuple[Text, ...] = Field(min_length=1)
    meter: Text | None = None
    less: Text | None = None
    week: tuple[WorkedHours, ...] = ()
    because: Text

    @model_validator(mode="after")
    def _one_origin(self) -> LoadProfile:
        if (self.meter is None) == (not self.week):
            raise ValueError("a profile comes either from a meter or from a stated week")
        if self.less is not None and (self.meter is None or self.less == self.meter):
            raise ValueError("'less' is a second meter, subtracted from 'meter'")
        stated = [row.load is not None for row in self.week]
        if any(stated) and not all(stated):
            raise ValueError("give the load of every row of the week, or of none (all alike)")
        return self


class DemandChoice(Noun):
    """What the demand charge is computed from; only measures whose profile is a meter's record can lower a maximum.

    Attributes:
        meter: main electricity meter with a 15-minute record of the period.
        contract: regular contract capacity (經常契約容量).
        contract_after: the contract after the measures, when it is changed.
    """

    meter: Text
    contract: Annotated[Quantity, figure("contract_demand", "kW", lowest=1)]
    contract_after: Annotated[Quantity, figure("contract_demand", "kW", lowest=1)] | None = None


class GasMonth(Noun):
    """Gas used and its price in one month of the period (``2026-01`` or ``115/1``)."""

    month: Text
    amount: Annotated[Quantity, figure("gas_amount_of_month", "m3", "m3[0C]")]
    price: Annotated[Quantity, figure("gas_price", "TWD/m3", "TWD/m3[0C]", lowest=0.01, highest=500)]


class Escalation(Noun):
    """Change of prices per year, in the basis of ``flows_are``; each with its source."""

    electricity: Annotated[Quantity, figure("price_escalation", "1", lowest=-0.5, highest=0.5)] | None = None
    natural_gas: Annotated[Quantity, figure("price_escalation", "1", lowest=-0.5, highest=0.5)] | None = None
    running_cost: Annotated[Quantity, figure("price_escalation", "1", lowest=-0.5, highest=0.5)] | None = None


class Terms(Noun):
    """Terms of one measure.

    Attributes:
        measure: its id.
        life: whole years it is used; that of the case when left out.
        running_cost: more upkeep than before, per year; a negative one is less.
        residual: value at the end of its life.
        grant: subsidy paid for it.
    """

    measure: Text
    life: Annotated[Quantity, figure("measure_life", "yr", lowest=1, highest=60)] | None = None
    running_cost: Annotated[Quantity, figure("yearly_running_cost", "TWD/yr", lowest=None)] | None = None
    residual: Annotated[Quantity, figure("salvage_value", "TWD")] | None = None
    grant: Annotated[Quantity, figure("grant", "TWD")] | None = None


class MoneyScenario(Noun):
    """Another view of the same measures: prices times a factor, another rate, another emission factor of the case."""

    name: Text
    electricity: Annotated[Quantity, figure("price_multiplier", "1", lowest=0.01, highest=10)] | None = None
    natural_gas: Annotated[Quantity, figure("price_multiplier", "1", lowest=0.01, highest=10)] | None = None
    investment: Annotated[Quantity, figure("price_multiplier", "1", lowest=0.01, highest=10)] | None = None
    discount_rate: Annotated[Quantity, figure("discount_rate", "1", lowest=0, highest=1)] | None = None
    factors: Text | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> MoneyScenario:
        changed = (self.electricity, self.natural_gas, self.investment, self.discount_rate, self.factors)
        if all(part is None for part in changed):
            raise ValueError("a scenario changes at least one of prices, investment, discount_rate, factors")
        return self


class Economics(Noun):
    """Tariff and terms of an investment.

    Attributes:
        flows_are: ``real`` (money of one year) or ``nominal`` (money of each year).
        discount_rate: per year.
        rate_is: whether the rate is real or nominal.
        inflation: per year; needed wherever flows or rate are nominal.
        life: whole years, for measures that state none of their own.
        costs_are: whether the costs of the measures are stated before or after the grants are taken off.
        tariff: what a saved kWh is worth by hour and season; without it the average price counts.
        profiles: when the saved electricity would have been used.
        demand: demand charge from the 15-minute record.
        gas_months: gas price by month.
        escalation: price changes per year.
        terms: life, upkeep, residual value, grant by measure.
        count_beside: whether money that measures save beside energy (water, metal, penalties) is in the flows.
        scenarios: other prices, rates and factors.
    """

    flows_are: Basis
    discount_rate: Annotated[Quantity, figure("discount_rate", "1", lowest=0, highest=1)]
    rate_is: Basis
    inflation: Annotated[Quantity, figure("inflation", "1", lowest=-0.2, highest=0.5)] | None = None
    life: Annotated[Quantity, figure("measure_life", "yr", lowest=1, highest=60)]
    costs_are: Annotated[Literal["before_subsidy", "after_subsidy"], BeforeValidator(text_of)] | None = None
    tariff: TariffChoice | None = None
    profiles: tuple[LoadProfile, ...] = ()
    demand: DemandChoice | None = None
    gas_months: tuple[GasMonth, ...] = ()
    escalation: Escalation = Escalation()
    terms: tuple[Terms, ...] = ()
    count_beside: YesNo = False
    scenarios: tuple[MoneyScenario, ...] = ()

    @model_validator(mode="after")
    def _one_basis(self) -> Economics:
        if self.rate_is != self.flows_are and self.inflation is None:
            raise ValueError(
                f"the flows are {self.flows_are} but the rate is {self.rate_is}; state inflation, "
                "or give flows and rate in one basis"
            )
        if self.flows_are == "nominal" and self.inflation is None:
            raise ValueError(
                "nominal flows need inflation: cost per t CO2e and per kWh are in money of one year, and tonnes "
                "and kWh of later years are discounted at the real rate"
            )
        if any(t.grant is not None for t in self.terms) and self.costs_are is None:
            raise ValueError(
                "a grant needs costs_are: before_subsidy or after_subsidy, so that it is taken off exactly once"
            )
        if self.profiles and self.tariff is None:
            raise ValueError("profiles need a tariff: without tiers it does not matter when energy is saved")
        if self.demand is not None and self.tariff is None:
            raise ValueError("a demand charge needs a tariff, which gives its price")
        return self

    def terms_of(self, measure: str) -> Terms | None:
        """The terms of a measure, if it has any of its own."""
        return self._terms_by_measure.get(measure)

    def profile_of(self, measure: str) -> LoadProfile | None:
        """The profile of a measure's saved electricity."""
        return self._profile_by_measure.get(measure)

    @functools.cached_property
    def _terms_by_measure(self) -> dict[str, Terms]:
        return {t.measure: t for t in self.terms}

    @functools.cached_property
    def _profile_by_measure(self) -> dict[str, LoadProfile]:
        return {id: p for p in self.profiles for id in p.measures}


def economics_problems(case: Case) -> list[str]:
    """What in ``economics`` points to nothing, or contradicts the rest of the case.

    Args:
        case: the case, each part of it already valid on its own.

    Returns:
        Sentences of the form ``at <path>: <what is wrong>``; none when all is well or there is no such block.
    """
    if case.economics is None:
        return []
    return [*_period_and_money(case, case.economics), *_references(case, case.economics), *_lives(case.economics)]


def _period_and_money(case: Case, own: Economics) -> Iterator[str]:
    if not case.period.is_one_year:
        yield "at economics: yearly flows need a period of exactly one year; a part of a year is never scaled up"
    if case.prices is None:
        yield "at economics: money needs prices.money_year, the year of the money"
        return
    electricity = any(m.description.carrier == "electricity" for m in case.measures)
    if electricity and own.tariff is None and case.prices.electricity is None:
        yield "at economics: electricity is saved but neither economics.tariff nor prices.electricity gives its price"
    days = [m.commissioned for m in case.measures]
    if any(days) and not all(days):
        missing = ", ".join(m.id for m in case.measures if m.commissioned is None)
        yield f"at economics: some measures state commissioned and some do not ({missing}); flows need one calendar"


def _references(case: Case, own: Economics) -> Iterator[str]:
    ids = [m.id for m in case.measures]
    for i, terms in enumerate(own.terms):
        if terms.measure not in ids:
            yield f"at economics.terms[{i}].measure: there is no measure {terms.measure!r}; measures: {', '.join(ids)}"
    for id, n in Counter(t.measure for t in own.terms).items():
        if n > 1:
            yield f"at economics.terms: measure {id} stands {n} times"
    claimed = Counter(id for p in own.profiles for id in p.measures)
    for i, profile in enumerate(own.profiles):
        for id in profile.measures:
            if id not in ids:
                yield f"at economics.profiles[{i}].measures: there is no measure {id!r}; measures: {', '.join(ids)}"
        for key, meter in (("meter", profile.meter), ("less", profile.less)):
            yield from _meter(case, f"economics.profiles[{i}].{key}", meter)
    for id, n in claimed.items():
        if n > 1:
            yield f"at economics.profiles: measure {id} has {n} profiles"
    if own.demand is not None:
        yield from _meter(case, "economics.demand.meter", own.demand.meter)
        mains = [m.id for m in case.meters if m.carrier == "electricity" and m.role == "main"]
        if mains != [own.demand.meter]:
            yield (
                "at economics.demand.meter: the demand charge is that of the one main electricity meter; "
                f"main meters: {', '.join(mains) or 'none'}"
            )
    names = [s.name for s in case.factors.scenarios]
    for i, scenario in enumerate(own.scenarios):
        if scenario.factors is not None and scenario.factors not in names:
            yield (
                f"at economics.scenarios[{i}].factors: there is no factors.scenarios of the name {scenario.factors!r}; "
                f"names: {', '.join(names) or 'none'}"
            )
    months = [m.month for m in own.gas_months]
    if months and (len(months) != _SAME_MONTHS or len(set(months)) != _SAME_MONTHS):
        yield f"at economics.gas_months: each of the twelve months of the period once; {len(set(months))} are given"


def _meter(case: Case, path: str, id: str | None) -> Iterator[str]:
    meters = [m.id for m in case.meters if m.carrier == "electricity"]
    if id is not None and id not in meters:
        yield f"at {path}: there is no electricity meter {id!r}; meters: {', '.join(meters) or 'none'}"


def _lives(own: Economics) -> Iterator[str]:
    stated = [("life", own.life)]
    stated += [(f"terms[{i}].life", t.life) for i, t in enumerate(own.terms) if t.life is not None]
    for path, life in stated:
        if abs(life.value_in("yr") - round(life.value_in("yr"))) > 1e-9 or life.uncertainty is not None:
            yield f"at economics.{path}: {life.value:g} {life.unit}; flows are counted in whole years, without ±"
