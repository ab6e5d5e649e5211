"""``@formula``: a plain function becomes a cited, unit-checked, range-checked step of the trace."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec

import numpy as np

from energycalc.errors import CalculationError, InputError, OutOfRange, UnitError
from energycalc.quantity.arithmetic import plain
from energycalc.quantity.quantity import Quantity, _copy, _node
from energycalc.quantity.source import Source
from energycalc.quantity.subject import current_subject
from energycalc.quantity.units import Unit, unit

P = ParamSpec("P")
Limits = Mapping[str, tuple[float | None, float | None]]


@dataclass(frozen=True, eq=False)
class FormulaRecord:
    """What is known about a formula besides its body.

    Attributes:
        name: function name, also the glossary key of its result.
        symbol: symbol of the result.
        source: document and clause of the equation.
        parameters: unit of each argument, in order.
        unit: unit of the result.
        limits: lowest and highest admissible value per argument, in the argument's unit; ``None`` is open.
        version: counts up when the equation changes; the older one stays callable as ``<name>_v<version>``.
        function: the undecorated function.
    """

    name: str
    symbol: str
    source: Source
    parameters: Mapping[str, str]
    unit: str
    limits: Limits
    version: int
    function: Callable[..., Quantity]
    units: dict[str, Unit] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """Module, name and version, as stamped on results."""
        return f"{self.function.__module__.removeprefix('energycalc.')}.{self.name} v{self.version}"

    def resolve(self) -> dict[str, Unit]:
        """Units of the arguments and (under ``return``) of the result, read once."""
        if not self.units:
            self.units.update({k: unit(v) for k, v in self.parameters.items()} | {"return": unit(self.unit)})
        return self.units


def formula(
    *, symbol: str, source: Source, limits: Limits | None = None, version: int = 1, name: str = ""
) -> Callable[[Callable[P, Quantity]], Callable[P, Quantity]]:
    """Turn a function whose body is an equation into a traced formula.

    Args:
        symbol: symbol of the result, plain text, e.g. ``E_in``.
        source: document and clause the equation comes from.
        limits: ``{argument: (lowest, highest)}`` in the argument's unit.
        version: version of the equation.
        name: glossary key of the result if it is not the function's name.

    Returns:
        A decorator. The decorated function takes quantities, or texts such as ``"75 kW"``, converts them visibly to the
        units of its signature, refuses what cannot be converted or lies outside the limits, and returns a named
        quantity.

    Raises:
        TypeError: the signature has an argument without unit alias, or with a default.
    """

    def decorate(function: Callable[P, Quantity]) -> Callable[P, Quantity]:
        hints = typing.get_type_hints(function, include_extras=True)
        units = {k: _alias(function, k, v) for k, v in hints.items()}
        arguments = inspect.signature(function).parameters
        if set(arguments) - set(units) or "return" not in units:
            raise TypeError(f"{function.__qualname__}: every argument and the result need a unit alias")
        if any(a.default is not a.empty for a in arguments.values()):
            raise TypeError(f"{function.__qualname__}: an argument has a default; a silent default is no input")
        result_unit = units.pop("return")
        unknown = set(limits or {}) - set(units)
        if unknown:
            raise TypeError(f"{function.__qualname__}: limits for unknown arguments {sorted(unknown)}")
        record = FormulaRecord(
            name or function.__name__,
            symbol,
            source,
            units,
            result_unit,
            dict(limits or {}),
            version,
            function,
        )
        order = tuple(units)

        @functools.wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> Quantity:
            resolved = record.units or record.resolve()
            given: dict[str, Any] = dict(zip(order, args, strict=False))
            if (
                len(args) > len(order)
                or given.keys() & kwargs.keys()
                or (given.keys() | kwargs.keys()) != resolved.keys() - {"return"}
            ):
                inspect.signature(function).bind(*args, **kwargs)  # raises Python's own message
            given.update(kwargs)
            accepted = {k: _accept(record, k, given[k], resolved[k]) for k in order}
            return _named(record, function(**accepted), resolved["return"])  # type: ignore[arg-type, call-arg]

        call.formula = record  # type: ignore[attr-defined]
        return call

    return decorate


def _alias(function: Callable[..., Any], argument: str, hint: Any) -> str:
    metadata = getattr(hint, "__metadata__", ())
    if not metadata or not isinstance(metadata[0], str):
        raise TypeError(f"{function.__qualname__}: {argument} needs a unit alias such as Kilowatt, not {hint}")
    return metadata[0]


def _accept(record: FormulaRecord, argument: str, given: Any, wanted: Unit) -> Quantity:
    subject = ", ".join(p for p in (current_subject(), argument.replace("_", " ")) if p)
    if isinstance(given, str):
        from energycalc.quantity.reading import read_quantity

        given = read_quantity(given, name=argument)
    if not isinstance(given, Quantity):
        raise InputError(
            f"{record.name} takes a quantity in {wanted}, not a bare number or text",
            subject=subject,
            value=repr(given),
            limit=f"a quantity of the kind {wanted} ({record.name}, {record.source})",
            next_step=f'Write quantity({given!r}, "{wanted}") or "{given} {wanted}"',
        )
    if given.unit is not wanted:
        try:
            given = given.to(wanted)
        except UnitError as error:
            raise UnitError(
                f"{record.name} takes {wanted}; {error.message}",
                subject=subject,
                value=plain(given),
                limit=f"{wanted} ({record.source})",
                next_step=error.next_step,
            ) from None
    limit = record.limits.get(argument)
    if limit is not None:
        _within(record, subject, given, limit)
    return given


def _within(record: FormulaRecord, subject: str, given: Quantity, limit: tuple[float | None, float | None]) -> None:
    low, high = limit
    value = given.value
    smallest, largest = (value.min(), value.max()) if isinstance(value, np.ndarray) else (value, value)
    if (low is not None and not smallest >= low) or (high is not None and not largest <= high):
        shown = f"{smallest:g}" if smallest == largest else f"{smallest:g} to {largest:g}"
        unit_name = str(given.unit) if given.unit.terms else ""
        bounds = " to ".join("open" if b is None else f"{b:g}" for b in limit)
        raise OutOfRange(
            "lies outside the range of the equation",
            subject=subject,
            value=f"{shown} {unit_name}".strip(),
            limit=f"{bounds} {unit_name}".strip() + f", {record.name} ({record.source})",
            next_step="Check the number and its unit",
        )


def _named(record: FormulaRecord, result: Quantity, wanted: Unit) -> Quantity:
    if not isinstance(result, Quantity):
        raise TypeError(f"{record.name} must return a Quantity")
    if result.unit is not wanted:
        result = result.to(wanted)
    value = result.value
    if not isinstance(value, np.ndarray) and value - value != 0:  # every step on arrays has refused it already
        raise CalculationError(
            "the result is not a finite number",
            subject=f"{current_subject()} {record.name}".strip(),
            value=value,
        )
    if result.name or result.operation in (None, "number"):
        result = _node("same", (result,), value, wanted)
    return _copy(
        result,
        name=record.name,
        symbol=record.symbol,
        subject=current_subject(),
        source=record.source,
        formula=record,
    )
