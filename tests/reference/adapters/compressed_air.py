"""Compressors at part flow, pressure set-points, running cost, ambient pressure."""

import math
from typing import Any

from energycalc.equipment.compressed_air.screw_compressor import energy_at_new_pressure, power_at_flow
from energycalc.physics.compressed_air import compressor_control as law
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    ambient_pressure,
    compression_work_factor,
    flow_at_new_pressure,
    pressure_power_ratio,
)
from energycalc.physics.electricity.power import electrical_energy, three_phase_power
from energycalc.physics.rotation.induction_motor import input_energy
from energycalc.quantity import Quantity, interpolate, quantity
from tests.reference.adapters.motor import PEER_HORSEPOWER, item_of
from tests.reference.equipment_reading import Adapter, CaseInputs, NotCoveredError, Outputs, Refusal

PSI = 0.0689475729316836  # bar
CUBIC_FOOT = 0.3048**3  # m3


def gauge(psig: float, name: str = "gauge_pressure") -> Quantity:
    return quantity(psig * PSI, "bar[g]", name=name)


def absolute(psia: float, name: str = "ambient_pressure") -> Quantity:
    return quantity(psia * PSI, "bar[a]", name=name)


def air(cubic_feet_per_minute: float, name: str = "flow") -> Quantity:
    return quantity(cubic_feet_per_minute * CUBIC_FOOT, "m3/min", name=name)


def cfm(flow: Quantity) -> float:
    return float(flow.value_in("m3/min")) / CUBIC_FOOT


def kilowatt(value: float, name: str = "power") -> Quantity:
    return quantity(value, "kW", name=name)


# --- pressure and cost ----------------------------------------------------------------------------


def work_factor(discharge_psig: float, inlet_psia: float, exponent: float) -> Quantity:
    inlet = absolute(inlet_psia)
    return compression_work_factor(inlet, absolute_pressure(gauge(discharge_psig), inlet), quantity(exponent, "1"))


def compressed_air_pressure_reduction(case: CaseInputs) -> Outputs:
    if "is_baseline" not in case:
        parts = [
            compressed_air_pressure_reduction(item_of(case, item)) for item in sorted({n.split(".")[0] for n in case})
        ]
        return {name: sum(part[name] for part in parts) for name in ("energy_use", "energy_cost")}
    energy = electrical_energy(kilowatt(case["compressor_power"]), quantity(case["operating_hours"], "h"))
    if not case["is_baseline"]:
        rated = work_factor(case["rated_pressure"], 14.7, 1.395)
        proposed = work_factor(case["proposed_pressure"], case["atmospheric_pressure"], 1.395)
        energy = energy_at_new_pressure(energy, pressure_power_ratio(rated, proposed))
    cost = energy * quantity(case["electricity_cost"], "TWD/kWh")
    return {"energy_use": energy.value_in("kWh"), "energy_cost": cost.value_in("TWD")}


EXPONENT = 1 / (1 - 0.283)  # the peer writes (n - 1)/n = 0.283


def power_ratio(case: CaseInputs, discharge_psig: float) -> Quantity:
    rated = work_factor(case["full_load_pressure"], case["atmospheric_pressure"], EXPONENT)
    return pressure_power_ratio(rated, work_factor(discharge_psig, case["altitude_pressure"], EXPONENT))


