"""Load/unload control of a displacement compressor: one cycle with receiver and blow-down.

All flows are free air delivered in m3/min, pressures absolute, powers package input in kW. The cycle is that of the
field's reference tool (MEASUR, after AIRMaster+): unload and blow down, idle, reload, pump the receiver up. A cycle
that throttles before it unloads is built of the same parts in ``throttle_unload_cycle``.
"""

from __future__ import annotations

from energycalc.quantity import Quantity, Source, cite, constant, exp, formula, log, minimum, where
from energycalc.quantity.aliases import BarAbsolute, CubicMetre, CubicMetrePerMinute, Fraction, Kilowatt, Second

_CYCLE = "compressor part load, load/unload cycle"
DIFFERENCE = Source("a difference of absolute pressures is a pressure difference", "definition")

SETTLED = constant(
    "epsilon",
    0.02,
    "1",
    cite("measur-tools-suite", f"{_CYCLE}: rest of an exponential at its stated time"),
    name="settled_rest",
)
CLOSED_INLET = constant(
    "c_cl",
    0.92,
    "1",
    cite("measur-tools-suite", f"{_CYCLE}: power with closed inlet before blow-down"),
    name="closed_inlet_fraction",
)
SHUTDOWN_TIME = constant(
    "t_sd", 2, "s", cite("measur-tools-suite", f"{_CYCLE}: oil-injected screw"), name="shutdown_time"
)
RELOAD_TIME = constant("t_rl", 3, "s", cite("measur-tools-suite", f"{_CYCLE}: oil-injected screw"), name="reload_time")
POWER_PER_PRESSURE = constant(
    "p_200",
    200 * 0.0689475729316836,
    "bar[a]",
    cite("measur-tools-suite", f"{_CYCLE}: full-load power falls by 1/200 per psi"),
    name="pressure_of_power",
)


@formula(symbol="t_un", source=cite("measur-tools-suite", _CYCLE), limits={"receiver_volume": (0, None)})
def unloaded_time(
    receiver_volume: CubicMetre,
    low_pressure: BarAbsolute,
    high_pressure: BarAbsolute,
    ambient_pressure: BarAbsolute,
    flow: CubicMetrePerMinute,
) -> Second:
    """Time in which the demand empties the receiver from cut-out to cut-in pressure.

    Args:
        receiver_volume: receiver and piping in m3.
        low_pressure: of the load/unload switch, bar(a).
        high_pressure: of the load/unload switch, bar(a).
        ambient_pressure: in bar(a).
        flow: demand in m3/min of free air, above zero.
    """
    return receiver_volume * (high_pressure - low_pressure) / (flow * ambient_pressure)


@formula(symbol="t_bd", source=cite("measur-tools-suite", _CYCLE))
def blowdown_part(blowdown_time: Second, unloaded_time: Second) -> Second:
    """Part of the unloaded time in which the sump blows down.

    Args:
        blowdown_time: until the sump has reached its unloaded pressure, in s.
        unloaded_time: in s.
    """
    return minimum(blowdown_time, unloaded_time)


@formula(symbol="P_ci", source=cite("measur-tools-suite", _CYCLE), limits={"closed_inlet_fraction": (0, 1)})
def closed_inlet_power(cut_out_power: Kilowatt, closed_inlet_fraction: Fraction) -> Kilowatt:
    """Power with the inlet closed while the sump is still at pressure.

    Args:
        cut_out_power: at full flow and cut-out pressure, kW.
        closed_inlet_fraction: share of it that is left, 0.92 for load/unload with oil injection, about 0.7 with
            throttle.
    """
    return closed_inlet_fraction * cut_out_power


@formula(symbol="P_cl", source=cite("measur-tools-suite", _CYCLE))
def closing_power(
    unload_power: Kilowatt, closed_inlet_power: Kilowatt, blowdown_part: Second, shutdown_time: Second
) -> Kilowatt:
    """Power with the inlet closing, at the end of the blow-down part.

    Args:
        unload_power: when the inlet begins to close, kW (at full flow: the cut-out power).
        closed_inlet_power: with the inlet closed against full sump pressure, kW.
        blowdown_part: in s.
        shutdown_time: in which the inlet closes, s.
    """
    decay = exp(-(blowdown_part * log(1 / SETTLED) / shutdown_time))
    return (unload_power - closed_inlet_power) * decay + closed_inlet_power


