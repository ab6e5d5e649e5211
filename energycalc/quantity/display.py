"""What a person sees of a quantity: one line, a card in a notebook, a typeset equation."""

from __future__ import annotations

import html
import math
import re

import numpy as np

from energycalc.quantity import render
from energycalc.quantity.distributions import Distribution
from energycalc.quantity.glossary import label
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.trace import gradient, leaves

LEANING = 0.2
"""Part of the mean half-width by which the sides of an interval may differ from it and still be written as ±."""

_CARD = "font-family:system-ui,'Noto Sans TC',sans-serif;border-left:4px solid #2a6f97;padding:.4em 1em;max-width:56em"
_CELL = "text-align:left;padding:.15em .8em .15em 0;border:0;background:none;vertical-align:top"


def rounded(value: float, half_width: float | None, digits: int = 5) -> str:
    """A value with the digits its uncertainty allows (two significant digits of the uncertainty), thousands separated.

    Args:
        value: the number.
        half_width: expanded uncertainty in the same unit; ``None`` or 0 when none is stated.
        digits: significant digits when no uncertainty is stated.
    """
    if half_width is None or not half_width > 0 or not math.isfinite(half_width):
        return render.people_number(value, digits)
    places = 1 - math.floor(math.log10(half_width))
    shown = round(value, places)
    return f"{shown:,.{max(places, 0)}f}"


def value_and_uncertainty(value: float, half_width: float | None) -> str:
    """``353,000 ± 12,000``: both rounded at the second significant digit of the uncertainty."""
    if half_width is None or not half_width > 0:
        return rounded(value, None)
    return f"{rounded(value, half_width)} ± {rounded(half_width, half_width)}"


def with_interval(value: float, interval: tuple[float, float] | None, digits: int = 4) -> tuple[str, str]:
    """A result and its coverage interval: ``("225.3", "±8.8")``, or ``("25.1", "16.8…48.2")`` where it leans.

    Half the width of a leaning interval around the value would claim what the interval does not say. So ± is written
    only where each side differs from the mean of the two by less than 20 % of that mean.

    Args:
        value: the number.
        interval: its low and high end in the same unit; ``None`` when no uncertainty is stated.
        digits: significant digits without an interval.

    Returns:
        The number, and what stands beside or beneath it; the second is empty without an interval.
    """
    if interval is None or not interval[1] > interval[0]:
        return rounded(value, None, digits), ""
    below, above = value - interval[0], interval[1] - value
    mean = (below + above) / 2
    if abs(above - mean) < LEANING * mean:
        return rounded(value, mean), f"±{rounded(mean, mean)}"
    step = max(min(below, above), mean / 10)  # digits of the shorter side, as long as it is a side at all
    low, high = (rounded(end, step) for end in interval)
    return rounded(value, step), f"{low}…{high}"


def holds_zero(interval: tuple[float, float] | None) -> bool:
    """Whether an interval reaches zero: what is divided by such a result has no interval worth showing."""
    return interval is not None and interval[0] <= 0 <= interval[1]


def short(q: Quantity) -> str:
    """Value, ± as stated on the leaf itself, and unit, on one line."""
    if np.ndim(q.value):
        return f"[{np.size(q.value)} values, {np.min(q.value):g} to {np.max(q.value):g}] {render.unit_text(q)}".strip()
    return f"{as_stated(q.value, q.uncertainty)} {render.unit_text(q)}".strip()


def as_stated(value: float, uncertainty: Distribution | None) -> str:
    """An input and its ± as somebody stated it, in its own unit: ``85 ± 4``.

    That is the half-width of a distribution with limits, and two standard uncertainties (k = 2) of one without.
    A triangle of three values shows its ends instead.
    """
    if uncertainty is None:
        return rounded(value, None)
    low_and_high = _ends_of_a_leaning_triangle(uncertainty)
    if low_and_high is not None:
        low, high = (render.people_number(end, 4) for end in low_and_high)
        return f"{rounded(value, None)} ({low}…{high})"
    half = stated_half_width(uncertainty)
    finest = max(1 - math.floor(math.log10(half)), 0)  # two significant digits of the ±, and no further zeros
    places = min(finest, max(_decimals(value, finest), _decimals(half, finest)))
    if finest == 0 and half < abs(value):
        return value_and_uncertainty(value, half)
    return f"{value:,.{places}f} ± {half:,.{places}f}"


def stated_half_width(uncertainty: Distribution) -> float:
    """Half-width of a distribution with limits; two standard uncertainties (k = 2) of one without."""
    match uncertainty.kind:
        case "rectangular" | "arcsine" | "curvilinear_trapezoid":
            return uncertainty.parameters[0]
        case "triangular":
            return (uncertainty.parameters[2] - uncertainty.parameters[0]) / 2
    return 2 * uncertainty.standard_uncertainty


def _ends_of_a_leaning_triangle(uncertainty: Distribution) -> tuple[float, float] | None:
    if uncertainty.kind != "triangular" or uncertainty.expectation is None:
        return None
    return uncertainty.parameters[0], uncertainty.parameters[2]


def _decimals(value: float, most: int) -> int:
    """Decimals that a number needs, at most ``most``."""
    return len(f"{value:.{most}f}".rstrip("0").partition(".")[2]) if most else 0


