"""The regression: live LINEST over the data sheet, statistics, correlations; the engine's values beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from energycalc.mv.models.baseline import Baseline
from energycalc.mv.savings.ordinary_sum import OrdinarySum
from energycalc.reports.verification.cells import FIRST_ROW, DataCells
from energycalc.reports.workbook_style import Book, fit_row, headings, text, top

WIDTHS = (34.0, *[16.0] * 8)
NUMBER, SMALL, RATE = "#,##0.0####", "0.000000", "0.00 %"
DIFFERENCE = "0.0E+00"
LIVE_DIFFERENCE = 1e-9
"""Relative difference of sheet and engine above which the cell is coloured: an input was changed since."""
_COEFFICIENTS = ("coefficient", "live", "standard_error", "t", "p", "engine", "engine_error", "difference", "vif")


@dataclass(frozen=True)
class RegressionCells:
    """Cells of the regression sheet that other sheets refer to, with the sheet.

    Attributes:
        statistics: cell of each statistic, by key.
        inverse: range of the inverse of the correlations; empty without one.
        inverse_row: row (from 1) of its first row; its first column is B.
        columns: ranges of the baseline columns that the correlations are of.
    """

    statistics: dict[str, str]
    inverse: str
    inverse_row: int
    columns: tuple[str, ...]

    def inverse_cell(self, i: int, j: int) -> str:
        """Cell of the inverse in row i and column j, counted from 0."""
        return f"{self.inverse.split('!')[0]}!${xl_col_to_name(1 + j)}${self.inverse_row + i}"


def write_regression(
    book: Book, cells: DataCells, baseline: Baseline, ordinary: OrdinarySum | None, title: str
) -> RegressionCells:
    """Write the sheet of the model.

    Args:
        book: the workbook.
        cells: the places of the baseline data.
        baseline: the model.
        ordinary: correlations and their inverse; ``None`` where the sheet cannot follow them.
        title: the model in words.

    Returns:
        What the sheet of the saving refers to.
    """
    words, fit = book.words, baseline.fit
    hint = words("regression.hint" if cells.live else "regression.hint_outside")
    sheet = top(book, "regression", words("regression.title", model=title), hint, WIDTHS, None)
    text(sheet, FIRST_ROW - 3, 0, words("regression.coefficients"), book.style("section"))
    headings(book, sheet, FIRST_ROW - 2, [words(f"regression.{c}") for c in _COEFFICIENTS])
    row = FIRST_ROW - 1 + len(fit.names) + 1
    row = _change_points(book, sheet, row, baseline) + 1
    statistics_row = row
    keys = _statistics(cells, baseline, {})
    block_row = statistics_row + len(keys) + 3
    block = _linest(book, sheet, block_row, cells, baseline) if cells.live else {}
    matrix_row = block_row + (5 if block else 0)
    inverse = _correlations(book, sheet, matrix_row, cells, ordinary) if ordinary is not None and cells.model else ""
    places = _write_statistics(book, sheet, statistics_row, cells, baseline)
    _write_coefficients(book, sheet, cells, baseline, ordinary, block, inverse, places)
    columns = tuple(cells.column(number) for number in cells.explained) if inverse else ()
    first = int(inverse.split("$")[2].rstrip(":")) if inverse else 0
    return RegressionCells({k: f"{book.name('regression')}!{c}" for k, c in places.items()}, inverse, first, columns)


def _change_points(book: Book, sheet: Any, row: int, baseline: Baseline) -> int:
    """Change points as inputs: the search for the best ones is not a cell formula."""
    words = book.words
    if not baseline.bound.change_points:
        return row
    text(sheet, row, 0, words("regression.change_points"), book.style("section"))
    for i, point in enumerate(baseline.bound.change_points):
        row += 1
        text(sheet, row + 0, 0, words("regression.change_point", number=i + 1), book.style("text"))
        sheet.write_number(row, 1, float(point), book.style("from_file", NUMBER))
        text(sheet, row, 2, words("regression.change_point_note") if i == 0 else "", book.style("hint"))
    return row + 1


def _linest(book: Book, sheet: Any, row: int, cells: DataCells, baseline: Baseline) -> dict[int, tuple[str, str]]:
    """The block of LINEST; returns cells of coefficient and standard error by place in the design."""
    fit, words = baseline.fit, book.words
    text(sheet, row, 0, words("regression.linest"), book.style("section"))
    text(sheet, row + 1, 0, words("regression.linest_coefficients"), book.style("text"))
    text(sheet, row + 2, 0, words("regression.linest_errors"), book.style("text"))
    # LINEST counts no change points among its parameters: its standard errors are those of the columns alone.
    alone = ((fit.observations - fit.parameters) / (fit.observations - len(fit.names))) ** 0.5
    y = cells.column(2)
    if not cells.model:
        first = xl_rowcol_to_cell(row + 1, 1)
        look = book.style("live", NUMBER)
        sheet.write_formula(row + 1, 1, f"=AVERAGE({y})", look, float(fit.coefficients[0]))
        error = f"=STDEV({y})/SQRT(COUNT({y}))"
        sheet.write_formula(row + 2, 1, error, look, float(fit.standard_errors[0]) * alone)
        return {0: (first, xl_rowcol_to_cell(row + 2, 1))}
    order = [c.place for c in reversed(cells.model)]
    if cells.constant is not None:
        order.append(cells.constant)
    matrix = f"LINEST({y},{cells.block()},{'TRUE' if cells.constant is not None else 'FALSE'},TRUE)"
    values = [
        [float(fit.coefficients[place]) for place in order],
        [float(fit.standard_errors[place]) * alone for place in order],
    ]
    _block(book, sheet, row + 1, 1, matrix, values, NUMBER)
    found = {}
    for i, place in enumerate(order):
        found[place] = (xl_rowcol_to_cell(row + 1, 1 + i), xl_rowcol_to_cell(row + 2, 1 + i))
    return found


def _block(
    book: Book, sheet: Any, row: int, column: int, matrix: str, values: Sequence[Sequence[float]], digits: str
) -> None:
    """A matrix, cell by cell, so that every cell shows what it is."""
    look = book.style("live", digits)
    for i, line in enumerate(values):
        for j, value in enumerate(line):
            sheet.write_formula(row + i, column + j, f"=INDEX({matrix},{i + 1},{j + 1})", look, value)


def _correlations(book: Book, sheet: Any, row: int, cells: DataCells, ordinary: OrdinarySum) -> str:
    """Correlations of the model columns and their inverse; returns the range of the inverse."""
    words, count = book.words, len(cells.explained)
    title = "correlations" if cells.constant is not None else "products"
    text(sheet, row, 0, words(f"regression.{title}"), book.style("section"))
    names = [column.name for column in cells.model]
    names += [words("data.slope", number=i + 1) for i in range(cells.slopes)]
    headings(book, sheet, row + 1, names, 1)
    look = book.style("live", SMALL)
    for i in range(count):
        text(sheet, row + 2 + i, 0, names[i], book.style("text"))
        for j in range(count):
            one, other = (cells.column(cells.explained[k]) for k in (i, j))
            product = f"=SUMPRODUCT({one},{other})/SQRT(SUMSQ({one})*SUMSQ({other}))"
            formula = f"=CORREL({one},{other})" if cells.constant is not None else product
            sheet.write_formula(row + 2 + i, 1 + j, formula, look, float(ordinary.correlation[i, j]))
    row += count + 3
    text(sheet, row, 0, words("regression.inverse"), book.style("section"))
    headings(book, sheet, row + 1, names, 1)
    for i in range(count):
        text(sheet, row + 2 + i, 0, names[i], book.style("text"))
    last = xl_col_to_name(count)
    source = f"$B${row - count}:${last}${row - 1}"
    _block(book, sheet, row + 2, 1, f"MINVERSE({source})", ordinary.inverse.tolist(), "#,##0.0000")
    return f"{book.name('regression')}!$B${row + 3}:${last}${row + 2 + count}"


def _write_coefficients(
    book: Book,
    sheet: Any,
    cells: DataCells,
    baseline: Baseline,
    ordinary: OrdinarySum | None,
    block: dict[int, tuple[str, str]],
    inverse: str,
    places: dict[str, str],
) -> None:
    """Live coefficients with their errors, t and p, the engine's beside them."""
    fit, number = baseline.fit, book.style("live", NUMBER)
    engine = book.style("outside", NUMBER)
    rank = {column.place: i for i, column in enumerate(cells.model)}
    for place, name in enumerate(fit.names):
        row = FIRST_ROW - 1 + place
        cell = row + 1
        value, error = float(fit.coefficients[place]), float(fit.standard_errors[place])
        text(sheet, row, 0, name, book.style("strong"))
        if block:
            coefficient, alone = block[place]
            freedom = f"(COUNT({cells.column(2)})-{_columns_counted(cells)})/{places['degrees_of_freedom']}"
            sheet.write_formula(row, 1, f"={coefficient}", number, value)
            sheet.write_formula(row, 2, f"={alone}*SQRT({freedom})", number, error)
            sheet.write_formula(row, 3, f"=B{cell}/C{cell}", book.style("live", "0.00"), float(fit.t_values[place]))
            t_test = f"=_xlfn.T.DIST.2T(ABS(D{cell}),{places['degrees_of_freedom']})"
            sheet.write_formula(row, 4, t_test, book.style("live", "0.0000"), float(fit.p_values[place]))
            sheet.write_formula(row, 7, f"=B{cell}/F{cell}-1", book.style("live", DIFFERENCE), 0.0)
            _colour(book, sheet, row, 7)
        else:
            sheet.write_number(row, 1, value, engine)
            sheet.write_number(row, 2, error, engine)
            for column, figure, digits in ((3, fit.t_values[place], "0.00"), (4, fit.p_values[place], "0.0000")):
                sheet.write_number(row, column, float(figure), book.style("outside", digits))
            text(sheet, row, 7, "", book.style("text"))
        sheet.write_number(row, 5, value, engine)
        sheet.write_number(row, 6, error, engine)
        if inverse and ordinary is not None and place in rank:
            i = rank[place]
            inflation = float(ordinary.variance_inflation[i])
            formula = f"=INDEX({inverse.split('!')[-1]},{i + 1},{i + 1})"
            sheet.write_formula(row, 8, formula, book.style("live", "0.00"), inflation)
        else:
            text(sheet, row, 8, "", book.style("text"))


