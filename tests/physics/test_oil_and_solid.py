"""Oils and solid fuels: published air and CO2, atoms conserved, other programs agree, nonsense is refused."""

import json
from pathlib import Path

import chemicals
import numpy as np
import pytest
from chemicals.combustion import HHV_modified_Dulong, combustion_data, fuel_air_spec_solver
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import InputError, OutOfRange
from energycalc.physics.combustion import ultimate_analysis as law
from energycalc.physics.combustion.flame import molar_enthalpy
from energycalc.physics.combustion.flue_gas import combustion_air, flue_gas
from energycalc.physics.combustion.fuel_gas import fuel_gas, known_fuel_gases, named_fuel_gas
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.combustion.oil import burn_oil, known_oils, named_oil, oil_by_density
from energycalc.physics.combustion.stoichiometry import Combustion, burn, higher_heating_value
from energycalc.quantity import Quantity, quantity
from tests.physics.flames import few, number, share

AIR_MASS = 0.7812 * 28.0134 + 0.2096 * 31.9988 + 0.0092 * 39.948  # g/mol


def analysis(**percent: float) -> Combustion:
    return law.burn_by_analysis(law.fuel_by_analysis("fuel", {k: share(v) for k, v in percent.items()}))


def per_kilogram(burnt: Combustion) -> float:
    """Kilograms of fuel per kmol of its carbon."""
    return 12.0107 / float(burnt.fuel.shares["carbon"].value)


def air_by_mass(burnt: Combustion) -> float:
    return float(burnt.stoichiometric_air.value) * AIR_MASS / per_kilogram(burnt)


def highest_carbon_dioxide(burnt: Combustion) -> float:
    return 100 * float(burnt.carbon.value) / float(burnt.stoichiometric_dry_flue_gas.value)


# ASHRAE Fundamentals 2021, chapter 28, tables 14 (Mg of air per m3 of oil) and 15 (highest CO2, %)
PUBLISHED_OILS = {"fuel_oil_no1": (12.34, 15.0), "fuel_oil_no2": (12.70, 15.0), "fuel_oil_no6": (13.66, 16.5)}


@pytest.mark.parametrize(("name", "printed"), PUBLISHED_OILS.items())
def test_air_and_carbon_dioxide_of_fuel_oils_are_those_of_the_handbook(name: str, printed: tuple[float, float]) -> None:
    oil = named_oil(name)
    burnt = burn_oil(oil)
    assert air_by_mass(burnt) * float(oil.density.value) / 1000 == pytest.approx(printed[0], rel=0.035)
    assert highest_carbon_dioxide(burnt) == pytest.approx(printed[1], rel=0.03)


@pytest.mark.parametrize(
    ("gas", "air", "carbon_dioxide"), [("methane", 9.57, 11.73), ("propane", 23.95, 13.75), ("butane", 31.14, 14.05)]
)
def test_air_and_carbon_dioxide_of_gases_are_those_of_the_handbook(gas: str, air: float, carbon_dioxide: float) -> None:
    # table 1 of the same chapter, air of 20.9 % oxygen there
    burnt = burn(named_fuel_gas(gas))
    assert burnt.stoichiometric_air.value_in("1") == pytest.approx(air, rel=5e-3)
    assert highest_carbon_dioxide(burnt) == pytest.approx(carbon_dioxide, rel=4e-3)


LNG = {"methane": 91.0, "ethane": 6.0, "propane": 2.0, "butane": 0.8, "nitrogen": 0.2}  # constructed
HANDBOOK_AIR = {"carbon_monoxide": 2.39, "hydrogen": 2.39, "methane": 9.57, "ethane": 16.75, "propane": 23.95,
                "butane": 31.14, "oxygen": -4.78}  # fmt: skip
CRC = {"methane": ("CH4", -74600), "ethane": ("C2H6", -84000), "propane": ("C3H8", -103800),
       "butane": ("C4H10", -125700), "hydrogen": ("H2", 0), "carbon_monoxide": ("CO", -110500)}  # fmt: skip


