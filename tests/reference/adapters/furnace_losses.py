"""Furnace losses and charges, in MEASUR's US units.

Its absolute zero is -459.67 °F for walls but -460 °F for openings and leaks; its Stefan-Boltzmann constant in US units
is 0.066 % above CODATA's. Both are stated here and handed to our laws, which take them as they are.
"""

import math
from typing import Any

from energycalc.physics.combustion.short_cut import fahrenheit_reading, short_cut_available_heat
from energycalc.physics.heat_transfer import charges, radiation, streams
from energycalc.physics.heat_transfer.walls import Room, measured_wall_loss, wall_heat_loss
from energycalc.quantity import Quantity, quantity
from tests.reference.equipment_reading import CaseInputs, NotCoveredError, Outputs, Refusal

BTU = 1.05505585262  # kJ
BTU_PER_HOUR = BTU / 3600  # kW
POUND = 0.45359237  # kg
FOOT = 0.3048  # m
INCH = 0.0254  # m
GALLON = 231 * INCH**3  # m3
INCH_OF_WATER = 249.08891  # Pa, of no effect: the flow is calibrated by PEER_FLOW
PER_POUND = BTU / POUND  # kJ/kg for one Btu/lb
PER_POUND_DEGREE = PER_POUND * 1.8  # kJ/(kg K)
PER_CUBIC_FOOT = BTU / FOOT**3  # kJ/m3
PER_CUBIC_FOOT_DEGREE = PER_CUBIC_FOOT * 1.8  # kJ/(m3 K)
PEER_STEFAN_BOLTZMANN = 1.713441e-9 * BTU_PER_HOUR * 1000 / FOOT**2 * 1.8**4  # W/(m2 K4)
PEER_FLOW = 1655  # ft3/h through one square inch at one inch of water, gas as light as air at 60 °F
PEER_POUNDS_PER_GALLON = 0.0083454  # of one kg/m3
PEER_OFF_GAS = {"co": 321, "h2": 325, "other": 1020}  # Btu/ft3
PEER_KWH = 3412.14  # Btu


def absolute(fahrenheit: float, zero: float = 459.67) -> Quantity:
    return quantity((fahrenheit + zero) / 1.8, "K")


def celsius(fahrenheit: float) -> Quantity:
    return quantity((fahrenheit - 32) / 1.8, "degC")


def share(percent: float) -> Quantity:
    return quantity(percent, "%")


def btu_per_hour(heat: Quantity) -> float:
    return float(heat.value_in("kW")) / BTU_PER_HOUR


def corrected(case: CaseInputs, heat: Quantity) -> Outputs:
    return {"heat_loss": btu_per_hour(heat) * case.get("correction_factor", 1.0)}


def wall_loss(case: CaseInputs) -> Outputs:
    room = Room(
        absolute(case["ambient_temperature"]),
        quantity(case["wind_velocity"] * 0.44704, "m/s"),
        quantity(case["surface_emissivity"], "1", name="emissivity"),
        quantity(case["shape_factor"], "1"),
        quantity(PEER_STEFAN_BOLTZMANN, "W/m2/K^4"),
    )
    loss = measured_wall_loss(room, absolute(case["surface_temperature"]))
    return corrected(case, wall_heat_loss(loss, room, quantity(case["surface_area"] * FOOT**2, "m2")))


def view_factor(case: CaseInputs) -> Quantity:
    if "view_factor" in case:
        return quantity(case["view_factor"], "1")
    sides = [case[name] * INCH for name in ("diameter", "length", "height") if name in case]
    widest = min(sides) / (case["wall_thickness"] * INCH) if case["wall_thickness"] else math.inf
    ratio = quantity(min(widest, radiation.WIDEST_RATIO), "1")  # the peer holds the chart's last point; we refuse there
    if case["shape"] == "circular":
        return radiation.circular_view_factor(ratio)
    return radiation.rectangular_view_factor(ratio, quantity(max(sides) / min(sides), "1"))


