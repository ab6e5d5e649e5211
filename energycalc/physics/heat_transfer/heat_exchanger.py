"""Heat exchangers: what passes from a hot to a cold stream, and what of it is used.

Heat capacity rates are taken as constant over the exchanger; the effectiveness is a number of the maker or of a
measurement. Second law: no more heat than would bring the stream of the smaller capacity rate to the inlet temperature
of the other (effectiveness 1, an endless counterflow surface).
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from energycalc.errors import OutOfRange
from energycalc.quantity import Quantity, cite, formula, minimum
from energycalc.quantity.aliases import Fraction, Hour, Kelvin, Kilowatt, KilowattHour, KilowattHourLHV

KilowattPerKelvin = Annotated[Quantity, "kW/K"]
KilogramPerHour = Annotated[Quantity, "kg/h"]
CubicMetrePerHour = Annotated[Quantity, "m3/h"]
KilojoulePerKilogramKelvin = Annotated[Quantity, "kJ/(kg*K)"]
KilojoulePerCubicMetreKelvin = Annotated[Quantity, "kJ/(m3*K)"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]

EFFECTIVENESS = cite("kays-london", "definition of the effectiveness; heat = effectiveness × smaller rate × difference")
SECOND_LAW = cite("second-law", "heat flows from hot to cold")
FIRST_LAW = cite("first-law", "heat given = heat taken")


@formula(symbol="C", source=FIRST_LAW, limits={"mass_flow": (0, None), "fluid_specific_heat": (0, None)})
def heat_capacity_rate(
    mass_flow: KilogramPerHour, fluid_specific_heat: KilojoulePerKilogramKelvin
) -> KilowattPerKelvin:
    """Heat that a stream takes up per kelvin.

    Args:
        mass_flow: in kg/h.
        fluid_specific_heat: mean over its temperatures, in kJ/(kg·K).
    """
    return mass_flow * fluid_specific_heat


@formula(
    symbol="C",
    source=FIRST_LAW,
    limits={"volume_flow": (0, None), "volumetric_heat_capacity": (0, None)},
    name="heat_capacity_rate",
)
def heat_capacity_rate_by_volume(
    volume_flow: CubicMetrePerHour, volumetric_heat_capacity: KilojoulePerCubicMetreKelvin
) -> KilowattPerKelvin:
    """Heat that a stream takes up per kelvin, from its volume.

    Args:
        volume_flow: in m3/h, at the state for which the heat capacity holds.
        volumetric_heat_capacity: in kJ/(m3·K).
    """
    return volume_flow * volumetric_heat_capacity


@formula(
    symbol="c_v",
    source=FIRST_LAW,
    limits={"fluid_density": (0, None), "fluid_specific_heat": (0, None)},
)
def volumetric_heat_capacity(
    fluid_density: KilogramPerCubicMetre, fluid_specific_heat: KilojoulePerKilogramKelvin
) -> KilojoulePerCubicMetreKelvin:
    """Heat capacity of a volume, from density (kg/m3) and specific heat (kJ/(kg·K))."""
    return fluid_density * fluid_specific_heat


@formula(symbol="C_use", source=FIRST_LAW, limits={"heat_use": (0, None)})
def heat_capacity_rate_of_use(
    heat_use: Kilowatt, use_target_temperature: Kelvin, use_start_temperature: Kelvin
) -> KilowattPerKelvin:
    """Capacity rate of the stream that a use heats, from its heat and its two temperatures.

    Args:
        heat_use: heat that the use takes, in kW.
        use_target_temperature: to which its stream is heated, in K.
        use_start_temperature: from which its stream is heated, in K.
    """
    return heat_use / (use_target_temperature - use_start_temperature)


@formula(symbol="Q_s", source=FIRST_LAW)
def sensible_heat_flow(
    heat_capacity_rate: KilowattPerKelvin, warm_temperature: Kelvin, cold_temperature: Kelvin
) -> Kilowatt:
    """Heat that a stream takes up (or gives) between two temperatures.

    Args:
        heat_capacity_rate: in kW/K.
        warm_temperature: in K.
        cold_temperature: in K.
    """
    return heat_capacity_rate * (warm_temperature - cold_temperature)


@formula(symbol="C_min", source=EFFECTIVENESS)
def smaller_heat_capacity_rate(
    hot_heat_capacity_rate: KilowattPerKelvin, cold_heat_capacity_rate: KilowattPerKelvin
) -> KilowattPerKelvin:
    """The smaller of the two rates: the stream that could reach the other's inlet temperature."""
    return minimum(hot_heat_capacity_rate, cold_heat_capacity_rate)


