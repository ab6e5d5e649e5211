"""Fuel oils of which density and sulphur are known: their hydrogen, carbon and heating value by published fits.

A supplier's ultimate analysis and heating value are better: give them to
:func:`~energycalc.physics.combustion.ultimate_analysis.fuel_by_analysis`.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from typing import Annotated

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.combustion.stoichiometry import Air, Combustion
from energycalc.physics.combustion.ultimate_analysis import (
    LiquidOrSolidFuel,
    burn_by_analysis,
    fuel_by_analysis,
)
from energycalc.quantity import Quantity, Source, about, cite, constant, current_subject, formula
from energycalc.quantity.aliases import Fraction

KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
MegajoulePerKilogramHHV = Annotated[Quantity, "MJ[HHV]/kg"]

DENSITIES = (780, 1020)
"""kg/m3: fuel oils from grade 1 to grade 6, with some room."""


@dataclass(frozen=True)
class Oil:
    """A fuel oil: its analysis, and its heating value by density."""

    fuel: LiquidOrSolidFuel
    density: Quantity
    higher_heating_value: Quantity


def oil_by_density(name: str, density: Quantity, sulphur: Quantity) -> Oil:
    """A fuel oil from what the supplier prints on every delivery note.

    Args:
        name: what to call it.
        density: at 15 °C, kg/m3.
        sulphur: mass share.

    Raises:
        OutOfRange: a density that no fuel oil has.
    """
    hydrogen = oil_hydrogen(density)
    carbon = oil_carbon(hydrogen, sulphur)
    shares = {"carbon": carbon, "hydrogen": hydrogen, "sulphur": sulphur}
    return Oil(fuel_by_analysis(name, shares), density, oil_heating_value(density))


def burn_oil(oil: Oil, air: Air | None = None) -> Combustion:
    """Air needed, gases made and heat given by a fuel oil, per mole of its carbon."""
    return burn_by_analysis(oil.fuel, oil.higher_heating_value, air)


@functools.cache
def named_oil(name: str) -> Oil:
    """An oil of the table ``liquid_fuels.csv``: ``diesel``, ``fuel_oil_no2``, ``fuel_oil_no6`` ...

    Raises:
        InputError: not in the table.
    """
    found = {
        row["property"]: constant(
            "rho" if row["property"] == "oil_density" else "w_S",
            float(row["value"]),
            row["unit"],
            Source(row["document"], row["locator"], checked=row["checked"]),
            name=row["property"],
        )
        for row in _rows()
        if row["fuel"] == name
    }
    if not found:
        raise InputError(
            "unknown oil",
            subject=", ".join(part for part in (current_subject(), "fuel") if part),
            value=name,
            limit="known: " + ", ".join(known_oils()),
            next_step="Take a known one, or give density and sulphur of yours",
        )
    with about(name):
        return oil_by_density(name, found["oil_density"], found["sulphur_mass_share"])


def known_oils() -> tuple[str, ...]:
    """Names of the table."""
    return tuple(dict.fromkeys(row["fuel"] for row in _rows()))


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    with (data_folder() / "equipment_tables" / "liquid_fuels.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@formula(
    symbol="w_H", source=cite("ashrae-fundamentals-2021", "chapter 28, equation 3"), limits={"oil_density": DENSITIES}
)
def oil_hydrogen(oil_density: KilogramPerCubicMetre) -> Fraction:
    """Mass share of hydrogen in a fuel oil: 26 % less 15 % for each unit of relative density."""
    return 0.26 - 0.15 * oil_density / published("all", "water_density_for_relative_density")


@formula(symbol="w_C", source=cite("ashrae-fundamentals-2021", "chapter 28: the remainder is predominantly carbon"))
def oil_carbon(oil_hydrogen: Fraction, sulphur_mass_share: Fraction) -> Fraction:
    """Mass share of carbon in a fuel oil: what is neither hydrogen nor sulphur."""
    return 1 - oil_hydrogen - sulphur_mass_share


@formula(
    symbol="H_hm", source=cite("ashrae-fundamentals-2021", "chapter 28, equation 2"), limits={"oil_density": DENSITIES}
)
def oil_heating_value(oil_density: KilogramPerCubicMetre) -> MegajoulePerKilogramHHV:
    """Higher heating value of a fuel oil from its density."""
    fall = published("all", "oil_heat_per_density_squared") * oil_density * oil_density
    return published("all", "oil_heat_at_zero_density") - fall
