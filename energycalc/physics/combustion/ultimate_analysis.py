"""Oils and solid fuels by their ultimate analysis: heat, air and flue gas from the mass shares of the elements.

The amounts of :class:`~energycalc.physics.combustion.stoichiometry.Combustion` are then per mole of *carbon in the
fuel*, so that every law of flue gas and furnace holds for oil as it does for gas. Sulphur leaves as SO2, whose heat in
the flue gas is counted as that of as much CO2 (both have three atoms; an oil has at most a few per cent of it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from energycalc.errors import InputError, OutOfRange
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.combustion.stoichiometry import (
    HESS,
    Air,
    Combustion,
    dry_air,
    stoichiometric_air,
    stoichiometric_dry_flue_gas,
)
from energycalc.quantity import Quantity, Source, cite, current_subject, formula, quantity
from energycalc.quantity.aliases import Fraction, Number

GramPerMole = Annotated[Quantity, "g/mol"]
MegajoulePerKilogramLHV = Annotated[Quantity, "MJ[LHV]/kg"]
MegajoulePerKilogramHHV = Annotated[Quantity, "MJ[HHV]/kg"]
KilojoulePerMoleLHV = Annotated[Quantity, "kJ[LHV]/mol"]
KilojoulePerMoleHHV = Annotated[Quantity, "kJ[HHV]/mol"]

ELEMENTS = ("carbon", "hydrogen", "sulphur", "oxygen", "nitrogen", "ash", "moisture")
BALANCE = cite("atom-balance", "ultimate analysis: C to CO2, H to H2O, S to SO2, N to N2")
DULONG = cite("ashrae-fundamentals-2021", "chapter 28, equation 4 (Dulong)")
LOWEST_SUM, HIGHEST_SUM = 0.985, 1.005  # analyses leave out what they did not measure, and round


@dataclass(frozen=True)
class LiquidOrSolidFuel:
    """A fuel by mass share of its elements, as fired; made by :func:`fuel_by_analysis`."""

    name: str
    shares: Mapping[str, Quantity]


def fuel_by_analysis(name: str, shares: Mapping[str, Quantity]) -> LiquidOrSolidFuel:
    """An oil or solid fuel from its ultimate analysis.

    Args:
        name: what to call it.
        shares: mass share per entry of ``ELEMENTS``, as fired; what is not named is not in the fuel. They are divided
            by their sum, which must lie within 98.5 and 100.5 %. ``hydrogen`` is without that of the moisture.

    Raises:
        InputError: an unknown element.
        OutOfRange: a negative share, shares that do not add up, or no carbon.
    """
    subject = ", ".join(part for part in (current_subject(), name) if part)
    unknown = sorted(set(shares) - set(ELEMENTS))
    if unknown:
        raise InputError(
            "unknown entry of the analysis",
            subject=subject,
            value=", ".join(unknown),
            limit="known: " + ", ".join(ELEMENTS),
            next_step="Give the ultimate analysis by mass, as fired",
        )
    values = {element: float(share.value_in("1")) for element, share in shares.items()}
    negative = [f"{element} {value:.4%}" for element, value in values.items() if value < 0]
    if negative:
        raise OutOfRange("a share cannot be negative", subject=subject, value=", ".join(negative), limit="0 to 100 %")
    whole = sum(values.values())
    if not LOWEST_SUM <= whole <= HIGHEST_SUM:
        raise OutOfRange(
            "the elements do not add up to the whole fuel",
            subject=subject,
            value=f"{whole:.3%}",
            limit=f"{LOWEST_SUM:.1%} to {HIGHEST_SUM:.1%} (rounding of an analysis)",
            next_step="Complete the analysis; see whether it is by mass and as fired",
        )
    if not values.get("carbon", 0) > 0:
        raise OutOfRange(
            "an oil or solid fuel has carbon", subject=subject, value="carbon 0 %", limit="above 0 %",
            next_step="Give a gas by its components instead",
        )  # fmt: skip
    none = Source("not named in the analysis: not in the fuel")
    whole_share = sum_of(list(shares.values()))
    return LiquidOrSolidFuel(
        name,
        {
            element: (
                (shares[element] / whole_share).to("1").renamed(f"{element}_mass_share", f"w_{element}", BALANCE)
                if element in shares
                else quantity(0, "1", name=f"{element}_mass_share", symbol=f"w_{element}", source=none)
            )
            for element in ELEMENTS
        },
    )


def sum_of(shares: list[Quantity]) -> Quantity:
    """Sum of the shares of an analysis as written."""
    whole = shares[0].to("1")
    for share in shares[1:]:
        whole = whole + share.to("1")
    return whole.renamed("analysis_total", "w_sum", BALANCE)


def burn_by_analysis(
    fuel: LiquidOrSolidFuel, higher_heating_value: Quantity | None = None, air: Air | None = None
) -> Combustion:
    """Air needed, gases made and heat given by an oil or solid fuel, per mole of its carbon.

    Args:
        fuel: the fuel.
        higher_heating_value: measured, in MJ[HHV]/kg as fired; by Dulong's equation when not given.
        air: dry air to burn it with; ``dry_air()`` when not given.

    Raises:
        OutOfRange: no heating value is given and the fuel has more than 10 % oxygen.
    """
    air = air or dry_air()
    w = fuel.shares
    carbon = published("carbon", "molar_mass")
    higher = higher_heating_value
    if higher is None:
        higher = dulong_heating_value(w["carbon"], w["hydrogen"], w["oxygen"], w["sulphur"])
    lower = lower_from_higher_heating_value(higher, w["hydrogen"], w["moisture"])
    oxides = three_atom_gas_per_carbon(w["carbon"], w["sulphur"])
    hydrogen = hydrogen_per_carbon(w["carbon"], w["hydrogen"], w["moisture"])
    oxygen = oxygen_per_carbon(w["carbon"], w["oxygen"], w["moisture"])
    nitrogen = nitrogen_per_carbon(w["carbon"], w["nitrogen"])
    needed = stoichiometric_air(oxides, hydrogen, oxygen, air.oxygen)
    return Combustion(
        fuel, air, oxides, hydrogen, nitrogen, needed,
        stoichiometric_dry_flue_gas(oxides, nitrogen, needed, air.oxygen),
        molar_lower_heating_value_by_mass(lower, w["carbon"], carbon),
        molar_higher_heating_value_by_mass(higher, w["carbon"], carbon),
    )  # fmt: skip


@formula(symbol="H_hm", source=DULONG, limits={"oxygen_mass_share": (0, 0.1)})
def dulong_heating_value(
    carbon_mass_share: Fraction,
    hydrogen_mass_share: Fraction,
    oxygen_mass_share: Fraction,
    sulphur_mass_share: Fraction,
) -> MegajoulePerKilogramHHV:
    """Higher heating value of a coal or oil from its elements; within about 2 % for oils. A measured one is better."""
    free_hydrogen = hydrogen_mass_share - oxygen_mass_share / 8
    return (
        published("all", "dulong_carbon") * carbon_mass_share
        + published("all", "dulong_hydrogen") * free_hydrogen
        + published("all", "dulong_sulphur") * sulphur_mass_share
    )


@formula(symbol="H_lm", source=HESS)
def lower_from_higher_heating_value(
    higher_heating_value_by_mass: MegajoulePerKilogramHHV, hydrogen_mass_share: Fraction, moisture_mass_share: Fraction
) -> MegajoulePerKilogramLHV:
    """Lower heating value: the higher one less the heat of vaporisation (25 °C) of all water in the flue gas."""
    water = published("water", "molar_mass")
    formed = hydrogen_mass_share * water / published("hydrogen", "molar_mass") + moisture_mass_share
    latent = published("water", "formation_enthalpy") - published("water", "formation_enthalpy_liquid")
    lost = (formed * latent / water).to("MJ/kg")
    return (higher_heating_value_by_mass.declared("MJ/kg", HESS) - lost).declared("MJ[LHV]/kg", HESS)


@formula(symbol="n_RO2", source=BALANCE)
def three_atom_gas_per_carbon(carbon_mass_share: Fraction, sulphur_mass_share: Fraction) -> Number:
    """Moles of CO2 and SO2 per mole of carbon in the fuel."""
    carbon, sulphur = published("carbon", "molar_mass"), published("sulphur", "molar_mass")
    return 1 + sulphur_mass_share / sulphur * carbon / carbon_mass_share


@formula(symbol="n_H", source=BALANCE)
def hydrogen_per_carbon(
    carbon_mass_share: Fraction, hydrogen_mass_share: Fraction, moisture_mass_share: Fraction
) -> Number:
    """Moles of H per mole of carbon in the fuel, the moisture's included."""
    dry = hydrogen_mass_share / published("hydrogen", "molar_mass")
    moist = moisture_mass_share / published("water", "molar_mass")
    return 2 * (dry + moist) * published("carbon", "molar_mass") / carbon_mass_share


