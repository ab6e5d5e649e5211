"""What cannot be declared about a meter file: a field by itself, and fields that contradict each other."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from energycalc.errors import InputError
from energycalc.metering.layouts.words import CASE_FILE_WORDS, CHOICES

if TYPE_CHECKING:
    from energycalc.metering.layouts.layout import MeterLayout

_RATIO = re.compile(r"\s*(\d+(?:\.\d+)?)\s*[/:]\s*(\d+(?:\.\d+)?)\s*(?:A|V)?\s*")

_DIGITS = re.compile(r"[\s\d.,+-]*\d[\s\d.,]*")


def check_words(layout: MeterLayout) -> None:
    """Refuse a field that holds none of its known words.

    Raises:
        InputError: a word is unknown.
    """
    for name, allowed in CHOICES.items():
        if getattr(layout, name) not in allowed:
            word = CASE_FILE_WORDS.get(name, name)
            raise InputError(
                f"{word} is not one of the known words",
                subject=layout.subject,
                value=getattr(layout, name),
                limit=f"one of {', '.join(allowed)}",
                next_step=f"Write one of them after {word}",
            )


def check_together(layout: MeterLayout) -> None:
    """Refuse declarations that contradict each other.

    Raises:
        InputError: two fields cannot both be meant.
    """
    for wrong, message, next_step in (
        *_of_registers(layout),
        *_of_what_is_counted(layout),
        *_of_the_file(layout),
    ):
        if wrong:
            raise InputError(message, subject=layout.subject, next_step=next_step)


def _of_registers(layout: MeterLayout) -> tuple[tuple[bool, str, str], ...]:
    register, capacity = layout.quantity_kind == "register", layout.register_capacity
    return (
        (
            register and layout.stamp != "interval_end",
            "a register is read at the end of its interval",
            "Write stamp: interval_end",
        ),
        (
            register and layout.gaps == "interpolate",
            "a register needs no interpolation",
            "Write gaps: spread",
        ),
        (
            register and layout.negative == "allow",
            "a register cannot be negative",
            "Remove negative: allow",
        ),
        (
            not register and layout.gaps == "spread",
            "only a register difference can be spread",
            "Write gaps: interpolate",
        ),
        (
            not register and capacity is not None,
            "register_capacity is declared for a column that is no register",
            "Remove it, or write kind: register",
        ),
        (
            capacity is not None and not capacity > 0,
            "register_capacity must be positive",
            "Write the reading at which the counter starts again from 0",
        ),
    )


def _of_what_is_counted(layout: MeterLayout) -> tuple[tuple[bool, str, str], ...]:
    energy = layout.kind_of_amount == "energy"
    what = {"volume": "a volume meter", "driver": "a driver"}.get(layout.kind_of_amount, "")
    has_ratio = layout.current_transformer_ratio is not None or layout.voltage_transformer_ratio is not None
    return (
        (
            not energy and (has_ratio or layout.transformer_class is not None),
            f"{what} has no current or voltage transformers",
            "Remove ct_ratio, pt_ratio and ct_class",
        ),
        (
            not energy and layout.maximum_demand is not None,
            f"maximum_demand is a power, and {what} has none",
            "Remove maximum_demand",
        ),
        (
            layout.kind_of_amount == "driver" and layout.accuracy_class is not None,
            "a driver's error is not that of an energy meter",
            "Remove accuracy_class; state the sensor's error where the driver is used",
        ),
        (
            layout.header_unit == "ignore" and not layout.header_unit_because.strip(),
            "the unit in the header is ignored without a reason",
            "Write header_unit_because",
        ),
    )


def _of_the_file(layout: MeterLayout) -> tuple[tuple[bool, str, str], ...]:
    tokens = layout.not_numbers
    return (
        (
            layout.encoding.lower().replace("-", "") == "big5",
            "big5 lacks characters that Taiwan files use",
            "Write encoding: cp950",
        ),
        (
            len(layout.delimiter) != 1 and layout.delimiter != "auto",
            "the delimiter is one character",
            'Write "," or ";" or a tab, or auto to have it found',
        ),
        (layout.header_row < 1, "header_row counts from 1", "Write the line number of the header"),
        (
            layout.clock_column is not None and layout.clock_column in (layout.time_column, layout.value_column),
            "clock_column is another column's header",
            "Write the header of the column that holds the time of day, or leave it out",
        ),
        (
            isinstance(tokens, str) or not all(isinstance(token, str) and token.strip() for token in tokens),
            "not_numbers lists cells as they are written",
            'Write them in a list, for example not_numbers: ["N/A", "#DIV/0!"]; an empty cell is empty: exclude',
        ),
        (
            not isinstance(tokens, str)
            and any(re.fullmatch(r"[\s\d.,+-]*\d[\s\d.,]*", str(token)) for token in tokens),
            "not_numbers names a number",
            "A reading that is wrong is corrected in the file or explained; it is not left out by its value",
        ),
    )


def check_day(text: str | None, subject: str) -> None:
    """Refuse a day of calibration that is no date.

    Raises:
        InputError: it is not written as year, month and day.
    """
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError:
        raise InputError(
            "calibration_valid_to is no date", subject=subject, value=text, next_step='Write it like "2026-05-31"'
        ) from None


def check_zone(name: str, subject: str) -> None:
    """Refuse a time zone that the IANA database does not know.

    Raises:
        InputError: the zone is unknown.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(
            "the time zone is unknown",
            subject=subject,
            value=name,
            limit="a name of the IANA time zone database",
            next_step='Write for example "Asia/Taipei"',
        ) from error


def ratio_value(ratio: str | float, subject: str) -> float:
    """A transformer ratio as a number: ``60`` or the plate's ``300/5``; below 1 it is refused."""
    text = str(ratio)
    match = _RATIO.fullmatch(text)
    try:
        value = float(match[1]) / float(match[2]) if match else float(text)
    except (ValueError, ZeroDivisionError):
        value = 0.0  # refused below with every other impossible ratio
    if not 0 < value < float("inf"):
        raise InputError(
            "a transformer ratio is a positive number",
            subject=subject,
            value=ratio,
            limit="at least 1",
            next_step='Write it as on the plate, for example "300/5"',
        )
    if value < 1:
        right = f"{match[2]}/{match[1]}" if match else f"{1 / value:.6g}"
        raise InputError(
            f"{text.strip()} is upside down: the primary side comes first",
            subject=subject,
            value=ratio,
            limit="at least 1",
            next_step=f"Write {right}",
        )
    return value
