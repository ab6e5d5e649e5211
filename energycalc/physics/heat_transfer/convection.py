"""Convection from outer surfaces to air: pipes by dimensionless numbers, flat walls and tanks by ASTM C680."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, absolute, cite, constant, formula, sqrt
from energycalc.quantity.aliases import Kelvin, Metre, Number

Conductivity = Annotated[Quantity, "W/(m*K)"]
FilmCoefficient = Annotated[Quantity, "W/(m2*K)"]
SquareMetrePerSecond = Annotated[Quantity, "m2/s"]
MetrePerSecond = Annotated[Quantity, "m/s"]
Acceleration = Annotated[Quantity, "m/s2"]
PerKelvin = Annotated[Quantity, "1/K"]

C680 = cite("measur-tools-suite", "wall heat loss: convection by ASTM C680-89 (R1995), as upstream states it")
GRAVITY = constant("g", 9.80665, "m/s2", cite("codata-2018", "standard acceleration of gravity"))
ONE_FAHRENHEIT_DEGREE = constant("1 °F", 5 / 9, "K", C680)
ONE_MILE_PER_HOUR = constant("1 mph", 0.44704, "m/s", C680)
ONE_BTU_FILM = constant("1 Btu/(h·ft²·°F)", 1055.05585262 / 3600 * 1.8 / 0.3048**2, "W/(m2*K)", C680)
FLAT_INCHES = 24.0
"""Diameter in inches that stands for a flat surface."""
WIND = (0.0, 30.0)


@formula(symbol="Re", source=cite("churchill-bernstein-1977", "Reynolds number of a cylinder"))
def reynolds_number(
    outer_diameter: Metre, wind_speed: MetrePerSecond, air_kinematic_viscosity: SquareMetrePerSecond
) -> Number:
    """Reynolds number of a cylinder in cross flow.

    Args:
        outer_diameter: of pipe or jacket, m.
        wind_speed: of the air, m/s.
        air_kinematic_viscosity: at the film temperature, m²/s.
    """
    return outer_diameter * absolute(wind_speed) / air_kinematic_viscosity


@formula(symbol="Ra", source=cite("churchill-chu-1975", "Rayleigh number"))
def rayleigh_number(
    gravity: Acceleration,
    expansion_coefficient: PerKelvin,
    surface_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    outer_diameter: Metre,
    air_kinematic_viscosity: SquareMetrePerSecond,
    air_thermal_diffusivity: SquareMetrePerSecond,
) -> Number:
    """Rayleigh number of a surface in still air, the same for a hot and a cold one.

    Args:
        gravity: m/s².
        expansion_coefficient: of the air, 1/K.
        surface_absolute_temperature: K.
        ambient_absolute_temperature: K.
        outer_diameter: length that the number is built with, m.
        air_kinematic_viscosity: m²/s.
        air_thermal_diffusivity: m²/s.
    """
    difference = absolute(surface_absolute_temperature - ambient_absolute_temperature)
    return (
        gravity * expansion_coefficient * difference * outer_diameter**3
        / (air_kinematic_viscosity * air_thermal_diffusivity)
    )  # fmt: skip


@formula(symbol="Nu_f", source=cite("churchill-bernstein-1977", "equation for all Re Pr above 0.2"))
def nusselt_cylinder_forced(reynolds_number: Number, prandtl_number: Number) -> Number:
    """Nusselt number of a cylinder in cross flow (a lower bound for Re Pr above 0.4)."""
    bracket = (1 + (reynolds_number / 282000) ** (5 / 8)) ** (4 / 5)
    return 0.3 + 0.62 * reynolds_number**0.5 * prandtl_number ** (1 / 3) * bracket / (
        1 + (0.4 / prandtl_number) ** (2 / 3)
    ) ** (1 / 4)


@formula(symbol="Nu_n", source=cite("churchill-chu-1975", "horizontal isothermal cylinder, Ra up to 1e12"))
def nusselt_cylinder_free(rayleigh_number: Number, prandtl_number: Number) -> Number:
    """Nusselt number of a horizontal cylinder in still air."""
    return (0.6 + 0.387 * rayleigh_number ** (1 / 6) / (1 + (0.559 / prandtl_number) ** (9 / 16)) ** (8 / 27)) ** 2


@formula(symbol="Nu", source=cite("measur-tools-suite", "insulated pipe reduction, combined Nusselt number"))
def nusselt_combined(nusselt_forced: Number, nusselt_free: Number) -> Number:
    """Nusselt number where wind and buoyancy act together: fourth root of the sum of fourth powers."""
    return (nusselt_forced**4 + nusselt_free**4) ** (1 / 4)


@formula(symbol="h_c", source=cite("churchill-chu-1975", "Nu = h D / k"))
def convection_coefficient(
    nusselt_number: Number, air_conductivity: Conductivity, outer_diameter: Metre
) -> FilmCoefficient:
    """Convection coefficient in W/(m²·K) from the Nusselt number."""
    return nusselt_number * air_conductivity / outer_diameter


@formula(
    symbol="h_c",
    source=C680,
    limits={
        "shape_factor": (0.5, 2.5),
        "ambient_absolute_temperature": (256, 400),
        "surface_absolute_temperature": (256, 900),
        "wind_speed": WIND,
    },
)
def wall_convection_coefficient(
    shape_factor: Number,
    surface_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    wind_speed: MetrePerSecond,
) -> FilmCoefficient:
    """Convection coefficient of a flat surface, a wall or a tank wider than 0.6 m.

    The equation takes a power of the mean temperature in °F, so it ends near 0 °F: it is limited to 256 K and above.
    Against Churchill and Chu's plate (1975) a wall of 2.5 m in still air gets 28 % more at 50 °C and 13 % more at
    200 °C, which is 11 % and 5 % of its whole loss with an emissivity of 0.9.

    Args:
        shape_factor: 1.394 for a vertical plate, 1.79 for a warm plate facing up, 0.89 for one facing down.
        surface_absolute_temperature: K.
        ambient_absolute_temperature: K.
        wind_speed: of the air along the surface, m/s.
    """
    mean = (surface_absolute_temperature + ambient_absolute_temperature) / 2 / ONE_FAHRENHEIT_DEGREE - 459.67
    difference = absolute(surface_absolute_temperature - ambient_absolute_temperature) / ONE_FAHRENHEIT_DEGREE
    return (
        ONE_BTU_FILM * shape_factor * FLAT_INCHES**-0.2 * mean**-0.181 * difference**0.266
        * sqrt(1 + 1.277 * (wind_speed / ONE_MILE_PER_HOUR))
    )  # fmt: skip
