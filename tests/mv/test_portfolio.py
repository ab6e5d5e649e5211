"""Many meters at once give what one meter at a time gives, and no meter is lost."""

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from energycalc.metering import MeterLayout
from energycalc.mv.models.baseline import Baseline, bind
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.forms import Form
from energycalc.mv.periods import Periods
from energycalc.mv.portfolio import DailyTable, MeterAccount, PortfolioPlan, assess_table
from energycalc.mv.portfolio.candidates import FORMS, BatchForm, choose, refine
from energycalc.mv.regression.least_squares import least_squares
from energycalc.mv.savings.saving import avoided_energy

DAY = np.timedelta64(1, "D")
ACCOUNT = MeterAccount(0, 0.0, 0, 0.0, 0, 0.0)


def plan(**changes: object) -> PortfolioPlan:
    layout = MeterLayout(
        file="folder",
        time_column="time",
        value_column="kWh",
        unit="kWh",
        quantity_kind="interval_energy",
        interval="15 min",
        stamp="interval_start",
        midnight="starts_day",
        time_zone="Asia/Taipei",
    )
    words = {
        "layout": layout,
        "baseline": (date(2022, 1, 1), date(2022, 12, 31)),
        "reporting": (date(2023, 1, 1), date(2023, 9, 30)),
        "temperature_column": "degC",
    }
    return PortfolioPlan(**(words | changes))  # type: ignore[arg-type]


def constructed(meters: int, the_plan: PortfolioPlan, saving: float = 0.0, seed: int = 7) -> DailyTable:
    """Made-up plants: weekday levels, heating below 14 and cooling above 24 degrees, slow and fast noise."""
    rng = np.random.default_rng(seed)
    days = the_plan.days
    weekday = (days.astype(int) + 3) % 7
    season = 20 - 9 * np.cos(2 * np.pi * np.arange(len(days)) / 365.25)
    temperature = season + 3 * rng.standard_normal((meters, len(days)))
    cooling, heating = rng.uniform(0, 90, (meters, 1)), rng.uniform(0, 60, (meters, 1))
    noise = rng.standard_normal((meters, len(days))).cumsum(axis=1) * 0.3 + 20 * rng.standard_normal(
        (meters, len(days))
    )
    energy = 1000 + 400 * (weekday < 5) + 150 * (weekday == 5) + noise
    energy = energy + cooling * np.maximum(temperature - 24, 0) + heating * np.maximum(14 - temperature, 0)
    energy[:, days >= np.datetime64(the_plan.reporting[0])] *= 1 - saving
    names = tuple(f"meter {number:02d}" for number in range(meters))
    return DailyTable(names, days, energy, temperature, "kWh", (ACCOUNT,) * meters)


def one_meter(table: DailyTable, k: int, the_plan: PortfolioPlan) -> tuple[Periods, Periods]:
    """Baseline and reporting periods of one meter, as the rest of the room has them."""
    assert table.temperature is not None
    there = np.isfinite(table.energy[k])
    start = table.days[there].astype("datetime64[s]")
    whole = Periods(
        start, start + DAY, table.energy[k][there], "kWh", "day", {"outdoor": table.temperature[k][there]}
    )  # fmt: skip
    return whole.between(*the_plan.baseline), whole.between(*the_plan.reporting)


