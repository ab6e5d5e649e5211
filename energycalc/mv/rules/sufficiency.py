"""Whether the data suffice: length, coverage, gaps, bills, weather, calibration (CalTRACK 2.0 and rules of our own).

A period with a reading of zero is a period with data: a machine that is off uses nothing. Only absent periods are
missing. Limits stand in ``data/mv_rules/data_sufficiency.csv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.metering import MeterSeries
from energycalc.mv.periods import Periods
from energycalc.mv.rules.limits import judge, limit_of

DAY = np.timedelta64(1, "D")


def baseline_coverage(
    periods: Periods, subject: str, *, first: date | str | None = None, last: date | str | None = None
) -> tuple[Finding, ...]:
    """Length of the baseline, missing days, coverage over all and month by month, and zeros that are kept.

    Args:
        periods: the baseline as used.
        subject: the meter.
        first: first day of the baseline as declared; the first period's day when left out, which hides what is missing
            before it.
        last: last day as declared, included.

    Returns:
        ``CT_baseline_length``, ``CT_days_missing``, ``TS13_coverage``, ``CT_day_readings``, ``CT_hours_of_month`` and
        ``zero_kept``, as far as they fire.
    """
    begin, end = _span(periods, first, last)
    days = int((end - begin) / DAY)
    inside = (periods.start >= begin) & (periods.end <= end)
    found = list(judge("CT_baseline_length", days, subject))
    covered = float(periods.hours[inside].sum()) / 24
    found += judge("CT_days_missing", round(days - covered, 6), subject)
    found += judge("TS13_coverage", covered / days, subject, case="overall")
    shares = monthly_coverage(periods, begin, end) if periods.interval != "week" else {}
    for month, share in shares.items():
        found += judge("TS13_coverage", share, subject, case="month", where=month)
    if periods.interval == "hour":
        found += _hours_of_months(shares, subject)
    if len(periods) and periods.interval == "day":
        thin = int(np.argmin(periods.coverage))
        where = str(periods.start[thin].astype("datetime64[D]"))
        found += judge("CT_day_readings", float(periods.coverage[thin]), subject, where=where)
    found += judge("zero_kept", int(np.count_nonzero(periods.energy == 0)), subject)
    return tuple(found)


def monthly_coverage(periods: Periods, begin: np.datetime64, end: np.datetime64) -> dict[str, float]:
    """Share of each calendar month between two days that periods with data cover, by month as ``2018-02``.

    Args:
        periods: hours, days or months; zeros count as data.
        begin: first day.
        end: day after the last.
    """
    first, last = begin.astype("datetime64[M]"), (end - DAY).astype("datetime64[M]")
    months = np.arange(first, last + 1)
    edges = np.clip(
        np.concatenate([months, [last + 1]]).astype("datetime64[s]").astype(np.int64),
        begin.astype("datetime64[s]").astype(np.int64),
        end.astype("datetime64[s]").astype(np.int64),
    )
    place = (periods.start.astype("datetime64[M]") - first).astype(np.int64)
    inside = (periods.start >= begin) & (periods.end <= end)
    seconds = np.bincount(place[inside], weights=periods.hours[inside] * 3600, minlength=len(months))
    return {str(m): float(s / w) for m, s, w in zip(months, seconds, np.diff(edges), strict=True)}


def gaps(meter: MeterSeries, subject: str) -> tuple[Finding, ...]:
    """TD08: the longest run of missing readings, and their share; slots that were filled count as missing.

    Args:
        meter: with its ledger.
        subject: the meter.
    """
    filled = np.array([fill.start for fill in meter.ledger.fills], dtype="datetime64[s]")
    missing = np.sort(np.concatenate([meter.ledger.missing.astype("datetime64[s]"), filled]))
    if not len(missing):
        return ()
    breaks = np.flatnonzero(np.diff(missing) != meter.layout.step)
    starts = np.concatenate([[0], breaks + 1])
    lengths = np.diff(np.concatenate([starts, [len(missing)]]))
    longest = int(np.argmax(lengths))
    found = judge("TD08_gap", int(lengths[longest]), subject, case="run", where=str(missing[starts[longest]]))
    slots = len(meter.reading) + len(meter.ledger.missing)
    return (*found, *judge("TD08_gap", len(missing) / slots, subject, case="share"))


def partial_periods(periods: Periods, subject: str, *, pro_rata_because: str = "") -> tuple[Finding, ...]:
    """TD10: periods used as whole although readings are missing, unless somebody says why they may be scaled.

    Args:
        periods: as used; ``periods_of`` divides by the coverage below 1.
        subject: the meter.
        pro_rata_because: the reason, if there is one.
    """
    part = np.flatnonzero(periods.coverage < 1 - 1e-12)
    if pro_rata_because.strip():
        return ()
    where = ", ".join(str(start) for start in periods.start[part][:5])
    return judge("TD10_partial_period", len(part), subject, where=where)


def bill_lengths(
    start: NDArray[np.datetime64],
    end: NDArray[np.datetime64],
    cycle: Literal["monthly", "bimonthly"],
    subject: str,
) -> tuple[Finding, ...]:
    """Bills that are too short (read off cycle) or too long for their cycle.

    Args:
        start: first day of each bill.
        end: day after the last of each bill.
        cycle: monthly or every two months.
        subject: the account.
    """
    found: list[Finding] = []
    for first, after in zip(start.astype("datetime64[D]"), end.astype("datetime64[D]"), strict=True):
        days = int((after - first) / DAY)
        found += judge("CT_bill_short", days, subject, where=str(first))
        found += judge("CT_bill_long", days, subject, case=cycle, where=str(first))
    return tuple(found)


def bill_reconciliation(metered: float, billed: float, subject: str) -> tuple[Finding, ...]:
    """TD11: sum of the meter against the bill of the same days, both in the same unit.

    Raises:
        InputError: the bill is not above zero.
    """
    if not billed > 0:
        raise InputError("the bill is not above zero", subject=subject, value=billed, next_step="Check the bill")
    difference = abs(metered / billed - 1)
    evidence = {"metered": f"{metered:,.6g}", "billed": f"{billed:,.6g}"}
    return judge("TD11_bill", difference, subject, evidence=evidence)


def weather(
    temperature: Periods | None,
    subject: str,
    *,
    station_km: float | None = None,
    longest_gap_hours: float | None = None,
) -> tuple[Finding, ...]:
    """Distance of the weather station, gaps of hourly temperatures, and their coverage of monthly bills.

    Args:
        temperature: monthly periods whose ``coverage`` is that of the temperatures; None where there are none.
        subject: the site.
        station_km: distance of the station.
        longest_gap_hours: longest run of missing hourly temperatures.
    """
    found: list[Finding] = []
    if station_km is not None:
        found += judge("CT_weather_station", station_km, subject)
    if longest_gap_hours is not None:
        found += judge("CT_temperature_gap", longest_gap_hours, subject)
    if temperature is not None:
        for start, share in zip(temperature.start.astype("datetime64[M]"), temperature.coverage, strict=True):
            found += judge("CT_temperature_coverage", float(share), subject, where=str(start))
    return tuple(found)


def degree_day_points(
    temperature: NDArray[np.float64], change_point: float, side: Literal["heating", "cooling"], subject: str
) -> tuple[Finding, ...]:
    """Days on the far side of a change point; a slope that stands on a few days is chance.

    Args:
        temperature: daily means, in any one unit.
        change_point: in the same unit.
        side: below it (heating) or above it (cooling).
        subject: the model.
    """
    beyond = temperature < change_point if side == "heating" else temperature > change_point
    return judge("CT_degree_day_points", int(beyond.sum()), subject, where=f"{side}, {change_point:.4g}")


def extreme_values(periods: Periods, subject: str) -> tuple[Finding, ...]:
    """Highest use against median and interquartile range; to be looked at, never dropped for it.

    A plant whose middle half does not vary at all gives no finding: there is no range to measure with.
    """
    quarter, median, three = np.percentile(periods.energy, [25, 50, 75])
    if three == quarter:
        return ()
    highest = int(np.argmax(periods.energy))
    distance = float((periods.energy[highest] - median) / (three - quarter))
    return judge("CT_extreme_values", distance, subject, where=str(periods.start[highest]))


def calibration(expires: date, last: date, subject: str) -> tuple[Finding, ...]:
    """TD20: whether the calibration lasted to the end of the period.

    Args:
        expires: last day of validity.
        last: last day of the period.
        subject: the meter.
    """
    return judge("TD20_calibration_expired", (last - expires).days, subject)


def points_removed(used: int, reasons: Sequence[str], subject: str) -> tuple[Finding, ...]:
    """TS11: share of the points taken out, and points taken out without a reason.

    Args:
        used: points left.
        reasons: one for each point removed; empty where none was given.
        subject: the model.
    """
    if not reasons:
        return ()
    without = sum(1 for reason in reasons if not reason.strip())
    share = len(reasons) / (used + len(reasons))
    return (
        *judge("TS11_points_removed", share, subject, case="share"),
        *judge("TS11_points_removed", without, subject, case="no_reason"),
    )


def _hours_of_months(shares: dict[str, float], subject: str) -> list[Finding]:
    """The month with the least hours, of each month and its neighbours (hourly methods)."""
    if not shares:
        return []
    month = min(shares, key=lambda each: shares[each])
    return list(judge("CT_hours_of_month", shares[month], subject, where=month))


def _span(periods: Periods, first: date | str | None, last: date | str | None) -> tuple[np.datetime64, np.datetime64]:
    if not len(periods):
        raise InputError(
            "there is no period to judge",
            subject="sufficiency",
            limit=f"at least {limit_of('CT_baseline_length'):g} days",
            next_step="Check the dates of the baseline",
        )
    begin = periods.start[0] if first is None else np.datetime64(first)
    end = periods.end[-1] if last is None else np.datetime64(last, "D") + DAY
    whole = (end.astype("datetime64[s]") - np.timedelta64(1, "s")).astype("datetime64[D]") + DAY
    return begin.astype("datetime64[D]"), whole
