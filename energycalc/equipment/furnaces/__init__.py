"""Furnaces and burners."""

from energycalc.equipment.description import TechnologyDescription
from energycalc.equipment.furnaces import flue_gas

DESCRIPTIONS: tuple[TechnologyDescription, ...] = (*flue_gas.DESCRIPTIONS,)
