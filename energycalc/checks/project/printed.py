"""What a report prints against the case's own numbers: rounding, sums, digits, slips, and the known wrong ways."""

from __future__ import annotations

from collections.abc import Iterator

from energycalc.case.measure import parameters_of
from energycalc.case.review_facts import Printed, last_digit, printed_quantity
from energycalc.checks.catalogue import limit
from energycalc.checks.project.project import (
    SAME,
    Missing,
    Outcome,
    Project,
    ProjectCheck,
    as_range,
    differs,
    kind,
    lacks,
    say,
    size,
)
from energycalc.checks.project.units import multipliers, same_calorie
from energycalc.checks.range import Range
from energycalc.checks.slips import slip_behind
from energycalc.quantity import Quantity

BY_COMPARISON = ("TA01", "TA03", "TB08", "TB12", "TB13", "TC09", "TC12", "TU02", "TU03")
"""Checks that compare a printed number with the case's own."""


def against_own(project: Project) -> Iterator[Outcome]:
    """TA01 and what explains it: TU02, TU03, TB08, TB12, TB13, TC09, TC12; and TA03 on numbers that agree."""
    if not project.notes.printed or project.assessment is None:
        for check in BY_COMPARISON:
            yield Missing(check, *_lacks_printed())
        return
    for p in project.notes.printed:
        own, stated = project.own(p), printed_quantity(p.value)
        if own is None or kind(own) != kind(stated):
            en, zh = _lacks_printed()
            yield Missing("TA01", f"{en} ({p.what} of {p.of})", f"{zh}（{p.of} 之 {p.what}）")
            continue
        known = list(_explained(project, p, stated, own))
        yield from known or _judged(project, p, stated, own)


def _lacks_printed() -> tuple[str, str]:
    missing = lacks("TA01")
    return missing.en, missing.zh


def _explained(project: Project, p: Printed, stated: Quantity, own: Quantity) -> Iterator[Outcome]:
    """A wrong way of computing that gives exactly the printed number, where the right way gives another."""
    printed = as_range(stated, last_digit(p.value))
    if printed.meets(Range.exact(size(own))):
        return
    subject = f"{p.of} {p.what}"
    numbers = {"printed": p.value, "own": str(own)}
    ways = (*_added(project, p), *_first_base(project, p), *_difference(project, p), *_one_side(project, p))
    for key, value in ways:
        if differs(value, size(stated)) <= _tolerance(key) or printed.meets(Range.exact(value)):
            yield say(key, subject, **numbers)
            return
    ratio = size(stated) / size(own) if own.value else 0.0
    slip = limit("TC09", "ratio")
    if p.what == "emission_saving" and any(abs(ratio / s - 1) <= limit("TC09", "within") for s in (slip, 1 / slip)):
        yield say("TC09", subject, **numbers)
    elif same_calorie(ratio):
        yield say("TU03", subject, **numbers)


def _tolerance(key: str) -> float:
    return limit(key, "within") if key in ("TB08", "TB13", "TB12") else SAME


def _added(project: Project, p: Printed) -> Iterator[tuple[str, float]]:
    """TB08: the rates of several measures on one machine, added up."""
    level = project.level(p.of)
    if level is None or level.level != "machine" or p.what not in ("saving", "saving_rate"):
        return
    for name, carrier in level.carriers.items():
        steps = [m for m in project.results() if m.measure.machine == level.id and m.carrier == name]
        rates = [m.saving_rate.value_in("1") for m in steps if m.is_main and m.saving_rate is not None]
        if len(rates) > 1 and p.carrier in (None, name):
            base = 1.0 if p.what == "saving_rate" else size(carrier.energy_before)
            yield "TB08", sum(rates) * base


def _first_base(project: Project, p: Printed) -> Iterator[tuple[str, float]]:
    """TB13: the rate of a later measure, taken of what was used before the first one."""
    result = project.main_result(p.of)
    if result is None or p.what != "saving" or result.saving_rate is None:
        return
    first = next(
        m for m in project.results() if m.measure.machine == result.measure.machine and m.carrier == result.carrier
    )
    if first.measure.id != result.measure.id:
        yield "TB13", result.saving_rate.value_in("1") * size(first.energy_before)


def _difference(project: Project, p: Printed) -> Iterator[tuple[str, float]]:
    """TB12: the difference of two efficiencies, or their relative rise, instead of 1 − η0/η1."""
    result = project.main_result(p.of)
    if result is None or p.what not in ("saving", "saving_rate"):
        return
    base = 1.0 if p.what == "saving_rate" else size(result.energy_before)
    sides = {(place, name): q.value_in("1") for place, name, q in parameters_of(result.measure) if "efficiency" in name}
    for (place, name), before in sides.items():
        after = sides.get(("after", name))
        if place == "before" and after is not None and after > before > 0:
            yield "TB12", (after - before) * base
            yield "TB12", (after / before - 1) * base


