"""Results as the terminal writes them: in the unit of their column, with the digits and the interval they deserve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.quantity import Quantity
from energycalc.quantity.display import holds_zero, rounded, with_interval
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.quantity.units import conversion, unit

ENERGY = {"electricity": "MWh", "natural_gas": "MWh[LHV]"}
NOTHING = "–"


@dataclass(frozen=True)
class Numbers:
    """Writes results on one line (``12.0 ± 2.2``) or as two lines of a table cell (``12.0`` above ``±2.2``).

    Attributes:
        uncertainty: what is known about each result.
        text: words of the terminal in the chosen language.
    """

    uncertainty: Mapping[Quantity, UncertainResult]
    text: Mapping[str, str]

    def parts(self, q: Quantity, wanted: str) -> tuple[str, str]:
        """The number and its interval in the wanted unit; ``t`` keeps the unit of the emission itself."""
        target = q.unit if wanted == "t" else unit(wanted)
        factor, _ = conversion(q.unit, target)
        found = self.interval(q)
        interval = (found[0] * factor, found[1] * factor) if found else None
        return with_interval(float(q.value) * factor, interval)

    def interval(self, q: Quantity | None) -> tuple[float, float] | None:
        """The coverage interval in the result's own unit; ``None`` where none is stated."""
        found = self.uncertainty.get(q) if q is not None else None
        return found.interval if found else None

    def reaches_zero(self, q: Quantity | None) -> bool:
        """Whether the interval of a result holds zero, so that nothing sure can be divided by it."""
        return holds_zero(self.interval(q))

    def line(self, q: Quantity, wanted: str, *, bare: bool = False) -> str:
        """On one line; ``bare`` leaves the interval out."""
        value, spread = self.parts(q, wanted)
        if bare:
            return rounded(float(q.value_in(wanted)), None, 3)
        return f"{value} ± {spread[1:]}" if spread.startswith("±") else f"{value} ({spread})" if spread else value

    def energy(self, q: Quantity, carrier: str) -> str:
        """Energy on one line, in MWh."""
        return self.line(q, ENERGY[carrier])

    def money(self, q: Quantity) -> str:
        """Money on one line, in 萬元 of its year."""
        return self.line(q, ten_thousand(q))

    def stacked(self, q: Quantity | None, wanted: str) -> str:
        """On two lines, so that the table fits a terminal of 80 columns; a dash for nothing."""
        if q is None:
            return NOTHING
        return "\n".join(part for part in self.parts(q, wanted) if part)

    def stacked_energy(self, q: Quantity, carrier: str) -> str:
        """Energy in MWh on two lines."""
        return self.stacked(q, ENERGY[carrier])

    def stacked_money(self, q: Quantity | None) -> str:
        """Money on two lines; a dash without a price."""
        return NOTHING if q is None else self.stacked(q, ten_thousand(q))

    def stacked_payback(self, payback: Quantity | None, saved: Quantity | None) -> str:
        """Years on two lines; a word instead of an interval where the money saved may be nothing at all."""
        if payback is None:
            return NOTHING
        if self.reaches_zero(saved):
            return f"{self.line(payback, 'yr', bare=True)}\n{self.text['uncertain']}"
        return self.stacked(payback, "yr")


def ten_thousand(q: Quantity) -> str:
    """The unit of 10,000 TWD of the same year as ``q``."""
    return f"TWD_10k[{str(q.unit).split('[')[1].rstrip(']')}]"
