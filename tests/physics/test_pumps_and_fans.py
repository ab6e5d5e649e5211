"""Laws of pumps and fans: published figures, closed forms, and what must hold everywhere."""

import math

import numpy as np
import pytest
from CoolProp.CoolProp import PropsSI
from CoolProp.HumidAirProp import HAPropsSI
from fluids.core import head_from_P
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.shared.fluid_tables import (
    FAN_TYPES,
    PUMP_STYLES,
    attainable_fan,
    attainable_pump,
    average_pump,
    correction_for,
    least_transport_velocity,
)
from energycalc.errors import CalculationError, InputError, OutOfRange
from energycalc.physics import energy_balance
from energycalc.physics.fluid_flow import exhaust_system, fan, fan_laws, impeller, moist_air, pump, saving, system_curve
from energycalc.physics.fluid_flow import pump_attainable as attain
from energycalc.quantity import Quantity, quantity

FT, GPM, HP, INCH = 0.3048, 0.2271247, 0.745699872, 25.4
CFM = 0.3048**3


def q(value: object, unit: str = "1") -> Quantity:
    return quantity(value, unit)


# --- pumps ----------------------------------------------------------------------------------------


def test_crane_example_7_34() -> None:
    """700 gpm, 428 ft, water of 62.364 lb/ft3, 70.7 %: 107.056 hp at the shaft, 117.386 hp from the line (fluids)."""
    density = q(62.364 * 0.45359237 / FT**3, "kg/m3")
    hydraulic = pump.hydraulic_power(density, q(700 * GPM, "m3/h"), q(428 * FT, "m"))
    shaft = pump.pump_shaft_power(hydraulic, q(0.707))
    assert shaft.value_in("kW") == pytest.approx(107.05591309 * HP, rel=1e-5)
    energy = pump.pump_energy(shaft, q(0.95), q(0.96), q(8000, "h"))
    assert energy.value_in("kWh") == pytest.approx(117.38586962 * HP * 8000, rel=1e-5)
    assert pump.measured_pump_efficiency(hydraulic, shaft).value == pytest.approx(0.707)
    back = pump.driven_shaft_power(q(117.38586962 * HP, "kW"), q(0.95), q(0.96))
    assert back.value_in("kW") == pytest.approx(shaft.value_in("kW"), rel=1e-5)


def test_more_power_in_the_liquid_than_at_the_shaft_is_refused() -> None:
    assert pump.measured_pump_efficiency(q(10, "kW"), q(10, "kW")).value == 1
    with pytest.raises(OutOfRange, match=r"above 100 %.*10\.01 kW in the liquid"):
        pump.measured_pump_efficiency(q(10.01, "kW"), q(10, "kW"))


def test_head_from_gauges() -> None:
    """Pressure head as ``fluids`` has it; velocity head of 100 m3/h in 100 mm (3.5368 m/s)."""
    rise = pump.gauge_pressure_rise(q(250, "kPa[g]"), q(-20, "kPa[g]"))
    static = pump.pressure_head(rise, q(980, "kg/m3"))
    assert static.value == pytest.approx(head_from_P(270e3, 980), rel=1e-9)
    velocity = pump.velocity_head(q(100, "m3/h"), q(100, "mm"))
    assert velocity.value == pytest.approx(3.536776513**2 / (2 * 9.80665), rel=1e-9)
    lost = pump.friction_head(q(1.5), velocity)
    height = pump.elevation_head(q(3, "m"), q(1, "m"))
    head = pump.pump_head(static, height, velocity, lost, q(0.25, "m"))
    assert head.value == pytest.approx(static.value + 2 + 2.5 * velocity.value + 0.25, rel=1e-12)


