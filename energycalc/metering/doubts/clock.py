"""Is the clock of a meter right? Its day is laid against the shifts, or against the day of another period or meter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.metering.profile import working_days
from energycalc.metering.series import MeterSeries
from energycalc.quantity import cite

DAY_HOURS = 24
BETTER = 0.1
"""A shifted day must agree better by this much correlation before the clock is doubted (rule of this program)."""
CLEAR = 0.5
"""And the agreement at the best shift must be at least this correlation."""
NAMED = {8.0: "UTC instead of Taiwan time", -8.0: "eight hours added twice", 1.0: "summer time", -1.0: "summer time"}
NAMED_ZH = {8.0: "記錄為世界時（UTC）而非台灣時間", -8.0: "時差加計兩次", 1.0: "日光節約時間", -1.0: "日光節約時間"}


def day_shape(
    series: MeterSeries, *, days_off: Collection[date] = (), extra_workdays: Collection[date] = ()
) -> NDArray[np.float64]:
    """Mean working day of a meter, one value for each slot of the day, without unit (mean 0, deviation 1).

    Args:
        series: the meter, with intervals of at most 1 h.
        days_off: dates that count as weekend.
        extra_workdays: Saturdays and Sundays that were worked.

    Raises:
        InputError: the intervals are longer, a time of the day is never read, or the day does not vary.
    """
    if series.layout.interval_hours > 1:
        raise InputError(
            "the clock can only be judged by intervals of at most an hour",
            subject=series.layout.subject,
            value=series.layout.interval,
            next_step="Use a file with shorter intervals",
        )
    day = series.interval_start.astype("datetime64[D]")
    slot = (series.interval_start - day).astype(np.int64) // series.layout.interval_seconds
    slots = round(DAY_HOURS / series.layout.interval_hours)
    working = working_days(day, days_off, extra_workdays)
    count = np.bincount(slot[working], minlength=slots)
    total = np.bincount(slot[working], weights=series.reading[working], minlength=slots)
    if (count == 0).any():
        raise InputError(
            "a time of the day is never read on a working day",
            subject=series.layout.subject,
            value=f"slot {int(np.argmax(count == 0))} of {slots}",
            next_step="Use a longer file",
        )
    return _standard(total / count, series.layout.subject)


def shift_shape(working_hours: Collection[tuple[float, float]], interval_hours: float) -> NDArray[np.float64]:
    """The day that shifts would give: on in the hours of work, off outside.

    Args:
        working_hours: (from, to) in hours after midnight, e.g. ``((8, 12), (13, 17))``; a night shift is
            ``(22, 30)``.
        interval_hours: length of a slot.

    Raises:
        InputError: no hour, or every hour, is worked, so that the day has no shape.
    """
    slots = round(DAY_HOURS / interval_hours)
    middle = (np.arange(slots) + 0.5) * interval_hours
    worked = np.zeros(slots, dtype=bool)
    for begin, end in working_hours:
        worked |= ((middle >= begin) & (middle < end)) | ((middle + DAY_HOURS >= begin) & (middle + DAY_HOURS < end))
    return _standard(worked.astype(np.float64), "shifts")


def clock_findings(series: MeterSeries, expected: NDArray[np.float64], against: str) -> tuple[Finding, ...]:
    """Whether the meter's day fits better when its clock is moved (TD09).

    Args:
        series: the meter.
        expected: the day it is held against, from :func:`shift_shape` or :func:`day_shape`, of the same interval.
        against: what that is, for the sentence.

    Returns:
        A warning when another shift agrees better by 0.1 of correlation and well (0.5); nothing otherwise.

    Raises:
        InputError: the two days have different numbers of slots.

    Limits of validity:
        A plant that works around the clock has no edge to see a shift by; three equal shifts look alike after 8 h.
    """
    own = day_shape(series)
    if len(own) != len(expected):
        raise InputError(
            "the two days have different intervals",
            subject=series.layout.subject,
            value=f"{len(own)} and {len(expected)} slots",
            next_step="Make both of one interval",
        )
    agreement = np.array([float(np.mean(np.roll(own, lag) * expected)) for lag in range(len(own))])
    best = int(np.argmax(agreement))
    lag = best if best <= len(own) // 2 else best - len(own)
    hours = lag * series.layout.interval_hours
    if best == 0 or agreement[best] < CLEAR or agreement[best] - agreement[0] < BETTER:
        return ()
    why = NAMED.get(hours, "the clock of the logger was set otherwise")
    why_zh = NAMED_ZH.get(hours, "記錄器時鐘設定不同")
    return (
        Finding(
            "metering.clock_shift",
            "warning",
            series.layout.meter or series.file,
            f"the day of the meter fits {against} best when its stamps are moved by {hours:+g} h "
            f"(correlation {agreement[best]:.2f} instead of {agreement[0]:.2f}): {why}?",
            f"時間平移 {hours:+g} 小時後與比較基準最相符（相關係數 {agreement[best]:.2f}，原為 {agreement[0]:.2f}）："
            f"是否為{why_zh}？",
            {"shift": f"{hours:+g} h", "against": against},
            cite("metering-signal-rules", "TD09"),
        ),
    )


def _standard(shape: NDArray[np.float64], subject: str) -> NDArray[np.float64]:
    deviation = float(shape.std())
    if not deviation > 1e-9 * max(float(np.abs(shape).max()), 1e-30):
        raise InputError(
            "the day has no shape: every hour is alike",
            subject=subject,
            limit="hours that differ",
            next_step="The clock cannot be judged from this; compare with another meter",
        )
    standard: NDArray[np.float64] = (shape - shape.mean()) / deviation
    return standard
