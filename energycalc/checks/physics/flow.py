"""Pumps and fans: work in the fluid (TP14), the cube of the speed (TL06), mean speed (TL07), loss of the drive (TL08)."""

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


def work_in_fluid(facts: Facts) -> list[Finding]:
    """TP14: less power than the fluid takes up, or a pump or fan better than is credible."""
    findings = [f for kind in ("pump", "fan") for f in _stated_efficiency(facts, kind)]
    for state in STATES:
        power = facts.at("power", state)
        if power is None or power.high <= 0 or facts.word("power_is", state) == "rating":
            continue
        fluid = _fluid_power(facts, state)
        if fluid is None:
            continue
        kind, useful, how = fluid
        efficiency = facts.at("motor_efficiency", state)
        shaft = power if efficiency is None or efficiency.high > 1 else power * efficiency
        share, credible = useful.low / shaft.high, limit("TP14", kind)
        if share <= credible:
            continue
        impossible = share > 1
        en, zh = said(state)
        findings.append(found(
            "TP14", facts.subject,
            f"The {kind}{en} takes {shown(power, 'kW')}; {how} alone is {shown(useful, 'kW')}"
            + ("." if impossible else f", an efficiency of {whole(share)}, above the credible {whole(credible)}."),
            f"{zh}輸入 {shown(power, 'kW')}，流體所得功率即 {shown(useful, 'kW')}"
            + ("，不可能。" if impossible else f"，效率 {whole(share)} 高於可信之 {whole(credible)}。"),
            {"input": shown(power, "kW"), "in_the_fluid": shown(useful, "kW"), "efficiency": f"{whole(share)}"},
            severity="error" if impossible else "warning",
        ))  # fmt: skip
        if "power" in facts.values:
            break
    return findings


def cube_of_speed(facts: Facts) -> list[Finding]:
    """TL06: a saving above the cube of the speed, or above what a stated static head leaves; a note where none is stated."""
    by_speed = facts.values.get("speed_ratio")
    ratio, rate = by_speed or facts.values.get("flow_ratio"), facts.values["saving_rate"]
    if ratio is None or ratio.low <= 0 or ratio.value >= 1 or facts.is_a("compressor", "vacuum_pump", "chiller"):
        return []
    cube = bound(lambda q: 1 - laws.system_power(q, 0.0), (ratio.value,), (ratio.low,))
    numbers = {"saving_rate": per_cent(rate), "ratio": per_cent(ratio), "by_the_cube": per_cent(cube)}
    what, what_zh = ("speed", "轉速") if by_speed is not None else ("flow", "流量")
    if above(rate, cube):
        return [found(
            "TL06", facts.subject,
            f"At {per_cent(ratio)} of the {what} the cube law leaves a saving of {per_cent(cube)}; the claim is "
            f"{per_cent(rate)}.",
            f"{what_zh}降至 {per_cent(ratio)}，依相似律（立方）至多節能 {per_cent(cube)}，所列節能率為 {per_cent(rate)}。",
            numbers,
            severity="error" if by_speed is not None and not facts.is_a("axial", "replacement") else "warning",
        )]  # fmt: skip
    static = facts.values.get("static_head_share")
    if static is not None:
        share = min(max(static.low, 0.0), 1.0)
        system = bound(laws.system_power, (ratio.low, share), (ratio.low, share))
        if rate.low > 1 - system.value:
            return [found(
                "TL06", facts.subject,
                f"With {per_cent(static)} static head, {per_cent(ratio)} of the {what} leaves a saving of "
                f"{tenths(1 - system.value)}; the claim is {per_cent(rate)}.",
                f"靜揚程占 {per_cent(static)}，{what_zh} {per_cent(ratio)} 至多節能 {tenths(1 - system.value)}，所列節能率為 "
                f"{per_cent(rate)}。",
                numbers | {"static_head": per_cent(static)}, severity="warning",
            )]  # fmt: skip
        return []
    return [found(
        "TL06", facts.subject,
        f"The claim of {per_cent(rate)} is within the cube law ({per_cent(cube)} at {per_cent(ratio)} of the {what}); the "
        "static share of the head is not stated, and with it less is possible.",
        f"節能率 {per_cent(rate)} 未超過相似律（{what_zh} {per_cent(ratio)} 時為 {per_cent(cube)}）；惟未載明靜揚程比例，"
        "若有靜揚程則節能較少。",
        numbers, severity="note",
    )]  # fmt: skip


