"""What makes a result uncertain: the largest lines of its uncertainty budget as bars to both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from energycalc.errors import InputError
from energycalc.quantity import Quantity
from energycalc.quantity.glossary import label
from energycalc.quantity.gum import BudgetRow
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import signed, text_width
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def tornado(
    result: UncertainResult,
    language: str,
    *,
    count: int = 10,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """How far the result moves when each input moves by one standard uncertainty, largest share first.

    The lengths are the contributions c·u(x) of the first-order budget (GUM); the share is that of the variance u(y)².

    Args:
        result: a result with its budget.
        language: ``zh-TW`` or ``en``.
        count: how many inputs to draw; the others are named in a note with their common share.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.

    Raises:
        InputError: no input of the result states an uncertainty, or fewer than one bar is asked for.
    """
    text = words("figures", language)
    name = label(result.output.name, language)
    if result.gum is None or not result.gum.budget or result.gum.standard_uncertainty == 0:
        raise InputError(
            "there is no tornado to draw: no input states an uncertainty that moves the result",
            subject=result.output.describe(),
            next_step='State one in the case file, e.g. {value: "92.4 %", uncertainty: "0.5 %"}',
        )
    if count < 1:
        raise InputError("a tornado needs at least one bar", subject=name, value=count, next_step="Ask for 10")
    budget = [row for row in result.gum.budget if row.contribution != 0]
    drawn, others = budget[:count], budget[count:]
    scale = numbers.scale_for([result.output], {result.output: result})
    factor = scale.size(result.output)

    rows = bars.rows_for([_input(row, language) for row in drawn], 0.40, 40)
    notes = [text["tornado_note"]]
    if others:
        rest = sum(row.share for row in others) * 100
        notes.append(text["tornado_rest"].format(count=len(others), share=_percent(rest)))
    axis = scale.name(text["tornado_axis"], language)
    foot = 0.5 + axis.count("\n") * style.LINE[style.TEXT]
    headline = _headline(result, scale, language)
    reach = max(abs(row.contribution) for row in drawn) * factor
    with style.settings():
        page = frame.open_page(
            figure, rows.height + 0.35 + foot, text["tornado_title"], caption, language, notes, headline
        )
        left = text_width(rows.labels, style.TEXT) + 0.25
        axes = page.panel(left, 0.85, 0.35, rows.height)
        bars.label_rows(axes, rows)
        bars.value_axis(axes, -1.05 * reach, 1.05 * reach, axis)
        axes.spines["left"].set_visible(False)
        for key, sign, colour, hatch in (
            ("input_lower", -1, "white", "////"),
            ("input_higher", 1, style.AFTER, ""),
        ):
            lengths = [sign * row.contribution * factor for row in drawn]
            for y, length in zip(rows.centres, lengths, strict=True):
                bars.bar(axes, y, 0, length, 1.4 * style.BAR, colour, hatch)
            axes.containers[-1].set_label(text[key])
        for y, row in zip(rows.centres, drawn, strict=True):
            axes.annotate(text["tornado_share"].format(share=_percent(row.share * 100)), (1, y),
                          xycoords=("axes fraction", "data"), xytext=(48, 0), textcoords="offset points",
                          ha="right", va="center", annotation_clip=False)  # fmt: skip
        axes.annotate(text["tornado_share_head"], (1, 1), xycoords="axes fraction", xytext=(48, 3),
                      textcoords="offset points", ha="right", va="bottom", color=style.QUIET,
                      fontsize=style.SMALL, annotation_clip=False)  # fmt: skip
        bars.legend(axes, "lower center", (0.5, 1.0))
    return page.figure


def _input(row: BudgetRow, language: str) -> str:
    leaf = row.leaf
    if not isinstance(leaf, Quantity):
        return str(leaf)
    text = words("figures", language)
    name = label(leaf.name, language) if leaf.name else leaf.symbol
    state = leaf.symbol.replace(",", "_").rpartition("_")[2]
    if state in ("before", "after"):
        name = text["input_state"].format(name=name, state=text[state].lower())
    about = f"{leaf.subject} {name}" if leaf.subject else name
    return f"{about}\n{numbers.with_unit(leaf, language)}"


def _headline(result: UncertainResult, scale: numbers.Scale, language: str) -> str:
    low, high = (scale.written(end, result.output) for end in scale.ends(result.output) or ())
    return words("figures", language)["tornado_result"].format(
        name=label(result.output.name, language),
        value=scale.number(result.output),
        unit=scale.unit,
        coverage=numbers.coverage_text(result),
        low=low,
        high=high,
    )


def _percent(share: float) -> str:
    return signed(f"{share:.1f}") if abs(share) >= 0.05 else "<0.1"
