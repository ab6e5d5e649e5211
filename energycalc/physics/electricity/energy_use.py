"""Shares of an energy use: what is still used after a measure, and the most that could be saved."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour, KilowattHourLHV

ElectricityPerFuel = Annotated[Quantity, "kWh/kWh[LHV]"]
FuelPerElectricity = Annotated[Quantity, "kWh[LHV]/kWh"]

SAME_WORK = cite("first-law", "energy after over energy before, for the same work")
LIMIT = cite("first-law", "1 - least energy over energy before")


@formula(symbol="s_max", source=LIMIT, limits={"energy_before": (1e-9, None)}, name="largest_saving")
def largest_electricity_saving(least_energy: KilowattHour, energy_before: KilowattHour) -> Fraction:
    """Largest saving, from the least electricity that the work takes."""
    return 1 - least_energy / energy_before


@formula(symbol="s_max", source=LIMIT, limits={"fuel_energy_before": (1e-9, None)}, name="largest_saving")
def largest_fuel_saving(least_fuel_energy: KilowattHourLHV, fuel_energy_before: KilowattHourLHV) -> Fraction:
    """Largest saving, from the least fuel that the work takes (lower heating value both)."""
    return 1 - least_fuel_energy / fuel_energy_before


@formula(symbol="a_el", source=LIMIT, limits={"fuel_energy_before": (1e-9, None)})
def electricity_per_fuel(extra_electricity: KilowattHour, fuel_energy_before: KilowattHourLHV) -> ElectricityPerFuel:
    """Electricity that a measure takes up (negative: saves) per unit of the fuel before."""
    return extra_electricity / fuel_energy_before


@formula(symbol="E_aux", source=SAME_WORK, limits={"auxiliary_power": (0, None), "hours": (0, None)})
def auxiliary_electricity(auxiliary_power: Kilowatt, hours: Hour) -> KilowattHour:
    """Electricity of the fan or pump of a measure over its hours."""
    return auxiliary_power * hours
