"""Metered energy over time with the adjusted baseline, its band, and the saving as the area between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.views.model_views import EnergyOverTime, Floats, Mask
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import text_width
from energycalc.reports.verification import axes as scales
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Places = NDArray[np.int64]


def over_time_figure(
    view: EnergyOverTime,
    title: str,
    language: str,
    *,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Metered energy, adjusted baseline with its band, the three periods shaded, the saving as an area.

    Args:
        view: what is drawn.
        title: the message, from :func:`saving_title`.
        language: ``zh-TW`` or ``en``.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    text = words(scales.TOPIC, language)
    by = scales.interval_word(view.interval, language)
    notes = [text["over_time_band"].format(confidence=scales.confidence_text(view.confidence), interval=by)]
    if view.own_interval != view.interval:
        own = scales.interval_word(view.own_interval, language)
        notes.append(text["over_time_summed"].format(interval=by, own=own))
    with style.settings():
        page = frame.open_page(figure, 3.75, title, caption, language, notes, text["over_time_title"])
        panels = scales.time_panels(page, view.baseline, view.reported, 0.42, 3.0)
        for axes, span in panels:
            _draw(axes, view, span, text, language, first=axes is panels[0][0])
        scales.legend_above(panels[0][0], 5, 1.065, also=panels[-1][0])
    return page.figure


def _draw(
    axes: Axes, view: EnergyOverTime, span: scales.Span, text: Mapping[str, str], language: str, *, first: bool
) -> None:
    unit = scales.unit_for(view.metered, view.unit)
    metered, expected, half = (values * unit.factor for values in (view.metered, view.expected, view.half_width))
    top = _top(metered, expected, half)
    axes.axvspan(*_days(view.baseline), color=style.BEFORE, alpha=0.22, linewidth=0)
    axes.axvspan(*_days(view.reported), color=style.SAVING, alpha=0.12, linewidth=0)
    for part in (~view.reporting, view.reporting):
        _steps(axes, view, part, metered, expected, half, text)
    axes.set_ylim(0, top)
    scales.date_axis(axes, *span, ticks=8 if span[0] <= view.baseline[0] and span[1] >= view.reported[1] else 5)
    name = text["axis_per"].format(
        what=scales.amount_word(view.unit, language),
        unit=unit.name,
        interval=scales.interval_word(view.own_interval, language),
    )
    scales.energy_axis(axes, unit, name if first else "")
    if not first:
        axes.tick_params(labelleft=False, left=False)
    _strip(axes, view, text)


def _steps(
    axes: Axes,
    view: EnergyOverTime,
    part: Mask,
    metered: Floats,
    expected: Floats,
    half: Floats,
    text: Mapping[str, str],
) -> None:
    """Baseline or reporting periods as steps; where periods are missing the lines break."""
    from matplotlib.dates import date2num

    x, edges = _edges(view, part)
    low, high = _stepped(expected - half, edges), _stepped(expected + half, edges)
    use, model = _stepped(metered, edges), _stepped(expected, edges)
    reporting = bool(part.any() and view.reporting[part].all())
    band = text["expected_band"].format(confidence=scales.confidence_text(view.confidence))
    axes.fill_between(x, low, high, step="post", color=style.QUIET, alpha=0.22, linewidth=0,
                      label=band if reporting else None)  # fmt: skip
    if reporting:
        starts, ends = date2num(view.start[part]), date2num(view.end[part])
        was, became = expected[part], metered[part]
        for where, colour, key in ((became <= was, style.SAVING, "less"), (became > was, style.MORE, "more")):
            if where.any():
                axes.bar(starts[where], (was - became)[where], (ends - starts)[where], became[where], align="edge",
                         color=colour, alpha=0.55, linewidth=0, label=text[key])  # fmt: skip
    axes.step(x, model, where="post", color=style.INK, linewidth=0.9, linestyle=(0, (4, 1.5)),
              label=text["expected"] if reporting else None)  # fmt: skip
    axes.step(x, use, where="post", color=style.AFTER, linewidth=1.2, label=text["metered"] if reporting else None)


def _edges(view: EnergyOverTime, part: Mask) -> tuple[Floats, Places]:
    """Days at which a step begins, and for each the number of its period, or -1 where a gap begins."""
    from matplotlib.dates import date2num

    starts, ends, places = view.start[part], view.end[part], np.flatnonzero(part)
    moments, numbers = [], []
    for i, (start, end, place) in enumerate(zip(starts, ends, places, strict=True)):
        moments.append(start)
        numbers.append(int(place))
        last = i + 1 == len(starts)
        if last or starts[i + 1] > end:
            moments.append(end)
            numbers.append(int(place) if last else -1)
    return date2num(np.array(moments)), np.array(numbers)


def _stepped(values: Floats, numbers: Places) -> Floats:
    return np.where(numbers >= 0, values[np.maximum(numbers, 0)], np.nan)


def _top(metered: Floats, expected: Floats, half: Floats) -> float:
    return 1.06 * float(np.nanmax([np.nanmax(metered), np.nanmax(expected + half)]))


def _days(span: tuple[np.datetime64, np.datetime64]) -> tuple[float, float]:
    from matplotlib.dates import date2num

    low, high = date2num(np.array(span))
    return float(low), float(high)


def _strip(axes: Axes, view: EnergyOverTime, text: Mapping[str, str]) -> None:
    """Names of the periods above the panel, each over its own span, where it is wide enough for the name."""
    from matplotlib.transforms import blended_transform_factory

    spans = [("baseline", *_days(view.baseline)), ("reporting", *_days(view.reported))]
    between = (spans[0][2], spans[1][1])
    if between[1] > between[0]:
        spans.append(("between", *between))
    low, high = axes.get_xlim()
    inches = axes.get_position().width * axes.figure.get_figwidth()  # type: ignore[union-attr]
    where = blended_transform_factory(axes.transData, axes.transAxes)
    for key, begin, end in spans:
        name = text[key]
        if begin < low or end > high:
            continue
        if (end - begin) / (high - low) * inches < text_width([name], style.SMALL + 0.5) + 0.05:
            continue
        axes.text((begin + end) / 2, 1.012, name, transform=where, ha="center", va="bottom",
                  fontsize=style.SMALL + 0.5, color=style.QUIET)  # fmt: skip
