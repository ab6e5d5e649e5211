"""Recuperators and regenerative burners: the flue gas of a furnace heats its combustion air.

The exchanger is known by its effectiveness, or by surface, coefficient and flow arrangement; then fuel, air and flue
gas fall together and the effectiveness is solved for. The heat that the furnace itself needs stays what it was:

    fuel after / fuel before = available heat before / available heat after

Air that leaks to the flue side, losses of the hot-air ducts and cold air mixed in to protect the exchanger are left
out. The power of a larger fan is booked as electricity where it is given.
"""

from __future__ import annotations

from functools import partial

from energycalc.equipment.description import (
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
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.shared.firing import (
    AIR,
    AIR_LIMIT,
    AIR_PARAMETERS,
    BURNER_PARAMETERS,
    FLUE,
    FLUE_PARAMETERS,
    FUEL_PARAMETERS,
    OXYGEN,
    OXYGEN_PARAMETERS,
    air_that_can_be,
    burner_energy_of,
    doubts_of_firing,
    firing_of,
    mean_fuel_power,
    model_energies,
    surroundings,
    within_limit,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion import firing
from energycalc.physics.combustion.air_preheater import (
    NTU,
    air_capacity_rate,
    capacity_ratio,
    effectiveness_of_area,
    exchanger_conductance,
    preheated_air_temperature,
)
from energycalc.physics.combustion.firing import Firing, Surroundings, remaining_fraction
from energycalc.physics.combustion.flame import flue_temperature_after
from energycalc.physics.combustion.flue_gas import HeatBalance, combustion_air, flue_gas
from energycalc.quantity import Quantity, cite, formula, require
from energycalc.quantity.aliases import Hour, Kilowatt, KilowattHourLHV, UsefulPerFuelLHV

BY_AREA = ("recuperator_area", "recuperator_coefficient", "flow_arrangement")
FIRST_LAW = cite("first-law", "the air takes no more heat than the flue gas in the exchanger gives")


@formula(
    symbol="e_fan",
    source=cite("first-law", "energy is power times time"),
    limits={"extra_fan_power": (0, None), "burner_energy": (1e-9, None)},
)
def fan_electricity_per_fuel(
    extra_fan_power: Kilowatt, operating_hours: Hour, burner_energy: KilowattHourLHV
) -> UsefulPerFuelLHV:
    """Electricity of the larger combustion-air fan per fuel heat before the measure."""
    return extra_fan_power * operating_hours / burner_energy


def change(technology: str, before: Given, after: Given, common: Given) -> Change:
    """Put a heat exchanger between flue gas and combustion air.

    Args:
        technology: ``recuperator`` or ``regenerator``.
        before: ``flue_gas_oxygen_dry``, ``flue_gas_temperature`` (leaving the furnace), ``combustion_air_temperature``.
        after: ``recuperator_effectiveness``, or ``recuperator_area``, ``recuperator_coefficient`` and
            ``flow_arrangement``; for a regenerator ``flue_share_through_exchanger``; oxygen and flue-gas temperature
            where they change; ``extra_fan_power``.
        common: fuel, ambient temperature, moisture, limit of the air temperature; the three numbers of the burner,
            which surface and fan need.

    Raises:
        InputError: the exchanger is described in both ways or in none, or the burner is missing.
        OutOfRange: what a furnace's flue gas refuses, and more heat into the air than the flue gas has.
    """
    around, then, old, new, changed = _states(technology, before, after, common)
    remaining = remaining_fraction(
        old.available_heat.renamed("available_heat_before", "AH_0", firing.SAME_HEAT),
        new.available_heat.renamed("available_heat_after", "AH_1", firing.SAME_HEAT),
    )
    within_limit(then.air.temperature, common.get("combustion_air_temperature_limit"))
    energy = burner_energy_of(common)
    added = {}
    if "extra_fan_power" in after:
        if energy is None:
            raise _needs_burner("extra_fan_power")
        per_fuel = fan_electricity_per_fuel(number(after, "extra_fan_power"), number(common, "operating_hours"), energy)
        added["electricity"] = per_fuel.renamed("electricity_per_fuel", "e_el", FIRST_LAW)
    return Change(
        remaining,
        "natural_gas",
        *model_energies(common, remaining),
        (
            *doubts_of_firing(around, then),
            *_condensing(technology, around, then, new, _flue_share(after)),
            *uses_more(technology, remaining),
            *notes_on_readings(technology, PARAMETERS[technology], before, changed),
        ),
        added=added,
    )


def ceiling(technology: str, before: Given, after: Given, common: Given) -> Ceiling:
    """The most that hotter air can save at this flue-gas temperature: air as hot as the flue gas.

    Args:
        technology: as for :func:`change`; so are the others.
        before: what the case file says.
        after: what the case file says.
        common: what the case file says.
    """
    around, then, old, _, _ = _states(technology, before, after, common)
    return Ceiling(
        firing.largest_saving(old.available_heat, firing.at_best(around, then.flue, then.flue)),
        "Air cannot become hotter than the flue gas that heats it, and the flue gas carries more heat than the air.",
        "空氣不可能高於加熱它的煙氣溫度，且煙氣所含熱量大於空氣。",
        cite("second-law", "heat flows from hot to cold"),
    )


def _states(
    technology: str, before: Given, after: Given, common: Given
) -> tuple[Surroundings, Firing, HeatBalance, HeatBalance, Given]:
    parameters = PARAMETERS[technology]
    check(parameters, before, after, common)
    around = surroundings(common)
    changed = {key: after[key] for key in (OXYGEN, FLUE) if key in after and after[key] is not before[key]}
    true = {key: reading(parameters, before, key) for key in (OXYGEN, FLUE, AIR)}
    now = firing_of(true)
    air_that_can_be(common, around, now, heated=True)
    cold = around.ambient.temperature
    bare = firing_of(true | {key: reading(parameters, changed, key) for key in changed} | {AIR: cold}, now)
    old, without = firing.balance(around, now), firing.balance(around, bare)
    effectiveness = _effectiveness(around, bare, old, without, after, common)
    hot = preheated_air_temperature(cold.to("K"), bare.flue.absolute, effectiveness)
    true_after = {OXYGEN: bare.oxygen, FLUE: bare.flue.temperature, AIR: hot.renamed(AIR, "T_air1", FIRST_LAW)}
    then = firing_of(true_after, bare)
    new = firing.balance(around, then)
    _enough_heat(around, bare, new, _flue_share(after))
    return around, then, old, new, changed


def _effectiveness(
    around: Surroundings, bare: Firing, old: HeatBalance, without: HeatBalance, after: Given, common: Given
) -> Quantity:
    by_area = [key for key in BY_AREA if key in after]
    if ("recuperator_effectiveness" in after) == bool(by_area):
        raise InputError(
            "the exchanger is known by its effectiveness or by its surface: one of the two",
            subject=subject_of("recuperator_effectiveness"),
            value=", ".join(by_area) or "neither",
            limit=f"recuperator_effectiveness, or {', '.join(BY_AREA)}",
            next_step="Keep the maker's effectiveness, or all three numbers of the surface",
        )
    if not by_area:
        return number(after, "recuperator_effectiveness")
    if len(by_area) < len(BY_AREA):
        raise InputError(
            "a surface needs all three of its numbers",
            subject=subject_of(", ".join(by_area)),
            limit=", ".join(BY_AREA),
            next_step=f"Add {', '.join(key for key in BY_AREA if key not in after)}",
        )
    if burner_energy_of(common) is None:
        raise _needs_burner("recuperator_area")
    require(bare.flue.absolute, ">", around.ambient.absolute, "flue gas no hotter than ambient heats no air", NTU,
            "Check the two temperatures")  # fmt: skip
    full = firing.balance(around, Firing(bare.oxygen, bare.flue, bare.flue))
    heat_of_air = full.preheat.renamed("heat_of_air", "q_max", FIRST_LAW)
    power = mean_fuel_power(number(common, "burner_rating"), number(common, "load_factor"))
    cold, hot = around.ambient.absolute, bare.flue.absolute
    excess = firing.excess_air_of(around, bare)
    return effectiveness_of_area(
        word(after, "flow_arrangement") == "counterflow",
        exchanger_conductance(number(after, "recuperator_area"), number(after, "recuperator_coefficient")),
        air_capacity_rate(power, heat_of_air, hot, cold),
        capacity_ratio(heat_of_air, without.flue_gas_loss.renamed("heat_of_flue_gas", "q_fl", FIRST_LAW)),
        (cold, hot),
        (old.available_heat, without.available_heat),
        dict(combustion_air(around.combustion, excess, around.moisture)),
        around.combustion.lower_heating_value,
    )


def _flue_share(after: Given) -> float:
    share = after.get("flue_share_through_exchanger")
    return float(share.value_in("1")) if isinstance(share, Quantity) else 1.0


def _enough_heat(around: Surroundings, bare: Firing, new: HeatBalance, share: float) -> None:
    given, taken = share * float(new.flue_gas_loss.value), float(new.preheat.value)
    if taken > given:
        raise OutOfRange(
            "the air would take more heat than the flue gas in the exchanger has",
            subject=subject_of("flue_share_through_exchanger"),
            value=f"air {taken:.3f}, flue gas {given:.3f} kWh per kWh of fuel",
            limit=f"air at most what the flue gas gives in cooling to ambient ({FIRST_LAW})",
            next_step="Take a smaller effectiveness, or a larger share of flue gas through the exchanger",
        )


def _condensing(technology: str, around: Surroundings, then: Firing, new: HeatBalance, share: float) -> list[Finding]:
    if new.dew_point is None:
        return []
    excess = firing.excess_air_of(around, then)
    gas = flue_gas(around.combustion, excess, combustion_air(around.combustion, excess, around.moisture))
    lower = around.combustion.lower_heating_value.declared("kJ/mol", FIRST_LAW)
    left = (new.flue_gas_loss.value - new.preheat.value / share) * lower
    leaving = float(flue_temperature_after(gas, left, around.ambient).value) - 273.15
    dew = float(new.dew_point.value) - 273.15
    if leaving > dew:
        return []
    return [
        doubt(
            f"{technology}.flue_gas_condenses",
            "warning",
            f"The flue gas would leave the exchanger at {leaving:.0f} °C, below its dew point of {dew:.0f} °C; acid "
            "water attacks the exchanger.",
            f"煙氣離開換熱器時約 {leaving:.0f} °C，低於露點 {dew:.0f} °C；冷凝酸水將腐蝕換熱器。",
            FIRST_LAW,
            leaving=f"{leaving:.0f} °C",
            dew_point=f"{dew:.0f} °C",
        )
    ]


def _needs_burner(what: str) -> InputError:
    return InputError(
        "needs the size of the burner",
        subject=subject_of(what),
        limit="burner_rating, load_factor, operating_hours",
        next_step="Add the three numbers of the burner",
    )


EXCHANGER = (
    Parameter("recuperator_effectiveness", ("after",), "%", "60 %",
              "製造商資料：（空氣出口－空氣入口）／（煙氣入口－空氣入口）；亦可由三支溫度計量得",
              "maker's data: (air out − air in) / (flue gas in − air in); or three thermometers on one that runs",
              optional=True, range=(0, 100)),
    Parameter("flue_gas_oxygen_dry", ("after",), "%", "3.0 %", "裝置後之乾煙氣含氧率；不變者不填",
              "oxygen of the dry flue gas after the measure; left out where it stays", optional=True, range=(0, 20.9)),
    Parameter("flue_gas_temperature", ("after",), "degC", "850 °C", "裝置後之爐膛出口煙氣溫度；不變者不填",
              "flue gas leaving the furnace after the measure; left out where it stays", optional=True,
              range=(0, 2000)),
    Parameter("extra_fan_power", ("after",), "kW", "1.5 kW", "換熱器壓損使助燃風機增加之電功率",
              "additional electric power of the combustion-air fan against the exchanger's pressure drop",
              optional=True, range=(0, 1000)),
)  # fmt: skip
SURFACE = (
    Parameter("recuperator_area", ("after",), "m2", "25 m2", "換熱面積（製造商資料）", "surface, from the maker",
              optional=True, range=(0.01, 1e5)),
    Parameter("recuperator_coefficient", ("after",), "kW/(m2*K)", "0.02 kW/(m2*K)",
              "總熱傳係數（製造商資料，含積垢）", "overall coefficient, from the maker, with fouling",
              optional=True, range=(0.001, 1)),
    Parameter("flow_arrangement", ("after",), "", "counterflow", "逆流或並流（輻射式多為並流）",
              "counterflow or parallel flow (radiation recuperators are often parallel)", optional=True,
              choices=("counterflow", "parallel")),
)  # fmt: skip
SHARE = Parameter(
    "flue_share_through_exchanger", ("after",), "%", "85 %", "流經蓄熱體之煙氣比例；其餘直接排出爐膛",
    "share of the flue gas drawn through the regenerators; the rest leaves the furnace directly", range=(10, 100),
)  # fmt: skip
_SHARED = (
    *(p for p in (*OXYGEN_PARAMETERS, *FLUE_PARAMETERS, *AIR_PARAMETERS) if p.places == ("before",)),
    *EXCHANGER,
)
_COMMON = (*FUEL_PARAMETERS, AIR_LIMIT, *BURNER_PARAMETERS)
PARAMETERS = {
    "recuperator": (*_SHARED, *SURFACE, *_COMMON),
    "regenerator": (*_SHARED, SHARE, *_COMMON),
}
_BEFORE = {
    "flue_gas_oxygen_dry": "2.09 %",
    "flue_gas_temperature": "982.2 °C",
    "combustion_air_temperature": "26.7 °C",
}
_GIVEN = (
    "The source gives available heats of 47.87 and 60.25 % of the higher heating value with air of 80 and 700 °F, "
    "hence 20.55 %, because the same useful heat then needs 47.87/60.25 of the fuel; 700 °F is an effectiveness of "
    "36.05 %, and its fitted heat capacities leave a difference of 2.4 %."
)
_GIVEN_ZH = (
    "來源值：空氣 80 與 700 °F 時可用熱為高位發熱量之 47.87 % 與 60.25 %，即節能 20.55 %，因為有效熱不變；"
    "700 °F 相當於有效度 36.05 %，其熱容擬合式之差異為 2.4 %。"
)
_WHERE = cite("measur-npm", "flue gas by volume: 1800 °F, 2 % O2 by mass, combustion air 80 and 700 °F")


def _example(**more: str) -> WorkedExample:
    return WorkedExample(
        before=_BEFORE,
        after={"recuperator_effectiveness": "36.05 %", **more},
        common={"fuel": "natural_gas_us_typical", "ambient_temperature": "26.7 °C"},
        of="saving_rate", given="20.55 %", tolerance=0.03, source=_WHERE, because_en=_GIVEN, because_zh=_GIVEN_ZH,
    )  # fmt: skip


DESCRIPTIONS = (
    TechnologyDescription(
        key="recuperator",
        label_zh="換熱器（復熱器）預熱助燃空氣",
        label_en="Recuperator: flue gas heats the combustion air",
        carrier="natural_gas",
        parameters=PARAMETERS["recuperator"],
        change=partial(change, "recuperator"),
        ceiling=partial(ceiling, "recuperator"),
        worked_example=_example(),
        adds=("electricity",),
        limits_zh="不含換熱器漏風、熱風管散熱與保護用稀釋空氣；爐體需熱不變。以面積計算時取平均熱容。",
        limits_en="Leaves out leakage of the exchanger, losses of hot-air ducts and dilution air; the furnace needs "
        "the same heat. By surface: mean heat capacities.",
        turning_point_zh="面積再大，空氣也不超過煙氣溫度；壓損所需風機電力則持續增加。",
        turning_point_en="However large the surface, the air stays below the flue gas, while the fan's power keeps "
        "growing with the pressure drop.",
    ),
    TechnologyDescription(
        key="regenerator",
        label_zh="蓄熱式燃燒器",
        label_en="Regenerative burners",
        carrier="natural_gas",
        parameters=PARAMETERS["regenerator"],
        change=partial(change, "regenerator"),
        ceiling=partial(ceiling, "regenerator"),
        worked_example=_example(flue_share_through_exchanger="85 %"),
        adds=("electricity",),
        limits_zh="取整個切換週期之平均溫度；不含切換閥漏風與散熱；爐體需熱不變。",
        limits_en="Mean over the switching cycle; leaves out leakage of the reversing valves and losses; the furnace "
        "needs the same heat.",
    ),
)
