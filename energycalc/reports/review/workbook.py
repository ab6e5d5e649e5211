"""The summary of a claim's review as a worksheet: numbers as numbers, the difference as a live formula, on one page."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from energycalc.checks.claims.headline import Line, headline
from energycalc.checks.claims.review import ClaimReview
from energycalc.reports.review.summary import Row, Summary, summary
from energycalc.reports.words import words
from energycalc.reports.workbook_style import FONT, STYLES, fit_row, input_digits, naming, result_digits

WIDTHS = (22.0, 17.0, 17.0, 16.0, 10.0, 9.0, 46.0)
COLUMNS = ("name", "printed", "recomputed", "unit", "apart", "state", "how")
LAST = len(WIDTHS) - 1
COLOUR = {"pass": "#1B7A4B", "warn": "#8A6100", "fail": "#B3261E", "incomplete": "#4A6076"}
FILL = {"error": "#F7D4CC", "warning": "#FBE7C6", "note": "#F2F5F8"}
MANY = 1e12
"""From here on a number is shown with its power of ten."""
BASE = {"font_name": FONT, "font_size": 10}
Words = Mapping[str, str]


def write_review_workbook(file: Path, review: ClaimReview, language: str) -> Path:
    """Write the workbook; every text of the claim is written as text.

    Args:
        file: to write, ending in ``.xlsx``.
        review: of a claim.
        language: ``zh-TW`` or ``en``.

    Raises:
        OSError: the file cannot be written.
    """
    import xlsxwriter

    text, found = words("review", language), summary(review, language)
    book = xlsxwriter.Workbook(str(file), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": found.title, "comments": found.stamp})
    styles = _styles(book)
    sheet = book.add_worksheet(text["sheet"])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    row = _top(sheet, found, text, styles)
    row = _figures(book, sheet, row, headline(review.claim), found.rows, text, styles)
    row = _findings(sheet, row, found, text, styles)
    for key, lines in (("missing", found.missing), ("held", found.held)):
        row = _lines(sheet, row, text[key], [f"{id}  {said}" for id, said in lines], styles)
    row = _lines(sheet, row, text["parts"], found.parts, styles)
    row = _lines(sheet, row, text["inferred"], [f"{n} {v}  {how}" for n, v, how in found.inferred], styles)
    _across(
        sheet,
        row + 1,
        f"{text['reviewer']}{text['colon']}＿＿＿＿＿＿＿＿　{text['date']}{text['colon']}＿＿＿＿＿＿",
        styles["text"],
    )
    _across(sheet, row + 2, f"{text['not_a_decision']} {found.stamp}", styles["hint"])
    with naming(file):
        book.close()
    return file


def _styles(book: Any) -> dict[str, Any]:
    base = BASE
    found = {
        name: book.add_format(base | STYLES[name])
        for name in ("title", "hint", "heading", "text", "strong", "section", "missing", "unit")
    }
    found["apart"] = book.add_format(base | STYLES["live"] | {"num_format": "+0.0 %;−0.0 %;0.0 %"})
    found["line"] = book.add_format(base | {"text_wrap": True, "valign": "top"})
    for verdict, colour in COLOUR.items():
        look = {
            "bold": True,
            "font_size": 13,
            "font_color": "#FFFFFF",
            "bg_color": colour,
            "align": "center",
            "valign": "vcenter",
        }
        found[verdict] = book.add_format(base | look)
    for severity, colour in FILL.items():
        found[severity] = book.add_format(base | STYLES["strong"] | {"bg_color": colour})
    return found


def _top(sheet: Any, s: Summary, text: Words, styles: dict[str, Any]) -> int:
    mark = f"　［{text['constructed']}］" if s.constructed else ""
    sheet.write_string(0, 0, f"{text['heading']}{text['colon']}{s.title}{mark}", styles["title"])
    sheet.write_string(1, 0, s.about, styles["hint"])
    sheet.merge_range(2, 0, 2, 1, "", styles[s.verdict])
    sheet.write_string(
        2, 0, f"{text[f'mark_{s.verdict}']} {text[f'verdict_{s.verdict}']}　{s.verdict}", styles[s.verdict]
    )
    sheet.set_row(2, 24)
    sheet.write_string(2, 2, text[f"verdict_{s.verdict}_line"])
    counts = text["counts"].format(**s.counts, held=len(s.held), missing=len(s.missing))
    sheet.write_string(3, 0, counts, styles["hint"])
    return 5


def _figures(
    book: Any, sheet: Any, row: int, lines: Sequence[Line], rows: Sequence[Row], text: Words, styles: dict[str, Any]
) -> int:
    _section(sheet, row, text["figures"], styles)
    for column, key in enumerate(COLUMNS):
        sheet.write_string(row + 1, column, text[f"column_{key}"], styles["heading"])
    row += 2
    for line, shown in zip(lines, rows, strict=True):
        first = styles["error"] if shown.state == "differs" else styles["strong"]
        unit = "" if line.unit.text == "1" else line.unit.text
        how = "  ".join((shown.how, *(f"→ {id}" for id in shown.see))).strip()
        sheet.write_string(row, 0, shown.name, first)
        printed = line.printed.value if line.printed else None
        recomputed = line.recomputed.value if line.recomputed else None
        _number(book, sheet, row, 1, printed, _as_printed, styles)
        _number(book, sheet, row, 2, recomputed, result_digits, styles)
        sheet.write_string(row, 3, f"{unit}{'/' + line.per if line.per else ''}", styles["unit"])
        live = line.difference is not None and math.isfinite(line.difference)
        if not live or (line.printed is not None and line.printed.per != line.per):
            sheet.write_string(row, 4, shown.apart, styles["missing"])
        else:
            sheet.write_formula(row, 4, f"=B{row + 1}/C{row + 1}-1", styles["apart"], line.difference)
        sheet.write_string(row, 5, text[f"state_{shown.state}"], styles["text"])
        sheet.write_string(row, 6, how, styles["text"])
        fit_row(sheet, row, {0: shown.name, 6: how}, WIDTHS)
        row += 1
    _across(sheet, row, text["figures_note"], styles["hint"])
    return row + 2


def _number(
    book: Any,
    sheet: Any,
    row: int,
    column: int,
    value: float | None,
    digits: Callable[[float], str],
    styles: dict[str, Any],
) -> None:
    """All digits are kept; as many are shown as mean something."""
    if value is None or not math.isfinite(value):
        sheet.write_string(row, column, "–", styles["missing"])
        return
    look = digits(value)
    if look not in styles:
        styles[look] = book.add_format(BASE | STYLES["live"] | {"num_format": look})
    sheet.write_number(row, column, value, styles[look])


def _as_printed(value: float) -> str:
    return "#,##0" if value.is_integer() and abs(value) < MANY else input_digits(value)


def _findings(sheet: Any, row: int, s: Summary, text: Words, styles: dict[str, Any]) -> int:
    _section(sheet, row, text["findings"], styles)
    row += 1
    if not s.groups:
        _across(sheet, row, text["no_findings"], styles["line"])
        return row + 2
    for group in s.groups:
        for point in group.points:
            numbers = text["dot"].join(f"{name} {value}" for name, value in point.numbers)
            advice = f"{text['advice']}{text['colon']}{group.advice}" if group.severity != "note" else ""
            said = "\n".join(part for part in (point.sentence, numbers, advice) if part)
            sheet.write_string(row, 0, f"{group.id}  {text[f'severity_{group.severity}']}", styles[group.severity])
            sheet.merge_range(row, 1, row, LAST, "", styles["text"])
            sheet.write_string(row, 1, said, styles["text"])
            fit_row(sheet, row, {0: said}, [sum(WIDTHS[1:])])
            row += 1
    return row + 1


def _lines(sheet: Any, row: int, title: str, lines: Sequence[str], styles: dict[str, Any]) -> int:
    if not lines:
        return row
    _section(sheet, row, title, styles)
    for line in lines:
        row += 1
        _across(sheet, row, line, styles["line"])
    return row + 2


def _section(sheet: Any, row: int, title: str, styles: dict[str, Any]) -> None:
    for column in range(LAST + 1):
        sheet.write_string(row, column, "" if column else title, styles["section"])


def _across(sheet: Any, row: int, line: str, style: Any) -> None:
    sheet.merge_range(row, 0, row, LAST, "", style)
    sheet.write_string(row, 0, line, style)
    fit_row(sheet, row, {0: line}, [sum(WIDTHS)])
