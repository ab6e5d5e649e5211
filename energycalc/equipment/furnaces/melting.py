"""Melting furnaces: furnace type, lid, charge, holding time and tapping temperature, with the metal lost valued.

The same good melt is poured before and after. What is lost as dross or slag was charged and heated too, so less loss
saves metal and energy.
"""

from __future__ import annotations

from functools import partial

from energycalc.equipment.description import (
    Ceiling,
    Change,
    Given,
    Parameter,
    Place,
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
from energycalc.equipment.description.instruments import POWER_LOGGER, THERMOCOUPLE
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.combustion.firing import largest_saving_of_energy
from energycalc.physics.combustion.melting import (
    FIRST_LAW,
    furnace_energy,
    heat_of_melt,
    known_metals,
    melt_holding_energy,
    melting_efficiency_from_energy,
    melting_energy,
    metal_charged,
    metal_saved,
    metal_value_saved,
)
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite, quantity

ELECTRIC, GAS = "melting_furnace_electric", "melting_furnace_gas"
CARRIER = {ELECTRIC: "electricity", GAS: "natural_gas"}
BY_EFFICIENCY, BY_ENERGY = "melting_efficiency", "specific_melting_energy"
STATE = ("tapping_temperature", "metal_charge_temperature", "metal_loss", "melt_holding_power", "melt_holding_hours")


def change(technology: str, before: Given, after: Given, common: Given) -> Change:
    """Change efficiency, metal loss, holding, tapping or charge temperature at the same good melt.

    Args:
        technology: ``melting_furnace_electric`` or ``melting_furnace_gas``.
        before: ``melting_efficiency`` or ``specific_melting_energy``; ``metal_loss``, ``tapping_temperature``,
            ``metal_charge_temperature``, ``melt_holding_power``, ``melt_holding_hours``.
        after: those that change.
        common: ``metal``, ``good_metal``; ``metal_price`` and ``dross_price`` where the metal is to be valued.

    Raises:
        InputError: melting is described in both ways or in none, or nothing changes.
        OutOfRange: less energy than the melt holds (TP06), a melt below its melting point.
    """
    states = _states(technology, before, after, common)
    (old, charged_before), (new, charged_after) = (_energy(state, common) for state in states)
    remaining = remaining_energy(
        old.renamed("furnace_energy_before", "E_f0", FIRST_LAW), new.renamed("furnace_energy_after", "E_f1", FIRST_LAW)
    )
    saved = metal_saved(charged_before, charged_after)
    beside: tuple[Quantity, ...] = (saved,)
    if "dross_price" in common and "metal_price" not in common:
        raise InputError("has no effect without the price of the metal", subject=subject_of("dross_price"),
                         limit="metal_price and dross_price", next_step="Add metal_price, or leave it out")  # fmt: skip
    if "metal_price" in common:
        dross = common.get("dross_price", quantity(0, "TWD/t", name="dross_price", symbol="p_d", source=FIRST_LAW))
        assert isinstance(dross, Quantity)
        beside = (saved, metal_value_saved(saved, number(common, "metal_price"), dross))
    energies = [_in_carrier(technology, e) for e in (old, new)]
    return Change(
        remaining,
        CARRIER[technology],
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        (
            *_cooler_melt(technology, *states),
            *_warmer_charge(technology, *states),
            *uses_more(technology, remaining),
            *notes_on_readings(technology, PARAMETERS[technology], before, after),
        ),
        beside=beside,
    )


def ceiling(technology: str, before: Given, after: Given, common: Given) -> Ceiling:
    """The most that can be saved: every kilowatt-hour into good melt, no metal lost, nothing held.

    Args:
        technology: as for :func:`change`; so are the others.
        before: what the case file says.
        after: what the case file says.
        common: what the case file says.
    """
    states = _states(technology, before, after, common)
    now, _ = _energy(states[0], common)
    heat = heat_of_melt(word(common, "metal"), states[1]["tapping_temperature"], states[1]["metal_charge_temperature"])
    least = (number(common, "good_metal") * heat).to("kWh").renamed("heat_of_good_metal", "Q_min", FIRST_LAW)
    return Ceiling(
        largest_saving_of_energy(now, least),
        "The good melt itself takes up its heat of heating and melting; no furnace takes less.",
        "熔湯本身之升溫與熔解熱為下限，任何熔爐用能皆不可能更低。",
        FIRST_LAW,
    )


def _states(technology: str, before: Given, after: Given, common: Given) -> tuple[dict[str, Quantity], ...]:
    check(PARAMETERS[technology], before, after, common)
    if not after:
        raise InputError("says nothing, so nothing changes", subject=subject_of("after"),
                         next_step=f"Write what changes: {', '.join((BY_EFFICIENCY, *STATE))}")  # fmt: skip
    parameters = PARAMETERS[technology]
    first = {key: reading(parameters, before, key) for key in STATE}
    second = first | {key: reading(parameters, after, key) for key in STATE if key in after}
    metal = word(common, "metal")
    first[BY_EFFICIENCY] = _efficiency(metal, before, first)
    written = BY_EFFICIENCY in after or BY_ENERGY in after
    second[BY_EFFICIENCY] = _efficiency(metal, after, second) if written else first[BY_EFFICIENCY]
    return first, second


def _efficiency(metal: str, side: Given, state: dict[str, Quantity]) -> Quantity:
    if (BY_EFFICIENCY in side) == (BY_ENERGY in side):
        raise InputError(
            "melting is described by its efficiency or by its energy per tonne: one of the two",
            subject=subject_of(BY_EFFICIENCY),
            limit=f"{BY_EFFICIENCY} or {BY_ENERGY}",
            next_step="Keep the one that was measured",
        )
    if BY_EFFICIENCY in side:
        return number(side, BY_EFFICIENCY)
    heat = heat_of_melt(metal, state["tapping_temperature"], state["metal_charge_temperature"])
    spent = _without_basis(number(side, BY_ENERGY), "kWh/t")
    if float(spent.value_in("kWh/t")) < float(heat.value_in("kWh/t")):
        raise OutOfRange(
            "the furnace would take less energy than the melt holds",
            subject=subject_of(BY_ENERGY),
            value=f"{float(spent.value_in('kWh/t')):.4g} kWh/t",
            limit=f"at least {float(heat.value_in('kWh/t')):.4g} kWh/t, the heat of {metal} when tapped ({FIRST_LAW})",
            next_step="Check whether preheating, holding or a second carrier was left out of the figure",
        )
    return melting_efficiency_from_energy(heat, spent).renamed(BY_EFFICIENCY, "η_m", FIRST_LAW)


def _energy(state: dict[str, Quantity], common: Given) -> tuple[Quantity, Quantity]:
    heat = heat_of_melt(word(common, "metal"), state["tapping_temperature"], state["metal_charge_temperature"])
    charged = metal_charged(number(common, "good_metal"), state["metal_loss"])
    held = melt_holding_energy(_without_basis(state["melt_holding_power"], "kWh/h"), state["melt_holding_hours"])
    return furnace_energy(melting_energy(charged, heat, state[BY_EFFICIENCY]), held), charged


def _without_basis(given: Quantity, unit: str) -> Quantity:
    """Fuel heat on the lower heating value as plain heat; electricity as it is."""
    if "LHV" not in str(given.unit):
        return given
    return given.to(unit.replace("kWh", "kWh[LHV]", 1)).declared(unit, FIRST_LAW)


def _in_carrier(technology: str, energy: Quantity) -> Quantity:
    return energy.declared("kWh[LHV]", FIRST_LAW) if technology == GAS else energy


def _cooler_melt(technology: str, old: dict[str, Quantity], new: dict[str, Quantity]) -> list[Finding]:
    cooler = float(old["tapping_temperature"].value_in("K") - new["tapping_temperature"].value_in("K"))
    if cooler <= 0:
        return []
    return [
        doubt(
            f"{technology}.cooler_melt", "warning",
            f"The melt is tapped {cooler:.0f} K cooler; whether it still fills the mould has to be shown.",
            f"出湯溫度降低 {cooler:.0f} K，須證明充模品質不受影響。",
            FIRST_LAW, cooler_by=f"{cooler:.0f} K",
        )
    ]  # fmt: skip


def _warmer_charge(technology: str, old: dict[str, Quantity], new: dict[str, Quantity]) -> list[Finding]:
    warmer = float(new["metal_charge_temperature"].value_in("K") - old["metal_charge_temperature"].value_in("K"))
    if warmer <= 0:
        return []
    return [
        doubt(
            f"{technology}.warmer_charge", "warning",
            f"The charge comes in {warmer:.0f} K warmer; the saving holds only where waste heat warms it. Fuel or "
            "electricity of a preheater is not counted here.",
            f"入爐料溫提高 {warmer:.0f} K；僅以廢熱預熱時節能量方成立，預熱器之燃料或電力未計入。",
            FIRST_LAW, warmer_by=f"{warmer:.0f} K",
        )
    ]  # fmt: skip


def _parameters(technology: str) -> tuple[Parameter, ...]:
    gas = technology == GAS
    per_tonne, power = ("kWh[LHV]/t", "kWh[LHV]/h") if gas else ("kWh/t", "kW")
    meter_zh, meter_en = ("瓦斯錶", "gas meter") if gas else ("電錶", "power meter")
    found: list[Parameter] = []
    places: tuple[Place, ...] = ("before", "after")
    for place in places:
        later = place == "after"
        found += [
            Parameter(BY_EFFICIENCY, (place,), "%", "45 %", "熔湯所得熱／熔解期間用能；與「單位熔解用能」擇一",
                      "heat in the melt over energy taken while melting; or the energy per tonne instead",
                      optional=True, range=(1, 100)),
            Parameter(BY_ENERGY, (place,), per_tonne, f"900 {per_tonne}",
                      f"熔解期間每公噸入爐料之用能（{meter_zh}÷入爐重量，不含保溫）",
                      f"energy per tonne charged while melting ({meter_en} over charge weight, without holding)",
                      optional=True, range=(1, 1e5)),
            Parameter("metal_loss", (place,), "%", "4 %", "（入爐重－出湯重）／入爐重，至少稱量一個月",
                      "(weight charged − weight poured) / weight charged, weighed over a month at least",
                      optional=later, range=(0, 50)),
            Parameter("tapping_temperature", (place,), "degC", "750 °C", "出湯時浸入式熱電偶",
                      "immersion thermocouple at tapping", optional=later, range=(200, 1800),
                      default_uncertainty=THERMOCOUPLE),
            Parameter("metal_charge_temperature", (place,), "degC", "25 °C", "入爐料溫；未預熱者同環境溫度",
                      "of the charge; ambient temperature unless preheated", optional=later, range=(-20, 1000),
                      default_uncertainty=THERMOCOUPLE),
            Parameter("melt_holding_power", (place,), power, f"60 {power}", f"保溫時之平均用能（{meter_zh}）",
                      f"mean power while the melt is only kept hot ({meter_en})", optional=later, range=(0, 1e5),
                      default_uncertainty=None if gas else POWER_LOGGER),
            Parameter("melt_holding_hours", (place,), "h", "2,000 h", "期間內保溫時數（操作紀錄）",
                      "hours of holding in the period, from the log", optional=later, range=(0, 8784)),
        ]  # fmt: skip
    return (
        *found,
        Parameter("metal", ("common",), "", "aluminium", "金屬（合金填其基材）", "metal; of an alloy its base",
                  choices=known_metals()),
        Parameter("good_metal", ("common",), "t", "1,200 t", "期間內澆鑄之良品熔湯重量", "melt poured in the period",
                  range=(0.001, 1e7)),
        Parameter("metal_price", ("common",), "TWD/t", "75,000 TWD/t", "入爐金屬單價", "price of the metal charged",
                  optional=True, range=(0, None)),
        Parameter("dross_price", ("common",), "TWD/t", "8,000 TWD/t", "每公噸損失金屬所得之浮渣售價；未填視為無收入",
                  "got for the dross per tonne of metal lost; nothing when left out", optional=True, range=(0, None)),
    )  # fmt: skip


PARAMETERS = {technology: _parameters(technology) for technology in (ELECTRIC, GAS)}


def _example(technology: str) -> WorkedExample:
    gas = technology == GAS
    return WorkedExample(
        before={
            "melting_efficiency": "40 %", "metal_loss": "4 %", "tapping_temperature": "750 °C",
            "metal_charge_temperature": "25 °C", "melt_holding_power": "60 kWh[LHV]/h" if gas else "60 kW",
            "melt_holding_hours": "2,000 h",
        },
        after={"melting_efficiency": "50 %"},
        common={"metal": "aluminium", "good_metal": "1,000 t"},
        of="metal_enthalpy", given="326.3 kWh/t", tolerance=0.02,
        source=cite("heat-treat-consortium-remelting", "theoretical energy to melt pure aluminium: 1.01 MMBtu/ton"),
        because_en="The source gives 1.01 MMBtu per short ton (326.3 kWh/t) as the theoretical energy of aluminium, "
        "because that is its heat at about 750 °C; it names no temperature. Furnace, loss and holding are constructed.",
        because_zh="來源值：熔解純鋁之理論能量 1.01 MMBtu／短噸（326.3 kWh/t），因為即其約 750 °C 之焓，"
        "惟來源未註明溫度。"
        "本例爐況、損失與保溫為假設。",
    )  # fmt: skip


def _description(technology: str, zh: str, en: str) -> TechnologyDescription:
    return TechnologyDescription(
        key=technology,
        label_zh=zh,
        label_en=en,
        carrier=CARRIER[technology],
        parameters=PARAMETERS[technology],
        change=partial(change, technology),
        ceiling=partial(ceiling, technology),
        worked_example=_example(technology),
        limits_zh="相同良品熔湯；純金屬之焓（合金相差數個百分點），不計金屬氧化放熱。換能源別請用「加熱方式轉換」。",
        limits_en="Same good melt; heat of the pure metal (alloys differ by a few per cent), without the heat of "
        "oxidation. For another carrier see the conversion of heating.",
    )


DESCRIPTIONS = (
    _description(ELECTRIC, "電熔爐改善（感應、電阻）", "Electric melting furnace (induction, resistance)"),
    _description(GAS, "燃氣熔爐改善", "Gas-fired melting furnace"),
)
