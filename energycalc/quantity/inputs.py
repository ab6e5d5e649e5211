"""How a number enters: as an input leaf with unit, basis, source and uncertainty, or as a published constant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from energycalc.errors import InputError
from energycalc.quantity.quantity import Quantity, _copy, _node
from energycalc.quantity.source import BASES, Basis, Source
from energycalc.quantity.subject import current_subject
from energycalc.quantity.units import unit

if TYPE_CHECKING:
    from energycalc.quantity.distributions import Distribution


def quantity(
    value: Any,
    in_unit: str,
    *,
    name: str = "",
    symbol: str = "",
    basis: Basis = "assumed",
    source: Source | None = None,
    uncertainty: Distribution | None = None,
    subject: str = "",
) -> Quantity:
    """An input: a leaf of the trace.

    Args:
        value: number or array, in ``in_unit``.
        in_unit: unit as people write it.
        name: glossary key.
        symbol: plain-text symbol, e.g. ``P_r``.
        basis: measured, billed, nameplate, catalogue, published or assumed.
        source: where the number comes from.
        uncertainty: distribution of the deviation, in the same unit.
        subject: machine or measure; taken from the surrounding :func:`about` when empty.

    Raises:
        InputError: not a number, NaN or infinite, or an unknown basis.
        UnitError: the unit is unknown or ambiguous.
    """
    whose = subject or current_subject()
    where = ", ".join(part for part in (whose, name.replace("_", " ")) if part) or "an input"
    if basis not in BASES:
        raise InputError("unknown basis", subject=where, value=basis, limit="one of " + ", ".join(BASES))
    number = _number(value, in_unit, where)
    made = _node(None, (), number, unit(in_unit))
    return _copy(
        made, name=name, symbol=symbol or name, subject=whose, basis=basis, source=source, uncertainty=uncertainty
    )


def constant(symbol: str, value: float, in_unit: str, source: Source, *, name: str = "") -> Quantity:
    """A published constant of a law: a leaf like any other, so that the reader can see and dispute it."""
    return quantity(value, in_unit, name=name or symbol, symbol=symbol, basis="published", source=source)


def _number(value: Any, in_unit: str, where: str) -> Any:
    is_array = isinstance(value, np.ndarray) and value.dtype.kind in "iuf" and value.size > 0
    is_scalar = isinstance(value, int | float | np.floating | np.integer) and not isinstance(value, bool)
    if not is_array and not is_scalar:
        raise InputError("is not a number", subject=where, value=repr(value), next_step='Write it like "75 kW"')
    number = value.astype(float) if is_array else float(value)
    if not np.all(np.isfinite(number)):
        raise InputError(
            "is not a finite number",
            subject=where,
            value=f"{value} {in_unit}",
            limit="a finite number",
            next_step="Leave a missing number out; never write NaN or 0 for it",
        )
    return number
