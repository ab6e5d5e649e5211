"""Leaks, blowing and dryers: what the compressor gives back, ceilings, doubts, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.equipment.compressed_air import blowing, dryer, leaks
from energycalc.equipment.description import Change, TechnologyDescription
from energycalc.equipment.shared.air_use import CONTROLS, adjustment, nozzle_flow
from energycalc.errors import InputError, OutOfRange, UnitError
from energycalc.quantity import quantity, read_quantity
from energycalc.quantity.distributions import rectangular

CUBIC_FOOT, PSI = 0.3048**3, 0.0689475729316836
WORDS = ("leak_method", "control_type", "blowing_method", "nozzle", "dryer_type")
COMPRESSOR = {
    "full_load_flow": "10 m3/min",
    "full_load_power": "60 kW",
    "control_type": "typed",
    "control_adjustment": "50 %",
    "average_power": "45 kW",
    "operating_hours": "6,000 h",
    "line_pressure": "7 bar(g)",
    "ambient_pressure": "1.013 bar(a)",
}
HOLE = {
    "leak_method": "hole",
    "hole_diameter": "3 mm",
    "number_of_leaks": "2",
    "leak_discharge_coefficient": "0.61",
    "line_air_temperature": "20 degC",
}
BAG = {
    "leak_method": "bag",
    "bag_height": "0.5 m",
    "bag_diameter": "0.3 m",
    "bag_fill_time": "5 s",
    "number_of_leaks": "3",
}
BLEED = {
    "leak_method": "bleed_down",
    "system_volume": "5 m3",
    "start_pressure": "7 bar(g)",
    "end_pressure": "3.5 bar(g)",
    "bleed_time": "20 min",
    "bleed_correction": "1.25",
}
DECIBEL = {
    "leak_method": "decibel",
    "decibel_reading": "25 dB",
    "number_of_leaks": "2",
    "table_pressure_a": "6 bar(g)",
    "table_pressure_b": "8 bar(g)",
    "table_decibel_a": "20 dB",
    "table_decibel_b": "30 dB",
    "flow_at_a_and_pressure_a": "0.1 m3/min",
    "flow_at_a_and_pressure_b": "0.2 m3/min",
    "flow_at_b_and_pressure_a": "0.3 m3/min",
    "flow_at_b_and_pressure_b": "0.6 m3/min",
}
TIMED = {"leak_method": "load_unload_test", "loaded_time": "60 s", "unloaded_or_stopped_time": "540 s"}
METHODS = (HOLE, BAG, BLEED, DECIBEL, TIMED)


def measured(flow: float) -> dict[str, str]:
    return {"leak_method": "measured", "leak_flow": f"{flow!r} m3/min"}


def side(said: dict[str, str]) -> dict[str, Any]:
    return {key: text if key in WORDS else read_quantity(text, name=key) for key, text in said.items()}


def run(technology: TechnologyDescription, before: dict[str, str], after: dict[str, str], **common: str) -> Change:
    return technology.change(side(before), side(after), side(COMPRESSOR | common))


def most(technology: TechnologyDescription, before: dict[str, str], after: dict[str, str], **common: str) -> float:
    assert technology.ceiling is not None
    return float(technology.ceiling(side(before), side(after), side(COMPRESSOR | common)).saving.value)


def saved(change: Change) -> float:
    assert change.energy_before_model is not None and change.energy_after_model is not None
    return float(change.energy_before_model.value_in("kWh") - change.energy_after_model.value_in("kWh"))


def ids(change: Change) -> set[str]:
    return {finding.id for finding in change.findings}


# --- what is given back


def test_leaks_are_worth_flow_times_specific_power_times_what_the_control_gives_back() -> None:
    """1 m3/min at 6 kW/(m3/min), half of it given back, for 6,000 h: 18,000 of 270,000 kWh."""
    change = run(leaks.LEAKS, measured(1), measured(0))
    assert saved(change) == pytest.approx(18000, rel=1e-12)
    assert change.remaining.value == pytest.approx(1 - 18000 / 270000, rel=1e-12)
    assert most(leaks.LEAKS, measured(1), measured(0)) == pytest.approx(36000 / 270000, rel=1e-12)
    assert most(leaks.LEAKS, measured(8), measured(0)) == 1  # no more than everything


@pytest.mark.parametrize(("control", "percent"), [("screw_modulation", 30), ("screw_load_unload_long", 68),
                                                  ("reciprocating_start_stop", 100)])  # fmt: skip
def test_the_table_of_controls(control: str, percent: float) -> None:
    """MEASUR's form: modulation 30, long load/unload 68, start/stop 100 %."""
    common = {key: text for key, text in COMPRESSOR.items() if key != "control_adjustment"}
    given_ = side(common | {"control_type": control})
    change = leaks.LEAKS.change(side(measured(1)), side(measured(0)), given_)
    assert saved(change) == pytest.approx(36000 * percent / 100, rel=1e-12)
    assert "air_use.control_from_table" in ids(change)
    assert adjustment(given_, []).value_in("%") == percent
    assert len(CONTROLS) == 11


