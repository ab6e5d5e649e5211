"""The marginal abatement curve: measures side by side, as wide as they avoid, as high as a tonne costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from energycalc.effects.money.results import CurveStep
from energycalc.errors import InputError
from energycalc.reports import figure_bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PANEL = 2.6
"""Height of the panel in inches."""


def cost_curve_figure(
    curve: Sequence[CurveStep],
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Draw the curve; its steps are already in order.

    Args:
        curve: cheapest tonne first.
        language: ``zh-TW`` or ``en``.
        uncertainty: interval by result; drawn on the cost where there is one.
        caption: what stands around the drawing.
        figure: figure to draw into again.

    Raises:
        InputError: no measure avoids anything.
    """
    if not curve:
        raise InputError("there is no curve to draw: no measure avoids emissions", subject="marginal abatement curve")
    text = words("money", language)
    unit_of = str(curve[0].cost.unit).replace("CO2", "CO₂")
    tonnes = str(curve[0].tonnes.unit).replace("CO2", "CO₂")
    with style.settings():
        page = frame.open_page(figure, PANEL + 0.65, text["curve_title"], caption, language, [text["curve_note"]])
        axes = page.panel(1.0, 0.3, 0.15, PANEL)
        left = 0.0
        for step in curve:
            width, height = float(step.tonnes.value), float(step.cost.value)
            colour = style.SAVING if height < 0 else style.BEFORE
            axes.bar(left, height, width, align="edge", color=colour, edgecolor="white", linewidth=0.8)
            known = uncertainty.get(step.cost)
            if known is not None and known.interval is not None:
                middle = left + width / 2
                axes.plot((middle, middle), known.interval, color=style.INK, linewidth=0.9, marker="_", markersize=4)
            axes.annotate(
                step.id,
                (left, 0),
                xytext=(3, -3 if height >= 0 else 3),
                textcoords="offset points",
                ha="left",
                va="top" if height >= 0 else "bottom",
                fontsize=style.TEXT,
            )
            left += width
        axes.axhline(0, color=style.QUIET, linewidth=0.6)
        axes.set_xlim(0, left)
        axes.grid(axis="y", color=style.GRID, linewidth=0.6)
        from matplotlib.ticker import FuncFormatter

        axes.yaxis.set_major_formatter(FuncFormatter(figure_bars.tick_number))
        axes.xaxis.set_major_formatter(FuncFormatter(figure_bars.tick_number))
        axes.set_xlabel(text["curve_x"].format(unit=tonnes), fontsize=style.TEXT)
        axes.set_ylabel(text["curve_y"].format(unit=unit_of), fontsize=style.TEXT)
    return page.figure
