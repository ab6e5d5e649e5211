"""What the terminal shows of the technologies: which there are, and what each must and may be told."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from energycalc.case.worked_example import repeat_worked_example
from energycalc.equipment import FAMILIES, TECHNOLOGIES
from energycalc.equipment.description import Parameter, TechnologyDescription, WorkedExample
from energycalc.errors import InputError
from energycalc.quantity.glossary import label
from energycalc.quantity.units import unit
from energycalc.reports.documents import documents
from energycalc.reports.figure_text import wrapped
from energycalc.reports.words import words


def show_technologies(language: str) -> None:
    """Print the technologies a measure may name."""
    zh = language == "zh-TW"
    width = max(map(len, TECHNOLOGIES)) + 2
    for family in FAMILIES.values():
        print(f"\n{family.name_zh if zh else family.name_en}")
        for d in (TECHNOLOGIES[key] for key in family.files):
            print(f"  {d.key:{width}}{d.label_zh if zh else d.label_en}")
    print(f"\n{words('terminal', language)['technology_list']}")


def technology(key: str) -> TechnologyDescription:
    """A technology by its key.

    Raises:
        InputError: there is none; near ones are named.
    """
    if key not in TECHNOLOGIES:
        near = difflib.get_close_matches(key, TECHNOLOGIES, 2, 0.4)
        raise InputError(
            "is not a technology",
            subject=repr(key),
            limit=f"one of {', '.join(TECHNOLOGIES)}",
            next_step=f"Near ones: {', '.join(near)}" if near else "Take one of the list",
        )
    return TECHNOLOGIES[key]


def show_technology(key: str, language: str) -> None:
    """Print the parameters of one technology: where they stand, unit, range, example, how to measure.

    Raises:
        InputError: there is no such technology.
    """
    zh, d, text, console = language == "zh-TW", technology(key), words("terminal", language), Console()
    console.print(f"[bold]{d.label_zh if zh else d.label_en}[/bold]  ({d.key}, {text[d.carrier]})", highlight=False)
    console.print(d.limits_zh if zh else d.limits_en, highlight=False)
    for places in (("before", "after"), ("before",), ("after",), ("common",)):
        own = [p for p in d.parameters if p.places == places]
        if own:
            console.print(f"\n[bold]{text['technology_' + '_'.join(places)]}[/bold]", highlight=False)
        for p in own:
            _show_parameter(p, d, language, console)
    _show_limits(d, language, console)


def _show_limits(d: TechnologyDescription, language: str, console: Console) -> None:
    """Where more of the measure stops saving, and the published calculation with what physics allows at most."""
    text, zh = words("terminal", language), language == "zh-TW"
    turning = d.turning_point_zh if zh else d.turning_point_en
    if turning:
        _paragraph(text["technology_turning_point"], [turning], console)
    if d.worked_example is not None:
        _paragraph(text["technology_worked_example"], _worked(d, d.worked_example, language), console)


def _worked(d: TechnologyDescription, example: WorkedExample, language: str) -> list[str]:
    text, zh = words("terminal", language), language == "zh-TW"
    again = repeat_worked_example(d)
    document = documents().get(example.source.document)
    title = document.title if document else example.source.document
    lines = [f"{title}, {example.source.locator}", example.because_zh if zh else example.because_en]
    name = text.get(f"worked_{example.of}", label(example.of, language))
    ours, theirs = (f"{value:,.5g} {again.unit}".strip() for value in (again.ours, again.theirs))
    lines.append(text["technology_repeated"].format(name=name, ours=ours, theirs=theirs))
    if again.ceiling is not None:
        most = f"{again.ceiling.saving.value_in('%'):.1f} %"
        because = again.ceiling.because_zh if zh else again.ceiling.because_en
        lines.append(text["technology_ceiling"].format(most=most, because=because))
    return lines


def _paragraph(title: str, lines: list[str], console: Console) -> None:
    console.print(f"\n[bold]{title}[/bold]", highlight=False)
    for line in lines:
        for part in wrapped(line, max(console.width - 4, 30)):
            console.print(f"  {escape(part)}", highlight=False, soft_wrap=True)


def _show_parameter(p: Parameter, d: TechnologyDescription, language: str, console: Console) -> None:
    text, zh = words("terminal", language), language == "zh-TW"
    depends = any(p.name in names for needed in d.needs.values() for names in needed.values())  # its advice says
    need = text["technology_optional"] if p.optional and not depends else ""
    console.print(f"  [bold]{p.name}[/bold]  {escape(label(p.name, language))}", highlight=False)
    said = [need] if need else []
    said.append(f"{text['technology_example']} {', '.join(p.choices) or p.example}")
    if range_text(p, text):
        said.append(f"{text['technology_range']} {range_text(p, text)}")
    said.append(p.how_to_measure_zh if zh else p.how_to_measure_en)
    for part in wrapped(text["part_gap"].join(said), max(console.width - 6, 30)):
        console.print(f"    {escape(part)}", highlight=False, soft_wrap=True)


def range_text(p: Parameter, text: Mapping[str, str]) -> str:
    """``0.1 至 500 m³/min``; empty where both ends are open."""
    low, high = p.range
    if low is None and high is None:
        return ""
    key = "between" if low is not None and high is not None else "from" if low is not None else "to"
    ends = {k: f"{v:,.10g}" for k, v in (("low", low), ("high", high)) if v is not None}
    shown = "" if p.unit == "1" else str(unit(p.unit)).replace("[", "(").replace("]", ")")  # bar(g), as it is written
    shown = p.unit if shown == "1" else shown  # kg/kg
    return f"{text[key].format(**ends)} {shown}".strip()
