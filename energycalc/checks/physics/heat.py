"""Heat: a melt below its enthalpy (TP06), heat exchangers (TP15), insulation (TP16), steam (TP21)."""

from __future__ import annotations

import functools
import re

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import Facts, above, per_cent, said, shown, states_of, tenths, whole
from energycalc.checks.range import Range
from energycalc.checks.table import table
from energycalc.finding import Finding


def energy_of_melt(facts: Facts) -> list[Finding]:
    """TP06: less energy per tonne than the metal takes up between charge and melt."""
    if facts.is_a("holding"):
        return []
    findings = []
    for state, energy in states_of(facts, "melting_energy"):
        metal = metal_of(facts.word("metal", state or "after"))
        if metal is None:
            continue
        tapping, charged = (
            facts.at("tapping_temperature", state or "after"),
            facts.at("charge_temperature", state or "after"),
        )
        melting = laws.melting_point(metal)
        tap = None if tapping is None or tapping.low <= melting else tapping.low
        cold = min(charged.high, melting) if charged is not None else limit("TP06", "charge_not_stated")
        least = laws.heat_of_metal(metal, tap, cold)
        if energy.high >= least * (1 - limit("TP06", "accuracy")):
            continue
        to = f"to {tap:.4g} °C" if tap is not None else "to be molten"
        en, zh = said(state)
        other = facts.is_a("arc_furnace")
        findings.append(found(
            "TP06", facts.subject,
            f"The furnace{en} takes {shown(energy, 'kWh/t')}; {metal} takes up {least:.0f} kWh/t {to}"
            + (", unless oxygen, carbon or a hot charge bring the rest." if other else "."),
            f"{zh}單位耗能 {shown(energy, 'kWh/t')}，低於該金屬（{metal}）熔融所需之 {least:.0f} kWh/t"
            + ("，除非由氧、碳或熱料補足。" if other else "。"),
            {"energy": shown(energy, "kWh/t"), "enthalpy": f"{least:.0f} kWh/t", "metal": metal,
             "from": f"{cold:.4g} °C" + ("" if charged else " (not stated)")},
            severity="warning" if other else "error",
        ))  # fmt: skip
    return findings


def heat_exchanger(facts: Facts) -> list[Finding]:
    """TP15: more than all the heat, or temperatures that cross."""
    findings = []
    for state, share in states_of(facts, "effectiveness"):
        if share.low > 1:
            en, zh = said(state)
            findings.append(_crossed(
                facts, f"The effectiveness{en} is {per_cent(share)}; 100 % is all that can pass.",
                f"{zh}熱交換效能 {per_cent(share)}，不可能超過 100 %。", {"effectiveness": per_cent(share)},
            ))  # fmt: skip
    names = ("hot_inlet", "hot_outlet", "cold_inlet", "cold_outlet")
    hot_in, hot_out, cold_in, cold_out = (facts.at(f"{n}_temperature", "after") for n in names)
    parallel = "parallel" in facts.word("flow_arrangement", "after").lower() or "順流" in facts.word(
        "flow_arrangement", "after"
    )
    pairs = [
        (cold_out, hot_in, "The cold stream leaves", "hotter than the hot stream enters", "冷側出口", "高於熱側入口"),
        (cold_in, hot_out, "The cold stream enters", "hotter than the hot stream leaves", "冷側入口", "高於熱側出口"),
        (cold_in, cold_out, "The cold stream enters", "hotter than it leaves", "冷側入口", "高於冷側出口"),
        (hot_out, hot_in, "The hot stream leaves", "hotter than it enters", "熱側出口", "高於熱側入口"),
    ]
    if parallel:
        pairs.append((cold_out, hot_out, "In parallel flow the cold stream leaves", "hotter than the hot stream leaves",
                      "順流時冷側出口", "高於熱側出口"))  # fmt: skip
    for warm, cold, en, than, zh, than_zh in pairs:
        if warm is not None and cold is not None and warm.low > cold.high:
            findings.append(_crossed(
                facts, f"{en} at {shown(warm, '°C')}, {than} ({shown(cold, '°C')}).",
                f"{zh} {shown(warm, '°C')} {than_zh} {shown(cold, '°C')}。",
                {"hotter": shown(warm, "°C"), "limit": shown(cold, "°C")},
            ))  # fmt: skip
    return findings


