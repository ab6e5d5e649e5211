"""Fans and pumps at part flow: what the system needs, what each control takes, and what an electronic drive loses.

Flows are shares of the full flow, powers shares of the power at full flow. All laws take arrays (a year of minutes).
"""

from __future__ import annotations

from energycalc.quantity import cite, constant, formula, sqrt, where
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour, Number

_SYSTEM = cite("affinity-system-curve", "system curve H = h + (1 - h) q2 with the efficiency of the machine unchanged")
_DAMPERS = cite("energyplus-input-output", "Group Fans, table Fan Coefficient Values")
_DRIVE = cite(
    "energyplus-engineering", "VFD efficiency: rectangular hyperbola type 2, fitted to data of the US DOE (2008)"
)

VANE_COEFFICIENTS = tuple(
    constant(f"c_{i}", value, "1", _DAMPERS, name="fan_curve_coefficient")
    for i, value in enumerate((0.35071223, 0.30850535, -0.54137364, 0.87198823))
)
DAMPER_COEFFICIENTS = tuple(
    constant(f"c_{i}", value, "1", _DAMPERS, name="fan_curve_coefficient")
    for i, value in enumerate((0.37073425, 0.97250253, -0.34240761))
)


@formula(symbol="p_s", source=_SYSTEM, limits={"flow_fraction": (0, 1.2), "static_head_share": (0, 1)})
def system_power_share(flow_fraction: Fraction, static_head_share: Fraction) -> Fraction:
    """Power that flow and head of the system need, over that at full flow: what speed control takes at the shaft.

    Args:
        flow_fraction: flow over full flow.
        static_head_share: head that does not fall with the flow (height, pressure in a vessel or duct), over the head
            at full flow. 0 gives the cube of the flow.

    Returns:
        Share of the power at full flow. The efficiency of fan or pump is taken as unchanged; with much static head it
        falls at low flow, and the power is higher than this.
    """
    return flow_fraction * (static_head_share + (1 - static_head_share) * flow_fraction * flow_fraction)


@formula(
    symbol="n_q",
    source=cite("affinity-system-curve", "machine curve H = k n2 - (k - 1) q2 on the system curve"),
    limits={"flow_fraction": (0, 1.2), "static_head_share": (0, 1), "shut_off_head_ratio": (1, 5)},
)
def speed_share(flow_fraction: Fraction, static_head_share: Fraction, shut_off_head_ratio: Number) -> Fraction:
    """Speed at which a fan or pump delivers a flow into its system, over the speed at full flow.

    Args:
        flow_fraction: flow over full flow.
        static_head_share: head that does not fall with the flow, over the head at full flow.
        shut_off_head_ratio: head at no flow over head at full flow, both at full speed (pump curve); without static
            head it has no effect.
    """
    needed = static_head_share + (1 - static_head_share) * flow_fraction * flow_fraction
    return sqrt((needed + (shut_off_head_ratio - 1) * flow_fraction * flow_fraction) / shut_off_head_ratio)


@formula(
    symbol="p_t",
    source=cite("affinity-system-curve", "straight line between two points of the machine's power curve"),
    limits={"flow_fraction": (0, 1), "no_flow_power_share": (0, 1)},
)
def throttled_power_share(flow_fraction: Fraction, no_flow_power_share: Fraction) -> Fraction:
    """Shaft power of a centrifugal machine at full speed against a closing valve.

    Args:
        flow_fraction: flow over full flow.
        no_flow_power_share: shaft power at no flow over that at full flow (power curve of the catalogue).
    """
    return no_flow_power_share + (1 - no_flow_power_share) * flow_fraction


@formula(symbol="p_v", source=_DAMPERS, limits={"flow_fraction": (0, 1)})
def inlet_vane_power_share(flow_fraction: Fraction) -> Fraction:
    """Shaft power of a fan with inlet guide vanes, over that at full flow.

    Args:
        flow_fraction: flow over full flow.

    Returns:
        The published cubic over its value at full flow, so that full flow is 1. For fans without static pressure.
    """
    a, b, c, d = VANE_COEFFICIENTS
    cubic = a + b * flow_fraction + c * flow_fraction * flow_fraction
    return (cubic + d * flow_fraction * flow_fraction * flow_fraction) / (a + b + c + d)


