"""Electric power of three-phase equipment, from what a clamp meter shows."""

from __future__ import annotations

from energycalc.quantity import cite, formula, maximum, minimum
from energycalc.quantity.aliases import Ampere, Fraction, Hour, Kilowatt, KilowattHour, Volt
from energycalc.quantity.quantity import pure_number

_THREE_VOLTAGES = {"voltage_a": (0, None), "voltage_b": (0, None), "voltage_c": (0, None)}


@formula(symbol="V_m", source=cite("doe-motor-load", "average of three phases"), limits=_THREE_VOLTAGES)
def mean_voltage(voltage_a: Volt, voltage_b: Volt, voltage_c: Volt) -> Volt:
    """Mean of the three line-to-line voltages.

    Args:
        voltage_a: line-to-line voltages in V.
        voltage_b: line-to-line voltages in V.
        voltage_c: line-to-line voltages in V.
    """
    return (voltage_a + voltage_b + voltage_c) / 3


@formula(
    symbol="I_m",
    source=cite("doe-motor-load", "average of three phases"),
    limits={"current_a": (0, None), "current_b": (0, None), "current_c": (0, None)},
)
def mean_current(current_a: Ampere, current_b: Ampere, current_c: Ampere) -> Ampere:
    """Mean of the three line currents.

    Args:
        current_a: line currents in A.
        current_b: line currents in A.
        current_c: line currents in A.
    """
    return (current_a + current_b + current_c) / 3


@formula(
    symbol="u_V",
    source=cite("doe-motor-load", "voltage unbalance: largest deviation from the mean over the mean"),
    limits={**_THREE_VOLTAGES, "mean_voltage": (1e-9, None)},
)
def voltage_unbalance(voltage_a: Volt, voltage_b: Volt, voltage_c: Volt, mean_voltage: Volt) -> Fraction:
    """Largest deviation of a phase from the mean, relative to the mean (NEMA definition).

    Args:
        voltage_a: line-to-line voltages in V.
        voltage_b: line-to-line voltages in V.
        voltage_c: line-to-line voltages in V.
        mean_voltage: their mean in V.
    """
    highest = maximum(maximum(voltage_a, voltage_b), voltage_c)
    lowest = minimum(minimum(voltage_a, voltage_b), voltage_c)
    return maximum(highest - mean_voltage, mean_voltage - lowest) / mean_voltage


@formula(
    symbol="P_in",
    source=cite("doe-motor-load", "three-phase input power"),
    limits={"line_voltage": (0, None), "line_current": (0, None), "power_factor": (0, 1)},
)
def three_phase_power(line_voltage: Volt, line_current: Ampere, power_factor: Fraction) -> Kilowatt:
    """Active power of a balanced three-phase load.

    Args:
        line_voltage: line-to-line voltage in V, mean of the phases.
        line_current: line current in A, mean of the phases.
        power_factor: at this load, 0 to 1; the nameplate's value holds at full load only.

    Returns:
        Active power in kW.

    Raises:
        OutOfRange: a power factor above 1, or a negative voltage or current.
    """
    return pure_number(3) ** 0.5 * line_voltage * line_current * power_factor


@formula(
    symbol="E", source=cite("doe-motor-load", "energy is power times hours"), limits={"operating_hours": (0, None)}
)
def electrical_energy(power: Kilowatt, operating_hours: Hour) -> KilowattHour:
    """Energy of a constant power.

    Args:
        power: mean active power in kW.
        operating_hours: hours at that power.

    Returns:
        Energy in kWh.
    """
    return power * operating_hours
