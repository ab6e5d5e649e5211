"""Compressor control: worked figures of others, properties, and every refusal both ways."""

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.compressed_air import compressor_control
from energycalc.equipment.description import Change
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import Source, quantity, read_quantity
from energycalc.quantity.trace import leaves

LOAD_UNLOAD = {
    "control": "load_unload",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "82 kW",
    "no_load_power": "22 kW",
    "cut_out_power": "86 kW",
    "cut_in_pressure": "6.5 bar(g)",
    "cut_out_pressure": "7.2 bar(g)",
    "receiver_volume": "3 m3",
    "blowdown_time": "30 s",
    "unloaded_sump_pressure": "1 bar(g)",
}
VARIABLE_SPEED = {
    "control": "variable_speed",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "84 kW",
    "no_load_power": "8 kW",
    "turndown_flow": "3.7 m3/min",
    "turndown_power": "28 kW",
    "middle_flow": "7.1 m3/min",
    "middle_power": "45 kW",
}
MODULATION = {
    "control": "modulation",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "82 kW",
    "no_load_power": "57 kW",
}
START_STOP = {
    "control": "start_stop",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "82 kW",
    "cut_out_power": "86 kW",
}
OIL_FREE = {
    "control": "load_unload_oil_free",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "82 kW",
    "no_load_power": "14 kW",
    "cut_out_power": "86 kW",
}
THROTTLED = LOAD_UNLOAD | {
    "control": "modulation_unload",
    "throttle_range": "0.4 bar",
    "unload_point": "60 %",
    "closed_inlet_fraction": "70 %",
}
DISPLACEMENT = THROTTLED | {"control": "variable_displacement_unload"}
BLOW_OFF = {
    "control": "centrifugal_blow_off",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "82 kW",
    "surge_flow": "9.5 m3/min",
    "blow_off_power": "66 kW",
}
TURBO = {
    "control": "centrifugal_load_unload",
    "full_load_flow": "13.3 m3/min",
    "full_load_power": "82 kW",
    "no_load_power": "14 kW",
}
VANES = TURBO | {"control": "centrifugal_modulation_unload", "unload_flow": "9.5 m3/min", "unload_power": "66 kW"}
MACHINES = (
    LOAD_UNLOAD,
    VARIABLE_SPEED,
    MODULATION,
    START_STOP,
    OIL_FREE,
    THROTTLED,
    DISPLACEMENT,
    BLOW_OFF,
    TURBO,
    VANES,
)
Levels = list[tuple[float, float]]


def side(given: dict[str, str]) -> dict[str, Any]:
    return {key: text if key == "control" else read_quantity(text, name=key) for key, text in given.items()}


def profile(levels: Levels) -> list[dict[str, Any]]:
    return [
        {"flow_fraction": quantity(share, "%", name="flow_fraction"), "hours": quantity(hours, "h", name="hours")}
        for share, hours in levels
    ]


def control(before: dict[str, str], after: dict[str, str], levels: Levels, **common: Any) -> Change:
    demand = profile(levels)
    shared = side({"discharge_pressure": "7 bar(g)", "ambient_pressure": "1.01325 bar(a)"}) | {"demand": demand}
    return compressor_control.change(side(before), side(after), shared | common)


def ids(change: Change) -> set[str]:
    return {finding.id for finding in change.findings}


# --- figures of others


def test_energy_is_power_times_hours_over_the_levels() -> None:
    """MEASUR case compressor_part_load-079: modulation at 60 % flow takes 65 kW of 75 kW full and 50 kW no load."""
    machine = MODULATION | {"full_load_power": "75 kW", "no_load_power": "50 kW"}
    change = control(machine, machine, [(60, 1000), (100, 500), (0, 100)])
    assert change.energy_before_model is not None
    assert change.energy_before_model.value_in("kWh") == pytest.approx(65 * 1000 + 75 * 500 + 50 * 100, rel=1e-12)