@formula(symbol="Q_hx", source=EFFECTIVENESS, limits={"effectiveness": (0, 1)})
def exchanged_heat(
    effectiveness: Fraction,
    smaller_heat_capacity_rate: KilowattPerKelvin,
    hot_inlet_temperature: Kelvin,
    cold_inlet_temperature: Kelvin,
) -> Kilowatt:
    """Heat that passes from the hot to the cold stream.

    Args:
        effectiveness: heat over the most that could pass, 0 to 1.
        smaller_heat_capacity_rate: in kW/K.
        hot_inlet_temperature: of the hot stream, in K; above the cold one's.
        cold_inlet_temperature: of the cold stream, in K.
    """
    return effectiveness * smaller_heat_capacity_rate * (hot_inlet_temperature - cold_inlet_temperature)


@formula(symbol="T_ho", source=FIRST_LAW)
def hot_outlet_temperature(
    hot_inlet_temperature: Kelvin, exchanged_heat: Kilowatt, hot_heat_capacity_rate: KilowattPerKelvin
) -> Kelvin:
    """Temperature at which the hot stream leaves (K)."""
    return hot_inlet_temperature - exchanged_heat / hot_heat_capacity_rate


@formula(symbol="T_co", source=FIRST_LAW)
def cold_outlet_temperature(
    cold_inlet_temperature: Kelvin, exchanged_heat: Kilowatt, cold_heat_capacity_rate: KilowattPerKelvin
) -> Kelvin:
    """Temperature at which the cold stream leaves (K)."""
    return cold_inlet_temperature + exchanged_heat / cold_heat_capacity_rate


@formula(
    symbol="Q_u",
    source=cite("first-law", "no more than is offered, and no more than is used at the same time"),
    limits={"exchanged_heat": (0, None), "heat_use": (0, None)},
)
def recovered_heat(exchanged_heat: Kilowatt, heat_use: Kilowatt) -> Kilowatt:
    """Heat that replaces other heat: what the exchanger gives, but no more than is used in the same hours."""
    return minimum(exchanged_heat, heat_use)


@formula(symbol="Q_E", source=FIRST_LAW, limits={"hours": (0, None)})
def heat_energy(heat_flow: Kilowatt, hours: Hour) -> KilowattHour:
    """Heat of a constant flow (kW) over hours, in kWh."""
    return heat_flow * hours


@formula(symbol="P_h", source=FIRST_LAW, limits={"heater_efficiency": (0.01, 1.11)})
def input_for_heat(heat_flow: Kilowatt, heater_efficiency: Fraction) -> Kilowatt:
    """Energy input of a heater that gives a heat flow.

    Args:
        heat_flow: useful heat, in kW.
        heater_efficiency: useful heat over input, 0.01 to 1.11 (a condensing heater on the lower heating value).
    """
    return heat_flow / heater_efficiency


@formula(symbol="E_h", source=FIRST_LAW, limits={"heater_efficiency": (0.01, 1)})
def electricity_for_heat(heat_energy: KilowattHour, heater_efficiency: Fraction) -> KilowattHour:
    """Electricity of a resistance heater that gives an amount of heat (kWh)."""
    return heat_energy / heater_efficiency


@formula(symbol="E_h", source=FIRST_LAW, limits={"heater_efficiency": (0.01, 1.11)})
def fuel_for_heat(heat_energy: KilowattHour, heater_efficiency: Fraction) -> KilowattHourLHV:
    """Fuel heat of a heater that gives an amount of heat.

    Args:
        heat_energy: useful heat, in kWh.
        heater_efficiency: useful heat over fuel heat on the lower heating value; up to 1.11 where it condenses.
    """
    return (heat_energy / heater_efficiency).declared("kWh[LHV]", FIRST_LAW)


def refuse_uphill(hot: Quantity, cold: Quantity, why: str, next_step: str) -> None:
    """Refuse heat that would have to flow from cold to hot.

    Args:
        hot: temperature of the source.
        cold: temperature that must lie below it.
        why: the sentence of the error.
        next_step: what to do.

    Raises:
        OutOfRange: the source is not hotter.
    """
    if not np.all(hot.value_in("K") > cold.value_in("K")):
        raise OutOfRange(
            why,
            subject=hot.describe(),
            value=f"{np.min(hot.value_in('K')) - 273.15:.1f} °C against {np.max(cold.value_in('K')) - 273.15:.1f} °C",
            limit=f"above {np.max(cold.value_in('K')) - 273.15:.1f} °C ({SECOND_LAW})",
            next_step=next_step,
        )
