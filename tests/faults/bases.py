"""The six clean files that faults are put into, with the declaration that a careful person would write for each."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.faults.table import Table

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "examples" / "verification" / "data"
ELSEWHERE = (ROOT / "examples" / "steel_plant",)
"""Where a file is looked for that is not in the folder of the data: the steel plant keeps its own."""


COCOA_METERS = ("cxphrtvad", "5aa2gjfxw")
"""Electricity of HQ (Simple), and of Peanuts (Average)."""


@dataclass(frozen=True)
class Base:
    """A clean file and its declaration.

    Attributes:
        key: short name.
        title: what it is, for the table.
        table: header and rows as text.
        time: index of the column of the stamps.
        value: index of the column of the readings.
        clock: the stamps as clock times, 24:00 as 00:00 of the next day.
        interval: length of an interval; 0 for bills.
        declared: fields of ``MeterLayout`` beside the file.
        period: first and last day that the readings are declared for, the last one not included.
        unit_header: header of the value column in which ``{}`` stands for the unit.
        smaller_unit: a unit of which 1000 make the declared one.
        other: readings of a second meter of the same kind, where the file has one.
        where: columns and the text they must hold, for bills of several meters.
        bills: whether the file holds bills, one a row, whose stamp is the reading date.
    """

    key: str
    title: str
    table: Table
    time: int
    value: int
    clock: tuple[dt.datetime, ...]
    interval: dt.timedelta
    declared: Mapping[str, Any]
    period: tuple[str, str]
    unit_header: str
    smaller_unit: str
    other: tuple[str, ...] = ()
    bills: bool = False
    where: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> list[float]:
        """The readings as numbers."""
        return [float(text) for text in self.table.column(self.value)]

    @property
    def has_clock(self) -> bool:
        """Whether the stamps hold a time of day."""
        return dt.timedelta(0) < self.interval < dt.timedelta(days=1)

    @property
    def stamp_format(self) -> str:
        """A format in which the year stands first."""
        return "%Y-%m-%d %H:%M" if self.has_clock else "%Y-%m-%d"

    def with_table(self, table: Table, **declared: Any) -> Base:
        """The same meter in another table, declared as it then must be."""
        return replace(self, table=table, declared={**self.declared, **declared})

    def cut(self, rows: int) -> Base:
        """The first rows only, a whole number of days, with a period to match."""
        if self.bills:
            return self
        n = min(rows, len(self.clock))
        per_day = round(dt.timedelta(days=1) / self.interval) if self.has_clock else 1
        first = self.clock[0] - (self.interval if self.declared["stamp"] == "interval_end" else dt.timedelta(0))
        days = max(1, n // per_day)
        last = dt.datetime.combine(first.date(), dt.time()) + dt.timedelta(days=days)
        kept = [i for i, c in enumerate(self.clock[:n]) if (c <= last if self._ends else c < last)]
        table = replace(self.table, rows=tuple(self.table.rows[i] for i in kept))
        clock = tuple(self.clock[i] for i in kept)
        return replace(self, table=table, clock=clock, period=(self.period[0], str(last.date())))

    @property
    def _ends(self) -> bool:
        return self.declared["stamp"] == "interval_end" and self.has_clock


def data_file(name: str, folder: Path = DATA) -> Path:
    """A data file in the folder, or in the example that keeps it."""
    for place in (folder, *ELSEWHERE):
        if (place / name).exists():
            return place / name
    raise FileNotFoundError(f"{name} is neither in {folder} nor in {', '.join(map(str, ELSEWHERE))}")


@cache
def base(key: str, folder: Path = DATA) -> Base:
    """One of the bases by its key."""
    return BASES[key](folder)


def _read(name: str, folder: Path) -> Table:
    raw = data_file(name, folder).read_bytes()
    raw = gzip.decompress(raw) if name.endswith(".gz") else raw
    mark = raw.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    table = Table(tuple(header), tuple(map(tuple, rows)), mark=mark)
    written = table.content().replace(b"\n", b"\r\n") if b"\r\n" in raw else table.content()
    if written != raw:
        raise AssertionError(f"{name} is not written back byte for byte")
    return table


def _clock(texts: list[str], form: str) -> tuple[dt.datetime, ...]:
    return tuple(dt.datetime.strptime(text, form) for text in texts)


def _steel(folder: Path) -> Base:
    table = _read("steel_kr_2018_15min.csv.gz", folder)
    midnight = dt.time(0)
    clock = tuple(
        c + dt.timedelta(days=1) if c.time() == midnight else c for c in _clock(table.column(0), "%d/%m/%Y %H:%M")
    )
    return Base(
        "steel",
        "steel plant, 15 min, energy",
        table,
        0,
        1,
        clock,
        dt.timedelta(minutes=15),
        {
            "time_column": "date",
            "value_column": "Usage_kWh",
            "unit": "kWh",
            "quantity_kind": "interval_energy",
            "interval": "15 min",
            "stamp": "interval_end",
            "midnight": "ends_day",
            "time_zone": "Asia/Seoul",
            "date_format": "%d/%m/%Y %H:%M",
        },
        ("2018-01-01", "2019-01-01"),
        "Usage_{}",
        "Wh",
    )


def _compressor(folder: Path) -> Base:
    table = _read("measur_compressors_1min.csv.gz", folder)
    return Base(
        "compressor",
        "compressor A1, 1 min, power",
        table,
        0,
        1,
        _clock(table.column(0), "%m/%d/%Y %H:%M"),
        dt.timedelta(minutes=1),
        {
            "time_column": "DateTime",
            "value_column": "Compressor A1 (kW)",
            "unit": "kW",
            "quantity_kind": "power",
            "interval": "1 min",
            "stamp": "interval_start",
            "midnight": "starts_day",
            "time_zone": "America/New_York",
            "date_format": "%m/%d/%Y %H:%M",
            "duplicates": "keep_first",  # 370 minutes hold two samples
            "gaps": "report",
        },
        ("2022-05-01 05:00", "2022-05-16 07:58"),
        "Compressor A1 ({})",
        "W",
        other=tuple(table.column(2)),
    )


def _taiwan(folder: Path) -> Base:
    table = _read("taiwan_industrial_electricity_daily_2016_2019.csv.gz", folder)
    time = table.header.index("date")
    return Base(
        "taiwan",
        "Taiwan's industry, daily, energy",
        table,
        time,
        table.header.index("industrial_GWh"),
        _clock(table.column(time), "%Y-%m-%d"),
        dt.timedelta(days=1),
        {
            "time_column": "date",
            "value_column": "industrial_GWh",
            "unit": "GWh",
            "quantity_kind": "interval_energy",
            "interval": "1 d",
            "stamp": "interval_start",
            "midnight": "starts_day",
            "time_zone": "Asia/Taipei",
        },
        ("2016-01-01", "2019-10-01"),
        "industrial_{}",
        "MWh",
        other=tuple(table.column(table.header.index("residential_GWh"))),
    )


def _cocoa(folder: Path) -> Base:
    """The bills of one meter out of the file of all; ``meter_id`` stays, as the column that names it."""
    whole = _read("verifi_cocoa_bills.csv", folder)
    identity, use = whole.header.index("meter_id"), whole.header.index("use")
    own, other = (tuple(row for row in whole.rows if row[identity] == meter) for meter in COCOA_METERS)
    time = whole.header.index("read_date")
    table = replace(whole, rows=own)
    clock = _clock(table.column(time), "%Y-%m-%d")
    day = dt.timedelta(days=1)
    return Base(
        "cocoa",
        "cocoa plant, electricity bills",
        table,
        time,
        use,
        clock,
        dt.timedelta(0),
        {
            "time_column": "read_date",
            "value_column": "use",
            "unit": "kWh",
            "quantity_kind": "interval_energy",
            "interval": "1 d",
            "stamp": "interval_start",
            "midnight": "starts_day",
            "time_zone": "America/New_York",
        },
        (str((clock[0] + day).date()), str((clock[-1] + day).date())),
        "use ({})",
        "Wh",
        other=tuple(row[use] for row in other),
        bills=True,
    )


def _occupancy(folder: Path) -> Base:
    table = _read("nmecr_occupancy_hourly_2019_2021.csv.gz", folder)
    return Base(
        "occupancy",
        "building, hourly, energy",
        table,
        0,
        1,
        _clock(table.column(0), "%Y-%m-%d %H:%M:%S"),
        dt.timedelta(hours=1),
        {
            "time_column": "time",
            "value_column": "eload_kWh",
            "unit": "kWh",
            "quantity_kind": "interval_energy",
            "interval": "1 h",
            "stamp": "interval_start",
            "midnight": "starts_day",
            "time_zone": "America/Los_Angeles",
            "duplicates": "keep_first",  # the hour repeated in autumn is in the file four times
            "gaps": "report",  # the hour left out in spring
        },
        ("2019-04-13", "2021-04-09"),
        "eload_{}",
        "Wh",
    )


def _logger(folder: Path) -> Base:
    """Constructed: half-hourly readings of two feeders, CP950, dates of the Republic, midnight written 24:00."""
    rng = random.Random(114)
    step = dt.timedelta(minutes=30)
    clock, rows = [], []
    now = dt.datetime(2025, 3, 1)
    while now < dt.datetime(2025, 6, 1):
        hour, working = now.hour + now.minute / 60, now.weekday() < 6
        shift = 1.0 if working and 8 <= hour < 17 and not 12 <= hour < 13 else 0.25
        first, second = (
            round((low + high * shift) * (0.95 + 0.1 * rng.random()), 1) for low, high in ((9, 1360), (14, 700))
        )
        now += step
        clock.append(now)
        day, text = (now - step, "24:00") if now.time() == dt.time(0) else (now, f"{now:%H:%M}")
        stamp = f"{day.year - 1911}/{day:%m/%d} {text}"
        rows.append((stamp, f"{first:.1f}", f"{second:.1f}", f"{0.9 + 0.08 * rng.random():.2f}", "正常"))
    header = ("日期時間", "一號饋線有效電度(度)", "二號饋線有效電度(度)", "功率因數", "備註")
    above = ("電表編號,00123", "廠別,示範廠（虛構）")
    table = Table(header, tuple(rows), encoding="cp950", above=above)
    return Base(
        "logger",
        "constructed logger, 30 min, CP950, ROC dates",
        table,
        0,
        1,
        tuple(clock),
        step,
        {
            "time_column": header[0],
            "value_column": header[1],
            "unit": "度",
            "quantity_kind": "interval_energy",
            "interval": "30 min",
            "stamp": "interval_end",
            "midnight": "starts_day",
            "time_zone": "Asia/Taipei",
            "encoding": "cp950",
            "header_row": 3,
        },
        ("2025-03-01", "2025-06-01"),
        "一號饋線有效電度({})",
        "Wh",
        other=tuple(table.column(2)),
    )


BASES = {
    "steel": _steel,
    "compressor": _compressor,
    "taiwan": _taiwan,
    "cocoa": _cocoa,
    "occupancy": _occupancy,
    "logger": _logger,
}
