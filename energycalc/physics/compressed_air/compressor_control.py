"""Power of an air compressor at part flow: throttled, start/stop, variable speed, and the lines of turbo machines.

All flows are free air delivered (inlet conditions) in m3/min, all powers package input in kW. The laws are those of the
field's reference tool (MEASUR, after AIRMaster+). Load/unload has files of its own: ``load_unload_cycle``
and ``throttle_unload_cycle``.
"""

from __future__ import annotations

from energycalc.quantity import cite, formula, maximum, require, where
from energycalc.quantity.aliases import BarGauge, CubicMetrePerMinute, Fraction, Kilowatt

_VARIABLE_SPEED = cite("measur-tools-suite", "compressor part load, variable speed")
_METER = "Check meter and data sheet; both must be the input of the whole package"


@formula(
    symbol="P",
    source=cite("measur-tools-suite", "compressor part load, modulation without unloading"),
    limits={"flow": (0, None)},
)
def modulation_power(
    full_load_power: Kilowatt, no_load_power: Kilowatt, full_load_flow: CubicMetrePerMinute, flow: CubicMetrePerMinute
) -> Kilowatt:
    """Power with throttled inlet: a straight line from no flow to full flow.

    Args:
        full_load_power: kW.
        no_load_power: kW.
        full_load_flow: m3/min.
        flow: m3/min.
    """
    return no_load_power + (full_load_power - no_load_power) * flow / full_load_flow


@formula(symbol="P", source=cite("measur-tools-suite", "compressor part load, start/stop"), limits={"flow": (0, None)})
def start_stop_power(
    full_load_power: Kilowatt, cut_out_power: Kilowatt, full_load_flow: CubicMetrePerMinute, flow: CubicMetrePerMinute
) -> Kilowatt:
    """Mean power of a compressor that runs at full flow or stands.

    Args:
        full_load_power: at full flow and cut-in pressure, kW.
        cut_out_power: at full flow and cut-out pressure, kW.
        full_load_flow: m3/min.
        flow: m3/min.
    """
    return (full_load_power + cut_out_power) / 2 * flow / full_load_flow


@formula(
    symbol="P", source=cite("measur-tools-suite", "compressor part load, variable speed"), limits={"flow": (0, None)}
)
def variable_speed_power(
    flow: CubicMetrePerMinute,
    no_load_power: Kilowatt,
    turndown_flow: CubicMetrePerMinute,
    turndown_power: Kilowatt,
    middle_flow: CubicMetrePerMinute,
    middle_power: Kilowatt,
    full_load_flow: CubicMetrePerMinute,
    full_load_power: Kilowatt,
) -> Kilowatt:
    """Power of a variable-speed compressor.

    Args:
        flow: m3/min, at most full-load flow.
        no_load_power: running without flow, kW.
        turndown_flow: at lowest speed.
        turndown_power: at lowest speed.
        middle_flow: at a point between (CAGI data sheet or catalogue).
        middle_power: at a point between (CAGI data sheet or catalogue).
        full_load_flow: at highest speed.
        full_load_power: at highest speed.

    Returns:
        On the parabola through the three points; below the lowest speed on a straight line to the power without flow.
    """
    below = no_load_power + (turndown_power - no_load_power) * flow / turndown_flow
    curve = (
        turndown_power
        * (flow - middle_flow)
        * (flow - full_load_flow)
        / ((turndown_flow - middle_flow) * (turndown_flow - full_load_flow))
        + middle_power
        * (flow - turndown_flow)
        * (flow - full_load_flow)
        / ((middle_flow - turndown_flow) * (middle_flow - full_load_flow))
        + full_load_power
        * (flow - turndown_flow)
        * (flow - middle_flow)
        / ((full_load_flow - turndown_flow) * (full_load_flow - middle_flow))
    )
    return where(flow, "<", turndown_flow, below, curve)


