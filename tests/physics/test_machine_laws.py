"""Laws of machines and settings: printed figures and identities by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energycalc.errors import OutOfRange
from energycalc.physics import energy_balance
from energycalc.physics.electricity import converter, energy_use, machine_states, specific_use
from energycalc.physics.fluid_flow import hydraulic_drive as oil
from energycalc.quantity import quantity


def q(value: float, unit: str):  # type: ignore[no-untyped-def]
    return quantity(value, unit)


def test_hydraulic_power_of_a_makers_page() -> None:
    """Hidroman: 150 bar, 26.7 L/min, 85 %: 7.85 kW."""
    power = oil.oil_power(q(150, "bar"), q(26.7, "L/min"))
    assert power.value_in("kW") == pytest.approx(6.675)
    assert oil.pump_shaft_input(power, q(85, "%")).value_in("kW") == pytest.approx(7.85, abs=0.005)


@given(st.floats(0, 1.2))
def test_a_motor_loses_its_idle_power_and_the_square_of_its_load(load: float) -> None:
    found = oil.fixed_pump_input(q(load * 30, "kW"), q(30, "kW"), q(92, "%"), q(1.1, "kW")).value_in("kW")
    rated_loss = 30 / 0.92 - 30
    assert found == pytest.approx(load * 30 + 1.1 + (rated_loss - 1.1) * load**2, rel=1e-12)


def test_a_motor_at_its_rating_takes_rating_over_efficiency() -> None:
    assert oil.fixed_pump_input(q(30, "kW"), q(30, "kW"), q(92, "%"), q(1.1, "kW")).value == pytest.approx(30 / 0.92)
    assert oil.fixed_pump_input(q(0, "kW"), q(30, "kW"), q(92, "%"), q(1.1, "kW")).value == pytest.approx(1.1)


def test_servo_pump_and_cycle_by_hand() -> None:
    flow = oil.servo_flow(q(50, "L/min"), q(2, "L/min"))
    assert flow.value == pytest.approx(52)
    power = oil.servo_pump_input(q(10, "kW"), q(80, "%"), q(90, "%"), q(0.3, "kW"))
    assert power.value == pytest.approx(10 / 0.8 / 0.9 + 0.3)
    work = oil.phase_energy(power, q(5, "s"))
    assert work.value_in("kJ") == pytest.approx(power.value * 5)
    mean = oil.cycle_power(work, q(20, "s"))
    assert mean.value_in("kW") == pytest.approx(power.value / 4)
    assert oil.cycle_energy(mean, q(1000, "h")).value_in("kWh") == pytest.approx(power.value * 250)


def test_states_units_and_restarts_by_hand() -> None:
    assert machine_states.state_energy(q(4, "kW"), q(2.5, "h")).value == pytest.approx(10)
    assert machine_states.unit_energy(q(3, "kW"), q(40, "%"), q(100, "h")).value == pytest.approx(120)
    assert machine_states.energy_of_restarts(q(250, "1"), q(3, "kWh")).value == pytest.approx(750)
    pause = machine_states.break_even_pause(q(3, "kWh"), q(4.2, "kW"), q(0.2, "kW"))
    assert pause.value_in("h") == pytest.approx(0.75)
    parts = [q(1, "kWh"), q(2, "kWh"), q(4, "kWh")]
    assert machine_states.sum_of_energies(parts, "machine_energy", "E").value == pytest.approx(7)


def test_converters_by_hand() -> None:
    """900 W out of 1,000 W is 90 % (cncqrtech.com)."""
    power = converter.dc_power(q(30, "V"), q(30, "A"))
    assert power.value_in("W") == pytest.approx(900)
    mains = converter.converter_input(power, q(90, "%"))
    assert mains.value_in("W") == pytest.approx(1000)
    idle = converter.idle_hours(q(10, "h"), q(4, "h"))
    assert idle.value == pytest.approx(6)
    assert converter.welding_energy(mains, q(4, "h"), q(0.5, "kW"), idle).value == pytest.approx(4 + 3)
    assert converter.dc_energy(power, q(4, "h")).value == pytest.approx(3.6)
    with pytest.raises(OutOfRange):
        converter.converter_input(power, q(101, "%"))


def test_shares_by_hand() -> None:
    assert energy_balance.remaining_energy(q(200, "kWh"), q(150, "kWh")).value == pytest.approx(0.75)
    assert energy_balance.remaining_fuel(q(200, "kWh[LHV]"), q(150, "kWh[LHV]")).value == pytest.approx(0.75)
    assert energy_use.largest_electricity_saving(q(50, "kWh"), q(200, "kWh")).value == pytest.approx(0.75)
    assert energy_use.largest_fuel_saving(q(50, "kWh[LHV]"), q(200, "kWh[LHV]")).value == pytest.approx(0.75)
    assert energy_use.electricity_per_fuel(q(5, "kWh"), q(200, "kWh[LHV]")).value == pytest.approx(0.025)
    assert energy_use.auxiliary_electricity(q(2, "kW"), q(30, "h")).value == pytest.approx(60)
    with pytest.raises(OutOfRange):
        energy_balance.remaining_energy(q(0, "kWh"), q(1, "kWh"))


@given(st.floats(0.2, 3), st.floats(0, 10), st.floats(0.5, 2))
def test_the_line_through_base_load_and_output(ratio: float, base: float, longer: float) -> None:
    before, hours = 100 * base + 5000, 100.0
    old = specific_use.base_energy(q(base, "kW"), q(hours, "h"))
    new = specific_use.base_energy(q(base, "kW"), q(hours * longer, "h"))
    found = specific_use.adjusted_energy(q(before, "kWh"), old, new, q(ratio, "1"))
    assert found.value == pytest.approx(base * hours * longer + 5000 * ratio, rel=1e-9)


def test_output_ratios() -> None:
    assert specific_use.ratio_of_pieces(q(200, "piece"), q(150, "piece")).value == pytest.approx(0.75)
    assert specific_use.ratio_of_tonnes(q(200, "kg"), q(0.15, "t")).value == pytest.approx(0.75)
    assert specific_use.ratio_of_area(q(200, "m2"), q(150, "m2")).value == pytest.approx(0.75)
