"""The table for the years after closing: what is to be filled in, and what the case expects, with its ±.

The programme's own form (成效追蹤表) is not public; this is not the official form.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from energycalc.assessment import Assessment
from energycalc.case.case import Case
from energycalc.case.correlations import declared_correlations
from energycalc.checks.programme.edition import Edition, TrackingDuty
from energycalc.checks.programme.outcome import months_later
from energycalc.effects.effects import chosen_factors
from energycalc.effects.emissions import emissions, on_common_basis
from energycalc.effects.persistence import yearly_saving
from energycalc.errors import EnergycalcError
from energycalc.factors import FactorSet
from energycalc.quantity import Quantity, about, cite, total
from energycalc.quantity.uncertainty import propagate

SUM = cite("energy-balance", "sum of the parts")
EMISSION = "emission"
TO_FILL = ("energy_used", "output", "saving_found", "factor_of_year", "emission_found", "spread", "changes")
"""Columns left empty, in words of the reports: they are measured later, never taken from the expectation."""


@dataclass(frozen=True)
class Expected:
    """What the case expects of a year: a traced quantity and its 95 % interval, where uncertainties are stated."""

    quantity: Quantity
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class TrackingRow:
    """One calendar year, from the closing year on.

    Attributes:
        year: AD.
        last_day: on which the duty ends, in its last year.
        expected: by carrier, and ``emission`` for all of them.
    """

    year: int
    last_day: dt.date | None
    expected: Mapping[str, Expected]


@dataclass(frozen=True)
class Tracking:
    """The whole table.

    Attributes:
        duty: whose duty it is.
        closing: closing day of the project.
        rows: one a year.
        refused: why nothing can be expected, as the refusal says it; empty when it can.
    """

    duty: TrackingDuty
    closing: dt.date
    rows: tuple[TrackingRow, ...]
    refused: str = ""


def tracking_table(edition: Edition, case: Case, assessment: Assessment, factors: FactorSet) -> Tracking | None:
    """The years to be reported, with the saving and CO2e that the case expects at its own factors.

    Args:
        edition: of the programme.
        case: with its application.
        assessment: of that case.
        factors: that it was assessed with.

    Returns:
        The table; ``None`` when the programme asks for none or the case states no closing day. Where the case cannot
        expect anything of a calendar year, its rows are empty and ``refused`` says why.
    """
    application = case.application
    if edition.tracking is None or application is None or application.end is None:
        return None
    duty, closing = edition.tracking, application.end
    years = range(closing.year, closing.year + duty.years + 1)  # the duty begins while the project runs
    last = months_later(closing, 12 * duty.years)
    try:
        by_year = {year: _expected(case, assessment, factors, year) for year in years}
        found, refused = _with_intervals(case, by_year), ""
    except EnergycalcError as error:
        found, refused = {year: {} for year in years}, error.sentence()
    rows = tuple(
        TrackingRow(year, last if year == last.year else None, MappingProxyType(dict(found[year]))) for year in years
    )
    return Tracking(duty, closing, rows, refused)


def _expected(case: Case, assessment: Assessment, factors: FactorSet, year: int) -> dict[str, Quantity]:
    by_carrier: dict[str, list[Quantity]] = {}
    for (_, carrier), saved in yearly_saving(case, assessment.effects, year).items():
        by_carrier.setdefault(carrier, []).append(saved)
    chosen = chosen_factors(case, factors)
    with about(f"{case.plant.name} {year}"):
        savings = {c: total(parts).renamed("project_saving_of_year", f"ΔE_P{year}", SUM)
                   for c, parts in by_carrier.items()}  # fmt: skip
        parts = [emissions(saved, chosen[c], "emission_saving", f"ΔGHG_{year}") for c, saved in savings.items()]
        whole = on_common_basis(case, parts, "emission_saving_total", f"ΔGHG_{year}")
    return {**savings, EMISSION: whole}


def _with_intervals(case: Case, by_year: Mapping[int, Mapping[str, Quantity]]) -> dict[int, dict[str, Expected]]:
    wanted = [q for row in by_year.values() for q in row.values()]
    results = propagate(
        wanted, draws=case.sampling.draws, seed=case.sampling.seed, correlations=declared_correlations(case)
    )
    interval = {q: r.interval for q, r in zip(wanted, results, strict=True)}
    return {year: {key: Expected(q, interval[q]) for key, q in row.items()} for year, row in by_year.items()}
