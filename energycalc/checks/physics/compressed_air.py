"""Compressed air: specific power (TP07), pressure (TP08), leaks (TP09), heat (TP10), power without air (TL09)."""

from __future__ import annotations

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import STATES, Facts, above, bound, per_cent, said, shown, states_of, whole
from energycalc.checks.range import Range
from energycalc.finding import Finding

UNIT = "kW/(m³/min)"


def specific_power(facts: Facts) -> list[Finding]:
    """TP07: less power than isothermal compression takes; close to or below the isentropic one."""
    ambient = limit("TP07", "ambient_pressure")
    findings = []
    for state, power in states_of(facts, "specific_power"):
        pressure = facts.at("discharge_pressure", state or "after")
        if pressure is None or pressure.low <= 0:
            continue
        isothermal, isentropic = (
            laws.isothermal_power(pressure.low, ambient),
            laws.isentropic_power(pressure.low, ambient),
        )
        en, zh = said(state)
        staged = facts.is_a("several_stages", "centrifugal")
        share = isentropic / power.high if power.high > 0 else float("inf")
        if power.high < isothermal:
            severity, least, law, law_zh = "error", isothermal, "isothermal", "等溫"
        elif share > limit("TP07", "impossible") and not staged:
            severity, least, law, law_zh = "error", isentropic, "single-stage isentropic", "單段等熵"
        elif share > limit("TP07", "rare"):
            severity, least, law, law_zh = "warning", isentropic, "isentropic", "等熵"
        else:
            continue
        findings.append(found(
            "TP07", facts.subject,
            f"The specific power{en} is {shown(power, UNIT)} at {shown(pressure, 'bar(g)')}; {law} compression takes "
            f"{least:.2f}" + (f", and {whole(share)} of it is rarely reached" if severity == "warning" else "") + ".",
            f"{zh}比功率 {shown(power, UNIT)}（{shown(pressure, 'bar(g)')}），{law_zh}壓縮需 {least:.2f}"
            + (f"，等熵效率 {whole(share)} 少見" if severity == "warning" else "，不可能更低") + "。",
            {"specific_power": shown(power, UNIT), law: f"{least:.2f} {UNIT}", "pressure": shown(pressure, "bar(g)")},
            severity=severity,  # type: ignore[arg-type]
        ))  # fmt: skip
    return findings


def saving_of_pressure(facts: Facts) -> list[Finding]:
    """TP08: a lower pressure saves no more than the isentropic work, and what unregulated users no longer take."""
    rate, ambient = facts.values["saving_rate"], limit("TP07", "ambient_pressure")
    old, new = facts.at("discharge_pressure", "before"), facts.at("discharge_pressure", "after")
    if old is None or new is None or new.value >= old.value or new.low <= 0:
        return []
    itemised = facts.values.get("unregulated_share")
    share = itemised.high if itemised is not None else limit("TP08", "all_unregulated")

    def with_demand(before: float, after: float) -> float:
        work = laws.pressure_saving(before, after, ambient)
        return 1 - (1 - work) * (1 - laws.unregulated_saving(share, before, after, ambient))

    usual, kindest = (old.value, new.value), (old.high, new.low)
    work = bound(lambda a, b: laws.pressure_saving(a, b, ambient), usual, kindest)
    most = bound(with_demand, usual, kindest)
    if not above(rate, work) or (itemised is not None and not above(rate, most)):
        return []
    impossible = above(rate, most)
    alone = not facts.is_a("replacement", "speed_control")
    return [found(
        "TP08", facts.subject,
        f"From {shown(old, 'bar(g)')} to {shown(new, 'bar(g)')} the work falls by {per_cent(work)}"
        + (f", and with {whole(share)} of the use unregulated by {per_cent(most)} together" if impossible else "")
        + f"; the claim is {per_cent(rate)}"
        + ("." if impossible else ", which needs an itemised fall of unregulated use and leaks."),
        f"由 {shown(old, 'bar(g)')} 降至 {shown(new, 'bar(g)')}，壓縮功減少 {per_cent(work)}"
        + (f"，連同 {whole(share)} 未調壓用氣至多 {per_cent(most)}" if impossible else "")
        + f"，所列節能率為 {per_cent(rate)}" + ("。" if impossible else "，超出部分應列明未調壓用氣與洩漏之減量。"),
        {"saving_rate": per_cent(rate), "isentropic": per_cent(work), "with_unregulated_use": per_cent(most)},
        severity="error" if impossible and alone else "warning",
    )]  # fmt: skip


