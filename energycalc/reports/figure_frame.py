"""What all figures share: page, heading, source line, colours, and rows of horizontal bars laid out in inches.

Everything is placed in inches from measured text, so a long name makes the page taller or its margin wider and is
never cut. Light before dark, hatching and signs carry the meaning as well as the colours do: grey print keeps it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from energycalc.quantity.render import people_number
from energycalc.reports.fonts import register_fonts
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Distinct in lightness for grey print, and for the common colour deficiencies (blue, bluish green, vermilion).
INK, QUIET, GRID = "#222222", "#5A5A5A", "#E2E2E2"
BEFORE, AFTER, SAVING, MORE = "#B9BFC5", "#1F5A85", "#4FA58C", "#D55E00"

BAR = 0.17
"""Thickness of a bar in inches."""
WIDTH = 7.5
MARGIN = 0.15
TITLE, HEAD, TEXT, SMALL = 12.0, 9.5, 8.5, 7.0
LINE = {TITLE: 0.24, HEAD: 0.19, TEXT: 0.165, SMALL: 0.135}
"""Font sizes in points, and the height of a line of each in inches."""
LINE_SPACING = 1.6
"""In matplotlib's measure, which starts from Latin letters; Chinese ones are taller."""
LABEL_COLUMNS = 28
"""Width of a row label in narrow characters; a Chinese one takes two."""

_NEVER_FIRST = "，。、；：！？）」』】》〉％,.;:!?)]}%…"


@dataclass(frozen=True)
class Caption:
    """What stands around the drawing.

    Attributes:
        plant: plant or case, under the title.
        period: what days the numbers are about, in words.
        source: where the data come from, with the attribution their licence asks for.
        constructed: no real plant stands behind the numbers; printed on the figure.
    """

    plant: str = ""
    period: str = ""
    source: str = ""
    constructed: bool = False


NO_CAPTION = Caption()


@dataclass(frozen=True)
class Page:
    """A figure with heading and notes drawn; ``body`` inches of height are free for panels."""

    figure: Figure
    height: float
    top: float
    body: float

    def panel(self, left: float, right: float, above: float, height: float) -> Axes:
        """Axes ``left`` and ``right`` inches from the edges, ``above`` inches below the heading."""
        bottom = self.height - self.top - above - height
        axes = self.figure.add_axes(
            (left / WIDTH, bottom / self.height, (WIDTH - left - right) / WIDTH, height / self.height)
        )
        axes.spines[["top", "right"]].set_visible(False)
        axes.spines[["left", "bottom"]].set_color(QUIET)
        axes.tick_params(
            labelsize=TEXT - 0.5,
            labelfontfamily=list(register_fonts()),
            color=QUIET,
            labelcolor=INK,
            length=2.5,
        )
        axes.set_axisbelow(True)
        return axes


def style() -> AbstractContextManager[None]:
    """Matplotlib's settings for drawing and saving our figures; nothing outside the ``with`` is changed."""
    import matplotlib

    return matplotlib.rc_context(
        {
            "font.family": list(register_fonts()),
            "font.size": TEXT,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.linewidth": 0.6,
            "hatch.linewidth": 0.7,
            "hatch.color": QUIET,
            "svg.hashsalt": "energycalc",
            "svg.fonttype": "path",
            "path.simplify_threshold": 0.2,
        }
    )


