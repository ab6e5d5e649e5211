"""A quantity: frozen, itself and no other, and every arithmetic that makes no sense refused."""

import copy
import math
import pickle
import threading
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import CalculationError, InputError, OutOfRange, UnitError
from energycalc.quantity import (
    Quantity,
    Source,
    about,
    absolute,
    constant,
    cos,
    current_subject,
    exp,
    interpolate,
    log,
    maximum,
    minimum,
    opaque,
    quantity,
    require,
    sqrt,
    total,
    where,
)
from energycalc.quantity.trace import depends_on, leaves, steps

NOTE = Source("a note")
P = quantity(75.0, "kW", name="rated_power", symbol="P_r", subject="M-01")
T = quantity(6000.0, "h", name="hours")
HOT = quantity(850.0, "degC", name="hot", subject="F-01")
COLD = quantity(20.0, "degC", name="cold")
GAUGE = quantity(7.0, "bar[g]", name="pressure", subject="C-02")


def refused(make: Callable[[], object], kind: type[Exception] = UnitError) -> str:
    with pytest.raises(kind) as caught:
        make()
    return str(caught.value)


# --- frozen ---


@pytest.mark.parametrize("slot", Quantity.__slots__)
def test_nothing_can_be_changed_or_removed(slot: str) -> None:
    with pytest.raises(AttributeError, match="frozen"):
        setattr(P, slot, 1)
    with pytest.raises(AttributeError, match="frozen"):
        delattr(P, slot)


def test_nothing_can_be_added() -> None:
    with pytest.raises(AttributeError, match="frozen"):
        P.remark = "x"  # type: ignore[attr-defined]


def test_in_place_arithmetic_makes_a_new_one() -> None:
    before = quantity(1, "kW")
    after = before
    after += quantity(1, "kW")
    assert (before.value, after.value) == (1, 2)
    assert after.parents[0] is before


def test_numbers_inside_an_array_cannot_be_changed() -> None:
    given = np.array([1.0, 2.0])
    q = quantity(given, "kW")
    given[0] = 99
    assert q.value.tolist() == [1.0, 2.0]
    for array in (q.value, (2 * q).value, q.to("W").value, where(q, "<", quantity(1.5, "kW"), q, 2 * q).value):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 5


@pytest.mark.parametrize("save", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_not_copied_because_identity_carries_correlation(save: Callable[[object], object]) -> None:
    with pytest.raises(TypeError, match="identity"):
        save(P)


# --- identity ---


def test_two_equal_inputs_are_two_inputs_and_one_is_one() -> None:
    a, b = quantity(1.0, "kW", name="x"), quantity(1.0, "kW", name="x")
    assert a != b
    assert len({a, b, a}) == 2
    assert leaves(a + b) == [a, b]
    assert leaves(a - a) == [a]
    assert depends_on(a * 2, a)
    assert not depends_on(a * 2, b)


def test_it_has_no_truth_and_no_order() -> None:
    with pytest.raises(TypeError, match="where"):
        bool(P)
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        with pytest.raises(TypeError, match="where"):
            getattr(P, compare)(P)
    with pytest.raises(TypeError, match="where"):
        sorted([P, P])
    with pytest.raises(TypeError, match="where"):
        min(P, P)


def test_nothing_leaves_the_trace_in_silence() -> None:
    for q in (P, quantity(25, "%"), quantity(0.25, "1")):
        for leave in (float, math.exp, np.sqrt):
            with pytest.raises(TypeError):
                leave(q)  # type: ignore[call-overload, operator]
    assert quantity(0.25, "1").value_in("1") == 0.25


def test_a_branch_on_a_number_is_refused_and_identity_is_not() -> None:
    with pytest.raises(TypeError, match="bare number"):
        bool(P == 0)
    other = quantity(75, "kW")
    assert P == P
    assert other != P
    assert len({P, P}) == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: quantity(1e308, "kW").to("W"),
        lambda: quantity(1e308, "tCO2e[AR5]").declared("kgCO2e[AR4]", because=Source("test")),
        lambda: total([quantity(1e308, "kWh"), quantity(1e308, "kWh")]),
    ],
)
def test_infinity_is_refused(make: Callable[[], Quantity]) -> None:
    with pytest.raises(CalculationError, match="too large"):
        make()


