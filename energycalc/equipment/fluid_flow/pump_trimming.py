"""Trimming the impeller of a throttled or oversized centrifugal pump."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    HOURS_OF_A_YEAR,
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
    uses_more,
)
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.fluid_flow import impeller as trim
from energycalc.physics.fluid_flow import pump as law
from energycalc.physics.fluid_flow.saving import largest_saving, useful_energy
from energycalc.physics.fluid_flow.system_curve import pump_curve_slope
from energycalc.quantity import Quantity, Source, cite, quantity, require

DIRECT = Source("the motor drives the pump as before", "same drive on both sides")


def _flow_after(before: Given, after: Given) -> Quantity:
    return number(after if "liquid_flow" in after else before, "liquid_flow")


def _ratio(before: Given, after: Given, common: Given) -> Quantity:
    """Trimmed over present diameter, refused where there is nothing to trim or nothing left."""
    head, shut_off = number(before, "pump_head"), number(common, "shut_off_head")
    require(head, "<", shut_off, "the head at the present flow is not below that at no flow",
            cite("hi-engineering-data", "pump curve"), "Read both from the curve of the present impeller")  # fmt: skip
    flow, wanted = _flow_after(before, after), number(after, "pump_head")
    require(flow, "<=", number(before, "liquid_flow"), "a trimmed impeller does not deliver more",
            cite("hi-engineering-data", "affinity rules"), "Give a flow up to the present one")  # fmt: skip
    slope = pump_curve_slope(shut_off, head, number(before, "liquid_flow"))
    ratio = trim.impeller_diameter_ratio(shut_off, slope, flow, wanted)
    if float(ratio.value_in("1")) > 1 + 1e-12:
        raise OutOfRange(
            "the wanted head lies above the curve of the present impeller: it would have to grow",
            subject=subject_of("pump_head"),
            value=f"{wanted.value_in('m'):.4g} m",
            limit="the pump curve of the present impeller at this flow",
            next_step="Give the head that the system needs with the valve open, below the present one",
        )
    return ratio


def _efficiency_after(before: Given, after: Given, common: Given, diameter: Quantity) -> Quantity:
    """Of the trimmed pump: from its own curve where given, else by the loss of the published example."""
    full = number(common, "full_diameter")
    present = (number(before, "impeller_diameter") / full).renamed("diameter_over_full", "D_r0")
    trimmed = (diameter / full).renamed("diameter_over_full", "D_r1")
    require(present, "<=", quantity(1, "1"), "the present impeller is larger than the largest of this casing",
            cite("doe-pump-tip-7", "maximum impeller diameter"), "Check both diameters")  # fmt: skip
    require(trimmed, ">=", trim.SMALLEST_DIAMETER_RATIO, "the impeller would be trimmed too far",
            cite("doe-pump-tip-7", "trimming limited to about 75 % of the maximum diameter"),
            "Replace the pump by a smaller one (pump_replacement)")  # fmt: skip
    if "pump_efficiency" in after:
        return number(after, "pump_efficiency")
    if diameter.value_in("mm") == number(before, "impeller_diameter").value_in("mm"):
        return number(before, "pump_efficiency")
    ratios = (trim.trimmed_efficiency_ratio(share) for share in (present, trimmed))
    return trim.trimmed_pump_efficiency(number(before, "pump_efficiency"), *ratios)


def change(before: Given, after: Given, common: Given) -> Change:
    """Trim the impeller so that the pump just makes the head that the system needs with its valve open.

    Args:
        before: present duty (flow, head of the pump, efficiency) and impeller diameter.
        after: head that is needed; less flow and the efficiency of the trimmed pump where they are known.
        common: head at no flow, largest impeller of the casing, density, motor efficiency, hours.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        OutOfRange: nothing to trim, a trim below 75 % of the largest impeller, or a flow below the pump's minimum.
    """
    check(PARAMETERS, before, after, common)
    ratio = _ratio(before, after, common)
    same = abs(float(ratio.value_in("1")) - 1) <= 1e-12
    old = number(before, "impeller_diameter")
    diameter = old if same else trim.trimmed_diameter(old, ratio)
    hours, motor = number(common, "operating_hours"), number(common, "motor_efficiency")
    direct = quantity(1, "1", name="transmission_efficiency", symbol="eta_d", source=DIRECT)
    energies = []
    for side, flow, head, efficiency, label in (
        (before, number(before, "liquid_flow"), number(before, "pump_head"), number(before, "pump_efficiency"), BEFORE),
        (after, _flow_after(before, after), number(after, "pump_head"),
         _efficiency_after(before, after, common, diameter), AFTER),
    ):  # fmt: skip
        with part(label):
            hydraulic = law.hydraulic_power(number(common, "liquid_density"), flow, head)
            motor_here = number(side, "motor_efficiency") if "motor_efficiency" in side else motor
            shaft = law.pump_shaft_power(hydraulic, efficiency)
            energies.append(law.pump_energy(shaft, motor_here, direct, hours))
    remaining = remaining_energy(*energies)
    findings = [*_doubts(before, after, common, ratio), *uses_more("pump", remaining)]
    return Change(
        remaining,
        "electricity",
        energies[0].renamed("energy_before_model", "E_m0"),
        energies[1].renamed("energy_after_model", "E_m1"),
        tuple(findings),
        beside=(),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The saving with a lossless pump and motor at the head and flow that are needed.

    Args:
        before: as in :func:`change`.
        after: as in :func:`change`.
        common: as in :func:`change`.
    """
    hours, density = number(common, "operating_hours"), number(common, "liquid_density")
    now = law.hydraulic_power(density, number(before, "liquid_flow"), number(before, "pump_head"))
    direct = quantity(1, "1", name="transmission_efficiency", symbol="eta_d", source=DIRECT)
    spent = law.pump_energy(law.pump_shaft_power(now, number(before, "pump_efficiency")),
                            number(common, "motor_efficiency"), direct, hours)  # fmt: skip
    needed = law.hydraulic_power(density, _flow_after(before, after), number(after, "pump_head"))
    return Ceiling(
        largest_saving(useful_energy(needed, hours), spent),
        "the head and flow that the system needs must be paid for",
        "系統所需之流量與揚程仍須付出水力功率",
        cite("crane-tp-410", "hydraulic power"),
    )


