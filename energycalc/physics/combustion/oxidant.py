"""Air enriched with oxygen: what the burner gets, and how much oxygen must be made for it."""

from __future__ import annotations

from typing import Annotated

from energycalc.physics.combustion.fuel_gas import BALANCE
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.combustion.stoichiometry import Air, dry_air
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import Fraction, Number, UsefulPerFuelLHV

KilojoulePerMoleLHV = Annotated[Quantity, "kJ[LHV]/mol"]
OxygenPerFuel = Annotated[Quantity, "m3[0C]/kWh[LHV]"]
ElectricityPerOxygen = Annotated[Quantity, "kWh/m3[0C]"]

MIXING = cite("atom-balance", "air and oxygen mixed; what is no oxygen keeps the proportions of air")
PURE_AIR = 0.2096
"""Share of oxygen in dry air; less than that is no enrichment."""


def enriched_air(oxidant_oxygen: Quantity) -> Air:
    """Dry air whose share of oxygen has been raised.

    Args:
        oxidant_oxygen: volume share of oxygen, from that of air to 100 %.
    """
    plain = dry_air()
    if oxidant_oxygen.value_in("1") == plain.oxygen.value_in("1"):
        return plain
    rest = remainder_ratio(oxidant_oxygen, plain.oxygen)
    return Air(
        oxidant_oxygen.to("1").renamed("air_oxygen", "y_O2", MIXING),
        (rest * plain.nitrogen).renamed("oxidant_nitrogen", "y_N2", MIXING),
        (rest * plain.argon).renamed("oxidant_argon", "y_Ar", MIXING),
    )


@formula(symbol="k_r", source=MIXING, limits={"oxidant_oxygen": (PURE_AIR, 1)})
def remainder_ratio(oxidant_oxygen: Fraction, air_oxygen: Fraction) -> Fraction:
    """What is left of nitrogen and argon in a mole of enriched air, over that in a mole of air."""
    return (1 - oxidant_oxygen) / (1 - air_oxygen)


@formula(
    symbol="s_O2",
    source=cite("atom-balance", "oxygen balance of mixing"),
    limits={"oxidant_oxygen": (PURE_AIR, 1), "oxygen_purity": (0.3, 1)},
)
def oxygen_product_share(oxidant_oxygen: Fraction, air_oxygen: Fraction, oxygen_purity: Fraction) -> Fraction:
    """Share of the burner's enriched air that comes from the oxygen plant.

    Args:
        oxidant_oxygen: oxygen in what the burner gets; not above the purity.
        air_oxygen: oxygen in dry air.
        oxygen_purity: oxygen in the plant's product.
    """
    return (oxidant_oxygen - air_oxygen) / (oxygen_purity - air_oxygen)


@formula(symbol="V_O2", source=BALANCE, limits={"excess_air": (0, None)})
def oxygen_product_per_fuel(
    oxygen_product_share: Fraction,
    excess_air: Fraction,
    stoichiometric_air: Number,
    molar_lower_heating_value: KilojoulePerMoleLHV,
) -> OxygenPerFuel:
    """Product of the oxygen plant per fuel heat (m³ at 0 °C per kWh of lower heating value)."""
    moles = oxygen_product_share * (1 + excess_air) * stoichiometric_air
    return moles * published("all", "molar_volume") / molar_lower_heating_value


@formula(
    symbol="e_el",
    source=cite("first-law", "electricity of the oxygen plant"),
    limits={"oxygen_specific_electricity": (0, 5), "remaining_fraction": (0, None)},
)
def oxygen_electricity_per_fuel_before(
    oxygen_product_per_fuel: OxygenPerFuel,
    oxygen_specific_electricity: ElectricityPerOxygen,
    remaining_fraction: Fraction,
) -> UsefulPerFuelLHV:
    """Electricity for the oxygen per fuel heat of before; less fuel after the measure needs less oxygen."""
    return oxygen_product_per_fuel * oxygen_specific_electricity * remaining_fraction
