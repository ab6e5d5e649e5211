"""Water and steam: printed IAPWS tables, IAPWS-95 as second opinion, and the ends of the range."""

import numpy as np
import pytest
from CoolProp.CoolProp import PropsSI
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.steam import water_steam as law
from energycalc.quantity import quantity


def mega(value: float):  # type: ignore[no-untyped-def]
    return quantity(value, "MPa[a]", name="water_pressure")


# --- IAPWS R7-97(2012), verification values of tables 5, 15 and 36, as public test suites of other programs repeat them


@pytest.mark.parametrize(
    ("kelvin", "megapascal", "enthalpy"), [(300, 3, 115.331273), (300, 80, 184.142828), (500, 3, 975.542239)]
)
def test_liquid_water_of_the_verification_table(kelvin: float, megapascal: float, enthalpy: float) -> None:
    found = law.water_enthalpy_at(mega(megapascal), quantity(kelvin, "K"))
    assert found.value_in("kJ/kg") == pytest.approx(enthalpy, rel=1e-8)


@pytest.mark.parametrize(
    ("kelvin", "megapascal", "enthalpy"), [(300, 0.0035, 2549.91145), (700, 0.0035, 3335.68375), (700, 30, 2631.49474)]
)
def test_steam_of_the_verification_table(kelvin: float, megapascal: float, enthalpy: float) -> None:
    found = law.water_enthalpy_at(mega(megapascal), quantity(kelvin, "K"))
    assert found.value_in("kJ/kg") == pytest.approx(enthalpy, rel=1e-8)


@pytest.mark.parametrize(("megapascal", "kelvin"), [(0.1, 372.755919), (1, 453.035632), (10, 584.149488)])
def test_boiling_points_of_the_verification_table(megapascal: float, kelvin: float) -> None:
    assert law.saturation_temperature(mega(megapascal)).value_in("K") == pytest.approx(kelvin, rel=1e-8)


# --- second opinion: IAPWS-95, another equation


@given(st.floats(0.002, 16))
def test_saturation_agrees_with_the_scientific_formulation(megapascal: float) -> None:
    pressure = mega(megapascal)
    for found, quality in ((law.saturated_steam_enthalpy, 1), (law.boiling_water_enthalpy, 0)):
        other = PropsSI("H", "P", megapascal * 1e6, "Q", quality, "HEOS::Water") / 1e3
        assert found(pressure).value_in("kJ/kg") == pytest.approx(other, abs=0.7)
    boiling = PropsSI("T", "P", megapascal * 1e6, "Q", 0, "HEOS::Water")
    assert law.saturation_temperature(pressure).value_in("K") == pytest.approx(boiling, abs=0.02)


@given(st.floats(1, 300))
def test_liquid_water_agrees_with_the_scientific_formulation(celsius: float) -> None:
    temperature, kelvin = quantity(celsius, "degC"), celsius + 273.15
    assert law.saturated_water_enthalpy(temperature).value == pytest.approx(
        PropsSI("H", "T", kelvin, "Q", 0, "HEOS::Water") / 1e3, abs=0.5
    )
    assert law.water_specific_heat(temperature).value == pytest.approx(
        PropsSI("C", "T", kelvin, "Q", 0, "HEOS::Water") / 1e3, rel=2e-3
    )
    assert law.water_density(temperature).value == pytest.approx(
        PropsSI("D", "T", kelvin, "Q", 0, "HEOS::Water"), rel=2e-4
    )


def test_the_peer_leaves_the_range_of_its_equation_above_350_degrees() -> None:
    """MEASUR, case saturated_properties-001: 2,421.68 kJ/kg at 20 MPa; region 3 of IF97 and IAPWS-95 say 2,411.4."""
    assert PropsSI("H", "P", 20e6, "Q", 1, "HEOS::Water") / 1e3 == pytest.approx(2411.4, abs=1.5)
    assert PropsSI("H", "P", 20e6, "Q", 1, "IF97::Water") / 1e3 == pytest.approx(2411.4, abs=0.1)
    with pytest.raises(OutOfRange, match=r"16\.529"):
        law.saturated_steam_enthalpy(mega(20))


# --- states by another pair


def test_wet_steam_lies_on_the_line_between_water_and_steam() -> None:
    pressure = mega(1)
    water, steam = law.boiling_water_enthalpy(pressure), law.saturated_steam_enthalpy(pressure)
    wet = law.steam_enthalpy(pressure, "dryness", quantity(0.25, "1", name="dryness"))
    assert wet.value == pytest.approx(0.75 * water.value + 0.25 * steam.value, rel=1e-12)
    with pytest.raises(OutOfRange):
        law.wet_steam_enthalpy(water, steam, quantity(1.01, "1"))


def test_the_state_of_steam_may_be_given_by_each_of_four_numbers() -> None:
    pressure = mega(1)
    by_temperature = law.steam_enthalpy(pressure, "temperature", quantity(300, "degC"))
    entropy = PropsSI("S", "P", 1e6, "T", 573.15, "IF97::Water") / 1e3
    by_entropy = law.steam_enthalpy(pressure, "specific_entropy", quantity(entropy, "kJ/(kg*K)"))
    assert by_entropy.value_in("kJ/kg") == pytest.approx(by_temperature.value, rel=1e-6)
    given_enthalpy = quantity(3000, "kJ/kg")
    assert law.steam_enthalpy(pressure, "specific_enthalpy", given_enthalpy) is given_enthalpy
    with pytest.raises(ValueError, match="unknown state"):
        law.steam_enthalpy(pressure, "colour", given_enthalpy)


def test_arrays_go_through() -> None:
    pressures = quantity(np.array([0.1, 1.0, 10.0]), "MPa[a]")
    each = [law.saturation_temperature(mega(p)).value for p in (0.1, 1.0, 10.0)]
    assert law.saturation_temperature(pressures).value == pytest.approx(each, rel=1e-12)
    both = law.water_enthalpy_at(pressures, quantity(300.0, "K"))
    assert both.value.shape == (3,)
    assert law.water_enthalpy_by_entropy(pressures, quantity(np.array([3.0, 4.0, 5.0]), "kJ/(kg*K)")).value.shape == (
        3,
    )


# --- refusals, both ways


@pytest.mark.parametrize("megapascal", [0.0006, 16.6])
def test_outside_the_saturation_line_is_refused(megapascal: float) -> None:
    with pytest.raises(OutOfRange):
        law.boiling_water_enthalpy(mega(megapascal))
    with pytest.raises(OutOfRange):
        law.water_enthalpy_at(mega(101), quantity(300, "K"))


def test_water_that_boils_is_refused_and_water_that_does_not_is_not() -> None:
    law.refuse_boiling(quantity(179, "degC"), mega(1))
    with pytest.raises(OutOfRange, match=r"179\.9"):
        law.refuse_boiling(quantity(180, "degC"), mega(1))