def insulation(facts: Facts) -> list[Finding]:
    """TP16: more heat saved than the bare surface loses, or a loss that air does not take away."""
    surface, area = facts.at("surface_temperature", "before"), facts.at("surface_area", "before")
    ambient, loss = facts.at("ambient_temperature", "before"), facts.at("heat_loss", "before")
    saved, how = _heat_saved(facts)
    findings = []
    if loss is not None and saved is not None and saved.low > loss.high:
        findings.append(found(
            "TP16", facts.subject,
            f"The insulation saves {shown(saved, 'kW')} of heat ({how}); the bare surface loses {shown(loss, 'kW')}.",
            f"保溫節省熱量 {shown(saved, 'kW')}，超過裸面散熱 {shown(loss, 'kW')}。",
            {"saved": shown(saved, "kW"), "bare_loss": shown(loss, "kW")},
        ))  # fmt: skip
    if surface is None or area is None or ambient is None or area.low <= 0 or surface.low <= ambient.high:
        return findings
    per_film = area * (surface - ambient) * 1e-3
    radiated = laws.black_radiation(surface.high, ambient.high)
    most = per_film.high * (limit("TP16", "highest_convection") + radiated)
    usual = per_film.high * max(limit("TP16", "highest_film"), radiated + limit("TP16", "calm_convection"))
    if saved is not None and saved.low > usual:
        impossible = saved.low > most
        top = most if impossible else usual
        findings.append(found(
            "TP16", facts.subject,
            f"The insulation saves {shown(saved, 'kW')} of heat ({how}); {shown(area, 'm²')} at {shown(surface, '°C')} lose "
            f"at most {top:.3g} kW" + (", black and in a storm." if impossible else " in usual air."),
            f"保溫節省熱量 {shown(saved, 'kW')}；{shown(area, 'm²')}、{shown(surface, '°C')} 之裸面"
            + (f"即使全黑且強風，至多散熱 {top:.3g} kW。" if impossible else f"一般至多散熱 {top:.3g} kW。"),
            {"saved": shown(saved, "kW"), "at_most": f"{top:.3g} kW", "surface": shown(surface, "°C"),
             "area": shown(area, "m²")},
            severity="error" if impossible else "warning",
        ))  # fmt: skip
    if loss is not None:
        film = loss / per_film
        low, high = (
            limit("TP16", "lowest_film"),
            max(limit("TP16", "highest_film"), radiated + limit("TP16", "calm_convection")),
        )
        if film.high < low or film.low > high:
            findings.append(found(
                "TP16", facts.subject,
                f"The loss of {shown(loss, 'kW')} means {film.value:.3g} W/(m²·K); a surface in air has {low:g} to {high:.3g}.",
                f"散熱 {shown(loss, 'kW')} 相當於 {film.value:.3g} W/(m²·K)，空氣中之表面約 {low:g} 至 {high:.3g}。",
                {"film": f"{film.value:.3g} W/(m²·K)", "usual": f"{low:g} to {high:.3g} W/(m²·K)"}, severity="warning",
            ))  # fmt: skip
    return findings


