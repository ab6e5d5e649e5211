"""The two data sheets: every period with its energy, drivers, live model columns and the model's energy."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Floats, Periods
from energycalc.reports.verification.axes import driver_unit
from energycalc.reports.verification.cells import (
    COEFFICIENT_ROW,
    FIRST_ROW,
    HEADING_ROW,
    DataCells,
    change_point_cells,
    coefficient_cell,
)
from energycalc.reports.workbook_style import LINE_HEIGHT, Book, lines_needed, text, top

_CLOCK = {"hour": "yyyy-mm-dd hh:mm", "day": "yyyy-mm-dd", "week": "yyyy-mm-dd", "month": "yyyy-mm-dd"}
COLUMN_WIDTH = 13.0
NUMBER = "#,##0.0##"


def write_data(
    book: Book, key: str, cells: DataCells, baseline: Baseline, periods: Periods, slopes: Floats, title: str
) -> None:
    """Write one data sheet.

    Args:
        book: the workbook.
        key: ``baseline`` or ``reporting``.
        cells: its places.
        baseline: the model.
        periods: of the sheet.
        title: key of the title's words.
        slopes: slope of the prediction against each change point, shape (periods, change points).
    """
    words = book.words
    clock = 17.0 if periods.interval == "hour" else 11.5
    widths = (clock, clock, *[COLUMN_WIDTH] * (cells.width - 2))
    hint = words(f"data.hint_{'live' if cells.live else 'outside'}", interval=words(f"interval.{periods.interval}"))
    sheet = top(book, key, words(f"data.{title}"), hint, widths, (HEADING_ROW, 1))
    _headings(book, sheet, key, cells, periods, widths)
    regression = book.name("regression")
    if cells.live:
        text(sheet, COEFFICIENT_ROW - 1, 0, words("data.coefficient"), book.style("hint"))
        for i, column in enumerate(cells.model):
            value = float(baseline.fit.coefficients[column.place])
            place = coefficient_cell(regression, column.place)
            sheet.write_formula(COEFFICIENT_ROW - 1, cells.first_model + i, f"={place}",
                                book.style("live", "#,##0.0####"), value)  # fmt: skip
    design = baseline.bound.design(periods)
    fitted = baseline.predict(periods)
    points = change_point_cells(regression, baseline)
    for i in range(len(periods)):
        _period(book, sheet, FIRST_ROW - 1 + i, i, cells, periods)
        _model(book, sheet, FIRST_ROW - 1 + i, i, cells, design, points)
    _results(book, sheet, key, cells, baseline, periods, fitted)
    _slopes(book, sheet, cells, slopes)
    sheet.repeat_rows(HEADING_ROW - 1)
    sheet.print_area(0, 0, cells.last_row - 1, cells.width - 1)
    sheet.autofilter(HEADING_ROW - 1, 0, cells.last_row - 1, cells.width - 1)


def _headings(book: Book, sheet: Any, key: str, cells: DataCells, periods: Periods, widths: tuple[float, ...]) -> None:
    words = book.words
    titles = [words("data.start"), words("data.end"), words("data.energy", unit=periods.unit), words("data.coverage")]
    units = {name: driver_unit(periods.driver_units.get(name, "1")) for name in cells.drivers}
    titles += [words("data.driver", name=n, unit=units[n]) if units[n] else n for n in cells.drivers]
    titles += [c.name for c in cells.model] if cells.live else []
    last = ("residual", "cumulative_residual") if key == "baseline" else ("saving", "cumulative_saving")
    titles += [words("data.fitted" if key == "baseline" else "data.expected", unit=periods.unit)]
    titles += [words(f"data.{name}", unit=periods.unit) for name in last]
    titles += [words("data.slope", number=i + 1) for i in range(cells.slopes)]
    for column, title in enumerate(titles):
        text(sheet, HEADING_ROW - 1, column, title, book.style("heading"))
    lines = max(lines_needed(title, width * 0.9) for title, width in zip(titles, widths, strict=True))
    sheet.set_row(HEADING_ROW - 1, LINE_HEIGHT * max(lines, 2) + 3)


def _moment(moment: np.datetime64) -> dt.datetime:
    found: dt.datetime = moment.astype("datetime64[s]").astype(object)
    return found


def _period(book: Book, sheet: Any, row: int, i: int, cells: DataCells, periods: Periods) -> None:
    clock = book.style("text", _CLOCK[periods.interval])
    sheet.write_datetime(row, 0, _moment(periods.start[i]), clock)
    sheet.write_datetime(row, 1, _moment(periods.end[i]), clock)
    data = book.style("from_file", NUMBER)
    sheet.write_number(row, 2, float(periods.energy[i]), data)
    sheet.write_number(row, 3, float(periods.coverage[i]), book.style("outside", "0.0 %"))
    for j, name in enumerate(cells.drivers):
        sheet.write_number(row, cells.first_driver + j, float(periods.drivers[name][i]), data)


def _model(book: Book, sheet: Any, row: int, i: int, cells: DataCells, design: Any, points: dict[str, str]) -> None:
    if not cells.live:
        return
    for j, column in enumerate(cells.model):
        value, place = float(design[i, column.place]), cells.first_model + j
        if column.expression:
            formula = cells.expression(column, row + 1, points)
            sheet.write_formula(row, place, formula, book.style("live", NUMBER), value)
        else:
            sheet.write_number(row, place, value, book.style("outside", NUMBER))


def _results(
    book: Book, sheet: Any, key: str, cells: DataCells, baseline: Baseline, periods: Periods, fitted: Any
) -> None:
    """Energy by the model, its difference to the meter, and the running sum."""
    from xlsxwriter.utility import xl_col_to_name

    regression = book.name("regression")
    model, difference = (xl_col_to_name(cells.fitted + i) for i in range(2))
    look, running = book.style("live", NUMBER), 0.0
    for i, energy in enumerate(fitted):
        row = FIRST_ROW + i
        if cells.live:
            sheet.write_formula(row - 1, cells.fitted, cells.fitted_formula(row, regression), look, float(energy))
        else:
            sheet.write_number(row - 1, cells.fitted, float(energy), book.style("outside", NUMBER))
        less = float(periods.energy[i] - energy) if key == "baseline" else float(energy - periods.energy[i])
        running += less
        formula = f"=C{row}-{model}{row}" if key == "baseline" else f"={model}{row}-C{row}"
        sheet.write_formula(row - 1, cells.fitted + 1, formula, look, less)
        summed = f"=SUM({difference}${FIRST_ROW}:{difference}{row})"  # a chain of 365 cells stops LibreOffice
        sheet.write_formula(row - 1, cells.fitted + 2, summed, look, running)


def _slopes(book: Book, sheet: Any, cells: DataCells, slopes: Floats) -> None:
    """How the prediction moves with each change point: found by the program, needed for the ± only."""
    look = book.style("outside", NUMBER)
    for j in range(cells.slopes):
        for i, slope in enumerate(slopes[:, j]):
            sheet.write_number(FIRST_ROW - 1 + i, cells.fitted + 3 + j, float(slope), look)
