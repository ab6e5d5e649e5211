"""Heat recovery and boilers: balances by hand, properties over the range, turning points, refusals both ways."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import InputError, OutOfRange
from energycalc.physics.steam import water_steam
from energycalc.quantity import quantity
from energycalc.quantity.trace import leaves, steps
from tests.equipment.given import change, ids, limit, saving

QUICK = settings(max_examples=25)
SHARE = st.floats(0.01, 1)
NONE = {"effectiveness": "0 %"}
EXHAUST: dict[str, Any] = {
    "fuel": "methane", "flue_gas_oxygen_dry": "7 %", "flue_gas_temperature": "400 °C", "ambient_temperature": "25 °C",
    "use_inlet_temperature": "25 °C", "use_temperature": "120 °C", "heater_efficiency": "85 %",
    "coincident_use": [{"fuel_power": "900 kWh[LHV]/h", "heat_use": "120 kW", "hours": "2,000 h"},
                       {"fuel_power": "900 kWh[LHV]/h", "heat_use": "30 kW", "hours": "1,000 h"},
                       {"fuel_power": "0 kWh[LHV]/h", "heat_use": "120 kW", "hours": "3,000 h"}],
}  # fmt: skip
QUENCH: dict[str, Any] = {
    "volume_flow": "12 m3/h", "fluid_density": "870 kg/m3", "fluid_specific_heat": "2.1 kJ/(kg*K)",
    "bath_temperature": "65 °C", "use_inlet_temperature": "20 °C", "use_temperature": "45 °C",
    "heater_efficiency": "85 %",
    "coincident_use": [{"source_heat": "100 kW", "heat_use": "60 kW", "hours": "2,000 h"},
                       {"source_heat": "20 kW", "heat_use": "60 kW", "hours": "1,000 h"},
                       {"source_heat": "100 kW", "heat_use": "0 kW", "hours": "3,000 h"}],
}  # fmt: skip
BOILER: dict[str, Any] = {
    "fuel": "methane", "flue_gas_oxygen_dry": "4 %", "flue_gas_temperature": "240 °C", "ambient_temperature": "25 °C",
    "combustion_air_temperature": "25 °C", "feedwater_temperature": "90 °C", "steam_pressure": "7 bar(g)",
    "blowdown_rate": "5 %", "shell_loss": "1.5 %",
    "burner_rating": "3,000 kWh[LHV]/h", "load_factor": "60 %", "operating_hours": "6,000 h",
}  # fmt: skip
STACK: dict[str, Any] = {
    "fuel": "methane", "flue_gas_oxygen_dry": "4 %", "ambient_temperature": "25 °C", "water_inlet_temperature": "20 °C",
    "cooling_water_flow": "20 m3/h", "fuel_power": "3,000 kWh[LHV]/h", "operating_hours": "6,000 h",
}  # fmt: skip
BLOWDOWN: dict[str, Any] = {
    "boiler_water_limit": "6,000 uS/cm", "steam_flow": "5,000 kg/h", "steam_pressure": "7 bar(g)",
    "feedwater_temperature": "90 °C", "makeup_temperature": "25 °C", "boiler_efficiency": "90 %",
    "operating_hours": "6,000 h",
}  # fmt: skip


def eff(share: float) -> dict[str, str]:
    return {"effectiveness": f"{100 * share:.6f} %"}


# --- exhaust to air and water


def test_only_heat_that_is_used_at_the_same_time_counts() -> None:
    """Level 1: the exchanger's heat or the use; level 2: the use of 30 kW; level 3: the furnace stands."""
    found = change("exhaust_heat_to_air", NONE, eff(0.7), EXHAUST)
    whole = (120 * 2000 + 30 * 1000 + 120 * 3000) / 0.85
    assert found.energy_before_model is not None and found.energy_after_model is not None
    assert found.energy_before_model.value_in("kWh[LHV]") == pytest.approx(whole, rel=1e-9)
    named = [q for q in steps([found.remaining]) if q.name == "recovered_heat" and "level" in q.subject]
    passed = {q.subject: float(q.value) for q in named}
    assert min(passed.values()) == 0 and 30 in passed.values()
    first = max(passed.values())
    assert 0 < first <= 120
    saved = found.energy_before_model.value_in("kWh[LHV]") - found.energy_after_model.value_in("kWh[LHV]")
    assert saved == pytest.approx((first * 2000 + 30 * 1000) / 0.85, rel=1e-9)


