"""Uncertainty of a case: results without ±, first order against Monte Carlo, one instrument taken as two."""

from __future__ import annotations

from collections.abc import Iterator

from energycalc.case.correlations import declared_correlations
from energycalc.checks.project.project import SAME, Outcome, Project, ProjectCheck, differs, lacks, say, size
from energycalc.quantity import Quantity
from energycalc.quantity.trace import leaves

UNNAMED = ("", "not stated in the case file")


def no_uncertainty(project: Project) -> Iterator[Outcome]:
    """TS15: the savings of the plant without any ±."""
    if project.assessment is None:
        yield lacks("TS15")
        return
    for name, carrier in project.assessment.effects.plant.carriers.items():
        result = project.assessment.uncertainty.get(carrier.saving)
        if carrier.saving.value and (result is None or result.shown == "not_stated"):
            yield say("TS15", name, saving=str(carrier.saving))


def first_order_differs(project: Project) -> Iterator[Outcome]:
    """TS17: savings whose first-order interval fails the test; a note, as the Monte Carlo interval is what is shown."""
    if project.assessment is None:
        yield lacks("TS17")
        return
    named = []
    for m in project.results():
        result = project.assessment.uncertainty.get(m.saving)
        if result is not None and result.comparison is not None and result.comparison.verdict in ("differs", "flat"):
            named.append(m.measure.id)
    if named:
        yield say("TS17", ", ".join(dict.fromkeys(named)), severity="note")


def shared_input(project: Project) -> Iterator[Outcome]:
    """TS18: two readings on one machine, of one named source and value, each with a ± of its own."""
    if project.assessment is None or project.case is None:
        yield lacks("TS18")
        return
    correlated = {id(q) for first, second, _ in declared_correlations(project.case) for q in (first, second)}
    machines = {f"{m.id} {m.name}": m.machine for m in project.case.measures}
    seen: dict[tuple[str, str, str], Quantity] = {}
    for q in leaves(list(project.assessment.uncertainty)):
        source = q.source.document if q.source and q.source.file else ""
        machine = machines.get(q.subject, "")
        if q.basis != "measured" or q.uncertainty is None or source in UNNAMED or not machine:
            continue
        first = seen.setdefault((machine, q.name, source), q)
        both = id(first) in correlated and id(q) in correlated
        if first is not q and not both and differs(size(first), size(q)) < SAME:
            yield say("TS18", f"{first.subject}, {q.subject}", name=q.name, source=source, value=str(q))


CHECKS: dict[str, ProjectCheck] = {"TS15": no_uncertainty, "TS17": first_order_differs, "TS18": shared_input}
