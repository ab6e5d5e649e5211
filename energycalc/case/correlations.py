"""Errors of two inputs that go together: one gas meter behind two bills, one laboratory behind two tests."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from energycalc.case.derived import Target
from energycalc.case.fields import Noun, Text, text_of
from energycalc.errors import InputError
from energycalc.quantity import Quantity

if TYPE_CHECKING:
    from energycalc.case.case import Case


def _coefficient(value: Any) -> Any:
    text = text_of(value)
    if not isinstance(text, str) or not re.fullmatch(r"-?(0(\.\d+)?|1(\.0+)?)", text):
        raise ValueError(f"must be a number from -1 to 1, not {text!r}")
    return float(text)


class Correlation(Noun):
    """One declared correlation.

    Attributes:
        first: an input, as ``bills.GAS-H1.quantity``, ``prices.electricity``, ``measures.D1.before.NAME`` or
            ``derived_effects.rollout.R1.adoption.2027`` (or ``.scale``, ``.similarity``, ``.energy``).
        second: another input.
        coefficient: correlation coefficient of their errors; 1 for one instrument behind both.
        because: the reason.
    """

    first: Text
    second: Text
    coefficient: Annotated[float, BeforeValidator(_coefficient), Field(ge=-1, le=1)]
    because: Text


def declared_correlations(case: Case) -> list[tuple[Quantity, Quantity, float]]:
    """The correlations of a case as (input, other input, coefficient), for the propagation of uncertainty.

    Raises:
        InputError: a name leads to no input of the case, or to one without uncertainty.
    """
    return [(_input(case, c.first), _input(case, c.second), c.coefficient) for c in case.correlations]


def correlation_problems(case: Case) -> list[str]:
    """Correlations whose names lead nowhere."""
    problems = []
    for i, c in enumerate(case.correlations):
        for key in ("first", "second"):
            try:
                _input(case, getattr(c, key))
            except InputError as error:
                problems.append(f"at correlations[{i}].{key}: {error}")
    return problems


def _input(case: Case, name: str) -> Quantity:
    kind, *rest = name.split(".")
    found: Any = None
    if kind == "bills" and len(rest) == 2:
        found = next((getattr(b, rest[1], None) for b in case.bills if b.id == rest[0]), None)
    elif kind == "prices" and len(rest) == 1 and case.prices is not None:
        found = getattr(case.prices, rest[0], None)
    elif kind == "measures" and len(rest) == 3:
        found = next((getattr(m, rest[1], {}).get(rest[2]) for m in case.measures if m.id == rest[0]), None)
    elif kind == "derived_effects" and rest[:1] == ["rollout"] and case.derived_effects is not None:
        found = _of_roll_out(case.derived_effects.rollout, rest[1:])
    if not isinstance(found, Quantity):
        raise InputError(
            "is no input of this case",
            subject=repr(name),
            next_step='Write it like "bills.GAS-H1.quantity", "measures.D1.before.flue_gas_temperature" or '
            '"derived_effects.rollout.R1.adoption.2027"',
        )
    if found.uncertainty is None:
        raise InputError("states no uncertainty, so nothing can go together with it", subject=repr(name))
    return found


def _of_roll_out(targets: Sequence[Target], rest: Sequence[str]) -> Any:
    target = next((t for t in targets if rest and t.id == rest[0]), None)
    if target is not None and len(rest) == 2 and rest[1] in ("scale", "similarity", "energy"):
        return getattr(target, rest[1])
    if target is not None and len(rest) == 3 and rest[1] == "adoption":
        return next((a.share for a in target.adoption if str(a.year) == rest[2]), None)
    return None
