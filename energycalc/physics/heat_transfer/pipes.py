"""Pipes, bare and insulated: the temperature of their surface, and the heat they lose per metre.

What comes through pipe wall and insulation leaves by convection and radiation; the one unknown, the temperature of the
surface, is solved for (outside the sheet), and everything else follows from it in formulas. The solver evaluates the
same formulas, so there is one law only.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from energycalc.physics.heat_transfer import air, convection, radiation
from energycalc.physics.heat_transfer.conduction import conductivity_at, conductivity_on_line, cylinder_resistance
from energycalc.physics.heat_transfer.solver import root_between
from energycalc.quantity import Quantity, about, cite, formula, opaque, quantity, require
from energycalc.quantity.aliases import Kelvin, Kilowatt, Metre
from energycalc.quantity.trace import compile_trace

AreaResistance = Annotated[Quantity, "m2*K/W"]
FilmCoefficient = Annotated[Quantity, "W/(m2*K)"]
HeatFlux = Annotated[Quantity, "W/m2"]
WattPerMetre = Annotated[Quantity, "W/m"]

BALANCE = cite("first-law", "what comes through the wall leaves at its surface")
SOLVED = cite("first-law", "surface temperature at which both heat flows agree; Chandrupatla's method")
HIGHEST_SURFACE = 1000.0
"""K; with a room near 300 K the film then stays inside the range of the air properties."""


@dataclass(frozen=True)
class Pipe:
    """A pipe at a steady temperature in air; all temperatures in K.

    Attributes:
        hot: temperature of what flows in it, taken as that of the inside of the wall.
        ambient: of air and room.
        wind_speed: across the pipe.
        outer_diameter: of the pipe.
        inner_diameter: of the pipe.
        pipe_conductivity: of its wall, at the temperature of the contents.
        emissivity: of what is seen: the jacket, or the bare pipe.
        gravity, stefan_boltzmann: constants of nature.
    """

    hot: Quantity
    ambient: Quantity
    wind_speed: Quantity
    outer_diameter: Quantity
    inner_diameter: Quantity
    pipe_conductivity: Quantity
    emissivity: Quantity
    gravity: Quantity = convection.GRAVITY
    stefan_boltzmann: Quantity = radiation.STEFAN_BOLTZMANN


@dataclass(frozen=True)
class PipeLoss:
    """How a pipe loses heat.

    Attributes:
        surface_temperature: of jacket or bare pipe, K.
        film_coefficient: convection and radiation there, W/(m²·K).
        per_length: heat loss, W/m.
        insulation_conductivity: at its mean temperature; ``None`` for a bare pipe.
    """

    surface_temperature: Quantity
    film_coefficient: Quantity
    per_length: Quantity
    insulation_conductivity: Quantity | None


@formula(symbol="q_s", source=BALANCE, name="surface_heat_flux")
def surface_heat_flux(
    film_coefficient: FilmCoefficient, surface_absolute_temperature: Kelvin, ambient_absolute_temperature: Kelvin
) -> HeatFlux:
    """Heat that leaves a surface, W/m²."""
    return film_coefficient * (surface_absolute_temperature - ambient_absolute_temperature)


@formula(symbol="T_i", source=BALANCE)
def interface_absolute_temperature(
    hot_absolute_temperature: Kelvin, surface_heat_flux: HeatFlux, wall_resistance: AreaResistance
) -> Kelvin:
    """Temperature behind a wall through which a heat flux passes (K); resistance on the surface of that flux."""
    return hot_absolute_temperature - surface_heat_flux * wall_resistance


@formula(symbol="T_m", source=BALANCE)
def layer_absolute_temperature(interface_absolute_temperature: Kelvin, surface_absolute_temperature: Kelvin) -> Kelvin:
    """Mean temperature of an insulation (K)."""
    return (interface_absolute_temperature + surface_absolute_temperature) / 2


@formula(symbol="q_l", source=BALANCE)
def heat_loss_per_length(
    film_coefficient: FilmCoefficient,
    surface_absolute_temperature: Kelvin,
    ambient_absolute_temperature: Kelvin,
    jacket_diameter: Metre,
) -> WattPerMetre:
    """Heat loss of one metre of pipe, W/m.

    Args:
        film_coefficient: convection and radiation at the surface, W/(m²·K).
        surface_absolute_temperature: K.
        ambient_absolute_temperature: K.
        jacket_diameter: of the surface, m.
    """
    return (
        3.141592653589793
        * jacket_diameter
        * surface_heat_flux(film_coefficient, surface_absolute_temperature, ambient_absolute_temperature)
    )


@formula(symbol="D", source=BALANCE, limits={"insulation_thickness": (0, 2)})
def jacket_diameter(outer_diameter: Metre, insulation_thickness: Metre) -> Metre:
    """Outer diameter of a pipe with its insulation, m."""
    return outer_diameter + 2 * insulation_thickness


@formula(symbol="d_i", source=BALANCE, limits={"pipe_wall_thickness": (1e-5, 0.2)})
def inner_diameter(outer_diameter: Metre, pipe_wall_thickness: Metre) -> Metre:
    """Bore of a pipe: outer diameter less two walls, m.

    Raises:
        OutOfRange: the walls leave no bore.
    """
    require(outer_diameter, ">", 2 * pipe_wall_thickness, "two walls of this thickness leave no bore in the pipe",
            cite("geometry", "outer diameter less two walls"), "Check outer diameter and wall, both in mm")  # fmt: skip
    return outer_diameter - 2 * pipe_wall_thickness


@formula(symbol="Q_p", source=BALANCE, limits={"pipe_length": (0, None), "fittings_equivalent_length": (0, None)})
def pipe_heat_loss(
    heat_loss_per_length: WattPerMetre, pipe_length: Metre, fittings_equivalent_length: Metre
) -> Kilowatt:
    """Heat loss of a whole pipe, with its fittings as a length of pipe, kW."""
    return heat_loss_per_length * (pipe_length + fittings_equivalent_length)


def cylinder_film(pipe: Pipe, surface: Quantity, diameter: Quantity) -> Quantity:
    """Film coefficient of a horizontal cylinder: wind, buoyancy and radiation.

    Args:
        pipe: its room.
        surface: temperature of the surface, K.
        diameter: of the surface.

    Raises:
        OutOfRange: film temperature outside 240 to 1,000 K, or an emissivity above 1.
    """
    film = air.film_absolute_temperature(surface, pipe.ambient)
    viscosity, prandtl = air.air_kinematic_viscosity(film), air.air_prandtl_number(film)
    buoyancy = convection.rayleigh_number(
        pipe.gravity, air.expansion_coefficient(film), surface, pipe.ambient, diameter, viscosity,
        air.air_thermal_diffusivity(film),
    )  # fmt: skip
    nusselt = convection.nusselt_combined(
        convection.nusselt_cylinder_forced(convection.reynolds_number(diameter, pipe.wind_speed, viscosity), prandtl),
        convection.nusselt_cylinder_free(buoyancy, prandtl),
    )
    return radiation.film_coefficient(
        convection.convection_coefficient(nusselt, air.air_conductivity(film), diameter),
        radiation.radiation_coefficient(pipe.emissivity, surface, pipe.ambient, pipe.stefan_boltzmann),
    )


def bare_pipe_loss(pipe: Pipe) -> PipeLoss:
    """Heat loss of a pipe without insulation.

    Args:
        pipe: pipe and room; its emissivity is that of the pipe.

    Raises:
        OutOfRange: contents not warmer than the room, or hotter than 1,000 K.
        CalculationError: the balance has no solution.
    """
    return _solved(pipe, pipe.outer_diameter, ())


def insulated_pipe_loss(pipe: Pipe, insulation_thickness: Quantity, conductivity: Sequence[Quantity]) -> PipeLoss:
    """Heat loss of an insulated pipe.

    Args:
        pipe: pipe and room; its emissivity is that of the jacket.
        insulation_thickness: m, above 0.
        conductivity: of the insulation: value at 0 K and slope of :func:`conductivity_on_line`, or the five factors
            c0 to c4 of :func:`conductivity_at`.

    Raises:
        OutOfRange: contents not warmer than the room, or hotter than 1,000 K.
        CalculationError: the balance has no solution, as with a conductivity that is not positive.
    """
    return _solved(pipe, jacket_diameter(pipe.outer_diameter, insulation_thickness), tuple(conductivity))


def _solved(pipe: Pipe, diameter: Quantity, conductivity: tuple[Quantity, ...]) -> PipeLoss:
    require(pipe.hot, ">", pipe.ambient, "a pipe that is not warmer than the room loses no heat to it", BALANCE,
            "For a cold pipe the gain of heat is another calculation")  # fmt: skip
    require(pipe.hot, "<=", quantity(HIGHEST_SURFACE, "K"), "beyond the range of the air properties", air.FIT)
    known = (
        pipe.hot, pipe.ambient, pipe.wind_speed, pipe.outer_diameter, pipe.inner_diameter, pipe.pipe_conductivity,
        pipe.emissivity, pipe.gravity, pipe.stefan_boltzmann, diameter, *conductivity,
    )  # fmt: skip
    surface = opaque(
        _surface_temperature, *known, in_unit="K", name="surface_absolute_temperature", symbol="T_s", source=SOLVED
    )
    film = cylinder_film(pipe, surface, diameter)
    under, mean = _insulation(pipe, surface, diameter, film, conductivity)
    if mean is not None:
        law = _law(conductivity)
        for at in (mean, law(surface, *conductivity), law(under, *conductivity)):
            require(at, ">", quantity(0, "W/(m*K)"), "the conductivity of the insulation falls to nothing", BALANCE,
                    "Check the points of the data sheet; take them nearer to the layer's temperatures")  # fmt: skip
    return PipeLoss(surface, film, heat_loss_per_length(film, surface, pipe.ambient, diameter), mean)


def _insulation(
    pipe: Pipe, surface: Quantity, diameter: Quantity, film: Quantity, conductivity: tuple[Quantity, ...]
) -> tuple[Quantity, Quantity | None]:
    """Temperature under the insulation (of the bare pipe: of its surface), and the conductivity of the insulation."""
    flux = surface_heat_flux(film, surface, pipe.ambient)
    wall = cylinder_resistance(diameter, pipe.outer_diameter, pipe.inner_diameter, pipe.pipe_conductivity)
    under = interface_absolute_temperature(pipe.hot, flux, wall)
    if not conductivity:
        return under, None
    return under, _law(conductivity)(layer_absolute_temperature(under, surface), *conductivity)


def _law(conductivity: tuple[Quantity, ...]) -> Callable[..., Quantity]:
    return conductivity_on_line if len(conductivity) == 2 else conductivity_at


def _surface_temperature(*known: Any) -> Any:
    """Solve for the surface temperature: floats or arrays, in the order of ``known`` above."""
    residual = _residual(len(known) - _CONDUCTIVITY_FROM)
    return root_between(lambda t: residual([t, *known])[0], known[1], known[0], "surface temperature of a pipe")


_CONDUCTIVITY_FROM = 10
_UNITS = ("K", "K", "K", "m/s", "m", "m", "W/(m*K)", "1", "m/s2", "W/m2/K^4", "m")
_ANY = (350.0, 400.0, 300.0, 0.5, 0.06, 0.05, 50.0, 0.8, 9.8, 5.67e-8, 0.1)


@functools.cache
def _residual(terms: int) -> Callable[[Sequence[Any]], list[Any]]:
    """What is left between the heat through the layers and the heat that leaves, as a function of plain numbers."""
    with about(""):
        leaves = [quantity(v, u) for v, u in zip(_ANY, _UNITS, strict=True)]
        line = (quantity(0.05, "W/(m*K)"), quantity(0.0, "W/(m*K)/K"))
        factors = line if terms == 2 else tuple(quantity(v, "1") for v in (0.05, 0.0, 0.0, 0.0, 0.0)[:terms])
        surface, hot, ambient, wind, outer, inner, k_pipe, emissivity, gravity, sigma, diameter = leaves
        pipe = Pipe(hot, ambient, wind, outer, inner, k_pipe, emissivity, gravity, sigma)
        film = cylinder_film(pipe, surface, diameter)
        under, mean = _insulation(pipe, surface, diameter, film, factors)
        drop = under - surface
        if mean is not None:
            layer = cylinder_resistance(diameter, diameter, outer, mean)
            drop = drop - surface_heat_flux(film, surface, ambient) * layer
    return compile_trace([drop], [*leaves, *factors])
