"""Blowing with compressed air: open tubes to engineered nozzles, shorter times, or no blowing at all."""

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
    number,
    part,
    word,
)
from energycalc.equipment.shared.air_use import (
    AIR_CEILING,
    CEILING_EN,
    CEILING_ZH,
    COMPRESSOR_PARAMETERS,
    CONTROL_NEEDS,
    air_ceiling,
    air_change,
    nozzle_flow,
)
from energycalc.equipment.shared.choices import choice_of, exactly_needed, needed_by_some
from energycalc.equipment.tables import read_table
from energycalc.finding import Finding
from energycalc.physics.compressed_air.air_energy import air_volume, mean_flow_of_part_time
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.compressed_air.leak_flow import AIR_GAS_CONSTANT, bag_flow, flow_of_equal_leaks, hole_flow
from energycalc.quantity import Quantity, cite

NEEDS: Mapping[str, tuple[str, ...]] = {
    "nozzle_table": ("nozzle", "number_of_nozzles"),
    "hole": ("hole_diameter", "number_of_nozzles", "leak_discharge_coefficient", "line_air_temperature"),
    "bag": ("bag_height", "bag_diameter", "bag_fill_time", "number_of_nozzles"),
    "flow_meter": ("blowing_flow",),
}


def blowing_flow_of(side: Given, common: Given) -> Quantity:
    """Mean flow of free air of the blowing of one side.

    Args:
        side: ``blowing_method``, what it needs, and ``blowing_time_share``.
        common: ``line_pressure`` and ``ambient_pressure``.
    """
    method = word(side, "blowing_method")
    if method == "flow_meter":
        return mean_flow_of_part_time(number(side, "blowing_flow"), number(side, "blowing_time_share"))
    line, ambient = number(common, "line_pressure"), number(common, "ambient_pressure")
    if method == "nozzle_table":
        single = nozzle_flow(word(side, "nozzle"), line)
    elif method == "bag":
        single = bag_flow(number(side, "bag_height"), number(side, "bag_diameter"), number(side, "bag_fill_time"))
    else:
        single = hole_flow(
            number(side, "hole_diameter"),
            number(side, "leak_discharge_coefficient"),
            absolute_pressure(line, ambient),
            ambient,
            number(side, "line_air_temperature"),
            AIR_GAS_CONSTANT,
        )
    running = flow_of_equal_leaks(single, number(side, "number_of_nozzles"))
    return mean_flow_of_part_time(running, number(side, "blowing_time_share"))


