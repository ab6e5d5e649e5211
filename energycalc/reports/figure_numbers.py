"""Numbers as a figure shows them: one unit per axis, ends of intervals, digits that the uncertainty allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from energycalc.quantity import Quantity, unit
from energycalc.quantity.display import rounded, short
from energycalc.quantity.uncertainty import UncertainResult
from energycalc.quantity.units import conversion
from energycalc.reports.figure_text import signed
from energycalc.reports.words import words

Uncertainties = Mapping[Quantity, UncertainResult]
NOTHING_STATED: Uncertainties = MappingProxyType({})

_LADDERS = (
    ("kWh", "MWh", "GWh", "TWh"),
    ("kgCO2e", "tCO2e", "ktCO2e"),
    ("kgCO2", "tCO2", "ktCO2"),
    ("TWD", "kTWD", "MTWD"),
)
DIGITS = 4
"""Significant digits of the largest number of an axis where no uncertainty says how many."""


@dataclass(frozen=True)
class Scale:
    """How the numbers of one axis are shown.

    Attributes:
        stem: unit without qualifier; each quantity keeps its own (``kWh[LHV]`` on an axis in ``MWh``).
        places: decimals of numbers without a stated uncertainty.
        uncertainty: coverage interval by result.
        qualifiers: what the quantities of the axis carry in their units; an empty one is no qualifier.
    """

    stem: str
    places: int
    uncertainty: Uncertainties
    qualifiers: frozenset[str]

    def value(self, q: Quantity) -> float:
        """The number in the axis unit."""
        return float(q.value_in(self._unit_of(q)))

    def size(self, q: Quantity) -> float:
        """How many axis units one unit of the quantity is."""
        return conversion(q.unit, unit(self._unit_of(q)))[0]

    def ends(self, q: Quantity) -> tuple[float, float] | None:
        """Ends of the coverage interval in the axis unit; ``None`` where no uncertainty is stated."""
        result = self.uncertainty.get(q)
        if result is None or result.interval is None:
            return None
        low, high = result.interval
        return low * self.size(q), high * self.size(q)

    def number(self, q: Quantity) -> str:
        """The number in the axis unit, with the digits that its interval allows or those of the axis."""
        return self.written(self.value(q), q)

    def written(self, value: float, of: Quantity) -> str:
        """A value of the axis with the digits that the interval of ``of`` allows."""
        interval = self.ends(of)
        half = 0.0 if interval is None else (interval[1] - interval[0]) / 2
        return signed(rounded(value, half) if half > 0 else f"{value:,.{self.places}f}")

    def name(self, what: str, language: str) -> str:
        """Name of the axis with its unit, and the qualifier in words where all quantities share one."""
        text = words("figures", language)
        qualifier = next(iter(self.qualifiers)) if len(self.qualifiers) == 1 else ""
        if not qualifier:
            return text["axis_unit"].format(what=what, unit=self.unit)
        basis = qualifier_name(qualifier, language)
        return text["axis_unit_qualified"].format(what=what, unit=self.unit, qualifier=basis)

    @property
    def unit(self) -> str:
        """The unit as people write it."""
        return self.stem.replace("CO2", "CO₂")

    def _unit_of(self, q: Quantity) -> str:
        qualifier = split_unit(q)[1]
        return f"{self.stem}[{qualifier}]" if qualifier else self.stem


def scale_for(quantities: Iterable[Quantity], uncertainty: Uncertainties = NOTHING_STATED) -> Scale:
    """The scale in whose unit the largest of the quantities has at least two digits before the point."""
    given = list(quantities)
    stem, qualifiers = split_unit(given[0])[0], frozenset(split_unit(q)[1] for q in given)
    ladder = next((ladder for ladder in _LADDERS if stem in ladder), (stem,))
    tried = [Scale(step, 0, uncertainty, qualifiers) for step in ladder]
    largest = [max(abs(scale.value(q)) for q in given) for scale in tried]
    fitting = [i for i, number in enumerate(largest) if number >= 10]
    chosen = fitting[-1] if fitting else 0
    places = max(0, DIGITS - len(str(int(largest[chosen]))))
    return Scale(ladder[chosen], places, uncertainty, qualifiers)


def percent(uncertainty: Uncertainties) -> Scale:
    """Rates in percent, with one decimal where no uncertainty says otherwise."""
    return Scale("%", 1, uncertainty, frozenset())


def split_unit(q: Quantity) -> tuple[str, str]:
    """Unit without and with its qualifier: ``kWh[LHV]`` is ``("kWh", "LHV")``; no qualifier is empty."""
    stem, _, qualifier = str(q.unit).partition("[")
    return stem, qualifier.removesuffix("]")


# --- words


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


def qualifier_name(qualifier: str, language: str) -> str:
    """Heat basis or GWP set in words."""
    return words("figures", language).get(f"qualifier_{qualifier}", qualifier)


def carrier_name(carrier: str, language: str) -> str:
    """A carrier in words; one without a word is shown with blanks for underscores."""
    return words("figures", language).get(f"carrier_{carrier}", carrier.replace("_", " "))


def called(id: str, name: str) -> str:
    """Id and name of a machine or measure, as in the tables; the id once only."""
    said = re.search(rf"(?<!\w){re.escape(id)}(?!\w)", name, re.ASCII)  # D is not in LED
    return name if said else f"{id} {name}"


def with_unit(q: Quantity, language: str) -> str:
    """Value, ± and unit of an input on one line; a basis that its publisher does not state is said in words."""
    shown = signed(short(q)).replace("CO2", "CO₂")
    if "[not_stated]" not in shown:
        return shown
    bracket = "（{}）" if language.startswith("zh") else " ({})"
    return shown.replace("[not_stated]", "") + bracket.format(qualifier_name("not_stated", language))
