"""Figures that cannot be, whatever the rest says: hours, factors of load, shares above one, electrical readings, heat."""

from __future__ import annotations

import math
from collections.abc import Iterator

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.identities import agrees
from energycalc.checks.claims.ledger import Ledger
from energycalc.checks.claims.relations import amount, is_of_a_measurement
from energycalc.checks.claims.units import Amount, paper_unit
from energycalc.checks.claims.words import shown, side_by_side, title
from energycalc.checks.range import Range

HOUR = paper_unit("h")
POWER, ENERGY = paper_unit("kW"), paper_unit("kWh")
WATER = "kcal/m3/K"
NEVER_NEGATIVE = (
    "power_before", "power_after", "hours", "operating_days", "energy_before", "energy_after", "price", "investment",
    "emission_factor", "capacity", "count", "load_factor", "power_factor", "efficiency_before", "efficiency_after",
    "emission_before", "emission_after", "cost_before", "cost_after", "heat_value", "voltage", "flow", "output",
)  # fmt: skip
SHARES = ("load_factor", "power_factor", "efficiency_before", "efficiency_after")


def plausible(claim: Claim, ledger: Ledger) -> None:
    """Every figure that its own kind forbids.

    Args:
        claim: completed.
        ledger: takes what was compared and what contradicts.
    """
    _negative(claim, ledger)
    _hours(claim, ledger)
    _power_as_energy(claim, ledger)
    _shares(claim, ledger)
    _more_than_there_is(claim, ledger)
    _electrical(claim, ledger)
    _efficiency_difference(claim, ledger)
    _heat(claim, ledger)


def _negative(claim: Claim, ledger: Ledger) -> None:
    """A figure below zero that cannot be, and a saving that is none (TD02, TB09)."""
    for key in NEVER_NEGATIVE:
        figure = claim.figure(key)
        if figure is not None and figure.is_printed and figure.value < 0:
            ledger.found("TD02", f"{figure.text} for the {title(key, 'en')}: a figure below zero.", f"{title(key, 'zh')} {figure.text}：不應為負值。",
                         side_by_side(claim, key))  # fmt: skip
    for key in ("saving", "power_saving", "saving_rate"):
        figure = claim.figure(key)
        if figure is not None and figure.is_printed and figure.value < 0 and "of_part" not in claim.texts:
            ledger.found("TB09", f"The {title(key, 'en')} is {figure.text}: more is used than before, not less.",
                         f"{title(key, 'zh')}為 {figure.text}：改善後用量增加，並無節能。", side_by_side(claim, key), severity="warning")  # fmt: skip


def _hours(claim: Claim, ledger: Ledger) -> None:
    most = limit("TL01", "hours_of_leap_year")
    hours = claim.figure("hours")
    if hours is not None and hours.per == "day" and hours.to("h").surely_above(limit("TL01", "hours_of_day")):
        ledger.found("TL01", f"{hours.text}: a day has {limit('TL01', 'hours_of_day'):g} hours.", f"{hours.text}：一日僅 {limit('TL01', 'hours_of_day'):g} 小時。",
                     side_by_side(claim, "hours", "operating_days"))  # fmt: skip
    days = claim.figure("operating_days")
    if days is not None and days.to("day").surely_above(limit("TL01", "days_of_leap_year")):
        ledger.found("TL01", f"{days.text}: a year has {limit('TL01', 'days_of_leap_year'):g} days at most.", f"{days.text}：一年至多 {limit('TL01', 'days_of_leap_year'):g} 日。",
                     side_by_side(claim, "operating_days"))  # fmt: skip
    if hours is not None and hours.per != "day":
        value = hours.to("h")
        if value.surely_above(most):
            ledger.found("TL01", f"{hours.text}: a year has {most:,.0f} hours at most.", f"{hours.text}：一年至多 {most:,.0f} 小時。",
                         side_by_side(claim, "hours"))  # fmt: skip
        elif not hours.is_printed:
            ledger.compared("TL01", f"{hours.text} a year implied", f"隱含年運轉 {hours.text}")
        return
    for power, energy in (
        ("power_saving", "saving"),
        ("power_before", "energy_before"),
        ("power_after", "energy_after"),
    ):
        p, e = amount(claim, power), amount(claim, energy)
        if (
            hours is not None
            or p is None
            or e is None
            or e.kind != ENERGY.kind
            or p.range.low <= 0
            or p.kind != POWER.kind
        ):
            continue
        implied = (e.range / p.range) / HOUR.size
        count = amount(claim, "count")
        if count is not None and count.range.value >= 1:  # the power may be that of one unit
            implied = implied / count.range
        if implied.surely_above(most):
            ledger.found(
                "TL01", f"{claim.figures[energy].text} from {claim.figures[power].text} needs {shown(implied.value)} hours; a year has {most:,.0f}.",
                f"{claim.figures[power].text} 需運轉 {shown(implied.value)} 小時方得 {claim.figures[energy].text}；一年僅 {most:,.0f} 小時。",
                side_by_side(claim, power, energy),
            )  # fmt: skip
        else:
            ledger.compared("TL01", f"{shown(implied.value)} hours a year implied by {power} and {energy}",
                            f"隱含年運轉 {shown(implied.value)} 小時")  # fmt: skip


