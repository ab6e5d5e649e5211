"""Several compressors: who runs, what the idle ones take, the ceiling, and every refusal both ways."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.compressed_air import compressor_sequencing
from energycalc.equipment.description import Change
from energycalc.errors import EnergycalcError, InputError, OutOfRange
from energycalc.quantity import quantity, read_quantity

WORDS = ("name", "control", "order", "trim_machine", "idle_machines")
A = {"name": "A", "control": "modulation", "full_load_flow": "10 m3/min", "full_load_power": "60 kW",
     "no_load_power": "40 kW"}  # fmt: skip
B = A | {"name": "B", "full_load_flow": "12 m3/min", "full_load_power": "75 kW", "no_load_power": "50 kW"}
V = {"name": "V", "control": "variable_speed", "full_load_flow": "14 m3/min", "full_load_power": "90 kW",
     "no_load_power": "9 kW", "turndown_flow": "4 m3/min", "turndown_power": "30 kW", "middle_flow": "8 m3/min",
     "middle_power": "51 kW"}  # fmt: skip
OLD = {"order": "A, B, V", "idle_machines": "unloaded"}
NEW = {"order": "A, B", "trim_machine": "V", "idle_machines": "off"}
Levels = list[tuple[float, float]]


def side(given: dict[str, str]) -> dict[str, Any]:
    return {key: text if key in WORDS else read_quantity(text, name=key) for key, text in given.items()}


def common(levels: Levels, machines: tuple[dict[str, str], ...] = (A, B, V), **more: Any) -> dict[str, Any]:
    demand = [{"flow": quantity(q, "m3/min", name="flow"), "hours": quantity(t, "h", name="hours")} for q, t in levels]
    shared = side({"discharge_pressure": "7 bar(g)", "ambient_pressure": "1.01325 bar(a)"})
    return shared | {"machines": [side(m) for m in machines], "demand": demand} | more


def run(
    before: dict[str, str], after: dict[str, str], levels: Levels, *machines: dict[str, str], **more: Any
) -> Change:
    given = common(levels, machines or (A, B, V)) | more
    return compressor_sequencing.change(side(before), side(after), given)


def energies(change: Change) -> tuple[float, float]:
    assert change.energy_before_model is not None and change.energy_after_model is not None
    return change.energy_before_model.value_in("kWh"), change.energy_after_model.value_in("kWh")


# --- by hand and by others


def test_base_load_trim_and_idle_machines_by_hand() -> None:
    """At 15 m3/min: before A full (60), B at 5 of 12 (50 + 25 * 5/12), V idle (9); after A full and V at 5."""
    before, after = energies(run(OLD, NEW, [(15, 1000)]))
    speed = 30 * (5 - 8) * (5 - 14) / 40 + 51 * (5 - 4) * (5 - 14) / -24 + 90 * (5 - 4) * (5 - 8) / 60
    assert before == pytest.approx(1000 * (60 + 50 + 25 * 5 / 12 + 9), rel=1e-12)
    assert after == pytest.approx(1000 * (60 + speed), rel=1e-12)


def test_a_level_without_demand_costs_the_idle_machines() -> None:
    """No air: before 40 + 50 + 9 kW unloaded, after only the trim machine holds the pressure at 9 kW."""
    before, after = energies(run(OLD, NEW, [(0, 100), (10, 1)]))
    assert before == pytest.approx(100 * 99 + 60 + 50 + 9, rel=1e-12)
    assert after == pytest.approx(100 * 9 + 60 + 9, rel=1e-12)


def test_switching_off_saves_the_unloaded_power() -> None:
    """MEASUR case compressor_part_load-079: 65 kW at 60 % flow, between 50 and 75 kW; its twin idles at 50."""
    example = compressor_sequencing.EXAMPLE
    flow = 0.6 * 470 * 0.3048**3
    machines = tuple({k: str(v) for k, v in m.items()} for m in example.common["machines"])  # type: ignore[attr-defined]
    before, after = ({k: str(v) for k, v in given.items()} for given in (example.before, example.after))
    assert energies(run(before, after, [(flow, 1000)], *machines)) == pytest.approx((115_000, 65_000), rel=1e-9)


def test_the_order_may_be_a_list() -> None:
    given = common([(15, 1000)])
    listed = compressor_sequencing.change(side(OLD) | {"order": ["A", "B", "V"]}, side(NEW), given)
    assert listed.remaining.value == run(OLD, NEW, [(15, 1000)]).remaining.value


def test_a_trim_machine_that_is_too_small_leaves_a_gap() -> None:
    small = V | {"full_load_flow": "9 m3/min"}
    found = run(OLD, NEW, [(9.5, 700), (5, 300)], A, B, small | {"full_load_power": "58 kW"})
    gaps = [f for f in found.findings if f.id == "compressor_sequencing.control_gap"]
    assert len(gaps) == 1 and gaps[0].evidence == {"hours": "700 h"}
    assert not [f for f in run(OLD, NEW, [(9.5, 700)]).findings if f.id == "compressor_sequencing.control_gap"]


# --- properties

LEVELS = st.lists(st.tuples(st.floats(0.5, 36), st.floats(1, 1400)), min_size=1, max_size=5)
SIDES = st.sampled_from([OLD, NEW, OLD | {"order": "V, B, A"}, NEW | {"idle_machines": "unloaded"}])


@settings(max_examples=30)
@given(levels=LEVELS, given_side=SIDES)
def test_no_change_saves_nothing(levels: Levels, given_side: dict[str, str]) -> None:
    assert run(given_side, given_side, levels).remaining.value == pytest.approx(1, abs=1e-12)


@settings(max_examples=30)
@given(levels=LEVELS, before=SIDES, after=SIDES)
def test_no_saving_passes_the_ceiling(levels: Levels, before: dict[str, str], after: dict[str, str]) -> None:
    most = compressor_sequencing.ceiling(side(before), side(after), common(levels)).saving.value
    assert 1 - run(before, after, levels).remaining.value <= most < 1


@settings(max_examples=30)
@given(levels=LEVELS)
def test_switching_idle_machines_off_never_costs(levels: Levels) -> None:
    assert run(OLD, OLD | {"idle_machines": "off"}, levels).remaining.value <= 1 + 1e-12


def test_the_ceiling_is_the_isothermal_work() -> None:
    """Trust notes TP07: 3.49 kW/(m3/min) at 7 bar(g)."""
    most = compressor_sequencing.ceiling(side(OLD), side(NEW), common([(10, 1000)])).saving.value
    assert most == pytest.approx(1 - 3.4923 * 10 / 119, abs=2e-4)


def test_litres_and_cubic_metres_give_the_same() -> None:
    litres = {"flow": quantity(15_000, "L/min", name="flow"), "hours": quantity(1000, "h", name="hours")}
    assert run(OLD, NEW, [], demand=[litres]).remaining.value == pytest.approx(
        run(OLD, NEW, [(15, 1000)]).remaining.value, rel=1e-12
    )


# --- refusals, both ways


@pytest.mark.parametrize(
    ("before", "machines", "message"),
    [
        ({"order": "A, X"}, (A, B, V), "order: names a machine that is not in the list.*A, B, V"),
        ({"order": "A, A"}, (A, B, V), "names a machine twice"),
        ({"trim_machine": "X"}, (A, B, V), "not in the list.*trim_machine X"),
        ({}, (A, A, V), "needs a name of its own"),
        ({}, (A, {k: v for k, v in B.items() if k != "name"}, V), "needs a name of its own"),
        ({}, (A, {k: v for k, v in B.items() if k != "no_load_power"}, V), "machine B.*missing no_load_power"),
        ({}, (A, {k: v for k, v in B.items() if k != "full_load_flow"}, V), "machine B, full_load_flow: is missing"),
        ({}, (A, B | {"colour": "1"}, V), "not used colour"),
        ({}, (A, B | {"no_load_power": "76 kW"}, V), "powers of the machine must rise"),
        ({}, (A, B | {"full_load_power": "75 m"}, V), "full_load_power"),
        ({}, (A, B | {"full_load_power": "40 kW", "no_load_power": "20 kW"}, V), "machine B.*isothermal limit"),
        ({"idle_machines": "asleep"}, (A, B, V), "idle_machines.*choices"),
    ],
)
def test_what_is_wrong_is_named(before: dict[str, str], machines: tuple[dict[str, str], ...], message: str) -> None:
    with pytest.raises(EnergycalcError, match=message):
        run(OLD | before, NEW, [(15, 1000)], *machines)
    run(OLD, NEW, [(15, 1000)])


@pytest.mark.parametrize("machines", [[], "A", [1]])
def test_the_machines_are_a_list_of_blocks(machines: object) -> None:
    with pytest.raises(InputError, match="machines: is a list of machines"):
        run(OLD, NEW, [(15, 1000)], machines=machines)


def test_more_demand_than_the_order_delivers_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"demand 1: the machines of this order cannot deliver.*22 m3/min"):
        run(OLD, {"order": "A, B", "idle_machines": "off"}, [(23, 1000)])
    run(OLD, {"order": "A, B", "idle_machines": "off"}, [(22, 1000)])


def test_part_load_below_the_isothermal_work_is_refused() -> None:
    """A speed curve with 0.2 kW at 4 m3/min passes the full-load check, and lies below the least work."""
    wonder = V | {"turndown_power": "0.2 kW", "no_load_power": "0.1 kW", "middle_power": "30 kW"}
    before, after = {"order": "A", "idle_machines": "off"}, {"order": "V", "idle_machines": "off"}
    change = run(before, after, [(4, 1000)], A, V)
    most = compressor_sequencing.ceiling(side(before), side(after), common([(4, 1000)], (A, V))).saving.value
    assert 1 - change.remaining.value <= most
    with pytest.raises(OutOfRange, match=r"改善後 after.*isothermal work"):
        run(before, after, [(4, 1000)], A, wonder)


@pytest.mark.parametrize(
    ("middle", "fits"), [("31.1", False), ("31.3", True), ("51", True), ("64.7", True), ("64.9", False)]
)
def test_a_speed_curve_must_rise_all_the_way(middle: str, fits: bool) -> None:
    """(4, 20), (8, x), (14, 90): level at the low end for 20 + 70 * 0.4^2 = 31.2, at the high end 90 - 70 * 0.6^2."""
    curve = V | {"turndown_power": "20 kW", "middle_power": f"{middle} kW"}
    order = {"order": "A, V", "idle_machines": "off"}
    if fits:
        run(order, order, [(12, 10)], A, curve)
    else:
        with pytest.raises(InputError, match="more air cannot take less power"):
            run(order, order, [(12, 10)], A, curve)


def test_a_plant_that_takes_nothing_has_nothing_to_compare() -> None:
    off = {"order": "A", "idle_machines": "off"}
    run(off | {"idle_machines": "unloaded"}, off | {"idle_machines": "unloaded"}, [(0, 10)], A)
    with pytest.raises(InputError, match=r"demand: no machine takes any energy.*\[\{flow: 0 "):
        run(off, off, [(0, 10)], A)
    with pytest.raises(InputError, match="no machine takes any energy"):
        run(off, off, [(5, 0)], A)


def test_logged_powers_of_the_machines_have_their_error() -> None:
    """3 % of each power that has no stated error; the same reading before and after, so no change saves nothing."""
    given = common([(4, 1000)], (A, V))
    for machine in given["machines"]:
        for key, value in machine.items():
            if key.endswith("_power"):
                machine[key] = quantity(value.value, "kW", name=key, basis="measured")
    order = side({"order": "A, V", "idle_machines": "unloaded"})
    change = compressor_sequencing.change(order, order, given)
    assert change.remaining.value == 1
    notes = [f for f in change.findings if f.id == "compressor_sequencing.default_uncertainty"]
    assert [note.subject for note in notes] == ["機組 machine A", "機組 machine V"]
    assert "± 1.8 kW (default)" in str(notes[0].evidence)
