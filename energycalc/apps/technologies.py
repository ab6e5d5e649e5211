"""What the terminal shows of the technologies: which there are, and what each must and may be told."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from energycalc.equipment import TECHNOLOGIES
from energycalc.equipment.compressed_air.screw_compressor import CONTROL, NEEDS
from energycalc.equipment.description import Parameter
from energycalc.errors import InputError
from energycalc.quantity.glossary import label
from energycalc.quantity.units import unit
from energycalc.reports.figure_text import wrapped
from energycalc.reports.words import words

NEEDED = {CONTROL.key: NEEDS}
"""By technology: which further parameters each control needs."""


def show_technologies(language: str) -> None:
    """Print the technologies a measure may name."""
    for key, d in TECHNOLOGIES.items():
        print(f"{key:22} {d.label_zh if language == 'zh-TW' else d.label_en}")
    print(f"\n{words('terminal', language)['technology_list']}")


def show_technology(key: str, language: str) -> None:
    """Print the parameters of one technology: where they stand, unit, range, example, how to measure.

    Raises:
        InputError: there is no such technology.
    """
    if key not in TECHNOLOGIES:
        near = difflib.get_close_matches(key, TECHNOLOGIES, 2, 0.4)
        raise InputError(
            "is not a technology",
            subject=repr(key),
            limit=f"one of {', '.join(TECHNOLOGIES)}",
            next_step=f"Near ones: {', '.join(near)}" if near else "Take one of the list",
        )
    zh, d, text, console = language == "zh-TW", TECHNOLOGIES[key], words("terminal", language), Console()
    console.print(f"[bold]{d.label_zh if zh else d.label_en}[/bold]  ({d.key}, {text[d.carrier]})", highlight=False)
    console.print(d.limits_zh if zh else d.limits_en, highlight=False)
    for places in (("before", "after"), ("before",), ("after",), ("common",)):
        own = [p for p in d.parameters if p.places == places]
        if own:
            console.print(f"\n[bold]{text['technology_' + '_'.join(places)]}[/bold]", highlight=False)
        for p in own:
            _show_parameter(p, key, language, console)


def _show_parameter(p: Parameter, technology: str, language: str, console: Console) -> None:
    text, zh = words("terminal", language), language == "zh-TW"
    depends = any(p.name in names for names in NEEDED.get(technology, {}).values())  # its advice says on what
    need = text["technology_optional"] if p.optional and not depends else ""
    console.print(f"  [bold]{p.name}[/bold]  {escape(label(p.name, language))}", highlight=False)
    said = [need] if need else []
    said.append(f"{text['technology_example']} {', '.join(p.choices) or p.example}")
    if _range(p, text):
        said.append(f"{text['technology_range']} {_range(p, text)}")
    said.append(p.how_to_measure_zh if zh else p.how_to_measure_en)
    for part in wrapped(text["part_gap"].join(said), max(console.width - 6, 30)):
        console.print(f"    {escape(part)}", highlight=False, soft_wrap=True)


def _range(p: Parameter, text: Mapping[str, str]) -> str:
    """``0.1 至 500 m³/min``; empty where both ends are open."""
    low, high = p.range
    if low is None and high is None:
        return ""
    key = "between" if low is not None and high is not None else "from" if low is not None else "to"
    ends = {k: f"{v:,g}" for k, v in (("low", low), ("high", high)) if v is not None}
    shown = "" if p.unit == "1" else str(unit(p.unit)).replace("[", "(").replace("]", ")")  # bar(g), as it is written
    return f"{text[key].format(**ends)} {shown}".strip()
