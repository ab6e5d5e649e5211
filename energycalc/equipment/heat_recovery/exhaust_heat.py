"""Heat of a gas-fired furnace's exhaust, put to air or water that is heated with gas today.

The exhaust gives what the heat exchanger passes, and only in the hours in which the use takes it. It is not cooled
below its dew point: for that there is the condensing economizer.
"""

from __future__ import annotations

from dataclasses import replace

from energycalc.equipment.description import (
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    levels,
    notes_on_readings,
    number,
    part,
    reading,
)
from energycalc.equipment.description.instruments import FLUE_GAS_ANALYSER, THERMOCOUPLE
from energycalc.equipment.shared.firing import FUEL_PARAMETERS, fuel_of
from energycalc.equipment.shared.heat_use import (
    HEAT_USE,
    LEVEL,
    PROFILE,
    Level,
    Match,
    ceiling_of_use,
    change_of_use,
    profile_parameter,
    use_parameters,
)
from energycalc.physics.combustion.flue_gas import heat_balance
from energycalc.physics.combustion.flue_gas_cooling import dry_capacity, flue_heat_capacity_rate
from energycalc.physics.combustion.gas_species import gases_at, published
from energycalc.physics.combustion.stoichiometry import burn, excess_air
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.steam.water_steam import refuse_boiling
from energycalc.quantity import cite

TECHNOLOGY, CARRIER = "exhaust_heat", "natural_gas"
SOURCE_POWER = Parameter(
    "fuel_power", ("common",), "kWh[LHV]/h", "900 kWh[LHV]/h", "fuel_power：排氣來源之燃料熱輸入（停機為 0）",
    "fuel_power, the fuel heat of the source (0 while it stands)", range=(0, 1e6),
)  # fmt: skip
COLUMNS = (SOURCE_POWER, HEAT_USE, HOURS_AT_LEVEL)


def change(before: Given, after: Given, common: Given) -> Change:
    """Heat air or water with the exhaust of a furnace instead of gas.

    Args:
        before: ``effectiveness`` of the exchanger that is there; 0 % without one.
        after: ``effectiveness`` of the new one; if written ``auxiliary_power`` of its fan or pump.
        common: the source (fuel, dry oxygen, temperature), the use (from and to which temperature), the efficiency of
            the heater that is relieved, and the profile of what source and use do at the same time.

    Returns:
        Fuel of the relieved heater.

    Raises:
        OutOfRange: the source is no hotter than the use needs, the exhaust would condense, an impossible efficiency.
        InputError: a parameter is missing, unknown or of the wrong kind.
    """
    check(PARAMETERS, before, after, common)
    notes = notes_on_readings(TECHNOLOGY, PARAMETERS, common, after)
    return change_of_use(TECHNOLOGY, CARRIER, _match(common), before, after, common, notes)


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """What an endless counterflow surface would save, condensation left out."""
    check(PARAMETERS, before, after, common)
    return ceiling_of_use(TECHNOLOGY, CARRIER, _match(common), before, common)


def change_water(before: Given, after: Given, common: Given) -> Change:
    """As :func:`change`, for water that must not boil at ``use_pressure``."""
    check(WATER_PARAMETERS, before, after, common)
    refuse_boiling(
        number(common, "use_temperature"),
        absolute_pressure(number(common, "use_pressure"), published("all", "standard_atmosphere")),
    )
    return change(before, after, _as_air(common))


def ceiling_water(before: Given, after: Given, common: Given) -> Ceiling:
    """As :func:`ceiling`, for water."""
    check(WATER_PARAMETERS, before, after, common)
    return ceiling(before, after, _as_air(common))


def _as_air(common: Given) -> Given:
    return {key: value for key, value in common.items() if key != "use_pressure"}


def _match(common: Given) -> Match:
    hot, cold = (reading(PARAMETERS, common, key) for key in ("flue_gas_temperature", "use_inlet_temperature"))
    gas = burn(fuel_of(common))
    oxygen = reading(PARAMETERS, common, "flue_gas_oxygen_dry")
    excess = excess_air(oxygen, gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen)
    source, ambient = gases_at(hot), gases_at(number(common, "ambient_temperature"), reference=True)
    per_fuel = dry_capacity(gas, excess, source, gases_at(cold))
    dew = heat_balance(gas, excess, flue=source, air=ambient, ambient=ambient).dew_point
    found = []
    for index, level in enumerate(levels(common[PROFILE], PROFILE, LEVEL, COLUMNS), start=1):
        with part(f"{LEVEL} {index}"):
            rate = flue_heat_capacity_rate(number(level, "fuel_power"), per_fuel)
        found.append(Level(rate, number(level, "heat_use"), number(level, "hours")))
    return Match(
        hot, cold, number(common, "use_temperature"), found, dew,
        "the exhaust would fall below its dew point in the heat exchanger",
    )  # fmt: skip


