"""What the runner of the equipment cases and its adapters share: inputs with units, deviations, tolerances."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Outputs = Mapping[str, float]


class NotCoveredError(Exception):
    """The case asks for something that is not built; the text says what."""


class CaseInputs(dict[str, Any]):
    """Inputs of a case by name; ``unit(name)`` is the unit as the file states it."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        super().__init__({entry["name"]: entry["value"] for entry in entries})
        self._units = {entry["name"]: entry.get("unit", "") for entry in entries}

    def unit(self, name: str) -> str:
        """Unit as written in the case file."""
        return self._units[name]


Adapter = Callable[[CaseInputs], Outputs]


@dataclass(frozen=True)
class Refusal:
    """Inputs that no machine can have: the program must refuse them, and that is what the case then tests.

    Attributes:
        calculator: name in the case file.
        applies: whether this case's inputs are of that kind.
        reason: what is impossible about them.
        named: words that the error message must hold, so that another refusal does not pass for this one.
    """

    calculator: str
    applies: Callable[[CaseInputs], bool]
    reason: str
    named: str


@dataclass(frozen=True)
class Deviation:
    """A result that differs from the peer on purpose.

    Attributes:
        calculator: name in the case file.
        applies: whether this case's inputs are of that kind.
        outputs: names of the outputs that differ; all others must still agree.
        reason: why the peer is not followed.
        size: largest relative difference from the peer that the reason explains.
        second_source: what the result is held against instead.
        check: asserts agreement with the second source: ``check(inputs, ours, peer)``.
    """

    calculator: str
    applies: Callable[[CaseInputs], bool]
    outputs: tuple[str, ...]
    reason: str
    size: float
    second_source: str
    check: Callable[[CaseInputs, Outputs, Outputs], None]


_NUMBER = r"(\d+(?:\.\d+)?(?:e-?\d+)?)"
_FORMS: tuple[tuple[str, Callable[[float, float], float]], ...] = (
    (rf"abs\(a-b\) (<=?) {_NUMBER}", lambda a, b: 1.0),
    (rf"abs\(a-b\) (<=?) {_NUMBER}\*\(1\+max\(abs\(a\),abs\(b\)\)\)", lambda a, b: 1 + max(abs(a), abs(b))),
    (rf"abs\(a-b\) (<=?) {_NUMBER}\*max\(1,abs\(b\)\)(?: to match the peer;.*)?", lambda a, b: max(1.0, abs(b))),
)


def read_tolerance(text: str) -> Callable[[float, float], bool]:
    """The rule ``agrees(ours, expected)`` that a case's tolerance text states.

    Raises:
        ValueError: the text has none of the known forms; nothing is evaluated.
    """
    for pattern, scale in _FORMS:
        match = re.fullmatch(pattern, text.strip())
        if match:
            return functools.partial(_agrees, float(match[2]), match[1] == "<", scale)
    raise ValueError(f"unknown form of tolerance: {text!r}")


def _agrees(limit: float, strict: bool, scale: Callable[[float, float], float], ours: float, expected: float) -> bool:
    room = limit * scale(ours, expected)
    return abs(ours - expected) < room if strict else abs(ours - expected) <= room
