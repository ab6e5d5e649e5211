"""The columns a baseline model can have: each gives its numbers for periods, and its formula for a worksheet.

In worksheet formulas ``{start}``, ``{end}`` and ``{driver}`` stand for the cells of a period, in Excel's serial days.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.mv.models.calendar import WORKING, Calendar
from energycalc.mv.periods import Periods

Floats = NDArray[np.float64]
Kind = Literal["constant", "driver", "above", "below", "segment", "day_type", "shift", "time_of_week", "indicator"]
EXCEL_ORIGIN = date(1899, 12, 30)
YEARS_AHEAD = 6
"""Years after the baseline for which worksheet formulas hold the list of special days; beyond, they show #N/A."""
SLOTS = {"day": 7, "hour": 168}
"""Times of the week by interval."""


@dataclass(frozen=True)
class Shift:
    """A named part of the working day; one that ends at or before its start runs into the next day."""

    name: str
    start: time
    end: time


@dataclass(frozen=True)
class Indicator:
    """A named span of days with its own level: a column of 1 inside and 0 outside, or the share that lies inside."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a design.

    Attributes:
        name: for tables.
        kind: what it is.
        driver: name of the driver (above, below, driver, segment).
        place: which of the model's change points (above, below), which segment, or which time of the week.
        knots: temperatures between the segments.
        label: day type or shift; empty for the rest outside all shifts.
        calendar: for day types and shifts.
        shifts: all shifts of the model.
        indicator: named span.
        only: times of the week at which the column is not zero; all if empty.
        first_year: first year of the baseline, for the list of special days in worksheet formulas.
    """

    name: str
    kind: Kind
    driver: str = ""
    place: int = 0
    knots: tuple[float, ...] = ()
    label: str = ""
    calendar: Calendar | None = None
    shifts: tuple[Shift, ...] = ()
    indicator: Indicator | None = None
    only: tuple[int, ...] = field(default=())
    first_year: int = 0

    def values(self, periods: Periods, change_points: tuple[float, ...]) -> Floats:
        """The column for these periods, shape (n,).

        Raises:
            InputError: the periods lack the driver.
        """
        column = self._values(periods, change_points)
        return np.where(np.isin(time_of_week(periods), self.only), column, 0.0) if self.only else column

    def _values(self, periods: Periods, change_points: tuple[float, ...]) -> Floats:
        match self.kind:
            case "constant":
                return np.ones(len(periods))
            case "driver":
                return driver_of(periods, self.driver)
            case "above":
                return np.maximum(driver_of(periods, self.driver) - change_points[self.place], 0)
            case "below":
                return np.maximum(change_points[self.place] - driver_of(periods, self.driver), 0)
            case "segment":
                return temperature_segments(driver_of(periods, self.driver), self.knots)[:, self.place]
            case "day_type":
                assert self.calendar is not None
                return day_type_amount(periods, self.calendar, self.label)
            case "shift":
                assert self.calendar is not None
                return (shift_of(periods, self.calendar, self.shifts) == self.label).astype(float)
            case "time_of_week":
                return (time_of_week(periods) == self.place).astype(float)
            case "indicator":
                assert self.indicator is not None
                return indicator_share(periods, self.indicator)

    def expression(self, interval: str, change_points: tuple[float, ...]) -> str:
        """The column as a worksheet formula without the equals sign."""
        inside = self._expression(interval, change_points)
        if not self.only:
            return inside
        chosen = "+".join(_slot_expression(slot, interval) for slot in self.only)
        return f"({inside})*({chosen})"

    def _expression(self, interval: str, change_points: tuple[float, ...]) -> str:
        t = f"{{{self.driver}}}"
        match self.kind:
            case "constant":
                return "1"
            case "driver":
                return t
            case "above":
                return f"MAX({t}-{_number(change_points[self.place])},0)"
            case "below":
                return f"MAX({_number(change_points[self.place])}-{t},0)"
            case "segment":
                k, last = self.place, len(self.knots)
                upper = f"MIN({t},{_number(self.knots[k])})" if k < last else t
                return upper if k == 0 else f"MAX({upper}-{_number(self.knots[k - 1])},0)"
            case "day_type":
                assert self.calendar is not None
                return _day_type_expression(self.calendar, (self.label,), interval, self.first_year)
            case "shift":
                return self._shift_expression()
            case "time_of_week":
                return _slot_expression(self.place, interval)
            case "indicator":
                assert self.indicator is not None
                first, after = _serial(self.indicator.first), _serial(self.indicator.last) + 1
                return f"MAX(MIN({{end}},{after})-MAX({{start}},{first}),0)/({{end}}-{{start}})"

    def _shift_expression(self) -> str:
        assert self.calendar is not None
        parts = []
        for shift in self.shifts:
            if self.label and shift.name != self.label:
                continue
            begin = shift.start.hour + shift.start.minute / 60
            long = (shift.end.hour + shift.end.minute / 60 - begin) % 24 or 24.0
            since = f"MOD(ROUND(({{start}}-INT({{start}}))*24,6)-{begin!r}+24,24)"
            # The day on which the shift began decides whether it is worked.
            began = f"INT(ROUND(({{start}}-{begin / 24!r})*1440,3)/1440)"
            worked = _day_type_expression(self.calendar, WORKING, "day", self.first_year).replace("{start}", began)
            parts.append(f"IF({since}<{long!r},1,0)*{worked}")
        return "+".join(parts) if self.label else "1-" + "-".join(parts)


