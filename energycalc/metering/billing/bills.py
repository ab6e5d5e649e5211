"""Bills as periods of days: from read dates to first and last days, and from there to days and calendar months."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import CalculationError, InputError
from energycalc.quantity import Source

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
Reads = Literal["start", "end"]
DAY = np.timedelta64(1, "D")
TOLERANCE = 1e-12
"""Largest relative difference at which days or months and bills have one total."""
LONGEST_MERGED = 70
"""Days that bills with estimated reads may cover together (CalTRACK 2.0 merges estimated reads up to 70 days)."""


@dataclass(frozen=True)
class LeftOutBill:
    """A bill that is not used: its last day (or read date), its amount, and why."""

    last_day: np.datetime64
    amount: float
    reason: str


@dataclass(frozen=True, eq=False)
class Bills:
    """The bills of one carrier, in the order of time, without overlap; days between bills are missing, not zero.

    Attributes:
        first_day: first day billed.
        last_day: last day billed, included.
        amount: amount of each bill in ``unit``.
        unit: unit of the amounts.
        money: money of each bill in ``money_unit``; empty where it is not known.
        money_unit: for example ``TWD``.
        estimated: whether the reading at the end of the bill was estimated.
        source: where the bills are from.
        left_out: bills that are not used, with the reason.
    """

    first_day: Days
    last_day: Days
    amount: Floats
    unit: str
    money: Floats
    money_unit: str
    estimated: NDArray[np.bool_]
    source: Source | None = None
    left_out: tuple[LeftOutBill, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.first_day)
        lengths = {len(self.last_day), len(self.amount), len(self.estimated), len(self.money) if len(self.money) else n}
        if n == 0 or lengths != {n}:
            raise InputError("each bill needs its days and its amount", subject="bills", value=f"{n} bills")
        self._refuse(self.last_day < self.first_day, "ends before it begins")
        self._refuse(~np.isfinite(self.amount), "has no amount")
        self._refuse(
            np.append(False, self.first_day[1:] <= self.last_day[:-1]), "overlaps the one before, or is out of order"
        )

    def _refuse(self, wrong: NDArray[np.bool_], why: str) -> None:
        if wrong.any():
            i = int(np.argmax(wrong))
            raise InputError(
                f"a bill {why}",
                subject="bills",
                value=f"{self.first_day[i]} to {self.last_day[i]}, {self.amount[i]:g} {self.unit}",
                limit="one bill for each day, in the order of time",
                next_step="Correct the read dates; a replaced bill is taken out, not added",
            )

    @property
    def days(self) -> NDArray[np.int64]:
        """Number of days of each bill."""
        return ((self.last_day - self.first_day) // DAY + 1).astype(np.int64)


def bills_from_reads(
    read_dates: Sequence[date | str | np.datetime64],
    amounts: Sequence[float],
    unit: str,
    reads: Reads,
    *,
    first_day: date | str | None = None,
    money: Sequence[float] = (),
    money_unit: str = "TWD",
    estimated: Sequence[bool] = (),
    source: Source | None = None,
) -> Bills:
    """Bills whose periods follow from the dates on which the meter was read.

    Args:
        read_dates: one for each amount, increasing.
        amounts: amount beside each date; NaN where a date only closes or opens a period.
        unit: unit of the amounts.
        reads: ``start``: the amount covers the days from its date to the day before the next one (eemeter); the last
            date closes the last bill and has no amount. ``end``: it covers the days after the date before, up to and
            with its own date (VERIFI); where the first bill begins is not in the dates.
        first_day: first day of the first bill under ``end``; without it that bill is left out, and listed.
        money: money beside each date, if known.
        money_unit: its unit.
        estimated: whether the reading that ends the bill was estimated.
        source: where the bills are from.

    Returns:
        The bills.

    Raises:
        InputError: the dates do not increase, an amount is missing between two dates, or the last date of ``start``
            has an amount whose end nobody states.
    """
    reading = np.array([_day(day) for day in read_dates], dtype="datetime64[D]")
    amount = np.asarray(amounts, dtype=np.float64)
    if len(reading) != len(amount) or len(reading) < 2 or not np.all(np.diff(reading) > np.timedelta64(0, "D")):
        raise InputError(
            "the read dates must increase, one for each amount",
            subject="bills",
            value=f"{len(reading)} dates, {len(amount)} amounts",
            next_step="Sort out repeated and replaced bills by hand",
        )
    cost = np.asarray(money, dtype=np.float64)
    by_estimate = np.asarray(estimated, dtype=bool) if len(estimated) else np.zeros(len(reading), dtype=bool)
    if reads == "start":
        if not math.isnan(amount[-1]):
            raise InputError(
                "the last bill has no end",
                subject="bills",
                value=f"{amount[-1]:g} {unit} from {reading[-1]}",
                limit="reads start a period: the last date closes the one before",
                next_step="Add the next read date without an amount, or take the last bill out",
            )
        used = slice(0, len(reading) - 1)
        first: Days = reading[:-1]
        last: Days = np.array(reading[1:] - DAY, dtype="datetime64[D]")
        left: tuple[LeftOutBill, ...] = ()
    else:
        used = slice(1, len(reading)) if first_day is None else slice(0, len(reading))
        before = [] if first_day is None else [_day(first_day)]
        first, last = np.array([*before, *(reading[:-1] + DAY)], dtype="datetime64[D]"), reading[used]
        opening = LeftOutBill(reading[0], float(amount[0]), "the day on which it begins is not stated")
        left = (opening,) if first_day is None and not math.isnan(amount[0]) else ()
    return Bills(
        first, last, amount[used], unit, cost[used] if len(cost) else cost, money_unit, by_estimate[used], source, left
    )


def _day(day: date | str | np.datetime64) -> np.datetime64:
    try:
        return np.datetime64(str(day), "D")
    except ValueError:
        raise InputError("is no date", subject="bills", value=day, next_step='Write it like "2025-10-31"') from None


def merge_estimated(bills: Bills, longest: int = LONGEST_MERGED) -> Bills:
    """Bills that end with an estimated reading joined to those after them, up to the next true reading.

    An estimate shifts energy between two bills but not out of their sum, so only the sum is kept.

    Args:
        bills: the bills; those between which days are missing are not joined.
        longest: most days that joined bills may cover.

    Returns:
        The bills, all of which end with a true reading; what could not be joined stands in ``left_out``.
    """
    groups: list[list[int]] = []
    left = list(bills.left_out)
    open_group: list[int] = []
    for i in range(len(bills.amount)):
        if open_group and bills.first_day[i] != bills.last_day[open_group[-1]] + DAY:
            left += _left(bills, open_group, "an estimated reading with no true one after it")
            open_group = []
        open_group.append(i)
        if not bills.estimated[i]:
            days = int(bills.days[open_group].sum())
            if len(open_group) > 1 and days > longest:
                left += _left(bills, open_group, f"estimated readings over {days} days, more than {longest}")
            else:
                groups.append(open_group)
            open_group = []
    left += _left(bills, open_group, "an estimated reading with no true one after it")
    return replace(
        bills,
        first_day=np.array([bills.first_day[g[0]] for g in groups], dtype="datetime64[D]"),
        last_day=np.array([bills.last_day[g[-1]] for g in groups], dtype="datetime64[D]"),
        amount=np.array([math.fsum(bills.amount[g]) for g in groups]),
        money=np.array([math.fsum(bills.money[g]) for g in groups]) if len(bills.money) else bills.money,
        estimated=np.zeros(len(groups), dtype=bool),
        left_out=tuple(left),
    )


def _left(bills: Bills, group: list[int], reason: str) -> list[LeftOutBill]:
    return [LeftOutBill(bills.last_day[i], float(bills.amount[i]), reason) for i in group]


@dataclass(frozen=True, eq=False)
class BilledDays:
    """Amount and money of each billed day, every day of a bill alike; days without bill are absent."""

    day: Days
    amount: Floats
    money: Floats
    unit: str


def daily(bills: Bills) -> BilledDays:
    """Bills spread over their days in equal parts; the total stays.

    Args:
        bills: the bills.

    Returns:
        One row for each billed day.

    Raises:
        CalculationError: the days do not add up to the bills.

    Limits of validity:
        A day's part is the bill's mean, not a measurement: a model fitted to such days has one degree of freedom for
        each bill, not for each day.
    """
    days = bills.days
    day = np.concatenate(
        [np.arange(first, last + DAY) for first, last in zip(bills.first_day, bills.last_day, strict=True)]
    )
    amount = np.repeat(bills.amount / days, days)
    money = np.repeat(bills.money / days, days) if len(bills.money) else bills.money
    _same_total(amount, bills.amount, bills.unit)
    _same_total(money, bills.money, bills.money_unit)
    return BilledDays(day, amount, money, bills.unit)


@dataclass(frozen=True, eq=False)
class BilledMonths:
    """Amount and money per calendar month.

    Attributes:
        month: first day of each month that holds a billed day.
        amount: part of the bills by days.
        money: the same for money; empty where it is not known.
        days: billed days of the month.
        days_of_month: all its days.
        unit: unit of the amounts.
    """

    month: Days
    amount: Floats
    money: Floats
    days: NDArray[np.int64]
    days_of_month: NDArray[np.int64]
    unit: str

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Whether every day of the month is billed; a part must not be compared with a whole month."""
        return self.days == self.days_of_month


