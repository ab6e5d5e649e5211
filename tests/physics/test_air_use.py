"""Air through holes, leaks by six methods, receivers, pipes, dryers: figures of others, closed forms, refusals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.compressed_air import air_energy, air_flow, drying, leak_flow, receiver
from energycalc.quantity import Quantity, quantity

CUBIC_FOOT, PSI, INCH = 0.3048**3, 0.0689475729316836, 25.4
AMBIENT = "1.01325 bar(a)"
DRY_AIR = leak_flow.AIR_GAS_CONSTANT


def hole(diameter: str, line: str, coefficient: str = "1", temperature: str = "293.15 K") -> float:
    return float(leak_flow.hole_flow(diameter, coefficient, line, AMBIENT, temperature, DRY_AIR).value)


# --- holes


def test_the_critical_ratio_of_air() -> None:
    """0.528 of absolute pressure (Choked Flow of Gases tutorial); 0.487 for a monatomic gas, (3/4)^2.5."""
    assert leak_flow.critical_pressure_ratio("1.4").value == pytest.approx(0.528, abs=5e-4)
    assert leak_flow.critical_pressure_ratio("1.6666666666666667").value == pytest.approx(0.75**2.5, rel=1e-9)


@pytest.mark.parametrize("diameter", [1, 2, 5])
def test_the_ceiling_of_a_leak_at_seven_bar(diameter: float) -> None:
    """Trust notes TP09: 0.074 d^2 m3/min of free air at 7 bar(g), 20 degC, d in mm."""
    assert hole(f"{diameter} mm", "8.01325 bar(a)") == pytest.approx(0.074 * diameter**2, rel=0.008)


@pytest.mark.parametrize(("inches", "cfm"), [(1 / 16, 6.49), (1 / 8, 26), (1 / 4, 104), (1, 1661)])
def test_the_table_of_a_compressor_dealer(inches: float, cfm: float) -> None:
    """jhf.com, Cost of Air Leaks: cfm at 100 psig without a coefficient."""
    line = f"{114.7 * PSI} bar(a)"
    assert hole(f"{inches * INCH} mm", line) / CUBIC_FOOT == pytest.approx(cfm, rel=0.01)


def test_a_small_pressure_drives_as_an_incompressible_fluid() -> None:
    """Bernoulli: 10 mbar over 1.0133 bar, velocity sqrt(2 dp / rho) within the compressibility of 0.6 %."""
    density = 101325 / (287.05 * 293.15)
    bernoulli = math.pi / 4 * 0.01**2 * math.sqrt(2 * 1000 / density) * 60
    assert hole("10 mm", "1.02325 bar(a)") == pytest.approx(bernoulli, rel=0.006)


def test_choked_flow_is_sonic_density_times_sonic_velocity() -> None:
    """The three steps of MEASUR's orifice method against the one formula."""
    line, temperature = "7 bar(a)", "300 K"
    velocity = leak_flow.sonic_velocity(temperature, DRY_AIR)
    sonic = leak_flow.sonic_density(leak_flow.gas_density(line, temperature, DRY_AIR))
    free = leak_flow.gas_density(AMBIENT, temperature, DRY_AIR)
    mass = sonic.value * velocity.value * math.pi / 4 * 0.003**2 * 0.61
    assert hole("3 mm", line, "0.61", temperature) == pytest.approx(60 * mass / free.value, rel=1e-12)
    assert velocity.value == pytest.approx(math.sqrt(1.4 * 287.05 * 250), rel=1e-12)  # T* = T 2/(k+1) = 250 K
    assert free.value == pytest.approx(1.1766, rel=1e-4)  # 101,325 / (287.05 x 300)
    assert sonic.value / leak_flow.gas_density(line, temperature, DRY_AIR).value == pytest.approx(0.63394, rel=1e-5)


@settings(deadline=None)
@given(ratio=st.floats(1.01, 20), more=st.floats(1.001, 2))
def test_more_pressure_never_lets_less_through(ratio: float, more: float) -> None:
    low, high = (hole("2 mm", f"{1.01325 * r!r} bar(a)") for r in (ratio, ratio * more))
    assert low < high


@settings(deadline=None)
@given(ratio=st.floats(1.9, 20), factor=st.floats(1.01, 5))
def test_choked_flow_is_proportional_to_absolute_pressure(ratio: float, factor: float) -> None:
    low, high = (hole("2 mm", f"{1.01325 * r!r} bar(a)") for r in (ratio, ratio * factor))
    assert high / low == pytest.approx(factor, rel=1e-9)


