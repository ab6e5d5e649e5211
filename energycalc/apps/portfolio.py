"""``energycalc mv``: progress while meters are read, a table of savings, a table of doubts, and a file of all rows."""

from __future__ import annotations

import csv
import errno
import os
from collections.abc import Mapping
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from energycalc.apps.portfolio_file import load_plan
from energycalc.mv.portfolio import Portfolio, PortfolioRow, assess_portfolio
from energycalc.quantity.display import value_and_uncertainty
from energycalc.reports.words import words

SHOWN = 40
"""Rows of a table on the terminal; the file has all of them."""
COLUMNS = (
    "meter", "verdict", "saving", "half_width", "confidence", "unit", "fraction", "adjusted_baseline", "reporting",
    "standard_uncertainty", "degrees_of_freedom", "form", "change_points", "cv_rmse", "variance_ratio", "baseline_days",
    "reporting_days", "rows_read", "energy_read", "days_left_out", "energy_left_out", "reason", "doubts",
)  # fmt: skip


def run_portfolio(path: Path, out: Path | None, language: str) -> Portfolio:
    """Assess all meters of a folder, show them, and write ``portfolio.csv``.

    Args:
        path: folder with ``portfolio.yaml``, or that file.
        out: folder for the file; nothing is written when left out.
        language: ``zh-TW`` or ``en``.

    Returns:
        The portfolio.

    Raises:
        EnergycalcError: the declarations cannot be followed.
        OSError: a file cannot be written; it names the path.
    """
    if out is not None and out.exists() and not out.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(out))
    console, text = Console(), words("portfolio", language)
    plan = load_plan(path)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn(),
        TimeElapsedColumn(), console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(text["reading"], total=None)
        portfolio = assess_portfolio(plan, lambda done, total: bar.update(task, completed=done, total=total))
    show_portfolio(portfolio, language, console)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        console.print(f"[dim]{write_rows(out / 'portfolio.csv', portfolio, language)}[/dim]", soft_wrap=True)
    return portfolio


def show_portfolio(portfolio: Portfolio, language: str, console: Console) -> None:
    """Savings from the largest on, then doubts from the gravest on."""
    text, plan = words("portfolio", language), portfolio.plan
    baseline, reporting = ("–".join(map(str, days)) for days in (plan.baseline, plan.reporting))
    meters = len(portfolio.rows)
    console.print(text["periods"].format(baseline=baseline, reporting=reporting, meters=meters), highlight=False)
    table = Table(box=box.SIMPLE_HEAD, title=text["savings"], title_justify="left")
    table.add_column(text["meter"], overflow="fold", max_width=24)
    level = f"{plan.confidence:.0%}"
    for key in ("saving", "share", "cv"):
        table.add_column(text[key].format(unit=portfolio.unit, level=level), justify="right")
    table.add_column(text["form"], overflow="fold")
    table.add_column(text["verdict"], overflow="fold")
    rows = portfolio.by_saving()
    for row in rows[:SHOWN]:
        table.add_row(escape(row.meter), *_cells(row, text))
    console.print(table)
    if len(rows) > SHOWN:
        console.print(text["more"].format(count=len(rows) - SHOWN), highlight=False)
    _show_doubts(portfolio, text, language, console)
    console.print(f"[dim]{text['small_print']}[/dim]", highlight=False)


def write_rows(file: Path, portfolio: Portfolio, language: str) -> Path:
    """One line for each meter, with all digits; a meter without result has its reason."""
    with file.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(COLUMNS)
        for row in portfolio.rows:
            writer.writerow(_line(row, portfolio.unit, language))
    return file


def _cells(row: PortfolioRow, text: Mapping[str, str]) -> list[str]:
    saving, verdict = row.saving, text[f"verdict_{row.verdict}"]
    if saving is None:
        return ["–", "–", "–", "–", verdict]  # the reason stands among the doubts
    amount = value_and_uncertainty(saving.saving, saving.half_width)
    return [amount, f"{saving.fraction:.1%}", f"{saving.cv_rmse:.1%}", escape(saving.form), verdict]


def _show_doubts(portfolio: Portfolio, text: Mapping[str, str], language: str, console: Console) -> None:
    doubtful = [row for row in portfolio.by_doubt() if row.doubts]
    heading = text["doubts"] if doubtful else text["no_doubts"]
    console.print(f"[bold]{heading}[/bold]", highlight=False)
    style = {"note": "", "warning": "yellow", "error": "red"}
    for row in doubtful[:SHOWN]:
        for doubt in row.doubts:
            sentence = doubt.sentence_zh if language == "zh-TW" else doubt.sentence
            line = escape(f"  {row.meter}{text['colon']}{sentence}")
            console.print(line, highlight=False, style=style[doubt.severity])


def _line(row: PortfolioRow, unit: str, language: str) -> list[object]:
    saving, account = row.saving, row.account
    doubts = "; ".join(doubt.sentence_zh if language == "zh-TW" else doubt.sentence for doubt in row.doubts)
    rows = [account.rows_read, account.energy_read, account.days_left_out, account.energy_left_out, row.reason, doubts]
    if saving is None:
        return [row.meter, row.verdict, *[""] * (COLUMNS.index("rows_read") - 2), *rows]
    points = " ".join(f"{point:.6g}" for point in saving.change_points)
    numbers = [saving.saving, saving.half_width, saving.confidence, unit, saving.fraction, saving.adjusted_baseline,
               saving.reporting, saving.standard_uncertainty, saving.degrees_of_freedom, saving.form, points,
               saving.cv_rmse, saving.variance_ratio, saving.baseline_days, saving.reporting_days]  # fmt: skip
    return [row.meter, row.verdict, *numbers, *rows]
