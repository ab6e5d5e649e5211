"""Flame, preheater, oxidant, short cut and moist air: other programs, closed forms, limits."""

import math

import numpy as np
import pytest
from CoolProp.CoolProp import HAPropsSI, PropsSI
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.combustion import air_preheater as exchanger
from energycalc.physics.combustion import heating_conversion as conversion
from energycalc.physics.combustion import melting, oxidant
from energycalc.physics.combustion import moist_air as moist
from energycalc.physics.combustion.flame import adiabatic_flame_temperature, bisect, molar_enthalpy
from energycalc.physics.combustion.flue_gas import combustion_air
from energycalc.physics.combustion.fuel_gas import named_fuel_gas
from energycalc.physics.combustion.gas_species import ENTHALPY, gases_at, published
from energycalc.physics.combustion.short_cut import fahrenheit_reading, short_cut_available_heat, short_cut_excess_air
from energycalc.physics.combustion.stoichiometry import burn, dry_air
from energycalc.quantity import quantity
from tests.physics.flames import balance, degrees, excess, few, number, share

METHANE = burn(named_fuel_gas("methane"))
COLD = gases_at(degrees(25))


def kelvin(value: float):  # type: ignore[no-untyped-def]
    return quantity(value, "K", name="temperature")


# ---------------------------------------------------------------- flame


@pytest.mark.parametrize("species", ENTHALPY)
@pytest.mark.parametrize("hot", [250.0, 999.0, 1001.0, 2500.0])
def test_the_plain_polynomial_is_the_traced_one(species: str, hot: float) -> None:
    assert float(molar_enthalpy(species, hot)) == pytest.approx(float(ENTHALPY[species](kelvin(hot)).value), rel=1e-12)


def test_methane_burns_at_2328_kelvin_without_dissociation() -> None:
    """By hand with other enthalpies (CoolProp, ideal gas, to its 2000 K): the heat is that of the products."""
    found = float(adiabatic_flame_temperature(METHANE, number(0), COLD, COLD).value)
    assert found == pytest.approx(2328, abs=2)
    lean = float(adiabatic_flame_temperature(METHANE, number(1.0), COLD, COLD).value)  # air twice the need

    def gained(fluid: str) -> float:
        low, high = (PropsSI("HMOLAR", "T", t, "DMOLAR", 1e-6, fluid) for t in (298.15, lean))
        return (high - low) / 1000

    nitrogen, argon = (2 * 2 / 0.2096 * y for y in (0.7812, 0.0092))
    heat = gained("CarbonDioxide") + 2 * gained("Water") + 2 * gained("Oxygen") + nitrogen * gained("Nitrogen")
    assert heat + argon * 20.786e-3 * (lean - 298.15) == pytest.approx(802.6, rel=2e-3)


@few
@given(st.floats(0, 2), st.floats(25, 600))
def test_flame_falls_with_excess_air_and_rises_with_preheat(over: float, air: float) -> None:
    def flame(e: float, t: float) -> float:
        return float(adiabatic_flame_temperature(METHANE, number(e), gases_at(degrees(t)), COLD).value)

    assert flame(over + 0.1, air) < flame(over, air) < flame(over, air + 20)


def test_a_flue_gas_as_hot_as_the_flame_leaves_nothing() -> None:
    over = excess(METHANE, 5)
    flame = float(adiabatic_flame_temperature(METHANE, over, COLD, COLD).value) - 273.15
    assert balance(METHANE, over, flame - 1).available_heat.value == pytest.approx(0.0005, abs=4e-4)


def test_bisection_finds_and_refuses() -> None:
    assert bisect(lambda x: x**3 - 8, 0.0, 5.0) == pytest.approx(2, rel=1e-12)
    assert bisect(lambda x: x - np.array([1.0, 3.0]), 0.0, np.array([5.0, 5.0])) == pytest.approx([1, 3])
    with pytest.raises(OutOfRange, match="no solution"):
        bisect(lambda x: x + 1, 0.0, 5.0)
    with pytest.raises(OutOfRange, match="no solution"):
        bisect(lambda x: x - 6, 0.0, 5.0)


# ---------------------------------------------------------------- heat exchanger


