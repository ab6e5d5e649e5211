"""The arithmetic that a page prints, read by a small grammar of its own and recomputed with its units.

``sum := product (("+"|"-") product)*``, ``product := power (("*"|"/") power)*``,
``power := "-" power | atom ("^" number)?``, ``atom := "(" sum ")" | number unit?``; so -2^2 is -4, as mathematics has it. A slash between blanks divides; one without belongs to the unit.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from energycalc.checks.claims.figures import LARGEST
from energycalc.checks.claims.units import Amount, paper_unit
from energycalc.checks.range import Range
from energycalc.errors import InputError, UnitError

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?)(?P<percent>\s*%)?"
    r"|(?P<unit>[A-Za-z°㎥一-鿿$][^\s()+*^=]*)|(?P<sign>[-+*/^()]))"
)
DEEPEST = 40
LONGEST = 2000
SAME_SIGNS = {"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "〔": "(", "〕": ")", "[": "(", "]": ")"}


class MixedKinds(UnitError):
    """A sum of different kinds: the expression itself is wrong, not its reader."""


@dataclass(frozen=True)
class Term:
    """A number as it stands in an expression: to be compared with what the text says.

    Attributes:
        value: number.
        unit: as printed; empty for a pure number.
    """

    value: float
    unit: str


@dataclass(frozen=True)
class Expression:
    """What an expression gives, and the numbers in it."""

    text: str
    amount: Amount
    terms: tuple[Term, ...]


def evaluate(text: str) -> Expression:
    """Read and recompute an expression.

    Args:
        text: as printed, e.g. ``(215.27 kW - 38.10 kW) * 8760 h``.

    Returns:
        Its value in base units, with the play of the printed digits of its dimensioned numbers. Pure numbers have none.

    Raises:
        InputError: it is no expression of this grammar, or it divides by zero.
        MixedKinds: a sum of different kinds.
        UnitError: an unknown unit.
    """
    normal = unicodedata.normalize("NFKC", text).strip()
    for old, new in SAME_SIGNS.items():
        normal = normal.replace(old, new)
    normal = re.sub(r"(?<=[\d)])\s+[xX]\s+(?=[\d(])", " * ", normal)
    if len(normal) > LONGEST:
        raise InputError("the expression is too long", subject=text[:40], limit=f"{LONGEST} characters")
    reader = _Reader(_tokens(normal, text), text)
    try:
        amount = reader.sum(0)
    except OverflowError:
        raise InputError("the result is larger than a machine can hold", subject=text[:40]) from None
    if not math.isfinite(amount.range.value):
        raise InputError("the result is larger than a machine can hold", subject=text[:40])
    if reader.rest:
        raise InputError("the expression does not end where it should", subject=text, value=reader.rest[0][1])
    return Expression(text, amount, tuple(reader.terms))


def _tokens(normal: str, text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(normal):
        match = TOKEN.match(normal, at)
        if match is None:
            if not normal[at:].strip():
                break
            raise InputError("cannot be read as arithmetic", subject=text, value=normal[at : at + 12])
        kind = match.lastgroup or ""
        if kind == "percent":
            found += [("number", match["number"]), ("unit", "%")]
        else:
            found.append((kind, match[kind]))
        at = match.end()
    return found


class _Reader:
    """Recursive descent over tokens; holds the place and the numbers met."""

    def __init__(self, tokens: list[tuple[str, str]], text: str) -> None:
        self.rest, self.text = tokens, text
        self.terms: list[Term] = []
        self.loose = re.search(r"/\s?(?:HP|hp|RT|rt)\b", text) is None  # kW/HP cancels the HP, whichever it is

    def _next_is(self, *signs: str) -> bool:
        return bool(self.rest) and self.rest[0][0] == "sign" and self.rest[0][1] in signs

    def sum(self, depth: int) -> Amount:
        if depth > DEEPEST:
            raise InputError("the brackets are too deep", subject=self.text)
        total = self._product(depth)
        while self._next_is("+", "-"):
            sign = self.rest.pop(0)[1]
            other = self._product(depth)
            if other.kind != total.kind:
                raise MixedKinds(
                    "adds numbers of different kinds", subject=self.text, next_step="Check the units of the terms"
                )
            joined = total.range + other.range if sign == "+" else total.range - other.range
            total = Amount(joined, total.kind)
        return total

    def _product(self, depth: int) -> Amount:
        result = self._power(depth)
        while self._next_is("*", "/"):
            sign = self.rest.pop(0)[1]
            other = self._power(depth)
            try:
                result = result * other if sign == "*" else result / other
            except ZeroDivisionError:
                raise InputError("divides by zero", subject=self.text) from None
        return result

    def _power(self, depth: int) -> Amount:
        if depth > DEEPEST:
            raise InputError("the brackets are too deep", subject=self.text)
        if self._next_is("-"):
            self.rest.pop(0)
            inner = self._power(depth + 1)
            return Amount(-inner.range, inner.kind)
        base = self._atom(depth)
        if not self._next_is("^"):
            return base
        self.rest.pop(0)
        negative = self._next_is("-") and bool(self.rest.pop(0))
        if not self.rest or self.rest[0][0] != "number":
            raise InputError("an exponent is a number", subject=self.text)
        exponent = float(self.rest.pop(0)[1].replace(",", "")) * (-1 if negative else 1)
        if abs(exponent) > 6 or (base.range.low <= 0 and (exponent < 0 or exponent != int(exponent))):
            raise InputError("the exponent cannot be used", subject=self.text, value=exponent, limit="-6 to 6")
        return Amount(base.range**exponent, tuple((k, v * exponent) for k, v in base.kind))

    def _atom(self, depth: int) -> Amount:
        if self._next_is("("):
            self.rest.pop(0)
            inner = self.sum(depth + 1)
            if not self._next_is(")"):
                raise InputError("a bracket is not closed", subject=self.text)
            self.rest.pop(0)
            return inner
        if not self.rest or self.rest[0][0] != "number":
            raise InputError(
                "a number is missing", subject=self.text, value=self.rest[0][1] if self.rest else "the end"
            )
        digits = self.rest.pop(0)[1]
        if "," in digits and not re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
            raise InputError("a comma stands where no thousands separator belongs", subject=self.text, value=digits)
        number = float(digits.replace(",", ""))
        if abs(number) > LARGEST:
            raise InputError(
                "the number is larger than anything a page prints", subject=self.text[:40], value=digits[:20]
            )
        if self.rest and self.rest[0][0] == "unit":
            name = self.rest.pop(0)[1]
            self.terms.append(Term(number, name))
            of = paper_unit(name)
            mantissa = digits.lower().split("e")[0]
            step = 10.0 ** -len(mantissa.partition(".")[2]) if of.kind else 0.0
            size = of.size if self.loose else of.size.value
            return Amount(Range(number - step / 2, number, number + step / 2) * size, of.kind)
        self.terms.append(Term(number, ""))
        return Amount(Range.exact(number), ())
