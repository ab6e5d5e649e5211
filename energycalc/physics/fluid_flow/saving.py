"""Pumps and fans before and after: the share of energy that stays, and the least that the work itself takes."""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.fluid_flow.pump import CubicMetrePerHour
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import CubicMetre, Fraction, Hour, Kilowatt, KilowattHour

_BALANCE = cite("energy-balance", "energy after over energy before, for the same work")


@formula(
    symbol="s_max",
    source=cite("energy-balance", "the energy in the fluid must be supplied whatever the machine"),
    limits={"useful_energy": (0, None), "energy_before": (1e-9, None)},
)
def largest_saving(useful_energy: KilowattHour, energy_before: KilowattHour) -> Fraction:
    """Saving with a machine, motor and drive without any loss.

    Args:
        useful_energy: that the fluid must be given, in kWh.
        energy_before: electrical, in kWh.
    """
    return 1 - useful_energy / energy_before


@formula(symbol="E_u", source=_BALANCE, limits={"useful_power": (0, None), "operating_hours": (0, None)})
def useful_energy(useful_power: Kilowatt, operating_hours: Hour) -> KilowattHour:
    """Energy given to the fluid at a constant duty.

    Args:
        useful_power: hydraulic or air power in kW.
        operating_hours: at this duty.
    """
    return useful_power * operating_hours


@formula(symbol="V", source=_BALANCE, limits={"liquid_flow": (0, None), "operating_hours": (0, None)})
def volume_pumped(liquid_flow: CubicMetrePerHour, operating_hours: Hour) -> CubicMetre:
    """Volume moved at a constant flow.

    Args:
        liquid_flow: in m3/h.
        operating_hours: at this flow.
    """
    return liquid_flow * operating_hours


@formula(symbol="t_1", source=_BALANCE, limits={"volume_pumped": (0, None), "liquid_flow": (0.001, None)})
def hours_for_volume(volume_pumped: CubicMetre, liquid_flow: CubicMetrePerHour) -> Annotated[Quantity, "h"]:
    """Hours in which the same volume is moved at another flow.

    Args:
        volume_pumped: in m3.
        liquid_flow: in m3/h.
    """
    return volume_pumped / liquid_flow