def test_the_cycle_matches_the_peer_from_end_to_end() -> None:
    """MEASUR case compressor_part_load-067: 60.60334955297337 kW at half flow with 106.9 ft3 of receiver."""
    psi, cubic_foot = 0.0689475729316836, 0.3048**3
    machine = LOAD_UNLOAD | {
        "full_load_flow": f"{470 * cubic_foot} m3/min",
        "full_load_power": "75 kW",
        "no_load_power": "18.75 kW",
        "cut_out_power": "79 kW",
        "cut_in_pressure": f"{100 * psi} bar(g)",
        "cut_out_pressure": f"{110 * psi} bar(g)",
        "receiver_volume": f"{106.9 * cubic_foot} m3",
        "blowdown_time": "40 s",
        "unloaded_sump_pressure": f"{15 * psi} bar(g)",
    }
    ambient = quantity(14.7 * psi, "bar[a]", name="ambient_pressure")
    change = control(machine, machine, [(50, 1)], ambient_pressure=ambient)
    assert change.energy_before_model is not None
    assert change.energy_before_model.value_in("kWh") == pytest.approx(60.60334955297337, rel=1e-9)


# --- properties

LEVELS = st.lists(st.tuples(st.floats(5, 95), st.floats(1, 1400)), min_size=1, max_size=6)


@pytest.mark.parametrize("machine", MACHINES)
@settings(max_examples=15)
@given(levels=LEVELS)
def test_no_change_saves_nothing(machine: dict[str, str], levels: Levels) -> None:
    assert control(machine, machine, levels).remaining.value == pytest.approx(1, abs=1e-12)


@settings(max_examples=40)
@given(levels=LEVELS)
def test_the_order_of_the_levels_does_not_matter(levels: Levels) -> None:
    forth = control(LOAD_UNLOAD, VARIABLE_SPEED, levels).remaining.value
    back = control(LOAD_UNLOAD, VARIABLE_SPEED, levels[::-1]).remaining.value
    assert forth == pytest.approx(back, rel=1e-12)


@settings(max_examples=40)
@given(levels=LEVELS, share=st.floats(0.1, 0.9))
def test_a_level_split_in_two_stays_the_same(levels: Levels, share: float) -> None:
    (flow, hours), *rest = levels
    split = [(flow, hours * share), (flow, hours * (1 - share)), *rest]
    whole = control(LOAD_UNLOAD, VARIABLE_SPEED, levels)
    parts = control(LOAD_UNLOAD, VARIABLE_SPEED, split)
    assert parts.remaining.value == pytest.approx(whole.remaining.value, rel=1e-12)


@pytest.mark.parametrize("machine", [VARIABLE_SPEED, MODULATION, START_STOP, OIL_FREE, TURBO, VANES])
@settings(max_examples=15)
@given(flow=st.floats(5, 94), more=st.floats(0.1, 5))
def test_more_air_takes_more_energy(machine: dict[str, str], flow: float, more: float) -> None:
    little, much = (control(machine, machine, [(f, 1000)]).energy_before_model for f in (flow, flow + more))
    assert little is not None and much is not None
    assert little.value < much.value


@settings(max_examples=40)
@given(flow=st.floats(5, 95), volume=st.floats(0.5, 10), factor=st.floats(1.01, 5))
def test_a_larger_receiver_never_takes_more(flow: float, volume: float, factor: float) -> None:
    small, large = (
        control(m, m, [(flow, 1000)]).energy_before_model
        for m in (LOAD_UNLOAD | {"receiver_volume": f"{v} m3"} for v in (volume, volume * factor))
    )
    assert small is not None and large is not None
    assert large.value <= small.value * (1 + 1e-9)


@settings(max_examples=40)
@given(levels=LEVELS)
def test_the_remaining_fraction_stays_above_isothermal_work(levels: Levels) -> None:
    change = control(LOAD_UNLOAD, VARIABLE_SPEED, levels)
    assert change.energy_after_model is not None
    air = sum(share / 100 * 13.3 * hours for share, hours in levels)
    least = 101.325 / 60 * math.log(8.01325 / 1.01325) * air
    assert least < change.energy_after_model.value_in("kWh")
    assert change.remaining.value > 0


