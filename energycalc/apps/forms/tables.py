"""Results as static HTML: headline, table of measures, formula card. They stay readable when a notebook is reopened."""

from __future__ import annotations

import dataclasses
import html
from collections.abc import Mapping, Sequence

from energycalc.apps.forms.preview import Preview
from energycalc.case.case import Case
from energycalc.effects.results import CarrierResult, MeasureResult
from energycalc.finding import Finding
from energycalc.quantity import Quantity
from energycalc.quantity.display import with_interval
from energycalc.reports.figure_numbers import Scale, Uncertainties, percent, scale_for
from energycalc.reports.words import words

FONT = "font-family:var(--jp-ui-font-family,system-ui),'Noto Sans TC',sans-serif;line-height:1.5"
QUIET = "color:var(--jp-ui-font-color2,#666)"
LINE = "border-bottom:1px solid var(--jp-border-color2,#ddd)"
_CELL = f"padding:.35em .7em .35em 0;text-align:right;vertical-align:baseline;white-space:nowrap;{LINE};background:none"
_TOTAL = "font-weight:600;background:var(--jp-layout-color2,#f4f6f8)"
COLUMNS = ("before", "after", "saving", "rate", "emission", "cost", "payback")
_HEAD = f"{_CELL};font-weight:600;{QUIET}"


@dataclasses.dataclass(frozen=True)
class Shown:
    """A number for people: value, its 95 % interval as ± or as ends (empty where none is stated) and unit."""

    value: str
    interval: str
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.interval} {self.unit}".replace("  ", " ").strip()


def shown_as(q: Quantity, scale: Scale, language: str) -> Shown:
    """A result in the unit of a scale, with the digits its uncertainty allows."""
    ends = scale.ends(q)
    if ends is None:
        return Shown(scale.number(q), "", unit_name(scale, language))
    value, interval = with_interval(scale.value(q), ends)
    return Shown(value, interval.replace("±", "± "), unit_name(scale, language))


def unit_name(scale: Scale, language: str) -> str:
    """The unit of a scale as people write it."""
    names = {
        "MTWD": ("百萬元", "million TWD"),
        "kTWD": ("千元", "thousand TWD"),
        "TWD": ("元", "TWD"),
        "yr": ("年", "yr"),
        "1": ("", ""),
    }
    return names[scale.unit][0 if language.startswith("zh") else 1] if scale.unit in names else scale.unit


def headline(case: Case, shown: Preview, language: str) -> str:
    """The plant's savings as a row of large numbers."""
    text, plant = words("forms", language), shown.effects.plant
    tiles: list[tuple[str, Quantity, Quantity | None]]
    tiles = [(text[f"tile_{c}"], r.saving, r.saving_rate) for c, r in plant.carriers.items()]
    tiles.append((text["tile_emission"], plant.emission_saving, None))
    if plant.cost_saving is not None:
        tiles.append((text["tile_cost" if case.period.is_one_year else "tile_cost_period"], plant.cost_saving, None))
    if shown.effects.totals.simple_payback is not None:
        tiles.append((text["tile_payback"], shown.effects.totals.simple_payback, None))
    body = "".join(_tile(name, q, rate, shown.uncertainty, language) for name, q, rate in tiles)
    return f'<div style="{FONT};display:flex;flex-wrap:wrap;gap:.6em">{body}</div>'


def _tile(name: str, q: Quantity, rate: Quantity | None, uncertainty: Uncertainties, language: str) -> str:
    shown = shown_as(q, scale_for([q], uncertainty), language)
    below = [shown.interval] if shown.interval else []
    below += [str(shown_as(rate, percent(uncertainty), language))] if rate is not None else []
    return (
        '<div style="flex:1 1 9em;padding:.4em .9em;border-left:4px solid #1F5A85;'
        'background:var(--jp-layout-color2,#f4f6f8);white-space:nowrap">'
        f'<div style="{QUIET};font-size:90%">{html.escape(name)}</div>'
        f'<div><span style="font-size:170%;font-weight:600">{shown.value}</span> {html.escape(shown.unit)}</div>'
        f'<div style="{QUIET};font-size:90%">{"　".join(below)}&nbsp;</div></div>'
    )


