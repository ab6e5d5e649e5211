"""A table of text cells and the files it can be written to: delimited text, or a workbook with chosen cell types."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Header and rows as text, and how they lie in a file.

    Attributes:
        header: names of the columns.
        rows: cells of each row; a row may be longer or shorter than the header, when that is the fault.
        encoding: encoding of the bytes.
        mark: whether a UTF-8 byte order mark stands in front.
        above: lines above the header.
    """

    header: Row
    rows: tuple[Row, ...]
    encoding: str = "utf-8"
    mark: bool = False
    above: tuple[str, ...] = ()

    def text(self) -> str:
        """The table as delimited text."""
        lines = io.StringIO()
        lines.writelines(f"{line}\n" for line in self.above)
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return lines.getvalue()

    def content(self) -> bytes:
        """The bytes of the file."""
        return (b"\xef\xbb\xbf" if self.mark else b"") + self.text().encode(self.encoding)

    def column(self, index: int) -> list[str]:
        """The cells of one column."""
        return [row[index] for row in self.rows]

    def with_cells(self, column: int, cells: Mapping[int, str]) -> Table:
        """Other cells in one column, by row."""
        rows = [(*row[:column], cells[i], *row[column + 1 :]) if i in cells else row for i, row in enumerate(self.rows)]
        return replace(self, rows=tuple(rows))

    def with_column(self, column: int, cells: Sequence[str]) -> Table:
        """All cells of one column replaced."""
        return self.with_cells(column, dict(enumerate(cells)))

    def with_new_column(self, header: str, cells: Sequence[str]) -> Table:
        """One more column at the right."""
        rows = tuple((*row, cell) for row, cell in zip(self.rows, cells, strict=True))
        return replace(self, header=(*self.header, header), rows=rows)

    def renamed(self, column: int, header: str) -> Table:
        """Another header over one column."""
        return replace(self, header=(*self.header[:column], header, *self.header[column + 1 :]))


Edit = Callable[[Any, Any], None]


def workbook(
    header: Sequence[str],
    times: Sequence[dt.datetime | float | str],
    values: Sequence[float | str],
    *,
    edit: Edit | None = None,
    number_format: str | None = None,
) -> bytes:
    """An ``.xlsx`` file with a time and a value column.

    Args:
        header: the two headers.
        times: stamps; a date becomes a date cell, a number stays one.
        values: readings; a text starting with ``=`` becomes a formula without a stored result.
        edit: changes workbook and sheet before they are written.
        number_format: format of the stamps.
    """
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(header))
    for row in zip(times, values, strict=True):
        sheet.append(row)
    if number_format:
        for cell in sheet["A"][1:]:
            cell.number_format = number_format
    if edit is not None:
        edit(book, sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rezipped(content: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """A zip file with its members changed, and more of them."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, member in (more or {}).items():
            new.writestr(name, member)
    return out.getvalue()