def _columns_counted(cells: DataCells) -> int:
    return len(cells.model) + (cells.constant is not None)


def _colour(book: Book, sheet: Any, row: int, column: int) -> None:
    """Colour a difference that is more than rounding."""
    rule = {"type": "cell", "criteria": "not between", "minimum": -LIVE_DIFFERENCE, "maximum": LIVE_DIFFERENCE}
    sheet.conditional_format(row, column, row, column, rule | {"format": book.style("changed")})


def _statistics(
    cells: DataCells, baseline: Baseline, places: dict[str, str]
) -> dict[str, tuple[str, float, str, bool]]:
    """Formula, engine's value, digits of each statistic; the last says whether the engine has its own value."""
    fit = baseline.fit
    y, e = cells.column(2), cells.column(cells.fitted + 1)
    at = places.get
    about = fit.has_intercept
    own = {
        "observations": (f"=COUNT({y})", fit.observations, "#,##0"),
        "parameters": ("", fit.parameters, "0"),
        "degrees_of_freedom": (f"={at('observations')}-{at('parameters')}", fit.degrees_of_freedom, "#,##0"),
        "mean": (f"=AVERAGE({y})", fit.mean_response, NUMBER),
        "sse": (f"=SUMSQ({e})", fit.residual_sum_of_squares, NUMBER),
        "sst": (f"={'DEVSQ' if about else 'SUMSQ'}({y})", fit.total_sum_of_squares, NUMBER),
        "r_squared": (f"=1-{at('sse')}/{at('sst')}", fit.r_squared, SMALL),
        "adjusted_r_squared": (
            f"=1-(1-{at('r_squared')})*({at('observations')}{'-1' if about else ''})/{at('degrees_of_freedom')}",
            fit.adjusted_r_squared,
            SMALL,
        ),
        "variance": (f"={at('sse')}/{at('degrees_of_freedom')}", fit.residual_variance, NUMBER),
        "rmse": (f"=SQRT({at('variance')})", fit.residual_standard_deviation, NUMBER),
        "cv_rmse": (f"={at('rmse')}/{at('mean')}", fit.cv_rmse, RATE),
    }
    if fit.parameters > about:
        explained = f"({at('parameters')}{'-1' if about else ''})"
        ratio = f"=(({at('sst')}-{at('sse')})/{explained})/{at('variance')}"
        own["f"] = (ratio, fit.f_statistic, "#,##0.00")
        test = f"=_xlfn.F.DIST.RT({at('f')},{explained},{at('degrees_of_freedom')})"
        own["p_of_f"] = (test, fit.f_p_value, "0.0E+00")
    return {key: (formula, float(value), digits, True) for key, (formula, value, digits) in own.items()}


