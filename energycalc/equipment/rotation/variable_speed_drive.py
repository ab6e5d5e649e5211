"""Speed control of a fan or pump: throttle, damper, vane, on/off or two speeds against an electronic drive."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
    notes_on_readings,
    number,
    uses_more,
    word,
)
from energycalc.equipment.shared.flow_profile import (
    DRIVE_EFFICIENCY_HOW,
    MACHINE_PARAMETERS,
    NEEDS,
    FlowMachine,
    best_motor_efficiency,
    control_checks,
    control_parameters,
    demand_levels,
    energies,
    flow_machine,
    input_at_flow,
    least_shaft_energy,
    profile_doubts,
    whole,
)
from energycalc.equipment.shared.motor_reading import LINE_FREQUENCY
from energycalc.errors import OutOfRange
from energycalc.finding import Finding
from energycalc.physics.energy_balance import remaining_energy
from energycalc.physics.rotation.flow_control import flow_control_ceiling
from energycalc.quantity import Quantity, Source, cite, quantity

CONTROLS = tuple(NEEDS)
_FLOWS = np.linspace(0.05, 1, 191)  # steps of 0.5 % in which the break-even flow is looked for


def change(before: Given, after: Given, common: Given) -> Change:
    """Another way to control the flow of the same fan or pump, for the same flows and hours.

    Args:
        before: ``control`` and what it needs.
        after: ``control`` and what it needs.
        common: the motor's nameplate, its load at full flow, ``static_head_share`` and ``demand``.

    Returns:
        The remaining fraction with both energies of the model; the motor's efficiency at part load and the drive's loss
        are in both.

    Raises:
        InputError: a parameter is missing, unknown or of no use with the control.
        OutOfRange: a nameplate that no motor has, or a damper curve used where it cannot hold.
    """
    check(PARAMETERS, before, after, common)
    control_checks(before, after)
    findings = notes_on_readings("drive", PARAMETERS, common)
    machine, demand = flow_machine(PARAMETERS, common), demand_levels(common)
    old = energies(machine, before, demand, BEFORE)
    new = energies(machine, after, demand, AFTER)
    energy_before, energy_after = whole(old, "energy_before_model", "E_m0"), whole(new, "energy_after_model", "E_m1")
    remaining = remaining_energy(energy_before, energy_after)
    findings += profile_doubts("drive", machine, demand)
    findings += _costs_more(machine, before, after, demand, old, new)
    return Change(remaining, "electricity", energy_before, energy_after, (*findings, *uses_more("drive", remaining)))


def ceiling(before: Given, after: Given, common: Given) -> Ceiling:
    """The most that any control of this flow can save: the power the system needs, with a drive without loss.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.
    """
    check(PARAMETERS, before, after, common)
    control_checks(before, after)
    machine, demand = flow_machine(PARAMETERS, common), demand_levels(common)
    energy_before = whole(energies(machine, before, demand, BEFORE), "energy_before_model", "E_m0")
    saving = flow_control_ceiling(least_shaft_energy(machine, demand), best_motor_efficiency(machine), energy_before)
    return Ceiling(
        saving,
        "At each flow the system needs q (h + (1 - h) q²) of the full shaft power (q flow, h static head); no control "
        "takes less, even with a drive that loses nothing.",
        "各流量下系統所需軸功率為滿流量之 q(h+(1-h)q²) 倍（q 流量比、h 靜揚程比）；即使變頻器零損失也不能更低。",
        cite("affinity-system-curve", "power needed by the system"),
    )


def break_even_flow(before: Given, after: Given, common: Given) -> float | None:
    """Highest flow below which the new control takes less at every flow; ``None`` where it takes less up to full flow.

    Args:
        before: as for :func:`change`.
        after: as for :func:`change`.
        common: as for :func:`change`.

    Returns:
        Share of full flow, to 0.5 %. Zero where the new control takes more even at the lowest flow.
    """
    return _break_even(flow_machine(PARAMETERS, common), before, after)


def _break_even(machine: FlowMachine, before: Given, after: Given) -> float | None:
    flows = quantity(_FLOWS, "1", name="flow_fraction", symbol="q", source=Source("every flow"))
    try:
        old, new = (
            np.broadcast_to(input_at_flow(machine, side, flows).value, _FLOWS.shape) for side in (before, after)
        )
    except OutOfRange:
        return None
    dearer = np.nonzero(new > old * (1 + 1e-12))[0]
    if not dearer.size:
        return None
    return float(_FLOWS[dearer[0] - 1]) if dearer[0] else 0.0


def _costs_more(
    machine: FlowMachine,
    before: Given,
    after: Given,
    demand: Sequence[Given],
    old: Sequence[Quantity],
    new: Sequence[Quantity],
) -> list[Finding]:
    """Where the new control takes more than the old one, with the flow from which it does."""
    dear = [
        f"{float(number(level, 'flow_fraction').value_in('%')):.0f} %"
        for level, e_old, e_new in zip(demand, old, new, strict=True)
        if float(e_new.value_in("kWh")) > float(e_old.value_in("kWh")) * (1 + 1e-12)
    ]
    if not dear:
        return []
    from_flow = _break_even(machine, before, after)
    why, why_zh, at = "", "", "not found"
    if word(after, "control") == "variable_speed":
        why = ": the loss of the drive is larger than what the lower speed saves"
        why_zh = "：變頻器損失大於降速所省"
    if from_flow is not None and from_flow > 0:
        at = f"{100 * from_flow:.1f} %"
        why, why_zh = f"{why}. The two are equal at about {at} of full flow", f"{why_zh}；兩者約於滿流量之 {at} 相等"
    elif from_flow is not None:
        at = "below 5 %"
        why, why_zh = f"{why}. It does so from the lowest flow on", f"{why_zh}；自最低流量起即較耗電"
    return [
        doubt(
            "drive.loss_eats_the_saving",
            "warning",
            f"At flows of {', '.join(dear)} the new control takes more than the old one{why}.",
            f"流量 {'、'.join(dear)} 時新控制反而較耗電{why_zh}。",
            cite("energyplus-engineering", "efficiency of variable-frequency drives"),
            break_even_flow=at,
        )
    ]


PARAMETERS = (
    *control_parameters(BOTH, CONTROLS),
    Parameter("drive_efficiency", BOTH, "%", "97 %", *DRIVE_EFFICIENCY_HOW, optional=True, range=(80, 99.5)),
    *MACHINE_PARAMETERS,
    LINE_FREQUENCY,
)

_EXAMPLE = WorkedExample(
    before={"control": "none"},
    after={"control": "variable_speed", "drive_efficiency": "95 %"},
    common={
        "rated_power": "25 kW",
        "full_load_efficiency": "93 %",
        "efficiency_class": "energy_efficient",
        "poles": "4",
        "full_flow_load": "100 %",
        "static_head_share": "0 %",
        "demand": [{"flow_fraction": "75 %", "hours": "8,760 h"}],
    },
    of="energy_after",
    given="104,573.43 kWh",
    tolerance=0.05,
    source=cite("measur-fan-affinity-test", "test case 8: 25 kW, drive 95 %, motor 93 %, 75 % flow, 8,760 h"),
    because_en="the source gives 104,573 kWh, because it keeps the full-load efficiencies of motor and drive at 42 % "
    "load; here both fall at part load and the drive takes a few per cent more.",
    because_zh="來源值 104,573 kWh，因其於 42 % 負載仍採馬達與變頻器滿載效率；本法計入部分負載效率下降，故略高。",
)

DESCRIPTION = TechnologyDescription(
    key="variable_speed_drive",
    label_zh="風機泵浦變頻",
    label_en="Variable-speed drive on fan or pump",
    carrier="electricity",
    parameters=PARAMETERS,
    change=change,
    ceiling=ceiling,
    worked_example=_EXAMPLE,
    needs={"control": {kind: keys for kind, keys in NEEDS.items() if keys}},
    limits_zh="離心式風機、泵浦；機械效率視為不變（靜揚程大時低流量會下降）；風門、導葉曲線僅適用無靜壓系統；"
    "未計變頻諧波對馬達之附加損失；變頻器損失曲線適用 2.2 kW 以上。",
    limits_en="Centrifugal fans and pumps; the efficiency of the machine is taken as unchanged (with much static head "
    "it falls at low flow); curves of dampers and vanes are for systems without static pressure; the extra motor loss "
    "from harmonics is left out; drives from 2.2 kW.",
    turning_point_zh="接近滿流量時變頻器損失（約 3 %）大於降速所省，反而多用電；系統會找出兩者相等之流量。",
    turning_point_en="Near full flow the loss of the drive (about 3 %) is larger than what the lower speed saves; the "
    "flow at which both are equal is found and told.",
)
DESCRIPTIONS = (DESCRIPTION,)
