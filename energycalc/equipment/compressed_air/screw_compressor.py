"""Oil-injected screw compressors: another control (load/unload to variable speed), and a lower pressure set-point."""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_AT_LEVEL,
    HOURS_OF_A_YEAR,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    check,
    levels,
    must_rise,
    number,
    part,
    plain_text,
    subject_of,
    uses_more,
    word,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air import compressor_control as law
from energycalc.physics.compressed_air.compressor_limits import specific_power_doubts
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    compression_work_factor,
    isothermal_energy,
    isothermal_specific_power,
    pressure_power_ratio,
)
from energycalc.physics.compressed_air.load_unload_cycle import load_unload_power
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, cite, current_subject, formula, total
from energycalc.quantity.aliases import Fraction, KilowattHour

NEEDS: Mapping[str, tuple[str, ...]] = {
    "load_unload": (
        "no_load_power",
        "cut_out_power",
        "cut_in_pressure",
        "cut_out_pressure",
        "receiver_volume",
        "blowdown_time",
        "unloaded_sump_pressure",
    ),
    "modulation": ("no_load_power",),
    "start_stop": ("cut_out_power",),
    "variable_speed": ("no_load_power", "turndown_flow", "turndown_power", "middle_flow", "middle_power"),
}


@formula(
    symbol="r",
    source=cite("measur-tools-suite", "energy after over energy before"),
    limits={"energy_before": (1e-9, None)},
)
def remaining_fraction(energy_before: KilowattHour, energy_after: KilowattHour) -> Fraction:
    """Share of the energy that is still used.

    Args:
        energy_before: in kWh, for the same demand and hours.
        energy_after: in kWh, for the same demand and hours.
    """
    return energy_after / energy_before


@formula(symbol="E_p", source=cite("ideal-gas-compression", "ratio of polytropic work"))
def energy_at_new_pressure(electrical_energy: KilowattHour, pressure_power_ratio: Fraction) -> KilowattHour:
    """Energy of the same air at the new pressure.

    Args:
        electrical_energy: before, in kWh.
        pressure_power_ratio: power after over before.
    """
    return electrical_energy * pressure_power_ratio


def power_at_flow(machine: Given, flow: Quantity, ambient: Quantity) -> Quantity:
    """Mean power of a compressor at a constant demand.

    Args:
        machine: control, full-load point and what the control needs besides (see ``NEEDS``).
        flow: demand in free air, zero to full-load flow.
        ambient: ambient pressure, absolute.

    Returns:
        Package input in kW. Load/unload has no cycle at no flow (no-load power) and at full flow (full-load power).
    """
    full_flow, full_power = number(machine, "full_load_flow"), number(machine, "full_load_power")
    control = word(machine, "control")
    if control == "modulation":
        return law.modulation_power(full_power, number(machine, "no_load_power"), full_flow, flow)
    if control == "start_stop":
        return law.start_stop_power(full_power, number(machine, "cut_out_power"), full_flow, flow)
    if control == "variable_speed":
        given = {key: number(machine, key) for key in NEEDS["variable_speed"]}
        return law.variable_speed_power(flow, full_load_flow=full_flow, full_load_power=full_power, **given)
    share = flow.value_in("m3/min") / full_flow.value_in("m3/min")
    if share == 0:
        return number(machine, "no_load_power")
    if abs(share - 1) < 1e-12:
        return full_power
    return load_unload_power(
        full_flow,
        full_power,
        number(machine, "cut_out_power"),
        number(machine, "no_load_power"),
        number(machine, "receiver_volume"),
        number(machine, "blowdown_time"),
        absolute_pressure(number(machine, "cut_in_pressure"), ambient),
        absolute_pressure(number(machine, "cut_out_pressure"), ambient),
        absolute_pressure(number(machine, "unloaded_sump_pressure"), ambient),
        ambient,
        flow,
    )


