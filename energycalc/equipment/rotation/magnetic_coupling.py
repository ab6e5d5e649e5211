"""Slip couplings (eddy current, permanent magnet) for the flow of a fan or pump: what the slip leaves of the saving."""

from __future__ import annotations

from collections.abc import Sequence

from energycalc.equipment.description import (
    AFTER,
    BEFORE,
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
    part,
    plain_text,
    subject_of,
    uses_more,
)
from energycalc.equipment.shared.flow_profile import (
    MACHINE_PARAMETERS,
    NEEDS,
    FlowMachine,
    best_motor_efficiency,
    control_checks,
    control_parameters,
    demand_levels,
    energies,
    flow_machine,
    profile_doubts,
    whole,
)
from energycalc.equipment.shared.motor_reading import LINE_FREQUENCY
from energycalc.errors import InputError, OutOfRange
from energycalc.finding import Finding
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.rotation import flow_control as law
from energycalc.quantity import Quantity, Source, cite, constant, current_subject

CONTROLS = tuple(kind for kind in NEEDS if kind != "variable_speed")
NO_STATIC_HEAD = constant(
    "k_0", 1, "1", Source("without static head the ratio has no effect"), name="shut_off_head_ratio"
)


def change(before: Given, after: Given, common: Given) -> Change:
    """A slip coupling between motor and machine in place of another control, for the same flows and hours.

    Args:
        before: ``control`` and what it needs.
        after: ``full_speed_slip`` and, for an excited coupling, ``excitation_power``.
        common: the motor's nameplate, its load at full flow, ``static_head_share``, ``demand`` and, with static head,
            ``shut_off_head_ratio``.

    Returns:
        The remaining fraction with both energies of the model.

    Raises:
        InputError: a parameter is missing, unknown or of no use.
        OutOfRange: a flow for which the coupling would have to turn faster than its least slip allows.
    """
    check(PARAMETERS, before, after, common)
    control_checks(before, after)
    findings = notes_on_readings("coupling", PARAMETERS, common)
    machine, demand = flow_machine(PARAMETERS, common), demand_levels(common)
    old = energies(machine, before, demand, BEFORE)
    new = _coupled(machine, after, common, demand)
    energy_before, energy_after = whole(old, "energy_before_model", "E_m0"), whole(new, "energy_after_model", "E_m1")
    remaining = remaining_energy(energy_before, energy_after)
    findings += [*profile_doubts("coupling", machine, demand), *_against_a_drive(machine, demand, energy_after)]
    return Change(remaining, "electricity", energy_before, energy_after, (*findings, *uses_more("coupling", remaining)))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most a coupling can save: slip only as large as the flow asks, and the motor at its best.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    control_checks(before, after)
    machine, demand = flow_machine(PARAMETERS, common), demand_levels(common)
    energy_before = whole(energies(machine, before, demand, BEFORE), "energy_before_model", "E_m0")
    least = []
    for level in demand:
        shaft, speed = _needed(machine, common, level)
        at_motor = law.coupling_input_power(shaft, law.coupling_efficiency(law.coupling_slip(speed)))
        least.append(law.shaft_energy(at_motor, number(level, "hours")))
    saving = law.flow_control_ceiling(
        whole(least, "least_shaft_energy", "E_min"), best_motor_efficiency(machine), energy_before
    )
    return Ceiling(
        saving,
        "The torque of a slip coupling is the same on both sides, so its efficiency is the ratio of the speeds: of the "
        "cube law it leaves the square.",
        "渦流／永磁耦合器兩側轉矩相同，效率等於轉速比：三次方律僅剩二次方。",
        cite("pump-handbook-eddy", "torque in equals torque out"),
    )


def _needed(machine: FlowMachine, common: Given, level: Given) -> tuple[Quantity, Quantity]:
    """Power and speed of the driven shaft at a level."""
    flow = number(level, "flow_fraction")
    ratio = number(common, "shut_off_head_ratio") if "shut_off_head_ratio" in common else NO_STATIC_HEAD
    if "shut_off_head_ratio" not in common and float(machine.static_head_share.value_in("1")) > 0:
        raise InputError(
            "is needed with static head: the speed for a flow then hangs on the machine's own curve",
            subject=subject_of("shut_off_head_ratio"),
            limit=f"static_head_share {plain_text(machine.static_head_share)}",
            next_step="Read the head at no flow and at full flow from the pump curve and divide them",
        )
    speed = law.speed_share(flow, machine.static_head_share, ratio)
    return machine.shaft(law.system_power_share(flow, machine.static_head_share)), speed


