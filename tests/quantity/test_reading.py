"""Numbers and uncertainties as people write them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError, UnitError
from energycalc.quantity import read_number, read_quantity, read_uncertainty


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("75 kW", 75, "kW"), ("75kW", 75, "kW"), ("92.4 %", 92.4, "%"), ("6,000 h", 6000, "h"), ("12 萬度",
        120_000, "kWh"),
        ("12萬度", 120_000, "kWh"), ("1.2 億元", 1.2e8, "TWD"), ("3 百萬元", 3e6, "TWD"), ("2 千萬元", 2e7, "TWD"),
        ("5 仟元", 5, "kTWD"), ("157.4 萬元", 1_574_000, "TWD"), ("7.0 bar(g)", 7, "bar[g]"), ("-5 °C", -5, "degC"),
        ("−5 ℃", -5, "degC"), ("１２０ ｋＷ", 120, "kW"), ("1,234,567.8 kWh", 1234567.8, "kWh"), (".5 t", 0.5, "t"),
        ("1e3 kW", 1000, "kW"), ("2.5E-3 MW", 0.0025, "MW"), ("+3 K", 3, "K"), ("  8 h  ", 8, "h"), ("1.4", 1.4, "1"),
        ("8,050 kcal[LHV]/m3", 8050, "kcal[LHV]/m3"), ("2.9 元/kWh", 2.9, "TWD/kWh"), ("2 1/h", 2, "1/h"),
        ("0 kWh", 0, "kWh"), ("3 千度", 3, "MWh"), ("4 千瓦", 4, "kW"),
    ],
)  # fmt: skip
def test_as_people_write(text: str, number: float, unit: str) -> None:
    from energycalc.quantity import unit as unit_of

    q = read_quantity(text, name="x")
    assert q.value == pytest.approx(number, rel=1e-15)
    assert q.unit is unit_of(unit)


@pytest.mark.parametrize(
    "text",
    ["", "kW", "about 5 kW", "~5 kW", "1,5 kW", "12,34 kW", "1,2345 kW", "0,500 kW", ",5 kW", "1,000, kW", "NaN",
    "nan kW",
     "inf kW", "五 kW", "-", "±5 kW", "<5 kW", "1234,567 kW"],
)  # fmt: skip
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_quantity(text, name="rated_power", subject="M-01")
    assert caught.value.subject.startswith("M-01")
    assert repr(text) in str(caught.value.value)
    assert caught.value.limit
    assert caught.value.next_step


@pytest.mark.parametrize(
    "text", ["5 kW 6", "5 1 kW", "1 200 kW", "1.5.2 kW", "5-6 kW", "5 kW ± 2", "1/2 kW", "5 x 10 kW", "5 apples"]
)
def test_what_follows_the_number_must_be_one_unit(text: str) -> None:
    with pytest.raises(UnitError):
        read_quantity(text)


def test_a_number_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="finite"):
        read_quantity("1e400 kW")


@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 3)))
@settings(max_examples=100, deadline=None)
def test_thousands_separators_change_nothing(x: float) -> None:
    assert read_number(f"{x:,.3f} kWh") == (x, "kWh")
    assert read_number(f"{x:.3f}kWh") == (x, "kWh")


# --- uncertainty ---


@pytest.mark.parametrize(
    ("text", "value", "unit", "standard"),
    [
        ("1.5 kW", 75, "kW", 1.5 / math.sqrt(3)),
        ("± 1.5 kW", 75, "kW", 1.5 / math.sqrt(3)),
        ("500 W", 75, "kW", 0.5 / math.sqrt(3)),
        ("2 %", 75, "kW", 1.5 / math.sqrt(3)),
        ("2 %", -75, "kW", 1.5 / math.sqrt(3)),
        ("2 % (k=2)", 75, "kW", 0.75),
        ("2 % (k = 1.96)", 75, "kW", 1.5 / 1.96),
        ("0.8 kW (std)", 75, "kW", 0.8),
        ("0.8 kW normal", 75, "kW", 0.8),
        ("3 % triangular", 100, "kW", 3 / math.sqrt(6)),
        ("6 K", 780, "degC", 6 / math.sqrt(3)),
        ("6 °C", 780, "degC", 6 / math.sqrt(3)),
        ("0.1 bar", 7, "bar[g]", 0.1 / math.sqrt(3)),
        ("10 kPa", 7, "bar[g]", 0.1 / math.sqrt(3)),
        ("0.7 pt", 91.5, "%", 0.7 / math.sqrt(3)),
        ("0.7 pt", 0.915, "1", 0.007 / math.sqrt(3)),
        ("2 % of value", 91.5, "%", 1.83 / math.sqrt(3)),
        ("2 %", 0.915, "1", 0.0183 / math.sqrt(3)),
        ("0.7 個百分點", 91.5, "%", 0.7 / math.sqrt(3)),
    ],
)
def test_uncertainty_as_people_write(text: str, value: float, unit: str, standard: float) -> None:
    assert read_uncertainty(text, value, unit).standard_uncertainty == pytest.approx(standard, rel=1e-12)


@pytest.mark.parametrize(
    "text", ["0 kW", "-1 kW", "-2 %", "", "some", "1.5 h", "2 pt", "2 % (k=0)", "2 % (k=1.2.3)", "1 kW k=2"]
)
def test_an_uncertainty_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_uncertainty(text, 75, "kW", "rated power")


def test_a_relative_uncertainty_of_zero_is_refused() -> None:
    with pytest.raises(InputError, match="larger than zero"):
        read_uncertainty("2 %", 0, "kW")
