"""Boilers: MEASUR's blow-down, balances that close, and the limits of an efficiency."""

import pytest
from chemicals.combustion import combustion_data
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.steam import boiler as law
from energycalc.physics.steam.efficiency_limits import efficiency_doubts, highest_efficiency
from energycalc.quantity import quantity
from tests.reference.adapters.furnace import CRC_HEAT_OF_FORMATION

SHARE = st.floats(0, 0.45)


def q(value: float, unit: str):  # type: ignore[no-untyped-def]
    return quantity(value, unit)


@given(st.floats(1, 1000), st.floats(1, 20))
def test_salt_in_is_salt_out(feed: float, times: float) -> None:
    rate = law.blowdown_rate(q(feed, "uS/cm"), q(feed * times, "uS/cm"))
    water = law.feedwater_flow(q(1000, "kg/h"), rate) if times > 1.01 else None
    assert rate.value == pytest.approx(1 / times, rel=1e-12)
    if water is not None:
        blown = law.blowdown_flow(water, rate)
        assert blown.value * feed * times == pytest.approx(water.value * feed, rel=1e-9)
        assert water.value == pytest.approx(1000 + blown.value, rel=1e-12)


def test_the_peers_blow_down() -> None:
    """MEASUR case boiler_blowdown_rate-003: 200 and 3,000 µS/cm, 10 klb/h of steam."""
    rate = law.blowdown_rate(q(200, "uS/cm"), q(3000, "uS/cm"))
    water = law.feedwater_flow(q(10000, "kg/h"), rate)
    assert rate.value_in("%") == pytest.approx(6.666666667)
    assert water.value == pytest.approx(10714.285714)
    assert law.blowdown_flow(water, rate).value == pytest.approx(714.285714)


def test_enthalpy_flow_and_boiler_heat() -> None:
    """MEASUR case boiler-001: 45.918 kg/h of water at 1,407.87 kJ/kg carry 64,647 kJ/h."""
    water = law.enthalpy_flow(q(45.9183673469, "kg/h"), q(1407.8675005694, "kJ/kg"))
    assert water.value_in("kJ/h") == pytest.approx(64646.977, rel=1e-7)
    heat = law.boiler_heat(q(110753.3647508802, "kJ/h"), q(1677.9495528531, "kJ/h"), water)
    assert heat.value_in("kJ/h") == pytest.approx(47784.3372, rel=1e-7)


@given(SHARE, st.floats(0, 1))
def test_heat_per_steam_is_the_balance_of_the_boiler(rate: float, recovery: float) -> None:
    """Steam 2,770, water in the boiler 720, feed 380, make-up 105 kJ/kg; per kg of steam."""
    steam, boiling, feed, makeup = (q(v, "kJ/kg") for v in (2770, 720, 380, 105))
    found = law.heat_per_steam(steam, feed, boiling, makeup, q(rate, "1"), q(recovery, "1"))
    blown = rate / (1 - rate)
    assert found.value == pytest.approx(2770 - 380 + blown * (720 - 105) * (1 - recovery), rel=1e-12)
    assert law.heat_of_steam_alone(steam, feed).value == pytest.approx(2390)
    ceiling = law.largest_blowdown_saving(found, law.heat_of_steam_alone(steam, feed))
    assert ceiling.value == pytest.approx(1 - 2390 / found.value, abs=1e-12)
    per_water = law.heat_per_feedwater(steam, boiling, feed, q(rate, "1"))
    assert per_water.value == pytest.approx((1 - rate) * 2770 + rate * 720 - 380, rel=1e-12)


def test_fuel_and_water_of_a_period() -> None:
    """1 t/h for 1,000 h at 2,400 kJ/kg is 2.4 TJ = 666,667 kWh of heat; at 90 % 740,741 kWh of fuel."""
    fuel = law.fuel_for_steam(q(1000, "kg/h"), q(1000, "h"), q(2400, "kJ/kg"), q(90, "%"))
    assert fuel.value_in("kWh[LHV]") == pytest.approx(2.4e9 / 3600 / 0.9, rel=1e-12)
    water = law.blowdown_water(q(50, "kg/h"), q(1000, "h"), q(997, "kg/m3"))
    assert water.value_in("m3") == pytest.approx(50000 / 997, rel=1e-12)
    assert law.fuel_of_useful_heat(q(900, "kWh"), q(90, "%")).value == pytest.approx(1000)
    assert law.efficiency_ratio(q(80, "%"), q(95, "%")).value == pytest.approx(80 / 95)
    assert law.heat_per_steam_ratio(q(2500, "kJ/kg"), q(2400, "kJ/kg")).value == pytest.approx(0.96)


