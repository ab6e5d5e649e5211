"""What the terminal shows of an assessment."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.apps.money_terminal import at_average, show_money
from energycalc.apps.terminal_derived import show_derived
from energycalc.apps.terminal_interactions import beyond, show_interactions
from energycalc.apps.terminal_numbers import Numbers
from energycalc.assessment import Assessment
from energycalc.case.days import roc_year
from energycalc.effects.results import FactorUse, LevelResult
from energycalc.metering import MeterSeries, peak, total_amount
from energycalc.quantity.glossary import label
from energycalc.quantity.units import unit
from energycalc.reports.figure_text import wrapped
from energycalc.reports.words import words

MARK = {"note": "·", "warning": "!", "error": "✗"}
METHODS = {"gum": "GUM", "monte_carlo": "Monte Carlo"}
FIRST = 20
"""Columns of the first column of a table."""
Words = Mapping[str, str]


def show_assessment(assessment: Assessment, language: str, console: Console) -> None:
    """Print an assessment: levels, measures, money, meters, balance, scenarios, factors, findings.

    Args:
        assessment: what to show.
        language: ``zh-TW`` or ``en``.
        console: where to print; 80 columns are enough.
    """
    text = words("terminal", language)
    numbers = Numbers(assessment.uncertainty, text)
    _heading(assessment, text, language, console)
    console.print(_levels(assessment, numbers, text))
    console.print(_measures(assessment, numbers, text, language))
    if "natural_gas" in assessment.effects.plant.carriers:
        console.print(f"[dim]{text['heat_note']}[/dim]", highlight=False)
    if assessment.money is not None:
        console.print(f"[dim]{at_average(assessment, 'at_average_note', language)}[/dim]", highlight=False)
    _saved_beside(assessment, numbers, text, language, console)
    _money(assessment, numbers, text, language, console)
    show_money(assessment, numbers, language, console)
    show_interactions(assessment, numbers, language, console)
    show_derived(assessment, numbers, language, console)
    _meters(assessment, numbers, text, console)
    _balance(assessment, numbers, text, console)
    _beside(assessment, numbers, text, language, console)
    _findings(assessment, text, language, console)
    _small_print(assessment, text, console)


def has_errors(assessment: Assessment) -> bool:
    """Whether a finding contradicts physics or arithmetic, so that the results must not be used."""
    return any(f.severity == "error" for f in assessment.findings)


def show_errors_banner(assessment: Assessment, language: str, console: Console) -> None:
    """The last line a person reads, where results must not be used."""
    count = sum(f.severity == "error" for f in assessment.findings)
    line = words("terminal", language)["errors_banner"].format(count=count)
    console.print(f"[bold white on red] ✗ {escape(line)} [/]", highlight=False)


def _heading(assessment: Assessment, text: Words, language: str, console: Console) -> None:
    case = assessment.case
    mark = f"  [yellow]{text['constructed']}[/yellow]" if case.constructed else ""
    console.print(f"\n[bold]{escape(case.title)}[/bold]{mark}")
    first, last = case.period.first_day, case.period.last_day
    roc = f"（民國 {roc_year(first.year)} 年）" if language == "zh-TW" and first.year == last.year else ""
    console.print(f"{text['period']} {first} – {last}{roc}", highlight=False)


def _table(title: str, first: str, columns: list[str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(first, overflow="fold", min_width=FIRST)
    for column in columns:
        table.add_column(column, justify="right", vertical="top")
    return table


def _levels(assessment: Assessment, numbers: Numbers, text: Words) -> Table:
    energy = [f"{text[f'columns_{key}']}\nMWh" for key in ("before", "after", "saving")]
    rest = [f"{text['columns_rate']}\n%", f"{text['columns_emission']}\n{text['unit_tonne']}"]
    money = f"{text['columns_cost']}\n{text['unit_money']}"
    table = _table(text["table_levels"], text["columns_item"], [*energy, *rest, money])
    effects = assessment.effects
    _add_level(table, effects.plant, numbers, text)
    table.add_section()
    for line in effects.lines:
        _add_level(table, line, numbers, text)
        for machine in effects.machines:
            if machine.parent == line.id:
                _add_level(table, machine, numbers, text)
    return table


def _add_level(table: Table, level: LevelResult, numbers: Numbers, text: Words) -> None:
    indent = {"plant": "", "line": "  ", "machine": "    "}[level.level]
    style = "bold" if level.level == "plant" else ""
    label = text["level_plant"] if level.level == "plant" else escape(level.label)
    several = len(level.carriers) > 1
    if several:
        sums = (numbers.stacked(level.emission_saving, "t"), numbers.stacked_money(level.cost_saving))
        table.add_row(f"{indent}{label}", "", "", "", "", *sums, style=style)
    for carrier, r in level.carriers.items():
        own = f"{indent}  {text[f'energy_{carrier}']}"
        table.add_row(
            own if several else f"{indent}{label}\n{own}",
            *(numbers.stacked_energy(q, carrier) for q in (r.energy_before, r.energy_after, r.saving)),
            numbers.stacked(r.saving_rate, "%"),
            numbers.stacked(r.emission_saving, "t"),
            numbers.stacked_money(r.cost_saving),
            style=style,
        )


def _measures(assessment: Assessment, numbers: Numbers, text: Words, language: str) -> Table:
    energy = [f"{text[f'columns_{key}']}\nMWh" for key in ("before", "saving")]
    rest = [f"{text['columns_rate']}\n%", f"{text['columns_emission']}\n{text['unit_tonne']}"]
    money = [f"{text[f'columns_{key}']}\n{text[f'unit_{u}']}" for key, u in (("cost", "money"), ("payback", "year"))]
    table = _table(text["table_measures"], text["columns_measure"], [*energy, *rest, *money])
    several = {m.measure.id for m in assessment.effects.measures if not m.is_main}
    for m in assessment.effects.measures:
        name = f"{m.measure.id} {m.measure.name}" if m.is_main else ""
        lines = wrapped(name, FIRST) if name else []
        if m.measure.id in several:
            lines.append(f"  {text[f'energy_{m.carrier}'] if m.kind == 'own' else beyond(m, language)}")
        table.add_row(
            escape("\n".join(lines)),
            numbers.stacked_energy(m.energy_before, m.carrier),
            numbers.stacked_energy(m.saving, m.carrier),
            numbers.stacked(m.saving_rate, "%"),
            numbers.stacked(m.emission_saving, "t"),
            numbers.stacked_money(m.cost_saving),
            numbers.stacked_payback(m.simple_payback, m.cost_saving) if m.is_main else "",
        )
    return table


def _saved_beside(assessment: Assessment, numbers: Numbers, text: Words, language: str, console: Console) -> None:
    """Water, metal or money that measures save besides energy, where any does."""
    found = [(m.measure, q) for m in assessment.effects.measures for q in m.beside]
    if found:
        console.print(f"[bold]{text['saved_beside']}[/bold]")
    for measure, q in found:
        line = f"{measure.id} {measure.name}{text['colon']}{label(q.name, language)} {numbers.line(q, str(q.unit))}"
        console.print(f"  {escape(line)} {q.unit}", highlight=False)


def _money(assessment: Assessment, numbers: Numbers, text: Words, language: str, console: Console) -> None:
    totals, saved = assessment.effects.totals, assessment.effects.plant.cost_saving
    if totals.investment is None:
        return
    parts = [text["investment"].format(value=numbers.money(totals.investment))]
    if totals.simple_payback is not None:
        key = "payback_uncertain" if numbers.reaches_zero(saved) else "payback"
        value = numbers.line(totals.simple_payback, "yr", bare=key == "payback_uncertain")
        parts.append(text[key].format(value=value) + at_average(assessment, "at_average", language))
    console.print(f"[bold]{text['totals']}[/bold]  {text['part_gap'].join(parts)}", highlight=False)


def _meters(assessment: Assessment, numbers: Numbers, text: Words, console: Console) -> None:
    metered = {m.id: m for m in assessment.case.meters}
    for id, series in assessment.meters.items():
        console.print(f"[bold]{text['meter']}[/bold]  {escape(id)} ({escape(metered[id].file)})", highlight=False)
        console.print(f"  {_rows_of(series, text)}", highlight=False)
        console.print(f"  {text['list_gap'].join(_amount_and_peak(series, text))}", highlight=False)


def _rows_of(series: MeterSeries, text: Words) -> str:
    ledger = series.ledger
    return text["meter_rows"].format(
        read=f"{ledger.rows_read:,}",
        used=f"{ledger.rows_used:,}",
        excluded=f"{ledger.rows_excluded:,}",
        filled=f"{len(ledger.fills):,}",
        missing=f"{len(ledger.missing):,}",
    )


def _amount_and_peak(series: MeterSeries, text: Words) -> list[str]:
    """The total, and for an energy meter the highest demand with its time."""
    if series.kind_of_amount != "energy":
        return [text["meter_total"].format(total=f"{total_amount(series):,.0f} {unit(series.unit)}")]
    highest = peak(series)
    start, end = str(highest.start), str(highest.end)
    when = {"day": start[:10], "start": start[11:16], "end": end[11:16]}
    return [
        text["meter_total"].format(total=f"{series.total().value_in('MWh'):,.1f} MWh"),
        text["meter_peak"].format(peak=f"{highest.demand_kw:,.1f}", **when),
    ]


def _balance(assessment: Assessment, numbers: Numbers, text: Words, console: Console) -> None:
    console.print(f"[bold]{text['reconciliation']}[/bold]  (MWh)", highlight=False)
    for r in assessment.effects.reconciliations:
        parts = [
            f"{text[key]} {numbers.energy(q, r.carrier)}"
            for key, q in (
                ("rec_machines", r.machine_sum),
                ("rec_meter", r.metered),
                ("rec_bill", r.billed),
                ("rec_less", r.meter_less_bill),
                ("rec_rest", r.unexplained),
            )
            if q is not None
        ]
        if r.unexplained_share is not None:
            parts[-1] += f" ({numbers.line(r.unexplained_share, '%')} %)"
        line = text["list_gap"].join(parts)
        if r.saving_share is not None:
            line += f"{text['part_gap']}{text['rec_share']} {numbers.line(r.saving_share, '%')} %"
        console.print(f"  {text[f'energy_{r.carrier}']}{text['colon']}{line}", highlight=False)


def _beside(assessment: Assessment, numbers: Numbers, text: Words, language: str, console: Console) -> None:
    """Scenarios, oil equivalent and factors, below the tables."""
    case, effects, colon = assessment.case, assessment.effects, text["colon"]
    for scenario in effects.scenarios:
        saved = f"{numbers.line(scenario.emission_saving, 't')} {text['unit_tonne']}"
        console.print(f"[bold]{text['scenario']}[/bold]  {escape(scenario.name)}{colon}{saved}", highlight=False)
    oil = f"{numbers.line(effects.plant.kloe_saving, 'KLOE')} KLOE{text['part_gap']}{text['kloe_' + case.kloe]}"
    console.print(f"[bold]{text['kloe']}[/bold]  {oil}", highlight=False)
    console.print(f"[bold]{text['factors']}[/bold]")
    for use in effects.factors:
        line = escape(_factor_line(use, text, language))
        console.print(f"  {text[use.carrier]}{colon}{line}", highlight=False)
    if case.factors.count_grid_as:
        note = text["gwp_note"].format(basis=case.factors.count_grid_as, because=case.factors.because)
        console.print(f"  {escape(note)}", highlight=False)


def _factor_line(use: FactorUse, text: Words, language: str) -> str:
    """The factor and how it was found; the gases of a fuel are cited one by one in the workbook and results.json."""
    shown = f"{use.factor.value:.6g} {use.factor.unit}"
    how = use.how_zh if language == "zh-TW" else use.how_en
    first = how.split("。")[0] + "。" if language == "zh-TW" else how.split(". ")[0] + "."
    return how if use.factor.operation is None else f"{shown}{text['factor_sum']}{text['part_gap']}{first}"


def _findings(assessment: Assessment, text: Words, language: str, console: Console) -> None:
    console.print(f"[bold]{text['findings']}[/bold]" + ("" if assessment.findings else f"  {text['none']}"))
    style = {"note": "", "warning": "yellow", "error": "red"}
    for f in assessment.findings:
        sentence = f.sentence_zh if language == "zh-TW" else f.sentence
        line = f"  {MARK[f.severity]} {f.subject}{text['colon']}{sentence}"
        console.print(escape(line), highlight=False, style=style[f.severity])


def _small_print(assessment: Assessment, text: Words, console: Console) -> None:
    methods = sorted({u.shown for u in assessment.uncertainty.values()} - {"not_stated"})
    sampling = assessment.case.sampling
    note = text["uncertainty_note"].format(
        methods=text["list_gap"].join(METHODS[m] for m in methods), seed=sampling.seed, draws=f"{sampling.draws:,}"
    )
    console.print(f"[dim]{note}[/dim]", highlight=False)