# --- their numbers ---


def driver_of(periods: Periods, name: str) -> Floats:
    """A driver of the periods.

    Raises:
        InputError: the periods have no such driver.
    """
    if name not in periods.drivers:
        raise InputError(
            "is not among the drivers of these periods",
            subject=f"driver {name}",
            value=f"there are {', '.join(periods.drivers) or 'none'}",
            next_step="Give the driver's file, or use a form without it",
        )
    return np.asarray(periods.drivers[name], float)


def temperature_segments(temperature: Floats, knots: tuple[float, ...] | Floats) -> Floats:
    """How much of a temperature lies in each segment between knots; the columns add up to the temperature.

    The first column is the temperature up to the first knot, the next ones what lies above the knot before, at most up
    to the next knot.

    Args:
        temperature: any unit, shape (n,).
        knots: increasing, same unit.

    Returns:
        Shape (n, knots + 1).

    Source:
        CalTRACK 2.0 methods 3.9.2; J. L. Mathieu et al., IEEE Transactions on Smart Grid 2, 2011.
    """
    edges = np.asarray(knots, float)
    t = np.asarray(temperature, float)[:, None]
    upper = np.append(edges, np.inf)
    lower = np.append(0.0, edges)
    columns = np.minimum(t, upper) - lower
    columns[:, 1:] = np.maximum(columns[:, 1:], 0)
    return np.asarray(columns)


