"""Readings that look wrong by themselves: absurd ones, full-scale marks, mixed units, values that never move."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.finding import Finding
from energycalc.metering.series import MeterSeries
from energycalc.quantity import cite

OUTLIER_PERCENTILE, OUTLIER_TIMES = 99.9, 20
"""A reading of more than 20 times the 99.9th percentile of the readings is an outlier (rule of this program)."""
SPIKE_DEVIATIONS, SPIKE_PERCENTILE, SPIKE_TIMES = 10, 99, 2
"""TD06: a spike lies 10 median absolute deviations above the median of the readings under load, and above twice the
99th percentile; readings under load are those from the median of all positive readings upwards, because a machine that
stands most of the time has a median that says nothing about its load."""
SENTINELS = tuple(10**digits - 1 for digits in range(3, 10)) + tuple(
    base - less for base in (2**15, 2**16, 2**31, 2**32) for less in (0, 1)
)
"""Full scale of counters and words, which loggers write for "no value"; a decimal point may be set in it."""
SENTINEL_TIMES = 3
"""How far a full-scale mark lies above the largest other reading at least."""
FLAT_INTERVALS = 24
"""TD05: so many successive intervals with one reading, not zero, are a flat line."""
MIXED_GAP, MIXED_RATIO, MIXED_SHARE = 5.0, (200.0, 5000.0), 0.005
"""TA08: two units stand in a column when no reading lies between a value and 5 times it, and the medians on both sides
are 200 to 5000 times apart; both hold more than 0.5 % of the readings."""


def signal_findings(series: MeterSeries, subject: str) -> tuple[Finding, ...]:
    """What the readings say against themselves; nothing for ordinary ones.

    Args:
        series: the meter, or a driver.
        subject: name in the findings.

    Returns:
        ``metering.outlier``, ``metering.spike``, ``metering.sentinel``, ``metering.mixed_units`` and
        ``metering.flat_line``; a reading is named by the strongest rule only. Readings are never left out.

    Limits of validity:
        Held against nine public files and a hundred simulated buildings before and after a retrofit: no flat line and
        no mixed unit, spikes where compressors start and in 52 of the 200 simulated years (electric heating in a cold
        spell), so that a spike is no error by itself. A machine whose standby is a thousandth of its load looks like
        two units.
    """
    read = np.where(series.line > 0, np.abs(series.reading), 0.0)  # a filled slot is judged by the rows beside it
    if not (read > 0).any():
        return ()
    sentinel = _sentinels(read, series)
    mixed = _upper_unit(np.where(sentinel, 0.0, read))
    rest = ~sentinel & ~mixed
    # "lower" keeps one absurd reading of a short file out of its own yardstick
    usual = float(np.percentile(read[read > 0], OUTLIER_PERCENTILE, method="lower"))
    outlier = (read > OUTLIER_TIMES * usual) & rest
    spike = (read > _spike_limit(read[(read > 0) & ~sentinel])) & rest & ~outlier
    return (
        *_outliers(series, outlier, usual, subject),
        *_spikes(series, spike, subject),
        *_sentinel_findings(series, sentinel, subject),
        *_mixed_units(series, mixed, subject),
        *_flat_line(series, subject),
    )


def _spike_limit(positive: NDArray[np.float64]) -> float:
    if len(positive) == 0:
        return float("inf")
    under_load = positive[positive >= np.median(positive)]
    middle = float(np.median(under_load))
    deviation = float(np.median(np.abs(under_load - middle)))
    high = float(np.percentile(positive, SPIKE_PERCENTILE, method="lower"))
    return max(middle + SPIKE_DEVIATIONS * deviation, SPIKE_TIMES * high)


def _sentinels(read: NDArray[np.float64], series: MeterSeries) -> NDArray[np.bool_]:
    """Readings that are a full-scale mark in the unit of the column, far above every other reading."""
    return full_scale_marks(read / series.layout.amount_per_reading)


def full_scale_marks(written: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which numbers are the full scale of a counter or word and more than three times any other.

    Args:
        written: readings as written in the column, not negative.
    """
    mark = np.zeros(len(written), dtype=bool)
    for decimals in (1, 10, 100, 1000):
        whole = np.rint(written * decimals)
        mark |= np.isin(whole, SENTINELS) & (np.abs(written * decimals - whole) < 1e-6 * np.maximum(whole, 1))
    others = written[~mark]
    if not mark.any() or not len(others):
        return np.zeros(len(written), dtype=bool)
    return mark & (written > SENTINEL_TIMES * float(others.max()))


