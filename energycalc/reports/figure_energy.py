"""Energy before and after: by machine, and step by step through the measures of the plant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from energycalc.effects.results import CarrierResult, Effects, Reconciliation
from energycalc.errors import InputError
from energycalc.quantity import Quantity
from energycalc.quantity.display import rounded
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports.figure_frame import Caption
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING_STATED: numbers.Uncertainties = MappingProxyType({})
BAR = 0.17
"""Thickness of a bar in inches."""


# --- before and after by machine -------------------------------------------------------------------------------------------


def before_after(
    effects: Effects,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = NOTHING_STATED,
    caption: Caption = Caption(),  # noqa: B008 (frozen)
    figure: Figure | None = None,
) -> Figure:
    """Energy of each machine before and after all measures, one panel per carrier, with the saving in percent.

    Args:
        effects: results of the case.
        language: ``zh-TW`` or ``en``.
        uncertainty: coverage interval by result; drawn as whiskers where there is one.
        caption: plant, period, source, and whether the case is constructed.
        figure: figure to draw into again.

    Raises:
        InputError: no machine uses energy.
    """
    text = words("figures", language)
    by_carrier = {
        carrier: {m.label: m.carriers[carrier] for m in effects.machines if carrier in m.carriers}
        for carrier in effects.plant.carriers
    }
    by_carrier = {carrier: machines for carrier, machines in by_carrier.items() if machines}
    if not by_carrier:
        raise InputError(
            "there is nothing to draw: no machine uses energy",
            subject=effects.plant.label,
            next_step="Give each machine its energy before the measures",
        )
    rows = {c: frame.rows_for(list(machines), 2 * BAR + 0.14) for c, machines in by_carrier.items()}
    drawn = [q for ms in by_carrier.values() for m in ms.values() for q in (m.energy_before, m.energy_after)]
    panel_head, panel_foot = 0.30, 0.55
    body = sum(r.height + panel_head + panel_foot for r in rows.values())
    with frame.style():
        note = numbers.interval_note(drawn, uncertainty, language)
        page = frame.open_page(figure, body, text["before_after_title"], caption, language, [note])
        left = frame.text_width(page.figure, [t for r in rows.values() for t in r.labels], frame.TEXT) + 0.25
        above = 0.0
        for carrier, machines in by_carrier.items():
            height = rows[carrier].height
            axes = page.panel(left, 1.75, above + panel_head, height)
            _machine_bars(axes, rows[carrier], machines, uncertainty, language)
            axes.set_title(numbers.carrier_name(carrier, language), loc="left", fontsize=frame.TEXT + 1.5)
            if above == 0.0:
                axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, frameon=False,
                            fontsize=frame.TEXT, borderaxespad=0.1, handlelength=1.2)  # fmt: skip
            above += panel_head + height + panel_foot
    return page.figure


def _machine_bars(
    axes: Axes,
    rows: frame.Rows,
    machines: Mapping[str, CarrierResult],
    uncertainty: numbers.Uncertainties,
    language: str,
) -> None:
    text = words("figures", language)
    drawn = [q for m in machines.values() for q in (m.energy_before, m.energy_after)]
    stem = numbers.axis_unit(drawn)
    reach = max(max((numbers.value(q, stem), *(numbers.ends(q, stem, uncertainty) or ()))) for q in drawn)
    frame.label_rows(axes, rows)
    frame.value_axis(axes, 0, reach or 1, numbers.axis_name(text["energy"], drawn, stem, language))
    series: tuple[tuple[str, str, float], ...] = (
        ("before", frame.BEFORE, -BAR / 2),
        ("after", frame.AFTER, BAR / 2),
    )
    for key, colour, shift in series:
        found = [m.energy_before if key == "before" else m.energy_after for m in machines.values()]
        at = [centre + shift for centre in rows.centres]
        axes.barh(at, [numbers.value(q, stem) for q in found], BAR, color=colour, label=text[key])
        for y, q, machine in zip(at, found, machines.values(), strict=True):
            end = numbers.value(q, stem)
            if interval := numbers.ends(q, stem, uncertainty):
                frame.whisker(axes, interval, y)
                end = max(end, interval[1])
            shown = numbers.number(q, stem, uncertainty)
            if key == "after":
                shown += "　" + _rate(machine, uncertainty, text)
            frame.beside(axes, end, y, shown)


def _rate(machine: CarrierResult, uncertainty: numbers.Uncertainties, text: Mapping[str, str]) -> str:
    if machine.saving.value == 0:
        return text["rate_none"]
    return text["rate_saving"].format(rate=numbers.number(machine.saving_rate, "%", uncertainty, 3))


# --- waterfall -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Bar:
    """A row of the waterfall: where its bar starts and ends on the axis, and how it looks."""

    label: str
    start: float
    end: float
    shown: str
    colour: str
    hatch: str = ""
    whisker: tuple[float, float] | None = None
    link: float | None = None
    """Where the thin line to the next row stands."""


def waterfall(
    effects: Effects,
    carrier: str,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = NOTHING_STATED,
    caption: Caption = Caption(),  # noqa: B008 (frozen)
    figure: Figure | None = None,
) -> Figure:
    """From the plant's energy before, through each measure in the order in which it acts, to the energy after.

    The load that no machine of the case explains (meter or bills less the sum of the machines) stands first, hatched, and
    is carried unchanged under every bar. Where the machines add up to more than the meter, that excess is drawn instead.
    Every number printed is a result of the assessment; the figure only puts bars end to end.

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
        raise InputError(
            "there is no waterfall to draw: "
            + ("the plant does not use this carrier" if plant is None else "no measure changes this carrier"),
            subject=f"{effects.plant.label}, {carrier}",
            limit=f"carriers with measures: {', '.join(dict.fromkeys(m.carrier for m in effects.measures)) or 'none'}",
            next_step="Choose one of them, or add a measure to the case",
        )
    balance = next((r for r in effects.reconciliations if r.carrier == carrier), None)
    known = [plant.energy_before, plant.energy_after]
    if balance is not None and balance.reference is not None:
        known.append(balance.reference)
    stem = numbers.axis_unit(known)

    bars, base = _start(plant, balance, stem, uncertainty, text)
    level = base + numbers.value(plant.energy_before, stem)
    for measure in measures:
        saving = numbers.value(measure.saving, stem)
        interval = numbers.ends(measure.saving, stem, uncertainty)
        shown = numbers.number(measure.saving, stem, uncertainty, 3)
        more = saving < 0
        label = measure.measure.name + (f"（{text['uses_more']}）" if more else "")
        bars.append(
            _Bar(label, level, level - saving, shown.replace("−", "＋") if more else f"−{shown}",
                 frame.MORE if more else frame.SAVING, "////" if more else "",
                 (level - interval[1], level - interval[0]) if interval else None, level - saving)
        )  # fmt: skip
        level -= saving
    bars.append(_last(plant, balance, base, stem, uncertainty, text))

    notes = [numbers.interval_note([m.saving for m in measures], uncertainty, language)]
    if balance is None or balance.reference is None:
        notes.append(text["no_reference"])
    title = text["waterfall_title"].format(carrier=numbers.carrier_name(carrier, language))
    result = _saving_text(plant, stem, uncertainty, language)
    rows = frame.rows_for([bar.label for bar in bars], 0.36)
    with frame.style():
        page = frame.open_page(figure, rows.height + 0.85, title, caption, language, notes)
        left = frame.text_width(page.figure, rows.labels, frame.TEXT) + 0.25
        right = frame.text_width(page.figure, [bars[0].shown], frame.TEXT) + 0.3
        axes = page.panel(left, max(right, 0.75), 0.3, rows.height)
        frame.label_rows(axes, rows)
        reach = max(max(bar.start, bar.end, *(bar.whisker or ())) for bar in bars)
        frame.value_axis(axes, 0, reach, numbers.axis_name(text["energy"], known, stem, language))
        for y, bar in zip(rows.centres, bars, strict=True):
            _draw(axes, y, bar, reach)
        for bar, upper, lower in zip(bars, rows.centres, rows.centres[1:], strict=False):
            if bar.link is not None:
                axes.plot(
                    (bar.link,) * 2, (upper - BAR * 0.7, lower + BAR * 0.7), color=frame.QUIET, linewidth=0.6
                )
        axes.set_title(result, loc="left", fontsize=frame.TEXT + 1, x=-left / (frame.WIDTH - left - max(right, 0.75)) + 0)
    return page.figure


