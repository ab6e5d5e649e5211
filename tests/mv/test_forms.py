"""Forms: what each is on constructed energy, its refusals, and its worksheet formulas as LibreOffice computes them."""

import re
from datetime import date, time
from pathlib import Path

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.baseline import Baseline, fit_baseline
from energycalc.mv.models.calendar import Calendar
from energycalc.mv.models.columns import Indicator, Shift, indicator_share, shift_of, temperature_segments, time_of_week
from energycalc.mv.models.coverage import extrapolation, range_table
from energycalc.mv.models.forms import Form
from energycalc.mv.models.time_of_week import equal_count_knots, occupied_times
from energycalc.mv.periods import Interval, Periods
from tests.reports.libreoffice import poisoned, recomputed, values

STEPS: dict[Interval, str] = {"hour": "h", "day": "D", "month": "M"}


def periods(interval: Interval, first: str, count: int, seed: int = 0) -> Periods:
    """Weather and production of a plant; the energy is 1 everywhere until a test sets it."""
    draw = np.random.default_rng(seed)
    edges = (np.datetime64(first, STEPS[interval]) + np.arange(count + 1)).astype("datetime64[s]")
    day = edges[:-1].astype("datetime64[D]").astype(float)
    drivers = {
        "outdoor": 22 + 8 * np.sin((day - 110) / 58) + draw.normal(0, 2, count),
        "tonnes": draw.uniform(40, 90, count),
    }
    units = {"outdoor": "degC", "tonnes": "t"}
    return Periods(edges[:-1], edges[1:], np.ones(count), "kWh", interval, drivers, units)


def with_energy(p: Periods, energy: np.ndarray) -> Periods:
    return Periods(p.start, p.end, energy, p.unit, p.interval, p.drivers, p.driver_units)


def coefficients(baseline: Baseline) -> dict[str, float]:
    return dict(zip(baseline.fit.names, baseline.fit.coefficients, strict=True))


DAYS = periods("day", "2024-01-01", 366)
T, TONNES = DAYS.drivers["outdoor"], DAYS.drivers["tonnes"]
NOISE = np.random.default_rng(1).normal(0, 0.5, 366)


@pytest.mark.parametrize(
    ("form", "energy", "points"),
    [
        (Form("mean"), 500 + 0 * T, ()),
        (Form("linear", linear=("tonnes",)), 500 + 3 * TONNES, ()),
        (Form("linear", linear=("tonnes", "outdoor")), 500 + 3 * TONNES + 2 * T, ()),
        (Form("linear", linear=("tonnes", "outdoor"), intercept=False), 3 * TONNES + 2 * T, ()),
        (Form("2P", "outdoor"), 500 - 2 * T, ()),
        (Form("3PC", "outdoor"), 500 + 9 * np.maximum(T - 24, 0), (24,)),
        (Form("3PH", "outdoor"), 500 + 9 * np.maximum(18 - T, 0), (18,)),
        (Form("4P", "outdoor"), 500 + 2 * np.maximum(T - 21, 0) - 6 * np.minimum(T - 21, 0), (21,)),
        (Form("4P", "outdoor"), 500 + 9 * np.maximum(T - 21, 0) + 3 * np.minimum(T - 21, 0), (21,)),
        (Form("5P", "outdoor"), 500 + 7 * np.maximum(17 - T, 0) + 9 * np.maximum(T - 25, 0), (17, 25)),
        (Form("3PC", "outdoor", linear=("tonnes",)), 500 + 3 * TONNES + 9 * np.maximum(T - 24, 0), (24,)),
    ],
    ids=lambda each: each.title if isinstance(each, Form) else "",
)
def test_the_true_model_comes_back(form: Form, energy: np.ndarray, points: tuple[float, ...]) -> None:
    fit = fit_baseline(with_energy(DAYS, energy + NOISE), form)
    assert fit.bound.change_points == pytest.approx(points, abs=0.3)
    np.testing.assert_allclose(fit.predict(DAYS), energy, atol=1.0)
    assert fit.fit.parameters == len(fit.bound.columns) + len(points)
    np.testing.assert_array_equal(fit.predict(DAYS), fit.bound.design(DAYS) @ fit.fit.coefficients)