def change_control(before: Given, after: Given, common: Given) -> Change:
    """Replace a compressor or its control for the same demand.

    Args:
        before: the machine: control, full-load point and what the control needs.
        after: the machine: control, full-load point and what the control needs.
        common: ``demand`` (list of ``flow_fraction`` of the old machine's full-load flow and ``hours``),
            ``discharge_pressure``, ``ambient_pressure``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing or unknown, points are out of order, or the demand is no list of flow and
            hours.
        OutOfRange: the new machine is too small for the demand, or a machine takes less than the isothermal limit.
    """
    check(CONTROL_PARAMETERS, before, after, common)
    for machine, place, label in ((before, "before", BEFORE), (after, "after", AFTER)):
        with part(label):
            _complete(machine, place)
            _in_order(machine, number(common, "discharge_pressure"))
    ambient = number(common, "ambient_pressure")
    outlet = absolute_pressure(number(common, "discharge_pressure"), ambient)
    least = isothermal_specific_power(ambient, outlet)
    findings: list[Finding] = []
    for machine, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            power, flow = number(machine, "full_load_power"), number(machine, "full_load_flow")
            findings += specific_power_doubts(power, flow, ambient, outlet)

    old_energies, new_energies, least_energies = [], [], []
    for index, level in enumerate(levels(common["demand"], "demand", _DEMAND, _LEVEL), start=1):
        fraction, hours = number(level, "flow_fraction"), number(level, "hours")
        with part(f"{_DEMAND} {index}"):
            flow = law.flow_of(fraction, number(before, "full_load_flow"))
            _enough(flow, number(after, "full_load_flow"))
            least_energies.append(isothermal_energy(least, flow, hours))
            with part(BEFORE):
                old_energies.append(electrical_energy(power_at_flow(before, flow, ambient), hours))
            with part(AFTER):
                new_energies.append(electrical_energy(power_at_flow(after, flow, ambient), hours))

    whole = cite("energy-balance", "sum over the levels of demand")
    energy_before = total(old_energies).renamed("energy_before_model", "E_m0", whole)
    energy_after = total(new_energies).renamed("energy_after_model", "E_m1", whole)
    for energy, label in ((energy_before, "before"), (energy_after, "after")):
        floor = sum(e.value for e in least_energies)
        if energy.value_in("kWh") < floor:
            raise OutOfRange(
                f"the energy {label} is below the isothermal work of the air delivered",
                subject=current_subject(),
                value=f"{energy.value_in('kWh'):,.0f} kWh",
                limit=f"{floor:,.0f} kWh (ideal gas, isothermal)",
                next_step="Check flows, powers and whether the flow is free air",
            )
    remaining = remaining_fraction(energy_before, energy_after)
    return Change(
        remaining, "electricity", energy_before, energy_after, (*findings, *uses_more("compressor", remaining))
    )


def change_pressure(before: Given, after: Given, common: Given) -> Change:
    """Move the discharge pressure for the same air.

    Args:
        before: ``discharge_pressure``, gauge.
        after: ``discharge_pressure``, gauge.
        common: ``ambient_pressure``, ``polytropic_exponent``, ``average_power`` before and ``operating_hours``.

    Returns:
        The remaining fraction with both energies of the model. The flow of leaks and unregulated users, which falls
        with pressure too, is not counted.

    Raises:
        OutOfRange: an exponent above 1.4: no air compressor saves more than along the isentropic slope.
    """
    check(PRESSURE_PARAMETERS, before, after, common)
    ambient, exponent = number(common, "ambient_pressure"), number(common, "polytropic_exponent")
    work_before, work_after = (
        compression_work_factor(ambient, absolute_pressure(number(side, "discharge_pressure"), ambient), exponent)
        for side in (before, after)
    )
    ratio = pressure_power_ratio(work_before, work_after)
    energy_before = electrical_energy(number(common, "average_power"), number(common, "operating_hours"))
    energy_after = energy_at_new_pressure(energy_before, ratio)
    remaining = ratio.renamed("remaining_fraction", "r", cite("ideal-gas-compression", "ratio of polytropic work"))
    return Change(
        remaining,
        "electricity",
        energy_before.renamed("energy_before_model", "E_m0"),
        energy_after.renamed("energy_after_model", "E_m1"),
        tuple(uses_more("compressor", remaining)),
    )


