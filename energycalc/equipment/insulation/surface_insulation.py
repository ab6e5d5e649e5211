"""Insulation of flat hot surfaces (ovens, ducts, dryers, machine beds) and of tanks; fuel or electricity behind them.

Flat: the temperature of the metal under the insulation is known and stays. Tank: that of the contents is known; inner
film, wall and insulation lie in series, and the side and, if wanted, a flat closed top are counted.
"""

from __future__ import annotations

import functools
from typing import Literal

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    notes_on_readings,
    number,
    part,
    reading,
    word,
)
from energycalc.equipment.description.instruments import INFRARED_CAMERA, THERMOCOUPLE
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.shared.heat_losses import (
    NEEDS,
    Carrier,
    change_of_loss,
    film_doubts,
    insulation_parameters,
    room_parameters,
    source_parameters,
    straight_conductivity,
    whole_loss,
)
from energycalc.finding import Finding
from energycalc.physics.heat_transfer.conduction import plane_resistance
from energycalc.physics.heat_transfer.pipes import BALANCE
from energycalc.physics.heat_transfer.walls import (
    Layer,
    Room,
    cylinder_area,
    disc_area,
    inner_film_resistance,
    lined_wall_loss,
    measured_wall_loss,
    shape_factor,
    shell_outer_diameter,
    tank_layers,
    total_resistance,
    wall_heat_loss,
)
from energycalc.quantity import Quantity, cite, quantity, require, total

Kind = Literal["surface", "tank"]
ORIENTATIONS = ("vertical", "facing_up", "facing_down")
POSITIONS = {"upright": "upright_cylinder", "lying": "lying_cylinder"}


def change(kind: Kind, carrier: Carrier, before: Given, after: Given, common: Given) -> Change:
    """Insulate a flat surface or a tank, insulate it better, or change its jacket.

    Args:
        kind: ``surface`` or ``tank``.
        carrier: of the heat source.
        before: ``insulation``, ``emissivity``, and for a layer its thickness and conductivities.
        after: the same after the measure.
        common: size, temperatures, wind, efficiency of the heat source and hours.

    Returns:
        The remaining fraction of the energy that covers this loss, with both energies.

    Raises:
        InputError: a parameter is missing, unknown or not used by the choice.
        OutOfRange: not warmer than the room, or beyond the range of the convection equation.
    """
    check(PARAMETERS[kind, carrier], before, after, common)
    technology = f"{kind}_insulation"
    findings: list[Finding] = notes_on_readings(technology, PARAMETERS[kind, carrier], common)
    losses = []
    for state, label, place in ((before, BEFORE, "before"), (after, AFTER, "after")):
        with part(label):
            exactly_needed(state, "insulation", NEEDS, place)
            loss, films = (_surface if kind == "surface" else _tank)(state, common, PARAMETERS[kind, carrier])
            losses.append(loss)
            for film in films:
                findings += film_doubts(technology, film)
    return change_of_loss(carrier, technology, losses[0], losses[1], common, findings)


