"""Random formulas over every operation a trace can hold, and the means to build the same one again with other numbers.

A recipe is a list of steps; each step names an operation and picks its operands among the quantities made so far, so
that sub-expressions are shared and results become inputs. A step without an answer is left out.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from energycalc.errors import EnergycalcError
from energycalc.quantity import (
    Quantity,
    Source,
    absolute,
    cite,
    cos,
    exp,
    formula,
    interpolate,
    log,
    maximum,
    minimum,
    opaque,
    quantity,
    sin,
    sqrt,
    tan,
    total,
    where,
)
from energycalc.quantity.aliases import Fraction

NOTE = Source("a note")
LARGEST = 1e6
POSITIONS = [quantity(x, "1", name="position") for x in (-9e5, 0, 1, 9e5)]


@formula(symbol="f", source=cite("a-document", "1"))
def mixed(a: Fraction, b: Fraction) -> Fraction:
    """A formula with a name of its own."""
    return 1 - a * b


@formula(symbol="g", source=cite("a-document", "2"))
def first_of(a: Fraction) -> Fraction:
    """A formula that returns its argument."""
    return a


OPERATIONS: dict[str, Callable[[Quantity, Quantity, Quantity], Quantity]] = {
    "add": lambda a, b, c: a + b,
    "subtract": lambda a, b, c: a - b,
    "multiply": lambda a, b, c: a * b,
    "divide": lambda a, b, c: a / b,
    "negate": lambda a, b, c: -a,
    "square": lambda a, b, c: a**2,
    "reciprocal": lambda a, b, c: a**-1,
    "root_power": lambda a, b, c: a**0.5,
    "power": lambda a, b, c: a ** b.to("1"),
    "number_power": lambda a, b, c: 1.5**a,
    "one_less": lambda a, b, c: 1 - a,
    "less_two": lambda a, b, c: a - 2,
    "minus_times": lambda a, b, c: -3 * a,
    "minimum": lambda a, b, c: minimum(a, b),
    "maximum": lambda a, b, c: maximum(a, b),
    "exp": lambda a, b, c: exp(a),
    "log": lambda a, b, c: log(a),
    "sqrt": lambda a, b, c: sqrt(a),
    "sin": lambda a, b, c: sin(a),
    "cos": lambda a, b, c: cos(a),
    "tan": lambda a, b, c: tan(a),
    "absolute": lambda a, b, c: absolute(a),
    "where": lambda a, b, c: where(a, "<", b, c, a),
    "where_number": lambda a, b, c: where(a, ">=", 1, b, 0.5),
    "interpolate": lambda a, b, c: interpolate(a, POSITIONS, [b, c, a, b + c]).renamed("line", "y"),
    "total": lambda a, b, c: total([a, b, c]),
    "per_cent": lambda a, b, c: a.to("%"),
    "plain": lambda a, b, c: a.to("1"),
    "declare": lambda a, b, c: (a * quantity(2, "MJ[LHV]")).declared("kJ", because=NOTE) / quantity(1, "MJ"),
    "temperature": lambda a, b, c: (quantity(20, "degC") + a * quantity(1, "K")).to("K") / quantity(1, "K"),
    "name": lambda a, b, c: a.renamed("step", "s"),
    "formula": lambda a, b, c: mixed(a, b),
    "same_formula": lambda a, b, c: first_of(a),
    "opaque": lambda a, b, c: opaque(lambda x, y: x * 0.5 + y, a, b, in_unit="1", name="routine", symbol="o"),
}
NOT_IN_A_SHEET = ("opaque",)
LAST_DIGIT_OPEN = ("exp", "log", "sin", "cos", "tan", "power", "number_power", "root_power", "reciprocal")
NOT_SMOOTH = ("minimum", "maximum", "absolute", "where", "where_number", "interpolate")


@dataclass(frozen=True)
class Recipe:
    """Values of the leaves, then (operation, operands) one after the other."""

    values: tuple[float, ...]
    steps: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Built:
    """The quantities of a recipe, and which steps had an answer."""

    leaves: tuple[Quantity, ...]
    made: tuple[Quantity, ...]
    done: tuple[int, ...]


def recipes(without: Sequence[str] = (), length: int = 12) -> st.SearchStrategy[Recipe]:
    """Formulas of up to ``length`` steps over three leaves."""
    value = st.floats(-20, 20).map(lambda x: round(x, 3))
    names = [name for name in OPERATIONS if name not in without]
    index = st.integers(0, 100)
    step = st.tuples(st.sampled_from(names), index, index, index)
    steps = st.lists(step, min_size=1, max_size=length).map(tuple)
    return st.builds(Recipe, st.tuples(value, value, value), steps)


def build(recipe: Recipe, values: Sequence[float] | None = None) -> Built:
    """Make the quantities of a recipe, with its own or with other values of the leaves."""
    numbers = recipe.values if values is None else values
    leaves = tuple(quantity(v, "1", name=f"x{i}", symbol=f"x_{i}") for i, v in enumerate(numbers))
    made = list(leaves)
    done = []
    for position, (name, *picks) in enumerate(recipe.steps):
        try:
            result = OPERATIONS[name](*(made[p % len(made)] for p in picks))
        except EnergycalcError:
            continue
        if math.isfinite(result.value) and abs(result.value) < LARGEST and result.unit.is_dimensionless:
            made.append(result)
            done.append(position)
    return Built(leaves, tuple(made), tuple(done))
