"""Belts, speed control and slip couplings: figures of others, properties, turning points, refusals both ways."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.equipment.description import Ceiling, Change
from energycalc.equipment.rotation import belt_drive, magnetic_coupling, variable_speed_drive
from energycalc.equipment.shared.flow_profile import best_motor_efficiency, flow_machine
from energycalc.equipment.shared.motor_tables import efficiency_on
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import quantity, read_quantity

WORDS = ("control", "belt_kind", "load_type", "efficiency_class", "ie_class", "poles")
MOTOR = {
    "rated_power": "75 kW",
    "full_load_efficiency": "95 %",
    "efficiency_class": "premium",
    "poles": "4",
    "full_flow_load": "90 %",
    "static_head_share": "0 %",
}
THROTTLE = {"control": "throttle", "no_flow_power_share": "45 %"}
TWO_SPEED = {"control": "two_speed", "low_speed_flow_share": "50 %"}
DRIVE = {"control": "variable_speed"}
PLAIN = tuple({"control": kind} for kind in ("none", "outlet_damper", "inlet_vane", "on_off"))
Levels = list[tuple[float, float]]
FEW = settings(max_examples=20)
PROFILE: Levels = [(100, 500), (80, 2500), (60, 2000), (40, 1000)]
PROFILES = st.lists(st.tuples(st.floats(10, 100), st.floats(1, 2000)), min_size=1, max_size=4)


def side(given: dict[str, str]) -> dict[str, Any]:
    return {key: text if key in WORDS else read_quantity(text, name=key) for key, text in given.items()}


def flows(levels: Levels) -> list[dict[str, Any]]:
    return [
        {"flow_fraction": quantity(share, "%", name="flow_fraction"), "hours": quantity(hours, "h", name="hours")}
        for share, hours in levels
    ]


def shared(levels: Levels, **more: str) -> dict[str, Any]:
    left_out = [key for key, text in more.items() if not text]
    plain = {key: text for key, text in (MOTOR | more).items() if key not in left_out}
    return side(plain) | {"demand": flows(levels)}


def control(before: dict[str, str], after: dict[str, str], levels: Levels, **more: str) -> Change:
    return variable_speed_drive.change(side(before), side(after), shared(levels, **more))


def control_ceiling(before: dict[str, str], after: dict[str, str], levels: Levels, **more: str) -> Ceiling:
    return variable_speed_drive.ceiling(side(before), side(after), shared(levels, **more))


def saved(change: Change) -> float:
    return 1 - float(change.remaining.value_in("1"))


def ids(change: Change) -> set[str]:
    return {finding.id for finding in change.findings}


# --- speed control: figures of others


def test_the_public_test_of_the_peer_without_part_load_losses() -> None:
    """MEASUR fan affinity test 8: 25 kW at 75 % flow, 8,760 h: 104,573 kWh; motor and drive lose more at part load."""
    common = {"rated_power": "25 kW", "full_load_efficiency": "93 %", "efficiency_class": "energy_efficient",
              "full_flow_load": "100 %"}  # fmt: skip
    change = control({"control": "none"}, DRIVE | {"drive_efficiency": "95 %"}, [(75, 8760)], **common)
    assert change.energy_before_model is not None and change.energy_after_model is not None
    assert change.energy_before_model.value_in("kWh") == pytest.approx(247877.76 * 0.95, rel=1e-6)
    assert 104573.43 < change.energy_after_model.value_in("kWh") < 104573.43 * 1.03


@pytest.mark.parametrize(("static", "ratio"), [(0, 0.512), (0.2, 0.570), (0.3, 0.598), (0.5, 0.656), (0.7, 0.714)])
def test_no_saving_at_eighty_percent_flow_passes_that_of_the_notes(static: float, ratio: float) -> None:
    """Trust notes TL06: saving at most 1 - q (h + (1 - h) q²); motor and drive take 2 to 6 points of it."""
    change = control({"control": "none"}, DRIVE, [(80, 6000)], static_head_share=f"{100 * static} %")
    assert 1 - ratio - 0.06 < saved(change) < 1 - ratio - 0.02


def test_a_drive_at_full_flow_costs_its_loss() -> None:
    """Trust notes TL08: 2 to 3 % at full speed, and more in proportion at low speed."""
    full = control({"control": "none"}, DRIVE, [(100, 6000)])
    assert saved(full) == pytest.approx(1 - 1 / 0.972, abs=0.004)
    assert {"drive.loss_eats_the_saving", "drive.uses_more"} <= ids(full)
    ideal = control({"control": "none"}, DRIVE | {"drive_efficiency": "99.5 %"}, [(100, 6000)])
    assert saved(ideal) == pytest.approx(1 - 1 / 0.995, abs=0.004)


def test_on_off_takes_energy_in_proportion_to_the_flow() -> None:
    change = control({"control": "none"}, {"control": "on_off"}, [(40, 6000)])
    assert saved(change) == pytest.approx(0.6, rel=1e-12)


def test_two_speeds_as_in_the_peer() -> None:
    """MEASUR notes: 65 % of the power at 80 % flow; the motor's part load adds 1 % to the low speed."""
    change = control({"control": "none"}, TWO_SPEED, [(80, 6000)])
    assert 0.343 < saved(change) < 0.35