def open_page(
    figure: Figure | None,
    body: float,
    title: str,
    caption: Caption,
    language: str,
    notes: Sequence[str] = (),
    headline: str = "",
) -> Page:
    """Clear the figure (or make one), size it, and draw title, plant, period, mark, headline, notes and source.

    Args:
        figure: figure to draw into again; ``None`` makes one.
        body: height the panels need, in inches.
        title: heading.
        caption: what stands around the drawing.
        language: ``zh-TW`` or ``en``.
        notes: sentences for below the drawing.
        headline: the result in one line, above the drawing.
    """
    from matplotlib.figure import Figure

    text = words("figures", language)
    source = [text["source"].format(text=caption.source)] if caption.source else []
    figure = Figure() if figure is None else figure
    figure.clear()
    gap = "" if language.startswith("zh") else " "
    about = "  ·  ".join(part for part in (caption.plant, caption.period) if part)
    under, result = fitted(figure, about, TEXT), fitted(figure, headline, HEAD)
    foot = [line for part in (gap.join(notes), *source) for line in fitted(figure, part, SMALL)]

    top = MARGIN + LINE[TITLE] + len(under) * LINE[TEXT] + bool(result) * 0.08 + len(result) * LINE[HEAD] + 0.08
    height = top + body + 0.06 + len(foot) * LINE[SMALL] + MARGIN
    figure.set_size_inches(WIDTH, height)

    left, y = MARGIN / WIDTH, height - MARGIN
    figure.text(left, y / height, title, fontsize=TITLE, va="top")
    if caption.constructed:
        mark = {"boxstyle": "square,pad=0.3", "facecolor": "white", "edgecolor": QUIET, "linewidth": 0.6}
        figure.text(
            1 - (MARGIN + 0.04) / WIDTH,
            (y - 0.04) / height,
            text["constructed"],
            fontsize=SMALL,
            color=QUIET,
            ha="right",
            va="top",
            bbox=mark,
        )
    for row, line in enumerate(under):
        where = (y - LINE[TITLE] - row * LINE[TEXT]) / height
        figure.text(left, where, line, fontsize=TEXT, color=QUIET, va="top")
    for row, line in enumerate(reversed(result)):
        where = (height - top + 0.08 + row * LINE[HEAD]) / height
        figure.text(left, where, line, fontsize=HEAD, va="bottom")
    for row, line in enumerate(reversed(foot)):
        where = (MARGIN + row * LINE[SMALL]) / height
        figure.text(left, where, line, fontsize=SMALL, color=QUIET, va="bottom")
    return Page(figure, height, top, body)


# --- text


def columns(text: str) -> int:
    """Width of a text in narrow characters; Chinese characters and full-width signs take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` narrow characters, broken at blanks or between Chinese characters.

    A longer word, such as a file name, is broken where it reaches the edge. An empty text has no lines.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            piece = word
            while columns(line + piece.rstrip()) > width:
                if line.strip():
                    lines.append(line.rstrip())
                    line, piece = "", piece.lstrip()
                else:
                    lines.append(piece[:width])
                    line, piece = "", piece[width:]
            line += piece
        if line.strip():
            lines.append(line.rstrip())
    return lines


def fitted(figure: Figure, text: str, size: float) -> list[str]:
    """The text in lines that fit between the margins of the page at this font size."""
    room = WIDTH - 2 * MARGIN
    width = int(room * 72 / size * 2.2)
    lines = wrapped(text, width)
    while width > 20 and text_width(figure, lines, size) > room:
        width -= 4
        lines = wrapped(text, width)
    return lines


def balanced(text: str, width: int) -> list[str]:
    """The text in as few lines as :func:`wrapped` needs, made as even as they can be."""
    lines = wrapped(text, width)
    for narrower in range(width - 1, 0, -1):
        tried = wrapped(text, narrower)
        if len(tried) > len(lines) or max(map(columns, tried), default=0) > narrower:
            break
        lines = tried
    return lines


def _words(text: str) -> list[str]:
    """Pieces that must not be broken: a word with its following blank, or one Chinese character with its comma."""
    pieces: list[str] = []
    for sign in text:
        wide = unicodedata.east_asian_width(sign) in "WF"
        last = pieces[-1] if pieces else ""
        new_word = wide or not last or last[-1] == " " or unicodedata.east_asian_width(last[-1]) in "WF"
        if new_word and sign not in _NEVER_FIRST and sign != " " and not last.endswith(("（", "「")):
            pieces.append(sign)
        elif pieces:
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces


def text_width(figure: Figure, texts: Sequence[str], size: float) -> float:
    """Width of the widest text in inches."""
    widest = 0.0
    for text in texts:
        artist = figure.text(0, 0, text, fontsize=size)
        widest = max(widest, artist.get_window_extent().width / figure.dpi)
        artist.remove()
    return widest


def tick_number(value: float, _position: object = None) -> str:
    """A number on an axis: thousands separated, a true minus sign."""
    return signed(people_number(value, 6))


def signed(text: str) -> str:
    """A number as text with a true minus sign."""
    return text.replace("-", "−")


# --- rows of horizontal bars


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


def legend(axes: Axes, place: str, anchor: tuple[float, float]) -> None:
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
