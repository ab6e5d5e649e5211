"""Belts, and flow control of fans by the fan laws."""

import math
from typing import Any

from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.rotation.belt_drive import LOSS_OF_KIND, belt_efficiency, driven_shaft_power, motor_shaft_power
from energycalc.physics.rotation.flow_control import (
    motor_input_power,
    on_off_power_share,
    shaft_power_at_flow,
    system_power_share,
    two_speed_power_share,
)
from energycalc.physics.rotation.induction_motor import shaft_power
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.motor import PEER_HORSEPOWER
from tests.reference.equipment_reading import CaseInputs, Deviation, Outputs, Refusal

FIXED_EFFICIENCIES = {"v_belt": 93, "notched_v_belt": 95, "synchronous_belt": 98, "direct": 100}
"""Drive efficiencies of the peer's drive comparison, in %."""

CUBE_LAW = quantity(0, "1", name="static_head_share")
HALF_SPEED = quantity(0.5, "1", name="low_speed_flow_share")


def share(value: float, name: str, unit: str = "%") -> Quantity:
    return quantity(value, unit, name=name)


def belt_drive_shaft_power(case: CaseInputs) -> Outputs:
    power = quantity(case["motor_shaft_power"], "HP_mech", name="motor_shaft_power")
    if case["drive_type"] == "specified":
        efficiency = share(case["specified_drive_efficiency"], "transmission_efficiency", "1")
    else:
        kind = {"direct_drive": "direct"}.get(case["drive_type"], case["drive_type"])
        efficiency = belt_efficiency(power, LOSS_OF_KIND[kind])
    return {"driven_shaft_power": driven_shaft_power(power, efficiency).value_in("HP_mech")}


def motor_drive_change(case: CaseInputs) -> Outputs:
    size = case["motor_power"] * (PEER_HORSEPOWER if case.unit("motor_power") == "hp" else 1.0)
    driven = shaft_power(quantity(size, "kW"), share(case["motor_load"], "load_factor"))
    hours, price = quantity(case["operating_hours"], "h"), quantity(case["electricity_cost"], "TWD/kWh")
    before, after = (
        electrical_energy(
            motor_shaft_power(driven, share(efficiency_of(case[drive]), "transmission_efficiency")), hours
        )
        for drive in ("baseline_drive", "modification_drive")
    )
    return {
        "baseline_energy": before.value_in("kWh"),
        "modification_energy": after.value_in("kWh"),
        "energy_savings": (before - after).value_in("kWh"),
        "cost_savings": ((before - after) * price).value_in("TWD"),
    }


def efficiency_of(drive: Any) -> float:
    """A drive by its kind, or by a typed efficiency in %."""
    return FIXED_EFFICIENCIES[drive] if isinstance(drive, str) else float(drive)


def fan_affinity_laws(case: CaseInputs) -> Outputs:
    motor, drive = share(case["motor_efficiency"], "efficiency"), share(case["drive_efficiency"], "efficiency")
    full = motor_input_power(motor_input_power(quantity(case["motor_power"], "kW"), motor), drive)
    hours = quantity(case["operating_hours"], "h")
    new_flow = case["desired_flow"] / (100 if case["flow_mode"] == "Percent" else case["rated_flow"])
    before, after = (
        electrical_energy(shaft_power_at_flow(full, control_share(control, flow)), hours)
        for control, flow in (
            (case["current_motor_control"], case["baseline_flow"] / 100),
            (case["new_motor_control"], new_flow),
        )
    )
    saved = (before - after) * quantity(case["electricity_cost"], "TWD/kWh")
    return {
        "baseline_energy": before.value_in("kWh"),
        "new_energy": after.value_in("kWh"),
        "cost_savings": saved.value_in("TWD"),
    }


def control_share(control: str, flow: float) -> Quantity:
    """Mean power over that at full flow; the low speed of two is half the full one, as in the peer."""
    fraction = quantity(flow, "1", name="flow_fraction")
    if control == "VSD":
        return system_power_share(fraction, CUBE_LAW)
    if control == "TwoSpeed":
        return two_speed_power_share(fraction, HALF_SPEED, system_power_share(HALF_SPEED, CUBE_LAW))
    if control == "OnOff":
        return on_off_power_share(fraction)
    return quantity(1, "1", name="power_share")


ADAPTERS = {
    "belt_drive_shaft_power": belt_drive_shaft_power,
    "motor_drive_change": motor_drive_change,
    "fan_affinity_laws": fan_affinity_laws,
}

REFUSALS = (
    Refusal(
        "belt_drive_shaft_power",
        lambda case: case["drive_type"] == "specified" and case["specified_drive_efficiency"] > 1,
        "a drive that gives out more than it takes in",
        "transmission efficiency",
    ),
)


# --- deviations -----------------------------------------------------------------------------------


def _flows(case: CaseInputs) -> tuple[float, float]:
    return case["baseline_flow"] / 100, case["desired_flow"] / (
        100 if case["flow_mode"] == "Percent" else case["rated_flow"]
    )


def _on_off_before(case: CaseInputs) -> bool:
    return case["current_motor_control"] == "OnOff" and _flows(case)[0] < 1


def _on_off_after(case: CaseInputs) -> bool:
    return case["new_motor_control"] == "OnOff" and _flows(case)[1] < 1


def _runs_as_long_as_it_must(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """A fan that delivers full flow while it runs, and a mean flow q, runs for q of the time (balance of volume)."""
    full = case["motor_power"] * case["operating_hours"] / (case["motor_efficiency"] * case["drive_efficiency"] / 1e4)
    before, after = _flows(case)
    if _on_off_before(case):
        assert math.isclose(ours["baseline_energy"], full * before, rel_tol=1e-12, abs_tol=1e-12)
        assert math.isclose(peer["baseline_energy"], full, rel_tol=1e-9)
    if _on_off_after(case):
        assert math.isclose(ours["new_energy"], full * after, rel_tol=1e-12)
        assert math.isclose(peer["new_energy"], full, rel_tol=1e-9)
    saved = (ours["baseline_energy"] - ours["new_energy"]) * case["electricity_cost"]
    assert math.isclose(ours["cost_savings"], saved, rel_tol=1e-9, abs_tol=1e-9)


_ON_OFF = "the peer leaves a fan with on/off control at full power whatever its mean flow"
DEVIATIONS = (
    Deviation(
        "fan_affinity_laws", _on_off_before, ("baseline_energy",), _ON_OFF, 1.0,
        "balance of volume: it runs for the share of time that is the share of flow", _runs_as_long_as_it_must,
    ),
    Deviation(
        "fan_affinity_laws", _on_off_after, ("new_energy",), _ON_OFF, 1.0,
        "balance of volume: it runs for the share of time that is the share of flow", _runs_as_long_as_it_must,
    ),
    Deviation(
        "fan_affinity_laws", lambda case: _on_off_before(case) or _on_off_after(case), ("cost_savings",),
        f"{_ON_OFF}: its saving may be nothing, of which any difference is an unlimited multiple", math.inf,
        "saving = difference of the energies times the price", _runs_as_long_as_it_must,
    ),
)  # fmt: skip
