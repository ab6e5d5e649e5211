"""The load of a meter: its mean day on working days and other days, and its duration curve."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.profile import LoadDuration, Peak, daily_profile, load_duration, peak, working_days
from energycalc.metering.series import MeterSeries
from energycalc.quantity.render import people_number
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAND = 0.8
"""Share of the readings inside the band of the mean day: from the 10th to the 90th percentile."""
BASE_TIME = 0.95
"""The base is the demand that is reached in this share of the time."""
POINTS = 1500
"""Points of the duration curve that are drawn; more cannot be told apart on paper."""


def load_profile(
    series: MeterSeries,
    language: str,
    *,
    days_off: Collection[date] = (),
    attribution: str = "",
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Mean day (working days and others, each with a band) and load duration curve with peak and base.

    Args:
        series: the meter.
        language: ``zh-TW`` or ``en``.
        days_off: dates that count with Saturdays and Sundays.
        attribution: credit that the licence of the data asks for; printed under the figure with file and period.
        caption: plant, and whether the case is constructed; its source gives way to the meter file.
        figure: figure to draw into again.
    """
    text = words("figures", language)
    first = str(series.interval_start[0]).replace("T", " ")[:16]
    last = str(series.interval_end[-1]).replace("T", " ")[:16]
    ledger = series.ledger
    counts = {"read": ledger.rows_read, "used": ledger.rows_used, "excluded": ledger.rows_excluded,
              "filled": len(ledger.fills), "missing": len(ledger.missing)}  # fmt: skip
    source = text["file"].format(
        file=series.file,
        hash=series.sha256[:12],
        first=first,
        last=last,
        ledger=text["ledger"].format(**{what: f"{number:,}" for what, number in counts.items()}),
    )
    if attribution:
        source += ("。" if language.startswith("zh") else ". ") + attribution
    about = Caption(caption.plant, caption.period, source, caption.constructed)
    notes = [
        text["band"].format(share=f"{BAND * 100:g}"),
        text["interval_note_meter"].format(interval=series.layout.interval),
    ]
    title = text["profile_title"].format(meter=series.layout.meter or series.layout.value_column)
    with style.settings():
        page = frame.open_page(figure, 3.5, title, about, language, notes)
        highest = max(float(series.demand_kw.max()), 0.0)
        left, middle, right = 0.75, 4.2, 0.2
        day = page.panel(left, style.WIDTH - 3.65, 0.5, 2.55)
        _daily(day, series, days_off, language)
        duration = page.panel(middle, right, 0.5, 2.55)
        _duration(duration, load_duration(series), peak(series), language)
        for axes in (day, duration):
            _demand_axis(axes, highest, language)
    return page.figure


def _daily(axes: Axes, series: MeterSeries, days_off: Collection[date], language: str) -> None:
    text = words("figures", language)
    mean = daily_profile(series, days_off=days_off)
    low, high = (_percentile_by_slot(series, days_off, (1 + side * BAND) / 2 * 100) for side in (-1, 1))
    hours = np.append(mean.slot_start_h, 24.0)
    # without given days off, public holidays stand among the days of the week they fall on, and the legend says so
    calendar = mean.other_days == "weekend"
    weekdays, others = ("weekdays", "weekend_days") if calendar else ("working_days", "other_days")
    courses = (
        (weekdays, mean.working_kw, mean.working_days, 1, style.AFTER, "-", 0.22),
        (others, mean.weekend_kw, mean.weekend_days, 0, style.MORE, "--", 0.18),
    )
    for key, course, days, which, colour, dashes, alpha in courses:
        if days == 0:
            continue
        closed = np.append(course, course[-1])
        axes.fill_between(hours, np.append(low[which], low[which][-1]), np.append(high[which], high[which][-1]),
                          step="post", color=colour, alpha=alpha, linewidth=0)  # fmt: skip
        axes.step(
            hours,
            closed,
            where="post",
            color=colour,
            linestyle=dashes,
            linewidth=1.4,
            label=text[key].format(days=days),
        )
    axes.set_xlim(0, 24)
    axes.set_xticks(range(0, 25, 4))
    axes.set_xlabel(text["hour_of_day"], fontsize=style.TEXT)
    axes.set_title(text["daily_title"], loc="left", fontsize=style.TEXT + 1, pad=20)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, frameon=False, fontsize=style.SMALL + 0.5,
                borderaxespad=0.1, columnspacing=1.2, handlelength=2.2)  # fmt: skip