def test_the_mean_of_a_profile_saves_too_much() -> None:
    """Trust notes TL07: n uniform in 0.7 to 0.9 takes 1.6 % more than n = 0.8."""
    spread = [(70 + 20 * (i + 0.5) / 40, 150.0) for i in range(40)]
    profile = control({"control": "none"}, DRIVE, spread)
    mean = control({"control": "none"}, DRIVE, [(80, 6000)])
    assert (1 - saved(profile)) / (1 - saved(mean)) == pytest.approx(1.0156, abs=0.002)
    assert "drive.mean_flow_only" in ids(mean) and "drive.mean_flow_only" not in ids(profile)
    assert "drive.mean_flow_only" not in ids(control({"control": "none"}, DRIVE, [(100, 6000)]))


def test_measured_power_at_full_flow_is_found_again() -> None:
    measured = control({"control": "none"}, DRIVE, PROFILE, full_flow_load="", full_flow_input_power="70 kW")
    assert measured.energy_before_model is not None
    assert measured.energy_before_model.value_in("kWh") == pytest.approx(70 * 6000, rel=0.002)


# --- speed control: properties


@FEW
@given(levels=PROFILES, static=st.floats(0, 95), load=st.floats(30, 110))
@pytest.mark.parametrize("kind", [*PLAIN, THROTTLE, TWO_SPEED, DRIVE])
def test_no_change_saves_nothing(kind: dict[str, str], levels: Levels, static: float, load: float) -> None:
    more = {"full_flow_load": f"{load!r} %"}
    if kind["control"] not in ("outlet_damper", "inlet_vane"):
        more["static_head_share"] = f"{static!r} %"
    change = control(kind, kind, levels, **more)
    assert change.remaining.value == 1
    assert not {"drive.loss_eats_the_saving", "drive.uses_more"} & ids(change)


@FEW
@given(levels=PROFILES, static=st.floats(0, 100), load=st.floats(20, 120), rating=st.floats(5, 300))
@pytest.mark.parametrize("after", [DRIVE, TWO_SPEED, {"control": "on_off"}, THROTTLE])
@pytest.mark.parametrize("before", [{"control": "none"}, THROTTLE])
def test_no_saving_passes_the_ceiling(
    before: dict[str, str], after: dict[str, str], levels: Levels, static: float, load: float, rating: float
) -> None:
    more = {"static_head_share": f"{static!r} %", "full_flow_load": f"{load!r} %", "rated_power": f"{rating!r} kW",
            "full_load_efficiency": "92 %"}  # fmt: skip
    change, most = control(before, after, levels, **more), control_ceiling(before, after, levels, **more)
    assert saved(change) <= float(most.saving.value_in("1")) + 1e-12
    assert most.saving.value < 1


@FEW
@given(levels=PROFILES)
@pytest.mark.parametrize("before", [{"control": "outlet_damper"}, {"control": "inlet_vane"}])
def test_no_saving_passes_the_ceiling_with_dampers(before: dict[str, str], levels: Levels) -> None:
    assert saved(control(before, DRIVE, levels)) <= float(control_ceiling(before, DRIVE, levels).saving.value)


@FEW
@given(static=st.floats(0, 90), step=st.floats(0, 10), own=st.floats(90, 97), better=st.floats(0, 2))
def test_static_head_takes_from_the_saving_and_a_better_drive_adds_to_it(
    static: float, step: float, own: float, better: float
) -> None:
    def at(head: float, drive: float) -> float:
        after = DRIVE | {"drive_efficiency": f"{drive!r} %"}
        return saved(control({"control": "none"}, after, PROFILE, static_head_share=f"{head!r} %"))

    assert at(static + step, own) <= at(static, own) + 1e-12
    assert at(static, own + better) >= at(static, own) - 1e-12


