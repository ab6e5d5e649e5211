"""The official grid factors as a reviewer looks them up: by year, as revised and as first published, and backwards."""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.checks.range import Range
from energycalc.factors import FactorSet
from energycalc.factors.factor import Factor
from energycalc.factors.selection import GENERAL_SERIES


@dataclass(frozen=True)
class Hit:
    """A published value that fits: its year and series, and whether it has been replaced since."""

    year: int
    value: float
    series: str
    superseded: bool
    announced: str
    id: str

    def en(self) -> str:
        """As words."""
        return f"{self.value:g} of {self.year}" + (" as first published" if self.superseded else "") + self._series()

    def zh(self) -> str:
        """As words, Traditional Chinese."""
        return f"{self.year} 年 {self.value:g}" + ("（首次公告值）" if self.superseded else "") + self._series()

    def _series(self) -> str:
        return "" if self.series == "overall" else f" ({self.series})"


@dataclass(frozen=True)
class GridSeries:
    """All values of purchased electricity of one region.

    Attributes:
        hits: factors, valid and replaced.
        targets: legal targets, which are no factors.
    """

    hits: tuple[Hit, ...]
    targets: tuple[Hit, ...] = ()

    @property
    def years(self) -> frozenset[int]:
        """Years with a value that holds today."""
        return frozenset(h.year for h in self.hits if not h.superseded)

    @property
    def years_first_published(self) -> frozenset[int]:
        """Revised years whose first value is known here."""
        return frozenset(h.year for h in self.hits if h.superseded)

    @property
    def lowest(self) -> float:
        """Lowest value of all."""
        return min(h.value for h in self.hits)

    @property
    def highest(self) -> float:
        """Highest value of all."""
        return max(h.value for h in self.hits)

    def within(self, range: Range, *, superseded: bool | None = None) -> list[Hit]:
        """Values that fit a range, newest year first.

        Args:
            range: between which ends.
            superseded: only replaced ones, only valid ones, or both.
        """
        fits = [
            h for h in self.hits
            if range.low <= h.value <= range.high and (superseded is None or h.superseded == superseded)
        ]  # fmt: skip
        return sorted(fits, key=lambda h: (-h.year, h.series))


def grid_series(region: str, factors: FactorSet) -> GridSeries:
    """The series of a region; empty where the table has none.

    Args:
        region: ISO code, as ``TW``.
        factors: where to look.
    """
    rows = [f for f in factors.select("grid", region=region) if f.series in GENERAL_SERIES]
    targets = [f for f in factors.select("grid", region=region) if f.status == "target" and f.first_year is not None]
    return GridSeries(
        tuple(hit for row in rows if (hit := _hit(row)) is not None),
        tuple(Hit(f.first_year or 0, f.number, f.series, False, f.announced, f.id) for f in targets),
    )


def _hit(row: Factor) -> Hit | None:
    if row.status not in ("final", "superseded") or row.first_year is None or "/kWh" not in row.unit:
        return None
    return Hit(row.first_year, row.number, row.series, row.status == "superseded", row.announced, row.id)
