"""Compressors at part flow: points of others, a second calculation of each cycle, and what must hold everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.compressed_air import compressor_control as law
from energycalc.physics.compressed_air import load_unload_cycle as cycle
from energycalc.physics.compressed_air import throttle_unload_cycle as throttling
from energycalc.physics.compressed_air.part_load import CYCLES, NEEDS, Machine, flow_at_power, power_at_flow
from energycalc.quantity import Quantity, quantity, read_quantity
from energycalc.quantity.trace import evaluate

PSI, CUBIC_FOOT = 0.0689475729316836, 0.3048**3
AMBIENT = quantity(14.7 * PSI, "bar[a]", name="ambient_pressure")


def machine(**texts: str) -> dict[str, Quantity]:
    return {name: read_quantity(text, name=name) for name, text in texts.items()}


# The screw of MEASUR's cases compressor_part_load-063 to -078: 75 kW at 470 ft3/min, 100 to 110 psig, 106.9 ft3.
SCREW = machine(
    full_load_flow=f"{470 * CUBIC_FOOT} m3/min",
    full_load_power="75 kW",
    no_load_power="18.75 kW",
    cut_out_power="79 kW",
    cut_in_pressure=f"{100 * PSI} bar(g)",
    cut_out_pressure=f"{110 * PSI} bar(g)",
    receiver_volume=f"{106.9 * CUBIC_FOOT} m3",
    blowdown_time="40 s",
    unloaded_sump_pressure=f"{15 * PSI} bar(g)",
    throttle_range=f"{5 * PSI} bar",
    unload_point="60 %",
    closed_inlet_fraction="65 %",
)
SPEED = machine(
    full_load_flow="480 m3/min",
    full_load_power="80 kW",
    no_load_power="8 kW",
    turndown_flow="130 m3/min",
    turndown_power="28 kW",
    middle_flow="250 m3/min",
    middle_power="45 kW",
)
TURBO = machine(
    full_load_flow="3138 m3/min",
    full_load_power="452.3 kW",
    no_load_power="71.3 kW",
    cut_out_power="470 kW",
    surge_flow="2510 m3/min",
    blow_off_power="370.9 kW",
    unload_flow="2731 m3/min",
    unload_power="411.9 kW",
)
MACHINES: dict[str, Machine] = {
    control: SPEED if control == "variable_speed" else TURBO if "centrifugal" in control else SCREW for control in NEEDS
}


def at(control: str, share: float | np.ndarray, given: Machine | None = None) -> float | np.ndarray:
    chosen = given or MACHINES[control]
    flow = quantity(share * chosen["full_load_flow"].value_in("m3/min"), "m3/min", name="flow")
    return power_at_flow(control, chosen, flow, AMBIENT).value_in("kW")


# --- points of others


@pytest.mark.parametrize(
    ("control", "share", "power"),
    [
        ("load_unload", 0.5, 60.60334955297337),  # case 067
        ("load_unload", 0.9, 74.35324157597798),  # case 069
        ("variable_speed", 0.15, 19.076923076923077),  # case 083
        ("variable_speed", 0.5, 43.55031055900596),  # case 085
        ("variable_speed", 0.9, 72.43339130434768),  # case 087
        ("centrifugal_blow_off", 0.01, 370.9),  # case 007
        ("centrifugal_load_unload", 0.24, 162.74),  # case 017
        ("centrifugal_modulation_unload", 0.24, 165.226),  # case 027
    ],
)
def test_the_points_of_the_peer(control: str, share: float, power: float) -> None:
    """MEASUR 1.0.10 and 1.2.5, cases compressor_part_load."""
    assert at(control, share) == pytest.approx(power, rel=1e-5)


@pytest.mark.parametrize(
    ("control", "share", "power"),
    [
        ("modulation", 0.6, 18.75 + 56.25 * 0.6),
        ("start_stop", 0.3, 77 * 0.3),
        ("load_unload_oil_free", 0.5, 18.75 + (77 - 18.75) * 0.5),
        ("centrifugal_blow_off", 0.9, 370.9 + 81.4 * (0.9 * 3138 - 2510) / 628),
        ("centrifugal_modulation_unload", 0.95, 411.9 + 40.4 * (0.95 * 3138 - 2731) / 407),
        ("modulation_unload", 0.8, 79 * (0.65 + 0.35 * 0.8)),
        ("variable_displacement_unload", 0.8, 79 * (0.65 + 0.35 * 0.8**2)),
    ],
)
def test_straight_lines_and_parabolas_by_hand(control: str, share: float, power: float) -> None:
    assert at(control, share) == pytest.approx(power, rel=1e-12)


def test_the_three_points_of_a_speed_curve_lie_on_it() -> None:
    assert [at("variable_speed", q / 480) for q in (0, 130, 250, 480)] == pytest.approx([8, 28, 45, 80], rel=1e-12)


def test_air_is_blown_off_below_the_surge_limit_only() -> None:
    """MEASUR case compressor_part_load-007: 2478.62 of 2510 at 31.38."""
    assert law.blown_off_flow("2510 m3/min", "31.38 m3/min").value == pytest.approx(2478.62, rel=1e-9)
    assert law.blown_off_flow("2510 m3/min", "2600 m3/min").value == 0


def test_the_flow_of_a_turbo_machine_at_another_pressure() -> None:
    """A parabola through three points: q = 3000 + 20 (p - 7) - 40 (p - 7)^2 at 6, 7 and 9 bar(g), read at 8."""
    points = ("6 bar(g)", "2940 m3/min", "7 bar(g)", "3000 m3/min", "9 bar(g)", "2880 m3/min")
    assert law.flow_on_curve("8 bar(g)", *points).value == pytest.approx(2980, rel=1e-12)
    assert law.flow_on_curve("6 bar(g)", *points).value == pytest.approx(2940, rel=1e-12)


def test_no_flow_takes_the_unloaded_power_and_full_flow_the_full_power() -> None:
    for control in CYCLES:
        assert at(control, 0.0) == 18.75
        assert at(control, 1.0) == 75


# --- a second calculation


def simulated_throttling(share: float, steps: int = 200_000) -> tuple[float, float]:
    """Time and mean opening of the throttled part by stepping the receiver's pressure (psi, ft3, s)."""
    volume, ambient, full, span = 106.9, 14.7, 470 / 60, 5.0
    end = throttling.throttled_time("1 s", "1 m3/min", "0.6 m3/min", quantity(share, "m3/min", name="flow")).value_in(
        "s"
    )
    step = end * volume * span / (ambient * full) / steps * 1.5
    rise, time, area = 0.0, 0.0, 0.0
    while 1 - rise / span > 0.6:
        opening = 1 - rise / span
        area += opening * step
        rise += ambient * full * (opening - share) / volume * step
        time += step
    return time, area / time


