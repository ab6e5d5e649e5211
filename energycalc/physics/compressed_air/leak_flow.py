"""Free air that escapes through a hole, and how leaks are measured: hole, bag, pressure decay, ultrasound, timing.

Free air is air at the ambient pressure and at the temperature of the air in the line.
"""

from __future__ import annotations

import math
from typing import Annotated

from energycalc.physics.compressed_air.gas_compression import HEAT_CAPACITY_RATIO
from energycalc.quantity import Quantity, Source, cite, constant, formula, log, maximum, require, sqrt
from energycalc.quantity.aliases import (
    BarAbsolute,
    BarGauge,
    CubicMetre,
    CubicMetrePerMinute,
    Fraction,
    Kelvin,
    Metre,
    Minute,
    Number,
    Second,
)
from energycalc.quantity.quantity import pure_number

Decibel = Annotated[Quantity, "dB"]
Millimetre = Annotated[Quantity, "mm"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
MetrePerSecond = Annotated[Quantity, "m/s"]
SpecificGasConstant = Annotated[Quantity, "J/(kg*K)"]

AIR_GAS_CONSTANT = constant(
    "R_air",
    287.05,
    "J/(kg*K)",
    cite("lemmon-2000-air", "8.314510 J/(mol K) over 28.96546 g/mol"),
    name="air_gas_constant",
)
_ENCLOSE = "Take the points of the table that enclose the reading"
_FORCE_OVER_AREA = Source("absolute pressure is a force per area", "definition")
_VOLUME_OVER_PRESSURE = Source("a difference of gauge pressures is one of absolute pressures", "definition")


@formula(
    symbol="r_c",
    source=cite("isentropic-nozzle-flow", "critical pressure ratio (2/(k+1))^(k/(k-1))"),
    limits={"heat_capacity_ratio": (1.0001, 1.7)},
)
def critical_pressure_ratio(heat_capacity_ratio: Number) -> Fraction:
    """Absolute pressure behind over before a hole, below which the flow no longer grows.

    Args:
        heat_capacity_ratio: k; 1.4 for air, which gives 0.528.
    """
    k = heat_capacity_ratio
    return (2 / (k + 1)) ** (k / (k - 1))


@formula(
    symbol="q_hole",
    source=cite("isentropic-nozzle-flow", "isentropic flow from a plenum, choked below the critical ratio"),
    limits={
        "hole_diameter": (0, None),
        "leak_discharge_coefficient": (0, 1),
        "line_pressure_absolute": (1e-3, None),
        "ambient_pressure": (1e-3, None),
        "line_air_temperature": (200, 600),
    },
)
def hole_flow(
    hole_diameter: Millimetre,
    leak_discharge_coefficient: Fraction,
    line_pressure_absolute: BarAbsolute,
    ambient_pressure: BarAbsolute,
    line_air_temperature: Kelvin,
    specific_gas_constant: SpecificGasConstant,
) -> CubicMetrePerMinute:
    """Free air through one round hole, choked or not.

    Args:
        hole_diameter: in mm.
        leak_discharge_coefficient: 1 loss-free (the ceiling), 0.97 well rounded, 0.61 sharp-edged.
        line_pressure_absolute: before the hole, bar(a), above ambient.
        ambient_pressure: behind it, bar(a).
        line_air_temperature: of the air before the hole, K.
        specific_gas_constant: of the gas, J/(kg K); ``AIR_GAS_CONSTANT`` for dry air.

    Returns:
        m3/min of free air, at ambient pressure and line temperature.

    Raises:
        OutOfRange: no pressure above ambient: nothing leaks.
    """
    require(
        line_pressure_absolute,
        ">",
        ambient_pressure,
        "without pressure above ambient nothing leaks",
        cite("isentropic-nozzle-flow", "driving pressure"),
        "Give the pressure in the line",
    )
    k = HEAT_CAPACITY_RATIO
    ratio = maximum(ambient_pressure / line_pressure_absolute, critical_pressure_ratio(k))
    expansion = 2 * k / (k - 1) * (ratio ** (2 / k) - ratio ** ((k + 1) / k))
    speed = sqrt(expansion * specific_gas_constant * line_air_temperature)
    area = math.pi / 4 * hole_diameter**2
    return leak_discharge_coefficient * area * line_pressure_absolute / ambient_pressure * speed


@formula(
    symbol="rho",
    source=cite("ideal-gas", "density from pressure and temperature"),
    limits={"gas_pressure": (0, None), "line_air_temperature": (100, 1000)},
)
def gas_density(
    gas_pressure: BarAbsolute, line_air_temperature: Kelvin, specific_gas_constant: SpecificGasConstant
) -> KilogramPerCubicMetre:
    """Density of a gas.

    Args:
        gas_pressure: bar(a).
        line_air_temperature: K.
        specific_gas_constant: J/(kg K).
    """
    pressure = gas_pressure.declared("bar", because=_FORCE_OVER_AREA)
    return pressure / (specific_gas_constant * line_air_temperature)


@formula(symbol="rho_s", source=cite("isentropic-nozzle-flow", "density at the sonic throat"))
def sonic_density(plenum_density: KilogramPerCubicMetre) -> KilogramPerCubicMetre:
    """Density where choked air passes the hole.

    Args:
        plenum_density: before the hole, kg/m3.
    """
    k = HEAT_CAPACITY_RATIO
    return plenum_density * (2 / (k + 1)) ** (1 / (k - 1))


@formula(
    symbol="v_s",
    source=cite("isentropic-nozzle-flow", "speed of sound at the throat"),
    limits={"line_air_temperature": (100, 1000)},
)
def sonic_velocity(line_air_temperature: Kelvin, specific_gas_constant: SpecificGasConstant) -> MetrePerSecond:
    """Velocity of choked air in the hole.

    Args:
        line_air_temperature: before the hole, K.
        specific_gas_constant: J/(kg K).
    """
    k = HEAT_CAPACITY_RATIO
    return sqrt(2 * k / (k + 1) * specific_gas_constant * line_air_temperature)


@formula(
    symbol="q_L",
    source=cite("isentropic-nozzle-flow", "equal holes side by side"),
    limits={"number_of_leaks": (0, None), "single_leak_flow": (0, None)},
)
def flow_of_equal_leaks(single_leak_flow: CubicMetrePerMinute, number_of_leaks: Number) -> CubicMetrePerMinute:
    """Free air of several equal leaks or nozzles.

    Args:
        single_leak_flow: of one, m3/min.
        number_of_leaks: how many.
    """
    return single_leak_flow * number_of_leaks


@formula(
    symbol="q_bag",
    source=cite("measur-tools-suite", "bag method: volume of a cylindrical bag over the time to fill it"),
    limits={"bag_height": (0, None), "bag_diameter": (0, None), "bag_fill_time": (0.1, None)},
)
def bag_flow(bag_height: Metre, bag_diameter: Metre, bag_fill_time: Second) -> CubicMetrePerMinute:
    """Free air of a leak that fills a cylindrical bag.

    Args:
        bag_height: of the filled bag, m.
        bag_diameter: of the filled bag, m.
        bag_fill_time: seconds from empty to full.
    """
    return math.pi / 4 * bag_diameter**2 * bag_height / bag_fill_time


@formula(
    symbol="q_bd",
    source=cite("accurateair-bleed-test", "volume x pressure drop x correction over time x ambient pressure"),
    limits={"system_volume": (0, None), "bleed_time": (1e-3, None), "bleed_correction": (1, 2)},
)
def bleed_down_flow(
    system_volume: CubicMetre,
    start_pressure: BarGauge,
    end_pressure: BarGauge,
    bleed_time: Minute,
    ambient_pressure: BarAbsolute,
    bleed_correction: Number,
) -> CubicMetrePerMinute:
    """Leak flow from the fall of pressure in a closed system with no users.

    Args:
        system_volume: of receivers and pipes, m3.
        start_pressure: bar(g), at which the leak flow is wanted.
        end_pressure: bar(g).
        bleed_time: minutes between the two.
        ambient_pressure: bar(a).
        bleed_correction: from the mean leak flow to the one at start pressure; 1.25 in the Compressed Air Challenge
            for a fall to half the pressure (see :func:`bleed_down_correction`).

    Raises:
        OutOfRange: a pressure that does not fall.
    """
    require(
        start_pressure,
        ">",
        end_pressure,
        "in a bleed-down test the pressure falls",
        cite("accurateair-bleed-test", "start and end"),
        "Check which pressure was read first",
    )
    mean_flow = system_volume * (start_pressure - end_pressure) / (bleed_time * _plain(ambient_pressure))
    return mean_flow * bleed_correction


def _plain(pressure: Quantity) -> Quantity:
    return pressure.declared("bar", because=_VOLUME_OVER_PRESSURE)


@formula(
    symbol="c_bd",
    source=cite("isentropic-nozzle-flow", "choked leaks fall with absolute pressure: exponential decay"),
    limits={"start_pressure_absolute": (1e-3, None), "end_pressure_absolute": (1e-3, None)},
)
def bleed_down_correction(start_pressure_absolute: BarAbsolute, end_pressure_absolute: BarAbsolute) -> Number:
    """Leak flow at start pressure over the mean of the test, all leaks choked and the air at constant temperature.

    Args:
        start_pressure_absolute: bar(a).
        end_pressure_absolute: bar(a), below it.

    Returns:
        p1 ln(p1/p2) / (p1 - p2): 1 for a small fall, 1.39 when the absolute pressure halves.
    """
    ratio = start_pressure_absolute / end_pressure_absolute
    return ratio * log(ratio) / (ratio - 1)


@formula(
    symbol="q_dB", source=cite("measur-tools-suite", "decibel method: bilinear between four points of the detector")
)
def decibel_flow(
    line_pressure: BarGauge,
    decibel_reading: Decibel,
    table_pressure_a: BarGauge,
    table_pressure_b: BarGauge,
    table_decibel_a: Decibel,
    table_decibel_b: Decibel,
    flow_at_a_and_pressure_a: CubicMetrePerMinute,
    flow_at_a_and_pressure_b: CubicMetrePerMinute,
    flow_at_b_and_pressure_a: CubicMetrePerMinute,
    flow_at_b_and_pressure_b: CubicMetrePerMinute,
) -> CubicMetrePerMinute:
    """Leak flow from an ultrasonic detector, between four points of its maker's table.

    Args:
        line_pressure: at the leak, bar(g).
        decibel_reading: of the detector.
        table_pressure_a: one pressure of the table.
        table_pressure_b: the other pressure of the table.
        table_decibel_a: one level of the table.
        table_decibel_b: the other level of the table.
        flow_at_a_and_pressure_a: at level a and pressure a, free air.
        flow_at_a_and_pressure_b: at level a and pressure b.
        flow_at_b_and_pressure_a: at level b and pressure a.
        flow_at_b_and_pressure_b: at level b and pressure b.

    Raises:
        OutOfRange: pressure or level outside the four points, or points that coincide.
    """
    rule = cite("measur-tools-suite", "decibel method")
    apart, louder = table_pressure_b - table_pressure_a, table_decibel_b - table_decibel_a
    for gap in (apart, louder):
        require(gap**2, ">", gap**2 * 0, "the two points of the detector's table coincide", rule, _ENCLOSE)
    x = (line_pressure - table_pressure_a) / apart
    y = (decibel_reading - table_decibel_a) / louder
    for share, what in ((x, "line pressure"), (y, "decibel reading")):
        why = f"the {what} lies outside the two points of the detector's table"
        require(share, ">=", pure_number(-1e-9), why, rule, _ENCLOSE)
        require(share, "<=", pure_number(1 + 1e-9), why, rule, _ENCLOSE)
    at_a = flow_at_a_and_pressure_a * (1 - x) + flow_at_a_and_pressure_b * x
    at_b = flow_at_b_and_pressure_a * (1 - x) + flow_at_b_and_pressure_b * x
    return at_a * (1 - y) + at_b * y


@formula(
    symbol="q_LU",
    source=cite("bee-leak-test", "leakage share T/(T + t) of the delivered flow, no users"),
    limits={"loaded_time": (0, None), "unloaded_or_stopped_time": (0, None), "full_load_flow": (0, None)},
)
def timed_leak_flow(
    loaded_time: Second, unloaded_or_stopped_time: Second, full_load_flow: CubicMetrePerMinute
) -> CubicMetrePerMinute:
    """Leak flow from the share of time a load/unload or start/stop compressor is loaded while nobody uses air.

    Args:
        loaded_time: sum of loaded times in the test.
        unloaded_or_stopped_time: sum of the other times in the test.
        full_load_flow: measured or catalogue free air delivered of that compressor, m3/min.

    Raises:
        OutOfRange: a test without any time.
    """
    whole = loaded_time + unloaded_or_stopped_time
    require(
        whole,
        ">",
        whole * 0,
        "a test takes time",
        cite("bee-leak-test", "leakage share T/(T + t)"),
        "Give the loaded and the other times of the test",
    )
    return full_load_flow * loaded_time / whole
