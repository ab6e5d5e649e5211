"""Leaks of compressed air: measured in six ways, worth what the compressor's control gives back."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

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
    subject_of,
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
)
from energycalc.equipment.shared.choices import choice_of, exactly_needed, needed_by_some
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.compressed_air.leak_flow import (
    AIR_GAS_CONSTANT,
    bag_flow,
    bleed_down_correction,
    bleed_down_flow,
    decibel_flow,
    flow_of_equal_leaks,
    hole_flow,
    timed_leak_flow,
)
from energycalc.quantity import Quantity, Source, cite, constant
from energycalc.quantity.quantity import pure_number

NEEDS: Mapping[str, tuple[str, ...]] = {
    "hole": ("hole_diameter", "number_of_leaks", "leak_discharge_coefficient", "line_air_temperature"),
    "bag": ("bag_height", "bag_diameter", "bag_fill_time", "number_of_leaks"),
    "bleed_down": ("system_volume", "start_pressure", "end_pressure", "bleed_time", "bleed_correction"),
    "decibel": (
        "decibel_reading",
        "number_of_leaks",
        "table_pressure_a",
        "table_pressure_b",
        "table_decibel_a",
        "table_decibel_b",
        "flow_at_a_and_pressure_a",
        "flow_at_a_and_pressure_b",
        "flow_at_b_and_pressure_a",
        "flow_at_b_and_pressure_b",
    ),
    "load_unload_test": ("loaded_time", "unloaded_or_stopped_time"),
    "measured": ("leak_flow",),
}


def leak_flow_of(side: Given, common: Given) -> Quantity:
    """Free air of the leaks of one side.

    Args:
        side: ``leak_method`` and what it needs.
        common: ``line_pressure``, ``ambient_pressure`` and ``full_load_flow``.

    Raises:
        InputError: something is missing or would be ignored.
        OutOfRange: a reading outside the method's range.
    """
    return _BY_METHOD[word(side, "leak_method")](side, common)


def _of_hole(side: Given, common: Given, loss_free: bool = False) -> Quantity:
    ambient = number(common, "ambient_pressure")
    single = hole_flow(
        number(side, "hole_diameter"),
        pure_number(1) if loss_free else number(side, "leak_discharge_coefficient"),
        absolute_pressure(number(common, "line_pressure"), ambient),
        ambient,
        number(side, "line_air_temperature"),
        AIR_GAS_CONSTANT,
    )
    return flow_of_equal_leaks(single, number(side, "number_of_leaks"))


def _of_bag(side: Given, common: Given) -> Quantity:
    single = bag_flow(number(side, "bag_height"), number(side, "bag_diameter"), number(side, "bag_fill_time"))
    return flow_of_equal_leaks(single, number(side, "number_of_leaks"))


def _of_bleed_down(side: Given, common: Given) -> Quantity:
    return bleed_down_flow(
        number(side, "system_volume"),
        number(side, "start_pressure"),
        number(side, "end_pressure"),
        number(side, "bleed_time"),
        number(common, "ambient_pressure"),
        number(side, "bleed_correction"),
    )


def _of_decibel(side: Given, common: Given) -> Quantity:
    table = {name: number(side, name) for name in NEEDS["decibel"] if name != "number_of_leaks"}
    single = decibel_flow(number(common, "line_pressure"), **table)
    return flow_of_equal_leaks(single, number(side, "number_of_leaks"))


def _of_timing(side: Given, common: Given) -> Quantity:
    return timed_leak_flow(
        number(side, "loaded_time"), number(side, "unloaded_or_stopped_time"), number(common, "full_load_flow")
    )


_BY_METHOD: Mapping[str, Callable[[Given, Given], Quantity]] = {
    "hole": _of_hole,
    "bag": _of_bag,
    "bleed_down": _of_bleed_down,
    "decibel": _of_decibel,
    "load_unload_test": _of_timing,
    "measured": lambda side, common: number(side, "leak_flow"),
}


def change(before: Given, after: Given, common: Given) -> Change:
    """Repair leaks.

    Args:
        before: ``leak_method`` and what it needs (see ``NEEDS``); ``visible_hole_diameter`` where one can see it.
        after: the same, for the leaks that are left.
        common: line pressure and the compressor.

    Returns:
        The remaining fraction of the compressors' energy with both energies of the model.

    Raises:
        InputError: something is missing or would be ignored.
        OutOfRange: more air than a hole of that size lets through, or more energy than the compressors take.
    """
    check(PARAMETERS, before, after, common)
    findings: list[Finding] = []
    flows = []
    for side, place, label in ((before, "before", BEFORE), (after, "after", AFTER)):
        with part(label):
            exactly_needed(side, "leak_method", NEEDS, place)
            flow = leak_flow_of(side, common)
            _possible(flow, side, common)
            findings += _bleed_doubts(side, common)
            flows.append(flow)
    return air_change("air_leaks", (flows[0], flows[1]), common, findings)


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that repairing these leaks can save: choked flow without loss, at full specific power.

    Args:
        before: the leaks.
        after: not used.
        common: line pressure and the compressor.
    """
    most = _of_hole(before, common, True) if word(before, "leak_method") == "hole" else leak_flow_of(before, common)
    return Ceiling(air_ceiling(most, common), CEILING_EN, CEILING_ZH, AIR_CEILING)


