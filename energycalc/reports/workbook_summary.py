"""The first sheet: the case, the plant's results, then tables of levels, measures, reconciliation and factors.

It computes nothing: each number is a live link to its cell, each ± a link to the uncertainty sheet.
"""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.assessment import Assessment
from energycalc.quantity import Quantity
from energycalc.reports.workbook_page import LAST_COLUMN, WIDTHS, Page
from energycalc.reports.workbook_style import Book, top
from energycalc.reports.workbook_tables import write_balance, write_factors, write_levels, write_measures
from energycalc.reports.workbook_trace import changed_inputs_formula, name_of

_KEY_COLUMNS = ("item", "carrier", "value", "plus_minus", "low", "high", "unit", "method")


def write_summary(book: Book, assessment: Assessment, interval_rows: Mapping[int, int]) -> None:
    """Write the summary.

    Args:
        book: the workbook.
        assessment: what is summarised.
        interval_rows: row of the uncertainty sheet (from 1) by ``id`` of the result.
    """
    sheet = top(book, "summary", book.words("title"), book.words("summary.hint"), WIDTHS, None)
    page = Page(book, sheet, assessment.uncertainty, interval_rows)
    row = _case(page, assessment, 3)
    row = _key_results(page, assessment, row + 1)
    row = write_levels(page, assessment.effects, row + 1)
    payback = "payback" if assessment.money is None else "payback_average"
    row = write_measures(page, assessment.effects.measures, row + 1, payback)
    row = write_balance(page, assessment.effects.reconciliations, row + 1)
    row = write_factors(page, assessment.effects, row + 1)
    sheet.print_area(0, 0, row - 1, LAST_COLUMN)


def _case(page: Page, assessment: Assessment, row: int) -> int:
    """What the case is, who takes part, which program computed it, and whether an input was changed since."""
    words, case = page.book.words, assessment.case
    period, parties = case.period, case.parties
    lines = {
        "title": case.title,
        "period": words("case.period_text", first=period.first_day, last=period.last_day, days=period.days),
        "consultant": parties.consultant.name if parties.consultant else "",
        "client": parties.client.name if parties.client else "",
        "verifier": parties.verifier.name if parties.verifier else "",
        "programme": f"{case.programme.name} ({case.programme.edition})" if case.programme else "",
        "note": " ".join((case.note or "").split()),
        "file": assessment.stamp.get("case_file", case.file),
        "stamp": assessment.stamp.get("engine", ""),
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
    page.sheet.write_formula(row, 1, changed_inputs_formula(page.book), page.book.style("count", "0"), 0)
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": page.book.style("changed")}
    page.sheet.conditional_format(row, 1, row, 1, rule)
    page.text(row + 1, 1, words("case.changed_note"), "hint")
    return row + 2


def _key_results(page: Page, assessment: Assessment, row: int) -> int:
    words, plant, totals = page.book.words, assessment.effects.plant, assessment.effects.totals
    row = page.section(row, "key")
    page.headings(row, _KEY_COLUMNS, 1)
    rows: list[tuple[str, Quantity | None]] = []
    for c in plant.carriers.values():
        rows += [(c.carrier, q) for q in (c.energy_before, c.energy_after, c.saving, c.saving_rate)]
    rows += [("all", q) for q in (plant.emission_saving, plant.kloe_saving, plant.cost_saving)]
    rows += [("all", q) for q in (totals.investment, totals.simple_payback)]
    for carrier, q in rows:
        if q is None:
            continue
        row += 1
        known = assessment.uncertainty.get(q)
        average = q is totals.simple_payback and assessment.money is not None
        name = words("summary.payback_average") if average else name_of(q, words.language)
        page.text(row, 1, name, "strong")
        page.text(row, 2, words.word("carrier", carrier))
        page.number(row, 3, q, "strong_live")
        for column, there in ((4, "H"), (5, "F"), (6, "G")):
            page.limit(row, column, q, there)
        page.unit(row, 7, q)
        page.text(row, 8, words(f"uncertainty.{known.shown if known else 'not_stated'}"))
    return row + 1
