"""Reads and checks ``data/tariffs``: the only code that knows how it is written."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import hashlib
import re
from pathlib import Path

import numpy as np

from energycalc.data_files import data_folder
from energycalc.errors import FactorError
from energycalc.factors.tariff import DAY_ROWS, MINUTES, DemandPrice, TariffPlan, TariffRow
from energycalc.factors.tariff_days import OffPeakDay
from energycalc.quantity import FileOrigin, Source

_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


def published_tariff(edition: str, voltage: str, plan: str) -> TariffPlan:
    """A plan of the tariffs that come with the program.

    Args:
        edition: such as ``2025-10``.
        voltage: ``low``, ``high`` or ``extra_high``.
        plan: ``two_tier``, ``three_tier_fixed`` or ``batch``.

    Raises:
        FactorError: there is no such plan, or its rows do not cover every minute of every kind of day once.
    """
    return _published(edition, voltage, plan)


@functools.lru_cache(maxsize=32)
def _published(edition: str, voltage: str, plan: str) -> TariffPlan:
    return read_tariff(data_folder() / "tariffs", edition, voltage, plan)


def tariff_names(folder: Path | None = None) -> list[tuple[str, str, str]]:
    """Edition, voltage and plan of every tariff in the data, complete or not."""
    rows = _rows(folder or data_folder() / "tariffs", "energy")
    return list(dict.fromkeys((r["edition"], r["voltage"], r["plan"]) for _, r in rows))


def energy_prices(year: int) -> tuple[float, ...]:
    """Every price of energy, in TWD per kWh, of the editions in force on some day of a year; none where none is.

    Args:
        year: of the calendar.
    """
    folder = data_folder() / "tariffs"
    heads = [row for _, row in _rows(folder, "editions")]
    held = [r["edition"] for r in heads if int(r["effective_from"][:4]) <= year <= int(r["known_until"][:4])]
    return tuple(float(r["price"]) for _, r in _rows(folder, "energy") if r["edition"] in held)


def read_tariff(folder: Path, edition: str, voltage: str, plan: str) -> TariffPlan:
    """Read one plan of a folder; see :func:`published_tariff`."""
    wanted = {"edition": edition, "voltage": voltage, "plan": plan}
    energy = _select(folder, "energy", wanted)
    if not energy:
        known = "; ".join(", ".join(name) for name in tariff_names(folder))
        raise FactorError(
            "there is no such tariff in the data",
            subject=f"tariff {edition}, {voltage}, {plan}",
            limit=f"known (edition, voltage, plan): {known}",
            next_step="Choose one of them, or add its rows to data/tariffs",
        )
    head = _one(folder, "editions", {"edition": edition})
    season = _one(folder, "seasons", {"edition": edition, "voltage": voltage})
    demand = _select(folder, "demand", wanted | {"contract": "regular"})
    made = TariffPlan(
        edition=edition,
        voltage=voltage,
        plan=plan,
        name_zh=energy[0][1]["plan_zh"],
        effective_from=dt.date.fromisoformat(head["effective_from"]),
        known_until=dt.date.fromisoformat(head["known_until"]),
        tax=head["tax"],
        money_year=int(head["money_year"]),
        summer=(season["summer_first"], season["summer_last"]),
        off_peak_days=tuple(_off_peak_day(row) for _, row in _select(folder, "off_peak_days", {"edition": edition})),
        rows=tuple(
            TariffRow(r["season"], r["day_type"], r["period"], spans(r["hours"]), float(r["price"]), source)
            for source, r in energy
        ),
        demand=DemandPrice(float(demand[0][1]["summer"]), float(demand[0][1]["non_summer"]), demand[0][0])
        if demand
        else None,
    )
    _check(made)
    return made


def spans(hours: str) -> tuple[tuple[int, int], ...]:
    """Minutes of a day from ``09:00-16:00,22:00-24:00``, each first included and last not.

    Raises:
        FactorError: not of that form, outside 00:00 to 24:00, or an end before its beginning.
    """
    found = []
    for part in hours.split(","):
        match = _SPAN.fullmatch(part.strip())
        numbers = [int(n) for n in match.groups()] if match else []
        if not match or numbers[1] > 59 or numbers[3] > 59:
            raise FactorError(
                "is no span of hours", subject="hours", value=repr(part.strip()), limit="HH:MM-HH:MM, 00:00 to 24:00"
            )
        first, last = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
        if not 0 <= first < last <= MINUTES:
            raise FactorError(
                "a span of hours ends after it begins, inside one day",
                subject="hours",
                value=part.strip(),
                limit="00:00 to 24:00",
                next_step="Write a night as two spans: 22:00-24:00,00:00-06:00",
            )
        found.append((first, last))
    return tuple(found)


def _check(plan: TariffPlan) -> None:
    """Every minute of every kind of day in both seasons belongs to one tier, and a tier has one price."""
    for season in ("summer", "non_summer"):
        for day_type in dict.fromkeys(DAY_ROWS.values()):
            taken = np.zeros(MINUTES, dtype=np.int64)
            for row in plan.rows:
                if (row.season, row.day_type) == (season, day_type):
                    for first, last in row.spans:
                        taken[first:last] += 1
            if np.any(taken != 1):
                minute = int(np.argmax(taken != 1))
                what = "no price" if taken[minute] == 0 else f"{taken[minute]} prices"
                raise FactorError(
                    f"the data give {what} for some hours of the plan, so it cannot be used",
                    subject=f"tariff {plan.name}",
                    value=f"{season}, {day_type}, {minute // 60:02d}:{minute % 60:02d}",
                    limit="one price for every minute of the year",
                    next_step="Add the missing rows of the schedule to data/tariffs/energy.csv, or choose another plan",
                )
    for tier in plan.tiers:
        prices = {row.price for row in plan.rows if row.tier == tier}
        if len(prices) > 1:
            raise FactorError(
                "one register has two prices", subject=f"tariff {plan.name}, {tier.key}", value=sorted(prices)
            )


def _off_peak_day(row: dict[str, str]) -> OffPeakDay:
    kind = row["kind"]
    if kind not in ("fixed", "around"):
        raise FactorError("unknown kind of off-peak day", subject=row["id"], value=kind, limit="fixed, around")
    return OffPeakDay(row["id"], row["name_zh"], kind, row["day"], row["holiday"],  # type: ignore[arg-type]
                      int(row["first_offset"]), int(row["last_offset"]))  # fmt: skip


def _one(folder: Path, table: str, wanted: dict[str, str]) -> dict[str, str]:
    found = _select(folder, table, wanted)
    if len(found) != 1:
        raise FactorError(f"{table}.csv has {len(found)} rows for it, not one", subject=str(wanted))
    return found[0][1]


def _select(folder: Path, table: str, wanted: dict[str, str]) -> list[tuple[Source, dict[str, str]]]:
    return [(s, r) for s, r in _rows(folder, table) if all(r[k] == v for k, v in wanted.items())]


def _rows(folder: Path, table: str) -> list[tuple[Source, dict[str, str]]]:
    path = folder / f"{table}.csv"
    content = path.read_bytes()
    sha = hashlib.sha256(content).hexdigest()
    found = []
    reader = csv.DictReader(content.decode("utf-8-sig").splitlines())
    for row in reader:
        origin = FileOrigin(f"tariffs/{path.name}", sha256=sha, line=reader.line_num)
        found.append((Source(row["document"], row["clause"], confidence=row["confidence"], file=origin), row))
    return found
