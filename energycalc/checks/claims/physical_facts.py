"""Facts of a claim on paper: its figures in the units of the checks, and what the technology makes of them."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from energycalc.checks.catalogue import limit
from energycalc.checks.claims.claim import Claim
from energycalc.checks.claims.figures import Figure, split
from energycalc.checks.claims.units import LOOSE, SPELLING
from energycalc.checks.physics.facts import Fact, Facts, known_facts
from energycalc.checks.physics.technology import families_of
from energycalc.checks.range import Range
from energycalc.errors import InputError, UnitError
from energycalc.quantity import quantity, unit

PLACES = ("", "_before", "_after")
DRIVEN = frozenset({"motor", "fan", "pump", "compressor", "speed_control"})
WHOSE_EFFICIENCY = {
    "motor": "motor_efficiency", "boiler": "boiler_efficiency", "pump": "pump_efficiency", "fan": "fan_efficiency",
    "transformer": "transformer_efficiency", "heat_exchanger": "effectiveness", "air_preheat": "effectiveness",
}  # fmt: skip
"""Whose efficiency a page prints, where the technology is one thing only."""
COUNTED = frozenset({"unit_count", "leak_count"})
"""Whole numbers, which are not rounded."""
RATIOS = {"speed": ("Hz", "rpm", "1"), "flow": ("m3/h", "kg/h", "1")}
MISPRINTED = {"kW/CMM": "kW/m3/min", "kWh/t": "kWh/ton"}
"""A unit as pages print it, without the brackets that it needs; the number is the same."""


def facts_of_claim(claim: Claim) -> Facts:
    """What a claim says to the checks of physics.

    Args:
        claim: as read; figures that were inferred count as well.

    Returns:
        The facts; a figure of another kind of unit is left out, a text that is no temperature or pressure is named in
        ``unread``.
    """
    families = families_of(claim.technology)
    values: dict[str, Range] = {}
    words: dict[str, str] = {}
    unread: list[str] = []
    for key, printed in claim.figures.items():
        if key in _by_key():
            fact, place = _by_key()[key]
            number = _in(printed, fact.unit)
            if number is not None and fact.name in COUNTED:
                number = Range.exact(number.value)
            _put(values, fact.name + place, number)
    for key, text in claim.texts.items():
        if key not in _by_key():
            continue
        fact, place = _by_key()[key]
        if fact.kind == "word":
            words[fact.name + place] = text
            continue
        try:
            values[fact.name + place] = read_point(key, text, fact)
        except InputError as error:
            unread.append(error.sentence())
    if "carrier" in claim.texts:
        words["carrier"] = claim.carrier
    for name, number in _by_technology(claim, families, values):
        _put(values, name, number)
    for place in PLACES:
        figure = claim.figure(f"power{place}")
        if figure is not None and SPELLING.get(figure.unit.text, figure.unit.text) == "HP":
            words[f"power_is{place}"] = "rating"
    if claim.kind != "programme_total":
        for name, number in _claimed(claim, values, words):
            _put(values, name, number)
    return Facts(claim.id, families, values, words, unread=tuple(unread))


def read_point(key: str, text: str, fact: Fact) -> Range:
    """A temperature or a pressure as a page prints it, with its play.

    Args:
        key: named in the error.
        text: number and unit; ``bar``, ``MPa`` and ``kg/cm2`` without a word are gauge or absolute, both allowed for.
        fact: whose unit is wanted.

    Raises:
        InputError: no number, no unit, or one of another kind.
    """
    number, step, rest = split(text, key)
    spelled = rest.replace("²", "2").replace("kg/cm2", "kgf/cm2").strip()
    try:
        its = unit(spelled)
        if its.is_point:
            ends = (float(quantity(n, spelled).value_in(fact.unit)) for n in (number - step / 2, number, number + step))
            return Range(*ends)
        plain = fact.unit.removesuffix("[g]")
        if not spelled or plain == fact.unit:
            raise UnitError("is no point of a scale")
        low, value, high = (
            float(quantity(n, spelled).value_in(plain)) for n in (number - step / 2, number, number + step)
        )
        return Range(low - limit("TP07", "ambient_pressure"), value, high)
    except UnitError:
        wanted = "150 degC" if fact.unit == "degC" else "7 bar(g)"
        raise InputError(
            f"is no {'temperature' if fact.unit == 'degC' else 'pressure'}", subject=key, value=repr(text),
            next_step=f'Write it like "{wanted}"',
        ) from None  # fmt: skip


@functools.cache
def _by_key() -> Mapping[str, tuple[Fact, str]]:
    """Fact and place by key of a claim."""
    return {
        key + place: (fact, place) for fact in known_facts().values() for key in fact.claim_keys for place in PLACES
    }


def _put(values: dict[str, Range], name: str, number: Range | None) -> None:
    if number is not None and name not in values:
        values[name] = number


def _in(figure: Figure | None, wanted: str) -> Range | None:
    """A figure in a unit; ``None`` where it is of another kind."""
    if figure is None:
        return None
    for name in (wanted, MISPRINTED.get(wanted, "")):
        if name and figure.is_a(name):
            return figure.to(name)
    return None


def _by_technology(
    claim: Claim, families: frozenset[str], values: dict[str, Range]
) -> Iterator[tuple[str, Range | None]]:
    """Figures whose meaning depends on the technology: efficiency, capacity, flow, voltage, speed."""
    whose = {fact for family, fact in WHOSE_EFFICIENCY.items() if family in families}
    efficiency = whose.pop() if len(whose) == 1 and "heat_pump" not in families else "efficiency"
    for place in PLACES:
        yield f"{efficiency}{place}", _in(claim.figure(f"efficiency{place}"), "1")
        size = claim.figure(f"capacity{place}")
        if size is not None and SPELLING.get(size.unit.text, size.unit.text) not in ("RT", "USRT", "JRT"):
            if families & DRIVEN:
                yield f"rated_power{place}", _in(size, "kW")
            if "pv" in families:
                yield f"peak_power{place}", _in(size, "kW")
        flow = claim.figure(f"flow{place}")
        if "pump" in families:
            yield f"liquid_flow{place}", _in(flow, "m3/h")
        if "fan" in families:
            yield f"gas_flow{place}", _in(flow, "m3/min")
        if "leak" in families:
            yield f"leak_flow{place}", _in(flow, "m3/min")
        for key in ("cop", "intensity"):
            figure = claim.figure(f"{key}{place}")
            if figure is not None and "/" in figure.unit.text and figure.is_a("1") and "chiller" in families:
                values.pop(f"cop{place}", None)
                yield f"cooling_specific_power{place}", figure.to("1")
    if "compressor" in families:
        for place in PLACES:
            air = _in(claim.figure(f"flow{place}") or claim.figure("flow"), "m3/min")
            power = values.get(f"full_load_power{place}") or values.get(f"power{place}")
            if air is not None and power is not None and air.low > 0 and not _is_rating(claim, place):
                yield f"specific_power{place}", power / air
    for name, units in RATIOS.items():
        old, new = claim.figure(f"{name}_before"), claim.figure(f"{name}_after")
        for wanted in units:
            before, after = _in(old, wanted), _in(new, wanted)
            if before is not None and after is not None and before.low > 0:
                yield f"{name}_ratio", after / before
                break
    for per in ("m3", "kg"):
        heat = _in(claim.figure("heat_value"), f"kJ/{per}")
        for place in PLACES:
            ratio = _in(claim.figure(f"evaporation_ratio{place}"), f"kg/{per}")
            if heat is not None and ratio is not None:
                yield "fuel_heat", heat
                yield f"evaporation_ratio{place}", ratio


def _claimed(claim: Claim, values: dict[str, Range], words: dict[str, str]) -> Iterator[tuple[str, Range | None]]:
    """What is claimed: energies of a year, power, saving rate of the measure."""
    generated = claim.text("figures_are") == "generation"
    energies = {}
    for key in ("energy_before", "energy_after", "saving"):
        figure = claim.figure(key)
        yearly = figure is not None and (figure.per == "year" or (key == "saving" and figure.per == ""))
        number = _in(figure, "kWh") if yearly else None
        energies[key] = number
        if number is not None and number.low >= 0:
            yield ("saving_energy" if key == "saving" else key), number
    power = _in(claim.figure("power_saving"), "kW")
    old, new = values.get("power_before"), values.get("power_after")
    if power is None and old is not None and new is not None and "power_is_before" not in words:
        power = old - new
    yield "saving_power", power
    if "compressor_heat" in families_of(claim.technology):
        yield "recovered_heat", _in(claim.figure("power_saving"), "kW")
    if generated or claim.text("figures_are") == "loss" or claim.carriers or claim.carrier == "mixed":
        return
    of = claim.text("saving_rate_of")
    if of in (None, "measure"):
        yield "saving_rate", _in(claim.figure("saving_rate"), "1")
    before, after = energies["energy_before"], energies["energy_after"]
    if before is not None and after is not None and before.low > 0:
        yield "saving_rate", 1 - after / before
    if before is not None and before.low > 0 and energies["saving"] is not None:
        yield "saving_rate", energies["saving"] / before
    if old is not None and new is not None and old.low > 0:
        yield "saving_rate", 1 - new / old


def _is_rating(claim: Claim, place: str) -> bool:
    figure = claim.figure(f"power{place}")
    return (
        figure is not None
        and SPELLING.get(figure.unit.text, figure.unit.text) in LOOSE
        and not any(claim.figure(f"full_load_power{p}") for p in (place, ""))
    )
