"""A screw compressor that throttles its inlet first and unloads below a set flow: modulation with unloading.

Above the unload point the inlet throttles (exponent 1) or shortens its stroke (variable displacement, exponent 2).
Below it one cycle follows another: pump up at full flow, throttle until the unload pressure is reached, unload and blow
down, idle, reload. The law is that of the field's reference tool (MEASUR, after AIRMaster+); the parts that it shares
with plain load/unload stand in ``load_unload_cycle``. All flows are free air in m3/min, powers package input in kW.
"""

from __future__ import annotations

from energycalc.physics.compressed_air import load_unload_cycle as cycle
from energycalc.quantity import Quantity, cite, constant, exp, formula, log
from energycalc.quantity.aliases import (
    BarAbsolute,
    BarDifference,
    CubicMetre,
    CubicMetrePerMinute,
    Fraction,
    Kilowatt,
    Number,
    Second,
)

_CYCLE = "compressor part load, modulation with unloading"

THROTTLE_EXPONENT = constant(
    "m_1", 1, "1", cite("measur-tools-suite", f"{_CYCLE}: inlet throttle"), name="throttle_exponent"
)
DISPLACEMENT_EXPONENT = constant(
    "m_2", 2, "1", cite("measur-tools-suite", f"{_CYCLE}: variable displacement"), name="throttle_exponent"
)


@formula(
    symbol="P_th",
    source=cite("measur-tools-suite", _CYCLE),
    limits={"opening": (0, 1), "throttle_exponent": (1, 2)},
)
def throttled_power(
    cut_out_power: Kilowatt, closed_inlet_power: Kilowatt, opening: Fraction, throttle_exponent: Number
) -> Kilowatt:
    """Power while the inlet is partly closed and the machine stays loaded.

    Args:
        cut_out_power: at full flow and cut-out pressure, kW.
        closed_inlet_power: with the inlet closed against full sump pressure, kW.
        opening: flow over full-load flow, 0 to 1.
        throttle_exponent: 1 for a throttle, 2 for variable displacement.
    """
    return (cut_out_power - closed_inlet_power) * opening**throttle_exponent + closed_inlet_power


@formula(
    symbol="p_un",
    source=cite("measur-tools-suite", _CYCLE),
    limits={"unload_point": (0, 1), "throttle_range": (0, None)},
)
def unload_pressure(high_pressure: BarAbsolute, unload_point: Fraction, throttle_range: BarDifference) -> BarAbsolute:
    """Pressure at which the throttled machine unloads.

    Args:
        high_pressure: at which the throttle begins to close, bar(a).
        unload_point: flow over full-load flow at which it unloads.
        throttle_range: rise of pressure over which the throttle would close fully, bar.
    """
    return high_pressure + ((1 - unload_point) * throttle_range).declared("bar[a]", because=cycle.DIFFERENCE)


@formula(symbol="T_th", source=cite("measur-tools-suite", _CYCLE))
def throttle_time_constant(
    receiver_volume: CubicMetre,
    throttle_range: BarDifference,
    ambient_pressure: BarAbsolute,
    full_load_flow: CubicMetrePerMinute,
) -> Second:
    """Time constant with which the pressure settles while the machine throttles.

    Args:
        receiver_volume: in m3.
        throttle_range: in bar.
        ambient_pressure: bar(a).
        full_load_flow: m3/min.
    """
    ambient = ambient_pressure.declared("bar", because=cycle.DIFFERENCE)
    return receiver_volume * throttle_range / (ambient * full_load_flow)


@formula(symbol="t_th", source=cite("measur-tools-suite", _CYCLE))
def throttled_time(
    throttle_time_constant: Second,
    full_load_flow: CubicMetrePerMinute,
    unload_flow: CubicMetrePerMinute,
    flow: CubicMetrePerMinute,
) -> Second:
    """Time from full opening until the throttled flow is down at the unload point.

    Args:
        throttle_time_constant: s.
        full_load_flow: m3/min.
        unload_flow: m3/min.
        flow: demand, below the unload flow, m3/min.
    """
    return throttle_time_constant * log((full_load_flow - flow) / (unload_flow - flow))


@formula(symbol="y_m", source=cite("measur-tools-suite", _CYCLE))
def mean_opening(
    flow: CubicMetrePerMinute,
    full_load_flow: CubicMetrePerMinute,
    throttle_time_constant: Second,
    throttled_time: Second,
) -> Fraction:
    """Mean opening of the inlet over the throttled time.

    Args:
        flow: demand, m3/min.
        full_load_flow: m3/min.
        throttle_time_constant: s.
        throttled_time: s, above zero.
    """
    decay = throttled_time / throttle_time_constant
    demand = flow / full_load_flow
    return demand + (1 - demand) * (1 - exp(-decay)) / decay


