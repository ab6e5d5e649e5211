"""Energy of each machine before and after all measures, one panel per carrier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from energycalc.effects.results import CarrierResult, Effects
from energycalc.errors import InputError
from energycalc.reports import figure_bars as bars
from energycalc.reports import figure_frame as frame
from energycalc.reports import figure_numbers as numbers
from energycalc.reports import figure_style as style
from energycalc.reports.figure_frame import NO_CAPTION, Caption
from energycalc.reports.figure_text import text_width
from energycalc.reports.words import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Named = Sequence[tuple[str, CarrierResult]]
PANEL_HEAD, PANEL_FOOT = 0.30, 0.50


def before_after(
    effects: Effects,
    language: str,
    *,
    uncertainty: numbers.Uncertainties = numbers.NOTHING_STATED,
    caption: Caption = NO_CAPTION,
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
    found = {carrier: _machines(effects, carrier) for carrier in effects.plant.carriers}
    by_carrier = {carrier: machines for carrier, machines in found.items() if machines}
    if not by_carrier:
        raise InputError(
            "there is nothing to draw: no machine uses energy",
            subject=effects.plant.label,
            next_step="Give each machine its energy before the measures",
        )
    rows = {
        c: bars.rows_for([name for name, _ in machines], 2 * style.BAR + 0.14) for c, machines in by_carrier.items()
    }
    body = sum(r.height + PANEL_HEAD + PANEL_FOOT for r in rows.values())
    drawn = [q for ms in by_carrier.values() for _, m in ms for q in (m.energy_before, m.energy_after)]
    note = numbers.interval_note(drawn, uncertainty, language)
    with style.settings():
        page = frame.open_page(figure, body, text["before_after_title"], caption, language, [note])
        left = text_width([t for r in rows.values() for t in r.labels], style.TEXT) + 0.25
        values = {c: _texts(machines, uncertainty, text) for c, machines in by_carrier.items()}
        texts = [t for pairs in values.values() for pair in pairs for t in pair]
        right = text_width(texts, style.TEXT) + 0.25
        above = 0.0
        for carrier, machines in by_carrier.items():
            height = rows[carrier].height
            axes = page.panel(left, right, above + PANEL_HEAD, height)
            _bars(axes, rows[carrier], machines, values[carrier], uncertainty, language)
            axes.set_title(numbers.carrier_name(carrier, language), loc="left", fontsize=style.HEAD)
            if above == 0.0:
                bars.legend(axes, "lower right", (1.0, 1.0))
            above += PANEL_HEAD + height + PANEL_FOOT
    return page.figure


def _machines(effects: Effects, carrier: str) -> Named:
    return [(numbers.called(m.id, m.label), m.carriers[carrier]) for m in effects.machines if carrier in m.carriers]


def _scale(machines: Named, uncertainty: numbers.Uncertainties) -> numbers.Scale:
    return numbers.scale_for([q for _, m in machines for q in (m.energy_before, m.energy_after)], uncertainty)


def _texts(machines: Named, uncertainty: numbers.Uncertainties, text: Mapping[str, str]) -> list[tuple[str, str]]:
    """What stands beside the bars of each machine: energy before; energy after and saving rate."""
    scale, rate = _scale(machines, uncertainty), numbers.percent(uncertainty)
    return [
        (
            scale.number(m.energy_before),
            f"{scale.number(m.energy_after)}   " + _rate(m, rate, text),
        )
        for _, m in machines
    ]


def _rate(m: CarrierResult, rate: numbers.Scale, text: Mapping[str, str]) -> str:
    """The saving rate in words; a machine that takes up the carrier has none."""
    if m.saving_rate is None:
        return text["rate_taken_up"]
    return text["rate_saving"].format(rate=rate.number(m.saving_rate)) if m.saving.value else text["rate_none"]


def _bars(
    axes: Axes,
    rows: bars.Rows,
    machines: Named,
    texts: Sequence[tuple[str, str]],
    uncertainty: numbers.Uncertainties,
    language: str,
) -> None:
    text, scale = words("figures", language), _scale(machines, uncertainty)
    bars.label_rows(axes, rows)
    reach = 0.0
    for which, key, colour in ((0, "before", style.BEFORE), (1, "after", style.AFTER)):
        energies = [m.energy_after if which else m.energy_before for _, m in machines]
        places = [centre + (which - 0.5) * style.BAR for centre in rows.centres]
        axes.barh(places, [scale.value(q) for q in energies], style.BAR, color=colour, label=text[key])
        for y, q, pair in zip(places, energies, texts, strict=True):
            end = bars.whiskered_end(axes, scale.value(q), scale.ends(q), y)
            bars.beside(axes, end, y, pair[which])
            reach = max(reach, end)
    bars.value_axis(axes, 0, reach, scale.name(text["energy"], language))
