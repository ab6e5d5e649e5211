"""The block ``derived_effects`` of ``results.json``: numbers with row and ±, sentences in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from energycalc.effects.derived.results import Derived, PathResult, Statement
from energycalc.quantity import Quantity
from energycalc.reports.results_rows import Rows, result_data


def derived_data(derived: Derived | None, rows: Rows) -> dict[str, Any] | None:
    """The derived effects as plain data; ``None`` for a case that asks for none.

    Args:
        derived: of the case.
        rows: of the whole file.
    """
    if derived is None:
        return None
    return {
        "first_year": derived.first_year,
        "years": [
            {"year": y.year, "project": _each(y.project, rows), "rollout": _each(y.rollout, rows)}
            for y in derived.years
        ],
        "project_total": _each(derived.project_total, rows),
        "rollout_total": _each(derived.rollout_total, rows),
        "targets": [
            {
                "id": t.id,
                "name": t.name,
                "reach": t.reach,
                "measure": t.measure,
                **_some(t, ("energy", "scale", "similarity"), rows),
                "full": _each(t.full, rows),
                "years": [{"year": y.year, "saving": _each(y.saving, rows)} for y in t.years],
            }
            for t in derived.targets
        ],
        "paths": [_path(p, rows) for p in derived.paths],
        "intensities": [
            {
                "of": i.of,
                "label": i.label,
                "products": list(i.products),
                "complete": i.complete,
                "output": result_data(i.output, rows),
                "before": _each(i.before, rows),
                "after": _each(i.after, rows),
                "saved": _each(i.saved, rows),
                **_some(i, ("emissions_before", "emissions_after", "reduction"), rows),
            }
            for i in derived.intensities
        ],
        "shares": [
            {"kind": s.kind, "carrier": s.carrier, "share": result_data(s.share, rows), "basis": _said(s.basis)}
            for s in derived.shares
        ],
        "oil_equivalent": [
            {"convention": o.convention, "is_chosen": o.is_chosen, "saving": result_data(o.saving, rows)}
            for o in derived.oil
        ],
        "cbam": [
            {
                "id": g.id,
                "cn_code": g.cn_code,
                "sector": g.sector or None,
                **_some(g, ("electricity_inside", "direct_saving", "default", "of_default"), rows),
                "statements": [_said(s) for s in g.statements],
            }
            for g in derived.goods
        ],
        "carbon_fee": {
            "liable": derived.fee.liable,
            **_some(derived.fee, ("before", "after", "saved"), rows),
            "statement": _said(derived.fee.statement),
        },
    }


def _path(path: PathResult, rows: Rows) -> dict[str, Any]:
    return {
        "name": path.name,
        "fixed": path.fixed,
        **_some(path, ("project", "rollout"), rows),
        "years": [
            {
                "year": y.year,
                "kind": y.kind,
                "how": _said(y.how),
                **_some(y, ("factor", "project", "rollout", "change", "by_saving", "by_factor"), rows),
            }
            for y in path.years
        ],
    }


def _each(found: Mapping[str, Quantity], rows: Rows) -> dict[str, Any]:
    return {carrier: result_data(q, rows) for carrier, q in found.items()}


def _some(record: object, keys: tuple[str, ...], rows: Rows) -> dict[str, Any]:
    return {key: result_data(getattr(record, key), rows) for key in keys}


def _said(statement: Statement) -> dict[str, str]:
    return {"en": statement.en, "zh": statement.zh}