@formula(symbol="P", source=cite("measur-tools-suite", _CYCLE))
def mean_throttled_cycle_power(
    mean_cycle_power: Kilowatt, cycle_time: Second, mean_throttled_power: Kilowatt, throttled_time: Second
) -> Kilowatt:
    """Mean power of the cycle with its throttled part.

    Args:
        mean_cycle_power: of the parts without throttling, kW.
        cycle_time: of those parts, s.
        mean_throttled_power: kW.
        throttled_time: s.
    """
    return (mean_cycle_power * cycle_time + mean_throttled_power * throttled_time) / (cycle_time + throttled_time)


@formula(symbol="t_cyc", source=cite("measur-tools-suite", _CYCLE))
def cycle_time(unloaded_time: Second, reload_part: Second, pump_up_time: Second) -> Second:
    """Length of the parts of a cycle in which nothing is throttled.

    Args:
        unloaded_time: s.
        reload_part: s.
        pump_up_time: s.
    """
    return unloaded_time + reload_part + pump_up_time


@formula(symbol="q_un", source=cite("measur-tools-suite", _CYCLE), limits={"unload_point": (0, 1)})
def unload_flow(unload_point: Fraction, full_load_flow: CubicMetrePerMinute) -> CubicMetrePerMinute:
    """Flow below which a machine unloads.

    Args:
        unload_point: share of the full-load flow.
        full_load_flow: m3/min.
    """
    return unload_point * full_load_flow


def throttle_unload_power(
    full_load_flow: Quantity,
    full_load_power: Quantity,
    cut_out_power: Quantity,
    no_load_power: Quantity,
    receiver_volume: Quantity,
    blowdown_time: Quantity,
    low_pressure: Quantity,
    high_pressure: Quantity,
    sump_pressure: Quantity,
    ambient_pressure: Quantity,
    throttle_range: Quantity,
    unload_point: Quantity,
    closed_inlet_fraction: Quantity,
    throttle_exponent: Quantity,
    flow: Quantity,
) -> Quantity:
    """Mean power below the unload point of a machine that throttles and then unloads.

    Args:
        full_load_flow: free air at full load, m3/min.
        full_load_power: package input at full flow and cut-in pressure, kW.
        cut_out_power: package input at full flow and the pressure where the throttle begins, kW.
        no_load_power: package input fully unloaded, kW.
        receiver_volume: receiver and piping, m3.
        blowdown_time: until the sump has reached its unloaded pressure, s.
        low_pressure: at which it loads, bar(a).
        high_pressure: at which the throttle begins to close, bar(a).
        sump_pressure: after a full blow-down, bar(a).
        ambient_pressure: bar(a).
        throttle_range: rise over which the throttle would close fully, bar.
        unload_point: flow over full-load flow at which it unloads, below 1.
        closed_inlet_fraction: power with closed throttle over cut-out power.
        throttle_exponent: 1 for a throttle, 2 for variable displacement.
        flow: demand, above zero and below the unload flow, m3/min.

    Returns:
        Mean package input in kW.
    """
    limit = unload_flow(unload_point, full_load_flow)
    closed = cycle.closed_inlet_power(cut_out_power, closed_inlet_fraction)
    at_unload = throttled_power(cut_out_power, closed, unload_point, throttle_exponent)
    top = unload_pressure(high_pressure, unload_point, throttle_range)
    unloaded = cycle.unloaded_time(receiver_volume, low_pressure, top, ambient_pressure, flow)
    part = cycle.blowdown_part(blowdown_time, unloaded)
    closing = cycle.closing_power(at_unload, closed, part, cycle.SHUTDOWN_TIME)
    at_reload = cycle.power_before_reload(no_load_power, closing, unloaded, blowdown_time)
    reloading = cycle.reload_part(top, sump_pressure, ambient_pressure, part, blowdown_time, cycle.RELOAD_TIME)
    drop = cycle.reload_pressure_drop(ambient_pressure, flow, reloading, receiver_volume)
    pumping = cycle.pump_up_time(
        receiver_volume, low_pressure, high_pressure, drop, ambient_pressure, full_load_flow, flow
    )
    power = cycle.mean_cycle_power(
        no_load_power,
        unloaded,
        cycle.mean_blowdown_power(no_load_power, closing, part, blowdown_time),
        part,
        cycle.mean_reload_power(at_reload, full_load_power),
        reloading,
        cycle.mean_pump_up_power(full_load_power, cut_out_power, drop),
        pumping,
    )
    settling = throttle_time_constant(receiver_volume, throttle_range, ambient_pressure, full_load_flow)
    throttling = throttled_time(settling, full_load_flow, limit, flow)
    opening = mean_opening(flow, full_load_flow, settling, throttling)
    return mean_throttled_cycle_power(
        power,
        cycle_time(unloaded, reloading, pumping),
        throttled_power(cut_out_power, closed, opening, throttle_exponent),
        throttling,
    )
