"""Belts between motor and machine: what they lose, by the power they carry and by their kind."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, exp, formula
from energycalc.quantity.aliases import Fraction, Kilowatt, Number

Horsepower = Annotated[Quantity, "HP_mech"]
PerHorsepower = Annotated[Quantity, "1/HP_mech"]

_FIT = cite("measur-tools-suite", "mover shaft power: belt losses (AMCA Publication 203-90, Appendix L)")
LOSS_ALWAYS = constant("l_0", 3.9963, "%", _FIT, name="belt_loss_coefficient")
LOSS_SLOW = constant("l_1", 0.68759, "%", _FIT, name="belt_loss_coefficient")
DECAY_SLOW = constant("k_1", 0.019791, "1/HP_mech", _FIT, name="belt_loss_decay")
LOSS_FAST = constant("l_2", 3.7558, "%", _FIT, name="belt_loss_coefficient")
DECAY_FAST = constant("k_2", 0.21507, "1/HP_mech", _FIT, name="belt_loss_decay")

LOSS_OF_KIND = {
    "v_belt": constant("k_b", 1, "1", _FIT, name="belt_kind_factor"),
    "notched_v_belt": constant("k_b", 5 / 7, "1", _FIT, name="belt_kind_factor"),
    "synchronous_belt": constant("k_b", 2 / 7, "1", _FIT, name="belt_kind_factor"),
    "direct": constant("k_b", 0, "1", _FIT, name="belt_kind_factor"),
}
"""Loss of a drive over that of a V-belt of the same power."""


@formula(
    symbol="eta_b",
    source=_FIT,
    limits={"transmitted_power": (0.1, None), "belt_kind_factor": (0, 1)},
)
def belt_efficiency(transmitted_power: Horsepower, belt_kind_factor: Number) -> Fraction:
    """Efficiency of a belt drive in fair condition, from the power of the motor shaft.

    Args:
        transmitted_power: power at the motor shaft, in mechanical horsepower.
        belt_kind_factor: loss over that of a V-belt: 1 V-belt, 5/7 notched, 2/7 synchronous, 0 direct.

    Returns:
        Power of the driven shaft over that of the motor shaft. The fit is a middle of tests on fans; a slack belt loses
        more. Small drives lose more than large ones.
    """
    v_belt_loss = (
        LOSS_SLOW * exp(-(DECAY_SLOW * transmitted_power))
        + LOSS_FAST * exp(-(DECAY_FAST * transmitted_power))
        + LOSS_ALWAYS
    )
    return 1 - v_belt_loss * belt_kind_factor


@formula(
    symbol="P_d",
    source=cite("measur-tools-suite", "mover shaft power: motor shaft power times drive efficiency"),
    limits={"motor_shaft_power": (0, None), "transmission_efficiency": (0.01, 1)},
)
def driven_shaft_power(motor_shaft_power: Kilowatt, transmission_efficiency: Fraction) -> Kilowatt:
    """Power that arrives at the driven machine.

    Args:
        motor_shaft_power: in kW.
        transmission_efficiency: of belt, gear or coupling.
    """
    return motor_shaft_power * transmission_efficiency


@formula(
    symbol="P_m",
    source=cite("measur-desktop", "drive comparison: power of the machine over drive efficiency"),
    limits={"driven_shaft_power": (0, None), "transmission_efficiency": (0.01, 1)},
)
def motor_shaft_power(driven_shaft_power: Kilowatt, transmission_efficiency: Fraction) -> Kilowatt:
    """Power that the motor must give for what the machine needs.

    Args:
        driven_shaft_power: power the machine takes, in kW.
        transmission_efficiency: of belt, gear or coupling.
    """
    return driven_shaft_power / transmission_efficiency


@formula(
    symbol="r",
    source=cite("energy-balance", "same machine, same motor: only the transmission differs"),
    limits={"transmission_efficiency_before": (0.01, 1), "transmission_efficiency_after": (0.01, 1)},
    name="remaining_fraction",
)
def transmission_remaining_fraction(
    transmission_efficiency_before: Fraction, transmission_efficiency_after: Fraction, shaft_power_ratio: Fraction
) -> Fraction:
    """Share of the energy that is still used with another transmission, the motor's efficiency being the same.

    Args:
        transmission_efficiency_before: of the drive in place.
        transmission_efficiency_after: of the new drive.
        shaft_power_ratio: power of the driven shaft after over before; 1 unless its speed changes.
    """
    return transmission_efficiency_before / transmission_efficiency_after * shaft_power_ratio


@formula(
    symbol="s_max",
    source=cite("energy-balance", "a transmission cannot lose less than nothing"),
    limits={"transmission_efficiency_before": (0.01, 1)},
)
def transmission_ceiling(transmission_efficiency_before: Fraction, shaft_power_ratio: Fraction) -> Fraction:
    """Largest saving of another transmission: all of the present loss.

    Args:
        transmission_efficiency_before: of the drive in place.
        shaft_power_ratio: power of the driven shaft after over before; 1 unless its speed changes.
    """
    return 1 - transmission_efficiency_before * shaft_power_ratio
