"""Chiller replacement and temperature reset: worked figures of others, properties, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.cooling.chiller_replacement import DESCRIPTION as REPLACEMENT
from energycalc.equipment.cooling.chiller_temperature_reset import DESCRIPTION as RESET
from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.quantity import read_quantity
from energycalc.quantity.trace import leaves
from tests.equipment.cooling import FEW, ceiling, energies, ids, run, saving, stated


def points(*pairs: tuple[float, float], key: str = "chiller_specific_power", unit: str = " kW/USRT") -> list[Any]:
    return [{"load_fraction": f"{x} %", key: f"{y}{unit}"} for x, y in pairs]


OLD = {
    "rated_capacity": "500 USRT",
    "performance": points((25, 0.95), (50, 0.8), (100, 0.75)),
    "auxiliary_power": "60 kW",
}
NEW = {
    "rated_capacity": "500 USRT",
    "performance": points((25, 0.55), (50, 0.5), (100, 0.6)),
    "auxiliary_power": "60 kW",
}
PLANT = {
    "chilled_water_supply": "7 °C",
    "profile": [
        {"load_fraction": "40 %", "condenser_entering": "26 °C", "hours": "2,000 h"},
        {"load_fraction": "80 %", "condenser_entering": "30 °C", "hours": "1,500 h"},
    ],
}


def at(load: float, condenser: float, hours: float = 1000, **more: str) -> dict[str, Any]:
    level = {"load_fraction": f"{load} %", "condenser_entering": f"{condenser} °C", "hours": f"{hours} h"}
    return PLANT | {"profile": [level]} | more


# --- replacement


def test_replacement_by_hand() -> None:
    """40 %: 200 USRT between 125 (118.75 kW) and 250 USRT (200 kW): 167.5 kW; 80 %: 400 USRT: 305 kW; pumps 60 kW."""
    before, after = energies(run(REPLACEMENT, OLD, NEW, PLANT))
    assert before == pytest.approx((167.5 + 60) * 2000 + (305 + 60) * 1500, rel=1e-9)
    assert after == pytest.approx((68.75 + 56.25 * 0.6 + 60) * 2000 + (125 + 175 * 0.6 + 60) * 1500, rel=1e-9)


def test_the_taiwanese_tool_end_to_end() -> None:
    """ECCT: 60 RT at 70 %, 5110 h, 1.2 to 0.72 kW/RT: 257,544 and 103,018 kWh, 40 %."""
    machine = {"rated_capacity": "60 USRT", "auxiliary_power": "0 kW"}
    old, new = (machine | {"performance": points((50, p), (100, p))} for p in (1.2, 0.72))
    change = run(REPLACEMENT, old, new, at(70, 32, 5110))
    before, after = energies(change)
    assert before == pytest.approx(257_544, abs=0.5)
    assert before - after == pytest.approx(103_018, abs=0.5)
    assert saving(change) == pytest.approx(0.40, abs=1e-9)


@FEW
@given(load=st.floats(25, 100), condenser=st.floats(18, 34), hours=st.floats(1, 8784))
def test_the_same_chiller_saves_nothing(load: float, condenser: float, hours: float) -> None:
    assert run(REPLACEMENT, OLD, OLD, at(load, condenser, hours)).remaining.value == 1


@FEW
@given(load=st.floats(25, 100), better=st.floats(0.5, 0.7), more=st.floats(0, 0.05))
def test_a_better_chiller_never_saves_less(load: float, better: float, more: float) -> None:
    def saved(per_ton: float) -> float:
        new = NEW | {"performance": points((25, per_ton), (100, per_ton))}
        return saving(run(REPLACEMENT, OLD, new, at(load, 28)))

    assert saved(better - more) >= saved(better) - 1e-12


@FEW
@given(
    load=st.floats(25, 100), condenser=st.floats(10, 45), supply=st.floats(3, 18),
    per_ton=st.floats(0.1, 1.5), pumps=st.floats(0, 200),
)  # fmt: skip
def test_no_replacement_passes_the_ceiling(
    load: float, condenser: float, supply: float, per_ton: float, pumps: float
) -> None:
    new = NEW | {"performance": points((25, per_ton), (100, per_ton)), "auxiliary_power": f"{pumps} kW"}
    common = at(load, condenser, chilled_water_supply=f"{supply} °C")
    try:
        change = run(REPLACEMENT, OLD, new, common)
    except OutOfRange as refused:
        assert "Carnot" in str(refused)
        return
    assert saving(change) <= ceiling(REPLACEMENT, OLD, new, common).saving.value + 1e-12


def test_the_ceiling_is_the_carnot_work_of_the_load() -> None:
    """200 USRT at 7/26 °C: 703.37 kW x 19/280.15 = 47.70 kW of the 227.5 kW before."""
    top = ceiling(REPLACEMENT, OLD, NEW, at(40, 26))
    assert top.saving.value == pytest.approx(1 - 703.3706 * 19 / 280.15 / 227.5, rel=1e-6)


@FEW
@given(load=st.floats(30, 95))
def test_tons_kilowatts_and_cop_say_the_same(load: float) -> None:
    in_tons = run(REPLACEMENT, OLD, NEW, at(load, 28)).remaining.value
    ton = 3.5168528420667
    metric = {"rated_capacity": f"{500 * ton!r} kW", "auxiliary_power": "60 kW"}
    old, new = (
        metric | {"performance": points(*((x, ton / p) for x, p in pairs), key="cooling_cop", unit="")}
        for pairs in (((25, 0.95), (50, 0.8), (100, 0.75)), ((25, 0.55), (50, 0.5), (100, 0.6)))
    )
    assert run(REPLACEMENT, old, new, at(load, 28)).remaining.value == pytest.approx(in_tons, rel=1e-9)


def test_a_drive_that_costs_at_full_load_is_seen() -> None:
    """A variable-speed machine with 3 % more input at full load uses more where it always runs full."""
    fixed = OLD | {"performance": points((50, 0.62), (100, 0.6))}
    variable = OLD | {"performance": points((50, 0.45), (100, 0.618))}
    assert saving(run(REPLACEMENT, fixed, variable, at(50, 28))) > 0
    change = run(REPLACEMENT, fixed, variable, at(100, 28))
    assert saving(change) == pytest.approx(-0.018 / (0.6 + 60 / 500), rel=1e-9)
    assert "chiller.uses_more" in ids(change)


@pytest.mark.parametrize(
    ("change", "common", "error", "message"),
    [
        ({"performance": points((25, 0.2), (100, 0.2))}, {}, OutOfRange, "Carnot"),
        ({"rated_capacity": "390 USRT"}, {}, OutOfRange, r"load 2 改善後 after: .*cannot carry.*rated_capacity"),
        ({"performance": points((50, 0.5), (100, 0.6))}, {}, OutOfRange, "known points"),
        ({"performance": points((25, 0.5), (50, 0.5), unit="")}, {}, UnitError, "might be a COP"),
        ({"performance": []}, {}, InputError, "performance is a list"),
        ({"performance": points((25, 0.5))}, {}, InputError, "two points"),
        ({"auxiliary_power": "-1 kW"}, {}, OutOfRange, "auxiliary_power"),
        ({}, {"profile": [{"load_fraction": "40 %", "hours": "1 h"}]}, InputError, "condenser_entering"),
    ],
)
def test_an_impossible_replacement_is_refused(
    change: dict[str, Any], common: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        run(REPLACEMENT, OLD, NEW | change, PLANT | common)
    run(REPLACEMENT, OLD, NEW, PLANT)


@pytest.mark.parametrize(("per_ton", "doubted"), [(0.30, True), (0.36, False)])
def test_a_chiller_near_carnot_is_doubted(per_ton: float, doubted: bool) -> None:
    """7/30 °C: Carnot 12.18, 70 % of it 8.53 or 0.412 kW/USRT; at 7/26 °C 10.32 or 0.341 kW/USRT."""
    new = NEW | {"performance": points((25, per_ton), (100, per_ton))}
    assert ("cooling.near_carnot" in ids(run(REPLACEMENT, OLD, new, at(50, 26)))) is doubted


@pytest.mark.parametrize(
    ("kind", "tons", "cop", "low"),
    [
        ("water_centrifugal", 300, 6.09, True),
        ("water_centrifugal", 300, 6.10, False),
        ("water_centrifugal", 299, 5.54, True),
        ("water_positive_displacement", 149, 4.45, False),
        ("water_positive_displacement", 150, 4.89, True),
        ("air", 100, 2.80, False),
        ("air", 100, 2.78, True),
    ],
)
def test_the_minimum_of_its_class(kind: str, tons: float, cop: float, low: bool) -> None:
    """Taiwan's standard of 2001, stage of 2005."""
    old = OLD | {"rated_capacity": "100 USRT"}
    new = {
        "rated_capacity": f"{tons} USRT",
        "performance": points((10, cop), (100, cop), key="cooling_cop", unit=""),
        "auxiliary_power": "60 kW",
        "minimum_class": kind,
    }
    assert ("chiller.below_minimum" in ids(run(REPLACEMENT, old, new, at(50, 30)))) is low


