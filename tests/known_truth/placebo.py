"""Years in which nobody saved anything, as they were: nothing drawn, nothing planted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from energycalc.errors import EnergycalcError
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.savings.saving import avoided_energy
from tests.known_truth.meters import DAY, RealMeter

REAL = ("office", "Taiwan industry")
"""Meters with more than two years, and no event that everybody knows of."""


@dataclass(frozen=True)
class Placebo:
    """What the tool says of a year after another one: saving and half-width by the energy of the year.

    Attributes:
        meter: name.
        first: first day of the reporting year.
        days: of the reporting period.
        share: saving by adjusted baseline.
        half_width: of the interval, by adjusted baseline.
        proved: whether it is told from zero.
    """

    meter: str
    first: str
    days: int
    share: float
    half_width: float
    proved: bool


def placebos(meters: Sequence[RealMeter]) -> list[Placebo]:
    """Each year of the longer files against the year before it, and the first quarter and half of it."""
    found = []
    for meter in meters:
        own = meter.truth.periods
        place = ((own.start - own.start[0]) / DAY).astype(np.int64)
        for year in range(1, int(place[-1] + 1) // 365 + 1) if meter.name in REAL else ():
            for days in (365, 182, 91):
                before = own.chosen((place >= 365 * (year - 1)) & (place < 365 * year))
                after = own.chosen((place >= 365 * year) & (place < 365 * year + days))
                if len(after) < 0.9 * days:
                    continue
                try:
                    saving = avoided_energy(fit_baseline(before, meter.form), after)
                except EnergycalcError:
                    continue
                found.append(
                    Placebo(
                        meter.name, str(after.start[0])[:10], days, saving.fraction,
                        saving.half_width / saving.adjusted_baseline, saving.distinguishable,
                    )
                )  # fmt: skip
    return found
