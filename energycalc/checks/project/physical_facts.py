"""Facts of a measure of a project, and what its technology has judged already."""

from __future__ import annotations

import fnmatch
import functools
from collections.abc import Iterator

import numpy as np

from energycalc.assessment import Assessment
from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.checks.physics.facts import Fact, Facts, known_facts
from energycalc.checks.physics.judge import CHECKS, physics_findings
from energycalc.checks.physics.technology import families_of
from energycalc.checks.range import Range
from energycalc.checks.table import table
from energycalc.effects.results import MeasureResult
from energycalc.errors import UnitError
from energycalc.finding import Finding
from energycalc.quantity import Quantity, quantity

ABOVE_CEILING = "measure.above_ceiling"
ALSO_IN = {"kWh/t": "kWh[LHV]/t"}
"""The same amount of a fuel, whose unit names its heating value."""


def facts_of_measure(case: Case, measure: Measure, result: MeasureResult) -> Facts:
    """What a measure says to the checks of physics.

    Args:
        case: with the period.
        measure: its parameters; numbers count with twice their standard uncertainty, where one is stated.
        result: for the carrier that the technology is about.

    Returns:
        The facts, in the units of the checks.
    """
    values: dict[str, Range] = {}
    words: dict[str, str] = {"carrier": result.carrier}
    for place, given in (("_before", measure.before), ("_after", measure.after), ("", measure.common)):
        for fact in known_facts().values():
            for name in fact.parameters:
                value = given.get(name)
                if isinstance(value, Quantity):
                    number = _range(value, fact)
                    if number is not None:
                        values.setdefault(fact.name + place, number)
                elif isinstance(value, str) and fact.kind == "word":
                    words[fact.name + place] = value
    for place in ("_before", ""):
        power, air = values.get(f"full_load_power{place}"), values.get(f"air_flow{place}")
        if power is not None and air is not None and air.low > 0:
            values.setdefault(f"specific_power{place}", power / air)
    if result.saving_rate is not None:
        values["saving_rate"] = Range.exact(float(result.saving_rate.value_in("1")))
    if case.period.is_one_year:
        unit = "kWh" if result.carrier == "electricity" else "kWh[LHV]"
        values["saving_energy"] = Range.exact(float(result.saving.value_in(unit)))
    return Facts(f"{measure.id} {measure.name}", families_of(measure.technology), values, words, on_paper=False)


def judged_by_technology(technology: str) -> frozenset[str]:
    """Checks that a technology judges itself, by refusing, by a doubt of its own, or by its ceiling."""
    return frozenset(check for _, check in _raised_by(technology))


def check_of_finding(finding: str, technology: str) -> str | None:
    """The check of the catalogue that a finding of a technology or of its ceiling stands for.

    Args:
        finding: id, as ``measure.above_ceiling`` or ``cooling.near_carnot``.
        technology: of the measure concerned.
    """
    return next((check for pattern, check in _raised_by(technology) if fnmatch.fnmatch(finding, pattern)), None)


def physics_of_project(assessment: Assessment) -> list[Finding]:
    """What the measures of a project contradict and their technologies have not said yet (TP only).

    Args:
        assessment: of the case.
    """
    loads = {check.id for check in CHECKS if not check.id.startswith("TP")}
    return [
        finding
        for result in assessment.effects.measures
        if result.is_main
        for finding in physics_findings(
            facts_of_measure(assessment.case, result.measure, result),
            judged_elsewhere=loads | judged_by_technology(result.measure.technology),
        )
    ]


def _raised_by(technology: str) -> Iterator[tuple[str, str]]:
    for finding, technologies, check in _raised():
        if "*" in technologies or technology in technologies:
            yield finding, check


@functools.cache
def _raised() -> tuple[tuple[str, frozenset[str], str], ...]:
    rows = table("physics_raised.csv")
    return tuple((row["finding"], frozenset(row["technologies"].split()), row["check"]) for row in rows)


def _range(given: Quantity, fact: Fact) -> Range | None:
    """A parameter in the unit of the fact; ``None`` where it is of another kind, or a series."""
    if np.ndim(given.value) > 0:
        return None
    spread = 2 * given.uncertainty.standard_uncertainty if given.uncertainty is not None else 0.0
    own = str(given.unit)
    for wanted in (fact.unit, ALSO_IN.get(fact.unit, "")):
        if not wanted:
            continue
        try:
            low, value, high = (
                float(quantity(float(given.value) + d, own).value_in(wanted)) for d in (-spread, 0.0, spread)
            )
        except UnitError:
            continue
        return Range(low, value, high)
    return None
