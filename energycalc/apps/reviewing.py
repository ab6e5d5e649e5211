"""``energycalc review CASE``: verdict, findings with their numbers and advice, and what could not be judged."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from energycalc.checks.project.review import Review, review_case
from energycalc.errors import InputError
from energycalc.reports.review_project import review_data, review_lines

LINES = (".md", ".txt")


def review_case_file(path: Path, language: str, as_json: bool, out: Path | None = None) -> Review:
    """Review a case file and print what was found.

    Args:
        path: case file, or the folder that holds ``case.yaml``.
        language: ``zh-TW`` or ``en``.
        as_json: print for machines.
        out: file to write as well: ``.json``, or ``.md`` and ``.txt`` for the lines of the terminal.

    Returns:
        The review; the command ends with 1 where its verdict is ``fail``.

    Raises:
        EnergycalcError: there is no such file, it is no YAML, or ``out`` has another ending.
    """
    if out is not None and out.suffix.lower() not in (".json", *LINES):
        raise InputError("is written in another form", subject=out.name, limit=", ".join((".json", *LINES)),
                         next_step="Choose one of these endings; the page of a claim is .html")  # fmt: skip
    review = review_case(path)
    data = json.dumps(review_data(review), ensure_ascii=False, indent=1, allow_nan=False)
    lines = "\n".join(review_lines(review, language))
    typer.echo(data if as_json else lines)
    if out is not None:
        out.write_text((data if out.suffix.lower() == ".json" else lines) + "\n", encoding="utf-8")
    return review
