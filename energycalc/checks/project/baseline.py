"""Baselines: effects elsewhere, take-back, savings against what is used, balances, ages, double counting."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping

from energycalc.case.measure import Measure, parameters_of
from energycalc.case.plant import Metered
from energycalc.checks.catalogue import limit
from energycalc.checks.project.project import SAME, Outcome, Project, ProjectCheck, lacks, say, size
from energycalc.checks.table import table
from energycalc.equipment.tables import read_table
from energycalc.quantity import Quantity

CLASSES = ("IE1", "IE2", "IE3", "IE4", "IE5")


@functools.cache
def acting_elsewhere() -> Mapping[str, str]:
    """Technologies whose measures act on other systems, and on what; from the list of such technologies."""
    return {row["technology"]: row["on"] for row in table("acting_elsewhere.csv")}


def without_entry(project: Project, on: frozenset[str]) -> list[str]:
    """Ids of measures that should say what they do elsewhere, and do not.

    Args:
        project: the project.
        on: which effects are meant.
    """
    stated = {(e.measure, e.on) for e in project.notes.effects}
    interactions = project.case.interactions if project.case else None
    stated |= {(s.measure, "other_systems") for s in (interactions.secondary_effects if interactions else ())}
    found = []
    for m in project.case.measures if project.case else ():
        effect = acting_elsewhere().get(m.technology)
        if effect in on and (m.id, effect) not in stated:
            found.append(m.id)
    return found


def interactive_effects(project: Project) -> Iterator[Outcome]:
    """TB06: measures on light, motors, recovered heat or air conditioning without an entry for what they do elsewhere."""
    silent = without_entry(project, frozenset({"other_systems"}))
    if silent:
        yield say("TB06", ", ".join(silent), count=str(len(silent)))


def take_back(project: Project) -> Iterator[Outcome]:
    """TB07: a set-point, throughput or pressure that is higher after the measure, and not counted."""
    interactions = project.case.interactions if project.case else None
    counted = {t.measure for t in (interactions.take_back if interactions else ())}
    if not project.notes.set_points and not counted:
        yield lacks("TB07")
    for s in project.notes.set_points:
        if s.counted or s.measure in counted or s.before.unit.dimension != s.after.unit.dimension:
            continue
        if size(s.after) > size(s.before) + limit("TB07", "rose") * abs(size(s.before)) + SAME:
            yield say("TB07", s.measure, name=s.name, before=str(s.before), after=str(s.after))


def saving_above_base(project: Project) -> Iterator[Outcome]:
    """TB09: saving by what the machine used."""
    if not project.levels():
        yield lacks("TB09")
    for level in project.levels():
        for carrier in level.carriers.values():
            if level.level != "machine" or carrier.saving_rate is None:
                continue
            rate = carrier.saving_rate.value_in("1")
            switched = any(c.saving.value < 0 for c in level.carriers.values())  # another carrier takes the load over
            if rate > limit("TB09", "error") + SAME or (rate > limit("TB09", "warning") + SAME and not switched):
                numbers = {"saving": str(carrier.saving), "base": str(carrier.energy_before), "rate": f"{rate:.1%}"}
                above = rate > limit("TB09", "error") + SAME
                yield say("TB09", level.id, severity=None if above else "warning", **numbers)


def saving_above_bill(project: Project) -> Iterator[Outcome]:
    """TB10: saving of all measures by meter or bill of the plant, and by end use."""
    judged = False
    for r in project.assessment.effects.reconciliations if project.assessment else ():
        if r.saving_share is None or r.reference is None:
            continue
        judged = True
        share = r.saving_share.value_in("1")
        if share > limit("TB10", "warning") + SAME:
            above = share > limit("TB10", "error") + SAME
            numbers = {"share": f"{share:.1%}", "reference": str(r.reference)}
            yield say("TB10", r.carrier, severity=None if above else "warning", **numbers)
        for use in (u for u in project.notes.end_uses if u.carrier == r.carrier):
            savings = [m.saving for i in use.measures for m in project.results(i) if m.carrier == r.carrier]
            saved, most = sum(size(q) for q in savings), size(r.reference) * use.share.value_in("1")
            if saved > most * (1 + SAME):
                numbers = {"saving": f"{saved / 3.6e6:,.6g} kWh", "most": f"{most / 3.6e6:,.6g} kWh"}
                yield say("TB10.end_use", use.name, share=str(use.share), **numbers)
    if not judged:
        yield lacks("TB10")


def energy_balance(project: Project) -> Iterator[Outcome]:
    """TB11: submeters by main meter; below it only where every machine of the carrier stands behind a submeter."""
    judged = False
    for carrier in ("electricity", "natural_gas"):
        sums = {"main": 0.0, "sub": 0.0}
        for meter in project.case.meters if project.case else ():
            if meter.carrier == carrier and meter.id in project.meters:
                series = project.meters[meter.id]
                sums[meter.role] += float(series.amount.sum())
        if not sums["main"] or not sums["sub"]:
            continue
        judged = True
        ratio = sums["sub"] / sums["main"]
        low = limit("TB11", "low") if _all_behind_submeters(project, carrier) else 0.0
        if not low <= ratio <= limit("TB11", "high"):
            severity = "error" if ratio > limit("TB11", "error") else None
            numbers = {"sub": f"{sums['sub']:,.6g}", "main": f"{sums['main']:,.6g}", "ratio": f"{ratio:.3f}"}
            yield say("TB11", carrier, severity=severity, **numbers)
    if not judged:
        yield lacks("TB11")


def _all_behind_submeters(project: Project, carrier: str) -> bool:
    submeters = {m.id for m in project.case.meters if m.role == "sub"} if project.case else set()
    machines = project.case.plant.machines if project.case else ()
    uses = [use for m in machines for name, use in m.energy.items() if name == carrier]
    return bool(uses) and all(isinstance(use, Metered) and use.meter in submeters for use in uses)


def below_legal_minimum(project: Project) -> Iterator[Outcome]:
    """TB14: a motor at its end of life compared with a class that may no longer be sold."""
    judged = False
    for r in project.notes.replaced:
        if r.age is None or r.life is None or r.compared_class is None or r.rated_power is None or project.case is None:
            continue
        judged = True
        legal = _legal_class(r.rated_power.value_in("kW"), project.case.period.last_day)
        worn = r.age.value >= r.life.value
        if worn and legal and CLASSES.index(r.compared_class) < CLASSES.index(legal):
            yield say("TB14", r.measure, compared=r.compared_class, legal=legal, age=str(r.age), life=str(r.life))
    if not judged:
        yield lacks("TB14")


def _legal_class(kilowatts: float, day: dt.date) -> str:
    """Least class that may be sold; the class without a date holds where a dated one is not in force yet."""
    best = ""
    for row in read_table("motor_legal_minimum_taiwan").rows:
        in_force = row["since"] == "not_stated" or dt.date.fromisoformat(row["since"]) <= day
        if float(row["rating_from"]) <= kilowatts <= float(row["rating_to"]) and in_force:
            best = max(best, row["ie_class"])
    return best


def early_retirement(project: Project) -> Iterator[Outcome]:
    """TB15: a machine with years left, and its saving counted over the whole life of the new one."""
    judged = False
    for r in project.notes.replaced:
        if r.age is None or r.life is None or r.measure_life is None or r.baselines is None:
            continue
        judged = True
        left = r.life.value - r.age.value
        if 0 < left < r.measure_life.value - SAME and r.baselines == "one":
            yield say("TB15", r.measure, left=f"{left:g} yr", life=str(r.measure_life))
    if not judged:
        yield lacks("TB15")


def double_measure(project: Project) -> Iterator[Outcome]:
    """TB16: two measures with one tag and one technology, or with the same states on one machine."""
    measures = project.case.measures if project.case else ()
    tags = {t.measure: t.tag for t in project.notes.tags}
    for i, first in enumerate(measures):
        for second in measures[i + 1 :]:
            if first.technology != second.technology:
                continue
            tag = tags.get(first.id, "")
            if (tag and tag == tags.get(second.id)) or _same_states(first, second):
                yield say("TB16", f"{first.id}, {second.id}", tag=tag or first.machine, technology=first.technology)


def _same_states(first: Measure, second: Measure) -> bool:
    if first.machine != second.machine:
        return False
    a, b = ([(place, name, size(q)) for place, name, q in parameters_of(m)] for m in (first, second))
    return bool(a) and a == b and any(size(q) for _, _, q in parameters_of(first))


def below_theory(project: Project) -> Iterator[Outcome]:
    """TB18: energy after the measures by output, against the heat that the product takes up."""
    judged = False
    for f in project.notes.furnaces:
        level = project.level(f.machine)
        if level is None:
            continue
        judged = True
        after = sum(_kilowatt_hours(c.energy_after) for c in level.carriers.values())
        per_tonne, least = after / f.output.value_in("t"), limit("TB18", f.product)
        if per_tonne < least * (1 - limit("TB18", "within")):
            yield say(
                "TB18", f.machine, intensity=f"{per_tonne:,.4g} kWh/t", least=f"{least:g} kWh/t", product=f.product
            )
    if not judged:
        yield lacks("TB18")


def _kilowatt_hours(q: Quantity) -> float:
    return size(q) / 3.6e6


CHECKS: dict[str, ProjectCheck] = {
    "TB06": interactive_effects,
    "TB07": take_back,
    "TB09": saving_above_base,
    "TB10": saving_above_bill,
    "TB11": energy_balance,
    "TB14": below_legal_minimum,
    "TB15": early_retirement,
    "TB16": double_measure,
    "TB18": below_theory,
}
