"""``energycalc programme``: the rules of a programme's edition against a case or a registration file."""

from __future__ import annotations

from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from energycalc.assessment import assess
from energycalc.case.case_file import load_case
from energycalc.case.registration import is_registration, load_registration
from energycalc.checks.programme import Judgement, Tracking, judge, tracking_table
from energycalc.errors import EnergycalcError, InputError
from energycalc.factors import published_factors
from energycalc.reports.figure_text import wrapped
from energycalc.reports.programme import heading, json_text, rows, tracking_cells, tracking_head, write_page
from energycalc.reports.words import words

STYLE = {"missed": "red", "conflict": "yellow", "warned": "yellow", "missing": "yellow", "met": "green"}


def run_programme(path: Path, out: Path | None, as_json: bool, language: str) -> Judgement:
    """Judge a file, show the result, and write it where asked for.

    Args:
        path: case file (or its folder), or registration file.
        out: file to write, ``.xlsx`` or ``.md``.
        as_json: print JSON instead of the table.
        language: ``zh-TW`` or ``en``.

    Returns:
        The judgement.

    Raises:
        EnergycalcError: the file, or the edition it names, cannot be used.
        OSError: a file cannot be written; it names the path.
    """
    text = words("programme", language)
    if out is not None and out.suffix.lower() not in (".xlsx", ".md"):
        raise InputError(text["out_form"], subject="--out", value=str(out))
    judgement, tracking, refused = _judged(path)
    if as_json:
        print(json_text(judgement, tracking))
    else:
        show(judgement, tracking, language, Console())
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.suffix.lower() == ".md":
            write_page(out, judgement, tracking, language)
        else:
            from energycalc.reports.programme_workbook import write_programme_workbook

            write_programme_workbook(out, judgement, tracking, language)
        if not as_json:
            Console().print(f"[dim]{escape(str(out))}[/dim]", highlight=False, soft_wrap=True)
    if refused:
        Console(stderr=True).print(text["tracking_refused"].format(text=refused), highlight=False, markup=False)
    return judgement


def show(judgement: Judgement, tracking: Tracking | None, language: str, console: Console) -> None:
    """Print the rules, the gravest first, and the table of the years after closing."""
    console.print(f"[bold]{escape(judgement.title)}[/bold]", highlight=False)
    for line in heading(judgement, language):
        _print_wrapped(line, "", console)
    before = ""
    for row in rows(judgement, language):
        if row.status != before:
            before, style = row.status, STYLE.get(row.status, "dim")
            console.print(f"\n[bold {style}]{row.mark} {row.word}[/bold {style}]", highlight=False)
        console.print(f"  [bold]{escape(row.clause)}[/bold]", highlight=False)
        for part in (row.sentence, row.answer + row.note):
            _print_wrapped(part, "    ", console)
    if tracking is not None:
        console.print()
        _show_tracking(tracking, language, console)


def _judged(path: Path) -> tuple[Judgement, Tracking | None, str]:
    if is_registration(path):
        return judge(load_registration(path)), None, ""
    case = load_case(path)
    judgement = judge(case)
    if judgement.edition.tracking is None or case.application is None or case.application.end is None:
        return judgement, None, ""
    factors = published_factors()
    try:
        assessment = assess(case, factors)
    except EnergycalcError as error:  # the rules hold without the energy; that the table is not there is said
        return judgement, None, error.sentence()
    return judgement, tracking_table(judgement.edition, case, assessment, factors), ""


def _show_tracking(tracking: Tracking, language: str, console: Console) -> None:
    text = words("programme", language)
    console.print(f"[bold]{text['tracking'].format(count=tracking.duty.years)}[/bold]", highlight=False)
    for line in tracking_head(tracking, language):
        _print_wrapped(line, "", console)
    titles, cells = tracking_cells(tracking, language)
    filled = [i for i in range(len(titles)) if any(row[i] for row in cells)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for i in filled:
        table.add_column(titles[i], overflow="fold")
    for row in cells:
        table.add_row(*(escape(row[i]) for i in filled))
    console.print(table)
    empty = text["colon"].join(["–", ", ".join(titles[i] for i in range(len(titles)) if i not in filled)])
    _print_wrapped(empty, "", console)


def _print_wrapped(text: str, indent: str, console: Console) -> None:
    for line in wrapped(text, console.width - len(indent)):
        console.print(f"{indent}{escape(line)}", highlight=False, soft_wrap=True)
