"""The load of a meter before and after: by day and hour, and by duration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from energycalc.mv.views.series_views import DayByHour, DurationCurve
from energycalc.quantity.render import people_number
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_bars import tick_number
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.verification import axes as scales
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = "cividis"
"""Even in lightness, and told apart with the common colour deficiencies and in grey print."""


def heat_map(
    tables: Sequence[tuple[str, DayByHour]],
    language: str,
    *,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Load by day and hour, one panel for each table, all in the same colours.

    Args:
        tables: (``before`` or ``after``, loads), one or two, in one unit.
        language: ``zh-TW`` or ``en``.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    text = words(scales.TOPIC, language)
    every = np.concatenate([table.load.ravel() for _, table in tables])
    colours = Normalize(min(0.0, float(np.nanmin(every))), float(np.nanmax(every)))
    unit = tables[0][1].unit
    missing = [text["heat_missing"]] if np.isnan(every).any() else []
    with style.settings():
        page = frame.open_page(figure, 2.35 * len(tables), text["heat_title"], caption, language, missing)
        for i, (key, table) in enumerate(tables):
            axes = page.panel(0.75, 1.45, 0.3 + 2.35 * i, 1.6)
            ends = {"first": scales.day_text(table.days[0]), "last": scales.day_text(table.days[-1])}
            scales.panel_title(axes, text[f"heat_title_{key}"].format(**ends))
            _map(axes, table, colours)
            axes.set_ylabel(text["heat_hour"], fontsize=style.TEXT)
        bar = page.panel(style.WIDTH - 0.95, 0.8, 0.3, 2.35 * (len(tables) - 1) + 1.6)
        scale = page.figure.colorbar(ScalarMappable(colours, colormaps[COLOURS]), cax=bar, format=tick_number)
        scale.outline.set_visible(False)
        bar.tick_params(labelsize=style.TEXT - 0.5, labelfontfamily=None)
        scale.set_label(text["axis"].format(what=text["load"], unit=unit), fontsize=style.TEXT)
    return page.figure


def _map(axes: Axes, table: DayByHour, colours: object) -> None:
    from matplotlib.dates import date2num

    first, last = table.days[0], table.days[-1] + 1
    extent = (float(date2num(first)), float(date2num(last)), 0.0, 24.0)
    shown = np.ma.masked_invalid(table.load.T)
    axes.imshow(shown, aspect="auto", origin="lower", extent=extent, norm=colours, cmap=COLOURS,  # type: ignore[arg-type]
                interpolation="nearest")  # fmt: skip
    axes.set_yticks(range(0, 25, 6))
    scales.date_axis(axes, first.astype("datetime64[s]"), last.astype("datetime64[s]"))


def duration_figure(
    before: DurationCurve,
    after: DurationCurve | None,
    language: str,
    *,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Load duration curves over the share of time.

    Args:
        before: curve of the baseline period.
        after: curve of the reporting period; ``None`` for none.
        language: ``zh-TW`` or ``en``.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    text = words(scales.TOPIC, language)
    shown = [people_number(curve.mean, 4) for curve in (before, after) if curve is not None]
    key = "duration_title_one" if after is None else "duration_title_both"
    title = text[key].format(before=shown[0], after=shown[-1], unit=before.unit)
    curves = [("before", before, style.QUIET, "--")]
    if after is not None:
        curves.append(("after", after, style.AFTER, "-"))
    with style.settings():
        page = frame.open_page(figure, 3.3, title, caption, language, [text["duration_note"]])
        axes = page.panel(0.8, 0.3, 0.26, 2.55)
        for name, curve, colour, dashes in curves:
            share = np.concatenate([[0.0], curve.share * 100])
            load = np.concatenate([curve.load[:1], curve.load])
            label = text[f"duration_{name}"].format(hours=people_number(curve.hours, 5))
            axes.step(share, load, where="pre", color=colour, linewidth=1.5, linestyle=dashes, label=label)
        axes.set_xlim(0, 100)
        least = min(float(curve.load[-1]) for _, curve, _, _ in curves)
        if least >= 0:
            axes.set_ylim(bottom=0)
        axes.set_xlabel(text["duration_share"], fontsize=style.TEXT)
        unit = scales.Unit(before.unit, 1.0)
        scales.energy_axis(axes, unit, text["axis"].format(what=text["load"], unit=before.unit))
        scales.legend_above(axes, 2)
    return page.figure
