"""A motor's load from what it draws, at a voltage near the rated one, and through a belt."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.fluid_flow.hydraulic_drive import fixed_pump_input
from energycalc.physics.rotation import induction_motor as motor
from energycalc.physics.rotation.belt_drive import LOSS_OF_KIND, belt_efficiency
from energycalc.physics.rotation.motor_on_the_line import (
    current_at_line_voltage,
    load_from_line_current,
    load_from_power,
    load_from_shaft_power,
    motor_power_through_belt,
    power_factor_from_power,
)
from energycalc.quantity import Quantity, quantity

POINTS = {25: 0.86, 50: 0.92, 75: 0.935, 100: 0.935, 125: 0.93}
RATIOS = {0: 0.32, 25: 0.4, 50: 0.57, 75: 0.77, 100: 1.0, 125: 1.26}


def q(value: object, unit: str = "1") -> Quantity:
    return quantity(value, unit)


CURVE = {load: q(value) for load, value in POINTS.items()}
CURRENTS = {load: q(value) for load, value in RATIOS.items()}
VOLTS = q(380, "V"), q(380, "V")


@pytest.mark.parametrize("percent", [25, 50, 75, 100, 125])
def test_the_points_of_the_curve_come_back(percent: int) -> None:
    share = percent / 100
    power = q(75 * share / POINTS[percent], "kW")
    assert load_from_power(power, q(75, "kW"), CURVE).value == pytest.approx(share, rel=1e-9)
    amperes = q(138 * RATIOS[percent], "A")
    assert load_from_line_current(amperes, q(138, "A"), CURRENTS, *VOLTS).value == pytest.approx(share, rel=1e-9)


def test_more_voltage_means_less_current_above_half_load() -> None:
    """MEASUR's rule: 5 % more voltage at full load 5 % less current, at no load 5 % more, at half load the same."""
    for load, factor in ((0, 1.05), (0.5, 1.0), (1, 0.95)):
        found = current_at_line_voltage(q(100, "A"), q(load), q(420, "V"), q(400, "V"))
        assert found.value == pytest.approx(100 * factor)
    high = load_from_line_current(q(138 * 0.95, "A"), q(138, "A"), CURRENTS, q(399, "V"), q(380, "V"))
    assert high.value == pytest.approx(1, rel=1e-9)


def test_arrays_of_readings() -> None:
    powers = q(np.array([75 * s / POINTS[round(100 * s)] for s in (0.5, 0.75, 1.0)]), "kW")
    assert load_from_power(powers, q(75, "kW"), CURVE).value == pytest.approx([0.5, 0.75, 1.0])


def test_what_no_load_draws_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"no load between 0 and 150 %.*140 kW"):
        load_from_power(q(140, "kW"), q(75, "kW"), CURVE)
    with pytest.raises(OutOfRange, match="no load between 0 and 150 %"):
        load_from_line_current(q(30, "A"), q(138, "A"), CURRENTS, *VOLTS)


@settings(max_examples=30)
@given(st.floats(1, 400), st.sampled_from(["v_belt", "notched_v_belt", "synchronous_belt", "direct"]))
def test_through_the_belt_and_back(power: float, kind: str) -> None:
    factor = LOSS_OF_KIND[kind]
    motor = motor_power_through_belt(q(power, "HP_mech"), factor)
    assert (motor * belt_efficiency(motor, factor)).value_in("HP_mech") == pytest.approx(power, rel=1e-9)
    assert motor.value_in("HP_mech") >= power


def test_power_factor_and_load() -> None:
    factor = power_factor_from_power(q(80, "kW"), q(150, "A"), q(380, "V"))
    assert factor.value == pytest.approx(80000 / (3**0.5 * 150 * 380), rel=1e-9)
    assert load_from_shaft_power(q(60, "kW"), q(75, "kW")).value == pytest.approx(0.8)


# --- the published fits and the laws on them, by hand


def hp(value: float) -> Quantity:
    return q(value, "HP_mech")


def per_hp(value: float) -> Quantity:
    return q(value, "1/HP_mech")


