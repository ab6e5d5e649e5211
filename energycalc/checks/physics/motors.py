"""Motors: no better than the best of their size (TP01, TP02), not overloaded (TL03), and fed through losses (TL05)."""

from __future__ import annotations

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import Facts, State, above, bound, per_cent, said, shown, states_of
from energycalc.checks.range import Range
from energycalc.finding import Finding

SMALLEST, LARGEST = 0.12, 200.0
"""kW between which the class tables reach."""
POLES = ("2", "4", "6", "8")
ON_FILE = "IE4 limits of 50 Hz, IE3 limits of 60 Hz with 15 % less loss; no IE4 or IE5 table of 60 Hz is on file"


def efficiency_of_motor(facts: Facts) -> list[Finding]:
    """TP01: an efficiency of 100 % and more, or above the best motor of its size."""
    findings = []
    for state, efficiency in states_of(facts, "motor_efficiency"):
        en, zh = said(state)
        if efficiency.low >= 1:
            findings.append(found(
                "TP01", facts.subject,
                f"The motor efficiency{en} is {per_cent(efficiency)}; no motor gives more than it takes.",
                f"馬達{zh}效率 {per_cent(efficiency)}，輸出不可能不小於輸入。",
                {"efficiency": per_cent(efficiency), "limit": "100 %"},
            ))  # fmt: skip
            continue
        size = facts.at("rated_power", state or "after")
        if size is not None and size.high < SMALLEST:
            continue
        best = _best_of_size(facts, size, state or "after")
        if above(efficiency, best):
            of = f"of {shown(size, 'kW')}" if size else "of any size (the size is not stated)"
            of_zh = f" {shown(size, 'kW')} 馬達" if size else "任何容量馬達（容量未載明）"
            findings.append(found(
                "TP01", facts.subject,
                f"The motor efficiency{en} is {per_cent(efficiency)}; the best motor {of} is believed to reach "
                f"{per_cent(best)}.",
                f"馬達{zh}效率 {per_cent(efficiency)}，高於{of_zh}可信之上限 {per_cent(best)}。",
                {"efficiency": per_cent(efficiency), "highest": per_cent(best), "tables": ON_FILE},
                severity="warning" if _beyond_tables(facts, state or "after") else "error",
            ))  # fmt: skip
    return findings


def saving_of_motor(facts: Facts) -> list[Finding]:
    """TP02: a motor swap that saves more than the two efficiencies allow."""
    rate = facts.values["saving_rate"]
    if facts.is_a("fan", "pump", "compressor", "chiller", "speed_control"):
        return []
    old, new = _efficiency(facts, "before"), _efficiency(facts, "after")
    size = facts.at("rated_power", "after")
    if old is None:
        return _no_table(facts)
    by = "the two efficiencies", "前後效率"
    if new is None:
        new = _best_of_size(facts, size, "after")
        by = "the best motor of its size", "同容量最佳馬達"
    ceiling = bound(lambda a, b: 1 - a / b, (old.value, new.value), (old.low, new.high))
    allowed = ceiling + limit("TP02", "allowance")
    if not above(rate, allowed):
        return []
    return [found(
        "TP02", facts.subject,
        f"The motor swap claims {per_cent(rate)}; {by[0]} ({per_cent(old)}, {per_cent(new)}) give at most "
        f"{per_cent(ceiling)}.",
        f"馬達汰換節能率 {per_cent(rate)}，依{by[1]}（{per_cent(old)}、{per_cent(new)}）至多 {per_cent(ceiling)}。",
        {"saving_rate": per_cent(rate), "at_most": per_cent(ceiling), "efficiency_before": per_cent(old),
         "efficiency_after": per_cent(new)},
    )]  # fmt: skip


def load_of_motor(facts: Facts) -> list[Finding]:
    """TL03: a motor that takes more than its rating, efficiency and service factor allow."""
    if facts.word("power_is", "before") == "rating":
        return []
    findings = []
    for state, power in states_of(facts, "power"):
        rated = facts.at("rated_power", state or "before")
        if rated is None or rated.low <= 0:
            continue
        count = facts.values.get("unit_count", Range.exact(1))
        efficiency = facts.at("motor_efficiency", state or "before")
        most = rated * count / (efficiency or Range.exact(limit("TP01", "efficiency_not_stated")))
        load = Range(power.low / most.high, power.value / most.value, power.high / most.low)
        if load.low <= limit("TL03", "warning"):
            continue
        en, zh = said(state)
        findings.append(found(
            "TL03", facts.subject,
            f"The input{en} is {shown(power, 'kW')}: {per_cent(load)} of what the rating of {shown(rated, 'kW')} takes.",
            f"{zh}輸入功率 {shown(power, 'kW')}，為額定 {shown(rated, 'kW')} 馬達滿載輸入之 {per_cent(load)}。",
            {"input": shown(power, "kW"), "rated_output": shown(rated, "kW"), "full_load_input": shown(most, "kW")},
            severity="error" if load.low > limit("TL03", "error") and facts.counted else "warning",
        ))  # fmt: skip
    return findings


