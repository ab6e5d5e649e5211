"""The operations a trace can hold: for each its arithmetic, its derivative and how it is written.

One row per operation, so that number, derivative, Python text, LaTeX and worksheet formula cannot drift apart.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Number = Any  # float or numpy array


@dataclass(frozen=True)
class Operation:
    """How one operation is evaluated and written.

    Attributes:
        scalar: the arithmetic on plain floats.
        array: the arithmetic on arrays (also used inside compiled traces).
        code: Python source with ``{0}``, ``{1}`` for the operands, for compiled traces.
        derivative: partial derivatives given operands and result, one per operand.
        precedence: 1 sum, 2 product, 3 sign, 4 power, 5 function call or single symbol.
        text, latex, sheet: templates for plain text, LaTeX and worksheet formulas.
    """

    scalar: Callable[..., Number]
    array: Callable[..., Number]
    code: str
    derivative: Callable[..., tuple[float, ...]]
    precedence: int
    text: str
    latex: str
    sheet: str


def _call(
    name: str,
    scalar: Callable[..., float],
    array: Callable[..., Number],
    derivative: Callable[..., Any],
    sheet: str,
    latex: str,
) -> Operation:
    return Operation(
        scalar,
        array,
        f"np.{array.__name__}({{0}})",
        derivative,
        5,
        f"{name}({{0}})",
        f"{latex}\\left({{0}}\\right)",
        f"{sheet}({{0}})",
    )


def _power_slope(a: float, b: float) -> float:
    if b == 0:
        return 0.0
    return math.inf if a == 0 and b < 1 else b * a ** (b - 1)


OPERATIONS: dict[str, Operation] = {
    "add": Operation(operator.add, operator.add, "({0} + {1})", lambda a, b, y: (1.0, 1.0), 1,
                     "{0} + {1}", "{0} + {1}", "{0}+{1}"),
    "subtract": Operation(operator.sub, operator.sub, "({0} - {1})", lambda a, b, y: (1.0, -1.0), 1,
                          "{0} − {1}", "{0} - {1}", "{0}-{1}"),
    "multiply": Operation(operator.mul, operator.mul, "({0} * {1})", lambda a, b, y: (b, a), 2,
                          "{0} × {1}", "{0} \\cdot {1}", "{0}*{1}"),
    "divide": Operation(operator.truediv, operator.truediv, "({0} / {1})", lambda a, b, y: (1 / b, -y / b), 2,
                        "{0} ÷ {1}", "\\frac{{{0}}}{{{1}}}", "{0}/{1}"),
    "negate": Operation(operator.neg, operator.neg, "(-{0})", lambda a, y: (-1.0,), 3, "−{0}", "-{0}", "-{0}"),
    "power": Operation(operator.pow, operator.pow, "({0} ** {1})",
                       lambda a, b, y: (_power_slope(a, b), y * math.log(a) if a > 0 else 0.0), 4,
                       "{0}^{1}", "{{{0}}}^{{{1}}}", "{0}^{1}"),
    "minimum": Operation(min, np.minimum, "np.minimum({0}, {1})",
                         lambda a, b, y: (1.0, 0.0) if a <= b else (0.0, 1.0), 5,
                         "min({0}; {1})", "\\min\\left({0},\\, {1}\\right)", "MIN({0},{1})"),
    "maximum": Operation(max, np.maximum, "np.maximum({0}, {1})",
                         lambda a, b, y: (1.0, 0.0) if a >= b else (0.0, 1.0), 5,
                         "max({0}; {1})", "\\max\\left({0},\\, {1}\\right)", "MAX({0},{1})"),
    "exp": _call("exp", math.exp, np.exp, lambda a, y: (y,), "EXP", "\\exp"),
    "log": _call("ln", math.log, np.log, lambda a, y: (1 / a,), "LN", "\\ln"),
    "sqrt": Operation(math.sqrt, np.sqrt, "np.sqrt({0})", lambda a, y: (0.5 / y if y else math.inf,), 5,
                      "√({0})", "\\sqrt{{{0}}}", "SQRT({0})"),
    "sin": _call("sin", math.sin, np.sin, lambda a, y: (math.cos(a),), "SIN", "\\sin"),
    "cos": _call("cos", math.cos, np.cos, lambda a, y: (-math.sin(a),), "COS", "\\cos"),
    "tan": _call("tan", math.tan, np.tan, lambda a, y: (1 + y * y,), "TAN", "\\tan"),
    "absolute": Operation(abs, np.abs, "np.abs({0})", lambda a, y: (1.0 if a >= 0 else -1.0,), 5,
                          "|{0}|", "\\left|{0}\\right|", "ABS({0})"),
}  # fmt: skip

COMPARISONS: dict[str, Callable[[Number, Number], Any]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def where_value(comparison: str, a: Number, b: Number, then: Number, otherwise: Number) -> Number:
    """``then`` where ``a comparison b`` holds, else ``otherwise``."""
    holds = COMPARISONS[comparison](a, b)
    return (then if holds else otherwise) if isinstance(holds, bool | np.bool_) else np.where(holds, then, otherwise)


def interpolate_value(x: Number, *points: Number) -> Number:
    """Straight lines through points ``x1..xn, y1..yn``; the first and last line go on beyond their ends."""
    n = len(points) // 2
    xs, ys = points[:n], points[n:]
    result = ys[0] + (x - xs[0]) / (xs[1] - xs[0]) * (ys[1] - ys[0])
    for i in range(1, n - 1):
        line = ys[i] + (x - xs[i]) / (xs[i + 1] - xs[i]) * (ys[i + 1] - ys[i])
        result = where_value(">", x, xs[i], line, result)
    return result


def sum_value(*terms: Number) -> Number:
    """Sum of all terms, in order."""
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result
