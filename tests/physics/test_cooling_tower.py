"""Cooling towers and moist air: figures of others, balances that close, limits both ways."""

import numpy as np
import pytest
import scipy.constants
from CoolProp.CoolProp import PropsSI
from CoolProp.HumidAirProp import HAPropsSI
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.fluid_flow import moist_air
from energycalc.physics.refrigeration import cooling_tower as tower
from energycalc.physics.refrigeration import tower_water as water
from energycalc.physics.refrigeration.cooling_energy import dry_air_flow
from energycalc.quantity import Quantity, quantity


def fahrenheit(value: float) -> Quantity:
    return quantity((value - 32) * 5 / 9, "degC")


def share(value: float) -> Quantity:
    return quantity(value, "1")


def air_flow(entering: float, leaving: float, wet_bulb: float) -> Quantity:
    hot, cold, wet = (fahrenheit(t) for t in (entering, leaving, wet_bulb))
    return tower.tower_air_flow(tower.tower_duty(tower.tower_range(hot, cold), tower.tower_approach(cold, wet), wet))


# --- fan: MEASUR's unit test (59.5119 hp, 87.98386 to 81.6495 °F, wet bulb 76 °F)


def test_fan_powers_of_the_peer() -> None:
    """One speed 55.15, two speeds 50.503, variable speed 44.79 hp; the peer charges 1.03 and 0.0106 to all of them."""
    air = air_flow(87.98386, 81.6495, 76)
    full, half, still = (tower.fan_power_fraction(share(x)) for x in (1, 0.5, 0))
    rated = quantity(59.5119, "kW")
    assert tower.one_speed_fan_power(rated, air, full, still).value == pytest.approx(55.15, rel=2e-5)
    assert tower.two_speed_fan_power(rated, air, full, half, still).value == pytest.approx(50.503, rel=2e-5)
    assert tower.variable_speed_fan_power(rated, tower.fan_power_fraction(air)).value == pytest.approx(44.79, rel=2e-5)


def test_fan_fit_at_its_ends() -> None:
    assert tower.fan_power_fraction(share(1)).value == pytest.approx(1.02999531, rel=1e-8)
    assert tower.fan_power_fraction(share(0)).value == pytest.approx(0.01055507, rel=1e-8)
    assert tower.fan_power_fraction(share(0.5)).value == pytest.approx(
        0.01055507 - 0.05704023 / 2 + 0.14686301 / 4 + 0.92961746 / 8, rel=1e-12
    )


@pytest.mark.parametrize(("air", "mean"), [(0, 0.01), (0.25, 0.075), (0.5, 0.14), (0.75, 0.57), (1, 1.0)])
def test_two_speeds_by_share_of_time(air: float, mean: float) -> None:
    """Standstill 0.01, half speed 0.14, full speed 1: straight lines between them."""
    found = tower.two_speed_fan_power("10 kW", share(air), share(1), share(0.14), share(0.01))
    assert found.value == pytest.approx(10 * mean, rel=1e-9)


