"""How much of a measure's full-year saving a calendar year brings: commissioning date, part of a year, degradation."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Annotated

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.case.sharing import Persistence
from energycalc.effects.results import Effects
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, about, cite, constant, formula, quantity, total
from energycalc.quantity.aliases import Fraction, Number, Year

ONE_YEAR = constant("1_yr", 1, "yr", Source("degradation is counted by the year", "definition"), name="one_year")
OF_YEAR = cite("interaction-rules", "saving of a calendar year: full-year saving times the part in service")


@formula(
    symbol="s",
    source=cite("interaction-rules", "share of the days × (1 − d)^completed years of service"),
    limits={"share_of_days": (0, 1), "degradation": (0, 1), "completed_years": (0, None)},
)
def degraded(share_of_days: Fraction, degradation: Annotated[Quantity, "1/yr"], completed_years: Year) -> Number:
    """Part of the first year's saving that days of a later year of service bring.

    Args:
        share_of_days: of the calendar year, in one and the same year of service.
        degradation: part of the saving lost from one year of service to the next.
        completed_years: years of service completed on these days; 0 in the first.
    """
    return share_of_days * (1 - degradation * ONE_YEAR) ** (completed_years / ONE_YEAR)


def in_service(case: Case, measure: Measure, year: int) -> Quantity:
    """Part of the full-year saving that the measure brings in a calendar year.

    Args:
        case: the case; ``interactions.persistence`` may state life and degradation, ``economics`` a life.
        measure: one of its measures.
        year: calendar year.

    Returns:
        A pure number: 0 before commissioning and after the end of life; in between the share of the days in service,
        each day times (1 − degradation) to the power of the years of service completed before it.

    Raises:
        InputError: the measure states no day of commissioning, or the year is none.
    """
    if not isinstance(year, int) or isinstance(year, bool) or not dt.MINYEAR <= year < dt.MAXYEAR:
        raise InputError("is no calendar year", subject=f"{case.file}, measure {measure.id}", value=repr(year))
    if measure.commissioned is None:
        raise InputError(
            "a path over years needs the day on which the measure begins to act",
            subject=f"{case.file}, measure {measure.id}",
            next_step="Add commissioned, e.g. 114/7/1",
        )
    first, stated = measure.commissioned, persistence_of(case, measure)
    life = life_of(case, measure)
    end = None if life is None else _end_of_life(first, life)  # the first day that counts no more
    days = 366 if calendar.isleap(year) else 365
    parts = _by_year_of_service(first, end, year)
    acting = sum(parts.values())
    until = f" until {end - dt.timedelta(days=1)}" if end is not None else ""
    said = f"commissioned {first}{until}: {acting} of the {days} days of {year}"
    source = Source("case file", said)
    if stated is None or stated.degradation is None or not any(parts.values()):
        return quantity(acting / days, "1", name="in_service", symbol=f"s_{year}", source=source, subject=measure.id)
    with about(f"{measure.id} {measure.name}"):
        terms = []
        for completed, count in parts.items():
            part = Source("case file", f"{said}; {count} of them after {completed} completed years of service")
            share = quantity(count / days, "1", name="share_of_days", symbol="s_d", source=part)
            years = quantity(completed, "yr", name="completed_years", symbol="k", source=part)
            terms.append(degraded(share, stated.degradation, years))
        return total(terms).renamed("in_service", f"s_{year}", OF_YEAR)


def persistence_of(case: Case, measure: Measure) -> Persistence | None:
    """What the case states on life and degradation of a measure."""
    return case.interactions.persistence_by_measure.get(measure.id) if case.interactions else None


def life_of(case: Case, measure: Measure) -> Quantity | None:
    """How long a measure acts: its useful life, else that of the economics; ``None`` where the case states neither."""
    stated = persistence_of(case, measure)
    if stated is not None and stated.useful_life is not None:
        return stated.useful_life
    if case.economics is None:
        return None
    terms = case.economics.terms_of(measure.id)
    return terms.life if terms is not None and terms.life is not None else case.economics.life


def _anniversary(first: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return dt.date(first.year + years, 3, 1)


def _end_of_life(first: dt.date, stated: Quantity) -> dt.date:
    life = float(stated.value_in("yr"))
    whole, rest = int(life), life - int(life)
    last = _anniversary(first, whole)
    return last + dt.timedelta(days=round(rest * (_anniversary(first, whole + 1) - last).days))


def _by_year_of_service(first: dt.date, end: dt.date | None, year: int) -> dict[int, int]:
    """Days in service within a calendar year, by the number of years of service completed before them."""
    new_year, next_year = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    stop = next_year if end is None else min(next_year, end)
    turn = _anniversary(first, year - first.year) if year > first.year else first
    found: dict[int, int] = {}
    for completed, begin, finish in (
        (year - first.year - 1, max(first, new_year), min(turn, stop)),
        (year - first.year, max(first, turn, new_year), stop),
    ):
        if completed >= 0 and finish > begin:
            found[completed] = (finish - begin).days
    return found


def yearly_saving(case: Case, effects: Effects, year: int) -> dict[tuple[str, str], Quantity]:
    """What each measure saves in a calendar year, by measure id and carrier.

    Everything a measure does is in it: on its machine, on shared systems, on what cools or heats, less what is taken
    back. The parts are those of the order in which the case is computed, with all measures acting; while one of them
    is not there yet, the others may save a little more than shown.

    Args:
        case: the case; its period is one whole year, so that its savings are savings of a full year.
        effects: of that case.
        year: calendar year.

    Returns:
        kWh, for fuels kWh[LHV]; positive = less used.

    Raises:
        InputError: the period is no whole year, or a measure states no day of commissioning.
    """
    if not case.period.is_one_year:
        raise InputError(
            "savings of calendar years need a case whose period is one whole year",
            subject=case.file,
            value=f"{case.period.first_day} to {case.period.last_day}, {case.period.days} days",
            limit="a part of a year is never multiplied to a year",
            next_step="State a period of one year",
        )
    savings: dict[tuple[str, str], list[Quantity]] = {}
    measures: dict[str, Measure] = {}
    for result in effects.measures:
        savings.setdefault((result.measure.id, result.carrier), []).append(result.saving)
        measures[result.measure.id] = result.measure
    part = {id: in_service(case, measure, year) for id, measure in measures.items()}
    found = {}
    for (id, carrier), parts in savings.items():
        with about(f"{id} {measures[id].name}"):
            found[id, carrier] = (total(parts) * part[id]).renamed("saving_in_year", f"ΔE_{year}", OF_YEAR)
    return found