def steam(facts: Facts) -> list[Finding]:
    """TP21: more steam than the fuel's heat makes; more flash steam or blow-down heat than the enthalpies hold."""
    ambient, pressure = limit("TP07", "ambient_pressure"), facts.at("steam_pressure", "after")
    if pressure is None or pressure.low <= 0:
        return []
    low_water, low_steam = laws.steam_enthalpies(pressure.low, ambient)
    high_water, high_steam = laws.steam_enthalpies(pressure.high, ambient)
    feed = facts.at("feedwater_temperature", "after")
    findings = []
    for state, ratio in states_of(facts, "evaporation_ratio"):
        heat = facts.values.get("fuel_heat")
        if heat is None or feed is None:
            continue
        rise = min(low_steam, high_steam) - laws.water_enthalpy(feed.high)
        condensing = facts.word("condensing", "after").lower() in ("yes", "true", "是")
        most = heat.high / rise * (limit("TP03", "higher_over_lower") if condensing else 1.0)
        if ratio.low > most:
            en, zh = said(state)
            findings.append(found(
                "TP21", facts.subject,
                f"The evaporation ratio{en} is {ratio.value:.4g} kg per unit of fuel; its heat makes at most {most:.4g} kg.",
                f"{zh}蒸發倍數 {ratio.value:.4g} kg／單位燃料，其熱值至多產汽 {most:.4g} kg。",
                {"evaporation_ratio": f"{ratio.value:.4g} kg", "at_most": f"{most:.4g} kg", "steam": shown(pressure, "bar(g)"),
                 "feed_water": shown(feed, "°C")},
            ))  # fmt: skip
    flash, into = facts.at("flash_share", "after"), facts.at("flash_pressure", "after")
    if flash is not None and into is not None and into.low < pressure.low:
        water, vapour = laws.steam_enthalpies(into.low, ambient)
        most = (high_water - water) / (vapour - water)
        if flash.low > most:
            findings.append(found(
                "TP21", facts.subject,
                f"{per_cent(flash)} of the condensate is said to flash from {shown(pressure, 'bar(g)')} to "
                f"{shown(into, 'bar(g)')}; its heat suffices for {tenths(most)}.",
                f"冷凝水由 {shown(pressure, 'bar(g)')} 至 {shown(into, 'bar(g)')} 閃蒸比例列為 {per_cent(flash)}，"
                f"其熱量僅足 {tenths(most)}。",
                {"flash_share": per_cent(flash), "at_most": f"{tenths(most)}"},
            ))  # fmt: skip
    rate, blown = facts.values.get("saving_rate"), facts.at("blowdown_rate", "before")
    makeup = facts.at("makeup_temperature", "after")
    if (
        facts.is_a("blowdown")
        and rate is not None
        and blown is not None
        and feed is not None
        and makeup is not None
        and blown.high < 1
    ):
        into_fuel = (1 - blown.high) * low_steam + blown.high * low_water - laws.water_enthalpy(feed.high)
        most = blown.high * (high_water - laws.water_enthalpy(max(makeup.low, 0.01))) / into_fuel
        if above(rate, Range.exact(most)):
            findings.append(found(
                "TP21", facts.subject,
                f"The claim of {per_cent(rate)} is more than all the heat in a blow-down of {per_cent(blown)} ({tenths(most)}).",
                f"節能率 {per_cent(rate)} 超過排放率 {per_cent(blown)} 之排放水全部熱量（{tenths(most)}）。",
                {"saving_rate": per_cent(rate), "at_most": f"{tenths(most)}", "blow_down": per_cent(blown)},
            ))  # fmt: skip
    return findings


def metal_of(text: str) -> str | None:
    """The metal of ``metal_enthalpies.csv`` that a text names; ``None`` for one that is not on file."""
    for pattern, metal in _metals():
        if pattern.search(text.lower()):
            return metal or None
    return None


@functools.cache
def _metals() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["metal"]) for row in table("metal_words.csv"))


def _heat_saved(facts: Facts) -> tuple[Range | None, str]:
    """Heat (kW) behind the saving: the carrier saved, times the efficiency of the heater."""
    power, energy = facts.values.get("saving_power"), facts.values.get("saving_energy")
    hours = facts.at("hours", "before")
    if power is None and energy is not None:
        running = hours if hours is not None and hours.low > 0 else Range.exact(limit("TP16", "hours"))
        power = energy / running
    if power is None:
        return None, ""
    efficiency = facts.at("boiler_efficiency", "before")
    if efficiency is not None:
        return power * efficiency, f"at {per_cent(efficiency)} of the heater"
    if facts.word("carrier", "before") == "electricity":
        return power, "electric heating"
    least = limit("TP16", "efficiency_not_stated")
    return power * least, f"at {whole(least)} of the heater, which is not stated"


def _crossed(facts: Facts, en: str, zh: str, numbers: dict[str, str]) -> Finding:
    return found("TP15", facts.subject, en, zh, numbers)