def _one_side(project: Project, p: Printed) -> Iterator[tuple[str, float]]:
    """TC12: the emission of the carrier that is saved, without that of the carrier taken up."""
    if p.what != "emission_saving" or p.carrier is not None:
        return
    parts = [size(m.emission_saving) for m in project.results("" if p.of == "plant" else p.of)]
    if any(part < 0 for part in parts):
        yield "TC12", sum(part for part in parts if part > 0)


def _judged(project: Project, p: Printed, stated: Quantity, own: Quantity) -> Iterator[Outcome]:
    step, subject = last_digit(p.value), f"{p.of} {p.what}"
    difference = differs(size(stated), size(own))
    agrees = as_range(stated, step).meets(Range.exact(size(own)))
    if not agrees and difference > limit("TA01", "warning"):
        ratio = size(stated) / size(own) if own.value else 0.0
        numbers = {"printed": p.value, "own": str(own)}
        slip = slip_behind(ratio, multipliers(project), words=f"{p.value} {own}") if ratio > 0 else None
        if slip:
            yield say("TU02", subject, slip=(slip[0].en, slip[0].zh), ratio=f"{ratio:.5g}", **numbers)
        severe = difference > limit("TA01", "error")
        yield say("TA01", subject, severity="error" if severe else "warning", difference=f"{difference:.2%}", **numbers)
        return
    assert project.assessment is not None
    result = project.assessment.uncertainty.get(own)
    u = result.standard_uncertainty if result else None
    if u and step * stated.unit.factor < limit("TA03", "share_of_u") * u * own.unit.factor * (1 - SAME):
        yield say("TA03", subject, printed=p.value, step=f"{step:g}", u=f"{u:.2g} {own.unit}")


def sums(project: Project) -> Iterator[Outcome]:
    """TA02: printed parts against their printed total, half a unit of the last digit each."""
    added = [p for p in project.notes.printed if p.parts]
    if not added:
        yield lacks("TA02")
    for p in added:
        total = printed_quantity(p.value)
        parts = [printed_quantity(text) for text in p.parts]
        play = sum(last_digit(t) * q.unit.factor / 2 for t, q in zip((p.value, *p.parts), (total, *parts), strict=True))
        whole = sum(size(q) for q in parts)
        if any(kind(q) != kind(total) for q in parts) or abs(whole - size(total)) > play * (1 + SAME):
            numbers = {"parts": " + ".join(p.parts), "total": p.value}
            yield say("TA02", f"{p.of} {p.what}", whole=f"{whole / total.unit.factor:,.8g} {total.unit}", **numbers)


def products(project: Project) -> Iterator[Outcome]:
    """TC15 and TF02: printed saving by the factor or price printed beside the result; TF01: payback from its two sides."""
    by_key = {(p.of, p.what, p.carrier): p for p in project.notes.printed}
    judged = {"TC15": False, "TF01": False, "TF02": False}
    for p in project.notes.printed:
        check = {"emission_saving": "TC15", "cost_saving": "TF02"}.get(p.what, "")
        saving = by_key.get((p.of, "saving", p.carrier))
        if check and p.factor and saving is not None:
            judged[check] = True
            yield from _product(check, p, _range(saving.value) * _range(p.factor), f"{saving.value} × {p.factor}")
        cost, invested = by_key.get((p.of, "cost_saving", p.carrier)), by_key.get((p.of, "investment", None))
        if p.what == "payback" and cost is not None and invested is not None and printed_quantity(cost.value).value:
            judged["TF01"] = True
            yield from _product(
                "TF01", p, _range(invested.value) / _range(cost.value), f"{invested.value} ÷ {cost.value}"
            )
    for check in (check for check, done in judged.items() if not done):
        yield lacks(check)


def _range(text: str) -> Range:
    return as_range(printed_quantity(text), last_digit(text))


def _product(check: str, p: Printed, computed: Range, how: str) -> Iterator[Outcome]:
    stated = printed_quantity(p.value)
    apart = differs(computed.value, size(stated))
    if apart > limit(check, "within") + SAME and not computed.meets(_range(p.value)):
        shown = f"{computed.value / stated.unit.factor:,.6g} {stated.unit}"
        yield say(check, f"{p.of} {p.what}", how=how, computed=shown, printed=p.value, difference=f"{apart:.1%}")


CHECKS: dict[str, ProjectCheck] = {"TA01": against_own, "TA02": sums, "TC15": products}
