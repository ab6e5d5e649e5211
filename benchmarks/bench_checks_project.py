"""All checks on a computed case of 100 machines and measures, and the review of its file from reading to verdict."""

from __future__ import annotations

import tempfile
from pathlib import Path

import energycalc
from benchmarks.bench_hundred_measures import plant
from benchmarks.reviewed_plant import DRAWS, write_plant
from benchmarks.timing import Figure, median_seconds
from energycalc.case.case_file import case_from_text
from energycalc.case.review import ReviewNotes
from energycalc.checks.project.project import Project
from energycalc.checks.project.review import judge, review_case
from energycalc.mv.verification import Verified

TARGET = 1.0
"""Seconds for all checks on a case of 100 machines, the case computed."""


def figures() -> list[Figure]:
    """Time of all checks, on a case that states little and on one that states much; and of the whole review."""
    factors = energycalc.published_factors()
    bare = plant(100)
    found = [_checks("states little", Project(bare, ReviewNotes(), energycalc.assess(bare, factors), {}, {}))]
    with tempfile.TemporaryDirectory() as name:
        file, done = write_plant(Path(name)), dict[Path, Verified]()
        case = case_from_text(file.read_text("utf-8"), folder=file.parent, verifications=done)
        assessment = energycalc.assess(case, factors)
        verified = {path.name: verified for path, verified in done.items()}
        project = Project(case, case.review or ReviewNotes(), assessment, dict(assessment.meters), verified)
        found.append(_checks("states much", project))
        whole = median_seconds(lambda: review_case(file), runs=1, warm_up=0)
    note = f"read, verified, computed with {DRAWS:,} draws and checked"
    return [*found, Figure("  review of its file, once", whole, "s", None, note)]


def _checks(name: str, project: Project) -> Figure:
    review = judge(project, "constructed")
    seconds = median_seconds(lambda: judge(project, "constructed"))
    counts = review.counts()
    note = f"{len(review.judged)} judged, {len(review.not_judged)} not; {counts['error']} errors, {counts['warning']} warnings"
    return Figure(f"all checks, 100 machines, {name}", seconds, "s", TARGET, note)


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