def test_the_minimum_needs_a_full_load_point() -> None:
    with pytest.raises(InputError, match="no point at 100 %"):
        run(REPLACEMENT, OLD, NEW | {"performance": points((25, 0.5), (90, 0.5)), "minimum_class": "air"}, at(50, 30))


def test_a_measured_heat_balance_is_held_together() -> None:
    measured = {"measured_cooling_load": "1,400 kW", "measured_input_power": "290 kW"}
    for rejected, found in (("1,690 kW", set()), ("1,500 kW", {"cooling.heat_balance"})):
        before = OLD | measured | {"measured_heat_rejection": rejected}
        assert ids(run(REPLACEMENT, before, NEW, PLANT)) == found
    with pytest.raises(InputError, match="all three measured"):
        run(REPLACEMENT, OLD | measured, NEW, PLANT)


# --- reset

CHILLER = {
    "chiller_kind": "centrifugal_water_fixed",
    "rated_capacity": "1,000 USRT",
    "rated_specific_power": "0.62 kW/USRT",
}
TOWER = {"rated_fan_power": "45 kW", "condenser_water_flow": "680 m3/h", "fan_control": "variable_speed"}


def reset(chilled: float, condenser: float) -> dict[str, str]:
    return {
        "chilled_water_supply": f"{chilled} °C",
        "condenser_entering": f"{condenser} °C",
        "auxiliary_power": "60 kW",
    }