# --- refusals, both ways


def test_less_than_isothermal_power_is_refused() -> None:
    """Trust notes TP07: at 7 bar(g) no less than 3.49 kW/(m3/min): 46.4 kW for 13.3 m3/min."""
    levels = [(50.0, 1000.0)]
    with pytest.raises(OutOfRange, match=r"isothermal limit.*3\.49 kW"):
        control(MODULATION | {"full_load_power": "46 kW", "no_load_power": "30 kW"}, VARIABLE_SPEED, levels)
    control(MODULATION, VARIABLE_SPEED, levels)


def test_too_good_part_load_is_refused() -> None:
    too_good = VARIABLE_SPEED | {"turndown_power": "9 kW", "middle_power": "20 kW", "no_load_power": "3 kW"}
    with pytest.raises(OutOfRange, match="energy after is below the isothermal work"):
        control(LOAD_UNLOAD, too_good, [(40, 1000)])


@pytest.mark.parametrize(("power", "severity"), [("84 kW", None), ("68 kW", "warning"), ("60 kW", "error")])
def test_a_very_good_specific_power_is_doubted(power: str, severity: str | None) -> None:
    """TP07: above 90 % isentropic (5.29) a warning, above 100 % (4.76 kW/(m3/min)) an error."""
    machine = VARIABLE_SPEED | {"full_load_power": power}
    found = [
        f for f in control(LOAD_UNLOAD, machine, [(50, 1000)]).findings if f.id.startswith("compressor.isentropic")
    ]
    assert [f.severity for f in found] == ([severity] if severity else [])


def test_a_machine_too_small_for_the_demand_is_refused() -> None:
    small = MODULATION | {"full_load_flow": "10 m3/min", "full_load_power": "63 kW"}
    with pytest.raises(OutOfRange, match=r"demand 2.*cannot deliver"):
        control(LOAD_UNLOAD, small, [(50, 1000), (80, 1000)])
    control(LOAD_UNLOAD, small, [(50, 1000), (70, 1000)])


def test_more_than_full_flow_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"demand 1, flow_fraction.*101 %.*100 %"):
        control(LOAD_UNLOAD, VARIABLE_SPEED, [(101, 1000)])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"receiver_volume": None}, "missing receiver_volume"),
        ({"turndown_flow": "3 m3/min"}, "not used turndown_flow"),
        ({"cut_in_pressure": "7.5 bar(g)"}, "wrong order"),
        ({"control": "magic"}, "control.*choices"),
        ({"colour": "1"}, "colour.*not a parameter"),
        ({"full_load_flow": "13.3 Nm3/min"}, "full_load_flow"),
    ],
)
def test_what_a_control_needs_is_named(change: dict[str, str | None], message: str) -> None:
    machine = {key: text for key, text in (LOAD_UNLOAD | change).items() if text is not None}
    with pytest.raises(InputError, match=message):
        control(machine, VARIABLE_SPEED, [(50, 1000)])


@pytest.mark.parametrize(
    ("machine", "change"),
    [
        (LOAD_UNLOAD, {"no_load_power": "83 kW"}),
        (LOAD_UNLOAD, {"no_load_power": "82 kW"}),
        (LOAD_UNLOAD, {"cut_out_power": "81 kW"}),
        (START_STOP, {"cut_out_power": "81 kW"}),
        (MODULATION, {"no_load_power": "82 kW"}),
        (VARIABLE_SPEED, {"no_load_power": "28 kW"}),
        (VARIABLE_SPEED, {"turndown_power": "46 kW"}),
        (VARIABLE_SPEED, {"middle_power": "84 kW"}),
    ],
)
def test_powers_out_of_order_are_refused(machine: dict[str, str], change: dict[str, str]) -> None:
    (name,) = change
    for before, after, place in ((machine | change, MODULATION, "before"), (LOAD_UNLOAD, machine | change, "after")):
        with pytest.raises(InputError, match=rf"{place}: the powers of the machine must rise.*{name} {change[name]}"):
            control(before, after, [(50, 1000)])
    control(machine, machine, [(50, 1000)])


