"""Power of a compressor at a demand, whatever its control, and the demand behind a measured power.

The machine is given as named quantities (package input, free air delivered); ``NEEDS`` says which ones each control
needs besides ``full_load_flow`` and ``full_load_power``. Flows may be arrays: a year of minutes goes through at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from energycalc.errors import CalculationError, OutOfRange
from energycalc.physics.compressed_air import compressor_control as law
from energycalc.physics.compressed_air import throttle_unload_cycle as throttling
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.compressed_air.load_unload_cycle import closed_inlet_power, load_unload_power
from energycalc.quantity import Quantity, cite, current_subject, opaque, quantity, require, where

Machine = Mapping[str, Quantity]

_SWITCH = ("cut_in_pressure", "cut_out_pressure", "receiver_volume", "blowdown_time", "unloaded_sump_pressure")
_THROTTLE = ("throttle_range", "unload_point", "closed_inlet_fraction")

NEEDS: Mapping[str, tuple[str, ...]] = {
    "load_unload": ("no_load_power", "cut_out_power", *_SWITCH),
    "load_unload_oil_free": ("no_load_power", "cut_out_power"),
    "modulation": ("no_load_power",),
    "modulation_unload": ("no_load_power", "cut_out_power", *_SWITCH, *_THROTTLE),
    "variable_displacement_unload": ("no_load_power", "cut_out_power", *_SWITCH, *_THROTTLE),
    "start_stop": ("cut_out_power",),
    "variable_speed": ("no_load_power", "turndown_flow", "turndown_power", "middle_flow", "middle_power"),
    "centrifugal_blow_off": ("surge_flow", "blow_off_power"),
    "centrifugal_load_unload": ("no_load_power",),
    "centrifugal_modulation_unload": ("no_load_power", "unload_flow", "unload_power"),
}
"""What each control needs besides the full-load point."""

CYCLES = ("load_unload", "modulation_unload", "variable_displacement_unload")
_CELLS, _MOST_STEPS, _HALVINGS = 4000, 60, 50
_POWER = cite("measur-tools-suite", "compressor part load, at its ends and between")


def power_at_flow(control: str, machine: Machine, flow: Quantity, ambient_pressure: Quantity) -> Quantity:
    """Mean power of a compressor at a constant demand.

    Args:
        control: one of ``NEEDS``.
        machine: the full-load point and what the control needs.
        flow: demand in free air, zero to full-load flow; may be an array.
        ambient_pressure: absolute.

    Returns:
        Package input in kW. A cycle has no length at no flow (no-load power) and at full flow (full-load power).

    Raises:
        OutOfRange: more than full-load flow.
    """
    full_flow, full_power = machine["full_load_flow"], machine["full_load_power"]
    if np.any(flow.value_in("m3/min") > full_flow.value_in("m3/min") * (1 + 1e-12)):
        raise OutOfRange(
            "the compressor cannot deliver this flow",
            subject=current_subject(),
            value=f"{np.max(flow.value_in('m3/min')):.4g} m3/min",
            limit=f"{np.min(full_flow.value_in('m3/min')):.4g} m3/min (its full-load flow)",
            next_step="Choose a larger machine, or give the rest to another one",
        )
    if control in CYCLES:
        return _cycle(control, machine, flow, ambient_pressure)
    points = {key: machine[key] for key in NEEDS[control]}
    if control == "modulation":
        return law.modulation_power(full_power, machine["no_load_power"], full_flow, flow)
    if control == "load_unload_oil_free":
        return law.instant_unload_power(full_load_power=full_power, full_load_flow=full_flow, flow=flow, **points)
    if control == "start_stop":
        return law.start_stop_power(full_power, machine["cut_out_power"], full_flow, flow)
    if control == "variable_speed":
        return law.variable_speed_power(flow=flow, full_load_flow=full_flow, full_load_power=full_power, **points)
    if control == "centrifugal_blow_off":
        return law.blow_off_power_at(flow=flow, full_load_flow=full_flow, full_load_power=full_power, **points)
    if control == "centrifugal_load_unload":
        nothing = quantity(0, "m3/min", name="lower_flow", source=_POWER)
        return law.straight_line_power(flow, nothing, machine["no_load_power"], full_flow, full_power)
    return law.guide_vane_power(flow=flow, full_load_flow=full_flow, full_load_power=full_power, **points)


def flow_at_power(control: str, machine: Machine, power: Quantity, ambient_pressure: Quantity) -> Quantity:
    """Demand that belongs to a measured mean power of a compressor.

    Args:
        control: one of ``NEEDS`` except ``centrifugal_blow_off``, whose power says nothing below the surge limit.
        machine: the full-load point and what the control needs.
        power: mean package input.
        ambient_pressure: absolute.

    Returns:
        Free air in m3/min; found on the curve to one part in 10^10 of the full-load power.

    Raises:
        OutOfRange: less than no-load power, or more than the machine takes at any flow.
    """
    if control == "variable_speed":
        points = {key: machine[key] for key in ("full_load_flow", "full_load_power", *NEEDS[control])}
        return law.variable_speed_flow(power=power, **points)
    lowest, highest = _ends(control, machine, ambient_pressure)
    require(power, ">=", lowest, "less power than without load has no flow", _POWER, "Check the meter")
    require(power, "<=", highest, "more power than the machine takes at any flow", _POWER, "Check meter and data sheet")
    keys = ("full_load_flow", "full_load_power", *NEEDS[control])
    given = (*(machine[key] for key in keys), ambient_pressure)
    units = [str(leaf.unit) for leaf in given]

    def solve(asked: Any, *values: Any) -> Any:
        *points, around = (quantity(v, u, name="point", source=_POWER) for v, u in zip(values, units, strict=True))
        drawn = dict(zip(keys, points, strict=True))
        if any(np.ndim(value) for value in values):
            return _halved(lambda flow: _numbers(control, drawn, flow, around), drawn, asked)
        return _turned_round(lambda flow: _numbers(control, drawn, flow, around), drawn, asked)

    return opaque(solve, power.to("kW"), *given, in_unit="m3/min", name="flow", symbol="q", source=_POWER)


def _numbers(control: str, machine: Machine, flow: Any, ambient_pressure: Quantity) -> Any:
    return power_at_flow(
        control, machine, quantity(flow, "m3/min", name="flow", source=_POWER), ambient_pressure
    ).value_in("kW")


def _halved(power_of: Callable[[Any], Any], machine: Machine, asked: Any) -> Any:
    """Flow at which the power is what is asked, for draws of the machine's points: one bisection for all draws."""
    high = np.asarray(machine["full_load_flow"].value_in("m3/min") * (1 - 1e-9)) + 0 * np.asarray(asked)
    low = 0 * high
    for _step in range(_HALVINGS):
        middle = (low + high) / 2
        short = np.asarray(power_of(middle)) < asked
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return (low + high) / 2