@pytest.mark.parametrize("gaps", [False, True])
def test_a_batch_gives_what_the_models_of_single_meters_give(gaps: bool) -> None:
    the_plan = plan()
    table = constructed(12, the_plan, saving=0.1)
    if gaps:
        rng = np.random.default_rng(3)
        table.energy[rng.random(table.energy.shape) < 0.07] = np.nan
        table.energy[4, :40] = np.nan  # a baseline that begins later
    compared = set()
    for k, row in enumerate(assess_table(the_plan, table).rows):
        assert row.saving is not None
        shape = row.saving.form.split("+")[0]
        if "×" in shape or shape in ("mean", "time_of_week"):
            continue
        before, after = one_meter(table, k, the_plan)
        form = Form(f"{shape}+time_of_week", "outdoor", change_points=row.saving.change_points)
        bound = replace(bind(before, form), extra_parameters=len(row.saving.change_points))
        fit = least_squares(
            bound.design(before), before.energy, bound.names, extra_parameters=bound.extra_parameters
        )  # fmt: skip
        alone = avoided_energy(Baseline(bound, fit, before), after, confidence=0.90)
        assert row.saving.adjusted_baseline == pytest.approx(alone.adjusted_baseline, rel=1e-9)
        assert row.saving.saving == pytest.approx(alone.saving, rel=1e-9)
        assert row.saving.cv_rmse == pytest.approx(fit.cv_rmse, rel=1e-9)
        assert row.saving.degrees_of_freedom == alone.degrees_of_freedom
        assert row.saving.standard_uncertainty == pytest.approx(alone.standard_uncertainty, rel=1e-9)
        assert row.saving.half_width == pytest.approx(alone.half_width, rel=1e-9)
        assert (row.verdict in ("saving", "increase")) == alone.distinguishable
        compared.add(shape)
    assert len(compared) >= 2  # forms with one and with two change points were there


def test_without_temperature_the_weekdays_alone_explain() -> None:
    the_plan = plan(temperature_column=None)
    table = replace(constructed(5, the_plan), temperature=None)
    for k, row in enumerate(assess_table(the_plan, table).rows):
        assert row.saving is not None and row.saving.form == "time_of_week"
        weekday = (table.days.astype(int) + 3) % 7
        before = table.days <= np.datetime64(the_plan.baseline[1])
        means = np.array([table.energy[k][before & (weekday == d)].mean() for d in range(7)])
        assert row.saving.adjusted_baseline == pytest.approx(means[weekday[~before]].sum(), rel=1e-12)


def test_the_interval_holds_a_known_saving_about_as_often_as_it_says() -> None:
    """300 meters with independent residuals and no saving: 90 % of the intervals hold zero, within three sigma."""
    the_plan = plan()
    table = constructed(300, the_plan, seed=11)
    rng = np.random.default_rng(5)
    assert table.temperature is not None
    weekday = (table.days.astype(int) + 3) % 7
    energy = 1000 + 300 * (weekday < 5) + 30 * np.maximum(table.temperature - 24, 0)
    table = replace(table, energy=energy + 25 * rng.standard_normal(energy.shape))
    rows = assess_table(the_plan, table).rows
    inside = [abs(row.saving.saving) <= row.saving.half_width for row in rows if row.saving is not None]
    assert len(inside) == 300
    assert np.mean(inside) == pytest.approx(0.90, abs=3 * math.sqrt(0.9 * 0.1 / 300))


def test_no_chosen_change_point_is_beaten_by_its_neighbours() -> None:
    the_plan = plan()
    table = constructed(8, the_plan)
    mask = np.broadcast_to(the_plan.inside(the_plan.baseline), table.energy.shape)
    assert table.temperature is not None
    weekday = (table.days.astype(int) + 3) % 7
    chosen, below, above = choose(table.energy, table.temperature, mask, weekday, weekday)
    for k in range(8):
        form, one = FORMS[chosen[k]], np.array([k])
        t, y = table.temperature[one], table.energy[one]
        b, a = refine(form, y, t, mask[one], weekday, weekday, below[one], above[one])
        least = _squares(form, b, a, table, k, mask[k], weekday)
        assert least <= _squares(form, below[one], above[one], table, k, mask[k], weekday) * (1 + 1e-12)


def _squares(form: BatchForm, b: np.ndarray, a: np.ndarray, table: DailyTable, k: int, mask: np.ndarray,
             weekday: np.ndarray) -> float:  # fmt: skip
    from energycalc.mv.portfolio.batched_fit import design

    assert table.temperature is not None
    columns = design(form, b, a, table.temperature[[k]], weekday, weekday, np.arange(7))[0][mask]
    left = table.energy[k][mask] - columns @ np.linalg.lstsq(columns, table.energy[k][mask], rcond=None)[0]
    return float(left @ left)