def test_a_compressor_that_blows_off_gives_nothing_back() -> None:
    change = run(leaks.LEAKS, measured(1), measured(0), control_adjustment="0 %")
    assert change.remaining.value == 1
    assert "air_leaks.control_gives_nothing_back" in ids(change)
    assert "air_leaks.control_gives_nothing_back" not in ids(run(leaks.LEAKS, measured(1), measured(0)))


def test_the_published_nozzle() -> None:
    """MEASUR, compressed_air_reduction-005: open quarter-inch pipe at 50 psig: 90.9812 scfm."""
    line = quantity(50 * PSI, "bar[g]", name="line_pressure")
    assert nozzle_flow("pipe_1_4_inch", line).value / CUBIC_FOOT == pytest.approx(90.9812, rel=1e-9)
    assert nozzle_flow(2, line).value / CUBIC_FOOT == pytest.approx(90.9812, rel=1e-9)
    with pytest.raises(InputError, match="no such nozzle"):
        nozzle_flow("pipe_9_inch", line)


# --- leaks


@pytest.mark.parametrize(
    ("method", "flow"),
    [
        (HOLE, 2 * 0.61 * 0.0741 * 9),  # 0.074 d^2 of the notes
        (BAG, 3 * 0.035343 * 12),  # 35.34 litres twelve times a minute
        (BLEED, 5 * 3.5 / 20 / 1.013 * 1.25),
        (DECIBEL, 2 * 0.3),  # mean of the four corners
        (TIMED, 1.0),
    ],
)
def test_each_method_finds_its_flow(method: dict[str, str], flow: float) -> None:
    change = run(leaks.LEAKS, method, measured(0))
    assert saved(change) == pytest.approx(18000 * flow, rel=0.008)


@pytest.mark.parametrize("method", METHODS)
def test_no_change_saves_nothing(method: dict[str, str]) -> None:
    change = run(leaks.LEAKS, method, method)
    assert change.remaining.value == pytest.approx(1, abs=1e-12)


@given(flow=st.floats(0.1, 5), left=st.floats(0, 1), more=st.floats(0, 1), share=st.floats(0, 100))
def test_a_better_repair_never_saves_less_and_stays_below_the_ceiling(
    flow: float, left: float, more: float, share: float
) -> None:
    common = {"control_adjustment": f"{share!r} %"}
    little = run(leaks.LEAKS, measured(flow), measured(flow * left), **common).remaining.value
    much = run(leaks.LEAKS, measured(flow), measured(flow * left * more), **common).remaining.value
    assert much <= little + 1e-15
    assert 1 - much <= most(leaks.LEAKS, measured(flow), measured(0), **common) + 1e-12