def _write_statistics(book: Book, sheet: Any, row: int, cells: DataCells, baseline: Baseline) -> dict[str, str]:
    """Statistics of the fit, one a row; returns the cell of each, without the sheet."""
    words = book.words
    text(sheet, row, 0, words("regression.statistics"), book.style("section"))
    titles = ["statistic", "live", "definition", "", "", "engine", "", "difference"]
    headings(book, sheet, row + 1, [words(f"regression.{t}") if t else "" for t in titles])
    sheet.merge_range(row + 1, 2, row + 1, 4, words("regression.definition"), book.style("heading"))
    keys = list(_statistics(cells, baseline, {}))
    places = {key: f"$B${row + 3 + i}" for i, key in enumerate(keys)}
    for i, (key, (formula, value, digits, _)) in enumerate(_statistics(cells, baseline, places).items()):
        at = row + 2 + i
        text(sheet, at, 0, words(f"regression.{key}"), book.style("text"))
        definition = words(f"regression.{key}_definition")
        sheet.merge_range(at, 2, at, 4, definition, book.style("faint"))
        fit_row(sheet, at, {2: definition}, (1, 1, sum(WIDTHS[2:5])))
        if formula:
            sheet.write_formula(at, 1, formula, book.style("live", digits), value)
            if key == "p_of_f":  # far out in its tail no two programs give the same digits
                text(sheet, at, 7, "", book.style("text"))
            else:
                relative = f"=IF(F{at + 1}=0,B{at + 1},B{at + 1}/F{at + 1}-1)"
                sheet.write_formula(at, 7, relative, book.style("live", DIFFERENCE), 0.0)
                _colour(book, sheet, at, 7)
        else:
            sheet.write_number(at, 1, value, book.style("from_file", digits))
            text(sheet, at, 7, "", book.style("text"))
        sheet.write_number(at, 5, value, book.style("outside", digits))
        text(sheet, at, 6, "", book.style("text"))
    return places