def test_the_exchanger_passes_what_its_effectiveness_says() -> None:
    """The use takes 10 kW/K, far more than the exhaust: all of the difference of 375 K counts by 50 %."""
    level = [{"fuel_power": "900 kWh[LHV]/h", "heat_use": "950 kW", "hours": "1,000 h"}]
    one, two = (saving("exhaust_heat_to_air", NONE, eff(e), EXHAUST | {"coincident_use": level}) for e in (0.3, 0.6))
    assert two == pytest.approx(2 * one, rel=1e-9)
    assert one * 950 == pytest.approx(0.3 * 375 * 0.5, rel=0.15)  # some 0.5 Wh/K per kWh of fuel


@QUICK
@given(SHARE, SHARE)
def test_more_effectiveness_never_saves_less_and_never_more_than_the_ceiling(one: float, other: float) -> None:
    low, high = sorted((0.75 * one, 0.75 * other))
    few, many = (saving("exhaust_heat_to_air", NONE, eff(e), EXHAUST) for e in (low, high))
    assert 0 <= few <= many + 1e-12 <= limit("exhaust_heat_to_air", NONE, eff(high), EXHAUST) + 1e-9


def test_the_same_exchanger_saves_nothing() -> None:
    for key, common in (("exhaust_heat_to_air", EXHAUST), ("quench_heat_recovery", QUENCH), ("economizer", BOILER)):
        assert change(key, eff(0.5), eff(0.5), common).remaining.value == pytest.approx(1, abs=1e-12)
        assert change(key, NONE, NONE, common).remaining.value == pytest.approx(1, abs=1e-12)


def test_a_fan_is_booked_beside_and_only_while_heat_is_won() -> None:
    found = change("exhaust_heat_to_air", NONE, eff(0.6) | {"auxiliary_power": "2 kW"}, EXHAUST)
    assert found.energy_before_model is not None
    before = found.energy_before_model.value_in("kWh[LHV]")
    assert found.added["electricity"].value_in("kWh/kWh[LHV]") == pytest.approx(2 * 3000 / before, rel=1e-9)
    assert "electricity" not in change("exhaust_heat_to_air", NONE, eff(0.6), EXHAUST).added


def test_the_ceiling_of_an_exchanger_that_covers_the_use_is_the_time_that_matches() -> None:
    found = limit("exhaust_heat_to_air", NONE, eff(0.5), EXHAUST)
    assert found == pytest.approx((120 * 2000 + 30 * 1000) / (120 * 5000 + 30 * 1000), rel=1e-9)


@pytest.mark.parametrize(("use", "fine"), [("399 °C", True), ("400 °C", False), ("500 °C", False), ("20 °C", False)])
def test_the_source_must_be_hotter_than_the_use_needs(use: str, fine: bool) -> None:
    common = EXHAUST | {"use_temperature": use}
    if fine:
        assert saving("exhaust_heat_to_air", NONE, eff(0.3), common) > 0
        return
    with pytest.raises(OutOfRange, match=r"no hotter than the use needs|use is not heated"):
        change("exhaust_heat_to_air", NONE, eff(0.3), common)


def test_exhaust_below_its_dew_point_is_refused() -> None:
    level = [{"fuel_power": "300 kWh[LHV]/h", "heat_use": "950 kW", "hours": "1,000 h"}]
    common = EXHAUST | {"coincident_use": level}
    assert saving("exhaust_heat_to_air", NONE, eff(0.9), common) > 0
    with pytest.raises(OutOfRange, match="dew point"):
        change("exhaust_heat_to_air", NONE, eff(0.95), common)


