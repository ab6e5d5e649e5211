"""The saving: live sums of model and meter, the ± that a sheet can follow, and the engine's values beside them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from energycalc.mv.savings.forecast import METHODS, ForecastUncertainty
from energycalc.mv.savings.ordinary_sum import OrdinarySum
from energycalc.mv.savings.other_methods import OtherMethods
from energycalc.mv.savings.saving import DISTINCTION, Saving
from energycalc.mv.views.model_views import MonthSaving
from energycalc.reports.verification.cells import DataCells
from energycalc.reports.verification.regression_sheet import DIFFERENCE, LIVE_DIFFERENCE, RegressionCells
from energycalc.reports.workbook_style import Book, fit_row, headings, result_digits, text, top

WIDTHS = (44.0, 18.0, 10.0, 18.0, 16.0, 64.0)
FIRST = 7
"""Row (from 1) of the first number."""
NUMBER = "#,##0.0##"
_COLUMNS = ("item", "live", "unit", "engine", "difference", "how")


@dataclass(frozen=True)
class Line:
    """One number of the sheet.

    Attributes:
        key: of its words, and of its cell for the formulas below.
        formula: live formula with ``{key}`` for the cells of other lines; empty for a value computed outside.
        value: the number.
        engine: the program's own value where it has one that it found in another way.
        digits: number format.
        unit: unit; empty for a pure number.
        note: further explanation, already in the language of the book.
    """

    key: str
    formula: str
    value: float
    engine: float | None = None
    digits: str = NUMBER
    unit: str = ""
    note: str = ""


def write_saving(
    book: Book,
    saving: Saving,
    cells: DataCells | None,
    regression: RegressionCells | None,
    ordinary: OrdinarySum | None,
    independent: ForecastUncertainty | None,
    adjustments: str,
    months: Sequence[MonthSaving],
    with_meter_error: float | None,
    others: OtherMethods | None,
) -> dict[str, str]:
    """Write the sheet.

    Args:
        book: the workbook.
        saving: the result.
        cells: places of the reporting data; ``None`` where the saving is not the avoided energy of these periods.
        regression: places of the regression's statistics.
        ordinary: steps of the ± by ordinary least squares; ``None`` where the sheet cannot follow it.
        independent: the engine's uncertainty for independent residuals.
        adjustments: rows of the adjustments sheet, as ``first:last`` from 1; empty without any.
        months: the saving by month.
        with_meter_error: standard uncertainty of the traced saving, the meter's own error in it; ``None`` for none.
        others: the same interval by other methods; ``None`` for none.

    Returns:
        Cell of each number with the sheet, by key.
    """
    words = book.words
    title = words("saving.title", kind=words(f"saving.kind_{saving.kind}"))
    sheet = top(book, "saving", title, words("saving.hint"), WIDTHS, None)
    lines = _energy(book, saving, cells, adjustments)
    lines += _uncertainty(book, saving, cells, regression, ordinary, independent, adjustments)
    if with_meter_error is not None:
        lines.append(Line("meter", "", with_meter_error, None, NUMBER, saving.unit))
    text(sheet, FIRST - 3, 0, words("saving.section"), book.style("section"))
    headings(book, sheet, FIRST - 2, [words(f"saving.{c}") for c in _COLUMNS])
    places = {line.key: f"$B${FIRST + i}" for i, line in enumerate(lines)}
    z_row = FIRST + len(lines) + 1
    distances = cells is not None and ordinary is not None and bool(cells.explained)
    if distances:
        last = z_row + 1 + len(ordinary.distance)  # type: ignore[union-attr]
        places["z"] = f"$F${z_row + 2}:$F${last}"
    for i, line in enumerate(lines):
        _write_line(book, sheet, FIRST - 1 + i, line, places)
    row = z_row - 1
    if distances:
        row = _distances(book, sheet, row, cells, ordinary, regression) + 1  # type: ignore[arg-type]
    row = _by_month(book, sheet, row, months, cells, saving.unit) + 1
    if others is not None:
        _beside(book, sheet, row, others, saving)
    return {key: f"{book.name('saving')}!{place}" for key, place in places.items()}


def summary_numbers(saving: Saving, places: Mapping[str, str]) -> list[tuple[str, str, float, str, str]]:
    """What the summary shows: key of the words, cell, value, number format, unit."""
    digits = result_digits(saving.saving, saving.half_width)
    low, high = saving.interval
    shown = (
        ("saving", saving.saving, digits, saving.unit),
        ("half_width", saving.half_width, digits, saving.unit),
        ("low", low, digits, saving.unit),
        ("high", high, digits, saving.unit),
        ("confidence", saving.confidence, "0 %", ""),
        ("adjusted_baseline", saving.adjusted_baseline, digits, saving.unit),
        ("metered", saving.reporting, digits, saving.unit),
        ("fraction", saving.fraction, "0.0 %", ""),
        ("senpi", saving.senpi, "0.000", ""),
        ("smallest", saving.smallest_distinguishable, digits, saving.unit),
    )
    return [(key, places[key], value, look, unit) for key, value, look, unit in shown]


def _energy(book: Book, saving: Saving, cells: DataCells | None, adjustments: str) -> list[Line]:
    adjusted = math.fsum(each.quantity for each in saving.adjustments)
    modelled = math.fsum(saving.predicted)
    metered = math.fsum(saving.metered)
    unit, digits = saving.unit, result_digits(saving.saving, saving.half_width)
    model_sum = f"=SUM({cells.column(cells.fitted)})" if cells else ""
    meter_sum = f"=SUM({cells.column(2)})" if cells else ""
    first = Line("modelled", model_sum, modelled, modelled, digits, unit)
    lines = [first]
    if adjustments:
        low, high = adjustments.split(":")
        total = f"=SUM({book.name('adjustments')}!$E${low}:$E${high})"
        lines.append(Line("adjustments", total, adjusted, adjusted, digits, unit))
    live = cells is not None
    before = "={modelled}+{adjustments}" if adjustments else "={modelled}"
    lines += [
        Line("adjusted_baseline", before if live else "", saving.adjusted_baseline, saving.adjusted_baseline,
             digits, unit),
        Line("metered", meter_sum, metered if live else saving.reporting, saving.reporting, digits, unit),
        Line("saving", "={adjusted_baseline}-{metered}", saving.saving, saving.saving, digits, unit),
        Line("fraction", "={saving}/{adjusted_baseline}", saving.fraction, saving.fraction, "0.00 %"),
        Line("senpi", "={metered}/{adjusted_baseline}" if live else "", saving.senpi, saving.senpi, "0.0000"),
    ]  # fmt: skip
    return lines


def _uncertainty(
    book: Book,
    saving: Saving,
    cells: DataCells | None,
    regression: RegressionCells | None,
    ordinary: OrdinarySum | None,
    independent: ForecastUncertainty | None,
    adjustments: str,
) -> list[Line]:
    """From the residual variance to the interval; what the sheet cannot follow is an input with its method."""
    unit, model = saving.unit, saving.model
    method = METHODS[saving.method][1 if book.words.language == "zh-TW" else 0]
    lines: list[Line] = []
    ratio = model.variance_ratio
    follows = cells is not None and regression is not None and ordinary is not None
    if follows:
        assert cells is not None and regression is not None and ordinary is not None
        variance = ordinary.variance / (ordinary.periods + ordinary.model_term)
        model_term = "={constant_term}"
        if cells.explained:
            model_term += "+SUM({z})"
        lines += [
            Line("variance", f"={regression.statistics['variance']}", variance, variance, NUMBER, f"{unit}²"),
            Line("periods", f"=COUNT({cells.column(2)})", ordinary.periods, ordinary.periods, "#,##0"),
        ]
        if ordinary.constant_term:
            squared = f"={{periods}}^2/{regression.statistics['observations']}"
            lines.append(Line("constant_term", squared, ordinary.constant_term, None, NUMBER))
        else:
            model_term = model_term.replace("{constant_term}+", "")
        u = ordinary.standard_uncertainty
        lines += [
            Line("model_term", model_term, ordinary.model_term, None, NUMBER),
            Line("u_independent", "=SQRT({variance}*({periods}+{model_term}))", u,
                 independent.standard_uncertainty if independent else None, NUMBER, unit),
        ]  # fmt: skip
    if follows and ratio is not None:
        lines.append(Line("variance_ratio", "", ratio, None, "0.0000", note=method))
        lines.append(Line("u_model", "={u_independent}*SQRT({variance_ratio})", model.standard_uncertainty,
                          model.standard_uncertainty, NUMBER, unit))  # fmt: skip
    else:
        lines.append(Line("u_model", "", model.standard_uncertainty, None, NUMBER, unit, method))
    total = "={u_model}"
    if adjustments:
        low, high = adjustments.split(":")
        stated = [a.standard_uncertainty for a in saving.adjustments if a.standard_uncertainty is not None]
        squares = f"=SQRT(SUMSQ({book.name('adjustments')}!$F${low}:$F${high}))"
        lines.append(Line("u_adjustments", squares, math.hypot(*stated), None, NUMBER, unit))
        total = "=SQRT({u_model}^2+{u_adjustments}^2)"
    u, freedom = saving.standard_uncertainty, saving.degrees_of_freedom
    lines.append(Line("u_saving", total, u, u, NUMBER, unit))
    factor, strict = "=NORMSINV((1+{confidence})/2)", "=NORMSINV((1+MAX({confidence},{least_confidence}))/2)"
    if math.isfinite(freedom):
        lines.append(Line("freedom", "", freedom, None, "0.##"))
        factor = "=_xlfn.T.INV.2T(1-{confidence},{freedom})"
        strict = "=_xlfn.T.INV.2T(1-MAX({confidence},{least_confidence}),{freedom})"
    k = saving.half_width / u if u else 0.0
    low_end, high_end = saving.interval
    digits = result_digits(saving.saving, saving.half_width)
    lines += [
        Line("confidence", "", saving.confidence, None, "0 %"),
        Line("factor", factor, k, k, "0.0000"),
        Line("half_width", "={factor}*{u_saving}", saving.half_width, saving.half_width, digits, unit),
        Line("low", "={saving}-{half_width}", low_end, low_end, digits, unit),
        Line("high", "={saving}+{half_width}", high_end, high_end, digits, unit),
        Line("least_confidence", "", DISTINCTION, None, "0 %"),
        Line("smallest", strict + "*{u_saving}", saving.smallest_distinguishable, saving.smallest_distinguishable,
             digits, unit),
        Line("distinguishable", "=IF(ABS({saving})>{smallest},1,0)", float(saving.distinguishable),
             float(saving.distinguishable), "0"),
    ]  # fmt: skip
    return lines


def _write_line(book: Book, sheet: Any, row: int, line: Line, places: dict[str, str]) -> None:
    words = book.words
    strong = line.key in ("saving", "half_width", "adjusted_baseline", "metered")
    text(sheet, row, 0, words(f"saving.{line.key}"), book.style("strong" if strong else "text"))
    if line.formula:
        formula = line.formula.format(**places)
        sheet.write_formula(row, 1, formula, book.style("strong_live" if strong else "live", line.digits), line.value)
    else:
        sheet.write_number(row, 1, line.value, book.style("from_file", line.digits))
    text(sheet, row, 2, line.unit, book.style("unit"))
    if line.engine is not None and line.formula:
        sheet.write_number(row, 3, line.engine, book.style("outside", line.digits))
        relative = f"=IF(D{row + 1}=0,B{row + 1},B{row + 1}/D{row + 1}-1)"
        found = line.value / line.engine - 1 if line.engine else line.value
        sheet.write_formula(row, 4, relative, book.style("live", DIFFERENCE), found)
        if abs(found) <= LIVE_DIFFERENCE:
            rule = {"type": "cell", "criteria": "not between", "minimum": -LIVE_DIFFERENCE, "maximum": LIVE_DIFFERENCE}
            sheet.conditional_format(row, 4, row, 4, rule | {"format": book.style("changed")})
    else:
        text(sheet, row, 3, "", book.style("text"))
        text(sheet, row, 4, "", book.style("text"))
    how = words(f"saving.{line.key}_how")
    how = f"{how} {line.note}".strip() if line.formula else "  ".join([words("outside") + ":", how, line.note]).strip()
    text(sheet, row, 5, how, book.style("faint"))
    fit_row(sheet, row, {0: words(f"saving.{line.key}"), 5: how}, WIDTHS, small=(5,))


def _distances(
    book: Book, sheet: Any, row: int, cells: DataCells, ordinary: OrdinarySum, regression: RegressionCells
) -> int:
    """How far the sums of the reporting columns lie from the baseline's means, in lengths of the columns."""
    words, base = book.words, book.name("baseline")
    text(sheet, row, 0, words("saving.distance_section"), book.style("section"))
    titles = ["column", "sum", "baseline_mean", "length", "distance", "share_of_term"]
    headings(book, sheet, row + 1, [words(f"saving.{t}") for t in titles])
    names = [c.name for c in cells.model] + [words("data.slope", number=i + 1) for i in range(cells.slopes)]
    number = book.style("live", NUMBER)
    with_constant = cells.constant is not None
    for i, (name, column) in enumerate(zip(names, cells.explained, strict=True)):
        at = row + 2 + i
        new = cells.column(column)
        old = regression.columns[i]
        assert old.startswith(base)
        length = float(ordinary.length[i])
        centre = float(ordinary.centre[i])
        total = float(ordinary.sums[i])
        text(sheet, at, 0, name, book.style("text"))
        sheet.write_formula(at, 1, f"=SUM({new})", number, total)
        sheet.write_formula(at, 2, f"=AVERAGE({old})" if with_constant else f"=0*SUM({old})", number, centre)
        sheet.write_formula(at, 3, f"=SQRT({'DEVSQ' if with_constant else 'SUMSQ'}({old}))", number, length)
        distance = f"=(B{at + 1}-COUNT({new})*C{at + 1})/D{at + 1}"
        sheet.write_formula(at, 4, distance, number, float(ordinary.distance[i]))
        # written out: LibreOffice 7.4, which calculates in threads, may take a product of ranges before they are ready
        products = "+".join(f"{regression.inverse_cell(i, j)}*E{row + 3 + j}" for j in range(len(names)))
        sheet.write_formula(at, 5, f"=E{at + 1}*({products})", number, float(ordinary.shares[i]))
    return row + 2 + len(names)