def test_a_valve_loses_pressure_and_power() -> None:
    """MEASUR's valve case: 20 psi at 500 gpm are 5.8335 hp; a gauge 10 m lower shows 98 kPa more."""
    drop = pump.measured_valve_drop(q(200, "kPa[g]"), q(160, "kPa[g]"), q(2, "m"), q(7, "m"), q(600, "kg/m3"))
    assert drop.value == pytest.approx(40 - 5 * 600 * 9.80665e-3, rel=1e-12)
    psi = pump.valve_power(q(500 * GPM, "m3/h"), q(20 * 6.894757293, "kPa"))
    assert psi.value_in("kW") == pytest.approx(5.833519519831341 * 0.7457, rel=1e-4)
    with pytest.raises(OutOfRange, match="no valve adds energy"):
        pump.measured_valve_drop(q(160, "kPa[g]"), q(200, "kPa[g]"), q(0, "m"), q(0, "m"), q(998, "kg/m3"))


# --- attainable efficiency of pumps ---------------------------------------------------------------


def test_average_and_best_pump_of_a_style() -> None:
    """MEASUR: end suction ANSI/API at 2,000 gpm, 83.97 % on average and 86.996 % at best."""
    flow = q(2000 * 3.785411784 * 0.06, "m3/h")
    average = average_pump("end_suction_ansi_api", flow)
    assert average.value_in("%") == pytest.approx(83.97084437955112, rel=1e-9)
    best = average * attain.efficiency_spread(attain.us_flow_number(flow))
    assert best.value_in("%") == pytest.approx(86.99584193768345, rel=1e-9)


@pytest.mark.parametrize(
    ("style", "speed", "expected"),
    [
        ("end_suction_sewage", 680, 0.05020039),
        ("end_suction_sewage", 6680, 0.025660426),
        ("vertical_turbine", 2600, 0.006853429),
        ("vertical_turbine", 15100, 0.025555415),
    ],
)
def test_specific_speed_costs_efficiency(style: str, speed: float, expected: float) -> None:
    """Values of MEASUR's tests, on both pieces of both fits."""
    assert correction_for(style, q(speed)).value == pytest.approx(expected, abs=2e-8)


@pytest.mark.parametrize(("style", "low", "high"), [("axial_flow", 500, 7500), ("vertical_turbine", 500, 16000)])
def test_outside_the_fit_of_the_correction_nothing_is_said(style: str, low: float, high: float) -> None:
    for speed in (low, high):
        assert 0 <= correction_for(style, q(speed)).value < 0.1
    for speed in (low * 0.99, high * 1.01):
        with pytest.raises(OutOfRange, match="specific speed lies outside"):
            correction_for(style, q(speed))


def test_the_correction_is_never_negative() -> None:
    assert attain.specific_speed_correction(q(10), q(20), q(-3), q(4)).value == 0
    assert attain.specific_speed_correction(q(20), q(20), q(-3), q(4)).value == pytest.approx(0.04)


def test_specific_speed_in_both_systems() -> None:
    """The library of the Hydraulic Institute: 51.6 between rpm, m3/s, m and rpm, gpm, ft."""
    speed = attain.pump_specific_speed(q(1450, "rpm"), q(360, "m3/h"), q(25, "m"))
    metric = 1450 * 0.1**0.5 / 25**0.75
    assert speed.value == pytest.approx(51.64 * metric, rel=2e-4)


def test_viscosity_factor() -> None:
    """B by its definition in US units; 1 for water, 0.0547 B^0.69 as exponent beyond."""
    args = (q(440 * GPM, "m3/h"), q(300 * FT, "m"), q(3550, "rpm"))
    b = attain.viscosity_parameter(q(120, "mm2/s"), *args)
    assert b.value == pytest.approx(26.6 * 120**0.5 * 300**0.0625 / (440**0.375 * 3550**0.25), rel=1e-6)
    factor = attain.viscosity_factor(b)
    assert factor.value == pytest.approx(b.value ** -(0.0547 * b.value**0.69), rel=1e-12)
    assert factor.value < 1
    assert attain.viscosity_factor(q(0.5)).value == 1
    with pytest.raises(OutOfRange):
        attain.viscosity_factor(q(41))


