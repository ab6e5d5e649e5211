"""Opening or replacing a throttle valve on pumps that move a volume: the operating point found on both curves."""

from __future__ import annotations

from dataclasses import dataclass

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
    levels,
    number,
    part,
    subject_of,
    uses_more,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import pump as law
from energycalc.physics.fluid_flow import system_curve as curve
from energycalc.physics.fluid_flow.saving import (
    hours_for_volume,
    largest_saving,
    useful_energy,
    volume_pumped,
)
from energycalc.quantity import Quantity, Source, cite, interpolate, quantity, require

_CURVES = cite("hi-engineering-data", "combined pump and system curves")
_POINT = "曲線點 curve point"
LONGEST_YEAR = quantity(
    HOURS_OF_A_YEAR[1], "h", name="operating_hours", symbol="t_y", source=Source("hours of the longest year")
)


@dataclass(frozen=True)
class _State:
    flow: Quantity
    head: Quantity
    efficiency: Quantity
    hours: Quantity


def _efficiency(flow: Quantity, pumps: Quantity, common: Given) -> Quantity:
    """Efficiency of one pump at its share of the flow, on straight lines between the points of its curve."""
    points = levels(common["efficiency_curve"], "efficiency_curve", _POINT, _CURVE_POINT)
    flows = [number(p, "liquid_flow") for p in points]
    each = (flow / pumps).to("m3/h").renamed("flow_per_pump", "Q_1")
    try:
        found = interpolate(each, flows, [number(p, "pump_efficiency") for p in points])
    except OutOfRange as error:
        raise OutOfRange(
            "a pump would run outside its published curve",
            subject=subject_of("efficiency_curve"),
            value=f"{each.value_in('m3/h'):,.4g} m3/h per pump",
            limit=error.limit,
            next_step="Throttle less or run another number of pumps; beyond the curve's end the pump cavitates",
        ) from None
    return found.renamed("pump_efficiency", "eta_p", _CURVES)


def _counted(side: Given) -> None:
    """Refuse a part of a pump."""
    pumps = float(number(side, "pumps_running").value_in("1"))
    if pumps != round(pumps):
        raise InputError(
            "is not a whole number of pumps",
            subject=subject_of("pumps_running"),
            value=f"{pumps:g}",
            limit="1, 2, 3 and so on",
            next_step="Where the number changes, calculate each state with its own hours",
        )


def _system(before: Given, after: Given, common: Given) -> tuple[Quantity, Quantity, Quantity]:
    """Slope of the pump curve, head of the pumps before, and resistance of the pipes."""
    for side in (before, after):
        _counted(side)
    shut_off, static = number(common, "shut_off_head"), number(common, "static_head")
    require(number(common, "rated_head"), "<", shut_off, "the rated head is not below the head at no flow", _CURVES,
            "Read both from the pump curve")  # fmt: skip
    require(static, "<", shut_off, "the static head is not below the head at no flow: nothing can flow", _CURVES,
            "Check static head and pump curve")  # fmt: skip
    slope = curve.pump_curve_slope(shut_off, number(common, "rated_head"), number(common, "rated_pump_flow"))
    flow, pumps = number(before, "liquid_flow"), number(before, "pumps_running")
    head = curve.head_on_pump_curve(shut_off, slope, flow, pumps)
    loss = curve.pipe_head_loss(head, static, number(before, "valve_head_loss"))
    if float(loss.value_in("m")) < 0:
        raise OutOfRange(
            "static head and valve take more than the pumps make at this flow",
            subject=subject_of("liquid_flow"),
            value=f"pump {head.value_in('m'):.4g} m, static {static.value_in('m'):.4g} m, "
            f"valve {number(before, 'valve_head_loss').value_in('m'):.4g} m",
            limit="static head and valve loss together up to the head of the pumps (energy balance)",
            next_step="Check flow, valve loss and the number of pumps running",
        )
    return slope, head, curve.flow_resistance(loss, flow)


