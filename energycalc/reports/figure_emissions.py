"""CO2e saving: by carrier with the case's factors, in total, and with the factors of each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from energycalc.effects.results import Effects, FactorUse
from energycalc.errors import InputError
from energycalc.quantity import Quantity
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import text_width
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def emission_saving(
    effects: Effects,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """CO2e saving of the plant by carrier and in total, and the total with the factors of each scenario.

    Scenarios change factors, never energy; they stand beside the case's result, hatched, and are not part of it.

    Args:
        effects: results of the case.
        language: ``zh-TW`` or ``en``.
        uncertainty: coverage interval by result; drawn as whiskers where there is one.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.

    Raises:
        InputError: the case has no measure.
    """
    text = words("figures", language)
    if not effects.measures:
        raise InputError(
            "there is no saving to draw: the case has no measure",
            subject=effects.plant.label,
            next_step="Add a measure to the case",
        )
    plant = effects.plant
    rows: list[tuple[str, Quantity, str, str]] = []
    for carrier, result in plant.carriers.items():
        name = numbers.carrier_name(carrier, language)
        factors = [use for use in effects.factors if use.carrier == carrier]
        rows.append((_with_factor(name, factors, language), result.emission_saving, style.SAVING, ""))
    if len(rows) > 1:
        qualifier = numbers.split_unit(plant.emission_saving)[1]
        label = text["total_case"]
        if qualifier:
            name = numbers.qualifier_name(qualifier, language)
            label += "\n" + text["total_declared"].format(qualifier=name)
        rows.append((label, plant.emission_saving, style.AFTER, ""))
    for scenario in effects.scenarios:
        name = text["scenario"].format(name=scenario.name)
        rows.append((_with_factor(name, scenario.factors, language), scenario.emission_saving, "white", "////"))

    found = [q for _, q, _, _ in rows]
    scale = numbers.scale_for(found, uncertainty)
    ends = [end for q in found for end in (scale.value(q), *(scale.ends(q) or ()))]
    low, high = min(0.0, *ends), max(0.0, *ends)
    labels = bars.rows_for([label for label, *_ in rows], 0.36, 44)
    notes = [numbers.interval_note(found, uncertainty, language)]
    with style.settings():
        page = frame.open_page(figure, labels.height + 0.55, text["emission_title"], caption, language, notes)
        room = text_width([scale.number(q) for q in found], style.TEXT) + 0.3
        left = text_width(labels.labels, style.TEXT) + 0.25
        axes = page.panel(left + (room if low < 0 else 0), room, 0.05, labels.height)
        bars.label_rows(axes, labels)
        if low < 0:
            axes.tick_params(axis="y", pad=room * 72)  # the number of a negative saving stands left of its bar
        for y, (_, q, colour, hatch) in zip(labels.centres, rows, strict=True):
            bars.bar(axes, y, 0, scale.value(q), 1.4 * style.BAR, colour, hatch)
            end = bars.whiskered_end(axes, scale.value(q), scale.ends(q), y)
            bars.beside(axes, end, y, scale.number(q), right=end >= 0)
        bars.value_axis(axes, low, high, scale.name(text["emission_axis"], language))
    return page.figure


def _with_factor(name: str, factors: Sequence[FactorUse], language: str) -> str:
    text = words("figures", language)
    shown = [numbers.with_unit(use.factor, language) for use in factors]
    return "\n".join([name, *(text["factor"].format(factor=each) for each in shown)])
