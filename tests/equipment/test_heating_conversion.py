"""Gas, resistance, induction, heat pump: both carriers booked, useful heat held, Carnot, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from energycalc.equipment.furnaces.heating_conversion import (
    ELECTRIC,
    TO_ELECTRIC,
    TO_GAS,
    ceiling,
    electric,
    to_electric,
    to_gas,
)
from energycalc.errors import InputError, OutOfRange
from tests.equipment.burners import BURNER, given, ids, percent, saved

few = settings(max_examples=25, deadline=None)
HEATER = {"electric_heater_rating": "200 kW", "load_factor": "60 %", "operating_hours": "6,000 h"}
PUMP = {"heat_sink_temperature": "70 °C", "heat_source_temperature": "25 °C"}


def gas(efficiency: float = 35) -> dict[str, Any]:
    return {"fuel_heating_efficiency": percent(efficiency, "fuel_heating_efficiency")}


def heater(kind: str, performance: float, **more: str) -> dict[str, Any]:
    return given(electric_heating=kind, **more) | {"electric_performance": percent(performance, "electric_performance")}


def part(share: float) -> dict[str, Any]:
    return {"converted_share": percent(share, "converted_share")}


def power(made: Any) -> float:
    return float(made.added["electricity"].value_in("kWh/kWh[LHV]"))


def test_gas_to_induction_by_hand() -> None:
    """35 kWh useful of 100 kWh of gas take 50 kWh of electricity at 70 %."""
    made = to_electric(gas(35), heater("induction", 70), given(**BURNER))
    assert made.carrier == "natural_gas"
    assert made.remaining.value == 0
    assert power(made) == pytest.approx(0.5)
    assert made.energy_before_model is not None and made.energy_after_model is not None
    assert made.energy_before_model.value_in("kWh[LHV]") == pytest.approx(900 * 0.6 * 6000)
    assert made.energy_after_model.value == 0


def test_a_part_of_the_heat_and_the_pumps_of_the_new_heater() -> None:
    made = to_electric(gas(35), heater("induction", 70, heater_auxiliary_power="5.4 kW") | part(40), given(**BURNER))
    assert made.remaining.value == pytest.approx(0.6)
    assert power(made) == pytest.approx(0.4 * 0.5 + 5.4 / 540)


def test_electricity_to_gas_by_hand() -> None:
    made = to_gas(heater("resistance", 90), gas(60) | part(50), given(**HEATER))
    assert made.carrier == "electricity"
    assert made.remaining.value == pytest.approx(0.5)
    assert made.added["natural_gas"].value_in("kWh[LHV]/kWh") == pytest.approx(0.5 * 0.9 / 0.6)
    assert made.energy_before_model is not None and made.energy_after_model is not None
    assert made.energy_before_model.value_in("kWh") == pytest.approx(720000)
    assert made.energy_after_model.value_in("kWh") == pytest.approx(360000)


def test_resistance_to_heat_pump_by_hand() -> None:
    made = electric(heater("resistance", 95), heater("heat_pump", 380, **PUMP), given(**HEATER))
    assert made.remaining.value == pytest.approx(0.25)
    assert made.added == {}
    assert made.energy_after_model is not None
    assert made.energy_after_model.value_in("kWh") == pytest.approx(180000)


# ---------------------------------------------------------------- properties


@few
@drawn(st.floats(5, 95), st.floats(5, 100), st.floats(0, 100))
def test_there_and_back_is_where_it_was(fuel: float, heat: float, share: float) -> None:
    """All the heat to electricity and back takes the fuel of before."""
    there = power(to_electric(gas(fuel), heater("resistance", heat), {}))
    back = to_gas(heater("resistance", heat), gas(fuel), {}).added["natural_gas"].value
    assert there * float(back) == pytest.approx(1)
    partly = to_electric(gas(fuel), heater("resistance", heat) | part(share), {})
    assert power(partly) == pytest.approx(there * share / 100)
    useful = fuel / 100 * (float(partly.remaining.value) - 1) + power(partly) * heat / 100
    assert useful == pytest.approx(0, abs=1e-12)  # what gas no longer gives, electricity gives


def test_nothing_converted_is_exactly_nothing() -> None:
    made = to_electric(gas(), heater("induction", 70) | part(0), {})
    assert made.remaining.value == 1 and power(made) == 0
    back = to_gas(heater("induction", 70), gas() | part(0), {})
    assert back.remaining.value == 1 and back.added["natural_gas"].value == 0
    assert electric(heater("induction", 70), heater("induction", 70), {}).remaining.value == 1


@few
@drawn(st.floats(10, 90), st.floats(0.5, 8))
def test_a_better_heater_takes_less_and_never_less_than_the_ceiling_allows(performance: float, step: float) -> None:
    before, after = heater("resistance", performance), heater("induction", performance + step)
    assert 0 < saved(electric(before, after, {})) <= float(ceiling(ELECTRIC, before, after, {}).saving.value)
    less, more = (power(to_electric(gas(), heater("induction", p), {})) for p in (performance + step, performance))
    limit = ceiling(TO_ELECTRIC, gas(), after, {})
    assert float(limit.least_added["electricity"].value) < less < more
    assert limit.saving.value == 1


def test_ceilings_by_hand() -> None:
    pump = heater("heat_pump", 380, **PUMP)
    limit = ceiling(TO_ELECTRIC, gas(35), pump | part(50), {})
    assert limit.saving.value == pytest.approx(0.5)
    assert limit.least_added["electricity"].value == pytest.approx(0.5 * 0.35 * 45 / 343.15)
    back = ceiling(TO_GAS, heater("resistance", 90), gas(60) | part(50), {})
    assert back.saving.value == pytest.approx(0.5)
    assert back.least_added["natural_gas"].value == pytest.approx(0.5 * 0.9)
    swap = ceiling(ELECTRIC, heater("resistance", 90), pump, {})
    assert swap.saving.value == pytest.approx(1 - 0.9 * 45 / 343.15)


# ---------------------------------------------------------------- findings


@pytest.mark.parametrize(("performance", "raised"), [(494.0, False), (497.0, True)])
def test_a_heat_pump_near_carnot_is_doubted(performance: float, raised: bool) -> None:
    """Check TP12: Carnot 343.15/45 = 7.63, 0.65 of it 4.957."""
    made = to_electric(gas(), heater("heat_pump", performance, **PUMP), {})
    assert (f"{TO_ELECTRIC}.near_carnot" in ids(made)) is raised


@pytest.mark.parametrize(("performance", "raised"), [(85.0, False), (86.0, True)])
def test_induction_better_than_its_coil_is_doubted(performance: float, raised: bool) -> None:
    made = electric(heater("resistance", 60), heater("induction", performance), {})
    assert (f"{ELECTRIC}.induction_efficiency" in ids(made)) is raised


def test_a_worse_heater_is_doubted() -> None:
    assert f"{ELECTRIC}.uses_more" in ids(electric(heater("induction", 70), heater("resistance", 50), {}))


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("after", "error", "words"),
    [
        (heater("heat_pump", 763, **PUMP), OutOfRange, "better than Carnot"),
        (heater("resistance", 100.1), OutOfRange, "electric heater"),
        (heater("heat_pump", 300), InputError, "both its temperatures"),
        (
            heater("heat_pump", 300, heat_sink_temperature="20 °C", heat_source_temperature="25 °C"),
            OutOfRange,
            "heat ex",
        ),
        (heater("laser", 50), InputError, "choices"),
        (heater("resistance", 95, **PUMP), InputError, "only a heat pump"),
        (heater("induction", 70, heat_source_temperature="25 °C"), InputError, "only a heat pump"),
        (heater("induction", 70, heater_auxiliary_power="5 kW"), InputError, "size of the burner"),
        (heater("induction", 70) | part(101), OutOfRange, "range"),
    ],
)
def test_what_cannot_be_is_refused(after: dict[str, Any], error: type[InputError], words: str) -> None:
    with pytest.raises(error, match=words):
        to_electric(gas(), after, {})


@pytest.mark.parametrize("after", [heater("heat_pump", 762, **PUMP), heater("resistance", 100)])
def test_what_lies_just_inside_is_accepted(after: dict[str, Any]) -> None:
    assert saved(to_electric(gas(), after, {})) == 1


@pytest.mark.parametrize("left_out", HEATER)
def test_half_a_heater_is_refused(left_out: str) -> None:
    some = given(**{key: value for key, value in HEATER.items() if key != left_out})
    with pytest.raises(InputError, match="all three"):
        to_gas(heater("resistance", 90), gas(), some)


def test_pumps_of_a_heater_that_never_runs_are_refused() -> None:
    idle = heater("induction", 70, heater_auxiliary_power="5 kW")
    with pytest.raises(OutOfRange, match="range of the equation"):
        to_electric(gas(), idle, given(**BURNER | {"load_factor": "0 %"}))
    assert power(to_electric(gas(), idle, given(**BURNER | {"load_factor": "1 %"}))) > 0.5


def test_the_doubt_about_carnot_says_how_near() -> None:
    made = to_electric(gas(), heater("heat_pump", 600, **PUMP), {})
    said = next(f for f in made.findings if f.id.endswith("near_carnot"))
    assert "79%" in str(said)  # 6.00 of 343.15/45
