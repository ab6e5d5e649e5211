"""Where every row of a large file went, as counts and amounts per meter."""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.errors import CalculationError
from energycalc.metering.ledger import TOLERANCE


@dataclass(frozen=True)
class StreamLedger:
    """Account of the rows of one meter in a file that was read as a stream.

    Amounts are as read, in ``unit`` on the side of the meter, before transformer ratios.

    Attributes:
        file: name of the file.
        meter: name of the meter.
        unit: ``kWh``, or the unit of a volume or driver.
        rows_read: number of rows.
        rows_used: number of rows whose reading is in the sums.
        excluded: reason, number of rows and amount of what is left out, in the order of the reasons.
        amount_read: amount of all rows, added in file order before anything is sorted or grouped (a register: last
            less first reading, and roll-overs).
        amount_used: amount of the used rows, added in the order of time.
        amount_absolute: sum of the magnitudes, the scale of the identity.
        slots_spanned: slots from the first to the last stamp.
        slots_missing: those of them without an amount.
    """

    file: str
    meter: str
    unit: str
    rows_read: int
    rows_used: int
    excluded: tuple[tuple[str, int, float], ...]
    amount_read: float
    amount_used: float
    amount_absolute: float
    slots_spanned: int
    slots_missing: int

    @property
    def rows_excluded(self) -> int:
        """Number of rows left out."""
        return sum(count for _, count, _ in self.excluded)

    def verify(self, sums: float) -> None:
        """Prove that rows = used + excluded and that the amounts add up, all within ``TOLERANCE``.

        Args:
            sums: amount of all periods of this meter, as they were handed out.

        Raises:
            CalculationError: a count or an amount does not close.
        """
        rows = self.rows_read - self.rows_used - self.rows_excluded
        amounts = self.amount_read - self.amount_used - sum(amount for _, _, amount in self.excluded)
        limit = TOLERANCE * self.amount_absolute
        if rows or not (abs(amounts) <= limit and abs(sums - self.amount_used) <= limit):
            raise CalculationError(
                "the ledger does not close",
                subject=f"{self.file} {self.meter}".strip(),
                value=f"{rows} rows, {amounts:g} and {sums - self.amount_used:g} {self.unit} left over",
                limit=f"0 rows and {limit:g} {self.unit}",
                next_step="This is a fault of the program: please report it with the file",
            )

    def sentence(self) -> str:
        """The counts in one line."""
        why = "".join(f" ({reason}: {count:,})" for reason, count, _ in self.excluded)
        return (
            f"{self.rows_read:,} rows read, {self.rows_used:,} used, {self.rows_excluded:,} excluded{why}, "
            f"{self.slots_missing:,} of {self.slots_spanned:,} slots missing"
        )
