"""Compressors at other places: AIRMaster+'s corrections, isentropic work against CoolProp, intake air, heat."""

import math

import pytest
from CoolProp.CoolProp import PropsSI
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.compressed_air import artificial_demand as demand
from energycalc.physics.compressed_air import compressor_heat as heat
from energycalc.physics.compressed_air import inlet_correction as inlet
from energycalc.physics.compressed_air import site_conditions as site
from energycalc.physics.compressed_air.compressor_limits import specific_power_doubts, specific_power_doubts_of
from energycalc.physics.compressed_air.dispatch import shares_of_demand
from energycalc.physics.compressed_air.gas_compression import isentropic_specific_power, isothermal_specific_power
from energycalc.quantity import quantity, read_quantity

PSI = 0.0689475729316836


# --- corrections of the full load


def test_the_corrected_full_load_of_the_peer() -> None:
    """MEASUR case compressor_part_load-047: 105 bhp, 91.7 %, 100 to 110 psig, 14.7 psia: 90.0736 kW, 469.46 ft3/min."""
    ambient = quantity(14.7 * PSI, "bar[a]")
    ratio = math.pow(124.5 / 14.5, 2 / 7) - 1, math.pow(114.5 / 14.5, 2 / 7) - 1
    power = inlet.corrected_full_load_power(
        quantity(105 * 0.746 / 0.917, "kW"),
        inlet.altitude_power_factor(ambient),
        quantity(ratio[0] / ratio[1], "1"),
        ambient,
        ambient,
    )
    flow = inlet.corrected_full_load_flow(
        "473 m3/min", inlet.altitude_flow_factor(ambient), quantity(100 * PSI, "bar[g]"), quantity(110 * PSI, "bar[g]")
    )
    assert power.value_in("kW") == pytest.approx(90.0736, rel=2e-6)
    assert flow.value_in("m3/min") == pytest.approx(469.46, rel=1e-5)


@pytest.mark.parametrize(
    ("psia", "power", "flow"),
    [
        (14.7, -0.0000577 * 3176.523 + 0.000251 * 216.09 + 0.0466 * 14.7 + 0.4442,
         0.000258 * 3176.523 - 0.0116 * 216.09 + 0.176 * 14.7 + 0.09992),
        (10, -0.0577 + 0.0251 + 0.466 + 0.4442, 0.258 - 1.16 + 1.76 + 0.09992),
    ],
)  # fmt: skip
def test_the_altitude_fits_term_by_term(psia: float, power: float, flow: float) -> None:
    """The polynomials of MEASUR's inlet correction, written out."""
    ambient = quantity(psia * PSI, "bar[a]")
    assert inlet.altitude_power_factor(ambient).value == pytest.approx(power, rel=1e-9)
    assert inlet.altitude_flow_factor(ambient).value == pytest.approx(flow, rel=1e-9)


def test_a_throttled_inlet_takes_more_power() -> None:
    full = ("90 kW", quantity(1, "1"), quantity(1.1, "1"))
    power = inlet.corrected_full_load_power(*full, "1 bar(a)", "0.9 bar(a)")
    assert power.value_in("kW") == pytest.approx(90 * 1.1 / 0.9, rel=1e-12)


# --- site and data sheet


@pytest.mark.parametrize(("low", "high"), [(1.0, 8.0), (0.85, 7.85), (1.013, 11.013)])
def test_isentropic_work_agrees_with_real_air(low: float, high: float) -> None:
    """CoolProp, air at 20 °C: enthalpy rise along the isentrope times inlet density; ideal gas within 1 %."""
    h0, s0, rho = (PropsSI(x, "P", low * 1e5, "T", 293.15, "Air") for x in "HSD")
    real = (PropsSI("H", "P", high * 1e5, "S", s0, "Air") - h0) * rho / 60e3
    ours = isentropic_specific_power(quantity(low, "bar[a]"), quantity(high, "bar[a]")).value
    assert ours == pytest.approx(real, rel=0.01)


