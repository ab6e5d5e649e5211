"""Batch furnaces over time: fuller batches, lighter fixtures, shorter cycles, lower idle temperature, switching off.

For the same production: heat of the charge, of fixtures, of the hours at temperature, and of the pauses, in which the
furnace is held, kept lower, or switched off and heated again. The period has the same hours before and after: what the
cycles no longer take lengthens the pauses. The lining is one heat store. Reheating runs at full fire with hotter flue
gas: where its efficiency is poorer, switching off for a short pause costs more than holding.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
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
    part,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.description.instruments import THERMOCOUPLE
from energycalc.equipment.shared.furnace_heat import energy_of_heat, heat_parameters
from energycalc.equipment.shared.heat_losses import Carrier
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.energy_balance import remaining_energy, remaining_fuel
from energycalc.physics.heat_transfer import furnace_cycle as law
from energycalc.physics.heat_transfer.streams import batch_heat
from energycalc.quantity import Quantity, cite, formula, require
from energycalc.quantity.aliases import Hour, Number

SAME_PRODUCTION = cite("first-law", "same production before and after")
SAME_HOURS = cite("first-law", "same hours of the period: what the cycles leave goes to the pauses")
LONGEST_PERIOD = 8784.0


@formula(symbol="t_c", source=SAME_PRODUCTION, limits={"cycle_hours": (0, None)})
def hours_of_cycles(number_of_cycles: Number, cycle_hours: Hour) -> Hour:
    """Hours of the period in which batches are in the furnace."""
    return number_of_cycles * cycle_hours


@formula(symbol="t_p1", source=SAME_HOURS, limits={"number_of_pauses": (1e-9, None)})
def pause_hours_after(
    pause_hours: Hour, hours_of_cycles_before: Hour, hours_of_cycles_after: Hour, number_of_pauses: Number
) -> Hour:
    """Hours of a pause after the measure, when the period has the same hours.

    Args:
        pause_hours: of a pause before.
        hours_of_cycles_before: in the period.
        hours_of_cycles_after: in the period, for the same production.
        number_of_pauses: the same before and after.
    """
    return pause_hours + (hours_of_cycles_before - hours_of_cycles_after) / number_of_pauses


@dataclass(frozen=True)
class _Period:
    """Heat of a period at the efficiency of holding, what of it is the charge, and one pause."""

    heat: Quantity
    charge: Quantity
    held: Quantity
    off: Quantity


def change(carrier: Carrier, before: Given, after: Given, common: Given) -> Change:
    """Run a batch furnace in another way for the same production.

    Args:
        carrier: of the furnace.
        before: ``batch_charge``, ``fixture_mass``, ``cycle_hours``, ``holding_heat``, ``stored_heat``,
            ``idle_temperature``.
        after: the same after the measure.
        common: ``production_mass``, ``charge_enthalpy``, fixtures' specific heat, temperatures, pauses, the efficiency
            of reheating, and how the heat is made.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        OutOfRange: more hours than a year has, or more after than before; an idle temperature outside room and
            operating temperature; fixtures that come out colder.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    periods = []
    for state, label, pause in ((before, BEFORE, number(common, "pause_hours")),
                                (after, AFTER, _pause_after(before, after, common))):  # fmt: skip
        with part(label):
            periods.append(_period(parameters, state, common, pause))
    old, new = (energy_of_heat(carrier, period.heat, common, parameters) for period in periods)
    law_of_rest = remaining_fuel if carrier == "natural_gas" else remaining_energy
    remaining = law_of_rest(old, new)
    return Change(
        remaining,
        carrier,
        old.renamed("energy_before_model", "E_m0"),
        new.renamed("energy_after_model", "E_m1"),
        (
            *_short_pauses(after, common, periods[1]),
            *uses_more("furnace_cycle", remaining),
            *notes_on_readings("furnace_cycle", parameters, before, after, common),
        ),
    )


