"""What the pages show of meters and models: held against other programs, and against what must add up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from statsmodels.tsa.stattools import acf

from energycalc.errors import InputError
from energycalc.metering import MeterSeries, read_meter
from energycalc.mv.models.baseline import fit_baseline
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.forms import Form
from energycalc.mv.savings.ordinary_sum import ordinary_sum
from energycalc.mv.savings.saving import avoided_energy
from energycalc.mv.views.model_scatter import main_driver, model_scatter
from energycalc.mv.views.model_views import (
    POINTS,
    cumulative_saving,
    energy_over_time,
    saving_by_group,
    saving_by_month,
)
from energycalc.mv.views.series_views import day_by_hour, duration_curve, group_labels, residual_view
from tests.mv.constructed import noise, plant
from tests.steel import steel_layout


@pytest.fixture(scope="module")
def steel() -> MeterSeries:
    return read_meter(steel_layout())


BEFORE = plant(365, seed=1, correlation=0.5)
AFTER = plant(365, seed=2, correlation=0.5, first="2024-01-01", saving=0.1)
MODEL = fit_baseline(BEFORE, Form("linear", linear=("tonnes",)))


def test_day_by_hour_keeps_the_energy_and_the_hours(steel: MeterSeries) -> None:
    table = day_by_hour(steel)
    assert table.load.shape == (365, 24)
    assert float(table.load.sum()) == pytest.approx(959_636.7, abs=0.1)  # total of the data set's own description
    assert table.load[0, 0] == pytest.approx(steel.demand_kw[:4].mean())


def test_hours_without_reading_are_nothing_not_zero(steel: MeterSeries) -> None:
    kept = steel.interval_start < np.datetime64("2018-01-02T05:00")
    kept |= steel.interval_start >= np.datetime64("2018-01-02T07:00")
    short = replace(
        steel, **{f: getattr(steel, f)[kept] for f in ("interval_start", "interval_end", "reading", "line")}
    )
    table = day_by_hour(short)
    assert np.isnan(table.load[1, 5:7]).all()
    assert np.isnan(table.load).sum() == 2


def test_days_have_no_hours(steel: MeterSeries) -> None:
    daily = replace(steel, layout=replace(steel.layout, interval="1 d"))
    with pytest.raises(InputError, match="longer than an hour"):
        day_by_hour(daily)


def test_the_duration_curve_falls_and_its_area_is_the_mean(steel: MeterSeries) -> None:
    curve = duration_curve(steel, points=100_000)
    assert (np.diff(curve.load) <= 0).all()
    assert curve.load[0] == pytest.approx(628.7, abs=0.1)  # the data set's own peak
    assert float(np.sum(curve.load * np.diff(curve.share, prepend=0.0))) == pytest.approx(curve.mean)
    assert (curve.share[-1], curve.hours) == (1.0, 8760.0)
    assert len(duration_curve(steel, points=50).load) == 50


def test_autocorrelations_are_those_of_statsmodels() -> None:
    residuals = noise(500, 0.6, 3)
    view = residual_view(residuals, 20)
    assert view.autocorrelation == pytest.approx(acf(residuals, nlags=20, fft=False)[1:], rel=1e-9)
    assert view.bound == pytest.approx(1.959964 / np.sqrt(500), rel=1e-6)
    assert view.counts.sum() == 500
    assert (np.diff(view.scores) > 0).all() and (np.diff(view.ordered) >= 0).all()


def test_residuals_without_spread_are_refused() -> None:
    with pytest.raises(InputError, match="no spread"):
        residual_view(np.zeros(10), 3)


def test_joined_periods_keep_the_energy() -> None:
    view = energy_over_time(MODEL, AFTER, 0.90)
    assert view.interval == "week" and view.own_interval == "day"
    assert len(view.start) <= POINTS
    days = (view.end - view.start) / np.timedelta64(1, "D")
    later = view.reporting
    assert float((view.metered * days)[later].sum()) == pytest.approx(AFTER.energy.sum())
    assert float((view.expected * days)[later].sum()) == pytest.approx(MODEL.predict(AFTER).sum())
    short = energy_over_time(MODEL, AFTER.between("2024-01-01", "2024-01-31"), 0.90)
    assert short.interval == "week"


def test_a_band_of_single_periods_holds_its_share_of_new_values() -> None:
    before, after = plant(60, seed=5), plant(120, seed=6, first="2024-01-01")
    view = energy_over_time(fit_baseline(before, Form("linear", linear=("tonnes",))), after, 0.90)
    assert view.interval == "day"
    inside = (np.abs(view.metered - view.expected) <= view.half_width)[view.reporting]
    assert 0.82 < inside.mean() < 0.97  # 90 % of 120, less or more three standard deviations


def test_the_running_sum_starts_again_with_the_reporting_period_and_ends_at_the_saving() -> None:
    saving = avoided_energy(MODEL, AFTER)
    view = cumulative_saving(MODEL, AFTER, saving.half_width, 0.90)
    before = ~view.reporting
    assert view.saving[before][-1] == pytest.approx(0, abs=1e-6)
    assert view.saving[-1] == pytest.approx(saving.saving)
    assert view.half_width[-1] == pytest.approx(saving.half_width)
    assert np.isnan(view.half_width[before]).all()
    assert (np.diff(view.half_width[view.reporting]) > 0).all()


def test_groups_and_months_add_up_to_the_saving() -> None:
    saving = avoided_energy(MODEL, AFTER)
    by, labels = group_labels(Calendar(), (), AFTER)
    groups = saving_by_group(MODEL, AFTER, labels, 0.90)
    assert by == "day_type"
    assert sum(group.saving for group in groups) == pytest.approx(saving.saving)
    assert sum(group.periods for group in groups) == len(AFTER)
    months = saving_by_month(saving)
    assert len(months) == 12
    assert sum(month.modelled - month.metered for month in months) == pytest.approx(saving.saving)


def test_without_a_calendar_the_weekend_is_told_apart() -> None:
    by, labels = group_labels(None, (), AFTER.between("2024-01-01", "2024-01-07"))  # Monday to Sunday
    assert (by, labels) == ("part_of_week", ["monday_to_friday"] * 5 + ["weekend"] * 2)


def test_with_one_driver_the_chart_shows_the_model_and_the_periods_themselves() -> None:
    view = model_scatter(MODEL, AFTER, 0.90)
    assert view is not None and view.others == ()
    curve = view.curves[0]
    intercept, slope = MODEL.fit.coefficients
    assert curve.mean == pytest.approx(intercept + slope * curve.x)
    assert view.reporting_y == pytest.approx(AFTER.energy)
    assert view.baseline_y == pytest.approx(BEFORE.energy)
    middle = int(np.argmin(np.abs(curve.x - BEFORE.drivers["tonnes"].mean())))
    assert curve.confidence_half[middle] == min(curve.confidence_half)  # narrowest at the mean
    assert (curve.prediction_half > curve.confidence_half).all()


def test_other_drivers_are_brought_to_their_means() -> None:
    hours = 8 + noise(365, 0.0, 9)
    before = replace(BEFORE, drivers={**BEFORE.drivers, "hours": hours}, energy=BEFORE.energy + 20 * hours)
    model = fit_baseline(before, Form("linear", linear=("tonnes", "hours")))
    view = model_scatter(model, before, 0.90)
    assert main_driver(model) == "hours"  # 20 per hour of spread 1 against 3 per tonne of spread about 3
    assert view is not None and view.others == ("tonnes",)
    distance = view.baseline_y - np.interp(view.baseline_x, view.curves[0].x, view.curves[0].mean)
    assert distance == pytest.approx(model.fit.residuals, abs=1e-9)
    assert main_driver(fit_baseline(before, Form("mean"))) is None


@pytest.mark.parametrize("constant", [0, None])
def test_the_steps_of_the_worksheet_lead_to_the_variance_of_the_textbook(constant: int | None) -> None:
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(50), rng.normal(25_000, 900, 50), rng.normal(20, 6, 50)])
    new = np.column_stack([np.ones(30), rng.normal(26_000, 900, 30), rng.normal(24, 6, 30)])
    if constant is None:
        x, new = x[:, 1:], new[:, 1:]
    found = ordinary_sum(x, new, constant, 4.0)
    total = new.sum(axis=0)
    textbook = 4.0 * (30 + total @ np.linalg.inv(x.T @ x) @ total)
    assert found.variance == pytest.approx(textbook, rel=1e-9)
    if constant is not None:  # variance inflation: 1/(1 − R²) of one column on the other
        r = np.corrcoef(x[:, 1], x[:, 2])[0, 1]
        assert found.variance_inflation == pytest.approx([1 / (1 - r**2)] * 2)


def test_columns_that_hang_together_are_refused() -> None:
    x = np.column_stack([np.ones(20), np.arange(20.0), np.arange(20.0) * (1 + 1e-9)])
    with pytest.raises(InputError, match="hang together"):
        ordinary_sum(x, x, 0, 1.0)