def mean_speed(facts: Facts) -> list[Finding]:
    """TL07: a mean speed that is cubed: the mean of the cubes is larger."""
    ratio = facts.values.get("speed_ratio") or facts.values.get("flow_ratio")
    word = facts.word("speed_is", "after").lower()
    average = any(w in word for w in ("average", "mean", "平均"))
    if ratio is None or not average or ratio.value >= 1:
        return []
    return [found(
        "TL07", facts.subject,
        f"The speed of {per_cent(ratio)} is a mean; the power follows the mean of the cubes, which is more than "
        f"{per_cent(ratio**3)}.",
        f"轉速 {per_cent(ratio)} 為平均值；功率取決於各轉速立方之平均，高於平均值之立方 {per_cent(ratio**3)}。",
        {"mean": per_cent(ratio), "cube_of_mean": per_cent(ratio**3)},
    )]  # fmt: skip


def loss_of_drive(facts: Facts) -> list[Finding]:
    """TL08: a frequency converter without loss."""
    drive = facts.at("drive_efficiency", "after")
    least = limit("TL08", "loss_low")
    if drive is not None:
        if drive.low <= 1 - least:
            return []
        return [found(
            "TL08", facts.subject,
            f"The frequency converter is said to lose {100 * (1 - drive.value):.2g} %; at full speed it loses at least "
            f"about {whole(least)}.",
            f"變頻器損失列為 {100 * (1 - drive.value):.2g} %，滿載時至少約 {whole(least)}。",
            {"drive_efficiency": per_cent(drive), "least_loss": f"{whole(least)}"},
        )]  # fmt: skip
    ratio, rate = facts.values.get("speed_ratio"), facts.values.get("saving_rate")
    if ratio is None or rate is None or ratio.value >= 1:
        return []
    if not rate.low <= 1 - laws.system_power(ratio.value, 0.0) <= rate.high:
        return []
    return []
    return [found(
        "TL08", facts.subject,
        f"The claim of {per_cent(rate)} is the cube law itself; the loss of the frequency converter is left out.",
        f"節能率 {per_cent(rate)} 即相似律之值，未計變頻器損失。",
        {"saving_rate": per_cent(rate), "by_the_cube": per_cent(1 - ratio**3)}, severity="note",
    )]  # fmt: skip


def _stated_efficiency(facts: Facts, kind: str) -> list[Finding]:
    findings = []
    for state, efficiency in states_of(facts, f"{kind}_efficiency"):
        credible = limit("TP14", kind)
        if efficiency.low <= credible:
            continue
        impossible = efficiency.low >= 1
        en, zh = said(state)
        findings.append(found(
            "TP14", facts.subject,
            f"The {kind} efficiency{en} is {per_cent(efficiency)}"
            + ("; no machine gives more than it takes." if impossible else f", above the credible {whole(credible)}."),
            f"{zh}{'泵' if kind == 'pump' else '風機'}效率 {per_cent(efficiency)}"
            + ("，不可能。" if impossible else f"，高於可信之 {whole(credible)}。"),
            {"efficiency": per_cent(efficiency), "limit": "100 %" if impossible else f"{whole(credible)}"},
            severity="error" if impossible else "warning",
        ))  # fmt: skip
    return findings


def _fluid_power(facts: Facts, state: State) -> tuple[str, Range, str] | None:
    """Kind of machine, power that it puts into the fluid, and how it was found."""
    flow, head = facts.at("liquid_flow", state), facts.at("head", state)
    if flow is not None and head is not None and flow.low >= 0 and head.low >= 0:
        stated = facts.at("liquid_density", state)
        density = stated or Range.exact(limit("TP14", "density_not_stated"))
        ends = (laws.power_in_liquid(d, f, h) for d, f, h in
                ((density.low, flow.low, head.low), (density.value, flow.value, head.value),
                 (density.high, flow.high, head.high)))  # fmt: skip
        how = f"lifting {shown(flow, 'm³/h')} by {shown(head, 'm')}" + ("" if stated else " (water)")
        return "pump", Range(*ends), how
    gas, pressure = facts.at("gas_flow", state), facts.at("pressure_rise", state)
    if gas is not None and pressure is not None and gas.low >= 0 and pressure.low >= 0:
        compressed = limit("TP14", "least_compressibility_factor")
        ends = (laws.power_in_gas(f, p, k) for f, p, k in
                ((gas.low, pressure.low, compressed), (gas.value, pressure.value, 1.0),
                 (gas.high, pressure.high, 1.0)))  # fmt: skip
        return "fan", Range(*ends), f"moving {shown(gas, 'm³/min')} against {shown(pressure, 'Pa')}"
    return None
