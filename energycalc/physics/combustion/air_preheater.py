"""Heating combustion air with the flue gas: recuperators and regenerators.

Air and flue gas belong to the same fuel: when the exchanger saves fuel, both flows fall with it, and the same surface
then heats the air a little more. Leakage between the two sides and losses of hot-air ducts are not in it.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from energycalc.physics.combustion.flame import bisect, molar_enthalpy
from energycalc.quantity import Quantity, cite, exp, formula, opaque
from energycalc.quantity.aliases import Fraction, Kelvin, Number, UsefulPerFuelLHV

FuelPower = Annotated[Quantity, "kWh[LHV]/h"]
KilowattPerKelvin = Annotated[Quantity, "kW/K"]
KilowattPerSquareMetreKelvin = Annotated[Quantity, "kW/(m2*K)"]
SquareMetre = Annotated[Quantity, "m2"]

DEFINITION = cite("heat-exchanger-theory", "temperature effectiveness of the air side")
NTU = cite("heat-exchanger-theory", "effectiveness by number of transfer units")
RATIO = (0, 0.999)


@formula(symbol="T_air1", source=DEFINITION, limits={"recuperator_effectiveness": (0, 1)})
def preheated_air_temperature(
    air_inlet_temperature: Kelvin, flue_inlet_temperature: Kelvin, recuperator_effectiveness: Fraction
) -> Kelvin:
    """Temperature of the air behind the exchanger.

    Args:
        air_inlet_temperature: of the cold air.
        flue_inlet_temperature: of the flue gas as it enters the exchanger.
        recuperator_effectiveness: rise of the air over the difference of the two inlets, 0 to 1.
    """
    return air_inlet_temperature + recuperator_effectiveness * (flue_inlet_temperature - air_inlet_temperature)


@formula(symbol="UA", source=NTU)
def exchanger_conductance(
    recuperator_area: SquareMetre, recuperator_coefficient: KilowattPerSquareMetreKelvin
) -> KilowattPerKelvin:
    """Heat that the exchanger passes per kelvin of mean difference."""
    return recuperator_area * recuperator_coefficient


@formula(symbol="C_r", source=NTU)
def capacity_ratio(heat_of_air: UsefulPerFuelLHV, heat_of_flue_gas: UsefulPerFuelLHV) -> Fraction:
    """Heat capacity of the air over that of the flue gas, both between the two inlet temperatures, per fuel heat."""
    return heat_of_air / heat_of_flue_gas


@formula(symbol="C_air", source=NTU, limits={"fuel_power": (1e-9, None)})
def air_capacity_rate(
    fuel_power: FuelPower,
    heat_of_air: UsefulPerFuelLHV,
    flue_inlet_temperature: Kelvin,
    air_inlet_temperature: Kelvin,
) -> KilowattPerKelvin:
    """Mean heat capacity rate of the combustion air of a burner between the two inlet temperatures.

    Args:
        fuel_power: fuel heat per hour, lower heating value.
        heat_of_air: heat per fuel heat that the air takes up between the two temperatures.
        flue_inlet_temperature: of the flue gas.
        air_inlet_temperature: of the cold air.
    """
    return fuel_power * heat_of_air / (flue_inlet_temperature - air_inlet_temperature)


@formula(symbol="ε_cf", source=NTU, limits={"transfer_units": (0, None), "capacity_ratio": RATIO})
def counterflow_effectiveness(transfer_units: Number, capacity_ratio: Fraction) -> Fraction:
    """Effectiveness of a counterflow exchanger; the air has the smaller heat capacity."""
    left = exp(-transfer_units * (1 - capacity_ratio))
    return (1 - left) / (1 - capacity_ratio * left)


@formula(symbol="ε_pf", source=NTU, limits={"transfer_units": (0, None), "capacity_ratio": RATIO})
def parallel_flow_effectiveness(transfer_units: Number, capacity_ratio: Fraction) -> Fraction:
    """Effectiveness of a parallel-flow (radiation) recuperator; the air has the smaller heat capacity."""
    return (1 - exp(-transfer_units * (1 + capacity_ratio))) / (1 + capacity_ratio)


def _by_area(counterflow: bool, units: Any, ratio: Any) -> Any:
    if counterflow:
        left = np.exp(-units * (1 - ratio))
        return (1 - left) / (1 - ratio * left)
    return (1 - np.exp(-units * (1 + ratio))) / (1 + ratio)


def effectiveness_of_area(
    counterflow: bool,
    conductance: Quantity,
    air_rate: Quantity,
    ratio: Quantity,
    inlets: tuple[Quantity, Quantity],
    available: tuple[Quantity, Quantity],
    air: dict[str, Quantity],
    heating_value: Quantity,
) -> Quantity:
    """Effectiveness of a surface when fuel, air and flue gas fall with the fuel that it saves.

    Solved by bisection on the share of fuel still burnt; marked as computed outside the sheet.

    Args:
        counterflow: or parallel flow.
        conductance: kW/K of the exchanger.
        air_rate: kW/K of the air at the fuel of before.
        ratio: heat capacity of air over flue gas.
        inlets: of the air and of the flue gas, K.
        available: heat per fuel heat before the measure; and after it with cold air.
        air: moles of each gas of the air per mole of fuel.
        heating_value: kJ[LHV] per mole of fuel.
    """
    gases = list(air)

    def solve(ua: Any, rate: Any, cr: Any, cold: Any, hot: Any, now: Any, bare: Any, lower: Any, *moles: Any) -> Any:
        def units(remaining: Any) -> Any:
            return ua / (rate * remaining)

        def excess_of(remaining: Any) -> Any:
            reached = cold + _by_area(counterflow, units(remaining), cr) * (hot - cold)
            brought = sum(
                n * (molar_enthalpy(g, reached) - molar_enthalpy(g, cold)) for g, n in zip(gases, moles, strict=True)
            )
            return remaining - now / (bare + brought / lower)

        lowest = 1e-3 * np.asarray(now / bare, dtype=float)
        return _by_area(counterflow, units(bisect(excess_of, lowest, 1.001 * now / bare)), cr)

    return opaque(
        solve,
        conductance.to("kW/K"),
        air_rate.to("kW/K"),
        ratio.to("1"),
        *(t.to("K") for t in inlets),
        *(a.to("kWh/kWh[LHV]") for a in available),
        heating_value.to("kJ[LHV]/mol"),
        *(air[g].to("1") for g in gases),
        in_unit="1",
        name="recuperator_effectiveness",
        symbol="ε_r",
        source=NTU,
    )