@pytest.mark.parametrize("name", [*known_fuel_gases(), "regasified LNG"])
def test_air_and_heat_of_every_gas_agree_with_handbook_and_crc(name: str) -> None:
    """Equation 7 of the chapter for the air; chemicals' stoichiometry with CRC heats of formation for the heat."""
    made = (
        fuel_gas(name, {k: share(v) for k, v in LNG.items()})
        if name not in known_fuel_gases()
        else named_fuel_gas(name)
    )
    shares = {k: float(v.value_in("1")) for k, v in made.shares.items()}
    whole = sum(shares.values())
    burnt = burn(made)
    air = sum(HANDBOOK_AIR.get(k, 0) * v for k, v in shares.items()) / whole
    assert burnt.stoichiometric_air.value_in("1") == pytest.approx(air, rel=5e-3)
    for basis, found in (("HHV", burnt.higher_heating_value), ("LHV", burnt.lower_heating_value)):
        heat = sum(
            -float(getattr(combustion_data(formula=CRC[k][0], Hf=CRC[k][1]), basis)) * v / whole
            for k, v in shares.items()
            if k in CRC
        )
        assert found.value_in(f"kJ[{basis}]/mol") == pytest.approx(heat / 1000, rel=1e-3)


@pytest.mark.parametrize(("gas", "printed"), [("propane", 50.15), ("butane", 49.3)])
def test_heat_of_liquefied_petroleum_gases_is_that_of_the_handbook(gas: str, printed: float) -> None:
    # chapter 28: commercial propane about 50.15 MJ/kg, commercial butane about 49.3 MJ/kg
    burnt = burn(named_fuel_gas(gas))
    mass = float(published(gas, "molar_mass").value)
    assert burnt.higher_heating_value.value_in("MJ[HHV]/mol") / mass * 1000 == pytest.approx(printed, rel=0.006)
    assert higher_heating_value(burnt.higher_heating_value).value > 95


@pytest.mark.parametrize("element", ["carbon", "hydrogen", "sulphur", "oxygen"])
def test_stoichiometric_air_by_equation_5_of_the_handbook(element: str) -> None:
    """Equation 5: 0.0144 (8 C + 24 H + 3 S - 3 O) kg of air per kg of fuel."""
    percent = {"carbon": 80.0, "hydrogen": 10.0, "sulphur": 3.0, "oxygen": 6.0, "ash": 1.0}
    percent[element] += 1
    percent["carbon"] -= 1
    printed = 0.0144 * (
        8 * percent["carbon"] + 24 * percent["hydrogen"] + 3 * percent["sulphur"] - 3 * percent["oxygen"]
    )
    assert air_by_mass(analysis(**percent)) == pytest.approx(printed, rel=0.006)


def test_air_and_flue_gas_agree_with_another_program() -> None:
    burnt = analysis(carbon=86, hydrogen=13, sulphur=0.6, nitrogen=0.4)
    atoms = [{"C": 1}, {"H": 1}, {"S": 1}, {"N": 1}, {"O": 2}, {"N": 2}, {"Ar": 1},
             {"H": 2, "O": 1}, {"C": 1, "O": 2}, {"S": 1, "O": 2}]  # fmt: skip
    cas = ["7440-44-0", "12385-13-6", "7704-34-9", "17778-88-0", "7782-44-7", "7727-37-9", "7440-37-1", "7732-18-5",
           "124-38-9", "7446-09-5"]  # fmt: skip
    moles = np.array([86 / 12.0107, 13 / 1.00794, 0.6 / 32.065, 0.4 / 14.0067])
    fuel = [*(moles / moles.sum()), *[0.0] * 6]
    theirs = fuel_air_spec_solver(
        zs_air=[0, 0, 0, 0, 0.2096, 0.7812, 0.0092, 0, 0, 0],
        zs_fuel=fuel,
        CASs=cas,
        atomss=atoms,
        n_fuel=1.0,
        O2_excess=0.0,
    )
    assert burnt.stoichiometric_air.value_in("1") == pytest.approx(theirs["n_air"] / fuel[0], rel=1e-5)


masses = st.fixed_dictionaries(
    {"carbon": st.floats(60, 90), "hydrogen": st.floats(3, 14)},
    optional={"sulphur": st.floats(0, 4), "oxygen": st.floats(0, 6), "nitrogen": st.floats(0, 2),
              "moisture": st.floats(0, 10), "ash": st.floats(0, 10)},
)  # fmt: skip


def scaled(parts: dict[str, float]) -> dict[str, float]:
    whole = sum(parts.values())
    return {element: 100 * part / whole for element, part in parts.items()}


@few
@given(masses, st.floats(0, 2))
def test_mass_is_conserved(parts: dict[str, float], over: float) -> None:
    percent = scaled(parts)
    burnt = analysis(**percent)
    air = combustion_air(burnt, number(over))
    gas = {g: float(n.value_in("1")) for g, n in flue_gas(burnt, number(over), air).items()}
    weigh = {g: float(published(g, "molar_mass").value) for g in gas}
    fuel = per_kilogram(burnt)
    sulphur = fuel * percent.get("sulphur", 0) / 100 / 32.065  # moles of SO2, counted among the three-atom gases
    out = sum(n * weigh[g] for g, n in gas.items()) + sulphur * (32.065 - 12.0107)
    into = fuel * (1 - percent.get("ash", 0) / 100) + AIR_MASS * sum(float(n.value_in("1")) for n in air.values())
    assert out == pytest.approx(into, rel=3e-5)


