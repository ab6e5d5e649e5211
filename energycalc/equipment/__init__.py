"""One file per technology, in families: what it consumes and what a change saves.

The table below says which file each technology is in; a file is loaded when its technology is first asked for.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from energycalc.equipment.description import TechnologyDescription


@dataclass(frozen=True)
class Family:
    """Technologies of one kind.

    Attributes:
        name_zh, name_en: for people.
        files: name of the file by key of the technology, in the order in which they are listed.
    """

    name_zh: str
    name_en: str
    files: Mapping[str, str]


FAMILIES: Mapping[str, Family] = {
    "rotation": Family(
        "馬達與傳動",
        "Motors and drives",
        {
            "motor_replacement": "motor",
            "belt_drive": "belt_drive",
            "variable_speed_drive": "variable_speed_drive",
            "magnetic_coupling": "magnetic_coupling",
        },
    ),
    "fluid_flow": Family(
        "泵浦、風機與集塵",
        "Pumps, fans, dust collection",
        {
            "pump_replacement": "pump_replacement",
            "pump_trimming": "pump_trimming",
            "pump_throttling": "pump_throttling",
            "fan_replacement": "fan_replacement",
            "dust_collector": "dust_collector",
        },
    ),
    "compressed_air": Family(
        "壓縮空氣",
        "Compressed air",
        {
            "compressor_control": "compressor_control",
            "compressor_sequencing": "compressor_sequencing",
            "compressor_pressure": "compressor_pressure",
            "compressor_replacement": "compressor_replacement",
            "compressor_inlet_temperature": "compressor_inlet_temperature",
            "compressor_heat_recovery": "compressor_heat_recovery",
            "air_leaks": "leaks",
            "air_dryer": "dryer",
            "air_blowing": "blowing",
        },
    ),
    "machines": Family(
        "油壓、工具機、銲接與電鍍",
        "Hydraulics, machine tools, welding, plating",
        {
            "servo_hydraulics": "servo_hydraulics",
            "machine_tool_standby": "machine_tool_standby",
            "machine_tool_units": "machine_tool_units",
            "welding_source": "welding_source",
            "plating_rectifier": "plating_rectifier",
        },
    ),
    "furnaces": Family(
        "工業爐與燃燒器",
        "Furnaces and burners",
        {
            "furnace_flue_gas": "flue_gas",
            "recuperator": "air_preheat",
            "regenerator": "air_preheat",
            "oxygen_enrichment": "oxygen_enrichment",
            "melting_furnace_electric": "melting",
            "melting_furnace_gas": "melting",
            "gas_to_electric_heating": "heating_conversion",
            "electric_to_gas_heating": "heating_conversion",
            "electric_heating_replacement": "heating_conversion",
            "furnace_heat_balance": "furnace_heat_balance",
            "furnace_heat_balance_electric": "furnace_heat_balance",
            "furnace_lining": "furnace_lining",
            "furnace_lining_electric": "furnace_lining",
            "furnace_opening": "furnace_opening",
            "furnace_opening_electric": "furnace_opening",
            "furnace_cycle": "furnace_cycle",
            "furnace_cycle_electric": "furnace_cycle",
        },
    ),
    "insulation": Family(
        "保溫",
        "Insulation",
        {
            "pipe_insulation": "pipe_insulation",
            "pipe_insulation_electric": "pipe_insulation",
            "surface_insulation": "surface_insulation",
            "surface_insulation_electric": "surface_insulation",
            "tank_insulation": "surface_insulation",
            "tank_insulation_electric": "surface_insulation",
        },
    ),
    "cooling": Family(
        "冷卻與空調",
        "Cooling and air conditioning",
        {
            "chiller_replacement": "chiller_replacement",
            "chiller_temperature_reset": "chiller_temperature_reset",
            "chiller_staging": "chiller_staging",
            "cooling_tower": "cooling_tower",
            "free_cooling": "free_cooling",
            "heat_pump_water_heating": "heat_pump_water_heating",
            "workshop_air_conditioning": "workshop_air_conditioning",
        },
    ),
    "heat_recovery": Family(
        "廢熱回收",
        "Heat recovery",
        {
            "exhaust_heat_to_air": "exhaust_heat",
            "exhaust_heat_to_water": "exhaust_heat",
            "quench_heat_recovery": "quench_heat",
            "quench_heat_recovery_electric": "quench_heat",
            "economizer": "economizer",
            "condensing_economizer": "condensing_economizer",
            "boiler_blowdown": "boiler_blowdown",
            "boiler_efficiency": "boiler_efficiency",
        },
    ),
    "electrical": Family(
        "電力與照明",
        "Electrical supply and lighting",
        {
            "transformer_replacement": "transformer",
            "power_factor_correction": "power_factor",
            "voltage_optimisation": "voltage",
            "lighting_replacement": "lighting",
            "demand_control": "demand",
        },
    ),
    "settings": Family(
        "參數與能源管理",
        "Settings and energy management",
        {
            "specific_consumption": "specific_consumption",
            "specific_consumption_pieces": "specific_consumption",
            "specific_consumption_area": "specific_consumption",
            "energy_management_system": "specific_consumption",
            "standby_schedule": "standby_schedule",
            "verified_saving": "verified_saving",
            "verified_saving_gas": "verified_saving",
        },
    ),
}
"""The families, each a folder of this room."""


class _Technologies(Mapping[str, TechnologyDescription]):
    """The descriptions by key, each read from its file when it is asked for."""

    def __getitem__(self, key: str) -> TechnologyDescription:
        return _description(key)

    def __iter__(self) -> Iterator[str]:
        return (key for family in FAMILIES.values() for key in family.files)

    def __len__(self) -> int:
        return sum(len(family.files) for family in FAMILIES.values())


@functools.cache
def _description(key: str) -> TechnologyDescription:
    found = next((f"{name}.{family.files[key]}" for name, family in FAMILIES.items() if key in family.files), None)
    if found is None:
        raise KeyError(key)
    module = importlib.import_module(f"energycalc.equipment.{found}")
    return next(description for description in module.DESCRIPTIONS if description.key == key)


TECHNOLOGIES: Mapping[str, TechnologyDescription] = _Technologies()
