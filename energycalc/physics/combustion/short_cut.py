"""MEASUR's straight-line estimate of the available heat of natural gas, to check reports made with that tool.

It is a second, coarser description of what :mod:`energycalc.physics.combustion.flue_gas` computes from the atoms, on
the higher heating value and with temperatures read in °F. No technology uses it. It ignores the ambient temperature,
and its term for enriched air vanishes at 21 % oxygen.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.combustion.gas_species import published
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import Fraction, Kelvin, Number

FIT = cite("measur-suite-docs", "O2 enrichment calculator: excess air, heat input, corrections, available heat")
Percent = Annotated[Quantity, "%"]


@formula(symbol="t_F", source=cite("codata-2018", "0 °C is 273.15 K and 32 °F; 1 K is 1.8 °F"))
def fahrenheit_reading(gas_temperature: Kelvin) -> Number:
    """Number that a thermometer in °F shows."""
    return gas_temperature / published("all", "kelvin") * 1.8 - 459.67


@formula(symbol="e_s", source=FIT, limits={"flue_oxygen_dry": (0, 0.209)})
def short_cut_excess_air(flue_oxygen_dry: Fraction) -> Fraction:
    """Excess air of natural gas from the oxygen of the dry flue gas, by the fit."""
    return 8.52381 * flue_oxygen_dry / (2 - 9.52381 * flue_oxygen_dry)


@formula(symbol="AH_s", source=FIT, limits={"oxidant_oxygen": (0.2, 1), "short_cut_excess_air": (0, None)})
def short_cut_available_heat(
    flue_gas_reading: Number, combustion_air_reading: Number, short_cut_excess_air: Fraction, oxidant_oxygen: Fraction
) -> Percent:
    """Available heat of natural gas in per cent of the higher heating value, by the fit.

    Args:
        flue_gas_reading: flue-gas temperature in °F.
        combustion_air_reading: temperature of the combustion air in °F.
        short_cut_excess_air: over the need.
        oxidant_oxygen: volume share of oxygen in the combustion air; the term vanishes at 21 %.
    """
    heat_capacity = 0.017828518 + 2.556e-6 * combustion_air_reading
    excess = -(heat_capacity * flue_gas_reading - 1.078913827) * short_cut_excess_air
    air = (heat_capacity * combustion_air_reading - 1.078913827) * (1 + short_cut_excess_air)
    enriched = 938 * (oxidant_oxygen - 0.21) / oxidant_oxygen * 0.02 * (flue_gas_reading - 60) / 980
    return 0.01 * (95 - 0.025 * flue_gas_reading + excess + air + enriched)
