"""From the plant's energy before, through each measure, to the energy after; the unexplained rest stays in sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from energycalc.effects.results import CarrierResult, Effects, MeasureResult, Reconciliation
from energycalc.errors import InputError
from energycalc.reports import figure_bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import text_width
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

THICK = 0.24


@dataclass(frozen=True)
class _Bar:
    """A row: where its bar starts and ends on the axis, how it looks, and where the line to the next row stands."""

    label: str
    start: float
    end: float
    shown: str
    colour: str
    hatch: str = ""
    whisker: tuple[float, float] | None = None
    link: float | None = None


def waterfall(
    effects: Effects,
    carrier: str,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
    figure: Figure | None = None,
) -> Figure:
    """From the plant's energy before, through each measure in the order in which it acts, to the energy after.

    The load that no machine of the case explains (meter or bills less the sum of the machines) stands first,
    hatched, and stays to the left of the machines' bars, unchanged. Where the machines add up to more than the
    meter, that excess is drawn instead. Every number printed is a result of the assessment; the figure only puts
    bars end to end.

    Args:
        effects: results of the case.
        carrier: ``electricity`` or ``natural_gas``.
        language: ``zh-TW`` or ``en``.
        uncertainty: coverage interval by result; drawn as whiskers where there is one.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.

    Raises:
        InputError: the plant does not use the carrier, or no measure changes it.
    """
    text = words("figures", language)
    plant = effects.plant.carriers.get(carrier)
    measures = [m for m in effects.measures if m.carrier == carrier]
    if plant is None or not measures:
        others = ", ".join(dict.fromkeys(m.carrier for m in effects.measures)) or "none"
        raise InputError(
            "there is no waterfall to draw: "
            + ("the plant does not use this carrier" if plant is None else "no measure changes this carrier"),
            subject=f"{effects.plant.label}, {carrier}",
            limit=f"carriers with measures: {others}",
            next_step="Choose one of them, or add a measure to the case",
        )
    balance = next((r for r in effects.reconciliations if r.carrier == carrier and r.reference is not None), None)
    totals = [plant.energy_before, plant.energy_after]
    if balance is not None and balance.reference is not None:
        totals.append(balance.reference)
    scale = numbers.scale_for(totals, uncertainty)

    bars, base = _before(plant, balance, scale, text)
    bars += _steps(measures, base + scale.value(plant.energy_before), scale, language)
    bars.append(_after(plant, base, scale, text))
    notes = [numbers.interval_note([m.saving for m in measures], uncertainty, language)]
    if balance is None:
        notes.append(text["no_reference"])
    title = text["waterfall_title"].format(carrier=numbers.carrier_name(carrier, language))
    headline = _headline(plant, balance, scale, language)
    rows = figure_bars.rows_for([bar.label for bar in bars], 0.36)
    with style.settings():
        page = frame.open_page(figure, rows.height + 0.55, title, caption, language, notes, headline)
        left = text_width(rows.labels, style.TEXT) + 0.25
        right = text_width([bar.shown for bar in bars], style.TEXT) + 0.3
        axes = page.panel(left, right, 0.05, rows.height)
        figure_bars.label_rows(axes, rows)
        reach = max(_draw(axes, y, bar) for y, bar in zip(rows.centres, bars, strict=True))
        for bar, y, lower in zip(bars, rows.centres, rows.centres[1:], strict=False):
            if bar.link is not None:
                x, half = (bar.link, bar.link), THICK / 2
                axes.plot(x, (y - half, lower + half), color=style.QUIET, linewidth=0.6)
        figure_bars.value_axis(axes, 0, reach, scale.name(text["energy"], language))
    return page.figure


def _before(
    plant: CarrierResult, balance: Reconciliation | None, scale: numbers.Scale, text: Mapping[str, str]
) -> tuple[list[_Bar], float]:
    """The rows before the first measure, and how far from zero the machines' bars begin."""
    end = scale.value(plant.energy_before)
    machines = _Bar(text["machines_before"], 0, end, scale.number(plant.energy_before), style.BEFORE, link=end)
    if balance is None or balance.reference is None or balance.unexplained is None:
        return [replace(machines, whisker=scale.ends(plant.energy_before))], 0.0
    reference, rest = scale.value(balance.reference), scale.value(balance.unexplained)
    label = text["plant_billed"] if balance.metered is None else text["plant_metered"]
    plant_bar = _Bar(label, 0, reference, scale.number(balance.reference), style.BEFORE)
    plant_bar = replace(plant_bar, whisker=scale.ends(balance.reference))
    size = scale.number(balance.unexplained).lstrip("−")
    if balance.unexplained_share is not None:
        share = numbers.percent(scale.uncertainty).number(balance.unexplained_share).lstrip("−")
        size = text["share"].format(number=size, share=share)
    if rest < 0:
        excess = _Bar(text["rest_exceeds"], reference, end, size, "white", "xxxx", link=end)
        return [replace(plant_bar, link=reference), excess, machines], 0.0
    unexplained = _Bar(text["rest"], 0, rest, size, "white", "////", link=rest)
    return [plant_bar, unexplained, replace(machines, start=rest, end=reference, link=reference)], rest


