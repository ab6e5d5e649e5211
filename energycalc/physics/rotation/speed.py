"""Rotating machines: synchronous speed, and how shaft power follows speed."""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import Fraction, Hertz, Kilowatt, Number, RevolutionsPerMinute


@formula(
    symbol="n_s",
    source=cite("doe-motor-guide", "synchronous speed"),
    limits={"poles": (2, 24), "line_frequency": (1, 400)},
)
def synchronous_speed(line_frequency: Hertz, poles: Number) -> RevolutionsPerMinute:
    """Speed of the rotating field.

    Args:
        line_frequency: in Hz (60 in Taiwan).
        poles: number of poles, even.

    Returns:
        Speed in revolutions per minute.
    """
    return 2 * line_frequency / poles


@formula(
    symbol="r_n",
    source=cite("doe-motor-guide", "speed of the new motor and affinity laws"),
    limits={"speed_before": (1, None), "speed_after": (1, None), "speed_exponent": (0, 3)},
)
def shaft_power_speed_ratio(
    speed_before: RevolutionsPerMinute, speed_after: RevolutionsPerMinute, speed_exponent: Number
) -> Fraction:
    """Shaft power after over before when a motor of another full-load speed drives the same machine.

    Args:
        speed_before: full-load speed of the old motor in rpm.
        speed_after: full-load speed of the new motor in rpm.
        speed_exponent: 3 for fans and pumps without static head, 1 for constant torque, 0 where the work done is fixed.

    Returns:
        Ratio of shaft powers. Valid for small changes of speed on an unchanged system curve; static head lowers the
        exponent of pumps below 3, so 3 overstates the effect there.
    """
    return (speed_after / speed_before) ** speed_exponent


@formula(
    symbol="P_f",
    source=cite("measur-desktop", "electricity reduction, nameplate method"),
    limits={
        "load_factor": (0, 1.5),
        "efficiency": (0.01, 1),
        "operating_frequency": (0, None),
        "line_frequency": (1, None),
    },
)
def power_at_frequency(
    rated_power: Kilowatt,
    load_factor: Fraction,
    efficiency: Fraction,
    operating_frequency: Hertz,
    line_frequency: Hertz,
    frequency_exponent: Number,
) -> Kilowatt:
    """Electrical input of a motor on a frequency converter, estimated from the nameplate.

    Args:
        rated_power: rated shaft power in kW.
        load_factor: shaft load at line frequency over rated power.
        efficiency: of motor and converter at the operating point.
        operating_frequency: frequency of the converter in Hz.
        line_frequency: of the supply in Hz.
        frequency_exponent: 2.5 in MEASUR's method (fan or pump, losses at low speed): an estimate, not a law.

    Returns:
        Electrical power in kW.
    """
    return rated_power * load_factor * (operating_frequency / line_frequency) ** frequency_exponent / efficiency
