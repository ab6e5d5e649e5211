"""What a load takes at another voltage: resistors follow its square, controlled loads do not follow at all."""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import Fraction, Volt


@formula(
    symbol="r_V",
    source=cite("ohm-law", "P = V^2/R at constant resistance"),
    limits={"voltage_before": (1, None), "voltage_after": (1, None)},
)
def resistive_power_ratio(voltage_before: Volt, voltage_after: Volt) -> Fraction:
    """Power of a resistor after over before a change of voltage.

    Args:
        voltage_before: V.
        voltage_after: V.
    """
    return (voltage_after / voltage_before) ** 2


@formula(
    symbol="r",
    source=cite("ohm-law", "only the uncontrolled resistive share follows the voltage"),
    limits={"resistive_share": (0, 1), "resistive_power_ratio": (0, None)},
)
def power_ratio_at_voltage(resistive_share: Fraction, resistive_power_ratio: Fraction) -> Fraction:
    """Energy of a group of loads after over before a change of voltage.

    Args:
        resistive_share: share of their energy taken by resistors without thermostat or other control.
        resistive_power_ratio: square of the ratio of voltages.
    """
    return 1 - resistive_share * (1 - resistive_power_ratio)
