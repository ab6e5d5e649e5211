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
    """One slot that no row gives: its start (local clock), its energy in kWh, and how it was found."""

    start: np.datetime64
    energy_kwh: float
    method: str


@dataclass(frozen=True, eq=False)
class Ledger:
    """Account of all rows read from one meter file.

    Energies are as read, in kWh on the side of the meter, before transformer ratios.

    Attributes:
        file: name of the file.
        line: line number in the file of each row read.
        energy_kwh: energy each row gives; NaN where it gives none (an empty cell).
        verdict: 0 where the row is used, ``k`` where it is excluded for ``reasons[k - 1]``.
        reasons: why rows are excluded.
        fills: slots filled, with their method.
        missing: starts of the slots that stay without energy.
        rows_energy_kwh: energy of all rows, found apart from the rows' own account (registers: last minus
            first reading).
    """

    file: str
    line: NDArray[np.int64]
    energy_kwh: NDArray[np.float64]
    verdict: NDArray[np.int64]
    reasons: tuple[str, ...]
    fills: tuple[Fill, ...]
    missing: NDArray[np.datetime64]
    rows_energy_kwh: float

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
    def used_kwh(self) -> float:
        """Energy of the used rows in kWh."""
        return exact_sum(self.energy_kwh[self.verdict == 0])

    @property
    def excluded_kwh(self) -> float:
        """Energy of the excluded rows in kWh; rows without energy add nothing."""
        excluded = self.energy_kwh[self.verdict != 0]
        return exact_sum(excluded[~np.isnan(excluded)])

    @property
    def filled_kwh(self) -> float:
        """Energy of the filled slots in kWh."""
        return math.fsum(fill.energy_kwh for fill in self.fills)

    def summary(self) -> tuple[tuple[str, int, float], ...]:
        """Lines of (what, number, kWh): rows read, used, excluded by reason; slots filled, missing."""
        lines = [
            ("rows read", self.rows_read, self.rows_energy_kwh),
            ("rows used", self.rows_used, self.used_kwh),
        ]
        for code, reason in enumerate(self.reasons, start=1):
            energies = self.energy_kwh[self.verdict == code]
            lines.append((f"rows excluded: {reason}", len(energies), exact_sum(energies[~np.isnan(energies)])))
        for method in dict.fromkeys(fill.method for fill in self.fills):
            energy = [fill.energy_kwh for fill in self.fills if fill.method == method]
            lines.append((f"slots filled: {method}", len(energy), math.fsum(energy)))
        lines.append(("slots missing", len(self.missing), 0.0))
        return tuple(lines)

    def sentence(self) -> str:
        """The counts in one line, as sources and reports show them."""
        return (
            f"{self.rows_read:,} rows read, {self.rows_used:,} used, {self.rows_excluded:,} excluded, "
            f"{len(self.fills):,} slots filled, {len(self.missing):,} missing"
        )

    def verify(self, series_kwh: NDArray[np.float64]) -> None:
        """Prove that rows and energies add up: all rows = used + excluded, series = used + filled.

        Args:
            series_kwh: energies of the series that was made from these rows, as read, in kWh.

        Raises:
            CalculationError: a count or an energy does not close within ``TOLERANCE``.
        """
        scale = math.fsum(abs(value) for value in self.energy_kwh if not math.isnan(value)) + abs(self.filled_kwh)
        rows_left = self.rows_energy_kwh - self.used_kwh - self.excluded_kwh
        series_left = exact_sum(series_kwh) - self.used_kwh - self.filled_kwh
        named = sum(int(np.count_nonzero(self.verdict == code)) for code in range(len(self.reasons) + 1))
        limit = TOLERANCE * scale
        if named != self.rows_read or not (abs(rows_left) <= limit and abs(series_left) <= limit):
            raise CalculationError(
                "the ledger does not close",
                subject=self.file,
                value=f"{self.rows_read - named} rows, {rows_left:g} and {series_left:g} kWh left over",
                limit=f"0 rows and {limit:g} kWh",
                next_step="This is a fault of the program: please report it with the file",
            )

    def to_frame(self) -> pd.DataFrame:
        """One line per row read: line in the file, energy in kWh, ``used`` or the reason of exclusion."""
        import pandas as pd

        words = np.array(["used", *(f"excluded: {reason}" for reason in self.reasons)], dtype=object)
        return pd.DataFrame({"line": self.line, "energy_kwh": self.energy_kwh, "verdict": words[self.verdict]})


def exact_sum(values: NDArray[np.float64]) -> float:
    """Sum without loss of digits, the same in any order."""
    return math.fsum(values.tolist())
