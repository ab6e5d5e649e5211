"""Lighting by the lumen method, and the cooling that its heat calls for."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, formula
from energycalc.quantity.aliases import Fraction, Kilowatt, KilowattHour, Number, Watt

Lumen = Annotated[Quantity, "lm"]
LumenPerWatt = Annotated[Quantity, "lm/W"]
_POSITIVE = (0, None)
_ABOVE_ZERO = (1e-9, None)

LARGEST_EFFICACY = constant(
    "K_cd", 683, "lm/W", cite("si-luminous-efficacy", "defining constant of the candela"), name="largest_efficacy"
)


@formula(
    symbol="P_L",
    source=cite("measur-desktop", "lighting replacement: lamps times watts times ballast factor"),
    limits={
        "lamp_power": _POSITIVE,
        "lamps_per_fixture": _POSITIVE,
        "number_of_fixtures": _POSITIVE,
        "ballast_factor": _POSITIVE,
    },
)
def lighting_power(
    lamp_power: Watt, lamps_per_fixture: Number, number_of_fixtures: Number, ballast_factor: Fraction
) -> Kilowatt:
    """Electrical input of a lighting installation.

    Args:
        lamp_power: rated power of a lamp, W.
        lamps_per_fixture: how many.
        number_of_fixtures: how many.
        ballast_factor: power and light with this ballast over the rated ones; 1 for lamps with driver inside.
    """
    return lamp_power * lamps_per_fixture * number_of_fixtures * ballast_factor


@formula(
    symbol="Phi_u",
    source=cite("measur-desktop", "lighting replacement: lumen method"),
    limits={
        "lamp_flux": _POSITIVE,
        "lamps_per_fixture": _POSITIVE,
        "number_of_fixtures": _POSITIVE,
        "ballast_factor": _POSITIVE,
        "utilisation_factor": (0, 1),
        "maintenance_factor": (0, 1),
    },
)
def useful_light(
    lamp_flux: Lumen,
    lamps_per_fixture: Number,
    number_of_fixtures: Number,
    ballast_factor: Fraction,
    utilisation_factor: Fraction,
    maintenance_factor: Fraction,
) -> Lumen:
    """Light that reaches the working plane.

    Args:
        lamp_flux: rated flux of a lamp, lm.
        lamps_per_fixture: how many.
        number_of_fixtures: how many.
        ballast_factor: light with this ballast over the rated one.
        utilisation_factor: share of the lamps' light that reaches the working plane.
        maintenance_factor: light left between two cleanings and at the end of lamp life, over the new one.
    """
    return lamp_flux * lamps_per_fixture * number_of_fixtures * ballast_factor * utilisation_factor * maintenance_factor


@formula(
    symbol="K_L",
    source=cite("si-luminous-efficacy", "luminous flux over electrical power"),
    limits={"lamp_flux": _POSITIVE, "lamp_power": _ABOVE_ZERO},
)
def luminous_efficacy(lamp_flux: Lumen, lamp_power: Watt) -> LumenPerWatt:
    """Light per power of a lamp.

    Args:
        lamp_flux: lm.
        lamp_power: W.
    """
    return lamp_flux / lamp_power


@formula(
    symbol="P_L,min",
    source=cite("si-luminous-efficacy", "flux over 683 lm/W"),
    limits={"lamp_flux": _POSITIVE},
)
def least_lighting_power(
    lamp_flux: Lumen, lamps_per_fixture: Number, number_of_fixtures: Number, ballast_factor: Fraction
) -> Kilowatt:
    """Power below which no source can give this light.

    Args:
        lamp_flux: rated flux of a lamp, lm.
        lamps_per_fixture: how many.
        number_of_fixtures: how many.
        ballast_factor: light with this ballast over the rated one.
    """
    return lamp_flux * lamps_per_fixture * number_of_fixtures * ballast_factor / LARGEST_EFFICACY


@formula(
    symbol="E_cool",
    source=cite("lighting-cooling-page", "heat of the lamps in the cooled room over the cooling machine's performance"),
    limits={
        "lighting_energy": _POSITIVE,
        "heat_to_cooled_room": (0, 1),
        "cooled_time_share": (0, 1),
        "cooling_performance": (0.5, 15),
    },
)
def cooling_for_lighting(
    lighting_energy: KilowattHour,
    heat_to_cooled_room: Fraction,
    cooled_time_share: Fraction,
    cooling_performance: Number,
) -> KilowattHour:
    """Electricity of the cooling that carries the lamps' heat out of the room.

    Args:
        lighting_energy: kWh.
        heat_to_cooled_room: share of it that becomes heat in the cooled room (not in the roof space).
        cooled_time_share: share of the lighting's energy that falls into hours with cooling.
        cooling_performance: heat taken out over electricity of the whole cooling plant (mean COP).
    """
    return lighting_energy * heat_to_cooled_room * cooled_time_share / cooling_performance