def _turned_round(power_of: Callable[[Any], Any], machine: Machine, asked: Any) -> Any:
    """Flow at which the power is what is asked: a table of the curve, then false position inside its cells.

    Raises:
        CalculationError: the power is not met to one part in 10^10.
    """
    wanted = np.atleast_1d(np.asarray(asked, float))
    grid = np.linspace(0, float(machine["full_load_flow"].value_in("m3/min")) * (1 - 1e-9), _CELLS + 1)
    table = np.asarray(power_of(grid))
    cell = np.clip(np.searchsorted(table, wanted, side="right") - 1, 0, _CELLS - 1)
    low, high, below, above = grid[cell], grid[cell + 1], table[cell] - wanted, table[cell + 1] - wanted
    enough = 1e-10 * float(machine["full_load_power"].value_in("kW"))
    for _step in range(_MOST_STEPS):
        slope = np.where(above == below, 1.0, above - below)
        flow = np.where(above == below, low, low - below * (high - low) / slope)
        miss = np.asarray(power_of(flow)) - wanted
        if np.max(np.abs(miss)) <= enough:
            return flow if np.ndim(asked) else float(flow[0])
        short = miss < 0
        low, high = np.where(short, flow, low), np.where(short, high, flow)
        # Illinois: the end that stays loses half its weight, so that both ends move
        below, above = np.where(short, miss, below / 2), np.where(short, above / 2, miss)
    raise CalculationError(
        "the flow behind this power was not found",
        subject=current_subject(),
        value=f"{np.max(np.abs(miss)):.3g} kW off after {_MOST_STEPS} steps",
        limit=f"{enough:.3g} kW",
        next_step="Check the points of the machine",
    )


