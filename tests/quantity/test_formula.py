"""@formula: arguments converted or refused, limits kept, results named and cited."""

from collections.abc import Callable
from typing import Annotated

import numpy as np
import pytest

from energycalc.errors import CalculationError, EnergycalcError, InputError, OutOfRange, UnitError
from energycalc.quantity import Quantity, about, cite, formula, log, quantity
from energycalc.quantity.aliases import BarAbsolute, Celsius, Fraction, Hour, Kelvin, Kilowatt, KilowattHour
from energycalc.quantity.trace import leaves, steps

SOURCE = cite("a-document", "clause 7")


@formula(symbol="E_in", source=SOURCE, limits={"load_factor": (0, 1.25), "efficiency": (0.01, 1), "hours": (0, None)})
def input_energy(shaft_rating: Kilowatt, load_factor: Fraction, efficiency: Fraction, hours: Hour) -> KilowattHour:
    """Energy of a motor."""
    return shaft_rating * load_factor / efficiency * hours


@formula(symbol="r", source=SOURCE, name="ratio", version=3)
def pressure_ratio(outlet: BarAbsolute, inlet: BarAbsolute) -> Fraction:
    """Pressure ratio."""
    return outlet / inlet


@formula(symbol="x", source=SOURCE)
def carnot(cold: Kelvin, hot: Kelvin) -> Fraction:
    """Largest efficiency."""
    return 1 - cold / hot


@formula(symbol="same", source=SOURCE)
def unchanged(power: Kilowatt) -> Kilowatt:
    """The power itself."""
    return power


@formula(symbol="l", source=SOURCE)
def logarithm(x: Fraction) -> Fraction:
    """Natural logarithm."""
    return log(x)


def energy(**changes: object) -> Quantity:
    given = {"shaft_rating": "75 kW", "load_factor": "80 %", "efficiency": "92.4 %", "hours": "6,000 h"} | changes
    return input_energy(**given)  # type: ignore[arg-type]


def fault(make: Callable[[], object], kind: type[EnergycalcError]) -> EnergycalcError:
    with about("M-01"), pytest.raises(kind) as caught:
        make()
    return caught.value


# --- clean ---


def test_the_result_is_named_cited_and_in_the_unit_of_the_signature() -> None:
    with about("M-01"):
        result = energy()
    assert result.value == pytest.approx(75 * 0.8 / 0.924 * 6000, rel=1e-15)
    assert (result.name, result.symbol, result.subject, str(result.unit)) == ("input_energy", "E_in", "M-01", "kWh")
    assert result.source is SOURCE
    assert result.formula is input_energy.formula
    assert result.formula is not None
    assert result.formula.id.endswith(".input_energy v1")
    assert pressure_ratio.formula.name == "ratio"
    assert pressure_ratio.formula.version == 3
    assert [q.name for q in leaves(result)] == ["shaft_rating", "load_factor", "efficiency", "hours"]


def test_conversions_of_arguments_and_results_show() -> None:
    result = energy(shaft_rating=quantity(0.075, "MW"), hours=quantity(250, "d"))
    assert result.value == pytest.approx(energy().value, rel=1e-15)
    conversions = [q.parameters for q in _walk(result) if q.operation == "convert"]
    assert (1000.0, 0.0) in conversions
    assert (24.0, 0.0) in conversions
    assert carnot("20 °C", "850 °C").value == pytest.approx(1 - 293.15 / 1123.15)


def _walk(q: Quantity) -> list[Quantity]:
    from energycalc.quantity.trace import walk

    return walk(q)


def test_positions_and_keywords_are_the_same() -> None:
    positional = input_energy("75 kW", "80 %", "92.4 %", "6,000 h")  # type: ignore[arg-type]
    mixed = input_energy("75 kW", "80 %", hours="6,000 h", efficiency="92.4 %")  # type: ignore[arg-type]
    assert positional.value == mixed.value == energy().value


def test_a_formula_that_returns_its_argument_is_a_step_of_its_own() -> None:
    leaf = quantity(75, "kW", name="rated_power")
    result = unchanged(leaf)
    again = unchanged(result)
    assert [(q.name, q.operation) for q in steps(again)] == [("unchanged", "same"), ("unchanged", "same")]
    assert leaf.name == "rated_power"


def test_arrays_go_through() -> None:
    result = energy(load_factor=quantity(np.array([0.0, 0.5, 1.25]), "1"))
    assert result.value == pytest.approx(75 / 0.924 * 6000 * np.array([0, 0.5, 1.25]))


# --- refused ---


@pytest.mark.parametrize("bare", [75, 75.0, np.float64(75), None, True, [75]])
def test_a_bare_number_is_refused(bare: object) -> None:
    error = fault(lambda: energy(shaft_rating=bare), InputError)
    assert error.subject == "M-01, shaft rating"
    assert str(error.value) == repr(bare)
    assert "kW" in error.limit
    assert "clause 7" in error.limit
    assert "quantity(" in error.next_step


@pytest.mark.parametrize(
    ("argument", "text", "words"),
    [
        ("shaft_rating", "75 kWh", "kW is" ), ("shaft_rating", "100 HP", "HP_mech"), ("shaft_rating", "75",
        "pure number"),
        ("shaft_rating", "300 RT", "USRT"), ("shaft_rating", "90 kVA", "apparent"), ("hours", "1 yr", "yr"),
        ("load_factor", "0.8 kW", "kW"), ("hours", "6000", "pure number"),
    ],
)  # fmt: skip
def test_another_kind_is_refused(argument: str, text: str, words: str) -> None:
    error = fault(lambda: energy(**{argument: text}), UnitError)
    assert words in str(error)
    assert error.next_step
    assert error.limit


