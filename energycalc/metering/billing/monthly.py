"""A table with one row a month or a bill: energy as billed, production as reported, degree days as published.

The rows become a series of days, each with its share of the row by days, so that months are whole again when they are
added up. Days of such a series know nothing of each other: only months (or longer) may be made of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.accuracy import meter_factors
from energycalc.metering.doubts.signal import SENTINEL_TIMES, full_scale_marks
from energycalc.metering.layouts.layout import MeterLayout
from energycalc.metering.ledger import Ledger, exact_sum
from energycalc.metering.notices import Notice, shown_lines, shown_lines_zh
from energycalc.metering.numbers.reading import read_numbers
from energycalc.metering.numbers.wide_characters import narrowed
from energycalc.metering.series import MeterSeries
from energycalc.metering.stamps.reading import read_stamps
from energycalc.metering.table import open_declared

Rows = Literal["month", "bill_end", "bill_start"]
NOT_ASKED, EMPTY, OPEN = (
    "the row is of another meter or plant",
    "the cell is empty",
    "the other end of the bill is open",
)
_MONTH = re.compile(r"(民國)?\s*([0-9]{2,4})\s*[-/.年]\s*([0-9]{1,2})\s*月?|([0-9]{3,4})([0-9]{2})")
DAY = np.timedelta64(1, "D")
Days = NDArray[np.datetime64]


class _Table(NamedTuple):
    periods: list[str]
    values: list[str]
    asked: NDArray[np.bool_]
    lines: list[int]
    sha256: str
    notices: tuple[Notice, ...]
    date_system: int | None


def read_monthly(
    layout: MeterLayout,
    rows: Rows = "month",
    where: Mapping[str, str] | None = None,
    same_meter_as: MeterSeries | None = None,
) -> MeterSeries:
    """Read a table with one row a month or a bill into a series of days.

    Args:
        layout: columns, unit and kind; ``time_column`` names the month or the reading date, ``interval`` is ``1 d``.
        rows: ``month``: the row is a calendar month (``2025-03``, ``114/3``, ``114年3月``, ``11403``);
            ``bill_end``: its date is the last day of the bill, which begins the day after the date above it;
            ``bill_start``: its date is the first day, and the bill ends the day before the next date.
        where: columns and the text they must hold, for a table of several meters or plants.
        same_meter_as: a series of the same meter, to share its errors with.

    Returns:
        A series of days; a sum is spread equally over the days of its row, a mean holds on each of them.

    Raises:
        MeterDataError: a row is no month or date, repeats one, goes back in time, or is no number.
        InputError: the layout does not fit.
    """
    if layout.interval_seconds != 86_400 or layout.quantity_kind in ("power", "register"):
        raise InputError(
            "a table of months holds amounts or means of months",
            subject=layout.subject,
            value=f"kind {layout.quantity_kind}, interval {layout.interval}",
            limit="interval 1 d; interval_energy, interval_volume, interval_sum or interval_mean",
            next_step="Read power and registers as a logger file",
        )
    table = _read(layout, where or {})
    lines = np.array(table.lines)
    chosen = np.flatnonzero(table.asked)
    if not len(chosen):
        raise MeterDataError(
            "no row fits the declared words",
            subject=layout.subject,
            value=", ".join(f"{k}: {v}" for k, v in (where or {}).items()) or "no rows",
            next_step="Write the words exactly as in the file",
        )
    own_lines = [table.lines[i] for i in chosen]
    readings = read_numbers([table.values[i] for i in chosen], own_lines, layout)
    periods = [table.periods[i] for i in chosen]
    understood: tuple[Notice, ...] = ()
    if rows == "month":
        first, end = _months(periods, own_lines, layout)
    else:
        first, end, understood = _bills(periods, own_lines, layout, rows, table.date_system)
    values = readings.values * layout.amount_per_reading
    without_end = np.isnat(first) | np.isnat(end)
    unused = {EMPTY: chosen[np.isnan(values)], OPEN: chosen[without_end], NOT_ASKED: np.flatnonzero(~table.asked)}
    reasons = tuple(reason for reason, where in unused.items() if len(where))
    verdict = np.zeros(len(lines), dtype=np.int64)
    for code, reason in enumerate(reasons, start=1):
        verdict[unused[reason]] = code
    used = ~without_end & ~np.isnan(values)
    days, amount, line = _days(first[used], end[used], values[used], lines[chosen[used]], layout)
    length = ((end - first) / DAY).astype(np.float64)
    totals = np.full(len(lines), np.nan)
    totals[chosen] = np.where(
        without_end, values, values * length if layout.quantity_kind == "interval_mean" else values
    )
    everything: Days = np.arange(days[0], days[-1] + DAY, dtype="datetime64[D]")
    ledger = Ledger(
        Path(layout.file).name, layout.amount_unit, lines, totals, verdict, reasons, (),
        np.setdiff1d(everything, days).astype("datetime64[s]"), exact_sum(totals[~np.isnan(totals)]),
    )  # fmt: skip
    ledger.verify(amount)
    starts, ends = days.astype("datetime64[s]"), (days + DAY).astype("datetime64[s]")
    return MeterSeries(
        layout, Path(layout.file).name, table.sha256, starts, ends, amount, line, ledger,
        meter_factors(layout) if same_meter_as is None else same_meter_as.factors,
        (*table.notices, *understood, *readings.notices, *_full_scale(readings.values, own_lines, layout)),
    )  # fmt: skip


def _read(layout: MeterLayout, where: Mapping[str, str]) -> _Table:
    opened = open_declared(layout, [layout.time_column, *where, layout.value_column])
    columns, hidden = opened.columns, opened.hidden
    keep = [row for row, line in enumerate(columns.lines) if line not in hidden]
    texts = [[column[row] for row in keep] for column in columns.texts]
    asked = np.ones(len(keep), dtype=bool)
    for column, word in zip(texts[1:-1], where.values(), strict=True):
        asked &= np.array([cell.strip() == word for cell in column], dtype=bool)
    return _Table(
        texts[0],
        texts[-1],
        asked,
        [columns.lines[row] for row in keep],
        opened.sha256,
        opened.notices,
        opened.table.date_system,
    )


def _full_scale(readings: NDArray[np.float64], lines: list[int], layout: MeterLayout) -> tuple[Notice, ...]:
    """Rows that are the full scale of a counter; their days, a part of them each, would not show it."""
    marks = full_scale_marks(np.abs(np.nan_to_num(readings)))
    if not marks.any():
        return ()
    own = [line for line, mark in zip(lines, marks, strict=True) if mark]
    values = ", ".join(f"{value:.10g}" for value in np.unique(readings[marks]))
    return (
        Notice(
            "full_scale",
            f"{len(own)} rows are {values} {layout.unit}, the full scale of a counter or word and more than "
            f"{SENTINEL_TIMES} times any other row: a mark for no value, now in the total; line {shown_lines(own)}",
            f"有 {len(own)} 列為 {values} {layout.unit}，恰為計數器或資料字組滿刻度，"
            f"且超過其他各列 {SENTINEL_TIMES} 倍：應為無值代碼，現計入合計；第 {shown_lines_zh(own)} 行",
            tuple(own),
        ),
    )


def _months(texts: list[str], lines: list[int], layout: MeterLayout) -> tuple[Days, Days]:
    months = []
    for text, line in zip(narrowed(texts).texts, lines, strict=True):
        found = _MONTH.fullmatch(text.strip())
        year, month = (found[2] or found[4], found[3] or found[5]) if found else ("", "0")
        republic = len(year) == 3 or (found is not None and found[1] is not None)
        if not 1 <= int(month) <= 12 or (len(year) < 3 and not republic):
            raise MeterDataError(
                f"line {line}, column {layout.time_column}: is no month",
                subject=layout.subject,
                value=repr(text),
                limit="a year of four digits, or of the Republic with three",
                next_step='Write it like "2025-03" or "114/3"',
            )
        months.append(f"{int(year) + (1911 if republic else 0):04d}-{int(month):02d}")
    start = np.array(months, dtype="datetime64[M]")
    _in_order(start, lines, layout)
    return start.astype("datetime64[D]"), (start + 1).astype("datetime64[D]")


def _bills(
    texts: list[str], lines: list[int], layout: MeterLayout, rows: Rows, date_system: int | None
) -> tuple[Days, Days, tuple[Notice, ...]]:
    stamps, notices = read_stamps(texts, lines, layout, date_system)
    dates = stamps.astype("datetime64[D]")
    _in_order(dates, lines, layout)
    nothing = np.array(["NaT"], dtype="datetime64[D]")
    if rows == "bill_start":
        return dates, np.concatenate([dates[1:], nothing]), notices
    after: Days = (dates + DAY).astype("datetime64[D]")
    return np.concatenate([nothing, after[:-1]]), after, notices


def _in_order(dates: Days, lines: list[int], layout: MeterLayout) -> None:
    wrong = np.flatnonzero(~(np.diff(dates) > np.timedelta64(0)))
    if len(wrong):
        raise MeterDataError(
            f"line {lines[wrong[0] + 1]} repeats the time of line {lines[wrong[0]]} or lies before it",
            subject=layout.subject,
            value=f"{dates[wrong[0]]}, then {dates[wrong[0] + 1]}",
            limit="each row later than the one above",
            next_step="Is the table one of several meters? Then say under where which rows are meant",
        )


def _days(
    first: Days, end: Days, values: NDArray[np.float64], lines: NDArray[np.int64],
    layout: MeterLayout,
) -> tuple[Days, NDArray[np.float64], NDArray[np.int64]]:  # fmt: skip
    """Each row's days, its amount spread over them, and its line."""
    length = ((end - first) / DAY).astype(np.int64)
    if not len(length):
        raise MeterDataError(
            "no row has a period and a number",
            subject=layout.subject,
            next_step="Two reading dates make the first bill; check the column",
        )
    offset = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length)
    days: Days = (np.repeat(first, length) + offset).astype("datetime64[D]")
    share = values if layout.quantity_kind == "interval_mean" else values / length
    return days, np.repeat(share, length), np.repeat(lines, length)
