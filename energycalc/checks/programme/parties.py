"""Rules on who takes part: industry, registrations, declarations, people, verifier."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from energycalc.case.application import Application
from energycalc.case.case import Case, Party
from energycalc.case.days import roc_year
from energycalc.case.exact import exact_money, exact_number
from energycalc.case.registration import Registration
from energycalc.checks.programme.edition import Rule
from energycalc.checks.programme.outcome import Answer, compared, not_stated, not_yet, plain, roc, twd

Applied = Application | Registration
DECLARATIONS = "declarations"


def party_class(rule: Rule, case: Case) -> Answer:
    """The party's industry code begins with one of the codes; a code too short to tell is missing."""
    key, codes = f"parties.{rule.text('party')}.industry_code", _codes(rule)
    code = _code(case, rule.text("party"))
    limit = ", ".join(codes)
    if code is None:
        return not_stated(key, limit)
    if any(code.startswith(c) for c in codes):
        return Answer("met", f"Class {code} is listed.", f"{code} 類在所列範圍內。", code, limit)
    if any(c.startswith(code) for c in codes):
        return not_stated(f"{key} with three digits ({code} may be one of the listed classes)", limit)
    return Answer("missed", f"Class {code} is not listed.", f"{code} 類不在所列範圍內。", code, limit)


def class_conflict(rule: Rule, case: Case, against: Rule) -> Answer:
    """A class that one clause lists and another leaves out: shown, never decided.

    Args:
        rule: the narrower clause.
        case: the case.
        against: the rule with the longer list.
    """
    code, narrow, wide = _code(case, rule.text("party")), _codes(rule), _codes(against)
    limit = ", ".join(narrow)
    if code is None:
        return not_stated(f"parties.{rule.text('party')}.industry_code", limit)
    if any(code.startswith(c) for c in narrow):
        return Answer("met", f"Class {code} fits both clauses.", f"{code} 類同時符合兩處條文。", code, limit)
    if not any(code.startswith(c) or c.startswith(code) for c in wide):
        return Answer("missed", f"Class {code} fits neither clause.", f"{code} 類不符合任一條文。", code, limit)
    return Answer(
        "conflict",
        f"Class {code} is in the list of {against.clause}, but {rule.clause} asks for class {limit}; "
        "the document contradicts itself and nothing is decided here.",
        f"{code} 類列於{against.clause}，惟{rule.clause}僅列 {limit} 類；條文前後不一致，本程式不予判定。",
        code,
        limit,
    )


def declared(rule: Rule, applied: Applied) -> Answer:
    """Somebody says yes (or no), with a source."""
    key, wanted = rule.text("key"), rule.truth("wanted")
    said = applied.declarations.get(key)
    if said is None:
        return not_stated(f"{DECLARATIONS}.{key}", _yes_no(wanted))
    shown = _yes_no(said.said)
    return Answer(
        "met" if said.said == wanted else "missed",
        f"Declared: {shown} ({said.source}).",
        f"聲明：{'是' if said.said else '否'}（{said.source}）。",
        shown,
        _yes_no(wanted),
    )


def declared_later(rule: Rule, applied: Applied) -> Answer:
    """As :func:`declared`, for a phase after the application: nothing said is not yet missing."""
    if rule.text("key") not in applied.declarations:
        return not_yet(f"{DECLARATIONS}.{rule.text('key')}")
    return declared(rule, applied)


def declared_as_a_rule(rule: Rule, applied: Applied) -> Answer:
    """As :func:`declared_later`, for a principle (為原則): the other answer is a warning."""
    answer = declared_later(rule, applied)
    return replace(answer, status="warned") if answer.status == "missed" else answer


def declared_of_kind(rule: Rule, registration: Registration) -> Answer:
    """As :func:`declared`, for applicants of one kind only."""
    kind = rule.text("applicant")
    if registration.applicant is None:
        return not_stated("applicant.kind")
    if registration.applicant.kind != kind:
        return Answer(
            "not_applicable", f"Only for a {kind}.", "僅適用於該類申請單位。", registration.applicant.kind, kind
        )
    return declared(rule, registration)


def not_negative(rule: Rule, applied: Applied) -> Answer:
    """Net worth ≥ 0."""
    if applied.net_worth is None:
        return not_stated("net_worth", "≥ NT$ 0")
    worth = exact_money(applied.net_worth)
    return compared(worth >= 0, twd(worth), "≥ NT$ 0", "The net worth of", "淨值")


def verifier_class(rule: Rule, case: Case) -> Answer:
    """The verifier's registration is of the class asked for."""
    begins = rule.text("begins_with")
    party, application = case.parties.verifier, case.application
    registered = application.verifier if application else None
    stated = registered.service_class if registered else party.registration if party else None
    if stated is None:
        return not_stated("application.verifier.service_class", f"{begins}…")
    holds = re.match(rf"{re.escape(begins)}(?![A-Za-z])", stated.strip()) is not None
    return compared(holds, stated, f"{begins}…", "The verifier's registration", "查證單位登錄類別")


def verifier_valid(rule: Rule, application: Application) -> Answer:
    """The verifier's registration does not end before the project does (a warning)."""
    if application.verifier is None or application.verifier.valid_to is None:
        return not_stated("application.verifier.valid_to")
    if application.end is None:
        return not_stated("application.end")
    until, end = application.verifier.valid_to, application.end
    return compared(
        until >= end, roc(until), f"≥ {roc(end)}", "The verifier's registration to", "查證單位登錄有效至", "warned"
    )


