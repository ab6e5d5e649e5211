"""What saved gas is worth when its price differs by month: the saving falls as the use does, and says so."""

from __future__ import annotations

import datetime as dt
import re

from energycalc.case.case import Case
from energycalc.errors import InputError
from energycalc.quantity import Quantity, about, cite, total

WEIGHTED = cite("money-rules", "price of saved gas: months weighted by the gas used in them")
_MONTH = re.compile(r"(\d{2,4})[-/.](\d{1,2})")


def gas_price(case: Case) -> Quantity | None:
    """Price of a saved unit of gas, weighted by the use of the twelve months; ``None`` when no months are stated.

    Raises:
        InputError: a month that is none, or outside the period of the case; or no gas at all.
    """
    if case.economics is None or not case.economics.gas_months:
        return None
    months = case.economics.gas_months
    inside = _months_of(case)
    seen: set[tuple[int, int]] = set()
    for row in months:
        if _month(row.month) in seen:
            raise InputError(
                "the same month stands twice",
                subject=f"{case.file}, economics.gas_months",
                value=row.month,
                limit="each month of the period once",
                next_step="Leave one of them out and add the month that is missing",
            )
        seen.add(_month(row.month))
        if _month(row.month) not in inside:
            raise InputError(
                "the month does not lie in the period of the case",
                subject=f"{case.file}, economics.gas_months",
                value=row.month,
                limit=f"{case.period.first_day} to {case.period.last_day}",
                next_step="Give the months of the period, each once",
            )
    if not sum(float(row.amount.value) for row in months) > 0:
        raise InputError("no gas was used in any month", subject=f"{case.file}, economics.gas_months", value="0")
    with about(case.plant.name):
        paid = total([row.amount * row.price for row in months])
        return (paid / total([row.amount for row in months])).renamed("saved_gas_price", "p_gas_w", WEIGHTED)


def _months_of(case: Case) -> set[tuple[int, int]]:
    first, last = case.period.first_day, case.period.last_day
    day, found = dt.date(first.year, first.month, 1), set()
    while day <= last:
        found.add((day.year, day.month))
        day = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found


def _month(text: str) -> tuple[int, int]:
    match = _MONTH.fullmatch(text.strip())
    year, month = (int(part) for part in match.groups()) if match else (0, 0)
    if not match or not 1 <= month <= 12:
        raise InputError(
            "is no month", subject="economics.gas_months", value=repr(text), limit="such as 2026-01 or 115/1"
        )
    return (year + 1911 if year < 200 else year), month
