"""Measures on one machine act one after the other; others do not disturb them."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.effects.results import Effects
from energycalc.errors import CaseFileError
from tests.plants import Furnace, Motor, PlantText, Pressure, chain, electric, finding_ids, level, stated, stated_gas

EFFICIENCY = st.floats(60, 96).map(lambda x: round(x, 2))


def savings(effects: Effects) -> dict[str, float]:
    return {m.measure.id: m.saving.value for m in effects.measures}


def test_two_measures_by_hand() -> None:
    """100,000 kWh; the first leaves 0.9, the second 0.8 of what is left: 10,000 and 18,000, not 10,000 and 20,000."""
    effects = electric(*chain("M1", 63, 70, 87.5)).effects()
    first, second = effects.measures
    assert first.energy_before.value == 100_000
    assert first.saving.value == pytest.approx(10_000, rel=1e-12)
    assert second.energy_before is first.energy_after
    assert second.energy_before.value == pytest.approx(90_000, rel=1e-12)
    assert second.remaining.value == pytest.approx(0.8, rel=1e-12)
    assert second.saving.value == pytest.approx(18_000, rel=1e-12)
    machine = level(effects, "M1").carriers["electricity"]
    assert machine.energy_after.value == pytest.approx(72_000, rel=1e-12)
    assert machine.saving.value == pytest.approx(28_000, rel=1e-12)
    assert machine.saving_rate.value == pytest.approx(28, rel=1e-12)
    assert str(machine.saving_rate.unit) == "%"
    assert second.saving_rate.value == pytest.approx(20, rel=1e-12)


def test_the_order_moves_the_parts_and_not_the_whole() -> None:
    motor, pressure = Motor("A", "M1", 72, 80), Pressure("B", "M1")
    one, other = electric(motor, pressure).effects(), electric(pressure, motor).effects()
    left = one.measures[1].remaining.value
    assert 0.85 < left < 0.95
    assert savings(one) == pytest.approx({"A": 10_000, "B": 90_000 * (1 - left)})
    assert savings(other) == pytest.approx({"A": 10_000 * left, "B": 100_000 * (1 - left)})
    assert one.plant.carriers["electricity"].saving.value == pytest.approx(100_000 * (1 - 0.9 * left))
    assert other.plant.carriers["electricity"].saving.value == pytest.approx(100_000 * (1 - 0.9 * left))
    assert [m.measure.id for m in one.measures] == ["A", "B"]
    assert [m.measure.id for m in other.measures] == ["B", "A"]


def test_percentages_are_never_added_up() -> None:
    effects = electric(*chain("M1", 48, 60, 75, 93.75)).effects()
    machine = level(effects, "M1").carriers["electricity"]
    assert sum(m.saving_rate.value for m in effects.measures) == pytest.approx(60)
    assert machine.saving_rate.value == pytest.approx(100 * (1 - 0.8**3))
    assert machine.energy_after.value == pytest.approx(51_200)


def test_the_chain_is_in_the_trace() -> None:
    effects = electric(*chain("M1", 63, 70, 87.5)).effects()
    assert [m.saving.subject for m in effects.measures] == ["M1-1 measure M1-1", "M1-2 measure M1-2"]
    assert effects.measures[1].saving.parents[0] is effects.measures[0].energy_after


def test_a_measure_that_does_not_find_what_the_one_before_has_left_is_refused() -> None:
    with pytest.raises(CaseFileError, match=r"measures\[1\].before.*contradicts"):
        electric(Motor("A", "M1", 63, 70), Motor("B", "M1", 72, 90)).case()
    assert electric(Motor("A", "M1", 63, 70), Motor("B", "M1", 70, 90)).case()


def plant(order: tuple[str, ...]) -> Effects:
    measures = {
        "A": Motor("A", "M1", 81, 90),
        "B": Motor("B", "M2", 72, 90),
        "C": Motor("C", "M2", 90, 95),
        "D": Furnace("D", "F1"),
    }
    machines = {
        "M1": {"electricity": stated(1e5)},
        "M2": {"electricity": stated(5e4)},
        "F1": {"natural_gas": stated_gas(1e6)},
    }
    return PlantText({"L1": machines}, [measures[id] for id in order]).effects()


def test_the_order_of_measures_on_different_machines_changes_nothing() -> None:
    reference = plant(("A", "B", "C", "D"))
    for order in itertools.permutations("ABCD"):
        if order.index("B") > order.index("C"):
            continue
        other = plant(order)
        assert savings(other) == savings(reference)
        assert other.plant.emission_saving.value == reference.plant.emission_saving.value
        assert [m.measure.id for m in other.measures] == list(order)


def test_a_measure_on_one_carrier_leaves_the_other_alone() -> None:
    both = {"F1": {"natural_gas": stated_gas(1e6), "electricity": stated(4e4)}}
    for order in ((Furnace("D", "F1"), Motor("A", "F1", 81, 90)), (Motor("A", "F1", 81, 90), Furnace("D", "F1"))):
        effects = PlantText({"L1": both}, order).effects()
        carriers = level(effects, "F1").carriers
        assert carriers["electricity"].energy_after.value == pytest.approx(36_000)
        assert carriers["natural_gas"].saving.value == pytest.approx(savings(effects)["D"])
        assert next(m for m in effects.measures if m.measure.id == "D").energy_before.value == 1e6


def test_a_machine_without_a_measure_stays_as_it_is() -> None:
    machines = {"M1": {"electricity": stated(1e5)}, "M2": {"electricity": stated(5e4)}}
    effects = PlantText({"L1": machines}, [Motor("A", "M1", 81, 90)]).effects()
    idle = level(effects, "M2").carriers["electricity"]
    assert idle.saving.value == 0
    assert idle.energy_after.value == 5e4
    assert effects.plant.carriers["electricity"].saving.value == pytest.approx(1e4)


@given(EFFICIENCY)
@settings(max_examples=10, deadline=None)
def test_no_change_saves_nothing(efficiency: float) -> None:
    effects = electric(Motor("A", "M1", efficiency, efficiency)).effects()
    (measure,) = effects.measures
    assert measure.remaining.value == pytest.approx(1, abs=1e-12)
    assert measure.saving.value == pytest.approx(0, abs=1e-6)
    assert measure.emission_saving.value == pytest.approx(0, abs=1e-9)
    assert measure.kloe_saving.value == pytest.approx(0, abs=1e-9)


@given(st.lists(EFFICIENCY, min_size=2, max_size=5).map(sorted))
@settings(max_examples=15, deadline=None)
def test_never_worse_machines_never_cost_energy(efficiencies: list[float]) -> None:
    effects = electric(*chain("M1", *efficiencies)).effects()
    assert all(m.saving.value >= 0 for m in effects.measures)
    assert all(m.energy_before.value >= m.energy_after.value for m in effects.measures)
    product = efficiencies[0] / efficiencies[-1]
    assert effects.plant.carriers["electricity"].energy_after.value == pytest.approx(1e5 * product, rel=1e-10)
    assert sum(savings(effects).values()) == pytest.approx(1e5 * (1 - product), abs=1e-6)


def test_a_measure_that_uses_more_shows_and_is_doubted() -> None:
    worse = electric(Motor("A", "M1", 90, 81)).effects()
    assert worse.measures[0].saving.value == pytest.approx(-11_111.1, rel=1e-4)
    assert "measure.uses_more" in finding_ids(worse)
    better = electric(Motor("A", "M1", 81, 90)).effects()
    assert "measure.uses_more" not in finding_ids(better)
