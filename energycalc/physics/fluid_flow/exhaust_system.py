"""Exhaust systems with a filter: pressure by flow, transport velocity in the duct, and the power that follows."""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.fluid_flow.fan import Pascal
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import CubicMetrePerMinute, Fraction, Hour, Kilowatt, KilowattHour
from energycalc.quantity.quantity import pure_number

MetrePerSecond = Annotated[Quantity, "m/s"]

_SYSTEM = cite("fan-system-law", "turbulent ducts: pressure with the square of the flow; filter held by its cleaning")


@formula(symbol="q_f", source=_SYSTEM, limits={"full_flow": (0.01, None), "flow_share": (0, 1)})
def part_flow(full_flow: CubicMetrePerMinute, flow_share: Fraction) -> CubicMetrePerMinute:
    """Flow at a level of the profile.

    Args:
        full_flow: with all branches open, in m3/min.
        flow_share: of the level.
    """
    return full_flow * flow_share


@formula(
    symbol="v", source=cite("continuity", "mean velocity in a full round duct"), limits={"duct_diameter": (1, 20000)}
)
def duct_velocity(gas_flow: CubicMetrePerMinute, duct_diameter: Annotated[Quantity, "mm"]) -> MetrePerSecond:
    """Mean velocity in a round duct.

    Args:
        gas_flow: in m3/min.
        duct_diameter: inside, in mm.
    """
    return gas_flow / (pure_number(3.141592653589793) / 4 * duct_diameter**2)


@formula(symbol="p_q", source=_SYSTEM, limits={"flow_share": (0, 1)})
def system_pressure(
    full_fan_pressure: Pascal, filter_before: Pascal, filter_after: Pascal, flow_share: Fraction
) -> Pascal:
    """Pressure that the fan must make at a share of the full flow.

    Args:
        full_fan_pressure: at full flow before the measure, in Pa.
        filter_before: pressure drop of the filter before, in Pa.
        filter_after: pressure drop at which the cleaning holds the filter after, in Pa.
        flow_share: flow over full flow.

    Returns:
        Ducts and hoods with the square of the flow, plus the filter. Closing branches raises the resistance of the
        rest: where the open hoods keep their flow, it holds for the common duct and is a little low for the branches.
    """
    return (full_fan_pressure - filter_before) * flow_share**2 + filter_after


@formula(
    symbol="P_q",
    source=_SYSTEM,
    limits={
        "input_power": (0, None),
        "flow_share": (0, 1),
        "transmission_before": (0.01, 1),
        "transmission_after": (0.01, 1),
    },
)
def power_at_flow_share(
    input_power: Kilowatt,
    flow_share: Fraction,
    system_pressure: Pascal,
    full_fan_pressure: Pascal,
    transmission_before: Fraction,
    transmission_after: Fraction,
) -> Kilowatt:
    """Electrical power of the fan when its speed follows the flow, at unchanged efficiency of fan and motor.

    Args:
        input_power: measured at full flow, in kW.
        flow_share: flow over full flow.
        system_pressure: at this flow, in Pa.
        full_fan_pressure: at full flow, in Pa.
        transmission_before: efficiency of belt or converter before.
        transmission_after: efficiency of belt or converter after.
    """
    return input_power * flow_share * (system_pressure / full_fan_pressure) * (transmission_before / transmission_after)


@formula(symbol="V_a", source=cite("energy-balance", "what is no longer used"), limits={"operating_hours": (0, None)})
def pulse_air_saved(
    pulse_air_before: Annotated[Quantity, "m3/h"], pulse_air_after: Annotated[Quantity, "m3/h"], operating_hours: Hour
) -> Annotated[Quantity, "m3"]:
    """Free air that the cleaning of the filter no longer takes.

    Args:
        pulse_air_before: mean, in m3/h of free air.
        pulse_air_after: mean, in m3/h of free air.
        operating_hours: of the filter.
    """
    return (pulse_air_before - pulse_air_after) * operating_hours


@formula(symbol="E_q", source=cite("energy-balance", "power times hours"), limits={"hours": (0, None)})
def energy_at_level(power: Kilowatt, hours: Hour) -> KilowattHour:
    """Energy at a level of the profile.

    Args:
        power: at this level in kW.
        hours: at this level.
    """
    return power * hours
