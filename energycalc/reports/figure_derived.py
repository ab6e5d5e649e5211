"""Figures of the derived effects: the path over the years, project beside roll-out, CO2e per output."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from energycalc.effects.derived.results import Derived
from energycalc.quantity import Quantity
from energycalc.quantity.display import rounded
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import signed, text_width
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HATCH = "////"
ROW, AXIS = 0.3, 0.55
"""Inches of a row at least, and of the axis below a panel."""


@dataclass(frozen=True)
class Bar:
    """One bar: its label, what it shows, and how it looks."""

    label: str
    value: Quantity
    colour: str
    hatch: str = ""


@dataclass(frozen=True)
class Panel:
    """Bars on one axis of their own; all in one unit."""

    axis: str
    bars: tuple[Bar, ...]


def derived_figures(
    derived: Derived | None, language: str, uncertainty: numbers.Uncertainties, caption: Caption = NO_CAPTION
) -> Iterator[tuple[str, Figure]]:
    """The figures with their names; none for a case that asks for no derived effects.

    Args:
        derived: of the case.
        language: ``zh-TW`` or ``en``.
        uncertainty: coverage interval by result; drawn as whiskers.
        caption: what stands around the drawing.
    """
    if derived is None:
        return
    text = words("derived", language)
    yield "derived_path", _drawn(text["figure_path_title"], _path(derived, language), language, uncertainty, caption)
    if derived.targets:
        title = text["figure_rollout_title"]
        yield "derived_rollout", _drawn(title, _rollout(derived, language), language, uncertainty, caption)
    if derived.intensities:
        title = text["figure_intensity_title"]
        yield "derived_intensity", _drawn(title, _intensities(derived, language), language, uncertainty, caption)


def _path(derived: Derived, language: str) -> list[Panel]:
    """Each year at the fixed factor (hatched) and on the paths of the case."""
    text = words("derived", language)
    shown = []
    for place, year in enumerate(derived.years):
        for path in derived.paths:
            y = path.years[place]
            how = text["figure_path_fixed"]
            if not path.fixed:
                how = text["figure_path_path"].format(name=path.name, kind=text[f"kind_{y.kind}"])
            look = ("white", HATCH) if path.fixed and len(derived.paths) > 1 else (style.SAVING, "")
            shown.append(Bar(f"{year.year} {how}", y.project, *look))
    return [Panel(text["axis_saved"], tuple(shown))]


def _rollout(derived: Derived, language: str) -> list[Panel]:
    """Project and roll-out side by side, never stacked: the one is proven, the other expected."""
    text = words("derived", language)
    shown = []
    for y in derived.paths[0].years:
        shown.append(Bar(f"{y.year} {text['column_project']}", y.project, style.SAVING))
        if y.rollout is not None:
            label = text["column_rollout"].replace("\n", "" if language == "zh-TW" else " ")
            shown.append(Bar(f"{y.year} {label}", y.rollout, "white", HATCH))
    return [Panel(text["axis_saved"], tuple(shown))]


def _intensities(derived: Derived, language: str) -> list[Panel]:
    text = words("derived", language)
    found = []
    for i in derived.intensities:
        name = f"{i.label}{text['colon']}{text['list_gap'].join(i.products)}"
        before = Bar(f"{name}\n{text['column_before']}", i.emissions_before, style.BEFORE)
        found.append(
            Panel(text["axis_per_output"], (before, Bar(text["column_after"], i.emissions_after, style.AFTER)))
        )
    return found


def _drawn(
    title: str, panels: Sequence[Panel], language: str, uncertainty: numbers.Uncertainties, caption: Caption
) -> Figure:
    given = [b.value for panel in panels for b in panel.bars]
    placed = [bars.rows_for([b.label for b in panel.bars], ROW, 40) for panel in panels]
    height = sum(rows.height + AXIS for rows in placed)
    with style.settings():
        page = frame.open_page(None, height, title, caption, language,
                               [numbers.interval_note(given, uncertainty, language)])  # fmt: skip
        left = text_width([line for rows in placed for line in rows.labels], style.TEXT) + 0.3
        room = text_width([_number(q, uncertainty) for q in given], style.TEXT) + 0.3
        above = 0.05
        for panel, rows in zip(panels, placed, strict=True):
            axes = page.panel(left, room, above, rows.height)
            bars.label_rows(axes, rows)
            ends = [0.0]
            for y, b in zip(rows.centres, panel.bars, strict=True):
                interval, value = _interval(b.value, uncertainty), float(b.value.value)
                bars.bar(axes, y, 0, value, style.BAR, b.colour, b.hatch)
                end = bars.whiskered_end(axes, value, interval, y)
                bars.beside(axes, end, y, _number(b.value, uncertainty), right=end >= 0)
                ends += [end, value, *(interval or ())]
            high = max(ends)
            bars.value_axis(axes, min(ends), high if high > 0 else 1.0, _axis(panel, language))
            above += rows.height + AXIS
    return page.figure


def _interval(q: Quantity, uncertainty: numbers.Uncertainties) -> tuple[float, float] | None:
    found = uncertainty.get(q)
    return None if found is None or found.interval is None else (found.interval[0], found.interval[1])


def _number(q: Quantity, uncertainty: numbers.Uncertainties) -> str:
    interval = _interval(q, uncertainty)
    half = (interval[1] - interval[0]) / 2 if interval else 0.0
    return signed(rounded(float(q.value), half) if half > 0 else f"{float(q.value):,.4g}")


def _axis(panel: Panel, language: str) -> str:
    """Name of the axis with its unit; what stands in its brackets in words."""
    text, unit = words("figures", language), str(panel.bars[0].value.unit)
    plain = re.sub(r"\[[^]]*\]", "", unit).replace("CO2", "CO₂")
    qualifier = re.search(r"\[([^]]*)\]", unit)
    if qualifier is None:
        return text["axis_unit"].format(what=panel.axis, unit=plain)
    basis = numbers.qualifier_name(qualifier[1], language)
    return text["axis_unit_qualified"].format(what=panel.axis, unit=plain, qualifier=basis)
