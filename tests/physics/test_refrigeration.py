"""Second law, chiller curves and loads: figures of others, closed forms, limits both ways."""

import math

import numpy as np
import pytest
import scipy.constants
from CoolProp.CoolProp import PropsSI
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.physics.refrigeration import chiller_curves as curves
from energycalc.physics.refrigeration import cooling_energy as law
from energycalc.physics.refrigeration import second_law
from energycalc.quantity import Quantity, quantity, read_quantity


def celsius(value: float) -> Quantity:
    return quantity(value, "degC")


# --- second law


def test_carnot_cop_of_the_notes() -> None:
    """Trust notes TP11: 7/32 °C: 11.2, 70 % of it 7.8."""
    carnot = second_law.carnot_cooling_cop("7 degC", "32 degC").value
    assert carnot == pytest.approx(11.2, abs=0.01)
    assert second_law.COOLING_SHARE * carnot == pytest.approx(7.8, abs=0.05)


def test_a_reversible_machine_gives_off_what_it_takes_up_and_its_work() -> None:
    heating = second_law.carnot_heating_cop("7 degC", "32 degC").value
    assert heating == pytest.approx(305.15 / 25, rel=1e-12)
    assert heating == pytest.approx(second_law.carnot_cooling_cop("7 degC", "32 degC").value + 1, rel=1e-12)


def test_an_ideal_vapour_compression_cycle_stays_below_carnot() -> None:
    """R134a by CoolProp, 2 and 37 °C, dry and isentropic: 88 % of Carnot."""
    cold, hot = 275.15, 310.15
    h1, s1 = (PropsSI(key, "T", cold, "Q", 1, "R134a") for key in "HS")
    h2 = PropsSI("H", "P", PropsSI("P", "T", hot, "Q", 0, "R134a"), "S", s1, "R134a")
    h3 = PropsSI("H", "T", hot, "Q", 0, "R134a")
    cop = (h1 - h3) / (h2 - h1)
    carnot = second_law.carnot_cooling_cop(quantity(cold, "K"), quantity(hot, "K")).value
    assert 0.8 * carnot < cop < carnot


@pytest.mark.parametrize("formula", [second_law.carnot_cooling_cop, second_law.carnot_heating_cop])
def test_without_lift_there_is_no_carnot_cop(formula: object) -> None:
    formula("7 degC", "7.01 degC")  # type: ignore[operator]
    with pytest.raises(OutOfRange, match="no lift"):
        formula("7 degC", "7 degC")  # type: ignore[operator]


@given(load=st.floats(1, 5000), cold=st.floats(-10, 20), lift=st.floats(0.5, 50))
def test_least_power_is_load_over_carnot(load: float, cold: float, lift: float) -> None:
    ends = celsius(cold), celsius(cold + lift)
    least = second_law.least_cooling_power(quantity(load, "kW"), *ends).value
    assert least == pytest.approx(load / second_law.carnot_cooling_cop(*ends).value, rel=1e-9)


def test_no_work_is_needed_downhill() -> None:
    assert second_law.least_cooling_power("100 kW", "20 degC", "15 degC").value == 0
    assert second_law.least_work_of_heat("60 degC", "40 degC").value == 0


def test_least_work_of_a_heated_stream_is_the_sum_over_its_temperatures() -> None:
    """Integral of 1 - T0/T from 25 to 55 °C, source at 15 °C."""
    t = np.linspace(298.15, 328.15, 200_001)
    mean = second_law.mean_heating_temperature("25 degC", "55 degC")
    assert mean.value == pytest.approx(30 / math.log(328.15 / 298.15), rel=1e-12)
    assert second_law.least_work_of_heat("15 degC", mean).value == pytest.approx(
        float(np.mean(1 - 288.15 / t)), rel=1e-6
    )


def test_a_stream_must_be_heated() -> None:
    with pytest.raises(OutOfRange, match="not hotter"):
        second_law.mean_heating_temperature("55 degC", "55 degC")


def test_heat_balance_of_a_chiller() -> None:
    """1400 kW of cooling and 290 kW of input: 1690 kW; 1650 kW measured: 2.42 % apart."""
    heat = second_law.condenser_heat("1400 kW", "290 kW")
    assert heat.value == 1690
    assert second_law.heat_balance_error(heat, "1650 kW").value == pytest.approx(40 / 1650, rel=1e-12)


