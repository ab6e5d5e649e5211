"""Numbers as a figure shows them: one unit for a whole axis, ends of coverage intervals, digits the uncertainty allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from energycalc.quantity import Quantity, unit
from energycalc.quantity.display import rounded
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.quantity.units import conversion
from energycalc.reports.figure_frame import signed
from energycalc.reports.words import words

Uncertainties = Mapping[Quantity, UncertainResult]

_LADDERS = (("kWh", "MWh", "GWh", "TWh"), ("kgCO2e", "tCO2e", "ktCO2e"), ("kgCO2", "tCO2", "ktCO2"), ("kg", "t", "kt"), ("TWD", "MTWD"))


def split_unit(q: Quantity) -> tuple[str, str]:
    """Unit without and with its qualifier: ``kWh[LHV]`` is ``("kWh", "LHV")``; no qualifier is empty."""
    stem, _, qualifier = str(q.unit).partition("[")
    return stem, qualifier.removesuffix("]")


def axis_unit(quantities: Iterable[Quantity]) -> str:
    """The unit, without qualifier, in which the largest of the quantities has at least two digits before the point."""
    given = list(quantities)
    stem = split_unit(given[0])[0]
    ladder = next((ladder for ladder in _LADDERS if stem in ladder), (stem,))
    fitting = [step for step in ladder if max(abs(value(q, step)) for q in given) >= 10]
    return fitting[-1] if fitting else ladder[0]


def value(q: Quantity, stem: str) -> float:
    """The number in the axis unit; the quantity keeps its own qualifier."""
    return float(q.value_in(_with_qualifier(q, stem)))


def ends(q: Quantity, stem: str, uncertainty: Uncertainties) -> tuple[float, float] | None:
    """Ends of the coverage interval in the axis unit; ``None`` where no uncertainty is stated."""
    result = uncertainty.get(q)
    if result is None or result.interval is None:
        return None
    low, high = result.interval
    return low * size(q, stem), high * size(q, stem)


def size(q: Quantity, stem: str) -> float:
    """How many axis units one unit of the quantity is."""
    return conversion(q.unit, unit(_with_qualifier(q, stem)))[0]


def number(q: Quantity, stem: str, uncertainty: Uncertainties, digits: int = 4) -> str:
    """The number in the axis unit with the digits its interval allows; ``digits`` significant ones without interval."""
    return signed(rounded(value(q, stem), half_width(q, stem, uncertainty), digits))


def half_width(q: Quantity, stem: str, uncertainty: Uncertainties) -> float | None:
    """Half the width of the interval, which sets the digits that are shown."""
    interval = ends(q, stem, uncertainty)
    return None if interval is None else (interval[1] - interval[0]) / 2


def axis_name(what: str, quantities: Sequence[Quantity], stem: str, language: str) -> str:
    """Name of an axis with its unit, and the qualifier in words where all quantities share one."""
    text = words("figures", language)
    qualifiers = {split_unit(q)[1] for q in quantities}
    shown = stem.replace("CO2", "CO₂")
    if len(qualifiers) == 1 and (qualifier := qualifiers.pop()):
        return text["axis_unit_qualified"].format(
            what=what, unit=shown, qualifier=qualifier_name(qualifier, language)
        )
    return text["axis_unit"].format(what=what, unit=shown)


def qualifier_name(qualifier: str, language: str) -> str:
    """Heat basis or GWP set in words."""
    text = words("figures", language)
    return text.get(f"qualifier_{qualifier}", text["qualifier_other"]).format(name=qualifier)


def interval_note(quantities: Iterable[Quantity], uncertainty: Uncertainties, language: str) -> str:
    """The sentence that says what the whiskers are, or that there are none."""
    text = words("figures", language)
    given = list(quantities)
    stated = [r for q in given if (r := uncertainty.get(q)) is not None and r.interval is not None]
    if not stated:
        return text["no_uncertainty"]
    key = "interval_note" if len(stated) == len(given) else "interval_partly"
    return text[key].format(coverage=coverage_text(stated[0]))


def coverage_text(result: UncertainResult) -> str:
    """``95 %``."""
    return f"{result.gum.coverage * 100:g} %" if result.gum else ""


def _with_qualifier(q: Quantity, stem: str) -> str:
    qualifier = split_unit(q)[1]
    return f"{stem}[{qualifier}]" if qualifier else stem


def carrier_name(carrier: str, language: str) -> str:
    """A carrier in words; one without a word is shown with blanks for underscores."""
    return words("figures", language).get(f"carrier_{carrier}", carrier.replace("_", " "))
