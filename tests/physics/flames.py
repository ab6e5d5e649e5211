"""What the tests of combustion and flue gas share: quantities, a heat balance, and any fuel gas."""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from energycalc.physics.combustion import stoichiometry as law
from energycalc.physics.combustion.flue_gas import (
    HeatBalance,
    heat_balance,
)
from energycalc.physics.combustion.fuel_gas import COMPONENTS, fuel_gas
from energycalc.physics.combustion.gas_species import gases_at
from energycalc.physics.combustion.stoichiometry import Combustion, burn
from energycalc.quantity import Quantity, quantity


def share(value: float) -> Quantity:
    return quantity(value, "%", name="share")


def degrees(value: float) -> Quantity:
    return quantity(value, "degC", name="temperature")


def number(value: float) -> Quantity:
    return quantity(value, "1", name="number")


def excess(gas: Combustion, oxygen_percent: float) -> Quantity:
    return law.excess_air(
        share(oxygen_percent), gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen
    )


def balance(gas: Combustion, over: Quantity, flue: float, air: float = 25, **more: Any) -> HeatBalance:
    return heat_balance(
        gas, over, flue=gases_at(degrees(flue)), air=gases_at(degrees(air)), ambient=gases_at(degrees(25)), **more
    )


few = settings(max_examples=50, deadline=None)


def fuel_gases(least_methane: float, most_of_others: float) -> st.SearchStrategy[Combustion]:
    """Any fuel gas with at least so many parts of methane, and at most so many of each other component."""
    others = [component for component in COMPONENTS if component not in ("methane", "oxygen")]
    parts = st.fixed_dictionaries(
        {"methane": st.floats(least_methane, 100)},
        optional={component: st.floats(0, most_of_others) for component in others},
    )
    return parts.map(lambda p: burn(fuel_gas("any gas", {k: share(100 * v / sum(p.values())) for k, v in p.items()})))


gases = fuel_gases(1, 100)
furnace_gases = fuel_gases(50, 15)  # rich enough for a flame hotter than the flue gas of these tests
