"""One file per technology: what it consumes and what a change saves."""

from energycalc.equipment import furnace, motor, screw_compressor
from energycalc.equipment.description import TechnologyDescription

TECHNOLOGIES: dict[str, TechnologyDescription] = {
    description.key: description for module in (motor, screw_compressor, furnace) for description in module.DESCRIPTIONS
}