def shaft_as_electric(facts: Facts) -> list[Finding]:
    """TL05: energy that is rated output times hours, as if the motor had no losses."""
    energy, hours = facts.at("energy", "before"), facts.at("hours", "before")
    rating = facts.at("power", "before") if facts.word("power_is", "before") == "rating" else None
    if rating is None:
        rating = facts.at("rated_power", "before")
        count = facts.values.get("unit_count")
        rating = rating * count if rating is not None and count is not None else rating
    if energy is None or hours is None or rating is None:
        return []
    load = facts.at("load_factor", "before")
    shaft = rating * hours * (load or Range.exact(1))
    within = limit("TL05", "within")
    if not Range(shaft.low * (1 - within), shaft.value, shaft.high * (1 + within)).meets(energy):
        return []
    return [found(
        "TL05", facts.subject,
        f"{shown(energy, 'kWh')} is the rated output of {shown(rating, 'kW')} times {shown(hours, 'h')}: the losses of "
        "the motor are left out" + ("" if load else ", and full load is assumed") + ".",
        f"{shown(energy, 'kWh')} 即額定輸出 {shown(rating, 'kW')} × {shown(hours, 'h')}，未計馬達效率"
        + ("" if load else "，且假設滿載") + "。",
        {"energy": shown(energy, "kWh"), "rated_output": shown(rating, "kW"), "hours": shown(hours, "h")},
        severity="warning" if facts.on_paper else "error",
    )]  # fmt: skip


def _best_of_size(facts: Facts, size: Range | None, state: State) -> Range:
    hertz, poles = _frequency(facts), facts.word("poles", state)
    poles = poles if poles in POLES else ""
    ends = (LARGEST,) if size is None else tuple(max(kw, SMALLEST) for kw in (size.value, size.low, size.high))
    best = [laws.highest_motor_efficiency(round(kw, 3), poles, hertz) for kw in ends]
    return Range(min(best), best[0], max(best))


def _frequency(facts: Facts) -> float:
    stated = facts.at("line_frequency", "after")
    return stated.value if stated is not None else limit("TP01", "frequency_not_stated")


def _beyond_tables(facts: Facts, state: State) -> bool:
    """Whether the motor is of a kind that the tables of induction motors do not bound."""
    return _class(facts, state) == "IE5" or facts.is_a("permanent_magnet")


def _class(facts: Facts, state: State) -> str:
    """``IE4``; nothing where the page names no class."""
    return facts.word("ie_class", state).upper().replace(" ", "")


def _efficiency(facts: Facts, state: State) -> Range | None:
    """Of the motor in a state: as printed, else by its class, at the frequency at which both classes are on file."""
    printed = facts.at("motor_efficiency", state)
    ie_class, size = _class(facts, state), facts.at("rated_power", state)
    if printed is not None or not ie_class or size is None:
        return printed
    other = _class(facts, "after" if state == "before" else "before")
    poles = facts.word("poles", state)
    rated = round(size.value, 3)
    for hertz in (60.0, 50.0) if _frequency(facts) == 60 else (_frequency(facts),):
        of = {
            p: (laws.class_efficiency(ie_class, p, rated, hertz), laws.class_efficiency(other, p, rated, hertz))
            for p in ((poles,) if poles in POLES else POLES)
        }
        known = [own for own, its in of.values() if own is not None and (its is not None or not other)]
        if known:
            return Range(min(known), sorted(known)[len(known) // 2], max(known))
    return None


def _no_table(facts: Facts) -> list[Finding]:
    ie_class = facts.word("ie_class", "before")
    if not ie_class:
        return []
    return [found(
        "TP02", facts.subject,
        f"The limit of {ie_class} for this size is not in the tables on file, so the saving of the swap is not judged.",
        f"現有表格無此容量 {ie_class} 之效率下限，馬達汰換節能率未予判定。",
        {"class": ie_class}, severity="note",
    )]  # fmt: skip
