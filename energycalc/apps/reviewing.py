"""``energycalc review CASE``: verdict, findings with their numbers and advice, and what could not be judged."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from energycalc.checks.project.review import Review, review_case
from energycalc.reports.review_project import review_data, review_lines


def review_case_file(path: Path, language: str, as_json: bool) -> Review:
    """Review a case file and print what was found.

    Args:
        path: case file, or the folder that holds ``case.yaml``.
        language: ``zh-TW`` or ``en``.
        as_json: print for machines.

    Returns:
        The review; the command ends with 1 where its verdict is ``fail``.

    Raises:
        EnergycalcError: there is no such file, or it is no YAML.
    """
    review = review_case(path)
    if as_json:
        typer.echo(json.dumps(review_data(review), ensure_ascii=False, indent=1, allow_nan=False))
    else:
        typer.echo("\n".join(review_lines(review, language)))
    return review