@formula(symbol="P_bd", source=cite("measur-tools-suite", _CYCLE))
def mean_blowdown_power(
    no_load_power: Kilowatt, closing_power: Kilowatt, blowdown_part: Second, blowdown_time: Second
) -> Kilowatt:
    """Mean power while the sump blows down.

    Args:
        no_load_power: fully unloaded, kW.
        closing_power: with the inlet closed against full sump pressure, kW.
        blowdown_part: in s.
        blowdown_time: until the sump has reached its unloaded pressure, in s.
    """
    decay = blowdown_part * log(1 / SETTLED) / blowdown_time
    return no_load_power + (closing_power - no_load_power) * (1 - exp(-decay)) / decay


@formula(symbol="P_end", source=cite("measur-tools-suite", _CYCLE))
def power_before_reload(
    no_load_power: Kilowatt, closing_power: Kilowatt, unloaded_time: Second, blowdown_time: Second
) -> Kilowatt:
    """Power at the moment the compressor is told to load again.

    Args:
        no_load_power: fully unloaded, kW.
        closing_power: with the inlet closed against full sump pressure, kW.
        unloaded_time: in s.
        blowdown_time: in s.
    """
    cut_short = no_load_power + (closing_power - no_load_power) * exp(
        -(unloaded_time * log(1 / SETTLED) / blowdown_time)
    )
    return where(unloaded_time, ">=", blowdown_time, no_load_power, cut_short)


@formula(symbol="t_re", source=cite("measur-tools-suite", _CYCLE))
def reload_part(
    high_pressure: BarAbsolute,
    sump_pressure: BarAbsolute,
    ambient_pressure: BarAbsolute,
    blowdown_part: Second,
    blowdown_time: Second,
    reload_time: Second,
) -> Second:
    """Time to bring the sump back to pressure, in which nothing is delivered.

    Args:
        high_pressure: bar(a).
        sump_pressure: after a full blow-down, bar(a).
        ambient_pressure: bar(a).
        blowdown_part: in s.
        blowdown_time: in s.
        reload_time: from a fully vented sump, s.
    """
    fallen = (high_pressure - sump_pressure) * (1 - exp(-(blowdown_part * log(1 / SETTLED) / blowdown_time)))
    return reload_time * fallen / (high_pressure - ambient_pressure - (high_pressure - sump_pressure) * SETTLED)


@formula(symbol="P_re", source=cite("measur-tools-suite", _CYCLE))
def mean_reload_power(power_before_reload: Kilowatt, full_load_power: Kilowatt) -> Kilowatt:
    """Mean power while the sump comes back to pressure.

    Args:
        power_before_reload: kW.
        full_load_power: at cut-in pressure, kW.
    """
    return (power_before_reload + full_load_power) / 2


@formula(symbol="dp_re", source=cite("measur-tools-suite", _CYCLE))
def reload_pressure_drop(
    ambient_pressure: BarAbsolute, flow: CubicMetrePerMinute, reload_part: Second, receiver_volume: CubicMetre
) -> BarAbsolute:
    """How far the receiver falls below cut-in pressure during reload (a difference of absolute pressures).

    Args:
        ambient_pressure: bar(a).
        flow: demand in m3/min of free air.
        reload_part: in s.
        receiver_volume: in m3.
    """
    return ambient_pressure * flow * reload_part / receiver_volume


@formula(symbol="t_up", source=cite("measur-tools-suite", _CYCLE))
def pump_up_time(
    receiver_volume: CubicMetre,
    low_pressure: BarAbsolute,
    high_pressure: BarAbsolute,
    reload_pressure_drop: BarAbsolute,
    ambient_pressure: BarAbsolute,
    full_load_flow: CubicMetrePerMinute,
    flow: CubicMetrePerMinute,
) -> Second:
    """Time at full flow until the receiver is back at cut-out pressure.

    Args:
        receiver_volume: in m3.
        low_pressure: bar(a).
        high_pressure: bar(a).
        reload_pressure_drop: bar.
        ambient_pressure: bar(a).
        full_load_flow: m3/min.
        flow: demand in m3/min, below full-load flow.
    """
    rise = high_pressure - low_pressure + reload_pressure_drop
    return receiver_volume * rise / (ambient_pressure * (full_load_flow - flow))


