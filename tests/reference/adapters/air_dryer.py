"""Dryers of compressed air: MEASUR's operating-cost calculator, with its rules of thumb."""

from energycalc.physics.compressed_air import drying
from energycalc.physics.compressed_air.air_energy import air_volume
from energycalc.physics.compressed_air.gas_compression import absolute_pressure
from energycalc.physics.electricity.power import electrical_energy
from energycalc.quantity import Quantity, quantity
from tests.reference.adapters.air_demand import POUND, kelvin, number
from tests.reference.adapters.compressed_air import CUBIC_FOOT, absolute, air, gauge
from tests.reference.equipment_reading import Adapter, CaseInputs, NotCoveredError, Outputs

PEER_BTU = 3600 / 3412  # kJ
PER_CUBIC_FOOT_AND_FAHRENHEIT = PEER_BTU / CUBIC_FOOT * 1.8
# psia at 50 to 120 degF, and at the 40 degF to which a refrigerated dryer cools; the peer drops decimals of a degree
PEER_SATURATION = {40: 0.12164} | dict(zip(range(50, 121), (
    0.17799, 0.18473, 0.19169, 0.19888, 0.2063, 0.21397, 0.22188, 0.23006, 0.23849, 0.2472,
    0.25618, 0.26545, 0.27502, 0.28488, 0.29505, 0.30554, 0.31636, 0.3275, 0.339, 0.35084,
    0.36304, 0.37561, 0.38856, 0.4019, 0.41564, 0.42979, 0.44435, 0.45935, 0.47478, 0.49066,
    0.50701, 0.52382, 0.54112, 0.55892, 0.57722, 0.59604, 0.6154, 0.6353, 0.65575, 0.67678,
    0.69838, 0.72059, 0.7434, 0.76684, 0.79091, 0.81564, 0.84103, 0.86711, 0.89388, 0.92137,
    0.94959, 0.97854, 1.0083, 1.0388, 1.07, 1.1021, 1.1351, 1.1688, 1.2035, 1.239,
    1.2754, 1.3128, 1.351, 1.3902, 1.4305, 1.4717, 1.5139, 1.5571, 1.6014, 1.6468, 1.6933,
), strict=True))  # fmt: skip
PEER_MOLAR_VOLUME = quantity(379 * CUBIC_FOOT / (POUND * 1000), "m3/mol")
PEER_HEAT = quantity(0.0764 * 0.241 * PER_CUBIC_FOOT_AND_FAHRENHEIT, "kJ/(m3*K)")
PEER_HEAT_HOT_AIR = quantity(1.08 / 60 * PER_CUBIC_FOOT_AND_FAHRENHEIT, "kJ/(m3*K)")
PEER_CONTROLS = 0.1  # kW of a desiccant dryer
PEER_COOLING_WATER = 8 / 7.48 / 1000  # 8 gpm for 1000 scfm, gallons priced as such below
PURGE = {"Heatless": 0.15, "HeatedExternally": 0.07, "BlowerPurgeWithSweep": 0.07, "BlowerPurgeWithoutSweep": 0.07,
         "HeatOfCompressionHC": 0.02, "HeatOfCompressionSP": 0.0, "Refrigerated": 0.0}  # fmt: skip
PURGE_TIME = {"Heatless": 1.0, "HeatedExternally": 1.0, "BlowerPurgeWithSweep": 0.25, "BlowerPurgeWithoutSweep": 0.0,
              "HeatOfCompressionHC": 1.5 / 4, "HeatOfCompressionSP": 1.0, "Refrigerated": 0.0}  # fmt: skip
HEATING_TIME = {"HeatedExternally": 18 / 24, "BlowerPurgeWithSweep": 18 / 24, "BlowerPurgeWithoutSweep": 18 / 24,
                "HeatOfCompressionHC": 3 / 24}  # fmt: skip
BLOWER_TIME = {"BlowerPurgeWithSweep": 0.75, "BlowerPurgeWithoutSweep": 1.0}


