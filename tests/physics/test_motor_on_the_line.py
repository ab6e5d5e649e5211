"""A motor's load from what it draws, at a voltage near the rated one, and through a belt."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
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