def test_slopes_are_energy_per_unit_beyond_the_change_point() -> None:
    energy = 500 + 7 * np.maximum(17 - T, 0) + 9 * np.maximum(T - 25, 0)
    found = coefficients(fit_baseline(with_energy(DAYS, energy), Form("5P", "outdoor")))
    assert list(found.values()) == pytest.approx([500, 7, 9], rel=1e-6)
    assert list(found)[1].startswith("outdoor below 17") and list(found)[2].startswith("outdoor above 25")


def test_degree_days_with_given_balance_points() -> None:
    fit = fit_baseline(with_energy(DAYS, 500 + 9 * np.maximum(T - 20, 0) + NOISE), Form("3PC", "outdoor",
                       change_points=(20.0,)))  # fmt: skip
    assert fit.bound.change_points == (20.0,) and fit.bound.extra_parameters == 0 and fit.fit.parameters == 2


def test_a_falling_energy_is_no_cooling() -> None:
    falling = with_energy(DAYS, 500 - 9 * np.maximum(T - 24, 0))
    with pytest.raises(InputError, match="slopes of the right sign"):
        fit_baseline(falling, Form("3PC", "outdoor"))
    free = fit_baseline(falling, Form("3PC", "outdoor", physical_slopes=False))
    assert free.bound.change_points == pytest.approx((24,), abs=1e-6)


def test_too_few_points_beyond() -> None:
    with pytest.raises(InputError, match="no change point"):
        fit_baseline(with_energy(DAYS, 500 + T), Form("5P", "outdoor", least_points=130))


# --- levels ---

TAIWAN = Calendar(shutdowns=((date(2024, 8, 5), date(2024, 8, 9)),))
LEVELS = {"workday": 900.0, "weekend": 300.0, "holiday": 250.0, "lunar_new_year": 80.0, "shutdown": 40.0}


def test_day_types() -> None:
    types = TAIWAN.day_types(DAYS.start)
    energy = np.array([LEVELS[each] for each in types]) + 4 * np.maximum(T - 24, 0)
    fit = fit_baseline(with_energy(DAYS, energy), Form("3PC+day_type", "outdoor", day_types=TAIWAN))
    found = coefficients(fit)
    assert {name: found[name] for name in LEVELS} == pytest.approx(LEVELS, rel=1e-6)
    assert fit.fit.has_intercept and fit.fit.r_squared == pytest.approx(1)


def test_months_count_their_days() -> None:
    months = periods("month", "2022-01", 36)
    whole = np.arange("2022-01-01", "2025-01-01", dtype="datetime64[D]")
    calendar = Calendar()
    by_day = np.array([LEVELS[each] for each in calendar.day_types(whole)])
    energy = np.array([by_day[whole.astype("datetime64[M]") == m].sum() for m in months.start.astype("datetime64[M]")])
    found = coefficients(fit_baseline(with_energy(months, energy), Form("day_type", day_types=calendar)))
    expected = {f"days of {name}": level for name, level in LEVELS.items() if name != "shutdown"}
    assert found == pytest.approx(expected, rel=1e-6)


HOURS = periods("hour", "2024-03-01", 24 * 40)
SHIFTS = (Shift("day", time(8), time(16)), Shift("late", time(16), time(0)), Shift("night", time(0), time(8)))


