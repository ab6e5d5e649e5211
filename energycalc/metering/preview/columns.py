"""What each column of a file seems to hold: a proposal with its reason, never a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from energycalc.metering.files import Look
from energycalc.metering.layouts.words import ENERGY_UNITS, POWER_UNITS, VOLUME_UNITS
from energycalc.metering.numbers.decimal_marks import grouped_number
from energycalc.metering.numbers.header_unit import units_in
from energycalc.metering.numbers.reading import NUMBER
from energycalc.metering.numbers.wide_characters import narrowed
from energycalc.metering.stamps.forms import read_clock, read_date, split_stamp

Role = Literal["time", "date", "clock", "energy", "register", "power", "volume", "driver", "other", "text", "empty"]
METERS: tuple[Role, ...] = ("energy", "register", "power", "volume")
"""Roles that an amount of energy or gas can have."""
_TIME_WORDS = re.compile(r"(?i)time|date|stamp|日期|時間|時刻|年月日|日時")
_OTHER_UNITS = (
    "kvarh",
    "Mvarh",
    "kvar",
    "Mvar",
    "kVAh",
    "kVA",
    "A",
    "V",
    "tCO2",
    "kgCO2",
    "tCO2e",
    "kgCO2e",
    "TWD",
    "kcal",
)
_DRIVER_UNITS = ("degC", "degF", "%", "kg", "t", "piece")
_DRIVER_WORDS = {
    "interval_mean": re.compile(r"(?i)temp|溫度|氣溫|濕度|humid|occupan|率"),
    "interval_sum": re.compile(r"(?i)product|output|產量|產能|件數|piece|工時|運轉時數|hours|tonnes|公噸"),
}
_WORDS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("energy", re.compile(r"(?i)energy|usage|consumption|用電量|電度|度數|耗電")),
    ("power", re.compile(r"(?i)power(?!.*factor)|demand|需量|功率(?!因)|負載")),
    ("volume", re.compile(r"(?i)gas|瓦斯|天然氣")),
)
_METER_UNITS: tuple[tuple[Role, tuple[str, ...]], ...] = (
    ("energy", ENERGY_UNITS),
    ("power", POWER_UNITS),
    ("volume", VOLUME_UNITS),
)
RISES = 3
"""A counter must have risen so often among the rows that are looked at, and never have fallen."""


@dataclass(frozen=True)
class ColumnView:
    """One column as it looks.

    Attributes:
        header: its header.
        role: what it seems to hold.
        unit: unit that the header names, as a declaration writes it; empty where it names none.
        reason: why, in English.
        reason_zh: the same in Traditional Chinese.
        samples: the first cells, as written.
    """

    header: str
    role: Role
    unit: str
    reason: str
    reason_zh: str
    samples: tuple[str, ...]


def column_views(look: Look) -> tuple[ColumnView, ...]:
    """A proposal for each column of a file.

    Args:
        look: the file as it was looked at.
    """
    return tuple(
        _view(header, _cells(look.first_rows, place), _cells(look.last_rows, place))
        for place, header in enumerate(look.header)
    )


def driver_kind(header: str) -> str:
    """``interval_mean`` or ``interval_sum``, by the words of a header; sums where it says nothing."""
    return "interval_mean" if _DRIVER_WORDS["interval_mean"].search(header) else "interval_sum"


def _cells(rows: Sequence[tuple[str, ...]], place: int) -> list[str]:
    return [row[place].strip() if place < len(row) else "" for row in rows]


def _view(header: str, first: list[str], last: list[str]) -> ColumnView:
    role, unit, reason, reason_zh = _role(header, first, last)
    return ColumnView(header, role, unit, reason, reason_zh, tuple(first[:3]))


def _role(header: str, first: list[str], last: list[str]) -> tuple[Role, str, str, str]:
    cells = [cell for cell in narrowed(first + last).texts if cell.strip()]
    if not cells:
        return "empty", "", "no cell of the rows that are shown holds anything", "所示各列皆為空白"
    time = _time_role(header, cells)
    if time:
        return time
    numbers = [_number(cell) for cell in cells]
    known = [number for number in numbers if number is not None]
    if len(known) < 0.5 * len(cells):
        return "text", "", "most cells are no numbers", "多數儲存格並非數字"
    units = units_in(header)
    for role, allowed in _METER_UNITS:
        named = [unit for unit in units if unit in allowed]
        if named:
            return _meter_role(role, named[0], known)
    if any(unit in _OTHER_UNITS or "/" in unit for unit in units):
        return (
            "other",
            "",
            f"the header names {units[0]}, which is neither energy, power nor volume",
            f"欄名單位為 {units[0]}",
        )
    if units and units[0] in _DRIVER_UNITS:
        return "driver", units[0], f"the header names {units[0]}", f"欄名單位為 {units[0]}"
    if any(pattern.search(header) for pattern in _DRIVER_WORDS.values()):
        return "driver", "", "the header sounds like temperature, production or hours", "欄名似為溫度、產量或時數"
    for role, pattern in _WORDS:
        if pattern.search(header):
            counter = role == "energy" and _is_counter(known)
            grows, grows_zh = ("; it only grows, like a counter", "；持續增加，似為累計值") if counter else ("", "")
            kind: Role = "register" if counter else role
            return kind, "", f"by a word of the header, which names no unit{grows}", f"依欄名用語，未載單位{grows_zh}"
    return "other", "", "numbers; the header names no unit", "數字欄，欄名未載單位"


def _time_role(header: str, cells: list[str]) -> tuple[Role, str, str, str] | None:
    named = bool(_TIME_WORDS.search(header))
    plain = all(NUMBER.fullmatch(cell) for cell in cells)
    if plain and not named:
        return None  # 20240301 in a column without such a word is rather a number
    pairs = [split_stamp(cell) for cell in cells]
    dates = [read_date(date) for date, _ in pairs]
    if all(part is not None for part in dates):
        clock = any(clock for _, clock in pairs) or any(part.clock for part in dates if part)
        serial = any(part is not None and part.numbers[0] % 1 for part in dates)
        return (
            "time" if clock or serial else "date",
            "",
            "every cell is a date and a time of day" if clock or serial else "every cell is a date",
            "每格皆為日期與時刻" if clock or serial else "每格皆為日期",
        )
    clocks = [read_clock(cell) for cell in cells]
    if not plain and all(part is not None and part.seconds >= 0 for part in clocks):
        return "clock", "", "every cell is a time of day", "每格皆為時刻"
    if named and sum(part is not None for part in dates) > 0.5 * len(cells):
        return "time", "", "most cells are dates", "多數儲存格為日期"
    return None


def _meter_role(role: Role, unit: str, numbers: list[float]) -> tuple[Role, str, str, str]:
    if role in ("energy", "volume") and _is_counter(numbers):
        return "register", unit, f"{unit} that only grow, like a counter", f"{unit} 持續增加，似為累計值"
    return role, unit, f"the header names {unit}", f"欄名單位為 {unit}"


def _is_counter(numbers: list[float]) -> bool:
    steps = [later - earlier for earlier, later in pairwise(numbers)]
    return all(step >= 0 for step in steps) and sum(step > 0 for step in steps) >= RISES


def _number(cell: str) -> float | None:
    text = cell.strip()
    return float(text) if NUMBER.fullmatch(text) else grouped_number(text)