def _complete(machine: Given, place: str) -> None:
    control = word(machine, "control")
    needed = NEEDS[control]
    missing = [key for key in needed if key not in machine]
    unused = [key for key in machine if key not in (*needed, "control", "full_load_flow", "full_load_power")]
    if missing or unused:
        raise InputError(
            f"control {control} under '{place}' needs exactly: {', '.join(needed)}",
            subject=current_subject(),
            value="; ".join(
                part
                for part in (
                    f"missing {', '.join(missing)}" if missing else "",
                    f"not used {', '.join(unused)}" if unused else "",
                )
                if part
            ),
            next_step="Add what is missing, take out what the control does not use",
        )


def _in_order(machine: Given, discharge_pressure: Quantity) -> None:
    """Refuse points of a machine that cannot belong together."""
    must_rise(machine, ("turndown_flow", "middle_flow", "full_load_flow"), "m3/min",
              "the flows of the speed curve must rise", "Check the points of the data sheet")  # fmt: skip
    powers = ("no_load_power", "turndown_power", "middle_power", "full_load_power", "=cut_out_power")
    must_rise(machine, powers, "kW", "the powers of the machine must rise",
              "Check which power belongs to which point; all are package input")  # fmt: skip
    if word(machine, "control") != "load_unload":
        return
    pressures = ("unloaded_sump_pressure", "cut_in_pressure", "cut_out_pressure")
    must_rise(machine, pressures, "bar[g]",
              "the pressures of the load/unload switch are in the wrong order", "Read the controller")  # fmt: skip
    low, high = number(machine, "cut_in_pressure"), number(machine, "cut_out_pressure")
    if not low.value_in("bar[g]") <= discharge_pressure.value_in("bar[g]") <= high.value_in("bar[g]"):
        raise InputError(
            "the discharge pressure does not lie between the switch pressures of the load/unload control",
            subject=subject_of("discharge_pressure"),
            value=plain_text(discharge_pressure),
            limit=f"{plain_text(low)} to {plain_text(high)} (cut_in_pressure to cut_out_pressure)",
            next_step="Give the mean pressure at the compressor outlet, or correct the set-points",
        )


_DEMAND = "需求 demand"
_LEVEL = (
    Parameter("flow_fraction", ("common",), "%", "60 %", "佔現有滿載流量之比例", "share of the present full-load flow",
              range=(0, 100)),
    HOURS_AT_LEVEL,
)  # fmt: skip


def _enough(flow: Quantity, capacity: Quantity) -> None:
    if flow.value_in("m3/min") > capacity.value_in("m3/min") * (1 + 1e-12):
        raise OutOfRange(
            "the new compressor cannot deliver this demand",
            subject=current_subject(),
            value=f"{flow.value_in('m3/min'):.3g} m3/min",
            limit=f"{capacity.value_in('m3/min'):.3g} m3/min (its full-load flow)",
            next_step="Choose a larger machine, or model the second machine that takes the rest",
        )


_AMBIENT = Parameter(
    "ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
    "at site, about 1.013 at sea level", range=(0.6, 1.1),
)  # fmt: skip


def _of_control(name: str, unit: str, example: str, zh: str, en: str, limits: tuple[float, float]) -> Parameter:
    """A parameter that only some controls need; says which."""
    needed = [control for control, keys in NEEDS.items() if name in keys]
    return Parameter(name, BOTH, unit, example, f"{zh}（{'、'.join(needed)} 必填，其他控制不填）",
                     f"{en} (needed by {', '.join(needed)}; not used by the others)", True, limits)  # fmt: skip


