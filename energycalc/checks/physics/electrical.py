"""Electrical supply: capacitors (TP17), voltage (TP18), lamps (TP19), transformers (TP20), photovoltaics (TP22)."""

from __future__ import annotations

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import (
    STATES,
    Facts,
    State,
    above,
    bound,
    per_cent,
    said,
    shown,
    states_of,
    tenths,
    whole,
)
from energycalc.checks.range import Range
from energycalc.finding import Finding


def power_factor(facts: Facts) -> list[Finding]:
    """TP17: a power factor above 1, or energy saved that the conductors do not lose."""
    findings = []
    for state, factor in states_of(facts, "power_factor"):
        if factor.low > 1:
            en, zh = said(state)
            findings.append(found(
                "TP17", facts.subject, f"The power factor{en} is {per_cent(factor)}; it cannot exceed 1.",
                f"{zh}功率因數 {per_cent(factor)}，不可能大於 1。", {"power_factor": per_cent(factor)},
                severity="error",
            ))  # fmt: skip
    rate = facts.values.get("saving_rate")
    old, new = facts.at("power_factor", "before"), facts.at("power_factor", "after")
    if rate is None or findings or not facts.is_a("power_factor"):
        return findings
    share = facts.at("line_loss_share", "before")
    if old is not None and new is not None and old.low > 0 and old.high < new.low:
        law = laws.conductor_saving
        of_loss = bound(law, (old.value, min(new.value, 1.0)), (old.low, min(new.high, 1.0)))
        most = of_loss if share is None else of_loss * share
        if above(rate, most):
            of = "even if all energy were lost in conductors" if share is None else f"with {per_cent(share)} line loss"
            of_zh = "即使全部電能皆為線路損失" if share is None else f"線路損失占 {per_cent(share)} 時"
            return [found(
                "TP17", facts.subject,
                f"From {per_cent(old)} to {per_cent(new)} power factor, {of}, at most {per_cent(most)} is saved; the claim "
                f"is {per_cent(rate)}.",
                f"功率因數由 {per_cent(old)} 提高至 {per_cent(new)}，{of_zh}至多節電 {per_cent(most)}，所列節能率為 "
                f"{per_cent(rate)}。",
                {"saving_rate": per_cent(rate), "at_most": per_cent(most)}, severity="error",
            )]  # fmt: skip
    usual = limit("TP17", "usual")
    if rate.low <= usual or share is not None:
        return []
    return [found(
        "TP17", facts.subject,
        f"Capacitors are said to save {per_cent(rate)} of the kWh; more than {whole(usual)} needs the losses of the conductors "
        "behind them.",
        f"電容器節電率列為 {per_cent(rate)}，超過 {whole(usual)} 應提出下游線路損失之計算。",
        {"saving_rate": per_cent(rate), "usual": f"{whole(usual)}"}, severity="warning",
    )]  # fmt: skip


def voltage(facts: Facts) -> list[Finding]:
    """TP18: more than a resistor saves at the lower voltage."""
    rate, old, new = facts.values["saving_rate"], facts.at("voltage", "before"), facts.at("voltage", "after")
    if old is None or new is None or old.low <= 1 or new.low <= 1 or new.value >= old.value:
        return []
    most = bound(laws.voltage_saving, (old.value, new.value), (old.high, new.low))
    if not above(rate, most):
        return []
    return [found(
        "TP18", facts.subject,
        f"From {shown(old, 'V')} to {shown(new, 'V')} a resistor takes {per_cent(most)} less; the claim is {per_cent(rate)}.",
        f"電壓由 {shown(old, 'V')} 降至 {shown(new, 'V')}，純電阻負載至多省 {per_cent(most)}，所列節能率為 {per_cent(rate)}。",
        {"saving_rate": per_cent(rate), "at_most": per_cent(most)},
    )]  # fmt: skip


