"""The years of a measure: what each brings, from today's prices, their change, the day it begins, and its life."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.case.sharing import Persistence
from energycalc.effects.persistence import in_service, life_of, persistence_of
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, cite, total

FLOW = cite("money-rules", "net money of a year: savings at that year's prices less running cost")
PRESENT = cite("discounted-cash-flow", "present value of one flow: flow (1+i)^-k")
SERVICE = cite("money-rules", "discounted years of service: sum of the part in service times (1+i)^-k")
_WHOLE = 1e-12


@dataclass(frozen=True)
class ServiceYear:
    """A year of the flows: its number from 1, its calendar year (or the number), and the part of the full saving."""

    number: int
    year: int
    part: Quantity | None


def first_year(case: Case) -> int:
    """Calendar year with whose beginning all flows of the case start; 1 when no measure says when it begins."""
    day = case.first_commissioned
    return 1 if day is None else day.year


def service_years(case: Case, measure: Measure) -> tuple[ServiceYear, ...]:
    """The years in which a measure acts.

    Args:
        case: the case, with ``economics``.
        measure: with or without a day of commissioning.

    Raises:
        InputError: two lives, or a degradation without the day from which it counts.

    Returns:
        Without a day, as many whole years as the life has. With one, the calendar years from it on, the first and the
        last with the days that lie in the life. Years are numbered from the first of the case.
    """
    stated = persistence_of(case, measure)
    if stated is not None:
        _one_life(case, measure, stated)
    life = life_of(case, measure)
    assert life is not None  # economics states one for all
    if measure.commissioned is None:
        return tuple(ServiceYear(k, k, None) for k in range(1, round(float(life.value_in("yr"))) + 1))
    first, start = measure.commissioned.year, first_year(case)
    last = first + math.ceil(float(life.value_in("yr")))
    found = [(y, in_service(case, measure, y)) for y in range(first, last + 1)]
    return tuple(ServiceYear(y - start + 1, y, part) for y, part in found if float(part.value) > 0)


def _one_life(case: Case, measure: Measure, stated: Persistence) -> None:
    subject = f"{case.file}, measure {measure.id}"
    if measure.commissioned is None:
        raise InputError(
            "a useful life or degradation counts from the day on which the measure begins to act",
            subject=subject,
            next_step="Add commissioned, e.g. 114/7/1",
        )
    terms = case.economics.terms_of(measure.id) if case.economics is not None else None
    if stated.useful_life is not None and terms is not None and terms.life is not None:
        one, other = float(stated.useful_life.value_in("yr")), float(terms.life.value_in("yr"))
        if abs(one - other) > _WHOLE:
            raise InputError(
                "the measure has two lives",
                subject=subject,
                value=f"interactions.persistence {one:g} yr, economics.terms {other:g} yr",
                limit="one life",
                next_step="Leave one of them out",
            )


def yearly_flows(
    years: Sequence[ServiceYear],
    by_carrier: Mapping[str, Quantity],
    escalation: Mapping[str, Quantity | None],
    running: Quantity | None,
    residual: Quantity | None,
    basis: str,
) -> tuple[Quantity, ...]:
    """Net money of each year.

    Args:
        years: in which the measure acts.
        by_carrier: money saved in a full year at today's prices.
        escalation: change of price per year by carrier, and of ``running_cost``; ``None`` is none.
        running: more upkeep per full year.
        residual: received at the end of the last year, in the basis of the flows.
        basis: ``real`` (all in today's money) or ``nominal`` (money of each year, which its unit says).

    Returns:
        One quantity per year. Prices stated today have changed k times when year k ends.
    """
    found = []
    for year in years:
        parts = [_at(money, escalation.get(carrier), year.number) for carrier, money in by_carrier.items()]
        net = parts[0] if len(parts) == 1 else total(parts)
        if running is not None:
            net = net - _at(running, escalation.get("running_cost"), year.number)
        if year.part is not None:
            net = net * year.part
        if residual is not None and year is years[-1]:
            net = net + residual
        found.append(in_its_year(net, year.number, basis).renamed("year_flow", f"F_{year.year}", FLOW))
    return tuple(found)


def in_its_year(flow: Quantity, number: int, basis: str) -> Quantity:
    """A flow in the money that it is paid in: that of the case, or with nominal flows that of its year."""
    if basis == "real":
        return flow
    return flow.declared(_money_of(flow, number), because=Source("case file", "economics.flows_are: nominal"))


def present_values(
    flows: Sequence[Quantity], rate: Quantity, years: Sequence[ServiceYear], unit: str
) -> tuple[Quantity, ...]:
    """Each flow discounted to the beginning; its money is that of the beginning."""
    found = []
    for flow, year in zip(flows, years, strict=True):
        value = flow * (1 + rate) ** (-year.number)
        if str(flow.unit) != unit:
            value = value.declared(unit, because=Source("discount rate", "nominal, so it holds the loss of value"))
        found.append(value.renamed("present_value_of_year", f"PV_{year.year}", PRESENT))
    return tuple(found)


def discounted_service(rate: Quantity, years: Sequence[ServiceYear]) -> Quantity:
    """Sum of the parts in service, each discounted by the real rate: what a saving of one unit a year is worth."""
    parts = []
    for year in years:
        value = (1 + rate) ** (-year.number)
        parts.append(value if year.part is None else year.part * value)
    whole = parts[0] if len(parts) == 1 else total(parts)
    return whole.renamed("discounted_service", "A_s", SERVICE)


def _at(money: Quantity, change: Quantity | None, number: int) -> Quantity:
    return money if change is None else money * (1 + change) ** number


def _money_of(money: Quantity, number: int) -> str:
    stem, _, year = str(money.unit).partition("[")
    return f"{stem}[{int(year.rstrip(']')) + number}]"
