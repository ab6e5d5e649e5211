"""Several compressors over a measured demand: which run, which trims, and what the others do meanwhile."""

from __future__ import annotations

import re
from collections.abc import Mapping

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    BOTH,
    HOURS_AT_LEVEL,
    Ceiling,
    Change,
    Given,
    Parameter,
    TechnologyDescription,
    WorkedExample,
    check,
    check_value,
    doubt,
    levels,
    notes_on_readings,
    number,
    part,
    plain_text,
    subject_of,
    uses_more,
    word,
)
from energycalc.equipment.shared.compressor import complete, compressor_parameters, in_order, points_of
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.compressed_air.compressor_limits import specific_power_doubts
from energycalc.physics.compressed_air.dispatch import shares_of_demand
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    isothermal_energy,
    isothermal_specific_power,
)
from energycalc.physics.compressed_air.part_load import NEEDS, power_at_flow
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, Source, cite, current_subject, quantity, total

Machines = dict[str, Given]
_WHOLE = cite("energy-balance", "sum over machines and levels of demand")
_NONE = Source("no flow", "definition")


def change(before: Given, after: Given, common: Given) -> Change:
    """Run the same compressors in another order for the same demand.

    Args:
        before: ``order`` of the machines, ``idle_machines`` (``off`` or ``unloaded``), optionally ``trim_machine``.
        after: the same under the new control.
        common: ``machines`` (list, each with ``name``, ``control``, full-load point and what the control needs),
            ``demand`` (list of ``flow`` and ``hours``), ``discharge_pressure``, ``ambient_pressure``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a machine is unknown, named twice or incomplete, or an order names none.
        OutOfRange: the demand passes what the order can deliver, or a machine or all of them together take less than
            the isothermal work.
    """
    check(PARAMETERS, before, after, common)
    machines = _machines(common)
    ambient = number(common, "ambient_pressure")
    findings = _machine_doubts(machines, common)
    energies = []
    for side, label in ((before, BEFORE), (after, AFTER)):
        with part(label):
            energies.append(_energy(side, machines, common, ambient, findings))
            _possible(energies[-1], _least_energy(common, ambient))
    energy_before = energies[0].renamed("energy_before_model", "E_m0", _WHOLE)
    energy_after = energies[1].renamed("energy_after_model", "E_m1", _WHOLE)
    remaining = (energy_after / energy_before).renamed("remaining_fraction", "r", _WHOLE)
    return Change(
        remaining, "electricity", energy_before, energy_after, (*findings, *uses_more("compressor", remaining))
    )


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any order of any machines can save: the isothermal work of the air stays.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    ambient = number(common, "ambient_pressure")
    used = _energy(before, _machines(common), common, ambient, [])
    least = _least_energy(common, ambient)
    source = cite("ideal-gas-compression", "isothermal work is the least")
    return Ceiling(
        (1 - least / used).renamed("largest_saving", "s_max", source),
        "No set of compressors takes less than the isothermal work of the air it delivers.",
        "任何空壓機組合皆不可能低於所送空氣之等溫壓縮功。",
        source,
    )


def _least_energy(common: Given, ambient: Quantity) -> Quantity:
    """Isothermal work of the air of all levels."""
    least = isothermal_specific_power(ambient, absolute_pressure(number(common, "discharge_pressure"), ambient))
    found = levels(common["demand"], "demand", _DEMAND, _LEVEL)
    return total([isothermal_energy(least, number(level, "flow"), number(level, "hours")) for level in found])


def _possible(energy: Quantity, least: Quantity) -> None:
    """Part-load points can lie below the isothermal work although the full-load point does not."""
    if energy.value_in("kWh") < least.value_in("kWh"):
        raise OutOfRange(
            "the energy is below the isothermal work of the air delivered",
            subject=current_subject(),
            value=f"{energy.value_in('kWh'):,.0f} kWh",
            limit=f"{least.value_in('kWh'):,.0f} kWh (ideal gas, isothermal)",
            next_step="Check the part-load points of the machines, and whether the flow is free air",
        )