@settings(deadline=None)
@given(pressure=st.floats(1.2, 15), diameter=st.floats(0.1, 50), factor=st.floats(1.1, 4))
def test_flow_follows_area_coefficient_and_the_root_of_temperature(
    pressure: float, diameter: float, factor: float
) -> None:
    line = f"{pressure!r} bar(a)"
    one = hole(f"{diameter!r} mm", line)
    assert hole(f"{diameter * factor!r} mm", line) == pytest.approx(one * factor**2, rel=1e-9)
    assert hole(f"{diameter!r} mm", line, "0.25") == pytest.approx(one / 4, rel=1e-9)
    assert hole(f"{diameter!r} mm", line, "1", "586.3 K") == pytest.approx(one * math.sqrt(2), rel=1e-9)


@pytest.mark.parametrize("line", ["1.01325 bar(a)", "0.9 bar(a)"])
def test_a_leak_without_pressure_is_refused(line: str) -> None:
    hole("2 mm", "1.02 bar(a)")
    with pytest.raises(OutOfRange, match="without pressure above ambient nothing leaks"):
        hole("2 mm", line)


@pytest.mark.parametrize("coefficient", ["1.01", "-0.1"])
def test_a_coefficient_above_one_is_refused(coefficient: str) -> None:
    with pytest.raises(OutOfRange, match="leak discharge coefficient"):
        hole("2 mm", "7 bar(a)", coefficient)


def test_holes_are_taken_as_arrays() -> None:
    pressures = quantity(np.array([1.2, 1.5, 3.0, 8.0]), "bar[a]")
    flows = leak_flow.hole_flow("2 mm", "1", pressures, AMBIENT, "293.15 K", DRY_AIR).value
    assert [hole("2 mm", f"{p} bar(a)") for p in (1.2, 1.5, 3.0, 8.0)] == pytest.approx(list(np.asarray(flows)))


# --- other ways to measure


def test_a_bag_of_ten_inches_in_25_seconds() -> None:
    """MEASUR 1.2.5, case leak_bag_method-001: 1.0908308 scfm."""
    flow = leak_flow.bag_flow("0.254 m", "0.254 m", "25 s")
    assert flow.value / CUBIC_FOOT == pytest.approx(1.090830782496456, rel=1e-12)
    assert leak_flow.flow_of_equal_leaks(flow, "3").value == pytest.approx(3 * flow.value, rel=1e-15)


def test_bleeding_a_hundred_cubic_feet() -> None:
    """MEASUR, case compressed_air_bleed_test-001: 5.3146 cfm with the factor 1.25."""
    given_ = (f"{100 * CUBIC_FOOT} m3", f"{150 * PSI} bar(g)", f"{75 * PSI} bar(g)", "120 min", f"{14.7 * PSI} bar(a)")
    assert leak_flow.bleed_down_flow(*given_, "1.25").value / CUBIC_FOOT == pytest.approx(5.314625850340136, rel=1e-12)
    with pytest.raises(OutOfRange, match="the pressure falls"):
        leak_flow.bleed_down_flow("1 m3", "6 bar(g)", "6 bar(g)", "10 min", AMBIENT, "1")


@pytest.mark.parametrize(("end", "correction"), [(0.999, 1.0005), (0.5, 2 * math.log(2)), (0.25, 4 / 3 * math.log(4))])
def test_the_correction_of_choked_leaks(end: float, correction: float) -> None:
    """1 for a small fall; 2 ln 2 = 1.386 when the absolute pressure halves."""
    found = leak_flow.bleed_down_correction("8 bar(a)", f"{8 * end} bar(a)").value
    assert found == pytest.approx(correction, rel=1e-5)


def test_the_correction_is_that_of_a_tank_that_empties_through_a_hole() -> None:
    """Step by step: 1 m3 through 5 mm from 8 to 4 bar(a), all the time choked."""
    pressure, time, step = 8.0, 0.0, 0.0005
    while pressure > 4:
        flow = hole("5 mm", f"{pressure!r} bar(a)")
        pressure -= flow * 1.01325 * step * 20
        time += step * 20
    start = hole("5 mm", "8 bar(a)")
    correction = leak_flow.bleed_down_correction("8 bar(a)", f"{pressure!r} bar(a)")
    gauge = [f"{p - 1.01325!r} bar(g)" for p in (8, pressure)]
    found = leak_flow.bleed_down_flow("1 m3", *gauge, f"{time!r} min", AMBIENT, correction)
    assert found.value == pytest.approx(start, rel=0.01)