def test_everything_together_for_one_pump() -> None:
    flow, head, speed = q(454.2494, "m3/h"), q(30, "m"), q(1780, "rpm")
    best = attainable_pump("end_suction_ansi_api", flow, head, speed, q(1), q(1, "mm2/s"))
    numbers = speed.value * (454.2494 / GPM) ** 0.5 / (30 / FT) ** 0.75
    lost = correction_for("end_suction_ansi_api", q(numbers)).value
    assert best.value == pytest.approx((0.8397084438 - lost) * (86.99584193768345 / 83.97084437955112), rel=1e-6)
    two = attainable_pump("end_suction_ansi_api", flow, q(60, "m"), speed, q(2), q(1, "mm2/s"))
    assert two.value == pytest.approx(best.value, rel=1e-9)
    oil = attainable_pump("end_suction_ansi_api", flow, head, speed, q(1), q(300, "mm2/s"))
    assert oil.value < best.value - 0.05


@settings(max_examples=30)
@given(st.sampled_from(PUMP_STYLES), st.floats(20, 5000), st.floats(1.05, 3))
def test_larger_pumps_are_better_and_none_is_perfect(style: str, flow: float, factor: float) -> None:
    small, large = (average_pump(style, q(f, "m3/h")).value_in("1") for f in (flow, flow * factor))
    assert 0.1 < small <= large + 0.003 < 0.93


# --- pump and system ------------------------------------------------------------------------------


def test_the_institutes_pump_and_system() -> None:
    """265 ft + 7.75e-4 Q2 meets the pump (380 ft at no flow, 296 ft at 200 gpm) at 200 gpm; 275 ft: 190.6 gpm."""
    slope = system_curve.pump_curve_slope(q(380 * FT, "m"), q(296 * FT, "m"), q(200 * GPM, "m3/h"))
    pipes = system_curve.flow_resistance(q(31 * FT, "m"), q(200 * GPM, "m3/h"))
    none = system_curve.flow_resistance(q(0, "m"), q(1, "m3/h"))
    at_265 = system_curve.operating_flow(q(380 * FT, "m"), q(265 * FT, "m"), slope, q(1), pipes, none)
    assert at_265.value / GPM == pytest.approx(200, rel=1e-9)
    at_275 = system_curve.operating_flow(q(380 * FT, "m"), q(275 * FT, "m"), slope, q(1), pipes, none)
    assert at_275.value / GPM == pytest.approx(190.6, rel=0.004)
    assert system_curve.pipe_head_loss(q(50, "m"), q(30, "m"), q(5, "m")).value == 15


@given(
    st.floats(20, 100),
    st.floats(0.1, 0.9),
    st.floats(0, 0.8),
    st.integers(1, 4),
    st.floats(1e-4, 0.1),
    st.floats(0, 0.1),
)
def test_at_the_operating_point_both_curves_meet(
    shut_off: float, drop: float, static: float, pumps: int, pipes: float, valve: float
) -> None:
    a, unit = q(shut_off, "m"), "m/(m3/h)**2"
    slope = system_curve.pump_curve_slope(a, q(shut_off * (1 - drop), "m"), q(40, "m3/h"))
    lift = q(static * shut_off, "m")
    flow = system_curve.operating_flow(a, lift, slope, q(pumps), q(pipes, unit), q(valve, unit))
    made = system_curve.head_on_pump_curve(a, slope, flow, q(pumps)).value
    assert made == pytest.approx(lift.value + (pipes + valve) * flow.value**2, rel=1e-9)


def test_the_institutes_trimmed_impeller() -> None:
    """10 5/8 in, 80 ft to 67 ft along the affinity parabola: sqrt(67/80), 9.72 in."""
    for shut_off in (90.0, 130.0):
        slope = system_curve.pump_curve_slope(q(shut_off * FT, "m"), q(80 * FT, "m"), q(2000 * GPM, "m3/h"))
        share = (67 / 80) ** 0.5
        ratio = impeller.impeller_diameter_ratio(
            q(shut_off * FT, "m"), slope, q(2000 * share * GPM, "m3/h"), q(67 * FT, "m")
        )
        assert ratio.value == pytest.approx(share, rel=1e-9)
        trimmed = impeller.trimmed_diameter(q(10.625 * INCH, "mm"), ratio)
        assert trimmed.value / INCH == pytest.approx(9.72, abs=0.005)


