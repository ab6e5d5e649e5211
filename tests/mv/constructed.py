"""Constructed periods whose energy, noise and saving are known; for the tests of forecasts and savings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.mv.periods import Interval, Periods

Floats = NDArray[np.float64]
_STEP = {"hour": "h", "day": "D", "week": "W"}


def edges(number: int, interval: Interval = "day", first: str = "2023-01-02") -> NDArray[np.datetime64]:
    """Starts of successive periods and the end of the last."""
    if interval == "month":
        return (np.datetime64(first, "M") + np.arange(number + 1)).astype("datetime64[s]")
    step = np.timedelta64(1, _STEP[interval]).astype("timedelta64[s]")
    return np.asarray(np.datetime64(first, "s") + step * np.arange(number + 1))


def noise(number: int, correlation: float, seed: int) -> Floats:
    """First-order autoregressive noise of variance one."""
    shocks = np.random.default_rng(seed).standard_normal(number + 100)
    series = np.zeros(number + 100)
    for t in range(1, number + 100):
        series[t] = correlation * series[t - 1] + shocks[t]
    return np.asarray(series[100:] * np.sqrt(1 - correlation**2))


def plant(
    number: int,
    *,
    seed: int,
    interval: Interval = "day",
    first: str = "2023-01-02",
    correlation: float = 0.0,
    spread: float = 5.0,
    saving: float = 0.0,
    unit: str = "kWh",
) -> Periods:
    """Energy 100 + 3 · tonnes a period, with noise, less the share that is saved; tonnes swing with the year."""
    rng = np.random.default_rng(seed)
    times = edges(number, interval, first)
    days = (times[:-1] - np.datetime64("2023-01-01", "s")) / np.timedelta64(1, "D")
    tonnes = 20 + 4 * np.sin(2 * np.pi * days / 365) + rng.standard_normal(number)
    energy = (100 + 3 * tonnes + spread * noise(number, correlation, seed + 1)) * (1 - saving)
    return Periods(times[:-1], times[1:], energy, unit, interval, {"tonnes": tonnes}, {"tonnes": "t"})