def _power_as_energy(claim: Claim, ledger: Ledger) -> None:
    """The same digits once as kW and once as kWh (TU01)."""
    play = limit("TU01", "equal_within")
    for power, energy in (
        ("power_saving", "saving"),
        ("power_before", "energy_before"),
        ("power_after", "energy_after"),
    ):
        p, e = claim.figure(power), claim.figure(energy)
        if p is None or e is None or not (p.is_printed and e.is_printed and p.is_a("kW") and e.is_a("kWh")):
            continue
        if is_of_a_measurement(claim, e) or e.per == "day" or not p.value:
            continue
        if abs(e.to("kWh").value / p.to("kW").value - 1) <= play:
            ledger.found("TU01", f"{p.text} and {e.text} have the same digits: power seems to be taken for energy.",
                         f"{p.text} 與 {e.text} 數字相同：疑將功率當作用電量。", side_by_side(claim, power, energy))  # fmt: skip


def _shares(claim: Claim, ledger: Ledger) -> None:
    """A percentage typed as a fraction or a fraction as a percentage; a load above what a machine bears (TU12, TL03)."""
    low, high = limit("TU12", "lowest"), limit("TU12", "highest")
    for key in SHARES:
        figure = claim.figure(key)
        if figure is None or not figure.is_a("1"):
            continue
        value = figure.to("1")
        if value.surely_above(high) or value.surely_below(low):
            ledger.found("TU12", f"{figure.text} for the {key.replace('_', ' ')}: percent and fraction seem to be mixed up.",
                         f"{figure.text}：百分比與小數疑混用。", side_by_side(claim, key))  # fmt: skip
        elif key == "load_factor" and value.surely_above(limit("TL03", "warning")):
            severe = value.surely_above(limit("TL03", "error"))
            ledger.found("TL03", f"A load factor of {figure.text} is beyond the service factor of a machine.", f"負載率 {figure.text} 超過設備服務係數。",
                         side_by_side(claim, key), severity="error" if severe else "warning")  # fmt: skip


def _more_than_there_is(claim: Claim, ledger: Ledger) -> None:
    """A saving beyond what is used (TB09), or beyond the plant (TB10)."""
    generation = claim.text("figures_are") == "generation"
    rate = claim.figure("saving_rate")
    if rate is not None and rate.to("1").surely_above(limit("TB09", "error")) and not generation:
        ledger.found("TB09", f"A saving rate of {rate.text} is more than all.", f"節能率 {rate.text} 超過全部用量。",
                     side_by_side(claim, "saving_rate"))  # fmt: skip
    for saved, base in (("saving", "energy_before"), ("power_saving", "power_before"), ("cost_saving", "cost_before"),
                        ("emission_reduction", "emission_before")):  # fmt: skip
        a, b = amount(claim, saved), amount(claim, base)
        if a is None or b is None or a.kind != b.kind or generation or "rate" in claim.figures[base].via:
            continue
        share = a.range / b.range if b.range.low > 0 else None
        if share is not None and share.surely_above(limit("TB09", "error")):
            ledger.found("TB09", f"{claim.figures[saved].text} are saved of {claim.figures[base].text}: more than there is.",
                         f"節省 {claim.figures[saved].text} 大於改善前 {claim.figures[base].text}。", side_by_side(claim, saved, base))  # fmt: skip
        elif share is not None and share.surely_above(limit("TB09", "warning")):
            ledger.found("TB09", f"{share.value:.0%} of the {base.replace('_', ' ')} is saved: a large share.", f"節省比率 {share.value:.0%}，比率甚高。",
                         side_by_side(claim, saved, base), severity="note")  # fmt: skip
    _against_plant(claim, ledger)


