"""Heat balance of a furnace: charge, fixtures, walls, openings, atmosphere, cooling water, leaking gas, flue gas.

The sum of what leaves, over the share of the energy that stays in the furnace, is what it takes. The charge is the same
before and after; every loss may change. A metered total is held against the sum.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_OF_A_YEAR,
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
from energycalc.equipment.description.instruments import INFRARED_CAMERA, THERMOCOUPLE
from energycalc.equipment.shared.furnace_heat import energy_of_heat, heat_in_period, heat_parameters
from energycalc.equipment.shared.heat_losses import Carrier
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.heat_transfer import charges, radiation, streams
from energycalc.physics.heat_transfer.walls import Room, measured_wall_loss, shape_factor, wall_heat_loss
from energycalc.quantity import Quantity, Source, cite, constant, quantity, require, total

SUM = cite("first-law", "heat that leaves, part by part; same charge before and after")
OPEN_BALANCE = 0.10
NO_HEAT = constant("Q_0", 0.0, "kW", SUM)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "fixtures": ("fixture_rate", "fixture_specific_heat", "fixture_inlet_temperature", "fixture_outlet_temperature"),
    "walls": ("wall_area", "surface_temperature", "emissivity"),
    "openings": ("opening_area", "view_factor", "time_open", "inside_temperature"),
    "atmosphere": ("atmosphere_flow", "atmosphere_volumetric_heat", "atmosphere_outlet_temperature"),
    "cooling": ("cooling_water_flow", "cooling_water_inlet", "cooling_water_outlet"),
}
"""Losses of a state: all of a group's numbers, or none of them; the same groups before and after."""


def change(carrier: Carrier, before: Given, after: Given, common: Given) -> Change:
    """Change any losses of a furnace for the same charge.

    Args:
        carrier: of the furnace.
        before: the losses, group by group (``GROUPS``), and ``other_loss``.
        after: the same after the measure.
        common: the charge, hours, how the heat is made, and if metered ``furnace_energy``.

    Returns:
        The remaining fraction with both energies of the balance.

    Raises:
        InputError: half a group, or a loss that is given on one side only.
        OutOfRange: the metered energy is below what the charge alone takes up; a loss or the charge that would heat the
            furnace.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    _same_losses(before, after)
    charge = _charge(parameters, common)
    heats = []
    for state, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            losses = total([charge, *_losses(parameters, state, common).values()]).renamed(
                "furnace_heat_rate", "Q_f", SUM
            )
            heats.append(heat_in_period(losses, number(common, "operating_hours")))
    old, new = (energy_of_heat(carrier, heat, common, parameters) for heat in heats)
    remaining = remaining_energy(*heats)
    least = energy_of_heat(carrier, heat_in_period(charge, number(common, "operating_hours")), common, parameters)
    return Change(
        remaining,
        carrier,
        old.renamed("energy_before_model", "E_m0"),
        new.renamed("energy_after_model", "E_m1"),
        (
            *_closure(old, least, common),
            *uses_more("furnace_heat_balance", remaining),
            *notes_on_readings("furnace_heat_balance", parameters, before, after, common),
        ),
    )


def ceiling(carrier: Carrier, before: Given, after: Given, common: Given) -> Ceiling:
    """Everything but the heat of the charge.

    Args:
        carrier: of the furnace.
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    charge = _charge(parameters, common)
    all_of_it = total([charge, *_losses(parameters, before, common).values()])
    source = cite("first-law", "the charge takes up its enthalpy, whatever the furnace (check TP06)")
    return Ceiling(
        (1 - charge / all_of_it).renamed("largest_saving", "s_max", source),
        "With the flue gas as it is, no measure on losses saves the heat that the charge itself takes up.",
        "排煙條件不變時，減少熱損最多省下工件吸熱以外之全部熱量。",
        source,
    )


