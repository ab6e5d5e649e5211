"""Oil-hydraulic drives over a machine cycle: fixed pump at constant speed, and pump on a servo drive.

The motor of a fixed pump has a constant loss (its no-load input) and one that grows with the square of the load. The
servo drive is described by one efficiency of motor and inverter together, and by what it takes at rest.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import BarDifference, Fraction, Hour, Kilowatt, KilowattHour, Second

LitrePerMinute = Annotated[Quantity, "L/min"]
Kilojoule = Annotated[Quantity, "kJ"]

PUMP = cite("hydraulic-power", "power = pressure × flow; divided by the efficiency at the shaft")
LOSSES = cite("motor-loss-split", "constant loss plus a loss with the square of the load")
CYCLE = cite("first-law", "mean power = energy of the cycle over its time")


@formula(symbol="P_hy", source=PUMP, limits={"oil_pressure": (0, 1000), "oil_flow": (0, None)})
def oil_power(oil_pressure: BarDifference, oil_flow: LitrePerMinute) -> Kilowatt:
    """Power in the oil.

    Args:
        oil_pressure: above the tank, in bar.
        oil_flow: in L/min.
    """
    return oil_pressure * oil_flow


@formula(symbol="P_ps", source=PUMP, limits={"oil_power": (0, None), "pump_efficiency": (0.05, 1)})
def pump_shaft_input(oil_power: Kilowatt, pump_efficiency: Fraction) -> Kilowatt:
    """Shaft power of an oil pump, from the power in the oil that it delivers and its overall efficiency."""
    return oil_power / pump_efficiency


@formula(
    symbol="P_in",
    source=LOSSES,
    limits={
        "pump_shaft_input": (0, None),
        "rated_power": (0.01, None),
        "full_load_efficiency": (0.3, 1),
        "motor_idle_power": (0, None),
    },
    name="fixed_pump_input",
)
def fixed_pump_input(
    pump_shaft_input: Kilowatt, rated_power: Kilowatt, full_load_efficiency: Fraction, motor_idle_power: Kilowatt
) -> Kilowatt:
    """Mains power of the motor of a fixed pump.

    Args:
        pump_shaft_input: what the pump takes, in kW.
        rated_power: shaft rating of the motor, in kW.
        full_load_efficiency: of the motor at its rating.
        motor_idle_power: input of the uncoupled motor, in kW; at most its loss at the rating.

    Returns:
        Shaft power, constant loss, and the rest of the rated loss with the square of the load.
    """
    rated_loss = rated_power / full_load_efficiency - rated_power
    return pump_shaft_input + motor_idle_power + (rated_loss - motor_idle_power) * (pump_shaft_input / rated_power) ** 2


@formula(
    symbol="P_sv",
    source=cite("first-law", "mains power = hydraulic power over the efficiencies, plus what the drive takes at rest"),
    limits={
        "oil_power": (0, None),
        "pump_efficiency": (0.05, 1),
        "transmission_efficiency": (0.05, 1),
        "drive_rest_power": (0, None),
    },
)
def servo_pump_input(
    oil_power: Kilowatt, pump_efficiency: Fraction, transmission_efficiency: Fraction, drive_rest_power: Kilowatt
) -> Kilowatt:
    """Mains power of a servo pump.

    Args:
        oil_power: that it delivers, its leakage at pressure included, in kW.
        pump_efficiency: overall.
        transmission_efficiency: of servo motor and inverter together.
        drive_rest_power: of inverter and fans, always, in kW.
    """
    return oil_power / pump_efficiency / transmission_efficiency + drive_rest_power


@formula(symbol="q_sv", source=PUMP, limits={"phase_flow": (0, None), "leakage_flow": (0, None)})
def servo_flow(phase_flow: LitrePerMinute, leakage_flow: LitrePerMinute) -> LitrePerMinute:
    """Flow of a servo pump: what the cylinder takes and what leaks while pressure stands."""
    return phase_flow + leakage_flow


@formula(symbol="W_ph", source=CYCLE, limits={"phase_power": (0, None), "phase_time": (0, None)})
def phase_energy(phase_power: Kilowatt, phase_time: Second) -> Kilojoule:
    """Energy of one phase of the cycle."""
    return phase_power * phase_time


@formula(symbol="P_cy", source=CYCLE, limits={"machine_cycle_time": (1e-6, None)})
def cycle_power(cycle_work: Kilojoule, machine_cycle_time: Second) -> Kilowatt:
    """Mean power over the cycle."""
    return cycle_work / machine_cycle_time


@formula(symbol="E_cy", source=CYCLE, limits={"cycle_power": (0, None), "operating_hours": (0, None)})
def cycle_energy(cycle_power: Kilowatt, operating_hours: Hour) -> KilowattHour:
    """Electricity of the cycling machine over its hours."""
    return cycle_power * operating_hours
