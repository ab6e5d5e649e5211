"""Rules of a service registration: items applied for, specialists, reference cases."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from energycalc.case.exact import exact_number
from energycalc.case.plant import PROCESSES
from energycalc.case.registration import ReferenceCase, Registration
from energycalc.checks.programme.edition import Rule
from energycalc.checks.programme.outcome import Answer, compared, months_later, not_stated, plain, roc


def items(rule: Rule, registration: Registration) -> Answer:
    """At least one item is applied for, and each is one of the edition's."""
    known = [str(item) for item in rule.many("items")]
    limit = ", ".join(known)
    if not registration.items:
        return not_stated("items", limit)
    strange = [item for item in registration.items if item not in known]
    stated = ", ".join(registration.items)
    zh = "、".join(PROCESSES[item] for item in registration.items)
    if strange:
        return Answer("missed", f"No item of this edition: {', '.join(strange)}.", f"非本年度項目：{', '.join(strange)}。",
                      stated, limit)  # fmt: skip
    return Answer("met", f"Applied for: {stated}.", f"申請項目：{zh}。", stated, limit)


def specialist(rule: Rule, registration: Registration) -> Answer:
    """Full-time persons with a stated skill and years of work ≥ limit: as many as the rule says."""
    persons, years = rule.whole("least_persons"), rule.number("least_years")
    limit = f"≥ {persons} × ≥ {plain(years)} yr"
    if not registration.specialists:
        return not_stated("specialists", limit)
    able = [p for p in registration.specialists if p.full_time and exact_number(p.experience) >= years]
    skilled = [p for p in able if p.skill]
    shown = "; ".join(
        f"{p.person}: {plain(exact_number(p.experience))} yr, {'full time' if p.full_time else 'part time'}"
        for p in registration.specialists
    )
    if len(skilled) < persons <= len(able):
        return not_stated(f"specialists.skill of {', '.join(p.person for p in able)}", limit)
    return compared(len(skilled) >= persons, shown, limit, "Specialists:", "專任人員")


def references_recent(rule: Rule, registration: Registration) -> Answer:
    """All reference cases were completed in the years before the application, and not after it."""
    if not registration.reference_cases:
        return not_stated("reference_cases")
    if registration.applied_on is None:
        return not_stated("applied_on (the years are counted back from it)")
    first = months_later(registration.applied_on, -12 * rule.whole("years"))
    outside = [r for r in registration.reference_cases if not first <= r.completed_on <= registration.applied_on]
    limit = f"{roc(first)}–{roc(registration.applied_on)}"
    shown = "; ".join(f"{r.id}: {roc(r.completed_on)}" for r in (outside or registration.reference_cases))
    if len(outside) == len(registration.reference_cases) or not outside:
        return compared(not outside, shown, limit, "Completed:", "完成日")
    return Answer(
        "warned", f"Outside {limit}, not counted: {shown}.", f"不在 {limit} 內，不予計入：{shown}。", shown, limit
    )


def references_external(rule: Rule, registration: Registration) -> Answer:
    """No reference case is the applicant's own."""
    if not registration.reference_cases:
        return not_stated("reference_cases")
    inside = [r.id for r in registration.reference_cases if not r.external]
    if not inside:
        return Answer("met", "All reference cases are for others.", "皆為對外輔導案例。")
    return Answer(
        "missed", f"Own cases: {', '.join(inside)}.", f"單位內部案例：{', '.join(inside)}。", ", ".join(inside), "0"
    )


def references_match(rule: Rule, registration: Registration) -> Answer:
    """Each item applied for has an external reference case of that item, recent and with evidence."""
    if not registration.items:
        return not_stated("items")
    if registration.applied_on is None:
        return not_stated("applied_on (the years are counted back from it)")
    first = months_later(registration.applied_on, -12 * rule.whole("years"))
    fitting = [
        r for r in registration.reference_cases if r.external and first <= r.completed_on <= registration.applied_on
    ]
    without = _without([r for r in fitting if r.evidence], registration.items)
    if without and not _without(fitting, registration.items):
        return not_stated(f"reference_cases.evidence for {', '.join(without)}")
    stated = f"{len(registration.items) - len(without)} / {len(registration.items)}"
    if not without:
        return Answer("met", "Every item has its reference case.", "各申請項目皆有對應實績。", stated)
    zh = "、".join(PROCESSES[item] for item in without)
    return Answer("missed", f"No reference case for: {', '.join(without)}.", f"無對應實績案例：{zh}。", stated,
                  str(Fraction(len(registration.items))))  # fmt: skip


def _without(cases: Sequence[ReferenceCase], wanted: Sequence[str]) -> list[str]:
    there = {r.process for r in cases}
    return [item for item in wanted if item not in there]