def test_shifts() -> None:
    names = shift_of(HOURS, Calendar(), SHIFTS)
    hour, types = HOURS.start.astype("datetime64[h]").astype(int) % 24, Calendar().day_types(HOURS.start)
    assert set(names[types != "workday"]) == {""}
    assert set(names[(types == "workday") & (hour < 8)]) == {"night"}
    level = {"day": 90.0, "late": 70.0, "night": 40.0, "": 10.0}
    energy = np.array([level[each] for each in names])
    found = coefficients(fit_baseline(with_energy(HOURS, energy), Form("shift", day_types=Calendar(), shifts=SHIFTS)))
    assert found == pytest.approx({"outside shifts": 10, "day": 90, "late": 70, "night": 40})


def test_a_night_shift_belongs_to_the_day_it_begins_on() -> None:
    night = (Shift("night", time(22), time(6)),)
    start = HOURS.start.astype("datetime64[h]")
    names = shift_of(HOURS, Calendar(), night)
    at = dict(zip(start.astype(str), names, strict=True))
    assert at["2024-03-02T03"] == "night"  # Saturday, begun on Friday
    assert at["2024-03-04T03"] == ""  # Monday, nothing began on Sunday


def test_time_of_week() -> None:
    slots = time_of_week(DAYS)
    assert DAYS.start[slots == 0].astype("datetime64[D]")[0] == np.datetime64("2024-01-01")  # a Monday
    energy = 100.0 + 10 * slots
    found = fit_baseline(with_energy(DAYS, energy), Form("time_of_week"))
    np.testing.assert_allclose(found.fit.coefficients, 100 + 10 * np.arange(7))
    assert found.fit.names[0] == "Monday" and found.fit.names[6] == "Sunday"
    assert time_of_week(HOURS)[0] == 4 * 24  # Friday 2024-03-01, 00:00


def test_time_of_week_and_temperature() -> None:
    """Constructed: occupied on workdays, with another slope of the temperature then."""
    slots = time_of_week(DAYS)
    energy = np.where(slots < 5, 600 + 8 * T, 200 + 2 * T)
    fit = fit_baseline(with_energy(DAYS, energy), Form("towt", "outdoor"))
    assert {column.only for column in fit.bound.columns} == {(), (0, 1, 2, 3, 4), (5, 6)}
    np.testing.assert_allclose(fit.predict(DAYS), energy, rtol=1e-9)
    assert fit.fit.parameters == 7 + 2 * 6
    given = fit_baseline(with_energy(DAYS, energy), Form("towt", "outdoor", occupied=(0, 1)))
    assert (0, 1) in {column.only for column in given.bound.columns}


def test_comfort_temperatures_need_a_unit() -> None:
    bare = Periods(DAYS.start, DAYS.end, 500 + T, "kWh", "day", DAYS.drivers)
    with pytest.raises(InputError, match="comfort temperatures"):
        occupied_times(bare, "outdoor")
    assert occupied_times(bare, "outdoor", (10, 18)) is not None


def test_segments_add_up_to_the_temperature() -> None:
    t = np.linspace(-15, 45, 61)
    for knots in ((10.0,), (0.0, 12.0, 30.0)):
        parts = temperature_segments(t, knots)
        np.testing.assert_allclose(parts.sum(axis=1), t)
        assert (parts[:, 1:] >= 0).all()


def test_segments_hold_equally_many_points() -> None:
    knots = equal_count_knots(T)
    counts = np.histogram(T, [-np.inf, *knots, np.inf])[0]
    assert counts.max() - counts.min() <= 2
    assert len(equal_count_knots(np.arange(60.0))) < 5  # ten points in a segment are too few beyond an outer knot


def test_indicators() -> None:
    line_down = Indicator("line 2 down", date(2024, 5, 6), date(2024, 5, 19))
    inside = indicator_share(DAYS, line_down)
    assert inside.sum() == 14
    fit = fit_baseline(
        with_energy(DAYS, 500 + 3 * TONNES - 70 * inside),
        Form("linear", linear=("tonnes",), indicators=(line_down,)),
    )
    assert coefficients(fit)["line 2 down"] == pytest.approx(-70)
    months = periods("month", "2024-01", 12)
    assert indicator_share(months, line_down)[4] == pytest.approx(14 / 31)