@formula(symbol="p_d", source=_DAMPERS, limits={"flow_fraction": (0, 1)})
def outlet_damper_power_share(flow_fraction: Fraction) -> Fraction:
    """Shaft power of a fan with an outlet damper, over that at full flow.

    Args:
        flow_fraction: flow over full flow.

    Returns:
        The published parabola over its value at full flow, so that full flow is 1. For fans without static pressure.
    """
    a, b, c = DAMPER_COEFFICIENTS
    return (a + b * flow_fraction + c * flow_fraction * flow_fraction) / (a + b + c)


@formula(
    symbol="p_o",
    source=cite("affinity-system-curve", "on/off: the machine runs for the share of time that is the share of flow"),
    limits={"flow_fraction": (0, 1)},
)
def on_off_power_share(flow_fraction: Fraction) -> Fraction:
    """Mean power of a machine that runs at full flow or stands.

    Args:
        flow_fraction: mean flow over full flow; the share of the time for which it runs.
    """
    return flow_fraction


@formula(
    symbol="p_2",
    source=cite("affinity-system-curve", "two speeds: time between them so that the mean flow is met"),
    limits={"flow_fraction": (0, 1), "low_speed_flow_share": (0.01, 0.99), "low_speed_power_share": (0, 1)},
)
def two_speed_power_share(
    flow_fraction: Fraction, low_speed_flow_share: Fraction, low_speed_power_share: Fraction
) -> Fraction:
    """Mean power of a machine with two speeds, over that at full speed.

    Args:
        flow_fraction: mean flow over full flow.
        low_speed_flow_share: flow at the low speed over full flow.
        low_speed_power_share: power at the low speed over that at full speed.

    Returns:
        Above the low-speed flow a mixture of both speeds; below it the low speed and standstill.
    """
    mixed = low_speed_power_share + (1 - low_speed_power_share) * (flow_fraction - low_speed_flow_share) / (
        1 - low_speed_flow_share
    )
    cycling = low_speed_power_share * flow_fraction / low_speed_flow_share
    return where(flow_fraction, ">=", low_speed_flow_share, mixed, cycling)


@formula(
    symbol="P_sh",
    source=_SYSTEM,
    limits={"full_flow_shaft_power": (0, None), "power_share": (0, 2)},
    name="shaft_power",
)
def shaft_power_at_flow(full_flow_shaft_power: Kilowatt, power_share: Fraction) -> Kilowatt:
    """Shaft power at part flow.

    Args:
        full_flow_shaft_power: at full flow, in kW.
        power_share: of the control at this flow.
    """
    return full_flow_shaft_power * power_share


@formula(
    symbol="r_P",
    source=cite("affinity-system-curve", "power at the low speed over that at full speed"),
    limits={"low_speed_power": (0, None), "full_speed_power": (1e-6, None)},
)
def power_ratio(low_speed_power: Kilowatt, full_speed_power: Kilowatt) -> Fraction:
    """Power at the low speed over that at full speed.

    Args:
        low_speed_power: in kW.
        full_speed_power: in kW.
    """
    return low_speed_power / full_speed_power


@formula(symbol="L", source=cite("iec-60034-2-1", "load: output over rated output"), name="load_factor")
def load_of(shaft_power: Kilowatt, rated_power: Kilowatt) -> Fraction:
    """Load of a motor.

    Args:
        shaft_power: in kW.
        rated_power: nameplate shaft power in kW.
    """
    return shaft_power / rated_power


@formula(
    symbol="P_in",
    source=cite("iec-60034-2-1", "efficiency: output over input"),
    limits={"shaft_power": (0, None), "efficiency": (1e-6, 1)},
)
def motor_input_power(shaft_power: Kilowatt, efficiency: Fraction) -> Kilowatt:
    """Electrical power of a motor.

    Args:
        shaft_power: in kW.
        efficiency: at this load.
    """
    return shaft_power / efficiency


