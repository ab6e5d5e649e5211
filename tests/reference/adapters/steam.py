"""Boilers, steam and the simple fuel meters: MEASUR's calculators in its US and metric units.

Both sides use IAPWS-IF97. The saturation laws here end at 350 °C (16.529 MPa); MEASUR goes on with the equation of
region 2 outside its range, and is 0.4 % high at 20 MPa (tests/physics/test_water_steam.py holds both against IAPWS-95).
"""

from energycalc.physics.heat_transfer.heat_exchanger import (
    cold_outlet_temperature,
    heat_capacity_rate_by_volume,
    heat_energy,
    input_for_heat,
    sensible_heat_flow,
)
from energycalc.physics.steam import boiler as law
from energycalc.physics.steam.water_steam import (
    boiling_water_enthalpy,
    refuse_boiling,
    saturated_steam_enthalpy,
    saturation_temperature,
    steam_enthalpy,
    water_enthalpy_at,
)
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.motor import item_of
from tests.reference.equipment_reading import Adapter, CaseInputs, NotCoveredError, Outputs, Refusal

POUND = 0.45359237  # kg
PEER_GAS = 1030.0  # Btu per cubic foot of natural gas, fixed in the peer
PEER_AIR, PEER_WATER = 1.08, 500.0  # Btu per hour, degF and cubic foot per minute of air, gallon per minute of water
PEER_AIR_METRIC = 0.072381  # kJ·min/(m3·h·K); the peer's own constant, a thousand times too small (it is in MJ)
PEER_WATER_METRIC = 251045.0  # kJ·min/(m3·h·K), that is 4184 kJ/(m3·K)
PEER_VENT_WATER = 4.1796 * 1000  # kJ/(m3·K)


def mega(case: CaseInputs, name: str) -> Quantity:
    return quantity(case[name], "MPa[a]", name=name)


def kelvin(case: CaseInputs, name: str) -> Quantity:
    return quantity(case[name], "K", name=name)


def yearly(power: Quantity, case: CaseInputs, unit: str) -> float:
    hours = quantity(case["operating_hours"], "h", name="hours")
    return float(heat_energy(power, hours).value_in(unit))


# ---------------------------------------------------------------- boiler and blow-down


def boiler_blowdown_rate(case: CaseInputs) -> Outputs:
    steam = quantity(case["steam_flow"] * 1000 * POUND, "kg/h", name="steam_flow")
    conductivity = [quantity(case[f"{k}_conductivity"], "uS/cm") for k in ("feedwater", "blowdown")]
    rate = law.blowdown_rate(*conductivity)
    feed = law.feedwater_flow(steam, rate)
    flows = {"feedwater_flow": feed, "blowdown_flow": law.blowdown_flow(feed, rate)}
    return {"blowdown_rate": rate.value_in("%")} | {k: q.value_in("kg/h") / POUND / 1000 for k, q in flows.items()}


STATES = {
    "temperature": ("temperature", "K"),
    "specific_enthalpy": ("specific_enthalpy", "kJ/kg"),
    "enthalpy": ("specific_enthalpy", "kJ/kg"),
    "specific_entropy": ("specific_entropy", "kJ/(kg*K)"),
    "entropy": ("specific_entropy", "kJ/(kg*K)"),
    "quality": ("dryness", "1"),
}


def boiler(case: CaseInputs) -> Outputs:
    if case["steam_quantity"] not in STATES:
        raise NotCoveredError(f"steam stated by its {case['steam_quantity']}")
    state, unit = STATES[case["steam_quantity"]]
    pressure, deaerator = mega(case, "steam_pressure"), mega(case, "deaerator_pressure")
    steam_flow = quantity(case["steam_mass_flow"], "kg/h", name="steam_flow")
    rate = quantity(case["blowdown_rate"], "%", name="blowdown_rate")
    efficiency = quantity(case["combustion_efficiency"], "%", name="heater_efficiency")
    steam = law.enthalpy_flow(
        steam_flow, steam_enthalpy(pressure, state, quantity(case["steam_quantity_value"], unit, name=state))
    )
    feed_flow = law.feedwater_flow(steam_flow, rate)
    feed = law.enthalpy_flow(feed_flow, boiling_water_enthalpy(deaerator))
    blown_flow = law.blowdown_flow(feed_flow, rate)
    blown = law.enthalpy_flow(blown_flow, boiling_water_enthalpy(pressure))
    heat = law.boiler_heat(steam, blown, feed)
    fuel = input_for_heat(heat, efficiency)
    return {
        "steam_energy_flow": steam.value_in("kJ/h"),
        "feedwater_mass_flow": feed_flow.value_in("kg/h"),
        "feedwater_energy_flow": feed.value_in("kJ/h"),
        "blowdown_mass_flow": blown_flow.value_in("kg/h"),
        "blowdown_energy_flow": blown.value_in("kJ/h"),
        "boiler_energy": heat.value_in("kJ/h"),
        "fuel_energy": fuel.value_in("kJ/h"),
    }


