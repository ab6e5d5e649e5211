"""What the terminal shows of an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.assessment import Assessment
from energycalc.case.days import roc_year
from energycalc.effects.results import CarrierResult, FactorUse, LevelResult, MeasureResult
from energycalc.quantity import Quantity
from energycalc.quantity.display import value_and_uncertainty
from energycalc.quantity.units import conversion, unit
from energycalc.reports.words import words

ENERGY = {"electricity": "MWh", "natural_gas": "MWh[LHV]"}
MARK = {"note": "·", "warning": "!", "error": "✗"}
METHODS = {"gum": "GUM", "monte_carlo": "Monte Carlo"}
Words = Mapping[str, str]


def show_assessment(assessment: Assessment, language: str, console: Console) -> None:
    """Print the tables of an assessment: levels, measures, balance, scenarios, factors, findings.

    Args:
        assessment: what to show.
        language: ``zh-TW`` or ``en``.
        console: where to print.
    """
    text = words("terminal", language)
    _heading(assessment, text, language, console)
    console.print(_levels(assessment, text))
    console.print(_measures(assessment, text))
    _balance(assessment, text, console)
    _beside(assessment, text, language, console)
    _findings(assessment, text, language, console)
    _small_print(assessment, text, console)


def _heading(assessment: Assessment, text: Words, language: str, console: Console) -> None:
    case = assessment.case
    mark = f"  [yellow]{text['constructed']}[/yellow]" if case.constructed else ""
    console.print(f"\n[bold]{escape(case.title)}[/bold]{mark}")
    first, last = case.period.first_day, case.period.last_day
    roc = f"（民國 {roc_year(first.year)} 年）" if language == "zh-TW" and first.year == last.year else ""
    console.print(f"{text['period']} {first} – {last}{roc}", highlight=False)


def _beside(assessment: Assessment, text: Words, language: str, console: Console) -> None:
    """Scenarios, oil equivalent and factors, below the tables."""
    case, effects = assessment.case, assessment.effects
    for scenario in effects.scenarios:
        saved = f"{_shown(assessment, scenario.emission_saving, 't')} {text['unit_tonne']}"
        console.print(f"[bold]{text['scenario']}[/bold]  {escape(scenario.name)}: {saved}", highlight=False)
    oil = f"{_shown(assessment, effects.plant.kloe_saving, 'KLOE')} KLOE; {text['kloe_' + case.kloe]}"
    console.print(f"[bold]{text['kloe']}[/bold]  {oil}", highlight=False)
    console.print(f"[bold]{text['factors']}[/bold]")
    for use in effects.factors:
        console.print(f"  {text[use.carrier]}: {escape(_factor_line(use, text, language))}", highlight=False)
    if case.factors.count_grid_as:
        note = text["gwp_note"].format(basis=case.factors.count_grid_as, because=case.factors.because)
        console.print(f"  {escape(note)}", highlight=False)


def _findings(assessment: Assessment, text: Words, language: str, console: Console) -> None:
    console.print(f"[bold]{text['findings']}[/bold]" + ("" if assessment.findings else f"  {text['none']}"))
    for f in assessment.findings:
        sentence = f.sentence_zh if language == "zh-TW" else f.sentence
        console.print(escape(f"  {MARK[f.severity]} {f.subject}: {sentence}"), highlight=False)


def _small_print(assessment: Assessment, text: Words, console: Console) -> None:
    methods = sorted({u.shown for u in assessment.uncertainty.values()} - {"not_stated"})
    sampling = assessment.case.sampling
    note = text["uncertainty_note"].format(
        methods=", ".join(METHODS[m] for m in methods), seed=sampling.seed, draws=f"{sampling.draws:,}"
    )
    console.print(f"[dim]{note}[/dim]", highlight=False)


def _levels(assessment: Assessment, text: Words) -> Table:
    table = Table(
        title=text["table_levels"], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column(text["columns_item"], overflow="fold", min_width=20)
    for key in ("before", "after", "saving", "rate"):
        table.add_column(text[f"columns_{key}"] + ("\nMWh" if key != "rate" else "\n%"), justify="right")
    table.add_column(f"{text['columns_emission']}\n{text['unit_tonne']}", justify="right")
    table.add_column(f"{text['columns_cost']}\n{text['unit_money']}", justify="right")
    effects = assessment.effects
    for level in [
        effects.plant,
        *(x for line in effects.lines for x in (line, *(m for m in effects.machines if m.parent == line.id))),
    ]:
        _add_level(table, assessment, level, text)
    return table


def _add_level(table: Table, assessment: Assessment, level: LevelResult, text: Words) -> None:
    indent = {"plant": "", "line": "  ", "machine": "    "}[level.level]
    style = "bold" if level.level == "plant" else ""
    label = text["level_plant"] if level.level == "plant" else escape(level.label)
    several = len(level.carriers) > 1
    if several:
        table.add_row(f"{indent}{label}", "", "", "", "", _stacked(_shown(assessment, level.emission_saving, "t")),
                      _stacked(_money(assessment, level.cost_saving)), style=style)  # fmt: skip
    for carrier, result in level.carriers.items():
        name = f"{indent}  {text[carrier]}" if several else f"{indent}{label}\n{indent}  {text[carrier]}"
        table.add_row(name, *_carrier_cells(assessment, carrier, result), style=style)
    if level.level == "plant":
        table.add_section()


def _stacked(text: str) -> str:
    """``225.3 ± 8.8`` on two lines, so that the table fits a terminal of 80 columns."""
    return text.replace(" ± ", "\n±")


def _carrier_cells(assessment: Assessment, carrier: str, result: CarrierResult) -> list[str]:
    energy = ENERGY[carrier]
    cells = [
        _shown(assessment, result.energy_before, energy),
        _shown(assessment, result.energy_after, energy),
        _shown(assessment, result.saving, energy),
        _shown(assessment, result.saving_rate, "%"),
        _shown(assessment, result.emission_saving, "t"),
        _money(assessment, result.cost_saving),
    ]
    return [_stacked(cell) for cell in cells]


def _measures(assessment: Assessment, text: Words) -> Table:
    table = Table(
        title=text["table_measures"], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column(text["columns_measure"], overflow="fold", min_width=20)
    for heading in (f"{text['columns_before']}\nMWh", f"{text['columns_saving']}\nMWh", f"{text['columns_rate']}\n%"):
        table.add_column(heading, justify="right")
    table.add_column(f"{text['columns_emission']}\n{text['unit_tonne']}", justify="right")
    table.add_column(f"{text['columns_cost']}\n{text['unit_money']}", justify="right")
    table.add_column(f"{text['columns_payback']}\n{text['unit_year']}", justify="right")
    for m in assessment.effects.measures:
        table.add_row(escape(f"{m.measure.id} {m.measure.name}"), *_measure_cells(assessment, m))
    return table


def _measure_cells(assessment: Assessment, m: MeasureResult) -> list[str]:
    energy = ENERGY[m.carrier]
    cells = [
        _shown(assessment, m.energy_before, energy),
        _shown(assessment, m.saving, energy),
        _shown(assessment, m.saving_rate, "%"),
        _shown(assessment, m.emission_saving, "t"),
        _money(assessment, m.cost_saving),
        _shown(assessment, m.simple_payback, "yr") if m.simple_payback is not None else "–",
    ]
    return [_stacked(cell) for cell in cells]


def _balance(assessment: Assessment, text: Words, console: Console) -> None:
    console.print(f"[bold]{text['reconciliation']}[/bold]")
    for r in assessment.effects.reconciliations:
        energy = ENERGY[r.carrier]
        parts = [f"{text['rec_machines']} {_shown(assessment, r.machine_sum, energy)}"]
        for key, q in (("rec_meter", r.metered), ("rec_bill", r.billed), ("rec_rest", r.unexplained)):
            if q is not None:
                parts.append(f"{text[key]} {_shown(assessment, q, energy)}")
        line = "，".join(parts) if text["none"] == "無" else ", ".join(parts)
        share = f" ({_shown(assessment, r.unexplained_share, '%')} %)" if r.unexplained_share is not None else ""
        if r.saving_share is not None:
            share += f"; {text['rec_share']} {_shown(assessment, r.saving_share, '%')} %"
        console.print(f"  {text[r.carrier]}: {line} MWh{share}", highlight=False)


def _money(assessment: Assessment, q: Quantity | None) -> str:
    if q is None:
        return "–"
    return _shown(assessment, q, f"TWD_10k[{str(q.unit).split('[')[1].rstrip(']')}]")


def _shown(assessment: Assessment, q: Quantity, wanted: str) -> str:
    """Value ± half-width of the interval, both in the wanted unit."""
    target = q.unit if wanted == "t" else unit(wanted)
    factor, _ = conversion(q.unit, target)
    found = assessment.uncertainty.get(q)
    interval = found.interval if found else None
    half = (interval[1] - interval[0]) / 2 * factor if interval else None
    return value_and_uncertainty(float(q.value) * factor, half)


def _factor_line(use: FactorUse, text: Words, language: str) -> str:
    """The factor and how it was found; the gases of a fuel are cited one by one in the workbook and results.json."""
    shown = f"{use.factor.value:.6g} {use.factor.unit}"
    how = use.how_zh if language == "zh-TW" else use.how_en
    first = how.split("。")[0] + "。" if language == "zh-TW" else how.split(". ")[0] + "."
    return how if use.factor.operation is None else f"{shown}{text['factor_sum']}; {first}"
