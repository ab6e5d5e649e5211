"""How much of a measure's full-year saving a calendar year brings: commissioning date, part of a year, degradation."""

from __future__ import annotations

import calendar

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, quantity


def in_service(case: Case, measure: Measure, year: int) -> Quantity:
    """Part of the full-year saving that the measure brings in a calendar year.

    Args:
        case: the case.
        measure: one of its measures.
        year: calendar year.

    Returns:
        A pure number: 0 before commissioning, the share of the days in the year of commissioning, then 1.

    Raises:
        InputError: the measure states no day of commissioning.
    """
    if measure.commissioned is None:
        raise InputError(
            "a path over years needs the day on which the measure begins to act",
            subject=f"{case.file}, measure {measure.id}",
            next_step="Add commissioned, e.g. 114/7/1",
        )
    days = 366 if calendar.isleap(year) else 365
    first = measure.commissioned
    acting = days if first.year < year else 0 if first.year > year else days - first.timetuple().tm_yday + 1
    source = Source("case file", f"commissioned {first}: {acting} of the {days} days of {year}")
    return quantity(acting / days, "1", name="in_service", symbol=f"s_{year}", source=source, subject=measure.id)
