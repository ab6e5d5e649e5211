"""The order of the play: from a case to its energy, emissions, money, doubts and uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import energycalc
from energycalc.case.case import Case
from energycalc.case.correlations import declared_correlations
from energycalc.effects.derived.derived import derived_effects_of, derived_headline
from energycalc.effects.derived.results import Derived
from energycalc.effects.doubts import doubts_of_uncertainty
from energycalc.effects.effects import effects_of
from energycalc.effects.headline import headline
from energycalc.effects.meters import meter_findings, meters_of
from energycalc.effects.money.money import money_of
from energycalc.effects.money.money_headline import money_headline, rate_uncertainty
from energycalc.effects.money.results import Money
from energycalc.effects.results import Effects
from energycalc.factors import FactorSet
from energycalc.finding import Finding
from energycalc.metering import MeterSeries
from energycalc.quantity import Quantity
from energycalc.quantity.trace import steps
from energycalc.quantity.uncertainty import UncertainResult, propagate


@dataclass(frozen=True)
class Assessment:
    """Everything that is known about a case.

    Attributes:
        case: what somebody stated.
        effects: what follows from it, traced.
        meters: the series behind the metered totals, by meter id.
        uncertainty: interval of each headline result, by the quantity itself.
        findings: all doubts, as raised on the way.
        stamp: versions of engine, formulas, factors and files the results rest on.
        derived: roll-out, years to come, intensities, CBAM, fee; ``None`` where the case asks for none.
        money: tariff, flows, payback, present value, cost curve; ``None`` where the case has no ``economics``.
    """

    case: Case
    effects: Effects
    meters: Mapping[str, MeterSeries]
    uncertainty: Mapping[Quantity, UncertainResult]
    findings: tuple[Finding, ...]
    stamp: Mapping[str, str]
    derived: Derived | None = None
    money: Money | None = None


def assess(
    case: Case,
    factors: FactorSet,
    *,
    progress: Callable[[str], None] = lambda stage: None,
    meters: Mapping[str, MeterSeries] | None = None,
) -> Assessment:
    """Assess a case: meters, energy and interactions, emissions, money, uncertainty, in that order.

    Args:
        case: the case.
        factors: emission factors to choose from.
        progress: told the name of each stage as it begins.
        meters: series already read (forms keep them); read from their files when left out.

    Returns:
        The assessment; the same case and factors give the same one.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
    """
    progress("meters")
    series = meters_of(case) if meters is None else meters
    metered = {id: s.total(symbol=f"E_{id}" if s.kind_of_amount == "energy" else f"V_{id}") for id, s in series.items()}
    progress("effects")
    effects = effects_of(case, factors, metered)
    derived = derived_effects_of(case, effects, factors)
    money = money_of(case, effects, series)
    progress("uncertainty")
    results = [*headline(effects), *derived_headline(derived), *money_headline(money)]
    correlations = declared_correlations(case)
    found = propagate(results, draws=case.sampling.draws, seed=case.sampling.seed, correlations=correlations)
    uncertainty = dict(zip(results, found, strict=True)) | rate_uncertainty(money, case, correlations)
    return Assessment(
        case=case,
        effects=effects,
        meters=series,
        uncertainty=uncertainty,
        findings=(
            *meter_findings(series),
            *effects.findings,
            *(derived.findings if derived else ()),
            *(money.findings if money else ()),
            *doubts_of_uncertainty(effects, uncertainty),
        ),
        stamp=_stamp(case, results, factors, series),
        derived=derived,
        money=money,
    )


def _stamp(
    case: Case, results: list[Quantity], factors: FactorSet, series: Mapping[str, MeterSeries]
) -> dict[str, str]:
    formulas = sorted({q.formula.id for q in steps(results) if q.formula is not None})
    return {
        "engine": f"energycalc {energycalc.__version__}",
        "case_file": f"{case.file} SHA-256 {case.sha256}",
        "factors": f"SHA-256 {factors.sha256}",
        **{f"meter {id}": f"{s.file} SHA-256 {s.sha256}" for id, s in series.items()},
        "formulas": ", ".join(formulas),
        "random_numbers": f"PCG64, seed {case.sampling.seed}, {case.sampling.draws} draws",
    }
