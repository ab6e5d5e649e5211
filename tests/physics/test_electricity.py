"""Power triangle, transformers, lighting, voltage, demand: figures of others, closed forms, refusals both ways."""

import cmath
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics.electricity import demand, lighting, power_factor, transformer, voltage

FACTOR = st.floats(0.1, 0.999)


# --- the triangle


@settings(deadline=None)
@given(active=st.floats(1, 5000), factor=FACTOR)
def test_every_side_leads_back_to_the_others(active: float, factor: float) -> None:
    """Against complex power S = P + jQ."""
    whole = cmath.rect(active / factor, math.acos(factor))
    reactive = power_factor.reactive_at_power_factor(f"{active!r} kW", f"{factor!r}")
    assert reactive.value == pytest.approx(whole.imag, rel=1e-9)
    apparent = power_factor.apparent_power(f"{active!r} kW", reactive)
    assert apparent.value == pytest.approx(abs(whole), rel=1e-9)
    assert power_factor.power_factor_of(f"{active!r} kW", apparent).value == pytest.approx(factor, rel=1e-9)
    assert power_factor.active_from_apparent_power(apparent, f"{factor!r}").value == pytest.approx(active, rel=1e-9)
    assert power_factor.active_beside_reactive_power(apparent, reactive).value == pytest.approx(active, rel=1e-6)
    assert power_factor.reactive_power(f"{active!r} kW", apparent).value == pytest.approx(whole.imag, rel=1e-6)
    assert power_factor.active_at_power_factor(reactive, f"{factor!r}").value == pytest.approx(active, rel=1e-6)
    assert power_factor.power_factor_of_angle(f"{math.acos(factor)!r}").value == pytest.approx(factor, rel=1e-9)


def test_the_peers_triangle() -> None:
    """MEASUR, power_factor_triangle-001: 87 kW of 100 kVA to 0.95: 49.3052 less 28.5955 is 20.7097 kvar."""
    now = power_factor.reactive_power("87 kW", "100 kVA")
    wanted = power_factor.reactive_at_power_factor("87 kW", "0.95")
    assert now.value == pytest.approx(49.3052, abs=1e-4)
    assert power_factor.capacitor_for(now, wanted).value == pytest.approx(20.7097, abs=1e-4)
    assert power_factor.apparent_power("87 kW", wanted).value == pytest.approx(91.5789, abs=1e-4)


def test_impossible_triangles_are_refused() -> None:
    power_factor.reactive_power("100 kW", "100 kVA")
    power_factor.active_beside_reactive_power("100 kVA", "100 kvar")
    with pytest.raises(OutOfRange, match="active power cannot exceed apparent"):
        power_factor.reactive_power("101 kW", "100 kVA")
    with pytest.raises(OutOfRange, match="reactive power cannot exceed apparent"):
        power_factor.active_beside_reactive_power("100 kVA", "101 kvar")
    with pytest.raises(OutOfRange, match="power factor"):
        power_factor.reactive_at_power_factor("100 kW", "1.01")


# --- losses upstream


def test_heat_of_a_line() -> None:
    """100 kVA at 400 V are 144.3 A; three phases of 0.01 ohm take 3 x 144.34^2 x 0.01 = 625 W."""
    loss = power_factor.supply_loss("100 kVA", "400 V", "0.01 ohm")
    assert loss.value_in("W") == pytest.approx(3 * (100000 / math.sqrt(3) / 400) ** 2 * 0.01, rel=1e-12)
    assert loss.value_in("W") == pytest.approx(625, rel=1e-12)


def test_the_published_reduction() -> None:
    """myelectrical2015: 0.78 to 0.98: 36.65 %."""
    reduction = power_factor.loss_reduction("0.78", "0.98")
    assert reduction.value_in("%") == pytest.approx(36.65, abs=0.005)
    assert power_factor.loss_left("10 kW", reduction).value == pytest.approx(10 * (0.78 / 0.98) ** 2, rel=1e-12)


def test_reactive_power_behind_a_capacitor_may_lead() -> None:
    assert power_factor.reactive_behind_capacitor("80 kvar", "30 kvar").value == 50
    assert power_factor.reactive_behind_capacitor("80 kvar", "100 kvar").value == -20
    assert power_factor.capacitor_heat("200 kvar", "0.5 W/kvar").value_in("W") == pytest.approx(100, rel=1e-12)
    assert power_factor.metered_power("100 kW", "2 kW", "0.1 kW").value == pytest.approx(102.1, rel=1e-15)


