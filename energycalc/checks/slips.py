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
        figures: kinds of figure it can happen to (energy, power, money, emission, oil, time), ``quantity`` for all that
            have a unit, or ``any``.
        only_with: unit word without which nobody can have made it; ``any`` for most.
    """

    ratio: float
    en: str
    zh: str
    only_with: str = "any"
    figures: str = "any"


@functools.cache
def slips() -> tuple[Slip, ...]:
    """All known slips, in the order of the table."""
    return tuple(
        Slip(float(row["ratio"]), row["name_en"], row["name_zh"], row["only_with"], row["figures"])
        for row in table("slips.csv")
    )


def slip_behind(
    ratio: float, more: Iterable[Slip] = (), *, words: str | None = None, figure: str = ""
) -> tuple[Slip, float] | None:
    """The slip that explains a ratio, and the ratio it would leave: its own where the figure is too large, else the inverse.

    Args:
        ratio: of two positive figures that should be equal.
        more: further slips, such as the transformer ratios of a plant.
        words: texts of the figures concerned; slips of a unit that is not among them are left out.
        figure: kind of figure concerned; slips that cannot happen to it are left out.

    Returns:
        The nearest one within the limit of TU02; ``None`` where none is so near.
    """
    sides = [
        (slip, side)
        for slip in (*slips(), *more)
        if _possible(slip, words, figure)
        for side in (slip.ratio, 1 / slip.ratio)
    ]
    nearest = min(sides, key=lambda pair: abs(ratio / pair[1] - 1))
    return nearest if abs(ratio / nearest[1] - 1) <= limit("TU02", "within") else None


def _possible(slip: Slip, words: str | None, figure: str) -> bool:
    fits = slip.figures == "any" or (slip.figures == "quantity" and figure != "share") or figure in slip.figures.split()
    if figure and not fits:
        return False
    return words is None or slip.only_with == "any" or slip.only_with in words
