"""The sheet of derived effects: each number a live link to its cell, each ± a link to the uncertainty sheet."""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.assessment import Assessment
from energycalc.effects.derived.results import Derived
from energycalc.quantity import Quantity
from energycalc.reports.derived_tables import Row, Table, derived_tables
from energycalc.reports.quantities import quantities_in
from energycalc.reports.words import words
from energycalc.reports.workbook_page import Page
from energycalc.reports.workbook_style import Book, fit_row, top

WIDTHS = (30, 40, 16, 13, 13, 13, 13, 13, 13, 13, 13, 13)
UNIT_COLUMN = 2
FIRST_NUMBER = 3


def write_derived(book: Book, assessment: Assessment, interval_rows: Mapping[int, int]) -> None:
    """Write the sheet.

    Args:
        book: the workbook; it has the sheet ``derived`` when the case asks for derived effects.
        assessment: of the case.
        interval_rows: row of the uncertainty sheet (from 1) by ``id`` of the result.
    """
    if assessment.derived is None:
        return
    text = words("derived", book.words.language)
    sheet = top(book, "derived", text["title"], text["hint"], WIDTHS, None)
    page = Page(book, sheet, assessment.uncertainty, interval_rows)
    row = 3
    for table in derived_tables(assessment.derived, book.words.language):
        row = _table(page, table, text, row) + 1
    sheet.print_area(0, 0, row, len(WIDTHS) - 1)


def _table(page: Page, table: Table, text: Mapping[str, str], row: int) -> int:
    for column in range(len(WIDTHS)):
        page.text(row, column, "" if column else table.title, "section")
    row += 1
    if table.rows:
        titles = {i: title for i, title in enumerate(table.columns)} | {UNIT_COLUMN: text["unit"]}
        for i, title in enumerate(table.numbers):
            titles |= {FIRST_NUMBER + 2 * i: title, FIRST_NUMBER + 2 * i + 1: text["plus_minus"]}
        for column, title in titles.items():
            page.text(row, column, title, "heading")
        fit_row(page.sheet, row, titles, WIDTHS)
        row += 1
    for line in table.rows:
        _row(page, line, row)
        row += 1
    for note in table.notes:
        page.text(row, 0, note, "hint")
        row += 1
    return row


def _row(page: Page, line: Row, row: int) -> None:
    for column, shown in enumerate(line.words):
        page.text(row, column, shown, "strong" if line.strong else "text")
    page.text(row, UNIT_COLUMN, line.unit, "unit")
    for i, q in enumerate(line.numbers):
        page.number(row, FIRST_NUMBER + 2 * i, q, "strong_live" if line.strong else "live")
        page.limit(row, FIRST_NUMBER + 2 * i + 1, q)
    fit_row(page.sheet, row, dict(enumerate(line.words)), WIDTHS)


def derived_results(derived: Derived | None) -> list[Quantity]:
    """Every number of the derived effects, each once, for the plan of the cells.

    Args:
        derived: of the case.
    """
    return [] if derived is None else list(dict.fromkeys(quantities_in(derived)))