@pytest.mark.parametrize("text", ["7 bar(g)", "7 bar", "0.7 MPa(g)", "7 psi"])
def test_gauge_where_absolute_is_meant(text: str) -> None:
    error = fault(lambda: pressure_ratio(text, "1 bar(a)"), UnitError)  # type: ignore[arg-type]
    assert "bar(a)" in error.next_step
    assert pressure_ratio("800 kPa(a)", "1 bar(a)").value == pytest.approx(8)  # type: ignore[arg-type]


def test_kelvin_where_a_point_is_meant() -> None:
    @formula(symbol="t", source=SOURCE)
    def shown(temperature: Celsius) -> Celsius:
        """The temperature."""
        return temperature

    assert "°C" in str(fault(lambda: shown(quantity(293, "K")), UnitError))
    assert shown(quantity(20, "degC")).value == 20


@pytest.mark.parametrize(
    ("argument", "text", "value", "limit"),
    [
        ("load_factor", "126 %", "1.26", "0 to 1.25"),
        ("load_factor", "-1 %", "-0.01", "0 to 1.25"),
        ("efficiency", "0 %", "0", "0.01 to 1"),
        ("efficiency", "92.4", "92.4", "0.01 to 1"),
        ("hours", "-1 min", "-0.0166667 h", "0 to open h"),
    ],
)
def test_outside_the_range_of_the_equation(argument: str, text: str, value: str, limit: str) -> None:
    error = fault(lambda: energy(**{argument: text}), OutOfRange)
    assert error.subject == f"M-01, {argument.replace('_', ' ')}"
    assert error.value == value
    assert error.limit.startswith(limit)
    assert "clause 7" in error.limit
    assert error.next_step


@pytest.mark.parametrize(("argument", "text"), [("load_factor", "125 %"), ("load_factor", "0 %"), ("efficiency", "1")])
def test_the_limits_themselves_belong_to_the_range(argument: str, text: str) -> None:
    assert energy(**{argument: text}).value >= 0


def test_one_element_outside_refuses_the_array() -> None:
    error = fault(lambda: energy(load_factor=quantity(np.array([0.5, 1.3]), "1")), OutOfRange)
    assert error.value == "0.5 to 1.3"


def test_a_result_that_is_no_number_is_refused() -> None:
    fault(lambda: logarithm(quantity(0, "1")), CalculationError)
    fault(lambda: logarithm(quantity(np.array([1.0, 0.0]), "1")), CalculationError)
    assert logarithm(quantity(1, "1")).value == 0


def test_wrong_calls_get_pythons_own_message() -> None:
    for arguments in ({"speed": "1 rpm"}, {}):
        with pytest.raises(TypeError):
            input_energy("75 kW", "80 %", "92.4 %", **arguments)  # type: ignore[arg-type, call-arg]
    with pytest.raises(TypeError):
        input_energy("75 kW", "80 %", "92.4 %", "1 h", "2 h")  # type: ignore[arg-type, call-arg]
    with pytest.raises(TypeError):
        input_energy("75 kW", "80 %", "92.4 %", "1 h", hours="2 h")  # type: ignore[arg-type, misc]


# --- what is no formula ---


def test_a_signature_without_units_is_refused() -> None:
    def no_unit(x, y: Kilowatt) -> Kilowatt:  # type: ignore[no-untyped-def]
        return y

    def plain_float(x: float) -> Kilowatt:
        return quantity(x, "kW")

    def no_result(x: Kilowatt):  # type: ignore[no-untyped-def]
        return x

    def default(x: Kilowatt = quantity(1, "kW")) -> Kilowatt:  # noqa: B008
        return x

    def number(x: Annotated[Quantity, 5]) -> Kilowatt:
        return x

    for function in (no_unit, plain_float, no_result, default, number):
        with pytest.raises(TypeError):
            formula(symbol="x", source=SOURCE)(function)
    with pytest.raises(TypeError, match="unknown arguments"):

        @formula(symbol="x", source=SOURCE, limits={"z": (0, 1)})
        def wrong_limit(x: Kilowatt) -> Kilowatt:
            return x


def test_a_body_in_another_unit_or_without_one_is_refused() -> None:
    @formula(symbol="x", source=SOURCE)
    def wrong(x: Kilowatt) -> KilowattHour:
        return x

    @formula(symbol="x", source=SOURCE)
    def plain(x: Kilowatt) -> Kilowatt:
        return x.value  # type: ignore[no-any-return]

    with pytest.raises(UnitError):
        wrong(quantity(1, "kW"))
    with pytest.raises(TypeError, match="must return a Quantity"):
        plain(quantity(1, "kW"))


def test_the_body_cannot_branch_on_a_value() -> None:
    @formula(symbol="x", source=SOURCE)
    def branching(x: Kilowatt) -> Kilowatt:
        return x if x > quantity(1, "kW") else 2 * x  # type: ignore[operator]

    with pytest.raises(TypeError, match="branch would vanish"):
        branching(quantity(1, "kW"))
