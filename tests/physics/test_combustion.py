"""Burning a gas: atoms and heat are conserved, other programs agree, nonsense is refused."""

import pytest
from chemicals import MW
from chemicals.combustion import combustion_data, fuel_air_spec_solver
from CoolProp.CoolProp import PropsSI
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.physics.combustion import stoichiometry as law
from energycalc.physics.combustion.flue_gas import (
    combustion_air,
    flue_gas,
)
from energycalc.physics.combustion.fuel_gas import COMPONENTS, fuel_gas, molar_mass, named_fuel_gas
from energycalc.physics.combustion.gas_species import atoms, published
from energycalc.physics.combustion.stoichiometry import Combustion, burn
from tests.physics.flames import excess, few, gases, number, share

CAS_NUMBERS = ["74-82-8", "74-84-0", "74-98-6", "106-97-8", "1333-74-0", "630-08-0", "124-38-9", "7727-37-9",
               "7782-44-7", "7732-18-5", "7446-09-5", "7440-37-1"]  # COMPONENTS in order, and argon  # fmt: skip

# ---------------------------------------------------------------- what a fuel gas takes, makes and gives


def test_methane_takes_two_oxygen_and_makes_one_carbon_dioxide_and_two_water() -> None:
    methane = burn(named_fuel_gas("methane"))
    assert (methane.stoichiometric_air * methane.air.oxygen).value_in("1") == pytest.approx(2)
    assert methane.carbon.value_in("1") == 1
    assert methane.hydrogen.value_in("1") / 2 == 2


@pytest.mark.parametrize("component", ["methane", "ethane", "propane", "butane", "hydrogen", "carbon_monoxide"])
def test_heating_values_agree_with_crc_heats_of_formation(component: str) -> None:
    # chemicals takes its heats of formation from other tables here (CRC), and its own stoichiometry
    formulas = {"methane": "CH4", "ethane": "C2H6", "propane": "C3H8", "butane": "C4H10",
                "hydrogen": "H2", "carbon_monoxide": "CO"}  # fmt: skip
    crc = {"methane": -74600, "ethane": -84000, "propane": -103800, "butane": -125700, "hydrogen": 0,
           "carbon_monoxide": -110500}  # fmt: skip
    theirs = combustion_data(formula=formulas[component], Hf=crc[component])
    ours = burn(fuel_gas(component, {component: share(100)}))
    assert ours.lower_heating_value.value_in("kJ[LHV]/mol") == pytest.approx(-theirs.LHV / 1000, rel=1e-3)
    assert ours.higher_heating_value.value_in("kJ[HHV]/mol") == pytest.approx(-theirs.HHV / 1000, rel=1e-3)


@few
@given(gases, st.floats(0, 3))
def test_mass_is_conserved(gas: Combustion, over: float) -> None:
    air = combustion_air(gas, number(over))
    weigh = lambda parts: sum(n.value_in("1") * published(g, "molar_mass").value for g, n in parts.items())  # noqa: E731
    into = float(molar_mass(gas.fuel).value) + weigh(air)
    sulphur = gas.fuel.shares.get("sulphur_dioxide")  # stands with the carbon dioxide
    moles = 0.0 if sulphur is None else sulphur.value_in("1") / sum(s.value_in("1") for s in gas.fuel.shares.values())
    heavier = moles * (
        published("sulphur_dioxide", "molar_mass").value - published("carbon_dioxide", "molar_mass").value
    )
    out = weigh(flue_gas(gas, number(over), air)) + heavier
    assert out == pytest.approx(into, rel=2e-5)  # atomic weights have 6 digits


@few
@given(gases)
def test_the_higher_heating_value_is_never_below_the_lower(gas: Combustion) -> None:
    assert gas.higher_heating_value.value >= gas.lower_heating_value.value > 0