def ceiling(carrier: Carrier, before: Given, after: Given, common: Given) -> Ceiling:
    """Everything but the heat that the charge takes up.

    Args:
        carrier: of the furnace.
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    now = _period(parameters, before, common, number(common, "pause_hours"))
    source = cite("first-law", "the charge takes up its enthalpy, whatever the furnace (check TP06)")
    return Ceiling(
        (1 - now.charge / now.heat).renamed("largest_saving", "s_max", source),
        "No way of running the furnace saves the heat that the charge itself takes up.",
        "無論如何操作，工件本身吸收之熱量無法節省。",
        source,
    )


def _cycles(state: Given, common: Given) -> Quantity:
    production, batch = number(common, "production_mass"), number(state, "batch_charge")
    require(batch, "<=", production, "a batch is not more than the production of the period", SAME_PRODUCTION,
            "Check batch_charge and production_mass")  # fmt: skip
    return law.number_of_cycles(production, batch)


def _pause_after(before: Given, after: Given, common: Given) -> Quantity:
    """Hours of each pause after the measure.

    Raises:
        OutOfRange: the cycles take more time than there is, or leave time and there is no pause to take it.
    """
    pause, pauses = number(common, "pause_hours"), number(common, "number_of_pauses")
    old, new = (hours_of_cycles(_cycles(state, common), number(state, "cycle_hours")) for state in (before, after))
    was, now = (float(hours.value_in("h")) for hours in (old, new))
    if float(pauses.value_in("1")) == 0:
        if was == now:
            return pause
        raise OutOfRange(
            "the measure changes the hours of the cycles, and there is no pause that takes up the difference",
            subject=subject_of("number_of_pauses"),
            value=f"{was:,.0f} h before, {now:,.0f} h after",
            limit="at least one pause (same hours of the period)",
            next_step="Give the pauses; the furnace is held, cooler or off in the hours that are freed",
        )
    longer = pause_hours_after(pause, old, new, pauses)
    if float(longer.value_in("h")) < 0:
        spare = float(pause.value_in("h")) * float(pauses.value_in("1"))
        raise OutOfRange(
            "the cycles after the measure need more hours than cycles and pauses had before",
            subject=subject_of("cycle_hours"),
            value=f"{now:,.0f} h",
            limit=f"{was + spare:,.0f} h",
            next_step="Check batch and hours per cycle; more furnace time for the same production is another furnace",
        )
    return longer


def _period(parameters: tuple[Parameter, ...], state: Given, common: Given, pause: Quantity) -> _Period:
    production, holding = number(common, "production_mass"), number(state, "holding_heat")
    stored, pauses = number(state, "stored_heat"), number(common, "number_of_pauses")
    hot, room = number(common, "furnace_temperature"), number(common, "ambient_temperature")
    idle = number(state, "idle_temperature")
    require(hot, ">", room, "a furnace is hotter than its room", law.STORE, "Check furnace and ambient temperature")
    if not room.value_in("degC") <= idle.value_in("degC") <= hot.value_in("degC"):
        raise OutOfRange(
            "the furnace idles between room and operating temperature",
            subject=subject_of("idle_temperature"),
            value=f"{idle}",
            limit=f"{room} (switched off) to {hot} (held)",
        )
    cycles = _cycles(state, common)
    hours = float(cycles.value) * float(number(state, "cycle_hours").value_in("h")) + float(
        pauses.value_in("1") * pause.value_in("h")
    )
    if hours > LONGEST_PERIOD * (1 + 1e-12):
        raise OutOfRange(
            "cycles and pauses take more hours than a year has",
            subject=subject_of("cycle_hours"),
            value=f"{hours:,.0f} h",
            limit=f"{LONGEST_PERIOD:,.0f} h",
            next_step="Check production, batch and hours per cycle; two furnaces are two machines",
        )
    cold, warm = (reading(parameters, common, f"fixture_{end}_temperature") for end in ("inlet", "outlet"))
    require(warm, ">=", cold, "fixtures would heat the furnace", SAME_PRODUCTION,
            "See whether inlet and outlet temperature have been exchanged")  # fmt: skip
    fixtures = batch_heat(number(state, "fixture_mass"), number(common, "fixture_specific_heat"), cold, warm)
    constant = law.time_constant(stored, holding)
    level = law.idle_level(idle, hot, room)
    end = law.level_after_pause(level, pause, constant)
    charge = law.heat_of_production(production, number(common, "charge_enthalpy"))
    heat = law.heat_at_holding_efficiency(
        charge,
        law.heat_of_fixtures(cycles, fixtures),
        law.heat_of_holding(cycles, number(state, "cycle_hours"), holding),
        pauses,
        law.heat_of_pause(holding, level, pause, constant),
        law.heat_of_reheating(stored, end),
        number(common, "reheat_factor"),
    )
    nothing = law.idle_level(room, hot, room)
    off = law.heat_of_reheating(stored, law.level_after_pause(nothing, pause, constant))
    return _Period(heat, charge, holding * pause, off / number(common, "reheat_factor"))


def _short_pauses(after: Given, common: Given, then: _Period) -> list[Finding]:
    """A warning where switching off costs more than holding: the pause is shorter than the turning point."""
    held, off = (float(q.value_in("kWh")) for q in (then.held, then.off))
    idle, hot = (number(side, name).value_in("degC") for side, name in ((after, "idle_temperature"),
                                                                        (common, "furnace_temperature")))  # fmt: skip
    if off <= held or not idle < hot:
        return []
    return [
        doubt(
            "furnace_cycle.pause_too_short",
            "warning",
            f"A pause switched off takes {off:,.0f} kWh to reheat (at the efficiency of holding), holding takes "
            f"{held:,.0f} kWh: the pause is shorter than the turning point.",
            f"停爐後再升溫需 {off:,.0f} kWh（以保溫效率計），保溫僅需 {held:,.0f} kWh：停爐時間短於轉折點。",
            law.STORE,
            reheating=f"{off:,.0f} kWh",
            holding=f"{held:,.0f} kWh",
        )
    ]


def _parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    return (
        Parameter("batch_charge", BOTH, "t", "1.2 t", "每爐裝料量（不含料架）", "charge per batch without fixtures",
                  range=(1e-4, 500)),
        Parameter("fixture_mass", BOTH, "kg", "300 kg", "每爐料架、料籃重", "trays and baskets per batch",
                  range=(0, 1e5)),
        Parameter("cycle_hours", BOTH, "h", "6 h", "每爐佔爐時數（升溫＋保溫）",
                  "in the furnace per batch, ramp and soak",
                  range=(0.01, 500)),
        Parameter("holding_heat", BOTH, "kW", "45 kW",
                  "空爐維持操作溫度所需爐內熱量（空爐試驗 × 效率，或爐壁＋開口計算）",
                  "heat that keeps the empty furnace at temperature: empty run times efficiency, or walls and openings",
                  range=(0.01, 1e5)),
        Parameter("stored_heat", BOTH, "kWh", "600 kWh",
                  "爐襯於操作溫度之蓄熱（升溫用能 × 效率，或各層質量×比熱×平均溫升）",
                  "in the lining at temperature: heat-up energy times efficiency, or mass × specific heat × mean rise",
                  range=(0.001, 1e7)),
        Parameter("idle_temperature", BOTH, "degC", "850 °C", "停工時爐溫設定；同操作溫度為保溫，同環境溫度為停爐",
                  "set-point in pauses: operating temperature holds, room temperature is switched off",
                  range=(-10, 1800)),
        Parameter("production_mass", ("common",), "t", "1,200 t", "期間產量（前後相同）",
                  "of the period, the same before and after", range=(1e-3, 1e7)),
        Parameter("charge_enthalpy", ("common",), "kJ/kg", "580 kJ/kg", "工件由入爐至出爐溫度之焓差（比熱×溫升，或表）",
                  "of the charge from inlet to outlet: specific heat × rise, or a table", range=(1, 5000)),
        Parameter("fixture_specific_heat", ("common",), "kJ/(kg*K)", "0.60 kJ/(kg*K)", "料架平均比熱",
                  "mean, of the fixtures", range=(0.1, 5)),
        Parameter("fixture_inlet_temperature", ("common",), "degC", "30 °C", "料架入爐溫度", "of fixtures going in",
                  range=(-10, 1500), default_uncertainty=THERMOCOUPLE),
        Parameter("fixture_outlet_temperature", ("common",), "degC", "850 °C", "料架出爐溫度", "of fixtures coming out",
                  range=(-10, 1800), default_uncertainty=THERMOCOUPLE),
        Parameter("furnace_temperature", ("common",), "degC", "850 °C", "操作爐溫", "operating temperature",
                  range=(50, 1800)),
        Parameter("number_of_pauses", ("common",), "1", "250", "期間停工次數（夜間、週末）",
                  "nights and week-ends without work",
                  range=(0, 10000)),
        Parameter("pause_hours", ("common",), "h", "10 h",
                  "改善前每次停工時數；改善後因裝爐次數或週期改變而多出（或減少）之時數，程式自動計入停工",
                  "hours of each pause before the measure; hours that the cycles free (or take) lengthen (or shorten) "
                  "it afterwards", range=(0, 2000)),
        Parameter("reheat_factor", ("common",), "%", "85 %",
                  "升溫時可用熱比例／保溫時可用熱比例（兩次煙氣量測；電熱爐填 100 %）",
                  "available heat at full fire over that while holding, from two flue-gas readings; 100 % if electric",
                  range=(5, 150)),
        *heat_parameters(carrier),
    )  # fmt: skip


CARRIERS: tuple[Carrier, ...] = ("natural_gas", "electricity")
PARAMETERS = {carrier: _parameters(carrier) for carrier in CARRIERS}
_GAS = {"flue_gas_oxygen_dry": "3 %", "flue_gas_temperature": "850 °C", "combustion_air_temperature": "25 °C",
        "fuel": "methane", "ambient_temperature": "25 °C"}  # fmt: skip
_ELECTRIC = {"heating_efficiency": "95 %", "ambient_temperature": "25 °C"}


def _example(carrier: Carrier) -> WorkedExample:
    state = {"batch_charge": "1.2 t", "fixture_mass": "566.99046 kg", "cycle_hours": "6 h", "holding_heat": "45 kW",
             "stored_heat": "600 kWh"}  # fmt: skip
    return WorkedExample(
        before=state | {"idle_temperature": "850 °C"},
        after=state | {"idle_temperature": "650 °C"},
        common={"production_mass": "1,000 t", "charge_enthalpy": "580 kJ/kg",
                "fixture_specific_heat": "0.5107896 kJ/(kg*K)", "fixture_inlet_temperature": "148.8889 °C",
                "fixture_outlet_temperature": "982.2222 °C", "furnace_temperature": "850 °C",
                "number_of_pauses": "250", "pause_hours": "10 h",
                "reheat_factor": "90 %" if carrier == "natural_gas" else "100 %"}
        | (_GAS if carrier == "natural_gas" else _ELECTRIC),
        of="batch_heat",
        given="228750 Btu",
        tolerance=1e-4,
        source=cite("measur-tools-suite", "FixtureLosses.unit.cpp: 1,250 lb, 0.122 Btu/(lb·°F), 300 to 1,800 °F"),
        because_en="The source gives 228,750 Btu, because it is the same m·c·ΔT: its 1,250 lb in an hour are one "
        "batch here. All other numbers are constructed.",
        because_zh="來源值 228,750 Btu，因其同為 m·c·ΔT：其每小時 1,250 lb 於此為一爐。其餘數值為示意。",
    )  # fmt: skip


def _description(key: str, zh: str, en: str, carrier: Carrier) -> TechnologyDescription:
    return TechnologyDescription(
        key, zh, en, carrier, PARAMETERS[carrier],
        functools.partial(change, carrier),
        functools.partial(ceiling, carrier),
        _example(carrier),
        limits_zh="爐襯以單一熱容計，短暫停爐略低估；點火吹掃、爐氣更換與品質限制不計。前後期間總時數相同。"
        "holding_heat 與 stored_heat 已含爐壁及開口，不得另以 furnace_lining、furnace_opening 重複計算同一熱損。",
        limits_en="The lining is one heat store, which understates short pauses a little; purging, changing the "
        "atmosphere and metallurgical limits are not counted. Same hours of the period before and after. "
        "holding_heat and stored_heat hold walls and openings: do not claim the same loss with furnace_lining or "
        "furnace_opening again.",
        turning_point_zh="停爐時間短於轉折點時，停爐再升溫比保溫更耗能（升溫效率較差時）；程式會指出。",
        turning_point_en="Below a certain length of pause, switching off and reheating takes more than holding "
        "(where reheating is less efficient); the program says so.",
    )  # fmt: skip


DESCRIPTIONS = (
    _description("furnace_cycle", "批次爐操作週期與待機（燃氣）", "Batch furnace: cycle, batch size, idling (gas)",
                 "natural_gas"),
    _description("furnace_cycle_electric", "批次爐操作週期與待機（電熱）",
                 "Batch furnace: cycle, batch size, idling (electric)", "electricity"),
)  # fmt: skip
