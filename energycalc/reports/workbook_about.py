"""Findings, sources and the read-me sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from energycalc.finding import Finding
from energycalc.quantity import FormulaRecord, Quantity, Source
from energycalc.quantity.trace import walk
from energycalc.reports.documents import SILENT, Document, citation, documents
from energycalc.reports.workbook_style import Book, headings, text, top
from energycalc.reports.workbook_trace import name_of

NAMES_SHOWN = 6
"""Most names of numbers listed beside a source."""

_DOCUMENT_COLUMNS = ("id", "document", "publisher", "year", "url", "licence", "checked", "note", "used_for")


def write_findings(book: Book, findings: Sequence[Finding]) -> None:
    """One row per finding, as raised."""
    words = book.words
    sheet = top(book, "findings", words("findings.title"), words("findings.hint"), (9, 26, 80, 50, 40), (4, 0))
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


def write_sources(book: Book, results: Sequence[Quantity], findings: Sequence[Finding]) -> None:
    """Documents, files and statements the results rest on, each with what it is used for."""
    words = book.words
    widths = (22, 48, 24, 14, 40, 28, 12, 48, 36)
    sheet = top(book, "sources", words("sources.title"), words("sources.hint"), widths, None)
    used = used_sources(results, findings, words.language)
    known = documents()
    published = {s: names for s, names in used.items() if s.document in known or _is_publication(s)}
    rows: dict[tuple[str, ...], list[str]] = {}
    for source, names in published.items():
        rows.setdefault(_document_cells(source, known.get(source.document)), []).extend(names)
    row = _section(book, sheet, 3, "documents")
    headings(book, sheet, row, [words(f"sources.{c}") for c in _DOCUMENT_COLUMNS])
    for cells, names in rows.items():
        row += 1
        for column, shown in enumerate((*cells, _some(names, book))):
            shown = words("sources.not_stated") if shown in SILENT and column > 0 else shown
            text(sheet, row, column, shown, book.style("text"))
    row = _section(book, sheet, row + 2, "files")
    headings(book, sheet, row, [words("sources.file"), "SHA-256", words("sources.used_for")])
    for (name, sha256), names in _files(used).items():
        row += 1
        for column, shown in enumerate((name, sha256 or words("sources.not_stated"), _some(names, book))):
            text(sheet, row, column, shown, book.style("text"))
    row = _section(book, sheet, row + 2, "statements")
    headings(book, sheet, row, [words("sources.id"), words("sources.document"), words("sources.used_for")])
    statements: dict[str, list[str]] = {}
    for source, names in used.items():
        if source not in published:
            statements.setdefault(citation(source), []).extend(names)
    for shown, names in statements.items():
        row += 1
        text(sheet, row, 0, "", book.style("text"))
        text(sheet, row, 1, shown, book.style("text"))
        text(sheet, row, 2, _some(names, book), book.style("text"))


def used_sources(results: Sequence[Quantity], findings: Sequence[Finding], language: str) -> dict[Source, list[str]]:
    """Every source of the results (leaves, formulas, declarations) and findings, with the names of what it supports."""
    used: dict[Source, list[str]] = {}
    for q in walk(results):
        if q.source is not None:
            used.setdefault(q.source, []).append(name_of(q, language))
        if q.operation == "declare":
            used.setdefault(q.parameters[1], []).append(str(q.unit))
        if q.uncertainty is not None and isinstance(getattr(q.uncertainty, "source", None), Source):
            used.setdefault(q.uncertainty.source, []).append(name_of(q, language))
    for finding in findings:
        if finding.source is not None:
            used.setdefault(finding.source, []).append(finding.subject)
    return used


def _is_publication(source: Source) -> bool:
    return source.publisher not in SILENT or source.url not in SILENT


def _document_cells(source: Source, known: Document | None) -> tuple[str, ...]:
    if known is None:
        found = (source.document, source.publisher, source.year, source.url, source.licence, source.checked)
        return ("", *found, f"confidence: {source.confidence}" if source.confidence not in SILENT else "")
    stated = (known.title, known.publisher, known.year, known.url, known.licence, known.checked, known.note)
    return (known.id, *stated)


def _files(used: Mapping[Source, list[str]]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for source, names in used.items():
        if source.file is not None:
            found.setdefault((source.file.name, source.file.sha256), []).extend(names)
    return found


def _some(names: Sequence[str], book: Book) -> str:
    """The names a source is used for, the first few of many."""
    different = list(dict.fromkeys(n for n in names if n))
    if len(different) <= NAMES_SHOWN:
        return "、".join(different) if book.words.language == "zh-TW" else ", ".join(different)
    joined = ("、" if book.words.language == "zh-TW" else ", ").join(different[:NAMES_SHOWN])
    return f"{joined} " + book.words("sources.others", count=len(different))


def _section(book: Book, sheet: Any, row: int, key: str) -> int:
    text(sheet, row, 0, book.words(f"sources.{key}"), book.style("section"))
    return row + 1


def write_about(book: Book, results: Sequence[Quantity], stamp: Mapping[str, str]) -> None:
    """What the colours mean, how an input is changed, what is live, which versions made the numbers."""
    words = book.words
    sheet = top(book, "about", words("about.title"), "", (30, 60, 14, 60), None)
    text(sheet, 3, 0, words("about.colours"), book.style("section"))
    row = 4
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
            text(sheet, row, 0, key, book.style("text"))
            text(sheet, row, 1, value, book.style("plain"))
            row += 1
    text(sheet, row + 1, 0, words("about.formulas"), book.style("section"))
    row += 2
    headings(book, sheet, row, [words(f"about.{c}") for c in ("formula", "version", "symbol", "source")])
    for formula in formulas_used(results):
        row += 1
        text(sheet, row, 0, formula.name, book.style("text"))
        text(sheet, row, 1, formula.id, book.style("text"))
        text(sheet, row, 2, formula.symbol, book.style("symbol"))
        text(sheet, row, 3, citation(formula.source), book.style("text"))


def formulas_used(results: Sequence[Quantity]) -> list[FormulaRecord]:
    """The formulas the results rest on, each once, by id."""
    found = {q.formula.id: q.formula for q in walk(results) if q.formula is not None}
    return [found[key] for key in sorted(found)]
