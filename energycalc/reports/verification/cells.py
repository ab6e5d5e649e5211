"""Where the numbers of a verification workbook stand, and the live formula of each model column.

Nothing is written here: two data sheets of the same columns (baseline and reporting), the regression sheet with one
row for each coefficient, and the text of every formula over them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from energycalc.mv.models.baseline import Baseline
from energycalc.mv.models.columns import YEARS_AHEAD
from energycalc.mv.periods import Periods

COEFFICIENT_ROW = 5
"""Row (from 1) of the data sheets that repeats the coefficients above their columns."""
HEADING_ROW = 6
FIRST_ROW = 7
"""First row (from 1) of the periods on the data sheets, and of the coefficients on the regression sheet."""
_PLACE = re.compile(r"\{([^{}]+)\}")
LIVE_CELLS = 400_000
"""Most cells of model columns on one sheet; above it the model's values are written and marked, not computed."""
LIVE_COLUMNS = 52
"""Most model columns of a live regression: worksheet programs invert and regress no more of them dependably."""


@dataclass(frozen=True)
class ModelColumn:
    """One column of the model: its name, its worksheet expression with places in braces, its place in the design.

    The expression is empty where no worksheet formula holds for the periods: the values are written and marked.
    """

    name: str
    expression: str
    place: int


@dataclass(frozen=True)
class DataCells:
    """Cells of a data sheet.

    Attributes:
        sheet: its title, quoted for formulas.
        count: number of periods.
        drivers: names of the drivers, in the order of their columns.
        model: columns of the model that are not the constant.
        constant: place of the constant in the design; ``None`` without one.
        live: whether the model columns stand on the sheet.
        slopes: number of columns with the slope of the prediction against a change point, after all others.
    """

    sheet: str
    count: int
    drivers: tuple[str, ...]
    model: tuple[ModelColumn, ...]
    constant: int | None
    live: bool
    slopes: int

    @property
    def last_row(self) -> int:
        """Row (from 1) of the last period."""
        return FIRST_ROW + self.count - 1

    @property
    def first_driver(self) -> int:
        """Column (from 0) of the first driver; before it stand start, end, energy and coverage."""
        return 4

    @property
    def first_model(self) -> int:
        """Column (from 0) of the first model column."""
        return self.first_driver + len(self.drivers)

    @property
    def fitted(self) -> int:
        """Column (from 0) of the model's energy; the difference to the meter and its running sum follow."""
        return self.first_model + (len(self.model) if self.live else 0)

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.fitted + 3 + self.slopes

    @property
    def explained(self) -> list[int]:
        """Columns (from 0) that the uncertainty of the sum goes through: model columns, then slopes."""
        model = [self.first_model + i for i in range(len(self.model))]
        return model + [self.fitted + 3 + i for i in range(self.slopes)]

    def column(self, number: int, *, elsewhere: bool = True) -> str:
        """All periods of a column, as an absolute range with its sheet when seen from elsewhere."""
        letter = xl_col_to_name(number)
        place = f"${letter}${FIRST_ROW}:${letter}${self.last_row}"
        return f"{self.sheet}!{place}" if elsewhere else place

    def block(self) -> str:
        """All model columns side by side, absolute, with the sheet."""
        first, last = xl_col_to_name(self.first_model), xl_col_to_name(self.first_model + len(self.model) - 1)
        return f"{self.sheet}!${first}${FIRST_ROW}:${last}${self.last_row}"

    def expression(self, column: ModelColumn, row: int, change_points: dict[str, str]) -> str:
        """The formula of a model column in a row (from 1), change points as links to their cells."""
        cells = {"start": f"$A{row}", "end": f"$B{row}"}
        cells |= {name: f"${xl_col_to_name(self.first_driver + i)}{row}" for i, name in enumerate(self.drivers)}
        text = _PLACE.sub(lambda found: cells[found[1]], column.expression)
        for number, cell in change_points.items():
            text = re.sub(rf"(?<![\d.$A-Z]){re.escape(number)}(?![\d.])", cell, text)
        return "=" + text

    def fitted_formula(self, row: int, regression: str) -> str:
        """Energy by the model in a row (from 1): coefficients of the regression sheet times columns.

        Each product is written out with the coefficient's own cell: LibreOffice 7.4 calculates long columns in threads,
        and takes coefficients that stand on the same sheet, or in one product of ranges, before LINEST has found them.
        """
        terms = [
            f"{xl_col_to_name(self.first_model + i)}{row}*{coefficient_cell(regression, column.place)}"
            for i, column in enumerate(self.model)
        ]
        if self.constant is not None:
            terms.insert(0, coefficient_cell(regression, self.constant))
        return "=" + "+".join(terms)


def data_cells(baseline: Baseline, periods: Periods, sheet: str, slopes: int) -> DataCells:
    """The cells of a data sheet for the periods of a baseline model."""
    last_year = int(periods.end[-1].astype("datetime64[Y]").astype(int)) + 1970
    columns = []
    for i, (name, text) in enumerate(baseline.bound.worksheet_columns()):
        listed = baseline.bound.columns[i]  # the list of special days in its formula ends some years after the baseline
        over = listed.kind in ("day_type", "shift") and last_year > listed.first_year + YEARS_AHEAD
        columns.append(ModelColumn(name, "" if over else text, i))
    constant = next((c.place for c in columns if c.expression.strip() == "1"), None)
    model = tuple(c for c in columns if c.place != constant)
    live = len(model) <= LIVE_COLUMNS and len(model) * len(periods) <= LIVE_CELLS
    return DataCells(sheet, len(periods), tuple(periods.drivers), model, constant, live, slopes if live else 0)


def coefficient_cell(sheet: str, place: int) -> str:
    """Cell of the regression sheet with the live coefficient of a column of the design."""
    return f"{sheet}!$B${FIRST_ROW + place}"


def coefficient_differences(sheet: str, baseline: Baseline) -> str:
    """Cells of the regression sheet with the relative differences of the coefficients."""
    return f"{sheet}!$H${FIRST_ROW}:$H${FIRST_ROW + len(baseline.fit.names) - 1}"


def change_point_cells(sheet: str, baseline: Baseline) -> dict[str, str]:
    """Cells of the regression sheet with the change points, by the number as it stands in the expressions."""
    first = FIRST_ROW + len(baseline.fit.names) + 2
    return {repr(float(c)): f"{sheet}!$B${first + i}" for i, c in enumerate(baseline.bound.change_points)}
