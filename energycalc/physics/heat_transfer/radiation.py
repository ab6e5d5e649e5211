"""Radiation from hot surfaces to a room, and out of furnace openings."""

from __future__ import annotations

from typing import Annotated, Literal

from energycalc.quantity import Quantity, cite, constant, formula, maximum, where
from energycalc.quantity.aliases import Fraction, Kelvin, Kilowatt, Metre, Number, SquareMetre

FilmCoefficient = Annotated[Quantity, "W/(m2*K)"]
RadiationConstant = Annotated[Quantity, "W/m2/K^4"]
Shape = Literal["circular", "rectangular"]

GREY = cite("stefan-boltzmann", "grey surface, surroundings large and at air temperature")
CHART = cite("measur-tools-suite", "opening heat loss, polynomials of the view-factor charts")
STEFAN_BOLTZMANN = constant(
    "sigma", 5.670374419e-8, "W/m2/K^4", cite("codata-2018", "Stefan-Boltzmann constant, exact since 2019")
)
WIDEST_RATIO, DEEPEST_RATIO = 6.0, 0.1
"""Where the charts end: width over wall thickness."""


@formula(symbol="h_r", source=GREY, limits={"emissivity": (0, 1)})
def radiation_coefficient(
    emissivity: Fraction,
    surface_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    stefan_boltzmann: RadiationConstant,
) -> FilmCoefficient:
    """Radiation as a coefficient: emissivity σ (Ts⁴ - Ta⁴) / (Ts - Ta), factored so that it holds at Ts = Ta too.

    Args:
        emissivity: of the surface, 0 to 1.
        surface_absolute_temperature: K.
        ambient_absolute_temperature: of walls and air of the room, K.
        stefan_boltzmann: constant, W/(m²·K⁴).
    """
    return (
        stefan_boltzmann * emissivity
        * (surface_absolute_temperature**2 + ambient_absolute_temperature**2)
        * (surface_absolute_temperature + ambient_absolute_temperature)
    )  # fmt: skip


@formula(symbol="h", source=GREY)
def film_coefficient(
    convection_coefficient: FilmCoefficient, radiation_coefficient: FilmCoefficient
) -> FilmCoefficient:
    """Heat transfer coefficient of an outer surface: convection and radiation side by side, W/(m²·K)."""
    return convection_coefficient + radiation_coefficient


@formula(symbol="Q_s", source=GREY, limits={"surface_area": (0, None)})
def surface_heat_loss(
    film_coefficient: FilmCoefficient,
    surface_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    surface_area: SquareMetre,
) -> Kilowatt:
    """Heat that a surface gives to the room, kW.

    Args:
        film_coefficient: convection and radiation, W/(m²·K).
        surface_absolute_temperature: K.
        ambient_absolute_temperature: K.
        surface_area: m².
    """
    return film_coefficient * (surface_absolute_temperature - ambient_absolute_temperature) * surface_area


@formula(
    symbol="Q_o",
    source=GREY,
    limits={"emissivity": (0, 1), "view_factor": (0, 1), "time_open": (0, 1)},
)
def opening_heat_loss(
    emissivity: Fraction,
    opening_area: SquareMetre,
    inside_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    view_factor: Fraction,
    time_open: Fraction,
    stefan_boltzmann: RadiationConstant,
) -> Kilowatt:
    """Mean radiation out of a furnace opening, kW. Gas that flows out or air that flows in is not in it.

    Args:
        emissivity: of the furnace as seen through the opening, near 1 for a small opening.
        opening_area: m².
        inside_absolute_temperature: K.
        ambient_absolute_temperature: K.
        view_factor: share of the black radiation that gets through the depth of the wall.
        time_open: share of the period.
        stefan_boltzmann: constant, W/(m²·K⁴).
    """
    fourth = inside_absolute_temperature**4 - ambient_absolute_temperature**4
    return emissivity * stefan_boltzmann * opening_area * fourth * view_factor * time_open


@formula(symbol="A_o", source=cite("geometry", "area of a rectangle"))
def rectangle_area(opening_width: Metre, opening_length: Metre) -> SquareMetre:
    """Area of a rectangular opening, m²."""
    return opening_width * opening_length