def test_one_speed_by_share_of_time() -> None:
    found = tower.one_speed_fan_power("10 kW", share(0.3), share(1), share(0.01))
    assert found.value == pytest.approx(10 * (0.3 + 0.007), rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(air=st.floats(0, 1))
def test_no_control_beats_the_cube_of_the_flow(air: float) -> None:
    least = tower.least_fan_power("10 kW", share(air)).value
    assert least == pytest.approx(10 * air**3, rel=1e-9, abs=1e-12)
    half = tower.fan_power_fraction(share(0.5))
    one = tower.one_speed_fan_power("10 kW", share(air), share(1), share(0)).value
    two = tower.two_speed_fan_power("10 kW", share(air), share(1), half, share(0)).value
    variable = tower.variable_speed_fan_power("10 kW", tower.fan_power_fraction(share(air))).value
    assert min(one, two, variable) >= least - 1e-9
    assert two <= one + 1e-9


def test_air_flow_ends_at_full_and_at_natural_draught() -> None:
    full = 0.04976825 + 1.04669762 - 0.09646816
    assert tower.tower_air_flow(share(full)).value == pytest.approx(1, rel=1e-6)
    assert tower.tower_air_flow(share(tower.NATURAL_DRAUGHT)).value == pytest.approx(0, abs=1e-9)
    assert tower.tower_air_flow(share(0.02)).value == 0
    half = tower.tower_air_flow(share(0.5)).value
    assert 0.04976825 + 1.04669762 * half - 0.09646816 * half**2 == pytest.approx(0.5, rel=1e-9)
    with pytest.raises(OutOfRange, match="cannot cool the water so far"):
        tower.tower_air_flow(share(1.01))


def test_duty_by_hand() -> None:
    """10 °F range, 7 °F approach, 78 °F wet bulb, with the fit as the peer prints it."""
    duty = tower.tower_duty(quantity(10 * 5 / 9, "K"), quantity(7 * 5 / 9, "K"), fahrenheit(78)).value
    top = 0.08352359 + 1.1247273 - 0.135847 + 0.00003417 * 78 + 0.00003125 * 78**2 - 0.00034001 * 780
    bottom = 0.50061393 + 0.00588251 * 7 + 0.0002163 * 49 - 0.01913189 * 78 + 0.0002236 * 78**2 + 0.00106108 * 546
    assert duty == pytest.approx(top / bottom, rel=1e-9)
    assert duty == pytest.approx(1, abs=0.02)


@settings(max_examples=40, deadline=None)
@given(fall=st.floats(2, 8), approach=st.floats(3, 8), wet_bulb=st.floats(15, 27), more=st.floats(0.1, 2))
def test_more_range_or_less_approach_asks_more_of_a_tower(
    fall: float, approach: float, wet_bulb: float, more: float
) -> None:
    def duty(r: float, a: float) -> float:
        return float(tower.tower_duty(quantity(r, "K"), quantity(a, "K"), quantity(wet_bulb, "degC")).value)

    assert duty(fall + more, approach) > duty(fall, approach)
    assert duty(fall, approach + more) < duty(fall, approach)


def test_a_tower_needs_range_and_approach() -> None:
    assert tower.tower_range("35 degC", "30 degC").value == pytest.approx(5)
    assert tower.tower_approach("30 degC", "26 degC").value == pytest.approx(4)
    with pytest.raises(OutOfRange, match="does not cool"):
        tower.tower_range("30 degC", "30 degC")
    with pytest.raises(OutOfRange, match="wet bulb"):
        tower.tower_approach("26 degC", "26 degC")


# --- basin heater: MEASUR's unit test


def test_basin_heater_of_the_peer() -> None:
    """1201.67 ton, 1.1 % pan loss, rated 40/-10 °F and 45 mph; 28 °F, 9.21 mph: 3.842840959 and 3.4512519642 kW."""
    assert tower.MILE_PER_HOUR.value == pytest.approx(scipy.constants.mph, rel=1e-12)
    rated = tower.rated_basin_loss(quantity(1201.67 * 4.394960445356, "kW"), share(0.011))
    at_rating = tower.basin_loss_factor(fahrenheit(40), fahrenheit(-10), quantity(45 * 0.44704, "m/s"))
    wind = quantity(9.21 * 0.44704, "m/s")
    for set_point, power in ((40, 3.842840959), (39, 3.4512519642)):
        now = tower.basin_loss_factor(fahrenheit(set_point), fahrenheit(28), wind)
        assert tower.basin_heater_power(rated, now, at_rating).value == pytest.approx(power, rel=1e-8)


def test_a_basin_needs_no_heat_in_warm_air_and_the_form_ends_at_zero_fahrenheit() -> None:
    assert tower.basin_loss_factor(fahrenheit(40), fahrenheit(45), "2 m/s").value == 0
    tower.basin_loss_factor(fahrenheit(10), fahrenheit(-9), "2 m/s")
    with pytest.raises(OutOfRange, match="below 0 °F"):
        tower.basin_loss_factor(fahrenheit(10), fahrenheit(-11), "2 m/s")


# --- water


def test_evaporation_of_the_rule_of_thumb() -> None:
    """1 % of the flow for 10 °F at 1000 Btu/lb; 15,000 Btu/h per ton make 0.03 gpm (0.0068 m3/h)."""
    rule = water.tower_evaporation(quantity(5000, "Btu/h"), share(1), "2326 kJ/kg", "998.5536 kg/m3")
    assert rule.value == pytest.approx(0.01 * 0.2271247, rel=1e-4)
    ton = water.tower_evaporation(quantity(15000, "Btu/h"), share(1), quantity(970 * 2.326, "kJ/kg"), "998.5536 kg/m3")
    assert ton.value / 0.2271247 == pytest.approx(0.031, abs=5e-4)
    assert water.tower_evaporation("100 kW", share(0.85), "2430 kJ/kg", "995 kg/m3").value == pytest.approx(
        100 * 0.85 * 3600 / (2430 * 995), rel=1e-12
    )


@pytest.mark.parametrize("temperature", [5, 25, 30, 60])
def test_evaporation_heat_against_the_reference_equation(temperature: float) -> None:
    """IAPWS-95 (CoolProp HEOS) as second opinion; 2441.7 kJ/kg at 25 °C in the steam tables."""
    kelvin = temperature + 273.15
    other = (PropsSI("H", "T", kelvin, "Q", 1, "Water") - PropsSI("H", "T", kelvin, "Q", 0, "Water")) / 1000
    found = water.water_evaporation_heat(quantity(temperature, "degC"))
    assert found.value == pytest.approx(other, rel=2e-4)
    if temperature == 25:
        assert found.value == pytest.approx(2441.7, abs=0.3)
    assert water.water_evaporation_heat(quantity(np.array([280.0, 300.0]), "K")).value.shape == (2,)


def test_water_of_the_peers_case() -> None:
    """MEASUR: 20 gpm evaporation, 3 cycles, 0.2 % of 2500 gpm, 1000 h: 2,100,000 gal (drift on top of E/(C - 1))."""
    evaporation = quantity(20, "m3/h")
    drift = water.tower_drift(quantity(2500, "m3/h"), share(0.002))
    outflow = water.concentrated_outflow(evaporation, "3")
    made = water.water_of_period(water.tower_make_up(evaporation, outflow, drift), quantity(1000 * 60, "h"))
    assert (drift.value, outflow.value) == (5, 10)
    assert made.value == pytest.approx(2_100_000, rel=1e-12)


@settings(max_examples=40, deadline=None)
@given(evaporation=st.floats(0.1, 100), cycles=st.floats(1.1, 20), drifting=st.floats(0, 1))
def test_water_and_solids_balance(evaporation: float, cycles: float, drifting: float) -> None:
    """What comes in with the make-up goes out with blow-down and drift, concentrated."""
    e = quantity(evaporation, "m3/h")
    outflow = water.concentrated_outflow(e, share(cycles))
    drift = quantity(drifting * outflow.value, "m3/h")
    blow_down = water.tower_blow_down(outflow, drift)
    made = water.tower_make_up(e, blow_down, drift).value
    assert made == pytest.approx(cycles * (blow_down.value + drift.value), rel=1e-9)
    assert made == pytest.approx(evaporation * cycles / (cycles - 1), rel=1e-9)


def test_cycles_that_the_drift_forbids_are_refused() -> None:
    assert water.tower_blow_down("10 m3/h", "10 m3/h").value == 0
    with pytest.raises(OutOfRange, match="cannot be reached"):
        water.tower_blow_down("10 m3/h", "10.1 m3/h")
    with pytest.raises(OutOfRange, match="cycles of concentration"):
        water.concentrated_outflow("10 m3/h", "1")


# --- moist air, as this family uses it


@pytest.mark.parametrize(("temperature", "enthalpy"), [(5, 18.639), (25, 76.504), (50, 275.353)])
def test_enthalpy_of_saturated_air(temperature: float, enthalpy: float) -> None:
    """ASHRAE Fundamentals 2017, chapter 1, table 2, as PsychroLib's tests restate it; the ideal mixture is 1 % off."""
    assert air_at(temperature, 1)[0] == pytest.approx(enthalpy, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(temperature=st.floats(12, 40), humidity=st.floats(0.3, 0.99), kilopascal=st.floats(85, 104))
def test_moist_air_against_the_real_gas(temperature: float, humidity: float, kilopascal: float) -> None:
    """CoolProp's humid air as second opinion: 1 % of the enthalpy, 0.5 % of the volume, 0.1 K of the wet bulb."""
    state = ("T", temperature + 273.15, "R", humidity, "P", kilopascal * 1000)
    enthalpy, volume, wet_bulb = air_at(temperature, humidity, kilopascal)
    assert enthalpy == pytest.approx(HAPropsSI("H", *state) / 1000, rel=0.01)
    assert volume == pytest.approx(HAPropsSI("V", *state), rel=0.005)
    assert wet_bulb == pytest.approx(HAPropsSI("B", *state) - 273.15, abs=0.1)
    assert HAPropsSI("D", *state) - 273.15 <= wet_bulb + 0.1 <= temperature + 0.2


def air_at(temperature: float, humidity: float, kilopascal: float = 101.325) -> tuple[float, float, float]:
    dry, pressure = quantity(temperature, "degC"), quantity(kilopascal, "kPa[a]")
    ratio = moist_air.humidity_ratio(share(humidity), moist_air.saturation_vapour_pressure(dry), pressure)
    wet_bulb = moist_air.wet_bulb_temperature(dry, ratio, pressure, moist_air.AIR_HEAT)
    volume = moist_air.moist_air_specific_volume(dry, ratio, pressure)
    return float(moist_air.moist_air_enthalpy(dry, ratio).value), float(volume.value), float(wet_bulb.value)


def test_dry_air_of_a_volume() -> None:
    assert dry_air_flow("3600 m3/h", "0.9 m3/kg").value == pytest.approx(1 / 0.9, rel=1e-12)
