"""``results.json``: every result with its uncertainty, and every row it rests on (docs/results_json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from energycalc.assessment import Assessment
from energycalc.effects.results import Effects, LevelResult, MeasureResult
from energycalc.finding import Finding
from energycalc.metering import MeterSeries, peak, total_amount
from energycalc.quantity import Quantity
from energycalc.reports.derived_json import derived_data
from energycalc.reports.interactions_json import interactions_data, quantities_of
from energycalc.reports.money.money_data import money_data, money_results
from energycalc.reports.quantities import quantities_in
from energycalc.reports.results_rows import Rows, input_data, origin_data, result_data, rows_of, step_data

VERSION = 1
GRAMMAR = (
    "Excel formula over row ids: a row id such as Q12 stands for the value of that row, in the unit of that row. "
    "Operators + - * / ^ ( ), comparisons < <= > >= inside IF, functions SUM MIN MAX IF EXP LN SQRT SIN COS TAN ABS; "
    "unary minus binds closer than ^, and ^ groups from the left. Factors of unit conversion are written out."
)
_LEVEL = ("emissions_before", "emissions_after", "emission_saving", "cost_saving", "kloe_saving")
_CARRIER = ("energy_before", "energy_after", "saving", "saving_rate", *_LEVEL)
_MEASURE = (
    "energy_before", "remaining", "energy_after", "saving", "saving_rate", "ceiling", "emission_saving", "cost_saving",
    "kloe_saving", "investment", "simple_payback",
)  # fmt: skip
_RECONCILIATION = (
    "machine_sum", "metered", "billed", "reference", "unexplained", "unexplained_share", "meter_less_bill",
    "saving_share",
)  # fmt: skip
_TOTALS = ("investment", "simple_payback")


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
    """The assessment as plain data: results by level and measure, and one table of all rows they rest on."""
    case, effects = assessment.case, assessment.effects
    rows = rows_of(
        [
            *assessment.uncertainty,
            *_quantities(effects),
            *money_results(assessment.money),
            *quantities_in(assessment.derived),
        ],
        assessment.uncertainty,
    )
    return {
        "energycalc_results": VERSION,
        "formula_grammar": GRAMMAR,
        "title": case.title,
        "constructed": case.constructed,
        "period": [str(case.period.first_day), str(case.period.last_day)],
        "stamp": dict(assessment.stamp),
        "levels": [_level(level, rows) for level in _levels(effects)],
        "measures": [_measure(m, rows) for m in effects.measures],
        "interactions": interactions_data(effects.interactions, rows, _measure),
        "derived_effects": derived_data(assessment.derived, rows),
        "totals": _results(effects.totals, _TOTALS, rows),
        "reconciliation": [
            {"carrier": r.carrier, **_results(r, _RECONCILIATION, rows)} for r in effects.reconciliations
        ],
        "scenarios": [
            {
                "name": s.name,
                "emission_saving": result_data(s.emission_saving, rows),
                "factors": [{"carrier": f.carrier, "factor": result_data(f.factor, rows)} for f in s.factors],
            }
            for s in effects.scenarios
        ],
        "factors": [
            {"carrier": f.carrier, "factor": result_data(f.factor, rows), "how": f.how_en, "how_zh": f.how_zh}
            for f in effects.factors
        ],
        "money": money_data(assessment.money, rows),
        "meters": [_meter(id, series) for id, series in assessment.meters.items()],
        "findings": [_finding(f) for f in assessment.findings],
        "inputs": [input_data(q, rows) for q in rows.inputs],
        "steps": [step_data(q, rows) for q in rows.steps],
    }


def _levels(effects: Effects) -> tuple[LevelResult, ...]:
    return (effects.plant, *effects.lines, *effects.machines)


def _quantities(effects: Effects) -> Iterator[Quantity]:
    """Every quantity that the file shows as a result."""
    records: list[object] = [*effects.measures, *effects.reconciliations, effects.totals, *effects.factors]
    for level in _levels(effects):
        records += [level, *level.carriers.values()]
    for scenario in effects.scenarios:
        records += [scenario, *scenario.factors]
    for record in records:
        yield from (value for value in vars(record).values() if isinstance(value, Quantity))
    yield from (q for measure in effects.measures for q in measure.beside)
    yield from quantities_of(effects.interactions)


def _results(record: object, keys: tuple[str, ...], rows: Rows) -> dict[str, Any]:
    return {key: result_data(getattr(record, key), rows) for key in keys}


def _level(level: LevelResult, rows: Rows) -> dict[str, Any]:
    return {
        "level": level.level,
        "id": level.id,
        "label": level.label,
        "parent": level.parent,
        **_results(level, _LEVEL, rows),
        "carriers": {carrier: _results(result, _CARRIER, rows) for carrier, result in level.carriers.items()},
    }


def _measure(m: MeasureResult, rows: Rows) -> dict[str, Any]:
    return {
        "id": m.measure.id,
        "name": m.measure.name,
        "machine": m.machine or m.measure.machine,
        "kind": m.kind,
        "technology": m.measure.technology,
        "carrier": m.carrier,
        "is_main": m.is_main,
        **_results(m, _MEASURE, rows),
        "beside": [{"name": q.name, **(result_data(q, rows) or {})} for q in m.beside],
    }


def _meter(id: str, series: MeterSeries) -> dict[str, Any]:
    """Where every row of the file went; amounts of the ledger are as read, before transformer ratios."""
    return {
        "id": id,
        "file": series.file,
        "sha256": series.sha256,
        "column": series.layout.value_column,
        "first": str(series.interval_start[0]),
        "last": str(series.interval_end[-1]),
        "time_zone": series.layout.time_zone,
        "total": total_amount(series),
        "unit": series.unit,
        "ledger": [{"what": what, "count": count, "amount": amount} for what, count, amount in series.ledger.summary()],
        "peak": _peak(series) if series.kind_of_amount == "energy" else None,
    }


def _peak(series: MeterSeries) -> dict[str, Any]:
    highest = peak(series)
    return {
        "demand_kw": highest.demand_kw,
        "start": str(highest.start),
        "end": str(highest.end),
        "line": highest.line,
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
        "origin": origin_data(f.source),
        "override": vars(f.override) if f.override else None,
    }