@few
@given(gases, st.floats(0.5, 15))
def test_excess_air_agrees_with_another_program(gas: Combustion, oxygen: float) -> None:
    elements = ("carbon", "hydrogen", "oxygen", "nitrogen")
    made_of = [dict(zip("CHON", (atoms(c, e) for e in elements), strict=True)) for c in COMPONENTS] + [{"Ar": 1}]
    counted = [{e: n for e, n in molecule.items() if n} for molecule in made_of]
    counted[COMPONENTS.index("sulphur_dioxide")]["S"] = 1
    whole = sum(s.value_in("1") for s in gas.fuel.shares.values())
    fuel = [gas.fuel.shares[c].value_in("1") / whole if c in gas.fuel.shares else 0.0 for c in COMPONENTS] + [0.0]
    air = [{"nitrogen": 0.7812, "oxygen": 0.2096}.get(c, 0.0) for c in COMPONENTS] + [0.0092]
    theirs = fuel_air_spec_solver(
        zs_air=air, zs_fuel=fuel, CASs=CAS_NUMBERS, atomss=counted, n_fuel=1.0, frac_out_O2_dry=oxygen / 100
    )
    assert excess(gas, oxygen).value == pytest.approx(theirs["O2_excess"], rel=1e-6)


def test_shares_of_a_mixture_count_by_their_amount() -> None:
    half = burn(fuel_gas("half", {"methane": share(50), "nitrogen": share(50)}))
    whole = burn(named_fuel_gas("methane"))
    assert half.lower_heating_value.value == pytest.approx(whole.lower_heating_value.value / 2)
    assert half.stoichiometric_air.value == pytest.approx(whole.stoichiometric_air.value / 2)
    assert half.nitrogen.value_in("1") == pytest.approx(0.5)


def test_an_analysis_rounded_to_99_85_percent_is_read_as_the_whole_gas() -> None:
    given_shares = named_fuel_gas("natural_gas_us_typical").shares
    assert sum(s.value_in("%") for s in given_shares.values()) == pytest.approx(99.85)
    full = {name: share(s.value_in("%") / 0.9985) for name, s in given_shares.items()}
    as_given, scaled = burn(named_fuel_gas("natural_gas_us_typical")), burn(fuel_gas("scaled", full))
    assert as_given.lower_heating_value.value == pytest.approx(scaled.lower_heating_value.value, rel=1e-12)


@pytest.mark.parametrize(
    ("parts", "error", "words"),
    [
        ({"methane": 90}, OutOfRange, "add up"),
        ({"methane": 101}, OutOfRange, "add up"),
        ({"methane": 101, "nitrogen": -1}, OutOfRange, "negative"),
        ({"nitrogen": 60, "carbon_dioxide": 40}, InputError, "burns"),
        ({"methane": 90, "pentane": 10}, InputError, "pentane"),
    ],
)
def test_an_impossible_analysis_is_refused(parts: dict[str, float], error: type[InputError], words: str) -> None:
    with pytest.raises(error, match=words):
        fuel_gas("gas of the test", {name: share(value) for name, value in parts.items()})


@pytest.mark.parametrize("sum_of_parts", [99.5, 100, 100.5])
def test_a_rounded_analysis_is_accepted(sum_of_parts: float) -> None:
    assert fuel_gas("gas", {"methane": share(sum_of_parts - 1), "nitrogen": share(1)}).name == "gas"


def test_an_unknown_fuel_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="natural_gas_us_typical"):
        named_fuel_gas("natural_gas_taiwan")


def test_lower_and_higher_heat_do_not_mix() -> None:
    methane = burn(named_fuel_gas("methane"))
    with pytest.raises(UnitError, match="heating-value basis"):
        law.lower_heating_value(methane.higher_heating_value)
    assert str(law.lower_heating_value(methane.lower_heating_value).unit) == "MJ[LHV]/Nm³"


# ---------------------------------------------------------------- oxygen and excess air


@few
@given(gases, st.floats(0, 20))
def test_oxygen_to_excess_air_and_back(gas: Combustion, oxygen: float) -> None:
    over = excess(gas, oxygen)
    back = law.flue_oxygen_dry(over, gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen)
    assert back.value_in("%") == pytest.approx(oxygen, abs=1e-9)