def change(before: Given, after: Given, common: Given) -> Change:
    """Blow with less air.

    Args:
        before: ``blowing_method``, what it needs (see ``NEEDS``), and ``blowing_time_share``.
        after: the same.
        common: line pressure and the compressor.

    Returns:
        The remaining fraction of the compressors' energy; the air saved stands beside it.

    Raises:
        InputError: something is missing or would be ignored.
        OutOfRange: more energy than the compressors take.
    """
    check(PARAMETERS, before, after, common)
    findings: list[Finding] = []
    flows = []
    for side, place, label in ((before, "before", BEFORE), (after, "after", AFTER)):
        with part(label):
            exactly_needed(side, "blowing_method", NEEDS, place)
            flows.append(blowing_flow_of(side, common))
    if flows[1].value < flows[0].value:
        findings.append(
            doubt(
                "air_blowing.same_work",
                "note",
                "Less air blows with less force unless the nozzle draws in ambient air: try the blow-off out.",
                "用氣減少時吹力可能不足（節能噴嘴靠引射補足），須現場試吹確認。",
                None,
                flow_before=f"{flows[0].value:.3g} m3/min",
                flow_after=f"{flows[1].value:.3g} m3/min",
            )
        )
    found = air_change("air_blowing", (flows[0], flows[1]), common, findings)
    hours = number(common, "operating_hours")
    saved = (air_volume(flows[0], hours) - air_volume(flows[1], hours)).renamed(
        "air_saved", "V_s", cite("energy-balance", "air before less air after")
    )
    return Change(
        found.remaining,
        found.carrier,
        found.energy_before_model,
        found.energy_after_model,
        found.findings,
        {},
        (saved,),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that less blowing can save: all of it, at full specific power.

    Args:
        before: the blowing.
        after: not used.
        common: line pressure and the compressor.
    """
    return Ceiling(air_ceiling(blowing_flow_of(before, common), common), CEILING_EN, CEILING_ZH, AIR_CEILING)


_reading = functools.partial(needed_by_some, NEEDS)

PARAMETERS = (
    choice_of(NEEDS, "blowing_method", "nozzle_table", "吹氣量求法", "how the flow is found"),
    Parameter("blowing_time_share", BOTH, "%", "30 %", "吹氣時間佔有壓時間比例（電磁閥計時）",
              "share of the hours in which it blows, timer or valve signal", range=(0, 100)),
    Parameter("nozzle", BOTH, "", "tube_1_4_inch", "噴嘴或開口管種類（nozzle_table 必填）",
              "kind of nozzle or open tube (needed by nozzle_table)", True,
              choices=tuple(row["nozzle"] for row in read_table("air_nozzles").rows)),
    _reading("number_of_nozzles", "1", "4", "同時吹氣之數量", "blowing at the same time", (0, 10000)),
    _reading("blowing_flow", "m3/min", "0.9 m3/min", "吹氣時流量（自由空氣）", "flow meter while it blows", (0, 500)),
    _reading("hole_diameter", "mm", "4 mm", "孔徑", "of one hole", (0.05, 100)),
    _reading("leak_discharge_coefficient", "1", "0.61", "流出係數：銳緣 0.61，圓緣 0.97，上限 1",
             "0.61 sharp-edged, 0.97 well rounded, at most 1", (0.05, 1)),
    _reading("line_air_temperature", "degC", "30 degC", "管內空氣溫度", "of the air in the line", (-20, 120)),
    _reading("bag_height", "m", "0.5 m", "充滿之袋高", "of the full bag", (0.01, 5)),
    _reading("bag_diameter", "m", "0.3 m", "充滿之袋徑", "of the full bag", (0.01, 5)),
    _reading("bag_fill_time", "s", "12 s", "充滿時間（碼錶）", "stop-watch, from empty to full", (0.5, 3600)),
    *COMPRESSOR_PARAMETERS,
)  # fmt: skip

BLOWING = TechnologyDescription(
    "air_blowing",
    "壓縮空氣吹氣改善（節能噴嘴、縮短吹氣）",
    "Blowing with compressed air (nozzles, shorter times)",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={
            "blowing_method": "nozzle_table",
            "nozzle": "pipe_1_4_inch",
            "number_of_nozzles": "4",
            "blowing_time_share": "100 %",
        },
        after={"blowing_method": "flow_meter", "blowing_flow": "0 m3/min", "blowing_time_share": "0 %"},
        common={
            "full_load_flow": "28.316846592 m3/min",
            "full_load_power": "160 kW",
            "control_type": "reciprocating_start_stop",
            "average_power": "100 kW",
            "operating_hours": "8,640 h",
            "line_pressure": "3.44737864658418 bar(g)",
            "ambient_pressure": "1.01325 bar(a)",
        },
        of="saving",
        given="503,089.64352 kWh",
        tolerance=1e-6,
        source=cite("measur-tools-suite", "unit test of the compressed-air reduction, pressure method"),
        because_en="The source gives 503,090 kWh a year for four open quarter-inch pipes at 50 psig, because they take "
        "364 scfm at 0.16 kW per scfm for 8,640 hours; the test counts the full specific power, as start/stop does. "
        "Mean power and size of the compressor are ours (only their ratio counts).",
        because_zh="來源值 503,090 kWh/年：四支 1/4 吋開口管於 50 psig 用 364 scfm，乘 0.16 kW/scfm 與 8,640 小時；"
        "以全額比功率計。空壓機大小與平均功率為自設（僅比功率有影響）。",
    ),
    needs={"blowing_method": NEEDS, "control_type": CONTROL_NEEDS},
    limits_zh="噴嘴曲線為 MEASUR 之擬合（壓力範圍未載明，零壓時不為零）；同樣吹力須現場確認。",
    limits_en="The nozzle curves are MEASUR's fits (range of pressure not stated, not zero at no pressure); the same "
    "blowing force must be tried out.",
)
DESCRIPTIONS = (BLOWING,)
