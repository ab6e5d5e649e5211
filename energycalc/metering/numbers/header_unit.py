"""Which unit the header of a column names, to be held against the declared one."""

from __future__ import annotations

import re

_WORDS = {
    "wh": "Wh", "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "w": "W", "kw": "kW", "mw": "MW", "gw": "GW",
    "kvarh": "kvarh", "mvarh": "Mvarh", "kvar": "kvar", "mvar": "Mvar", "kvah": "kVAh", "kva": "kVA",
    "j": "J", "kj": "kJ", "mj": "MJ", "gj": "GJ", "tj": "TJ", "kcal": "kcal", "a": "A", "v": "V", "%": "%",
    "m3": "m3", "m³": "m3", "nm3": "m3[0C]", "nm³": "m3[0C]",
    "tco2": "tCO2", "kgco2": "kgCO2", "tco2e": "tCO2e", "kgco2e": "kgCO2e", "ntd": "TWD", "twd": "TWD", "元": "TWD",
    "度": "kWh", "千度": "MWh", "仟度": "MWh", "瓩時": "kWh", "瓩": "kW", "千瓦": "kW", "仟瓦": "kW",
    "立方公尺": "m3", "立方米": "m3",
    "°c": "degC", "℃": "degC", "degc": "degC", "°f": "degF", "℉": "degF", "degf": "degF",
    "kg": "kg", "公斤": "kg", "公噸": "t", "pcs": "piece", "件": "piece",
}  # fmt: skip
_ONLY_IN_BRACKETS = ("w", "j", "a", "v", "%")  # elsewhere a single letter is rather the name of a phase or feeder
_GLUED = re.compile(r"[kKMG]?Wh$|[kKM]W$|[kM][vV][aA][rR]h?$|[kM]VAh?$|(?:t|kg)CO2e?$|(?<![A-Za-z])N?m[3³]$")
_CHUNK = re.compile(r"[^\s_()（）\[\]【】,，;；:：]+")
_BRACKETS = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]*?)\s*[)）\]】]")
_HOURS = ("h", "hr", "hour", "小時")


def units_in(header: str) -> tuple[str, ...]:
    """Units that a header names: ``Usage_kWh`` names kWh, ``有效電度(度)`` too, ``Power factor`` none.

    Args:
        header: header of a column.

    Returns:
        The units in the order they stand, each once; ``m3/h`` keeps its hour, other denominators are dropped
        (``kWh/15min`` names kWh).
    """
    text = re.sub(r"(?i)(?<=w)\s*[-·*]\s*(?=h\b)", "", header)
    in_brackets = {found.casefold() for found in _BRACKETS.findall(text)}
    units = []
    for chunk in _CHUNK.findall(text):
        above, _, below = chunk.partition("/")
        word = above.casefold()
        if word in _ONLY_IN_BRACKETS and chunk.casefold() not in in_brackets:
            continue
        glued = _GLUED.search(above)
        unit = _WORDS.get(word) or (_WORDS.get(glued[0].casefold()) if glued else None)
        if unit is not None:
            units.append(f"{unit}/h" if below.casefold() in _HOURS else unit)
    return tuple(dict.fromkeys(units))


def contradicts(header: str, declared: str) -> tuple[str, ...]:
    """The units a header names when the declared one is none of them; empty when they agree or none is named.

    Args:
        header: header of a column.
        declared: the declared unit as the program writes it, e.g. ``kWh`` or ``m3[0C]``.

    Note:
        A header ``m3`` does not say its reference state and so agrees with ``m3[0C]``; ``Nm3`` against m3 does not.
    """
    named = units_in(header)
    agrees = declared in named or declared.partition("[")[0] in named
    return () if agrees else named
