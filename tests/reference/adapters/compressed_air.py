"""Pressure set-points, measures on flow and pressure, running cost, ambient pressure."""

from energycalc.physics.compressed_air.artificial_demand import (
    demand_after,
    energy_at_new_pressure,
    leak_flow_saved,
)
from energycalc.physics.compressed_air.gas_compression import (
    absolute_pressure,
    ambient_pressure,
    compression_work_factor,
    flow_at_new_pressure,
    pressure_power_ratio,
)
from energycalc.physics.electricity.power import electrical_energy
from energycalc.physics.rotation.induction_motor import input_energy
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.motor import PEER_HORSEPOWER, item_of
from tests.reference.equipment_reading import Adapter, CaseInputs, NotCoveredError, Outputs

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
    """What a measure does to flow or power; the inputs that are there say which one it is."""
    if "leak_reduction" in case:
        saved = leak_flow_saved(air(case["leak_flow"]), quantity(case["leak_reduction"], "1", name="repaired_share"))
        return {"leak_flow_reduction": cfm(saved), **after_flow(case, demand_after(air(case["air_usage"]), saved))}
    if "air_flow_reduction" in case:
        saved = air(case["air_flow_reduction"])
        return {"air_flow_reduction": cfm(saved), **after_flow(case, demand_after(air(case["air_usage"]), saved))}
    if "pressure_reduction" in case or "adjusted_pressure" in case:
        after = case.get("adjusted_pressure")
        if after is None:
            after = case["full_load_pressure"] - case["pressure_reduction"]
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
            **after_flow(case, flow),
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


def after_flow(case: CaseInputs, flow: Quantity) -> Outputs:
    return {"air_usage_after": cfm(flow), "capacity_fraction_after": cfm(flow) / case["full_load_capacity"]}


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


ADAPTERS: dict[str, Adapter] = {
    "compressed_air_pressure_reduction": compressed_air_pressure_reduction,
    "compressor_measures": compressor_measures,
    "compressor_operating_cost": compressor_operating_cost,
    "altitude_pressure": altitude_pressure,
}
