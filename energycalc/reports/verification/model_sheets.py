"""The plan item by item, and the forms that were tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from energycalc.reports.workbook_style import Book, fit_row, headings, text, top

_PLAN = (6.0, 34.0, 110.0)
_MODELS = (30.0, 9.0, 16.0, 14.0, 16.0, 12.0, 11.0, 60.0)


@dataclass(frozen=True)
class TriedForm:
    """A row of the list of models; a number that was not found is ``None``."""

    form: str
    chosen: bool
    out_of_sample: float | None
    information: float | None
    cv_rmse: float | None
    r_squared: float | None
    parameters: int | None
    refused: str


def write_plan(book: Book, rows: Sequence[tuple[str, str, str]], absent: str) -> None:
    """Each item of the plan with its text; one that nobody has written is marked.

    Args:
        book: the workbook.
        rows: number, item in words, text.
        absent: the text of an item that is missing.
    """
    words = book.words
    sheet = top(book, "plan", words("plan.title"), words("plan.hint"), _PLAN, (4, 0))
    headings(book, sheet, 3, [words(f"plan.{c}") for c in ("number", "item", "text")])
    for row, (number, item, shown) in enumerate(rows, 4):
        text(sheet, row, 0, number, book.style("text"))
        text(sheet, row, 1, item, book.style("strong"))
        text(sheet, row, 2, shown, book.style("warning" if shown == absent else "text"))
        fit_row(sheet, row, {1: item, 2: shown}, _PLAN)


def write_models(book: Book, tried: Sequence[TriedForm], why: str) -> None:
    """Every form that was tried with what it reached, and why the chosen one was chosen."""
    words = book.words
    sheet = top(book, "models", words("models.title"), words("models.hint"), _MODELS, None)
    text(sheet, 3, 0, f"{words('models.why')}: {why}" if why else "", book.style("plain"))
    columns = ("form", "chosen", "out_of_sample", "bic", "cv_rmse", "r_squared", "parameters", "refused")
    headings(book, sheet, 4, [words(f"models.{c}") for c in columns])
    for row, each in enumerate(tried, 5):
        text(sheet, row, 0, each.form, book.style("strong" if each.chosen else "text"))
        text(sheet, row, 1, words("models.yes") if each.chosen else "", book.style("text"))
        figures = ((2, each.out_of_sample, "0.00 %"), (3, each.information, "#,##0.0"), (4, each.cv_rmse, "0.00 %"),
                   (5, each.r_squared, "0.000"), (6, each.parameters, "0"))  # fmt: skip
        for column, value, digits in figures:
            if value is None:
                text(sheet, row, column, "–", book.style("missing"))
            else:
                sheet.write_number(row, column, value, book.style("outside", digits))
        text(sheet, row, 7, each.refused, book.style("text"))
        fit_row(sheet, row, {0: each.form, 7: each.refused}, _MODELS)
