"""Condensing economizer: flue gas of a gas-fired boiler cooled below its dew point by water that is cold enough.

The heat must go into water that the same boiler would otherwise heat (make-up, return, process water of its circuit),
and the water must be colder than the gas at both ends *and* where the gas reaches its dew point.
"""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.equipment.description import (
    BOTH,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    notes_on_readings,
    number,
    reading,
    uses_more,
)
from energycalc.equipment.description.instruments import FLUE_GAS_ANALYSER, THERMOCOUPLE
from energycalc.equipment.shared.firing import (
    FUEL_PARAMETERS,
    surroundings,
)
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion.firing import Surroundings, largest_saving, remaining_fraction
from energycalc.physics.combustion.flue_gas_cooling import (
    condensing_stack_loss,
    fuel_over_hours,
    heat_kept,
    recovered_per_fuel,
)
from energycalc.physics.combustion.gas_species import GasesAt, gases_at
from energycalc.physics.combustion.stoichiometry import excess_air
from energycalc.physics.heat_transfer.heat_exchanger import (
    SECOND_LAW,
    cold_outlet_temperature,
    heat_capacity_rate_by_volume,
    refuse_uphill,
    volumetric_heat_capacity,
)
from energycalc.physics.steam.water_steam import water_density, water_specific_heat
from energycalc.quantity import Quantity, cite, quantity

TECHNOLOGY = "condensing_economizer"
STACK, WATER = "stack_temperature", "water_inlet_temperature"
LEFT = cite("first-law", "heat left for the boiler")


@dataclass(frozen=True)
class Stack:
    """Stack loss and heat kept per fuel heat, and the dew point of the flue gas."""

    loss: Quantity
    kept: Quantity
    dew: Quantity | None


def change(before: Given, after: Given, common: Given) -> Change:
    """Cool the flue gas of a boiler further, below its dew point, into water of its own circuit.

    Args:
        before: ``stack_temperature`` as it is.
        after: ``stack_temperature`` behind the condensing economizer.
        common: fuel, dry oxygen, combustion air, ambient, the water (inlet temperature and flow), the mean fuel heat of
            the boiler and its hours.

    Raises:
        OutOfRange: the water is not colder than the flue gas at an end or at the dew point.
        InputError: a parameter is missing, unknown or of the wrong kind.
    """
    check(PARAMETERS, before, after, common)
    around, excess = _source(common)
    old = _stack(around, excess, _gases(before))
    new = old if after[STACK] is before[STACK] else _stack(around, excess, _gases(after))
    _water_is_cold_enough(around, excess, before, after, common, (old, new))
    remaining = remaining_fraction(
        old.kept.renamed("available_heat_before", "AH_0", LEFT),
        new.kept.renamed("available_heat_after", "AH_1", LEFT),
    )
    energy = fuel_over_hours(number(common, "fuel_power"), number(common, "operating_hours"))
    return Change(
        remaining,
        "natural_gas",
        energy.renamed("energy_before_model", "E_m0"),
        (energy * remaining).renamed("energy_after_model", "E_m1", cite("first-law", "same useful heat")),
        (*uses_more(TECHNOLOGY, remaining), *_stays_dry(after, new),
         *notes_on_readings(TECHNOLOGY, PARAMETERS, {**before, **common}, after)),
    )  # fmt: skip


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """Flue gas cooled to the inlet temperature of the water, all that then condenses counted."""
    check(PARAMETERS, before, after, common)
    around, excess = _source(common)
    coldest = gases_at(reading(PARAMETERS, common, WATER))
    return Ceiling(
        largest_saving(_stack(around, excess, _gases(before)).kept, _stack(around, excess, coldest).kept),
        "The flue gas cannot leave colder than the water that cools it comes in.",
        "煙氣出口溫度不可能低於冷卻水入口溫度。",
        SECOND_LAW,
    )


def _source(common: Given) -> tuple[Surroundings, Quantity]:
    around = surroundings(common)
    gas, oxygen = around.combustion, reading(PARAMETERS, common, "flue_gas_oxygen_dry")
    return around, excess_air(oxygen, gas.stoichiometric_air, gas.stoichiometric_dry_flue_gas, gas.air.oxygen)


def _gases(side: Given) -> GasesAt:
    return gases_at(reading(PARAMETERS, side, STACK))


def _stack(around: Surroundings, excess: Quantity, flue: GasesAt) -> Stack:
    loss, dew = condensing_stack_loss(around.combustion, excess, flue, around.ambient, around.moisture)
    return Stack(loss, heat_kept(loss), dew)


