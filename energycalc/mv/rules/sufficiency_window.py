"""Whether the periods were well chosen: long enough, not picked for a high baseline, same production, same range.

Limits stand in ``data/mv_rules/baseline_window.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.mv.periods import Periods
from energycalc.mv.rules.limits import judge

Scope = Literal["whole_plant", "retrofit_isolation", "compressed_air"]
FEWEST_WINDOWS = 10
"""Below this number of admissible windows a percentile says nothing (rule of this program)."""


def measurement_length(
    scope: Scope, first: date, last: date, subject: str, *, production_cycle_days: float | None = None
) -> tuple[Finding, ...]:
    """TB01: whether a measurement is long enough for what it stands for.

    Args:
        scope: whole plant (12 and 9 months), a retrofit isolation (7 days and a full production cycle), or compressed
            air (14 days besides).
        first: first day.
        last: last day, included.
        subject: the meter.
        production_cycle_days: length of a full production cycle, where it is known.
    """
    days = (last - first).days + 1
    if scope == "whole_plant":
        return judge("TB01_measurement_too_short", months_between(first, last), subject, case="whole_plant")
    found = list(judge("TB01_measurement_too_short", days, subject, case="retrofit_isolation"))
    if scope == "compressed_air":
        found += judge("TB01_measurement_too_short", days, subject, case="compressed_air")
    if production_cycle_days is not None:
        if not production_cycle_days > 0:
            raise InputError(
                "a production cycle has a length", subject=subject, value=production_cycle_days, limit="above 0 days"
            )
        found += judge("TB01_measurement_too_short", days / production_cycle_days, subject, case="cycle")
    return tuple(found)


def months_between(first: date, last: date) -> float:
    """Months from the first day to the last, both included; whole calendar months are whole numbers."""
    end = last + timedelta(days=1)
    whole = (end.year - first.year) * 12 + end.month - first.month
    if end.day < first.day:
        whole -= 1
    year, month = divmod(first.month - 1 + whole, 12)
    reached = _day_of(first.year + year, month + 1, first.day)
    year, month = divmod(first.month + whole, 12)
    following = _day_of(first.year + year, month + 1, first.day)
    return whole + (end - reached).days / (following - reached).days


def _day_of(year: int, month: int, day: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), after - timedelta(days=1))


@dataclass(frozen=True, eq=False)
class WindowChoice:
    """All windows that could have been chosen: their starts, specific consumptions, and the chosen one's place.

    Attributes:
        starts: first day of each admissible window.
        specific: use per hour, or per unit of the driver, of each.
        chosen: the same of the chosen window.
        percentile: share of the windows with a lower one.
    """

    starts: NDArray[np.datetime64]
    specific: NDArray[np.float64]
    chosen: float
    percentile: float


def window_choice(history: Periods, first: date, last: date, driver: str | None = None) -> WindowChoice:
    """The specific consumption of every window of equal length in the history, and where the chosen one stands.

    Args:
        history: all periods before the works that could be used, the chosen ones among them.
        first: first day of the chosen baseline.
        last: its last day, included.
        driver: production to divide by; hours where there is none.

    Raises:
        InputError: the chosen baseline is not in the history, or nothing was produced in it.
    """
    chosen = history.between(first, last)
    size = len(chosen)
    weight = history.hours if driver is None else history.drivers[driver]
    if size == 0 or float((chosen.hours if driver is None else chosen.drivers[driver]).sum()) <= 0:
        raise InputError(
            "the chosen baseline is not in the history, or has no production",
            subject="choice of the baseline",
            value=f"{first} to {last}",
            next_step="Give all periods before the works, the baseline among them",
        )
    energy = np.convolve(history.energy, np.ones(size), mode="valid")
    amount = np.convolve(weight, np.ones(size), mode="valid")
    spans = history.end[size - 1 :] - history.start[: len(history) - size + 1]
    own = chosen.end[-1] - chosen.start[0]
    whole = (amount > 0) & (np.abs(spans - own) <= np.timedelta64(3, "D"))
    specific = energy[whole] / amount[whole]
    its = float(chosen.energy.sum() / (chosen.hours if driver is None else chosen.drivers[driver]).sum())
    lower = float(np.mean(specific < its * (1 - 1e-12)))
    return WindowChoice(history.start[: len(whole)][whole].astype("datetime64[D]"), specific, its, lower)


def baseline_choice(
    history: Periods, first: date, last: date, works_start: date, subject: str, *, driver: str | None = None
) -> tuple[Finding, ...]:
    """TB02: a baseline picked for its high consumption, or one that lies long before the works.

    Args:
        history: all periods before the works, the baseline among them; fewer than ten windows are not judged.
        first: first day of the baseline.
        last: its last day.
        works_start: first day of the works.
        subject: the meter.
        driver: production, where there is one.
    """
    found: list[Finding] = []
    choice = window_choice(history, first, last, driver)
    if len(choice.specific) >= FEWEST_WINDOWS:
        evidence = {
            "chosen": f"{choice.chosen:,.6g} {history.unit} per {driver or 'h'}",
            "median of all": f"{float(np.median(choice.specific)):,.6g}",
        }
        windows = str(len(choice.specific))
        found += judge(
            "TB02_baseline_chosen", choice.percentile, subject, case="percentile", where=windows, evidence=evidence
        )
    if last < works_start:
        ends = months_between(last + timedelta(days=1), works_start - timedelta(days=1))
        found += judge("TB02_baseline_chosen", ends, subject, case="ends")
    starts = months_between(first, works_start - timedelta(days=1)) if first < works_start else 0.0
    found += judge("TB02_baseline_chosen", starts, subject, case="starts")
    return tuple(found)


def production_moved(
    baseline: Periods, reporting: Periods, production: Sequence[str], in_model: Sequence[str], subject: str
) -> tuple[Finding, ...]:
    """TB03: production that changed by more than 5 % a day and is not in the model (or the raw difference is used).

    Args:
        baseline: with every driver that is recorded.
        reporting: with the same drivers.
        production: names of the drivers that count output or activity (added up over a period, not averaged).
        in_model: names of the drivers that the model holds.
        subject: the meter.
    """
    found: list[Finding] = []
    for name in (name for name in production if name not in in_model):
        before = float(baseline.drivers[name].sum() / baseline.hours.sum())
        after = float(reporting.drivers[name].sum() / reporting.hours.sum())
        moved = abs(after / before - 1) if before else (float("inf") if after else 0.0)
        evidence = {"baseline": f"{before * 24:,.6g} per day", "reporting": f"{after * 24:,.6g} per day"}
        found += judge("TB03_not_normalised", moved, subject, where=name, evidence=evidence)
    return tuple(found)


def static_factors(
    factors: Mapping[str, tuple[str, str]], adjusted: Sequence[str], subject: str
) -> tuple[Finding, ...]:
    """TB04: static factors (shifts, product mix, set points, floor area) with their value before and after.

    Args:
        factors: name to (value in the baseline, value in the reporting period), as text.
        adjusted: names for which a non-routine adjustment is recorded.
        subject: the boundary.
    """
    missing = judge("TB04_static_factors_missing", len(factors), subject, case="missing")
    changed = [name for name, (before, after) in factors.items() if before != after and name not in adjusted]
    where = "; ".join(f"{name}: {factors[name][0]} → {factors[name][1]}" for name in changed)
    return (*missing, *judge("TB04_static_factor_changed", len(changed), subject, case="changed", where=where))


def extrapolation(baseline: Periods, reporting: Periods, in_model: Sequence[str], subject: str) -> tuple[Finding, ...]:
    """TB05: reporting conditions beyond those of the baseline, for each driver of the model.

    Args:
        baseline: as fitted.
        reporting: as predicted.
        in_model: drivers of the model.
        subject: the meter.
    """
    found: list[Finding] = []
    for name in in_model:
        x, new = baseline.drivers[name], reporting.drivers[name]
        low, high = float(x.min()), float(x.max())
        evidence = {"baseline": f"{low:,.6g} to {high:,.6g}", "reporting": f"{new.min():,.6g} to {new.max():,.6g}"}
        outside = float(np.mean((new < low) | (new > high)))
        mean, spread = float(new.mean()), float(x.std(ddof=1))
        far = judge(
            "TB05_extrapolation",
            abs(mean - float(x.mean())) / spread if not low <= mean <= high else 0.0,
            subject,
            case="mean",
            where=name,
            evidence=evidence,
        )
        found += far or judge("TB05_extrapolation", outside, subject, case="periods", where=name, evidence=evidence)
    return tuple(found)