@few
@given(masses)
def test_heating_value_agrees_with_another_program(parts: dict[str, float]) -> None:
    percent = scaled({k: v for k, v in parts.items() if k != "moisture"})
    burnt = analysis(**percent)
    names = {"carbon": "C", "hydrogen": "H", "sulphur": "S", "oxygen": "O"}
    theirs = -HHV_modified_Dulong({names[k]: v / 100 for k, v in percent.items() if k in names} | {"N": 0.0})
    higher = float(burnt.higher_heating_value.value_in("kJ[HHV]/mol")) / per_kilogram(burnt) * 1000
    lower = float(burnt.lower_heating_value.value_in("kJ[LHV]/mol")) / per_kilogram(burnt) * 1000
    assert higher == pytest.approx(theirs, rel=0.008)  # 33.8 / 142.8 / 9.5 there, 33.829 / 144.28 / 9.42 here
    assert higher - lower == pytest.approx(2442 * 8.937 * percent["hydrogen"] / 100, rel=2e-3)  # 2442 kJ/kg at 25 °C


def test_dulong_by_hand() -> None:
    """The handbook's equation 4 on a coal of 80 % C, 5 % H, 8 % O, 1 % S."""
    heat = law.dulong_heating_value(*(number(v) for v in (0.80, 0.05, 0.08, 0.01)))
    assert heat.value == pytest.approx(33.829 * 0.80 + 144.28 * (0.05 - 0.08 / 8) + 9.42 * 0.01, rel=1e-12)
    with pytest.raises(OutOfRange, match="range"):
        law.dulong_heating_value(*(number(v) for v in (0.5, 0.06, 0.101, 0.01)))


def test_moisture_takes_its_heat_of_vaporisation_and_nothing_else() -> None:
    dry = law.fuel_by_analysis("dry", {"carbon": share(90), "hydrogen": share(10)})
    wet = law.fuel_by_analysis("wet", {"carbon": share(81), "hydrogen": share(9), "moisture": share(10)})
    heats = [quantity(40, "MJ[HHV]/kg"), quantity(36, "MJ[HHV]/kg")]
    burnt = [law.burn_by_analysis(f, h) for f, h in zip((dry, wet), heats, strict=True)]
    assert burnt[0].stoichiometric_air.value == pytest.approx(burnt[1].stoichiometric_air.value)
    gap = [float(b.higher_heating_value.value - b.lower_heating_value.value) for b in burnt]  # type: ignore[operator]
    water = 10 / 18.01528 / (81 / 12.0107)
    assert gap[1] - gap[0] == pytest.approx(44.004 * water, rel=2e-3)
    assert float(burnt[1].hydrogen.value - burnt[0].hydrogen.value) == pytest.approx(2 * water, rel=1e-6)


def test_sulphur_dioxide_counted_as_carbon_dioxide_errs_by_less_than_a_tenth_of_its_heat() -> None:
    """Heat of SO2 from 25 °C by JANAF 1998, as carried by chemicals, against that of CO2."""
    folder = Path(chemicals.__file__).parent / "Heat Capacity" / "JANAF_1998_gas_Cp.json"
    kelvin, capacity = (np.array(v) for v in json.loads(folder.read_text(encoding="utf-8"))["7446-09-5"])
    for hot in (500.0, 1000.0, 1500.0):
        steps = np.linspace(298.15, hot, 500)
        sulphur = np.trapezoid(np.interp(steps, kelvin, capacity), steps) / 1000
        carbon = molar_enthalpy("carbon_dioxide", hot) - molar_enthalpy("carbon_dioxide", 298.15)
        assert sulphur == pytest.approx(float(carbon), rel=0.1)


# ---------------------------------------------------------------- oils by density


def test_oil_of_854_by_hand() -> None:
    """Equations 2 and 3 of the chapter: 51.92 - 8.79e-6 * 854**2 MJ/kg; 26 - 15 * 0.854 % hydrogen."""
    oil = oil_by_density("oil", quantity(854, "kg/m3", name="oil_density"), share(0.2))
    assert oil.higher_heating_value.value_in("MJ[HHV]/kg") == pytest.approx(51.92 - 8.79e-6 * 854**2)
    assert oil.fuel.shares["hydrogen"].value == pytest.approx(0.26 - 0.15 * 0.854)
    assert oil.fuel.shares["carbon"].value == pytest.approx(1 - 0.1319 - 0.002)
    # IPCC 2006 net calorific value of gas/diesel oil: 43.0 TJ/Gg (from the project's table of emission factors)
    lower = burn_oil(oil).lower_heating_value.value_in("MJ[LHV]/mol") / (12.0107 / 0.8661) * 1000
    assert lower == pytest.approx(43.0, rel=0.012)


