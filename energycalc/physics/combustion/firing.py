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
from energycalc.quantity.aliases import Fraction, KilowattHour, UsefulPerFuelLHV

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
    return _split(around, excess_air_of(around, firing), firing.flue, firing.air)


def at_best(around: Surroundings, flue: GasesAt, air: GasesAt) -> Quantity:
    """Available heat with no air left over: the limit of trimming, and with air as hot as the flue gas of preheating.

    Args:
        around: fuel and ambient.
        flue: gases where they leave the furnace.
        air: gases at the temperature of the combustion air.
    """
    none = quantity(0, "1", name="excess_air", symbol="e_0", source=Source("first-law", "no air left over"))
    return _split(around, none, flue, air).available_heat


def excess_air_of(around: Surroundings, firing: Firing) -> Quantity:
    """Excess air of a way of firing, from its dry oxygen."""
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


@formula(symbol="s_max", source=SAME_HEAT, name="largest_saving")
def largest_saving_of_energy(energy_now: KilowattHour, least_energy: KilowattHour) -> Fraction:
    """Share of the energy saved where the use falls to the least that physics allows."""
    return 1 - least_energy / energy_now
