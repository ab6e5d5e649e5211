"""Whose saving is it: the four views of a measure's part, held against all orders gone through one by one."""

import itertools
import math
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.case.measure import Measure
from energycalc.effects.attribution import MOST, means, slopes
from energycalc.effects.interaction_results import Attribution
from energycalc.effects.interactions import Action
from energycalc.effects.results import Effects
from energycalc.quantity import Quantity, quantity
from energycalc.quantity.quantity import pure_number
from energycalc.quantity.uncertainty import propagate
from tests.plants import Furnace, Motor, PlantText, Pressure, chain, electric, stated, stated_gas

ASKED = "interactions: {attribution: yes}"
NOT_ASKED = "interactions: {attribution: no}"
FRACTION = st.floats(0.3, 1.3)


def of(value: float, unit: str = "1") -> Quantity:
    return quantity(value, unit, name="made_for_a_test", symbol="x")


def measure(i: int) -> Measure:
    return Measure.model_construct(id=f"M{i}", name=f"M{i}", machine="X", technology="motor_replacement")


def left_by(actions: Sequence[Action], members: frozenset[int], before: Mapping[str, float]) -> dict[str, float]:
    """Energies that a set of measures leaves, by plain arithmetic, each acting in the order of the list."""
    left = dict(before)
    for i in sorted(members):
        a, own = actions[i], left[actions[i].carrier]
        back = 1 - (a.take_back.value if a.take_back is not None else 0)
        if a.less is not None:
            left[a.carrier] -= a.less.value * back
            continue
        assert a.remaining is not None
        left[a.carrier] -= own * (1 - a.remaining.value) * back
        for carrier, per_unit in a.added.items():
            left[carrier] += own * per_unit.value
    return left


def by_all_orders(actions: Sequence[Action], before: Mapping[str, float], carrier: str) -> list[float]:
    """What each measure adds to the saving when it comes, averaged over every order."""
    n, found = len(actions), [0.0] * len(actions)
    for order in itertools.permutations(range(n)):
        there: frozenset[int] = frozenset()
        for i in order:
            more = there | {i}
            found[i] += left_by(actions, there, before)[carrier] - left_by(actions, more, before)[carrier]
            there = more
    return [x / math.factorial(n) for x in found]


def three_views(actions: Sequence[Action], before: Mapping[str, Quantity], carrier: str) -> list[list[float]]:
    first = slopes(actions, dict(before), carrier, None)
    last = slopes(actions, dict(before), carrier, pure_number(1))
    mean = means(actions, dict(before), carrier, first, last)
    assert all(q is not None for q in mean)
    return [[q.value for q in view if q is not None] for view in (first, last, mean)]


@st.composite
def actions_on_one_carrier(draw: st.DrawFn) -> list[Action]:
    made = []
    for i in range(draw(st.integers(2, 5))):
        back = of(draw(st.floats(0, 0.9))) if draw(st.booleans()) else None
        if draw(st.booleans()):
            less = of(draw(st.floats(0, 100)), "kWh")
            made.append(Action(measure(i), "electricity", "shared", less=less, take_back=back))
        else:
            made.append(Action(measure(i), "electricity", "own", of(draw(FRACTION)), take_back=back))
    return made


@given(actions_on_one_carrier())
@settings(max_examples=40, deadline=None)
def test_the_mean_is_that_of_all_orders(actions: list[Action]) -> None:
    first, last, mean = three_views(actions, {"electricity": of(1000, "kWh")}, "electricity")
    plain = {"electricity": 1000.0}
    everyone = frozenset(range(len(actions)))
    whole = left_by(actions, everyone, plain)["electricity"]
    assert mean == pytest.approx(by_all_orders(actions, plain, "electricity"), rel=1e-9, abs=1e-9)
    assert sum(mean) == pytest.approx(1000 - whole, rel=1e-9, abs=1e-9)
    for i in everyone:
        assert first[i] == pytest.approx(1000 - left_by(actions, frozenset({i}), plain)["electricity"], abs=1e-9)
        assert last[i] == pytest.approx(left_by(actions, everyone - {i}, plain)["electricity"] - whole, abs=1e-9)


