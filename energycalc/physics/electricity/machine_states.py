"""Machines that wait: energy by state, of restarts and of units on duty; the pause from which switching off pays."""

from __future__ import annotations

from energycalc.quantity import cite, formula, total
from energycalc.quantity.aliases import Fraction, Hour, Kilowatt, KilowattHour, Number
from energycalc.quantity.quantity import Quantity

BY_STATE = cite("iso-14955-1", "energy as the sum over operating states of power times time")
RESTART = cite("mouzon-2007", "a pause pays from the restart energy over the power saved")


@formula(symbol="E_s", source=BY_STATE, limits={"state_power": (0, None), "hours": (0, None)})
def state_energy(state_power: Kilowatt, hours: Hour) -> KilowattHour:
    """Energy of one state: mean input in it (kW) times its hours."""
    return state_power * hours


@formula(
    symbol="E_u",
    source=BY_STATE,
    limits={"unit_power": (0, None), "unit_duty": (0, 1), "operating_hours": (0, None)},
)
def unit_energy(unit_power: Kilowatt, unit_duty: Fraction, operating_hours: Hour) -> KilowattHour:
    """Energy of a unit of a machine.

    Args:
        unit_power: input while it runs, in kW.
        unit_duty: share of the machine's hours in which it runs, 0 to 1.
        operating_hours: hours in which the machine is on.
    """
    return unit_power * unit_duty * operating_hours


@formula(symbol="E_r", source=RESTART, limits={"restarts": (0, None), "restart_energy": (0, None)})
def energy_of_restarts(restarts: Number, restart_energy: KilowattHour) -> KilowattHour:
    """Energy of switching on and warming up.

    Args:
        restarts: how often in the period.
        restart_energy: of one restart until the machine is ready, in kWh, above what being ready would take.
    """
    return restarts * restart_energy


@formula(
    symbol="t_be",
    source=RESTART,
    limits={"restart_energy": (0, None), "power_waiting": (0, None), "power_switched_off": (0, None)},
)
def break_even_pause(restart_energy: KilowattHour, power_waiting: Kilowatt, power_switched_off: Kilowatt) -> Hour:
    """Shortest pause for which switching off saves energy.

    Args:
        restart_energy: of one restart, in kWh.
        power_waiting: input while the machine waits ready, in kW.
        power_switched_off: input while it is switched off, in kW; below the other.
    """
    return restart_energy / (power_waiting - power_switched_off)


def sum_of_energies(energies: list[Quantity], name: str, symbol: str) -> Quantity:
    """Sum of the energies of states, units or restarts, under a name of its own."""
    return total(energies).renamed(name, symbol, BY_STATE)