def tower_plant(load: float = 600, wet_bulb: float = 20, **more: str) -> dict[str, Any]:
    level = {"cooling_load": f"{load} USRT", "wet_bulb": f"{wet_bulb} °C", "hours": "1,000 h"}
    return CHILLER | TOWER | {"profile": [level]} | more


def bare_plant(load: float = 600, kind: str = "centrifugal_water_fixed") -> dict[str, Any]:
    return CHILLER | {"chiller_kind": kind, "profile": [{"cooling_load": f"{load} USRT", "hours": "1,000 h"}]}


@FEW
@given(load=st.floats(200, 780), chilled=st.floats(5, 10), condenser=st.floats(24, 32))
def test_the_same_set_points_save_nothing(load: float, chilled: float, condenser: float) -> None:
    side = reset(chilled, condenser)
    assert run(RESET, side, side, bare_plant(load)).remaining.value == 1


@pytest.mark.parametrize("kind", ["centrifugal_water_fixed", "screw_water_fixed", "screw_air_fixed"])
@FEW
@given(load=st.floats(400, 800), start=st.floats(6, 7), step=st.floats(0, 1.5), more=st.floats(0, 1.5))
def test_warmer_chilled_water_never_saves_less(kind: str, load: float, start: float, step: float, more: float) -> None:
    common = bare_plant(load, kind)
    small, large = (
        saving(run(RESET, reset(start, 30), reset(start + rise, 30), common)) for rise in (step, step + more)
    )
    assert small >= -1e-12 and large >= small - 1e-12


def test_reset_of_the_peer() -> None:
    """MEASUR's capacity test, curve of capacity taken once: 549.89 and 542.42 kWh (549.74 and 543.60 taken twice)."""
    common = CHILLER | {
        "rated_specific_power": "0.676 kW/USRT",
        "profile": [{"cooling_load": "833.34 USRT", "hours": "1 h"}],
    }
    sides = ({**reset(t, (82.12 - 32) * 5 / 9), "auxiliary_power": "0 kW"} for t in (50 / 9, 55 / 9))
    before, after = energies(run(RESET, *sides, common))
    assert before == pytest.approx(549.8935, abs=1e-3)
    assert after == pytest.approx(542.4233, abs=1e-3)