@given(st.floats(0.01, 1), st.floats(0.0003, 0.001), st.floats(0.0003, 0.003))
def test_what_the_flue_gas_loses_the_feed_water_gains(eps: float, flue: float, water: float) -> None:
    hot, cold = q(250, "degC"), q(100, "degC")
    c_flue, c_water = (q(c, "kWh/(kWh[LHV]*K)") for c in (flue, water))
    heat = law.economizer_heat_per_fuel(q(eps, "1"), c_flue, c_water, hot, cold)
    assert heat.value == pytest.approx(eps * min(flue, water) * 150, rel=1e-12)
    out, warm = (
        law.economizer_flue_outlet(hot, heat, c_flue).value,
        law.economizer_water_outlet(cold, heat, c_water).value,
    )
    assert flue * (523.15 - out) == pytest.approx(water * (warm - 373.15), rel=1e-9)
    assert out >= 373.15 - 1e-6 and warm <= 523.15 + 1e-6
    kept = law.available_heat_with_economizer(q(0.88, "kWh/kWh[LHV]"), heat)
    assert kept.value == pytest.approx(0.88 + heat.value, rel=1e-12)


def test_feed_water_per_fuel() -> None:
    """0.87 kWh to the water per kWh of fuel at 2,000 kJ/kg: 1.566 kg per kWh."""
    flow = law.feedwater_per_fuel(q(0.9, "kWh/kWh[LHV]"), q(0.03, "kWh/kWh[LHV]"), q(2000, "kJ/kg"))
    assert flow.value_in("kg/kWh[LHV]") == pytest.approx(0.87 * 3600 / 2000, rel=1e-12)
    capacity = law.feedwater_capacity_per_fuel(flow, q(4.2, "kJ/(kg*K)"))
    assert capacity.value == pytest.approx(1.566 * 4.2 / 3600, rel=1e-9)


# --- limits of an efficiency (check TP03)


@pytest.mark.parametrize(
    ("percent", "basis", "condensing", "verdict"),
    [
        (95.9, "LHV", False, "fine"), (96.1, "LHV", False, "rare"), (100.1, "LHV", False, "refused"),
        (110.9, "LHV", True, "fine"), (111.1, "LHV", True, "refused"),
        (86.4, "HHV", False, "fine"), (86.6, "HHV", False, "rare"), (100.1, "HHV", False, "refused"),
        (99.9, "HHV", True, "fine"), (100.1, "HHV", True, "refused"),
    ],
)  # fmt: skip
def test_no_heater_gives_more_than_its_fuel_holds(percent: float, basis: str, condensing: bool, verdict: str) -> None:
    efficiency = quantity(percent, "%", name="boiler_efficiency")
    if verdict == "refused":
        with pytest.raises(OutOfRange, match="more heat than the fuel holds"):
            efficiency_doubts("boiler", efficiency, basis, condensing)
        return
    found = efficiency_doubts("boiler", efficiency, basis, condensing)
    assert [f.id for f in found] == (["boiler.efficiency_near_limit"] if verdict == "rare" else [])


def test_the_highest_efficiency_is_the_ratio_of_the_heating_values_of_methane() -> None:
    """Heats of combustion of methane by chemicals (CRC heat of formation): their ratio is rounded to 1.11."""
    methane = combustion_data(formula="CH4", Hf=CRC_HEAT_OF_FORMATION["ch4"])
    assert highest_efficiency("LHV", True) == pytest.approx(methane.HHV / methane.LHV, abs=5e-4)
    assert highest_efficiency("LHV", False) == highest_efficiency("HHV", True) == 1.0