@pytest.mark.parametrize("counterflow", [True, False])
@pytest.mark.parametrize(("units", "ratio"), [(0.5, 0.7), (2.0, 0.9), (1.0, 0.3)])
def test_effectiveness_agrees_with_an_integration_along_the_exchanger(
    counterflow: bool, units: float, ratio: float
) -> None:
    """March along the surface in small steps; counterflow by shooting on the outlet of the flue gas."""
    steps, left = 2000, units / 2000
    if counterflow:

        def march(flue_out: float) -> tuple[float, float]:
            air, flue = 0.0, flue_out
            for _ in range(steps):
                heat = left * (flue - air)
                air, flue = air + heat, flue + ratio * heat
            return air, flue

        low, high = 0.0, 1.0
        for _ in range(25):
            middle = (low + high) / 2
            low, high = (middle, high) if march(middle)[1] < 1 else (low, middle)
        theirs = march(low)[0]
        law = exchanger.counterflow_effectiveness
    else:
        air, flue = 0.0, 1.0
        for _ in range(steps):
            heat = left * (flue - air)
            air, flue = air + heat, flue - ratio * heat
        theirs, law = air, exchanger.parallel_flow_effectiveness
    assert law(number(units), number(ratio)).value == pytest.approx(theirs, rel=2e-3)


@few
@given(st.floats(0, 20), st.floats(0, 0.999))
def test_counterflow_is_never_worse_than_parallel_flow_and_below_one(units: float, ratio: float) -> None:
    counter, parallel = (
        float(law(number(units), number(ratio)).value)
        for law in (exchanger.counterflow_effectiveness, exchanger.parallel_flow_effectiveness)
    )
    assert 0 <= parallel <= counter + 1e-12 and counter <= 1
    assert parallel <= 1 / (1 + ratio) + 1e-12  # both streams meet


def test_preheater_formulas_by_hand() -> None:
    hot = exchanger.preheated_air_temperature(kelvin(300), kelvin(1300), number(0.6))
    assert hot.value_in("K") == pytest.approx(900)
    ua = exchanger.exchanger_conductance(quantity(25, "m2"), quantity(0.02, "kW/(m2*K)"))
    assert ua.value_in("kW/K") == pytest.approx(0.5)
    per = [quantity(v, "kWh/kWh[LHV]") for v in (0.4, 0.5)]
    assert exchanger.capacity_ratio(*per).value == pytest.approx(0.8)
    rate = exchanger.air_capacity_rate(quantity(1000, "kWh[LHV]/h"), per[0], kelvin(1300), kelvin(300))
    assert rate.value_in("kW/K") == pytest.approx(0.4)


def test_the_solvers_take_arrays() -> None:
    over = quantity(np.array([0.0, 0.3, 1.0]), "1", name="excess_air")
    flames = adiabatic_flame_temperature(METHANE, over, COLD, COLD).value
    assert flames == pytest.approx(
        [float(adiabatic_flame_temperature(METHANE, number(e), COLD, COLD).value) for e in (0.0, 0.3, 1.0)]
    )

    def effectiveness(conductance: object) -> object:
        air = dict(combustion_air(METHANE, number(0.15)))
        available = quantity(0.5, "kWh/kWh[LHV]")
        return exchanger.effectiveness_of_area(
            True, quantity(conductance, "kW/K"), quantity(0.25, "kW/K"), number(0.8), (kelvin(298.15), kelvin(1173.15)),
            (available, available), air, METHANE.lower_heating_value,
        ).value  # fmt: skip

    assert effectiveness(np.array([0.1, 0.5, 2.0])) == pytest.approx([effectiveness(c) for c in (0.1, 0.5, 2.0)])


# ---------------------------------------------------------------- oxidant


@few
@given(st.floats(20.96, 100))
def test_enriched_air_is_whole_and_keeps_argon_to_nitrogen(percent: float) -> None:
    mixed = oxidant.enriched_air(share(percent))
    plain = dry_air()
    assert sum(float(p.value_in("1")) for p in (mixed.oxygen, mixed.nitrogen, mixed.argon)) == pytest.approx(1)
    assert mixed.oxygen.value_in("%") == pytest.approx(percent)
    assert float(mixed.argon.value_in("1")) * 0.7812 == pytest.approx(float(mixed.nitrogen.value_in("1")) * 0.0092)
    assert plain.oxygen.value_in("1") == 0.2096


def test_air_of_air_is_air_itself() -> None:
    assert oxidant.enriched_air(share(20.96)) is dry_air()


def test_oxygen_for_enrichment_by_hand() -> None:
    """One mole of product of 90 % in ten moles of mixture: 0.9 * 0.2096 + 0.1 * 0.90 = 27.864 %."""
    part = oxidant.oxygen_product_share(share(27.864), number(0.2096), share(90))
    assert part.value == pytest.approx(0.1)
    product = oxidant.oxygen_product_per_fuel(part, number(0.1), number(7), quantity(800, "kJ[LHV]/mol"))
    assert product.value == pytest.approx(0.1 * 1.1 * 7 * 0.02241396954501 / (800 / 3600))
    spent = oxidant.oxygen_electricity_per_fuel_before(product, quantity(0.5, "kWh/m3[0C]"), number(0.8))
    assert spent.value == pytest.approx(0.4 * product.value)


