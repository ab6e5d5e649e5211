"""``energycalc run``: progress while it works, a table when it is done, files where they were asked for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from energycalc.apps.terminal import has_errors, show_assessment, show_errors_banner
from energycalc.assessment import Assessment, assess
from energycalc.case.case_file import load_case
from energycalc.factors import published_factors
from energycalc.reports.words import words

STAGES = ("case", "meters", "effects", "uncertainty", "results", "workbook", "figures")


def run_case(path: Path, out: Path | None, language: str) -> Assessment:
    """Compute a case, show it, and write its files.

    Args:
        path: case file or its folder.
        out: folder for the files; nothing is written when left out.
        language: ``zh-TW`` or ``en``.

    Returns:
        The assessment.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
        OSError: a file cannot be written; it names the path.
    """
    if out is not None and out.exists() and not out.is_dir():  # said before the work, not after it
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(out))
    console = Console()
    text = words("terminal", language)
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(text["stage_case"], total=len(STAGES) if out else STAGES.index("results"))

        def begin(stage: str) -> None:
            bar.update(task, description=text[f"stage_{stage}"], completed=STAGES.index(stage))

        case = load_case(path)
        assessment = assess(case, published_factors(), progress=begin)
        written = _write(assessment, out, language, begin) if out else []
    show_assessment(assessment, language, console)
    for file in written:
        console.print(f"[dim]{file}[/dim]", highlight=False, soft_wrap=True)
    if has_errors(assessment):
        show_errors_banner(assessment, language, console)
    return assessment


def _write(assessment: Assessment, out: Path, language: str, begin: object) -> list[Path]:
    from energycalc.reports.figures import write_figures
    from energycalc.reports.results_json import write_results
    from energycalc.reports.workbook import write_workbook
    from energycalc.reports.workbook_style import naming

    assert callable(begin)
    out.mkdir(parents=True, exist_ok=True)
    begin("results")
    results = write_results(out / "results.json", assessment)
    begin("workbook")
    workbook = out / "workbook.xlsx"
    with naming(workbook):
        write_workbook(workbook, assessment, language)
    begin("figures")
    return [results, workbook, *write_figures(out / "figures", assessment, language)]
