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
    "rotation": rotation,
    "fluid_flow": fluid_flow,
    "compressed_air": compressed_air,
    "machines": machines,
    "furnaces": furnaces,
    "insulation": insulation,
    "cooling": cooling,
    "heat_recovery": heat_recovery,
    "electrical": electrical,
    "settings": settings,
}
TECHNOLOGIES: dict[str, TechnologyDescription] = {
    description.key: description for family in FAMILIES.values() for description in family.DESCRIPTIONS
}
