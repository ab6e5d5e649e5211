"""Adjusted baseline and metered energy of each shift or day type, with the saving and its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from energycalc.mv.views.model_views import GroupSaving
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import text_width
from energycalc.reports.verification import axes as scales
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def group_figure(
    groups: Sequence[GroupSaving],
    by: str,
    unit: str,
    confidence: float,
    language: str,
    *,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """Bars of the adjusted baseline and of the metered energy of each group; the whisker is the saving's interval.

    Args:
        groups: what is drawn, in this order.
        by: ``day_type`` or ``shift``.
        unit: of the energies.
        confidence: of the half-widths.
        language: ``zh-TW`` or ``en``.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.
    """
    text = words(scales.TOPIC, language)
    shown = scales.unit_for([v for g in groups for v in (g.expected, g.metered)], unit)
    labels = [_label(group, text) for group in groups]
    rows = bars.rows_for(labels, 2 * style.BAR + 0.16)
    largest = max(groups, key=lambda group: abs(group.saving))
    half = largest.half_width
    title = text["group_title"].format(
        by=text[f"group_by_{by}"], label=_name(largest, text), unit=shown.name, value=shown.shown(largest.saving, half),
        half=shown.shown(half, half),
    )  # fmt: skip
    note = text["group_note"].format(confidence=scales.confidence_text(confidence))
    beside = [_beside(group, shown, text) for group in groups]
    with style.settings():
        page = frame.open_page(figure, rows.height + 0.95, title, caption, language, [note])
        left = text_width(rows.labels, style.TEXT) + 0.3
        right = text_width([t for pair in beside for t in pair], style.TEXT) + 0.3
        axes = page.panel(left, right, 0.3, rows.height)
        bars.label_rows(axes, rows)
        reach, least = 0.0, 0.0
        for centre, group, pair in zip(rows.centres, groups, beside, strict=True):
            upper, lower = centre - 0.5 * style.BAR, centre + 0.5 * style.BAR
            first = group is groups[0]
            expected, metered = group.expected * shown.factor, group.metered * shown.factor
            axes.barh(upper, expected, style.BAR, color=style.BEFORE, label=text["group_expected"] if first else None)
            axes.barh(lower, metered, style.BAR, color=style.AFTER, label=text["group_metered"] if first else None)
            half = group.half_width * shown.factor
            end = bars.whiskered_end(axes, expected, (expected - half, expected + half), upper)
            bars.beside(axes, end, upper, pair[0])
            bars.beside(axes, metered, lower, pair[1])
            reach, least = max(reach, end, metered), min(least, metered, expected - half)
        bars.value_axis(axes, least, reach, text["axis"].format(
            what=scales.amount_word(unit, language), unit=shown.name))  # fmt: skip
        bars.legend(axes, "lower right", (1.0, 1.0))
    return page.figure


def _label(group: GroupSaving, text: Mapping[str, str]) -> str:
    return text["group_label"].format(label=_name(group, text), count=f"{group.periods:,}")


def _name(group: GroupSaving, text: Mapping[str, str]) -> str:
    return text.get(f"day_type_{group.label}", group.label)


def _beside(group: GroupSaving, unit: scales.Unit, text: Mapping[str, str]) -> tuple[str, str]:
    """Beside the upper bar the adjusted baseline, beside the lower one metered energy and saving."""
    half = group.half_width
    saving = text["group_saving"].format(value=unit.shown(group.saving, half), half=unit.shown(half, half))
    return unit.shown(group.expected, half), f"{unit.shown(group.metered, half)}   {saving}"