def _water_is_cold_enough(
    around: Surroundings,
    excess: Quantity,
    before: Given,
    after: Given,
    common: Given,
    stacks: tuple[Stack, Stack],
) -> None:
    """Refuse heat that would flow uphill: at the cold end, at the hot end, and where condensation begins."""
    cold, hot, water = number(after, STACK), number(before, STACK), reading(PARAMETERS, common, WATER)
    if cold is hot:
        return
    refuse_uphill(cold, water, "the water is not colder than the flue gas it shall cool",
                  "Take colder water, or a higher stack temperature")  # fmt: skip
    old, new = stacks
    rate = heat_capacity_rate_by_volume(
        number(common, "cooling_water_flow"), volumetric_heat_capacity(water_density(water), water_specific_heat(water))
    )
    power = number(common, "fuel_power")
    heat = power * recovered_per_fuel(old.loss, new.loss)
    warm = cold_outlet_temperature(water, heat.to("kW"), rate)
    refuse_uphill(hot, warm, "the water would leave hotter than the flue gas comes in", "Take more water")
    dew = new.dew
    if dew is None or not cold.value_in("K") < dew.value < hot.value_in("K"):
        return
    at_dew = quantity(float(dew.value) - 273.15, "degC", name=STACK, source=SECOND_LAW)
    below = _stack(around, excess, gases_at(at_dew))
    inner = power * recovered_per_fuel(below.loss, new.loss)
    there = cold_outlet_temperature(water, inner.to("kW"), rate)
    if there.value >= dew.value:
        raise OutOfRange(
            "the water is already as hot as the dew point where the flue gas begins to condense",
            subject=water.describe(),
            value=f"{there.value - 273.15:.1f} °C there",
            limit=f"below {dew.value - 273.15:.1f} °C, the dew point ({SECOND_LAW})",
            next_step="Take more or colder water, or a higher stack temperature",
        )


def _stays_dry(after: Given, new: Stack) -> list[Finding]:
    stack = number(after, STACK)
    if new.dew is not None and stack.value_in("K") < new.dew.value:
        return []
    dew = "below 0 °C" if new.dew is None else f"{new.dew.value - 273.15:.0f} °C"
    return [
        doubt(
            "condensing_economizer.does_not_condense", "note",
            f"The flue gas leaves above its dew point ({dew}): nothing condenses.",
            f"煙氣出口高於露點（{dew}），並未冷凝。",
            None,
            stack_temperature=str(stack),
        )
    ]  # fmt: skip


PARAMETERS = (
    Parameter(STACK, BOTH, "degC", "55 °C", "煙囪入口之煙氣溫度（改善後：冷凝節熱器出口）",
              "of the flue gas where it enters the stack (after: behind the condensing economizer)", range=(5, 199),
              default_uncertainty=THERMOCOUPLE),
    Parameter("flue_gas_oxygen_dry", ("common",), "%", "4.0 %", "乾煙氣含氧率（煙氣分析儀，已除水）",
              "of the dry flue gas, analyser with dried sample", range=(0, 20.8),
              default_uncertainty=FLUE_GAS_ANALYSER),
    Parameter(WATER, ("common",), "degC", "25 °C", "進入冷凝節熱器之水溫（補給水或回水，溫度計）",
              "of the water where it enters (make-up or return), thermometer", range=(1, 150),
              default_uncertainty=THERMOCOUPLE),
    Parameter("cooling_water_flow", ("common",), "m3/h", "8 m3/h", "該水之平均流量（與燃燒同時）",
              "mean flow of that water while the boiler fires", range=(0.01, 1e5)),
    Parameter("fuel_power", ("common",), "kWh[LHV]/h", "3,000 kWh[LHV]/h", "平均燃料熱輸入（氣表×熱值／時數）",
              "mean fuel heat: gas meter × heating value over hours", range=(0.1, 1e6)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間燃燒時數", "hours of firing in the period",
              range=(1, 8784)),
    *FUEL_PARAMETERS,
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="condensing_economizer",
    label_zh="冷凝式節熱器",
    label_en="Condensing economizer",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"stack_temperature": "148.889 °C"},
        after={"stack_temperature": "51.667 °C"},
        common={
            "fuel": {"methane": "94.1 %", "ethane": "3.02 %", "nitrogen": "1.41 %", "hydrogen": "0.01 %",
                     "propane": "0.42 %", "butane": "0.28 %", "carbon_dioxide": "0.7 %", "oxygen": "0.01 %"},
            "flue_gas_oxygen_dry": "4.15 %",
            "ambient_temperature": "21.111 °C",
            "water_inlet_temperature": "20 °C",
            "cooling_water_flow": "100 m3/h",
            "fuel_power": "30,690 kWh[LHV]/h",
            "operating_hours": "8,000 h",
        },
        of="saving_rate",
        given="6.8 %",
        tolerance=0.06,
        source=cite("measur-tools-suite", "air/water cooling using flue gas, unit test: 116 MMBtu/h, 300 to 125 °F"),
        because_en="The source gives 4.83 + 2.34 MMBtu/h won from 116 MMBtu/h at 84.4 % efficiency, that is 6.8 % of "
        "the fuel, because it takes the share that condenses from a fit (19.8 % of the water); saturated flue gas at "
        "125 °F lets 17.4 % fall.",
        because_zh="來源值為 116 MMBtu/h、效率 84.4 % 時回收 4.83＋2.34 MMBtu/h，相當於節能 6.8 %，"
        "因為其冷凝比例取自擬合式（19.8 %）；以 125 °F 飽和煙氣計為 17.4 %。",
    ),
    limits_zh="燃氣、燃料不含硫；熱量須用於同一鍋爐系統之水；煙氣低於 200 °C；風機背壓與冷凝水處理不計。",
    limits_en="Gas without sulphur; the heat goes into water of the same boiler; flue gas below 200 °C; draught of the "
    "fan and treatment of the condensate are not counted.",
    turning_point_zh="水溫須低於煙氣兩端與露點處溫度；水量過少或水溫過高時拒絕。高於露點時只有顯熱，低於露點後節能陡增。",
    turning_point_en="The water must be colder than the gas at both ends and at the dew point (refused otherwise); "
    "above the dew point only sensible heat is won, below it the saving rises steeply.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