@FEW
@given(flow=st.floats(10, 100), less=st.floats(0, 5))
@pytest.mark.parametrize("before", [{"control": "none"}, THROTTLE])
def test_less_flow_never_saves_less_against_full_power_or_a_throttle(
    before: dict[str, str], flow: float, less: float
) -> None:
    lower = control(before, DRIVE, [(max(5.0, flow - less), 1000)])
    higher = control(before, DRIVE, [(flow, 1000)])
    if before["control"] == "none" or flow > 45:
        assert saved(lower) >= saved(higher) - 1e-12


@FEW
@given(rating=st.floats(5, 200))
def test_horsepower_and_kilowatt_give_the_same(rating: float) -> None:
    more = {"full_load_efficiency": "92 %"}
    metric = control(THROTTLE, DRIVE, PROFILE, rated_power=f"{rating!r} kW", **more)
    imperial = control(THROTTLE, DRIVE, PROFILE, rated_power=f"{rating / 0.74569987158227022!r} HP_mech", **more)
    assert metric.remaining.value == pytest.approx(imperial.remaining.value, rel=1e-9)


def test_the_energy_balance_closes_over_the_levels() -> None:
    parts = [control(THROTTLE, DRIVE, [level]).energy_after_model for level in PROFILE]
    change = control(THROTTLE, DRIVE, PROFILE)
    assert change.energy_after_model is not None
    added = sum(part.value_in("kWh") for part in parts if part is not None)
    assert change.energy_after_model.value_in("kWh") == pytest.approx(added, rel=1e-12)


# --- speed control: turning point


def test_the_flow_at_which_the_drive_eats_the_saving_is_found_and_told() -> None:
    common = shared([(98, 1000), (60, 1000)])
    equal = variable_speed_drive.break_even_flow(side(THROTTLE), side(DRIVE), common)
    assert equal is not None and 0.95 < equal < 1
    below, above = (saved(control(THROTTLE, DRIVE, [(100 * equal + step, 1000)])) for step in (-0.5, 1))
    assert below > 0 > above
    change = control(THROTTLE, DRIVE, [(99.5, 1000), (60, 1000)])
    told = [f for f in change.findings if f.id == "drive.loss_eats_the_saving"]
    assert len(told) == 1 and told[0].evidence["break_even_flow"] == f"{100 * equal:.1f} %"
    assert "At flows of 100 %" in told[0].sentence or "At flows of 99 %" in told[0].sentence


def test_against_on_off_with_much_static_head_the_drive_saves_nowhere() -> None:
    common = shared(PROFILE, static_head_share="100 %")
    assert variable_speed_drive.break_even_flow(side({"control": "on_off"}), side(DRIVE), common) == 0
    assert saved(control({"control": "on_off"}, DRIVE, PROFILE, static_head_share="100 %")) < 0


def test_where_the_new_control_is_cheaper_up_to_full_flow_there_is_no_turning_point() -> None:
    assert variable_speed_drive.break_even_flow(side({"control": "none"}), side(THROTTLE), shared(PROFILE)) is None


# --- speed control: refusals


