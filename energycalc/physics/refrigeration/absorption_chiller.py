"""Absorption chillers on waste heat: cold from heat, and the compressor electricity it replaces."""

from __future__ import annotations

from energycalc.quantity import cite, formula
from energycalc.quantity.aliases import Fraction, Kilowatt, Number

FIRST_LAW = cite("first-law", "heat balance of a heat-driven chiller")


@formula(
    symbol="Q_w",
    source=FIRST_LAW,
    limits={"heat_input": (0, None), "available_heat_share": (0, 1), "recovery_efficiency": (0, 1)},
)
def waste_heat(heat_input: Kilowatt, available_heat_share: Fraction, recovery_efficiency: Fraction) -> Kilowatt:
    """Stack heat that a heat exchanger wins back.

    Args:
        heat_input: fuel heat of the furnace, in kW.
        available_heat_share: share of it that stays in the furnace; the rest leaves through the stack.
        recovery_efficiency: share of the stack heat that the heat exchanger takes, 0 to 1.
    """
    return (1 - available_heat_share) * heat_input * recovery_efficiency


@formula(
    symbol="Q_0",
    source=FIRST_LAW,
    limits={"driving_heat": (0, None), "thermal_performance": (0, 3), "chiller_delivery": (0, 1)},
)
def cooling_from_heat(driving_heat: Kilowatt, thermal_performance: Number, chiller_delivery: Fraction) -> Kilowatt:
    """Cooling that an absorption chiller makes of heat.

    Args:
        driving_heat: in kW.
        thermal_performance: cooling over driving heat (COP); some 0.7 in one stage, below 3 in any real machine.
        chiller_delivery: share of the cooling that reaches the user, 0 to 1.
    """
    return driving_heat * thermal_performance * chiller_delivery


@formula(symbol="P_c", source=FIRST_LAW, limits={"cooling": (0, None), "compressor_performance": (0.5, 30)})
def displaced_electricity(cooling: Kilowatt, compressor_performance: Number) -> Kilowatt:
    """Electric power of the compression chiller that would make the same cooling.

    Args:
        cooling: in kW.
        compressor_performance: cooling over electric power (COP) of that chiller.
    """
    return cooling / compressor_performance
