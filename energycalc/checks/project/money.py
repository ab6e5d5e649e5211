"""Money: price and demand, cash and rate of return, subsidy, payback against life, escalation, carbon fee."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from energycalc.case.review_facts import Finance, last_digit, printed_quantity
from energycalc.checks.catalogue import limit
from energycalc.checks.project.project import SAME, Outcome, Project, ProjectCheck, lacks, say, size
from energycalc.checks.project.statistics import UNNAMED
from energycalc.quantity import Quantity

NO_MONEY_BACK = -0.99
"""Rates of return that lose all of the money have no present value."""


def demand_counted_twice(project: Project) -> Iterator[Outcome]:
    """TF02: an average price that holds the demand charge, with saved demand counted beside it."""
    use = project.notes.price_use
    if use is not None and use.holds_demand_charge:
        if use.demand_counted_beside:
            yield say("TF02.demand", use.source)
        else:
            yield say("TF02.average", use.source, severity="warning")


def rate_of_return(project: Project) -> Iterator[Outcome]:
    """TF03: NPV at the printed rates, and nominal cash with a real rate."""
    f = project.notes.finance
    if project.case is not None and project.case.economics is not None and f is None:
        return  # computed from one series of cash, on one basis; two are refused
    if f is None or (
        not (f.cash and (f.irr or (f.npv and f.discount_rate is not None))) and not (f.cash_is and f.rate_is)
    ):
        yield lacks("TF03")
        return
    if f.cash_is and f.rate_is and f.cash_is != f.rate_is:
        yield say("TF03.basis", f.source, cash=f.cash_is, rate=f.rate_is)
    cash = [q.value_in("TWD") for q in f.cash]
    if cash and f.irr and printed_quantity(f.irr).value_in("1") > NO_MONEY_BACK:
        rate, step = printed_quantity(f.irr).value_in("1"), last_digit(f.irr) * printed_quantity(f.irr).unit.factor
        ends = (_present(cash, rate - step), _present(cash, rate + step))
        small = limit("TF03", "within") * abs(cash[0])
        if not min(ends) - small <= 0 <= max(ends) + small:
            yield say("TF03", f.source, irr=f.irr, npv=f"{_present(cash, rate):,.0f} TWD")
    yield from _stated_npv(f, cash)


def _stated_npv(f: Finance, cash: Sequence[float]) -> Iterator[Outcome]:
    if not (cash and f.npv and f.discount_rate is not None):
        return
    printed = printed_quantity(f.npv)
    computed = _present(cash, f.discount_rate.value_in("1"))
    play = last_digit(f.npv) * printed.unit.factor + limit("TF03", "within") * abs(cash[0])
    if abs(computed - size(printed)) > play:
        yield say("TF03.npv", f.source, printed=f.npv, computed=f"{computed:,.0f} TWD", rate=str(f.discount_rate))


def _present(cash: Sequence[float], rate: float) -> float:
    return sum(amount / (1 + rate) ** year for year, amount in enumerate(cash))


def subsidy_twice(project: Project) -> Iterator[Outcome]:
    """TF04: the subsidy taken off the investment and added to the cash."""
    f = project.notes.finance
    if project.case is not None and project.case.economics is not None and f is None:
        return  # grants and costs_are are one statement there; two of them are refused
    if f is None or f.subsidy is None or f.subsidy_in_investment is None or f.subsidy_in_cash is None:
        yield lacks("TF04")
    elif f.subsidy_in_investment and f.subsidy_in_cash and f.subsidy.value:
        yield say("TF04", f.source, subsidy=str(f.subsidy))


def too_good(project: Project) -> Iterator[Outcome]:
    """TF05: paybacks below half a year, or above the life."""
    judged = False
    for m in project.results():
        if not m.is_main or m.simple_payback is None:
            continue
        judged = True
        years, life = m.simple_payback.value_in("yr"), _life(project, m.measure.id)
        if 0 <= years < limit("TF05", "shortest"):
            yield say("TF05", m.measure.id, payback=f"{years:.2f}", limit=f"{limit('TF05', 'shortest'):g}")
        elif life is not None and years > life.value_in("yr") + SAME:
            yield say("TF05.life", m.measure.id, payback=f"{years:.2f}", life=str(life))
    if not judged:
        yield lacks("TF05")


def _life(project: Project, measure: str) -> Quantity | None:
    """Life of a measure as its economics state it, else that of the printed finance."""
    economics = project.case.economics if project.case else None
    terms = economics.terms_of(measure) if economics else None
    if terms is not None and terms.life is not None:
        return terms.life
    if economics is not None:
        return economics.life
    return project.notes.finance.life if project.notes.finance else None


def price_escalation(project: Project) -> Iterator[Outcome]:
    """TF06: a rise of prices above the limit without its source."""
    f, economics = project.notes.finance, project.case.economics if project.case else None
    stated: list[tuple[str, Quantity, bool]] = []
    if f is not None and f.escalation is not None:
        stated.append((f.source, f.escalation, bool(f.escalation_source)))
    for name in ("electricity", "natural_gas") if economics is not None else ():
        rate = getattr(economics.escalation, name) if economics is not None else None
        if rate is not None:
            stated.append((f"economics.escalation.{name}", rate, rate.source.document not in UNNAMED))
    if not stated and economics is None:
        yield lacks("TF06")
    for where, rate, sourced in stated:
        if rate.value_in("1") > limit("TF06", "escalation") + SAME and not sourced:
            yield say("TF06", where, escalation=str(rate), limit=f"{limit('TF06', 'escalation'):.0%}")


def carbon_fee_benefit(project: Project) -> Iterator[Outcome]:
    """TF07: a benefit of the carbon fee for a plant below its threshold."""
    fee = project.notes.carbon_fee
    if fee is None or fee.plant_emissions is None:
        yield lacks("TF07")
        return
    tonnes = fee.plant_emissions.value_in("tCO2e")
    if fee.benefit.value > 0 and tonnes < limit("TF07", "threshold") and not fee.liable_because:
        numbers = {"benefit": str(fee.benefit), "emissions": f"{tonnes:,.6g} t"}
        yield say("TF07", "carbon fee", threshold=f"{limit('TF07', 'threshold'):,.0f} t", **numbers)


CHECKS: dict[str, ProjectCheck] = {
    "TF02": demand_counted_twice,
    "TF03": rate_of_return,
    "TF04": subsidy_twice,
    "TF05": too_good,
    "TF06": price_escalation,
    "TF07": carbon_fee_benefit,
}
