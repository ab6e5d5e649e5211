"""Axes of the verification figures: dates, energies in a unit that fits, and numbers as people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.quantity import quantity
from energycalc.quantity.display import rounded
from energycalc.quantity.unit_words import DISPLAY
from energycalc.reports import figure_style as style
from energycalc.reports.figure_bars import tick_number
from energycalc.reports.figure_numbers import scale_for
from energycalc.reports.figure_text import signed
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from energycalc.reports.figure_frame import Page

Floats = NDArray[np.float64]
TOPIC = "verification_figures"


@dataclass(frozen=True)
class Unit:
    """The unit in which energies of a figure are shown, and how many of it one unit of the data is."""

    name: str
    factor: float

    def shown(self, value: float, half: float | None = None) -> str:
        """A value of the data in the shown unit, with the digits that its half-width allows."""
        scaled = None if half is None else half * self.factor
        return signed(rounded(value * self.factor, scaled, 4))


def unit_for(values: Iterable[float], unit: str) -> Unit:
    """The unit in which the largest of the values has at least two digits before the point (kWh, MWh, GWh)."""
    largest = max((abs(float(v)) for v in values if np.isfinite(v)), default=0.0)
    q = quantity(largest, unit)
    scale = scale_for([q])
    return Unit(scale.unit, scale.size(q))


def energy_axis(axes: Axes, unit: Unit, name: str, *, which: Literal["x", "y"] = "y", ticks: int = 6) -> None:
    """Name an axis whose data are in the data's unit, and number it in the shown one."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(tick_number))
    axis.set_label_text(name, fontsize=style.TEXT)
    axes.grid(axis=which, color=style.GRID, linewidth=0.6)


def date_axis(axes: Axes, first: np.datetime64, last: np.datetime64, ticks: int = 8) -> None:
    """An x axis of dates as 2018-03 or 2018-03-05, without words of a language."""
    from matplotlib.dates import AutoDateLocator, DateFormatter, date2num

    low, high = date2num(first), date2num(last)
    axes.set_xlim(low, high)
    locator = AutoDateLocator(minticks=5, maxticks=ticks)
    axes.xaxis.set_major_locator(locator)
    days = (last - first) / np.timedelta64(1, "D")
    axes.xaxis.set_major_formatter(DateFormatter("%Y-%m" if days > 120 else "%m-%d" if days > 3 else "%m-%d %H:%M"))


Span = tuple[np.datetime64, np.datetime64]
FAR = 1.0
"""Two periods stand in panels of their own when the time between them is longer than both together."""


def time_panels(page: Page, baseline: Span, reporting: Span, above: float, height: float) -> list[tuple[Axes, Span]]:
    """One panel from the first to the last moment, or one for each period where they lie far apart."""
    left, right, between = 0.85, 0.38, 0.3
    spans = sorted([baseline, reporting])
    gap = spans[1][0] - spans[0][1]
    lengths = [span[1] - span[0] for span in spans]
    if gap <= FAR * (lengths[0] + lengths[1]):
        whole = min(span[0] for span in spans), max(span[1] for span in spans)
        return [(page.panel(left, right, above, height), whole)]
    room = style.WIDTH - left - right - between
    share = float(lengths[0] / (lengths[0] + lengths[1]))
    first = page.panel(left, style.WIDTH - left - room * share, above, height)
    second = page.panel(left + room * share + between, right, above, height)
    second.spines["left"].set_visible(False)
    return [(first, spans[0]), (second, spans[1])]


def panel_title(axes: Axes, text: str) -> None:
    """Small title of a panel at its left edge."""
    axes.set_title(text, loc="left", fontsize=style.TEXT + 1)


def legend_above(axes: Axes, columns: int, rise: float = 1.0, also: Axes | None = None) -> None:
    """A legend without frame above the panel, in ``columns`` columns, with what ``also`` shows besides."""
    shown: dict[str, Artist] = {}
    for part in (axes, also or axes):
        handles, labels = part.get_legend_handles_labels()
        shown |= {str(label): handle for label, handle in zip(labels, handles, strict=True)}
    axes.legend(
        list(shown.values()),
        list(shown),
        loc="lower left",
        bbox_to_anchor=(-0.01, rise),
        ncols=columns,
        frameon=False,
        fontsize=style.SMALL + 0.5,
        borderaxespad=0.1,
        columnspacing=1.3,
        handlelength=1.8,
    )


def interval_word(interval: str, language: str) -> str:
    """``day`` in words of the language."""
    return words(TOPIC, language)[f"interval_{interval}"]


def amount_word(unit: str, language: str) -> str:
    """Energy or volume, in words."""
    return words(TOPIC, language)["energy" if "Wh" in unit else "volume"]


def confidence_text(confidence: float) -> str:
    """``90 %``."""
    return f"{confidence * 100:g} %"


def day_text(moment: np.datetime64) -> str:
    """``2018-03-05``."""
    return str(moment.astype("datetime64[D]"))


def driver_unit(unit: str) -> str:
    """Unit of a driver as people write it; nothing for a plain number."""
    return {"1": "", "degF": "°F"}.get(unit, DISPLAY.get(unit, unit))
