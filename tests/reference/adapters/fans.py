"""Fans: air power, compressibility, energy index, attainable efficiency, fan laws, moist air, and FSAT's chain."""

import math
import re

from energycalc.equipment.shared.fluid_tables import attainable_fan
from energycalc.physics.fluid_flow.fan import (
    compressibility_factor,
    fan_air_power,
    fan_energy_index,
    fan_pressure_rise,
    fan_shaft_power,
    fan_specific_speed,
    measured_fan_efficiency,
    power_ratio_term,
    pressure_ratio_term,
    reference_fan_shaft_power,
    reference_motor_efficiency,
    reference_transmission_efficiency,
)
from energycalc.physics.fluid_flow.fan_laws import FanState, corrected_point, velocity_pressure
from energycalc.physics.fluid_flow.moist_air import (
    air_dew_point,
    degree_of_saturation,
    humidity_ratio,
    humidity_ratio_from_wet_bulb,
    moist_air_density,
    moist_air_enthalpy,
    moist_air_specific_volume,
    relative_humidity,
    saturation_vapour_pressure,
    water_vapour_pressure,
    wet_bulb_temperature,
)
from energycalc.quantity import Quantity, quantity
from tests.reference.driven_motor import (
    PEER_HORSEPOWER,
    estimated_full_load_amps,
    existing_motor,
    modified_motor,
    motor_deviations,
    overloaded,
)
from tests.reference.equipment_reading import CaseInputs, Deviation, NotCoveredError, Outputs, Refusal

CUBIC_FOOT_PER_MINUTE = 0.3048**3  # m3/min
INCH_OF_WATER = 249.08891  # Pa
POUND_PER_CUBIC_FOOT = 0.45359237 / 0.3048**3  # kg/m3
SQUARE_FOOT = 0.3048**2  # m2
# The peer's inch of water follows from 6362 cfm in H2O per hp, in the energy index from 6343 and 0.7457 kW.
PEER_INCH = PEER_HORSEPOWER / 6362 * 60 / CUBIC_FOOT_PER_MINUTE * 1000  # Pa
PEER_INDEX_INCH = 0.7457 / 6343 * 60 / CUBIC_FOOT_PER_MINUTE * 1000  # Pa
PEER_MERCURY = 13.63 * PEER_INCH  # Pa
INCH_OF_MERCURY = 0.4911541 * 6894.757293168  # Pa, in the psychrometrics
POUND_VOLUME = 0.3048**3 / 0.45359237  # m3/kg


def flow_of(case: CaseInputs, name: str = "flow_rate") -> Quantity:
    return quantity(case[name] * CUBIC_FOOT_PER_MINUTE, "m3/min", name="gas_flow")


def rise_of(case: CaseInputs, inch: float = PEER_INCH) -> Quantity:
    return fan_pressure_rise(
        quantity(case["outlet_pressure"] * inch, "Pa[g]"),
        quantity(case["inlet_pressure"] * inch, "Pa[g]"),
        quantity(case.get("velocity_pressure", 0) * inch, "Pa"),
    )


def air_power_of(case: CaseInputs) -> Quantity:
    return fan_air_power(flow_of(case), rise_of(case), quantity(case["compressibility_factor"], "1"))


def fan_air_power_case(case: CaseInputs) -> Outputs:
    return {"air_power": air_power_of(case).value_in("kW")}


def fan_compressibility_factor(case: CaseInputs) -> Outputs:
    inlet = quantity(case["inlet_pressure"] * PEER_INCH + case["barometric_pressure"] * PEER_MERCURY, "Pa[a]")
    power = quantity(case["fan_shaft_power"] * PEER_HORSEPOWER, "kW")
    work = power_ratio_term(power, flow_of(case), inlet, quantity(case["specific_heat_ratio"], "1"))
    factor = compressibility_factor(pressure_ratio_term(rise_of(case), inlet), work)
    return {"compressibility_factor": factor.value_in("1")}


def index_of(case: CaseInputs, power: Quantity) -> float:
    given = CaseInputs([{"name": n, "value": v} for n, v in case.items() if n != "velocity_pressure"])
    density = quantity(case["air_density"] * POUND_PER_CUBIC_FOOT, "kg/m3")
    reference = reference_fan_shaft_power(flow_of(case), rise_of(given, PEER_INDEX_INCH), density)
    transmission, motor = reference_transmission_efficiency(reference), reference_motor_efficiency(reference)
    return float(fan_energy_index(reference, transmission, motor, power).value_in("1"))


