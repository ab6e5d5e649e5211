"""Field types of the case file: they turn the text a person wrote into a word, a day or a traced quantity."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo

from energycalc.case.days import read_day
from energycalc.case.yaml_text import Block, Rows, Scalar
from energycalc.errors import EnergycalcError, InputError, OutOfRange
from energycalc.quantity import BASES, FileOrigin, Quantity, Source, quantity, read_number, read_uncertainty, unit
from energycalc.quantity.glossary import glossary

FIGURE_KEYS = ("value", "uncertainty", "source", "basis")


class Noun(BaseModel):
    """Base of the case's nouns: frozen, no unknown keys, no silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


def subject_of(data: Any) -> str:
    """What the numbers of a block are about: its id and name."""
    if not isinstance(data, Block):
        return ""
    return " ".join(part.text.strip() for key in ("id", "name") if isinstance(part := data.get(key), Scalar))


def text_of(value: Any) -> Any:
    """The text of a scalar; anything else is left for the type check to refuse."""
    if isinstance(value, Scalar):
        if value.text.strip() == "":
            raise ValueError(
                "is empty; leave the key out if there is nothing to say (inside { } a number with a comma needs quotes)"
            )
        return value.text.strip()
    return value


def _day(value: Any) -> Any:
    if isinstance(value, Scalar):
        try:
            return read_day(value.text)
        except InputError as error:
            raise ValueError(error.sentence()) from None
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, Scalar):
        words = {"yes": True, "true": True, "是": True, "no": False, "false": False, "否": False}
        if value.text.strip().lower() not in words:
            raise ValueError(f"must be yes or no, not {value.text!r}")
        return words[value.text.strip().lower()]
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, Scalar):
        digits = value.text.strip().replace(",", "").replace("_", "")
        if not digits.isdigit():
            raise ValueError(f"must be a whole number, not {value.text!r}")
        return int(digits)
    return value


def _year(value: Any) -> Any:
    """A year; two or three digits are a year of the Republic (民國)."""
    if isinstance(value, Scalar):
        digits = value.text.strip().removeprefix("民國").removesuffix("年").strip()
        value = _whole(dataclasses.replace(value, text=digits))
    return value + 1911 if isinstance(value, int) and value < 200 else value


Text = Annotated[str, BeforeValidator(text_of), Field(min_length=1)]
Identifier = Annotated[str, BeforeValidator(text_of), Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=40)]
Day = Annotated[dt.date, BeforeValidator(_day)]
YesNo = Annotated[bool, BeforeValidator(_truth)]
Whole = Annotated[int, BeforeValidator(_whole)]
Year = Annotated[int, BeforeValidator(_year), Field(ge=1990, le=2100)]


def figure(
    name: str, *units: str, lowest: float | None = 0.0, highest: float | None = None, basis: str = "assumed"
) -> BeforeValidator:
    """What makes a field hold a number with its unit, or ``{value, uncertainty, source, basis}``.

    Args:
        name: glossary key; gives the symbol.
        units: kinds accepted, each as a sample unit; the number keeps the unit it was written in.
        lowest: smallest admissible value, in the sample unit that fits; ``None`` is open.
        highest: largest admissible value, likewise.
        basis: basis when the file does not state one.
    """

    def check(value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, Quantity):
            return value
        try:
            return read_figure(value, name, units, file_of(info), lowest=lowest, highest=highest, basis=basis)
        except EnergycalcError as error:
            raise ValueError(error.sentence()) from None

    return BeforeValidator(check)


def file_of(info: ValidationInfo) -> Callable[[Scalar], FileOrigin]:
    """How this file names one of its lines."""
    context = info.context or {}
    return lambda s: FileOrigin(context.get("file", "case.yaml"), context.get("sha256", ""), line=s.line, path=s.path)


def read_figure(
    value: Any,
    name: str,
    units: tuple[str, ...],
    origin: Callable[[Scalar], FileOrigin],
    *,
    lowest: float | None = None,
    highest: float | None = None,
    basis: str = "assumed",
    subject: str = "",
    symbol: str = "",
) -> Quantity:
    """Turn a scalar or a ``{value, uncertainty, source, basis}`` block into an input leaf.

    Raises:
        InputError: a wrong key, no number, a unit of another kind, or (OutOfRange) a value outside its limits.
        UnitError: a unit that is unknown or ambiguous.
    """
    parts = value if isinstance(value, Block) else {"value": value}
    unknown = set(parts) - set(FIGURE_KEYS)
    if unknown or "value" not in parts:
        raise InputError(
            f"takes the keys {', '.join(FIGURE_KEYS)} (value is needed)",
            value=", ".join(parts),
            next_step='Inside { } a number with a comma needs quotes: {value: "6,000 h"}' if "value" in parts else "",
        )
    for key, part in parts.items():
        if not isinstance(part, Scalar) or not part.text.strip():
            raise InputError(f"{key} must be one value with its unit", value=_shape(part))
    number, unit_text = read_number(parts["value"].text)
    own = unit(unit_text or "1")
    fitting = next((u for u in units if unit(u).dimension == own.dimension), None)
    if units and fitting is None:
        raise InputError(
            f"has the wrong kind of unit for {name.replace('_', ' ')}",
            value=repr(parts["value"].text),
            limit="a unit such as " + " or ".join(u if u != "1" else "% (or a bare fraction)" for u in units),
            next_step="Write the number with its unit",
        )
    chosen_basis = parts["basis"].text.strip() if "basis" in parts else basis
    if chosen_basis not in BASES:
        raise InputError("unknown basis", value=chosen_basis, limit="one of " + ", ".join(BASES))
    row = glossary().get(name)
    stated = parts["source"].text.strip() if "source" in parts else "not stated in the case file"
    made = quantity(
        number,
        unit_text or "1",
        name=name,
        symbol=symbol or (row.symbol if row else name),
        basis=chosen_basis,
        source=Source(stated, file=origin(parts["value"])),
        subject=subject,
        uncertainty=read_uncertainty(parts["uncertainty"].text, number, unit_text or "1", name)
        if "uncertainty" in parts
        else None,
    )
    if fitting is not None:
        _check_limits(made, name, fitting, lowest, highest)
    return made


def _reach(made: Quantity) -> float:
    """How far the stated limits of error reach from the value, in its unit; 0 for distributions without limits."""
    stated = made.uncertainty
    if stated is None or stated.kind not in ("rectangular", "triangular", "arcsine"):
        return 0.0
    return float(stated.quantile(np.array([1.0]))[0])


def _check_limits(made: Quantity, name: str, fitting: str, lowest: float | None, highest: float | None) -> None:
    factor = made.unit.factor / unit(fitting).factor
    number, reach = made.value_in(fitting), _reach(made) * factor
    if (lowest is not None and number - reach < lowest) or (highest is not None and number + reach > highest):
        bounds = " to ".join("open" if b is None else f"{b:g}" for b in (lowest, highest))
        in_unit = "" if fitting == "1" else f" {unit(fitting)}"
        raise OutOfRange(
            f"is impossible for {name.replace('_', ' ')}",
            value=f"{made.value:g} {made.unit}" + (f" ± {_reach(made):g}" if reach else ""),
            limit=f"{bounds}{in_unit} (range of this entry, its limits of error included)",
            next_step="Check the number and its unit",
        )


def _shape(part: Any) -> str:
    return "a list" if isinstance(part, Rows) else "a block" if isinstance(part, Block) else "nothing"
