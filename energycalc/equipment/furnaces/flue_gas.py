"""Gas-fired furnaces: what a better burner, less excess air, hotter combustion air or cooler flue gas saves.

The furnace needs the same heat before and after: charge, walls, openings and cooling water together. That
heat is held constant; it is *not* part of the stack loss, and it need not be known. The fuel goes with the
inverse of the share of its heat that stays in the furnace (the available heat):

    fuel after / fuel before = available heat before / available heat after

A measure that also changes walls, openings, throughput or furnace temperature is not described by this page
alone.
"""

from __future__ import annotations

from energycalc.equipment.description import (
    Ceiling,
    Change,
    Given,
    TechnologyDescription,
    WorkedExample,
    check,
    notes_on_readings,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.shared.firing import (
    AIR,
    AIR_LIMIT,
    AIR_PARAMETERS,
    BURNER_PARAMETERS,
    CONDENSING,
    FLUE_PARAMETERS,
    FUEL_PARAMETERS,
    OXYGEN_PARAMETERS,
    STATE,
    air_that_can_be,
    doubts_of_firing,
    firing_of,
    fuel_of,
    hotter_air,
    model_energies,
    surroundings,
    within_limit,
)
from energycalc.errors import InputError
from energycalc.physics.combustion import firing
from energycalc.physics.combustion.firing import Firing, Surroundings, remaining_fraction
from energycalc.physics.combustion.stoichiometry import burn, lower_heating_value
from energycalc.quantity import Quantity, cite


def change(before: Given, after: Given, common: Given) -> Change:
    """Change burner, excess air, combustion-air temperature or flue-gas temperature at the same useful heat.

    Args:
        before: ``flue_gas_oxygen_dry`` (dried sample), ``flue_gas_temperature`` (leaving the furnace, before
            a recuperator), ``combustion_air_temperature`` (at the burner).
        after: those of the three that change; what is not written stays as it was, as the same reading.
        common: ``fuel`` (a name of ``fuel_gases.csv`` or a composition), ``ambient_temperature`` (reference
            of all heats; fuel and cold air come in at it); optionally ``condensing``,
            ``combustion_air_moisture``, ``combustion_air_temperature_limit`` and, all three or none,
            ``burner_rating``, ``load_factor``, ``operating_hours``.

    Returns:
        The remaining fraction, and the fuel heat of the model when the burner is given.

    Raises:
        InputError: a parameter is missing, unknown or of the wrong kind, or nothing changes.
        OutOfRange: no oxygen left (carbon monoxide), oxygen of plain air, air hotter than flue gas or than
            its limit, flue gas below its dew point or hotter than the flame.
    """
    around, now, then, changed = _states(before, after, common)
    for state in (now, then):
        within_limit(state.air.temperature, common.get("combustion_air_temperature_limit"))
    old, new = firing.balance(around, now).available_heat, firing.balance(around, then).available_heat
    remaining = remaining_fraction(
        old.renamed("available_heat_before", "AH_0", firing.SAME_HEAT),
        new.renamed("available_heat_after", "AH_1", firing.SAME_HEAT),
    )
    return Change(
        remaining,
        "natural_gas",
        *model_energies(common, remaining),
        (
            *doubts_of_firing(around, then),
            *uses_more("furnace", remaining),
            *notes_on_readings("furnace", PARAMETERS, before, changed),
        ),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that less air, and hotter air where the measure heats it, can save at this flue-gas temperature.

    Air as hot as the flue gas makes excess air cost nothing, so the limit of preheating is the limit of both.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    around, now, then, changed = _states(before, after, common)
    preheated = AIR in changed
    best = firing.at_best(around, then.flue, then.flue if preheated else then.air)
    return Ceiling(
        firing.largest_saving(firing.balance(around, now).available_heat, best),
        "Even with combustion air as hot as the flue gas, the flue gas takes the heat with it that its larger flow has."
        if preheated
        else "Even without any excess air, the combustion gases leave at the flue-gas temperature.",
        "即使助燃空氣預熱至排煙溫度，煙氣流量較大，仍帶走其差額熱量。"
        if preheated
        else "即使毫無過剩空氣，燃燒生成氣體仍以排煙溫度排出。",
        firing.SAME_HEAT,
    )


def fuel_heat_value(common: Given) -> Quantity:
    """Lower heating value of the fuel from its composition, to hold against that of the bill.

    Args:
        common: as for :func:`change`; only ``fuel`` is read.

    Returns:
        MJ[LHV] per m³ at 0 °C and 101.325 kPa, as an ideal gas (real methane: 0.24 % more).

    Raises:
        InputError: an unknown fuel or component.
        OutOfRange: shares that do not add up.
    """
    return lower_heating_value(burn(fuel_of(common)).lower_heating_value)


def _states(before: Given, after: Given, common: Given) -> tuple[Surroundings, Firing, Firing, Given]:
    """What stays, how it fires before and after, and what changes."""
    check(PARAMETERS, before, after, common)
    if not after:
        raise InputError(
            "says nothing, so nothing changes",
            subject=subject_of("after"),
            next_step=f"Write what changes: {', '.join(STATE)}",
        )
    changed = {key: after[key] for key in after if after[key] is not before[key]}
    true = {key: reading(PARAMETERS, before, key) for key in STATE}
    now = firing_of(true)
    then = firing_of(true | {key: reading(PARAMETERS, changed, key) for key in changed}, now)
    around = surroundings(common)
    air_that_can_be(common, around, now, then, heated=hotter_air(now, then))
    return around, now, then, changed


PARAMETERS = (
    *OXYGEN_PARAMETERS,
    *FLUE_PARAMETERS,
    *AIR_PARAMETERS,
    *FUEL_PARAMETERS[:2],
    CONDENSING,
    FUEL_PARAMETERS[2],
    AIR_LIMIT,
    *BURNER_PARAMETERS,
)

PUBLISHED = WorkedExample(
    before={
        "flue_gas_oxygen_dry": "2.09 %",
        "flue_gas_temperature": "982.2 °C",
        "combustion_air_temperature": "26.7 °C",
    },
    after={"combustion_air_temperature": "371.1 °C"},
    common={"fuel": "natural_gas_us_typical", "ambient_temperature": "26.7 °C"},
    of="saving_rate",
    given="20.55 %",
    tolerance=0.03,
    source=cite("measur-npm", "flue gas by volume: 1800 °F, 2 % O2 by mass, combustion air 80 and 700 °F"),
    because_en="The source gives available heats of 47.87 and 60.25 % of the higher heating value, hence 20.55 %, "
    "because the same useful heat then needs 47.87/60.25 of the fuel; its 2 % O2 by mass of wet flue gas is 2.09 % of "
    "the dry volume, and its fitted heat capacities leave a difference of 2.4 %.",
    because_zh="來源值可用熱為高位發熱量之 47.87 % 與 60.25 %，即節能 20.55 %，因為有效熱不變時燃料為 47.87/60.25；"
    "其濕煙氣質量含氧 2 % 相當於乾煙氣體積 2.09 %，熱容擬合式之差異為 2.4 %。",
)
DESCRIPTION = TechnologyDescription(
    key="furnace_flue_gas",
    label_zh="燃氣加熱爐煙氣熱損改善",
    label_en="Gas-fired furnace: burner, excess air, air preheat",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=PUBLISHED,
    limits_zh="只計煙氣熱損；爐壁、開口、冷卻水與料溫視為不變。完全燃燒，不含 CO 與高溫解離。"
    "本專案無臺灣天然氣成分資料，請填供應商成分。",
    limits_en="Stack loss only: walls, openings, cooling water and charge are held as they are. Complete "
    "combustion, no CO, no dissociation. No Taiwanese gas composition is on file: give your supplier's.",
    turning_point_zh="空氣減至理論量以下時產生一氧化碳，未燃熱隨煙氣流失，燃料反而增加："
    "含氧 0 % 拒絕計算，低於 0.5 % 警告。預熱高於排煙溫度違反第二定律，拒絕計算。",
    turning_point_en="With less air than the fuel needs, carbon monoxide leaves unburnt and the fuel use rises again: "
    "0 % oxygen is refused, below 0.5 % is warned of. Air hotter than the flue gas that heats it is refused (second "
    "law).",
)
DESCRIPTIONS = (DESCRIPTION,)
