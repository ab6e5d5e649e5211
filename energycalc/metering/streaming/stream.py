"""From a declared meter file of any size to sums per meter and period, with a ledger: the order of the play."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.grammar import refuse_unstreamable
from energycalc.metering.streaming.keeping import Digest, SumsInMemory, SumsInParquet
from energycalc.metering.streaming.running_account import RunningAccount
from energycalc.metering.streaming.source import batches
from energycalc.metering.streaming.space import refuse_without_space, space_needed
from energycalc.metering.streaming.stream_ledger import StreamLedger
from energycalc.metering.streaming.verdicts import EXCLUDABLE

if TYPE_CHECKING:
    import pandas as pd

Period = Literal["slot", "hour", "day"]
_SECONDS = {"hour": 3600, "day": 86_400}


@dataclass(frozen=True, eq=False)
class StreamedMeters:
    """Sums per meter and period of a file, sorted by meter in the order of the file, then by time.

    Attributes:
        layout: the declaration.
        sha256: SHA-256 of the file.
        period: what the slots were added up to.
        period_seconds: its length.
        meters: names of the meters, in the order of the file.
        meter: place in ``meters`` of each sum; empty where the sums were written to ``file``.
        start: start of each period, local clock time.
        amount: sum as read in ``layout.amount_unit``, before transformer ratios (a mean quantity: sum of the slots).
        slots: number of slots in each sum.
        ledgers: one account for each meter, proved to close.
        file: where the sums were written, or None.
    """

    layout: MeterLayout
    sha256: str
    period: Period
    period_seconds: int
    meters: tuple[str, ...]
    meter: NDArray[np.int64]
    start: NDArray[np.datetime64]
    amount: NDArray[np.float64]
    slots: NDArray[np.int64]
    ledgers: tuple[StreamLedger, ...]
    file: Path | None

    @property
    def primary(self) -> NDArray[np.float64]:
        """The sums times the transformer ratios."""
        return self.amount * self.layout.multiplier

    @property
    def coverage(self) -> NDArray[np.float64]:
        """Share of each period's slots that are in its sum."""
        return self.slots * self.layout.interval_seconds / self.period_seconds

    def to_frame(self) -> pd.DataFrame:
        """One line for each meter and period: meter, start, amount on the primary side, slots."""
        import pandas as pd

        names = np.array(self.meters, dtype=object)
        return pd.DataFrame(
            {"meter": names[self.meter], "start": self.start, "amount": self.primary, "slots": self.slots}
        )


def stream_meters(
    layout: MeterLayout,
    *,
    period: Period = "day",
    meter_column: str | None = None,
    years: tuple[int, int] | None = None,
    exclude: Collection[str] = (),
    out: Path | None = None,
    memory_limit: str = "512MB",
    threads: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> StreamedMeters:
    """Read a file of one or many meters that may be larger than memory, once, from the first row to the last.

    The rows of each meter must stand in the order of time; the meters may follow each other or take turns. A fault
    stops the reading at its row, and the message names the first lines, unless the layout (``empty``, ``duplicates``,
    ``gaps``, ``negative``) or ``exclude`` says what to do with such rows.

    Args:
        layout: the declaration, as for ``read_meter``; csv, csv.gz or Parquet.
        period: ``slot`` keeps every interval, ``hour`` and ``day`` add them up; a slot belongs to the period in which
            it begins.
        meter_column: header of the column that names the meter; without it the file holds one.
        years: first and last year of the rows wanted; all others are left out and counted.
        exclude: of ``stamp_unreadable``, ``not_a_number`` and ``negative``, the faults whose rows are left out and
            counted instead of refused.
        out: a Parquet file to be written while reading; needed where the sums themselves do not fit into memory.
        memory_limit: limit of DuckDB's own memory; the whole process needs some 250 MB more.
        threads: number of threads; all processors without it.
        progress: called with the number of rows read so far.

    Returns:
        Sums and ledgers. The identity rows = used + excluded, in number and in amount, has been verified to 1e-9.

    Raises:
        InputError: a declaration that cannot be read as a stream, or no room on the disk for ``out``.
        MeterDataError: a row cannot be used as declared; file, lines, value and limit are named.

    Limits of validity:
        Local clock time without a change of the clock inside the file. The number of meters, and without ``out`` the
        number of sums, must fit into memory (some 200 bytes each).
    """
    refuse_unstreamable(layout)
    unknown = set(exclude) - set(EXCLUDABLE)
    seconds = _SECONDS.get(period, layout.interval_seconds)
    if unknown or period not in get_args(Period) or seconds < layout.interval_seconds:
        raise InputError(
            "cannot be streamed so",
            subject=layout.subject,
            value=", ".join(sorted(unknown)) or f"period {period}, slots of {layout.interval}",
            limit=f"exclude: {', '.join(EXCLUDABLE)}; period: {', '.join(get_args(Period))}, not shorter than a slot",
            next_step="Correct the word",
        )
    folder = (out if out is not None else Path(layout.file)).resolve().parent
    if out is not None:
        refuse_without_space(space_needed(layout, seconds), folder, str(out))
    account = RunningAccount(layout, seconds, years, frozenset(exclude))
    read = batches(layout, meter_column, memory_limit, folder, threads or os.cpu_count() or 1)
    first = next(read, None)
    if first is None:
        raise MeterDataError("the file holds no rows", subject=layout.subject, next_step="Export the file again")
    digest = Digest(Path(layout.file))
    sums = SumsInMemory() if out is None else SumsInParquet(out, layout)
    rows, whole = 0, False
    try:
        for batch in chain([first], read):
            sums.take(account.add(batch), account.meters)
            rows += len(batch.row)
            if progress is not None:
                progress(rows)
        sums.take(account.finish(), account.meters)
        whole = True
    finally:
        sums.close()
        if not whole:
            digest.stop()
            if out is not None:
                out.unlink(missing_ok=True)  # half a file is no result
    ledgers = account.ledgers(Path(layout.file).name)
    for ledger, total in zip(ledgers, sums.totals, strict=True):
        ledger.verify(float(total))
    kept = sums.finished()
    starts = kept.start.astype("datetime64[s]")
    found = (account.meters, kept.meter, starts, kept.amount, kept.slots, ledgers, out)
    return StreamedMeters(layout, digest.hexdigest(), period, seconds, *found)