# --- inputs ---


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, np.float64("nan"), np.array([1.0, np.nan])])
def test_a_missing_number_is_refused(bad: object) -> None:
    with pytest.raises(InputError) as caught:
        quantity(bad, "kW", name="input_power", subject="M-01")
    assert caught.value.subject == "M-01, input power"
    assert str(bad) in str(caught.value.value)
    assert "kW" in str(caught.value.value)
    assert caught.value.limit
    assert "Leave a missing number out" in caught.value.next_step


@pytest.mark.parametrize(
    "bad", [True, None, "75", [1.0], 1 + 2j, np.array(["1"]), np.array([1 + 2j]), np.array([None]), np.array([]), b"1"]
)
def test_what_is_no_number_is_refused(bad: object) -> None:
    assert "is not a number" in refused(lambda: quantity(bad, "kW"), InputError)


@pytest.mark.parametrize("good", [75, 75.0, np.float32(75), np.int64(75), np.array([75, 76]), 0, -0.0, -1.5])
def test_what_is_a_number_is_taken(good: object) -> None:
    assert np.all(quantity(good, "kW").value == good)


def test_an_unknown_basis_is_refused() -> None:
    assert "nameplate" in refused(lambda: quantity(1, "kW", basis="guessed"), InputError)  # type: ignore[arg-type]
    assert quantity(1, "kW", basis="nameplate").basis == "nameplate"


def test_a_constant_is_an_input_with_its_source() -> None:
    k = constant("k_air", 1.4, "1", NOTE, name="heat_capacity_ratio")
    assert (k.operation, k.basis, k.source, k.symbol) == (None, "published", NOTE, "k_air")


# --- arithmetic ---


def test_units_multiply_and_the_step_shows() -> None:
    energy = P * T
    assert str(energy.unit) == "kW·h"
    assert energy.value == 450_000
    assert energy.value_in("MWh") == pytest.approx(450, rel=1e-15)
    shown = energy.renamed("e").to("MWh")
    assert (shown.operation, shown.parents[0].name) == ("convert", "e")
    assert shown.to("MWh") is shown


def test_a_bare_number_is_a_pure_number_of_the_law() -> None:
    efficiency = quantity(80, "%")
    assert (1 - efficiency).value == pytest.approx(0.2)
    assert (efficiency - 1).value == pytest.approx(-0.2)
    assert (1 / efficiency).to("1").value == 1.25
    assert (2 * P / 4).value == 37.5
    assert (np.float64(2) * P).value == 150
    assert (P * np.float64(2)).value == 150
    assert (2**efficiency).value == pytest.approx(2**0.8)
    assert (efficiency**2).value == pytest.approx(0.64)
    assert (T**-1).unit is T.unit.power(-1)
    assert minimum(1, efficiency).value == 0.8
    assert maximum(efficiency, 1).to("1").value == 1


@pytest.mark.parametrize("make", [lambda: P + 1, lambda: 1 + P, lambda: P - 1.0, lambda: 1 - P, lambda: 0 + P,
                                  lambda: sum([P, P])])  # fmt: skip
def test_a_bare_number_is_not_added_where_a_unit_is_meant(make: Callable[[], object]) -> None:
    with pytest.raises(UnitError) as caught:
        make()
    error = caught.value
    assert (error.subject, error.value) == ("M-01, rated power", "75 kW")
    assert "kW" in error.limit
    assert "unit" in error.next_step


@pytest.mark.parametrize("other", ["1", [1], None, True, np.array([1.0]), {"a": 1}])
def test_what_is_no_quantity_does_not_take_part(other: object) -> None:
    for make in (lambda: P * other, lambda: other * P, lambda: P + other, lambda: other - P, lambda: P / other):
        assert "is not a quantity" in refused(make, InputError)


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_a_number_of_the_law_is_finite(bad: float) -> None:
    refused(lambda: P * bad, InputError)
    refused(lambda: P**bad, InputError)


