"""Drivers: read by the same grammar in their own unit, and never taken for energy."""

import math

import pytest

from energycalc.errors import InputError, MeterDataError, UnitError
from energycalc.metering import read_meter

MEAN = {"header": "temperature", "unit": "degC", "quantity_kind": "interval_mean"}
PIECES = {"header": "output", "unit": "piece", "quantity_kind": "interval_sum"}


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("degC", "degC"), ("℃", "degC"), ("degF", "degF"), ("°F", "degF"), ("t", "t"), ("公噸", "t"), ("件", "piece"),
     ("h", "h"), ("1", "1"), ("%", "%"), ("kg", "kg"), ("kWh", "kWh"), ("m3", "m3")],
)  # fmt: skip
def test_a_driver_keeps_its_unit_and_its_numbers(write, unit, shown):
    series = read_meter(write(header="driver", unit=unit, quantity_kind="interval_sum"))
    assert (series.kind_of_amount, series.unit) == ("driver", shown)
    assert series.amount.tolist() == [1.5, 2, 0, 2.25, 3, 1]
    assert series.ledger.used == 9.75 and "driver" in series.to_frame().columns


@pytest.mark.parametrize("unit", ["RT", "ton", "furlong"])
def test_a_unit_that_is_not_on_the_list_is_refused(write, unit):
    with pytest.raises(UnitError):
        write(header="driver", unit=unit, quantity_kind="interval_sum")


def test_fahrenheit_is_for_drivers_only(write):
    with pytest.raises(UnitError):
        write(unit="degF")


def test_negative_temperatures_are_declared(write, clean):
    rows = [(clean[0][0], "-3.5"), *clean[1:]]
    with pytest.raises(MeterDataError, match="negative") as refused:
        read_meter(write(rows, **MEAN))
    assert "transformer" not in str(refused.value)
    assert read_meter(write(rows, **MEAN, negative="allow")).amount[0] == -3.5


def test_amounts_add_up_and_means_do_not(write):
    pieces = read_meter(write(**PIECES)).total(name="production", symbol="Q")
    assert pieces.value_in("piece") == 9.75 and pieces.basis == "measured" and pieces.source.file.column == "output"
    with pytest.raises(InputError, match="cannot be added up"):
        read_meter(write(**MEAN)).total()


def test_a_driver_has_no_energy(write):
    series = read_meter(write(**PIECES))
    assert "driver" in series.ledger.to_frame().columns
    for name in ("reading_kwh", "energy_kwh", "demand_kw"):
        with pytest.raises(InputError, match="is a driver"):
            getattr(series, name)


@pytest.mark.parametrize(
    "declared",
    [
        {"current_transformer_ratio": 60},
        {"transformer_class": "0.5"},
        {"maximum_demand": "10 kW"},
        {"accuracy_class": "1 %"},
        {"register_capacity": 1e6},
        {"gaps": "spread"},
    ],
)
def test_what_only_an_energy_meter_has_is_refused(write, declared):
    with pytest.raises(InputError):
        write(**MEAN, **declared)


def test_gaps_of_a_driver_are_left_or_interpolated(write, clean):
    rows = [*clean[:2], *clean[3:]]
    assert len(read_meter(write(rows, **MEAN, gaps="report")).ledger.missing) == 1
    filled = read_meter(write(rows, **MEAN, gaps="interpolate"))
    assert filled.amount[2] == pytest.approx((2 + 2.25) / 2) and not math.isnan(filled.amount.sum())


@pytest.mark.parametrize(
    ("header", "unit", "agrees"),
    [("溫度(℃)", "degC", True), ("溫度(℃)", "degF", False), ("Temp [°F]", "°F", True), ("產量(公噸)", "kg", False)],
)
def test_the_header_of_a_driver_is_held_against_its_unit(write, header, unit, agrees):
    if agrees:
        assert write(header=header, unit=unit, quantity_kind="interval_mean").units_of_header == ()
    else:
        with pytest.raises(UnitError, match="the header names"):
            write(header=header, unit=unit, quantity_kind="interval_mean")