def test_the_fits_are_a_constant_and_two_exponentials() -> None:
    """At 20 hp, 3 + 2 exp(-0.05 x 20) + 4 exp(-0.1 x 20)."""
    value = 3 + 2 * math.exp(-1) + 4 * math.exp(-2)
    decay = per_hp(0.05), per_hp(0.1)
    factor = motor.current_fit(hp(20), q(3), q(2), decay[0], q(4), decay[1])
    assert factor.value == pytest.approx(value, rel=1e-12)
    a = "A/HP_mech"
    amperes = motor.amperes_per_horsepower(hp(20), q(3, a), q(2, a), decay[0], q(4, a), decay[1])
    assert amperes.value_in(a) == pytest.approx(value, rel=1e-12)
    percent = motor.class_efficiency(hp(20), q(3, "%"), q(2, "%"), decay[0], q(4, "%"), decay[1])
    assert percent.value_in("%") == pytest.approx(value, rel=1e-12)
    assert motor.class_efficiency_at_125(q(0.9)).value == pytest.approx(0.891, rel=1e-12)


def test_the_full_load_current_goes_with_the_rating_and_against_the_voltage() -> None:
    """1.2 A/hp x 1.1 x 20 hp at 460 V, twice that at 230 V."""
    at_460, at_230 = (
        motor.full_load_current(hp(20), q(1.2, "A/HP_mech"), q(1.1), q(volts, "V")).value_in("A")
        for volts in (460, 230)
    )
    assert at_460 == pytest.approx(26.4, rel=1e-12) and at_230 == pytest.approx(52.8, rel=1e-12)


@pytest.mark.parametrize(("load", "ratio"), [(0.0, 0.32), (0.25, 0.4), (0.5, 0.57), (1.0, 1.0), (1.25, 1.26)])
def test_the_current_runs_through_its_points(load: float, ratio: float) -> None:
    amperes = motor.current_at_load(q(load), q(138, "A"), *CURRENTS.values())
    assert amperes.value_in("A") == pytest.approx(138 * ratio, rel=1e-9)
    twice = {key: q(2 * value) for key, value in RATIOS.items()}
    assert motor.current_at_load(q(load), q(138, "A"), *twice.values()).value_in("A") == pytest.approx(138 * ratio)


def test_between_the_points_the_current_is_on_the_parabola_below_and_above() -> None:
    """By Lagrange: 12.5 % through 0, 25, 50 %: 3/8, 6/8, -1/8; 150 % through 75, 100, 125 %: 1, -3, 3."""
    low = motor.current_at_load(q(0.125), q(100, "A"), *CURRENTS.values()).value_in("A")
    assert low == pytest.approx(100 * (3 * 0.32 + 6 * 0.4 - 0.57) / 8, rel=1e-9)
    high = motor.current_at_load(q(1.5), q(100, "A"), *CURRENTS.values()).value_in("A")
    assert high == pytest.approx(100 * (0.77 - 3 * 1.0 + 3 * 1.26), rel=1e-9)


def test_power_factor_at_load() -> None:
    """75 kW at 80 % and 93 % efficiency, 110 A at 380 V."""
    factor = motor.power_factor_at_load(q(75, "kW"), q(0.8), q(0.93), q(110, "A"), q(380, "V"))
    assert factor.value == pytest.approx(75000 * 0.8 / 0.93 / (math.sqrt(3) * 380 * 110), rel=1e-12)


def test_the_motor_of_a_fixed_pump_has_a_constant_and_a_square_loss() -> None:
    """10 kW at 90 %: 1.111 kW lost at the rating, 0.5 kW idling; at 4 kW 0.5 + 0.611 x 0.16."""
    at = fixed_pump_input(q(4, "kW"), q(10, "kW"), q(0.9), q(0.5, "kW")).value_in("kW")
    assert at == pytest.approx(4 + 0.5 + (10 / 0.9 - 10.5) * 0.16, rel=1e-12)
    full = fixed_pump_input(q(10, "kW"), q(10, "kW"), q(0.9), q(0.5, "kW")).value_in("kW")
    assert full == pytest.approx(10 / 0.9, rel=1e-12)