def _start(
    plant: CarrierResult,
    balance: Reconciliation | None,
    stem: str,
    uncertainty: numbers.Uncertainties,
    text: Mapping[str, str],
) -> tuple[list[_Bar], float]:
    """The rows before the first measure, and how far from zero the machines' bars begin."""
    before = numbers.value(plant.energy_before, stem)
    shown = numbers.number(plant.energy_before, stem, uncertainty)
    if balance is None or balance.reference is None or balance.unexplained is None:
        whole = numbers.ends(plant.energy_before, stem, uncertainty)
        return [_Bar(text["machines_before"], 0, before, shown, frame.BEFORE, "", whole, before)], 0.0
    reference = numbers.value(balance.reference, stem)
    rest = numbers.value(balance.unexplained, stem)
    first = text["plant_billed"] if balance.metered is None else text["plant_metered"]
    bars = [
        _Bar(first, 0, reference, numbers.number(balance.reference, stem, uncertainty), frame.BEFORE, "",
             numbers.ends(balance.reference, stem, uncertainty), reference)
    ]  # fmt: skip
    size = numbers.number(balance.unexplained, stem, uncertainty, 3).lstrip("−")
    if balance.unexplained_share is not None:
        share = numbers.number(balance.unexplained_share, "%", uncertainty, 3).lstrip("−")
        size = text["share"].format(number=size, share=share)
    if rest >= 0:
        bars.append(_Bar(text["rest"], 0, rest, size, "white", "////", None, rest))
        bars.append(_Bar(text["machines_before"], rest, reference, shown, frame.BEFORE, "", None, reference))
        return bars, rest
    bars.append(_Bar(text["rest_exceeds"], reference, before, size, "white", "xxxx", None, before))
    bars.append(_Bar(text["machines_before"], 0, before, shown, frame.BEFORE, "", None, before))
    return bars, 0.0


