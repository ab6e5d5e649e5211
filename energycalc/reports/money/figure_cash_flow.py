"""The flows of all measures year by year, and their cumulated present value before and after subsidy."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from energycalc.effects.money.results import Appraisal, Investment
from energycalc.reports import figure_bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PANEL = 2.6
"""Height of the panel in inches."""


def cash_flow(
    plant: Investment,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Bars of the yearly flows, a line of the cumulated present value; it crosses zero at the discounted payback.

    Args:
        plant: all measures together.
        language: ``zh-TW`` or ``en``.
        uncertainty: interval by result, for the headline.
        caption: what stands around the drawing.
        figure: figure to draw into again.
    """
    text = words("money", language)
    worth = numbers.scale_for([plant.before.npv, plant.gross], uncertainty)
    notes = [text["flow_note"]] + ([text["flow_note_after"]] if plant.after is not None else [])
    headline = "  ·  ".join(
        f"{text[view.view]} {text['npv']} {worth.number(view.npv)} {worth.unit}" for view in plant.views
    )
    with style.settings():
        page = frame.open_page(figure, PANEL + 0.5, text["cash_flow_title"], caption, language, notes, headline)
        axes = page.panel(0.95, 0.3, 0.05, PANEL)
        size = worth.size(plant.before.npv)
        years = [plant.years[0] - 1, *plant.years]
        _bars(axes, plant, years, size)
        _line(axes, plant, plant.before, years, size, "-", f"{text['cumulative_axis']}（{text['before_subsidy']}）"
              if language.startswith("zh") else f"{text['cumulative_axis']}, {text['before_subsidy']}")  # fmt: skip
        if plant.after is not None:
            after = text["after_subsidy"]
            _line(axes, plant, plant.after, years, size, "--", after)
        axes.axhline(0, color=style.QUIET, linewidth=0.6)
        axes.set_xlabel(text["year"], fontsize=style.TEXT)
        axes.set_ylabel(worth.name(text["cash_flow_axis"], language), fontsize=style.TEXT)
        axes.grid(axis="y", color=style.GRID, linewidth=0.6)
        from matplotlib.ticker import FuncFormatter, MaxNLocator

        axes.yaxis.set_major_formatter(FuncFormatter(figure_bars.tick_number))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=12))
        figure_bars.legend(axes, "lower right", (1, 1.0))
    return page.figure


def _bars(axes: Axes, plant: Investment, years: list[int], size: float) -> None:
    flows = [-float(plant.gross.value) * size, *(float(f.value) * size for f in plant.flows)]
    colours = [style.MORE if flow < 0 else style.SAVING for flow in flows]
    axes.bar(years, flows, width=0.6, color=colours)


def _line(axes: Axes, plant: Investment, view: Appraisal, years: list[int], size: float, look: str, label: str) -> None:
    steps = [-float(view.outlay.value), *(float(p.value) for p in plant.present_values)]
    at = [value * size for value in accumulate(steps)]
    axes.plot(years, at, look, color=style.AFTER, linewidth=1.2, marker="o", markersize=2.5, label=label)
