"""Daily energy and temperature of many meters, with what was left out, meter by meter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class MeterAccount:
    """Where the rows of one meter went.

    Attributes:
        rows_read: rows in the file.
        energy_read: their energy on the primary side, in the unit of the table.
        days_used: days with every slot read (and a temperature where one is declared), in either period.
        energy_used: energy of those days.
        days_left_out: days with some rows that are not used.
        energy_left_out: energy of those days, and of days outside both periods.
        reason: why the whole meter cannot be used; empty where it can.
    """

    rows_read: int
    energy_read: float
    days_used: int
    energy_used: float
    days_left_out: int
    energy_left_out: float
    reason: str = ""


@dataclass(frozen=True, eq=False)
class DailyTable:
    """Whole days of many meters; a day with a missing slot is NaN, never less energy.

    Attributes:
        meters: names, one for each row.
        days: local calendar days, without gaps.
        energy: (meters, days), primary side, NaN where a day is not whole.
        temperature: mean of each day, (meters, days), or None.
        unit: of the energy.
        accounts: one for each meter.
    """

    meters: tuple[str, ...]
    days: NDArray[np.datetime64]
    energy: Floats
    temperature: Floats | None
    unit: str
    accounts: tuple[MeterAccount, ...]


def refused(reason: str, rows: int = 0, energy: float = 0.0) -> MeterAccount:
    """The account of a meter that cannot be used."""
    return MeterAccount(rows, energy, 0, 0.0, 0, energy, reason)
