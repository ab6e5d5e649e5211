"""What every measure on the heat balance of a furnace shares: how its heat is made, its meter, and its closure."""

from __future__ import annotations

import dataclasses

from energycalc.equipment.description import (
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    Given,
    Parameter,
    number,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.shared.firing import (
    AIR,
    AIR_PARAMETERS,
    CONDENSING,
    FLUE,
    FLUE_PARAMETERS,
    FUEL_PARAMETERS,
    OXYGEN,
    OXYGEN_PARAMETERS,
    air_that_can_be,
    firing_of,
    surroundings,
)
from energycalc.equipment.shared.heat_losses import Carrier
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion.firing import balance
from energycalc.quantity import Quantity, cite, formula
from energycalc.quantity.aliases import (
    Fraction,
    Hour,
    Kilowatt,
    KilowattHour,
    KilowattHourLHV,
    UsefulPerFuelLHV,
)

SAME_FURNACE = cite("first-law", "heat saved in the furnace over the share of the energy that stays in it")


@formula(symbol="E_f", source=SAME_FURNACE, limits={"available_heat": (0.01, 1.5)}, name="furnace_fuel")
def fuel_of_furnace(furnace_heat: KilowattHour, available_heat: UsefulPerFuelLHV) -> KilowattHourLHV:
    """Fuel for a heat in the furnace, kWh on the lower heating value.

    Args:
        furnace_heat: in the period, kWh.
        available_heat: share of the fuel heat that stays in the furnace.
    """
    return furnace_heat / available_heat


@formula(symbol="E_e", source=SAME_FURNACE, limits={"heating_efficiency": (0.2, 1)}, name="furnace_electricity")
def electricity_of_furnace(furnace_heat: KilowattHour, heating_efficiency: Fraction) -> KilowattHour:
    """Electricity for a heat in the furnace, kWh."""
    return furnace_heat / heating_efficiency


@formula(symbol="Q_dt", source=SAME_FURNACE)
def heat_in_period(heat_loss: Kilowatt, operating_hours: Hour) -> KilowattHour:
    """Heat of a mean loss in the period, kWh."""
    return heat_loss * operating_hours


@formula(symbol="r", source=SAME_FURNACE, name="remaining_fraction", limits={"furnace_fuel_used": (1e-9, None)})
def remaining_of_fuel(furnace_fuel_used: KilowattHourLHV, fuel_before: KilowattHourLHV,
                      fuel_after: KilowattHourLHV) -> Fraction:  # fmt: skip
    """Share of a furnace's fuel that is left when one of its losses changes; all on the lower heating value."""
    return 1 - (fuel_before - fuel_after) / furnace_fuel_used


@formula(symbol="r", source=SAME_FURNACE, name="remaining_fraction", limits={"furnace_electricity_used": (1e-9, None)})
def remaining_of_electricity(furnace_electricity_used: KilowattHour, electricity_before: KilowattHour,
                             electricity_after: KilowattHour) -> Fraction:  # fmt: skip
    """Share of a furnace's electricity that is left when one of its losses changes."""
    return 1 - (electricity_before - electricity_after) / furnace_electricity_used


def energy_of_heat(carrier: Carrier, heat: Quantity, common: Given, parameters: tuple[Parameter, ...]) -> Quantity:
    """Energy of the furnace for a heat of the period: fuel by its available heat, electricity by its efficiency.

    Args:
        carrier: of the furnace.
        heat: kWh.
        common: the three flue-gas readings and the fuel, or ``heating_efficiency``.
        parameters: of the technology, for the default uncertainties.

    Raises:
        OutOfRange: what the heat balance of the flue gas refuses.
    """
    if carrier == "electricity":
        return electricity_of_furnace(heat, number(common, "heating_efficiency"))
    firing = firing_of({key: reading(parameters, common, key) for key in (OXYGEN, FLUE, AIR)})
    around = surroundings(common)
    air_that_can_be(common, around, firing)
    return fuel_of_furnace(heat, balance(around, firing).available_heat)


def change_of_one_loss(
    carrier: Carrier,
    technology: str,
    before: Quantity,
    after: Quantity,
    common: Given,
    parameters: tuple[Parameter, ...],
    findings: list[Finding],
) -> Change:
    """The change when one loss (kW) of a furnace falls and everything else stays.

    Args:
        carrier: of the furnace.
        technology: first part of the findings' names.
        before: the loss, kW.
        after: the loss, kW.
        common: ``furnace_energy``, ``operating_hours`` and how the heat is made.
        parameters: of the technology.
        findings: of the technology.

    Raises:
        OutOfRange: the loss alone takes more energy than the furnace uses.
    """
    used, hours = number(common, "furnace_energy"), number(common, "operating_hours")
    old, new = (energy_of_heat(carrier, heat_in_period(q, hours), common, parameters) for q in (before, after))
    _not_more(old, used)
    law = remaining_of_fuel if carrier == "natural_gas" else remaining_of_electricity
    remaining = law(used, old, new)
    return Change(
        remaining,
        carrier,
        used.renamed("energy_before_model", "E_m0"),
        (used * remaining).renamed("energy_after_model", "E_m1", SAME_FURNACE),
        (*findings, *uses_more(technology, remaining)),
    )


def ceiling_of_one_loss(
    carrier: Carrier, before: Quantity, common: Given, parameters: tuple[Parameter, ...], en: str, zh: str
) -> Ceiling:
    """The most that lowering one loss can save: all of it.

    Args:
        carrier: of the furnace.
        before: the loss, kW.
        common: as for :func:`change_of_one_loss`.
        parameters: of the technology.
        en: what the loss is, for the sentence.
        zh: what the loss is, for the sentence.
    """
    used = number(common, "furnace_energy")
    all_of_it = energy_of_heat(carrier, heat_in_period(before, number(common, "operating_hours")), common, parameters)
    return Ceiling(
        (all_of_it / used).renamed("largest_saving", "s_max", SAME_FURNACE),
        f"The measure saves at most the whole {en} and the flue gas that goes with it.",
        f"措施最多省下全部{zh}及其對應之煙氣熱損。",
        SAME_FURNACE,
    )


def _not_more(loss: Quantity, used: Quantity) -> None:
    unit = str(used.unit)
    if float(loss.value_in(unit)) > float(used.value_in(unit)):
        raise OutOfRange(
            "this loss alone would take more energy than the furnace uses",
            subject=subject_of("furnace_energy"),
            value=f"{loss.value_in(unit):,.0f} {unit} for the loss",
            limit=f"{used.value_in(unit):,.0f} {unit} (furnace_energy of this case)",
            next_step="Check area, temperatures, hours and the meter",
        )


def heat_parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    """How the furnace makes its heat."""
    if carrier == "electricity":
        return (
            Parameter("heating_efficiency", ("common",), "%", "95 %", "電熱效率：爐內得熱／用電（含變壓器與控制損失）",
                      "heat in the furnace over electricity, with transformer and control", range=(20, 100)),
            Parameter("ambient_temperature", ("common",), "degC", "30 °C", "爐子周圍空氣溫度，期間平均",
                      "air around the furnace, mean of the period", range=(-10, 60)),
        )  # fmt: skip
    readings = (OXYGEN_PARAMETERS[0], FLUE_PARAMETERS[0], AIR_PARAMETERS[0])
    return (*(dataclasses.replace(p, places=("common",)) for p in readings), *FUEL_PARAMETERS, CONDENSING)


def meter_parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    """What the furnace uses in the period, and its hours."""
    unit = "kWh[LHV]" if carrier == "natural_gas" else "kWh"
    return (
        Parameter("furnace_energy", ("common",), unit, f"1,200,000 {unit}",
                  "該爐期間用能（分表或帳單分攤，燃料為低位發熱量）",
                  "of this furnace in the period: sub-meter or its share of the bill, fuel on the lower heating value",
                  range=(1, 1e10)),
        Parameter("operating_hours", ("common",), "h", "6,000 h", "爐在該溫度之時數", "hours at this temperature",
                  range=HOURS_OF_A_YEAR),
    )  # fmt: skip
