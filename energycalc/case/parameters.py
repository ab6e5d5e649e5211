"""The parameters of a measure: numbers, words, lists, and ``same as D1.after`` for a reading used in two measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from energycalc.case.fields import read_figure, text_of
from energycalc.case.yaml_text import Block, Rows, Scalar, plain
from energycalc.equipment.description import Parameter
from energycalc.errors import EnergycalcError, InputError
from energycalc.quantity import FileOrigin
from energycalc.quantity.glossary import glossary

PLACES = ("before", "after", "common")
Said = dict[tuple[str, str], dict[str, Any]]
Origin = Callable[[Scalar], FileOrigin]
_NUMBER_START = re.compile(r"[+\-−]?\s*\.?\d")
_SAME = re.compile(r"same as\s+([A-Za-z0-9][A-Za-z0-9_.-]*?)\.(before|after|common)(?:\.([a-z_0-9]+))?")


def read_parameters(
    id: str, known: Sequence[Parameter], data: Block, origin: Origin, said: Said
) -> dict[str, dict[str, Any]]:
    """Read the blocks ``before``, ``after`` and ``common`` of one measure.

    Args:
        id: of the measure.
        known: parameters of its technology.
        data: the measure's block.
        origin: how the file names a line.
        said: parameters of the measures above it, by (id, place); those of this one are added.

    Returns:
        Quantities, words and lists by place and name. ``same as D1.after`` (or ``same as D1.after.NAME``) is the very
        same quantity as there: one reading, one error, however often it is used.

    Raises:
        ValueError: one or more entries cannot be used or are missing; each with its line and path, one a line.
    """
    read: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for place in PLACES:
        given = data.get(place, {})
        if not isinstance(given, dict):
            problems.append(_at(given, "must be a block of parameters"))
            continue
        allowed = {p.name: p for p in known if place in p.places}
        read[place] = said[id, place] = {}
        for name, value in given.items():
            try:
                if name not in allowed:
                    raise ValueError(f"is not a parameter under {place}; it takes {', '.join(allowed) or 'nothing'}")
                read[place][name] = _parameter(name, allowed[name], value, origin, place, said)
            except _Placed as problem:
                problems.append(str(problem))
            except (EnergycalcError, ValueError) as error:
                problems.append(_at(value, error))
        block = given if isinstance(given, Block) else data
        for name, parameter in allowed.items():
            if not parameter.optional and name not in given:
                example = f"{name}: {parameter.example}"
                problems.append(_at(block, f'{name} is missing under {place}; for example "{example}"'))
    if problems:
        raise ValueError("\n".join(problems))
    return read


class _Placed(ValueError):
    """A problem whose text already begins with its line and path."""


def _at(value: Any, error: object) -> str:
    return f"line {value.line}, {value.path}: {error}"


def _parameter(name: str, known: Parameter, value: Any, origin: Origin, place: str, said: Said) -> Any:
    if isinstance(value, Scalar) and value.text.strip().startswith("same as "):
        return _same(name, value, said)
    if known.choices:
        return _choice(known, value)
    if known.unit:
        low, high = known.range
        symbol = _symbol(name, place)
        return read_figure(value, name, (known.unit,), origin, lowest=low, highest=high, symbol=symbol)
    return _free(name, value, origin)


def _choice(known: Parameter, value: Any) -> str:
    word = text_of(value)
    if word not in known.choices:
        raise ValueError(f"must be one of {', '.join(known.choices)}, not {plain(value)!r}")
    return str(word)


def _same(name: str, value: Scalar, said: Said) -> Any:
    match = _SAME.fullmatch(value.text.strip())
    above = ", ".join(sorted({measure for measure, _ in said}))
    if not match:
        raise InputError("cannot be understood", value=repr(value.text), next_step='Write "same as D1.after"')
    measure, place, other = match.groups()
    found = said.get((measure, place), {}).get(other or name)
    if found is None:
        raise InputError(
            f"there is no {other or name} under {measure}.{place} above this line",
            value=repr(value.text),
            limit=f"measures above: {above}",
            next_step="Name a measure that stands above, and the parameter if it has another name there",
        )
    return found


def _free(name: str, value: Any, origin: Origin, number: str = "") -> Any:
    """A list or a word of a technology: numbers become quantities, everything else stays text."""
    if isinstance(value, Rows):
        return [_free(name, v, origin, str(i + 1)) for i, v in enumerate(value)]
    if isinstance(value, Block) and "value" not in value:
        return {k: _free(k, v, origin, number) for k, v in value.items()}
    try:
        if isinstance(value, Scalar) and not _NUMBER_START.match(value.text.strip()):
            return text_of(value)
        return read_figure(value, name, (), origin, symbol=_symbol(name, number or "common"))
    except (EnergycalcError, ValueError) as error:
        raise _Placed(_at(value, error)) from None


def _symbol(name: str, place: str) -> str:
    row = glossary().get(name)
    symbol = row.symbol if row else name
    if place == "common":
        return symbol
    return f"{symbol},{place}" if "_" in symbol else f"{symbol}_{place}"
