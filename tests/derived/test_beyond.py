"""Derived effects where measures act beyond their machine, lose their saving, or move energy to another carrier."""

import pytest

from energycalc.case.case_file import case_from_text
from energycalc.effects.derived.derived import derived_effects_of
from energycalc.effects.derived.results import Derived
from energycalc.effects.effects import effects_of
from energycalc.errors import EnergycalcError
from energycalc.factors import published_factors
from tests.derived.plant import TEXT, Plant, rollout, target
from tests.derived.test_views import IN, OUT, cbam

LIFE = "interactions:\n  persistence:\n    - {measures: [A], useful_life: 2 yr, because: made up}\n"
TAKE_BACK = "interactions:\n  take_back:\n    - {measure: A, share: 20 %, because: made up}\n"
COOLING = """interactions:
  secondary_effects:
    - measure: A
      effect: cooling
      machine: M2
      carrier: electricity
      heat_share: 100 %
      season_share: 50 %
      performance: 2
      because: made up
"""
BURNER, SWITCH = "technology: furnace_flue_gas", "technology: gas_to_electric_heating"


def computed(plant: Plant, before: str = "", changes: tuple[tuple[str, str], ...] = ()) -> Derived:
    text = TEXT.format(**vars(plant)).replace("derived_effects:", before + "derived_effects:")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    case = case_from_text(text)
    found = derived_effects_of(case, effects_of(case, published_factors(), {}), published_factors())
    assert found is not None
    return found


def switched(plant: Plant) -> Derived:
    """The furnace becomes electric: 1,000 MWh of gas at 40 % become 500 MWh of electricity at 80 %."""
    readings = "before: {flue_gas_oxygen_dry: 8 %, flue_gas_temperature: 600 °C, combustion_air_temperature: 25 °C}"
    common = "common: {fuel: natural_gas_us_typical, ambient_temperature: 25 °C}"
    changes = (
        (BURNER, SWITCH),
        (readings, "before: {fuel_heating_efficiency: 40 %}"),
        ("after: {flue_gas_oxygen_dry: 3 %}", "after: {electric_heating: resistance, electric_performance: 80 %}"),
        (common, "common: {}"),
    )
    return computed(plant, changes=changes)


def test_a_life_that_ends_ends_the_path() -> None:
    """Two years from 2025-01-01: nothing from 2027 on, and the years still add up."""
    derived = computed(Plant(), LIFE)
    by_year = [float(y.project["electricity"].value) for y in derived.years]
    assert by_year == pytest.approx([10_000, 10_000, 0, 0, 0])
    assert float(derived.project_total["electricity"].value) == pytest.approx(20_000)


def test_what_is_taken_back_here_is_taken_back_there() -> None:
    """A fifth of 10,000 kWh is used again: 8,000 kWh × 2 × 80 % × 50 % = 6,400 kWh."""
    derived = computed(Plant(rollout()), TAKE_BACK)
    assert derived.years[0].project["electricity"].value == pytest.approx(8_000)
    assert derived.years[0].rollout["electricity"].value == pytest.approx(6_400)


def test_what_a_measure_does_elsewhere_stays_here() -> None:
    """Less heat in the hall saves 10,000 × 50 % ÷ 2 = 2,500 kWh of cooling here; the target has its own hall."""
    derived = computed(Plant(rollout()), COOLING)
    assert derived.years[0].project["electricity"].value == pytest.approx(12_500)
    assert derived.years[0].rollout["electricity"].value == pytest.approx(8_000)


def test_the_boundary_must_speak_of_every_machine_concerned() -> None:
    with pytest.raises(EnergycalcError, match=r"boundary says nothing.*M2"):
        _ = computed(Plant(cbam()), COOLING)
    spoken = cbam().rstrip() + "\n          - {machine: M2, inside: no, because: made up}\n"
    assert computed(Plant(spoken), COOLING).goods[0].direct_saving is not None


def test_a_switch_is_carried_over_with_both_its_sides() -> None:
    """Unit: 1,000 MWh less gas, 500 MWh more electricity; × 0.2 × 80 % × 50 %."""
    derived = switched(Plant(rollout(target(measure="D", scale="scale: 0.2", where='energy: "300,000 kWh[LHV]"'))))
    found = derived.years[0].rollout
    assert found["natural_gas"].value == pytest.approx(80_000)
    assert found["electricity"].value == pytest.approx(-40_000)


def test_a_switch_lowers_the_direct_emissions_of_a_good_and_says_what_it_takes_up() -> None:
    """IPCC 2006: 1,000 MWh × 56,100 kg CO2/TJ by 1,000 t; the 500 MWh taken up count nowhere in this figure."""
    (good,) = switched(Plant(cbam(motor=OUT, furnace=IN))).goods
    assert good.direct_saving is not None and good.electricity_inside is not None
    assert good.direct_saving.value_in("tCO2e/t") == pytest.approx(1_000_000 * 3.6e-6 * 56_100 / 1000 / 1000)
    assert good.electricity_inside.value == pytest.approx(-500_000)
    assert any("takes up electricity" in w.en for w in good.statements)
    assert not any("takes up electricity" in w.en for w in Plant(cbam()).derived.goods[0].statements)
