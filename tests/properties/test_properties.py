"""What must hold for every plant, whatever its numbers: additivity, order, no change, monotony, scale."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import energycalc
from energycalc.case.case_file import case_from_text
from energycalc.effects.effects import effects_of
from energycalc.effects.headline import headline
from energycalc.effects.results import Effects
from energycalc.quantity import quantity, total
from energycalc.quantity.distributions import normal
from energycalc.quantity.gum import first_order
from energycalc.quantity.trace import evaluate, gradient, leaves
from tests.plants import Furnace, Motor, PlantText, Pressure, chain, level, stated, stated_gas

QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENERGY = st.floats(1e3, 1e7).map(lambda x: float(f"{x:.4g}"))
EFFICIENCY = st.floats(70, 96).map(lambda x: round(x, 2))
OXYGEN = st.floats(1, 12).map(lambda x: round(x, 1))


@st.composite
def plants(draw: st.DrawFn) -> PlantText:
    """Two or three lines of electric machines and furnaces, some with measures that never make them worse."""
    lines: dict[str, dict[str, dict[str, str]]] = {}
    measures: list[Motor | Pressure | Furnace] = []
    for i in range(draw(st.integers(1, 3))):
        machines: dict[str, dict[str, str]] = {}
        for j in range(draw(st.integers(1, 3))):
            id = f"M{i}{j}"
            if draw(st.booleans()):
                machines[id] = {"electricity": stated(draw(ENERGY))}
                measures += chain(id, *sorted(draw(st.lists(EFFICIENCY, max_size=3))))
            else:
                machines[id] = {"natural_gas": stated_gas(draw(ENERGY))}
                low, high = sorted((draw(OXYGEN), draw(OXYGEN)))
                measures.append(Furnace(f"{id}-D", id, high, low))
        lines[f"L{i}"] = machines
    if not measures:
        lines["L0"]["M"] = {"electricity": stated(1e5)}
        measures.append(Motor("A", "M"))
    return PlantText(lines, measures)


SUMMED = ("emissions_before", "emissions_after", "emission_saving", "kloe_saving", "cost_saving")


@given(plants())
@QUICK
def test_parts_add_up_and_nothing_is_lost(plant: PlantText) -> None:
    effects = plant.effects()
    for name in SUMMED:
        whole = getattr(effects.plant, name).value
        for parts in (effects.lines, effects.machines):
            assert sum(getattr(p, name).value for p in parts) == pytest.approx(whole, rel=1e-9, abs=1e-9)
    for carrier, result in effects.plant.carriers.items():
        own = [m for m in effects.measures if m.carrier == carrier]
        scale = result.energy_before.value * 1e-12
        assert sum(m.saving.value for m in own) == pytest.approx(result.saving.value, rel=1e-9, abs=scale)
        assert 0 <= result.energy_after.value <= result.energy_before.value * (1 + 1e-12)
        assert result.saving.value >= -scale


@given(plants(), st.randoms(use_true_random=False))
@QUICK
def test_the_order_in_which_machines_stand_in_the_file_changes_nothing(plant: PlantText, random: object) -> None:
    names = list(plant.lines)
    random.shuffle(names)  # type: ignore[attr-defined]
    shuffled = PlantText({n: dict(reversed(plant.lines[n].items())) for n in names}, plant.measures)
    one, other = plant.effects(), shuffled.effects()
    for name in SUMMED:
        assert getattr(one.plant, name).value == pytest.approx(getattr(other.plant, name).value, rel=1e-12, abs=1e-9)
    for machine in one.machines:
        assert level(other, machine.id).emission_saving.value == machine.emission_saving.value


@given(plants())
@QUICK
def test_measures_on_other_machines_are_independent(plant: PlantText) -> None:
    """Measures sorted by machine, each machine's own order kept: nothing moves."""
    by_machine = sorted(plant.measures, key=lambda m: m.machine, reverse=True)
    one, other = plant.effects(), PlantText(plant.lines, by_machine).effects()
    found = {m.measure.id: m.saving.value for m in other.measures}
    assert {m.measure.id: m.saving.value for m in one.measures} == found


