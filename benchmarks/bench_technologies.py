"""Every technology on arrays of 10,000 inputs, and a year of minutes through the part-load laws."""

from __future__ import annotations

import numpy as np

from benchmarks.timing import Figure, median_seconds
from energycalc.case.worked_example import repeat_worked_example
from energycalc.equipment import TECHNOLOGIES
from energycalc.quantity import Quantity
from energycalc.quantity.trace import compile_trace, leaves

SIZE = 10_000
ITERATIVE = frozenset({"opaque"})
"""A trace with such a node solves for something inside it."""


def figures() -> list[Figure]:
    """The slowest closed-form technology and the slowest that solves for something, all their inputs varied at once."""
    closed: list[tuple[float, str]] = []
    solving: list[tuple[float, str]] = []
    for key, description in TECHNOLOGIES.items():
        remaining = repeat_worked_example(description).change.remaining
        seconds = _on_arrays(remaining)
        (solving if _solves(remaining) else closed).append((seconds, key))
    found = []
    for what, timed, bar in (("closed-form", closed, 0.05), ("solving", solving, 0.5)):
        if timed:
            slowest, key = max(timed)
            median = float(np.median([seconds for seconds, _ in timed]))
            found.append(
                Figure(f"slowest of {len(timed)} {what} technologies, {SIZE:,} inputs", slowest, "s", bar,
                       f"{key}; median of all {median:.4f} s")
            )  # fmt: skip
    return found


def _on_arrays(remaining: Quantity) -> float:
    """Time of one evaluation with every input spread by a thousandth around its value."""
    rng = np.random.default_rng(1)
    inputs = [q for q in leaves(remaining) if isinstance(q.value, float | int)]
    spread = [q.value * (1 + 1e-3 * rng.uniform(-1, 1, SIZE)) for q in inputs]
    compiled = compile_trace([remaining], inputs)
    return median_seconds(lambda: compiled(spread), runs=5)


def _solves(remaining: Quantity) -> bool:
    from energycalc.quantity.trace import walk

    return any(q.operation in ITERATIVE for q in walk(remaining))
