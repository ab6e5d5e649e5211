"""Whose saving is it: each measure in the order computed, first, last, and averaged over all orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energycalc.effects.results import Effects
from energycalc.errors import InputError
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import text_width
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def attribution(
    effects: Effects,
    carrier: str,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Measures on machines with several of them: saving in order, range over all orders, mean of all orders.

    Args:
        effects: results of the case.
        carrier: whose savings.
        language: ``zh-TW`` or ``en``.
        uncertainty: coverage interval by result; sets the digits.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.

    Raises:
        InputError: no machine has several measures on this carrier.
    """
    text = words("interactions", language)
    found = [a for a in (effects.interactions.attributions if effects.interactions else ()) if a.carrier == carrier]
    if not found:
        raise InputError(
            "there is no effect of an order to draw: no machine has several measures on this carrier",
            subject=f"{effects.plant.label}, {carrier}",
            next_step="Choose another carrier, or leave the figure out",
        )
    rows = [
        (text["figure_row"].format(machine=a.machine, measure=numbers.called(p.measure.id, p.measure.name)), p)
        for a in found
        for p in a.parts
    ]
    scale = numbers.scale_for([p.in_order for _, p in rows], uncertainty)
    values = [scale.value(q) for _, p in rows for q in (p.in_order, p.when_first, p.when_last)]
    labels = bars.rows_for([label for label, _ in rows], 0.36)
    with style.settings():
        page = frame.open_page(
            figure, labels.height + 0.55, text["figure_title"], caption, language, [text["figure_note"]]
        )
        room = text_width([scale.number(p.in_order) for _, p in rows], style.TEXT) + 0.3
        left = text_width(labels.labels, style.TEXT) + 0.25
        low, high = min(0.0, *values), max(0.0, *values)
        axes = page.panel(left + (room if low < 0 else 0), room, 0.05, labels.height)
        bars.label_rows(axes, labels)
        if low < 0:
            axes.tick_params(axis="y", pad=room * 72)
        for y, (_, part) in zip(labels.centres, rows, strict=True):
            value = scale.value(part.in_order)
            bars.bar(axes, y, 0, value, style.BAR, style.SAVING if value >= 0 else style.MORE)
            ends = (scale.value(part.when_last), scale.value(part.when_first))
            end = bars.whiskered_end(axes, value, (min(ends), max(ends)), y)
            if part.mean is not None:
                axes.plot([scale.value(part.mean)], [y], color=style.INK, marker="D", markersize=4, linestyle="none")
            bars.beside(axes, end, y, scale.number(part.in_order), right=end >= 0)
        bars.value_axis(axes, low, high, scale.name(text["figure_axis"], language))
    return page.figure
