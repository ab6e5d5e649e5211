"""The traced functions a formula may use besides + − × ÷ and powers; they are its only control flow."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from energycalc.errors import CalculationError, InputError, OutOfRange, UnitError
from energycalc.quantity.arithmetic import calculate, finite, no_point, plain
from energycalc.quantity.operations import COMPARISONS, interpolate_value, sum_value, where_value
from energycalc.quantity.quantity import Quantity, _node, _pure
from energycalc.quantity.source import Source
from energycalc.quantity.subject import current_subject
from energycalc.quantity.units import unit

_GROUP = 100  # terms of one worksheet sum; longer totals get subtotals of their own


def _pair(operation: str, a: object, b: object) -> Quantity:
    one, other = _pure(a), _pure(b)
    if other.unit is not one.unit:
        other = other.to(one.unit)
    return _node(operation, (one, other), calculate(operation, one, other), one.unit)


def minimum(a: Quantity | float, b: Quantity | float) -> Quantity:
    """The smaller of two quantities of one kind."""
    return _pair("minimum", a, b)


def maximum(a: Quantity | float, b: Quantity | float) -> Quantity:
    """The larger of two quantities of one kind."""
    return _pair("maximum", a, b)


def _of_number(operation: str, x: Quantity) -> Quantity:
    if not x.unit.is_dimensionless:
        raise UnitError(
            f"{operation} takes a pure number",
            subject=x.describe(),
            value=plain(x),
            limit="1 or %",
            next_step="Divide by a reference of the same kind first",
        )
    x = x.to("1")
    return _node(operation, (x,), calculate(operation, x), x.unit)


def exp(x: Quantity) -> Quantity:
    """E to the power of a pure number."""
    return _of_number("exp", x)


def log(x: Quantity) -> Quantity:
    """Natural logarithm of a pure number above zero."""
    return _of_number("log", x)


def sin(x: Quantity) -> Quantity:
    """Sine of an angle in radians."""
    return _of_number("sin", x)


def cos(x: Quantity) -> Quantity:
    """Cosine of an angle in radians."""
    return _of_number("cos", x)


def tan(x: Quantity) -> Quantity:
    """Tangent of an angle in radians."""
    return _of_number("tan", x)


def sqrt(x: Quantity) -> Quantity:
    """Square root; the unit is rooted too."""
    no_point(x, "rooted")
    return _node("sqrt", (x,), calculate("sqrt", x), x.unit.power(0.5))


def absolute(x: Quantity) -> Quantity:
    """Magnitude without sign."""
    no_point(x, "freed of its sign")
    return _node("absolute", (x,), calculate("absolute", x), x.unit)


def where(a: Quantity, comparison: str, b: object, then: object, otherwise: object) -> Quantity:
    """``then`` if ``a comparison b`` holds, else ``otherwise``; both branches stay in the trace.

    Args:
        a: left side.
        comparison: one of ``< <= > >=``.
        b: right side, of the same kind as ``a``.
        then: value where the comparison holds.
        otherwise: value elsewhere, of the same kind as ``then``.
    """
    if comparison not in COMPARISONS:
        raise InputError("unknown comparison", value=comparison, limit="one of " + " ".join(COMPARISONS))
    right = _pure(b)
    right = right if right.unit is a.unit else right.to(a.unit)
    yes, no = _pure(then), _pure(otherwise)
    no = no if no.unit is yes.unit else no.to(yes.unit)
    value = where_value(comparison, a.value, right.value, yes.value, no.value)
    return _node("where", (a, right, yes, no), value, yes.unit, (comparison,))


def interpolate(x: Quantity, xs: Sequence[Quantity], ys: Sequence[Quantity]) -> Quantity:
    """Straight lines through points.

    Args:
        x: where to read the line.
        xs: at least two positions, increasing, of the same kind as ``x``.
        ys: as many values, all of one kind.

    Raises:
        OutOfRange: ``x`` lies outside the points (in a Monte Carlo draw the outer lines go on instead).
        InputError: fewer than two points, or positions that do not increase.
    """
    px = [p if p.unit is x.unit else p.to(x.unit) for p in map(_pure, xs)]
    py = [_pure(p) for p in ys]
    py = [p if p.unit is py[0].unit else p.to(py[0].unit) for p in py]
    if len(px) != len(py) or len(px) < 2:
        raise InputError(
            "needs at least two points, one value each",
            subject=x.describe(),
            value=f"{len(px)} and {len(py)}",
        )
    if any(not np.all(b.value > a.value) for a, b in itertools.pairwise(px)):
        raise InputError("positions must increase", subject=x.describe(), value=[p.value for p in px])
    if np.min(x.value) < px[0].value - 1e-12 or np.max(x.value) > px[-1].value + 1e-12:
        raise OutOfRange(
            "lies outside the known points",
            subject=x.describe(),
            value=plain(x),
            limit=f"{plain(px[0])} to {plain(px[-1])}",
            next_step="Measure or look up a further point",
        )
    value = finite(interpolate_value(x.value, *(p.value for p in px), *(p.value for p in py)), x, str(py[0].unit))
    return _node("interpolate", (x, *px, *py), value, py[0].unit, (len(px),))


def total(terms: Sequence[Quantity]) -> Quantity:
    """Sum of many quantities of one kind.

    More than 100 terms get named subtotals, so that a worksheet cell stays readable.
    """
    if not terms:
        raise InputError(
            "a total of nothing has no unit",
            subject=current_subject(),
            next_step="Leave the total out, or give it at least one term",
        )
    items = [t if t.unit is terms[0].unit else t.to(terms[0].unit) for t in terms]
    if len(items) == 1:
        return items[0]
    no_point(items[0], "added up")
    while len(items) > _GROUP:
        groups = [items[i : i + _GROUP] for i in range(0, len(items), _GROUP)]
        items = [total(g).renamed("subtotal", f"sub_{i + 1}") for i, g in enumerate(groups)]
    value = finite(sum_value(*(t.value for t in items)), items[0], str(items[0].unit))
    return _node("sum", tuple(items), value, items[0].unit)


def opaque(
    function: Callable[..., Any],
    *arguments: Quantity,
    in_unit: str,
    name: str,
    symbol: str = "",
    source: Source | None = None,
) -> Quantity:
    """A property routine that no cell formula can express; shown everywhere as "computed outside the sheet".

    Args:
        function: takes the arguments' numbers (floats or arrays) and gives numbers in ``in_unit``.
        arguments: quantities, already in the units the function wants.
        in_unit: unit of the result.
        name: glossary key of the result.
        symbol: plain-text symbol.
        source: which routine, library and version.

    Raises:
        CalculationError: the routine gives no finite number.
    """
    value = function(*(a.value for a in arguments))
    value = value if isinstance(value, np.ndarray) else float(value)
    if not np.all(np.isfinite(value)):
        given = ", ".join(f"{a.describe()} = {plain(a)}" for a in arguments)
        raise CalculationError(
            f"{name} has no answer", subject=current_subject(), value=given, limit=f"range of {source or name}"
        )
    node = _node("opaque", tuple(arguments), value, unit(in_unit), (function,))
    return node.renamed(name, symbol, source)


def require(
    left: Quantity,
    comparison: str,
    right: Quantity,
    why: str,
    source: Source | None = None,
    next_step: str = "",
) -> None:
    """Refuse to go on unless ``left comparison right`` holds.

    Args:
        left: value in question.
        comparison: one of ``< <= > >=``.
        right: limit, of the same kind.
        why: the rule as a sentence.
        source: whose rule it is.
        next_step: what to do.

    Raises:
        OutOfRange: it does not hold.
    """
    limit = right if right.unit is left.unit else right.to(left.unit)
    if not np.all(COMPARISONS[comparison](left.value, limit.value)):
        values = f"{plain(left)} against {plain(limit)}"
        raise OutOfRange(why, subject=left.describe(), value=values, limit=str(source or why), next_step=next_step)
