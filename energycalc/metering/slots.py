"""Rows against the clock: one row per stamp, in order, each on a slot of the declared interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import SECONDS_PER_DAY, MeterLayout

SHOWN = 3
"""How many examples a message shows."""


def repeated_rows(
    ends: NDArray[np.datetime64], readings: NDArray[np.float64], lines: NDArray[np.int64], layout: MeterLayout
) -> NDArray[np.bool_]:
    """Rows to leave out because another row has the same stamp.

    Raises:
        MeterDataError: a stamp is repeated and the layout does not say which row counts, or it says
            ``drop_identical`` and the readings differ.
    """
    repeated = np.zeros(len(ends), dtype=bool)
    _, first, count = np.unique(ends, return_index=True, return_counts=True)
    if len(first) == len(ends):
        return repeated
    for end in ends[first[count > 1]]:
        rows = np.flatnonzero(ends == end)
        same = bool(np.all(readings[rows] == readings[rows[0]]))
        if layout.duplicates == "refuse" or (layout.duplicates == "drop_identical" and not same):
            where = ", ".join(map(str, lines[rows]))
            raise MeterDataError(
                f"{int((count > 1).sum())} stamps are repeated, the first on lines {where}",
                subject=layout.subject,
                value=f"{end}: {', '.join(f'{reading:g} {layout.unit}' for reading in readings[rows])}",
                limit="one row per stamp",
                next_step="Write duplicates: drop_identical, keep_first or keep_last (is it a clock change?)",
            )
        repeated[rows[:-1] if layout.duplicates == "keep_last" else rows[1:]] = True
    return repeated


def slot_numbers(ends: NDArray[np.datetime64], lines: NDArray[np.int64], layout: MeterLayout) -> NDArray[np.int64]:
    """Number of each row's slot, counted from the first row (0) in steps of the declared interval.

    Args:
        ends: end of each row's interval, in file order, without repetitions.
        lines: line number of each row.
        layout: gives the interval and how midnight is meant.

    Raises:
        MeterDataError: the file order goes back in time, or the stamps do not keep the declared interval.
    """
    steps = np.diff(ends).astype("timedelta64[s]").astype(np.int64)
    if (steps < 0).any():
        raise _backwards(ends, steps, lines, layout)
    interval = layout.interval_seconds
    off_grid = steps % interval != 0
    sizes, counts = np.unique(steps, return_counts=True)
    usual = int(sizes[np.argmax(counts)]) if len(steps) else interval
    if off_grid.any() or (usual != interval and len(steps) > 1):
        row = int(np.argmax(off_grid)) if off_grid.any() else int(np.argmax(steps == usual))
        raise MeterDataError(
            f"the stamps do not keep the declared interval: line {lines[row + 1]} comes "
            f"{_duration(int(steps[row]))} after line {lines[row]}; most rows come {_duration(usual)} apart",
            subject=layout.subject,
            value=f"{ends[row + 1]}",
            limit=f"interval {layout.interval} as declared",
            next_step=f'Write interval: "{_duration(usual)}" if that is the logger\'s, or correct the stamps',
        )
    numbers: NDArray[np.int64] = np.concatenate([[0], np.cumsum(steps // interval)]).astype(np.int64)
    return numbers


def refuse_gaps(gap_starts: NDArray[np.datetime64], layout: MeterLayout) -> None:
    """Stop at slots that no row gives, unless the layout says what to do with them.

    Raises:
        MeterDataError: there are such slots and ``gaps`` is ``refuse``.
    """
    if layout.gaps == "refuse" and len(gap_starts):
        more = " ..." if len(gap_starts) > SHOWN else ""
        ways = "spread (divide the register difference)" if layout.quantity_kind == "register" else "interpolate (fill)"
        raise MeterDataError(
            f"{len(gap_starts)} slots of {layout.interval} are missing",
            subject=layout.subject,
            value=", ".join(str(start) for start in gap_starts[:SHOWN]) + more,
            limit="no gap where none is declared",
            next_step=f"Write gaps: report (leave them missing) or gaps: {ways}",
        )


def _backwards(
    ends: NDArray[np.datetime64], steps: NDArray[np.int64], lines: NDArray[np.int64], layout: MeterLayout
) -> MeterDataError:
    row = int(np.argmax(steps < 0))
    other = "starts_day" if layout.midnight == "ends_day" else "ends_day"
    meaning = {
        "ends_day": "00:00 is 24:00 of the stamped date",
        "starts_day": "00:00 begins the stamped date",
    }[other]
    if np.all(np.diff(_with_other_midnight(ends, layout)) > np.timedelta64(0, "s")):
        next_step = f"Write midnight: {other} ({meaning}): then all rows stand in order"
    else:
        next_step = "Export the file in the order of time; rows are not sorted silently"
    return MeterDataError(
        f"the rows are not in the order of time: line {lines[row + 1]} lies before line {lines[row]}",
        subject=layout.subject,
        value=f"interval ends {ends[row]} and then {ends[row + 1]}, with midnight: {layout.midnight}",
        limit="each row later than the one above",
        next_step=next_step,
    )


def _with_other_midnight(ends: NDArray[np.datetime64], layout: MeterLayout) -> NDArray[np.datetime64]:
    day = np.timedelta64(SECONDS_PER_DAY, "s")
    lag = np.timedelta64(layout.interval_seconds if layout.stamp == "interval_start" else 0, "s")
    at_midnight = (ends - lag).astype("datetime64[D]") == (ends - lag)
    return np.where(at_midnight, ends + (day if layout.midnight == "starts_day" else -day), ends)


def _duration(seconds: int) -> str:
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"