def compressor_measures(case: CaseInputs) -> Outputs:
    if "pressure_reduction" in case or "adjusted_pressure" in case:
        after = (
            case["adjusted_pressure"]
            if "adjusted_pressure" in case
            else case["full_load_pressure"] - case["pressure_reduction"]
        )
        flow = flow_at_new_pressure(
            air(case["air_usage"]),
            quantity(0.6, "1", name="unregulated_share"),
            absolute_pressure(gauge(case["full_load_pressure"]), absolute(case["atmospheric_pressure"])),
            absolute_pressure(gauge(after), absolute(case["altitude_pressure"])),
        )
        power = kilowatt(case["full_load_power"]) * power_ratio(case, after)
        return {
            "full_load_pressure_after": after,
            "full_load_power_after": power.value_in("kW"),
            "air_usage_after": cfm(flow),
            "capacity_fraction_after": cfm(flow) / case["full_load_capacity"],
        }
    if "modified_discharge_pressure" in case:
        full = kilowatt(case["full_load_power"])
        before, after = (
            full * power_ratio(case, case[key])
            for key in ("baseline_discharge_pressure", "modified_discharge_pressure")
        )
        saving = electrical_energy(before - after, quantity(case["operating_hours"], "h"))
        return {
            "power_savings": (before - after).value_in("kW"),
            "energy_savings": saving.value_in("kWh"),
            "cost_savings": (saving * quantity(case["electricity_cost"], "TWD/kWh")).value_in("TWD"),
        }
    if "discharge_pressure" in case:
        power = kilowatt(case["full_load_power"]) * power_ratio(case, case["discharge_pressure"])
        return {"adjusted_power": power.value_in("kW")}
    raise NotCoveredError(f"measure {case['measure']}")


def compressor_operating_cost(case: CaseInputs) -> Outputs:
    brake = case["motor_brake_power"] * PEER_HORSEPOWER
    price = quantity(case["electricity_cost"], "TWD/kWh")
    loaded_share = case["run_time_loaded"]
    cost = {}
    for state, power, share in (
        ("loaded", brake, loaded_share),
        ("unloaded", brake * case["unloaded_brake_power"] / 100, 100 - loaded_share),
    ):
        hours = quantity(case["operating_hours"] * share / 100, "h")
        efficiency = quantity(case[f"efficiency_{state}"], "%", name="efficiency")
        cost[state] = (input_energy(kilowatt(power), efficiency, hours) * price).value_in("TWD")
    return {
        "run_time_unloaded": 100 - loaded_share,
        "cost_loaded": cost["loaded"],
        "cost_unloaded": cost["unloaded"],
        "annual_cost": cost["loaded"] + cost["unloaded"],
    }


def altitude_pressure(case: CaseInputs) -> Outputs:
    return {"barometric_pressure": ambient_pressure(quantity(case["altitude"], "m")).value_in("kPa[a]")}


# --- part load ------------------------------------------------------------------------------------


def compressor_part_load(case: CaseInputs) -> Outputs:
    if case.get("corr_apply") and not _more_than_full_flow(case):
        raise NotCoveredError("the peer's cubic correction for inlet pressure")
    control = PART_LOAD.get(case["control"])
    if control is None:
        raise NotCoveredError(f"control {case['control']}")
    power, flow, further = control(case, asked_power(case), asked_flow(case))
    full_power, full_flow = case["full_load_power"], case["full_load_capacity"]
    return {
        "power": power.value_in("kW"),
        "capacity": cfm(flow),
        "power_fraction": power.value_in("kW") / full_power,
        "capacity_fraction": cfm(flow) / full_flow,
        **further,
    }


def asked_power(case: CaseInputs) -> Quantity | None:
    """The measured power, if the case starts from power."""
    if "fraction_of_full_load_power" in case:
        return kilowatt(case["fraction_of_full_load_power"] * case["full_load_power"])
    if "measured_power" in case:
        return kilowatt(case["measured_power"])
    if "voltage" in case:
        volt, ampere = quantity(case["voltage"], "V"), quantity(case["current"], "A")
        return three_phase_power(volt, ampere, quantity(case["power_factor"], "1", name="power_factor"))
    return None


def asked_flow(case: CaseInputs) -> Quantity | None:
    """The delivered flow, if the case starts from flow; refused above full load."""
    fraction = case.get("fraction_of_full_load_capacity")
    if fraction is None and "measured_capacity" in case:
        fraction = case["measured_capacity"] / case["full_load_capacity"]
    if fraction is None:
        return None
    return law.flow_of(quantity(fraction, "1", name="flow_fraction"), full_flow(case))


