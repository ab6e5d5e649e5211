"""Pumps: hydraulic power, head, attainable efficiency, valve loss and the pump-and-motor chain of PSAT."""

from energycalc.equipment.shared.fluid_tables import average_pump, correction_for
from energycalc.physics.fluid_flow.pump import (
    GRAVITY,
    elevation_head,
    friction_head,
    gauge_pressure_rise,
    hydraulic_power,
    measured_pump_efficiency,
    measured_valve_drop,
    pressure_head,
    pump_head,
    pump_shaft_power,
    valve_power,
    velocity_head,
)
from energycalc.physics.fluid_flow.pump_attainable import efficiency_spread, us_flow_number
from energycalc.quantity import Quantity, quantity
from tests.reference.driven_motor import (
    PEER_HORSEPOWER,
    existing_motor,
    modified_motor,
    motor_deviations,
    overloaded,
)
from tests.reference.equipment_reading import CaseInputs, NotCoveredError, Outputs, Refusal

GALLON_PER_MINUTE = 3.785411784 * 0.06  # m3/h
FOOT = 0.3048  # m
INCH = 25.4  # mm
PSI = 6.894757293168  # kPa
G = float(GRAVITY.value)
# The peer's constants are not those of one system of units: each calculator states its own water and its own flow.
PEER_WATER = PEER_HORSEPOWER / 3961.38 * 3600 / (G * GALLON_PER_MINUTE * FOOT) * 1000  # kg/m3, 3961.38 gpm ft per hp
PEER_HEAD_GALLON = 3600 / 448.8311693 * FOOT**3  # m3/h, 448.83 gpm per ft3/s
PEER_HEAD_WATER = 0.432750001 * PSI * 1000 / (G * FOOT)  # kg/m3, 0.43275 psi per ft
PEER_VALVE_PSI = 0.7457 / 1714.231 * 3600 / GALLON_PER_MINUTE  # kPa, 1714.231 gpm psi per 0.7457 kW
PEER_VALVE_WATER = PEER_VALVE_PSI / 2.307249 * 1000 / (G * FOOT)  # kg/m3, 2.307249 ft per psi


def flow_of(case: CaseInputs) -> Quantity:
    return quantity(case["flow_rate"] * GALLON_PER_MINUTE, "m3/h", name="liquid_flow")


def fluid_power(case: CaseInputs) -> Quantity:
    density = quantity(case["specific_gravity"] * PEER_WATER, "kg/m3", name="liquid_density")
    return hydraulic_power(density, flow_of(case), quantity(case["head"] * FOOT, "m", name="pump_head"))


def pump_fluid_power(case: CaseInputs) -> Outputs:
    return {"fluid_power": fluid_power(case).value_in("kW")}


def pump_efficiency_from_power(case: CaseInputs) -> Outputs:
    shaft = quantity(case["pump_shaft_power"] * PEER_HORSEPOWER, "kW", name="pump_shaft_power")
    return {"pump_efficiency": measured_pump_efficiency(fluid_power(case), shaft).value_in("1")}


def pump_achievable_efficiency(case: CaseInputs) -> Outputs:
    average = average_pump(case["pump_style"], flow_of(case))
    return {
        "average": average.value_in("%"),
        "maximum": (average * efficiency_spread(us_flow_number(flow_of(case)))).value_in("%"),
    }


def pump_specific_speed_correction(case: CaseInputs) -> Outputs:
    speed = quantity(case["specific_speed"], "1", name="pump_specific_speed")
    return {"efficiency_correction": correction_for(case["pump_style"], speed).value_in("1")}


def pump_head_case(case: CaseInputs) -> Outputs:
    tank = case["configuration"] == "suction_tank"
    pressure, height = (
        ("suction_tank_gas_overpressure", "suction_tank_fluid_surface_elevation")
        if tank
        else ("suction_gauge_pressure", "suction_gauge_elevation")
    )
    flow = quantity(case["flow_rate"] * PEER_HEAD_GALLON, "m3/h", name="liquid_flow")
    suction, discharge = (
        velocity_head(flow, quantity(case[f"{side}_pipe_diameter"] * INCH, "mm", name="pipe_diameter"))
        for side in ("suction", "discharge")
    )
    rise = gauge_pressure_rise(
        quantity(case["discharge_gauge_pressure"] * PSI, "kPa[g]"), quantity(case[pressure] * PSI, "kPa[g]")
    )
    parts = {
        "pressure_head": pressure_head(rise, quantity(case["specific_gravity"] * PEER_HEAD_WATER, "kg/m3")),
        "elevation_head": elevation_head(
            quantity(case["discharge_gauge_elevation"] * FOOT, "m"), quantity(case[height] * FOOT, "m")
        ),
        "velocity_head": discharge if tank else discharge - suction,
        "suction_friction_head": friction_head(quantity(case["suction_loss_coefficient"], "1"), suction),
        "discharge_friction_head": friction_head(quantity(case["discharge_loss_coefficient"], "1"), discharge),
    }
    heads = {name: part.value_in("m") / FOOT for name, part in parts.items()}
    return {**heads, "pump_head": pump_head(*parts.values()).value_in("m") / FOOT}