def opening_view_factor(case: CaseInputs) -> Outputs:
    return {"view_factor": view_factor(case).value_in("1")}


def opening_loss(case: CaseInputs) -> Outputs:
    factor = view_factor(case)
    area = math.pi / 4 * case["diameter"] ** 2 if case["shape"] == "circular" else case["length"] * case["height"]
    loss = radiation.opening_heat_loss(
        quantity(case["emissivity"], "1", name="emissivity"),
        quantity(area * INCH**2, "m2"),
        absolute(case["inside_temperature"], 460),
        absolute(case["ambient_temperature"], 460),
        factor,
        share(case["percent_time_open"]),
        quantity(PEER_STEFAN_BOLTZMANN, "W/m2/K^4"),
    )
    return {"heat_loss": btu_per_hour(loss), "view_factor": factor.value_in("1")}


def gas_leakage_loss(case: CaseInputs) -> Outputs:
    hot, cold = case["leakage_gas_temperature"], case["ambient_temperature"]
    speed = PEER_FLOW * FOOT**3 / 3600 / INCH**2
    flow = streams.leaked_gas_flow(
        quantity(case["discharge_coefficient"], "1"),
        quantity(case["opening_area"] * FOOT**2, "m2"),
        quantity(case["draft_pressure"] * INCH_OF_WATER, "Pa"),
        quantity(case["specific_gravity"], "1"),
        quantity(2 * INCH_OF_WATER / speed**2, "kg/m3"),
        absolute(60, 460),
        absolute(hot, 460),
    )
    heat = streams.gas_stream_heat(
        flow, streams.leaked_gas_heat_capacity(celsius((hot + cold) / 2)), celsius(cold), celsius(hot)
    )
    return corrected(case, heat)


def reaction(case: CaseInputs) -> Quantity:
    """The peer drops the heat of an exothermic reaction, so nothing is taken up there either."""
    given = case["reaction_heat"] if case["thermic_reaction"] == "endothermic" else 0.0
    return quantity(given * PER_POUND, "kJ/kg")


def specific_heat(case: CaseInputs, name: str) -> Quantity:
    return quantity(case[name] * PER_POUND_DEGREE, "kJ/(kg*K)")


def rate(case: CaseInputs, name: str) -> Quantity:
    return quantity(case[name] * POUND, "kg/h")


def other(case: CaseInputs) -> Quantity:
    return quantity(case["additional_heat"] * BTU_PER_HOUR, "kW")


def solid_charge_heat(case: CaseInputs) -> Outputs:
    inlet, outlet = celsius(case["initial_temperature"]), celsius(case["discharge_temperature"])
    wet, left = share(case["water_content_charged"]), share(case["water_content_discharged"])
    charges.check_water(wet, left, outlet)
    dry = charges.solid_charge_enthalpy(
        specific_heat(case, "specific_heat_solid"),
        specific_heat(case, "specific_heat_liquid"),
        quantity(case["latent_heat"] * PER_POUND, "kJ/kg"),
        celsius(case["melting_point"]),
        inlet,
        outlet,
        share(case["charge_melted"]),
    )
    water = charges.charge_water_enthalpy(wet, left, inlet, outlet, celsius(case["water_vapor_discharge_temperature"]))
    heat = charges.solid_charge_heat(
        rate(case, "charge_feed_rate"), wet, dry, water, share(case["charge_reacted"]), reaction(case), other(case)
    )
    return {"heat_required": btu_per_hour(heat)}


