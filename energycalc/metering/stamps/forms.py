"""How people and loggers write a date and a time of day: one grammar, no decision about the column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from energycalc.metering.stamps.chinese_numerals import chinese_number

SECONDS_PER_DAY = 86_400
HALF_DAY = 12
ROC_OFFSET = 1911
"""民國 1 is 1912."""

Years = Literal["gregorian", "roc", "two_digit", "serial"]


@dataclass(frozen=True)
class DatePart:
    """The date of a stamp before anything is decided.

    Attributes:
        shape: how it is written; all stamps of a column have one shape.
        years: calendar that the writing shows: ``two_digit`` years do not show theirs, ``serial`` is a day number.
        numbers: year, month and day as written (the year not yet Gregorian); a day number stands first.
        order: ``ymd`` where the numbers are year, month, day; ``?`` where the year is written last and the other two,
            kept as they stand, are not told apart; ``year?`` where even the place of the year is open.
        clock: time of day when it is written into the same digits, else empty.
    """

    shape: str
    years: Years
    numbers: tuple[float, int, int]
    order: Literal["ymd", "?", "year?"]
    clock: str = ""


@dataclass(frozen=True)
class ClockPart:
    """The time of day of a stamp.

    Attributes:
        shape: how it is written.
        seconds: seconds after midnight, 86,400 for 24:00; -1 where there is no such time.
        half: ``am`` or ``pm`` where the writing has one.
        offset: seconds east of UTC where the writing has one.
    """

    shape: str
    seconds: int
    half: str = ""
    offset: int | None = None


NO_CLOCK = ClockPart("none", 0)
"""A stamp that is a date alone."""

_HAN = "〇零○一二三四五六七八九十百元"
_YEAR_FIRST = re.compile(
    r"(?P<roc>(?:中華)?民國)?\s*(?P<y>[0-9]{2,4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"
)
_YEAR_LAST = re.compile(r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4})")
_HAN_DATE = re.compile(
    rf"(?P<roc>(?:中華)?民國)?\s*(?P<y>[0-9]{{2,4}}|[{_HAN}]{{1,7}})\s*年\s*"
    rf"(?P<m>[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s*月\s*(?P<d>[0-9]{{1,2}}|[{_HAN}]{{1,3}})\s*日"
)
_COMPACT = re.compile(r"([0-9]{6,14})(?:\.0+)?")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_MONTH_NAMED = re.compile(r"(?P<d>[0-9]{1,2})[-/](?P<m>[A-Za-z]{3})[-/](?P<y>[0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OFFSET = r"\s*(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?"
_CLOCK = re.compile(
    r"(?P<before>上午|下午|[AaPp]\.?[Mm]\.?)?\s*"
    r"(?P<h>[0-9]{1,2}):(?P<mi>[0-9]{2})(?::(?P<s>[0-9]{2})(?:\.0+)?)?"
    rf"\s*(?P<after>上午|下午|[AaPp]\.?[Mm]\.?)?{_OFFSET}"
)
_HAN_CLOCK = re.compile(
    r"(?P<before>上午|下午)?\s*(?P<h>[0-9]{1,2})\s*[時点點]\s*(?:(?P<mi>[0-9]{1,2})\s*分\s*(?:(?P<s>[0-9]{1,2})\s*秒)?)?"
)
_COMPACT_CLOCK = re.compile(rf"(?P<h>[0-9]{{2}})(?P<mi>[0-9]{{2}})(?P<s>[0-9]{{2}})?{_OFFSET}")
_FRACTION = re.compile(r"0|0?\.[0-9]+")
_COMPACT_LENGTHS = {6: 2, 7: 3, 8: 4, 11: 3, 12: 4, 13: 3, 14: 4}
"""Digits of a date in one number, with the digits of its year; 10 digits (hours or Unix seconds) are not read."""


def split_stamp(text: str) -> tuple[str, str]:
    """Date and time of day of a stamp as written; the second is empty where there is none."""
    end = text.find("日")
    if end >= 0:
        return text[: end + 1], text[end + 1 :].strip()
    at = text.find(" ")
    if at < 0:
        at = text.find("T")
    return (text, "") if at < 0 else (text[:at], text[at + 1 :].strip())


def read_date(text: str) -> DatePart | None:
    """The date of a stamp, or ``None`` if it is written in no form known here.

    Known: ``2025-10-31`` (also with ``/`` or ``.``), ``114/10/31``, ``民國114年10月31日``, ``一一四年十月三十一日``,
    ``31/10/2025``, ``31-Oct-2025``, ``20251031``, ``1141031``, ``20251031141500``, and day numbers as ``45961.5``.
    """
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        year = found["y"]
        if len(year) == 2 and not found["roc"]:
            return DatePart(f"yy{found['s']}", "two_digit", _three(year, found["m"], found["d"]), "year?")
        return _year_first(f"{len(year)}{found['s']}", bool(found["roc"]), year, found["m"], found["d"])
    found = _YEAR_LAST.fullmatch(text)
    if found:
        return DatePart(f"year last{found['s']}", "gregorian", _three(found["y"], found["a"], found["b"]), "?")
    found = _HAN_DATE.fullmatch(text)
    if found:
        return _han_date(found)
    found = _MONTH_NAMED.fullmatch(text)
    if found and found["m"].lower() in _MONTHS:
        month = _MONTHS.index(found["m"].lower()) + 1
        return DatePart("month named", "gregorian", (int(found["y"]), month, int(found["d"])), "ymd")
    if _SERIAL.fullmatch(text):
        return DatePart("serial", "serial", (float(text), 0, 0), "ymd")
    found = _COMPACT.fullmatch(text)
    return _compact(found[1]) if found else None


def _three(year: str, month: str, day: str) -> tuple[int, int, int]:
    return int(year), int(month), int(day)


def _year_first(shape: str, marked: bool, year: str, month: str, day: str) -> DatePart:
    roc = marked or len(year) == 3
    return DatePart(f"{'roc' if roc else 'ad'} {shape}", "roc" if roc else "gregorian", _three(year, month, day), "ymd")


def _han_date(found: re.Match[str]) -> DatePart | None:
    parts = [found["y"], found["m"], found["d"]]
    numbers = [int(part) if part.isascii() else chinese_number(part) for part in parts]
    if None in numbers:
        return None
    year, month, day = (number or 0 for number in numbers)
    shape = f"han{' roc' if found['roc'] else ''}{'' if parts[0].isascii() else ' numerals'}"
    if found["roc"] or 100 <= year <= 199:
        return DatePart(shape, "roc", (year, month, day), "ymd")
    return DatePart(shape, "two_digit" if year < 100 else "gregorian", (year, month, day), "ymd")


def _compact(digits: str) -> DatePart | None:
    year = _COMPACT_LENGTHS.get(len(digits))
    if year is None:
        return None
    years: Years = "roc" if year == 3 else "two_digit" if year == 2 else "gregorian"
    date = (int(digits[:year]), int(digits[year : year + 2]), int(digits[year + 2 : year + 4]))
    return DatePart(f"compact {len(digits)}", years, date, "year?" if year == 2 else "ymd", digits[year + 4 :])


def read_clock(text: str) -> ClockPart | None:
    """The time of day of a stamp, or ``None`` if it is written in no form known here.

    Known: ``14:15``, ``14:15:00``, ``24:00``, ``2:15 PM``, ``下午 02:15`` (each also with ``+08:00`` or ``Z``
    behind it), ``14時15分``, ``141500``, a fraction of a day, and nothing at all, which is 00:00. With 上午, 下午,
    AM or PM the hour runs from 1 to 12: 12 AM (上午 12 時) is midnight, 12 PM (下午 12 時) is noon.
    """
    if not text:
        return NO_CLOCK
    if _FRACTION.fullmatch(text):
        return ClockPart("fraction", round(float(text) * SECONDS_PER_DAY))
    for shape, form in ((":", _CLOCK), ("han", _HAN_CLOCK), ("compact", _COMPACT_CLOCK)):
        found = form.fullmatch(text)
        if found:
            return _clock(shape, found)
    return None


def _clock(shape: str, found: re.Match[str]) -> ClockPart | None:
    parts = found.groupdict()
    before, after = parts.get("before"), parts.get("after")
    if before and after:
        return None
    shape += "" if parts["s"] is None else " s"
    hour, minute, second = int(parts["h"]), int(parts["mi"] or 0), int(parts["s"] or 0)
    return clock_part(shape, hour, minute, second, before or after or "", parts.get("z"))


def clock_part(shape: str, hour: int, minute: int, second: int, half: str, offset: str | None) -> ClockPart:
    """The time of day of these numbers.

    Args:
        shape: how it is written.
        hour: 0 to 24, or 1 to 12 with ``half``.
        minute: 0 to 59.
        second: 0 to 59.
        half: 上午, 下午, AM, PM or nothing.
        offset: ``Z``, ``+08:00``, ``+0800`` or ``None``.

    Returns:
        The part, with ``seconds`` -1 where the day has no such time.
    """
    which = _half(half)
    exists = minute < 60 and second < 60 and (1 <= hour <= HALF_DAY or not which)
    if which:
        hour = hour % HALF_DAY + (HALF_DAY if which == "pm" else 0)
    seconds = hour * 3600 + minute * 60 + second
    exists = exists and seconds <= SECONDS_PER_DAY
    return ClockPart(shape + (" half" if which else ""), seconds if exists else -1, which, _offset(offset))


def _half(word: str) -> str:
    return {"": "", "上": "am", "下": "pm", "a": "am", "p": "pm"}[word[:1].lower()]


def _offset(text: str | None) -> int | None:
    if text is None:
        return None
    if text == "Z":
        return 0
    seconds = int(text[1:3]) * 3600 + int(text[-2:]) * 60
    return -seconds if text[0] == "-" else seconds
