"""The first sheet: case, plant results, every level before and after, measures, reconciliation, scenarios.

It computes nothing: each number is a live link to its cell, each ± a link to the uncertainty sheet.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from energycalc.assessment import Assessment
from energycalc.effects.results import CarrierResult, FactorUse, LevelResult, MeasureResult
from energycalc.quantity import Quantity
from energycalc.reports.workbook_style import Book, headings, live, result_digits, text, top
from energycalc.reports.workbook_trace import changed_inputs_formula, name_of

WIDTHS = (9, 30, 12, *(14,) * 4, 11, 9, 8, *(12,) * 3, 10, 15, 15, 13, 11, 12, 11)
LEVEL_COLUMNS = (
    "level", "subject", "carrier", "before", "after", "saving", "plus_minus", "unit", "rate", "plus_minus", "emissions_before",
    "emissions_after", "emission_saving", "plus_minus", "emission_unit", "cost_saving", "plus_minus", "cost_unit", "kloe",
)  # fmt: skip
MEASURE_COLUMNS = (
    "machine", "measure", "carrier", "before", "after", "saving", "plus_minus", "unit", "rate", "plus_minus", "remaining",
    "investment", "emission_saving", "plus_minus", "emission_unit", "cost_saving", "plus_minus", "cost_unit", "kloe", "payback",
)  # fmt: skip
KEY_COLUMNS = ("item", "carrier", "value", "plus_minus", "low", "high", "unit", "method")
BALANCE_COLUMNS = {2: "carrier", 3: "machine_sum", 4: "metered", 5: "billed", 6: "unexplained", 7: "unit", 8: "unexplained_share",
                   10: "meter_less_bill"}  # fmt: skip
TABLE_END = len(MEASURE_COLUMNS) - 1


def write_summary(book: Book, assessment: Assessment, interval_rows: Mapping[int, int]) -> None:
    """Write the summary.

    Args:
        book: the workbook.
        assessment: what is summarised.
        interval_rows: row of the uncertainty sheet (from 1) by ``id`` of the result.
    """
    words, effects = book.words, assessment.effects
    sheet = top(book, "summary", words("summary.title"), words("summary.hint"), WIDTHS, None)
    page = _Page(book, sheet, assessment, interval_rows)
    row = _case(page, 3)
    row = _key_results(page, row + 1)
    row = _section(page, row + 1, "levels")
    headings(book, sheet, row, [words(f"summary.{c}") for c in LEVEL_COLUMNS])
    for level in _in_order(effects.plant, effects.lines, effects.machines):
        row = _level(page, row + 1, level)
    row = _section(page, row + 2, "measures")
    headings(book, sheet, row, [words(f"summary.{c}") for c in MEASURE_COLUMNS])
    for measure in effects.measures:
        row += 1
        _measure(page, row, measure)
    row = _reconciliation(page, _section(page, row + 2, "reconciliation"))
    row = _factors(page, row + 2)
    sheet.print_area(0, 0, row, TABLE_END)


class _Page:
    """Where the summary is being written, and what is known about each number."""

    def __init__(self, book: Book, sheet: Any, assessment: Assessment, interval_rows: Mapping[int, int]) -> None:
        self.book, self.sheet, self.assessment, self.interval_rows = book, sheet, assessment, interval_rows

    def text(self, row: int, column: int, shown: str, style: str = "text") -> None:
        text(self.sheet, row, column, shown, self.book.style(style))

    def number(self, row: int, column: int, q: Quantity | None, style: str = "live") -> None:
        """A live number with the digits its uncertainty allows; an empty cell for none."""
        if q is None:
            self.text(row, column, "–", "fixed")
            return
        digits = result_digits(float(q.value), self.half_width(q))
        live(self.book, self.sheet, row, column, q, style, digits)

    def half_width(self, q: Quantity) -> float | None:
        found = self.assessment.uncertainty.get(q)
        interval = found.interval if found else None
        return (interval[1] - interval[0]) / 2 if interval else None

    def limits(self, row: int, columns: Mapping[int, str], q: Quantity | None) -> None:
        """Cells linked to the uncertainty sheet: its columns by column here (F low, G high, H half width)."""
        for column, there in columns.items():
            place = self.interval_rows.get(id(q)) if q is not None else None
            half = self.half_width(q) if q is not None else None
            if place is None or half is None or q is None:
                self.text(row, column, "", "outside" if place else "fixed")
                continue
            low, high = self.assessment.uncertainty[q].interval or (math.nan, math.nan)
            value = {"F": low, "G": high, "H": half}[there]
            look = self.book.style("outside", result_digits(value, half))
            self.sheet.write_formula(row, column, f"={self.book.name('uncertainty')}!{there}{place}", look, value)


def _section(page: _Page, row: int, key: str) -> int:
    for column in range(TABLE_END + 1):
        page.text(row, column, "" if column else page.book.words(f"summary.{key}"), "section")
    return row + 1


def _case(page: _Page, row: int) -> int:
    words, case = page.book.words, page.assessment.case
    period = words("case.period_text", first=case.period.first_day, last=case.period.last_day, days=case.period.days)
    parties = case.parties
    lines = {
        "title": case.title,
        "period": period,
        "consultant": parties.consultant.name if parties.consultant else "",
        "client": parties.client.name if parties.client else "",
        "verifier": parties.verifier.name if parties.verifier else "",
        "programme": f"{case.programme.name} ({case.programme.edition})" if case.programme else "",
        "note": case.note or "",
        "file": page.assessment.stamp.get("case_file", case.file),
        "stamp": page.assessment.stamp.get("engine", ""),
    }
    for key, shown in lines.items():
        if shown:
            page.text(row, 0, words(f"case.{key}"), "hint")
            page.text(row, 1, shown, "plain")
            row += 1
    if case.constructed:
        page.text(row, 1, words("constructed"), "warning")
        row += 1
    page.text(row, 0, words("case.changed"), "hint")
    page.sheet.write_formula(row, 1, changed_inputs_formula(page.book), page.book.style("plain", "0"), 0)
    page.sheet.conditional_format(
        row, 1, row, 1, {"type": "cell", "criteria": ">", "value": 0, "format": page.book.style("changed")}
    )
    page.text(row, 2, words("case.changed_note"), "hint")
    return row + 1


def _key_results(page: _Page, row: int) -> int:
    words, effects = page.book.words, page.assessment.effects
    row = _section(page, row, "key")
    headings(page.book, page.sheet, row, [words(f"summary.{c}") for c in KEY_COLUMNS], 1)
    plant, everything = effects.plant, words.word("carrier", "all")
    rows: list[tuple[str, Quantity | None]] = []
    for c in plant.carriers.values():
        rows += [
            (words.word("carrier", c.carrier), q) for q in (c.energy_before, c.energy_after, c.saving, c.saving_rate)
        ]
    rows += [(everything, q) for q in (plant.emission_saving, plant.cost_saving, plant.kloe_saving)]
    rows += [(everything, q) for q in (effects.totals.investment, effects.totals.simple_payback)]
    for carrier, q in rows:
        if q is None:
            continue
        row += 1
        page.text(row, 1, name_of(q, words.language), "strong")
        page.text(row, 2, carrier)
        page.number(row, 3, q, "strong_live")
        page.limits(row, {4: "H", 5: "F", 6: "G"}, q)
        page.text(row, 7, str(q.unit))
        known = page.assessment.uncertainty.get(q)
        page.text(row, 8, words(f"uncertainty.{known.shown if known else 'not_stated'}"))
    return row + 1


def _in_order(
    plant: LevelResult, lines: Sequence[LevelResult], machines: Sequence[LevelResult]
) -> Iterator[LevelResult]:
    yield plant
    for line in lines:
        yield line
        yield from (m for m in machines if m.parent == line.id)


def _level(page: _Page, row: int, level: LevelResult) -> int:
    """One row per carrier; CO2e, money and oil equivalent of all carriers on the row of the only one, or a row of their own."""
    words, whole = page.book.words, {"plant": "strong_live"}.get(level.level, "live")
    bold = "strong" if level.level != "machine" else "text"
    carriers = list(level.carriers.values())
    alone = len(carriers) == 1
    last = row + len(carriers) - (1 if alone else 0)
    for here in range(row, last + 1):
        page.text(here, 0, words.word("level", level.level), bold)
        page.text(here, 1, level.label, bold)
        for column in range(2, len(LEVEL_COLUMNS)):
            page.text(here, column, "", "fixed")
    for here, c in enumerate(carriers, row):
        _carrier(page, here, c, whole)
        if not alone:
            _together(page, here, c, whole)
    if not alone:
        page.text(last, 2, words.word("carrier", "all"), bold)
    _together(page, last, level, whole)
    return last


def _carrier(page: _Page, row: int, c: CarrierResult, style: str) -> None:
    page.text(row, 2, page.book.words.word("carrier", c.carrier))
    for column, q in ((3, c.energy_before), (4, c.energy_after), (5, c.saving)):
        page.number(row, column, q, style)
    page.limits(row, {6: "H"}, c.saving)
    page.text(row, 7, str(c.saving.unit))
    _rate(page, row, c.saving_rate, style)


def _rate(page: _Page, row: int, rate: Quantity, style: str) -> None:
    unit = f' "{rate.unit}"' if rate.unit.terms else ""
    live(page.book, page.sheet, row, 8, rate, style, result_digits(float(rate.value), page.half_width(rate)) + unit)
    page.limits(row, {9: "H"}, rate)


def _together(page: _Page, row: int, result: CarrierResult | LevelResult, style: str) -> None:
    for column, q in ((10, result.emissions_before), (11, result.emissions_after), (12, result.emission_saving)):
        page.number(row, column, q, style)
    page.limits(row, {13: "H"}, result.emission_saving)
    page.text(row, 14, str(result.emission_saving.unit))
    _money(page, row, result.cost_saving, style)
    page.number(row, 18, result.kloe_saving, style)


def _money(page: _Page, row: int, cost: Quantity | None, style: str) -> None:
    page.number(row, 15, cost, style)
    page.limits(row, {16: "H"}, cost)
    page.text(row, 17, str(cost.unit) if cost is not None else "")


def _measure(page: _Page, row: int, m: MeasureResult) -> None:
    page.text(row, 0, m.measure.machine)
    page.text(row, 1, f"{m.measure.id} {m.measure.name}")
    page.text(row, 2, page.book.words.word("carrier", m.carrier))
    for column, q in ((3, m.energy_before), (4, m.energy_after), (5, m.saving)):
        page.number(row, column, q)
    page.limits(row, {6: "H"}, m.saving)
    page.text(row, 7, str(m.saving.unit))
    _rate(page, row, m.saving_rate, "live")
    page.number(row, 10, m.remaining)
    page.number(row, 11, m.investment)
    page.number(row, 12, m.emission_saving)
    page.limits(row, {13: "H"}, m.emission_saving)
    page.text(row, 14, str(m.emission_saving.unit))
    _money(page, row, m.cost_saving, "live")
    page.number(row, 18, m.kloe_saving)
    page.number(row, 19, m.simple_payback)


def _reconciliation(page: _Page, row: int) -> int:
    words = page.book.words
    headings(
        page.book,
        page.sheet,
        row,
        [words(f"summary.{BALANCE_COLUMNS[c]}") if c in BALANCE_COLUMNS else "" for c in range(2, 11)],
        2,
    )
    for r in page.assessment.effects.reconciliations:
        row += 1
        page.text(row, 2, words.word("carrier", r.carrier))
        for column, q in (
            (3, r.machine_sum),
            (4, r.metered),
            (5, r.billed),
            (6, r.unexplained),
            (10, r.meter_less_bill),
        ):
            page.number(row, column, q)
        page.text(row, 7, str(r.machine_sum.unit))
        if r.unexplained_share is not None:
            _rate(page, row, r.unexplained_share, "live")
        else:
            page.text(row, 8, "–", "fixed")
            page.text(row, 9, "", "fixed")
    return row


def _factors(page: _Page, row: int) -> int:
    words, effects = page.book.words, page.assessment.effects
    row = _section(page, row, "factors")
    heads = ("scenario", "carrier", "factor", "unit", "emission_saving", "plus_minus", "emission_unit", "found")
    headings(page.book, page.sheet, row, [words(f"summary.{h}") for h in heads], 1)
    page.sheet.merge_range(row, 8, row, TABLE_END, words("summary.found"), page.book.style("heading"))
    shown: list[tuple[str, Quantity, Sequence[FactorUse]]] = [
        (words("summary.own"), effects.plant.emission_saving, effects.factors),
        *((s.name, s.emission_saving, s.factors) for s in effects.scenarios),
    ]
    for name, saving, uses in shown:
        for i, use in enumerate(uses):
            row += 1
            page.text(row, 1, name if i == 0 else "")
            page.text(row, 2, words.word("carrier", use.carrier))
            page.number(row, 3, use.factor)
            page.text(row, 4, str(use.factor.unit))
            if i == 0:
                page.number(row, 5, saving, "strong_live")
                page.limits(row, {6: "H"}, saving)
                page.text(row, 7, str(saving.unit))
            else:
                for column in (5, 6, 7):
                    page.text(row, column, "")
            how = use.how_zh if words.language == "zh-TW" else use.how_en
            page.sheet.merge_range(row, 8, row, TABLE_END, how, page.book.style("faint"))
            page.sheet.set_row(row, max(30.0, 13.0 * lines_needed(how, sum(WIDTHS[8:]) * 1.05)))
    return row


def lines_needed(shown: str, width: float) -> int:
    """Lines a text takes in a merged cell of a width in characters; Chinese characters count double."""
    wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in shown)
    return math.ceil(wide / width) + shown.count("\n")
