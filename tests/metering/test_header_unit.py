"""What the header says about the unit is held against what is declared."""

import pytest

from energycalc.errors import InputError, UnitError
from energycalc.metering import read_meter, series_findings, total_energy_kwh
from energycalc.metering.numbers.header_unit import units_in


@pytest.mark.parametrize(
    ("header", "units"),
    [
        ("Usage_kWh", ("kWh",)),
        ("Lagging_Current_Reactive_Power_kVarh", ("kvarh",)),
        ("CO2(tCO2)", ("tCO2",)),
        ("有效電度(度)", ("kWh",)),
        ("用電量kWh", ("kWh",)),
        ("TotalMWh", ("MWh",)),
        ("需量（仟瓦）", ("kW",)),
        ("Energy kW-h", ("kWh",)),
        ("kWh/15min", ("kWh",)),
        ("Flow [Nm3/h]", ("m3[0C]/h",)),
        ("流量(m³)", ("m3",)),
        ("Power [W]", ("W",)),
        ("kW or kWh", ("kW", "kWh")),
        ("NTD/kWh", ("TWD",)),
        ("Power factor", ()),
        ("Phase A", ()),
        ("feeder_W", ()),
        ("溫度", ()),
        ("外氣溫度(℃)", ("degC",)),
        ("Temp [°F]", ("degF",)),
        ("產量（公噸）", ("t",)),
        ("item3", ()),
        ("Date/Time", ()),
        ("reading", ()),
    ],
)
def test_units_of_headers(header, units):
    assert units_in(header) == units


@pytest.mark.parametrize(
    ("header", "declared"),
    [
        ("Usage_kWh", {"unit": "MWh"}),
        ("Power_kVarh", {"unit": "kWh"}),
        ("Demand (kW)", {"unit": "kWh"}),
        ("有效電度(度)", {"unit": "千度"}),
        ("CO2(tCO2)", {"unit": "kWh"}),
        ("Usage_kWh", {"unit": "kW", "quantity_kind": "power"}),
        ("Nm3", {"unit": "m3", "quantity_kind": "interval_volume"}),
        ("m3/h", {"unit": "m3", "quantity_kind": "interval_volume"}),
    ],
)
def test_a_header_that_contradicts_the_unit_is_refused_with_both(write, header, declared):
    with pytest.raises(UnitError, match="the header names") as refused:
        write(header=header, **declared)
    assert header in refused.value.value and declared["unit"] in refused.value.value
    assert "header_unit: ignore" in refused.value.next_step


@pytest.mark.parametrize(
    ("header", "declared"),
    [
        ("Usage_kWh", {"unit": "度"}),
        ("有效電度(度)", {"unit": "kWh"}),
        ("reading", {"unit": "MWh"}),
        ("kW / kWh", {"unit": "kWh"}),
        ("Demand (kW)", {"unit": "kW", "quantity_kind": "power"}),
        ("gas m3", {"unit": "Nm3", "quantity_kind": "interval_volume"}),
    ],
)
def test_a_header_that_agrees_or_is_silent_is_taken(write, header, declared):
    assert write(header=header, **declared).units_of_header == ()


def test_a_wrong_header_is_ignored_only_with_a_reason_that_is_reported(write):
    with pytest.raises(InputError, match="without a reason"):
        write(header="Usage_kWh", unit="MWh", header_unit="ignore")
    because = "the logger was set to MWh in 2023, its header was not"
    series = read_meter(write(header="Usage_kWh", unit="MWh", header_unit="ignore", header_unit_because=because))
    assert total_energy_kwh(series) == 9750
    (found,) = (f for f in series_findings(series) if f.id == "metering.header_unit_ignored")
    assert because in found.sentence and "kWh" in found.sentence and "MWh" in found.sentence
    assert "metering.header_unit_ignored" not in {f.id for f in series_findings(read_meter(write()))}


def test_the_reactive_column_of_the_real_file_is_no_energy(steel_layout):
    with pytest.raises(UnitError, match="kvarh"):
        steel_layout(value_column="Lagging_Current_Reactive_Power_kVarh")
    assert steel_layout().units_of_header == ()