@pytest.mark.parametrize(("inches", "percent"), [(9, 77), (8.5, 77), (8, 74), (7.5, 72), (7, 70), (6, 62)])
def test_the_published_pump_loses_efficiency_when_trimmed(inches: float, percent: float) -> None:
    """Pumps & Systems, May 2012; 7.5 in lies halfway between its neighbours."""
    ratio = impeller.trimmed_efficiency_ratio(q(inches / 9))
    assert impeller.trimmed_pump_efficiency(q(0.77), q(1), ratio).value_in("%") == pytest.approx(percent)


def test_trimming_a_trimmed_impeller_counts_from_the_full_one() -> None:
    first, second = (impeller.trimmed_efficiency_ratio(q(d / 9)) for d in (8, 7))
    assert impeller.trimmed_pump_efficiency(q(0.74), first, second).value == pytest.approx(0.70)
    with pytest.raises(OutOfRange):
        impeller.trimmed_efficiency_ratio(q(0.6))


def test_shares_and_volumes() -> None:
    assert energy_balance.remaining_energy(q(200, "kWh"), q(50, "kWh")).value == pytest.approx(0.25)
    assert saving.largest_saving(q(50, "kWh"), q(200, "kWh")).value == pytest.approx(0.75)
    assert saving.useful_energy(q(3, "kW"), q(4, "h")).value == 12
    volume = saving.volume_pumped(q(30, "m3/h"), q(8, "h"))
    assert saving.hours_for_volume(volume, q(40, "m3/h")).value == pytest.approx(6)


# --- fans -----------------------------------------------------------------------------------------


def test_air_power_and_efficiency() -> None:
    rise = fan.fan_pressure_rise(q(300, "Pa[g]"), q(-4000, "Pa[g]"), q(100, "Pa"))
    assert rise.value == 4200
    power = fan.fan_air_power(q(600, "m3/min"), rise, q(0.98))
    assert power.value == pytest.approx(10 * 4.2 * 0.98)
    shaft = fan.fan_shaft_power(power, q(0.7))
    assert fan.measured_fan_efficiency(power, shaft).value == pytest.approx(0.7)
    with pytest.raises(OutOfRange, match="fan efficiency is above 100 %"):
        fan.measured_fan_efficiency(power, q(41, "kW"))


@settings(max_examples=30)
@given(st.floats(0.001, 0.3), st.floats(1.1, 1.67), st.floats(50000, 150000))
def test_a_perfect_fan_compresses_isentropically(x: float, k: float, inlet: float) -> None:
    """At 100 % efficiency Kp flow pressure is the isentropic work of an ideal gas."""
    work = k / (k - 1) * inlet * ((1 + x) ** ((k - 1) / k) - 1)  # per volume
    absolute = q(inlet, "Pa[a]")
    z = fan.power_ratio_term(q(work * 10 / 60 / 1000, "kW"), q(10, "m3/min"), absolute, q(k))
    ratio = fan.pressure_ratio_term(q(x * inlet, "Pa"), absolute)
    assert ratio.value == pytest.approx(x)
    assert fan.compressibility_factor(ratio, z).value == pytest.approx(work / (x * inlet), rel=1e-9)


def test_fan_energy_index() -> None:
    """MEASUR: 129,691 cfm, 17 inH2O, 0.07024 lb/ft3, 450 kW: 0.96787 (its inch of water is 0.005 % larger)."""
    density = q(0.07024 * 0.45359237 / FT**3, "kg/m3")
    reference = fan.reference_fan_shaft_power(q(129691 * CFM, "m3/min"), q(17 * 249.08891, "Pa"), density)
    assert reference.value == pytest.approx(
        (129691 + 250) * (17 + 0.4 * 0.07024 / 0.075) / (6343 * 0.66) * 0.7457, rel=1e-4
    )
    parts = fan.reference_transmission_efficiency(reference), fan.reference_motor_efficiency(reference)
    assert parts[1].value == 0.962
    assert fan.fan_energy_index(reference, *parts, q(450, "kW")).value == pytest.approx(0.9678686743, rel=1e-4)