@given(diameter=st.floats(0.2, 3), coefficient=st.floats(0.1, 1), pressure=st.floats(0.2, 12))
def test_a_hole_never_passes_its_choked_ceiling(diameter: float, coefficient: float, pressure: float) -> None:
    hole = HOLE | {"hole_diameter": f"{diameter!r} mm", "leak_discharge_coefficient": f"{coefficient!r}"}
    line = {"line_pressure": f"{pressure!r} bar(g)", "control_adjustment": "100 %", "full_load_power": "90 kW"}
    change = run(leaks.LEAKS, hole, measured(0), **line)
    ceiling = most(leaks.LEAKS, hole, measured(0), **line)
    assert 1 - change.remaining.value <= ceiling + 1e-12
    assert 1 - change.remaining.value == pytest.approx(ceiling * coefficient, rel=1e-9)


def test_more_leaks_after_than_before_are_a_warning() -> None:
    change = run(leaks.LEAKS, measured(1), measured(1.5))
    assert change.remaining.value > 1
    assert "air_leaks.uses_more" in ids(change)


@pytest.mark.parametrize(("name", "si", "us"), [("hole_diameter", "3.175 mm", "0.003175 m"),
                                                ("line_air_temperature", "20 degC", "293.15 K")])  # fmt: skip
def test_other_units_of_a_length_give_the_same(name: str, si: str, us: str) -> None:
    if name == "hole_diameter":
        one, other = (run(leaks.LEAKS, HOLE | {name: text}, measured(0)).remaining.value for text in (si, us))
        assert one == pytest.approx(other, rel=1e-12)
    one, other = (
        run(leaks.LEAKS, HOLE, measured(0), line_pressure=text).remaining.value for text in ("7 bar(g)", "0.7 MPa(g)")
    )
    assert one == pytest.approx(other, rel=1e-12)


def test_a_leak_without_pressure_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"line_pressure.*0\.1 to 16"):
        run(leaks.LEAKS, measured(1), measured(0), line_pressure="0 bar(g)")
    with pytest.raises(UnitError, match="line_pressure"):
        run(leaks.LEAKS, measured(1), measured(0), line_pressure="7 bar")


@pytest.mark.parametrize(("flow", "fits"), [(0.07, True), (0.09, False)])
def test_a_flow_is_held_against_the_hole_one_sees(flow: float, fits: bool) -> None:
    """1 mm at 7 bar(g): 0.074 m3/min at 20 degC, 0.079 with the warmest air of a line."""
    seen = measured(flow) | {"visible_hole_diameter": "1 mm"}
    if fits:
        run(leaks.LEAKS, seen, measured(0))
        return
    with pytest.raises(OutOfRange, match="more air than a hole of this size"):
        run(leaks.LEAKS, seen, measured(0))
    ten = BAG | {"bag_fill_time": "100 s", "number_of_leaks": "10", "visible_hole_diameter": "1 mm"}
    run(leaks.LEAKS, ten, measured(0))


def test_a_bleed_test_is_doubted_where_it_must_be() -> None:
    assert not ids(run(leaks.LEAKS, BLEED, measured(0))) & {
        "air_leaks.bleed_correction",
        "air_leaks.bleed_start_pressure",
    }
    too_large = run(leaks.LEAKS, BLEED | {"end_pressure": "6.5 bar(g)", "bleed_time": "4 min"}, measured(0))
    assert "air_leaks.bleed_correction" in ids(too_large)
    low = run(leaks.LEAKS, BLEED | {"start_pressure": "6 bar(g)"}, measured(0))
    assert "air_leaks.bleed_start_pressure" in ids(low)


def test_leaks_larger_than_all_compressors_are_refused() -> None:
    """6 kW/(m3/min), all of it given back: 7.5 m3/min take the 45 kW."""
    all_back = {"control_adjustment": "100 %"}
    run(leaks.LEAKS, measured(7.4), measured(0), **all_back)
    with pytest.raises(OutOfRange, match="more energy than all compressors"):
        run(leaks.LEAKS, measured(7.6), measured(0), **all_back)
    with pytest.raises(OutOfRange, match="more energy than all compressors"):
        run(leaks.LEAKS, measured(1), measured(7.6), **all_back)