def _energy(side: Given, machines: Machines, common: Given, ambient: Quantity, findings: list[Finding]) -> Quantity:
    """Energy of all machines in the order over all levels; those not needed stand still or run unloaded."""
    order, trim = _order(side, machines)
    capacity = {name: number(machine, "full_load_flow") for name, machine in machines.items()}
    nothing = quantity(0, "m3/min", name="flow", source=_NONE)
    energies, gap = [], 0.0
    for index, level in enumerate(levels(common["demand"], "demand", _DEMAND, _LEVEL), start=1):
        with part(f"{_DEMAND} {index}"):
            flow, hours = number(level, "flow"), number(level, "hours")
            shares = shares_of_demand(flow, capacity, order, trim)
            throttled = [n for n, q in shares.items() if q is not None and q is not capacity[n] and n != trim]
            gap += float(hours.value_in("h")) if trim and throttled else 0.0
            for name, delivered in shares.items():
                if delivered is None and word(side, "idle_machines") == "off":
                    continue
                machine = machines[name]
                with part(f"{_MACHINE} {name}"):
                    power = power_at_flow(
                        word(machine, "control"),
                        points_of(machine, MACHINE_PARAMETERS),
                        nothing if delivered is None else delivered,
                        ambient,
                    )
                    energies.append(electrical_energy(power, hours))
    if gap:
        findings.append(_gap(trim, gap))
    if not any(energy.value > 0 for energy in energies):
        raise InputError(
            "no machine takes any energy: there is nothing to compare",
            subject=subject_of("demand"),
            value=plain_text(common["demand"]),
            next_step="Give levels with flow and hours, and machines that run in them",
        )
    return total(energies)


def _machines(common: Given) -> Machines:
    given = common["machines"]
    if not isinstance(given, list | tuple) or not given or not all(isinstance(m, Mapping) for m in given):
        raise InputError(
            "is a list of machines, each a block with name, control and its points",
            subject=subject_of("machines"),
            value=plain_text(given),
            next_step=f"For example '- {_EXAMPLE_MACHINE}', one per machine",
        )
    columns = {p.name: p for p in MACHINE_PARAMETERS}
    found: Machines = {}
    for index, machine in enumerate(given, start=1):
        name = str(machine.get("name", ""))
        with part(f"{_MACHINE} {name or index}"):
            if not name or name in found:
                raise InputError(
                    "needs a name of its own",
                    subject=subject_of("name"),
                    value=plain_text(machine),
                    next_step="Write name: A, name: B and so on",
                )
            for key in ("control", "full_load_flow", "full_load_power"):
                if key not in machine:
                    raise InputError(
                        "is missing", subject=subject_of(key), next_step=f"For example {columns[key].example}"
                    )
            for key, value in machine.items():
                if key in columns:
                    check_value(columns[key], value)
            complete(machine, "machines", beside=("name",))
            in_order(machine, number(common, "discharge_pressure"))
        found[name] = machine
    return found


def _order(side: Given, machines: Machines) -> tuple[list[str], str]:
    given = side["order"]
    names = (
        [str(n) for n in given] if isinstance(given, list | tuple) else re.split(r"\s*[,、，>]\s*", str(given).strip())
    )
    trim = str(side.get("trim_machine", ""))
    unknown = [name for name in (*names, *([trim] if trim else [])) if name not in machines]
    if unknown or len(set(names)) < len(names):
        raise InputError(
            "names a machine that is not in the list" if unknown else "names a machine twice",
            subject=subject_of("order"),
            value=plain_text(given) + (f", trim_machine {trim}" if trim else ""),
            limit=f"machines: {', '.join(machines)}",
            next_step="Write the names of the list, first to come on first",
        )
    return [name for name in names if name != trim], trim


def _machine_doubts(machines: Machines, common: Given) -> list[Finding]:
    ambient = number(common, "ambient_pressure")
    outlet = absolute_pressure(number(common, "discharge_pressure"), ambient)
    found: list[Finding] = []
    for name, machine in machines.items():
        with part(f"{_MACHINE} {name}"):
            found += notes_on_readings("compressor_sequencing", MACHINE_PARAMETERS, machine)
            found += specific_power_doubts(
                number(machine, "full_load_power"), number(machine, "full_load_flow"), ambient, outlet
            )
    return found


def _gap(trim: str, hours: float) -> Finding:
    return doubt(
        "compressor_sequencing.control_gap",
        "warning",
        f"In {hours:,.0f} h the trim machine {trim} is too small for the step between base machines: a base machine "
        f"runs at "
        "part load beside it.",
        f"有 {hours:,.0f} h 調節機 {trim} 容量小於基載機之級距，基載機須部分負載運轉（控制缺口）。",
        cite("energy-balance", "the trim machine must cover the largest step of the base machines"),
        hours=f"{hours:,.0f} h",
    )


