"""One compressor under another control, or replaced by another one, for the same demand."""

from __future__ import annotations

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    doubt,
    levels,
    notes_on_readings,
    number,
    part,
    uses_more,
    word,
)
from energycalc.equipment.shared.compressor import complete, compressor_parameters, in_order, points_of
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air import compressor_control as law
from energycalc.physics.compressed_air.compressor_limits import specific_power_doubts
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    isothermal_energy,
    isothermal_specific_power,
)
from energycalc.physics.compressed_air.part_load import NEEDS, power_at_flow
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.quantity import Quantity, cite, current_subject, total

__all__ = ["CONTROL", "DESCRIPTIONS", "NEEDS", "ceiling", "change"]


def change(before: Given, after: Given, common: Given) -> Change:
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
    _checked(before, after, common)
    ambient = number(common, "ambient_pressure")
    outlet = absolute_pressure(number(common, "discharge_pressure"), ambient)
    least = isothermal_specific_power(ambient, outlet)
    findings: list[Finding] = notes_on_readings("compressor", CONTROL_PARAMETERS, before, after)
    for machine, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            power, flow = number(machine, "full_load_power"), number(machine, "full_load_flow")
            findings += [*specific_power_doubts(power, flow, ambient, outlet), *_low_no_load(machine)]

    old_energies, new_energies, least_energies = [], [], []
    for index, level in enumerate(levels(common["demand"], "demand", _DEMAND, _LEVEL), start=1):
        fraction, hours = number(level, "flow_fraction"), number(level, "hours")
        with part(f"{_DEMAND} {index}"):
            flow = law.flow_of(fraction, number(before, "full_load_flow"))
            _enough(flow, number(after, "full_load_flow"))
            least_energies.append(isothermal_energy(least, flow, hours))
            with part(BEFORE):
                old_energies.append(electrical_energy(_power(before, flow, ambient), hours))
            with part(AFTER):
                new_energies.append(electrical_energy(_power(after, flow, ambient), hours))

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
    remaining = remaining_energy(energy_before, energy_after)
    return Change(
        remaining, "electricity", energy_before, energy_after, (*findings, *uses_more("compressor", remaining))
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any other compressor can save: all above the isothermal work of the air.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    _checked(before, after, common)
    ambient = number(common, "ambient_pressure")
    least = isothermal_specific_power(ambient, absolute_pressure(number(common, "discharge_pressure"), ambient))
    used, needed = [], []
    for level in levels(common["demand"], "demand", _DEMAND, _LEVEL):
        flow = law.flow_of(number(level, "flow_fraction"), number(before, "full_load_flow"))
        used.append(electrical_energy(_power(before, flow, ambient), number(level, "hours")))
        needed.append(isothermal_energy(least, flow, number(level, "hours")))
    source = cite("ideal-gas-compression", "isothermal work is the least")
    return Ceiling(
        (1 - total(needed) / total(used)).renamed("largest_saving", "s_max", source),
        "No compressor takes less than the isothermal work of the air it delivers.",
        "任何空壓機皆不可能低於所送空氣之等溫壓縮功。",
        source,
    )


def _checked(before: Given, after: Given, common: Given) -> None:
    check(CONTROL_PARAMETERS, before, after, common)
    for machine, place, label in ((before, "before", BEFORE), (after, "after", AFTER)):
        with part(label):
            complete(machine, place)
            in_order(machine, number(common, "discharge_pressure"))


def _power(machine: Given, flow: Quantity, ambient: Quantity) -> Quantity:
    return power_at_flow(word(machine, "control"), points_of(machine, CONTROL_PARAMETERS), flow, ambient)


def _low_no_load(machine: Given) -> list[Finding]:
    """TL09: an oil-injected screw that unloads still turns."""
    if word(machine, "control") != "load_unload":
        return []
    share = float(number(machine, "no_load_power").value_in("kW") / number(machine, "full_load_power").value_in("kW"))
    if share >= 0.1:
        return []
    return [
        doubt(
            "compressor.no_load_power_low",
            "warning",
            f"Unloaded it takes {share:.0%} of full-load power; below 10 % an oil-injected screw is not to be "
            f"expected.",
            f"卸載功率僅滿載之 {share:.0%}；噴油螺旋機卸載時低於 10 % 不合理。",
            cite("energycalc-rules", "TL09: unloaded power below 10 % of full load"),
            no_load_share=f"{share:.1%}",
        )
    ]


def _enough(flow: Quantity, capacity: Quantity) -> None:
    if flow.value_in("m3/min") > capacity.value_in("m3/min") * (1 + 1e-12):
        raise OutOfRange(
            "the new compressor cannot deliver this demand",
            subject=current_subject(),
            value=f"{flow.value_in('m3/min'):.3g} m3/min",
            limit=f"{capacity.value_in('m3/min'):.3g} m3/min (its full-load flow)",
            next_step="Choose a larger machine, or take compressor_sequencing for several machines",
        )


_DEMAND = "需求 demand"
_LEVEL = (
    Parameter("flow_fraction", ("common",), "%", "60 %", "佔現有滿載流量之比例", "share of the present full-load flow",
              range=(0, 100)),
    HOURS_AT_LEVEL,
)  # fmt: skip
CONTROL_PARAMETERS = (
    *compressor_parameters(),
    Parameter("demand", ("common",), "", "[{flow_fraction: 60 %, hours: 2,000 h}]",
              "流量計或功率紀錄分級：各級流量佔現有滿載流量之比例（0 至 100 %）與時數（合計不超過 8,784 h）",
              "logged flow or power sorted into levels: share of the present full-load flow (0 to 100 %), and hours "
              "(8,784 h at most in all)"),
    Parameter("discharge_pressure", ("common",), "bar[g]", "7 bar(g)",
              "壓縮機出口壓力（用於檢查物理下限）；load_unload 時介於加載與卸載壓力之間",
              "at the compressor outlet (for the physical limits); between the switch pressures of load_unload",
              range=(1, 16)),
    Parameter("ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
              "at site, about 1.013 at sea level", range=(0.6, 1.1)),
)  # fmt: skip

_CUBIC_FOOT, _PSI = 0.3048**3, 0.0689475729316836
_PEER_MACHINE = {
    "control": "load_unload",
    "full_load_flow": f"{470 * _CUBIC_FOOT} m3/min",
    "full_load_power": "75 kW",
    "no_load_power": "18.75 kW",
    "cut_out_power": "79 kW",
    "cut_in_pressure": f"{100 * _PSI} bar(g)",
    "cut_out_pressure": f"{110 * _PSI} bar(g)",
    "receiver_volume": f"{106.9 * _CUBIC_FOOT} m3",
    "blowdown_time": "40 s",
    "unloaded_sump_pressure": f"{15 * _PSI} bar(g)",
}
EXAMPLE = WorkedExample(
    before=_PEER_MACHINE,
    after=_PEER_MACHINE | {"receiver_volume": f"{470 * _CUBIC_FOOT} m3"},
    common={
        "demand": [{"flow_fraction": "50 %", "hours": "1000 h"}],
        "discharge_pressure": f"{105 * _PSI} bar(g)",
        "ambient_pressure": f"{14.7 * _PSI} bar(a)",
    },
    of="saving",
    given="9118.19 kWh",
    tolerance=1e-5,
    source=cite("measur-tools-suite", "release 1.2.5, load/unload screw at half flow, receivers of 106.9 and 470 ft3"),
    because_en="the source gives 60.6033 and 51.4852 kW, 9,118 kWh in 1,000 h, because the larger receiver lets the "
    "sump "
    "blow down fully in each cycle; the same cycle is calculated here.",
    because_zh="來源值 60.6033 與 51.4852 kW，1,000 h 相差 9,118 kWh，因為較大的儲氣桶使每一循環都能完全洩壓；"
    "本法採同一循環。",
)
CONTROL = TechnologyDescription(
    key="compressor_control",
    label_zh="空壓機變頻／控制方式改善",
    label_en="Compressor control (variable speed)",
    carrier="electricity",
    parameters=CONTROL_PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    needs={"control": NEEDS},
    limits_zh="單機；需求以直方圖計，不含啟停次數與乾燥機；多機請用 compressor_sequencing。",
    limits_en="One machine; demand as a histogram; starts and dryers are not covered; for several machines take "
    "compressor_sequencing.",
    turning_point_zh="變頻機滿載比定速機耗電（變頻器損失）：需求長期接近滿載時改變頻反而增加用電。",
    turning_point_en="At full load a variable-speed machine takes more than a fixed-speed one (loss of the drive): "
    "where "
    "the demand stays near full load, the change costs energy.",
)
DESCRIPTIONS = (CONTROL,)
