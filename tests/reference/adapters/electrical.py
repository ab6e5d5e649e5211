"""Power triangle, power-factor correction, lighting, and money over the life of a measure."""

import cmath
import math
from collections.abc import Iterable

from energycalc.effects import cash_flow as cash
from energycalc.errors import CalculationError
from energycalc.physics.electricity import lighting, power_factor
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.motor import item_of
from tests.reference.equipment_reading import Adapter, CaseInputs, Deviation, NotCoveredError, Outputs, Refusal

# --- power triangle -------------------------------------------------------------------------------


def kilowatt(value: float) -> Quantity:
    return quantity(value, "kW", name="active_power")


def kva(value: float) -> Quantity:
    return quantity(value, "kVA", name="apparent_power")


def kvar(value: float) -> Quantity:
    return quantity(value, "kvar", name="reactive_power")


def share(value: float, name: str = "power_factor") -> Quantity:
    return quantity(value, "1", name=name)


def sides(case: CaseInputs) -> tuple[Quantity, Quantity, Quantity]:
    """Active, reactive and apparent power from the two that are given."""
    factor = share(case["power_factor"]) if "power_factor" in case else None
    if "phase_angle" in case:
        factor = power_factor.power_factor_of_angle(share(math.radians(case["phase_angle"]), "phase_angle"))
    if "real_power" in case:
        active = kilowatt(case["real_power"])
    elif "apparent_power" in case and factor is not None:
        active = power_factor.active_from_apparent_power(kva(case["apparent_power"]), factor)
    elif "apparent_power" in case:
        active = power_factor.active_beside_reactive_power(kva(case["apparent_power"]), kvar(case["reactive_power"]))
    elif factor is not None:
        active = power_factor.active_at_power_factor(kvar(case["reactive_power"]), factor)
    else:
        raise NotCoveredError("one side of the power triangle alone")
    if "reactive_power" in case:
        reactive = kvar(case["reactive_power"])
    elif factor is not None:
        reactive = power_factor.reactive_at_power_factor(active, factor)
    else:
        reactive = power_factor.reactive_power(active, kva(case["apparent_power"]))
    whole = kva(case["apparent_power"]) if "apparent_power" in case else power_factor.apparent_power(active, reactive)
    return active, reactive, whole


def power_factor_triangle(case: CaseInputs) -> Outputs:
    active, reactive, whole = sides(case)
    wanted = power_factor.reactive_at_power_factor(active, share(case["target_power_factor"]))
    demand = power_factor.apparent_power(active, wanted)
    return {
        "apparent_power": whole.value,
        "real_power": active.value,
        "power_factor": power_factor.power_factor_of(active, whole).value,
        "reactive_power": reactive.value,
        "real_demand": demand.value,
        "demand_penalty": whole.value - demand.value,
        "proposed_reactive_power": wanted.value,
        "proposed_capacitance": power_factor.capacitor_for(reactive, wanted).value,
    }


def _more_active_than_apparent(case: CaseInputs) -> bool:
    return "real_power" in case and "apparent_power" in case and case["real_power"] > case["apparent_power"]


def _more_reactive_than_apparent(case: CaseInputs) -> bool:
    return "reactive_power" in case and "apparent_power" in case and case["reactive_power"] > case["apparent_power"]


def _impossible_factor(case: CaseInputs) -> bool:
    return not 0 < case.get("power_factor", 0.5) <= 1 or not 0 < case["target_power_factor"] <= 1


# --- power-factor correction ----------------------------------------------------------------------


def capacitor(active: Quantity, factor: float, wanted: float) -> float:
    """kvar from one power factor to another; none where the load is good enough."""
    if factor >= wanted:
        return 0.0
    before, after = (power_factor.reactive_at_power_factor(active, share(f)) for f in (factor, wanted))
    return power_factor.capacitor_for(before, after).value


