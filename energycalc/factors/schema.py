"""The rules a row of the factor files must keep; a fault is named with its file and line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields

from energycalc.factors.factor import BELOW, NOT_A_NUMBER_WORDS, NUMBER, RANGE, STATUSES, Factor, Publication

WORDS = ("not_stated", "not_applicable", "open")
BASES = ("LHV", "HHV", "not_stated", "not_applicable")
GWP_SETS = ("AR4", "AR5", "AR6", "not_stated", "not_applicable")
DATE = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
DAY = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
ID = re.compile(r"[a-z0-9][a-zA-Z0-9_.\-]*")
UNCERTAINTY = re.compile(r"(95 % interval|range) (\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?) \(([^)]+)\)")


def faults(factors: Sequence[Factor], publications: Sequence[Publication]) -> list[str]:
    """Every fault of a set of rows, in words.

    Args:
        factors: the rows of values.
        publications: the rows of sources.csv.

    Returns:
        One sentence per fault; empty when all rows keep the rules. Units are read by the kernel when a
        value is used and, for all rows, in the tests.
    """
    found: list[str] = []
    known = {p.id for p in publications}
    for publication in publications:
        empty = [f.name for f in fields(publication) if not getattr(publication, f.name).strip()]
        found += [f"sources.csv {publication.id!r}: {name} is empty" for name in empty]
    found += _repeated("sources.csv", [p.id for p in publications])
    found += _repeated("factor", [f.id for f in factors])
    for factor in factors:
        where = f"{factor.origin.name} line {factor.origin.line} ({factor.id})"
        found += [f"{where}: {fault}" for fault in _faults_of(factor, known)]
    return found


def _repeated(what: str, ids: list[str]) -> list[str]:
    return [f"{what}: id {id!r} stands {n} times" for id, n in Counter(ids).items() if n > 1]


def _faults_of(factor: Factor, known: set[str]) -> list[str]:
    found = [
        f"{f.name} is empty"
        for f in fields(factor)
        if f.name not in ("kind", "origin") and not getattr(factor, f.name).strip()
    ]
    if not ID.fullmatch(factor.id):
        found.append("the id may hold letters, digits and . _ - only")
    if factor.status not in STATUSES:
        found.append(f"unknown status {factor.status!r}")
    if factor.basis not in BASES:
        found.append(f"unknown basis {factor.basis!r}")
    if factor.gwp_set not in GWP_SETS:
        found.append(f"unknown GWP set {factor.gwp_set!r}")
    found += [f"source {id!r} is not in sources.csv" for id in _source_ids(factor) if id not in known]
    if not (
        NUMBER.fullmatch(factor.value)
        or RANGE.fullmatch(factor.value)
        or BELOW.fullmatch(factor.value)
        or factor.value in NOT_A_NUMBER_WORDS
    ):
        found.append(f"value {factor.value!r} is no number, range (2-15), bound (<1) or known word")
    return found + _qualifier_faults(factor) + _date_faults(factor) + _uncertainty_faults(factor)


def _source_ids(factor: Factor) -> list[str]:
    others = [] if factor.also_in == "not_applicable" else factor.also_in.split()
    return [factor.source, *others]


def _qualifier_faults(factor: Factor) -> list[str]:
    found = []
    for qualifier in re.findall(r"\[([^\]]+)\]", factor.unit):
        column, words = ("gwp_set", GWP_SETS) if "CO2e" in factor.unit else ("basis", BASES)
        if qualifier in words and getattr(factor, column) != qualifier:
            found.append(f"unit {factor.unit} says {qualifier}, column {column} says {getattr(factor, column)}")
    if "CO2e" in factor.unit and "CO2e[" not in factor.unit:
        found.append(f"unit {factor.unit} does not name the GWP set: AR4, AR5, AR6 or not_stated")
    return found


def _date_faults(factor: Factor) -> list[str]:
    found = []
    for column in ("announced", "valid_from", "valid_to"):
        text = getattr(factor, column)
        if text not in WORDS and not DATE.fullmatch(text):
            found.append(f"{column} {text!r} is neither YYYY, YYYY-MM, YYYY-MM-DD nor one of {', '.join(WORDS)}")
    if not DAY.fullmatch(factor.checked):
        found.append(f"checked {factor.checked!r} is no day YYYY-MM-DD")
    if factor.announced == "open" or factor.valid_from == "open":
        found.append("only valid_to may be open")
    first, last = factor.valid_from, factor.valid_to
    if DATE.fullmatch(first) and DATE.fullmatch(last) and first[: len(last)] > last[: len(first)]:
        found.append(f"valid_from {first} lies after valid_to {last}")
    if DATE.fullmatch(factor.announced) and DAY.fullmatch(factor.checked) and factor.announced > factor.checked:
        found.append(f"announced {factor.announced} lies after checked {factor.checked}")
    return found


def _uncertainty_faults(factor: Factor) -> list[str]:
    if factor.uncertainty == "not_stated":
        return []
    read = UNCERTAINTY.fullmatch(factor.uncertainty)
    if not read:
        return [f'uncertainty {factor.uncertainty!r} is neither not_stated nor like "95 % interval 1..2 (source)"']
    low, high = float(read[2]), float(read[3])
    if not NUMBER.fullmatch(factor.value) or not low <= float(factor.value) <= high:
        return [f"value {factor.value} does not lie in its uncertainty {low:g} to {high:g}"]
    return []
