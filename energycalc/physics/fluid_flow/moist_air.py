"""Moist air at a fan: humidity from relative humidity, dew point or wet bulb, and its density.

Ideal mixture of dry air and water vapour, as ASHRAE's psychrometrics has it; good to about 0.7 % up to 100 °C and
1.2 bar. Temperatures in K where a law takes them absolute.
"""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from energycalc.errors import CalculationError
from energycalc.quantity import Quantity, Source, cite, constant, exp, formula, log, opaque, where
from energycalc.quantity.aliases import Celsius, Fraction, Kelvin, Number

PascalAbsolute = Annotated[Quantity, "Pa[a]"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
CubicMetrePerKilogram = Annotated[Quantity, "m3/kg"]
KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
KilojoulePerKilogramKelvin = Annotated[Quantity, "kJ/(kg*K)"]

_VAPOUR = cite("ashrae-psychrometrics", "saturation pressure over ice and over water (Hyland and Wexler)")
_RATIO = cite("ashrae-psychrometrics", "humidity ratio, degree of saturation")
_WET_BULB = cite("ashrae-psychrometrics", "humidity ratio from wet-bulb temperature, above freezing")

ONE_KELVIN = constant("K_1", 1, "K", Source("unit of the fit", "definition"), name="one_kelvin")
ONE_PASCAL = constant("Pa_1", 1, "Pa[a]", Source("unit of the fit", "definition"), name="one_pascal_absolute")
FREEZING = constant("T_fr", 273.15, "K", _VAPOUR, name="freezing_point_of_water")
ONE_PSI = constant("psi_1", 6894.757293168, "Pa[a]", cite("us-customary-units", "definition"), name="one_psi")
ZERO_FAHRENHEIT = constant("t_0F", -160 / 9, "degC", cite("us-customary-units", "definition"), name="zero_fahrenheit")
DEGREE_FAHRENHEIT = constant("dF", 5 / 9, "K", cite("us-customary-units", "definition"), name="degree_fahrenheit_step")
WATER_OVER_AIR = constant(
    "eps", 0.62198, "1", cite("ashrae-psychrometrics", "ratio of molar masses"), name="molar_mass_ratio"
)
AIR_CONSTANT = constant(
    "R_a", 8.314462618 / 28.9645, "kJ/(kg*K)", cite("ashrae-psychrometrics", "gas constant of dry air, 28.9645 g/mol"),
    name="dry_air_gas_constant",
)  # fmt: skip
AIR_HEAT = constant(
    "c_a", 1.006, "kJ/(kg*K)", cite("ashrae-psychrometrics", "enthalpy of dry air"), name="dry_air_specific_heat"
)
VAPOUR_HEAT = constant(
    "c_w", 1.86, "kJ/(kg*K)", cite("ashrae-psychrometrics", "enthalpy of water vapour"), name="vapour_specific_heat"
)
WATER_HEAT = constant("c_l", 4.186, "kJ/(kg*K)", _WET_BULB, name="water_specific_heat")
EVAPORATION_HEAT = constant(
    "h_w0",
    2501,
    "kJ/kg",
    cite("ashrae-psychrometrics", "enthalpy of saturated vapour at 0 °C"),
    name="vapour_enthalpy_at_zero",
)
ZERO_CELSIUS = constant("t_0", 0, "degC", Source("zero of the scale", "definition"), name="zero_celsius")


@formula(symbol="p_ws", source=_VAPOUR, limits={"absolute_temperature": (173.15, 473.15)})
def saturation_vapour_pressure(absolute_temperature: Kelvin) -> PascalAbsolute:
    """Pressure of saturated water vapour, over ice below 0 °C.

    Args:
        absolute_temperature: in K, -100 to 200 °C.
    """
    t = absolute_temperature / ONE_KELVIN
    ice = exp(
        -5674.5359 / t
        + 6.3925247
        + t * (-9.677843e-3 + t * (6.2215701e-7 + t * (2.0747825e-9 + t * -9.484024e-13)))
        + 4.1635019 * log(t)
    )
    water = exp(
        -5800.2206 / t + 1.3914993 + t * (-4.8640239e-2 + t * (4.1764768e-5 + t * -1.4452093e-8)) + 6.5459673 * log(t)
    )
    return where(absolute_temperature, "<", FREEZING, ice, water) * ONE_PASCAL


@formula(
    symbol="w",
    source=_RATIO,
    limits={"relative_humidity": (0, 1), "air_pressure": (10000, 1e7)},
)
def humidity_ratio(
    relative_humidity: Fraction, saturation_vapour_pressure: PascalAbsolute, air_pressure: PascalAbsolute
) -> Number:
    """Water per dry air.

    Args:
        relative_humidity: 0 to 1.
        saturation_vapour_pressure: at the air's temperature, in Pa(a).
        air_pressure: absolute pressure of the moist air in Pa(a).

    Returns:
        kg of water vapour per kg of dry air.
    """
    vapour = relative_humidity * saturation_vapour_pressure
    return WATER_OVER_AIR * vapour / (air_pressure - vapour)


@formula(symbol="mu", source=_RATIO, limits={"relative_humidity": (0, 1)})
def degree_of_saturation(relative_humidity: Fraction, saturated_humidity_ratio: Number) -> Fraction:
    """Humidity ratio over that of saturated air.

    Args:
        relative_humidity: 0 to 1.
        saturated_humidity_ratio: of saturated air at the same temperature and pressure.
    """
    return relative_humidity / (1 + (1 - relative_humidity) * saturated_humidity_ratio / WATER_OVER_AIR)


@formula(symbol="phi", source=_RATIO, limits={"humidity_ratio": (0, 10)})
def relative_humidity(
    humidity_ratio: Number, saturation_vapour_pressure: PascalAbsolute, air_pressure: PascalAbsolute
) -> Fraction:
    """Relative humidity from the water per dry air.

    Args:
        humidity_ratio: kg/kg.
        saturation_vapour_pressure: at the air's temperature, in Pa(a).
        air_pressure: absolute pressure of the moist air in Pa(a).
    """
    return air_pressure * humidity_ratio / (WATER_OVER_AIR + humidity_ratio) / saturation_vapour_pressure


@formula(
    symbol="w", source=_WET_BULB, limits={"air_dry_bulb": (0, 200), "air_wet_bulb": (0, 100)}, name="humidity_ratio"
)
def humidity_ratio_from_wet_bulb(
    air_dry_bulb: Celsius,
    air_wet_bulb: Celsius,
    saturated_at_wet_bulb: Number,
    dry_specific_heat: KilojoulePerKilogramKelvin,
) -> Number:
    """Water per dry air from a wet-bulb reading above freezing.

    Args:
        air_dry_bulb: in °C.
        air_wet_bulb: in °C, not above the dry bulb.
        saturated_at_wet_bulb: humidity ratio of saturated air at the wet-bulb temperature.
        dry_specific_heat: of the dry gas in kJ/(kg K), 1.006 for air.
    """
    dry, wet = air_dry_bulb - ZERO_CELSIUS, air_wet_bulb - ZERO_CELSIUS
    at_wet = EVAPORATION_HEAT + (VAPOUR_HEAT - WATER_HEAT) * wet
    return (at_wet * saturated_at_wet_bulb - dry_specific_heat * (dry - wet)) / (
        EVAPORATION_HEAT + VAPOUR_HEAT * dry - WATER_HEAT * wet
    )


@formula(
    symbol="v",
    source=cite("ashrae-psychrometrics", "specific volume of the ideal mixture"),
    limits={"humidity_ratio": (0, 1)},
)
def moist_air_specific_volume(
    absolute_temperature: Kelvin, humidity_ratio: Number, air_pressure: PascalAbsolute
) -> CubicMetrePerKilogram:
    """Volume of moist air per kg of dry air.

    Args:
        absolute_temperature: in K.
        humidity_ratio: kg/kg.
        air_pressure: absolute pressure in Pa(a).
    """
    pressure = air_pressure.declared("Pa", because=Source("absolute pressure in the gas law", "definition"))
    return AIR_CONSTANT * absolute_temperature * (1 + humidity_ratio / WATER_OVER_AIR) / pressure


@formula(symbol="rho", source=cite("ashrae-psychrometrics", "density of moist air"), limits={"humidity_ratio": (0, 1)})
def moist_air_density(
    moist_air_specific_volume: CubicMetrePerKilogram, humidity_ratio: Number
) -> KilogramPerCubicMetre:
    """Density of moist air.

    Args:
        moist_air_specific_volume: per kg of dry air.
        humidity_ratio: kg/kg.
    """
    return (1 + humidity_ratio) / moist_air_specific_volume


@formula(symbol="h", source=cite("ashrae-psychrometrics", "enthalpy of moist air"), limits={"humidity_ratio": (0, 1)})
def moist_air_enthalpy(air_dry_bulb: Celsius, humidity_ratio: Number) -> KilojoulePerKilogram:
    """Enthalpy of moist air per kg of dry air, from dry air and liquid water at 0 °C.

    Args:
        air_dry_bulb: in °C.
        humidity_ratio: kg/kg.
    """
    dry = air_dry_bulb - ZERO_CELSIUS
    return AIR_HEAT * dry + humidity_ratio * (EVAPORATION_HEAT + VAPOUR_HEAT * dry)


@formula(
    symbol="t_d",
    source=cite("ashrae-psychrometrics", "dew point, fits above and below 32 °F"),
    limits={"water_vapour_pressure": (10, 1e5)},
)
def air_dew_point(water_vapour_pressure: PascalAbsolute) -> Celsius:
    """Dew point of moist air (frost point below 0 °C), 0 to 93 °C within 0.1 K.

    Args:
        water_vapour_pressure: partial pressure of water vapour in Pa(a).
    """
    p = water_vapour_pressure / ONE_PSI
    a = log(p)
    above = 100.45 + a * (33.193 + a * (2.319 + a * 0.17074)) + 1.2063 * p**0.1984
    below = 90.12 + a * (26.142 + a * 0.8927)
    return ZERO_FAHRENHEIT + where(above, ">=", 32, above, below) * DEGREE_FAHRENHEIT


@formula(symbol="p_w", source=_RATIO, limits={"humidity_ratio": (0, 10), "air_pressure": (10000, 1e7)})
def water_vapour_pressure(humidity_ratio: Number, air_pressure: PascalAbsolute) -> PascalAbsolute:
    """Partial pressure of the water vapour.

    Args:
        humidity_ratio: kg/kg.
        air_pressure: absolute pressure of the moist air in Pa(a).
    """
    return air_pressure * humidity_ratio / (WATER_OVER_AIR + humidity_ratio)


def wet_bulb_temperature(
    air_dry_bulb: Quantity, humidity: Quantity, pressure: Quantity, dry_specific_heat: Quantity
) -> Quantity:
    """Wet-bulb temperature whose humidity ratio is the given one (above freezing).

    Args:
        air_dry_bulb: of the air.
        humidity: humidity ratio, kg/kg.
        pressure: absolute.
        dry_specific_heat: of the dry gas.

    Raises:
        CalculationError: the wet bulb lies below freezing, where this equation does not hold.
    """
    return opaque(
        _wet_bulb,
        air_dry_bulb.to("degC"),
        humidity.to("1"),
        pressure.to("Pa[a]"),
        dry_specific_heat.to("kJ/(kg*K)"),
        in_unit="degC",
        name="air_wet_bulb",
        symbol="t_wb",
        source=_WET_BULB,
    )


def _saturated(celsius: Any, pressure: Any) -> Any:
    t = celsius + 273.15
    vapour = np.exp(
        -5800.2206 / t
        + 1.3914993
        + t * (-4.8640239e-2 + t * (4.1764768e-5 + t * -1.4452093e-8))
        + 6.5459673 * np.log(t)
    )
    return 0.62198 * vapour / (pressure - vapour)


def _wet_bulb(dry: Any, humidity: Any, pressure: Any, heat: Any) -> Any:
    def excess(wet: Any) -> Any:
        at_wet = (2501 + (1.86 - 4.186) * wet) * _saturated(wet, pressure) - heat * (dry - wet)
        return at_wet / (2501 + 1.86 * dry - 4.186 * wet) - humidity

    low, high = np.zeros(np.broadcast(dry, humidity, pressure).shape), dry + 0.0 * humidity * pressure
    if np.any(excess(low) > 0) or np.any(excess(high) < -1e-12):
        raise CalculationError(
            "the wet bulb lies below freezing, or the air holds more water than saturation",
            limit="wet bulb from 0 °C to the dry bulb",
        )
    for _ in range(80):
        middle = (low + high) / 2
        low, high = np.where(excess(middle) < 0, middle, low), np.where(excess(middle) < 0, high, middle)
    found = (low + high) / 2
    return found if np.ndim(found) else float(found)