def beyond_350_degrees(case: CaseInputs) -> bool:
    """Pressures at which water boils above 350 °C, where region 2 of IF97 has ended."""
    return bool(max(case.get("steam_pressure", 0), case.get("deaerator_pressure", 0)) > 16.529)


# ---------------------------------------------------------------- steam saved elsewhere


def steam_reduction(case: CaseInputs) -> Outputs:
    state, given = stated_steam(case)
    steam = steam_enthalpy(mega(case, "steam_pressure"), state, given)
    feed = water_enthalpy_at("0.101325 MPa[a]", kelvin(case, "feedwater_temperature"))
    per_kilogram = float((steam - feed).value_in("kJ/kg"))
    boiler_efficiency = quantity(case["boiler_efficiency"], "1", name="heater_efficiency")
    system_efficiency = quantity(case["system_efficiency"], "1", name="heater_efficiency")
    units, method = case.get("units", 1), case["method"]
    if method == "flow_meter":
        flow = quantity(case["steam_flow"] * units, "kg/h", name="steam_flow")
        useful = law.enthalpy_flow(flow, steam - feed)
        fuel = yearly(input_for_heat(input_for_heat(useful, system_efficiency), boiler_efficiency), case, "kJ")
    elif method in ("air_mass_flow", "water_mass_flow"):
        per_minute, constant = metric_stream(case, method)
        rate = heat_capacity_rate_by_volume(
            quantity(per_minute * units, "m3/min", name="volume_flow"), quantity(constant / 60, "kJ/(m3*K)")
        )
        ends = (quantity(case[f"{end}_temperature"], "degC") for end in ("outlet", "inlet"))
        useful = sensible_heat_flow(rate, *ends)
        fuel = yearly(input_for_heat(input_for_heat(useful, system_efficiency), boiler_efficiency), case, "kJ")
    elif method in ("other", "offsheet"):
        fuel = case["annual_energy"]
    else:
        raise NotCoveredError(f"method {method}")
    steam_use = fuel * case["boiler_efficiency"] / per_kilogram
    price = case["utility_cost"]
    cost = price * (steam_use if case["utility_type"] == "steam" else fuel)
    return {"steam_use": steam_use, "energy_use": fuel, "energy_cost": cost}


def stated_steam(case: CaseInputs) -> tuple[str, Quantity]:
    """What the steam is stated by, and its number: under ``steam_`` and the name of the variable, or a plain value."""
    variable = case["steam_variable"]
    if variable not in STATES:
        raise NotCoveredError(f"steam stated by its {variable}")
    state, unit = STATES[variable]
    names = (f"steam_{variable}", variable, "steam_variable_value", "steam_quantity_value")
    name = next((name for name in names if name in case), None)
    if name is None:
        raise NotCoveredError(f"steam stated by its {variable}, without a number under a known name")
    return state, quantity(case[name], unit, name=state)


def metric_stream(case: CaseInputs, method: str) -> tuple[float, float]:
    """Flow in m3/min and the peer's constant of the stream."""
    if method == "water_mass_flow":
        return case["water_flow"], PEER_WATER_METRIC
    flow = case["air_flow"] if "air_flow" in case else case["duct_area"] * case["air_velocity"]
    return flow, PEER_AIR_METRIC


