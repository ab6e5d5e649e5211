"""Hydraulics, machine tools, welding and plating: energies by hand, properties, turning points, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError, OutOfRange
from energycalc.quantity.trace import leaves
from tests.equipment.given import Side, change, doubts, ids, limit, saving

QUICK = settings(max_examples=25)
FIXED: Side = {"drive": "fixed_speed", "pump_efficiency": "85 %", "pump_flow": "100 L/min", "rated_power": "37 kW",
               "full_load_efficiency": "92 %", "motor_idle_power": "1.5 kW"}  # fmt: skip
SERVO: Side = {"drive": "servo", "pump_efficiency": "85 %", "servo_efficiency": "88 %", "drive_rest_power": "0.2 kW",
               "leakage_flow": "2 L/min", "largest_flow": "110 L/min"}  # fmt: skip
PRESS: Side = {
    "cycle_phases": [
        {"phase_pressure": "50 bar", "phase_flow": "100 L/min", "pump_pressure": "60 bar", "phase_time": "3 s"},
        {"phase_pressure": "180 bar", "phase_flow": "40 L/min", "pump_pressure": "200 bar", "phase_time": "4 s"},
        {"phase_pressure": "180 bar", "phase_flow": "0 L/min", "pump_pressure": "200 bar", "phase_time": "5 s"},
        {"phase_pressure": "0 bar", "phase_flow": "0 L/min", "pump_pressure": "8 bar", "phase_time": "8 s"},
    ],
    "operating_hours": "5,000 h",
}


# --- servo hydraulics


def test_a_press_by_hand() -> None:
    """bar × L/min / 600 = kW; motor loss = 1.5 kW + (rated loss - 1.5 kW) × load²."""
    rated_loss = 37 / 0.92 - 37
    fixed = servo = work = 0.0
    for needed, flow, pump, time in ((50, 100, 60, 3), (180, 40, 200, 4), (180, 0, 200, 5), (0, 0, 8, 8)):
        shaft = pump * 100 / 600 / 0.85
        fixed += time * (shaft + 1.5 + (rated_loss - 1.5) * (shaft / 37) ** 2)
        servo += time * (needed * (flow + 2) / 600 / 0.85 / 0.88 + 0.2)
        work += time * needed * flow / 600
    found = change("servo_hydraulics", FIXED, SERVO, PRESS)
    assert found.energy_before_model is not None and found.energy_after_model is not None
    assert found.energy_before_model.value_in("kWh") == pytest.approx(fixed / 20 * 5000, rel=1e-9)
    assert found.energy_after_model.value_in("kWh") == pytest.approx(servo / 20 * 5000, rel=1e-9)
    assert found.remaining.value == pytest.approx(servo / fixed, rel=1e-9)
    assert limit("servo_hydraulics", FIXED, SERVO, PRESS) == pytest.approx(1 - work / fixed, rel=1e-9)


def test_the_same_drive_saves_nothing() -> None:
    for side in (FIXED, SERVO):
        assert change("servo_hydraulics", side, side, PRESS).remaining.value == pytest.approx(1, abs=1e-12)


def test_at_full_flow_and_pressure_the_losses_of_the_servo_drive_cost() -> None:
    """Nothing is throttled: the better constant-speed motor wins, and a warning says so."""
    full = [{"phase_pressure": "150 bar", "phase_flow": "100 L/min", "pump_pressure": "150 bar", "phase_time": "10 s"}]
    found = change("servo_hydraulics", FIXED, SERVO, PRESS | {"cycle_phases": full})
    assert found.remaining.value > 1
    assert "servo_hydraulics.uses_more" in ids(found)


@QUICK
@given(st.floats(0, 1), st.floats(0.6, 0.95), st.floats(0, 20))
def test_a_better_drive_never_saves_less_and_never_more_than_the_hydraulic_work(
    flow: float, servo: float, rest: float
) -> None:
    phases = [{"phase_pressure": "150 bar", "phase_flow": f"{100 * flow:.4f} L/min", "pump_pressure": "160 bar",
               "phase_time": "5 s"}]  # fmt: skip
    common = PRESS | {"cycle_phases": phases}
    worse = SERVO | {"servo_efficiency": f"{100 * servo:.3f} %", "drive_rest_power": f"{rest:.3f} kW"}
    better = worse | {"servo_efficiency": f"{100 * servo + 2:.3f} %", "leakage_flow": "1 L/min"}
    one, two = (saving("servo_hydraulics", FIXED, side, common) for side in (worse, better))
    assert one <= two <= limit("servo_hydraulics", FIXED, better, common) + 1e-9


def test_hydraulics_in_other_units() -> None:
    other = [phase | {"phase_pressure": f"{float(phase['phase_pressure'].split()[0]) / 10} MPa",
                      "phase_flow": f"{float(phase['phase_flow'].split()[0]) * 0.06} m3/h"}
             for phase in PRESS["cycle_phases"]]  # fmt: skip
    assert saving("servo_hydraulics", FIXED, SERVO, PRESS | {"cycle_phases": other}) == pytest.approx(
        saving("servo_hydraulics", FIXED, SERVO, PRESS), rel=1e-9
    )


@pytest.mark.parametrize(
    ("before", "after", "phase", "words"),
    [
        (FIXED | {"leakage_flow": "2 L/min"}, SERVO, {}, "needs exactly"),
        ({k: v for k, v in FIXED.items() if k != "pump_flow"}, SERVO, {}, "missing pump_flow"),
        (FIXED, SERVO, {"phase_flow": "120 L/min", "pump_pressure": "60 bar"}, "cannot deliver"),
        (FIXED, SERVO | {"largest_flow": "80 L/min"}, {}, "cannot deliver"),
        (FIXED, SERVO, {"phase_pressure": "61 bar"}, "more pressure than stands at the pump"),
        (FIXED, SERVO, {"phase_pressure": "61 bar", "phase_flow": "0.5 L/min"}, "more pressure than stands"),
        (FIXED, SERVO, {"pump_pressure": "300 bar"}, "more than its motor can give"),
        (FIXED | {"motor_idle_power": "4 kW"}, SERVO, {}, "idles with more than its loss"),
        (FIXED, SERVO, {"phase_time": "0 s"}, "takes no time"),
    ],
)
def test_hydraulic_refusals(before: Side, after: Side, phase: Side, words: str) -> None:
    phases = [PRESS["cycle_phases"][0] | phase]
    with pytest.raises((InputError, OutOfRange), match=words):
        change("servo_hydraulics", before, after, PRESS | {"cycle_phases": phases})
    assert saving("servo_hydraulics", FIXED, SERVO, PRESS) > 0


def test_an_overloaded_motor_is_doubted_before_it_is_refused() -> None:
    """60 bar is 11.8 kW at the shaft; 230 bar 45.1 kW, 122 % of 37 kW."""
    phases = [PRESS["cycle_phases"][0] | {"pump_pressure": "230 bar"}]
    assert "servo_hydraulics.motor_overload" in ids(
        change("servo_hydraulics", FIXED, SERVO, PRESS | {"cycle_phases": phases})
    )
    assert ids(change("servo_hydraulics", FIXED, SERVO, PRESS)) == set()


# --- machine-tool states


def states(**hours: float) -> list[dict[str, str]]:
    power = {"off": 0.2, "standby": 1.0, "ready": 4.2, "processing": 9.0}
    return [{"operating_state": s, "state_power": f"{power[s]} kW", "hours": f"{h} h"} for s, h in hours.items()]


YEAR = {"period_hours": "8,760 h"}
NOW: Side = {"states": states(processing=3000, ready=5760)}
SWITCHED: Side = {"states": states(processing=3000, ready=1760, off=4000)}


def test_switching_off_by_hand() -> None:
    """4,000 h at 4.2 kW become 0.2 kW; 250 restarts of 3 kWh."""
    restarted = SWITCHED | {"restarts": "250", "restart_energy": "3 kWh"}
    found = change("machine_tool_standby", NOW, restarted, YEAR)
    before = 3000 * 9 + 5760 * 4.2
    assert found.energy_before_model is not None
    assert found.energy_before_model.value_in("kWh") == pytest.approx(before)
    assert found.remaining.value == pytest.approx(1 - (4000 * 4.0 - 750) / before, rel=1e-12)
    assert limit("machine_tool_standby", NOW, restarted, YEAR) == pytest.approx(1 - 27000 / before, rel=1e-12)
    assert change("machine_tool_standby", NOW, NOW, YEAR).remaining.value == pytest.approx(1, abs=1e-12)


def test_the_break_even_pause_is_found_and_told() -> None:
    """3 kWh over 4.2 - 0.2 kW: 45 min."""
    restarted = SWITCHED | {"restarts": "250", "restart_energy": "3 kWh"}
    told = change("machine_tool_standby", NOW, restarted, YEAR)
    assert doubts(told) == {"machine_tool_standby.break_even_pause"}
    assert [f.evidence["break_even_pause"] for f in told.findings if "break_even_pause" in f.evidence] == ["45 min"]
    for pause, expected in (("0.7 h", "pause_too_short"), ("0.8 h", "break_even_pause")):
        found = change("machine_tool_standby", NOW, restarted | {"shortest_pause": pause}, YEAR)
        assert doubts(found) == {f"machine_tool_standby.{expected}"}
    assert doubts(change("machine_tool_standby", NOW, SWITCHED, YEAR)) == {"machine_tool_standby.restart_not_counted"}


def test_what_is_counted_on_one_side_only_is_no_saving() -> None:
    """1 % of the hours gone, or the restarts left out after: neither is a measure."""
    year = {"period_hours": "8,700 h"}
    now: Side = {"states": states(processing=3000, ready=5760)}
    assert saving("machine_tool_standby", now, {"states": states(processing=3000, ready=5759.5, off=0.5)}, year) > 0
    assert saving("machine_tool_standby", now, {"states": states(processing=3000, ready=5759.5)}, year) > 0  # rounding
    with pytest.raises(InputError, match="more hours on one side"):
        change("machine_tool_standby", now, {"states": states(processing=3000, ready=5700)}, year)
    restarts = {"restarts": "250", "restart_energy": "3 kWh"}
    with pytest.raises(InputError, match="not after it"):
        change("machine_tool_standby", NOW | restarts, SWITCHED, YEAR)
    none = SWITCHED | restarts | {"restarts": "0"}
    assert saving("machine_tool_standby", NOW | restarts, none, YEAR) > 0


def test_a_power_that_stays_is_one_reading_with_one_error() -> None:
    """3 % of a logger on 9, 4.2 and 0.2 kW; what stays has the same error before and after, so it cancels."""

    def given(*hours: tuple[str, str, str]) -> Side:
        return {"states": [{"operating_state": s, "state_power": (p, "measured"), "hours": h} for s, p, h in hours]}

    now = given(("processing", "9 kW", "3,000 h"), ("ready", "4.2 kW", "5,760 h"))
    then = given(("processing", "9 kW", "3,000 h"), ("ready", "4.2 kW", "1,760 h"), ("off", "0.2 kW", "4,000 h"))
    found = change("machine_tool_standby", now, then, YEAR)
    errors = [q.uncertainty for q in leaves([found.remaining]) if q.name == "state_power_error"]
    assert sorted(e.parameters[0] for e in errors if e is not None) == pytest.approx([0.006, 0.126, 0.27])
    (note,) = [f for f in found.findings if f.id == "machine_tool_standby.default_uncertainty"]
    assert len(note.evidence) == 3
    assert change("machine_tool_standby", now, now, YEAR).remaining.value == pytest.approx(1, abs=1e-12)


def test_pauses_at_the_break_even_save_nothing() -> None:
    often: Side = {
        "states": states(processing=3000, ready=5010, off=750),
        "restarts": "1000",
        "restart_energy": "3 kWh",
    }
    assert saving("machine_tool_standby", NOW, often, YEAR) == pytest.approx(0, abs=1e-12)
    oftener = often | {"restarts": "1100"}
    found = change("machine_tool_standby", NOW, oftener, YEAR)
    assert found.remaining.value > 1 and "machine_tool_standby.uses_more" in ids(found)


@QUICK
@given(st.floats(0, 5760), st.floats(0, 5760))
def test_more_hours_off_never_save_less(one: float, other: float) -> None:
    low, high = sorted((round(one, 3), round(other, 3)))
    found = []
    for off in (low, high):
        after: Side = {"states": states(processing=3000, ready=5760 - off, off=off)}
        found.append(saving("machine_tool_standby", NOW, after, YEAR))
        assert found[-1] <= limit("machine_tool_standby", NOW, after, YEAR) + 1e-9
    assert -1e-12 <= found[0] <= found[1] + 1e-12


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"states": states(processing=3000, ready=5000)}, "do not fill the period"),
        ({"states": states(processing=2900, ready=5860)}, "processing is not the same"),
        ({"states": states(ready=8760)}, "processing among them"),
        ({"states": [*states(processing=3000), *states(ready=2760), *states(ready=3000)]}, "different ones"),
        (SWITCHED | {"restarts": "250"}, "both their number and their energy"),
        ({"states": [{"operating_state": "processing", "state_power": "9 kW", "hours": "3,000 h"},
                     {"operating_state": "ready", "state_power": "9.5 kW", "hours": "5,760 h"}]}, "higher state"),
        ({"states": [{"operating_state": "asleep", "state_power": "1 kW", "hours": "8,760 h"}]}, "one of the choices"),
    ],
)  # fmt: skip
def test_refusals_of_states(after: Side, words: str) -> None:
    with pytest.raises((InputError, OutOfRange), match=words):
        change("machine_tool_standby", NOW, after, YEAR)


# --- units on demand

UNITS: Side = {"machine_units": [
    {"unit_name": "coolant pump", "unit_power": "3 kW", "unit_duty": "100 %", "needed_duty": "35 %"},
    {"unit_name": "mist extractor", "unit_power": "1.5 kW", "unit_duty": "100 %", "needed_duty": "50 %"}]}  # fmt: skip
ON = {"operating_hours": "6,000 h"}


def demand(coolant: float, mist: float, power: float = 3) -> Side:
    return {"machine_units": [
        {"unit_name": "coolant pump", "unit_power": f"{power} kW", "unit_duty": f"{coolant} %"},
        {"unit_name": "mist extractor", "unit_power": "1.5 kW", "unit_duty": f"{mist} %"}]}  # fmt: skip


def test_units_by_hand() -> None:
    found = change("machine_tool_units", UNITS, demand(40, 60, 2), ON)
    assert found.remaining.value == pytest.approx((2 * 0.4 + 1.5 * 0.6) / 4.5, rel=1e-12)
    assert found.energy_before_model is not None
    assert found.energy_before_model.value_in("kWh") == pytest.approx(27000)
    best = limit("machine_tool_units", UNITS, demand(40, 60, 2), ON)
    assert best == pytest.approx(1 - (2 * 0.35 + 1.5 * 0.5) / 4.5, rel=1e-12)
    assert saving("machine_tool_units", UNITS, demand(100, 100), ON) == pytest.approx(0, abs=1e-12)


@QUICK
@given(st.floats(35, 100), st.floats(50, 100), st.floats(0.1, 3))
def test_units_stay_below_the_ceiling(coolant: float, mist: float, power: float) -> None:
    after = demand(round(coolant, 4), round(mist, 4), round(power, 4))
    assert saving("machine_tool_units", UNITS, after, ON) <= limit("machine_tool_units", UNITS, after, ON) + 1e-9


def test_a_unit_must_do_its_work() -> None:
    assert saving("machine_tool_units", UNITS, demand(35, 50), ON) > 0
    with pytest.raises(OutOfRange, match="less than the process needs"):
        change("machine_tool_units", UNITS, demand(34.9, 50), ON)
    with pytest.raises(OutOfRange, match="less than the process needs"):
        change("machine_tool_units", UNITS, demand(34.9, 50, 0.5), ON)
    assert saving("machine_tool_units", UNITS, demand(0, 100, 0), ON) > 0  # taken out
    renamed = demand(40, 60)
    renamed["machine_units"][0]["unit_name"] = "other pump"
    with pytest.raises(InputError, match="not those before"):
        change("machine_tool_units", UNITS, renamed, ON)


# --- welding sources

ARC: Side = {"arc_voltage": "28 V", "arc_current": "250 A", "arc_hours": "1,200 h", "connected_hours": "4,000 h"}
OLD, NEW = ({"converter_efficiency": e, "idle_power": p} for e, p in (("70 %", "0.8 kW"), ("88 %", "0.05 kW")))


def test_a_welding_source_by_hand() -> None:
    found = change("welding_source", OLD, NEW, ARC)
    before, after = 7 / 0.7 * 1200 + 0.8 * 2800, 7 / 0.88 * 1200 + 0.05 * 2800
    assert found.remaining.value == pytest.approx(after / before, rel=1e-12)
    assert found.energy_before_model is not None
    assert found.energy_before_model.value_in("kWh") == pytest.approx(before)
    assert limit("welding_source", OLD, NEW, ARC) == pytest.approx(1 - 7 * 1200 / before, rel=1e-12)
    assert change("welding_source", OLD, OLD, ARC).remaining.value == pytest.approx(1, abs=1e-12)
    with pytest.raises(InputError, match="longer than the source is switched on"):
        change("welding_source", OLD, NEW, ARC | {"connected_hours": "1,199 h"})
    assert saving("welding_source", OLD, NEW, ARC | {"connected_hours": "1,200 h"}) == pytest.approx(1 - 70 / 88)


@QUICK
@given(st.floats(50, 97), st.floats(0, 2))
def test_a_better_source_never_saves_less(efficiency: float, idle: float) -> None:
    one = {"converter_efficiency": f"{efficiency:.3f} %", "idle_power": f"{idle:.4f} kW"}
    two = {"converter_efficiency": f"{efficiency + 1:.3f} %", "idle_power": f"{idle / 2:.4f} kW"}
    assert saving("welding_source", OLD, one, ARC) <= saving("welding_source", OLD, two, ARC) + 1e-9
    assert saving("welding_source", OLD, two, ARC) <= limit("welding_source", OLD, two, ARC) + 1e-9


# --- plating rectifiers


def rectifier(rated: float, *points: tuple[float, float]) -> Side:
    curve = [{"load_fraction": f"{x} %", "converter_efficiency": f"{y} %"} for x, y in points]
    return {"rated_dc_power": f"{rated} kW", "rectifier_curve": curve}


SCR = rectifier(36, (25, 66), (50, 78), (100, 84))
SWITCH_MODE = rectifier(36, (25, 86), (100, 91))
BATH: Side = {"dc_profile": [{"dc_voltage": "9 V", "dc_current": "2,400 A", "hours": "3,000 h"},
                             {"dc_voltage": "6 V", "dc_current": "1,500 A", "hours": "2,000 h"}]}  # fmt: skip


def test_a_rectifier_by_hand() -> None:
    """21.6 kW is 60 %, 9 kW 25 %; straight lines between the points of the data sheets."""
    before = 21.6 / (0.78 + 0.2 * 0.06) * 3000 + 9 / 0.66 * 2000
    after = 21.6 / (0.86 + 35 / 75 * 0.05) * 3000 + 9 / 0.86 * 2000
    found = change("plating_rectifier", SCR, SWITCH_MODE, BATH)
    assert found.remaining.value == pytest.approx(after / before, rel=1e-12)
    assert limit("plating_rectifier", SCR, SWITCH_MODE, BATH) == pytest.approx(
        1 - (21.6 * 3000 + 9 * 2000) / before, rel=1e-12
    )
    assert change("plating_rectifier", SCR, SCR, BATH).remaining.value == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (rectifier(20, (25, 86), (100, 91)), "more than this rectifier can give"),
        (rectifier(36, (100, 91), (25, 86)), "rising load"),
        (rectifier(36, (100, 91)), "two points"),
        (rectifier(36, (50, 86), (100, 91)), "outside the known points"),
    ],
)
def test_refusals_of_rectifiers(after: Side, words: str) -> None:
    with pytest.raises((InputError, OutOfRange), match=words):
        change("plating_rectifier", SCR, after, BATH)


@QUICK
@given(st.floats(50, 97), st.floats(50, 97))
def test_a_better_curve_never_saves_less(low: float, high: float) -> None:
    one = rectifier(36, (25, round(low, 3)), (100, round(high, 3)))
    two: Any = rectifier(36, (25, round(low, 3) + 1), (100, round(high, 3) + 2))
    assert saving("plating_rectifier", SCR, one, BATH) < saving("plating_rectifier", SCR, two, BATH)
    assert saving("plating_rectifier", SCR, two, BATH) <= limit("plating_rectifier", SCR, two, BATH) + 1e-9


def test_a_smaller_unit_is_noted() -> None:
    for power, noted in ((2.99, True), (3, False), (3.01, False), (0, False)):
        found = change("machine_tool_units", UNITS, demand(100, 100, power), ON)
        assert ("machine_tool_units.smaller_unit" in ids(found)) is noted, power
    (note,) = [f for f in change("machine_tool_units", UNITS, demand(100, 100, 2), ON).findings
               if f.id.endswith("smaller_unit")]  # fmt: skip
    assert note.evidence == {"unit_power_before": "3 kW", "unit_power_after": "2 kW"}


def test_measured_idle_power_of_a_welding_source_has_its_instrument() -> None:
    measured = OLD | {"idle_power": ("0.8 kW", "measured")}
    found = change("welding_source", measured, NEW, ARC)
    (note,) = [f for f in found.findings if f.id == "welding_source.default_uncertainty"]
    assert note.evidence == {"idle power before: 0.8 kW": "± 0.024 kW (default)"}
    assert found.remaining.value == pytest.approx(change("welding_source", OLD, NEW, ARC).remaining.value, rel=1e-12)