def fan_energy_index_case(case: CaseInputs) -> Outputs:
    return {"fan_energy_index": index_of(case, quantity(case["motor_power"], "kW"))}


def fan_achievable_efficiency(case: CaseInputs) -> Outputs:
    fan_type = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", case["fan_type"]).lower()
    speed = fan_specific_speed(
        quantity(case["fan_speed"], "rpm"),
        flow_of(case),
        rise_of(case, INCH_OF_WATER),
        quantity(case["compressibility_factor"], "1"),
    )
    return {"fan_efficiency": attainable_fan(fan_type, speed)[0].value_in("1")}


def fan_system(case: CaseInputs) -> Outputs:
    if case["scenario"] == "existing":
        motor = existing_motor(case)
        driven = motor.driven_shaft_power
        efficiency = measured_fan_efficiency(air_power_of(case), driven)
    elif case["scenario"] == "modified":
        efficiency = quantity(case["fan_efficiency"], "1", name="fan_efficiency")
        driven = fan_shaft_power(air_power_of(case), efficiency)
        motor = modified_motor(case, driven)
    else:
        raise NotCoveredError(f"scenario {case['scenario']}")
    return {
        "fan_efficiency": efficiency.value_in("1"),
        "fan_shaft_power": driven.value_in("kW") / PEER_HORSEPOWER,
        "fan_energy_index": index_of(case, motor.input_power),
        "estimated_fla": estimated_full_load_amps(case),
        **motor.outputs(case),
    }


def state_of(case: CaseInputs, suffix: str) -> FanState:
    return FanState(
        quantity(case[f"speed{suffix}"], "rpm"),
        quantity(case[f"density{suffix}"] * POUND_PER_CUBIC_FOOT, "kg/m3"),
        quantity(case[f"barometric_pressure{suffix}"] * PEER_MERCURY, "Pa[a]"),
        quantity(case[f"gamma{suffix}"], "1"),
    )


def fan_curve_correction(case: CaseInputs) -> Outputs:
    flow = flow_of(case, "flow")
    pressure = quantity(case["pressure"] * PEER_INCH, "Pa", name="fan_pressure")
    total = pressure
    areas = [case["outlet_area_1"], case["outlet_area_2"]]
    if min(areas) > 0 and case["curve_type"] != "fan_total_pressure":
        density = quantity(case["density"] * POUND_PER_CUBIC_FOOT, "kg/m3")
        inlet, outlet = (velocity_pressure(density, flow, quantity(a * SQUARE_FOOT, "m2")) for a in areas)
        total = total + outlet
        if case["curve_type"] == "static_pressure_rise":
            total = total - inlet
    power = quantity(case["power"] * PEER_HORSEPOWER, "kW", name="fan_shaft_power")
    share = quantity(case["pt1_factor"], "1", name="inlet_share")
    point = corrected_point(flow, pressure, total, power, share, state_of(case, ""), state_of(case, "_corrected"))
    return {
        "flow": point.flow.value_in("m3/min") / CUBIC_FOOT_PER_MINUTE,
        "pressure": point.pressure.value_in("Pa") / PEER_INCH,
        "power": point.power.value_in("kW") / PEER_HORSEPOWER,
        "efficiency": point.efficiency.value_in("1"),
    }


# --- moist air ------------------------------------------------------------------------------------


def celsius(fahrenheit: float) -> Quantity:
    return quantity((fahrenheit - 32) / 1.8, "degC")


def kelvin(fahrenheit: float) -> Quantity:
    return quantity((fahrenheit + 459.67) * 0.555556, "K", name="absolute_temperature")  # the peer's 5/9


def fahrenheit(temperature: Quantity) -> float:
    return float(temperature.value_in("degC")) * 1.8 + 32


