"""Power of an air compressor at part flow: throttled, start/stop, variable speed, and lines of turbo machines.

All flows are free air delivered (inlet conditions) in m3/min, all powers package input in kW. The laws are those of the
field's reference tool (MEASUR, after AIRMaster+). Load/unload has a file of its own: ``load_unload_cycle``.
"""

from __future__ import annotations

from energycalc.quantity import cite, formula, require, where
from energycalc.quantity.aliases import CubicMetrePerMinute, Fraction, Kilowatt


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
