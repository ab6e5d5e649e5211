"""Lining and wall insulation of furnaces: surface temperature read by infrared camera, or computed through the layers.

The wall loses heat by convection and radiation. Measured: its surface temperature is read. Computed: the temperature of
the inside face is known, and layers whose conductivity runs along a straight line of temperature follow to the outside.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping

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
    levels,
    notes_on_readings,
    number,
    part,
    reading,
    subject_of,
    word,
)
from energycalc.equipment.description.instruments import INFRARED_CAMERA, THERMOCOUPLE
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.shared.furnace_heat import (
    ceiling_of_one_loss,
    change_of_one_loss,
    heat_parameters,
    meter_parameters,
)
from energycalc.equipment.shared.heat_losses import Carrier, film_doubts
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.heat_transfer.conduction import conductivity_at_zero, conductivity_slope
from energycalc.physics.heat_transfer.walls import (
    Layer,
    Room,
    WallLoss,
    lined_wall_loss,
    measured_wall_loss,
    shape_factor,
    wall_heat_loss,
)
from energycalc.quantity import Quantity, cite

NEEDS: Mapping[str, tuple[str, ...]] = {"surface": ("surface_temperature",), "layers": ("lining",)}


def change(carrier: Carrier, before: Given, after: Given, common: Given) -> Change:
    """Reline a furnace wall, add insulation, or change its outside.

    Args:
        carrier: of the furnace.
        before: ``wall_by`` (surface or layers), ``emissivity``, and ``surface_temperature`` or ``lining``.
        after: the same after the measure.
        common: ``wall_area``, ``orientation``, ``wind_speed``, ``inside_face_temperature`` where layers are given, the
            energy of the furnace, hours, and how its heat is made.

    Returns:
        The remaining fraction of the furnace's energy.

    Raises:
        InputError: a parameter is missing, unknown or not used by the choice.
        OutOfRange: a layer beyond its conductivity's points, the surface not warmer than the room, or a loss above the
            furnace's energy.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    findings: list[Finding] = []
    losses = []
    for state, label, place in ((before, BEFORE, "before"), (after, AFTER, "after")):
        with part(label):
            exactly_needed(state, "wall_by", NEEDS, place)
            wall, room = _wall(parameters, state, common)
            losses.append(wall_heat_loss(wall, room, number(common, "wall_area")))
            findings += film_doubts("furnace_lining", wall.film_coefficient)
    if word(before, "wall_by") != word(after, "wall_by"):
        findings.append(_mixed())
    findings += notes_on_readings("furnace_lining", parameters, before, after, common)
    return change_of_one_loss(carrier, "furnace_lining", losses[0], losses[1], common, parameters, findings)