def moist_air(case: CaseInputs) -> Outputs:
    static = case["static_pressure"] / 13.608703  # inHg, the peer's ratio
    pressure = quantity((case["barometric_pressure"] + static) * INCH_OF_MERCURY, "Pa[a]", name="air_pressure")
    dry = case["dry_bulb"]
    saturation = saturation_vapour_pressure(kelvin(dry))
    full = humidity_ratio(quantity(1, "1"), saturation, pressure)
    heat = quantity(case.get("gas_specific_heat", 0.24) * 4.1868, "kJ/(kg*K)")
    if case["moisture_input_kind"] == "relative_humidity":
        share = quantity(case["moisture_input"], "%")
    elif case["moisture_input_kind"] == "dew_point":
        share = saturation_vapour_pressure(kelvin(case["moisture_input"])) / saturation
    elif case["moisture_input_kind"] == "wet_bulb":
        at_wet = humidity_ratio(quantity(1, "1"), saturation_vapour_pressure(kelvin(case["moisture_input"])), pressure)
        water = humidity_ratio_from_wet_bulb(celsius(dry), celsius(case["moisture_input"]), at_wet, heat)
        share = relative_humidity(water, saturation, pressure)
    else:
        raise NotCoveredError(f"moisture from {case['moisture_input_kind']}")
    water = humidity_ratio(share, saturation, pressure)
    volume = moist_air_specific_volume(quantity((dry + 459.67) / 1.8, "K"), water, pressure)
    dew_given, wet_given = (case["moisture_input_kind"] == kind for kind in ("dew_point", "wet_bulb"))
    return {
        "gas_density": moist_air_density(volume, water).value_in("kg/m3") / POUND_PER_CUBIC_FOOT,
        "absolute_pressure": pressure.value_in("Pa[a]") / INCH_OF_MERCURY,
        "saturated_humidity_ratio": full.value_in("1"),
        "degree_of_saturation": degree_of_saturation(share, full).value_in("1"),
        "humidity_ratio": water.value_in("1"),
        "specific_volume": volume.value_in("m3/kg") / POUND_VOLUME,
        "enthalpy": moist_air_enthalpy(celsius(dry), water).value_in("kJ/kg") / 2.326 + 0.24 * 32,  # dry air from 0 °F
        "dew_point": case["moisture_input"]
        if dew_given
        else fahrenheit(air_dew_point(water_vapour_pressure(water, pressure))),
        "relative_humidity": share.value_in("1"),
        "saturation_pressure": saturation.value_in("Pa[a]") / INCH_OF_MERCURY,
        "wet_bulb": case["moisture_input"]
        if wet_given
        else fahrenheit(wet_bulb_temperature(celsius(dry), water, pressure, heat)),
    }


ADAPTERS = {
    "fan_air_power": fan_air_power_case,
    "fan_compressibility_factor": fan_compressibility_factor,
    "fan_energy_index": fan_energy_index_case,
    "fan_achievable_efficiency": fan_achievable_efficiency,
    "fan_system": fan_system,
    "fan_curve_correction": fan_curve_correction,
    "moist_air_density": moist_air,
}


def _more_than_the_motor(case: CaseInputs) -> bool:
    power = case["flow_rate"] * (case["outlet_pressure"] - case["inlet_pressure"]) / 6362 * PEER_HORSEPOWER
    return case["scenario"] == "existing" and case["load_estimation_method"] == "power" and power > case["field_power"]


REFUSALS = (
    Refusal("fan_system", _more_than_the_motor, "a fan efficiency above 100 %", "above 100 %"),
    Refusal("fan_system", overloaded, "a load above 150 % (the peer goes on in silence)", "load"),
)


def _second_source(case: CaseInputs, ours: Outputs, peer: Outputs) -> None:
    """CoolProp's real moist air: enthalpy within 0.2 %, wet bulb within 0.05 °F of ours, the peer's enthalpy off."""
    from CoolProp.HumidAirProp import HAPropsSI

    pressure = (case["barometric_pressure"] + case["static_pressure"] / 13.608703) * INCH_OF_MERCURY
    air = ("T", (case["dry_bulb"] + 459.67) / 1.8, "P", pressure, "R", ours["relative_humidity"])
    real = HAPropsSI("H", *air) / 2326 + 0.24 * 32
    assert math.isclose(ours["enthalpy"], real, rel_tol=2e-3)
    assert math.isclose(ours["wet_bulb"], HAPropsSI("B", *air) * 1.8 - 459.67, abs_tol=0.05)
    assert abs(peer["enthalpy"] - real) > 5 * abs(ours["enthalpy"] - real)


DEVIATIONS = (
    *motor_deviations("fan_system", "fan_shaft_power", "fan_efficiency", "fan_energy_index"),
    Deviation(
        "moist_air_density",
        lambda case: True,
        ("enthalpy", "wet_bulb"),
        "the peer takes 0.247 for the specific heat of dry air (0.240), and two ratios of the molar masses of water "
        "and air (0.62198 and 18.02/28.98) in one wet bulb",
        0.03,
        "CoolProp's moist air (ASHRAE RP-1485)",
        _second_source,
    ),
)
