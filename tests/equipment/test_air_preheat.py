"""Recuperators and regenerators: the flue-gas model with hotter air, a surface solved for, every refusal both ways."""

import math
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from energycalc.equipment.description import Change
from energycalc.equipment.furnaces import air_preheat, flue_gas
from energycalc.equipment.shared.firing import AIR, FLUE, OXYGEN
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import quantity
from energycalc.quantity.trace import steps
from tests.equipment.burners import BURNER, degrees, given, ids, percent, saved

few = settings(max_examples=15, deadline=None)
COMMON = given(fuel="methane", ambient_temperature="25 °C")
SIZED = COMMON | given(**BURNER)
SURFACE = {"recuperator_area": "25 m2", "recuperator_coefficient": "0.02 kW/(m2*K)", "flow_arrangement": "counterflow"}


def state(oxygen: float = 3, flue: float = 900, air: float = 25) -> dict[str, Any]:
    return {OXYGEN: percent(oxygen, OXYGEN), FLUE: degrees(flue, FLUE), AIR: degrees(air, AIR)}


def effective(share: float, **more: str) -> dict[str, Any]:
    return {"recuperator_effectiveness": percent(share, "recuperator_effectiveness")} | given(**more)


def recuperator(before: dict[str, Any], after: dict[str, Any], common: dict[str, Any] = COMMON) -> Change:
    return air_preheat.change("recuperator", before, after, common)


def found(made: Change, name: str) -> float:
    return next(float(q.value_in("1")) for q in steps([made.remaining]) if q.name == name)


# TP05 of the project's verification notes: air 90 % of the way and all the way, methane, 3 % O2
PREHEAT = {600: (22.9, 24.9), 800: (32.4, 34.9), 1000: (42.8, 45.6), 1200: (54.2, 57.0)}


@pytest.mark.parametrize(("flue", "printed"), PREHEAT.items())
def test_the_tables_of_the_notes(flue: float, printed: tuple[float, float]) -> None:
    for share, expected in zip((90, 100), printed, strict=True):
        assert 100 * saved(recuperator(state(flue=flue), effective(share))) == pytest.approx(expected, abs=0.1)


@few
@drawn(st.floats(0.5, 8), st.floats(200, 1200), st.floats(0, 100))
def test_an_exchanger_is_the_flue_gas_model_with_hotter_air(oxygen: float, flue: float, share: float) -> None:
    before = state(oxygen, flue)
    air = {AIR: degrees(25 + share / 100 * (flue - 25), AIR)}
    direct = flue_gas.change(before, air, COMMON).remaining.value
    assert recuperator(before, effective(share)).remaining.value == pytest.approx(direct, rel=1e-9)


def test_an_exchanger_of_no_effectiveness_saves_exactly_nothing() -> None:
    assert recuperator(state(), effective(0)).remaining.value == 1


@few
@drawn(st.floats(0.5, 8), st.floats(200, 1200), st.floats(0, 95), st.floats(0.1, 5))
def test_more_effectiveness_saves_more_and_never_above_the_ceiling(
    oxygen: float, flue: float, share: float, step: float
) -> None:
    before, more = state(oxygen, flue), effective(share + step)
    less = saved(recuperator(before, effective(share)))
    limit = air_preheat.ceiling("recuperator", before, more, COMMON).saving.value
    assert 0 <= less < saved(recuperator(before, more)) <= float(limit) + 1e-12


# ---------------------------------------------------------------- by surface


def by_area(area: float, arrangement: str = "counterflow", flue: float = 900, **more: str) -> Change:
    surface = {"recuperator_area": quantity(area, "m2"), "recuperator_coefficient": quantity(0.02, "kW/(m2*K)")}
    return recuperator(state(flue=flue), surface | {"flow_arrangement": arrangement} | given(**more), SIZED)