DETECTOR = ("150 bar(g)", "125 bar(g)", "20 dB", "30 dB", "1.04 m3/min", "1.2 m3/min", "1.85 m3/min", "1.65 m3/min")


@pytest.mark.parametrize(
    ("line", "level", "flow"),
    [(150, 20, 1.04), (125, 20, 1.2), (150, 30, 1.85), (125, 30, 1.65), (130, 25, 1.429), (137.5, 20, 1.12)],
)
def test_the_detector_between_its_four_points(line: float, level: float, flow: float) -> None:
    """MEASUR, case leak_decibel_method-001: 1.429 at 130 and 25 dB (units there psig and scfm); and the corners."""
    found = leak_flow.decibel_flow(f"{line} bar(g)", f"{level} dB", *DETECTOR)
    assert found.value == pytest.approx(flow, rel=1e-12)


@pytest.mark.parametrize(
    ("line", "level", "what"),
    [(151, 25, "line pressure"), (124, 25, "line pressure"), (130, 19, "decibel"), (130, 31, "decibel")],
)
def test_outside_the_points_the_detector_says_nothing(line: float, level: float, what: str) -> None:
    with pytest.raises(OutOfRange, match=f"the {what}.* lies outside"):
        leak_flow.decibel_flow(f"{line} bar(g)", f"{level} dB", *DETECTOR)


def test_leaks_by_loaded_time() -> None:
    """August Industries: 8 minutes loaded of 56 at 900 cfm: 14.2 % (cut), 127.8 cfm."""
    found = leak_flow.timed_leak_flow("480 s", "2880 s", f"{900 * CUBIC_FOOT} m3/min").value / CUBIC_FOOT
    assert found == pytest.approx(900 / 7, rel=1e-12)
    assert found == pytest.approx(127.8, rel=0.01)


# --- what air costs


def test_electricity_of_a_tenth_of_a_cubic_foot() -> None:
    """MEASUR, case compressed_air_leak_survey-001: 0.1 scfm for 8,640 h at 0.16 kW per scfm: 138.24 kWh."""
    volume = air_energy.air_volume(f"{0.1 * CUBIC_FOOT} m3/min", "8640 h")
    specific = f"{0.16 / CUBIC_FOOT} kW/(m3/min)"
    assert volume.value / CUBIC_FOOT == pytest.approx(51840, rel=1e-12)
    assert air_energy.electricity_of_air(volume, specific, "1").value == pytest.approx(138.24, rel=1e-12)
    assert air_energy.electricity_of_air(volume, specific, "40 %").value == pytest.approx(0.4 * 138.24, rel=1e-12)
    with pytest.raises(OutOfRange, match="control adjustment"):
        air_energy.electricity_of_air(volume, specific, "1.428")


def test_what_a_control_gives_back() -> None:
    """A line from 50 kW without flow to 75 kW gives back a third; start/stop gives back all."""
    assert air_energy.control_adjustment("75 kW", "50 kW").value == pytest.approx(1 / 3, rel=1e-12)
    assert air_energy.control_adjustment("75 kW", "0 kW").value == 1
    assert air_energy.energy_without("1000 kWh", "250 kWh").value == 750
    assert air_energy.mean_flow_of_part_time("6 m3/min", "25 %").value == pytest.approx(1.5, rel=1e-15)


# --- pipes, valves, states


def test_the_same_air_elsewhere() -> None:
    """MEASUR, air_flow_standard_actual-001: 150 cfm at 10.6 psia, 273.7 K, 12 %: 117.3225 at 14.5 psia, 20 degC."""
    here = (f"{10.6 * PSI} bar(a)", "273.7056 K", "0.12", f"{0.0923 * PSI} bar(a)")
    there = (f"{14.5 * PSI} bar(a)", "293.15 K", "0", f"{0.3393 * PSI} bar(a)")
    forth = air_flow.flow_ratio_between_states(*here, *there).value
    assert 150 * forth == pytest.approx(117.32249858342637, rel=1e-12)
    assert air_flow.flow_ratio_between_states(*there, *here).value == pytest.approx(1 / forth, rel=1e-12)
    assert air_flow.flow_ratio_between_states(*here, *here).value == pytest.approx(1, rel=1e-15)


