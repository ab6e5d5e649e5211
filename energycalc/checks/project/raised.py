"""What other rooms raise or refuse, under the id of its check: one list says which is which."""

from __future__ import annotations

import csv
import dataclasses
import functools
import re
from dataclasses import dataclass

from energycalc.checks.catalogue import check, checks, found
from energycalc.checks.project.physical_facts import check_of_finding
from energycalc.checks.table import table
from energycalc.data_files import data_folder
from energycalc.errors import EnergycalcError
from energycalc.finding import Finding, Severity

REFUSED = "case.refused"
"""A refusal that no check is about: something is missing or written wrongly."""


@dataclass(frozen=True)
class Raised:
    r"""One row of the list.

    Attributes:
        kind: ``finding`` (its id is matched) or ``refusal`` (its sentence).
        pattern: regular expression.
        check: id of the check; ``\1`` takes it from the pattern.
        severity: ``raised`` keeps the severity of the room that raised it, ``check`` takes the check's own.
        needs: what must have been there for silence to mean anything: ``case``, ``meters`` or ``verification``.
        note: why the severity differs from the check's.
    """

    kind: str
    pattern: re.Pattern[str]
    check: str
    severity: str
    needs: str
    note: str


@functools.cache
def raised_elsewhere() -> tuple[Raised, ...]:
    """The list of what other rooms raise."""
    return tuple(
        Raised(r["kind"], re.compile(r["pattern"]), r["check"], r["severity"], r["needs"], r["note"])
        for r in table("raised_elsewhere.csv")
    )


def as_check(finding: Finding, technology: str = "") -> Finding:
    """The finding under the id of its check; unchanged where no check is about it.

    Args:
        finding: as raised.
        technology: of the measure that it is about.
    """
    of_physics = check_of_finding(finding.id, technology) if technology else None
    if of_physics in checks():
        return _under(finding, str(of_physics), finding.severity)
    for row in raised_elsewhere():
        match = row.pattern.fullmatch(finding.id) if row.kind == "finding" else None
        id = match.expand(row.check) if match else ""
        if id in checks():
            return _under(finding, id, check(id).severity if row.severity == "check" else finding.severity)
    return finding


def _under(finding: Finding, id: str, severity: Severity) -> Finding:
    evidence = {**finding.evidence, "raised as": finding.id}
    source = finding.source or check(id).source
    return dataclasses.replace(finding, id=id, severity=severity, evidence=evidence, source=source)


def refusals(error: EnergycalcError) -> list[Finding]:
    """A refusal as findings, one for each line that it names.

    Args:
        error: a refused case file lists its lines; any other refusal is one sentence.
    """
    lines = [line.strip() for line in str(error).split("\n")]
    return [_refusal(line) for line in (lines[1:] if len(lines) > 1 else lines) if line]


def _refusal(sentence: str) -> Finding:
    subject, _, said = sentence.partition(": ")
    for row in raised_elsewhere():
        if row.kind == "refusal" and row.check in checks() and row.pattern.search(sentence):
            of = check(row.check)
            zh = f"{of.title_zh}：{said or sentence}"
            return found(row.check, subject, said or sentence, zh, {"refused": sentence}, severity="error")
    zh = f"無法計算：{said or sentence}"
    return Finding(REFUSED, "error", subject, said or sentence, zh, {"refused": sentence})


def judged_elsewhere(has: frozenset[str]) -> set[str]:
    """Ids of checks whose silence means something, given what was there.

    Args:
        has: of ``case``, ``meters``, ``verification``.
    """
    found = {row.check for row in raised_elsewhere() if row.needs in has and not row.check.startswith("\\")}
    if "verification" in has:
        found |= {f"{m[1]}" for m in map(re.compile(r"(T[A-Z]\d\d)_").match, _rules_of_verification()) if m}
    return found & set(checks())


@functools.cache
def _rules_of_verification() -> tuple[str, ...]:
    names: list[str] = []
    for file in sorted((data_folder() / "mv_rules").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as text:
            names += [row["id"] for row in csv.DictReader(text)]
    return tuple(names)
