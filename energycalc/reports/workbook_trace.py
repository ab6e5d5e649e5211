"""The three sheets a calculation lives on: inputs, factors, and one row per step with its formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from energycalc.quantity import Quantity, render
from energycalc.quantity.glossary import label
from energycalc.quantity.trace import walk
from energycalc.reports.documents import citation
from energycalc.reports.sheet_plan import FIRST_ROW, VALUE_COLUMN, direct_inputs, kind
from energycalc.reports.workbook_style import Book, headings, input_digits, link, result_digits, text, top

DELIVERED_COLUMN = "L"
"""Column of the number as delivered, against which a changed input is seen."""
LINKS_SHOWN = 24
"""Most links beside a step; a longer total names its number of terms instead, its formula holds them all."""
FORMULA_SHOWN = 400
"""Most characters of a formula in symbols."""

_LEAF_COLUMNS = ("subject", "label", "other_label", "symbol", "value", "unit", "uncertainty", "basis", "source")
_LEAF_WIDTHS = (16, 22, 20, 12, 14, 13, 20, 9, 40, 30, 36, 13)
_STEP_COLUMNS = ("label", "other_label", "symbol", "formula", "value", "unit", "source", "status")
_STEP_WIDTHS = (28, 24, 12, 44, 15, 14, 36, 15, *(12,) * (LINKS_SHOWN + 1))


def write_leaves(book: Book, key: str, leaves: Sequence[Quantity], remarks: Mapping[int, str]) -> None:
    """The inputs or the factors sheet, one row per leaf.

    Args:
        book: the workbook.
        key: ``inputs`` or ``factors``.
        leaves: in the order of their rows.
        remarks: more to say about a leaf, by its ``id``.
    """
    words = book.words
    title, hint = words(f"leaves.{key}_title"), words(f"leaves.{key}_hint")
    sheet = top(book, key, title, hint, _LEAF_WIDTHS, (FIRST_ROW - 1, 2))
    columns = (*_LEAF_COLUMNS, "place", "remark", "delivered")
    headings(book, sheet, FIRST_ROW - 2, [words(f"leaves.{c}") for c in columns])
    for row, leaf in enumerate(leaves, FIRST_ROW - 1):
        _write_leaf(book, sheet, row, leaf, remarks.get(id(leaf), ""))
    last = FIRST_ROW + max(len(leaves), 1) - 1
    sheet.autofilter(FIRST_ROW - 2, 0, last - 1, len(columns) - 1)
    sheet.repeat_rows(FIRST_ROW - 2)
    sheet.print_area(0, 0, last - 1, len(columns) - 2)
    _watch_changes(book, sheet, last)


def changed_inputs_formula(book: Book) -> str:
    """Worksheet formula that counts the inputs and factors that differ from the numbers as delivered."""
    counts = []
    for key, leaves in (("inputs", book.plan.inputs), ("factors", book.plan.factors)):
        if leaves:
            first, last = FIRST_ROW, FIRST_ROW + len(leaves) - 1
            now, then = (f"{book.name(key)}!{c}{first}:{c}{last}" for c in (VALUE_COLUMN, DELIVERED_COLUMN))
            counts.append(f"SUMPRODUCT(--({now}<>{then}))")
    return "=" + "+".join(counts)


def leaf_remarks(book: Book, results: Sequence[Quantity]) -> dict[int, str]:
    """What must be said about leaves: read from a file, or feeding a value that will not follow."""
    remarks: dict[int, list[str]] = {}
    for q in walk(results):
        if kind(q) == "from_file" and q.operation is None:
            remarks.setdefault(id(q), []).append(book.words.word("kind", "from_file"))
        if q.operation == "opaque":
            for leaf in walk(q):
                if leaf.operation is None:
                    note = book.words("feeds", names=name_of(q, book.words.language))
                    remarks.setdefault(id(leaf), []).append(note)
    return {key: "\n".join(dict.fromkeys(notes)) for key, notes in remarks.items()}


def write_calculation(book: Book) -> None:
    """The calculation sheet: one row per step, grouped by subject, with links to the cells each formula uses."""
    words = book.words
    sheet = top(
        book, "calculation", words("calculation.title"), words("calculation.hint"), _STEP_WIDTHS, (FIRST_ROW - 1, 1)
    )
    titles = [words(f"calculation.{c}") for c in (*_STEP_COLUMNS, "links")]
    headings(book, sheet, FIRST_ROW - 2, titles)
    row = FIRST_ROW - 1
    for group in book.plan.groups:
        for column in range(len(_STEP_COLUMNS) + 1):
            text(sheet, row, column, "" if column else group.title, book.style("group"))
        for step in group.steps:
            row += 1
            _write_step(book, sheet, row, step)
        row += 1
    sheet.repeat_rows(FIRST_ROW - 2)
    sheet.print_area(0, 0, max(row - 1, FIRST_ROW), len(_STEP_COLUMNS) - 1)


def name_of(q: Quantity, language: str) -> str:
    """Label of a quantity in a language, or its symbol if it has no name."""
    return label(q.name, language) if q.name else q.symbol


def _write_leaf(book: Book, sheet: Any, row: int, leaf: Quantity, remark: str) -> None:
    words, plain = book.words, book.style("text")
    known = leaf.uncertainty
    stated = known.describe(words.language, str(leaf.unit)) if known else words("leaves.not_stated")
    cells = {
        0: leaf.subject,
        1: name_of(leaf, words.language),
        2: name_of(leaf, words.other_language),
        5: str(leaf.unit),
        6: stated,
        7: words.word("basis", leaf.basis or ""),
        8: citation(leaf.source),
        9: str(leaf.source.file) if leaf.source and leaf.source.file else "",
        10: remark,
    }
    for column, shown in cells.items():
        text(sheet, row, column, shown, book.style("faint") if column in (2, 9) else plain)
    text(sheet, row, 3, leaf.symbol, book.style("symbol"))
    value, digits = float(leaf.value), input_digits(float(leaf.value))
    sheet.write_number(row, 4, value, book.style(kind(leaf), digits))
    sheet.write_number(row, 11, value, book.style("fixed", digits))


def _watch_changes(book: Book, sheet: Any, last: int) -> None:
    values = f"{VALUE_COLUMN}{FIRST_ROW}:{VALUE_COLUMN}{last}"
    cell, delivered = f"${VALUE_COLUMN}{FIRST_ROW}", f"${DELIVERED_COLUMN}{FIRST_ROW}"
    sheet.conditional_format(
        values, {"type": "formula", "criteria": f"={cell}<>{delivered}", "format": book.style("changed")}
    )
    for column in (VALUE_COLUMN, DELIVERED_COLUMN):
        whole = {"type": "formula", "criteria": f"=${column}{FIRST_ROW}=INT(${column}{FIRST_ROW})"}
        sheet.conditional_format(f"{column}{FIRST_ROW}:{column}{last}", whole | {"format": book.style("integer")})
    sheet.data_validation(
        values,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e300,
            "maximum": 1e300,
            "error_message": book.words("leaves.number_only"),
        },
    )


def _write_step(book: Book, sheet: Any, row: int, step: Quantity) -> None:
    words, what = book.words, kind(step)
    status = "" if what == "live" else words.word("kind", what)
    cells = {
        0: name_of(step, words.language),
        1: name_of(step, words.other_language),
        3: _in_symbols(step, words.language),
        5: str(step.unit),
        6: citation(step.source),
        7: status,
    }
    for column, shown in cells.items():
        text(sheet, row, column, shown, book.style("faint" if column in (1, 6) else "text"))
    text(sheet, row, 2, step.symbol, book.style("symbol"))
    look = book.style(what, result_digits(float(step.value)))
    if what == "live":
        sheet.write_formula(row, 4, book.plan.formula(step), look, float(step.value))
    else:
        sheet.write_number(row, 4, float(step.value), look)
    terms = direct_inputs(step)
    for i, term in enumerate(terms[:LINKS_SHOWN]):
        shown = term.symbol or name_of(term, words.language)
        link(sheet, row, 8 + i, book.plan.address(term), shown, book.style("link"))
    if len(terms) > LINKS_SHOWN:
        more = words("calculation.more", count=f"{len(terms):,}")
        text(sheet, row, 8 + LINKS_SHOWN, more, book.style("faint"))


def _in_symbols(step: Quantity, language: str) -> str:
    """The formula in symbols, cut where a total has too many terms to read."""
    shown = render.symbols(step)
    return shown if len(shown) <= FORMULA_SHOWN else shown[:FORMULA_SHOWN] + " …"
