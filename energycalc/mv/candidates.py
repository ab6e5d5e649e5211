"""Which forms a verification tries: the declared ones, or all that its drivers, calendar and intervals allow."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from energycalc.errors import InputError
from energycalc.mv.models.forms import BASES, LEVELS, SHAPES, Form
from energycalc.mv.periods import Periods
from energycalc.mv.verification import Verification

TEMPERATURE_SHAPES = ("2P", "3PC", "3PH", "4P", "5P")
SUBSETS_OF = 3
"""Up to this many drivers beside the temperature, every choice among them is tried; of more, each alone and all."""


def candidate_forms(declared: Verification, baseline: Periods) -> tuple[Form, ...]:
    """The forms to try, from the simplest to the richest; every one of them is reported, the refused ones too.

    Args:
        declared: gives drivers, calendar, shifts, and perhaps the keys of the forms.
        baseline: gives the interval.

    Raises:
        InputError: a declared key needs something that is not declared.
    """
    others = tuple(name for name in declared.drivers if name != declared.temperature)
    if declared.forms:
        return tuple(_declared(key, declared, others) for key in declared.forms)
    found: list[Form] = []
    for shape in ("", *(_shapes(declared, baseline))):
        for linear in _choices(others):
            for level in ("", *(_levels(declared, baseline) if shape != "towt" else ())):
                found.append(_form(shape, linear, level, declared))
    return tuple(found)


def _shapes(declared: Verification, baseline: Periods) -> tuple[str, ...]:
    if declared.temperature is None:
        return ()
    by_clock = ("towt",) if baseline.interval in ("day", "hour") else ()
    return (*TEMPERATURE_SHAPES, *by_clock)


def _levels(declared: Verification, baseline: Periods) -> tuple[str, ...]:
    if baseline.interval not in ("day", "hour"):
        return ()
    by_calendar = ("day_type",) if declared.calendar is not None else ()
    by_shift = ("shift",) if declared.calendar is not None and declared.shifts and baseline.interval == "hour" else ()
    return (*by_calendar, *by_shift, "time_of_week")


def _choices(others: Sequence[str]) -> list[tuple[str, ...]]:
    if len(others) <= SUBSETS_OF:
        return [chosen for n in range(len(others) + 1) for chosen in itertools.combinations(others, n)]
    return [(), *((name,) for name in others), tuple(others)]


def _form(shape: str, linear: tuple[str, ...], level: str, declared: Verification) -> Form:
    base = shape or ("linear" if linear else "" if level else "mean")
    key = "+".join(part for part in (base, level) if part)
    return Form(
        key=key,
        temperature=declared.temperature if shape else None,
        linear=linear,
        day_types=declared.calendar if level in ("day_type", "shift") else None,
        shifts=declared.shifts if level == "shift" else (),
        indicators=declared.indicators,
    )


def _declared(key: str, declared: Verification, others: tuple[str, ...]) -> Form:
    parts = tuple(part.strip() for part in key.split("+"))
    unknown = [part for part in parts if part not in (*BASES, *LEVELS)]
    if unknown:
        raise InputError(
            "is no model form",
            subject=declared.title,
            value=key,
            limit=f"{', '.join((*BASES, *LEVELS))}, joined by +",
            next_step="Correct the key under models, or leave models out to try all",
        )
    shape = next((part for part in parts if part in SHAPES), "")
    level = next((part for part in parts if part in LEVELS), "")
    linear = others if "linear" in parts else ()
    return _form(shape, linear, level, declared)
