"""The years to come: saving of the project and of the roll-out, and CO2e on each path of the grid factor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from energycalc.case.case import Case
from energycalc.case.derived import FactorKind, FactorOfYear, GridPath
from energycalc.effects.derived.results import EnergyYear, PathResult, PathYear, Statement, TargetResult
from energycalc.effects.emissions import CarrierFactor, emissions, on_common_basis
from energycalc.effects.persistence import yearly_saving
from energycalc.effects.results import Effects, FactorUse
from energycalc.errors import InputError
from energycalc.factors import FactorSet, grid_factor
from energycalc.quantity import Quantity, Source, about, cite, total

SPLIT = cite("derived-effects-definitions", "change = saving at the year's factor + factor at the base year's use")
SUM = cite("energy-balance", "sum of the parts")
FIXED = Statement("the case's own factor, the same every year", "案件所選係數，各年固定")
WORDS: Mapping[str, Statement] = {
    "announced": Statement("announced by the authority, stated in the case", "主管機關已公告，由案件陳述"),
    "target": Statement("a legal target, not a factor for accounting", "法定目標，不是盤查用係數"),
    "scenario": Statement("a scenario of the case", "案件之情境假設"),
}


def energy_years(
    case: Case, effects: Effects, targets: Sequence[TargetResult], years: Sequence[int]
) -> tuple[EnergyYear, ...]:
    """Saving by calendar year and carrier; project and roll-out apart.

    Args:
        case: the case, with the day of commissioning of every measure.
        effects: the full-year savings.
        targets: roll-out.
        years: calendar years.

    Raises:
        InputError: a measure states no day of commissioning.
    """
    return tuple(_energy_year(case, effects, targets, i, year) for i, year in enumerate(years))


def _energy_year(case: Case, effects: Effects, targets: Sequence[TargetResult], place: int, year: int) -> EnergyYear:
    by_measure: dict[str, list[Quantity]] = {}
    for (_, carrier), saved in yearly_saving(case, effects, year).items():
        by_measure.setdefault(carrier, []).append(saved)
    by_target: dict[str, list[Quantity]] = {}
    for target in targets:
        for carrier, saved in target.years[place].saving.items():
            by_target.setdefault(carrier, []).append(saved)
    with about(f"{case.plant.name} {year}"):
        project = {c: total(q).renamed("project_saving_of_year", f"ΔE_P{year}", SUM) for c, q in by_measure.items()}
        rollout = {c: total(q).renamed("rollout_saving_of_year", f"ΔE_R{year}", SUM) for c, q in by_target.items()}
    return EnergyYear(year, project, rollout)


def sums_of(case: Case, years: Sequence[Mapping[str, Quantity]], name: str, symbol: str) -> dict[str, Quantity]:
    """Sum over the years by carrier.

    Args:
        case: for the plant's name.
        years: saving by carrier of each year.
        name: glossary key of the sums.
        symbol: symbol of the sums.
    """
    carriers = dict.fromkeys(carrier for year in years for carrier in year)
    with about(case.plant.name):
        return {c: total([year[c] for year in years]).renamed(name, symbol, SUM) for c in carriers}


@dataclass(frozen=True)
class _Chosen:
    kind: FactorKind | Literal["fixed", "none"]
    factor: CarrierFactor | None
    how: Statement


def paths_of(
    case: Case,
    by_carrier: Mapping[str, CarrierFactor],
    factors: FactorSet,
    years: Sequence[EnergyYear],
    use: Quantity | None,
) -> tuple[PathResult, ...]:
    """CO2e by year: first at the case's own fixed factor, then on every path of the case.

    Args:
        case: the case.
        by_carrier: the case's own factors.
        factors: where published ones are looked up.
        years: saving by year.
        use: electricity of the plant in the base year; ``None`` when it uses none.

    Raises:
        InputError: a path lacks a year.
        FactorError: a published factor is not there.
    """
    asked = case.derived_effects
    assert asked is not None
    own = by_carrier.get("electricity")
    kind: Literal["fixed", "none"] = "fixed" if own else "none"
    fixed = _path(case, "", [_Chosen(kind, own, FIXED)] * len(years), by_carrier, years, use)
    if own is None:
        return (fixed,)
    found = [fixed]
    for path in asked.grid_paths:
        chosen = [_chosen(case, path, year.year, own, factors) for year in years]
        found.append(_path(case, path.name, chosen, by_carrier, years, use))
    return tuple(found)


def _path(
    case: Case,
    name: str,
    chosen: Sequence[_Chosen],
    by_carrier: Mapping[str, CarrierFactor],
    years: Sequence[EnergyYear],
    use: Quantity | None,
) -> PathResult:
    found = tuple(_path_year(case, name, c, by_carrier, y, use) for c, y in zip(chosen, years, strict=True))
    rollouts = [y.rollout for y in found if y.rollout is not None]
    with about(" ".join(part for part in (case.plant.name, name) if part)):
        project = total([y.project for y in found]).renamed("project_emission_saving_sum", "ΔGHG_P", SUM)
        rollout = total(rollouts).renamed("rollout_emission_saving_sum", "ΔGHG_R", SUM) if rollouts else None
    return PathResult(name, not name, found, project, rollout)


def _path_year(
    case: Case,
    name: str,
    chosen: _Chosen,
    by_carrier: Mapping[str, CarrierFactor],
    year: EnergyYear,
    use: Quantity | None,
) -> PathYear:
    factors = dict(by_carrier) | ({"electricity": chosen.factor} if chosen.factor else {})
    label = f"_{year.year}"
    with about(" ".join(part for part in (case.plant.name, name, str(year.year)) if part)):
        project = _together(case, year.project, factors, "project_emission_saving", "ΔGHG_P" + label)
        rollout = None
        if year.rollout:
            rollout = _together(case, year.rollout, factors, "rollout_emission_saving", "ΔGHG_R" + label)
        if chosen.factor is None or use is None:
            by_factor = (project - project).renamed("emission_change_by_factor", "ΔGHG_f" + label, SPLIT)
        else:
            before = emissions(use, by_carrier["electricity"], "emissions_at_base_factor", "GHG_0")
            after = emissions(use, chosen.factor, "emissions_at_year_factor", "GHG_f" + label)
            declared = [on_common_basis(case, [q], q.name, q.symbol) for q in (before, after)]
            by_factor = (declared[0] - declared[1]).renamed("emission_change_by_factor", "ΔGHG_f" + label, SPLIT)
        change = (project + by_factor).renamed("emission_change", "ΔGHG" + label, SPLIT)
    factor = chosen.factor.per_activity if chosen.factor else None
    return PathYear(year.year, chosen.kind, factor, chosen.how, project, rollout, change, project, by_factor)


def _together(
    case: Case, savings: Mapping[str, Quantity], factors: Mapping[str, CarrierFactor], name: str, symbol: str
) -> Quantity:
    parts = [emissions(saved, factors[c], "emission_saving", "ΔGHG") for c, saved in savings.items()]
    return on_common_basis(case, parts, name, symbol)


def _chosen(case: Case, path: GridPath, year: int, own: CarrierFactor, factors: FactorSet) -> _Chosen:
    stated = next((y for y in path.years if y.year == year), None)
    if stated is None:
        raise InputError(
            "the path has no grid factor for a year",
            subject=f"{case.file}, derived_effects.grid_paths, {path.name}",
            value=year,
            limit=f"years stated: {', '.join(str(y.year) for y in path.years)}",
            next_step="Add the year: published, held, announced, target or scenario",
        )
    if stated.factor is not None:
        return _stated(stated, own)
    choice = case.factors.electricity
    region = choice.region if choice else "TW"
    asked = stated.year if stated.published_year is None else stated.published_year
    found, match = grid_factor(asked, region, stated.series, factors=factors)
    how = Statement(match.sentence, match.sentence_zh)
    base = own_series(case)
    if base and match.factor.series != base:
        how = Statement(
            f"another series ({match.factor.series}) than the base year's ({base}), so part of the fall is the change "
            f"of series: {how.en}",
            f"與基準年不同系列（{base} → {match.factor.series}），部分下降僅為系列改變：{how.zh}",
        )
    if stated.kind == "held":
        how = Statement(f"held at the factor of {asked}: {how.en}", f"沿用 {asked} 年係數：{how.zh}")
    use = FactorUse("electricity", found, how.en, how.zh)
    return _Chosen(stated.kind, CarrierFactor("electricity", found, None, use), how)


def own_series(case: Case) -> str:
    """Series of the case's own factor; ``overall`` where a year was chosen without one, empty for a row by its id.

    Args:
        case: the case.
    """
    choice = case.factors.electricity
    return "" if choice is None or choice.id is not None else choice.series or "overall"


def _stated(stated: FactorOfYear, own: CarrierFactor) -> _Chosen:
    assert stated.factor is not None
    words, source = WORDS[stated.kind], stated.factor.source
    said = source.document if source else ""
    how = Statement(f"{words.en} ({said})", f"{words.zh}（{said}）")
    unit = own.per_activity.unit
    because = Source("case file", f"derived_effects.grid_paths, {stated.year}: counted like the case's own factor")
    factor = stated.factor if stated.factor.unit is unit else stated.factor.declared(str(unit), because=because)
    use = FactorUse("electricity", factor, how.en, how.zh)
    return _Chosen(stated.kind, CarrierFactor("electricity", factor, None, use), how)
