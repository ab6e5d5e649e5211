"""Heat exchangers and flue-gas cooling: the logarithmic mean, chemicals and CoolProp, heat that would flow uphill."""

import math

import pytest
from chemicals.combustion import combustion_data, fuel_air_spec_solver
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.combustion import flue_gas_cooling as cooling
from energycalc.physics.combustion.flue_gas import heat_balance
from energycalc.physics.combustion.fuel_gas import named_fuel_gas
from energycalc.physics.combustion.gas_species import gases_at
from energycalc.physics.combustion.stoichiometry import burn
from energycalc.physics.heat_transfer import heat_exchanger as law
from energycalc.physics.refrigeration import absorption_chiller as chiller
from energycalc.quantity import quantity
from tests.reference.adapters.furnace import CRC_HEAT_OF_FORMATION, gained

RATE = st.floats(0.05, 50)


def q(value: float, unit: str):  # type: ignore[no-untyped-def]
    return quantity(value, unit)


@given(RATE, RATE, st.floats(0.05, 8))
def test_effectiveness_agrees_with_the_logarithmic_mean_temperature(hot: float, cold: float, units: float) -> None:
    """Counterflow: another textbook way to the same heat, Q = UA × (logarithmic mean of the end differences)."""
    ratio, surface = min(hot, cold) / max(hot, cold), units * min(hot, cold)
    falling = math.exp(-units * (1 - ratio))
    eps = units / (1 + units) if abs(1 - ratio) < 1e-6 else (1 - falling) / (1 - ratio * falling)
    smaller = law.smaller_heat_capacity_rate(q(hot, "kW/K"), q(cold, "kW/K"))
    heat = law.exchanged_heat(q(min(eps, 1.0), "1"), smaller, q(400, "K"), q(300, "K"))
    leaves = law.hot_outlet_temperature(q(400, "K"), heat, q(hot, "kW/K")).value
    warm = law.cold_outlet_temperature(q(300, "K"), heat, q(cold, "kW/K")).value
    assert heat.value == pytest.approx(hot * (400 - leaves), rel=1e-9) == pytest.approx(cold * (warm - 300), rel=1e-9)
    ends = (400 - warm, leaves - 300)
    if min(ends) > 1e-3:
        mean = sum(ends) / 2 if abs(ends[0] - ends[1]) < 1e-3 else (ends[0] - ends[1]) / math.log(ends[0] / ends[1])
        assert heat.value == pytest.approx(surface * mean, rel=1e-4)


def test_streams_and_energies_by_hand() -> None:
    assert law.heat_capacity_rate(q(3600, "kg/h"), q(2, "kJ/(kg*K)")).value == pytest.approx(2)
    volume = law.volumetric_heat_capacity(q(1000, "kg/m3"), q(4.2, "kJ/(kg*K)"))
    assert volume.value == pytest.approx(4200)
    assert law.heat_capacity_rate_by_volume(q(36, "m3/h"), volume).value == pytest.approx(42)
    assert law.heat_capacity_rate_of_use(q(100, "kW"), q(80, "degC"), q(30, "degC")).value == pytest.approx(2)
    assert law.sensible_heat_flow(q(2, "kW/K"), q(80, "degC"), q(30, "degC")).value == pytest.approx(100)
    assert law.recovered_heat(q(80, "kW"), q(50, "kW")).value == 50
    assert law.recovered_heat(q(30, "kW"), q(50, "kW")).value == 30
    assert law.heat_energy(q(30, "kW"), q(10, "h")).value == pytest.approx(300)
    assert law.input_for_heat(q(80, "kW"), q(80, "%")).value == pytest.approx(100)
    assert law.fuel_for_heat(q(80, "kWh"), q(80, "%")).value_in("kWh[LHV]") == pytest.approx(100)
    assert law.electricity_for_heat(q(90, "kWh"), q(90, "%")).value == pytest.approx(100)
    with pytest.raises(OutOfRange):
        law.electricity_for_heat(q(90, "kWh"), q(101, "%"))


@pytest.mark.parametrize(("low", "high", "fine"), [(20, 80, True), (80, 80, False), (80, 20, False)])
def test_heat_that_would_flow_uphill_is_refused(low: float, high: float, fine: bool) -> None:
    if fine:
        law.refuse_uphill(q(high, "degC"), q(low, "degC"), "why", "what")
        return
    with pytest.raises(OutOfRange, match="why"):
        law.refuse_uphill(q(high, "degC"), q(low, "degC"), "why", "what")


# --- flue gas of methane, by chemicals (moles) and CoolProp (heat capacities)

METHANE = burn(named_fuel_gas("methane"))
LOWER = -combustion_data(formula="CH4", Hf=CRC_HEAT_OF_FORMATION["ch4"]).LHV  # J/mol


