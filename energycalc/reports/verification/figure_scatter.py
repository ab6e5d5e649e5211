"""Energy against the main driver: the baseline model with its bands, and the periods before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from energycalc.mv.views.model_views import Floats, Mask, ModelCurve, ModelScatter
from energycalc.quantity.render import people_number
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

DASHES = ("-", "--", ":", "-.")


def scatter_figure(
    view: ModelScatter,
    title: str,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Points before and after against the main driver, the fitted model, both its bands, the extrapolated range.

    Args:
        view: what is drawn.
        title: the model in words.
        language: ``zh-TW`` or ``en``.
        names: what drivers are called, by name; one that is missing is called by its name.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    text, called = words(scales.TOPIC, language), names or {}
    low, high = view.driver_range
    driver_unit = scales.driver_unit(view.driver_unit)
    notes = []
    if _outside(view).any():
        notes.append(
            text["scatter_range"].format(
                low=signed(people_number(low, 3)),
                high=signed(people_number(high, 3)),
                unit=f" {driver_unit}" if driver_unit else "",
            )
        )
    if view.others:
        separator = "、" if language.startswith("zh") else ", "
        others = separator.join(called.get(name, text.get(f"level_{name}", name)) for name in view.others)
        notes.append(text["scatter_others"].format(names=others))
    rows = 2 + (len(view.curves) > 3)
    head = 0.12 + 0.17 * rows
    with style.settings():
        page = frame.open_page(figure, 3.6 + head, title, caption, language, notes)
        axes = page.panel(0.85, 0.2, head, 3.1)
        _draw(axes, view, text, language)
        what = called.get(view.driver, view.driver)
        axes.set_xlabel(text["axis"].format(what=what, unit=driver_unit) if driver_unit else what, fontsize=style.TEXT)
        scales.legend_above(axes, 3)
    return page.figure


def _outside(view: ModelScatter) -> Mask:
    low, high = view.driver_range
    return (view.reporting_x < low) | (view.reporting_x > high)


def _draw(axes: Axes, view: ModelScatter, text: Mapping[str, str], language: str) -> None:
    from matplotlib.ticker import FuncFormatter

    unit = scales.unit_for([*view.baseline_y, *view.reporting_y], view.unit)
    by = scales.interval_word(view.interval, language)
    outside = _outside(view)
    _points(axes, view.baseline_x, view.baseline_y * unit.factor, style.QUIET, "o", 12, 0.35,
            text["scatter_points_baseline"].format(count=f"{len(view.baseline_x):,}", interval=by))  # fmt: skip
    _points(axes, view.reporting_x[~outside], view.reporting_y[~outside] * unit.factor, style.SAVING, "D", 12, 0.6,
            text["scatter_points_reporting"].format(count=f"{int((~outside).sum()):,}", interval=by))  # fmt: skip
    if outside.any():
        label = text["scatter_points_outside"].format(count=f"{int(outside.sum()):,}")
        axes.scatter(view.reporting_x[outside], view.reporting_y[outside] * unit.factor, s=18, marker="D",
                     facecolors="none", edgecolors=style.MORE, linewidths=0.9, label=label, zorder=3)  # fmt: skip
    for i, curve in enumerate(view.curves):
        _curve(axes, curve, unit.factor, DASHES[i % len(DASHES)], text, first=i == 0, by=by,
               share=scales.confidence_text(view.confidence))  # fmt: skip
    low, high = axes.get_xlim()
    for begin, end in ((low, view.driver_range[0]), (view.driver_range[1], high)):
        axes.axvspan(begin, end, color=style.MORE, alpha=0.06, linewidth=0, zorder=0)
    axes.set_xlim(low, high)
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
    axes.xaxis.set_major_formatter(FuncFormatter(tick_number))
    name = text["axis_per"].format(what=scales.amount_word(view.unit, language), unit=unit.name, interval=by)
    scales.energy_axis(axes, unit, name)


def _points(axes: Axes, x: Floats, y: Floats, colour: str, marker: str, size: float, alpha: float, label: str) -> None:
    axes.scatter(x, y, s=size, marker=marker, color=colour, alpha=alpha, linewidths=0, label=label, zorder=2)


def _curve(
    axes: Axes,
    curve: ModelCurve,
    factor: float,
    dashes: str,
    text: Mapping[str, str],
    *,
    first: bool,
    by: str,
    share: str,
) -> None:
    mean, model, point = (v * factor for v in (curve.mean, curve.confidence_half, curve.prediction_half))
    group = text.get(f"day_type_{curve.label}", curve.label)
    label = text["scatter_model_of"].format(label=group) if group else text["scatter_model"]
    axes.plot(curve.x, mean, color=style.INK, linewidth=1.3, linestyle=dashes, label=label, zorder=5)
    axes.fill_between(curve.x, mean - model, mean + model, color=style.AFTER, alpha=0.45, linewidth=0, zorder=4,
                      label=text["scatter_band_mean"].format(confidence=share) if first else None)  # fmt: skip
    wide = text["scatter_band_point"].format(confidence=share, interval=by) if first else None
    axes.fill_between(curve.x, mean - point, mean + point, color=style.AFTER, alpha=0.10, linewidth=0, zorder=1,
                      label=wide)  # fmt: skip