def _possible(flow: Quantity, side: Given, common: Given) -> None:
    """Refuse more air than the hole that one sees lets through without any loss (choked, coefficient 1)."""
    if "visible_hole_diameter" not in side:
        return
    ambient = number(common, "ambient_pressure")
    line = absolute_pressure(number(common, "line_pressure"), ambient)
    warm = number(side, "line_air_temperature") if "line_air_temperature" in side else _WARM
    most = hole_flow(number(side, "visible_hole_diameter"), pure_number(1), line, ambient, warm, AIR_GAS_CONSTANT)
    if "number_of_leaks" in side:
        most = flow_of_equal_leaks(most, number(side, "number_of_leaks"))
    if flow.value > most.value:
        raise OutOfRange(
            "more air than a hole of this size lets through without any loss",
            subject=subject_of("visible_hole_diameter"),
            value=f"{flow.value:.3g} m3/min",
            limit=f"{most.value:.3g} m3/min (isentropic flow at {line.value_in('bar[a]'):.2f} bar(a))",
            next_step="Check the flow (free air), the diameter and the number of leaks",
        )


def _bleed_doubts(side: Given, common: Given) -> list[Finding]:
    if word(side, "leak_method") != "bleed_down":
        return []
    ambient = number(common, "ambient_pressure")
    ends = (absolute_pressure(number(side, name), ambient) for name in ("start_pressure", "end_pressure"))
    most = bleed_down_correction(*ends).value
    used = float(number(side, "bleed_correction").value_in("1"))
    start, line = (
        float(number(g, n).value_in("bar[g]")) for g, n in ((side, "start_pressure"), (common, "line_pressure"))
    )
    found = []
    if used > most * 1.0001:
        found.append(
            doubt(
                "air_leaks.bleed_correction",
                "warning",
                f"The correction {used:.2f} is larger than choked leaks can have between these pressures ({most:.2f}).",
                f"修正係數 {used:.2f} 大於此壓力區間壅塞流洩漏之理論值 {most:.2f}。",
                cite("isentropic-nozzle-flow", "exponential decay"),
                bleed_correction=f"{used:.2f}",
                largest=f"{most:.2f}",
            )
        )
    if abs(start - line) > 0.5:
        found.append(
            doubt(
                "air_leaks.bleed_start_pressure",
                "warning",
                f"The bleed-down test starts at {start:.1f} bar(g), the line has {line:.1f} bar(g): leaks follow the "
                "absolute pressure.",
                f"洩壓測試起始壓力 {start:.1f} bar(g) 與管路壓力 {line:.1f} bar(g) 不同，洩漏量隨絕對壓力變化。",
                cite("isentropic-nozzle-flow", "choked flow is proportional to absolute pressure"),
                start_pressure=f"{start:.2f} bar(g)",
                line_pressure=f"{line:.2f} bar(g)",
            )
        )
    return found


_WARM = constant(
    "T_w", 333.15, "K", Source("60 °C, warmer than the air in a cooled line", "convention"), name="line_air_temperature"
)


_reading = functools.partial(needed_by_some, NEEDS)