@pytest.mark.parametrize("arrangement", ["counterflow", "parallel"])
@pytest.mark.parametrize("area", [5.0, 25.0, 120.0])
def test_the_surface_fits_the_flows_that_it_leaves(area: float, arrangement: str) -> None:
    """The effectiveness is that of the surface for the air of the fuel that is still burnt."""
    made = by_area(area, arrangement)
    effectiveness, ratio = found(made, "recuperator_effectiveness"), found(made, "capacity_ratio")
    rate = next(float(q.value_in("kW/K")) for q in steps([made.remaining]) if q.name == "air_capacity_rate")
    units = area * 0.02 / (rate * float(made.remaining.value))
    if arrangement == "counterflow":
        left = math.exp(-units * (1 - ratio))
        expected = (1 - left) / (1 - ratio * left)
    else:
        expected = (1 - math.exp(-units * (1 + ratio))) / (1 + ratio)
    assert effectiveness == pytest.approx(expected, rel=1e-9)
    assert 0.6 < ratio < 0.95
    again = recuperator(state(), effective(100 * effectiveness))
    assert again.remaining.value == pytest.approx(float(made.remaining.value), rel=1e-9)


@few
@drawn(st.floats(1, 200), st.floats(1.01, 3))
def test_more_surface_never_saves_less_and_counterflow_is_not_worse(area: float, times: float) -> None:
    assert saved(by_area(area)) < saved(by_area(area * times))
    assert saved(by_area(area, "parallel")) < saved(by_area(area))


def test_air_at_a_rate_by_hand() -> None:
    """540 kWh/h of methane with 3 % O2: 11.1 mol of air per mol, 0.0313 kJ/(mol K) mean to 900 °C, 802 kJ per mol."""
    made = by_area(25)
    rate = next(float(q.value_in("kW/K")) for q in steps([made.remaining]) if q.name == "air_capacity_rate")
    assert rate == pytest.approx(540 / 802.3 * 10.97 * 0.0317, rel=0.03)


def test_units_do_not_matter() -> None:
    other = given(recuperator_area="250000 cm2", recuperator_coefficient="20 W/(m2*K)", flow_arrangement="counterflow")
    assert recuperator(state(), other, SIZED).remaining.value == pytest.approx(
        float(by_area(25).remaining.value), rel=1e-9
    )


# ---------------------------------------------------------------- fan


def test_the_fan_costs_electricity() -> None:
    made = recuperator(state(), effective(60, extra_fan_power="2 kW"), SIZED)
    assert made.added["electricity"].value_in("kWh/kWh[LHV]") == pytest.approx(2 / 540)
    assert recuperator(state(), effective(60), SIZED).added == {}
    assert made.energy_before_model is not None and made.energy_after_model is not None
    assert made.energy_before_model.value_in("kWh[LHV]") == pytest.approx(540 * 6000)
    assert made.energy_after_model.value / made.energy_before_model.value == pytest.approx(made.remaining.value)


# ---------------------------------------------------------------- regenerator


def regenerator(share: str, effectiveness: float) -> Change:
    return air_preheat.change(
        "regenerator", state(), effective(effectiveness, flue_share_through_exchanger=share), COMMON
    )


def test_a_regenerator_is_a_recuperator_as_long_as_its_flue_gas_has_the_heat() -> None:
    same = recuperator(state(), effective(85)).remaining.value
    assert regenerator("90 %", 85).remaining.value == pytest.approx(float(same), rel=1e-12)


def test_air_cannot_take_more_heat_than_the_flue_gas_in_the_exchanger_has() -> None:
    with pytest.raises(OutOfRange, match="more heat than the flue gas"):
        regenerator("50 %", 85)
    assert saved(regenerator("50 %", 50)) > 0


# ---------------------------------------------------------------- findings


@pytest.mark.parametrize(("share", "raised"), [("75 %", True), ("100 %", False)])
def test_flue_gas_below_its_dew_point_behind_the_exchanger_is_doubted(share: str, raised: bool) -> None:
    after = effective(80, flue_share_through_exchanger=share)
    made = air_preheat.change("regenerator", state(oxygen=1, flue=150), after, COMMON)
    assert ("regenerator.flue_gas_condenses" in ids(made)) is raised


@pytest.mark.parametrize(("share", "raised"), [(89.0, False), (91.0, True)])
def test_more_than_nine_tenths_of_the_way_is_doubted(share: float, raised: bool) -> None:
    made = recuperator(state(), effective(share))
    assert ("furnace.preheat_near_flue_temperature" in ids(made)) is raised


