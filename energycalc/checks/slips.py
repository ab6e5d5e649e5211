"""Known slips: the ratios that a wrong unit, decimal point or constant leaves between two figures that should be one."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from energycalc.checks.catalogue import limit
from energycalc.checks.table import table


@dataclass(frozen=True)
class Slip:
    """One row of ``data/checks/slips.csv``.

    Attributes:
        ratio: above 1; its inverse is the same slip the other way round.
        en: what was mistaken for what.
        zh: the same in Traditional Chinese.
    """

    ratio: float
    en: str
    zh: str


@functools.cache
def slips() -> tuple[Slip, ...]:
    """All known slips, in the order of the table."""
    return tuple(Slip(float(row["ratio"]), row["name_en"], row["name_zh"]) for row in table("slips.csv"))


def slip_behind(ratio: float, more: Iterable[Slip] = ()) -> tuple[Slip, float] | None:
    """The slip that explains a ratio, and the ratio it would leave: its own where the figure is too large, else the inverse.

    Args:
        ratio: of two positive figures that should be equal.
        more: further slips, such as the transformer ratios of a plant.

    Returns:
        The nearest one within the limit of TU02; ``None`` where none is so near.
    """
    sides = [(slip, side) for slip in (*slips(), *more) for side in (slip.ratio, 1 / slip.ratio)]
    nearest = min(sides, key=lambda pair: abs(ratio / pair[1] - 1))
    return nearest if abs(ratio / nearest[1] - 1) <= limit("TU02", "within") else None