@pytest.mark.parametrize("share", [0.1, 0.5])
def test_the_throttled_part_agrees_with_a_simulation(share: float) -> None:
    """Receiver balance V dp/dt = p_a (q_fl y - q) with an inlet that closes over 5 psi, stepped in time."""
    time, opening = simulated_throttling(share)
    full = SCREW["full_load_flow"]
    settling = throttling.throttle_time_constant(SCREW["receiver_volume"], SCREW["throttle_range"], AMBIENT, full)
    flow = quantity(share * full.value_in("m3/min"), "m3/min", name="flow")
    spent = throttling.throttled_time(settling, full, throttling.unload_flow(SCREW["unload_point"], full), flow)
    assert spent.value_in("s") == pytest.approx(time, rel=1e-4)
    assert throttling.mean_opening(flow, full, settling, spent).value == pytest.approx(opening, rel=1e-4)


def second_cycle(share: float, exponent: float) -> float:
    """The same cycle written once more in gauge pounds per square inch and cubic feet, part by part."""
    full, flow, unload = 470.0, 470.0 * share, 470.0 * 0.6
    closed, decay = 0.65 * 79, math.log(50)
    at_unload = closed + (79 - closed) * 0.6**exponent
    top = 110 + 0.4 * 5
    settle = 5 * 106.9 / (14.7 * full) * 60
    throttled = settle * math.log((full - flow) / (unload - flow))
    opening = share + (1 - share) * settle / throttled * (1 - math.exp(-throttled / settle))
    off = 106.9 * 60 * (top - 100) / (flow * 14.7)
    venting = min(40.0, off)
    closing = closed + (at_unload - closed) * math.exp(-venting * decay / 2)
    vented = 1 - math.exp(-venting * decay / 40)
    blowing = 18.75 + (closing - 18.75) * vented / (venting * decay / 40)
    before = 18.75 if off >= 40 else 18.75 + (closing - 18.75) * math.exp(-off * decay / 40)
    reload = 3 * (top - 15) * vented / (top - (top - 15) * 0.02)
    drop = 14.7 * flow * reload / 60 / 106.9
    pumping = 60 * 106.9 * (10 + drop) / (14.7 * (full - flow))
    parts = [
        (venting, blowing),
        (off - venting, 18.75),
        (reload, (before + 75) / 2),
        (pumping, ((1 - drop / 200) * 75 + 79) / 2),
        (throttled, closed + (79 - closed) * opening**exponent),
    ]
    return sum(t * p for t, p in parts) / sum(t for t, _ in parts)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.55])
@pytest.mark.parametrize(("control", "exponent"), [("modulation_unload", 1), ("variable_displacement_unload", 2)])
def test_the_throttled_cycle_adds_up(control: str, exponent: int, share: float) -> None:
    assert at(control, share) == pytest.approx(second_cycle(share, exponent), rel=1e-9)