@pytest.mark.parametrize(
    ("before", "after", "more", "message"),
    [
        (THROTTLE | {"low_speed_flow_share": "50 %"}, DRIVE, {}, "before.*not used low_speed_flow_share"),
        ({"control": "throttle"}, DRIVE, {}, "before.*missing no_flow_power_share"),
        ({"control": "two_speed"}, DRIVE, {}, "missing low_speed_flow_share"),
        (THROTTLE | {"drive_efficiency": "97 %"}, DRIVE, {}, "drive_efficiency.*variable_speed only"),
        ({"control": "inlet_vane"}, DRIVE, {"static_head_share": "90 %"}, "inlet vane takes less than the system"),
        ({"control": "none"}, DRIVE, {"full_flow_load": ""}, "exactly one way"),
        ({"control": "none"}, DRIVE, {"full_flow_input_power": "60 kW"}, "exactly one way"),
        ({"control": "none"}, DRIVE, {"full_flow_load": "", "full_flow_input_power": "150 kW"}, "125 % load"),
        ({"control": "none"}, DRIVE, {"efficiency_class": ""}, "efficiency_class"),
        ({"control": "none"}, DRIVE, {"rated_power": "1.5 kW", "full_load_efficiency": "86 %",
                                      "efficiency_class": "energy_efficient"}, "so small a drive"),
        ({"control": "none"}, DRIVE | {"drive_efficiency": "0.97 %"}, {}, "drive_efficiency"),
        ({"control": "none"}, DRIVE, {"static_head_share": "30"}, 'Write "30 %"'),
        ({"control": "none"}, DRIVE, {"full_load_efficiency": "98.5 %"}, "above the highest"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(
    before: dict[str, str], after: dict[str, str], more: dict[str, str], message: str
) -> None:
    control(THROTTLE, DRIVE, PROFILE)
    with pytest.raises(InputError, match=message):
        control(before, after, PROFILE, **more)


def test_the_best_efficiency_of_the_motor_is_just_above_every_point_of_its_curve() -> None:
    machine = flow_machine((), shared(PROFILE))
    best = best_motor_efficiency(machine).value
    points = [efficiency_on(machine.curve, quantity(x / 100000, "1")).value for x in range(60000, 100000, 37)]
    assert max(points) < best < max(points) + 3e-5


def test_an_overloaded_motor_is_told() -> None:
    assert "drive.overload" in ids(control({"control": "none"}, DRIVE, PROFILE, full_flow_load="110 %"))
    assert "drive.overload" not in ids(control({"control": "none"}, DRIVE, PROFILE))


# --- belts

V_BELT, TOOTHED = {"belt_kind": "v_belt"}, {"belt_kind": "synchronous_belt"}
BELT_COMMON = {"input_power": "30.08 kW", "motor_efficiency": "93 %", "operating_hours": "6,000 h",
               "load_type": "constant_power"}  # fmt: skip


def belts(before: dict[str, str], after: dict[str, str], **common: str) -> Change:
    return belt_drive.change(side(before), side(after), side(BELT_COMMON | common))


def belt_ceiling(before: dict[str, str], after: dict[str, str], **common: str) -> Ceiling:
    return belt_drive.ceiling(side(before), side(after), side(BELT_COMMON | common))


def test_belts_as_in_the_drive_comparison_of_the_peer() -> None:
    """MEASUR case motor_drive_change-003: 9,208 of 180,484 kWh at the motor shaft; here at its terminals."""
    change = belts(V_BELT | {"transmission_efficiency": "93 %"}, TOOTHED | {"transmission_efficiency": "98 %"})
    assert saved(change) == pytest.approx(9208.360763660283 / 180483.87096774188, rel=1e-12)
    assert change.energy_before_model is not None and change.energy_after_model is not None
    assert change.energy_before_model.value_in("kWh") == pytest.approx(30.08 * 6000, rel=1e-12)
    assert change.energy_after_model.value_in("kWh") == pytest.approx(30.08 * 6000 * 93 / 98, rel=1e-12)


def test_belts_by_kind_and_power() -> None:
    """AMCA 203-90: 50 hp at the motor shaft: toothed 2/7 of the V-belt loss (MEASUR case -011: 49.39257 hp)."""
    power = f"{50 * 0.74569987158227022 / 0.93!r} kW"
    toothed = 49.3925731889 / 50
    v_belt = 1 - (1 - toothed) * 7 / 2
    assert saved(belts(V_BELT, TOOTHED, input_power=power)) == pytest.approx(1 - v_belt / toothed, rel=1e-9)


@FEW
@given(kind=st.sampled_from(belt_drive.KINDS), power=st.floats(0.5, 500))
def test_the_same_belt_saves_nothing(kind: str, power: float) -> None:
    same = {"belt_kind": kind}
    assert belts(same, same, input_power=f"{power!r} kW").remaining.value == 1


@FEW
@given(old=st.floats(80, 98), new=st.floats(80, 100), step=st.floats(0, 2), speed=st.floats(800, 1000))
def test_a_better_belt_never_saves_less_and_never_more_than_the_loss(
    old: float, new: float, step: float, speed: float
) -> None:
    before = V_BELT | {"transmission_efficiency": f"{old!r} %", "driven_speed": "900 rpm"}
    after = [
        TOOTHED | {"transmission_efficiency": f"{min(100.0, e)!r} %", "driven_speed": f"{speed!r} rpm"}
        for e in (new, new + step)
    ]
    good, better = (saved(belts(before, side_, load_type="centrifugal")) for side_ in after)
    assert better >= good - 1e-12
    assert better <= belt_ceiling(before, after[1], load_type="centrifugal").saving.value + 1e-12


def test_a_faster_fan_eats_the_saving_of_a_belt() -> None:
    """Two per cent more speed is 6.1 % more power (cube), more than the 3 % of a toothed belt."""
    speeds = ({"driven_speed": "900 rpm"}, {"driven_speed": "918 rpm"})
    fan = belts(V_BELT | speeds[0], TOOTHED | speeds[1], load_type="centrifugal")
    fixed = belts(V_BELT | speeds[0], TOOTHED | speeds[1])
    assert fan.remaining.value / fixed.remaining.value == pytest.approx(1.02**3, rel=1e-9)
    assert saved(fan) < 0 < saved(fixed) and "belt.uses_more" in ids(fan)
    slower = belts(V_BELT | speeds[1], TOOTHED | speeds[0], load_type="centrifugal")
    assert "belt.slower" in ids(slower) and "belt.slower" not in ids(fan)
    untold = belts(V_BELT, TOOTHED, load_type="centrifugal")
    assert "belt.speed_effect_left_out" in ids(untold) and "belt.speed_effect_left_out" not in ids(fan)


def test_belts_that_raise_a_doubt() -> None:
    poor = belts(V_BELT | {"transmission_efficiency": "84 %"}, V_BELT | {"transmission_efficiency": "95 %"})
    assert {"belt.very_poor", "belt.same_kind"} <= ids(poor)
    assert not {"belt.very_poor", "belt.same_kind"} & ids(belts(V_BELT, TOOTHED))


@pytest.mark.parametrize(
    ("before", "common", "message"),
    [
        ({"driven_speed": "900 rpm"}, {"load_type": "centrifugal"}, "driven_speed.*both sides or on none"),
        ({"transmission_efficiency": "101 %"}, {}, "transmission_efficiency"),
        ({"transmission_efficiency": "93"}, {}, 'Write "93 %"'),
        ({}, {"motor_efficiency": "100 %"}, "motor.efficiency"),
        ({}, {"motor_efficiency": "93"}, 'Write "93 %"'),
    ],
)
def test_belts_that_cannot_be_are_refused(before: dict[str, str], common: dict[str, str], message: str) -> None:
    belts(V_BELT, TOOTHED)
    with pytest.raises(InputError, match=message):
        belts(V_BELT | before, TOOTHED, **common)


# --- couplings

COUPLING = {"full_speed_slip": "4 %"}
PART_FLOW: Levels = [(95, 500), (80, 2500), (60, 2000), (40, 1000)]


def couple(before: dict[str, str], after: dict[str, str], levels: Levels, **more: str) -> Change:
    return magnetic_coupling.change(side(before), side(after), shared(levels, **more))


def coupling_ceiling(before: dict[str, str], after: dict[str, str], levels: Levels, **more: str) -> Ceiling:
    return magnetic_coupling.ceiling(side(before), side(after), shared(levels, **more))


@pytest.mark.parametrize(("flow", "share"), [(90, 0.81), (70, 0.49), (50, 0.25)])
def test_of_the_cube_law_a_coupling_leaves_the_square(flow: float, share: float) -> None:
    """Shaft power q³ over efficiency q; the part load of the motor adds little."""
    change = couple({"control": "none"}, COUPLING, [(flow, 1000)])
    assert change.remaining.value == pytest.approx(share, abs=0.012)


@FEW
@given(
    levels=st.lists(st.tuples(st.floats(10, 95), st.floats(1, 2000)), min_size=1, max_size=4), static=st.floats(0, 90)
)
@pytest.mark.parametrize("before", [{"control": "none"}, THROTTLE, {"control": "on_off"}])
def test_no_coupling_passes_its_ceiling_or_the_electronic_one(
    before: dict[str, str], levels: Levels, static: float
) -> None:
    more = {"static_head_share": f"{min(static, 60.0)!r} %", "shut_off_head_ratio": "1.2"}
    usable = [level for level in levels if level[0] < 85] or [(50.0, 100.0)]
    change = couple(before, COUPLING, usable, **more)
    assert saved(change) <= coupling_ceiling(before, COUPLING, usable, **more).saving.value + 1e-12
    plain = {key: text for key, text in more.items() if key != "shut_off_head_ratio"}
    assert saved(change) <= control_ceiling(before, DRIVE, usable, **plain).saving.value + 1e-12


def test_more_excitation_never_saves_more() -> None:
    without = couple(THROTTLE, COUPLING, PART_FLOW)
    excited = couple(THROTTLE, COUPLING | {"excitation_power": "0.8 kW"}, PART_FLOW)
    assert without.energy_after_model is not None and excited.energy_after_model is not None
    more = excited.energy_after_model.value_in("kWh") - without.energy_after_model.value_in("kWh")
    assert more == pytest.approx(0.8 * 6000, rel=1e-9)


def test_a_coupling_takes_more_than_a_drive_at_low_speed_and_less_near_full_speed() -> None:
    def told(levels: Levels) -> str:
        change = couple({"control": "none"}, {"full_speed_slip": "1 %"}, levels)
        return next(f.sentence for f in change.findings if f.id == "coupling.against_a_drive")

    assert " less " in told([(50, 1000)]) and " more " in told([(99, 1000)])
    change = couple({"control": "none"}, COUPLING, [(50, 1000)])
    finding = next(f for f in change.findings if f.id == "coupling.against_a_drive")
    drive, coupled = (float(text.removesuffix(" kWh").replace(",", "")) for text in finding.evidence.values())
    assert f"{1 - drive / coupled:.1%}" in finding.sentence and "用電少" in finding.sentence_zh


def test_with_static_head_the_coupling_turns_faster_and_loses_less() -> None:
    """n² = (h + (1 - h) q² + (k - 1) q²)/k: q 0.7, h 0.4, k 1.25: n 0.8012, so P = q (h + (1 - h) q²)/n = 0.6064."""
    change = couple({"control": "none"}, COUPLING, [(70, 1000)], static_head_share="40 %", shut_off_head_ratio="1.25")
    n = ((0.4 + 0.6 * 0.49 + 0.25 * 0.49) / 1.25) ** 0.5
    assert change.remaining.value == pytest.approx(0.7 * (0.4 + 0.6 * 0.49) / n, abs=0.006)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: couple(THROTTLE, COUPLING, [(97, 100)]), "fast enough.*96.0 %"),
        (lambda: couple(THROTTLE, COUPLING, PART_FLOW, static_head_share="30 %"), "shut_off_head_ratio.*needed"),
        (lambda: couple(DRIVE, COUPLING, PART_FLOW), "control.*choices"),
        (lambda: couple(THROTTLE, COUPLING | {"full_speed_slip": "25 %"}, PART_FLOW), "full_speed_slip"),
        (lambda: couple({"control": "throttle"}, COUPLING, PART_FLOW), "missing no_flow_power_share"),
    ],
)  # fmt: skip
def test_couplings_that_cannot_be_are_refused(call: Callable[[], Change], message: str) -> None:
    couple(THROTTLE, COUPLING, [(96, 100)])
    with pytest.raises((InputError, OutOfRange), match=message):
        call()