def _same_losses(before: Given, after: Given) -> None:
    """A loss that is left out on one side would count as saved, or as new, without a word."""
    for names in (*GROUPS.values(), ("other_loss",)):
        sides = [any(name in side for name in names) for side in (before, after)]
        if sides[0] != sides[1]:
            raise InputError(
                "is given on one side only, so that the whole loss would count as changed",
                subject=subject_of(", ".join(names)),
                value="only under 'before'" if sides[0] else "only under 'after'",
                limit="the same losses before and after",
                next_step="Write it on both sides; a loss that is gone has a flow, rate, share of time or power of 0",
            )


def _charge(parameters: tuple[Parameter, ...], common: Given) -> Quantity:
    wet, left = _share(common, "water_inlet_share"), _share(common, "water_outlet_share")
    inlet, outlet = (reading(parameters, common, f"charge_{end}_temperature") for end in ("inlet", "outlet"))
    charges.check_water(wet, left, outlet)
    if wet.value > 0:
        require(inlet, "<=", charges.BOILING_POINT, "a wet charge comes in below the boiling point of its water",
                charges.CHARGE, "Check charge_inlet_temperature, or leave the water out")  # fmt: skip
    dry = charges.solid_charge_enthalpy(
        number(common, "specific_heat_solid"), number(common, "specific_heat_liquid"), number(common, "latent_heat"),
        number(common, "melting_point"), inlet, outlet, number(common, "share_melted"),
    )  # fmt: skip
    water = charges.charge_water_enthalpy(wet, left, inlet, outlet, charges.BOILING_POINT)
    nothing = cite("first-law", "no reaction and no other heat counted")
    heat = charges.solid_charge_heat(
        number(common, "charge_rate"), wet, dry, water,
        quantity(0, "1", name="share_reacted", symbol="x_r", basis="assumed", source=nothing),
        quantity(0, "kJ/kg", name="reaction_heat", symbol="h_r", basis="assumed", source=nothing),
        quantity(0, "kW", name="other_heat", symbol="Q_x", basis="assumed", source=nothing),
    )  # fmt: skip
    require(heat, ">=", NO_HEAT, "the charge would heat the furnace", SUM,
            "See whether charge_inlet_temperature and charge_outlet_temperature have been exchanged")  # fmt: skip
    return heat


def _share(common: Given, name: str) -> Quantity:
    given = common.get(name)
    if isinstance(given, Quantity):
        return given
    return quantity(0, "1", name=name, symbol="w", basis="assumed", source=cite("first-law", "dry charge"))


def _losses(parameters: tuple[Parameter, ...], state: Given, common: Given) -> dict[str, Quantity]:
    found: dict[str, Quantity] = {}
    laws: Mapping[str, Callable[[tuple[Parameter, ...], Given, Given], Quantity]] = {
        "fixtures": _fixtures, "walls": _walls, "openings": _openings, "atmosphere": _atmosphere, "cooling": _cooling,
    }  # fmt: skip
    for group, names in GROUPS.items():
        written = [name for name in names if name in state]
        if not written:
            continue
        if len(written) < len(names):
            raise InputError(
                f"the loss of {group} needs all of its numbers, or none",
                subject=subject_of(", ".join(written)),
                limit=", ".join(names),
                next_step=f"Add {', '.join(name for name in names if name not in state)}",
            )
        found[group] = laws[group](parameters, state, common)
        require(found[group], ">=", NO_HEAT, f"{group} would heat the furnace", SUM,
                f"Check the temperatures of {', '.join(names)}, and the ambient temperature")  # fmt: skip
    other = state.get("other_loss")
    if isinstance(other, Quantity):
        found["other"] = other.to("kW")
    return found


def _fixtures(parameters: tuple[Parameter, ...], state: Given, common: Given) -> Quantity:
    return streams.stream_heat(*(reading(parameters, state, name) for name in GROUPS["fixtures"]))