@few
@given(gases, st.floats(0, 20), st.floats(0.01, 0.8))
def test_more_oxygen_is_more_air(gas: Combustion, oxygen: float, step: float) -> None:
    assert excess(gas, oxygen + step).value > excess(gas, oxygen).value


@few
@given(gases, st.floats(0.1, 15))
def test_dry_oxygen_is_that_of_the_counted_moles_and_wet_oxygen_is_less(gas: Combustion, oxygen: float) -> None:
    over = excess(gas, oxygen)
    moles = {g: n.value_in("1") for g, n in flue_gas(gas, over, combustion_air(gas, over)).items()}
    wet = sum(moles.values())
    assert 100 * moles["oxygen"] / (wet - moles["water"]) == pytest.approx(oxygen)
    air, dry, oxygen_in_air = gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen
    read_wet = law.flue_oxygen_wet(over, air, dry, oxygen_in_air, gas.hydrogen)
    assert read_wet.value_in("1") == pytest.approx(moles["oxygen"] / wet)
    assert read_wet.value_in("%") < oxygen
    turned = law.dry_oxygen_from_wet(read_wet, air, dry, oxygen_in_air, gas.hydrogen)
    assert turned.value_in("%") == pytest.approx(oxygen)


@pytest.mark.parametrize("oxygen", [-0.1, 20.91, 21, 30])
def test_oxygen_of_air_or_below_nothing_is_refused(oxygen: float) -> None:
    with pytest.raises(OutOfRange, match=r"0 to 0\.209"):
        excess(burn(named_fuel_gas("methane")), oxygen)


@pytest.mark.parametrize("oxygen", [0, 3, 20.9])
def test_oxygen_of_a_flue_gas_is_accepted(oxygen: float) -> None:
    assert excess(burn(named_fuel_gas("methane")), oxygen).value >= 0


# ---------------------------------------------------------------- sulphur dioxide in a fuel gas: goes in, comes out


def with_sulphur(sulphur: float) -> Combustion:
    return burn(fuel_gas("with SO2", {"methane": share(100 - sulphur), "sulphur_dioxide": share(sulphur)}))


@few
@given(st.floats(0, 60))
def test_sulphur_dioxide_takes_no_air_and_gives_no_heat(sulphur: float) -> None:
    plain, mixed = with_sulphur(0), with_sulphur(sulphur)
    rest = 1 - sulphur / 100
    for name in ("stoichiometric_air", "lower_heating_value", "higher_heating_value", "hydrogen"):
        assert getattr(mixed, name).value == pytest.approx(rest * getattr(plain, name).value, rel=1e-12)
    assert mixed.carbon.value == pytest.approx(1)
    dry = rest * plain.stoichiometric_dry_flue_gas.value + sulphur / 100
    assert mixed.stoichiometric_dry_flue_gas.value == pytest.approx(dry)


def test_sulphur_dioxide_weighs_what_a_library_says_and_does_not_burn() -> None:
    half = fuel_gas("half", {"methane": share(50), "sulphur_dioxide": share(50)})
    assert molar_mass(half).value == pytest.approx((MW("74-82-8") + MW("7446-09-5")) / 2, rel=1e-5)
    with pytest.raises(InputError, match="nothing in this gas burns"):
        fuel_gas("smoke", {"sulphur_dioxide": share(20), "nitrogen": share(80)})


@pytest.mark.parametrize("celsius", [100, 200, 500, 850, 1300])
def test_the_heat_of_sulphur_dioxide_is_within_a_fifteenth_of_that_of_carbon_dioxide(celsius: float) -> None:
    """CoolProp's ideal-gas heat capacities: what counting SO2 as CO2 leaves out."""
    sulphur, carbon = (
        quad(lambda kelvin, gas=gas: PropsSI("CP0MOLAR", "T", kelvin, "P", 1, gas), 298.15, celsius + 273.15)[0]
        for gas in ("SulfurDioxide", "CarbonDioxide")
    )
    assert 1 < sulphur / carbon < 1 + 1 / 15