@formula(
    symbol="eta_v",
    source=_DRIVE,
    limits={"output_share": (0.001, 1.5), "drive_a": (0, 1.1), "drive_b": (0, 0.1), "drive_c": (-0.05, 0.05)},
)
def drive_efficiency_at(output_share: Fraction, drive_a: Number, drive_b: Number, drive_c: Number) -> Fraction:
    """Efficiency of a variable-frequency drive at part load.

    Args:
        output_share: power to the motor over the motor's input at rated load.
        drive_a: coefficient of the fit for the size of the drive.
        drive_b: coefficient of the fit for the size of the drive.
        drive_c: coefficient of the fit for the size of the drive.
    """
    return drive_a * output_share / (drive_b + output_share) + drive_c * output_share


@formula(
    symbol="P_v",
    source=_DRIVE,
    limits={
        "motor_input_power": (0, None),
        "rated_motor_input": (0.001, None),
        "full_load_drive_efficiency": (0.5, 0.999),
    },
)
def drive_input_power(
    motor_input_power: Kilowatt,
    rated_motor_input: Kilowatt,
    full_load_drive_efficiency: Fraction,
    drive_a: Number,
    drive_b: Number,
    drive_c: Number,
) -> Kilowatt:
    """Power that a variable-frequency drive takes from the grid.

    Args:
        motor_input_power: power to the motor, in kW.
        rated_motor_input: power to the motor at its rated load, in kW.
        full_load_drive_efficiency: of this drive at rated load; the published curve is moved to it.
        drive_a: coefficient of the fit for the size of the drive.
        drive_b: coefficient of the fit for the size of the drive.
        drive_c: coefficient of the fit for the size of the drive.

    Returns:
        Power in kW: output over efficiency, written so that no output still takes the drive's own loss.
    """
    x = motor_input_power / rated_motor_input
    published = drive_a / (drive_b + 1) + drive_c
    return (
        rated_motor_input * (drive_b + x) / (drive_a + drive_c * (drive_b + x)) * published / full_load_drive_efficiency
    )


@formula(
    symbol="P_m",
    source=cite("pump-handbook-eddy", "slip loss is slip speed times torque; torque in equals torque out"),
    limits={"shaft_power": (0, None), "coupling_efficiency": (0.01, 1)},
)
def coupling_input_power(shaft_power: Kilowatt, coupling_efficiency: Fraction) -> Kilowatt:
    """Power that a motor gives into a slip coupling.

    Args:
        shaft_power: power of the driven shaft in kW.
        coupling_efficiency: driven speed over motor speed.
    """
    return shaft_power / coupling_efficiency


@formula(
    symbol="s_k",
    source=cite("pump-handbook-eddy", "slip: what the driven shaft turns slower than the motor"),
    limits={"speed_share": (0.01, 1)},
)
def coupling_slip(speed_share: Fraction) -> Fraction:
    """Slip of a coupling.

    Args:
        speed_share: speed of the driven shaft over that of the motor.
    """
    return 1 - speed_share


@formula(
    symbol="eta_k",
    source=cite("pump-handbook-eddy", "input and output torque are equal: the slip is the loss"),
    limits={"coupling_slip": (0, 0.99)},
)
def coupling_efficiency(coupling_slip: Fraction) -> Fraction:
    """Efficiency of an eddy-current or permanent-magnet slip coupling: what the slip leaves, never more.

    Args:
        coupling_slip: what the driven shaft turns slower than the motor, over the motor's speed.
    """
    return 1 - coupling_slip


@formula(
    symbol="s_max",
    source=cite("affinity-system-curve", "no control takes less at the shaft than the system needs"),
    limits={"best_motor_efficiency": (0.01, 1)},
)
def flow_control_ceiling(
    least_shaft_energy: KilowattHour, best_motor_efficiency: Fraction, energy_before: KilowattHour
) -> Fraction:
    """Largest saving of another flow control with the same motor and a drive without loss.

    Args:
        least_shaft_energy: what the system needs at the shaft, in kWh.
        best_motor_efficiency: highest efficiency that the motor has at any load.
        energy_before: electricity before, in kWh.
    """
    return 1 - least_shaft_energy / best_motor_efficiency / energy_before


@formula(
    symbol="E_sh", source=cite("energy-balance", "energy is power times hours"), limits={"operating_hours": (0, None)}
)
def shaft_energy(shaft_power: Kilowatt, operating_hours: Hour) -> KilowattHour:
    """Work at a shaft at constant power.

    Args:
        shaft_power: in kW.
        operating_hours: hours at this power.
    """
    return shaft_power * operating_hours
