"""A number that knows its unit, its name, where it comes from, how sure it is and what it was made of.

Arithmetic on quantities gives quantities and, as a by-product, a trace: each result keeps its operation and its
parents. Nothing is ever changed in place. Two quantities are the same input only if they are the same object: one
meter, one factor, one nameplate is one leaf, however often it is used, and that is what carries correlation.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from energycalc.errors import InputError, UnitError
from energycalc.quantity.arithmetic import calculate, finite, no_point, plain
from energycalc.quantity.source import Basis, Source
from energycalc.quantity.subject import current_subject
from energycalc.quantity.units import Unit, conversion, unit

if TYPE_CHECKING:
    from energycalc.quantity.distributions import Distribution
    from energycalc.quantity.formula import FormulaRecord


class Quantity:
    """A traced number. Made by :func:`quantity`, :func:`constant`, :func:`read_quantity` or by arithmetic; frozen.

    Attributes:
        value: float or array, in ``unit``.
        unit: the unit.
        operation: ``None`` for an input leaf, ``"number"`` for a pure number of the law, else the operation's name.
        parents: what the operation took, in order.
        parameters: further facts of the operation (conversion factor, comparison, ...).
        name: glossary key; a quantity with a name is a step a reader sees, a row of its own in the workbook.
        symbol: plain text such as ``E_in``.
        subject: machine or measure it is about.
        basis: measured, billed, nameplate, catalogue, published or assumed (leaves only).
        source: where it comes from (leaves), or whose formula it is (results).
        uncertainty: distribution of the deviation from ``value`` (leaves only).
        formula: the formula that made it, if one did.
    """

    __slots__ = (
        "basis",
        "formula",
        "name",
        "operation",
        "parameters",
        "parents",
        "source",
        "subject",
        "symbol",
        "uncertainty",
        "unit",
        "value",
    )
    __array_ufunc__ = None  # numpy arrays leave the arithmetic to us
    value: Any
    unit: Unit
    operation: str | None
    parents: tuple[Quantity, ...]
    parameters: tuple[Any, ...]
    name: str
    symbol: str
    subject: str
    basis: Basis | None
    source: Source | None
    uncertainty: Distribution | None
    formula: FormulaRecord | None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a Quantity is frozen; {name} cannot be set: make a new one")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a Quantity is frozen; {name} cannot be deleted")

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Quantity is not pickled: its identity carries correlation; save the case file instead")

    # --- reading -----------------------------------------------------------------------------------------------------
    def value_in(self, wanted: str) -> Any:
        """The plain number in another unit (leaves the trace)."""
        factor, offset = conversion(self.unit, unit(wanted))
        return self.value * factor + offset

    def to(self, wanted: str | Unit) -> Quantity:
        """The same quantity in another unit; a factor other than 1 is a visible step."""
        target = unit(wanted) if isinstance(wanted, str) else wanted
        if target is self.unit:
            return self
        try:
            factor, offset = conversion(self.unit, target)
        except UnitError as error:
            raise UnitError(
                error.message,
                subject=self.describe(),
                value=plain(self),
                limit=error.limit,
                next_step=error.next_step,
            ) from None
        if factor == 1 and offset == 0 and self.operation is not None and not self.name:
            return _copy(self, unit=target)
        value = self.value if factor == 1 and offset == 0 else finite(self.value * factor + offset, self, str(target))
        return _node("convert", (self,), value, target, (factor, offset))

    def declared(self, wanted: str, because: Source) -> Quantity:
        """The same number with another basis in its unit, on somebody's word: gauge, heat basis, GWP set, price year.

        Args:
            wanted: unit of the same size and kind with another qualifier, e.g. ``kgCO2e[AR5]``.
            because: who says that the bases may be taken as equal.

        Raises:
            UnitError: the units differ by more than their qualifiers.
        """
        target = unit(wanted)
        bare = lambda u: tuple((k, v) for k, v in u.dimension if not k.startswith("<"))  # noqa: E731
        if bare(target) != bare(self.unit) or (self.unit is not target and "°C" in (self.unit.text, target.text)):
            raise UnitError(
                "only a basis can be declared, not another quantity or scale",
                subject=self.describe(),
                value=f"{self.unit} → {target}",
                next_step='Convert it with .to("...")',
            )
        factor = self.unit.factor / target.factor
        return _node("declare", (self,), finite(self.value * factor, self, wanted), target, (factor, because))

    def renamed(self, name: str, symbol: str = "", source: Source | None = None) -> Quantity:
        """The same result under a name of its own (one more step of the trace if it already had one)."""
        base = self
        if self.name or self.operation in (None, "number"):
            base = _node("same", (self,), self.value, self.unit)
            source = source or self.source  # another name does not change who says so
        return _copy(base, name=name, symbol=symbol or name, subject=current_subject() or self.subject, source=source)

    def describe(self) -> str:
        """Subject and label for messages: ``Compressor C-02, pressure after``."""
        if not self.name and not self.symbol and self.operation in ("convert", "declare", "same"):
            return self.parents[0].describe()
        own = (self.name or self.symbol).replace("_", " ") or "a value"
        return f"{self.subject}, {own}" if self.subject else own

    # --- arithmetic ---
    def __add__(self, other: object) -> Quantity:
        return _sum("add", self, other)

    def __radd__(self, other: object) -> Quantity:
        return _sum("add", _pure(other), self)

    def __sub__(self, other: object) -> Quantity:
        return _sum("subtract", self, other)

    def __rsub__(self, other: object) -> Quantity:
        return _sum("subtract", _pure(other), self)

    def __mul__(self, other: object) -> Quantity:
        return _product("multiply", self, _pure(other))

    def __rmul__(self, other: object) -> Quantity:
        return _product("multiply", _pure(other), self)

    def __truediv__(self, other: object) -> Quantity:
        return _product("divide", self, _pure(other))

    def __rtruediv__(self, other: object) -> Quantity:
        return _product("divide", _pure(other), self)

    def __neg__(self) -> Quantity:
        no_point(self, "turned to its negative")
        return _node("negate", (self,), calculate("negate", self), self.unit)

    def __pow__(self, exponent: object) -> Quantity:
        power = _pure(exponent)
        no_point(self, "raised to a power")
        if not power.unit.is_dimensionless:
            raise UnitError("an exponent must be a pure number", subject=power.describe(), value=power.unit)
        power = power.to("1")
        base = self.to("1") if self.unit.is_dimensionless else self
        if base.unit.terms and power.operation != "number":
            raise UnitError(
                "a quantity with a unit needs a fixed number as exponent",
                subject=self.describe(),
                value=self.unit,
            )
        return _node(
            "power",
            (base, power),
            calculate("power", base, power),
            base.unit.power(power.value) if base.unit.terms else base.unit,
        )

    def __rpow__(self, base: object) -> Quantity:
        return _pure(base) ** self

    def _no_comparison(self, other: object) -> NoReturn:
        raise TypeError(
            "quantities are not compared with <, <=, >, >= because the branch would vanish from the trace: "
            'use where(a, "<=", b, then, otherwise) in a formula, or compare .value_in("kW")'
        )

    __lt__ = __le__ = __gt__ = __ge__ = _no_comparison

    def __bool__(self) -> NoReturn:
        raise TypeError('a quantity is neither true nor false: use where(...) or .value_in("kW")')

    def __float__(self) -> NoReturn:
        raise TypeError(
            "a quantity is not a bare number: math.exp and the like would leave the trace in silence; in a formula use "
            'exp, log, sqrt of energycalc.quantity, or .value_in("1") to leave the trace on purpose'
        )

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | float | np.number):
            raise TypeError("a quantity is not compared with a bare number: a branch on it would vanish from the trace")
        return self is other

    __hash__ = object.__hash__

    # --- showing ---
    def __str__(self) -> str:
        from energycalc.quantity.display import short

        return short(self)

    def __repr__(self) -> str:
        label = self.symbol or self.name
        return f"<{label + ' = ' if label else ''}{self}>"

    def _repr_html_(self) -> str:
        from energycalc.quantity.display import html_card

        return html_card(self)

    def _repr_latex_(self) -> str:
        from energycalc.quantity.display import latex_lines

        return latex_lines(self)


_set = {slot: getattr(Quantity, slot).__set__ for slot in Quantity.__slots__}
_SETTERS = tuple(_set[s] for s in ("value", "unit", "operation", "parents", "parameters"))
_NAMES = tuple(_set[s] for s in ("name", "symbol", "subject", "basis", "source", "uncertainty", "formula"))


def _node(
    operation: str | None,
    parents: tuple[Quantity, ...],
    value: Any,
    in_unit: Unit,
    parameters: tuple[Any, ...] = (),
) -> Quantity:
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    made = object.__new__(Quantity)
    for put, item in zip(_SETTERS, (value, in_unit, operation, parents, parameters), strict=True):
        put(made, item)
    for put, item in zip(_NAMES, ("", "", "", None, None, None, None), strict=True):
        put(made, item)
    return made


def _copy(base: Quantity, **changes: Any) -> Quantity:
    made = object.__new__(Quantity)
    for slot, put in _set.items():
        put(made, changes[slot] if slot in changes else getattr(base, slot))
    return made


_numbers: dict[float, Quantity] = {}


def pure_number(value: float) -> Quantity:
    """A pure number of the law (the 1 in 1 − η): part of the formula's text, not an input."""
    found = _numbers.get(value)
    if found is None:
        found = _numbers[value] = _node("number", (), float(value), unit("1"))
    return found