def test_less_than_isothermal_power_is_refused() -> None:
    """TP07: 3.49 kW/(m3/min) at 7 bar(g)."""
    with pytest.raises(OutOfRange, match="isothermal limit"):
        run(leaks.LEAKS, measured(1), measured(0), full_load_power="34 kW")


@pytest.mark.parametrize(
    ("before", "common", "message"),
    [
        ({"leak_method": "bag"}, {}, "missing bag_height"),
        (measured(1) | {"bag_height": "1 m"}, {}, "not used bag_height"),
        ({"leak_method": "smell"}, {}, "leak_method"),
        (measured(1), {"control_type": "screw_modulation"}, "not used control_adjustment"),
        (measured(1), {"control_type": "magic"}, "control_type"),
        (measured(1) | {"colour": "1"}, {}, "colour"),
    ],
)
def test_what_a_method_needs_is_named(before: dict[str, str], common: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run(leaks.LEAKS, before, measured(0), **common)


def test_typed_control_needs_its_number() -> None:
    common = {key: text for key, text in COMPRESSOR.items() if key != "control_adjustment"}
    with pytest.raises(InputError, match="missing control_adjustment"):
        leaks.LEAKS.change(side(measured(1)), side(measured(0)), side(common))


# --- blowing


def blow(flow: float, time: float = 100) -> dict[str, str]:
    return {"blowing_method": "flow_meter", "blowing_flow": f"{flow!r} m3/min", "blowing_time_share": f"{time!r} %"}


TUBES = {
    "blowing_method": "nozzle_table",
    "nozzle": "tube_1_4_inch",
    "number_of_nozzles": "3",
    "blowing_time_share": "50 %",
}
OPEN = {
    "blowing_method": "hole",
    "hole_diameter": "3 mm",
    "number_of_nozzles": "2",
    "leak_discharge_coefficient": "0.61",
    "line_air_temperature": "20 degC",
    "blowing_time_share": "50 %",
}
BAGGED = {
    "blowing_method": "bag",
    "bag_height": "0.5 m",
    "bag_diameter": "0.3 m",
    "bag_fill_time": "5 s",
    "number_of_nozzles": "3",
    "blowing_time_share": "50 %",
}


@pytest.mark.parametrize("way", [TUBES, OPEN, BAGGED, blow(2, 30)])
def test_blowing_the_same_saves_nothing(way: dict[str, str]) -> None:
    change = run(blowing.BLOWING, way, way)
    assert change.remaining.value == pytest.approx(1, abs=1e-12)
    assert change.beside[0].value == pytest.approx(0, abs=1e-9)
    assert "air_blowing.same_work" not in ids(change)


@pytest.mark.parametrize(
    ("way", "flow"),
    [
        (TUBES, 1.5 * CUBIC_FOOT * (-2.2e-5 * (7 / PSI) ** 2 + 0.345931 * 7 / PSI + 5.780952)),
        (OPEN, 0.61 * 0.0741 * 9),
        (BAGGED, 1.5 * 0.035343 * 12),
        (blow(2, 30), 0.6),
    ],
)
def test_each_way_to_blow_finds_its_flow(way: dict[str, str], flow: float) -> None:
    change = run(blowing.BLOWING, way, blow(0))
    assert saved(change) == pytest.approx(18000 * flow, rel=0.008)
    assert change.beside[0].name == "air_saved"
    assert change.beside[0].value == pytest.approx(flow * 60 * 6000, rel=0.008)
    assert "air_blowing.same_work" in ids(change)
    assert 1 - change.remaining.value <= most(blowing.BLOWING, way, blow(0)) + 1e-12


@given(flow=st.floats(0.1, 5), before=st.floats(1, 100), after=st.floats(0, 1))
def test_blowing_shorter_saves_in_proportion(flow: float, before: float, after: float) -> None:
    change = run(blowing.BLOWING, blow(flow, before), blow(flow, before * after))
    assert saved(change) == pytest.approx(18000 * flow * before / 100 * (1 - after), rel=1e-9, abs=1e-6)


def test_what_a_way_to_blow_needs_is_named() -> None:
    with pytest.raises(InputError, match="missing nozzle"):
        run(blowing.BLOWING, {key: v for key, v in TUBES.items() if key != "nozzle"}, blow(0))
    with pytest.raises(InputError, match="not used nozzle"):
        run(blowing.BLOWING, blow(1) | {"nozzle": "air_knife"}, blow(0))


# --- dryers

HEATLESS = {
    "dryer_type": "heatless",
    "dryer_rated_flow": "10 m3/min",
    "purge_share": "15 %",
    "purge_time_share": "100 %",
    "pressure_dew_point": "-40 degC",
}
HEATED = HEATLESS | {
    "dryer_type": "heated_purge",
    "purge_share": "7 %",
    "heater_power": "8 kW",
    "heating_time_share": "75 %",
}
BLOWER = HEATED | {
    "dryer_type": "blower_purge",
    "purge_share": "2 %",
    "blower_power": "2 kW",
    "blower_time_share": "50 %",
}
COMPRESSION = HEATLESS | {"dryer_type": "heat_of_compression", "purge_share": "2 %"}
REFRIGERATED = {
    "dryer_type": "refrigerated",
    "refrigeration_power": "2.4 kW",
    "refrigeration_time_share": "50 %",
    "pressure_dew_point": "3 degC",
}
NONE = {"dryer_type": "none", "pressure_dew_point": "35 degC"}
DRYERS = (HEATLESS, HEATED, BLOWER, COMPRESSION, REFRIGERATED, NONE)
WET = {"required_dew_point": "40 degC", "dried_flow": "7 m3/min"}


@pytest.mark.parametrize(
    ("kind", "purge", "power"),
    [
        (HEATLESS, 1.5, 0),
        (HEATED, 0.7, 6),
        (BLOWER, 0.2, 7),
        (COMPRESSION, 0.2, 0),
        (REFRIGERATED, 0, 1.2),
        (NONE, 0, 0),
    ],
)
def test_a_dryer_takes_purge_and_electricity(kind: dict[str, str], purge: float, power: float) -> None:
    """3 kW/(m3/min) given back for the purge, and the dryer's own mean power, for 6,000 h."""
    change = run(dryer.DRYER, kind, NONE, **WET)
    assert saved(change) == pytest.approx(6000 * (3 * purge + power), rel=1e-9, abs=1e-6)
    assert change.energy_before_model is not None
    assert change.energy_before_model.value_in("kWh") == pytest.approx(6000 * (45 + power), rel=1e-12)
    ceiling = most(dryer.DRYER, kind, NONE, **WET)
    assert ceiling == pytest.approx((6 * purge + power) / (45 + power), rel=1e-9, abs=1e-12)
    assert 1 - change.remaining.value <= ceiling + 1e-12


@pytest.mark.parametrize("kind", DRYERS)
def test_the_same_dryer_saves_nothing(kind: dict[str, str]) -> None:
    assert run(dryer.DRYER, kind, kind, **WET).remaining.value == pytest.approx(1, abs=1e-12)


@given(time=st.floats(0, 100), less=st.floats(0, 1))
def test_dew_point_control_never_saves_less_with_less_purge(time: float, less: float) -> None:
    some, fewer = (
        run(dryer.DRYER, HEATLESS, HEATLESS | {"purge_time_share": f"{t!r} %"}, **WET).remaining.value
        for t in (time, time * less)
    )
    assert fewer <= some <= 1


def test_where_the_control_gives_little_back_a_heater_costs_more_than_its_purge_saves() -> None:
    """The turning point: 0.8 m3/min less purge against 6 kW of heat: even at 7.5 kW/(m3/min) given back."""
    assert run(dryer.DRYER, HEATLESS, HEATED, **WET).remaining.value > 1
    dear = {"full_load_power": "80 kW", "control_adjustment": "100 %"}
    assert run(dryer.DRYER, HEATLESS, HEATED, **(WET | dear)).remaining.value < 1
    even = {"full_load_power": "75 kW", "control_adjustment": "100 %"}
    assert run(dryer.DRYER, HEATLESS, HEATED, **(WET | even)).remaining.value == pytest.approx(1, abs=1e-12)
    assert "air_dryer.uses_more" in ids(run(dryer.DRYER, HEATLESS, HEATED, **WET))


def test_wetter_air_than_needed_is_refused() -> None:
    needs = WET | {"required_dew_point": "3 degC"}
    run(dryer.DRYER, HEATLESS, REFRIGERATED, **needs)
    with pytest.raises(OutOfRange, match="wetter than its users need"):
        run(dryer.DRYER, HEATLESS, REFRIGERATED, **(WET | {"required_dew_point": "2 degC"}))


def test_a_refrigerated_dryer_does_not_go_below_freezing() -> None:
    run(dryer.DRYER, HEATLESS, REFRIGERATED | {"pressure_dew_point": "0 degC"}, **WET)
    with pytest.raises(OutOfRange, match="below the freezing point"):
        run(dryer.DRYER, HEATLESS, REFRIGERATED | {"pressure_dew_point": "-1 degC"}, **WET)


@pytest.mark.parametrize(("flow", "doubted"), [("11 m3/min", False), ("13 m3/min", True)])
def test_too_little_purge_is_doubted(flow: str, doubted: bool) -> None:
    """Plant Services: at 7 bar(g) at least 1.013 / 8.013 = 12.6 % of the air dried; 1.5 m3/min serve 11.9."""
    change = run(dryer.DRYER, HEATLESS, HEATLESS, **(WET | {"dried_flow": flow}))
    assert ("air_dryer.purge_below_least" in ids(change)) is doubted


def test_what_a_dryer_needs_is_named() -> None:
    with pytest.raises(InputError, match="missing heater_power, heating_time_share"):
        run(dryer.DRYER, HEATLESS | {"dryer_type": "heated_purge"}, NONE, **WET)
    with pytest.raises(InputError, match="not used purge_share"):
        run(dryer.DRYER, NONE | {"purge_share": "15 %"}, NONE, **WET)


def test_a_logged_power_without_uncertainty_gets_the_loggers_and_says_so() -> None:
    """3 % of reading, a convention of this project, reaches the saving; a stated ± takes its place."""
    logged = quantity(45, "kW", name="average_power", basis="measured")
    stated = quantity(45, "kW", name="average_power", basis="measured", uncertainty=rectangular(1))
    for power, noted in ((logged, True), (stated, False)):
        change = leaks.LEAKS.change(side(measured(1)), side(measured(0)), side(COMPRESSOR) | {"average_power": power})
        assert ("air_leaks.default_uncertainty" in ids(change)) is noted
        assert change.remaining.value == pytest.approx(1 - 18000 / 270000, rel=1e-12)


def test_without_a_dryer_no_dew_point_lies_below_freezing() -> None:
    dry = WET | {"required_dew_point": "0 degC"}
    run(dryer.DRYER, HEATLESS, NONE | {"pressure_dew_point": "0 degC"}, **dry)
    with pytest.raises(OutOfRange, match="without a dryer the air leaves the cooler saturated"):
        run(dryer.DRYER, HEATLESS, NONE | {"pressure_dew_point": "-0.1 degC"}, **dry)
    run(dryer.DRYER, HEATLESS, HEATLESS, **dry)


def test_a_test_that_takes_no_time_is_refused() -> None:
    never = TIMED | {"loaded_time": "0 s"}
    assert run(leaks.LEAKS, TIMED, never).remaining.value < 1
    with pytest.raises(OutOfRange, match="a test takes time"):
        run(leaks.LEAKS, never | {"unloaded_or_stopped_time": "0 s"}, never)


@pytest.mark.parametrize(("point", "other"), [("table_pressure_b", "6 bar(g)"), ("table_decibel_b", "20 dB")])
def test_points_of_the_detector_that_coincide_are_refused(point: str, other: str) -> None:
    with pytest.raises(OutOfRange, match="the two points of the detector's table coincide"):
        run(leaks.LEAKS, DECIBEL | {point: other}, measured(0))


def test_the_points_of_the_detector_may_stand_in_either_order() -> None:
    turned = {
        f"{what}_{end}": DECIBEL[f"{what}_{'b' if end == 'a' else 'a'}"]
        for what in ("table_pressure", "table_decibel")
        for end in "ab"
    }
    flows = [f"flow_at_{d}_and_pressure_{p}" for d in "ab" for p in "ab"]
    mirrored = dict(zip(flows, (DECIBEL[key] for key in reversed(flows)), strict=True))
    plain = run(leaks.LEAKS, DECIBEL, measured(0)).remaining.value
    assert run(leaks.LEAKS, DECIBEL | turned | mirrored, measured(0)).remaining.value == pytest.approx(plain, rel=1e-12)


def test_logged_powers_of_compressor_and_dryer_have_their_error() -> None:
    """3 % of each; the same reading before and after, so the same dryer saves nothing."""
    logged = {key: read_quantity(COMPRESSOR[key], name=key, basis="measured") for key in ("full_load_power",)}
    common = side(COMPRESSOR | WET) | logged
    machine = side(REFRIGERATED) | {"refrigeration_power": quantity(2, "kW", name="refrigeration_power",
                                                                    basis="measured")}  # fmt: skip
    change = dryer.DRYER.change(machine, machine, common)
    assert change.remaining.value == 1
    shown = str([f.evidence for f in change.findings if f.id.endswith("default_uncertainty")])
    assert "± 1.8 kW (default)" in shown and "± 0.06 kW (default)" in shown


def test_no_use_takes_more_air_than_the_power_can_compress() -> None:
    """45 kW from 1.013 to 8.013 bar(a): 101.3 kPa x ln(7.910) / 60 is 3.492 kW per m3/min, so at most 12.89 m3/min."""
    little = {"control_adjustment": "10 %"}
    run(leaks.LEAKS, measured(12.8), measured(0), **little)
    with pytest.raises(OutOfRange, match="even without any loss"):
        run(leaks.LEAKS, measured(13.0), measured(0), **little)
    with pytest.raises(OutOfRange, match="even without any loss"):
        run(leaks.LEAKS, measured(1), measured(13.0), **little)


def test_a_dryer_cannot_blow_away_more_than_passes() -> None:
    """15 % of 10 m3/min are 1.5 m3/min."""
    rated = HEATLESS | {"dryer_rated_flow": "10 m3/min", "purge_share": "15 %", "purge_time_share": "100 %"}
    run(dryer.DRYER, rated, rated, **(WET | {"dried_flow": "1.5 m3/min"}))
    with pytest.raises(OutOfRange, match=r"purge_share.*limit: 1.49 m³/min \(dried_flow\)"):
        run(dryer.DRYER, rated, rated, **(WET | {"dried_flow": "1.49 m3/min"}))


@pytest.mark.parametrize(("correction", "doubted"), [("1.31", False), ("1.32", True)])
def test_a_correction_larger_than_choked_leaks_have_is_doubted(correction: str, doubted: bool) -> None:
    """8.013 to 4.513 bar(a): r = 1.7755, r ln r / (r - 1) = 1.3146."""
    found = ids(run(leaks.LEAKS, BLEED | {"bleed_correction": correction}, measured(0)))
    assert ("air_leaks.bleed_correction" in found) is doubted
