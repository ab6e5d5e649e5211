"""The first sheet: the verdict in words, the saving with its ±, the model in figures, and where to look next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from energycalc.finding import Finding
from energycalc.reports.workbook_style import Book, fit_row, headings, link, text, top

WIDTHS = (34.0, 20.0, 18.0, 10.0, 18.0, 18.0, 40.0)
LAST = len(WIDTHS) - 1
FINDINGS_SHOWN = 12


def write_summary(
    book: Book,
    facts: Sequence[tuple[str, str]],
    verdict: str,
    numbers: Sequence[tuple[str, str, float, str, str]],
    findings: Sequence[Finding],
    sheets: Sequence[str],
    agreement: str,
    *,
    constructed: bool,
    unattributed: bool,
    title: str,
) -> Any:
    """Write the sheet.

    Args:
        book: the workbook.
        facts: (key of the words, text): what was verified, by which option, on which files and periods.
        verdict: the verdict in words.
        numbers: (key of the words, cell, value, number format, unit); each becomes a link to its cell.
        findings: doubts, those without override first.
        sheets: keys of the sheets to be linked, with a word on each.
        agreement: cells of the relative differences between sheet and program; empty where nothing is live.
        constructed: no real plant stands behind the numbers.
        unattributed: no measure stands behind the difference, so that it is not called a saving.
        title: of the verification.
    """
    words = book.words
    sheet = top(book, "summary", title, words("summary.hint_verification"), WIDTHS, None)
    row = 3
    if constructed:
        text(sheet, row, 0, words("constructed"), book.style("warning"))
        row += 1
    row = _wide(book, sheet, row, words("summary.verdict"), verdict, "strong")
    if agreement:
        row = _agreement(book, sheet, row, agreement)
    row += 1
    row = _section(book, sheet, row, "summary.result")
    titles = ["summary.item", "summary.value", "summary.unit", "", "summary.how"]
    headings(book, sheet, row, [words(t) if t else "" for t in titles[:3]])
    for column in range(3, LAST + 1):
        text(sheet, row, column, words("summary.how") if column == 3 else "", book.style("heading"))
    sheet.merge_range(row, 3, row, LAST, words("summary.how"), book.style("heading"))
    for key, cell, value, digits, unit in numbers:
        row += 1
        strong = key in ("saving", "half_width")
        name = f"saving.{key}_unattributed" if unattributed and key in ("saving", "fraction") else f"saving.{key}"
        text(sheet, row, 0, words(name), book.style("strong" if strong else "text"))
        look = book.style("strong_live" if strong else "live", digits)
        sheet.write_url(row, 1, f"internal:{cell.replace('$', '')}", look, "x")
        sheet.write_formula(row, 1, f"={cell}", look, value)
        text(sheet, row, 2, unit, book.style("unit"))
        how = words(f"saving.{key}_how")
        sheet.merge_range(row, 3, row, LAST, how, book.style("faint"))
        fit_row(sheet, row, {3: how}, (1, 1, 1, sum(WIDTHS[3:])), small=(3,))
    row = _section(book, sheet, row + 2, "summary.facts")
    for key, shown in facts:
        row = _wide(book, sheet, row, words(f"summary.fact_{key}"), shown, "text")
    row = _section(book, sheet, row + 1, "summary.findings")
    row = _findings(book, sheet, row, findings)
    row = _section(book, sheet, row + 1, "summary.sheets")
    for key in sheets:
        link(sheet, row, 0, f"{book.name(key)}!A1", words(f"sheets.{key}"), book.style("link"))
        _across(book, sheet, row, words(f"summary.sheet_{key}"), "faint")
        row += 1
    sheet.print_area(0, 0, row - 1, LAST)
    return sheet


def _agreement(book: Book, sheet: Any, row: int, cells: str) -> int:
    """How far the live regression and the program's differ: more than rounding means that an input was changed."""
    text(sheet, row, 0, book.words("summary.agreement"), book.style("text"))
    sheet.write_formula(row, 1, f"=MAX(MAX({cells}),-MIN({cells}))", book.style("live", "0.0E+00"), 0.0)
    rule = {"type": "cell", "criteria": ">", "value": 1e-9, "format": book.style("changed")}
    sheet.conditional_format(row, 1, row, 1, rule)
    how = book.words("summary.agreement_how")
    sheet.merge_range(row, 2, row, LAST, how, book.style("faint"))
    fit_row(sheet, row, {2: how}, (1, 1, sum(WIDTHS[2:])), small=(2,))
    return row + 1


def _section(book: Book, sheet: Any, row: int, key: str) -> int:
    for column in range(LAST + 1):
        text(sheet, row, column, "" if column else book.words(key), book.style("section"))
    return row + 1


def _across(book: Book, sheet: Any, row: int, shown: str, style: str) -> None:
    """Text over all columns but the first, in a row that is high enough for it."""
    sheet.merge_range(row, 1, row, LAST, "", book.style(style))
    text(sheet, row, 1, shown, book.style(style))
    fit_row(sheet, row, {1: shown}, (1.0, sum(WIDTHS[1:])))


def _wide(book: Book, sheet: Any, row: int, name: str, shown: str, style: str) -> int:
    text(sheet, row, 0, name, book.style("strong" if style == "strong" else "text"))
    _across(book, sheet, row, shown, style)
    return row + 1


def _findings(book: Book, sheet: Any, row: int, findings: Sequence[Finding]) -> int:
    """Findings in one sentence each, the gravest first; accepted ones say who accepted them."""
    words, zh = book.words, book.words.language == "zh-TW"
    if not findings:
        text(sheet, row, 0, words("findings.none"), book.style("plain"))
        return row + 1
    order: Mapping[str, int] = {"error": 0, "warning": 1, "note": 2}
    sorted_ones = sorted(findings, key=lambda f: (f.override is not None, order[f.severity]))
    for finding in sorted_ones[:FINDINGS_SHOWN]:
        sentence = finding.sentence_zh if zh else finding.sentence
        if finding.override is not None:
            signed = finding.override
            sentence += "  " + words("findings.accepted", by=signed.by, on=signed.on, because=signed.because)
        text(sheet, row, 0, words.word("findings", finding.severity), book.style("text"))
        _across(book, sheet, row, sentence, "text")
        row += 1
    if len(findings) > FINDINGS_SHOWN:
        more = words("summary.more_findings", count=len(findings) - FINDINGS_SHOWN)
        link(sheet, row, 1, f"{book.name('findings')}!A1", more, book.style("link"))
        row += 1
    return row