def test_the_reference_of_a_small_fan() -> None:
    assert fan.reference_transmission_efficiency(q(10 * 0.7457, "kW")).value == pytest.approx(
        0.96 * (10 / 12.2) ** 0.05, rel=1e-9
    )
    assert fan.reference_motor_efficiency(q(10, "kW")).value == pytest.approx(
        -0.003812 + 0.025834 - 0.072577 + 0.125559 + 0.850274, rel=1e-12
    )
    hundred = -0.003812 * 16 + 0.025834 * 8 - 0.072577 * 4 + 0.125559 * 2 + 0.850274
    assert fan.reference_motor_efficiency(q(100, "kW")).value == pytest.approx(hundred, rel=1e-12)


@pytest.mark.parametrize(
    ("fan_type", "flow", "pressure", "expected", "inside"),
    [
        ("airfoil_sisw", 40000, 10, 0.8056103029, True),
        ("radial_sisw", 40000, 10, 0.3474991977, True),
        ("backward_inclined_sisw", 10000, 10, 0.7620531542, False),
        ("backward_curved_didw", 40000, 10, 0.7450780156, True),
        ("vane_axial", 500000, 7, 0.516389969, True),
        ("material_handling", 10000, 10, 0.6473690517, True),
        ("radial_sisw", 500000, 7, 0.0918033416, False),
    ],
)
def test_attainable_efficiency_by_type(
    fan_type: str, flow: float, pressure: float, expected: float, inside: bool
) -> None:
    """Values of MEASUR's tests at 1,180 rpm and Kp 0.995; outside its data a type is read at the end of them."""
    speed = fan.fan_specific_speed(q(1180, "rpm"), q(flow * CFM, "m3/min"), q(pressure * 249.08891, "Pa"), q(0.995))
    assert speed.value == pytest.approx(1180 * flow**0.5 / (pressure**0.75 * 0.995**0.25), rel=1e-12)
    efficiency, within = attainable_fan(fan_type, speed)
    assert efficiency.value == pytest.approx(expected, rel=1e-9)
    assert within is inside


@pytest.mark.parametrize("fan_type", FAN_TYPES)
def test_the_fits_are_efficiencies_over_all_their_data(fan_type: str) -> None:
    for speed in np.geomspace(8000, 2e6, 40):
        assert 0 < attainable_fan(fan_type, q(float(speed)))[0].value < 0.9


def test_dust_needs_its_velocity() -> None:
    assert least_transport_velocity("average_industrial_dust").value == 18
    assert least_transport_velocity("heavy_dust").value == 20
    with pytest.raises(InputError, match="no row"):
        least_transport_velocity("feathers")


# --- fan laws -------------------------------------------------------------------------------------


def state(speed: float = 1200, density: float = 1.2, barometric: float = 101325, k: float = 1.4) -> fan_laws.FanState:
    return fan_laws.FanState(q(speed, "rpm"), q(density, "kg/m3"), q(barometric, "Pa[a]"), q(k))


POINT = (q(1500, "m3/min"), q(5000, "Pa"), q(5200, "Pa"), q(180, "kW"), q(-0.9))


def test_a_point_moved_nowhere_stays() -> None:
    point = fan_laws.corrected_point(*POINT, state(), state())
    assert (point.flow.value, point.pressure.value, point.power.value) == pytest.approx((1500, 5000, 180), rel=1e-12)


