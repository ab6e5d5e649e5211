"""Heat that is no longer released: less to cool, more to heat, on its own machine, with its own sign."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.effects.results import Effects
from energycalc.effects.secondary import saved_heat, secondary_energy
from energycalc.errors import CaseFileError, InputError, OutOfRange
from energycalc.quantity import quantity
from tests.plants import Furnace, Motor, PlantText, level, stated, stated_gas

EFFECT = (
    "{{measure: {measure}, effect: {effect}, machine: {machine}, carrier: {carrier}, heat_share: {share}, {season}, "
    "performance: '{performance}', because: constructed}}"
)


def effect(measure: str = "A", **changes: object) -> str:
    said = {
        "measure": measure, "effect": "cooling", "machine": "AC", "carrier": "electricity", "share": "80 %",
        "season": "season_share: 50 %", "performance": "4",
    }  # fmt: skip
    return EFFECT.format(**(said | changes))


def plant(
    *effects: str, measures: tuple[Motor | Furnace, ...] = (Motor("A", "M1", 81, 90),), more: str = ""
) -> PlantText:
    """A machine in a cooled hall, its air conditioning, a gas boiler and a furnace."""
    machines = {
        "M1": {"electricity": stated(1e5)},
        "AC": {"electricity": stated(2e4)},
        "B1": {"natural_gas": stated_gas(3e4)},
        "F1": {"natural_gas": stated_gas(1e6)},
    }
    block = "interactions:\n" + (f"  secondary_effects: [{', '.join(effects)}]\n" if effects else "") + more
    return PlantText({"L1": machines}, measures, more=block if effects or more else "")


def secondary(effects: Effects, machine: str) -> float:
    (found,) = [m for m in effects.measures if m.kind == "secondary" and m.machine == machine]
    assert not found.is_main
    return float(found.saving.value)


def test_the_cooling_of_lamps_by_a_public_page() -> None:
    """Wisconsin Public Service: 80 % of the input power becomes a cooling load, COP 3.4; 0.2353 kWh a kWh."""
    heat = saved_heat(quantity(1000, "kWh"), quantity(80, "%"), quantity(1, "1"))
    assert heat.value == pytest.approx(800)
    assert secondary_energy(heat, quantity(3.4, "1")).value == pytest.approx(235.294, abs=1e-3)


def test_less_heat_is_less_cooling_on_the_machine_that_cools() -> None:
    """10,000 kWh saved, 80 % heat, half of it in season, COP 4: 1,000 kWh less on the air conditioning."""
    effects = plant(effect()).effects()
    assert secondary(effects, "AC") == pytest.approx(1_000)
    assert level(effects, "AC").carriers["electricity"].energy_after.value == pytest.approx(19_000)
    assert level(effects, "M1").carriers["electricity"].saving.value == pytest.approx(10_000)
    assert effects.plant.carriers["electricity"].saving.value == pytest.approx(11_000)


def test_less_heat_is_more_heating_in_the_other_season() -> None:
    heating = effect(effect="heating", machine="B1", carrier="natural_gas", season="season_share: 20 %",
                     performance="0.8 kWh/kWh[LHV]")  # fmt: skip
    effects = plant(effect(), heating).effects()
    assert secondary(effects, "B1") == pytest.approx(-10_000 * 0.8 * 0.2 / 0.8)
    assert secondary(effects, "AC") == pytest.approx(1_000)
    assert effects.plant.carriers["natural_gas"].saving.value == pytest.approx(-2_000)
    boiler = level(effects, "B1").carriers["natural_gas"]
    assert boiler.emission_saving.value < 0
    assert boiler.energy_after.value == pytest.approx(32_000)


def test_months_are_days_of_the_period() -> None:
    """May to October have 184 of the 365 days of 2018."""
    effects = plant(effect(season="months: [5, 6, 7, 8, 9, 10]")).effects()
    assert secondary(effects, "AC") == pytest.approx(10_000 * 0.8 * 184 / 365 / 4)


def test_only_days_of_the_period_are_counted() -> None:
    """From 1 January to 30 June 2018 lie 61 days of May and June, of 181; none of July."""
    half = "{first_day: 2018-01-01, last_day: 2018-06-30}"
    whole = plant(effect(season="months: [5, 6, 7]"))
    said = {f.name: getattr(whole, f.name) for f in fields(whole) if f.init} | {"period": half}
    effects = PlantText(**said).effects()
    assert secondary(effects, "AC") == pytest.approx(10_000 * 0.8 * 61 / 181 / 4)


def test_heat_of_gas_counts_by_its_net_heat_value() -> None:
    effects = plant(effect("D"), measures=(Furnace("D", "F1"),)).effects()
    furnace = next(m for m in effects.measures if m.kind == "own")
    assert secondary(effects, "AC") == pytest.approx(furnace.saving.value * 0.8 * 0.5 / 4)
    assert str(next(m.saving.unit for m in effects.measures if m.kind == "secondary")) == "kWh"


def test_a_measure_that_uses_more_needs_more_cooling() -> None:
    effects = plant(effect(), measures=(Motor("A", "M1", 90, 81),)).effects()
    assert secondary(effects, "AC") == pytest.approx(-100_000 / 9 * 0.8 * 0.5 / 4)


def test_the_measure_of_the_cooling_plant_finds_what_is_left_to_cool() -> None:
    measures = (Motor("C", "AC", 72, 90), Motor("A", "M1", 81, 90))
    effects = plant(effect(), measures=measures).effects()
    chiller = next(m for m in effects.measures if m.measure.id == "C")
    assert chiller.energy_before.value == pytest.approx(19_000)
    assert chiller.saving.value == pytest.approx(19_000 * 0.2)
    assert [m.measure.id for m in effects.measures] == ["C", "A", "A"]


def test_only_what_is_not_taken_back_is_less_heat() -> None:
    back = "  take_back: [{measure: A, share: 25 %, because: constructed}]\n"
    effects = plant(effect(), more=back).effects()
    assert secondary(effects, "AC") == pytest.approx(750)
    assert effects.plant.carriers["electricity"].saving.value == pytest.approx(7_500 + 750)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(1, 8))
@settings(max_examples=12, deadline=None)
def test_parts_add_up_and_no_effect_exceeds_the_heat(share: float, season: float, performance: float) -> None:
    said = effect(share=f"{share!r} %", season=f"season_share: {season!r} %", performance=repr(performance))
    effects = plant(said).effects()
    assert 0 <= secondary(effects, "AC") <= 10_000 / performance * (1 + 1e-12)
    parts = sum(m.saving.value for m in effects.measures)
    assert parts == pytest.approx(effects.plant.carriers["electricity"].saving.value)


def test_it_cannot_save_more_than_the_machine_uses() -> None:
    with pytest.raises(OutOfRange, match="more on AC than is left there"):
        plant(effect(share="100 %", season="season_share: 100 %", performance="0.4")).effects()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (effect("X"), "there is no measure 'X'"),
        (effect(machine="XX"), "there is no machine 'XX'"),
        (effect(machine="B1"), "states no electricity"),
        (effect(machine="M1"), "machine of A itself"),
        (effect(season="months: []"), "either season_share or months"),
        (effect(season="months: [13]"), "less than or equal to 12|must be"),
        (effect(season="months: [5, 5]"), "named twice"),
        (effect(share="120 %"), "impossible for heat share"),
        (effect(performance="0.8 kWh/kWh[LHV]"), "heat per energy of electricity has the unit 1"),
        (effect() + ", " + effect(), "named twice"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(said: str, why: str) -> None:
    with pytest.raises(CaseFileError, match=why):
        plant(said).case()


def test_effects_that_run_in_a_circle_are_refused() -> None:
    measures = (Motor("A", "M1", 81, 90), Motor("C", "AC", 72, 90))
    assert plant(effect(), measures=measures).case()
    with pytest.raises(CaseFileError, match="run in a circle: .*M1"):
        plant(effect(), effect("C", machine="M1"), measures=measures).case()


def test_a_measure_that_moves_energy_is_not_guessed() -> None:
    moved = PlantText(
        {"L1": {"F1": {"natural_gas": stated_gas(1e6)}, "AC": {"electricity": stated(2e5)}}},
        [Furnace("D", "F1")],
        more=f"interactions: {{secondary_effects: [{effect('D')}]}}",
    ).text()
    assert "technology: furnace_flue_gas" in moved
    import energycalc
    from energycalc.effects.effects import effects_of

    head, _, _ = moved.partition("    technology: furnace_flue_gas")
    electric = head + (
        "    technology: gas_to_electric_heating\n"
        "    before: {fuel_heating_efficiency: 60 %}\n"
        "    after: {electric_heating: resistance, electric_performance: 90 %}\n"
    )
    with pytest.raises(InputError, match="two carriers"):
        effects_of(energycalc.case_from_text(electric), energycalc.published_factors(), {})
