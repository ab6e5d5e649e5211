"""The part ``interactions`` of ``results.json``: shared systems, the effect of the order, variants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from energycalc.effects.interaction_results import InteractionResults
from energycalc.effects.results import MeasureResult
from energycalc.quantity import Quantity
from energycalc.reports.results_rows import Rows, result_data

_SYSTEM = ("marginal_energy", "average_energy", "service_saved", "energy_before", "energy_after", "saving")
_PART = ("in_order", "when_first", "when_last", "mean")


def quantities_of(found: InteractionResults | None) -> Iterator[Quantity]:
    """Every quantity that this part of the file shows."""
    if found is None:
        return
    for system in found.systems:
        records: list[object] = [system, *system.shares]
        yield from (q for record in records for q in vars(record).values() if isinstance(q, Quantity))
    for one in found.attributions:
        records = [one, *one.parts]
        yield from (q for record in records for q in vars(record).values() if isinstance(q, Quantity))
    for group in found.variants:
        for variant in group.variants:
            yield from variant.machine_saving.values()
            yield from variant.difference.values()
            for result in variant.results:
                yield from (q for q in vars(result).values() if isinstance(q, Quantity))
                yield from result.beside


def interactions_data(
    found: InteractionResults | None, rows: Rows, measure: Callable[[MeasureResult, Rows], dict[str, Any]]
) -> dict[str, Any] | None:
    """This part of the file; ``None`` where the case does not ask for it.

    Args:
        found: results of the block ``interactions``.
        rows: all rows the results rest on.
        measure: how a measure's result is written.
    """
    if found is None:
        return None

    def shown(record: object, keys: tuple[str, ...]) -> dict[str, Any]:
        return {key: result_data(getattr(record, key), rows) for key in keys}

    return {
        "systems": [
            {
                "id": s.system.id,
                "name": s.system.name,
                "kind": s.system.kind,
                "carrier": s.system.carrier,
                "machines": list(s.system.machines),
                "follows": s.system.follower,
                **shown(s, _SYSTEM),
                "shares": [
                    {"line": share.line or None, **shown(share, ("share", "energy_before", "saving"))}
                    for share in s.shares
                ],
            }
            for s in found.systems
        ],
        "attributions": [
            {
                "machine": one.machine,
                "carrier": one.carrier,
                **shown(one, ("saving", "alone", "overlap", "joint")),
                "parts": [{"id": p.measure.id, "kind": p.kind, **shown(p, _PART)} for p in one.parts],
            }
            for one in found.attributions
        ],
        "variants": [
            {
                "of": group.stated.of,
                "because": group.stated.because,
                "instead": [
                    {
                        "id": v.measure.id,
                        "results": [measure(result, rows) for result in v.results],
                        "machine_saving": {c: result_data(q, rows) for c, q in v.machine_saving.items()},
                        "difference": {c: result_data(q, rows) for c, q in v.difference.items()},
                    }
                    for v in group.variants
                ],
            }
            for group in found.variants
        ],
    }