def test_small_pressures_follow_the_affinity_laws() -> None:
    small = (q(1500, "m3/min"), q(5, "Pa"), q(5, "Pa"), q(0.18, "kW"), q(-1))
    point = fan_laws.corrected_point(*small, state(), state(1500, 0.9))
    assert point.flow.value == pytest.approx(1500 * 1.25, rel=2e-5)
    assert point.pressure.value == pytest.approx(5 * 1.25**2 * 0.75, rel=2e-5)
    assert point.power.value == pytest.approx(0.18 * 1.25**3 * 0.75, rel=2e-5)
    assert point.efficiency.value == pytest.approx(1500 / 60 * 5 / 180, rel=1e-4)


@settings(max_examples=30)
@given(st.floats(600, 2400), st.floats(0.4, 2.0), st.floats(70000, 110000), st.floats(1.2, 1.66))
def test_the_moved_point_has_the_compressibility_it_was_moved_with(n: float, rho: float, p: float, k: float) -> None:
    wanted = state(n, rho, p, k)
    point = fan_laws.corrected_point(*POINT, state(), wanted)
    factors = []
    for flow, total, power, at in (
        (POINT[0], POINT[2], POINT[3], state()),
        (point.flow, (POINT[2] / POINT[1] * point.pressure).to("Pa"), point.power, wanted),
    ):
        inlet = fan_laws.inlet_total(at.barometric, POINT[4], total)
        z = fan.power_ratio_term(power, flow, inlet, at.specific_heat_ratio)
        factors.append(fan.compressibility_factor(fan.pressure_ratio_term(total, inlet), z).value)
    assert point.flow.value == pytest.approx(1500 * n / 1200 * factors[0] / factors[1], rel=1e-9)
    assert point.efficiency.value == pytest.approx(1500 / 60 * 5 * factors[0] / 180, rel=1e-9)


def test_shut_off_has_no_compressibility() -> None:
    point = fan_laws.corrected_point(q(0, "m3/min"), *POINT[1:], state(), state(1320))
    assert (point.flow.value, point.efficiency.value) == (0, 0)
    assert point.pressure.value == pytest.approx(5000 * 1.21)
    assert point.power.value == pytest.approx(180 * 1.331)


def test_velocity_pressure() -> None:
    assert fan_laws.velocity_pressure(q(1.2, "kg/m3"), q(600, "m3/min"), q(0.5, "m2")).value == pytest.approx(240)


# --- exhaust systems ------------------------------------------------------------------------------


def test_exhaust_system_laws() -> None:
    assert exhaust_system.part_flow(q(500, "m3/min"), q(0.6)).value == 300
    velocity = exhaust_system.duct_velocity(q(300, "m3/min"), q(500, "mm"))
    assert velocity.value == pytest.approx(5 / (math.pi * 0.25**2))
    pressure = exhaust_system.system_pressure(q(3000, "Pa"), q(1500, "Pa"), q(1000, "Pa"), q(0.6))
    assert pressure.value == pytest.approx(1500 * 0.36 + 1000)
    power = exhaust_system.power_at_flow_share(q(30, "kW"), q(0.6), pressure, q(3000, "Pa"), q(0.95), q(0.97))
    assert power.value == pytest.approx(30 * 0.6 * 1540 / 3000 * 0.95 / 0.97)
    assert exhaust_system.energy_at_level(power, q(10, "h")).value == pytest.approx(10 * power.value)
    saved = exhaust_system.pulse_air_saved(q(20, "m3/h"), q(8, "m3/h"), q(100, "h"))
    assert saved.value == pytest.approx(1200)


# --- moist air ------------------------------------------------------------------------------------


@pytest.mark.parametrize("celsius", [-20, -5, 1, 20, 60, 120])
def test_saturation_pressure(celsius: float) -> None:
    """Over water as CoolProp's IAPWS-95; over ice the table of ASHRAE (-20 °C 103.24 Pa, -5 °C 401.74 Pa)."""
    found = moist_air.saturation_vapour_pressure(q(celsius + 273.15, "K")).value
    ice = {-20: 103.24, -5: 401.74}
    expected = ice[celsius] if celsius < 0 else PropsSI("P", "T", celsius + 273.15, "Q", 0, "Water")
    assert found == pytest.approx(expected, rel=1e-3)


