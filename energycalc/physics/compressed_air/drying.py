"""Dryers of compressed air: water to remove, purge of desiccant dryers, heaters, blowers, refrigeration.

The sizing rules (purge per size, heater, blower, refrigeration power) are those of MEASUR's dryer calculator, which
names no source for them; they are rules of thumb for planning and give way to the nameplate of the machine.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.compressed_air.air_flow import CUBIC_FOOT
from energycalc.quantity import Quantity, cite, constant, formula, require
from energycalc.quantity.aliases import (
    BarAbsolute,
    CubicMetrePerMinute,
    Fraction,
    Hour,
    Kelvin,
    Kilowatt,
    Number,
)

KilogramPerHour = Annotated[Quantity, "kg/h"]
MolarVolume = Annotated[Quantity, "m3/mol"]
MolarMass = Annotated[Quantity, "kg/mol"]
HeatPerVolume = Annotated[Quantity, "kJ/(m3*K)"]
FlowPerPower = Annotated[Quantity, "m3/min/kW"]
KilogramPerFlow = Annotated[Quantity, "kg/(m3/min)"]
_POSITIVE = (0, None)
_ABOVE_ZERO = (1e-9, None)
POUND = 0.45359237

WATER_MOLAR_MASS = constant(
    "M_w",
    0.018016,
    "kg/mol",
    cite("measur-dryer-calculator", "dryer operating cost: 18.016 lb/lbmol"),
    name="dryer_water_molar_mass",
)
DESIGN_PRESSURE = constant(
    "p_dd",
    114.7 * 0.0689475729316836,
    "bar[a]",
    cite("measur-dryer-calculator", "dryer operating cost: rated at 114.7 psia"),
    name="dryer_design_pressure",
)
DESICCANT_PER_FLOW = constant(
    "m_des",
    0.5784 * POUND / CUBIC_FOOT,
    "kg/(m3/min)",
    cite("measur-dryer-calculator", "dryer operating cost: 0.5784 lb of desiccant per scfm of dryer size"),
    name="desiccant_per_flow",
)


@formula(
    symbol="m_w",
    source=cite("measur-dryer-calculator", "dryer operating cost: saturated vapour by mole fraction"),
    limits={"flow": _POSITIVE, "inlet_saturation_pressure": _POSITIVE, "outlet_saturation_pressure": _POSITIVE},
)
def water_removed(
    flow: CubicMetrePerMinute,
    inlet_saturation_pressure: BarAbsolute,
    outlet_saturation_pressure: BarAbsolute,
    line_pressure_absolute: BarAbsolute,
    free_air_molar_volume: MolarVolume,
) -> KilogramPerHour:
    """Water that a dryer takes out of saturated compressed air.

    Args:
        flow: free air through the dryer, m3/min.
        inlet_saturation_pressure: of water at the temperature of the air that enters, bar(a).
        outlet_saturation_pressure: of water at the pressure dew point reached, bar(a); 0 for a desiccant dryer.
        line_pressure_absolute: in the dryer, bar(a).
        free_air_molar_volume: of the free air that the flow counts, m3/mol.

    Raises:
        OutOfRange: a dew point above the inlet temperature.
    """
    require(
        inlet_saturation_pressure,
        ">=",
        outlet_saturation_pressure,
        "a dryer lowers the dew point",
        cite("measur-dryer-calculator", "dryer operating cost"),
        "Check inlet temperature and pressure dew point",
    )
    vapour_share = (inlet_saturation_pressure - outlet_saturation_pressure) / line_pressure_absolute
    return flow / free_air_molar_volume * vapour_share * WATER_MOLAR_MASS


@formula(
    symbol="q_hl",
    source=cite("measur-dryer-calculator", "dryer operating cost, heatless: flow at 114.7 psia"),
    limits={"flow": _POSITIVE, "line_pressure_absolute": _ABOVE_ZERO},
)
def heatless_dryer_size(flow: CubicMetrePerMinute, line_pressure_absolute: BarAbsolute) -> CubicMetrePerMinute:
    """Rated flow of the heatless dryer that a flow needs at its pressure.

    Args:
        flow: free air, m3/min.
        line_pressure_absolute: in the dryer, bar(a).
    """
    return flow * DESIGN_PRESSURE / line_pressure_absolute


@formula(
    symbol="q_ht",
    source=cite("measur-dryer-calculator", "dryer operating cost, heated: desiccant for one half cycle"),
    limits={"water_removed": _POSITIVE, "drying_time": _POSITIVE, "desiccant_capacity": (1e-4, 1)},
)
def heated_dryer_size(
    water_removed: KilogramPerHour, drying_time: Hour, desiccant_capacity: Fraction
) -> CubicMetrePerMinute:
    """Rated flow of the heated desiccant dryer that a load of water needs.

    Args:
        water_removed: kg/h.
        drying_time: of one tower before it is regenerated, h.
        desiccant_capacity: kg of water per kg of desiccant in design.
    """
    return water_removed * drying_time / desiccant_capacity / DESICCANT_PER_FLOW


@formula(
    symbol="q_pu",
    source=cite("desiccant-purge", "purge is a share of the rated flow, not of the flow that passes"),
    limits={"dryer_rated_flow": _POSITIVE, "purge_share": (0, 1), "purge_time_share": (0, 1)},
)
def purge_flow(
    dryer_rated_flow: CubicMetrePerMinute, purge_share: Fraction, purge_time_share: Fraction
) -> CubicMetrePerMinute:
    """Mean flow of dried compressed air that a desiccant dryer blows away.

    Args:
        dryer_rated_flow: m3/min at the rating conditions.
        purge_share: purge over rated flow while it purges.
        purge_time_share: share of the time in which it purges; 1 with a timer, less with dew-point control.
    """
    return dryer_rated_flow * purge_share * purge_time_share


@formula(
    symbol="s_pu,min",
    source=cite("desiccant-purge", "least purge of a heatless dryer: expanded air carries the same water"),
    limits={"line_pressure_absolute": _ABOVE_ZERO, "ambient_pressure": _ABOVE_ZERO},
)
def least_heatless_purge(ambient_pressure: BarAbsolute, line_pressure_absolute: BarAbsolute) -> Fraction:
    """Share of the flow that a heatless dryer must expand to carry away the water, at constant temperature.

    Args:
        ambient_pressure: bar(a).
        line_pressure_absolute: in the drying tower, bar(a).
    """
    return ambient_pressure / line_pressure_absolute


@formula(
    symbol="P_h",
    source=cite("measur-dryer-calculator", "dryer operating cost: heater, flow times heat capacity times rise"),
    limits={"regeneration_flow": _POSITIVE, "air_heat_per_volume": _ABOVE_ZERO},
)
def heater_power_for(
    regeneration_flow: CubicMetrePerMinute,
    air_heat_per_volume: HeatPerVolume,
    regeneration_temperature: Kelvin,
    line_air_temperature: Kelvin,
) -> Kilowatt:
    """Power that heats the regeneration air.

    Args:
        regeneration_flow: free air, m3/min.
        air_heat_per_volume: heat capacity of the free air, kJ/(m3 K).
        regeneration_temperature: wanted, K.
        line_air_temperature: at the heater's inlet, K.

    Raises:
        OutOfRange: nothing to heat.
    """
    require(
        regeneration_temperature,
        ">=",
        line_air_temperature,
        "a heater warms the air",
        cite("measur-dryer-calculator", "dryer operating cost"),
        "Check the two temperatures",
    )
    return regeneration_flow * air_heat_per_volume * (regeneration_temperature - line_air_temperature)


@formula(
    symbol="P_m",
    source=cite("measur-dryer-calculator", "dryer operating cost: flow over flow per kW"),
    limits={"flow": _POSITIVE, "flow_per_power": _ABOVE_ZERO},
)
def drying_machine_power(flow: CubicMetrePerMinute, flow_per_power: FlowPerPower) -> Kilowatt:
    """Power of a dryer's blower or refrigeration machine by rule of thumb.

    Args:
        flow: free air that it moves or dries, m3/min.
        flow_per_power: m3/min per kW.
    """
    return flow / flow_per_power


@formula(
    symbol="P_on",
    source=cite("energy-balance", "mean power: power times share of the time"),
    limits={"running_power": _POSITIVE, "running_time_share": (0, 1)},
)
def mean_power_of_part_time(running_power: Kilowatt, running_time_share: Fraction) -> Kilowatt:
    """Mean power of a heater, blower or refrigeration machine that runs for a part of the time.

    Args:
        running_power: while it runs, kW.
        running_time_share: 0 to 1.
    """
    return running_power * running_time_share


@formula(
    symbol="q_cw",
    source=cite("measur-dryer-calculator", "dryer operating cost, refrigerated: cooling water by air flow"),
    limits={"flow": _POSITIVE, "water_per_air": _POSITIVE},
)
def dryer_cooling_water(flow: CubicMetrePerMinute, water_per_air: Number) -> CubicMetrePerMinute:
    """Cooling water of a water-cooled refrigerated dryer by rule of thumb.

    Args:
        flow: free air, m3/min.
        water_per_air: m3 of water per m3 of free air.
    """
    return flow * water_per_air
