"""A fuel gas: what it is made of, by its analysis or from the table of known gases."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass

from energycalc.data_files import data_folder
from energycalc.errors import InputError, OutOfRange
from energycalc.physics.combustion.gas_species import published
from energycalc.quantity import Quantity, Source, cite, current_subject, quantity, total

COMPONENTS = ("methane", "ethane", "propane", "butane", "hydrogen", "carbon_monoxide",
              "carbon_dioxide", "nitrogen", "oxygen", "water", "sulphur_dioxide")  # fmt: skip
INERT = ("carbon_dioxide", "nitrogen", "oxygen", "water", "sulphur_dioxide")
BALANCE = cite("atom-balance", "every C leaves as CO2, every H as H2O, every N as N2")
LOWEST_SUM, HIGHEST_SUM = 0.995, 1.005


@dataclass(frozen=True)
class FuelGas:
    """A fuel gas by volume share of its components; made by ``fuel_gas`` or ``named_fuel_gas``."""

    name: str
    shares: Mapping[str, Quantity]


def fuel_gas(name: str, shares: Mapping[str, Quantity]) -> FuelGas:
    """A fuel gas from its analysis.

    Args:
        name: what to call it.
        shares: volume share per component of ``COMPONENTS``; what is not named is not in the gas. The shares
            are divided by their sum, which must lie within 99.5 to 100.5 % (rounding of an analysis).

    Raises:
        InputError: an unknown component, or nothing that burns.
        OutOfRange: a negative share, or shares that do not add up.
    """
    subject = ", ".join(part for part in (current_subject(), name) if part)
    unknown = sorted(set(shares) - set(COMPONENTS))
    if unknown:
        raise InputError(
            "unknown component of the gas",
            subject=subject,
            value=", ".join(unknown),
            limit="known: " + ", ".join(COMPONENTS),
            next_step="Count a higher hydrocarbon as butane, another inert gas as nitrogen",
        )
    values = {c: float(s.value_in("1")) for c, s in shares.items()}
    negative = [f"{c} {v:.4%}" for c, v in values.items() if v < 0]
    if negative:
        raise OutOfRange("a share cannot be negative", subject=subject, value=", ".join(negative), limit="0 to 100 %")
    if not LOWEST_SUM <= sum(values.values()) <= HIGHEST_SUM:
        raise OutOfRange(
            "the components do not add up to the whole gas",
            subject=subject,
            value=f"{sum(values.values()):.3%}",
            limit=f"{LOWEST_SUM:.1%} to {HIGHEST_SUM:.1%} (rounding of an analysis)",
            next_step="Complete the analysis; the rest is usually nitrogen",
        )
    if not any(v > 0 and c not in INERT for c, v in values.items()):
        raise InputError("nothing in this gas burns", subject=subject, value=", ".join(values))
    return FuelGas(name, dict(shares))


@functools.cache
def named_fuel_gas(name: str) -> FuelGas:
    """A fuel gas of the table ``fuel_gases.csv``: ``methane``, ``propane``, ``natural_gas_us_typical`` ...

    No Taiwanese composition is known to this project, so there is none; give your supplier's analysis to
    :func:`fuel_gas`.

    Raises:
        InputError: not in the table.
    """
    rows = _rows()
    shares = {
        row["component"]: quantity(
            float(row["share"]), row["unit"], name=f"{row['component']}_share",
            symbol=f"x_{row['component']}", basis="published",
            source=Source(row["document"], row["locator"], checked=row["checked"]), subject=name,
        )
        for row in rows
        if row["fuel"] == name
    }  # fmt: skip
    if not shares:
        raise InputError(
            "unknown fuel gas",
            subject=", ".join(part for part in (current_subject(), "fuel") if part),
            value=name,
            limit="known: " + ", ".join(known_fuel_gases()),
            next_step="Take a known one, or give the composition of yours in % by volume",
        )
    return fuel_gas(name, shares)


def known_fuel_gases() -> tuple[str, ...]:
    """Names of the table."""
    return tuple(dict.fromkeys(row["fuel"] for row in _rows()))


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    with (data_folder() / "equipment_tables" / "fuel_gases.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def mean(fuel: FuelGas, of: Mapping[str, Quantity | float], name: str, symbol: str) -> Quantity:
    """Average of a molar property over a fuel gas, weighted with its volume shares."""
    parts = []
    for component, share in fuel.shares.items():
        amount = of[component]
        if isinstance(amount, Quantity):
            parts.append(share * amount)
        elif amount:  # a number of atoms
            parts.append(share if amount == 1 else amount * share)
    shares = total(list(fuel.shares.values()))
    mixture = total(parts) / shares if parts else 0 * shares / shares
    return mixture.renamed(name, symbol, BALANCE)


def molar_mass(fuel: FuelGas) -> Quantity:
    """Mass of one mole of a fuel gas, in g/mol."""
    return mean(fuel, {c: published(c, "molar_mass") for c in fuel.shares}, "fuel_molar_mass", "M_f")