def _upper_unit(read: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Readings that stand about a thousand times above the others, with nothing between."""
    none = np.zeros(len(read), dtype=bool)
    ordered = np.unique(read[read > 0])
    if len(ordered) < 4:
        return none
    steps = ordered[1:] / ordered[:-1]
    place = int(np.argmax(steps))
    if steps[place] < MIXED_GAP:
        return none
    upper = read > ordered[place]
    if upper.sum() <= MIXED_SHARE * (read > 0).sum():
        return none  # a few such readings are outliers, not a unit
    low, high = MIXED_RATIO
    ratio = float(np.median(read[upper]) / np.median(read[(read > 0) & ~upper]))
    return upper if low <= ratio <= high else none


def _outliers(series: MeterSeries, far: NDArray[np.bool_], usual: float, subject: str) -> list[Finding]:
    if not far.any():
        return []
    size, line, start = _largest(series, far)
    unit = series.unit
    return [
        Finding(
            "metering.outlier",
            "warning",
            subject,
            f"{int(far.sum())} readings exceed {OUTLIER_TIMES} times the {OUTLIER_PERCENTILE}th percentile "
            f"({usual:,.6g} {unit}) and are in the total; the largest is {size}, line {line}, {start}",
            f"有 {int(far.sum())} 筆讀值超過第 {OUTLIER_PERCENTILE} 百分位（{usual:,.6g} {unit}）的 "
            f"{OUTLIER_TIMES} 倍，仍計入合計；最大者 {size}，檔案第 {line} 行，{start}",
            {"largest": f"{size}, line {line}, {start}", "lines": listed(series.line[far])},
            cite("metering-signal-rules", "TD06, far outlier"),
        )
    ]


def _spikes(series: MeterSeries, far: NDArray[np.bool_], subject: str) -> list[Finding]:
    if not far.any():
        return []
    size, line, start = _largest(series, far)
    count = int(far.sum())
    return [
        Finding(
            "metering.spike",
            "warning",
            subject,
            f"{count} readings lie more than {SPIKE_DEVIATIONS} median absolute deviations above the load and above "
            f"{SPIKE_TIMES} times the {SPIKE_PERCENTILE}th percentile; they are in the total; the largest is {size}, "
            f"line {line}, {start}: a start, or a wrong reading",
            f"有 {count} 筆讀值高於負載中位數 {SPIKE_DEVIATIONS} 倍中位絕對偏差以上，"
            f"且超過第 {SPIKE_PERCENTILE} 百分位的 {SPIKE_TIMES} 倍，仍計入合計；"
            f"最大者 {size}，檔案第 {line} 行，{start}：起動或讀值錯誤",
            {"largest": f"{size}, line {line}, {start}", "lines": listed(series.line[far])},
            cite("metering-signal-rules", "TD06"),
        )
    ]


def _sentinel_findings(series: MeterSeries, mark: NDArray[np.bool_], subject: str) -> list[Finding]:
    if not mark.any():
        return []
    written = series.reading[mark] / series.layout.amount_per_reading
    values = ", ".join(f"{value:.10g}" for value in np.unique(written))
    count, unit = int(mark.sum()), series.layout.unit
    line, start = series.line[mark][0], series.interval_start[mark][0]
    return [
        Finding(
            "metering.sentinel",
            "error",
            subject,
            f"{count} readings are {values} {unit}, the full scale of a counter or word and more than "
            f"{SENTINEL_TIMES} times any other reading: a logger's mark for no value, now in the total; "
            f"the first is on line {line}, {start}",
            f"有 {count} 筆讀值為 {values} {unit}，恰為計數器或資料字組滿刻度，且超過其他讀值 {SENTINEL_TIMES} 倍："
            f"應為記錄器之無值代碼，現計入合計；首筆在第 {line} 行，{start}",
            {"values": values, "lines": listed(series.line[mark])},
            cite("metering-signal-rules", "TD06, full-scale marks"),
        )
    ]


def _mixed_units(series: MeterSeries, upper: NDArray[np.bool_], subject: str) -> list[Finding]:
    if not upper.any():
        return []
    count, all_readings = int(upper.sum()), int((series.reading != 0).sum())
    line, start = series.line[upper][0], series.interval_start[upper][0]
    size, others = np.abs(series.reading), (series.reading != 0) & (series.line > 0) & ~upper
    ratio = float(np.median(size[upper]) / np.median(size[others]))
    return [
        Finding(
            "metering.mixed_units",
            "warning",
            subject,
            f"{count} of {all_readings} readings are about {ratio:,.0f} times the others and none lies between: "
            f"two units in one column (kWh and Wh, MWh and kWh), or a standby of a thousandth of the load; "
            f"the first is on line {line}, {start}",
            f"{all_readings} 筆讀值中有 {count} 筆約為其餘的 {ratio:,.0f} 倍，其間無任何讀值：同欄混用兩種單位"
            f"（如 kWh 與 Wh、MWh 與 kWh），或待機為負載千分之一；首筆在第 {line} 行，{start}",
            {"ratio": f"{ratio:,.4g}", "lines": listed(series.line[upper])},
            cite("metering-signal-rules", "TA08"),
        )
    ]


def _flat_line(series: MeterSeries, subject: str) -> list[Finding]:
    """The longest run of one reading in successive rows; runs of zeros are told apart."""
    joined = (np.diff(series.reading) == 0) & (np.diff(series.interval_start) == series.layout.step)
    joined &= (series.reading[1:] != 0) & (series.line[1:] > 0) & (series.line[:-1] > 0)
    joined &= series.line[1:] != series.line[:-1]  # days of one bill are alike because the bill was divided
    starts = np.flatnonzero(np.concatenate([[True], ~joined]))
    lengths = np.diff(np.concatenate([starts, [len(series.reading)]]))
    longest = int(np.argmax(lengths))
    slots, first = int(lengths[longest]), int(starts[longest])
    if slots < FLAT_INTERVALS:
        return []
    hours = slots * series.layout.interval_hours
    value = f"{series.reading[first]:,.6g} {series.unit}"
    line, start = series.line[first], series.interval_start[first]
    runs = int((lengths >= FLAT_INTERVALS).sum())
    more = f"; {runs} such runs" if runs > 1 else ""
    more_zh = f"；此類區段共 {runs} 段" if runs > 1 else ""
    return [
        Finding(
            "metering.flat_line",
            "warning",
            subject,
            f"the reading stays at {value} for {hours:,.6g} h ({slots:,} intervals) from {start} "
            f"(line {line}): a constant load, or a logger that repeats its last value{more}",
            f"自 {start} 起（檔案第 {line} 行）讀值 {value} 連續 {hours:,.6g} 小時（{slots:,} 個時段）不變："
            f"固定負載，或記錄器重複末筆讀值{more_zh}",
            {"slots": f"{slots:,}", "runs": f"{runs}"},
            cite("metering-signal-rules", "TD05"),
        )
    ]


def _largest(series: MeterSeries, chosen: NDArray[np.bool_]) -> tuple[str, int, np.datetime64]:
    """Size, line and start of the largest of some readings."""
    slot = int(np.argmax(np.where(chosen, np.abs(series.reading), -1.0)))
    size = f"{series.reading[slot]:,.6g} {series.unit}"
    if series.kind_of_amount == "energy":
        size += f" ({series.demand_kw[slot]:,.6g} kW)"
    return size, int(series.line[slot]), series.interval_start[slot]


def listed(lines: NDArray[np.int64]) -> str:
    """The first ten line numbers, and how many more there are."""
    shown = ", ".join(map(str, lines[:10]))
    return shown + (f" and {len(lines) - 10} more" if len(lines) > 10 else "")
