"""Figures as pages print them: number, printed resolution, unit, time; what is no figure is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.checks.claims.figures import read_figure
from energycalc.errors import InputError, UnitError


@pytest.mark.parametrize(
    ("text", "value", "step", "unit", "per"),
    [
        ("331216 kWh/year", 331216.0, 1.0, "kWh", "year"),
        ("33.1 萬度/年", 331000.0, 1000.0, "kWh", "year"),
        ("1,800 仟元", 1_800_000.0, 1000.0, "TWD", ""),
        ("31 萬元", 310_000.0, 10_000.0, "TWD", ""),
        ("約 3.4 億元", 340_000_000.0, 10_000_000.0, "TWD", ""),
        ("新臺幣 300 萬元", 3_000_000.0, 10_000.0, "TWD", ""),
        ("NT$ 5,150", 5150.0, 1.0, "TWD", ""),
        ("NT$ 3.2/度", 3.2, 0.1, "TWD/kWh", ""),
        ("500 千瓦", 500.0, 1.0, "kW", ""),
        ("24 h/day", 24.0, 1.0, "h", "day"),
        ("250 天/年", 250.0, 1.0, "day", "year"),
        ("52000 kWh/month", 624_000.0, 12.0, "kWh", "year"),
        ("9 個月", 9.0, 1.0, "month", ""),
        ("100 Nm3/day", 100.0, 1.0, "m3", "day"),
        ("0.494 kg CO2e/kWh", 0.494, 0.001, "kgCO2e/kWh", ""),
        ("79.4 公噸 CO₂e/年", 79.4, 0.1, "tCO2e", "year"),
        ("60%", 60.0, 1.0, "%", ""),
        ("0.85", 0.85, 0.01, "1", ""),
        ("12 kWh", 12.0, 1.0, "kWh", ""),
        ("1.5e3 kWh", 1500.0, 100.0, "kWh", ""),
    ],
)
def test_a_figure_is_read_with_its_resolution(text: str, value: float, step: float, unit: str, per: str) -> None:
    figure = read_figure("x", text)
    assert figure.value == pytest.approx(value)
    assert figure.step == pytest.approx(step)
    assert figure.per == per
    assert figure.to(unit).value == pytest.approx(value)


def test_horsepower_and_refrigeration_tons_have_play() -> None:
    power = read_figure("x", "100 HP").to("kW")
    cooling = read_figure("x", "100 RT").to("kW")
    assert power.low < 73.55 < 74.57 < power.high  # metric and mechanical horsepower
    assert cooling.low < 351.6 < 386.1 < cooling.high  # US and Japanese ton
    assert read_figure("x", "100 HP").unit.assumption


def test_normal_cubic_metres_keep_their_state() -> None:
    assert read_figure("x", "1 Nm3").unit.state == "0C"
    assert read_figure("x", "1 m3").unit.state == ""
    assert read_figure("x", "1 Nm3").unit.kind == read_figure("x", "1 m3").unit.kind


@pytest.mark.parametrize(
    ("printed", "step"),
    [("31 萬元", 10_000.0), ("310 仟元", 1000.0), ("310,000 元", 1.0), ("32 萬元", 1.0), ("text", 1.0)],
)
def test_the_original_text_carries_the_resolution(printed: str, step: float) -> None:
    assert read_figure("cost_saving", "310000 TWD", printed).step == pytest.approx(step)


@pytest.mark.parametrize(
    "text",
    ["", "kWh", "很多", "12,34 kWh", "1,2345 kWh", "=1+1", "1e999 kWh", "9" * 4000 + " kWh", "1e31 kWh", "nan kWh"],
)
def test_no_number_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_figure("saving", text)
    assert "saving" in caught.value.sentence()
    assert caught.value.next_step


@pytest.mark.parametrize("text", ["12 foo", "12 m3//h", "12 kW/foo"])
def test_an_unknown_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        read_figure("saving", text)


def test_another_kind_is_refused() -> None:
    with pytest.raises(UnitError):
        read_figure("saving", "12 kWh").to("kW")


@given(st.integers(1, 10**9), st.integers(0, 4))
def test_what_rounds_or_is_cut_to_the_print_lies_in_its_range(number: int, decimals: int) -> None:
    true = number / 7.0
    for printed in (f"{true:.{decimals}f}", f"{int(true * 10**decimals) / 10**decimals:.{decimals}f}"):
        figure = read_figure("x", f"{printed} kWh")
        own = figure.to("kWh")
        assert own.low <= true * (1 + 1e-9)
        assert own.high >= true * (1 - 1e-9)


@given(st.integers(1, 10**7))
def test_thousands_and_units_of_people_say_the_same(number: int) -> None:
    plain, people = read_figure("x", f"{number * 10_000} kWh"), read_figure("x", f"{number:,} 萬度")
    assert people.to("kWh").value == pytest.approx(plain.to("kWh").value)
    assert people.step == 10_000 * plain.step
