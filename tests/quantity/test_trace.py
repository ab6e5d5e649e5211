"""The trace: walked, compiled, differentiated; always the same numbers as the arithmetic that made it."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError
from energycalc.quantity import Quantity, interpolate, maximum, minimum, opaque, quantity, sqrt, total, where
from energycalc.quantity.compiled import compile_trace
from energycalc.quantity.quantity import pure_number
from energycalc.quantity.trace import evaluate, gradient, jacobian, leaves, steps, walk
from tests.quantity.expressions import LAST_DIGIT_OPEN, NOT_SMOOTH, Recipe, build, recipes

FACTORS = st.tuples(*[st.floats(0.9, 1.1)] * 3)


def x(value: float, unit: str = "1", name: str = "x") -> Quantity:
    return quantity(value, unit, name=name)


# --- compiled = direct ---


@given(recipes(without=LAST_DIGIT_OPEN))
@settings(max_examples=100, deadline=None)
def test_the_compiled_trace_gives_the_very_numbers_of_the_arithmetic(recipe: Recipe) -> None:
    built = build(recipe)
    found = compile_trace(built.made, built.leaves)([q.value for q in built.leaves])
    assert found == [q.value for q in built.made]
    assert compile_trace(built.made, [])([]) == found
    assert compile_trace(built.made[::-1], built.leaves[::-1])([q.value for q in built.leaves[::-1]]) == found[::-1]


@given(recipes())
@settings(max_examples=100, deadline=None)
def test_functions_of_two_libraries_agree_but_for_the_last_digit(recipe: Recipe) -> None:
    built = build(recipe)
    found = compile_trace(built.made, built.leaves)([q.value for q in built.leaves])
    assert found == pytest.approx([q.value for q in built.made], rel=1e-9, abs=1e-7)


@given(recipes(), FACTORS)
@settings(max_examples=100, deadline=None)
def test_other_numbers_give_what_a_trace_of_them_gives(recipe: Recipe, factors: tuple[float, ...]) -> None:
    built = build(recipe)
    values = [v * f for v, f in zip(recipe.values, factors, strict=True)]
    other = build(recipe, values)
    assume(built.done == other.done)
    arrays = [np.array([v, w]) for v, w in zip(recipe.values, values, strict=True)]
    for now, then, array in zip(
        built.made, other.made, evaluate(built.made, dict(zip(built.leaves, arrays, strict=True))), strict=True
    ):
        both = np.broadcast_to(array, 2)
        assert both[0] == pytest.approx(now.value, rel=1e-9, abs=1e-7)
        assert both[1] == pytest.approx(then.value, rel=1e-9, abs=1e-7)


@given(recipes(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_result_may_stand_for_everything_behind_it(recipe: Recipe, data: st.DataObject) -> None:
    built = build(recipe)
    middle = data.draw(st.sampled_from(built.made))
    found = compile_trace(built.made, [middle])([middle.value])
    assert found == pytest.approx([q.value for q in built.made], rel=1e-9, abs=1e-7)
    (moved,) = evaluate([middle], {middle: 77.0})
    assert moved == 77.0


def test_a_replaced_result_cuts_off_what_is_behind_it() -> None:
    a = x(2.0)
    b = (a + 1).renamed("b")
    c = b * a
    assert evaluate([c, b, a], {b: 10.0}) == [20.0, 10.0, 2.0]
    assert evaluate([c], {b: 10.0, a: 5.0}) == [50.0]


def test_outputs_that_are_leaves_labels_or_the_same_twice() -> None:
    a = x(2.0)
    same = a.renamed("b").renamed("c")
    declared = quantity(3.0, "MJ[LHV]")
    relabelled = declared.declared("MJ", because=None)  # type: ignore[arg-type]
    thousand = declared.declared("kJ", because=None)  # type: ignore[arg-type]
    number = pure_number(4.0)
    f = compile_trace([a, same, a, relabelled, thousand, number], [a, declared])
    assert f([7.0, 5.0]) == [7.0, 7.0, 7.0, 5.0, 5000.0, 4.0]
    array = np.array([1.0, 2.0])
    assert f([array, array])[4].tolist() == [1000, 2000]


def test_a_kept_output_is_not_overwritten_by_a_later_step() -> None:
    a = x(2.0)
    first = (a + 1).renamed("first")
    last = ((first * 2).renamed("second") * 3 + 4) * 5
    assert evaluate([first, last], {a: np.array([1.0, 2.0])})[0].tolist() == [2, 3]
    shared = (a * a).renamed("shared")
    alias = shared.renamed("alias")
    end = alias * 2 + shared
    assert evaluate([end, shared, alias], {a: 3.0}) == [27.0, 9.0, 9.0]


def test_a_negative_number_keeps_its_brackets() -> None:
    minus = x(-1.5)
    other = x(2.0)
    result = minus**2 + other - (-3) ** other
    assert compile_trace([result], [])([]) == [result.value]
    assert compile_trace([result], [other])([2.0]) == [result.value]
    assert result.value == pytest.approx(2.25 + 2 - 9)


def test_an_array_leaf_that_is_not_replaced_keeps_its_numbers() -> None:
    array, a = quantity(np.array([1.0, 2.0]), "1"), x(3.0)
    assert evaluate([array * a], {a: 10.0})[0].tolist() == [10, 20]


def test_beyond_the_points_the_outer_lines_go_on_in_a_draw() -> None:
    a = x(0.5)
    line = interpolate(a, [x(0), x(1), x(2)], [x(0), x(10), x(30)])
    assert evaluate([line], {a: np.array([-1.0, 0.5, 1.5, 4.0])})[0].tolist() == [-10, 5, 20, 70]


def test_what_is_no_input_is_refused() -> None:
    a, b = x(1.0), x(2.0, name="other")
    with pytest.raises(InputError, match="other: is not an input"):
        evaluate([a * 2], {b: 1.0})
    assert evaluate([a * 2, b], {b: 1.0}) == [2.0, 1.0]


# --- walking ---


def test_each_quantity_is_met_once_parents_first() -> None:
    a, b = x(1.0), x(2.0)
    c = a + b
    d = c * c - a
    order = walk([d, c])
    assert len(order) == len({id(q) for q in order}) == 5
    assert all(order.index(p) < order.index(q) for q in order for p in q.parents)
    assert leaves(d) == [a, b]
    assert leaves([b, d]) == [b, a]


def test_steps_are_the_named_results_and_the_outputs() -> None:
    a = x(1.0)
    named = (a + 1).renamed("named")
    end = named * 2 + 3
    assert steps(end) == [named, end]
    assert steps(a) == []


def test_a_very_long_chain_is_no_recursion() -> None:
    a = x(1.0)
    q = a
    for _ in range(5000):
        q = q + a
    assert gradient(q)[a] == 5001
    assert evaluate([q], {a: 2.0}) == [10002.0]


# --- derivatives ---


def difference(q: Quantity, leaf: Quantity, step: float) -> float:
    f = compile_trace([q], [leaf])
    return float((f([leaf.value + step])[0] - f([leaf.value - step])[0]) / (2 * step))


@given(recipes(without=NOT_SMOOTH, length=8))
@settings(max_examples=150, deadline=None)
def test_the_gradient_is_that_of_finite_differences(recipe: Recipe) -> None:
    built = build(recipe)
    top = built.made[-1]
    slopes = gradient(top)
    assert list(slopes) == leaves(top)
    for leaf in built.leaves:
        if leaf not in slopes:
            continue
        step = 1e-6 * max(1.0, abs(leaf.value))
        try:
            with np.errstate(all="raise"):
                wide, narrow = difference(top, leaf, 2 * step), difference(top, leaf, step)
        except (ArithmeticError, ValueError, TypeError, np.exceptions.ComplexWarning):
            assume(False)
        # a step that hardly agrees with itself says nothing about the slope
        assume(abs(wide - narrow) <= 1e-4 * max(1.0, abs(narrow)) and abs(narrow) < 1e6 and math.isfinite(slopes[leaf]))
        assert slopes[leaf] == pytest.approx(narrow, rel=1e-3, abs=1e-3)


@given(recipes(length=8))
@settings(max_examples=80, deadline=None)
def test_the_jacobian_holds_the_gradients(recipe: Recipe) -> None:
    built = build(recipe)
    outputs = built.made[-3:]
    for output, row in zip(outputs, jacobian(outputs, built.leaves), strict=True):
        slopes = {leaf: s for leaf, s in gradient(output).items() if leaf in built.leaves}
        for leaf in built.leaves:
            one, other = row.get(leaf, 0.0), slopes.get(leaf, 0.0)
            if one == 0.0 and math.isnan(other):
                continue  # no weight times an infinite slope (the root of x - x): one way drops it, one shows it
            if math.isfinite(one) or math.isfinite(other):
                assert one == pytest.approx(other, rel=1e-9, abs=1e-12)


def test_slopes_by_hand() -> None:
    a, b = x(3.0), x(2.0)
    assert gradient(a * b + a / b - b**3) == {a: 2.5, b: pytest.approx(3 - 0.75 - 12)}
    assert gradient(minimum(a, b)) == {a: 0.0, b: 1.0}
    assert gradient(maximum(a, b)) == {a: 1.0, b: 0.0}
    assert gradient(where(a, ">", b, a * 5, b)) == {a: 5.0, b: 0.0}
    assert gradient(total([a, a, b])) == {a: 2.0, b: 1.0}
    assert gradient(a) == {a: 1.0}
    assert gradient(a - a)[a] == 0
    celsius, energy = quantity(20, "degC"), quantity(2.0, "kWh")
    assert gradient(celsius.to("K")) == {celsius: 1.0}
    assert gradient(energy.to("MJ")) == {energy: pytest.approx(3.6)}
    routine = opaque(lambda v, w: v**3 + w, a, b, in_unit="1", name="routine")
    assert gradient(routine) == {a: pytest.approx(27, rel=1e-6), b: pytest.approx(1, rel=1e-6)}


def test_interpolation_has_a_slope_by_every_point() -> None:
    xs, ys = [x(0.0), x(1.0), x(3.0)], [x(5.0), x(9.0), x(1.0)]
    for at in (0.25, 1.5, 2.75):
        place = x(at)
        line = interpolate(place, xs, ys)
        for leaf, slope in gradient(line).items():
            assert slope == pytest.approx(difference(line, leaf, 1e-6), abs=1e-6)


def test_a_slope_without_end_is_infinite() -> None:
    zero = x(0.0)
    assert gradient(sqrt(zero))[zero] == math.inf
    assert gradient(zero**0.5)[zero] == math.inf
    assert gradient(zero**1)[zero] == 1
    assert gradient(zero**2)[zero] == 0
    chosen = minimum(zero, sqrt(zero) + 1)
    nothing = sqrt(zero * 0)
    assert gradient(chosen)[zero] == 1
    assert gradient(nothing).get(zero, 0.0) == 0
    assert jacobian([chosen, nothing], [zero]) == [{zero: 1.0}, {zero: 0.0}]