def _walls(parameters: tuple[Parameter, ...], state: Given, common: Given) -> Quantity:
    room = Room(
        number(common, "ambient_temperature").to("K"),
        quantity(0, "m/s", name="wind_speed", symbol="w", basis="assumed", source=Source("still air at the furnace")),
        number(state, "emissivity").to("1"),
        shape_factor("vertical"),
    )
    wall = measured_wall_loss(room, reading(parameters, state, "surface_temperature").to("K"))
    return wall_heat_loss(wall, room, number(state, "wall_area"))


def _openings(parameters: tuple[Parameter, ...], state: Given, common: Given) -> Quantity:
    black = quantity(1, "1", name="emissivity", symbol="eps", basis="assumed", source=Source("a cavity is black"))
    return radiation.opening_heat_loss(
        black,
        number(state, "opening_area"),
        reading(parameters, state, "inside_temperature").to("K"),
        number(common, "ambient_temperature").to("K"),
        number(state, "view_factor"),
        number(state, "time_open"),
        radiation.STEFAN_BOLTZMANN,
    )


def _atmosphere(parameters: tuple[Parameter, ...], state: Given, common: Given) -> Quantity:
    return streams.gas_stream_heat(
        number(state, "atmosphere_flow"),
        number(state, "atmosphere_volumetric_heat"),
        number(common, "ambient_temperature"),
        reading(parameters, state, "atmosphere_outlet_temperature"),
    )


def _cooling(parameters: tuple[Parameter, ...], state: Given, common: Given) -> Quantity:
    inlet, outlet = (reading(parameters, state, f"cooling_water_{end}") for end in ("inlet", "outlet"))
    density = streams.cooling_water_density(streams.cooling_water_temperature(inlet, outlet))
    flow = streams.stream_mass_flow(number(state, "cooling_water_flow"), density)
    return streams.stream_heat(flow, charges.WATER_SPECIFIC_HEAT, inlet, outlet)


def _closure(balance: Quantity, least: Quantity, common: Given) -> list[Finding]:
    """Hold the metered energy against the sum of the parts."""
    metered = common.get("furnace_energy")
    if not isinstance(metered, Quantity):
        return []
    unit = str(balance.unit)
    sum_, meter, floor = (float(q.value_in(unit)) for q in (balance, metered, least))
    if meter < floor:
        raise OutOfRange(
            "the metered energy is below what the charge alone takes up",
            subject=subject_of("furnace_energy"),
            value=f"{meter:,.0f} {unit}",
            limit=f"{floor:,.0f} {unit} (enthalpy of the charge over available heat, check TP06)",
            next_step="Check charge, temperatures, hours and the meter",
        )
    gap = (meter - sum_) / meter
    if abs(gap) <= OPEN_BALANCE:
        return []
    return [
        doubt(
            "furnace_heat_balance.not_closed",
            "warning",
            f"The parts add up to {sum_:,.0f} {unit}, the meter says {meter:,.0f} {unit}: {gap:+.0%} is unexplained.",
            f"各項合計 {sum_:,.0f} {unit}，計量 {meter:,.0f} {unit}，尚有 {gap:+.0%} 未解釋。",
            cite("energycalc-rules", "a heat balance closes within 10 % of the metered energy"),
            sum_of_parts=f"{sum_:,.0f} {unit}",
            metered=f"{meter:,.0f} {unit}",
        )
    ]


_THERMOCOUPLES = (
    "fixture_inlet_temperature", "fixture_outlet_temperature", "inside_temperature", "atmosphere_outlet_temperature",
    "cooling_water_inlet", "cooling_water_outlet", "charge_inlet_temperature", "charge_outlet_temperature",
)  # fmt: skip
_ERRORS = {"surface_temperature": INFRARED_CAMERA} | dict.fromkeys(_THERMOCOUPLES, THERMOCOUPLE)