@formula(symbol="n_O", source=BALANCE)
def oxygen_per_carbon(
    carbon_mass_share: Fraction, oxygen_mass_share: Fraction, moisture_mass_share: Fraction
) -> Number:
    """Moles of O per mole of carbon in the fuel, the moisture's included."""
    dry = 2 * oxygen_mass_share / published("oxygen", "molar_mass")
    moist = moisture_mass_share / published("water", "molar_mass")
    return (dry + moist) * published("carbon", "molar_mass") / carbon_mass_share


@formula(symbol="n_N2", source=BALANCE)
def nitrogen_per_carbon(carbon_mass_share: Fraction, nitrogen_mass_share: Fraction) -> Number:
    """Moles of N2 from the fuel itself per mole of carbon in it."""
    carbon, nitrogen = published("carbon", "molar_mass"), published("nitrogen", "molar_mass")
    return nitrogen_mass_share / nitrogen * carbon / carbon_mass_share


@formula(symbol="H_l", source=BALANCE)
def molar_lower_heating_value_by_mass(
    lower_heating_value_by_mass: MegajoulePerKilogramLHV, carbon_mass_share: Fraction, carbon_molar_mass: GramPerMole
) -> KilojoulePerMoleLHV:
    """Lower heating value per mole of carbon in the fuel."""
    return lower_heating_value_by_mass * carbon_molar_mass / carbon_mass_share