@pytest.mark.parametrize("density", [779, 1021])
def test_a_density_that_no_oil_has_is_refused(density: float) -> None:
    with pytest.raises(OutOfRange, match="range"):
        oil_by_density("oil", quantity(density, "kg/m3", name="oil_density"), share(0.2))


def test_an_unknown_oil_is_refused_with_the_known_ones() -> None:
    assert {"diesel", "fuel_oil_no6"} <= set(known_oils())
    with pytest.raises(InputError, match="diesel"):
        named_oil("kerosene")


@pytest.mark.parametrize(
    ("parts", "error", "words"),
    [
        ({"carbon": 90}, OutOfRange, "add up"),
        ({"carbon": 100.6}, OutOfRange, "add up"),
        ({"carbon": 101, "hydrogen": -1}, OutOfRange, "negative"),
        ({"hydrogen": 100}, OutOfRange, "carbon"),
        ({"carbon": 90, "helium": 10}, InputError, "helium"),
    ],
)
def test_an_impossible_analysis_is_refused(parts: dict[str, float], error: type[InputError], words: str) -> None:
    with pytest.raises(error, match=words):
        law.fuel_by_analysis("fuel of the test", {name: share(value) for name, value in parts.items()})


@pytest.mark.parametrize("whole", [98.51, 100, 100.49])
def test_a_rounded_analysis_is_read_as_the_whole_fuel(whole: float) -> None:
    fuel = law.fuel_by_analysis("fuel", {"carbon": share(whole - 10), "hydrogen": share(10)})
    assert fuel.shares["hydrogen"].value == pytest.approx(10 / whole)


# ---------------------------------------------------------------- by mass


def masses_of_air(fuel: dict[str, float]) -> tuple[Quantity, ...]:
    exact = ("carbon", 12.0107), ("hydrogen", 2.01588), ("sulphur", 32.065), ("oxygen", 31.9988)
    return (*(number(fuel.get(e, 0.0)) for e, _ in exact), *(quantity(m, "g/mol") for _, m in exact))


def test_oxygen_demand_of_carbon_hydrogen_and_sulphur_is_that_of_the_handbook() -> None:
    """Table 1 of the chapter: 2.66, 7.94 and 1.00 kg of O2 per kg of C, H2 and S."""
    for element, printed in {"carbon": 2.66, "hydrogen": 7.94, "sulphur": 1.00}.items():
        assert law.oxygen_demand_by_mass(*masses_of_air({element: 1})).value == pytest.approx(printed, abs=0.006)
    assert law.oxygen_demand_by_mass(*masses_of_air({"carbon": 0.5, "oxygen": 0.5})).value == pytest.approx(
        0.5 * 31.9988 / 12.0107 - 0.5
    )


def test_oxygen_by_mass_by_hand() -> None:
    # 1 kg of carbon-like fuel with 10 % ash, 2 kg of O2 needed, half as much again, air of 25 % O2 with 2 % water
    left = law.flue_oxygen_by_mass(*(number(v) for v in (0.5, 2.0, 0.25, 0.1, 0.02)))
    assert left.value == pytest.approx(1.0 / (0.9 + 8 * 1.5 * 1.02), rel=1e-12)


@few
@given(st.floats(0.01, 3), st.floats(1, 4), st.floats(0, 0.3), st.floats(0, 0.05))
def test_oxygen_by_mass_there_and_back(over: float, need: float, ash: float, wet: float) -> None:
    rest = [number(v) for v in (need, 0.2315, ash, wet)]
    back = law.excess_air_by_mass(law.flue_oxygen_by_mass(number(over), *rest), *rest)
    assert back.value == pytest.approx(over, rel=1e-9)


def test_losses_of_ash_by_hand() -> None:
    heat = quantity(25, "MJ[HHV]/kg")
    carbon = law.unburnt_carbon_loss(number(0.1), number(0.05), quantity(32.8, "MJ[HHV]/kg"), heat)
    assert carbon.value == pytest.approx(0.1 * 0.05 * 32.8 / 25)
    ash = law.ash_heat_loss(number(0.1), quantity(1.05, "kJ/(kg*K)"), quantity(400, "K"), heat)
    assert ash.value == pytest.approx(0.1 * 1.05 * 400 / 25000)