@formula(symbol="a_o", source=CHART)
def side_ratio(opening_length: Metre, opening_width: Metre) -> Number:
    """Longer over shorter side of a rectangular opening."""
    return opening_length / opening_width


@formula(symbol="x_o", source=CHART, limits={"opening_width": (1e-4, None), "wall_thickness": (1e-6, None)})
def opening_ratio(opening_width: Metre, wall_thickness: Metre) -> Number:
    """Width over wall thickness; the charts end at 6.

    Args:
        opening_width: diameter, or the shorter side, m.
        wall_thickness: depth of the opening, m.
    """
    return opening_width / wall_thickness


@formula(symbol="F_o", source=CHART, limits={"opening_ratio": (0, WIDEST_RATIO)}, name="view_factor")
def circular_view_factor(opening_ratio: Number) -> Fraction:
    """Share of black radiation that leaves a round opening with reflecting sides.

    Args:
        opening_ratio: diameter over wall thickness, up to 6; below 0.1 the share falls in proportion.
    """
    return _chart(opening_ratio, _ROUND)


@formula(
    symbol="F_o",
    source=CHART,
    limits={"opening_ratio": (0, WIDEST_RATIO), "side_ratio": (1, None)},
    name="view_factor",
)
def rectangular_view_factor(opening_ratio: Number, side_ratio: Number) -> Fraction:
    """Share of black radiation that leaves a rectangular opening; square, 2:1 and long slot, straight between them.

    Args:
        opening_ratio: shorter side over wall thickness, up to 6; below 0.1 the share falls in proportion.
        side_ratio: longer over shorter side; from 10 on it is a slot.
    """
    square, double, slot = (_chart(opening_ratio, c) for c in (_SQUARE, _TWO_TO_ONE, _SLOT))
    near = square + (double - square) * (side_ratio - 1)
    far = double + (slot - double) * (side_ratio - 2) / 8
    return where(side_ratio, "<", 2, near, where(side_ratio, "<", 10, far, slot))


Coefficients = tuple[tuple[float, ...], tuple[float, ...]]
_ROUND: Coefficients = (
    (1.10000000001829, 92.8571428570049, -57.5892857139671, 15.6249999998005),
    (29.4999999989821, 26.8416666684161, -4.35416666785322, -8.33333330461522e-02, 0.104166666655532,
     -8.33333333686747e-03),
)  # fmt: skip
_SQUARE: Coefficients = (
    (3.50000000001719, 89.5833333332039, -49.9999999997023, 10.4166666664804),
    (23.9999999965639, 39.3916666718743, -11.6041666697487, 1.85416666706894, -0.145833333217932,
     4.16666663902102e-03),
)  # fmt: skip
_TWO_TO_ONE: Coefficients = (
    (2.70000000002409, 112.678571428391, -70.9821428567315, 15.6249999997447),
    (35.4999999992976, 29.4583333347815, -4.52083333446976, -0.687499999606652, 0.270833333273064,
     -2.08333333303721e-02),
)  # fmt: skip
_SLOT: Coefficients = (
    (13.0000000000278, 123.74999999979, -99.9999999995182, 31.249999999699),
    (26.9999999903567, 64.5666666806646, -29.9166666745008, 7.14583333396145, -0.833333332874441,
     3.74999999085373e-02),
)  # fmt: skip


def _chart(ratio: Quantity, coefficients: Coefficients) -> Quantity:
    """One chart, in % as drawn: a cubic below ratio 1, a quintic above; in proportion where it has no line."""
    low, high = coefficients
    on_line = maximum(ratio, DEEPEST_RATIO)
    narrow = _polynomial(on_line, low) * (ratio / on_line)
    return where(ratio, "<", 1, narrow, _polynomial(ratio, high)) / 100


def _polynomial(x: Quantity, coefficients: tuple[float, ...]) -> Quantity:
    value = x * coefficients[-1]
    for coefficient in reversed(coefficients[1:-1]):
        value = x * (coefficient + value)
    return value + coefficients[0]
