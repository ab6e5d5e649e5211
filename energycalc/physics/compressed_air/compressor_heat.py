"""Heat of a compressor: nearly all of its input leaves as heat, and counts where somebody needs it at that moment."""

from __future__ import annotations

from energycalc.quantity import Source, cite, formula, minimum
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour, KilowattHourLHV

FULL_RECOVERY = (0, 1)
_FUEL = Source("heat of the fuel on its lower heating value", "definition of the heater's efficiency")


@formula(
    symbol="Q_av",
    source=cite("fluidpowerworld-heat-recovery", "recoverable heat is input times recoverable share"),
    limits={"compressor_power": (0, None), "recoverable_fraction": FULL_RECOVERY},
)
def available_heat_of_compressor(compressor_power: Kilowatt, recoverable_fraction: Fraction) -> Kilowatt:
    """Heat that a compressor offers at its oil cooler, water jacket or exhaust.

    Args:
        compressor_power: package input, kW.
        recoverable_fraction: part of it that the recovery takes up; by the first law at most 1.
    """
    return compressor_power * recoverable_fraction


@formula(
    symbol="Q_u",
    source=cite("energy-balance", "heat is used only where it is available and needed at once"),
    limits={"heat_demand": (0, None), "available_heat_of_compressor": (0, None)},
)
def heat_used_at_once(available_heat_of_compressor: Kilowatt, heat_demand: Kilowatt) -> Kilowatt:
    """Recovered heat that a use takes up: the smaller of what is offered and what is needed.

    Args:
        available_heat_of_compressor: kW.
        heat_demand: kW.
    """
    return minimum(available_heat_of_compressor, heat_demand)


@formula(
    symbol="Q_net",
    source=cite("energy-balance", "the heater gives what recovery leaves"),
)
def heat_left_to_heater(heat_demand: Kilowatt, heat_used_at_once: Kilowatt) -> Kilowatt:
    """Heat that the heater still has to give.

    Args:
        heat_demand: kW.
        heat_used_at_once: kW.
    """
    return heat_demand - heat_used_at_once


@formula(
    symbol="E_f",
    source=cite("first-law", "fuel heat is useful heat over efficiency"),
    limits={"heater_efficiency": (0.05, 1.11), "hours": (0, None)},
)
def heater_fuel(heat_output: Kilowatt, hours: Hour, heater_efficiency: Fraction) -> KilowattHourLHV:
    """Fuel heat that a heater burns for a heat output.

    Args:
        heat_output: useful, kW.
        hours: at this output.
        heater_efficiency: useful heat over lower heating value; condensing boilers pass 1 a little.
    """
    return (heat_output * hours / heater_efficiency).declared("kWh[LHV]", because=_FUEL)


@formula(symbol="Q_sum", source=cite("energy-balance", "heat is power times time"), limits={"hours": (0, None)})
def heat_over_hours(heat_output: Kilowatt, hours: Hour) -> KilowattHour:
    """Heat of a constant power.

    Args:
        heat_output: kW.
        hours: at this power.
    """
    return heat_output * hours
