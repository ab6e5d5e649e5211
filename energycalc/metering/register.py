"""From a counter that only grows to the amount between two readings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh

ROLL_FROM, ROLL_TO = 0.9, 0.1
"""A fall from above 90 % to below 10 % of the capacity is a roll-over; any other is not."""


def roll_over_notices(
    readings: NDArray[np.float64], lines: NDArray[np.int64], layout: MeterLayout
) -> tuple[Notice, ...]:
    """One notice about the roll-overs of a register (TD01); none where it never falls.

    A new meter that begins near 0 when the old one stood above 90 % of the capacity looks the same, so the lines are
    named for a look.

    Args:
        readings: register readings in order; empty ones are NaN.
        lines: line number of each reading.
        layout: gives the capacity.
    """
    present = ~np.isnan(readings)
    own, at = readings[present], lines[present]
    rolled = np.flatnonzero(np.diff(own) < 0) + 1
    if layout.quantity_kind != "register" or not len(rolled):
        return ()
    where, capacity = at[rolled].tolist(), layout.register_capacity or 0.0
    first = f"{own[rolled[0] - 1]:g} to {own[rolled[0]]:g} {layout.unit}"
    return (
        Notice(
            "register_rolled_over",
            f"the register started again from 0 at {capacity:g} {layout.unit} {len(rolled)} times, as declared: line "
            f"{shown_lines(where)} (first {first}); if a meter was replaced there, the amount is wrong",
            f"累計值依宣告於 {capacity:g} {layout.unit} 歸零 {len(rolled)} 次：第 {shown_lines_zh(where)} 行；"
            "若該處為換表，用量即有誤",
            tuple(where),
        ),
    )


def register_differences(
    readings: NDArray[np.float64], lines: NDArray[np.int64], layout: MeterLayout
) -> tuple[NDArray[np.float64], float]:
    """Differences of successive register readings, over declared roll-overs.

    Args:
        readings: register readings in the unit of the column, in order, none empty.
        lines: line number of each reading.
        layout: gives ``register_capacity``, in the unit of the column.

    Returns:
        The differences, one fewer than the readings, and their sum found apart from them:
        last minus first reading plus capacity times number of roll-overs.

    Raises:
        MeterDataError: a reading reaches the capacity, or the register falls without a declared roll-over.
    """
    capacity = layout.register_capacity
    if capacity is not None and (readings >= capacity).any():
        row = int(np.argmax(readings >= capacity))
        raise MeterDataError(
            f"line {lines[row]}: the reading reaches the capacity of the register",
            subject=layout.subject,
            value=f"{readings[row]:g} {layout.unit}",
            limit=f"below {capacity:g} {layout.unit} as declared",
            next_step="Correct register_capacity: the reading at which the counter starts again from 0",
        )
    differences = np.diff(readings)
    falls = differences < 0
    rolled = falls & (readings[:-1] > ROLL_FROM * (capacity or np.inf)) & (readings[1:] < ROLL_TO * (capacity or 0))
    if (falls & ~rolled).any():
        row = int(np.argmax(falls & ~rolled))
        raise MeterDataError(
            f"the register falls from line {lines[row]} to line {lines[row + 1]}",
            subject=layout.subject,
            value=f"{readings[row]:g} to {readings[row + 1]:g} {layout.unit}",
            limit="no roll-over declared"
            if capacity is None
            else f"a roll-over at {capacity:g} falls from above {ROLL_FROM:.0%} to below {ROLL_TO:.0%} of it",
            next_step="Write register_capacity if it rolled over; split the file at a reset or a new meter",
        )
    differences[rolled] += capacity or 0
    span = readings[-1] - readings[0] if len(readings) else 0.0
    return differences, float(span + rolled.sum() * (capacity or 0))
