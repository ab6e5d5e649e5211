"""What a baseline is fitted to: energy and drivers of whole hours, days, weeks or months, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.metering import MeterSeries
from energycalc.quantity import Source

Floats = NDArray[np.float64]
Times = NDArray[np.datetime64]
Interval = Literal["hour", "day", "week", "month"]
MEANS = ("interval_mean",)
"""Kinds of a driver that are averaged over a period (temperature, occupancy); all others are added up."""


@dataclass(frozen=True)
class LeftOut:
    """A period that is not used: its start, the energy read in it (0 where nothing was read), and why."""

    start: np.datetime64
    energy: float
    reason: str


@dataclass(frozen=True, eq=False)
class Periods:
    """Energy and drivers of successive periods; periods without data are absent, never zero.

    Attributes:
        start: start of each period, local clock time, seconds, increasing.
        end: end of each period, not included.
        energy: energy (or volume) of each period in ``unit``, on the primary side.
        unit: ``kWh``, or the unit of a volume.
        interval: length of the periods.
        drivers: value of each driver in each period, by name.
        driver_units: unit of each driver as written, by name.
        coverage: share of each period's slots that hold a reading, 0 to 1.
        source: file and rows behind the energy.
        left_out: periods that are not used, with the reason.
    """

    start: Times
    end: Times
    energy: Floats
    unit: str
    interval: Interval
    drivers: Mapping[str, Floats] = field(default_factory=dict)
    driver_units: Mapping[str, str] = field(default_factory=dict)
    coverage: Floats = field(default_factory=lambda: np.empty(0))
    source: Source | None = None
    left_out: tuple[LeftOut, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.start)
        if not len(self.coverage) and n:
            object.__setattr__(self, "coverage", np.ones(n))
        columns = {"end": self.end, "energy": self.energy, "coverage": self.coverage, **self.drivers}
        for name, column in columns.items():
            if len(column) != n:
                raise InputError(
                    f"{name} has another number of values than there are periods",
                    subject="periods",
                    value=f"{len(column)} against {n}",
                    next_step="Give one value for each period",
                )
        for name, column in {"energy": self.energy, **self.drivers}.items():
            if not np.all(np.isfinite(column)):
                raise InputError(
                    "is not a finite number in every period",
                    subject=name,
                    value=str(self.start[int(np.argmax(~np.isfinite(column)))]),
                    limit="a period without data is left out, it is not zero and not NaN",
                    next_step="Leave the period out, with its reason",
                )
        if n > 1 and not np.all(np.diff(self.start) > np.timedelta64(0, "s")):
            raise InputError(
                "the periods are not in the order of time",
                subject="periods",
                next_step="Give each period once, from the first to the last",
            )

    def __len__(self) -> int:
        return len(self.start)

    @property
    def hours(self) -> Floats:
        """Length of each period in hours."""
        return (self.end - self.start).astype("timedelta64[s]").astype(np.float64) / 3600

    def chosen(self, mask: NDArray[np.bool_], reason: str = "") -> Periods:
        """The periods where ``mask`` is true; with a reason, the others are listed as left out."""
        others = zip(self.start[~mask], self.energy[~mask], strict=True) if reason else ()
        return replace(
            self,
            start=self.start[mask],
            end=self.end[mask],
            energy=self.energy[mask],
            coverage=self.coverage[mask],
            drivers={name: column[mask] for name, column in self.drivers.items()},
            left_out=(*self.left_out, *(LeftOut(s, float(e), reason) for s, e in others)),
        )

    def between(self, first: date | str, last: date | str) -> Periods:
        """Whole periods from the first day to the last, both included."""
        begin, end = np.datetime64(first, "D"), np.datetime64(last, "D") + np.timedelta64(1, "D")
        inside = (self.start >= begin.astype("datetime64[s]")) & (self.end <= end.astype("datetime64[s]"))
        left = tuple(each for each in self.left_out if begin <= each.start < end)
        return replace(self.chosen(inside), left_out=left)


def periods_of(
    meter: MeterSeries,
    interval: Interval,
    drivers: Mapping[str, MeterSeries] | None = None,
    *,
    minimum_coverage: float = 1.0,
) -> Periods:
    """Add the slots of a meter and of its drivers up to periods of local clock time.

    A period needs a reading in at least ``minimum_coverage`` of its slots. Below 1, the energy of its missing slots is
    taken as the mean of its read ones (the sum is divided by the coverage), which ``coverage`` shows.

    Args:
        meter: the meter whose energy is explained.
        interval: length of the periods; weeks start on Monday.
        drivers: further series by name; ``interval_mean`` is averaged, everything else is added up.
        minimum_coverage: least share of slots read in the meter and in every driver, above 0 to 1.

    Returns:
        The periods that have data; the others stand in ``left_out``.

    Raises:
        InputError: a slot is longer than the period, no period has enough data, or the coverage is no share.
    """
    if interval not in get_args(Interval) or not 0 < minimum_coverage <= 1:
        raise InputError(
            "cannot be used for periods",
            subject="periods",
            value=f"interval {interval}, minimum coverage {minimum_coverage}",
            limit=f"one of {', '.join(get_args(Interval))}; coverage above 0 to 1",
            next_step="Correct the interval or the coverage",
        )
    drivers = drivers or {}
    edges = _edges(meter.interval_start[0], meter.interval_end[-1], interval)
    length = np.diff(edges).astype(np.int64)
    sums, coverage = _aggregated(meter, edges, length, meter.amount)
    values: dict[str, Floats] = {}
    shared = coverage
    for name, series in drivers.items():
        added, read = _aggregated(series, edges, length, series.amount)
        shared = np.minimum(shared, read)
        with np.errstate(invalid="ignore", divide="ignore"):
            slots = read * length / series.layout.interval_seconds
            values[name] = added / (slots if series.layout.quantity_kind in MEANS else read)
    whole = shared >= minimum_coverage - 1e-12
    if not whole.any():
        raise InputError(
            f"no {interval} has enough readings",
            subject=meter.layout.subject,
            value=f"best coverage {float(shared.max()):.1%}",
            limit=f"minimum coverage {minimum_coverage:.1%}",
            next_step="Use a shorter interval, or look at the gaps in the ledger",
        )
    left = tuple(
        LeftOut(edges[i], float(sums[i]), f"only {shared[i]:.1%} of its slots are read") for i in np.flatnonzero(~whole)
    )
    return Periods(
        start=edges[:-1][whole],
        end=edges[1:][whole],
        energy=sums[whole] / coverage[whole],
        unit=meter.unit,
        interval=interval,
        drivers={name: column[whole] for name, column in values.items()},
        driver_units={name: series.layout.unit for name, series in drivers.items()},
        coverage=coverage[whole],
        source=meter.source(),
        left_out=left,
    )


def _edges(first: np.datetime64, last: np.datetime64, interval: Interval) -> Times:
    """Clock times at which the periods begin, from the one that holds ``first`` to the end of the one with ``last``."""
    if interval == "month":
        months = np.arange(first.astype("datetime64[M]"), last.astype("datetime64[M]") + 2)
        return _until(months.astype("datetime64[s]"), last)
    if interval == "week":
        day = first.astype("datetime64[D]")
        monday = day - np.timedelta64(int((day.astype(np.int64) + 3) % 7), "D")
        return _until(np.arange(monday, last.astype("datetime64[D]") + 8, 7).astype("datetime64[s]"), last)
    unit, step = ("h", 3600) if interval == "hour" else ("D", 86_400)
    begin = first.astype(f"datetime64[{unit}]").astype("datetime64[s]")
    return _until(np.arange(begin, last + 2 * np.timedelta64(step, "s"), np.timedelta64(step, "s")), last)


def _until(edges: Times, last: np.datetime64) -> Times:
    return edges[: int(np.searchsorted(edges, last)) + 1]


def _aggregated(series: MeterSeries, edges: Times, length: NDArray[np.int64], amount: Floats) -> tuple[Floats, Floats]:
    """Sum of the slots of each period, and the share of its time that they cover."""
    if series.layout.interval_seconds > int(length.min()):
        raise InputError(
            "a slot is longer than the period it is to be part of",
            subject=series.layout.subject,
            value=f"slots of {series.layout.interval}",
            limit=f"periods of {int(length.min()) / 3600:g} h",
            next_step="Use longer periods, or a file with shorter slots",
        )
    place = np.searchsorted(edges, series.interval_start, side="right") - 1
    inside = (place >= 0) & (place < len(length)) & (series.interval_end <= edges[np.minimum(place + 1, len(length))])
    place = place[inside]
    count = np.bincount(place, minlength=len(length))
    sums = np.bincount(place, weights=amount[inside], minlength=len(length)).astype(np.float64)
    return sums, count * series.layout.interval_seconds / length
