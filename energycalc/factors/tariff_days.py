"""Seasons and kinds of day of a tariff: summer, weekday, Saturday, Sunday, and its own off-peak days."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import FactorError

TariffDay = Literal["weekday", "saturday", "sunday", "off_peak_day"]
Days = NDArray[np.datetime64]
_DAY = np.timedelta64(1, "D")


@dataclass(frozen=True)
class OffPeakDay:
    """A row of ``data/tariffs/off_peak_days.csv``.

    Attributes:
        id: short name.
        name_zh: as the tariff calls it.
        kind: ``fixed`` (month and day) or ``around`` (days about a festival that the package ``holidays`` dates).
        day: ``MM-DD`` of a fixed one.
        holiday: English name of the festival in the package.
        first_offset: days from the festival's first day to the first off-peak day.
        last_offset: to the last one.
    """

    id: str
    name_zh: str
    kind: Literal["fixed", "around"]
    day: str
    holiday: str
    first_offset: int
    last_offset: int

    def days_of(self, year: int) -> list[dt.date]:
        """The off-peak days this row gives in a year.

        Raises:
            FactorError: the package does not date the festival in that year.
        """
        if self.kind == "fixed":
            month, day = (int(part) for part in self.day.split("-"))
            start = dt.date(year, month, day)
        else:
            dated = [day for day, name in _festivals(year) if self.holiday in name.split("; ")]
            if not dated:
                raise FactorError(
                    "the package holidays gives no day for it",
                    subject=f"off-peak day {self.id}",
                    value=year,
                    limit=f"a year in which {self.holiday} is listed",
                    next_step="Take a year that the package knows",
                )
            start = min(dated)
        return [start + dt.timedelta(days=d) for d in range(self.first_offset, self.last_offset + 1)]


@functools.lru_cache(maxsize=64)
def _festivals(year: int) -> tuple[tuple[dt.date, str], ...]:
    import holidays

    return tuple(holidays.country_holidays("TW", years=year, language="en_US").items())


def holiday_list() -> str:
    """The package that dates the festivals, with its version, for the source of a result."""
    import holidays

    return f"holidays {holidays.__version__}, TW"


def kinds_of_days(days: Days, off_peak: tuple[OffPeakDay, ...]) -> NDArray[np.str_]:
    """Kind of each day: a Sunday is ``sunday`` even when a festival falls on it; a listed Saturday is off-peak.

    Args:
        days: calendar days.
        off_peak: rows of the tariff.

    Raises:
        FactorError: a festival has no date in one of the years.
    """
    day = np.asarray(days).astype("datetime64[D]")
    weekday = (day.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    years = np.unique(day.astype("datetime64[Y]")).astype(int) + 1970
    listed = [each for year in years for row in off_peak for each in row.days_of(int(year))]
    kinds = np.full(day.shape, "weekday", dtype="U12")
    kinds[weekday == 5] = "saturday"
    kinds[np.isin(day, np.array(listed, dtype="datetime64[D]"))] = "off_peak_day"
    kinds[weekday == 6] = "sunday"
    return kinds


def in_summer(days: Days, first: str, last: str) -> NDArray[np.bool_]:
    """Whether each day lies from ``first`` to ``last`` (``MM-DD``, both included) of its own year."""
    day = np.asarray(days).astype("datetime64[D]")
    year = day.astype("datetime64[Y]")

    def at(text: str) -> Days:
        month, number = (int(part) for part in text.split("-"))
        first_days: Days = (year.astype("datetime64[M]") + (month - 1)).astype("datetime64[D]")
        return np.asarray(first_days + (number - 1) * _DAY, dtype="datetime64[D]")

    return np.asarray((day >= at(first)) & (day <= at(last)))
