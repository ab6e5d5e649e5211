"""How people write units: Chinese and everyday spellings, spellings that are refused, and how a unit is shown."""

from __future__ import annotations

ALIASES: dict[str, str] = {
    # energy and power
    "度": "kWh", "千度": "MWh", "仟度": "MWh", "kwh": "kWh", "KWH": "kWh", "kWH": "kWh", "KWh": "kWh", "瓩時": "kWh",
    "kw": "kW", "KW": "kW", "瓩": "kW", "千瓦": "kW", "仟瓦": "kW", "瓦": "W", "千卡": "kcal", "仟卡": "kcal",
    "大卡": "kcal",
    "公秉油當量": "KLOE", "kloe": "KLOE", "kva": "kVA", "KVA": "kVA", "kVAr": "kvar", "kVar": "kvar", "kVAR": "kvar",
    "kVarh": "kvar*h", "kvarh": "kvar*h",
    # mass and volume
    "公噸": "t", "公斤": "kg", "公克": "g", "公秉": "kL", "公升": "L", "l": "L", "kl": "kL", "立方公尺": "m3",
    "立方米": "m3",
    "平方公尺": "m2", "公尺": "m", "公分": "cm", "公厘": "mm", "Nm3": "m3[0C]", "Nm^3": "m3[0C]", "CMM": "m3/min",
    "CMH": "m3/h",
    "NCMM": "m3[0C]/min", "lpm": "L/min", "LPM": "L/min",
    # time
    "小時": "h", "時": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "分鐘": "min", "分": "min", "秒": "s",
    "sec": "s",
    "天": "d", "日": "d", "day": "d", "days": "d", "年": "yr", "year": "yr", "years": "yr", "a": "yr",
    # temperature, electricity, rotation
    "°C": "degC", "℃": "degC", "oC": "degC", "degc": "degC", "攝氏度": "degC", "v": "V", "伏特": "V", "安培": "A",
    "rpm": "rpm",
    "RPM": "rpm", "赫茲": "Hz", "Ω": "ohm", "歐姆": "ohm", "分貝": "dB",
    # pressure
    "mmAq": "mmH2O", "mmaq": "mmH2O",
    # cooling and shaft power, with their kind
    "US_RT": "USRT", "usrt": "USRT", "美制冷凍噸": "USRT", "美國冷凍噸": "USRT", "日制冷凍噸": "JRT",
    "日本冷凍噸": "JRT",
    "PS": "PS_metric", "hp_mech": "HP_mech", "hp_metric": "PS_metric",
    "公制馬力": "PS_metric", "英制馬力": "HP_mech",
    # money
    "元": "TWD", "NTD": "TWD", "NT$": "TWD", "NT": "TWD", "新臺幣": "TWD", "新台幣": "TWD",
    "仟元": "kTWD", "千元": "kTWD", "萬元": "TWD_10k",
    # numbers
    "%": "percent", "％": "percent", "個": "piece", "件": "piece", "支": "piece", "pcs": "piece", "台": "piece",
    # emissions
    "kgCO₂e": "kgCO2e", "tCO₂e": "tCO2e", "kgCO2-e": "kgCO2e", "tCO2-e": "tCO2e", "公斤CO2e": "kgCO2e",
    "公噸CO2e": "tCO2e",
    "kgCO₂": "kgCO2", "tCO₂": "tCO2", "公噸CO2": "tCO2",
}  # fmt: skip

AMBIGUOUS: dict[str, tuple[str, str]] = {}
for _word in ("RT", "rt", "Rt", "冷凍噸", "TR"):
    AMBIGUOUS[_word] = (
        "a refrigeration ton has two sizes: USRT = 3.517 kW, JRT = 3.861 kW",
        'Write "USRT" (美制冷凍噸) or "JRT" (日制冷凍噸)',
    )
for _word in ("HP", "hp", "Hp", "馬力", "匹"):
    AMBIGUOUS[_word] = (
        "a horsepower has two sizes: mechanical 0.7457 kW, metric 0.7355 kW",
        'Write "HP_mech" (英制馬力) or "PS_metric" (公制馬力)',
    )
for _word in ("ton", "tons", "Ton", "噸", "TON"):
    AMBIGUOUS[_word] = (
        "a ton may be 1000 kg, 907 kg (short), 1016 kg (long) or a refrigeration ton",
        'Write "t" (公噸, 1000 kg) or "USRT"/"JRT" for cooling',
    )
for _word in ("CFM", "acfm", "scfm"):
    AMBIGUOUS[_word] = ("a flow in cubic feet is not accepted, and its reference state is unknown", 'Write "m3/min"')
for _word in ("psig", "psia"):
    AMBIGUOUS[_word] = ("is not accepted", 'Write "bar(g)" or "bar(a)" (1 bar = 14.504 psi)')
AMBIGUOUS["USD"] = ("is not accepted: money here is New Taiwan dollars", 'Write "元" or "萬元"')
AMBIGUOUS["cfm"] = (
    "a flow in cubic feet is not accepted, and its reference state is unknown",
    'Write "m3/min"',
)
AMBIGUOUS["psi"] = ("is not accepted (gauge or absolute is unknown)", 'Write "bar(g)" or "bar(a)"')
AMBIGUOUS["kg/cm2"] = ("is a force per area, gauge or absolute unknown", 'Write "kgf/cm2(g)" or "kgf/cm2(a)"')

# what a unit is called on a page, where that differs from its name in units.txt
DISPLAY: dict[str, str] = {
    "percent": "%", "degC": "°C", "m3": "m³", "m2": "m²", "cm2": "cm²", "mm2": "mm²", "m3[0C]": "Nm³",
    "HP_mech": "HP_mech",
    "kW·min/m³": "kW/(m³/min)", "KGFCM2": "kgf/cm²", "KGFCM2[g]": "kgf/cm²[g]", "KGFCM2[a]": "kgf/cm²[a]",
    "TWD_10k": "萬元", "kWh[LHV]": "kWh[LHV]",
}  # fmt: skip

# people write the qualifier in round brackets or glued to the unit
QUALIFIER_WORDS: tuple[tuple[str, str], ...] = (
    (r"轉\s*/\s*(分鐘|分|min)", "rpm"),
    (r"\(\s*表壓?\s*\)", "[g]"),
    (r"\(\s*絕對?壓?\s*\)", "[a]"),
    (r"\bbar\s?abs\b", "bar[a]"),
    (r"\s*\(\s*[gG]\s*\)", "[g]"),
    (r"\s*\(\s*(?:a|A|abs)\s*\)", "[a]"),
    (r"\b(bar|kPa|MPa|mbar)\s?[gG]\b", r"\1[g]"),
    (r"\b(bar|kPa|MPa|mbar)\s?(?:a|A|abs)\b", r"\1[a]"),
    (r"kgf?/cm2\s*\[", "KGFCM2["),
    (r"kgf?/cm2\s*[gG]\b", "KGFCM2[g]"),
    (r"kgf/cm2", "KGFCM2"),
    (r"\s*\(\s*(LHV|HHV|AR4|AR5|AR6)\s*\)", r"[\1]"),
    (r"\s*\(\s*(?:低位|淨熱值)\s*\)", "[LHV]"),
    (r"\s*\(\s*(?:高位|總熱值)\s*\)", "[HHV]"),
    (r"Nm\^?3", "m3[0C]"),
    (r"(CO)₂", r"\g<1>2"),
    (r"\b(kg|t|g|kt) ?(CO2e?)\b", r"\1\2"),
)
