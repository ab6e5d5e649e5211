"""Rates of return and present values against pages of other people, and the identities between them."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from energycalc.effects.money.appraisal import appraisal
from energycalc.effects.money.flows import ServiceYear, present_values
from energycalc.effects.money.rate import all_rates, nominal_rate, rate_of_return, real_rate
from energycalc.effects.money.results import Appraisal
from energycalc.quantity import Quantity, quantity

UNIT = "TWD[2025]"


def twd(value: float) -> Quantity:
    return quantity(value, UNIT)


def seen(outlay: float, flows: list[float], rate: float, gap: int = 0) -> Appraisal:
    """An investment of plain numbers."""
    money = [twd(f) for f in flows]
    years = [ServiceYear(gap + k, gap + k, None) for k in range(1, len(flows) + 1)]
    present = present_values(money, quantity(rate, "1"), years, UNIT)
    return appraisal("before_subsidy", twd(outlay), twd(flows[0]), money, present, gap, None, None, None)


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([-100, 39, 59, 55, 20], 0.2809484211599611),  # numpy 1.3 reference, irr
        ([-100, 0, 0, 74], -0.0955),  # numpy 1.13 reference, irr
        ([-100, 100, 0, 7], 0.06206),
    ],
)
def test_numpys_documented_rates(flows: list[float], expected: float) -> None:
    (found,) = all_rates(flows)
    assert found == pytest.approx(expected, abs=5e-6)


def test_numpys_rate_of_flows_that_turn_negative_is_one_of_two() -> None:
    """numpy 1.13 reference: irr([-100, 100, 0, -7]) is -0.0833; another rate solves the same equation."""
    found = all_rates([-100, 100, 0, -7])
    assert len(found) >= 2
    assert min(abs(rate + 0.0833) for rate in found) < 5e-5


def test_excels_documented_rates() -> None:
    """Microsoft's page of IRR: -700,000 then 120,000 ... 260,000: -2.1 % after four years, 8.7 % after five."""
    flows = [-700_000, 120_000, 150_000, 180_000, 210_000, 260_000]
    assert all_rates(flows[:5])[0] == pytest.approx(-0.021, abs=5e-4)
    assert all_rates(flows)[0] == pytest.approx(0.087, abs=5e-4)
    assert all_rates(flows[:3])[0] == pytest.approx(-0.444, abs=5e-4)


def test_documented_present_values() -> None:
    """Adobe's FormCalc reference: NPV(0.10, 500, 1500, 4000, 10000); SpreadJS: NPV(6.5%, -10000, 3000, 3400, 7700)."""
    years = [ServiceYear(k, k, None) for k in range(1, 5)]
    present = present_values([twd(v) for v in (500, 1500, 4000, 10000)], quantity(10, "%"), years, UNIT)
    assert sum(float(p.value) for p in present) == pytest.approx(11529.60863329007, rel=1e-12)
    present = present_values([twd(v) for v in (-10000, 3000, 3400, 7700)], quantity(6.5, "%"), years, UNIT)
    assert sum(float(p.value) for p in present) == pytest.approx(2055.38, abs=0.005)


def test_the_peers_example_through_the_years() -> None:
    """MEASUR, cash_flow-001: 250,000 out, 100,000 less 5,000 a year, 1,000 in and out at the end, 15 years at 8 %."""
    found = seen(250_000, [95_000.0] * 15, 0.08)
    assert float(found.npv.value) == pytest.approx(563150.4753530051, rel=1e-9)


@pytest.mark.parametrize(
    ("flows", "rates"),
    [
        ([-100, 230, -132], (0.10, 0.20)),  # (1 - 1.1 x)(1 - 1.2 x) times -100
        ([1, -3, 2.5], ()),  # complex roots only
        ([-100, -1, -2], ()),
        ([0, 10, 10], ()),
    ],
)
def test_several_rates_are_named_and_none_is_said(flows: list[float], rates: tuple[float, ...]) -> None:
    assert all_rates(flows) == pytest.approx(rates, abs=1e-9)
    found = rate_of_return(twd(-flows[0]), [twd(f) for f in flows[1:]])
    assert found.value is None
    assert found.why == ("several" if rates else "none")


