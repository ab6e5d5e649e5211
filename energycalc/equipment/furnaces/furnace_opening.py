"""Doors, slots and peepholes of furnaces: radiation through openings, by size, depth of the wall and time open."""

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
    notes_on_readings,
    number,
    part,
    reading,
    subject_of,
    word,
)
from energycalc.equipment.description.instruments import THERMOCOUPLE
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.shared.furnace_heat import (
    ceiling_of_one_loss,
    change_of_one_loss,
    heat_parameters,
    meter_parameters,
)
from energycalc.equipment.shared.heat_losses import Carrier
from energycalc.errors import InputError
from energycalc.finding import Finding
from energycalc.physics.heat_transfer.radiation import (
    CHART,
    STEFAN_BOLTZMANN,
    WIDEST_RATIO,
    circular_view_factor,
    opening_heat_loss,
    opening_ratio,
    rectangle_area,
    rectangular_view_factor,
    side_ratio,
)
from energycalc.physics.heat_transfer.walls import disc_area
from energycalc.quantity import Quantity, cite, constant, maximum, minimum, require

NOTHING_HIDDEN = constant(
    "F_1", 1, "1", cite("geometry", "an opening without depth hides nothing of the furnace"), name="view_factor"
)
NEEDS: Mapping[str, tuple[str, ...]] = {
    "circular": ("opening_width",),
    "rectangular": ("opening_width", "opening_length"),
}


def change(carrier: Carrier, before: Given, after: Given, common: Given) -> Change:
    """Make an opening smaller, deeper or shorter open, or close it.

    Args:
        carrier: of the furnace.
        before: ``opening_shape``, its size, ``wall_thickness`` and ``time_open``.
        after: the same after the measure; ``time_open: 0 %`` for a closed one.
        common: ``inside_temperature``, ``inside_emissivity``, the energy of the furnace, hours, and how its heat is
            made.

    Returns:
        The remaining fraction of the furnace's energy.

    Raises:
        InputError: a parameter is missing, unknown or not used by the choice.
        OutOfRange: the radiation alone would take more than the furnace uses.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    findings: list[Finding] = []
    losses = []
    for state, label, place in ((before, BEFORE, "before"), (after, AFTER, "after")):
        with part(label):
            exactly_needed(state, "opening_shape", NEEDS, place)
            losses.append(_loss(parameters, state, common))
    findings += notes_on_readings("furnace_opening", parameters, before, after, common)
    return change_of_one_loss(carrier, "furnace_opening", losses[0], losses[1], common, parameters, findings)


def ceiling(carrier: Carrier, before: Given, after: Given, common: Given) -> Ceiling:
    """The whole radiation through the opening as it is.

    Args:
        carrier: of the furnace.
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    parameters = PARAMETERS[carrier]
    check(parameters, before, after, common)
    return ceiling_of_one_loss(
        carrier,
        _loss(parameters, before, common),
        common,
        parameters,
        "radiation through the opening",
        "開口輻射熱損",
    )


def _loss(parameters: tuple[Parameter, ...], state: Given, common: Given) -> Quantity:
    inside, ambient = reading(parameters, common, "inside_temperature"), number(common, "ambient_temperature")
    require(inside, ">", ambient, "a furnace that is not hotter than the room radiates no heat into it", CHART,
            "Check the two temperatures")  # fmt: skip
    width = number(state, "opening_width").to("m")
    if word(state, "opening_shape") == "circular":
        short, sides, area = width, None, disc_area(width)
    else:
        length = number(state, "opening_length").to("m")
        short, long = minimum(width, length), maximum(width, length)
        sides, area = side_ratio(long, short), rectangle_area(width, length)
    return opening_heat_loss(
        number(common, "inside_emissivity"),
        area,
        inside.to("K"),
        ambient.to("K"),
        _view_factor(state, short, sides),
        number(state, "time_open"),
        STEFAN_BOLTZMANN,
    )


def _view_factor(state: Given, short: Quantity, sides: Quantity | None) -> Quantity:
    """By the chart where it reaches, 1 where the opening has no depth, and otherwise as the user states it."""
    depth = number(state, "wall_thickness").to("m")
    thin = not depth.value
    ratio = None if thin else opening_ratio(short, depth)
    beyond = ratio is not None and float(ratio.value) > WIDEST_RATIO
    if beyond != ("view_factor" in state):
        shown = "no depth" if ratio is None else f"{float(ratio.value):.3g} times as wide as the wall is thick"
        raise InputError(
            "is needed beyond the end of the chart" if beyond else "is not used: chart or geometry gives it here",
            subject=subject_of("view_factor"),
            value=f"opening {shown}",
            limit=f"{WIDEST_RATIO:g} times ({CHART})",
            next_step="Give it; 1, that of a thin wall, is the most it can be" if beyond else "Leave it out",
        )
    if beyond:
        return number(state, "view_factor")
    if ratio is None:
        return NOTHING_HIDDEN
    return circular_view_factor(ratio) if sides is None else rectangular_view_factor(ratio, sides)