@pytest.mark.parametrize(
    ("error", "severity"),
    [(0.10, None), (-0.10, None), (0.101, "warning"), (-0.15, "warning"), (0.151, "error"), (-0.151, "error")],
)
def test_a_heat_balance_that_does_not_close_is_doubted(error: float, severity: str | None) -> None:
    """Trust notes TP13."""
    found = second_law.heat_balance_doubts(quantity(error, "1"))
    assert [f.severity for f in found] == ([severity] if severity else [])
    if found:
        assert f"{100 * error:+.1f} %" in found[0].sentence and f"{100 * error:+.1f} %" in found[0].sentence_zh


@pytest.mark.parametrize(("power", "outcome"), [(71.0, []), (72.0, []), (70.0, ["warning"]), (50.1, ["warning"])])
def test_a_machine_near_carnot_is_doubted(power: float, outcome: list[str]) -> None:
    least = quantity(50, "kW", name="least_cooling_power")
    found = second_law.within_second_law(least, quantity(power, "kW", name="chiller_power"), share=0.705)
    assert [f.severity for f in found] == outcome


def test_a_machine_above_carnot_is_refused() -> None:
    least = quantity(50, "kW", name="least_cooling_power")
    second_law.within_second_law(least, quantity(50, "kW"))
    with pytest.raises(OutOfRange, match=r"reversible \(Carnot\).*49\.9 kW.*50 kW"):
        second_law.within_second_law(least, quantity(49.9, "kW"))
    assert second_law.within_second_law(quantity(0, "kW"), quantity(0, "kW")) == []


def test_the_second_law_efficiency_is_a_ratio() -> None:
    assert second_law.second_law_efficiency("30 kW", "60 kW").value == 0.5


# --- chiller curves: MEASUR's unit test of six machines (1000 ton, 0.676 kW/ton, 42 and 43 °F, 82.12 °F, 833.34 ton)

MEASUR = {
    "centrifugal_water_fixed": (995.5464, 549.74, 1033.1179, 543.6029),
    "centrifugal_water_variable": (1017.8465, 514.97077, 1038.26662, 495.444),
    "centrifugal_water_magnetic": (985.4549, 525.74132, 1047.968, 509.608),
    "screw_water_fixed": (963.087556, 568.13317, 1000.57839, 562.7885),
    "screw_air_fixed": (1050.0458, 501.67899, 1081.77855, 498.0641),
    "centrifugal_air_fixed": (1130.92, 500.91377, 1168.492, 500.7157),
}
RATED, PER_TON, LOAD = "1000 USRT", "0.676 kW/USRT", 833.34


def fahrenheit(value: float) -> Quantity:
    return celsius((value - 32) * 5 / 9)


def test_the_table_has_the_six_kinds_of_the_peer() -> None:
    assert set(curves.chiller_kinds()) == set(MEASUR)


def test_fahrenheit_is_that_of_scipy() -> None:
    assert curves.DEGREE.value == pytest.approx(scipy.constants.degree_Fahrenheit, rel=1e-12)
    assert curves.fahrenheit_reading("0 degC").value == pytest.approx(32, abs=1e-9)
    assert curves.fahrenheit_reading("100 degC").value == pytest.approx(212, abs=1e-9)


@pytest.mark.parametrize("kind", MEASUR)
def test_the_curves_are_those_of_the_peer_which_squares_the_capacity(kind: str) -> None:
    """Capacity there is rated times the square of the factor; with it put in, its input comes out to five digits."""
    for chilled, capacity, power in ((42, *MEASUR[kind][:2]), (43, *MEASUR[kind][2:])):
        state = curves.chiller_state(
            kind, read_quantity(RATED), read_quantity(PER_TON), fahrenheit(chilled), fahrenheit(82.12),
            read_quantity("800 USRT"),
        )  # fmt: skip
        assert state.capacity.value_in("USRT") ** 2 / 1000 == pytest.approx(capacity, rel=1.2e-5)
        cold, hot = (curves.fahrenheit_reading(fahrenheit(t)) for t in (chilled, 82.12))
        twice = quantity(capacity, "USRT", name="available_capacity")
        there = curves.state_at_capacity(kind, twice, read_quantity(PER_TON), cold, hot, quantity(LOAD, "USRT"))
        assert there.power.value_in("kW") == pytest.approx(power, rel=1.2e-5)
        assert there.input_per_capacity.value_in("kW/USRT") * capacity == pytest.approx(power, rel=1.2e-5)