def test_a_meter_that_fails_is_a_row_with_its_reason_and_disturbs_no_other() -> None:
    the_plan = plan()
    table = constructed(6, the_plan, saving=0.08)
    alone = assess_table(the_plan, table).rows
    energy, accounts = table.energy.copy(), list(table.accounts)
    energy[1] = np.nan
    accounts[1] = replace(ACCOUNT, reason="the register falls")
    energy[2, the_plan.inside(the_plan.reporting)] = np.nan
    energy[3, :355] = np.nan
    rows = assess_table(the_plan, replace(table, energy=energy, accounts=tuple(accounts))).rows
    assert [row.meter for row in rows] == list(table.meters)
    assert [row.verdict == "refused" for row in rows] == [False, True, True, True, False, False]
    assert rows[1].reason == "the register falls"
    assert "reporting" in rows[2].reason and "baseline days" in rows[3].reason
    assert all(row.doubts[0].id == "portfolio.refused" for row in rows[1:4])
    for k in (0, 4, 5):
        assert rows[k].saving is not None and alone[k].saving is not None
        assert rows[k].saving.saving == pytest.approx(alone[k].saving.saving, rel=1e-9)


def test_kinds_of_days_that_the_baseline_lacks_are_left_out_and_said() -> None:
    """A baseline from April to December has no Lunar New Year; the reporting period has."""
    the_plan = plan(
        baseline=(date(2022, 4, 1), date(2022, 12, 31)),
        calendar=Calendar(),
        reporting=(date(2023, 1, 1), date(2023, 3, 31)),
    )
    table = constructed(2, the_plan)
    names, kind = the_plan.kinds_of_days()
    new_year = np.isin(kind, [names.index(name) for name in names if name == "lunar_new_year"])
    assert new_year.any()
    for row in assess_table(the_plan, table).rows:
        assert row.saving is not None
        assert row.saving.reporting_days <= 90 - int(new_year.sum())
        assert "portfolio.unknown_days" in {finding.id for finding in row.doubts}


def test_tables_are_sorted_by_saving_and_by_doubt() -> None:
    the_plan = plan()
    table = constructed(6, the_plan, saving=0.1)
    table.energy[5] = np.nan
    portfolio = assess_table(the_plan, table)
    savings = [row.saving.saving for row in portfolio.by_saving() if row.saving is not None]
    assert savings == sorted(savings, reverse=True) and len(savings) == 5
    assert portfolio.by_saving()[-1].saving is None
    assert portfolio.by_doubt()[0].saving is None
    assert {row.meter for row in portfolio.by_doubt()} == set(table.meters)


def test_doubts_fire_on_the_fault_and_are_silent_on_clean_data() -> None:
    the_plan = plan()
    clean = assess_table(the_plan, constructed(1, the_plan, saving=0.15)).rows[0]
    assert not {f.id for f in clean.doubts} & {
        "portfolio.cv_rmse",
        "portfolio.uncertain",
        "portfolio.coverage_baseline",
    }
    table = constructed(1, the_plan)
    rng = np.random.default_rng(1)
    table.energy[0] *= rng.uniform(0.1, 1.9, table.energy.shape[1])
    table.energy[0, :50] = np.nan
    doubted = {f.id for f in assess_table(the_plan, table).rows[0].doubts}
    assert {"portfolio.cv_rmse", "portfolio.coverage_baseline"} <= doubted


def test_a_change_of_unit_changes_nothing_but_the_unit(tmp_path: Path) -> None:
    the_plan = plan()
    table = constructed(4, the_plan, saving=0.1)
    warmer = None if table.temperature is None else table.temperature * 1.8 + 32
    for one, two in zip(
        assess_table(the_plan, table).rows,
        assess_table(the_plan, replace(table, energy=table.energy * 1000, temperature=warmer)).rows,
        strict=True,
    ):
        assert one.saving is not None and two.saving is not None
        assert two.saving.form == one.saving.form
        assert two.saving.saving == pytest.approx(1000 * one.saving.saving, rel=1e-9)
        assert two.saving.standard_uncertainty == pytest.approx(1000 * one.saving.standard_uncertainty, rel=1e-9)