PARAMETERS = (
    choice_of(NEEDS, "leak_method", "bag", "洩漏量測方法", "how the leak flow is found"),
    Parameter("visible_hole_diameter", BOTH, "mm", "2 mm", "看得到的單一破孔直徑（選填，作為物理上限檢查）",
              "diameter of one hole where it can be seen: the flow is held against it", True, (0.05, 100)),
    _reading("leak_flow", "m3/min", "0.8 m3/min", "流量計量得之洩漏量（自由空氣）",
             "flow meter with all users shut off, free air", (0, 500)),
    _reading("hole_diameter", "mm", "1.5 mm", "孔徑（塞規）", "of one hole, plug gauge", (0.05, 100)),
    _reading("number_of_leaks", "1", "10", "同樣洩漏點數", "how many like this", (0, 10000)),
    _reading("leak_discharge_coefficient", "1", "0.61", "流出係數：銳緣 0.61，圓緣 0.97，上限 1",
             "0.61 sharp-edged, 0.97 well rounded, at most 1", (0.05, 1)),
    _reading("line_air_temperature", "degC", "30 degC", "管內空氣溫度", "of the air in the line", (-20, 120)),
    _reading("bag_height", "m", "0.5 m", "充滿之袋高", "of the full bag", (0.01, 5)),
    _reading("bag_diameter", "m", "0.3 m", "充滿之袋徑", "of the full bag", (0.01, 5)),
    _reading("bag_fill_time", "s", "12 s", "充滿時間（碼錶）", "stop-watch, from empty to full", (0.5, 3600)),
    _reading("system_volume", "m3", "5 m3", "儲氣桶加管路容積", "receivers and pipes", (0.01, 5000)),
    _reading("start_pressure", "bar[g]", "7 bar(g)", "測試起始壓力", "at the start of the test", (0.5, 16)),
    _reading("end_pressure", "bar[g]", "3.5 bar(g)", "測試結束壓力", "at the end of the test", (0, 16)),
    _reading("bleed_time", "min", "20 min", "兩壓力間之時間（所有用氣關閉）", "between the two, all users shut off",
             (0.1, 10000)),
    _reading("bleed_correction", "1", "1.25", "平均洩漏換算為起始壓力之係數：降至一半約 1.25，小壓降 1.0",
             "from mean flow to flow at start pressure: 1.25 for a fall to half the pressure, 1.0 for a small one",
             (1, 1.6)),
    _reading("decibel_reading", "dB", "25 dB", "超音波測漏儀讀值", "of the ultrasonic detector", (0, 150)),
    _reading("table_pressure_a", "bar[g]", "6 bar(g)", "儀器對照表之一壓力", "one pressure of its table", (0, 40)),
    _reading("table_pressure_b", "bar[g]", "8 bar(g)", "儀器對照表之另一壓力", "the other pressure", (0, 40)),
    _reading("table_decibel_a", "dB", "20 dB", "對照表之一音壓", "one level of the table", (0, 150)),
    _reading("table_decibel_b", "dB", "30 dB", "對照表之另一音壓", "the other level of the table", (0, 150)),
    _reading("flow_at_a_and_pressure_a", "m3/min", "0.03 m3/min", "音壓 a、壓力 a 之流量", "at level a and pressure a",
             (0, 100)),
    _reading("flow_at_a_and_pressure_b", "m3/min", "0.034 m3/min", "音壓 a、壓力 b 之流量", "at level a and pressure b",
             (0, 100)),
    _reading("flow_at_b_and_pressure_a", "m3/min", "0.047 m3/min", "音壓 b、壓力 a 之流量", "at level b and pressure a",
             (0, 100)),
    _reading("flow_at_b_and_pressure_b", "m3/min", "0.052 m3/min", "音壓 b、壓力 b 之流量", "at level b and pressure b",
             (0, 100)),
    _reading("loaded_time", "s", "480 s", "無人用氣時加載時間合計", "loaded while nobody uses air", (0, 1e6)),
    _reading("unloaded_or_stopped_time", "s", "2,880 s", "同一測試之卸載或停機時間合計",
             "sum of the other times of the same test", (0, 1e6)),
    *COMPRESSOR_PARAMETERS,
)  # fmt: skip

LEAKS = TechnologyDescription(
    "air_leaks",
    "壓縮空氣洩漏改善",
    "Compressed-air leaks",
    "electricity",
    PARAMETERS,
    change,
    ceiling,
    WorkedExample(
        before={"leak_method": "load_unload_test", "loaded_time": "480 s", "unloaded_or_stopped_time": "2,880 s"},
        after={"leak_method": "measured", "leak_flow": "0 m3/min"},
        common={
            "full_load_flow": "25.485 m3/min",
            "full_load_power": "144 kW",
            "control_type": "reciprocating_start_stop",
            "average_power": "144 kW",
            "operating_hours": "1 h",
            "line_pressure": "7 bar(g)",
            "ambient_pressure": "1.013 bar(a)",
        },
        of="saving",
        given="20.45 kWh",
        tolerance=0.007,
        source=cite("bee-leak-test", "power lost due to leakage, one hour"),
        because_en="The source gives 20.45 kW, because 8 of 56 minutes loaded are 14.2 % (14.29 % cut) of "
        "900 cfm (25.485 m3/min), which at 6.25 cfm per kW are lost; it counts the full specific power, as start/stop "
        "does. Pressures are not stated and do not matter here.",
        because_zh="來源值 20.45 kW，因為 56 分鐘中加載 8 分鐘，取 14.2 % 乘 900 cfm，除以 6.25 cfm/kW；"
        "以全額比功率計，相當於啟停控制。",
    ),
    needs={"leak_method": NEEDS, "control_type": CONTROL_NEEDS},
    limits_zh="理想氣體、等熵孔口流；洩漏值於管路壓力下計；修漏後壓力上升及人工需求另計（見降壓）。",
    limits_en="Ideal gas, isentropic flow through holes, at the given line pressure; a rise of pressure after the "
    "repair is not counted (see pressure set-point).",
)
DESCRIPTIONS = (LEAKS,)