def ceiling(carrier: Carrier, before: Given, after: Given, common: Given) -> Ceiling:
    """The whole present loss of the wall.

    Args:
        carrier: of the furnace.
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    wall, room = _wall(parameters, before, common)
    loss = wall_heat_loss(wall, room, number(common, "wall_area"))
    return ceiling_of_one_loss(carrier, loss, common, parameters, "wall loss", "爐壁散熱")


def _wall(parameters: tuple[Parameter, ...], state: Given, common: Given) -> tuple[WallLoss, Room]:
    room = Room(
        number(common, "ambient_temperature").to("K"),
        number(common, "wind_speed"),
        number(state, "emissivity").to("1"),
        shape_factor(word(common, "orientation")),
    )
    if word(state, "wall_by") == "surface":
        surface = reading(parameters, state, "surface_temperature").to("K")
        if not surface.value > room.ambient.value:
            raise OutOfRange(
                "a wall that is not warmer than the room loses no heat to it",
                subject=subject_of("surface_temperature"),
                value=f"{surface}",
                limit=f"{room.ambient} (ambient_temperature)",
                next_step="Check camera settings and the air temperature",
            )
        return measured_wall_loss(room, surface), room
    layers = [_layer(row) for row in levels(state["lining"], "lining", _LAYERS, _COLUMNS)]
    return lined_wall_loss(_inside(parameters, common), room, layers[::-1]), room


def _inside(parameters: tuple[Parameter, ...], common: Given) -> Quantity:
    if "inside_face_temperature" not in common:
        raise OutOfRange(
            "is needed where a wall is given by its layers",
            subject=subject_of("inside_face_temperature"),
            limit="°C of the hot face",
            next_step='Write "inside_face_temperature: 950 °C" under common',
        )
    return reading(parameters, common, "inside_face_temperature").to("K")


def _layer(row: Given) -> Layer:
    low, high = (number(row, f"temperature_{end}").to("K") for end in ("low", "high"))
    if not high.value > low.value:
        raise OutOfRange(
            "the two points of the conductivity must have rising temperatures",
            subject=subject_of("lining"),
            value=f"{low} and {high}",
            limit="temperature_low < temperature_high",
        )
    slope = conductivity_slope(number(row, "conductivity_low"), low, number(row, "conductivity_high"), high)
    at_zero = conductivity_at_zero(number(row, "conductivity_low"), low, slope)
    return Layer(number(row, "layer_thickness").to("m"), at_zero, slope)


def _mixed() -> Finding:
    return doubt(
        "furnace_lining.measured_against_computed",
        "warning",
        "One state is measured and the other computed through its layers; the difference of the two methods goes "
        "into the saving. Compute the measured state as well and compare.",
        "一個狀態為量測、另一為逐層計算，兩法之差會計入節能量；請將量測狀態亦逐層計算比對。",
        cite("energycalc-rules", "one method before and after"),
    )


_LAYERS = "爐襯 layer"
_COLUMNS = (
    Parameter("layer_thickness", BOTH, "mm", "230 mm", "該層厚度，由內（熱面）而外", "from the hot face outward",
              range=(0.1, 3000)),
    Parameter("conductivity_low", BOTH, "W/(m*K)", "0.20 W/(m*K)", "型錄較低平均溫度之導熱係數",
              "data sheet, lower point",
              range=(0.005, 420)),
    Parameter("temperature_low", BOTH, "degC", "400 °C", "該點溫度", "of that point", range=(-50, 2000)),
    Parameter("conductivity_high", BOTH, "W/(m*K)", "0.30 W/(m*K)", "型錄較高平均溫度之導熱係數",
              "data sheet, higher point", range=(0.005, 420)),
    Parameter("temperature_high", BOTH, "degC", "800 °C", "該點溫度", "of that point", range=(-50, 2000)),
)  # fmt: skip
_LINING = (
    "[{layer_thickness: 230 mm, conductivity_low: 0.20 W/(m*K), temperature_low: 400 °C, conductivity_high: 0.30 "
    "W/(m*K), temperature_high: 800 °C}]"
)


def _parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    return (
        Parameter("wall_by", BOTH, "", "surface", "surface 量測外表面溫度；layers 由爐襯逐層計算",
                  "surface: temperature of the outside is read; layers: computed through the lining",
                  choices=tuple(NEEDS)),
        Parameter("surface_temperature", BOTH, "degC", "110 °C",
                  "外表面平均溫度（紅外線熱像儀，須設定放射率；surface 必填）",
                  "mean of the outside by infrared camera with its emissivity set (surface)", True, (0, 620),
                  default_uncertainty=INFRARED_CAMERA),
        Parameter("lining", BOTH, "", _LINING, "爐襯各層，由內而外，每層厚度與兩點導熱係數（layers 必填）",
                  "layers from the hot face outward: thickness and conductivity at two temperatures (layers)", True),
        Parameter("emissivity", BOTH, "1", "0.9", "外殼放射率：鋁漆約 0.3–0.5，氧化鋼約 0.9", "of the casing",
                  range=(0.02, 1)),
        Parameter("wall_area", ("common",), "m2", "45 m2", "該面爐壁外表面積", "outside, of this wall",
                  range=(0.01, 1e5)),
        Parameter("orientation", ("common",), "", "vertical", "側壁 vertical、爐頂 facing_up、爐底 facing_down",
                  "side wall, roof, or bottom", choices=("vertical", "facing_up", "facing_down")),
        Parameter("inside_face_temperature", ("common",), "degC", "950 °C", "爐內壁熱面溫度（layers 必填）",
                  "of the hot face (layers)", True, (0, 1900), default_uncertainty=THERMOCOUPLE),
        Parameter("wind_speed", ("common",), "m/s", "0.5 m/s", "爐壁旁風速；無風填 0 m/s",
                  "of the air at the wall; 0 m/s in still air", range=(0, 20)),
        *heat_parameters(carrier),
        *meter_parameters(carrier),
    )  # fmt: skip


CARRIERS: tuple[Carrier, ...] = ("natural_gas", "electricity")
PARAMETERS = {carrier: _parameters(carrier) for carrier in CARRIERS}
_GAS = {"flue_gas_oxygen_dry": "3 %", "flue_gas_temperature": "850 °C", "combustion_air_temperature": "26.6667 °C",
        "fuel": "methane", "ambient_temperature": "26.6667 °C", "furnace_energy": "4,000,000 kWh[LHV]"}  # fmt: skip
_ELECTRIC = {"heating_efficiency": "95 %", "ambient_temperature": "26.6667 °C", "furnace_energy": "2,000,000 kWh"}


def _example(carrier: Carrier) -> WorkedExample:
    return WorkedExample(
        before={"wall_by": "surface", "surface_temperature": "107.2222 °C", "emissivity": "0.9"},
        after={"wall_by": "surface", "surface_temperature": "60 °C", "emissivity": "0.9"},
        common={"wall_area": "46.4515 m2", "orientation": "vertical", "wind_speed": "4.4704 m/s",
                "operating_hours": "6,000 h"} | (_GAS if carrier == "natural_gas" else _ELECTRIC),
        of="surface_heat_loss",
        given="404627.55 Btu/h",
        tolerance=0.001,
        source=cite("measur-tools-suite", "WallLosses.unit.cpp: 500 ft2, 225 °F, 80 °F, 10 mph, 0.9, 1.394"),
        because_en="The source gives 404,627.55 Btu/h, because it takes a Stefan-Boltzmann constant of 0.1713e-8 "
        "Btu/(h·ft²·°R⁴), 0.04 % above CODATA's, and 460 °F. Everything after the loss of the wall is constructed.",
        because_zh="來源值 404,627.55 Btu/h，因其斯特凡–波茲曼常數取 0.1713e-8（較 CODATA 高 0.04 %）且絕對零度取 "
        "-460 °F。爐壁散熱以外之數值為示意。",
    )  # fmt: skip


def _description(key: str, zh: str, en: str, carrier: Carrier) -> TechnologyDescription:
    return TechnologyDescription(
        key, zh, en, carrier, PARAMETERS[carrier],
        functools.partial(change, carrier),
        functools.partial(ceiling, carrier),
        _example(carrier),
        needs={"wall_by": NEEDS},
        limits_zh="穩態；一次一面壁，同一面壁不得另以 furnace_heat_balance 或 furnace_cycle 重複計算；爐襯蓄熱另見 "
        "furnace_cycle；熱橋、錨件與開口不計。排煙溫度視為不變。對流採 "
        "ASTM C680（1989），表面 50 °C 時總散熱可能高估約一成。",
        limits_en="Steady, one wall at a time, not to be claimed again with furnace_heat_balance or furnace_cycle; "
        "heat stored in the lining is in furnace_cycle; anchors, thermal bridges and openings are not counted. "
        "Flue-gas temperature held. Convection by ASTM C680 (1989): a tenth of the loss of a surface at 50 °C above "
        "newer laws.",
    )  # fmt: skip


DESCRIPTIONS = (
    _description("furnace_lining", "加熱爐爐襯與爐壁保溫（燃氣）", "Furnace lining and wall insulation (gas)",
                 "natural_gas"),
    _description("furnace_lining_electric", "加熱爐爐襯與爐壁保溫（電熱）",
                 "Furnace lining and wall insulation (electric)", "electricity"),
)  # fmt: skip
