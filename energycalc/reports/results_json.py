"""``results.json``: every headline result with its interval, formula, unit, inputs and the versions behind it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from energycalc.assessment import Assessment
from energycalc.finding import Finding
from energycalc.quantity import Quantity, render
from energycalc.quantity.trace import leaves, steps


def write_results(path: Path, assessment: Assessment) -> Path:
    """Write the results for machines; all digits are kept.

    Args:
        path: file to write.
        assessment: what to write.

    Returns:
        The path.
    """
    text = json.dumps(as_data(assessment), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", "utf-8")
    return path


def as_data(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain data: results by id, and one table of all inputs and steps they rest on."""
    results = list(assessment.uncertainty)
    inputs = leaves(results)
    rows = [*inputs, *steps(results)]
    ids = {q: f"q{i}" for i, q in enumerate(rows, start=1)}
    effects = assessment.effects
    return {
        "energycalc_results": 1,
        "title": assessment.case.title,
        "constructed": assessment.case.constructed,
        "period": [str(assessment.case.period.first_day), str(assessment.case.period.last_day)],
        "stamp": dict(assessment.stamp),
        "levels": [
            {
                "level": level.level,
                "id": level.id,
                "label": level.label,
                "parent": level.parent,
                "emission_saving": _result(assessment, level.emission_saving, ids),
                "cost_saving": _result(assessment, level.cost_saving, ids),
                "kloe_saving": _result(assessment, level.kloe_saving, ids),
                "carriers": {
                    carrier: {
                        key: _result(assessment, getattr(result, key), ids)
                        for key in ("energy_before", "energy_after", "saving", "saving_rate", "emission_saving")
                    }
                    for carrier, result in level.carriers.items()
                },
            }
            for level in (effects.plant, *effects.lines, *effects.machines)
        ],
        "measures": [
            {
                "id": m.measure.id,
                "name": m.measure.name,
                "machine": m.measure.machine,
                "technology": m.measure.technology,
                "carrier": m.carrier,
                **{
                    key: _result(assessment, getattr(m, key), ids)
                    for key in ("saving", "saving_rate", "emission_saving", "cost_saving", "simple_payback")
                },
            }
            for m in effects.measures
        ],
        "reconciliation": [
            {
                "carrier": r.carrier,
                **{
                    key: _result(assessment, getattr(r, key), ids)
                    for key in ("machine_sum", "metered", "billed", "unexplained", "unexplained_share", "saving_share")
                },
            }
            for r in effects.reconciliations
        ],
        "scenarios": [
            {"name": s.name, "emission_saving": _result(assessment, s.emission_saving, ids)} for s in effects.scenarios
        ],
        "factors": [{"carrier": f.carrier, "how": f.how_en, "how_zh": f.how_zh} for f in effects.factors],
        "findings": [_finding(f) for f in assessment.findings],
        "inputs": [_input(q, ids) for q in inputs],
        "steps": [_step(q, ids) for q in steps(results)],
    }


def _result(assessment: Assessment, q: Quantity | None, ids: dict[Quantity, str]) -> dict[str, Any] | None:
    if q is None:
        return None
    data: dict[str, Any] = {"value": float(q.value), "unit": str(q.unit), "row": ids.get(q, "")}
    found = assessment.uncertainty.get(q)
    if found is not None and found.interval is not None:
        data |= {
            "standard_uncertainty": found.standard_uncertainty,
            "interval_95": list(found.interval),
            "method": found.shown,
            "why": found.why("en"),
        }
    return data


def _input(q: Quantity, ids: dict[Quantity, str]) -> dict[str, Any]:
    return {
        "row": ids[q],
        "subject": q.subject,
        "name": q.name,
        "symbol": q.symbol,
        "value": float(q.value),
        "unit": str(q.unit),
        "basis": q.basis,
        "source": str(q.source) if q.source else "",
        "uncertainty": q.uncertainty.describe("en") if q.uncertainty else "",
    }


def _step(q: Quantity, ids: dict[Quantity, str]) -> dict[str, Any]:
    return {
        "row": ids[q],
        "subject": q.subject,
        "name": q.name,
        "symbol": q.symbol,
        "formula": render.symbols(q),
        "with_numbers": render.numbers(q),
        "of_rows": render.render(q, lambda p: ids.get(p, render.number_with_unit(p))),
        "value": float(q.value),
        "unit": str(q.unit),
        "source": str(q.source) if q.source else "",
        "version": q.formula.id if q.formula else "",
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "id": f.id,
        "severity": f.severity,
        "subject": f.subject,
        "sentence": f.sentence,
        "sentence_zh": f.sentence_zh,
        "evidence": dict(f.evidence),
        "source": str(f.source) if f.source else "",
    }
