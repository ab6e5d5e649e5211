"""A meter against its bill and its contract: the factor that was missed is named."""

from __future__ import annotations

from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.metering.layouts.layout import MeterLayout, ratio_value
from energycalc.metering.series import MeterSeries
from energycalc.quantity import cite

SLIP = 0.03
"""TU13: a ratio within 3 % of a factor is that factor, missed or doubled."""
BILL_WARNING, BILL_ERROR = 0.02, 0.05
"""TD11: a meter and its bill differ by more than 2 % (look) or 5 % (the usual materiality)."""
CONTRACT_SHARE = 0.1
"""A highest demand below a tenth of the contract asks for the factor that is missing."""
CONTRACT_LIMIT = 1.5
"""A highest demand above 1.5 times the contract is no demand of that contract."""


def scale_factors(layout: MeterLayout) -> dict[str, float]:
    """Factors by which the amounts of a meter are wrong when a declaration is: name to factor."""
    per_hour = 1 / layout.interval_hours
    factors = {"k (kWh and Wh, MWh and kWh)": 1000.0}
    if per_hour != 1:
        factors[f"{per_hour:g} (kW of {layout.interval} and kWh)"] = per_hour
    ratios = {
        "ct_ratio": layout.current_transformer_ratio,
        "pt_ratio": layout.voltage_transformer_ratio,
    }
    values = {name: ratio_value(ratio, layout.subject) for name, ratio in ratios.items() if ratio is not None}
    for name, value in values.items():
        if value != 1:
            factors[f"{name} {value:g}"] = value
    if len(values) == 2:
        product = values["ct_ratio"] * values["pt_ratio"]
        factors[f"ct_ratio × pt_ratio {product:g}"] = product
    return factors


def named_slip(ratio: float, factors: dict[str, float]) -> str:
    """The factor that a ratio is, or its inverse is, within 3 %; empty when it is none.

    Args:
        ratio: what is read by what is known.
        factors: name to factor, as :func:`scale_factors` gives them; 1 is never one.
    """
    for name, factor in factors.items():
        for value, how in ((factor, "too large by"), (1 / factor, "too small by")):
            if abs(ratio / value - 1) <= SLIP and abs(value - 1) > SLIP:
                return f"{how} {name}"
    return ""


def findings_against_bill(series: MeterSeries, billed_kwh: float, billed: str = "the bill") -> tuple[Finding, ...]:
    """The meter's energy against what was billed for the same days (TD11, TU13).

    Args:
        series: the meter over the days of the bill, both ends alike.
        billed_kwh: billed energy in kWh.
        billed: name of the bill in the sentence.

    Returns:
        Nothing within 2 %; a warning above, an error above 5 %; the missed factor is named where the ratio is one.

    Raises:
        InputError: the bill is not positive.

    Limits of validity:
        The meter must stand at the point that is billed; a sub-meter reads less, rightly.
    """
    if not billed_kwh > 0:
        raise InputError("a bill is a positive energy", subject=billed, value=billed_kwh, next_step="Correct the bill")
    read = float(series.energy_kwh.sum())
    ratio = read / billed_kwh
    if abs(ratio - 1) <= BILL_WARNING:
        return ()
    slip = named_slip(ratio, scale_factors(series.layout))
    because, because_zh = (f": {slip}", f"：疑為換算或比率錯誤（{slip}）") if slip else ("", "")
    return (
        Finding(
            "metering.meter_against_bill",
            "error" if abs(ratio - 1) > BILL_ERROR else "warning",
            series.layout.meter or series.file,
            f"the meter reads {read:,.6g} kWh and {billed} {billed_kwh:,.6g} kWh, {ratio:.4g} times as much{because}",
            f"電表讀值 {read:,.6g} kWh，帳單 {billed_kwh:,.6g} kWh，為其 {ratio:.4g} 倍{because_zh}",
            {"metered": f"{read:,.6g} kWh", "billed": f"{billed_kwh:,.6g} kWh", "factor": slip or "none"},
            cite("metering-signal-rules", "TD11, TU13"),
        ),
    )


def findings_against_contract(series: MeterSeries, contract_kw: float) -> tuple[Finding, ...]:
    """The highest demand against the contract or the rated power of what is metered (TD06, TU01, TU13).

    Args:
        series: an energy meter.
        contract_kw: contracted capacity, or rated power, in kW.

    Returns:
        An error above 1.5 times the contract; a warning below a tenth of it, with the factors that would bring the
        demand near it; nothing in between.

    Raises:
        InputError: the contract is not positive.
    """
    if not contract_kw > 0:
        raise InputError("is a positive power", subject="contract", value=contract_kw, next_step="Correct it")
    peak = float(series.demand_kw.max())
    share = peak / contract_kw
    if CONTRACT_SHARE <= share <= CONTRACT_LIMIT:
        return ()
    above = share > CONTRACT_LIMIT
    factors = scale_factors(series.layout)
    fitting = [
        name
        for name, factor in factors.items()
        if CONTRACT_SHARE < (share / factor if above else share * factor) <= 1.1
    ]
    hint = f"; {' or '.join(fitting)} would explain it" if fitting else ""
    hint_zh = f"；若漏乘或重複乘以 {'、'.join(fitting)} 可解釋" if fitting else ""
    return (
        Finding(
            "metering.demand_against_contract",
            "error" if above else "warning",
            series.layout.meter or series.file,
            f"the highest demand is {peak:,.4g} kW, {share:.3g} times the {contract_kw:,.6g} kW contracted or rated"
            f"{hint}",
            f"最高需量 {peak:,.4g} kW，為契約或額定 {contract_kw:,.6g} kW 之 {share:.3g} 倍{hint_zh}",
            {"highest demand": f"{peak:,.4g} kW", "contract": f"{contract_kw:,.6g} kW"},
            cite("metering-signal-rules", "TD06, TU01, TU13"),
        ),
    )
