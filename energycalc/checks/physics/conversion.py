"""Any conversion: nothing gives more than it takes (TP23); a mean of a load that varies (TL12)."""

from __future__ import annotations

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics.facts import Facts, per_cent, said, shown, states_of, whole
from energycalc.finding import Finding

NAMES = {
    "efficiency": ("efficiency", "效率"),
    "transmission_efficiency": ("efficiency of the transmission", "傳動效率"),
    "drive_efficiency": ("efficiency of the frequency converter", "變頻器效率"),
}


def first_law(facts: Facts) -> list[Finding]:
    """TP23: an efficiency above 1, resistance heating with a COP above 1, more useful heat than energy."""
    findings = []
    moves_heat = facts.is_a("heat_pump", "chiller")
    named = dict(NAMES) | ({"cop": ("COP", "COP")} if facts.is_a("electric_heating") else {})
    for name, (en_name, zh_name) in named.items():
        for state, value in states_of(facts, name):
            if value.low <= 1 or (moves_heat and name in ("efficiency", "cop")):
                continue
            en, zh = said(state)
            findings.append(found(
                "TP23", facts.subject,
                f"The {en_name}{en} is {per_cent(value)}; a conversion gives no more than it takes.",
                f"{zh}{zh_name} {per_cent(value)}，能量轉換之輸出不可能大於輸入。",
                {name: per_cent(value), "limit": "100 %"},
            ))  # fmt: skip
    if moves_heat:
        return findings
    for state, heat in states_of(facts, "useful_heat"):
        energy = facts.at("energy", state or "after")
        if energy is not None and heat.low > energy.high * limit("TP23", "heat_by_energy"):
            en, zh = said(state)
            findings.append(found(
                "TP23", facts.subject,
                f"The useful heat{en} is {shown(heat, 'kWh')}, out of {shown(energy, 'kWh')} of energy.",
                f"{zh}有效熱 {shown(heat, 'kWh')} 大於投入能源 {shown(energy, 'kWh')}。",
                {"useful_heat": shown(heat, "kWh"), "energy": shown(energy, "kWh")},
            ))  # fmt: skip
    return findings


def constant_load(facts: Facts) -> list[Finding]:
    """TL12: mean power times hours where the power varies."""
    variation = facts.at("power_variation", "before")
    if variation is None or variation.low <= limit("TL12", "variation"):
        return []
    return [found(
        "TL12", facts.subject,
        f"The 15-minute power varies by {per_cent(variation)} (standard deviation by mean), and the saving takes it as "
        "constant.",
        f"15 分鐘功率變異係數 {per_cent(variation)}，節能計算卻視為定值。",
        {"variation": per_cent(variation), "limit": f"{whole(limit('TL12', 'variation'))}"},
    )]  # fmt: skip
