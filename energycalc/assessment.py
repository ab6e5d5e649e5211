"""The order of the play: from a case to its energy, emissions, money, doubts and uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import energycalc
from energycalc.case.case import Case
from energycalc.effects.effects import effects_of
from energycalc.effects.results import Effects, LevelResult
from energycalc.factors import FactorSet
from energycalc.finding import Finding
from energycalc.metering.reading import read_meter
from energycalc.metering.series import MeterSeries
from energycalc.quantity import Quantity
from energycalc.quantity.trace import steps
from energycalc.quantity.uncertainty import UncertainResult, propagate

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Assessment:
    """Everything that is known about a case.

    Attributes:
        case: what somebody stated.
        effects: what follows from it, traced.
        meters: the series behind the metered totals, by meter id.
        uncertainty: interval of each headline result, by the quantity itself.
        stamp: versions of engine, formulas, factors and files the results rest on.
    """

    case: Case
    effects: Effects
    meters: Mapping[str, MeterSeries]
    uncertainty: Mapping[Quantity, UncertainResult]
    stamp: Mapping[str, str]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All doubts, as raised on the way."""
        return self.effects.findings


def assess(case: Case, factors: FactorSet, *, progress: Progress = lambda _: None, meters: Mapping[str, MeterSeries] | None = None) -> Assessment:
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
    series = meters if meters is not None else {m.id: read_meter(m.layout(case.folder)) for m in case.meters}
    metered = {id: s.total(name="metered_energy", symbol=f"E_{id}") for id, s in series.items()}
    progress("effects")
    effects = effects_of(case, factors, metered)
    progress("uncertainty")
    results = headline(effects)
    found = propagate(results, draws=case.sampling.draws, seed=case.sampling.seed)
    uncertainty = dict(zip(results, found, strict=True))
    return Assessment(case, effects, series, uncertainty, _stamp(case, effects, factors, series))


def headline(effects: Effects) -> list[Quantity]:
    """The results whose uncertainty a reader is given: each level's savings and totals, each measure's saving, scenarios."""
    found: list[Quantity] = []
    for level in (effects.plant, *effects.lines, *effects.machines):
        found += _of_level(level)
    for measure in effects.measures:
        found += [measure.energy_before, measure.saving, measure.saving_rate, measure.emission_saving]
        found += [q for q in (measure.cost_saving, measure.simple_payback) if q is not None]
    found += [s.emission_saving for s in effects.scenarios]
    found += [q for r in effects.reconciliations for q in (r.machine_sum, r.metered, r.billed, r.unexplained, r.unexplained_share, r.saving_share) if q is not None]
    found += [q for q in (effects.totals.simple_payback,) if q is not None]
    return list(dict.fromkeys(found))


def _of_level(level: LevelResult) -> list[Quantity]:
    found = [level.emission_saving, level.kloe_saving, *([level.cost_saving] if level.cost_saving is not None else [])]
    for c in level.carriers.values():
        found += [c.energy_before, c.energy_after, c.saving, c.saving_rate, c.emission_saving]
        found += [c.cost_saving] if c.cost_saving is not None else []
    return found


def _stamp(case: Case, effects: Effects, factors: FactorSet, series: Mapping[str, MeterSeries]) -> dict[str, str]:
    formulas = sorted({q.formula.id for q in steps(headline(effects)) if q.formula is not None})
    return {
        "engine": f"energycalc {energycalc.__version__}",
        "case_file": f"{case.file} SHA-256 {case.sha256}",
        "factors": f"SHA-256 {factors.sha256}",
        **{f"meter {id}": f"{s.file} SHA-256 {s.sha256}" for id, s in series.items()},
        "formulas": ", ".join(formulas),
        "random_numbers": f"PCG64, seed {case.sampling.seed}, {case.sampling.draws} draws",
    }