def test_the_correction_is_the_ratio_of_isentropic_powers() -> None:
    """CoolProp, air at 20 °C: 1 to 8.5 bar(a) on the sheet, 0.9 to 7.9 bar(a) at the site."""
    real = []
    for low, high in ((1.0, 8.5), (0.9, 7.9)):
        h0, s0, rho = (PropsSI(x, "P", low * 1e5, "T", 293.15, "Air") for x in "HSD")
        real.append((PropsSI("H", "P", high * 1e5, "S", s0, "Air") - h0) * rho)
    pressures = [quantity(p, "bar[a]") for p in (1.0, 8.5, 0.9, 7.9)]
    ours = site.pressure_correction(*pressures)
    assert ours.value == pytest.approx(real[1] / real[0], rel=2e-3)
    assert site.specific_power_at_site("6 kW/(m3/min)", ours).value == pytest.approx(6 * ours.value, rel=1e-12)


@given(low=st.floats(0.7, 1.1), high=st.floats(5, 12), other=st.floats(5, 12))
def test_the_isentropic_efficiency_stays(low: float, high: float, other: float) -> None:
    a, b, c, d = (quantity(p, "bar[a]") for p in (1.0, high, low, other))
    ratio = isentropic_specific_power(c, d).value / isentropic_specific_power(a, b).value
    assert site.pressure_correction(a, b, c, d).value == pytest.approx(ratio, rel=1e-9)


def test_inlet_volume_against_the_density_of_real_air() -> None:
    """CoolProp: density of air at 0 °C, 101.325 kPa over that at 32 °C, 0.98 bar(a)."""
    real = PropsSI("D", "P", 101325, "T", 273.15, "Air") / PropsSI("D", "P", 0.98e5, "T", 305.15, "Air")
    ours = site.inlet_volume("1000 Nm3", "0.98 bar(a)", "32 °C")
    assert ours.value_in("m3") == pytest.approx(1000 * real, rel=1e-3)


def test_energy_is_specific_power_times_air() -> None:
    """6 kW/(m3/min) is 0.1 kWh/m3."""
    assert site.energy_of_air("6 kW/(m3/min)", "1000 m3").value_in("kWh") == pytest.approx(100, rel=1e-12)


def test_the_inlet_volume_goes_with_absolute_temperature() -> None:
    assert site.intake_volume_ratio("40 °C", "20 °C").value == pytest.approx(293.15 / 313.15, rel=1e-12)


@pytest.mark.parametrize(("value", "verdict"), [(3.4, None), (4.7, "error"), (5.2, "warning"), (5.3, "clean")])
def test_the_limits_of_specific_power(value: float, verdict: str | None) -> None:
    """Trust notes TP07 at 7 bar(g): 3.49 isothermal, 4.76 isentropic, 5.29 at 90 % kW/(m3/min)."""
    ambient, outlet = read_quantity("1.01325 bar(a)"), read_quantity("8.01325 bar(a)")
    power = quantity(value, "kW/(m3/min)")
    if verdict is None:
        with pytest.raises(OutOfRange, match=r"isothermal limit.*3\.49"):
            specific_power_doubts_of(power, ambient, outlet)
        return
    found = specific_power_doubts_of(power, ambient, outlet)
    assert [f.severity for f in found] == ([] if verdict == "clean" else [verdict])
    assert specific_power_doubts(quantity(10 * value, "kW"), read_quantity("10 m3/min"), ambient, outlet) == found


@pytest.mark.parametrize(("bar", "least"), [(5, 3.01), (6, 3.27), (7, 3.49), (8, 3.69), (10, 4.03), (13, 4.44)])
def test_the_isothermal_limit(bar: float, least: float) -> None:
    """Trust notes TP07."""
    ambient = quantity(1.01325, "bar[a]")
    found = isothermal_specific_power(ambient, quantity(bar + 1.01325, "bar[a]"))
    assert found.value == pytest.approx(least, abs=0.011)


# --- demand


def test_unregulated_air_falls_with_absolute_pressure() -> None:
    """Trust notes TP08: 12.5 % of the unregulated use per bar at 7 bar(g)."""
    ratio = demand.demand_ratio("100 %", "8.013 bar(a)", "7.013 bar(a)")
    assert 1 - ratio.value == pytest.approx(0.125, abs=5e-4)
    assert demand.demand_ratio("40 %", "8 bar(a)", "7 bar(a)").value == pytest.approx(1 - 0.4 / 8, rel=1e-12)


