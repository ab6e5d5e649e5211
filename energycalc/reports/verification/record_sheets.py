"""The records behind the saving: adjustments, the account of every file's rows, findings with who accepted them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from energycalc.finding import Finding
from energycalc.metering import MeterSeries
from energycalc.mv.periods import Periods
from energycalc.mv.savings.adjustments import METHOD_WORDS, Adjustment
from energycalc.reports.documents import citation
from energycalc.reports.workbook_style import Book, fit_row, headings, text, top

NUMBER = "#,##0.0##"
_ADJUSTMENTS = (12.0, 34.0, 12.0, 12.0, 16.0, 16.0, 8.0, 22.0, 36.0, 18.0)
_LEDGER = (46.0, 16.0, 18.0, 12.0, 40.0)
_FINDINGS = (9.0, 22.0, 66.0, 34.0, 26.0, 34.0)
LEFT_OUT_SHOWN = 400
"""Most periods that are listed one by one as left out."""


def write_adjustments(book: Book, adjustments: Sequence[Adjustment]) -> str:
    """Every adjustment with evidence and author; returns the rows of its numbers as ``first:last``, from 1."""
    words, zh = book.words, book.words.language == "zh-TW"
    sheet = top(book, "adjustments", words("adjustments.title"), words("adjustments.hint"), _ADJUSTMENTS, None)
    if not adjustments:
        text(sheet, 4, 0, words("adjustments.none"), book.style("plain"))
        return ""
    columns = ("kind", "what", "first", "last", "quantity", "u", "unit", "method", "evidence", "by")
    headings(book, sheet, 4, [words(f"adjustments.{c}") for c in columns])
    for row, each in enumerate(adjustments, 5):
        method = METHOD_WORDS[each.method][1 if zh else 0]
        cells = {0: words(f"adjustments.{each.kind}"), 1: each.what, 2: each.first.isoformat(),
                 3: each.last.isoformat(), 6: each.unit, 7: method, 8: each.evidence, 9: each.by}  # fmt: skip
        for column, shown in cells.items():
            text(sheet, row, column, shown, book.style("text"))
        sheet.write_number(row, 4, each.quantity, book.style("input", NUMBER))
        if each.standard_uncertainty is None:
            text(sheet, row, 5, words("adjustments.not_stated"), book.style("missing"))
        else:
            sheet.write_number(row, 5, each.standard_uncertainty, book.style("input", NUMBER))
        fit_row(sheet, row, cells, _ADJUSTMENTS)
    return f"6:{5 + len(adjustments)}"


def write_ledger(book: Book, files: Mapping[str, MeterSeries], periods: Mapping[str, Periods]) -> None:
    """For each file its rows read, used, excluded, filled and missing; then the periods that are left out, and why.

    Args:
        book: the workbook.
        files: series by what it is called in the book.
        periods: ``baseline`` and ``reporting``.
    """
    words = book.words
    sheet = top(book, "ledger", words("ledger.title"), words("ledger.hint"), _LEDGER, None)
    row = 4
    for name, series in files.items():
        row = _file(book, sheet, row, name, series) + 1
    for key, of in periods.items():
        text(sheet, row, 0, words("ledger.left_out", period=words(f"ledger.{key}")), book.style("section"))
        row += 1
        if not of.left_out:
            text(sheet, row, 0, words("ledger.none_left_out"), book.style("plain"))
            row += 2
            continue
        headings(
            book, sheet, row, [words("ledger.reason"), words("ledger.start"), words("ledger.amount", unit=of.unit)]
        )
        for left in of.left_out[:LEFT_OUT_SHOWN]:
            row += 1
            text(sheet, row, 0, left.reason, book.style("text"))
            text(sheet, row, 1, _clock(left.start), book.style("text"))
            sheet.write_number(row, 2, float(left.energy), book.style("outside", NUMBER))
            fit_row(sheet, row, {0: left.reason}, _LEDGER)
        more = len(of.left_out) - LEFT_OUT_SHOWN
        if more > 0:
            row += 1
            text(sheet, row, 0, words("ledger.more", count=f"{more:,}"), book.style("faint"))
        row += 2


def _file(book: Book, sheet: Any, row: int, name: str, series: MeterSeries) -> int:
    words, layout = book.words, series.layout
    text(sheet, row, 0, name, book.style("section"))
    facts = (
        ("file", series.file),
        ("sha256", series.sha256),
        ("column", f"{layout.value_column}  ({layout.unit}, {layout.quantity_kind}, {layout.interval})"),
        ("span", f"{_clock(series.interval_start[0])} – {_clock(series.interval_end[-1])}  ({layout.time_zone})"),
    )
    for key, shown in facts:
        row += 1
        text(sheet, row, 0, words(f"ledger.{key}"), book.style("text"))
        text(sheet, row, 1, shown, book.style("plain"))
    row += 1
    means = layout.quantity_kind == "interval_mean"  # a sum of temperatures says nothing
    headings(book, sheet, row, [words("ledger.rows"), words("ledger.count"),
                                "" if means else words("ledger.amount", unit=series.unit)])  # fmt: skip
    first, rows = row + 1, 0
    for what, count, amount in series.ledger.summary():
        row += 1
        rows += what.startswith("rows ")
        kind, _, reason = what.partition(": ")
        shown = words(f"ledger.{kind.replace(' ', '_')}") + (f": {reason}" if reason else "")
        text(sheet, row, 0, shown, book.style("text"))
        sheet.write_number(row, 1, count, book.style("outside", "#,##0"))
        if means:
            text(sheet, row, 2, "", book.style("text"))
        else:
            sheet.write_number(row, 2, amount, book.style("outside", NUMBER))
        fit_row(sheet, row, {0: shown}, _LEDGER)
    row += 1
    text(sheet, row, 0, words("ledger.difference"), book.style("strong"))
    used = f"B{first + 2}:B{first + rows}"
    sheet.write_formula(row, 1, f"=B{first + 1}-SUM({used})", book.style("strong_live", "#,##0"), 0)
    if not means:
        amounts = f"=ROUND(C{first + 1}-SUM(C{first + 2}:C{first + rows}),6)"
        sheet.write_formula(row, 2, amounts, book.style("strong_live", "#,##0"), 0)
    return row + 1


def _clock(moment: np.datetime64) -> str:
    return str(moment.astype("datetime64[m]")).replace("T", " ")


def write_open_findings(book: Book, findings: Sequence[Finding]) -> None:
    """Every finding, and beside it who accepted it, when and why."""
    words, zh = book.words, book.words.language == "zh-TW"
    sheet = top(book, "findings", words("findings.title"), words("findings.hint_overrides"), _FINDINGS, (4, 0))
    if not findings:
        text(sheet, 4, 0, words("findings.none"), book.style("plain"))
        return
    columns = ("severity", "subject", "sentence", "evidence", "source", "override")
    headings(book, sheet, 3, [words(f"findings.{c}") for c in columns])
    for row, finding in enumerate(findings, 4):
        signed = finding.override
        accepted = words("findings.accepted", by=signed.by, on=signed.on, because=signed.because) if signed else ""
        cells = (
            words.word("findings", finding.severity),
            finding.subject,
            finding.sentence_zh if zh else finding.sentence,
            "\n".join(f"{key}: {value}" for key, value in finding.evidence.items()),
            citation(finding.source),
            accepted,
        )
        weight = "strong" if finding.severity == "error" and signed is None else "text"
        for column, shown in enumerate(cells):
            text(sheet, row, column, shown, book.style(weight if column == 0 else "text"))
        fit_row(sheet, row, dict(enumerate(cells)), _FINDINGS)
    sheet.repeat_rows(3)
