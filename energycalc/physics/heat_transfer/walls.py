"""Furnace walls, tanks and flat surfaces: layers from the hot side to the room, and the temperature of the surface.

A layer is given by the length of the heat path in it, counted on the outer surface: its thickness for a plane layer,
``D/2 ln(d_outer/d_inner)`` for a shell of a tank with the outer diameter D. Conductivity runs along a straight line of
temperature, so that the mean over a layer is exact. Temperatures are in K.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np

from energycalc.errors import CalculationError
from energycalc.physics.heat_transfer.conduction import FOURIER, conductivity_on_line
from energycalc.physics.heat_transfer.convection import wall_convection_coefficient
from energycalc.physics.heat_transfer.pipes import BALANCE, SOLVED, interface_absolute_temperature, surface_heat_flux
from energycalc.physics.heat_transfer.radiation import (
    STEFAN_BOLTZMANN,
    film_coefficient,
    radiation_coefficient,
    surface_heat_loss,
)
from energycalc.physics.heat_transfer.solver import root_between
from energycalc.quantity import (
    Quantity,
    about,
    cite,
    current_subject,
    formula,
    log,
    minimum,
    opaque,
    quantity,
    require,
    sqrt,
)
from energycalc.quantity.aliases import Kelvin, Metre, SquareMetre
from energycalc.quantity.trace import compile_trace

AreaResistance = Annotated[Quantity, "m2*K/W"]
Conductivity = Annotated[Quantity, "W/(m*K)"]
FilmCoefficient = Annotated[Quantity, "W/(m2*K)"]
HeatFlux = Annotated[Quantity, "W/m2"]
Slope = Annotated[Quantity, "W/(m*K)/K"]

SHAPES = {"vertical": 1.394, "facing_up": 1.79, "facing_down": 0.89, "upright_cylinder": 1.235,
          "lying_cylinder": 1.016}  # fmt: skip
"""Shape factors of warm surfaces (MEASUR, default wall types)."""


@dataclass(frozen=True)
class Room:
    """What a surface looks at.

    Attributes:
        ambient: temperature of air and room, K.
        wind_speed: along the surface.
        emissivity: of the surface.
        shape_factor: of the convection, see ``SHAPES``.
        stefan_boltzmann: constant of nature.
    """

    ambient: Quantity
    wind_speed: Quantity
    emissivity: Quantity
    shape_factor: Quantity
    stefan_boltzmann: Quantity = STEFAN_BOLTZMANN


@dataclass(frozen=True)
class Layer:
    """One layer: path of the heat in m, conductivity ``at_zero + slope T`` with T in K."""

    path: Quantity
    at_zero: Quantity
    slope: Quantity


@dataclass(frozen=True)
class WallLoss:
    """How a wall loses heat.

    Attributes:
        surface_temperature: outside, K.
        film_coefficient: convection and radiation there, W/(m²·K).
        flux: heat per outer surface, W/m².
        interfaces: temperatures between and behind the layers, from outside to inside, K.
    """

    surface_temperature: Quantity
    film_coefficient: Quantity
    flux: Quantity
    interfaces: tuple[Quantity, ...] = ()


def shape_factor(orientation: str) -> Quantity:
    """Shape factor of a warm surface: ``vertical``, ``facing_up``, ``facing_down``, ``upright_cylinder`` ..."""
    source = cite("measur-tools-suite", f"wall heat loss, shape factors: {orientation}")
    with about(""):
        return quantity(SHAPES[orientation], "1", name="shape_factor", symbol="C", basis="published", source=source)


@formula(symbol="L_p", source=FOURIER, limits={"shell_outer_diameter": (0.01, None), "layer_thickness": (0, None)})
def cylinder_path(shell_outer_diameter: Metre, layer_outer_diameter: Metre, layer_thickness: Metre) -> Metre:
    """Path of the heat through a round layer, counted on the outermost surface.

    Args:
        shell_outer_diameter: of everything, m.
        layer_outer_diameter: of this layer, m.
        layer_thickness: m.
    """
    inner = layer_outer_diameter - 2 * layer_thickness
    return shell_outer_diameter / 2 * log(layer_outer_diameter / inner)


@formula(symbol="R_i", source=BALANCE, limits={"inner_film_coefficient": (1, 20000)})
def inner_film_resistance(
    shell_outer_diameter: Metre, bore_diameter: Metre, inner_film_coefficient: FilmCoefficient
) -> AreaResistance:
    """Resistance between contents and wall of a tank, counted on the outermost surface (m²·K/W)."""
    return shell_outer_diameter / bore_diameter / inner_film_coefficient


@formula(symbol="d_o", source=cite("geometry", "diameter plus two walls"), limits={"layer_thickness": (0, None)})
def shell_outer_diameter(bore_diameter: Metre, layer_thickness: Metre) -> Metre:
    """Outer diameter of a shell or of a layer around it, m."""
    return bore_diameter + 2 * layer_thickness


@formula(symbol="R_b", source=BALANCE, limits={"inner_film_coefficient": (1, 20000)})
def total_resistance(inner_film_coefficient: FilmCoefficient, wall_resistance: AreaResistance) -> AreaResistance:
    """Film of the contents and a plane wall in series, m²·K/W."""
    return 1 / inner_film_coefficient + wall_resistance


@formula(symbol="T_h", source=FOURIER)
def layer_hot_side(
    layer_cold_side: Kelvin,
    surface_heat_flux: HeatFlux,
    heat_path: Metre,
    conductivity_at_zero: Conductivity,
    conductivity_slope: Slope,
) -> Kelvin:
    """Temperature on the hot side of a layer: the integral of k over temperature equals flux times path.

    Args:
        layer_cold_side: K.
        surface_heat_flux: on the outer surface, W/m².
        heat_path: counted on the outer surface, m.
        conductivity_at_zero: k at 0 K of its straight line, W/(m·K).
        conductivity_slope: W/(m·K) per K.
    """
    cold = conductivity_at_zero + conductivity_slope * layer_cold_side
    through = 2 * surface_heat_flux * heat_path
    return layer_cold_side + through / (cold + sqrt(cold * cold + conductivity_slope * through))


def wall_film(room: Room, surface: Quantity) -> Quantity:
    """Film coefficient of a flat surface: wind, buoyancy and radiation, W/(m²·K).

    Raises:
        OutOfRange: below 256 K, above 900 K at the surface, or an emissivity above 1.
    """
    return film_coefficient(
        wall_convection_coefficient(room.shape_factor, surface, room.ambient, room.wind_speed),
        radiation_coefficient(room.emissivity, surface, room.ambient, room.stefan_boltzmann),
    )


def measured_wall_loss(room: Room, surface: Quantity) -> WallLoss:
    """Heat loss of a wall whose surface temperature has been measured (K).

    Raises:
        OutOfRange: outside the range of the convection equation.
    """
    film = wall_film(room, surface)
    return WallLoss(surface, film, surface_heat_flux(film, surface, room.ambient))


def lined_wall_loss(hot: Quantity, room: Room, layers: Sequence[Layer], inner: Quantity | None = None) -> WallLoss:
    """Heat loss of a wall from the temperature of its hot side.

    Args:
        hot: temperature of the inside face, or with ``inner`` of the contents, K.
        room: what the outside sees.
        layers: from outside to inside.
        inner: resistance between contents and inside face on the outer surface, m²·K/W; none where the face is known.

    Raises:
        OutOfRange: hot side not warmer than the room, or the surface outside the range of the convection equation.
        CalculationError: the balance has no solution, as with a conductivity that is not positive.
    """
    require(hot, ">", room.ambient, "a wall that is not warmer than the room loses no heat to it", BALANCE,
            "A cold wall gains heat and may sweat: that is another calculation")  # fmt: skip
    of_layers = [part for layer in layers for part in (layer.path, layer.at_zero, layer.slope)]
    known = (hot, room.ambient, room.wind_speed, room.emissivity, room.shape_factor, room.stefan_boltzmann)
    inside = () if inner is None else (inner,)
    surface = opaque(
        functools.partial(_surface_temperature, len(layers)), *known, *of_layers, *inside,
        in_unit="K", name="surface_absolute_temperature", symbol="T_s", source=SOLVED,
    )  # fmt: skip
    film = wall_film(room, surface)
    flux = surface_heat_flux(film, surface, room.ambient)
    return WallLoss(surface, film, flux, tuple(_through(surface, flux, layers)))


def wall_heat_loss(wall: WallLoss, room: Room, surface_area: Quantity) -> Quantity:
    """Heat loss of a whole wall, kW."""
    return surface_heat_loss(wall.film_coefficient, wall.surface_temperature, room.ambient, surface_area)


def tank_layers(diameters_and_layers: Sequence[tuple[Quantity, Quantity, Quantity, Quantity]]) -> list[Layer]:
    """Round layers, from outside to inside: outer diameter, thickness, conductivity at 0 K and slope of each."""
    outermost = diameters_and_layers[0][0]
    return [
        Layer(cylinder_path(outermost, outer, thickness), at_zero, slope)
        for outer, thickness, at_zero, slope in diameters_and_layers
    ]


@formula(symbol="A_c", source=cite("geometry", "lateral surface of a cylinder"))
def cylinder_area(shell_outer_diameter: Metre, shell_height: Metre) -> SquareMetre:
    """Side of an upright tank, m²."""
    return 3.141592653589793 * shell_outer_diameter * shell_height


@formula(symbol="A_d", source=cite("geometry", "area of a circle"))
def disc_area(shell_outer_diameter: Metre) -> SquareMetre:
    """Flat top of a tank, m²."""
    return 3.141592653589793 / 4 * shell_outer_diameter**2


def _through(surface: Quantity, flux: Quantity, layers: Sequence[Layer]) -> list[Quantity]:
    faces, at = [], surface
    for layer in layers:
        at = layer_hot_side(at, flux, layer.path, layer.at_zero, layer.slope)
        faces.append(at)
    return faces


def _surface_temperature(layers: int, *known: Any) -> Any:
    """Solve for the surface temperature: floats or arrays, in the order of ``known`` above."""
    residual = _residual(layers, len(known) > _LAYERS_FROM + 3 * layers)

    def left(surface: Any) -> Any:
        value, lowest = (np.asarray(v, float) for v in residual([surface, *known]))
        possible = np.isfinite(value) & (lowest > 0)  # no heat passes a layer whose conductivity falls to nothing
        return np.where(possible, value, TOO_HOT)

    found = root_between(left, known[1], known[0], "surface temperature of a wall")
    if np.any(np.abs(left(found)) > CLOSED):
        raise CalculationError(
            "no heat balance: the conductivity of a layer falls to nothing before its hot side is reached",
            subject=current_subject(),
            value="conductivities of the layers",
            limit="above 0 W/(m·K) between surface and hot side",
            next_step="Check the points of the data sheet; take them nearer to the temperatures of the layer",
        )
    return found


_LAYERS_FROM = 6
TOO_HOT = -1e6
"""Residual in K that stands for a hot side beyond reach."""
CLOSED = 1e-5
"""K by which the hot side may be missed."""


@functools.cache
def _residual(layers: int, inner_film: bool) -> Callable[[Sequence[Any]], list[Any]]:
    """Hot side as given less hot side as it follows, and the lowest conductivity on the way, from plain numbers."""
    with about(""):
        surface, hot, ambient = (quantity(v, "K") for v in (310.0, 400.0, 300.0))
        room = Room(
            ambient, quantity(0.5, "m/s"), quantity(0.8, "1"), quantity(1.394, "1"), quantity(5.67e-8, "W/m2/K^4")
        )
        stack = [Layer(quantity(0.1, "m"), quantity(1.0, "W/(m*K)"), quantity(0.0, "W/(m*K)/K")) for _ in range(layers)]
        inside = (quantity(0.02, "m2*K/W"),) if inner_film else ()
        flux = surface_heat_flux(wall_film(room, surface), surface, ambient)
        face = _through(surface, flux, stack)[-1] if stack else surface
        drop = interface_absolute_temperature(hot, flux, inside[0]) if inside else hot
        leaves = [surface, hot, ambient, room.wind_speed, room.emissivity, room.shape_factor, room.stefan_boltzmann]
        leaves += [part for layer in stack for part in (layer.path, layer.at_zero, layer.slope)]
        sides = [surface, *_through(surface, flux, stack)]
        ends = [
            conductivity_on_line(at, layer.at_zero, layer.slope)
            for layer, pair in zip(stack, itertools.pairwise(sides), strict=True)
            for at in pair
        ]
        lowest = functools.reduce(minimum, ends) if ends else hot
        return compile_trace([drop - face, lowest], [*leaves, *inside])
