"""Findings, sources and the read-me sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.finding import Finding
from energycalc.quantity import FormulaRecord, Quantity, render
from energycalc.quantity.glossary import label
from energycalc.quantity.trace import walk
from energycalc.reports.documents import SILENT, citation
from energycalc.reports.source_list import FIRST_ROW
from energycalc.reports.workbook_style import Book, cite_in, fit_row, headings, text, top

NAMES_SHOWN = 6
"""Most names of numbers listed beside a source."""

_DOCUMENT_COLUMNS = ("id", "document", "publisher", "year", "url", "licence", "checked", "note", "used_for")
_PLACES = {"documents": tuple(range(9)), "statements": (1, 2), "files": (0, 1, 2)}
_SOURCE_WIDTHS = (22, 66, 30, 13, 34, 26, 12, 42, 34)
_ABOUT_WIDTHS = (34, 62, 14, 60, 7)
_FINDING_WIDTHS = (9, 24, 80, 46, 30)


def write_findings(book: Book, findings: Sequence[Finding]) -> None:
    """One row per finding, as raised."""
    words = book.words
    sheet = top(book, "findings", words("findings.title"), words("findings.hint"), _FINDING_WIDTHS, (4, 0))
    if not findings:
        text(sheet, 4, 0, words("findings.none"), book.style("plain"))
        return
    headings(
        book, sheet, 3, [words(f"findings.{c}") for c in ("severity", "subject", "sentence", "evidence", "source")]
    )
    for row, finding in enumerate(findings, 4):
        chinese = words.language == "zh-TW"
        cells = (
            words.word("findings", finding.severity),
            finding.subject,
            finding.sentence_zh if chinese else finding.sentence,
            "\n".join(f"{k}: {v}" for k, v in finding.evidence.items()),
            citation(finding.source),
        )
        for column, shown in enumerate(cells):
            text(sheet, row, column, shown, book.style("text"))
        fit_row(sheet, row, dict(enumerate(cells)), _FINDING_WIDTHS)


def write_sources(book: Book) -> None:
    """Documents, statements and files the results rest on, each with what it is used for."""
    words, found = book.words, book.sources
    sheet = top(book, "sources", words("sources.title"), words("sources.hint"), _SOURCE_WIDTHS, None)
    sections = (
        ("documents", _DOCUMENT_COLUMNS, FIRST_ROW, found.documents),
        ("statements", ("statement", "used_for"), found.statements_row, found.statements),
        ("files", ("file", "sha256", "used_for"), found.files_row, found.files),
    )
    for key, columns, first, rows in sections:
        places = _PLACES[key]
        text(sheet, first - 3, 0, words(f"sources.{key}"), book.style("section"))
        headings(book, sheet, first - 2, [words(f"sources.{c}") for c in columns], places[0])
        for row, line in enumerate(rows, first - 1):
            shown = dict(zip(places, (*line.cells, _some(line.used_for, book)), strict=True))
            for place, value in shown.items():
                silent = value in SILENT and place > 0
                text(sheet, row, place, words("sources.not_stated") if silent else value, book.style("text"))
            fit_row(sheet, row, shown, _SOURCE_WIDTHS)


def _some(names: Sequence[str], book: Book) -> str:
    """The names a source is used for, the first few of many."""
    separator = "、" if book.words.language == "zh-TW" else ", "
    joined = separator.join(names[:NAMES_SHOWN])
    return joined if len(names) <= NAMES_SHOWN else f"{joined} " + book.words("sources.others", count=len(names))


def write_about(book: Book, results: Sequence[Quantity], stamp: Mapping[str, str]) -> None:
    """What the colours mean, how an input is changed, what is live, which versions made the numbers."""
    words = book.words
    sheet = top(book, "about", words("about.title"), "", _ABOUT_WIDTHS, None)
    text(sheet, 4, 0, words("about.colours"), book.style("section"))
    row = 5
    for style in ("input", "factor", "live", "outside", "changed"):
        sheet.write_blank(row, 0, None, book.style(f"{style}_sample"))
        text(sheet, row, 1, words(f"about.colour_{style}"), book.style("plain"))
        row += 1
    for title, key in (("how", "how_lines"), ("live", "live_lines")):
        text(sheet, row + 1, 0, words(f"about.{title}"), book.style("section"))
        row += 2
        for line in words.lines(key):
            text(sheet, row, 0, "•  " + line, book.style("plain"))
            row += 1
    text(sheet, row + 1, 0, words("about.versions"), book.style("section"))
    row += 2
    for key, value in stamp.items():
        if key != "formulas":
            text(sheet, row, 0, words.word("stamp", key), book.style("text"))
            text(sheet, row, 1, value, book.style("plain"))
            row += 1
    text(sheet, row + 1, 0, words("about.formulas"), book.style("section"))
    row += 2
    headings(book, sheet, row, [words(f"about.{c}") for c in ("formula", "version", "symbol", "source", "source_row")])
    for formula in formulas_used(results):
        row += 1
        text(sheet, row, 0, label(formula.name, words.language), book.style("text"))
        text(sheet, row, 1, formula.id, book.style("text"))
        text(sheet, row, 2, render.symbol_text(formula.symbol), book.style("symbol"))
        shown = cite_in(book, sheet, row, 3, formula.source)
        fit_row(sheet, row, {0: label(formula.name, words.language), 1: formula.id, 3: shown}, _ABOUT_WIDTHS)


def formulas_used(results: Sequence[Quantity]) -> list[FormulaRecord]:
    """The formulas the results rest on, each once, by id."""
    found = {q.formula.id: q.formula for q in walk(results) if q.formula is not None}
    return [found[key] for key in sorted(found)]
