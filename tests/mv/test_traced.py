"""A verified saving as traced quantities: the same number, the same ±, one meter's error on the difference only."""

import dataclasses
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.metering import MeterLayout, MeterSeries, read_meter
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods, periods_of
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.mv.savings.saving import Saving, avoided_energy, backcast_saving, chained_saving, normalised_saving
from energycalc.mv.savings.traced import (
    VerifiedEnergy,
    trace_avoided,
    trace_backcast,
    trace_chained,
    trace_normalised,
    verified_saving,
)
from energycalc.quantity import Quantity
from energycalc.quantity.glossary import glossary
from energycalc.quantity.trace import leaves
from energycalc.quantity.uncertainty import propagate
from energycalc.quantity.units import unit as unit_of
from tests.mv.constructed import plant

LINE = Form("mean")
FORMS = {"kWh": ("interval_energy", "kWh"), "m3": ("interval_volume", "m3"), "m3[0C]": ("interval_volume", "Nm3")}


def meter(folder: Path, *, unit: str = "kWh", accuracy: str | None = "1", **changes: object) -> MeterSeries:
    """Three years of days: 2022, 2023 less 5 %, 2024 less 20 %; a current transformer of 60."""
    rows = ["start,reading"]
    for year, days, share in (
        (2022, 365, 0.0),
        (2023, 365, 0.05),
        (2024, 366, 0.2),
    ):
        one = plant(days, seed=year, first=f"{year}-01-01", saving=share)
        rows += [f"{str(s)[:10]},{float(e)!r}" for s, e in zip(one.start, one.energy, strict=True)]
    file = folder / "meter.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    kind, written = FORMS[unit]
    words: dict[str, object] = {
        "file": file, "time_column": "start", "value_column": "reading", "unit": written, "quantity_kind": kind,
        "interval": "1 d", "stamp": "interval_start", "midnight": "starts_day", "time_zone": "Asia/Taipei",
        "meter": "M1", "accuracy_class": accuracy if unit == "kWh" or accuracy is None else "1 %",
    }  # fmt: skip
    if unit == "kWh":
        words["current_transformer_ratio"] = "60"
    return read_meter(MeterLayout(**(words | changes)))  # type: ignore[arg-type]


def years(series: MeterSeries) -> list[Periods]:
    days = periods_of(series, "day")
    return [days.between(f"{y}-01-01", f"{y}-12-31") for y in (2022, 2023, 2024)]


def avoided(series: MeterSeries, **changes: object) -> tuple[Baseline, Periods, Saving]:
    before, _, after = years(series)
    baseline = fit_baseline(before, LINE)
    return baseline, after, avoided_energy(baseline, after, **changes)  # type: ignore[arg-type]


def first_order(q: Quantity) -> tuple[float, float]:
    (result,) = propagate(q, draws=10_000)
    assert result.gum is not None
    return result.gum.standard_uncertainty, result.gum.effective_degrees_of_freedom


def names(found: VerifiedEnergy) -> set[str]:
    return {leaf.name for leaf in leaves([found.saving])}


def test_the_trace_gives_the_saving_and_its_uncertainty_with_the_gain_on_the_difference(tmp_path: Path) -> None:
    """Class 1: u(gain) = 1 %/√3, a relative error of the difference, not of the two energies."""
    series = meter(tmp_path)
    baseline, after, saving = avoided(series)
    found = trace_avoided(baseline, after, saving, series)
    assert found.saving.value == pytest.approx(saving.saving, rel=1e-12)
    assert found.adjusted_baseline.value == pytest.approx(saving.adjusted_baseline, rel=1e-12)
    assert found.reporting.value == pytest.approx(after.energy.sum(), rel=1e-12)
    u, _ = first_order(found.saving)
    gain = 0.01 / math.sqrt(3)
    assert u == pytest.approx(math.hypot(saving.standard_uncertainty, saving.saving * gain), rel=1e-9)

    two_meters = math.hypot(saving.adjusted_baseline * gain, saving.reporting * gain)
    assert saving.saving * gain < 0.2 * two_meters

    assert names(found) == {
        "model_coefficient", "design_column_sum", "model_error", "meter_gain", "meter_reading_sum",
        "current_transformer_ratio",
    }  # fmt: skip


