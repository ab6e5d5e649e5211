"""Readings of instruments: the error that a measured number has when nobody states one."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from energycalc.equipment.description.parameters import DefaultUncertainty, Given, Parameter, number, plain_text
from energycalc.equipment.description.technology import doubt
from energycalc.finding import Finding
from energycalc.quantity import Quantity, Source, about, quantity
from energycalc.quantity.distributions import rectangular


def reading(parameters: Sequence[Parameter], given: Given, name: str) -> Quantity:
    """What an instrument showed plus its error: the default limits of its class where the user states none.

    Only a *measured* number without ±, inside the range of the instrument's class, gets the default; one that states
    its uncertainty, that was calculated, or that comes from a catalogue or an assumption is taken as it is. One reading
    has one error, however often it is used.

    Args:
        parameters: of the technology.
        given: what the case file says.
        name: of the parameter.
    """
    shown = number(given, name)
    default = next((p.default_uncertainty for p in parameters if p.name == name), None)
    if default is None or shown.basis != "measured" or not _unstated(shown) or not default.holds_for(shown):
        return shown
    if not default.half_width(shown):
        return shown  # a share of nothing is nothing
    return _with_error(shown, default)


def notes_on_readings(technology: str, parameters: Sequence[Parameter], *sides: Given) -> list[Finding]:
    """Notes that name the readings without ±: those with the default of their instrument, and those counted as exact.

    Args:
        technology: first part of the findings' names.
        parameters: of the technology.
        sides: what the case file says before, after and in common, or the blocks among them that hold readings.
    """
    defaults = {p.name: p.default_uncertainty for p in parameters if p.default_uncertainty}
    shared = {p.name for p in parameters if p.places == ("common",)}
    shown = {
        id(side[name]): ("" if name in shared else f" {place}", name, number(side, name))
        for place, side in zip(("before", "after", "common"), sides, strict=False)
        for name in side
        if name in defaults
    }
    assumed: dict[str, str] = {}
    exact: dict[str, str] = {}
    sources: list[Source] = []
    for place, name, value in shown.values():
        default = defaults[name]
        if not _unstated(value) or default is None:
            continue
        what = f"{name.replace('_', ' ')}{place}: {plain_text(value)}"
        if value.basis == "measured" and not default.holds_for(value):
            exact[what] = f"no ± stated, beyond {default.up_to:g} {default.unit}, where the class ends: nothing added"
        elif value.basis == "measured":
            assumed[what] = f"± {default.half_width(value):.3g} {default.unit_of_error} (default)"
            sources.append(default.source)
        else:
            exact[what] = f"no ± stated, basis {value.basis}: nothing added"
    found = []
    if assumed:
        found.append(
            doubt(
                f"{technology}.default_uncertainty",
                "note",
                "No uncertainty is stated for some measured readings; the default limits of their instruments apply.",
                "部分量測值未註明不確定度，採用儀器等級之預設誤差界限。",
                sources[0],
                **assumed,
            )
        )
    if exact:
        found.append(
            doubt(
                f"{technology}.uncertainty_not_stated",
                "note",
                "No uncertainty is stated for some figures that were not measured or lie beyond their instrument's "
                "class; nothing is added for them, so the ± of the result leaves them out.",
                "部分非量測或超出儀器等級範圍之數值未註明不確定度，未另加預設值，結果之不確定度不含此部分。",
                None,
                **exact,
            )
        )
    return found


def _unstated(value: Quantity) -> bool:
    return value.operation is None and value.uncertainty is None


@functools.lru_cache(maxsize=65536)  # by the identity of the reading: ``same as D1.after`` is the same reading
def _with_error(shown: Quantity, default: DefaultUncertainty) -> Quantity:
    base, _, index = shown.symbol.partition("_")
    with about(shown.subject):
        error = quantity(
            0,
            default.unit_of_error,
            name=f"{shown.name or 'reading'}_error",
            symbol=f"δ_{index or base}",
            basis="assumed",
            source=default.source,
            uncertainty=rectangular(default.half_width(shown)),
        )
        symbol = f"{shown.symbol},true" if index else f"{base}_true"
        return (shown + error).renamed(shown.name or "reading", symbol, default.source)
