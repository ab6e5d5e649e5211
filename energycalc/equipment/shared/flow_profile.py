"""A motor that drives a fan or pump through a profile of flows: what each way of control takes from the grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
    HOURS_AT_LEVEL,
    Given,
    Parameter,
    Place,
    doubt,
    levels,
    number,
    part,
    reading,
    subject_of,
    word,
)
from energycalc.equipment.description.instruments import POWER_LOGGER
from energycalc.equipment.shared.choices import exactly_needed
from energycalc.equipment.shared.motor_reading import nameplate_and_curve, nameplate_parameters
from energycalc.equipment.shared.motor_tables import drive_coefficients, efficiency_on, published_drive_efficiency
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.rotation import flow_control as law
from energycalc.physics.rotation.induction_motor import shaft_power
from energycalc.physics.rotation.motor_nameplate import fits_losses
from energycalc.physics.rotation.motor_replacement import load_on_curve
from energycalc.quantity import Quantity, Source, cite, constant, current_subject, quantity, total

NEEDS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "throttle": ("no_flow_power_share",),
    "outlet_damper": (),
    "inlet_vane": (),
    "on_off": (),
    "two_speed": ("low_speed_flow_share",),
    "variable_speed": (),
}
"""What each control needs besides; ``none`` is full flow at full power all the time (bypass, dump, no control)."""

FULL_FLOW = constant("q_1", 1, "1", Source("full flow"), name="flow_fraction")
_WHOLE = cite("energy-balance", "sum over the levels of demand")
_LEVEL = "需求 demand"


@dataclass(frozen=True)
class FlowMachine:
    """Motor, machine and system that a control has to do with.

    Attributes:
        rated_power: of the motor.
        curve: part-load efficiency of the motor by load in %.
        full_flow_shaft_power: shaft power at full flow without any control.
        static_head_share: share of the head that does not fall with the flow.
    """

    rated_power: Quantity
    curve: dict[int, Quantity]
    full_flow_shaft_power: Quantity
    static_head_share: Quantity

    def motor_input(self, shaft: Quantity) -> Quantity:
        """Electrical power of the motor at a shaft power."""
        return law.motor_input_power(shaft, efficiency_on(self.curve, law.load_of(shaft, self.rated_power)))

    def shaft(self, share: Quantity) -> Quantity:
        """Shaft power at a share of that at full flow."""
        return law.shaft_power_at_flow(self.full_flow_shaft_power, share)


def flow_machine(parameters: Sequence[Parameter], common: Given) -> FlowMachine:
    """The machine as the case file describes it.

    Args:
        parameters: of the technology, for the errors of the instruments.
        common: what the case file says under ``common``.

    Raises:
        InputError: class or poles are missing, or the load at full flow is not given in exactly one way.
        OutOfRange: a nameplate that its class does not allow, or an input power that is not of this motor.
    """
    _, curve = nameplate_and_curve(common, common)
    if curve is None:  # pragma: no cover - there is no efficiency_at_load here
        raise InputError("the part-load curve needs efficiency_class or ie_class, and poles", subject=current_subject())
    ways = [key for key in ("full_flow_load", "full_flow_input_power") if key in common]
    if len(ways) != 1:
        raise InputError(
            "the load of the motor at full flow must be given in exactly one way",
            subject=current_subject(),
            value=" and ".join(ways) or "none",
            limit="full_flow_load, or full_flow_input_power",
            next_step="Measure the input power at full flow, valve or damper open, before the measure",
        )
    rated = number(common, "rated_power")
    if ways[0] == "full_flow_load":
        load = number(common, "full_flow_load")
    else:
        measured = reading(parameters, common, "full_flow_input_power")
        fits_losses(number(common, "full_flow_input_power"), rated, curve)
        load = load_on_curve(measured, rated, *(curve[at] for at in (25, 50, 75, 100, 125)))
    return FlowMachine(rated, curve, shaft_power(rated, load), number(common, "static_head_share"))


def input_at_flow(machine: FlowMachine, control: Given, flow: Quantity) -> Quantity:
    """Mean power from the grid at a flow; takes arrays of flows too.

    Args:
        machine: from :func:`flow_machine`.
        control: ``control`` and what it needs (see :data:`NEEDS`).
        flow: share of full flow.

    Raises:
        OutOfRange: a damper or vane curve that takes less than the system needs, or a drive without published curve.
    """
    kind = word(control, "control")
    needed = law.system_power_share(flow, machine.static_head_share)
    if kind == "variable_speed":
        return drive_input(machine, control, machine.motor_input(machine.shaft(needed)))
    if kind in ("none", "on_off", "two_speed"):
        full = machine.motor_input(machine.shaft(law.system_power_share(FULL_FLOW, machine.static_head_share)))
        if kind == "none":
            return full
        if kind == "on_off":
            return law.shaft_power_at_flow(full, law.on_off_power_share(flow)).renamed("mean_input_power", "P_m")
        low_flow = number(control, "low_speed_flow_share")
        low = machine.motor_input(machine.shaft(law.system_power_share(low_flow, machine.static_head_share)))
        share = law.two_speed_power_share(flow, low_flow, law.power_ratio(low, full))
        return law.shaft_power_at_flow(full, share).renamed("mean_input_power", "P_m")
    if kind == "throttle":
        share = law.throttled_power_share(flow, number(control, "no_flow_power_share"))
    else:
        share = law.inlet_vane_power_share(flow) if kind == "inlet_vane" else law.outlet_damper_power_share(flow)
        _not_below(share, needed, kind)
    return machine.motor_input(machine.shaft(share))


def drive_input(machine: FlowMachine, control: Given, motor_input: Quantity) -> Quantity:
    """Power that the electronic drive takes for what it gives the motor.

    Args:
        machine: from :func:`flow_machine`.
        control: may name ``drive_efficiency`` at full load; else the published one of its size.
        motor_input: power to the motor.
    """
    rated_input = law.motor_input_power(machine.rated_power, machine.curve[100])
    if "drive_efficiency" in control:
        full_load = number(control, "drive_efficiency")
    else:
        full_load = published_drive_efficiency(machine.rated_power)
    return law.drive_input_power(motor_input, rated_input, full_load, *drive_coefficients(machine.rated_power))


def _not_below(share: Quantity, needed: Quantity, kind: str) -> None:
    if np.all(np.asarray(share.value) >= np.asarray(needed.value) - 1e-9):
        return
    raise OutOfRange(
        f"the published curve of the {kind.replace('_', ' ')} takes less than the system needs",
        subject=subject_of("static_head_share"),
        value=f"{float(np.min(share.value)):.3f} against {float(np.min(needed.value)):.3f} of the power at full flow",
        limit="the curve is for fans without static pressure (EnergyPlus, after DOE-2)",
        next_step="Use throttle with the fan's own power at no flow, or correct static_head_share",
    )


# --- over the profile -----------------------------------------------------------------------------


def demand_levels(common: Given) -> list[Given]:
    """The levels of the flow profile.

    Args:
        common: what the case file says under ``common``.
    """
    return some_hours(levels(common["demand"], "demand", _LEVEL, _COLUMNS), "demand")


def some_hours(profile: list[Given], name: str) -> list[Given]:
    """The levels of a profile, refused where the machine never runs.

    Args:
        profile: levels with their ``hours``.
        name: of the profile in the case file.

    Raises:
        InputError: no hours at any level.
    """
    if any(float(number(level, "hours").value_in("h")) > 0 for level in profile):
        return profile
    raise InputError(
        "the machine never runs: there is nothing to save",
        subject=subject_of(name),
        value="0 h in all levels",
        limit="more than 0 h at one level",
        next_step="Give the hours at each level",
    )


def energies(machine: FlowMachine, control: Given, demand: Sequence[Given], side: str) -> list[Quantity]:
    """Electricity by level.

    Args:
        machine: from :func:`flow_machine`.
        control: ``control`` and what it needs.
        demand: from :func:`demand_levels`.
        side: label of the state, before or after.
    """
    found = []
    for index, level in enumerate(demand, start=1):
        with part(f"{_LEVEL} {index}"), part(side):
            power = input_at_flow(machine, control, number(level, "flow_fraction"))
            found.append(electrical_energy(power, number(level, "hours")))
    return found


def whole(parts: Sequence[Quantity], name: str, symbol: str) -> Quantity:
    """The sum over the levels under its name.

    Args:
        parts: energies by level.
        name: glossary name.
        symbol: of the sum.
    """
    return total(parts).renamed(name, symbol, _WHOLE)


def least_shaft_energy(machine: FlowMachine, demand: Sequence[Given]) -> Quantity:
    """Work at the shaft that no control can do without.

    Args:
        machine: from :func:`flow_machine`.
        demand: from :func:`demand_levels`.
    """
    found = []
    for index, level in enumerate(demand, start=1):
        with part(f"{_LEVEL} {index}"):
            shaft = machine.shaft(law.system_power_share(number(level, "flow_fraction"), machine.static_head_share))
            found.append(law.shaft_energy(shaft, number(level, "hours")))
    return whole(found, "least_shaft_energy", "E_min")


def best_motor_efficiency(machine: FlowMachine) -> Quantity:
    """Highest efficiency that the motor has at any load, read off its curve.

    Args:
        machine: from :func:`flow_machine`.
    """
    loads = quantity(np.linspace(0.01, 1.25, 249), "1", name="load_factor", symbol="L", source=Source("every load"))
    best = float(np.max(efficiency_on(machine.curve, loads).value))
    best = (int(best * 1e5) + 2) / 1e5  # the top lies between two loads of the grid: rounded up
    source = cite("measur-tools-suite", "highest point of the part-load curve through the nameplate")
    return quantity(best, "1", name="best_motor_efficiency", symbol="eta_top", basis="published", source=source)


def control_checks(before: Given, after: Given) -> None:
    """Refuse a side that lacks what its control needs, or says what another control needs.

    Args:
        before: what the case file says.
        after: what the case file says.

    Raises:
        InputError: something is missing or would be ignored.
    """
    for side, place, label in ((before, "before", BEFORE), (after, "after", AFTER)):
        if "control" not in side:
            continue
        with part(label):
            exactly_needed(side, "control", NEEDS, place)
            if "drive_efficiency" in side and word(side, "control") != "variable_speed":
                raise InputError(
                    "is of use with control variable_speed only",
                    subject=subject_of("drive_efficiency"),
                    next_step="Take it out, or correct the control",
                )


def profile_doubts(technology: str, machine: FlowMachine, demand: Sequence[Given]) -> list[Finding]:
    """Doubts about the profile: a mean in place of a profile, and a motor that full flow overloads.

    Args:
        technology: first part of the findings' names.
        machine: from :func:`flow_machine`.
        demand: from :func:`demand_levels`.
    """
    found = []
    flows = {float(number(level, "flow_fraction").value_in("1")) for level in demand}
    if len(flows) == 1 and flows != {1.0}:
        found.append(
            doubt(
                f"{technology}.mean_flow_only",
                "warning",
                "The demand is one single flow. If it is a mean, speed control takes more than shown, because the mean "
                "of the cubes is above the cube of the mean; sort the logged flow into levels.",
                "需求僅給單一流量；若為平均值，因三次方之平均大於平均之三次方，變速用電會被低估，請依量測分級。",
                cite("affinity-system-curve", "Jensen's inequality: E[q3] is at least (E[q])3"),
                flow_fraction=f"{100 * flows.pop():.0f} %",
            )
        )
    load = float(machine.full_flow_shaft_power.value_in("kW")) / float(machine.rated_power.value_in("kW"))
    if load > 1:
        found.append(
            doubt(
                f"{technology}.overload",
                "warning",
                f"Full flow loads the motor with {load:.0%} of its rating.",
                f"滿流量時馬達負載達額定之 {load:.0%}。",
                cite("doe-motor-load", "load over rating"),
                load_factor=f"{load:.1%}",
            )
        )
    return found


_COLUMNS = (
    Parameter("flow_fraction", ("common",), "%", "70 %", "佔滿流量之比例", "share of full flow", range=(5, 100)),
    HOURS_AT_LEVEL,
)  # fmt: skip

MACHINE_PARAMETERS = (
    *nameplate_parameters(("common",)),
    Parameter("full_flow_load", ("common",), "%", "85 %", "滿流量（閥門全開、無控制）時軸負載／額定輸出",
              "shaft load over rated output at full flow, valve or damper open", optional=True, range=(5, 125)),
    Parameter("full_flow_input_power", ("common",), "kW", "62 kW", "滿流量（閥門全開、無變頻器）時輸入功率",
              "input power at full flow, valve or damper open, without drive", optional=True, range=(0.05, 1500),
              default_uncertainty=POWER_LOGGER),
    Parameter("static_head_share", ("common",), "%", "30 %",
              "靜揚程（或定壓）佔滿流量揚程之比例；循環系統或自由排風為 0 %",
              "static head (or controlled pressure) over the head at full flow; 0 % for closed loops, free discharge",
              range=(0, 100)),
    Parameter("demand", ("common",), "", '[{flow_fraction: 70 %, hours: "3,000 h"}]',
              "流量計或功率紀錄分級：各級流量佔滿流量之比例（5 至 100 %）與時數；停機時數不列",
              "logged flow sorted into levels: share of full flow (5 to 100 %), and hours; leave out standstill"),
)  # fmt: skip


def control_parameters(places: tuple[Place, ...], choices: tuple[str, ...]) -> tuple[Parameter, ...]:
    """How the flow is controlled, and what that needs.

    Args:
        places: where it is written.
        choices: controls that the technology admits there.
    """
    return (
        Parameter("control", places, "", choices[0],
                  "流量控制方式；none 為不控制或旁通（全流量全功率）；" + _needs_text("；"),
                  "how the flow is controlled; none is full power all the time (bypass, no control); "
                  + _needs_text("; "), choices=choices),
        Parameter("no_flow_power_share", places, "%", "45 %",
                  "零流量軸功率／滿流量軸功率（泵浦或風機性能曲線）",
                  "shaft power at no flow over that at full flow (power curve of the catalogue)", optional=True,
                  range=(1, 100)),
        Parameter("low_speed_flow_share", places, "%", "50 %", "低速時流量／滿流量",
                  "flow at the low speed over full flow", optional=True, range=(5, 95)),
    )  # fmt: skip


DRIVE_EFFICIENCY_HOW = (
    "變頻器滿載效率（型錄）；未填則採美國能源部資料之同級值",
    "of the electronic drive at full load, catalogue; else the published one of its size",
)


def _needs_text(between: str) -> str:
    return between.join(f"{kind}: {', '.join(keys)}" for kind, keys in NEEDS.items() if keys)
