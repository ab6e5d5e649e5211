"""Every technology on arrays of 10,000 inputs, and a year of minutes through the part-load laws."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from benchmarks.timing import Figure, median_seconds
from energycalc.case.worked_example import repeat_worked_example
from energycalc.equipment import TECHNOLOGIES
from energycalc.equipment.shared.flow_profile import NEEDS as CONTROLS
from energycalc.equipment.shared.flow_profile import FlowMachine, input_at_flow
from energycalc.physics.compressed_air.part_load import NEEDS, power_at_flow
from energycalc.physics.electricity.transformer import transformer_loss
from energycalc.physics.refrigeration.chiller_curves import chiller_kinds, chiller_state
from energycalc.physics.rotation.induction_motor import efficiency_at_load
from energycalc.quantity import Quantity, quantity, read_quantity
from energycalc.quantity.trace import compile_trace, leaves, walk

SIZE = 10_000
MINUTES = np.linspace(0.02, 0.98, 525_600)
"""Load of every minute of a year, as a share."""

ITERATIVE = frozenset({"opaque"})
"""A trace with such a node solves for something inside it."""


def figures() -> list[Figure]:
    """The slowest closed-form technology and the slowest that solves for something, all their inputs varied at once."""
    closed: list[tuple[float, str]] = []
    solving: list[tuple[float, str]] = []
    for key, description in TECHNOLOGIES.items():
        remaining = repeat_worked_example(description).change.remaining
        seconds = _on_arrays(remaining)
        (solving if _solves(remaining) else closed).append((seconds, key))
    found = []
    for what, timed, bar in (("closed-form", closed, 0.05), ("solving", solving, 0.5)):
        if timed:
            slowest, key = max(timed)
            median = float(np.median([seconds for seconds, _ in timed]))
            found.append(
                Figure(f"slowest of {len(timed)} {what} technologies, {SIZE:,} inputs", slowest, "s", bar,
                       f"{key}; median of all {median:.4f} s")
            )  # fmt: skip
    return [*found, *_year_of_minutes()]


def _year_of_minutes() -> list[Figure]:
    """525,600 values of load through each part-load law; the slowest of each kind of machine."""
    found = []
    kinds = (
        ("compressor control", _compressors()),
        ("flow control", _flow_controls()),
        ("chiller, motor, transformer", _others()),
    )
    for what, laws in kinds:
        timed = [(median_seconds(law, runs=3), name) for name, law in laws.items()]
        slowest, name = max(timed)
        found.append(Figure(f"a year of minutes, slowest of {len(timed)}: {what}", slowest, "s", 0.3, name))
    return found


def _compressors() -> dict[str, Callable[[], object]]:
    """Every control of a compressor, on numbers of the peer's test machine."""
    texts = {
        "full_load_flow": "13 m3/min", "full_load_power": "75 kW", "no_load_power": "18 kW", "cut_out_power": "79 kW",
        "cut_in_pressure": "6.9 bar(g)", "cut_out_pressure": "7.6 bar(g)", "receiver_volume": "3 m3",
        "blowdown_time": "40 s", "unloaded_sump_pressure": "1 bar(g)", "throttle_range": "0.35 bar",
        "unload_point": "60 %", "closed_inlet_fraction": "65 %", "turndown_flow": "3.5 m3/min",
        "turndown_power": "26 kW", "middle_flow": "7 m3/min", "middle_power": "42 kW", "surge_flow": "10 m3/min",
        "blow_off_power": "62 kW", "unload_flow": "11 m3/min", "unload_power": "68 kW",
    }  # fmt: skip
    machine = {name: read_quantity(text, name=name) for name, text in texts.items()}
    flow = quantity(MINUTES * 13, "m3/min", name="flow")
    ambient = quantity(1.013, "bar[a]", name="ambient_pressure")
    return {control: partial(power_at_flow, control, machine, flow, ambient) for control in NEEDS}


def _flow_controls() -> dict[str, Callable[[], object]]:
    """Every control of a fan or pump, motor and drive at part load included."""
    curve = {load: quantity(eta, "1") for load, eta in ((25, 0.90), (50, 0.93), (75, 0.94), (100, 0.94), (125, 0.935))}
    rated = quantity(75, "kW", name="rated_power")
    machine = FlowMachine(rated, curve, quantity(60, "kW"), quantity(0.0, "1", name="static_head_share"))
    more = {"no_flow_power_share": quantity(0.4, "1"), "low_speed_flow_share": quantity(0.5, "1")}
    flow = quantity(MINUTES, "1", name="flow_fraction")
    return {control: partial(input_at_flow, machine, {"control": control, **more}, flow) for control in CONTROLS}


def _others() -> dict[str, Callable[[], object]]:
    load = quantity(MINUTES, "1", name="load_factor")
    points = [quantity(eta, "1") for eta in (0.90, 0.93, 0.94, 0.94, 0.935)]
    kind = chiller_kinds()[0]
    chiller = [quantity(500, "kW"), quantity(0.6, "kW/USRT"), quantity(280.0, "K"), quantity(302.0, "K")]
    loss = [quantity(kw, "kW") for kw in (1.2, 9.0)]
    return {
        "motor efficiency": partial(efficiency_at_load, load, *points),
        "transformer loss": partial(transformer_loss, *loss, load),
        f"chiller {kind}": partial(chiller_state, kind, *chiller, quantity(450 * (0.15 + 0.85 * MINUTES), "kW")),
    }


def _on_arrays(remaining: Quantity) -> float:
    """Time of one evaluation with every input spread by a thousandth around its value."""
    rng = np.random.default_rng(1)
    inputs = [q for q in leaves(remaining) if isinstance(q.value, float | int)]
    spread = [q.value * (1 + 1e-3 * rng.uniform(-1, 1, SIZE)) for q in inputs]
    compiled = compile_trace([remaining], inputs)
    return median_seconds(lambda: compiled(spread), runs=5)


def _solves(remaining: Quantity) -> bool:
    return any(q.operation in ITERATIVE for q in walk(remaining))