def test_energy_follows_the_control() -> None:
    assert demand.energy_ratio_of_demand("90 %", "30 %").value == pytest.approx(0.97, rel=1e-12)
    assert demand.loaded_energy_ratio("80 %", "90 %").value == pytest.approx(0.92, rel=1e-12)
    assert demand.energy_at_new_pressure("1000 kWh", "92 %").value == pytest.approx(920, rel=1e-12)


def test_measures_on_the_flow() -> None:
    """MEASUR case compressor_measures-001: half of a leak of 10 is 5, of 100 stay 95."""
    saved = demand.leak_flow_saved("10 m3/min", "50 %")
    assert saved.value == pytest.approx(5, rel=1e-12)
    assert demand.demand_after("100 m3/min", saved).value == pytest.approx(95, rel=1e-12)


# --- heat


def test_heat_that_is_offered_used_and_left() -> None:
    """Fluid Power World: 100 kW, 90 %, 4,000 h: 360,000 kWh."""
    offered = heat.available_heat_of_compressor("100 kW", "90 %")
    assert heat.heat_over_hours(offered, "4000 h").value_in("kWh") == pytest.approx(360_000, rel=1e-12)
    assert heat.heat_used_at_once(offered, "60 kW").value == 60
    assert heat.heat_used_at_once(offered, "120 kW").value == pytest.approx(90, rel=1e-12)
    assert heat.heat_left_to_heater("120 kW", "90 kW").value == pytest.approx(30, rel=1e-12)
    assert heat.heater_fuel("88 kW", "100 h", "88 %").value_in("kWh[LHV]") == pytest.approx(10_000, rel=1e-12)
    with pytest.raises(OutOfRange, match="recoverable fraction"):
        heat.available_heat_of_compressor("100 kW", "101 %")


# --- who runs

CAPACITY = {name: quantity(flow, "m3/min", name="full_load_flow") for name, flow in (("A", 10), ("B", 10), ("V", 12))}


@pytest.mark.parametrize(
    ("flow", "order", "trim", "shares"),
    [
        (0, "AB", "", {"A": None, "B": None}),
        (4, "AB", "", {"A": 4, "B": None}),
        (10, "AB", "", {"A": 10, "B": None}),
        (13, "AB", "", {"A": 10, "B": 3}),
        (13, "BA", "", {"B": 10, "A": 3}),
        (4, "AB", "V", {"A": None, "B": None, "V": 4}),
        (11, "AB", "V", {"A": 10, "B": None, "V": 1}),
        (20, "AB", "V", {"A": 10, "B": 10, "V": 0}),
        (32, "AB", "V", {"A": 10, "B": 10, "V": 12}),
        (18, "V", "A", {"V": 12, "A": 6}),
        (11, "V", "A", {"V": 1, "A": 10}),
    ],
)
def test_who_delivers_what(flow: float, order: str, trim: str, shares: dict[str, float | None]) -> None:
    given = shares_of_demand(quantity(flow, "m3/min", name="flow"), CAPACITY, list(order), trim)
    found = {name: None if q is None else q.value_in("m3/min") for name, q in given.items()}
    assert found == {name: None if q is None else pytest.approx(q, abs=1e-12) for name, q in shares.items()}


@given(flow=st.floats(0, 32))
def test_the_shares_add_up_to_the_demand(flow: float) -> None:
    given = shares_of_demand(quantity(flow, "m3/min", name="flow"), CAPACITY, ["A", "B"], "V")
    assert sum(q.value_in("m3/min") for q in given.values() if q is not None) == pytest.approx(flow, abs=1e-8)


def test_more_than_all_machines_deliver_is_refused() -> None:
    with pytest.raises(OutOfRange, match=r"cannot deliver.*20\.1.*20 m3/min"):
        shares_of_demand(quantity(20.1, "m3/min", name="flow"), CAPACITY, ["A", "B"])
    shares_of_demand(quantity(20, "m3/min", name="flow"), CAPACITY, ["A", "B"])
