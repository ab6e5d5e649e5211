"""What each row gives to which slot: the account behind series and ledger."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.ledger import Fill, exact_sum
from energycalc.metering.numbers.reading import Readings
from energycalc.metering.register import register_differences
from energycalc.metering.slots import refuse_gaps

SEVERAL = "the register difference covers several slots"


@dataclass(frozen=True)
class SlotAccount:
    """What the rows of a file give, before it becomes a series and a ledger.

    Attributes:
        amount: energy or volume as read of each row, in ``layout.amount_unit``; NaN where it gives none.
        excluded: rows excluded, by reason.
        total: amount of all rows, found apart from the rows' own account.
        grid: amount of each slot from the first to the last stamp; NaN where it is missing.
        grid_row: row behind each slot, -1 where there is none.
        fills: slots filled.
        first_slot: first slot that holds an amount (1 for a register, whose first row only opens it).
    """

    amount: NDArray[np.float64]
    excluded: dict[str, NDArray[np.bool_]]
    total: float
    grid: NDArray[np.float64]
    grid_row: NDArray[np.int64]
    fills: tuple[Fill, ...]
    first_slot: int


def interval_slots(
    read: Readings,
    kept: NDArray[np.int64],
    slots: NDArray[np.int64],
    first_end: np.datetime64,
    lines: NDArray[np.int64],
    layout: MeterLayout,
) -> SlotAccount:
    """Interval energies, mean powers, interval volumes and drivers: a row is a slot."""
    readings = read.values
    amount = readings * layout.amount_per_reading
    grid = np.full(slots[-1] + 1, math.nan)
    grid_row = np.full(slots[-1] + 1, -1)
    grid[slots], grid_row[slots] = amount[kept], kept
    starts = first_end - layout.step + np.arange(len(grid)) * layout.step
    refuse_gaps(starts[grid_row < 0], layout)
    present = ~np.isnan(readings)
    grid_row[np.isnan(grid)] = -1
    fills: tuple[Fill, ...] = ()
    if layout.gaps == "interpolate":
        known = np.flatnonzero(~np.isnan(grid))
        holes = np.flatnonzero(np.isnan(grid))
        holes = holes[(holes > known[0]) & (holes < known[-1])] if len(known) else holes[:0]
        grid[holes] = np.interp(holes, known, grid[known]) if len(holes) else grid[holes]
        fills = tuple(
            Fill(starts[slot], float(grid[slot]), "straight line between neighbouring slots") for slot in holes
        )
    total = exact_sum(readings[present]) * layout.amount_per_reading
    return SlotAccount(amount, read.unread, total, grid, grid_row, fills, 0)


def register_slots(
    read: Readings,
    kept: NDArray[np.int64],
    slots: NDArray[np.int64],
    first_end: np.datetime64,
    lines: NDArray[np.int64],
    layout: MeterLayout,
) -> SlotAccount:
    """Register readings: a row gives the amount since the row before; the first row only opens it."""
    readings = read.values
    present = ~np.isnan(readings[kept])
    all_slots = int(slots[-1])
    rows, slots = kept[present], slots[present]
    differences, span = register_differences(readings[rows], lines[rows], layout)
    amount = np.full(len(readings), math.nan)
    amount[rows[:1]] = 0.0
    amount[rows[1:]] = differences * layout.amount_per_reading
    width = np.diff(slots)
    several = np.zeros(len(readings), dtype=bool)
    several[rows[1:]] = width > 1

    grid = np.full(all_slots + 1, math.nan)
    grid_row = np.full(all_slots + 1, -1)
    whole = np.flatnonzero(width == 1) + 1
    grid[slots[whole]], grid_row[slots[whole]] = amount[rows[whole]], rows[whole]
    starts = first_end + (np.arange(all_slots + 1) - 1) * layout.step
    refuse_gaps(starts[1:][np.isnan(grid[1:])], layout)
    fills: list[Fill] = []
    if layout.gaps == "spread":
        for wide in np.flatnonzero(width > 1) + 1:
            part = amount[rows[wide]] / width[wide - 1]
            parts = np.arange(slots[wide - 1] + 1, slots[wide] + 1)
            grid[parts] = part
            fills += [
                Fill(
                    starts[slot],
                    float(part),
                    f"equal part of the register difference of line {lines[rows[wide]]}",
                )
                for slot in parts
            ]
    total = span * layout.amount_per_reading
    return SlotAccount(amount, {**read.unread, SEVERAL: several}, total, grid, grid_row, tuple(fills), 1)
