"""Energy before: stated, billed, metered or computed; and sums from machine to plant."""

import pytest

import energycalc
from energycalc.case.case_file import changed_text
from energycalc.effects.effects import effects_of
from energycalc.effects.results import Effects
from energycalc.errors import EnergycalcError
from energycalc.quantity import Quantity, quantity
from energycalc.quantity.distributions import normal
from energycalc.quantity.trace import leaves
from tests.plants import Furnace, Motor, PlantText, electric, level, stated, stated_gas

METER = """
meters:
  - {id: MAIN, carrier: electricity, role: main, file: none.csv, time_column: t, column: E, unit: kWh, interval: 15 min,
     stamp: interval_end, midnight: ends_day, time_zone: Asia/Taipei}
  - {id: SUB, carrier: electricity, role: sub, file: none.csv, time_column: t, column: F, unit: kWh, interval: 15 min,
     stamp: interval_end, midnight: ends_day, time_zone: Asia/Taipei}
"""
BILLS = """
bills:
  - {id: G1, carrier: natural_gas, first_day: 2018-01-01, last_day: 2018-06-30,
     quantity: "10,000 m3", heat_value: "8,000 kcal[LHV]/m3"}
  - {id: G2, carrier: natural_gas, first_day: 2018-07-01, last_day: 2018-12-31,
     quantity: "5,000 m3", heat_value: "8,300 kcal[LHV]/m3"}
"""
KCAL = 4186.8 / 3.6e6  # kWh per kcal, International Table


def before(effects: Effects, id: str, carrier: str = "electricity") -> Quantity:
    return level(effects, id).carriers[carrier].energy_before


def test_stated() -> None:
    assert before(electric(Motor("A", "M1")).effects(), "M1").value == 100_000
    in_megawatt_hours = electric(Motor("A", "M1")).text().replace("100000.0 kWh", "100 MWh")
    effects = effects_of(energycalc.case_from_text(in_megawatt_hours), energycalc.published_factors(), {})
    assert before(effects, "M1").value == 100_000
    assert str(before(effects, "M1").unit) == "kWh"


def test_computed_is_the_model_of_the_first_measure() -> None:
    plant = PlantText(
        {"L1": {"M1": {"electricity": "{basis: computed}"}}}, [Motor("A", "M1", 90, 95), Motor("B", "M1", 95, 96)]
    )
    effects = plant.effects()
    assert before(effects, "M1").value == pytest.approx(75 * 0.75 / 0.9 * 4000, rel=1e-12)
    assert effects.measures[1].energy_before.value == pytest.approx(75 * 0.75 / 0.95 * 4000, rel=1e-12)


def test_metered_whole_or_a_share_is_one_meter() -> None:
    machines = {
        "M1": {"electricity": "{basis: metered, meter: MAIN, share: 25 %}"},
        "M2": {"electricity": "{basis: metered, meter: MAIN, share: {value: 0.5, uncertainty: 0.05}}"},
        "M3": {"electricity": "{basis: metered, meter: SUB}"},
    }
    main = quantity(2_000, "MWh", name="metered_energy", uncertainty=normal(10))
    sub = quantity(3_000, "kWh", name="metered_energy")
    effects = PlantText({"L1": machines}, [Motor("A", "M1", 81, 90)], more=METER).effects({"MAIN": main, "SUB": sub})
    assert [before(effects, m).value for m in machines] == pytest.approx([500_000, 1_000_000, 3_000])
    assert main in leaves(before(effects, "M1"))
    assert main in leaves(before(effects, "M2"))
    assert effects.measures[0].saving.value == pytest.approx(50_000)


def test_billed_by_volume_and_heat_value() -> None:
    machines = {
        "F1": {"natural_gas": "{basis: billed, share: 80 %}"},
        "F2": {"natural_gas": "{basis: billed, share: 20 %}"},
    }
    gas = "{year: 2018, table: per_unit, gwp: AR5, methane: CH4_fossil}"
    effects = PlantText({"L1": machines}, [Furnace("D", "F1")], natural_gas=gas, more=BILLS).effects()
    whole = (10_000 * 8_000 + 5_000 * 8_300) * KCAL
    assert before(effects, "F1", "natural_gas").value == pytest.approx(0.8 * whole, rel=1e-12)
    assert before(effects, "plant", "natural_gas").value == pytest.approx(whole, rel=1e-12)
    assert str(before(effects, "F1", "natural_gas").unit) == "kWh[LHV]"


