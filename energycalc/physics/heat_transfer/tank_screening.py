"""MEASUR's tank insulation estimate (release 1.2.5), to check reports made with that tool. No technology uses it.

It is no heat balance. The tank radiates at the temperature given, past the film of its contents and its wall; with
insulation the temperature of the surface must be typed in, and it drives the whole chain of resistances, contents to
room, so that the loss comes out too low where the surface is much cooler than the contents. Only the side is counted,
on its inner diameter. :mod:`energycalc.physics.heat_transfer.walls` solves the balance instead.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.heat_transfer.air import ONE_KELVIN
from energycalc.physics.heat_transfer.convection import ONE_BTU_FILM
from energycalc.quantity import Quantity, absolute, cite, formula, log
from energycalc.quantity.aliases import Fraction, Kelvin, Kilowatt, Metre

Conductivity = Annotated[Quantity, "W/(m*K)"]
FilmCoefficient = Annotated[Quantity, "W/(m2*K)"]
RadiationConstant = Annotated[Quantity, "W/m2/K^4"]

SCREENING = cite("measur-tools-suite", "insulated tank reduction: 0.125 Ra^(1/3), air properties at the room, in °R")


@formula(symbol="h_n", source=SCREENING, limits={"ambient_absolute_temperature": (250, 400)})
def screening_convection_coefficient(
    outside_absolute_temperature: Kelvin, ambient_absolute_temperature: Kelvin
) -> FilmCoefficient:
    """Natural convection of a tank by 0.125 Ra^(1/3), W/(m²·K); the diameter cancels.

    The factor 3600 by which upstream's viscosity is too small is the one by which its diffusivity is too large.

    Args:
        outside_absolute_temperature: K.
        ambient_absolute_temperature: K, at which the air is taken.
    """
    t = 1.8 * (ambient_absolute_temperature / ONE_KELVIN)
    rise = 1.8 * (absolute(outside_absolute_temperature - ambient_absolute_temperature) / ONE_KELVIN)
    k = -1.49489778e-3 + t * (3.85957991e-5 + t * (-1.80852621e-8 + t * (7.98394765e-12 - t * 1.63898601e-15)))
    density = 0.01 * (
        24.3046430 + t * (-5.57665211e-2 + t * (5.96315645e-5 + t * (-2.97098117e-8 + t * 5.53240532e-12)))
    )
    viscosity = 1e-4 * (
        -5.82727939e-1 + t * (3.56111381e-3 + t * (7.21312269e-8 + t * (2.42855319e-9 - t * 6.67800412e-13)))
    )
    heat = 2.38303755e-1 + t * (8.06185737e-6 + t * (-3.22287031e-8 + t * (5.27958269e-11 - t * 1.82109557e-14)))
    diffusivity = k / (density * heat) / 3600
    return ONE_BTU_FILM * (0.125 * k * (32.174 * rise / t / (viscosity * diffusivity)) ** (1 / 3))


@formula(symbol="U_t", source=SCREENING, limits={"screening_inner_film": (1, None)})
def screening_overall_coefficient(
    bore_diameter: Metre,
    tank_wall_thickness: Metre,
    tank_wall_conductivity: Conductivity,
    insulation_thickness: Metre,
    insulation_conductivity: Conductivity,
    screening_convection_coefficient: FilmCoefficient,
    screening_inner_film: FilmCoefficient,
) -> FilmCoefficient:
    """Convection to the room, insulation, wall and inner film in series, on the inner surface (W/(m²·K)).

    Args:
        bore_diameter: inner diameter of the tank, m.
        tank_wall_thickness: m.
        tank_wall_conductivity: W/(m·K).
        insulation_thickness: m, 0 for a bare tank.
        insulation_conductivity: W/(m·K); of no effect for a bare tank.
        screening_convection_coefficient: W/(m²·K).
        screening_inner_film: of the contents; upstream assumes 10 Btu/(h·ft²·°F).
    """
    inner = bore_diameter / 2
    wall = inner + tank_wall_thickness
    outer = wall + insulation_thickness
    return 1 / (
        inner / outer / screening_convection_coefficient
        + inner / insulation_conductivity * log(outer / wall)
        + inner / tank_wall_conductivity * log(wall / inner)
        + 1 / screening_inner_film
    )


@formula(symbol="Q_t", source=SCREENING, limits={"emissivity": (0, 1)})
def screening_tank_loss(
    screening_overall_coefficient: FilmCoefficient,
    bore_diameter: Metre,
    shell_height: Metre,
    emissivity: Fraction,
    outside_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    stefan_boltzmann: RadiationConstant,
) -> Kilowatt:
    """Heat loss of the side of a tank by the estimate, kW.

    Args:
        screening_overall_coefficient: W/(m²·K).
        bore_diameter: m.
        shell_height: m.
        emissivity: of tank or jacket.
        outside_absolute_temperature: of the contents of a bare tank, of the surface of an insulated one, K.
        ambient_absolute_temperature: K.
        stefan_boltzmann: constant, W/(m²·K⁴).
    """
    carried = screening_overall_coefficient * (outside_absolute_temperature - ambient_absolute_temperature)
    fourth = outside_absolute_temperature**4 - ambient_absolute_temperature**4
    return 3.141592653589793 * bore_diameter * shell_height * (carried + emissivity * stefan_boltzmann * fourth)
