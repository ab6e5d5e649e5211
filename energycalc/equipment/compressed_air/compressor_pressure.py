"""A lower discharge pressure: less work per air, and less air where nothing regulates it (artificial demand)."""

from __future__ import annotations

from energycalc.equipment.description import (
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
    plain_text,
    reading,
    subject_of,
    uses_more,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.artificial_demand import (
    demand_ratio,
    energy_at_new_pressure,
    energy_ratio_of_demand,
    loaded_energy_ratio,
)
from energycalc.physics.compressed_air.gas_compression import (
    HEAT_CAPACITY_RATIO,
    absolute_pressure,
    compression_work_factor,
    pressure_power_ratio,
)
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite, maximum

_RATIO = cite("ideal-gas-compression", "ratio of polytropic work")


def change(before: Given, after: Given, common: Given) -> Change:
    """Move the discharge pressure for the same work of the users.

    Args:
        before: ``discharge_pressure``, gauge.
        after: ``discharge_pressure``, gauge.
        common: ``ambient_pressure``, ``polytropic_exponent``, ``average_power`` before and ``operating_hours``;
            optionally ``loaded_energy_share``, ``lowest_pressure`` and, both or none, ``unregulated_share`` with
            ``control_response``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: one of ``unregulated_share`` and ``control_response`` without the other.
        OutOfRange: an exponent above 1.4 (no air compressor saves more than along the isentropic slope), or a pressure
            below what the users need.
    """
    check(PARAMETERS, before, after, common)
    _enough(after, common)
    work = _work_ratio(before, after, common, number(common, "polytropic_exponent"))
    findings: list[Finding] = notes_on_readings("compressor_pressure", PARAMETERS, common)
    if "loaded_energy_share" in common:
        remaining = loaded_energy_ratio(number(common, "loaded_energy_share"), work)
    else:
        remaining = work
        findings.append(
            doubt(
                "compressor_pressure.all_energy_loaded",
                "note",
                "All energy is taken as loaded; what a machine takes unloaded does not fall with pressure.",
                "全部用電視為加載用電；卸載用電不隨壓力下降。",
                cite("ideal-gas-compression", "work of compression only"),
            )
        )
    if "unregulated_share" in common:
        flow = energy_ratio_of_demand(_demand_ratio(before, after, common), number(common, "control_response"))
        remaining = remaining * flow
        if flow.value < 1:
            findings.append(_artificial(flow, common))
    remaining = remaining.renamed("remaining_fraction", "r", _RATIO)
    energy_before = electrical_energy(reading(PARAMETERS, common, "average_power"), number(common, "operating_hours"))
    energy_after = energy_at_new_pressure(energy_before, remaining)
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        (*findings, *uses_more("compressor", remaining)),
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The isentropic slope, and the artificial demand that is itemised; nothing else falls with pressure.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    most = _work_ratio(before, after, common, HEAT_CAPACITY_RATIO)
    if "unregulated_share" in common:
        most = most * _demand_ratio(before, after, common)
    source = cite("ideal-gas-compression", "isentropic work")
    return Ceiling(
        maximum(1 - most, 0 * most).renamed("largest_saving", "s_max", source),
        "Work per air falls at most along the isentropic slope (7 to 6 bar(g): 8.4 %), and only unregulated air falls "
        "with absolute pressure.",
        "單位空氣之壓縮功最多沿等熵斜率下降（7 降至 6 bar(g) 為 8.4 %），且只有未調壓用氣隨絕對壓力減少。",
        source,
    )


def _work_ratio(before: Given, after: Given, common: Given, exponent: Quantity) -> Quantity:
    ambient = number(common, "ambient_pressure")
    work_before, work_after = (
        compression_work_factor(ambient, absolute_pressure(number(side, "discharge_pressure"), ambient), exponent)
        for side in (before, after)
    )
    return pressure_power_ratio(work_before, work_after)


def _demand_ratio(before: Given, after: Given, common: Given) -> Quantity:
    missing = [key for key in ("unregulated_share", "control_response") if key not in common]
    if missing:
        raise InputError(
            "is needed to count the artificial demand",
            subject=subject_of(missing[0]),
            next_step=f"Add {missing[0]}, or leave both out",
        )
    ambient = number(common, "ambient_pressure")
    old, new = (absolute_pressure(number(side, "discharge_pressure"), ambient) for side in (before, after))
    return demand_ratio(number(common, "unregulated_share"), old, new)


def _enough(after: Given, common: Given) -> None:
    if "control_response" in common and "unregulated_share" not in common:
        raise InputError(
            "is of no use without unregulated_share",
            subject=subject_of("control_response"),
            next_step="Add unregulated_share, or leave both out",
        )
    if "lowest_pressure" not in common:
        return
    given, needed = number(after, "discharge_pressure"), number(common, "lowest_pressure")
    if given.value_in("bar[g]") < needed.value_in("bar[g]"):
        raise OutOfRange(
            "the new pressure is below what the users need",
            subject=subject_of("discharge_pressure"),
            value=plain_text(given),
            limit=f"{plain_text(needed)} (lowest_pressure of this case)",
            next_step="Keep the pressure, or give the highest user a booster or a receiver of its own",
        )


def _artificial(flow: Quantity, common: Given) -> Finding:
    share = number(common, "unregulated_share")
    return doubt(
        "compressor_pressure.artificial_demand",
        "note",
        f"{1 - flow.value:.1%} of the energy is saved by less unregulated air (leaks, open nozzles); show them in a "
        f"list.",
        f"其中 {1 - flow.value:.1%} 來自未調壓用氣（洩漏、開放噴嘴）減少，應逐項列明。",
        cite("energycalc-rules", "TP08: artificial demand only where it is itemised"),
        unregulated_share=plain_text(share),
    )


PARAMETERS = (
    Parameter("discharge_pressure", BOTH, "bar[g]", "7 bar(g)", "壓縮機出口平均壓力",
              "mean pressure at the compressor outlet", range=(1, 16)),
    Parameter("ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
              "at site, about 1.013 at sea level", range=(0.6, 1.1)),
    Parameter("polytropic_exponent", ("common",), "1", "1.395", "噴油螺旋可用 1.395（MEASUR），等熵上限 1.4",
              "1.395 in MEASUR; 1.4 is isentropic", range=(1.0001, 1.4)),
    Parameter("average_power", ("common",), "kW", "70 kW", "改善前平均輸入功率", "mean input before, from a logger",
              range=(0.1, 15000), default_uncertainty=POWER_LOGGER),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間運轉時數", "hours of the period",
              range=HOURS_OF_A_YEAR),
    Parameter("loaded_energy_share", ("common",), "%", "85 %", "加載用電佔總用電之比例（功率紀錄）；未填視為全部加載",
              "energy taken while loaded over all energy, from a power log; all of it when left out", True, (0, 100)),
    Parameter("unregulated_share", ("common",), "%", "40 %",
              "未經調壓閥之用氣（洩漏、開放噴嘴、吹氣）佔總用氣，應逐項量測列表；需一併填 control_response",
              "leaks, open nozzles and blow guns without regulator over all air, from an itemised list; needs "
              "control_response", True, (0, 100)),
    Parameter("control_response", ("common",), "%", "70 %",
              "流量每減少 1 % 時功率減少之百分比：節流約 30 %，理想變頻 100 %",
              "per cent less power for one per cent less flow: about 30 % when throttled, 100 % for an ideal drive",
              True, (0, 100)),
    Parameter("lowest_pressure", ("common",), "bar[g]", "5.5 bar(g)", "壓縮機出口所需最低壓力（最高壓用戶加管路壓降）",
              "lowest admissible at the compressor outlet: the most demanding user plus the drop of pipes and dryer",
              True, (0.5, 16)),
)  # fmt: skip