# --- what is refused ---


@pytest.mark.parametrize(
    ("keywords", "sentence"),
    [
        ({"key": "6P", "temperature": "outdoor"}, "unknown"),
        ({"key": "3PC+5P", "temperature": "outdoor"}, "more than one shape"),
        ({"key": "3PC+3PC", "temperature": "outdoor"}, "twice"),
        ({"key": "day_type+time_of_week", "day_types": Calendar()}, "more than one kind of levels"),
        ({"key": "towt+day_type", "temperature": "outdoor", "day_types": Calendar()}, "more than one kind of levels"),
        ({"key": "3PC"}, "needs a temperature"),
        ({"key": "linear", "linear": ("tonnes",), "temperature": "outdoor"}, "no shape"),
        ({"key": "linear"}, "needs linear drivers"),
        ({"key": "mean", "linear": ("tonnes",)}, "no drivers"),
        ({"key": "day_type"}, "calendar"),
        ({"key": "shift", "day_types": Calendar()}, "needs shifts"),
        ({"key": "3PC", "temperature": "outdoor", "intercept": False}, "needs a constant"),
        ({"key": "5P", "temperature": "outdoor", "change_points": (18.0,)}, "number of change points"),
        ({"key": "5P", "temperature": "outdoor", "change_points": (22.0, 18.0)}, "do not increase"),
        ({"key": "2P", "temperature": "outdoor", "linear": ("outdoor",)}, "twice"),
        ({"key": "linear", "linear": ("tonnes", "tonnes")}, "twice"),
    ],
)
def test_forms_that_make_no_sense(keywords: dict, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        Form(**keywords)


def test_a_driver_that_is_not_there() -> None:
    with pytest.raises(InputError, match="driver pieces"):
        fit_baseline(DAYS, Form("linear", linear=("pieces",)))
    fit = fit_baseline(with_energy(DAYS, 500 + TONNES), Form("linear", linear=("tonnes",)))
    without = Periods(DAYS.start, DAYS.end, DAYS.energy, "kWh", "day", {"outdoor": T})
    with pytest.raises(InputError, match="driver tonnes"):
        fit.predict(without)


def test_other_intervals() -> None:
    fit = fit_baseline(with_energy(DAYS, 500 + T), Form("2P", "outdoor"))
    with pytest.raises(InputError, match="other periods"):
        fit.predict(HOURS)
    with pytest.raises(InputError, match="days or hours"):
        fit_baseline(periods("month", "2023-01", 24), Form("time_of_week"))
    with pytest.raises(InputError, match="need hours"):
        fit_baseline(DAYS, Form("shift", day_types=Calendar(), shifts=SHIFTS))


def test_levels_that_the_baseline_did_not_have() -> None:
    summer = DAYS.between("2024-06-01", "2024-08-04")
    fit = fit_baseline(with_energy(summer, np.where(TAIWAN.day_types(summer.start) == "workday", 9.0, 3.0)
                                   + summer.drivers["tonnes"]), Form("day_type", day_types=TAIWAN))  # fmt: skip
    fit.predict(DAYS.between("2024-07-01", "2024-07-31"))
    with pytest.raises(InputError, match="lunar_new_year"):
        fit.predict(DAYS.between("2024-02-01", "2024-02-29"))
    with pytest.raises(InputError, match="shutdown"):
        fit.predict(DAYS.between("2024-08-01", "2024-08-31"))


def test_shifts_that_overlap_or_break_an_hour() -> None:
    with pytest.raises(InputError, match="overlaps"):
        shift_of(HOURS, Calendar(), (Shift("a", time(8), time(16)), Shift("b", time(15), time(20))))
    with pytest.raises(InputError, match="full hour"):
        shift_of(HOURS, Calendar(), (Shift("a", time(8, 30), time(16)),))


# --- beyond the baseline ---


def test_extrapolation_is_recorded_not_refused() -> None:
    winter = DAYS.chosen(T < 15)
    summer = DAYS.chosen(T > 28)
    fit = fit_baseline(with_energy(winter, 500 + 3 * winter.drivers["outdoor"]), Form("2P", "outdoor"))
    found = extrapolation(fit, summer)
    (driver,) = found.drivers
    assert driver.share_of_periods == 1 and driver.mean_outside and found.share_of_energy == pytest.approx(1)
    own = extrapolation(fit, winter)
    assert not own.outside.any() and own.share_of_energy == 0 and not own.drivers[0].mean_outside
    assert range_table(fit) == [("outdoor", winter.drivers["outdoor"].min(), winter.drivers["outdoor"].max())]


# --- worksheet ---

EVERY_FORM = [
    (DAYS, Form("5P+day_type", "outdoor", linear=("tonnes",), day_types=TAIWAN)),
    (DAYS, Form("towt", "outdoor", occupied=(0, 1, 2, 3, 4))),
    (DAYS, Form("4P+time_of_week", "outdoor", indicators=(Indicator("down", date(2024, 5, 6), date(2024, 5, 19)),))),
    (periods("month", "2022-01", 36), Form("linear+day_type", linear=("tonnes",), day_types=TAIWAN)),
    (HOURS, Form("3PC+shift", "outdoor", day_types=Calendar(), shifts=(Shift("day", time(8), time(20)),
                 Shift("night", time(20), time(4))))),
    (HOURS, Form("time_of_week+linear", linear=("outdoor",))),
]  # fmt: skip


def test_libreoffice_computes_every_column(soffice: str, tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "columns.xlsx"))
    expected: dict[tuple[str, int, int], float] = {}
    for number, (given, form) in enumerate(EVERY_FORM):
        t = given.drivers["outdoor"]
        fit = fit_baseline(with_energy(given, 500 + 7 * np.maximum(17 - t, 0) + 9 * np.maximum(t - 25, 0)
                           + np.random.default_rng(3).normal(0, 5, len(t))), form)  # fmt: skip
        sheet, design = book.add_worksheet(f"S{number}"), fit.bound.design(given)
        cells = {"start": "$A", "end": "$B", "outdoor": "$C", "tonnes": "$D"}
        rows = range(0, len(given), 1 if given.interval == "month" else 7)
        for place, i in enumerate(rows, 1):
            for column, moment in ((0, given.start[i]), (1, given.end[i])):
                days = (moment - np.datetime64("1899-12-30", "s")) / np.timedelta64(1, "s") / 86_400
                sheet.write_number(place - 1, column, days)
            for column, name in ((2, "outdoor"), (3, "tonnes")):
                sheet.write_number(place - 1, column, given.drivers[name][i])
            for j, (_, text) in enumerate(fit.bound.worksheet_columns()):
                sheet.write_formula(
                    place - 1, 4 + j, "=" + re.sub(r"(\{\w+\})", rf"\g<1>{place}", text).format(**cells)
                )
                expected[f"S{number}", place, 4 + j] = float(design[i, j])
    book.close()
    poisoned(tmp_path / "columns.xlsx", tmp_path / "poisoned.xlsx")
    (result,) = recomputed(soffice, [tmp_path / "poisoned.xlsx"], tmp_path / "office")
    found = values(result)
    wrong = []
    for (sheet_name, row, column), number in expected.items():
        letter = xlsxwriter.utility.xl_col_to_name(column)
        ours = found.get((sheet_name, f"{letter}{row}"))
        if not isinstance(ours, int | float) or abs(ours - number) > 1e-9 * max(1, abs(number)):
            wrong.append(f"{sheet_name}!{letter}{row}: {ours!r}, expected {number!r}")
    assert not wrong, "\n".join(wrong[:20])
    assert len(expected) > 2000