# --- what a user may write


def test_a_machine_that_never_runs_is_refused() -> None:
    control(THROTTLE, DRIVE, [(80, 0), (60, 1)])
    with pytest.raises(InputError, match="demand: the machine never runs.*0 h"):
        control(THROTTLE, DRIVE, [(80, 0), (60, 0)])
    with pytest.raises(InputError, match="demand: the machine never runs"):
        couple(THROTTLE, COUPLING, [(80, 0)])


@pytest.mark.parametrize(("low", "share"), [("5 %", 0.05), ("95 %", 0.95)])
def test_both_ends_of_the_low_speed_are_admitted(low: str, share: float) -> None:
    """At the low-speed flow itself the machine runs there all the time."""
    slow = {"control": "two_speed", "low_speed_flow_share": low}
    by_speed = control({"control": "none"}, slow, [(100 * share, 1000)])
    common = shared([(100 * share, 1000)])
    machine = flow_machine(variable_speed_drive.PARAMETERS, common)
    at_low = machine.motor_input(machine.shaft(quantity(share**3, "1", name="power_share")))
    full = machine.motor_input(machine.shaft(quantity(1, "1", name="power_share")))
    assert by_speed.remaining.value == pytest.approx(at_low.value / full.value, rel=1e-9)


def told(before: dict[str, str], after: dict[str, str], levels: Levels, **more: str) -> str:
    change = control(before, after, levels, **more)
    return next(f.sentence for f in change.findings if f.id == "drive.loss_eats_the_saving")


