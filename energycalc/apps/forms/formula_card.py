"""The card of one result: formula in symbols, numbers put in, result ± U, every step, every input with its origin."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from energycalc.apps.forms.tables import FONT, LINE, QUIET
from energycalc.quantity import Quantity, render
from energycalc.quantity.display import rounded, short, symbol_html
from energycalc.quantity.glossary import label
from energycalc.quantity.trace import leaves, steps
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.reports.documents import citation
from energycalc.reports.words import words

Carriers = Mapping[Quantity, str]
NO_CARRIERS: Carriers = MappingProxyType({})

_CARD = f"{FONT};border-left:4px solid #1F5A85;padding:.3em 1em"
_CELL = f"padding:.2em .8em .2em 0;text-align:left;vertical-align:baseline;background:none;{LINE}"
_MATH = "font-size:110%;margin:.25em 0;line-height:1.7"


def formula_card(
    result: UncertainResult, language: str, carriers: Carriers = NO_CARRIERS, *, whole: bool = True
) -> str:
    """HTML of the card.

    Args:
        result: the result with its uncertainty.
        language: ``zh-TW`` or ``en``.
        carriers: carrier of the results that are about one, to tell apart what else has the same name.
        whole: with all steps and inputs, folded away; else only the formula itself (fast, for a moving slider).
    """
    text, q = words("forms", language), result.output
    sign = symbol_html(q.symbol or q.name)
    parts = operands(q)
    names = _distinct(parts)
    lines = [f'<div style="font-weight:600">{html.escape(name_of(q, language, carriers))}</div>']
    if q.operation is not None:
        lines += [
            _line(text["formula"], f"{sign} = {_formula(q, names)}"),
            _line(text["numbers"], f"{sign} = {_numbers(q)}"),
        ]
    lines.append(_line(text["answer"], f"{sign} = <b>{html.escape(_answer(result))}</b>{_interval(result, language)}"))
    if q.operation is not None and q.source is not None:
        lines.append(f'<div style="{QUIET};font-size:90%">{text["rule"]}：{html.escape(citation(q.source))}</div>')
    if parts:
        rows = "".join(_row(names[id(p)], name_of(p, language, carriers), short(p)) for p in parts)
        lines.append(
            f'<div style="{QUIET};margin-top:.4em">{text["where"]}</div>'
            f'<table style="border-collapse:collapse">{rows}</table>'
        )
    if whole:
        lines += _folded(q, language, carriers)
    return f'<div style="{_CARD}">{_readable("".join(lines), text)}</div>'


def operands(q: Quantity) -> list[Quantity]:
    """The named results and inputs in the formula of a result, each once."""
    found: dict[int, Quantity] = {}
    render.render(q, lambda p: str(found.setdefault(id(p), p).name))
    return [p for p in found.values() if p is not q]


def name_of(q: Quantity, language: str, carriers: Carriers = NO_CARRIERS) -> str:
    """Machine or measure, and what it is."""
    name = label(q.name, language) if q.name else q.symbol
    if q in carriers:
        name += f"（{words('forms', language)[carriers[q]]}）"
    return f"{q.subject}　{name}" if q.subject else name


def origin_of(leaf: Quantity, language: str) -> str:
    """Where an input comes from: basis, document, file and line."""
    text = words("forms", language)
    parts = [text[f"basis_{leaf.basis}"]] if leaf.basis else []
    source = leaf.source
    if source is None:
        return "，".join([*parts, text["no_source"]])
    parts.append(citation(source))
    if source.file is not None:
        place = source.file
        parts.append(
            " ".join(
                [place.name, *([text["line"].format(line=place.line)] if place.line else []), place.rows, place.column]
            ).strip()
        )
    return "；".join(part for part in parts if part)


def _readable(card: str, text: Mapping[str, str]) -> str:
    """Bases of units in words a reader expects."""
    card = card.replace("CO2e[not_stated]", f"CO₂e {text['gwp_not_stated']}").replace("CO2e", "CO₂e")
    return re.sub(r"\[(LHV|HHV|AR\d|TW113|0C|g|a|\d{4})\]", r"(\1)", card)


def _distinct(parts: Sequence[Quantity]) -> dict[int, str]:
    """A symbol for each operand; those that share one are counted: ΔGHG₁, ΔGHG₂."""
    symbols = [p.symbol or p.name for p in parts]
    counts: dict[str, int] = {}
    named = {}
    for p, symbol in zip(parts, symbols, strict=True):
        counts[symbol] = counts.get(symbol, 0) + 1
        joint = "," if "_" in symbol else "_"
        named[id(p)] = symbol_html(f"{symbol}{joint}{counts[symbol]}" if symbols.count(symbol) > 1 else symbol)
    return named


def _formula(q: Quantity, names: dict[int, str]) -> str:
    text = html.escape(render.render(q, lambda p: f"⟦{id(p)}⟧" if id(p) in names else render.number_with_unit(p)))
    for key, name in names.items():
        text = text.replace(f"⟦{key}⟧", name)
    return text


def _numbers(q: Quantity) -> str:
    return html.escape(render.numbers(q))


def _answer(result: UncertainResult) -> str:
    q, ends = result.output, result.interval
    half = (ends[1] - ends[0]) / 2 if ends else None
    value = rounded(float(q.value), half) + (f" ± {rounded(half, half)}" if half else "")
    return f"{value} {render.unit_text(q)}".strip()


def _interval(result: UncertainResult, language: str) -> str:
    ends = result.interval
    if ends is None:
        return ""
    text, half = words("forms", language), (ends[1] - ends[0]) / 2
    low, high = (rounded(end, half) for end in ends)
    said = text["interval"].format(low=low, high=high, method=text[f"method_{result.shown}"])
    return f'　<span style="{QUIET};font-size:90%">{html.escape(said)}</span>'


def _folded(q: Quantity, language: str, carriers: Carriers) -> list[str]:
    text = words("forms", language)
    on_the_way = steps(q)
    given = [p for p in leaves(q) if p.name]
    stated = [p for p in given if p.basis != "published"]
    published = [p for p in given if p.basis == "published"]
    step_rows = "".join(_step(step, language, carriers) for step in on_the_way)
    return [
        _fold(text["leaves"].format(count=len(stated)), "".join(_leaf(p, language) for p in stated)),
        _fold(text["constants"].format(count=len(published)), "".join(_leaf(p, language) for p in published))
        if published
        else "",
        _fold(text["steps"].format(count=len(on_the_way)), step_rows) if len(on_the_way) > 1 else "",
    ]


def _step(q: Quantity, language: str, carriers: Carriers) -> str:
    names = _distinct(operands(q))
    outside = f" {words('forms', language)['outside']}" if q.operation == "opaque" else ""
    right = f"= {_formula(q, names)}<br>= {_numbers(q)}<br>= <b>{html.escape(short(q))}</b>{outside}"
    return _row(symbol_html(q.symbol or q.name), name_of(q, language, carriers), right, escape=False)


def _leaf(p: Quantity, language: str) -> str:
    return _row(symbol_html(p.symbol or p.name), name_of(p, language), short(p), origin_of(p, language))


def _row(symbol: str, name: str, value: str, origin: str = "", *, escape: bool = True) -> str:
    last = f'<td style="{_CELL};{QUIET}">{html.escape(origin)}</td>' if origin else ""
    shown = html.escape(value) if escape else value
    return (
        f'<tr><td style="{_CELL};white-space:nowrap">{symbol}</td><td style="{_CELL}">{html.escape(name)}</td>'
        f'<td style="{_CELL}{";white-space:nowrap" if escape else ""}">{shown}</td>{last}</tr>'
    )


def _line(head: str, content: str) -> str:
    style = f"{QUIET};font-size:85%;display:inline-block;min-width:6em"
    return f'<div style="{_MATH}"><span style="{style}">{head}</span>{content}</div>'


def _fold(head: str, rows: str) -> str:
    table = f'<table style="border-collapse:collapse;font-size:90%">{rows}</table>'
    return (
        f'<details style="margin-top:.5em"><summary style="cursor:pointer">{html.escape(head)}</summary>'
        f'<div style="max-height:24em;overflow:auto">{table}</div></details>'
    )
