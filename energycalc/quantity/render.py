"""Write a trace: as symbols, as numbers with units, as LaTeX, as a worksheet formula.

Each renderer gives one function for the leaves; the rest is the same walk. A quantity with a name is a leaf to its
children.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import numpy as np

from energycalc.quantity.operations import OPERATIONS
from energycalc.quantity.quantity import Quantity

Style = Literal["text", "latex", "sheet"]
Leaf = Callable[[Quantity], str]

_GREEK = {
    "η": "\\eta", "λ": "\\lambda", "ρ": "\\rho", "Δ": "\\Delta", "φ": "\\varphi", "κ": "\\kappa", "θ": "\\theta",
    "ε": "\\varepsilon", "σ": "\\sigma", "τ": "\\tau", "μ": "\\mu", "π": "\\pi", "α": "\\alpha", "β": "\\beta",
    "γ": "\\gamma", "ω": "\\omega", "Σ": "\\Sigma", "ψ": "\\psi", "χ": "\\chi", "δ": "\\delta", "ν": "\\nu",
    "ξ": "\\xi", "Φ": "\\Phi", "₂": "_2", "₄": "_4",
}  # fmt: skip


def render(q: Quantity, leaf: Leaf, style: Style = "text") -> str:
    """Write the operation that made ``q``, down to the next named quantities and leaves.

    Args:
        q: quantity to write; a leaf is written by ``leaf`` itself.
        leaf: writes a named quantity or an input.
        style: ``text``, ``latex`` or ``sheet``.

    Raises:
        ValueError: hundreds of unnamed steps stand one inside the other.
    """
    if q.operation is None:
        return leaf(q)
    try:
        return _operation(q, leaf, style)[0]
    except RecursionError:
        raise ValueError(f"{q.describe()}: the formula is too long to be written; give its steps names") from None


def symbols(q: Quantity) -> str:
    """``P_r × λ ÷ η × t``."""
    return render(q, lambda p: symbol_text(p.symbol or p.name) or number_with_unit(p))


def numbers(q: Quantity) -> str:
    """``75 kW × 0.8 ÷ 0.924 × 6,000 h``; conversions show as factors."""
    return render(q, number_with_unit)


def latex(q: Quantity, *, with_numbers: bool = False) -> str:
    """The right-hand side in LaTeX, with symbols or with numbers and units."""
    leaf = (lambda p: latex_number(p)) if with_numbers else (lambda p: latex_symbol(p.symbol or p.name or "?"))
    return render(q, leaf, "latex")


def sheet_formula(q: Quantity, address: Callable[[Quantity], str]) -> str:
    """The worksheet formula, with ``=``; ``address`` gives the cell of each named quantity and input.

    Raises:
        ValueError: the step is opaque, or the formula is longer than the 8,192 characters a worksheet takes.
    """
    if q.operation == "opaque":
        raise ValueError(f"{q.name} is computed outside the sheet")
    text = "=" + render(q, address, "sheet")
    if len(text) > 8192:
        raise ValueError(f"{q.name}: formula of {len(text)} characters is longer than a worksheet cell takes")
    return text


def _operation(q: Quantity, leaf: Leaf, style: Style) -> tuple[str, int]:
    operands = [_operand(p, leaf, style) for p in q.parents]
    if q.operation == "number":
        text = _plain_number(q.value, style)
        return text, 3 if q.value < 0 else 2 if "10^" in text else 5
    if q.operation == "same":
        return operands[0]
    if q.operation in ("convert", "declare"):
        return _conversion(q, operands[0], style)
    if q.operation == "sum":
        return _sum(operands, style)
    if q.operation == "where":
        return _where(q, [o[0] for o in operands], style), 5
    if q.operation == "interpolate":
        return _interpolate(q.parameters[0], operands, style), 5
    if q.operation == "opaque":
        inside = ", ".join(o[0] for o in operands)
        return (
            f"\\mathrm{{{_escape(q.name)}}}\\left({inside}\\right)" if style == "latex" else f"{q.name}({inside})"
        ), 5
    row = OPERATIONS[str(q.operation)]
    template = {"text": row.text, "latex": row.latex, "sheet": row.sheet}[style]
    return template.format(*_bracketed(str(q.operation), row.precedence, operands, style)), row.precedence


def _operand(p: Quantity, leaf: Leaf, style: Style) -> tuple[str, int]:
    if p.operation is None or (p.name and p.operation != "number"):
        text = leaf(p)
        return text, 3 if text.startswith(("-", "−")) else 2 if "10^" in text else 5
    return _operation(p, leaf, style)


def _bracketed(operation: str, precedence: int, operands: list[tuple[str, int]], style: Style) -> list[str]:
    result = []
    for i, (text, own) in enumerate(operands):
        loose = own < precedence or (own == precedence and i > 0 and operation in ("subtract", "divide"))
        if style == "latex" and operation == "divide":
            loose = False
        if operation == "power":
            several = i == 0 and (" " in text or "\\," in text)  # 5 m squared is (5 m)^2
            loose = own < 5 or several if i == 0 or style != "latex" else False
        if operation == "negate":
            loose = own < 3 or (style == "sheet" and own < 5)
        if precedence == 5:
            loose = False
        if own == 3 and i > 0 and operation != "power":
            loose = True
        result.append((f"\\left({text}\\right)" if style == "latex" else f"({text})") if loose else text)
    return result


def _conversion(q: Quantity, operand: tuple[str, int], style: Style) -> tuple[str, int]:
    factor = q.parameters[0]
    offset = q.parameters[1] if q.operation == "convert" else 0.0
    text, own = operand
    if style != "sheet" and q.parents[0].unit.text == "%" and not q.unit.terms:
        return text, own  # 80 % is already the number 0.8; only a worksheet cell holds 80
    if factor != 1:
        if own < 2:
            text = f"\\left({text}\\right)" if style == "latex" else f"({text})"
        times = {"text": " × ", "latex": " \\cdot ", "sheet": "*"}[style]
        text, own = f"{text}{times}{_plain_number(factor, style)}", 2
    if offset:
        text, own = f"{text}{'+' if style == 'sheet' else ' + '}{_plain_number(offset, style)}", 1
    return text, own


def _sum(operands: list[tuple[str, int]], style: Style) -> tuple[str, int]:
    if style == "sheet":
        return f"SUM({','.join(o[0] for o in operands)})", 5
    left, right = ("\\left(", "\\right)") if style == "latex" else ("(", ")")
    return " + ".join(f"{left}{text}{right}" if own == 3 and i else text for i, (text, own) in enumerate(operands)), 1


def _where(q: Quantity, o: list[str], style: Style) -> str:
    sign = q.parameters[0]
    if style == "sheet":
        return f"IF({o[0]}{sign}{o[1]},{o[2]},{o[3]})"
    if style == "latex":
        shown = {"<=": "\\le", ">=": "\\ge"}.get(sign, sign)
        return f"\\begin{{cases}}{o[2]} & {o[0]} {shown} {o[1]}\\\\ {o[3]} & \\text{{else}}\\end{{cases}}"
    shown = {"<=": "≤", ">=": "≥"}.get(sign, sign)
    return f"({o[2]} if {o[0]} {shown} {o[1]}, else {o[3]})"


def _interpolate(n: int, operands: list[tuple[str, int]], style: Style) -> str:
    o = [text if own == 5 else f"({text})" for text, own in operands]
    x, xs, ys = o[0], o[1 : n + 1], o[n + 1 :]
    if style != "sheet":
        points = "; ".join(f"{a} → {b}" for a, b in zip(xs, ys, strict=True))
        name = "\\operatorname{lines}" if style == "latex" else "lines"
        return f"{name}({x}: {points})".replace("→", "\\to" if style == "latex" else "→")
    lines = [f"({ys[i]}+({x}-{xs[i]})/({xs[i + 1]}-{xs[i]})*({ys[i + 1]}-{ys[i]}))" for i in range(n - 1)]
    text = lines[0]
    for i in range(1, n - 1):
        text = f"IF({x}>{xs[i]},{lines[i]},{text})"
    return text


def _plain_number(value: float, style: Style) -> str:
    if style == "sheet":
        return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value)).upper()
    text = f"{value:.10g}"
    if style == "text":
        text = text.replace("-", "−") if "e" not in text else text
    if "e" in text:
        mantissa, power = text.split("e")
        text = f"{mantissa}\\times 10^{{{int(power)}}}" if style == "latex" else f"{mantissa}×10^{int(power)}"
    return text


def number_with_unit(q: Quantity) -> str:
    """The value of a named quantity with digits a reader can follow, thousands separated, unit beside."""
    shown = unit_text(q)
    value = people_number(q.value) if np.ndim(q.value) == 0 else f"[{np.size(q.value)} values]"
    return f"{value} {shown}".strip()


def unit_text(q: Quantity) -> str:
    """The unit as shown beside a number; nothing for a pure number."""
    return "" if not q.unit.terms else str(q.unit)


def people_number(value: float, digits: int = 5) -> str:
    """A number for people: up to ``digits`` significant digits, thousands separated, no trailing zeros.

    There is no exponent from 0.0001 up to a million million.
    """
    if value == 0:
        return "0"
    magnitude = abs(value)
    if magnitude >= 1e12 or magnitude < 1e-4:
        mantissa, power = f"{value:.{digits - 1}e}".split("e")
        return f"{float(mantissa):g}×10^{int(power)}"
    before = len(str(int(magnitude))) if magnitude >= 1 else 0
    places = max(0, digits - before) if magnitude >= 1 else digits - 1 - int(np.floor(np.log10(magnitude)))
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_SPELLED = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ",
}  # fmt: skip


def shown_symbol(symbol: str) -> tuple[str, str]:
    """Head and subscript of a symbol, Greek letters as letters: ``eta_L`` gives ``("η", "L")``."""
    head, _, tail = symbol.partition("_")
    return _SPELLED.get(head, head), tail


def symbol_text(symbol: str) -> str:
    """A symbol on one line: ``η_L``."""
    head, tail = shown_symbol(symbol)
    return f"{head}_{tail}" if tail else head


def latex_symbol(symbol: str) -> str:
    """``E_in,1`` as LaTeX with an upright subscript."""
    head, tail = shown_symbol(symbol)
    for greek, command in _GREEK.items():
        head = head.replace(greek, command + " ")
    head = head.strip()
    if re.fullmatch(r"[A-Za-z]{2,}", head):
        head = f"\\mathrm{{{head}}}"
    elif re.search(r"[^\x00-\x7f]", head) or " " in head.replace("\\", ""):
        head = f"\\text{{{_escape(head)}}}" if "\\" not in head else head
    for greek, command in _GREEK.items():
        tail = tail.replace(greek, f"}}{command}\\mathrm{{")
    return f"{head}_{{\\mathrm{{{_escape(tail)}}}}}" if tail else head


def latex_number(q: Quantity) -> str:
    """The number and upright unit of a quantity in LaTeX."""
    text = number_with_unit(q)
    value, _, shown = text.partition(" ")
    value = re.sub(r"×10\^(-?\d+)", r"\\times 10^{\1}", value.replace(",", "{,}"))
    return value + (f"\\,\\mathrm{{{_unit_latex(shown)}}}" if shown else "")


def _unit_latex(text: str) -> str:
    text = (
        text.replace("%", "\\%")
        .replace("·", "\\cdot ")
        .replace("°C", "{}^{\\circ}C")
        .replace("³", "^{3}")
        .replace("²", "^{2}")
        .replace("_", "\\_")
    )
    return re.sub(r"\^(-?\d+(?:\.\d+)?)", r"^{\1}", text)


def _escape(text: str) -> str:
    return text.replace("_", "\\_").replace("%", "\\%").replace("&", "\\&").replace("#", "\\#")
