"""Where every row of a meter file went: used, excluded for a reason, or joined by filled slots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import CalculationError

if TYPE_CHECKING:
    import pandas as pd

TOLERANCE = 1e-9
"""Largest relative difference at which the energy identity counts as closed."""


@dataclass(frozen=True)
class Fill:
    """One slot that no row gives: its start (local clock), its amount, and how it was found."""

    start: np.datetime64
    amount: float
    method: str


@dataclass(frozen=True, eq=False)
class Ledger:
    """Account of all rows read from one meter file.

    Amounts are as read, in ``unit`` on the side of the meter, before transformer ratios.

    Attributes:
        file: name of the file.
        line: line number in the file of each row read.
        unit: ``kWh``, or the unit of a volume.
        amount: energy or volume each row gives; NaN where it gives none (an empty cell).
        verdict: 0 where the row is used, ``k`` where it is excluded for ``reasons[k - 1]``.
        reasons: why rows are excluded.
        fills: slots filled, with their method.
        missing: starts of the slots that stay without amount.
        rows_amount: amount of all rows, found apart from the rows' own account (registers: last minus
            first reading).
    """

    file: str
    unit: str
    line: NDArray[np.int64]
    amount: NDArray[np.float64]
    verdict: NDArray[np.int64]
    reasons: tuple[str, ...]
    fills: tuple[Fill, ...]
    missing: NDArray[np.datetime64]
    rows_amount: float

    @property
    def rows_read(self) -> int:
        """Number of rows read."""
        return len(self.line)

    @property
    def rows_used(self) -> int:
        """Number of rows whose reading is in the series."""
        return int(np.count_nonzero(self.verdict == 0))

    @property
    def rows_excluded(self) -> int:
        """Number of rows left out, each with a reason."""
        return int(np.count_nonzero(self.verdict))

    @property
    def used(self) -> float:
        """Amount of the used rows."""
        return exact_sum(self.amount[self.verdict == 0])

    @property
    def excluded(self) -> float:
        """Amount of the excluded rows; rows without one add nothing."""
        excluded = self.amount[self.verdict != 0]
        return exact_sum(excluded[~np.isnan(excluded)])

    @property
    def filled(self) -> float:
        """Amount of the filled slots."""
        return math.fsum(fill.amount for fill in self.fills)

    def summary(self) -> tuple[tuple[str, int, float], ...]:
        """Lines of (what, number, amount in ``unit``): rows read, used, excluded by reason; slots filled, missing."""
        lines = [
            ("rows read", self.rows_read, self.rows_amount),
            ("rows used", self.rows_used, self.used),
        ]
        for code, reason in enumerate(self.reasons, start=1):
            amounts = self.amount[self.verdict == code]
            lines.append((f"rows excluded: {reason}", len(amounts), exact_sum(amounts[~np.isnan(amounts)])))
        for method in dict.fromkeys(fill.method for fill in self.fills):
            filled = [fill.amount for fill in self.fills if fill.method == method]
            lines.append((f"slots filled: {method}", len(filled), math.fsum(filled)))
        lines.append(("slots missing", len(self.missing), 0.0))
        return tuple(lines)

    def sentence(self) -> str:
        """The counts in one line, as sources and reports show them."""
        return (
            f"{self.rows_read:,} rows read, {self.rows_used:,} used, {self.rows_excluded:,} excluded, "
            f"{len(self.fills):,} slots filled, {len(self.missing):,} missing"
        )

    def verify(self, readings: NDArray[np.float64]) -> None:
        """Prove that rows and amounts add up: all rows = used + excluded, series = used + filled.

        Args:
            readings: amounts of the series that was made from these rows, as read.

        Raises:
            CalculationError: a count or an amount does not close within ``TOLERANCE``.
        """
        scale = math.fsum(abs(value) for value in self.amount if not math.isnan(value)) + abs(self.filled)
        rows_left = self.rows_amount - self.used - self.excluded
        series_left = exact_sum(readings) - self.used - self.filled
        named = sum(int(np.count_nonzero(self.verdict == code)) for code in range(len(self.reasons) + 1))
        limit = TOLERANCE * scale
        if named != self.rows_read or not (abs(rows_left) <= limit and abs(series_left) <= limit):
            raise CalculationError(
                "the ledger does not close",
                subject=self.file,
                value=f"{self.rows_read - named} rows, {rows_left:g} and {series_left:g} {self.unit} left over",
                limit=f"0 rows and {limit:g} {self.unit}",
                next_step="This is a fault of the program: please report it with the file",
            )

    def to_frame(self) -> pd.DataFrame:
        """One line per row read: line in the file, ``energy_kwh`` or ``volume_m3``, ``used`` or why it is excluded."""
        import pandas as pd

        words = np.array(["used", *(f"excluded: {reason}" for reason in self.reasons)], dtype=object)
        column = "energy_kwh" if self.unit == "kWh" else "volume_m3"
        return pd.DataFrame({"line": self.line, column: self.amount, "verdict": words[self.verdict]})


def exact_sum(values: NDArray[np.float64]) -> float:
    """Sum without loss of digits, the same in any order."""
    return math.fsum(values.tolist())
