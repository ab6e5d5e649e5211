"""What leaves the room: traced quantities with file, rows and the shared constants of the meter."""

import math

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import read_meter, total_energy_kwh
from energycalc.quantity import FileOrigin
from energycalc.quantity.uncertainty import propagate


def test_a_total_without_class_is_one_measured_leaf(steel):
    total = steel.total(name="metered_energy", symbol="E_site")
    assert total.operation is None and total.basis == "measured" and total.uncertainty is None
    assert round(total.value_in("kWh"), 1) == 959_636.7
    assert total.source.file.name == "steel_kr_2018_15min.csv.gz"
    assert total.source.file.sha256.startswith("a059a4dd9b81")
    assert (total.source.file.rows, total.source.file.column) == ("2 to 35041", "Usage_kWh")
    assert "35,040 used" in total.source.locator


def test_the_peak_names_its_row(steel):
    highest = steel.peak_demand()
    assert round(highest.value_in("kW"), 1) == 628.7
    assert highest.source.file.rows == "31240"


def leaves(quantity):
    return {quantity} if quantity.operation is None else set().union(*map(leaves, quantity.parents))


def test_class_and_ratio_are_leaves_of_the_total(write):
    plate = FileOrigin("case.yaml", line=12, path="meters.M1")
    series = read_meter(
        write(
            current_transformer_ratio="300/5",
            accuracy_class="1",
            transformer_class="0.5",
            meter="M1",
            declared_in=plate,
        )
    )
    total = series.total()
    assert total.value_in("kWh") == pytest.approx(9.75 * 60) == total_energy_kwh(series)
    names = {leaf.name: leaf for leaf in leaves(total)}
    assert set(names) == {"meter_reading_sum", "meter_gain", "transformer_gain", "current_transformer_ratio"}
    assert names["meter_reading_sum"].value == 9.75 and names["current_transformer_ratio"].value == 60
    assert all(leaf.subject == "M1" for leaf in names.values())
    # rectangular: half-width over the square root of three (JCGM 100, 4.3.7)
    assert names["meter_gain"].uncertainty.standard_uncertainty == pytest.approx(0.01 / math.sqrt(3))
    assert names["transformer_gain"].uncertainty.standard_uncertainty == pytest.approx(0.005 / math.sqrt(3))
    assert names["current_transformer_ratio"].source.file is names["meter_gain"].source.file is plate
    assert "not in the standard" in names["meter_gain"].source.confidence


def test_energy_and_demand_of_the_series_are_primary(write):
    series = read_meter(write(current_transformer_ratio=60, voltage_transformer_ratio="11400/114"))
    assert series.energy_kwh == pytest.approx(series.reading_kwh * 6000)
    assert series.peak_demand().value_in("kW") == pytest.approx(3 * 6000 * 4)
    assert np.max(series.demand_kw) == pytest.approx(3 * 6000 * 4)


@pytest.mark.parametrize("written", ["3", "0.5", "class 1", "-1 %", "x %"])
def test_an_unknown_class_is_refused(write, written):
    with pytest.raises(InputError, match="class"):
        read_meter(write(accuracy_class=written))


def test_a_limit_of_error_in_per_cent_is_accepted(write):
    (gain,) = read_meter(write(accuracy_class="±1.5 %")).factors
    assert gain.uncertainty.standard_uncertainty == pytest.approx(0.015 / math.sqrt(3))


def test_two_totals_of_one_meter_are_fully_correlated(write):
    """The difference of two parts has the class error of the difference, not of both totals in quadrature."""
    series = read_meter(write(accuracy_class="1"))
    early, late = (
        series.between(f"2024-03-01 {a}", f"2024-03-01 {b}") for a, b in (("00:00", "00:45"), ("00:45", "01:30"))
    )
    difference = late.total() - early.total()
    (result,) = propagate(difference, draws=10_000)
    assert difference.value == pytest.approx(6.25 - 3.5)
    assert result.gum.standard_uncertainty == pytest.approx(2.75 * 0.01 / math.sqrt(3))


def test_files_of_one_meter_share_its_constants_only_when_said(write):
    first = read_meter(write(accuracy_class="1"))
    assert read_meter(write(accuracy_class="1"), same_meter_as=first).factors[0] is first.factors[0]
    assert read_meter(write(accuracy_class="1")).factors[0] is not first.factors[0]
    with pytest.raises(InputError, match="different accuracy_class"):
        read_meter(write(accuracy_class="2"), same_meter_as=first)
    with pytest.raises(InputError, match="different ct_ratio"):
        read_meter(write(accuracy_class="1", current_transformer_ratio=40), same_meter_as=first)


def test_a_series_cannot_be_changed(steel):
    with pytest.raises(ValueError, match="read-only"):
        steel.reading_kwh[0] = 0.0


def test_the_table_has_one_line_per_slot(steel):
    frame = steel.to_frame()
    assert len(frame) == 35_040
    assert frame["energy_kwh"].sum() == pytest.approx(959_636.71)
