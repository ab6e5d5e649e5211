"""How a gas-fired furnace runs: analyser, two thermocouples, and the share of the fuel's heat that stays.

Stack only. The heat that stays covers charge, walls, openings and cooling water together; it need not be
known to compare two ways of firing that do the same work.
"""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.errors import OutOfRange
from energycalc.physics.combustion.flue_gas import HeatBalance, heat_balance
from energycalc.physics.combustion.gas_species import GasesAt
from energycalc.physics.combustion.stoichiometry import Combustion, excess_air
from energycalc.quantity import Quantity, Source, cite, formula, quantity
from energycalc.quantity.aliases import Fraction, UsefulPerFuelLHV

PLAIN_AIR = 0.209
SAME_HEAT = cite("first-law", "same useful heat before and after")


@dataclass(frozen=True)
class Surroundings:
    """What stays as it is when the firing changes.

    Attributes:
        combustion: of the fuel gas.
        ambient: gases at the temperature at which fuel and cold air come in.
        moisture: moles of water per mole of dry air; ``None`` for dry air.
        condensing: whether heat of condensation is used.
    """

    combustion: Combustion
    ambient: GasesAt
    moisture: Quantity | None = None
    condensing: bool = False


@dataclass(frozen=True)
class Firing:
    """One way to run the burner.

    Attributes:
        oxygen: O2 share of the dry flue gas.
        flue: gases at the temperature where they leave the furnace, before a recuperator.
        air: gases at the temperature of the combustion air at the burner.
    """

    oxygen: Quantity
    flue: GasesAt
    air: GasesAt


@dataclass(frozen=True)
class Ceiling:
    """The most that can be saved with the flue-gas temperature as it is; fractions of the fuel.

    Attributes:
        oxygen_trim: burning with no excess air at all.
        air_preheat: combustion air as hot as the flue gas that heats it. The excess air then costs nothing,
            so trimming on top of it gains nothing: this is the limit of both together.
    """

    oxygen_trim: Quantity
    air_preheat: Quantity


@formula(symbol="r", source=SAME_HEAT)
def remaining_fraction(available_heat_before: UsefulPerFuelLHV, available_heat_after: UsefulPerFuelLHV) -> Fraction:
    """Share of the fuel that is still burnt for the same useful heat.

    Args:
        available_heat_before: heat left for the furnace per fuel heat, as it runs now.
        available_heat_after: the same after the measure, on the same heating value.
    """
    return available_heat_before / available_heat_after


@formula(symbol="s_max", source=SAME_HEAT)
def largest_saving(available_heat_now: UsefulPerFuelLHV, available_heat_at_best: UsefulPerFuelLHV) -> Fraction:
    """Share of the fuel saved at the physical limit of a measure: 1 - (1 - L0) / (1 - L1), L the net stack loss."""
    return 1 - available_heat_now / available_heat_at_best


def balance(around: Surroundings, firing: Firing) -> HeatBalance:
    """Heat balance of a way of firing.

    Raises:
        OutOfRange: no oxygen left over, plain air, or what :func:`~energycalc.physics.combustion.flue_gas.heat_balance`
            refuses.
    """
    if not firing.oxygen.value > 0:
        raise OutOfRange(
            "without oxygen left over the burner makes carbon monoxide, whose heat is not in the stack loss",
            subject=firing.oxygen.describe(),
            value=f"{firing.oxygen}",
            limit="above 0 % (complete combustion)",
            next_step="Measure CO as well; take a burner setting with oxygen left over",
        )
    if not firing.oxygen.value_in("1") < PLAIN_AIR:
        raise OutOfRange(
            "this is plain air: the sample line leaks, or nothing burns",
            subject=firing.oxygen.describe(),
            value=f"{firing.oxygen}",
            limit=f"below {PLAIN_AIR:.1%} (oxygen of air as an analyser is set to)",
            next_step="Check the probe; write 3 % as 3 %, not as 0.3 or 30 %",
        )
    return _split(around, _excess_air(around, firing), firing.flue, firing.air)


def ceiling(around: Surroundings, firing: Firing) -> Ceiling:
    """The most that trimming the air, and preheating it, can save on a furnace as it runs."""
    now = balance(around, firing).available_heat
    none = quantity(0, "1", name="excess_air", symbol="e_0", source=Source("no air left over: the limit of trimming"))
    trimmed = _split(around, none, firing.flue, firing.air).available_heat
    preheated = _split(around, _excess_air(around, firing), firing.flue, firing.flue).available_heat
    return Ceiling(largest_saving(now, trimmed), largest_saving(now, preheated))


def _excess_air(around: Surroundings, firing: Firing) -> Quantity:
    gas = around.combustion
    return excess_air(firing.oxygen, gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen)


def _split(around: Surroundings, excess: Quantity, flue: GasesAt, air: GasesAt) -> HeatBalance:
    return heat_balance(
        around.combustion,
        excess,
        flue=flue,
        air=air,
        ambient=around.ambient,
        air_moisture=around.moisture,
        condensing=around.condensing,
    )