def test_water_must_not_boil() -> None:
    wet = EXHAUST | {"use_pressure": "3 bar(g)"}
    assert saving("exhaust_heat_to_water", NONE, eff(0.5), wet) == pytest.approx(
        saving("exhaust_heat_to_air", NONE, eff(0.5), EXHAUST)
    )
    assert limit("exhaust_heat_to_water", NONE, eff(0.5), wet) == pytest.approx(
        limit("exhaust_heat_to_air", NONE, eff(0.5), EXHAUST)
    )
    with pytest.raises(OutOfRange, match="boil"):
        change("exhaust_heat_to_water", NONE, eff(0.5), wet | {"use_pressure": "0.5 bar(g)"})


def test_si_and_us_inputs_agree() -> None:
    us = EXHAUST | {
        "coincident_use": [
            level | {"heat_use": f"{float(level['heat_use'].split()[0]) * 3412.141633} Btu/h"}
            for level in EXHAUST["coincident_use"]
        ]
    }
    ours = saving("exhaust_heat_to_air", NONE, eff(0.6), EXHAUST)
    assert saving("exhaust_heat_to_air", NONE, eff(0.6), us) == pytest.approx(ours, rel=1e-7)


def test_doubts_about_the_heater_and_about_heat_without_use() -> None:
    assert "exhaust_heat.efficiency_near_limit" in ids(
        change("exhaust_heat_to_air", NONE, eff(0.3), EXHAUST | {"heater_efficiency": "97 %"})
    )
    with pytest.raises(OutOfRange, match="more heat than the fuel holds"):
        change("exhaust_heat_to_air", NONE, eff(0.3), EXHAUST | {"heater_efficiency": "101 %"})
    condensing = EXHAUST | {"heater_efficiency": "101 %", "condensing": "yes"}
    assert saving("exhaust_heat_to_air", NONE, eff(0.3), condensing) > 0
    idle = [{"fuel_power": "900 kWh[LHV]/h", "heat_use": "5 kW", "hours": "1,000 h"}]
    assert "exhaust_heat.heat_without_use" in ids(
        change("exhaust_heat_to_air", NONE, eff(0.6), EXHAUST | {"coincident_use": idle})
    )
    full = [{"fuel_power": "900 kWh[LHV]/h", "heat_use": "950 kW", "hours": "1,000 h"}]
    assert "exhaust_heat.heat_without_use" not in ids(
        change("exhaust_heat_to_air", NONE, eff(0.6), EXHAUST | {"coincident_use": full})
    )


# --- quench heat


def test_no_more_than_the_charge_brings_the_exchanger_passes_and_the_use_takes() -> None:
    """12 m3/h of oil: 6.09 kW/K; the use 2.4 kW/K; 50 % of 45 K: 54 kW, then 20 kW of the charge, then no use."""
    found = change("quench_heat_recovery", NONE, eff(0.5), QUENCH)
    won = 0.5 * 2.4 * 45 * 2000 + 20 * 1000
    assert found.remaining.value == pytest.approx(1 - won / (60 * 3000), rel=1e-9)
    assert saving("quench_heat_recovery", NONE, eff(1), QUENCH) == pytest.approx((60 * 2000 + 20 * 1000) / 180000)
    assert limit("quench_heat_recovery", NONE, eff(0.2), QUENCH) == pytest.approx(140 / 180)


def test_the_bath_must_not_get_too_cold() -> None:
    oil = QUENCH | {"volume_flow": "1 m3/h", "lowest_bath_temperature": "50 °C"}
    assert saving("quench_heat_recovery", NONE, eff(0.3), oil) > 0
    with pytest.raises(OutOfRange, match="below the temperature that the process allows"):
        change("quench_heat_recovery", NONE, eff(0.6), oil)


def test_cooling_that_is_no_longer_needed_is_saved_too() -> None:
    cooled = QUENCH | {"cooling_electricity_share": "0.05 kW/kW"}
    won = 0.5 * 2.4 * 45 * 2000 + 20 * 1000
    gas = change("quench_heat_recovery", NONE, eff(0.5), cooled)
    before = 60 * 3000 / 0.85
    assert gas.added["electricity"].value_in("kWh/kWh[LHV]") == pytest.approx(-0.05 * won / before, rel=1e-9)
    electric = saving("quench_heat_recovery_electric", NONE, eff(0.5), cooled)
    both = before + 0.05 * (100 * 2000 + 20 * 1000 + 100 * 3000)  # heater and present cooling
    assert electric == pytest.approx((won / 0.85 + 0.05 * won) / both, rel=1e-9)
    assert electric <= limit("quench_heat_recovery_electric", NONE, eff(0.5), cooled)