@formula(
    symbol="q",
    source=cite("measur-tools-suite", "compressor part load, variable speed: flow from power"),
    limits={"power": (0, None)},
)
def variable_speed_flow(
    power: Kilowatt,
    no_load_power: Kilowatt,
    turndown_flow: CubicMetrePerMinute,
    turndown_power: Kilowatt,
    middle_flow: CubicMetrePerMinute,
    middle_power: Kilowatt,
    full_load_flow: CubicMetrePerMinute,
    full_load_power: Kilowatt,
) -> CubicMetrePerMinute:
    """Flow of a variable-speed compressor from its measured power: the rising branch of its curve turned round.

    Args:
        power: measured, from no-load power to full-load power, kW.
        no_load_power: running without flow, kW.
        turndown_flow: at lowest speed.
        turndown_power: at lowest speed.
        middle_flow: at a point between.
        middle_power: at a point between.
        full_load_flow: at highest speed.
        full_load_power: at highest speed.

    Raises:
        OutOfRange: less than no-load power, or more than full-load power.
    """
    require(power, ">=", no_load_power, "less power than without flow", _VARIABLE_SPEED, _METER)
    require(power, "<=", full_load_power, "more power than at full speed", _VARIABLE_SPEED, _METER)
    below = turndown_flow * (power - no_load_power) / (turndown_power - no_load_power)
    first = (middle_power - turndown_power) / (middle_flow - turndown_flow)
    second = (full_load_power - middle_power) / (full_load_flow - middle_flow)
    bend = (second - first) / (full_load_flow - turndown_flow)
    slope = first - bend * (middle_flow - turndown_flow)
    rise = maximum(power - turndown_power, 0 * power)
    curve = turndown_flow + 2 * rise / (slope + (slope**2 + 4 * bend * rise) ** 0.5)
    return where(power, "<", turndown_power, below, curve)


@formula(symbol="P", source=cite("measur-tools-suite", "compressor part load, centrifugal"), limits={"flow": (0, None)})
def straight_line_power(
    flow: CubicMetrePerMinute,
    lower_flow: CubicMetrePerMinute,
    lower_power: Kilowatt,
    upper_flow: CubicMetrePerMinute,
    upper_power: Kilowatt,
) -> Kilowatt:
    """Power on the straight line through two points of operation (centrifugal controls are made of such lines).

    Args:
        flow: m3/min.
        lower_flow: first point.
        lower_power: first point.
        upper_flow: second point.
        upper_power: second point.
    """
    return lower_power + (upper_power - lower_power) * (flow - lower_flow) / (upper_flow - lower_flow)


@formula(
    symbol="q",
    source=cite("measur-tools-suite", "compressor part load, inverse of a straight line"),
    limits={"power": (0, None)},
)
def straight_line_flow(
    power: Kilowatt,
    lower_flow: CubicMetrePerMinute,
    lower_power: Kilowatt,
    upper_flow: CubicMetrePerMinute,
    upper_power: Kilowatt,
) -> CubicMetrePerMinute:
    """Flow that belongs to a measured power on the straight line through two points of operation.

    Args:
        power: measured, kW.
        lower_flow: first point.
        lower_power: first point.
        upper_flow: second point.
        upper_power: second point.

    Raises:
        OutOfRange: less power than at the lower point, where a compressor delivers nothing.
    """
    require(
        power,
        ">=",
        lower_power,
        "less power than at the lower end of the line has no flow",
        cite("measur-tools-suite", "no load"),
    )
    return lower_flow + (upper_flow - lower_flow) * (power - lower_power) / (upper_power - lower_power)


@formula(
    symbol="q",
    source=cite("measur-tools-suite", "demand as a share of full-load flow"),
    limits={"flow_fraction": (0, 1)},
)
def flow_of(flow_fraction: Fraction, full_load_flow: CubicMetrePerMinute) -> CubicMetrePerMinute:
    """Free-air flow from its share of the full-load flow.

    Args:
        flow_fraction: 0 to 1.
        full_load_flow: m3/min.
    """
    return flow_fraction * full_load_flow


@formula(
    symbol="P",
    source=cite("measur-tools-suite", "compressor part load, load/unload, oil-free"),
    limits={"flow": (0, None)},
)
def instant_unload_power(
    full_load_power: Kilowatt,
    cut_out_power: Kilowatt,
    no_load_power: Kilowatt,
    full_load_flow: CubicMetrePerMinute,
    flow: CubicMetrePerMinute,
) -> Kilowatt:
    """Mean power of load/unload without blow-down (oil-free screw, piston): the cycle whose switching takes no time.

    Args:
        full_load_power: at full flow and cut-in pressure, kW.
        cut_out_power: at full flow and cut-out pressure, kW.
        no_load_power: unloaded, kW.
        full_load_flow: m3/min.
        flow: m3/min.
    """
    return no_load_power + ((full_load_power + cut_out_power) / 2 - no_load_power) * flow / full_load_flow


