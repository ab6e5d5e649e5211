"""The audit workbook: every number reached by formulas is a live cell, down to the inputs it rests on."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter

from energycalc.assessment import Assessment
from energycalc.effects.results import Effects
from energycalc.finding import Finding
from energycalc.quantity import Quantity
from energycalc.reports.money.money_data import money_results
from energycalc.reports.money.money_sheet import write_money
from energycalc.reports.quantities import quantities_in
from energycalc.reports.sheet_plan import plan
from energycalc.reports.source_list import list_sources, used_sources
from energycalc.reports.workbook_about import write_about, write_findings, write_sources
from energycalc.reports.workbook_derived import derived_results, write_derived
from energycalc.reports.workbook_interactions import write_interactions
from energycalc.reports.workbook_outside import interval_rows, write_meters, write_uncertainty
from energycalc.reports.workbook_style import Book, page_lines
from energycalc.reports.workbook_summary import write_summary
from energycalc.reports.workbook_trace import leaf_remarks, name_of, write_calculation, write_leaves
from energycalc.reports.workbook_words import workbook_words

SHEETS = ("summary", "inputs", "factors", "calculation", "uncertainty", "meters", "findings", "sources", "about")


def write_workbook(path: str | Path, assessment: Assessment, language: str = "zh-TW") -> Path:
    """Write the workbook of an assessment.

    Args:
        path: the ``.xlsx`` file; an existing one is replaced.
        assessment: what is reported.
        language: ``zh-TW`` or ``en``.

    Returns:
        The path. The same assessment gives the same bytes: the file carries the last day of the case's period as its
        date, not the day it was written.

    Raises:
        InputError: an unknown language, or a result that is an array.
        ValueError: a formula longer than a worksheet cell takes.
    """
    case, effects = assessment.case, assessment.effects
    named = results_of(effects) + [(effects.plant.label, q) for q in money_results(assessment.money)]
    named += [(effects.plant.label, q) for q in derived_results(assessment.derived)]
    results = [q for _, q in named]
    created = dt.datetime.combine(case.period.last_day, dt.time())
    sheets = (*sheets_of(effects), *(("money",) if assessment.money else ()))
    sheets += ("derived",) if assessment.derived else ()
    with open_book(path, named, language, case.title, created, assessment.findings, sheets) as book:
        write_summary(book, assessment, interval_rows(assessment.uncertainty))
        write_interactions(book, assessment, interval_rows(assessment.uncertainty))
        write_trace(book, results)
        write_uncertainty(book, assessment.uncertainty)
        write_meters(book, assessment.meters)
        write_findings(book, assessment.findings)
        write_sources(book)
        write_about(book, results, assessment.stamp)
        if assessment.money:
            write_money(book, assessment, interval_rows(assessment.uncertainty))
        write_derived(book, assessment, interval_rows(assessment.uncertainty))
        for key in sheets:
            page_lines(book, book.sheet(key), case.title, assessment.stamp.get("engine", ""))
    return Path(path)


@contextlib.contextmanager
def open_book(
    path: str | Path,
    results: Sequence[tuple[str, Quantity]],
    language: str,
    title: str,
    created: dt.datetime,
    findings: Sequence[Finding] = (),
    sheets: Sequence[str] = SHEETS,
) -> Iterator[Book]:
    """A workbook file with its empty sheets and the plan of its cells; saved on leaving the block.

    Args:
        path: of the file.
        results: (section, result) in the order in which they are to be shown.
        language: ``zh-TW`` or ``en``.
        title: of the document.
        created: date the file carries.
        findings: whose sources are listed too.
        sheets: keys of the sheets, in their order.
    """
    wording = workbook_words(language)
    names = {key: wording(f"sheets.{key}") for key in ("inputs", "factors", "calculation")}
    planned = plan(results, names)  # type: ignore[arg-type]
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as file:
        file.set_properties({"title": title, "subject": wording("title"), "created": created})
        for key in sheets:
            file.add_worksheet(wording(f"sheets.{key}"))
        labels = {id(q): name_of(q, language) for q in (*planned.inputs, *planned.factors, *planned.steps)}
        sources = list_sources(used_sources([q for _, q in results], findings, labels))
        yield Book(file, wording, planned, sources)


def sheets_of(effects: Effects) -> tuple[str, ...]:
    """The sheets of a case's workbook; one more after the summary where the case asks for interactions."""
    return (SHEETS[0], "attribution", *SHEETS[1:]) if effects.interactions is not None else SHEETS


def write_trace(book: Book, results: Sequence[Quantity]) -> None:
    """Write the three sheets of the calculation: inputs, factors and steps."""
    remarks = leaf_remarks(book, results)
    write_leaves(book, "inputs", book.plan.inputs, remarks)
    write_leaves(book, "factors", book.plan.factors, remarks)
    write_calculation(book)


def results_of(effects: Effects) -> list[tuple[str, Quantity]]:
    """Every number of the effects as (section, quantity): machines, lines, plant, measures, then the rest."""
    found = [(m.label, q) for m in (*effects.machines, *effects.lines, effects.plant) for q in quantities_in(m)]
    found += [(m.measure.name, q) for m in effects.measures for q in quantities_in(m)]
    found += [
        (effects.plant.label, q) for q in quantities_in((effects.totals, effects.reconciliations, effects.factors))
    ]
    found += [(s.name, q) for s in effects.scenarios for q in quantities_in(s)]
    asked = effects.interactions
    if asked is not None:
        found += [(s.system.name, q) for s in asked.systems for q in quantities_in(s)]
        found += [(a.label, q) for a in asked.attributions for q in quantities_in(a)]
        found += [(v.measure.name, q) for group in asked.variants for v in group.variants for q in quantities_in(v)]
    return found