def verifier_independent(rule: Rule, case: Case) -> Answer:
    """The verifier's name is neither the consultant's nor the client's."""
    parties = case.parties
    if parties.verifier is None or parties.consultant is None or parties.client is None:
        return not_stated("parties (consultant, client, verifier)")
    same = [
        word for word, party in (("consultant", parties.consultant), ("client", parties.client))
        if _same(party, parties.verifier)
    ]  # fmt: skip
    if not same:
        return Answer("met", "Three different names.", "三方名稱不同。", parties.verifier.name)
    return Answer(
        "missed", f"The verifier is the {same[0]} too.", "查證單位與輔導單位或受輔導業者相同。", parties.verifier.name
    )


def staff_load(rule: Rule, application: Application) -> Answer:
    """Σ person-months of one person in one month ≤ limit, over all projects."""
    most = rule.number("most")
    limit, complete = f"≤ {plain(most)}", rule.text("complete_key")
    if not application.staff:
        return not_stated("application.staff", limit)
    loads: dict[tuple[str, dt.date], Fraction] = {}
    for row in application.staff:
        for month in row.months:
            loads[row.person, month] = loads.get((row.person, month), Fraction()) + exact_number(row.person_months)
    over = {key: load for key, load in loads.items() if load > most}
    (person, month), highest = max(loads.items(), key=lambda item: (item[1], item[0]))
    shown = f"{person} {roc(month).rsplit('/', 1)[0]}: {plain(highest)}"
    if over:
        return Answer(
            "missed",
            f"{len(over)} months of a person with more than {plain(most)} person-months, the highest {shown}.",
            f"有 {len(over)} 個人員月份超過 {plain(most)} 人月，最高為 {shown}。",
            shown,
            limit,
        )
    said = application.declarations.get(complete)
    if said is None or not said.said:
        return not_stated(f"{DECLARATIONS}.{complete}: yes (other projects of the same persons count too)", limit)
    return compared(True, shown, limit, "The highest load, in person-months of one month,", "單月最高投入人月數")


def case_count(rule: Rule, application: Application) -> Answer:
    """Approved cases beside this one, and this one, ≤ limit."""
    key, most = f"approved_cases_of_{rule.text('party')}", rule.whole("most")
    others = getattr(application, key)
    if others is None:
        return not_stated(f"application.{key}", f"≤ {most}")
    return compared(others + 1 <= most, str(others + 1), f"≤ {most}", "With this case", "連同本案，案次")


def supported_before(rule: Rule, application: Application) -> Answer:
    """The client was not supported by the programme in the years before."""
    years = [rule.year - back for back in range(1, rule.whole("years") + 1)]
    limit = "≠ " + ", ".join(str(roc_year(year)) for year in years)
    if application.client_supported_in is None:
        return not_stated("application.client_supported_in ([] says never)", limit)
    hits = [year for year in application.client_supported_in if year in years]
    stated = ", ".join(str(roc_year(year)) for year in application.client_supported_in) or "–"
    return compared(not hits, stated, limit, "Supported in the years", "曾獲輔導年度")


def double_support(rule: Rule, application: Application) -> Answer:
    """No other public support of an object of this application (of the same year, if the rule says so)."""
    if application.other_support is None:
        return not_stated("application.other_support ([] says none)")
    only = rule.truth("same_year_only")
    hits = [s for s in application.other_support if not only or s.year == rule.year]
    if not hits:
        return Answer("met", "No other support is stated.", "未載其他補助。")
    shown = "; ".join(f"{s.object}: {s.programme} ({roc_year(s.year)})" for s in hits)
    return Answer("missed", f"Other support of the same object: {shown}.", f"標的物另有政府資源：{shown}。", shown, "0")


def parts_reason(rule: Rule, case: Case) -> Answer:
    """Every measure says where its key parts come from; imported ones have a reason (the case file refuses them else)."""
    silent = [m.id for m in case.measures if m.parts is None]
    if silent:
        return not_stated("measures.parts: " + ", ".join(silent))
    foreign = [f"{m.id}: {m.parts.reason}" for m in case.measures if m.parts and m.parts.origin != "domestic"]
    if not foreign:
        return Answer("met", "All key parts are domestic.", "關鍵零組件皆為國產。", "0")
    shown = "; ".join(foreign)
    return Answer("met", f"Foreign parts with their reasons: {shown}. They must stand in the plan in detail.",
                  f"使用國外零組件及理由：{shown}；須於計畫書詳細說明。", shown)  # fmt: skip


def applicant_kind(rule: Rule, registration: Registration) -> Answer:
    """The applicant is of an admitted kind."""
    kinds = [str(kind) for kind in rule.many("kinds")]
    if registration.applicant is None:
        return not_stated("applicant.kind", ", ".join(kinds))
    kind = registration.applicant.kind
    return compared(kind in kinds, kind, ", ".join(kinds), "Kind of applicant:", "申請單位類別")


def _codes(rule: Rule) -> Sequence[str]:
    return [str(code) for code in rule.many("codes")]


def _code(case: Case, party: str) -> str | None:
    found: Party | None = getattr(case.parties, party)
    return found.industry_code if found else None


def _same(one: Party, other: Party) -> bool:
    return "".join(one.name.split()) == "".join(other.name.split())


def _yes_no(truth: bool) -> str:
    return "yes" if truth else "no"