def calendar_months(bills: Bills) -> BilledMonths:
    """Bills divided over calendar months by the number of days that fall into each; the total stays.

    Args:
        bills: the bills; both edge months are usually partial, see ``complete``.

    Returns:
        One row for each month with a billed day.

    Raises:
        CalculationError: the months do not add up to the bills.
    """
    spread = daily(bills)
    month, index = np.unique(spread.day.astype("datetime64[M]"), return_inverse=True)
    amount = _sums(spread.amount, index, len(month))
    money = _sums(spread.money, index, len(month)) if len(spread.money) else spread.money
    _same_total(amount, bills.amount, bills.unit)
    all_days = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(np.int64)
    return BilledMonths(
        month.astype("datetime64[D]"), amount, money, np.bincount(index).astype(np.int64), all_days, bills.unit
    )


def _sums(values: Floats, index: NDArray[np.intp], count: int) -> Floats:
    return np.array([math.fsum(values[index == i].tolist()) for i in range(count)])


def _same_total(parts: Floats, whole: Floats, unit: str) -> None:
    scale = math.fsum(np.abs(whole).tolist())
    left = math.fsum(parts.tolist()) - math.fsum(whole.tolist())
    if abs(left) > TOLERANCE * scale:
        raise CalculationError(
            "bills and their days have different totals",
            subject="bills",
            value=f"{left:g} {unit} left over",
            limit=f"{TOLERANCE * scale:g} {unit}",
            next_step="This is a fault of the program: please report it with the bills",
        )