def _parameters(carrier: Carrier) -> tuple[Parameter, ...]:
    return (
        Parameter("opening_shape", BOTH, "", "rectangular", "開口形狀：circular 或 rectangular",
                  "circular or rectangular",
                  choices=tuple(NEEDS)),
        Parameter("opening_width", BOTH, "mm", "300 mm", "開口直徑或一邊長", "diameter, or one side", True, (1, 20000)),
        Parameter("opening_length", BOTH, "mm", "600 mm", "開口另一邊長（rectangular 必填）",
                  "other side (rectangular)",
                  True, (1, 20000)),
        Parameter("wall_thickness", BOTH, "mm", "350 mm", "開口處壁厚；薄門填 0 mm",
                  "depth of the wall there; 0 mm for a thin door", range=(0, 3000)),
        Parameter("view_factor", BOTH, "1", "0.95",
                  "開口寬超過壁厚六倍時必填（圖表範圍外）：薄壁為 1；其餘由幾何求得，不填",
                  "only where the opening is more than six times as wide as the wall is thick: 1 for a thin wall; "
                  "otherwise geometry gives it",
                  True, (0.5, 1)),
        Parameter("time_open", BOTH, "%", "20 %", "開啟時間佔運轉時數之比例（計時或攝影）；改善後關閉填 0 %",
                  "share of the operating hours, timed or filmed; 0 % if it is closed afterwards", range=(0, 100)),
        Parameter("inside_temperature", ("common",), "degC", "900 °C", "開口所見爐內溫度",
                  "as seen through the opening",
                  range=(50, 2000), default_uncertainty=THERMOCOUPLE),
        Parameter("inside_emissivity", ("common",), "1", "0.95", "爐內視放射率；小開口接近 1",
                  "near 1 for a small opening",
                  range=(0.1, 1)),
        *heat_parameters(carrier),
        *meter_parameters(carrier),
    )  # fmt: skip


CARRIERS: tuple[Carrier, ...] = ("natural_gas", "electricity")
PARAMETERS = {carrier: _parameters(carrier) for carrier in CARRIERS}
_GAS = {"flue_gas_oxygen_dry": "3 %", "flue_gas_temperature": "850 °C", "combustion_air_temperature": "25 °C",
        "fuel": "methane", "ambient_temperature": "25 °C", "furnace_energy": "4,000,000 kWh[LHV]"}  # fmt: skip
_ELECTRIC = {"heating_efficiency": "95 %", "ambient_temperature": "25 °C", "furnace_energy": "2,000,000 kWh"}


def _example(carrier: Carrier) -> WorkedExample:
    size = {"opening_shape": "circular", "opening_width": "127 mm", "wall_thickness": "76.2 mm"}
    return WorkedExample(
        before=size | {"time_open": "100 %"},
        after=size | {"time_open": "10 %"},
        common={"inside_temperature": "871 °C", "inside_emissivity": "0.95", "operating_hours": "6,000 h"}
        | (_GAS if carrier == "natural_gas" else _ELECTRIC),
        of="view_factor",
        given="0.624519890259",
        tolerance=1e-6,
        source=cite("measur-tools-suite", "OpeningLosses.unit.cpp: round, 5 in wide, wall of 3 in"),
        because_en="The source gives 0.62452, because it is the same polynomial of the chart. All other numbers are "
        "constructed.",
        because_zh="來源值 0.62452，因其為同一圖表之多項式。其餘數值為示意。",
    )  # fmt: skip


def _description(key: str, zh: str, en: str, carrier: Carrier) -> TechnologyDescription:
    return TechnologyDescription(
        key, zh, en, carrier, PARAMETERS[carrier],
        functools.partial(change, carrier),
        functools.partial(ceiling, carrier),
        _example(carrier),
        needs={"opening_shape": NEEDS},
        limits_zh="只計輻射；逸出爐氣、吸入冷空氣與門蓄熱不計（漏入空氣會出現在排煙含氧量）。",
        limits_en="Radiation only: escaping gas, air drawn in and heat stored in the door are not counted (air "
        "drawn in shows in the oxygen of the flue gas).",
    )  # fmt: skip


DESCRIPTIONS = (
    _description("furnace_opening", "加熱爐開口與爐門（燃氣）", "Furnace doors and openings (gas)", "natural_gas"),
    _description("furnace_opening_electric", "加熱爐開口與爐門（電熱）", "Furnace doors and openings (electric)",
                 "electricity"),
)  # fmt: skip