def test_a_worse_exchanger_than_before_is_doubted() -> None:
    assert "recuperator.uses_more" in ids(recuperator(state(air=500), effective(20)))
    assert ids(recuperator(state(air=100), effective(60))) == set()


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("after", "common", "error", "words"),
    [
        ({}, COMMON, InputError, "one of the two"),
        (effective(60) | given(**SURFACE), SIZED, InputError, "one of the two"),
        (given(recuperator_area="25 m2"), SIZED, InputError, "recuperator_coefficient, flow_arrangement"),
        (given(**SURFACE), COMMON, InputError, "size of the burner"),
        (effective(60, extra_fan_power="2 kW"), COMMON, InputError, "size of the burner"),
        (effective(100.1), COMMON, OutOfRange, "range"),
        (effective(60), COMMON | given(combustion_air_temperature_limit="549 °C"), OutOfRange, "temperature_limit"),
        (effective(60) | given(flow_arrangement="cross"), SIZED, InputError, "choices"),
    ],
)
def test_what_cannot_be_is_refused(
    after: dict[str, Any], common: dict[str, Any], error: type[InputError], words: str
) -> None:
    with pytest.raises(error, match=words):
        recuperator(state(), after, common)


@pytest.mark.parametrize(
    ("after", "common"),
    [
        (effective(60), COMMON | given(combustion_air_temperature_limit="551 °C")),
        (effective(100), COMMON),
        (given(**SURFACE), SIZED),
    ],
)
def test_what_lies_just_inside_is_accepted(after: dict[str, Any], common: dict[str, Any]) -> None:
    assert saved(recuperator(state(), after, common)) > 0


def test_changes_of_oxygen_and_flue_gas_are_taken() -> None:
    less = recuperator(state(oxygen=8), effective(60) | {OXYGEN: percent(3, OXYGEN)})
    assert saved(less) > saved(recuperator(state(oxygen=8), effective(60)))
    cooler = recuperator(state(), effective(60) | {FLUE: degrees(800, FLUE)})
    direct = flue_gas.change(state(), {FLUE: degrees(800, FLUE), AIR: degrees(25 + 0.6 * 775, AIR)}, COMMON)
    assert cooler.remaining.value == pytest.approx(float(direct.remaining.value), rel=1e-9)


# ---------------------------------------------------------------- what has no answer is refused, not divided by zero


@pytest.mark.parametrize("load", ["0 %", "1 %"])
def test_a_burner_that_never_fires_needs_no_exchanger(load: str) -> None:
    sized = SIZED | given(load_factor=load)
    surface = {"recuperator_area": quantity(5, "m2"), "recuperator_coefficient": quantity(0.02, "kW/(m2*K)"),
               "flow_arrangement": "counterflow"}  # fmt: skip
    for after in (surface, effective(50) | given(extra_fan_power="1 kW")):
        if load == "0 %":
            with pytest.raises(OutOfRange, match="range of the equation"):
                recuperator(state(), after, sized)
        else:
            assert saved(recuperator(state(), after, sized)) > 0


def test_flue_gas_as_cold_as_the_room_heats_no_air() -> None:
    surface = {"recuperator_area": quantity(5, "m2"), "recuperator_coefficient": quantity(0.02, "kW/(m2*K)"),
               "flow_arrangement": "counterflow"}  # fmt: skip
    ambient = {"ambient_temperature": degrees(60, "ambient_temperature")}
    cold = {"combustion_air_temperature": degrees(60, "combustion_air_temperature")}
    with pytest.raises(OutOfRange, match="no hotter than ambient"):
        recuperator(state(flue=60) | cold, surface, SIZED | ambient)
    assert saved(recuperator(state(flue=61) | cold, surface, SIZED | ambient)) > 0


def test_cold_air_is_not_credited_to_the_exchanger() -> None:
    """Before, the air may not come in below ambient: the exchanger starts from ambient."""
    colder = {"combustion_air_temperature": degrees(24, "combustion_air_temperature")}
    with pytest.raises(OutOfRange, match="colder than the ambient"):
        recuperator(state() | colder, effective(0))
    assert recuperator(state(), effective(0)).remaining.value == 1
