"""A doubt, as a record: any room may raise one, the checks judge them, the reports print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from energycalc.quantity.source import Source

Severity = Literal["note", "warning", "error"]


@dataclass(frozen=True)
class Override:
    """Somebody's signed decision to accept a finding."""

    by: str
    because: str
    on: str


@dataclass(frozen=True)
class Finding:
    """One doubt.

    Attributes:
        id: stable dotted name, e.g. ``energy.model_differs_from_meter``.
        severity: ``note`` is information, ``warning`` needs a look, ``error`` contradicts physics or arithmetic.
        subject: the machine, meter, factor or measure concerned.
        sentence: plain English, with the contradicting numbers.
        sentence_zh: the same in Traditional Chinese.
        evidence: name to value with unit, as text.
        source: whose rule it is.
        override: filled when somebody accepted it.
    """

    id: str
    severity: Severity
    subject: str
    sentence: str
    sentence_zh: str
    evidence: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source: Source | None = None
    override: Override | None = None