def symbol_html(symbol: str) -> str:
    """``eta_L`` as η with the subscript L."""
    head, tail = render.shown_symbol(symbol)
    return f"<i>{html.escape(head)}</i>" + (f"<sub>{html.escape(tail)}</sub>" if tail else "")


def _formula_html(q: Quantity) -> str:
    marked = render.render(q, lambda p: f"⟦{p.symbol or p.name or render.number_with_unit(p)}⟧")
    parts = re.split(r"⟦(.*?)⟧", marked)  # text and symbols in turn
    return "".join(symbol_html(part) if i % 2 else html.escape(part) for i, part in enumerate(parts))


def origin(q: Quantity) -> str:
    """Where an input comes from, in words."""
    basis = q.basis or ""
    if q.source is None:
        return f"{basis}, no source given"
    file = q.source.file
    spot = "" if file is None else f", line {file.line}" if file.line else f", rows {file.rows}" if file.rows else ""
    place = f"; {file.name}{spot}" if file else ""
    parts = [p for p in (q.source.document, q.source.locator) if p and p != "not_stated"]
    return f"{basis}: {', '.join(parts)}{place}"


def result_line(q: Quantity) -> str:
    """Result with expanded uncertainty (95 %) where any input states one."""
    if np.ndim(q.value):
        return short(q)
    half = expanded(q)
    text = f"{value_and_uncertainty(q.value, half)} {render.unit_text(q)}".strip()
    return text + (" (95 %)" if half else "")


def expanded(q: Quantity) -> float | None:
    """Expanded uncertainty at 95 % by the GUM, in the quantity's unit; ``None`` when no input states any."""
    from energycalc.quantity.gum import first_order

    gum = first_order(gradient(q))
    return gum.expanded_uncertainty if gum.budget else None


def html_card(q: Quantity, language: str = "") -> str:
    """A card for a notebook: name, formula, numbers put in, result ± U, and where each number comes from.

    The numbers put in are shown first; everything they rest on, down to file rows, unfolds below.

    Args:
        q: what to show.
        language: ``zh-TW`` or ``en``; both when left out.
    """
    languages = [language] if language else ["zh-TW", "en"]
    names = " · ".join(dict.fromkeys(label(q.name, lang) for lang in languages)) if q.name else ""
    head = f"<div style='font-weight:600'>{html.escape(names)}</div>" if names else ""
    subject = f"<div style='color:#666'>{html.escape(q.subject)}</div>" if q.subject else ""
    sign = symbol_html(q.symbol) if q.symbol else "="
    lines = [f"{sign} = <b>{html.escape(result_line(q))}</b>"]
    if q.operation is not None:
        lines = [f"{sign} = {_formula_html(q)}", f"&nbsp;&nbsp;= {html.escape(render.numbers(q))}", *lines]
    body = "".join(f"<div style='margin:.2em 0'>{line}</div>" for line in lines)
    cited = html.escape(str(q.source)) if q.source and q.operation else ""
    whose = f"<div style='color:#666;font-size:90%'>{cited}</div>" if cited else ""
    put_in = [q] if q.operation is None else _put_in(q)
    rest = [p for p in leaves(q) if not any(p is d for d in put_in)]
    below = ""
    if rest:
        more = f"{len(rest)} 個底層輸入 inputs underneath"
        summary = f"<summary style='color:#2a6f97;cursor:pointer'>{more}</summary>"
        below = f"<details style='font-size:90%'>{summary}{_table(rest, languages[0])}</details>"
    return f'<div style="{_CARD}">{head}{subject}{body}{whose}{_table(put_in, languages[0])}{below}</div>'


def _put_in(q: Quantity) -> list[Quantity]:
    """The named quantities and inputs that stand in the formula of ``q``, in order."""
    found: list[Quantity] = []
    render.render(q, lambda p: found.append(p) or "x")  # type: ignore[func-returns-value]
    return list(dict.fromkeys(found))


def _table(rows: list[Quantity], language: str) -> str:
    cells = "".join(
        f"<tr><td style='{_CELL}'>{symbol_html(p.symbol or p.name or '?')}</td>"
        f"<td style='{_CELL}'>{html.escape(label(p.name, language)) if p.name else ''}</td>"
        f"<td style='{_CELL};text-align:right;white-space:nowrap'>{html.escape(short(p))}</td>"
        f"<td style='{_CELL};color:#666'>{html.escape(_whence(p, language))}</td></tr>"
        for p in rows
    )
    return f"<table style='border-collapse:collapse;font-size:90%;margin:.3em 0'>{cells}</table>"


def _whence(p: Quantity, language: str) -> str:
    if p.operation is None:
        return origin(p)
    calculated = "由公式計算" if language.startswith("zh") else "calculated"
    return f"{calculated}: {p.source.document}" if p.source else calculated


def latex_lines(q: Quantity) -> str:
    """``$$E = symbols = numbers = result$$``."""
    sign = render.latex_symbol(q.symbol or q.name or "x")
    if np.ndim(q.value):
        return f"$${sign} = {render.latex(q)}$$"
    if q.operation is None:
        return f"$${sign} = {render.latex_number(q)}$$"
    parts = [render.latex(q), render.latex(q, with_numbers=True), render.latex_number(q)]
    return f"$${sign} = {' = '.join(dict.fromkeys(parts))}$$"
