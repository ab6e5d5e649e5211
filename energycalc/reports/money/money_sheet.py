"""The sheet about money: terms, tiers, demand, investments before and after subsidy, flows, cost curve, scenarios.

It computes nothing: every number is a live link to its cell, every ± one to the uncertainty sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from energycalc.assessment import Assessment
from energycalc.effects.money.results import Appraisal, Investment, Money
from energycalc.quantity import Quantity
from energycalc.reports.words import words
from energycalc.reports.workbook_page import Page
from energycalc.reports.workbook_style import Book, fit_row, top

WIDTHS = (14, 30, 14, 14, 22, 18, 12, 16, 14, 12, 14, 14, 16, 12, 16, 16)
ROUNDING = 1e-9
Cells = Sequence[Quantity | str | None]
Text = Mapping[str, str]


def write_money(book: Book, assessment: Assessment, interval_rows: Mapping[int, int]) -> None:
    """Write the sheet of a case with ``economics``.

    Args:
        book: the workbook, with a sheet ``money``.
        assessment: with its money.
        interval_rows: row of the uncertainty sheet by ``id`` of the result.
    """
    money = assessment.money
    assert money is not None
    text = words("money", book.words.language)
    sheet = top(book, "money", text["title"], text["hint"], WIDTHS, None)
    page = Page(book, sheet, assessment.uncertainty, interval_rows)
    row = _terms(page, money, text, 3)
    row = _tiers(page, money, text, row + 1)
    row = _demand(page, money, text, row + 1)
    row = _investments(page, money, text, row + 1)
    row = _flows(page, money, text, row + 1)
    row = _curve(page, money, text, row + 1)
    row = _scenarios(page, money, text, row + 1)
    sheet.print_area(0, 0, row, len(WIDTHS) - 1)


def _section(page: Page, row: int, title: str) -> int:
    for column in range(len(WIDTHS)):
        page.text(row, column, "" if column else title, "section")
    return row + 1


def _headings(page: Page, row: int, titles: Sequence[str]) -> int:
    for column, title in enumerate(titles):
        page.text(row, column, title, "heading")
    fit_row(page.sheet, row, {c: t for c, t in enumerate(titles) if c < len(WIDTHS)}, WIDTHS)
    return row + 1


def _terms(page: Page, money: Money, text: Text, row: int) -> int:
    row = _section(page, row, text["terms"])
    page.text(row, 1, text["flows_are"])
    page.text(row, 2, text[money.basis], "plain")
    page.text(row + 1, 1, text["rate"])
    page.share(row + 1, 2, money.rate)
    page.text(row + 2, 1, text["tariff"])
    plan = money.plan
    page.text(row + 2, 2, text["no_tariff"] if plan is None else f"{plan.name} ({plan.name_zh}; {plan.tax})", "plain")
    row += 3
    for key, q in (("average_price", money.average_price), ("gas_price", money.gas_price)):
        if q is not None:
            page.text(row, 1, text[key])
            page.number(row, 2, q)
            page.unit(row, 3, q)
            row += 1
    return row


def _tiers(page: Page, money: Money, text: Text, row: int) -> int:
    if not money.tier_prices or money.plan is None:
        return row
    row = _section(page, row, text["tiers"])
    row = _headings(
        page, row, ["", text["profile"], text["price"], text["plus_minus"], text["unit"], text["over_average"],
                    text["plus_minus"], text["hours"], text["check"]]
    )  # fmt: skip
    for worth in money.tier_prices:
        page.text(row, 1, worth.profile.id, "strong")
        page.number(row, 2, worth.price, "strong_live")
        page.limit(row, 3, worth.price)
        page.unit(row, 4, worth.price)
        page.number(row, 5, worth.over_average)
        page.limit(row, 6, worth.over_average)
        page.text(row, 7, f"{worth.hours:,.0f}", "text")
        page.text(row, 8, "–" if worth.check is None else _rest(worth.check), "text")
        row += 1
    row = _headings(page, row + 1, ["", text["shares"], *(w.profile.id for w in money.tier_prices)])
    for tier in money.plan.tiers:
        name = f"{text[f'season_{tier.season}']} · {text[f'period_{tier.period}']}"
        page.text(row, 1, name)
        for column, worth in enumerate(money.tier_prices, 2):
            page.share(row, column, worth.shares.get(tier.key))
        row += 1
    return row


def _rest(check: float) -> str:
    """How far the shares lie from the full series, relative; what is only the computer's rounding is 0."""
    return "0" if abs(check) < ROUNDING else f"{check:.1e}"


def _demand(page: Page, money: Money, text: Text, row: int) -> int:
    found = money.demand
    if found is None:
        return row
    row = _section(page, row, text["demand"])
    row = _headings(page, row, ["", text["month"], text["maximum_before"], text["maximum_after"], text["unit"],
                                text["when"]])  # fmt: skip
    for month in found.months:
        page.text(row, 1, month.month)
        page.number(row, 2, month.before)
        page.number(row, 3, month.after)
        page.unit(row, 4, month.after)
        page.text(row, 5, month.when.replace("T", " ")[:16], "plain")
        row += 1
    for key, q in (("charge_before", found.before), ("charge_after", found.after), ("charge_saved", found.saved)):
        page.text(row, 1, text[key], "strong")
        page.number(row, 2, q, "strong_live")
        page.limit(row, 3, q)
        page.unit(row, 4, q)
        row += 1
    return row


