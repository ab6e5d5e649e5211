"""CO2e saving: by carrier with the case's factors, in total, and with the factors of each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from energycalc.effects.results import Effects, FactorUse
from energycalc.errors import InputError
from energycalc.quantity import Quantity
from energycalc.quantity.display import short
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports.figure_energy import BAR, NOTHING_STATED
from energycalc.reports.figure_frame import Caption
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def emission_saving(
    effects: Effects,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = NOTHING_STATED,
    caption: Caption = Caption(),  # noqa: B008 (frozen)
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
    rows: list[tuple[str, Quantity, str, str]] = [
        (_with_factor(numbers.carrier_name(carrier, language), [f for f in effects.factors if f.carrier == carrier], language),
         result.emission_saving, frame.SAVING, "")
        for carrier, result in plant.carriers.items()
    ]  # fmt: skip
    if len(rows) > 1:
        qualifier = numbers.split_unit(plant.emission_saving)[1]
        label = text["total_case"]
        if qualifier:
            name = numbers.qualifier_name(qualifier, language)
            label += "\n" + text["total_declared"].format(qualifier=name)
        rows.append((label, plant.emission_saving, frame.AFTER, ""))
    for scenario in effects.scenarios:
        name = text["scenario"].format(name=scenario.name)
        rows.append((_with_factor(name, scenario.factors, language), scenario.emission_saving, "white", "////"))

    found = [q for _, q, _, _ in rows]
    stem = numbers.axis_unit(found)
    intervals = [numbers.ends(q, stem, uncertainty) for q in found]
    values = [numbers.value(q, stem) for q in found]
    reach = [end for interval in intervals if interval for end in interval] + values
    low, high = min(0.0, *reach), max(0.0, *reach)
    labels = frame.rows_for([label for label, *_ in rows], 0.36, 38)
    notes = [numbers.interval_note(found, uncertainty, language)]
    with frame.style():
        page = frame.open_page(figure, labels.height + 0.65, text["emission_title"], caption, language, notes)
        shown = [numbers.number(q, stem, uncertainty, 3) for q in found]
        room = frame.text_width(page.figure, shown, frame.TEXT) + 0.3
        left = frame.text_width(page.figure, labels.labels, frame.TEXT) + 0.25
        axes = page.panel(left + (room if low < 0 else 0), room, 0.1, labels.height)
        frame.label_rows(axes, labels)
        if low < 0:
            axes.tick_params(axis="y", pad=room * 72)
        frame.value_axis(axes, low, high or 1, numbers.axis_name(text["emission_axis"], found, stem, language))
        for y, (_, q, colour, hatch), interval, end, number in zip(
            labels.centres, rows, intervals, values, shown, strict=True
        ):
            edge = frame.QUIET if hatch else colour
            axes.barh(y, numbers.value(q, stem), 1.4 * BAR, color=colour, hatch=hatch, edgecolor=edge, linewidth=0.6)
            if interval:
                frame.whisker(axes, interval, y)
                end = min(interval[0], end) if end < 0 else max(interval[1], end)
            frame.beside(axes, end, y, number, right=end >= 0)
    return page.figure


def _with_factor(name: str, factors: Sequence[FactorUse], language: str) -> str:
    text = words("figures", language)
    shown = [short(use.factor).replace("CO2", "CO₂") for use in factors]
    return "\n".join([name, *(text["factor"].format(factor=each) for each in shown)])
