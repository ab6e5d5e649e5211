"""Rules on the instalments of the grant: conditions, papers and amounts of the one that is being asked for."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from energycalc.case.application import Application, Instalment
from energycalc.case.exact import exact_money, exact_number
from energycalc.checks.programme.edition import Rule
from energycalc.checks.programme.outcome import Answer, not_stated, percent, twd

WHERE = "application.instalment"
HUNDRED = Fraction(100)


def instalment(rule: Rule, application: Application) -> Answer:
    """The instalment asked for: amount ≤ share of the approved grant, progress, spending and papers as the rule says.

    The last one is by actual spending: amount ≤ spent − paid as well.
    """
    share, number = rule.number("percent") / HUNDRED, rule.whole("number")
    asked = application.instalment
    if asked is None or asked.number != number:
        planned = f" ({twd(share * exact_money(application.approved.grant))})" if application.approved else ""
        return Answer(
            "not_applicable",
            f"Not asked for now: {percent(share)} of the approved grant{planned}.",
            f"目前未請領：核定輔導經費之 {percent(share)}{planned}。",
            "",
            percent(share),
        )
    if application.approved is None:
        return not_stated("application.approved.grant")
    most = share * exact_money(application.approved.grant)
    unknown: list[str] = []
    faults: list[tuple[str, str]] = []
    _amount(rule, asked, most, unknown, faults)
    _progress(rule, asked, unknown, faults)
    needs: list[Mapping[str, Any]] = list(rule.many("needs"))
    for need in needs:
        if need["id"] not in asked.confirmed:
            faults.append((f"not confirmed: {need['id']} ({need['en']})", f"未備：{need['id']}（{need['zh']}）"))
    stated = twd(exact_money(asked.requested)) if asked.requested is not None else ""
    limit = f"≤ {twd(most)}"
    if faults:
        return Answer(
            "missed", "; ".join(en for en, _ in faults) + ".", "；".join(zh for _, zh in faults) + "。", stated, limit
        )
    if unknown:
        return not_stated(", ".join(f"{WHERE}.{key}" for key in unknown), limit)
    return Answer(
        "met", f"All conditions of instalment {number} are met.", f"第 {number} 期請領條件皆已具備。", stated, limit
    )


def _amount(rule: Rule, asked: Instalment, most: Fraction, unknown: list[str], faults: list[tuple[str, str]]) -> None:
    if asked.requested is None:
        unknown.append("requested")
        return
    requested = exact_money(asked.requested)
    if requested > most:
        faults.append((f"{twd(requested)} is more than {twd(most)}", f"請領 {twd(requested)} 逾 {twd(most)}"))
    if rule.truth("last"):
        if asked.spent is None or asked.paid is None:
            unknown += [key for key in ("spent", "paid") if getattr(asked, key) is None]
            return
        left = exact_money(asked.spent) - exact_money(asked.paid)
        if requested > left:
            faults.append(
                (
                    f"{twd(requested)} is more than spent less paid, {twd(left)}",
                    f"請領 {twd(requested)} 逾實支減已撥 {twd(left)}",
                )
            )


def _progress(rule: Rule, asked: Instalment, unknown: list[str], faults: list[tuple[str, str]]) -> None:
    if "least_work_percent" in rule.values:
        least = rule.number("least_work_percent") / HUNDRED
        if asked.work_done is None:
            unknown.append("work_done")
        elif (done := exact_number(asked.work_done)) < least:
            shown = percent(done, least)
            faults.append((f"work done {shown} is below {percent(least)}", f"工作進度 {shown} 未達 {percent(least)}"))
    if "least_spent_percent" in rule.values:
        least = rule.number("least_spent_percent") / HUNDRED
        lacking = [key for key in ("paid", "spent") if getattr(asked, key) is None]
        unknown += lacking
        if asked.paid is None or asked.spent is None:
            return
        paid, spent = exact_money(asked.paid), exact_money(asked.spent)
        if spent < least * paid:
            faults.append(
                (
                    f"spent {twd(spent)} is below {percent(least)} of the {twd(paid)} paid",
                    f"實支 {twd(spent)} 未達已撥 {twd(paid)} 之 {percent(least)}",
                )
            )
