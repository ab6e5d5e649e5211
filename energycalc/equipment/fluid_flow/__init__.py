"""Pumps, fans and dust collectors."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.fluid_flow import (
    dust_collector,
    fan_replacement,
    pump_replacement,
    pump_throttling,
    pump_trimming,
)

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    pump_replacement.DESCRIPTION,
    pump_trimming.DESCRIPTION,
    pump_throttling.DESCRIPTION,
    fan_replacement.DESCRIPTION,
    dust_collector.DESCRIPTION,
)
