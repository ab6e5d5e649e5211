"""Which days a factory works: official holidays, Lunar New Year, make-up workdays, and what the plant declares itself.

Holidays come from the package ``holidays``; its version goes into the stamp of a result, since lists are amended. What
is declared (shutdowns, extra workdays) goes before what is official.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.quantity.source import cite

Days = NDArray[np.datetime64]
DayType = Literal["workday", "make_up_workday", "saturday", "weekend", "holiday", "lunar_new_year", "shutdown"]
DAY_TYPES: tuple[DayType, ...] = get_args(DayType)
WORKING: tuple[DayType, ...] = ("workday", "make_up_workday")
OFFICIAL_YEARS = {"TW": (1998, 2026)}
"""Years for which the package names the government's yearly work calendar it was checked with, by country."""
_LUNAR_NEW_YEAR = re.compile(r"(Chinese|Lunar|Korean|Vietnamese) New Year|Spring Festival")
_EVE = re.compile(r"Eve\b")
_MAY_1 = (5, 1)


@dataclass(frozen=True)
class Calendar:
    """The days of a plant.

    Attributes:
        country: code of the country, ISO 3166-1 alpha-2 (TW, KR, US, ...).
        subdivision: code of a state or province, where holidays differ by it.
        working_weekdays: weekdays worked, Monday 0 to Sunday 6.
        labour_day: whether 1 May is a day off; a day off for workers by the Labor Standards Act also in the years
            before 2026, when it was no public holiday in Taiwan. Only asked for TW.
        lunar_new_year: whether Lunar New Year is a day type of its own, not a holiday like others.
        make_up_workdays: whether a Saturday worked in place of another day is a ``workday``, a type of its own
            (``own``), or is not worked by this plant (``weekend``).
        saturdays: whether Saturdays off are a day type of their own.
        shutdowns: first and last day of each declared shutdown.
        extra_workdays: days worked although they would be off.
    """

    country: str = "TW"
    subdivision: str = ""
    working_weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    labour_day: bool = True
    lunar_new_year: bool = True
    make_up_workdays: Literal["workday", "own", "weekend"] = "workday"
    saturdays: bool = False
    shutdowns: tuple[tuple[date, date], ...] = ()
    extra_workdays: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if not self.working_weekdays or not set(self.working_weekdays) <= set(range(7)):
            raise InputError(
                "names no weekdays",
                subject="working weekdays",
                value=str(self.working_weekdays),
                limit="Monday 0 to Sunday 6",
                next_step="List the weekdays that are worked",
            )
        for first, last in self.shutdowns:
            if last < first:
                raise InputError(
                    "ends before it begins",
                    subject="shutdown",
                    value=f"{first} to {last}",
                    next_step="Correct the days",
                )
        both = [day for day in self.extra_workdays if any(first <= day <= last for first, last in self.shutdowns)]
        if both:
            raise InputError(
                "is declared both as an extra workday and as part of a shutdown",
                subject=str(both[0]),
                next_step="Take it out of one of the two",
            )

    def day_types(self, days: Days) -> NDArray[np.str_]:
        """Type of each day, shape as given.

        Args:
            days: calendar days of local time, ``datetime64[D]`` or finer.

        Raises:
            InputError: the package knows no holidays of this country or year.
        """
        day = np.asarray(days).astype("datetime64[D]")
        labels = np.empty(day.shape, dtype=f"U{max(map(len, DAY_TYPES))}")
        year = day.astype("datetime64[Y]")
        for each in np.unique(year):
            mine = year == each
            labels[mine] = _types_of_year(self, int(each.astype(int)) + 1970)[(day[mine] - each).astype(int)]
        return labels

    @property
    def types(self) -> tuple[DayType, ...]:
        """Day types that this calendar can give."""
        absent: set[str] = set()
        if self.make_up_workdays != "own":
            absent.add("make_up_workday")
        if not self.saturdays:
            absent.add("saturday")
        if not self.lunar_new_year:
            absent.add("lunar_new_year")
        if not self.shutdowns:
            absent.add("shutdown")
        return tuple(each for each in DAY_TYPES if each not in absent)

    @property
    def stamp(self) -> str:
        """Where the holidays come from, for the stamp of a result: package, version, country."""
        import holidays

        where = f"{self.country}-{self.subdivision}" if self.subdivision else self.country
        return f"holidays {holidays.__version__}, {where}"

    def _day_type(self, day: date) -> DayType:
        if any(first <= day <= last for first, last in self.shutdowns):
            return "shutdown"
        if day in self.extra_workdays:
            return "workday"
        official = _official(self.country, self.subdivision, day.year)
        if day in official.lunar_new_year:
            return "lunar_new_year" if self.lunar_new_year else "holiday"
        if day in official.off or (self.labour_day and self.country == "TW" and (day.month, day.day) == _MAY_1):
            return "holiday"
        if day in official.make_up and self.make_up_workdays != "weekend":
            return "make_up_workday" if self.make_up_workdays == "own" else "workday"
        if day.weekday() in self.working_weekdays:
            return "workday"
        return "saturday" if self.saturdays and day.weekday() == 5 else "weekend"