@pytest.mark.parametrize(
    "make",
    [
        lambda: P + T,
        lambda: P - T,
        lambda: minimum(P, T),
        lambda: maximum(P, 3),
        lambda: total([P, T]),
        lambda: where(P, "<", T, P, P),
        lambda: where(P, "<", P, P, T),
        lambda: where(P, "<", 3, P, P),
        lambda: interpolate(P, [T, 2 * T], [P, P]),
        lambda: require(P, "<", T, "why"),
    ],
)
def test_different_kinds_do_not_meet(make: Callable[[], object]) -> None:
    message = refused(make)
    assert "kW" in message or " h" in message


@pytest.mark.parametrize(
    ("one", "other"),
    [("kgCO2e[AR4]", "kgCO2e[AR5]"), ("kWh[LHV]", "kWh[HHV]"), ("TWD[2018]", "TWD[2025]"), ("m3", "m3[0C]"),
     ("bar[a]", "bar"), ("kWh", "kWh[LHV]"), ("kgCO2e[not_stated]", "kgCO2e[AR5]"), ("TWD", "TWD[2018]"), ("kVA",
     "kW")],
)  # fmt: skip
def test_two_bases_are_never_added(one: str, other: str) -> None:
    a, b = quantity(1, one), quantity(2, other)
    for make in (lambda: a + b, lambda: b - a, lambda: total([a, b]), lambda: minimum(a, b)):
        refused(make)
    assert (a + quantity(2, one)).value == 3


def test_a_basis_may_be_declared_by_somebody_and_shows() -> None:
    grid = quantity(1.0, "tCO2e[not_stated]").declared("tCO2e[AR5]", because=NOTE)
    assert (grid.operation, grid.parameters[1]) == ("declare", NOTE)
    assert (grid + quantity(1, "tCO2e[AR5]")).value == 2
    assert quantity(1.0, "MWh[LHV]").declared("kWh", because=NOTE).value == 1000


@pytest.mark.parametrize(
    ("one", "other"), [("kW", "kWh"), ("m3", "L/h"), ("degC", "K"), ("K", "degC"), ("kgCO2", "kgCO2e[AR5]")]
)
def test_another_thing_cannot_be_declared(one: str, other: str) -> None:
    assert "basis" in refused(lambda: quantity(1, one).declared(other, because=NOTE))


# --- scales with a zero of their own ---


@pytest.mark.parametrize(
    ("what", "make"),
    [
        ("HOT / COLD", lambda q: q / COLD),
        ("2 x HOT", lambda q: 2 * q),
        ("HOT x 2", lambda q: q * 2),
        ("1 / HOT", lambda q: 1 / q),
        ("HOT squared", lambda q: q**2),
        ("minus HOT", lambda q: -q),
        ("root", lambda q: sqrt(q)),
        ("magnitude", lambda q: absolute(q)),
        ("sum", lambda q: total([q, q])),
        ("plus", lambda q: q + q),
    ],
)
@pytest.mark.parametrize("q", [HOT, GAUGE])
def test_a_point_on_a_scale_is_not_a_ratio(what: str, make: Callable[[Quantity], object], q: Quantity) -> None:
    with pytest.raises(UnitError) as caught:
        make(q)
    error = caught.value
    assert error.subject == q.describe()
    assert error.value == ("850 °C" if q is HOT else "7 bar[g]")
    assert error.limit
    assert ("K" if q is HOT else "absolute") in error.next_step


def test_differences_and_shifts_of_points_are_allowed() -> None:
    rise = HOT - COLD
    assert (rise.value, str(rise.unit)) == (830, "K")
    assert (COLD + rise).value == 850
    assert (rise + COLD).value == 850
    assert (HOT - rise).value == 20
    assert ((HOT - COLD) / (HOT - COLD)).value == 1
    assert (HOT.to("K") / COLD.to("K")).value == pytest.approx(1123.15 / 293.15)
    assert (GAUGE - quantity(6, "bar[g]")).unit is quantity(1, "bar").unit
    assert (GAUGE + quantity(100, "kPa")).value == 8
    assert maximum(HOT, COLD) is not HOT
    assert where(HOT, ">", COLD, HOT, COLD).value == 850
    assert interpolate(HOT, [COLD, quantity(1000, "degC")], [COLD, HOT]).value == pytest.approx(20 + 830 / 980 * 830)