# --- transformers


def test_a_hundred_kva_at_forty_percent() -> None:
    """GERA: 200 W and 1,200 W at 40 %: about 392 W, 98.97 % at power factor 0.95, best near 41 %."""
    loading = transformer.transformer_loading("40 kVA", "100 kVA")
    loss = transformer.transformer_loss("200 W", "1200 W", loading)
    assert loss.value_in("W") == pytest.approx(392, rel=1e-12)
    assert transformer.transformer_efficiency("38 kW", loss).value == pytest.approx(0.9897, abs=1e-4)
    assert transformer.loading_of_best_efficiency("200 W", "1200 W").value == pytest.approx(0.41, abs=0.002)
    assert transformer.bank_loss(loss, "3").value_in("W") == pytest.approx(1176, rel=1e-12)


@settings(deadline=None)
@given(no_load=st.floats(0.1, 5), load=st.floats(0.1, 50), away=st.floats(1.05, 3))
def test_the_best_loading_loses_least_per_kva(no_load: float, load: float, away: float) -> None:
    best = transformer.loading_of_best_efficiency(f"{no_load!r} kW", f"{load!r} kW").value

    def relative(loading: float) -> float:
        return transformer.transformer_loss(f"{no_load!r} kW", f"{load!r} kW", f"{loading!r}").value / loading

    assert relative(best) < min(relative(best * away), relative(best / away))


# --- lighting


def test_the_peers_lamps() -> None:
    """MEASUR, lighting_replacement-003: 300 fixtures of 2 x 36 W, ballast 0.9: 19.44 kW; 826,200 lm on the plane."""
    assert lighting.lighting_power("36 W", "2", "300", "0.9").value == pytest.approx(19.44, rel=1e-12)
    light = lighting.useful_light("3000 lm", "2", "300", "0.9", "0.6", "0.85")
    assert light.value == pytest.approx(826200, rel=1e-12)
    assert lighting.luminous_efficacy("3000 lm", "36 W").value == pytest.approx(83.3333, abs=1e-4)


def test_no_lamp_beats_the_candela() -> None:
    """683 lm/W: 6,830 lm take at least 10 W."""
    least = lighting.least_lighting_power("683 lm", "2", "5", "1")
    assert least.value_in("W") == pytest.approx(10, rel=1e-12)


def test_cooling_of_six_thousand_tubes() -> None:
    """Green Guys: 72 kW less light, 24 kW less cooling at 3 kW of heat per kW."""
    assert lighting.cooling_for_lighting("72 kWh", "100 %", "100 %", "3").value == pytest.approx(24, rel=1e-12)
    assert lighting.cooling_for_lighting("72 kWh", "50 %", "40 %", "3").value == pytest.approx(4.8, rel=1e-12)


# --- voltage


def test_a_resistor_from_242_to_220_volt() -> None:
    """Marshall-Tufflex: 2,928 W to 2,420 W at 20 ohm, 17.4 % less."""
    ratio = voltage.resistive_power_ratio("242 V", "220 V")
    assert 2928.2 * ratio.value == pytest.approx(2420, rel=1e-6)
    assert voltage.power_ratio_at_voltage("100 %", ratio).value == pytest.approx(ratio.value, rel=1e-15)
    assert voltage.power_ratio_at_voltage("0 %", ratio).value == 1
    assert voltage.power_ratio_at_voltage("50 %", ratio).value == pytest.approx((1 + ratio.value) / 2, rel=1e-12)


# --- demand


@pytest.mark.parametrize(
    ("peak", "paid"),
    [(900, 1000), (1000, 1000), (1050, 1100), (1100, 1200), (1200, 1500)],
)
def test_the_charge_within_and_above_the_contract(peak: float, paid: float) -> None:
    """Taipower's rule: contract of 1,000 kW always, the first 10 % above it double, the rest triple."""
    charge = demand.demand_charge(f"{peak} kW", "1000 kW", "223.6 元/kW", "4")
    assert charge.value_in("TWD") == pytest.approx(paid * 223.6 * 4, rel=1e-12)


def test_shifting_saves_no_energy() -> None:
    assert demand.energy_after_demand_control("1000 kWh", "0 kWh").value == 1000
    assert demand.energy_after_demand_control("1000 kWh", "30 kWh").value == 970
