"""What a reader should know about the money: a schedule that may be old, records that are missing, rates that are not one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from energycalc.case.case import Case
from energycalc.effects.money.results import DemandResult, Investment, TierPrice
from energycalc.factors.tariff import TariffPlan
from energycalc.finding import Finding
from energycalc.quantity import Source, cite

RULES = cite("money-rules", "what is left out of the money is said")


def money_doubts(
    case: Case,
    plan: TariffPlan | None,
    worth: Sequence[TierPrice],
    demand: DemandResult | None,
    investments: Sequence[Investment],
    left_out: Sequence[tuple[str, str, str]],
) -> tuple[Finding, ...]:
    """Doubts about the money of a case, none of which changes a number."""
    return tuple([*_tariff(case, plan), *_average(case, plan), *_shares(worth), *_demand(demand, case),
                  *_rates(investments), *_left_out(left_out), *_beside(case)])  # fmt: skip


def _tariff(case: Case, plan: TariffPlan | None) -> Iterator[Finding]:
    if plan is None:
        return
    last = case.period.last_day
    if last > plan.known_until or case.period.first_day < plan.effective_from:
        yield Finding(
            "money.tariff_outside_its_days", "note", f"tariff {plan.name}",
            f"The schedule is known from {plan.effective_from} to {plan.known_until}; it values the hours of {case.period.first_day} to {last}. Compare it with the bill.",
            f"該電價表已知適用 {plan.effective_from} 至 {plan.known_until}；此處用以評價 {case.period.first_day} 至 {last} 之時數，請與電費單核對。",
            {"effective from": str(plan.effective_from), "known until": str(plan.known_until)},
            Source("taipower-schedule-2025-10", "effective day"),
        )  # fmt: skip


def _average(case: Case, plan: TariffPlan | None) -> Iterator[Finding]:
    if plan is None and any(m.description.carrier == "electricity" for m in case.measures):
        yield Finding(
            "money.average_price", "note", case.plant.name,
            "Saved electricity is valued at the average price, which may hold the demand charge and hides the hour; a tariff with a load profile can differ by a factor of two.",
            "節電以平均電價計值，其中可能含基本電費且不分時段；改用時間電價與負載曲線，差距可達兩倍。",
            source=RULES,
        )  # fmt: skip


def _shares(worth: Sequence[TierPrice]) -> Iterator[Finding]:
    for each in worth:
        negative = [key for key, share in each.shares.items() if float(share.value) < 0]
        if negative:
            yield Finding(
                "money.negative_share", "warning", f"profile {each.profile.id}",
                f"In {', '.join(negative)} the difference of the two meters is negative: energy is moved there, not saved.",
                f"兩表之差於 {'、'.join(negative)} 為負：該時段係移入負載，並非節電。",
                {key: f"{float(each.shares[key].value):.4f}" for key in negative}, RULES,
            )  # fmt: skip


def _demand(demand: DemandResult | None, case: Case) -> Iterator[Finding]:
    if demand is None:
        return
    if demand.left_out:
        yield Finding(
            "money.no_coincidence", "note", case.plant.name,
            f"{', '.join(demand.left_out)}: no meter record shows when the power is saved, so no demand charge is counted for it.",
            f"{'、'.join(demand.left_out)}：無電表紀錄可證明節省功率之時刻，故不計基本電費節省。",
            source=RULES,
        )  # fmt: skip
    raised = [month.month for month in demand.months if float(month.after.value) > float(month.before.value)]
    if raised:
        yield Finding(
            "money.demand_raised", "warning", case.plant.name,
            f"The measures raise the maximum of {len(raised)} months (first {raised[0]}): a higher demand charge counts in every year.",
            f"改善措施使 {len(raised)} 個月之最高需量上升（首見 {raised[0]}）；基本電費之增加逐年計入。",
            {"before": str(demand.before), "after": str(demand.after)}, RULES,
        )  # fmt: skip
    if not demand.measures and float(demand.saved.value) != 0:
        yield Finding(
            "money.contract_without_measure", "note", case.plant.name,
            "The contract is lowered, but no measure has a record that shows its maximum lower: the cheaper contract is not counted for the measures.",
            "契約容量調降，但無措施之電表紀錄可證明最高需量降低：契約調降之節省不計入措施。",
            {"before": str(demand.before), "after": str(demand.after)}, RULES,
        )  # fmt: skip
    if demand.measures and not raised and not float(demand.saved.value) > 0:
        yield Finding(
            "money.demand_not_lowered", "note", case.plant.name,
            "The maximum falls but the charge does not: within the contract a lower maximum saves nothing until the contract is lowered.",
            "最高需量雖下降，基本電費未減：未超約時，須調降契約容量才有節省。",
            {"before": str(demand.before), "after": str(demand.after)}, cite("taipower-demand-rule", "contract paid whether used or not"),
        )  # fmt: skip


def _rates(investments: Sequence[Investment]) -> Iterator[Finding]:
    for each in investments:
        for view in each.views:
            if view.rate.why == "several":
                roots = ", ".join(f"{r * 100:.3g} %" for r in view.rate.roots)
                yield Finding(
                    "money.several_rates", "warning", f"{each.id} {each.label}",
                    f"The flows change sign more than once; {roots} all make the present value zero. None of them is the return: use the net present value.",
                    f"現金流變號不只一次，{roots} 皆使現值為零，均不代表報酬率；請以淨現值判斷。",
                    {"rates": roots, "view": view.view}, cite("pyxirr", "irr"),
                )  # fmt: skip


def _left_out(left_out: Sequence[tuple[str, str, str]]) -> Iterator[Finding]:
    for id, why, why_zh in left_out:
        yield Finding(
            "money.not_appraised", "note", f"measure {id}",
            f"It is no investment here ({why}), and there is no total of the plant without it.",
            f"未列入投資分析（{why_zh}），因此不提供全廠合計。",
            source=RULES,
        )  # fmt: skip


def _beside(case: Case) -> Iterator[Finding]:
    if case.economics is not None and case.economics.count_beside:
        yield Finding(
            "money.beside_counted", "note", case.plant.name,
            "Money saved beside energy (water, metal, penalties on the bill) is part of the flows.",
            "能源以外之節省（水費、金屬、電費罰款等）已計入現金流。",
            source=RULES,
        )  # fmt: skip
