"""Conduction through walls, linings and insulation, with conductivities that follow temperature."""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.heat_transfer.air import ONE_KELVIN
from energycalc.quantity import Quantity, cite, constant, formula, log
from energycalc.quantity.aliases import Kelvin, Metre, Number

Conductivity = Annotated[Quantity, "W/(m*K)"]
FilmCoefficient = Annotated[Quantity, "W/(m2*K)"]
AreaResistance = Annotated[Quantity, "m2*K/W"]
LengthResistance = Annotated[Quantity, "m*K/W"]
Slope = Annotated[Quantity, "W/(m*K)/K"]

FOURIER = cite("fourier-law", "steady conduction without sources")
ONE_CONDUCTIVITY = constant("1 W/(m·K)", 1.0, "W/(m*K)", FOURIER)


@formula(
    symbol="R_c",
    source=FOURIER,
    limits={"reference_diameter": (1e-6, None), "outer_diameter": (1e-6, None), "inner_diameter": (1e-6, None),
            "thermal_conductivity": (1e-4, 1000)},
)  # fmt: skip
def cylinder_resistance(
    reference_diameter: Metre, outer_diameter: Metre, inner_diameter: Metre, thermal_conductivity: Conductivity
) -> AreaResistance:
    """Resistance of a hollow cylinder, on the surface of a reference diameter.

    Args:
        reference_diameter: of the surface that the resistance is counted on, m.
        outer_diameter: of the layer, m.
        inner_diameter: of the layer, m.
        thermal_conductivity: at the layer's mean temperature, W/(m·K).
    """
    return reference_diameter * log(outer_diameter / inner_diameter) / (2 * thermal_conductivity)


@formula(symbol="R_p", source=FOURIER, limits={"layer_thickness": (0, None), "thermal_conductivity": (1e-4, 1000)})
def plane_resistance(layer_thickness: Metre, thermal_conductivity: Conductivity) -> AreaResistance:
    """Resistance of a plane layer in m²·K/W, from its thickness (m) and mean conductivity (W/(m·K))."""
    return layer_thickness / thermal_conductivity


@formula(symbol="k", source=FOURIER, name="thermal_conductivity")
def conductivity_at(
    layer_absolute_temperature: Kelvin,
    conductivity_c0: Number,
    conductivity_c1: Number,
    conductivity_c2: Number,
    conductivity_c3: Number,
    conductivity_c4: Number,
) -> Conductivity:
    """Conductivity of a material at a temperature: c0 + c1 T + c2 T² + c3 T³ + c4 T⁴, T in K, in W/(m·K).

    With c2, c3 and c4 at nothing the mean over a layer is exactly the value at its mean temperature.

    Args:
        layer_absolute_temperature: mean temperature of the layer, K.
        conductivity_c0: constant term.
        conductivity_c1: factor of T.
        conductivity_c2: factor of T².
        conductivity_c3: factor of T³.
        conductivity_c4: factor of T⁴.
    """
    t = layer_absolute_temperature / ONE_KELVIN
    polynomial = t * (conductivity_c1 + t * (conductivity_c2 + t * (conductivity_c3 + t * conductivity_c4)))
    return ONE_CONDUCTIVITY * (conductivity_c0 + polynomial)


@formula(symbol="k_1", source=FOURIER, limits={"conductivity_low": (1e-4, 1000), "conductivity_high": (1e-4, 1000)})
def conductivity_slope(
    conductivity_low: Conductivity,
    absolute_temperature_low: Kelvin,
    conductivity_high: Conductivity,
    absolute_temperature_high: Kelvin,
) -> Slope:
    """How much the conductivity rises per kelvin between two points of a data sheet.

    Args:
        conductivity_low: at the lower mean temperature, W/(m·K).
        absolute_temperature_low: K.
        conductivity_high: at the higher mean temperature, W/(m·K).
        absolute_temperature_high: K.
    """
    return (conductivity_high - conductivity_low) / (absolute_temperature_high - absolute_temperature_low)


@formula(symbol="k_0", source=FOURIER, name="conductivity_at_zero")
def conductivity_at_zero(
    conductivity_low: Conductivity, absolute_temperature_low: Kelvin, conductivity_slope: Slope
) -> Conductivity:
    """Where the straight line through the points of the data sheet meets 0 K, W/(m·K); may be negative."""
    return conductivity_low - conductivity_slope * absolute_temperature_low


@formula(symbol="k", source=FOURIER, name="thermal_conductivity")
def conductivity_on_line(
    layer_absolute_temperature: Kelvin, conductivity_at_zero: Conductivity, conductivity_slope: Slope
) -> Conductivity:
    """Conductivity at a temperature in K on the straight line of a data sheet, W/(m·K)."""
    return conductivity_at_zero + conductivity_slope * layer_absolute_temperature


@formula(symbol="r_cr", source=cite("critical-radius", "d(total resistance)/dr = 0 at constant h"))
def critical_radius(thermal_conductivity: Conductivity, film_coefficient: FilmCoefficient) -> Metre:
    """Outer radius of insulation below which more insulation loses more heat: k / h.

    Args:
        thermal_conductivity: of the insulation, W/(m·K).
        film_coefficient: convection and radiation at the jacket, taken as constant, W/(m²·K).
    """
    return thermal_conductivity / film_coefficient
