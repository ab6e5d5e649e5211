"""Motors, belts, drives and what they turn."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.rotation import motor

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (*motor.DESCRIPTIONS,)
