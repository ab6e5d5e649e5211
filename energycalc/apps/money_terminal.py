"""What the terminal shows of the money of a case."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.markup import escape

from energycalc.apps.terminal_numbers import NOTHING, Numbers
from energycalc.assessment import Assessment
from energycalc.effects.money.results import Appraisal, Investment
from energycalc.quantity import Quantity
from energycalc.reports.words import words


def at_average(assessment: Assessment, key: str, language: str) -> str:
    """Words that tell the simple payback of a case from that of its ``economics``; empty without them.

    Args:
        assessment: of the case.
        key: ``at_average`` for two words, ``at_average_note`` for a sentence.
        language: ``zh-TW`` or ``en``.
    """
    return "" if assessment.money is None else words("money", language)[key]


def show_money(assessment: Assessment, numbers: Numbers, language: str, console: Console) -> None:
    """Print what a saved kWh is worth, the demand charge, and each investment before and after subsidy.

    Args:
        assessment: whose money is shown; nothing is printed without an ``economics`` block.
        numbers: how results are written.
        language: ``zh-TW`` or ``en``.
        console: where to print.
    """
    money = assessment.money
    if money is None:
        return
    text = words("money", language)
    rate = numbers.line(money.rate, "%")
    head = text["rate_line"].format(rate=rate, basis=text[money.basis])
    console.print(f"[bold]{text['section']}[/bold]  {head}", highlight=False)
    for worth in money.tier_prices:
        line = text["tier_line"].format(profile=worth.profile.id, value=numbers.line(worth.price, "TWD/kWh"))
        if worth.over_average is not None:
            line += text["tier_ratio"].format(ratio=numbers.line(worth.over_average, "1"))
        console.print(f"  {escape(line)}", highlight=False)
    if money.demand is not None:
        saved = numbers.line(money.demand.saved, "TWD_10k")
        console.print(f"  {text['demand_line'].format(value=saved)}", highlight=False)
    for each in [*money.measures, *([money.plant] if money.plant else [])]:
        for view in each.views:
            console.print(f"  {escape(_line(each, view, numbers, text))}", highlight=False)
    for scenario in money.scenarios:
        if scenario.plant is not None:
            view = scenario.plant.before
            line = text["scenario_line"].format(
                name=scenario.name, npv=numbers.money(view.npv), tonne=_tonne(view, numbers, text)
            )
            console.print(f"  {text['scenario']} {escape(line)}", highlight=False)


def _line(each: Investment, view: Appraisal, numbers: Numbers, text: Mapping[str, str]) -> str:
    name = text["plant"] if each.id == "plant" else f"{each.id} {each.label}"
    if view.rate.value is None:
        rate = text["several_rates" if view.rate.why == "several" else "no_rate"]
    else:
        rate = f"{numbers.line(view.rate.value, '%')} %"
    discounted = (
        text["not_paid_back"] if view.discounted_payback is None else _years(view.discounted_payback, numbers, text)
    )
    return text["money_line"].format(
        label=f"{name} ({text[view.view]})",
        outlay=numbers.money(view.outlay),
        npv=numbers.money(view.npv),
        rate=rate,
        simple=_years(view.simple_payback, numbers, text),
        discounted=discounted,
        tonne=_tonne(view, numbers, text),
        kwh=_kwh(view, numbers, text),
    )


def _years(payback: Quantity | None, numbers: Numbers, text: Mapping[str, str]) -> str:
    return NOTHING if payback is None else text["years"].format(value=numbers.line(payback, "yr"))


def _kwh(view: Appraisal, numbers: Numbers, text: Mapping[str, str]) -> str:
    """Cost per kWh saved; nothing where several carriers change."""
    cost = view.cost_per_kwh
    if cost is None:
        return ""
    unit = str(cost.unit).split("/", 1)[1]
    return text["kwh_line"].format(value=numbers.line(cost, str(cost.unit)), unit=unit)


def _tonne(view: Appraisal, numbers: Numbers, text: Mapping[str, str]) -> str:
    if view.cost_per_tonne is None:
        return NOTHING
    return text["tonne_line"].format(value=numbers.line(view.cost_per_tonne, str(view.cost_per_tonne.unit)))
