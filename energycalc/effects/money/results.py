"""What the money of a case is made of: frozen records of traced quantities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from energycalc.case.economics import LoadProfile
from energycalc.factors.tariff import TariffPlan
from energycalc.finding import Finding
from energycalc.quantity import Quantity

View = Literal["before_subsidy", "after_subsidy"]


@dataclass(frozen=True)
class TierPrice:
    """What a saved kWh is worth under a load profile.

    Attributes:
        profile: as written in the case.
        shares: share of the saved energy by tier key; they add up to 1.
        price: sum of share times price.
        over_average: price over the case's average price; ``None`` without one.
        check: price from the full series less the one from the shares, over it; ``None`` for a stated week.
        hours: hours of the period in which the profile runs.
    """

    profile: LoadProfile
    shares: Mapping[str, Quantity]
    price: Quantity
    over_average: Quantity | None
    check: float | None
    hours: float


@dataclass(frozen=True)
class DemandMonth:
    """One month of the record: maximum before and after, and when the maximum before was."""

    month: str
    before: Quantity
    after: Quantity
    when: str


@dataclass(frozen=True)
class DemandResult:
    """The demand charge of the year before and after.

    Attributes:
        months: maxima.
        before: charge before.
        after: charge after.
        saved: difference; a higher contract or none lowered gives nothing or less.
        measures: ids of the measures whose record shows what they take off the maximum.
        left_out: ids of electricity measures without a record; they lower no maximum here.
    """

    months: tuple[DemandMonth, ...]
    before: Quantity
    after: Quantity
    saved: Quantity
    measures: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """Internal rate of return, or why there is none.

    Attributes:
        value: the one rate, in %; ``None`` when there is none or more than one.
        roots: all rates at which the present value is zero, as fractions.
        why: ``one``, ``several`` or ``none``.
    """

    value: Quantity | None
    roots: tuple[float, ...]
    why: Literal["one", "several", "none"]


@dataclass(frozen=True)
class Appraisal:
    """An investment seen before or after the grant; yearly flows are the same in both views.

    Attributes:
        view: which of the two.
        outlay: money spent at the beginning.
        npv: net present value.
        rate: internal rate of return.
        simple_payback: outlay over the yearly saving less running cost; ``None`` when nothing is left of it.
        discounted_payback: years until the discounted flows have paid the outlay; ``None`` when the life is too short.
        cost_per_tonne: discounted net cost over discounted tonnes; negative when money is saved too.
        cost_per_kwh: discounted cost, without the value of the energy, over discounted kWh saved; ``None`` when
            several carriers change.
    """

    view: View
    outlay: Quantity
    npv: Quantity
    rate: Rate
    simple_payback: Quantity | None
    discounted_payback: Quantity | None
    cost_per_tonne: Quantity | None
    cost_per_kwh: Quantity | None


@dataclass(frozen=True)
class Investment:
    """A measure, or all of them, as an investment.

    Attributes:
        id: of the measure; ``plant`` for all.
        label: its name.
        gross: investment before the grant.
        grant: ``None`` without one.
        yearly: money saved in a full year at today's prices, all carriers.
        running: more upkeep per year; ``None`` without.
        by_carrier: yearly money by carrier.
        emission_saving: yearly, on the case's common basis.
        energy_saving: yearly kWh of the one carrier that changes; ``None`` when several do.
        years: calendar years of the flows, or 1, 2, 3 when nothing says when the measure begins.
        flows: net money of each year, residual value in the last.
        present_values: the same, discounted.
        service: discounted years of service.
        before: seen before the grant.
        after: seen after it; ``None`` without a grant.
    """

    id: str
    label: str
    gross: Quantity
    grant: Quantity | None
    yearly: Quantity
    running: Quantity | None
    by_carrier: Mapping[str, Quantity]
    emission_saving: Quantity | None
    energy_saving: Quantity | None
    years: tuple[int, ...]
    flows: tuple[Quantity, ...]
    present_values: tuple[Quantity, ...]
    service: Quantity
    before: Appraisal
    after: Appraisal | None

    @property
    def views(self) -> tuple[Appraisal, ...]:
        """The view before the grant, and the one after it when there is a grant."""
        return (self.before,) if self.after is None else (self.before, self.after)


@dataclass(frozen=True)
class CurveStep:
    """One step of the marginal abatement curve: tonnes per year wide, cost per tonne high (before subsidy)."""

    id: str
    label: str
    tonnes: Quantity
    cost: Quantity


@dataclass(frozen=True)
class ScenarioResult:
    """The investments under other prices, rates or factors."""

    name: str
    measures: tuple[Investment, ...]
    plant: Investment | None


@dataclass(frozen=True)
class Money:
    """Everything about money that a case with an ``economics`` block gets.

    Attributes:
        rate: discount rate in the basis of the flows.
        basis: ``real`` or ``nominal``.
        plan: the tariff; ``None`` when average prices count.
        tier_prices: what a saved kWh is worth, by profile.
        average_price: the case's average electricity price; ``None`` without one.
        gas_price: weighted by the months; ``None`` when one price counts.
        demand: demand charge; ``None`` when the case does not ask for it.
        measures: measures whose costs are known.
        left_out: id and reason (English, Chinese) of measures that are no investment here.
        plant: all measures together with the demand charge; ``None`` when a measure is left out.
        curve: cheapest tonne first.
        off_curve: ids of measures that avoid no emission.
        scenarios: other views.
        findings: doubts.
    """

    rate: Quantity
    basis: str
    plan: TariffPlan | None
    tier_prices: tuple[TierPrice, ...]
    average_price: Quantity | None
    gas_price: Quantity | None
    demand: DemandResult | None
    measures: tuple[Investment, ...]
    left_out: tuple[tuple[str, str, str], ...]
    plant: Investment | None
    curve: tuple[CurveStep, ...]
    off_curve: tuple[str, ...]
    scenarios: tuple[ScenarioResult, ...]
    findings: tuple[Finding, ...]
