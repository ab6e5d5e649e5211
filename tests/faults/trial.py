"""One fault in one file: what is tried, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.faults.bases import Base

Kind = Literal["refused", "flagged", "same", "SILENT", "CRASH", "n/a"]
LEVELS = ("low", "mid", "high")


@dataclass(frozen=True)
class Trial:
    """A faulty file with its declaration.

    Attributes:
        what: what was done to the file.
        content: the bytes; their length is extended by ``hole`` zero bytes that take no room on the disk.
        base: carries the declaration that the faulty file is read with.
        suffix: ending of the file's name.
        truth: the same readings without the fault; ``None`` is the base as it was given.
        bill: whether the bill of the period, with the true energy, is known and held against the meter.
        recorded: whether the SHA-256 of the true file was recorded when it was declared.
        rated_kw: rated power of what is metered, where it is declared; 0 where not.
        second: the other meter's file, and the day from which the reporting period runs, where two are compared.
        driver: whether the value column is a driver, of which only the mean is the headline.
        hole: bytes to add behind the content.
    """

    what: str
    content: bytes
    base: Base
    suffix: str = ".csv"
    truth: Base | None = None
    bill: bool = False
    recorded: bool = False
    rated_kw: float = 0.0
    second: tuple[Base, str] | None = None
    driver: bool = False
    hole: int = 0


NotApplicable = str
Inject = Callable[[Base, int], Trial | NotApplicable]


@dataclass(frozen=True)
class Fault:
    """A class of faults.

    Attributes:
        id: E01 to E46.
        title: what goes wrong.
        required: what must happen.
        levels: what the three levels are.
        inject: makes the faulty file; a text says why there is none.
        says: names of the findings and notices that speak of this fault.
        must_detect: whether it must be seen whatever its size.
        silent_in_pandas: bases on which plain pandas must read the fault at some level without a word and wrongly.
    """

    id: str
    title: str
    required: str
    levels: tuple[str, str, str]
    inject: Inject
    says: tuple[str, ...] = ()
    must_detect: bool = False
    silent_in_pandas: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a trial.

    Attributes:
        kind: refused, flagged, same, SILENT, CRASH or n/a.
        evidence: the message, the findings, or why there was no trial.
        change: largest relative change of a headline figure; NaN where none was read.
        noticed: whether a finding or notice spoke of the fault although the headline is the same.
        plain: what plain pandas made of it: ``wrong``, ``same`` or ``raises``.
        what: what was done to the file.
        seconds: time of the reading.
    """

    kind: Kind
    evidence: str
    change: float = float("nan")
    noticed: bool = False
    plain: str = ""
    what: str = ""
    seconds: float = 0.0

    @property
    def detected(self) -> bool:
        """Whether the fault was refused, flagged or noticed."""
        return self.kind in ("refused", "flagged") or self.noticed
