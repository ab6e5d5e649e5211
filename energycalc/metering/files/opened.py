"""A table that was opened but not yet read: its rows as text, and what its cells are beside their text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from energycalc.metering.notices import Notice

WHOLE_ROW = -1
"""Instead of a column's index: the mark is about the row, or about the sheet where no line is given."""


@dataclass(frozen=True, eq=False)
class OpenedTable:
    """One table of a file, whatever the file is.

    Attributes:
        name: name of the file, as messages call it.
        true_type: ``csv`` (any delimited text), ``xlsx``, ``xls``, ``html`` or ``parquet``.
        rows: line and cells of each row in file order, header and lines above it included; to be gone through once.
            Blank rows may be among them.
        encoding: codec of the text; empty for a file that is no text.
        delimiter: character between two cells; empty for a file that is no text.
        sheets: names of all sheets or tables that can be read.
        sheet: the one opened.
        addressed: whether cells have addresses (workbooks, html, parquet), so that a row cannot be cut or shifted.
        date_system: 1900 or 1904, the year from which the workbook counts days; ``None`` without one.
        open_end: the text ends without a line end, as after a broken transfer.
        notices: what was understood about the file as a whole.
        marks: (what, index of the column or ``WHOLE_ROW``) to lines: ``merged_cell``, ``formula``,
            ``uncached_formula``, ``percent_format``, ``scaled_format``, ``rounded_stamp``, ``hidden_row``,
            ``hidden_column``, ``hidden_sheet``, ``filter``, ``line_break``, ``row_apart``.
            Complete when all rows are read.
    """

    name: str
    true_type: str
    rows: Iterable[tuple[int, list[str]]]
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    addressed: bool = True
    date_system: int | None = None
    open_end: bool = False
    notices: tuple[Notice, ...] = ()
    marks: dict[tuple[str, int], list[int]] = field(default_factory=dict)