def test_the_drive_is_blamed_only_where_there_is_one() -> None:
    near_full = told(THROTTLE, DRIVE, [(100, 100)])
    assert "the loss of the drive" in near_full and "equal at about" in near_full
    other = told({"control": "inlet_vane"}, {"control": "outlet_damper"}, [(70, 100)])
    assert "drive" not in other and "take" in other
    from_the_start = told({"control": "on_off"}, DRIVE, [(50, 100)], static_head_share="100 %")
    assert "from the lowest flow on" in from_the_start and "equal at" not in from_the_start


@pytest.mark.parametrize(("promised", "doubted"), [("98 %", False), ("98.1 %", True)])
def test_a_v_belt_above_98_percent_is_doubted(promised: str, doubted: bool) -> None:
    change = belts(V_BELT | {"transmission_efficiency": "93 %"}, V_BELT | {"transmission_efficiency": promised})
    assert ("belt.too_good" in ids(change)) is doubted
    assert "belt.too_good" not in ids(belts(V_BELT, TOOTHED | {"transmission_efficiency": promised}))


# --- thresholds, and what the doubts say


@pytest.mark.parametrize(("own", "told_"), [("85 %", False), ("84.9 %", True)])
def test_a_poor_belt_begins_below_85_percent(own: str, told_: bool) -> None:
    assert ("belt.very_poor" in ids(belts(V_BELT | {"transmission_efficiency": own}, TOOTHED))) is told_


