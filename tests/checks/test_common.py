"""What claims and projects are both held against: slips, prices, and how many checks are seeded at all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.checks.catalogue import checks, limit
from energycalc.checks.prices import electricity_prices
from energycalc.checks.range import Range
from energycalc.checks.slips import Slip, slip_behind, slips
from energycalc.factors.tariff_store import published_tariff, tariff_names
from tests.checks.claims.seeded import rows
from tests.checks.physics.seeded import SEEDED
from tests.checks.project.seeded import BY_RULE, CASES


@pytest.mark.parametrize("slip", slips(), ids=[slip.en for slip in slips()])
def test_a_ratio_is_explained_by_its_own_slip_on_either_side(slip: Slip) -> None:
    assert slip_behind(slip.ratio) == (slip, slip.ratio)
    assert slip_behind(1 / slip.ratio) == (slip, 1 / slip.ratio)
    assert slip_behind(slip.ratio * 1.019) is not None


@given(st.floats(1.15, 1.3) | st.floats(1.4, 1.69) | st.floats(4.3, 9.7) | st.floats(30, 95) | st.floats(400, 840))
def test_a_ratio_between_the_slips_is_explained_by_none(ratio: float) -> None:
    assert slip_behind(ratio) is None
    assert slip_behind(1 / ratio) is None


def test_a_transformer_of_the_plant_is_a_slip_too() -> None:
    of_plant = Slip(40.0, "CT MAIN", "CT MAIN")
    assert slip_behind(40.4, [of_plant]) == (of_plant, 40.0)
    assert slip_behind(40.4) is None


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_range_of_prices_is_that_of_the_schedule_in_force(year: int) -> None:
    """Lowest and highest energy price of Taipower's schedule of 2025-10-01: low voltage off-peak, mobile peak."""
    found = electricity_prices(year)
    assert (found.low, found.high) == (2.12, 18.33)
    assert found.holds(Range.exact(18.33)) and not found.holds(Range.exact(18.34))
    assert found.holds(Range.exact(2.12)) and not found.holds(Range.exact(2.11))


@pytest.mark.parametrize("year", [2018, 2024, 2027, None])
def test_a_year_without_a_schedule_has_the_range_of_the_project(year: int | None) -> None:
    found = electricity_prices(year)
    assert (found.low, found.high) == (limit("TU14", "lowest"), limit("TU14", "highest"))
    assert found.is_usual(Range.exact(found.usual_high)) and not found.is_usual(Range.exact(found.usual_high + 0.01))


def test_a_price_that_may_lie_inside_is_held() -> None:
    found = electricity_prices(2025)
    assert found.holds(Range(18.0, 18.5, 19.0)) and not found.holds(Range(18.4, 18.5, 19.0))


@pytest.mark.parametrize("year", [2025, 2026])
def test_round_the_clock_no_plan_is_dearer_than_the_limit(year: int) -> None:
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    means = []
    for name in tariff_names():
        if name[2] == "three_tier_mobile":
            continue  # its peak falls on days that are announced; no mean of a year is known beforehand
        plan = published_tariff(*name)
        hours, prices = plan.tier_hours(days), plan.prices()
        means.append(sum(h * prices[tier.key].value for h, tier in zip(hours, plan.tiers, strict=True)) / sum(hours))
    assert limit("TU14", "round_the_clock") - 0.02 < max(means) <= limit("TU14", "round_the_clock")


def test_at_least_130_checks_have_a_fault_and_a_near_miss() -> None:
    on_claims = {row.check for row in rows("faults")} & {row.check for row in rows("near_misses")}
    whole = on_claims | {id for id, *_ in SEEDED} | set(CASES)
    assert whole <= set(checks())
    assert len(whole) >= 140
    assert set(checks()) - whole - set(BY_RULE) == {"TD17"}  # nothing to find: every row of a sheet is read
