"""Ceilings against the values printed in the project's verification notes (section B.7 and B.2), and as properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import Facts
from energycalc.checks.physics.judge import physics_findings
from energycalc.checks.range import Range

SEA_LEVEL = 1.01325
AMBIENT = 25.0  # °C


# ---------------------------------------------------------------- printed values


@pytest.mark.parametrize(("rated", "cap"), [(0.75, 0.886), (7.5, 0.941), (75.0, 0.968), (200.0, 0.974)])
def test_cap_of_four_pole_motors_at_50_hz(rated: float, cap: float) -> None:
    """Printed without the 0.3 points for rounding."""
    assert laws.highest_motor_efficiency(rated, "4", 50.0) - 0.003 == pytest.approx(cap, abs=0.0006)


@pytest.mark.parametrize(("classes", "rated", "saving"), [(("IE1", "IE4"), 7.5, 0.071), (("IE3", "IE5"), 75.0, 0.019)])
def test_swap_of_two_classes(classes: tuple[str, str], rated: float, saving: float) -> None:
    old, new = (laws.class_efficiency(c, "4", rated, 50.0) for c in classes)
    assert old is not None
    assert new is not None
    assert 1 - old / new == pytest.approx(saving, abs=0.0006)


def test_methane_holds_eleven_per_cent_more_on_the_higher_heating_value() -> None:
    assert laws.higher_over_lower("methane") == pytest.approx(1.1097, abs=0.0002)


@pytest.mark.parametrize(
    ("flue", "saving"), [(150.0, 0.019), (200.0, 0.027), (300.0, 0.045), (600.0, 0.116), (1000.0, 0.29)]
)
def test_oxygen_from_eight_to_three_per_cent(flue: float, saving: float) -> None:
    now, then = (laws.heat_that_stays("methane", o, flue, AMBIENT, AMBIENT) for o in (0.08, 0.03))
    assert 1 - now / then == pytest.approx(saving, abs=0.0035 if flue == 1000 else 0.0006)


@pytest.mark.parametrize(
    ("flue", "most", "good"), [(600, 0.249, 0.229), (800, 0.349, 0.324), (1000, 0.456, 0.428), (1200, 0.570, 0.542)]
)
def test_air_preheat_at_three_per_cent_oxygen(flue: float, most: float, good: float) -> None:
    def saving(air: float) -> float:
        now, then = (laws.heat_that_stays("methane", 0.03, flue, a, AMBIENT) for a in (AMBIENT, air))
        return 1 - now / then

    assert saving(flue) == pytest.approx(most, abs=0.0011)
    assert saving(AMBIENT + 0.9 * (flue - AMBIENT)) == pytest.approx(good, abs=0.0011)


@pytest.mark.parametrize(
    ("metal", "tapping", "energy"), [("aluminium", 700.0, 308), ("aluminium", 750.0, 325), ("copper", None, 190)]
)
def test_heat_of_a_melt(metal: str, tapping: float | None, energy: float) -> None:
    """Printed with ±3 %."""
    assert laws.heat_of_metal(metal, tapping, 25.0) == pytest.approx(energy, rel=0.03)


@pytest.mark.parametrize(("gauge", "power"), [(5, 3.01), (6, 3.27), (7, 3.49), (8, 3.69), (10, 4.03), (13, 4.44)])
def test_isothermal_power(gauge: float, power: float) -> None:
    assert laws.isothermal_power(gauge, SEA_LEVEL) == pytest.approx(power, abs=0.006)


def test_isentropic_power_and_its_slope() -> None:
    assert laws.isentropic_power(7.0, SEA_LEVEL) == pytest.approx(4.76, abs=0.005)
    assert laws.isentropic_power(7.0, SEA_LEVEL) / 0.9 == pytest.approx(5.29, abs=0.005)
    assert laws.pressure_saving(7.0, 6.0, SEA_LEVEL) == pytest.approx(0.084, abs=0.0005)
    assert laws.unregulated_saving(1.0, 7.0, 6.0, SEA_LEVEL) == pytest.approx(0.125, abs=0.0005)


def test_choked_flow_goes_with_the_square_of_the_diameter() -> None:
    assert laws.largest_leak(1.0, 7.0, SEA_LEVEL, 20.0) == pytest.approx(0.074, abs=0.0005)
    assert laws.largest_leak(4.0, 7.0, SEA_LEVEL, 20.0) == pytest.approx(16 * 0.074, rel=0.005)


def test_reversible_chiller() -> None:
    assert laws.carnot_cooling(7.0, 32.0) == pytest.approx(11.2, abs=0.05)
    assert 0.7 * laws.carnot_cooling(7.0, 32.0) == pytest.approx(7.8, abs=0.05)


@pytest.mark.parametrize(("static", "power"), [(0.0, 0.512), (0.2, 0.570), (0.3, 0.598), (0.5, 0.656), (0.7, 0.714)])
def test_power_of_a_system_with_static_head(static: float, power: float) -> None:
    assert laws.system_power(0.8, static) == pytest.approx(power, abs=0.0006)


# ---------------------------------------------------------------- properties


def of(families: str, words: dict[str, str] | None = None, **values: float) -> Facts:
    """Facts without any play."""
    return Facts("claim", frozenset(families.split()), {k: Range.exact(v) for k, v in values.items()}, words or {})


def serious(facts: Facts, id: str) -> list[str]:
    """Severities of the findings of one check that are more than a note."""
    return [f.severity for f in physics_findings(facts) if f.id == id and f.severity != "note"]


SHARE = st.floats(0.05, 0.95)


@given(SHARE, st.floats(0.0, 1.0))
def test_no_saving_below_the_cube_law_is_doubted_where_no_static_head_is_stated(ratio: float, part: float) -> None:
    assert serious(of("fan", speed_ratio=ratio, saving_rate=part * (1 - ratio**3) * (1 - 1e-9)), "TL06") == []


@given(SHARE, st.floats(1e-4, 0.5))
def test_every_saving_above_the_cube_law_is_an_error(ratio: float, over: float) -> None:
    assert serious(of("fan", speed_ratio=ratio, saving_rate=1 - ratio**3 + over), "TL06") == ["error"]


@given(st.floats(0.5, 0.94), st.floats(0.001, 0.03))
def test_a_swap_that_saves_what_its_efficiencies_say_is_never_doubted(old: float, better: float) -> None:
    new = old + better
    facts = of("motor", motor_efficiency_before=old, motor_efficiency_after=new, saving_rate=1 - old / new)
    assert serious(facts, "TP02") == []


@given(st.floats(-10, 20), st.floats(5, 60), st.floats(0.05, 0.64))
def test_a_machine_well_below_carnot_is_never_doubted(cold: float, lift: float, share: float) -> None:
    chiller = of("chiller", chilled_water_temperature=cold, cooling_temperature=cold + lift,
                 cop=share * (cold + 273.15) / lift)  # fmt: skip
    pump = of("heat_pump", heat_source_temperature=cold, heat_sink_temperature=cold + lift,
              cop=share * (cold + lift + 273.15) / lift)  # fmt: skip
    assert serious(chiller, "TP11") == []
    assert serious(pump, "TP12") == []


@given(st.floats(-10, 20), st.floats(5, 60), st.floats(1.001, 5))
def test_a_machine_better_than_carnot_is_an_error(cold: float, lift: float, share: float) -> None:
    chiller = of("chiller", chilled_water_temperature=cold, cooling_temperature=cold + lift,
                 cop=share * (cold + 273.15) / lift)  # fmt: skip
    assert serious(chiller, "TP11") == ["error"]


@given(st.floats(3.0, 12.0), st.floats(0.1, 0.99))
def test_a_lower_pressure_may_always_save_its_compression_work(before: float, part: float) -> None:
    after = before * (1 - 0.3 * part)
    saved = laws.pressure_saving(before, after, SEA_LEVEL) * part
    facts = of(
        "pressure_reduction", discharge_pressure_before=before, discharge_pressure_after=after, saving_rate=saved
    )
    assert serious(facts, "TP08") == []


def test_rounding_is_on_the_side_of_the_claim() -> None:
    """83 % printed may be 82.5 %, and 55 % of the speed may be 54.5 %: within the cube law."""
    facts = Facts("claim", frozenset({"fan"}), {"speed_ratio": Range(0.545, 0.55, 0.555),
                                                "saving_rate": Range(0.835, 0.84, 0.845)})  # fmt: skip
    assert [f.severity for f in physics_findings(facts)] == ["note"]


def test_a_throttled_or_axial_machine_is_only_doubted() -> None:
    """Flow may fall behind a valve that is opened, and an axial fan takes more power when throttled."""
    assert serious(of("pump", flow_ratio=0.8, saving_rate=0.6), "TL06") == ["warning"]
    assert serious(of("fan axial", speed_ratio=0.8, saving_rate=0.6), "TL06") == ["warning"]


def test_two_stages_may_beat_a_single_isentropic_stage_but_not_the_isothermal_one() -> None:
    assert serious(of("compressor", specific_power=4.5, discharge_pressure=7.0), "TP07") == ["error"]
    assert serious(of("compressor several_stages", specific_power=4.5, discharge_pressure=7.0), "TP07") == ["warning"]
    assert serious(of("compressor several_stages", specific_power=3.4, discharge_pressure=7.0), "TP07") == ["error"]


def test_an_arc_furnace_below_its_enthalpy_is_only_asked() -> None:
    assert serious(of("arc_furnace", {"metal": "steel"}, melting_energy=300.0), "TP06") == ["warning"]
    assert serious(of("melting", {"metal": "steel"}, melting_energy=300.0), "TP06") == ["error"]


def test_a_metal_that_is_not_on_file_is_not_taken_for_its_base_metal() -> None:
    assert serious(of("melting", {"metal": "鑄鐵"}, melting_energy=250.0), "TP06") == []
    assert serious(of("melting", {"metal": "黃銅"}, melting_energy=100.0), "TP06") == []


def test_a_class_without_a_table_is_said() -> None:
    facts = of("motor", {"ie_class_before": "IE1", "ie_class_after": "IE4"}, rated_power=75.0, saving_rate=0.3)
    assert [(f.id, f.severity) for f in physics_findings(facts)] == [("TP02", "note")]


def test_numbers_that_cannot_belong_to_one_burner_are_said_and_not_computed() -> None:
    facts = of("burner", oxygen_before=0.208, oxygen_after=0.03, flue_gas_temperature=1200.0, saving_rate=0.9)
    assert [(f.id, f.severity) for f in physics_findings(facts)] == [("TP04", "warning")]


def test_oxygen_that_does_not_change_is_no_trim() -> None:
    facts = of("burner", oxygen=0.05, flue_gas_temperature=300.0, saving_rate=0.3)
    assert physics_findings(facts) == []


def test_very_small_motors_have_no_class_limit() -> None:
    assert serious(of("motor", motor_efficiency=0.97, rated_power=0.09), "TP01") == []
    assert serious(of("motor", motor_efficiency=0.97, rated_power=0.2), "TP01") == ["error"]


def test_beyond_the_best_motor_a_stated_ie5_asks_for_proof() -> None:
    above = {"motor_efficiency": 0.975, "rated_power": 75.0}
    assert serious(of("motor", **above), "TP01") == ["error"]
    assert serious(of("motor", {"ie_class": "IE5"}, **above), "TP01") == ["warning"]
    assert serious(of("motor", {"ie_class": "IE5"}, motor_efficiency=1.0, rated_power=75.0), "TP01") == ["error"]


def test_an_unknown_number_of_machines_makes_a_doubt_and_no_error() -> None:
    load = {"power": 230.0, "rated_power": 75.0, "motor_efficiency": 0.93}
    assert serious(of("motor", **load), "TL03") == ["warning"]
    assert serious(of("motor", **load, unit_count=1.0), "TL03") == ["error"]
    assert serious(of("motor", **load, unit_count=3.0), "TL03") == []


def test_a_new_compressor_at_a_lower_pressure_is_only_asked() -> None:
    """It may also be the better machine."""
    values = {"discharge_pressure_before": 7.0, "discharge_pressure_after": 6.0, "saving_rate": 0.3}
    assert serious(of("compressor pressure_reduction", **values), "TP08") == ["error"]
    assert serious(of("compressor pressure_reduction replacement", **values), "TP08") == ["warning"]
    assert serious(of("compressor replacement", **values), "TP08") == []


def test_heat_above_a_power_that_may_be_of_the_heater_is_only_asked() -> None:
    assert serious(of("compressor_heat", recovered_heat=130.0, full_load_power=100.0), "TP10") == ["error"]
    assert serious(of("compressor_heat", recovered_heat=130.0, power_before=100.0), "TP10") == ["warning"]


def test_a_new_fan_with_a_drive_may_save_more_than_the_cube() -> None:
    assert serious(of("fan speed_control", speed_ratio=0.8, saving_rate=0.6), "TL06") == ["error"]
    assert serious(of("fan speed_control replacement", speed_ratio=0.8, saving_rate=0.6), "TL06") == ["warning"]


def test_a_permanent_magnet_motor_is_beyond_the_tables() -> None:
    values = {"motor_efficiency": 0.975, "rated_power": 75.0}
    assert serious(of("motor permanent_magnet", **values), "TP01") == ["warning"]
