"""Three-phase power, rotation and compression of air: figures of others, limits of validity, refusals both ways."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange, UnitError
from energycalc.physics.compressed_air.compressor_control import (
    straight_line_flow,
    straight_line_power,
    variable_speed_power,
)
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    ambient_pressure,
    compression_work_factor,
    flow_at_new_pressure,
    isentropic_specific_power,
    isothermal_specific_power,
)
from energycalc.physics.electricity.power import mean_voltage, three_phase_power, voltage_unbalance
from energycalc.physics.rotation.speed import shaft_power_speed_ratio, synchronous_speed
from energycalc.quantity import quantity


def test_three_phase_power_of_the_peers_case() -> None:
    """MEASUR case motor_percent_load-005: 381 V, 100.667 A, 88 %: 58.4593 kW."""
    assert three_phase_power("381 V", "100.6666666666667 A", "88 %").value == pytest.approx(58.4593474726771, rel=1e-12)


def test_voltage_unbalance_of_the_peers_case() -> None:
    """MEASUR case motor_percent_load-001: 467, 473, 469 V: 0.7097 %."""
    mean = mean_voltage("467 V", "473 V", "469 V")
    assert voltage_unbalance("467 V", "473 V", "469 V", mean).value_in("%") == pytest.approx(
        0.7097232079488959, rel=1e-9
    )


@pytest.mark.parametrize("factor", ["1.01", "101 %", "50", "-0.1"])
def test_an_impossible_power_factor_is_refused(factor: str) -> None:
    three_phase_power("380 V", "100 A", "1")
    with pytest.raises(OutOfRange, match="power factor"):
        three_phase_power("380 V", "100 A", factor)


@pytest.mark.parametrize(("poles", "speed"), [("2", 3600), ("4", 1800), ("6", 1200), ("8", 900)])
def test_synchronous_speeds_at_60_hz(poles: str, speed: float) -> None:
    assert synchronous_speed("60 Hz", poles).value == pytest.approx(speed, rel=1e-12)


@given(a=st.floats(500, 3600), b=st.floats(500, 3600), c=st.floats(500, 3600), x=st.sampled_from([0.0, 1.0, 3.0]))
def test_speed_ratios_chain(a: float, b: float, c: float, x: float) -> None:
    def ratio(before: float, after: float) -> float:
        ratio = shaft_power_speed_ratio(quantity(before, "rpm"), quantity(after, "rpm"), quantity(x, "1"))
        return float(ratio.value_in("1"))

    assert ratio(a, b) * ratio(b, c) == pytest.approx(ratio(a, c), rel=1e-9)


@pytest.mark.parametrize(("gauge", "isothermal"), [(5, 3.01), (6, 3.27), (7, 3.49), (8, 3.69), (10, 4.03), (13, 4.44)])
def test_isothermal_specific_power_of_the_notes(gauge: float, isothermal: float) -> None:
    """Trust notes TP07."""
    inlet = quantity(1.01325, "bar[a]")
    outlet = absolute_pressure(quantity(gauge, "bar[g]"), inlet)
    assert isothermal_specific_power(inlet, outlet).value == pytest.approx(isothermal, abs=0.005)


def test_isentropic_specific_power_of_the_notes() -> None:
    """Trust notes TP07: 4.76 kW/(m3/min) at 7 bar(g)."""
    inlet = quantity(1.01325, "bar[a]")
    assert isentropic_specific_power(inlet, absolute_pressure("7 bar(g)", inlet)).value == pytest.approx(
        4.76, abs=0.005
    )


@given(outlet=st.floats(1.1, 15), exponent=st.floats(1.001, 1.4))
def test_isothermal_work_is_the_least(outlet: float, exponent: float) -> None:
    inlet, high = quantity(1.0, "bar[a]"), quantity(outlet, "bar[a]")
    n = exponent
    work = n / (n - 1) * compression_work_factor(inlet, high, quantity(n, "1")).value_in("1")
    assert work >= math.log(outlet) * (1 - 1e-9)
    assert isothermal_specific_power(inlet, high).value <= isentropic_specific_power(inlet, high).value


@pytest.mark.parametrize(("altitude", "pressure"), [(0, 101.325), (150, 99.53594790939881), (830, 91.74331728343037)])
def test_ambient_pressure_of_the_peers_cases(altitude: float, pressure: float) -> None:
    """MEASUR cases altitude_pressure-001, -003, -005."""
    assert ambient_pressure(quantity(altitude, "m")).value_in("kPa[a]") == pytest.approx(pressure, rel=1e-9)


def test_gauge_where_absolute_is_meant_is_refused() -> None:
    compression_work_factor("1 bar(a)", "8 bar(a)", "1.4")
    with pytest.raises(UnitError, match="gauge"):
        compression_work_factor("1 bar(a)", "7 bar(g)", "1.4")


def test_unregulated_flow_of_the_peers_case() -> None:
    """MEASUR case compressor_measures-003: 100 cfm at 100 psig becomes 97.384 cfm at 95 psig."""
    after = flow_at_new_pressure("100 m3/min", "0.6", "114.7 bar(a)", "109.7 bar(a)")
    assert after.value == pytest.approx(97.384, abs=5e-4)


CURVE = ("8 kW", "3.7 m3/min", "28 kW", "7.1 m3/min", "45 kW", "13.3 m3/min", "84 kW")


@pytest.mark.parametrize(("flow", "power"), [(0, 8), (3.7, 28), (7.1, 45), (13.3, 84)])
def test_the_speed_curve_goes_through_its_points(flow: float, power: float) -> None:
    assert variable_speed_power(quantity(flow, "m3/min"), *CURVE).value == pytest.approx(power, rel=1e-12)


@given(flow=st.floats(0.1, 50))
def test_flow_and_power_on_a_line_are_inverse(flow: float) -> None:
    line = ("0 m3/min", "20 kW", "50 m3/min", "300 kW")
    power = straight_line_power(quantity(flow, "m3/min"), *line)
    assert straight_line_flow(power, *line).value == pytest.approx(flow, rel=1e-9)


def test_less_power_than_without_load_has_no_flow() -> None:
    line = ("0 m3/min", "20 kW", "50 m3/min", "300 kW")
    assert straight_line_flow("20 kW", *line).value == 0
    with pytest.raises(OutOfRange, match="no flow"):
        straight_line_flow("19 kW", *line)