@settings(deadline=None)
@given(
    outlay=st.floats(10, 1e7),
    flows=st.lists(st.integers(0, 10**8).map(lambda cents: cents / 100), min_size=1, max_size=25),
    size=st.floats(0.01, 100),
)
def test_at_its_rate_an_investment_is_worth_nothing_whatever_the_unit(
    outlay: float, flows: list[float], size: float
) -> None:
    assume(sum(flows) > 0.01 * outlay and sum(flows) < 1e3 * outlay)
    found = seen(outlay, flows, 0.05).rate.value
    assume(found is not None and -60 < float(found.value) < 500)
    rate = float(found.value_in("1"))
    scale = sum(abs(f) / (1 + rate) ** k for k, f in enumerate(flows, 1))
    assert sum(f / (1 + rate) ** k for k, f in enumerate(flows, 1)) - outlay == pytest.approx(0, abs=1e-6 * scale)
    scaled = seen(outlay * size, [f * size for f in flows], 0.05)
    assert float(scaled.rate.value.value_in("1")) == pytest.approx(rate, rel=1e-6, abs=1e-8)
    worth = float(seen(outlay, flows, 0.05).npv.value) * size
    assert float(scaled.npv.value) == pytest.approx(worth, rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(
    outlay=st.floats(1, 1e6),
    saved=st.floats(1, 1e6),
    life=st.integers(1, 40),
    rate=st.floats(0, 0.5),
    size=st.floats(0.01, 100),
)
def test_paybacks(outlay: float, saved: float, life: int, rate: float, size: float) -> None:
    """Discounting never shortens a payback; at no interest both are one; scaling money leaves them alone."""
    found, free = seen(outlay, [saved] * life, rate), seen(outlay, [saved] * life, 0)
    simple = float(found.simple_payback.value)
    assert simple == pytest.approx(outlay / saved, rel=1e-12)
    if found.discounted_payback is None:
        assert float(found.npv.value) < 1e-9 * outlay
    else:
        assert float(found.discounted_payback.value) >= simple * (1 - 1e-12)
        assert float(found.discounted_payback.value) <= life + 1e-9
        scaled = seen(outlay * size, [saved * size] * life, rate).discounted_payback
        assert scaled is not None or float(found.npv.value) < 1e-6 * outlay
        if scaled is not None:
            assert float(scaled.value) == pytest.approx(float(found.discounted_payback.value), rel=1e-9)
    if free.discounted_payback is not None:
        assert float(free.discounted_payback.value) == pytest.approx(simple, rel=1e-9)


@pytest.mark.parametrize(
    ("investment", "saved", "printed"),
    [
        (1_800_000, 310_000, 5.8),  # fan blades
        (4_700_000, 960_000, 4.9),  # two-stage compressor
        (76_970_000, 40_730_000, 1.89),  # vacuum pumps
        (11_000_000, 16_910_000, 0.65),  # arc-furnace electrodes
        (984_000, 369_000, 2.7),  # magnetic coupling
        (17_000_000, 2_818_000, 6.0),  # fan filter units
    ],
)
def test_paybacks_as_taiwanese_case_books_print_them(investment: float, saved: float, printed: float) -> None:
    """Published cases (names left out): a figure is right within one unit of its last printed digit."""
    digit = 10.0 ** -len(str(printed).split(".")[1])
    found = seen(investment, [saved] * 30, 0).simple_payback
    assert found is not None
    assert float(found.value_in("yr")) == pytest.approx(printed, abs=digit)


def test_a_payback_counts_from_the_outlay_not_from_the_first_year_of_service() -> None:
    late, soon = seen(100, [60, 60], 0, gap=2), seen(100, [60, 60], 0)
    assert float(late.discounted_payback.value) == pytest.approx(float(soon.discounted_payback.value) + 2)
    assert float(late.rate.value.value) < float(soon.rate.value.value)


@given(nominal=st.floats(0, 1), inflation=st.floats(-0.19, 0.49))
def test_real_and_nominal_rates_are_each_others_inverse(nominal: float, inflation: float) -> None:
    real = real_rate(quantity(nominal, "1"), quantity(inflation, "1"))
    assume(float(real.value) >= 0 and float(real.value) <= 1)
    assert float(nominal_rate(real, quantity(inflation, "1")).value) == pytest.approx(nominal, abs=1e-12)


@settings(deadline=None)
@given(outlay=st.floats(1, 1e6), saved=st.floats(1, 1e6), life=st.integers(1, 40), size=st.floats(0.01, 100))
def test_only_a_dearer_outlay_lengthens_the_simple_payback_in_proportion(
    outlay: float, saved: float, life: int, size: float
) -> None:
    found, dearer = seen(outlay, [saved] * life, 0.05), seen(outlay * size, [saved] * life, 0.05)
    assert found.simple_payback is not None and dearer.simple_payback is not None
    assert float(dearer.simple_payback.value) == pytest.approx(size * float(found.simple_payback.value), rel=1e-12)
