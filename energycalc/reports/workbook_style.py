"""How the workbook looks: cell styles, digits, page set-up; and the few ways in which a cell is written."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from energycalc.quantity import Quantity, Source
from energycalc.reports.documents import citation
from energycalc.reports.sheet_plan import SheetPlan, quoted
from energycalc.reports.source_list import SourceList
from energycalc.reports.workbook_words import Words

FONT = "Microsoft JhengHei"
INK, RULE, DEEP, PALE = "#1F2933", "#C9D3DC", "#1D4E6B", "#E8EFF4"
LINE_HEIGHT = 13.5
"""Points of one line of text."""
_THIN = {"border": 1, "border_color": RULE}
_CELL = {**_THIN, "valign": "top"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": DEEP},
    "hint": {"font_color": "#5A6B7B", "font_size": 9},
    "back": {"font_color": "#1A5FB4", "font_size": 9, "underline": 1},
    "section": {"bold": True, "font_size": 12, "font_color": DEEP, "bottom": 2, "bottom_color": DEEP},
    "group": {"bold": True, "bg_color": PALE, **_THIN},
    "heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": DEEP,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        **_THIN,
    },
    "text": {**_CELL, "text_wrap": True},
    "strong": {**_CELL, "text_wrap": True, "bold": True},
    "faint": {**_CELL, "text_wrap": True, "font_color": "#5A6B7B", "font_size": 9},
    "unit": {**_CELL, "align": "left", "indent": 1},
    "plain": {"valign": "top"},
    "warning": {"bold": True, "font_color": "#9C2A10"},
    "link": {**_CELL, "font_color": "#1A5FB4", "underline": 1},
    "symbol": {**_CELL, "italic": True, "font_name": "Cambria", "text_wrap": True},
    "input": {**_CELL, "bg_color": "#FFF6CC", "font_color": "#12449B", "locked": False},
    "from_file": {**_CELL, "bg_color": "#EBE3F3", "font_color": "#12449B", "italic": True, "locked": False},
    "factor": {**_CELL, "bg_color": "#E2F0DA", "font_color": "#12449B", "locked": False},
    "live": {**_CELL},
    "strong_live": {**_CELL, "bold": True},
    "outside": {**_CELL, "bg_color": "#EBE3F3", "italic": True},
    "missing": {**_CELL, "font_color": "#5A6B7B", "align": "right"},
    "count": {"valign": "top", "align": "left"},
    "fixed": {**_CELL, "font_color": "#5A6B7B"},
    "changed": {"bg_color": "#F7B267"},
    "integer": {"num_format": "#,##0"},
}  # fmt: skip
for _name in ("input", "factor", "live", "outside"):
    STYLES[f"{_name}_sample"] = {**STYLES[_name], "locked": True}
STYLES["changed_sample"] = {**_CELL, **STYLES["changed"]}


@dataclass(frozen=True, eq=False)
class Book:
    """Everything a sheet writer needs: the file being written, its words, its cells."""

    file: Any
    words: Words
    plan: SheetPlan
    sources: SourceList
    formats: dict[tuple[str, str], Any] = field(default_factory=dict)

    def style(self, name: str, number_format: str = "") -> Any:
        """The cell format of a style, with a number format if given; each is made once."""
        key = (name, number_format)
        if key not in self.formats:
            look = {"font_name": FONT, "font_size": 10, "font_color": INK, **STYLES[name]}
            if name in ("changed", "integer"):
                look = STYLES[name]
            self.formats[key] = self.file.add_format(look | ({"num_format": number_format} if number_format else {}))
        return self.formats[key]

    def sheet(self, key: str) -> Any:
        """The worksheet of a key such as ``inputs``."""
        return self.file.get_worksheet_by_name(self.words(f"sheets.{key}"))

    def name(self, key: str) -> str:
        """The title of a sheet, quoted for formulas and links."""
        return quoted(self.words(f"sheets.{key}"))


def text(sheet: Any, row: int, column: int, value: str, style: Any) -> None:
    """Write text as text, whatever it starts with; row and column count from 0."""
    sheet.write_string(row, column, value, style)


def link(sheet: Any, row: int, column: int, place: str, shown: str, style: Any) -> None:
    """Write a link to a place in the workbook (``'Inputs'!E7``) as text that is clicked."""
    sheet.write_url(row, column, f"internal:{place}", style, shown)


def live(book: Book, sheet: Any, row: int, column: int, q: Quantity, style: str, digits: str) -> None:
    """Write a number as a link to the cell of its quantity: a live formula, and a click away."""
    place = book.plan.address(q)
    look = book.style(style, digits)
    sheet.write_url(row, column, f"internal:{place}", look, "x")
    sheet.write_formula(row, column, f"={place}", look, float(q.value))


def cite_in(book: Book, sheet: Any, row: int, column: int, source: Source | None) -> str:
    """Write a citation, and beside it a link to its row of the sources sheet; returns the citation."""
    shown = citation(source)
    text(sheet, row, column, shown, book.style("faint"))
    place = book.sources.row_of.get(source) if source else None
    if place is None:
        text(sheet, row, column + 1, "", book.style("link"))
    else:
        link(sheet, row, column + 1, f"{book.name('sources')}!B{place}", f"[{place}]", book.style("link"))
    return shown


def fit_row(
    sheet: Any, row: int, shown: Mapping[int, str], widths: Sequence[float], small: Collection[int] = ()
) -> None:
    """Make a row high enough for its wrapped texts; no program does it for us on opening.

    Args:
        sheet: the worksheet.
        row: from 0.
        shown: text by column.
        widths: of the columns, in characters.
        small: columns in the smaller letters.
    """
    lines = [lines_needed(t, widths[c] * (1.12 if c in small else 1.0)) for c, t in shown.items()]
    sheet.set_row(row, LINE_HEIGHT * max(lines, default=1) + 2.5)


def lines_needed(shown: str, width: float) -> int:
    """Lines a text takes in a column of a width in characters; Chinese characters count double."""
    usable = max(width - 0.5, 1)
    wide = (sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in shown.split("\n"))
    return sum(max(1, math.ceil(w / usable)) for w in wide)


def headings(book: Book, sheet: Any, row: int, titles: Sequence[str], first_column: int = 0) -> None:
    """Write a row of column headings, two lines high."""
    sheet.set_row(row, 2 * LINE_HEIGHT + 3)
    for i, title in enumerate(titles):
        text(sheet, row, first_column + i, title, book.style("heading"))


def top(book: Book, key: str, title: str, hint: str, widths: Sequence[float], frozen: tuple[int, int] | None) -> Any:
    """Title, hint, way back, widths, frozen panes, page set-up and protection of a sheet.

    Args:
        book: the workbook.
        key: of the sheet.
        title: first line.
        hint: second line, how to read the sheet.
        widths: of the columns, in characters.
        frozen: rows and columns that stay; ``None`` for none.
    """
    sheet = book.sheet(key)
    text(sheet, 0, 0, title, book.style("title"))
    text(sheet, 1, 0, hint, book.style("hint"))
    if key != "summary":
        link(sheet, 2, 0, f"{book.name('summary')}!A1", book.words("back"), book.style("back"))
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width)
    if frozen:
        sheet.freeze_panes(*frozen)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.protect("", {"objects": True, "format_columns": True, "format_rows": True, "autofilter": True})
    return sheet


def page_lines(book: Book, sheet: Any, title: str, stamp: str) -> None:
    """Header with title and sheet, footer with stamp and page numbers."""
    safe = title.replace("&", "&&")
    sheet.set_header(f"&L&9{safe}&R&9&A", {"margin": 0.3})
    sheet.set_footer(f"&L&8{stamp.replace('&', '&&')}&R&8{book.words('page')}", {"margin": 0.3})


def result_digits(value: float, half_width: float | None = None) -> str:
    """Number format of a result: two digits of its uncertainty, or five significant digits without one."""
    if value == 0 or half_width == 0 or not math.isfinite(value):
        return "General"
    magnitude = math.floor(math.log10(abs(value)))
    if not -5 <= magnitude <= 12:
        return "0.0000E+00"
    places = 4 - magnitude
    if half_width and math.isfinite(half_width):
        places = 1 - math.floor(math.log10(half_width))
    return "#,##0" if places <= 0 else "#,##0." + "0" * min(places, 10)


def percent_digits() -> str:
    """Number format of a fraction shown as a rate."""
    return "0.00 %"


def input_digits(value: float) -> str:
    """Number format of an input: every digit as written, and those that a person may type instead."""
    if value != 0 and not 1e-4 <= abs(value) < 1e12:
        return "0.00######E+00"
    return "#,##0.0########"


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """Whatever keeps a workbook from being written names its file; the writer loses the path when the disk is full.

    Args:
        file: that is written inside.

    Raises:
        OSError: it cannot be written.
    """
    from xlsxwriter.exceptions import XlsxFileError

    try:
        yield
    except XlsxFileError as error:  # wraps the OSError
        reason = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(0, str(error))
        reason.filename = str(file)
        raise reason from error
