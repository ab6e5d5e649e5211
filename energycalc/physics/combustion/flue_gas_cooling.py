"""Heat that flue gas gives on its way down: its heat capacity per fuel heat, with or without condensation.

The flue gas of a burner is some 0.4 to 0.7 Wh/K per kWh of fuel; how much depends on fuel and excess air, not on
the size of the burner. Complete combustion, ideal gases, as in :mod:`energycalc.physics.combustion.flue_gas`.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.combustion.dew_point import (
    HIGHEST_SATURATION,
    LOWEST_VAPOUR_PRESSURE,
    condensation,
    dew_point,
    vapour_pressure_in_flue_gas,
)
from energycalc.physics.combustion.flue_gas import combustion_air, flue_gas, flue_gas_loss, heat_balance, sensible_heat
from energycalc.physics.combustion.fuel_gas import BALANCE
from energycalc.physics.combustion.gas_species import GasesAt, published
from energycalc.physics.combustion.stoichiometry import Combustion
from energycalc.quantity import Quantity, cite, formula, total
from energycalc.quantity.aliases import Hour, Kelvin, KilowattHourLHV, UsefulPerFuelLHV

CapacityPerFuel = Annotated[Quantity, "kWh/(kWh[LHV]*K)"]
FuelPower = Annotated[Quantity, "kWh[LHV]/h"]
KilowattPerKelvin = Annotated[Quantity, "kW/K"]

FIRST_LAW = cite("first-law", "heat that flue gas gives between two temperatures")


@formula(symbol="c_fl", source=FIRST_LAW)
def flue_capacity_per_fuel(
    flue_heat_between: UsefulPerFuelLHV, hot_inlet_temperature: Kelvin, cold_inlet_temperature: Kelvin
) -> CapacityPerFuel:
    """Mean heat capacity of the flue gas per fuel heat, between the two inlet temperatures of a heat exchanger."""
    return flue_heat_between / (hot_inlet_temperature - cold_inlet_temperature)


@formula(symbol="C_fl", source=FIRST_LAW, limits={"fuel_power": (0, None)})
def flue_heat_capacity_rate(fuel_power: FuelPower, flue_capacity_per_fuel: CapacityPerFuel) -> KilowattPerKelvin:
    """Heat capacity rate of the flue gas of a burner (kW/K), from its fuel heat per hour."""
    return fuel_power * flue_capacity_per_fuel


@formula(symbol="E_f", source=FIRST_LAW, limits={"fuel_power": (0, None), "operating_hours": (0, None)})
def fuel_over_hours(fuel_power: FuelPower, operating_hours: Hour) -> KilowattHourLHV:
    """Fuel heat of a mean firing rate over hours."""
    return fuel_power * operating_hours


@formula(symbol="q_rec", source=FIRST_LAW)
def recovered_per_fuel(flue_gas_loss_hot: UsefulPerFuelLHV, flue_gas_loss_cold: UsefulPerFuelLHV) -> UsefulPerFuelLHV:
    """Heat that the flue gas gives per fuel heat on its way from the hot to the cold side."""
    return flue_gas_loss_hot - flue_gas_loss_cold


def dry_capacity(
    combustion: Combustion, excess_air: Quantity, hot: GasesAt, cold: GasesAt, air_moisture: Quantity | None = None
) -> Quantity:
    """Mean heat capacity of the flue gas per fuel heat as long as nothing condenses.

    Args:
        combustion: of the fuel.
        excess_air: over the stoichiometric need.
        hot: gases at the temperature where the flue gas enters the heat exchanger.
        cold: gases at the inlet temperature of the other stream.
        air_moisture: moles of water vapour per mole of dry air; dry air when not given.
    """
    gas = flue_gas(combustion, excess_air, combustion_air(combustion, excess_air, air_moisture))
    heat = sensible_heat(gas, hot, cold).renamed("flue_gas_heat", "Q_fl", FIRST_LAW)
    between = flue_gas_loss(heat, combustion.lower_heating_value).renamed("flue_heat_between", "q_fl", FIRST_LAW)
    return flue_capacity_per_fuel(between, hot.absolute, cold.absolute)


def recovered(
    combustion: Combustion,
    excess_air: Quantity,
    *,
    hot: GasesAt,
    cold: GasesAt,
    ambient: GasesAt,
    air_moisture: Quantity | None = None,
    condensing: bool = False,
) -> tuple[Quantity, Quantity | None]:
    """Heat that cooling the flue gas gives per fuel heat, and the dew point of the gas.

    Args:
        combustion: of the fuel.
        excess_air: over the stoichiometric need.
        hot: gases where the flue gas enters the economizer.
        cold: gases where it leaves.
        ambient: gases at the temperature at which fuel and air come in.
        air_moisture: moles of water vapour per mole of dry air; dry air when not given.
        condensing: whether the economizer is made to condense; without it a gas below its dew point is refused.

    Raises:
        OutOfRange: below the dew point without ``condensing``.
    """
    at = {"air": ambient, "ambient": ambient, "air_moisture": air_moisture}
    before = heat_balance(combustion, excess_air, flue=hot, condensing=condensing, **at)  # type: ignore[arg-type]
    after = heat_balance(combustion, excess_air, flue=cold, condensing=condensing, **at)  # type: ignore[arg-type]
    return recovered_per_fuel(before.flue_gas_loss, after.flue_gas_loss), after.dew_point


def condensing_stack_loss(
    combustion: Combustion,
    excess_air: Quantity,
    flue: GasesAt,
    ambient: GasesAt,
    air_moisture: Quantity | None = None,
) -> tuple[Quantity, Quantity | None]:
    """Stack loss per fuel heat (lower heating value) of a gas that may condense, and its dew point.

    Args:
        combustion: of the fuel.
        excess_air: over the stoichiometric need.
        flue: gases where the flue gas leaves, up to 200 °C; it may be colder than ambient.
        ambient: gases at the temperature at which fuel and air come in.
        air_moisture: moles of water vapour per mole of dry air; dry air when not given.
    """
    gas = flue_gas(combustion, excess_air, combustion_air(combustion, excess_air, air_moisture))
    wet = total(list(gas.values())).renamed("wet_flue_gas", "n_wet", BALANCE)
    vapour = vapour_pressure_in_flue_gas(gas["water"], wet, published("all", "standard_atmosphere"))
    heat = sensible_heat(gas, flue, ambient).renamed("flue_gas_heat", "Q_fl", FIRST_LAW)
    if not vapour.value >= LOWEST_VAPOUR_PRESSURE:
        return flue_gas_loss(heat, combustion.lower_heating_value), None
    dew = dew_point(vapour)
    if flue.absolute.value <= HIGHEST_SATURATION:
        heat = (heat - condensation(wet, vapour, flue, ambient)).renamed("flue_gas_heat", "Q_fl", FIRST_LAW)
    return flue_gas_loss(heat, combustion.lower_heating_value), dew


@formula(symbol="AH", source=FIRST_LAW, name="available_heat")
def heat_kept(flue_gas_loss: UsefulPerFuelLHV) -> UsefulPerFuelLHV:
    """Heat that a boiler with cold combustion air keeps per fuel heat: all, less the stack.

    Above 1 on the lower heating value where the flue gas condenses.
    """
    return published("all", "released_heat") - flue_gas_loss
