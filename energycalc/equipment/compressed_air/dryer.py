"""Dryers of compressed air: purge air and own electricity, dew-point control, another kind of dryer."""

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
    notes_on_readings,
    number,
    part,
    plain_text,
    reading,
    subject_of,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.air_use import (
    AIR_CEILING,
    COMPRESSOR_PARAMETERS,
    CONTROL_NEEDS,
    air_ceiling,
    air_change,
)
from energycalc.equipment.shared.choices import choice_of, exactly_needed, needed_by_some
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.drying import least_heatless_purge, mean_power_of_part_time, purge_flow
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.quantity import Quantity, Source, cite, constant, total

PURGE = ("dryer_rated_flow", "purge_share", "purge_time_share")
HEATER = ("heater_power", "heating_time_share")
NEEDS: Mapping[str, tuple[str, ...]] = {
    "refrigerated": ("refrigeration_power", "refrigeration_time_share"),
    "heatless": PURGE,
    "heated_purge": (*PURGE, *HEATER),
    "blower_purge": (*PURGE, *HEATER, "blower_power", "blower_time_share"),
    "heat_of_compression": PURGE,
    "none": (),
}
FREEZING = 0.0
_ICES_UP = {
    "refrigerated": "a refrigerated dryer cannot go below the freezing point: its coil would ice up",
    "none": "without a dryer the air leaves the cooler saturated: no dew point below freezing",
}
NO_POWER = constant("P_0", 0, "kW", Source("a dryer without electrical parts", "definition"), name="dryer_power")
NO_FLOW = constant("q_0", 0, "m3/min", Source("a dryer without purge", "definition"), name="no_purge")


def purge_of(side: Given) -> Quantity:
    """Mean purge flow of a dryer.

    Args:
        side: ``dryer_type`` and what it needs.
    """
    if "purge_share" not in side:
        return NO_FLOW
    return purge_flow(*(number(side, name) for name in PURGE))


def own_power_of(side: Given) -> Quantity:
    """Mean electrical power of a dryer itself.

    Args:
        side: ``dryer_type`` and what it needs.
    """
    parts = [
        mean_power_of_part_time(reading(PARAMETERS, side, power), number(side, share))
        for power, share in (
            ("refrigeration_power", "refrigeration_time_share"),
            ("heater_power", "heating_time_share"),
            ("blower_power", "blower_time_share"),
        )
        if power in side
    ]
    if not parts:
        return NO_POWER
    return total(parts).renamed("dryer_power", "P_dry", cite("energy-balance", "sum of the dryer's electrical parts"))