def calendar_findings(calendar: Calendar, first: date, last: date) -> list[Finding]:
    """Doubts about the calendar over a span of days: years without an official list.

    Args:
        calendar: the plant's calendar.
        first: first day used.
        last: last day used.

    Returns:
        A warning for years for which no official work calendar stands behind the package's list; otherwise none.
    """
    known = OFFICIAL_YEARS.get(calendar.country)
    years = [y for y in range(first.year, last.year + 1) if known is None or not known[0] <= y <= known[1]]
    if not years:
        return []
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    limit = f"{known[0]}-{known[1]}" if known else "none"
    return [
        Finding(
            id="calendar.no_official_list",
            severity="warning",
            subject=calendar.country,
            sentence=f"For {span} the holidays follow the rules that the package knows, not an official yearly list "
            f"(such lists: {limit}). Compare them with the government's work calendar.",
            sentence_zh=f"{span} 年之假日係依套件之規則推算，並無官方行事曆為據（有官方行事曆之年度：{limit}），"
            "請與政府公告之辦公日曆核對。",
            evidence={"years": span, "official lists": limit, "package": calendar.stamp},
            source=cite("python-holidays", "list of the work calendars checked with, class of the country"),
        )
    ]


@lru_cache(maxsize=512)
def _types_of_year(calendar: Calendar, year: int) -> NDArray[np.str_]:
    days = np.arange(f"{year}-01-01", f"{year + 1}-01-01", dtype="datetime64[D]")
    return np.array([calendar._day_type(each) for each in days.tolist()], dtype=np.str_)


@dataclass(frozen=True)
class _Year:
    off: frozenset[date]
    lunar_new_year: frozenset[date]
    make_up: frozenset[date]


@lru_cache(maxsize=256)
def _official(country: str, subdivision: str, year: int) -> _Year:
    import holidays

    try:
        listed = holidays.country_holidays(country, subdiv=subdivision or None, years=year, language="en_US")
    except NotImplementedError as error:
        raise InputError(
            "the package holidays does not know it",
            subject="country or subdivision",
            value=f"{country} {subdivision}".strip(),
            next_step="Use a code of ISO 3166, for instance TW, KR or US",
        ) from error
    if not listed:
        raise InputError(
            "the package holidays has no list for it",
            subject=f"holidays of {country}",
            value=str(year),
            next_step="Use a year that is in the package, or declare the days off as shutdowns",
        )
    make_up = frozenset(day for day in getattr(listed, "weekend_workdays", ()) if day.year == year)
    off = frozenset(listed)
    return _Year(off, _around_lunar_new_year(dict(listed), off, make_up), make_up)


def _around_lunar_new_year(names: dict[date, str], off: frozenset[date], make_up: frozenset[date]) -> frozenset[date]:
    """The unbroken run of days off that holds Lunar New Year, without an ordinary weekend at its beginning."""
    named = sorted(day for day, name in names.items() if _LUNAR_NEW_YEAR.search(name))
    proper = [day for day in named if not _EVE.search(names[day])]
    if not proper:
        return frozenset()

    def is_off(day: date) -> bool:
        return day in off or (day.weekday() >= 5 and day not in make_up)

    step = np.timedelta64(1, "D")
    first = last = np.datetime64(proper[0])
    while is_off((first - step).item()):
        first -= step
    while is_off((last + step).item()):
        last += step
    while first.item() not in off:
        first += step
    return frozenset(np.arange(first, last + step).tolist())
