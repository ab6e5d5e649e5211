"""The arithmetic behind a step: its number, or a refusal that says why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from energycalc.errors import CalculationError, UnitError
from energycalc.quantity.operations import OPERATIONS
from energycalc.quantity.subject import current_subject

if TYPE_CHECKING:
    from energycalc.quantity.quantity import Quantity


def calculate(operation: str, *operands: Quantity) -> Any:
    """The number an operation gives, refused when there is none."""
    row = OPERATIONS[operation]
    values = [o.value for o in operands]
    arrays = any(isinstance(v, np.ndarray) for v in values)
    function: Callable[..., Any] = row.array if arrays else row.scalar
    try:
        if arrays:
            with np.errstate(divide="raise", over="raise", invalid="raise"):
                return function(*values)
        result = function(*values)
        if isinstance(result, complex):
            raise ValueError("a negative number has no real power")
        if result - result != 0:
            raise OverflowError("the result is too large")
    except (ArithmeticError, ValueError) as error:
        shown = ", ".join(f"{o.describe()} = {plain(o)}" for o in operands)
        subject = next((o.subject for o in operands if o.subject), current_subject())
        raise CalculationError(
            f"{operation} has no answer: {error}",
            subject=subject,
            value=shown,
            limit="real, finite numbers",
            next_step="Check the inputs that lead here",
        ) from None
    return result


def finite(value: Any, of: Quantity, wanted: str) -> Any:
    """The value, refused when a conversion or a sum has made it infinite."""
    if not (np.isfinite(value).all() if isinstance(value, np.ndarray) else value - value == 0):
        raise CalculationError(
            "the number is too large for this unit",
            subject=of.describe(),
            value=plain(of),
            limit=f"finite numbers in {wanted}",
            next_step="Check the number and its unit",
        )
    return value


def no_point(q: Quantity, what: str) -> None:
    """Refuse an operation on a scale with a zero of its own, such as °C or gauge pressure."""
    if q.unit.is_point:
        gauge = q.unit.text.endswith("[g]")
        raise UnitError(
            f"a {'gauge pressure' if gauge else 'temperature in °C'} cannot be {what}: its zero is arbitrary",
            subject=q.describe(),
            value=plain(q),
            limit="a scale that begins at a true zero",
            next_step="Use absolute pressure (gauge + ambient)"
            if gauge
            else "Use K, or a difference of two temperatures",
        )


def plain(q: Quantity) -> str:
    """Value and unit for a message; of an array its smallest and largest value."""
    shown = f"{q.value:g}" if np.ndim(q.value) == 0 else f"{np.min(q.value):g} to {np.max(q.value):g}"
    return f"{shown} {q.unit}" if q.unit.terms else shown
