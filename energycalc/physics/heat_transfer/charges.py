"""Heat that a charge takes up: metals that melt, liquids that evaporate, gases, and the water they bring in.

Heat that a reaction gives off is not credited here: a reaction heat counts as heat to be supplied. Whoever credits an
exothermic reaction enters it as another heat with a minus sign.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, formula, maximum, minimum, require, where
from energycalc.quantity.aliases import Celsius, Fraction, Kilowatt

KilogramPerHour = Annotated[Quantity, "kg/h"]
SpecificHeat = Annotated[Quantity, "kJ/(kg*K)"]
HeatPerMass = Annotated[Quantity, "kJ/kg"]

CHARGE = cite("measur-tools-suite", "charge material, enthalpy balance; 212 °F, 970 Btu/lb, 0.481 Btu/(lb·°F)")
BOILING_POINT = constant("t_b", 100.0, "degC", CHARGE)
EVAPORATION_HEAT = constant("h_fg", 970 * 2.326, "kJ/kg", CHARGE)
WATER_SPECIFIC_HEAT = constant("c_w", 4.1868, "kJ/(kg*K)", CHARGE)
STEAM_SPECIFIC_HEAT = constant("c_v", 0.481 * 4.1868, "kJ/(kg*K)", CHARGE)
ONE_KELVIN = constant("1 K", 1.0, "K", CHARGE)
SHARE = (0.0, 1.0)


@formula(
    symbol="h_ch",
    source=CHARGE,
    limits={"specific_heat_solid": (0, None), "specific_heat_liquid": (0, None), "latent_heat": (0, None),
            "share_melted": SHARE},
)  # fmt: skip
def solid_charge_enthalpy(
    specific_heat_solid: SpecificHeat,
    specific_heat_liquid: SpecificHeat,
    latent_heat: HeatPerMass,
    melting_point: Celsius,
    charge_inlet_temperature: Celsius,
    charge_outlet_temperature: Celsius,
    share_melted: Fraction,
) -> HeatPerMass:
    """Heat per kg of dry charge from inlet to outlet temperature, with melting when it gets that far.

    Args:
        specific_heat_solid: mean, kJ/(kg·K).
        specific_heat_liquid: mean, kJ/(kg·K).
        latent_heat: of fusion, kJ/kg.
        melting_point: °C; below it nothing melts, whatever ``share_melted`` says.
        charge_inlet_temperature: °C.
        charge_outlet_temperature: °C.
        share_melted: of the dry charge, 0 to 1; what does not melt goes on as a solid.
    """
    solid = specific_heat_solid * (minimum(charge_outlet_temperature, melting_point) - charge_inlet_temperature)
    beyond = maximum(charge_outlet_temperature, melting_point) - melting_point
    molten = share_melted * (latent_heat + specific_heat_liquid * beyond)
    rest = (1 - share_melted) * specific_heat_solid * beyond
    return solid + where(charge_outlet_temperature, ">=", melting_point, molten + rest, 0 * latent_heat)


@formula(symbol="h_w", source=CHARGE, limits={"water_inlet_share": SHARE, "water_outlet_share": SHARE})
def charge_water_enthalpy(
    water_inlet_share: Fraction,
    water_outlet_share: Fraction,
    charge_inlet_temperature: Celsius,
    charge_outlet_temperature: Celsius,
    vapour_temperature: Celsius,
) -> HeatPerMass:
    """Heat for the water in a charge, per kg of wet charge: what leaves as vapour, and what stays in it.

    Args:
        water_inlet_share: of the wet charge, 0 to 1.
        water_outlet_share: of the wet charge as charged, not above the inlet share.
        charge_inlet_temperature: °C.
        charge_outlet_temperature: °C.
        vapour_temperature: at which the vapour leaves, °C.
    """
    evaporated = (
        WATER_SPECIFIC_HEAT * (BOILING_POINT - charge_inlet_temperature)
        + EVAPORATION_HEAT
        + STEAM_SPECIFIC_HEAT * (vapour_temperature - BOILING_POINT)
    )
    kept = WATER_SPECIFIC_HEAT * (charge_outlet_temperature - charge_inlet_temperature)
    return (water_inlet_share - water_outlet_share) * evaporated + water_outlet_share * kept


@formula(symbol="Q_ch", source=CHARGE, limits={"charge_rate": (0, None), "water_inlet_share": SHARE,
                                               "share_reacted": SHARE, "reaction_heat": (0, None)})  # fmt: skip
def solid_charge_heat(
    charge_rate: KilogramPerHour,
    water_inlet_share: Fraction,
    solid_charge_enthalpy: HeatPerMass,
    charge_water_enthalpy: HeatPerMass,
    share_reacted: Fraction,
    reaction_heat: HeatPerMass,
    other_heat: Kilowatt,
) -> Kilowatt:
    """Heat that a solid charge takes up, kW.

    Args:
        charge_rate: wet, kg/h.
        water_inlet_share: of the wet charge.
        solid_charge_enthalpy: per kg dry charge, kJ/kg.
        charge_water_enthalpy: per kg wet charge, kJ/kg.
        share_reacted: of the dry charge.
        reaction_heat: taken up per kg that reacts, kJ/kg; 0 where the reaction gives heat off.
        other_heat: kW, for example heat given off with a minus sign.
    """
    dry = (1 - water_inlet_share) * (solid_charge_enthalpy + share_reacted * reaction_heat)
    return charge_rate * (dry + charge_water_enthalpy) + other_heat


@formula(symbol="h_ch", source=CHARGE, limits={"specific_heat_liquid": (0, None), "specific_heat_vapour": (0, None),
                                               "latent_heat": (0, None), "share_evaporated": SHARE})  # fmt: skip
def liquid_charge_enthalpy(
    specific_heat_liquid: SpecificHeat,
    specific_heat_vapour: SpecificHeat,
    latent_heat: HeatPerMass,
    vaporising_temperature: Celsius,
    charge_inlet_temperature: Celsius,
    charge_outlet_temperature: Celsius,
    share_evaporated: Fraction,
) -> HeatPerMass:
    """Heat per kg of a liquid charge, with evaporation when it gets that far (the law of a solid, one state on)."""
    return solid_charge_enthalpy(
        specific_heat_liquid, specific_heat_vapour, latent_heat, vaporising_temperature, charge_inlet_temperature,
        charge_outlet_temperature, share_evaporated,
    )  # fmt: skip


@formula(symbol="h_ch", source=CHARGE, limits={"specific_heat_gas": (0, None), "specific_heat_vapour": (0, None),
                                               "vapour_share": SHARE})  # fmt: skip
def gas_charge_enthalpy(
    specific_heat_gas: SpecificHeat,
    specific_heat_vapour: SpecificHeat,
    vapour_share: Fraction,
    charge_inlet_temperature: Celsius,
    charge_outlet_temperature: Celsius,
) -> HeatPerMass:
    """Heat per kg of a gas with vapour in it, kJ/kg; ``vapour_share`` by mass."""
    mean = (1 - vapour_share) * specific_heat_gas + vapour_share * specific_heat_vapour
    return mean * (charge_outlet_temperature - charge_inlet_temperature)


@formula(symbol="Q_ch", source=CHARGE, limits={"charge_rate": (0, None), "share_reacted": SHARE,
                                               "reaction_heat": (0, None)})  # fmt: skip
def fluid_charge_heat(
    charge_rate: KilogramPerHour,
    charge_enthalpy: HeatPerMass,
    share_reacted: Fraction,
    reaction_heat: HeatPerMass,
    other_heat: Kilowatt,
) -> Kilowatt:
    """Heat that a liquid or gaseous charge takes up, kW; arguments as for :func:`solid_charge_heat`."""
    return charge_rate * (charge_enthalpy + share_reacted * reaction_heat) + other_heat


def check_water(water_inlet_share: Quantity, water_outlet_share: Quantity, charge_outlet_temperature: Quantity) -> None:
    """Refuse water that no charge can hold.

    Raises:
        OutOfRange: more water comes out than goes in, or water is left in a charge hotter than boiling water.
    """
    require(water_outlet_share, "<=", water_inlet_share, "more water leaves than comes in", CHARGE)
    wet = where(water_outlet_share, ">", 0, charge_outlet_temperature - BOILING_POINT, 0 * ONE_KELVIN)
    require(wet, "<=", 0 * ONE_KELVIN, "no water is left in a charge that leaves hotter than boiling water",
            CHARGE, "Enter 0 % water at discharge, or the temperature at which it leaves")  # fmt: skip
