"""Demand charge from the 15-minute record: a maximum falls only by what the record shows at that very moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from energycalc.case.case import Case
from energycalc.effects.money.results import DemandMonth, DemandResult
from energycalc.effects.money.tiers import profile_series
from energycalc.errors import InputError, MeterDataError
from energycalc.factors.tariff import TariffPlan
from energycalc.metering import MeterSeries
from energycalc.physics.electricity.demand import demand_charge
from energycalc.quantity import Quantity, Source, about, cite, maximum, quantity, total

MAXIMUM = cite("money-rules", "maximum after: largest of the slots that can become it, each less its own part")
CHARGE = cite("taipower-demand-rule", "sum of the months")
BY_DAYS = cite("money-rules", "a month that holds both seasons is divided by days")
_SLOT = 900
_REACH = 2.0
"""Slots are kept that can become the maximum for any saving up to this many times the one computed: all measures
together, and each of them with the others as computed."""


def demand_result(
    case: Case, plan: TariffPlan, meters: Mapping[str, MeterSeries], savings: Mapping[str, Quantity]
) -> DemandResult:
    """The demand charge of the year before and after the measures that have a record.

    Only the regular contract is known; its maximum is the largest 15-minute mean of the whole month. What a measure
    takes off a slot is its saving times the share of its meter's energy in that slot: the saving is taken in
    proportion to what the machine drew at that moment.

    Args:
        case: with ``economics.demand``.
        plan: for the price of demand.
        meters: series by id, over the period.
        savings: saved kWh of the period by measure id, electricity only.

    Raises:
        InputError: the period does not begin with a month.
        MeterDataError: the record of the main meter, or of a profile, is not in slots of 15 minutes or has gaps.
        FactorError: the data give no demand price for the plan.
    """
    assert case.economics is not None and case.economics.demand is not None
    asked = case.economics.demand
    main = meters[asked.meter]
    _fifteen_minutes(main)
    if case.period.first_day.day != 1:
        raise InputError(
            "the demand charge is that of calendar months, and the period cuts one in two",
            subject=f"{case.file}, economics.demand",
            value=f"{case.period.first_day} to {case.period.last_day}",
            limit="a period that begins on the first day of a month",
            next_step="Shift the period to whole months, or leave the demand charge out",
        )
    parts: dict[str, NDArray[np.float64]] = {}
    for id in savings:
        profile = case.economics.profile_of(id)
        if profile is None or profile.meter is None:
            continue
        series, amount = profile_series(case, profile, meters)
        _fifteen_minutes(series)
        parts[id] = amount / float(amount.sum()) * 4  # kW in the slot per kWh saved
    contract = asked.contract
    contract_after = contract if asked.contract_after is None else asked.contract_after
    prices = plan.demand_prices()
    months, before, after = [], [], []
    month_of = main.interval_start.astype("datetime64[M]")
    with about(case.plant.name):
        for month in np.unique(month_of):
            chosen = np.flatnonzero(month_of == month)
            found = _month(str(month), main, chosen, parts, savings)
            months.append(found)
            for season, share in _seasons(plan, month):
                before.append(demand_charge(found.before, contract, prices[season], share))
                after.append(demand_charge(found.after, contract_after, prices[season], share))
        charge_before = total(before).renamed("demand_charge_before", "C_D0", CHARGE)
        charge_after = total(after).renamed("demand_charge_after", "C_D1", CHARGE)
        saved = (charge_before - charge_after).renamed("demand_money", "C_Dy", CHARGE)
    left_out = tuple(id for id in savings if id not in parts)
    return DemandResult(tuple(months), charge_before, charge_after, saved, tuple(parts), left_out)


def _month(
    month: str,
    main: MeterSeries,
    chosen: NDArray[np.int64],
    parts: Mapping[str, NDArray[np.float64]],
    savings: Mapping[str, Quantity],
) -> DemandMonth:
    demand = main.demand_kw[chosen]
    top = int(np.argmax(demand))
    each = [share[chosen] * float(savings[id].value_in("kWh")) for id, share in parts.items()]
    taken = np.sum([np.zeros(len(chosen)), *each], axis=0)
    kept = {top, *candidates(demand, taken, _REACH)}
    if len(each) > 1:  # the savings of several measures are uncertain each on its own
        for own in each:
            kept.update(candidates(demand - (taken - own), own, _REACH))
    slots = []
    for slot in sorted(kept):
        when = str(main.interval_start[chosen[slot]])
        place = main.source(main.line[chosen[slot] : chosen[slot] + 1], f"slot from {when}")
        drawn = quantity(float(demand[slot]), "kW", name="slot_demand", symbol=f"P_{when[5:16]}", basis="measured",
                         source=place, subject=main.layout.meter)  # fmt: skip
        rest = drawn
        for id, share in parts.items():
            per_kwh = quantity(float(share[chosen[slot]]), "kW/kWh", name="shift_of_maximum", symbol=f"f_{id}",
                               basis="measured", source=place, subject=id)  # fmt: skip
            rest = rest - per_kwh * savings[id].to("kWh")
        slots.append((slot, drawn, rest))
    before = next(drawn for slot, drawn, _ in slots if slot == top)
    after = slots[0][2]
    for _, _, rest in slots[1:]:
        after = maximum(after, rest)
    after = after.to("kW").renamed("maximum_after", f"P_{month}", MAXIMUM)
    return DemandMonth(month, before, after, str(main.interval_start[chosen[top]]))


def candidates(demand: NDArray[np.float64], taken: NDArray[np.float64], reach: float) -> list[int]:
    """Slots that are the maximum of ``demand - x taken`` for some x from 0 to ``reach``: the upper hull of the lines.

    Args:
        demand: kW of each slot.
        taken: kW that the measures take off each slot.
        reach: largest multiple of the saving looked at.
    """
    x, found = 0.0, []
    now = int(np.lexsort((taken, -demand))[0])
    while True:
        found.append(now)
        gain = taken[now] - taken
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            meet = np.where(gain > 0, (demand[now] - demand) / gain, np.inf)
        meet[meet < x] = np.inf
        step = float(meet.min())
        if not step <= reach:
            return found
        same = np.flatnonzero(meet == step)
        x, now = step, int(same[np.argmin(taken[same])])


def _seasons(plan: TariffPlan, month: np.datetime64) -> Sequence[tuple[str, Quantity]]:
    first, last = month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]")
    days = np.arange(first, last, dtype="datetime64[D]")
    summer = float(np.mean(plan.is_summer(days)))
    return [
        (season, quantity(share, "1", name="month_share", symbol=f"x_{month}", source=_days(month, season)))
        for season, share in (("summer", summer), ("non_summer", 1 - summer))
        if share > 0
    ]


def _days(month: np.datetime64, season: str) -> Source:
    return Source(BY_DAYS.document, f"{BY_DAYS.locator}: {month}, {season}")


def _fifteen_minutes(series: MeterSeries) -> None:
    subject = f"demand charge, {series.layout.subject}"
    if series.layout.interval_seconds != _SLOT:
        raise MeterDataError(
            "a maximum demand needs the record in slots of 15 minutes",
            subject=subject,
            value=f"slots of {series.layout.interval_seconds / 60:g} min",
            limit="15 min (maximum demand is the largest 15-minute mean)",
            next_step="Give the 15-minute record, or leave the demand charge out",
        )
    if len(series.ledger.missing) or series.ledger.fills:
        where = series.ledger.missing[0] if len(series.ledger.missing) else series.ledger.fills[0].start
        raise MeterDataError(
            "the record has missing or filled slots; the maximum may have been in one of them",
            subject=subject,
            value=f"{len(series.ledger.missing):,} missing, {len(series.ledger.fills):,} filled, the first at {where}",
            limit="a reading in every slot of the period",
            next_step="Get the complete record, or leave the demand charge out",
        )
