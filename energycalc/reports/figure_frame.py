"""The page of a figure: heading, mark of a constructed case, notes and source line, and panels placed in inches.

Everything is placed in inches from measured text, so a long name makes the page taller or its margin wider and is
never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from energycalc.reports.figure_style import HEAD, INK, LINE, MARGIN, QUIET, SMALL, TEXT, TITLE, WIDTH
from energycalc.reports.figure_text import fitted
from energycalc.reports.fonts import register_fonts
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


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
    room = WIDTH - 2 * MARGIN
    about = "  ·  ".join(part for part in (caption.plant, caption.period) if part)
    under, result = fitted(about, TEXT, room), fitted(headline, HEAD, room)
    foot = [line for part in (gap.join(notes), *source) for line in fitted(part, SMALL, room)]

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