def ceiling(kind: Kind, carrier: Carrier, before: Given, after: Given, common: Given) -> Ceiling:
    """The whole present loss of the surface or tank.

    Args:
        kind: ``surface`` or ``tank``.
        carrier: of the heat source.
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS[kind, carrier], before, after, common)
    return whole_loss()


def _room(state: Given, common: Given, shape: str, parameters: tuple[Parameter, ...]) -> Room:
    return Room(
        reading(parameters, common, "ambient_temperature").to("K"),
        number(common, "wind_speed"),
        number(state, "emissivity").to("1"),
        shape_factor(shape),
    )


def _surface(state: Given, common: Given, parameters: tuple[Parameter, ...]) -> tuple[Quantity, list[Quantity]]:
    room = _room(state, common, word(common, "orientation"), parameters)
    hot = reading(parameters, common, "metal_temperature").to("K")
    require(hot, ">", room.ambient, "a surface that is not warmer than the room loses no heat to it", BALANCE,
            "A cold surface gains heat and may sweat: insulation against that is another calculation")  # fmt: skip
    if word(state, "insulation") == "none":
        loss = measured_wall_loss(room, hot)
    else:
        layer = Layer(number(state, "insulation_thickness").to("m"), *straight_conductivity(state))
        loss = lined_wall_loss(hot, room, [layer])
    return wall_heat_loss(loss, room, number(common, "surface_area")), [loss.film_coefficient]


def _tank(state: Given, common: Given, parameters: tuple[Parameter, ...]) -> tuple[Quantity, list[Quantity]]:
    bare = word(state, "insulation") == "none"
    bore, wall = number(common, "bore_diameter"), number(common, "tank_wall_thickness")
    contents = reading(parameters, common, "fluid_temperature").to("K")
    inside = number(common, "inner_film_coefficient")
    shell = shell_outer_diameter(bore, wall)
    none = quantity(0, "W/(m*K)/K", name="conductivity_slope", symbol="k_1", basis="assumed",
                    source=cite("fourier-law", "metal wall of constant conductivity"))  # fmt: skip
    of_wall = (shell, wall, number(common, "tank_wall_conductivity"), none)
    outside, stack = shell, [of_wall]
    if not bare:
        outside = shell_outer_diameter(shell, number(state, "insulation_thickness"))
        stack = [(outside, number(state, "insulation_thickness"), *straight_conductivity(state)), of_wall]
    room = _room(state, common, POSITIONS[word(common, "tank_position")], parameters)
    side = lined_wall_loss(contents, room, tank_layers(stack), inner_film_resistance(outside, bore, inside))
    losses = [wall_heat_loss(side, room, cylinder_area(outside, number(common, "shell_length")))]
    films = [side.film_coefficient]
    if word(common, "flat_top") == "yes":
        up = _room(state, common, "facing_up", parameters)
        layers = [] if bare else [Layer(number(state, "insulation_thickness").to("m"), *straight_conductivity(state))]
        behind = total_resistance(inside, plane_resistance(wall, number(common, "tank_wall_conductivity")))
        top = lined_wall_loss(contents, up, layers, behind)
        losses.append(wall_heat_loss(top, up, disc_area(outside)))
        films.append(top.film_coefficient)
    return total(losses).renamed("tank_heat_loss", "Q_t", cite("energy-balance", "side and top")), films


def _parameters(kind: Kind, carrier: Carrier) -> tuple[Parameter, ...]:
    surface = (
        Parameter("surface_area", ("common",), "m2", "12 m2", "表面積（扣除開口）", "without openings",
                  range=(1e-4, 1e5)),
        Parameter("orientation", ("common",), "", "vertical",
                  "表面方向：vertical 垂直、facing_up 朝上、facing_down 朝下",
                  "vertical, facing_up or facing_down", choices=ORIENTATIONS),
        Parameter("metal_temperature", ("common",), "degC", "180 °C",
                  "保溫層下方金屬溫度（接觸式溫度計；裸露時即表面溫度，可用紅外線熱像儀並註明 ±）",
                  "of the metal under the insulation (contact probe); of a bare part its surface, by IR camera with "
                  "its ±", range=(0, 620), default_uncertainty=INFRARED_CAMERA),
    )  # fmt: skip
    tank = (
        Parameter("bore_diameter", ("common",), "m", "2 m", "槽內徑（大於 0.6 m）", "inner diameter, above 0.6 m",
                  range=(0.6, 100)),
        Parameter("shell_length", ("common",), "m", "3 m", "槽身高度或長度（液面所及）",
                  "wetted height or length", range=(0.1, 100)),
        Parameter("tank_position", ("common",), "", "upright", "立式 upright 或臥式 lying", "upright or lying",
                  choices=tuple(POSITIONS)),
        Parameter("flat_top", ("common",), "", "no", "是否計入有蓋平頂（與側面同一保溫）：yes 或 no；開口液面另計蒸發",
                  "yes counts a closed flat top, insulated as the side; an open surface evaporates and is not covered",
                  choices=("yes", "no")),
        Parameter("tank_wall_thickness", ("common",), "mm", "6 mm", "槽壁厚", "of the wall", range=(0.5, 500)),
        Parameter("tank_wall_conductivity", ("common",), "W/(m*K)", "50 W/(m*K)",
                  "槽壁導熱係數（碳鋼約 50、不鏽鋼約 16）",
                  "of the wall; about 50 carbon steel, 16 stainless", range=(0.1, 420)),
        Parameter("inner_film_coefficient", ("common",), "W/(m2*K)", "500 W/(m2*K)",
                  "槽內液體側熱傳係數；攪拌水數百至上千，MEASUR 假設 57",
                  "between contents and wall; hundreds for stirred water, MEASUR assumes 57", range=(5, 20000)),
        Parameter("fluid_temperature", ("common",), "degC", "80 °C", "槽內液體溫度", "of the contents", range=(0, 400),
                  default_uncertainty=THERMOCOUPLE),
    )  # fmt: skip
    own = surface if kind == "surface" else tank
    return (*insulation_parameters(), *own, *room_parameters(), *source_parameters(carrier))


KINDS: tuple[Kind, ...] = ("surface", "tank")
CARRIERS: tuple[Carrier, ...] = ("natural_gas", "electricity")
PARAMETERS = {(kind, carrier): _parameters(kind, carrier) for kind in KINDS for carrier in CARRIERS}
_LAYER = {"insulation": "layer", "insulation_thickness": "50 mm", "conductivity_at_50": "0.040 W/(m*K)",
          "conductivity_at_150": "0.055 W/(m*K)", "emissivity": "0.9"}  # fmt: skip
_SOURCE = {"heat_source_efficiency": "88 %", "operating_hours": "8,000 h"}
EXAMPLES: dict[Kind, WorkedExample] = {
    "surface": WorkedExample(
        before={"insulation": "none", "emissivity": "0.9"},
        after=_LAYER,
        common={"surface_area": "46.4515 m2", "orientation": "vertical", "metal_temperature": "107.2222 °C",
                "ambient_temperature": "26.6667 °C", "wind_speed": "4.4704 m/s"} | _SOURCE,
        of="surface_heat_loss",
        given="404627.55 Btu/h",
        tolerance=0.001,
        source=cite("measur-tools-suite", "WallLosses.unit.cpp: 500 ft2, 225 °F, 80 °F, 10 mph, 0.9, 1.394"),
        because_en="The source gives 404,627.55 Btu/h, because it takes a Stefan-Boltzmann constant of 0.1713e-8 "
        "Btu/(h·ft²·°R⁴), 0.04 % above CODATA's, and 460 °F. The insulated state and the heat source are "
        "constructed.",
        because_zh="來源值 404,627.55 Btu/h，因其斯特凡–波茲曼常數取 0.1713e-8（較 CODATA 高 0.04 %）且絕對零度取 "
        "-460 °F。保溫後狀態與熱源為示意。",
    ),
    "tank": WorkedExample(
        before={"insulation": "none", "emissivity": "0.8"},
        after=_LAYER,
        common={"bore_diameter": "1.99 m", "shell_length": "8.8718 m", "tank_position": "lying", "flat_top": "no",
                "tank_wall_thickness": "5 mm", "tank_wall_conductivity": "50 W/(m*K)",
                "inner_film_coefficient": "20000 W/(m2*K)", "fluid_temperature": "68.3333 °C",
                "ambient_temperature": "32.2222 °C", "wind_speed": "0.44704 m/s"} | _SOURCE,
        of="surface_heat_loss",
        given="82584.36 Btu/h",
        tolerance=0.003,
        source=cite("measur-tools-suite", "wall loss, release 1.2.5: 600 ft2 of cylinder, 155 °F, 90 °F, 1 mph"),
        because_en="The source gives 82,584.36 Btu/h, because it starts from the temperature of the surface, 155 "
        "°F; here that is the temperature of the contents behind a thin wall and a strong film, 0.2 % less loss. "
        "The insulated state and the heat source are constructed.",
        because_zh="來源值 82,584.36 Btu/h，因其以表面溫度 155 °F 起算；此處為內容物溫度，隔薄壁與強內膜，散熱少 "
        "0.2 %。保溫後狀態與熱源為示意。",
    ),
}  # fmt: skip


_METAL = (
    "金屬溫度視為不變（由熱媒或控溫維持）；若熱量先經爐襯等熱阻，保溫後金屬會升溫、節能高估，請改用爐襯項目。",
    "The metal keeps its temperature (held by its medium or a controller); where heat first passes a lining, the metal "
    "gets hotter under insulation and the saving would be too high: describe the lining instead. ",
)


def _description(key: str, zh: str, en: str, kind: Kind, carrier: Carrier) -> TechnologyDescription:
    metal_zh, metal_en = _METAL if kind == "surface" else ("", "")
    return TechnologyDescription(
        key,
        zh,
        en,
        carrier,
        PARAMETERS[kind, carrier],
        functools.partial(change, kind, carrier),
        functools.partial(ceiling, kind, carrier),
        EXAMPLES[kind],
        needs={"insulation": NEEDS},
        limits_zh=f"{metal_zh}穩態、平面或直徑 0.6 m 以上之槽；不含支撐熱橋、開口與蒸發；槽底不計；"
        "冷面（吸熱、結露）不適用。對流採 ASTM C680（1989），表面 50 °C 時總散熱可能高估約一成。",
        limits_en=f"{metal_en}Steady; flat surfaces and tanks wider than 0.6 m; no supports, openings or evaporation; "
        "the bottom of a tank is not counted; cold parts, which gain heat and sweat, are refused. Convection by ASTM "
        "C680 (1989): a tenth of the loss of a surface at 50 °C above newer laws.",
    )


DESCRIPTIONS = (
    _description("surface_insulation", "熱表面保溫（燃氣熱源）", "Insulation of hot surfaces (fuel-fired heat)",
                 "surface", "natural_gas"),
    _description("surface_insulation_electric", "熱表面保溫（電熱源）", "Insulation of hot surfaces (electric heat)",
                 "surface", "electricity"),
    _description("tank_insulation", "加熱槽保溫（燃氣熱源）", "Insulation of heated tanks (fuel-fired heat)",
                 "tank", "natural_gas"),
    _description("tank_insulation_electric", "加熱槽保溫（電熱源）", "Insulation of heated tanks (electric heat)",
                 "tank", "electricity"),
)  # fmt: skip
