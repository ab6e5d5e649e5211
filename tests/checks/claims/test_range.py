"""Numbers with their ends: whatever the true numbers inside are, the result lies inside the ends."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from energycalc.checks.range import Range

NUMBER = st.floats(-1e6, 1e6).map(lambda x: round(x, 4))
SHARE = st.floats(0, 1)


@st.composite
def inside(draw: st.DrawFn) -> tuple[Range, float]:
    """A range and a true number in it."""
    low, value, high = sorted(draw(st.tuples(NUMBER, NUMBER, NUMBER)))
    return Range(low, value, high), low + draw(SHARE) * (high - low)


def holds(range: Range, true: float) -> bool:
    play = 1e-9 * max(1.0, abs(true))
    return range.low <= true + play and range.high >= true - play and range.low <= range.value <= range.high


@given(inside(), inside())
def test_sum_difference_product_keep_the_truth_inside(a: tuple[Range, float], b: tuple[Range, float]) -> None:
    assert holds(a[0] + b[0], a[1] + b[1])
    assert holds(a[0] - b[0], a[1] - b[1])
    assert holds(a[0] * b[0], a[1] * b[1])
    assert holds(-a[0], -a[1])


@given(inside(), inside())
def test_a_quotient_keeps_the_truth_inside(a: tuple[Range, float], b: tuple[Range, float]) -> None:
    assume(abs(b[1]) > 1e-3 and abs(b[0].value) > 1e-3)
    assert holds(a[0] / b[0], a[1] / b[1])


@given(inside(), st.integers(1, 4))
def test_a_power_keeps_the_truth_inside(a: tuple[Range, float], exponent: int) -> None:
    assert holds(a[0] ** exponent, a[1] ** exponent)


def test_a_range_around_zero_divides_to_anything() -> None:
    quotient = Range.exact(1.0) / Range(-1.0, 0.5, 1.0)
    assert (quotient.low, quotient.value, quotient.high) == (float("-inf"), 2.0, float("inf"))
    product = quotient * Range.exact(0.0)
    assert product.low <= 0 <= product.high
    with pytest.raises(ZeroDivisionError):
        Range.exact(1.0) / Range.exact(0.0)


@given(inside(), inside())
def test_meeting_is_mutual(a: tuple[Range, float], b: tuple[Range, float]) -> None:
    assert a[0].meets(b[0]) == b[0].meets(a[0])
    assert a[0].meets(a[0])
    assert a[0].meets(Range.exact(min(max(a[1], a[0].low), a[0].high)))


def test_surely_looks_at_the_far_end() -> None:
    assert Range(2.0, 3.0, 4.0).surely_above(1.9)
    assert not Range(2.0, 3.0, 4.0).surely_above(2.0)
    assert Range(2.0, 3.0, 4.0).surely_below(4.1)
    assert not Range(2.0, 3.0, 4.0).surely_below(4.0)
