"""One scan of a long Parquet table of many meters: daily sums, and a proof that every slot of a day is there once.

A whole day is told from its number of rows and from one number made of all its time stamps: the exclusive or of their
64-bit hashes. With as many rows as slots, it agrees with that of the full day only if every slot is there exactly once
(another set of stamps agrees by chance once in 2⁶⁴). Days that differ are looked at slot by slot in a second query.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from energycalc.errors import InputError, MeterDataError
from energycalc.metering.layouts.layout import SECONDS_PER_DAY
from energycalc.mv.portfolio.daily import DailyTable, MeterAccount, refused
from energycalc.mv.portfolio.plan import PortfolioPlan

MEMORY = "1GB"


def scan_parquet(plan: PortfolioPlan, threads: int | None = None) -> DailyTable:
    """Daily energy and mean temperature of every meter of one Parquet file.

    Args:
        plan: the declarations; ``meter_column`` is needed, readings are interval energies, volumes or powers.
        threads: number of threads; all processors without it.

    Raises:
        InputError: a declaration that this scan cannot follow.
        MeterDataError: the file lacks a column, or a column has another type than numbers and local clock times.
    """
    import duckdb

    _refuse_unscannable(plan)
    connection = duckdb.connect()
    try:
        connection.execute(f"set memory_limit = '{MEMORY}'; set preserve_insertion_order = false")
        connection.execute(f"set temp_directory = '{Path(plan.layout.file).resolve().parent}'")
        if threads is not None:
            connection.execute(f"set threads = {threads}")
        _check_columns(plan, connection)
        found = connection.sql(_daily_sql(plan)).fetchnumpy()
        whole = connection.sql(_whole_days_sql(plan)).fetchnumpy()
        return _table(plan, found, whole, connection)
    except duckdb.Error as error:
        raise MeterDataError(
            f"the file is not readable as a table ({' '.join(str(error).split())[:300]})",
            subject=Path(plan.layout.file).name,
            next_step="Write the file again",
        ) from error
    finally:
        connection.close()


def _refuse_unscannable(plan: PortfolioPlan) -> None:
    layout = plan.layout
    for wrong, what, value in (
        (plan.meter_column is None, "meter_column", plan.meter_column),
        (layout.quantity_kind == "register", "kind", layout.quantity_kind),
        (layout.duplicates != "refuse", "duplicates", layout.duplicates),
        (layout.gaps in ("interpolate", "spread"), "gaps", layout.gaps),
        (layout.clock_column is not None, "clock_column", layout.clock_column),
        (layout.maximum_demand is not None, "maximum_demand", layout.maximum_demand),
    ):
        if wrong:
            raise InputError(
                f"this {what} cannot be followed in a table of many meters",
                subject=layout.subject,
                value=str(value),
                limit="a long table: meter, local clock time, interval energy or power; duplicates: refuse",
                next_step="Correct the declaration, or write one file a meter",
            )


def _check_columns(plan: PortfolioPlan, connection: Any) -> None:
    layout = plan.layout
    types = {row[0]: row[1] for row in connection.sql(f"describe select * from {_source(plan)}").fetchall()}
    wanted = {plan.meter_column: "", layout.time_column: "TIMESTAMP", layout.value_column: "number"}
    if plan.temperature_column is not None:
        wanted[plan.temperature_column] = "number"
    for column, kind in wanted.items():
        there = types.get(str(column))
        clock = there is not None and there.startswith("TIMESTAMP") and "ZONE" not in there
        number = there in ("DOUBLE", "FLOAT", "BIGINT", "INTEGER", "SMALLINT") or str(there).startswith("DECIMAL")
        if there is None or (kind == "TIMESTAMP" and not clock) or (kind == "number" and not number):
            raise MeterDataError(
                "the column is missing" if there is None else "the column is of another type",
                subject=Path(layout.file).name,
                value=f"{column}: {there}",
                limit=f"columns: {', '.join(types)}; local clock time without zone, and numbers",
                next_step="Write the names exactly as they stand in the file, or write the file with such columns",
            )


def _source(plan: PortfolioPlan) -> str:
    return "read_parquet('" + str(plan.layout.file).replace("'", "''") + "')"


def _name(column: str | None) -> str:
    return '"' + str(column).replace('"', '""') + '"'


def _slot_start(plan: PortfolioPlan) -> str:
    """SQL of the start of each row's slot."""
    stamp = _name(plan.layout.time_column)
    if plan.layout.midnight == "ends_day":
        midnight = f"date_trunc('day', {stamp})"
        stamp = f"case when {stamp} = {midnight} then {stamp} + interval 1 day else {stamp} end"
    seconds = plan.layout.interval_seconds
    return stamp if plan.layout.stamp == "interval_start" else f"({stamp} - interval {seconds} second)"


