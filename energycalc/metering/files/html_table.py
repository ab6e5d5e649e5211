"""Tables of an html page, which many portals and loggers save under the name of a workbook."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from energycalc.errors import MeterDataError
from energycalc.metering.files.archive_limits import MAXIMUM_CELLS, refuse_cells, refuse_rows
from energycalc.metering.files.opened import OpenedTable
from energycalc.metering.files.sheets import chosen_sheet
from energycalc.metering.files.text import decode
from energycalc.metering.notices import Notice

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BIG5 = ("big5", "big5-hkscs", "x-x-big5", "cn-big5")
_LARGEST_SPAN = 10_000


def open_html(
    raw: bytes, name: str, encoding: str, sheet: str | None, asks: bool, notices: tuple[Notice, ...]
) -> OpenedTable:
    """Open one table of a page; scripts are not run and nothing is fetched.

    Args:
        raw: the bytes, unpacked.
        name: name of the file.
        encoding: declared codec; under ``auto`` the page's own statement is taken if the bytes agree.
        sheet: ``table 1``, ``table 2`` ... or ``None`` for the only one.
        asks: whether several tables are asked about.
        notices: what is already known about the file.

    Raises:
        MeterDataError: no table, a table inside another one, several tables without a declaration, a wrong codec.
    """
    stated = _CHARSET.search(raw[:4000])
    codec = stated[1].decode("ascii").lower() if stated and encoding == "auto" else encoding
    decoded = decode(raw, "cp950" if codec in _BIG5 else codec, name)
    page = _Tables(name)
    page.feed(decoded.text)
    page.close()
    if page.depth:
        raise MeterDataError(
            "the html page is cut off: a table is not closed",
            subject=name,
            next_step="Download the file again",
        )
    tables = {f"table {number}": table for number, table in enumerate(page.tables, 1)}
    filled = [title for title, table in tables.items() if any(any(row) for _, row in table)]
    title = chosen_sheet(tuple(tables), filled, sheet, name, asks)
    return OpenedTable(
        name,
        "html",
        [(line, row) for line, row in tables[title] if any(row)],
        encoding=decoded.codec,
        sheets=tuple(tables),
        sheet=title,
        notices=(*notices, *decoded.notices),
        marks=page.marks[int(title.split()[1]) - 1],
    )


class _Tables(HTMLParser):
    """Collects the cells of every table; a cell over several rows or columns fills all of them, marked."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name, self.depth, self.cells, self.rows = name, 0, 0, 0
        self.tables: list[list[tuple[int, list[str]]]] = []
        self.marks: list[dict[tuple[str, int], list[int]]] = []
        self._text: list[str] | None = None
        self._spans: tuple[int, int] = (1, 1)
        self._row: list[str] = []
        self._below: dict[int, tuple[int, str]] = {}
        self._ignored = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth > 1:
                raise MeterDataError(
                    "the html page holds a table inside a table",
                    subject=self.name,
                    next_step="Open the page and copy the table of readings into a csv or xlsx file",
                )
            self.tables.append([])
            self.marks.append({})
            self._below = {}
        elif tag in ("script", "style"):
            self._ignored += 1
        elif self.depth and tag == "tr":
            self._end_row()
            self.rows += 1
            refuse_rows(self.rows, self.name)
            self.tables[-1].append((len(self.tables[-1]) + 1, []))
        elif self.depth and tag in ("td", "th"):
            self._end_cell()
            values = dict(attrs)
            self._spans = _span(values.get("colspan")), _span(values.get("rowspan"))
            self._text = []
        elif tag == "br" and self._text is not None:
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self.depth:
            self._end_row()
            self.depth -= 1
        elif tag in ("script", "style") and self._ignored:
            self._ignored -= 1

    def handle_data(self, data: str) -> None:
        if self._text is not None and not self._ignored:
            self._text.append(data)

    def _end_cell(self) -> None:
        if self._text is None or not self.tables[-1]:
            self._text = None
            return
        text = re.sub(r"[ \t\r\n\xa0]+", " ", html.unescape("".join(self._text))).strip()
        self._text = None
        self._fill_from_above()
        wide, high = self._spans
        self.cells += wide
        refuse_cells(self.cells, self.name)
        for _ in range(wide):
            if high > 1:
                self._below[len(self._row)] = (high - 1, text)
            self._row.append(text)

    def _fill_from_above(self) -> None:
        while (column := len(self._row)) in self._below:
            left, text = self._below.pop(column)
            if left > 1:
                self._below[column] = (left - 1, text)
            if text:
                self.marks[-1].setdefault(("merged_cell", column), []).append(len(self.tables[-1]))
            self._row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if not self.depth or not self.tables[-1]:
            return
        line, cells = self.tables[-1][-1]
        if not cells and (self._row or self._below):
            self._fill_from_above()
            self.tables[-1][-1] = (line, self._row)
        self._row = []


def _span(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() else 1
    return max(1, min(number, _LARGEST_SPAN, MAXIMUM_CELLS))
