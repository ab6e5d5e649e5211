"""One file per technology, in families: what it consumes and what a change saves."""

from energycalc.equipment import (
    compressed_air,
    cooling,
    electrical,
    fluid_flow,
    furnaces,
    heat_recovery,
    insulation,
    machines,
    rotation,
    settings,
)
from energycalc.equipment.description import TechnologyDescription

FAMILIES = {
    "rotation": (rotation, "馬達與傳動", "Motors and drives"),
    "fluid_flow": (fluid_flow, "泵浦、風機與集塵", "Pumps, fans, dust collection"),
    "compressed_air": (compressed_air, "壓縮空氣", "Compressed air"),
    "machines": (machines, "油壓、工具機、銲接與電鍍", "Hydraulics, machine tools, welding, plating"),
    "furnaces": (furnaces, "工業爐與燃燒器", "Furnaces and burners"),
    "insulation": (insulation, "保溫", "Insulation"),
    "cooling": (cooling, "冷卻與空調", "Cooling and air conditioning"),
    "heat_recovery": (heat_recovery, "廢熱回收", "Heat recovery"),
    "electrical": (electrical, "電力與照明", "Electrical supply and lighting"),
    "settings": (settings, "參數與能源管理", "Settings and energy management"),
}
"""The rooms, each with its name in Traditional Chinese and English."""

TECHNOLOGIES: dict[str, TechnologyDescription] = {
    description.key: description for family, _, _ in FAMILIES.values() for description in family.DESCRIPTIONS
}
