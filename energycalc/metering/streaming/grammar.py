"""Which declarations can be read row by row as they come, and how their cells are said in SQL."""

from __future__ import annotations

import re
from dataclasses import dataclass

from energycalc.errors import InputError
from energycalc.metering.layouts.layout import MeterLayout

UTF_8 = ("auto", "utf8", "utf8sig", "ascii")
"""Encodings that are read; under ``auto`` any other than UTF-8 is refused when it is met."""
YEAR_FIRST = (
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d",
    "%Y/%m/%d",
)
"""Forms that are read without a declared ``date_format``."""
NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
PLAIN, EMPTY, NO_NUMBER, TOKEN = 0, 1, 2, 3
"""States of a reading's cell: a number, empty, neither, a declared token."""
UNREADABLE = -(2**62)
"""Stands for the time of a stamp that cannot be read."""
_PARTS = {
    "%Y": "[0-9]{4}",
    "%m": "[0-9]{1,2}",
    "%d": "[0-9]{1,2}",
    "%H": "[0-9]{1,2}",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
}


@dataclass(frozen=True)
class CellText:
    """SQL expressions of the text of the declared cells."""

    time: str
    value: str


def refuse_unstreamable(layout: MeterLayout) -> None:
    """Stop at a declaration that needs the whole file in memory, or a grammar that SQL does not have.

    Raises:
        InputError: names the declaration; ``read_meter`` reads such a file when it fits into memory.
    """
    letters = set(re.findall("%.", layout.date_format or "")) - set(_PARTS)
    for wrong, what, value in (
        (layout.calendar == "roc", "calendar", layout.calendar),
        (layout.decimal_mark == "comma", "decimal_mark", layout.decimal_mark),
        (layout.gaps in ("interpolate", "spread"), "gaps", layout.gaps),
        (layout.total_rows == "exclude", "total_rows", layout.total_rows),
        (layout.sheet is not None, "sheet", layout.sheet),
        (layout.delimiter == "auto", "delimiter", layout.delimiter),
        (layout.date_format is not None and (bool(letters) or "%" not in layout.date_format), "date_format",
         layout.date_format),
        (layout.encoding.lower().replace("-", "") not in UTF_8, "encoding", layout.encoding),
        (layout.quantity_kind == "register" and layout.duplicates == "keep_last", "duplicates of a register",
         layout.duplicates),
    ):  # fmt: skip
        if wrong:
            raise InputError(
                f"this {what} cannot be read from a file that is larger than memory",
                subject=layout.subject,
                value=value,
                limit="Gregorian stamps with date_format or with the year first, plain numbers, UTF-8, rows in order",
                next_step="Read the file with read_meter, or export it in plain form",
            )


def stamp_sql(text: str, date_format: str) -> tuple[str, str]:
    """Seconds since 1970 of a stamp, and of a stamp written 24:00 (then of the end of its date), both nullable.

    Args:
        text: SQL expression of the trimmed text.
        date_format: ``strftime`` letters of the list in this module.

    Returns:
        Two SQL expressions; the second is NULL wherever the first is not.
    """
    pattern = re.escape(date_format)
    for letter, part in _PARTS.items():
        pattern = pattern.replace(re.escape(letter), part)
    form, shape = quoted(date_format), quoted(pattern)
    plain = f"case when regexp_full_match({text}, {shape}) then epoch_us(try_strptime({text}, {form})) // 1000000 end"
    if "%H:%M" not in date_format:
        return plain, "NULL"
    midnight = f"regexp_replace({text}, '([ T])24:00(:00)?', '\\100:00\\2')"
    late = f"epoch_us(try_strptime({midnight}, {form})) // 1000000 + 86400"
    ends = f"regexp_full_match({text}, '.*[ T]24:00(:00)?.*')"
    return plain, f"case when {ends} and regexp_full_match({text}, {shape}) then {late} end"


def number_sql(text: str, tokens: tuple[str, ...]) -> tuple[str, str]:
    """Reading and state of a cell.

    Args:
        text: SQL expression of the cell's trimmed text, possibly NULL.
        tokens: declared words that stand for no reading.

    Returns:
        SQL expressions of the number (NULL where there is none) and of its state.
    """
    named = ", ".join(quoted(token) for token in tokens)
    token = f"when {text} in ({named}) then {TOKEN}" if tokens else ""
    state = (
        f"case when {text} is null or {text} = '' or lower({text}) = 'nan' then {EMPTY} {token} "
        f"when regexp_full_match({text}, {quoted(NUMBER)}) then {PLAIN} else {NO_NUMBER} end"
    )
    return f"try_cast({text} as double)", state


def date_format_of(first: str, layout: MeterLayout) -> str:
    """The declared format, or the year-first form that the first stamp has.

    Raises:
        InputError: nothing is declared, and the first stamp has none of those forms.
    """
    if layout.date_format is not None:
        return layout.date_format
    for candidate in YEAR_FIRST:
        pattern = re.escape(candidate)
        for letter, part in _PARTS.items():
            pattern = pattern.replace(re.escape(letter), part)
        if re.fullmatch(pattern, first):
            return candidate
    raise InputError(
        "the form of the stamps is not declared",
        subject=f"{layout.subject}, time column {layout.time_column}",
        value=first,
        limit="without date_format only stamps with the year of four digits first are read from a large file",
        next_step='Write the order as the logger writes it, for example date_format: "%d/%m/%Y %H:%M"',
    )


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
