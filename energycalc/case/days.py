"""Days as people in Taiwan write them: 2018-01-31, 2018/1/31, 107/1/31, 民國107年1月31日."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from energycalc.errors import InputError

_ROC_OFFSET = 1911
EARLIEST, LATEST = 1950, 2100  # so that 31/12/18 is not taken for the year 31 of the Republic
_EXAMPLES = 'Write it like "2018-01-31", "107/1/31" or "民國107年1月31日"'
_PATTERN = re.compile(r"(民國|西元)?\s*(\d{2,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def read_day(text: str, subject: str = "") -> dt.date:
    """Read a day; a two- or three-digit year is a year of the Republic (民國), a four-digit one is AD.

    Args:
        text: the day, year first.
        subject: named in errors.

    Raises:
        InputError: not a day with the year first, a year outside 1950 to 2100, or a day that does not exist.
    """
    match = _PATTERN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not match:
        raise InputError("is not a day with the year first", subject=subject, value=repr(text), next_step=_EXAMPLES)
    era, year_text, month, day = match.groups()
    year = int(year_text)
    if era == "民國" or (era is None and len(year_text) < 4):
        year += _ROC_OFFSET
    if not EARLIEST <= year <= LATEST:
        limit = f"{EARLIEST} to {LATEST} (range of a case file)"
        raise InputError(
            f"would be in the year {year}", subject=subject, value=repr(text), limit=limit, next_step=_EXAMPLES
        )
    try:
        return dt.date(year, int(month), int(day))
    except ValueError as error:
        raise InputError(
            f"is not a day of the calendar ({error})", subject=subject, value=repr(text), next_step=_EXAMPLES
        ) from None


def roc_year(year: int) -> int:
    """Year of the Republic (民國) of an AD year."""
    return year - _ROC_OFFSET
