"""What a reader should know about a series before using it, as findings."""

from __future__ import annotations

from energycalc.finding import Finding
from energycalc.metering.profile import zero_readings
from energycalc.metering.series import MeterSeries


def series_findings(series: MeterSeries) -> tuple[Finding, ...]:
    """Zero readings, partial days, missing and filled slots, excluded rows; nothing for a clean series."""
    ledger, zeros = series.ledger, zero_readings(series)
    slots = len(series.reading_kwh) + len(ledger.missing)
    subject = series.layout.meter or series.file
    findings = []
    if len(zeros.line):
        findings.append(
            Finding(
                "metering.zero_readings",
                "note",
                subject,
                f"{len(zeros.line)} of {slots:,} slots read exactly zero; they are kept",
                f"{slots:,} 個時段中有 {len(zeros.line)} 個讀值為零，保留計入",
                {"first": f"{zeros.start[0]}, line {zeros.line[0]}"},
            )
        )
    edges = series.interval_start[0], series.interval_end[-1]
    if any(edge != edge.astype("datetime64[D]") for edge in edges):
        findings.append(
            Finding(
                "metering.partial_day",
                "note",
                subject,
                f"the series runs from {edges[0]} to {edges[1]} and so holds a partial first or last day",
                f"資料自 {edges[0]} 至 {edges[1]}，首日或末日不完整",
                {"interval": series.layout.interval, "stamp": series.layout.stamp},
            )
        )
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
        findings.append(
            Finding(
                "metering.slots_filled",
                "warning",
                subject,
                f"{len(ledger.fills):,} of {slots:,} slots are filled, {ledger.filled_kwh:,.6g} kWh as read",
                f"{slots:,} 個時段中補值 {len(ledger.fills):,} 個，{ledger.filled_kwh:,.6g} kWh(表計讀值)",
                {"method": ledger.fills[0].method},
            )
        )
    if ledger.rows_excluded:
        reasons = "; ".join(ledger.reasons)
        findings.append(
            Finding(
                "metering.rows_excluded",
                "warning",
                subject,
                f"{ledger.rows_excluded:,} of {ledger.rows_read:,} rows are excluded: {reasons}",
                f"{ledger.rows_read:,} 列中排除 {ledger.rows_excluded:,} 列：{reasons}",
                {"energy": f"{ledger.excluded_kwh:.6g} kWh"},
            )
        )
    return tuple(findings)
