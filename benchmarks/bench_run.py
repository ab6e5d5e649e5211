"""The main job: ``energycalc run examples/steel_plant``, and the calculation inside it."""

from __future__ import annotations

import tempfile

import energycalc
from benchmarks.timing import Figure, median_process, median_seconds
from energycalc.data_files import examples_folder


def figures() -> list[Figure]:
    """The whole command with all its files, and the assessment with 100,000 draws without reading files."""
    example = examples_folder() / "steel_plant"
    with tempfile.TemporaryDirectory() as folder:
        seconds, memory = median_process(["-m", "energycalc", "run", str(example), "--out", folder], runs=3)
    case, factors = energycalc.load_case(example), energycalc.published_factors()
    first = energycalc.assess(case, factors)
    again = median_seconds(lambda: energycalc.assess(case, factors, meters=first.meters))
    reading = median_seconds(lambda: energycalc.load_case(example), runs=3)
    return [
        Figure("energycalc run examples/steel_plant --out DIR", seconds, "s", 6, f"{memory:.0f} MB"),
        Figure("calculation with 100,000 draws (162 results with ±)", again, "s", 0.5, "effects, GUM and Monte Carlo"),
        Figure("reading the case file", reading, "s", None),
    ]


if __name__ == "__main__":
    for figure in figures():
        print(figure.line())
