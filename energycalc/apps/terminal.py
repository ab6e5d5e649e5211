"""What the terminal shows of an assessment or of the factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from energycalc.assessment import Assessment
from energycalc.case.days import roc_year
from energycalc.effects.results import CarrierResult, FactorUse, LevelResult, MeasureResult
from energycalc.equipment import TECHNOLOGIES
from energycalc.errors import InputError
from energycalc.factors import Factor
from energycalc.quantity import Quantity
from energycalc.quantity.display import value_and_uncertainty
from energycalc.quantity.glossary import label
from energycalc.quantity.units import conversion, unit
from energycalc.reports.words import words

ENERGY = {"electricity": "MWh", "natural_gas": "MWh[LHV]"}
MARK = {"note": "·", "warning": "!", "error": "✗"}


def show_assessment(assessment: Assessment, language: str, console: Console) -> None:
    """Print the tables of an assessment: levels, measures, balance, scenarios, factors, findings.

    Args:
        assessment: what to show.
        language: ``zh-TW`` or ``en``.
        console: where to print.
    """
    text = words("terminal", language)
    case, effects = assessment.case, assessment.effects
    console.print()
    console.print(f"[bold]{case.title}[/bold]" + (f"  [yellow]{text['constructed']}[/yellow]" if case.constructed else ""))
    first, last = case.period.first_day, case.period.last_day
    roc = f"（民國 {roc_year(first.year)} 年）" if language == "zh-TW" and first.year == last.year else ""
    console.print(f"{text['period']} {first} – {last}{roc}", highlight=False)
    console.print(_levels(assessment, text))
    console.print(_measures(assessment, text))
    _balance(assessment, text, console)
    for scenario in effects.scenarios:
        console.print(f"[bold]{text['scenario']}[/bold]  {scenario.name}: {_shown(assessment, scenario.emission_saving, 't')} {text['unit_tonne']}", highlight=False)
    plant = effects.plant
    console.print(f"[bold]{text['kloe']}[/bold]  {_shown(assessment, plant.kloe_saving, 'KLOE')} KLOE; {text['kloe_' + case.kloe]}", highlight=False)
    console.print(f"[bold]{text['factors']}[/bold]")
    for use in effects.factors:
        console.print(f"  {text[use.carrier]}: {_factor_line(use, language)}", highlight=False)
    if case.factors.count_grid_as:
        console.print("  " + text["gwp_note"].format(basis=case.factors.count_grid_as, because=case.factors.because), highlight=False)
    console.print(f"[bold]{text['findings']}[/bold]" + ("" if assessment.findings else f"  {text['none']}"))
    for f in assessment.findings:
        console.print(f"  {MARK[f.severity]} {f.subject}: {f.sentence_zh if language == 'zh-TW' else f.sentence}", highlight=False)
    methods = sorted({u.shown for u in assessment.uncertainty.values()} - {"not_stated"})
    names = {"gum": "GUM", "monte_carlo": "Monte Carlo"}
    console.print(f"[dim]{text['uncertainty_note'].format(methods=', '.join(names[m] for m in methods), seed=case.sampling.seed, draws=f'{case.sampling.draws:,}')}[/dim]", highlight=False)


def _levels(assessment: Assessment, text: Mapping[str, str]) -> Table:
    table = Table(title=text["table_levels"], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(text["columns_item"], overflow="fold", min_width=20)
    for key in ("before", "after", "saving", "rate"):
        table.add_column(text[f"columns_{key}"] + ("\nMWh" if key != "rate" else "\n%"), justify="right")
    table.add_column(f"{text['columns_emission']}\n{text['unit_tonne']}", justify="right")
    table.add_column(f"{text['columns_cost']}\n{text['unit_money']}", justify="right")
    effects = assessment.effects
    for level in [effects.plant, *(x for line in effects.lines for x in (line, *(m for m in effects.machines if m.parent == line.id)))]:
        _add_level(table, assessment, level, text)
    return table


def _add_level(table: Table, assessment: Assessment, level: LevelResult, text: Mapping[str, str]) -> None:
    indent = {"plant": "", "line": "  ", "machine": "    "}[level.level]
    style = "bold" if level.level == "plant" else ""
    label = text["level_plant"] if level.level == "plant" else level.label
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


def _measures(assessment: Assessment, text: Mapping[str, str]) -> Table:
    table = Table(title=text["table_measures"], title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(text["columns_measure"], overflow="fold", min_width=20)
    for heading in (f"{text['columns_before']}\nMWh", f"{text['columns_saving']}\nMWh", f"{text['columns_rate']}\n%"):
        table.add_column(heading, justify="right")
    table.add_column(f"{text['columns_emission']}\n{text['unit_tonne']}", justify="right")
    table.add_column(f"{text['columns_cost']}\n{text['unit_money']}", justify="right")
    table.add_column(f"{text['columns_payback']}\n{text['unit_year']}", justify="right")
    for m in assessment.effects.measures:
        table.add_row(f"{m.measure.id} {m.measure.name}", *_measure_cells(assessment, m))
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


def _balance(assessment: Assessment, text: Mapping[str, str], console: Console) -> None:
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


def _factor_line(use: FactorUse, language: str) -> str:
    """The factor and how it was found; a fuel's is the sum of its gases, each of which the workbook and results.json cite."""
    shown = f"{use.factor.value:.6g} {use.factor.unit}"
    how = use.how_zh if language == "zh-TW" else use.how_en
    first = how.split("。")[0] + "。" if language == "zh-TW" else how.split(". ")[0] + "."
    return how if use.factor.operation is None else f"{shown} = CO2 + CH4 + N2O × GWP; {first}"