def test_a_throttled_machine_that_unloads_at_once_is_a_load_unload_machine() -> None:
    nearly = SCREW | machine(unload_point="99.9999 %", closed_inlet_fraction="92 %")
    assert at("modulation_unload", 0.5, nearly) == pytest.approx(at("load_unload", 0.5), rel=1e-4)


def test_without_blow_down_the_cycle_is_a_straight_line() -> None:
    quick = SCREW | machine(blowdown_time="0.000001 s", receiver_volume="1000 m3")
    assert at("load_unload", 0.4, quick) == pytest.approx(at("load_unload_oil_free", 0.4), rel=1e-3)


def test_an_oil_free_cycle_takes_other_valves() -> None:
    """Second calculation: with valves of milliseconds the cycle is the straight line from 18.75 to 77 kW."""
    full = SCREW["full_load_flow"]
    power = cycle.load_unload_power(
        full, *(SCREW[k] for k in ("full_load_power", "cut_out_power", "no_load_power", "receiver_volume")),
        read_quantity("0.003 s", name="blowdown_time"),
        *(quantity((p + 14.7) * PSI, "bar[a]") for p in (100, 110, 15)), AMBIENT, 0.5 * full,
        read_quantity("70 %", name="closed_inlet_fraction"), read_quantity("0.004 s", name="shutdown_time"),
        read_quantity("0.001 s", name="reload_time"),
    )  # fmt: skip
    assert power.value_in("kW") == pytest.approx((18.75 + 77) / 2, rel=1e-4)


# --- what must hold


@pytest.mark.parametrize("control", [c for c in NEEDS if c != "centrifugal_blow_off"])
@settings(max_examples=10)
@given(share=st.floats(0.02, 0.97))
def test_flow_from_power_turns_power_from_flow_round(control: str, share: float) -> None:
    power = quantity(at(control, share), "kW", name="power")
    back = flow_at_power(control, MACHINES[control], power, AMBIENT)
    full = MACHINES[control]["full_load_flow"].value_in("m3/min")
    assert back.value_in("m3/min") / full == pytest.approx(share, rel=1e-6)


def test_flow_from_power_works_on_a_log() -> None:
    shares = np.array([0.1, 0.4, 0.8])
    power = quantity(at("load_unload", shares), "kW", name="power")
    full = SCREW["full_load_flow"].value_in("m3/min")
    assert flow_at_power("load_unload", SCREW, power, AMBIENT).value_in("m3/min") / full == pytest.approx(shares)


def test_flow_from_power_follows_every_uncertain_point() -> None:
    """Draws of a point of the machine go through the traced step, as in a Monte Carlo run."""
    power = quantity(60.0, "kW", name="power")
    flow = flow_at_power("load_unload", SCREW, power, AMBIENT)
    drawn = np.array([15.0, 18.75, 25.0])
    together = evaluate([flow], {SCREW["no_load_power"]: drawn})[0]
    for no_load, found in zip(drawn, together, strict=True):
        other = SCREW | {"no_load_power": quantity(float(no_load), "kW", name="no_load_power")}
        assert found == pytest.approx(flow_at_power("load_unload", other, power, AMBIENT).value_in("m3/min"), rel=1e-7)


@pytest.mark.parametrize("control", list(NEEDS))
def test_a_year_of_minutes_is_the_same_as_each_minute(control: str) -> None:
    shares = np.linspace(0, 1, 525_600)
    powers = at(control, shares)
    assert isinstance(powers, np.ndarray) and powers.shape == shares.shape
    for index in (0, 1000, 210_240, 315_300, 450_000, 525_599):
        assert powers[index] == pytest.approx(at(control, float(shares[index])), rel=1e-9)


@pytest.mark.parametrize("control", list(NEEDS))
def test_more_air_never_takes_less(control: str) -> None:
    powers = np.asarray(at(control, np.linspace(0, 0.98, 500)))
    assert np.all(np.diff(powers) >= -1e-9)


def test_variable_displacement_takes_less_than_a_throttle() -> None:
    shares = np.linspace(0.01, 0.99, 50)
    assert np.all(np.asarray(at("variable_displacement_unload", shares)) < np.asarray(at("modulation_unload", shares)))


# --- refusals, both ways


@pytest.mark.parametrize("control", ["modulation", "load_unload", "variable_speed"])
def test_more_than_full_flow_is_refused(control: str) -> None:
    with pytest.raises(OutOfRange, match="cannot deliver this flow"):
        at(control, 1.001)
    at(control, 1.0)


@pytest.mark.parametrize(("control", "low", "high"), [("modulation", 18.7, 75.1), ("variable_speed", 7.9, 80.1)])
def test_a_power_that_the_machine_never_takes_is_refused(control: str, low: float, high: float) -> None:
    for power, why in ((low, "less power"), (high, "more power")):
        with pytest.raises(OutOfRange, match=why):
            flow_at_power(control, MACHINES[control], quantity(power, "kW", name="power"), AMBIENT)
    flow_at_power(control, MACHINES[control], quantity(74.0, "kW", name="power"), AMBIENT)