def month_of(case: CaseInputs, month: CaseInputs) -> tuple[float, float]:
    """Billed demand above the one without penalty, and the capacitor of a month."""
    least, target = case["minimum_power_factor"], case["target_power_factor"]
    if case["billed_for"] == "apparent_power":
        whole = kva(month["apparent_power"])
        factor = month["power_factor"] if "power_factor" in month else month["actual_demand"] / whole.value
        active = power_factor.active_from_apparent_power(whole, share(factor))
        allowed = active.value / target
        return max(0.0, whole.value - allowed), capacitor(active, factor, target)
    factor = month["power_factor"]
    billed_over_actual = max(1.0, least / factor)
    if case["basis"] == "power_factor":
        billed = month["pf_adjusted_demand"]
        actual = billed / billed_over_actual
    elif case["basis"] == "actual_demand":
        actual = month["actual_demand"]
        billed = actual * billed_over_actual
    else:
        billed, actual = month["pf_adjusted_demand"], month["actual_demand"]
    return billed - actual, capacitor(kilowatt(actual), factor, least)


def months_of(case: CaseInputs) -> list[CaseInputs]:
    names = sorted({name.split(".")[0] for name in case if "." in name}, key=lambda name: (len(name), name))
    return [item_of(case, name) for name in names]


def power_factor_correction(case: CaseInputs) -> Outputs:
    months = [month_of(case, month) for month in months_of(case)]
    penalty = sum(extra for extra, _ in months) * case["marginal_cost_of_demand"] / len(months) * 12
    needed = [size for _, size in months if size != 0]
    fixed = min(needed)
    variable = max(needed) - fixed
    cost = fixed * case["cost_of_static_capacitance"] + variable * case["cost_of_dynamic_capacitance"]
    of_months = {f"month{number}.capacitance": size for number, (_, size) in enumerate(months, start=1)}
    return {
        "annual_penalty": penalty,
        "fixed_capacitance": fixed,
        "variable_capacitance": variable,
        "capital_cost": cost,
        "simple_payback": cost / penalty,
        **of_months,
    }


# --- lighting -------------------------------------------------------------------------------------


def lighting_replacement(case: CaseInputs) -> Outputs:
    found = {}
    for side in ("baseline", "modification"):
        given = item_of(case, side)
        lamps, fixtures, ballast = (
            share(given[name], name) for name in ("lamps_per_fixture", "number_of_fixtures", "ballast_factor")
        )
        power = lighting.lighting_power(quantity(given["watts_per_lamp"], "W"), lamps, fixtures, ballast)
        energy = electrical_energy(power, quantity(given["operating_hours"], "h"))
        light = lighting.useful_light(
            quantity(given["lumens_per_lamp"], "lm"),
            lamps,
            fixtures,
            ballast,
            share(given["coefficient_of_utilization"]),
            share(given["lumen_degradation_factor"]),
        )
        found[side] = energy.value, light.value
    saved = found["baseline"][0] - found["modification"][0]
    return {
        "baseline_energy": found["baseline"][0],
        "modification_energy": found["modification"][0],
        "energy_savings": saved,
        "cost_savings": saved * case["electricity_cost"],
        "baseline_light": found["baseline"][1],
        "modification_light": found["modification"][1],
    }


# --- money ----------------------------------------------------------------------------------------


def cash_flow(case: CaseInputs) -> Outputs:
    def money(name: str, unit: str = "TWD") -> Quantity:
        return quantity(case[name], unit, name=name)

    life, rate = quantity(case["life"], "yr"), quantity(case["discount_rate"], "%")
    saved, spent = money("energy_savings", "TWD/yr"), money("operation_cost", "TWD/yr")
    installed, salvage, disposal = money("installation_cost"), money("salvage"), money("disposal_cost")
    annuity, end = cash.annuity_factor(rate, life), cash.discount_factor(rate, life)
    savings = cash.present_value_of_savings(saved, salvage, annuity, end)
    costs = cash.present_value_of_costs(installed, spent, disposal, annuity, end)
    net = cash.net_present_value(savings, costs)
    worth = cash.annual_worth(net, annuity)
    found = {
        "net_present_value": net.value,
        "annual_worth": worth.value,
        "simple_payback": cash.payback_time(installed, saved).value,
        "savings_to_investment_ratio": cash.savings_to_investment(savings, costs).value,
        "roi": cash.return_on_investment(worth, installed).value,
    }
    try:
        rate_of_return = cash.internal_rate_of_return(installed, saved, spent, salvage, disposal, life)
        found["irr"] = rate_of_return.value
    except CalculationError:  # no rate makes the present value zero: no such output
        pass
    return found


