"""Is it still the same file, and the same meter? Hashes, and signatures of two meters over two periods."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError, MeterDataError
from energycalc.finding import Finding
from energycalc.metering.doubts.clock import day_shape
from energycalc.metering.series import MeterSeries
from energycalc.quantity import cite

SWAP_MARGIN = 0.5
"""Two meters are doubted when the crossed distance is less than half the straight one (rule of this program)."""
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def sha256_of(path: str | Path) -> str:
    """SHA-256 of a file as it lies on the disk.

    Raises:
        MeterDataError: the file cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise MeterDataError(
            f"the meter file cannot be opened ({error.strerror})",
            subject=Path(path).name,
            value=str(path),
            next_step="Put the file back beside its declaration",
        ) from error


def refuse_if_changed(path: str | Path, recorded: str) -> None:
    """Stop when a file is not the one that was recorded (TD19).

    Args:
        path: the file.
        recorded: its SHA-256 when it was read or declared, in hexadecimal digits.

    Raises:
        MeterDataError: the file differs, or cannot be read.
        InputError: what is recorded is no SHA-256.
    """
    text = recorded.strip().lower()
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise InputError("is no SHA-256", subject=Path(path).name, value=recorded, limit="64 hexadecimal digits")
    now = sha256_of(path)
    if now != text:
        raise MeterDataError(
            "the file has changed since it was recorded",
            subject=Path(path).name,
            value=f"SHA-256 {now[:16]}...",
            limit=f"{text[:16]}... as recorded",
            next_step="Take the recorded file, or record the new one and say why it changed",
        )


def signature(series: MeterSeries) -> NDArray[np.float64]:
    """What a meter looks like whatever the season: its day or week, and how its readings spread about their mean.

    Args:
        series: the meter, with intervals of at most a day, over at least some weeks.

    Returns:
        24 hourly values of the mean working day (without unit), or 7 values of the week by their mean where the
        intervals are longer than an hour; five quantiles of the readings by their mean; the logarithm of the mean.

    Raises:
        InputError: the day has no shape, or nothing is read.
    """
    if series.layout.interval_hours > 1:
        weekday = (series.interval_start.astype("datetime64[D]").astype(np.int64) + 3) % 7
        by_weekday = np.array([series.amount[weekday == day].mean() for day in np.unique(weekday)])
        hourly = by_weekday / by_weekday.mean() - 1 if by_weekday.mean() > 0 else by_weekday
    else:
        hourly = day_shape(series).reshape(24, -1).mean(axis=1)
    mean = float(series.amount.mean() / series.layout.interval_hours)
    if not mean > 0:
        raise InputError("reads nothing", subject=series.layout.subject, next_step="Take another period")
    quantiles = np.quantile(series.amount / series.layout.interval_hours, LEVELS) / mean
    return np.concatenate([hourly / np.sqrt(len(hourly)), quantiles / np.sqrt(len(LEVELS)), [np.log(mean)]])


def swapped_meters(
    first: tuple[MeterSeries, MeterSeries], second: tuple[MeterSeries, MeterSeries]
) -> tuple[Finding, ...]:
    """Whether two meters were exchanged between baseline and reporting period (a look, not a proof).

    Args:
        first: (baseline, reporting) of the one meter.
        second: (baseline, reporting) of the other.

    Returns:
        A warning when the meters resemble each other's other period at less than half the distance of their own;
        nothing otherwise.

    Limits of validity:
        Meters whose machines are alike cannot be told apart, and a measure that changes a machine's day beyond
        recognition looks like another machine.
    """
    marks = [[signature(series) for series in pair] for pair in (first, second)]
    straight = _distance(marks[0][0], marks[0][1]) + _distance(marks[1][0], marks[1][1])
    crossed = _distance(marks[0][0], marks[1][1]) + _distance(marks[1][0], marks[0][1])
    if crossed >= SWAP_MARGIN * straight:
        return ()
    names = [pair[0].layout.meter or pair[0].layout.subject for pair in (first, second)]
    return (
        Finding(
            "metering.meters_swapped",
            "warning",
            " / ".join(names),
            f"{names[0]} and {names[1]} look exchanged between the two periods: each resembles the other's earlier "
            f"readings more than its own (distance {crossed:.2f} crossed, {straight:.2f} straight)",
            f"{names[0]} 與 {names[1]} 兩期間疑似互換：各自與對方前期讀值較相似"
            f"（交叉距離 {crossed:.2f}，自身距離 {straight:.2f}）",
            {"crossed": f"{crossed:.3f}", "straight": f"{straight:.3f}"},
            cite("metering-signal-rules", "meters exchanged between the periods"),
        ),
    )


def _distance(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    return float(np.linalg.norm(one - other))
