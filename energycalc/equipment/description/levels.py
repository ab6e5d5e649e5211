"""A load profile as a user writes it: a list of levels, each with its hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.equipment.description.parameters import (
    HOURS_OF_A_YEAR,
    Given,
    Parameter,
    check_value,
    number,
    plain_text,
    subject_of,
)
from energycalc.equipment.description.technology import part
from energycalc.errors import InputError, OutOfRange
from energycalc.quantity import current_subject

HOURS_AT_LEVEL = Parameter(
    "hours", ("common",), "h", "1,500 h", "該級時數", "hours at this level", range=(0, HOURS_OF_A_YEAR[1])
)


def levels(given: object, name: str, label: str, columns: Sequence[Parameter]) -> list[Given]:
    """The levels of a profile, each a mapping of the columns' names to quantities or words.

    Args:
        given: what the case file says under the profile's key: a list of blocks.
        name: the key in the case file.
        label: what one level is called in a trace, in both languages, e.g. ``需求 demand``.
        columns: what each level must hold, all of it; :data:`HOURS_AT_LEVEL` for the hours.

    Raises:
        InputError: no list, or a level without exactly these entries.
        OutOfRange: a value outside its column's range, or more hours than the longest year has.
    """
    names = [column.name for column in columns]
    example = (
        "- {"
        + ", ".join(f'{c.name}: "{c.example}"' if "," in c.example else f"{c.name}: {c.example}" for c in columns)
        + "}"
    )
    if not isinstance(given, list | tuple) or not given:
        raise InputError(
            f"{name} is a list of levels, each with {', '.join(names)}",
            subject=subject_of(name),
            value=plain_text(given),
            next_step=f"For example '{example}', one line per level",
        )
    found: list[Given] = []
    for index, entry in enumerate(given, start=1):
        with part(f"{label} {index}"):
            if not isinstance(entry, Mapping) or set(entry) != set(names):
                raise InputError(
                    f"a level of {name} has exactly {', '.join(names)}",
                    subject=current_subject(),
                    value=plain_text(entry),
                    next_step=f"Write it like '{example}'",
                )
            for column in columns:
                check_value(column, entry[column.name])
            found.append(entry)
    if "hours" in names:
        hours = sum(float(number(level, "hours").value_in("h")) for level in found)
        if hours > HOURS_OF_A_YEAR[1] * (1 + 1e-12):
            raise OutOfRange(
                f"the levels of {name} add up to more hours than a year has",
                subject=subject_of(name),
                value=f"{hours:,.0f} h",
                limit=f"{HOURS_OF_A_YEAR[1]:,} h (the longest year)",
                next_step="Give each hour once, at one level",
            )
    return found
