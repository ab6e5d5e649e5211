"""Emissions by carrier, gas set kept in the unit; totals only on a declared common basis."""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.case.case import Case, FuelChoice, GridChoice
from energycalc.effects.energy import mean_heat_value
from energycalc.effects.results import FactorUse
from energycalc.errors import FactorError
from energycalc.factors import FactorSet, co2_equivalent, factor_by_id, fuel_factor, grid_factor
from energycalc.quantity import Quantity, Source, about, cite, total

ACTIVITY = cite("moenv-ghg-guideline", "emission = activity data × emission factor × GWP")


@dataclass(frozen=True)
class CarrierFactor:
    """How one carrier becomes emissions: CO2e per unit of activity, and the heat value that turns heat into volume."""

    carrier: str
    per_activity: Quantity
    heat_value: Quantity | None
    use: FactorUse


def grid(choice: GridChoice, factors: FactorSet, year: int) -> CarrierFactor:
    """The grid factor a case asks for.

    Args:
        choice: by year and series, or by the id of a row.
        factors: where to look.
        year: year of use, to be told the age of a row chosen by its id.

    Raises:
        FactorError: not found, ambiguous or too old.
    """
    if choice.id is not None:
        found, match = factor_by_id(choice.id, year, factors=factors)
    else:
        assert choice.year is not None
        found, match = grid_factor(choice.year, choice.region, choice.series, older_by=choice.older_by, factors=factors)
    return CarrierFactor("electricity", found, None, FactorUse("electricity", found, match.sentence, match.sentence_zh))


def natural_gas(choice: FuelChoice, case: Case, factors: FactorSet) -> CarrierFactor:
    """CO2e per volume of natural gas: CO2, CH4 and N2O each with its GWP.

    Raises:
        FactorError: not found, ambiguous, too old, or the heat value is missing.
    """
    heat = mean_heat_value(case)
    if heat is None:
        raise FactorError(
            "the heat value is missing", subject="natural_gas", next_step="Add heat_value to the bills or the factors"
        )
    found = fuel_factor(
        "natural_gas",
        choice.year,
        heat_value=heat if choice.table == "per_energy" else None,
        older_by=choice.older_by,
        factors=factors,
    )
    with about("natural_gas"):
        equivalent = co2_equivalent(found.gases, choice.gwp, methane=choice.methane, factors=factors)
    matches = [*found.matches, *equivalent.matches]
    return CarrierFactor(
        "natural_gas",
        equivalent.total,
        heat,
        FactorUse(
            "natural_gas",
            equivalent.total,
            " ".join(m.sentence for m in matches),
            " ".join(m.sentence_zh for m in matches),
        ),
    )


def emissions(energy: Quantity, factor: CarrierFactor, name: str, symbol: str) -> Quantity:
    """Emissions of an amount of energy, in tCO2e on the factor's own GWP basis.

    Args:
        energy: kWh, for fuels kWh[LHV].
        factor: of the carrier.
        name: glossary key of the result.
        symbol: symbol of the result.
    """
    activity = energy
    if factor.heat_value is not None:
        volume_unit = str(factor.per_activity.unit).split("/", 1)[1].strip("()")
        activity = (energy / factor.heat_value).to(volume_unit)
    produced = activity * factor.per_activity
    basis = str(factor.per_activity.unit).split("/", 1)[0]
    tonnes = basis.replace("kgCO2", "tCO2", 1)
    return produced.to(tonnes).renamed(name, symbol, ACTIVITY)


def on_common_basis(case: Case, parts: list[Quantity], name: str, symbol: str) -> Quantity:
    """Sum emissions of several carriers; a grid factor published without GWP set is counted as the case declares.

    Args:
        case: for the declaration and its reason.
        parts: emissions by carrier.
        name: glossary key of the sum.
        symbol: symbol of the sum.

    Raises:
        UnitError: the bases differ and nothing was declared.
    """
    common = case.factors.count_grid_as
    declared = []
    for part in parts:
        if common and str(part.unit) == "tCO2e[not_stated]":
            reason = Source("case file", f"factors.because: {case.factors.because}")
            part = part.declared(f"tCO2e[{common}]", because=reason)
        declared.append(part)
    return total(declared).renamed(name, symbol, ACTIVITY)