def test_energy_of_the_plant_is_the_sum_of_its_parts() -> None:
    """Without tower the chiller alone; the tower adds its fan, at most its rating with the drive's loss."""
    side = reset(7, 26)
    alone = energies(run(RESET, side, side, bare_plant()))[0]
    for control, most in (("one_speed", 45), ("two_speed", 45), ("variable_speed", 46.4)):
        with_fan = energies(run(RESET, side, side, tower_plant(fan_control=control)))[0]
        assert 0 < with_fan - alone < most * 1000
    variable, one = (
        energies(run(RESET, side, side, tower_plant(fan_control=c)))[0] for c in ("variable_speed", "one_speed")
    )
    assert variable < one


@pytest.mark.parametrize(("load", "wet_bulb"), [(300, 16), (600, 20), (800, 22)])
def test_the_turning_point_against_the_tower_fan_is_found(load: float, wet_bulb: float) -> None:
    """The set-point named as best takes less than 0.5 K to both sides; past it a warning, before it a note."""
    common = tower_plant(load, wet_bulb)
    change = run(RESET, reset(7, 30), reset(7, 29), common)
    note = next(f for f in change.findings if f.id == "chiller_reset.optimum")
    best = float(note.evidence["optimum"].split()[0])
    assert wet_bulb < best < 29
    low, least, high = (energies(run(RESET, reset(7, 30), reset(7, best + d), common))[1] for d in (-0.5, 0, 0.5))
    assert least < low and least < high
    assert float(note.evidence["energy_at_optimum"].split()[0].replace(",", "")) == pytest.approx(least, rel=1e-4)
    assert "chiller_reset.past_optimum" in ids(run(RESET, reset(7, 30), reset(7, best - 0.5), common))
    assert "chiller_reset.optimum" in ids(run(RESET, reset(7, 30), reset(7, best + 0.5), common))


@FEW
@given(
    load=st.floats(300, 800), wet_bulb=st.floats(15, 22), chilled=st.floats(6, 10), rise=st.floats(0, 2),
    condenser=st.floats(27, 31), fall=st.floats(0, 2), control=st.sampled_from(["one_speed", "variable_speed"]),
)  # fmt: skip
def test_no_reset_passes_the_ceiling(
    load: float, wet_bulb: float, chilled: float, rise: float, condenser: float, fall: float, control: str
) -> None:
    case = (reset(chilled, condenser), reset(chilled + rise, condenser - fall), tower_plant(load, wet_bulb))
    case[2]["fan_control"] = control
    assert saving(run(RESET, *case)) <= ceiling(RESET, *case).saving.value


def test_the_ceiling_of_a_reset_reaches_down_to_the_wet_bulb() -> None:
    case = (reset(7, 30), reset(8, 28), tower_plant())
    before = energies(run(RESET, *case))[0]
    least = 600 * 3.5168528 * (293.15 / 281.15 - 1) * 1000
    assert ceiling(RESET, *case).saving.value == pytest.approx(1 - least / before, rel=1e-6)
    case = (reset(7, 30), reset(8, 28), bare_plant())
    before = energies(run(RESET, *case))[0]
    least = 600 * 3.5168528 * (301.15 / 281.15 - 1) * 1000
    assert ceiling(RESET, *case).saving.value == pytest.approx(1 - least / before, rel=1e-6)


def test_warmer_water_is_named_as_another_service() -> None:
    assert "chiller_reset.warmer_water" in ids(run(RESET, reset(7, 30), reset(8, 30), bare_plant()))
    assert "chiller_reset.warmer_water" not in ids(run(RESET, reset(7, 30), reset(7, 28), bare_plant()))
    assert "chiller_reset.uses_more" in ids(run(RESET, reset(8, 30), reset(7, 30), bare_plant()))


