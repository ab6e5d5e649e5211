"""Rows of horizontal bars with their labels, values, coverage intervals and axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from energycalc.quantity.render import people_number
from energycalc.reports.figure_style import GRID, INK, LABEL_COLUMNS, LINE, LINE_SPACING, QUIET, TEXT
from energycalc.reports.figure_text import balanced, signed

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Rows:
    """Rows of bars: label lines, and the centre and full height of each in inches from the top."""

    labels: tuple[str, ...]
    centres: tuple[float, ...]
    height: float


def rows_for(labels: Sequence[str], least: float, width: int = LABEL_COLUMNS) -> Rows:
    """Place one row per label, each as high as its wrapped label needs and at least ``least`` inches."""
    texts, centres, at = [], [], 0.0
    for label in labels:
        lines = balanced(label, width)
        height = max(least, len(lines) * LINE[TEXT] + 0.08)
        texts.append("\n".join(lines))
        centres.append(at + height / 2)
        at += height
    return Rows(tuple(texts), tuple(centres), at)


def label_rows(axes: Axes, rows: Rows) -> None:
    """Write the row labels, with y in inches downwards and a quiet grid for x."""
    axes.set_ylim(rows.height, 0)
    axes.set_yticks(rows.centres, rows.labels, linespacing=LINE_SPACING)
    axes.tick_params(axis="y", length=0, labelsize=TEXT)
    axes.grid(axis="x", color=GRID, linewidth=0.6)


def value_axis(axes: Axes, low: float, high: float, name: str, ticks: int = 6) -> None:
    """An x axis from ``low`` to ``high`` with round numbers and its unit; zero is a line when it lies inside."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_xlim(low, high)
    axes.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(tick_number))
    axes.set_xlabel(name, fontsize=TEXT)
    if low < 0:
        axes.spines["left"].set_visible(False)
        axes.axvline(0, color=QUIET, linewidth=0.6)


def beside(axes: Axes, x: float, y: float, text: str, *, right: bool = True, size: float = TEXT) -> None:
    """Text next to the end of a bar."""
    axes.annotate(
        text,
        (x, y),
        xytext=(4 if right else -4, 0),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        fontsize=size,
        annotation_clip=False,
    )


def bar(axes: Axes, y: float, start: float, end: float, thick: float, colour: str, hatch: str = "") -> None:
    """One horizontal bar; a hatched one has an outline."""
    edge = QUIET if hatch else colour
    axes.barh(y, end - start, thick, left=start, color=colour, hatch=hatch, edgecolor=edge, linewidth=0.6)


def whiskered_end(axes: Axes, end: float, interval: tuple[float, float] | None, y: float) -> float:
    """Draw a coverage interval, if there is one, as a thin line with ends; return where bar and line end."""
    if interval is None:
        return end
    axes.plot(interval, (y, y), color=INK, linewidth=0.9, marker="|", markersize=4, markeredgewidth=0.9, clip_on=False)
    return min(interval[0], end) if end < 0 else max(interval[1], end)


def legend(axes: Axes, place: Literal["lower right", "lower center"], anchor: tuple[float, float]) -> None:
    """A legend in one line without a frame."""
    axes.legend(
        loc=place,
        bbox_to_anchor=anchor,
        ncols=2,
        frameon=False,
        fontsize=TEXT,
        borderaxespad=0.1,
        handlelength=1.2,
    )


def tick_number(value: float, _position: object = None) -> str:
    """A number on an axis: thousands separated, a true minus sign."""
    return signed(people_number(value, 6))