@formula(
    symbol="P",
    source=cite("measur-tools-suite", "compressor part load, centrifugal with blow-off"),
    limits={"flow": (0, None)},
)
def blow_off_power_at(
    flow: CubicMetrePerMinute,
    surge_flow: CubicMetrePerMinute,
    blow_off_power: Kilowatt,
    full_load_flow: CubicMetrePerMinute,
    full_load_power: Kilowatt,
) -> Kilowatt:
    """Power of a centrifugal compressor that throttles to its surge limit and blows the rest off.

    Args:
        flow: used in the plant, m3/min.
        surge_flow: least flow through the machine, m3/min.
        blow_off_power: at that flow, kW.
        full_load_flow: m3/min.
        full_load_power: kW.
    """
    slope = (full_load_power - blow_off_power) / (full_load_flow - surge_flow)
    return where(flow, "<", surge_flow, blow_off_power, blow_off_power + slope * (flow - surge_flow))


@formula(
    symbol="q_bo",
    source=cite("measur-tools-suite", "compressor part load, centrifugal with blow-off: air blown off"),
    limits={"flow": (0, None)},
)
def blown_off_flow(surge_flow: CubicMetrePerMinute, flow: CubicMetrePerMinute) -> CubicMetrePerMinute:
    """Air compressed and blown off below the surge limit.

    Args:
        surge_flow: least flow through the machine, m3/min.
        flow: used in the plant, m3/min.
    """
    return maximum(surge_flow - flow, 0 * flow)


@formula(
    symbol="P",
    source=cite("measur-tools-suite", "compressor part load, centrifugal, modulation with unloading"),
    limits={"flow": (0, None)},
)
def guide_vane_power(
    flow: CubicMetrePerMinute,
    no_load_power: Kilowatt,
    unload_flow: CubicMetrePerMinute,
    unload_power: Kilowatt,
    full_load_flow: CubicMetrePerMinute,
    full_load_power: Kilowatt,
) -> Kilowatt:
    """Power of a centrifugal compressor that throttles (vanes or butterfly) to its unload point and cycles below it.

    Args:
        flow: m3/min.
        no_load_power: unloaded, kW.
        unload_flow: least throttled flow, m3/min.
        unload_power: at that flow, kW.
        full_load_flow: greatest flow at this pressure, m3/min.
        full_load_power: kW.
    """
    below = no_load_power + (unload_power - no_load_power) * flow / unload_flow
    slope = (full_load_power - unload_power) / (full_load_flow - unload_flow)
    return where(flow, "<", unload_flow, below, unload_power + slope * (flow - unload_flow))


@formula(symbol="q_p", source=cite("measur-tools-suite", "centrifugal: parabola through three points of the curve"))
def flow_on_curve(
    discharge_pressure: BarGauge,
    low_curve_pressure: BarGauge,
    low_curve_flow: CubicMetrePerMinute,
    rated_pressure: BarGauge,
    rated_flow: CubicMetrePerMinute,
    high_curve_pressure: BarGauge,
    high_curve_flow: CubicMetrePerMinute,
) -> CubicMetrePerMinute:
    """Full-load flow of a centrifugal compressor at another pressure.

    Args:
        discharge_pressure: where the flow is wanted, bar(g).
        low_curve_pressure: first point of the curve, bar(g).
        low_curve_flow: first point of the curve, m3/min.
        rated_pressure: second point, bar(g).
        rated_flow: second point, m3/min.
        high_curve_pressure: third point, bar(g).
        high_curve_flow: third point, m3/min.

    Returns:
        On the parabola through the points, in m3/min. Beyond the points it is no more than a guess.
    """
    first = (rated_flow - low_curve_flow) / (rated_pressure - low_curve_pressure)
    second = (high_curve_flow - rated_flow) / (high_curve_pressure - rated_pressure)
    bend = (second - first) / (high_curve_pressure - low_curve_pressure)
    step = discharge_pressure - low_curve_pressure
    return low_curve_flow + first * step + bend * step * (discharge_pressure - rated_pressure)
