"""The money results whose uncertainty a reader is given, and that of rates of return, which some draws do not have."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from energycalc.case.case import Case
from energycalc.effects.money.results import Investment, Money
from energycalc.errors import CalculationError
from energycalc.quantity import Quantity
from energycalc.quantity.correlation import Correlation
from energycalc.quantity.uncertainty import UncertainResult, propagate


def money_headline(money: Money | None) -> list[Quantity]:
    """Prices of saved energy, demand charge, and per investment its money, payback, present value and costs.

    Flows year by year are given for the measures and the plant; those of the scenarios stand without ±.

    Args:
        money: of the case; ``None`` gives nothing.
    """
    if money is None:
        return []
    found: list[Quantity | None] = [money.gas_price]
    for worth in money.tier_prices:
        found += [worth.price, worth.over_average]
    if money.demand is not None:
        found += [q for month in money.demand.months for q in (month.before, month.after)]
        found += [money.demand.before, money.demand.after, money.demand.saved]
    for each in _own(money):
        found += [*each.by_carrier.values(), *each.flows, *each.present_values, each.service]
    for each in _investments(money):
        found += [each.gross, each.grant, each.yearly, each.emission_saving]
        for view in each.views:
            found += [view.outlay, view.npv, view.simple_payback, view.discounted_payback]
            found += [view.cost_per_tonne, view.cost_per_kwh]
    return list(dict.fromkeys(q for q in found if q is not None))


def rates_of(money: Money | None) -> list[Quantity]:
    """The internal rates of return of the measures and the plant; those of the scenarios are given without ±."""
    if money is None:
        return []
    return [v.rate.value for each in _own(money) for v in each.views if v.rate.value is not None]


def rate_uncertainty(
    money: Money | None, case: Case, correlations: Sequence[Correlation[Quantity]]
) -> dict[Quantity, UncertainResult]:
    """Uncertainty of each rate of return.

    A draw that brings nothing back counts as -100 %: at any rate above that it is worth less than nothing. A rate
    some of whose draws have no one answer is left without an interval rather than given one of the other draws.

    Args:
        money: of the case; ``None`` gives nothing.
        case: for draws and seed.
        correlations: as declared.
    """
    rates = rates_of(money)

    def known(chosen: list[Quantity]) -> dict[Quantity, UncertainResult]:
        made = propagate(chosen, draws=case.sampling.draws, seed=case.sampling.seed, correlations=correlations)
        return dict(zip(chosen, made, strict=True))

    try:
        return known(rates) if rates else {}
    except CalculationError:  # one of them has draws without an answer: each on its own
        found: dict[Quantity, UncertainResult] = {}
        for rate in rates:
            with contextlib.suppress(CalculationError):
                found |= known([rate])
        return found


def _own(money: Money) -> list[Investment]:
    return [*money.measures, *([money.plant] if money.plant else [])]


def _investments(money: Money) -> list[Investment]:
    found = _own(money)
    for scenario in money.scenarios:
        found += [*scenario.measures, *([scenario.plant] if scenario.plant else [])]
    return found
