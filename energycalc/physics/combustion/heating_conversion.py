"""The same useful heat from another carrier: fuel, electric resistance, induction or heat pump."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import Fraction, Hour, Kelvin, Kilowatt, KilowattHour, UsefulPerFuelLHV

FuelPerElectricity = Annotated[Quantity, "kWh[LHV]/kWh"]
FuelPower = Annotated[Quantity, "kWh[LHV]/h"]

SAME_HEAT = cite("first-law", "same useful heat from the other carrier")
CARNOT = cite("second-law", "Carnot: least work to lift heat from one temperature to another")
MOST_OF_CARNOT = 0.65


@formula(symbol="COP_C", source=CARNOT, limits={"heat_pump_lift": (0.1, None)})
def carnot_performance(heat_sink_absolute: Kelvin, heat_pump_lift: Kelvin) -> Fraction:
    """Heat per work of a heat pump without any loss.

    Args:
        heat_sink_absolute: temperature at which the heat is given.
        heat_pump_lift: by which it is raised.
    """
    return heat_sink_absolute / heat_pump_lift


@formula(symbol="ΔT_l", source=CARNOT)
def heat_pump_lift(heat_sink_absolute: Kelvin, heat_source_absolute: Kelvin) -> Kelvin:
    """Temperature by which a heat pump raises the heat."""
    return heat_sink_absolute - heat_source_absolute


@formula(
    symbol="e_el",
    source=SAME_HEAT,
    limits={"converted_share": (0, 1), "fuel_heating_efficiency": (0.01, 1.11), "electric_performance": (0.01, None)},
)
def converted_electricity_per_fuel(
    converted_share: Fraction, fuel_heating_efficiency: UsefulPerFuelLHV, electric_performance: Fraction
) -> UsefulPerFuelLHV:
    """Electricity taken up per fuel heat of before, for the share of the heat that is converted.

    Args:
        converted_share: of the useful heat.
        fuel_heating_efficiency: useful heat per fuel heat, lower heating value.
        electric_performance: useful heat per electricity: an efficiency, or a heat pump's coefficient of performance.
    """
    return converted_share * fuel_heating_efficiency / electric_performance


@formula(
    symbol="e_fu",
    source=SAME_HEAT,
    limits={"converted_share": (0, 1), "fuel_heating_efficiency": (0.01, 1.11), "electric_performance": (0.01, None)},
)
def converted_fuel_per_electricity(
    converted_share: Fraction, electric_performance: Fraction, fuel_heating_efficiency: UsefulPerFuelLHV
) -> FuelPerElectricity:
    """Fuel heat taken up per electricity of before, for the share of the heat that is converted."""
    return converted_share * electric_performance / fuel_heating_efficiency


@formula(symbol="r", source=SAME_HEAT, limits={"converted_share": (0, 1)}, name="remaining_fraction")
def remaining_of_conversion(converted_share: Fraction) -> Fraction:
    """Share of the old carrier that is still used."""
    return 1 - converted_share


@formula(
    symbol="r",
    source=SAME_HEAT,
    limits={"electric_performance_before": (0.01, None), "electric_performance_after": (0.01, None)},
    name="remaining_fraction",
)
def remaining_of_electric_heating(
    electric_performance_before: Fraction, electric_performance_after: Fraction
) -> Fraction:
    """Share of the electricity that is still used when a better electric heater gives the same heat."""
    return electric_performance_before / electric_performance_after


@formula(
    symbol="e_aux",
    source=cite("first-law", "energy is power times time"),
    limits={"heater_auxiliary_power": (0, None), "mean_fuel_power": (1e-9, None)},
)
def auxiliary_electricity_per_fuel(heater_auxiliary_power: Kilowatt, mean_fuel_power: FuelPower) -> UsefulPerFuelLHV:
    """Electricity of pumps, fans and cooling of the new heater per fuel heat before."""
    return heater_auxiliary_power / mean_fuel_power


@formula(symbol="E_h", source=cite("first-law", "energy is power times time"), limits={"load_factor": (0, 1.25)})
def heater_electricity(electric_heater_rating: Kilowatt, load_factor: Fraction, operating_hours: Hour) -> KilowattHour:
    """Electricity of an electric heater in a period."""
    return electric_heater_rating * load_factor * operating_hours


@formula(symbol="Q_ch", source=SAME_HEAT, limits={"electric_performance": (0.01, None)})
def heat_to_charge(heater_electricity: KilowattHour, electric_performance: Fraction) -> KilowattHour:
    """Useful heat of an electric heater (kWh)."""
    return heater_electricity * electric_performance


@formula(symbol="E_h1", source=SAME_HEAT, limits={"electric_performance": (0.01, None)})
def electricity_for_charge(heat_to_charge: KilowattHour, electric_performance: Fraction) -> KilowattHour:
    """Electricity of an electric heater that gives an amount of useful heat (kWh)."""
    return heat_to_charge / electric_performance
