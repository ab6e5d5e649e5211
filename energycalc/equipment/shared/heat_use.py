"""Recovered heat and its use: matched in temperature, and in a profile of what both do at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from energycalc.equipment.description.instruments import POWER_LOGGER, THERMOCOUPLE
from energycalc.equipment.description.parameters import BOTH, Given, Parameter, number, subject_of
from energycalc.equipment.description.readings import reading
from energycalc.equipment.description.technology import Ceiling, Change, doubt, part, uses_more
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.energy_use import (
    auxiliary_electricity,
    electricity_per_fuel,
    largest_electricity_saving,
    largest_fuel_saving,
)
from energycalc.physics.energy_balance import remaining_energy, remaining_fuel
from energycalc.physics.heat_transfer import heat_exchanger as law
from energycalc.physics.steam.efficiency_limits import efficiency_doubts
from energycalc.quantity import Quantity, Source, cite, constant, current_subject, total

PROFILE = "coincident_use"
LEVEL = "時段 level"
BEST = cite("second-law", "effectiveness 1: the stream of the smaller heat capacity rate reaches the other's inlet")
HEAT_USE = Parameter(
    "heat_use", ("common",), "kW", "120 kW", "同時段用熱側所需熱量", "heat that the use takes at the same time",
    range=(0, 1e6),
)  # fmt: skip


AUXILIARY = Parameter(
    "auxiliary_power", ("after",), "kW", "2.2 kW", "新增風機或泵之輸入功率（回收期間運轉，功率計）",
    "input of the added fan or pump, while heat is recovered, power meter", optional=True, range=(0, 1000),
    default_uncertainty=POWER_LOGGER,
)  # fmt: skip
NOTHING = constant("Q_u0", 0, "kW", Source("no heat exchanger: no heat is recovered"), name="recovered_heat")


@dataclass(frozen=True)
class Level:
    """What source and use do at the same time.

    Attributes:
        source_rate: heat capacity rate of the source's stream; 0 while it stands.
        heat_use: heat that the use takes.
        hours: of this level.
        source_heat: heat that the source itself gets, where that is a limit of its own.
    """

    source_rate: Quantity
    heat_use: Quantity
    hours: Quantity
    source_heat: Quantity | None = None


@dataclass(frozen=True)
class Match:
    """A source and a use.

    Attributes:
        hot: temperature at which the source's stream enters the heat exchanger.
        cold, wanted: temperatures between which the use heats its stream.
        levels: of the profile.
        lowest_outlet: temperature below which the source's stream must not be cooled; ``None`` without such a limit.
        lowest_because: why, for the error.
    """

    hot: Quantity
    cold: Quantity
    wanted: Quantity
    levels: Sequence[Level]
    lowest_outlet: Quantity | None = None
    lowest_because: str = ""


def check_temperatures(match: Match) -> None:
    """Refuse a use that is not heated, and a source that is no hotter than the use needs.

    Raises:
        OutOfRange: one of them.
    """
    law.refuse_uphill(match.wanted, match.cold, "the use is not heated", "Exchange the two temperatures of the use")
    law.refuse_uphill(
        match.hot, match.wanted, "the source is no hotter than the use needs",
        "Take a cooler use; where heat is only preheating, say what temperature the preheating reaches",
    )  # fmt: skip


def recovered(match: Match, effectiveness: Quantity) -> list[Quantity]:
    """Heat flow that replaces other heat, level by level.

    Raises:
        OutOfRange: the source would be cooled below its limit.
    """
    if effectiveness.value_in("1") == 0:
        return [NOTHING for _ in match.levels]
    found = []
    for index, level in enumerate(match.levels, start=1):
        with part(f"{LEVEL} {index}"):
            use_rate = law.heat_capacity_rate_of_use(level.heat_use, match.wanted, match.cold)
            smaller = law.smaller_heat_capacity_rate(level.source_rate, use_rate)
            passed = law.exchanged_heat(effectiveness, smaller, match.hot, match.cold)
            used = law.recovered_heat(passed, level.heat_use)
            if level.source_heat is not None:
                used = law.recovered_heat(used, level.source_heat)
            _not_too_cold(match, level, used)
            found.append(used)
    return found


def _not_too_cold(match: Match, level: Level, used: Quantity) -> None:
    if not level.source_rate.value > 0 or match.lowest_outlet is None:
        return
    outlet = law.hot_outlet_temperature(match.hot, used, level.source_rate)
    if used.value > 0 and outlet.value < match.lowest_outlet.value_in("K"):
        raise OutOfRange(
            match.lowest_because,
            subject=current_subject(),
            value=f"{outlet.value - 273.15:.1f} °C",
            limit=f"at least {match.lowest_outlet.value_in('K') - 273.15:.1f} °C",
            next_step="Take less effectiveness, or equipment that is made for it",
        )


def heat_bought(match: Match, used: Sequence[Quantity]) -> Quantity:
    """Heat that the heater of the use still has to give over all levels, in kWh."""
    parts = [
        law.heat_energy(level.heat_use - heat, level.hours) for level, heat in zip(match.levels, used, strict=True)
    ]
    return total(parts).renamed("heat_bought", "Q_buy", law.FIRST_LAW)


def heater(technology: str, carrier: str, common: Given) -> tuple[Quantity, list[Finding]]:
    """Efficiency of the heater that is relieved, and the doubts about it.

    Raises:
        OutOfRange: more heat than the fuel or the electricity holds.
    """
    efficiency = number(common, "heater_efficiency")
    if carrier == "natural_gas":
        condensing = str(common.get("condensing", "no")) == "yes"
        return efficiency, efficiency_doubts(technology, efficiency, "LHV", condensing)
    if "condensing" in common:
        raise InputError("an electric heater does not condense", subject=f"{current_subject()}, condensing".strip(", "))
    if efficiency.value_in("1") > 1:
        raise OutOfRange(
            "a resistance heater gives no more heat than it takes",
            subject=efficiency.describe(), value=f"{efficiency.value_in('%'):g} %", limit=f"100 % ({law.FIRST_LAW})",
            next_step="A heat pump is another technology",
        )  # fmt: skip
    return efficiency, []


def change_of_use(
    technology: str, carrier: str, match: Match, before: Given, after: Given, common: Given, notes: Sequence[Finding]
) -> Change:
    """What the heater of the use takes before and after, and what fan, pump or cooling take up or save.

    Args:
        technology: first part of the findings' names.
        carrier: of the heater that is relieved.
        match: source and use.
        before: ``effectiveness``; 0 % without an exchanger.
        after: ``effectiveness``, and if written ``auxiliary_power``.
        common: ``heater_efficiency``, and if written ``condensing`` and ``cooling_electricity_share``.
        notes: findings of the caller.

    Returns:
        Energy of the relieved heater; of an electric one together with the electricity of the present cooling.

    Raises:
        InputError: no heat is bought before the measure, so there is nothing to save.
        OutOfRange: a temperature, an efficiency or an outlet that cannot be.
    """
    check_temperatures(match)
    efficiency, doubts = heater(technology, carrier, common)
    now = recovered(match, number(before, "effectiveness"))
    then = (
        now if after["effectiveness"] is before["effectiveness"] else recovered(match, number(after, "effectiveness"))
    )
    heat = law.fuel_for_heat if carrier == "natural_gas" else law.electricity_for_heat
    bought = heat_bought(match, now)
    _something_to_save(bought)
    old, new = heat(bought, efficiency), heat(heat_bought(match, then), efficiency)
    added = {}
    if carrier == "natural_gas":
        remaining = remaining_fuel(old, new)
        extra = _extra_electricity(match, now, then, after, common)
        if extra is not None:
            added["electricity"] = electricity_per_fuel(extra, old)
    else:
        old = total([old, *_cooling(match, now, common)]).renamed("electricity_before", "E_0", law.FIRST_LAW)
        more = [*_cooling(match, then, common), *_auxiliary(match, then, after)]
        new = total([new, *more]).renamed("electricity_after", "E_1x", law.FIRST_LAW)
        remaining = remaining_energy(old, new)
    return Change(
        remaining,
        carrier,
        old.renamed("energy_before_model", "E_m0"),
        new.renamed("energy_after_model", "E_m1"),
        (*doubts, *_unmatched(technology, match, then, number(after, "effectiveness")),
         *uses_more(technology, remaining), *notes),
        added=added,
    )  # fmt: skip


def ceiling_of_use(technology: str, carrier: str, match: Match, before: Given, common: Given) -> Ceiling:
    """What an endless counterflow surface would save in the same hours and temperatures, without any fan or pump."""
    check_temperatures(match)
    efficiency, _ = heater(technology, carrier, common)
    now = recovered(match, number(before, "effectiveness"))
    free = Match(match.hot, match.cold, match.wanted, match.levels)
    most = recovered(free, constant("epsilon_max", 1, "1", BEST, name="effectiveness"))
    bought, least = heat_bought(match, now), heat_bought(free, most)
    if carrier == "natural_gas":
        saving = largest_fuel_saving(law.fuel_for_heat(least, efficiency), law.fuel_for_heat(bought, efficiency))
    else:
        floor = total([law.electricity_for_heat(least, efficiency), *_cooling(match, most, common)])
        whole = total([law.electricity_for_heat(bought, efficiency), *_cooling(match, now, common)])
        saving = largest_electricity_saving(
            floor.renamed("least_energy", "E_min", law.FIRST_LAW),
            whole.renamed("electricity_before", "E_0", law.FIRST_LAW),
        )
    return Ceiling(
        saving,
        "At effectiveness 1 the stream of the smaller heat capacity rate reaches the other's inlet temperature; no "
        "heat is used beyond what the use takes at the same time.",
        "有效度為 1 時，較小熱容流率側達到另一側入口溫度；且不超過同時段用熱量。",
        BEST,
    )


def _something_to_save(bought: Quantity) -> None:
    if not bought.value > 0:
        raise InputError(
            "no heat is bought before the measure, so there is nothing to save",
            subject=subject_of(PROFILE), value=f"{bought.value:g} kWh bought", limit="above 0 kWh",
            next_step="Give the use its heat and hours; where an exchanger covers all of it already, leave the measure",
        )  # fmt: skip


def _extra_electricity(
    match: Match, now: Sequence[Quantity], then: Sequence[Quantity], after: Given, common: Given
) -> Quantity | None:
    """Electricity of fan or pump while heat is recovered, less what the cooling of the source no longer takes."""
    parts = _auxiliary(match, then, after)
    if "cooling_electricity_share" in common and now is not then:
        share = number(common, "cooling_electricity_share")
        more = [law.heat_energy(b - a, level.hours) for level, a, b in zip(match.levels, now, then, strict=True)]
        parts.append(-(total(more) * share).to("kWh").renamed("cooling_electricity_saved", "E_c", law.FIRST_LAW))
    return total(parts).renamed("extra_electricity", "E_x", law.FIRST_LAW) if parts else None


def _auxiliary(match: Match, then: Sequence[Quantity], after: Given) -> list[Quantity]:
    if "auxiliary_power" not in after:
        return []
    power = reading((AUXILIARY,), after, "auxiliary_power")
    levels = zip(match.levels, then, strict=True)
    return [auxiliary_electricity(power, level.hours) for level, heat in levels if heat.value > 0]


def _cooling(match: Match, used: Sequence[Quantity], common: Given) -> list[Quantity]:
    """Electricity that the cooling of the source takes for the heat that nobody uses; empty where none is stated."""
    if "cooling_electricity_share" not in common:
        return []
    share = number(common, "cooling_electricity_share")
    left = [
        law.heat_energy(level.source_heat - heat, level.hours)
        for level, heat in zip(match.levels, used, strict=True)
        if level.source_heat is not None
    ]
    return [(total(left) * share).to("kWh").renamed("cooling_electricity", "E_c", law.FIRST_LAW)]


def _unmatched(technology: str, match: Match, used: Sequence[Quantity], effectiveness: Quantity) -> list[Finding]:
    """A note on the heat that the exchanger could pass but nobody uses at that time."""
    span = float(match.hot.value_in("K") - match.cold.value_in("K"))
    able = sum(float(level.source_rate.value) * span * float(level.hours.value_in("h")) for level in match.levels)
    able *= float(effectiveness.value_in("1"))
    taken = sum(
        float(heat.value) * float(level.hours.value_in("h")) for level, heat in zip(match.levels, used, strict=True)
    )
    if able <= 0 or taken >= 0.5 * able:
        return []
    return [
        doubt(
            f"{technology}.heat_without_use", "note",
            f"Only {taken / able:.0%} of the heat that the exchanger could win is used at the same time; the rest "
            "stays waste heat.",
            f"熱交換器可回收之熱量僅 {taken / able:.0%} 有同時段之用途，其餘仍為廢熱。",
            cite("energycalc-rules", "note below half of the recoverable heat"),
            recoverable_heat=f"{able:,.0f} kWh", used_heat=f"{taken:,.0f} kWh",
        )
    ]  # fmt: skip


def use_parameters(carrier: str) -> tuple[Parameter, ...]:
    """What every use of recovered heat is asked.

    Args:
        carrier: of the heater that is relieved.
    """
    of_gas = carrier == "natural_gas"
    condensing = Parameter(
        "condensing", ("common",), "", "no", "被取代之加熱設備為冷凝式者填 yes",
        "yes if the heater that is relieved condenses its flue gas", optional=True, choices=("yes", "no"),
    )  # fmt: skip
    return (
        Parameter("effectiveness", BOTH, "%", "60 %",
                  "熱交換器有效度（製造商資料或兩側進出口溫度量測）；改善前無熱交換器填 0 %",
                  "of the heat exchanger, maker's data or from its four temperatures; 0 % before without one",
                  range=(0, 100)),
        AUXILIARY,
        Parameter("use_inlet_temperature", ("common",), "degC", "25 °C", "用熱側流體加熱前溫度（溫度計）",
                  "from which the use heats its stream, thermometer", range=(-40, 1000),
                  default_uncertainty=THERMOCOUPLE),
        Parameter("use_temperature", ("common",), "degC", "80 °C", "用熱側需達到之溫度（僅預熱者填預熱目標溫度）",
                  "to which the use needs its stream heated (for preheating: what the preheating must reach)",
                  range=(-40, 1200)),
        Parameter("heater_efficiency", ("common",), "%", "85 %",
                  "被取代之加熱設備效率" + ("（低位發熱量）" if of_gas else "（電熱）"),
                  "of the heater that is relieved" + (", on the lower heating value" if of_gas else " (resistance)"),
                  range=(10, 111)),
        *((condensing,) if of_gas else ()),
    )  # fmt: skip


def profile_parameter(first: Parameter) -> Parameter:
    """The profile of what source and use do at the same time, as a parameter.

    Args:
        first: the column that describes the source.
    """
    columns = f"{first.name}: {first.example}, heat_use: 120 kW, hours: 2,000 h"
    return Parameter(
        PROFILE, ("common",), "", f"[{{{columns}}}]",
        f"同一時段之熱源與用熱：{first.how_to_measure_zh}；heat_use：用熱側熱量；hours：時數（合計不超過 8,784 h）。"
        "須以同步紀錄分級，兩者不同時者不得並列",
        f"what source and use do in the same hours: {first.how_to_measure_en}; heat_use, the heat that the use takes; "
        "hours (8,784 h at most in all). From simultaneous records: heat at another time does not count",
    )  # fmt: skip
