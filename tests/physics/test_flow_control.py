"""Belts, classes and flow control: figures of others, laws that always hold, limits of validity."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.shared.motor_tables import (
    class_points,
    drive_coefficients,
    efficiency_on,
    highest_of_size,
    published_drive_efficiency,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.physics import energy_balance
from energycalc.physics.electricity.single_phase import single_phase_power
from energycalc.physics.rotation import belt_drive, flow_control, motor_class
from energycalc.physics.rotation.motor_replacement import load_from_slip
from energycalc.quantity import Quantity, quantity


def share(value: float, name: str = "flow_fraction") -> Quantity:
    return quantity(value, "1", name=name)


# --- belts


@pytest.mark.parametrize(
    ("power", "kind", "driven"),
    [
        (100, "v_belt", 95.9086794914), (200, "v_belt", 191.981137556), (50, "notched_v_belt", 48.4814329723),
        (250, "notched_v_belt", 242.8550331213), (50, "synchronous_belt", 49.3925731889), (150, "direct", 150),
    ],
)  # fmt: skip
def test_belts_as_in_the_peer(power: float, kind: str, driven: float) -> None:
    """MEASUR cases belt_drive_shaft_power-001 to -015 (AMCA 203-90, Appendix L)."""
    carried = quantity(power, "HP_mech")
    efficiency = belt_drive.belt_efficiency(carried, belt_drive.LOSS_OF_KIND[kind])
    assert efficiency.value * power == pytest.approx(driven, rel=1e-11)


@pytest.mark.parametrize("power", [5, 10, 20, 50, 100, 200])
def test_a_second_reading_of_amca_203_agrees(power: float) -> None:
    """EnergyPlus Engineering Reference, belt maximum efficiency, medium loss: exp of a quartic in ln hp."""
    x = math.log(power)
    quartic = -9.504e-2 + 3.415e-2 * x - 8.897e-3 * x**2 + 1.159e-3 * x**3 - 6.132e-5 * x**4
    ours = belt_drive.belt_efficiency(quantity(power, "HP_mech"), belt_drive.LOSS_OF_KIND["v_belt"]).value
    assert ours == pytest.approx(math.exp(quartic), abs=0.004)


@given(power=st.floats(0.5, 500), step=st.floats(0, 300))
def test_a_small_belt_drive_loses_more_and_the_kinds_stand_in_order(power: float, step: float) -> None:
    def at(hp: float, kind: str) -> float:
        return float(belt_drive.belt_efficiency(quantity(hp, "HP_mech"), belt_drive.LOSS_OF_KIND[kind]).value)

    assert at(power + step, "v_belt") >= at(power, "v_belt")
    kinds = [at(power, kind) for kind in ("v_belt", "notched_v_belt", "synchronous_belt", "direct")]
    assert kinds == sorted(kinds) and kinds[-1] == 1 and 0.9 < kinds[0] < 0.961


def test_motor_shaft_and_driven_shaft_are_inverse() -> None:
    driven = belt_drive.driven_shaft_power("28 kW", "93 %")
    assert driven.value == pytest.approx(26.04, rel=1e-12)
    assert belt_drive.motor_shaft_power(driven, "93 %").value == pytest.approx(28, rel=1e-12)


def test_remaining_and_ceiling_of_a_transmission() -> None:
    remaining = belt_drive.transmission_remaining_fraction("93 %", "98 %", "102 %")
    assert remaining.value == pytest.approx(0.93 / 0.98 * 1.02, rel=1e-12)
    assert belt_drive.transmission_ceiling("93 %", "102 %").value == pytest.approx(1 - 0.93 * 1.02, rel=1e-12)


# --- classes


def test_a_class_limit_is_a_cubic_in_the_decimal_logarithm() -> None:
    """UK SI 2021/745, Table 28, IE3, 4 poles; 7.5 kW is printed as 90.4 % (Siemens, IEC 60034-30)."""
    limit = motor_class.class_limit("7.5 kW", "0.0773 %", "-1.8951 %", "9.2984 %", "83.7025 %")
    assert limit.value_in("%") == pytest.approx(90.4, abs=0.05)
    x = math.log10(7.5)
    assert limit.value_in("%") == pytest.approx(0.0773 * x**3 - 1.8951 * x**2 + 9.2984 * x + 83.7025, rel=1e-12)
    with pytest.raises(OutOfRange, match="rated power"):
        motor_class.class_limit("201 kW", "0.0773 %", "-1.8951 %", "9.2984 %", "83.7025 %")


def test_the_highest_efficiency_has_a_fifth_less_loss_than_ie4_and_the_rounding() -> None:
    assert motor_class.highest_efficiency("90 %", "91 %").value == pytest.approx(1 - 0.8 * 0.09 + 0.003, rel=1e-12)
    assert motor_class.highest_efficiency("91 %", "90 %").value == pytest.approx(1 - 0.8 * 0.09 + 0.003, rel=1e-12)
    assert motor_class.next_class_limit("90 %", "15 %").value == pytest.approx(0.915, rel=1e-12)


@pytest.mark.parametrize(("rating", "cap"), [(0.75, 88.6), (7.5, 94.1), (75, 96.8), (200, 97.4), (500, 97.4)])
def test_caps_of_the_notes(rating: float, cap: float) -> None:
    """Trust notes TP01, 4 poles, from IE4 at 50 Hz; 0.3 points are added here."""
    highest = highest_of_size(quantity(rating, "kW", name="rated_power"), "4", 50)
    assert highest.value_in("%") - 0.3 == pytest.approx(cap, abs=0.06)


def test_the_ceiling_of_a_swap_lifts_the_new_curve_to_the_best() -> None:
    most = motor_class.replacement_ceiling("90 %", "94 %", "95 %", "97 %", "101 %")
    assert most.value == pytest.approx(1 - 0.9 / (0.94 * 0.97 / 0.95) * 1.01, rel=1e-12)


def test_load_from_slip_is_slip_over_slip() -> None:
    assert load_from_slip("1770 rpm", "1750 rpm", "1800 rpm", "1").value == pytest.approx(0.6, rel=1e-12)
    assert load_from_slip("1770 rpm", "1750 rpm", "1800 rpm", "1.2").value == pytest.approx(0.5, rel=1e-12)


# --- flow


@pytest.mark.parametrize(("static", "ratio"), [(0, 0.512), (0.2, 0.570), (0.3, 0.598), (0.5, 0.656), (0.7, 0.714)])
def test_power_at_eighty_percent_flow_of_the_notes(static: float, ratio: float) -> None:
    """Trust notes TL06."""
    found = flow_control.system_power_share(share(0.8), share(static, "static_head_share")).value
    assert found == pytest.approx(ratio, abs=6e-4)


@given(flow=st.floats(0.01, 1), static=st.floats(0, 1), step=st.floats(0, 0.5))
def test_the_system_needs_more_with_static_head_and_never_more_than_in_proportion(
    flow: float, static: float, step: float
) -> None:
    low, high = (
        flow_control.system_power_share(share(flow), share(h, "static_head_share")).value
        for h in (static, min(1.0, static + step))
    )
    assert flow**3 - 1e-12 <= low <= high + 1e-12 and high <= flow + 1e-12


@given(flow=st.floats(0.05, 1), ratio=st.floats(1, 3))
def test_without_static_head_speed_is_flow(flow: float, ratio: float) -> None:
    found = flow_control.speed_share(share(flow), share(0, "static_head_share"), quantity(ratio, "1"))
    assert found.value == pytest.approx(flow, rel=1e-12)


def test_speed_meets_machine_and_system() -> None:
    """At the speed found, k n² - (k - 1) q² of the machine is h + (1 - h) q² of the system."""
    q, h, k = 0.7, 0.4, 1.3
    n = flow_control.speed_share(share(q), share(h, "static_head_share"), quantity(k, "1")).value
    assert k * n**2 - (k - 1) * q**2 == pytest.approx(h + (1 - h) * q**2, rel=1e-12)
    assert flow_control.speed_share(share(1.0), share(h, "static_head_share"), quantity(k, "1")).value == 1


@pytest.mark.parametrize(("flow", "vane", "damper"), [(1.0, 1.0, 1.0), (0.5, 0.4836, 0.7708), (0.0, 0.3543, 0.3705)])
def test_dampers_and_vanes_are_the_published_curves_over_their_full_flow(
    flow: float, vane: float, damper: float
) -> None:
    """EnergyPlus: 0.35071223, 0.30850535, -0.54137364, 0.87198823; 0.37073425, 0.97250253, -0.34240761."""
    assert flow_control.inlet_vane_power_share(share(flow)).value == pytest.approx(vane, abs=1e-4)
    assert flow_control.outlet_damper_power_share(share(flow)).value == pytest.approx(damper, abs=1e-4)


@pytest.mark.parametrize(("flow", "power"), [(0.9, 0.825), (0.55, 0.2125), (0.5, 0.125), (0.8, 0.65), (0.25, 0.0625)])
def test_two_speeds_as_in_the_peer(flow: float, power: float) -> None:
    """MEASUR fan affinity tests 7 and 2: 55283.5 and 14239.7 of 67010.3 kWh; below half speed it cycles."""
    low = share(0.5, "low_speed_flow_share")
    found = flow_control.two_speed_power_share(share(flow), low, share(0.125, "low_speed_power_share"))
    assert found.value == pytest.approx(power, rel=1e-5)


@pytest.mark.parametrize(("flow", "power"), [(0, 0.45), (0.5, 0.725), (1, 1)])
def test_a_throttled_machine_is_on_the_line_to_no_flow(flow: float, power: float) -> None:
    found = flow_control.throttled_power_share(share(flow), share(0.45, "no_flow_power_share"))
    assert found.value == pytest.approx(power, rel=1e-12)


def test_small_laws() -> None:
    assert flow_control.on_off_power_share("40 %").value == pytest.approx(0.4)
    assert flow_control.shaft_power_at_flow("50 kW", "40 %").value == pytest.approx(20)
    assert flow_control.load_of("20 kW", "80 kW").value == pytest.approx(0.25)
    assert flow_control.motor_input_power("20 kW", "80 %").value == pytest.approx(25)
    assert flow_control.power_ratio("5 kW", "40 kW").value == pytest.approx(0.125)
    assert flow_control.shaft_energy("5 kW", "40 h").value == pytest.approx(200)
    assert energy_balance.remaining_energy("200 kWh", "50 kWh").value == pytest.approx(0.25)
    assert flow_control.flow_control_ceiling("45 kWh", "90 %", "200 kWh").value == pytest.approx(0.75)
    assert single_phase_power("220 V", "10 A", "0.9").value == pytest.approx(1.98, rel=1e-12)


# --- drives


@pytest.mark.parametrize(
    ("size", "load", "percent"),
    [
        (3, 0.25, 85.9),
        (5, 1, 94.8),
        (10, 0.5, 93.8),
        (50, 0.125, 86.1),
        (50, 1, 96.8),
        (100, 0.75, 96.7),
        (200, 1, 97.0),
    ],
)
def test_drive_efficiency_is_that_of_the_published_fit(size: float, load: float, percent: float) -> None:
    """EnergyPlus table of drive coefficients, form (a x)/(b + x) + c x, computed by hand."""
    coefficients = drive_coefficients(quantity(size, "HP_mech", name="rated_power"))
    found = flow_control.drive_efficiency_at(share(load, "output_share"), *coefficients)
    assert found.value_in("%") == pytest.approx(percent, abs=0.06)


@given(load=st.floats(0.01, 1.2), own=st.floats(0.9, 0.99), rating=st.floats(2.3, 300))
def test_drive_input_is_output_over_efficiency(load: float, own: float, rating: float) -> None:
    power = quantity(rating, "kW", name="rated_power")
    coefficients = drive_coefficients(power)
    rated = quantity(rating / 0.93, "kW", name="rated_motor_input")
    motor = quantity(load * rating / 0.93, "kW", name="motor_input_power")
    found = flow_control.drive_input_power(motor, rated, share(own, "full_load_drive_efficiency"), *coefficients).value
    at_load = flow_control.drive_efficiency_at(share(load, "output_share"), *coefficients).value
    expected = motor.value / (at_load * own / published_drive_efficiency(power).value)
    assert found == pytest.approx(expected, rel=1e-9)
    assert found > motor.value


def test_a_drive_at_full_load_costs_two_to_six_percent_and_without_output_still_something() -> None:
    for rating in (2.3, 11, 37, 75, 160):
        power = quantity(rating, "kW", name="rated_power")
        assert 0.02 < 1 - published_drive_efficiency(power).value < 0.065
        rated = quantity(rating, "kW", name="rated_motor_input")
        idle = flow_control.drive_input_power("0 kW", rated, "97 %", *drive_coefficients(power)).value
        assert 0.005 < idle / rating < 0.04


def test_a_motor_of_2_2_kw_is_the_3_hp_of_the_table_and_a_smaller_one_has_no_curve() -> None:
    a, _, _ = drive_coefficients(quantity(2.2, "kW", name="rated_power"))
    assert a.value == 0.978856
    assert drive_coefficients(quantity(74, "kW", name="rated_power"))[0].value == 0.982384  # 100 hp is 74.6 kW
    assert drive_coefficients(quantity(70, "kW", name="rated_power"))[0].value == 0.991874
    with pytest.raises(OutOfRange, match="rated_power.*2.2 kW"):
        drive_coefficients(quantity(2.1, "kW", name="rated_power"))


# --- couplings


def test_the_slip_is_the_loss() -> None:
    """At half speed half the input is lost (vfds.in); torque in is torque out (Pump Handbook)."""
    slip = flow_control.coupling_slip("80 %")
    assert slip.value == pytest.approx(0.2) and flow_control.coupling_efficiency(slip).value == pytest.approx(0.8)
    assert flow_control.coupling_input_power("40 kW", "80 %").value == pytest.approx(50)


def test_the_slip_loss_is_largest_at_two_thirds_of_full_speed() -> None:
    """q² - q³ has its highest point, 4/27, at q = 2/3."""
    speeds = np.linspace(0.01, 1, 1000)
    loss = [
        flow_control.coupling_input_power(quantity(n**3, "kW"), share(n, "coupling_efficiency")).value - n**3
        for n in speeds
    ]
    assert speeds[int(np.argmax(loss))] == pytest.approx(2 / 3, abs=1e-3)
    assert max(loss) == pytest.approx(4 / 27, rel=1e-4)


# --- arrays


def test_the_laws_take_a_year_of_minutes_at_once() -> None:
    flows = np.linspace(0.05, 1, 1001)
    q = quantity(flows, "1", name="flow_fraction")
    static = share(0.3, "static_head_share")
    powers = flow_control.system_power_share(q, static)
    points = class_points("premium", "4", quantity(75, "kW", name="rated_power"))
    shaft = flow_control.shaft_power_at_flow("70 kW", powers)
    whole = flow_control.motor_input_power(shaft, efficiency_on(points, flow_control.load_of(shaft, "75 kW")))
    for index in (0, 300, 1000):
        one = flow_control.system_power_share(share(float(flows[index])), static)
        at = flow_control.shaft_power_at_flow("70 kW", one)
        single = flow_control.motor_input_power(at, efficiency_on(points, flow_control.load_of(at, "75 kW")))
        assert whole.value[index] == pytest.approx(single.value, rel=1e-12)


@pytest.mark.parametrize(
    ("law", "arguments"),
    [
        (flow_control.system_power_share, ("130 %", "0 %")),
        (flow_control.system_power_share, ("80 %", "110 %")),
        (flow_control.throttled_power_share, ("80 %", "110 %")),
        (flow_control.inlet_vane_power_share, ("110 %",)),
        (flow_control.outlet_damper_power_share, ("110 %",)),
        (flow_control.on_off_power_share, ("110 %",)),
        (flow_control.two_speed_power_share, ("80 %", "100 %", "12 %")),
        (flow_control.speed_share, ("80 %", "10 %", "0.9")),
        (flow_control.coupling_input_power, ("8 kW", "110 %")),
        (belt_drive.driven_shaft_power, ("8 kW", "110 %")),
        (belt_drive.motor_shaft_power, ("8 kW", "110 %")),
    ],
)
def test_outside_its_range_a_law_is_refused(law: object, arguments: tuple[str, ...]) -> None:
    with pytest.raises(InputError):
        law(*arguments)  # type: ignore[operator]