@formula(symbol="H_h", source=BALANCE)
def molar_higher_heating_value_by_mass(
    higher_heating_value_by_mass: MegajoulePerKilogramHHV, carbon_mass_share: Fraction, carbon_molar_mass: GramPerMole
) -> KilojoulePerMoleHHV:
    """Higher heating value per mole of carbon in the fuel."""
    return higher_heating_value_by_mass * carbon_molar_mass / carbon_mass_share


# ---------------------------------------------------------------- by mass, as some analysers and books state it


@formula(symbol="o_0", source=BALANCE)
def oxygen_demand_by_mass(
    carbon_mass_share: Fraction,
    hydrogen_mass_share: Fraction,
    sulphur_mass_share: Fraction,
    oxygen_mass_share: Fraction,
    carbon_molar_mass: GramPerMole,
    hydrogen_molar_mass: GramPerMole,
    sulphur_molar_mass: GramPerMole,
    oxygen_molar_mass: GramPerMole,
) -> Fraction:
    """Kilograms of O2 that a kilogram of fuel just needs, besides its own oxygen.

    Args:
        carbon_mass_share: of the fuel as fired; so are the other three.
        hydrogen_mass_share: without that of the moisture.
        sulphur_mass_share: burns to SO2.
        oxygen_mass_share: already in the fuel.
        carbon_molar_mass: of C.
        hydrogen_molar_mass: of H2.
        sulphur_molar_mass: of S.
        oxygen_molar_mass: of O2.
    """
    moles = (
        carbon_mass_share / carbon_molar_mass
        + hydrogen_mass_share / hydrogen_molar_mass / 2
        + sulphur_mass_share / sulphur_molar_mass
    )
    return oxygen_molar_mass * moles - oxygen_mass_share


