"""Figure: the official grid factors by year, and which of them the tonnes of a claim stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energycalc.checks.claims.background import Background, background
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.headline import implied_grid_factor
from energycalc.checks.claims.words import shown
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import Caption
from energycalc.reports.review.summary import YES
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEIGHT = 2.6


def factor_years(claim: Claim, language: str, known: Background | None = None) -> Figure | None:
    """Grid factors by year, as in force and as first published, with the band that the printed digits allow.

    Args:
        claim: as printed.
        language: ``zh-TW`` or ``en``.
        known: published factors; the program's own when left out.

    Returns:
        ``None`` where the claim does not state both electricity and tonnes, or the table has no series of its country.
    """
    from matplotlib.ticker import MaxNLocator

    text = words("review", language)
    implied = implied_grid_factor(claim)
    series = (known or background()).grid(claim.country)
    if implied is None or not series.hits:
        return None
    overall = [hit for hit in series.hits if hit.series == "overall"]
    fitting = [hit for hit in series.within(implied) if hit in overall]
    ends = {"value": shown(implied.value), "low": shown(implied.low), "high": shown(implied.high)}
    years = text["comma"].join(hit.zh() if language.startswith("zh") else hit.en() for hit in fitting)
    result = text["factor_fits"].format(years=years) if fitting else text["factor_none"]
    caption = Caption(
        plant=claim.text("title") or claim.id,
        period=text["factor_implied"].format(**ends),
        source=text["factor_source"],
        constructed=(claim.text("constructed") or "").lower() in YES,
    )
    with style.settings():
        page = frame.open_page(
            None, HEIGHT + 0.35, text["factor_title"], caption, language, [text["factor_notes"]], result
        )
        axes = page.panel(0.62, 0.2, 0.05, HEIGHT)
        valid = sorted((h.year, h.value) for h in overall if not h.superseded)
        first = sorted((h.year, h.value) for h in overall if h.superseded)
        axes.axhspan(implied.low, implied.high, color=style.SAVING, alpha=0.25, linewidth=0)
        axes.axhline(implied.value, color=style.SAVING, linewidth=1)
        axes.plot(*zip(*valid, strict=True), color=style.AFTER, linewidth=0.8, marker="o", markersize=4.5,
                  markerfacecolor="white", label=text["factor_revised"])  # fmt: skip
        if first:
            axes.plot(*zip(*first, strict=True), color=style.QUIET, linewidth=0, marker="D", markersize=4,
                      markerfacecolor="white", label=text["factor_first"])  # fmt: skip
        for hit in fitting:
            colour, marker = (style.QUIET, "D") if hit.superseded else (style.AFTER, "o")
            axes.plot(hit.year, hit.value, color=colour, marker=marker, markersize=6, linewidth=0)
            axes.annotate(str(hit.year), (hit.year, hit.value), xytext=(0, 6), textcoords="offset points", ha="center",
                          fontsize=style.SMALL)  # fmt: skip
        inside = [value for _, value in (*valid, *first)]
        if not min(inside) * 0.8 <= implied.value <= max(inside) * 1.2:
            axes.set_ylim(bottom=0.0)
        axes.set_ylabel(text["factor_axis"], fontsize=style.TEXT - 0.5)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y", color=style.GRID, linewidth=0.6)
        axes.legend(frameon=False, fontsize=style.SMALL, loc="best")
    return page.figure
