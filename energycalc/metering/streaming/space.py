"""Room on the disk for what a stream writes, asked for before the work and not after it."""

from __future__ import annotations

import shutil
from pathlib import Path

from energycalc.errors import InputError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.source import is_parquet, opened_text

BYTES_PER_SUM = 40
"""Meter, start, amount and number of slots of one period, uncompressed: an upper bound of what Parquet takes."""
SAMPLE = 1 << 20
"""Characters of the file from which the length of a line is taken."""


def space_needed(layout: MeterLayout, period_seconds: int) -> int:
    """Bytes that the sums can take at most, in bytes, from the number of rows and the length of the periods.

    Rows are counted in the file's own table of contents (Parquet) or estimated from its first lines (text).
    """
    rows = _rows(layout)
    share = layout.interval_seconds / period_seconds
    return int(rows * min(1.0, 1.1 * share) * BYTES_PER_SUM) + (1 << 16)


def refuse_without_space(needed: int, folder: Path, subject: str) -> None:
    """Stop before the work when the disk of a folder lacks the room.

    Raises:
        InputError: names how much is needed, how much is there, and where.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise InputError(
            "the disk has no room for the sums",
            subject=subject,
            value=f"{needed / 1e6:,.1f} MB needed, {free / 1e6:,.1f} MB free",
            limit=f"free space of the disk with {folder.resolve()}",
            next_step="Make room, write to another disk, or ask for longer periods",
        )


def _rows(layout: MeterLayout) -> int:
    path = Path(layout.file)
    if is_parquet(layout):
        import pyarrow.parquet

        return int(pyarrow.parquet.read_metadata(path).num_rows)
    with opened_text(layout) as text:
        sample = text.read(SAMPLE)
    lines = max(sample.count("\n"), 1)
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    # a packed file unfolds to at most some 30 times its size where it holds digits
    return int(path.stat().st_size * (30 if packed else 1) / max(len(sample) / lines, 1)) + 1