def test_without_a_declared_class_the_uncertainty_is_that_of_the_forecast(tmp_path: Path) -> None:
    series = meter(tmp_path, accuracy=None)
    baseline, after, saving = avoided(series)
    (result,) = propagate(trace_avoided(baseline, after, saving, series).saving, coverage=0.90)
    assert result.gum is not None and result.monte_carlo is not None
    assert result.gum.standard_uncertainty == pytest.approx(saving.standard_uncertainty, rel=1e-12)
    assert result.gum.effective_degrees_of_freedom == pytest.approx(saving.degrees_of_freedom)
    assert result.gum.expanded_uncertainty == pytest.approx(saving.half_width, rel=1e-9)
    low, high = result.monte_carlo.symmetric_interval
    assert (low, high) == pytest.approx(saving.interval, abs=0.03 * saving.half_width)


def test_another_meter_after_the_measure_counts_both_gains(tmp_path: Path) -> None:
    series = meter(tmp_path)
    baseline, after, saving = avoided(series)
    other = meter(tmp_path, meter="M2")
    u, _ = first_order(trace_avoided(baseline, after, saving, other, baseline_meter=series).saving)
    gain = 0.01 / math.sqrt(3)
    expected = math.hypot(saving.standard_uncertainty, saving.adjusted_baseline * gain, saving.reporting * gain)
    assert u == pytest.approx(expected, rel=1e-9)


def test_a_second_file_of_the_same_meter_shares_its_gain(tmp_path: Path) -> None:
    series = meter(tmp_path)
    baseline, after, saving = avoided(series)
    second = read_meter(series.layout, same_meter_as=series)
    one, _ = first_order(trace_avoided(baseline, after, saving, series).saving)
    two, _ = first_order(trace_avoided(baseline, after, saving, second, baseline_meter=series).saving)
    assert one == pytest.approx(two, rel=1e-12)


def test_adjustments_are_leaves_with_their_own_uncertainty(tmp_path: Path) -> None:
    series = meter(tmp_path)
    record = Adjustment(
        "non_routine", "new line", date(2024, 5, 1), date(2024, 12, 31), 5e4, "kWh", "engineering", "sheet 7", "by",
        standard_uncertainty=4000.0, degrees_of_freedom=6.0,
    )  # fmt: skip
    unsure = dataclasses.replace(record, what="tests", quantity=-1000.0, standard_uncertainty=None)
    baseline, after, saving = avoided(series, adjustments=[record, unsure])
    found = trace_avoided(baseline, after, saving, series)
    assert found.saving.value == pytest.approx(saving.saving, rel=1e-12)
    u, degrees = first_order(found.saving)
    difference = saving.saving - 49_000  # the gain acts on what the meter saw, not on the adjustments
    assert u == pytest.approx(math.hypot(saving.standard_uncertainty, difference * 0.01 / math.sqrt(3)), rel=1e-9)
    plain = trace_avoided(*avoided(series)[:2], avoided(series)[2], series)
    assert degrees != pytest.approx(first_order(plain.saving)[1])
    leaf = next(q for q in leaves([found.saving]) if q.symbol == "A_1")
    assert leaf.source is not None and "sheet 7" in leaf.source.locator and "new line" in leaf.source.document


def test_every_leaf_says_where_it_comes_from(tmp_path: Path) -> None:
    series = meter(tmp_path)
    baseline, after, saving = avoided(series)
    found = trace_avoided(baseline, after, saving, series)
    for leaf in leaves([found.saving]):
        assert leaf.source is not None and leaf.subject == "M1"
        assert leaf.name in glossary()
    by_name = {leaf.name: leaf for leaf in leaves([found.saving])}
    for name, rows in (("meter_reading_sum", "732 to 1097"), ("design_column_sum", "732 to 1097")):
        origin = by_name[name].source.file  # type: ignore[union-attr]
        assert origin is not None and origin.sha256 == series.sha256
        assert name != "meter_reading_sum" or origin.rows == rows
    assert "365 periods, 2022-01-01" in by_name["model_coefficient"].source.locator  # type: ignore[union-attr]
    assert by_name["model_error"].value == 0
    assert by_name["model_coefficient"].uncertainty is None
    for q in (found.adjusted_baseline, found.reporting, found.saving):
        assert q.name in glossary()


