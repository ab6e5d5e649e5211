"""Melting metal: the heat that it must take up, the metal that is lost, and the energy of melting and holding.

The heat of oxidation that burning metal sets free in the furnace is left out.
"""

from __future__ import annotations

import csv
import functools
from typing import Annotated

from energycalc.data_files import data_folder
from energycalc.errors import InputError
from energycalc.quantity import Quantity, Source, about, cite, constant, current_subject, formula, require
from energycalc.quantity.aliases import Fraction, Hour, Kelvin, Kilowatt, KilowattHour, Tonne

KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
HeatCapacity = Annotated[Quantity, "kJ/(kg*K)"]
PerTonne = Annotated[Quantity, "kWh/t"]
MoneyPerTonne = Annotated[Quantity, "TWD/t"]
Money = Annotated[Quantity, "TWD"]

FIRST_LAW = cite("first-law", "heat into the metal: to its melting point, melting, and above it")
LOSS = cite("afs-melting-costs", "melt loss = (metal in - metal out) / metal in; its cost less that of the dross")
DATUM = constant("T_25", 298.15, "K", cite("atct-1.112", "reference temperature of heats, 25 °C"), name="heat_datum")


@functools.cache
def metal_property(metal: str, item: str) -> Quantity:
    """A number of ``metal_enthalpies.csv`` as a leaf; the same object each time.

    Raises:
        InputError: the table has no such metal.
    """
    row = _rows().get((metal, item))
    if row is None:
        raise InputError(
            "the table of metals has no such metal",
            subject=", ".join(part for part in (current_subject(), "metal") if part),
            value=metal,
            limit=", ".join(known_metals()),
            next_step="Take the base metal of the alloy",
        )
    source = Source(row["document"], f"{metal}: {row['locator']}", checked=row["checked"])
    with about(metal):
        return constant(row["symbol"], float(row["value"]), row["unit"], source, name=item)


def known_metals() -> tuple[str, ...]:
    """Metals of the table."""
    return tuple(dict.fromkeys(metal for metal, _ in _rows()))


@functools.cache
def _rows() -> dict[tuple[str, str], dict[str, str]]:
    with (data_folder() / "equipment_tables" / "metal_enthalpies.csv").open(encoding="utf-8", newline="") as file:
        return {(row["metal"], row["property"]): row for row in csv.DictReader(file)}


def heat_of_melt(metal: str, tapping: Quantity, charged: Quantity) -> Quantity:
    """Heat that a tonne of metal takes up between charging and tapping (kWh/t).

    Args:
        metal: of the table.
        tapping: temperature of the melt.
        charged: temperature of the charge, solid.

    Raises:
        OutOfRange: the tapping temperature lies below the melting point, or the charge above it.
    """
    melting = metal_property(metal, "metal_melting_point")
    hot, cold = tapping.to("K"), charged.to("K")
    require(hot, ">=", melting, f"{metal} is not molten at this temperature", melting.source, "Check the temperature")
    require(cold, "<=", melting, f"a charge of {metal} is solid", melting.source, "Check the temperature of the charge")
    return metal_enthalpy(
        hot, cold, *(metal_property(metal, item) for item in
                     ("metal_melting_point", "metal_solid_enthalpy_rise", "metal_fusion_heat",
                      "metal_liquid_heat_capacity"))
    )  # fmt: skip


@formula(symbol="Δh", source=FIRST_LAW)
def metal_enthalpy(
    tapping_absolute: Kelvin,
    charge_absolute: Kelvin,
    metal_melting_point: Kelvin,
    metal_solid_enthalpy_rise: KilojoulePerKilogram,
    metal_fusion_heat: KilojoulePerKilogram,
    metal_liquid_heat_capacity: HeatCapacity,
) -> PerTonne:
    """Heat per mass of metal from charge to tap.

    Args:
        tapping_absolute: temperature of the melt, not below the melting point.
        charge_absolute: temperature of the solid charge.
        metal_melting_point: of the metal.
        metal_solid_enthalpy_rise: from 25 °C to the melting point; a warmer charge brings its share.
        metal_fusion_heat: of melting.
        metal_liquid_heat_capacity: of the melt.
    """
    solid = metal_solid_enthalpy_rise * (metal_melting_point - charge_absolute) / (metal_melting_point - DATUM)
    return solid + metal_fusion_heat + metal_liquid_heat_capacity * (tapping_absolute - metal_melting_point)


@formula(symbol="m_in", source=LOSS, limits={"metal_loss": (0, 0.5)})
def metal_charged(good_metal: Tonne, metal_loss: Fraction) -> Tonne:
    """Metal that must be charged for an amount of good melt; what is lost goes as dross, slag or smoke.

    Args:
        good_metal: melt that is poured.
        metal_loss: share of the charge that is lost.
    """
    return good_metal / (1 - metal_loss)


@formula(symbol="η_m", source=FIRST_LAW, limits={"specific_melting_energy": (1, None)})
def melting_efficiency_from_energy(metal_enthalpy: PerTonne, specific_melting_energy: PerTonne) -> Fraction:
    """Heat in the melt over the energy that the furnace takes while it melts, both per tonne charged."""
    return metal_enthalpy / specific_melting_energy


@formula(symbol="E_melt", source=FIRST_LAW, limits={"melting_efficiency": (0.01, 1)})
def melting_energy(metal_charged: Tonne, metal_enthalpy: PerTonne, melting_efficiency: Fraction) -> KilowattHour:
    """Energy taken while melting (kWh)."""
    return metal_charged * metal_enthalpy / melting_efficiency


@formula(
    symbol="E_hold",
    source=cite("first-law", "energy is power times time"),
    limits={"melt_holding_power": (0, None)},
)
def melt_holding_energy(melt_holding_power: Kilowatt, melt_holding_hours: Hour) -> KilowattHour:
    """Energy taken while the melt is only kept hot (kWh)."""
    return melt_holding_power * melt_holding_hours


@formula(symbol="E_f", source=FIRST_LAW)
def furnace_energy(melting_energy: KilowattHour, melt_holding_energy: KilowattHour) -> KilowattHour:
    """Energy of a melting furnace in a period: melting and holding."""
    return melting_energy + melt_holding_energy


@formula(symbol="Δm", source=LOSS)
def metal_saved(metal_charged_before: Tonne, metal_charged_after: Tonne) -> Tonne:
    """Metal that is no longer lost, for the same good melt; negative where more is lost."""
    return metal_charged_before - metal_charged_after


@formula(symbol="C_met", source=LOSS, limits={"metal_price": (0, None), "dross_price": (0, None)})
def metal_value_saved(metal_saved: Tonne, metal_price: MoneyPerTonne, dross_price: MoneyPerTonne) -> Money:
    """Value of the metal no longer lost, less what was got for the dross."""
    return metal_saved * (metal_price - dross_price)