def test_gauge_where_absolute_is_meant() -> None:
    absolute_pressure = quantity(8, "bar[a]", name="outlet")
    for make in (
        lambda: GAUGE / absolute_pressure,
        lambda: absolute_pressure / GAUGE,
        lambda: GAUGE - absolute_pressure,
        lambda: GAUGE + absolute_pressure,
        lambda: log(GAUGE),
        lambda: GAUGE.to("bar[a]"),
    ):
        refused(make)
    assert (absolute_pressure / quantity(1, "bar[a]")).value == 8


def test_a_coefficient_per_degree_is_no_point() -> None:
    coefficient = quantity(0.004, "1/degC")
    assert (coefficient * (HOT - COLD)).to("1").value == pytest.approx(3.32)
    assert (quantity(1.005, "kJ/(kg*degC)") * (HOT - COLD)).value == pytest.approx(834.15)


# --- no answer ---


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda z: P / z, "division by zero"),
        (lambda z: z**-1, "negative power|zero"),
        (lambda z: (z - 1) ** 0.5, "no real power"),
        (lambda z: log(z), "math domain|expected a positive"),
        (lambda z: log(z - 1), "math domain|expected a positive"),
        (lambda z: sqrt(z - 1), "math domain|expected a nonnegative"),
        (lambda z: exp(z + 1000), "range"),
        (lambda z: (z + 1e300) * 1e300, "too large"),
    ],
)
def test_arithmetic_without_answer_is_refused(make: Callable[[Quantity], object], words: str) -> None:
    zero = quantity(0, "1", name="load_factor", subject="M-01")
    with pytest.raises(CalculationError, match=words) as caught:
        make(zero)
    assert caught.value.next_step
    with about("M-02"), pytest.raises(CalculationError):
        make(quantity(np.array([0.0, 0.0]), "1"))


def test_arithmetic_with_answer_passes_on_arrays_too() -> None:
    x = quantity(np.array([1.0, 4.0]), "1")
    assert (P / x).value.tolist() == [75, 18.75]
    assert sqrt(x).value.tolist() == [1, 2]
    assert log(x).value[0] == 0


def test_an_opaque_routine_must_answer() -> None:
    x = quantity(2.0, "1")
    assert opaque(lambda v: np.float64(v + 1), x, in_unit="kW", name="y").value == 3
    assert "computed" not in str(opaque(lambda v: v + 1, x, in_unit="kW", name="y"))
    for bad in (math.nan, math.inf):
        assert "no answer" in refused(
            lambda bad=bad: opaque(lambda v: bad, x, in_unit="kW", name="y"), CalculationError
        )


@pytest.mark.parametrize("x", [-0.01, 3.01])
def test_interpolation_does_not_go_beyond_its_points(x: float) -> None:
    xs, ys = [quantity(v, "kW") for v in (0, 1, 3)], [quantity(v, "%") for v in (10, 20, 0)]
    with pytest.raises(OutOfRange) as caught:
        interpolate(quantity(x, "kW", name="load"), xs, ys)
    assert (caught.value.subject, caught.value.value, caught.value.limit) == ("load", f"{x:g} kW", "0 kW to 3 kW")
    assert caught.value.next_step
    for inside, y in ((0.0, 10.0), (0.5, 15.0), (1.0, 20.0), (2.0, 10.0), (3.0, 0.0)):
        assert interpolate(quantity(inside, "kW"), xs, ys).value == pytest.approx(y)


def test_interpolation_needs_two_increasing_points() -> None:
    one, two = quantity(1, "kW"), quantity(2, "kW")
    for xs, ys in (([one], [one]), ([one, two], [one]), ([two, one], [one, one]), ([one, one], [one, two]), ([], [])):
        refused(lambda xs=xs, ys=ys: interpolate(one, xs, ys), InputError)


