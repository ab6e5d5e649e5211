"""Waste heat put to a real use, and boilers."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.heat_recovery import (
    boiler_blowdown,
    boiler_efficiency,
    condensing_economizer,
    economizer,
    exhaust_heat,
    quench_heat,
)

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (
    *exhaust_heat.DESCRIPTIONS,
    *quench_heat.DESCRIPTIONS,
    *economizer.DESCRIPTIONS,
    *condensing_economizer.DESCRIPTIONS,
    *boiler_blowdown.DESCRIPTIONS,
    *boiler_efficiency.DESCRIPTIONS,
)