def _ends(control: str, machine: Machine, ambient_pressure: Quantity) -> tuple[Quantity, Quantity]:
    """Power without flow, and next to full flow."""
    full = machine["full_load_flow"].value_in("m3/min")
    nothing, nearly = (quantity(full * share, "m3/min", name="flow", source=_POWER) for share in (0.0, 1 - 1e-9))
    return (
        power_at_flow(control, machine, nothing, ambient_pressure),
        power_at_flow(control, machine, nearly, ambient_pressure),
    )


def _cycle(control: str, machine: Machine, flow: Quantity, ambient_pressure: Quantity) -> Quantity:
    """A cycle between its ends; single values take the branch they lie in, arrays all of them."""
    full_flow, full_power, no_load = (machine[key] for key in ("full_load_flow", "full_load_power", "no_load_power"))
    if np.ndim(flow.value) == 0:
        share = flow.value_in("m3/min") / full_flow.value_in("m3/min")
        if share == 0:
            return no_load
        if abs(share - 1) < 1e-12:
            return full_power
        return _inside(control, machine, flow, ambient_pressure)
    half = 0.5 * full_flow
    end = full_flow * (1 - 1e-12)
    inside = where(flow, "<=", 0 * full_flow, half, where(flow, ">=", end, half, flow))
    between = _inside(control, machine, inside, ambient_pressure)
    return where(flow, "<=", 0 * full_flow, no_load, where(flow, ">=", end, full_power, between))


def _inside(control: str, machine: Machine, flow: Quantity, ambient_pressure: Quantity) -> Quantity:
    pressures = {
        short: absolute_pressure(machine[key], ambient_pressure)
        for short, key in (
            ("low_pressure", "cut_in_pressure"),
            ("high_pressure", "cut_out_pressure"),
            ("sump_pressure", "unloaded_sump_pressure"),
        )
    }
    plain = {
        key: machine[key]
        for key in (
            "full_load_flow",
            "full_load_power",
            "cut_out_power",
            "no_load_power",
            "receiver_volume",
            "blowdown_time",
        )
    }
    given = {**plain, **pressures, "ambient_pressure": ambient_pressure}
    if control == "load_unload":
        return load_unload_power(flow=flow, **given)
    exponent = throttling.THROTTLE_EXPONENT
    if control == "variable_displacement_unload":
        exponent = throttling.DISPLACEMENT_EXPONENT
    given |= {key: machine[key] for key in _THROTTLE} | {"throttle_exponent": exponent}
    full_flow, unload_point = machine["full_load_flow"], machine["unload_point"]
    limit = throttling.unload_flow(unload_point, full_flow)
    closed = closed_inlet_power(machine["cut_out_power"], machine["closed_inlet_fraction"])
    if np.ndim(flow.value) == 0:
        if flow.value_in("m3/min") >= limit.value_in("m3/min"):
            return throttling.throttled_power(machine["cut_out_power"], closed, flow / full_flow, exponent)
        return throttling.throttle_unload_power(flow=flow, **given)
    above = throttling.throttled_power(machine["cut_out_power"], closed, flow / full_flow, exponent)
    below = throttling.throttle_unload_power(flow=where(flow, "<", limit, flow, 0.5 * limit), **given)
    return where(flow, "<", limit, below, above)
