"""A declared order of the parts of a stamp, in the letters of ``strftime``."""

from __future__ import annotations

import re

from energycalc.errors import InputError
from energycalc.metering.layouts.words import Calendar
from energycalc.metering.stamps.forms import ClockPart, DatePart, Years, clock_part

_PARTS = {
    "%Y": r"(?P<year>[0-9]{4})",
    "%y": r"(?P<year>[0-9]{2})",
    "%m": r"(?P<month>[0-9]{1,2})",
    "%d": r"(?P<day>[0-9]{1,2})",
    "%H": r"(?P<hour>[0-9]{1,2})",
    "%I": r"(?P<hour>[0-9]{1,2})",
    "%M": r"(?P<minute>[0-9]{2})",
    "%S": r"(?P<second>[0-9]{2})",
    "%p": r"(?P<half>上午|下午|[AaPp]\.?[Mm]\.?)",
    "%z": r"(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})",
}
_ROC_YEAR = r"(?P<year>0?[0-9]{2,3})"
_DATE = {"%Y", "%y", "%m", "%d"}


class FormatPattern:
    """Reads the date and the time of day of a stamp by a declared format such as ``%d/%m/%Y %H:%M``."""

    def __init__(self, date_format: str, calendar: Calendar, subject: str) -> None:
        """Take the format apart.

        Args:
            date_format: each letter at most once, with year, month and day. Under ``calendar: roc`` ``%Y`` is a year
                of the Republic; ``%y`` needs a calendar.
            calendar: ``ask``, ``gregorian`` or ``roc``.
            subject: file and column, for the message.

        Raises:
            InputError: the format names no whole date, or a letter that is not known.
        """
        letters = re.findall("%.", date_format)
        years, hours = {"%Y", "%y"} & set(letters), {"%H", "%I"} & set(letters)
        whole = len(letters) == len(set(letters)) and {"%m", "%d"} <= set(letters) <= set(_PARTS) and len(years) == 1
        known = whole and len(hours) < 2 and ("%p" in letters) == ("%I" in letters)
        if not known or ("%y" in letters and calendar == "ask"):
            raise InputError(
                "the date format cannot be read",
                subject=subject,
                value=date_format,
                limit=f"each of {', '.join(_PARTS)} at most once, year, month and day among them; %y needs calendar",
                next_step='Write it like "%d/%m/%Y %H:%M" or "%Y-%m-%d %H:%M"',
            )
        self.years: Years = "roc" if calendar == "roc" else "gregorian"
        self.two_digit = "%y" in letters
        head, blank, tail = date_format.partition(" ")
        apart = bool(blank) and set(re.findall("%.", head)) <= _DATE and not set(re.findall("%.", tail)) & _DATE
        self._together = None if apart else self._compiled(date_format)
        self._date = self._compiled(head) if apart else None
        self._clock = self._compiled(tail) if apart else None

    def _compiled(self, part: str) -> re.Pattern[str]:
        pattern = re.escape(part)
        for letter, form in _PARTS.items():
            own = _ROC_YEAR if letter == "%Y" and self.years == "roc" else form
            pattern = pattern.replace(re.escape(letter), own)
        return re.compile(pattern)

    def split(self, text: str) -> tuple[str, str]:
        """Date and time of day as written; the whole stamp twice where the format mixes them."""
        if self._together is not None:
            return text, text
        date, _, clock = text.partition(" ")
        return date, clock

    def date(self, text: str) -> DatePart | None:
        """The date of a stamp, or ``None`` if it does not fit."""
        found = (self._date or self._together or _NEVER).fullmatch(text)
        if found is None:
            return None
        years: Years = "two_digit" if self.two_digit else self.years
        numbers = (int(found["year"]), int(found["month"]), int(found["day"]))
        return DatePart("declared", years, numbers, "ymd")

    def clock(self, text: str) -> ClockPart | None:
        """The time of day of a stamp, or ``None`` if it does not fit."""
        found = (self._clock or self._together or _NEVER).fullmatch(text)
        if found is None:
            return None
        parts = found.groupdict()
        return clock_part(
            "declared",
            int(parts.get("hour") or 0),
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            parts.get("half") or "",
            parts.get("offset"),
        )


_NEVER = re.compile(r"(?!)")