def show_factors(rows: Sequence[Factor]) -> None:
    """Print a list of factors."""
    console = Console()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("id\n名稱 name", no_wrap=True, max_width=44)
    table.add_column("value\nunit", no_wrap=True)
    table.add_column("valid\nstatus")
    for f in rows:
        years = f.valid_from if f.valid_from == f.valid_to else f"{f.valid_from}–{f.valid_to}"
        table.add_row(f"{f.id}\n  {f.name_zh}", f"[bold]{f.value}[/bold]\n" + f.unit.replace("[", "\\["), f"{years}\n{f.status}")
    console.print(table)
    console.print(f"{len(rows)} 筆 rows;  energycalc factors ID → 來源 source", highlight=False)


def show_factor(fields: Mapping[str, str]) -> None:
    """Print one factor with everything that is known about it."""
    console = Console()
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for key, value in fields.items():
        table.add_row(key, value.replace("[", "\\["))
    console.print(table)


def show_technologies(language: str) -> None:
    """Print the technologies a measure may name."""
    zh = language == "zh-TW"
    for key, d in TECHNOLOGIES.items():
        print(f"{key:22} {d.label_zh if zh else d.label_en}")


def show_technology(key: str, language: str) -> None:
    """Print the parameters of one technology: where they stand, unit, example, how to measure.

    Raises:
        InputError: there is no such technology.
    """
    if key not in TECHNOLOGIES:
        raise InputError("is not a technology", subject=repr(key), limit=f"one of {', '.join(TECHNOLOGIES)}")
    zh = language == "zh-TW"
    d = TECHNOLOGIES[key]
    console = Console()
    console.print(f"[bold]{d.label_zh if zh else d.label_en}[/bold]  ({d.key}, {d.carrier})", highlight=False)
    console.print(d.limits_zh if zh else d.limits_en, highlight=False)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("before/after/common", "範例 example", "如何取得" if zh else "how to measure"):
        table.add_column(heading, overflow="fold")
    for p in d.parameters:
        name = f"{p.name}\n  {label(p.name, language)}"
        example = (", ".join(p.choices) or p.example).replace("[", "\\[")
        need = "" if not p.optional else ("（可省略）" if zh else " (optional)")
        table.add_row(f"{name}\n  {'/'.join(p.places)}{need}", example, p.how_to_measure_zh if zh else p.how_to_measure_en)
    console.print(table)
