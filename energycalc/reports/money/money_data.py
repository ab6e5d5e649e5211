"""The block ``money`` of ``results.json`` and the quantities it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from energycalc.effects.money.results import Appraisal, Investment, Money
from energycalc.quantity import Quantity
from energycalc.reports.results_rows import Rows, result_data

_INVESTMENT = ("gross", "grant", "yearly", "running", "emission_saving", "energy_saving", "service")
_APPRAISAL = ("outlay", "npv", "simple_payback", "discounted_payback", "cost_per_tonne", "cost_per_kwh")


def money_results(money: Money | None) -> list[Quantity]:
    """Every quantity of the money that a page shows; none for a case without ``economics``."""
    if money is None:
        return []
    found: list[Quantity | None] = [money.rate, money.average_price, money.gas_price]
    for worth in money.tier_prices:
        found += [*worth.shares.values(), worth.price, worth.over_average]
    if money.demand is not None:
        found += [q for month in money.demand.months for q in (month.before, month.after)]
        found += [money.demand.before, money.demand.after, money.demand.saved]
    for each in all_investments(money):
        found += [getattr(each, key) for key in _INVESTMENT]
        found += [*each.by_carrier.values(), *each.flows, *each.present_values]
        for view in each.views:
            found += [*(getattr(view, key) for key in _APPRAISAL), view.rate.value]
    return list(dict.fromkeys(q for q in found if q is not None))


def all_investments(money: Money) -> Iterator[Investment]:
    """Measures and plant, then those of the scenarios."""
    yield from money.measures
    if money.plant is not None:
        yield money.plant
    for scenario in money.scenarios:
        yield from scenario.measures
        if scenario.plant is not None:
            yield scenario.plant


def money_data(money: Money | None, rows: Rows) -> dict[str, Any] | None:
    """The money as plain data.

    Args:
        money: of the assessment; ``None`` without an ``economics`` block.
        rows: the table of rows its numbers refer to.
    """
    if money is None:
        return None
    plan = money.plan
    return {
        "basis": money.basis,
        "discount_rate": result_data(money.rate, rows),
        "tariff": None
        if plan is None
        else {
            "edition": plan.edition,
            "voltage": plan.voltage,
            "plan": plan.plan,
            "effective_from": str(plan.effective_from),
            "known_until": str(plan.known_until),
            "tax": plan.tax,
        },
        "average_price": result_data(money.average_price, rows),
        "gas_price": result_data(money.gas_price, rows),
        "saved_kwh": [
            {
                "profile": w.profile.id,
                "measures": list(w.profile.measures),
                "shares": {key: result_data(share, rows) for key, share in w.shares.items()},
                "price": result_data(w.price, rows),
                "over_average": result_data(w.over_average, rows),
                "full_record_over_tiers_less_1": w.check,
                "hours": w.hours,
            }
            for w in money.tier_prices
        ],
        "demand": _demand(money, rows),
        "investments": [_investment(each, rows) for each in money.measures],
        "plant": None if money.plant is None else _investment(money.plant, rows),
        "left_out": [{"id": id, "why": why, "why_zh": why_zh} for id, why, why_zh in money.left_out],
        "abatement_curve": [
            {"id": s.id, "label": s.label, "tonnes": result_data(s.tonnes, rows), "cost": result_data(s.cost, rows)}
            for s in money.curve
        ],
        "off_curve": list(money.off_curve),
        "scenarios": [
            {
                "name": s.name,
                "investments": [_investment(each, rows) for each in s.measures],
                "plant": None if s.plant is None else _investment(s.plant, rows),
            }
            for s in money.scenarios
        ],
    }


def _demand(money: Money, rows: Rows) -> dict[str, Any] | None:
    found = money.demand
    if found is None:
        return None
    return {
        "months": [
            {"month": m.month, "before": result_data(m.before, rows), "after": result_data(m.after, rows),
             "when": m.when}
            for m in found.months
        ],
        "before": result_data(found.before, rows),
        "after": result_data(found.after, rows),
        "saved": result_data(found.saved, rows),
        "measures": list(found.measures),
        "left_out": list(found.left_out),
    }  # fmt: skip


def _investment(each: Investment, rows: Rows) -> dict[str, Any]:
    return {
        "id": each.id,
        "label": each.label,
        **{key: result_data(getattr(each, key), rows) for key in _INVESTMENT},
        "by_carrier": {carrier: result_data(q, rows) for carrier, q in each.by_carrier.items()},
        "years": list(each.years),
        "flows": [result_data(q, rows) for q in each.flows],
        "present_values": [result_data(q, rows) for q in each.present_values],
        "before_subsidy": _view(each.before, rows),
        "after_subsidy": None if each.after is None else _view(each.after, rows),
    }


def _view(view: Appraisal, rows: Rows) -> dict[str, Any]:
    return {
        **{key: result_data(getattr(view, key), rows) for key in _APPRAISAL},
        "internal_rate_of_return": result_data(view.rate.value, rows),
        "rates": list(view.rate.roots),
        "rate_is": view.rate.why,
    }
