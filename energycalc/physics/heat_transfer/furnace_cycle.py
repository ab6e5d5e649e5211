"""A batch furnace over time: charge, fixtures, hours at temperature, and pauses in which it cools and is heated again.

The lining is one heat store: at operating temperature it holds ``stored_heat`` above the room and loses
``holding_heat``; both fall in proportion to its temperature above the room. Unheated it therefore cools with the time
constant stored_heat / holding_heat, and never loses more than if it were held. A real lining loses the heat of its hot
face first, so that short pauses cost a little more than here.
"""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, constant, exp, formula, log, maximum
from energycalc.quantity.aliases import Celsius, Fraction, Hour, Kilowatt, KilowattHour, Number, Tonne

HeatPerMass = Annotated[Quantity, "kJ/kg"]
Kilojoule = Annotated[Quantity, "kJ"]

STORE = cite("lumped-capacity", "one heat store that cools in proportion to its temperature above the room")
FIRST_LAW = cite("first-law", "heat in = heat kept + heat lost")
NEVER = constant("x_0", 1e-200, "1", STORE)
"""Level that no pause reaches; keeps the logarithm of a furnace that is switched off finite."""


@formula(symbol="tau", source=STORE, limits={"stored_heat": (1e-6, None), "holding_heat": (1e-6, None)})
def time_constant(stored_heat: KilowattHour, holding_heat: Kilowatt) -> Hour:
    """Time constant of an unheated furnace.

    Args:
        stored_heat: in the lining at operating temperature, above the room, kWh.
        holding_heat: that keeps the empty furnace at operating temperature, kW (heat, not fuel).
    """
    return stored_heat / holding_heat


@formula(symbol="x_i", source=STORE)
def idle_level(idle_temperature: Celsius, furnace_temperature: Celsius, ambient_temperature: Celsius) -> Fraction:
    """Temperature kept in a pause as a share of the operating temperature, both above the room: 1 held, 0 off."""
    return (idle_temperature - ambient_temperature) / (furnace_temperature - ambient_temperature)


@formula(symbol="x_e", source=STORE, limits={"idle_level": (0, 1), "pause_hours": (0, None)})
def level_after_pause(idle_level: Fraction, pause_hours: Hour, time_constant: Hour) -> Fraction:
    """Level at which a pause ends: that of the free cooling, or the one that is kept."""
    return maximum(idle_level, exp(-(pause_hours / time_constant)))


@formula(symbol="Q_i", source=STORE, limits={"idle_level": (0, 1), "pause_hours": (0, None)})
def heat_of_pause(holding_heat: Kilowatt, idle_level: Fraction, pause_hours: Hour, time_constant: Hour) -> KilowattHour:
    """Heat supplied in one pause: none while it cools down to the level, then what keeps it there, kWh."""
    held = maximum(pause_hours + time_constant * log(maximum(idle_level, NEVER)), 0 * pause_hours)
    return holding_heat * idle_level * held


@formula(symbol="Q_r", source=STORE)
def heat_of_reheating(stored_heat: KilowattHour, level_after_pause: Fraction) -> KilowattHour:
    """Heat that brings the lining back to operating temperature after one pause, kWh."""
    return stored_heat * (1 - level_after_pause)


@formula(
    symbol="n_c", source=cite("first-law", "batches = production over batch"), limits={"batch_charge": (1e-9, None)}
)
def number_of_cycles(production_mass: Tonne, batch_charge: Tonne) -> Number:
    """Batches in the period, from production and charge per batch (t)."""
    return production_mass / batch_charge


@formula(symbol="Q_c", source=FIRST_LAW)
def heat_of_production(production_mass: Tonne, charge_enthalpy: HeatPerMass) -> KilowattHour:
    """Heat that the production takes up in the period, kWh."""
    return production_mass * charge_enthalpy


@formula(symbol="Q_x", source=FIRST_LAW)
def heat_of_fixtures(number_of_cycles: Number, batch_heat: Kilojoule) -> KilowattHour:
    """Heat that trays and baskets carry out in the period, kWh."""
    return number_of_cycles * batch_heat


@formula(symbol="Q_h", source=FIRST_LAW, limits={"cycle_hours": (0, None)})
def heat_of_holding(number_of_cycles: Number, cycle_hours: Hour, holding_heat: Kilowatt) -> KilowattHour:
    """Heat that walls and openings lose while batches are in the furnace, kWh."""
    return number_of_cycles * cycle_hours * holding_heat


@formula(symbol="Q_eq", source=FIRST_LAW, limits={"reheat_factor": (0.05, 1.5), "number_of_pauses": (0, None)})
def heat_at_holding_efficiency(
    heat_of_production: KilowattHour,
    heat_of_fixtures: KilowattHour,
    heat_of_holding: KilowattHour,
    number_of_pauses: Number,
    heat_of_pause: KilowattHour,
    heat_of_reheating: KilowattHour,
    reheat_factor: Fraction,
) -> KilowattHour:
    """All heat of the period; that of reheating is weighted with its poorer efficiency, kWh.

    Args:
        heat_of_production: kWh.
        heat_of_fixtures: kWh.
        heat_of_holding: kWh.
        number_of_pauses: in the period.
        heat_of_pause: of one pause, kWh.
        heat_of_reheating: after one pause, kWh.
        reheat_factor: available heat at full fire over that at temperature; 1 for electric heating.
    """
    pauses = number_of_pauses * (heat_of_pause + heat_of_reheating / reheat_factor)
    return heat_of_production + heat_of_fixtures + heat_of_holding + pauses
