"""Air at atmospheric pressure between a hot surface and the room: the properties that convection needs.

Quartics in the film temperature, as MEASUR's pipe insulation takes them. Against CoolProp's air at 101.325 kPa they
lie within 3.5 % from 240 to 1,000 K (conductivity 1.9 %, viscosity 1.3 %, diffusivity 3.4 %, Prandtl number 2.4 %).
"""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, formula
from energycalc.quantity.aliases import Kelvin, Number

Conductivity = Annotated[Quantity, "W/(m*K)"]
SquareMetrePerSecond = Annotated[Quantity, "m2/s"]
PerKelvin = Annotated[Quantity, "1/K"]

FIT = cite("measur-tools-suite", "insulated pipe reduction, air property coefficients, T in K")
LOWEST_FILM, HIGHEST_FILM = 240.0, 1000.0
FILM = {"film_absolute_temperature": (LOWEST_FILM, HIGHEST_FILM)}

ONE_KELVIN = constant("1 K", 1.0, "K", FIT)
ONE_MILLIWATT = constant("1 mW/(m·K)", 1e-3, "W/(m*K)", FIT)
ONE_SQUARE_MILLIMETRE = constant("1 mm²/s", 1e-6, "m2/s", FIT)


def _quartic(temperature: Quantity, c4: float, c3: float, c2: float, c1: float, c0: float) -> Quantity:
    t = temperature / ONE_KELVIN
    return c0 + t * (c1 + t * (c2 + t * (c3 + t * c4)))


@formula(symbol="T_f", source=cite("churchill-bernstein-1977", "properties at the film temperature"))
def film_absolute_temperature(surface_absolute_temperature: Kelvin, ambient_absolute_temperature: Kelvin) -> Kelvin:
    """Mean of surface and air, at which the properties of the air are taken (K)."""
    return (surface_absolute_temperature + ambient_absolute_temperature) / 2


@formula(symbol="k_air", source=FIT, limits=FILM)
def air_conductivity(film_absolute_temperature: Kelvin) -> Conductivity:
    """Thermal conductivity of air in W/(m·K), 240 to 1,000 K."""
    return ONE_MILLIWATT * _quartic(
        film_absolute_temperature, 3.17176e-11, -5.90229e-8, 4.58531e-6, 0.088867888, 0.520072239
    )


@formula(symbol="nu_air", source=FIT, limits=FILM)
def air_kinematic_viscosity(film_absolute_temperature: Kelvin) -> SquareMetrePerSecond:
    """Kinematic viscosity of air in m²/s, 240 to 1,000 K."""
    return ONE_SQUARE_MILLIMETRE * _quartic(
        film_absolute_temperature, 2.25852e-11, -8.32093e-8, 0.000172673, 0.01063728, -0.76108359
    )


@formula(symbol="a_air", source=FIT, limits=FILM)
def air_thermal_diffusivity(film_absolute_temperature: Kelvin) -> SquareMetrePerSecond:
    """Thermal diffusivity of air in m²/s, 240 to 1,000 K."""
    return ONE_SQUARE_MILLIMETRE * _quartic(
        film_absolute_temperature, 1.35569e-10, -3.80588e-7, 0.000446483, -0.035935528, 2.254489164
    )


@formula(symbol="Pr", source=FIT, limits=FILM)
def air_prandtl_number(film_absolute_temperature: Kelvin) -> Number:
    """Prandtl number of air, 240 to 1,000 K."""
    return _quartic(film_absolute_temperature, -2.08438e-13, -1.72787e-11, 8.00624e-7, -0.000694606, 0.845781218)


@formula(symbol="beta", source=cite("ideal-gas", "thermal expansion of an ideal gas is 1/T"))
def expansion_coefficient(film_absolute_temperature: Kelvin) -> PerKelvin:
    """Thermal expansion of an ideal gas at a temperature in K."""
    return 1 / film_absolute_temperature
