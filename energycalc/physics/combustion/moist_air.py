"""Water in the air from what a weather station or a sling psychrometer reads.

Saturation above water (0 to 200 °C) by Hyland and Wexler; ideal gases. The humidity ratio is what
``combustion_air_moisture`` of the furnaces takes.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.combustion.gas_species import published
from energycalc.quantity import Quantity, cite, exp, formula, log
from energycalc.quantity.aliases import Fraction, Kelvin, KilopascalAbsolute, Number

KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
HeatCapacity = Annotated[Quantity, "kJ/(kg*K)"]

HYLAND_WEXLER = cite("ashrae-fundamentals-2017", "chapter 1, equation 6 (Hyland and Wexler 1983)")


@formula(symbol="p_ws", source=HYLAND_WEXLER, limits={"moist_air_temperature": (273.15, 473.15)})
def saturation_pressure_of_water(moist_air_temperature: Kelvin) -> KilopascalAbsolute:
    """Vapour pressure over liquid water, 0 to 200 °C."""
    t = moist_air_temperature / published("all", "kelvin")
    powers = -5.516256 + t * (-0.048640239 + t * (4.1764768e-5 - 1.4452093e-8 * t))
    return published("water", "antoine_p") * exp(-5800.2206 / t + powers + 6.5459673 * log(t))


@formula(
    symbol="W", source=cite("ashrae-fundamentals-2017", "chapter 1, equation 20"), limits={"relative_humidity": (0, 1)}
)
def humidity_ratio_from_relative_humidity(
    relative_humidity: Fraction,
    saturation_pressure_of_water: KilopascalAbsolute,
    moist_air_pressure: KilopascalAbsolute,
) -> Number:
    """Kilograms of water per kilogram of dry air from the relative humidity.

    Args:
        relative_humidity: 0 to 100 %.
        saturation_pressure_of_water: at the temperature of the air.
        moist_air_pressure: absolute.
    """
    vapour = relative_humidity * saturation_pressure_of_water
    return published("water", "mass_ratio_to_air") * vapour / (moist_air_pressure - vapour)


@formula(
    symbol="W", source=cite("ashrae-fundamentals-2017", "chapter 1, equation 33"),
    limits={"dry_bulb_absolute": (273.15, 373.15), "wet_bulb_absolute": (273.15, 373.15)},
)  # fmt: skip
def humidity_ratio_from_wet_bulb(
    dry_bulb_absolute: Kelvin,
    wet_bulb_absolute: Kelvin,
    humidity_ratio_at_saturation: Number,
    heat_of_vaporisation_at_zero: KilojoulePerKilogram,
    liquid_water_heat_capacity: HeatCapacity,
    water_vapour_heat_capacity: HeatCapacity,
    dry_air_heat_capacity: HeatCapacity,
) -> Number:
    """Kilograms of water per kilogram of dry air from the wet bulb: adiabatic saturation.

    Args:
        dry_bulb_absolute: of the air.
        wet_bulb_absolute: of the ventilated wet thermometer, not above the dry one.
        humidity_ratio_at_saturation: of saturated air at the wet-bulb temperature.
        heat_of_vaporisation_at_zero: of water at 0 °C, 2501 kJ/kg.
        liquid_water_heat_capacity: of liquid water, 4.186 kJ/(kg K).
        water_vapour_heat_capacity: 1.86 kJ/(kg K).
        dry_air_heat_capacity: 1.006 kJ/(kg K).
    """
    freezing = published("water", "freezing_point")
    dry, wet = dry_bulb_absolute - freezing, wet_bulb_absolute - freezing
    taken = (liquid_water_heat_capacity - water_vapour_heat_capacity) * wet
    heat = (heat_of_vaporisation_at_zero - taken) * humidity_ratio_at_saturation - dry_air_heat_capacity * (dry - wet)
    return heat / (heat_of_vaporisation_at_zero + water_vapour_heat_capacity * dry - liquid_water_heat_capacity * wet)