def test_a_slower_fan_behind_a_belt_says_how_much_less_work_it_does() -> None:
    slower = belts(V_BELT | {"driven_speed": "900 rpm"}, TOOTHED | {"driven_speed": "882 rpm"}, load_type="centrifugal")
    (finding,) = [f for f in slower.findings if f.id == "belt.slower"]
    assert "5.9 %" in finding.sentence and finding.evidence["shaft_power_speed_ratio"] == f"{0.98**3:.4f}"
    same = {"driven_speed": "900 rpm"}
    assert "belt.slower" not in ids(belts(V_BELT | same, TOOTHED | same, load_type="centrifugal"))


@pytest.mark.parametrize(("load", "told_"), [("100 %", False), ("100.1 %", True)])
def test_full_flow_above_the_rating_is_said(load: str, told_: bool) -> None:
    change = control({"control": "none"}, DRIVE, PROFILE, full_flow_load=load)
    assert ("drive.overload" in ids(change)) is told_
    if told_:
        (finding,) = [f for f in change.findings if f.id == "drive.overload"]
        assert finding.evidence["load_factor"] == "100.1%"


def test_a_single_flow_says_which() -> None:
    (finding,) = [f for f in control(THROTTLE, DRIVE, [(70, 10)]).findings if f.id == "drive.mean_flow_only"]
    assert finding.evidence["flow_fraction"] == "70 %"


def test_the_best_efficiency_is_the_top_of_the_curve_rounded_up() -> None:
    machine = flow_machine(variable_speed_drive.PARAMETERS, shared(PROFILE))
    best = float(best_motor_efficiency(machine).value_in("1"))
    fine = [float(efficiency_on(machine.curve, quantity(x / 2000, "1", name="load_factor")).value) for x in
            range(20, 2500)]  # fmt: skip
    assert max(fine) <= best < max(fine) + 3e-5


def test_the_ceilings_by_hand() -> None:
    """75 kW at 90 %, full power before: 67.5 kW (q³) over the best efficiency; a coupling leaves q²."""
    levels: Levels = [(80, 1000), (50, 500)]
    machine = flow_machine(variable_speed_drive.PARAMETERS, shared(levels))
    best = float(best_motor_efficiency(machine).value)
    spent = 67.5 / float(efficiency_on(machine.curve, quantity(0.9, "1", name="load_factor")).value) * 1500
    cube = 67.5 * (0.8**3 * 1000 + 0.5**3 * 500)
    most = control_ceiling({"control": "none"}, DRIVE, levels).saving.value
    assert most == pytest.approx(1 - cube / best / spent, rel=1e-9)
    square = 67.5 * (0.8**2 * 1000 + 0.5**2 * 500)
    most = coupling_ceiling({"control": "none"}, COUPLING, levels).saving.value
    assert most == pytest.approx(1 - square / best / spent, rel=1e-9)
