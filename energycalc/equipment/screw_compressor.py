"""Oil-injected screw compressors: another control (load/unload to variable speed), and a lower pressure set-point."""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    check,
    doubt,
    number,
    part,
    word,
)
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics import compressor_control as law
from energycalc.physics.electricity import electrical_energy
from energycalc.physics.gas_compression import (
    absolute_pressure,
    compression_work_factor,
    isentropic_specific_power,
    isothermal_energy,
    isothermal_specific_power,
    pressure_power_ratio,
    specific_power,
)
from energycalc.physics.load_unload_cycle import load_unload_power
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


@formula(symbol="E_1", source=cite("ideal-gas-compression", "ratio of polytropic work"))
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
        InputError: a parameter is missing or unknown, or the demand is not a list of flow and hours.
        OutOfRange: the new machine is too small for the demand, or a machine takes less than the isothermal limit.
    """
    check(CONTROL_PARAMETERS, before, after, common)
    for machine, place in ((before, "before"), (after, "after")):
        _complete(machine, place)
    ambient = number(common, "ambient_pressure")
    outlet = absolute_pressure(number(common, "discharge_pressure"), ambient)
    least = isothermal_specific_power(ambient, outlet)
    findings: list[Finding] = []
    for machine, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            findings += _check_specific_power(machine, ambient, outlet, least)

    old_energies, new_energies, least_energies = [], [], []
    for index, (fraction, hours) in enumerate(_bins(common["demand"]), start=1):
        with part(f"需求 demand {index}"):
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
    return Change(remaining, "electricity", energy_before, energy_after, (*findings, *_uses_more(remaining)))


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
        tuple(_uses_more(remaining)),
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
    order = [key for key in ("turndown_flow", "middle_flow", "full_load_flow") if key in machine]
    flows = [number(machine, key).value_in("m3/min") for key in order]
    if sorted(set(flows)) != flows:
        raise InputError(
            "the points of the speed curve must rise",
            subject=f"{current_subject()} {place}".strip(),
            value=flows,
            limit=" < ".join(order),
        )
    if control == "load_unload" and not (
        number(machine, "unloaded_sump_pressure").value_in("bar[g]")
        < number(machine, "cut_in_pressure").value_in("bar[g]")
        < number(machine, "cut_out_pressure").value_in("bar[g]")
    ):
        raise InputError(
            "the pressures of the load/unload switch are in the wrong order",
            subject=f"{current_subject()} {place}".strip(),
            limit="unloaded_sump_pressure < cut_in_pressure < cut_out_pressure",
        )


def _bins(demand: object) -> list[tuple[Quantity, Quantity]]:
    """The demand as pairs of flow fraction and hours."""
    if not isinstance(demand, list | tuple) or not demand:
        raise InputError(
            "the demand is a list of flow fractions with hours",
            subject=", ".join(part for part in (current_subject(), "demand") if part),
            next_step='For example "- {flow_fraction: 60 %, hours: 2,000 h}", one line per level of demand',
        )
    bins = []
    for entry in demand:
        if not isinstance(entry, Mapping) or set(entry) != {"flow_fraction", "hours"}:
            raise InputError(
                "a level of demand has exactly flow_fraction and hours", subject=current_subject(), value=repr(entry)
            )
        bins.append((number(entry, "flow_fraction"), number(entry, "hours")))
    return bins


def _enough(flow: Quantity, capacity: Quantity) -> None:
    if flow.value_in("m3/min") > capacity.value_in("m3/min") * (1 + 1e-12):
        raise OutOfRange(
            "the new compressor cannot deliver this demand",
            subject=current_subject(),
            value=f"{flow.value_in('m3/min'):.3g} m3/min",
            limit=f"{capacity.value_in('m3/min'):.3g} m3/min (its full-load flow)",
            next_step="Choose a larger machine, or model the second machine that takes the rest",
        )


def _check_specific_power(machine: Given, ambient: Quantity, outlet: Quantity, least: Quantity) -> list[Finding]:
    """Refuse less than isothermal power; doubt more than 90 % isentropic efficiency."""
    power = specific_power(number(machine, "full_load_power"), number(machine, "full_load_flow"))
    if power.value < least.value:
        raise OutOfRange(
            "the full-load specific power is below the isothermal limit: no compressor can do that",
            subject=current_subject(),
            value=f"{power.value:.2f} kW/(m3/min)",
            limit=f"{least.value:.2f} kW/(m3/min) at {outlet.value_in('bar[a]'):.2f} bar(a) (ideal gas, isothermal)",
            next_step="Check whether the flow is free air (not compressed volume) and the power the package input",
        )
    isentropic = isentropic_specific_power(ambient, outlet).value
    if power.value >= isentropic / 0.9:
        return []
    impossible = power.value < isentropic
    share = f"{100 * isentropic / power.value:.0f} %"
    return [
        doubt(
            "compressor.isentropic_efficiency",
            "error" if impossible else "warning",
            f"Full load takes {power.value:.2f} kW/(m3/min), an isentropic efficiency of {share}: "
            + ("a single stage cannot reach it." if impossible else "more than 90 % needs proof."),
            f"滿載比功率 {power.value:.2f} kW/(m³/min)，相當於等熵效率 {share}，"
            + ("單段壓縮不可能達到。" if impossible else "超過 90 % 應舉證。"),
            cite("ideal-gas-compression", "isentropic work"),
            specific_power=f"{power.value:.2f} kW/(m3/min)",
            isentropic_specific_power=f"{isentropic:.2f} kW/(m3/min)",
        )
    ]


def _uses_more(remaining: Quantity) -> list[Finding]:
    if remaining.value <= 1:
        return []
    more = f"{100 * (remaining.value - 1):.1f} %"
    return [
        doubt(
            "compressor.uses_more",
            "warning",
            f"The machine takes {more} more energy after the measure than before.",
            f"措施後用電比改善前多 {more}。",
            remaining_fraction=f"{remaining.value:.4f}",
        )
    ]


_AMBIENT = Parameter(
    "ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
    "at site, about 1.013 at sea level", range=(0.6, 1.1),
)  # fmt: skip
CONTROL_PARAMETERS = (
    Parameter("control", BOTH, "", "load_unload", "控制方式", "how the flow is controlled", choices=tuple(NEEDS)),
    Parameter("full_load_flow", BOTH, "m3/min", "13.3 m3/min", "銘牌或 CAGI 資料表：自由空氣量 (FAD)",
              "data sheet, free air delivered", range=(0.1, 500)),
    Parameter("full_load_power", BOTH, "kW", "82 kW", "滿載時整機輸入功率（含風扇），以功率計量測或資料表",
              "package input at full load, logger or data sheet", range=(1, 4000)),
    Parameter("no_load_power", BOTH, "kW", "22 kW", "卸載時輸入功率，量測卸載末段",
              "package input unloaded, at the end of the unloaded time", optional=True, range=(0, 2000)),
    Parameter("cut_out_power", BOTH, "kW", "86 kW", "卸載壓力下、剛要卸載前的輸入功率",
              "package input just before it unloads", optional=True, range=(1, 4000)),
    Parameter("cut_in_pressure", BOTH, "bar[g]", "6.5 bar(g)", "加載壓力設定", "set-point at which it loads",
              optional=True, range=(1, 15)),
    Parameter("cut_out_pressure", BOTH, "bar[g]", "7.2 bar(g)", "卸載壓力設定", "set-point at which it unloads",
              optional=True, range=(1, 16)),
    Parameter("receiver_volume", BOTH, "m3", "3 m3", "儲氣桶與主管路容積（同側）",
              "receiver and main piping upstream of controls", optional=True, range=(0.01, 500)),
    Parameter("blowdown_time", BOTH, "s", "30 s", "卸載後油氣桶洩壓到底的時間，碼錶量測",
              "stop-watch: until the sump has vented after unloading", optional=True, range=(0.001, 300)),
    Parameter("unloaded_sump_pressure", BOTH, "bar[g]", "1 bar(g)", "洩壓後油氣桶壓力", "sump gauge after blow-down",
              optional=True, range=(0, 5)),
    Parameter("turndown_flow", BOTH, "m3/min", "3.7 m3/min", "最低轉速之排氣量", "data sheet, lowest speed",
              optional=True, range=(0.01, 500)),
    Parameter("turndown_power", BOTH, "kW", "28 kW", "最低轉速之輸入功率", "data sheet, lowest speed",
              optional=True, range=(0.1, 4000)),
    Parameter("middle_flow", BOTH, "m3/min", "7.1 m3/min", "資料表中間一點之排氣量", "data sheet, a point between",
              optional=True, range=(0.01, 500)),
    Parameter("middle_power", BOTH, "kW", "45 kW", "同一點之輸入功率", "data sheet, the same point",
              optional=True, range=(0.1, 4000)),
    Parameter("demand", ("common",), "", "[{flow_fraction: 60 %, hours: 2,000 h}]",
              "流量計或功率紀錄分級：各級流量佔現有滿載流量之比例與時數",
              "logged flow or power sorted into levels: share of the present full-load flow, and hours"),
    Parameter("discharge_pressure", ("common",), "bar[g]", "7 bar(g)", "壓縮機出口壓力（用於檢查物理下限）",
              "at the compressor outlet (for the physical limits)", range=(1, 16)),
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
    Parameter("operating_hours", ("common",), "h", "6,000 h", "期間運轉時數", "hours of the period", range=(1, None)),
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