@pytest.mark.parametrize("kind", MEASUR)
def test_the_capacity_curve_is_one_at_the_rating_point(kind: str) -> None:
    """A curve taken once is 1 at 44 and 85 °F (air 95 °F); so is the temperature curve of the input."""
    at = [quantity(x, "1") for x in (44, 95 if "_air_" in kind else 85)]
    assert curves.capacity_factor(*at, **curves.curve(kind, "capacity")).value == pytest.approx(1, abs=1.3e-3)
    assert curves.temperature_factor(*at, **curves.curve(kind, "temperature")).value == pytest.approx(1, abs=1.1e-3)


def test_the_form_gives_the_rating_value_that_others_publish() -> None:
    """COMNET's water-cooled centrifugal and screw curves at 44/85 °F: 0.9499 and 0.9622, as an NECB checker states."""
    for expected, coefficients in (
        (0.9499, (-0.29861975, 0.02996076, -0.00080125, 0.01736268, -0.00032606, 0.00063139)),
        (0.9622, (0.332669598, 0.00729116, -0.00049938, 0.01598983, -0.00028254, 0.00052346)),
    ):
        given = {f"curve_{k}": quantity(v, "1") for k, v in zip("abcdef", coefficients, strict=True)}
        assert curves.capacity_factor("44", "85", **given).value == pytest.approx(expected, abs=5e-5)


def test_staging_of_the_peer() -> None:
    """MEASUR's staging test, variable speed: 300 ton 273.501 kW, 450 ton 301.954 kW (capacity squared: 1017.8465)."""
    cold, hot = (curves.fahrenheit_reading(fahrenheit(t)) for t in (42, 82.12))
    for tons, power in ((300, 273.501), (450, 301.954)):
        state = curves.state_at_capacity(
            "centrifugal_water_variable", quantity(1017.84655, "USRT"), read_quantity(PER_TON), cold, hot,
            quantity(tons, "USRT"),
        )  # fmt: skip
        assert state.power.value_in("kW") == pytest.approx(power, rel=1.2e-5)


def test_a_chiller_is_refused_above_capacity_and_below_ten_percent() -> None:
    at = (read_quantity(RATED), read_quantity(PER_TON), celsius(6.7), celsius(29.4))
    for tons, message in ((99, r"part load ratio.*0\.1 to 1"), (1003, "cannot carry")):
        with pytest.raises(OutOfRange, match=message):
            curves.chiller_state("screw_water_fixed", *at, quantity(tons, "USRT"))
    for tons in (101, 999):
        curves.chiller_state("screw_water_fixed", *at, quantity(tons, "USRT"))


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InputError, match=r"no curves.*scroll.*screw_air_fixed"):
        curves.curve("scroll", "capacity")


def test_the_curves_take_arrays() -> None:
    loads = quantity(np.linspace(200, 900, 10_000), "USRT")
    at = (read_quantity(RATED), read_quantity(PER_TON), celsius(6.7), celsius(29.4))
    powers = curves.chiller_state("screw_water_fixed", *at, loads).power.value_in("kW")
    assert powers.shape == (10_000,) and np.all(np.diff(powers) > 0)


# --- loads and energies, by hand


def test_cop_and_input_per_ton_are_inverse() -> None:
    """0.62 kW per 3.516853 kW of cooling: COP 5.672."""
    assert law.cop_of_specific_power("0.62 kW/USRT").value == pytest.approx(5.6723, abs=1e-4)
    assert law.specific_power_of_cop("5.672344").value == pytest.approx(0.62, rel=1e-6)
    assert law.cop_of_specific_power("0.62 kW/JRT").value == pytest.approx(3.861163 / 0.62, rel=1e-5)
    assert law.cooling_power("1000 kW", "5").value == 200
    assert law.load_of_fraction("60 %", "500 kW").value == 300


def test_a_bare_number_is_no_input_per_ton() -> None:
    assert law.per_ton(read_quantity("0.62 kW/USRT")).value == 0.62
    with pytest.raises(UnitError, match=r"might be a COP.*0\.62 kW/USRT"):
        law.per_ton(read_quantity("0.62"))


