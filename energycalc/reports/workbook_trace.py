"""The three sheets a calculation lives on: inputs, factors, and one row per step with its formula."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from energycalc.quantity import Quantity, Source, render
from energycalc.quantity.glossary import label
from energycalc.quantity.trace import walk
from energycalc.reports.documents import citation
from energycalc.reports.sheet_plan import FIRST_ROW, VALUE_COLUMN, direct_inputs, kind
from energycalc.reports.workbook_style import (
    Book,
    cite_in,
    fit_row,
    headings,
    input_digits,
    link,
    result_digits,
    text,
    top,
)  # fmt: skip

DELIVERED_COLUMN = "M"
"""Column of the number as delivered, against which a changed input is seen."""
LINKS_SHOWN = 24
"""Most links beside a step; a longer total names its number of terms instead, its formula holds them all."""
LINKS_OF_A_SHEET = 65_000
"""Links that Excel takes on one sheet (65,530), rounded down; a larger calculation shows the cells as text."""
FORMULA_SHOWN = 600
"""Most characters of a formula in symbols."""

_LEAF_COLUMNS = (
    "subject",
    "label",
    "other_label",
    "symbol",
    "value",
    "unit",
    "uncertainty",
    "basis",
    "source",
    "source_row",
)
_LEAF_WIDTHS = (18, 24, 20, 13, 17, 15, 20, 8, 40, 7, 30, 24, 17)
_STEP_COLUMNS = ("label", "other_label", "symbol", "formula", "value", "unit", "source", "source_row", "status")
_STEP_WIDTHS = (26, 24, 12, 52, 15, 18, 40, 7, 34, *(19,) * (LINKS_SHOWN + 1))


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
        if q.operation is None and kind(q) == "from_file":
            remarks.setdefault(id(q), []).append(book.words.word("kind", "from_file"))
        if q.operation == "opaque":
            note = book.words("feeds", names=name_of(q, book.words.language))
            for leaf in walk(q):
                if leaf.operation is None:
                    remarks.setdefault(id(leaf), []).append(note)
    return {key: "\n".join(dict.fromkeys(notes)) for key, notes in remarks.items()}


def write_calculation(book: Book) -> None:
    """The calculation sheet: one row per step, grouped by subject, with links to the cells each formula uses."""
    words, groups = book.words, book.plan.groups
    title, hint = words("calculation.title"), words("calculation.hint")
    sheet = top(book, "calculation", title, hint, _STEP_WIDTHS, (FIRST_ROW - 1, 1))
    headings(book, sheet, FIRST_ROW - 2, [words(f"calculation.{c}") for c in (*_STEP_COLUMNS, "links")])
    links = sum(1 + min(len(direct_inputs(step)), LINKS_SHOWN) for step in book.plan.steps)
    for group in groups:
        for column in range(len(_STEP_COLUMNS) + 1):
            text(sheet, group.row - 1, column, "" if column else group.title, book.style("group"))
        for row, step in enumerate(group.steps, group.row):
            _write_step(book, sheet, row, step)
            _write_links(book, sheet, row, step, as_links=links <= LINKS_OF_A_SHEET)
    sheet.repeat_rows(FIRST_ROW - 2)
    last = groups[-1].row + len(groups[-1].steps) if groups else FIRST_ROW
    sheet.print_area(0, 0, last - 1, len(_STEP_COLUMNS) - 1)


def name_of(q: Quantity, language: str) -> str:
    """Label of a quantity in a language, or its symbol if it has no name."""
    return label(q.name, language) if q.name else q.symbol


def _write_leaf(book: Book, sheet: Any, row: int, leaf: Quantity, remark: str) -> None:
    words, known = book.words, leaf.uncertainty
    cells = {
        0: book.plan.subjects[id(leaf)],
        1: name_of(leaf, words.language),
        2: name_of(leaf, words.other_language),
        3: render.symbol_text(leaf.symbol),
        5: str(leaf.unit),
        6: known.describe(words.language, render.unit_text(leaf)) if known else words("leaves.not_stated"),
        7: words.word("basis", leaf.basis or ""),
        10: _place(leaf.source),
        11: remark,
    }
    styles = {2: "faint", 3: "symbol", 5: "unit", 10: "faint", 11: "faint"}
    for column, shown in cells.items():
        text(sheet, row, column, shown, book.style(styles.get(column, "text")))
    value, digits = float(leaf.value), input_digits(float(leaf.value))
    sheet.write_number(row, 4, value, book.style(kind(leaf), digits))
    sheet.write_number(row, 12, value, book.style("fixed", digits))
    cells[8] = cite_in(book, sheet, row, 8, leaf.source)
    fit_row(sheet, row, cells, _LEAF_WIDTHS, small=(2, 8, 10, 11))


def _place(source: Source | None) -> str:
    """File, line, path, rows; the SHA-256 only for rows read from a file (all of them stand on the sources sheet)."""
    if source is None or source.file is None:
        return ""
    return str(source.file if source.file.rows else dataclasses.replace(source.file, sha256=""))


def _watch_changes(book: Book, sheet: Any, last: int) -> None:
    """Colour changed inputs, show whole numbers without decimals, and take nothing but numbers."""
    values = f"{VALUE_COLUMN}{FIRST_ROW}:{VALUE_COLUMN}{last}"
    differs = f"=${VALUE_COLUMN}{FIRST_ROW}<>${DELIVERED_COLUMN}{FIRST_ROW}"
    sheet.conditional_format(values, {"type": "formula", "criteria": differs, "format": book.style("changed")})
    for column in (VALUE_COLUMN, DELIVERED_COLUMN):
        whole = f"=${column}{FIRST_ROW}=INT(${column}{FIRST_ROW})"
        rule = {"type": "formula", "criteria": whole, "format": book.style("integer")}
        sheet.conditional_format(f"{column}{FIRST_ROW}:{column}{last}", rule)
    number = {"validate": "decimal", "criteria": "between", "minimum": -1e300, "maximum": 1e300}
    sheet.data_validation(values, number | {"error_message": book.words("leaves.number_only")})


def _write_step(book: Book, sheet: Any, row: int, step: Quantity) -> None:
    words, what = book.words, kind(step)
    cells = {
        0: name_of(step, words.language),
        1: name_of(step, words.other_language),
        2: render.symbol_text(step.symbol),
        3: _in_symbols(step),
        5: str(step.unit),
        8: "\n".join([*([] if what == "live" else [words.word("kind", what)]), *_declarations(step)]),
    }
    styles = {1: "faint", 2: "symbol", 5: "unit", 8: "faint"}
    for column, shown in cells.items():
        text(sheet, row, column, shown, book.style(styles.get(column, "text")))
    look = book.style(what, result_digits(float(step.value)))
    if what == "live":
        sheet.write_formula(row, 4, book.plan.formula(step), look, float(step.value))
    else:
        sheet.write_number(row, 4, float(step.value), look)
    cells[6] = cite_in(book, sheet, row, 6, step.source)
    fit_row(sheet, row, cells, _STEP_WIDTHS, small=(1, 6, 8))


def _write_links(book: Book, sheet: Any, row: int, step: Quantity, as_links: bool) -> None:
    """The cells a formula uses, each a click away: ``P_r [Inputs E7]``."""
    terms = direct_inputs(step)
    for i, term in enumerate(terms[:LINKS_SHOWN], len(_STEP_COLUMNS)):
        place = book.plan.address(term)
        seen = book.plan.address(term, "calculation").replace("'", "").replace("!", " ")
        shown = f"{render.symbol_text(term.symbol) or name_of(term, book.words.language)} [{seen}]"
        if as_links:
            link(sheet, row, i, place, shown, book.style("link"))
        else:
            text(sheet, row, i, shown, book.style("faint"))
    if len(terms) > LINKS_SHOWN:
        more = book.words("calculation.more", count=f"{len(terms):,}")
        text(sheet, row, len(_STEP_COLUMNS) + LINKS_SHOWN, more, book.style("faint"))


def _in_symbols(step: Quantity) -> str:
    """The formula in symbols, cut where a total has too many terms to read."""
    shown = render.symbols(step)
    return shown if len(shown) <= FORMULA_SHOWN else shown[:FORMULA_SHOWN] + " …"


def _declarations(step: Quantity) -> list[str]:
    """What was declared inside a step (a GWP set, a price year), and on whose word."""
    notes, inside = [], [step]
    while inside:
        q = inside.pop()
        if q.operation == "declare":
            notes.append(f"{q.parents[0].unit} → {q.unit}: {citation(q.parameters[1])}")
        inside += [p for p in q.parents if p.operation is not None and not p.name]
    return list(dict.fromkeys(notes))
