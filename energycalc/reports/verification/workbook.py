"""The workbook of a verification: a live regression, a live saving, and everything that stands behind them."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline
from energycalc.mv.periods import Floats, Periods
from energycalc.mv.savings.forecast import ForecastUncertainty, forecast_uncertainty, sensitivity_design
from energycalc.mv.savings.ordinary_sum import OrdinarySum, ordinary_sum
from energycalc.mv.verification import Verified
from energycalc.mv.views.model_views import saving_by_month
from energycalc.quantity import Quantity
from energycalc.reports.sheet_plan import plan
from energycalc.reports.source_list import list_sources, used_sources
from energycalc.reports.verification import facts
from energycalc.reports.verification.cells import DataCells, coefficient_differences, data_cells
from energycalc.reports.verification.data_sheets import write_data
from energycalc.reports.verification.model_sheets import write_models, write_plan
from energycalc.reports.verification.record_sheets import write_adjustments, write_ledger, write_open_findings
from energycalc.reports.verification.regression_sheet import write_regression
from energycalc.reports.verification.saving_sheet import summary_numbers, write_saving
from energycalc.reports.verification.summary_sheet import write_summary
from energycalc.reports.words import words
from energycalc.reports.workbook_about import write_sources
from energycalc.reports.workbook_style import Book, page_lines, text, top
from energycalc.reports.workbook_trace import name_of
from energycalc.reports.workbook_words import Words

SHEETS = ("summary", "plan", "baseline", "regression", "reporting", "saving", "models", "adjustments", "ledger",
          "findings", "sources", "about")  # fmt: skip


def verification_words(language: str) -> Words:
    """Words of this workbook, on top of those of the workbook of a case.

    Raises:
        InputError: the reports do not speak the language.
    """
    return Words(language, {**words("workbook", language), **words("verification_workbook", language)})


def write_verification_workbook(path: str | Path, verified: Verified, language: str = "zh-TW") -> Path:
    """Write the workbook of a verification.

    Args:
        path: the ``.xlsx`` file; an existing one is replaced.
        verified: what is reported.
        language: ``zh-TW`` or ``en``.

    Returns:
        The path. The same verification gives the same bytes: the file carries the last day of the reporting period as
        its date.

    Raises:
        InputError: an unknown language.
    """
    saving, baseline, reporting = verified.saving, verified.baseline, verified.reporting
    avoided = saving.kind == "avoided"
    with _open(path, verified, language) as book:
        base, new, steps = _live_part(book, baseline, reporting, avoided)
        slopes = [_slopes(baseline, periods) for periods in (baseline.periods, reporting)]
        write_plan(book, *facts.plan_rows(verified, language))
        write_data(book, "baseline", base, baseline, baseline.periods, slopes[0], "baseline" if avoided else "model")
        regression = write_regression(book, base, baseline, steps, facts.model_text(baseline, language))
        write_data(book, "reporting", new, baseline, reporting, slopes[1], "reporting")
        rows = write_adjustments(book, saving.adjustments)
        places = write_saving(
            book,
            saving,
            new if avoided else None,
            regression if avoided else None,
            steps if avoided else None,
            _independent(baseline, reporting) if avoided and steps is not None else None,
            rows,
            saving_by_month(saving),
            facts.with_meter_error(verified),
            verified.others,
        )
        write_models(book, *facts.tried_forms(verified, language))
        write_ledger(book, facts.files(verified, book.words), {"baseline": baseline.periods, "reporting": reporting})
        write_open_findings(book, verified.findings)
        write_sources(book)
        _about(book)
        write_summary(
            book,
            facts.facts(verified, book.words),
            facts.verdict_text(verified, language),
            summary_numbers(saving, places),
            verified.findings,
            SHEETS[1:],
            coefficient_differences(book.name("regression"), baseline) if base.live else "",
            constructed=verified.constructed,
            unattributed=verified.verdict.word == "not_attributable",
            title=verified.title,
        )
        for key in SHEETS:
            page_lines(book, book.sheet(key), verified.title, book.words("document"))
    return Path(path)


def _live_part(
    book: Book, baseline: Baseline, reporting: Periods, avoided: bool
) -> tuple[DataCells, DataCells, OrdinarySum | None]:
    """Places of both data sheets, and the steps of the ± that the sheet can follow."""
    points = len(baseline.bound.change_points)
    designs = [sensitivity_design(baseline, periods) for periods in (baseline.periods, reporting)]
    places = [data_cells(baseline, p, book.name(key), points) for key, p in
              (("baseline", baseline.periods), ("reporting", reporting))]  # fmt: skip
    base, new = places
    if not (avoided and base.live and new.live):
        return base, new, None
    try:
        return base, new, ordinary_sum(designs[0], designs[1], base.constant, baseline.fit.residual_variance)
    except InputError:  # the slopes at the change points hang together with the columns: the ± comes from outside
        return base, new, None


def _slopes(baseline: Baseline, periods: Periods) -> Floats:
    """Columns of the design with change points that are not columns of the model."""
    return sensitivity_design(baseline, periods)[:, len(baseline.fit.names) :]


def _independent(baseline: Baseline, reporting: Periods) -> ForecastUncertainty:
    return forecast_uncertainty(baseline, [(reporting, 1.0)], metered=True, method="independent")


@contextlib.contextmanager
def _open(path: str | Path, verified: Verified, language: str) -> Iterator[Book]:
    """The file with its empty sheets and the list of its sources; saved on leaving the block."""
    wording = verification_words(language)
    energy = verified.energy
    results: list[tuple[str, Quantity]] = [("", q) for q in (energy.adjusted_baseline, energy.reporting, energy.saving)]
    planned = plan(results, {"inputs": "", "factors": "", "calculation": ""})
    last = verified.saving.period_end[-1].astype("datetime64[s]").astype(object)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as file:
        created = dt.datetime.combine(last.date(), dt.time())
        file.set_properties({"title": verified.title, "subject": wording("document"), "created": created})
        for key in SHEETS:
            file.add_worksheet(wording(f"sheets.{key}"))
        labels = {id(q): name_of(q, language) for q in (*planned.inputs, *planned.factors, *planned.steps)}
        sources = list_sources(used_sources([q for _, q in results], verified.findings, labels))
        yield Book(file, wording, planned, sources)


def _about(book: Book) -> None:
    """Colours, and what is live."""
    wording = book.words
    sheet = top(book, "about", wording("about.title_verification"), "", (14.0, 120.0), None)
    text(sheet, 4, 0, wording("about.colours"), book.style("section"))
    row = 5
    for style, key in (("from_file", "outside"), ("input", "input"), ("live", "live"), ("changed_sample", "changed")):
        sheet.write_blank(row, 0, None, book.style(style))
        text(sheet, row, 1, wording(f"about.colour_{key}"), book.style("plain"))
        row += 1
    text(sheet, row + 1, 0, wording("about.live"), book.style("section"))
    row += 2
    for number in range(1, 5):
        text(sheet, row, 0, "•", book.style("plain"))
        text(sheet, row, 1, wording(f"about.live_{number}"), book.style("text"))
        sheet.set_row(row, 32)
        row += 1
