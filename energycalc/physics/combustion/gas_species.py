"""What is known of each gas in a flame: atoms, heat of formation, enthalpy as a polynomial of temperature.

The numbers are data, not code: ``data/equipment_tables/gas_species.csv``, one row per number with its
document. They become leaves of the trace, one object per row, so that a reader of a worksheet finds every
coefficient in a cell.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, about, cite, constant, formula, where
from energycalc.quantity.aliases import Kelvin

KilojoulePerMole = Annotated[Quantity, "kJ/mol"]

NASA = cite("nasa-tm-4513", "seven-coefficient form of H/RT, 200 to 1000 K and 1000 to 6000 K")
RANGE = {"gas_temperature": (200, 6000)}
FLUE_GASES = ("carbon_dioxide", "water", "nitrogen", "oxygen", "argon")


@functools.cache
def published(species: str, item: str) -> Quantity:
    """One number of the table ``gas_species.csv`` as a leaf; the same object each time.

    Args:
        species: for example ``methane``, ``dry_air`` or ``all`` for constants of nature.
        item: for example ``formation_enthalpy`` or ``low_a1``.

    Raises:
        InputError: the table has no such row.
    """
    rows = _table()
    if (species, item) not in rows:
        known = ", ".join(sorted({s for s, i in rows if i == item})) or "none"
        raise InputError(
            "the table of gases has no such number",
            subject=f"{species}, {item.replace('_', ' ')}",
            limit=f"known for: {known}",
            next_step="Add a row with its document to data/equipment_tables/gas_species.csv",
        )
    row = rows[species, item]
    name = item if species == "all" else f"{species}_{item}"
    source = Source(row["document"], row["locator"], checked=row["checked"])
    with about(""):  # shared by all machines
        return constant(row["symbol"], float(row["value"]), row["unit"], source, name=name)


def atoms(species: str, element: str) -> int:
    """Number of atoms of an element (``carbon``, ``hydrogen``, ``oxygen``, ``nitrogen``) in a molecule."""
    return round(published(species, f"{element}_atoms").value)


@functools.cache
def _table() -> Mapping[tuple[str, str], Mapping[str, str]]:
    path = data_folder() / "equipment_tables" / "gas_species.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["species"], row["property"]): row for row in csv.DictReader(file)}


def _nasa_enthalpy(species: str, temperature: Quantity) -> Quantity:
    """Enthalpy h = R (a6 + a1 T + a2 T²/2 + a3 T³/3 + a4 T⁴/4 + a5 T⁵/5), in two ranges."""
    low, high = _polynomial(species, "low", temperature), _polynomial(species, "high", temperature)
    boundary = published("all", "polynomial_boundary")
    return published("all", "gas_constant") * where(temperature, "<=", boundary, low, high)


def _polynomial(species: str, side: str, t: Quantity) -> Quantity:
    a1, a2, a3, a4, a5, a6 = (published(species, f"{side}_a{i}") for i in range(1, 7))
    return a6 + t * (a1 + t * (a2 / 2 + t * (a3 / 3 + t * (a4 / 4 + t * (a5 / 5)))))


@formula(symbol="h_CO2", source=NASA, limits=RANGE)
def carbon_dioxide_enthalpy(gas_temperature: Kelvin) -> KilojoulePerMole:
    """Molar enthalpy of CO2 as an ideal gas at ``gas_temperature`` (K), on NASA's datum: use differences."""
    return _nasa_enthalpy("carbon_dioxide", gas_temperature)


@formula(symbol="h_H2O", source=NASA, limits=RANGE)
def water_enthalpy(gas_temperature: Kelvin) -> KilojoulePerMole:
    """Molar enthalpy of water vapour as an ideal gas at ``gas_temperature`` (K), on NASA's datum."""
    return _nasa_enthalpy("water", gas_temperature)


@formula(symbol="h_N2", source=NASA, limits=RANGE)
def nitrogen_enthalpy(gas_temperature: Kelvin) -> KilojoulePerMole:
    """Molar enthalpy of N2 as an ideal gas at ``gas_temperature`` (K), on NASA's datum."""
    return _nasa_enthalpy("nitrogen", gas_temperature)


@formula(symbol="h_O2", source=NASA, limits=RANGE)
def oxygen_enthalpy(gas_temperature: Kelvin) -> KilojoulePerMole:
    """Molar enthalpy of O2 as an ideal gas at ``gas_temperature`` (K), on NASA's datum."""
    return _nasa_enthalpy("oxygen", gas_temperature)


@formula(symbol="h_Ar", source=NASA, limits=RANGE)
def argon_enthalpy(gas_temperature: Kelvin) -> KilojoulePerMole:
    """Molar enthalpy of argon at ``gas_temperature`` (K): a monatomic gas, h = R (a6 + a1 T) with a1 = 5/2."""
    gas_constant = published("all", "gas_constant")
    return gas_constant * (published("argon", "low_a6") + gas_temperature * published("argon", "low_a1"))


ENTHALPY = {
    "carbon_dioxide": carbon_dioxide_enthalpy,
    "water": water_enthalpy,
    "nitrogen": nitrogen_enthalpy,
    "oxygen": oxygen_enthalpy,
    "argon": argon_enthalpy,
}


@dataclass(frozen=True)
class GasesAt:
    """The molar enthalpies of all flue gases at one temperature, computed once and shared."""

    temperature: Quantity
    absolute: Quantity
    enthalpy: Mapping[str, Quantity]


def gases_at(temperature: Quantity, *, reference: bool = False) -> GasesAt:
    """Molar enthalpies of the flue gases at a temperature.

    Args:
        temperature: in °C or K; 200 to 6000 K, the range of the polynomials. Dissociation is not in them.
        reference: True for the temperature that heats are counted from; its enthalpies carry the index 0.

    Raises:
        OutOfRange: outside the range of the polynomials.
    """
    name, symbol = ("reference_temperature", "T_0") if reference else ("gas_temperature", "T")
    absolute = temperature.to("K").renamed(name, symbol, cite("codata-2018", "0 °C is 273.15 K"))
    enthalpy = {species: law(absolute) for species, law in ENTHALPY.items()}
    if reference:
        enthalpy = {s: h.renamed(f"{h.name}_reference", f"{h.symbol},0", NASA) for s, h in enthalpy.items()}
    return GasesAt(temperature, absolute, enthalpy)