def _doubts(before: Given, after: Given, common: Given, ratio: Quantity) -> list[Finding]:
    found: list[Finding] = []
    flow = float(_flow_after(before, after).value_in("m3/h"))
    if flow < float(number(before, "liquid_flow").value_in("m3/h")):
        found.append(
            doubt("pump.less_flow", "warning",
                  "The saving includes a lower flow; that is the same work only if the process needs no more.",
                  "節能量含流量減少之部分；僅於製程確實不需原流量時方屬相同服務。",
                  cite("energycalc-rules", "same work before and after"),
                  liquid_flow=f"{flow:,.4g} m3/h")
        )  # fmt: skip
    if "pump_efficiency" not in after:
        found.append(
            doubt("pump.trim_loss_assumed", "note",
                  "The efficiency lost by trimming is that of one published catalogue pump; the maker's curve decides.",
                  "車削之效率損失採單一公開型錄泵浦之數值；應以原廠性能曲線為準。",
                  cite("evans-2012-trim", "9 in impeller trimmed to 6 in"),
                  impeller_diameter_ratio=f"{float(ratio.value_in('1')):.3f}")
        )  # fmt: skip
    if "minimum_pump_flow" in common and flow < float(number(common, "minimum_pump_flow").value_in("m3/h")):
        raise OutOfRange(
            "the pump would run below its minimum continuous flow",
            subject=subject_of("liquid_flow"),
            value=f"{flow:,.4g} m3/h",
            limit=f"{number(common, 'minimum_pump_flow').value_in('m3/h'):,.4g} m3/h (pump maker)",
            next_step="Keep more flow, or take a smaller pump",
        )
    if "best_efficiency_flow" in common:
        best = float((number(common, "best_efficiency_flow") * ratio).value_in("m3/h"))
        share = flow / best
        if not 0.7 <= share <= 1.2:
            found.append(
                doubt("pump.outside_preferred_region", "warning",
                      f"The trimmed pump would run at {share:.0%} of its best-efficiency flow; "
                      "70 to 120 % is preferred.",
                      f"車削後運轉於最佳效率點流量之 {share:.0%}，建議範圍為 70 至 120 %。",
                      cite("ansi-hi-9.6.3", "preferred operating region"),
                      flow_over_best=f"{share:.2f}")
            )  # fmt: skip
    return found