def test_a_total_of_nothing_is_refused_and_a_long_one_has_subtotals() -> None:
    assert "nothing" in refused(lambda: total([]), InputError)
    assert total([P]) is P
    long = total([quantity(1, "kWh") for _ in range(20_001)])
    assert long.value == 20_001
    assert max(len(q.parents) for q in [long, *steps(long)]) <= 100


def test_a_pure_number_needs_a_pure_number() -> None:
    for function in (exp, log, cos):
        assert "pure number" in refused(lambda function=function: function(P))
        assert function(quantity(50, "%")).value == pytest.approx(function(quantity(0.5, "1")).value)
    assert cos(quantity(1.0471975511965976, "1")).value == pytest.approx(0.5)
    assert "pure number" in refused(lambda: quantity(2, "1") ** P)
    assert "fixed number" in refused(lambda: P ** quantity(2, "1"))


def test_a_requirement_is_kept_or_refused() -> None:
    limit = quantity(0.06, "MW")
    require(quantity(60, "kW"), "<=", limit, "rated power of the drive")
    with pytest.raises(OutOfRange) as caught:
        require(P, "<=", limit, "rated power of the drive", source=NOTE, next_step="Take a larger drive")
    error = caught.value
    assert (error.subject, error.value) == ("M-01, rated power", "75 kW against 60 kW")
    assert (error.limit, error.next_step) == ("a note", "Take a larger drive")


# --- names ---


def test_a_result_can_be_named_and_an_input_stays_itself() -> None:
    energy = (P * T).renamed("energy", "E")
    again = energy.renamed("energy_before", "E_0")
    assert (energy.operation, again.operation, again.parents) == ("multiply", "same", (energy,))
    assert P.renamed("other").operation == "same"
    assert P.name == "rated_power"
    unnamed = minimum(1, 2)
    assert unnamed.renamed("two").name == "two"


def test_a_named_pure_number_is_a_step() -> None:
    one = (quantity(1, "1") ** 0).renamed("one")
    from energycalc.quantity.quantity import pure_number

    number = pure_number(3.0).renamed("three")
    assert [q.name for q in steps(number + one)] == ["three", "one", ""]
    assert pure_number(3.0).name == ""


def test_the_subject_belongs_to_one_thread() -> None:
    seen: dict[str, tuple[str, str]] = {}
    all_inside = threading.Barrier(8)

    def work(name: str) -> None:
        with about(name):
            all_inside.wait(10)
            first = current_subject()
            with about(name + " inner"):
                all_inside.wait(10)
                seen[name] = (first, quantity(1, "kW", name="x").subject)
            assert current_subject() == name

    threads = [threading.Thread(target=work, args=(f"M-{i}",)) for i in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert seen == {f"M-{i}": (f"M-{i}", f"M-{i} inner") for i in range(8)}
    assert current_subject() == ""


def test_the_subject_is_left_after_an_error() -> None:
    with pytest.raises(RuntimeError), about("M-01"):
        raise RuntimeError
    assert current_subject() == ""


# --- properties ---

FINITE = st.floats(-1e6, 1e6).filter(lambda x: abs(x) > 1e-6)


@given(FINITE, FINITE, FINITE)
@settings(max_examples=60, deadline=None)
def test_arithmetic_is_that_of_the_numbers(a: float, b: float, c: float) -> None:
    x, y, z = quantity(a, "kW"), quantity(b, "MW"), quantity(c, "h")
    assert (x + y).value_in("W") == pytest.approx(a * 1e3 + b * 1e6, rel=1e-12, abs=1e-6)
    assert (x - y).value_in("W") == pytest.approx(a * 1e3 - b * 1e6, rel=1e-12, abs=1e-6)
    assert (x * z).value_in("MJ") == pytest.approx(a * c * 3.6, rel=1e-12)
    assert (x / y).to("1").value == pytest.approx(a / b / 1e3, rel=1e-12)
    assert (x - x).value == 0
