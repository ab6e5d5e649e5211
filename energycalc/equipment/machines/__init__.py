"""Hydraulic drives, machine tools, welding sources, rectifiers."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.machines import (
    machine_tool_standby,
    machine_tool_units,
    plating_rectifier,
    servo_hydraulics,
    welding_source,
)

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *servo_hydraulics.DESCRIPTIONS,
    *machine_tool_standby.DESCRIPTIONS,
    *machine_tool_units.DESCRIPTIONS,
    *welding_source.DESCRIPTIONS,
    *plating_rectifier.DESCRIPTIONS,
)
