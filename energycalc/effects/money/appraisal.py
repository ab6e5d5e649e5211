"""Payback, present value, rate of return and cost of what is avoided, before and after the grant."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.effects.cash_flow import ONE_YEAR
from energycalc.effects.money.rate import rate_of_return
from energycalc.effects.money.results import Appraisal, View
from energycalc.quantity import Quantity, cite, maximum, minimum, total

NPV = cite("discounted-cash-flow", "present value of the years less the outlay")
SIMPLE = cite("discounted-cash-flow", "simple payback: outlay over yearly saving less running cost")
PAYBACK = cite("discounted-cash-flow", "discounted payback: years until present values have paid the outlay")
PER_TONNE = cite("conserved-energy-cost", "minus net present value over discounted tonnes")
PER_KWH = cite("conserved-energy-cost", "outlay, running cost and residual value over discounted kWh")


def appraisal(
    view: View,
    outlay: Quantity,
    net_yearly: Quantity,
    flows: Sequence[Quantity],
    present: Sequence[Quantity],
    gap: int,
    tonnes: Quantity | None,
    energy: Quantity | None,
    cost_beside_energy: Quantity | None,
) -> Appraisal:
    """An investment seen before or after the grant.

    Args:
        view: which.
        outlay: at the beginning.
        net_yearly: saving less running cost of a full year at today's prices.
        flows: of each year in service.
        present: the same, discounted.
        gap: years before the first of them.
        tonnes: avoided over the life, discounted; ``None`` when not known on one basis.
        energy: kWh of the one carrier saved over the life, discounted; ``None`` when several change.
        cost_beside_energy: present value of running cost less residual value; ``None`` when there is neither.

    Returns:
        Its figures. In draws of the Monte Carlo that do not pay back, the discounted payback counts as the life.
    """
    worth = total(list(present)) if len(present) > 1 else present[0]
    npv = (worth - outlay).renamed("net_present_value_dated", "NPV", NPV)
    simple = None
    if float(net_yearly.value) > 0:
        simple = (outlay / net_yearly * ONE_YEAR).to("yr").renamed("net_simple_payback", "n_s", SIMPLE)
    return Appraisal(
        view=view,
        outlay=outlay,
        npv=npv,
        rate=rate_of_return(outlay, [*[outlay * 0] * gap, *flows]),
        simple_payback=simple,
        discounted_payback=_discounted_payback(outlay, present, gap),
        cost_per_tonne=_per_tonne(npv, tonnes),
        cost_per_kwh=_per_kwh(outlay, cost_beside_energy, energy),
    )


def _discounted_payback(outlay: Quantity, present: Sequence[Quantity], gap: int) -> Quantity | None:
    """Sum over the years of the part of each that is needed; straight within a year.

    Only where every year brings something: with years that cost, "paid back" has no one meaning.
    """
    values = [float(p.value) for p in present]
    if min(values) <= 0 or sum(values) < float(outlay.value):
        return None
    left, parts = outlay, []
    for value in present:
        parts.append(minimum(maximum(left / value, 0), 1))
        left = left - value
    whole = parts[0] if len(parts) == 1 else total(parts)
    return ((whole + gap if gap else whole) * ONE_YEAR).renamed("discounted_payback", "n_d", PAYBACK)


def _per_tonne(npv: Quantity, tonnes: Quantity | None) -> Quantity | None:
    if tonnes is None or not float(tonnes.value) > 0:
        return None
    return (-npv / tonnes).renamed("cost_per_tonne", "c_t", PER_TONNE)


def _per_kwh(outlay: Quantity, beside: Quantity | None, energy: Quantity | None) -> Quantity | None:
    if energy is None or not float(energy.value) > 0:
        return None
    cost = outlay if beside is None else outlay + beside
    return (cost / energy).renamed("cost_per_kwh_saved", "c_E", PER_KWH)
