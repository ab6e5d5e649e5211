"""What is declared once for all meters of a portfolio: the form of the files, the two periods, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.metering import MeterLayout
from energycalc.mv.models.calendar import Calendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True)
class PortfolioPlan:
    """The declarations that all meters share.

    Attributes:
        layout: form of the files as for ``read_meter``; its ``file`` is the folder or the one file with all meters.
        baseline: first and last day of the baseline period, both included.
        reporting: first and last day of the reporting period.
        meter_column: header of the column that names the meter, in a file with many; None for a file a meter.
        temperature_column: header of a column with the outdoor temperature; None without temperature.
        temperature_unit: its unit, for messages: ``degC`` or ``degF``; the model is the same in either.
        calendar: official holidays and shutdowns become kinds of days of their own; None leaves the seven weekdays.
        confidence: of the ± that is shown, two-sided.
    """

    layout: MeterLayout
    baseline: tuple[date, date]
    reporting: tuple[date, date]
    meter_column: str | None = None
    temperature_column: str | None = None
    temperature_unit: str = "degC"
    calendar: Calendar | None = None
    confidence: float = 0.90

    def __post_init__(self) -> None:
        (first, last), (begin, end) = self.baseline, self.reporting
        for wrong, message, value, limit in (
            (last < first or end < begin, "a period ends before it begins", f"{self.baseline}, {self.reporting}",
             "first day, last day"),
            (not last < begin, "the reporting period begins before the baseline period has ended", f"{last}, {begin}",
             "baseline, then reporting"),
            (not 0 < self.confidence < 1, "the confidence is no share", f"{self.confidence}", "between 0 and 1"),
            (self.layout.kind_of_amount == "driver", "the column is a driver, no energy", self.layout.quantity_kind,
             "energy, power, volume or register"),
        ):  # fmt: skip
            if wrong:
                raise InputError(message, subject="portfolio", value=value, limit=limit, next_step="Correct the plan")

    @property
    def days(self) -> NDArray[np.datetime64]:
        """All days from the first of the baseline to the last of the reporting period."""
        return np.arange(np.datetime64(self.baseline[0], "D"), np.datetime64(self.reporting[1], "D") + 1)

    def kinds_of_days(self) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        """Names of the kinds of days, and the kind of each of ``days``."""
        weekday = weekdays(self.days)
        if self.calendar is None:
            return WEEKDAYS, weekday
        types = self.calendar.day_types(self.days)
        usual = np.isin(types, ("workday", "weekend", "saturday"))
        worked = np.isin(weekday, self.calendar.working_weekdays)
        named = np.where(usual, np.array(WEEKDAYS)[weekday], types)
        named = np.where((types == "workday") & ~worked, "make_up_workday", named)
        names = tuple(dict.fromkeys([*WEEKDAYS, *named.tolist()]))
        place = {name: number for number, name in enumerate(names)}
        return names, np.array([place[name] for name in named.tolist()], dtype=np.int64)

    def inside(self, period: tuple[date, date]) -> NDArray[np.bool_]:
        """Which of ``days`` lie in a period."""
        return (self.days >= np.datetime64(period[0], "D")) & (self.days <= np.datetime64(period[1], "D"))


def weekdays(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Monday 0 to Sunday 6."""
    return (days.astype("datetime64[D]").astype(np.int64) + 3) % 7
