"""Steam boilers: blow-down from the conductivity of the water, heat of steam, feed water and blow-down."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, formula, minimum
from energycalc.quantity.aliases import (
    CubicMetre,
    Fraction,
    Hour,
    Kelvin,
    Kilowatt,
    KilowattHour,
    KilowattHourLHV,
    UsefulPerFuelLHV,
)

KilogramPerHour = Annotated[Quantity, "kg/h"]
KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
Conductivity = Annotated[Quantity, "uS/cm"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
KilojoulePerKilogramKelvin = Annotated[Quantity, "kJ/(kg*K)"]
FeedwaterPerFuel = Annotated[Quantity, "kg/kWh[LHV]"]
CapacityPerFuel = Annotated[Quantity, "kWh/(kWh[LHV]*K)"]

SALT_BALANCE = cite("boiler-salt-balance", "salt in with the feed water = salt out with the blow-down")
MASS_BALANCE = cite("boiler-salt-balance", "feed water = steam + blow-down")
HEAT_BALANCE = cite("first-law", "heat balance of a boiler: water in, steam and blow-down out")


@formula(
    symbol="x_bd",
    source=SALT_BALANCE,
    limits={"feedwater_conductivity": (0, None), "blowdown_conductivity": (1e-6, None)},
)
def blowdown_rate(feedwater_conductivity: Conductivity, blowdown_conductivity: Conductivity) -> Fraction:
    """Blow-down as a share of the feed water that holds the salt in the boiler constant.

    Args:
        feedwater_conductivity: of the feed water (condensate and make-up together), in µS/cm.
        blowdown_conductivity: of the boiler water that is blown down, in µS/cm.

    Returns:
        Share of the FEED WATER (of the steam it is x/(1-x)); steam carries no salt; conductivity stands for salt.
    """
    return feedwater_conductivity / blowdown_conductivity


@formula(symbol="m_fw", source=MASS_BALANCE, limits={"blowdown_rate": (0, 0.999), "steam_flow": (0, None)})
def feedwater_flow(steam_flow: KilogramPerHour, blowdown_rate: Fraction) -> KilogramPerHour:
    """Feed water for a steam flow (kg/h) and a blow-down as share of the feed water."""
    return steam_flow / (1 - blowdown_rate)


@formula(symbol="m_bd", source=MASS_BALANCE, limits={"blowdown_rate": (0, 0.999)})
def blowdown_flow(feedwater_flow: KilogramPerHour, blowdown_rate: Fraction) -> KilogramPerHour:
    """Water blown down (kg/h), from the feed water and its share."""
    return feedwater_flow * blowdown_rate


@formula(symbol="H", source=HEAT_BALANCE, limits={"mass_flow": (0, None)})
def enthalpy_flow(mass_flow: KilogramPerHour, specific_enthalpy: KilojoulePerKilogram) -> Kilowatt:
    """Enthalpy that a stream carries, relative to water at the triple point, in kW."""
    return mass_flow * specific_enthalpy


@formula(symbol="Q_b", source=HEAT_BALANCE)
def boiler_heat(
    steam_enthalpy_flow: Kilowatt, blowdown_enthalpy_flow: Kilowatt, feedwater_enthalpy_flow: Kilowatt
) -> Kilowatt:
    """Heat that the boiler gives to its water, in kW."""
    return steam_enthalpy_flow + blowdown_enthalpy_flow - feedwater_enthalpy_flow


@formula(
    symbol="q_st",
    source=HEAT_BALANCE,
    limits={"blowdown_rate": (0, 0.5), "blowdown_heat_recovery": (0, 1)},
)
def heat_per_steam(
    steam_enthalpy: KilojoulePerKilogram,
    feedwater_enthalpy: KilojoulePerKilogram,
    boiling_water_enthalpy: KilojoulePerKilogram,
    makeup_enthalpy: KilojoulePerKilogram,
    blowdown_rate: Fraction,
    blowdown_heat_recovery: Fraction,
) -> KilojoulePerKilogram:
    """Heat per kilogram of steam: for the steam itself, and for the water that is heated and blown down.

    Args:
        steam_enthalpy: of the steam that leaves, in kJ/kg.
        feedwater_enthalpy: of the feed water, in kJ/kg.
        boiling_water_enthalpy: of the water in the boiler, which is blown down, in kJ/kg.
        makeup_enthalpy: of the fresh water that replaces it, in kJ/kg; fuel heats it, wherever that happens.
        blowdown_rate: share of the feed water, 0 to 0.5.
        blowdown_heat_recovery: share of the heat of the blow-down (above make-up water) that is won back, 0 to 1.
    """
    lost = (boiling_water_enthalpy - makeup_enthalpy) * (1 - blowdown_heat_recovery)
    return steam_enthalpy - feedwater_enthalpy + blowdown_rate / (1 - blowdown_rate) * lost


@formula(
    symbol="E_b",
    source=HEAT_BALANCE,
    limits={"boiler_efficiency": (0.01, 1.11), "steam_flow": (0, None)},
)
def fuel_for_steam(
    steam_flow: KilogramPerHour,
    operating_hours: Hour,
    heat_per_steam: KilojoulePerKilogram,
    boiler_efficiency: Fraction,
) -> KilowattHourLHV:
    """Fuel heat for a steam flow over a period.

    Args:
        steam_flow: mean, in kg/h.
        operating_hours: of the period.
        heat_per_steam: in kJ/kg.
        boiler_efficiency: heat to the water over fuel heat on the lower heating value.
    """
    return (steam_flow * operating_hours * heat_per_steam / boiler_efficiency).declared("kWh[LHV]", HEAT_BALANCE)


@formula(symbol="V_bd", source=MASS_BALANCE)
def blowdown_water(
    blowdown_flow: KilogramPerHour, operating_hours: Hour, makeup_density: KilogramPerCubicMetre
) -> CubicMetre:
    """Fresh water that replaces the blow-down of a period, in m3."""
    return blowdown_flow * operating_hours / makeup_density


@formula(symbol="q_fw", source=HEAT_BALANCE, limits={"blowdown_rate": (0, 0.5)})
def heat_per_feedwater(
    steam_enthalpy: KilojoulePerKilogram,
    boiling_water_enthalpy: KilojoulePerKilogram,
    feedwater_enthalpy: KilojoulePerKilogram,
    blowdown_rate: Fraction,
) -> KilojoulePerKilogram:
    """Heat per kilogram of feed water, which leaves as steam and as blow-down."""
    return (1 - blowdown_rate) * steam_enthalpy + blowdown_rate * boiling_water_enthalpy - feedwater_enthalpy


@formula(symbol="m_f", source=HEAT_BALANCE)
def feedwater_per_fuel(
    available_heat: UsefulPerFuelLHV, shell_loss: UsefulPerFuelLHV, heat_per_feedwater: KilojoulePerKilogram
) -> FeedwaterPerFuel:
    """Feed water that a boiler takes per fuel heat.

    Args:
        available_heat: left for the boiler after the stack, per fuel heat (lower heating value).
        shell_loss: lost through the shell, per fuel heat; the rest goes to the water.
        heat_per_feedwater: in kJ/kg.
    """
    return (available_heat - shell_loss) / heat_per_feedwater


@formula(symbol="c_fw", source=HEAT_BALANCE)
def feedwater_capacity_per_fuel(
    feedwater_per_fuel: FeedwaterPerFuel, water_specific_heat: KilojoulePerKilogramKelvin
) -> CapacityPerFuel:
    """Heat capacity of the feed water per fuel heat."""
    return feedwater_per_fuel * water_specific_heat


@formula(
    symbol="q_eco",
    source=cite("kays-london", "definition of the effectiveness, per fuel heat"),
    limits={"effectiveness": (0, 1)},
)
def economizer_heat_per_fuel(
    effectiveness: Fraction,
    flue_capacity_per_fuel: CapacityPerFuel,
    feedwater_capacity_per_fuel: CapacityPerFuel,
    hot_inlet_temperature: Kelvin,
    cold_inlet_temperature: Kelvin,
) -> UsefulPerFuelLHV:
    """Heat that an economizer passes per fuel heat.

    Args:
        effectiveness: heat over the most that could pass, 0 to 1.
        flue_capacity_per_fuel: of the flue gas.
        feedwater_capacity_per_fuel: of the feed water; the smaller of the two counts.
        hot_inlet_temperature: of the flue gas, in K.
        cold_inlet_temperature: of the feed water, in K.
    """
    smaller = minimum(flue_capacity_per_fuel, feedwater_capacity_per_fuel)
    return effectiveness * smaller * (hot_inlet_temperature - cold_inlet_temperature)


@formula(symbol="AH_e", source=HEAT_BALANCE)
def available_heat_with_economizer(
    available_heat: UsefulPerFuelLHV, economizer_heat_per_fuel: UsefulPerFuelLHV
) -> UsefulPerFuelLHV:
    """Heat that reaches boiler and water together, per fuel heat."""
    return available_heat + economizer_heat_per_fuel


@formula(symbol="T_eo", source=HEAT_BALANCE, name="hot_outlet_temperature")
def economizer_flue_outlet(
    hot_inlet_temperature: Kelvin, economizer_heat_per_fuel: UsefulPerFuelLHV, flue_capacity_per_fuel: CapacityPerFuel
) -> Kelvin:
    """Temperature at which the flue gas leaves the economizer (K)."""
    return hot_inlet_temperature - economizer_heat_per_fuel / flue_capacity_per_fuel


@formula(symbol="T_ew", source=HEAT_BALANCE, name="cold_outlet_temperature")
def economizer_water_outlet(
    cold_inlet_temperature: Kelvin,
    economizer_heat_per_fuel: UsefulPerFuelLHV,
    feedwater_capacity_per_fuel: CapacityPerFuel,
) -> Kelvin:
    """Temperature at which the feed water leaves the economizer (K)."""
    return cold_inlet_temperature + economizer_heat_per_fuel / feedwater_capacity_per_fuel


@formula(
    symbol="r",
    source=cite("first-law", "same useful heat before and after"),
    name="remaining_fraction",
    limits={"boiler_efficiency_before": (0.1, 1.11), "boiler_efficiency_after": (0.1, 1.11)},
)
def efficiency_ratio(boiler_efficiency_before: Fraction, boiler_efficiency_after: Fraction) -> Fraction:
    """Share of the fuel that is still burnt for the same heat: efficiencies on one and the same heating value."""
    return boiler_efficiency_before / boiler_efficiency_after


@formula(symbol="E_h", source=HEAT_BALANCE, limits={"boiler_efficiency_before": (0.1, 1.11)}, name="fuel_for_heat")
def fuel_of_useful_heat(useful_heat: KilowattHour, boiler_efficiency_before: Fraction) -> KilowattHourLHV:
    """Fuel heat (lower heating value) for an amount of useful heat."""
    return (useful_heat / boiler_efficiency_before).declared("kWh[LHV]", HEAT_BALANCE)


@formula(symbol="r", source=HEAT_BALANCE, name="remaining_fraction", limits={"heat_per_steam_before": (1, None)})
def heat_per_steam_ratio(
    heat_per_steam_before: KilojoulePerKilogram, heat_per_steam_after: KilojoulePerKilogram
) -> Fraction:
    """Share of the fuel that is still burnt for the same steam at the same boiler efficiency."""
    return heat_per_steam_after / heat_per_steam_before


@formula(symbol="s_max", source=HEAT_BALANCE, name="largest_saving", limits={"heat_per_steam_before": (1, None)})
def largest_blowdown_saving(
    heat_per_steam_before: KilojoulePerKilogram, heat_of_steam_alone: KilojoulePerKilogram
) -> Fraction:
    """Share of the fuel that the blow-down takes: no treatment of it can save more."""
    return 1 - heat_of_steam_alone / heat_per_steam_before


@formula(symbol="q_s", source=HEAT_BALANCE)
def heat_of_steam_alone(
    steam_enthalpy: KilojoulePerKilogram, feedwater_enthalpy: KilojoulePerKilogram
) -> KilojoulePerKilogram:
    """Heat per kilogram of steam without any blow-down."""
    return steam_enthalpy - feedwater_enthalpy
