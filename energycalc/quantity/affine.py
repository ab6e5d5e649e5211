"""Results that are another result times and plus certain numbers: they share its draws, so it is simulated once."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from energycalc.quantity.montecarlo import Interval, MonteCarlo
from energycalc.quantity.quantity import Quantity
from energycalc.quantity.trace import walk


def moved_by(outputs: Iterable[Quantity], inputs: Iterable[Quantity]) -> set[int]:
    """Ids of all quantities in the trace of the outputs that depend on any of the inputs."""
    moving = {id(q) for q in inputs}
    for q in walk(outputs):
        if any(id(p) in moving for p in q.parents):
            moving.add(id(q))
    return moving


def affine_base(q: Quantity, moving: set[int]) -> tuple[Quantity, float, float]:
    """The quantity that ``q`` is an affine function of, as far down as only certain numbers join in.

    Args:
        q: a result.
        moving: ids of what is uncertain.

    Returns:
        ``(base, slope, shift)`` with ``q = slope · base + shift``; ``(q, 1, 0)`` when there is none.
    """
    slope, shift = 1.0, 0.0
    while True:
        step = _one_step(q, moving)
        if step is None or step[1] == 0.0:
            return q, slope, shift
        parent, a, b = step
        shift += slope * b
        slope *= a
        q = parent


def _one_step(q: Quantity, moving: set[int]) -> tuple[Quantity, float, float] | None:
    if q.operation == "same":
        return q.parents[0], 1.0, 0.0
    if q.operation == "convert":
        return q.parents[0], q.parameters[0], q.parameters[1]
    if q.operation == "declare":
        return q.parents[0], q.parameters[0], 0.0
    uncertain = [i for i, p in enumerate(q.parents) if id(p) in moving]
    if len(uncertain) != 1:
        return None
    at = uncertain[0]
    p = q.parents[at]
    if q.operation == "multiply":
        return p, q.parents[1 - at].value, 0.0
    if q.operation == "divide" and at == 0:
        return p, 1.0 / q.parents[1].value, 0.0
    if q.operation == "negate":
        return p, -1.0, 0.0
    if q.operation in ("add", "sum"):
        return p, 1.0, sum(o.value for o in q.parents if o is not p)
    if q.operation == "subtract":
        return (p, 1.0, -q.parents[1].value) if at == 0 else (p, -1.0, q.parents[0].value)
    return None


def transformed(drawn: MonteCarlo, slope: float, shift: float) -> MonteCarlo:
    """The Monte Carlo result of ``slope · x + shift`` from that of ``x``."""

    def interval(of: Interval) -> Interval:
        ends = sorted(slope * end + shift for end in of)
        return ends[0], ends[1]

    errors = {key: abs(slope) * error for key, error in drawn.standard_errors.items()}
    if slope < 0:
        for kind in ("symmetric", "shortest"):
            low, high = f"{kind}_low", f"{kind}_high"
            errors[low], errors[high] = errors[high], errors[low]
    return dataclasses.replace(
        drawn,
        mean=slope * drawn.mean + shift,
        standard_uncertainty=abs(slope) * drawn.standard_uncertainty,
        symmetric_interval=interval(drawn.symmetric_interval),
        shortest_interval=interval(drawn.shortest_interval),
        standard_errors=errors,
    )