def vent_steam_water_heating(case: CaseInputs) -> Outputs:
    pressure = mega(case, "steam_pressure_in")
    steam_in, steam_out = saturated_steam_enthalpy(pressure), boiling_water_enthalpy(pressure)
    makeup = water_enthalpy_at(mega(case, "makeup_water_pressure"), kelvin(case, "makeup_water_temperature"))
    vented = quantity(case["steam_flow"], "kg/h", name="mass_flow")
    heat = law.enthalpy_flow(vented, steam_in - steam_out)
    rate = heat_capacity_rate_by_volume(
        quantity(case["water_flow"], "m3/h", name="volume_flow"), quantity(PEER_VENT_WATER, "kJ/(m3*K)")
    )
    outlet = cold_outlet_temperature(kelvin(case, "water_inlet_temperature"), heat, rate)
    boiling = mega(case, "water_outlet_pressure")
    refuse_boiling(outlet, boiling)
    saved_water = law.enthalpy_flow(vented, steam_out - makeup)
    heater, fired = (quantity(case[f"{k}_efficiency"], "1") for k in ("water_heater", "boiler"))
    return {
        "water_outlet_temperature": outlet.value_in("K"),
        "boiling_point_at_outlet": saturation_temperature(boiling).value_in("K"),
        "enthalpy_steam_in": steam_in.value_in("kJ/kg"),
        "enthalpy_steam_out": steam_out.value_in("kJ/kg"),
        "enthalpy_makeup_water": makeup.value_in("kJ/kg"),
        "energy_saved_water_heater": yearly(input_for_heat(heat, heater), case, "kJ"),
        "energy_saved_boiler": yearly(input_for_heat(saved_water, fired), case, "kJ"),
        "water_saved": case["steam_flow"] * case["operating_hours"] / 1000,
        "heat_gain_rate": heat.value_in("kJ/h"),
    }


# ---------------------------------------------------------------- natural gas reduction


def natural_gas_reduction(case: CaseInputs) -> Outputs:
    """One entry, or several at once (``item1.method`` and so on); results add up."""
    items = sorted({name.split(".")[0] for name in case if "." in name})
    found = [gas_entry(item_of(case, item)) for item in items] if items else [gas_entry(case)]
    return {name: sum(entry[name] for entry in found) for name in found[0]}


def gas_entry(case: CaseInputs) -> Outputs:
    method, units = case["method"], case.get("units", 1)
    flow, heat = 0.0, quantity(0.0, "kW", name="heat_flow")
    if method == "other":
        energy = case["annual_energy"]
    elif method == "flow_meter":
        flow = case["flow_rate"]
        energy = units * yearly(quantity(PEER_GAS * flow, "Btu/h", name="heat_flow"), case, "Btu") / 1e6
    elif method in ("air_mass_flow", "water_mass_flow"):
        flow, rate = us_stream(case, method)
        ends = (quantity((case[f"{end}_temperature"] - 32) / 1.8, "degC") for end in ("outlet", "inlet"))
        heat = sensible_heat_flow(rate, *ends)
        gas = input_for_heat(heat, quantity(case["system_efficiency"], "1", name="heater_efficiency"))
        energy = units * yearly(gas, case, "Btu") / 1e6
    else:
        raise NotCoveredError(f"method {method}")
    return {
        "energy_use": energy,
        "energy_cost": energy * case["fuel_cost"],
        "heat_flow": float(heat.value_in("Btu/h")) / 1e6,
        "total_flow": flow * units,
    }


def us_stream(case: CaseInputs, method: str) -> tuple[float, Quantity]:
    """Flow as the peer states it, and the heat capacity rate of the stream by the peer's constant."""
    if method == "water_mass_flow":
        return case["water_flow"], quantity(PEER_WATER * 1.8 * case["water_flow"], "Btu/(h*K)")
    flow = case["air_flow"] if "air_flow" in case else case["duct_area"] * case["air_velocity"]
    return flow, quantity(PEER_AIR * 1.8 * flow, "Btu/(h*K)")


ADAPTERS: dict[str, Adapter] = {
    "boiler_blowdown_rate": boiler_blowdown_rate,
    "boiler": boiler,
    "steam_reduction": steam_reduction,
    "vent_steam_water_heating": vent_steam_water_heating,
    "natural_gas_reduction": natural_gas_reduction,
}
REFUSALS: tuple[Refusal, ...] = (
    Refusal(
        "boiler",
        beyond_350_degrees,
        "a deaerator of 10 MPa, or a boiler with blow-down so near the critical point, is no machine",
        "16.529",
    ),
)
