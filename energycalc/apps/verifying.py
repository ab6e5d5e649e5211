"""``energycalc verify``: progress while it works, the verdict when it is done, files where they were asked for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from energycalc.apps.verification_terminal import show_verified
from energycalc.case.verification_file import load_verification
from energycalc.mv.verification import Verified
from energycalc.mv.verify import STAGES, verify
from energycalc.reports.words import words


def verify_file(path: Path, out: Path | None, language: str) -> Verified:
    """Carry out a verification, show it, and write its files.

    Args:
        path: verification file or its folder.
        out: folder for ``verification.json``, the workbook and the figures; nothing is written when left out.
        language: ``zh-TW`` or ``en``.

    Returns:
        What was found.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
        OSError: a file cannot be written; it names the path.
    """
    if out is not None and out.exists() and not out.is_dir():  # said before the work, not after it
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(out))
    console, text = Console(), words("verification_terminal", language)
    stages = (*STAGES, "files") if out else STAGES
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(text["stage_meters"], total=len(stages))

        def begin(stage: str) -> None:
            bar.update(task, description=text[f"stage_{stage}"], completed=stages.index(stage))

        verified = verify(load_verification(path), progress=begin)
        written: list[Path] = []
        if out is not None:
            begin("files")
            written = write_verified(verified, out, language)
    show_verified(verified, language, console)
    for file in written:
        console.print(f"[dim]{file}[/dim]", highlight=False, soft_wrap=True)
    return verified


def write_verified(verified: Verified, out: Path, language: str) -> list[Path]:
    """Write ``verification.json``, ``verification.xlsx`` and ``figures/``.

    Args:
        verified: what to write.
        out: folder; made if it is not there.
        language: ``zh-TW`` or ``en``.
    """
    from energycalc.reports.verification import write_verification_figures, write_verification_workbook
    from energycalc.reports.verification.results_json import write_verification_results

    out.mkdir(parents=True, exist_ok=True)
    results = write_verification_results(out / "verification.json", verified)
    workbook = write_verification_workbook(out / "verification.xlsx", verified, language)
    return [results, workbook, *write_verification_figures(out / "figures", verified, language)]