def _coupled(machine: FlowMachine, after: Given, common: Given, demand: Sequence[Given]) -> list[Quantity]:
    """Electricity by level with the coupling."""
    found = []
    for index, level in enumerate(demand, start=1):
        with part(f"需求 demand {index}"), part(AFTER):
            shaft, speed = _needed(machine, common, level)
            fastest = 1 - float(number(after, "full_speed_slip").value_in("1"))
            if float(speed.value_in("1")) > fastest * (1 + 1e-12):
                raise OutOfRange(
                    "the coupling cannot turn the machine fast enough for this flow",
                    subject=current_subject(),
                    value=f"{plain_text(number(level, 'flow_fraction'))} flow, {speed.value_in('%'):.1f} % speed",
                    limit=f"{100 * fastest:.1f} % of the motor's speed (full_speed_slip)",
                    next_step="It is not the same work: give the flow that is left, or a drive without slip",
                )
            efficiency = law.coupling_efficiency(law.coupling_slip(speed))
            power = machine.motor_input(law.coupling_input_power(shaft, efficiency))
            if "excitation_power" in after:
                power = (power + number(after, "excitation_power")).renamed("power", "P")
            found.append(electrical_energy(power, number(level, "hours")))
    return found


def _against_a_drive(machine: FlowMachine, demand: Sequence[Given], energy_after: Quantity) -> list[Finding]:
    """What an electronic drive would take for the same flows; nothing where there is no curve for its size."""
    try:
        drive = energies(machine, {"control": "variable_speed"}, demand, AFTER)
    except OutOfRange:
        return []
    with_drive, coupled = sum(float(e.value_in("kWh")) for e in drive), float(energy_after.value_in("kWh"))
    less = "less" if with_drive < coupled else "more"
    less_zh = "少" if with_drive < coupled else "多"
    share = f"{abs(with_drive / coupled - 1):.1%}"
    return [
        doubt(
            "coupling.against_a_drive",
            "note",
            f"An electronic drive of ordinary loss would take {share} {less} for the same flows.",
            f"相同流量若採一般損失之變頻器，用電{less_zh} {share}。",
            cite("energyplus-engineering", "efficiency of variable-frequency drives"),
            energy_with_drive=f"{with_drive:,.0f} kWh",
            energy_with_coupling=f"{coupled:,.0f} kWh",
        )
    ]


PARAMETERS = (
    *control_parameters(("before",), CONTROLS),
    Parameter("full_speed_slip", ("after",), "%", "4 %", "最大轉速時之轉差率（型錄）；1 減最高轉速比",
              "slip at the highest speed, catalogue", range=(0, 20)),
    Parameter("excitation_power", ("after",), "kW", "0.5 kW", "渦流耦合器激磁功率（型錄）；永磁式不填",
              "of the field of an eddy-current coupling, catalogue; leave out for permanent magnets", optional=True,
              range=(0, 50)),
    *MACHINE_PARAMETERS,
    Parameter("shut_off_head_ratio", ("common",), "1", "1.25", "零流量揚程／滿流量揚程（性能曲線）；有靜揚程時必填",
              "head at no flow over head at full flow, from the curve; needed with static head", optional=True,
              range=(1, 5)),
    LINE_FREQUENCY,
)  # fmt: skip

_EXAMPLE = WorkedExample(
    before={"control": "none"},
    after={"full_speed_slip": "4 %"},
    common={
        "rated_power": "75 kW",
        "full_load_efficiency": "95 %",
        "efficiency_class": "premium",
        "poles": "4",
        "full_flow_load": "90 %",
        "static_head_share": "0 %",
        "demand": [{"flow_fraction": "50 %", "hours": "1,000 h"}],
    },
    of="coupling_efficiency",
    given="50 %",
    tolerance=1e-9,
    source=cite("slip-coupling-page", "at half speed the losses are 50 % of the input"),
    because_en="the source gives 50 % loss at half speed, because the slip speed then equals the output speed and the "
    "torque is the same on both sides.",
    because_zh="來源指出半速時損失為輸入之 50 %，因轉差等於輸出轉速且兩側轉矩相同。",
)

DESCRIPTION = TechnologyDescription(
    key="magnetic_coupling",
    label_zh="渦流／永磁耦合器調速",
    label_en="Eddy-current or permanent-magnet coupling",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=_EXAMPLE,
    needs={"control": {kind: NEEDS[kind] for kind in CONTROLS if NEEDS[kind]}},
    limits_zh="離心式負載；未計軸承與風損；最高轉速受轉差限制，無法達滿流量時不視為同一作功。",
    limits_en="Centrifugal loads; bearing and windage loss left out; the highest speed ends at the least slip, and a "
    "flow beyond it is not the same work.",
    turning_point_zh="轉差損失於轉速約為三分之二時最大；接近滿流量時轉差與激磁損失可大於所省。",
    turning_point_en="The slip loss is largest at about two thirds of full speed; near full flow slip and excitation "
    "can cost more than the lower speed saves.",
)
DESCRIPTIONS = (DESCRIPTION,)