def _against_plant(claim: Claim, ledger: Ledger) -> None:
    for saved, base in (
        ("saving", "plant_energy"),
        ("cost_saving", "plant_bill"),
        ("emission_reduction", "plant_emission"),
    ):
        a, b = amount(claim, saved), amount(claim, base)
        if a is None or b is None or a.kind != b.kind or b.range.low <= 0:
            continue
        share = a.range / b.range
        evidence = side_by_side(claim, saved, base)
        if share.surely_above(limit("TB10", "error")):
            ledger.found("TB10", f"{claim.figures[saved].text} are more than the whole plant has ({claim.figures[base].text}).",
                         f"{claim.figures[saved].text} 大於全廠 {claim.figures[base].text}。", evidence)  # fmt: skip
        elif share.surely_above(limit("TB10", "warning")):
            ledger.found("TB10", f"{share.value:.0%} of the whole plant is claimed as saved.", f"節省量占全廠 {share.value:.0%}。", evidence,
                         severity="warning")  # fmt: skip


def _electrical(claim: Claim, ledger: Ledger) -> None:
    """Three-phase power from voltage, current and power factor against the printed power (TU11)."""
    volts, factor = claim.figure("voltage"), claim.figure("power_factor")
    if volts is None or factor is None:
        return
    for current, power in (
        ("current_before", "power_before"),
        ("current_after", "power_after"),
        ("current_saving", "power_saving"),
    ):
        i, p = claim.figure(current), amount(claim, power)
        if i is None or p is None or p.kind != POWER.kind or not i.value:
            continue
        computed = volts.to("V") * i.to("A") * factor.to("1") * math.sqrt(3.0)
        ratio = p.range.value / computed.value
        low, high = limit("TU11", "low"), limit("TU11", "high")
        evidence = {
            **side_by_side(claim, "voltage", current, "power_factor", power),
            "recomputed": f"{shown(computed.value / 1000)} kW",
        }
        if low <= ratio <= high or agrees(p.range, computed):
            ledger.compared("TU11", f"√3 × voltage × current × power factor = {claim.figures[power].text}",
                            f"√3 × 電壓 × 電流 × 功率因數 = {claim.figures[power].text}")  # fmt: skip
            continue
        cause = _root_three_cause(ratio)
        ledger.found(
            "TU11", f"√3 × {volts.text} × {i.text} × {factor.text} is {shown(computed.value / 1000)} kW, not {claim.figures[power].text}{cause[0]}.",
            f"√3 × {volts.text} × {i.text} × {factor.text} 應為 {shown(computed.value / 1000)} kW，而非 {claim.figures[power].text}{cause[1]}。", evidence,
        )  # fmt: skip


def _root_three_cause(ratio: float) -> tuple[str, str]:
    root = math.sqrt(3.0)
    for size, en, zh in ((1 / root, "√3 is missing", "漏乘 √3"), (root, "√3 is applied twice", "重複乘 √3"),
                         (1 / 3, "one phase of three is counted", "僅計一相")):  # fmt: skip
        if abs(ratio / size - 1) <= limit("TU02", "within"):
            return f" ({en})", f"（{zh}）"
    return "", ""


