"""The grammar of printed arithmetic: against Python's own on fractions, and everything it must refuse."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.checks.claims.expression import MixedKinds, evaluate
from energycalc.checks.claims.units import paper_unit
from energycalc.errors import InputError, UnitError

LEAVES = st.integers(1, 999).map(lambda n: (str(n), Fraction(n)))


def joined(parts: tuple[tuple[str, Fraction], str, tuple[str, Fraction]]) -> tuple[str, Fraction]:
    (left, a), sign, (right, b) = parts
    value = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else Fraction(0)}[sign]
    return (f"({left} {sign} {right})", value) if sign != "/" or b else (left, a)


TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(joined),
        inner.map(lambda pair: (f"-{pair[0]}", -pair[1])),
        LEAVES.map(lambda pair: (f"{pair[0]}^2", pair[1] ** 2)),
    ),
    max_leaves=12,
)


@given(TREES)
def test_arithmetic_is_pythons_on_fractions(tree: tuple[str, Fraction]) -> None:
    text, exact = tree
    found = evaluate(text).amount
    assert found.kind == ()
    scale = max(1.0, abs(float(exact)))
    assert abs(found.range.value - float(exact)) <= 1e-9 * scale * 1e3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 + 3 * 4", 14),
        ("2 * 3 ^ 2", 18),
        ("-2 ^ 2", -4),
        ("8 / 4 / 2", 1),
        ("8 - 4 - 2", 2),
        ("2 ^ -1", 0.5),
        ("1,234 + 1", 1235),
    ],
)
def test_precedence_is_that_of_mathematics(text: str, value: float) -> None:
    assert evaluate(text).amount.range.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("(215.27 kW - 38.10 kW) * 8760 h", 1_552_009.2, "kWh"),
        ("100 m3/day * 36 K * 1000 kcal/m3/K / 860 kcal/kWh * 365 day", 1_527_907, "kWh"),
        ("660 HP * 0.746 kW/HP * 4082 h", 2_009_813.52, "kWh"),
        ("120 RT * (1.17 kW/RT - 0.79 kW/RT) * 0.7 * 1540 h", 49_156.8, "kWh"),
        ("1,000 度 × 3 元/度", 3000.0, "TWD"),
        ("20 % * 500 kWh", 100.0, "kWh"),
        ("3862 kWh ÷ 118.86 h", 32.49, "kW"),
    ],
)
def test_units_are_carried(text: str, value: float, unit: str) -> None:
    """The first four are arithmetic of published pages (claim_cases.json of the reference set)."""
    found = evaluate(text).amount
    assert found.kind == paper_unit(unit).kind
    assert found.range.value / paper_unit(unit).size.value == pytest.approx(value, rel=1e-4)
    assert found.range.low <= found.range.value <= found.range.high


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "exec(1)", "open('x')", "1; 2", "1 if 1 else 2", "lambda: 1",
        "[1 for x in 1]",
        "f'{1}'",
        "1 / 0", "1 kWh / 0 h", "0 ^ -1", "2 ^ 99", "(0 - 4) ^ 0.5", "1 +", "* 2", "(1", "1)", "()", "", "1 2", "2(3)",
        "1,23 + 1",
        "(" * 100 + "1" + ")" * 100, "-" * 1500 + "1", "1 + " * 1000 + "1", "1e999", "9" * 400,
        "1e30 * 1e30 ^ 6 * 1e30 ^ 6",
        "\x00", "1 = 1", "kWh", "2 ^ 3 ^ 2",
    ],
)  # fmt: skip
def test_what_is_no_arithmetic_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        evaluate(text)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(UnitError):
        evaluate("3 foo * 2")


@pytest.mark.parametrize("text", ["1 kW + 1 kWh", "(2 kWh - 1 m3) * 3 h", "1 kWh + 1"])
def test_a_sum_of_kinds_is_the_pages_fault(text: str) -> None:
    with pytest.raises(MixedKinds):
        evaluate(text)


@given(st.text(max_size=60))
def test_no_text_does_more_than_refuse(text: str) -> None:
    try:
        evaluate(text)
    except InputError as error:
        assert error.sentence()
