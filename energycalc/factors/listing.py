"""What ``energycalc factors`` prints: rows that pass a filter, or one row with its full source."""

from __future__ import annotations

from dataclasses import fields

from energycalc.errors import FactorError
from energycalc.factors.factor import STATUSES, Factor
from energycalc.factors.store import FactorSet, published_factors


def list_factors(
    *,
    subject: str | None = None,
    kind: str | None = None,
    gas: str | None = None,
    region: str | None = None,
    series: str | None = None,
    year: int | None = None,
    status: str | None = None,
    source: str | None = None,
    text: str | None = None,
    factors: FactorSet | None = None,
) -> list[Factor]:
    """The rows that pass every filter given, in the order of the files.

    Args:
        subject: carrier, fuel, gas or equipment: ``electricity``, ``natural_gas``, ``R-410A``.
        kind: grid, fuel_per_unit, fuel_per_energy, heat_content, gwp, leakage or process.
        gas: CO2, CH4, N2O, CO2e, SF6 …
        region: TW, KR, CN-north …
        series: overall, industrial, stationary, AR5 …
        year: a year the value is valid in.
        status: final, superseded, target, conflict or estimate.
        source: id of a publication.
        text: a word in id, names or note, in any case.
        factors: a set of factors; the program's own when left out.

    Returns:
        The rows; empty when none passes.

    Raises:
        FactorError: an unknown status or kind.
    """
    chosen_from = factors or published_factors()
    _known("status", status, set(STATUSES))
    _known("kind", kind, {f.kind for f in chosen_from.factors})
    wanted = {
        "subject": subject,
        "kind": kind,
        "gas": gas,
        "region": region,
        "series": series,
        "status": status,
        "source": source,
    }
    word = (text or "").lower()
    return [
        f
        for f in chosen_from.factors
        if all(value is None or getattr(f, column) == value for column, value in wanted.items())
        and (year is None or f.covers(year))
        and word in f"{f.id} {f.name_zh} {f.name_en} {f.note}".lower()
    ]


def show(id: str, *, factors: FactorSet | None = None) -> dict[str, str]:
    """Everything known about one row: its columns, its place in the files, and its publication.

    Args:
        id: of the row.
        factors: a set of factors; the program's own when left out.

    Returns:
        Column to text, in reading order; the publication's columns begin with ``source.``.

    Raises:
        FactorError: there is no such row; near ids are named.
    """
    chosen_from = factors or published_factors()
    factor = chosen_from.by_id(id)
    publication = chosen_from.publications[factor.source]
    row = {f.name: str(getattr(factor, f.name)) for f in fields(factor) if f.name != "origin"}
    row["status_meaning_zh"], row["status_meaning"] = STATUSES[factor.status]
    row["file"] = f"{factor.origin.name}, line {factor.origin.line}"
    row |= {f"source.{f.name}": getattr(publication, f.name) for f in fields(publication)}
    return row


def _known(what: str, value: str | None, known: set[str]) -> None:
    if value is not None and value not in known:
        raise FactorError(f"unknown {what}", value=value, limit=", ".join(sorted(known)))