@pytest.mark.parametrize(
    ("common", "message"),
    [
        (tower_plant(wet_bulb=29), "cannot cool the water so far|wet bulb"),
        (tower_plant(load=1200), "cannot carry"),
        (bare_plant() | {"rated_fan_power": "45 kW"}, "all three"),
        (bare_plant(kind="screw_air_fixed"), "air-cooled"),
        (tower_plant(chiller_kind="scroll"), "chiller_kind"),
        (tower_plant(rated_specific_power="0.62"), "might be a COP"),
    ],
)
def test_an_impossible_reset_is_refused(common: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(RESET, reset(7, 30), reset(7, 29), common)
    run(RESET, reset(7, 30), reset(7, 29), tower_plant())
    run(RESET, reset(7, 30), reset(8, 30), bare_plant(kind="screw_air_fixed"))


def test_condenser_water_as_cold_as_the_chilled_water_is_refused() -> None:
    """The magnetic machine's curves give a negative input at 20/15 °C: without lift no curve holds."""
    common = bare_plant(kind="centrifugal_water_magnetic")
    for before, after in ((reset(20, 15), reset(20, 22)), (reset(20, 22), reset(20, 20))):
        with pytest.raises(InputError, match="no lift"):
            run(RESET, before, after, common)
    assert run(RESET, reset(20, 22), reset(20, 22), common).remaining.value == 1


def test_colder_condenser_water_without_a_tower_is_doubted() -> None:
    told = "chiller_reset.fan_not_counted"
    assert told in ids(run(RESET, reset(7, 30), reset(7, 28), bare_plant()))
    assert told not in ids(run(RESET, reset(7, 30), reset(7, 28), tower_plant()))
    assert told not in ids(run(RESET, reset(7, 30), reset(8, 30), bare_plant()))
    assert told not in ids(run(RESET, reset(7, 28), reset(7, 30), bare_plant()))


def test_the_optimum_is_sought_up_to_where_the_machine_carries_the_load() -> None:
    """Near the wet bulb the search neither ends in an empty grid nor at the set-point that was chosen."""
    assert run(RESET, reset(7, 34), reset(7, 34), tower_plant(120, 33.8)).remaining.value == 1
    change = run(RESET, reset(7, 36), reset(7, 35), tower_plant(120, 34.5))
    told = next(f for f in change.findings if f.id == "chiller_reset.past_optimum")
    best = float(told.evidence["optimum"].split()[0])
    assert saving(change) < 0 and best > 35
    least = energies(run(RESET, reset(7, best), reset(7, best), tower_plant(120, 34.5)))[0]
    assert least <= energies(change)[1] and least <= energies(change)[0]
    cold = run(RESET, reset(20, 24), reset(20, 22), tower_plant(300, -5))
    best = float(next(f for f in cold.findings if f.id.endswith("optimum")).evidence["optimum"].split()[0])
    assert best > 20


def test_fewer_pumps_are_not_the_new_chiller() -> None:
    told = "chiller.smaller_auxiliaries"
    assert told in ids(run(REPLACEMENT, OLD, NEW | {"auxiliary_power": "59 kW"}, PLANT))
    assert told not in ids(run(REPLACEMENT, OLD, NEW, PLANT))
    assert told not in ids(run(REPLACEMENT, OLD, NEW | {"auxiliary_power": "61 kW"}, PLANT))


def test_measured_pumps_and_fans_have_the_error_of_a_power_logger() -> None:
    """3 % of the reading, the same error before and after; nothing where the figure was not measured."""
    pumps, fan = (read_quantity(t, name=n, basis="measured") for n, t in
                  (("auxiliary_power", "60 kW"), ("rated_fan_power", "45 kW")))  # fmt: skip
    sides = [stated(reset(7, t)) | {"auxiliary_power": pumps} for t in (30, 28)]
    common = stated(tower_plant()) | {"rated_fan_power": fan}
    change = RESET.change(*sides, common)
    errors = {leaf.name: leaf.uncertainty for leaf in leaves(change.remaining) if leaf.name.endswith("_error")}
    assert set(errors) == {"auxiliary_power_error", "rated_fan_power_error"}
    assert errors["rated_fan_power_error"].standard_uncertainty == pytest.approx(0.03 * 45 / 3**0.5, rel=1e-6)
    assert "chiller_reset.default_uncertainty" in ids(change)
    assert RESET.change(sides[0], sides[0], common).remaining.value == 1
    assert "chiller_reset.default_uncertainty" not in ids(run(RESET, reset(7, 30), reset(7, 28), tower_plant()))
