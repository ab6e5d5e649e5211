"""Where every row of a meter file went: used, excluded for a reason, or joined by filled slots."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
        unit: ``kWh``, the unit of a volume, or a driver's own.
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
        """Number of rows read; a row that a cut has divided is one."""
        return _different(self.line)

    @property
    def rows_used(self) -> int:
        """Number of rows whose reading, or a part of it, is in the series."""
        return _different(self.line[self.verdict == 0])

    @property
    def rows_excluded(self) -> int:
        """Number of rows left out altogether, each with a reason."""
        return self.rows_read - self.rows_used

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

    def divided(self, parts: Mapping[int, float]) -> Ledger:
        """The same account with some used rows divided, as bills are that a period begins or ends in.

        Args:
            parts: by line, the amount that stays in the series; the rest becomes an entry of its own, with the verdict
                of the row until a cut excludes it. It stands at the end.
        """
        chosen = np.flatnonzero(np.isin(self.line, list(parts)) & (self.verdict == 0))
        amount = self.amount.copy()
        amount[chosen] = [parts[int(line)] for line in self.line[chosen]]
        rest = self.amount[chosen] - amount[chosen]
        return replace(
            self,
            line=np.concatenate([self.line, self.line[chosen]]),
            amount=np.concatenate([amount, rest]),
            verdict=np.concatenate([self.verdict, self.verdict[chosen]]),
        )

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
        if named != len(self.line) or not (abs(rows_left) <= limit and abs(series_left) <= limit):
            raise CalculationError(
                "the ledger does not close",
                subject=self.file,
                value=f"{len(self.line) - named} rows, {rows_left:g} and {series_left:g} {self.unit} left over",
                limit=f"0 rows and {limit:g} {self.unit}",
                next_step="This is a fault of the program: please report it with the file",
            )

    def to_frame(self) -> pd.DataFrame:
        """One line per row read: its line, ``energy_kwh``, ``volume_m3`` or ``driver``, ``used`` or why excluded."""
        import pandas as pd

        words = np.array(["used", *(f"excluded: {reason}" for reason in self.reasons)], dtype=object)
        column = "energy_kwh" if self.unit == "kWh" else "volume_m3" if self.unit.startswith("m3") else "driver"
        return pd.DataFrame({"line": self.line, column: self.amount, "verdict": words[self.verdict]})


def exact_sum(values: NDArray[np.float64]) -> float:
    """Sum without loss of digits, the same in any order."""
    return math.fsum(values.tolist())


def _different(lines: NDArray[np.int64]) -> int:
    """Number of different lines; they nearly always increase, which is quickly seen."""
    return len(lines) if bool(np.all(lines[1:] > lines[:-1])) else len(np.unique(lines))