def lamps(facts: Facts) -> list[Finding]:
    """TP19: more light per watt than light holds, or than lamps give."""
    findings = []
    named: list[tuple[State | None, Range]] = list(states_of(facts, "luminous_efficacy"))
    flux, power = facts.values.get("lamp_flux"), facts.values.get("lamp_power")
    if not named and flux is not None and power is not None and power.low > 0:
        named = [(None, flux / power)]
    for state in STATES if not named else ():
        flux, power = facts.at("lamp_flux", state), facts.at("lamp_power", state)
        if flux is not None and power is not None and power.low > 0:
            named.append((state, flux / power))
    for when, efficacy in named:
        rare, most = limit("TP19", "rare"), limit("TP19", "largest")
        if efficacy.low <= rare:
            continue
        impossible = efficacy.low > most
        en, zh = said(when)
        findings.append(found(
            "TP19", facts.subject,
            f"The lamps{en} give {shown(efficacy, 'lm/W')}; "
            + (f"a watt of light is at most {most:.0f} lm." if impossible else f"above {rare:.0f} lm/W needs proof."),
            f"{zh}燈具發光效率 {shown(efficacy, 'lm/W')}，"
            + (f"物理上限為 {most:.0f} lm/W。" if impossible else f"高於 {rare:.0f} lm/W 應舉證。"),
            {"efficacy": shown(efficacy, "lm/W"), "limit": f"{most if impossible else rare:.0f} lm/W"},
            severity="error" if impossible else "warning",
        ))  # fmt: skip
    return findings


def transformer(facts: Facts) -> list[Finding]:
    """TP20: an efficiency close to or above 1, or more saved than the old transformer lost."""
    findings = []
    for state, efficiency in states_of(facts, "transformer_efficiency"):
        rare = limit("TP20", "rare")
        if efficiency.low <= rare:
            continue
        impossible = efficiency.low >= 1
        en, zh = said(state)
        findings.append(found(
            "TP20", facts.subject,
            f"The transformer{en} has {100 * efficiency.value:.5g} %; "
            + ("none gives more than it takes." if impossible else f"more than {tenths(rare)} needs proof."),
            f"{zh}變壓器效率 {100 * efficiency.value:.5g} %，" + ("不可能。" if impossible else f"高於 {tenths(rare)} 應舉證。"),
            {"efficiency": f"{100 * efficiency.value:.5g} %"}, severity="error" if impossible else "warning",
        ))  # fmt: skip
    fixed, load = facts.at("no_load_loss", "before"), facts.at("load_loss", "before")
    energy, power = facts.values.get("saving_energy"), facts.values.get("saving_power")
    saved = power if power is not None else energy / limit("TP20", "hours") if energy is not None else None
    if fixed is None or load is None or saved is None or not facts.is_a("transformer"):
        return findings
    count = facts.values.get("unit_count", Range.exact(1))
    loading = facts.at("load_factor", "before")
    share = loading.high if loading is not None else 1.0
    most = count.high * laws.loss_of_transformer(fixed.high, load.high, share)
    if saved.low > most:
        findings.append(found(
            "TP20", facts.subject,
            f"{shown(saved, 'kW')} are saved on average; the old transformer loses {most:.4g} kW at {whole(share)} load.",
            f"平均節省 {shown(saved, 'kW')}，舊變壓器於負載 {whole(share)} 之總損失僅 {most:.4g} kW。",
            {"saved": shown(saved, "kW"), "losses": f"{most:.4g} kW"},
            severity="error" if facts.counted else "warning",
        ))  # fmt: skip
    return findings


def photovoltaics(facts: Facts) -> list[Finding]:
    """TP22: more kWh per kWp than the sun of Taiwan gives."""
    peak, energy = facts.at("peak_power", "after"), facts.values.get("saving_energy")
    if peak is None or energy is None or peak.low <= 0:
        return []
    count = facts.values.get("unit_count", Range.exact(1))
    yearly = energy / (peak * Range(min(1.0, count.low), count.value, count.high))
    rare, most = limit("TP22", "rare"), limit("TP22", "most")
    if yearly.low <= rare:
        return []
    impossible = yearly.low > most
    top = most if impossible else rare
    return [found(
        "TP22", facts.subject,
        f"The modules are to give {yearly.value:,.0f} kWh per kWp and year; above {top:,.0f} "
        + ("is not possible in Taiwan." if impossible else "is rare in Taiwan."),
        f"每瓩年發電量 {yearly.value:,.0f} 度，於臺灣高於 {top:,.0f} 度{'不可能' if impossible else '少見'}。",
        {"yield": f"{yearly.value:,.0f} kWh/kWp", "limit": f"{top:,.0f} kWh/kWp"},
        severity="error" if impossible else "warning",
    )]  # fmt: skip
