"""Energy per piece with a base load: known splits come back, ratios are not averaged."""

import numpy as np
import pytest

from energycalc.errors import InputError
from energycalc.mv.isolation.pieces import energy_at, energy_per_piece
from energycalc.mv.periods import Periods
from energycalc.quantity import quantity
from energycalc.quantity.uncertainty import propagate

DAY = np.timedelta64(1, "D")


def days(energy: np.ndarray, pieces: np.ndarray, unit: str = "kWh") -> Periods:
    start = np.datetime64("2026-01-01T00:00:00") + np.arange(len(energy)) * DAY
    return Periods(start, start + DAY, energy, unit, "day", {"pieces": pieces}, {"pieces": "piece"})


def made(n: int = 60, base_kw: float = 12.0, each: float = 0.8, noise: float = 5.0, seed: int = 4) -> Periods:
    rng = np.random.default_rng(seed)
    pieces = rng.integers(0, 900, n).astype(float)
    return days(base_kw * 24 + each * pieces + noise * rng.standard_normal(n), pieces)


def test_an_exact_split_comes_back() -> None:
    periods = made(noise=0.0)
    found = energy_per_piece(periods, "pieces", "piece", subject="press 2")
    assert found.base_power.value == pytest.approx(12.0, rel=1e-12)
    assert found.per_piece.value == pytest.approx(0.8, rel=1e-12)
    assert str(found.per_piece.unit) == "kWh/piece"
    assert found.base_share == pytest.approx(12 * 24 * 60 / periods.energy.sum())
    assert energy_at(found, 24.0, 100.0) == pytest.approx(12 * 24 + 80)


def test_the_intervals_of_base_load_and_slope_hold_what_was_put_in() -> None:
    held = np.zeros(2)
    for seed in range(200):
        found = energy_per_piece(made(seed=seed), "pieces", "piece")
        for k, (leaf, truth) in enumerate(((found.base_power, 12.0), (found.per_piece, 0.8))):
            assert leaf.uncertainty is not None
            held[k] += abs(float(leaf.value) - truth) <= 2.0 * leaf.uncertainty.standard_uncertainty  # t(58), 95 %
    assert (held / 200 >= 0.9).all() and (held / 200 <= 0.99).all()


def test_base_load_and_slope_are_one_regression() -> None:
    periods = made()
    found = energy_per_piece(periods, "pieces", "piece")
    mean = float(periods.drivers["pieces"].mean())
    hours, pieces = quantity(24.0, "h", name="hours"), quantity(mean, "piece", name="pieces_made")
    (result,) = propagate(found.base_power * hours + found.per_piece * pieces, correlations=found.correlations)
    assert result.gum is not None
    s = found.fit.residual_standard_deviation
    # at the mean of the driver a fitted line is known to s/√n
    assert result.gum.standard_uncertainty == pytest.approx(s / np.sqrt(len(periods)), rel=1e-6)


def test_the_ratio_of_sums_is_not_the_mean_of_ratios() -> None:
    found = energy_per_piece(made(), "pieces", "piece", subject="press 2")
    periods = made()
    pieces = periods.drivers["pieces"]
    assert found.ratio_of_sums == pytest.approx(periods.energy.sum() / pieces.sum())
    assert found.mean_of_ratios > found.ratio_of_sums * 1.01
    assert "mv.TA07_mean_of_ratios" in {finding.id for finding in found.findings}
    steady = days(np.array([100.0, 101, 99, 100, 102, 98]), np.array([50.0, 50.5, 49.5, 50, 51, 49]))
    assert "mv.TA07_mean_of_ratios" not in {f.id for f in energy_per_piece(steady, "pieces", "piece").findings}


def test_a_clean_machine_has_no_doubts_and_a_drifting_one_has() -> None:
    rng = np.random.default_rng(9)
    pieces = rng.integers(400, 500, 60).astype(float)
    clean = days(288 + 0.8 * pieces + rng.standard_normal(60), pieces)
    assert energy_per_piece(clean, "pieces", "piece").findings == ()
    drift = days(clean.energy + np.linspace(0, 30, 60), pieces)
    ids = {finding.id for finding in energy_per_piece(drift, "pieces", "piece").findings}
    assert {"mv.TS07_autocorrelation", "mv.TS07_autocorrelation_ignored"} <= ids


def test_what_cannot_be_split_is_refused() -> None:
    with pytest.raises(InputError, match="not in kWh"):
        energy_per_piece(days(np.ones(10), np.arange(10.0), unit="m3"), "pieces", "piece")
    with pytest.raises(InputError, match="nothing was produced"):
        energy_per_piece(days(np.ones(10), np.zeros(10)), "pieces", "piece")
    with pytest.raises(InputError, match="vary"):
        energy_per_piece(days(np.arange(10.0), np.full(10, 5.0)), "pieces", "piece")
