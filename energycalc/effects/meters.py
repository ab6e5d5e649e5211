"""The meters of a case over its period: read, cut to the period, refused when they do not cover it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from energycalc.case.case import Case
from energycalc.errors import MeterDataError
from energycalc.finding import Finding
from energycalc.metering import MeterSeries, read_meter, series_findings


def meters_of(case: Case) -> dict[str, MeterSeries]:
    """Read every meter of the case and cut it to the period.

    Args:
        case: the case; its files lie beside the case file.

    Returns:
        Series by meter id.

    Raises:
        MeterDataError: a file cannot be used as declared, or does not reach from the first to the last day of the
            period.
    """
    return {meter.id: _over_period(case, read_meter(meter.layout(case.folder))) for meter in case.meters}


def _over_period(case: Case, series: MeterSeries) -> MeterSeries:
    start, end = case.period.first_day, case.period.last_day + dt.timedelta(days=1)
    first, last = series.interval_start[0], series.interval_end[-1]
    if first > np.datetime64(start, "s") or last < np.datetime64(end, "s"):
        raise MeterDataError(
            "the file does not cover the period of the case",
            subject=series.layout.subject,
            value=f"{first} to {last}",
            limit=f"{start} to {case.period.last_day}, both days included (period of the case)",
            next_step="Set the period to whole days that the file covers; a part is never scaled up to the whole",
        )
    if first == np.datetime64(start, "s") and last == np.datetime64(end, "s"):
        return series
    return series.between(start, end)


def meter_findings(series: Mapping[str, MeterSeries]) -> tuple[Finding, ...]:
    """What a reader should know about the meters: zero readings, missing, filled and excluded rows."""
    return tuple(f for s in series.values() for f in series_findings(s))
