"""The saving added up over time (CUSUM), with its interval and the changes found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from energycalc.mv.views.model_views import CumulativeSaving
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.verification import axes as scales
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def cumulative_figure(
    view: CumulativeSaving,
    language: str,
    *,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Sum of expected less metered use, through the baseline and from 0 again through the reporting period.

    Args:
        view: what is drawn.
        language: ``zh-TW`` or ``en``.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    text = words(scales.TOPIC, language)
    unit = scales.unit_for(view.saving[view.reporting], view.unit)
    final, half = float(view.saving[-1]), float(view.half_width[-1])
    title = text["cumulative_title"].format(
        value=unit.shown(final, half), half=unit.shown(half, half), unit=unit.name,
        day=scales.day_text(view.end[-1] - np.timedelta64(1, "s")),
    )  # fmt: skip
    separator = "、" if language.startswith("zh") else ", "
    days = separator.join(scales.day_text(moment) for moment in view.changes)
    found = text["cumulative_changes"].format(days=days) if view.changes else text["cumulative_no_changes"]
    notes = [text["cumulative_baseline_note"], text["cumulative_note"], found]
    with style.settings():
        page = frame.open_page(figure, 3.5, title, caption, language, notes)
        parts = [view.end[~view.reporting], view.end[view.reporting]]
        spans = [(part[0] - (part[1] - part[0] if len(part) > 1 else 0), part[-1]) for part in parts]
        panels = scales.time_panels(page, spans[0], spans[1], 0.28, 2.85)
        for axes, span in panels:
            _draw(axes, view, unit, span, text, first=axes is panels[0][0], alone=len(panels) == 1)
        scales.legend_above(panels[0][0], 4)
    return page.figure


def _draw(
    axes: Axes,
    view: CumulativeSaving,
    unit: scales.Unit,
    span: scales.Span,
    text: Mapping[str, str],
    *,
    first: bool,
    alone: bool,
) -> None:
    from matplotlib.dates import date2num

    days = date2num(view.end)
    saving, half = view.saving * unit.factor, view.half_width * unit.factor
    before, after = ~view.reporting, view.reporting
    band = text["expected_band"].format(confidence=scales.confidence_text(view.confidence))
    axes.axhline(0, color=style.QUIET, linewidth=0.7)
    axes.plot(days[before], saving[before], color=style.QUIET, linewidth=1.2, label=text["baseline"])
    axes.fill_between(days[after], saving[after] - half[after], saving[after] + half[after], color=style.SAVING,
                      alpha=0.3, linewidth=0, label=band)  # fmt: skip
    axes.plot(days[after], saving[after], color=style.AFTER, linewidth=1.5, label=text["reporting"])
    low, high = axes.get_ylim()
    for i, moment in enumerate(view.changes):
        axes.axvline(float(date2num(moment)), color=style.MORE, linewidth=0.9, linestyle=(0, (3, 2)),
                     label=text["change"] if i == 0 else None)  # fmt: skip
    axes.set_ylim(low, high)
    scales.date_axis(axes, *span, ticks=8 if alone else 5)
    name = text["axis"].format(what=text["cumulative_sum"], unit=unit.name)
    scales.energy_axis(axes, unit, name if first else "")
    if not first:
        axes.tick_params(labelleft=False, left=False)