def _states(before: Given, after: Given, common: Given) -> tuple[_State, _State]:
    slope, head, pipes = _system(before, after, common)
    flow, hours = number(before, "liquid_flow"), number(common, "operating_hours")
    now = _State(flow, head, _efficiency(flow, number(before, "pumps_running"), common), hours)
    names = ("valve_head_loss", "pumps_running")
    if all(number(before, name).value_in("m" if name == "valve_head_loss" else "1")
           == number(after, name).value_in("m" if name == "valve_head_loss" else "1") for name in names):  # fmt: skip
        return now, now
    shut_off = number(common, "shut_off_head")
    valve = curve.flow_resistance(number(after, "valve_head_loss"), flow)
    pumps = number(after, "pumps_running")
    with part(AFTER):
        then_flow = curve.operating_flow(shut_off, number(common, "static_head"), slope, pumps, pipes, valve)
        then_head = curve.head_on_pump_curve(shut_off, slope, then_flow, pumps)
        then_hours = hours_for_volume(volume_pumped(flow, hours), then_flow)
        if float(then_hours.value_in("h")) > HOURS_OF_A_YEAR[1]:
            raise OutOfRange(
                "the volume no longer fits into a year",
                subject=subject_of("pumps_running"),
                value=f"{then_hours.value_in('h'):,.0f} h",
                limit=f"{HOURS_OF_A_YEAR[1]:,} h",
                next_step="Run more pumps",
            )
        return now, _State(then_flow, then_head, _efficiency(then_flow, pumps, common), then_hours)