def moles(excess: float) -> dict[str, float]:
    air = {"7727-37-9": 0.7812, "7782-44-7": 0.2096, "7440-37-1": 0.0092}
    species = ["74-82-8", "124-38-9", "7732-18-5", *air]
    solved = fuel_air_spec_solver(
        zs_air=[0, 0, 0, *air.values()], zs_fuel=[1, 0, 0, 0, 0, 0], CASs=species,
        atomss=[{"C": 1, "H": 4}, {"C": 1, "O": 2}, {"H": 2, "O": 1}, {"N": 2}, {"O": 2}, {"Ar": 1}],
        n_fuel=1.0, O2_excess=excess,
    )  # fmt: skip
    return {cas: n for cas, n in zip(species, solved["ns_out"], strict=True) if n}  # type: ignore[arg-type]


@pytest.mark.parametrize(("excess", "hot", "cold"), [(0.1, 400, 30), (0.5, 250, 60), (1.5, 900, 200)])
def test_heat_capacity_of_flue_gas(excess: float, hot: float, cold: float) -> None:
    theirs = sum(n * gained(cas, cold + 273.15, hot + 273.15) for cas, n in moles(excess).items())
    ours = cooling.dry_capacity(METHANE, q(excess, "1"), gases_at(q(hot, "degC")), gases_at(q(cold, "degC")))
    assert ours.value_in("kWh/(kWh[LHV]*K)") == pytest.approx(theirs / LOWER / (hot - cold), rel=2e-3)


def test_capacity_rate_and_hours() -> None:
    per_fuel = q(0.0005, "kWh/(kWh[LHV]*K)")
    assert cooling.flue_heat_capacity_rate(q(2000, "kWh[LHV]/h"), per_fuel).value_in("kW/K") == pytest.approx(1)
    assert cooling.fuel_over_hours(q(2000, "kWh[LHV]/h"), q(3, "h")).value == pytest.approx(6000)


@given(st.floats(0.02, 1.0), st.floats(90, 190), st.floats(30, 85))
def test_heat_recovered_is_the_difference_of_the_stack_losses(excess: float, hot: float, cold: float) -> None:
    ambient = gases_at(q(25, "degC"), reference=True)
    warm, cool = gases_at(q(hot, "degC")), gases_at(q(cold, "degC"))
    heat, dew = cooling.recovered(METHANE, q(excess, "1"), hot=warm, cold=cool, ambient=ambient, condensing=True)
    losses = [cooling.condensing_stack_loss(METHANE, q(excess, "1"), g, ambient)[0] for g in (warm, cool)]
    assert heat.value == pytest.approx(losses[0].value - losses[1].value, abs=1e-12)
    balance = heat_balance(METHANE, q(excess, "1"), flue=cool, air=ambient, ambient=ambient, condensing=True)
    assert cooling.heat_kept(losses[1]).value == pytest.approx(balance.available_heat.value, abs=1e-12)
    assert dew is not None and balance.dew_point is not None
    assert dew.value == pytest.approx(balance.dew_point.value)
    dry = cooling.dry_capacity(METHANE, q(excess, "1"), warm, cool).value * (hot - cold)
    assert heat.value == pytest.approx(dry, rel=1e-9) if cold + 273.15 > dew.value else heat.value > dry


def test_below_the_dew_point_only_with_the_flag() -> None:
    ambient, cold = gases_at(q(25, "degC")), gases_at(q(40, "degC"))
    with pytest.raises(OutOfRange, match="dew point"):
        cooling.recovered(METHANE, q(0.1, "1"), hot=gases_at(q(150, "degC")), cold=cold, ambient=ambient)


def test_flue_gas_cooled_below_ambient_gives_more_than_the_lower_heating_value() -> None:
    """Everything condensed at 10 °C from 25 °C air: up to the higher heating value, 1.11 times the lower one."""
    ambient = gases_at(q(25, "degC"), reference=True)
    loss, _ = cooling.condensing_stack_loss(METHANE, q(0.05, "1"), gases_at(q(10, "degC")), ambient)
    assert 1.08 < cooling.heat_kept(loss).value < 1.12


# --- absorption chiller


def test_the_peers_absorption_chiller() -> None:
    """MEASUR case waste_heat_absorption_chiller-001: 1,302,000 Btu/h give 79.205 tons, 167,281 Btu/h of electricity."""
    heat = chiller.waste_heat(q(6e6, "Btu/h"), q(0.69, "1"), q(0.7, "1"))
    assert heat.value_in("Btu/h") == pytest.approx(1302000)
    cold = chiller.cooling_from_heat(heat, q(0.73, "1"), q(1, "1"))
    assert cold.value_in("USRT") == pytest.approx(79.205)
    used = chiller.cooling_from_heat(heat, q(0.73, "1"), q(0.88, "1"))
    assert chiller.displaced_electricity(used, q(5, "1")).value_in("Btu/h") == pytest.approx(167280.96)
    with pytest.raises(OutOfRange):
        chiller.cooling_from_heat(heat, q(3.1, "1"), q(1, "1"))
    assert math.isfinite(heat.value)