def _parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    unit = "kWh[LHV]" if carrier == "natural_gas" else "kWh"

    def loss(name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float]) -> Parameter:
        return Parameter(name, BOTH, unit, example, zh, en, True, limits, default_uncertainty=_ERRORS.get(name))

    def fixed(name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float]) -> Parameter:
        return Parameter(name, ("common",), unit, example, zh, en, range=limits,
                         default_uncertainty=_ERRORS.get(name))  # fmt: skip

    return (
        loss("fixture_rate", "kg/h", "250 kg/h", "料架、輸送帶通過量（每小時）", "fixtures or belt per hour", (0, 1e6)),
        loss("fixture_specific_heat", "kJ/(kg*K)", "0.60 kJ/(kg*K)", "平均比熱", "mean specific heat", (0.1, 5)),
        loss("fixture_inlet_temperature", "degC", "40 °C", "入爐溫度（回程在爐內者較高）",
             "going in; higher where the belt returns inside", (-10, 1500)),
        loss("fixture_outlet_temperature", "degC", "850 °C", "出爐溫度", "coming out", (-10, 1800)),
        loss("wall_area", "m2", "60 m2", "爐壁外表面積", "outside of the walls", (0.01, 1e5)),
        loss("surface_temperature", "degC", "90 °C", "外表面平均溫度（紅外線熱像儀）", "mean, by infrared camera",
             (0, 620)),
        loss("emissivity", "1", "0.9", "外殼放射率", "of the casing", (0.02, 1)),
        loss("opening_area", "m2", "0.3 m2", "開口面積", "of the openings", (1e-5, 1000)),
        loss("view_factor", "1", "0.7", "開口形狀因數（furnace_opening 可算）",
             "of the opening; furnace_opening computes it",
             (0, 1)),
        loss("time_open", "%", "20 %", "開啟時間比例", "share of the time that it is open", (0, 100)),
        loss("inside_temperature", "degC", "900 °C", "開口所見爐內溫度", "as seen through the opening", (50, 2000)),
        loss("atmosphere_flow", "m3/h", "30 m3/h", "爐氣流量（量測狀態）", "protective atmosphere at its metered state",
             (0, 1e6)),
        loss("atmosphere_volumetric_heat", "kJ/(m3*K)", "1.34 kJ/(m3*K)", "該狀態之體積比熱",
             "heat capacity at that state",
             (0.1, 10)),
        loss("atmosphere_outlet_temperature", "degC", "800 °C", "爐氣離爐溫度", "where it leaves", (0, 2000)),
        loss("cooling_water_flow", "m3/h", "4 m3/h", "冷卻水流量", "cooling water", (0, 1e5)),
        loss("cooling_water_inlet", "degC", "28 °C", "冷卻水入口溫度", "inlet", (0, 99)),
        loss("cooling_water_outlet", "degC", "36 °C", "冷卻水出口溫度", "outlet", (0, 100)),
        loss("other_loss", "kW", "5 kW", "其他已知熱損（逸氣、爐渣等）", "other known losses: escaping gas, slag",
             (0, 1e5)),
        fixed("charge_rate", "kg/h", "2,000 kg/h", "裝料量（每小時，含水）", "charge per hour, wet", (0.01, 1e7)),
        fixed("specific_heat_solid", "kJ/(kg*K)", "0.62 kJ/(kg*K)", "工件平均比熱（鋼至 850 °C 約 0.62–0.70）",
              "mean, solid", (0.05, 5)),
        fixed("specific_heat_liquid", "kJ/(kg*K)", "0.8 kJ/(kg*K)", "液態比熱（不熔化者不影響）",
              "liquid; of no effect if nothing melts", (0.05, 5)),
        fixed("latent_heat", "kJ/kg", "270 kJ/kg", "熔化潛熱（不熔化者不影響）",
              "of fusion; of no effect if nothing melts",
              (0, 2000)),
        fixed("melting_point", "degC", "1,500 °C", "熔點", "melting point", (-50, 3000)),
        fixed("share_melted", "%", "0 %", "熔化比例", "share that melts", (0, 100)),
        fixed("charge_inlet_temperature", "degC", "30 °C", "工件入爐溫度", "going in", (-20, 1500)),
        fixed("charge_outlet_temperature", "degC", "850 °C", "工件出爐溫度", "coming out", (-20, 2000)),
        Parameter("water_inlet_share", ("common",), "%", "2 %", "入爐含水率（濕基）；未填視為乾料",
                  "of the wet charge; dry when left out", True, (0, 90)),
        Parameter("water_outlet_share", ("common",), "%", "0 %", "出爐殘留水分（以入爐濕料計）",
                  "left at the outlet, per wet charge", True, (0, 90)),
        Parameter("operating_hours", ("common",), "h", "6,000 h", "運轉時數", "hours of the period",
                  range=HOURS_OF_A_YEAR),
        Parameter("furnace_energy", ("common",), unit, f"4,000,000 {unit}", "該爐期間計量用能，用於核對",
                  "metered, to hold against the sum", True, (1, 1e10)),
        *heat_parameters(carrier),
    )  # fmt: skip