def change(before: Given, after: Given, common: Given) -> Change:
    """Take a throttle valve's loss away from pumps that move the same volume in the time it takes.

    The flow after is where the pumps' curve meets the system curve with its static head. Where the process needs a flow
    rather than a volume, the pump must be trimmed, slowed or replaced instead.

    Args:
        before: measured flow, head lost in the valve at that flow, pumps running.
        after: head that the valve would take at the present flow (0 without it), pumps running.
        common: curve of one pump, static head, density, efficiency of motor and drive, hours before.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        OutOfRange: heads that cannot be, a pump outside its curve or below its minimum flow, or no time left.
    """
    check(PARAMETERS, before, after, common)
    now, then = _states(before, after, common)
    direct = quantity(1, "1", name="transmission_efficiency", symbol="eta_d", source=Source("in motor_efficiency"))
    energies = []
    for state, label in ((now, BEFORE), (then, AFTER)):
        with part(label):
            hydraulic = law.hydraulic_power(number(common, "liquid_density"), state.flow, state.head)
            shaft = law.pump_shaft_power(hydraulic, state.efficiency)
            energies.append(law.pump_energy(shaft, number(common, "motor_efficiency"), direct, state.hours))
    remaining = remaining_energy(*energies)
    findings = [*_doubts(now, then, after, common), *uses_more("pump", remaining)]
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        tuple(findings),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The saving if the volume were moved over static head and pipes through a whole year, without any other loss.

    Args:
        before: as in :func:`change`.
        after: its number of pumps is checked.
        common: as in :func:`change`.
    """
    _, head, pipes = _system(before, after, common)
    flow, hours, density = (
        number(before, "liquid_flow"),
        number(common, "operating_hours"),
        number(common, "liquid_density"),
    )
    direct = quantity(1, "1", name="transmission_efficiency", symbol="eta_d", source=Source("in motor_efficiency"))
    efficiency = _efficiency(flow, number(before, "pumps_running"), common)
    shaft = law.pump_shaft_power(law.hydraulic_power(density, flow, head), efficiency)
    spent = law.pump_energy(shaft, number(common, "motor_efficiency"), direct, hours)
    slowest = (volume_pumped(flow, hours) / LONGEST_YEAR).to("m3/h").renamed("liquid_flow", "Q_min", _CURVES)
    least = (number(common, "static_head") + (pipes * slowest * slowest).to("m")).renamed("pump_head", "H_min", _CURVES)
    lift = law.hydraulic_power(density, flow, least)
    return Ceiling(
        largest_saving(useful_energy(lift, hours), spent),
        "the volume must be lifted over the static head and through the same pipes, at the slowest through all hours "
        "of a year",
        "同一體積仍須克服靜揚程與原有管路損失，最慢亦須於一年時數內送完",
        cite("crane-tp-410", "hydraulic power"),
    )


def _doubts(now: _State, then: _State, after: Given, common: Given) -> list[Finding]:
    pumps = float(number(after, "pumps_running").value_in("1"))
    each = float(then.flow.value_in("m3/h")) / pumps
    if "minimum_pump_flow" in common and each < float(number(common, "minimum_pump_flow").value_in("m3/h")):
        raise OutOfRange(
            "each pump would run below its minimum continuous flow",
            subject=subject_of("pumps_running"),
            value=f"{each:,.4g} m3/h per pump",
            limit=f"{number(common, 'minimum_pump_flow').value_in('m3/h'):,.4g} m3/h (pump maker)",
            next_step="Run fewer pumps",
        )
    found = [
        doubt("pump.new_operating_point", "note",
              f"The pumps would move {then.flow.value_in('m3/h'):,.4g} m3/h at {then.head.value_in('m'):.4g} m, for "
              f"{then.hours.value_in('h'):,.0f} h instead of {now.hours.value_in('h'):,.0f} h; "
              "check motor load and NPSH.",
              f"改善後運轉點 {then.flow.value_in('m3/h'):,.4g} m³/h、{then.head.value_in('m'):.4g} m，"
              f"時數由 {now.hours.value_in('h'):,.0f} h 變為 {then.hours.value_in('h'):,.0f} h；"
              "應確認馬達負載與 NPSH。",
              _CURVES, liquid_flow=f"{then.flow.value_in('m3/h'):,.4g} m3/h")
    ]  # fmt: skip
    if "best_efficiency_flow" in common:
        share = each / float(number(common, "best_efficiency_flow").value_in("m3/h"))
        if not 0.7 <= share <= 1.2:
            found.append(
                doubt("pump.outside_preferred_region", "warning",
                      f"Each pump would run at {share:.0%} of its best-efficiency flow; 70 to 120 % is preferred.",
                      f"各泵浦運轉於最佳效率點流量之 {share:.0%}，建議範圍為 70 至 120 %。",
                      cite("ansi-hi-9.6.3", "preferred operating region"), flow_over_best=f"{share:.2f}")
            )  # fmt: skip
    return found


_CURVE_POINT = (
    Parameter("liquid_flow", ("common",), "m3/h", "45 m3/h", "單泵流量", "flow of one pump", range=(0, 100000)),
    Parameter("pump_efficiency", ("common",), "%", "70 %", "該流量之效率", "efficiency at this flow", range=(1, 100)),
)
PARAMETERS = (
    Parameter("liquid_flow", ("before",), "m3/h", "34 m3/h", "現況總流量（流量計）", "present total flow, flow meter",
              range=(0.1, 100000)),
    Parameter("valve_head_loss", BOTH, "m", "15 m",
              "閥造成之揚程損失（前後壓差換算）；改善後填新閥於現況流量之損失，移除填 0 m",
              "head lost in the valve, from the gauges on both sides; after: what the new valve would take at the "
              "present flow, 0 m without a valve", range=(0, 2000)),
    Parameter("pumps_running", BOTH, "1", "1", "並聯運轉台數（相同泵浦）", "equal pumps running in parallel",
              range=(1, 20)),
    Parameter("static_head", ("common",), "m", "81 m", "靜揚程：液位差加槽壓差；密閉迴路為 0 m",
              "levels and tank pressures; 0 m in a closed loop",
              range=(0, 5000)),
    Parameter("shut_off_head", ("common",), "m", "116 m", "單泵零流量揚程（性能曲線）", "of one pump at no flow",
              range=(0.5, 6000)),
    Parameter("rated_pump_flow", ("common",), "m3/h", "45 m3/h", "單泵曲線上一點之流量（近運轉範圍）",
              "flow at a point of the curve of one pump, near the duty", range=(0.1, 100000)),
    Parameter("rated_head", ("common",), "m", "90 m", "同一點之揚程", "head at that point", range=(0.1, 6000)),
    Parameter("efficiency_curve", ("common",), "", "[{liquid_flow: 20 m3/h, pump_efficiency: 55 %}]",
              "單泵效率曲線各點，流量由小至大，涵蓋改善前後",
              "points of the efficiency curve of one pump, rising flow, covering the duty before and after"),
    Parameter("best_efficiency_flow", ("common",), "m3/h", "48 m3/h", "單泵最佳效率點流量", "of one pump", True,
              (0.1, 100000)),
    Parameter("minimum_pump_flow", ("common",), "m3/h", "15 m3/h", "單泵原廠最小連續流量",
              "minimum continuous flow of one pump, from the maker", True, (0, 100000)),
    Parameter("liquid_density", ("common",), "kg/m3", "998 kg/m3", "液體密度；20 °C 水為 998",
              "of the liquid; water at 20 °C 998", range=(500, 3000)),
    Parameter("motor_efficiency", ("common",), "%", "92 %", "馬達與傳動效率", "of motor and drive together",
              range=(20, 99)),
    Parameter("operating_hours", ("common",), "h", "4,000 h", "改善前時數（期間內輸送同一體積）",
              "hours before, in which the volume of the period is moved", range=HOURS_OF_A_YEAR),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={"liquid_flow": "34.0687 m3/h", "valve_head_loss": "15.334 m", "pumps_running": "1"},
    after={"valve_head_loss": "0 m", "pumps_running": "1"},
    common={
        "static_head": "80.772 m",
        "shut_off_head": "115.824 m",
        "rated_pump_flow": "45.42494 m3/h",
        "rated_head": "90.2208 m",
        "efficiency_curve": [
            {"liquid_flow": "20 m3/h", "pump_efficiency": "55 %"},
            {"liquid_flow": "50 m3/h", "pump_efficiency": "70 %"},
        ],
        "liquid_density": "998 kg/m3",
        "motor_efficiency": "92 %",
        "operating_hours": "4,000 h",
    },
    of="operating_flow",
    given="45.42 m3/h",
    tolerance=0.002,
    source=cite("hi-engineering-data", "worked example: 265 ft + 7.75e-4 Q2 meets the pump at 200 gpm and 296 ft"),
    because_en="the source gives 45.42 m3/h (200 gpm), because its pump curve has a linear term that the parabola "
    "through the same two points has not; the valve before and the efficiencies are constructed",
    because_zh="來源值 45.42 m³/h（200 gpm），因為其泵浦曲線另有一次項，本模式為通過相同兩點之拋物線；"
    "改善前之閥與效率為假設",
)

DESCRIPTION = TechnologyDescription(
    key="pump_throttling",
    label_zh="泵浦節流閥改善",
    label_en="Removing a throttle valve",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    limits_zh="輸送一定體積（如水池補水、批次移送）之相同並聯泵浦；需維持固定流量者應採車削、變頻或換泵。"
    "泵浦曲線為通過兩點之拋物線，管損與流量平方成正比。",
    limits_en="Equal parallel pumps that move a volume (tank filling, batches); where a flow is needed, trim, slow or "
    "replace the pump. Pump curve as a parabola through two points, pipe loss with the square of the flow.",
    turning_point_zh="全開後流量右移：超過最佳效率點後效率下降，"
    "超出曲線終點則氣蝕（拒絕計算）；並聯台數過多使各泵低於最小流量。",
    turning_point_en="With the valve open the pump runs further out: past its best point the efficiency falls again, "
    "past the end of the curve it cavitates (refused); too many pumps in parallel run below their minimum flow.",
)
DESCRIPTIONS = (DESCRIPTION,)