def test_air_cannot_be_all_vapour() -> None:
    dry, wet = ("1 bar(a)", "300 K", "0", "0.03 bar(a)"), ("0.9 bar(a)", "370 K", "1", "0.9 bar(a)")
    air_flow.flow_ratio_between_states(*dry, *dry)
    with pytest.raises(OutOfRange, match="vapour cannot fill"):
        air_flow.flow_ratio_between_states(*dry, *wet)
    with pytest.raises(OutOfRange, match="vapour cannot fill"):
        air_flow.flow_ratio_between_states(*wet, *dry)


def test_pipes() -> None:
    """MEASUR: 1,000 scfm at 90 psig and 25 ft/s need 13.3206 in2; 1,800 in 12.73 in2 at 100 psig run 43.49 ft/s."""
    ambient, line = f"{14.5 * PSI} bar(a)", f"{104.5 * PSI} bar(a)"
    area = air_flow.pipe_area_for(f"{1000 * CUBIC_FOOT} m3/min", ambient, line, f"{25 * 0.3048} m/s")
    assert area.value / 0.0254**2 == pytest.approx(13.3205741627, rel=1e-9)
    assert air_flow.diameter_of(area).value / 0.0254 == pytest.approx(math.sqrt(13.3205741627 * 4 / math.pi), rel=1e-9)
    speed = air_flow.pipe_velocity(
        f"{1800 * CUBIC_FOOT} m3/min", f"{14.7 * PSI} bar(a)", f"{114.7 * PSI} bar(a)", f"{12.73 * 0.0254**2} m2"
    )
    assert speed.value / 0.3048 == pytest.approx(43.4919880476, rel=1e-9)
    assert air_flow.pipe_volume("0.01 m2", "250 m").value == pytest.approx(2.5, rel=1e-15)


def test_a_valve() -> None:
    """MEASUR: 100 to 70 psia, Cv 1: 49.0973 scfm; 55 scfm at 90 to 75 psia need Cv 1.60806."""
    flow = air_flow.valve_flow("1", f"{100 * PSI} bar(a)", f"{70 * PSI} bar(a)")
    assert flow.value / CUBIC_FOOT == pytest.approx(49.097320446, rel=1e-9)
    doubled = air_flow.valve_flow("2", f"{100 * PSI} bar(a)", f"{70 * PSI} bar(a)")
    assert doubled.value == pytest.approx(2 * flow.value, rel=1e-12)
    unit = air_flow.valve_flow("1", f"{90 * PSI} bar(a)", f"{75 * PSI} bar(a)")
    needed = air_flow.valve_coefficient(f"{55 * CUBIC_FOOT} m3/min", unit)
    assert needed.value == pytest.approx(1.608060504, rel=1e-9)
    with pytest.raises(OutOfRange, match="higher pressure to the lower"):
        air_flow.valve_flow("1", "5 bar(a)", "6 bar(a)")


# --- receivers


def test_a_surge_of_five_minutes() -> None:
    """Ankur Srivastava's sheet: 350 cfm out, 250 in, 5 min, 100 to 60 psig: 183.75 ft3 (5.20 m3)."""
    drop = receiver.receiver_pressure_drop(f"{100 * PSI} bar(g)", f"{60 * PSI} bar(g)")
    air = receiver.air_of_demand(f"{350 * CUBIC_FOOT} m3/min", f"{250 * CUBIC_FOOT} m3/min", "5 min")
    tank = receiver.receiver_for(air, drop, f"{14.7 * PSI} bar(a)")
    assert tank.value / CUBIC_FOOT == pytest.approx(183.75, rel=1e-9)
    assert tank.value == pytest.approx(5.20, abs=0.005)
    back = receiver.usable_air(tank, drop, f"{14.7 * PSI} bar(a)")
    assert back.value == pytest.approx(air.value, rel=1e-12)
    assert receiver.refill_time(air, f"{100 * CUBIC_FOOT} m3/min").value == pytest.approx(5, rel=1e-12)


def test_usable_air_of_660_gallons() -> None:
    """MEASUR, case receiver_tank_usable_air-001: 60.0240 scf (7.48 gallons per cubic foot)."""
    air = receiver.usable_air(f"{660 / 7.48 * CUBIC_FOOT} m3", f"{10 * PSI} bar", f"{14.7 * PSI} bar(a)")
    assert air.value / CUBIC_FOOT == pytest.approx(60.0240096038, rel=1e-9)


