"""A number that is known only so far as it is printed: its value, and between which ends the truth may lie."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Range:
    """A number with its ends; arithmetic carries the ends along.

    Attributes:
        low: lowest value that would be printed so.
        value: the number as printed.
        high: highest value that would be printed so.
    """

    low: float
    value: float
    high: float

    @classmethod
    def exact(cls, value: float) -> Range:
        """A number without any play."""
        return cls(value, value, value)

    def __add__(self, other: Range | float) -> Range:
        o = _range(other)
        return Range(self.low + o.low, self.value + o.value, self.high + o.high)

    __radd__ = __add__

    def __neg__(self) -> Range:
        return Range(-self.high, -self.value, -self.low)

    def __sub__(self, other: Range | float) -> Range:
        return self + -_range(other)

    def __rsub__(self, other: float) -> Range:
        return _range(other) - self

    def __mul__(self, other: Range | float) -> Range:
        return _spread(self, _range(other), lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other: Range | float) -> Range:
        o = _range(other)
        if o.low <= 0 <= o.high:
            if o.value == 0:
                raise ZeroDivisionError("division by a number that is zero")
            ends = (-math.inf, math.inf)
            return Range(ends[0], self.value / o.value, ends[1])
        return _spread(self, o, lambda a, b: a / b)

    def __rtruediv__(self, other: float) -> Range:
        return _range(other) / self

    def __pow__(self, exponent: float) -> Range:
        ends = [self.low**exponent, self.high**exponent, *([0.0**exponent] if self.low < 0 < self.high else [])]
        return Range(min(ends), self.value**exponent, max(ends))

    def meets(self, other: Range) -> bool:
        """Whether both may be the same number."""
        return self.low <= other.high and other.low <= self.high

    def surely_above(self, bound: float) -> bool:
        """Whether even the lowest end lies above."""
        return self.low > bound

    def surely_below(self, bound: float) -> bool:
        """Whether even the highest end lies below."""
        return self.high < bound


def total(numbers: Iterable[Range]) -> Range:
    """Numbers added up with their ends.

    Args:
        numbers: none give an exact zero.
    """
    return sum(numbers, Range.exact(0.0))


def _range(number: Range | float) -> Range:
    return number if isinstance(number, Range) else Range.exact(float(number))


def _spread(a: Range, b: Range, combined: Callable[[float, float], float]) -> Range:
    value = combined(a.value, b.value)
    if a.low == a.high and b.low == b.high:
        return Range(value, value, value)
    ends = (combined(a.low, b.low), combined(a.low, b.high), combined(a.high, b.low), combined(a.high, b.high))
    if math.isnan(sum(ends)):  # an unbounded number times zero, or unbounded to both sides
        return Range(-math.inf, value, math.inf)
    return Range(min(ends), value, max(ends))
