"""Programme rules as a workbook: one sheet of rules, one of the years after closing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from energycalc.checks.programme import Judgement, Tracking
from energycalc.reports.programme import heading, rows, tracking_cells, tracking_head
from energycalc.reports.words import words
from energycalc.reports.workbook_style import FONT, STYLES, fit_row, naming

TOPIC = "programme"
WIDTHS = (14.0, 18.0, 44.0, 44.0, 24.0, 24.0, 14.0, 44.0)
FILL = {"missed": "#F7D4CC", "conflict": "#FBE7C6", "warned": "#FBE7C6", "missing": "#FFF6CC", "met": "#E2F0DA"}


def write_programme_workbook(file: Path, judgement: Judgement, tracking: Tracking | None, language: str) -> Path:
    """Write the workbook; returns its path.

    Args:
        file: to write.
        judgement: rules and outcomes.
        tracking: table of the years after closing, if there is one.
        language: ``zh-TW`` or ``en``.

    Raises:
        OSError: the file cannot be written.
    """
    import xlsxwriter

    text = words(TOPIC, language)
    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    styles = _styles(book)
    sheet = book.add_worksheet(text["sheet_rules"])
    row = _head(sheet, f"{text['title']}{text['colon']}{judgement.title}", heading(judgement, language), styles)
    keys = ("status", "clause", "sentence", "answer", "stated", "limit", "basis", "note")
    _titles(sheet, row, [text[f"column_{key}"] for key in keys], WIDTHS, styles)
    sheet.freeze_panes(row + 1, 0)
    for each in rows(judgement, language):
        row += 1
        cells = [f"{each.mark} {each.word}", each.clause, each.sentence, each.answer, each.stated, each.limit,
                 each.basis, each.note.strip()]  # fmt: skip
        _line(sheet, row, cells, WIDTHS, styles, styles[f"status_{each.status}"])
    if tracking is not None:
        sheet = book.add_worksheet(text["sheet_tracking"])
        title = text["tracking"].format(count=tracking.duty.years)
        row = _head(sheet, title, tracking_head(tracking, language), styles)
        titles, cells_of = tracking_cells(tracking, language)
        widths = [20.0] * len(titles)
        _titles(sheet, row, titles, widths, styles)
        for cells in cells_of:
            row += 1
            _line(sheet, row, cells, widths, styles, styles["strong"])
    with naming(file):
        book.close()
    return file


def _styles(book: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 10}
    found = {name: book.add_format(base | STYLES[name]) for name in ("title", "hint", "heading", "text", "strong")}
    for status in ("missed", "conflict", "warned", "missing", "met", "not_applicable"):
        colour = {"bg_color": FILL[status]} if status in FILL else {}
        found[f"status_{status}"] = book.add_format(base | STYLES["strong"] | colour)
    return found


def _head(sheet: Any, title: str, lines: Sequence[str], styles: dict[str, Any]) -> int:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, title, styles["title"])
    for i, line in enumerate(lines, start=1):
        sheet.write_string(i, 0, line, styles["hint"])
    return len(lines) + 2


def _titles(sheet: Any, row: int, titles: Sequence[str], widths: Sequence[float], styles: dict[str, Any]) -> None:
    for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(row, column, title, styles["heading"])


def _line(
    sheet: Any, row: int, cells: Sequence[str], widths: Sequence[float], styles: dict[str, Any], first: Any
) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(row, column, cell, first if column == 0 else styles["text"])
    fit_row(sheet, row, dict(enumerate(cells)), widths)