def liquid_charge_heat(case: CaseInputs) -> Outputs:
    enthalpy = charges.liquid_charge_enthalpy(
        specific_heat(case, "specific_heat_liquid"),
        specific_heat(case, "specific_heat_vapor"),
        quantity(case["latent_heat"] * PER_POUND, "kJ/kg"),
        celsius(case["vaporizing_temperature"]),
        celsius(case["initial_temperature"]),
        celsius(case["discharge_temperature"]),
        share(case["percent_vaporized"]),
    )
    heat = charges.fluid_charge_heat(
        rate(case, "charge_feed_rate"), enthalpy, share(case["percent_reacted"]), reaction(case), other(case)
    )
    return {"heat_required": btu_per_hour(heat)}


def gas_charge_heat(case: CaseInputs) -> Outputs:
    enthalpy = charges.gas_charge_enthalpy(
        specific_heat(case, "specific_heat_gas"),
        specific_heat(case, "specific_heat_vapor"),
        share(case["percent_vapor"]),
        celsius(case["initial_temperature"]),
        celsius(case["discharge_temperature"]),
    )
    heat = charges.fluid_charge_heat(
        rate(case, "feed_rate"), enthalpy, share(case["percent_reacted"]), reaction(case), other(case)
    )
    return {"heat_required": btu_per_hour(heat)}


def fixture_loss(case: CaseInputs) -> Outputs:
    heat = streams.stream_heat(
        rate(case, "feed_rate"),
        specific_heat(case, "specific_heat"),
        celsius(case["initial_temperature"]),
        celsius(case["final_temperature"]),
    )
    return corrected(case, heat)


def gas_stream(case: CaseInputs, cubic_feet_per_hour: float, volumetric: float, outlet: str, inlet: str) -> Outputs:
    heat = streams.gas_stream_heat(
        quantity(cubic_feet_per_hour * FOOT**3, "m3/h"),
        quantity(volumetric * PER_CUBIC_FOOT_DEGREE, "kJ/(m3*K)"),
        celsius(case[inlet]),
        celsius(case[outlet]),
    )
    return corrected(case, heat)


def atmosphere_loss(case: CaseInputs) -> Outputs:
    return gas_stream(case, case["flow_rate"], case["specific_heat"], "outlet_temperature", "inlet_temperature")


def gas_cooling_loss(case: CaseInputs) -> Outputs:
    volumetric = case["specific_heat"] * case["gas_density"]
    return gas_stream(case, 60 * case["flow_rate"], volumetric, "final_temperature", "initial_temperature")


def liquid(case: CaseInputs, density: Quantity, gallon: float, heat_capacity: float) -> Outputs:
    heat = streams.stream_heat(
        streams.stream_mass_flow(quantity(60 * case["flow_rate"] * gallon, "m3/h"), density),
        quantity(heat_capacity * PER_POUND_DEGREE, "kJ/(kg*K)"),
        celsius(case["initial_temperature"]),
        celsius(case["outlet_temperature"]),
    )
    return corrected(case, heat)


def water_cooling_loss(case: CaseInputs) -> Outputs:
    mean = streams.cooling_water_temperature(celsius(case["initial_temperature"]), celsius(case["outlet_temperature"]))
    return liquid(case, streams.cooling_water_density(mean), PEER_POUNDS_PER_GALLON * POUND, 1.0)


def liquid_cooling_loss(case: CaseInputs) -> Outputs:
    density = quantity(case["density"] * POUND / GALLON, "kg/m3")
    return liquid(case, density, GALLON, case["specific_heat"])


def slag_loss(case: CaseInputs) -> Outputs:
    heat = streams.batch_heat(
        quantity(case["weight"] * POUND, "kg"),
        specific_heat(case, "specific_heat"),
        celsius(case["inlet_temperature"]),
        celsius(case["outlet_temperature"]),
    )
    return {"heat_loss": heat.value_in("kJ") / BTU * case["correction_factor"]}