def test_a_large_pump_takes_more_than_it_saves() -> None:
    found = change("quench_heat_recovery_electric", NONE, eff(0.1) | {"auxiliary_power": "50 kW"}, QUENCH)
    assert found.remaining.value > 1
    assert "quench_heat.uses_more" in ids(found)


def test_an_electric_heater_gives_no_more_than_it_takes() -> None:
    with pytest.raises(OutOfRange, match="no more heat than it takes"):
        change("quench_heat_recovery_electric", NONE, eff(0.5), QUENCH | {"heater_efficiency": "101 %"})
    with pytest.raises(InputError, match="is not a parameter"):
        change("quench_heat_recovery_electric", NONE, eff(0.5), QUENCH | {"condensing": "no"})


# --- economizers


@QUICK
@given(SHARE, SHARE)
def test_a_better_economizer_never_saves_less(one: float, other: float) -> None:
    low, high = sorted((0.99 * one, 0.99 * other))
    few, many = (saving("economizer", NONE, eff(e), BOILER) for e in (low, high))
    assert 0 < few <= many + 1e-12 <= limit("economizer", NONE, eff(high), BOILER) + 1e-9


def test_fuel_goes_with_the_inverse_of_the_heat_that_is_kept() -> None:
    """Same fuel and stack as furnace_flue_gas: cooling to the outlet temperature is the same measure there."""
    found = change("economizer", NONE, eff(0.6), BOILER)
    outlet = 240 - 0.6 * 150  # the flue gas has the smaller heat capacity
    stack = {key: BOILER[key] for key in ("fuel", "ambient_temperature")}
    start = {key: BOILER[key] for key in ("flue_gas_oxygen_dry", "flue_gas_temperature", "combustion_air_temperature")}
    other = change("furnace_flue_gas", start, {"flue_gas_temperature": f"{outlet} °C"}, stack)
    assert found.remaining.value == pytest.approx(
        other.remaining.value, abs=3e-4
    )  # mean heat capacity over 240 to 90 °C
    assert found.energy_before_model is not None
    assert found.energy_before_model.value_in("kWh[LHV]") == pytest.approx(3000 * 0.6 * 6000)


def test_turning_points_of_a_dry_economizer() -> None:
    cold = BOILER | {"feedwater_temperature": "15 °C"}
    assert "economizer.cold_end" in ids(change("economizer", NONE, eff(0.7), cold))
    assert "economizer.cold_end" not in ids(change("economizer", NONE, eff(0.3), cold))
    with pytest.raises(OutOfRange, match=r"37\.5 °C.*at least 5\d\.\d °C, its dew point"):
        change("economizer", NONE, eff(0.9), cold)
    hot = BOILER | {"feedwater_temperature": "165 °C", "flue_gas_temperature": "400 °C"}
    assert saving("economizer", NONE, eff(0.05), hot) > 0
    with pytest.raises(OutOfRange, match="boil"):
        change("economizer", NONE, eff(0.9), hot)
    with pytest.raises(OutOfRange, match="no hotter than the feed water"):
        change("economizer", NONE, eff(0.5), BOILER | {"flue_gas_temperature": "80 °C"})


def test_superheated_steam_needs_less_feed_water() -> None:
    """With little feed water the water side is the smaller one, and the saving follows it."""
    wide = BOILER | {"flue_gas_oxygen_dry": "17 %", "flue_gas_temperature": "300 °C"}
    dry = saving("economizer", NONE, eff(0.2), wide)
    hot = saving("economizer", NONE, eff(0.2), wide | {"steam_temperature": "400 °C"})
    assert hot < dry