def test_full_load_and_cut_out_power_may_be_the_same() -> None:
    control(LOAD_UNLOAD | {"cut_out_power": "82 kW"}, START_STOP | {"cut_out_power": "82 kW"}, [(50, 1000)])


@pytest.mark.parametrize(("pressure_at_outlet", "fits"), [(6.4, False), (6.5, True), (7.2, True), (7.3, False)])
@pytest.mark.parametrize("place", ["before", "after"])
def test_the_discharge_pressure_lies_between_the_switch_pressures(
    pressure_at_outlet: float, fits: bool, place: str
) -> None:
    machines = (LOAD_UNLOAD, VARIABLE_SPEED) if place == "before" else (VARIABLE_SPEED, LOAD_UNLOAD)
    outlet = quantity(pressure_at_outlet, "bar[g]", name="discharge_pressure")
    if fits:
        control(*machines, [(50, 1000)], discharge_pressure=outlet)
        return
    with pytest.raises(InputError, match=rf"{place}, discharge_pressure: .*6\.5 bar.* to 7\.2 bar.*set-points"):
        control(*machines, [(50, 1000)], discharge_pressure=outlet)
    control(MODULATION, VARIABLE_SPEED, [(50, 1000)], discharge_pressure=outlet)


def test_a_year_has_no_more_than_8784_hours() -> None:
    control(LOAD_UNLOAD, VARIABLE_SPEED, [(50, 4000), (70, 4784)])
    with pytest.raises(OutOfRange, match=r"demand: .*8,785 h.*8,784 h"):
        control(LOAD_UNLOAD, VARIABLE_SPEED, [(50, 4000), (70, 4785)])


@pytest.mark.parametrize(
    ("level", "message"),
    [
        ({"flow_fraction": "60 %", "hours": "1500"}, r'demand 1, hours: has no unit .*got 1,500\).*"1,500 h"'),
        ({"flow_fraction": "60", "hours": "1500 h"}, r'demand 1, flow_fraction: .*got 60\).*Write "60 %"'),
        ({"flow_fraction": "60 %", "hours": "9000 h"}, "demand 1, hours: .*8784 h"),
        ({"flow_fraction": "60 %", "hours": "-1 h"}, "demand 1, hours: .*0 to 8784 h"),
        ({"flow": "60 %", "hours": "1500 h"}, r"demand 1: .*got \{flow: 60 %, hours: 1,500 h\}.*flow_fraction: 60 %"),
        ({"flow_fraction": "60 %"}, r"got \{flow_fraction: 60 %\}"),
    ],
)
def test_a_wrong_level_of_demand_is_answered_in_plain_words(level: dict[str, str], message: str) -> None:
    demand = [side(level)]
    with pytest.raises(InputError, match=message) as raised:
        control(LOAD_UNLOAD, VARIABLE_SPEED, [], demand=demand)
    assert "Quantity(" not in str(raised.value) and "<" not in str(raised.value)
    control(LOAD_UNLOAD, VARIABLE_SPEED, [], demand=[side({"flow_fraction": "60 %", "hours": "1500 h"})])


def test_the_description_says_which_control_needs_a_parameter() -> None:
    advice = {p.name: p.how_to_measure_en for p in compressor_control.CONTROL.parameters}
    for name, text in advice.items():
        needed = {c for c, keys in compressor_control.NEEDS.items() if name in keys}
        assert set(re.findall(r"\w+", text.partition("(needed by")[2])) & set(compressor_control.NEEDS) == needed
    assert all(key in advice["control"] for keys in compressor_control.NEEDS.values() for key in keys)


def test_the_points_of_the_speed_curve_must_rise() -> None:
    with pytest.raises(InputError, match="must rise"):
        control(LOAD_UNLOAD, VARIABLE_SPEED | {"middle_flow": "3 m3/min"}, [(50, 1000)])


