"""Fuel: no heater better than its heating value (TP03), no trim and no preheat beyond the stack loss (TP04, TP05)."""

from __future__ import annotations

from energycalc.checks.catalogue import found, limit
from energycalc.checks.physics import laws
from energycalc.checks.physics.facts import Facts, above, per_cent, said, shown, states_of, tenths, whole
from energycalc.checks.range import Range
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.steam.efficiency_limits import highest_efficiency

METHANE = "methane"
YES = ("yes", "true", "是", "有", "1")


def efficiency_of_heater(facts: Facts) -> list[Finding]:
    """TP03: an efficiency above what its heating value allows."""
    findings = []
    for state, efficiency in states_of(facts, "boiler_efficiency"):
        basis = _basis(facts.word("heat_value_basis", state or "after"))
        condensing = facts.word("condensing", state or "after").lower() in YES or facts.is_a("condensing")
        most = _most(facts, basis, condensing)
        en, zh = said(state)
        kind = ("" if condensing else "non-condensing ") + "heater"
        rare = limit("TP03", "rare_without_condensing")
        if efficiency.low > most:
            bound_en, severity = f"at most {whole(most)}", "error"
            bound_zh = f"上限 {whole(most)}"
        elif not condensing and basis != "HHV" and efficiency.low > rare:
            bound_en, severity = f"hardly above {whole(rare)}", "warning"
            bound_zh = f"通常不高於 {whole(rare)}"
        else:
            continue
        of = basis or "heating value not stated"
        findings.append(found(
            "TP03", facts.subject,
            f"The efficiency{en} is {per_cent(efficiency)} ({of}); a {kind} reaches {bound_en}.",
            f"{zh}效率 {per_cent(efficiency)}（{basis or '熱值基準未載明'}），{'冷凝' if condensing else '非冷凝'}設備"
            f"{bound_zh}。",
            {"efficiency": per_cent(efficiency), "limit": f"{whole(most)}" if severity == "error" else f"{whole(rare)}",
             "basis": of, "condensing": "yes" if condensing else "not stated"},
            severity=severity,  # type: ignore[arg-type]
        ))  # fmt: skip
    return findings


def saving_of_trim(facts: Facts) -> list[Finding]:
    """TP04: less excess air cannot save more than the stack loss that goes away."""
    if facts.is_a("air_preheat", "heat_exchanger", "insulation") or facts.word("fuel", "after") not in (
        "",
        *laws.fuel_gases(),
    ):
        return []
    rate = facts.values["saving_rate"]
    old, new = facts.at("oxygen", "before"), facts.at("oxygen", "after")
    hot, cool = facts.at("flue_gas_temperature", "before"), facts.at("flue_gas_temperature", "after")
    if old is None or new is None or hot is None or cool is None:
        return []
    ambient = _ambient(facts)
    if new.value >= old.value and cool.value >= hot.value:
        return []
    try:
        usual = _trim(facts, (old.value, new.value), (hot.value, cool.value), ambient)
        least = max(new.low, min(new.value, limit("TP04", "least_oxygen")))
        kind = _trim(facts, (old.high, least), (hot.high, cool.high if hot == cool else cool.low), ambient)
    except OutOfRange as error:
        return [_impossible("TP04", facts, error)]
    ceiling = Range(usual, usual, max(usual, kind))
    if not above(rate, ceiling + limit("TP04", "allowance")):
        return []
    return [found(
        "TP04", facts.subject,
        f"Oxygen from {per_cent(old)} to {per_cent(new)} at {shown(hot, '°C')} saves at most {per_cent(ceiling)} of the "
        f"fuel; the claim is {per_cent(rate)}.",
        f"排氣含氧由 {per_cent(old)} 降至 {per_cent(new)}（排煙 {shown(hot, '°C')}）至多節省燃料 {per_cent(ceiling)}，"
        f"所列節能率為 {per_cent(rate)}。",
        {"saving_rate": per_cent(rate), "at_most": per_cent(ceiling), "oxygen_before": per_cent(old),
         "oxygen_after": per_cent(new), "flue_gas": shown(hot, "°C"), "ambient": f"{ambient:g} °C",
         "fuel": _fuel(facts)},
        severity="error" if facts.is_a("burner") else "warning",
    )]  # fmt: skip