@pytest.mark.parametrize("percent", [20.9, 100.1])
def test_less_oxygen_than_air_or_more_than_all_is_refused(percent: float) -> None:
    with pytest.raises(OutOfRange, match="range"):
        oxidant.enriched_air(share(percent))


# ---------------------------------------------------------------- short cut


def test_short_cut_by_the_peers_unit_test() -> None:
    """MEASUR O2Enrichment.unit.cpp: 1800 °F, 5 % O2, air of 900 °F gives 61.97 %; all oxygen: 74.2210855231 %."""
    f = [fahrenheit_reading(kelvin((t + 459.67) / 1.8)) for t in (1800, 900, 1900, 80)]
    assert [float(x.value) for x in f] == pytest.approx([1800, 900, 1900, 80])
    now = short_cut_available_heat(f[0], f[1], short_cut_excess_air(share(5)), share(21))
    assert now.value_in("%") == pytest.approx(61.97, abs=5e-3)
    then = short_cut_available_heat(f[2], f[3], short_cut_excess_air(share(1)), share(100))
    assert then.value_in("%") == pytest.approx(74.2210855231, abs=1e-5)


@pytest.mark.parametrize(("flue", "air", "o2"), [(600, 25, 3), (1000, 25, 3), (1000, 400, 3), (1000, 25, 8)])
def test_short_cut_stays_within_four_points_of_the_atoms(flue: float, air: float, o2: float) -> None:
    ours = balance(METHANE, excess(METHANE, o2), flue, air).available_heat.value
    higher = 100 * float(ours) * float(METHANE.lower_heating_value.value) / float(METHANE.higher_heating_value.value)
    readings = (fahrenheit_reading(kelvin(t + 273.15)) for t in (flue, air))
    fit = short_cut_available_heat(*readings, short_cut_excess_air(share(o2)), share(21))
    assert fit.value_in("%") == pytest.approx(higher, abs=4)


def test_the_short_cut_gains_too_little_from_enrichment() -> None:
    """20.9 to 28 % oxygen at 1800 °F, 3 % left: 15.4 % by the peer, 18.2 % by the atoms."""
    readings = [fahrenheit_reading(kelvin((t + 459.67) / 1.8)) for t in (1800, 80)]
    fit = [
        float(short_cut_available_heat(*readings, short_cut_excess_air(share(3)), share(y)).value_in("%"))
        for y in (21, 28)
    ]
    assert 100 * (1 - fit[0] / fit[1]) == pytest.approx(15.4, abs=0.01)


# ---------------------------------------------------------------- moist air


@pytest.mark.parametrize("celsius", [0.0, 20.0, 49.0, 90.0, 150.0])
def test_saturation_pressure_is_that_of_coolprop(celsius: float) -> None:
    theirs = PropsSI("P", "T", max(celsius, 0.01) + 273.15, "Q", 1, "Water") / 1000
    ours = moist.saturation_pressure_of_water(kelvin(celsius + 273.15)).value
    assert ours == pytest.approx(theirs, rel=1.5e-3)


@pytest.mark.parametrize(("celsius", "humidity", "pressure"), [(30, 0.8, 101.325), (20, 0.5, 101.325), (48.9, 0.3, 81)])
def test_humidity_ratio_is_that_of_coolprop(celsius: float, humidity: float, pressure: float) -> None:
    air = quantity(pressure, "kPa[a]")
    ours = moist.humidity_ratio_from_relative_humidity(
        number(humidity), moist.saturation_pressure_of_water(kelvin(celsius + 273.15)), air
    )
    dry, pascal = celsius + 273.15, 1000 * pressure
    assert ours.value == pytest.approx(HAPropsSI("W", "T", dry, "R", humidity, "P", pascal), rel=8e-3)
    wet = HAPropsSI("B", "T", dry, "R", humidity, "P", pascal)
    saturated = moist.humidity_ratio_from_relative_humidity(
        number(1), moist.saturation_pressure_of_water(kelvin(wet)), air
    )
    handbook = [
        published("water", "heat_of_vaporisation_at_zero"), published("water", "heat_capacity_by_mass"),
        published("water", "vapour_heat_capacity_by_mass"), published("dry_air", "heat_capacity_by_mass"),
    ]  # fmt: skip
    by_bulb = moist.humidity_ratio_from_wet_bulb(kelvin(dry), kelvin(wet), saturated, *handbook)
    assert by_bulb.value == pytest.approx(ours.value, rel=0.015)


def test_saturated_air_has_no_wet_bulb_depression() -> None:
    handbook = [quantity(2501, "kJ/kg"), *(quantity(c, "kJ/(kg*K)") for c in (4.186, 1.86, 1.006))]
    same = moist.humidity_ratio_from_wet_bulb(kelvin(300), kelvin(300), number(0.0226), *handbook)
    assert same.value == pytest.approx(0.0226, rel=1e-12)


