"""Does everything under ``review`` refer to a machine, a measure or a place that is there?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from energycalc.case.case import Case

OF_MEASURES = ("speed_control", "effects", "set_points", "replaced", "tags")
OF_MACHINES = ("machines", "furnaces")


def review_problems(case: Case) -> list[str]:
    """What the block ``review`` says of things that are not there.

    Args:
        case: the case, each part of it already valid on its own.

    Returns:
        Sentences of the form ``at <path>: <what is wrong>``; none without the block.
    """
    return [] if case.review is None else list(_unknown(case))


def _unknown(case: Case) -> Iterator[str]:
    review = case.review
    assert review is not None
    measures, machines = [m.id for m in case.measures], [m.id for m in case.plant.machines]
    for key in OF_MEASURES:
        for i, entry in enumerate(getattr(review, key)):
            yield from _missing(f"review.{key}[{i}].measure", entry.measure, measures, "measure")
    for key in OF_MACHINES:
        for i, entry in enumerate(getattr(review, key)):
            yield from _missing(f"review.{key}[{i}].machine", entry.machine, machines, "machine")
    for i, use in enumerate(review.end_uses):
        for j, id in enumerate(use.measures):
            yield from _missing(f"review.end_uses[{i}].measures[{j}]", id, measures, "measure")
    for i, part in enumerate(review.demand.parts if review.demand else ()):
        yield from _missing(f"review.demand.parts[{i}].measure", part.measure, measures, "measure")
    places = ["plant", *(line.id for line in case.plant.lines), *machines, *measures]
    for i, printed in enumerate(review.printed):
        yield from _missing(f"review.printed[{i}].of", printed.of, places, "line, machine or measure")


def _missing(path: str, id: str, known: list[str], kind: str) -> Iterator[str]:
    if id not in known:
        yield f"at {path}: there is no {kind} {id!r}; there are: {', '.join(known)}"
