"""The order in which the derived effects of a case are computed, and those whose ± a reader is given."""

from __future__ import annotations

from energycalc.case.case import Case
from energycalc.case.derived import DerivedEffects
from energycalc.effects.derived.cbam import goods_of
from energycalc.effects.derived.doubts import doubts_of_goods, doubts_of_path, doubts_of_shares
from energycalc.effects.derived.fee import fee_of
from energycalc.effects.derived.intensity import base_use, intensities_of
from energycalc.effects.derived.path import energy_years, paths_of, sums_of
from energycalc.effects.derived.results import Derived
from energycalc.effects.derived.rollout import targets_of
from energycalc.effects.derived.rules import rule
from energycalc.effects.derived.shares import oil_of, shares_of
from energycalc.effects.effects import chosen_factors, without_garbage_collection
from energycalc.effects.emissions import grid, natural_gas
from energycalc.effects.results import Effects
from energycalc.factors import FactorSet
from energycalc.quantity import Quantity


def derived_effects_of(case: Case, effects: Effects, factors: FactorSet) -> Derived | None:
    """Roll-out, years to come, intensities, shares, oil equivalent, CBAM and carbon fee.

    Args:
        case: the case.
        effects: what its measures do in a full year.
        factors: emission factors to choose from.

    Returns:
        The derived effects; ``None`` when the case asks for none.

    Raises:
        EnergycalcError: whatever cannot be computed without guessing.
    """
    if case.derived_effects is None:
        return None
    with without_garbage_collection():
        return _derived_effects_of(case, case.derived_effects, effects, factors)


def _derived_effects_of(case: Case, asked: DerivedEffects, effects: Effects, factors: FactorSet) -> Derived:
    by_carrier = chosen_factors(case, factors)
    for carrier in effects.plant.carriers:
        if carrier not in by_carrier:
            choice = case.factors
            if carrier == "electricity" and choice.electricity is not None:
                by_carrier[carrier] = grid(choice.electricity, factors, case.period.last_day.year)
            elif choice.natural_gas is not None:
                by_carrier[carrier] = natural_gas(choice.natural_gas, case, factors)
    count = round(rule("tracking_years", asked.first_year).value_in("yr"))
    calendar = range(asked.first_year, asked.first_year + count)
    targets = targets_of(case, effects, calendar)
    years = energy_years(case, effects, targets, calendar)
    intensities = intensities_of(case, effects, by_carrier)
    shares = shares_of(case, effects)
    return Derived(
        first_year=asked.first_year,
        years=years,
        project_total=sums_of(case, [y.project for y in years], "project_saving_sum", "ΔE_P"),
        rollout_total=sums_of(case, [y.rollout for y in years], "rollout_saving_sum", "ΔE_R"),
        targets=targets,
        paths=paths_of(case, by_carrier, factors, years, base_use(effects).get("electricity")),
        intensities=intensities,
        shares=shares,
        oil=oil_of(case, effects, factors),
        goods=goods_of(case, effects, factors),
        fee=fee_of(case, effects),
        findings=(
            *doubts_of_path(case, effects, years, intensities),
            *doubts_of_shares(case, shares),
            *doubts_of_goods(case),
        ),
    )


def derived_headline(derived: Derived | None) -> list[Quantity]:
    """The derived effects whose uncertainty a reader is given; none when the case asks for none.

    Args:
        derived: of the case.
    """
    if derived is None:
        return []
    found: list[Quantity | None] = []
    for year in derived.years:
        found += [*year.project.values(), *year.rollout.values()]
    found += [*derived.project_total.values(), *derived.rollout_total.values()]
    for target in derived.targets:
        found += [*target.full.values(), *(saving for year in target.years for saving in year.saving.values())]
    for path in derived.paths:
        found += [path.project, path.rollout]
        for y in path.years:
            found += [y.project, y.rollout, y.change, y.by_factor]
    for i in derived.intensities:
        found += [
            *i.before.values(),
            *i.after.values(),
            *i.saved.values(),
            i.emissions_before,
            i.emissions_after,
            i.reduction,
        ]
    found += [s.share for s in derived.shares] + [o.saving for o in derived.oil]
    for good in derived.goods:
        found += [good.electricity_inside, good.direct_saving, good.of_default]
    found += [derived.fee.before, derived.fee.after, derived.fee.saved]
    return list(dict.fromkeys(q for q in found if q is not None))