def _daily_sql(plan: PortfolioPlan) -> str:
    value, temperature = _name(plan.layout.value_column), _name(plan.temperature_column)
    more = f", avg({temperature})::double as temperature, count({temperature}) as temperatures"
    return (
        f"select {_name(plan.meter_column)}::varchar as meter, ({_slot_start(plan)})::date as day, "
        f"sum({value})::double as energy, count({value}) as readings, count(*) as rows, min({value})::double as least, "
        f"bit_xor(hash(epoch_us({_slot_start(plan)}))) as stamps"
        f"{more if plan.temperature_column is not None else ''} from {_source(plan)} group by 1, 2 order by 1, 2"
    )


def _whole_days_sql(plan: PortfolioPlan) -> str:
    """Days of the plan, each with the number that its full set of slots gives."""
    begin, end, seconds = plan.days[0], plan.days[-1] + 1, plan.layout.interval_seconds
    return (
        f"select t::date as day, bit_xor(hash(epoch_us(t))) as stamps from "
        f"range(timestamp '{begin}', timestamp '{end}', interval {seconds} second) as slots(t) group by 1 order by 1"
    )


def _table(plan: PortfolioPlan, found: dict[str, Any], whole: dict[str, Any], connection: Any) -> DailyTable:
    _refuse_nameless(plan, found)
    names, meter = np.unique(found["meter"].astype(str), return_inverse=True)
    day = (found["day"].astype("datetime64[D]") - plan.days[0]).astype(np.int64)
    inside = (day >= 0) & (day < len(plan.days))
    slots = SECONDS_PER_DAY // plan.layout.interval_seconds
    expected = np.asarray(whole["stamps"], np.uint64)
    stamps = np.asarray(found["stamps"], np.uint64)
    in_place = np.zeros(len(day), bool)
    in_place[inside] = stamps[inside] == expected[day[inside]]
    sums = np.ma.filled(found["energy"], 0.0) * plan.layout.amount_per_reading * plan.layout.multiplier
    clean = inside & in_place & (found["rows"] == slots) & (found["readings"] == slots) & np.isfinite(sums)
    used = clean.copy()
    temperature = None
    if plan.temperature_column is not None:
        used &= found["temperatures"] == slots
        temperature = np.full((len(names), len(plan.days)), np.nan)
        temperature[meter[used], day[used]] = np.ma.filled(found["temperature"], np.nan)[used]
    energy = np.full((len(names), len(plan.days)), np.nan)
    energy[meter[used], day[used]] = sums[used]
    reasons = _reasons(plan, names, meter, found, inside & ~clean, connection)
    accounts = []
    for number, _ in enumerate(names):
        own = meter == number
        rows, read = int(found["rows"][own].sum()), float(sums[own].sum())
        if reasons[number]:
            accounts.append(refused(reasons[number], rows, read))
            energy[number] = np.nan
            continue
        left = own & ~used
        accounts.append(
            MeterAccount(rows, read, int((own & used).sum()), float(sums[own & used].sum()), int(left.sum()),
                         float(sums[left].sum()))
        )  # fmt: skip
    return DailyTable(tuple(names), plan.days, energy, temperature, plan.layout.amount_unit, tuple(accounts))


