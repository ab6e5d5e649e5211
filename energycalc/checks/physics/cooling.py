"""Cold and heat pumps: the second law (TP11, TP12) and the heat balance of a chiller (TP13)."""

from __future__ import annotations

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import STATES, Facts, State, bound, said, shown, whole
from energycalc.checks.range import Range
from energycalc.finding import Finding


def cop_of_chiller(facts: Facts) -> list[Finding]:
    """TP11: a COP above that of a reversible machine between its two temperatures, or close to it."""
    findings = []
    for state, cop in _cops(facts):
        cold, hot = facts.at("chilled_water_temperature", state), facts.at("cooling_temperature", state)
        if cold is None or hot is None:
            continue
        if hot.low <= cold.high:
            if hot.value <= cold.value:
                findings.append(_no_lift("TP11", facts, cold, hot))
            continue
        best = bound(laws.carnot_cooling, (cold.value, hot.value), (cold.high, hot.low))
        findings += _against("TP11", facts, cop, best, cold, hot, state)
    return findings


def cop_of_heat_pump(facts: Facts) -> list[Finding]:
    """TP12: a COP above that of a reversible heat pump; a stream that is heated counts with its mean temperature."""
    findings = []
    for state, cop in _cops(facts):
        cold, hot = facts.at("heat_source_temperature", state), facts.at("heat_sink_temperature", state)
        start = facts.at("heated_from_temperature", state)
        if cold is None or hot is None:
            continue
        if start is not None and start.low > 0 and start.high < hot.low:
            hot = Range(*(laws.mean_of_heating(a, b) for a, b in
                          ((start.low, hot.low), (start.value, hot.value), (start.high, hot.high))))  # fmt: skip
        if hot.low <= cold.high:
            if hot.value <= cold.value:
                findings.append(_no_lift("TP12", facts, cold, hot))
            continue
        best = bound(laws.carnot_heating, (cold.value, hot.value), (cold.high, hot.low))
        findings += _against("TP12", facts, cop, best, cold, hot, state)
    return findings


def heat_balance_of_chiller(facts: Facts) -> list[Finding]:
    """TP13: cooling plus input is what the condenser gives off."""
    findings = []
    for state in STATES:
        cold, power = facts.at("cooling_load", state), facts.at("chiller_power", state)
        warm = facts.at("heat_rejection", state)
        if cold is None or power is None or warm is None or warm.low <= 0:
            continue
        error = (cold + power - warm) / warm
        apart = max(error.low, -error.high, 0.0)
        if apart > limit("TP13", "warning"):
            en, zh = said(state if f"heat_rejection_{state}" in facts.values else None)
            findings.append(found(
                "TP13", facts.subject,
                f"Cooling{en} of {shown(cold, 'kW')} and input of {shown(power, 'kW')} differ from the heat rejection of "
                f"{shown(warm, 'kW')} by {100 * error.value:+.1f} %.",
                f"{zh}冷凍量 {shown(cold, 'kW')} 加輸入 {shown(power, 'kW')} 與散熱量 {shown(warm, 'kW')} 相差 "
                f"{100 * error.value:+.1f} %。",
                {"cooling": shown(cold, "kW"), "input": shown(power, "kW"), "rejected": shown(warm, "kW")},
                severity="error" if apart > limit("TP13", "error") else "warning",
            ))  # fmt: skip
        if "heat_rejection" in facts.values:
            break
    return findings


def _cops(facts: Facts) -> list[tuple[State, Range]]:
    """COP by state; one without a state is that after the measure."""
    found_cops: list[tuple[State, Range]] = []
    for state in STATES:
        cop, power = facts.values.get(f"cop_{state}"), facts.values.get(f"cooling_specific_power_{state}")
        if state == "after":
            cop = cop or facts.values.get("cop")
            power = power or facts.values.get("cooling_specific_power")
        if cop is None and power is not None and power.low > 0:
            cop = 1 / power
        if cop is not None:
            found_cops.append((state, cop))
    return found_cops


def _against(id: str, facts: Facts, cop: Range, best: Range, cold: Range, hot: Range, state: State) -> list[Finding]:
    rare = limit(id, "rare")
    share = cop.low / best.high
    if share <= rare:
        return []
    impossible = share > 1
    en, zh = said(state)
    between = f"{cold.value:.3g} and {hot.value:.3g} °C"
    return [found(
        id, facts.subject,
        f"The COP{en} is {shown(cop, '').strip()} between {between}; a reversible machine has {best.value:.3g}"
        + (", and none is better." if impossible else f", and more than {whole(rare)} of it is rarely reached."),
        f"{zh} COP 為 {shown(cop, '').strip()}（{cold.value:.3g} 與 {hot.value:.3g} °C），可逆循環為 {best.value:.3g}，"
        + ("任何機器均不可能超過。" if impossible else f"超過其 {whole(rare)} 少見。"),
        {"cop": shown(cop, "").strip(), "reversible": f"{best.value:.3g}", "share": f"{whole(share)}",
         "cold": f"{cold.value:.3g} °C", "hot": f"{hot.value:.3g} °C"},
        severity="error" if impossible else "warning",
    )]  # fmt: skip


def _no_lift(id: str, facts: Facts, cold: Range, hot: Range) -> Finding:
    return found(
        id, facts.subject,
        f"The heat is given off at {shown(hot, '°C')}, not hotter than its source of {shown(cold, '°C')}: there is no "
        "lift, and no limit to judge by.",
        f"散熱側 {shown(hot, '°C')} 不高於吸熱側 {shown(cold, '°C')}，無溫升，無從判定上限。",
        {"cold": shown(cold, "°C"), "hot": shown(hot, "°C")}, severity="note",
    )  # fmt: skip