def _investments(page: Page, money: Money, text: Text, row: int) -> int:
    row = _section(page, row, text["investments"])
    titles = ["measure", "name", "view", "outlay", "yearly", "npv", "plus_minus", "rate_of_return", "plus_minus",
              "simple", "plus_minus", "discounted", "per_tonne", "plus_minus", "per_kwh", "unit"]  # fmt: skip
    row = _headings(page, row, [text[key] for key in titles])
    for each in [*money.measures, *([money.plant] if money.plant else [])]:
        for view in each.views:
            _investment(page, row, each, view, text)
            row += 1
    return row


def _investment(page: Page, row: int, each: Investment, view: Appraisal, text: Text) -> None:
    style = "strong" if each.id == "plant" else "text"
    page.text(row, 0, "" if each.id == "plant" else each.id, style)
    page.text(row, 1, text["plant"] if each.id == "plant" else each.label, style)
    page.text(row, 2, text[view.view], style)
    page.number(row, 3, view.outlay)
    page.number(row, 4, each.yearly)
    page.number(row, 5, view.npv, "strong_live")
    page.limit(row, 6, view.npv)
    if view.rate.value is None:
        page.text(row, 7, text["several_rates" if view.rate.why == "several" else "no_rate"], "missing")
        page.text(row, 8, "", "missing")
    else:
        page.with_unit(row, 7, view.rate.value)
        page.limit(row, 8, view.rate.value)
    page.with_unit(row, 9, view.simple_payback)
    page.limit(row, 10, view.simple_payback)
    if view.discounted_payback is None:
        page.text(row, 11, text["not_paid_back"], "missing")
    else:
        page.with_unit(row, 11, view.discounted_payback)
    page.number(row, 12, view.cost_per_tonne)
    page.limit(row, 13, view.cost_per_tonne)
    page.number(row, 14, view.cost_per_kwh)
    page.unit(row, 15, view.outlay)
    fit_row(page.sheet, row, {1: each.label}, WIDTHS)


def _flows(page: Page, money: Money, text: Text, row: int) -> int:
    row = _section(page, row, text["flows"])
    known = [*money.measures, *([money.plant] if money.plant else [])]
    years = sorted({year for each in known for year in each.years})
    row = _headings(page, row, [text["measure"], text["name"], *(str(year) for year in years)])
    for each in known:
        page.text(row, 0, "" if each.id == "plant" else each.id)
        page.text(row, 1, text["plant"] if each.id == "plant" else each.label)
        by_year = dict(zip(each.years, each.flows, strict=True))
        for column, year in enumerate(years, 2):
            page.number(row, column, by_year.get(year))
        row += 1
    return row


def _curve(page: Page, money: Money, text: Text, row: int) -> int:
    row = _section(page, row, text["curve"])
    row = _headings(page, row, [text["measure"], text["name"], text["per_tonne"], text["plus_minus"], text["unit"],
                                text["tonnes"], text["plus_minus"], text["unit"]])  # fmt: skip
    for step in money.curve:
        page.text(row, 0, step.id)
        page.text(row, 1, step.label)
        for column, q in ((2, step.cost), (5, step.tonnes)):
            page.number(row, column, q)
            page.limit(row, column + 1, q)
            page.unit(row, column + 2, q)
        row += 1
    if money.off_curve:
        page.text(row, 1, f"{text['left_out']}: {', '.join(money.off_curve)}", "plain")
        row += 1
    return row


def _scenarios(page: Page, money: Money, text: Text, row: int) -> int:
    if not money.scenarios:
        return row
    row = _section(page, row, text["scenarios"])
    row = _headings(page, row, [text["measure"], text["scenario"], text["view"], text["outlay"], text["yearly"],
                                text["npv"], text["plus_minus"], text["rate_of_return"], text["simple"],
                                text["discounted"], text["per_tonne"], text["plus_minus"]])  # fmt: skip
    for scenario in money.scenarios:
        for each in [*scenario.measures, *([scenario.plant] if scenario.plant else [])]:
            for view in each.views:
                page.text(row, 0, text["plant"] if each.id == "plant" else each.id)
                page.text(row, 1, scenario.name)
                page.text(row, 2, text[view.view])
                for column, q in ((3, view.outlay), (4, each.yearly), (5, view.npv)):
                    page.number(row, column, q)
                page.limit(row, 6, view.npv)
                page.with_unit(row, 7, view.rate.value, digits="0.0")
                page.with_unit(row, 8, view.simple_payback)
                page.with_unit(row, 9, view.discounted_payback)
                page.number(row, 10, view.cost_per_tonne)
                page.limit(row, 11, view.cost_per_tonne)
                row += 1
    return row