CONTROL_PARAMETERS = (
    Parameter("control", BOTH, "", "load_unload",
              "控制方式；" + "；".join(f"{control} 需 {'、'.join(keys)}" for control, keys in NEEDS.items()),
              "how the flow is controlled; " + "; ".join(f"{c} needs {', '.join(keys)}" for c, keys in NEEDS.items()),
              choices=tuple(NEEDS)),
    Parameter("full_load_flow", BOTH, "m3/min", "13.3 m3/min", "銘牌或 CAGI 資料表：自由空氣量 (FAD)",
              "data sheet, free air delivered", range=(0.1, 500)),
    Parameter("full_load_power", BOTH, "kW", "82 kW", "滿載時整機輸入功率（含風扇），以功率計量測或資料表",
              "package input at full load, logger or data sheet", range=(1, 4000)),
    _of_control("no_load_power", "kW", "22 kW", "卸載時輸入功率，量測卸載末段",
                "package input unloaded, at the end of the unloaded time", (0, 2000)),
    _of_control("cut_out_power", "kW", "86 kW", "卸載壓力下、剛要卸載前的輸入功率，不低於滿載功率",
                "package input just before it unloads, not below full load", (1, 4000)),
    _of_control("cut_in_pressure", "bar[g]", "6.5 bar(g)", "加載壓力設定", "set-point at which it loads", (1, 15)),
    _of_control("cut_out_pressure", "bar[g]", "7.2 bar(g)", "卸載壓力設定", "set-point at which it unloads", (1, 16)),
    _of_control("receiver_volume", "m3", "3 m3", "儲氣桶與主管路容積（同側）",
                "receiver and main piping upstream of controls", (0.01, 500)),
    _of_control("blowdown_time", "s", "30 s", "卸載後油氣桶洩壓到底的時間，碼錶量測",
                "stop-watch: until the sump has vented after unloading", (0.001, 300)),
    _of_control("unloaded_sump_pressure", "bar[g]", "1 bar(g)", "洩壓後油氣桶壓力", "sump gauge after blow-down",
                (0, 5)),
    _of_control("turndown_flow", "m3/min", "3.7 m3/min", "最低轉速之排氣量", "data sheet, lowest speed", (0.01, 500)),
    _of_control("turndown_power", "kW", "28 kW", "最低轉速之輸入功率", "data sheet, lowest speed", (0.1, 4000)),
    _of_control("middle_flow", "m3/min", "7.1 m3/min", "資料表中間一點之排氣量", "data sheet, a point between",
                (0.01, 500)),
    _of_control("middle_power", "kW", "45 kW", "同一點之輸入功率", "data sheet, the same point", (0.1, 4000)),
    Parameter("demand", ("common",), "", "[{flow_fraction: 60 %, hours: 2,000 h}]",
              "流量計或功率紀錄分級：各級流量佔現有滿載流量之比例（0 至 100 %）與時數（合計不超過 8,784 h）",
              "logged flow or power sorted into levels: share of the present full-load flow (0 to 100 %), and hours "
              "(8,784 h at most in all)"),
    Parameter("discharge_pressure", ("common",), "bar[g]", "7 bar(g)",
              "壓縮機出口壓力（用於檢查物理下限）；load_unload 時介於加載與卸載壓力之間",
              "at the compressor outlet (for the physical limits); between the switch pressures of load_unload",
              range=(1, 16)),
    _AMBIENT,
)  # fmt: skip
PRESSURE_PARAMETERS = (
    Parameter("discharge_pressure", BOTH, "bar[g]", "7 bar(g)", "壓縮機出口平均壓力",
              "mean pressure at the compressor outlet", range=(1, 16)),
    _AMBIENT,
    Parameter("polytropic_exponent", ("common",), "1", "1.395", "噴油螺旋可用 1.395（MEASUR），等熵上限 1.4",
              "1.395 in MEASUR; 1.4 is isentropic", range=(1.0001, 1.4)),
    Parameter("average_power", ("common",), "kW", "70 kW", "改善前平均輸入功率", "mean input before, from a logger",
              range=(0.1, 4000)),
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間運轉時數", "hours of the period",
              range=HOURS_OF_A_YEAR),
)  # fmt: skip

CONTROL = TechnologyDescription(
    "compressor_control",
    "空壓機變頻／控制方式改善",
    "Compressor control (variable speed)",
    "electricity",
    CONTROL_PARAMETERS,
    change_control,
    limits_zh="單機、噴油螺旋；需求以直方圖計，不含啟停次數與乾燥機。",
    limits_en="One oil-injected machine; demand as a histogram; starts, dryers, several machines are not covered.",
)
PRESSURE = TechnologyDescription(
    "compressor_pressure",
    "空壓機降壓",
    "Compressor pressure set-point",
    "electricity",
    PRESSURE_PARAMETERS,
    change_pressure,
    limits_zh="單段壓縮、送氣量不變；未計漏氣與未調壓用氣隨壓力減少的部分。",
    limits_en="Single stage, same air; the lower flow of leaks and unregulated users is not counted.",
)
DESCRIPTIONS = (CONTROL, PRESSURE)
