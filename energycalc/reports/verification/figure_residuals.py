"""Residuals of the baseline: over time, against themselves later, and against a normal distribution."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from energycalc.mv.views.model_views import Times
from energycalc.mv.views.series_views import WHITE_NOISE, Floats, ResidualView
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_bars import tick_number
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import signed
from energycalc.reports.verification import axes as scales
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def residual_figure(
    start: Times,
    residuals: Floats,
    view: ResidualView,
    rmse: float,
    unit: str,
    interval: str,
    language: str,
    *,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Residuals over time, their autocorrelation with bounds, their histogram and normal plot.

    Args:
        start: start of each baseline period.
        residuals: metered minus fitted, in ``unit``.
        view: what was computed from them.
        rmse: of the fit, by n − p.
        unit: of the residuals.
        interval: length of a period.
        language: ``zh-TW`` or ``en``.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    text = words(scales.TOPIC, language)
    shown = scales.unit_for(residuals, unit)
    title = text["residual_title"].format(
        value=shown.shown(rmse), unit=shown.name, rho=signed(f"{view.autocorrelation[0]:.2f}")
    )
    name = text["residual"].format(unit=shown.name)
    by = scales.interval_word(interval, language)
    notes = [text["residual_bound"].format(share=scales.confidence_text(WHITE_NOISE)), text["residual_note"]]
    with style.settings():
        page = frame.open_page(figure, 4.55, title, caption, language, notes)
        top = page.panel(0.85, 0.38, 0.24, 1.45)
        _over_time(top, start, residuals * shown.factor, view.standard_deviation * shown.factor, name, text)
        lags = page.panel(0.85, style.WIDTH - 2.75, 2.32, 1.7)
        _lags(lags, view, by, text)
        histogram = page.panel(3.35, style.WIDTH - 5.1, 2.32, 1.7)
        _histogram(histogram, view, shown, name, by, text)
        normal = page.panel(5.7, 0.2, 2.32, 1.7)
        _normal(normal, view, shown, text)
    return page.figure


def _over_time(
    axes: Axes, start: Times, residuals: Floats, deviation: float, name: str, text: Mapping[str, str]
) -> None:
    from matplotlib.dates import date2num

    axes.axhspan(-2 * deviation, 2 * deviation, color=style.BEFORE, alpha=0.25, linewidth=0)
    axes.axhline(0, color=style.QUIET, linewidth=0.7)
    size = 2.5 if len(start) < 1500 else 1.0
    axes.plot(date2num(start), residuals, linestyle="none", marker="o", markersize=size, markeredgewidth=0,
              color=style.AFTER, alpha=0.7)  # fmt: skip
    scales.date_axis(axes, start[0], start[-1])
    _numbers(axes, name)
    scales.panel_title(axes, text["residual_time"])


def _lags(axes: Axes, view: ResidualView, by: str, text: Mapping[str, str]) -> None:
    from matplotlib.ticker import MaxNLocator

    lags = np.arange(1, len(view.autocorrelation) + 1)
    axes.axhspan(-view.bound, view.bound, color=style.BEFORE, alpha=0.45, linewidth=0)
    axes.axhline(0, color=style.QUIET, linewidth=0.7)
    beyond = np.abs(view.autocorrelation) > view.bound
    for where, colour in ((beyond, style.MORE), (~beyond, style.AFTER)):
        axes.vlines(lags[where], 0, view.autocorrelation[where], color=colour, linewidth=1.3)
        axes.plot(lags[where], view.autocorrelation[where], "o", markersize=2.2, color=colour)
    reach = max(0.25, float(np.abs(view.autocorrelation).max()), view.bound) * 1.15
    axes.set_ylim(-reach if view.autocorrelation.min() < -view.bound else -max(2 * view.bound, reach / 3), reach)
    axes.set_xlim(0.2, len(lags) + 0.8)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.set_xlabel(text["residual_lag"].format(interval=by), fontsize=style.TEXT)
    _numbers(axes, "")
    scales.panel_title(axes, text["residual_lags"])


def _histogram(axes: Axes, view: ResidualView, unit: scales.Unit, name: str, by: str, text: Mapping[str, str]) -> None:
    edges = view.edges * unit.factor
    axes.stairs(view.counts, edges, fill=True, color=style.BEFORE)
    axes.plot((edges[:-1] + edges[1:]) / 2, view.normal_counts, color=style.MORE, linewidth=1.2)
    axes.set_xlabel(name, fontsize=style.TEXT)
    axes.set_ylim(0, max(view.counts.max(), view.normal_counts.max()) * 1.15)
    _thin(axes)
    _numbers(axes, text["residual_count"].format(interval=by))
    scales.panel_title(axes, text["residual_histogram"])


def _normal(axes: Axes, view: ResidualView, unit: scales.Unit, text: Mapping[str, str]) -> None:
    ends = np.array([view.scores[0], view.scores[-1]])
    axes.plot(ends, ends * view.standard_deviation * unit.factor, color=style.MORE, linewidth=1.2)
    axes.plot(view.scores, view.ordered * unit.factor, "o", markersize=1.8, markeredgewidth=0, color=style.AFTER)
    axes.set_xlabel(text["residual_score"], fontsize=style.TEXT)
    _numbers(axes, "")
    scales.panel_title(axes, text["residual_normal"])


def _thin(axes: Axes) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(tick_number))


def _numbers(axes: Axes, name: str) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(tick_number))
    axes.set_ylabel(name, fontsize=style.TEXT)
    axes.grid(axis="y", color=style.GRID, linewidth=0.6)
