"""Read a number with its unit the way people write it: ``75 kW``, ``92.4 %``, ``6,000 h``, ``12 萬度``."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from energycalc.errors import InputError, UnitError
from energycalc.quantity.inputs import quantity
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.source import Basis, Source
from energycalc.quantity.units import Unit, conversion, unit

if TYPE_CHECKING:
    from energycalc.quantity.distributions import Distribution

_NUMBER = re.compile(r"([+-]?)\s*(\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE]([+-]?\d+))?")
_CHINESE = {"億": 1e8, "千萬": 1e7, "百萬": 1e6, "萬": 1e4}


def read_number(text: str, subject: str = "") -> tuple[float, str]:
    """Split ``"12 萬度"`` into number and unit text.

    Args:
        text: number and unit; fullwidth digits, thousands commas, unicode minus and 萬/百萬/億 are understood.
        subject: named in errors.

    Returns:
        The number, multiplied by 萬, 百萬 or 億 if written, and the rest of the text as unit.

    Raises:
        InputError: no number, a comma that is not a thousands separator, or a number that is not finite.
    """
    normal = unicodedata.normalize("NFKC", text).replace("−", "-").replace("－", "-").strip()
    match = _NUMBER.match(normal)
    if not match:
        raise InputError(
            "does not begin with a number",
            subject=subject,
            value=repr(text),
            limit="a number with its unit",
            next_step='Write it like "75 kW"',
        )
    sign, digits, exponent = match.groups()
    if "," in digits and not re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", digits):
        raise InputError(
            "a comma stands where no thousands separator belongs",
            subject=subject,
            value=repr(text),
            limit="groups of three digits, as in 6,000",
            next_step="Use a point for decimals and commas only between groups of three digits",
        )
    number = float(sign + digits.replace(",", "") + (f"e{exponent}" if exponent else ""))
    rest = normal[match.end() :].strip()
    for word, size in _CHINESE.items():
        if rest.startswith(word):
            number, rest = number * size, rest[len(word) :].strip()
            break
    return number, rest


def read_quantity(
    text: str,
    *,
    name: str = "",
    symbol: str = "",
    basis: Basis = "assumed",
    source: Source | None = None,
    uncertainty: Distribution | None = None,
    subject: str = "",
) -> Quantity:
    """Make an input leaf from text such as ``"6,000 h"``; a unit is always needed, a pure number is written ``"1.4"``.

    Raises:
        InputError: the text does not begin with a number, or the number is not finite.
        UnitError: the unit is unknown or ambiguous.
    """
    where = subject or name.replace("_", " ")
    number, rest = read_number(text, where)
    return quantity(
        number,
        rest or "1",
        name=name,
        symbol=symbol,
        basis=basis,
        source=source,
        uncertainty=uncertainty,
        subject=subject,
    )


def read_uncertainty(text: str, value: float, unit_text: str, subject: str = "") -> Distribution:
    """Read what people write behind ±.

    ======================  ==================================================================================
    ``1.5 kW``, ``2 %``      limits of error: rectangular, half-width as written (a class, a data sheet)
    ``2 % (k=2)``            expanded uncertainty of a certificate: normal, divided by k
    ``0.8 kW (std)``         standard uncertainty: normal
    ``3 % triangular``       triangular with that half-width; ``arcsine`` likewise
    ``0.7 pt``               percentage points, for a value in %; ``3 % of value`` is relative there
    ======================  ==================================================================================

    Args:
        text: the uncertainty; a percentage is relative to the value; ``pt`` is percentage points, for a value that is
            itself a percentage or a fraction.
        value: the value it belongs to.
        unit_text: unit of the value.
        subject: named in errors.

    Raises:
        InputError: not understood, negative or zero.
        UnitError: a unit of another kind.
    """
    from energycalc.quantity import distributions

    body = unicodedata.normalize("NFKC", text).replace("±", "").strip()
    shape = re.search(r"\(\s*k\s*=\s*([\d.]+)\s*\)|\(?\b(std|triangular|normal|rectangular|arcsine)\b\)?", body)
    if shape:
        body = (body[: shape.start()] + body[shape.end() :]).strip()
    half = _half_width(body, value, unit(unit_text), f"uncertainty of {subject}".removesuffix(" of "), text)
    if shape and shape[1]:
        coverage, left = read_number(shape[1], subject)
        if left or not coverage > 0:
            raise InputError("a coverage factor k is a number larger than zero", subject=subject, value=repr(text))
        return distributions.normal(half / coverage)
    kind = shape[2] if shape else "rectangular"
    if kind in ("std", "normal"):
        return distributions.normal(half)
    if kind == "triangular":
        return distributions.triangular(half)
    return distributions.arcsine(half) if kind == "arcsine" else distributions.rectangular(half)


_FORMS = 'Write it like "1.5 kW", "2 %", "0.7 pt" (percentage points), "2 % (k=2)", "0.8 kW (std)" or "3 % triangular"'


def _half_width(body: str, value: float, own: Unit, subject: str, text: str) -> float:
    """The number behind ±, in the value's unit."""
    number, rest = read_number(body, subject)
    share = own.is_dimensionless
    if rest in ("% of value", "% 相對", "%相對"):
        half = abs(value) * number / 100
    elif rest in ("pt", "%pt", "個百分點", "百分點"):
        if not share:
            raise UnitError(
                "percentage points belong to percentages", subject=subject, value=repr(text), next_step=_FORMS
            )
        half = number * conversion(unit("%"), own)[0]
    elif rest == "%" and own is unit("%"):
        raise InputError(
            f"is ambiguous for a value in %: {number:g} percentage points, or {number:g} % of the value?",
            subject=subject,
            value=repr(text),
            next_step=f'Write "{number:g} pt" or "{number:g} % of value"',
        )
    elif rest == "%":
        half = abs(value) * number / 100
    elif not rest and own.terms:
        raise UnitError(
            "has no unit", subject=subject, value=repr(text), limit=f"a unit like {own}, or %", next_step=_FORMS
        )
    else:
        try:
            half = number * conversion(unit(rest or "1"), own.difference if own.is_point else own)[0]
        except UnitError:
            raise UnitError("cannot be understood", subject=subject, value=repr(text), limit=f"a unit like {own}, or %",
                            next_step=_FORMS) from None  # fmt: skip
    if not half > 0:
        raise InputError(
            "must be larger than zero", subject=subject, value=repr(text), next_step="Leave it out if none is stated"
        )
    return half