@QUICK
@given(st.floats(30, 145), st.floats(30, 145))
def test_a_colder_stack_never_saves_less(one: float, other: float) -> None:
    warm, cold = max(one, other), min(one, other)
    before = {"stack_temperature": "150 °C"}
    few, many = (
        saving("condensing_economizer", before, {"stack_temperature": f"{t:.6f} °C"}, STACK) for t in (warm, cold)
    )
    best = limit("condensing_economizer", before, {"stack_temperature": f"{cold} °C"}, STACK)
    assert 0 < few <= many + 1e-12 <= best + 1e-9


def test_below_the_dew_point_the_saving_rises_steeply() -> None:
    before = {"stack_temperature": "150 °C"}
    at = {t: saving("condensing_economizer", before, {"stack_temperature": f"{t} °C"}, STACK) for t in (70, 60, 50, 40)}
    assert at[40] - at[50] > 3 * (at[60] - at[70])
    found = change("condensing_economizer", before, {"stack_temperature": "70 °C"}, STACK)
    assert "condensing_economizer.does_not_condense" in ids(found)
    found = change("condensing_economizer", before, {"stack_temperature": "45 °C"}, STACK)
    assert "condensing_economizer.does_not_condense" not in ids(found)
    same = change("condensing_economizer", before, before, STACK)
    assert same.remaining.value == pytest.approx(1, abs=1e-12)


def test_the_water_must_be_colder_at_both_ends_and_at_the_dew_point() -> None:
    before, after = {"stack_temperature": "150 °C"}, {"stack_temperature": "45 °C"}
    assert saving("condensing_economizer", before, after, STACK) > 0
    with pytest.raises(OutOfRange, match="not colder than the flue gas"):
        change("condensing_economizer", before, after, STACK | {"water_inlet_temperature": "45 °C"})
    with pytest.raises(OutOfRange, match="hotter than the flue gas comes in"):
        change("condensing_economizer", before, after, STACK | {"cooling_water_flow": "1.5 m3/h"})
    with pytest.raises(OutOfRange, match="as hot as the dew point"):
        change("condensing_economizer", before, after, STACK | {"cooling_water_flow": "3 m3/h"})


# --- blow-down and efficiency

SALT = {"feedwater_conductivity": "400 uS/cm", "blowdown_conductivity": "4,000 uS/cm", "blowdown_heat_recovery": "0 %"}


def test_blow_down_by_hand() -> None:
    """10 to 5 % of the feed water; h from IAPWS-IF97 at 8.013 bar(a): the heat of the water not blown down."""
    after = SALT | {"feedwater_conductivity": "200 uS/cm"}
    found = change("boiler_blowdown", SALT, after, BLOWDOWN)
    pressure = quantity(0.801325, "MPa[a]")
    steam = water_steam.saturated_steam_enthalpy(pressure).value
    boiling = water_steam.boiling_water_enthalpy(pressure).value
    feed, fresh = (water_steam.saturated_water_enthalpy(quantity(t, "degC")).value for t in (90, 25))
    heat = [steam - feed + x / (1 - x) * (boiling - fresh) for x in (0.1, 0.05)]
    assert found.remaining.value == pytest.approx(heat[1] / heat[0], rel=1e-9)
    assert found.energy_before_model is not None
    assert found.energy_before_model.value_in("kWh[LHV]") == pytest.approx(5000 * 6000 * heat[0] / 3600 / 0.9, rel=1e-9)
    (water,) = found.beside
    blown = [5000 * 6000 * x / (1 - x) / 997.05 for x in (0.1, 0.05)]
    assert water.name == "blowdown_water_saved"
    assert water.value_in("m3") == pytest.approx(blown[0] - blown[1], rel=1e-4)
    assert limit("boiler_blowdown", SALT, after, BLOWDOWN) == pytest.approx(1 - (steam - feed) / heat[0], rel=1e-9)


@QUICK
@given(st.floats(10, 1500), st.floats(0, 1))
def test_less_salt_and_more_recovery_never_save_less_nor_more_than_the_blow_down(salt: float, won: float) -> None:
    after = SALT | {"feedwater_conductivity": f"{salt:.3f} uS/cm", "blowdown_heat_recovery": f"{100 * won:.4f} %"}
    better = after | {"feedwater_conductivity": f"{salt / 2:.3f} uS/cm"}
    one, two = (saving("boiler_blowdown", SALT, a, BLOWDOWN) for a in (after, better))
    assert one <= two + 1e-12 <= limit("boiler_blowdown", SALT, after, BLOWDOWN) + 1e-9


