"""Where the summary is written: live numbers with the digits their uncertainty allows, and links to their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from energycalc.quantity import Quantity
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.reports.workbook_style import Book, fit_row, input_digits, live, result_digits, text

WIDTHS = (13, 34, 11, 13, 13, 13, 13, 17, 13, 10, 12, 11)
LAST_COLUMN = len(WIDTHS) - 1


class Page:
    """The summary sheet with what is known about each number.

    Attributes:
        book: the workbook.
        sheet: the summary.
        uncertainty: interval by result.
        interval_rows: row of the uncertainty sheet (from 1) by ``id`` of the result.
    """

    def __init__(
        self,
        book: Book,
        sheet: Any,
        uncertainty: Mapping[Quantity, UncertainResult],
        interval_rows: Mapping[int, int],
    ) -> None:
        self.book, self.sheet, self.uncertainty, self.interval_rows = book, sheet, uncertainty, interval_rows

    def text(self, row: int, column: int, shown: str, style: str = "text") -> None:
        """Write text."""
        text(self.sheet, row, column, shown, self.book.style(style))

    def section(self, row: int, key: str) -> int:
        """Write a section's title across the sheet; returns the next row."""
        for column in range(LAST_COLUMN + 1):
            self.text(row, column, "" if column else self.book.words(f"summary.{key}"), "section")
        return row + 1

    def headings(self, row: int, columns: Sequence[str], first: int = 0) -> None:
        """Write column headings by their keys."""
        shown = {column: self.book.words(f"summary.{key}") for column, key in enumerate(columns, first)}
        for column, title in shown.items():
            self.text(row, column, title, "heading")
        fit_row(self.sheet, row, shown, WIDTHS)

    def number(self, row: int, column: int, q: Quantity | None, style: str = "live") -> None:
        """Write a live number; a dash where there is none."""
        if q is None:
            self.text(row, column, "–", "missing")
            return
        value = float(q.value)
        as_written = q.operation is None and not value.is_integer()
        digits = input_digits(value) if as_written else result_digits(value, self.half_width(q))
        live(self.book, self.sheet, row, column, q, style, digits)

    def share(self, row: int, column: int, q: Quantity | None) -> None:
        """Write a live pure number, shown in percent with one decimal; a dash where there is none."""
        if q is None:
            self.text(row, column, "–", "missing")
            return
        live(self.book, self.sheet, row, column, q, "live", "0.0%" if not q.unit.terms else '0.0" %"')

    def with_unit(
        self, row: int, column: int, q: Quantity | None, style: str = "live", *, digits: str | None = None
    ) -> None:
        """Write a live number whose cell shows its unit too (a rate in %, a payback in years).

        ``digits`` is the number format of a result that has no interval to take its digits from.
        """
        if q is None:
            self.text(row, column, "–", "missing")
            return
        unit = f' "{q.unit}"' if q.unit.terms else ""
        digits = digits or result_digits(float(q.value), self.half_width(q))
        live(self.book, self.sheet, row, column, q, style, ("0" if digits == "General" else digits) + unit)

    def unit(self, row: int, column: int, q: Quantity | None) -> None:
        """Write a unit; nothing for no quantity."""
        self.text(row, column, str(q.unit) if q is not None else "", "unit")

    def half_width(self, q: Quantity) -> float | None:
        """Half the width of the interval that is shown, in the unit of ``q``; ``None`` without one."""
        found = self.uncertainty.get(q)
        interval = found.interval if found else None
        return (interval[1] - interval[0]) / 2 if interval else None

    def limit(self, row: int, column: int, q: Quantity | None, there: str = "H") -> None:
        """Link a cell to the uncertainty sheet: its column F (low), G (high) or H (half width) of a result."""
        found = self.uncertainty.get(q) if q is not None else None
        if q is None or found is None or found.interval is None:
            self.text(row, column, "", "missing")
            return
        half = self.half_width(q)
        value = {"F": found.interval[0], "G": found.interval[1], "H": half}[there]
        look = self.book.style("outside", result_digits(float(value or 0.0), half))
        place = f"{self.book.name('uncertainty')}!{there}{self.interval_rows[id(q)]}"
        self.sheet.write_formula(row, column, f"={place}", look, value)
