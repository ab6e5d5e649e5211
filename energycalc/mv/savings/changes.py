"""Events in the residuals: sums that run away, and steps of the level that nobody declared.

Residuals are taken as means of whole weeks (or of the periods themselves, if those are weeks or months), the best
division into stretches of constant level is found exactly for every number of steps, and a step counts if it exceeds
four times the standard deviation that autocorrelated noise gives such a difference of levels.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.periods import Periods
from energycalc.mv.savings.adjustments import Adjustment
from energycalc.quantity import cite

Floats = NDArray[np.float64]
THRESHOLD = 4.0
SHORTEST_STRETCH = 3
MOST_STEPS = 4
FEWEST_GROUPS = 12
NEAR = np.timedelta64(21, "D")
"""A declared event explains a step found within three weeks of its first or last day."""
_SOURCE = cite("energycalc-rules", "undeclared event: a step of more than four standard deviations (check TS20)")


@dataclass(frozen=True)
class LevelStep:
    """A step of the residuals' level.

    Attributes:
        at: start of the first week (or period) of the new level.
        before: mean residual of the stretch before, per period, in the unit of the energy.
        after: mean residual of the stretch after.
        ratio: size of the step by its standard deviation under autocorrelated noise.
    """

    at: np.datetime64
    before: float
    after: float
    ratio: float

    @property
    def step(self) -> float:
        """After less before, per period."""
        return self.after - self.before


def cumulative_sum(residuals: Floats) -> Floats:
    """CUSUM: running sum of the residuals in the order of time, shape (n,); it bends where the level changes."""
    return np.cumsum(np.asarray(residuals, float))


def level_steps(
    periods: Periods, residuals: Floats, *, threshold: float = THRESHOLD, most_steps: int = MOST_STEPS
) -> tuple[LevelStep, ...]:
    """Steps of the mean of the residuals.

    Args:
        periods: whose residuals these are.
        residuals: metered less model, one per period.
        threshold: least size of every step by its standard deviation.
        most_steps: most steps looked for; a passing event has two.

    Returns:
        The steps of the finest division in which every step exceeds the threshold; none for plain autocorrelated noise
        (false alarms in ``tests/mv/test_changes.py``).

    Raises:
        InputError: other numbers of residuals than periods, or fewer than twelve weeks (months).

    Limits of validity:
        Steps that last at least three weeks (months). Noise is taken as first-order autoregressive around its level;
        the more it wanders by itself, the larger a step must be to be seen.

    Source:
        Least-squares segmentation by dynamic programming with autoregressive noise: Chakar et al. 2017 (the noise is
        estimated within the stretches here).
        Four standard deviations: the project's rule TS20.
    """
    if len(residuals) != len(periods):
        raise InputError(
            "there is not one residual for each period",
            subject="search for events",
            value=f"{len(residuals)} residuals, {len(periods)} periods",
            next_step="Give the residuals of these periods",
        )
    start, level = _weekly(periods, np.asarray(residuals, float))
    if len(level) < FEWEST_GROUPS:
        raise InputError(
            "is too short to tell an event from noise",
            subject="search for events",
            value=f"{len(level)} weeks or months",
            limit=f"at least {FEWEST_GROUPS}",
            next_step="Look at the residuals over time by eye",
        )
    found: tuple[LevelStep, ...] = ()
    for places in _best_divisions(level, most_steps):
        means, ratios = _ratios(level, places)
        if min(ratios) > threshold:
            found = tuple(
                LevelStep(start[place], float(means[i]), float(means[i + 1]), ratios[i])
                for i, place in enumerate(places)
            )
    return found


def event_findings(
    periods: Periods, residuals: Floats, what: str, declared: Sequence[Adjustment] = (), measure: Sequence[date] = ()
) -> list[Finding]:
    """Steps that no adjustment and no date of the measure explains, each as a warning; a note where it is too short.

    Args:
        periods: whose residuals these are.
        residuals: metered less model.
        what: which period, e.g. ``baseline``.
        declared: adjustments; a step near their first or last day is explained.
        measure: first and last day of the work.
    """
    try:
        steps = level_steps(periods, residuals)
    except InputError as refusal:
        return [
            Finding(
                "mv.events_not_searched",
                "note",
                what,
                f"No search for events: {refusal.sentence()}",
                f"未搜尋非例行事件：少於 {FEWEST_GROUPS} 週（月）的資料無法與雜訊區別。",
                source=_SOURCE,
            )
        ]
    days = [d for each in declared for d in (each.first, each.last)] + list(measure)
    return [
        Finding(
            "mv.undeclared_event",
            "warning",
            what,
            f"From {step.at.astype('datetime64[D]')} on, the {what} uses {_four_digits(step.step)} {periods.unit} per "
            f"{periods.interval} more than the model says it did before; that is {step.ratio:.1f} standard deviations, "
            "and no event is declared for it.",
            f"自 {step.at.astype('datetime64[D]')} 起，每{_INTERVAL_ZH[periods.interval]}用能相對於模型變化 "
            f"{_four_digits(step.step)} {periods.unit}，為標準差的 {step.ratio:.1f} 倍，且未申報任何事件。",
            {
                "date": str(step.at.astype("datetime64[D]")),
                "step": f"{_four_digits(step.step)} {periods.unit} per {periods.interval}",
                "ratio": f"{step.ratio:.1f}",
            },
            _SOURCE,
        )
        for step in steps
        if not any(abs(np.datetime64(day) - step.at.astype("datetime64[D]")) <= NEAR for day in days)
    ]


def _four_digits(value: float) -> str:
    """A signed number with four significant digits and separated thousands."""
    return f"{float(f'{value:.4g}'):+,.10g}"


_INTERVAL_ZH = {"hour": "小時", "day": "日", "week": "週", "month": "月"}


def _weekly(periods: Periods, residuals: Floats) -> tuple[NDArray[np.datetime64], Floats]:
    """Start and mean residual of each group of seven days that has at least half of its periods."""
    if periods.interval in ("week", "month"):
        return periods.start, residuals
    first = periods.start[0].astype("datetime64[D]")
    week = ((periods.start.astype("datetime64[D]") - first) / np.timedelta64(7, "D")).astype(np.int64)
    count = np.bincount(week)
    enough = count >= (84 if periods.interval == "hour" else 4)
    sums = np.bincount(week, weights=residuals)
    starts = (first + 7 * np.arange(len(count)) * np.timedelta64(1, "D")).astype("datetime64[s]")
    return starts[enough], sums[enough] / count[enough]


def _best_divisions(level: Floats, most_steps: int) -> list[list[int]]:
    """For 1 to ``most_steps`` steps, where the sum of squares about the stretches' means is least."""
    n, shortest = len(level), SHORTEST_STRETCH
    most = min(most_steps, n // shortest - 1)
    sums, squares = np.concatenate([[0.0], np.cumsum(level)]), np.concatenate([[0.0], np.cumsum(level * level)])
    least = np.full((most + 1, n + 1), np.inf)
    came_from = np.zeros((most + 1, n + 1), dtype=np.int64)
    ends = np.arange(shortest, n + 1)
    least[0, ends] = squares[ends] - sums[ends] ** 2 / ends
    for steps in range(1, most + 1):
        for end in range(shortest * (steps + 1), n + 1):
            begin = np.arange(shortest * steps, end - shortest + 1)
            within = squares[end] - squares[begin] - (sums[end] - sums[begin]) ** 2 / (end - begin)
            candidates = least[steps - 1, begin] + within
            best = int(np.argmin(candidates))
            least[steps, end], came_from[steps, end] = candidates[best], begin[best]
    divisions = []
    for steps in range(1, most + 1):
        places, end = [], n
        for k in range(steps, 0, -1):
            end = int(came_from[k, end])
            places.append(end)
        divisions.append(places[::-1])
    return divisions


def _ratios(level: Floats, places: list[int]) -> tuple[Floats, list[float]]:
    """Mean of each stretch, and size of each step by its standard deviation under first-order autoregressive noise."""
    n, edges = len(level), [0, *places, len(level)]
    lengths = np.diff(edges)
    means = np.array([level[a:b].mean() for a, b in itertools.pairwise(edges)])
    noise = level - np.repeat(means, lengths)
    neighbours = np.ones(n - 1, dtype=bool)
    neighbours[[place - 1 for place in places]] = False
    squares = float(noise @ noise)
    if squares == 0:
        return means, [math.inf if step else 0.0 for step in np.diff(means)]
    raw = float((noise[1:] * noise[:-1])[neighbours].sum()) / squares
    stretches = len(lengths)
    # Means taken out of short stretches make the correlation too small by about (1 + 3ρ)/n for each (Kendall 1954).
    correlation = raw + (1 + 3 * raw) * stretches / n
    if correlation >= 1:
        return means, [0.0] * len(places)
    inflation = max((1 + correlation) / (1 - correlation), 1.0)  # as n' ≤ n: negative correlation earns nothing
    left = n - stretches * inflation
    if left < 1:
        return means, [0.0] * len(places)
    long_run = squares / left * inflation
    return means, [
        float(abs(means[i + 1] - means[i]) / math.sqrt(long_run * (1 / lengths[i] + 1 / lengths[i + 1])))
        for i in range(len(places))
    ]
