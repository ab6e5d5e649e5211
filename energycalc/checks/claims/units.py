"""Units as they are printed on paper: sizes with their play (HP, RT), kinds without qualifiers, time taken apart."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from energycalc.checks.range import Range
from energycalc.errors import UnitError
from energycalc.quantity.units import unit

Kind = tuple[tuple[str, float], ...]

LOOSE: dict[str, tuple[tuple[str, ...], str]] = {
    "HP": (("PS_metric", "HP_mech", "HP_mech"), "HP is 0.7355 or 0.7457 kW; both are allowed for"),
    "RT": (("USRT", "USRT", "JRT"), "RT is 3.517 or 3.861 kW; both are allowed for"),
}
"""Units that a page prints without saying which; the claims' reader alone takes them."""
SPELLING = {"hp": "HP", "Hp": "HP", "馬力": "HP", "rt": "RT", "冷凍噸": "RT", "噸": "t", "ton": "t", "kCal": "kcal", "US$": "USD",
            "新台幣": "TWD", "新臺幣": "TWD"}  # fmt: skip
SMALLEST_EXPONENT = 1e-12
"""Below it an exponent is zero, and only the computer's last bit is left of it."""
FOOT = 0.3048
"""The international foot in metres, by definition (1959)."""
SIZE_OF_CFM = FOOT**3 / 60
BEFORE_CO2 = re.compile(r"[\s-]+(?=CO2)")
PER_YEAR = re.compile(r"/(?:year|yr|年|a)$")
PER_MONTH = re.compile(r"/(?:month|月)$")
PER_DAY = re.compile(r"/(?:day|d|日|天)$")


@dataclass(frozen=True)
class Amount:
    """A number in coherent base units, with its kind.

    Attributes:
        range: the number with its play.
        kind: base dimensions.
    """

    range: Range
    kind: Kind

    def __mul__(self, other: Amount) -> Amount:
        return Amount(self.range * other.range, joined(self.kind, other.kind, 1))

    def __truediv__(self, other: Amount) -> Amount:
        return Amount(self.range / other.range, joined(self.kind, other.kind, -1))


def joined(kind: Kind, other: Kind, power: int) -> Kind:
    """The kind of a product, or with a power of -1 of a quotient."""
    found = dict(kind)
    for base, exponent in other:
        found[base] = found.get(base, 0) + power * exponent
    return tuple(sorted((base, exponent) for base, exponent in found.items() if abs(exponent) > SMALLEST_EXPONENT))


@dataclass(frozen=True)
class PaperUnit:
    """A unit as printed.

    Attributes:
        text: as printed.
        size: in coherent base units; with its play where the page does not say which unit is meant.
        kind: base dimensions; reference states, heat value bases and GWP sets are left out, as a page leaves them out.
        assumption: what was assumed about it, if anything.
        state: reference state of a volume as printed (``0C`` for Nm3), else empty.
    """

    text: str
    size: Range
    kind: Kind
    assumption: str = ""
    state: str = ""


@functools.cache
def paper_unit(text: str) -> PaperUnit:
    """Read a unit as a page prints it; ``kW/RT`` and ``kcal/m3/K`` are understood.

    Args:
        text: without ``/year``, see :func:`without_time`.

    Raises:
        UnitError: unknown.
    """
    text = BEFORE_CO2.sub("", text.strip())
    if text in ("", "1"):
        return PaperUnit("1", Range.exact(1.0), ())
    size, kind, assumption, state = Range.exact(1.0), dict[str, float](), "", ""
    for place, raw in enumerate(text.split("/")):
        if not raw.strip():
            raise UnitError(
                "a unit is missing beside the slash", subject=f"unit {text!r}", next_step="Write it like kWh/t"
            )
        name = SPELLING.get(raw, raw)
        sign = 1 if place == 0 else -1
        own, own_kind, why, own_state = _atom(name)
        size = size * own if sign == 1 else size / own
        assumption, state = assumption or why, state or own_state
        for base, power in own_kind:
            kind[base] = kind.get(base, 0) + sign * power
    return PaperUnit(text, size, tuple(sorted((k, v) for k, v in kind.items() if v)), assumption, state)


@functools.cache
def _atom(name: str) -> tuple[Range, Kind, str, str]:
    if name in LOOSE:
        names, why = LOOSE[name]
        sizes = [unit(n).factor for n in names]
        return Range(*sizes), _kind(names[0]), why, ""
    if name in ("cfm", "CFM"):
        return Range.exact(SIZE_OF_CFM), _kind("m3/s"), "", ""
    if name == "USD":
        return Range.exact(1.0), (("[us_dollar]", 1.0),), "", ""
    if name in ("month", "months", "月", "個月"):
        return Range.exact(unit("yr").factor / 12), _kind("yr"), "", ""
    if name in ("week", "weeks", "週"):
        return Range.exact(7 * unit("d").factor), _kind("d"), "", ""
    found = unit(name)
    if found.is_point:  # °C, bar(g): compared with their like only
        return Range.exact(found.factor), (("[point of a scale]", 1.0), *found.dimension), "", ""
    qualifiers = [k.strip("<>") for k, _ in found.dimension if k.startswith("<")]
    return Range.exact(found.factor), _kind(name), "", next((q for q in qualifiers if q.endswith("C")), "")


def _kind(name: str) -> Kind:
    same = {"[carbon_dioxide]": "[carbon_dioxide_equivalent]"}
    return tuple(sorted((same.get(k, k), v) for k, v in unit(name).dimension if not k.startswith("<")))


def without_time(text: str) -> tuple[str, str]:
    """Split ``kWh/year`` into ``kWh`` and ``year``; a month and a day are split off too, nothing else is a rate in time."""
    if PER_YEAR.search(text):
        return PER_YEAR.sub("", text), "year"
    if PER_MONTH.search(text):
        return PER_MONTH.sub("", text), "month"
    if PER_DAY.search(text):
        return PER_DAY.sub("", text), "day"
    return text, ""
