"""Stamps that name their distance from UTC, turned into the local clock of the meter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import MeterDataError
from energycalc.metering.layouts.layout import MeterLayout

HOUR = 3600


def to_local_clock(
    written: NDArray[np.datetime64],
    offsets: Sequence[int | None],
    index: NDArray[np.int64],
    lines: Sequence[int],
    layout: MeterLayout,
) -> tuple[NDArray[np.datetime64], int | None]:
    """Clock times in the zone of the layout.

    Args:
        written: clock times as written.
        offsets: seconds east of UTC of each different time of day, ``None`` where none is written.
        index: place of each row's time of day among the different ones.
        lines: line numbers, for the message.
        layout: gives the time zone.

    Returns:
        The clock times, and the offset that was written; ``None`` where none was.

    Raises:
        MeterDataError: the rows name different offsets.
    """
    different = set(offsets)
    if different == {None}:
        return written, None
    if len(different) > 1:
        other = np.array([offset != offsets[int(index[0])] for offset in offsets])[index]
        row = int(np.argmax(other))
        shown = [_shown(offset) for offset in (offsets[int(index[0])], offsets[int(index[row])])]
        both = f"{shown[0]} on line {lines[0]}, {shown[1]} on line {lines[row]}"
        raise MeterDataError(
            f"the rows name different distances from UTC: {both}",
            subject=layout.subject,
            value=f"{written[row]}",
            limit="one offset for the whole column",
            next_step="Export the file in UTC or in one local time; a change of clock in between is not guessed",
        )
    (offset,) = different
    assert offset is not None
    return written - np.timedelta64(offset, "s") + _zone_offsets(written, offset, layout.time_zone), offset


def _zone_offsets(written: NDArray[np.datetime64], offset: int, zone: str) -> NDArray[np.timedelta64]:
    """Seconds east of UTC of the zone's clock at each instant; asked once for each hour."""
    clock = ZoneInfo(zone)
    utc = (written - np.timedelta64(offset, "s")).astype("datetime64[s]").astype(np.int64)
    hours, index = np.unique(utc // HOUR, return_inverse=True)
    seconds = [datetime.fromtimestamp(int(hour) * HOUR, tz=clock).utcoffset() for hour in hours]
    return np.array([0 if delta is None else int(delta.total_seconds()) for delta in seconds], dtype=np.int64)[
        index
    ].astype("timedelta64[s]")


def _shown(offset: int | None) -> str:
    if offset is None:
        return "none"
    sign = "-" if offset < 0 else "+"
    return f"{sign}{abs(offset) // HOUR:02d}:{abs(offset) % HOUR // 60:02d}"
