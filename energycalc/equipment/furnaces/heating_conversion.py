"""The same useful heat from another carrier: gas, electric resistance, induction, heat pump; both carriers booked.

The useful heat is held: that of the charge, the bath or the air, not that of the old furnace with its losses.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from energycalc.equipment.description import (
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    Given,
    Parameter,
    Place,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    number,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.shared.firing import BURNER_PARAMETERS, burner_energy_of, mean_fuel_power, model_energies
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.combustion.heating_conversion import (
    CARNOT,
    MOST_OF_CARNOT,
    SAME_HEAT,
    auxiliary_electricity_per_fuel,
    carnot_performance,
    converted_electricity_per_fuel,
    converted_fuel_per_electricity,
    electricity_for_charge,
    heat_pump_lift,
    heat_to_charge,
    heater_electricity,
    remaining_of_conversion,
    remaining_of_electric_heating,
)
from energycalc.quantity import Quantity, Source, cite, quantity

TO_ELECTRIC, TO_GAS, ELECTRIC = "gas_to_electric_heating", "electric_to_gas_heating", "electric_heating_replacement"
KINDS = ("resistance", "induction", "heat_pump")
BEST_INDUCTION = 0.85
HEATER = ("electric_heater_rating", "load_factor", "operating_hours")
INDUCTION = cite("forge-hybrid-heating", "coil efficiency of induction heaters below the Curie point often 80 to 85 %")


def to_electric(before: Given, after: Given, common: Given) -> Change:
    """Replace gas heating, or a share of it, by electric heating.

    Args:
        before: ``fuel_heating_efficiency``.
        after: ``electric_heating``; ``electric_performance``; ``converted_share`` where not all; for a heat pump
            ``heat_sink_temperature`` and ``heat_source_temperature``; ``heater_auxiliary_power``.
        common: the three numbers of the burner, all or none.

    Raises:
        OutOfRange: a heat pump better than Carnot, an electric heater above 100 %.
    """
    share, performance, best = _electric_side(TO_ELECTRIC, before, after, common)
    useful = _useful_per_fuel(before)
    added = converted_electricity_per_fuel(share, useful, performance)
    if "heater_auxiliary_power" in after:
        if burner_energy_of(common) is None:
            raise InputError("needs the size of the burner", subject=subject_of("heater_auxiliary_power"),
                             next_step="Add burner_rating, load_factor and operating_hours")  # fmt: skip
        power = mean_fuel_power(number(common, "burner_rating"), number(common, "load_factor"))
        added = added + auxiliary_electricity_per_fuel(number(after, "heater_auxiliary_power"), power)
    remaining = remaining_of_conversion(share)
    return Change(
        remaining,
        "natural_gas",
        *model_energies(common, remaining),
        tuple(_doubts(TO_ELECTRIC, after, performance, best)),
        added={"electricity": added.renamed("electricity_per_fuel", "e_el", SAME_HEAT)},
    )


def to_gas(before: Given, after: Given, common: Given) -> Change:
    """Replace electric heating, or a share of it, by gas.

    Args:
        before: ``electric_heating``, ``electric_performance``; the temperatures of a heat pump.
        after: ``fuel_heating_efficiency``, ``converted_share`` where not all.
        common: ``electric_heater_rating``, ``load_factor``, ``operating_hours``, all or none.
    """
    check(PARAMETERS[TO_GAS], before, after, common)
    performance, best = _performance(before)
    share = _share(after)
    added = converted_fuel_per_electricity(share, performance, _useful_per_fuel(after))
    remaining = remaining_of_conversion(share)
    model = _heater(common)
    left = None if model is None else (model * remaining).renamed("energy_after_model", "E_m1", SAME_HEAT)
    return Change(
        remaining,
        "electricity",
        model,
        left,
        tuple(_doubts(TO_GAS, before, performance, best)),
        added={"natural_gas": added.renamed("fuel_per_electricity", "e_fu", SAME_HEAT)},
    )


def electric(before: Given, after: Given, common: Given) -> Change:
    """Replace an electric heater by a better one: resistance, induction, heat pump.

    Args:
        before: ``electric_heating``, ``electric_performance``; the temperatures of a heat pump.
        after: the same.
        common: ``electric_heater_rating``, ``load_factor``, ``operating_hours``, all or none.
    """
    check(PARAMETERS[ELECTRIC], before, after, common)
    (old, _), (new, best) = _performance(before), _performance(after)
    remaining = remaining_of_electric_heating(old, new)
    model = _heater(common)
    left = None
    if model is not None:
        heat = heat_to_charge(model, old)
        left = electricity_for_charge(heat, new).renamed("energy_after_model", "E_m1")
    return Change(
        remaining,
        "electricity",
        model,
        left,
        (*_doubts(ELECTRIC, after, new, best), *uses_more(ELECTRIC, remaining)),
    )


def ceiling(technology: str, before: Given, after: Given, common: Given) -> Ceiling:
    """What conversion can save at most, and the least that the other carrier must then give.

    Args:
        technology: key of the description; the others as for its change.
        before: what the case file says.
        after: what the case file says.
        common: what the case file says.
    """
    check(PARAMETERS[technology], before, after, common)
    if technology == ELECTRIC:
        (now, _), (_, best) = _performance(before), _performance(after)
        return Ceiling(
            1 - remaining_of_electric_heating(now, best),
            "An electric heater gives at most its electricity as heat, a heat pump at most what Carnot allows.",
            "電熱設備至多將電能全數轉為熱；熱泵至多達卡諾性能係數。",
            CARNOT,
        )
    share = _share(after)
    if technology == TO_GAS:
        performance, _ = _performance(before)
        least = converted_fuel_per_electricity(share, performance, _pure("fuel_heating_efficiency", "kWh/kWh[LHV]"))
        carrier = "natural_gas"
    else:
        _, best = _performance(after)
        least = converted_electricity_per_fuel(share, _useful_per_fuel(before), best)
        carrier = "electricity"
    return Ceiling(
        share.to("1").renamed("largest_saving", "s_max", SAME_HEAT),
        "No more of the old carrier can go than that of the heat which is converted; the other must give this heat.",
        "原能源至多省下被轉換之部分，且另一能源須供應相同有效熱。",
        SAME_HEAT,
        {carrier: least},
    )


def _electric_side(technology: str, before: Given, after: Given, common: Given) -> tuple[Quantity, Quantity, Quantity]:
    check(PARAMETERS[technology], before, after, common)
    return _share(after), *_performance(after)


def _share(after: Given) -> Quantity:
    if "converted_share" in after:
        return number(after, "converted_share")
    all_of_it = Source("first-law", "all of the heat is converted")
    return quantity(1, "1", name="converted_share", symbol="s", source=all_of_it)


def _pure(name: str, unit: str) -> Quantity:
    return quantity(1, unit, name=name, symbol="η_1", source=Source("first-law", "all energy becomes useful heat"))


def _useful_per_fuel(side: Given) -> Quantity:
    given = number(side, "fuel_heating_efficiency")
    useful = given.to("1") * published("all", "released_heat")
    return useful.renamed("fuel_heating_efficiency", "η_f", SAME_HEAT)


def _performance(side: Given) -> tuple[Quantity, Quantity]:
    """Useful heat per electricity, and the most that physics allows for this kind.

    Raises:
        InputError: the temperatures of a heat pump are missing, or given for another heater.
        OutOfRange: better than physics allows.
    """
    given = number(side, "electric_performance")
    temperatures = [key for key in ("heat_sink_temperature", "heat_source_temperature") if key in side]
    if word(side, "electric_heating") != "heat_pump":
        if temperatures:
            raise InputError("only a heat pump has these temperatures", subject=subject_of(", ".join(temperatures)),
                             value=word(side, "electric_heating"), limit="heat_pump",
                             next_step="Leave them out, or choose heat_pump")  # fmt: skip
        best, why = _pure("electric_performance", "1"), "an electric heater gives at most its electricity as heat"
    else:
        if len(temperatures) < 2:
            raise InputError("needs both its temperatures", subject=subject_of("electric_heating"), value="heat_pump",
                             limit="heat_sink_temperature, heat_source_temperature", next_step="Add both")  # fmt: skip
        hot, cold = (number(side, key).to("K") for key in ("heat_sink_temperature", "heat_source_temperature"))
        if float(hot.value) <= float(cold.value):
            raise OutOfRange("a source that is hotter than the sink needs a heat exchanger, not a heat pump",
                             subject=subject_of("heat_source_temperature"), value=f"{cold.value - 273.15:.4g} °C",
                             limit=f"below {number(side, 'heat_sink_temperature')} ({CARNOT})",
                             next_step="Use the heat directly")  # fmt: skip
        best, why = carnot_performance(hot, heat_pump_lift(hot, cold)), "no heat pump is better than Carnot"
    if float(given.value_in("1")) > float(best.value_in("1")) * (1 + 1e-12):
        raise OutOfRange(why, subject=subject_of("electric_performance"), value=f"{float(given.value_in('1')):.4g}",
                         limit=f"at most {float(best.value_in('1')):.4g} ({CARNOT})",
                         next_step="Check performance and temperatures; an efficiency is below 100 %")  # fmt: skip
    return given.to("1"), best


def _doubts(technology: str, side: Given, performance: Quantity, best: Quantity) -> list[Finding]:
    kind, value = word(side, "electric_heating"), float(performance.value)
    if kind == "heat_pump" and value > MOST_OF_CARNOT * float(best.value_in("1")):
        share = value / float(best.value_in("1"))
        return [
            doubt(f"{technology}.near_carnot", "warning",
                  f"The heat pump is said to reach {share:.0%} of Carnot; over {MOST_OF_CARNOT:.0%} is doubtful.",
                  f"熱泵性能係數達卡諾之 {share:.0%}，超過 {MOST_OF_CARNOT:.0%} 存疑。",
                  cite("energycalc-rules", "heat pump above 0.65 of Carnot (TP12)"), share=f"{share:.1%}")
        ]  # fmt: skip
    if kind == "induction" and value > BEST_INDUCTION:
        return [
            doubt(f"{technology}.induction_efficiency", "warning",
                  f"Induction with {value:.0%} from grid to charge is above what coils alone reach (80 to 85 %).",
                  f"感應加熱由電網至工件 {value:.0%}，高於感應線圈本身之 80–85 %。",
                  INDUCTION, efficiency=f"{value:.1%}")
        ]  # fmt: skip
    return []


def _heater(common: Given) -> Quantity | None:
    written = [key for key in HEATER if key in common]
    if not written:
        return None
    if len(written) < len(HEATER):
        raise InputError("the energy of the heater needs all three, or none", subject=subject_of(", ".join(written)),
                         limit=", ".join(HEATER), next_step="Add the rest, or use the power meter")  # fmt: skip
    return heater_electricity(*(number(common, key) for key in HEATER)).renamed("energy_before_model", "E_m0")


def _electric_parameters(place: Place) -> tuple[Parameter, ...]:
    return (
        Parameter("electric_heating", (place,), "", "induction", "電加熱方式", "kind of electric heating",
                  choices=KINDS),
        Parameter("electric_performance", (place,), "%", "65 %",
                  "有效熱／用電：電阻與感應由電網至工件（含變頻器、線圈與散熱）之效率；熱泵填性能係數，如 320 %",
                  "useful heat per electricity: efficiency from the grid to the charge (converter, coil, heat losses); "
                  "for a heat pump its coefficient of performance, such as 320 %", range=(1, 3000)),
        Parameter("heat_sink_temperature", (place,), "degC", "70 °C", "熱泵供熱溫度（冷凝）",
                  "at which a heat pump gives its heat", optional=True, range=(-20, 300)),
        Parameter("heat_source_temperature", (place,), "degC", "25 °C", "熱泵取熱溫度（蒸發）",
                  "from which a heat pump takes its heat", optional=True, range=(-50, 250)),
    )  # fmt: skip


def _efficiency(place: Place) -> Parameter:
    return Parameter("fuel_heating_efficiency", (place,), "%", "35 %",
                     "有效熱（工件、槽液或空氣所得）／燃料低位發熱量：由產量×焓差÷瓦斯用量求得",
                     "useful heat (of charge, bath or air) over fuel heat, lower heating value: throughput times "
                     "enthalpy over the gas used", range=(1, 100))  # fmt: skip


_SHARE = Parameter("converted_share", ("after",), "%", "100 %", "改由新能源供應之有效熱比例；全部轉換者不填",
                   "share of the useful heat that the new carrier gives; all when left out", optional=True,
                   range=(0, 100))  # fmt: skip
_HEATER = (
    Parameter("electric_heater_rating", ("common",), "kW", "200 kW", "電加熱設備額定電功率", "rated electric power",
              optional=True, range=(0.01, 1e6)),
    Parameter("load_factor", ("common",), "%", "60 %", "平均電功率／額定", "mean power over rating", optional=True,
              range=(0, 125)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "計時器或排班，期間總時數",
              "hour meter or shifts, hours of the period", optional=True, range=HOURS_OF_A_YEAR),
)  # fmt: skip
_AUXILIARY = Parameter("heater_auxiliary_power", ("after",), "kW", "5 kW",
                       "新設備之冷卻水泵、風扇等附屬用電（運轉時平均）",
                       "mean power of the new heater's cooling pumps and fans while it runs", optional=True,
                       range=(0, 1e4))  # fmt: skip
PARAMETERS = {
    TO_ELECTRIC: (_efficiency("before"), *_electric_parameters("after"), _SHARE, _AUXILIARY, *BURNER_PARAMETERS),
    TO_GAS: (*_electric_parameters("before"), _efficiency("after"), _SHARE, *_HEATER),
    ELECTRIC: (*_electric_parameters("before"), *_electric_parameters("after"), *_HEATER),
}
_LIMITS_ZH = "有效熱不變；有效熱須為工件（槽液、空氣）所得，不含舊爐散熱。電網供電容量、需量與品質影響不在此。"
_LIMITS_EN = (
    "Same useful heat: that of the charge, bath or air, without the old furnace's losses. Capacity and demand of the "
    "grid connection are no part of it."
)
_MEASUR = cite("measur-npm", "energy equivalency: 87.3 MMBtu/h of fuel at 6.59 % equals 3372.12 kW at 50 %")
_SAME = "because the same useful heat is 6.59 % of the fuel and 50 % of the electricity"
_SAME_ZH = "因為相同有效熱為燃料之 6.59 %、電力之 50 %"


def _example(technology: str) -> WorkedExample:
    if technology == TO_ELECTRIC:
        return WorkedExample(
            {"fuel_heating_efficiency": "6.59 %"},
            {"electric_heating": "resistance", "electric_performance": "50 %"}, {},
            "electricity_per_fuel", "0.1318 kWh/kWh[LHV]", 1e-4, _MEASUR,
            f"The source gives 3372.12 kW for 25585.4 kW of fuel, or 0.1318, {_SAME}.",
            f"來源值：25585.4 kW 燃料相當於 3372.12 kW 電力（0.1318），{_SAME_ZH}。")  # fmt: skip
    if technology == TO_GAS:
        return WorkedExample(
            {"electric_heating": "resistance", "electric_performance": "50 %"},
            {"fuel_heating_efficiency": "6.59 %"}, {},
            "fuel_per_electricity", "7.587 kWh[LHV]/kWh", 1e-4, _MEASUR,
            f"The source gives 3372.12 kW for 25585.4 kW of fuel, turned round 7.587, {_SAME}.",
            f"來源值：25585.4 kW 燃料相當於 3372.12 kW 電力，倒數 7.587，{_SAME_ZH}。")  # fmt: skip
    return WorkedExample(
        {"electric_heating": "induction", "electric_performance": "64.8 %"},
        {"electric_heating": "induction", "electric_performance": "72 %"},
        {"electric_heater_rating": "1,253 kW", "load_factor": "100 %", "operating_hours": "1 h"},
        "heat_to_charge", "812 kWh", 0.005,
        cite("forge-iso-50001-part-2", "billet heater: 1,253 kW from the grid, 812 kW into the charge, about 65 %"),
        "The source gives 812 kW into the charge for 1,253 kW from the grid, because the losses of transformer, "
        "converter, coil and furnace add up to 441 kW; the better efficiency after is constructed.",
        "來源值：由電網 1,253 kW 中 812 kW 進入工件，因為變壓器、變頻器、線圈與爐體損失合計 441 kW；"
        "改善後效率為假設。")  # fmt: skip


def _description(
    technology: str,
    zh: str,
    en: str,
    carrier: str,
    adds: tuple[str, ...],
    change: Callable[[Given, Given, Given], Change],
) -> TechnologyDescription:
    return TechnologyDescription(
        key=technology, label_zh=zh, label_en=en, carrier=carrier, parameters=PARAMETERS[technology],
        change=change, ceiling=partial(ceiling, technology), worked_example=_example(technology), adds=adds,
        limits_zh=_LIMITS_ZH, limits_en=_LIMITS_EN,
    )  # fmt: skip


DESCRIPTIONS = (
    _description(TO_ELECTRIC, "燃氣加熱改電熱（電阻、感應、熱泵）",
                 "Gas heating to electric (resistance, induction, heat pump)",
                 "natural_gas", ("electricity",), to_electric),
    _description(TO_GAS, "電熱改燃氣加熱", "Electric heating to gas", "electricity", ("natural_gas",), to_gas),
    _description(ELECTRIC, "電熱方式更換（電阻、感應、熱泵）",
                 "Another electric heater (resistance, induction, heat pump)",
                 "electricity", (), electric),
)  # fmt: skip
