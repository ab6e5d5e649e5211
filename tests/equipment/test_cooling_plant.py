"""Cooling towers and free cooling: worked figures of others, properties, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.cooling.cooling_tower import DESCRIPTION as TOWER
from energycalc.equipment.cooling.free_cooling import DESCRIPTION as FREE
from energycalc.errors import InputError
from energycalc.quantity import read_quantity
from energycalc.quantity.trace import leaves
from tests.equipment.cooling import FEW, ceiling, energies, ids, named, run, saving, stated

# --- tower

CONTROLS = ("one_speed", "two_speed", "variable_speed")


def tower(control: str, cycles: float = 3, drift: float = 0.01) -> dict[str, str]:
    return {"fan_control": control, "cycles_of_concentration": f"{cycles}", "drift_fraction": f"{drift} %"}


def duty(cold: float = 30, fall: float = 5, wet_bulb: float = 25, hours: float = 1000, flow: float = 400) -> Any:
    level = {
        "hot_water_temperature": f"{cold + fall} °C",
        "tower_water_temperature": f"{cold} °C",
        "wet_bulb": f"{wet_bulb} °C",
        "hours": f"{hours} h",
    }
    return {"rated_fan_power": "22 kW", "water_flow": f"{flow} m3/h", "latent_share": "85 %", "profile": [level]}


@FEW
@given(control=st.sampled_from(CONTROLS), fall=st.floats(2, 6), approach=st.floats(5, 9), cycles=st.floats(1.5, 8))
def test_the_same_tower_saves_nothing(control: str, fall: float, approach: float, cycles: float) -> None:
    side = tower(control, cycles)
    change = run(TOWER, side, side, duty(fall=fall, wet_bulb=30 - approach))
    assert change.remaining.value == 1
    assert named(change.beside, "make_up_water_saved") == 0


def test_fans_of_the_peer_without_the_loss_it_charges_to_all() -> None:
    """MEASUR at 89.9 % air flow: variable speed 33.413 kWh; one speed is the share of time at 44.3959 kW."""
    level = {
        "hot_water_temperature": f"{(87.98386 - 32) * 5 / 9} °C",
        "tower_water_temperature": f"{(81.6495 - 32) * 5 / 9} °C",
        "wet_bulb": f"{(76 - 32) * 5 / 9} °C",
        "hours": "1 h",
    }
    common = duty() | {"rated_fan_power": f"{59.5119 * 0.746} kW", "profile": [level]}
    one, variable = energies(run(TOWER, tower("one_speed"), tower("variable_speed"), common))
    two = energies(run(TOWER, tower("one_speed"), tower("two_speed"), common))[1]
    assert variable == pytest.approx(33.413, rel=2e-5)
    air = (55.15 / 59.5119 - 0.01055507) / (1.02999531 - 0.01055507)  # from the peer's one-speed power
    assert one == pytest.approx(59.5119 * 0.746 * air, rel=3e-5)
    half = 0.1349494
    assert two == pytest.approx(59.5119 * 0.746 * (2 * air - 1 + half * (2 - 2 * air)), rel=3e-5)


@FEW
@given(fall=st.floats(1, 6), approach=st.floats(4.5, 10))
def test_no_fan_control_passes_the_cube_law(fall: float, approach: float) -> None:
    case = (tower("one_speed"), tower("variable_speed"), duty(fall=fall, wet_bulb=30 - approach))
    assert saving(run(TOWER, *case)) <= ceiling(TOWER, *case).saving.value
    case = (tower("one_speed"), tower("two_speed"), case[2])
    assert saving(run(TOWER, *case)) <= ceiling(TOWER, *case).saving.value


def test_a_drive_costs_three_percent_at_full_air_flow() -> None:
    """Just below what the tower can do: the fan runs all the time, and the drive adds its loss."""
    common = duty(fall=5.5556, cold=29.5, wet_bulb=25.5556)
    change = run(TOWER, tower("one_speed"), tower("variable_speed"), common)
    one, variable = energies(change)
    assert one == pytest.approx(22_000, rel=0.02)
    assert 0.97 < one / 22_000 <= 1
    assert variable > one
    assert "cooling_tower.uses_more" in ids(change)


def test_make_up_water_by_hand() -> None:
    """400 m3/h, 30 from 35 °C: 2315 kW; 85 % by 2430 kJ/kg; 3 and 6 cycles: times 1.5 and 1.2."""
    change = run(TOWER, tower("one_speed", 3), tower("one_speed", 6), duty())
    heat = 400 * 994.0 * 4.178 * 5 / 3600
    evaporation = heat * 0.85 * 3600 / (2429.8 * 994.0)
    assert named(change.beside, "make_up_water_saved") == pytest.approx(evaporation * (1.5 - 1.2) * 1000, rel=1e-3)


@FEW
@given(cycles=st.floats(1.5, 8), more=st.floats(0.01, 4), further=st.floats(0.01, 4))
def test_more_cycles_save_ever_less_water(cycles: float, more: float, further: float) -> None:
    def saved(from_: float, to: float) -> float:
        change = run(TOWER, tower("one_speed", from_, 0.001), tower("one_speed", to, 0.001), duty())
        return named(change.beside, "make_up_water_saved")

    first, both = saved(cycles, cycles + more), saved(cycles, cycles + more + further)
    assert 0 < first < both
    assert (both - first) / further < first / more


def test_less_drift_at_the_same_cycles_saves_no_water_and_says_so() -> None:
    change = run(TOWER, tower("one_speed", 3, 0.1), tower("one_speed", 3, 0.001), duty())
    assert named(change.beside, "make_up_water_saved") == pytest.approx(0, abs=1e-6)
    assert "cooling_tower.drift_at_constant_cycles" in ids(change)
    assert ids(run(TOWER, tower("one_speed", 3, 0.1), tower("one_speed", 4, 0.1), duty())) == set()


@pytest.mark.parametrize(
    ("after", "common", "message"),
    [
        (tower("one_speed", 1), duty(), "cycles_of_concentration"),
        (tower("one_speed", 8, 0.9), duty(), "cannot be reached"),
        (tower("magic"), duty(), "fan_control"),
        (tower("one_speed"), duty(wet_bulb=30), "wet bulb"),
        (tower("one_speed"), duty(wet_bulb=28.5), "cannot cool the water so far"),
        (tower("one_speed"), duty(fall=0), "does not cool"),
    ],
)
def test_an_impossible_tower_is_refused(after: dict[str, str], common: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(TOWER, tower("one_speed"), after, common)
    run(TOWER, tower("one_speed"), tower("two_speed", 8, 0.01), duty())


# --- free cooling

NONE = {"free_cooling": "none"}


def economizer(how: str = "series", power: float = 30) -> dict[str, str]:
    return {
        "free_cooling": how,
        "tower_approach": "4 K",
        "exchanger_approach": "1 K",
        "free_cooling_power": f"{power} kW",
    }


def winter(wet_bulb: float, load: float = 300, hours: float = 1000) -> dict[str, Any]:
    level = {"wet_bulb": f"{wet_bulb} °C", "cooling_load": f"{load} USRT", "hours": f"{hours} h"}
    return {
        "chilled_water_supply": "15 °C",
        "chilled_water_return": "20 °C",
        "chiller_specific_power": "0.6 kW/USRT",
        "chiller_auxiliary_power": "40 kW",
        "profile": [level],
    }


@pytest.mark.parametrize(
    ("wet_bulb", "how", "after"),
    [
        (9, "series", 30),  # 14 °C: all of it
        (10, "series", 30),  # 15 °C: just all of it
        (12.5, "series", 180 * 0.5 + 40 + 30),  # 17.5 °C: half
        (15, "series", 220),  # 20 °C: nothing, and it stays off
        (12.5, "parallel", 220),
        (10, "parallel", 30),
    ],
)
def test_free_cooling_by_hand(wet_bulb: float, how: str, after: float) -> None:
    before, found = energies(run(FREE, NONE, economizer(how), winter(wet_bulb)))
    assert before == pytest.approx(220_000, rel=1e-9)
    assert found == pytest.approx(after * 1000, rel=1e-9)


@FEW
@given(wet_bulb=st.floats(-5, 27))
def test_no_free_cooling_saves_nothing(wet_bulb: float) -> None:
    assert run(FREE, NONE, NONE, winter(wet_bulb)).remaining.value == 1
    side = economizer()
    assert run(FREE, side, side, winter(wet_bulb)).remaining.value == 1


@FEW
@given(wet_bulb=st.floats(-5, 27), colder=st.floats(0, 5))
def test_a_lower_wet_bulb_never_saves_less(wet_bulb: float, colder: float) -> None:
    warm, cold = (saving(run(FREE, NONE, economizer(power=0), winter(w))) for w in (wet_bulb, wet_bulb - colder))
    assert cold >= warm - 1e-12


@FEW
@given(wet_bulb=st.floats(-5, 27), power=st.floats(0, 100), how=st.sampled_from(["series", "parallel"]))
def test_no_free_cooling_passes_the_ceiling(wet_bulb: float, power: float, how: str) -> None:
    case = (NONE, economizer(how, power), winter(wet_bulb))
    assert saving(run(FREE, *case)) <= ceiling(FREE, *case).saving.value + 1e-12


def test_the_ceiling_is_all_below_the_return_and_carnot_above_it() -> None:
    assert ceiling(FREE, NONE, economizer(), winter(19)).saving.value == 1
    least = 300 * 3.5168528 * (298.15 / 293.15 - 1)
    assert ceiling(FREE, NONE, economizer(), winter(25)).saving.value == pytest.approx(1 - least / 220, rel=1e-6)


def test_the_turning_point_of_free_cooling_is_found() -> None:
    """30 kW of pumps against 180 kW of chiller: worth it from 1/6 of the load: 20 - 5/6 - 5 = 14.17 °C wet bulb."""
    change = run(FREE, NONE, economizer(), winter(14.5))
    told = next(f for f in change.findings if f.id == "free_cooling.past_break_even")
    assert told.evidence["break_even_wet_bulb"] == "14.2 °C"
    assert saving(change) < 0
    below = run(FREE, NONE, economizer(), winter(14.1))
    assert saving(below) > 0 and "free_cooling.past_break_even" not in ids(below)
    assert saving(run(FREE, NONE, economizer(), winter(14 + 1 / 6))) == pytest.approx(0, abs=1e-9)


def test_a_lock_out_lies_where_the_chiller_can_stand() -> None:
    """200 kW against 180 kW of chiller and 40 kW of its pumps: only where the tower does it all, 15 - 5 = 10 °C."""
    change = run(FREE, NONE, economizer(power=200), winter(12))
    told = next(f for f in change.findings if f.id == "free_cooling.past_break_even")
    assert told.evidence["break_even_wet_bulb"] == "10.0 °C"
    assert energies(change)[1] == pytest.approx((180 * 0.4 + 40 + 200) * 1000, rel=1e-9)
    assert ids(run(FREE, NONE, economizer(power=200), winter(10))) == set()
    assert ids(run(FREE, NONE, economizer(power=219.9), winter(9))) == set()


@pytest.mark.parametrize("how", ["series", "parallel"])
def test_free_cooling_that_never_pays_is_told(how: str) -> None:
    change = run(FREE, NONE, economizer(how, 250), winter(8))
    assert ids(change) == {"free_cooling.never_pays", "free_cooling.uses_more"}
    assert saving(change) == pytest.approx(-30 / 220, rel=1e-9)


def test_free_cooling_without_pumps_is_doubted() -> None:
    assert ids(run(FREE, NONE, economizer(power=0), winter(8))) == {"free_cooling.no_pumps"}
    assert ids(run(FREE, NONE, economizer(power=0.1), winter(8))) == set()
    assert ids(run(FREE, NONE, NONE, winter(8))) == set()


def test_measured_fans_have_the_error_of_a_power_logger() -> None:
    def errors(technology: Any, before: Any, after: Any, common: Any, place: Any, name: str) -> list[float]:
        sides = [stated(before), stated(after), stated(common)]
        shown = sides[place][name]
        sides[place] |= {name: read_quantity(f"{shown.value} kW", name=name, basis="measured")}
        change = technology.change(*sides)
        assert any(f.id.endswith(".default_uncertainty") for f in change.findings)
        found = [leaf.uncertainty for leaf in leaves(change.remaining) if leaf.name == f"{name}_error"]
        return [float(e.standard_uncertainty) for e in found if e]

    one = pytest.approx(0.03 / 3**0.5, rel=1e-6)
    assert [e / 40 for e in errors(FREE, NONE, economizer(), winter(12), 2, "chiller_auxiliary_power")] == [one]
    assert [e / 30 for e in errors(FREE, NONE, economizer(), winter(12), 1, "free_cooling_power")] == [one]
    fans = (TOWER, tower("one_speed"), tower("variable_speed"), duty(), 2, "rated_fan_power")
    assert [e / 22 for e in errors(*fans)] == [one]


@pytest.mark.parametrize(
    ("after", "common", "message"),
    [
        (NONE, {"chilled_water_return": "15 °C"}, "not warmer"),
        ({"free_cooling": "series"}, {}, "missing tower_approach"),
        (economizer() | {"free_cooling": "none"}, {}, "not used tower_approach"),
        (economizer(), {"chilled_water_return": "15 °C"}, "not warmer"),
        (economizer(), {"chiller_specific_power": "0.6"}, "might be a COP"),
        (NONE, winter(30) | {"chiller_specific_power": "0.11 kW/USRT"}, "Carnot"),
    ],
)
def test_an_impossible_free_cooling_is_refused(after: Any, common: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(FREE, NONE, after, winter(10) | common)
    run(FREE, NONE, economizer(), winter(10))


def test_measured_pumps_that_stand_have_no_error() -> None:
    """0 kW by the logger is a reading like any other, before and after, and adds no uncertainty."""

    def none(side: Any, name: str, text: str = "0 kW") -> Any:
        return stated(side) | {name: read_quantity(text, name=name, basis="measured")}

    common = none(winter(12), "chiller_auxiliary_power")
    change = FREE.change(stated(NONE), none(economizer(), "free_cooling_power"), common)
    assert energies(change) == pytest.approx((180_000, 180_000 * 0.4), rel=1e-9)
    assert not [leaf for leaf in leaves(change.remaining) if leaf.name.endswith("_error")]
