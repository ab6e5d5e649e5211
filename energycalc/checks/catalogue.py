"""The list of checks: what each one is called, how severe it is, whose rule it is, what to do, and its limits."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from energycalc.checks.table import rows
from energycalc.errors import InputError
from energycalc.finding import Finding, Severity
from energycalc.quantity import Source

Whose = Literal["published", "project"]
Looks = Literal["claim", "project", "both"]


@dataclass(frozen=True)
class Check:
    """One row of ``data/checks/T?.csv``.

    Attributes:
        id: stable, as ``TN02``; the first two letters are the group.
        name: short name in snake case.
        title_en: what is checked.
        title_zh: the same in Traditional Chinese.
        severity: unless the finding says otherwise.
        looks_at: a ``claim`` on paper, a ``project`` file, or ``both``.
        document: id in the list of documents.
        clause: where in it.
        whose: a ``published`` rule, or the ``project``'s own.
        second_hand: whether the document itself was not read.
        advice_en: what to do about it.
        advice_zh: the same in Traditional Chinese.
    """

    id: str
    name: str
    title_en: str
    title_zh: str
    severity: Severity
    looks_at: Looks
    document: str
    clause: str
    whose: Whose
    second_hand: bool
    advice_en: str
    advice_zh: str

    @property
    def source(self) -> Source:
        """Whose rule it is; says so when it is second-hand or the project's own."""
        doubts = ["limit chosen by this project"] if self.whose == "project" else []
        doubts += ["second-hand: the document itself was not read"] if self.second_hand else []
        return Source(self.document, self.clause, confidence="; ".join(doubts))


def check(id: str) -> Check:
    """The check of that id.

    Raises:
        InputError: there is none.
    """
    found = checks().get(id)
    if found is None:
        raise InputError("there is no check of this id", subject=id, limit=f"{len(checks())} checks in data/checks")
    return found


@functools.cache
def checks() -> Mapping[str, Check]:
    """All checks by id, in the order of the files.

    Raises:
        InputError: a row is not as :class:`Check` says, or an id stands twice.
    """
    found: dict[str, Check] = {}
    for file, row in rows("T?.csv"):
        subject = f"{file.name}, {row['id']}"
        good = (
            row["severity"] in get_args(Severity)
            and row["looks_at"] in get_args(Looks)
            and row["whose"] in get_args(Whose)
            and row["second_hand"] in ("yes", "no")
            and row["id"].startswith(file.stem)
            and all(str(text).strip() for text in row.values())
        )
        if not good or row["id"] in found:
            raise InputError("the row is no check, or its id stands twice", subject=subject, value=str(dict(row)))
        words = {**row, "second_hand": row["second_hand"] == "yes"}
        found[row["id"]] = Check(**words)  # type: ignore[arg-type]
    return MappingProxyType(found)


def limit(id: str, name: str) -> float:
    """A limit of a check, in the unit its row states.

    Args:
        id: of the check.
        name: of the limit, for checks that have several.

    Raises:
        InputError: there is none.
    """
    found = _limits().get((id, name))
    if found is None:
        raise InputError("there is no such limit", subject=f"{id} {name}", next_step="See data/checks/T?_limits.csv")
    return found


def limits_of(id: str) -> Mapping[str, float]:
    """All limits of a check by name."""
    return {name: value for (of, name), value in _limits().items() if of == id}


@functools.cache
def _limits() -> Mapping[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for file, row in rows("T?_limits.csv"):
        key = (row["id"], row["name"])
        try:
            value = float(row["value"])
        except ValueError:
            value = math.nan
        stated = all(row[column].strip() for column in ("unit", "document", "clause", "whose"))
        if row["id"] not in checks() or key in found or not math.isfinite(value) or not stated:
            raise InputError("the row is no limit, or stands twice", subject=file.name, value=str(dict(row)))
        found[key] = value
    return found


def found(
    id: str,
    subject: str,
    en: str,
    zh: str,
    evidence: Mapping[str, str] | None = None,
    *,
    severity: Severity | None = None,
) -> Finding:
    """A finding of a check.

    Args:
        id: of the check.
        subject: claim, machine, measure, meter or factor concerned.
        en: one plain sentence with the contradicting numbers.
        zh: the same in Traditional Chinese.
        evidence: name to value with unit, side by side.
        severity: where it differs from the check's own.
    """
    of = check(id)
    return Finding(id, severity or of.severity, subject, en, zh, dict(evidence or {}), of.source)
