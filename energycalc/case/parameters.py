"""The parameters of a measure: numbers, words, lists, and ``same as D1.after`` for a reading used in two measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from energycalc.case.fields import read_figure, text_of
from energycalc.case.yaml_text import Block, Rows, Scalar
from energycalc.equipment.description import Parameter
from energycalc.errors import EnergycalcError, InputError
from energycalc.quantity import FileOrigin
from energycalc.quantity.glossary import glossary

PLACES = ("before", "after", "common")
Said = dict[tuple[str, str], dict[str, Any]]
Origin = Callable[[Scalar], FileOrigin]
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
        ValueError: one or more entries cannot be used; all are named with their line.
    """
    read: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for place in PLACES:
        given = data.get(place)
        if given is None:
            continue
        if not isinstance(given, Block):
            raise ValueError(f"'{place}' must be a block of parameters")
        by_name = {p.name: p for p in known if place in p.places}
        read[place] = said[id, place] = {}
        for name, value in given.items():
            try:
                read[place][name] = _parameter(name, by_name.get(name), value, origin, place, said)
            except (EnergycalcError, ValueError) as error:
                problems.append(f"line {getattr(value, 'line', given.line)}, {place}.{name}: {error}")
    if problems:
        raise ValueError("\n".join(problems))
    return read


def _parameter(name: str, known: Parameter | None, value: Any, origin: Origin, place: str, said: Said) -> Any:
    if isinstance(value, Scalar) and value.text.strip().startswith("same as "):
        return _same(name, value, said)
    if known is not None and known.choices:
        return text_of(value)
    if known is not None and known.unit:
        return read_figure(value, name, (known.unit,), origin, symbol=_symbol(name, place))
    return _free(name, value, origin)


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
    if isinstance(value, Scalar) and not value.text.strip()[:1].isdigit():
        return text_of(value)
    return read_figure(value, name, (), origin, symbol=_symbol(name, number or "common"))


def _symbol(name: str, place: str) -> str:
    row = glossary().get(name)
    symbol = row.symbol if row else name
    if place == "common":
        return symbol
    return f"{symbol},{place}" if "_" in symbol else f"{symbol}_{place}"