def test_the_delay_of_the_compressors() -> None:
    """1,200 ft at 250 ft/s: 4.8 s."""
    delay = receiver.signal_time(f"{1200 * 0.3048} m", f"{250 * 0.3048} m/s")
    assert delay.value_in("s") == pytest.approx(4.8, rel=1e-12)


def test_a_receiver_that_gives_nothing_is_refused() -> None:
    with pytest.raises(OutOfRange, match="only while its pressure falls"):
        receiver.receiver_pressure_drop("6 bar(g)", "6 bar(g)")
    with pytest.raises(OutOfRange, match="filled faster"):
        receiver.air_of_demand("1 m3/min", "1.1 m3/min", "1 min")
    assert receiver.air_of_demand("1 m3/min", "1 m3/min", "1 min").value == 0


# --- dryers

SCFM = CUBIC_FOOT
MOLAR = quantity(379 * CUBIC_FOOT / 453.59237, "m3/mol")


def psia(value: float) -> Quantity:
    return quantity(value * PSI, "bar[a]")


def test_water_of_a_thousand_cubic_feet() -> None:
    """MEASUR, cases air_dryer_operating_cost: 23.6126 lb/h by a desiccant dryer, 20.5879 by a refrigerated one."""
    for left, pounds in ((0, 23.612562918523253), (0.12164, 20.587855251625786)):
        water = drying.water_removed(f"{1000 * SCFM} m3/min", psia(0.94959), psia(left), psia(114.7), MOLAR)
        assert water.value / 0.45359237 == pytest.approx(pounds, rel=1e-9)
    with pytest.raises(OutOfRange, match="lowers the dew point"):
        drying.water_removed("1 m3/min", psia(0.1), psia(0.2), psia(114.7), MOLAR)


def test_sizes_and_powers_of_dryers() -> None:
    """MEASUR: at 85 psig a heatless dryer is 114.7/99.7 larger; 23.6126 lb/h, 4 h, 16.33 %: 999.97 scfm; 22.2594 kW."""
    assert drying.heatless_dryer_size("10 m3/min", psia(99.7)).value == pytest.approx(10 * 114.7 / 99.7, rel=1e-12)
    size = drying.heated_dryer_size(f"{23.612562918523253 * 0.45359237} kg/h", "4 h", "0.1633")
    assert size.value / SCFM == pytest.approx(23.612562918523253 * 4 / 0.1633 / 0.5784, rel=1e-12)
    heat = quantity(0.0764 * 0.241 * 3600 / 3412 * 1.8 / CUBIC_FOOT, "kJ/(m3*K)")
    hot, warm = quantity((375 + 459.67) / 1.8, "K"), quantity((100 + 459.67) / 1.8, "K")
    moved = drying.purge_flow(size, "25 %", "1")
    assert drying.heater_power_for(moved, heat, hot, warm).value == pytest.approx(22.25942707334284, rel=1e-9)
    with pytest.raises(OutOfRange, match="warms the air"):
        drying.heater_power_for(moved, heat, warm, hot)
    assert drying.drying_machine_power("9 m3/min", "4.5 m3/min/kW").value == pytest.approx(2, rel=1e-12)
    assert drying.dryer_cooling_water("9 m3/min", "0.001").value == pytest.approx(0.009, rel=1e-12)
    assert drying.mean_power_of_part_time("12 kW", "75 %").value == pytest.approx(9, rel=1e-12)


def test_purge_is_a_share_of_the_rating() -> None:
    """Compressed Air Best Practices: 1,000 cfm heatless at 15 %: 150 cfm; a fifth of the time: 30 cfm."""
    rated = f"{1000 * SCFM} m3/min"
    assert drying.purge_flow(rated, "15 %", "100 %").value / SCFM == pytest.approx(150, rel=1e-12)
    assert drying.purge_flow(rated, "15 %", "20 %").value / SCFM == pytest.approx(30, rel=1e-12)


def test_the_least_purge_of_a_heatless_dryer() -> None:
    """Plant Services: 14.7 over 114.7 psia, printed 12.7 %."""
    assert drying.least_heatless_purge(psia(14.7), psia(114.7)).value == pytest.approx(0.127, rel=0.01)