def _efficiency_difference(claim: Claim, ledger: Ledger) -> None:
    """Efficiency from 85 to 90 % saves 1 − 85/90, not the difference (TB12): of the printed rate, and of the saving itself."""
    before, after = claim.figure("efficiency_before"), claim.figure("efficiency_after")
    if before is None or after is None or not (before.is_a("1") and after.is_a("1")):
        return
    if after.to("1").low <= 0 or before.to("1").low <= 0 or claim.text("saving_rate_of") in ("plant", "cost", "loss"):
        return
    a, b = before.to("1").value, after.to("1").value
    right = 1 - a / b
    for text, found in _shares_saved(claim):
        if agrees(found, Range.exact(right)):
            ledger.compared(
                "TB12", f"1 − {before.text} ÷ {after.text} = {text}", f"1 − {before.text} ÷ {after.text} = {text}"
            )
            continue
        for wrong, en, zh in ((b - a, "the difference of the efficiencies", "效率差"),
                              (b / a - 1, "the difference over the old efficiency", "效率差除以原效率")):  # fmt: skip
            if _only(found, wrong, right):
                ledger.found(
                    "TB12", f"{text} is {en}; from {before.text} to {after.text} the input falls by {right:.2%}.",
                    f"{text} 為{zh}；效率由 {before.text} 升至 {after.text}，輸入應減少 {right:.2%}。",
                    side_by_side(claim, "efficiency_before", "efficiency_after", "saving_rate", "saving", "energy_before"),
                )  # fmt: skip
                return


def _shares_saved(claim: Claim) -> Iterator[tuple[str, Range]]:
    """The share saved: as printed, and as saving by use before where both are printed."""
    rate, saved, base = (claim.figure(key) for key in ("saving_rate", "saving", "energy_before"))
    if rate is not None and rate.is_printed:
        yield rate.text, rate.as_printed("1")
    a, b = amount(claim, "saving", as_result=True), amount(claim, "energy_before")
    if saved and base and saved.is_printed and base.is_printed and a and b and a.kind == b.kind and b.range.low > 0:
        share = a.range / b.range
        yield f"{saved.text} ÷ {base.text} ({share.value:.2%})", share


def _only(found: Range, wrong: float, right: float) -> bool:
    """Whether a printed rate is the wrong value and clearly nearer to it than to the right one."""
    near = found.low <= wrong <= found.high or abs(found.value - wrong) <= limit("TN04", "tolerance") / 100 * abs(wrong)
    return near and abs(found.value - wrong) < abs(found.value - right)


def _heat(claim: Claim, ledger: Ledger) -> None:
    """Heat recovered from a stream against what water of that flow could give at most (TN12)."""
    flow, fall, saved = claim.figure("flow"), claim.figure("temperature_difference"), amount(claim, "saving")
    if flow is None or fall is None or saved is None or saved.kind != ENERGY.kind or not fall.is_a("K"):
        return
    time = _running_time(claim, flow.per)
    if time is None:
        return
    stream = flow.to(flow.unit.text) * flow.unit.size
    kind = dict(flow.unit.kind)
    per_kelvin = limit("TN12", "heat_of_water") * paper_unit(WATER).size.value
    if kind.get("[mass]"):
        stream = stream / limit("TN12", "density_of_water")
    most = stream * fall.to("K") * per_kelvin * time.range
    if saved.range.low > most.high * (1 + limit("TN12", "heat_balance") / 100):
        ledger.found(
            "TN12", f"{claim.figures['saving'].text} are claimed; even water of {flow.text} cooled by {fall.text} gives {shown(most.value / ENERGY.size.value)} kWh.",
            f"節能量 {claim.figures['saving'].text}；即使以水計，{flow.text} 降溫 {fall.text} 至多 {shown(most.value / ENERGY.size.value)} kWh。",
            side_by_side(claim, "flow", "temperature_difference", "saving"),
        )  # fmt: skip
    else:
        ledger.compared("TN12", f"heat of the stream, at most {shown(most.value / ENERGY.size.value)} kWh, covers the saving",
                        f"流體熱量上限 {shown(most.value / ENERGY.size.value)} kWh，足以涵蓋節能量")  # fmt: skip


def _running_time(claim: Claim, per: str) -> Amount | None:
    """What a flow is multiplied with to be a year's: the days for a daily flow, else the hours; a calendar year at most."""
    if per == "day":
        days = claim.figure("operating_days")
        return None if days is None else Amount(days.to("day"), ())
    if per == "year":
        return Amount(Range.exact(1.0), ())
    hours = amount(claim, "hours")
    if hours is not None:
        return hours
    return Amount(Range.exact(limit("TL01", "hours_of_leap_year")) * HOUR.size, HOUR.kind)
