"""Water in air and flue gas: how much there is, when it condenses, and the heat that gives.

The duct is at standard atmospheric pressure; water vapour is an ideal gas.
"""

from __future__ import annotations

import math
from typing import Annotated

from energycalc.physics.combustion.gas_species import GasesAt, published
from energycalc.quantity import Quantity, cite, formula, log, minimum
from energycalc.quantity.aliases import Kelvin, KilopascalAbsolute, Number

KilojoulePerMole = Annotated[Quantity, "kJ/mol"]

ANTOINE = cite("poling-2000", "Antoine equation for water, 273.2 to 473.2 K")
LOWEST_VAPOUR_PRESSURE, HIGHEST_SATURATION = 0.61, 473.2  # kPa, K: ends of the Antoine equation


@formula(
    symbol="w_air",
    source=cite("ideal-gas", "humidity ratio by mass to ratio by moles"),
    limits={"humidity_ratio": (0, 0.1)},
)
def moisture_per_air(humidity_ratio: Number) -> Number:
    """Moles of water vapour per mole of dry air, from kilograms of water per kilogram of dry air."""
    oxygen, nitrogen, argon = (
        published("dry_air", gas) * published(gas, "molar_mass") for gas in ("oxygen", "nitrogen", "argon")
    )
    return humidity_ratio * (oxygen + nitrogen + argon) / published("water", "molar_mass")


@formula(symbol="p_H2O", source=cite("ideal-gas", "Dalton: partial pressure by mole fraction"))
def vapour_pressure_in_flue_gas(
    flue_water: Number, wet_flue_gas: Number, duct_pressure: KilopascalAbsolute
) -> KilopascalAbsolute:
    """Partial pressure of water vapour in the flue gas, by its share of the moles."""
    return flue_water / wet_flue_gas * duct_pressure


@formula(symbol="T_dew", source=ANTOINE, limits={"vapour_pressure": (LOWEST_VAPOUR_PRESSURE, 1554)})
def dew_point(vapour_pressure: KilopascalAbsolute) -> Kelvin:
    """Temperature at which water begins to condense, from its partial pressure (kPa).

    0.61 to 1554 kPa is 273.2 to 473.2 K, the range of the equation. Acid condenses earlier: not covered.
    """
    a, b, c = (published("water", f"antoine_{k}") for k in "abc")
    return b / (a - log(vapour_pressure / published("water", "antoine_p")) / math.log(10)) - c


@formula(symbol="p_sat", source=ANTOINE, limits={"gas_temperature": (273.2, HIGHEST_SATURATION)})
def saturation_pressure(gas_temperature: Kelvin) -> KilopascalAbsolute:
    """Vapour pressure of water at a temperature (K), 273.2 to 473.2 K."""
    a, b, c = (published("water", f"antoine_{k}") for k in "abc")
    return published("water", "antoine_p") * 10 ** (a - b / (gas_temperature + c))


def condensation(wet: Quantity, vapour: Quantity, flue: GasesAt, ambient: GasesAt) -> Quantity:
    """Heat that condensing water gives up per mole of fuel gas, besides sensible heat; zero above dew point.

    The gas that leaves is saturated; the condensate leaves at flue temperature. Flue gas up to 200 °C.
    """
    hot, cold = flue.absolute, ambient.absolute
    condensed = condensed_water(wet, vapour, saturation_pressure(hot), published("all", "standard_atmosphere"))
    return condensation_heat(condensed, flue.enthalpy["water"], ambient.enthalpy["water"], hot, cold)


@formula(symbol="n_liq", source=cite("ideal-gas", "the gas that leaves is saturated with water vapour"))
def condensed_water(
    wet_flue_gas: Number,
    vapour_pressure: KilopascalAbsolute,
    saturation_pressure: KilopascalAbsolute,
    duct_pressure: KilopascalAbsolute,
) -> Number:
    """Moles of water that condense per mole of fuel gas; zero while the vapour is below saturation."""
    staying = minimum(saturation_pressure, vapour_pressure)
    return wet_flue_gas * (vapour_pressure - staying) / (duct_pressure - staying)


@formula(symbol="Q_cond", source=cite("atct-1.112", "water as gas and as liquid at 298.15 K"))
def condensation_heat(
    condensed_water: Number,
    water_enthalpy: KilojoulePerMole,
    water_enthalpy_reference: KilojoulePerMole,
    gas_temperature: Kelvin,
    reference_temperature: Kelvin,
) -> KilojoulePerMole:
    """Heat of condensation at 25 °C, and the smaller sensible heat of liquid than of vapour (kJ/mol)."""
    latent = published("water", "formation_enthalpy") - published("water", "formation_enthalpy_liquid")
    liquid = published("water", "heat_capacity_liquid") * (gas_temperature - reference_temperature)
    return condensed_water * (latent + water_enthalpy - water_enthalpy_reference - liquid)