def test_iplv_weights() -> None:
    """0.01 A + 0.42 B + 0.45 C + 0.12 D, and A where all are alike."""
    assert law.integrated_part_load_value("5", "6", "8", "10").value == pytest.approx(
        0.05 + 2.52 + 3.6 + 1.2, rel=1e-12
    )
    assert law.integrated_part_load_value("6", "6", "6", "6").value == pytest.approx(6, rel=1e-12)


def test_heat_of_a_water_flow_and_back() -> None:
    """2000 gpm, 10 °F, 500 Btu/(h·°F) per gpm: 833.33 ton."""
    water = ("454.2494 m3/h", "998.5536 kg/m3", "4.1868 kJ/(kg*K)")
    flow, density, heat = water
    found = law.water_heat_flow(flow, density, heat, quantity(10 * 5 / 9, "K"))
    assert found.value_in("USRT") == pytest.approx(833.33, rel=1e-4)
    assert law.water_temperature_rise(found, flow, density, heat).value == pytest.approx(10 * 5 / 9, rel=1e-12)


def test_hot_water_of_the_published_example() -> None:
    """ECCT: 3000 t from 25 to 55 °C at 1 kcal/(kg·K): 9e7 kcal; by 0.9 and by COP 3: 1e8 and 3e7 kcal."""
    heat = law.hot_water_heat("3000 m3", "1000 kg/m3", "4.1868 kJ/(kg*K)", "25 degC", "55 degC")
    assert heat.value_in("kcal") == pytest.approx(9e7, rel=1e-9)
    made = law.heat_to_be_made(heat, "100 kWh")
    assert made.value == pytest.approx(heat.value + 100, rel=1e-12)
    assert law.resistance_heater_energy(heat, "90 %", "7 kWh").value == pytest.approx(heat.value / 0.9 + 7, rel=1e-12)
    pumped = law.heat_pump_energy(heat, "3", "20 %", "90 %", "7 kWh").value
    assert pumped == pytest.approx(heat.value * (0.8 / 3 + 0.2 / 0.9) + 7, rel=1e-12)
    with pytest.raises(OutOfRange, match="not hotter"):
        law.hot_water_heat("1 m3", "1000 kg/m3", "4.1868 kJ/(kg*K)", "55 degC", "55 degC")


@pytest.mark.parametrize(("reached", "share"), [(14, 1), (15, 1), (16, 0.8), (18.5, 0.3), (20, 0), (25, 0)])
def test_share_of_free_cooling(reached: float, share: float) -> None:
    found = law.free_cooling_share(celsius(reached), "15 degC", "20 degC")
    assert found.value == pytest.approx(share, abs=1e-9)


def test_free_cooling_temperature_and_what_is_left() -> None:
    reached = law.free_cooling_temperature("10 degC", "4 K", "1.5 K")
    assert reached.value == pytest.approx(288.65, abs=1e-9)
    assert law.mechanical_load("500 kW", "30 %").value == pytest.approx(350, rel=1e-12)
    with pytest.raises(OutOfRange, match="not warmer"):
        law.free_cooling_share("10 degC", "15 degC", "15 degC")


def test_gains_of_a_room() -> None:
    through = law.transmission_gain("3.5 kW/K", "32 degC", "26 degC")
    air = law.ventilation_gain("4 kg/s", "85 kJ/kg", "55 kJ/kg")
    assert (through.value, air.value) == (pytest.approx(21), pytest.approx(120))
    assert law.room_cooling_load("100 kW", through, air).value == pytest.approx(241)
    assert law.room_cooling_load("10 kW", through, "-40 kW").value == 0


def test_shares_and_sums_of_energy() -> None:
    assert law.plant_power("200 kW", "40 kW").value == 240
    assert law.largest_cooling_saving("400 kWh", "100 kWh").value == 0.75


@pytest.mark.parametrize("name", ["temperature_factor", "part_load_factor"])
def test_a_curve_that_has_fallen_to_nothing_is_refused(name: str) -> None:
    """The magnetic machine at 20/15 °C and a tenth of its load would give electricity."""
    factors = {"temperature_factor": quantity(0.9, "1"), "part_load_factor": quantity(0.5, "1")}
    found = curves.input_per_capacity(quantity(0.6, "kW/USRT"), **factors)
    assert found.value_in("kW/USRT") == pytest.approx(0.27)
    for nothing in (0.0, -0.02):
        with pytest.raises(OutOfRange):
            curves.input_per_capacity(quantity(0.6, "kW/USRT"), **factors | {name: quantity(nothing, "1")})