def results_table(case: Case, shown: Preview, language: str) -> str:
    """Measures in turn, then the plant by carrier, with ± where inputs state any, and the notes needed to read it."""
    text, u = words("forms", language), shown.uncertainty
    rows = [_of_measure(m, text, language) for m in shown.effects.measures]
    rows += [_of_plant(r, text) for r in shown.effects.plant.carriers.values()]
    columns = [_column(key, [row.numbers[key] for row in rows], u, language) for key in COLUMNS]
    head = _cell(text["head_measure"], _HEAD, first=True) + "".join(_cell(c.head, _HEAD) for c in columns if c.cells)
    body = ""
    for i, row in enumerate(rows):
        style = f"{_CELL};{_TOTAL}" if row.is_total else _CELL
        cells = "".join(_cell(c.cells[i], style) for c in columns if c.cells)
        body += f"<tr>{_cell(row.name, style, first=True)}{cells}</tr>"
    notes = [text["measures_note"], text["interval_note"]]
    if "natural_gas" in shown.effects.plant.carriers:
        notes.append(text["heat_note"])
    return (
        f'<div style="{FONT};overflow-x:auto">{_title(case, language)}'
        f'<table style="border-collapse:collapse;font-size:95%"><tr>{head}</tr>{body}</table>'
        f'<div style="{QUIET};font-size:85%;margin-top:.4em;max-width:60em">'
        f"{'<br>'.join(map(html.escape, notes))}</div>"
        f"{findings(shown.effects.findings, language)}</div>"
    )


@dataclasses.dataclass(frozen=True)
class _Row:
    name: str
    numbers: Mapping[str, Quantity | None]
    is_total: bool = False


@dataclasses.dataclass(frozen=True)
class _Column:
    head: str
    cells: tuple[str, ...]


def _column(key: str, found: Sequence[Quantity | None], u: Uncertainties, language: str) -> _Column:
    """One unit for the whole column; no cells where there is no number at all."""
    given = [q for q in found if q is not None]
    head = words("forms", language)[f"head_{key}"]
    if not given:
        return _Column(head, ())
    # before and after without ±: they share most of it, and that of the saving is what counts
    stated = {} if key in ("before", "after") else u
    scale = percent(stated) if key == "rate" else scale_for(given, stated)
    shown = [None if q is None else shown_as(q, scale, language) for q in found]
    cells = tuple("–" if s is None else _stacked(s) for s in shown)
    return _Column(f"{head}<br>{html.escape(unit_name(scale, language))}", cells)


def _stacked(shown: Shown) -> str:
    """The number with its interval beneath it, so that a table of seven columns fits beside the inputs."""
    beneath = f'<br><span style="{QUIET};font-size:85%">{shown.interval}</span>' if shown.interval else ""
    return f"{shown.value}{beneath}"


def findings(found: Sequence[Finding], language: str) -> str:
    """The doubts, as sentences."""
    if not found:
        return ""
    text = words("forms", language)
    lines = [f.sentence_zh if language.startswith("zh") else f.sentence for f in found]
    marks = {"note": "·", "warning": "△", "error": "✕"}
    items = "".join(
        f"<li>{marks[f.severity]} {html.escape(f.subject)}：{html.escape(line)}</li>"
        for f, line in zip(found, lines, strict=True)
    )
    bare = "margin:.2em 0;list-style:none;padding:0"
    return f'<div style="margin-top:.5em"><b>{text["findings"]}</b><ul style="{bare}">{items}</ul></div>'


def _title(case: Case, language: str) -> str:
    text = words("forms", language)
    period = text["period"].format(first=case.period.first_day, last=case.period.last_day)
    mark = f'　<span style="border:1px solid;padding:0 .4em">{text["constructed"]}</span>' if case.constructed else ""
    title = html.escape(case.title)
    return f'<div style="margin-bottom:.3em"><b>{title}</b>　<span style="{QUIET}">{period}{mark}</span></div>'


def _of_measure(m: MeasureResult, text: Mapping[str, str], language: str) -> _Row:
    numbers = (
        m.energy_before,
        m.energy_after,
        m.saving,
        m.saving_rate,
        m.emission_saving,
        m.cost_saving,
        m.simple_payback,
    )
    name = f"<b>{html.escape(m.measure.id)}</b>　{html.escape(m.measure.name)}"
    if not m.is_main:
        name += f"　{text[m.carrier]}"
    if m.kind != "own":
        name += f"　{words('interactions', language)[f'kind_{m.kind}']} {html.escape(m.machine)}"
    return _Row(name, dict(zip(COLUMNS, numbers, strict=True)))


def _of_plant(r: CarrierResult, text: Mapping[str, str]) -> _Row:
    numbers = (r.energy_before, r.energy_after, r.saving, r.saving_rate, r.emission_saving, r.cost_saving, None)
    return _Row(
        f"<b>{text['head_level']}</b>　{text[r.carrier]}", dict(zip(COLUMNS, numbers, strict=True)), is_total=True
    )


def _cell(content: str, style: str, *, first: bool = False) -> str:
    return f'<td style="{style}{";text-align:left" if first else ""}">{content}</td>'