@formula(symbol="P_up", source=cite("measur-tools-suite", _CYCLE))
def mean_pump_up_power(
    full_load_power: Kilowatt, cut_out_power: Kilowatt, reload_pressure_drop: BarAbsolute
) -> Kilowatt:
    """Mean power while the receiver is pumped up.

    Args:
        full_load_power: at full flow and cut-in pressure, kW.
        cut_out_power: at full flow and cut-out pressure, kW.
        reload_pressure_drop: bar.
    """
    return ((1 - reload_pressure_drop / POWER_PER_PRESSURE) * full_load_power + cut_out_power) / 2


@formula(symbol="P", source=cite("measur-tools-suite", _CYCLE))
def mean_cycle_power(
    no_load_power: Kilowatt,
    unloaded_time: Second,
    mean_blowdown_power: Kilowatt,
    blowdown_part: Second,
    mean_reload_power: Kilowatt,
    reload_part: Second,
    mean_pump_up_power: Kilowatt,
    pump_up_time: Second,
) -> Kilowatt:
    """Mean power of one load/unload cycle: energies of its parts over its length.

    Args:
        no_load_power: kW, for the rest of the unloaded time after blow-down.
        unloaded_time: s.
        mean_blowdown_power: kW.
        blowdown_part: s.
        mean_reload_power: kW.
        reload_part: s.
        mean_pump_up_power: kW.
        pump_up_time: s.
    """
    energy = (
        mean_blowdown_power * blowdown_part
        + no_load_power * (unloaded_time - blowdown_part)
        + mean_reload_power * reload_part
        + mean_pump_up_power * pump_up_time
    )
    return energy / (unloaded_time + reload_part + pump_up_time)


def load_unload_power(
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
    flow: Quantity,
    closed_inlet_fraction: Quantity = CLOSED_INLET,
    shutdown_time: Quantity = SHUTDOWN_TIME,
    reload_time: Quantity = RELOAD_TIME,
) -> Quantity:
    """Mean power of a load/unload cycle at a constant demand.

    Args:
        full_load_flow: free air at full load, m3/min.
        full_load_power: package input at full flow and cut-in pressure, kW.
        cut_out_power: package input at full flow and cut-out pressure, kW.
        no_load_power: package input fully unloaded, kW.
        receiver_volume: receiver and piping, m3.
        blowdown_time: until the sump has reached its unloaded pressure, s.
        low_pressure: cut-in, bar(a).
        high_pressure: cut-out, bar(a).
        sump_pressure: after a full blow-down, bar(a).
        ambient_pressure: bar(a).
        flow: demand, above zero and below full-load flow, m3/min.
        closed_inlet_fraction: power with closed inlet and full sump over cut-out power; of an oil-injected screw.
        shutdown_time: of the inlet; of an oil-injected screw.
        reload_time: of the sump; of an oil-injected screw.

    Returns:
        Mean package input in kW. Next to full flow the cycle gives the mean of full-load and cut-out power, a
        little above the full-load power.
    """
    unloaded = unloaded_time(receiver_volume, low_pressure, high_pressure, ambient_pressure, flow)
    part = blowdown_part(blowdown_time, unloaded)
    closed = closed_inlet_power(cut_out_power, closed_inlet_fraction)
    closing = closing_power(cut_out_power, closed, part, shutdown_time)
    at_reload = power_before_reload(no_load_power, closing, unloaded, blowdown_time)
    reloading = reload_part(high_pressure, sump_pressure, ambient_pressure, part, blowdown_time, reload_time)
    drop = reload_pressure_drop(ambient_pressure, flow, reloading, receiver_volume)
    return mean_cycle_power(
        no_load_power,
        unloaded,
        mean_blowdown_power(no_load_power, closing, part, blowdown_time),
        part,
        mean_reload_power(at_reload, full_load_power),
        reloading,
        mean_pump_up_power(full_load_power, cut_out_power, drop),
        pump_up_time(receiver_volume, low_pressure, high_pressure, drop, ambient_pressure, full_load_flow, flow),
    )
