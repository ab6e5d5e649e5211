"""Money over a life: the peer's figures, closed forms, the peer's faults avoided."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.effects import cash_flow as cash
from energycalc.errors import CalculationError, OutOfRange
from energycalc.quantity import Quantity, quantity


def twd(value: float, unit: str = "TWD") -> Quantity:
    return quantity(value, unit)


def rate(installed: float, saved: float, spent: float, salvage: float, disposal: float, life: float) -> float:
    return float(
        cash.internal_rate_of_return(
            twd(installed), twd(saved, "TWD/yr"), twd(spent, "TWD/yr"), twd(salvage), twd(disposal), twd(life, "yr")
        ).value
    )


def present_value(flows: Sequence[float], at: float) -> float:
    return sum(flow / (1 + at) ** year for year, flow in enumerate(flows))


def test_the_peers_example() -> None:
    """MEASUR, cash_flow-001: 250,000 installed, 100,000 saved, 5,000 spent, 15 years at 8 %: NPV 563,150.48."""
    life, interest = twd(15, "yr"), quantity(8, "%")
    annuity, end = cash.annuity_factor(interest, life), cash.discount_factor(interest, life)
    savings = cash.present_value_of_savings(twd(1e5, "TWD/yr"), twd(1000), annuity, end)
    costs = cash.present_value_of_costs(twd(250000), twd(5000, "TWD/yr"), twd(1000), annuity, end)
    net = cash.net_present_value(savings, costs)
    worth = cash.annual_worth(net, annuity)
    assert net.value == pytest.approx(563150.4753530051, rel=1e-9)
    assert worth.value == pytest.approx(65792.61376599492, rel=1e-9)
    assert cash.savings_to_investment(savings, costs).value == pytest.approx(2.9212766964999406, rel=1e-9)
    assert cash.return_on_investment(worth, twd(250000)).value == pytest.approx(0.2631704550639797, rel=1e-9)
    assert cash.payback_time(twd(250000), twd(1e5, "TWD/yr")).value == pytest.approx(2.5, rel=1e-12)


def test_rates_above_the_peers_table_and_below_zero() -> None:
    """37.7 % where the peer shows nothing; -19.4 % is another of its cases: here 100 back 30 a year for two years."""
    assert rate(250000, 100000, 5000, 1000, 1000, 15) == pytest.approx(0.37686, abs=1e-5)
    found = rate(100, 30, 0, 0, 0, 2)
    assert found < 0
    assert present_value([-100, 30, 30], found) == pytest.approx(0, abs=1e-6)
    assert rate(100, 0, 0, 121, 0, 2) == pytest.approx(0.1, rel=1e-9)
    assert rate(100, 20, 5, 0, 15, 10) == pytest.approx(rate(100, 15, 0, 0, 15, 10), rel=1e-9)


def test_flows_without_a_rate_are_refused() -> None:
    with pytest.raises(CalculationError, match="internal_rate_of_return has no answer"):
        rate(100, 0, 10, 0, 0, 5)


@settings(deadline=None)
@given(interest=st.floats(0.1, 60), life=st.integers(1, 40))
def test_the_factors_are_sums_and_powers(interest: float, life: int) -> None:
    i = interest / 100
    annuity = cash.annuity_factor(quantity(interest, "%"), twd(life, "yr")).value
    assert annuity == pytest.approx(math.fsum((1 + i) ** -k for k in range(1, life + 1)), rel=1e-9)
    assert cash.discount_factor(quantity(interest, "%"), twd(life, "yr")).value == pytest.approx((1 + i) ** -life)


@settings(deadline=None)
@given(saved=st.floats(1, 1000), life=st.integers(1, 30), installed=st.floats(10, 5000))
def test_at_its_rate_of_return_a_measure_is_worth_nothing(saved: float, life: int, installed: float) -> None:
    found = rate(installed, saved, 0, 0, 0, life)
    assert present_value([-installed, *[saved] * life], found) == pytest.approx(0, abs=1e-4 * installed)


def test_nothing_saved_is_never_paid_back() -> None:
    with pytest.raises(OutOfRange, match="nothing is paid back"):
        cash.payback_time(twd(100), twd(0, "TWD/yr"))


@pytest.mark.parametrize("interest", [0, 1e-12, 1e-9, 9.9e-7, 1e-6, 1.1e-6, 1e-4])
@pytest.mark.parametrize("life", [1, 10, 40, 100])
def test_next_to_no_interest_the_factor_is_the_number_of_years(interest: float, life: int) -> None:
    """The sum it stands for, term by term; at no interest exactly the years."""
    found = cash.annuity_factor(quantity(interest, "1"), twd(life, "yr")).value
    assert found == pytest.approx(math.fsum((1 + interest) ** -k for k in range(1, life + 1)), rel=2e-8)
    if interest == 0:
        assert found == life
        assert cash.discount_factor(quantity(0, "1"), twd(life, "yr")).value == 1


def test_a_negative_rate_and_one_above_one_are_refused() -> None:
    for factor in (cash.annuity_factor, cash.discount_factor):
        assert factor(quantity(100, "%"), twd(1, "yr")).value == pytest.approx(0.5, rel=1e-12)
        for interest in (-1e-6, 1.001):
            with pytest.raises(OutOfRange, match="discount rate"):
                factor(quantity(interest, "1"), twd(10, "yr"))


@pytest.mark.parametrize("life", [10.4, 0.3, 0, 9.999])
def test_a_rate_of_return_counts_whole_years(life: float) -> None:
    assert rate(100, 20, 0, 0, 0, 10) == pytest.approx(0.15098, abs=1e-5)
    with pytest.raises(OutOfRange, match=r"measure_life.*whole years"):
        rate(100, 20, 0, 0, 0, life)
