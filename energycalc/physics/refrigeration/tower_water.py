"""Water of a cooling tower: evaporation, drift, and the blow-down that holds the cycles of concentration."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np

from energycalc.quantity import Quantity, cite, formula, opaque, require
from energycalc.quantity.aliases import CubicMetre, Fraction, Hour, Kelvin, Kilowatt, Number

KilojoulePerKilogram = Annotated[Quantity, "kJ/kg"]
KilogramPerCubicMetre = Annotated[Quantity, "kg/m3"]
CubicMetrePerHour = Annotated[Quantity, "m3/h"]

EVAPORATION = cite("iapws-if97", "saturated vapour less saturated liquid, computed by CoolProp (backend IF97)")
CYCLES = {"cycles_of_concentration": (1.001, 100)}


def _evaporation_heat() -> Callable[[Any], Any]:
    def routine(temperature: Any) -> Any:
        from CoolProp.CoolProp import PropsSI

        t = np.atleast_1d(np.asarray(temperature, dtype=float))
        found = np.asarray(PropsSI("H", "T", t, "Q", 1.0, "IF97::Water")) - np.asarray(
            PropsSI("H", "T", t, "Q", 0.0, "IF97::Water")
        )
        return found / 1000 if np.ndim(temperature) else float(found[0] / 1000)

    return routine


_EVAPORATION_HEAT = _evaporation_heat()


@formula(symbol="r_w", source=EVAPORATION, limits={"tower_water_temperature": (273.16, 363.15)})
def water_evaporation_heat(tower_water_temperature: Kelvin) -> KilojoulePerKilogram:
    """Heat that evaporates a kilogram of water.

    Args:
        tower_water_temperature: of the water, absolute (K).
    """
    return opaque(
        _EVAPORATION_HEAT, tower_water_temperature,
        in_unit="kJ/kg", name="water_evaporation_heat", symbol="r_w", source=EVAPORATION,
    )  # fmt: skip


@formula(
    symbol="E_w",
    source=cite("tower-water-balance", "evaporation: latent share of the heat over the heat of evaporation"),
    limits={"heat_rejected": (0, None), "latent_share": (0, 1.2), "water_evaporation_heat": (1, None)},
)
def tower_evaporation(
    heat_rejected: Kilowatt,
    latent_share: Fraction,
    water_evaporation_heat: KilojoulePerKilogram,
    water_density: KilogramPerCubicMetre,
) -> CubicMetrePerHour:
    """Water that a tower evaporates.

    Args:
        heat_rejected: by the tower, in kW.
        latent_share: of the heat that leaves by evaporation; the rest warms the air. Above 1 in hot, dry air.
        water_evaporation_heat: in kJ/kg.
        water_density: in kg/m3.
    """
    return heat_rejected * latent_share / (water_evaporation_heat * water_density)


@formula(
    symbol="D_w",
    source=cite("tower-water-balance", "drift as a share of the water flow"),
    limits={"water_flow": (0, None), "drift_fraction": (0, 0.05)},
)
def tower_drift(water_flow: CubicMetrePerHour, drift_fraction: Fraction) -> CubicMetrePerHour:
    """Droplets that the air carries out.

    Args:
        water_flow: over the tower, in m3/h.
        drift_fraction: of the water flow.
    """
    return water_flow * drift_fraction


@formula(symbol="S_w", source=cite("tower-water-balance", "dissolved solids: E/(C - 1)"), limits=CYCLES)
def concentrated_outflow(tower_evaporation: CubicMetrePerHour, cycles_of_concentration: Number) -> CubicMetrePerHour:
    """Concentrated water that must leave (blow-down and drift together) to hold the cycles of concentration.

    Args:
        tower_evaporation: in m3/h.
        cycles_of_concentration: solids in the circulating water over those in the make-up; any number above 1.
    """
    return tower_evaporation / (cycles_of_concentration - 1)


@formula(symbol="B_w", source=cite("tower-water-balance", "drift carries solids too: B = E/(C - 1) - D"))
def tower_blow_down(concentrated_outflow: CubicMetrePerHour, tower_drift: CubicMetrePerHour) -> CubicMetrePerHour:
    """Blow-down that is left to do where drift already carries solids out.

    Args:
        concentrated_outflow: that holds the cycles, in m3/h.
        tower_drift: in m3/h.

    Raises:
        OutOfRange: drift alone carries out more than the cycles allow: they cannot be reached.
    """
    require(tower_drift, "<=", concentrated_outflow * (1 + 1e-12),
            "drift alone carries out so much that these cycles of concentration cannot be reached",
            cite("tower-water-balance", "E/(C - 1)"), "Check drift and cycles (conductivity)")  # fmt: skip
    return concentrated_outflow - tower_drift


@formula(symbol="M_w", source=cite("tower-water-balance", "make-up: evaporation, blow-down and drift"))
def tower_make_up(
    tower_evaporation: CubicMetrePerHour, tower_blow_down: CubicMetrePerHour, tower_drift: CubicMetrePerHour
) -> CubicMetrePerHour:
    """Water that replaces what leaves the tower.

    Args:
        tower_evaporation: in m3/h.
        tower_blow_down: in m3/h.
        tower_drift: in m3/h.
    """
    return tower_evaporation + tower_blow_down + tower_drift


@formula(symbol="V_w", source=cite("energy-balance", "volume: flow times time"), limits={"hours": (0, None)})
def water_of_period(tower_make_up: CubicMetrePerHour, hours: Hour) -> CubicMetre:
    """Make-up water of a period.

    Args:
        tower_make_up: in m3/h.
        hours: of the period.
    """
    return tower_make_up * hours
