"""Degree days of months: added up day by day, with balance points given or found again."""

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.models.degree_days import fit_degree_days, with_degree_days
from energycalc.mv.periods import Periods

START = np.arange("2023-01-01", "2025-01-01", dtype="datetime64[D]").astype("datetime64[s]")
OUTDOOR = 20 + 9 * np.sin((np.arange(731) - 110) / 58) + np.random.default_rng(1).normal(0, 2.5, 731)
DAYS = Periods(START, START + np.timedelta64(86_400, "s"), np.ones(731), "kWh", "day", {"outdoor": OUTDOOR},
               {"outdoor": "degC"})  # fmt: skip


def months(energy: np.ndarray | None = None) -> Periods:
    edges = np.arange("2023-01", "2025-02", dtype="datetime64[M]").astype("datetime64[s]")
    tonnes = np.random.default_rng(2).uniform(100, 200, 24)
    return Periods(edges[:-1], edges[1:], np.ones(24) if energy is None else energy, "kWh", "month", {"tonnes": tonnes})


def constructed(heating: float, cooling: float) -> Periods:
    given = with_degree_days(months(), DAYS, "outdoor", heating=heating, cooling=cooling)
    hot, cold = given.drivers["cooling degree days"], given.drivers["heating degree days"]
    return months(5000 + 3 * given.drivers["tonnes"] + 11 * hot + 7 * cold)


def test_added_up_day_by_day() -> None:
    given = with_degree_days(months(), DAYS, "outdoor", heating=16, cooling=24)
    march = DAYS.start.astype("datetime64[M]") == np.datetime64("2024-03")
    assert given.drivers["heating degree days"][14] == pytest.approx(sum(max(16 - t, 0) for t in OUTDOOR[march]))
    assert given.drivers["cooling degree days"][14] == pytest.approx(sum(max(t - 24, 0) for t in OUTDOOR[march]))
    assert given.driver_units["cooling degree days"] == "degC d" and "tonnes" in given.drivers


def test_balance_points_come_back() -> None:
    found = fit_degree_days(constructed(15, 23), DAYS, "outdoor", np.arange(10, 30.0), "both", ("tonnes",))
    assert (found.heating, found.cooling) == (15, 23)
    assert found.baseline.fit.coefficients == pytest.approx([5000, 3, 7, 11], rel=1e-6)
    assert found.baseline.fit.parameters == 4 + 2
    again = found.periods(months(), DAYS, "outdoor")
    np.testing.assert_allclose(found.baseline.predict(again), constructed(15, 23).energy)


def test_one_balance_point_is_given_and_costs_nothing() -> None:
    found = fit_degree_days(constructed(15, 23), DAYS, "outdoor", [22.0], "cooling", ("tonnes",))
    assert (found.heating, found.cooling) == (None, 22)
    assert found.baseline.fit.parameters == 3


def test_refused() -> None:
    falling = months(50_000 - constructed(15, 23).energy)
    with pytest.raises(InputError, match="slopes above zero"):
        fit_degree_days(falling, DAYS, "outdoor", np.arange(10, 30.0), "cooling")
    with pytest.raises(InputError, match="without a temperature"):
        with_degree_days(months(), DAYS.between("2023-01-01", "2024-11-30"), "outdoor", heating=15)
    with pytest.raises(InputError, match="no balance point is given"):
        with_degree_days(months(), DAYS, "outdoor")
    with pytest.raises(InputError, match="from days to weeks or months"):
        with_degree_days(DAYS, DAYS, "outdoor", heating=15)
