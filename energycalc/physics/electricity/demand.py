"""Money of the peak: what a maximum demand costs, within and above the contract."""

from __future__ import annotations

from typing import Annotated

from energycalc.quantity import Quantity, cite, formula, maximum, minimum
from energycalc.quantity.aliases import Kilowatt, KilowattHour, Number

MoneyPerKilowatt = Annotated[Quantity, "TWD/kW"]
Money = Annotated[Quantity, "TWD"]


@formula(
    symbol="C_D",
    source=cite("taipower-demand-rule", "contract, up to 10 % above it double, beyond that triple"),
    limits={
        "maximum_demand": (0, None),
        "contract_demand": (0, None),
        "demand_price": (0, None),
        "months": (0, 12),
    },
)
def demand_charge(
    maximum_demand: Kilowatt, contract_demand: Kilowatt, demand_price: MoneyPerKilowatt, months: Number
) -> Money:
    """Basic charge of a Taiwanese high-voltage customer for months with the same peak and price.

    Args:
        maximum_demand: largest 15-minute mean of the month, kW.
        contract_demand: regular contract capacity, kW; it is paid whether used or not.
        demand_price: per kW and month.
        months: how many.
    """
    above = maximum(maximum_demand - contract_demand, 0 * contract_demand)
    within = minimum(above, contract_demand * 0.1)
    return (contract_demand + 2 * within + 3 * (above - within)) * demand_price * months


@formula(
    symbol="E_1",
    source=cite("energy-balance", "energy before less energy really saved"),
)
def energy_after_demand_control(energy_before: KilowattHour, energy_really_saved: KilowattHour) -> KilowattHour:
    """Energy after moving load in time: the same, unless a part of the work is no longer done.

    Args:
        energy_before: kWh.
        energy_really_saved: kWh; 0 when load is only shifted.
    """
    return energy_before - energy_really_saved