def air_dryer_operating_cost(case: CaseInputs) -> Outputs:
    kind = case["dryer_type"]
    if kind not in PURGE:
        raise NotCoveredError(f"dryer {kind}")
    flow, ambient = air(case["flow_rate"]), absolute(14.7)
    line = absolute_pressure(gauge(case["pressure"]), ambient)
    dew_point = absolute(PEER_SATURATION[40] if kind == "Refrigerated" else 0)
    saturated = absolute(PEER_SATURATION[int(case["temperature"])])
    water = drying.water_removed(flow, saturated, dew_point, line, PEER_MOLAR_VOLUME)

    if kind == "Heatless":
        size = drying.heatless_dryer_size(flow, line)
    elif kind == "Refrigerated":
        size = air(0)
    else:
        capacity = number(case.get("design_ddc_percentage", 16.33) / 100)
        size = drying.heated_dryer_size(water, quantity(4, "h"), capacity)
    share = case["purge_rate"] / 100 if case.get("purge_rate") else PURGE[kind]
    heater = case.get("heater_power") or heater_power(kind, flow, size, share, case["temperature"])
    hours_per_day = case.get("heating_hours_per_day")
    heating = hours_per_day / 24 if hours_per_day else HEATING_TIME.get(kind, 0.0)

    hours = quantity(
        case["operating_hours_per_day"] * case["operating_days_per_week"] * case["operating_weeks_per_year"], "h"
    )
    mean = drying.mean_power_of_part_time(quantity(heater, "kW"), number(heating)).value
    mean += blower_or_refrigeration(kind, flow, size)
    mean += 0 if kind == "Refrigerated" else PEER_CONTROLS
    price = case["electricity_cost"]
    cost = electrical_energy(quantity(mean, "kW"), hours).value * price

    purge = drying.purge_flow(size, number(share), number(PURGE_TIME[kind]))
    # the peer prices air at no less than the electricity of 4.5 scfm per horsepower and 90 % motor efficiency
    air_price = max(case["compressed_air_cost"], price * (1000 / 60 / 4.5 * 0.7457 / 0.9))
    cost += air_volume(purge, hours).value / CUBIC_FOOT / 1000 * air_price
    if kind == "Refrigerated":
        cooling = drying.dryer_cooling_water(flow, number(PEER_COOLING_WATER))
        gallons = air_volume(cooling, hours).value / CUBIC_FOOT * 7.48
        cost += gallons / 1000 * case["cooling_water_cost"]
    return {
        "water_removed": water.value / POUND,
        "annual_cost": cost,
        "heater_power": heater,
        "purge_rate": share * 100,
    }


def heater_power(kind: str, flow: Quantity, size: Quantity, share: float, fahrenheit: float) -> float:
    if kind == "HeatOfCompressionHC":
        heated = drying.purge_flow(flow, number(0.02), number(1))
        warm = kelvin(fahrenheit + 275)
        return drying.heater_power_for(heated, PEER_HEAT_HOT_AIR, warm, kelvin(fahrenheit)).value
    if kind not in HEATING_TIME:
        return 0.0
    of_size = share if kind == "HeatedExternally" else 0.25
    heated = drying.purge_flow(size, number(of_size), number(1))
    return drying.heater_power_for(heated, PEER_HEAT, kelvin(375), kelvin(fahrenheit)).value


def blower_or_refrigeration(kind: str, flow: Quantity, size: Quantity) -> float:
    """Mean power: 50 scfm per kW of blower, 180 scfm per kW of refrigeration."""
    if kind == "Refrigerated":
        return drying.drying_machine_power(flow, quantity(180 * CUBIC_FOOT, "m3/min/kW")).value
    if kind not in BLOWER_TIME:
        return 0.0
    moved = drying.purge_flow(size, number(0.25), number(1))
    blower = drying.drying_machine_power(moved, quantity(50 * CUBIC_FOOT, "m3/min/kW"))
    return drying.mean_power_of_part_time(blower, number(BLOWER_TIME[kind])).value


ADAPTERS: dict[str, Adapter] = {"air_dryer_operating_cost": air_dryer_operating_cost}