def _steps(measures: list[MeasureResult], level: float, scale: numbers.Scale, language: str) -> list[_Bar]:
    """One row per measure, each starting where the one before it ends."""
    bars, text = [], words("figures", language)
    for measure in measures:
        label = numbers.called(measure.measure.id, measure.measure.name)
        if measure.kind != "own":
            kind = words("interactions", language)[f"kind_{measure.kind}"]
            label += text["beyond"].format(kind=kind, machine=measure.machine)
        end, shown = level - scale.value(measure.saving), scale.number(measure.saving)
        interval = scale.ends(measure.saving)
        moved = (level - interval[1], level - interval[0]) if interval else None
        bar = _Bar(label, level, end, f"−{shown}", style.SAVING, whisker=moved, link=end)
        if end > level:
            more = text["uses_more"].format(name=label)
            bar = replace(bar, label=more, shown=shown.replace("−", "+"), colour=style.MORE, hatch="////")
        bars.append(bar)
        level = end
    return bars


def _after(plant: CarrierResult, base: float, scale: numbers.Scale, text: Mapping[str, str]) -> _Bar:
    interval = scale.ends(plant.energy_after)
    return _Bar(
        text["machines_after"],
        base,
        base + scale.value(plant.energy_after),
        scale.number(plant.energy_after),
        style.AFTER,
        whisker=(interval[0] + base, interval[1] + base) if interval else None,
    )


def _draw(axes: Axes, y: float, bar: _Bar) -> float:
    """Draw one row and return how far to the right it reaches."""
    low, high = sorted((bar.start, bar.end))
    figure_bars.bar(axes, y, low, high, THICK, bar.colour, bar.hatch)
    if bar.colour == style.AFTER and low > 0:
        figure_bars.bar(axes, y, 0, low, THICK, "white", "////")
    end = figure_bars.whiskered_end(axes, high, bar.whisker, y)
    figure_bars.beside(axes, end, y, bar.shown)
    return end


def _headline(plant: CarrierResult, balance: Reconciliation | None, scale: numbers.Scale, language: str) -> str:
    """The result in one line: saving, its rates by machines and by plant, interval."""
    text = words("figures", language)
    percent = numbers.percent(scale.uncertainty)
    rates = ""
    if plant.saving_rate is not None:
        rates = text["rate_of_machines"].format(rate=percent.number(plant.saving_rate))
    if balance is not None and balance.saving_share is not None:
        rates += text["rate_of_plant"].format(rate=percent.number(balance.saving_share))
    key = "saving_total" if rates else "saving_total_without_rate"
    line = text[key].format(number=scale.number(plant.saving), unit=scale.unit, rates=rates)
    interval = scale.ends(plant.saving)
    if interval is None:
        return line
    low, high = (scale.written(end, plant.saving) for end in interval)
    coverage = numbers.coverage_text(scale.uncertainty[plant.saving])
    return line + text["saving_interval"].format(coverage=coverage, low=low, high=high)
