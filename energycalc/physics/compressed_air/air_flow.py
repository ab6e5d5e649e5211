"""Flow of air in pipes and valves, and the same air at another pressure, temperature and humidity."""

from __future__ import annotations

import math
from typing import Annotated

from energycalc.quantity import Quantity, Source, cite, constant, formula, require, sqrt
from energycalc.quantity.aliases import (
    BarAbsolute,
    CubicMetre,
    CubicMetrePerMinute,
    Fraction,
    Kelvin,
    Metre,
    Number,
    SquareMetre,
)

MetrePerSecond = Annotated[Quantity, "m/s"]
_POSITIVE = (0, None)
_ABOVE_ZERO = (1e-9, None)
CUBIC_FOOT = 0.3048**3
POUND_PER_SQUARE_INCH = 0.0689475729316836
VALVE_FACTOR = constant(
    "k_v",
    0.6875 * CUBIC_FOOT / POUND_PER_SQUARE_INCH,
    "m3/min/bar",
    cite("measur-tools-suite", "pneumatic valve: 0.6875 scfm per psi at a flow coefficient of one"),
    name="valve_factor",
)
_DIFFERENCE = Source("the root of a product of absolute pressures is a pressure", "definition")


@formula(
    symbol="r_q",
    source=cite("measur-desktop", "actual to standard flow: dry-air pressures and temperatures (CAGI, ISO 1217)"),
    limits={
        "relative_humidity_here": (0, 1),
        "relative_humidity_there": (0, 1),
        "saturation_pressure_here": _POSITIVE,
        "saturation_pressure_there": _POSITIVE,
        "air_temperature_here": (150, 700),
        "air_temperature_there": (150, 700),
    },
)
def flow_ratio_between_states(
    pressure_here: BarAbsolute,
    air_temperature_here: Kelvin,
    relative_humidity_here: Fraction,
    saturation_pressure_here: BarAbsolute,
    pressure_there: BarAbsolute,
    air_temperature_there: Kelvin,
    relative_humidity_there: Fraction,
    saturation_pressure_there: BarAbsolute,
) -> Fraction:
    """Volume of the same dry air there over its volume here.

    Args:
        pressure_here: total pressure, bar(a).
        air_temperature_here: K.
        relative_humidity_here: 0 to 1.
        saturation_pressure_here: of water at that temperature, bar(a).
        pressure_there: total pressure, bar(a).
        air_temperature_there: K.
        relative_humidity_there: 0 to 1.
        saturation_pressure_there: of water at that temperature, bar(a).

    Raises:
        OutOfRange: a state in which the vapour pressure reaches the total pressure: no dry air is left.
    """
    dry_here = pressure_here - relative_humidity_here * saturation_pressure_here
    dry_there = pressure_there - relative_humidity_there * saturation_pressure_there
    for dry, total_pressure in ((dry_here, pressure_here), (dry_there, pressure_there)):
        require(
            dry,
            ">",
            total_pressure * 0,
            "water vapour cannot fill the whole pressure",
            cite("ideal-gas", "Dalton: partial pressures add up"),
            "Check humidity, temperature and total pressure",
        )
    return dry_here / dry_there * (air_temperature_there / air_temperature_here)


@formula(
    symbol="v_p",
    source=cite("measur-tools-suite", "air velocity: free air over pressure ratio and area"),
    limits={"flow": _POSITIVE, "pipe_area": _ABOVE_ZERO, "line_pressure_absolute": _ABOVE_ZERO},
)
def pipe_velocity(
    flow: CubicMetrePerMinute,
    ambient_pressure: BarAbsolute,
    line_pressure_absolute: BarAbsolute,
    pipe_area: SquareMetre,
) -> MetrePerSecond:
    """Mean velocity of compressed air in a pipe at ambient temperature.

    Args:
        flow: free air, m3/min.
        ambient_pressure: bar(a).
        line_pressure_absolute: in the pipe, bar(a).
        pipe_area: inner cross-section, m2.
    """
    return flow * ambient_pressure / line_pressure_absolute / pipe_area


@formula(
    symbol="A_p",
    source=cite("measur-tools-suite", "pipe sizing: free air over pressure ratio and design velocity"),
    limits={"flow": _POSITIVE, "design_velocity": _ABOVE_ZERO, "line_pressure_absolute": _ABOVE_ZERO},
)
def pipe_area_for(
    flow: CubicMetrePerMinute,
    ambient_pressure: BarAbsolute,
    line_pressure_absolute: BarAbsolute,
    design_velocity: MetrePerSecond,
) -> SquareMetre:
    """Inner cross-section that keeps compressed air at the design velocity.

    Args:
        flow: free air, m3/min.
        ambient_pressure: bar(a).
        line_pressure_absolute: in the pipe, bar(a).
        design_velocity: m/s.
    """
    return flow * ambient_pressure / line_pressure_absolute / design_velocity


@formula(symbol="d_p", source=cite("circle", "diameter of a circle of this area"), limits={"pipe_area": _POSITIVE})
def diameter_of(pipe_area: SquareMetre) -> Metre:
    """Inner diameter of a round pipe.

    Args:
        pipe_area: inner cross-section, m2.
    """
    return sqrt(4 / math.pi * pipe_area)


@formula(
    symbol="V_p",
    source=cite("measur-tools-suite", "system capacity: cross-section times length"),
    limits={"pipe_area": _POSITIVE, "pipe_length": _POSITIVE},
)
def pipe_volume(pipe_area: SquareMetre, pipe_length: Metre) -> CubicMetre:
    """Volume of a pipe.

    Args:
        pipe_area: inner cross-section, m2.
        pipe_length: m.
    """
    return pipe_area * pipe_length


@formula(
    symbol="q_v",
    source=cite("measur-tools-suite", "pneumatic valve: flow by the root of the difference of squared pressures"),
    limits={"valve_flow_coefficient": _POSITIVE, "pressure_before": _ABOVE_ZERO, "pressure_after": _POSITIVE},
)
def valve_flow(
    valve_flow_coefficient: Number, pressure_before: BarAbsolute, pressure_after: BarAbsolute
) -> CubicMetrePerMinute:
    """Free air through a pneumatic valve that is not choked.

    Args:
        valve_flow_coefficient: Cv in US units (gpm of water per root of psi).
        pressure_before: bar(a).
        pressure_after: bar(a), below it.

    Raises:
        OutOfRange: a pressure that rises across the valve.
    """
    require(
        pressure_before,
        ">=",
        pressure_after,
        "air flows from the higher pressure to the lower",
        cite("measur-tools-suite", "pneumatic valve"),
        "Check inlet and outlet",
    )
    root = sqrt(pressure_before - pressure_after) * sqrt(pressure_before + pressure_after)
    return VALVE_FACTOR * valve_flow_coefficient * root.declared("bar", because=_DIFFERENCE)


@formula(
    symbol="C_v",
    source=cite("measur-tools-suite", "pneumatic valve: flow coefficient from flow"),
    limits={"flow": _POSITIVE, "flow_at_unit_coefficient": _ABOVE_ZERO},
)
def valve_coefficient(flow: CubicMetrePerMinute, flow_at_unit_coefficient: CubicMetrePerMinute) -> Number:
    """Flow coefficient Cv that a valve needs.

    Args:
        flow: free air, m3/min.
        flow_at_unit_coefficient: of a valve with Cv = 1 at the same pressures, m3/min.
    """
    return flow / flow_at_unit_coefficient