def electric_arc_furnace_energy_input(case: CaseInputs) -> Outputs:
    def total(electricity: float) -> float:
        return btu_per_hour(
            streams.furnace_energy_input(
                quantity(case["natural_gas_heat_input"] * 1e6 * BTU_PER_HOUR, "kW"),
                quantity(case["coal_carbon_injection"] * POUND, "kg/h"),
                quantity(case["coal_heating_value"] * PER_POUND, "kJ/kg"),
                quantity(case["electrode_use"] * POUND, "kg/h"),
                quantity(case["electrode_heating_value"] * PER_POUND, "kJ/kg"),
                quantity(case["other_fuels"] * 1e6 * BTU_PER_HOUR, "kW"),
                quantity(electricity, "kW"),
            )
        )

    return {
        "total_chemical_energy_input": total(0),
        "heat_delivered": total(case["electricity_input"]),
    }


def electric_arc_furnace_exhaust_loss(case: CaseInputs) -> Outputs:
    content = streams.off_gas_heat_content(
        share(case["co"]),
        quantity(PEER_OFF_GAS["co"] * PER_CUBIC_FOOT, "kJ/m3"),
        share(case["h2"]),
        quantity(PEER_OFF_GAS["h2"] * PER_CUBIC_FOOT, "kJ/m3"),
        share(case["combustible_gases"]),
        quantity(PEER_OFF_GAS["other"] * PER_CUBIC_FOOT, "kJ/m3"),
        quantity(0.0225 * PER_CUBIC_FOOT_DEGREE, "kJ/(m3*K)"),
        quantity(case["dust_loading"] * POUND / FOOT**3, "kg/m3"),
        quantity(0.25 * PER_POUND_DEGREE, "kJ/(kg*K)"),
        celsius(case["off_gas_temperature"]),
        celsius(60),
    )
    heat = streams.off_gas_heat_loss(
        quantity(60 * case["exhaust_flow"] * FOOT**3, "m3/h"),
        absolute(case["off_gas_temperature"], 460),
        absolute(60, 460),
        content,
    )
    return {"heat_loss": btu_per_hour(heat)}


def electric_furnace_exhaust_loss(case: CaseInputs) -> Outputs:
    if not case["total_heat_input"]:
        raise NotCoveredError("no heat input")
    available = short_cut_available_heat(
        fahrenheit_reading(celsius(case["exhaust_gas_temperature"])),
        fahrenheit_reading(celsius(case["combustion_air_temperature"])),
        share(case["excess_air"]),
        quantity(0.21, "1"),
    )
    given = quantity(case["total_heat_input"] * BTU_PER_HOUR, "kW")
    return {
        "available_heat": available.value_in("%"),
        "heat_delivered": btu_per_hour(given * available),
        "exhaust_gas_losses": btu_per_hour(given * (1 - available)),
    }


ADAPTERS = {
    "wall_loss": wall_loss,
    "opening_loss": opening_loss,
    "opening_view_factor": opening_view_factor,
    "gas_leakage_loss": gas_leakage_loss,
    "solid_charge_heat": solid_charge_heat,
    "liquid_charge_heat": liquid_charge_heat,
    "gas_charge_heat": gas_charge_heat,
    "fixture_loss": fixture_loss,
    "atmosphere_loss": atmosphere_loss,
    "water_cooling_loss": water_cooling_loss,
    "gas_cooling_loss": gas_cooling_loss,
    "liquid_cooling_loss": liquid_cooling_loss,
    "slag_loss": slag_loss,
    "electric_arc_furnace_energy_input": electric_arc_furnace_energy_input,
    "electric_arc_furnace_exhaust_loss": electric_arc_furnace_exhaust_loss,
    "electric_furnace_exhaust_loss": electric_furnace_exhaust_loss,
}


def _wet_above_boiling(case: CaseInputs) -> Any:
    return case["water_content_discharged"] > 0 and case["discharge_temperature"] > 212


REFUSALS = (
    Refusal(
        "solid_charge_heat",
        _wet_above_boiling,
        "water left in a charge hotter than boiling water (and the peer counts that water twice)",
        "hotter than boiling water",
    ),
)