def full_flow(case: CaseInputs) -> Quantity:
    """Full-load flow, at the rated pressure where the case gives a curve of flow against pressure."""
    if "capacity_curve" not in case:
        return air(case["full_load_capacity"], "full_load_flow")
    if case["rated_discharge_pressure"] not in case["discharge_pressure_curve"]:
        raise NotCoveredError("a rated pressure between the points of the flow curve")
    pressures = [quantity(p, "1") for p in case["discharge_pressure_curve"]]
    return interpolate(
        quantity(case["rated_discharge_pressure"], "1"), pressures, [air(c) for c in case["capacity_curve"]]
    )


Answer = tuple[Quantity, Quantity, dict[str, float]]


def on_line(power: Quantity | None, flow: Quantity | None, *line: Quantity) -> tuple[Quantity, Quantity]:
    """Power and flow of a point on a straight line, from whichever is given."""
    if flow is not None:
        return law.straight_line_power(flow, *line), flow
    assert power is not None
    return power, law.straight_line_flow(power, *line)


def blow_off(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    surge, lowest = air(case["surge_flow"]), kilowatt(case["blow_off_power"])
    full = case["full_load_capacity"]
    if (
        flow is None
        and power is not None
        and round(power.value_in("kW") / case["full_load_power"], 4)
        <= round(case["blow_off_power"] / case["full_load_power"], 4)
    ):
        flow = surge - air(case["blow_off_fraction"] * full)
    elif flow is not None and cfm(flow) < case["surge_flow"]:
        power = lowest
    else:
        power, flow = on_line(power, flow, surge, lowest, full_flow(case), kilowatt(case["full_load_power"]))
    assert power is not None and flow is not None
    blown = case["surge_flow"] - cfm(flow)
    return power, flow, {"blow_off_flow": blown, "blow_off_fraction": blown / full}


def centrifugal_load_unload(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    line = (air(0), kilowatt(case["no_load_power"]), full_flow(case), kilowatt(case["full_load_power"]))
    return *on_line(power, flow, *line), {}


def centrifugal_modulation(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    unload = (air(case["unload_capacity"]), kilowatt(case["unload_power"]))
    lower = (air(0), kilowatt(case["no_load_power"]), *unload)
    upper = (*unload, air(case["max_flow_capacity"]), kilowatt(case["full_load_power"]))
    if flow is not None:
        if cfm(flow) >= case["max_flow_capacity"]:
            return kilowatt(case["full_load_power"]), flow, {}
        return *on_line(None, flow, *(lower if cfm(flow) < case["unload_capacity"] else upper)), {}
    assert power is not None
    modulating = power.value_in("kW") >= case["unload_power"]
    power, flow = on_line(power, None, *(upper if modulating else lower))
    # from power, the peer states the fraction of the greatest flow in this range
    return power, flow, {"capacity_fraction": cfm(flow) / case["max_flow_capacity"]} if modulating else {}


def machine_of(case: CaseInputs, control: str, **more: Quantity) -> dict[str, object]:
    return {
        "control": control,
        "full_load_flow": full_flow(case),
        "full_load_power": kilowatt(case["full_load_power"], "full_load_power"),
        **more,
    }


def modulation(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    no_load = kilowatt(case["no_load_power"], "no_load_power")
    if flow is not None:
        return power_at_flow(machine_of(case, "modulation", no_load_power=no_load), flow, absolute(14.7)), flow, {}
    line = (air(0), no_load, full_flow(case), kilowatt(case["full_load_power"]))
    return *on_line(power, None, *line), {}


def start_stop(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    if case["power_ratio_at_full_load"] != 1:
        raise NotCoveredError("a full-load power that is not the full-load power")
    top = kilowatt(case["full_load_power"] * case["power_ratio_at_max_full_flow"], "cut_out_power")
    machine = machine_of(case, "start_stop", cut_out_power=top)
    if flow is not None:
        return power_at_flow(machine, flow, absolute(14.7)), flow, {}
    mean = power_at_flow(machine, full_flow(case), absolute(14.7))
    return *on_line(power, None, air(0), kilowatt(0), full_flow(case), mean), {}


def load_unload(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    if flow is None:
        raise NotCoveredError("load/unload flow from power (the case asserts only the power that is given)")
    if (
        "no_load_power" not in case
        or case.get("unload_point", 100) != 100
        or str(case["lubricant"]).lower() != "injected"
    ):
        raise NotCoveredError("a cycle without no-load power, with part unloading, or oil-free")
    machine = machine_of(
        case,
        "load_unload",
        no_load_power=kilowatt(case["no_load_power"], "no_load_power"),
        cut_out_power=kilowatt(case["max_power"], "cut_out_power"),
        cut_in_pressure=gauge(case["full_load_pressure"], "cut_in_pressure"),
        cut_out_pressure=gauge(case["max_pressure"], "cut_out_pressure"),
        receiver_volume=quantity(case["storage"] * CUBIC_FOOT, "m3", name="receiver_volume"),
        blowdown_time=quantity(case["blowdown_time"], "s", name="blowdown_time"),
        unloaded_sump_pressure=gauge(case["unload_sump_pressure"], "unloaded_sump_pressure"),
    )
    return power_at_flow(machine, flow, absolute(case["atmospheric_pressure"])), flow, {}


def variable_speed(case: CaseInputs, power: Quantity | None, flow: Quantity | None) -> Answer:
    if flow is None:
        raise NotCoveredError("variable-speed flow from power")
    machine = machine_of(
        case,
        "variable_speed",
        no_load_power=kilowatt(case["no_load_power"]),
        turndown_flow=air(case["turndown_capacity"]),
        turndown_power=kilowatt(case["turndown_power"]),
        middle_flow=air(case["mid_turndown_capacity"]),
        middle_power=kilowatt(case["mid_turndown_power"]),
    )
    return power_at_flow(machine, flow, absolute(14.7)), flow, {}


PART_LOAD = {
    "centrifugal_blow_off": blow_off,
    "centrifugal_load_unload": centrifugal_load_unload,
    "centrifugal_modulation_unload": centrifugal_modulation,
    "modulation_without_unload": modulation,
    "start_stop": start_stop,
    "load_unload_screw": load_unload,
    "vfd_screw": variable_speed,
}

ADAPTERS: dict[str, Adapter] = {
    "compressed_air_pressure_reduction": compressed_air_pressure_reduction,
    "compressor_measures": compressor_measures,
    "compressor_operating_cost": compressor_operating_cost,
    "altitude_pressure": altitude_pressure,
    "compressor_part_load": compressor_part_load,
}


def _power_factor_above_one(case: CaseInputs) -> bool:
    return bool(case.get("power_factor", 0) > 1)


def _more_than_full_flow(case: CaseInputs) -> bool:
    fraction: Any = case.get(
        "fraction_of_full_load_capacity", case.get("measured_capacity", 0) / case["full_load_capacity"]
    )
    return bool(fraction > 1)


def _less_than_no_load(case: CaseInputs) -> bool:
    if "no_load_power" not in case or case["control"] not in PART_LOAD or _power_factor_above_one(case):
        return False
    power = case.get("measured_power", case.get("fraction_of_full_load_power", math.inf) * case["full_load_power"])
    return bool(power < case["no_load_power"])


REFUSALS = (
    Refusal("compressor_part_load", _power_factor_above_one, "a power factor above 1", "power factor"),
    Refusal("compressor_part_load", _more_than_full_flow, "more air than full flow", "flow fraction"),
    Refusal("compressor_part_load", _less_than_no_load, "less power than without load (the peer gives 0)", "no flow"),
)
