"""Converters from mains to direct current: welding sources and plating rectifiers."""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import Ampere, Fraction, Hour, Kilowatt, KilowattHour, Volt

OUTPUT_OVER_INPUT = cite("first-law", "efficiency = output over input")


@formula(
    symbol="P_dc",
    source=cite("first-law", "power = voltage × current"),
    limits={"dc_voltage": (0, None), "dc_current": (0, None)},
)
def dc_power(dc_voltage: Volt, dc_current: Ampere) -> Kilowatt:
    """Power of a direct current (or of an arc), from its mean voltage and current."""
    return dc_voltage * dc_current


@formula(
    symbol="P_ac",
    source=OUTPUT_OVER_INPUT,
    limits={"dc_power": (0, None), "converter_efficiency": (0.01, 1)},
)
def converter_input(dc_power: Kilowatt, converter_efficiency: Fraction) -> Kilowatt:
    """Mains power of a converter.

    Args:
        dc_power: that it gives, in kW.
        converter_efficiency: at this load, 0.01 to 1.
    """
    return dc_power / converter_efficiency


@formula(
    symbol="E_w",
    source=OUTPUT_OVER_INPUT,
    limits={"arc_hours": (0, None), "idle_hours": (0, None), "idle_power": (0, None)},
)
def welding_energy(converter_input: Kilowatt, arc_hours: Hour, idle_power: Kilowatt, idle_hours: Hour) -> KilowattHour:
    """Electricity of a welding source.

    Args:
        converter_input: mains power while the arc burns, in kW.
        arc_hours: arc-on time of the period.
        idle_power: mains power without arc, in kW.
        idle_hours: switched on without arc.
    """
    return converter_input * arc_hours + idle_power * idle_hours


@formula(symbol="t_id", source=OUTPUT_OVER_INPUT)
def idle_hours(connected_hours: Hour, arc_hours: Hour) -> Hour:
    """Hours switched on without arc."""
    return connected_hours - arc_hours


@formula(symbol="E_dc", source=OUTPUT_OVER_INPUT, limits={"dc_power": (0, None), "hours": (0, None)})
def dc_energy(dc_power: Kilowatt, hours: Hour) -> KilowattHour:
    """Work of the direct current over hours."""
    return dc_power * hours