def _pure(other: object) -> Quantity:
    if isinstance(other, Quantity):
        return other
    if isinstance(other, int | float | np.integer | np.floating) and not isinstance(other, bool):
        if not math.isfinite(other):
            raise InputError("is not a finite number", value=other)
        return pure_number(float(other))
    raise InputError(
        "is not a quantity",
        value=repr(other),
        limit="a quantity, or a pure number of the law",
        next_step='Make one: quantity(75, "kW") or read_quantity("75 kW")',
    )


def _sum(operation: str, left: Quantity, other: object) -> Quantity:
    bare = not isinstance(other, Quantity)
    right = _pure(other)
    if bare or left.operation == "number":
        dimensioned = left if bare else right
        if not dimensioned.unit.is_dimensionless:
            raise UnitError(
                "a bare number cannot be added to a quantity with a unit",
                subject=dimensioned.describe(),
                value=plain(dimensioned),
                limit=f"a quantity of the kind {dimensioned.unit}",
                next_step="Give the number its unit",
            )
    in_unit = left.unit
    if left.unit.is_point or right.unit.is_point:
        left, right, in_unit = _points(operation, left, right)
    elif right.unit is not left.unit:
        if left.operation == "number":
            left, right = left, right.to("1")
        elif right.operation == "number":
            left = left.to("1")
        else:
            right = right.to(left.unit)
        in_unit = left.unit
    return _node(operation, (left, right), calculate(operation, left, right), in_unit)


def _points(operation: str, left: Quantity, right: Quantity) -> tuple[Quantity, Quantity, Unit]:
    if left.unit.is_point and right.unit.is_point:
        if operation == "add":
            no_point(left, "added to another one")
        return left, right.to(left.unit), left.unit.difference
    if left.unit.is_point:
        return left, right.to(left.unit.difference), left.unit
    if operation == "subtract":
        no_point(right, "subtracted from a difference")
    return left.to(right.unit.difference), right, right.unit


def _product(operation: str, left: Quantity, right: Quantity) -> Quantity:
    for q in (left, right):
        if q.unit.is_point:
            no_point(q, "multiplied or divided")
    in_unit = left.unit.times(right.unit) if operation == "multiply" else left.unit.over(right.unit)
    return _node(operation, (left, right), calculate(operation, left, right), in_unit)
