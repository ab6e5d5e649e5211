"""What a reader should know about a series before using it, as findings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from energycalc.finding import Finding, Severity
from energycalc.metering.doubts.signal import signal_findings
from energycalc.metering.doubts.signature import signature_findings
from energycalc.metering.profile import zero_readings
from energycalc.metering.series import MeterSeries
from energycalc.quantity import cite

GAP_INTERVALS, GAP_SHARE = 2, 0.10
"""TD08: more than 2 intervals in a row without reading need a look; more than 10 % of all cannot be verified."""
MONTH_DAYS = 28
"""A series of at least so many days is asked for whole months."""
LOOK = (
    "hidden_rows",
    "hidden_sheets",
    "merged_cell",
    "total_row",
    "rounded_stamp",
    "scaled_format",
    "open_end",
    "register_rolled_over",
    "full_scale",
)
"""Kinds of notices that need a look; the others are information."""
OF_NO_CONSEQUENCE = ("byte_order_mark",)
"""Kinds of notices that no number depends on: shown in a preview only."""


def series_findings(series: MeterSeries) -> tuple[Finding, ...]:
    """What is odd about a series; nothing for a clean one.

    Outliers, spikes, full-scale marks, mixed units, flat lines, two meters in one file, zero and negative readings,
    partial days and months, missing and filled slots, excluded rows, an ignored header, an expired calibration, and
    what was understood of the file rather than plain.
    """
    subject = series.layout.meter or series.file
    return (
        *signal_findings(series, subject),
        *signature_findings(series, subject),
        *_zeros(series, subject),
        *_negative(series, subject),
        *_partial_day(series, subject),
        *_partial_month(series, subject),
        *_slots(series, subject),
        *_rows(series, subject),
        *_header(series, subject),
        *_calibration(series, subject),
        *_notices(series, subject),
    )


def _zeros(series: MeterSeries, subject: str) -> list[Finding]:
    zeros, slots = zero_readings(series), len(series.reading) + len(series.ledger.missing)
    if not len(zeros.line) or series.layout.quantity_kind == "interval_mean":  # 0 °C is an ordinary temperature
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


def _negative(series: MeterSeries, subject: str) -> list[Finding]:
    below = series.reading < 0
    if not below.any() or series.layout.quantity_kind == "interval_mean":
        return []
    count, first = int(below.sum()), int(np.argmax(below))
    amount = f"{float(series.reading[below].sum()):,.6g} {series.unit}"
    return [
        Finding(
            "metering.negative_readings",
            "note",
            subject,
            f"{count:,} readings are negative, as declared, and lower the total by {amount}",
            f"{count:,} 筆讀值為負（依宣告允許），合計因而減少 {amount}",
            {"first": f"{series.interval_start[first]}, line {series.line[first]}"},
            cite("metering-signal-rules", "TD02"),
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
            cite("metering-signal-rules", "TD10"),
        )
    ]


def _partial_month(series: MeterSeries, subject: str) -> list[Finding]:
    first, last = series.interval_start[0], series.interval_end[-1]
    long = last - first >= np.timedelta64(MONTH_DAYS, "D")
    partial = [edge for edge in (first, last) if edge != edge.astype("datetime64[M]")]
    if not long or not partial:
        return []
    months = [str((edge - np.timedelta64(int(edge is last), "s")).astype("datetime64[M]")) for edge in partial]
    return [
        Finding(
            "metering.partial_month",
            "note",
            subject,
            f"{' and '.join(months)} is there in part only (the series runs from {first} to {last}); "
            "a part must not be compared with a whole month",
            f"{'、'.join(months)} 僅部分有資料（資料自 {first} 至 {last}），不得與整月比較",
            {"first": str(first), "last": str(last)},
            cite("metering-signal-rules", "TD10"),
        )
    ]


def _slots(series: MeterSeries, subject: str) -> list[Finding]:
    ledger, findings = series.ledger, []
    slots = len(series.reading) + len(ledger.missing)
    if len(ledger.missing):
        share, longest = len(ledger.missing) / slots, _longest_run(ledger.missing, series.layout.step)
        findings.append(
            Finding(
                "metering.slots_missing",
                _gap_severity(longest, share),
                subject,
                f"{len(ledger.missing):,} of {slots:,} slots ({share:.2%}) are missing and not in the total; "
                f"the longest gap has {longest:,} slots",
                f"{slots:,} 個時段中缺 {len(ledger.missing):,} 個（{share:.2%}），合計未含；"
                f"最長缺漏 {longest:,} 個時段",
                {"first": str(ledger.missing[0]), "longest gap": f"{longest:,} slots"},
                cite("metering-signal-rules", "TD08"),
            )
        )
    if ledger.fills:
        starts = np.array([fill.start for fill in ledger.fills])
        share, longest = len(starts) / slots, _longest_run(starts, series.layout.step)
        filled = f"{ledger.filled:,.6g} {ledger.unit}"
        findings.append(
            Finding(
                "metering.slots_filled",
                "error" if share > GAP_SHARE else "warning",
                subject,
                f"{len(ledger.fills):,} of {slots:,} slots ({share:.2%}) are filled, {filled} as read; "
                f"the longest run has {longest:,} slots",
                f"{slots:,} 個時段中補值 {len(ledger.fills):,} 個（{share:.2%}），{filled}(表計讀值)；"
                f"最長連續 {longest:,} 個時段",
                {"method": ledger.fills[0].method},
                cite("metering-signal-rules", "TD08"),
            )
        )
    return findings


def _longest_run(starts: NDArray[np.datetime64], step: np.timedelta64) -> int:
    breaks = np.flatnonzero(np.diff(starts) != step) + 1
    return int(np.max(np.diff(np.concatenate([[0], breaks, [len(starts)]]))))


def _gap_severity(longest: int, share: float) -> Severity:
    if share > GAP_SHARE:
        return "error"
    return "warning" if longest > GAP_INTERVALS else "note"


def _rows(series: MeterSeries, subject: str) -> list[Finding]:
    ledger = series.ledger
    if not ledger.rows_excluded:
        return []
    reasons = "; ".join(why for code, why in enumerate(ledger.reasons, 1) if (ledger.verdict == code).any())
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


def _calibration(series: MeterSeries, subject: str) -> list[Finding]:
    valid_to = series.layout.calibration_valid_to
    last = (series.interval_end[-1] - np.timedelta64(1, "s")).astype("datetime64[D]")
    if valid_to is None or last <= np.datetime64(valid_to, "D"):
        return []
    return [
        Finding(
            "metering.calibration_expired",
            "warning",
            subject,
            f"the calibration is valid to {valid_to}, and the readings go on to {last}",
            f"校正有效期至 {valid_to}，資料至 {last}",
            {"valid to": str(valid_to), "last day": str(last)},
            cite("metering-signal-rules", "TD20"),
        )
    ]


def _notices(series: MeterSeries, subject: str) -> list[Finding]:
    return [
        Finding(
            f"metering.{notice.kind}",
            "warning" if notice.kind in LOOK else "note",
            subject,
            notice.sentence,
            notice.sentence_zh,
            {"rows": f"{len(notice.lines):,}"} if notice.lines else {},
            cite("metering-signal-rules", "TD13: what was understood is listed"),
        )
        for notice in series.notices
        if notice.kind not in OF_NO_CONSEQUENCE
    ]