def test_billed_as_heat_needs_no_heat_value() -> None:
    more = """
bills:
  - {id: G1, carrier: natural_gas, first_day: 2018-01-01, last_day: 2018-12-31, quantity: "9,000 kWh[LHV]"}
"""
    plant = PlantText({"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=more)
    assert before(plant.effects(), "F1", "natural_gas").value == 9_000


def test_billed_by_volume_without_heat_value_is_refused() -> None:
    one_without = BILLS.replace(', heat_value: "8,300 kcal[LHV]/m3"', "")
    plant = PlantText({"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=one_without)
    with pytest.raises(EnergycalcError, match=r"bill G2: .*heat value"):
        plant.effects()
    assert PlantText({"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=BILLS).effects()


def test_bills_in_different_volumes_are_not_added() -> None:
    mixed = BILLS.replace('"5,000 m3"', '"5,000 Nm3"').replace('"8,300 kcal[LHV]/m3"', '"8,300 kcal[LHV]/Nm3"')
    plant = PlantText({"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=mixed)
    with pytest.raises(EnergycalcError, match=r"Nm³|0 °C"):
        plant.effects()


def test_a_heat_value_for_another_volume_is_refused() -> None:
    wrong = BILLS.replace('"8,300 kcal[LHV]/m3"', '"8,300 kcal[LHV]/Nm3"')
    plant = PlantText({"L1": {"F1": {"natural_gas": "{basis: billed}"}}}, [Furnace("D", "F1")], more=wrong)
    with pytest.raises(EnergycalcError):
        plant.effects()


def test_an_energy_of_zero_has_no_saving_rate_and_is_refused() -> None:
    with pytest.raises(EnergycalcError, match="impossible for energy before"):
        electric(Motor("A", "M1"), energy=0.0).case()
    assert electric(Motor("A", "M1"), energy=0.01).effects().plant.carriers["electricity"].saving.value > 0


# --- sums ---


def two_lines() -> PlantText:
    lines = {
        "L1": {"M1": {"electricity": stated(1e5)}, "M2": {"electricity": stated(3e4)}},
        "L2": {
            "F1": {"natural_gas": stated_gas(8e5), "electricity": stated(2e4)},
            "F2": {"natural_gas": stated_gas(5e5)},
        },
        "L3": {"M3": {"electricity": stated(7e4)}},
    }
    measures = [
        Motor("A", "M1", 81, 90),
        Motor("B", "M2", 70, 95),
        Furnace("D", "F1"),
        Furnace("E", "F2", 6, 2),
        Motor("C", "F1", 88, 93),
    ]
    return PlantText(lines, measures)


def test_parts_add_up_to_the_whole() -> None:
    effects = two_lines().effects()
    for parent, children in (
        *((line, [m for m in effects.machines if m.parent == line.id]) for line in effects.lines),
        (effects.plant, effects.lines),
        (effects.plant, effects.machines),
    ):
        for carrier, result in parent.carriers.items():
            own = [c.carriers[carrier] for c in children if carrier in c.carriers]
            for name in (
                "energy_before",
                "energy_after",
                "saving",
                "emissions_before",
                "emissions_after",
                "emission_saving",
                "kloe_saving",
                "cost_saving",
            ):
                parts = [getattr(c, name) for c in own]
                assert sum(p.value for p in parts) == pytest.approx(getattr(result, name).value, rel=1e-10), (
                    parent.id,
                    name,
                )
                assert {p.unit for p in parts} == {getattr(result, name).unit}
        for name in ("emissions_before", "emissions_after", "emission_saving", "kloe_saving", "cost_saving"):
            assert sum(getattr(c, name).value for c in children) == pytest.approx(
                getattr(parent, name).value, rel=1e-10
            )


def test_the_savings_of_the_measures_are_the_saving_of_the_plant() -> None:
    effects = two_lines().effects()
    for carrier, result in effects.plant.carriers.items():
        own = [m for m in effects.measures if m.carrier == carrier]
        for name in ("saving", "emission_saving", "kloe_saving", "cost_saving"):
            assert sum(getattr(m, name).value for m in own) == pytest.approx(getattr(result, name).value, rel=1e-10)


def test_before_less_after_is_the_saving_everywhere() -> None:
    effects = two_lines().effects()
    for one in (*effects.machines, *effects.lines, effects.plant):
        for c in one.carriers.values():
            assert c.energy_before.value - c.energy_after.value == pytest.approx(c.saving.value, abs=1e-6)
            assert c.emissions_before.value - c.emissions_after.value == pytest.approx(
                c.emission_saving.value, abs=1e-9
            )
            assert c.saving_rate.value == pytest.approx(100 * c.saving.value / c.energy_before.value)
        assert one.emissions_before.value - one.emissions_after.value == pytest.approx(
            one.emission_saving.value, abs=1e-9
        )


def test_a_line_shows_only_the_carriers_its_machines_use() -> None:
    effects = two_lines().effects()
    assert set(level(effects, "L1").carriers) == {"electricity"}
    assert set(level(effects, "L2").carriers) == {"electricity", "natural_gas"}
    assert set(level(effects, "F2").carriers) == {"natural_gas"}
    assert [m.parent for m in effects.machines] == ["L1", "L1", "L2", "L2", "L3"]


def test_the_text_of_a_case_may_be_changed_and_the_sums_follow() -> None:
    text = changed_text(two_lines().text(), {"plant.lines[2].machines[0].energy.electricity.energy": "170000 kWh"})
    effects = effects_of(energycalc.case_from_text(text), energycalc.published_factors(), {})
    assert effects.plant.carriers["electricity"].energy_before.value == pytest.approx(1e5 + 3e4 + 2e4 + 1.7e5)
