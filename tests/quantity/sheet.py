"""A worksheet that calculates: Excel's own order of operations, in which -2^2 is 4 and 2^3^2 is 64.

Grammar after ECMA-376 Part 1, 18.17.2: unary minus binds closer than ^, and ^ groups from the left.
"""

import math
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:E[+-]?\d+)?|\.\d+)|([A-Z]+\d+)|([A-Z]+)\(|(<=|>=|<>|[-+*/^(),<>=]))")
FUNCTIONS: dict[str, Callable[..., float]] = {
    "SUM": lambda *a: sum(a), "MIN": min, "MAX": max, "EXP": math.exp, "LN": math.log, "SQRT": math.sqrt,
    "SIN": math.sin, "COS": math.cos, "TAN": math.tan, "ABS": abs,
}  # fmt: skip
COMPARISONS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def calculate(formula: str, cells: Mapping[str, float]) -> float:
    """The value of ``=A1*2`` with the given cells."""
    assert formula.startswith("=")
    parser = _Parser(formula[1:], cells)
    value = parser.comparison()
    assert not parser.tokens, f"left over in {formula}: {parser.tokens}"
    return float(value)


class _Parser:
    def __init__(self, text: str, cells: Mapping[str, float]) -> None:
        self.cells = cells
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while position < len(text.rstrip()):
            match = TOKEN.match(text, position)
            assert match, f"no worksheet formula: {text[position:]!r}"
            kind = ("number", "cell", "function", "sign")[match.lastindex - 1]  # type: ignore[operator]
            self.tokens.append((kind, match[match.lastindex]))  # type: ignore[index]
            position = match.end()

    def take(self, *signs: str) -> str:
        if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs:
            return self.tokens.pop(0)[1]
        return ""

    def comparison(self) -> Any:
        left = self.sum()
        sign = self.take(*COMPARISONS)
        return COMPARISONS[sign](left, self.sum()) if sign else left

    def sum(self) -> float:
        value = self.product()
        while sign := self.take("+", "-"):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self) -> float:
        value = self.power()
        while sign := self.take("*", "/"):
            other = self.power()
            value = value * other if sign == "*" else value / other
        return value

    def power(self) -> float:
        value = self.signed()
        while self.take("^"):
            value = value ** self.signed()
        return value

    def signed(self) -> float:
        if self.take("-"):
            return -self.signed()
        if self.take("+"):
            return self.signed()
        return self.single()

    def single(self) -> float:
        kind, text = self.tokens.pop(0)
        if kind == "number":
            return float(text)
        if kind == "cell":
            return self.cells[text]
        if kind == "sign":
            assert text == "(", text
            value = self.comparison()
            assert self.take(")")
            return float(value)
        arguments = [self.comparison()]
        while self.take(","):
            arguments.append(self.comparison())
        assert self.take(")")
        if text == "IF":
            return float(arguments[1] if arguments[0] else arguments[2])
        return FUNCTIONS[text](*arguments)