def test_boiler_water_above_its_limit_is_refused() -> None:
    assert change("boiler_blowdown", SALT, SALT, BLOWDOWN).remaining.value == pytest.approx(1, abs=1e-12)
    with pytest.raises(OutOfRange, match="foams"):
        change("boiler_blowdown", SALT, SALT | {"blowdown_conductivity": "6,001 uS/cm"}, BLOWDOWN)
    assert saving("boiler_blowdown", SALT, SALT | {"blowdown_conductivity": "5,999 uS/cm"}, BLOWDOWN) > 0


def test_superheated_steam_carries_more_so_the_blow_down_weighs_less() -> None:
    after = SALT | {"blowdown_heat_recovery": "80 %"}
    hot = BLOWDOWN | {"steam_temperature": "250 °C"}
    assert 0 < saving("boiler_blowdown", SALT, after, hot) < saving("boiler_blowdown", SALT, after, BLOWDOWN)


def test_boiler_efficiency_by_hand_and_its_limits() -> None:
    """80 to 95 %: 1 - 80/95 = 15.8 %."""
    old, new = {"boiler_efficiency": "80 %", "condensing": "no"}, {"boiler_efficiency": "95 %", "condensing": "no"}
    common = {"heating_value": "LHV", "useful_heat": "8,000 kWh"}
    found = change("boiler_efficiency", old, new, common)
    assert found.remaining.value == pytest.approx(80 / 95)
    assert found.energy_before_model is not None and found.energy_after_model is not None
    assert found.energy_before_model.value_in("kWh[LHV]") == pytest.approx(10000)
    assert found.energy_after_model.value_in("kWh[LHV]") == pytest.approx(8000 / 0.95)
    assert limit("boiler_efficiency", old, new, common) == pytest.approx(0.2)
    wet = new | {"boiler_efficiency": "106 %", "condensing": "yes"}
    assert limit("boiler_efficiency", old, wet, common) == pytest.approx(1 - 0.8 / 1.11)
    assert saving("boiler_efficiency", old, wet, common) == pytest.approx(1 - 80 / 106)
    with pytest.raises(OutOfRange, match="more heat than the fuel holds"):
        change("boiler_efficiency", old, wet, {"heating_value": "HHV"})
    with pytest.raises(InputError, match="lower heating value"):
        change("boiler_efficiency", old, new, common | {"heating_value": "HHV"})
    assert change("boiler_efficiency", old, new, {"heating_value": "HHV"}).energy_before_model is None
    worse = change("boiler_efficiency", new, old, common)
    assert "boiler_efficiency.uses_more" in ids(worse)


# --- states that no boiler has, and heat that nobody buys

RECOVERED = SALT | {"blowdown_heat_recovery": "50 %"}


@pytest.mark.parametrize(
    ("key", "before", "after", "common"),
    [("boiler_blowdown", SALT, RECOVERED, BLOWDOWN), ("economizer", NONE, {"effectiveness": "5 %"}, BOILER)],
)
def test_steam_is_no_water_and_feed_water_no_steam(key: str, before: Any, after: Any, common: Any) -> None:
    """At 7 bar(g) water boils at 170.5 °C (IAPWS-IF97)."""
    for temperature, fine in (("170.4 °C", False), ("170.7 °C", True), ("120 °C", False)):
        steam = common | {"steam_temperature": temperature}
        if fine:
            assert saving(key, before, after, steam) > 0
            continue
        with pytest.raises(OutOfRange, match="hotter than its boiling point"):
            change(key, before, after, steam)
    for temperature, fine in (("160 °C", True), ("170.6 °C", False), ("200 °C", False)):
        feed = common | {"feedwater_temperature": temperature}
        if fine:
            assert saving(key, before, after, feed) > 0
            continue
        with pytest.raises(OutOfRange, match="hotter than the boiling water"):
            change(key, before, after, feed)