@given(st.lists(FRACTION, min_size=3, max_size=3), st.floats(0.1, 1.0), st.integers(0, 3), st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_measure_that_moves_energy_to_another_carrier_is_averaged_too(
    fractions: list[float], taken_up: float, place: int, and_back: bool
) -> None:
    carriers = ("electricity", "natural_gas", "electricity")
    paired = enumerate(zip(carriers, fractions, strict=True))
    actions = [Action(measure(i), carrier, "own", of(r)) for i, (carrier, r) in paired]
    added = {"electricity": of(taken_up, "kWh/kWh[LHV]")}
    actions.insert(place, Action(measure(8), "natural_gas", "own", of(0.2), added))
    if and_back:
        added = {"natural_gas": of(1.1, "kWh[LHV]/kWh")}
        actions.append(Action(measure(9), "electricity", "own", of(0.4), added))
    before = {"electricity": of(500, "kWh"), "natural_gas": of(1000, "kWh[LHV]")}
    plain = {"electricity": 500.0, "natural_gas": 1000.0}
    for carrier in before:
        *_, mean = three_views(actions, before, carrier)
        assert mean == pytest.approx(by_all_orders(actions, plain, carrier), rel=1e-9, abs=1e-9)


class ToElectric(Motor):
    """A gas furnace that becomes electric."""

    def text(self) -> str:
        """The measure's lines."""
        return f"""
  - id: {self.id}
    name: electric furnace
    machine: {self.machine}
    technology: gas_to_electric_heating
    before: {{fuel_heating_efficiency: 60 %}}
    after: {{electric_heating: resistance, electric_performance: 90 %}}
"""


def test_a_measure_that_helps_only_by_what_comes_later_has_its_part_of_the_other_carrier() -> None:
    """Less gas to be moved is less electricity taken up: none of it in order, some of it on average."""
    both = {"F1": {"natural_gas": stated_gas(1e6), "electricity": stated(4e5)}}
    measures = (Furnace("A", "F1"), ToElectric("B", "F1"), Motor("C", "F1", 81, 90))
    effects = PlantText({"L1": both}, measures, more=ASKED).effects()
    one = next(a for a in attributions(effects) if a.carrier == "electricity")
    assert values(one, "in_order")["A"] == 0
    assert values(one, "mean")["A"] > 0
    saved = effects.plant.carriers["electricity"].saving.value
    for view in ("in_order", "mean"):
        assert sum(values(one, view).values()) == pytest.approx(saved)


def test_what_is_taken_back_lowers_the_part_of_its_measure() -> None:
    """10,000 less half, then 0.2 of the 95,000 left; alone 5,000 and 20,000."""
    taken = "interactions: {take_back: [{measure: M1-1, share: 50 %, because: constructed}]}"
    (one,) = attributions(electric(*chain("M1", 63, 70, 87.5), more=taken).effects())
    assert values(one, "in_order") == pytest.approx({"M1-1": 5_000, "M1-2": 19_000})
    assert values(one, "when_first") == pytest.approx({"M1-1": 5_000, "M1-2": 20_000})
    assert values(one, "mean") == pytest.approx({"M1-1": 4_500, "M1-2": 19_500})


def attributions(effects: Effects) -> tuple[Attribution, ...]:
    assert effects.interactions is not None
    return effects.interactions.attributions


def values(one: Attribution, view: str) -> dict[str, float]:
    return {p.measure.id: getattr(p, view).value for p in one.parts}


def test_two_measures_by_hand() -> None:
    """100,000 kWh, 0.9 and 0.8 remain: 10 and 18 in order, 10 and 20 alone, 8 and 18 last, 9 and 19 on average."""
    (one,) = attributions(electric(*chain("M1", 63, 70, 87.5), more=ASKED).effects())
    assert values(one, "in_order") == pytest.approx({"M1-1": 10_000, "M1-2": 18_000})
    assert values(one, "when_first") == pytest.approx({"M1-1": 10_000, "M1-2": 20_000})
    assert values(one, "when_last") == pytest.approx({"M1-1": 8_000, "M1-2": 18_000})
    assert values(one, "mean") == pytest.approx({"M1-1": 9_000, "M1-2": 19_000})
    assert one.saving.value == pytest.approx(28_000)
    assert one.alone.value == pytest.approx(30_000)
    assert one.overlap.value == pytest.approx(2_000)
    assert one.joint.value == pytest.approx(2_000)


def test_three_savings_of_30_20_and_10_percent_are_49_6_not_60() -> None:
    """The sum in check TB08 of the project's notes: 1 − 0.7 · 0.8 · 0.9 = 49.6 %."""
    (one,) = attributions(electric(*chain("M1", 47.88, 68.4, 85.5, 95), more=ASKED).effects())
    assert values(one, "when_first") == pytest.approx({"M1-1": 30_000, "M1-2": 20_000, "M1-3": 10_000})
    assert one.saving.value == pytest.approx(49_600)
    assert one.overlap.value == pytest.approx(60_000 - 49_600)
    for view in ("in_order", "mean"):
        assert sum(values(one, view).values()) == pytest.approx(49_600)


@given(st.lists(st.floats(60, 96).map(lambda x: round(x, 2)), min_size=3, max_size=8, unique=True).map(sorted))
@settings(max_examples=10, deadline=None)
def test_the_parts_add_up_to_the_saving_in_every_view(efficiencies: list[float]) -> None:
    effects = electric(*chain("M1", *efficiencies), more=ASKED).effects()
    (one,) = attributions(effects)
    saved = effects.plant.carriers["electricity"].saving.value
    assert one.saving.value == saved
    assert sum(values(one, "in_order").values()) == pytest.approx(saved)
    assert sum(values(one, "mean").values()) == pytest.approx(saved)
    assert sum(values(one, "when_first").values()) - one.overlap.value == pytest.approx(saved)
    assert sum(values(one, "when_last").values()) + one.joint.value == pytest.approx(saved)
    assert 0 < one.overlap.value < 1e5


def test_the_order_of_the_file_moves_one_view_only() -> None:
    motor, pressure = Motor("A", "M1", 72, 80), Pressure("B", "M1")
    (one,), (other,) = (
        attributions(electric(*m, more=ASKED).effects()) for m in ((motor, pressure), (pressure, motor))
    )
    for view in ("when_first", "when_last", "mean"):
        assert values(one, view) == pytest.approx(values(other, view))
    assert values(one, "in_order") != pytest.approx(values(other, "in_order"))


def test_a_measure_that_changes_nothing_has_no_part() -> None:
    (one,) = attributions(electric(Motor("A", "M1", 81, 90), Motor("B", "M1", 90, 90), more=ASKED).effects())
    for view in ("in_order", "when_first", "when_last", "mean"):
        assert values(one, view) == pytest.approx({"A": 10_000, "B": 0}, abs=1e-6)
    assert one.overlap.value == pytest.approx(0, abs=1e-6)


def test_measures_on_different_machines_or_carriers_do_not_overlap() -> None:
    both = {"F1": {"natural_gas": stated_gas(1e6), "electricity": stated(4e4)}, "M2": {"electricity": stated(1e5)}}
    measures = (Furnace("D", "F1"), Motor("A", "F1", 81, 90), Motor("B", "M2", 81, 90))
    assert attributions(PlantText({"L1": both}, measures, more=ASKED).effects()) == ()


def test_it_is_given_only_where_it_is_asked_for() -> None:
    plain = electric(*chain("M1", 63, 70, 87.5))
    assert plain.effects().interactions is None
    without = electric(*chain("M1", 63, 70, 87.5), more=NOT_ASKED).effects()
    assert attributions(without) == ()
    asked = electric(*chain("M1", 63, 70, 87.5), more=ASKED).effects()
    for effects in (without, asked):
        assert [m.saving.value for m in effects.measures] == [m.saving.value for m in plain.effects().measures]
        assert effects.plant.emission_saving.value == plain.effects().plant.emission_saving.value


@pytest.mark.parametrize(("count", "given_"), [(MOST, True), (MOST + 1, False)])
def test_beyond_the_most_no_mean_is_given_and_the_rest_stays(count: int, given_: bool) -> None:
    actions = [Action(measure(i), "electricity", "own", of(0.5 + i / 50)) for i in range(count)]
    before = {"electricity": of(1000, "kWh")}
    first, last = (slopes(actions, before, "electricity", x) for x in (None, pure_number(1)))
    mean = means(actions, before, "electricity", first, last)
    assert all((q is not None) is given_ for q in mean)
    saved = 1000 - left_by(actions, frozenset(range(count)), {"electricity": 1000.0})["electricity"]
    if given_:
        assert sum(q.value for q in mean if q is not None) == pytest.approx(saved, rel=1e-12)
    assert sum(q.value for q in last) < saved < sum(q.value for q in first)


def test_the_views_share_their_inputs() -> None:
    """One meter behind all: the parts' errors go together, so that the sum of the means is as sure as the saving."""
    uncertain = "{basis: stated, energy: {value: '100,000 kWh', uncertainty: 5 %}}"
    case = PlantText({"L1": {"M1": {"electricity": uncertain}}}, chain("M1", 63, 70, 87.5), more=ASKED)
    (one,) = attributions(case.effects())
    first, second, saving = propagate([p.mean for p in one.parts if p.mean is not None] + [one.saving], draws=10_000)
    assert first.gum and second.gum and saving.gum
    together = first.gum.standard_uncertainty + second.gum.standard_uncertainty
    assert together == pytest.approx(saving.gum.standard_uncertainty, rel=1e-9)