def _last(
    plant: CarrierResult,
    balance: Reconciliation | None,
    base: float,
    stem: str,
    uncertainty: numbers.Uncertainties,
    text: Mapping[str, str],
) -> _Bar:
    after = numbers.value(plant.energy_after, stem)
    shown = numbers.number(plant.energy_after, stem, uncertainty)
    interval = numbers.ends(plant.energy_after, stem, uncertainty)
    moved = (interval[0] + base, interval[1] + base) if interval else None
    label = text["machines_after"]
    if base > 0 and balance is not None and balance.unexplained is not None:
        rest = numbers.number(balance.unexplained, stem, uncertainty, 3)
        shown = text["after_with_rest"].format(machines=shown, rest=rest)
        label = text["plant_after"]
    return _Bar(label, base, base + after, shown, frame.AFTER, "", moved)


def _draw(axes: Axes, y: float, bar: _Bar, reach: float) -> None:
    low, high = sorted((bar.start, bar.end))
    edge = frame.QUIET if bar.hatch else bar.colour
    axes.barh(y, high - low, 1.4 * BAR, left=low, color=bar.colour, hatch=bar.hatch, edgecolor=edge, linewidth=0.6)
    if bar.colour == frame.AFTER and low > 0:
        axes.barh(y, low, 1.4 * BAR, color="white", hatch="////", edgecolor=frame.QUIET, linewidth=0.6)
    end = high
    if bar.whisker:
        frame.whisker(axes, bar.whisker, y)
        end = max(end, bar.whisker[1])
    frame.beside(axes, end, y, bar.shown)


def _saving_text(
    plant: CarrierResult, stem: str, uncertainty: numbers.Uncertainties, language: str
) -> str:
    """The result in one line: saving, share of the machines, interval."""
    text = words("figures", language)
    number = f"{numbers.number(plant.saving, stem, uncertainty)} {stem}"
    rate = numbers.number(plant.saving_rate, "%", uncertainty, 3)
    line = text["saving_total"].format(number=number, rate=rate)
    interval = numbers.ends(plant.saving, stem, uncertainty)
    if interval is None:
        return line
    half = numbers.half_width(plant.saving, stem, uncertainty)
    low, high = (frame.signed(rounded(end, half)) for end in interval)
    coverage = numbers.coverage_text(uncertainty[plant.saving])
    gap = "；" if language.startswith("zh") else "; "
    return line + gap + text["saving_interval"].format(coverage=coverage, low=low, high=high)


def drawn_results(effects: Effects) -> list[Quantity]:
    """The results whose coverage intervals these figures can show."""
    found: list[Quantity] = []
    for level in (*effects.machines, effects.plant):
        for each in level.carriers.values():
            found += [each.energy_before, each.energy_after, each.saving, each.saving_rate]
    return found + [m.saving for m in effects.measures]
