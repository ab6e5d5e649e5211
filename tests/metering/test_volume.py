"""Gas meters: volumes are totalled and accounted for like energies, and never taken for one."""

import math

import pytest

from energycalc.errors import InputError, UnitError
from energycalc.metering import (
    daily_profile,
    load_duration,
    load_histogram,
    monthly_energy,
    peak,
    read_meter,
    series_findings,
    total_amount,
    total_energy_kwh,
)
from energycalc.quantity import quantity
from energycalc.quantity.trace import leaves

GAS = {"header": "gas", "unit": "m3", "quantity_kind": "interval_volume", "meter": "G1"}


@pytest.fixture
def gas(write):
    return read_meter(write(**GAS))


def test_the_total_is_a_volume_with_the_gain_of_the_meter(write, gas):
    total = gas.total()
    assert (gas.kind_of_amount, gas.unit) == ("volume", "m3")
    assert (total.value_in("m3"), str(total.unit), total.name, total.symbol) == (9.75, "m³", "metered_volume", "V")
    assert total.uncertainty is None and total_amount(gas) == 9.75
    known = read_meter(write(**GAS, accuracy_class="1 %")).total()
    assert known.name == "metered_volume" and known.value_in("m3") == 9.75
    (gain,) = (leaf for leaf in leaves(known) if leaf.name == "meter_gain")
    assert "meter_reading_volume" in {leaf.name for leaf in leaves(known)}
    assert gain.uncertainty.standard_uncertainty == pytest.approx(0.01 / math.sqrt(3))


def test_a_normal_cubic_metre_stays_one(write):
    total = read_meter(write(**(GAS | {"unit": "Nm3"}))).total()
    assert total.value_in("m3[0C]") == 9.75
    with pytest.raises(UnitError):
        total.value_in("m3")


def test_a_volume_times_its_heat_value_is_energy(gas):
    heat = gas.total() * quantity(36, "MJ[LHV]/m3")
    assert heat.value_in("kWh[LHV]") == pytest.approx(97.5)


def test_a_register_of_volume_is_read_over_its_roll_over(write):
    rows = [(f"2024-03-01 00:{15 * k:02d}", str(reading)) for k, reading in enumerate((99_990, 99_998, 4, 9))]
    series = read_meter(write(rows, **(GAS | {"quantity_kind": "register"}), register_capacity=100_000))
    assert list(series.amount) == [8, 6, 5] and series.total().value == 19
    assert series.ledger.unit == "m3" and series.ledger.used == 19


def test_ledger_findings_parts_and_table_speak_of_volume(write, clean):
    series = read_meter(write([*clean[:2], *clean[4:]], **GAS, gaps="interpolate"))
    found = {f.id: f for f in series_findings(series)}
    assert f"{series.ledger.filled:.6g} m3" in found["metering.slots_filled"].sentence
    assert "kW" not in " ".join(f.sentence for f in found.values())
    part = series.between("2024-03-01 00:00", "2024-03-01 00:30")
    assert part.total().value_in("m3") == 3.5
    assert list(series.to_frame().columns) == ["interval_start", "interval_end", "volume_m3", "line"]
    assert "volume_m3" in series.ledger.to_frame().columns


@pytest.mark.parametrize("law", [daily_profile, load_duration, load_histogram, monthly_energy, peak, total_energy_kwh])
def test_what_needs_energy_refuses_a_volume(write, gas, law):
    with pytest.raises(InputError, match="counts a volume") as refused:
        law(gas)
    assert "heat value" in refused.value.next_step
    law(read_meter(write()))


def test_demand_and_energy_of_a_volume_are_refused(gas):
    for read in (lambda: gas.energy_kwh, lambda: gas.demand_kw, lambda: gas.reading_kwh, gas.peak_demand):
        with pytest.raises(InputError, match="counts a volume"):
            read()


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ({"quantity_kind": "interval_energy"}, "kind: interval_volume or register"),
        ({"quantity_kind": "power"}, "kind: interval_volume or register"),
        ({"unit": "kWh"}, "kind: interval_energy or register"),
        ({"current_transformer_ratio": "300/5"}, "no current or voltage transformers"),
        ({"voltage_transformer_ratio": 60}, "no current or voltage transformers"),
        ({"transformer_class": "0.5"}, "no current or voltage transformers"),
        ({"maximum_demand": "100 kW"}, "maximum_demand is a power"),
        ({"unit": "m3/h"}, "neither active energy"),
    ],
)
def test_declarations_of_another_kind_are_refused(write, declared, message):
    with pytest.raises(InputError, match=message):
        write(**(GAS | declared))


def test_a_class_of_electricity_meters_is_none_of_a_gas_meter(write):
    with pytest.raises(InputError, match="electricity meters"):
        read_meter(write(**GAS, accuracy_class="1"))


def test_energy_and_volume_are_not_one_meter(write, gas):
    with pytest.raises(InputError, match="different amount_unit"):
        read_meter(write(), same_meter_as=gas)
