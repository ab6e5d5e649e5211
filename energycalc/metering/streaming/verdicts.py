"""Which rows of a batch give an amount, and why the others do not."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.streaming.grammar import EMPTY, NO_NUMBER, PLAIN, TOKEN, UNREADABLE
from energycalc.metering.streaming.source import Batch

Excluded = Literal["stamp_unreadable", "not_a_number", "negative"]
"""Faults that may be declared as left out; undeclared they stop the reading."""
EXCLUDABLE: tuple[str, ...] = get_args(Excluded)
REASONS = (
    "used",
    "the stamp cannot be read",
    "outside the declared years",
    "the cell is not a number",
    "the cell is empty",
    "the cell holds a declared word for no reading",
    "the reading is negative",
    "the stamp is repeated",
    "the register difference covers several slots",
)
USED, STAMP, YEARS, NO_NUMBER_REASON, EMPTY_REASON, TOKEN_REASON, NEGATIVE, REPEATED, SEVERAL = range(len(REASONS))
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""As ``metering.stamps`` has them."""
Codes = NDArray[np.int8]


def interval_ends(batch: Batch, layout: MeterLayout) -> NDArray[np.int64]:
    """End of each row's interval in seconds since 1970, with 00:00 placed as declared; ``UNREADABLE`` without one."""
    readable = batch.time != UNREADABLE
    time = batch.time.copy()
    if layout.midnight == "ends_day":
        time[readable & ~batch.ends_date & (time % 86_400 == 0)] += 86_400
    if layout.stamp == "interval_start":
        time[readable] += layout.interval_seconds
    return time


def verdicts(batch: Batch, ends: NDArray[np.int64], layout: MeterLayout, years: tuple[int, int] | None) -> Codes:
    """Verdict on each row by itself: 0 used, otherwise the place of its reason in ``REASONS``.

    Args:
        batch: the rows.
        ends: end of each row's interval.
        layout: whether negative readings are allowed.
        years: first and last year of the rows that are wanted.
    """
    first, last = years if years is not None else (FIRST_YEAR, LAST_YEAR)
    begin, stop = (int(np.datetime64(f"{year}-01-01", "s").astype(np.int64)) for year in (first, last + 1))
    verdict = np.zeros(len(ends), np.int8)
    if layout.negative == "refuse":
        verdict[(batch.state == PLAIN) & (batch.value < 0)] = NEGATIVE
    verdict[batch.state == TOKEN] = TOKEN_REASON
    verdict[batch.state == EMPTY] = EMPTY_REASON
    verdict[(batch.state == NO_NUMBER) | ((batch.state == PLAIN) & ~np.isfinite(batch.value))] = NO_NUMBER_REASON
    start = ends - layout.interval_seconds
    verdict[(start < begin) | (start >= stop)] = YEARS
    verdict[ends == UNREADABLE] = STAMP
    return verdict


def refused(
    verdict: Codes, layout: MeterLayout, years: tuple[int, int] | None, exclude: frozenset[str]
) -> NDArray[np.int64]:
    """The verdicts at which the reading has to stop, as rows of the batch."""
    stop = {
        STAMP: "stamp_unreadable" not in exclude,
        YEARS: years is None and "stamp_unreadable" not in exclude,
        NO_NUMBER_REASON: "not_a_number" not in exclude,
        EMPTY_REASON: layout.empty == "refuse",
        NEGATIVE: "negative" not in exclude,
    }
    return np.flatnonzero(np.isin(verdict, [code for code, stops in stop.items() if stops])).astype(np.int64)