PARAMETERS = (
    *use_parameters(CARRIER),
    Parameter("flue_gas_oxygen_dry", ("common",), "%", "7.0 %", "排氣來源乾煙氣含氧率（煙氣分析儀，已除水）",
              "of the source's dry flue gas, analyser with dried sample", range=(0, 20.8),
              default_uncertainty=FLUE_GAS_ANALYSER),
    Parameter("flue_gas_temperature", ("common",), "degC", "400 °C", "熱交換器入口之排氣溫度（熱電偶）",
              "exhaust where it enters the heat exchanger, thermocouple", range=(0, 1300),
              default_uncertainty=THERMOCOUPLE),
    *(p for p in FUEL_PARAMETERS if p.name != "combustion_air_moisture"),
    profile_parameter(SOURCE_POWER),
)  # fmt: skip
WATER_PARAMETERS = (
    *PARAMETERS,
    Parameter("use_pressure", ("common",), "bar[g]", "3 bar(g)", "被加熱水之壓力（沸點檢查）",
              "of the heated water, for its boiling point", range=(0, 160)),
)  # fmt: skip
EXAMPLE = WorkedExample(
    before={"effectiveness": "0 %"},
    after={"effectiveness": "62.5 %"},
    common={
        "fuel": {"methane": "94 %", "ethane": "2.07 %", "nitrogen": "1.41 %", "hydrogen": "0.01 %",
                 "propane": "0.42 %", "butane": "0.28 %", "carbon_monoxide": "1 %", "carbon_dioxide": "0.71 %"},
        "flue_gas_oxygen_dry": "5.14 %",
        "flue_gas_temperature": "385 °C",
        "ambient_temperature": "15.56 °C",
        "use_inlet_temperature": "107.22 °C",
        "use_temperature": "120 °C",
        "heater_efficiency": "85 %",
        "coincident_use": [{"fuel_power": "13,965 kWh[LHV]/h", "heat_use": "1,500 kW", "hours": "8,000 h"}],
    },
    of="exchanged_heat",
    given="4,649,485 kJ/h",
    tolerance=0.03,
    source=cite("measur-tools-suite", "water heating using flue gas, unit test: heat recovered"),
    because_en="The source gives 4,649,485 kJ/h for flue gas of 725 °F against water of 225 °F, because it averages "
    "fitted heat capacities and burns with moist air; ours, from the enthalpies of the gases in dry air, is "
    "1 % smaller.",
    because_zh="來源值 4,649,485 kJ/h（725 °F 煙氣對 225 °F 水），因為其熱容取兩端擬合值之平均並計入濕空氣；"
    "本計算取自氣體焓值與乾空氣，約小 1 %。",
)  # fmt: skip
LIMITS_ZH = (
    "排氣不低於露點（冷凝者另用冷凝節熱器）；熱容流率視為定值；以同時段之用熱為上限，儲熱不計。來源爐本身之效率不變。"
)
LIMITS_EN = (
    "The exhaust stays above its dew point (see the condensing economizer); constant heat capacity rates; no storage: "
    "heat counts in the hours in which it is used. The source furnace itself does not change."
)
TO_AIR = TechnologyDescription(
    key="exhaust_heat_to_air",
    label_zh="排氣餘熱加熱製程或室內空氣",
    label_en="Exhaust heat to process or room air",
    carrier=CARRIER,
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    adds=("electricity",),
    limits_zh=LIMITS_ZH,
    limits_en=LIMITS_EN,
    turning_point_zh="有效度提高至排氣降到露點即止（拒絕）；風機用電另計，回收熱少的時段可能得不償失。",
    turning_point_en="More effectiveness ends at the dew point of the exhaust (refused); the fan's electricity is "
    "booked beside it and can outweigh little heat.",
)
TO_WATER = TechnologyDescription(
    key="exhaust_heat_to_water",
    label_zh="排氣餘熱加熱水",
    label_en="Exhaust heat to water",
    carrier=CARRIER,
    parameters=WATER_PARAMETERS,
    change=change_water,
    ceiling=ceiling_water,
    worked_example=replace(EXAMPLE, common={**EXAMPLE.common, "use_pressure": "3 bar(g)"}),
    adds=("electricity",),
    limits_zh=LIMITS_ZH + "水不得沸騰：用熱溫度須低於其壓力之沸點。",
    limits_en=LIMITS_EN + " The water must not boil: its temperature stays below the boiling point of its pressure.",
    turning_point_zh=TO_AIR.turning_point_zh,
    turning_point_en=TO_AIR.turning_point_en,
)
DESCRIPTIONS = (TO_AIR, TO_WATER)
