"""What a load looks like: by day, by month, by duration. Plain arrays, the unit in the name of each.

All but :func:`total_amount` and :func:`zero_readings` are for energy meters and refuse a meter that counts a volume.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.metering.layouts.layout import SECONDS_PER_DAY
from energycalc.metering.ledger import exact_sum
from energycalc.metering.series import MeterSeries

Floats = NDArray[np.float64]
SATURDAY = 5
OtherDays = Literal["weekend", "weekend_and_days_off"]


def total_energy_kwh(series: MeterSeries) -> float:
    """Primary energy of the series in kWh (the plain number; ``series.total()`` is the traced one)."""
    return exact_sum(series.reading_kwh) * series.layout.multiplier


def total_amount(series: MeterSeries) -> float:
    """Energy or volume of the series in ``series.unit``, as a plain number."""
    return exact_sum(series.reading) * series.layout.multiplier


@dataclass(frozen=True)
class Peak:
    """Largest mean power of one slot: kW, the slot, and its line in the file (0 if filled)."""

    demand_kw: float
    start: np.datetime64
    end: np.datetime64
    line: int


def peak(series: MeterSeries) -> Peak:
    """The slot with the largest mean power (kW = kWh by hours of the slot); the first one if it recurs."""
    slot = int(np.argmax(series.reading_kwh))
    return Peak(
        float(series.demand_kw[slot]),
        series.interval_start[slot],
        series.interval_end[slot],
        int(series.line[slot]),
    )


@dataclass(frozen=True, eq=False)
class DailyProfile:
    """Mean demand per slot of the day, for working days and for the others.

    Attributes:
        slot_start_h: start of each slot in hours after midnight.
        working_kw: mean demand of each slot on working days; NaN where no reading falls on it.
        weekend_kw: the same on the other days.
        working_days: number of working days with a reading.
        weekend_days: number of other days with a reading.
        other_days: what the others are: ``weekend`` (Saturdays and Sundays only; public holidays count as the
            day of the week they fall on) or ``weekend_and_days_off`` when dates off were given.
    """

    slot_start_h: Floats
    working_kw: Floats
    weekend_kw: Floats
    working_days: int
    weekend_days: int
    other_days: OtherDays
    unit: str = "kW"


def daily_profile(
    series: MeterSeries, *, days_off: Collection[date] = (), extra_workdays: Collection[date] = ()
) -> DailyProfile:
    """Mean daily course of the demand; the day of a slot is the day it starts on.

    Args:
        series: the meter.
        days_off: dates that count as weekend (public holidays, shutdowns).
        extra_workdays: Saturdays and Sundays that were worked.

    Returns:
        Two courses with one value per slot of the day.
    """
    days = series.interval_start.astype("datetime64[D]")
    working = working_days(days, days_off, extra_workdays)
    slot = (series.interval_start - days).astype(np.int64) // series.layout.interval_seconds
    slots = SECONDS_PER_DAY // series.layout.interval_seconds

    def mean(chosen: NDArray[np.bool_]) -> Floats:
        count = np.bincount(slot[chosen], minlength=slots)
        energy = np.bincount(slot[chosen], weights=series.demand_kw[chosen], minlength=slots)
        return np.where(count > 0, energy / np.maximum(count, 1), np.nan)

    return DailyProfile(
        np.arange(slots, dtype=np.float64) * series.layout.interval_hours,
        mean(working),
        mean(~working),
        len(np.unique(days[working])),
        len(np.unique(days[~working])),
        "weekend_and_days_off" if len(days_off) else "weekend",
    )


def working_days(
    days: NDArray[np.datetime64], days_off: Collection[date] = (), extra_workdays: Collection[date] = ()
) -> NDArray[np.bool_]:
    """Whether each date is Monday to Friday and not off, or was worked all the same."""
    if set(days_off) & set(extra_workdays):
        both = min(set(days_off) & set(extra_workdays))
        raise InputError("a date is declared both off and worked", value=both, next_step="Keep it in one of the lists")
    weekday = (days.astype("datetime64[D]").astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    off = np.isin(days, np.array(sorted(days_off), dtype="datetime64[D]"))
    worked = np.isin(days, np.array(sorted(extra_workdays), dtype="datetime64[D]"))
    return ((weekday < SATURDAY) & ~off) | worked


@dataclass(frozen=True, eq=False)
class LoadDuration:
    """Demands from the highest to the lowest (kW) with the hours in which each is reached or exceeded."""

    demand_kw: Floats
    hours: Floats


def load_duration(series: MeterSeries) -> LoadDuration:
    """The full load duration curve; the area under it is the energy of the series."""
    demand = np.sort(series.demand_kw)[::-1]
    return LoadDuration(demand, np.arange(1, len(demand) + 1, dtype=np.float64) * series.layout.interval_hours)


@dataclass(frozen=True, eq=False)
class LoadHistogram:
    """The load duration curve in a few bins of equal width; empty bins are left out.

    Attributes:
        demand_kw: mean of the readings in each bin, so that demand times hours is their energy exactly.
        hours: hours in each bin.
        bin_width_kw: width of a bin.
        largest_deviation_kw: farthest that one reading lies from the mean of its bin.
        typical_deviation_kw: root mean square of these distances.
    """

    demand_kw: Floats
    hours: Floats
    bin_width_kw: float
    largest_deviation_kw: float
    typical_deviation_kw: float

    def sentence(self) -> str:
        """How exact the histogram is, in words."""
        return (
            f"{len(self.hours)} bins of {self.bin_width_kw:.4g} kW; energy is exact, a single reading lies "
            f"at most {self.largest_deviation_kw:.3g} kW from its bin's mean "
            f"(root mean square {self.typical_deviation_kw:.3g} kW)"
        )

    def error_of(self, law: Callable[[Floats], Floats], series: MeterSeries) -> float:
        """Relative error of the hour-weighted sum of ``law(demand in kW)`` against the full series."""
        full = float(np.sum(law(series.demand_kw))) * series.layout.interval_hours
        return float(np.sum(law(self.demand_kw) * self.hours)) / full - 1.0


def load_histogram(series: MeterSeries, bins: int = 30) -> LoadHistogram:
    """Group the demands into bins of equal width between the lowest and the highest.

    Args:
        series: the meter.
        bins: number of bins, at least 1; a linear law is exact with any number, a curved one needs more.

    Raises:
        InputError: no bin is asked for.
    """
    if bins < 1:
        raise InputError("a histogram needs at least one bin", value=bins, next_step="Ask for 20 to 50 bins")
    demand = series.demand_kw
    low, high = float(demand.min()), float(demand.max())
    width = (high - low) / bins
    place = (
        np.minimum(((demand - low) / width).astype(np.int64), bins - 1)
        if width > 0
        else np.zeros(len(demand), np.int64)
    )
    count = np.bincount(place, minlength=bins)
    mean = np.bincount(place, weights=demand, minlength=bins) / np.maximum(count, 1)
    deviation = demand - mean[place]
    filled = count > 0
    return LoadHistogram(
        mean[filled],
        count[filled].astype(np.float64) * series.layout.interval_hours,
        width,
        float(np.abs(deviation).max()),
        float(np.sqrt(np.mean(deviation**2))),
    )


@dataclass(frozen=True, eq=False)
class MonthlyEnergy:
    """Energy per calendar month, with how much of the month was read.

    Attributes:
        month: first day of each month from the first to the last of the series.
        energy_kwh: energy of the slots that were read or filled; a month without any has NaN, not zero.
        slots: number of such slots.
        slots_of_month: number of slots the whole month has.
    """

    month: NDArray[np.datetime64]
    energy_kwh: Floats
    slots: NDArray[np.int64]
    slots_of_month: NDArray[np.int64]

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Whether every slot of the month is there; a partial month must not be compared with a whole one."""
        return self.slots == self.slots_of_month


def monthly_energy(series: MeterSeries) -> MonthlyEnergy:
    """Energy per calendar month of local clock time; the month of a slot is the month it starts in."""
    month = series.interval_start.astype("datetime64[M]")
    months = np.arange(month[0], month[-1] + 1)
    place = (month - month[0]).astype(np.int64)
    slots = np.bincount(place, minlength=len(months))
    energy = np.bincount(place, weights=series.energy_kwh, minlength=len(months))
    days = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64)
    whole = days * (SECONDS_PER_DAY // series.layout.interval_seconds)
    return MonthlyEnergy(months.astype("datetime64[D]"), np.where(slots > 0, energy, np.nan), slots, whole)


@dataclass(frozen=True, eq=False)
class ZeroReadings:
    """Slots with a reading of exactly zero: their starts and lines in the file. They are kept, and count."""

    start: NDArray[np.datetime64]
    line: NDArray[np.int64]


def zero_readings(series: MeterSeries) -> ZeroReadings:
    """The slots that read exactly zero: standstill, power failure or failed logger, the meter cannot tell."""
    zero = series.reading == 0
    return ZeroReadings(series.interval_start[zero], series.line[zero])