# ---------------------------------------------------------------- metals


@pytest.mark.parametrize(
    ("metal", "tap", "printed", "tolerance"),
    [
        ("aluminium", 700, 308, 0.01),
        ("aluminium", 750, 325, 0.01),
        ("copper", 1085, 190, 0.03),
        ("iron", 1600, 380, 0.08),
    ],
)
def test_heat_of_the_melt_is_that_of_the_notes(metal: str, tap: float, printed: float, tolerance: float) -> None:
    """Check TP06 of the project's verification notes (kWh/t, ±3 %); iron lacks its heats of transition here."""
    assert melting.heat_of_melt(metal, degrees(tap), degrees(25)).value == pytest.approx(printed, rel=tolerance)


@pytest.mark.parametrize("metal", melting.known_metals())
def test_a_charge_at_the_melting_point_needs_its_heat_of_fusion_only(metal: str) -> None:
    point = melting.metal_property(metal, "metal_melting_point").value - 273.15  # type: ignore[operator]
    fusion = float(melting.metal_property(metal, "metal_fusion_heat").value)
    almost = melting.heat_of_melt(metal, degrees(float(point)), degrees(float(point)))
    assert almost.value == pytest.approx(fusion / 3.6, rel=1e-9)
    hotter = melting.heat_of_melt(metal, degrees(float(point) + 10), degrees(float(point)))
    capacity = float(melting.metal_property(metal, "metal_liquid_heat_capacity").value)
    assert float(hotter.value) - float(almost.value) == pytest.approx(10 * capacity / 3.6, rel=1e-6)


@pytest.mark.parametrize(("tap", "charge"), [(650, 25), (700, 700)])
def test_a_melt_that_is_solid_and_a_charge_that_is_liquid_are_refused(tap: float, charge: float) -> None:
    with pytest.raises(OutOfRange, match="molten|solid"):
        melting.heat_of_melt("aluminium", degrees(tap), degrees(charge))


def test_melting_formulas_by_hand() -> None:
    charged = melting.metal_charged(quantity(960, "t"), number(0.04))
    assert charged.value_in("t") == pytest.approx(1000)
    heat = quantity(325, "kWh/t")
    spent = melting.melting_energy(charged, heat, number(0.5))
    assert spent.value_in("kWh") == pytest.approx(650000)
    held = melting.melt_holding_energy(quantity(60, "kW"), quantity(2000, "h"))
    assert melting.furnace_energy(spent, held).value_in("kWh") == pytest.approx(770000)
    assert melting.melting_efficiency_from_energy(heat, quantity(650, "kWh/t")).value == pytest.approx(0.5)
    saved = melting.metal_saved(charged, quantity(980, "t"))
    value = melting.metal_value_saved(saved, quantity(75000, "TWD/t"), quantity(8000, "TWD/t"))
    assert value.value_in("TWD") == pytest.approx(20 * 67000)


# ---------------------------------------------------------------- other carriers


def test_carnot_by_hand() -> None:
    """70 °C from 25 °C: 343.15 K over 45 K."""
    step = conversion.heat_pump_lift(kelvin(343.15), kelvin(298.15))
    assert conversion.carnot_performance(kelvin(343.15), step).value == pytest.approx(343.15 / 45)


def test_conversion_there_and_back() -> None:
    useful = quantity(0.35, "kWh/kWh[LHV]")
    taken = conversion.converted_electricity_per_fuel(number(0.8), useful, number(0.7))
    assert taken.value == pytest.approx(0.4)
    back = conversion.converted_fuel_per_electricity(number(0.8), number(0.7), useful)
    assert back.value == pytest.approx(1.6)
    assert conversion.remaining_of_conversion(number(0.8)).value == pytest.approx(0.2)
    assert conversion.remaining_of_electric_heating(number(0.6), number(0.8)).value == pytest.approx(0.75)
    assert math.isclose(float(taken.value) / 0.8 * float(back.value) / 0.8, 1)


def test_powers_and_energies_by_hand() -> None:
    spent = conversion.heater_electricity(quantity(200, "kW"), number(0.6), quantity(6000, "h"))
    assert spent.value_in("kWh") == pytest.approx(720000)
    heat = conversion.heat_to_charge(spent, number(0.5))
    assert heat.value_in("kWh") == pytest.approx(360000)
    assert conversion.electricity_for_charge(heat, number(0.9)).value_in("kWh") == pytest.approx(400000)
    extra = conversion.auxiliary_electricity_per_fuel(quantity(5, "kW"), quantity(500, "kWh[LHV]/h"))
    assert extra.value == pytest.approx(0.01)
