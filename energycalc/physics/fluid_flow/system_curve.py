"""Where pumps meet their pipes: falling parabola of the pumps, rising parabola with static head of the system."""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.fluid_flow.pump import CubicMetrePerHour
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import Metre, Number

MetrePerSquareFlow = Annotated[Quantity, "m/(m3/h)**2"]

_CURVES = cite("hi-engineering-data", "combined pump and system curves")


@formula(
    symbol="b",
    source=_CURVES,
    limits={"shut_off_head": (0.1, None), "rated_head": (0.1, None), "rated_pump_flow": (0.01, None)},
)
def pump_curve_slope(shut_off_head: Metre, rated_head: Metre, rated_pump_flow: CubicMetrePerHour) -> MetrePerSquareFlow:
    """Coefficient b of the pump curve H = a - b Q2 through shut-off and one rated point.

    Args:
        shut_off_head: a, at no flow, in m.
        rated_head: at the rated flow, in m.
        rated_pump_flow: of one pump, in m3/h.

    Returns:
        Coefficient in m per (m3/h)2. A parabola fits radial pumps near the rated point; a curve that rises from
        shut-off is not covered.
    """
    return (shut_off_head - rated_head) / rated_pump_flow**2


@formula(symbol="H_Q", source=_CURVES, limits={"liquid_flow": (0, None), "pumps_running": (1, 20)})
def head_on_pump_curve(
    shut_off_head: Metre, pump_curve_slope: MetrePerSquareFlow, liquid_flow: CubicMetrePerHour, pumps_running: Number
) -> Metre:
    """Head of equal pumps in parallel at a total flow.

    Args:
        shut_off_head: a, in m.
        pump_curve_slope: b of one pump.
        liquid_flow: of all pumps together, in m3/h.
        pumps_running: number of equal pumps in parallel.
    """
    return shut_off_head - pump_curve_slope * (liquid_flow / pumps_running) ** 2


@formula(symbol="k", source=_CURVES, limits={"liquid_flow": (0.01, None)})
def flow_resistance(head_loss: Metre, liquid_flow: CubicMetrePerHour) -> MetrePerSquareFlow:
    """Resistance of pipes or of a valve from the head lost at one flow.

    Args:
        head_loss: at this flow, in m.
        liquid_flow: in m3/h.

    Returns:
        Coefficient k of head loss = k Q2 (turbulent flow).
    """
    return head_loss / liquid_flow**2


@formula(symbol="h_pipe", source=_CURVES)
def pipe_head_loss(pump_head: Metre, static_head: Metre, valve_head_loss: Metre) -> Metre:
    """Head lost in the pipes: what the pump makes less what lifts and what the valve takes.

    Args:
        pump_head: in m.
        static_head: difference of levels and tank pressures, in m.
        valve_head_loss: in m.
    """
    return pump_head - static_head - valve_head_loss


@formula(symbol="Q_op", source=_CURVES, limits={"pumps_running": (1, 20)})
def operating_flow(
    shut_off_head: Metre,
    static_head: Metre,
    pump_curve_slope: MetrePerSquareFlow,
    pumps_running: Number,
    pipe_resistance: MetrePerSquareFlow,
    valve_resistance: MetrePerSquareFlow,
) -> CubicMetrePerHour:
    """Flow at which pumps and system have the same head.

    Args:
        shut_off_head: a, in m; must be above the static head.
        static_head: in m.
        pump_curve_slope: b of one pump.
        pumps_running: number of equal pumps in parallel.
        pipe_resistance: k of the pipes.
        valve_resistance: k of the valve.
    """
    whole = pump_curve_slope / pumps_running**2 + pipe_resistance + valve_resistance
    return ((shut_off_head - static_head) / whole) ** 0.5
