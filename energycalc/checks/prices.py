"""Between which prices a kilowatt-hour is believed: the tariffs of the year where they are known, else the project's own."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from energycalc.checks.catalogue import limit
from energycalc.checks.range import Range
from energycalc.factors.tariff_store import energy_prices


@dataclass(frozen=True)
class PriceRange:
    """Prices of electricity in TWD per kWh (TU14).

    Attributes:
        low: below it, no plan sells.
        high: above it, no plan sells.
        usual_low: below it, a price is unusual.
        usual_high: above it, a price is unusual.
    """

    low: float
    high: float
    usual_low: float
    usual_high: float

    def holds(self, price: Range) -> bool:
        """Whether the price may lie inside."""
        return not (price.surely_below(self.low) or price.surely_above(self.high))

    def is_usual(self, price: Range) -> bool:
        """Whether the price may be a usual one."""
        return not (price.surely_below(self.usual_low) or price.surely_above(self.usual_high))


@functools.cache
def electricity_prices(year: int | None) -> PriceRange:
    """The range of a year: lowest and highest price of the tariffs in force, or the project's limits.

    Args:
        year: of the money; ``None`` where it is not known.
    """
    known = energy_prices(year) if year is not None else ()
    low, high = (min(known), max(known)) if known else (limit("TU14", "lowest"), limit("TU14", "highest"))
    return PriceRange(low, high, limit("TU14", "note_lowest"), limit("TU14", "note_highest"))