@pytest.mark.parametrize("demand", [[], "60 %", [{"flow_fraction": 1}], [(0.5, 100)]])
def test_the_demand_is_a_list_of_levels(demand: object) -> None:
    with pytest.raises(InputError, match="demand"):
        control(LOAD_UNLOAD, VARIABLE_SPEED, [(50, 1000)], demand=demand)


def test_using_more_is_said() -> None:
    assert "compressor.uses_more" in ids(control(VARIABLE_SPEED, LOAD_UNLOAD, [(40, 1000)]))
    assert "compressor.uses_more" not in ids(control(LOAD_UNLOAD, VARIABLE_SPEED, [(40, 1000)]))


def test_at_the_ends_the_cycle_gives_way_to_its_limits() -> None:
    change = control(LOAD_UNLOAD, LOAD_UNLOAD, [(0, 100), (100, 200)])
    assert change.energy_before_model is not None
    assert change.energy_before_model.value_in("kWh") == pytest.approx(22 * 100 + 82 * 200, rel=1e-12)


@pytest.mark.parametrize("machine", MACHINES)
@settings(max_examples=15)
@given(levels=LEVELS)
def test_no_saving_passes_the_ceiling(machine: dict[str, str], levels: Levels) -> None:
    change = control(machine, VARIABLE_SPEED, levels)
    shared = side({"discharge_pressure": "7 bar(g)", "ambient_pressure": "1.01325 bar(a)"}) | {
        "demand": profile(levels)
    }
    assert 1 - change.remaining.value <= compressor_control.ceiling(side(machine), side(machine), shared).saving.value


def test_the_ceiling_is_the_isothermal_work() -> None:
    """Trust notes TP07: 3.49 kW/(m3/min) at 7 bar(g); a throttled machine at 60 % flow takes 72 kW for 7.98 m3/min."""
    shared = side({"discharge_pressure": "7 bar(g)", "ambient_pressure": "1.01325 bar(a)"})
    found = compressor_control.ceiling(side(MODULATION), side(MODULATION), shared | {"demand": profile([(60, 1000)])})
    assert found.saving.value == pytest.approx(1 - 3.4923 * 7.98 / 72, abs=2e-4)


def test_the_worked_example_is_repeated() -> None:
    """MEASUR 1.2.5, cases compressor_part_load-067 and -071: 60.60334955 and 51.48515892 kW at half flow."""
    example = compressor_control.EXAMPLE
    before, after = (side({k: str(v) for k, v in given.items()}) for given in (example.before, example.after))
    shared = side({k: str(v) for k, v in example.common.items() if k != "demand"}) | {"demand": profile([(50, 1000)])}
    change = compressor_control.change(before, after, shared)
    assert change.energy_before_model is not None and change.energy_after_model is not None
    saving = change.energy_before_model.value - change.energy_after_model.value
    assert saving == pytest.approx(60603.34955297337 - 51485.15892426357, rel=1e-9)


def test_a_measured_power_without_a_stated_error_gets_that_of_a_logger() -> None:
    """Default of the project: 3 % of reading; 82 kW half-width 2.46 kW, the same error wherever the reading stands."""
    read = quantity(82, "kW", name="full_load_power", symbol="P_fl", basis="measured", source=Source("logger"))
    machine = side(LOAD_UNLOAD) | {"full_load_power": read}
    shared = side({"discharge_pressure": "7 bar(g)", "ambient_pressure": "1.01325 bar(a)"})
    change = compressor_control.change(machine, side(VARIABLE_SPEED), shared | {"demand": profile([(50, 9), (100, 9)])})
    assert "compressor.default_uncertainty" in ids(change)
    errors = [leaf for leaf in leaves(change.remaining) if leaf.name == "full_load_power_error"]
    assert len(errors) == 1 and errors[0].uncertainty is not None
    assert errors[0].uncertainty.standard_uncertainty == pytest.approx(82 * 0.03 / 3**0.5, rel=1e-9)


