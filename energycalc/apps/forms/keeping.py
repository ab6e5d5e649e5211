"""Writing what a form holds: the case with its meter files, and the reports of an assessment."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

from energycalc.assessment import Assessment
from energycalc.case.case import Case
from energycalc.errors import InputError


def save_case(case: Case, data: bytes, target: Path, *, may_replace: Collection[Path]) -> list[Path]:
    """Write a case file and copy its meter files beside it, so that it runs where it stands.

    Args:
        case: the case, which knows where its meter files are.
        data: content of the case file.
        target: a path ending in ``.yaml`` or ``.yml``.
        may_replace: resolved paths of files of another content that may be replaced.

    Returns:
        The case file and the meter files that were copied.

    Raises:
        InputError: another ending, or a file of another content stands at one of the places; nothing is written then.
    """
    if target.suffix not in (".yaml", ".yml"):
        raise InputError(
            "a case file ends in .yaml", value=str(target), next_step="Write for example my_case/case.yaml"
        )
    if target.exists() and target.resolve() not in may_replace and target.read_bytes() != data:
        raise InputError(
            "there is another file of this name already", value=str(target), next_step="Choose another name"
        )
    beside = {case.folder / meter.file: target.parent / meter.file for meter in case.meters}
    copies = {own: copy for own, copy in beside.items() if own.resolve() != copy.resolve()}
    for own, copy in copies.items():
        if copy.exists() and copy.read_bytes() != own.read_bytes():
            raise InputError(
                "another meter file of this name stands there", value=str(copy), next_step="Choose another folder"
            )
    for own, copy in copies.items():
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(own, copy)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return [target, *copies.values()]


def write_reports(assessment: Assessment, folder: Path, language: str) -> list[Path]:
    """Write ``results.json``, ``workbook.xlsx`` and ``figures/`` of an assessment.

    Args:
        assessment: what is reported.
        folder: where to.
        language: ``zh-TW`` or ``en``.

    Returns:
        The files written.
    """
    from energycalc.reports.figures import write_figures  # not at import: a form that never exports stays light
    from energycalc.reports.results_json import write_results
    from energycalc.reports.workbook import write_workbook

    results = write_results(folder / "results.json", assessment)
    workbook = write_workbook(folder / "workbook.xlsx", assessment, language)
    return [results, workbook, *write_figures(folder / "figures", assessment, language)]