_PSI = 0.0689475729316836
EXAMPLE = WorkedExample(
    before={"discharge_pressure": f"{100 * _PSI} bar(g)"},
    after={"discharge_pressure": f"{89.9 * _PSI} bar(g)"},
    common={
        "ambient_pressure": f"{14.7 * _PSI} bar(a)",
        "polytropic_exponent": "1.395",
        "average_power": "37 kW",
        "operating_hours": "7000 h",
    },
    of="energy_after",
    given="243872.079 kWh",
    tolerance=1e-6,
    source=cite("measur-tools-suite", "release 1.2.5, compressed air pressure reduction: 37 kW, 100 to 89.9 psig"),
    because_en="the source gives 243,872 kWh of 259,000 kWh, because the polytropic work falls by 5.8 %; it takes "
    "the same "
    "exponent 1.395.",
    because_zh="來源值 243,872 kWh（原 259,000 kWh），因為多變壓縮功減少 5.8 %；指數同為 1.395。",
)
DESCRIPTION = TechnologyDescription(
    key="compressor_pressure",
    label_zh="空壓機降壓",
    label_en="Compressor pressure set-point",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    limits_zh="單段壓縮；漏氣與未調壓用氣之減少只在逐項列明時計入。離心機依其性能曲線，不適用本法。",
    limits_en="Single stage. Less air of leaks and unregulated users counts only where it is itemised. Centrifugal "
    "machines follow their own curve and are not covered.",
    turning_point_zh="低於最高壓用戶所需壓力時，機台動作不足或被迫加裝增壓，節能即告終止（lowest_pressure）。",
    turning_point_en="Below what the most demanding user needs, machines fail or get boosters, and the saving ends "
    "(lowest_pressure).",
)
DESCRIPTIONS = (DESCRIPTION,)