ADAPTERS: dict[str, Adapter] = {
    "power_factor_triangle": power_factor_triangle,
    "power_factor_correction": power_factor_correction,
    "lighting_replacement": lighting_replacement,
    "cash_flow": cash_flow,
}
REFUSALS = (
    Refusal("power_factor_triangle", _more_active_than_apparent, "more kW than kVA", "cannot exceed apparent power"),
    Refusal("power_factor_triangle", _more_reactive_than_apparent, "more kvar than kVA", "cannot exceed apparent"),
    Refusal("power_factor_triangle", _impossible_factor, "a power factor outside 0 to 1", "power factor"),
)


# --- where the peer is not followed ---------------------------------------------------------------


def _billed_on_both(case: CaseInputs) -> bool:
    return case["billed_for"] == "real_power" and case["basis"] == "both"


def _complex_power_reaches_the_target(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """The load as a complex number: with our capacitor its angle is the wanted one, with the peer's it is not."""
    for index, month in enumerate(months_of(case), start=1):
        actual, factor = month["actual_demand"], month["power_factor"]
        if factor >= case["minimum_power_factor"]:
            continue
        load = cmath.rect(actual / factor, math.acos(factor))
        name = f"month{index}.capacitance"
        assert math.isclose(math.cos(cmath.phase(load - 1j * ours[name])), case["minimum_power_factor"], rel_tol=1e-9)
        if name in peer:
            assert math.cos(cmath.phase(load - 1j * peer[name])) >= case["minimum_power_factor"]


def flows_of(case: CaseInputs) -> Iterable[float]:
    yearly = case["energy_savings"] - case["operation_cost"]
    return (-case["installation_cost"], *[yearly] * (case["life"] - 1),
            yearly + case["salvage"] - case["disposal_cost"])  # fmt: skip


def _returns_less_than_spent(case: CaseInputs) -> bool:
    return sum(flows_of(case)) < 0


def _present_value_is_zero(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """Horner's scheme at our rate; at the peer's rate the value is not zero."""

    def value(rate: float) -> float:
        total = 0.0
        for flow in reversed(tuple(flows_of(case))):
            total = total / (1 + rate) + flow
        return total

    if "irr" in ours:
        assert abs(value(ours["irr"])) < 1e-6 * case["installation_cost"]
    if "irr" in peer:
        assert abs(value(peer["irr"])) > abs(value(ours["irr"]))


DEVIATIONS = (
    Deviation(
        "power_factor_correction",
        _billed_on_both,
        ("fixed_capacitance", "variable_capacitance", "capital_cost", "simple_payback",
         *(f"month{number}.capacitance" for number in range(1, 13))),
        "billed on both: the peer sizes the capacitors on the billed, already adjusted kW and not on the actual kW, "
        "so that they overcompensate",
        0.5,
        "complex power of the load: angle with our capacitor",
        _complex_power_reaches_the_target,
    ),
    Deviation(
        "cash_flow",
        lambda case: not _returns_less_than_spent(case),
        ("irr",),
        "the peer reads the rate of return off a table in steps of 0.5 % by straight lines",
        0.01,
        "present value at our rate by Horner's scheme",
        _present_value_is_zero,
    ),
    Deviation(
        "cash_flow",
        _returns_less_than_spent,
        ("irr",),
        "the peer's table of rates begins at zero: a negative rate of return is shown as almost none",
        100.0,
        "present value at our rate by Horner's scheme",
        _present_value_is_zero,
    ),
)  # fmt: skip
