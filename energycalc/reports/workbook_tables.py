"""The tables of the summary: levels and measures before and after, reconciliation, factors and scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from energycalc.effects.results import CarrierResult, Effects, FactorUse, LevelResult, MeasureResult, Reconciliation
from energycalc.quantity import Quantity
from energycalc.quantity.glossary import label
from energycalc.reports.words import words
from energycalc.reports.workbook_page import LAST_COLUMN, WIDTHS, Page
from energycalc.reports.workbook_style import fit_row

_WHO = ("level", "subject", "carrier")
_WHO_MEASURE = ("machine", "measure", "carrier")
_ENERGY = ("before", "after", "saving", "plus_minus", "unit", "rate", "plus_minus")
_EMISSIONS_AND_MONEY = (
    "emissions_before", "emissions_after", "emission_saving", "plus_minus", "emission_unit", "cost_saving",
    "plus_minus", "cost_unit", "kloe",
)  # fmt: skip
_MEASURE_MONEY = _EMISSIONS_AND_MONEY[2:]
_BESIDE = ("machine", "measure", "empty", "what", "empty", "saving", "plus_minus", "unit")
_BALANCE = (
    "carrier", "machine_sum", "metered", "billed", "unexplained", "unit", "unexplained_share", "plus_minus",
    "meter_less_bill",
)  # fmt: skip
_FACTORS = ("scenario", "carrier", "factor", "unit", "emission_saving", "plus_minus", "emission_unit", "found")
_FOUND_COLUMN = 8


def write_levels(page: Page, effects: Effects, row: int) -> int:
    """Plant, lines and machines: energy before and after, then CO2e, money and oil equivalent; returns the next row."""
    ordered = list(_in_order(effects.plant, effects.lines, effects.machines))
    row = page.section(row, "levels_energy")
    page.headings(row, _WHO + _ENERGY)
    for level in ordered:
        for c in level.carriers.values():
            row += 1
            _who(page, row, level, c.carrier)
            _energy(page, row, (c.energy_before, c.energy_after, c.saving), c.saving_rate, _weight(level))
    row = page.section(row + 2, "levels_emissions")
    page.headings(row, _WHO + _EMISSIONS_AND_MONEY)
    for level in ordered:
        carriers = list(level.carriers.values())
        for c in carriers if len(carriers) > 1 else []:
            row += 1
            _who(page, row, level, c.carrier)
            _emissions_and_money(page, row, c, "live")
        row += 1
        _who(page, row, level, carriers[0].carrier if len(carriers) == 1 else "all")
        _emissions_and_money(page, row, level, _weight(level))
    return row + 1


def _in_order(
    plant: LevelResult, lines: Sequence[LevelResult], machines: Sequence[LevelResult]
) -> Iterator[LevelResult]:
    yield plant
    for line in lines:
        yield line
        yield from (m for m in machines if m.parent == line.id)


def _weight(level: LevelResult) -> str:
    return "live" if level.level == "machine" else "strong_live"


def _who(page: Page, row: int, level: LevelResult, carrier: str) -> None:
    words, style = page.book.words, "text" if level.level == "machine" else "strong"
    page.text(row, 0, words.word("level", level.level), style)
    page.text(row, 1, level.label, style)
    page.text(row, 2, words.word("carrier", carrier), style)
    fit_row(page.sheet, row, {1: level.label}, WIDTHS)


def _energy(page: Page, row: int, energies: Sequence[Quantity], rate: Quantity | None, style: str) -> None:
    for column, q in enumerate(energies, 3):
        page.number(row, column, q, style)
    page.limit(row, 6, energies[-1])
    page.unit(row, 7, energies[-1])
    page.with_unit(row, 8, rate, style)
    page.limit(row, 9, rate)


def _emissions_and_money(page: Page, row: int, result: CarrierResult | LevelResult, style: str) -> None:
    page.number(row, 3, result.emissions_before, style)
    page.number(row, 4, result.emissions_after, style)
    _savings(page, row, result, style)


def _savings(page: Page, row: int, result: CarrierResult | LevelResult | MeasureResult, style: str) -> None:
    page.number(row, 5, result.emission_saving, style)
    page.limit(row, 6, result.emission_saving)
    page.unit(row, 7, result.emission_saving)
    page.number(row, 8, result.cost_saving, style)
    page.limit(row, 9, result.cost_saving)
    page.unit(row, 10, result.cost_saving)
    page.number(row, 11, result.kloe_saving, style)


def write_measures(page: Page, measures: Sequence[MeasureResult], row: int, payback: str = "payback") -> int:
    """Each measure on what the ones before it left: energy, then CO2e and money; returns the next row."""
    row = page.section(row, "measures_energy")
    page.headings(row, (*_WHO_MEASURE, *_ENERGY, "remaining", "ceiling"))
    for m in measures:
        row += 1
        _which(page, row, m)
        _energy(page, row, (m.energy_before, m.energy_after, m.saving), m.saving_rate, "live")
        page.with_unit(row, 10, m.remaining)
        page.with_unit(row, 11, m.ceiling)
    row = page.section(row + 2, "measures_emissions")
    page.headings(row, (*_WHO_MEASURE, "investment", payback, *_MEASURE_MONEY))
    for m in measures:
        row += 1
        _which(page, row, m)
        page.number(row, 3, m.investment)
        page.with_unit(row, 4, m.simple_payback)
        _savings(page, row, m, "live")
    return _write_beside(page, measures, row) + 1


def _write_beside(page: Page, measures: Sequence[MeasureResult], row: int) -> int:
    """What measures save besides energy, where any does; returns the last row written."""
    if not any(m.beside for m in measures):
        return row
    row = page.section(row + 2, "measures_beside")
    page.headings(row, _BESIDE)
    for m in measures:
        for q in m.beside:
            row += 1
            _which(page, row, m)
            page.text(row, 2, "")
            page.text(row, 3, label(q.name, page.book.words.language))
            page.number(row, 5, q)
            page.limit(row, 6, q)
            page.unit(row, 7, q)
    return row


def _which(page: Page, row: int, m: MeasureResult) -> None:
    language = page.book.words.language
    mark = "" if m.kind == "own" else f" ({words('interactions', language)[f'kind_{m.kind}']})"
    shown = f"{m.measure.id} {m.measure.name}{mark}"
    page.text(row, 0, m.machine or m.measure.machine)
    page.text(row, 1, shown)
    page.text(row, 2, page.book.words.word("carrier", m.carrier))
    fit_row(page.sheet, row, {1: shown}, WIDTHS)


def write_balance(page: Page, reconciliations: Sequence[Reconciliation], row: int) -> int:
    """Machines against meter against bill, with the rest that nothing explains; returns the next row."""
    row = page.section(row, "reconciliation")
    page.headings(row, _BALANCE, 2)
    for r in reconciliations:
        row += 1
        page.text(row, 2, page.book.words.word("carrier", r.carrier))
        for column, q in (
            (3, r.machine_sum),
            (4, r.metered),
            (5, r.billed),
            (6, r.unexplained),
            (10, r.meter_less_bill),
        ):
            page.number(row, column, q)
        page.unit(row, 7, r.machine_sum)
        page.with_unit(row, 8, r.unexplained_share)
        page.limit(row, 9, r.unexplained_share)
    return row + 1


def write_factors(page: Page, effects: Effects, row: int) -> int:
    """The factors of the case and of each scenario, how each was found, and what they make of the saving."""
    words, sheet = page.book.words, page.sheet
    row = page.section(row, "factors")
    page.headings(row, _FACTORS, 1)
    sheet.merge_range(row, _FOUND_COLUMN, row, LAST_COLUMN, words("summary.found"), page.book.style("heading"))
    shown: list[tuple[str, Quantity, Sequence[FactorUse]]] = [
        (words("summary.own"), effects.plant.emission_saving, effects.factors),
        *((s.name, s.emission_saving, s.factors) for s in effects.scenarios),
    ]
    for name, saving, uses in shown:
        for i, use in enumerate(uses):
            row += 1
            result = saving if i == 0 else None
            how = use.how_zh if words.language == "zh-TW" else use.how_en
            page.text(row, 1, name if i == 0 else "")
            page.text(row, 2, words.word("carrier", use.carrier))
            page.number(row, 3, use.factor)
            page.text(row, 4, str(use.factor.unit))
            page.number(row, 5, result, "strong_live")
            page.limit(row, 6, result)
            page.unit(row, 7, result)
            sheet.merge_range(row, _FOUND_COLUMN, row, LAST_COLUMN, how, page.book.style("faint"))
            fit_row(sheet, row, {1: name, 4: str(use.factor.unit), 8: how}, (*WIDTHS[:8], sum(WIDTHS[8:]) * 1.2))
    return row + 1