def test_a_drive_at_full_flow_costs() -> None:
    """The variable-speed machine takes 84 kW where the fixed one takes 82 kW: 2.4 % more, and it is said."""
    change = control(LOAD_UNLOAD, VARIABLE_SPEED, [(100, 1000)])
    assert change.remaining.value == pytest.approx(84 / 82, rel=1e-12)
    assert "compressor.uses_more" in ids(change)


@pytest.mark.parametrize(("power", "doubted"), [("8 kW", True), ("8.3 kW", False)])
def test_little_unloaded_power_is_doubted(power: str, doubted: bool) -> None:
    """TL09: below 10 % of full load (82 kW)."""
    found = ids(control(LOAD_UNLOAD | {"no_load_power": power}, VARIABLE_SPEED, [(50, 1000)]))
    assert ("compressor.no_load_power_low" in found) is doubted


@pytest.mark.parametrize(("outlet", "fits"), [("7.5 bar(g)", True), ("7.7 bar(g)", False)])
def test_a_throttled_machine_runs_above_its_switch_pressure(outlet: str, fits: bool) -> None:
    pressure = read_quantity(outlet, name="discharge_pressure")
    if fits:
        control(THROTTLED, THROTTLED, [(50, 1000)], discharge_pressure=pressure)
        return
    with pytest.raises(InputError, match="does not lie between the switch pressures"):
        control(THROTTLED, THROTTLED, [(50, 1000)], discharge_pressure=pressure)


@pytest.mark.parametrize(
    ("machine", "change"),
    [
        (BLOW_OFF, {"surge_flow": "13.3 m3/min"}),
        (VANES, {"unload_flow": "14 m3/min"}),
        (VANES, {"unload_power": "83 kW"}),
    ],
)
def test_points_of_turbo_machines_must_rise(machine: dict[str, str], change: dict[str, str]) -> None:
    with pytest.raises(InputError, match="must rise"):
        control(machine | change, VARIABLE_SPEED, [(50, 1000)])
    control(machine, VARIABLE_SPEED, [(50, 1000)])


@pytest.mark.parametrize(("unloaded", "fits"), [("60.1 kW", True), ("60.3 kW", False)])
def test_a_closed_inlet_takes_no_less_than_the_unloaded_machine(unloaded: str, fits: bool) -> None:
    """70 % of 86 kW are 60.2 kW."""
    machine = THROTTLED | {"closed_inlet_fraction": "70 %", "no_load_power": unloaded}
    if fits:
        control(machine, machine, [(50, 1000)])
        return
    with pytest.raises(InputError, match=r"closed_inlet_fraction: .*60.2 kW.*limit: 60.3 kW"):
        control(machine, machine, [(50, 1000)])


def test_a_machine_that_reads_nothing_has_no_error() -> None:
    """A reading of 0 kW, unloaded and stopped, is exact: no error of 3 % of nothing."""
    stops = {key: read_quantity(text, name=key, basis="measured") if key != "control" else text
             for key, text in (VARIABLE_SPEED | {"no_load_power": "0 kW"}).items()}  # fmt: skip
    given = {"demand": [{"flow_fraction": read_quantity("0 %", name="flow_fraction"), "hours": quantity(9, "h")},
                        {"flow_fraction": read_quantity("50 %", name="flow_fraction"), "hours": quantity(9, "h")}],
             "discharge_pressure": read_quantity("7 bar(g)"),
             "ambient_pressure": read_quantity("1.013 bar(a)")}  # fmt: skip
    assert compressor_control.change(stops, stops, given).remaining.value == 1


def test_the_limit_of_a_throttled_machine_names_its_range() -> None:
    """7.2 bar(g) and 0.4 bar of throttling."""
    with pytest.raises(InputError, match=r"limit: 6.5 bar\[g\] to 7.6 bar\(g\) .*with throttle_range"):
        control(THROTTLED, THROTTLED, [(50, 1000)], discharge_pressure=read_quantity("7.7 bar(g)"))
