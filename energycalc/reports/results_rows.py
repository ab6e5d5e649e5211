"""The rows of ``results.json``: every input with its origin, and every step as a formula over the rows it rests on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from energycalc.quantity import Quantity, Source, render
from energycalc.quantity.trace import leaves, steps
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.reports.documents import documents

BUDGET_ROWS = 10
"""Largest contributions listed for each result."""


@dataclass(frozen=True)
class Rows:
    """The inputs and steps behind a set of results, each with its row id ``Q1``, ``Q2`` ... in order of calculation.

    Attributes:
        inputs: leaves, each once.
        steps: named quantities and results, parents before children.
        ids: row id of each of them.
        uncertainty: what is known about the headline results.
    """

    inputs: tuple[Quantity, ...]
    steps: tuple[Quantity, ...]
    ids: Mapping[Quantity, str]
    uncertainty: Mapping[Quantity, UncertainResult]


def rows_of(results: Iterable[Quantity], uncertainty: Mapping[Quantity, UncertainResult]) -> Rows:
    """All rows the results rest on."""
    wanted = list(dict.fromkeys(results))
    inputs, calculated = leaves(wanted), steps(wanted)
    ids = {q: f"Q{i}" for i, q in enumerate([*inputs, *calculated], start=1)}
    return Rows(tuple(inputs), tuple(calculated), ids, uncertainty)


def result_data(q: Quantity | None, rows: Rows) -> dict[str, Any] | None:
    """A result: value, unit, its row, and the uncertainty where it is a headline result with a stated one."""
    if q is None:
        return None
    data: dict[str, Any] = {"value": float(q.value), "unit": str(q.unit), "row": rows.ids[q]}
    found = rows.uncertainty.get(q)
    if found is None or found.interval is None:
        return data
    return data | {
        "standard_uncertainty": found.standard_uncertainty,
        "interval_95": list(found.interval),
        "method": found.shown,
        "why": found.why("en"),
        "why_zh": found.why("zh-TW"),
        "gum": _gum(found),
        "monte_carlo": _monte_carlo(found),
        "budget": _budget(found, rows),
    }


def _gum(found: UncertainResult) -> dict[str, Any] | None:
    gum = found.gum
    if gum is None:
        return None
    value = float(found.output.value)
    return {
        "u": gum.standard_uncertainty,
        "nu_eff": _finite(gum.effective_degrees_of_freedom),
        "k": gum.coverage_factor,
        "U": gum.expanded_uncertainty,
        "coverage": gum.coverage,
        "interval": [value - gum.expanded_uncertainty, value + gum.expanded_uncertainty],
    }


def _monte_carlo(found: UncertainResult) -> dict[str, Any] | None:
    drawn = found.monte_carlo
    if drawn is None:
        return None
    return {
        "mean": drawn.mean,
        "u": drawn.standard_uncertainty,
        "coverage": drawn.coverage,
        "symmetric_interval": list(drawn.symmetric_interval),
        "shortest_interval": list(drawn.shortest_interval),
        "draws": drawn.draws,
        "seed": drawn.seed,
    }


def _budget(found: UncertainResult, rows: Rows) -> list[dict[str, Any]]:
    lines = found.gum.budget[:BUDGET_ROWS] if found.gum else ()
    return [
        {
            "row": rows.ids[line.leaf],
            "standard_uncertainty": line.standard_uncertainty,
            "degrees_of_freedom": _finite(line.degrees_of_freedom),
            "sensitivity": line.sensitivity,
            "contribution": line.contribution,
            "share": line.share,
        }
        for line in lines
        if isinstance(line.leaf, Quantity)
    ]


def input_data(q: Quantity, rows: Rows) -> dict[str, Any]:
    """An input: value, basis, distribution, and its origin down to file, line, document and page."""
    known = q.uncertainty
    return {
        "row": rows.ids[q],
        "subject": q.subject,
        "name": q.name,
        "symbol": q.symbol,
        "value": float(q.value),
        "unit": str(q.unit),
        "basis": q.basis,
        "uncertainty": None
        if known is None
        else {
            "distribution": known.kind,
            "parameters": list(known.parameters),
            "degrees_of_freedom": _finite(known.degrees_of_freedom),
            "standard_uncertainty": known.standard_uncertainty,
            "text": known.describe("en"),
            "text_zh": known.describe("zh-TW"),
        },
        "source": str(q.source) if q.source else "",
        "origin": origin_data(q.source),
    }


def step_data(q: Quantity, rows: Rows) -> dict[str, Any]:
    """A step: its law in symbols, with numbers, and as a worksheet formula over row ids (docs/results_json.md).

    A step that no worksheet formula can express has ``opaque: true``, an empty formula, and the rows it was made of.
    """
    opaque = q.operation == "opaque"
    return {
        "row": rows.ids[q],
        "subject": q.subject,
        "name": q.name,
        "symbol": q.symbol,
        "value": float(q.value),
        "unit": str(q.unit),
        "of_rows": "" if opaque else "=" + render.render(q, lambda p: rows.ids[p], "sheet"),
        "rows": _rows_put_in(q, rows),
        "opaque": opaque,
        "formula": render.symbols(q),
        "with_numbers": render.numbers(q),
        "law": q.formula.id if q.formula else "",
        "source": str(q.source) if q.source else "",
        "origin": origin_data(q.source),
    }


def _rows_put_in(q: Quantity, rows: Rows) -> list[str]:
    found: list[str] = []

    def leaf(p: Quantity) -> str:
        found.append(rows.ids[p])
        return rows.ids[p]

    render.render(q, leaf, "sheet")
    return list(dict.fromkeys(found))


def origin_data(source: Source | None) -> dict[str, Any] | None:
    """Where a number or a law comes from, field by field; fields that nobody stated are left out."""
    if source is None:
        return None
    listed = documents().get(source.document)
    data: dict[str, Any] = {
        "document": source.document,
        "title": listed.title if listed else "",
        "locator": source.locator,
        "publisher": source.publisher or (listed.publisher if listed else ""),
        "year": source.year or (listed.year if listed else ""),
        "url": source.url or (listed.url if listed else ""),
        "checked": source.checked or (listed.checked if listed else ""),
        "licence": source.licence or (listed.licence if listed else ""),
        "confidence": source.confidence,
    }
    if source.file is not None:
        place = source.file
        data |= {
            "file": place.name,
            "sha256": place.sha256,
            "sheet": place.sheet,
            "line": place.line,
            "rows": place.rows,
            "column": place.column,
            "path": place.path,
        }
    return {key: value for key, value in data.items() if value not in ("", None)}


def _finite(value: float) -> float | None:
    """JSON knows no infinity: ``null`` stands for infinite degrees of freedom."""
    return value if math.isfinite(value) else None