CARRIERS: tuple[Carrier, ...] = ("natural_gas", "electricity")
PARAMETERS = {carrier: _parameters(carrier) for carrier in CARRIERS}
_GAS = {"flue_gas_oxygen_dry": "3 %", "flue_gas_temperature": "850 °C", "combustion_air_temperature": "25 °C",
        "fuel": "methane", "ambient_temperature": "25 °C"}  # fmt: skip
_ELECTRIC = {"heating_efficiency": "95 %", "ambient_temperature": "25 °C"}


def _example(carrier: Carrier) -> WorkedExample:
    walls = {"wall_area": "60 m2", "emissivity": "0.9"}
    return WorkedExample(
        before=walls | {"surface_temperature": "110 °C"},
        after=walls | {"surface_temperature": "70 °C"},
        common={"charge_rate": "4535.9237 kg/h", "specific_heat_solid": "1.03795 kJ/(kg*K)",
                "specific_heat_liquid": "1.088948 kJ/(kg*K)", "latent_heat": "393.094 kJ/kg",
                "melting_point": "657.2200 °C", "share_melted": "100 %", "charge_inlet_temperature": "37.7778 °C",
                "charge_outlet_temperature": "704.4444 °C", "operating_hours": "6,000 h"}
        | (_GAS if carrier == "natural_gas" else _ELECTRIC),
        of="solid_charge_heat",
        given="4675276 Btu/h",
        tolerance=1e-4,
        source=cite("measur-tools-suite", "SolidLoadChargeMaterial.unit.cpp: 10,000 lb/h of aluminium melted, "
        "1,300 °F"),
        because_en="The source gives 4,675,276 Btu/h, because it is the same enthalpy balance of the charge. The "
        "losses are constructed.",
        because_zh="來源值 4,675,276 Btu/h，因其為同一工件焓平衡。熱損部分為示意。",
    )  # fmt: skip


def _description(key: str, zh: str, en: str, carrier: Carrier) -> TechnologyDescription:
    return TechnologyDescription(
        key, zh, en, carrier, PARAMETERS[carrier],
        functools.partial(change, carrier),
        functools.partial(ceiling, carrier),
        _example(carrier),
        limits_zh="穩態連續爐或週期平均；排煙條件不變；逸出爐氣與爐渣填入 other_loss；放熱反應不計。"
        "改善前後須列相同熱損項目；已在此計入之爐壁、開口等，不得另以 furnace_lining、furnace_opening 重複計算。",
        limits_en="Continuous, or a mean over cycles; flue gas as it is; escaping gas and slag go into other_loss; "
        "heat given off by reactions is not credited. The same losses before and after; a wall or an opening that "
        "is in here must not be claimed again with furnace_lining or furnace_opening.",
    )  # fmt: skip


DESCRIPTIONS = (
    _description("furnace_heat_balance", "加熱爐熱平衡（燃氣）", "Heat balance of a furnace (gas)", "natural_gas"),
    _description("furnace_heat_balance_electric", "加熱爐熱平衡（電熱）", "Heat balance of a furnace (electric)",
                 "electricity"),
)  # fmt: skip