@given(plants())
@QUICK
def test_no_change_saves_nothing(plant: PlantText) -> None:
    idle = [
        Motor(m.id, m.machine, 85, 85) if isinstance(m, Motor) else Furnace(m.id, m.machine, m.before, m.before)
        for m in plant.measures
    ]
    effects = PlantText(plant.lines, idle).effects()
    for carrier in effects.plant.carriers.values():
        assert abs(carrier.saving.value) <= 1e-9 * carrier.energy_before.value
    assert effects.totals.simple_payback is None


@given(ENERGY, st.lists(EFFICIENCY, min_size=3, max_size=3).map(sorted))
@QUICK
def test_a_better_motor_saves_more(energy: float, efficiencies: list[float]) -> None:
    old, good, better = efficiencies
    machines = {"L1": {"M1": {"electricity": stated(energy)}}}
    savings = [
        PlantText(machines, [Motor("A", "M1", old, new)]).effects().measures[0].saving.value for new in (good, better)
    ]
    assert 0 <= savings[0] <= savings[1] or savings[0] == pytest.approx(savings[1], abs=1e-9 * energy)


@given(st.lists(OXYGEN, min_size=3, max_size=3).map(sorted))
@QUICK
def test_less_excess_air_saves_more(oxygen: list[float]) -> None:
    best, good, old = oxygen
    machines = {"L1": {"F1": {"natural_gas": stated_gas(1e6)}}}
    savings = [
        PlantText(machines, [Furnace("D", "F1", old, new)]).effects().measures[0].saving.value for new in (good, best)
    ]
    assert -1e-3 <= savings[0] <= savings[1] + 1e-3


@given(ENERGY, st.floats(0.1, 10).map(lambda x: round(x, 3)))
@QUICK
def test_twice_the_energy_is_twice_of_everything(energy: float, factor: float) -> None:
    def of(energy: float) -> Effects:
        machines = {"L1": {"M1": {"electricity": stated(energy)}, "F1": {"natural_gas": stated_gas(2 * energy)}}}
        return PlantText(machines, [Motor("A", "M1", 81, 90), Furnace("D", "F1")]).effects()

    one, other = of(energy), of(energy * factor)
    for name in SUMMED:
        assert getattr(other.plant, name).value == pytest.approx(factor * getattr(one.plant, name).value, rel=1e-9)
    rates = [e.plant.carriers["electricity"].saving_rate.value for e in (one, other)]
    assert rates[0] == pytest.approx(rates[1], rel=1e-12)


@given(st.floats(1, 1e4).map(lambda x: round(x, 2)))
@QUICK
def test_a_number_in_another_unit_is_the_same_number(kilowatts: float) -> None:
    text = PlantText({"L1": {"M1": {"electricity": "{basis: computed}"}}}, [Motor("A", "M1")]).text()
    ways = ["4,000 h", "240000 min", "14400000 s"]
    found = []
    for hours in ways:
        case = case_from_text(text.replace("4,000 h", hours))
        found.append(effects_of(case, energycalc.published_factors(), {}).plant.emission_saving.value)
    assert found == pytest.approx([found[0]] * len(ways), rel=1e-12)
    assert quantity(kilowatts, "kW").to("MW").to("W").value == pytest.approx(kilowatts * 1000, rel=1e-14)


@given(plants())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_trace_of_a_plant_calculates_itself_again(plant: PlantText) -> None:
    effects = plant.effects()
    results = headline(effects)
    inputs = leaves(results)
    for q, again in zip(results, evaluate(results, {x: x.value for x in inputs}), strict=True):
        assert again == pytest.approx(q.value, rel=1e-12, abs=1e-9)


# --- identity carries correlation ---


@given(st.integers(2, 40), st.floats(0.1, 10))
@QUICK
def test_one_factor_for_many_machines_does_not_average_out(machines: int, half: float) -> None:
    shared = quantity(100.0, "kWh", uncertainty=normal(half))
    together = total([2 * shared for _ in range(machines)])
    apart = total([2 * quantity(100.0, "kWh", uncertainty=normal(half)) for _ in range(machines)])
    assert first_order(gradient(together)).standard_uncertainty == pytest.approx(2 * machines * half, rel=1e-9)
    assert first_order(gradient(apart)).standard_uncertainty == pytest.approx(2 * machines**0.5 * half, rel=1e-9)
    assert first_order(gradient(shared - shared)).standard_uncertainty == 0
