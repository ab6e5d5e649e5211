"""What a reader should know about a series before using it, as findings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.finding import Finding
from energycalc.metering.profile import zero_readings
from energycalc.metering.series import MeterSeries

OUTLIER_PERCENTILE, OUTLIER_TIMES = 99.9, 20
"""A reading of more than 20 times the 99.9th percentile of the readings is an outlier (rule of this program)."""
FLAT_HOURS = 24
"""A reading repeated without change for longer than this, in more than 24 slots, is a flat line (the same)."""


def series_findings(series: MeterSeries) -> tuple[Finding, ...]:
    """What is odd about a series; nothing for a clean one.

    Outliers, zero readings, flat lines, partial days, missing and filled slots, excluded rows, an ignored header.
    """
    subject = series.layout.meter or series.file
    return (
        *_outliers(series, subject),
        *_zeros(series, subject),
        *_flat_line(series, subject),
        *_partial_day(series, subject),
        *_slots(series, subject),
        *_rows(series, subject),
        *_header(series, subject),
    )


def _outliers(series: MeterSeries, subject: str) -> list[Finding]:
    read = np.where(series.line > 0, np.abs(series.reading), 0.0)  # a filled slot is judged by the rows beside it
    if not (read > 0).any():
        return []
    # "lower" keeps one absurd reading of a short file out of its own yardstick
    usual = float(np.percentile(read[read > 0], OUTLIER_PERCENTILE, method="lower"))
    far = read > OUTLIER_TIMES * usual
    if not far.any():
        return []
    slot = int(np.argmax(read))
    size = f"{series.reading[slot]:,.6g} {series.unit}"
    if series.kind_of_amount == "energy":
        size += f" ({series.demand_kw[slot]:,.6g} kW)"
    line, start = series.line[slot], series.interval_start[slot]
    place = f"line {line}, {start}"
    return [
        Finding(
            "metering.outlier",
            "warning",
            subject,
            f"{int(far.sum())} readings exceed {OUTLIER_TIMES} times the {OUTLIER_PERCENTILE}th percentile "
            f"({usual:,.6g} {series.unit}) and are in the total; the largest is {size}, {place}",
            f"有 {int(far.sum())} 筆讀值超過第 {OUTLIER_PERCENTILE} 百分位（{usual:,.6g} {series.unit}）的 "
            f"{OUTLIER_TIMES} 倍，仍計入合計；最大者 {size}，檔案第 {line} 行，{start}",
            {"largest": f"{size}, {place}", "lines": _listed(series.line[far])},
        )
    ]


def _zeros(series: MeterSeries, subject: str) -> list[Finding]:
    zeros, slots = zero_readings(series), len(series.reading) + len(series.ledger.missing)
    if not len(zeros.line):
        return []
    return [
        Finding(
            "metering.zero_readings",
            "note",
            subject,
            f"{len(zeros.line)} of {slots:,} slots read exactly zero; they are kept",
            f"{slots:,} 個時段中有 {len(zeros.line)} 個讀值為零，保留計入",
            {"first": f"{zeros.start[0]}, line {zeros.line[0]}"},
        )
    ]


def _flat_line(series: MeterSeries, subject: str) -> list[Finding]:
    """The longest run of one reading in successive rows; runs of zeros are told apart."""
    joined = (np.diff(series.reading) == 0) & (np.diff(series.interval_start) == series.layout.step)
    joined &= (series.reading[1:] > 0) & (series.line[1:] > 0) & (series.line[:-1] > 0)
    starts = np.flatnonzero(np.concatenate([[True], ~joined]))
    lengths = np.diff(np.concatenate([starts, [len(series.reading)]]))
    longest = int(np.argmax(lengths))
    slots, first = int(lengths[longest]), int(starts[longest])
    hours = slots * series.layout.interval_hours
    if slots <= FLAT_HOURS or hours <= FLAT_HOURS:
        return []
    value = f"{series.reading[first]:,.6g} {series.unit}"
    line, start = series.line[first], series.interval_start[first]
    return [
        Finding(
            "metering.flat_line",
            "note",
            subject,
            f"the reading stays at {value} for {hours:,.6g} h from {start} "
            f"(line {line}): a constant load, or a logger that repeats its last value",
            f"自 {start} 起（檔案第 {line} 行）讀值 {value} 連續 {hours:,.6g} 小時不變：固定負載，或記錄器重複末筆讀值",
            {"slots": f"{slots:,}"},
        )
    ]


def _partial_day(series: MeterSeries, subject: str) -> list[Finding]:
    edges = series.interval_start[0], series.interval_end[-1]
    if all(edge == edge.astype("datetime64[D]") for edge in edges):
        return []
    return [
        Finding(
            "metering.partial_day",
            "note",
            subject,
            f"the series runs from {edges[0]} to {edges[1]} and so holds a partial first or last day",
            f"資料自 {edges[0]} 至 {edges[1]}，首日或末日不完整",
            {"interval": series.layout.interval, "stamp": series.layout.stamp},
        )
    ]


def _slots(series: MeterSeries, subject: str) -> list[Finding]:
    ledger, findings = series.ledger, []
    slots = len(series.reading) + len(ledger.missing)
    if len(ledger.missing):
        share = len(ledger.missing) / slots
        findings.append(
            Finding(
                "metering.slots_missing",
                "warning",
                subject,
                f"{len(ledger.missing):,} of {slots:,} slots ({share:.2%}) are missing and not in the total",
                f"{slots:,} 個時段中缺 {len(ledger.missing):,} 個({share:.2%})，合計未含",
                {"first": str(ledger.missing[0])},
            )
        )
    if ledger.fills:
        filled = f"{ledger.filled:,.6g} {ledger.unit}"
        findings.append(
            Finding(
                "metering.slots_filled",
                "warning",
                subject,
                f"{len(ledger.fills):,} of {slots:,} slots are filled, {filled} as read",
                f"{slots:,} 個時段中補值 {len(ledger.fills):,} 個，{filled}(表計讀值)",
                {"method": ledger.fills[0].method},
            )
        )
    return findings


def _rows(series: MeterSeries, subject: str) -> list[Finding]:
    ledger = series.ledger
    if not ledger.rows_excluded:
        return []
    reasons = "; ".join(ledger.reasons)
    return [
        Finding(
            "metering.rows_excluded",
            "warning",
            subject,
            f"{ledger.rows_excluded:,} of {ledger.rows_read:,} rows are excluded: {reasons}",
            f"{ledger.rows_read:,} 列中排除 {ledger.rows_excluded:,} 列：{reasons}",
            {"amount": f"{ledger.excluded:.6g} {ledger.unit}"},
        )
    ]


def _header(series: MeterSeries, subject: str) -> list[Finding]:
    layout = series.layout
    if not layout.units_of_header:
        return []
    named = ", ".join(layout.units_of_header)
    return [
        Finding(
            "metering.header_unit_ignored",
            "warning",
            subject,
            f"the header {layout.value_column!r} names {named}, read as {layout.unit}: {layout.header_unit_because}",
            f"欄名「{layout.value_column}」載明 {named}，依宣告以 {layout.unit} 讀取：{layout.header_unit_because}",
            {"header": layout.value_column, "declared": layout.unit},
        )
    ]


def _listed(lines: NDArray[np.int64]) -> str:
    shown = ", ".join(map(str, lines[:10]))
    return shown + (f" and {len(lines) - 10} more" if len(lines) > 10 else "")
