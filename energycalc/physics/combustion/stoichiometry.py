"""Fuel gas and its air: what a mole of gas takes, makes and gives, and the excess air that O2 betrays.

Complete combustion to CO2 and H2O, ideal gases, per mole of fuel gas; carbon, hydrogen and oxygen are counted
atom by atom, the heating values follow from the heats of formation (Hess). Sulphur dioxide in a fuel gas takes no part
and leaves as it came; its heat in the flue gas is counted as that of as much CO2, as with the sulphur of an oil.
Nothing here depends on a furnace.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from energycalc.physics.combustion.fuel_gas import BALANCE, COMPONENTS, FuelGas, mean
from energycalc.physics.combustion.gas_species import atoms, published
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import (
    Fraction,
    MegajoulePerNormalCubicMetreHHV,
    MegajoulePerNormalCubicMetreLHV,
    Number,
)

if TYPE_CHECKING:
    from energycalc.physics.combustion.ultimate_analysis import LiquidOrSolidFuel

KilojoulePerMole = Annotated[Quantity, "kJ/mol"]
KilojoulePerMoleLHV = Annotated[Quantity, "kJ[LHV]/mol"]
KilojoulePerMoleHHV = Annotated[Quantity, "kJ[HHV]/mol"]

HESS = cite("atct-1.112", "Hess's law with heats of formation at 298.15 K")


@dataclass(frozen=True)
class Air:
    """Dry combustion air by mole fraction."""

    oxygen: Quantity
    nitrogen: Quantity
    argon: Quantity


@dataclass(frozen=True)
class Combustion:
    """What one mole of a fuel takes, makes and gives when it burns completely.

    Attributes:
        fuel: the gas; or an oil or solid fuel, whose "mole" is the amount that holds one mole of carbon.
        air: the air it burns with.
        carbon: moles of C, hence of CO2 (with the SO2 of an oil, or in the gas).
        hydrogen: moles of H, twice the moles of H2O.
        nitrogen: moles of N2 in the fuel itself.
        stoichiometric_air: moles of dry air that it just needs.
        stoichiometric_dry_flue_gas: moles of CO2, N2 and Ar when no air is left over.
        lower_heating_value: per mole, water as vapour, 25 °C.
        higher_heating_value: per mole, the water formed as liquid, 25 °C.
    """

    fuel: FuelGas | LiquidOrSolidFuel
    air: Air
    carbon: Quantity
    hydrogen: Quantity
    nitrogen: Quantity
    stoichiometric_air: Quantity
    stoichiometric_dry_flue_gas: Quantity
    lower_heating_value: Quantity
    higher_heating_value: Quantity


@functools.cache
def dry_air() -> Air:
    """Dry air of three components (Lemmon et al. 2000); the 0.04 % CO2 of real air is counted as nitrogen."""
    return Air(*(published("dry_air", gas) for gas in ("oxygen", "nitrogen", "argon")))


def burn(fuel: FuelGas, air: Air | None = None) -> Combustion:
    """Air needed, gases made and heat given by one mole of a fuel gas.

    Args:
        fuel: the gas.
        air: dry air to burn it with; ``dry_air()`` when not given.

    Returns:
        The balance, each entry a traced quantity.
    """
    air = air or dry_air()
    carbon = mean(fuel, {c: atoms(c, "carbon") for c in COMPONENTS}, "carbon_per_fuel", "n_C")
    hydrogen = mean(fuel, {c: atoms(c, "hydrogen") for c in COMPONENTS}, "hydrogen_per_fuel", "n_H")
    oxygen = mean(fuel, {c: atoms(c, "oxygen") for c in COMPONENTS}, "oxygen_per_fuel", "n_O")
    nitrogen = mean(fuel, {c: atoms(c, "nitrogen") / 2 for c in COMPONENTS}, "nitrogen_per_fuel", "n_N2")
    water = mean(fuel, {c: c == "water" for c in COMPONENTS}, "fuel_water", "n_w")
    formation = mean(fuel, {c: _heat_of_formation(c) for c in fuel.shares}, "fuel_formation_enthalpy", "h_f")
    oxides = carbon
    if "sulphur_dioxide" in fuel.shares:
        triatomic = {c: atoms(c, "carbon") + (c == "sulphur_dioxide") for c in COMPONENTS}
        oxides = mean(fuel, triatomic, "three_atom_gas_per_fuel", "n_RO2")
    needed = stoichiometric_air(oxides, hydrogen, oxygen, air.oxygen)
    return Combustion(
        fuel, air, oxides, hydrogen, nitrogen, needed,
        stoichiometric_dry_flue_gas(oxides, nitrogen, needed, air.oxygen),
        molar_lower_heating_value(formation, carbon, hydrogen),
        molar_higher_heating_value(formation, carbon, hydrogen, water),
    )  # fmt: skip


def _heat_of_formation(component: str) -> Quantity | float:
    """Of a component that takes part; sulphur dioxide goes in and comes out, so that its own falls out."""
    return 0.0 if component == "sulphur_dioxide" else published(component, "formation_enthalpy")


@formula(symbol="A_0", source=BALANCE)
def stoichiometric_air(carbon: Number, hydrogen: Number, oxygen: Number, air_oxygen: Fraction) -> Number:
    """Moles of dry air that a mole of fuel gas just needs, from the moles of C, H and O in it."""
    return (carbon + hydrogen / 4 - oxygen / 2) / air_oxygen


@formula(symbol="V_d0", source=BALANCE)
def stoichiometric_dry_flue_gas(
    carbon: Number, nitrogen: Number, stoichiometric_air: Number, air_oxygen: Fraction
) -> Number:
    """Moles of dry flue gas per mole of fuel gas when no air is left over: CO2, N2 and Ar."""
    return carbon + nitrogen + stoichiometric_air * (1 - air_oxygen)


@formula(symbol="H_l", source=HESS)
def molar_lower_heating_value(
    fuel_formation_enthalpy: KilojoulePerMole, carbon: Number, hydrogen: Number
) -> KilojoulePerMoleLHV:
    """Heat of one mole of fuel gas at 25 °C with the water as vapour, from heats of formation at 298.15 K."""
    carbon_dioxide = published("carbon_dioxide", "formation_enthalpy")
    vapour = published("water", "formation_enthalpy")
    return (fuel_formation_enthalpy - carbon * carbon_dioxide - hydrogen / 2 * vapour).declared("kJ[LHV]/mol", HESS)


@formula(symbol="H_h", source=HESS)
def molar_higher_heating_value(
    fuel_formation_enthalpy: KilojoulePerMole, carbon: Number, hydrogen: Number, fuel_water: Number
) -> KilojoulePerMoleHHV:
    """Heat of one mole of fuel gas at 25 °C with the water it forms as liquid; vapour in the fuel stays vapour."""
    carbon_dioxide = published("carbon_dioxide", "formation_enthalpy")
    vapour = published("water", "formation_enthalpy")
    liquid = published("water", "formation_enthalpy_liquid")
    water = (hydrogen / 2 - fuel_water) * liquid + fuel_water * vapour
    return (fuel_formation_enthalpy - carbon * carbon_dioxide - water).declared("kJ[HHV]/mol", HESS)


@formula(symbol="H_lv", source=cite("codata-2018", "molar volume of an ideal gas, 273.15 K, 101.325 kPa"))
def lower_heating_value(molar_lower_heating_value: KilojoulePerMoleLHV) -> MegajoulePerNormalCubicMetreLHV:
    """Lower heating value per m³ at 0 °C and 101.325 kPa, as an ideal gas (real methane: 0.24 % more)."""
    return molar_lower_heating_value / published("all", "molar_volume")


@formula(symbol="H_hv", source=cite("codata-2018", "molar volume of an ideal gas, 273.15 K, 101.325 kPa"))
def higher_heating_value(molar_higher_heating_value: KilojoulePerMoleHHV) -> MegajoulePerNormalCubicMetreHHV:
    """Higher heating value per m³ at 0 °C and 101.325 kPa, as an ideal gas (real methane: 0.24 % more)."""
    return molar_higher_heating_value / published("all", "molar_volume")


@formula(symbol="e", source=BALANCE, limits={"flue_oxygen_dry": (0, 0.209)})
def excess_air(
    flue_oxygen_dry: Fraction,
    stoichiometric_air: Number,
    stoichiometric_dry_flue_gas: Number,
    air_oxygen: Fraction,
) -> Fraction:
    """Excess air over the stoichiometric need, exactly, from the O2 of the DRY flue gas.

    Args:
        flue_oxygen_dry: volume share of O2 in the dried sample of an analyser, 0 to 20.9 %. A zirconia probe
            in the hot duct reads the wet gas; its smaller number would be taken for less excess air.
        stoichiometric_air: moles of dry air per mole of fuel.
        stoichiometric_dry_flue_gas: moles per mole of fuel.
        air_oxygen: O2 share of dry air.

    Returns:
        0 for just enough air, 0.15 for 15 % more. Complete combustion; false air counts as excess air.
    """
    return flue_oxygen_dry * stoichiometric_dry_flue_gas / (stoichiometric_air * (air_oxygen - flue_oxygen_dry))


@formula(symbol="x_O2d", source=BALANCE, limits={"excess_air": (0, None)})
def flue_oxygen_dry(
    excess_air: Fraction,
    stoichiometric_air: Number,
    stoichiometric_dry_flue_gas: Number,
    air_oxygen: Fraction,
) -> Fraction:
    """O2 in the dry flue gas for an excess of air: ``excess_air`` turned round."""
    left_over = excess_air * stoichiometric_air
    return air_oxygen * left_over / (stoichiometric_dry_flue_gas + left_over)


@formula(symbol="x_O2w", source=BALANCE, limits={"excess_air": (0, None)})
def flue_oxygen_wet(
    excess_air: Fraction,
    stoichiometric_air: Number,
    stoichiometric_dry_flue_gas: Number,
    air_oxygen: Fraction,
    hydrogen: Number,
) -> Fraction:
    """O2 in the wet flue gas, as a probe in the hot duct reads it; dry combustion air."""
    left_over = excess_air * stoichiometric_air
    return air_oxygen * left_over / (stoichiometric_dry_flue_gas + left_over + hydrogen / 2)


@formula(symbol="x_O2d", source=BALANCE, limits={"flue_oxygen_wet": (0, 0.209)}, name="flue_oxygen_dry")
def dry_oxygen_from_wet(
    flue_oxygen_wet: Fraction,
    stoichiometric_air: Number,
    stoichiometric_dry_flue_gas: Number,
    air_oxygen: Fraction,
    hydrogen: Number,
) -> Fraction:
    """O2 in the dried gas where a probe in the duct reads ``flue_oxygen_wet``; dry combustion air."""
    wet = stoichiometric_dry_flue_gas + hydrogen / 2
    left_over = flue_oxygen_wet * wet / (air_oxygen - flue_oxygen_wet)
    return air_oxygen * left_over / (stoichiometric_dry_flue_gas + left_over)
