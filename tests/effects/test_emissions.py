"""Emissions: carrier by carrier on their own basis, together only on one that somebody declares."""

import math

import pytest

import energycalc
from energycalc.effects.effects import effects_of
from energycalc.errors import EnergycalcError, FactorError
from energycalc.factors import published_factors
from energycalc.quantity.trace import walk
from tests.plants import GAS, Furnace, Motor, PlantText, electric, level, stated, stated_gas

KCAL = 4186.8 / 3.6e6  # kWh per kcal, International Table


def gas(**more: str) -> PlantText:
    return PlantText({"L1": {"F1": {"natural_gas": stated_gas(1e6)}}}, [Furnace("D", "F1")], **more)  # type: ignore[arg-type]


def both(**more: str) -> PlantText:
    machines = {"M1": {"electricity": stated(1e5)}, "F1": {"natural_gas": stated_gas(1e6)}}
    return PlantText({"L1": machines}, [Motor("A", "M1", 81, 90), Furnace("D", "F1")], **more)  # type: ignore[arg-type]


def test_electricity_of_2018_is_0_533_per_kwh() -> None:
    """Taiwan 2018, all customers: 0.533 kgCO2e/kWh (MOENV table 6.0.4)."""
    result = electric(Motor("A", "M1", 81, 90)).effects().plant.carriers["electricity"]
    assert result.emissions_before.value == pytest.approx(100_000 * 0.533 / 1000, rel=1e-12)
    assert result.emission_saving.value == pytest.approx(10_000 * 0.533 / 1000, rel=1e-9)
    assert str(result.emissions_before.unit) == "tCO2e[not_stated]"


@pytest.mark.parametrize(
    ("gwp", "origin", "methane", "nitrous", "published"),
    [
        ("AR4", "CH4_fossil", 25, 298, 1.88087),
        ("AR5", "CH4_non_fossil", 28, 265, 1.88086),
        ("AR5", "CH4_fossil", 30, 265, 1.88093),
    ],
)
def test_natural_gas_is_1_879_kg_per_m3_and_its_methane_and_nitrous_oxide(
    gwp: str, origin: str, methane: float, nitrous: float, published: float
) -> None:
    """MOENV table 6.0.4, per m3 of 8,000 kcal: CO2 1.879036, CH4 3.3494e-5, N2O 3.3494e-6 kg."""
    plant = gas(natural_gas=GAS.replace("AR5", gwp).replace("CH4_fossil", origin), count_grid_as="")
    (use,) = plant.effects().factors
    assert use.factor.value == pytest.approx(1.879036 + 3.3494e-5 * methane + 3.3494e-6 * nitrous, rel=1e-9)
    assert use.factor.value == pytest.approx(published, abs=6e-6)
    assert str(use.factor.unit) == f"kgCO2e[{gwp}]/m³"
    before = plant.effects().plant.carriers["natural_gas"].emissions_before
    assert before.value == pytest.approx(1e6 / (8_000 * KCAL) * use.factor.value / 1000, rel=1e-9)
    assert str(before.unit) == f"tCO2e[{gwp}]"


def test_a_factor_per_energy_does_not_depend_on_the_heat_value() -> None:
    """56,100 kg CO2 per TJ (IPCC 2006): 1 GWh of heat emits 201.96 t CO2 whatever a cubic metre holds."""
    found = []
    for heat in ("8,000", "9,000"):
        plant = gas(natural_gas=GAS.replace("per_unit", "per_energy").replace("8,000", heat))
        found.append(plant.effects().plant.carriers["natural_gas"].emissions_before.value)
    assert found[0] == pytest.approx(found[1], rel=1e-12)
    assert 201.96 < found[0] < 201.96 * 1.002


def test_gas_sets_stay_in_the_unit_and_are_not_mixed() -> None:
    effects = both().effects()
    assert str(effects.plant.carriers["electricity"].emissions_before.unit) == "tCO2e[not_stated]"
    assert str(effects.plant.carriers["natural_gas"].emissions_before.unit) == "tCO2e[AR5]"
    assert str(effects.plant.emissions_before.unit) == "tCO2e[AR5]"
    assert effects.plant.emissions_before.value == pytest.approx(
        sum(c.emissions_before.value for c in effects.plant.carriers.values()), rel=1e-12
    )
    for other in ("AR4", "AR6"):
        with pytest.raises(EnergycalcError, match=rf"{other}.*GWP set|GWP set.*{other}"):
            both(count_grid_as=other).effects()


def test_the_declaration_and_its_reason_are_in_the_trace() -> None:
    plant = both().effects().plant
    declared = [q for q in walk(plant.emission_saving) if q.operation == "declare" and "CO2e" in str(q.unit)]
    assert len(declared) == 1
    assert "constructed" in str(declared[0].parameters[1])
    alone = electric(Motor("A", "M1"), count_grid_as="").effects().plant
    assert str(alone.emission_saving.unit) == "tCO2e[not_stated]"


def test_the_heat_value_must_be_for_the_volume_of_the_factor() -> None:
    with pytest.raises(EnergycalcError):
        gas(natural_gas=GAS.replace("kcal[LHV]/m3", "kcal[LHV]/Nm3")).effects()


def test_methane_has_no_silent_origin() -> None:
    with pytest.raises(FactorError):
        gas(natural_gas=GAS.replace("CH4_fossil", "CH4")).effects()


def test_a_year_without_a_factor_is_refused_and_an_older_one_must_be_allowed() -> None:
    with pytest.raises(FactorError):
        electric(Motor("A", "M1"), electricity="{year: 2031, series: overall}").effects()
    with pytest.raises(FactorError):
        electric(Motor("A", "M1"), electricity="{year: 2025}").effects()
    named = electric(Motor("A", "M1"), electricity="{year: 2025, series: industrial}").effects()
    assert named.factors[0].factor.value == 0.466
    with pytest.raises(FactorError):
        gas(natural_gas=GAS.replace("2018", "2025")).effects()


def test_a_scenario_changes_the_factor_and_nothing_else() -> None:
    scenario_text = "  scenarios:\n    - {name: later, electricity: {year: 2025, series: industrial}}\n"
    text = both().text().replace("  because: constructed\n", "  because: constructed\n" + scenario_text)
    effects = effects_of(energycalc.case_from_text(text), published_factors(), {})
    (scenario,) = effects.scenarios
    by_hand = 10_000 * 0.466 / 1000 + effects.plant.carriers["natural_gas"].emission_saving.value
    assert scenario.emission_saving.value == pytest.approx(by_hand, rel=1e-9)
    assert effects.plant.carriers["electricity"].emission_saving.value == pytest.approx(5.33, rel=1e-9)
    assert scenario.factors[0].factor.value == 0.466


def test_one_factor_is_one_input_for_the_whole_plant() -> None:
    effects = both().effects()
    grid = [q for q in walk(effects.plant.emission_saving) if q.name == "grid_emission_factor"]
    assert len(grid) == 1
    assert grid[0] in walk(level(effects, "M1").emission_saving)
    assert all(f.how_en and f.how_zh for f in effects.factors)
    assert math.isfinite(effects.plant.emission_saving.value)