def _by_month(
    book: Book, sheet: Any, row: int, months: Sequence[MonthSaving], cells: DataCells | None, unit: str
) -> int:
    """Model, meter and saving of each month; a period belongs to the month it starts in."""
    words = book.words
    text(sheet, row, 0, words("saving.months"), book.style("section"))
    titles = [words("saving.month"), words("saving.month_modelled", unit=unit), words("saving.month_count"),
              words("saving.month_metered", unit=unit), words("saving.month_saving", unit=unit)]  # fmt: skip
    headings(book, sheet, row + 1, titles)
    look, day = book.style("live", "#,##0"), book.style("text", "yyyy-mm")
    for i, month in enumerate(months):
        at = row + 2 + i
        first = month.first.astype("datetime64[s]").astype(object)
        sheet.write_datetime(at, 0, first, day)
        if cells is None:
            for column, value in ((1, month.modelled), (2, month.periods), (3, month.metered)):
                sheet.write_number(at, column, value, book.style("outside", "#,##0"))
        else:
            span = f'{cells.column(0)},">="&$A{at + 1},{cells.column(0)},"<"&EDATE($A{at + 1},1)'
            sheet.write_formula(at, 1, f"=SUMIFS({cells.column(cells.fitted)},{span})", look, month.modelled)
            sheet.write_formula(at, 2, f"=COUNTIFS({span})", look, month.periods)
            sheet.write_formula(at, 3, f"=SUMIFS({cells.column(2)},{span})", look, month.metered)
        sheet.write_formula(at, 4, f"=B{at + 1}-D{at + 1}", look, month.modelled - month.metered)
    return row + 2 + len(months)


def _beside(book: Book, sheet: Any, row: int, others: OtherMethods, saving: Saving) -> None:
    """The same interval by other methods; none of them decides anything."""
    words, zh = book.words, book.words.language == "zh-TW"
    text(sheet, row, 0, words("saving.others"), book.style("section"))
    titles = [words("saving.other_method"), words("saving.half_width"), words("saving.unit")]
    headings(book, sheet, row + 1, [*titles, "", "", words("saving.other_why_not")])
    digits = result_digits(saving.saving, saving.half_width)
    for i, each in enumerate(others.intervals):
        at, name = row + 2 + i, each.name_zh if zh else each.name
        text(sheet, at, 0, name, book.style("text"))
        if each.half_width is None:
            text(sheet, at, 1, "–", book.style("missing"))
        else:
            sheet.write_number(at, 1, each.half_width, book.style("outside", digits))
        text(sheet, at, 2, saving.unit if each.half_width is not None else "", book.style("unit"))
        for column in (3, 4):
            text(sheet, at, column, "", book.style("text"))
        text(sheet, at, 5, each.why_not, book.style("faint"))
        fit_row(sheet, at, {0: name, 5: each.why_not}, WIDTHS, small=(5,))
