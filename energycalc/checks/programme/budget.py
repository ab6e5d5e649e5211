"""Rules on the budget: total, shares, accounts. All amounts are compared as fractions of what was written."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from energycalc.case.application import Application, BudgetLine, SpentLine
from energycalc.case.exact import exact_money
from energycalc.checks.programme.edition import Rule
from energycalc.checks.programme.outcome import Answer, compared, not_stated, not_yet, percent, twd

BUDGET, TAX = "application.budget", "application.tax_included"
HUNDRED = Fraction(100)
Line = BudgetLine | SpentLine


def granted(lines: Iterable[Line]) -> Fraction:
    """Sum of the grant, TWD."""
    return sum((exact_money(line.grant) for line in lines), Fraction())


def own(lines: Iterable[Line]) -> Fraction:
    """Sum of the own share, TWD."""
    return sum((exact_money(line.own) for line in lines), Fraction())


def whole(lines: Iterable[Line]) -> Fraction:
    """Sum of grant and own share, TWD."""
    found = tuple(lines)
    return granted(found) + own(found)


def with_tax(rule: Rule, application: Application) -> Answer:
    """Whether all amounts are with tax; amounts without it are not converted."""
    if application.tax_included is None:
        return not_stated(TAX)
    if application.tax_included:
        return Answer("met", "The amounts are with tax.", "金額含稅。")
    return Answer("missed", "The amounts are without tax.", "金額未含稅。")


def total_at_most(rule: Rule, application: Application) -> Answer:
    """Grant + own share ≤ limit, with tax; below it without tax nothing is known."""
    total, most = whole(application.budget), rule.number("most_twd")
    if not application.budget:
        return not_stated(BUDGET, f"≤ {twd(most)}")
    if total <= most and not application.tax_included:
        return not_stated(f"{TAX}: yes; without it {twd(total)} cannot be compared", f"≤ {twd(most)}")
    return compared(total <= most, twd(total), f"≤ {twd(most)}", "The whole budget of", "總經費")


def grant_at_most(rule: Rule, application: Application) -> Answer:
    """Grant ≤ limit."""
    grant, most = granted(application.budget), rule.number("most_twd")
    if not application.budget:
        return not_stated(BUDGET, f"≤ {twd(most)}")
    if grant <= most and not application.tax_included:
        return not_stated(f"{TAX}: yes; without it {twd(grant)} cannot be compared", f"≤ {twd(most)}")
    return compared(grant <= most, twd(grant), f"≤ {twd(most)}", "The grant of", "政府輔導經費")


def grant_share(rule: Rule, application: Application) -> Answer:
    """Grant ÷ whole budget ≤ limit."""
    most = rule.number("most_percent") / HUNDRED
    if not application.budget:
        return not_stated(BUDGET, f"≤ {percent(most)}")
    share = granted(application.budget) / whole(application.budget)
    return compared(
        share <= most, percent(share, most), f"≤ {percent(most)}", "The grant's share of", "政府輔導經費占比"
    )


def own_share(rule: Rule, application: Application) -> Answer:
    """Own share ÷ whole budget ≥ limit."""
    least = rule.number("least_percent") / HUNDRED
    if not application.budget:
        return not_stated(BUDGET, f"≥ {percent(least)}")
    share = own(application.budget) / whole(application.budget)
    return compared(share >= least, percent(share, least), f"≥ {percent(least)}", "The own share of", "自籌款占比")


def own_amount(rule: Rule, application: Application) -> Answer:
    """Own share ≥ an amount that belongs to a certain total; for smaller totals the text can be read in two ways."""
    least, of_total = rule.number("least_twd"), rule.number("of_total_twd")
    if not application.budget:
        return not_stated(BUDGET, f"≥ {twd(least)}")
    total, paid = whole(application.budget), own(application.budget)
    if paid >= least or total >= of_total:
        return compared(paid >= least, twd(paid), f"≥ {twd(least)}", "The own share of", "自籌款")
    return Answer(
        "conflict",
        f"The own share of {twd(paid)} is below {twd(least)}, the budget of {twd(total)} below {twd(of_total)}: "
        f"whether the amount binds a smaller budget is not said, and not decided here.",
        f"自籌款 {twd(paid)} 低於 {twd(least)}，總經費 {twd(total)} 低於 {twd(of_total)}："
        "該金額是否適用於較小之總經費，條文未明，本程式不予判定。",
        twd(paid),
        f"≥ {twd(least)} (?)",
    )


def use_needed(rule: Rule, application: Application) -> Answer:
    """Something of the budget is for this use."""
    use = rule.text("use")
    if not application.budget:
        return not_stated(BUDGET, f"{use} > 0")
    amount = _for(application, use)
    return compared(amount > 0, twd(amount), "> NT$ 0", f"The budget for {use} of", f"{_USES[use]}經費")


def use_share(rule: Rule, application: Application) -> Answer:
    """Budget for a use ÷ whole budget ≥ limit."""
    use, least = rule.text("use"), rule.number("least_percent") / HUNDRED
    if not application.budget:
        return not_stated(BUDGET, f"≥ {percent(least)}")
    share = _for(application, use) / whole(application.budget)
    return compared(
        share >= least, percent(share, least), f"≥ {percent(least)}", f"The share of {use} of", f"{_USES[use]}占比"
    )


def same_split(rule: Rule, application: Application) -> Answer:
    """Grant of each account = account × grant share of the whole, but for rounding."""
    tolerance = rule.number("tolerance_twd")
    if not application.budget:
        return not_stated(BUDGET)
    share = granted(application.budget) / whole(application.budget)
    limit = f"{percent(share)} ± {twd(tolerance)}"
    off = _split_otherwise(application.budget, share, tolerance)
    if not off:
        return Answer("met", f"Every account is split at {percent(share)}.", f"各科目均以 {percent(share)} 編列。",
                      percent(share), limit)  # fmt: skip
    shown = "; ".join(off)
    return Answer(
        "missed",
        f"Accounts split otherwise than the whole ({percent(share)}): {shown}.",
        f"與總經費比例（{percent(share)}）不同之科目：{shown}。",
        shown,
        limit,
    )


def spending_split(rule: Rule, application: Application) -> Answer:
    """Spending of each account charged to the grant = spending × grant share of the whole budget, but for rounding."""
    tolerance = rule.number("tolerance_twd")
    if not application.spending:
        return not_yet("application.spending")
    if not application.budget:
        return not_stated(BUDGET)
    share = granted(application.budget) / whole(application.budget)
    limit = f"{percent(share)} ± {twd(tolerance)}"
    off = "; ".join(_split_otherwise(application.spending, share, tolerance))
    if not off:
        return Answer("met", f"Spending of every account is shared at {percent(share)}.",
                      f"各科目支出均以 {percent(share)} 分攤。", percent(share), limit)  # fmt: skip
    return Answer("missed", f"Spending shared otherwise than the budget ({percent(share)}): {off}.",
                  f"支出分攤與經費預算表比率（{percent(share)}）不同之科目：{off}。", off, limit)  # fmt: skip


def excluded_accounts(rule: Rule, application: Application) -> Answer:
    """No account bears one of the excluded names and costs something."""
    excluded = [str(word) for word in rule.many("words")]
    if not application.budget:
        return not_stated(BUDGET)
    found = [
        f"{name} {twd(whole(lines))}"
        for name, lines in _accounts(application.budget).items()
        if any(word in name.replace(" ", "") for word in excluded) and whole(lines) > 0
    ]
    if not found:
        listed = "、".join(excluded)
        return Answer("met", f"No account is named {listed} (names only were searched).",
                      f"無名為{listed}之科目（僅比對名稱）。")  # fmt: skip
    shown = "; ".join(found)
    return Answer("missed", f"Not allowed: {shown}.", f"不得編列：{shown}。", shown, "NT$ 0")


def approved_unchanged(rule: Rule, application: Application) -> Answer:
    """Grant = approved grant; own share ≥ approved own share."""
    part: Literal["grant", "own"] = "grant" if rule.text("part") == "grant" else "own"
    if application.approved is None:
        return not_yet("application.approved")
    if not application.budget:
        return not_stated(BUDGET)
    if part == "grant":
        now, then = granted(application.budget), exact_money(application.approved.grant)
        return compared(now == then, twd(now), f"= {twd(then)}", "The grant of", "政府輔導經費")
    now, then = own(application.budget), exact_money(application.approved.own)
    return compared(now >= then, twd(now), f"≥ {twd(then)}", "The own share of", "自籌款")


_USES = {"hardware": "硬體", "software": "軟體", "verification": "查證", "other": "其他"}


def _for(application: Application, use: str) -> Fraction:
    return whole(line for line in application.budget if line.use == use)


def _accounts(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.account, []).append(line)
    return found


def _split_otherwise(lines: Iterable[Line], share: Fraction, tolerance: Fraction) -> list[str]:
    """Accounts of which the grant pays another share, with their amounts."""
    off: list[str] = []
    for name, own_lines in _accounts(lines).items():
        total, found = whole(own_lines), granted(own_lines)
        if abs(found - total * share) > tolerance:
            off.append(f"{name}: {twd(found)} / {twd(total)} = {percent(found / total, share)}")
    return off