def saving_of_preheat(facts: Facts) -> list[Finding]:
    """TP05: combustion air no hotter than the flue gas, and no saving beyond what it brings back."""
    flue = facts.at("flue_gas_temperature", "before")
    if flue is None:
        return []
    air = facts.at("air_preheat_temperature", "after")
    if air is not None and air.low > flue.high:
        return [found(
            "TP05", facts.subject,
            f"The combustion air is {shown(air, '°C')}, hotter than the flue gas of {shown(flue, '°C')} that heats it.",
            f"助燃空氣 {shown(air, '°C')} 高於加熱它的排煙溫度 {shown(flue, '°C')}。",
            {"air": shown(air, "°C"), "flue_gas": shown(flue, "°C")},
        )]  # fmt: skip
    rate = facts.values.get("saving_rate")
    if rate is None or facts.word("fuel", "after") not in ("", *laws.fuel_gases()):
        return []
    oxygen, ambient = facts.at("oxygen", "before"), _ambient(facts)
    share = oxygen if oxygen is not None else Range.exact(limit("TP05", "oxygen_not_stated"))
    cold = facts.values.get("air_preheat_temperature_before", Range.exact(ambient))
    hottest, effectiveness = flue if air is None else air, limit("TP05", "effectiveness")
    try:
        usual = _preheat(facts, share.value, flue.value, min(hottest.value, flue.value), cold.value, ambient)
        kind = _preheat(facts, share.high, flue.high, min(hottest.high, flue.high), cold.low, ambient)
        good = ambient + effectiveness * (flue.high - ambient)
        common = _preheat(facts, share.high, flue.high, good, cold.low, ambient)
    except OutOfRange as error:
        return [_impossible("TP05", facts, error)]
    ceiling = Range(usual, usual, max(usual, kind))
    allowance = limit("TP05", "allowance")
    evidence = {"saving_rate": per_cent(rate), "at_most": per_cent(ceiling), "flue_gas": shown(flue, "°C"),
                "oxygen": per_cent(share) + ("" if oxygen else " (not stated)"), "ambient": f"{ambient:g} °C",
                "fuel": _fuel(facts)}  # fmt: skip
    if above(rate, ceiling + allowance):
        return [found(
            "TP05", facts.subject,
            f"Combustion air of {shown(hottest, '°C')} saves at most {per_cent(ceiling)} at {per_cent(share)} oxygen; the "
            f"claim is {per_cent(rate)}.",
            f"助燃空氣 {shown(hottest, '°C')}、含氧 {per_cent(share)} 時至多節能 {per_cent(ceiling)}，所列節能率為 "
            f"{per_cent(rate)}。",
            evidence,
            severity="error" if oxygen is not None else "warning",
        )]  # fmt: skip
    if air is None and rate.low > common + allowance:
        return [found(
            "TP05", facts.subject,
            f"The claim of {per_cent(rate)} needs a preheater of more than {whole(effectiveness)} effectiveness "
            f"({tenths(common)}).",
            f"節能率 {per_cent(rate)} 需預熱器效能高於 {whole(effectiveness)}（{tenths(common)}）。",
            evidence | {"effectiveness": f"{whole(effectiveness)}"}, severity="warning",
        )]  # fmt: skip
    return []


def _basis(text: str) -> str:
    """``LHV``, ``HHV``, or nothing where the page does not say."""
    plain = text.upper()
    if plain in ("LHV", "NCV") or "LOWER" in plain or "低位" in plain or "淨" in plain:
        return "LHV"
    return "HHV" if plain in ("HHV", "GCV") or "HIGHER" in plain or "高位" in plain or "總" in plain else ""


def _most(facts: Facts, basis: str, condensing: bool) -> float:
    """Highest efficiency; on an unknown basis the one that is kinder, of a fuel on file by its composition."""
    fuel = facts.word("fuel", "after")
    if basis != "HHV" and condensing and fuel in laws.fuel_gases():
        return laws.higher_over_lower(fuel)
    return highest_efficiency(basis or "LHV", condensing)


def _fuel(facts: Facts) -> str:
    return facts.word("fuel", "after") or "methane (fuel not stated)"


def _ambient(facts: Facts) -> float:
    stated = facts.at("ambient_temperature", "before")
    return stated.value if stated is not None else limit("TP04", "ambient_not_stated")


def _stays(facts: Facts, oxygen: float, flue: float, air: float, ambient: float) -> float:
    return laws.heat_that_stays(facts.word("fuel", "after") or METHANE, oxygen, flue, air, ambient)


def _trim(facts: Facts, oxygen: tuple[float, float], flue: tuple[float, float], ambient: float) -> float:
    """1 - (1 - L0)/(1 - L1), L the stack loss."""
    now, then = (_stays(facts, o, t, ambient, ambient) for o, t in zip(oxygen, flue, strict=True))
    return 1 - now / then


def _preheat(facts: Facts, oxygen: float, flue: float, air: float, start: float, ambient: float) -> float:
    return 1 - _stays(facts, oxygen, flue, start, ambient) / _stays(facts, oxygen, flue, air, ambient)


def _impossible(id: str, facts: Facts, error: OutOfRange) -> Finding:
    """The law itself refuses the numbers: they cannot belong to one burner."""
    return found(
        id, facts.subject, f"Oxygen and temperatures cannot belong together: {error.sentence()}",
        f"所列含氧量與溫度無法同時成立（{error.value}；限值 {error.limit}）。",
        {"value": str(error.value), "limit": error.limit}, severity="warning",
    )  # fmt: skip