def _percentile_by_slot(
    series: MeterSeries, days_off: Collection[date], percent: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Percentile of the demand (kW) in each slot of the day, on other days and on working days."""
    start = series.interval_start
    days = start.astype("datetime64[D]")
    slot = (start - days).astype(np.int64) // series.layout.interval_seconds
    row = (days - days[0]).astype(np.int64)
    table = np.full((row[-1] + 1, 86_400 // series.layout.interval_seconds), np.nan)
    table[row, slot] = series.demand_kw
    working = working_days(days[0] + np.arange(len(table)), days_off)

    def of(chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        part = table[chosen]
        read = ~np.isnan(part).all(axis=0)
        found = np.full(table.shape[1], np.nan)
        if read.any():
            found[read] = np.nanpercentile(part[:, read], percent, axis=0)
        return found

    return of(~working), of(working)


def _duration(axes: Axes, curve: LoadDuration, highest: Peak, language: str) -> None:
    text = words("figures", language)
    count = len(curve.hours)
    points = np.unique(np.linspace(0, count - 1, min(count, POINTS)).astype(np.int64))
    hours, demand = np.append(0.0, curve.hours[points]), np.append(curve.demand_kw[0], curve.demand_kw[points])
    axes.fill_between(hours, demand, step="pre", color=style.BEFORE, alpha=0.45, linewidth=0)
    axes.step(hours, demand, where="pre", color=style.AFTER, linewidth=1.4)
    whole = float(curve.hours[-1])
    at = int(np.searchsorted(curve.hours, BASE_TIME * whole))
    base, base_hours = float(curve.demand_kw[at]), float(curve.hours[at])
    when = str(highest.start).replace("T", " ")[:16] + "–" + str(highest.end)[11:16]
    dot = {"marker": "o", "markersize": 4, "color": style.INK, "clip_on": False, "zorder": 5}
    clear = {"boxstyle": "square,pad=0.1", "facecolor": "white", "alpha": 0.8, "linewidth": 0}
    axes.plot([0], [highest.demand_kw], **dot)  # type: ignore[arg-type]
    axes.plot([base_hours], [base], **dot)  # type: ignore[arg-type]
    axes.annotate(text["peak"].format(value=people_number(highest.demand_kw, 4), time=when),
                  (0, highest.demand_kw), xytext=(6, 3), textcoords="offset points", va="bottom",
                  fontsize=style.SMALL + 0.5, bbox=clear)  # fmt: skip
    above = base < 0.5 * highest.demand_kw
    axes.annotate(text["base"].format(value=people_number(base, 3), share=f"{BASE_TIME * 100:g}"), (base_hours, base),
                  xytext=(2, 26 if above else -26), textcoords="offset points", ha="right",
                  va="bottom" if above else "top", fontsize=style.SMALL + 0.5, bbox=clear,
                  arrowprops={"arrowstyle": "-", "color": style.QUIET, "linewidth": 0.6, "shrinkB": 3})  # fmt: skip
    bars.value_axis(axes, 0, whole, text["hours_reached"], 5)
    axes.set_title(text["duration_title"], loc="left", fontsize=style.TEXT + 1, pad=20)


def _demand_axis(axes: Axes, highest: float, language: str) -> None:
    from matplotlib.ticker import FuncFormatter

    axes.set_ylim(0, highest * 1.2 or 1)
    axes.yaxis.set_major_formatter(FuncFormatter(bars.tick_number))
    axes.grid(axis="y", color=style.GRID, linewidth=0.6)
    name = words("figures", language)["axis_unit"].format(what=words("figures", language)["demand"], unit="kW")
    axes.set_ylabel(name, fontsize=style.TEXT)
