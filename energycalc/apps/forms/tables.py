"""Results as static HTML: headline, table of measures, formula card. They stay readable when a notebook is reopened."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from energycalc.apps.forms.preview import Preview
from energycalc.case.case import Case
from energycalc.effects.results import CarrierResult, MeasureResult
from energycalc.finding import Finding
from energycalc.quantity import Quantity
from energycalc.quantity.display import rounded
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.reports import figure_numbers as numbers
from energycalc.reports.figure_frame import signed
from energycalc.reports.words import words

Uncertainties = Mapping[Quantity, UncertainResult]

FONT = "font-family:var(--jp-ui-font-family,system-ui),'Noto Sans TC',sans-serif;line-height:1.5"
QUIET = "color:var(--jp-ui-font-color2,#666)"
LINE = "border-bottom:1px solid var(--jp-border-color2,#ddd)"
_CELL = f"padding:.35em .7em .35em 0;text-align:right;vertical-align:top;white-space:nowrap;{LINE};background:none"
_HEAD = f"{_CELL};font-weight:600;{QUIET}"


def amount(q: Quantity | None, uncertainty: Uncertainties, digits: int = 4) -> str:
    """``151.3 ± 9.4 tCO₂e``: number, ± where stated, unit; a dash for what is not there."""
    if q is None:
        return "–"
    stem = numbers.axis_unit([q])
    half = numbers.half_width(q, stem, uncertainty)
    shown = numbers.number(q, stem, uncertainty, digits)
    if half:
        shown += f" ± {rounded(half, half)}"
    return f"{shown} {unit_name(stem)}".strip()


def unit_name(stem: str) -> str:
    """A unit without its basis, as people write it."""
    return {"1": "", "TWD": "元", "MTWD": "百萬元"}.get(stem, stem.replace("CO2", "CO₂"))


def headline(case: Case, shown: Preview, language: str) -> str:
    """The plant's savings as a row of large numbers."""
    text, plant = words("forms", language), shown.effects.plant
    tiles = [(text[f"tile_{c}"], r.saving, r.saving_rate) for c, r in plant.carriers.items()]
    tiles.append((text["tile_emission"], plant.emission_saving, None))
    if plant.cost_saving is not None:
        tiles.append((text["tile_cost" if case.period.is_one_year else "tile_cost_period"], plant.cost_saving, None))
    if shown.effects.totals.simple_payback is not None:
        tiles.append((text["tile_payback"], shown.effects.totals.simple_payback, None))
    body = "".join(_tile(name, q, rate, shown.uncertainty, language) for name, q, rate in tiles)
    return f'<div style="{FONT};display:flex;flex-wrap:wrap;gap:.6em">{body}</div>'


def _tile(name: str, q: Quantity, rate: Quantity | None, uncertainty: Uncertainties, language: str) -> str:
    value, _, unit = people(amount(q, uncertainty), language).rpartition(" ")
    main, sign, half = value.partition(" ± ")
    share = f"　{amount(rate, uncertainty, 3)}" if rate is not None else ""
    return (
        '<div style="flex:1 1 9.5em;padding:.4em .9em;border-left:4px solid #1F5A85;'
        'background:var(--jp-layout-color2,#f4f6f8);white-space:nowrap">'
        f'<div style="{QUIET};font-size:90%">{html.escape(name)}</div>'
        f'<div><span style="font-size:170%;font-weight:600">{main}</span> {html.escape(unit)}</div>'
        f'<div style="{QUIET};font-size:90%">{sign}{half}{share}&nbsp;</div></div>'
    )


def people(text: str, language: str) -> str:
    """Units of money and time in the reader's language."""
    if language.startswith("zh"):
        return text.removesuffix(" yr") + " 年" if text.endswith(" yr") else text
    return text.replace("百萬元", "million TWD").replace("元", "TWD")


def results_table(case: Case, shown: Preview, language: str) -> str:
    """Measures in turn, then the plant by carrier, with ± where inputs state any, and the notes needed to read it."""
    text, u = words("forms", language), shown.uncertainty
    keys = ("measure", "before", "after", "saving", "rate", "emission", "cost", "payback")
    head = "".join(_cell(text[f"head_{key}"], _HEAD, first=key == "measure") for key in keys)
    rows = [_measure_row(m, u, language) for m in shown.effects.measures]
    rows += [_plant_row(c, r, u, language) for c, r in shown.effects.plant.carriers.items()]
    notes = [text["measures_note"], text["interval_note"]]
    if "natural_gas" in shown.effects.plant.carriers:
        notes.append(text["heat_note"])
    return (
        f'<div style="{FONT};overflow-x:auto">{_title(case, language)}'
        f'<table style="border-collapse:collapse;font-size:95%"><tr>{head}</tr>{"".join(rows)}</table>'
        f'<div style="{QUIET};font-size:85%;margin-top:.4em;max-width:60em">{"<br>".join(map(html.escape, notes))}</div>'
        f"{findings(shown.effects.findings, language)}</div>"
    )


def findings(found: Sequence[Finding], language: str) -> str:
    """The doubts, as sentences."""
    if not found:
        return ""
    text = words("forms", language)
    lines = [f.sentence_zh if language.startswith("zh") else f.sentence for f in found]
    marks = {"note": "·", "warning": "△", "error": "✕"}
    items = "".join(
        f"<li>{marks[f.severity]} {html.escape(f.subject)}：{html.escape(line)}</li>" for f, line in zip(found, lines, strict=True)
    )
    return f'<div style="margin-top:.5em"><b>{text["findings"]}</b><ul style="margin:.2em 0;list-style:none;padding:0">{items}</ul></div>'


def _title(case: Case, language: str) -> str:
    text = words("forms", language)
    period = text["period"].format(first=case.period.first_day, last=case.period.last_day)
    mark = f'　<span style="border:1px solid;padding:0 .4em">{text["constructed"]}</span>' if case.constructed else ""
    return f'<div style="margin-bottom:.3em"><b>{html.escape(case.title)}</b>　<span style="{QUIET}">{period}{mark}</span></div>'


def _measure_row(m: MeasureResult, u: Uncertainties, language: str) -> str:
    name = f"<b>{html.escape(m.measure.id)}</b>　{html.escape(m.measure.name)}"
    parts = (m.energy_before, m.energy_after, m.saving, m.saving_rate, m.emission_saving, m.cost_saving, m.simple_payback)
    return _row(name, parts, u, language)


def _plant_row(carrier: str, r: CarrierResult, u: Uncertainties, language: str) -> str:
    text = words("forms", language)
    name = f"<b>{text['head_level']}</b>　{text[carrier]}"
    parts = (r.energy_before, r.energy_after, r.saving, r.saving_rate, r.emission_saving, r.cost_saving, None)
    return _row(name, parts, u, language, "font-weight:600;background:var(--jp-layout-color2,#f4f6f8)")


def _row(name: str, parts: Sequence[Quantity | None], u: Uncertainties, language: str, style: str = "") -> str:
    before, after, saving, rate, *others = parts
    # energies before and after without ±: the one of the saving is what counts, and they share most of theirs
    shown = [amount(before, {}), amount(after, {}), amount(saving, u), amount(rate, u, 3), *(amount(q, u) for q in others)]
    cells = "".join(_cell(html.escape(people(item, language)), f"{_CELL};{style}") for item in shown)
    return f"<tr>{_cell(name, f'{_CELL};{style}', first=True)}{cells}</tr>"


def _cell(content: str, style: str, *, first: bool = False) -> str:
    return f'<td style="{style}{";text-align:left" if first else ""}">{signed(content)}</td>'