def size_of_leak(facts: Facts) -> list[Finding]:
    """TP09: a hole loses no more than choked flow without contraction, all year, at the worst compressor."""
    diameter = facts.at("leak_diameter", "before")
    if diameter is None or diameter.low < 0:
        return []
    ambient, warm = limit("TP07", "ambient_pressure"), limit("TP09", "air_temperature")
    count = facts.at("leak_count", "before") or facts.values.get("unit_count") or Range.exact(1)
    stated = facts.at("discharge_pressure", "before")
    top = stated.high if stated is not None else limit("TP09", "highest_pressure")
    usual = stated.value if stated is not None else limit("TP09", "usual_pressure")
    many = (count.value, count.high)

    def flow(d: float, n: float, gauge: float) -> float:
        return n * laws.largest_leak(d, gauge, ambient, warm)

    most = Range(0, flow(diameter.value, many[0], usual), flow(diameter.high, many[1], top))
    at_usual = flow(diameter.high, many[1], usual)
    findings = []
    leak = facts.at("leak_flow", "before")
    where = f"at {usual:g} bar(g)" if stated is not None else f"at {top:g} bar(g), the highest pressure considered"
    where_zh = f"{usual:g} bar(g)" if stated is not None else f"{top:g} bar(g)（所考慮之最高壓力）"
    size = shown(diameter, "mm")
    hole = f"a hole of {size}" if count.value == 1 else f"a set of {count.value:g} holes of {size}"
    hole_zh = f"{count.value:g} 個 {size} 孔"
    if leak is not None and leak.low > most.high:
        findings.append(found(
            "TP09", facts.subject,
            f"The leak is put at {shown(leak, 'm³/min')}; {hole} lets through at most {most.high:.3g} m³/min {where}.",
            f"所列洩漏量 {shown(leak, 'm³/min')}，{hole_zh}於 {where_zh} 至多 {most.high:.3g} m³/min。",
            {"leak_flow": shown(leak, "m³/min"), "at_most": f"{most.high:.3g} m³/min"},
        ))  # fmt: skip
    energy = facts.values.get("saving_energy")
    if energy is None:
        return findings
    stated_hours = facts.at("hours", "before")
    hours = stated_hours.high if stated_hours is not None else limit("TP09", "hours")
    worst, best = (limit("TP09", f"{w}_isentropic_efficiency") for w in ("worst", "best"))
    largest = most.high * laws.isentropic_power(top, ambient) / worst * hours
    common = at_usual * laws.isentropic_power(usual, ambient) / worst * hours
    least = most.value * laws.isentropic_power(usual, ambient) / best * hours
    if energy.low > largest:
        severity, shown_most, place, place_zh = "error", largest, where, where_zh
    elif stated is None and energy.low > common:
        severity, shown_most = "warning", common
        place, place_zh = f"at {usual:g} bar(g), and the pressure is not stated", f"{usual:g} bar(g)（壓力未載明）"
    else:
        return findings
    findings.append(found(
        "TP09", facts.subject,
        f"{hole[0].upper() + hole[1:]} loses at most {shown_most:,.0f} kWh in {hours:g} h {place}; the claim is {shown(energy, 'kWh')}.",
        f"{hole_zh}於 {place_zh}、{hours:g} 小時至多損失 {shown_most:,.0f} kWh，所列節電量為 {shown(energy, 'kWh')}。",
        {"saving": shown(energy, "kWh"), "at_most": f"{shown_most:,.0f} kWh",
         "with_a_good_compressor": f"{least:,.0f} kWh", "free_air": f"{most.value:.3g} m³/min at {usual:g} bar(g)"},
        severity=severity,  # type: ignore[arg-type]
    ))  # fmt: skip
    return findings


def heat_of_compressor(facts: Facts) -> list[Finding]:
    """TP10: no more heat than the compressor takes electricity, and rarely more than its share that reaches the water."""
    share = facts.at("recoverable_fraction", "after")
    heat, power = facts.at("recovered_heat", "after"), facts.at("full_load_power", "before")
    surely = power is not None or share is not None
    power = power or facts.at("power", "before")
    if share is None and heat is not None and power is not None and power.low > 0:
        share = heat / power
    if share is None or share.low <= limit("TP10", "rare"):
        return []
    impossible = share.low > limit("TP10", "all")
    top = limit("TP10", "all" if impossible else "rare")
    numbers = {"share": per_cent(share), "limit": f"{whole(top)}"}
    if heat is not None and power is not None:
        numbers |= {"heat": shown(heat, "kW"), "input": shown(power, "kW")}
    return [found(
        "TP10", facts.subject,
        f"The heat recovered is {per_cent(share)} of the compressor's input; "
        + ("there is no more than the input." if impossible else f"more than {whole(top)} is rarely reached."),
        f"回收熱為空壓機輸入功率之 {per_cent(share)}，" + ("不可能超過輸入。" if impossible else f"超過 {whole(top)} 少見。"),
        numbers, severity="error" if impossible and surely else "warning",
    )]  # fmt: skip


def unloaded_power(facts: Facts) -> list[Finding]:
    """TL09: an unloaded screw compressor that takes next to nothing."""
    findings = []
    for state in STATES:
        control = facts.word("compressor_control", state).lower()
        idle, full = facts.at("unloaded_power", state), facts.at("full_load_power", state)
        loads = not control or "unload" in control or "卸載" in control
        if idle is None or full is None or full.low <= 0 or not loads:
            continue
        share = idle / full
        if share.high < limit("TL09", "share"):
            en, zh = said(state)
            findings.append(found(
                "TL09", facts.subject,
                f"Unloaded{en} the compressor takes {shown(idle, 'kW')} of {shown(full, 'kW')}: {per_cent(share)}.",
                f"{zh}卸載功率 {shown(idle, 'kW')} 僅為滿載 {shown(full, 'kW')} 之 {per_cent(share)}。",
                {"unloaded": shown(idle, "kW"), "full_load": shown(full, "kW"), "share": per_cent(share)},
            ))  # fmt: skip
        if "unloaded_power" in facts.values and "full_load_power" in facts.values:
            break
    return findings
