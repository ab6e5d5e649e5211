"""Each law of cooling ends where it says: the last admissible value passes, the next one is refused."""

from collections.abc import Callable

import pytest

from energycalc.errors import OutOfRange
from energycalc.physics.refrigeration import chiller_curves as curves
from energycalc.physics.refrigeration import cooling_energy as law
from energycalc.physics.refrigeration import cooling_tower as tower
from energycalc.physics.refrigeration import second_law
from energycalc.physics.refrigeration import tower_water as water
from energycalc.quantity import Quantity

Law = Callable[..., Quantity]


@pytest.mark.parametrize(
    ("formula", "given", "argument", "last", "beyond"),
    [
        (second_law.carnot_cooling_cop, {"hot_temperature": "320 K"}, "cold_temperature", "150 K", "149 K"),
        (second_law.carnot_heating_cop, {"cold_temperature": "300 K"}, "hot_temperature", "700 K", "701 K"),
        (second_law.mean_heating_temperature, {"cold_water_temperature": "300 K"}, "hot_water_temperature",
         "473.15 K", "474 K"),
        (curves.fahrenheit_reading, {}, "fit_temperature", "450 K", "451 K"),
        (curves.fahrenheit_reading, {}, "fit_temperature", "200 K", "199 K"),
        (law.cop_of_specific_power, {}, "chiller_specific_power", "10 kW/USRT", "10.1 kW/USRT"),
        (law.specific_power_of_cop, {}, "cooling_cop", "0.1", "0.09"),
        (law.cooling_power, {"cooling_load": "1 kW"}, "cooling_cop", "100", "101"),
        (law.load_of_fraction, {"rated_capacity": "1 kW"}, "load_fraction", "1.2", "1.21"),
        (law.mechanical_load, {"cooling_load": "1 kW"}, "free_cooling_share", "1", "1.01"),
        (law.resistance_heater_energy, {"heat_to_be_made": "1 kWh", "auxiliary_energy": "0 kWh"},
         "heater_efficiency", "1", "1.01"),
        (law.heat_pump_energy, {"heat_to_be_made": "1 kWh", "auxiliary_energy": "0 kWh", "backup_share": "0",
                                "heater_efficiency": "1"}, "heating_cop", "1", "0.99"),
        (law.heat_pump_energy, {"heat_to_be_made": "1 kWh", "auxiliary_energy": "0 kWh", "heating_cop": "3",
                                "heater_efficiency": "1"}, "backup_share", "1", "1.01"),
        (law.free_cooling_temperature, {"wet_bulb": "283 K", "exchanger_approach": "1 K"}, "tower_approach",
         "30 K", "31 K"),
        (law.free_cooling_temperature, {"wet_bulb": "283 K", "tower_approach": "1 K"}, "exchanger_approach",
         "20 K", "21 K"),
        (tower.tower_duty, {"tower_approach": "5 K", "wet_bulb": "298 K"}, "tower_range", "30 K", "31 K"),
        (tower.tower_duty, {"tower_range": "5 K", "tower_approach": "5 K"}, "wet_bulb", "263.15 K", "263 K"),
        (tower.fan_power_fraction, {}, "air_flow_fraction", "1", "1.01"),
        (tower.least_fan_power, {"rated_fan_power": "1 kW"}, "air_flow_fraction", "1", "1.01"),
        (tower.rated_basin_loss, {"tower_heat_rejection": "1 kW"}, "pan_loss_ratio", "1", "1.01"),
        (tower.basin_loss_factor, {"basin_temperature": "278 K", "dry_bulb": "270 K"}, "basin_wind_speed",
         "60 m/s", "61 m/s"),
        (water.water_evaporation_heat, {}, "tower_water_temperature", "273.16 K", "273 K"),
        (water.water_evaporation_heat, {}, "tower_water_temperature", "363.15 K", "364 K"),
        (water.tower_drift, {"water_flow": "1 m3/h"}, "drift_fraction", "5 %", "5.1 %"),
        (water.tower_evaporation, {"heat_rejected": "1 kW", "water_evaporation_heat": "2430 kJ/kg",
                                   "water_density": "995 kg/m3"}, "latent_share", "1.2", "1.21"),
        (water.concentrated_outflow, {"tower_evaporation": "1 m3/h"}, "cycles_of_concentration", "100", "101"),
        (water.concentrated_outflow, {"tower_evaporation": "1 m3/h"}, "cycles_of_concentration", "1.001", "1.0005"),
    ],
)  # fmt: skip
def test_a_law_ends_where_it_says(formula: Law, given: dict[str, str], argument: str, last: str, beyond: str) -> None:
    formula(**given, **{argument: last})
    with pytest.raises(OutOfRange, match=argument.replace("_", " ")):
        formula(**given, **{argument: beyond})


@pytest.mark.parametrize(
    ("formula", "given", "argument"),
    [
        (second_law.least_cooling_power, {"cold_temperature": "280 K", "hot_temperature": "300 K"}, "cooling_load"),
        (law.water_heat_flow, {"water_density": "1000 kg/m3", "water_specific_heat": "4.2 kJ/(kg*K)",
                               "water_temperature_difference": "5 K"}, "water_flow"),
        (law.transmission_gain, {"outdoor_temperature": "300 K", "indoor_temperature": "295 K"}, "heat_transmission"),
        (law.dry_air_flow, {"moist_air_specific_volume": "0.9 m3/kg"}, "ventilation_flow"),
        (tower.variable_speed_fan_power, {"fan_power_fraction": "0.5"}, "rated_fan_power"),
        (tower.one_speed_fan_power, {"air_flow_fraction": "0.5", "full_speed_fraction": "1",
                                     "standstill_fraction": "0"}, "rated_fan_power"),
        (water.tower_drift, {"drift_fraction": "1 %"}, "water_flow"),
        (water.water_of_period, {"tower_make_up": "1 m3/h"}, "hours"),
        (curves.available_capacity, {"capacity_factor": "1"}, "rated_capacity"),
    ],
)  # fmt: skip
def test_nothing_is_less_than_nothing(formula: Law, given: dict[str, str], argument: str) -> None:
    unit = {"cooling_load": "kW", "water_flow": "m3/h", "heat_transmission": "kW/K", "ventilation_flow": "m3/h",
            "rated_fan_power": "kW", "hours": "h", "rated_capacity": "kW"}[argument]  # fmt: skip
    assert formula(**given, **{argument: f"0 {unit}"}).value == 0
    with pytest.raises(OutOfRange, match=argument.replace("_", " ")):
        formula(**given, **{argument: f"-1 {unit}"})
