"""Boiler blow-down: less of it by better water or control, and its heat won back.

For the same steam the boiler also heats the water that is blown down. The blow-down follows from the conductivities:
salt comes with the feed water and leaves with the blow-down. What is not blown down need not be replaced by cold water.
"""

from __future__ import annotations

from dataclasses import dataclass

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_OF_A_YEAR,
    Ceiling,
    Change,
    DefaultUncertainty,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    notes_on_readings,
    number,
    part,
    plain_text,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.description.instruments import THERMOCOUPLE
from energycalc.errors import OutOfRange
from energycalc.physics.combustion.gas_species import published
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.steam import boiler as law
from energycalc.physics.steam import water_steam
from energycalc.physics.steam.efficiency_limits import efficiency_doubts
from energycalc.quantity import Quantity, cite

TECHNOLOGY = "boiler_blowdown"


@dataclass(frozen=True)
class _Heat:
    """Enthalpies that do not change with the blow-down, in kJ/kg."""

    steam: Quantity
    feedwater: Quantity
    boiling: Quantity
    makeup: Quantity


def change(before: Given, after: Given, common: Given) -> Change:
    """Blow down less, or win the heat of the blow-down back.

    Args:
        before: ``feedwater_conductivity``, ``blowdown_conductivity``, ``blowdown_heat_recovery``.
        after: the same three.
        common: steam (flow, pressure, temperature if superheated), feed and make-up water, boiler efficiency, hours,
            and the highest conductivity that the boiler water may have.

    Returns:
        Fuel of the boiler; beside it the water saved.

    Raises:
        OutOfRange: boiler water above its limit of conductivity, feed water that would boil, steam that would be water,
            or an impossible efficiency.
        InputError: a parameter is missing, unknown or of the wrong kind.
    """
    check(PARAMETERS, before, after, common)
    heat, flow, hours = _enthalpies(common), number(common, "steam_flow"), number(common, "operating_hours")
    with part(BEFORE):
        rate_before = _rate(before, common)
        per_steam_before = _per_steam(heat, rate_before, before).renamed("heat_per_steam_before", "q_st0")
    with part(AFTER):
        rate_after = rate_before if _same(before, after) else _rate(after, common)
        per_steam_after = _per_steam(heat, rate_after, after).renamed("heat_per_steam_after", "q_st1")
    efficiency = number(common, "boiler_efficiency")
    remaining = law.heat_per_steam_ratio(per_steam_before, per_steam_after)
    density = water_steam.water_density(reading(PARAMETERS, common, "makeup_temperature"))
    water = [
        law.blowdown_water(law.blowdown_flow(law.feedwater_flow(flow, rate), rate), hours, density)
        for rate in (rate_before, rate_after)
    ]
    return Change(
        remaining,
        "natural_gas",
        law.fuel_for_steam(flow, hours, per_steam_before, efficiency).renamed("energy_before_model", "E_m0"),
        law.fuel_for_steam(flow, hours, per_steam_after, efficiency).renamed("energy_after_model", "E_m1"),
        (
            *efficiency_doubts(TECHNOLOGY, efficiency, "LHV", str(common.get("condensing", "no")) == "yes"),
            *uses_more(TECHNOLOGY, remaining),
            *notes_on_readings(TECHNOLOGY, PARAMETERS, {**before, **common}, after),
        ),
        beside=((water[0] - water[1]).renamed("blowdown_water_saved", "ΔV_bd", law.MASS_BALANCE),),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """No blow-down at all, which only pure water allows."""
    check(PARAMETERS, before, after, common)
    heat = _enthalpies(common)
    with part(BEFORE):
        now = _per_steam(heat, _rate(before, common), before)
    return Ceiling(
        law.largest_blowdown_saving(now, law.heat_of_steam_alone(heat.steam, heat.feedwater)),
        "No more can be saved than the blow-down takes.",
        "節能不可能超過排放所帶走之熱。",
        law.HEAT_BALANCE,
    )


def _same(before: Given, after: Given) -> bool:
    return all(after[key] is before[key] for key in ("feedwater_conductivity", "blowdown_conductivity"))


def _enthalpies(common: Given) -> _Heat:
    pressure = absolute_pressure(number(common, "steam_pressure"), published("all", "standard_atmosphere"))
    superheated = number(common, "steam_temperature") if "steam_temperature" in common else None
    steam = water_steam.boiler_steam_enthalpy(pressure, superheated)
    temperature = {key: reading(PARAMETERS, common, f"{key}_temperature") for key in ("feedwater", "makeup")}
    water_steam.refuse_boiling(
        temperature["feedwater"], pressure, "the feed water is hotter than the boiling water of this boiler",
        "Read thermometer and gauge again",
    )  # fmt: skip
    water = {key: water_steam.saturated_water_enthalpy(found) for key, found in temperature.items()}
    return _Heat(
        steam.renamed("steam_enthalpy", "h_st", water_steam.IF97),
        water["feedwater"].renamed("feedwater_enthalpy", "h_fw", water_steam.IF97),
        water_steam.boiling_water_enthalpy(pressure),
        water["makeup"].renamed("makeup_enthalpy", "h_mu", water_steam.IF97),
    )


def _rate(side: Given, common: Given) -> Quantity:
    blown = reading(PARAMETERS, side, "blowdown_conductivity")
    limit = number(common, "boiler_water_limit")
    if number(side, "blowdown_conductivity").value_in("uS/cm") > limit.value_in("uS/cm"):
        raise OutOfRange(
            "the boiler water is saltier than this boiler stands: it foams and carries over",
            subject=subject_of("blowdown_conductivity"),
            value=plain_text(number(side, "blowdown_conductivity")),
            limit=f"{plain_text(limit)} (boiler_water_limit of this case)",
            next_step="Blow down more, improve the feed water, or give the maker's limit",
        )
    return law.blowdown_rate(reading(PARAMETERS, side, "feedwater_conductivity"), blown)


def _per_steam(heat: _Heat, rate: Quantity, side: Given) -> Quantity:
    return law.heat_per_steam(
        heat.steam, heat.feedwater, heat.boiling, heat.makeup, rate, number(side, "blowdown_heat_recovery")
    )


CONDUCTIVITY_ERROR = DefaultUncertainty(
    "uS/cm", 0.05, 0, cite("default-boiler-instruments", "hand-held conductivity meter, boiler water: 5 % of reading")
)
PARAMETERS = (
    Parameter("feedwater_conductivity", BOTH, "uS/cm", "400 uS/cm", "給水（回收冷凝水＋補給水）導電度，25 °C 換算值",
              "of the feed water (condensate and make-up), compensated to 25 °C", range=(0.01, 20000),
              default_uncertainty=CONDUCTIVITY_ERROR),
    Parameter("blowdown_conductivity", BOTH, "uS/cm", "5,500 uS/cm", "爐水（排放水）導電度，冷卻取樣、25 °C 換算值",
              "of the boiler water that is blown down, cooled sample, compensated to 25 °C", range=(1, 50000),
              default_uncertainty=CONDUCTIVITY_ERROR),
    Parameter("blowdown_heat_recovery", BOTH, "%", "0 %",
              "排放水熱（高於補給水者）回收比例：閃蒸槽與熱交換器；無則填 0 %",
              "share of the blow-down's heat above make-up water that flash tank and exchanger win back; 0 % without",
              range=(0, 100)),
    Parameter("boiler_water_limit", ("common",), "uS/cm", "6,000 uS/cm", "爐水導電度上限（鍋爐或水處理廠商）",
              "highest conductivity of the boiler water, maker of boiler or water treatment", range=(1, 50000)),
    Parameter("steam_flow", ("common",), "kg/h", "5,000 kg/h", "平均蒸發量（蒸汽或給水流量計）",
              "mean steam flow, steam or feed-water meter", range=(1, 1e6)),
    Parameter("steam_pressure", ("common",), "bar[g]", "7 bar(g)", "鍋爐壓力錶", "boiler gauge", range=(0.1, 160)),
    Parameter("steam_temperature", ("common",), "degC", "190 °C", "過熱蒸汽溫度；飽和蒸汽免填",
              "of superheated steam; leave out for saturated steam", optional=True, range=(100, 600)),
    Parameter("feedwater_temperature", ("common",), "degC", "90 °C", "給水溫度（溫度計）",
              "of the feed water, thermometer", range=(1, 300), default_uncertainty=THERMOCOUPLE),
    Parameter("makeup_temperature", ("common",), "degC", "25 °C", "補給水溫度（溫度計）",
              "of the make-up water, thermometer", range=(1, 90), default_uncertainty=THERMOCOUPLE),
    Parameter("boiler_efficiency", ("common",), "%", "90 %", "鍋爐效率（低位發熱量，水得之熱／燃料熱）",
              "heat to the water over fuel heat, lower heating value", range=(30, 111)),
    Parameter("condensing", ("common",), "", "no", "冷凝式鍋爐填 yes", "yes for a condensing boiler", optional=True,
              choices=("yes", "no")),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間運轉時數", "hours of the period",
              range=HOURS_OF_A_YEAR),
)  # fmt: skip
DESCRIPTION = TechnologyDescription(
    key="boiler_blowdown",
    label_zh="鍋爐排放（減量與熱回收）",
    label_en="Boiler blow-down: less of it, and its heat",
    carrier="natural_gas",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=WorkedExample(
        before={"feedwater_conductivity": "400 uS/cm", "blowdown_conductivity": "5,500 uS/cm",
                "blowdown_heat_recovery": "0 %"},
        after={"feedwater_conductivity": "400 uS/cm", "blowdown_conductivity": "5,500 uS/cm",
               "blowdown_heat_recovery": "50 %"},
        common={
            "boiler_water_limit": "6,000 uS/cm",
            "steam_flow": "45,359 kg/h",
            "steam_pressure": "10 bar(g)",
            "feedwater_temperature": "90 °C",
            "makeup_temperature": "15 °C",
            "boiler_efficiency": "90 %",
            "operating_hours": "8,000 h",
        },
        of="blowdown_rate",
        given="7.2727 %",
        tolerance=1e-5,
        source=cite("measur-desktop", "boiler blow-down rate: 400 and 5,500 µS/cm"),
        because_en="The source gives 7.2727 % of the feed water for 400 and 5,500 µS/cm, because salt in is salt "
        "out.",
        because_zh="來源值為給水之 7.2727 %（400 與 5,500 µS/cm），因為鹽分進出相等。",
    ),
    limits_zh="連續排放之穩態；導電度代表鹽分；蒸汽不帶水；蒸發量與鍋爐效率不變。",
    limits_en="Steady continuous blow-down; conductivity stands for salt; dry steam; same steam and boiler efficiency.",
    turning_point_zh="爐水導電度越高排放越少，直到廠商上限；超過則起泡帶水，予以拒絕。",
    turning_point_en="The saltier the boiler water, the less is blown down, up to the maker's limit; beyond it the "
    "boiler foams and carries over: refused.",
)  # fmt: skip
DESCRIPTIONS = (DESCRIPTION,)
