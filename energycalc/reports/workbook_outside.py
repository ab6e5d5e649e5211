"""The sheets of values computed outside the workbook, marked with method, seed and source: uncertainty and meters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from energycalc.metering import MeterSeries, monthly_energy, peak, total_amount, total_energy_kwh
from energycalc.quantity import Quantity, render
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.reports.workbook_style import Book, fit_row, headings, input_digits, live, result_digits, text, top
from energycalc.reports.workbook_trace import name_of

FIRST_ROW = 5
BUDGET_ROWS = 5
"""Largest contributions listed for each result."""

_RESULT_COLUMNS = (
    "result",
    "symbol",
    "value",
    "unit",
    "u",
    "low",
    "high",
    "half",
    "coverage",
    "method",
    "draws",
    "seed",
    "why",
)
_BUDGET_COLUMNS = (
    "result", "symbol", "input", "input_value", "input_unit", "input_u", "contribution", "contribution_unit", "share",
)  # fmt: skip
_WIDTHS_UNCERTAINTY = (40, 12, 34, 15, 16, 14, 14, 16, 10, 12, 10, 11, 60)
_WIDTHS_METERS = (30, 22, 22, 22, 40)


def interval_rows(uncertainty: Mapping[Quantity, UncertainResult]) -> dict[int, int]:
    """Row of the uncertainty sheet (from 1) by ``id`` of the result; only a stated uncertainty has one."""
    stated = [q for q, found in uncertainty.items() if found.interval is not None]
    return {id(q): FIRST_ROW + i for i, q in enumerate(stated)}


def write_uncertainty(book: Book, uncertainty: Mapping[Quantity, UncertainResult]) -> None:
    """One row per result with its interval and method, then the budgets."""
    words = book.words
    title, hint = words("uncertainty.title"), words("uncertainty.hint")
    sheet = top(book, "uncertainty", title, hint, _WIDTHS_UNCERTAINTY, (FIRST_ROW - 1, 1))
    stated = {q: found for q, found in uncertainty.items() if found.interval is not None}
    if not stated:
        text(sheet, FIRST_ROW - 1, 0, words("uncertainty.none"), book.style("plain"))
        return
    headings(book, sheet, FIRST_ROW - 2, [words(f"uncertainty.{c}") for c in _RESULT_COLUMNS])
    for q, row in zip(stated, interval_rows(uncertainty).values(), strict=True):
        _write_result(book, sheet, row - 1, q, stated[q])
    row = FIRST_ROW + len(stated) + 1
    text(sheet, row, 0, words("uncertainty.budget", count=BUDGET_ROWS), book.style("section"))
    row += 1
    headings(book, sheet, row, [words(f"uncertainty.{c}") for c in _BUDGET_COLUMNS])
    for q, found in stated.items():
        row = _write_budget(book, sheet, row + 1, q, found)
    sheet.print_area(0, 0, row, len(_RESULT_COLUMNS) - 1)


def _title_of(q: Quantity, language: str) -> str:
    return "：".join(p for p in (q.subject, name_of(q, language)) if p)


def _write_result(book: Book, sheet: Any, row: int, q: Quantity, found: UncertainResult) -> None:
    words, mc = book.words, found.monte_carlo
    assert found.interval is not None
    low, high = found.interval
    half = (high - low) / 2
    outside = book.style("outside", result_digits(half if half else 1.0, half or None))
    text(sheet, row, 0, _title_of(q, words.language), book.style("text"))
    text(sheet, row, 1, render.symbol_text(q.symbol), book.style("symbol"))
    live(book, sheet, row, 2, q, "live", result_digits(float(q.value), half))
    text(sheet, row, 3, str(q.unit), book.style("unit"))
    for column, value in ((4, found.standard_uncertainty), (5, low), (6, high)):
        if value is not None:
            sheet.write_number(row, column, value, outside)
    sheet.write_formula(row, 7, f"=(G{row + 1}-F{row + 1})/2", outside, half)
    text(sheet, row, 9, words(f"uncertainty.{found.shown}"), book.style("outside"))
    if mc is not None:
        for column, number, digits in ((8, mc.coverage, "0 %"), (10, mc.draws, "#,##0"), (11, mc.seed, "0")):
            sheet.write_number(row, column, number, book.style("outside", digits))
    why = found.why(words.language)
    text(sheet, row, 12, why, book.style("faint"))
    fit_row(sheet, row, {0: _title_of(q, words.language), 12: why}, _WIDTHS_UNCERTAINTY, small=(12,))


def _write_budget(book: Book, sheet: Any, row: int, q: Quantity, found: UncertainResult) -> int:
    """The largest contributions to one result; returns the last row written."""
    words, budget = book.words, found.gum.budget if found.gum else ()
    for i, line in enumerate(budget[:BUDGET_ROWS]):
        leaf = line.leaf
        assert isinstance(leaf, Quantity)
        text(sheet, row + i, 0, _title_of(q, words.language) if i == 0 else "", book.style("strong"))
        text(sheet, row + i, 1, render.symbol_text(q.symbol) if i == 0 else "", book.style("symbol"))
        text(sheet, row + i, 2, _title_of(leaf, words.language), book.style("text"))
        live(book, sheet, row + i, 3, leaf, "live", input_digits(float(leaf.value)))
        text(sheet, row + i, 4, str(leaf.unit), book.style("unit"))
        for column, value in ((5, line.standard_uncertainty), (6, line.contribution)):
            sheet.write_number(row + i, column, value, book.style("outside", result_digits(value, abs(value))))
        text(sheet, row + i, 7, str(q.unit), book.style("unit"))
        sheet.write_number(row + i, 8, line.share, book.style("outside", "0.0 %"))
        fit_row(
            sheet,
            row + i,
            {0: _title_of(q, words.language) if i == 0 else "", 2: _title_of(leaf, words.language)},
            _WIDTHS_UNCERTAINTY,
        )
    row += min(len(budget), BUDGET_ROWS)
    if len(budget) > BUDGET_ROWS:
        text(sheet, row, 2, words("uncertainty.more", count=len(budget) - BUDGET_ROWS), book.style("faint"))
        row += 1
    return row - 1


def write_meters(book: Book, meters: Mapping[str, MeterSeries]) -> None:
    """For each meter its file, the account of its rows, total, peak and months."""
    words = book.words
    sheet = top(book, "meters", words("meters.title"), words("meters.hint"), _WIDTHS_METERS, None)
    row = FIRST_ROW - 1
    if not meters:
        text(sheet, row, 0, words("meters.none"), book.style("plain"))
    for key, series in meters.items():
        text(sheet, row, 0, " ".join(dict.fromkeys((key, series.layout.meter))), book.style("section"))
        row = _write_facts(book, sheet, row + 1, series)
        row = _write_ledger(book, sheet, row + 1, series)
        row, total_row = _write_totals(book, sheet, row + 1, series)
        row += 1
        if series.kind_of_amount == "energy":
            row = _write_months(book, sheet, row, series, total_row) + 2


def _write_facts(book: Book, sheet: Any, row: int, series: MeterSeries) -> int:
    layout = series.layout
    facts = {
        "file": series.file,
        "sha256": series.sha256,
        "column": layout.value_column,
        "reading": f"{layout.quantity_kind}, {layout.unit}, {layout.stamp}, {layout.midnight}",
        "interval": layout.interval,
        "time_zone": layout.time_zone,
    }
    for key, shown in facts.items():
        text(sheet, row, 0, book.words(f"meters.{key}"), book.style("text"))
        text(sheet, row, 1, shown, book.style("plain"))
        row += 1
    return row


def _write_ledger(book: Book, sheet: Any, row: int, series: MeterSeries) -> int:
    """The account of rows, closed by a formula that must give zero."""
    words, outside = book.words, book.style("outside", "#,##0")
    headings(book, sheet, row, [words(f"meters.{c}") for c in ("ledger", "count", "energy")])
    first, last_of_rows = row + 1, row + 1
    for what, count, energy in series.ledger.summary():
        row += 1
        last_of_rows = row if what.startswith("rows ") else last_of_rows
        text(sheet, row, 0, _ledger_words(book, what), book.style("text"))
        sheet.write_number(row, 1, count, outside)
        sheet.write_number(row, 2, energy, book.style("outside", "#,##0.00"))
    row += 1
    text(sheet, row, 0, words("meters.difference"), book.style("strong"))
    for column, letter in ((1, "B"), (2, "C")):
        formula = f"={letter}{first + 1}-SUM({letter}{first + 2}:{letter}{last_of_rows + 1})"
        if column == 2:
            formula = f"=ROUND({formula[1:]},6)"
        sheet.write_formula(row, column, formula, book.style("strong_live", "#,##0"), 0)
    return row + 1


def _ledger_words(book: Book, what: str) -> str:
    found = re.match(r"(rows read|rows used|rows excluded|slots filled|slots missing)(: .*)?$", what)
    if not found:
        return what
    return book.words(f"meters.{found[1].replace(' ', '_')}") + (found[2] or "")


def _write_totals(book: Book, sheet: Any, row: int, series: MeterSeries) -> tuple[int, int]:
    words = book.words
    text(sheet, row, 0, words("meters.total"), book.style("strong"))
    sheet.write_number(row, 1, total_amount(series), book.style("outside", "#,##0.00"))
    text(sheet, row, 2, series.unit, book.style("unit"))
    if series.kind_of_amount != "energy":
        return row + 1, row
    highest = peak(series)
    text(sheet, row + 1, 0, words("meters.peak"), book.style("strong"))
    sheet.write_number(row + 1, 1, highest.demand_kw, book.style("outside", "#,##0.00"))
    text(sheet, row + 1, 2, "kW", book.style("unit"))
    when = words("meters.peak_when", start=_clock(highest.start), end=_clock(highest.end), line=highest.line)
    text(sheet, row + 1, 3, when, book.style("plain"))
    return row + 2, row


def _clock(moment: Any) -> str:
    return str(moment).replace("T", " ")[:16]


def _write_months(book: Book, sheet: Any, row: int, series: MeterSeries, total_row: int) -> int:
    words, months = book.words, monthly_energy(series)
    headings(book, sheet, row, [words(f"meters.{c}") for c in ("month", "month_energy", "slots", "slots_of_month")])
    first = row + 1
    for month, energy, slots, whole in zip(
        months.month, months.energy_kwh, months.slots, months.slots_of_month, strict=True
    ):
        row += 1
        text(sheet, row, 0, str(month)[:7], book.style("text"))
        if energy == energy:  # a month without any reading has no number
            sheet.write_number(row, 1, float(energy), book.style("outside", "#,##0.00"))
        else:
            text(sheet, row, 1, "–", book.style("outside"))
        sheet.write_number(row, 2, int(slots), book.style("outside", "#,##0"))
        sheet.write_number(row, 3, int(whole), book.style("outside", "#,##0"))
    look = book.style("strong_live", "#,##0.00")
    text(sheet, row + 1, 0, words("meters.month_sum"), book.style("strong"))
    sheet.write_formula(row + 1, 1, f"=SUM(B{first + 1}:B{row + 1})", look, total_energy_kwh(series))
    text(sheet, row + 2, 0, words("meters.month_difference"), book.style("strong"))
    sheet.write_formula(row + 2, 1, f"=ROUND(B{row + 2}-B{total_row + 1},6)", book.style("strong_live", "#,##0"), 0)
    return row + 2