@formula(symbol="y_O2m", source=BALANCE, limits={"excess_air": (0, None), "humidity_ratio": (0, 0.1)})
def flue_oxygen_by_mass(
    excess_air: Fraction,
    oxygen_demand_by_mass: Fraction,
    air_oxygen_by_mass: Fraction,
    ash_mass_share: Fraction,
    humidity_ratio: Number,
) -> Fraction:
    """Mass share of O2 in the wet flue gas: what goes in and is no ash comes out.

    Args:
        excess_air: over the need.
        oxygen_demand_by_mass: kg O2 per kg of fuel.
        air_oxygen_by_mass: mass share of O2 in dry air.
        ash_mass_share: stays behind.
        humidity_ratio: kg of water per kg of dry combustion air.
    """
    dry_air_used = oxygen_demand_by_mass / air_oxygen_by_mass * (1 + excess_air)
    return oxygen_demand_by_mass * excess_air / (1 - ash_mass_share + dry_air_used * (1 + humidity_ratio))


@formula(
    symbol="e", name="excess_air", source=BALANCE,
    limits={"flue_oxygen_by_mass": (0, 0.23), "humidity_ratio": (0, 0.1)},
)  # fmt: skip
def excess_air_by_mass(
    flue_oxygen_by_mass: Fraction,
    oxygen_demand_by_mass: Fraction,
    air_oxygen_by_mass: Fraction,
    ash_mass_share: Fraction,
    humidity_ratio: Number,
) -> Fraction:
    """Excess air from the mass share of O2 in the wet flue gas: :func:`flue_oxygen_by_mass` turned round, exactly."""
    moist_air = oxygen_demand_by_mass / air_oxygen_by_mass * (1 + humidity_ratio)
    at_need = flue_oxygen_by_mass * (1 - ash_mass_share + moist_air)
    return at_need / (oxygen_demand_by_mass - flue_oxygen_by_mass * moist_air)


@formula(symbol="l_C", source=cite("first-law", "carbon in the ash takes its heat along"))
def unburnt_carbon_loss(
    ash_mass_share: Fraction,
    carbon_in_ash: Fraction,
    carbon_heating_value: MegajoulePerKilogramHHV,
    higher_heating_value_by_mass: MegajoulePerKilogramHHV,
) -> Fraction:
    """Share of the fuel's higher heating value lost as carbon in the ash.

    Args:
        ash_mass_share: of the fuel.
        carbon_in_ash: kg of carbon per kg of mineral ash of the analysis.
        carbon_heating_value: of carbon, MJ per kg.
        higher_heating_value_by_mass: of the fuel.
    """
    return ash_mass_share * carbon_in_ash * carbon_heating_value / higher_heating_value_by_mass


@formula(symbol="l_ash", source=cite("first-law", "hot ash takes its heat along"))
def ash_heat_loss(
    ash_mass_share: Fraction,
    ash_heat_capacity: Annotated[Quantity, "kJ/(kg*K)"],
    ash_temperature_rise: Annotated[Quantity, "K"],
    higher_heating_value_by_mass: MegajoulePerKilogramHHV,
) -> Annotated[Quantity, "MJ/MJ[HHV]"]:
    """Heat that the ash carries out of the furnace, per fuel heat (higher heating value)."""
    return ash_mass_share * ash_heat_capacity * ash_temperature_rise / higher_heating_value_by_mass