def _refuse_nameless(plan: PortfolioPlan, found: dict[str, Any]) -> None:
    """Rows without a meter or a stamp belong to nobody, so no meter's account would close."""
    nameless = np.ma.getmaskarray(found["meter"]) | np.ma.getmaskarray(found["day"])
    rows = int(np.sum(found["rows"]))
    if rows and not nameless.any():
        return
    raise MeterDataError(
        "rows have no meter name or no time stamp" if rows else "the file holds no rows",
        subject=Path(plan.layout.file).name,
        value=f"{int(np.sum(found['rows'][nameless])):,} of {rows:,} rows",
        limit="each row with its meter and its local clock time",
        next_step="Write the file again without them, or with their names",
    )


def _reasons(
    plan: PortfolioPlan, names: Any, meter: Any, found: dict[str, Any], doubtful: Any, connection: Any
) -> list[str]:
    """Why a meter cannot be used: policies that its rows offend, with the first of them."""
    layout = plan.layout
    reasons = [""] * len(names)
    least = np.ma.filled(found["least"], np.nan)
    sums = np.ma.filled(found["energy"], 0.0)
    repeated = _repeated(plan, names[meter[doubtful]], found["day"][doubtful], connection)
    for number, name in enumerate(names):
        own = meter == number
        below = own & (least < 0)
        unreadable = own & (np.isinf(sums) | (np.isnan(sums) & (layout.empty == "refuse")))
        empty = own & (found["readings"] < found["rows"])
        first = {what: str(found["day"][rows][0])[:10] for what, rows in
                 (("below", below), ("unreadable", unreadable), ("empty", empty)) if rows.any()}  # fmt: skip
        if unreadable.any():
            reasons[number] = f"a reading is not a finite number, first on {first['unreadable']}"
        elif below.any() and layout.negative == "refuse":
            reasons[number] = f"a reading is negative, first on {first['below']}; write negative: allow if it exports"
        elif empty.any() and layout.empty == "refuse":
            reasons[number] = (
                f"a reading is empty, first on {first['empty']}; write empty: exclude to leave the day out"
            )
        elif name in repeated:
            reasons[number] = repeated[name]
        elif layout.gaps == "refuse" and _has_gaps(plan, own & doubtful, found, own):
            reasons[number] = (
                f"slots are missing, first on {_first_gap(plan, own, doubtful, found)}; write gaps: report"
            )
    return reasons


def _has_gaps(plan: PortfolioPlan, doubtful: Any, found: dict[str, Any], own: Any) -> bool:
    """Whether slots are missing between the first and the last day of a meter."""
    days = found["day"][own].astype("datetime64[D]")
    return bool(doubtful.any()) or len(days) != int((days[-1] - days[0]).astype(int)) + 1


def _first_gap(plan: PortfolioPlan, own: Any, doubtful: Any, found: dict[str, Any]) -> str:
    days = found["day"][own].astype("datetime64[D]")
    absent = np.setdiff1d(np.arange(days[0], days[-1] + 1), days)
    part = found["day"][own & doubtful].astype("datetime64[D]")
    return str(np.min(np.concatenate([absent, part])))


def _repeated(plan: PortfolioPlan, meters: Any, days: Any, connection: Any) -> dict[str, str]:
    """Meters with a stamp that stands twice, or off the declared interval, on one of the days that are not whole."""
    if not len(meters):
        return {}
    import pandas as pd

    doubtful = pd.DataFrame({"meter": meters, "day": pd.to_datetime(days)})
    connection.register("doubtful", doubtful)
    seconds = plan.layout.interval_seconds
    found = connection.sql(
        f"with slots as (select {_name(plan.meter_column)}::varchar as meter, {_slot_start(plan)} as t from "
        f"{_source(plan)}), seen as (select slots.* from slots semi join doubtful on slots.meter = doubtful.meter "
        f"and slots.t::date = doubtful.day::date) select meter, t, count(*) as n from seen group by 1, 2 "
        f"having count(*) > 1 or epoch_us(t) % {seconds * 1_000_000} <> 0 order by 1, 2"
    ).fetchall()
    reasons: dict[str, str] = {}
    for meter, time, count in found:
        what = f"the stamp of {time} stands {count} times" if count > 1 else f"the stamp of {time} is off the interval"
        reasons.setdefault(meter, what)
    return reasons