def change(before: Given, after: Given, common: Given) -> Change:
    """Control a dryer by dew point, or replace it by another kind.

    Args:
        before: ``dryer_type``, what it needs (see ``NEEDS``), ``pressure_dew_point``.
        after: the same.
        common: ``required_dew_point``, ``dried_flow``, line pressure and the compressor.

    Returns:
        The remaining fraction of the energy of compressors and dryer together.

    Raises:
        InputError: something is missing or would be ignored.
        OutOfRange: a dew point that the air's users cannot accept, or that this kind of dryer cannot reach; more
            purge than air.
    """
    check(PARAMETERS, before, after, common)
    findings: list[Finding] = notes_on_readings("air_dryer.own_power", _OWN, before, after)
    for side, place, label in ((before, "before", BEFORE), (after, "after", AFTER)):
        with part(label):
            exactly_needed(side, "dryer_type", NEEDS, place)
            _reachable(side)
            _passes(side, common)
            findings += _purge_doubts(side, common)
    with part(AFTER):
        _dry_enough(after, common)
    flows, powers = (purge_of(before), purge_of(after)), (own_power_of(before), own_power_of(after))
    return air_change("air_dryer", flows, common, findings, powers)


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that a better dryer can save: all purge at full specific power, and all of the dryer's electricity.

    Args:
        before: the dryer.
        after: not used.
        common: the compressor.
    """
    return Ceiling(
        air_ceiling(purge_of(before), common, own_power_of(before)),
        "A better dryer cannot save more than the old one's purge at full specific power and its own electricity.",
        "節電不超過原乾燥機之再生耗氣（以滿載比功率計）與其本身用電。",
        AIR_CEILING,
    )


def _celsius(given: Given, name: str) -> float:
    return float(number(given, name).value_in("degC"))


def _dry_enough(after: Given, common: Given) -> None:
    if _celsius(after, "pressure_dew_point") > _celsius(common, "required_dew_point") + 1e-9:
        raise OutOfRange(
            "the air would be wetter than its users need: not the same work",
            subject=subject_of("pressure_dew_point"),
            value=plain_text(number(after, "pressure_dew_point")),
            limit=f"{plain_text(number(common, 'required_dew_point'))} (required_dew_point)",
            next_step="Choose a dryer that reaches the required dew point, or show that the users need less",
        )


def _reachable(side: Given) -> None:
    why = _ICES_UP.get(word(side, "dryer_type"))
    if why and _celsius(side, "pressure_dew_point") < FREEZING:
        raise OutOfRange(
            why,
            subject=subject_of("pressure_dew_point"),
            value=plain_text(number(side, "pressure_dew_point")),
            limit="0 degC (freezing point of water)",
            next_step="Take the dew point from the data sheet, or describe a desiccant dryer",
        )


def _passes(side: Given, common: Given) -> None:
    purge, dried = purge_of(side), number(common, "dried_flow")
    if purge.value_in("m3/min") > dried.value_in("m3/min"):
        raise OutOfRange(
            "the dryer blows away more air than passes through it",
            subject=subject_of("purge_share"),
            value=f"{purge.value_in('m3/min'):.4g} m3/min",
            limit=f"{plain_text(dried)} (dried_flow)",
            next_step="Check rated flow, purge share and its time share, and the mean flow through the dryer",
        )


def _purge_doubts(side: Given, common: Given) -> list[Finding]:
    """A heatless dryer cannot dry saturated air with less than the expanded volume that carries the same water."""
    if word(side, "dryer_type") != "heatless":
        return []
    ambient = number(common, "ambient_pressure")
    least = least_heatless_purge(ambient, absolute_pressure(number(common, "line_pressure"), ambient)).value
    share = purge_of(side).value / float(number(common, "dried_flow").value_in("m3/min"))
    if share >= least:
        return []
    return [
        doubt(
            "air_dryer.purge_below_least",
            "warning",
            f"The purge is {100 * share:.1f} % of the air dried; saturated air at one temperature needs at least "
            f"{100 * least:.1f} %.",
            f"再生耗氣僅為乾燥空氣量之 {100 * share:.1f} %；同溫飽和空氣至少需 {100 * least:.1f} %。",
            cite("desiccant-purge", "14.7 over 114.7 psia"),
            purge_share_of_flow=f"{share:.4f}",
            least=f"{least:.4f}",
        )
    ]


_part = functools.partial(needed_by_some, NEEDS)

PARAMETERS = (
    choice_of(NEEDS, "dryer_type", "heatless", "乾燥機種類", "kind of dryer"),
    Parameter("pressure_dew_point", BOTH, "degC", "-40 degC", "壓力露點（露點計或資料表）",
              "pressure dew point reached, meter or data sheet", range=(-100, 60)),
    Parameter("required_dew_point", ("common",), "degC", "-20 degC", "用氣設備所需之壓力露點",
              "pressure dew point that the users of the air need", range=(-100, 60)),
    Parameter("dried_flow", ("common",), "m3/min", "20 m3/min", "通過乾燥機之平均流量（自由空氣）",
              "mean flow through the dryer, free air", range=(0.01, 1000)),
    _part("dryer_rated_flow", "m3/min", "28 m3/min", "乾燥機額定處理量（再生耗氣依額定計，不依通過量）",
          "rated flow of the dryer: purge is a share of the rating, not of the flow that passes", (0.01, 1000)),
    _part("purge_share", "%", "15 %", "再生時耗氣佔額定處理量比例（銘牌；無熱約 15 %，加熱約 7 %）",
          "purge over rated flow while it purges (nameplate; about 15 % heatless, 7 % heated)", (0, 40)),
    _part("purge_time_share", "%", "100 %", "再生耗氣時間比例；計時控制為 100 %，露點控制須實測",
          "share of the time in which it purges: 100 % with a timer, measured with dew-point control", (0, 100)),
    _part("heater_power", "kW", "12 kW", "加熱器運轉時功率", "of the heater while it runs", (0, 1000),
          default_uncertainty=POWER_LOGGER),
    _part("heating_time_share", "%", "75 %", "加熱器運轉時間比例", "share of the time the heater runs", (0, 100)),
    _part("blower_power", "kW", "4 kW", "鼓風機運轉時功率", "of the blower while it runs", (0, 500),
          default_uncertainty=POWER_LOGGER),
    _part("blower_time_share", "%", "75 %", "鼓風機運轉時間比例", "share of the time the blower runs", (0, 100)),
    _part("refrigeration_power", "kW", "5 kW", "冷凍機運轉時輸入功率（功率計）", "while its machine runs", (0, 500),
          default_uncertainty=POWER_LOGGER),
    _part("refrigeration_time_share", "%", "100 %", "冷凍機運轉時間比例；不停機型 100 %，循環型實測",
          "share of the time its machine runs: 100 % non-cycling, measured for a cycling one", (0, 100)),
    *COMPRESSOR_PARAMETERS,
)  # fmt: skip

_OWN = tuple(p for p in PARAMETERS if "common" not in p.places)

DRYER = TechnologyDescription(
    "air_dryer",
    "壓縮空氣乾燥機改善（露點控制、換型）",
    "Compressed-air dryer (dew-point control, another kind)",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={
            "dryer_type": "heatless",
            "dryer_rated_flow": "28.3168 m3/min",
            "purge_share": "15 %",
            "purge_time_share": "100 %",
            "pressure_dew_point": "-40 degC",
        },
        after={
            "dryer_type": "refrigerated",
            "refrigeration_power": "5 kW",
            "refrigeration_time_share": "100 %",
            "pressure_dew_point": "3 degC",
        },
        common={
            "required_dew_point": "3 degC",
            "dried_flow": "28.3168 m3/min",
            "full_load_flow": "30 m3/min",
            "full_load_power": "180 kW",
            "control_type": "screw_variable_speed",
            "average_power": "170 kW",
            "operating_hours": "8,760 h",
            "line_pressure": "7 bar(g)",
            "ambient_pressure": "1.013 bar(a)",
        },
        of="purge_flow",
        given="4.2475 m3/min",
        tolerance=0.001,
        source=cite("desiccant-purge", "150 cfm of a 1000 cfm heatless dryer at 15 %"),
        because_en="The source gives 150 cfm (4.2475 m3/min), because the purge of a heatless dryer is 15 % of its "
        "rating of 1,000 cfm whatever flows through it. Compressor, refrigerated dryer and dew points are ours.",
        because_zh="來源值 150 cfm（4.2475 m3/min），因為無熱式再生耗氣為額定 1,000 cfm 之 15 %，與通過量無關；"
        "其餘設備資料為自設。",
    ),
    needs={"dryer_type": NEEDS, "control_type": CONTROL_NEEDS},
    limits_zh="再生耗氣依額定處理量計；露點控制之時間比例須實測；乾燥機壓損與冷卻水另計。",
    limits_en="Purge counts on the rating; the time share under dew-point control must be measured; pressure drop and "
    "cooling water are not counted.",
    turning_point_zh="加熱或鼓風再生省下耗氣卻多用電：壓縮機控制回饋比例低時，加熱再生反而可能較耗電。",
    turning_point_en="Heated and blower regeneration save purge and cost electricity: where the compressor's control "
    "gives little back, they can take more in all.",
)
DESCRIPTIONS = (DRYER,)