def pump_valve_power_loss(case: CaseInputs) -> Outputs:
    drop = measured_valve_drop(
        *(quantity(case[f"{side}_pressure"] * PEER_VALVE_PSI, "kPa[g]") for side in ("upstream", "downstream")),
        *(quantity(case[f"{side}_gauge_elevation"] * FOOT, "m") for side in ("upstream", "downstream")),
        quantity(case["specific_gravity"] * PEER_VALVE_WATER, "kg/m3"),
    )
    lost = valve_power(flow_of(case), drop)
    electrical = pump_shaft_power(lost, quantity(case["pump_efficiency"], "1")) / quantity(
        case["motor_efficiency"], "1"
    )
    return {
        "pressure_drop": drop.value_in("kPa") / PEER_VALVE_PSI,
        # the peer gives the height of a column of water, whatever the liquid
        "head_loss": pressure_head(drop, quantity(PEER_VALVE_WATER, "kg/m3")).value_in("m") / FOOT,
        "frictional_power_loss": lost.value_in("kW") / 0.7457,
        "electrical_power_loss": electrical.value_in("kW"),
        "annual_energy_loss": (electrical * quantity(case["operating_hours"], "h")).value_in("kWh"),
    }


def pump_system(case: CaseInputs) -> Outputs:
    if case["scenario"] == "existing":
        motor = existing_motor(case)
        efficiency = measured_pump_efficiency(fluid_power(case), motor.driven_shaft_power)
        driven = motor.driven_shaft_power
    elif case["scenario"] == "modified":
        efficiency = quantity(case["pump_efficiency"], "1", name="pump_efficiency")
        driven = pump_shaft_power(fluid_power(case), efficiency)
        motor = modified_motor(case, driven)
    else:
        raise NotCoveredError(f"scenario {case['scenario']}")
    return {
        "pump_efficiency": efficiency.value_in("1"),
        "pump_shaft_power": driven.value_in("kW") / PEER_HORSEPOWER,
        **motor.outputs(case),
    }


ADAPTERS = {
    "pump_fluid_power": pump_fluid_power,
    "pump_efficiency_from_power": pump_efficiency_from_power,
    "pump_achievable_efficiency": pump_achievable_efficiency,
    "pump_specific_speed_correction": pump_specific_speed_correction,
    "pump_head": pump_head_case,
    "pump_valve_power_loss": pump_valve_power_loss,
    "pump_system": pump_system,
}


def _more_than_the_shaft(case: CaseInputs) -> bool:
    return case["specific_gravity"] * case["flow_rate"] * case["head"] / 3961.38 > case["pump_shaft_power"]


def _rise_across(case: CaseInputs) -> bool:
    height = case["upstream_gauge_elevation"] - case["downstream_gauge_elevation"]
    drop = case["upstream_pressure"] - case["downstream_pressure"] + case["specific_gravity"] * height / 2.307249
    return bool(drop < 0)


def _more_than_the_motor(case: CaseInputs) -> bool:
    power = case["specific_gravity"] * case["flow_rate"] * case["head"] / 3961.38 * PEER_HORSEPOWER
    return case["scenario"] == "existing" and case["load_estimation_method"] == "power" and power > case["field_power"]


REFUSALS = (
    Refusal("pump_efficiency_from_power", _more_than_the_shaft, "a pump efficiency above 100 %", "above 100 %"),
    Refusal("pump_valve_power_loss", _rise_across, "a valve that adds energy", "no valve adds energy"),
    Refusal("pump_system", _more_than_the_motor, "a pump efficiency above 100 %", "above 100 %"),
    Refusal("pump_system", overloaded, "a load above 150 % (the peer goes on in silence)", "load"),
)


# --- deviations -----------------------------------------------------------------------------------


DEVIATIONS = motor_deviations("pump_system", "pump_shaft_power", "pump_efficiency")
