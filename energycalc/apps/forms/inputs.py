"""What a person may change in a case: every number and choice of its file, with its place and a slider's range."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from energycalc.case.case import Case
from energycalc.case.measure import Measure
from energycalc.case.yaml_text import Block, Scalar, read_tree
from energycalc.equipment.description import Parameter
from energycalc.quantity import Quantity

SHARE_WITHOUT_UNCERTAINTY = 0.2
"""Reach of a slider without a stated ±, as part of the value: a range to play with, not an uncertainty."""
UNCERTAINTIES_TO_EACH_SIDE = 3
STEPS_TO_EACH_SIDE = 30
_WRITTEN = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?![\d.,]|[eE][+-]?\d)(.*)")


@dataclass(frozen=True)
class Slider:
    """Range of a slider, in the number as it is written (``157.4`` of ``157.4 萬元``)."""

    value: float
    low: float
    high: float
    step: float


@dataclass(frozen=True, eq=False)
class Input:
    """One entry of the case file that may be changed.

    Attributes:
        path: place of its text in the file, as ``case_file.changed_text`` takes it.
        page: what it belongs to: ``measure A``, ``machine F-01``, ``bills``, ``production``, ``prices`` or ``factors``.
        place: ``before``, ``after`` or ``common`` (measures), the bill's or product's name, or empty.
        name: glossary key.
        text: as written, with unit.
        unit: unit as written; empty for a pure number or a choice.
        leaf: the quantity made of it; ``None`` for a choice, and for a number taken over from another measure.
        uncertainty_path: place of what is written behind ±; empty where the file states none.
        uncertainty: that text.
        slider: range of a slider; ``None`` for a choice and where the text is not a plain number with unit.
        choices: admissible words of a choice.
        parameter: what the technology says about it, for measures.
    """

    path: str
    page: str
    place: str
    name: str
    text: str
    unit: str = ""
    leaf: Quantity | None = None
    uncertainty_path: str = ""
    uncertainty: str = ""
    slider: Slider | None = None
    choices: tuple[str, ...] = ()
    parameter: Parameter | None = None


def inputs_of(case: Case, text: str) -> tuple[Input, ...]:
    """The changeable entries of a case in the order of its file.

    Args:
        case: the case.
        text: the text it was read from.
    """
    tree = read_tree(text, case.file)
    found = [_number(case, tree, leaf) for leaf in dict.fromkeys(_quantities(case))]  # one leaf may serve two measures
    found += [shared for i, m in enumerate(case.measures) for shared in _shared(i, m, tree)]
    found += [_choice(i, m, tree, p, place) for i, m in enumerate(case.measures) for place, p in _choices(m)]
    return tuple(sorted(found, key=lambda entry: _position(tree, entry.path)))


def written(text: str) -> tuple[Decimal, str] | None:
    """Number and unit of a text as they stand: ``157.4 萬元`` is 157.4 and ``萬元``; ``None`` if not that plain."""
    match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
    if match is None:
        return None
    sign, digits, rest = match.groups()
    return Decimal(sign + digits.replace(",", "")), rest.strip()


def rewritten(text: str, value: float) -> str:
    """The text with another number in front of the same unit, thousands separated if they were before.

    Args:
        text: plain number with unit, as :func:`written` understands it.
        value: the new number, in the same unit, as written.
    """
    old = written(text)
    assert old is not None, "only a plain number has a slider"
    number = Decimal(repr(float(f"{value:.12g}")))
    digits = f"{number:,f}" if "," in text else f"{number:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return f"{digits} {old[1]}".strip()


def slider_of(text: str, leaf: Quantity) -> Slider | None:
    """A slider around a value: three times its ± (95 %) to both sides, or 20 % where none is stated.

    The value stands on a step; a value above zero keeps its slider above zero. ``None`` for 0 without ±.
    """
    known = written(text)
    if known is None or (known[0] == 0 and leaf.uncertainty is None):
        return None
    number = known[0]
    value = float(number)
    reach = abs(value) * SHARE_WITHOUT_UNCERTAINTY
    if leaf.uncertainty is not None:
        per_written = value / leaf.value if leaf.value else 1.0
        reach = abs(UNCERTAINTIES_TO_EACH_SIDE * 2 * leaf.uncertainty.standard_uncertainty * per_written)
    step = _round_step(reach / STEPS_TO_EACH_SIDE)
    steps = math.ceil(Decimal(repr(reach)) / step)
    below = min(steps, math.ceil(number / step) - 1) if number > 0 else steps
    return Slider(value, float(number - below * step), float(number + steps * step), float(step))


def _round_step(least: float) -> Decimal:
    """The next of 1, 2, 5, 10, ... times a power of ten."""
    power = math.floor(math.log10(least))
    return next(s for f in (1, 2, 5, 10) if float(s := Decimal(f).scaleb(power)) >= least * 0.999)


# --- reading the case


def _quantities(here: Any) -> Iterator[Quantity]:
    if isinstance(here, Quantity):
        yield here
    elif isinstance(here, BaseModel):
        for name in type(here).model_fields:
            yield from _quantities(getattr(here, name))
    elif isinstance(here, Mapping):
        for value in here.values():
            yield from _quantities(value)
    elif isinstance(here, list | tuple):
        for value in here:
            yield from _quantities(value)


def _number(case: Case, tree: Block, leaf: Quantity) -> Input:
    assert leaf.source is not None and leaf.source.file is not None, "numbers of a case know their line"
    path = leaf.source.file.path
    text = str(_at(tree, path))
    parts = _at(tree, path.removesuffix(".value"))
    stated = parts.get("uncertainty") if isinstance(parts, Block) else None
    known = written(text)
    page, place = _page(case, path)
    return Input(
        path=path,
        page=page,
        place=place,
        name=leaf.name,
        text=text,
        unit=known[1] if known else "",
        leaf=leaf,
        uncertainty_path=stated.path if isinstance(stated, Scalar) else "",
        uncertainty=str(stated) if isinstance(stated, Scalar) else "",
        slider=slider_of(text, leaf),
        parameter=_parameter(case, path, leaf.name),
    )


def _choices(measure: Measure) -> Iterator[tuple[str, Parameter]]:
    for parameter in measure.description.parameters:
        for place in parameter.places:
            if parameter.choices and parameter.name in getattr(measure, place):
                yield place, parameter


def _choice(number: int, measure: Measure, tree: Block, parameter: Parameter, place: str) -> Input:
    path = f"measures[{number}].{place}.{parameter.name}"
    return Input(
        path=path,
        page=f"measure {measure.id}",
        place=place,
        name=parameter.name,
        text=str(_at(tree, path)),
        choices=parameter.choices,
        parameter=parameter,
    )


def _shared(number: int, measure: Measure, tree: Block) -> Iterator[Input]:
    """Numbers taken over from another measure (``same as D1.after``): a text that may be replaced by a number."""
    for place in ("before", "after", "common"):
        for name, leaf in getattr(measure, place).items():
            path = f"measures[{number}].{place}.{name}"
            if isinstance(leaf, Quantity) and isinstance(text := _at(tree, path), Scalar) and leaf.source is not None:
                origin = leaf.source.file
                if origin is not None and origin.path != path:
                    yield Input(path=path, page=f"measure {measure.id}", place=place, name=name, text=str(text))


def _parameter(case: Case, path: str, name: str) -> Parameter | None:
    steps = _steps(path)
    if steps[0] != "measures" or not isinstance(steps[1], int):
        return None
    known = case.measures[steps[1]].description.parameters
    return next((p for p in known if p.name == name), None)


def _page(case: Case, path: str) -> tuple[str, str]:
    steps = _steps(path)
    if steps[0] == "measures" and isinstance(steps[1], int):
        row = f" {steps[4] + 1}" if len(steps) > 4 and isinstance(steps[4], int) else ""
        return f"measure {case.measures[steps[1]].id}", f"{steps[2]}{row}"
    if steps[0] == "plant":
        line, machine = (step for step in steps if isinstance(step, int))
        return f"machine {case.plant.lines[line].machines[machine].id}", str(steps[6])
    if steps[0] == "bills" and isinstance(steps[1], int):
        return "bills", case.bills[steps[1]].id
    if steps[0] == "production" and isinstance(steps[1], int):
        return "production", case.production[steps[1]].product
    return str(steps[0]), ""


def _steps(path: str) -> list[int | str]:
    return [int(number) if number else key for number, key in re.findall(r"\[(\d+)\]|([^.\[\]]+)", path)]


def _at(tree: Block, path: str) -> Any:
    here: Any = tree
    for step in _steps(path):
        here = here[step]
    return here


def _position(tree: Block, path: str) -> tuple[int, int]:
    """Line of an entry; entries on one line stay in the order of their keys."""
    place = _at(tree, path)
    parent = _at(tree, path.rpartition(".")[0]) if path.endswith(".value") else place
    siblings = _at(tree, re.sub(r"(\.[^.\[\]]+|\[\d+\])$", "", path.removesuffix(".value")))
    order = list(siblings.values()) if isinstance(siblings, dict) else list(siblings)
    return place.line, next(i for i, value in enumerate(order) if value is parent)