def test_where_no_heat_is_bought_there_is_nothing_to_save() -> None:
    full = [{"fuel_power": "900 kWh[LHV]/h", "heat_use": "10 kW", "hours": "100 h"}]
    assert saving("exhaust_heat_to_air", NONE, eff(0.9), EXHAUST | {"coincident_use": full}) == pytest.approx(1)
    for before, level in (
        (eff(0.9), full[0]),
        (NONE, full[0] | {"heat_use": "0 kW"}),
        (NONE, full[0] | {"hours": "0 h"}),
    ):
        with pytest.raises(InputError, match="nothing to save"):
            change("exhaust_heat_to_air", before, eff(0.9), EXHAUST | {"coincident_use": [level]})


@QUICK
@given(st.floats(0.01, 1), st.floats(0, 1))
def test_heater_and_cooling_together_never_save_more_than_they_take(share: float, cooling: float) -> None:
    cooled = QUENCH | {"cooling_electricity_share": f"{cooling:.4f} kW/kW"}
    found = saving("quench_heat_recovery_electric", NONE, eff(share), cooled)
    assert 0 < found <= limit("quench_heat_recovery_electric", NONE, eff(share), cooled) + 1e-9 < 1 + 1e-9


def _origins(found: Any) -> set[str]:
    return {q.name for q in leaves([found.remaining, *found.added.values()])}


def test_thermometers_and_loggers_have_their_errors() -> None:
    """Type K, class 1: 1.5 °C or 0.4 %; logger: 3 %. The value stays, the trace holds the error, the note names it."""
    cases: list[tuple[str, Any, Any, Any, str, str, str]] = [
        ("boiler_blowdown", SALT, RECOVERED, BLOWDOWN, "common", "feedwater_temperature", "90 °C"),
        ("boiler_blowdown", SALT, RECOVERED, BLOWDOWN, "common", "makeup_temperature", "25 °C"),
        ("economizer", NONE, eff(0.3), BOILER, "common", "feedwater_temperature", "90 °C"),
        ("economizer", NONE, eff(0.3), BOILER, "common", "combustion_air_temperature", "25 °C"),
        ("exhaust_heat_to_air", NONE, eff(0.3), EXHAUST, "common", "use_inlet_temperature", "25 °C"),
        ("quench_heat_recovery", NONE, eff(0.3), QUENCH, "common", "use_inlet_temperature", "20 °C"),
        ("quench_heat_recovery_electric", NONE, eff(0.3), QUENCH, "after", "auxiliary_power", "2 kW"),
    ]
    for key, before, after, common, place, name, text in cases:
        places = {"before": before, "after": after, "common": common}
        plain = change(key, *(places | {place: places[place] | {name: text}}).values())
        found = change(key, *(places | {place: places[place] | {name: (text, "measured")}}).values())
        assert found.remaining.value == pytest.approx(plain.remaining.value, rel=1e-12), key
        assert f"{name}_error" in _origins(found), (key, name)
        (note,) = [f for f in found.findings if f.id.endswith("default_uncertainty")]
        assert [name.replace("_", " ") in what for what in note.evidence] == [True], (key, note.evidence)
    around = STACK | {"flue_gas_oxygen_dry": ("4 %", "measured"), "water_inlet_temperature": ("20 °C", "measured")}
    stack = [{"stack_temperature": (f"{t} °C", "measured")} for t in (150, 45)]
    (note,) = [f for f in change("condensing_economizer", *stack, around).findings if f.id.endswith("t_uncertainty")]
    assert len(note.evidence) == 4


def test_a_fan_runs_for_little_heat_too() -> None:
    """0.5 kW of use: the fan is on; without use it is off."""
    levels = [{"fuel_power": "900 kWh[LHV]/h", "heat_use": use, "hours": "100 h"} for use in ("0.5 kW", "0 kW")]
    fan = eff(0.6) | {"auxiliary_power": "2 kW"}
    found = change("exhaust_heat_to_air", NONE, fan, EXHAUST | {"coincident_use": levels})
    assert found.added["electricity"].value_in("kWh/kWh[LHV]") == pytest.approx(2 * 100 / (0.5 * 100 / 0.85), rel=1e-9)