def time_of_week(periods: Periods) -> NDArray[np.int64]:
    """Number of the day (Monday 0 to Sunday 6) or of the hour of the week (0 to 167) in which each period starts.

    Raises:
        InputError: the periods are weeks or months.
    """
    if periods.interval not in SLOTS:
        raise InputError(
            "a time of the week needs days or hours",
            subject="time of week",
            value=f"periods of a {periods.interval}",
            next_step="Use daily or hourly periods",
        )
    hours = periods.start.astype("datetime64[h]").astype(np.int64)
    weekday = (hours // 24 + 3) % 7
    return np.asarray(weekday if periods.interval == "day" else weekday * 24 + hours % 24)


def day_type_amount(periods: Periods, calendar: Calendar, label: str) -> Floats:
    """1 in hours and days of this type, otherwise 0; in weeks and months the number of days of this type."""
    if periods.interval in SLOTS:
        return (calendar.day_types(periods.start) == label).astype(float)
    first, after = periods.start.astype("datetime64[D]"), periods.end.astype("datetime64[D]")
    days = np.arange(first[0], after[-1])
    count = np.append(0, np.cumsum(calendar.day_types(days) == label))
    return np.asarray(count[(after - days[0]).astype(int)] - count[(first - days[0]).astype(int)], float)


def shift_of(periods: Periods, calendar: Calendar, shifts: tuple[Shift, ...]) -> NDArray[np.str_]:
    """Name of the shift in which each hour lies; empty outside all shifts and on days that are not worked.

    A shift belongs to the day on which it starts.

    Raises:
        InputError: the periods are not hours, or a shift does not begin and end on full hours.
    """
    if periods.interval != "hour":
        raise InputError(
            "shifts need hours",
            subject="shifts",
            value=f"periods of a {periods.interval}",
            next_step="Use hourly periods, or hours of each shift as a driver",
        )
    if any(moment.minute or moment.second for shift in shifts for moment in (shift.start, shift.end)):
        raise InputError(
            "does not begin and end on a full hour, as hourly periods need",
            subject="shift",
            value=", ".join(f"{each.name} {each.start} to {each.end}" for each in shifts),
            next_step="Give full hours",
        )
    hour = periods.start.astype("datetime64[h]")
    names = np.full(len(periods), "", dtype=f"U{max((len(s.name) for s in shifts), default=1)}")
    for shift in shifts:
        began = (hour - np.timedelta64(shift.start.hour, "h")).astype("datetime64[D]")
        since = (hour - np.timedelta64(shift.start.hour, "h") - began).astype(np.int64)
        long = (shift.end.hour - shift.start.hour) % 24 or 24
        worked = np.isin(calendar.day_types(began), WORKING)
        mine = (since < long) & worked
        if (mine & (names != "")).any():
            raise InputError(
                "overlaps another shift",
                subject=f"shift {shift.name}",
                value=f"{shift.start} to {shift.end}",
                next_step="Let each hour belong to one shift",
            )
        names[mine] = shift.name
    return names


def indicator_share(periods: Periods, indicator: Indicator) -> Floats:
    """Share of each period that lies in the named span, 0 to 1."""
    first = np.datetime64(indicator.first, "s")
    after = np.datetime64(indicator.last, "D").astype("datetime64[s]") + np.timedelta64(86_400, "s")
    inside = (np.minimum(periods.end, after) - np.maximum(periods.start, first)).astype("timedelta64[s]")
    share = np.maximum(inside.astype(np.int64), 0) / (periods.hours * 3600)
    return np.asarray(share, float)


# --- their formulas ---


def _number(value: float) -> str:
    """All digits, in brackets if negative."""
    text = repr(float(value))
    return f"({text})" if text.startswith("-") else text


def _serial(day: date) -> int:
    return (day - EXCEL_ORIGIN).days


def _slot_expression(slot: int, interval: str) -> str:
    day = slot if interval == "day" else slot // 24
    text = f"(WEEKDAY({{start}},2)={day + 1})"
    return f"{text}*1" if interval == "day" else f"{text}*(MOD(ROUND({{start}}*24,0),24)={slot % 24})"


def _day_type_expression(calendar: Calendar, labels: tuple[str, ...], interval: str, first_year: int) -> str:
    """Days of these types in the period: by the weekday, corrected by a list of the days on which it says otherwise."""
    days = np.arange(f"{first_year}-01-01", f"{first_year + YEARS_AHEAD + 1}-01-01", dtype="datetime64[D]")
    mine = np.isin(calendar.day_types(days), labels)
    weekday = (days.astype(np.int64) + 3) % 7
    usual = [bool(2 * mine[weekday == k].sum() > (weekday == k).sum()) for k in range(7)]
    by_rule = np.array(usual)[weekday]
    added, removed = days[mine & ~by_rule], days[~mine & by_rule]
    last = _serial(days[-1].item())
    if interval in SLOTS:
        day = "INT({start})"
        rule = "+".join(f"(WEEKDAY({day},2)={k + 1})" for k in range(7) if usual[k]) or "0"
        listed = "".join(f"{sign}{_among(day, some)}" for sign, some in (("+", added), ("-", removed)) if len(some))
        return f"IF({day}>{last},NA(),({rule}){listed})" if listed or rule != "0" else "0"
    # Days of one weekday from start to end: the serial numbers of Mondays leave 2 when divided by 7.
    rule = "+".join(
        f"INT(({{end}}-{(k + 2) % 7 + 1})/7)-INT(({{start}}-{(k + 2) % 7 + 1})/7)" for k in range(7) if usual[k]
    )
    listed = "".join(
        f"{sign}({{start}}<={_serial(day)})*({{end}}>{_serial(day)})"
        for sign, some in (("+", added), ("-", removed))
        for day in some.tolist()
    )
    return f"IF({{end}}-1>{last},NA(),{rule or 0}{listed})"


def _among(day: str, some: NDArray[np.datetime64]) -> str:
    """1 if a day is in a list, else 0; the list is text in pieces of less than 255 characters."""
    numbers = [str(_serial(each)) for each in some.tolist()]
    pieces = ['"' + " ".join(numbers[i : i + 40]) + ' "' for i in range(0, len(numbers), 40)]
    return f'ISNUMBER(FIND({day}&"",{"&".join(pieces)}))*1'
