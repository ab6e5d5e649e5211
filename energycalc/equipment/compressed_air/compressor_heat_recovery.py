"""Heat of a compressor for a heater: what is used is what is offered, hot enough and needed in the same hours.

The machine whose energy falls is the *heater*. ``before`` says how well it burns, ``after`` what the recovery takes up,
``common`` what compressor and use do hour by hour and how hot they are.
"""

from __future__ import annotations

from energycalc.equipment.description import (
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    levels,
    notes_on_readings,
    number,
    part,
    plain_text,
    reading,
    subject_of,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.compressor_heat import (
    available_heat_of_compressor,
    heat_left_to_heater,
    heat_over_hours,
    heat_used_at_once,
    heater_fuel,
)
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite, constant, minimum, total

_WHOLE = cite("energy-balance", "sum over the levels of the profile")
MOST_RECOVERED = constant(
    "f_94",
    0.94,
    "1",
    cite("fluidpowerworld-heat-recovery", "up to 94 % of the input becomes heat"),
    name="usual_limit_of_recovery",
)


def change(before: Given, after: Given, common: Given) -> Change:
    """Heat a use with a compressor instead of a heater, as far as both run at once.

    Args:
        before: ``heater_efficiency``, on the lower heating value.
        after: ``recoverable_fraction`` of the compressor's input; optionally ``auxiliary_power`` of pump or fan.
        common: ``heat_profile`` (list of ``compressor_power``, ``heat_demand`` and ``hours``), ``source_temperature``,
            ``use_temperature``, ``approach``.

    Returns:
        The remaining fraction of the heater's fuel, both energies, and the electricity of pump or fan as added carrier.

    Raises:
        InputError: the use never needs heat.
        OutOfRange: more than all of the input recovered, or a use that is hotter than the source can make it.
    """
    check(PARAMETERS, before, after, common)
    _hot_enough(common)
    efficiency, fraction = number(before, "heater_efficiency"), number(after, "recoverable_fraction")
    profile = levels(common["heat_profile"], "heat_profile", _PROFILE, _LEVEL)
    old, new, offered, used, pumping = [], [], [], [], []
    findings = [*notes_on_readings("compressor_heat_recovery", _READ, profile[0], after), *_no_pump(after)]
    for index, level in enumerate(profile, start=1):
        demand, hours = number(level, "heat_demand"), number(level, "hours")
        with part(f"{_PROFILE} {index}"):
            power = reading(_LEVEL, level, "compressor_power")
            available = available_heat_of_compressor(power, fraction)
            taken = heat_used_at_once(available, demand)
            old.append(heater_fuel(demand, hours, efficiency))
            new.append(heater_fuel(heat_left_to_heater(demand, taken), hours, efficiency))
            offered.append(heat_over_hours(available, hours))
            used.append(heat_over_hours(taken, hours))
            if "auxiliary_power" in after and taken.value > 0:
                pumping.append(electrical_energy(reading(PARAMETERS, after, "auxiliary_power"), hours))
    energy_before = total(old).renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = total(new).renamed("energy_after_model", "E_m1", _WHOLE)
    if energy_before.value <= 0:
        raise InputError(
            "has no hour in which heat is needed",
            subject=subject_of("heat_profile"),
            next_step="Recovered heat without a use saves nothing: name the use and its heat demand",
        )
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", _WHOLE)
    added = {}
    if pumping:
        added = {"electricity": (total(pumping) / energy_before).renamed("added_electricity_ratio", "a_el", _WHOLE)}
    heat = total(used).renamed("recovered_heat_used", "Q_u", _WHOLE)
    return Change(
        remaining,
        "natural_gas",
        energy_before,
        energy_after,
        (*findings, *_doubts(fraction), *_unused(total(offered), heat)),
        added,
        (heat,),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """All of the input of the compressor, hour by hour, against what the use needs.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    needed, most = [], []
    for level in levels(common["heat_profile"], "heat_profile", _PROFILE, _LEVEL):
        demand, hours = number(level, "heat_demand"), number(level, "hours")
        needed.append(heat_over_hours(demand, hours))
        most.append(heat_over_hours(minimum(reading(_LEVEL, level, "compressor_power"), demand), hours))
    source = cite("energy-balance", "no more heat than input power, and none that is not needed at once")
    return Ceiling(
        (total(most) / total(needed)).renamed("largest_saving", "s_max", source),
        "A compressor gives no more heat than it takes electricity, and only in hours in which the use needs it.",
        "空壓機可回收之熱不超過其輸入電力，且僅限用熱端同時需要之時數。",
        source,
    )


def _hot_enough(common: Given) -> None:
    source, use, approach = (number(common, key) for key in ("source_temperature", "use_temperature", "approach"))
    reached = source.value_in("degC") - approach.value_in("K")
    if use.value_in("degC") > reached:
        raise OutOfRange(
            "the use is hotter than the source can make it: heat does not flow uphill",
            subject=subject_of("use_temperature"),
            value=plain_text(use),
            limit=f"{reached:g} degC (source_temperature {plain_text(source)} less approach {plain_text(approach)})",
            next_step="Preheat only up to that temperature and give the heat demand of that part, or take a heat pump",
        )


def _doubts(fraction: Quantity) -> list[Finding]:
    if fraction.value_in("1") <= MOST_RECOVERED.value + 1e-9:
        return []
    shown = f"{fraction.value_in('%'):.0f} %"
    return [
        doubt(
            "compressor_heat_recovery.fraction_high",
            "warning",
            f"{shown} of the input is said to be recovered; more than 94 % does not leave a compressor as usable heat.",
            f"申報回收比例 {shown}；一般可用熱不超過輸入電力之 94 %。",
            MOST_RECOVERED.source,
            recoverable_fraction=shown,
        )
    ]


def _no_pump(after: Given) -> list[Finding]:
    if "auxiliary_power" in after:
        return []
    return [
        doubt(
            "compressor_heat_recovery.auxiliary_not_counted",
            "note",
            "No pump or fan of the recovery is stated, so its electricity is not counted.",
            "未填回收用水泵或風機功率，其用電未計入。",
        )
    ]


def _unused(offered: Quantity, used: Quantity) -> list[Finding]:
    if offered.value <= 0 or used.value >= 0.999 * offered.value:
        return []
    share = f"{1 - used.value / offered.value:.0%}"
    return [
        doubt(
            "compressor_heat_recovery.heat_without_use",
            "note",
            f"{share} of the recoverable heat finds no use in its hour and is not counted.",
            f"可回收熱中有 {share} 在當時無處可用，未計入。",
            cite("energycalc-rules", "recovered heat counts in hours of coincidence only"),
            offered=f"{offered.value_in('kWh'):,.0f} kWh",
            used=f"{used.value_in('kWh'):,.0f} kWh",
        )
    ]


_PROFILE = "熱平衡 profile"
_LEVEL = (
    Parameter("compressor_power", ("common",), "kW", "90 kW", "該時段空壓機平均輸入功率（停機填 0 kW）",
              "mean input of the compressor in these hours (0 kW when it stands)", range=(0, 15000),
              default_uncertainty=POWER_LOGGER),
    Parameter("heat_demand", ("common",), "kW", "60 kW", "同時段用熱端平均需熱（不用熱填 0 kW）",
              "mean heat that the use needs in the same hours (0 kW when it needs none)", range=(0, 100000)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("heater_efficiency", ("before",), "%", "88 %", "被取代之鍋爐或熱水爐效率，以低位發熱量計",
              "of the boiler or heater that is displaced, on the lower heating value", range=(5, 111)),
    Parameter("recoverable_fraction", ("after",), "%", "75 %",
              "回收裝置取得之熱／空壓機輸入電力：熱量計量測，或製造商資料（油路或整機排風）",
              "heat taken up over compressor input: heat meter or maker's data (oil circuit of an oil-injected "
              "machine, or "
              "its exhaust air)", range=(0, 100)),
    Parameter("auxiliary_power", ("after",), "kW", "0.75 kW", "回收用水泵或風機之輸入功率",
              "input of the pump or fan of the recovery; not counted when left out", True, (0, 500),
              default_uncertainty=POWER_LOGGER),
    Parameter("heat_profile", ("common",), "", "[{compressor_power: 90 kW, heat_demand: 60 kW, hours: 3,000 h}]",
              "依同一時段分級：空壓機功率、需熱與時數（不同時發生者分列）",
              "levels of the same hours: compressor power, heat demand, hours (what does not coincide stands apart)"),
    Parameter("source_temperature", ("common",), "degC", "75 °C", "熱源溫度：油溫（約 60–90 °C）或排風溫度",
              "of the source: oil (about 60 to 90 °C) or exhaust air", range=(20, 180)),
    Parameter("use_temperature", ("common",), "degC", "60 °C", "用熱端所需供應溫度", "supply temperature that the "
                                                                            "use needs",
              range=(5, 180)),
    Parameter("approach", ("common",), "K", "5 K", "熱交換器端差", "temperature difference at the hot end of the "
                                                             "exchanger",
              range=(1, 40)),
)  # fmt: skip
_READ = (*PARAMETERS, *_LEVEL)

EXAMPLE = WorkedExample(
    before={"heater_efficiency": "100 %"},
    after={"recoverable_fraction": "90 %"},
    common={
        "heat_profile": [{"compressor_power": "100 kW", "heat_demand": "200 kW", "hours": "4,000 h"}],
        "source_temperature": "60 °C",
        "use_temperature": "30 °C",
        "approach": "10 K",
    },
    of="saving",
    given="360,000 kWh[LHV]",
    tolerance=1e-9,
    source=cite("fluidpowerworld-heat-recovery", "example: 100 kW, 4,000 h in the heating season, 90 %"),
    because_en="the source gives 360,000 kWh of heat, because all 4,000 h are heating hours; a heater of 100 % (lower "
    "heating value) burns the same number; demand and temperatures are ours, large and low enough not to bind.",
    because_zh="來源值為熱量 360,000 kWh，因為 4,000 h 皆為採暖時數；加熱器效率 100 %（低位）時所省燃料數值相同；"
    "需熱與溫度為本例所設，不構成限制。",
)
DESCRIPTION = TechnologyDescription(
    key="compressor_heat_recovery",
    label_zh="空壓機餘熱回收",
    label_en="Compressor heat recovery",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    adds=("electricity",),
    limits_zh="節省之能源屬於被取代之加熱設備；僅計同時段、溫度足夠之用熱。不計儲熱；空壓機用電不變。",
    limits_en="The energy saved is that of the heater it displaces; only heat that is hot enough and needed in the "
    "same "
    "hours counts. No storage; the compressor's own electricity does not change.",
    turning_point_zh="需熱小於可回收熱後，再提高回收比例不再節能，只增加泵電。",
    turning_point_en="Once the heat on offer passes the demand, more recovery saves nothing and only runs the pump.",
)
DESCRIPTIONS = (DESCRIPTION,)