def test_the_other_kinds_give_their_saving_and_uncertainty_too(tmp_path: Path) -> None:
    series = meter(tmp_path)
    before, middle, after = years(series)
    first, between, last = (fit_baseline(p, LINE) for p in (before, middle, after))
    gain = 0.01 / math.sqrt(3)
    normalised = normalised_saving(first, last, middle)
    back = backcast_saving(last, before)
    chained = chained_saving(between, before, after)
    for saving, found, errors in (
        (normalised, trace_normalised(first, last, middle, normalised, series), 2),
        (back, trace_backcast(last, before, back, series), 1),
        (chained, trace_chained(between, before, after, chained, series), 1),
    ):
        assert found.saving.value == pytest.approx(saving.saving, rel=1e-9), saving.kind
        u, degrees = first_order(found.saving)
        assert u == pytest.approx(math.hypot(saving.standard_uncertainty, saving.saving * gain), rel=1e-9), saving.kind
        assert degrees >= saving.degrees_of_freedom
        assert len(found.model_errors) == errors


@pytest.mark.parametrize(
    ("unit", "name"), [("m3", "verified_volume_saving"), ("m3[0C]", "verified_normal_volume_saving")]
)
def test_a_gas_meter_saves_its_volume(tmp_path: Path, unit: str, name: str) -> None:
    series = meter(tmp_path, unit=unit)
    baseline, after, saving = avoided(series)
    found = trace_avoided(baseline, after, saving, series)
    assert found.saving.unit is unit_of(unit) and found.saving.name == name
    assert found.saving.value == pytest.approx(saving.saving, rel=1e-12)
    assert first_order(found.saving)[0] == pytest.approx(
        math.hypot(saving.standard_uncertainty, saving.saving * 0.01 / math.sqrt(3)), rel=1e-9
    )


def test_left_out_days_are_not_in_the_metered_energy(tmp_path: Path) -> None:
    series = meter(tmp_path)
    baseline, after, _ = avoided(series)
    mask = np.ones(366, dtype=bool)
    mask[[100, 101, 365]] = False
    fewer = after.chosen(mask, "power cut")
    saving = avoided_energy(baseline, fewer)
    found = trace_avoided(baseline, fewer, saving, series)
    assert found.reporting.value == pytest.approx(fewer.energy.sum(), rel=1e-12)
    assert found.saving.value == pytest.approx(saving.saving, rel=1e-12)
    read = next(q for q in leaves([found.saving]) if q.name == "meter_reading_sum")
    assert read.source is not None and "3 periods left out" in read.source.locator
    assert first_order(found.saving)[0] == pytest.approx(
        math.hypot(saving.standard_uncertainty, saving.saving * 0.01 / math.sqrt(3)), rel=1e-9
    )


def test_a_saving_of_something_else_is_refused(tmp_path: Path) -> None:
    series = meter(tmp_path)
    baseline, after, saving = avoided(series)
    with pytest.raises(InputError, match="not of this kind"):
        trace_backcast(baseline, after, saving, series)
    with pytest.raises(InputError, match="not of this kind"):
        trace_avoided(baseline, after.between("2024-02-01", "2024-12-31"), saving, series)
    with pytest.raises(InputError, match="not the one of these periods"):
        trace_avoided(fit_baseline(after, LINE), after, saving, series)


def test_the_formula_subtracts_and_refuses_other_kinds() -> None:
    assert verified_saving("10 MWh", "9000 kWh").value == pytest.approx(1000)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        verified_saving("10 m3", "9000 kWh")  # type: ignore[arg-type]
