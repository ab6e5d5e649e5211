"""``verification.json``: the verdict, the saving with its ±, and every row it rests on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import energycalc
from energycalc.finding import Finding
from energycalc.metering import MeterSeries
from energycalc.mv.models.selection import Tried
from energycalc.mv.verification import Verified
from energycalc.quantity.uncertainty import propagate
from energycalc.reports.results_json import GRAMMAR
from energycalc.reports.results_rows import input_data, result_data, rows_of, step_data

VERSION = 1


def write_verification_results(path: Path, verified: Verified) -> Path:
    """Write the results for machines; all digits are kept.

    Args:
        path: file to write.
        verified: what to write.

    Returns:
        The path.
    """
    text = json.dumps(as_data(verified), ensure_ascii=False, indent=1, allow_nan=False)
    path.write_text(text + "\n", "utf-8")
    return path


def as_data(verified: Verified) -> dict[str, Any]:
    """The verification as plain data: verdict, saving, model, files, findings, and one table of rows behind them."""
    energy, saving, baseline = verified.energy, verified.saving, verified.baseline
    results = [energy.adjusted_baseline, energy.reporting, energy.saving]
    uncertainty = dict(zip(results, propagate(results), strict=True))
    rows = rows_of(results, uncertainty)
    fit = baseline.fit
    return {
        "energycalc_verification": VERSION,
        "formula_grammar": GRAMMAR,
        "title": verified.title,
        "constructed": verified.constructed,
        "option": verified.option,
        "measure": verified.measure or None,
        "baseline": _days(verified.declared.baseline.first, verified.declared.baseline.last),
        "reporting": _days(verified.declared.reporting.first, verified.declared.reporting.last),
        "stamp": {"engine": f"energycalc {energycalc.__version__}", **verified.stamp},
        "verdict": {
            "word": verified.verdict.word,
            "sentence": verified.verdict.sentence,
            "sentence_zh": verified.verdict.sentence_zh,
            "reasons": [list(each) for each in verified.verdict.reasons],
        },
        "saving": {
            "kind": saving.kind,
            "unit": saving.unit,
            "adjusted_baseline": saving.adjusted_baseline,
            "reporting": saving.reporting,
            "saving": saving.saving,
            "fraction": saving.fraction,
            "standard_uncertainty_of_model_and_adjustments": saving.standard_uncertainty,
            "degrees_of_freedom": _finite(saving.degrees_of_freedom),
            "confidence": saving.confidence,
            "interval": list(saving.interval),
            "method": saving.method,
            "distinguishable_from_zero": saving.distinguishable,
            "senpi": saving.senpi,
            "senpi_interval": list(saving.senpi_interval),
        },
        "quantities": {
            "adjusted_baseline": result_data(energy.adjusted_baseline, rows),
            "reporting": result_data(energy.reporting, rows),
            "saving": result_data(energy.saving, rows),
        },
        "other_methods": [
            {"key": each.key, "name": each.name, "half_width": each.half_width, "why_not": each.why_not}
            for each in (verified.others.intervals if verified.others else ())
        ],
        "naive_comparison": {
            "claimed": verified.naive.claimed,
            "share": verified.naive.share,
            "share_of_totals": verified.naive.share_of_totals,
            "equally_long": verified.naive.equally_long,
        },
        "model": {
            "form": baseline.bound.form.title,
            "change_points": list(baseline.bound.change_points),
            "coefficients": dict(zip(fit.names, map(float, fit.coefficients), strict=True)),
            "standard_errors_independent": dict(zip(fit.names, map(float, fit.standard_errors), strict=True)),
            "observations": fit.observations,
            "parameters": fit.parameters,
            "r_squared": _finite(fit.r_squared),
            "cv_rmse": fit.cv_rmse,
            "condition_number": fit.condition_number,
        },
        "models_tried": [_tried(each) for each in verified.selection.tried],
        "files": {name: _file(series) for name, series in _files(verified).items()},
        "findings": [_finding(each) for each in verified.findings],
        "plan_missing": list(verified.plan.missing),
        "inputs": [input_data(q, rows) for q in rows.inputs],
        "steps": [step_data(q, rows) for q in rows.steps],
    }


def _days(first: object, last: object) -> list[str]:
    return [str(first), str(last)]


def _finite(value: float) -> float | None:
    """The number, or null for one that JSON cannot hold (infinitely many degrees of freedom, no R²)."""
    return float(value) if abs(value) < float("inf") else None


def _tried(each: Tried) -> dict[str, Any]:
    return {
        "form": each.form.title,
        "out_of_sample_cv_rmse": each.out_of_sample,
        "cv_rmse": each.cv_rmse,
        "parameters": each.parameters,
        "refused": each.refused,
    }


def _files(verified: Verified) -> dict[str, MeterSeries]:
    return {"meter": verified.meter, "reporting_meter": verified.reporting_meter, **verified.drivers}


def _file(series: MeterSeries) -> dict[str, Any]:
    return {
        "file": series.file,
        "sha256": series.sha256,
        "column": series.layout.value_column,
        "unit": series.unit,
        "ledger": [
            {"what": what, "number": number, "amount": amount} for what, number, amount in series.ledger.summary()
        ],
        "notices": [{"kind": n.kind, "sentence": n.sentence, "sentence_zh": n.sentence_zh} for n in series.notices],
    }


def _finding(each: Finding) -> dict[str, Any]:
    return {
        "id": each.id,
        "severity": each.severity,
        "subject": each.subject,
        "sentence": each.sentence,
        "sentence_zh": each.sentence_zh,
        "evidence": dict(each.evidence),
        "source": str(each.source) if each.source else None,
        "override": vars(each.override) if each.override else None,
    }