@settings(max_examples=20)
@given(st.floats(5, 60), st.floats(0.05, 1), st.floats(80000, 110000))
def test_moist_air_as_coolprop_has_it(celsius: float, humidity: float, pressure: float) -> None:
    real = ("T", celsius + 273.15, "P", pressure, "R", humidity)
    saturation = moist_air.saturation_vapour_pressure(q(celsius + 273.15, "K"))
    p = q(pressure, "Pa[a]")
    water = moist_air.humidity_ratio(q(humidity), saturation, p)
    assert water.value == pytest.approx(HAPropsSI("W", *real), rel=1e-2)
    assert moist_air.relative_humidity(water, saturation, p).value == pytest.approx(humidity, rel=1e-9)
    vapour = moist_air.water_vapour_pressure(water, p)
    assert vapour.value == pytest.approx(humidity * saturation.value, rel=1e-9)
    volume = moist_air.moist_air_specific_volume(q(celsius + 273.15, "K"), water, p)
    assert volume.value == pytest.approx(HAPropsSI("V", *real), rel=3e-3)
    density = moist_air.moist_air_density(volume, water).value
    assert density == pytest.approx((1 + water.value) / volume.value)
    enthalpy = moist_air.moist_air_enthalpy(q(celsius, "degC"), water).value
    assert enthalpy == pytest.approx(HAPropsSI("H", *real) / 1000, rel=1.2e-2)
    full = moist_air.humidity_ratio(q(1), saturation, p)
    share = moist_air.degree_of_saturation(q(humidity), full).value
    assert share == pytest.approx(water.value / full.value, rel=1e-9)


@pytest.mark.parametrize("celsius", [2, 10, 25, 45, 70])
def test_dew_point_above_freezing(celsius: float) -> None:
    pressure = PropsSI("P", "T", celsius + 273.15, "Q", 0, "Water")
    assert moist_air.air_dew_point(q(pressure, "Pa[a]")).value_in("degC") == pytest.approx(celsius, abs=0.06)


def test_frost_point() -> None:
    assert moist_air.air_dew_point(q(103.24, "Pa[a]")).value_in("degC") == pytest.approx(-20, abs=0.3)


@settings(max_examples=15)
@given(st.floats(8, 60), st.floats(0.2, 0.99))
def test_wet_bulb_there_and_back(celsius: float, humidity: float) -> None:
    p, heat = q(101325, "Pa[a]"), q(1.006, "kJ/(kg*K)")
    saturation = moist_air.saturation_vapour_pressure(q(celsius + 273.15, "K"))
    water = moist_air.humidity_ratio(q(humidity), saturation, p)
    try:
        wet = moist_air.wet_bulb_temperature(q(celsius, "degC"), water, p, heat)
    except CalculationError:
        assert HAPropsSI("B", "T", celsius + 273.15, "P", 101325, "R", humidity) < 273.35
        return
    real = HAPropsSI("B", "T", celsius + 273.15, "P", 101325, "R", humidity) - 273.15
    assert wet.value == pytest.approx(real, abs=0.15)
    at_wet = moist_air.humidity_ratio(q(1), moist_air.saturation_vapour_pressure(q(wet.value + 273.15, "K")), p)
    back = moist_air.humidity_ratio_from_wet_bulb(q(celsius, "degC"), q(wet.value, "degC"), at_wet, heat)
    assert back.value == pytest.approx(water.value, rel=1e-6)


def test_arrays_go_through() -> None:
    flows = q(np.linspace(10, 100, 50), "m3/h")
    powers = pump.hydraulic_power(q(998, "kg/m3"), flows, q(30, "m")).value
    assert powers[-1] == pytest.approx(998 * 9.80665 * 100 / 3600 * 30 / 1000)
    humidity = q(np.linspace(0.005, 0.02, 50))
    wet = moist_air.wet_bulb_temperature(q(40, "degC"), humidity, q(101325, "Pa[a]"), q(1.006, "kJ/(kg*K)"))
    assert np.all(np.diff(wet.value) > 0)
