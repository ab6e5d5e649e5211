"""All checks on a case of 100 machines and measures that has been computed."""

from __future__ import annotations

import energycalc
from benchmarks.bench_hundred_measures import plant
from benchmarks.timing import Figure, median_seconds
from energycalc.case.review import ReviewNotes
from energycalc.checks.project.project import Project
from energycalc.checks.project.review import judge


def figures() -> list[Figure]:
    """Time of all checks, the assessment given."""
    case = plant(100)
    project = Project(case, ReviewNotes(), energycalc.assess(case, energycalc.published_factors()), {}, {})
    seconds = median_seconds(lambda: judge(project, "constructed"))
    counts = judge(project, "constructed").counts()
    return [Figure("all checks, 100 machines and measures", seconds, "s", 1.0, f"{counts['warning']} warnings")]


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