MACHINE_PARAMETERS = compressor_parameters(("common",))
_DEMAND, _MACHINE = "需求 demand", "機組 machine"
_EXAMPLE_MACHINE = (
    "{name: A, control: modulation, full_load_flow: 13.3 m3/min, full_load_power: 82 kW, no_load_power: 57 kW}"
)
_LEVEL = (
    Parameter("flow", ("common",), "m3/min", "20 m3/min", "該級總用氣量（自由空氣）", "demand of the plant, free air",
              range=(0, 10000)),
    HOURS_AT_LEVEL,
)  # fmt: skip
PARAMETERS = (
    Parameter("order", BOTH, "", "A, B, C", "各機投入順序，先投入者在前（清單或以逗號分隔）",
              "order in which the machines come on, first one first (a list, or names with commas)"),
    Parameter("trim_machine", BOTH, "", "C", "承擔變動量之調節機（通常為變頻機）；未填則由順序中下一台承擔",
              "the machine that takes what is left (usually variable speed); the next in order when left out", True),
    Parameter("idle_machines", BOTH, "", "unloaded", "不需要的機組：off 停機，unloaded 空轉",
              "machines that are not needed: off, or running unloaded", choices=("off", "unloaded")),
    Parameter("machines", ("common",), "", f"[{_EXAMPLE_MACHINE}]",
              "機組清單：名稱、控制方式、滿載點及該控制所需參數（同 compressor_control）：" + "；".join(
                  f"{control} 需 {'、'.join(keys)}" for control, keys in NEEDS.items()),
              "list of machines: name, control, full-load point and what the control needs (as in compressor_control): "
              + "; ".join(f"{control} needs {', '.join(keys)}" for control, keys in NEEDS.items())),
    Parameter("demand", ("common",), "", "[{flow: 20 m3/min, hours: 2,000 h}]",
              "流量計或功率紀錄分級：各級總用氣量與時數（合計不超過 8,784 h）",
              "logged flow or power sorted into levels: flow of the plant and hours (8,784 h at most in all)"),
    Parameter("discharge_pressure", ("common",), "bar[g]", "7 bar(g)", "壓縮機出口壓力；須在各機切換壓力之間",
              "at the compressor outlet; between the switch pressures of each cycling machine", range=(1, 16)),
    Parameter("ambient_pressure", ("common",), "bar[a]", "1.013 bar(a)", "現場大氣壓（海平面約 1.013）",
              "at site, about 1.013 at sea level", range=(0.6, 1.1)),
)  # fmt: skip

_PEER_FLOW = 470 * 0.3048**3
_PEER = {
    "control": "modulation",
    "full_load_flow": f"{_PEER_FLOW} m3/min",
    "full_load_power": "75 kW",
    "no_load_power": "50 kW",
}
EXAMPLE = WorkedExample(
    before={"order": "A, B", "idle_machines": "unloaded"},
    after={"order": "A, B", "idle_machines": "off"},
    common={
        "machines": [{"name": "A"} | _PEER, {"name": "B"} | _PEER],
        "demand": [{"flow": f"{0.6 * _PEER_FLOW} m3/min", "hours": "1000 h"}],
        "discharge_pressure": "6.9 bar(g)",
        "ambient_pressure": "1.01325 bar(a)",
    },
    of="energy_after",
    given="65000 kWh",
    tolerance=1e-9,
    source=cite("measur-tools-suite", "release 1.2.5, modulation without unloading, 60 % flow: 65 kW of 75 and 50 kW"),
    because_en="the source gives 65 kW for one machine at 60 % flow, because its throttled line runs from 50 to 75 "
    "kW; the second "
    "machine, which ran along at 50 kW, is switched off.",
    because_zh="來源值單機 60 % 流量時 65 kW，因為節流直線由 50 至 75 kW；原本陪轉 50 kW 的第二台改為停機。",
)
DESCRIPTION = TechnologyDescription(
    key="compressor_sequencing",
    label_zh="多台空壓機群控",
    label_en="Sequencing of several compressors",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=EXAMPLE,
    limits_zh="各級需求視為穩態；不計啟停與切換過程、管路壓損與乾燥機。群控同時降壓之節能用 compressor_pressure 另計。",
    limits_en="Each level is steady; starts, changes, pipes and dryers are not counted. A lower pressure that comes "
    "with the "
    "control is compressor_pressure.",
    turning_point_zh="調節機容量小於最大基載機時出現控制缺口，群控效果消失（compressor_sequencing.control_gap）。",
    turning_point_en="A trim machine smaller than the largest step of the base machines leaves a control gap in "
    "which the "
    "saving is lost (compressor_sequencing.control_gap).",
)
DESCRIPTIONS = (DESCRIPTION,)
