"""Where the sums go while a file is read: into memory, or batch by batch into a Parquet file."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.sums import Sums, no_sums


def with_totals(totals: NDArray[np.float64], sums: Sums, meters: tuple[str, ...]) -> NDArray[np.float64]:
    """Totals per meter with further sums added."""
    wider = np.concatenate([totals, np.zeros(len(meters) - len(totals))])
    return np.asarray(wider + np.bincount(sums.meter, weights=sums.amount, minlength=len(meters)))


class SumsInMemory:
    """Keeps all sums."""

    def __init__(self) -> None:
        """Begin with none."""
        self.parts: list[Sums] = []
        self.totals = np.zeros(0)

    def take(self, sums: Sums, meters: tuple[str, ...]) -> None:
        """Add finished sums."""
        self.totals = with_totals(self.totals, sums, meters)
        if len(sums):
            self.parts.append(sums)

    def finished(self) -> Sums:
        """All sums, by meter and time."""
        if not self.parts:
            return no_sums()
        together = Sums(*(np.concatenate([getattr(p, n) for p in self.parts]) for n in Sums.__dataclass_fields__))
        return together.in_order()

    def close(self) -> None:
        """Nothing is open."""


class SumsInParquet:
    """Writes sums as they come; keeps only their totals."""

    def __init__(self, file: Path, layout: MeterLayout) -> None:
        """Open the file.

        Args:
            file: to be written; an older one is replaced.
            layout: gives the unit and the transformer ratios.
        """
        import pyarrow as pa
        import pyarrow.parquet as parquet

        words = {"unit": layout.amount_unit, "transformer_ratios": repr(layout.multiplier), "clock": layout.time_zone}
        fields = [("meter", pa.string()), ("start", pa.timestamp("s")), ("amount_as_read", pa.float64()),
                  ("slots", pa.int32())]  # fmt: skip
        self.schema = pa.schema(fields, metadata={f"energycalc.{key}": value for key, value in words.items()})
        self.writer: Any = parquet.ParquetWriter(file, self.schema, compression="zstd")
        self.totals = np.zeros(0)

    def take(self, sums: Sums, meters: tuple[str, ...]) -> None:
        """Write finished sums."""
        import pyarrow as pa

        self.totals = with_totals(self.totals, sums, meters)
        if not len(sums):
            return
        names = pa.DictionaryArray.from_arrays(pa.array(sums.meter, pa.int32()), pa.array(list(meters)))
        columns = [names.cast(pa.string()), pa.array(sums.start, pa.int64()).cast(pa.timestamp("s")),
                   pa.array(sums.amount), pa.array(sums.slots, pa.int32())]  # fmt: skip
        self.writer.write_table(pa.table(columns, schema=self.schema))

    def finished(self) -> Sums:
        """None: they are in the file."""
        return no_sums()

    def close(self) -> None:
        """Close the file."""
        self.writer.close()


class Digest:
    """SHA-256 of a file, found beside the reading of it."""

    def __init__(self, path: Path) -> None:
        """Start at once."""
        self._path, self._hash, self._stop = path, hashlib.sha256(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with self._path.open("rb") as file:
            while not self._stop.is_set() and (part := file.read(1 << 22)):
                self._hash.update(part)

    def stop(self) -> None:
        """Give up: the reading was refused."""
        self._stop.set()
        self._thread.join()

    def hexdigest(self) -> str:
        """The digest of the whole file, waited for."""
        self._thread.join()
        return self._hash.hexdigest()