PARAMETERS = (
    Parameter("liquid_flow", ("before",), "m3/h", "680 m3/h", "現況流量（流量計）", "present flow, flow meter",
              range=(0.1, 100000)),
    Parameter("liquid_flow", ("after",), "m3/h", "620 m3/h", "改善後所需流量；未填則與現況相同",
              "flow needed after; the present one when left out", True, (0.1, 100000)),
    Parameter("pump_head", ("before",), "m", "50 m", "現況泵浦總揚程（閥前，壓力表換算）",
              "present total head of the pump, before the throttle valve, from gauges", range=(0.5, 5000)),
    Parameter("pump_head", ("after",), "m", "38 m", "閥全開時系統於該流量所需揚程",
              "head the system needs at that flow with the valve open", range=(0.1, 5000)),
    Parameter("pump_efficiency", ("before",), "%", "80 %", "現況流量下之泵浦效率（性能曲線或量測）",
              "at the present flow, curve or measurement", range=(5, 100)),
    Parameter("pump_efficiency", ("after",), "%", "78 %", "車削後原廠曲線之效率；未填則依公開案例扣減",
              "from the maker's curve of the trimmed impeller; a published loss is taken when left out", True,
              (5, 100)),
    Parameter("motor_efficiency", ("after",), "%", "93 %", "車削後較低負載之馬達效率；未填則同改善前",
              "of the motor at its lower load; as before when left out", True, (20, 99)),
    Parameter("impeller_diameter", ("before",), "mm", "350 mm", "現有葉輪外徑", "present impeller", range=(20, 3000)),
    Parameter("full_diameter", ("common",), "mm", "356 mm", "此泵殼可裝之最大葉輪外徑（銘牌或型錄）",
              "largest impeller of this casing (nameplate or catalogue)", range=(20, 3000)),
    Parameter("shut_off_head", ("common",), "m", "66 m", "現有葉輪零流量揚程（性能曲線）",
              "head of the present impeller at no flow, from its curve", range=(0.5, 6000)),
    Parameter("best_efficiency_flow", ("common",), "m3/h", "750 m3/h", "現有葉輪之最佳效率點流量",
              "best-efficiency flow of the present impeller", True, (0.1, 200000)),
    Parameter("minimum_pump_flow", ("common",), "m3/h", "220 m3/h", "原廠最小連續流量",
              "minimum continuous flow of the maker", True, (0, 100000)),
    Parameter("liquid_density", ("common",), "kg/m3", "998 kg/m3", "液體密度；20 °C 水為 998",
              "of the liquid; water at 20 °C 998", range=(500, 3000)),
    Parameter("motor_efficiency", ("common",), "%", "94 %", "現況負載之馬達效率（含傳動）",
              "of motor and drive at the present load", range=(20, 99)),
    Parameter("operating_hours", ("common",), "h", "8,000 h", "期間運轉時數", "hours of the period",
              range=HOURS_OF_A_YEAR),
)  # fmt: skip

EXAMPLE = WorkedExample(
    before={
        "liquid_flow": "454.249 m3/h",
        "pump_head": "24.384 m",
        "pump_efficiency": "80 %",
        "impeller_diameter": "269.875 mm",
    },
    after={"liquid_flow": "416.77 m3/h", "pump_head": "20.4216 m"},
    common={
        "full_diameter": "269.875 mm",
        "shut_off_head": "32 m",
        "liquid_density": "998 kg/m3",
        "motor_efficiency": "93 %",
        "operating_hours": "6,000 h",
    },
    of="trimmed_diameter",
    given="246.9 mm",
    tolerance=0.002,
    source=cite("hi-engineering-data", "worked example 2: 10 5/8 in, 2,000 gpm, 80 ft to 67 ft, 1,835 gpm: 9.72 in"),
    because_en="the source gives 246.9 mm (9.72 in), because it takes the root of the ratio of heads and "
    "then rounds the flow; efficiencies, hours and the head at no flow are constructed",
    because_zh="來源值 246.9 mm（9.72 in），因為其取揚程比之平方根且流量經四捨五入；效率、時數與零流量揚程為假設",
)

DESCRIPTION = TechnologyDescription(
    key="pump_trimming",
    label_zh="泵浦葉輪車削",
    label_en="Impeller trimming",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    limits_zh="徑流離心泵，曲線以零流量與現況點之拋物線近似；車削不得小於最大葉輪之 75 %；流量變動大者應改用變頻。",
    limits_en="Radial pumps, curve as the parabola through no flow and the present duty; not below 75 % of the largest "
    "impeller; where the flow varies much, speed control is the measure.",
    turning_point_zh="車削愈多，間隙愈大、效率愈低：公開案例至 94 % 外徑無損失，78 % 時效率降為 0.91 倍；"
    "低於 75 % 應換泵。流量低於最小連續流量或最佳效率點之 70 % 時不宜再減。",
    turning_point_en="The deeper the trim, the wider the gap and the lower the efficiency: in the published example "
    "none is lost down to 94 % of the diameter, a tenth at 78 %; below 75 % another pump is due. Not below the minimum "
    "continuous flow, nor below 70 % of the best-efficiency flow.",
)
DESCRIPTIONS = (DESCRIPTION,)
