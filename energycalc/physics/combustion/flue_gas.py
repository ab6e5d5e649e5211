"""What leaves through the stack: the heat that a flue gas carries away, and the heat left for the furnace.

All heats are per mole of fuel gas and relative to a stated ambient temperature, at which fuel and cold air
enter. The heating value at 25 °C is used at that temperature too (for methane the difference is 0.0012 % per
K). What is left after the stack, the *available heat*, still has to cover walls, openings, cooling water and
charge: they are no stack loss.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from energycalc.errors import OutOfRange
from energycalc.physics.combustion.dew_point import (
    ANTOINE,
    HIGHEST_SATURATION,
    LOWEST_VAPOUR_PRESSURE,
    condensation,
    dew_point,
    vapour_pressure_in_flue_gas,
)
from energycalc.physics.combustion.fuel_gas import BALANCE
from energycalc.physics.combustion.gas_species import GasesAt, published
from energycalc.physics.combustion.stoichiometry import Combustion
from energycalc.quantity import Quantity, cite, formula, total
from energycalc.quantity.aliases import (
    UsefulPerFuelHHV,
    UsefulPerFuelLHV,
)

KilojoulePerMole = Annotated[Quantity, "kJ/mol"]
KilojoulePerMoleLHV = Annotated[Quantity, "kJ[LHV]/mol"]
KilojoulePerMoleHHV = Annotated[Quantity, "kJ[HHV]/mol"]

FIRST_LAW = cite("first-law", "heat balance of a furnace: fuel heat + air heat = useful heat + flue-gas heat")


@dataclass(frozen=True)
class HeatBalance:
    """Where the heat of one mole of fuel gas goes.

    Attributes:
        flue_gas_loss: share of the lower heating value that leaves with the flue gas.
        preheat: share of the lower heating value that comes back with the combustion air.
        available_heat: what is left for the furnace, per fuel heat on the lower heating value.
        dew_point: temperature at which water begins to condense; ``None`` when that is below 0 °C.
    """

    flue_gas_loss: Quantity
    preheat: Quantity
    available_heat: Quantity
    dew_point: Quantity | None


def heat_balance(
    combustion: Combustion,
    excess_air: Quantity,
    *,
    flue: GasesAt,
    air: GasesAt,
    ambient: GasesAt,
    air_moisture: Quantity | None = None,
    condensing: bool = False,
) -> HeatBalance:
    """Split the heat of a fuel gas between stack and furnace.

    Args:
        combustion: of the fuel gas, from ``burn``.
        excess_air: over the stoichiometric need, from ``combustion.excess_air``; at least 0.
        flue: gases at the temperature where the flue gas leaves the furnace, before a recuperator.
        air: gases at the temperature of the combustion air at the burner.
        ambient: gases at the reference temperature, at which fuel and cold air come in.
        air_moisture: moles of water vapour per mole of dry air; dry air when not given.
        condensing: True if the flue gas may be below its dew point and the condensation heat is used.

    Returns:
        Loss, preheat, available heat (all per fuel heat on the lower heating value) and dew point.

    Raises:
        OutOfRange: air hotter than flue gas, flue gas below its dew point without ``condensing``, or flue gas
            hotter than the flame.
    """
    _not_above(air.temperature, flue.temperature)
    incoming = combustion_air(combustion, excess_air, air_moisture)
    gas = flue_gas(combustion, excess_air, incoming)
    wet = total(list(gas.values())).renamed("wet_flue_gas", "n_wet", BALANCE)
    vapour = vapour_pressure_in_flue_gas(gas["water"], wet, published("all", "standard_atmosphere"))
    dew = dew_point(vapour) if np.min(vapour.value) >= LOWEST_VAPOUR_PRESSURE else None
    carried = sensible_heat(gas, flue, ambient).renamed("flue_gas_heat", "Q_fl", FIRST_LAW)
    if dew is not None and not condensing:
        _not_below(flue.temperature, dew)
    if dew is not None and condensing and _may_condense(flue.temperature, dew):
        carried = (carried - condensation(wet, vapour, flue, ambient)).renamed("flue_gas_heat", "Q_fl", FIRST_LAW)
    brought = sensible_heat(incoming, air, ambient).renamed("combustion_air_heat", "Q_air", FIRST_LAW)
    lost = flue_gas_loss(carried, combustion.lower_heating_value)
    back = air_preheat(brought, combustion.lower_heating_value)
    available = available_heat(lost, back)
    _something_left(available, flue.temperature)
    return HeatBalance(lost, back, available, dew)


def flue_gas(combustion: Combustion, excess_air: Quantity, air: Mapping[str, Quantity]) -> Mapping[str, Quantity]:
    """Moles of each flue gas per mole of fuel gas, from the excess air and the moles of ``combustion_air``."""
    water = combustion.hydrogen / 2
    return {
        "carbon_dioxide": combustion.carbon,
        "water": (water + air["water"] if "water" in air else water).renamed("flue_water", "n_H2O", BALANCE),
        "nitrogen": (combustion.nitrogen + air["nitrogen"]).renamed("flue_nitrogen", "n_N2f", BALANCE),
        "oxygen": (excess_air * combustion.stoichiometric_air * combustion.air.oxygen).renamed(
            "flue_oxygen", "n_O2", BALANCE
        ),
        "argon": air["argon"],
    }


def combustion_air(
    combustion: Combustion, excess_air: Quantity, air_moisture: Quantity | None = None
) -> Mapping[str, Quantity]:
    """Moles of each gas in the combustion air per mole of fuel gas."""
    dry = ((1 + excess_air) * combustion.stoichiometric_air).renamed("combustion_air", "A", BALANCE)
    air = {
        "oxygen": dry * combustion.air.oxygen,
        "nitrogen": dry * combustion.air.nitrogen,
        "argon": dry * combustion.air.argon,
    }
    return air if air_moisture is None else air | {"water": dry * air_moisture}


def sensible_heat(gas: Mapping[str, Quantity], hot: GasesAt, cold: GasesAt) -> Quantity:
    """Heat that a gas gives in cooling without condensing: the sum of n (h_hot - h_cold)."""
    return total([moles * (hot.enthalpy[g] - cold.enthalpy[g]) for g, moles in gas.items()])


@formula(symbol="l_fl", source=FIRST_LAW)
def flue_gas_loss(flue_gas_heat: KilojoulePerMole, molar_lower_heating_value: KilojoulePerMoleLHV) -> UsefulPerFuelLHV:
    """Flue-gas heat per fuel heat (lower heating value). Stack only: no walls, openings or unburnt gas."""
    return flue_gas_heat / molar_lower_heating_value


@formula(symbol="q_air", source=FIRST_LAW)
def air_preheat(
    combustion_air_heat: KilojoulePerMole, molar_lower_heating_value: KilojoulePerMoleLHV
) -> UsefulPerFuelLHV:
    """Heat that the combustion air brings in above ambient, per fuel heat (lower heating value)."""
    return combustion_air_heat / molar_lower_heating_value


@formula(symbol="AH", source=FIRST_LAW)
def available_heat(flue_gas_loss: UsefulPerFuelLHV, air_preheat: UsefulPerFuelLHV) -> UsefulPerFuelLHV:
    """Heat left for the furnace per fuel heat (lower heating value): all, less stack, plus hot air."""
    return published("all", "released_heat") - flue_gas_loss + air_preheat


@formula(symbol="AH_h", source=FIRST_LAW)
def available_heat_higher(
    available_heat: UsefulPerFuelLHV,
    molar_lower_heating_value: KilojoulePerMoleLHV,
    molar_higher_heating_value: KilojoulePerMoleHHV,
) -> UsefulPerFuelHHV:
    """The same available heat per fuel heat on the higher heating value, as American practice states it."""
    return available_heat * molar_lower_heating_value / molar_higher_heating_value


def _not_above(air: Quantity, flue: Quantity) -> None:
    if np.any(air.value_in("K") > flue.value_in("K")):
        raise OutOfRange(
            "combustion air cannot be heated above the flue gas that heats it",
            subject=air.describe(),
            value=f"{air} with flue gas at {flue}",
            limit=f"at most the flue gas temperature ({FIRST_LAW})",
            next_step="Take the flue gas before the recuperator; see whether the two have been exchanged",
        )


def _not_below(flue: Quantity, dew: Quantity) -> None:
    if np.any(flue.value_in("K") < dew.value):
        raise OutOfRange(
            "this flue gas is below its dew point, and a dry loss does not count the heat of condensation",
            subject=flue.describe(),
            value=f"{flue}",
            limit=f"at least {np.max(dew.value) - 273.15:.1f} °C, its dew point ({ANTOINE})",
            next_step='Say "condensing: yes" if the plant is made for it; else check the temperature',
        )


def _may_condense(flue: Quantity, dew: Quantity) -> bool:
    kelvin = flue.value_in("K")
    if np.max(kelvin) <= HIGHEST_SATURATION:
        return True
    if np.any(kelvin < dew.value):
        raise OutOfRange(
            "some of these flue gases condense and others are hotter than the equation of water vapour reaches",
            subject=flue.describe(),
            value=f"{flue}",
            limit=f"all up to {HIGHEST_SATURATION - 273.15:.0f} °C, or none below the dew point ({ANTOINE})",
            next_step="Calculate the two kinds apart",
        )
    return False


def _something_left(available: Quantity, flue: Quantity) -> None:
    if not np.all(available.value > 0):
        raise OutOfRange(
            "the flue gas would carry away more heat than the fuel and the air bring in",
            subject=flue.describe(),
            value=f"{flue}",
            limit="below the adiabatic flame temperature at this excess air and preheat (first law)",
            next_step="Check flue gas temperature and oxygen; they cannot belong to the same burner",
        )
